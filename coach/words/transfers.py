"""What went out of the log, and what came in."""

from collections.abc import Iterator
from pathlib import Path

from coach.app.errors import Foreign as NotALog
from coach.app.errors import Newer, StoreError, Unavailable
from coach.app.transfer import Counts, Foreign, TakenIn
from coach.core.routine.routine import Routine
from coach.words.failures import failure
from coach.words.numbers import clock
from coach.words.prescription import schedule_words
from coach.words.terminal import file_name, short
from coach.words.translate import count, tr


def written(file: str) -> str:
    """A file was written."""
    return tr("Written: {file}").format(file=file_name(file))


def no_place(out: str, error: Exception) -> str:
    """OUT cannot be a file there."""
    match error:
        case IsADirectoryError():
            why = tr("is not an ordinary file, and only those are written; name another one")
        case FileExistsError():
            why = tr("is a file; the tables go into a folder, or into one file whose name ends in .csv")
        case FileNotFoundError() | NotADirectoryError():
            why = tr("there is no folder to write a file of this name into")
        case _:
            why = tr("no file can have this name")
    return f"{file_name(out)}: {why}"


def left_out(file: str) -> str:
    """Nothing of a file was taken in."""
    return tr("{file}: was not taken in. Nothing was changed.").format(file=file)


def a_library(file: str) -> str:
    """An exercise library."""
    return tr(
        "{file}: was not taken in. It is an exercise library; a routine brings the exercises it needs along in its own "
        '"exercises". Nothing was changed.'
    ).format(file=file)


def not_readable(file: str, foreign: Foreign | None) -> str:
    """A file that is nothing this program reads."""
    match foreign:
        case Foreign.DATABASE:
            what = tr("It is a database; if it is a copy of a log: coach restore FILE.")
        case Foreign.ZIP:
            what = tr("It is an archive; take out what is in it first.")
        case _:
            what = tr("It is no routine, no handout, no exported log and no recorded walk or run.")
    return tr("{file}: was not taken in. {what} Nothing was changed.").format(file=file, what=what)


def routine_taken(file: str, routine: Routine, length_s: float, known: int | None) -> Iterator[str]:
    """Who made it, what is in it, and what it replaces."""
    exercises = count(len(routine.items), "%n exercise", "%n exercises")
    yield tr("{file}: taken in: {title}, revision {revision}, {exercises}, {length}").format(
        file=file,
        title=short(routine.title),
        revision=routine.revision,
        exercises=exercises,
        length=clock(length_s),
    )
    if routine.prescriber.name:
        contact = f" ({short(routine.prescriber.contact)})" if routine.prescriber.contact else ""
        yield tr("  from {name}").format(name=short(routine.prescriber.name) + contact)
    if often := schedule_words(routine.schedule):
        yield f"  {often}"
    if isinstance(routine.review_by, str):
        yield tr("  review by {day}").format(day=routine.review_by)
    if known is not None and known > routine.revision:
        yield tr("  You have revision {known} already, which is newer and is the one in use.").format(known=known)
        return
    if known is not None and known < routine.revision:
        yield tr("  It takes the place of revision {known}.").format(known=known)
    yield tr("  It is in use now.")


def log_taken(file: str, entries: TakenIn, routines: int) -> Iterator[str]:
    """What was new, and what was known already."""
    new, known = counted(entries.taken), counted(entries.known)
    yield tr("{file}: taken in: {what}").format(file=file, what=new or tr("nothing, all of it is here already"))
    if known and new:
        yield tr("  left out, because it is here already: {what}").format(what=known)
    if routines:
        yield "  " + count(routines, "%n routine file", "%n routine files")


def counted(of: Counts) -> str:
    """`3 sessions, 10 days`."""
    parts = (
        (of.sessions, count(of.sessions, "%n session", "%n sessions")),
        (of.answers, count(of.answers, "%n answer", "%n answers")),
        (of.days, count(of.days, "%n day entry", "%n day entries")),
        (of.outings, count(of.outings, "%n walk or run", "%n walks and runs")),
        (of.tests, count(of.tests, "%n self-test", "%n self-tests")),
        (of.flags, count(of.flags, "%n red flag entry", "%n red flag entries")),
    )
    return ", ".join(said for number, said in parts if number)


def routine_left_out(file: str, index: int, path: str, what: str) -> str:
    """A routine inside an exported log that cannot be taken over here."""
    return tr("{file}: $.routines[{index}]{path}: left out: {what}").format(
        file=file, index=index, path=path.removeprefix("$"), what=what
    )


def bad_copy(file: str, why: StoreError) -> str:
    """A file that cannot be restored."""
    match why:
        case NotALog():
            what = tr("it is not a log of Rehab Coach")
        case Newer(found=found, known=known):
            what = tr(
                "it was written by a newer version of Rehab Coach (format {found}; this one knows {known})"
            ).format(found=found, known=known)
        case Unavailable():
            return f"{file}: {failure(why)}"
        case _:
            what = tr("it is damaged or not whole")
    return tr("{file}: was not restored: {what}. Your log was not changed.").format(file=file, what=what)


def restored(file: str, former: Path | None) -> str:
    """The log is the copy's now."""
    said = tr("Restored: {file}.").format(file=file)
    if former is None:
        return said
    return tr("{said} The log as it was is kept: {former}").format(said=said, former=file_name(str(former)))


def would_erase(folder: Path) -> str:
    """`coach erase` without --yes."""
    return tr(
        "This removes the log with all its copies, the routines taken in, the settings and the program's own notes "
        "from {folder}, for good. Nothing was erased. To do it: coach erase --yes"
    ).format(folder=file_name(str(folder)))


def erased(folder: Path) -> str:
    """All gone."""
    return tr("Erased: everything of yours in {folder}. Files you exported elsewhere are still there.").format(
        folder=file_name(str(folder))
    )


def could_not_erase(path: Path) -> str:
    """Something is still there."""
    return tr("{path}: could not be erased; remove it yourself").format(path=file_name(str(path)))
