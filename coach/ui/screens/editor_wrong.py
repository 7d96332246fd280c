"""What is wrong with a draft, by the place it is about, and all of it as a list that leads to the fields."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout

from coach.core.routine.problems import Findings, Problem
from coach.ui import icons, plain_text, theme
from coach.ui.icons import Icon
from coach.ui.plain_text import Role
from coach.ui.screens.page import Scroll, clear, wrapped
from coach.ui.tokens import RADIUS_BUTTON, STEP, TARGET, Size, Weight
from coach.ui.widgets.buttons import paint_focus
from coach.ui.widgets.card import Card
from coach.words import editing as words
from coach.words.translate import count, tr

_SHOWN: Final = 30
_HIGHEST: Final = 168


class Wrongs:
    """Everything that is wrong or odd, by its path."""

    def __init__(self, findings: Findings) -> None:
        self._by_path: dict[str, list[str]] = {}
        for one in (*findings.problems, *findings.warnings):
            self._by_path.setdefault(one.path, []).append(words.beside(one))

    def at(self, *paths: str) -> list[str]:
        """What is said about exactly these places."""
        return [said for path in paths for said in self._by_path.get(path, ())]

    def below(self, path: str) -> int:
        """How many places at or below a path something is said about."""
        return sum(one == path or one.startswith((f"{path}.", f"{path}[")) for one in self._by_path)


class WrongList(Card):
    """What the file would be refused for, and what is odd; pressing one leads to its field."""

    pressed = Signal(object)  # Problem

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[object, ...] = ()
        self.column.setContentsMargins(4 * STEP, 3 * STEP, 4 * STEP, 3 * STEP)
        self._title = wrapped("", Role.STRONG)
        self.column.addWidget(self._title)
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._scroll = Scroll(self._rows)
        self.column.addWidget(self._scroll)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def on_pressed(self, take: Callable[[Problem], object]) -> None:
        """Call `take` with the problem that the person wants to see."""
        self.pressed.connect(take)

    def show_findings(self, findings: Findings, names: dict[int, str]) -> None:
        """Show these; nothing where nothing is wrong. `names` are those of the items."""
        every = (*findings.problems, *findings.warnings)
        shown = tuple((one.path, words.in_list(one, names)) for one in every)
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._rows)
        self.setVisible(bool(every))
        if not every:
            return
        number = len(findings.problems)
        title = count(number, "%n thing to mend first", "%n things to mend first")
        plain_text.show(self._title, title if number else tr("Odd, but it can be handed out"))
        self.setAccessibleName(self._title.text())
        for one, (_, text) in zip(every[:_SHOWN], shown, strict=False):
            icon = Icon.PROBLEM if one in findings.problems else Icon.WARNING
            button = _Row(text, icon)
            button.clicked.connect(self._leads_to(one))
            self._rows.addWidget(button)
        self._rows.addStretch()
        self._scroll.setFixedHeight(min(_HIGHEST, 44 * min(len(every), _SHOWN) + 2))

    def _leads_to(self, problem: Problem) -> Callable[[], None]:
        return lambda: self.pressed.emit(problem)

    def buttons(self) -> list[QAbstractButton]:
        """Its rows."""
        return [one for one in self.findChildren(QAbstractButton) if not one.isHidden()]


class _Row(QAbstractButton):
    """One line of the list: a sign, and what is wrong; pressed like a link."""

    _ICON: Final = 18

    def __init__(self, text: str, icon: Icon) -> None:
        super().__init__()
        self._icon = icon
        self.setText(plain_text.for_button(text))
        self.setAccessibleName(plain_text.clean_name(text, 400))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(TARGET)

    def sizeHint(self) -> QSize:
        return QSize(TARGET, TARGET)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme.tokens_of(self)
        box = QRectF(self.rect())
        if theme.focus_visible(self):
            paint_focus(painter, box, RADIUS_BUTTON, tokens)
        wrong = self._icon is Icon.PROBLEM
        sign = QRectF(STEP, (box.height() - self._ICON) / 2, self._ICON, self._ICON)
        icons.paint(painter, self._icon, sign, tokens.red_text if wrong else tokens.amber_text)
        font = theme.font(Size.BODY, Weight.MEDIUM)
        font.setUnderline(self.underMouse())
        painter.setFont(font)
        painter.setPen(QColor(tokens.ink))
        room = box.adjusted(sign.right() + 2 * STEP, 0, -STEP, 0)
        shown = QFontMetricsF(font).elidedText(self.accessibleName(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.AlignmentFlag.AlignLeft), shown)
        painter.end()
