"""A session in words: what is shown of a step, and what is said."""

from itertools import product

import pytest

from coach.core.routine.exercise import Exercise, Motion
from coach.core.routine.plan import Side, StepKind, Work, compile_routine, works
from coach.core.session.cues import SayDone, SayHalfway, Saying, SayNumber, SayReady, SayRest, SaySwitch, SayTurn
from coach.core.session.engine import Start, Tick, handle
from coach.core.session.record import Record, SetDone
from coach.words import session as words
from coach.words.text_session import summary
from tests.ui.fakes import TINY, Plain, World, item, plain


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(tmp_path_factory.mktemp("words"))


@pytest.fixture(scope="module")
def library(world: World) -> dict[str, Exercise]:
    return dict(world.surroundings.routines().library)


def only(world: World, library: dict[str, Exercise], one: Plain) -> Work:
    return works(world.routine(plain(items=[one])), library)[0]


def test_the_word_of_a_phase_follows_the_body() -> None:
    assert words.phase(StepKind.UP) == "Up"
    assert words.phase(StepKind.UP, Motion.LOWER) == "Down"
    assert words.phase(StepKind.DOWN, Motion.LOWER) == "Up"
    assert words.phase(StepKind.UP, Motion.OPEN) == "Open"
    assert words.phase(StepKind.HOLD, Motion.OUT) == "Hold"


@pytest.mark.parametrize("motion", Motion)
def test_both_directions_of_every_motion_can_be_told_apart(motion: Motion) -> None:
    said = [words.phase(kind, motion) for kind in StepKind]

    assert all(said)
    assert len(set(said)) == len(said)


def test_the_side_is_named_loudly_where_there_is_one() -> None:
    assert [words.side(of) for of in (Side.LEFT, Side.RIGHT, Side.BOTH, None)] == ["LEFT side", "RIGHT side", "", ""]
    assert [words.side_word(of) for of in Side] == ["left", "right", "both sides"]


def test_an_exercise_that_nobody_knows_is_named_by_its_id(library: dict[str, Exercise]) -> None:
    assert words.name("plank", library) == "Plank"
    assert words.name("strange_hop", library) == "Strange hop"


@pytest.mark.parametrize(
    "one,said",
    [
        (item("plank", sets=3, hold_s=30), "3×30 s"),
        (item("plank", sets=2, reps=5, hold_s=10), "2×5×10 s"),
        (item("bridge", sets=3, reps=12), "3×12"),
        (item("clamshell", sides="each", sets=3, reps=12), "3×12 / side"),
        (item("clamshell", sides="left", sets=1, reps=8), "1×8 / side"),
        (item("bridge_march", sides="alternate", sets=2, reps=6), "2×6 / side"),
        (item("plank", hold_s=7.5), "1×7.5 s"),
        (
            item("clamshell", sides="each", sets=2, reps=8, per_side={"left": {"sets": 3}}),
            "left 3×8 · right 2×8",
        ),
    ],
)
def test_a_dose_is_written_as_on_a_sheet(world: World, library: dict[str, Exercise], one: Plain, said: str) -> None:
    assert words.dose(only(world, library, one)) == said


def test_a_tempo_is_three_numbers_and_a_hold_has_none(world: World, library: dict[str, Exercise]) -> None:
    counted = item("bridge", reps=5, tempo={"up_s": 2, "hold_s": 1.5, "down_s": 3})

    assert words.tempo(only(world, library, counted)) == "2·1.5·3"
    assert words.tempo(only(world, library, {**counted, "pace": "self"})) == ""
    assert words.tempo(only(world, library, item("plank", hold_s=5))) == ""


def test_what_comes_next_is_said_up_to_the_next_work(world: World, library: dict[str, Exercise]) -> None:
    steps = compile_routine(world.routine(TINY), library)

    said = [words.next_up(steps, index, library) for index in range(len(steps))]

    assert said[0] == "Clamshell LEFT"
    assert said[1] == said[4] == "Switch sides, then clamshell RIGHT"
    assert said[5] == "Clamshell RIGHT"
    assert said[6] == said[9] == "Plank"
    assert said[11] == "Rest 8 s, then plank"
    assert said[-1] == "The end of the session"


def test_getting_ready_names_exercise_side_and_dose(library: dict[str, Exercise]) -> None:
    ready = SayReady("clamshell", Side.LEFT, 12, None, well_done=False)

    assert words.said(ready, library) == (
        "Clamshell, left side. Twelve reps. Get ready.",
        "Clamshell, left side. Twelve reps.",
        "Clamshell, left side.",
        "Get ready.",
    )


