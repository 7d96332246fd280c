import pytest

from coach.core.routine.problems import Problem, Rule
from coach.words.refusals import place, place_words, refusal, sentence


@pytest.mark.parametrize(
    "path,words",
    [
        ("$", "the file"),
        ("$.items[2].sets", "exercise 3, “sets”"),
        ("$.items[2]", "exercise 3"),
        ("$.items[0].tempo.up_s", "exercise 1, “tempo.up_s”"),
        ("$.exercises[0].id", "own exercise 1, “id”"),
        ("$.review_by", "“review_by”"),
        ('$["a.b"]', '“["a.b"]”'),
        ("$.items[²]", "“items[²]”"),
    ],
)
def test_a_place_is_said_as_a_person_says_it(path: str, words: str) -> None:
    assert place_words(path) == words


def test_a_single_problem_is_said_in_the_sentence_itself() -> None:
    only = Problem("$.items[2].sets", Rule.TOO_SMALL, 0, 1)

    assert refusal((only,)) == (
        "This routine was not imported: exercise 3, “sets” is 0 and must be at least 1. Nothing was changed."
    )


def test_the_exercise_is_named_where_it_is_known() -> None:
    few = Problem("$.items[1].reps", Rule.TOO_SMALL, -4, 1)

    assert sentence(few, "Side plank") == "exercise 2 (Side plank), “reps” is −4 and must be at least 1"
    assert place_words("$.items[1]", "Side plank") == "exercise 2 (Side plank)"
    assert place_words("$.title", "Side plank") == "“title”"


def test_the_line_stands_beside_the_place() -> None:
    problem = Problem("$.items[1].reps", Rule.TOO_SMALL, -4, 1)

    assert place(problem, 14) == "line 14 · $.items[1].reps"
    assert place(problem, None) == "$.items[1].reps"
