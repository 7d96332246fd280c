"""The line icons of `assets/icons`, tinted with the colour of the text beside them.

QtSvg is loaded when the first icon is painted, and each icon is drawn once per size and colour.
"""

from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:  # naming a class of Qt for the first time costs up to a millisecond: not before one is drawn
    from PySide6.QtGui import QIcon, QImage, QPainter

_INSTALLED: Final = Path(__file__).parent.parent / "_bundled" / "assets"
_CHECKOUT: Final = Path(__file__).parent.parent.parent / "assets"
_KEPT: Final = 512


class Icon(StrEnum):
    """Every icon, by the name of its file."""

    TODAY = "today"
    LIBRARY = "library"
    PROGRESS = "progress"
    RUNNING = "running"
    ROUTINES = "routines"
    LEARN = "learn"
    SETTINGS = "settings"
    PLAY = "play"
    PAUSE = "pause"
    SKIP = "skip"
    BACK = "back"
    END = "end"
    SOUND = "sound"
    SOUND_OFF = "sound_off"
    FLOOR = "floor"
    HURTS = "hurts"
    CHECK = "check"
    WARNING = "warning"
    PROBLEM = "problem"
    INFO = "info"
    PLUS = "plus"
    MINUS = "minus"
    MOON = "moon"
    SUN = "sun"
    CLOCK = "clock"
    FILE = "file"
    FOLDER = "folder"
    PERSON = "person"
    LEFT = "left"
    RIGHT = "right"
    UP = "up"
    DOWN = "down"
    CALENDAR = "calendar"
    RETURN = "return"
    SEARCH = "search"
    PRINT = "print"
    TRASH = "trash"
    EDIT = "edit"
    GRIP = "grip"
    UNDO = "undo"
    REDO = "redo"
    SAVE = "save"
    OPEN = "open"
    ICE = "ice"
    HEAT = "heat"
    SHOE = "shoe"


_WAIT: Final = "icons_wait"


def wait(app: QApplication) -> None:
    """Paint no icons for now: what draws them takes a tenth of a start to load."""
    app.setProperty(_WAIT, True)


def go_on(app: QApplication) -> None:
    """Paint them from now on, and those that were left out."""
    app.setProperty(_WAIT, None)
    for window in QApplication.topLevelWidgets():
        window.update()


def paint(painter: "QPainter", icon: Icon, box: QRectF, colour: str) -> None:
    """Paint `icon` into the square `box`, sharp at the device's own resolution."""
    app = QApplication.instance()
    if app is not None and app.property(_WAIT):
        return
    ratio = painter.device().devicePixelRatioF()
    side = max(1, round(min(box.width(), box.height()) * ratio))
    painter.drawImage(box, _image(icon, side, colour))


def qicon(icon: Icon, colour: str, side: int = 20) -> "QIcon":
    """Make an icon for a menu or a tray, which follows no palette: make it again when the appearance changes."""
    from PySide6.QtGui import QIcon, QPixmap

    made = QIcon()
    for ratio in (1, 2):
        pixmap = QPixmap.fromImage(_image(icon, side * ratio, colour))
        pixmap.setDevicePixelRatio(ratio)
        made.addPixmap(pixmap)
    return made


def source(icon: Icon) -> str:
    """The SVG text of `icon`."""
    return Path(path(icon)).read_text(encoding="utf-8")


def path(name: str) -> str:
    """Where the file of an icon lies, as a stylesheet may name it."""
    folder = _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT
    return (folder / "icons" / f"{name}.svg").as_posix()


@lru_cache(maxsize=_KEPT)
def _image(icon: Icon, side: int, colour: str) -> "QImage":
    from PySide6.QtCore import QByteArray, Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer  # 1 to 3 ms, and not before something is painted

    renderer = QSvgRenderer(QByteArray(source(icon).replace("currentColor", colour).encode()))
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    return image
