"""Figures to try the drawing with, by the angles of the clinical reference, section 4.3."""

from typing import Final

from coach.core.routine.figure import (
    Figure,
    Limb,
    Limbs,
    Muscle,
    Point,
    Pose,
    Prop,
    PropKind,
    Reach,
    Rest,
)

MAT = Prop(PropKind.MAT)
_FEET = (Rest(Point.W_HEEL), Rest(Point.O_HEEL))
_HANGING = (5.0, 9.0, 0.0)

STANDING = Figure(
    Pose(working=Limbs(hip=(2.0, 2.0, 5.0), knee=4.0, ankle=2.0, shoulder=_HANGING, elbow=14.0)),
    rests=_FEET,
)

BRIDGE = Figure(
    Pose(
        root=(-90.0, 0.0, 0.0),
        working=Limbs(hip=(45.0, 3.0, 0.0), knee=100.0, ankle=-34.0, shoulder=(0.0, 18.0, 0.0), elbow=4.0),
    ),
    Pose(
        root=(-111.0, 0.0, 0.0),
        neck=(18.0, 0.0, 0.0),
        working=Limbs(hip=(0.0, 3.0, 0.0), knee=87.0, ankle=-24.0, shoulder=(-20.0, 18.0, 0.0), elbow=4.0),
    ),
    camera=(68.0, 13.0),
    rests=(Rest(Point.W_SHOULDER), Rest(Point.W_HEEL)),
    level="pitch",
    fixed=(Point.W_BALL, Point.O_BALL),
    props=(MAT,),
    works=(Muscle.BUTTOCK, Muscle.BACK_THIGH),
    both_work=True,
)

CLAMSHELL = Figure(
    Pose(
        root=(0.0, 90.0, 0.0),
        neck=(0.0, -8.0, 0.0),
        working=Limbs(hip=(45.0, 0.0, 0.0), knee=90.0, shoulder=(50.0, -18.0, 0.0), elbow=70.0),
        other=Limbs(hip=(45.0, 0.0, 0.0), knee=90.0, shoulder=(155.0, 10.0, 0.0), elbow=95.0),
    ),
    Pose(
        root=(0.0, 90.0, 0.0),
        neck=(0.0, -8.0, 0.0),
        working=Limbs(hip=(45.0, 22.0, 32.0), knee=90.0, shoulder=(50.0, -18.0, 0.0), elbow=70.0),
        other=Limbs(hip=(45.0, 0.0, 0.0), knee=90.0, shoulder=(155.0, 10.0, 0.0), elbow=95.0),
    ),
    camera=(12.0, 24.0),
    rests=(Rest(Point.O_HIP), Rest(Point.O_SHOULDER)),
    level="roll",
    fixed=(Point.O_HIP,),
    props=(MAT,),
    works=(Muscle.SIDE_HIP, Muscle.BUTTOCK),
)

BANDED_CLAM = Figure(
    CLAMSHELL.start,
    CLAMSHELL.end,
    camera=(12.0, 24.0),
    rests=CLAMSHELL.rests,
    level="roll",
    fixed=CLAMSHELL.fixed,
    props=(MAT, Prop(PropKind.BAND, round=(Point.W_KNEE, Point.O_KNEE))),
    works=(Muscle.SIDE_HIP,),
)

PLANK = Figure(
    Pose(
        root=(81.0, 0.0, 0.0),
        neck=(-8.0, 0.0, 0.0),
        working=Limbs(ankle=6.0, toes=62.0, shoulder=(81.0, 0.0, 0.0), elbow=90.0, hip=(0.0, 2.0, 0.0)),
    ),
    camera=(72.0, 12.0),
    rests=(Rest(Point.W_ELBOW), Rest(Point.W_TIP)),
    level="pitch",
    flat=("w", "o"),
    props=(MAT,),
    works=(Muscle.TRUNK, Muscle.FRONT_THIGH),
    both_work=True,
)

