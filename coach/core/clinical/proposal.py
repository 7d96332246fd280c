"""The routine as it should be done now: as prescribed, lower, higher, or not today (clinical reference, 1.2.3, 4.1.6).

It is proposed before a session and said with its reason, never applied silently. It never raises a dose beyond the
steps that the physiotherapist allows; where none are allowed, what is prescribed is the most that is ever proposed.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from math import floor

from msgspec import UNSET, Struct, structs

from coach.core.clinical.change import Change, ChangeKind
from coach.core.clinical.raising import raise_
from coach.core.clinical.red_flags import Flag, blocks_loading
from coach.core.clinical.response import Response, Why
from coach.core.routine.dose import PerSide, SideDose
from coach.core.routine.exercise import Exercise, PainSite
from coach.core.routine.plan import Side, SideWork, Work, known_exercises, length_s, same_sides, work
from coach.core.routine.routine import BodySide, Item, Pace, Routine

LESS = 2 / 3
"""[ours] What is left of reps or seconds in one step: a third fewer."""
SHORTEST_HOLD_S = 5.0
"""[ours] A hold is not made shorter than this; then there are fewer of them, or none."""


class Proposal(Struct, frozen=True):
    """What is proposed for today; `routine` is None for "not today"."""

    routine: Routine | None
    changes: tuple[Change, ...] = ()
    reasons: tuple[Why, ...] = ()
    back: int = 0
    """How many steps below the prescribed dose."""
    up: int = 0
    """How many steps above it."""
    until: date | None = None
    """Not before this day, if one is known."""
    waits_for_morning: float | None = None
    """Not before a morning with at most so much pain."""
    flags: tuple[Flag, ...] = ()
    """What speaks against any session until a clinician has looked."""
    may_walk: bool = False
    """While nothing is done of it: whether a walk is not held back, too."""
    original_available: bool = True
    """Whether it may be done as prescribed all the same: not while it rests, and not under a red flag."""

    @property
    def changed(self) -> bool:
        """Whether something is proposed that differs from the prescription."""
        return self.routine is None or bool(self.changes)


def propose(
    routine: Routine,
    library: Mapping[str, Exercise],
    response: Response,
    *,
    flags: Iterable[Flag] = (),
    sites: Iterable[PainSite] = (),
    home_side: BodySide | None = None,
) -> Proposal:
    """What to do of a routine under the response to what came before, and under the flags that stand."""
    standing = tuple(flags)
    if blocks_loading(standing):
        return Proposal(None, reasons=response.reasons, flags=standing, original_available=False)
    if response.rests:
        return Proposal(
            None,
            reasons=response.reasons,
            back=response.back,
            until=response.until,
            waits_for_morning=response.waits_for_morning,
            original_available=False,
        )
    if response.up:
        raised, changes = raise_(routine, library, response.up, sites=sites)
        return Proposal(raised, changes, response.reasons, up=response.up)
    if not response.back:
        return Proposal(routine, reasons=response.reasons)
    lowered, changes = lower(routine, library, response.back, sites=sites, home_side=home_side)
    return Proposal(lowered, changes, response.reasons, response.back)


def lower(
    routine: Routine,
    library: Mapping[str, Exercise],
    steps: int,
    *,
    sites: Iterable[PainSite] = (),
    home_side: BodySide | None = None,
) -> tuple[Routine | None, tuple[Change, ...]]:
    """The routine so many steps lower, and what is changed in it; None if nothing is left.

    What one step is [ours], for each exercise by itself: one set fewer where there are two or more; else the easier
    variation of the ladder (4.1.7), if it does not take longer and no pain site speaks against it; else a third fewer
    reps, or seconds of a hold. Each further step is the next of these. 4.1.6 says only that one variable changes at
    a time; sets come first since they leave the movement as the physio taught it. What cannot be lowered any more is
    left out.
    """
    known = known_exercises(library, routine)
    off = frozenset(sites)
    affected = routine.affected_side if isinstance(routine.affected_side, BodySide) else home_side or BodySide.LEFT
    items: list[Item] = []
    changes: list[Change] = []
    for place, item in enumerate(routine.items):
        left, made = _lowered(_Place(place, affected, known, off), item, steps)
        changes += made
        if left is not None:
            items.append(left)
    return (structs.replace(routine, items=items) if items else None), tuple(changes)


class _Place(Struct, frozen=True):
    """Where an item stands, and what is known there."""

    index: int
    affected: BodySide
    known: Mapping[str, Exercise]
    sites: frozenset[PainSite]

    def work(self, item: Item) -> Work:
        return work(self.index, item, self.known[item.exercise], self.affected)


def _lowered(at: _Place, item: Item, steps: int) -> tuple[Item | None, tuple[Change, ...]]:
    eased = fewer_sets = False
    made: list[Change] = []
    for _ in range(steps):
        whole = at.work(item)
        less: Work | None
        if not fewer_sets and _most(whole, "sets") >= 2:
            fewer_sets, less = True, _one_set_fewer(whole)
            made.append(_change(ChangeKind.FEWER_SETS, whole, less, "sets"))
        elif not eased and (less := _easier(at, whole)) is not None:
            eased = True
            made.append(Change(whole.index, whole.exercise, ChangeKind.EASIER, whole.exercise, less.exercise))
        elif (less := _third_fewer(whole)) is not None:
            name = "reps" if less.by_side[less.order[0]].hold_s == whole.by_side[less.order[0]].hold_s else "hold_s"
            made.append(
                _change(ChangeKind.FEWER_REPS if name == "reps" else ChangeKind.SHORTER_HOLD, whole, less, name)
            )
        else:
            return None, (Change(at.index, item.exercise, ChangeKind.LEFT_OUT, item.exercise),)
        item = _item(less, item)
    return item, _joined(made)


def _joined(made: Iterable[Change]) -> tuple[Change, ...]:
    """Two changes of one kind as one."""
    joined: dict[ChangeKind, Change] = {}
    for one in made:
        before = joined.get(one.kind)
        joined[one.kind] = one if before is None else structs.replace(before, now=one.now)
    return tuple(joined.values())


def _one_set_fewer(whole: Work) -> Work:
    return _each(whole, lambda one: structs.replace(one, sets=max(1, one.sets - 1)))


def _third_fewer(whole: Work) -> Work | None:
    """A third fewer reps; of a single hold a third less of it. None where that is not possible."""
    if _most(whole, "reps") > 1:
        return _each(whole, lambda one: structs.replace(one, reps=max(1, floor(one.reps * LESS))))
    if whole.held and _most(whole, "hold_s") > SHORTEST_HOLD_S:
        return _each(whole, _shorter)
    return None


def _shorter(one: SideWork) -> SideWork:
    least = min(SHORTEST_HOLD_S, one.hold_s)
    return structs.replace(one, hold_s=max(least, float(floor(one.hold_s * LESS))))


def _easier(at: _Place, whole: Work) -> Work | None:
    """The nearest easier variation that no pain site rules out, in no more sets, reps and time than the other."""
    for name in at.known[whole.exercise].ladder.easier:
        easier = at.known.get(name)
        if easier is None or any(gate.action == "off" and gate.site in at.sites for gate in easier.gates):
            continue
        # The sides stay where the easier exercise has them (as when it is chosen in mid-session: session/ease.py).
        item = Item(name, sides=whole.sides) if same_sides(whole.sides, easier) else Item(name)
        found: Work | None = _no_more(at.work(item), whole)
        while found is not None and length_s(found) > length_s(whole):
            found = _third_fewer(found)
        if found is not None:
            return structs.replace(found, self_paced=whole.self_paced and not found.held)
    return None


def _no_more(found: Work, than: Work) -> Work:
    """The easier exercise's own dose, cut to the dose it replaces; reps and holds only where both are of one kind."""
    least = {name: min(getattr(than.by_side[side], name) for side in than.order) for name in ("sets", "reps", "hold_s")}
    alike = found.held == than.held

    def cut(one: SideWork) -> SideWork:
        return SideWork(
            sets=least["sets"],
            reps=min(one.reps, least["reps"]) if alike else one.reps,
            hold_s=min(one.hold_s, least["hold_s"]) if alike else one.hold_s,
        )

    return _each(found, cut)


