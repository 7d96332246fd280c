"""What a handout tells beside the routine: the weeks to tick, the file inside."""

import json
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from coach.app.handout import MOST_WEEKS, WEEKS, attachment_name, handout, handout_of, weeks_to_tick
from coach.app.routines import Routines
from coach.app.settings import Settings
from coach.core.routine.reading import read_routine
from coach.core.routine.routine import Routine
from coach.files.routine_code import routine_in
from tests.ui.fakes import TINY, World, data, plain

TODAY = date(2026, 11, 20)  # a Friday


@pytest.fixture
def routines(tmp_path: Path) -> Routines:
    return World(tmp_path).surroundings.routines()


def routine(routines: Routines, **changed: object) -> Routine:
    found = read_routine(data(plain(**changed)), routines.library).routine
    assert found is not None
    return found


def test_without_a_review_there_are_four_weeks_from_this_one(routines: Routines) -> None:
    weeks = weeks_to_tick(routine(routines), TODAY)

    assert len(weeks) == WEEKS
    assert weeks[0][0] == date(2026, 11, 16)
    assert all(len(week) == 7 for week in weeks)


@pytest.mark.parametrize("review,count", [("2026-11-20", 1), ("2026-11-22", 1), ("2026-11-23", 2), ("2026-12-18", 5)])
def test_the_weeks_reach_to_the_review(routines: Routines, review: str, count: int) -> None:
    weeks = weeks_to_tick(routine(routines, review_by=review), TODAY)

    assert len(weeks) == count
    assert date.fromisoformat(review) in weeks[-1]


def test_a_review_that_is_over_counts_as_none(routines: Routines) -> None:
    assert len(weeks_to_tick(routine(routines, review_by="2026-11-19"), TODAY)) == WEEKS


def test_a_review_in_years_does_not_fill_pages(routines: Routines) -> None:
    assert len(weeks_to_tick(routine(routines, review_by="2030-01-01"), TODAY)) == MOST_WEEKS


def test_what_is_issued_later_begins_later(routines: Routines) -> None:
    assert weeks_to_tick(routine(routines, issued="2026-12-01"), TODAY)[0][0] == date(2026, 11, 30)


def test_weeks_begin_as_the_person_has_it(routines: Routines) -> None:
    assert weeks_to_tick(routine(routines), TODAY, first_weekday=6)[0][0] == date(2026, 11, 15)


def test_the_end_of_the_calendar_is_no_failure(routines: Routines) -> None:
    assert weeks_to_tick(routine(routines, issued="9999-12-01", review_by="9999-12-31"), TODAY)


@pytest.mark.parametrize("per_week,a_day", [(1, 1), (7, 1), (8, 2), (14, 2), (21, 3)])
def test_there_is_a_box_for_each_session_of_a_day(
    routines: Routines, tmp_path: Path, per_week: int, a_day: int
) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(data(plain(schedule={"per_week": per_week})))

    assert handout(routines.open(file), routines, Settings(), TODAY).a_day == a_day


def test_the_file_inside_is_the_file(routines: Routines, tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(b"\n" + data({**TINY, "x-own": 1}) + b"\n\n")

    made = handout(routines.open(file), routines, Settings(), TODAY)

    assert made.data == file.read_bytes()
    assert made.name == "tiny.rehab.json"
    inside = routine_in(made.code.encode())
    assert isinstance(inside, bytes)
    assert json.loads(inside) == {**TINY, "x-own": 1}


def test_what_is_handed_out_is_always_a_routine_file_of_ours(routines: Routines, tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(data(TINY))
    opened = replace(routines.open(file), data=b'{"of": "another program"}')

    made = handout(opened, routines, Settings(), TODAY)

    assert read_routine(made.data, routines.library).routine == made.routine


def test_the_hand_out_of_a_hand_out_carries_the_same_file(routines: Routines) -> None:
    listed = routines.find("strength-a")
    assert listed is not None

    made = handout_of(listed, routines, Settings(), TODAY)

    assert made is not None
    assert made.data == listed.path.read_bytes()


@pytest.mark.parametrize(
    "name,file",
    [("hip-a", "hip-a"), ("../../etc/passwd", "etc-passwd"), ("肌", "routine"), ("a" * 90, "a" * 60), ("a b", "a-b")],
)
def test_no_name_leads_out_of_a_folder(name: str, file: str) -> None:
    assert attachment_name(name) == f"{file}.rehab.json"
