"""Starting, going on with and ending sessions, on a real log."""

import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from coach.app.keeping import DirectKeeper
from coach.app.live import Keeper, LiveSession
from coach.app.prescribing import Prescription, prescribed, prescription
from coach.app.settings import Settings
from coach.app.surroundings import Log
from coach.app.training import Answers, Training, self_contained
from coach.core.day import Moment
from coach.core.log import Ending, Question
from coach.core.routine.exercise import PainSite
from coach.core.routine.plan import known_exercises
from coach.core.routine.reading import read_routine
from coach.core.routine.routine import Pace
from coach.core.session.engine import Back, Pause, Phase, Resume, Skip, SkipExercise, Start, Stop, Tick
from coach.core.session.events import Seen, from_json
from coach.store.errors import Refused
from tests.ui.fakes import TINY, Plain, World, item, plain

LENGTH_S = 39.0


class Person:
    """Trains with a real log in a throw-away home."""

    def __init__(self, folder: Path) -> None:
        self.world = World(folder)
        self.log: Log = self.world.surroundings.open_log()
        self.settings = Settings(set_up=True)

    @property
    def training(self) -> Training:
        return self.world.surroundings.training(self.log, self.keeper)

    def keeper(self, uid: str) -> Keeper:
        return DirectKeeper(self.log, uid)

    def given(self, routine: Plain = TINY) -> Prescription:
        return prescription(self.world.receive(routine), self.world.surroundings.routines().library, self.settings)

    def start(self, routine: Plain = TINY, before: int | None = 2) -> LiveSession:
        live = self.training.start(self.given(routine), self.settings, before)
        live.do(Start(), 0.0)
        return live

    def crash(self) -> None:
        """The process ends; the next one opens the log anew."""
        self.log.close()
        self.log = self.world.surroundings.open_log()


@pytest.fixture
def person(tmp_path: Path) -> Iterator[Person]:
    made = Person(tmp_path)
    yield made
    made.log.close()


def led(live: LiveSession, until: float, since: float = 0.0) -> None:
    for tenth in range(round(since * 10) + 1, round(until * 10) + 1):
        live.do(Tick(), tenth / 10)


def answered(person: Person, uid: str) -> list[tuple[Question, int | None, str]]:
    return [(one.question, one.value, one.text) for one in person.log.answers(uid)]


# -- from start to end ------------------------------------------------------------------------------------------


def test_a_session_is_in_the_log_when_start_returns(person: Person) -> None:
    live = person.training.start(person.given(), person.settings, 3)
    person.crash()

    head = person.log.head(live.uid)
    assert head is not None
    assert (head.routine_id, head.routine_title, head.revision, head.guided) == ("tiny", "Tiny", 1, True)
    assert head.began == Moment("2026-11-20T17:00:00.000Z", "Europe/Berlin", person.world.calendar.now().date())
    assert answered(person, live.uid) == [(Question.BEFORE, 3, "")]


def test_a_question_that_was_not_answered_is_not_in_the_log(person: Person) -> None:
    live = person.start(before=None)

    assert answered(person, live.uid) == []


def test_pain_nought_is_an_answer(person: Person) -> None:
    live = person.start(before=0)
    person.training.answer(live.uid, Answers(during=0, after=0, effort=0))

    assert [(question, value) for question, value, _ in answered(person, live.uid)] == [
        (Question.BEFORE, 0),
        (Question.DURING, 0),
        (Question.AFTER, 0),
        (Question.EFFORT, 0),
    ]


def test_the_closing_answers_are_kept_with_the_note(person: Person) -> None:
    live = person.start()

    person.training.answer(live.uid, Answers(during=4, after=1, effort=6, note="  felt <b>fine</b>\n"))

    assert answered(person, live.uid)[1:] == [
        (Question.DURING, 4, ""),
        (Question.AFTER, 1, ""),
        (Question.EFFORT, 6, ""),
        (Question.NOTE, None, "felt <b>fine</b>"),
    ]


def test_a_session_that_ran_to_its_end_is_finished(person: Person) -> None:
    live = person.start()
    led(live, LENGTH_S)

    assert person.training.finish(live)

    end = person.log.end_of(live.uid)
    assert end is not None
    assert end.ending is Ending.FINISHED
    assert person.training.broken(person.settings) is None


def test_a_session_that_was_stopped_after_a_set_is_stopped(person: Person) -> None:
    live = person.start()
    led(live, 9.0)
    live.do(Stop(), 9.0)

    assert person.training.finish(live)

    end = person.log.end_of(live.uid)
    assert end is not None
    assert end.ending is Ending.STOPPED
    assert person.training.record_of(live).sets_done == 1


