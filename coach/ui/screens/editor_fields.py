"""The fields of the editor: what was typed stays as it is, and what is wrong with it stands below."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from msgspec import UNSET
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from coach.core.routine.bounds import MAX_TEXT
from coach.core.routine.editing import typed as values
from coach.core.routine.plain import Place
from coach.ui import a11y, plain_text, theme
from coach.ui.plain_text import Role
from coach.ui.screens.page import wrapped
from coach.ui.tokens import STEP, TARGET, Size, Weight
from coach.words.translate import tr

_NUMBER_WIDTH: Final = 23 * STEP
_LONGEST_NUMBER: Final = 24
_LINES: Final = 3


@dataclass(frozen=True, slots=True)
class Typed:
    """What a field holds now."""

    value: object


_OF_THE_EDITOR: Final = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


def _leaves_undo(event: QKeyEvent) -> bool:
    """Whether these keys are not the field's: undo goes through the whole routine, not through one field."""
    return any(event.matches(key) for key in _OF_THE_EDITOR)


class LineField(QLineEdit):
    """A line of text."""

    typed = Signal(object)  # Typed
    settled = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _leaves_undo(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def __init__(self, name: str, read: Callable[[str], object] = values.words, longest: int = MAX_TEXT) -> None:
        super().__init__()
        self._read = read
        self.setMaxLength(longest)
        self.setMinimumHeight(TARGET)
        self.setMinimumWidth(20 * STEP)
        a11y.name(self, name)
        self.textEdited.connect(self._edited)
        self.editingFinished.connect(self.settled)

    def mark_all(self) -> None:
        """Mark the text, so that typing replaces it."""
        self.selectAll()

    def show_value(self, value: object) -> None:
        if self._read(self.text()) != value:
            self.setText(values.written(value))

    def show_usual(self, text: str) -> None:
        self.setPlaceholderText(plain_text.clean_name(text))

    def on_typed(self, take: Callable[[Typed], object]) -> None:
        self.typed.connect(take)

    def on_settled(self, act: Callable[[], object]) -> None:
        self.settled.connect(act)

    def _edited(self, text: str) -> None:
        self.typed.emit(Typed(self._read(text)))


class NumberField(LineField):
    """A number: Up and Down change it by one step; the keys for undo are the editor's."""

    def __init__(self, name: str, *, step: int = 1, read: Callable[[str], object] = values.number) -> None:
        super().__init__(name, read, _LONGEST_NUMBER)
        self._step = step
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setFixedWidth(_NUMBER_WIDTH)
        self.setMinimumWidth(_NUMBER_WIDTH)
        self.setFont(_strong())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        way = ways.get(Qt.Key(event.key()))
        if way is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        now = self._read(self.text() or self.placeholderText())
        if isinstance(now, int | float):
            self.setText(values.written(max(0, now + way * self._step)))
            self._edited(self.text())


class TextField(QPlainTextEdit):
    """Several lines of text; Tab leaves it."""

    typed = Signal(object)  # Typed
    settled = Signal()

    def __init__(self, name: str, read: Callable[[str], object] = values.words) -> None:
        super().__init__()
        self._read = read
        self._telling = True
        self.setTabChangesFocus(True)
        self.setFixedHeight(_LINES * self.fontMetrics().lineSpacing() + 6 * STEP)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        a11y.name(self, name)
        self.textChanged.connect(self._edited)

    def mark_all(self) -> None:
        """Mark the text, so that typing replaces it."""
        self.selectAll()

    def show_value(self, value: object) -> None:
        if self._read(self.toPlainText()) != value:
            self._telling = False
            lines = "\n".join(value) if isinstance(value, list) else values.written(value)
            self.setPlainText(lines)
            self._telling = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _leaves_undo(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def show_usual(self, text: str) -> None:
        self.setPlaceholderText(plain_text.clean(text))

    def on_typed(self, take: Callable[[Typed], object]) -> None:
        self.typed.connect(take)

    def on_settled(self, act: Callable[[], object]) -> None:
        self.settled.connect(act)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.settled.emit()

    def _edited(self) -> None:
        if self._telling:
            self.typed.emit(Typed(self._read(self.toPlainText())))


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several values; UNSET for what is left out."""

    value: object
    text: str


class ChoiceField(QComboBox):
    """One of several; the wheel changes it only where the keyboard is."""

    typed = Signal(object)  # Typed

    def __init__(self, name: str, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._choices: tuple[Choice, ...] = ()
        self.show_choices(choices)
        self.setMinimumHeight(TARGET)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        a11y.name(self, name)
        self.activated.connect(self._picked)

    def show_choices(self, choices: Sequence[Choice]) -> None:
        """Offer these."""
        self._choices = tuple(choices)
        self.clear()
        for choice in self._choices:
            self.addItem(plain_text.clean_name(choice.text))

    def show_value(self, value: object) -> None:
        places = (place for place, one in enumerate(self._choices) if one.value == value)
        self.setCurrentIndex(next(places, -1))
        if self.currentIndex() < 0:
            self.setPlaceholderText(plain_text.clean_name(values.written(value)))

    def show_usual(self, text: str) -> None:
        """Say what the first choice, to leave it out, comes to."""
        if self._choices and self._choices[0].value is UNSET:
            shown = tr("{value} (usual)").format(value=text) if text else self._choices[0].text
            self.setItemText(0, plain_text.clean_name(shown))

    def on_typed(self, take: Callable[[Typed], object]) -> None:
        self.typed.connect(take)

    def on_settled(self, act: Callable[[], object]) -> None:
        """What is picked is one step anyway."""

    def mark_all(self) -> None:
        """There is no text to be typed over."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def _picked(self, place: int) -> None:
        self.typed.emit(Typed(self._choices[place].value))


class Entry(QWidget):
    """A field with its words: beside it where it is short, above it where it is not; what is wrong below."""

    def __init__(self, words: str, place: Place, *fields: "FieldWidget", unit: str = "", above: bool = False) -> None:
        super().__init__()
        self.place = place
        self.fields = fields
        self._label = wrapped(words, Role.MUTED)
        self._label.setBuddy(fields[0])
        self._wrong = wrapped("", Role.ERROR)
        self._wrong.hide()
        self._hint = wrapped("", Role.SMALL)
        self._hint.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        line = QHBoxLayout()
        line.setSpacing(STEP)
        if above:
            column.addWidget(self._label)
        else:
            line.addWidget(self._label, 1)
        for field in fields:
            line.addWidget(field, 1 if above else 0)
        if unit:
            sign = plain_text.label(unit, Role.MUTED)
            sign.setWordWrap(False)
            sign.setFixedWidth(3 * STEP)
            line.addWidget(sign)
        elif not above:
            line.addSpacing(4 * STEP)
        column.addLayout(line)
        column.addWidget(self._hint)
        column.addWidget(self._wrong)

    def show_hint(self, text: str) -> None:
        """Say something more about the field."""
        plain_text.show(self._hint, text)
        self._hint.setVisible(bool(text))

    def show_wrong(self, sentences: Sequence[str]) -> None:
        """Say what is wrong, as the file would be refused for it; nothing where nothing is."""
        text = "\n".join(dict.fromkeys(sentences))
        if text == self._wrong.text():
            return
        plain_text.show(self._wrong, text)
        self._wrong.setVisible(bool(text))
        for field in self.fields:
            field.setAccessibleDescription(plain_text.clean(text))

    @property
    def wrong(self) -> str:
        """What is said to be wrong now."""
        return self._wrong.text()


FieldWidget = LineField | TextField | ChoiceField


def _strong() -> QFont:
    return theme.font(Size.BODY, Weight.STRONG, tabular=True)
