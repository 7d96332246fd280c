import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from coach.core.day import Moment
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
    Spot,
    StoredEvent,
    WholeLog,
    WholeSession,
)
from coach.core.log import (
    TestResult as SelfTest,
)
from coach.core.routine.exercise import PainSite
from coach.core.routine.routine import BodySide
from coach.store import check
from coach.store.connection import empty
from coach.store.database import open_for_writing
from coach.store.errors import Damaged, Refused
from coach.store.journal import Counts, Log, SessionLine, TakenIn, merged
from tests.store import made

DAY = made.FIRST_DAY


@pytest.fixture
def log(path: Path) -> Iterator[Log]:
    log = made.log_for_writing(path)
    yield log
    log.close()


def test_a_session_comes_back_as_it_was_recorded(log: Log) -> None:
    whole = made.session("s", events=4)

    log.start(whole.head)
    for event in whole.events:
        log.append("s", event.seq, event.at_s, event.body)
    for answer in whole.answers:
        log.answer(answer)
    assert whole.end
    log.end(whole.end)

    assert log.head("s") == whole.head
    assert log.events("s") == whole.events
    assert log.answers("s") == whole.answers
    assert log.end_of("s") == whole.end
    assert log.whole() == WholeLog(sessions=(whole,))


def test_each_event_is_on_the_disk_when_append_returns(log: Log, path: Path) -> None:
    log.start(made.head("s"))

    log.append("s", 0, 1.0, "{}")

    assert made.content(path).sessions[0].events == (StoredEvent(0, 1.0, "{}"),)


def test_the_end_drops_the_events_that_are_no_longer_needed(log: Log) -> None:
    log.start(made.head("s"))
    log.append_all("s", [made.event(n) for n in range(6)])

    log.end(SessionEnd("s", made.at(DAY), Ending.STOPPED), drop=[1, 2, 4, 99])

    assert [event.seq for event in log.events("s")] == [0, 3, 5]
    assert check.deep(log.conn).sound


def test_what_was_left_can_be_taken_up_again_and_nothing_else_can(log: Log) -> None:
    for uid, ending in (("left", Ending.LEFT), ("finished", Ending.FINISHED)):
        log.start(made.head(uid))
        log.append(uid, 0, 1.0, "{}")
        log.end(SessionEnd(uid, made.at(DAY), ending))

    log.take_back_left("left")
    log.take_back_left("left")
    with pytest.raises(Refused):
        log.take_back_left("finished")

    assert log.unfinished() is not None
    assert log.end_of("left") is None
    assert log.end_of("finished") is not None
    log.append("left", 1, 2.0, "{}")
    log.end(SessionEnd("left", made.at(DAY), Ending.FINISHED))
    assert check.deep(log.conn).sound


def test_an_answer_after_the_end_leaves_the_session_sound(log: Log) -> None:
    log.take_in(WholeLog(sessions=(made.session("s"),)))

    log.answer(Answer("late", "s", Question.MORNING, 1, "", made.at(DAY + timedelta(1))))

    assert check.deep(log.conn).sound
    assert log.answers("s")[-1].uid == "late"


def test_the_newest_session_without_an_end_is_unfinished(log: Log) -> None:
    assert log.unfinished() is None
    for uid in ("old", "ended", "new", "done"):
        log.start(made.head(uid))
    log.append_all("new", [made.event(n) for n in range(3)])
    for uid in ("ended", "done"):
        log.end(SessionEnd(uid, made.at(DAY), Ending.FINISHED))

    unfinished = log.unfinished()
    assert unfinished is not None
    assert unfinished.head == made.head("new")
    assert unfinished.events == tuple(made.event(n) for n in range(3))
    log.end(SessionEnd("new", made.at(DAY), Ending.LEFT))
    log.end(SessionEnd("old", made.at(DAY), Ending.LEFT))
    assert log.unfinished() is None


def test_sessions_are_listed_by_day_without_their_long_texts(log: Log) -> None:
    for n in (3, 1, 2, 5):
        log.start(made.head(f"s{n}", DAY + timedelta(n)))
    log.end(SessionEnd("s2", made.at(DAY), Ending.STOPPED))

    lines = log.sessions(DAY + timedelta(1), DAY + timedelta(3))

    began = made.at(DAY + timedelta(2))
    assert [line.uid for line in lines] == ["s1", "s2", "s3"]
    assert lines[1] == SessionLine("s2", "hip-a", "Hüfte A", 2, True, began, Ending.STOPPED)
    assert lines[0].ending is None
    latest = log.latest_session()
    assert latest is not None
    assert latest.uid == "s5"


