"""The cards of the library, section by section: where each stands, who has the keyboard, and which one moves."""

from collections.abc import Callable
from itertools import pairwise
from typing import Final, NamedTuple

from msgspec import Struct
from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from coach.ui import plain_text, theme
from coach.ui.screens.page import reveal
from coach.ui.tokens import GAP, STEP
from coach.ui.widgets.card import section
from coach.ui.widgets.exercise_card import ExerciseCard, Face, Looked, Pressed
from coach.ui.widgets.moving_figure import Moved, MovingFigure
from coach.ui.widgets.roving import rove

_TITLE: Final = 60
LEAST: Final = 256
"""The least width of a card."""

_LOOK_MS: Final = 160
"""A pointer that only passes by sets nothing in motion."""

_WIDTHS: Final = 12
"""For so many widths the places of the cards are kept."""

_REPS: Final = 3
"""Then a figure rests, though the pointer may lie on it all night."""


class Section(Struct, frozen=True):
    """Cards under one heading."""

    title: str
    faces: tuple[Face, ...]


class _Places(NamedTuple):
    """Where everything stands at one width."""

    boxes: list[tuple[QWidget, QRect]]
    height: int


class CardGrid(QWidget):
    """All cards. Those that nobody can see are neither drawn nor moved."""

    opened = Signal(object)  # Pressed

    def __init__(self, clock: Callable[[], float], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: dict[str, ExerciseCard] = {}
        self._made: dict[str, ExerciseCard] = {}
        """Also those that are not shown: they and their pictures are there again when a word is taken back."""
        self._shown: tuple[tuple[ExerciseCard, ...], ...] = ()
        self._titles: list[QLabel] = []
        self._rows: list[tuple[ExerciseCard, ...]] = []
        self._known: dict[int, _Places] = {}
        """By width: while a window finds its size, layouts ask for the same ones again and again."""
        self._current: ExerciseCard | None = None
        self._looked: ExerciseCard | None = None
        self._motion = True
        self._figure = MovingFigure(clock, self)
        self._figure.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._figure.hide()
        self._figure.on_moved(self._moved)
        self._look = QTimer(self, singleShot=True, interval=_LOOK_MS)
        self._look.timeout.connect(self._begin)
        self._draw = QTimer(self, singleShot=True, interval=0)
        self._draw.timeout.connect(self._draw_one)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def on_opened(self, take: Callable[[Pressed], object]) -> None:
        """Call `take` with the card that is pressed."""
        self.opened.connect(take)

    # -- showing ------------------------------------------------------------------------------------------------

    def show_sections(self, sections: tuple[Section, ...]) -> None:
        """Show these cards and no others; one that was there stays the same widget."""
        self._rest()
        self._known.clear()
        before, self._cards = self._cards, {}
        filled = [section_ for section_ in sections if section_.faces]
        self._shown = tuple(tuple(self._card(face) for face in section_.faces) for section_ in filled)
        for key, card in before.items():
            card.setVisible(self._cards.get(key) is card)
        for card in self._cards.values():
            card.show()
        self._show_titles([section_.title for section_ in filled])
        if self._current is None or self._current.face.key not in self._cards:
            self._current = next(iter(self._cards.values()), None)
        else:
            self._current = self._cards[self._current.face.key]
        if self._current is not None:
            rove(self._cards.values(), self._current)
        cards = list(self._cards.values())
        for one, other in pairwise(cards):
            QWidget.setTabOrder(one, other)
        self._place(self.width())
        self.updateGeometry()

    def set_motion(self, *, allowed: bool) -> None:
        """Let figures move, or keep all of them still."""
        self._motion = allowed
        if not allowed:
            self._rest()

    @property
    def cards(self) -> tuple[ExerciseCard, ...]:
        """What is shown, in order."""
        return tuple(self._cards.values())

    @property
    def current(self) -> ExerciseCard | None:
        """The card that Tab leads to."""
        return self._current

    @property
    def moving(self) -> str | None:
        """The key of the card whose figure moves now."""
        return self._looked.face.key if self._looked is not None and self._figure.playing else None

    def make_current(self, key: str) -> ExerciseCard | None:
        """Let Tab lead to this card, if it is shown."""
        card = self._cards.get(key)
        if card is not None:
            self._current = card
            rove(self._cards.values(), card)
        return card

    def _card(self, face: Face) -> ExerciseCard:
        card = self._made.get(face.key)
        if card is None or card.face != face:
            if card is not None:
                card.hide()
                card.deleteLater()
            card = ExerciseCard(face, self)
            card.on_looked(self._looked_at)
            card.on_opened(self._pressed)
            card.on_picture_wanted(self._draw.start)
            card.stackUnder(self._figure)
            self._made[face.key] = card
        self._cards[face.key] = card
        return card

    def _show_titles(self, titles: list[str]) -> None:
        while len(self._titles) < len(titles):
            made = section("", self)
            self._titles.append(made)
        for place, label in enumerate(self._titles):
            label.setVisible(place < len(titles))
            if place < len(titles):
                plain_text.show(label, plain_text.clean_name(titles[place], _TITLE))

    # -- geometry -----------------------------------------------------------------------------------------------

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._geometry(width).height

    def sizeHint(self) -> QSize:
        return QSize(3 * LEAST, self.heightForWidth(max(self.width(), LEAST)))

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(self.width())

    def _geometry(self, width: int) -> _Places:
        if width not in self._known:
            if len(self._known) == _WIDTHS:
                self._known.clear()
            self._known[width] = self._places(width)
        return self._known[width]

    def _places(self, width: int) -> _Places:
        """Where everything stands at this width, and how high that is."""
        columns = max(1, (width + GAP) // (LEAST + GAP))
        wide = (width - (columns - 1) * GAP) // columns
        places: list[tuple[QWidget, QRect]] = []
        y = 0
        for title, cards in zip(self._titles, self._shown, strict=False):
            height = title.sizeHint().height()
            places.append((title, QRect(0, y, width, height)))
            y += height + 2 * STEP
            for first in range(0, len(cards), columns):
                row = cards[first : first + columns]
                high = max(card.heightForWidth(wide) for card in row)
                places += [(card, QRect(number * (wide + GAP), y, wide, high)) for number, card in enumerate(row)]
                y += high + GAP
            y += 2 * STEP
        return _Places(places, max(0, y - GAP - 2 * STEP))

    def _place(self, width: int) -> None:
        rows: dict[int, list[ExerciseCard]] = {}
        for widget, box in self._geometry(width).boxes:
            widget.setGeometry(box)
            if isinstance(widget, ExerciseCard):
                rows.setdefault(box.y(), []).append(widget)
        self._rows = [tuple(row) for row in rows.values()]
        self._cover()

    # -- the keyboard -------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        to = self._neighbour(Qt.Key(event.key()))
        if to is None:
            super().keyPressEvent(event)
            return
        self.make_current(to.face.key)
        theme.focus_by_keys(to)
        for title, cards in zip(self._titles, self._shown, strict=False):
            if to in cards and to.y() == cards[0].y():
                reveal(title)  # it says where one is
        reveal(to)

    def _neighbour(self, key: Qt.Key) -> ExerciseCard | None:
        """Where this key leads from the card that has the keyboard; None if it is no key of ours."""
        cards, here = self.cards, self._current
        if here is None:
            return None
        place = cards.index(here)
        match key:
            case Qt.Key.Key_Right:
                return cards[min(place + 1, len(cards) - 1)]
            case Qt.Key.Key_Left:
                return cards[max(place - 1, 0)]
            case Qt.Key.Key_Home:
                return cards[0]
            case Qt.Key.Key_End:
                return cards[-1]
            case Qt.Key.Key_Down:
                return self._across(here, 1)
            case Qt.Key.Key_Up:
                return self._across(here, -1)
            case _:
                return None

    def _across(self, here: ExerciseCard, step: int) -> ExerciseCard:
        row = next(number for number, cards in enumerate(self._rows) if here in cards)
        if not 0 <= row + step < len(self._rows):
            return here
        return min(self._rows[row + step], key=lambda card: abs(card.x() - here.x()))

    # -- motion -------------------------------------------------------------------------------------------------

    def _looked_at(self, looked: Looked) -> None:
        card = self._cards.get(looked.key)
        if looked.came and card is not None:
            if card.hasFocus():
                self.make_current(looked.key)
            if card is not self._looked:
                self._rest()
                self._looked = card
                if self._motion:
                    self._look.start()
        elif card is self._looked:
            self._rest()

    def _begin(self) -> None:
        if self._looked is None or not self.isVisible():
            return
        face = self._looked.face
        self._figure.show_exercise(face.exercise, None)
        self._figure.play(_REPS)
        self._cover()

    def _cover(self) -> None:
        """Put the figure in the place of the picture of the card that is looked at."""
        if self._looked is None or not self._figure.playing:
            return
        self._figure.setGeometry(self._looked.picture.translated(self._looked.pos()).toAlignedRect())
        self._figure.show()
        self._looked.cover_picture()

    def _moved(self, moved: Moved) -> None:
        if not moved.playing:
            self._figure.hide()
            if self._looked is not None:
                self._looked.uncover_picture()

    def _rest(self) -> None:
        self._look.stop()
        self._figure.stop()
        self._looked = None

    def scrolled(self) -> None:
        """Another card, or none, lies under the pointer that has not moved."""
        if self._looked is not None and not self._looked.hasFocus():
            self._rest()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._rest()
        self._draw.stop()

    # -- pictures -----------------------------------------------------------------------------------------------

    def _draw_one(self) -> None:
        """Draw the picture of one card that can be seen, then let the window breathe."""
        waiting = (card for card in self.cards if card.lacks_picture and not card.visibleRegion().isEmpty())
        card = next(waiting, None)
        if card is not None:
            card.draw_picture()
            self._draw.start()

    def _pressed(self, pressed: Pressed) -> None:
        self.make_current(pressed.key)
        self.opened.emit(pressed)
