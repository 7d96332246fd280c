"""The made-up log: the same every time, and made of sessions that could have been."""

from pathlib import Path

import pytest

from coach.app import demo
from coach.app.guidance import guidance
from coach.app.readiness import decide
from coach.app.run_plan import run_plan
from coach.app.surroundings import Surroundings
from coach.app.today import due_routine
from coach.core.clinical.bout import BoutKind
from coach.core.clinical.readiness import Outcome
from coach.core.clinical.run_course import Step
from coach.core.clinical.triggers import flags_of
from coach.core.log import Ending, WholeLog
from coach.core.session.engine import Phase, replay
from coach.core.session.events import from_json, plan_from_json
from coach.core.session.record import record
from tests.app.making import surroundings_at
from tests.fakes import FakeCalendar


def made(folder: Path, weeks: int, seed: int = demo.SEED) -> WholeLog:
    surroundings: Surroundings = surroundings_at(folder)
    demo.fill(surroundings, weeks, seed)
    log = surroundings.read_log()
    try:
        return log.whole()
    finally:
        log.close()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> WholeLog:
    return made(tmp_path_factory.mktemp("demo"), 26)


def test_it_is_the_same_every_time(tmp_path: Path, whole: WholeLog) -> None:
    assert made(tmp_path / "again", 26) == whole
    assert made(tmp_path / "other", 26, seed=5) != whole


def test_every_session_could_have_been(whole: WholeLog) -> None:
    for session in whole.sessions:
        events = [from_json(event.body) for event in session.events]
        steps = plan_from_json(session.head.plan)
        done, told = replay(steps, events), record(steps, events)
        assert done.phase is Phase.DONE
        assert [event.seq for event in session.events] == list(range(len(events)))
        assert [event.at for event in events] == sorted(event.at for event in events)
        assert session.end is not None
        assert done.complete == (session.end.ending is Ending.FINISHED)
        planned = sum(step.duration_s for step in steps if step.works())
        assert sum(one.seconds for one in told.sets) <= planned + 1e-6


def test_it_ends_today_and_has_gaps(whole: WholeLog) -> None:
    days = [entry.day for entry in whole.days]

    assert days == sorted(set(days))
    assert (days[-1] - days[0]).days <= 26 * 7
    assert len(days) < (days[-1] - days[0]).days
    assert max(day.isoformat() for day in days) <= "2026-11-20"


def test_the_pain_heals(whole: WholeLog) -> None:
    mornings = [entry.morning or 0 for entry in whole.days]

    assert sum(mornings[:7]) / 7 > 3
    assert min(sum(mornings[n : n + 14]) / 14 for n in range(len(mornings) - 14)) < 1.5


@pytest.mark.parametrize("days", range(7))
@pytest.mark.parametrize("weeks", [10, 16, 30])
def test_whatever_day_it_is_a_session_is_proposed_and_running_is_not_far(tmp_path: Path, weeks: int, days: int) -> None:
    surroundings = surroundings_at(tmp_path)
    assert isinstance(surroundings.calendar, FakeCalendar)
    surroundings.calendar.advance(days * 86_400)
    demo.fill(surroundings, weeks)
    today, settings = surroundings.calendar.now().date(), surroundings.settings_file().read().settings
    log, routines = surroundings.read_log(), surroundings.routines()
    try:
        seen = guidance(log, routines, settings, today)
        due = due_routine(log, routines, settings, today)
        verdict = decide(log, routines, settings, today).verdict
    finally:
        log.close()

    assert flags_of(seen.standing) == ()
    assert seen.may_load(BoutKind.SESSION)
    assert due is not None
    assert verdict.outcome is Outcome.NOT_YET
    assert sum(one.met for one in verdict.counted) >= len(verdict.counted) - 5


@pytest.mark.parametrize("days", range(7))
@pytest.mark.parametrize("weeks", [demo.HEALED_WEEKS, 40])
def test_a_hip_that_has_healed_runs_by_the_plan_whatever_day_it_is(tmp_path: Path, weeks: int, days: int) -> None:
    surroundings = surroundings_at(tmp_path)
    assert isinstance(surroundings.calendar, FakeCalendar)
    surroundings.calendar.advance(days * 86_400)
    demo.fill(surroundings, weeks, seed=days, healed=True)
    now = surroundings.calendar.now()
    log = surroundings.read_log()
    try:
        seen = run_plan(log, surroundings.routines(), surroundings.settings_file().read().settings, now.date(), now)
        whole = log.whole()
    finally:
        log.close()

    assert seen.course.open
    assert not seen.blocked
    assert seen.course.stage >= 4
    assert {one.step for one in seen.course.decisions[-7:]} <= {Step.ADVANCED, Step.HELD, Step.WAITING, Step.OPENED}
    assert seen.next is not None
    assert max(one.day for one in whole.outings) < now.date()
