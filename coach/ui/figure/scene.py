"""What stays the same while one exercise is shown: its rig, the camera and its frame, the props, the muscles."""

from dataclasses import dataclass
from typing import Final, Literal

import msgspec

from coach.core.figure.rig import Rig, mirrored
from coach.core.figure.skeleton import Body
from coach.core.figure.vector import Vec
from coach.core.routine.figure import Figure, Muscle, Prop, PropKind
from coach.ui.figure.camera import Frame, View, camera, frame_of
from coach.ui.figure.order import Block
from coach.ui.figure.props import extent, mat_block

SceneSide = Literal["left", "right", "both"]

_LOOKS: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
"""The shares that the frame is made from."""
_FLESH: Final = 0.085
_MARGIN: Final = 0.045
"""Round the picture, as a part of its larger side."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One exercise on one side, seen from one place."""

    rig: Rig
    side: SceneSide
    view: View
    """Not fitted to a box yet."""
    frame: Frame
    props: tuple[Prop, ...]
    mats: tuple[Block, ...]
    works: tuple[Muscle, ...]
    glowing: str
    """Sides whose muscles light up: `w`, or `wo`."""

    def at(self, share: float) -> Body:
        """The body a share of the way, on the side that the scene shows."""
        body = self.rig.at(share)
        return mirrored(body) if self.side == "right" else body


def scene_of(
    figure: Figure, side: SceneSide = "left", *, turn: float = 0.0, tilt: float = 0.0, rig: Rig | None = None
) -> Scene:
    """The scene of an exercise; `turn` and `tilt` look at it from so many degrees further round and higher up."""
    rig = rig or Rig(figure)
    right = side == "right"
    props = tuple(_mirrored(prop) if right else prop for prop in figure.props)
    around, down = figure.camera
    view = camera((-around if right else around) + turn, down + tilt)
    bodies = [mirrored(body) if right else body for body in (rig.at(share) for share in _LOOKS)]
    balls: list[tuple[Vec, float]] = []
    for body in bodies:
        balls += [(point, _FLESH if name == "head" else 0.06) for name, point in body.points.items()]
        balls += extent([prop for prop in props if prop.kind is not PropKind.MAT], body)
    mats = tuple(mat_block(prop, bodies[0]) for prop in props if prop.kind is PropKind.MAT)
    balls += extent([prop for prop in props if prop.kind is PropKind.MAT], bodies[0])
    frame = frame_of(view, balls)
    more = _MARGIN * max(frame.right - frame.left, frame.bottom - frame.top)
    return Scene(
        rig=rig,
        side=side,
        view=view,
        frame=Frame(frame.left - more, frame.top - more, frame.right + more, frame.bottom + more),
        props=props,
        mats=mats,
        works=figure.works,
        glowing="wo" if figure.both_work or side == "both" else "w",
    )


def _mirrored(prop: Prop) -> Prop:
    x, y, z = prop.at
    return msgspec.structs.replace(prop, at=(x, -y, z))
