"""The training day turns at four in the morning, by the clock on the wall, on every day of the year."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core.day import TURNS_AT_HOUR, instant, moment, training_day

ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia", "UTC"]
zones = st.sampled_from(ZONES)
utc_instants = st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@pytest.mark.parametrize(
    "hour, minute, day",
    [(0, 30, 20), (3, 59, 20), (4, 0, 21), (12, 0, 21), (23, 59, 21)],
)
def test_a_session_after_midnight_belongs_to_the_day_before(hour: int, minute: int, day: int) -> None:
    local = datetime(2026, 11, 21, hour, minute, tzinfo=ZoneInfo("Europe/Berlin"))

    assert training_day(local) == date(2026, 11, day)


@pytest.mark.parametrize("fold", [0, 1])
def test_the_hour_that_comes_twice_is_the_night_before_both_times(fold: int) -> None:
    local = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"), fold=fold)

    assert training_day(local) == date(2026, 10, 24)


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_the_day_turns_at_four_also_when_the_clocks_change(day: date) -> None:
    turn = datetime(day.year, day.month, day.day, TURNS_AT_HOUR, tzinfo=ZoneInfo("Europe/Berlin"))

    assert training_day(turn) == day
    assert training_day(turn - timedelta(minutes=1)) == day - timedelta(days=1)


@given(utc_instants, zones)
def test_the_training_day_is_today_or_before_four_yesterday(utc: datetime, zone: str) -> None:
    local = utc.astimezone(ZoneInfo(zone))

    day = training_day(local)

    assert day == local.date() - timedelta(days=local.hour < TURNS_AT_HOUR)


@given(utc_instants, zones)
def test_a_moment_names_its_instant_to_the_millisecond(utc: datetime, zone: str) -> None:
    named = moment(utc.astimezone(ZoneInfo(zone)), zone)

    assert timedelta(0) <= utc - instant(named.utc) < timedelta(milliseconds=1)
    assert named.utc.endswith("Z")
    assert named.zone == zone


@given(utc_instants, utc_instants, zones, zones)
def test_moments_sort_as_text_wherever_they_were_taken(one: datetime, other: datetime, here: str, there: str) -> None:
    earlier, later = sorted([one, other])

    assert moment(earlier.astimezone(ZoneInfo(here)), here).utc <= moment(later.astimezone(ZoneInfo(there)), there).utc


def test_what_is_entered_later_counts_for_the_day_it_was_about() -> None:
    now = datetime(2026, 11, 21, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))

    named = moment(now, "Europe/Berlin", date(2026, 11, 19))

    assert named.day == date(2026, 11, 19)
    assert named.utc == "2026-11-21T08:00:00.000Z"


def test_the_two_halves_of_a_repeated_hour_are_an_hour_apart() -> None:
    zone = ZoneInfo("Europe/Berlin")
    first, second = (moment(datetime(2026, 10, 25, 2, 30, tzinfo=zone, fold=fold), str(zone)) for fold in (0, 1))

    assert instant(second.utc) - instant(first.utc) == timedelta(hours=1)


@given(st.integers(2000, 2055), st.sampled_from([zone for zone in ZONES if zone != "Pacific/Apia"]))
def test_a_year_of_hours_loses_no_day_and_doubles_none(year: int, zone: str) -> None:
    """Hour by hour through both changes of the clocks: each day comes once, and as a whole."""
    first = datetime(year, 1, 1, 12, tzinfo=UTC)
    hours = [(first + timedelta(hours=n)).astimezone(ZoneInfo(zone)) for n in range(24 * 364)]

    days = [training_day(local) for local in hours]

    assert list(dict.fromkeys(days)) == [days[0] + timedelta(days=n) for n in range((days[-1] - days[0]).days + 1)]
    assert days == sorted(days)
    lengths = [days.count(day) for day in dict.fromkeys(days[24:-24])][1:-1]
    assert set(lengths) <= {23, 24, 25}


@given(utc_instants, zones, zones)
def test_after_a_flight_it_is_the_same_training_day_or_a_neighbouring_one(utc: datetime, home: str, away: str) -> None:
    there, here = (training_day(utc.astimezone(ZoneInfo(zone))) for zone in (away, home))

    assert abs((there - here).days) <= 1


@given(utc_instants, zones, zones)
def test_a_session_keeps_its_day_wherever_the_log_is_read_later(utc: datetime, home: str, away: str) -> None:
    recorded = moment(utc.astimezone(ZoneInfo(home)), home)

    read_there = instant(recorded.utc).astimezone(ZoneInfo(away))

    assert recorded.day == training_day(utc.astimezone(ZoneInfo(recorded.zone)))
    assert read_there == utc.replace(microsecond=utc.microsecond // 1000 * 1000)
