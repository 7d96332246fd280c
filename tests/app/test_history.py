"""The log as the clinical rules see it."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from coach.app.demo import fill
from coach.app.history import read_history
from coach.app.settings import Settings
from coach.app.surroundings import Log
from coach.core.clinical.bout import BoutKind
from coach.core.clinical.colour import Colour, judge
from coach.core.clinical.profiles import profiles_by
from coach.core.log import Answer, DayEntry, Ending, Outing, OutingKind, Question, SessionEnd, Spot, StoredEvent
from coach.core.routine.exercise import PainSite
from tests.app.making import surroundings_at
from tests.store import made

DAY = made.FIRST_DAY
NEXT = DAY + timedelta(days=1)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    opened = surroundings_at(tmp_path / "home").open_log()
    yield opened
    opened.close()


def did(log: Log, uid: str, day: date = DAY, **answers: int) -> None:
    """Record a session that ended, and what was answered about it."""
    log.start(made.head(uid, day))
    log.end(SessionEnd(uid, made.at(day, 30), Ending.FINISHED))
    for question, value in answers.items():
        log.answer(Answer(f"{uid}-{question}", uid, Question(question), value, "", made.at(day, 31)))


def test_a_session_brings_its_answers_and_the_morning_after(log: Log) -> None:
    did(log, "s", before=1, during=2, after=3, after60=4, effort=6)
    log.add(DayEntry("d", NEXT, 5, None, True, False, made.at(NEXT)))

    [bout] = read_history(log, Settings(), NEXT).bouts

    assert (bout.pre, bout.during, bout.after, bout.after60, bout.effort) == (1, 2, 3, 4, 6)
    assert (bout.kind, bout.morning, bout.night, bout.done) == (BoutKind.SESSION, 5, True, 1.0)


def test_on_the_day_itself_the_morning_after_is_not_known(log: Log) -> None:
    did(log, "s", before=1)
    log.add(DayEntry("d", NEXT, 5, None, True, False, made.at(NEXT)))

    [bout] = read_history(log, Settings(), DAY).bouts

    assert (bout.morning, bout.night) == (None, None)


def test_the_peak_is_the_worst_of_what_was_said_during_and_afterwards(log: Log) -> None:
    log.start(made.head("s"))
    log.append_all("s", [StoredEvent(0, 1.0, '{"type":"rated","at":1.0,"pain":6}')])
    log.end(SessionEnd("s", made.at(DAY, 30), Ending.FINISHED))
    log.answer(Answer("a", "s", Question.DURING, 2, "", made.at(DAY, 31)))

    assert read_history(log, Settings(), DAY).bouts[0].during == 6


def test_a_mistyped_pain_that_was_corrected_is_not_the_peak(log: Log) -> None:
    log.start(made.head("s"))
    bodies = ['{"type":"hurt","at":1.0}', *(f'{{"type":"rated","at":1.0,"pain":{pain}}}' for pain in (9, 1))]
    bodies += ['{"type":"hurt","at":9.0}', '{"type":"rated","at":9.0,"pain":3}']
    log.append_all("s", [StoredEvent(seq, 1.0, body) for seq, body in enumerate(bodies)])
    log.end(SessionEnd("s", made.at(DAY, 30), Ending.FINISHED))

    assert read_history(log, Settings(), DAY).bouts[0].during == 3


def test_a_session_that_was_left_is_no_loading(log: Log) -> None:
    log.start(made.head("s"))
    log.end(SessionEnd("s", made.at(DAY, 30), Ending.LEFT))

    assert read_history(log, Settings(), DAY).bouts == ()


@pytest.mark.parametrize("told", ["rated", "answered"])
def test_a_session_that_was_left_because_it_hurt_is_loading_and_is_judged(log: Log, told: str) -> None:
    log.start(made.head("s"))
    if told == "rated":
        log.append_all("s", [StoredEvent(0, 1.0, '{"type":"rated","at":1.0,"pain":8}')])
    log.end(SessionEnd("s", made.at(DAY, 30), Ending.LEFT))
    if told == "answered":
        log.answer(Answer("a", "s", Question.DURING, 8, "", made.at(DAY, 31)))

    history = read_history(log, Settings(), DAY)

    assert [bout.during for bout in history.bouts] == [8]
    assert [one.colour for one in judge(history, profiles_by(()))] == [Colour.RED]


def test_a_run_brings_its_groin_and_where_it_hurt_that_day(log: Log) -> None:
    log.add(Outing("o", OutingKind.RUN, DAY, 20.0, None, 170.0, 1, 0, True, True, made.at(DAY), 0, 2))
    log.add(DayEntry("d", DAY, 1, 1, False, False, made.at(DAY), None, (Spot(PainSite.BACK),)))

    [bout] = read_history(log, Settings(pain_sites=(PainSite.LATERAL,)), DAY).bouts

    assert (bout.kind, bout.pre, bout.during, bout.after, bout.after60) == (BoutKind.RUN, 0, 1, 0, 2)
    assert (bout.limp, bout.minutes, bout.cadence) == (True, 20.0, 170.0)
    assert bout.sites == {PainSite.GROIN, PainSite.BACK, PainSite.LATERAL}


def test_what_lies_before_the_window_is_not_read_but_when_it_began_is(log: Log) -> None:
    did(log, "old", DAY)
    did(log, "new", DAY + timedelta(days=100))

    past = read_history(log, Settings(), DAY + timedelta(days=100))

    assert [bout.uid for bout in past.bouts] == ["new"]
    assert past.began == DAY


def test_each_day_of_a_made_up_log_is_what_a_later_day_knows_of_it(tmp_path: Path) -> None:
    surroundings = surroundings_at(tmp_path / "home")
    fill(surroundings, 12)
    now = surroundings.calendar.now()
    log, settings = surroundings.read_log(), surroundings.settings_file().read().settings

    last = read_history(log, settings, now.date())
    for back in range(30):
        day = now.date() - timedelta(days=back)
        then = read_history(log, settings, day)
        known = last.until(day)
        assert [bout for bout in then.bouts if bout.day >= last.since] == list(known.bouts)
        assert {of: entry for of, entry in then.days.items() if of >= last.since} == known.days
        assert then.flags == known.flags
    assert any(0 < bout.done < 1 for bout in last.bouts)
    log.close()
