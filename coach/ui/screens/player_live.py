"""The player while a session runs: what to do, for how long, and what comes next. Floor mode is the same, larger."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from coach.core.figure.motion import Moment, breath_at, glow_at, share_at, takes_turns
from coach.core.routine.dose import Sides
from coach.core.routine.exercise import Exercise, Motion, StepType
from coach.core.routine.plan import Side, StepKind, Work
from coach.core.session.engine import Phase
from coach.core.session.view import SessionView
from coach.ui import a11y, plain_text
from coach.ui.icons import Icon
from coach.ui.plain_text import Role
from coach.ui.presenters.leading import Hearing
from coach.ui.screens.page import breakable
from coach.ui.screens.player_notice import LiveNotice
from coach.ui.tokens import CARD_PADDING, FLOOR_SCALE, STEP, Size
from coach.ui.widgets.buttons import Button, Kind
from coach.ui.widgets.card import Card, Chip, Tone, section
from coach.ui.widgets.figure import FigureView, Shown
from coach.ui.widgets.floor_dial import FloorDial
from coach.ui.widgets.moving_figure import MovingFigure
from coach.ui.widgets.ring import Ring
from coach.ui.widgets.session_bar import SessionBar
from coach.words import numbers
from coach.words import session as words
from coach.words.translate import tr

_MARGIN: Final = (34, 22, 34, 22)
_RING_SIDE: Final = 340
_RIGHT_WIDTH: Final = 432
_PREVIEW_WIDTH: Final = 132
_PREVIEW_HEIGHT: Final = 19 * STEP
"""Where the ring leaves room for it; else no higher than the words beside it."""
_PREVIEW_LOW: Final = 15 * STEP
_NEXT_MARGIN: Final = 2 * STEP
"""Above and below: the picture needs the height."""
_PREVIEW_SPEED: Final = 0.5
"""What comes next moves gently: it must not draw the eye from what is done now."""
_PREVIEW_FRAME_MS: Final = 66
"""Fifteen frames a second: at that size and speed more would not be seen."""
_PREVIEW_LEAST: Final = 16 * STEP
"""Smaller than this a movement is not made out, and not worth its frames; then the figure stands still, px."""
_NEXT_WIDTH: Final = _RIGHT_WIDTH - CARD_PADDING - 3 * STEP
_NEXT_BESIDE: Final = _NEXT_WIDTH - _PREVIEW_WIDTH - 3 * STEP
_RING_SHARE: Final = 0.29
"""Of the window's width."""
_COUNTS_HEIGHT: Final = 16 * STEP
_BESIDE_RING: Final = 394
"""What stands above and below the ring, px."""
_NEXT_HEIGHT: Final = 9 * STEP
"""Of this, what comes next: two lines."""
_LEAST_RING: Final = 170
_CUE_LEAST: Final = 2 * Size.CUE + 2 * STEP
_CUE_SHARE: Final = 0.15
"""How much of the height is kept free for the tallest cue: the figure below it must not jump, nor become small."""
_ANY_WIDTH: Final = 16_777_215
"""Qt's QWIDGETSIZE_MAX, which PySide6 does not export."""
_CONTROLS_MS: Final = 4000
"""How long the controls stay on the floor after the mouse was moved."""
_NAME_SHARE: Final = 0.16
"""How much of the height a long name may take."""
_MAX_GROWTH: Final = 1.7
"""How much larger the ring may get on a large screen."""


_CUES: Final = (StepType.FORM_CUE, StepType.BREATHING)


@dataclass(frozen=True, slots=True)
class Frame:
    """What the page shows at one instant."""

    view: SessionView
    exercise: Exercise | None
    work: Work | None
    """The prescribed work, unless something easier is done in its place."""
    item: Work | None
    """What the item of the routine prescribes, whatever is done of it."""
    name: str
    next_up: str
    coming: Shown | None
    """The figure of what comes next, if anything does."""
    hearing: Hearing
    less_motion: bool


