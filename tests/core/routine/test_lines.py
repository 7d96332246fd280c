"""On which line a place stands."""

import json

import pytest

from coach.core.routine.lines import lines_of

TEXT = """{
  "title": "A \\"quoted\\" one, with {brackets]",
  "items": [
    {"exercise": "clamshell", "sets": 0},
    {
      "exercise": "bridge",
      "tempo": {
        "up_s": -1
      },
      "sets": 1,
      "sets": 2
    }
  ],
  "odd key": [1, 2,
    3]
}
"""


@pytest.mark.parametrize(
    "path,line",
    [
        ("$.title", 2),
        ("$.items", 3),
        ("$.items[0].sets", 4),
        ("$.items[1]", 5),
        ("$.items[1].tempo.up_s", 8),
        ("$.items[1].sets", 11),
        ('$["odd key"][2]', 15),
    ],
)
def test_a_place_has_the_line_where_it_begins(path: str, line: int) -> None:
    assert lines_of(TEXT, [path]) == {path: line}


def test_what_is_missing_is_told_by_what_it_is_missing_from() -> None:
    assert lines_of(TEXT, ["$.items[1].hold_s", "$.items[1].tempo.down_s"]) == {
        "$.items[1].hold_s": 5,
        "$.items[1].tempo.down_s": 7,
    }


def test_what_belongs_to_the_file_as_a_whole_has_no_line() -> None:
    assert lines_of(TEXT, ["$", "$.format"]) == {}


def test_in_a_file_of_one_line_there_is_nothing_to_tell() -> None:
    assert lines_of(json.dumps(json.loads(TEXT)) + "\n", ["$.items[0].sets"]) == {}


def test_a_hostile_file_does_not_take_long() -> None:
    text = '{\n"items": [' + ",".join(["0"] * 300_000) + '],\n"' + "k" * 500_000 + '": 1\n}'

    assert lines_of(text, ["$.items[299999]", "$." + "k" * 500_000]) == {"$.items[299999]": 2}
