"""What a revision changed, in words."""

import pytest

from coach.words.revisions import changed_words, together


@pytest.mark.parametrize(
    "before,now,changed",
    [
        ("3 sets of 12 reps\n45 s rest", "4 sets of 12 reps\n45 s rest", ["4\u00a0sets"]),
        ("3 holds of 30 s", "3 holds of 45 s", ["45\u00a0s"]),
        ("“Slowly, on the mat.”", "“Slowly, on a soft mat.”", ["a soft"]),
        ("Not in it", "2 sets of 10 reps", ["2\u00a0sets", "of", "10\u00a0reps"]),
        ("the same", "the same", []),
        ("one two", "one", []),
    ],
)
def test_only_what_is_new_is_marked_and_a_number_with_its_unit(before: str, now: str, changed: list[str]) -> None:
    was, text = together(before), together(now)

    assert [text[one.start : one.stop] for one in changed_words(was, text)] == changed