@pytest.mark.parametrize(
    "ready,said",
    [
        (SayReady("bridge", None, 10, None, well_done=True), "Well done. Next: bridge. Ten reps. Get ready."),
        (SayReady("plank", None, 1, 30, well_done=False), "Plank. Hold thirty seconds. Get ready."),
        (
            SayReady("plank", None, 3, 10, well_done=False),
            "Plank. Three reps, hold ten seconds each. Get ready.",
        ),
        (SayReady("plank", Side.BOTH, None, None, well_done=False), "Plank. Get ready."),
        (SayReady("own_one", Side.RIGHT, 1, None, well_done=False), "Own one, right side. One rep. Get ready."),
    ],
)
def test_getting_ready_is_one_sentence_after_the_other(
    library: dict[str, Exercise], ready: SayReady, said: str
) -> None:
    assert words.said(ready, library)[0] == said


@pytest.mark.parametrize(
    "saying,said",
    [
        (SayNumber(7), ("seven",)),
        (SayTurn(Side.LEFT), ("left",)),
        (SayHalfway(), ("halfway",)),
        (SaySwitch(Side.RIGHT), ("Switch sides. Right side.", "Right side.")),
        (SayRest(45, None, None), ("Rest. Forty-five seconds.", "Rest. Forty-five seconds.", "Rest.")),
        (
            SayRest(90, 12, Side.LEFT),
            ("Twelve. Rest. One minute thirty. Then left side.", "Rest. One minute thirty.", "Rest."),
        ),
        (SayDone(), ("Well done. That was your session.", "Well done.")),
        (SayDone(well_done=False), ("That was your session.",)),
    ],
)
def test_the_moments_are_said_as_the_design_has_them(
    library: dict[str, Exercise], saying: Saying, said: tuple[str, ...]
) -> None:
    assert words.said(saying, library) == said


def test_the_fullest_sentence_that_fits_is_said(library: dict[str, Exercise]) -> None:
    saying = SayReady("clamshell", Side.LEFT, 12, None, well_done=False)
    sentences = words.said(saying, library)

    for sentence in sentences:
        assert words.fitting(saying, library, words.speaking_s(sentence)) == sentence
    assert words.fitting(saying, library, 0.1) is None


def test_a_faster_voice_fits_more(library: dict[str, Exercise]) -> None:
    sentence = "Switch sides. Right side."

    assert words.speaking_s(sentence, 1.0) < words.speaking_s(sentence) < words.speaking_s(sentence, -1.0)
    room = words.speaking_s(sentence, 1.0)
    assert words.fitting(SaySwitch(Side.RIGHT), library, room, 1.0) == sentence
    assert words.fitting(SaySwitch(Side.RIGHT), library, room, -1.0) != sentence


def test_whatever_is_said_is_clean(library: dict[str, Exercise]) -> None:
    sayings = [
        SayReady(name, side, reps, hold, done)
        for name, side, reps, hold, done in product(library, (None, *Side), (None, 1, 12), (None, 30.0), (True, False))
    ]

    for saying in sayings:
        for sentence in words.said(saying, library):
            assert "  " not in sentence
            assert sentence == sentence.strip()
            assert sentence[0].isupper()
            assert sentence.endswith(".")
            assert ".." not in sentence


def test_the_words_of_a_whole_session_name_every_side(world: World, library: dict[str, Exercise]) -> None:
    from coach.core.session.cues import due
    from coach.core.session.engine import Session

    session = Session(compile_routine(world.routine(TINY), library))
    session, _ = handle(session, Start(), 0.0)
    heard: list[str] = []
    since = -1.0
    for tenth in range(400):
        now = tenth / 10
        session, _ = handle(session, Tick(), now)
        for cue in due(session, since, now):
            sentence = words.fitting(cue.saying, library, cue.room_s) if cue.saying else None
            heard += [sentence] if sentence else []
        since = now

    assert "Switch sides. Right side." in heard
    assert any(sentence.startswith("Clamshell, left side.") for sentence in heard)
    assert any(sentence.startswith("Plank.") or "Next: plank" in sentence for sentence in heard)
    assert heard[-1] == "Well done. That was your session."


def test_the_terminal_praises_what_was_done() -> None:
    done, skipped = (SetDone(0, "plank", 1, Side.BOTH, reps, 1, 1.0) for reps in (1, 0))

    assert summary("Tiny", Record((done,), (), (), complete=True)).startswith("Well done. Tiny: 1 of 1 sets")
    assert summary("Tiny", Record((skipped,), (), (), complete=True)).startswith("Session ended. Tiny: 0 of 1 sets")
