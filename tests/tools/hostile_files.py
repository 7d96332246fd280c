"""Writes docs/hostile-files.md: the families of the hostile files, and what the worst of them cost.

python -m tests.tools.hostile_files
"""

import os
import tempfile
from collections import Counter
from pathlib import Path

from tests.core.routine.hostile import Refused
from tests.files.answering import Answer, Answering
from tests.files.hostile import CASES

DOC = Path(__file__).parents[2] / "docs" / "hostile-files.md"
_WORST = 5

_HEAD = """# Hostile and careless files

One set of routine files, handout PDFs and texts of a handout's code (`tests/files/hostile.py`), made anew each time.
`tests/cli/test_hostile_files.py` gives each to `coach check`, and each that is to be refused to `coach import`, over a
home with a log in it. Every one is answered within 1 s and 200 MB, by a line that names the file and the place, with
exit status 1, without a traceback; afterwards every byte of the home is as it was. What is harmless is read: markup,
paths and spoofs in a text are shown as the text they are.

Recorded walks and runs (GPX, TCX, FIT) have a set of their own: `tests/files/test_recorded.py`.

"""


def table() -> str:
    """The families, and how many of each are refused and read."""
    every = Counter(family for family, _ in CASES)
    refused = Counter(family for family, case in CASES if isinstance(case.expected, Refused))
    rows = [
        f"| {family.replace('_', ' ')} | {count} | {refused[family]} | {count - refused[family]} |"
        for family, count in every.items()
    ]
    total, no = len(CASES), sum(refused.values())
    return "\n".join(
        (
            "| family | files | refused | read |",
            "|---|--:|--:|--:|",
            *rows,
            f"| **all** | {total} | {no} | {total - no} |",
        )
    )


def main() -> None:
    """Measure and write."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["COACH_HOME"] = str(Path(folder) / "home")
        found = _measured(Path(folder) / "file")
    slow = sorted(found, key=lambda one: -one[2].seconds)[:_WORST]
    large = sorted(found, key=lambda one: -one[2].memory)[:_WORST]
    lines = [
        "## The worst of them",
        "",
        "`coach check` on two cores with other work beside it, from the arguments to the exit status; Python itself",
        "takes another 0.2 s to start, and 31 MB of the memory are the program's own.",
        "",
        "| slowest | | largest | |",
        "|---|--:|---|--:|",
        *(
            f"| {_name(one)} | {one[2].seconds:.2f} s | {_name(two)} | {two[2].memory / 1e6:.0f} MB |"
            for one, two in zip(slow, large, strict=True)
        ),
    ]
    DOC.write_text(_HEAD + table() + "\n\n" + "\n".join(lines) + "\n", encoding="utf-8")


def _measured(file: Path) -> list[tuple[str, str, Answer]]:
    found = []
    with Answering() as answering:
        for family, case in CASES:
            file.write_bytes(case.make())
            runs = [answering.run("check", str(file)) for _ in range(2)]
            found.append((family, case.name, min(runs, key=lambda one: one.seconds)))
    return found


def _name(one: tuple[str, str, Answer]) -> str:
    return f"{one[0].partition(':')[0]}: {one[1]}"


if __name__ == "__main__":
    main()