FIGURE_FOUR = Figure(
    Pose(
        root=(-90.0, 0.0, 0.0),
        working=Limbs(hip=(55.0, 35.0, 50.0), knee=95.0, shoulder=(50.0, 8.0, 0.0), elbow=30.0),
        other=Limbs(hip=(45.0, 0.0, 0.0), knee=100.0, ankle=-30.0, shoulder=(50.0, 8.0, 0.0), elbow=30.0),
    ),
    Pose(
        root=(-90.0, 0.0, 0.0),
        working=Limbs(hip=(95.0, 28.0, 55.0), knee=95.0, shoulder=(60.0, 8.0, 0.0), elbow=60.0),
        other=Limbs(hip=(97.0, 0.0, 0.0), knee=95.0, shoulder=(60.0, 8.0, 0.0), elbow=60.0),
    ),
    camera=(58.0, 16.0),
    rests=(Rest(Point.PELVIS), Rest(Point.HEAD)),
    fixed=(Point.PELVIS,),
    reaches=(
        Reach(Limb.W_FOOT, Point.O_HIP, Point.O_KNEE, share=0.82, gap=0.07, towards=(0.6, 0.0, 1.0)),
        Reach(Limb.W_HAND, Point.O_HIP, Point.O_KNEE, share=0.55, gap=0.07, towards=(-0.4, 1.0, -0.6)),
        Reach(Limb.O_HAND, Point.O_HIP, Point.O_KNEE, share=0.6, gap=0.07, towards=(-0.4, -1.0, -0.6)),
    ),
    props=(MAT,),
    works=(Muscle.BUTTOCK,),
)

HALF_KNEELING = Figure(
    Pose(
        working=Limbs(hip=(0.0, 2.0, 0.0), knee=90.0, ankle=-40.0, shoulder=(38.0, 4.0, 0.0), elbow=35.0),
        other=Limbs(hip=(92.0, 2.0, 0.0), knee=92.0, shoulder=(38.0, 4.0, 0.0), elbow=35.0),
    ),
    Pose(
        root=(-6.0, 0.0, 0.0),
        working=Limbs(hip=(-15.0, 2.0, 0.0), knee=75.0, ankle=-40.0, shoulder=(38.0, 4.0, 0.0), elbow=35.0),
        other=Limbs(hip=(92.0, 2.0, 0.0), knee=107.0, ankle=15.0, shoulder=(38.0, 4.0, 0.0), elbow=35.0),
    ),
    camera=(62.0, 8.0),
    rests=(Rest(Point.W_KNEE), Rest(Point.O_HEEL)),
    fixed=(Point.O_HEEL,),
    pins=(Limb.O_FOOT,),
    reaches=(
        Reach(Limb.W_HAND, Point.O_HIP, Point.O_KNEE, share=0.82, gap=0.06, towards=(0.0, 0.25, 1.0)),
        Reach(Limb.O_HAND, Point.O_HIP, Point.O_KNEE, share=0.7, gap=0.06, towards=(0.0, -0.25, 1.0)),
    ),
    props=(MAT,),
    works=(Muscle.HIP_FLEXOR,),
)

SITTING = Figure(
    Pose(
        working=Limbs(hip=(88.0, 6.0, 0.0), knee=88.0, shoulder=(32.0, 6.0, 0.0), elbow=48.0),
    ),
    Pose(
        working=Limbs(hip=(88.0, 6.0, 0.0), knee=12.0, ankle=8.0, shoulder=(32.0, 6.0, 0.0), elbow=48.0),
        other=Limbs(hip=(88.0, 6.0, 0.0), knee=88.0, shoulder=(32.0, 6.0, 0.0), elbow=48.0),
    ),
    camera=(48.0, 10.0),
    rests=(Rest(Point.PELVIS, height=0.245),),
    fixed=(Point.PELVIS,),
    props=(Prop(PropKind.CHAIR, at=(0.02, 0.0, 0.0)),),
    works=(Muscle.FRONT_THIGH,),
)