class Count(QWidget):
    """A number out of a number, with what it counts."""

    def __init__(self, unit: str) -> None:
        super().__init__()
        self._wanted, self._floor = False, False
        self._number = plain_text.label("", Role.NUMBER)
        self._of = plain_text.label("", Role.OUT_OF)
        self._unit = plain_text.label(unit, Role.SECTION)
        row = QHBoxLayout()
        row.setSpacing(STEP)
        row.addStretch()
        row.addWidget(self._number, 0, Qt.AlignmentFlag.AlignBaseline)
        row.addWidget(self._of, 0, Qt.AlignmentFlag.AlignBaseline)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._unit, 0, Qt.AlignmentFlag.AlignHCenter)

    def show_count(self, number: str, of: str = "") -> None:
        """Show `number`, and what it is out of."""
        self._number.setText(number)
        self._of.setText(f"/ {of}" if of else "")
        self._of.setVisible(bool(of))
        self._wanted = bool(number)
        self.setVisible(self._wanted and not self._floor)

    def show_floor(self, *, floor: bool) -> None:
        """Not shown on the floor: what is not needed there would only take room."""
        self._floor = floor
        self.setVisible(self._wanted and not floor)


class LivePage(QWidget):
    """One running session; it is told what to show and tells what was pressed."""

    def __init__(self, clock: Callable[[], float], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._spoken = ""
        self._cues: tuple[str, ...] = ()
        self._titled = ("", "")
        self._next_up = ""
        self._floor = False
        self._make_parts()
        column = QVBoxLayout(self)
        column.setContentsMargins(*_MARGIN)
        column.setSpacing(4 * STEP)
        self._top, self._bottom = QWidget(), QWidget()
        self._top.setLayout(self._make_top())
        self._bottom.setLayout(self._make_bottom())
        column.addWidget(self._top)
        column.addWidget(self.notice)
        column.addLayout(self._make_middle(), 1)
        column.addWidget(self._bottom)
        self._order_tabs()
        self._sheet.installEventFilter(self)
        self.notice.installEventFilter(self)
        self._away = QTimer(self)
        self._away.setSingleShot(True)
        self._away.setInterval(_CONTROLS_MS)
        self._away.timeout.connect(self._hide_controls)
        for part in (self, self._figure, self._floor_dial, self._right):
            part.setMouseTracking(True)

    # -- what is pressed ----------------------------------------------------------------------------------------

    def on_pressed(self, **acts: Callable[[], object]) -> None:
        """Connect the buttons by their names: end, mute, floor, back, pause, skip, hurts, more, less, halt."""
        for name, act in acts.items():
            self._buttons[name].on_pressed(act)

    def button(self, name: str) -> Button:
        """A button by its name."""
        return self._buttons[name]

    # -- what is shown ------------------------------------------------------------------------------------------

    def show_frame(self, frame: Frame) -> None:
        """Show everything of one instant."""
        view = frame.view
        self._show_texts(frame)
        self._show_buttons(view, frame.hearing)
        working = not view.adjustable
        counted = view.reps > 1 and working and not view.waits_for_rep  # the ring tells of that one
        self._counts["rep"].show_count(str(view.rep) if counted else "", str(view.reps))
        self._counts["set"].show_count(str(view.set) if view.sets else "", str(view.sets))
        self._counts["tempo"].show_count(words.tempo(frame.work) if frame.work and working else "")
        self.animate(view, frame.exercise, frame.item, less_motion=frame.less_motion)
        self._announce(frame)

    def reserve(self, exercises: Iterable[Exercise]) -> None:
        """Keep room for the tallest cue of these from now on."""
        wanted = (StepType.PREPARATION, *_CUES)
        self._cues = tuple({step.text for one in exercises for step in one.steps if step.type in wanted})
        self._fit_cue()

    def animate(self, view: SessionView, exercise: Exercise | None, work: Work | None, *, less_motion: bool) -> None:
        """Show what moves between two seconds: ring, figure, bar. It is called at every frame."""
        dial = _dial_words(view, exercise)
        (self._floor_dial if self._floor else self._ring).show_value(view.fraction_left, *dial)
        self._bar.show_segments(view.segments, view.segment)
        if exercise is not None:
            self._figure.show_moment(shown_of(view, exercise, work, less_motion=less_motion))
            if view.adjustable and view.phase is Phase.RUNNING:
                self._figure.warm()  # nothing moves yet: what will be needed is drawn now
        self._move_preview(moves=view.phase is Phase.RUNNING and not less_motion)

    def _move_preview(self, *, moves: bool) -> None:
        preview = self._preview
        seen = preview.isVisible() and min(preview.width(), preview.height()) >= _PREVIEW_LEAST
        if preview.playing == (moves and seen):
            return
        if preview.playing:
            preview.stop()
        else:
            preview.play()

    def show_floor(self, *, floor: bool) -> None:
        """Show only what is read from four metres: figure, digit, side, phase."""
        self._floor = floor
        self.notice.set_scale(FLOOR_SCALE if floor else 1.0)
        for part in self._only_near:
            part.setHidden(floor)
        for count in self._counts.values():
            count.show_floor(floor=floor)
        self._show_controls(shown=not floor)
        self._dials.setCurrentIndex(1 if floor else 0)
        self._side.set_type_size(Size.CUE * FLOOR_SCALE if floor else Size.BODY + 1)
        self._halves.setStretch(0, 2 if floor else 1)
        self._halves.setStretch(1, 3 if floor else 0)
        if floor:
            self._right.setMaximumWidth(_ANY_WIDTH)
        word = tr("Leave floor mode") if floor else tr("Floor mode")
        self._buttons["floor"].show_text(word, hint="F", icon=Icon.FLOOR)
        self._fit_controls()
        self._fit()
        self._fit_title()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """On the floor the controls are away until the mouse is moved: whoever takes it looks for them."""
        if self._floor:
            self._show_controls(shown=True)
            self._away.start()
        super().mouseMoveEvent(event)

    def _hide_controls(self) -> None:
        self._show_controls(shown=not self._floor)

    def _show_controls(self, *, shown: bool) -> None:
        for bar in (self._top, self._bottom):
            bar.setVisible(shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Space is pause wherever the keyboard is, so Enter presses what has it.
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, Button) and focused.hasFocus():
            focused.click()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: object) -> None:
        if self._floor:
            self._fit_controls()
        self._fit()
        self._fit_title()

    # -- making -------------------------------------------------------------------------------------------------

    def _make_parts(self) -> None:
        self.notice = LiveNotice(self._clock, self)
        self._bar = SessionBar()
        self._left = plain_text.label("", Role.TIME)
        self._name = plain_text.label("", Role.EXERCISE)
        self._name.setMinimumWidth(1)  # a long name takes lines, not the room of what stands beside it
        self._side = Chip("", Tone.ACTION)
        self._side.set_type_size(Size.BODY + 1)
        self._cue = plain_text.label("", Role.CUE)
        self._cue.setMinimumHeight(_CUE_LEAST)
        self._cue.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._figure = FigureView()
        self._ring = Ring()
        self._floor_dial = FloorDial()
        self._counts = {"rep": Count(tr("Rep")), "set": Count(tr("Set")), "tempo": Count(tr("Tempo s"))}
        self._next = plain_text.label("", Role.STRONG)
        self._next.setWordWrap(True)
        self._next.setMinimumHeight(_NEXT_HEIGHT)  # one line or two: the ring stays where it is
        self._next.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._preview = MovingFigure(self._clock, frame_ms=_PREVIEW_FRAME_MS)
        self._preview.set_speed(_PREVIEW_SPEED)
        # No higher than the words beside it, but where that takes no room from the ring.
        self._preview.setFixedSize(_PREVIEW_WIDTH, _PREVIEW_LOW)
        self._buttons = {
            "end": Button(tr("End"), Kind.GHOST, hint=tr("Esc", "the key"), icon=Icon.END),
            "mute": Button(tr("Sound"), Kind.GHOST, hint="M", icon=Icon.SOUND),
            "floor": Button(tr("Floor mode"), Kind.GHOST, hint="F", icon=Icon.FLOOR),
            "back": Button(tr("Back"), Kind.GHOST, hint="←", icon=Icon.BACK),
            "pause": Button(tr("Pause"), Kind.PRIMARY, hint=tr("Space", "the key")),
            "skip": Button(tr("Skip"), Kind.GHOST, hint="→", icon=Icon.SKIP),
            "hurts": Button(tr("It hurts"), Kind.NOW, hint="P", icon=Icon.HURTS),
            "less": Button(tr("10 s less"), Kind.GHOST, hint="−"),
            "more": Button(tr("10 s more"), Kind.GHOST, hint="+"),
            "halt": Button(tr("Pause"), Kind.GHOST, hint="B", icon=Icon.PAUSE),
        }
        self._buttons["pause"].set_type_size(Size.CUE + 2)
        self._buttons["pause"].setMinimumWidth(225)

    def _make_top(self) -> QHBoxLayout:
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(3 * STEP)
        top.addWidget(self._buttons["end"])
        top.addWidget(self._bar, 1)
        top.addWidget(self._left)
        top.addWidget(self._buttons["mute"])
        top.addWidget(self._buttons["floor"])
        return top

    def _make_middle(self) -> QHBoxLayout:
        self._title = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._title.setSpacing(3 * STEP)
        self._title.addWidget(self._name)
        self._title.addWidget(self._side, 1, Qt.AlignmentFlag.AlignLeft)
        self._sheet = Card()
        self._sheet.column.setContentsMargins(2 * STEP, 2 * STEP, 2 * STEP, 2 * STEP)
        self._sheet.column.addWidget(self._figure, 1)
        left = QVBoxLayout()
        left.setSpacing(STEP)
        left.addLayout(self._title)
        left.addWidget(self._cue)
        left.addWidget(self._sheet, 1)
        self._right = QWidget()
        self._right.setLayout(self._make_right())
        self._halves = QHBoxLayout()
        self._halves.setSpacing(30)
        self._halves.addLayout(left, 1)
        self._halves.addWidget(self._right)
        return self._halves

    def _make_right(self) -> QVBoxLayout:
        self._dials = QStackedLayout()
        # Without a parent the stack would show it as a window of its own, which takes the keyboard.
        near = self._near = QWidget(self)
        # Their own sizes would keep a window that was larger from becoming smaller again.
        for dial in (near, self._floor_dial):
            dial.setMinimumSize(_LEAST_RING, _LEAST_RING)
        centred = QVBoxLayout(near)
        centred.setContentsMargins(0, 0, 0, 0)
        centred.addWidget(self._ring, 0, Qt.AlignmentFlag.AlignHCenter)
        self._dials.addWidget(near)
        self._dials.addWidget(self._floor_dial)
        counts = QHBoxLayout()
        counts.setSpacing(8 * STEP)
        counts.addStretch()
        for count in self._counts.values():
            counts.addWidget(count)
        # In a rest there is no rep and no tempo: what makes it longer or shorter takes their place.
        self._rests = QWidget()
        more_less = QHBoxLayout(self._rests)
        more_less.setContentsMargins(0, 0, 0, 0)
        more_less.addWidget(self._buttons["less"])
        more_less.addWidget(self._buttons["more"])
        counts.addWidget(self._rests)
        # Where Space counts, another key pauses.
        counts.addWidget(self._buttons["halt"])
        self._buttons["halt"].hide()
        counts.addStretch()
        row = QWidget()
        row.setLayout(counts)
        row.setMinimumHeight(_COUNTS_HEIGHT)
        after = self._after = Card()
        after.column.setContentsMargins(CARD_PADDING, _NEXT_MARGIN, 3 * STEP, _NEXT_MARGIN)
        beside = QVBoxLayout()
        beside.setSpacing(2 * STEP)
        beside.addStretch()
        beside.addWidget(section(tr("Next")))
        beside.addWidget(self._next)
        beside.addStretch()
        line = QHBoxLayout()
        line.setSpacing(3 * STEP)
        line.addLayout(beside, 1)
        line.addWidget(self._preview)
        after.column.addLayout(line)
        self._only_near: tuple[QWidget, ...] = (self._cue, after)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3 * STEP)
        column.addLayout(self._dials, 1)
        column.addWidget(row)
        column.addWidget(after)
        return column

    def _make_bottom(self) -> QHBoxLayout:
        bottom = QHBoxLayout()
        bottom.setContentsMargins(0, 0, 0, 0)
        bottom.setSpacing(3 * STEP)
        bottom.addStretch()
        for name in ("back", "pause", "skip"):
            bottom.addWidget(self._buttons[name], 0, Qt.AlignmentFlag.AlignVCenter)
        bottom.addSpacing(13 * STEP)
        bottom.addWidget(self._buttons["hurts"], 0, Qt.AlignmentFlag.AlignVCenter)
        bottom.addStretch()
        return bottom

    def _order_tabs(self) -> None:
        chain: list[QWidget] = [self._buttons[n] for n in ("pause", "halt", "hurts", "back", "skip", "less", "more")]
        chain += [self._ring, self._floor_dial, self._bar]
        chain += [self._buttons[name] for name in ("end", "mute", "floor")]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    # -- showing ------------------------------------------------------------------------------------------------

    def _show_texts(self, frame: Frame) -> None:
        view = frame.view
        self._show_title(frame.name, words.side(view.side))
        plain_text.show(self._cue, coaching(frame.exercise, view.kind, view.turn))
        self._show_next(frame.next_up, frame.coming)
        plain_text.show(self._left, tr("{time} left").format(time=numbers.clock(view.left_s)))

    def _show_title(self, name: str, side: str) -> None:
        name = plain_text.clean_name(name)
        if (name, side) != self._titled:
            self._titled = (name, side)
            plain_text.show(self._name, breakable(name))
            self._side.show_text(side)
            self._side.setVisible(bool(side))
            self._fit_title()

    def _show_next(self, next_up: str, coming: Shown | None) -> None:
        if next_up != self._next_up:
            self._next_up = next_up
            plain_text.show(self._next, breakable(next_up))
            # Words that need the whole card have it.
            beside = coming is not None and self._next.heightForWidth(_NEXT_BESIDE) <= _NEXT_HEIGHT
            self._preview.setVisible(beside)
            if beside and coming is not None:
                self._preview.show_exercise(coming.exercise, coming.side, swapped=coming.swapped)
            self._fit()

    def _show_buttons(self, view: SessionView, hearing: Hearing) -> None:
        space = tr("Space", "the key")
        if view.phase is Phase.PAUSED:
            self._buttons["pause"].show_text(tr("Go on"), hint=space, icon=Icon.PLAY)
        elif view.open and not view.lead:
            self._buttons["pause"].show_text(tr("Rep done"), hint=space, icon=Icon.CHECK)
        else:
            self._buttons["pause"].show_text(tr("Pause"), hint=space, icon=Icon.PAUSE)
        self._buttons["halt"].setVisible(view.waits_for_rep and not self._floor)
        self._rests.setVisible(view.adjustable and not self._floor)
        self._show_hearing(hearing)

    def _show_hearing(self, hearing: Hearing) -> None:
        if self._floor:
            self.notice.make_room()
        text = {
            Hearing.ON: tr("Sound"),
            Hearing.OFF: tr("Sound off"),
            Hearing.MISSING: tr("No sound", "nothing to hear it by"),
        }[hearing]
        self._buttons["mute"].show_text(text, hint="M", icon=Icon.SOUND if hearing is Hearing.ON else Icon.SOUND_OFF)

    def _announce(self, frame: Frame) -> None:
        """Changes of step are told to a screen reader, seconds are not."""
        phase, _, _, _ = _dial_words(frame.view, frame.exercise)
        said = ", ".join(filter(None, (frame.name, words.side(frame.view.side), phase)))
        if frame.view.kind is not StepKind.UP and said != self._spoken:
            self._spoken = said
            a11y.interrupt(self, said)

    def _fit_controls(self) -> None:
        """On the floor what is pressed is larger, as far as the screen is wide enough for it."""
        scale, room = FLOOR_SCALE if self._floor else 1.0, self.width() - _MARGIN[0] - _MARGIN[2]
        self._scale_controls(scale)
        while scale > 1.0 and self._bottom.sizeHint().width() > room:
            scale = max(1.0, scale - 0.1)
            self._scale_controls(scale)

    def _scale_controls(self, scale: float) -> None:
        for name in ("back", "pause", "skip", "hurts"):
            base = Size.CUE + 2 if name == "pause" else Size.BODY
            self._buttons[name].set_type_size(base * scale)

    def _fit_title(self) -> None:
        """Name and side on one line if there is room; else the name takes lines, smaller ones if they are many."""
        scale = FLOOR_SCALE if self._floor else 1.0
        name, side = self._titled
        room, metrics = max(1, self._sheet.width()), QFontMetricsF(Role.EXERCISE.font(scale))
        wide = max(1.0, metrics.horizontalAdvance(name))
        lines = max(1.0, _NAME_SHARE * scale * self.height() / metrics.height())
        # Both sides have their chip in the same place: what stands below must not jump when they are switched.
        chips = (side, words.side(Side.LEFT), words.side(Side.RIGHT))
        beside = max(map(self._side.width_of, chips)) + self._title.spacing() if side else 0
        self._name.setWordWrap(wide > room)
        plain_text.set_role(self._name, Role.EXERCISE, scale * min(1.0, math.sqrt(lines * room / wide)))
        # Else the layout would ask how tall it is where it is as narrow as can be.
        self._name.setMinimumHeight(0)
        self._name.setFixedHeight(self._name.heightForWidth(room) if wide > room else self._name.sizeHint().height())
        across = wide + beside <= room
        self._title.setDirection(QBoxLayout.Direction.LeftToRight if across else QBoxLayout.Direction.TopToBottom)

    def _fit_cue(self) -> None:
        metrics, room = QFontMetricsF(Role.CUE.font()), QRectF(0, 0, max(1, self._sheet.width()), _ANY_WIDTH)
        wraps = int(Qt.TextFlag.TextWordWrap)
        tallest = max((metrics.boundingRect(room, wraps, cue).height() for cue in self._cues), default=0.0)
        self._cue.setMinimumHeight(max(_CUE_LEAST, math.ceil(min(tallest, _CUE_SHARE * self.height()))))

    def _fit(self) -> None:
        """The ring takes what the window leaves, and keeps its proportion."""
        taken = self.notice.height() if self.notice.isVisible() else 0
        room = _NEXT_WIDTH if self._preview.isHidden() else _NEXT_BESIDE
        taken += max(0, self._next.heightForWidth(room) - _NEXT_HEIGHT)
        right = min(_RIGHT_WIDTH, self.width() // 2)
        wide = max(self.width() * _RING_SHARE, min(_RING_SIDE, right - 10 * STEP))
        tall = self.height() - _BESIDE_RING - taken
        side = int(max(_LEAST_RING, min(tall, wide, _RING_SIDE * _MAX_GROWTH)))
        self._ring.setFixedSize(side, side)
        high = int(min(_PREVIEW_HEIGHT, max(_PREVIEW_LOW, _PREVIEW_LOW + tall - side)))
        self._preview.setFixedHeight(high)
        self._after.setMinimumHeight(high + 2 * _NEXT_MARGIN)
        # What it takes more it gives back once the window becomes smaller: it must not keep it from that.
        for dial in (self._near, self._floor_dial):
            dial.setMinimumHeight(_LEAST_RING - (high - _PREVIEW_LOW))
        if self._floor:
            self._right.setMinimumWidth(0)
        else:
            self._right.setFixedWidth(min(max(_RIGHT_WIDTH, side + 10 * STEP), self.width() // 2))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The name has the room that the sheet below it has, the ring what a notice leaves."""
        if event.type() is QEvent.Type.Resize and watched is self._sheet:
            self._fit_title()
            self._fit_cue()
        elif event.type() in (QEvent.Type.Show, QEvent.Type.Resize, QEvent.Type.Hide) and watched is self.notice:
            self._fit()
        return False


def shown_of(view: SessionView, exercise: Exercise, work: Work | None, *, less_motion: bool) -> Shown:
    """The figure at this instant; where sides take turns rep by rep, one keeps looking from the same place."""
    figure = exercise.figure
    if figure is None:
        return Shown(exercise)
    moment = Moment(view.kind, view.fraction_done, view.length_s, held=work is not None and work.held)
    turns = work is not None and work.sides is Sides.ALTERNATE
    return Shown(
        exercise,
        Side.LEFT if turns else view.side,
        share_at(figure, moment),
        glow_at(figure, moment),
        0.0 if less_motion else breath_at(figure, moment),
        swapped=(turns and view.side is Side.RIGHT) or takes_turns(figure, moment),
    )


def _dial_words(view: SessionView, exercise: Exercise | None) -> tuple[str, str, str, Tone]:
    """Phase word, figure, caption and colour of ring and dial."""
    if view.phase is Phase.PAUSED:
        return tr("Paused"), str(view.seconds), tr("seconds to go"), Tone.MUTED
    if view.lead:
        return tr("Ready"), str(view.seconds), "", Tone.ACTION
    if view.open:
        return tr("Rep"), str(view.rep), tr("of {reps}").format(reps=view.reps), Tone.NOW
    phase = words.phase(view.kind, exercise.motion if exercise else Motion.RAISE)
    caption = tr("second") if view.seconds == 1 else tr("seconds")
    resting = view.kind in (StepKind.REST, StepKind.PREPARE, StepKind.SWITCH)
    return phase, str(view.seconds), caption, Tone.ACTION if resting else Tone.NOW


def coaching(exercise: Exercise | None, kind: StepKind, turn: int) -> str:
    """One coaching cue at a time; while getting ready, how to take the position."""
    if exercise is None:
        return ""
    wanted = (StepType.PREPARATION,) if kind is StepKind.PREPARE else _CUES
    cues = [step.text for step in exercise.steps if step.type in wanted]
    return cues[turn % len(cues)] if cues else ""