def test_an_unknown_session_is_none(log: Log) -> None:
    assert log.head("none") is None
    assert log.events("none") == ()
    assert log.answers("none") == ()
    with pytest.raises(Refused):
        log.end_of("none")


@pytest.mark.parametrize(
    "act",
    [
        lambda log: log.append("none", 0, 0.0, "{}"),
        lambda log: log.answer(Answer("a", "none", Question.BEFORE, 1, "", made.at(DAY))),
        lambda log: log.end(SessionEnd("none", made.at(DAY), Ending.LEFT)),
        lambda log: log.add(made.day_entry("d", morning=11)),
        lambda log: log.add(made.day_entry("d", morning=-1)),
        lambda log: log.add(replace(made.outing("o"), pain=11)),
        lambda log: log.add(replace(made.outing("o"), minutes=float("nan"))),
        lambda log: log.add(replace(made.outing("o"), distance_km=float("nan"))),
        lambda log: log.add(replace(made.outing("o"), distance_km=float("inf"))),
        lambda log: log.add(replace(made.flag("f"), name="\ud800")),
        lambda log: log.start(replace(made.head("s"), revision=2**70)),
        lambda log: log.add(replace(made.flag("f"), recorded=Moment("yesterday", "UTC", DAY))),
        lambda log: log.add(replace(made.flag(""))),
    ],
)
def test_what_breaks_a_rule_is_refused_whole(log: Log, act: object) -> None:
    assert callable(act)

    with pytest.raises(Refused):
        act(log)

    assert log.whole() == WholeLog()
    assert not log.conn.in_transaction


def test_the_second_try_of_what_was_stored_is_no_error(log: Log) -> None:
    whole = made.session("s")
    assert whole.end
    for _ in range(2):
        log.start(whole.head)
        log.append_all("s", whole.events)
        log.answer(whole.answers[0])
        log.add(made.day_entry("d"))
        log.add(made.outing("o"))
        log.add(made.result("t"))
        log.add(made.flag("f"))
        log.end(whole.end)

    found = log.whole()
    assert found.sessions == (replace(whole, answers=whole.answers[:1]),)
    assert (len(found.days), len(found.outings), len(found.tests), len(found.flags)) == (1, 1, 1, 1)


@pytest.mark.parametrize(
    "act",
    [
        lambda log: log.start(replace(made.head("s"), revision=9)),
        lambda log: log.append("s", 0, 0.0, "other"),
        lambda log: log.append("s", 77, 0.0, "after the end"),
        lambda log: log.end(SessionEnd("s", made.at(DAY), Ending.LEFT)),
        lambda log: log.answer(Answer("s-b", "s", Question.BEFORE, 9, "", made.at(DAY))),
        lambda log: log.add(made.day_entry("d", morning=9)),
    ],
)
def test_the_same_uid_with_other_content_is_refused(log: Log, act: object) -> None:
    assert callable(act)
    log.take_in(WholeLog((made.session("s"),), (made.day_entry("d"),)))
    before = log.whole()

    with pytest.raises(Refused):
        act(log)

    assert log.whole() == before


def test_of_a_day_the_newest_answer_to_each_question_counts(log: Log) -> None:
    log.add(DayEntry("1", DAY, 3, None, True, None, made.at(DAY, 0)))
    log.add(DayEntry("2", DAY, None, 6, None, None, made.at(DAY, 10)))
    log.add(DayEntry("3", DAY, 4, None, False, None, made.at(DAY, 20)))
    log.add(made.day_entry("next", DAY + timedelta(1)))

    days = log.days()

    assert days[0] == DayEntry("3", DAY, 4, 6, False, None, made.at(DAY, 20))
    assert [entry.uid for entry in days] == ["3", "next"]
    assert [entry.uid for entry in log.day_versions()] == ["1", "2", "3", "next"]
    assert log.days(DAY + timedelta(1)) == days[1:]


