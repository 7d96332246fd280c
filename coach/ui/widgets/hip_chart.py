"""The region of the hip from the front and from the back, to show where it hurts: by click, or by arrows and Space."""

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from msgspec import Struct
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTransform,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from coach.core.log import Spot
from coach.core.routine.exercise import PainSite
from coach.core.routine.routine import BodySide
from coach.ui import icons, theme
from coach.ui.plain_text import clean
from coach.ui.tokens import FOCUS_WIDTH, STEP, TARGET, Size, Tokens, Weight, mix
from coach.words.places import spot_words
from coach.words.translate import tr

VIEW: Final = (204, 268)
"""One view in the units of the drawing; the body's middle is at 0, its height runs down from the waist."""

LARGEST: Final = 1.15
"""How much larger than its units the chart is drawn at the desk, where there is room."""

_HEAD, _FOOT, _CAPTION = 24, 24, 28
"""For the words above and below a view, and below both."""


class SpotsChosen(Struct, frozen=True):
    """Where the person says it hurts; empty is nowhere."""

    spots: tuple[Spot, ...]


class _Area(Struct, frozen=True):
    """An ellipse on one of the views: the side is where it lies on the paper, -1 left and 1 right."""

    back: bool
    spot: Spot
    x: float
    y: float
    rx: float
    ry: float
    turned: float = 0.0


def _pair(site: PainSite, *, back: bool, x: float, y: float, rx: float, ry: float, turned: float = 0.0) -> list[_Area]:
    """Both sides of the body; whom one faces has the right hip at one's left."""
    right, left = Spot(site, BodySide.RIGHT), Spot(site, BodySide.LEFT)
    inward, outward = (left, right) if back else (right, left)
    return [_Area(back, inward, -x, y, rx, ry, -turned), _Area(back, outward, x, y, rx, ry, turned)]


# No area is smaller than a finger, also where the drawing is at its smallest.
_AREAS: Final = (
    *_pair(PainSite.LATERAL, back=False, x=76, y=104, rx=22.5, ry=28),
    *_pair(PainSite.GROIN, back=False, x=29, y=126, rx=22.5, ry=27, turned=24),
    *_pair(PainSite.LATERAL_THIGH, back=False, x=68, y=194, rx=22.5, ry=50, turned=7),
    *_pair(PainSite.SIT_BONE, back=True, x=29, y=140, rx=23, ry=24),
    *_pair(PainSite.LATERAL, back=True, x=76, y=104, rx=22.5, ry=28),
    *_pair(PainSite.LATERAL_THIGH, back=True, x=68, y=194, rx=22.5, ry=50, turned=7),
    _Area(True, Spot(PainSite.BACK), 0, 38, 48, 27),
)
SPOTS: Final = tuple(dict.fromkeys(area.spot for area in _AREAS))
"""Every place that can be shown, in the order of the Home and End keys."""


_HOME: Final = {area.spot: area for area in reversed(_AREAS)}
"""Where the keyboard shows a place that is seen in both views: in the first."""


class _Stop(QAbstractButton):
    """One place, for the keyboard and for readers; the chart paints it and hears the mouse."""

    def __init__(self, spot: Spot, parent: QWidget) -> None:
        super().__init__(parent)
        self.spot = spot
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(spot_words(spot))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # A button of its own would take the arrows as Tab; the chart knows better.
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event


