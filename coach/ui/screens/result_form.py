"""A small form for the result of a self-test that was done elsewhere, or without the coach."""

from collections.abc import Callable
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from coach.app.logbook import SELF_TESTS, TESTS_BY_NAME, SelfTest
from coach.core.clinical.self_tests import FORM, FORM_TICKS
from coach.ui import a11y, plain_text
from coach.ui.plain_text import Role
from coach.ui.presenters.desk import Desk
from coach.ui.screens.page import flow, move_keyboard, wrapped
from coach.ui.tokens import GAP, STEP
from coach.ui.widgets.buttons import Button, Kind, Tick
from coach.ui.widgets.card import Card
from coach.ui.widgets.pain_scale import PainScale
from coach.words.self_tests import self_test
from coach.words.translate import tr

_MOST: Final = {"s": 3600, "reps": 1000, "points": 10}
_FIELD_WIDTH: Final = 120


class ResultForm(Card):
    """Asks for one result and records it for the day that is shown."""

    ended = Signal()
    recorded = Signal(str)
    """The name of the test."""
    test_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(tr("Record a test"), parent)
        self._desk = desk
        self._day = desk.day()
        self.test = a11y.name(QComboBox(), tr("Which test"))
        for one in SELF_TESTS:
            self.test.addItem(self_test(one.name), one.name)
        self.test.currentIndexChanged.connect(self._test_chosen)
        self.fields = {"left": _field(tr("Left")), "right": _field(tr("Right")), "value": _field(tr("Result"))}
        self._labels = {key: plain_text.label(field.accessibleName(), Role.MUTED) for key, field in self.fields.items()}
        self.pain = PainScale(tr("Worst pain while doing it"))
        self.groin = Tick(tr("It was in the groin or the front of the hip"))
        self.save = Button(tr("Save"), Kind.PRIMARY)
        self.guided = Button(tr("Do this test with the coach"), Kind.GHOST)
        self.guided.hide()
        self.cancel = Button(tr("Cancel"), Kind.QUIET)
        self._wrong = wrapped("", Role.ERROR)
        self._for = plain_text.label("", Role.MUTED)
        self._lay_out()
        self.save.on_pressed(self._save)
        self.cancel.on_pressed(self.ended.emit)
        self.guided.on_pressed(self._guide)
        for field in self.fields.values():
            field.returnPressed.connect(self._save)
        self._test_chosen()

    def on_ended(self, act: Callable[[], object]) -> None:
        """Call `act` when the person puts the form away."""
        self.ended.connect(act)

    def on_recorded(self, take: Callable[[str], object]) -> None:
        """Call `take` with the name of a test whose result is on disk."""
        self.recorded.connect(take)

    def on_test(self, take: Callable[[str], object]) -> None:
        """Call `take` with the name of a test that the person wants to be led through; only then that is offered."""
        self.test_wanted.connect(take)
        self.guided.show()

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What Tab goes through."""
        return (self.test, *self.fields.values(), self.pain, self.groin, self.save, self.guided, self.cancel)

    def begin(self, day: date, said: str, name: str = "") -> None:
        """Ask for a result of a day, of a test if one is named."""
        self._day = day
        plain_text.show(self._for, tr("For {day}.").format(day=said))
        for field in self.fields.values():
            field.clear()
        self.pain.show_value(None)
        self.groin.setChecked(False)
        if name:
            self.test.setCurrentIndex(max(0, self.test.findData(name)))
        self._complain("")
        move_keyboard(self.test)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts the form away."""
        if event.key() == Qt.Key.Key_Escape:
            self.ended.emit()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        self.column.addWidget(self._for)
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addLayout(_under(plain_text.label(tr("Which test"), Role.MUTED), self.test), 2)
        for key, field in self.fields.items():
            line.addLayout(_under(self._labels[key], field), 1)
        line.addStretch(1)
        self.column.addLayout(line)
        self.column.addWidget(plain_text.label(tr("Worst pain while doing it"), Role.STRONG))
        self.column.addWidget(self.pain)
        self.column.addWidget(flow(self.groin))
        self.column.addWidget(self._wrong)
        self.column.addWidget(flow(self.save, self.guided, self.cancel, gap=2 * STEP))

    def _test(self) -> SelfTest:
        return TESTS_BY_NAME[str(self.test.currentData())]

    def _test_chosen(self) -> None:
        test = self._test()
        unit = {"s": tr("seconds"), "reps": tr("reps"), "points": tr("0 to {most}").format(most=_most(test))}[test.unit]
        names = {"left": tr("Left"), "right": tr("Right"), "value": tr("Result")}
        for key, field in self.fields.items():
            shown = test.sided == (key != "value")
            said = tr("{side}, {unit}").format(side=names[key], unit=unit)
            a11y.name(field, said)
            plain_text.show(self._labels[key], said)
            field.setVisible(shown)
            self._labels[key].setVisible(shown)
        self.guided.setEnabled(bool(test.exercise) and test.name != FORM)

    def _save(self) -> None:
        test = self._test()
        numbers: dict[str, float | None] = {}
        for key, field in self.fields.items():
            written = field.text().strip() if field.isVisibleTo(self) else ""
            numbers[key] = _number(written, test) if written else None
            if written and numbers[key] is None:
                move_keyboard(field)
                self._complain(_wrong(test, field.accessibleName()))
                return
        if all(value is None for value in numbers.values()):
            move_keyboard(next(field for field in self.fields.values() if field.isVisibleTo(self)))
            self._complain(tr("Write down what you reached; one side alone is fine."))
        elif self.pain.value is None:
            move_keyboard(self.pain)
            self._complain(tr("Choose the worst pain while doing it: 0 if there was none."))
        elif self._desk.self_tests.record(
            test.name, self._day, pain=self.pain.value, groin=self.groin.isChecked(), **numbers
        ):
            self._complain("")
            self.recorded.emit(test.name)

    def _guide(self) -> None:
        self.test_wanted.emit(self._test().name)

    def _complain(self, text: str) -> None:
        plain_text.show(self._wrong, text)
        self._wrong.setVisible(bool(text))
        if text:
            a11y.interrupt(self, text)


def _field(name: str) -> QLineEdit:
    field = a11y.name(QLineEdit(), name)
    field.setMaxLength(8)
    field.setMinimumWidth(_FIELD_WIDTH)
    field.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
    return field


def _under(name: QWidget, field: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(STEP)
    column.addWidget(name)
    column.addWidget(field)
    return column


def _number(written: str, test: SelfTest) -> float | None:
    """The number, with a point or a comma; None if it is none, or not possible for this test."""
    if not written.isascii() or not written.replace(",", ".", 1).replace(".", "", 1).isdigit():
        return None
    number = float(written.replace(",", "."))
    whole = test.unit != "reps" or number.is_integer()
    return number if whole and number <= _most(test) else None


def _most(test: SelfTest) -> int:
    return FORM_TICKS if test.name == FORM else _MOST[test.unit]


def _wrong(test: SelfTest, field: str) -> str:
    most = _most(test)
    if test.unit == "reps":
        return tr("{field}: write a whole number from 0 to {most}.").format(field=field, most=most)
    return tr("{field}: write a number from 0 to {most}.").format(field=field, most=most)
