"""A guided walk/run in words: every announcement, and what is shown."""

import pytest

from coach.core.clinical.bout import BoutKind
from coach.core.clinical.pain import limits
from coach.core.clinical.run_plan import STAGES, WARM_UP_MIN
from coach.core.clinical.walk_run import advice_on_the_way, steps_of
from coach.core.routine.plan import total_s
from coach.core.routine.routine import Rules
from coach.core.session.sayings import RunSaying, SayNoted, SayPart, SayRunDone, SaySoon, SayToGo
from coach.core.session.walk_run import Part, RunDone
from coach.words import session as session_words
from coach.words import walk_run as words

LIMITS = limits(Rules(), (), BoutKind.RUN)


@pytest.mark.parametrize(
    "saying,full",
    [
        (SayPart(Part.WARM_UP, 300, 0, 6), "Warm up. Walk. Five minutes."),
        (SayPart(Part.RUN, 90, 1, 6), "Run. One and a half minutes. One of six."),
        (SayPart(Part.RUN, 30, 2, 6), "Run. Half a minute. Two of six."),
        (SayPart(Part.RUN, 90, 6, 6), "Run. One and a half minutes. Last one."),
        (SayPart(Part.RUN, 1800, 1, 1), "Run. Thirty minutes."),
        (SayPart(Part.RUN, 60, 1, 2), "Run. One minute. One of two."),
        (SayPart(Part.RUN, 100, 1, 2), "Run. One minute forty. One of two."),
        (SayPart(Part.WALK, 210, 3, 6), "Walk. Three and a half minutes."),
        (SayPart(Part.COOL_DOWN, 300, 0, 6), "Well done. Cool down. Walk. Five minutes."),
        (SaySoon(10), "Run in ten seconds."),
        (SayToGo(25), "twenty-five minutes to go"),
        (SayNoted(10), "Pain ten, noted."),
        (SayRunDone(), "Well done. That was your run. Tell me how it was."),
    ],
)
def test_what_the_voice_says(saying: RunSaying, full: str) -> None:
    sentences = session_words.said(saying, {})

    assert sentences[0] == full
    lengths = [len(sentence) for sentence in sentences]
    assert lengths == sorted(lengths, reverse=True)


def test_where_there_is_no_room_the_word_itself_is_said() -> None:
    assert session_words.fitting(SayPart(Part.RUN, 90, 1, 6), {}, 1.0) == "Run."
    assert session_words.fitting(SayPart(Part.WALK, 90, 1, 6), {}, 1.0) == "Walk."


def test_the_page_before_says_what_is_ahead() -> None:
    stage = STAGES[2]

    said = words.before(stage, WARM_UP_MIN, total_s(steps_of(stage)))

    assert said.startswith("6 × run 1.5 min, walk 3.5 min, with 5 min of walking before and after: 40 min in all.")
    assert words.plan(STAGES[11]) == "run 30 min"


def test_places_and_what_comes_next() -> None:
    steps = steps_of(STAGES[2])

    assert words.place(Part.RUN, 3, 6) == words.place(Part.WALK, 3, 6) == "Interval 3 of 6"
    assert words.place(Part.WARM_UP, 0, 6) == "Warm-up"
    assert words.last(Part.RUN, 6, 6) == "Last one"
    assert words.last(Part.WALK, 6, 6) == words.last(Part.RUN, 1, 1) == words.last(Part.RUN, 5, 6) == ""
    assert words.next_up(steps, 0) == "Run 1:30, then walk 3:30"
    assert words.next_up(steps, 11) == "Walk 3:30, then cool-down 5:00"
    assert words.next_up(steps, len(steps) - 1) == "The end of the run"


@pytest.mark.parametrize(
    "pain,running,says",
    [
        (1, True, "within the limits"),
        (3, True, "Walk until the next run"),
        (3, False, "Acceptable if it settles"),
        (4, True, "the limit is 3. Stop now. Walk home gently"),
    ],
)
def test_what_the_limits_say_on_the_way(pain: int, running: bool, says: str) -> None:
    advice = advice_on_the_way(pain, LIMITS, running=running)

    assert says in words.hurts(advice, running=running)


@pytest.mark.parametrize(
    "done,says",
    [
        (RunDone(540, 1860, 6, 6, ()), "9:00 of running, 31:00 of walking."),
        (RunDone(130, 600, 1, 6, ()), "2:10 of running, 10:00 of walking. It was not the whole stage."),
        (RunDone(0, 130, 0, 6, ()), "2:10 of walking; nothing was run."),
    ],
)
def test_what_it_came_to(done: RunDone, says: str) -> None:
    assert words.came_to(done) == says
