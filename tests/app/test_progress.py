"""What Progress shows of a log, and how little of the log it reads for that."""

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from coach.app import demo
from coach.app.pain_trend import pain_trend
from coach.app.progress import Entries, ProgressView, entries, progress_view, replays
from coach.app.progress_tables import Chart, csv_of, table
from coach.app.surroundings import Log
from coach.core.log import Answer, DayEntry, Ending, Question, SessionEnd
from coach.core.progress.span import Range
from coach.core.progress.training import Played
from coach.core.session.events import from_json, plan_from_json
from coach.core.session.record import record
from tests.store import made
from tests.ui.fakes import World

TODAY = date(2026, 11, 20)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    opened = World(tmp_path).surroundings.open_log()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def demo_log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Log]:
    """Twelve weeks of a made-up person, read only."""
    world = World(tmp_path_factory.mktemp("demo"))
    demo.fill(world.surroundings, 12)
    opened = world.surroundings.read_log()
    yield opened
    opened.close()


def view(log: Log, wanted: Range = Range.TEN_WEEKS, until: date = TODAY) -> ProgressView:
    read = entries(log, wanted, until)
    return progress_view(read, all_played(log, read))


def all_played(log: Log, read: Entries) -> dict[str, Played]:
    played: dict[str, Played] = {}
    for piece in replays(log, read.replayable):
        played.update(piece)
    return played


def answer(uid: str, session: str, question: Question, value: int, minute: int) -> Answer:
    return Answer(uid, session, question, value, "", made.at(TODAY, minute))


def statements(log: Log, wanted: Range) -> list[str]:
    asked: list[str] = []
    log.conn.set_trace_callback(asked.append)
    entries(log, wanted, TODAY)
    log.conn.set_trace_callback(None)
    return asked


# -- the view -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wanted", [Range.FOUR_WEEKS, Range.TEN_WEEKS, Range.ALL])
def test_the_alarm_that_stands_is_the_same_in_every_range(log: Log, wanted: Range) -> None:
    for back in range(60):
        log.add(made.day_entry(f"d{back}", TODAY - timedelta(days=back), morning=4 if back < 7 else 1))

    assert view(log, wanted).alarm == pain_trend(log, TODAY).alarm is not None


def test_the_alarm_of_four_weeks_knows_the_weeks_before_them(log: Log) -> None:
    for back in range(60):
        pain = 9 if back >= 34 else 3 if 11 <= back < 18 else 1  # against the last four weeks alone it has risen
        log.add(made.day_entry(f"d{back}", TODAY - timedelta(days=back), morning=pain))

    assert view(log, Range.FOUR_WEEKS).alarm is None
    assert pain_trend(log, TODAY).alarm is None


def test_an_empty_log_is_empty_and_not_bad(log: Log) -> None:
    shown = view(log)

    assert shown.empty
    assert len(shown.days) == 70
    assert (shown.answered.days, shown.answered.mornings) == (70, 0)
    assert (shown.sessions, shown.exercises, shown.tests, shown.pending) == ((), (), (), 0)


def test_a_log_with_nothing_in_the_range_is_not_empty(log: Log) -> None:
    log.add(made.day_entry("d", TODAY - timedelta(days=400)))

    assert not view(log).empty
    assert view(log).answered.mornings == 0
    assert view(log, Range.ALL).answered.mornings == 1


def test_a_corrected_morning_counts_as_it_was_corrected(log: Log) -> None:
    log.add(replace(made.day_entry("d1", TODAY, 7), recorded=made.at(TODAY, 0)))
    log.add(DayEntry("d2", TODAY, 2, None, None, None, made.at(TODAY, 5)))

    shown = view(log)

    assert (shown.days[-1].morning, shown.days[-1].worst) == (2, 5)


def test_the_peak_is_the_highest_of_the_newest_answers(log: Log) -> None:
    log.start(made.head("s", TODAY))
    log.end(SessionEnd("s", made.at(TODAY, 30), Ending.FINISHED))
    log.answer(answer("a1", "s", Question.BEFORE, 9, minute=0))
    log.answer(answer("a2", "s", Question.BEFORE, 2, minute=1))  # it was a slip
    log.answer(answer("a3", "s", Question.AFTER, 4, minute=31))
    log.answer(answer("a4", "s", Question.EFFORT, 10, minute=31))  # no pain

    (session,) = view(log).sessions

    assert session.peak == 4


def test_pain_in_the_session_counts_for_its_peak(log: Log) -> None:
    log.start(made.head("s", TODAY))

    read = entries(log, Range.FOUR_WEEKS, TODAY)
    (session,) = progress_view(read, {"s": Played(1, 2, (), peak=6)}).sessions

    assert (session.peak, session.sets, session.ending) == (6, (1, 2), None)


