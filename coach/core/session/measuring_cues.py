"""What is sounded and said in a bout of a self-test, and when: as `cues` has it for a session.

Getting ready is counted in; what is held is told every ten seconds; reps and steps have their beat. The goal is said
once, and the end.
"""

import math
from collections.abc import Iterator

from coach.core.session.cues import HALFWAY_OVER_S, LATE_S, TICKS, Cue, Saying, SayNumber
from coach.core.session.measuring import End, Measuring, Phase, Unit
from coach.core.session.sayings import SayBout, SayGo, SayGoal, SayMeasured, SayMinutes
from coach.core.session.sounds import CueSound

EVERY_S = 10
"""How often a hold is told how long it is."""
EVERY_MIN = 5
_MINUTE_S = 60.0
_ROOM_S = 12.0
"""How far ahead is looked for the next sentence: no sentence is longer."""
_AHEAD_S = 1.0
"""The clock is looked at every second anyway."""
_HAIR_S = 1e-6

_Moment = tuple[float, CueSound | None, Saying | None]
"""An offset in the phase, what is sounded, what is said."""


def due(m: Measuring, since: float, now: float, ticks: int = TICKS) -> tuple[Cue, ...]:
    """The cues whose instant came after `since` and until `now`, without those that are too late."""
    since = max(since, now - LATE_S)
    if m.phase is Phase.OVER:
        return _of_end(m, since, now)
    found = (one for one in _moments(m, since - m.began, now - m.began, ticks) if since < m.began + one[0] <= now)
    return tuple(Cue(m.began + at, sound, saying, _room(m, at, ticks)) for at, sound, saying in found)


def next_cue(m: Measuring, now: float, ticks: int = TICKS) -> float | None:
    """The instant of the next cue, if there is one within a second."""
    coming = (m.began + at for at, _, _ in _moments(m, now - m.began, now - m.began + _AHEAD_S, ticks))
    return min((at for at in coming if at > now), default=None)


def _room(m: Measuring, at: float, ticks: int) -> float:
    """Until the next sentence: the beat goes on under the voice, or nothing could be said in a test to a beat."""
    coming = (later for later, _, saying in _moments(m, at, at + _ROOM_S, ticks) if saying and later > at + _HAIR_S)
    return min(coming, default=at + _ROOM_S) - at


def _moments(m: Measuring, first: float, last: float, ticks: int) -> Iterator[_Moment]:
    """What the phase has between two offsets, a little more at the borders, those that say more first."""
    if m.phase is Phase.READY:
        yield from _of_ready(m, ticks)
    elif m.phase is Phase.RUNNING:
        yield from _of_running(m, max(0.0, first - _HAIR_S), min(last + _HAIR_S, m.bout.full_s))


def _of_ready(m: Measuring, ticks: int) -> Iterator[_Moment]:
    yield 0.0, CueSound.GET_READY, SayBout(m.bout)
    for number in range(min(max(ticks, TICKS), math.ceil(m.ready_s) - 1), 0, -1):
        yield m.ready_s - number, CueSound.TICK, SayNumber(number)


def _of_running(m: Measuring, first: float, last: float) -> Iterator[_Moment]:
    bout = m.bout
    if bout.walked:
        yield from _of_walk(m, first, last)
    elif bout.unit is Unit.REPS:
        yield from _of_reps(m, first, last)
    else:
        yield from _of_hold(m, first, last)


def _of_hold(m: Measuring, first: float, last: float) -> Iterator[_Moment]:
    bout = m.bout
    yield 0.0, CueSound.HOLD, SayGo()
    if not bout.closed:
        yield float(bout.goal), CueSound.HALFWAY, SayGoal(bout.goal, bout.unit)
    elif bout.full_s > HALFWAY_OVER_S:
        yield from ((bout.full_s - number, CueSound.TICK, None) for number in range(TICKS, 0, -1))
    for number in range(max(1, math.floor(first / EVERY_S)), math.floor(last / EVERY_S) + 1):
        seconds = number * EVERY_S
        if seconds < bout.most and (seconds != bout.goal or bout.closed):
            yield float(seconds), CueSound.TICK, SayNumber(seconds)


def _of_reps(m: Measuring, first: float, last: float) -> Iterator[_Moment]:
    bout = m.bout
    for rep in range(math.floor(first / bout.rep_s), min(bout.most - 1, math.floor(last / bout.rep_s)) + 1):
        begins = rep * bout.rep_s
        yield begins, CueSound.UP, _counted(m, rep)
        yield begins + bout.up_s, CueSound.DOWN, None


def _counted(m: Measuring, rep: int) -> Saying | None:
    bout = m.bout
    if rep == 0:
        return SayGo()
    if rep == bout.goal and not bout.closed:
        return SayGoal(rep, bout.unit)
    # The rep after the goal is counted in silence: the sentence at the goal needs the time of two.
    return None if rep == bout.goal + 1 else SayNumber(rep)


def _of_walk(m: Measuring, first: float, last: float) -> Iterator[_Moment]:
    step_s = _MINUTE_S / m.cadence
    # The beat goes on where it was: a step that was half made when the cadence changed is made to its end.
    begin = m.turned_s + (math.ceil(m.steps_before - _HAIR_S) - m.steps_before) * step_s
    number = max(0, math.ceil((first - begin) / step_s))
    while (step := begin + number * step_s) <= min(last, m.bout.full_s - _HAIR_S):
        yield step, CueSound.TICK, _walked(step, step_s)
        number += 1


def _walked(step: float, step_s: float) -> Saying | None:
    """Minutes are told on the first beat of them."""
    if step < _HAIR_S:
        return SayGo()
    minutes = math.floor((step + _HAIR_S) / _MINUTE_S / EVERY_MIN) * EVERY_MIN
    first = step + _HAIR_S - minutes * _MINUTE_S < step_s
    return SayMinutes(minutes) if minutes and first else None


def _of_end(m: Measuring, since: float, now: float) -> tuple[Cue, ...]:
    """The end is heard where it is known what was done; a press can come at the instant of a look."""
    if m.end in (None, End.ASLEEP) or not since <= m.seen <= now:
        return ()
    saying = SayMeasured(m.bout, m.amount(now), full=m.end is End.FULL)
    return (Cue(m.seen, CueSound.EXERCISE_DONE, saying, _ROOM_S),)
