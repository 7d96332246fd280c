"""The migrations of the log, in order. One that was released is never edited; `schema.VERSIONS` holds what they do."""

import sqlite3

from sqlite_utils import Database, Migrations

from coach.store.connection import transaction
from coach.store.schema import APPLICATION_ID, KNOWN, VERSIONS

MIGRATIONS = Migrations("coach")


@MIGRATIONS()
def m001_initial(db: Database) -> None:
    """Make the log."""
    for statement in VERSIONS[0]:
        db.execute(statement)


@MIGRATIONS()
def m002_where_and_corrections(db: Database) -> None:
    """Where it hurts, a limp, pain before and an hour after a walk or run; corrections of walks, runs and tests."""
    for statement in VERSIONS[1]:
        db.execute(statement)


@MIGRATIONS()
def m003_stage_of_a_run(db: Database) -> None:
    """The stage of the return-to-run plan that a run was, and its minutes of running."""
    for statement in VERSIONS[2]:
        db.execute(statement)


@MIGRATIONS()
def m004_pain_that_was_not_told(db: Database) -> None:
    """A walk or run whose pain nobody told: one that a watch recorded."""
    for statement in VERSIONS[3]:
        db.execute(statement)


def bring_up(conn: sqlite3.Connection) -> None:
    """Apply what is pending, all of it or nothing; with nothing pending do nothing.

    sqlite-utils does not refuse a newer log, so version and application id are ours, set in the same transaction.
    """
    with transaction(conn):
        if conn.execute("PRAGMA user_version").fetchone()[0] >= KNOWN:
            return  # another process was first
        # Its own atomic() becomes a savepoint in our transaction. No plugins: each could touch the connection.
        MIGRATIONS.apply(Database(conn, execute_plugins=False, strict=True))
        conn.execute(f"PRAGMA application_id={APPLICATION_ID}")
        conn.execute(f"PRAGMA user_version={KNOWN}")