def test_without_its_replay_a_session_is_shown_and_is_pending(log: Log) -> None:
    log.take_in(made.whole(days=2))
    read = entries(log, Range.ALL, TODAY)

    shown = progress_view(read, {})

    assert [one.sets for one in shown.sessions] == [None, None]
    assert shown.pending == 2


def test_a_plan_that_nobody_wrote_stops_no_chart(log: Log) -> None:
    log.take_in(made.whole(days=2))  # its plans are no JSON

    shown = view(log, Range.ALL)

    assert (len(shown.sessions), shown.exercises, shown.pending) == (2, (), 0)


def test_sets_and_exercises_are_what_the_record_of_each_session_says(demo_log: Log) -> None:
    shown = view(demo_log, Range.ALL, _last_day(demo_log))

    for session in shown.sessions:
        head = demo_log.head(session.uid)
        assert head is not None
        told = record(plan_from_json(head.plan), [from_json(event.body) for event in demo_log.events(session.uid)])
        assert session.sets == (told.sets_done, len(told.sets))
    exercises = {one.exercise for one in shown.exercises}
    assert {"clamshell", "bridge"} <= exercises
    assert all(day.most > 0 for one in shown.exercises for day in one.days)


def _last_day(log: Log) -> date:
    return max(entry.day for entry in log.days())


# -- how much is read -----------------------------------------------------------------------------------------------


def test_a_range_is_read_in_as_many_statements_however_long_the_log_is(log: Log) -> None:
    log.take_in(made.whole(days=3))
    few = len(statements(log, Range.ALL))
    log.take_in(made.whole(days=300, name="b"))

    assert len(statements(log, Range.ALL)) == few
    assert len(statements(log, Range.TEN_WEEKS)) == few


def test_nothing_outside_the_range_is_read(log: Log) -> None:
    log.take_in(made.whole(days=320))  # from 5 January to 20 November

    read = entries(log, Range.FOUR_WEEKS, TODAY)

    since = TODAY - timedelta(days=27)
    assert (read.span.since, read.span.until) == (since, TODAY)
    assert min(entry.day for entry in read.days) == TODAY - timedelta(days=60), "for the alarm"
    assert len(read.sessions) == 28
    assert {answer.session for answer in read.answers} == {line.uid for line in read.sessions}
    assert min(one.day for one in read.outings) >= since
    assert min(one.day for one in read.tests) >= since


def test_every_statement_finds_its_rows_by_an_index(log: Log) -> None:
    log.take_in(made.whole(days=30))

    steps = [
        (row[3], statement)
        for statement in statements(log, Range.FOUR_WEEKS)
        for row in log.conn.execute(f"EXPLAIN QUERY PLAN {statement}")
    ]

    assert len(steps) > 6
    # What is scanned whole is only the four least days of the four tables, found by one step into each index.
    scans = [step for step, _ in steps if step.startswith("SCAN") and not step.startswith("SCAN (subquery")]
    assert [step for step in scans if " USING " not in step] == []
    assert all("min(day)" in statement for step, statement in steps if step in scans), scans


def test_sessions_are_replayed_in_pieces_the_newest_first(log: Log) -> None:
    log.take_in(made.whole(days=45))
    read = entries(log, Range.ALL, TODAY)

    pieces = list(replays(log, read.replayable))

    assert [len(piece) for piece in pieces] == [1] * 45
    assert read.replayable[0] == "a-s44"
    first = {uid for piece in pieces[:20] for uid in piece}
    assert first == set(read.replayable[:20])


# -- tables ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("chart", list(Chart))
def test_each_chart_is_a_table_whose_csv_reads_back(demo_log: Log, chart: Chart) -> None:
    shown = view(demo_log, Range.ALL, _last_day(demo_log))
    made_ = table(chart, shown)

    read = list(csv.DictReader(io.StringIO(csv_of(made_).decode())))

    assert made_.rows
    assert len(read) == len(made_.rows)
    assert tuple(read[0]) == made_.columns
    for column in {"day", "first_day", "last_day"} & set(made_.columns):
        assert all(date.fromisoformat(row[column]) <= shown.span.until for row in read)


def test_the_table_of_pain_has_every_day_and_empty_cells_for_gaps(log: Log) -> None:
    log.add(made.day_entry("d", TODAY, 0, None))

    read = list(csv.DictReader(io.StringIO(csv_of(table(Chart.PAIN, view(log))).decode())))

    assert len(read) == 70
    assert read[-1]["morning"] == "0", "no pain is an answer"
    assert (read[-1]["woken_at_night"], read[-1]["painkiller"]) == ("no", ""), "not asked is not no"
    assert (read[-1]["worst"], read[-2]["morning"], read[-1]["mean_7_days"]) == ("", "", "")
