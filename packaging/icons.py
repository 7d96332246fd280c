"""The icons of the program and of its files in every size and container that a desktop asks for (`make icons`).

    python packaging/icons.py [FOLDER]

Drawn from the two SVGs alone; the same drawing gives the same bytes.
"""

import struct
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "assets" / "icons" / "app.svg"
ROUTINE = ROOT / "packaging" / "linux" / "routine.svg"

SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)
ICNS_TYPES = {16: b"icp4", 32: b"icp5", 64: b"icp6", 128: b"ic07", 256: b"ic08", 512: b"ic09"}
"""Apple's names for PNGs of these sizes (Icon Services)."""


def png(svg: Path, size: int) -> bytes:
    """Draw an SVG as a PNG of so many pixels a side."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    drawing = QSvgRenderer(str(svg))
    if not drawing.isValid():
        raise SystemExit(f"{svg} cannot be drawn")
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    drawing.render(painter, QRectF(0, 0, size, size))
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload] # its stub asks for bytes, which it refuses
    return bytes(data.data())


def ico(pictures: dict[int, bytes]) -> bytes:
    """Pack PNGs as an icon file of Windows (since Vista it takes PNG in every size); 256 is written as 0."""
    at = 6 + 16 * len(pictures)
    head = struct.pack("<HHH", 0, 1, len(pictures))
    for size, data in pictures.items():
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(data), at)
        at += len(data)
    return head + b"".join(pictures.values())


def icns(pictures: dict[int, bytes]) -> bytes:
    """Pack PNGs as an icon file of macOS."""
    body = b"".join(ICNS_TYPES[size] + struct.pack(">I", len(data) + 8) + data for size, data in pictures.items())
    return b"icns" + struct.pack(">I", len(body) + 8) + body


def make(folder: Path) -> None:
    """Write `app-16.png` … `app-512.png`, `app.ico`, `app.icns`, and the same of `routine`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, svg in (("app", APP), ("routine", ROUTINE)):
        drawn = {size: png(svg, size) for size in SIZES}
        for size, data in drawn.items():
            (folder / f"{name}-{size}.png").write_bytes(data)
        (folder / f"{name}.ico").write_bytes(ico({size: drawn[size] for size in ICO_SIZES}))
        (folder / f"{name}.icns").write_bytes(icns({size: drawn[size] for size in ICNS_TYPES}))


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "icons")
