"""`coach import` of walks and runs that a watch recorded."""

import os
from pathlib import Path

import pytest

from tests.cli.program import ROOT, Done, coach
from tests.files.recordings import fit_activity, gpx, tcx
from tests.files.test_recorded import HOSTILE_FIT, HOSTILE_XML

KINDS = {"gpx": gpx(), "tcx": tcx(), "fit": fit_activity()}


def outings() -> list[dict[str, object]]:
    found: list[dict[str, object]] = coach("export", "--format", "json", "-").json()["outings"]
    return found


def taken(folder: Path, data: bytes, *options: str, **environment: str) -> Done:
    (folder / "any name").write_bytes(data)
    return coach("import", folder / "any name", *options, cwd=ROOT, **environment)


@pytest.mark.parametrize("form", KINDS)
def test_a_run_is_recorded_with_the_pain_that_is_told(form: str, tmp_path: Path, coach_home: Path) -> None:
    done = taken(tmp_path, KINDS[form], "--pain", "2", "--pain-after", "1", "--pain-before", "0", TZ="Europe/Berlin")

    [one] = outings()
    assert done.status == 0
    assert "taken in: a run of Friday 20 November 2026, 18:30: 10:00 moving" in done.lines[0]
    assert (one["kind"], one["day"], one["minutes"]) == ("run", "2026-11-20", 10)
    assert one["distance_km"] == pytest.approx(1.5, abs=0.02)
    assert one["cadence"] in (170, 172, 173)
    assert (one["pain"], one["pain_before"], one["pain_after"]) == (2, 0, 1)
    assert (one["limp"], one["groin"]) == (False, False)


def test_without_the_pain_it_is_recorded_as_not_told_and_can_be_told_later(tmp_path: Path, coach_home: Path) -> None:
    done = taken(tmp_path, gpx())

    [one] = outings()
    assert done.status == 0
    assert "taken in: a run of Friday 20 November 2026" in done.out
    assert "--pain N" in done.out
    assert one["pain"] is None

    again = taken(tmp_path, gpx())
    told = taken(tmp_path, gpx(), "--pain", "2", "--limp")

    assert "here already" in again.out
    assert "pain 2" in told.out
    before, now = outings()
    assert (now["pain"], now["limp"], now["replaces"]) == (2, True, before["uid"])
    assert taken(tmp_path, gpx(), "--pain", "5").out.count("here already") == 1


def test_summer_time_of_the_day_holds_whenever_it_is_taken_in(tmp_path: Path, coach_home: Path) -> None:
    # 04:30 in July; by the time of November it would be 03:30, and of the day before.
    early = gpx().replace(b"2026-11-20T17:", b"2026-07-10T02:")

    done = taken(tmp_path, early, "--pain", "0", TZ="Europe/Berlin")

    assert "10 July 2026, 04:30" in done.out
    assert [one["day"] for one in outings()] == ["2026-07-10"]


def test_twice_is_once_in_whatever_format(tmp_path: Path, coach_home: Path) -> None:
    taken(tmp_path, gpx(), "--pain", "2")

    again = [taken(tmp_path, data, "--pain", "3") for data in KINDS.values()]

    assert [done.status for done in again] == [0, 0, 0]
    assert all("here already" in done.out for done in again)
    assert [one["pain"] for one in outings()] == [2]


def test_what_was_guessed_is_told_and_can_be_told_otherwise(tmp_path: Path, coach_home: Path) -> None:
    guessed = taken(tmp_path, gpx(kind="", speed_m_s=1.4, cadence=55), "--pain", "1")
    told = taken(tmp_path, gpx(kind="", speed_m_s=1.4).replace(b"T17:", b"T08:"), "--pain", "1", "--kind", "run")

    assert "walk is guessed" in guessed.out
    assert "is guessed" not in told.out
    assert [(one["kind"], one["cadence"]) for one in outings()] == [("walk", 110), ("run", 172)]


def test_a_ride_is_left_out_unless_the_person_knows_better(tmp_path: Path, coach_home: Path) -> None:
    ride = taken(tmp_path, fit_activity(sport=2), "--pain", "1")
    known = taken(tmp_path, fit_activity(sport=2), "--pain", "1", "--kind", "run")

    assert ride.status == 1
    assert "neither a walk nor a run" in ride.err
    assert known.status == 0
    assert len(outings()) == 1


def test_the_day_is_that_of_the_watch(tmp_path: Path, coach_home: Path) -> None:
    taken(tmp_path, fit_activity(zone_hours=11), "--pain", "1", TZ="Europe/Berlin")

    # 04:30 on the next morning, and the training day turns at 04:00.
    assert [one["day"] for one in outings()] == ["2026-11-21"]


def test_another_one_of_the_day_is_pointed_out(tmp_path: Path, coach_home: Path) -> None:
    coach("log", "run", "--date", "2026-11-20", "--minutes", "10", "--pain", "1")

    done = taken(tmp_path, gpx(), "--pain", "1")

    assert "another run of this day" in done.out
    assert len(outings()) == 2


BROKEN = {
    **{name: data for name, (data, _) in HOSTILE_XML.items() if b"<gpx" in data[:2048] and len(data) < 2**20},
    **{name: data for name, (data, _) in HOSTILE_FIT.items() if len(data) < 2**20},
}


def test_a_broken_one_is_told_in_one_line_and_changes_nothing(tmp_path: Path, coach_home: Path) -> None:
    for index, data in enumerate(BROKEN.values()):
        (tmp_path / f"{index}.gpx").write_bytes(data)
    files = [tmp_path / f"{index}.gpx" for index in range(len(BROKEN))]

    done = coach("import", *files, "--pain", "1")

    assert done.status == 1
    assert done.out.count("taken in") == 0, done.out
    assert len(done.err.splitlines()) == len(BROKEN)
    assert done.err.count("Nothing was changed") == len(BROKEN)
    assert not (coach_home / "coach.db").exists()


@pytest.mark.skipif(os.name != "posix", reason="needs limits on memory")
def test_the_largest_one_is_read_in_little_memory(tmp_path: Path, coach_home: Path) -> None:
    done = taken(tmp_path, HOSTILE_XML["too large"][0], "--pain", "1")

    assert done.status == 1
    assert "larger" in done.err