def test_where_no_set_was_completed_no_session_was_done(person: Person) -> None:
    live = person.start()
    led(live, 7.0)
    live.do(Stop(), 7.0)

    assert person.training.finish(live)

    end = person.log.end_of(live.uid)
    assert end is not None
    assert end.ending is Ending.LEFT


def test_finishing_again_changes_nothing(person: Person) -> None:
    live = person.start()
    led(live, LENGTH_S)
    assert person.training.finish(live)
    end = person.log.end_of(live.uid)
    person.world.calendar.advance(60)

    assert person.training.finish(live)

    assert person.log.end_of(live.uid) == end


def test_a_session_whose_events_are_not_on_disk_is_not_ended(person: Person) -> None:
    class Held(DirectKeeper):
        def flush(self) -> bool:
            return False

    given = person.given()
    training = person.world.surroundings.training(person.log, lambda uid: Held(person.log, uid))
    live = training.start(given, person.settings, None)

    assert not training.finish(live)
    assert person.log.end_of(live.uid) is None


def test_of_the_seconds_that_passed_only_the_last_one_stays(person: Person) -> None:
    live = person.start()
    led(live, LENGTH_S)
    before = [from_json(one.body) for one in person.log.events(live.uid)]

    person.training.finish(live)

    after = [from_json(one.body) for one in person.log.events(live.uid)]
    assert sum(isinstance(event, Seen) for event in before) > 9
    assert [event for event in after if isinstance(event, Seen)] == [
        [event for event in before if isinstance(event, Seen)][-1]
    ]
    assert [event for event in after if not isinstance(event, Seen)] == [
        event for event in before if not isinstance(event, Seen)
    ]


# -- going on ---------------------------------------------------------------------------------------------------


def test_after_a_crash_the_offer_names_the_very_rep(person: Person) -> None:
    live = person.start()
    led(live, 6.5)
    person.crash()

    broken = person.training.broken(person.settings)

    assert broken is not None
    assert (broken.uid, broken.title, broken.exercise) == (live.uid, "Tiny", "clamshell")
    assert (broken.set, broken.rep, broken.can_go_on) == (1, 2, True)
    assert broken.left_s == pytest.approx(LENGTH_S - 6.0)


def test_looking_at_what_broke_off_changes_nothing(person: Person) -> None:
    live = person.start()
    led(live, 6.5)
    person.crash()
    before = person.log.events(live.uid)

    assert person.training.broken(person.settings) == person.training.broken(person.settings)

    assert person.log.events(live.uid) == before


def test_going_on_ends_as_if_nothing_had_happened(person: Person) -> None:
    live = person.start()
    led(live, 6.5)
    person.crash()

    again = person.training.go_on(person.settings)
    assert again is not None
    assert again.session.phase is Phase.PAUSED
    again.do(Resume(), 10.0)
    led(again, 13.0 + LENGTH_S, since=10.0)
    assert person.training.finish(again)

    end = person.log.end_of(live.uid)
    assert end is not None
    assert end.ending is Ending.FINISHED
    record = person.training.record_of(again)
    assert [one.complete for one in record.sets] == [True] * 4
    assert sum(one.seconds for one in record.sets) == pytest.approx(4 + 4 + 12)


def test_nothing_broken_is_nothing_to_go_on_with(person: Person) -> None:
    assert person.training.broken(person.settings) is None
    assert person.training.go_on(person.settings) is None


def test_a_session_that_never_began_is_not_gone_on_with(person: Person) -> None:
    person.training.start(person.given(), person.settings, 2)
    person.crash()

    broken = person.training.broken(person.settings)

    assert broken is not None
    assert not broken.can_go_on


def test_what_is_left_is_not_offered_again(person: Person) -> None:
    live = person.start()
    led(live, 6.5)
    person.crash()

    person.training.leave(live.uid)

    end = person.log.end_of(live.uid)
    assert end is not None
    assert end.ending is Ending.LEFT
    assert person.training.broken(person.settings) is None


def test_what_is_left_by_mistake_can_be_gone_on_with_as_before(person: Person) -> None:
    live = person.start()
    led(live, 6.5)
    person.crash()
    before = person.training.broken(person.settings)

    person.training.leave(live.uid)
    person.training.take_up_again(live.uid)

    assert person.training.broken(person.settings) == before
    assert person.training.go_on(person.settings) is not None


