"""The guided walk/run for the player: a session with other cues, other limits and more to show."""

from coach.core.clinical.bout import BoutKind
from coach.core.clinical.pain import Advice
from coach.core.clinical.walk_run import advice_on_the_way
from coach.core.session.cues import Cue, next_cue
from coach.core.session.sayings import SayNoted
from coach.core.session.walk_run import RUN, RunView, run_view
from coach.core.session.walk_run_cues import WALK_RUN
from coach.ui.presenters.session import SessionPresenter

_ROOM_S = 5.0
"""Where no cue comes, as in a pause."""


class WalkRunPresenter(SessionPresenter):
    """One walk/run, from its start to its end."""

    _timeline = WALK_RUN
    _kind = BoutKind.RUN

    def note(self, pain: int) -> None:
        """Keep a pain that was answered on the way, and say so where there is room before the next cue."""
        self.rate(pain)
        now, s = self._now(), self.live.session
        coming = next_cue(s, now, of=WALK_RUN)
        room_s = _ROOM_S if coming is None else coming - now
        self._cue((Cue(now, None, SayNoted(pain), room_s),), s.step.exercise)

    def run_view(self) -> RunView:
        """Where it is, beside what `view` tells."""
        return run_view(self.live.session, self._now())

    @property
    def running(self) -> bool:
        """Whether this part is run, not walked."""
        return self.live.session.step.exercise == RUN

    def advice(self, pain: int) -> Advice:
        """What the limits of a run offer at this pain."""
        return advice_on_the_way(pain, self._limits, running=self.running)
