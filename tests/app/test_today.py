"""What Today says: what is due, what the week looks like, and how little of the log it reads for that."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from coach.app.surroundings import Log
from coach.app.today import TodayView, due_routine, today_view
from coach.core.day import Moment, moment, training_day
from coach.core.log import (
    DayEntry,
    Ending,
    FlagEntry,
    Outing,
    OutingKind,
    SessionEnd,
    SessionHead,
    WholeLog,
    WholeSession,
)
from coach.core.routine.schedule import Due
from tests.store import made
from tests.ui.fakes import Plain, World, plain

BERLIN = ZoneInfo("Europe/Berlin")
FRIDAY = date(2026, 11, 20)
MONDAY, SUNDAY = date(2026, 11, 16), date(2026, 11, 22)


class Person:
    """Somebody with a log, whose day can be chosen."""

    def __init__(self, folder: Path) -> None:
        self.world = World(folder)
        self.log: Log = self.world.surroundings.open_log()
        self._count = 0

    def today(self) -> TodayView:
        now = self.world.calendar.now()
        surroundings = self.world.surroundings
        return today_view(
            self.log, surroundings.routines(), surroundings.settings_file().read().settings, training_day(now), now.hour
        )

    def at(self, day: date, hour: int = 18, minute: int = 0) -> TodayView:
        self.world.calendar.set(datetime(day.year, day.month, day.day, hour, minute, tzinfo=BERLIN))
        return self.today()

    def did(self, day: date, routine: str = "tiny", ending: Ending | None = Ending.FINISHED) -> None:
        self._count += 1
        uid = f"s{self._count}"
        when = moment(datetime(day.year, day.month, day.day, 12, tzinfo=BERLIN), "Europe/Berlin")
        self.log.start(SessionHead(uid, when, routine, routine.title(), 1, "{}", "[]", True))
        if ending is not None:
            self.log.end(SessionEnd(uid, when, ending))

    def uses(self, *routines: Plain, **settings: object) -> None:
        names = tuple(self.world.receive(one).routine.id for one in routines)
        self.world.choose(in_use=names, **settings)


@pytest.fixture
def person(tmp_path: Path) -> Iterator[Person]:
    made_ = Person(tmp_path)
    yield made_
    made_.log.close()


def due(view: TodayView) -> tuple[Due, date]:
    assert view.due is not None
    return view.due.standing.due, view.due.standing.next_day


def when(day: date) -> Moment:
    return made.at(day)


# -- what is due ------------------------------------------------------------------------------------------------


def test_a_fresh_start_proposes_the_first_routine(person: Person) -> None:
    view = person.at(FRIDAY)

    assert view.due is not None
    assert view.due.listed.routine.id == "first-days"
    assert due(view) == (Due.NOW, FRIDAY)
    assert view.due.length_s == pytest.approx(view.due.listed.length_s)
    assert (view.plan_week, view.last, view.entry, view.sessions_done, view.others) == (None, None, None, 0, ())


def test_what_was_done_today_is_done_and_comes_again_tomorrow(person: Person) -> None:
    person.uses(plain())
    person.did(FRIDAY)

    view = person.at(FRIDAY)

    assert due(view) == (Due.DONE, date(2026, 11, 21))
    assert view.sessions_done == 1
    assert view.last is not None
    assert view.last.uid == "s1"


def test_strength_three_times_a_week_leaves_a_day_of_rest(person: Person) -> None:
    person.uses(plain(schedule={"per_week": 3}))
    person.did(date(2026, 11, 19))

    assert due(person.at(FRIDAY)) == (Due.LATER, date(2026, 11, 21))


def test_a_session_on_sunday_still_asks_for_rest_on_monday(person: Person) -> None:
    person.uses(plain(schedule={"per_week": 3}))
    person.did(SUNDAY)

    assert due(person.at(date(2026, 11, 23))) == (Due.LATER, date(2026, 11, 24))


def test_named_days_are_kept_to(person: Person) -> None:
    person.uses(plain(schedule={"days": ["mon", "thu"]}))

    assert due(person.at(FRIDAY)) == (Due.LATER, date(2026, 11, 23))
    assert due(person.at(date(2026, 11, 23))) == (Due.NOW, date(2026, 11, 23))


@pytest.mark.parametrize("ending", [Ending.LEFT, None])
def test_a_session_that_was_left_does_not_count(person: Person, ending: Ending | None) -> None:
    person.uses(plain())
    person.did(FRIDAY, ending=ending)

    view = person.at(FRIDAY)

    assert due(view)[0] is Due.NOW
    assert (view.sessions_done, view.last) == (0, None)


def test_a_session_that_was_stopped_counts(person: Person) -> None:
    person.uses(plain())
    person.did(FRIDAY, ending=Ending.STOPPED)

    assert due(person.at(FRIDAY))[0] is Due.DONE


def test_of_several_routines_the_one_that_is_due_comes_first(person: Person) -> None:
    person.uses(plain(), plain(id="other", schedule={"days": ["fri"]}))
    person.did(FRIDAY)

    view = person.at(FRIDAY)

    assert view.due is not None
    assert view.due.listed.routine.id == "other"
    assert [one.routine.id for one in view.others] == ["tiny"]


def test_a_routine_in_use_that_is_gone_is_passed_over(person: Person) -> None:
    person.uses(plain())
    person.world.choose(in_use=("gone", "tiny", "../gone"))

    view = person.at(FRIDAY)

    assert view.due is not None
    assert view.due.listed.routine.id == "tiny"


def test_without_a_routine_nothing_is_due(person: Person) -> None:
    person.world.choose(in_use=())

    view = person.at(FRIDAY)

    assert (view.due, view.others, view.sessions_planned) == (None, (), 0)


def test_the_text_session_is_given_the_same(person: Person) -> None:
    person.uses(plain())
    view = person.at(FRIDAY)
    surroundings = person.world.surroundings

    found = due_routine(person.log, surroundings.routines(), surroundings.settings_file().read().settings, FRIDAY)

    assert found == view.due


def test_the_flags_that_the_person_raised_are_there_the_gravest_first(person: Person) -> None:
    person.log.add(FlagEntry("f1", "no_improvement", FRIDAY, True, when(FRIDAY)))
    person.log.add(FlagEntry("f2", "fever_or_hot_joint", FRIDAY, True, when(FRIDAY)))

    view = person.at(FRIDAY)
    assert [flag.name for flag in view.flags] == ["fever_or_hot_joint", "no_improvement"]


# -- the day ----------------------------------------------------------------------------------------------------


def test_the_day_turns_at_four(person: Person) -> None:
    saturday = date(2026, 11, 21)

    assert person.at(saturday, 3, 59).today == FRIDAY
    assert person.at(saturday, 4, 0).today == saturday


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)], ids=["spring forward", "fall back"])
def test_a_day_on_which_the_clock_changes_is_one_day(person: Person, day: date) -> None:
    person.uses(plain())
    person.did(day)

    before, after = person.at(day, 3, 59), person.at(day, 4)
    late = person.at(day + timedelta(days=1), 3, 59)

    assert (before.today, after.today, late.today) == (day - timedelta(days=1), day, day)
    assert due(after) == due(late) == (Due.DONE, day + timedelta(days=1))
    assert sum(one.sessions for one in late.week) == 1


def test_each_hour_of_the_night_the_clock_goes_back_belongs_to_the_day_before(person: Person) -> None:
    person.world.calendar.set(datetime(2026, 10, 25, 1, 30, tzinfo=BERLIN))
    days = []
    for _ in range(4):
        days.append(person.today().today)
        person.world.calendar.advance(3600)

    assert days == [date(2026, 10, 24)] * 4
    assert person.today().today == date(2026, 10, 25)


def test_the_hour_is_that_of_the_wall(person: Person) -> None:
    assert person.at(FRIDAY, 7).hour == 7


def test_the_newest_answers_of_the_day_are_shown(person: Person) -> None:
    person.log.add(DayEntry("d1", FRIDAY, 3, None, None, True, when(FRIDAY)))
    person.log.add(DayEntry("d2", FRIDAY, 1, None, True, None, made.at(FRIDAY, 5)))
    person.log.add(DayEntry("d3", date(2026, 11, 19), 9, None, None, None, when(FRIDAY)))

    entry = person.at(FRIDAY).entry

    assert entry is not None
    assert (entry.morning, entry.night, entry.analgesic) == (1, True, True)


# -- the week ---------------------------------------------------------------------------------------------------


def test_the_week_has_seven_days_and_begins_where_the_person_wants(person: Person) -> None:
    assert [one.day for one in person.at(FRIDAY).week] == [MONDAY + timedelta(days=n) for n in range(7)]

    person.world.choose(first_weekday=6)

    assert person.at(FRIDAY).week[0].day == date(2026, 11, 15)


def test_the_week_shows_what_was_done_and_what_is_due(person: Person) -> None:
    person.uses(plain(schedule={"days": ["tue", "fri", "sun"]}))
    person.did(date(2026, 11, 2))
    person.did(MONDAY)
    person.did(MONDAY)

    view = person.at(date(2026, 11, 18))

    assert [one.sessions for one in view.week] == [2, 0, 0, 0, 0, 0, 0]
    assert [one.due for one in view.week] == [False, True, False, False, True, False, True]
    assert (view.sessions_done, view.sessions_planned) == (2, 3)


def test_nothing_was_missed_before_the_first_session_ever(person: Person) -> None:
    person.uses(plain(schedule={"per_week": 7}))

    assert [one.due for one in person.at(FRIDAY).week] == [False] * 4 + [True] * 3

    person.did(date(2026, 11, 18))

    assert [one.due for one in person.at(FRIDAY).week] == [False] * 2 + [True] * 5


def test_three_times_a_week_only_the_next_day_is_marked(person: Person) -> None:
    person.uses(plain(schedule={"per_week": 3}))
    person.did(date(2026, 11, 19))

    assert [one.day for one in person.at(FRIDAY).week if one.due] == [date(2026, 11, 21)]


def test_walks_and_runs_of_the_week_are_counted(person: Person) -> None:
    days = [
        (OutingKind.WALK, MONDAY),
        (OutingKind.RUN, SUNDAY),
        (OutingKind.RUN, FRIDAY),
        (OutingKind.RUN, date(2026, 11, 15)),
    ]
    for number, (kind, day) in enumerate(days):
        person.log.add(Outing(f"o{number}", kind, day, 20, None, None, 0, None, False, False, when(day)))

    view = person.at(FRIDAY)

    assert (view.walks, view.runs) == (1, 2)


def test_the_week_of_the_plan_counts_from_the_first_session(person: Person) -> None:
    person.did(date(2026, 11, 6))

    assert person.at(date(2026, 11, 6)).plan_week == 1
    assert person.at(date(2026, 11, 12)).plan_week == 1
    assert person.at(date(2026, 11, 13)).plan_week == 2
    assert person.at(date(2026, 11, 1)).plan_week is None


def test_the_earliest_review_is_named(person: Person) -> None:
    person.uses(plain(review_by="2026-12-18"), plain(id="two", review_by="2026-12-04"), plain(id="three"))

    assert person.at(FRIDAY).review_by == date(2026, 12, 4)


# -- how much is read -------------------------------------------------------------------------------------------


def filled(log: Log, years: int) -> None:
    days = [FRIDAY - timedelta(days=n) for n in range(365 * years, -1, -1)]
    log.take_in(
        WholeLog(
            sessions=tuple(_session(f"x{years}-{n}", day) for n, day in enumerate(days)),
            days=tuple(DayEntry(f"d{years}-{n}", day, 2, None, None, None, when(day)) for n, day in enumerate(days)),
            outings=tuple(
                Outing(f"o{years}-{n}", OutingKind.RUN, day, 20, None, None, 0, None, False, False, when(day))
                for n, day in enumerate(days)
            ),
        )
    )


def _session(uid: str, day: date) -> WholeSession:
    head = SessionHead(uid, when(day), "tiny", "Tiny", 1, "{}", "[]", True)
    return WholeSession(head, (), (), SessionEnd(uid, when(day), Ending.FINISHED))


def test_every_statement_of_today_finds_its_rows_by_an_index(person: Person) -> None:
    filled(person.log, 1)
    statements: list[str] = []
    person.log.conn.set_trace_callback(statements.append)
    person.at(FRIDAY)
    person.log.conn.set_trace_callback(None)

    asked = {one for one in statements if one.startswith("SELECT") and "FROM flag" not in one}
    assert len(asked) >= 4
    for statement in asked:
        plan = [str(row[3]) for row in person.log.conn.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()]
        assert not [step for step in plan if step.startswith("SCAN")], statement


def test_today_takes_no_more_steps_with_ten_years_of_log(person: Person) -> None:
    def steps() -> int:
        counted = 0

        def count() -> int:
            nonlocal counted
            counted += 1
            return 0

        person.log.conn.set_progress_handler(count, 10)
        person.at(FRIDAY)
        person.log.conn.set_progress_handler(None, 0)
        return counted

    filled(person.log, 1)
    little = steps()

    filled(person.log, 9)

    # The dates of the nine years are the same as those of the one: twice as much lies in this week, no more.
    assert 0 < steps() <= 3 * little