class HipChart(QWidget):
    """Shows where it hurts and lets it be told. One tab stop; arrows move, Space puts a place in or takes it out."""

    chosen = Signal(object)  # SpotsChosen

    def __init__(self, question: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._largest = LARGEST
        self._pointed: Spot | None = None
        self._stops = {spot: _Stop(spot, self) for spot in SPOTS}
        for stop in self._stops.values():
            stop.clicked.connect(self._toggled)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMouseTracking(True)
        self.setAccessibleName(clean(question))
        self.setAccessibleDescription(tr("Arrows move from place to place, Space chooses it or takes it back."))
        self._rove(SPOTS[0])

    @property
    def spots(self) -> tuple[Spot, ...]:
        """What is chosen now."""
        return tuple(spot for spot, stop in self._stops.items() if stop.isChecked())

    def show_largest(self, scale: float) -> None:
        """Be drawn larger where there is room, words and all: for the mat."""
        self._largest = scale
        self.updateGeometry()
        self._place()
        self.update()

    @property
    def whole_width(self) -> int:
        """How wide it is with both views as large as they may be."""
        return round(2 * VIEW[0] * self._largest) + 4 * STEP

    def on_chosen(self, take: Callable[[SpotsChosen], object]) -> None:
        """Call `take` with all that is chosen, whenever the person changes it."""
        self.chosen.connect(take)

    def show_spots(self, spots: tuple[Spot, ...]) -> None:
        """Show places that are known; tells nobody. One whose side is not known is shown on both."""
        told = {(spot.site, spot.side) for spot in spots}
        for spot, stop in self._stops.items():
            stop.setChecked((spot.site, spot.side) in told or (spot.site, None) in told)
        self._rove(next(iter(self.spots), SPOTS[0]))
        self.update()

    def stop(self, spot: Spot) -> QAbstractButton:
        """What the keyboard and a reader know of a place."""
        return self._stops[spot]

    def middle_of(self, spot: Spot) -> QPointF:
        """Where one would click."""
        return self._path(_HOME[spot]).boundingRect().center()

    def focus_chart(self) -> None:
        """Put the keyboard on a place that is chosen, or on the first."""
        theme.focus_by_keys(self._stops[next(iter(self.spots), SPOTS[0])])

    def _toggled(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, _Stop):
            self._rove(pressed.spot)
        self._tell()

    def _tell(self) -> None:
        self.update()
        self.chosen.emit(SpotsChosen(self.spots))

    def _rove(self, spot: Spot) -> None:
        """Only this place is reached by Tab: nine stops for one question would be eight too many."""
        for one, stop in self._stops.items():
            here = one == spot
            stop.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self._stops[spot])

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = next((spot for spot, stop in self._stops.items() if stop.hasFocus()), None)
        goal = None if here is None else self._beside(here, event.key())
        if goal is None:
            super().keyPressEvent(event)
            return
        self._rove(goal)
        theme.focus_by_keys(self._stops[goal])
        self.update()

    def _beside(self, here: Spot, key: int) -> Spot | None:
        if key == Qt.Key.Key_Home:
            return SPOTS[0]
        if key == Qt.Key.Key_End:
            return SPOTS[-1]
        way = _WAYS.get(Qt.Key(key))
        if way is None:
            return None
        at = self.middle_of(here)
        costs = {}
        for spot in SPOTS:
            off = self.middle_of(spot) - at
            along = off.x() * way[0] + off.y() * way[1]
            aside = abs(off.x() * way[1]) + abs(off.y() * way[0])
            if along > 1 and aside < _SIDEWAYS * along:
                costs[spot] = along + aside
        return min(costs, key=costs.__getitem__, default=here)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self._at(event.position()))

    def leaveEvent(self, event: object) -> None:
        del event
        self._point(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = self._at(event.position())
        if spot is None or event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        stop = self._stops[spot]
        stop.setFocus(Qt.FocusReason.MouseFocusReason)
        stop.click()

    def _point(self, spot: Spot | None) -> None:
        if spot != self._pointed:
            self._pointed = spot
            if spot is None:
                self.unsetCursor()
            else:
                self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.update()

    def _at(self, point: QPointF) -> Spot | None:
        return next((area.spot for area in _AREAS if self._path(area).contains(point)), None)

    # Geometry

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        scale, beside = self._fit(width)
        view = VIEW[1] * scale + (_HEAD + _FOOT) * self._type
        return round((view if beside else 2 * view + 2 * STEP) + _CAPTION * self._type)

    @property
    def _type(self) -> float:
        """How much larger the words are."""
        return max(1.0, self._largest / LARGEST)

    def _fit(self, width: int) -> tuple[float, bool]:
        """How large to draw, and whether the views stand side by side."""
        beside = width >= 2 * VIEW[0] + 4 * STEP
        room = (width - 4 * STEP) / 2 if beside else width
        return max(1.0, min(self._largest, room / VIEW[0])), beside

    def sizeHint(self) -> QSize:
        width = 2 * VIEW[0] + 4 * STEP
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(VIEW[0], VIEW[1] + _HEAD + _FOOT + _CAPTION)

    def resizeEvent(self, event: QResizeEvent) -> None:
        del event
        self._place()

    def _place(self) -> None:
        for spot, stop in self._stops.items():
            box = self._path(_HOME[spot]).boundingRect().toAlignedRect()
            stop.setGeometry(box.united(QRect(0, 0, TARGET, TARGET).translated(box.topLeft())))

    def _view(self, *, back: bool) -> tuple[QPointF, float]:
        """Where the middle of a view's upper edge is, and how large it is drawn."""
        scale, beside = self._fit(self.width())
        head = _HEAD * self._type
        wide, tall = VIEW[0] * scale, VIEW[1] * scale + (_HEAD + _FOOT) * self._type
        if beside:
            return QPointF(wide / 2 + (wide + 4 * STEP) * back, head), scale
        return QPointF(self.width() / 2, head + (tall + 2 * STEP) * back), scale

    def _placed(self, *, back: bool) -> QTransform:
        at, scale = self._view(back=back)
        return QTransform().translate(at.x(), at.y()).scale(scale, scale)

    def _path(self, area: _Area) -> QPainterPath:
        path = QPainterPath()
        path.addEllipse(QPointF(0, 0), area.rx, area.ry)
        return (
            QTransform().rotate(area.turned) * QTransform().translate(area.x, area.y) * self._placed(back=area.back)
        ).map(path)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme.tokens_of(self)
        for back in (False, True):
            self._paint_words(painter, tokens, back=back)
            painter.save()
            painter.setTransform(self._placed(back=back), combine=True)
            _paint_body(painter, tokens, back=back)
            painter.restore()
        for area in _AREAS:
            self._paint_area(painter, tokens, area)
        self._paint_caption(painter, tokens)
        painter.end()

    def _paint_words(self, painter: QPainter, tokens: Tokens, *, back: bool) -> None:
        at, scale = self._view(back=back)
        half, foot, kind = VIEW[0] * scale / 2, at.y() + VIEW[1] * scale, self._type
        painter.setPen(QColor(tokens.muted))
        painter.setFont(theme.font(Size.LABEL * kind, Weight.STRONG))
        head = QRectF(at.x() - half, at.y() - _HEAD * kind, 2 * half, _HEAD * kind - STEP)
        painter.drawText(head, Qt.AlignmentFlag.AlignCenter, tr("From behind") if back else tr("From the front"))
        painter.setFont(theme.font(Size.LABEL * kind))
        words = (tr("left", "side of the body"), tr("right", "side of the body"))
        for place, word in enumerate(words if back else reversed(words)):
            box = QRectF(at.x() - half + place * half, foot, half, _FOOT * kind)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)

    def _paint_area(self, painter: QPainter, tokens: Tokens, area: _Area) -> None:
        """A chosen place has a tick and a firm edge, an open one a dotted edge: seen without colour."""
        path, stop = self._path(area), self._stops[area.spot]
        pointed = self._pointed == area.spot
        if stop.isChecked():
            painter.setPen(QPen(QColor(tokens.now_text), 2))
            painter.setBrush(QColor(mix(tokens.now, tokens.ink, 0.1) if pointed else tokens.now))
            painter.drawPath(path)
            middle, side = path.boundingRect().center(), 20.0 * self._type
            box = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
            icons.paint(painter, icons.Icon.CHECK, box, tokens.panel)
        else:
            ground = QColor(mix(tokens.panel, tokens.now, 0.35 if pointed else 0.0))
            ground.setAlphaF(0.75 if pointed else 0.35)
            painter.setPen(QPen(QColor(tokens.muted), 1.5, Qt.PenStyle.SolidLine if pointed else Qt.PenStyle.DotLine))
            painter.setBrush(ground)
            painter.drawPath(path)
        if theme.focus_visible(stop):
            # A hair of the ground between: seen on the body, on its edge and around a chosen place.
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for colour, width in ((tokens.panel, FOCUS_WIDTH + 3), (tokens.action, FOCUS_WIDTH + 1)):
                painter.setPen(QPen(QColor(colour), width))
                painter.drawPath(path)

    def _paint_caption(self, painter: QPainter, tokens: Tokens) -> None:
        here = self._pointed or next((spot for spot, stop in self._stops.items() if stop.hasFocus()), None)
        scale, beside = self._fit(self.width())
        width, tall = 2 * VIEW[0] * scale + 4 * STEP if beside else self.width(), _CAPTION * self._type
        box = QRectF(0, self.heightForWidth(self.width()) - tall, width, tall)
        painter.setFont(theme.font(Size.BODY * self._type, Weight.NORMAL if here is None else Weight.STRONG))
        painter.setPen(QColor(tokens.muted if here is None else tokens.ink))
        text = tr("Press where it hurts, as many places as fit") if here is None else spot_words(here)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap), text)


