"""All hostile and careless routine files as one set: JSON, handout PDFs, and the text of a handout's code.

Recorded walks and runs (GPX, TCX, FIT) and exported logs have sets of their own: they come in by another door.
"""

import zlib
from collections.abc import Iterator

from coach.core.routine.problems import Rule
from coach.files.routine_code import PREFIX, code_text
from tests.core.routine import hostile as json_files
from tests.core.routine.hostile import OK, Case, Read, Refused, packed, routine
from tests.files import hostile_pdfs

BROKEN = Refused("$", Rule.BROKEN_CODE)
_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def base45(data: bytes) -> str:
    """As RFC 9285 has it, written anew."""
    signs = []
    for at in range(0, len(data), 2):
        pair = data[at : at + 2]
        value = int.from_bytes(pair, "big")
        for _ in range(3 if len(pair) == 2 else 2):
            value, rest = divmod(value, 45)
            signs.append(_SIGNS[rest])
    return "".join(signs)


def codes() -> Iterator[Case]:
    """The text of a handout's code, as a phone may hand it on."""
    text = code_text(packed(routine(items=[{"exercise": "bridge", "reps": 5}])))

    def case(name: str, written: str, expected: Refused | Read = BROKEN) -> Case:
        return Case(name, written.encode, expected)

    yield case("a whole code", text, OK)
    yield case("with blank lines around it", f"\n\n{text}\n", OK)
    yield case("half of it", text[: len(text) // 2])
    yield case("all but the last letter", text[:-1])
    yield case("its beginning alone", PREFIX)
    yield case("letters that no code has", PREFIX + "äöü?&!")
    yield case("one letter changed", text[:40] + ("0" if text[40] != "0" else "1") + text[41:])
    yield case("a number too large for two bytes", PREFIX + ":::")
    yield case("longer than any code", PREFIX + "A" * 5_000)
    yield case("two million letters", PREFIX + "A" * 2_000_000)
    yield case("another number of the form", text.replace("REHAB1", "REHAB2"), Refused("$", Rule.NOT_JSON))
    bomb = base45(zlib.compress(bytes(2_500_000), 9))
    yield case("2.5 MB of zeros", PREFIX + bomb, Refused("$", Rule.TOO_LARGE))
    yield case("no JSON in it", PREFIX + base45(zlib.compress(b"hello")), Refused("$", Rule.NOT_JSON))
    yield case("a code within a code", PREFIX + base45(zlib.compress(text.encode(), 9)), Refused("$", Rule.NOT_JSON))
    bad = packed(routine(items=[{"exercise": "bridge", "sets": 0}]))
    yield case("a routine with 0 sets", code_text(bad), Refused("$.items[0].sets", Rule.TOO_SMALL))


CASES: tuple[tuple[str, Case], ...] = (
    *((f"JSON: {family}", case) for family, case in json_files.CASES),
    *((f"PDF: {family}", case) for family, case in hostile_pdfs.CASES),
    *(("code", case) for case in codes()),
)
"""Each with its family: `PDF: bombs`."""