SQUAT = Figure(
    Pose(
        root=(3.0, 0.0, 0.0),
        working=Limbs(hip=(5.0, -5.0, 0.0), knee=5.0, shoulder=(25.0, 14.0, 0.0), elbow=25.0),
        other=Limbs(hip=(15.0, 0.0, 0.0), knee=20.0, shoulder=(25.0, 14.0, 0.0), elbow=25.0),
    ),
    Pose(
        root=(29.0, 0.0, 0.0),
        neck=(-18.0, 0.0, 0.0),
        working=Limbs(hip=(62.0, -5.0, 0.0), knee=60.0, ankle=27.0, shoulder=(85.0, 4.0, 0.0), elbow=20.0),
        other=Limbs(hip=(25.0, 0.0, 0.0), knee=50.0, shoulder=(85.0, 4.0, 0.0), elbow=20.0),
    ),
    camera=(42.0, 8.0),
    rests=(Rest(Point.W_HEEL),),
    fixed=(Point.W_HEEL,),
    pins=(Limb.W_FOOT,),
    works=(Muscle.FRONT_THIGH, Muscle.BUTTOCK),
)

STEP_DOWN = Figure(
    Pose(
        working=Limbs(hip=(2.0, 0.0, 0.0), knee=5.0, shoulder=(10.0, 14.0, 0.0), elbow=25.0),
        other=Limbs(hip=(12.0, 2.0, 0.0), knee=8.0, ankle=8.0, shoulder=(10.0, 14.0, 0.0), elbow=25.0),
    ),
    Pose(
        root=(24.0, 0.0, 0.0),
        neck=(-12.0, 0.0, 0.0),
        working=Limbs(hip=(60.0, 0.0, 0.0), knee=65.0, ankle=28.0, shoulder=(60.0, 8.0, 0.0), elbow=25.0),
        other=Limbs(hip=(38.0, 2.0, 0.0), knee=5.0, ankle=10.0, shoulder=(60.0, 8.0, 0.0), elbow=25.0),
    ),
    camera=(52.0, 10.0),
    rests=(Rest(Point.W_HEEL, height=0.086),),
    fixed=(Point.W_HEEL,),
    pins=(Limb.W_FOOT,),
    props=(Prop(PropKind.STEP, at=(0.03, 0.03, 0.0)),),
    works=(Muscle.FRONT_THIGH, Muscle.BUTTOCK),
)

QUAD_STRETCH = Figure(
    Pose(
        working=Limbs(hip=(0.0, 0.0, 0.0), knee=5.0, shoulder=(5.0, 9.0, 0.0), elbow=10.0),
        other=Limbs(hip=(0.0, 0.0, 0.0), knee=5.0, shoulder=(78.0, 0.0, 0.0), elbow=8.0),
    ),
    Pose(
        root=(-4.0, 0.0, 0.0),
        working=Limbs(hip=(-10.0, 0.0, 0.0), knee=130.0, ankle=-20.0, shoulder=(-35.0, 4.0, 0.0), elbow=8.0),
        other=Limbs(hip=(0.0, 0.0, 0.0), knee=5.0, shoulder=(78.0, 0.0, 0.0), elbow=8.0),
    ),
    camera=(66.0, 8.0),
    rests=(Rest(Point.O_HEEL),),
    fixed=(Point.O_HEEL,),
    props=(Prop(PropKind.WALL, at=(0.44, 0.0, 0.0)),),
    works=(Muscle.FRONT_THIGH,),
)

SIDE_RAISE = Figure(
    Pose(
        root=(0.0, 90.0, 0.0),
        neck=(0.0, -8.0, 0.0),
        working=Limbs(hip=(-5.0, 0.0, -3.0), shoulder=(50.0, -18.0, 0.0), elbow=70.0),
        other=Limbs(hip=(45.0, 0.0, 0.0), knee=90.0, shoulder=(155.0, 10.0, 0.0), elbow=95.0),
    ),
    Pose(
        root=(0.0, 90.0, 0.0),
        neck=(0.0, -8.0, 0.0),
        working=Limbs(hip=(-5.0, 32.0, -3.0), shoulder=(50.0, -18.0, 0.0), elbow=70.0),
        other=Limbs(hip=(45.0, 0.0, 0.0), knee=90.0, shoulder=(155.0, 10.0, 0.0), elbow=95.0),
    ),
    camera=(10.0, 22.0),
    rests=(Rest(Point.O_HIP), Rest(Point.O_SHOULDER)),
    level="roll",
    fixed=(Point.O_HIP,),
    props=(MAT,),
    works=(Muscle.SIDE_HIP, Muscle.OUTER_THIGH, Muscle.FLANK),
)

