"""`coach handout` and `coach report`: paper without a display, and its way back."""

import io
import json
from pathlib import Path

import pytest
from pypdf import PdfReader

from coach.files.routine_code import code_text
from tests.cli.program import coach, modes, routine, written
from tests.ui.paper.papers import attached, pages, squeezed


def text(file: Path) -> str:
    return squeezed(" ".join(pages(file.read_bytes())))


# -- the handout ---------------------------------------------------------------------------------------------------


def test_a_hand_out_is_written_without_a_display_and_taken_in_again(tmp_path: Path) -> None:
    file, out = written(tmp_path, routine(title="Morning set", patient="A.B.")), tmp_path / "out.pdf"

    done = coach("handout", file, "-o", out)

    assert (done.status, done.out, done.err) == (0, f"Written: {out}\n", "")
    assert squeezed("Morning set") in text(out)
    assert attached(out.read_bytes()) == {"short.rehab.json": file.read_bytes()}
    assert coach("check", out).lines == [f"{out}: ok, 2 exercises, 0:45"]
    taken = coach("import", out)
    assert taken.status == 0
    assert "taken in: Morning set" in taken.out


def test_a_hand_out_is_for_its_owners_eyes_and_leaves_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()

    coach("handout", written(tmp_path, routine()), "-o", folder / "a.pdf")

    assert {name: mode for name, mode in modes(folder).items() if name != str(folder)} == {str(folder / "a.pdf"): 0o600}


@pytest.mark.parametrize("paper,size", [("a4", (595, 842)), ("letter", (612, 792))])
def test_the_paper_can_be_chosen(tmp_path: Path, paper: str, size: tuple[int, int]) -> None:
    coach("handout", written(tmp_path, routine()), "-o", tmp_path / "a.pdf", "--paper", paper, "--grey")

    box = PdfReader(io.BytesIO((tmp_path / "a.pdf").read_bytes())).pages[0].mediabox
    assert (round(box.width), round(box.height)) == size


@pytest.mark.parametrize("locale,size", [("en_US.UTF-8", 612), ("de_DE.UTF-8", 595)])
def test_without_a_choice_it_is_that_of_the_country(tmp_path: Path, locale: str, size: int) -> None:
    coach("handout", written(tmp_path, routine()), "-o", tmp_path / "a.pdf", LC_ALL=locale)

    assert round(PdfReader(io.BytesIO((tmp_path / "a.pdf").read_bytes())).pages[0].mediabox.width) == size


def test_a_routine_with_problems_is_refused_and_all_are_listed(tmp_path: Path) -> None:
    bad = routine(title="", items=[{"exercise": "plank", "sets": 0}])

    done = coach("handout", written(tmp_path, bad), "-o", tmp_path / "a.pdf")

    assert done.status == 1
    assert "$.title" in done.err
    assert "$.items[0].sets" in done.err
    assert not (tmp_path / "a.pdf").exists()


def test_a_warning_is_told_and_is_no_hindrance(tmp_path: Path) -> None:
    odd = routine(items=[{"exercise": "plank", "sides": "each", "hold_s": 5}])

    done = coach("handout", written(tmp_path, odd), "-o", tmp_path / "a.pdf")

    assert done.status == 0
    assert "warning" in done.err
    assert (tmp_path / "a.pdf").exists()