_WAYS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_SIDEWAYS: Final = 2.5
"""How much further aside than ahead a neighbour may lie."""


@lru_cache(maxsize=1)
def _edge() -> QPainterPath:
    """The outer edge of the right half, from the waist to above the knee."""
    path = QPointF(57, 0)
    edge = QPainterPath(path)
    edge.cubicTo(59, 22, 68, 36, 76, 60)
    edge.cubicTo(84, 82, 89, 104, 87, 128)
    edge.cubicTo(85, 170, 79, 216, 71, 268)
    return edge


@lru_cache(maxsize=1)
def _inner() -> QPainterPath:
    """The inner edge of the right thigh, from below upwards."""
    edge = QPainterPath(QPointF(20, 268))
    edge.cubicTo(21, 230, 17, 196, 5, 164)
    return edge


@lru_cache(maxsize=1)
def _body() -> QPainterPath:
    half = QPainterPath(QPointF(0, 0))
    half.lineTo(57, 0)
    half.connectPath(_edge())
    half.lineTo(20, 268)
    half.connectPath(_inner())
    half.quadTo(2, 158, 0, 158)
    half.closeSubpath()
    return half.united(_MIRROR.map(half)).simplified()


_MIRROR: Final = QTransform().scale(-1, 1)


@lru_cache(maxsize=2)
def _landmarks(*, back: bool) -> QPainterPath:
    """The right half of what one knows one's way by: creases and bones under the skin."""
    lines = QPainterPath()
    if back:
        lines.moveTo(66, 58)  # crest of the ilium
        lines.cubicTo(52, 56, 32, 62, 20, 72)
        lines.moveTo(0, 88)  # cleft
        lines.lineTo(0, 156)
        lines.moveTo(7, 168)  # fold of the buttock
        lines.cubicTo(22, 178, 44, 178, 62, 166)
        lines.addEllipse(QPointF(17, 74), 2.2, 2.2)
    else:
        lines.moveTo(66, 62)  # crest of the ilium to its front point
        lines.cubicTo(62, 66, 60, 72, 60, 80)
        lines.moveTo(58, 84)  # the crease of the groin
        lines.cubicTo(44, 106, 24, 136, 5, 158)
        lines.moveTo(0, 22)  # navel
        lines.lineTo(0, 27)
    return lines


