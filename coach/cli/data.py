"""`coach export`, `import`, `backup`, `restore`, `erase`: the log as a whole."""

import errno
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from coach.app import copies, handing_out, recordings, transfer
from coach.app.errors import OwnFile
from coach.app.recordings import Pains
from coach.app.surroundings import Surroundings
from coach.cli.opening import reading, writing
from coach.cli.routines import read_routine_file, say_problems, unreadable, wrong_name
from coach.cli.values import PAIN, TimeOfDay
from coach.core.log import OutingKind
from coach.core.routine.routine import Routine
from coach.words import handing_out as handing_out_words
from coach.words import recordings as recording_words
from coach.words import transfers as words
from coach.words.failures import failure
from coach.words.problems import what
from coach.words.terminal import file_name, safe, warning_line
from coach.words.translate import tr

DONE, PROBLEMS, USAGE, FAILED = 0, 1, 2, 3


# -- export ---------------------------------------------------------------------------------------------------------


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "csv", "fhir", "ics", "fit"]),
    required=True,
    help="json: everything, to be taken in again. csv: tables for a spreadsheet. fhir: log and routines for a clinic's "
    "system. ics: the schedule for a calendar. fit: a routine for a watch.",
)
@click.option("--snomed", is_flag=True, help="fhir: SNOMED CT codes as well; who uses them needs a licence of it.")
@click.option("--at", type=TimeOfDay(), default=handing_out.AT, metavar="HH:MM", help="ics: when; 18:00 if left out.")
@click.option("--routine", metavar="FILE_OR_ID", help="fit: which routine; the first in use if left out.")
@click.option(
    "--counted",
    type=click.Choice([str(one) for one in handing_out.Counted]),
    default="reps",
    help="fit: what counted reps become on a watch that cannot count them: a time, or open until its button.",
)
@click.argument("out", metavar="OUT")
@click.pass_obj
def export(surroundings: Surroundings, /, form: str, out: str, **options: Any) -> int:
    """Write what the log or a routine holds to OUT; - is the terminal.

    json is one document with every entry and the routines that were taken in: `coach import` brings it all back. csv
    writes one table where OUT ends in .csv, otherwise a folder with a file for each kind of entry. What each format
    holds, and what not: docs/exports.md. An older file of this name is replaced; only you can read the new one.
    """
    match form:
        case "ics":
            calendar = handing_out.as_calendar(surroundings, handing_out_words.entry, options["at"])
            if b"BEGIN:VEVENT" not in calendar:
                used = handing_out.in_use(surroundings, surroundings.settings_file().read().settings)
                click.echo(handing_out_words.nothing_scheduled(in_use=bool(used)), err=True)
                return PROBLEMS
            return _write(surroundings, out, {"": calendar})
        case "fit":
            return _export_workout(surroundings, out, options["routine"], handing_out.Counted(options["counted"]))
    with reading(surroundings) as log:
        if form == "fhir":
            dose = handing_out_words.dose
            return _write(
                surroundings, out, {"": handing_out.as_fhir(surroundings, log, dose, snomed=options["snomed"])}
            )
        if form == "json":
            return _write(surroundings, out, {"": transfer.json_pieces(surroundings, log)})
        if out == "-" or out.lower().endswith(".csv"):
            return _write(surroundings, out, {"": transfer.csv_text(transfer.as_one_table(log)).encode()})
        tables = {f"{one.name}.csv": transfer.csv_text(one).encode() for one in transfer.as_tables(log)}
    return _write(surroundings, out, tables)


def _export_workout(surroundings: Surroundings, out: str, named: str | None, counted: handing_out.Counted) -> int:
    routine: Routine | str | None = named
    if named is not None and (Path(named).exists() or "/" in named or named.endswith(".json")):
        read = read_routine_file(surroundings.routines(), named, surroundings.settings_file().read().settings.home_side)
        if isinstance(read, int):
            return read
        routine = read
    made = handing_out.as_workout(surroundings, routine, handing_out_words.for_watch(), counted)
    if made is None:
        click.echo(handing_out_words.no_such_routine(named), err=True)
        return PROBLEMS
    if made.data is None:
        click.echo(handing_out_words.too_many_steps(), err=True)
        return PROBLEMS
    status = _write(surroundings, out, {"": made.data})
    if status == DONE and not made.ready:
        click.echo(handing_out_words.not_ready(), err=True)
    return status


