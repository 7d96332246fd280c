"""Events are stored as JSON and read back for ever."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.core.routine.plan import Side, Step, StepKind
from coach.core.session.events import (
    Adjusted,
    Began,
    Counted,
    Eased,
    Event,
    Finished,
    Hurt,
    Jumped,
    Paused,
    Rated,
    Resumed,
    Seen,
    Slept,
    Started,
    Stopped,
    from_json,
    plan_from_json,
    plan_to_json,
    to_json,
)
from tests.core.strategies import Press, compiled, plans, play, scripts

HOLD = Step(StepKind.HOLD, 5.0, 0, "plank", Side.LEFT, 1, 2)

WRITTEN = {
    '{"type":"started","at":0.25}': Started(0.25),
    '{"type":"began","at":1.5,"index":3}': Began(1.5, 3),
    '{"type":"counted","at":1.5,"index":3}': Counted(1.5, 3),
    '{"type":"seen","at":7.0}': Seen(7.0),
    '{"type":"paused","at":7.0}': Paused(7.0),
    '{"type":"slept","at":7.0,"gap_s":3600.5}': Slept(7.0, 3600.5),
    '{"type":"resumed","at":9.0,"lead_s":3.0}': Resumed(9.0, 3.0),
    '{"type":"jumped","at":9.0,"index":2,"lead_s":0.0}': Jumped(9.0, 2, 0.0),
    '{"type":"adjusted","at":9.0,"seconds":-10.0}': Adjusted(9.0, -10.0),
    '{"type":"hurt","at":9.0}': Hurt(9.0),
    '{"type":"rated","at":9.0,"pain":6}': Rated(9.0, 6),
    '{"type":"eased","at":9.0,"exercise":"easy","steps":[["hold",5.0,0,"plank","left",1,2,false]]}': Eased(
        9.0, "easy", (HOLD,)
    ),
    '{"type":"finished","at":9.0}': Finished(9.0),
    '{"type":"finished","at":9.0,"counted":true}': Finished(9.0, counted=True),
    '{"type":"stopped","at":9.0}': Stopped(9.0),
}
"""As the first version wrote them. A change here makes the logs of people unreadable."""


@pytest.mark.parametrize("body, event", WRITTEN.items(), ids=lambda value: type(value).__name__)
def test_what_the_first_version_wrote_is_still_read(body: str, event: Event) -> None:
    assert from_json(body) == event


@pytest.mark.parametrize("body, event", WRITTEN.items(), ids=lambda value: type(value).__name__)
def test_events_are_written_as_the_first_version_did(body: str, event: Event) -> None:
    assert msgspec.json.decode(to_json(event)) == msgspec.json.decode(body)


@given(plans(), scripts())
def test_every_event_comes_back_as_it_was_to_the_last_bit(steps: tuple[Step, ...], script: list[Press]) -> None:
    events = play(steps, script).events

    assert [from_json(to_json(event)) for event in events] == events


@given(compiled())
def test_a_plan_comes_back_as_it_was(steps: tuple[Step, ...]) -> None:
    assert plan_from_json(plan_to_json(steps)) == steps


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_instants_keep_every_bit(at: float) -> None:
    assert from_json(to_json(Seen(at))) == Seen(at)


@pytest.mark.parametrize(
    "body", ["", "{}", "[]", "null", '{"type":"flew","at":1.0}', '{"type":"began","at":1.0}', '{"at":1}']
)
def test_what_no_version_ever_wrote_is_no_event(body: str) -> None:
    with pytest.raises(msgspec.MsgspecError):
        from_json(body)


def test_a_field_of_a_later_version_is_passed_over() -> None:
    assert from_json('{"type":"seen","at":1.0,"colour":"red"}') == Seen(1.0)
