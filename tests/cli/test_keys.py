"""The keys of a session on a real terminal."""

import signal
import sys
from pathlib import Path

import pytest

from coach.core.log import Ending, Question
from coach.core.session.events import Adjusted, Counted, Eased, Event, Hurt, Jumped, Paused, Rated, Resumed, from_json
from tests.cli.program import routine, written
from tests.cli.reading import log_of
from tests.cli.terminal import Terminal, terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pty")

SLOW = ("--text", "--speed", "1", "--no-sound", "--pain-before", "1")
NOTHING_DONE = Ending.LEFT
"""The ending of a session that was stopped before its first set was over."""
LAST = ("--pain-during", "1", "--pain-after", "1", "--effort", "2", "--note", "n")


def long_routine(tmp_path: Path, **changed: object) -> str:
    """A routine in which nothing ends while a test looks at it."""
    items = [
        {"exercise": "clamshell", "sides": "each", "sets": 2, "reps": 2, "tempo": {"up_s": 600}, "prepare_s": 300},
        {"exercise": "plank", "hold_s": 600, "prepare_s": 300},
    ]
    return str(written(tmp_path, routine(items=items, **changed)))


def it_hurts(at: Terminal, typed: str) -> None:
    """Say so while getting ready, and how much."""
    at.until("Get ready  ")
    at.press("p")
    at.until("How much does it hurt")
    at.press(typed)


def events_of(home: Path) -> list[Event]:
    with log_of(home) as log:
        return [from_json(one.body) for one in log.events(log.sessions()[-1].uid)]


def ending_of(home: Path) -> Ending | None:
    with log_of(home) as log:
        return log.sessions()[-1].ending


def kinds(home: Path, *wanted: type) -> list[type]:
    return [type(event) for event in events_of(home) if isinstance(event, wanted)]


def quit_now(at: Terminal) -> None:
    at.press("q")
    at.until("End the session here")
    at.press("y")
    at.until("of work")


def test_space_pauses_and_goes_on(tmp_path: Path, coach_home: Path) -> None:
    with terminal(coach_home, "session", long_routine(tmp_path), *SLOW, *LAST) as at:
        at.until("Get ready LEFT · ")
        at.press(" ")
        at.until("Paused. Space goes on")
        at.until("Paused · Get ready LEFT")
        at.press(" ")
        at.until("Going on")
        quit_now(at)
        assert at.end() == 0

    assert kinds(coach_home, Paused, Resumed) == [Paused, Resumed, Paused]
    assert ending_of(coach_home) is NOTHING_DONE


def test_arrows_go_on_and_back(tmp_path: Path, coach_home: Path) -> None:
    with terminal(coach_home, "session", long_routine(tmp_path), *SLOW, *LAST) as at:
        at.until("Get ready  ")
        at.press("\x1b[C")
        at.until("Open          left     1    1")
        at.press("\x1b[C")
        at.until("Switch sides")
        at.press("\x1bOC")
        at.until("Open          right    1    1")
        at.press("\x1b[D")
        at.until("Open          left     1    1")
        quit_now(at)
        assert at.end() == 0

    assert kinds(coach_home, Jumped) == [Jumped] * 4


def test_a_rest_is_made_longer_and_shorter(tmp_path: Path, coach_home: Path) -> None:
    with terminal(coach_home, "session", long_routine(tmp_path), *SLOW, *LAST) as at:
        at.until("Get ready  ")
        at.press("+")
        at.until("10 s more")
        at.press("-")
        at.until("10 s less")
        quit_now(at)
        at.end()

    assert [event.seconds for event in events_of(coach_home) if isinstance(event, Adjusted)] == [10, -10]


PAINS = {"4": 4, "0": 0, "x": 10, "X": 10, "10": 10}


@pytest.mark.parametrize("typed", PAINS)
def test_it_hurts_is_rated_by_one_key(typed: str, tmp_path: Path, coach_home: Path) -> None:
    with terminal(coach_home, "session", long_routine(tmp_path), *SLOW, *LAST) as at:
        it_hurts(at, typed)
        at.until("X stop the session")
        at.press("x")
        at.until("of work")
        assert at.end() == 0

    assert [event.pain for event in events_of(coach_home) if isinstance(event, Rated)] == [PAINS[typed]]
    assert ending_of(coach_home) is NOTHING_DONE


def test_the_pain_is_kept_even_if_nothing_more_is_said(tmp_path: Path, coach_home: Path) -> None:
    with terminal(coach_home, "session", long_routine(tmp_path), *SLOW, *LAST) as at:
        it_hurts(at, "3")
        at.until("skip this exercise")
        at.running.send_signal(signal.SIGTERM)
        at.end()

    assert kinds(coach_home, Hurt, Rated) == [Hurt, Rated]


def test_the_easier_variation(tmp_path: Path, coach_home: Path) -> None:
    items = [{"exercise": "side_plank", "sides": "left", "hold_s": 600, "prepare_s": 2}]
    file = str(written(tmp_path, routine(items=items, rules={"pain_easier_above": 2, "pain_stop_above": 6})))

    with terminal(coach_home, "session", file, *SLOW, *LAST) as at:
        at.until("Hold          left")
        at.press("p")
        at.until("How much does it hurt")
        at.press("5")
        at.until("5 is above what your plan counts as fine. E easier: ")
        at.press("e")
        at.until("Get ready .*lank")
        quit_now(at)
        at.end()

    assert kinds(coach_home, Eased, Resumed) == [Eased, Resumed]


