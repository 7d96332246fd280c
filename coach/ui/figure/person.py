"""The person: limbs, trunk, clothes, each part of one body as a thing to paint, and which of two joined parts is first.

All sizes are fractions of body height, like the skeleton's; they are this project's own drawing of an adult.
"""

from collections.abc import Callable, Sequence
from math import hypot
from typing import Final

from PySide6.QtCore import QLineF, Qt
from PySide6.QtGui import QPainter, QPen

from coach.core.figure.skeleton import SIDES, Body
from coach.core.figure.vector import add, between, column, distance, dot, sub, turned, unit
from coach.ui.figure.brush import Brush
from coach.ui.figure.camera import Spot, View, within
from coach.ui.figure.glow import Glow
from coach.ui.figure.head import Head
from coach.ui.figure.look import STEPS, Cloth, Look
from coach.ui.figure.order import Bar, Item
from coach.ui.figure.shapes import Blob, Ring, ball, blob

Profile = tuple[tuple[float, float, float], ...]
"""Along a bone: share of its length, radius, how far the flesh is shifted forwards."""

_THIGH: Final[Profile] = ((0.55, 0.0505, 0.004), (0.82, 0.0425, 0.003), (1.0, 0.0385, 0.001))
_SHORTS: Final[Profile] = ((0.0, 0.067, 0.0), (0.22, 0.067, 0.002), (0.45, 0.0615, 0.003), (0.66, 0.0565, 0.003))
_SHANK: Final[Profile] = (
    (0.0, 0.0375, 0.0),
    (0.13, 0.0375, -0.002),
    (0.33, 0.0405, -0.009),
    (0.66, 0.0290, -0.004),
    (1.0, 0.0225, 0.0),
)
_SOCK: Final[Profile] = ((0.9, 0.0245, 0.0), (1.0, 0.025, 0.0))
_UPPER_ARM: Final[Profile] = ((0.42, 0.0305, 0.001), (0.74, 0.0278, 0.001), (1.0, 0.0255, 0.0))
_SLEEVE: Final[Profile] = ((0.02, 0.034, 0.0), (0.24, 0.0392, 0.0), (0.58, 0.037, 0.0))
_FOREARM: Final[Profile] = (
    (0.0, 0.0245, 0.0),
    (0.22, 0.0268, 0.0),
    (0.62, 0.0218, 0.0),
    (1.0, 0.017, 0.0),
)
_BETWEEN_FINGERS: Final = ((0.7, -0.48), (0.66, 0.0), (0.7, 0.48))
"""Where a line between two fingers begins: share of the hand's length, and of half its breadth to the side."""
_FINGERS: Final = 300.0
"""Pixels in a body from which on they are drawn."""
_BROAD: Final = 0.3
_FAR_APART: Final = 0.15
"""Two limbs of a pair that are so far apart in depth have the full shade between them."""
_BREATH: Final = 0.0055
"""How far a quiet breath moves the front of chest and belly: a centimetre; each flank goes half as far."""
_FIRST: Final = 0.03
"""How much farther a limb must go away from the viewer than what it grows from to be painted before it."""


