"""Made `schema-002.db` and `schema-002.json`: a log of the second schema, and its rows.

Kept to show where they come from. Never run it again: the two files stand for logs that people have.
"""

import json
import sqlite3
import tempfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from msgspec.structs import replace

from coach.core.log import Outing, Spot, TestResult, WholeLog
from coach.core.routine.exercise import PainSite
from coach.core.routine.routine import BodySide
from tests.store import made
from tests.store.make_schema_001 import HERE, dump


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = made.database(Path(folder))
        made.filled(path, made.whole(6))
        log = made.log_for_writing(path)
        log.start(made.head("unfinished"))
        log.append("unfinished", 0, 0.0, '{"kind":"started"}')
        log.take_in(WholeLog(days=(made.day_entry("corrected", morning=None, worst=9),)))
        log.take_in(_of_the_second())
        log.close()
        (HERE / "schema-002.db").write_bytes(path.read_bytes())
    with closing(sqlite3.connect(f"file:{HERE / 'schema-002.db'}?mode=ro", uri=True)) as conn:
        (HERE / "schema-002.json").write_text(json.dumps(dump(conn), indent=1) + "\n")


def _of_the_second() -> WholeLog:
    """What the first schema could not hold."""
    sore = replace(
        made.day_entry("sore", made.FIRST_DAY + timedelta(days=2)),
        limp=True,
        spots=(Spot(PainSite.LATERAL, BodySide.LEFT),),
    )
    whole: Outing = replace(made.outing("completed"), replaces="a-o0", pain_before=1, pain_after60=2)
    mistake: Outing = replace(made.outing("mistaken"), replaces="a-o1", struck=True)
    test: TestResult = replace(made.result("again"), replaces="a-t0", groin=True)
    return WholeLog(days=(sore,), outings=(whole, mistake), tests=(test,))


if __name__ == "__main__":
    main()
