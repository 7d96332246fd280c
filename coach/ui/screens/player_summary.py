"""What was done, after a session or a self-test, and what comes next."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from coach.ui import plain_text
from coach.ui.plain_text import Role
from coach.ui.screens.page import clear, wrapped
from coach.ui.screens.question import Leaf, Question, press_focused
from coach.ui.tokens import STEP, TARGET
from coach.ui.widgets.buttons import RETURN, Button, Kind
from coach.ui.widgets.card import Card
from coach.words.translate import tr


class _Lines(Leaf):
    """As tall as what it holds; where there is less room, it scrolls, so that the button below stays in sight."""

    _LEAST = 2 * TARGET

    def __init__(self) -> None:
        self._spared = 0
        self.rows = QVBoxLayout()
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(2 * STEP)
        super().__init__(self.rows)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def fit(self) -> None:
        """Take the room that the rows need."""
        self.rows.invalidate()
        tall = self._tall()
        least = min(self._LEAST, tall)
        self.setMinimumHeight(least)
        self.setMaximumHeight(max(least, tall - self._spared))
        self.updateGeometry()

    def spare(self, pixels: int) -> None:
        """Do with so much less room than before; 0 asks for all of it again."""
        self._spared = self._spared + pixels if pixels else 0
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def sizeHint(self) -> QSize:
        return QSize(self.rows.minimumSize().width(), self._tall())

    def _tall(self) -> int:
        width = max(self.viewport().width(), self.rows.minimumSize().width())
        return self.rows.heightForWidth(width) if self.rows.hasHeightForWidth() else self.rows.sizeHint().height()


class SummaryPage(Question):
    """What was done, what comes next, and when the app asks again; `back` says where its button leads."""

    def __init__(self, parent: QWidget | None = None, back: str = "", heading: str = "") -> None:
        super().__init__(parent)
        self._card = Card(heading or tr("Exercise by exercise"))
        self._lines = _Lines()
        self._card.column.addWidget(self._lines)
        self.turns = self._lines
        # The page is as tall as its texts ask for; what it then lacks, the list does without.
        self.area.verticalScrollBar().rangeChanged.connect(self._make_room)
        self.column.addWidget(self._card)
        self._next = plain_text.label("", Role.CUE)
        self._after = plain_text.label("", Role.CUE)
        ahead = QVBoxLayout()
        ahead.setSpacing(STEP)
        ahead.addWidget(self._next)
        ahead.addWidget(self._after)
        self.column.addLayout(ahead)
        self._button = Button(back or tr("Back to Today"), Kind.PRIMARY, hint=RETURN)
        self._retry = Button(tr("Try to save again"), Kind.GHOST)
        self._retry.hide()
        self._where = Button(tr("Show where it hurt…"), Kind.GHOST, hint="W")
        self._where.hide()
        self.row(self._button, self._where, self._retry)

    def _make_room(self, _least: int, lacking: int) -> None:
        if lacking > 0:
            self._lines.spare(lacking)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lines.spare(0)

    def on_left(self, act: Callable[[], object]) -> None:
        """Call `act` when the person has seen it."""
        self._button.on_pressed(act)

    def on_retry(self, act: Callable[[], object]) -> None:
        """Call `act` when the person wants it saved again."""
        self._retry.on_pressed(act)

    def on_where_wanted(self, act: Callable[[], object]) -> None:
        """Call `act` when the person wants to show where it hurt."""
        self._where.on_pressed(act)

    def offer_where(self, *, hurt: bool) -> None:
        """Offer to show where, if it hurt at all."""
        self._where.setVisible(hurt)

    def come_back(self) -> None:
        """The person has shown where."""
        self._button.setFocus(Qt.FocusReason.OtherFocusReason)

    def open(self, title: str, sub: str, lines: tuple[tuple[str, str], ...], after: str) -> None:
        """Show what was done, exercise by exercise."""
        self.ask(title, sub)
        clear(self._lines.rows)
        for name, done in lines:
            row = QHBoxLayout()
            row.setSpacing(4 * STEP)
            what, how = wrapped(plain_text.clean_name(name), Role.STRONG), plain_text.label(done, Role.MUTED)
            how.setAlignment(Qt.AlignmentFlag.AlignRight)
            row.addWidget(what, 1)
            row.addWidget(how, 1)
            self._lines.rows.addLayout(row)
        self._lines.spare(0)
        self._card.setVisible(bool(lines))
        self.show_next("")
        plain_text.show(self._after, after)
        self._after.setVisible(bool(after))
        self._button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_next(self, text: str) -> None:
        """Say which session comes next; nothing takes no room."""
        plain_text.show(self._next, text)
        self._next.setVisible(bool(text))

    def show_saved(self, *, saved: bool) -> None:
        """Say whether it is on disk; if not, offer to try again."""
        self._retry.setVisible(not saved)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if press_focused(self, event):
            pass
        elif event.key() == Qt.Key.Key_W and not self._where.isHidden():
            self._where.click()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self._button.click()
        else:
            super().keyPressEvent(event)