@pytest.mark.parametrize(
    "arguments",
    [("handout",), ("handout", "{file}"), ("handout", "nowhere.json", "-o", "a.pdf"), ("handout", "{file}", "-o", "")],
    ids=["nothing", "no OUT", "no file", "empty OUT"],
)
def test_wrong_usage_is_told_as_such(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    file = written(tmp_path, routine())

    done = coach(*(one.format(file=file) for one in arguments), cwd=tmp_path)

    assert done.status == 2
    assert len(done.err.splitlines()) == 1


def test_an_out_that_cannot_be_is_told_as_such_and_leaves_the_old_one(tmp_path: Path) -> None:
    file = written(tmp_path, routine())

    assert coach("handout", file, "-o", tmp_path).status == 2
    assert coach("handout", file, "-o", tmp_path / "no" / "a.pdf").status == 2
    assert coach("handout", file, "-o", "/dev/full").status == 2


def test_a_library_is_no_routine(tmp_path: Path) -> None:
    library = {"format": "rehab-exercises", "version": "1.0", "exercises": [{"id": "hop", "name": "Hop"}]}

    done = coach("handout", written(tmp_path, library), "-o", tmp_path / "a.pdf")

    assert done.status == 1
    assert "$.format" in done.err


def test_a_hand_out_can_be_made_of_a_hand_out_and_of_the_text_of_a_code(tmp_path: Path) -> None:
    file = written(tmp_path, routine())
    coach("handout", file, "-o", tmp_path / "a.pdf")
    (tmp_path / "code.txt").write_text(code_text(file.read_bytes()))

    assert coach("handout", tmp_path / "a.pdf", "-o", tmp_path / "b.pdf").status == 0
    assert coach("handout", tmp_path / "code.txt", "-o", tmp_path / "c.pdf").status == 0

    assert attached((tmp_path / "b.pdf").read_bytes()) == {"short.rehab.json": file.read_bytes()}
    [inside] = attached((tmp_path / "c.pdf").read_bytes()).values()
    assert json.loads(inside) == json.loads(file.read_bytes())


def test_the_text_of_a_code_is_taken_in(tmp_path: Path) -> None:
    (tmp_path / "code.txt").write_text(code_text(json.dumps(routine()).encode()) + "\n")

    done = coach("import", tmp_path / "code.txt")

    assert done.status == 0
    assert "taken in: Short one" in done.out


# -- the report -----------------------------------------------------------------------------------------------------


def test_a_report_of_nothing_says_what_would_be_in_it(tmp_path: Path) -> None:
    done = coach("report", "-o", tmp_path / "r.pdf")

    assert (done.status, done.err) == (0, "")
    assert squeezed("Nothing is recorded in these weeks") in text(tmp_path / "r.pdf")
    assert len(pages((tmp_path / "r.pdf").read_bytes())) == 1


def test_a_report_flags_pain_effort_and_notes_at_its_top(tmp_path: Path) -> None:
    file = written(tmp_path, routine())
    coach("import", file)
    coach("log", "day", "--morning", "3", "--worst", "8")
    told = ("--pain-before", "1", "--pain-after", "7", "--note", "It <b>hurt</b>")
    coach("session", file, "--text", "--speed", "2000", *told)
    coach("log", "session", "--pain-before", "1", "--pain", "2", "--pain-after", "2", "--effort", "9")
    coach("log", "test", "side_plank", "--left", "30", "--right", "40.5", "--pain", "1")
    coach("log", "flag", "new_pain_site")

    done = coach("report", "-o", tmp_path / "r.pdf", "--weeks", "2")

    assert done.status == 0
    first = squeezed(pages((tmp_path / "r.pdf").read_bytes())[0])
    for said in (
        "Red flag, still raised: Pain in a new place",
        "Pain of 7 or more on 1 day (worst 8)",
        "Effort of 9 or more on 1 day",
        "1 note from the patient:",
        "It <b>hurt</b>",
        "Short one, revision 1",
        "1 session timed by the program",
        "1 entered from memory",
        "30 s",
        "40.5 s",
        "left 15 short",
        "74 %",
    ):
        assert squeezed(said) in first, said
    assert "Clamshell" in text(tmp_path / "r.pdf")


@pytest.mark.parametrize("weeks", ["0", "53", "x"])
def test_weeks_that_make_no_report_are_wrong_usage(tmp_path: Path, weeks: str) -> None:
    assert coach("report", "-o", tmp_path / "r.pdf", "--weeks", weeks).status == 2


def test_a_report_over_a_log_is_refused(tmp_path: Path, coach_home: Path) -> None:
    coach("log", "day", "--morning", "3", "--worst", "8")

    before = (coach_home / "coach.db").read_bytes()

    assert coach("report", "-o", coach_home / "coach.db").status == 2
    assert (coach_home / "coach.db").read_bytes() == before