def test_an_older_entry_that_is_taken_in_later_does_not_win(log: Log) -> None:
    log.add(DayEntry("mine", DAY, 3, None, None, None, made.at(DAY, 60)))

    log.take_in(WholeLog(days=(DayEntry("older", DAY, 8, 8, None, None, made.at(DAY, 0)),)))

    assert log.days() == (DayEntry("mine", DAY, 3, 8, None, None, made.at(DAY, 60)),)


_maybe = st.one_of(st.none(), st.integers(0, 10))
_entries = st.lists(
    st.builds(
        lambda day, morning, worst, minute: DayEntry(
            "", DAY + timedelta(day), morning, worst, None, None, made.at(DAY, minute)
        ),
        st.integers(0, 2),
        _maybe,
        _maybe,
        st.integers(0, 3),
    ),
    max_size=8,
)


@settings(deadline=None)
@given(_entries)
def test_merging_forgets_no_answer(entries: list[DayEntry]) -> None:
    whole = merged(entries)

    assert [entry.day for entry in whole] == sorted({entry.day for entry in entries})
    for entry in whole:
        versions = sorted((e for e in entries if e.day == entry.day), key=lambda e: e.recorded.utc)
        given_ = [e.morning for e in versions if e.morning is not None]
        assert entry.morning == (given_[-1] if given_ else None)
        assert entry.recorded == versions[-1].recorded


def test_ranges_hold_both_ends(log: Log) -> None:
    log.take_in(made.whole(10))
    since, until = DAY + timedelta(3), DAY + timedelta(6)

    assert [e.uid for e in log.days(since, until)] == ["a-d3", "a-d4", "a-d5", "a-d6"]
    assert [e.uid for e in log.outings(since, until)] == ["a-o3", "a-o4", "a-o5", "a-o6"]
    assert [e.uid for e in log.tests(since, until)] == ["a-t3", "a-t6"]
    assert [e.uid for e in log.flags(since, until)] == ["a-f5"]
    assert len(log.days(since)) == 7
    assert len(log.days(None, until)) == 7


def test_a_log_taken_in_is_the_log_that_was_given(log: Log) -> None:
    other = made.whole(9)

    done = log.take_in(other)

    assert log.whole() == other
    assert done == TakenIn(Counts(9, 18, 9, 9, 3, 2), Counts())


def test_a_log_taken_in_twice_doubles_nothing(log: Log) -> None:
    other = made.whole(9)
    log.take_in(other)

    done = log.take_in(other)

    assert log.whole() == other
    assert done == TakenIn(Counts(), Counts(9, 18, 9, 9, 3, 2))


def test_a_log_that_is_wrong_somewhere_is_left_out_whole(log: Log) -> None:
    good = made.whole(3)

    with pytest.raises(Refused):
        log.take_in(replace(good, flags=(*good.flags, replace(made.flag("bad"), name="\ud800"))))
    with pytest.raises(Refused):
        log.take_in(WholeLog(sessions=(replace(made.session("s"), head=made.head("other")),)))

    assert log.whole() == WholeLog()


def test_a_session_known_here_gets_its_late_answers_and_its_end(log: Log) -> None:
    whole = made.session("s", events=5)
    log.start(whole.head)
    log.append_all("s", whole.events[:3])

    done = log.take_in(WholeLog(sessions=(whole,)))

    assert log.whole().sessions == (whole,)
    assert done.taken == Counts(sessions=1, answers=2)
    assert check.deep(log.conn).sound


@pytest.mark.parametrize(
    "other",
    [
        made.session("s", events=2),
        replace(made.session("s", events=9), end=None),
        replace(made.session("s", events=9), head=replace(made.head("s"), revision=7)),
    ],
)
def test_taking_in_never_drops_an_event_of_ours(log: Log, other: WholeSession) -> None:
    log.start(made.head("s"))
    log.append_all("s", [made.event(n) for n in range(5)])

    log.take_in(WholeLog(sessions=(other,)))

    assert len(log.events("s")) == 5
    assert log.end_of("s") is None


def test_another_connection_changes_the_data_version(log: Log, path: Path) -> None:
    before = log.data_version()
    log.add(made.day_entry("mine"))
    assert log.data_version() == before

    with closing(open_for_writing(path, now=made.NOW)) as conn:
        Log(conn).add(made.day_entry("theirs"))

    assert log.data_version() != before


