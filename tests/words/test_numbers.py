"""Numbers, lengths of time and days, as people write and say them."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.words import numbers

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    "seconds,said",
    [(0, "0:00"), (9, "0:09"), (59.4, "0:59"), (59.6, "1:00"), (1420, "23:40"), (3599.7, "1:00:00"), (3723, "1:02:03")],
)
def test_a_clock_is_written_as_on_a_clock(seconds: float, said: str) -> None:
    assert numbers.clock(seconds) == said


@given(st.floats(0, 200_000))
def test_a_clock_is_never_more_than_half_a_second_off(seconds: float) -> None:
    parts = [int(part) for part in numbers.clock(seconds).split(":")]

    told = sum(part * 60**place for place, part in enumerate(reversed(parts)))

    assert abs(told - seconds) <= 0.5
    assert all(part < 60 for part in parts[1:])


@pytest.mark.parametrize(
    "number,said",
    [
        (30, "30"),
        (30.0, "30"),
        (2.5, "2.5"),
        (0.25, "0.25"),
        (0.1 + 0.2, "0.3"),
        (1e6, "1000000"),
        (-1.5, "-1.5"),
        (0, "0"),
    ],
)
def test_a_figure_has_no_needless_decimals(number: float, said: str) -> None:
    assert numbers.figure(number) == said


def test_seconds_have_their_unit() -> None:
    assert (numbers.seconds(45), numbers.seconds(2.5)) == ("45 s", "2.5 s")


@pytest.mark.parametrize(
    "seconds,said",
    [(0, "about 0 s"), (44.2, "about 45 s"), (60, "about 1 min"), (89, "about 1 min"), (1420, "about 24 min")],
)
def test_a_length_is_about_so_many_minutes(seconds: float, said: str) -> None:
    assert numbers.about_minutes(seconds) == said


def test_a_length_just_under_a_minute_is_not_sixty_seconds() -> None:
    assert numbers.about_minutes(59.5) == "about 1 min"


@pytest.mark.parametrize(
    "number,said",
    [
        (0, "zero"),
        (7, "seven"),
        (13, "thirteen"),
        (20, "twenty"),
        (45, "forty-five"),
        (100, "one hundred"),
        (101, "one hundred and one"),
        (200, "two hundred"),
        (999, "nine hundred and ninety-nine"),
        (1000, "1000"),
    ],
)
def test_a_number_is_said_in_words(number: int, said: str) -> None:
    assert numbers.spoken(number) == said


def test_every_number_is_said_differently() -> None:
    said = [numbers.spoken(number) for number in range(1000)]

    assert len(set(said)) == 1000
    assert all(re.fullmatch(r"[a-z]+([ -][a-z]+)*", words) for words in said)


@pytest.mark.parametrize(
    "seconds,said",
    [
        (1, "one second"),
        (2, "two seconds"),
        (45, "forty-five seconds"),
        (59.6, "one minute"),
        (60, "one minute"),
        (61, "one minute one"),
        (90, "one minute thirty"),
        (120, "two minutes"),
        (3600, "sixty minutes"),
    ],
)
def test_a_length_is_said_as_people_say_it(seconds: float, said: str) -> None:
    assert numbers.spoken_seconds(seconds) == said


def test_one_rep_is_not_one_reps() -> None:
    assert (numbers.spoken_reps(1), numbers.spoken_reps(12)) == ("one rep", "twelve reps")


def test_days_have_names() -> None:
    assert numbers.long_day(date(2026, 11, 24)) == "Tuesday 24 November"
    assert [numbers.weekday(date(2026, 11, 16 + n))[:3] for n in range(7)] == "Mon Tue Wed Thu Fri Sat Sun".split()
    assert [numbers.month(date(2026, n, 1))[:3] for n in range(1, 13)] == (
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    )


def test_the_year_is_named_where_it_is_another_one() -> None:
    assert numbers.short_day(date(2026, 12, 4), TODAY) == "4 December"
    assert numbers.short_day(date(2027, 1, 4), TODAY) == "4 January 2027"


@pytest.mark.parametrize(
    "away,said",
    [
        (0, "today"),
        (1, "tomorrow"),
        (-1, "yesterday"),
        (2, "in 2 days"),
        (14, "in 14 days"),
        (15, "5 December"),
        (-2, "2 days ago"),
        (-14, "14 days ago"),
        (-15, "5 November"),
        (60, "19 January 2027"),
    ],
)
def test_a_day_is_named_from_today(away: int, said: str) -> None:
    assert numbers.from_today(TODAY + timedelta(days=away), TODAY) == said
