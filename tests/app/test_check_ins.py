"""The questions that come back, over a real log: what is asked, what an answer changes, what is kept of the former."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from coach.app.check_ins import CheckIns
from coach.app.day_story import Field, day_story
from coach.app.logbook import Logbook
from coach.app.surroundings import Log
from coach.core.clinical.asking import DoneKind
from coach.core.day import moment
from coach.core.log import Ending, OutingKind, Question, SessionEnd, SessionHead, Spot
from coach.core.routine.exercise import PainSite
from coach.core.routine.routine import BodySide
from tests.ui.fakes import World

BERLIN = ZoneInfo("Europe/Berlin")
FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)


@pytest.fixture
def check_ins(world: World, log: Log) -> CheckIns:
    return CheckIns(log, world.calendar, world.surroundings.new_uid)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=BERLIN)


def trained(log: Log, ended: datetime, uid: str = "one", ending: Ending = Ending.FINISHED) -> None:
    when = moment(ended, "Europe/Berlin")
    log.start(SessionHead(uid, when, "tiny", "Tiny", 1, "{}", "[]", True))
    log.end(SessionEnd(uid, when, ending))


def test_a_session_is_asked_after_and_an_answer_is_kept(world: World, log: Log, check_ins: CheckIns) -> None:
    trained(log, at(20, 17))
    world.calendar.set(at(20, 17, 49))
    assert check_ins.asking().after60 is None

    world.calendar.set(at(20, 17, 50))
    asked = check_ins.asking().after60
    assert asked is not None
    assert (asked.title, asked.kind) == ("Tiny", DoneKind.SESSION)
    check_ins.answer_after60(asked, 4)

    assert check_ins.asking().after60 is None
    assert [(one.question, one.value) for one in log.answers("one")] == [(Question.AFTER_60, 4)]


def test_a_slip_is_corrected_by_a_newer_answer(world: World, log: Log, check_ins: CheckIns) -> None:
    trained(log, at(20, 17))
    asked = check_ins.asking().after60
    assert asked is not None

    check_ins.answer_after60(asked, 4)
    check_ins.answer_after60(asked, 0)

    assert [one.value for one in log.answers("one")] == [4, 0]
    assert check_ins.asking().after60 is None


def test_a_session_in_which_nothing_was_done_is_not_asked_after(log: Log, check_ins: CheckIns) -> None:
    trained(log, at(20, 12), ending=Ending.LEFT)

    assert check_ins.asking().after60 is None
    assert check_ins.asking().about == ()


def test_a_walk_is_asked_after_from_when_it_was_entered(
    world: World, log: Log, book: Logbook, check_ins: CheckIns
) -> None:
    book.outing(OutingKind.WALK, FRIDAY, minutes=30, pain=1)
    assert check_ins.asking().after60 is None

    world.calendar.set(at(20, 18, 50))
    asked = check_ins.asking().after60
    assert asked is not None
    check_ins.answer_after60(asked, 2)
    check_ins.answer_after60(asked, 3)

    assert check_ins.asking().after60 is None
    (walk,) = log.outings(FRIDAY, FRIDAY)
    assert (walk.pain_after60, walk.pain, walk.minutes) == (3, 1, 30)
    assert len(log.outing_versions(FRIDAY, FRIDAY)) == 3


def test_a_walk_that_was_corrected_is_asked_after_from_its_first_entry(
    world: World, log: Log, book: Logbook, check_ins: CheckIns
) -> None:
    book.outing(OutingKind.RUN, FRIDAY, minutes=30, pain=1)
    world.calendar.set(at(20, 18, 45))
    (run,) = log.outings(FRIDAY, FRIDAY)
    book.correct(run)
    world.calendar.set(at(20, 18, 50))

    assert check_ins.asking().after60 is not None


def test_the_morning_answers_the_sessions_of_the_day_before(
    world: World, log: Log, book: Logbook, check_ins: CheckIns
) -> None:
    trained(log, at(20, 17))
    trained(log, at(20, 9), "early")
    trained(log, at(19, 9), "older")
    world.calendar.set(at(21, 7))
    assert [one.uid for one in check_ins.asking().about] == ["early", "one"]

    book.day(SATURDAY, morning=2)
    book.day(SATURDAY, night=True)

    assert not check_ins.asking().morning
    for uid in ("one", "early"):
        assert [(one.question, one.value) for one in log.answers(uid)] == [(Question.MORNING, 2)]
    assert log.answers("older") == ()


def test_a_morning_that_is_corrected_later_corrects_the_session_too(
    world: World, log: Log, book: Logbook, check_ins: CheckIns
) -> None:
    trained(log, at(20, 17))
    world.calendar.set(at(21, 7))
    book.day(SATURDAY, morning=2)
    world.calendar.set(at(24, 7))

    book.day(SATURDAY, morning=5)

    assert [one.value for one in log.answers("one")] == [2, 5]


def test_what_was_changed_is_kept_with_when(world: World, log: Log, book: Logbook) -> None:
    groin = (Spot(PainSite.GROIN, BodySide.LEFT),)
    book.day(FRIDAY, morning=4, night=False)
    world.calendar.set(at(20, 19))
    book.day(FRIDAY, morning=4, spots=groin)  # the same again is no change
    world.calendar.set(at(20, 20))
    book.day(FRIDAY, morning=6)
    world.calendar.set(at(22, 8))
    book.day(FRIDAY, morning=3, spots=())

    story = day_story(log, FRIDAY)

    assert story.entry is not None
    assert (story.entry.morning, story.entry.night, story.entry.spots) == (3, False, ())
    assert [(one.value, one.changed.utc) for one in story.former[Field.MORNING]] == [
        (6, "2026-11-22T07:00:00.000Z"),
        (4, "2026-11-20T19:00:00.000Z"),
    ]
    assert [one.value for one in story.former[Field.SPOTS]] == [groin]
    assert story.former[Field.NIGHT] == ()


def test_a_day_without_an_entry_has_no_story(log: Log) -> None:
    story = day_story(log, FRIDAY)

    assert story.entry is None
    assert set(story.former.values()) == {()}
