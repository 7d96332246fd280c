"""The handout, written and read back by another program; no text lost, nothing over anything, no colour in greys."""

import io
import json
import re
import string
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QBuffer, QIODevice, QSize
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument

from coach.app.handout import Handout
from coach.app.paper import PaperSize, Print
from coach.app.routines import FileKind
from coach.ui.paper import code as codes
from coach.ui.paper.document import Document, to_pdf, to_picture, usual_size
from coach.ui.paper.handout import handout_document
from tests.ui.paper.papers import EIGHT, attached, pages, plain, routines, sheet, squeezed
from tests.ui.walk import Canary

pytestmark = pytest.mark.usefixtures("qapp")

SIZES = {PaperSize.A4: (595, 842), PaperSize.LETTER: (612, 792)}
WORDS = "A very long remark that goes on and on. "


def laid_out(of: Handout, size: PaperSize = PaperSize.A4, *, grey: bool = False) -> Document:
    return handout_document(of, Print(size, grey))


def pdf(folder: Path, routine: dict[str, Any] | None = None, size: PaperSize = PaperSize.A4) -> bytes:
    return to_pdf(laid_out(sheet(folder, routine), size))


def whole(made: bytes) -> str:
    return squeezed(" ".join(pages(made)))


def rendered(made: bytes, page: int, scale: float = 1.0) -> QImage:
    """A page as another program draws it, on white."""
    buffer = QBuffer()
    buffer.setData(made)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    size = document.pagePointSize(page) * scale
    image = document.render(page, QSize(round(size.width()), round(size.height())))
    document.close()
    return image


# -- what it says ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", PaperSize)
def test_all_that_was_prescribed_can_be_read(tmp_path: Path, size: PaperSize) -> None:
    routine = plain(rules={"pain_stop_above": 4, "pain_easier_above": 2})
    routine["items"][0] |= {
        "sides": "each",
        "sets": 3,
        "reps": 12,
        "tempo": {"up_s": 2, "hold_s": 1, "down_s": 3},
        "rest_s": 45,
        "load": "red band",
    }

    text = whole(pdf(tmp_path, routine, size))

    for said in (
        "Physio practice by the river",
        "12 Mill Lane, desk@example.org",
        "Hip strength A",
        "A.B.",
        "20 November 2026",
        "18 December 2026",
        "3 times a week: Mon, Wed, Fri",
        "Left hip",
        "1. Clamshell",
        "3 sets of 12 reps · each side",
        "Open 2 s, hold 1 s, close 3 s · 45 s rest between sets",
        "With: red band",
        *(f"Mind number {n}." for n in range(1, 9)),
        "Keep the feet together. Roll the knee open, not the pelvis.",
        "Stop this exercise if the pain rises above 4 of 10.",
        "Tick each session",
        "14 Dec",
        "How pain decides",
        "Before: with a pain above 5 of 10, leave it for today.",
        "as your routine sets them",
        "Call your local emergency number now",
        "Cannot put weight on the leg",
        "pain in a new place",
        "hip-strength-a.rehab.json",
        "REHAB1",
    ):
        assert squeezed(said) in text, said


def test_the_steps_that_are_allowed_stand_with_their_exercise_and_what_a_good_session_is_once(tmp_path: Path) -> None:
    routine = plain("bridge", "plank", version="1.1", rules={"success_quota": 3})
    up = [{"reps": 15}, {"exercise": "single_leg_bridge", "sets": 2, "reps": 6}]
    routine["items"][0] |= {"sets": 3, "reps": 12, "progress": up}

    text = whole(pdf(tmp_path, routine))

    for said in (
        "After 3 good sessions in a row: 15 reps; then Single-leg bridge: 2 sets of 6 reps",
        "A good session: all sets done, effort up to 6 of 10, pain up to 2 of 10, and green by the next morning.",
    ):
        assert text.count(squeezed(said)) == 1, said
    assert squeezed("A good session") not in whole(pdf(tmp_path, plain()))


@pytest.mark.parametrize("size", PaperSize)
def test_eight_exercises_take_three_pages_at_most_and_no_more_than_600_kb(tmp_path: Path, size: PaperSize) -> None:
    routine = plain()
    for item in routine["items"][3:]:
        del item["note"]

    made = pdf(tmp_path, routine, size)

    assert len(PdfReader(io.BytesIO(made)).pages) <= 3
    assert len(made) < 600_000


@pytest.mark.parametrize("size", PaperSize)
def test_every_page_has_the_size_of_its_paper_the_title_and_its_number(tmp_path: Path, size: PaperSize) -> None:
    made = pdf(tmp_path, plain(*EIGHT, *EIGHT), size)

    read = PdfReader(io.BytesIO(made)).pages
    assert len(read) > 3
    for number, (page, text) in enumerate(zip(read, pages(made), strict=True), 1):
        assert (round(page.mediabox.width), round(page.mediabox.height)) == SIZES[size]
        assert "Hip strength A · revision 2 · for A.B." in text
        assert f"Page {number} of {len(read)}" in text