class Person:
    """One body in one picture."""

    def __init__(self, body: Body, view: View, look: Look, glows: Sequence[Glow] = (), breath: float = 0.0) -> None:
        self._body = body
        self._view = view
        self._look = look
        self._glows = glows
        self._breath = breath * _BREATH
        self._brush = Brush(view.scale)
        self._at: dict[str, Spot] = {name: view.at(point) for name, point in body.points.items()}
        self._forth: dict[str, tuple[float, float]] = {
            name: view.across((frame[0][0], frame[1][0], frame[2][0])) for name, frame in body.frames.items()
        }
        self._shade: dict[str, int] = {}
        self._shade_pair(("hip", "knee", "ankle"), "leg")
        self._shade_pair(("shoulder", "elbow", "wrist"), "arm")
        self.known: list[tuple[str, str]] = []
        """Pairs of joined parts, the one to be painted first first."""

    def items(self) -> list[Item]:
        """Every part, to be ordered and painted."""
        found = [self._trunk_item(), self._neck_item(), self._head_item()]
        for side in SIDES:
            found += self._leg_items(side)
            found += self._arm_items(side)
        return found

    # -- what is common -----------------------------------------------------------------------------------------------

    def _shade_pair(self, joints: tuple[str, ...], limb: str) -> None:
        near = {side: sum(self._at[f"{side}_{joint}"][2] for joint in joints) / len(joints) for side in SIDES}
        for side, other in (SIDES, SIDES[::-1]):
            share = (near[other] - near[side] - 0.015) / _FAR_APART
            self._shade[f"{side}_{limb}"] = round(max(0.0, min(1.0, share)) * (STEPS - 1))

    def _rings(self, start: str, end: str, frame: str, profile: Profile) -> tuple[Ring, ...]:
        ax, ay, _ = self._at[start]
        bx, by, _ = self._at[end]
        fx, fy = self._forth[frame]
        scale = self._view.scale
        dx, dy = bx - ax, by - ay
        return tuple([(ax + dx * t + fx * f, ay + dy * t + fy * f, r * scale) for t, r, f in profile])

    def _bar(self, start: str, end: str, radius: float) -> Bar:
        ax, ay, ad = self._at[start]
        bx, by, bd = self._at[end]
        return Bar(ax, ay, ad, bx, by, bd, radius * self._view.scale)

    def _item(
        self, name: str, start: str, end: str, radius: float, paint: Callable[[QPainter, set[str]], None]
    ) -> Item:
        points = self._body.points
        return Item(
            name, [self._bar(start, end, radius)], paint, points=((points[start], radius), (points[end], radius))
        )

    def _joined(self, root: str, limb: str, away: float) -> None:
        """Note which of two joined parts is first: `away` is how much nearer than the root the limb goes."""
        self.known.append((limb, root) if away < -_FIRST else (root, limb))

    def _nearness(self, name: str) -> float:
        return self._at[name][2]

    def _hem(self, part: str, start: str, end: str) -> float:
        """How round the end of a sleeve is in the picture: a circle seen from its edge, or from the front."""
        ax, ay, ad = self._at[start]
        bx, by, bd = self._at[end]
        flat, deep = hypot(bx - ax, by - ay) / self._view.scale, abs(bd - ad)
        return max(0.12, deep / (hypot(flat, deep) or 1.0))

    def _lap(self, thigh: str) -> float:
        """How far the top of a thigh rounds up over the belly: not at all in a straight hip, fully in a bent one."""
        up, pelvis = column(self._body.frames[thigh], 2), column(self._body.frames["pelvis"], 2)
        return max(0.1, min(1.0, 1.15 - dot(up, pelvis)))

    def _glow(self, painter: QPainter, part: str, painted: set[str]) -> None:
        """Light up the muscles whose parts have all been painted with this one."""
        for glow in self._glows:
            if part in glow.parts and all(other == part or other in painted for other in glow.parts):
                glow.paint(painter, self._view)

    # -- legs ---------------------------------------------------------------------------------------------------------

    def _leg_items(self, side: str) -> list[Item]:
        hip, knee, ankle = f"{side}_hip", f"{side}_knee", f"{side}_ankle"
        thigh, shank, foot = f"{side}_thigh", f"{side}_shank", f"{side}_foot"
        shade = self._shade[f"{side}_leg"]
        look, brush = self._look, self._brush
        near = self._nearness

        def paint_thigh(painter: QPainter, painted: set[str]) -> None:
            brush.tube(
                painter,
                self._rings(hip, knee, thigh, _THIGH),
                look.skin,
                shade,
                goes_on_last=shank in painted,
                flat=True,
            )
            brush.tube(
                painter,
                self._rings(hip, knee, thigh, _SHORTS),
                look.shorts,
                shade,
                goes_on_first="trunk" in painted,
                first_cap=self._lap(thigh),
                last_cap=self._hem(thigh, hip, knee),
            )
            self._glow(painter, thigh, painted)

        def paint_shank(painter: QPainter, painted: set[str]) -> None:
            brush.tube(
                painter,
                self._rings(knee, ankle, shank, _SHANK),
                look.skin,
                shade,
                goes_on_first=thigh in painted,
            )
            brush.tube(painter, self._rings(knee, ankle, shank, _SOCK), look.sole, shade, first_cap=0.2, flat=True)
            self._glow(painter, shank, painted)

        def paint_foot(painter: QPainter, _painted: set[str]) -> None:
            self._paint_shoe(painter, side, shade)

        third = near(hip) + (near(knee) - near(hip)) * 0.35
        self._joined("trunk", thigh, third - near("pelvis"))
        self._joined(thigh, shank, (near(ankle) - near(knee)) * 0.4 - (near(hip) - near(knee)) * 0.4)
        self._joined(shank, foot, (near(f"{side}_ball") + near(f"{side}_heel")) / 2 - near(ankle))
        toe = self._item(foot, f"{side}_heel", f"{side}_tip", 0.026, paint_foot)
        return [
            self._item(thigh, hip, knee, 0.055, paint_thigh),
            self._item(shank, knee, ankle, 0.034, paint_shank),
            toe,
        ]

    def _paint_shoe(self, painter: QPainter, side: str, shade: int) -> None:
        view, points = self._view, self._body.points
        foot, toes = self._body.frames[f"{side}_foot"], self._body.frames[f"{side}_toes"]
        ankle, heel = within(view, points[f"{side}_ankle"], foot), within(view, points[f"{side}_heel"], foot)
        front, tip = within(view, points[f"{side}_ball"], foot), within(view, points[f"{side}_tip"], toes)
        heel_sole = blob(heel, (0.024, 0.0, 0.008), (0.026, 0.0235, 0.0085))
        ball_sole = blob(front, (0.0, 0.0, 0.008), (0.024, 0.0285, 0.0085))
        tip_sole = blob(tip, (-0.018, 0.0, 0.008), (0.02, 0.023, 0.0085))
        bent = foot is not toes and view.scale * distance(column(foot, 0), column(toes, 0)) > 2.0
        sole = [(heel_sole, ball_sole), (ball_sole, tip_sole)] if bent else [(heel_sole, ball_sole, tip_sole)]
        cuff = blob(ankle, (-0.002, 0.0, 0.008), (0.029, 0.0265, 0.008))
        heel_cup = blob(heel, (0.025, 0.0, 0.026), (0.026, 0.0235, 0.018))
        instep = blob(front, (-0.016, 0.0, 0.024), (0.02, 0.0255, 0.016))
        toe_box = blob(tip, (-0.0205, 0.0, 0.0195), (0.0195, 0.0225, 0.0125))
        upper = [(cuff, heel_cup, instep), (instep, toe_box)] if bent else [(cuff, heel_cup, toe_box)]
        look, brush = self._look, self._brush
        from_below = view.faces(column(foot, 2)) < -0.1
        if not from_below:
            brush.hulls(painter, sole, look.sole, shade, flat=True, small=True)
        brush.hulls(painter, upper, look.shoes, shade, small=True)
        if from_below:
            brush.hulls(painter, sole, look.sole, shade, flat=True, small=True)

    # -- arms ---------------------------------------------------------------------------------------------------------

    def _arm_items(self, side: str) -> list[Item]:
        shoulder, elbow, wrist, tips = f"{side}_shoulder", f"{side}_elbow", f"{side}_wrist", f"{side}_hand"
        upper, forearm, hand = f"{side}_upper_arm", f"{side}_forearm", f"{side}_palm"
        shade = self._shade[f"{side}_arm"]
        look, brush = self._look, self._brush
        near = self._nearness

        def paint_upper(painter: QPainter, painted: set[str]) -> None:
            brush.tube(
                painter,
                self._rings(shoulder, elbow, upper, _UPPER_ARM),
                look.skin,
                shade,
                goes_on_last=forearm in painted,
                flat=True,
            )
            brush.tube(
                painter,
                self._rings(shoulder, elbow, upper, _SLEEVE),
                look.top,
                shade,
                goes_on_first="trunk" in painted,
                last_cap=self._hem(upper, shoulder, elbow),
            )

        def paint_forearm(painter: QPainter, painted: set[str]) -> None:
            brush.tube(
                painter,
                self._rings(elbow, wrist, forearm, _FOREARM),
                look.skin,
                shade,
                goes_on_first=upper in painted,
                goes_on_last=hand in painted,
            )

        def paint_hand(painter: QPainter, painted: set[str]) -> None:
            self._paint_hand(painter, side, look.skin, shade, goes_on=forearm in painted)

        middle = near(shoulder) + (near(elbow) - near(shoulder)) * 0.4
        self._joined("trunk", upper, middle - near("chest"))
        self._joined(upper, forearm, (near(wrist) - near(elbow)) * 0.6 - (near(shoulder) - near(elbow)) * 0.5)
        self._joined(forearm, hand, near(tips) - near(wrist))
        return [
            self._item(upper, shoulder, elbow, 0.034, paint_upper),
            self._item(forearm, elbow, wrist, 0.023, paint_forearm),
            self._item(hand, wrist, tips, 0.02, paint_hand),
        ]

    def _paint_hand(self, painter: QPainter, side: str, skin: Cloth, shade: int, *, goes_on: bool) -> None:
        """Flat, so broad from the palm and narrow from its edge; the thumb is at the forearm's front.

        Fingers that lie together are told by the lines between them, where the hand is large enough for lines.
        """
        ax, ay, _ = self._at[f"{side}_wrist"]
        bx, by, _ = self._at[f"{side}_hand"]
        fx, fy = self._forth[f"{side}_forearm"]
        scale = self._view.scale
        dx, dy = bx - ax, by - ay
        d = hypot(dx, dy) or 1.0
        broad = abs(-dy * fx + dx * fy) / (d * scale)
        wide = 0.0135 + 0.0095 * min(1.0, broad)
        rings = (
            (ax, ay, 0.0165 * scale),
            (ax + dx * 0.2, ay + dy * 0.2, (0.5 * wide + 0.008) * scale),
            (ax + dx * 0.58, ay + dy * 0.58, wide * scale),
            (ax + dx * 0.92, ay + dy * 0.92, 0.6 * wide * scale),
        )
        thumb = (
            (ax + dx * 0.25 + fx * 0.010, ay + dy * 0.25 + fy * 0.010, 0.0105 * scale),
            (ax + dx * 0.62 + fx * 0.030, ay + dy * 0.62 + fy * 0.030, 0.007 * scale),
        )
        self._brush.tube(painter, rings, skin, shade, goes_on_first=goes_on, flat=True)
        self._brush.tube(painter, thumb, skin, shade, goes_on_first=True, flat=True)
        if scale >= _FINGERS and broad > _BROAD:
            nx, ny = -dy / d * wide * scale, dx / d * wide * scale
            painter.setPen(QPen(skin.line[shade], self._brush.edge * 0.6, c=Qt.PenCapStyle.RoundCap))
            painter.drawLines(
                [
                    QLineF(ax + dx * t + nx * n, ay + dy * t + ny * n, ax + dx + nx * n * 0.75, ay + dy + ny * n * 0.75)
                    for t, n in _BETWEEN_FINGERS
                ]
            )

    # -- trunk --------------------------------------------------------------------------------------------------------

    def _trunk_item(self) -> Item:
        bars = [
            self._bar("pelvis", "waist", 0.075),
            self._bar("waist", "chest", 0.075),
            self._bar("w_hip", "o_hip", 0.06),
            self._bar("w_shoulder", "o_shoulder", 0.035),
        ]
        points = self._body.points
        places = [(points[name], r) for name, r in (("pelvis", 0.06), ("waist", 0.06), ("chest", 0.06))]
        places += [(points[f"{side}_{joint}"], 0.04) for side in SIDES for joint in ("hip", "shoulder")]
        return Item("trunk", bars, self._paint_trunk, points=places)

    def _paint_trunk(self, painter: QPainter, painted: set[str]) -> None:
        look, brush = self._look, self._brush
        brush.hulls(painter, self._hips(), look.shorts, 0)
        brush.hulls(painter, self._shirt(), look.top, 0)
        self._glow(painter, "trunk", painted)

    def _hips(self) -> list[tuple[Blob, ...]]:
        view, points, pelvis = self._view, self._body.points, self._body.frames["pelvis"]
        middle = within(view, points["pelvis"], pelvis)
        seat = blob(middle, (-0.008, 0.0, -0.004), (0.068, 0.1, 0.058))
        girdle = blob(middle, (0.0, 0.0, 0.05), (0.058, 0.092, 0.02))
        sides = [ball(view, add(points[f"{side}_hip"], turned(pelvis, (0.0, 0.0, 0.006))), 0.064) for side in SIDES]
        return [(seat, girdle, *sides)]

    def _shirt(self) -> list[tuple[Blob, ...]]:
        view, points, frames = self._view, self._body.points, self._body.frames
        pelvis = within(view, points["pelvis"], frames["pelvis"])
        loin = within(view, points["waist"], frames["loin"])
        chest = within(view, points["thorax"], frames["chest"])
        hem = blob(pelvis, (-0.002, 0.0, 0.034), (0.066, 0.1, 0.024))
        lift = self._breath / 2  # forwards and thicker by as much: the back stays where it is
        waist = blob(loin, (lift, 0.0, 0.035), (0.0575 + lift, 0.083 + lift, 0.035))
        ribs = blob(chest, (0.004 + lift, 0.0, 0.058), (0.066 + lift, 0.094, 0.062))
        breast = blob(chest, (0.006 + lift, 0.0, 0.112), (0.058 + lift, 0.098, 0.05))
        girdle = [blob(chest, (0.0, sign * 0.096, 0.15), (0.0335, 0.0335, 0.0335)) for sign in (1.0, -1.0)]
        nape = blob(chest, (-0.004, 0.0, 0.164), (0.034, 0.042, 0.026))
        return [(hem, waist), (waist, ribs, breast, *girdle, nape)]

    # -- neck and head ------------------------------------------------------------------------------------------------

    def _neck_item(self) -> Item:
        def paint(painter: QPainter, painted: set[str]) -> None:
            root = sub(self._body.points["neck"], turned(self._body.frames["chest"], (0.006, 0.0, 0.012)))
            x, y, _ = self._view.at(root)
            hx, hy, _ = self._view.at(between(self._body.points["neck"], self._body.points["head"], 0.55))
            scale = self._view.scale
            rings = ((x, y, 0.0325 * scale), ((x + hx) / 2, (y + hy) / 2, 0.029 * scale), (hx, hy, 0.029 * scale))
            self._brush.tube(painter, rings, self._look.skin, 1, goes_on_last="head" in painted, flat=True)

        up = unit(sub(self._body.points["head"], self._body.points["neck"]))
        facing = self._view.faces(up)
        self.known.append(("neck", "trunk") if facing < 0.35 else ("trunk", "neck"))
        self.known.append(("neck", "head") if facing > -0.6 else ("head", "neck"))
        self.known.append(("trunk", "head") if facing > -0.3 else ("head", "trunk"))
        return self._item("neck", "neck", "head", 0.03, paint)

    def _head_item(self) -> Item:
        middle = self._body.points["head"]
        head = Head(self._view, middle, self._body.frames["head"], self._brush, self._look)

        def paint(painter: QPainter, _painted: set[str]) -> None:
            head.paint(painter)

        return Item("head", [self._bar("head", "head", 0.06)], paint, points=((middle, 0.06),))
