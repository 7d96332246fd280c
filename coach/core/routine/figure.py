"""How an exercise describes its figure: key poses in the words of physiotherapy, and what holds the body.

Angles are in degrees with clinical signs: flexion, abduction, external rotation and dorsiflexion are positive;
extension, adduction, internal rotation and plantarflexion negative (clinical reference, section 4.3.1). A pose knows
a working side and another one, not left and right: it serves both sides, one as the mirror of the other. It is part of
the exercise format, so that a physio's file can bring its own.
"""

from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta, Struct

Degrees = Annotated[float, Meta(ge=-360, le=360)]
Triple = tuple[Degrees, Degrees, Degrees]

_STILL: Triple = (0.0, 0.0, 0.0)


class Limbs(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One side of the body. `hip` and `shoulder` read flexion, abduction, external rotation."""

    hip: Triple = _STILL
    knee: Degrees = 0.0
    ankle: Degrees = 0.0
    """Dorsiflexion."""
    toes: Degrees = 0.0
    """Extension of the toes."""
    shoulder: Triple = _STILL
    elbow: Degrees = 0.0
    wrist: Degrees = 0.0
    """Extension."""


class Pose(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One whole posture.

    `root` is how the pelvis lies: pitch (forwards), roll (the working side up), yaw (towards the working side). Upright
    is 0, 0, 0; on the back is pitch -90, face down pitch 90, on the other side roll 90. `spine` and `neck` read
    flexion, side bend and turn, both towards the working side. Without `other` both sides are alike.
    """

    root: Triple = _STILL
    spine: Triple = _STILL
    neck: Triple = _STILL
    working: Limbs = Limbs()
    other: Limbs | None = None

    @property
    def other_side(self) -> Limbs:
        """The side that does not work."""
        return self.working if self.other is None else self.other


Side = Literal["w", "o"]
Height = Annotated[float, Meta(ge=0, le=1)]
"""Above the floor, as a fraction of body height."""
Share = Annotated[float, Meta(ge=0, le=1)]
Place = Annotated[float, Meta(ge=-2, le=2)]


class Point(StrEnum):
    """What can rest, be held or be reached. `w_` is the side that works, `o_` the other one."""

    W_HIP = "w_hip"
    W_KNEE = "w_knee"
    W_ANKLE = "w_ankle"
    W_HEEL = "w_heel"
    W_BALL = "w_ball"
    W_TIP = "w_tip"
    W_SHOULDER = "w_shoulder"
    W_ELBOW = "w_elbow"
    W_WRIST = "w_wrist"
    W_HAND = "w_hand"
    O_HIP = "o_hip"
    O_KNEE = "o_knee"
    O_ANKLE = "o_ankle"
    O_HEEL = "o_heel"
    O_BALL = "o_ball"
    O_TIP = "o_tip"
    O_SHOULDER = "o_shoulder"
    O_ELBOW = "o_elbow"
    O_WRIST = "o_wrist"
    O_HAND = "o_hand"
    PELVIS = "pelvis"
    CHEST = "chest"
    HEAD = "head"


class Limb(StrEnum):
    """A limb whose end stays where it is: a foot flat as it stands, a hand."""

    W_FOOT = "w_foot"
    O_FOOT = "o_foot"
    W_HAND = "w_hand"
    O_HAND = "o_hand"


class Rest(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A point that rests on something: the floor, or what stands `height` above it."""

    point: Point
    height: Height = 0.0


class Reach(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, rename={"from_": "from"}):
    """A hand or an ankle that lies on another part of the body: `share` of the way from one point to another."""

    limb: Limb
    from_: Point
    to: Point
    share: Share = 0.5
    slides_to: Share | None = None
    """The share that it slides to on the way to the end pose; none for one that stays."""
    gap: Annotated[float, Meta(ge=0, le=0.3)] = 0.06
    """From the middle line of that part to the middle of the wrist or ankle."""
    towards: tuple[Place, Place, Place] = (0.0, 0.0, 1.0)
    """On which side of it, in the axes of the pelvis: forwards, to the working side, upwards."""
    since: Share = 0.0
    """From which share of the movement on it is there; until then it is on its way."""


class PropKind(StrEnum):
    """What stands or lies about."""

    MAT = "mat"
    WALL = "wall"
    STEP = "step"
    CHAIR = "chair"
    ROLLER = "roller"
    BALL = "ball"
    BAND = "band"


class Prop(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One thing beside the body, in body heights; a number that is 0 takes what is usual.

    `at` is the middle of its foot, from below the pelvis as the exercise starts; `size` its extent forwards, aside and
    up. A mat without both lies under the whole body. A wall is thin in the direction that it stands in. The height of a
    chair is that of its seat. A roller lies across, or along the body where it is longer forwards; its third size is
    its thickness, like a ball's. Both may lie under a point (`under`) and move with it; `at` is then how far beside it.
    A band goes round two points (`round`).
    """

    kind: PropKind
    at: tuple[Place, Place, Place] = (0.0, 0.0, 0.0)
    size: tuple[Place, Place, Place] = (0.0, 0.0, 0.0)
    under: Point | None = None
    round: tuple[Point, Point] | None = None


class Muscle(StrEnum):
    """A region that lights up while it works or is stretched."""

    BUTTOCK = "buttock"
    SIDE_HIP = "side_hip"
    HIP_FLEXOR = "hip_flexor"
    FRONT_THIGH = "front_thigh"
    BACK_THIGH = "back_thigh"
    OUTER_THIGH = "outer_thigh"
    CALF = "calf"
    TRUNK = "trunk"
    FLANK = "flank"


class Flight(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """How a movement leaves the floor: pushed off, highest in its end pose, and back the same way.

    While it is up nothing carries the body: what rests, and limbs that are pinned, go up with it. Where sides take
    turns (`alternates`) they change in the air: then the start pose is the highest, and it waits where it lands. Steps
    push off in their start pose.
    """

    height: Annotated[float, Meta(ge=0, le=0.3)]
    """How high what carried the body gets above what it stood on, as a fraction of body height."""
    over: Annotated[float, Meta(ge=0.01, le=1)] = 0.2
    """Which share of the way it is in the air, next to the highest pose; of a step, from its start on."""


class Figure(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The key poses of an exercise, what holds the body where it is, and how it is looked at.

    For the working side left; the right one is its mirror.
    """

    start: Pose
    end: Pose | None = None
    """Where a rep goes to, or the position that is held; none for a figure that stands still, or walks or runs."""
    middle: Pose | None = None
    """What it goes through half-way, where the joints do not go straight from start to end."""
    camera: tuple[Degrees, Degrees] = (40.0, 10.0)
    """Round the body, 0 from the front and 90 from the working side, and down from the horizon."""
    rests: tuple[Rest, ...] = ()
    """What carries the body; the lowest of them touches."""
    level: Literal["pitch", "roll"] | None = None
    """How the pelvis turns so that the first and the last of `rests` both touch."""
    fixed: tuple[Point, ...] = ()
    """What stays in its place through the movement, as one point in their middle."""
    pins: tuple[Limb, ...] = ()
    flat: tuple[Side, ...] = ()
    """Forearms that lie flat where their elbow is."""
    reaches: tuple[Reach, ...] = ()
    props: tuple[Prop, ...] = ()
    works: tuple[Muscle, ...] = ()
    both_work: bool = False
    loop_s: Annotated[float, Meta(ge=0, le=60)] = 0.0
    """A movement that goes on and on, there and back in so many seconds; 0 for one that is held or counted."""
    alternates: bool = False
    """Of a movement that goes on: every other turn is done by the other side. Without an `end` each turn goes through
    to the start of the other side's, as steps do."""
    flight: Flight | None = None
    """Of a hop: how high and for how long it is off the floor; `rests` hold only up to there."""
