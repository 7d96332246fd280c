"""Made `schema-003.db` and `schema-003.json`: a log of the third schema, and its rows.

Kept to show where they come from. Never run it again: the two files stand for logs that people have.
"""

import json
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from msgspec.structs import replace

from coach.core.log import WholeLog
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
        run = replace(made.outing("run"), stage=3, running_min=9.0)
        mistake = replace(made.outing("mistaken"), replaces="a-o1", struck=True)
        log.take_in(WholeLog(outings=(run, mistake)))
        log.close()
        (HERE / "schema-003.db").write_bytes(path.read_bytes())
    with closing(sqlite3.connect(f"file:{HERE / 'schema-003.db'}?mode=ro", uri=True)) as conn:
        (HERE / "schema-003.json").write_text(json.dumps(dump(conn), indent=1) + "\n")


if __name__ == "__main__":
    main()
