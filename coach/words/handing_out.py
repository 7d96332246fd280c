"""What other programs show: calendar entries, the steps on a watch, a dose; and why something cannot be handed out."""

from coach.app.handing_out import MAX_STEPS, Shown, Words
from coach.core.routine.plan import Side, StepKind, Work
from coach.words.numbers import figure
from coach.words.prescription import dose_words, pace_words, sides
from coach.words.session import phase, side_word
from coach.words.terminal import short
from coach.words.translate import tr


def entry(of: Shown) -> tuple[str, str]:
    """Title and text of a calendar entry."""
    lines = [f"{number}. {name}" for number, name in enumerate(of.names, 1)]
    if by := of.routine.prescriber.name:
        lines.append(tr("From {name}").format(name=by))
    return tr("Rehab: {title}").format(title=of.routine.title), "\n".join(lines)


def dose(work: Work) -> str:
    """`3 sets of 12 reps, each side, tempo 2·1·2 s · 45 s rest`."""
    return ", ".join(filter(None, (dose_words(work), sides(work), pace_words(work))))


def for_watch() -> Words:
    """How steps are called on a watch: short, the side first, since names are cut at their end."""

    def work(name: str, side: Side) -> str:
        return name if side is Side.BOTH else tr("{side}: {name}").format(side=side_word(side).capitalize(), name=name)

    def pause(kind: StepKind) -> str:
        return phase(kind)

    def each_side(reps: int) -> str:
        return tr("{n} on each side, in turn.").format(n=figure(reps))

    return Words(work, pause, each_side)


def nothing_scheduled(*, in_use: bool) -> str:
    """No event would be in the calendar."""
    if in_use:
        return tr("No session day is left before the review of what is in use, so there is nothing for a calendar.")
    return tr("No routine is in use, so there is nothing for a calendar. Take one in: coach import FILE")


def no_such_routine(named: str | None) -> str:
    """No routine of this id."""
    if named is None:
        return tr("No routine is in use. Name one with --routine, or take one in: coach import FILE")
    return tr("{named} is neither a file nor the id of a routine you have.").format(named=short(named))


def too_many_steps() -> str:
    """More than a watch takes."""
    return tr(
        "This routine needs more steps than the {limit} that a watch takes. Nothing was written. Split it in two."
    ).format(limit=MAX_STEPS)


def not_ready() -> str:
    """The steps for getting ready are missing."""
    return tr("To fit, the steps for getting ready were left out: begin each exercise when you are ready.")