def _paint_body(painter: QPainter, tokens: Tokens, *, back: bool) -> None:
    """A warm paper person, the same for everybody; it fades out where it goes on above and below."""
    flesh = QColor(mix(tokens.panel, tokens.figure.skin, 0.45 if tokens.scheme == "light" else 0.3))
    line = QColor(mix(tokens.panel, tokens.figure.skin_line, 0.85))
    clear = QColor(flesh)
    clear.setAlpha(0)
    fade = QLinearGradient(0, 0, 0, VIEW[1])
    for stop, colour in ((0.0, clear), (0.08, flesh), (0.86, flesh), (1.0, clear)):
        fade.setColorAt(stop, colour)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fade)
    painter.drawPath(_body())
    faint = QColor(line)
    faint.setAlpha(0)
    ink = QLinearGradient(0, 0, 0, VIEW[1])
    for stop, colour in ((0.0, faint), (0.1, line), (0.84, line), (1.0, faint)):
        ink.setColorAt(stop, colour)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for half in (QTransform(), _MIRROR):
        painter.setPen(QPen(ink, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPath(half.map(_edge()))
        painter.drawPath(half.map(_inner()))
        painter.setPen(QPen(line, 1.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPath(half.map(_landmarks(back=back)))
    if back:
        painter.setPen(QPen(ink, 1.2, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(0, 0), QPointF(0, 66))
