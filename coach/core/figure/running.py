"""The figure of the guided run. It is no exercise of the library, so it is not in `exercises.json` with the others."""

from typing import Final

from coach.core.routine.figure import Figure, Flight, Limbs, Point, Pose, Rest

RUNNING: Final = Figure(
    camera=(72.0, 6.0),
    start=Pose(
        root=(8.0, 0.0, -3.0),
        spine=(0.0, 0.0, 8.0),
        working=Limbs(hip=(46.0, 0.0, 0.0), knee=62.0, ankle=2.0, shoulder=(-50.0, 8.0, 0.0), elbow=88.0),
        other=Limbs(hip=(-10.0, 0.0, 0.0), knee=17.0, ankle=-20.0, toes=42.0, shoulder=(34.0, 4.0, -12.0), elbow=98.0),
    ),
    middle=Pose(
        root=(9.0, 0.0, 0.0),
        working=Limbs(hip=(30.0, 0.0, 0.0), knee=40.0, ankle=19.0, shoulder=(-12.0, 8.0, 0.0), elbow=92.0),
        other=Limbs(hip=(4.0, 0.0, 0.0), knee=96.0, ankle=-10.0, shoulder=(-4.0, 6.0, -6.0), elbow=92.0),
    ),
    rests=(
        Rest(Point.W_BALL),
        Rest(Point.O_BALL),
        Rest(Point.W_HEEL),
        Rest(Point.O_HEEL),
        Rest(Point.W_TIP),
        Rest(Point.O_TIP),
    ),
    both_work=True,
    loop_s=0.36,
    alternates=True,
    flight=Flight(height=0.018, over=0.36),
)
"""A step starts where the other foot pushes off, and its own foot carries in the middle."""
