"""A self-test that was done elsewhere: a small form, for who was tested at the physio's or on a day without the app."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from coach.core.clinical.self_tests import FORM_TICKS, RUNGS, Guided, sided
from coach.core.session.measuring import Unit
from coach.ui import a11y, plain_text
from coach.ui.plain_text import Role
from coach.ui.screens.choices import Choice
from coach.ui.screens.question import Question, press_focused
from coach.ui.tokens import STEP, TARGET
from coach.ui.widgets.buttons import RETURN, Button, Kind
from coach.ui.widgets.card import Card
from coach.ui.widgets.notice import NoticeKind
from coach.ui.widgets.pain_scale import PainScale
from coach.ui.widgets.segmented import Option, Picked, Segmented
from coach.words import testing as words
from coach.words.translate import tr

_MOST: Final = 999
_FIELD: Final = 30 * STEP


@dataclass(frozen=True, slots=True)
class Entered:
    """A result as it was typed in; of a walk `value` is its minutes."""

    name: str
    left: int | None
    right: int | None
    value: int | None
    cadence: int | None
    pain: int
    form: int | None
    limp: bool
    groin: bool


class RecordPage(Question):
    """Left, right or one value, and the pain."""

    entered = Signal(object)  # Entered

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column.setSpacing(3 * STEP)
        self._test = Guided.PLANK
        self._rungs = Segmented(tr("Step"), tuple(Option(name, words.rung(name)) for name in RUNGS))
        self._rungs.show_value(RUNGS[0])
        self._rungs.on_picked(self._picked)
        self._fields = {
            "left": _Field(tr("Left")),
            "right": _Field(tr("Right")),
            "value": _Field(tr("Result")),
            "cadence": _Field(tr("Steps a minute, if known")),
        }
        self._pain = PainScale(tr("Pain during it"))
        self._form = Choice(tr("Pelvis level, knee over the second toe, trunk steady: all three in every rep"))
        self._limp = Choice(tr("I limped at times"))
        self._groin = Choice(tr("There was pain in the groin, or deep in the front of the hip"))
        sheet = Card()
        sheet.column.setSpacing(3 * STEP)
        sheet.column.addWidget(self._rungs)
        numbers = QHBoxLayout()
        numbers.setSpacing(4 * STEP)
        for field in self._fields.values():
            numbers.addWidget(field)
        numbers.addStretch()
        sheet.column.addLayout(numbers)
        sheet.column.addWidget(plain_text.label(tr("Pain during it"), Role.STRONG))
        sheet.column.addWidget(self._pain)
        for tick in (self._form, self._limp, self._groin):
            sheet.column.addWidget(tick)
        self.column.addWidget(sheet)
        self._save = Button(tr("Save"), Kind.PRIMARY, hint=RETURN)
        self._back = Button(tr("Back"), Kind.GHOST, hint=tr("Esc", "the key"))
        self._save.on_pressed(self._save_it)
        self.row(self._save, self._back)

    def on_entered(self, take: Callable[[Entered], object]) -> None:
        """Call `take` with a result that is complete."""
        self.entered.connect(take)

    def on_left(self, act: Callable[[], object]) -> None:
        """Call `act` when the person records nothing."""
        self._back.on_pressed(act)

    def open(self, test: Guided, unit: Unit) -> None:
        """Ask for the result of today; an earlier day is recorded in the terminal."""
        self._test, self._unit = test, unit
        self.notice.hide()
        for field in self._fields.values():
            field.edit.clear()
        self._pain.show_value(None)
        for tick in (self._form, self._limp, self._groin):
            tick.setChecked(False)
        self._fit_fields()
        self.ask(words.title(test), tr("A result of today that was measured without the app."))
        first = next(field for field in self._fields.values() if not field.isHidden())
        first.edit.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if press_focused(self, event):
            pass
        elif event.key() == Qt.Key.Key_Escape:
            self._back.click()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._save_it()
        else:
            super().keyPressEvent(event)

    @property
    def _name(self) -> str:
        return (self._rungs.value or RUNGS[0]) if self._test is Guided.IMPACT else self._test.value

    def _picked(self, picked: Picked) -> None:
        del picked
        self._fit_fields()

    def _fit_fields(self) -> None:
        """Show the fields that this test has."""
        walk, impact = self._test is Guided.BRISK_WALK, self._test is Guided.IMPACT
        two = not walk and sided(self._name)
        self._rungs.setVisible(impact)
        for name, field in self._fields.items():
            field.setVisible(two if name in ("left", "right") else walk if name == "cadence" else not two)
        unit = Unit.REPS if impact and self._name.endswith("hop") else self._unit
        named = tr("reps") if unit is Unit.REPS else tr("seconds")
        self._fields["left"].name(tr("Left, {unit}").format(unit=named))
        self._fields["right"].name(tr("Right, {unit}").format(unit=named))
        self._fields["value"].name(tr("Minutes") if walk else named.capitalize())
        self._form.setVisible(self._test is Guided.SINGLE_LEG_SQUAT)
        self._limp.setVisible(walk)
        self._groin.setVisible(walk or impact)

    def _save_it(self) -> None:
        numbers = {name: field.number for name, field in self._fields.items()}
        shown = {name: number for name, number in numbers.items() if not self._fields[name].isHidden()}
        if all(shown.get(name) is None for name in ("left", "right", "value")):
            self.notice.show_notice(NoticeKind.PROBLEM, tr("There is no result yet: type a number."))
            return
        if self._pain.value is None:
            self.notice.show_notice(NoticeKind.PROBLEM, tr("How much did it hurt? Choose a number from 0 to 10."))
            self._pain.focus_scale()
            return
        form = FORM_TICKS if self._form.isChecked() else None
        self.entered.emit(
            Entered(
                name=self._name,
                left=shown.get("left"),
                right=shown.get("right"),
                value=shown.get("value"),
                cadence=shown.get("cadence"),
                pain=self._pain.value,
                form=form if not self._form.isHidden() else None,
                limp=self._limp.isChecked() and not self._limp.isHidden(),
                groin=self._groin.isChecked() and not self._groin.isHidden(),
            )
        )


class _Field(QWidget):
    """A whole number with its words above it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._label = plain_text.label(text, Role.STRONG)
        self._label.setWordWrap(False)
        self.edit = QLineEdit()
        self.edit.setValidator(QIntValidator(0, _MOST, self.edit))
        self.edit.setMinimumHeight(TARGET)
        self.edit.setFixedWidth(_FIELD)
        self._label.setBuddy(self.edit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP)
        column.addWidget(self._label)
        column.addWidget(self.edit)
        self.name(text)

    def name(self, text: str) -> None:
        """Say what is asked for."""
        plain_text.show(self._label, text)
        a11y.name(self.edit, text)

    @property
    def number(self) -> int | None:
        """What is typed in, if it is a number."""
        return int(self.edit.text()) if self.edit.hasAcceptableInput() else None
