"""pypdf, kept from unpacking without end and from looking for minutes through what is broken.

It reads a few bytes at a time and looks through the whole file for each object that it misses: half a megabyte made
for it takes minutes. So what it reads is counted, and it gives up where a handout would long have been read.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

_MOST_UNPACKED = 8 * 2**20
"""Of one stream, in bytes: four times what a routine file may have."""
_MOST_WORK = 5 * _MOST_UNPACKED
_MOST_ENTRIES = 50_000
"""Of a packed table of contents."""
_MOST_TRIED = 100
"""So many objects are looked at for a lost catalog."""
_MOST_READ = 100_000
"""So often may it read; a handout of sixty exercises takes some thousands."""
_MOST_BYTES, _MOST_OFTEN = 32 * 2**20, 16
"""So many bytes may it read, and so often the whole file."""


class TooMuch(BaseException):
    """It asks for more work than any handout. No Exception, or pypdf would take it for a broken object and go on."""


@contextmanager
def reader_of(pdf: bytes, *, mends: bool) -> Iterator[Any]:  # pypdf is imported late
    """A reader of a document, for as long as it is open; with `mends` it looks for what is not where it should be.

    Raises whatever breaks, and TooMuch.
    """
    from pypdf import PdfReader, apply_configuration  # 0.1 s, and only for PDFs
    from pypdf.errors import LimitReachedError, PdfReadError

    class Unmending(PdfReader):
        """Never makes the table of contents anew; a strict reader of pypdf 7.1 does so where the table is cut off."""

        def _rebuild_xref_table(self, stream: Any) -> None:
            raise PdfReadError("the table of contents is broken")

    kind = PdfReader if mends else Unmending
    with apply_configuration(
        maximum_declared_stream_length=_MOST_UNPACKED,
        array_based_stream_maximum_output_length=_MOST_UNPACKED,
        lzw_maximum_output_length=_MOST_UNPACKED,
        run_length_maximum_output_length=_MOST_UNPACKED,
        zlib_maximum_output_length=_MOST_UNPACKED,
        zlib_maximum_recovery_input_length=_MOST_UNPACKED,
        brotli_maximum_output_length=_MOST_UNPACKED,
        stream_decoding_work_maximum_length=_MOST_WORK,
        jbig2dec_binary=None,  # a picture that is attached as a routine starts no other program
        disable_legacy_handling=True,
    ):
        try:
            yield kind(
                _Counted(pdf),
                strict=not mends,
                root_object_recovery_limit=_MOST_TRIED,
                xref_stream_maximum_entries=_MOST_ENTRIES,
            )
        except LimitReachedError as error:
            raise TooMuch from error


class _Counted(BytesIO):
    """Counts how often and how much is read."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__(pdf)
        self._times = 0
        self._left = _MOST_BYTES + _MOST_OFTEN * len(pdf)

    def read(self, size: int | None = -1, /) -> bytes:
        found = super().read(size)
        self._times += 1
        if self._times > _MOST_READ:
            raise TooMuch
        self._spend(len(found))
        return found

    def getbuffer(self) -> memoryview:
        found = super().getbuffer()
        self._spend(found.nbytes)  # it is asked for to look through all of it
        return found

    def _spend(self, count: int) -> None:
        self._left -= count
        if self._left < 0:
            raise TooMuch
