"""Variations of an exercise as a ladder, and the order of a library by it."""

from collections.abc import Mapping

from coach.core.routine.exercise import Exercise, Kind
from coach.core.routine.finding import region

_KINDS = tuple(Kind)


def in_order(exercises: Mapping[str, Exercise]) -> tuple[str, ...]:
    """The keys by region in the order of their first exercise, no region last; then by kind, easier ones first."""
    regions = sorted(dict.fromkeys(region(one) for one in exercises.values()), key=lambda name: not name)
    heights = heights_of(exercises)

    def place(key: str) -> tuple[int, int, int]:
        one = exercises[key]
        return regions.index(region(one)), _KINDS.index(one.kind), heights[key]

    return tuple(sorted(exercises, key=place))


def heights_of(exercises: Mapping[str, Exercise]) -> dict[str, int]:
    """How many rungs lie below each exercise, along the longest way; what a circle leads to stays at its foot."""
    below: dict[str, set[str]] = {one: set() for one in exercises}
    above: dict[str, set[str]] = {one: set() for one in exercises}
    for key, exercise in exercises.items():
        pairs = [(easier, key) for easier in exercise.ladder.easier]
        pairs += [(key, harder) for harder in exercise.ladder.harder]
        for lower, upper in pairs:
            if lower in exercises and upper in exercises:
                below[upper].add(lower)
                above[lower].add(upper)
    heights = dict.fromkeys(exercises, 0)
    left = {one: len(lower) for one, lower in below.items()}
    feet = [one for one in exercises if not left[one]]
    while feet:
        one = feet.pop()
        for upper in above[one]:
            heights[upper] = max(heights[upper], heights[one] + 1)
            left[upper] -= 1
            if not left[upper]:
                feet.append(upper)
    return heights


class Above:
    """What is above what on the ladders, whichever of the two exercises names the other."""

    def __init__(self, known: Mapping[str, Exercise]) -> None:
        self._next: dict[str, set[str]] = {key: set(one.ladder.harder) for key, one in known.items()}
        for key, one in known.items():
            for easier in one.ladder.easier:
                self._next.setdefault(easier, set()).add(key)
        self._found: dict[str, set[str]] = {}

    def of(self, name: str) -> set[str]:
        """Every exercise above this one, however far."""
        if name not in self._found:
            seen: set[str] = set()
            left = [name]
            while left:
                higher = self._next.get(left.pop(), set()) - seen
                seen |= higher
                left += higher
            self._found[name] = seen - {name}
        return self._found[name]
