"""Made `schema-001.db` and `schema-001.json`: a log of the first released schema, and its rows.

Kept to show where they come from. Never run it again once version 1 is released: the two files stand for logs that
people have. A later schema gets its own script and files.
"""

import json
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from coach.core.log import WholeLog
from tests.store import made

HERE = Path(__file__).parent
TABLES = ("session", "event", "session_end", "answer", "day_entry", "outing", "test_result", "flag")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = made.database(Path(folder))
        made.filled(path, made.whole(6))
        log = made.log_for_writing(path)
        log.start(made.head("unfinished"))
        log.append("unfinished", 0, 0.0, '{"kind":"started"}')
        log.take_in(WholeLog(days=(made.day_entry("corrected", morning=None, worst=9),)))
        log.close()
        (HERE / "schema-001.db").write_bytes(path.read_bytes())
    with closing(sqlite3.connect(f"file:{HERE / 'schema-001.db'}?mode=ro", uri=True)) as conn:
        (HERE / "schema-001.json").write_text(json.dumps(dump(conn), indent=1) + "\n")


def dump(conn: sqlite3.Connection) -> dict[str, object]:
    """Every row of every table."""
    plain: dict[str, object] = {}
    for table in TABLES:
        found = conn.execute(f"SELECT * FROM {table} ORDER BY rowid")
        names = [column[0] for column in found.description]
        rows = [[cell.hex() if isinstance(cell, bytes) else cell for cell in row] for row in found]
        plain[table] = {"columns": names, "rows": rows}
    return plain


if __name__ == "__main__":
    main()
