"""The pain trend of a log: of the mornings alone, and from no more of the log than it takes."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from coach.app.pain_trend import REMEMBERED_DAYS, PainTrend, morning_pain, pain_trend
from coach.app.surroundings import Log
from coach.core.clinical.trend import Verdict
from coach.core.log import DayEntry, WholeLog
from tests.core.clinical.mornings import ON, ago, mornings
from tests.store import made
from tests.ui.fakes import World

FALLING = mornings("9957787 6665456 5533454 4332322")


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    opened: Log = World(tmp_path).surroundings.open_log()
    yield opened
    opened.close()


def entered(log: Log, values: dict[date, int], worst: int | None = None) -> None:
    log.take_in(WholeLog(days=tuple(made.day_entry(f"d{day}", day, score, worst) for day, score in values.items())))


def known(found: PainTrend) -> tuple[Verdict, date | None, date | None, bool]:
    return found.trend.change.verdict, found.alarm, found.last_alarm, found.progressions_frozen


def test_the_trend_is_that_of_the_mornings(log: Log) -> None:
    entered(log, FALLING, worst=9)

    found = pain_trend(log, ON)

    assert known(found) == (Verdict.IMPROVING, None, None, False)
    assert found.trend.worst_last_7 == 4


def test_a_day_without_a_morning_has_no_value(log: Log) -> None:
    log.add(made.day_entry("evening", ON, None, 6))
    log.add(made.day_entry("both", ago(1), 2, 5))

    assert morning_pain(log) == {ago(1): 2}


def test_a_low_morning_after_a_painkiller_is_none_of_the_good_ones(log: Log) -> None:
    entered(log, mornings("1" * 28))
    log.add(replace(made.day_entry("again", ON, 1), analgesic=True, recorded=made.at(ON, 500)))

    found = pain_trend(log, ON).trend

    assert (found.share_to_2, found.share_to_1) == (27 / 28, 27 / 28)


def test_a_corrected_morning_counts_once(log: Log) -> None:
    first = made.day_entry("a", ON, 7)
    corrected: DayEntry = replace(first, uid="b", morning=3, recorded=made.at(ON, 500))
    log.add(first)
    log.add(corrected)

    assert morning_pain(log) == {ON: 3}


def test_an_alarm_stands_for_two_weeks_and_is_remembered_for_half_a_year(log: Log) -> None:
    entered(log, mornings("2" * 28 + "555555" + "2" * 20))
    came = ago(20)

    def at(days: int) -> tuple[date | None, date | None]:
        found = pain_trend(log, came + timedelta(days=days))
        return found.alarm, found.last_alarm

    assert [at(days) for days in (-1, 0, 13, 14, REMEMBERED_DAYS - 1, REMEMBERED_DAYS)] == [
        (None, None),
        (came, came),
        (came, came),
        (None, came),
        (None, came),
        (None, None),
    ]


def test_a_rise_of_a_point_holds_progressions(log: Log) -> None:
    entered(log, mornings("2" * 21 + "3" * 7 + "33333"))

    assert pain_trend(log, ON).progressions_frozen


def test_nothing_that_lies_further_back_or_ahead_is_read(log: Log) -> None:
    entered(log, FALLING | {ago(400): 9, ON + timedelta(days=1): 9})
    read: list[tuple[date | None, date | None]] = []
    days = log.days

    class Watched(Log):
        def days(self, since: date | None = None, until: date | None = None) -> tuple[DayEntry, ...]:
            read.append((since, until))
            return days(since, until)

    found = pain_trend(Watched(log.conn), ON)

    assert read == [(ago(REMEMBERED_DAYS + 59), ON)]
    assert found == pain_trend(log, ON)


def test_an_empty_log_has_too_little(log: Log) -> None:
    assert known(pain_trend(log, ON)) == (Verdict.TOO_LITTLE, None, None, False)