def test_the_boxes_hold_each_day_of_the_weeks_until_the_review(tmp_path: Path) -> None:
    text = whole(pdf(tmp_path, plain("bridge")))

    assert "16Nov1617181920" in text
    assert "Review" in text
    assert "21Dec" not in text


def test_limits_on_pain_are_those_of_the_routine(tmp_path: Path) -> None:
    strict = whole(pdf(tmp_path, plain("bridge", rules={"profile": "groin"})))
    usual = whole(pdf(tmp_path, plain("bridge")))

    assert squeezed("Stop this exercise if the pain rises above 0 of 10.") in strict
    assert squeezed("with any pain, leave it for today") in strict
    assert squeezed("Make it easier") not in strict
    assert squeezed("Stop this exercise if the pain rises above 5 of 10.") in usual
    assert squeezed("your routine sets none of its own") in usual
    assert squeezed("up to 1 point above the pain before, and never above 5") in usual


# -- what it carries ------------------------------------------------------------------------------------------------


def test_the_file_inside_is_the_file_byte_for_byte(tmp_path: Path) -> None:
    made = pdf(tmp_path)

    assert attached(made) == {"hip-strength-a.rehab.json": (tmp_path / "given.rehab.json").read_bytes()}


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    (tmp_path / "out.pdf").write_bytes(pdf(tmp_path))

    opened = routines(tmp_path).open(tmp_path / "out.pdf")

    assert opened.kind is FileKind.ROUTINE
    assert not opened.findings.problems
    assert opened.data == (tmp_path / "given.rehab.json").read_bytes()


def test_the_same_hand_out_gives_the_same_bytes(tmp_path: Path) -> None:
    of = sheet(tmp_path)

    assert to_pdf(laid_out(of)) == to_pdf(laid_out(of))


def test_the_day_of_the_pdf_is_the_day_it_was_asked_for_and_no_day_inside_is_touched(tmp_path: Path) -> None:
    made = pdf(tmp_path, plain("bridge", title="(D:20010203040506) 2001-02-03T04:05:06"))

    about = PdfReader(io.BytesIO(made)).metadata
    assert about is not None
    assert str(about["/CreationDate"]).startswith("D:20261120000000")
    assert "2001-02-03T04:05:06" in str(about.title)
    assert b"2001-02-03T04:05:06" in made[:4_096]
    assert re.findall(rb'xmp:CreateDate="([^+"Z]*)', made) == [b"2026-11-20T00:00:00"]
    [inside] = attached(made).values()
    assert b"(D:20010203040506) 2001-02-03T04:05:06" in inside


def test_the_code_holds_the_routine_and_is_small_enough_for_a_phone(tmp_path: Path) -> None:
    of = sheet(tmp_path)

    made = codes.code_of(of.code)

    assert made is not None
    modules = len(made.rows)
    assert (modules - 17) // 4 <= codes.MAX_VERSION
    assert made.side <= 53 / 25.4 * 72


def test_what_no_phone_could_read_gets_no_code_but_words(tmp_path: Path) -> None:
    routine = plain("bridge")
    routine["items"][0]["note"] = "".join(Random(1).choices(string.ascii_letters, k=3_000))

    of = sheet(tmp_path, routine)

    assert codes.code_of(of.code) is None
    assert squeezed("too long for a code") in whole(to_pdf(laid_out(of)))


def test_the_bars_of_a_code_are_its_dark_modules() -> None:
    assert codes._runs(bytes((1, 1, 0, 1, 0, 0, 1))) == [(0, 2), (3, 4), (6, 7)]
    assert codes._runs(bytes((0, 0))) == []


# -- on paper -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", PaperSize)
@pytest.mark.parametrize("number", [1, 2, 8, 30])
def test_no_exercise_is_broken_and_nothing_leaves_the_margins(tmp_path: Path, size: PaperSize, number: int) -> None:
    made = laid_out(sheet(tmp_path, plain(*(EIGHT * 4)[:number])), size)

    assert all(one.first == 0 and one.end == len(made.blocks[one.piece].piece.rows) for one in made.placed)
    for one in made.placed:
        assert one.top >= 0
        assert one.top + one.height <= made.room.height() + 1e-6
    for before, after in pairwise(made.placed):
        assert (before.page, before.top + before.height) <= (after.page + 1e-6, after.top + 1e-6)


@pytest.mark.parametrize("size", PaperSize)
def test_nothing_is_painted_in_the_margins(tmp_path: Path, size: PaperSize) -> None:
    made = laid_out(sheet(tmp_path, hostile()), size)

    for page in range(made.pages):
        picture = to_picture(made, page, 1.0)
        wide, high = picture.width(), picture.height()
        edges = [(x, y) for y in range(high) for x in (*range(38), *range(wide - 38, wide))]
        edges += [(x, y) for x in range(wide) for y in (*range(34), *range(high - 30, high))]
        assert not [at for at in edges if picture.pixelColor(*at).lightness() < 250], page


