"""Which minor version of the format a routine needs: a program of an older one refuses a file that says less."""

from collections.abc import Mapping

import msgspec

from coach.core.routine.routine import Routine, RunPlan

SINCE = "1.1"
"""The version that brought `progress` of an item and `run_plan`."""


def minor(version: str) -> int:
    """The second number of a version."""
    return int(version.partition(".")[2])


def needs_later(plain: Mapping[str, object]) -> bool:
    """Whether a file, right or wrong, holds what came later than the first version."""
    items = plain.get("items")
    held = items if isinstance(items, list) else []
    return "run_plan" in plain or any(isinstance(item, Mapping) and "progress" in item for item in held)


def is_too_low(routine: Routine) -> bool:
    """Whether the routine says a version that does not have all it holds."""
    later = routine.run_plan != RunPlan() or any(item.progress for item in routine.items)
    return later and minor(routine.version) < minor(SINCE)


def with_version(routine: Routine) -> Routine:
    """The routine under the version that it needs; what says a later one keeps it."""
    return msgspec.structs.replace(routine, version=SINCE) if is_too_low(routine) else routine
