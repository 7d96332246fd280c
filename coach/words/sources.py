"""Sources as a person reads them: in their own words, without the codes by which the clinical reference numbers them.

The codes stay in the data (`exercises.json`, `core/clinical`), where they lead to the reference.
"""

import re
from typing import Final

from coach.words.translate import capital, tr

_CODE: Final = r"S\d+[a-z]?"
_CODES: Final = rf"{_CODE}(?:(?:,| and) {_CODE})*"
_SECTION: Final = r"[Ss]ections? \d+(?:\.\d+)*(?:(?:,| and) \d+(?:\.\d+)*)*(?: of the clinical reference)?"
_LEADING: Final = re.compile(rf"^(?:{_CODES}|{_SECTION})\s*[–:,]\s*")
_IN_BRACKETS: Final = re.compile(rf"(?:\s+and)?\s*\((?:{_CODES}|{_SECTION})\)")
_AFTERWARDS: Final = re.compile(rf"[;,]\s*{_SECTION}(?=$|[;,])")
_OURS: Final = "ours: "
_LITERATURE: Final = "lit: "


def source(text: str) -> str:
    """`Review of foam-rolling parameters (30–120 s)` of `S69 – review of …`; `This project's own: 60 s rest`."""
    if text.startswith(_OURS):
        return tr("This project's own: {what}").format(what=text.removeprefix(_OURS))
    if text.startswith(_LITERATURE):
        return tr("From the literature: {what}").format(what=text.removeprefix(_LITERATURE))
    return capital(_AFTERWARDS.sub("", _IN_BRACKETS.sub("", _LEADING.sub("", text))))
