"""Made-up logs for the tests of the store."""

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from coach.core.day import Moment, moment
from coach.core.log import (
    Answer,
    DayEntry,
    Ending,
    FlagEntry,
    Outing,
    OutingKind,
    Question,
    SessionEnd,
    SessionHead,
    StoredEvent,
    TestResult,
    WholeLog,
    WholeSession,
)
from coach.store.database import open_for_reading, open_for_writing
from coach.store.journal import Log

NOW = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
FIRST_DAY = date(2026, 1, 5)


def at(day: date, minute: int = 0) -> Moment:
    return moment(datetime(day.year, day.month, day.day, 12, tzinfo=UTC) + timedelta(minutes=minute), "Europe/Berlin")


def head(uid: str, day: date = FIRST_DAY, plan: str = "[]") -> SessionHead:
    return SessionHead(uid, at(day), "hip-a", "Hüfte A", 2, '{"format": "rehab-routine"}', plan, True)


def event(seq: int) -> StoredEvent:
    return StoredEvent(seq, seq * 1.5, f'{{"kind":"rep_done","n":{seq}}}')


def session(uid: str, day: date = FIRST_DAY, events: int = 3, plan: str = "[]") -> WholeSession:
    answers = (
        Answer(f"{uid}-b", uid, Question.BEFORE, 2, "", at(day)),
        Answer(f"{uid}-n", uid, Question.NOTE, None, "a little stiff, märzhaft", at(day, 31)),
    )
    end = SessionEnd(uid, at(day, 30), Ending.FINISHED)
    return WholeSession(head(uid, day, plan), tuple(event(seq) for seq in range(events)), answers, end)


def day_entry(uid: str, day: date = FIRST_DAY, morning: int | None = 3, worst: int | None = 5) -> DayEntry:
    return DayEntry(uid, day, morning, worst, False, None, at(day, 480))


def outing(uid: str, day: date = FIRST_DAY) -> Outing:
    return Outing(uid, OutingKind.RUN, day, 25.5, 4.2, 168.0, 2, 1, False, True, at(day, 60))


def result(uid: str, day: date = FIRST_DAY) -> TestResult:
    return TestResult(uid, "side_plank", day, 31.5, 42.0, None, 1, at(day, 90))


def flag(uid: str, day: date = FIRST_DAY) -> FlagEntry:
    return FlagEntry(uid, "night_pain", day, True, at(day, 95))


def whole(days: int, name: str = "a", events: int = 8, seed: int = 7) -> WholeLog:
    """Make a log of so many days: a session, a day entry and an outing each, tests and flags now and then."""
    chance = random.Random(seed)
    dates = [FIRST_DAY + timedelta(days=n) for n in range(days)]
    return WholeLog(
        tuple(
            session(f"{name}-s{n}", day, events, plan="x" * chance.randrange(100, 300)) for n, day in enumerate(dates)
        ),
        tuple(day_entry(f"{name}-d{n}", day, chance.randrange(11)) for n, day in enumerate(dates)),
        tuple(outing(f"{name}-o{n}", day) for n, day in enumerate(dates)),
        tuple(result(f"{name}-t{n}", day) for n, day in enumerate(dates) if n % 3 == 0),
        tuple(flag(f"{name}-f{n}", day) for n, day in enumerate(dates) if n % 5 == 0),
    )


def database(folder: Path) -> Path:
    return folder / "home" / "coach.db"


def log_for_writing(path: Path) -> Log:
    return Log(open_for_writing(path, now=NOW))


def filled(path: Path, content: WholeLog) -> None:
    """Make a log with the content, and let go of it."""
    log = log_for_writing(path)
    log.take_in(content)
    log.close()


def content(path: Path) -> WholeLog:
    """Read everything a log holds."""
    log = Log(open_for_reading(path))
    try:
        return log.whole()
    finally:
        log.close()
