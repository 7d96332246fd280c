"""The person on the mat at one moment of an exercise; where an exercise brings no figure, a card stands in."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from coach.core.figure.rig import mirrored
from coach.core.routine.exercise import Exercise, Position, StepType
from coach.core.routine.figure import Figure
from coach.core.routine.plan import Side
from coach.ui import plain_text, theme
from coach.ui.a11y import Readout
from coach.ui.figure.look import look
from coach.ui.figure.paint import paint_figure
from coach.ui.figure.scene import Scene, SceneSide, scene_of
from coach.ui.tokens import STEP, Size, Tokens, Weight
from coach.words.translate import tr

_STEPS: Final = (30, 90)
"""Pictures of a movement from start to end, at least and at most: of ninety the largest step between two is a few
millimetres of the body."""
_GLOWS: Final = 20
_BREATHS: Final = 8
_ROOM_BYTES: Final = 96 * 2**20
_CUES: Final = 3
_INSET: Final = 0.03
_EDGE: Final = 2
"""Outlines and shadows may reach a little over the frame."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What of an exercise is shown: a share of the way from its start (0) to its end (1)."""

    exercise: Exercise
    side: Side | None = None
    share: float = 1.0
    glow: float = 0.0
    """How strongly the working muscles light up, 0 to 1."""
    breath: float = 0.0
    """How far chest and belly are lifted, 0 to 1."""
    swapped: bool = False
    """The other side takes its turn while one looks from the same place."""
    arrow: bool = False
    """With the way that it moves."""
    turn: float = 0.0
    tilt: float = 0.0
    """The camera, in degrees, from where the exercise wants it."""


def paint_shown(painter: QPainter, box: QRectF, shown: Shown, tokens: Tokens) -> None:
    """Paint it in the middle of `box`; leaves the painter as it was."""
    figure = shown.exercise.figure
    if figure is None:
        _paint_card(painter, box, shown.exercise, tokens)
        return
    scene = _scene_of(shown, figure)
    body = scene.at(shown.share)
    paint_figure(
        painter,
        _inner(box),
        mirrored(body) if shown.swapped else body,
        scene,
        look(tokens, *theme.figure_wears()),
        glow=shown.glow,
        breath=shown.breath,
        arrow=shown.arrow,
    )


def _inner(box: QRectF) -> QRectF:
    inset = _INSET * min(box.width(), box.height())
    return box.adjusted(inset, inset, -inset, -inset)


def _covered(box: QRectF, shown: Shown) -> QRect:
    """What of `box` the figure's picture fills, whole pixels."""
    figure = shown.exercise.figure
    if figure is None:
        return box.toAlignedRect()
    frame, inner = _scene_of(shown, figure).frame, _inner(box)
    wide, high = frame.right - frame.left, frame.bottom - frame.top
    scale = min(inner.width() / wide, inner.height() / high)
    found = QRectF(0, 0, wide * scale, high * scale)
    found.moveCenter(inner.center())
    return found.adjusted(-_EDGE, -_EDGE, _EDGE, _EDGE).intersected(box).toAlignedRect()


def _scene_of(shown: Shown, figure: Figure) -> Scene:
    return _scene(figure, _scene_side(shown.side), shown.turn, shown.tilt)


@lru_cache(maxsize=128)
def _scene(figure: Figure, side: SceneSide, turn: float, tilt: float) -> Scene:
    return scene_of(figure, side, turn=turn, tilt=tilt)


def _scene_side(side: Side | None) -> SceneSide:
    match side:
        case Side.RIGHT:
            return "right"
        case Side.BOTH:
            return "both"
        case _:  # a picture of no side in particular shows the left one at work
            return "left"


def _paint_card(painter: QPainter, box: QRectF, exercise: Exercise, tokens: Tokens) -> None:
    """The name, and how to do it in a few words: better than a wrong picture."""
    painter.save()
    unit = min(1.0, box.width() / 300, box.height() / 150)
    inset = 4 * STEP * unit
    room = box.adjusted(inset, inset, -inset, -inset)
    painter.setPen(QColor(tokens.ink))
    painter.setFont(theme.font(Size.HEADING * unit, Weight.BOLD))
    flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)
    used = painter.drawText(room, flags, plain_text.clean_name(exercise.name))
    cues = [step.text for step in exercise.steps if step.type is StepType.FORM_CUE][:_CUES]
    below = room.adjusted(0, used.height() + 2 * STEP * unit, 0, 0)
    if cues and below.height() > Size.BODY * unit:
        painter.setPen(QColor(tokens.muted))
        painter.setFont(theme.font(Size.BODY * unit))
        painter.setClipRect(below)
        painter.drawText(below, flags, "\n".join(plain_text.clean(cue) for cue in cues))
    painter.restore()


def position_words(position: Position) -> str:
    """The starting position in words, for a reader and beside a still picture."""
    match position:
        case Position.SUPINE:
            return tr("Lying on the back, knees bent")
        case Position.SIDE_LYING:
            return tr("Lying on the side, knees bent")
        case Position.PRONE:
            return tr("Lying face down")
        case Position.HALF_KNEELING:
            return tr("Kneeling on one knee")
        case Position.SITTING:
            return tr("Sitting")
        case Position.STANDING:
            return tr("Standing")


