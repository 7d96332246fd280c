"""What leads through the whole window: the guided session and the guided self-test have it in common."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from coach.app.ports import Sound, Speech
from coach.ui.presenters.desk import Desk
from coach.ui.presenters.leading import Leading
from coach.ui.screens.player_live import LivePage
from coach.ui.screens.question import Question
from coach.ui.widgets.card import Tone
from coach.ui.widgets.flash import Flash, Motion, Reach
from coach.ui.widgets.pain_scale import PainScale
from coach.words.announce import Told

FRAME_MS: Final = 16
SLOW_FRAME_MS: Final = 250
"""With less motion the ring moves in steps."""
ADJUST_S: Final = 10.0

Keys = tuple[tuple[Callable[[], None], tuple[Qt.Key, ...]], ...]


@dataclass(frozen=True, slots=True)
class Left:
    """The player is done; the window goes back to where it was."""


@dataclass(frozen=True, slots=True)
class FloorWanted:
    """Full screen and floor mode, or back."""

    floor: bool


class FullWindow(QWidget):
    """One thing after the other, each with a live page and questions; between two of them it is hidden.

    Whoever builds on it says what the keys and buttons do that both have.
    """

    left = Signal(object)  # Left
    floor_wanted = Signal(object)  # FloorWanted

    def __init__(self, desk: Desk, live: LivePage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._devices: tuple[Sound, Speech | None] | None = None
        self._floor = False
        self._live = live
        self._all: tuple[LivePage | Question, ...] = ()
        self._pages = QStackedWidget()
        self._pages.currentChanged.connect(self._settle)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)
        self._flash = Flash(self)
        self._frames = QTimer(self)
        self._frames.setTimerType(Qt.TimerType.PreciseTimer)
        self._frames.timeout.connect(self._animate)
        live.on_pressed(
            end=self._ask_end,
            mute=self._mute,
            floor=self._toggle_floor,
            pause=self._press,
            hurts=self._hurts,
            more=self._more,
            less=self._less,
        )
        self._keys: list[QShortcut] = []
        self._bind(
            (
                (self._press, (Qt.Key.Key_Space, Qt.Key.Key_MediaTogglePlayPause, Qt.Key.Key_MediaPlay)),
                # A presenter's clicker sends Page Down.
                (self._press, (Qt.Key.Key_MediaPause, Qt.Key.Key_PageDown)),
                (self._hurts, (Qt.Key.Key_P,)),
                (self._mute, (Qt.Key.Key_M,)),
                (self._more, (Qt.Key.Key_Plus, Qt.Key.Key_Equal)),
                (self._less, (Qt.Key.Key_Minus,)),
                (self._escape, (Qt.Key.Key_Escape,)),
                (self._toggle_floor, (Qt.Key.Key_F,)),
            )
        )

    # -- telling ------------------------------------------------------------------------------------------------

    def on_left(self, take: Callable[[Left], object]) -> None:
        """Call `take` when the person leaves."""
        self.left.connect(take)

    def on_floor_wanted(self, take: Callable[[FloorWanted], object]) -> None:
        """Call `take` when the person wants the whole screen, or the window back."""
        self.floor_wanted.connect(take)

    def hideEvent(self, event: QHideEvent) -> None:
        self._frames.stop()
        super().hideEvent(event)

    # -- for whoever builds on it -------------------------------------------------------------------------------

    def _leading(self) -> Leading | None:
        """What is being led now."""
        raise NotImplementedError

    def _show_again(self) -> None:
        """Show this instant of it anew."""
        raise NotImplementedError

    def _animate(self) -> None:
        """Show the next frame of what moves."""
        raise NotImplementedError

    def _close(self) -> None:
        """Let go of it."""
        raise NotImplementedError

    def _press(self) -> None:
        """Space, and the button that says so."""
        raise NotImplementedError

    def _hurts(self) -> None:
        raise NotImplementedError

    def _more(self) -> None:
        raise NotImplementedError

    def _less(self) -> None:
        raise NotImplementedError

    def _ask_end(self) -> None:
        raise NotImplementedError

    # -- pages --------------------------------------------------------------------------------------------------

    def _add_pages(self, *pages: LivePage | Question) -> None:
        """The pages there are; the first is seen first."""
        self._all = pages
        for page in pages:
            self._pages.addWidget(page)

    def _settle(self) -> None:
        """Another page: what was pressed for the one before it must not answer its questions."""
        page = self._pages.currentWidget()
        for scale in page.findChildren(PainScale) if page is not None else ():
            scale.settle(self._desk.surroundings.clock)

    def _show_live(self) -> None:
        self._pages.setCurrentWidget(self._live)
        self._live.button("pause").setFocus()

    def _move(self, *, moves: bool) -> None:
        """Draw frames while something moves and is seen."""
        wanted = moves and self.isVisible()
        if wanted and not self._frames.isActive():
            self._frames.start(SLOW_FRAME_MS if self._desk.settings.less_motion else FRAME_MS)
        elif not wanted:
            self._frames.stop()

    def _light(self, reach: Reach) -> None:
        """Flash at a cue that is not heard."""
        self._flash.flash(Tone.NOW, reach, Motion.REDUCED if self._desk.settings.less_motion else Motion.FULL)

    def _leave(self) -> None:
        if self._floor:
            self._toggle_floor()
        self._close()
        self.left.emit(Left())

    def _escape(self) -> None:
        if self._floor:
            self._toggle_floor()
        else:
            self._ask_end()

    def _toggle_floor(self) -> None:
        self._floor = not self._floor
        for page in self._all:
            page.show_floor(floor=self._floor)
        self.floor_wanted.emit(FloorWanted(self._floor))
        if self._leading() is not None:
            self._show_again()

    def _mute(self) -> None:
        leading = self._leading()
        if leading is not None:
            leading.mute()
            self._show_again()

    def _bind(self, keys: Keys) -> None:
        """Keys of the live page; on the other pages the keys are the page's own."""
        for act, wanted in keys:
            for key in wanted:
                shortcut = bound(self._live, key, act)
                shortcut.setAutoRepeat(act in (self._more, self._less))
                self._keys.append(shortcut)

    # -- devices ------------------------------------------------------------------------------------------------

    def _wake_devices(self) -> None:
        """Start sound and voice while the person reads or answers: they take a second, and the first cue is at once."""
        if self._devices is None:
            surroundings, settings = self._desk.surroundings, self._desk.settings
            speech = surroundings.make_speech(settings) if settings.voice else None
            self._devices = (surroundings.make_sound(settings), speech)

    def _take_devices(self) -> tuple[Sound, Speech | None]:
        """Sound and voice for whoever lets go of them from now on."""
        self._wake_devices()
        assert self._devices is not None
        taken, self._devices = self._devices, None
        return taken

    def _close_devices(self) -> None:
        """Let go of what was started and not taken."""
        for device in self._devices or ():
            if device is not None:
                device.close()
        self._devices = None

    def _told(self, told: Told) -> None:
        """Sound or voice is missing, or back: one notice for both, and the button says so too."""
        del told
        leading = self._leading()
        if leading is not None:
            self._live.notice.warn_unheard(leading.unheard())
            self._show_again()


def bound(page: QWidget, key: Qt.Key, act: Callable[[], object]) -> QShortcut:
    """A key of one page."""
    shortcut = QShortcut(QKeySequence(key), page)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(act)
    return shortcut