def write_one(surroundings: Surroundings, out: str, data: bytes) -> int:
    """Write one file to OUT, say so, and return the exit status."""
    return _write(surroundings, out, {"": data})


def _write(surroundings: Surroundings, out: str, files: Mapping[str, bytes | Iterable[bytes]]) -> int:
    """Write one file to OUT itself, or several into the folder OUT."""
    if out == "-":
        for data in files.values():
            sys.stdout.buffer.writelines((data,) if isinstance(data, bytes) else data)
        return DONE
    target = _target(out)
    try:
        if surroundings.home.is_own(target):
            raise OwnFile(target)
        if "" not in files:
            target.mkdir(mode=0o700, exist_ok=True)
        for name, data in files.items():
            transfer.write_file(target / name if name else target, data, surroundings.home)
    except (OSError, ValueError) as error:
        return _no_place(error, out)
    for name in files:
        click.echo(words.written(str(target / name) if name else out))
    return DONE


def _target(out: str) -> Path:
    if not out:
        raise click.UsageError(tr("OUT is empty; name a file."))
    return Path(out)


def _no_place(error: OSError | ValueError, out: str) -> int:
    """Say why nothing can be written there; what is no matter of the name is raised again."""
    if isinstance(error, OwnFile):
        click.echo(safe(failure(error)), err=True)
    elif wrong_name(error):
        click.echo(words.no_place(out, error), err=True)
    else:
        raise error
    return USAGE


# -- import ---------------------------------------------------------------------------------------------------------


@click.command("import")
@click.argument("files", metavar="FILE…", nargs=-1, required=True)
@click.option("--kind", type=click.Choice(["walk", "run"]), help="What was recorded, if the file should be wrong.")
@click.option("--groin", is_flag=True, help="The pain was in the groin or the front of the hip.")
@click.option("--limp", is_flag=True, help="Limped.")
@click.option("--pain-after", type=PAIN, metavar="N", help="Pain afterwards, 0 to 10.")
@click.option("--pain-before", type=PAIN, metavar="N", help="Pain before, 0 to 10.")
@click.option("--pain", type=PAIN, metavar="N", help="Worst pain during a recorded walk or run, 0 to 10.")
@click.pass_obj
def take_in(
    surroundings: Surroundings, /, files: tuple[str, ...], kind: str | None, pain: int | None, **rest: Any
) -> int:
    """Take in routine files, handout PDFs, exported logs, and walks and runs that a watch recorded.

    Which of them a file is, is seen from what it holds. A routine is put into use; those of Just Another Workout Timer
    and OpenHIIT are read as well. Of an exported log only what is not known yet is taken in: twice is no harm. A
    recorded walk or run (GPX, TCX, FIT) counts for no criterion before --pain is told, since no watch knows it; take it
    in again to tell it. A file with problems is left out whole, and its problems are listed.
    """
    told = Told(OutingKind(kind) if kind else None, Pains(pain, **_named(rest)))
    return max(_take_one(surroundings, file, told) for file in files)


@dataclass(frozen=True, slots=True)
class Told:
    """What the person says of a recorded walk or run."""

    kind: OutingKind | None
    pains: Pains


def _named(options: dict[str, Any]) -> dict[str, Any]:
    return {name.removeprefix("pain_"): value for name, value in options.items()}


def _take_one(surroundings: Surroundings, file: str, told: Told) -> int:
    settings = surroundings.settings_file().read().settings
    try:
        brought = transfer.look(surroundings.routines(), Path(file), settings)
    except (OSError, ValueError) as error:
        status, said = unreadable(error, file)
        click.echo(said, err=True)
        return status
    match brought.kind:
        case transfer.Kind.ROUTINE:
            return _take_routine(surroundings, file, brought)
        case transfer.Kind.LOG:
            return _take_log(surroundings, file, brought)
        case transfer.Kind.RECORDING:
            return _take_recording(surroundings, file, brought, told)
        case transfer.Kind.LIBRARY:
            click.echo(words.a_library(file_name(file)), err=True)
        case _:
            click.echo(words.not_readable(file_name(file), brought.foreign), err=True)
    return PROBLEMS