def test_a_session_that_had_run_to_its_end_is_finished_when_it_is_left(person: Person) -> None:
    live = person.start()
    led(live, LENGTH_S)
    person.crash()
    broken = person.training.broken(person.settings)
    assert broken is not None
    assert (broken.can_go_on, broken.left_s) == (False, 0.0)

    person.training.leave(live.uid)

    end = person.log.end_of(live.uid)
    assert end is not None
    assert end.ending is Ending.FINISHED


def test_a_session_that_had_been_stopped_after_a_set_is_stopped_when_it_is_left(person: Person) -> None:
    live = person.start()
    led(live, 9.0)
    live.do(Stop(), 9.0)
    person.crash()

    person.training.leave(live.uid)

    end = person.log.end_of(live.uid)
    assert end is not None
    assert end.ending is Ending.STOPPED


def test_the_stored_session_does_not_need_the_library(person: Person) -> None:
    live = person.start()
    led(live, 6.5)
    head = person.log.head(live.uid)
    assert head is not None

    read = read_routine(head.routine.encode(), {})

    assert read.routine is not None
    assert {exercise.id for exercise in read.routine.exercises} == {"clamshell", "plank"}


def test_a_routine_brings_each_exercise_once_and_its_own_win(person: Person) -> None:
    own = {"id": "plank", "name": "My plank"}
    routine = person.world.routine(plain(exercises=[own], items=[item("plank", hold_s=5), item("plank", hold_s=6)]))
    library = person.world.surroundings.routines().library

    whole = self_contained(routine, known_exercises(library, routine))

    assert [(exercise.id, exercise.name) for exercise in whole.exercises] == [("plank", "My plank")]
    assert self_contained(whole, known_exercises({}, whole)) == whole


def damage(person: Person, statement: str) -> None:
    person.log.conn.execute(statement)
    person.crash()


_DAMAGES: dict[str, str] = {
    "an event that is no JSON": "UPDATE event SET body = '{\"type\":' WHERE seq = 2",
    "an event of a kind that never was": 'UPDATE event SET body = \'{"type":"flew","at":1.0}\' WHERE seq = 2',
    "an event that leads out of the plan": 'UPDATE event SET body = \'{"type":"began","at":4.0,"index":9999}\'',
    "an event that leads before the plan": 'UPDATE event SET body = \'{"type":"began","at":4.0,"index":-99}\'',
    "a plan that is no JSON": "UPDATE session SET plan = '[['",
    "an event of an easier variation without steps": (
        'UPDATE event SET body = \'{"type":"eased","at":4.0,"exercise":"bridge","steps":[]}\' WHERE seq > 2'
    ),
    "a plan of more items than the routine has": (
        """UPDATE session SET plan = '[["prepare",4.0,7,"plank"],["hold",9.0,7,"plank","both",1,1]]'"""
    ),
    "an empty plan": "UPDATE session SET plan = ''",
    "a plan without steps": "UPDATE session SET plan = '[]'",
    "a routine that cannot be read": "UPDATE session SET routine = '{}'",
}


@pytest.mark.parametrize("statement", _DAMAGES.values(), ids=_DAMAGES.keys())
def test_a_damaged_session_is_not_gone_on_with_and_can_be_left(person: Person, statement: str) -> None:
    live = person.start()
    led(live, 6.5)
    damage(person, statement)

    broken = person.training.broken(person.settings)
    assert broken is not None
    assert (broken.uid, broken.title, broken.can_go_on) == (live.uid, "Tiny", False)
    person.training.leave(live.uid)

    assert person.training.broken(person.settings) is None


# -- what is done -----------------------------------------------------------------------------------------------


def test_a_built_in_routine_leaves_out_what_is_off_at_the_pain_site(person: Person) -> None:
    found = person.world.surroundings.routines().find("mobility")
    assert found is not None
    library = person.world.surroundings.routines().library

    given = prescription(found, library, Settings(pain_sites=(PainSite.GROIN,)))

    off = [gated.exercise for gated in given.left_out]
    assert off
    assert all(gated.off for gated in given.left_out)
    assert not {one.exercise for one in given.routine.items} & set(off)
    assert not any(gated.off for gated in given.advised)


def test_what_a_physio_prescribed_stays_with_the_advice_beside_it(person: Person) -> None:
    listed = person.world.receive(plain(items=[item("hip_flexor_stretch", hold_s=20), item("plank", hold_s=5)]))
    library = person.world.surroundings.routines().library

    given = prescription(listed, library, Settings(pain_sites=(PainSite.GROIN,)))

    assert given.routine == listed.routine
    assert given.left_out == ()
    assert [(gated.exercise, gated.off) for gated in given.advised] == [("hip_flexor_stretch", True)]


