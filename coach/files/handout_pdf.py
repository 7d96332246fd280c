"""The routine that is attached inside a hand-out PDF. Nothing else of the PDF is looked at."""

import logging
from io import BytesIO
from itertools import islice
from typing import Any

from coach.core.routine.bounds import MAX_FILE_BYTES
from coach.core.routine.problems import Findings, Problem, Rule
from coach.core.routine.routine import FORMAT
from coach.files.routine_files import without_junk

MAX_PDF_BYTES = 50 * 2**20
MAX_ATTACHMENTS = 20


def attached_routine(pdf: bytes) -> bytes | Findings:
    """The bytes of the attached routine, or why there is none. The loader judges what they hold."""
    whole = _attached(pdf)
    if isinstance(whole, bytes):
        return whole
    # What stands before it may have been there when its table of contents was made, or have come since.
    own = without_junk(pdf)
    return _attached(own) if len(own) < len(pdf) else whole


def _attached(pdf: bytes) -> bytes | Findings:
    from pypdf import PdfReader  # 0.1 s, and only for PDFs
    from pypdf.errors import PyPdfError

    # What it finds wrong it says in its own words, on stderr if nobody else listens; ours are the findings.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)
    try:
        reader = PdfReader(BytesIO(pdf))
        if reader.is_encrypted:
            return _refused(Rule.NOT_A_PDF, "it is protected by a password")
        found = _routine(reader)
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, OSError):
        # pypdf meets broken files with whatever breaks first; none of it is the reader's fault.
        return _refused(Rule.NOT_A_PDF, "it is damaged or not whole")
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