def test_a_value_that_cannot_be_is_damage_and_is_not_quoted(log: Log) -> None:
    log.take_in(WholeLog(outings=(made.outing("o"),)))
    log.conn.execute("PRAGMA ignore_check_constraints=ON")
    log.conn.execute("UPDATE outing SET kind = 'fly'")

    with pytest.raises(Damaged) as error:
        log.outings()

    assert "fly" not in str(error.value)


def test_text_that_is_no_utf8_is_damage(log: Log) -> None:
    log.take_in(WholeLog(flags=(made.flag("f"),)))
    log.conn.execute("UPDATE flag SET name = CAST(x'ff41' AS TEXT)")

    with pytest.raises(Damaged):
        log.flags()


def _steps(log: Log, read: object) -> int:
    """How many instructions of SQLite's machine a read takes."""
    assert callable(read)
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    log.conn.set_progress_handler(count, 1)
    read()
    log.conn.set_progress_handler(None, 1)
    return steps


@pytest.mark.parametrize(
    "read",
    [
        lambda log: log.days(date(2026, 1, 5), date(2026, 1, 12)),
        lambda log: log.sessions(date(2026, 1, 5), date(2026, 1, 12)),
        lambda log: log.outings(date(2026, 1, 5), date(2026, 1, 12)),
        lambda log: log.tests(date(2026, 1, 5), date(2026, 1, 12)),
        lambda log: log.flags(date(2026, 1, 5), date(2026, 1, 12)),
        lambda log: log.events("a-s3"),
        lambda log: log.answers("a-s3"),
        lambda log: log.latest_session(),
    ],
)
def test_the_cost_of_a_read_does_not_grow_with_the_log(read: object) -> None:
    assert callable(read)
    steps = []
    for days in (20, 400):
        with closing(empty()) as conn:
            log = Log(conn)
            log.take_in(made.whole(days, events=2))
            steps.append(_steps(log, lambda log=log: read(log)))

    assert steps[1] <= steps[0] + 5


_text = st.text(st.characters(codec="utf-8"), max_size=20)
_reals = st.one_of(st.none(), st.floats(0, 1e5))
_moments = st.builds(
    lambda day, minute: made.at(DAY + timedelta(day), minute), st.integers(0, 40), st.integers(0, 2000)
)
_days = st.dates(date(2020, 1, 1), date(2100, 1, 1))
_uids = st.uuids().map(str)
_pain = st.integers(0, 10)
_logs = st.builds(
    WholeLog,
    st.just(()),
    st.lists(
        st.builds(
            DayEntry,
            _uids,
            _days,
            _maybe,
            _maybe,
            st.one_of(st.none(), st.booleans()),
            st.none() | st.booleans(),
            _moments,
        ),
        max_size=3,
    ).map(tuple),
    st.lists(
        st.builds(
            Outing,
            _uids,
            st.sampled_from(OutingKind),
            _days,
            st.floats(0, 1e5) | st.integers(0, 900),
            _reals,
            _reals,
            _pain,
            _maybe,
            st.booleans(),
            st.booleans(),
            _moments,
        ),
        max_size=3,
    ).map(tuple),
    st.lists(st.builds(SelfTest, _uids, _text, _days, _reals, _reals, _reals, _pain, _moments), max_size=3).map(tuple),
    st.lists(st.builds(FlagEntry, _uids, _text, _days, st.booleans(), _moments), max_size=3).map(tuple),
)
_sessions = st.lists(
    st.builds(
        lambda uid, title, text, numbers, began: WholeSession(
            SessionHead(uid, began, title, text, 3, text, text, False),
            tuple(StoredEvent(seq, at_s, text) for seq, at_s in enumerate(numbers)),
            (Answer(uid + "n", uid, Question.NOTE, None, text, began),),
            SessionEnd(uid, began, Ending.LEFT),
        ),
        _uids,
        _text,
        _text,
        st.lists(st.floats(-1e12, 1e12) | st.integers(-5, 5), max_size=4),
        _moments,
    ),
    max_size=2,
).map(tuple)


@settings(deadline=None, max_examples=50)
@given(_sessions, _logs)
def test_any_log_comes_back_and_is_sound(sessions: tuple[WholeSession, ...], other: WholeLog) -> None:
    whole = replace(other, sessions=sessions)
    with closing(empty()) as conn:
        conn.execute("PRAGMA foreign_keys=ON")
        log = Log(conn)
        log.take_in(whole)

        assert log.whole() == whole
        assert check.deep(conn).sound


