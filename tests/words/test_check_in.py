from datetime import UTC, date, datetime

import pytest

from coach.core.clinical.asking import Done, DoneKind
from coach.core.day import moment
from coach.core.log import DayEntry, Spot
from coach.core.routine.exercise import PainSite
from coach.core.routine.routine import BodySide
from coach.words import check_in as words

TODAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def done(kind: DoneKind, title: str = "") -> Done:
    return Done(f"{kind}{title}", kind, title, TODAY, NOON)


def entry(**answers: object) -> DayEntry:
    known = {"morning": None, "worst": None, "night": None, "analgesic": None, **answers}
    return DayEntry(uid="e", day=TODAY, recorded=moment(NOON, "UTC"), **known)  # type: ignore[arg-type]  # its answers


STRENGTH, STRETCH = done(DoneKind.SESSION, "Hip strength A"), done(DoneKind.SESSION, "Stretch")
WALK, RUN = done(DoneKind.WALK), done(DoneKind.RUN)


@pytest.mark.parametrize(
    "of,said",
    [
        ((), ""),
        ((STRENGTH,), "This is also the answer to yesterday's Hip strength A."),
        ((STRENGTH, WALK), "This is also the answer to yesterday's Hip strength A and yesterday's walk."),
        (
            (STRENGTH, STRETCH, RUN),
            "This is also the answer to yesterday's Hip strength A, yesterday's Stretch and yesterday's run.",
        ),
        ((WALK, WALK), "This is also the answer to yesterday's walk."),
    ],
)
def test_the_morning_names_what_its_answer_is_for(of: tuple[Done, ...], said: str) -> None:
    assert words.about(of) == said


def test_an_hour_after_names_what_was_done() -> None:
    assert words.after60_question(STRENGTH) == "How is the hip now, after Hip strength A?"
    assert words.after60_question(WALK) == "How is the hip now, after your walk?"
    assert words.after60_told(RUN, 3) == "After your run: 3 of 10"


def test_a_day_is_told_on_one_line() -> None:
    assert words.morning_told(None) == "This morning: not answered"
    assert words.morning_told(entry(morning=0, night=False)) == "This morning: 0 of 10"
    whole = entry(morning=4, night=True, analgesic=True, limp=True)
    assert words.morning_told(whole) == "This morning: 4 of 10 · woken by the hip · painkiller · limp"
    assert words.worst_told(None) == "Worst of the day: not answered"
    spots = (Spot(PainSite.GROIN, BodySide.LEFT),)
    assert (
        words.worst_told(entry(worst=5, spots=spots)) == "Worst of the day: 5 of 10 · Front of the hip or groin, left"
    )


@pytest.mark.parametrize(
    "value,said",
    [(4, "4"), (True, "yes"), (False, "no"), ((), "nowhere"), ((Spot(PainSite.BACK),), "Lower back")],
)
def test_what_stood_there_before_is_told_with_when(value: object, said: str) -> None:
    changed = datetime(2026, 11, 19, 9, 2, tzinfo=UTC)

    assert words.before(value, changed, TODAY) == f"Before: {said}. Changed on 19 November at 09:02."


@pytest.mark.parametrize(
    "day,said",
    [
        (TODAY, "Today, Friday 20 November"),
        (date(2026, 11, 19), "Yesterday, Thursday 19 November"),
        (date(2026, 11, 18), "Wednesday 18 November"),
        (date(2025, 12, 31), "Wednesday 31 December 2025"),
    ],
)
def test_a_day_is_named_by_how_near_it_is(day: date, said: str) -> None:
    assert words.day_title(day, TODAY) == said


def test_a_notice_says_nothing_of_the_person() -> None:
    assert words.reminder() == ("Rehab Coach", "How is it now?")


@pytest.mark.parametrize(
    "morning,worst,asks",
    [(2, 1, True), (2, 2, False), (1, 4, False), (None, 1, False), (2, None, False)],
)
def test_a_worst_of_the_day_below_the_morning_is_asked_about(
    morning: int | None,
    worst: int | None,
    asks: bool,  # a row of the table
) -> None:
    said = words.below_morning(entry(morning=morning, worst=worst))

    assert bool(said) is asks
    assert not asks or "On your first steps you said 2." in said


def test_a_day_without_answers_asks_nothing_more() -> None:
    assert words.below_morning(None) == ""