def _take_routine(surroundings: Surroundings, file: str, brought: transfer.Brought) -> int:
    assert brought.opened is not None
    findings, read = brought.opened.findings, brought.opened.read
    say_problems(file, findings.problems)
    for odd in findings.warnings:
        click.echo(warning_line(file_name(file), odd.path, what(odd)))
    if findings.problems or read is None or read.routine is None:
        click.echo(words.left_out(file_name(file)), err=True)
        return PROBLEMS
    settings = surroundings.settings_file().read().settings
    over = transfer.take_over(surroundings, read, settings)
    copies.clear_strays_alone(surroundings.home)
    for line in words.routine_taken(file_name(file), read.routine, brought.opened.length_s, over.known_revision):
        click.echo(line)
    return DONE


def _take_log(surroundings: Surroundings, file: str, brought: transfer.Brought) -> int:
    assert brought.log is not None
    if brought.log.log is None:
        say_problems(file, brought.log.problems)
        click.echo(words.left_out(file_name(file)), err=True)
        return PROBLEMS
    with writing(surroundings) as log:
        taken = transfer.take_in(surroundings, log, brought.log)
    for line in words.log_taken(file_name(file), taken.entries, taken.routines):
        click.echo(line)
    for index, findings in taken.routines_left_out:
        for problem in findings.problems:
            click.echo(words.routine_left_out(file_name(file), index, problem.path, what(problem)))
    return PROBLEMS if taken.routines_left_out else DONE


def _take_recording(surroundings: Surroundings, file: str, brought: transfer.Brought, told: Told) -> int:
    recorded, name = brought.recorded, file_name(file)
    assert recorded is not None
    assert brought.foreign is not None
    if isinstance(recorded, recordings.Flaw):
        click.echo(recording_words.flawed(name, brought.foreign, recorded), err=True)
        return PROBLEMS
    one = recordings.arrival(recorded, surroundings.calendar, told.kind)
    if one is None:
        click.echo(recording_words.neither(name), err=True)
        return PROBLEMS
    with writing(surroundings) as log:
        others = [other for other in log.outings(one.day, one.day) if other.uid != one.uid]
        if not recordings.record(log, one, told.pains, surroundings.calendar):
            click.echo(recording_words.known(name, one))
            return DONE
        for line in recording_words.taken(name, one, told.pains, others):
            click.echo(line)
    return DONE


# -- copies ---------------------------------------------------------------------------------------------------------


@click.command()
@click.argument("out", metavar="OUT")
@click.pass_obj
def backup(surroundings: Surroundings, out: str) -> int:
    """Write a checked copy of the whole log to OUT, a file or a folder. `coach restore` brings it back."""
    target = _target(out)
    try:
        if target.is_dir():
            target /= f"rehab-coach-{surroundings.calendar.now().date()}.db"
        if not target.parent.is_dir():
            raise FileNotFoundError(errno.ENOENT, "", str(target.parent))
        if surroundings.home.is_own(target):
            raise OwnFile(target)
        with reading(surroundings) as log:
            copies.backup(log, target)
    except OSError as error:
        return _no_place(error, out)
    click.echo(words.written(str(target)))
    return DONE


@click.command()
@click.argument("file", metavar="FILE")
@click.pass_obj
def restore(surroundings: Surroundings, file: str) -> int:
    """Put a copy in place of the log. The copy is checked first, and the log as it is now is kept in backups."""
    source = Path(file)
    try:
        copies.must_be_readable(source)
    except (OSError, ValueError) as error:
        status, said = unreadable(error, file)
        click.echo(said, err=True)
        return status
    try:
        done = copies.restore(surroundings, source)
    except copies.BadCopy as bad:
        click.echo(words.bad_copy(file_name(file), bad.why), err=True)
        return PROBLEMS
    except OwnFile as error:
        return _no_place(error, file)
    click.echo(words.restored(file_name(file), done.former))
    return DONE


@click.command()
@click.option("--yes", is_flag=True, help="Do it. Without this nothing is erased.")
@click.pass_obj
def erase(surroundings: Surroundings, yes: bool) -> int:
    """Remove every datum of the person from this computer: log, copies, routines taken in, settings."""
    folder = surroundings.home.folder
    if not yes:
        raise click.UsageError(words.would_erase(folder))
    left = copies.erase(surroundings.home)
    if left:
        for path in left:
            click.echo(words.could_not_erase(path), err=True)
        return FAILED
    click.echo(words.erased(folder))
    return DONE