def test_the_numbers_of_the_rows_are_the_order_of_recording(log: Log) -> None:
    log.add(made.day_entry("later", DAY + timedelta(5)))
    log.add(made.day_entry("earlier", DAY))

    assert [entry.uid for entry in log.whole().days] == ["later", "earlier"]
    assert [entry.uid for entry in log.day_versions()] == ["earlier", "later"]


def test_foreign_keys_are_enforced(log: Log) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        log.conn.execute("INSERT INTO event VALUES (99, 0, 0.0, '')")


def test_what_the_columns_make_of_a_number_is_not_taken_for_damage(log: Log) -> None:
    log.start(replace(made.head("s"), revision=True))
    log.append("s", True, -0.0, "{}")
    log.end(SessionEnd("s", made.at(DAY), Ending.FINISHED))
    log.add(made.day_entry("d", morning=True))
    log.add(replace(made.outing("o"), minutes=30, distance_km=-0.0))

    assert check.deep(log.conn).sound
    log.add(made.day_entry("d", morning=1))


def test_a_corrected_outing_counts_once_and_keeps_its_former_version(log: Log) -> None:
    log.add(made.outing("first"))
    corrected = replace(made.outing("second", DAY + timedelta(days=3)), pain_after60=4, replaces="first")
    log.add(corrected)

    assert log.outings() == (corrected,)
    assert log.outings(DAY, DAY) == ()
    assert [one.uid for one in log.outing_versions()] == ["first", "second"]


def test_a_struck_test_does_not_count_until_that_is_taken_back(log: Log) -> None:
    log.add(made.result("first"))
    log.add(replace(made.result("struck"), replaces="first", struck=True))
    assert log.tests() == ()

    log.add(replace(made.result("back"), replaces="struck"))

    assert [one.uid for one in log.tests()] == ["back"]


def test_where_it_hurts_is_kept_and_newer_answers_win(log: Log) -> None:
    both = (Spot(PainSite.BACK), Spot(PainSite.GROIN, BodySide.LEFT), Spot(PainSite.GROIN, BodySide.RIGHT))
    log.add(replace(made.day_entry("1"), limp=True, spots=both))
    log.add(replace(made.day_entry("2"), recorded=made.at(DAY, 500)))

    assert (log.days()[0].limp, log.days()[0].spots) == (True, both)

    log.add(replace(made.day_entry("3"), recorded=made.at(DAY, 600), limp=False, spots=()))
    assert (log.days()[0].limp, log.days()[0].spots) == (False, ())


# -- a range at once ------------------------------------------------------------------------------------------------


def test_answers_of_a_range_are_those_of_its_sessions(tmp_path: Path) -> None:
    log = made.log_for_writing(made.database(tmp_path))
    log.take_in(made.whole(days=6))

    found = log.answers_between(made.FIRST_DAY + timedelta(days=1), made.FIRST_DAY + timedelta(days=2))

    assert [answer.uid for answer in found] == ["a-s1-b", "a-s1-n", "a-s2-b", "a-s2-n"]
    assert log.answers_between() == tuple(answer for n in range(6) for answer in log.answers(f"a-s{n}"))
    log.close()


def test_plays_are_what_head_and_events_say_one_by_one(tmp_path: Path) -> None:
    log = made.log_for_writing(made.database(tmp_path))
    log.take_in(made.whole(days=3))

    plays = {play.uid: play for play in log.plays(("a-s2", "a-s0", "unknown"))}

    assert set(plays) == {"a-s0", "a-s2"}
    for uid, play in plays.items():
        head = log.head(uid)
        assert head is not None
        assert (play.plan, play.events) == (head.plan, log.events(uid))
    assert log.plays(()) == ()
    log.close()


def test_the_first_entry_may_be_of_any_kind(tmp_path: Path) -> None:
    log = made.log_for_writing(made.database(tmp_path))
    assert log.first_entry_day() is None

    for entry in (
        made.outing("o", made.FIRST_DAY + timedelta(days=3)),
        made.day_entry("d", made.FIRST_DAY + timedelta(days=2)),
        made.result("t", made.FIRST_DAY + timedelta(days=1)),
    ):
        log.add(entry)
        assert log.first_entry_day() == entry.day
    log.start(made.head("s", made.FIRST_DAY))

    assert log.first_entry_day() == made.FIRST_DAY
    log.close()
