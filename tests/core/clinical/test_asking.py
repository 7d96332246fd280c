"""Who is asked what, and when: an hour after, the next morning, in the evening; never what is answered."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core.clinical.asking import (
    AFTER_60_FROM,
    Asking,
    Done,
    DoneKind,
    asking,
)
from coach.core.clinical.calling import MORNING_CALL_FOR, Call, CallKind, call
from coach.core.day import moment, training_day
from coach.core.log import DayEntry

BERLIN = ZoneInfo("Europe/Berlin")
EIGHT = timedelta(hours=8)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=BERLIN)


def did(ended: datetime, uid: str = "one", kind: DoneKind = DoneKind.SESSION, after60: int | None = None) -> Done:
    return Done(uid, kind, "Hip strength A", training_day(ended), ended.astimezone(UTC), after60)


def entry(day: date, morning: int | None = None, worst: int | None = None) -> DayEntry:
    return DayEntry("e", day, morning, worst, None, None, moment(at("20 12:00"), "Europe/Berlin", day))


ENDED = at("20 18:00")


@pytest.mark.parametrize(
    "now,asked",
    [
        ("20 18:00", False),
        ("20 18:49", False),
        ("20 18:50", True),
        ("20 23:59", True),
        ("21 03:59", True),  # a late evening still belongs to the day
        ("21 04:00", False),
        ("21 18:30", False),
    ],
)
def test_an_hour_after_is_asked_until_the_person_has_slept(now: str, asked: bool) -> None:
    found = asking([did(ENDED)], None, at(now))

    assert (found.after60 is not None) is asked


def test_what_was_answered_is_not_asked_again() -> None:
    assert asking([did(ENDED, after60=0)], None, at("20 19:30")).after60 is None


def test_after_another_load_only_the_last_is_asked() -> None:
    walk = did(at("20 18:30"), "walk", DoneKind.WALK)

    assert asking([walk, did(ENDED)], None, at("20 19:15")).after60 is None
    assert asking([walk, did(ENDED)], None, at("20 19:20")).after60 is walk


def test_an_answer_after_the_last_load_does_not_bring_back_the_first() -> None:
    walk = did(at("20 18:30"), "walk", DoneKind.WALK, after60=1)

    assert asking([did(ENDED), walk], None, at("20 20:00")).after60 is None


def test_what_is_entered_for_a_day_that_is_over_is_not_asked_after() -> None:
    late = Done("late", DoneKind.RUN, "", date(2026, 11, 19), at("20 12:00"))

    found = asking([late], None, at("20 15:00"))

    assert found.after60 is None
    assert found.about == (late,)


def test_the_morning_is_asked_once_and_names_what_was_done_the_day_before() -> None:
    yesterday, walk = did(ENDED), did(at("20 20:00"), "walk", DoneKind.WALK)
    before = did(at("19 18:00"), "older")

    asked = asking([walk, before, yesterday], None, at("21 07:00"))
    answered = asking([yesterday], entry(date(2026, 11, 21), morning=0), at("21 07:00"))

    assert asked.morning
    assert asked.about == (yesterday, walk)
    assert not answered.morning
    assert answered.about == (yesterday,)


def test_a_day_without_a_session_has_its_morning_all_the_same() -> None:
    assert asking([], None, at("21 07:00")) == Asking(morning=True)


@pytest.mark.parametrize(
    "now,asked", [("20 15:59", False), ("20 16:00", True), ("21 03:59", True), ("21 04:00", False)]
)
def test_the_day_is_asked_when_most_of_it_is_over(now: str, asked: bool) -> None:
    assert asking([], None, at(now)).evening is asked


def test_the_evening_is_asked_though_the_morning_was_missed_and_not_when_it_is_answered() -> None:
    day = date(2026, 11, 20)

    assert asking([], entry(day, morning=2), at("20 18:00")).evening
    assert not asking([], entry(day, worst=0), at("20 18:00")).evening


def test_nothing_left_is_nothing_to_ask() -> None:
    whole = entry(date(2026, 11, 20), morning=0, worst=0)

    assert not asking([did(ENDED, after60=0)], whole, at("20 20:00")).anything


# -- calling ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "now,called", [("21 07:59", False), ("21 08:00", True), ("21 11:59", True), ("21 12:00", False)]
)
def test_the_morning_is_called_from_the_time_that_was_chosen(now: str, called: bool) -> None:
    wanted = Call(CallKind.MORNING, "2026-11-21") if called else None

    assert call(asking([], None, at(now)), at(now), EIGHT) == wanted


def test_an_hour_after_comes_before_the_morning() -> None:
    now = at("20 08:30")

    assert call(asking([did(at("20 07:00"))], None, now), now, EIGHT) == Call(CallKind.AFTER_60, "one")


def test_nobody_is_called_for_what_is_answered() -> None:
    now = at("20 08:30")

    assert call(asking([], entry(date(2026, 11, 20), morning=3), now), now, EIGHT) is None


# -- whatever was done ------------------------------------------------------------------------------------------

minutes = st.integers(0, 3 * 24 * 60).map(lambda number: at("19 04:00") + timedelta(minutes=number))
answers = st.one_of(st.none(), st.integers(0, 10))
done_things = st.lists(
    st.builds(
        lambda ended, uid, after: Done(uid, DoneKind.RUN, "", training_day(ended), ended, after),
        minutes,
        st.uuids().map(str),
        answers,
    ),
    max_size=6,
)
entries = st.one_of(st.none(), st.builds(entry, st.just(date(2026, 11, 20)), answers, answers))


@given(done_things, entries, minutes)
def test_a_question_is_always_about_something_unanswered_of_its_day(
    done: list[Done], known: DayEntry | None, now: datetime
) -> None:
    found = asking(done, known, now)

    if found.after60 is not None:
        assert found.after60.after60 is None
        assert now - found.after60.ended >= AFTER_60_FROM
        assert found.after60.day == training_day(now)
        assert all(one.ended <= found.after60.ended for one in done if one.day == training_day(now))
    assert found.morning == (known is None or known.morning is None)
    assert all(one.day == training_day(now) - timedelta(days=1) for one in found.about)


@given(done_things, entries, minutes)
def test_the_order_in_which_the_log_is_read_changes_nothing(
    done: list[Done], known: DayEntry | None, now: datetime
) -> None:
    ends = {one.ended: one for one in done}  # of two that ended at once either may be asked about

    assert asking(ends.values(), known, now) == asking(reversed(list(ends.values())), known, now)


@given(done_things, entries, minutes, st.integers(0, 1439).map(lambda number: timedelta(minutes=number)))
def test_a_call_is_for_a_question_that_is_asked(
    done: list[Done], known: DayEntry | None, now: datetime, morning_from: timedelta
) -> None:
    asked = asking(done, known, now)

    match call(asked, now, morning_from):
        case Call(CallKind.AFTER_60, of):
            assert asked.after60 is not None
            assert asked.after60.uid == of
        case Call(CallKind.MORNING, of):
            assert asked.morning
            assert of == training_day(now).isoformat()
            since = now - now.replace(hour=0, minute=0)
            assert morning_from <= since < morning_from + MORNING_CALL_FOR
        case None:
            assert asked.after60 is None