class FigureView(Readout):
    """Shows one moment as large as it fits; knows no clock and moves only when it is shown another moment.

    A movement has a limited number of pictures. Each is drawn once and kept while there is room: a rep that comes again
    costs no more than showing them. `warm` draws one that is still missing, for the time before the movement begins.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Shown | None = None
        self._kept = _Kept()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(48, 32)
        self.setAccessibleName(tr("Figure", "the drawn person, to a screen reader"))

    @property
    def shown(self) -> Shown | None:
        """What is shown now."""
        return self._shown

    def show_moment(self, shown: Shown | None) -> None:
        """Show a moment, or nothing."""
        fine = None if shown is None else _nearest(shown, self._steps(shown))
        if fine is None or self._shown is None or _key(fine) != _key(self._shown):
            self._shown = fine
            self.update()

    def warm(self) -> bool:
        """Draw one picture of the movement that will be needed and is not there yet; False if there is none."""
        shown = self._shown
        if shown is None or shown.exercise.figure is None:
            return False
        steps = self._steps(shown)
        for step in range(steps + 1):
            share = step / steps
            wanted = replace(shown, share=share, glow=_fine_glow(share))
            if not self._kept.has(self._about(wanted)):
                self._picture(wanted)
                return self._kept.has_room
        return False

    def spoken(self) -> str:
        """Say the position the figure is in."""
        return position_words(self._shown.exercise.position) if self._shown is not None else ""

    def sizeHint(self) -> QSize:
        return QSize(480, 320)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._shown is None:
            return
        painter = QPainter(self)
        painter.drawPixmap(self._place(self._shown).topLeft(), self._picture(self._shown))
        painter.end()

    def _picture(self, shown: Shown) -> QPixmap:
        about = self._about(shown)
        found = self._kept.get(about)
        if found is None:
            ratio, place = self.devicePixelRatioF(), self._place(shown)
            found = QPixmap(place.size() * ratio)
            found.setDevicePixelRatio(ratio)
            found.fill(Qt.GlobalColor.transparent)
            painter = QPainter(found)
            painter.translate(-place.topLeft())
            paint_shown(painter, QRectF(self.rect()), shown, theme.tokens_of(self))
            painter.end()
            self._kept.keep(about, found)
        return found

    def _place(self, shown: Shown) -> QRect:
        return _covered(QRectF(self.rect()), shown)

    def _steps(self, shown: Shown) -> int:
        """Into how many pictures a movement is divided: as many as there is room for."""
        place = self._place(shown)
        each = max(1, round(place.width() * place.height() * self.devicePixelRatioF() ** 2 * 4))
        least, most = _STEPS
        return min(most, max(least, _ROOM_BYTES // each - 1 - _BREATHS))

    def _about(self, shown: Shown) -> tuple[object, ...]:
        """All that a picture depends on."""
        wears = theme.figure_wears()
        return _key(shown), self.width(), self.height(), self.devicePixelRatioF(), theme.tokens_of(self).scheme, wears


class _Kept:
    """The pictures of latest use, as many as there is room for."""

    def __init__(self) -> None:
        self._pictures: dict[object, QPixmap] = {}
        self._bytes = 0

    @property
    def has_room(self) -> bool:
        """Whether another picture could be kept without another one going."""
        largest = max((_bytes(one) for one in self._pictures.values()), default=0)
        return self._bytes + largest <= _ROOM_BYTES

    def has(self, about: object) -> bool:
        """Whether this picture is there."""
        return about in self._pictures

    def get(self, about: object) -> QPixmap | None:
        """The picture, if it is there; it is of latest use now."""
        found = self._pictures.pop(about, None)
        if found is not None:
            self._pictures[about] = found
        return found

    def keep(self, about: object, picture: QPixmap) -> None:
        """Keep it, in place of those that were not used for longest."""
        self._pictures[about] = picture
        self._bytes += _bytes(picture)
        while self._bytes > _ROOM_BYTES and len(self._pictures) > 1:
            oldest = next(iter(self._pictures))
            self._bytes -= _bytes(self._pictures.pop(oldest))


def _bytes(picture: QPixmap) -> int:
    return picture.width() * picture.height() * 4


def _nearest(shown: Shown, steps: int) -> Shown:
    """The moment with its share and its glow rounded to those that there are pictures of."""
    share = round(shown.share * steps) / steps
    # Where the glow goes with the movement it does so picture by picture.
    glow = _fine_glow(share if shown.glow == shown.share else shown.glow)
    return replace(shown, share=share, glow=glow, breath=round(shown.breath * _BREATHS) / _BREATHS)


def _fine_glow(glow: float) -> float:
    return round(glow * _GLOWS) / _GLOWS


def _key(shown: Shown) -> tuple[object, ...]:
    # The exercise by identity: comparing its texts sixty times a second would be a waste.
    lit = shown.share, shown.glow, shown.breath
    return id(shown.exercise), shown.side, lit, shown.swapped, shown.arrow, shown.turn, shown.tilt
