"""The moving figure of an exercise, as large as it fits. It knows no clock: it shows the share it is told."""

from collections import OrderedDict
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from coach.core.figure.rig import Rig
from coach.core.routine.exercise import Exercise, StepType
from coach.ui import theme
from coach.ui.a11y import Readout
from coach.ui.figure.look import look
from coach.ui.figure.paint import paint_figure
from coach.ui.figure.scene import Scene, SceneSide, scene_of
from coach.ui.plain_text import clean
from coach.ui.tokens import RADIUS_CARD, STEP, HairColour, SkinTone, Weight
from coach.ui.widgets.figure import position_words
from coach.words.translate import tr

_KEPT: Final = 12
"""So many exercises' rigs and scenes are kept."""
_CUES: Final = 3


class BodyView(Readout):
    """Shows one exercise's figure, or a card with its name and first cues where it has none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._exercise: Exercise | None = None
        self._side: SceneSide = "left"
        self._scene: Scene | None = None
        self._share = 0.0
        self._glow = 0.0
        self._turn = 0.0
        self._arrow = False
        self._skin, self._hair = SkinTone.LIGHT, HairColour.BROWN
        self._rigs: OrderedDict[str, tuple[Exercise, Rig]] = OrderedDict()
        self._scenes: OrderedDict[tuple[str, SceneSide, float], Scene] = OrderedDict()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(48, 32)
        self.setAccessibleName(tr("Figure", "the drawn person, to a screen reader"))

    def show_scene(self, exercise: Exercise | None, side: SceneSide | None = None) -> None:
        """Show an exercise from its start; without one show nothing."""
        side = side or "left"
        if side == self._side and (exercise is self._exercise or exercise == self._exercise):
            return
        self._exercise, self._side = exercise, side
        self._share, self._glow = 0.0, 0.0
        self._scene = self._scene_now()
        self.update()

    def show_share(self, share: float, *, glow: float = 0.0) -> None:
        """Show the body so far from start (0) to end (1), its muscles lit up by `glow` (0 to 1)."""
        if (share, glow) != (self._share, self._glow):
            self._share, self._glow = share, glow
            self.update()

    def turn(self, degrees: float) -> None:
        """Look at the body from so many degrees further round than the exercise says."""
        if degrees != self._turn:
            self._turn = degrees
            self._scene = self._scene_now()
            self.update()

    def show_arrow(self) -> None:
        """Show the way of the movement, as a preview does."""
        self._arrow = True
        self.update()

    def hide_arrow(self) -> None:
        """Show the body alone."""
        self._arrow = False
        self.update()

    def wear(self, skin: SkinTone, hair: HairColour) -> None:
        """Give the figure the skin and hair that a person chose."""
        self._skin, self._hair = skin, hair
        self.update()

    def spoken(self) -> str:
        """Say which exercise is shown, and its starting position."""
        if self._exercise is None:
            return ""
        return f"{clean(self._exercise.name)}. {position_words(self._exercise.position)}"

    def sizeHint(self) -> QSize:
        return QSize(480, 320)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._exercise is None:
            return
        painter = QPainter(self)
        if self._scene is None:
            self._paint_card(painter, self._exercise)
        else:
            worn = look(theme.tokens_of(self), self._skin, self._hair)
            body = self._scene.at(self._share)
            paint_figure(painter, QRectF(self.rect()), body, self._scene, worn, glow=self._glow, arrow=self._arrow)
        painter.end()

    def _scene_now(self) -> Scene | None:
        exercise = self._exercise
        if exercise is None or exercise.figure is None:
            return None
        rig = self._rig(exercise)
        key = (exercise.id, self._side, self._turn)
        scene = self._scenes.pop(key, None)
        if scene is None or scene.rig is not rig:
            scene = scene_of(exercise.figure, self._side, turn=self._turn, rig=rig)
        self._scenes[key] = scene
        if len(self._scenes) > _KEPT:
            self._scenes.popitem(last=False)
        return scene

    def _rig(self, exercise: Exercise) -> Rig:
        """The rig of an exercise; one of the same name in another routine may have another figure."""
        kept = self._rigs.pop(exercise.id, None)
        if kept is None or kept[0] != exercise:
            assert exercise.figure is not None
            kept = exercise, Rig(exercise.figure)
        self._rigs[exercise.id] = kept
        if len(self._rigs) > _KEPT:
            self._rigs.popitem(last=False)
        return kept[1]

    def _paint_card(self, painter: QPainter, exercise: Exercise) -> None:
        """The name and the first cues, for an exercise that nobody has drawn."""
        tokens = theme.tokens_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        space = QRectF(self.rect())
        unit = max(1.0, min(space.width() / 480, space.height() / 320))
        inset = min(4 * STEP * unit, space.width() / 12)
        card = space.adjusted(inset, inset, -inset, -inset)
        painter.setPen(QPen(QColor(tokens.line), 1.0))
        painter.setBrush(QColor(tokens.ground))
        painter.drawRoundedRect(card, RADIUS_CARD, RADIUS_CARD)
        inner = card.adjusted(inset, inset, -inset, -inset)
        if inner.width() < 40 or inner.height() < 12:
            return
        heading = QFont(self.font())
        heading.setPixelSize(max(9, min(round(26 * unit), round(inner.height() / 3))))
        heading.setWeight(QFont.Weight(Weight.BOLD))
        top = _paint_text(painter, inner, clean(exercise.name), heading, tokens.ink)
        body = QFont(self.font())
        body.setPixelSize(max(9, round(17 * unit)))
        cues = [step.text for step in exercise.steps if step.type in (StepType.STEP, StepType.FORM_CUE)][:_CUES]
        for cue in cues:
            top += 2 * STEP * unit
            rest = QRectF(inner.left(), top, inner.width(), inner.bottom() - top)
            if rest.height() < body.pixelSize() * 1.3:
                break
            top = _paint_text(painter, rest, clean(cue), body, tokens.muted)


def _paint_text(painter: QPainter, box: QRectF, text: str, font: QFont, colour: str) -> float:
    """Paint wrapped text and say where it ends; what does not fit in is left out."""
    flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    needed = QFontMetricsF(font).boundingRect(box, flags, text)
    if needed.height() > box.height():
        line = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        text, flags = line, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        needed = QFontMetricsF(font).boundingRect(box, flags, text)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(box, flags, text)
    return box.top() + needed.height()