def test_without_a_pain_site_nothing_is_said(person: Person) -> None:
    given = person.given()

    assert (given.left_out, given.advised) == ((), ())


def test_a_routine_of_which_nothing_would_be_left_stays_whole(person: Person) -> None:
    routine = person.world.routine(plain(items=[item("hip_flexor_stretch", hold_s=20)]))
    library = person.world.surroundings.routines().library

    given = prescribed(routine, library, Settings(pain_sites=(PainSite.GROIN,)), own=True)

    assert given.routine == routine
    assert given.left_out == ()


def test_self_paced_reps_wait_for_the_person_and_holds_do_not(person: Person) -> None:
    person.settings = Settings(self_paced=True)
    items = [
        item("clamshell", reps=2),
        item("plank", hold_s=5),
        item("clamshell"),
        item("plank"),
        item("squat", reps=3),
    ]

    given = person.given(plain(items=items))

    paces = [one.pace for one in given.routine.items]
    assert paces == [Pace.SELF, msgspec.UNSET, Pace.SELF, msgspec.UNSET, Pace.SELF]
    live = person.training.start(given, person.settings, None)
    assert {step.open for step in live.first_steps if step.works() and step.exercise == "clamshell"} == {True}
    assert not any(step.open for step in live.first_steps if step.exercise == "plank")


def test_a_self_paced_session_is_stored_as_it_was_done(person: Person) -> None:
    person.settings = Settings(self_paced=True)
    live = person.start()
    person.crash()

    again = person.training.go_on(Settings())

    assert again is not None
    assert again.session.steps == live.session.steps


def test_a_session_without_the_app_is_finished_with_its_answers(person: Person) -> None:
    day = person.world.calendar.now().date().replace(day=18)

    uid = person.training.log_undone(person.world.routine(TINY), Answers(effort=5, note="at the beach"), day)

    head, end = person.log.head(uid), person.log.end_of(uid)
    assert head is not None
    assert end is not None
    assert (head.guided, head.began.day, head.plan, end.ending) == (False, day, "", Ending.FINISHED)
    assert answered(person, uid) == [(Question.EFFORT, 5, ""), (Question.NOTE, None, "at the beach")]
    assert person.training.broken(person.settings) is None


def test_a_session_without_the_app_that_cannot_be_recorded_leaves_nothing_of_itself(person: Person) -> None:
    with pytest.raises(Refused):
        person.training.log_undone(person.world.routine(TINY), Answers(before=2, note="half \udcff a letter"), None)

    assert person.log.sessions() == ()


def test_skipping_and_going_back_survive_a_crash(person: Person) -> None:
    live = person.start()
    led(live, 5.0)
    for command, now in ((Skip(), 5.1), (SkipExercise(), 6.0), (Back(), 6.5), (Pause(), 7.0)):
        live.do(command, now)
    person.crash()

    again = person.training.go_on(person.settings)

    assert again is not None
    assert again.session == live.session


def test_the_affected_side_of_the_person_comes_first(person: Person) -> None:
    routine = plain(items=[item("clamshell", sides="affected_first", reps=1)])

    def first(hip: str) -> str:
        person.settings = msgspec.convert({"hip": hip}, Settings)
        live = person.training.start(person.given(routine), person.settings, None)
        return next(str(step.side) for step in live.first_steps if step.works())

    assert (first("right"), first("left")) == ("right", "left")


def test_after_going_on_the_easier_variation_still_has_both_sides_of_the_person(person: Person) -> None:
    person.settings = Settings(hip="right")
    live = person.start(plain(items=[item("clamshell", sides="affected_first", reps=2)]))
    led(live, 11.0)
    assert live.session.step.side == "right"
    person.crash()

    again = person.training.go_on(person.settings)
    assert again is not None
    again.ease(11.0)

    sides = [str(step.side) for step in again.session.steps[again.session.index :] if step.works()]
    assert list(dict.fromkeys(sides)) == ["right", "left"]


def test_the_title_is_stored_as_the_file_has_it(person: Person) -> None:
    live = person.start(plain(title="<img src=/tmp/x>\u202e Übung"))

    head = person.log.head(live.uid)

    assert head is not None
    assert head.routine_title == "<img src=/tmp/x>\u202e Übung"
    assert json.loads(head.routine)["title"] == head.routine_title
