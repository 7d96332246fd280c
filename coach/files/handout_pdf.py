"""The routine that is attached inside a hand-out PDF. Nothing else of the PDF is looked at."""

import logging
from io import BytesIO
from typing import Any

from coach.core.routine.bounds import MAX_FILE_BYTES
from coach.core.routine.problems import Findings, Problem, Rule

MAX_PDF_BYTES = 50 * 2**20
MAX_ATTACHMENTS = 20


def attached_routine(pdf: bytes) -> bytes | Findings:
    """The bytes of the first attached JSON file, or why there is none. The loader judges what they hold."""
    from pypdf import PdfReader  # 0.1 s, and only for PDFs
    from pypdf.errors import PyPdfError

    # What it finds wrong it says in its own words, on stderr if nobody else listens; ours are the findings.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)
    try:
        reader = PdfReader(BytesIO(pdf))
        if reader.is_encrypted:
            return _refused(Rule.NOT_A_PDF, "it is protected by a password")
        found = _first_json(reader)
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, OSError):
        # pypdf meets broken files with whatever breaks first; none of it is the reader's fault.
        return _refused(Rule.NOT_A_PDF, "it is damaged or not whole")
    if found is None:
        return _refused(Rule.NOTHING_ATTACHED)
    return found


def _first_json(reader: Any) -> bytes | None:  # pypdf is imported late
    for number, (name, contents) in enumerate(reader.attachments.items()):
        if number >= MAX_ATTACHMENTS:
            return None
        if name.lower().endswith(".json") and contents:
            return bytes(contents[0][: MAX_FILE_BYTES + 1])
    return None


def _refused(rule: Rule, found: object = None) -> Findings:
    return Findings((Problem("$", rule, found),))
