#!/usr/bin/env python3
"""A handout and a report to look at, from made-up data: `make samples`. The same day gives the same bytes.

samples.py [FOLDER]    docs/samples by default
"""

import argparse
import os
import sys
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_HASH_SEED"] = "0"  # the fonts in one order, and so the same bytes each time
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from msgspec.structs import replace  # noqa: E402 # run as a script, from anywhere
from PySide6.QtGui import QGuiApplication  # noqa: E402

from coach.app import demo  # noqa: E402
from coach.app.handout import handout  # noqa: E402
from coach.app.paper import PaperSize, Print  # noqa: E402
from coach.app.report import report  # noqa: E402
from coach.app.run_plan import run_plan  # noqa: E402
from coach.core.routine.reading import read_routine, write_routine  # noqa: E402
from coach.core.routine.routine import Prescriber  # noqa: E402
from coach.ui.paper.document import to_pdf  # noqa: E402
from coach.ui.paper.handout import handout_document  # noqa: E402
from coach.ui.paper.report import report_document  # noqa: E402
from coach.words.report import running  # noqa: E402
from tests.fakes import FakeCalendar  # noqa: E402
from tests.ui.fakes import World  # noqa: E402

FOLDER = ROOT / "docs" / "samples"
ROUTINE = FOLDER / "hip-strength-a.rehab.json"
DAY = date(2026, 11, 20)
WEEKS = 8


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    folder: Path = options.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    application = QGuiApplication(["samples"])
    with tempfile.TemporaryDirectory() as home:
        calendar = FakeCalendar(datetime(DAY.year, DAY.month, DAY.day, 18, tzinfo=ZoneInfo("Europe/Berlin")))
        world = World(Path(home), calendar=calendar)
        for name, data in {"handout.pdf": made_handout(world), "report.pdf": made_report(world)}.items():
            (folder / name).write_bytes(data)
            print(f"{folder / name}: {len(data)} bytes")
    del application
    return 0


def made_handout(world: World) -> bytes:
    """The handout of the routine beside this sample."""
    routines = world.surroundings.routines()
    settings = world.surroundings.settings_file().read().settings
    of = handout(routines.open(ROUTINE), routines, settings, DAY)
    return to_pdf(handout_document(of, Print(PaperSize.A4)))


def made_report(world: World) -> bytes:
    """The report of the first weeks of a made-up log: with pain, reds and notes in it."""
    demo.fill(world.surroundings, WEEKS)
    routines = world.surroundings.routines()
    built_in = routines.find("strength-a")
    assert built_in is not None
    given = replace(
        built_in.routine,
        revision=2,
        issued=(DAY - timedelta(weeks=5)).isoformat(),
        patient="A.B.",
        prescriber=Prescriber("Physio practice by the river", "desk@example.org"),
    )
    read = read_routine(write_routine(given), routines.library)
    routines.accept(read)
    settings = world.choose(in_use=("strength-a", "mobility"))
    log = world.surroundings.read_log()
    try:
        plan = run_plan(log, routines, settings, DAY, world.surroundings.calendar.now())
        of = report(log, routines, settings, DAY, WEEKS, readiness=running(plan))
    finally:
        log.close()
    return to_pdf(report_document(of, Print(PaperSize.A4)))


if __name__ == "__main__":
    sys.exit(main())
