"""What is sounded and said in a guided walk/run, and when: as `cues` has it for the sets of a routine.

Each part is named with its length, a run with its number; its last seconds are counted. Who runs looks at no screen.
"""

import math
from collections.abc import Iterator

from coach.core.session.cues import HALFWAY_OVER_S, TICKS_FROM_S, Moment, SayHalfway, SayNumber, Timeline
from coach.core.session.engine import Session
from coach.core.session.sayings import SayPart, SayRunDone, SaySoon, SayToGo
from coach.core.session.sounds import CueSound
from coach.core.session.walk_run import Part, intervals, part

SOON_S = 10
"""So long before a run it is told: a treadmill takes its time. [ours]"""
SOON_FROM_S = 25.0
"""Not in a shorter walk: its own words are just over. [ours]"""
TO_GO_FROM_S = 600.0
TO_GO_EVERY_MIN = 5
"""In runs from ten minutes on it is told every five minutes how long they still are. [ours]"""
_MINUTE_S = 60.0
_SOUNDS = {
    Part.WARM_UP: CueSound.GET_READY,
    Part.RUN: CueSound.UP,
    Part.WALK: CueSound.REST,
    Part.COOL_DOWN: CueSound.EXERCISE_DONE,
}


def _of_step(s: Session, ticks: int) -> Iterator[Moment]:
    """What a part has, in order of time."""
    yield 0.0, _SOUNDS[part(s.steps, s.index)], _named(s)
    length = s.length_s
    yield from sorted(_within(s, length - max(ticks, 0)), key=lambda moment: moment[0])
    if length >= max(TICKS_FROM_S, ticks + 2):
        for number in range(ticks, 0, -1):
            yield length - number, CueSound.TICK, SayNumber(number)


def _within(s: Session, until: float) -> Iterator[Moment]:
    """What is told between the beginning and the last seconds."""
    length, runs = s.length_s, part(s.steps, s.index) is Part.RUN
    if runs and length > HALFWAY_OVER_S:
        yield length / 2, CueSound.HALFWAY, SayHalfway()
    if runs and length >= TO_GO_FROM_S:
        for minutes in range(TO_GO_EVERY_MIN, math.ceil(length / _MINUTE_S), TO_GO_EVERY_MIN):
            at = length - minutes * _MINUTE_S
            # Half of it and nearly half of it are not told twice.
            if abs(at - length / 2) >= _MINUTE_S:
                yield at, None, SayToGo(minutes)
    if not runs and _runs_next(s) and length >= SOON_FROM_S and length - SOON_S < until:
        yield length - SOON_S, CueSound.GET_READY, SaySoon(SOON_S)


def _named(s: Session) -> SayPart:
    return SayPart(part(s.steps, s.index), s.length_s, s.step.set or 0, intervals(s.steps))


def _runs_next(s: Session) -> bool:
    return s.index + 1 < len(s.steps) and part(s.steps, s.index + 1) is Part.RUN


WALK_RUN = Timeline(_of_step, SayRunDone())
"""A guided walk/run."""
