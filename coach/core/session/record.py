"""What was really done in a session, from its events: seconds and reps, per exercise, set and side."""

from collections.abc import Iterable

from msgspec import Struct, field

from coach.core.routine.plan import Side, Step
from coach.core.routine.schedule import COUNTS_FROM
from coach.core.session.engine import Session, apply
from coach.core.session.events import Began, Counted, Eased, Event, Finished, Hurt, Jumped, Rated, Stopped

_HAIR_S = 1e-6


class SetDone(Struct, frozen=True):
    """One side of one set: the reps that were completed, of how many, and the seconds that were worked."""

    item: int
    exercise: str
    set: int
    side: Side
    reps: int
    reps_planned: int
    seconds: float

    @property
    def complete(self) -> bool:
        """Whether every rep was done."""
        return self.reps >= self.reps_planned


class Record(Struct, frozen=True):
    """A session as it was done."""

    sets: tuple[SetDone, ...]
    pains: tuple[int, ...]
    """What each "It hurts" was rated at last, NPRS 0-10, in order."""
    eased: tuple[str, ...]
    """The easier variations that were taken."""
    complete: bool
    """The session ran to its end."""

    @property
    def sets_done(self) -> int:
        """Sets of one side that were done in full."""
        return sum(one.complete for one in self.sets)

    @property
    def well_done(self) -> bool:
        """It ran to its end, and enough of its sets were done in full: praise is for that alone."""
        return self.complete and self.sets_done >= COUNTS_FROM * len(self.sets)


_Key = tuple[int, str, int, Side]


class _Tally(Struct):
    """One side of one set while it is counted."""

    begun: bool
    seconds: float = 0.0
    reps: dict[int, bool] = field(default_factory=dict)
    """Whether every phase of a rep was done."""


def pains_told(events: Iterable[Event]) -> tuple[int, ...]:
    """What each "It hurts" was rated at last: another number to the same question corrects the one before."""
    pains: list[int] = []
    rated = False
    for event in events:
        match event:
            case Hurt():
                rated = False
            case Rated(pain=pain) if rated:
                pains[-1] = pain
            case Rated(pain=pain):
                pains.append(pain)
                rated = True
            case _:
                pass
    return tuple(pains)


def record(steps: tuple[Step, ...], events: Iterable[Event]) -> Record:
    """What these events tell of a session with these steps."""
    s = Session(steps)
    worked: dict[int, float] = {}
    done: set[int] = set()
    told: list[Event] = []
    eased: list[str] = []
    passed: dict[_Key, SetDone] = {}
    for event in events:
        match event:
            case Began() | Counted() | Jumped() | Finished() | Stopped() if s.steps:
                _credit(s, event, worked, done)
            case Eased(exercise=exercise):
                _credit(s, event, worked, done)
                passed = _best(passed, _sets(s.steps, worked, done, until=s.index))
                eased.append(exercise)
                # Steps after this one are others now; what was worked in the broken-off pass stays counted.
                worked = {i: seconds for i, seconds in worked.items() if i < s.index}
                done = {i for i in done if i < s.index}
            case Hurt() | Rated():
                told.append(event)
            case _:
                pass
        s = apply(s, event)
    if s.steps and s.live:
        # It broke off: what was done of the running step ends at the last instant that is known.
        worked[s.index] = max(worked.get(s.index, 0.0), s.elapsed(s.seen))
    passed = _best(passed, _sets(s.steps, worked, done, until=len(s.steps)))
    ordered = tuple(sorted(passed.values(), key=lambda one: (one.item, one.set)))
    return Record(ordered, pains_told(told), tuple(eased), s.complete)


def _credit(s: Session, event: Event, worked: dict[int, float], done: set[int]) -> None:
    """A step is left: note what was done of it. A set that is done again counts once, at its best."""
    seconds = s.elapsed(event.at)
    worked[s.index] = max(worked.get(s.index, 0.0), seconds)
    if isinstance(event, Counted) or (isinstance(event, Finished) and event.counted):
        done.add(s.index)
    elif not s.step.open and seconds >= s.length_s - _HAIR_S:
        done.add(s.index)


def _sets(steps: tuple[Step, ...], worked: dict[int, float], done: set[int], *, until: int) -> dict[_Key, SetDone]:
    """The sets of these steps, those that begin only after `until` left out."""
    tallies: dict[_Key, _Tally] = {}
    for index, step in enumerate(steps):
        if step.set is None or step.side is None or step.rep is None or not step.works():
            continue
        key = (step.item, step.exercise, step.set, step.side)
        tally = tallies.get(key)
        if tally is None:
            tally = tallies[key] = _Tally(index < until)
        seconds = worked.get(index, 0.0)
        tally.seconds += seconds
        tally.begun = tally.begun or seconds > 0
        tally.reps[step.rep] = tally.reps.get(step.rep, True) and index in done
    return {
        key: SetDone(*key, sum(tally.reps.values()), len(tally.reps), tally.seconds)
        for key, tally in tallies.items()
        if tally.begun or until == len(steps)
    }


def _best(one: dict[_Key, SetDone], other: dict[_Key, SetDone]) -> dict[_Key, SetDone]:
    """Both together; of what is in both, the fuller."""
    both = {key: max(one[key], other[key], key=lambda done: done.reps_planned) for key in one.keys() & other.keys()}
    return {**one, **other, **both}