def _each(whole: Work, change: Callable[[SideWork], SideWork]) -> Work:
    return structs.replace(whole, by_side={side: change(one) for side, one in whole.by_side.items()})


def _item(whole: Work, like: Item) -> Item:
    """The item with every number spelled out; load and note belong to the exercise that the physio chose."""
    base = whole.by_side[Side.BOTH]
    left, right = (_side_dose(whole.by_side[side], whole) for side in (Side.LEFT, Side.RIGHT))
    differs = len(whole.order) > 1 and any(whole.by_side[side] != base for side in whole.order)
    same = like.exercise == whole.exercise
    return Item(
        whole.exercise,
        sides=whole.sides,
        sets=base.sets,
        reps=base.reps,
        hold_s=base.hold_s if whole.held else UNSET,
        tempo=UNSET if whole.held else whole.tempo,
        rest_s=whole.rest_s,
        rep_rest_s=whole.rep_rest_s,
        prepare_s=whole.prepare_s,
        switch_s=whole.switch_s,
        per_side=PerSide(left, right) if differs else UNSET,
        pace=Pace.SELF if whole.self_paced else UNSET,
        load=like.load if same else "",
        note=like.note if same else "",
    )


def _side_dose(one: SideWork, whole: Work) -> SideDose:
    return SideDose(one.sets, one.reps, one.hold_s if whole.held else UNSET)


def _most(whole: Work, name: str) -> float:
    return max(float(getattr(whole.by_side[side], name)) for side in whole.order)


def _change(kind: ChangeKind, was: Work, now: Work, name: str) -> Change:
    return Change(was.index, was.exercise, kind, _most(was, name), _most(now, name))
