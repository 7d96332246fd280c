"""The routine that is attached inside a handout PDF. Nothing else of the PDF is looked at."""

import logging
import re
from itertools import islice
from typing import Any

from coach.core.routine.bounds import MAX_FILE_BYTES
from coach.core.routine.problems import Findings, Problem, Rule
from coach.core.routine.routine import FORMAT
from coach.files.pdf_reader import TooMuch, reader_of
from coach.files.routine_files import without_junk

MAX_PDF_BYTES = 10 * 2**20
MAX_ATTACHMENTS = 20
REPAIRED_UP_TO = 2**19
"""A damaged file above this size is not mended: looking through all of it for what is lost takes seconds."""
_END = re.compile(rb"startxref[ \t]*(?:\r\n|\r|\n)\s*[0-9]{1,12}\s*(?:\r\n|\r|\n)%%EOF")
_MOST_BEHIND = 2**16
"""The end is looked for so far from the last byte: mail puts lines of its own behind it."""


def attached_routine(pdf: bytes) -> bytes | Findings:
    """The bytes of the attached routine, or why there is none. The loader judges what they hold."""
    if len(pdf) > MAX_PDF_BYTES:
        return Findings((Problem("$", Rule.TOO_LARGE, limit=MAX_PDF_BYTES),))
    end = _end(pdf)
    if end is None:
        return _refused(Rule.NOT_A_PDF, _DAMAGED)
    pdf = pdf[:end]
    whole = _attached(pdf)
    if isinstance(whole, bytes):
        return whole
    # What stands before it may have been there when its table of contents was made, or have come since.
    own = without_junk(pdf)
    return _attached(own) if len(own) < len(pdf) else whole


_DAMAGED = "it is damaged or not whole"


def _end(pdf: bytes) -> int | None:
    """Where the document ends; None where its end is missing, which pypdf would look for line by line."""
    start = max(0, len(pdf) - _MOST_BEHIND)
    found = [match.end() for match in _END.finditer(pdf, start)]
    return found[-1] if found else None


def _attached(pdf: bytes) -> bytes | Findings:
    # What it finds wrong it says in its own words, on stderr if nobody else listens; ours are the findings.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)
    try:
        with reader_of(pdf, mends=len(pdf) <= REPAIRED_UP_TO) as reader:
            if reader.is_encrypted:
                return _refused(Rule.NOT_A_PDF, "it is protected by a password")
            found = _routine(reader)
    except TooMuch:
        return _refused(Rule.NOT_A_PDF, "reading it would take too much time or memory")
    except Exception:  # noqa: BLE001 # pypdf meets broken files with whatever breaks first: no fault of ours
        return _refused(Rule.NOT_A_PDF, _DAMAGED)
    if found is None:
        return _refused(Rule.NOTHING_ATTACHED)
    return found


def _routine(reader: Any) -> bytes | None:  # pypdf is imported late
    """The first attached JSON file that says it is a routine; else the first one, for its problems to be told."""
    first: bytes | None = None
    for name, contents in islice(reader.attachments.items(), MAX_ATTACHMENTS):
        if name.lower().endswith(".json") and contents:
            found = bytes(contents[0][: MAX_FILE_BYTES + 1])
            if FORMAT.encode() in found:
                return found
            first = found if first is None else first
    return first


def _refused(rule: Rule, found: object = None) -> Findings:
    return Findings((Problem("$", rule, found),))
