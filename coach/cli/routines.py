"""`coach check` and `coach plan`: routine files, exercise libraries and handouts, looked at."""

import errno
import json
import sys
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

import click
import msgspec

from coach.app.routines import FileKind, Opened, Routines
from coach.app.surroundings import Surroundings
from coach.core.routine.exercise import Exercise
from coach.core.routine.plan import Step, known_exercises, length_s, steps_of, works
from coach.core.routine.problems import Findings, Problem, Rule
from coach.core.routine.routine import FORMAT, BodySide, Routine
from coach.words import problems
from coach.words.terminal import StepLines, file_name, file_ok, plan_head, warning_line

DONE, PROBLEMS, USAGE, FAILED = 0, 1, 2, 3
_LINES_AT_ONCE = 2_000


@click.command()
@click.argument("files", metavar="FILE…", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON document instead of lines.")
@click.pass_obj
def check(surroundings: Surroundings, files: tuple[str, ...], as_json: bool) -> int:
    """Say whether routine files, exercise libraries or handout PDFs are good.

    All problems are listed, each with its place: FILE: $.items[2].sets: what is wrong. A warning alone is no problem.
    """
    routines, home_side = surroundings.routines(), _home_side(surroundings)
    results = [_look(routines, file, home_side) for file in files]
    if as_json:
        document = {"files": [result.plain() for result in results]}
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n")
    else:
        for result in results:
            result.say()
    return max(result.status for result in results)


class _Result:
    """What came of one file."""

    def __init__(self, file: str, opened: Opened | None, status: int, unreadable: str = "") -> None:
        self._file = file_name(file)
        self.opened = opened
        self.unreadable = unreadable
        self.status = status

    def say(self) -> None:
        """In lines."""
        if self.opened is None:
            click.echo(self.unreadable, err=True)
            return
        say_problems(self._file, self.opened.findings.problems)
        for odd in self.opened.findings.warnings:
            click.echo(warning_line(self._file, odd.path, problems.what(odd)))
        if not self.opened.findings.problems:
            length = self.opened.length_s if self.opened.kind is FileKind.ROUTINE else None
            click.echo(file_ok(self._file, self.opened.exercises, length))

    def plain(self) -> dict[str, object]:
        """As JSON."""
        opened = self.opened
        if opened is None:
            found = [{"path": "$", "rule": "unreadable", "text": self.unreadable}]
            return _plain(self._file, ok=False, kind=None, exercises=0, total_s=None, problems=found, warnings=[])
        routine = opened.kind is FileKind.ROUTINE
        good = not opened.findings.problems
        return _plain(
            self._file,
            ok=good,
            kind=str(opened.kind),
            exercises=opened.exercises,
            total_s=tidy(opened.length_s) if routine and good else None,
            problems=[_plain_problem(one) for one in opened.findings.problems],
            warnings=[_plain_problem(one) for one in opened.findings.warnings],
        )


def _plain(file: str, **rest: object) -> dict[str, object]:
    return {"file": file, **rest}


def _plain_problem(one: Problem) -> dict[str, object]:
    return {"path": one.path, "rule": str(one.rule), "text": problems.what(one)}


def _home_side(surroundings: Surroundings) -> BodySide | None:
    return surroundings.settings_file().read().settings.home_side


def _look(routines: Routines, file: str, home_side: BodySide | None) -> _Result:
    try:
        opened = routines.open(Path(file), home_side)
    except (OSError, ValueError) as error:
        return _Result(file, None, *unreadable(error, file))
    return _Result(file, opened, PROBLEMS if opened.findings.problems else DONE)


def unreadable(error: OSError | ValueError, file: str) -> tuple[int, str]:
    """The exit status and the line for a file that was named and cannot be read."""
    from coach.words.terminal import cannot_read

    return (USAGE if wrong_name(error) else FAILED), cannot_read(file, error)


def wrong_name(error: OSError | ValueError) -> bool:
    """Whether no file could have this name there: then not the surroundings failed."""
    nothing = isinstance(error, FileNotFoundError | IsADirectoryError | NotADirectoryError | FileExistsError)
    return nothing or isinstance(error, ValueError) or error.errno in (errno.ELOOP, errno.ENAMETOOLONG)


def say_problems(file: str, found: tuple[Problem, ...], *, err: bool = False) -> None:
    """One line for each problem, all in one go: a careless file has twenty thousand."""
    name = file_name(file)
    if found:
        click.echo("\n".join(problems.line(name, problem) for problem in found), err=err)


# -- plan -----------------------------------------------------------------------------------------------------------


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--json", "as_json", is_flag=True, help="One JSON document instead of a table.")
@click.pass_obj
def plan(surroundings: Surroundings, file: str, as_json: bool) -> int:
    """Show a routine as the steps of its session, each with its start and its length."""
    routines, home_side = surroundings.routines(), _home_side(surroundings)
    read = read_routine_file(routines, file, home_side, as_json=as_json)
    if isinstance(read, int):
        return read
    work = works(read, routines.library, home_side)
    total_s = sum(length_s(one) for one in work)
    steps = (step for one in work for step in steps_of(one))
    if as_json:
        _write_json(steps, total_s)
    else:
        _write_table(steps, total_s, known_exercises(routines.library, read))
    return DONE


def read_routine_file(
    routines: Routines, file: str, home_side: BodySide | None, *, as_json: bool = False
) -> Routine | int:
    """The routine in a file, warnings told; or the exit status, problems told."""
    opened = open_routine_file(routines, file, home_side, as_json=as_json)
    if isinstance(opened, int):
        return opened
    assert opened.read is not None
    assert opened.read.routine is not None
    return opened.read.routine


def open_routine_file(
    routines: Routines, file: str, home_side: BodySide | None, *, as_json: bool = False
) -> Opened | int:
    """A file with a routine in it, warnings told; or the exit status, problems told."""
    result = _look(routines, file, home_side)
    opened = result.opened
    if opened is None:
        click.echo(result.unreadable, err=True)
        return result.status
    found = opened.findings
    if opened.kind is FileKind.LIBRARY:
        not_one = Problem("$.format", Rule.NOT_OUR_FORMAT, "rehab-exercises", FORMAT)
        found = Findings((not_one,))
    for odd in found.warnings:
        click.echo(warning_line(file_name(file), odd.path, problems.what(odd)), err=True)
    say_problems(file, found.problems, err=True)
    if found.problems or opened.read is None or opened.read.routine is None:
        if as_json:
            click.echo(json.dumps({"problems": [_plain_problem(one) for one in found.problems]}))
        return PROBLEMS
    return opened


class _Row(msgspec.Struct, gc=False):
    """One step as `coach plan --json` gives it."""

    start_s: int | float
    duration_s: int | float
    kind: str
    item: int
    exercise: str
    side: str | None
    set: int | None
    rep: int | None


def _rows(steps: Iterator[Step]) -> Iterator[_Row]:
    for step, start_s in starting(steps):
        yield _Row(
            tidy(start_s),
            tidy(step.duration_s),
            step.kind,
            step.item,
            step.exercise,
            step.side,
            step.set,
            step.rep,
        )


def _write_json(steps: Iterator[Step], total_s: float) -> None:
    out = sys.stdout.buffer
    encode = msgspec.json.Encoder().encode
    out.write(b'{"total_s":' + encode(tidy(total_s)) + b',"steps":[')
    rows = _rows(steps)
    between = b""
    # A file within all bounds may stand for a million steps: never all of them at once.
    while some := list(islice(rows, _LINES_AT_ONCE)):
        out.write(between + encode(some)[1:-1])
        between = b","
    out.write(b"]}\n")


def _write_table(steps: Iterator[Step], total_s: float, known: dict[str, Exercise]) -> None:
    from coach.words.terminal import plan_total

    line = StepLines(known).line
    lines = chain([plan_head()], (line(step, start_s) for step, start_s in starting(steps)), [plan_total(total_s)])
    while some := list(islice(lines, _LINES_AT_ONCE)):
        sys.stdout.write("\n".join(some) + "\n")


def starting(steps: Iterator[Step]) -> Iterator[tuple[Step, float]]:
    """Each step with its start. Summed with the error carried along: a million tenths stay exact."""
    start_s, error = 0.0, 0.0
    for step in steps:
        yield step, start_s
        more = step.duration_s - error
        after = start_s + more
        error = (after - start_s) - more
        start_s = after


def tidy(number: float) -> int | float:
    """A number of seconds without the noise of sums; whole ones as whole numbers."""
    number = float(number)
    if number.is_integer():
        return int(number)
    rounded = round(number, 9) or number
    return int(rounded) if rounded.is_integer() else rounded
