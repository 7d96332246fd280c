"""What a person enters about a day."""

from datetime import date, datetime
from itertools import count
from zoneinfo import ZoneInfo

from coach.app.logbook import SELF_TESTS, TESTS_BY_NAME, Logbook
from coach.app.surroundings import Log
from coach.core.clinical.red_flags import active
from coach.core.log import DayEntry, Outing, OutingKind
from tests.ui.fakes import World

TODAY = date(2026, 11, 20)


def test_today_is_the_training_day(world: World, book: Logbook) -> None:
    assert book.today() == TODAY

    world.calendar.set(datetime(2026, 11, 21, 3, 30, tzinfo=ZoneInfo("Europe/Berlin")))

    assert book.today() == TODAY


def test_an_answer_leaves_the_others_as_they_were(log: Log, book: Logbook) -> None:
    book.day(TODAY, morning=3, analgesic=False)
    book.day(TODAY, night=True)
    book.day(TODAY, morning=0)

    entry = log.days(TODAY, TODAY)[0]
    assert (entry.morning, entry.worst, entry.night, entry.analgesic) == (0, None, True, False)
    assert len(log.day_versions(TODAY, TODAY)) == 3


def test_an_entry_names_when_it_was_made(log: Log, book: Logbook) -> None:
    yesterday = date(2026, 11, 19)

    book.day(yesterday, worst=5)

    entry: DayEntry = log.days(yesterday, yesterday)[0]
    assert (entry.recorded.utc, entry.recorded.zone) == ("2026-11-20T17:00:00.000Z", "Europe/Berlin")
    assert entry.recorded.day == TODAY


def test_a_run_is_kept_as_it_was_told(log: Log, book: Logbook) -> None:
    book.outing(
        OutingKind.RUN,
        TODAY,
        minutes=25.5,
        pain=2,
        distance_km=4.2,
        cadence=168,
        pain_after=1,
        limp=True,
        groin=True,
    )

    found: Outing = log.outings()[0]
    assert (found.kind, found.day, found.minutes, found.distance_km, found.cadence) == (
        OutingKind.RUN,
        TODAY,
        25.5,
        4.2,
        168,
    )
    assert (found.pain, found.pain_after, found.limp, found.groin) == (2, 1, True, True)


def test_a_walk_needs_only_minutes_and_pain(log: Log, book: Logbook) -> None:
    book.outing(OutingKind.WALK, TODAY, minutes=10, pain=0)

    found = log.outings()[0]
    assert (found.kind, found.distance_km, found.cadence, found.pain_after, found.limp, found.groin) == (
        OutingKind.WALK,
        None,
        None,
        None,
        False,
        False,
    )


def test_a_self_test_is_kept_by_side_or_as_one(log: Log, book: Logbook) -> None:
    book.test("side_plank", TODAY, pain=1, left=31.5, right=42)
    book.test("plank", TODAY, pain=0, value=60)

    sided, whole = log.tests()
    assert (sided.name, sided.left, sided.right, sided.value, sided.pain) == ("side_plank", 31.5, 42, None, 1)
    assert (whole.left, whole.right, whole.value) == (None, None, 60)


def standing(log: Log) -> list[str]:
    return [flag.name for flag in active(sorted(log.flags(), key=lambda entry: entry.recorded.utc))]


def test_a_flag_stands_until_it_is_cleared(world: World, log: Log, book: Logbook) -> None:
    book.flag("new_pain_site", TODAY, raised=True)
    book.flag("fever_or_hot_joint", TODAY, raised=True)
    assert standing(log) == [
        "fever_or_hot_joint",
        "new_pain_site",
    ]

    world.calendar.advance(60)
    book.flag("fever_or_hot_joint", TODAY, raised=False)

    assert standing(log) == ["new_pain_site"]


def test_of_two_entries_on_a_flag_the_later_one_counts_whatever_day_it_is_for(
    world: World, log: Log, book: Logbook
) -> None:
    book.flag("new_pain_site", date(2026, 11, 25), raised=True)
    world.calendar.advance(60)
    book.flag("new_pain_site", TODAY, raised=False)

    assert standing(log) == []


def test_every_entry_has_a_uid_of_its_own(world: World, log: Log) -> None:
    numbers = count()
    book = Logbook(log, world.calendar, lambda: f"own-{next(numbers)}")

    book.day(TODAY, morning=1)
    book.outing(OutingKind.WALK, TODAY, minutes=1, pain=0)
    book.test("plank", TODAY, pain=0, value=1)
    book.flag("new_pain_site", TODAY, raised=True)

    assert next(numbers) == 4


def test_every_self_test_names_an_exercise_of_the_library(world: World) -> None:
    library = world.surroundings.routines().library

    assert {test.exercise for test in SELF_TESTS} - {""} <= set(library)
    assert {test.unit for test in SELF_TESTS} == {"s", "reps", "points"}
    assert len(TESTS_BY_NAME) == len(SELF_TESTS)
