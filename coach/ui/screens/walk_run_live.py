"""The player while a walk/run is led: run or walk, how long still, and which of how many. Read from a treadmill."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from coach.core.routine.exercise import Exercise
from coach.core.routine.plan import Side, Step
from coach.core.session.engine import Phase
from coach.core.session.view import SessionView
from coach.core.session.walk_run import RUN, Part, RunView
from coach.ui import a11y, plain_text
from coach.ui.presenters.leading import Hearing
from coach.ui.screens.player_live import Count, LivePage, shown_of
from coach.ui.widgets.card import Tone
from coach.ui.widgets.figure import Shown
from coach.ui.widgets.pain_scale import answer_of
from coach.ui.widgets.run_bar import BarPart, RunBar
from coach.words import numbers
from coach.words import walk_run as words
from coach.words.translate import tr

_WORD: Final = 54.0
"""The word is what is looked for from far: more than twice as large as in a session, px of the designed ring."""
_SMALL_WORD: Final = 30.0
"""Of what stands still or counts in."""
_RUN_TRACK: Final = 30.0
_WALK_TRACK: Final = 12.0
"""A wide ring is a run, a narrow one a walk: not by the colour alone."""
_FLOOR_WORD: Final = 0.2
"""Of the height."""


@dataclass(frozen=True, slots=True)
class RunFace:
    """What the page shows at one instant."""

    view: SessionView
    run: RunView
    exercise: Exercise | None
    stage: str
    next_up: str
    coming: Shown | None
    ran: str
    """Running so far."""
    to_run: str
    """Of the whole stage."""
    told: str
    """What was answered on the way, and is noted; nothing while nothing was."""
    hearing: Hearing
    less_motion: bool


@dataclass(frozen=True, slots=True)
class PainTold:
    """A pain that was answered on the way, NPRS 0-10."""

    pain: int


class WalkRunPage(LivePage):
    """One walk/run; it is told what to show and tells what was pressed. A number is an answer at any time."""

    told = Signal(object)  # PainTold
    _bar: RunBar

    def __init__(self, clock: Callable[[], float], parent: QWidget | None = None) -> None:
        super().__init__(clock, parent)
        self._floor_dial.set_word_share(_FLOOR_WORD)

    def on_told(self, take: Callable[[PainTold], object]) -> None:
        """Call `take` with a pain that was answered on the way."""
        self.told.connect(take)

    def show_steps(self, steps: tuple[Step, ...]) -> None:
        """Show a walk/run of these steps from now on."""
        self._bar.show_parts(tuple(BarPart(step.duration_s, step.exercise == RUN) for step in steps))

    def show_face(self, face: RunFace) -> None:
        """Show everything of one instant."""
        view, run = face.view, face.run
        at = (run.part, run.interval, run.intervals)
        self._show_title((words.place_from_far if self._floor else words.place)(*at), words.last(*at))
        asks = run.after_run and view.phase is Phase.RUNNING
        plain_text.show(self._cue, face.told or (words.ask_on_the_way() if asks else words.hint(run.part, view.turn)))
        self._show_next(face.next_up, face.coming)
        plain_text.show(self._left, face.stage)
        self._counts["ran"].show_count(face.ran, face.to_run)
        self._counts["left"].show_count(numbers.clock(view.left_s))
        self._show_buttons(view, face.hearing)
        self.move_to(face)
        self._tell(face)

    def move_to(self, face: RunFace) -> None:
        """Show what moves between two seconds: ring, figure, bar. It is called at every frame."""
        view, runs = face.view, face.run.part is Part.RUN
        self._ring.set_sizes(word=_WORD if _goes(view) else _SMALL_WORD, track=_RUN_TRACK if runs else _WALK_TRACK)
        (self._floor_dial if self._floor else self._ring).show_value(view.fraction_left, *_dial(face))
        self._bar.show_segments(face.run.fills, face.run.at)
        if face.exercise is not None:
            self._figure.show_moment(_figure(face, face.exercise))
        self._move_preview(moves=view.phase is Phase.RUNNING and not face.less_motion)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        answer = answer_of(event)
        if answer is None:
            super().keyPressEvent(event)
        else:
            self.told.emit(PainTold(answer))

    def _make_parts(self) -> None:
        super()._make_parts()
        self._bar = RunBar()
        self._counts = {"ran": Count(tr("Running")), "left": Count(tr("Left in all"))}

    def _tell(self, face: RunFace) -> None:
        """Changes of part are told to a screen reader, seconds are not."""
        run = face.run
        at = (run.part, run.interval, run.intervals)
        phase, _, _, _ = _dial(face)
        said = ", ".join(filter(None, (phase, words.place(*at), words.last(*at), face.told)))
        if said != self._spoken:
            self._spoken = said
            a11y.interrupt(self, said)


def _figure(face: RunFace, exercise: Exercise) -> Shown:
    """The figure at this instant; who wants less motion sees it in mid-stride, for it would never come to rest."""
    if face.less_motion:
        return Shown(exercise, Side.BOTH)
    # The figures are those of tests, where what works lights up; here a red spot would look like what hurts.
    return replace(shown_of(face.view, exercise, None, less_motion=False), glow=0.0)


def _goes(view: SessionView) -> bool:
    """Whether somebody runs or walks now."""
    return view.phase is Phase.RUNNING and not view.lead


def _dial(face: RunFace) -> tuple[str, str, str, Tone]:
    """Phase word, time to go, caption and colour of ring and dial."""
    view, runs = face.view, face.run.part is Part.RUN
    digit = numbers.clock(view.seconds)
    if view.phase is Phase.PAUSED:
        return tr("Paused"), digit, words.paused(face.run.part), Tone.MUTED
    if view.lead:
        return tr("Ready"), str(view.seconds), words.soon(face.run.part), Tone.ACTION
    return words.phase(face.run.part), digit, tr("to go"), Tone.NOW if runs else Tone.ACTION
