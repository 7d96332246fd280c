"""A walk or run that a watch recorded: what was taken in, what was guessed, and why one was left out."""

from collections.abc import Iterator, Sequence

from coach.app.recordings import Arrival, Flaw, Pains, Source
from coach.core.log import Outing, OutingKind
from coach.words.numbers import clock, figure, long_day
from coach.words.translate import capital, count, tr


def why_not(form: str, flaw: Flaw) -> str:
    """Why a recording cannot be one, without its file's name."""
    return _why(flaw).format(form=form)


def heading(one: Arrival) -> str:
    """`Run on Friday 20 November 2026, 18:30`."""
    return tr("{kind} on {when}").format(kind=capital(_kind(one.kind)), when=_when(one))


def amount(one: Arrival) -> str:
    """`10:00 moving, 1.5 km, 172 steps a minute`."""
    return ", ".join(_parts(one))


def no_kind() -> str:
    """A ride, a swim; in the window."""
    return tr("The file says that it is neither a walk nor a run. If it is one, say which; else it is left out.")


def guessed(one: Arrival) -> str:
    """Where the file does not say what it was."""
    return tr("That it was a {what} is guessed from its speed.").format(what=_kind(one.kind))


def another(one: Arrival) -> str:
    """The log has one of this kind and day: maybe the same, entered by hand."""
    return tr("Your log holds another {what} of this day. If it is the same one, leave this one out.").format(
        what=_kind(one.kind)
    )


def here_already(one: Arrival) -> str:
    """Taken in before; in the window."""
    return tr("This {what} is in your log already. It is left out.").format(what=_kind(one.kind))


def twice(one: Arrival) -> str:
    """Another file of the same lot holds it."""
    return tr("Another of these files holds the same {what}. It is left out.").format(what=_kind(one.kind))


def all_taken(some: Sequence[Arrival], left: int) -> str:
    """What was taken in of a lot: `Taken in: a run of …: 10:00 moving, 1.5 km. 2 files were left out.`"""
    said = (
        tr("Taken in: {what}.").format(what=summary(some[0]))
        if len(some) == 1
        else tr("Taken in: {walks} and {runs}.").format(
            walks=count(sum(one.kind is OutingKind.WALK for one in some), "%n walk", "%n walks"),
            runs=count(sum(one.kind is OutingKind.RUN for one in some), "%n run", "%n runs"),
        )
    )
    return f"{said} {count(left, '%n file was left out.', '%n files were left out.')}" if left else said


def flawed(file: str, form: str, flaw: Flaw) -> str:
    """Why a recording cannot be one."""
    return tr("{file}: was not taken in. {why} Nothing was changed.").format(
        file=file, why=_why(flaw).format(form=form)
    )


def _why(flaw: Flaw) -> str:
    match flaw:
        case Flaw.TOO_LARGE:
            return tr("It is larger than a recording of a day is.")
        case Flaw.TOO_MANY:
            return tr("It holds more parts than a recording of some hours has.")
        case Flaw.NOT_WHOLE:
            return tr("This {form} file is damaged or not whole; export it once more.")
        case Flaw.ENTITIES:
            return tr("This {form} file defines entities or a document type, as no watch does; it is not read.")
        case Flaw.NOTHING_RECORDED:
            return tr("This {form} file holds no recorded walk or run: a route or a planned workout has no times.")
        case Flaw.SEVERAL:
            return tr("This {form} file holds more than one activity; export each by itself.")
        case Flaw.IMPOSSIBLE:
            return tr("Its times or its distance cannot be those of one walk or run.")


def neither(file: str) -> str:
    """A ride, a swim."""
    return tr(
        "{file}: was not taken in. It says that it is neither a walk nor a run; if it is one, say so with --kind walk "
        "or --kind run. Nothing was changed."
    ).format(file=file)


def known(file: str, one: Arrival) -> str:
    """Taken in before."""
    return tr("{file}: taken in: nothing, this {what} of {when} is here already").format(
        file=file, what=_kind(one.kind), when=_when(one)
    )


def taken(file: str, one: Arrival, pains: Pains, others: Sequence[Outing]) -> Iterator[str]:
    """What was recorded, and what to look at."""
    what = summary(one)
    if pains.during is None:
        yield tr("{file}: taken in: {what}").format(file=file, what=what)
        yield tr(
            "  No watch knows how much it hurt, so it counts for no criterion yet. Say it: take it in again with "
            "--pain N, the worst pain during it from 0 to 10."
        )
    else:
        yield tr("{file}: taken in: {what}, pain {pain}").format(file=file, what=what, pain=pains.during)
    if one.source is Source.SPEED:
        yield tr("  That it was a {what} is guessed from its speed; if not, correct it.").format(what=_kind(one.kind))
    if any(other.kind is one.kind for other in others):
        yield tr("  The log holds another {what} of this day. If it is the same one, strike one of the two.").format(
            what=_kind(one.kind)
        )
    yield tr("  Left out: the track, heart rate and everything else in the file: nothing here asks where you were.")


def summary(one: Arrival) -> str:
    """`a run on Friday 20 November, 18:00: 30:12 moving (31:00 in all), 5.2 km, 172 steps a minute`."""
    parts = ", ".join(_parts(one))
    return tr("a {kind} of {when}: {parts}").format(kind=_kind(one.kind), when=_when(one), parts=parts)


def _parts(one: Arrival) -> Iterator[str]:
    moving = tr("{clock} moving").format(clock=clock(one.minutes * 60))
    if one.elapsed_s - one.minutes * 60 >= 1:
        moving = tr("{moving} ({clock} in all)").format(moving=moving, clock=clock(one.elapsed_s))
    yield moving
    if one.distance_km is not None:
        yield tr("{km} km").format(km=figure(round(one.distance_km, 2)))
    if one.cadence is not None:
        yield tr("{n} steps a minute").format(n=figure(round(one.cadence)))


def _when(one: Arrival) -> str:
    return f"{long_day(one.began.date())} {one.began.year}, {one.began:%H:%M}"


def _kind(kind: OutingKind) -> str:
    return tr("walk") if kind is OutingKind.WALK else tr("run")
