"""The person on the mat at one moment of an exercise; where an exercise brings no figure, a card stands in."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
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

_FINE: Final = 4
"""Digits of a share: less than a tenth of a pixel, and a figure that stands still is not painted anew."""
_CUES: Final = 3
_INSET: Final = 0.03


@dataclass(frozen=True, slots=True)
class Shown:
    """What of an exercise is shown: a share of the way from its start (0) to its end (1)."""

    exercise: Exercise
    side: Side | None = None
    share: float = 1.0
    glow: float = 0.0
    """How strongly the working muscles light up, 0 to 1."""
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
    scene = _scene(figure, _scene_side(shown.side), shown.turn, shown.tilt)
    body = scene.at(shown.share)
    inset = _INSET * min(box.width(), box.height())
    paint_figure(
        painter,
        box.adjusted(inset, inset, -inset, -inset),
        mirrored(body) if shown.swapped else body,
        scene,
        look(tokens, *theme.figure_wears()),
        glow=shown.glow,
        arrow=shown.arrow,
    )


@lru_cache(maxsize=128)
def _scene(figure: Figure, side: SceneSide, turn: float, tilt: float) -> Scene:
    return scene_of(figure, side, turn=turn, tilt=tilt)


def _scene_side(side: Side | None) -> SceneSide:
    match side:
        case Side.LEFT:
            return "left"
        case Side.RIGHT:
            return "right"
        case _:
            return "both"


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
    """Shows one moment as large as it fits; knows no clock and moves only when it is shown another moment."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Shown | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(48, 32)
        self.setAccessibleName(tr("Figure", "the drawn person, to a screen reader"))

    @property
    def shown(self) -> Shown | None:
        """What is shown now."""
        return self._shown

    def show_moment(self, shown: Shown | None) -> None:
        """Show a moment, or nothing."""
        fine = None if shown is None else replace(shown, share=round(shown.share, _FINE), glow=round(shown.glow, 2))
        if not _same(self._shown, fine):
            self._shown = fine
            self.update()

    def spoken(self) -> str:
        """Say the position the figure is in."""
        return position_words(self._shown.exercise.position) if self._shown is not None else ""

    def sizeHint(self) -> QSize:
        return QSize(480, 320)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._shown is None:
            return
        painter = QPainter(self)
        paint_shown(painter, QRectF(self.rect()), self._shown, theme.tokens_of(self))
        painter.end()


def _same(one: Shown | None, other: Shown | None) -> bool:
    if one is None or other is None:
        return one is other
    # The exercise by identity: comparing its texts sixty times a second would be a waste.
    return one.exercise is other.exercise and _rest(one) == _rest(other)


def _rest(shown: Shown) -> tuple[object, ...]:
    return shown.side, shown.share, shown.glow, shown.swapped, shown.arrow, shown.turn, shown.tilt