def test_above_the_limit_there_is_nothing_but_the_end(tmp_path: Path, coach_home: Path) -> None:
    with terminal(coach_home, "session", long_routine(tmp_path), *SLOW, *LAST) as at:
        it_hurts(at, "9")
        offered = at.until("X stop the session")
        at.press("c")
        at.press("s")
        at.press("x")
        at.end()

    assert "9 is above the usual limit: stop now." in offered
    assert "C go on" not in offered
    assert "S skip" not in offered


def test_a_mistyped_pain_can_be_corrected(tmp_path: Path, coach_home: Path) -> None:
    with terminal(coach_home, "session", long_routine(tmp_path), *SLOW, *LAST) as at:
        it_hurts(at, "9")
        at.until("0–9 another number")
        at.press("1")
        at.until("1 is within the usual limit.")
        at.press("c")
        at.until("Going on in 3")
        quit_now(at)
        at.end()

    pains = [event.pain for event in events_of(coach_home) if isinstance(event, Rated)]
    assert pains == [9, 1], "what stood there stays, and no longer counts"


def test_reps_at_ones_own_pace_are_counted_by_space(tmp_path: Path, coach_home: Path) -> None:
    item = {"exercise": "bridge", "reps": 3, "pace": "self", "prepare_s": 1}
    file = str(written(tmp_path, routine(items=[item])))

    with terminal(coach_home, "session", file, *SLOW, *LAST) as at:
        for rep in (1, 2, 3):
            at.until(f"both     1    {rep}")
            at.press(" ")
        at.until("1 of 1 sets")
        assert at.end() == 0

    assert kinds(coach_home, Counted) == [Counted, Counted]
    assert ending_of(coach_home) is Ending.FINISHED


def test_ending_asks_and_can_be_thought_better_of(tmp_path: Path, coach_home: Path) -> None:
    with terminal(coach_home, "session", long_routine(tmp_path), *SLOW, *LAST) as at:
        at.until("Get ready  ")
        at.press("\x1b")
        at.until("End the session here")
        at.press("n")
        at.until("Going on")
        at.press("?")
        at.until("Space pause or go on")
        at.press("m")
        at.until("Sound and voice are o")
        quit_now(at)
        assert at.end() == 0


def test_questions_before_and_after(tmp_path: Path, coach_home: Path) -> None:
    file = str(written(tmp_path, routine()))

    with terminal(coach_home, "session", file, "--text", "--speed", "200") as at:
        at.until("Pain now")
        at.press("2")
        at.until("of work")
        at.until("Worst pain")
        at.press("4")
        at.until("Pain now")
        at.press("x")
        at.until("How hard was it")
        at.press("\r")
        at.until("left out")
        at.until("A line about it")
        at.press("a bit stiff\n")
        at.until("coach log day --morning")
        assert at.end() == 0

    with log_of(coach_home) as log:
        given = log.answers(log.sessions()[0].uid)
        answers = {one.question: one.value if one.value is not None else one.text for one in given}
    assert answers == {Question.BEFORE: 2, Question.DURING: 4, Question.AFTER: 10, Question.NOTE: "a bit stiff"}


def test_a_broken_session_is_offered(tmp_path: Path, coach_home: Path) -> None:
    file = long_routine(tmp_path)
    with terminal(coach_home, "session", file, *SLOW, *LAST) as at:
        at.until("Get ready  ")
        at.press("\x1b[C")
        at.until("Open          left     1    1")
        at.running.send_signal(signal.SIGTERM)
        at.end()

    with terminal(coach_home, "session", *SLOW, *LAST) as at:
        at.until("A session broke off: Short one, at Clamshell, set 1, rep 1")
        at.until("Go on there")
        at.press("\x1b")
        assert at.end() == 0
    assert ending_of(coach_home) is None

    with terminal(coach_home, "session", *SLOW, *LAST) as at:
        at.until("Go on there")
        at.press("g")
        at.until("Open          left     1    1")
        quit_now(at)
        assert at.end() == 0
    assert ending_of(coach_home) is NOTHING_DONE


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("where", ["Pain now", "Get ready  ", "How much does it hurt"])
def test_a_signal_gives_the_terminal_back(how: signal.Signals, where: str, tmp_path: Path, coach_home: Path) -> None:
    asked = ("--text",) if where == "Pain now" else SLOW
    with terminal(coach_home, "session", long_routine(tmp_path), *asked, "--no-sound") as at:
        at.until("Pain now" if where == "Pain now" else "Get ready  ")
        if where.startswith("How"):
            at.press("p")
            at.until(where)
        at.running.send_signal(how)
        assert at.end() == 0

    assert "Traceback" not in at.shown


def test_too_much_pain_to_begin_with_holds_the_session_back(tmp_path: Path, coach_home: Path) -> None:
    with terminal(coach_home, "session", long_routine(tmp_path), "--text", "--no-sound", *LAST) as at:
        at.until("Pain now, 0 to 10")
        at.press("6")
        at.until("That is too much to begin with: the limit is 5.")
        assert at.end() == 0

    with log_of(coach_home) as log:
        assert log.sessions() == ()


def test_a_pain_that_came_with_the_command_was_given_on_purpose(tmp_path: Path, coach_home: Path) -> None:
    file = long_routine(tmp_path)
    with terminal(coach_home, "session", file, "--text", "--no-sound", "--pain-before", "6", *LAST) as at:
        at.until("That is too much to begin with")
        at.until("Get ready")
        quit_now(at)
        assert at.end() == 0
