"""The report, written and read back by another program: what matters on its first page, all of it after."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec import structs
from pypdf import PdfReader
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from coach.app import demo
from coach.app.guidance import guidance, proposed
from coach.app.keeping import DirectKeeper
from coach.app.paper import PaperSize, Print
from coach.app.report import ReadinessLine, ReadinessTold, Report, report
from coach.app.surroundings import Log
from coach.app.today import today_view
from coach.core.log import DayEntry, Ending, SessionEnd
from coach.ui.paper.chart import Plot
from coach.ui.paper.document import Document, to_pdf, to_picture
from coach.ui.paper.report import report_document
from coach.words import report as words
from tests.store import made
from tests.ui.fakes import TINY, World, plain
from tests.ui.paper.papers import pages, squeezed
from tests.ui.trained import mornings, trained
from tests.ui.walk import Canary

pytestmark = pytest.mark.usefixtures("qapp")
ON = date(2026, 11, 20)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, Log]]:
    world = World(tmp_path_factory.mktemp("full"))
    demo.fill(world.surroundings, 10)
    log: Log = world.surroundings.read_log()
    yield world, log
    log.close()


def told(full: tuple[World, Log], weeks: int = 4, readiness: ReadinessTold | None = None) -> Report:
    world, log = full
    settings = world.surroundings.settings_file().read().settings
    return report(log, world.surroundings.routines(), settings, ON, weeks, readiness=readiness)


def laid_out(of: Report, size: PaperSize = PaperSize.A4, *, grey: bool = False) -> Document:
    return report_document(of, Print(size, grey))


@pytest.mark.parametrize("size", PaperSize)
def test_the_first_page_holds_what_matters(full: tuple[World, Log], size: PaperSize) -> None:
    first = squeezed(pages(to_pdf(laid_out(told(full), size)))[0])

    for said in (
        "Report for your physio",
        "24 Oct to 20 Nov 2026",
        "To look at first",
        "Prescribed and done",
        "Strength A: on the floor, revision 1",
        "Recorded: the pain of",
        "Pain in the morning",
        "mean of 7 days",
        "How it was tolerated",
        "Self-tests",
        "Side plank",
        "Symmetry",
    ):
        assert squeezed(said) in first, said


def test_everything_comes_after_it(full: tuple[World, Log]) -> None:
    of = told(full)
    text = squeezed(" ".join(pages(to_pdf(laid_out(of)))))

    for heading in ("Every session", "Every walk and run", "Every day"):
        assert squeezed(heading) in text
    for one in of.sessions:
        assert squeezed(one.line.routine_title) in text
        for exercise in one.exercises:
            assert squeezed(f"{exercise.name}:") in text
    for _, note in of.notes:
        assert squeezed(note) in text


def test_readiness_is_told_where_it_is_given(full: tuple[World, Log]) -> None:
    given = ReadinessTold(
        "Not yet",
        (ReadinessLine("R4", "one more brisk walk of 30 min", met=False),),
        "Return-to-run plan: Stage 2 of 12.",
    )

    without = squeezed(" ".join(pages(to_pdf(laid_out(told(full))))))
    with_it = squeezed(" ".join(pages(to_pdf(laid_out(told(full, readiness=given))))))

    assert squeezed("Running again") not in without
    assert squeezed("Running again") in with_it
    assert squeezed("one more brisk walk of 30 min") in with_it
    assert squeezed("Return-to-run plan: Stage 2 of 12.") in with_it


def test_whether_running_may_begin_again_stands_on_the_first_page(full: tuple[World, Log]) -> None:
    given = ReadinessTold("Not yet", tuple(ReadinessLine(f"R{n}", "something is missing", met=False) for n in range(9)))

    for weeks in (4, 8):
        first = squeezed(pages(to_pdf(laid_out(told(full, weeks, given))))[0])

        assert squeezed("Running again Not yet") in first


def test_the_report_says_no_more_than_it_may(full: tuple[World, Log]) -> None:
    text = " ".join(pages(to_pdf(laid_out(told(full, weeks=10))))).lower()

    for word in ("cleared", " safe", "diagnos", "congratulations"):
        assert word not in text


@pytest.mark.parametrize("size", PaperSize)
@pytest.mark.parametrize("weeks", [1, 4, 10])
def test_nothing_leaves_the_margins(full: tuple[World, Log], size: PaperSize, weeks: int) -> None:
    document = laid_out(told(full, weeks), size)

    for one in document.placed:
        assert one.top + one.height <= document.room.height() + 1e-6
    for page in range(document.pages):
        picture = to_picture(document, page, 1.0)
        edge = [*range(38), *range(picture.width() - 38, picture.width())]
        assert all(picture.pixelColor(x, y).lightness() > 250 for y in range(0, picture.height(), 3) for x in edge)


def test_greys_have_no_colour(full: tuple[World, Log]) -> None:
    document = laid_out(told(full, 10), grey=True)

    for page in range(document.pages):
        picture = to_picture(document, page, 1.0).convertToFormat(QImage.Format.Format_RGB888)
        data, line = bytes(picture.constBits()), picture.bytesPerLine()
        rows = (data[y * line : y * line + picture.width() * 3] for y in range(picture.height()))
        assert all(row[0::3] == row[1::3] == row[2::3] for row in rows)


def test_the_same_report_gives_the_same_bytes(full: tuple[World, Log]) -> None:
    of = told(full)

    assert to_pdf(laid_out(of)) == to_pdf(laid_out(of))


def test_tables_repeat_their_head_on_each_page(full: tuple[World, Log]) -> None:
    texts = [squeezed(page) for page in pages(to_pdf(laid_out(told(full, 10))))]
    heads = sum(squeezed("What was done") in text for text in texts)

    assert heads >= 3


# -- little data ----------------------------------------------------------------------------------------------------


def little(world: World, *entries: DayEntry) -> Document:
    log = world.surroundings.open_log()
    for entry in entries:
        log.add(entry)
    try:
        return laid_out(told((world, log)))
    finally:
        log.close()


def test_an_empty_log_gives_one_useful_page(world: World) -> None:
    made_pages = pages(to_pdf(little(world)))

    assert len(made_pages) == 1
    assert squeezed("What fills it: the morning's pain on Today") in squeezed(made_pages[0])


def test_the_step_above_the_dose_at_which_it_was_done_last_is_told(world: World) -> None:
    routine = plain(version="1.1", items=[{**TINY["items"][1], "progress": [{"sets": 3}, {"hold_s": 9}]}])
    world.use(routine, screened="2026-11-17")
    assert squeezed("Tiny allows 2 steps above its dose; none is done yet.") in squeezed(
        pages(to_pdf(little(world)))[0]
    )
    for back in (6, 4):
        trained(world, back, routine)
    mornings(world, *range(9))
    log = world.surroundings.open_log()
    settings = world.surroundings.settings_file().read().settings
    view = today_view(log, world.surroundings.routines(), settings, ON, 9)
    assert view.due is not None
    seen = guidance(log, world.surroundings.routines(), settings, ON)
    given = proposed(view.due.given, seen, world.surroundings.routines(), settings)

    world.surroundings.training(log, lambda uid: DirectKeeper(log, uid)).start(given, settings, 1)
    for line in log.sessions(ON, ON):
        log.end(SessionEnd(line.uid, line.began, Ending.FINISHED))
    log.close()

    text = squeezed(pages(to_pdf(little(world)))[0])
    assert squeezed("Tiny was last done at step 1 of 2 that it allows above its dose.") in text


def test_one_morning_is_told_as_one(world: World) -> None:
    text = squeezed(" ".join(pages(to_pdf(little(world, made.day_entry("a", ON, 7, None))))))

    assert squeezed("Pain of 7 or more on 1 day (worst 7): 20 Nov") in text
    assert squeezed("the pain of 1 of 1 mornings; the log begins on 20 November 2026") in text
    assert squeezed("Too early for a trend") in text


def test_a_report_carries_no_file_and_no_author(full: tuple[World, Log]) -> None:
    reader = PdfReader(io.BytesIO(to_pdf(laid_out(told(full)))))

    assert not reader.attachments
    assert reader.metadata is not None
    assert not reader.metadata.author


# -- the chart ------------------------------------------------------------------------------------------------------


def test_a_day_and_a_pain_have_their_place() -> None:
    plot = Plot(QRectF(0.0, 0.0, 280.0, 100.0), ON - timedelta(days=27), 28)

    assert plot.x(ON - timedelta(days=27)) == 5.0
    assert plot.x(ON) == 275.0
    assert (plot.y(0), plot.y(10)) == (100.0, 0.0)


# -- hostile texts --------------------------------------------------------------------------------------------------


def test_foreign_text_is_shown_as_it_is_whole_and_in_its_place(full: tuple[World, Log], tmp_path: Path) -> None:
    canary = Canary(tmp_path)
    evil = f"{canary.markup} {'W' * 300} \u05e9\u05e8\u05d9\u05e8\u05d9 " + "so it went on and on " * 150 + "LAST"
    of = told(full)
    first = of.sessions[0]
    line = structs.replace(first.line, routine_title=evil)
    document = laid_out(replace(of, patient=evil, sessions=(replace(first, note=evil, line=line),)))

    read = pages(to_pdf(document))
    # Without the foot and the head of the table, which stand in the middle of what goes on over the page.
    bodies = [page.rpartition(f"Page {number} of {len(read)}")[0] for number, page in enumerate(read, 1)]
    assert all(bodies)
    text = squeezed(" ".join(bodies)).replace(squeezed(" ".join(words.session_head())), "")

    assert text.count("LAST") == 3
    assert text.count(squeezed("so it went on and on")) == 3 * 150
    assert text.count(squeezed(canary.markup)) >= 3
    assert all(one.top + one.height <= document.room.height() + 1e-6 for one in document.placed)
    assert not canary.was_opened()


@pytest.mark.parametrize("notes,below", [(("Felt strong.",), False), (("a",) * 4, True), (("long " * 60,), True)])
def test_few_short_notes_stand_at_the_top_others_below(
    full: tuple[World, Log], notes: tuple[str, ...], *, below: bool
) -> None:
    of = told(full)
    sessions = tuple(replace(one, note=note) for one, note in zip(of.sessions, notes, strict=False))

    text = squeezed(" ".join(pages(to_pdf(laid_out(replace(of, sessions=sessions))))))

    assert (squeezed("from the patient, below") in text) is below
    assert (squeezed("Notes from the patient") in text) is below
    assert text.count(squeezed(notes[0])) >= len(notes)
