"""What a sheet of paper is, to whoever asks for one."""

from enum import StrEnum

from msgspec import Struct


class PaperSize(StrEnum):
    """What paper a printer holds."""

    A4 = "a4"
    LETTER = "letter"


class Print(Struct, frozen=True):
    """How a document is put on paper; no size is that of the country."""

    size: PaperSize | None = None
    grey: bool = False
    """In greys alone, for a printer without colours."""
