"""What the log asks for, from the disk to the routine that is proposed."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from coach.app.guidance import Guidance, anyway, guidance, proposed, proposed_due
from coach.app.keeping import DirectKeeper
from coach.app.live import Keeper
from coach.app.prescribing import EXTENSION, STEP_EXTENSION, Prescription, as_prescribed
from coach.app.surroundings import Log
from coach.app.today import today_view
from coach.app.training import Answers
from coach.core.clinical.bout import BoutKind
from coach.core.clinical.colour import Colour
from coach.core.clinical.response import Cause, Step
from coach.core.clinical.screening import ScreenDue
from coach.core.clinical.triggers import By
from coach.core.log import OutingKind
from coach.core.routine.exercise import PainSite
from coach.core.routine.plan import total_s
from coach.core.routine.reading import read_routine
from coach.core.session.engine import ItHurts, Rate, Resume, Start, Tick
from tests.ui.fakes import TINY, World, item, plain
from tests.ui.trained import FRIDAY, ago, amber_twice, mornings, red, trained


class Person:
    def __init__(self, folder: Path) -> None:
        self.world = World(folder)
        self.world.use(TINY, screened=ago(3).isoformat())
        self.log: Log = self.world.surroundings.open_log()
        self.routines = self.world.surroundings.routines()

    @property
    def settings(self) -> Any:
        return self.world.surroundings.settings_file().read().settings

    def seen(self) -> Guidance:
        return guidance(self.log, self.routines, self.settings, FRIDAY)

    def given(self) -> Prescription:
        due = today_view(self.log, self.routines, self.settings, FRIDAY, 9).due
        assert due is not None
        return due.given

    def proposed(self) -> Prescription:
        return proposed(self.given(), self.seen(), self.routines, self.settings)

    def start(self, given: Prescription) -> dict[str, Any]:
        """Begin, and return the routine as it is in the log."""

        def keeper(uid: str) -> Keeper:
            return DirectKeeper(self.log, uid)

        live = self.world.surroundings.training(self.log, keeper).start(given, self.settings, 1)
        head = self.log.head(live.uid)
        assert head is not None
        stored: dict[str, Any] = json.loads(head.routine)
        assert read_routine(head.routine.encode(), self.routines.library).routine is not None
        return stored


@pytest.fixture
def person(tmp_path: Path) -> Iterator[Person]:
    made = Person(tmp_path)
    yield made
    made.log.close()


def test_an_empty_log_proposes_the_prescription(person: Person) -> None:
    found = person.proposed()

    assert found.routine == person.given().routine
    assert not found.differs
    assert person.seen().standing == ()


def test_two_ambers_propose_less_and_the_session_that_is_due_is_shorter(person: Person) -> None:
    amber_twice(person.world)
    view = today_view(person.log, person.routines, person.settings, FRIDAY, 9)
    assert view.due is not None

    due = proposed_due(view.due, person.seen(), person.routines, person.settings)

    assert [one.colour for one in person.seen().judged] == [Colour.AMBER, Colour.AMBER]
    assert due.given.differs
    assert due.length_s < view.due.length_s
    assert len(due.works) == 2


def test_what_was_begun_lower_says_so_in_the_record_and_what_was_begun_as_prescribed_says_that(
    person: Person,
) -> None:
    amber_twice(person.world)
    given = person.proposed()

    lower, whole = person.start(given), person.start(as_prescribed(given))

    told = lower.pop(EXTENSION)
    assert (told["steps"], told["taken"]) == (1, True)
    assert told["changes"][-1] == {"item": 1, "exercise": "plank", "kind": "fewer_sets", "was": 2.0, "now": 1.0}
    assert told["reasons"] == [{"rule": "ambers", "days": [ago(4).isoformat(), ago(2).isoformat()]}]
    assert lower["items"][1]["sets"] == 1
    assert whole.pop(EXTENSION)["taken"] is False
    assert whole["items"] == [dict(one) for one in TINY["items"]]


def test_an_ordinary_session_says_nothing_of_the_kind(person: Person) -> None:
    assert EXTENSION not in person.start(person.proposed())


def test_after_red_it_is_not_today_unless_the_person_insists(person: Person) -> None:
    red(person.world)

    found = person.proposed()
    insisted = anyway(person.given(), person.seen(), person.routines, person.settings)

    assert found.proposal is not None
    assert (found.proposal.routine, found.proposal.until) == (None, ago(-2))
    assert insisted.differs
    assert not person.seen().may_load(BoutKind.SESSION)


def test_a_pattern_of_the_log_blocks_until_a_clinician_looked(person: Person) -> None:
    mornings(person.world, 5, 3, 1, night=True)
    seen = person.seen()
    assert [(one.flag.name, one.by) for one in seen.standing] == [("constant_or_night_pain", By.LOG)]
    assert seen.blocked
    assert not seen.may_load(BoutKind.RUN)
    assert person.proposed().proposal is not None

    person.world.surroundings.logbook(person.log).flag("constant_or_night_pain", FRIDAY, raised=False)

    assert person.seen().standing == ()


def test_walks_and_runs_have_their_own_rest(person: Person) -> None:
    mornings(person.world, *range(12))
    person.world.surroundings.logbook(person.log).outing(OutingKind.RUN, ago(1), minutes=10, pain=6, pain_after=1)

    seen = person.seen()

    assert not seen.may_load(BoutKind.RUN)
    assert seen.may_load(BoutKind.SESSION)


def test_mornings_that_have_been_rising_lower_the_next_dose_and_refer(person: Person) -> None:
    mornings(person.world, *range(8, 40), pain=1)
    mornings(person.world, *range(8), pain=3)

    found = person.proposed()

    assert found.differs
    assert found.proposal is not None
    assert [why.cause for why in found.proposal.reasons] == [Cause.ALARM, Cause.NOTHING_YET]
    assert [one.flag.name for one in person.seen().standing] == ["worsening"]


def test_a_smaller_rise_only_keeps_from_more(person: Person) -> None:
    mornings(person.world, *range(40), pain=1)
    trained(person.world, 16)
    trained(person.world, 14)
    assert person.seen().response(BoutKind.SESSION).step is Step.PROGRESS

    mornings(person.world, *range(5, 12), pain=2)

    found = person.seen().response(BoutKind.SESSION)
    assert (found.step, found.back) == (Step.REPEAT, 0)
    assert person.seen().standing == ()


def test_three_self_tests_below_the_goal_of_the_routine_refer(person: Person) -> None:
    book = person.world.surroundings.logbook(person.log)
    for back in (21, 14, 7):
        book.test("side_plank", ago(back), pain=0, left=40, right=40)
        book.test("heel_raise", ago(back), pain=0, left=30)
        book.test("confidence", ago(back), pain=0, value=2)

    [one] = person.seen().standing
    assert (one.flag.name, [found.what for found in one.evidence]) == ("failing_item", ["side_plank"] * 3)

    person.world.use(plain(revision=2, readiness={"sp_s": 30}), screened="2026-11-17")
    assert person.seen().standing == ()


def test_the_routine_of_a_session_sets_its_limits(person: Person) -> None:
    person.world.use(plain(revision=2, rules={"green_during_max": 4, "amber_during_max": 9}), screened="2026-11-17")
    amber_twice(person.world)

    assert [one.colour for one in person.seen().judged] == [Colour.GREEN, Colour.GREEN]


def test_the_questions_are_due_a_month_later_and_after_red_with_groin_pain(person: Person) -> None:
    assert person.seen().screening is None

    person.world.choose(screened=ago(31).isoformat())
    assert person.seen().screening is ScreenDue.MONTH

    person.world.choose(screened=ago(3).isoformat(), pain_sites=(PainSite.GROIN,))
    trained(person.world, 2, during=3)
    assert person.seen().screening is ScreenDue.GROIN_RED


def test_a_routine_with_exercises_of_its_own_can_be_lowered(person: Person) -> None:
    own = {"id": "my_move", "name": "My move", "dose": {"sets": 3, "reps": 5}}
    routine = plain(revision=3, items=[item("my_move")], exercises=[own])
    person.world.use(routine, screened="2026-11-17")
    amber_twice(person.world, routine)

    given = person.proposed()

    assert given.routine.items[0].sets == 2


def test_the_lower_dose_is_what_is_led(person: Person) -> None:
    amber_twice(person.world)
    given = person.proposed()

    def keeper(uid: str) -> Keeper:
        return DirectKeeper(person.log, uid)

    live = person.world.surroundings.training(person.log, keeper).start(given, person.settings, 1)

    assert total_s(live.first_steps) < 39.0


# -- steps up that the physio allows ----------------------------------------------------------------------------------

CLIMBING = plain(
    version="1.1",
    revision=2,
    items=[TINY["items"][0], {**TINY["items"][1], "progress": [{"hold_s": 8}, {"exercise": "single_leg_bridge"}]}],
)


@pytest.fixture
def climber(person: Person) -> Person:
    """Somebody whose routine allows two steps."""
    person.world.use(CLIMBING, screened="2026-11-17")
    mornings(person.world, *range(20))
    return person


def done(person: Person, back: int, given: Prescription) -> dict[str, Any]:
    """Lead a session so many days ago from its beginning to its end, borne well; what the log has of its routine."""
    calendar = person.world.calendar
    calendar.advance(-back * 86_400)
    training = person.world.surroundings.training(person.log, lambda uid: DirectKeeper(person.log, uid))
    live = training.start(given, person.settings, 1)
    live.do(Start(), 0.0)
    for now in range(1, 4000):
        live.do(Tick(), now * 0.25)
    assert live.session.complete
    assert training.finish(live)
    training.answer(live.uid, Answers(during=1, after=1, effort=4))
    calendar.advance(back * 86_400)
    head = person.log.head(live.uid)
    assert head is not None
    stored: dict[str, Any] = json.loads(head.routine)
    assert read_routine(head.routine.encode(), {}).routine is not None
    return stored


def test_after_two_good_sessions_the_next_step_is_proposed_with_its_reason(climber: Person) -> None:
    first = done(climber, 6, climber.proposed())
    done(climber, 4, climber.given())

    found = climber.proposed()

    assert found.differs
    assert found.proposal is not None
    assert (found.proposal.up, found.routine.items[1].hold_s) == (1, 8)
    assert [why.cause for why in found.proposal.reasons] == [Cause.RAISED]
    assert first[STEP_EXTENSION]["step"] == 0
    assert EXTENSION not in first


def test_the_step_that_was_done_earns_the_next_and_what_was_done_as_prescribed_does_not(climber: Person) -> None:
    done(climber, 12, climber.given())
    done(climber, 10, climber.given())
    up, whole = done(climber, 8, climber.proposed()), done(climber, 6, as_prescribed(climber.proposed()))

    assert (up[STEP_EXTENSION]["step"], up["items"][1]["hold_s"]) == (1, 8)
    assert (whole[STEP_EXTENSION]["step"], whole[STEP_EXTENSION]["proposed"]) == (0, 1)
    assert "progress" in whole["items"][1]
    assert "progress" not in up["items"][1]
    assert climber.proposed().proposal.up == 1  # type: ignore[union-attr]

    done(climber, 4, climber.proposed())
    done(climber, 2, climber.proposed())

    found = climber.proposed().proposal
    assert found is not None
    assert (found.up, found.changes[0].now) == (2, "single_leg_bridge")


def test_a_new_revision_begins_at_what_it_prescribes(climber: Person) -> None:
    done(climber, 6, climber.given())
    done(climber, 4, climber.given())
    assert climber.proposed().differs

    climber.world.use({**CLIMBING, "revision": 3}, screened="2026-11-17")

    assert not climber.proposed().differs


def test_sessions_done_without_the_app_count_as_prescribed(climber: Person) -> None:
    trained(climber.world, 6, CLIMBING)
    trained(climber.world, 4, CLIMBING)

    assert climber.proposed().proposal.up == 1  # type: ignore[union-attr]


def test_whoever_insists_on_a_session_is_never_given_more_than_what_is_prescribed(climber: Person) -> None:
    trained(climber.world, 6, CLIMBING)
    trained(climber.world, 4, CLIMBING)

    insisted = anyway(climber.given(), climber.seen(), climber.routines, climber.settings)

    assert insisted.routine == climber.given().routine


def test_a_session_in_which_the_easier_variation_was_taken_earns_nothing(climber: Person) -> None:
    trained(climber.world, 6, CLIMBING)
    given = climber.given()
    calendar = climber.world.calendar
    calendar.advance(-4 * 86_400)
    training = climber.world.surroundings.training(climber.log, lambda uid: DirectKeeper(climber.log, uid))
    live = training.start(given, climber.settings, 1)
    live.do(Start(), 0.0)
    live.do(ItHurts(), 1.0)
    live.do(Rate(2), 2.0)
    assert live.ease(3.0)
    live.do(Resume(), 4.0)
    for now in range(20, 4000):
        live.do(Tick(), now * 0.25)
    assert training.finish(live)
    training.answer(live.uid, Answers(during=1, after=1, effort=4))
    calendar.advance(4 * 86_400)

    assert climber.seen().judged[-1].bout.eased
    assert not climber.proposed().differs