def test_greys_have_no_colour(tmp_path: Path) -> None:
    made = to_pdf(laid_out(sheet(tmp_path), grey=True))

    for page in range(len(PdfReader(io.BytesIO(made)).pages)):
        picture = rendered(made, page).convertToFormat(QImage.Format.Format_RGB888)
        data = bytes(picture.constBits())
        line = picture.bytesPerLine()
        rows = (data[y * line : y * line + picture.width() * 3] for y in range(picture.height()))
        assert all(row[0::3] == row[1::3] == row[2::3] for row in rows)


def test_colours_are_colours(tmp_path: Path) -> None:
    picture = to_picture(laid_out(sheet(tmp_path)), 0, 1.0)
    colours = {picture.pixelColor(x, y).hue() for x in range(40, 300, 2) for y in range(250, 700, 2)}

    assert len({hue for hue in colours if hue >= 0}) > 10


def test_figures_are_lines_and_areas_not_pictures(tmp_path: Path) -> None:
    for page in PdfReader(io.BytesIO(pdf(tmp_path))).pages:
        assert not page.images
        assert page.get_contents() is not None


def test_the_usual_paper_is_one_of_those_there_are() -> None:
    assert usual_size() in PaperSize


# -- hostile texts --------------------------------------------------------------------------------------------------


def hostile(mark: str = "<b>bold</b> &amp; <img src='x'>") -> dict[str, Any]:
    """Foreign letters, markup, floods of every kind, exercises of its own without a figure."""
    texts = [
        "\u05e9\u05e8\u05d9\u05e8\u05d9 \u05d4\u05d9\u05e8\u05da",
        "\u062a\u0645\u0631\u064a\u0646 \u0627\u0644\u0648\u0631\u0643",
        "\u9acb\u90e8\u529b\u91cf\u8bad\u7ec3",
        "Stra\u00dfe \U0001f600\U0001f3c3\u200d\u2640\ufe0f",
        mark,
        "W" * 900,
        "a\u202eb\u202c c\x07",
        "Z" + "\u0300" * 50 + "algo",
        (WORDS * 99)[:3_990] + " LAST",
        "\n" * 3_000 + "END",
    ]
    own = [
        {"id": f"own_{n}", "name": text, "steps": [{"type": "form_cue", "text": text}]} for n, text in enumerate(texts)
    ]
    items = [{"exercise": f"own_{n}", "note": text, "load": text} for n, text in enumerate(texts)]
    return plain(
        title=f"{mark} {'W' * 300}",
        patient=texts[2] * 300,
        prescriber={"name": texts[8], "contact": mark},
        schedule={"per_week": 21},
        items=[*items, *({"exercise": "bridge"} for _ in range(24 - len(items)))],
        exercises=own,
    )


@pytest.mark.parametrize("size", PaperSize)
def test_no_text_is_cut_whatever_it_is(tmp_path: Path, size: PaperSize) -> None:
    text = whole(pdf(tmp_path, hostile(), size))

    assert text.count(squeezed(WORDS)) >= 4 * 99
    assert text.count("LAST") == 5
    assert text.count("END") == 5
    assert text.count("W" * 50) >= 4 * 900 // 50 - 4
    for number in range(1, 25):
        assert f"{number}." in text


def test_markup_is_shown_as_it_is_and_opens_nothing(tmp_path: Path) -> None:
    canary = Canary(tmp_path)

    text = whole(pdf(tmp_path, hostile(canary.markup)))

    assert squeezed(canary.markup) in text
    assert not canary.was_opened()


def test_sixty_exercises_are_all_there(tmp_path: Path) -> None:
    made = pdf(tmp_path, plain(*(EIGHT * 8)[:60]))

    text = whole(made)
    assert all(f"{number}." in text for number in range(1, 61))
    assert all(f"Mindnumber{number}." in text for number in range(1, 61))


def test_an_exercise_without_a_figure_has_a_card_with_its_name(tmp_path: Path) -> None:
    own = [{"id": "mine", "name": "Towel slide"}]

    text = whole(pdf(tmp_path, plain("mine", exercises=own)))

    assert text.count("Towelslide") == 2
    assert squeezed("Your physio shows you how") in text


def test_every_exercise_of_the_library_can_be_drawn(tmp_path: Path) -> None:
    names = sorted(routines(tmp_path).library)

    made = pdf(tmp_path, plain(*names))

    assert len(PdfReader(io.BytesIO(made)).pages) >= len(names) / 6
    assert json.loads(next(iter(attached(made).values())))["items"][-1]["exercise"] == names[-1]