ROLL_QUADS = Figure(
    Pose(
        root=(82.0, 0.0, 0.0),
        neck=(-10.0, 0.0, 0.0),
        working=Limbs(ankle=-30.0, shoulder=(84.0, 0.0, 0.0), elbow=90.0, hip=(0.0, 3.0, 0.0)),
    ),
    camera=(64.0, 14.0),
    rests=(Rest(Point.W_ELBOW), Rest(Point.W_TIP)),
    level="pitch",
    flat=("w", "o"),
    props=(MAT, Prop(PropKind.ROLLER, under=Point.W_KNEE, at=(0.1, -0.05, 0.0))),
    works=(Muscle.FRONT_THIGH,),
    both_work=True,
)

WALL_BALL = Figure(
    Pose(
        working=Limbs(hip=(12.0, 5.0, 0.0), knee=18.0, ankle=8.0, shoulder=(10.0, 22.0, 0.0), elbow=70.0),
        other=Limbs(hip=(12.0, 5.0, 0.0), knee=18.0, ankle=8.0, shoulder=(20.0, 8.0, 0.0), elbow=60.0),
    ),
    camera=(-28.0, 8.0),
    rests=_FEET,
    props=(
        Prop(PropKind.WALL, at=(0.0, 0.2, 0.0)),
        Prop(PropKind.BALL, under=Point.W_HIP, at=(-0.03, 0.095, 0.02), size=(0.0, 0.0, 0.06)),
    ),
    works=(Muscle.BUTTOCK, Muscle.SIDE_HIP),
)

HEEL_RAISE = Figure(
    Pose(working=Limbs(shoulder=_HANGING, elbow=14.0)),
    Pose(working=Limbs(ankle=-42.0, toes=50.0, shoulder=_HANGING, elbow=14.0)),
    camera=(118.0, 8.0),
    rests=(Rest(Point.W_BALL), Rest(Point.O_BALL)),
    fixed=(Point.W_BALL,),
    works=(Muscle.CALF,),
    both_work=True,
)

DEAD_BUG = Figure(
    Pose(
        root=(-90.0, 0.0, 0.0),
        working=Limbs(hip=(90.0, 0.0, 0.0), knee=90.0, shoulder=(90.0, 0.0, 0.0)),
    ),
    Pose(
        root=(-90.0, 0.0, 0.0),
        working=Limbs(hip=(20.0, 0.0, 0.0), knee=20.0, shoulder=(90.0, 0.0, 0.0)),
        other=Limbs(hip=(90.0, 0.0, 0.0), knee=90.0, shoulder=(165.0, 0.0, 0.0)),
    ),
    camera=(52.0, 18.0),
    rests=(Rest(Point.PELVIS), Rest(Point.HEAD)),
    fixed=(Point.PELVIS,),
    props=(MAT,),
    works=(Muscle.TRUNK,),
)

FIGURES: Final = {
    "standing": STANDING,
    "bridge": BRIDGE,
    "clamshell": CLAMSHELL,
    "banded_clam": BANDED_CLAM,
    "plank": PLANK,
    "figure_four": FIGURE_FOUR,
    "half_kneeling": HALF_KNEELING,
    "sitting": SITTING,
    "squat": SQUAT,
    "step_down": STEP_DOWN,
    "quad_stretch": QUAD_STRETCH,
    "side_raise": SIDE_RAISE,
    "roll_quads": ROLL_QUADS,
    "wall_ball": WALL_BALL,
    "heel_raise": HEEL_RAISE,
    "dead_bug": DEAD_BUG,
}
