import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from coach.ui import icons
from coach.ui.icons import Icon


def painted(icon: Icon, colour: str, side: int = 24, ratio: float = 1.0) -> QImage:
    image = QImage(round(side * ratio), round(side * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    icons.paint(painter, icon, QRectF(0, 0, side, side), colour)
    painter.end()
    return image


def inked(image: QImage) -> list[QColor]:
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return [pixel for pixel in pixels if pixel.alpha() == 255]


@pytest.mark.parametrize("icon", Icon)
def test_every_icon_is_drawn_in_the_colour_it_is_given(qtbot: QtBot, icon: Icon) -> None:
    solid = inked(painted(icon, "#112233", side=48))

    assert solid
    assert {pixel.name() for pixel in solid} == {"#112233"}


@pytest.mark.parametrize("icon", Icon)
def test_every_icon_is_of_one_family(icon: Icon) -> None:
    text = icons.source(icon)
    root = ElementTree.fromstring(text)

    assert root.get("viewBox") == "0 0 24 24"
    assert root.get("stroke") == "currentColor"
    assert root.get("stroke-width") == "2"
    assert root.get("stroke-linecap") == root.get("stroke-linejoin") == "round"
    assert not re.search("#[0-9a-fA-F]{3}|href|<image|<style|<script", text)


def test_no_file_is_left_without_an_icon() -> None:
    folder = Path(icons.path("today")).parent
    names = {file.stem for file in folder.glob("*.svg")}

    fields = {name for name in names if name.startswith("field_")}

    assert fields == {"field_down", "field_minus", "field_plus"}
    assert names - fields - {"app"} == {icon.value for icon in Icon}  # `app` is the program's own


def test_an_icon_is_sharp_on_a_dense_screen(qtbot: QtBot) -> None:
    image = painted(Icon.PLUS, "#000000", side=20, ratio=1.75)

    assert image.width() == 35
    assert inked(image)


def test_a_menu_icon_has_two_densities(qtbot: QtBot) -> None:
    assert len(icons.qicon(Icon.FILE, "#000000").availableSizes()) == 2
