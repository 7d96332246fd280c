"""Green, amber or red: how a session, walk or run was borne, and why (clinical reference, section 1.2.3, [ours])."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from statistics import median

from coach.core.clinical.bout import Bout
from coach.core.clinical.history import DAY, History
from coach.core.clinical.profiles import Profile

BASELINE_DAYS = 7
BASELINE_LEAST = 3
"""The baseline is the median of the mornings of so many days before; with fewer values it is the pain before."""


class Colour(IntEnum):
    """The larger, the worse."""

    GREEN = 0
    AMBER = 1
    RED = 2


class Sign(StrEnum):
    """What spoke for amber or red: the id of the rule."""

    DURING_ABOVE = "during_above"
    LIMP = "limp"
    NIGHT_NEW = "night_new"
    AFTER_ABOVE = "after_above"
    MORNING_RISE = "morning_rise"
    MORNING_ABOVE = "morning_above"
    AFTER60_ABOVE = "after60_above"
    DURING_RAISED = "during_raised"
    AFTER60_RAISED = "after60_raised"
    MORNING_RAISED = "morning_raised"
    NO_DURING = "no_during"
    NO_AFTER = "no_after"
    NO_MORNING = "no_morning"
    MASKED = "masked"
    """Next morning fine, but with a painkiller: such days never count as free of symptoms (0.3)."""
    NO_BEFORE = "no_before"
    """[ours] Neither the pain before nor three mornings before are known: what came after cannot be called green."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that applied: what was answered, and the limit (None where it is a yes, or missing).

    The limit was passed; of a rise it was reached.
    """

    sign: Sign
    colour: Colour
    value: int | None = None
    limit: float | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A bout and its colour. `reasons` are of that colour or worse first; none for green."""

    bout: Bout
    colour: Colour
    reasons: tuple[Reason, ...]
    baseline: float | None
    profile: Profile
    pending: bool
    """The next morning has not come yet: amber is only what is known so far, and red is red already."""


def judge(history: History, profile_of: Callable[[Bout], Profile]) -> tuple[Judged, ...]:
    """The colours of all sessions, walks and runs of a log, in its order.

    Mornings after a red one are left out of the baseline of what comes later, so each depends on those before.
    """
    judged: list[Judged] = []
    after_red: set[date] = set()
    for bout in history.bouts:
        one = _judged(bout, history, profile_of(bout), after_red)
        judged.append(one)
        if one.colour is Colour.RED:
            after_red.add(bout.day + DAY)
    return tuple(judged)


def baseline(history: History, day: date, after_red: set[date]) -> float | None:
    """The median of the mornings of the seven days before, without those after a red bout; None below three values."""
    before = (day - DAY * back for back in range(1, BASELINE_DAYS + 1))
    entries = history.entries(of for of in before if of not in after_red)
    mornings = [entry.morning for entry in entries if entry.morning is not None]
    return float(median(mornings)) if len(mornings) >= BASELINE_LEAST else None


def _judged(bout: Bout, history: History, profile: Profile, after_red: set[date]) -> Judged:
    base = baseline(history, bout.day, after_red)
    if base is None and bout.pre is not None:
        base = float(bout.pre)
    pending = bout.morning is None and bout.day >= history.on
    found = tuple(_reasons(bout, profile, base, new_night=_new_night(bout, history)))
    colour = max((reason.colour for reason in found), default=Colour.GREEN)
    return Judged(bout, colour, tuple(sorted(found, key=lambda one: -one.colour)), base, profile, pending)


def _new_night(bout: Bout, history: History) -> bool:
    """Whether the hip woke the person in the night after, and in none of the seven nights before."""
    before = history.entries(bout.day - DAY * back for back in range(BASELINE_DAYS))
    return bool(bout.night) and not any(entry.night for entry in before)


def _reasons(bout: Bout, profile: Profile, base: float | None, *, new_night: bool) -> Iterator[Reason]:
    yield from _while_doing(bout, profile)
    yield from _afterwards(bout, profile, base)
    yield from _next_morning(bout, profile, base)
    rose = bout.morning, bout.after60 if profile.after60_rise_max is not None else None
    if base is None and any(rose):
        yield Reason(Sign.NO_BEFORE, Colour.AMBER)
    if bout.limp:
        yield Reason(Sign.LIMP, Colour.RED)
    if new_night:
        yield Reason(Sign.NIGHT_NEW, Colour.RED)


def _while_doing(bout: Bout, profile: Profile) -> Iterator[Reason]:
    if bout.during is None:
        yield Reason(Sign.NO_DURING, Colour.AMBER)
    elif bout.during > profile.amber_during_max:
        yield Reason(Sign.DURING_ABOVE, Colour.RED, bout.during, profile.amber_during_max)
    elif bout.during > profile.green_during_max:
        yield Reason(Sign.DURING_RAISED, Colour.AMBER, bout.during, profile.green_during_max)


def _afterwards(bout: Bout, profile: Profile, base: float | None) -> Iterator[Reason]:
    if bout.after is None:
        yield Reason(Sign.NO_AFTER, Colour.AMBER)
    elif bout.after > profile.after_max:
        yield Reason(Sign.AFTER_ABOVE, Colour.RED, bout.after, profile.after_max)
    if bout.after60 is None:
        return
    limit: float = profile.after60_max
    before = base if bout.pre is None else bout.pre  # [ours] the mornings stand in for a pain before that was not told
    if profile.after60_rise_max is not None and before is not None:
        limit = min(limit, before + profile.after60_rise_max)
    if bout.after60 > limit and profile.after60_red:
        yield Reason(Sign.AFTER60_ABOVE, Colour.RED, bout.after60, limit)
    elif bout.after60 > profile.after_max:
        yield Reason(Sign.AFTER_ABOVE, Colour.RED, bout.after60, profile.after_max)
    elif bout.after60 > limit:
        yield Reason(Sign.AFTER60_RAISED, Colour.AMBER, bout.after60, limit)


def _next_morning(bout: Bout, profile: Profile, base: float | None) -> Iterator[Reason]:
    if bout.morning is None:
        yield Reason(Sign.NO_MORNING, Colour.AMBER)
    elif bout.morning > profile.morning_max:
        yield Reason(Sign.MORNING_ABOVE, Colour.RED, bout.morning, profile.morning_max)
    elif base is None:
        return
    elif bout.morning >= base + profile.morning_red_rise:
        yield Reason(Sign.MORNING_RISE, Colour.RED, bout.morning, base + profile.morning_red_rise)
    elif bout.morning > (calm := base + profile.morning_amber_rise - 1):
        # Pain is whole and b may be a half; what is above b is not green (1.2.2).
        yield Reason(Sign.MORNING_RAISED, Colour.AMBER, bout.morning, calm)
    elif bout.masked:
        yield Reason(Sign.MASKED, Colour.AMBER)
