"""The player while a self-test is measured: how long, how many, and when it is enough. Floor mode is larger."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from coach.core.figure.motion import Moment, breath_at, glow_at, share_at, takes_turns
from coach.core.routine.exercise import Exercise, Motion
from coach.core.routine.plan import StepKind
from coach.core.session.measuring import Phase, Unit
from coach.core.session.measuring_view import MeasuringView
from coach.ui import a11y, plain_text
from coach.ui.icons import Icon
from coach.ui.presenters.leading import Hearing
from coach.ui.screens.player_live import Count, LivePage, coaching
from coach.ui.widgets.card import Tone
from coach.ui.widgets.figure import Shown
from coach.words import session as session_words
from coach.words import testing as words
from coach.words.translate import tr

_READY = (Phase.BEFORE, Phase.READY, Phase.WAITING)


@dataclass(frozen=True, slots=True)
class Face:
    """What the page shows at one instant."""

    view: MeasuringView
    exercise: Exercise | None
    name: str
    first: str
    """What the other side reached; nothing while there is none."""
    next_up: str
    coming: Shown | None
    at: int
    """Which bout of the test it is, from 0."""
    bouts: int
    hearing: Hearing
    less_motion: bool


class MeasurePage(LivePage):
    """One bout; it is told what to show and tells what was pressed. A tap anywhere is as good as the button."""

    def __init__(self, clock: Callable[[], float], parent: QWidget | None = None) -> None:
        super().__init__(clock, parent)
        self._tapped: Callable[[], object] | None = None
        self._stops_by_tap = False
        for name in ("back", "skip"):  # a bout is one piece
            self._buttons[name].hide()
        self._bar.setAccessibleName(tr("The test so far", "what the bar is to a screen reader"))

    def on_tapped(self, act: Callable[[], object]) -> None:
        """Call `act` when the screen is tapped while something is measured that a tap ends."""
        self._tapped = act

    def show_face(self, face: Face) -> None:
        """Show everything of one instant."""
        view = face.view
        self._show_title(face.name, session_words.side(view.bout.side))
        plain_text.show(self._cue, coaching(face.exercise, view.kind, view.turn))
        self._show_next(face.next_up, face.coming)
        of = tr("{number} of {all}").format(number=face.at + 1, all=face.bouts) if face.bouts > 1 else ""
        plain_text.show(self._left, of)
        self._counts["rep"].show_count(words.goal_words(view.bout))
        self._counts["set"].show_count(face.first)
        self._show_keys(view, face.hearing)
        self._stops_by_tap = view.phase is Phase.RUNNING and not view.bout.walked
        self.move_to(face)
        self._tell(face)

    def move_to(self, face: Face) -> None:
        """Show what moves between two seconds: ring, figure, bar. It is called at every frame."""
        view = face.view
        dial = _dial(view, face.exercise)
        (self._floor_dial if self._floor else self._ring).show_value(view.fraction, *dial)
        here = 0.0 if view.phase in _READY else view.fraction
        fills = tuple(1.0 if at < face.at else here if at == face.at else 0.0 for at in range(face.bouts))
        self._bar.show_segments(fills, face.at)
        if face.exercise is not None:
            self._figure.show_moment(_shown(view, face.exercise, less_motion=face.less_motion))
            if view.phase is Phase.READY:
                self._figure.warm()  # nothing moves yet: what will be needed is drawn now
        self._move_preview(moves=view.phase is Phase.RUNNING and not face.less_motion)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._stops_by_tap and self._tapped is not None and event.button() is Qt.MouseButton.LeftButton:
            self._tapped()
        else:
            super().mousePressEvent(event)

    def _make_parts(self) -> None:
        super()._make_parts()
        self._counts = {"rep": Count(tr("Goal")), "set": Count(tr("Other side"))}

    def _show_keys(self, view: MeasuringView, hearing: Hearing) -> None:
        space = tr("Space", "the key")
        pause = self._buttons["pause"]
        if view.phase in (Phase.WAITING, Phase.PAUSED):
            pause.show_text(tr("Go on"), hint=space, icon=Icon.PLAY)
        elif view.phase is not Phase.RUNNING:
            pause.show_text(tr("In position"), hint=space, icon=Icon.CHECK)
        elif view.bout.walked:
            pause.show_text(tr("Pause"), hint=space, icon=Icon.PAUSE)
        else:
            pause.show_text(tr("Stop"), hint=space, icon=Icon.CHECK)
        walking = view.bout.walked and view.phase not in _READY
        less, more = (tr("Slower"), tr("Faster")) if walking else (tr("10 s less"), tr("10 s more"))
        self._buttons["less"].show_text(less, hint="−")
        self._buttons["more"].show_text(more, hint="+")
        self._rests.setVisible((walking or view.phase in _READY) and not self._floor)
        self._show_hearing(hearing)

    def _tell(self, face: Face) -> None:
        """Changes of phase are told to a screen reader, seconds are not."""
        phase = tr("Get ready") if face.view.phase in _READY else tr("Go", "measuring begins")
        said = ", ".join(filter(None, (face.name, session_words.side(face.view.bout.side), phase)))
        if said != self._spoken:
            self._spoken = said
            a11y.interrupt(self, said)


def _dial(view: MeasuringView, exercise: Exercise | None) -> tuple[str, str, str, Tone]:
    """Phase word, figure, caption and colour of ring and dial."""
    bout = view.bout
    caption = tr("second") if view.shown == 1 else tr("seconds")
    if view.phase in (Phase.BEFORE, Phase.READY):
        return tr("Get ready"), str(view.shown), caption, Tone.ACTION
    if view.phase is Phase.WAITING:
        return tr("Paused"), str(view.shown), tr("seconds to go"), Tone.MUTED
    digits = words.digits(bout, view.shown)
    beat = tr("{cadence} steps a minute").format(cadence=view.cadence)
    if view.phase is Phase.PAUSED:
        return tr("Paused"), digits, beat, Tone.MUTED
    tone = Tone.OK if view.reached and not bout.closed else Tone.NOW
    if bout.walked:
        return tr("Walk"), digits, beat, tone
    if bout.unit is Unit.REPS:
        caption = tr("rep") if view.shown == 1 else tr("reps")
    if tone is Tone.OK:
        caption = tr("goal reached")
    return _doing(view, exercise), digits, caption, tone


def _doing(view: MeasuringView, exercise: Exercise | None) -> str:
    """The word of what is done: `Hold`, `Up`, or for what goes on and on `Go`."""
    figure = exercise.figure if exercise is not None else None
    if view.kind is StepKind.HOLD and figure is not None and figure.loop_s > 0:
        return tr("Go", "the phase of a march or a jog")
    return session_words.phase(view.kind, exercise.motion if exercise is not None else Motion.RAISE)


def _shown(view: MeasuringView, exercise: Exercise, *, less_motion: bool) -> Shown:
    """The figure at this instant."""
    figure = exercise.figure
    if figure is None:
        return Shown(exercise)
    held = view.bout.unit is Unit.SECONDS
    moment = Moment(view.kind, view.of_kind, view.kind_s, held=held)
    return Shown(
        exercise,
        view.bout.side,
        share_at(figure, moment),
        glow_at(figure, moment),
        0.0 if less_motion else breath_at(figure, moment),
        swapped=takes_turns(figure, moment),
    )
