"""The charts of Progress as tables, for screen readers and as CSV files (RFC 4180, UTF-8, days as ISO 8601).

Columns, which do not change with the language; an empty cell is what was not asked, not answered or not measured:

pain        day, morning, worst (NPRS 0-10), mean_7_days (of mornings, needs 4 of 7), woken_at_night,
            painkiller (yes/no)
sessions    day, routine, ending (finished/stopped/left), sets_done, sets_planned, peak_pain (NPRS 0-10)
exercises   exercise (its id), unit (reps/s), day, left, right, both: the best set of the day
tests       test, unit (reps/s/points), day, left, right, value, goal, symmetry (weaker/stronger side)
walks_runs  first_day, last_day, walks, walk_minutes, runs, run_minutes, peak_pain
answered    days, mornings, worsts, share_of_mornings (0 to 1)
"""

from enum import StrEnum
from pathlib import Path
from typing import Final

from coach.app import transfer
from coach.app.progress import ProgressView
from coach.core.clinical.self_tests import symmetry
from coach.core.progress.measures import MeasuredProgress
from coach.files.log_csv import Cell, Table, text_of

__all__ = ["Cell", "Chart", "Table", "csv_of", "table", "write"]


class Chart(StrEnum):
    """What Progress draws; also the name of the table."""

    PAIN = "pain"
    SESSIONS = "sessions"
    TESTS = "tests"
    EXERCISES = "exercises"
    WALKS_RUNS = "walks_runs"
    ANSWERED = "answered"


_DECIMALS: Final = 3


def table(chart: Chart, view: ProgressView) -> Table:
    """The numbers behind a chart."""
    match chart:
        case Chart.PAIN:
            return _pain(view)
        case Chart.SESSIONS:
            return _sessions(view)
        case Chart.TESTS:
            columns = ("test", "unit", "day", "left", "right", "value", "goal", "symmetry")
            return Table(chart, columns, tuple(row for one in view.tests for row in _test(one)))
        case Chart.EXERCISES:
            return _exercises(view)
        case Chart.WALKS_RUNS:
            return _outings(view)
        case Chart.ANSWERED:
            one = view.answered
            row = (one.days, one.mornings, one.worsts, round(one.share, _DECIMALS))
            return Table(chart, ("days", "mornings", "worsts", "share_of_mornings"), (row,))


def csv_of(of: Table) -> bytes:
    """A table as a CSV file."""
    return text_of(of).encode()


def write(path: Path, data: bytes) -> None:
    """Write a saved chart, whole or not at all. Raises OSError, OwnFile over a log."""
    transfer.write_file(path, data)


def _pain(view: ProgressView) -> Table:
    columns = ("day", "morning", "worst", "mean_7_days", "woken_at_night", "painkiller")
    return Table(
        Chart.PAIN,
        columns,
        tuple((one.day, one.morning, one.worst, _rounded(one.mean), one.night, one.painkiller) for one in view.days),
    )


def _sessions(view: ProgressView) -> Table:
    columns = ("day", "routine", "ending", "sets_done", "sets_planned", "peak_pain")
    rows = tuple(
        (one.day, one.title, str(one.ending) if one.ending else None, *(one.sets or (None, None)), one.peak)
        for one in view.sessions
    )
    return Table(Chart.SESSIONS, columns, rows)


def _exercises(view: ProgressView) -> Table:
    rows = tuple(
        (one.exercise, str(one.unit), day.day, day.left, day.right, day.both)
        for one in view.exercises
        for day in one.days
    )
    return Table(Chart.EXERCISES, ("exercise", "unit", "day", "left", "right", "both"), rows)


def _test(one: MeasuredProgress) -> list[tuple[Cell, ...]]:
    return [
        (
            *(one.name, str(one.unit), day.day, day.left, day.right, day.both, one.goal),
            _rounded(symmetry(day.left, day.right)),
        )
        for day in one.days
    ]


def _outings(view: ProgressView) -> Table:
    columns = ("first_day", "last_day", "walks", "walk_minutes", "runs", "run_minutes", "peak_pain")
    rows = tuple(
        (bar.first, bar.last, bar.walks, bar.walk_min, bar.runs, bar.run_min, bar.peak)
        for bar in view.outings
        if bar.walks or bar.runs
    )
    return Table(Chart.WALKS_RUNS, columns, rows)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DECIMALS)
