"""What children do until they are killed. Each says in lines what is on the disk; `ready` when it begins."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path

from sqlite_utils import Database, Migrations

from coach.core.log import WholeLog
from coach.store import backup, connection, database, migrations
from coach.store.errors import StoreError
from coach.store.schema import KNOWN
from tests.store import made

Say = Callable[[str], None]
Args = dict[str, str]


def recording(say: Say, args: Args) -> None:
    """Whole sessions and single events, each acknowledged after it was recorded."""
    name = args["name"]
    log = made.log_for_writing(Path(args["path"]))
    log.start(made.head(f"{name}-live"))
    say("ready")
    for n in count(int(args.get("first", "0"))):
        log.take_in(WholeLog(sessions=(made.session(f"{name}-{n}"),)))
        say(f"session {name}-{n}")
        log.append(f"{name}-live", n, float(n), '{"kind":"rep_done"}')
        say(f"event {n}")
        if n == int(args.get("last", "-1")):
            break
    log.close()


def creating(say: Say, args: Args) -> None:
    """Migrate an empty or an older file, and end before the statement of the given number."""
    if args.get("version") == "newer":
        pretend_newer(setattr)
    path = Path(args["path"])
    with closing(connection.read_write(path)) as conn:
        say("ready")
        conn.set_trace_callback(_exit_at(int(args["statement"]), say))
        migrations.bring_up(conn)
    say("done")


def _exit_at(number: int, say: Say) -> Callable[[str], None]:
    left = number

    def trace(_statement: str) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            os._exit(9)

    return trace


def backing_up(say: Say, args: Args) -> None:
    """Write the copy of the day again and again."""
    path = Path(args["path"])
    conn = database.open_for_writing(path, now=made.NOW)
    say("ready")
    for n in count():
        backup.daily(conn, path.with_name("backups"), made.NOW)
        say(str(n))


def restoring(say: Say, args: Args) -> None:
    """Restore two copies in turn."""
    say("ready")
    for n in count():
        backup.restore(Path(args["path"]), Path(args["ab"[n % 2]]), now=made.NOW)
        say("ab"[n % 2])


def taking_in(say: Say, args: Args) -> None:
    """Take in one larger log after the other."""
    log = made.log_for_writing(Path(args["path"]))
    logs = [made.whole(25, f"{args['name']}{n}") for n in range(10)]
    say("ready")
    for n in count():
        log.take_in(logs[n % 10])
        say(str(n))


def filling(say: Say, args: Args) -> None:
    """Record until no file may grow any more, then, with the limit gone, what was kept in memory."""
    import resource  # not on Windows

    log = made.log_for_writing(Path(args["path"]))
    log.start(made.head("live"))
    say("ready")
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(args["bytes"]), resource.RLIM_INFINITY))
    for n in count():
        try:
            log.append("live", n, float(n), "x" * 2000)
        except StoreError as error:
            say(f"error {type(error).__name__} {getattr(error, 'reason', '')}")
            if args.get("die"):
                os._exit(9)
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            log.close()
            log = made.log_for_writing(Path(args["path"]))
            log.append("live", n, float(n), "x" * 2000)
            say(str(n))
            break
        say(str(n))
    log.close()


def opening(say: Say, args: Args) -> None:
    """Roll back what another left, again and again."""
    say("ready")
    log = made.log_for_writing(Path(args["path"]))
    say("open")
    log.close()


def pretend_newer(patch: Callable[[object, str, object], None]) -> None:
    """Let the program be a newer one, with one migration more."""

    def m_newer_mood(db: Database) -> None:
        db.execute("ALTER TABLE day_entry ADD COLUMN mood INTEGER")
        db.execute("UPDATE day_entry SET mood = 1")
        db.execute("CREATE INDEX day_entry_mood ON day_entry (mood)")

    newer = Migrations("coach")
    newer()(migrations.m001_initial)
    newer()(migrations.m002_where_and_corrections)
    newer()(migrations.m003_stage_of_a_run)
    newer()(m_newer_mood)
    patch(migrations, "MIGRATIONS", newer)
    for module in (migrations, connection, database, backup):
        patch(module, "KNOWN", KNOWN + 1)


def hot_journal(path: Path) -> None:
    """Leave what a kill in the middle of a big transaction leaves."""
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("PRAGMA cache_size=1")  # spill, so that the file itself is half new
    conn.execute("BEGIN IMMEDIATE")
    conn.execute("UPDATE event SET body = body || zeroblob(500)")
    os._exit(9)


def leaving_a_journal(say: Say, args: Args) -> None:
    """End in the middle of a transaction."""
    say("ready")
    hot_journal(Path(args["path"]))


JOBS: dict[str, Callable[[Say, Args], None]] = {
    job.__name__: job
    for job in (
        recording,
        creating,
        backing_up,
        restoring,
        taking_in,
        filling,
        opening,
        leaving_a_journal,
    )
}
