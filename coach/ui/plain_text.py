"""The one door through which foreign text reaches a widget: always plain, never markup, never a file opened.

Foreign is every text that did not come from this program: routine files, notes, file names, messages of exceptions.
`QLabel`, `QMessageBox` and tooltips guess at rich text, and rich text opens the files it names. A text is shown in
normal form and without control characters; the file's own text stays as it came.
"""

import unicodedata
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from coach.ui import theme
from coach.ui.tokens import Size, Weight

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMessageBox

NAME_LIMIT: Final = 120
_MARKS_IN_A_ROW: Final = 4
"""More combining marks on one letter are a flood that paints over the neighbours."""

_UNSEEN: Final[dict[int, str | None]] = {
    # C0 and C1, overrides and isolates of writing direction, byte order marks.
    **dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]),
    **dict.fromkeys([0xFEFF, *range(0xFFF9, 0xFFFC)]),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    **dict.fromkeys([0x0A, 0x0D, 0x85, 0x2028, 0x2029], "\n"),
    0x09: "\t",
}


def clean(text: str) -> str:
    """`text` as it may be shown: normal form C, without control characters; lines stay lines."""
    if text.isascii() and text.isprintable():
        return text
    return _calm(unicodedata.normalize("NFC", text.replace("\r\n", "\n").translate(_UNSEEN)))


def clean_name(text: str, limit: int = NAME_LIMIT) -> str:
    """`text` as a name on one line, cut with an ellipsis after `limit` characters."""
    line = " ".join(clean(text).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "\u2026"


def _calm(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for letter in text:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks <= _MARKS_IN_A_ROW:
            kept.append(letter)
    return "".join(kept)


_INK: Final = QPalette.ColorRole.WindowText


class Type(NamedTuple):
    """How the text of a label is set."""

    size: float
    weight: int = Weight.NORMAL
    colour: QPalette.ColorRole = _INK
    wraps: bool = False
    capitals: bool = False
    tabular: bool = False
    """Figures of one width: for numbers that change while they are watched."""


class Role(Enum):
    """What a label is, which decides its type."""

    BODY = Type(Size.BODY, wraps=True)
    STRONG = Type(Size.BODY, Weight.STRONG)
    MUTED = Type(Size.BODY, colour=theme.MUTED, wraps=True)
    TIME = Type(Size.BODY, colour=theme.MUTED, tabular=True)
    SMALL = Type(Size.LABEL, colour=theme.MUTED, wraps=True)
    SECTION = Type(Size.LABEL, Weight.STRONG, theme.MUTED, capitals=True)
    CUE = Type(Size.CUE, colour=theme.MUTED, wraps=True)
    LEAD = Type(Size.CUE, Weight.STRONG, wraps=True)
    HEADING = Type(Size.HEADING, Weight.BOLD)
    TITLE = Type(Size.TITLE, Weight.BOLD)
    EXERCISE = Type(Size.EXERCISE, Weight.BOLD)
    NUMBER = Type(Size.EXERCISE, Weight.BOLD, tabular=True)
    OUT_OF = Type(Size.HEADING + 1, Weight.STRONG, theme.MUTED, tabular=True)
    ERROR = Type(Size.BODY, colour=theme.PROBLEM, wraps=True)

    def font(self, scale: float = 1.0) -> QFont:
        """The font of this role; `scale` enlarges it for floor mode."""
        kind: Type = self.value
        font = theme.font(kind.size * scale, kind.weight, tabular=kind.tabular)
        if kind.capitals:
            font.setCapitalization(QFont.Capitalization.AllUppercase)
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.6 * scale)
        elif kind.size >= Size.HEADING:
            font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 98.5)
        return font


def label(text: str = "", role: Role = Role.BODY, parent: QWidget | None = None) -> QLabel:
    """Make a label that shows `text` as plain text; running text wraps, headings do not."""
    made = QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(role.font())
    made.setForegroundRole(role.value.colour)
    if role.value.wraps:
        made.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    else:  # one line keeps its height, or a tall card would spread its headings apart
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    show(made, text)
    return made


def show(widget: QLabel, text: str) -> None:
    """Show `text` on `widget` as plain text."""
    widget.setTextFormat(Qt.TextFormat.PlainText)
    widget.setText(clean(text))


def set_role(widget: QLabel, role: Role, scale: float = 1.0) -> None:
    """Give a label the type of another role, or the same one larger."""
    widget.setFont(role.font(scale))
    widget.setForegroundRole(role.value.colour)


def message(parent: QWidget | None, title: str, text: str, more: str = "") -> "QMessageBox":
    """Make a message box that shows foreign text as plain text."""
    from PySide6.QtWidgets import QMessageBox  # a few milliseconds, and hardly ever needed

    box = QMessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(clean_name(title))
    box.setText(clean(text))
    if more:
        box.setInformativeText(clean(more))
    return box


def for_button(text: str) -> str:
    """A foreign name as a button, a tab or a menu may show it: `&` is a letter there, not a mnemonic."""
    return clean_name(text).replace("&", "&&")


def set_tooltip(widget: QWidget, text: str) -> None:
    """Set a tooltip; tooltips have no format setting, so the text goes in escaped."""
    widget.setToolTip(f"<qt>{_escaped(clean(text))}</qt>" if text else "")


def _escaped(text: str) -> str:
    """As `html.escape`, whose module costs more to load than the first paint can spare."""
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#x27;")):
        text = text.replace(sign, entity)
    return text
