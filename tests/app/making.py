"""Surroundings for the use cases: a real data folder, a calendar that stands still, no devices."""

from itertools import count
from pathlib import Path

from coach import resources
from coach.app.handout import Handout
from coach.app.paper import Print
from coach.app.ports import Awake, Sound, Speech
from coach.app.report import Report
from coach.app.settings import Settings
from coach.app.surroundings import Check, Surroundings, WindowTask
from coach.paths import Home
from tests.fakes import FakeCalendar, FakeClock


class NoShell:
    """A computer without a window system."""

    def has_display(self) -> bool:
        return False

    def open_window(self, task: WindowTask) -> int:
        raise AssertionError(task)

    def checks(self) -> tuple[Check, ...]:
        return ()

    def handout_pdf(self, handout: Handout, how: Print) -> bytes:
        raise AssertionError(handout)

    def report_pdf(self, report: Report, how: Print) -> bytes:
        raise AssertionError(report)


def _no_device(settings: Settings | None = None) -> Sound | Speech | Awake:
    raise AssertionError(settings)


def surroundings_at(folder: Path) -> Surroundings:
    """Surroundings whose data lies in a folder."""
    numbers = count()
    return Surroundings(
        home=Home(folder),
        clock=FakeClock(),
        calendar=FakeCalendar(),
        new_uid=lambda: f"{folder.name}-{next(numbers)}",
        make_sound=_no_device,  # type: ignore[arg-type]  # never called
        make_speech=_no_device,  # type: ignore[arg-type]  # never called
        make_awake=_no_device,  # type: ignore[arg-type]  # never called
        shell=NoShell(),
        exercises=resources.EXERCISES,
        built_in=resources.asset("routines"),
    )
