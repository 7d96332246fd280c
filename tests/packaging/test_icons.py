"""The icons: every size is drawn, can be told from a blank square, and is the same each time."""

import struct
from pathlib import Path

import icons
import pytest
from PySide6.QtGui import QImage


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("icons")
    icons.make(folder)
    return folder


@pytest.mark.parametrize("name", ["app", "routine"])
@pytest.mark.parametrize("size", icons.SIZES)
def test_each_size_is_drawn_to_its_edges_and_clear_at_the_corners(made: Path, name: str, size: int) -> None:
    image = QImage(str(made / f"{name}-{size}.png"))

    colours = {image.pixelColor(x, y).name() for x in range(size) for y in range(size)}
    assert (image.width(), image.height()) == (size, size)
    assert image.pixelColor(0, 0).alpha() == 0
    assert len(colours) > 10


def test_at_sixteen_pixels_the_hip_is_still_seen(made: Path) -> None:
    image = QImage(str(made / "app-16.png"))

    pixels = [image.pixelColor(x, y) for x in range(16) for y in range(16)]
    coral = [one for one in pixels if one.red() > 220 and 90 < one.green() < 170 and one.blue() < 140]
    white = [one for one in pixels if min(one.red(), one.green(), one.blue()) > 230 and one.alpha() == 255]
    assert len(coral) >= 4
    assert len(white) >= 12


def test_the_icon_of_windows_holds_every_size(made: Path) -> None:
    data = (made / "app.ico").read_bytes()

    _, kind, count = struct.unpack_from("<HHH", data)
    entries = [struct.unpack_from("<BBBBHHII", data, 6 + 16 * index) for index in range(count)]
    assert (kind, [entry[0] or 256 for entry in entries]) == (1, list(icons.ICO_SIZES))
    assert all(data[at : at + 4] == b"\x89PNG" for *_, at in entries)
    assert entries[-1][-1] + entries[-1][-2] == len(data)


def test_the_icon_of_macos_holds_every_size(made: Path) -> None:
    data = (made / "app.icns").read_bytes()

    found, at = [], 8
    while at < len(data):
        found.append(data[at : at + 4])
        at += struct.unpack_from(">I", data, at + 4)[0]
    assert found == list(icons.ICNS_TYPES.values())
    assert struct.unpack_from(">4sI", data) == (b"icns", len(data))


def test_the_same_drawing_gives_the_same_bytes(made: Path) -> None:
    assert icons.png(icons.APP, 48) == (made / "app-48.png").read_bytes()
