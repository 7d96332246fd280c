"""Routine files on disk: read without following anything in them, written whole or not at all."""

from pathlib import Path

from coach.core.routine.bounds import MAX_FILE_BYTES
from coach.files.ordinary import must_be_ordinary

SUFFIX = ".rehab.json"
_OWN = f".own{SUFFIX}"
"""The end of the name of a routine that was made here."""
_PDF = b"%PDF-"
_MAX_JUNK = 1024
"""Readers of PDF look for its beginning so far into a file: mail and scanners put lines of their own before it."""
_BLANK = b"\xef\xbb\xbf \t\r\n"


def read_bytes(path: Path) -> bytes:
    """The bytes of an ordinary file, at most one more than a routine may have. Raises OSError."""
    must_be_ordinary(path)
    with path.open("rb") as file:
        return file.read(MAX_FILE_BYTES + 1)


def is_pdf(data: bytes) -> bool:
    """Whether these bytes are a PDF document, whatever the file is called."""
    # A routine may speak of one.
    return _PDF in data[: _MAX_JUNK + len(_PDF)] and not data.lstrip(_BLANK).startswith(b"{")


def without_junk(pdf: bytes) -> bytes:
    """The document from its own beginning on: its table of contents counts from there."""
    return pdf[max(0, pdf.find(_PDF)) :]


def is_own(path: Path) -> bool:
    """Whether a routine of the data folder was made here."""
    return path.name.endswith(_OWN)


def former_name(name: str, data: bytes) -> str:
    """The name under which a file is kept that another one of its name takes the place of."""
    from hashlib import blake2b

    suffix = _OWN if name.endswith(_OWN) else SUFFIX
    return f"{name.removesuffix(suffix)}-{blake2b(data, digest_size=4).hexdigest()}{suffix}"


def file_name(routine_id: str, revision: int, *, own: bool = False) -> str:
    """A name that every file system takes, and that no id can lead out of its folder."""
    plain = "".join(
        letter if letter.isascii() and (letter.isalnum() or letter in "-_") else "-" for letter in routine_id
    )
    from hashlib import blake2b  # it brings OpenSSL along, and only for what is taken over

    mark = blake2b(routine_id.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    return f"{plain[:60].strip('-') or 'routine'}-{mark}-r{revision}{_OWN if own else SUFFIX}"
