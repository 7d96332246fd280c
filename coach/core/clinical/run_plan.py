"""The stages of walking and running, "HIP-12" (clinical reference, section 3.2, [ours]): 3 minutes more in each.

A frame of 30 minutes; 5 minutes of walking before and after are not in it.
"""

from msgspec import Struct

FRAME_MIN = 30
PER_WEEK = 3
"""At most, with a day between (section 3.2)."""
SOURCE = "This project's own proposal (section 3.2), in the block form of Dr Blake (S48)"


class Stage(Struct, frozen=True):
    """One stage: so often so long a run, then so long a walk."""

    number: int
    reps: int
    run_min: float
    walk_min: float

    @property
    def running_min(self) -> float:
        """All of its running together."""
        return self.reps * self.run_min


STAGES: tuple[Stage, ...] = (
    Stage(1, 6, 0.5, 4.5),
    Stage(2, 6, 1, 4),
    Stage(3, 6, 1.5, 3.5),
    Stage(4, 6, 2, 3),
    Stage(5, 6, 2.5, 2.5),
    Stage(6, 6, 3, 2),
    Stage(7, 6, 3.5, 1.5),
    Stage(8, 6, 4, 1),
    Stage(9, 6, 4.5, 0.5),
    Stage(10, 3, 9, 1),
    Stage(11, 2, 14, 1),
    Stage(12, 1, 30, 0),
)
