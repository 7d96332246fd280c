import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from coach.core.routine.exercise import Position
from coach.ui.tokens import DARK, LIGHT, Tokens
from coach.ui.widgets.figure import FigureView, Pose, Side, paint_figure, position_words


def drawn(position: Position, side: Side | None = "left", tokens: Tokens = LIGHT, width: int = 400) -> QImage:
    image = QImage(width, width * 3 // 4, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(tokens.panel))
    painter = QPainter(image)
    paint_figure(painter, QRectF(image.rect()), Pose("bridge", position, side), tokens)
    painter.end()
    return image


def colours(image: QImage) -> set[str]:
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    words = memoryview(plain.constBits()).cast("I")
    return {f"#{word & 0xFFFFFF:06X}" for word in set(words)}


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("position", Position)
def test_a_whole_person_is_drawn_on_a_mat(qtbot: QtBot, position: Position, tokens: Tokens) -> None:
    seen = colours(drawn(position, tokens=tokens))

    figure = tokens.figure
    assert {figure.skin, figure.hair, figure.top, figure.shorts, figure.shoes, figure.mat} <= seen


@pytest.mark.parametrize("position", Position)
def test_the_other_side_is_the_mirror_image(qtbot: QtBot, position: Position) -> None:
    left, right = drawn(position, "left"), drawn(position, "right")

    assert left != right
    mirrored = right.flipped(Qt.Orientation.Horizontal)
    off = sum(left.pixelColor(x, y) != mirrored.pixelColor(x, y) for x in range(0, 400, 4) for y in range(0, 300, 4))
    assert off < 0.03 * 100 * 75  # edges may fall on the other side of a pixel


@pytest.mark.parametrize("position", Position)
@pytest.mark.parametrize("width", [48, 400, 1200])
def test_nothing_is_cut_off(qtbot: QtBot, position: Position, width: int) -> None:
    image = drawn(position, width=width)

    edge = {image.pixelColor(x, y).name().upper() for x in range(image.width()) for y in (0, image.height() - 1)}
    edge |= {image.pixelColor(x, y).name().upper() for y in range(image.height()) for x in (0, image.width() - 1)}
    assert edge == {LIGHT.panel}


def test_a_still_figure_does_not_pretend_to_move(qtbot: QtBot) -> None:
    view = FigureView()
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show_pose(Pose("bridge", Position.SUPINE, "left", "up", 0.1))
    before = view.grab().toImage()

    view.show_pose(Pose("bridge", Position.SUPINE, "left", "up", 0.9))

    assert view.grab().toImage() == before


def test_the_view_says_the_position(qtbot: QtBot) -> None:
    view = FigureView()
    qtbot.addWidget(view)
    assert view.spoken() == ""
    assert not view.grab().isNull()

    view.show_pose(Pose("clamshell", Position.SIDE_LYING))

    assert view.spoken() == "Lying on the side, knees bent"
    assert len({position_words(position) for position in Position}) == len(Position)


def test_the_painter_is_left_as_it_was(qtbot: QtBot) -> None:
    image = QImage(100, 100, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    painter.translate(3, 4)
    before = painter.transform()

    paint_figure(painter, QRectF(0, 0, 100, 100), Pose("x", Position.STANDING), DARK)

    assert painter.transform() == before
    painter.end()
