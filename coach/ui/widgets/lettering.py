"""Text that is painted and not a label: broken into lines, and cut with an ellipsis where there is no more room."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption


def fitted(text: str, font: QFont, width: float, most: int) -> tuple[str, ...]:
    """`text` in lines of at most `width`, no more than `most` of them."""
    metrics = QFontMetricsF(font)
    if metrics.horizontalAdvance(text) <= width:
        return (text,)
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    units = text.encode("utf-16-le")  # Qt counts these, Python counts letters
    found: list[str] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        start = 2 * line.textStart()
        if len(found) == most - 1:
            rest = units[start:].decode("utf-16-le", "replace")
            found.append(metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width))
            break
        found.append(units[start : start + 2 * line.textLength()].decode("utf-16-le", "replace").strip())
    layout.endLayout()
    return tuple(found)
