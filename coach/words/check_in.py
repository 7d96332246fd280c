"""The questions that come back, and what was answered, in words."""

from collections.abc import Iterable
from datetime import date, datetime

from coach.core.clinical.asking import Done, DoneKind
from coach.core.log import DayEntry, Spot
from coach.words.numbers import long_day, short_day
from coach.words.translate import enumerated, tr


def morning_question(day: date, today: date) -> str:
    """How the first steps were; of another day, how they had been."""
    if day == today:
        return tr("How is the hip on your first steps today?")
    return tr("How was the hip on the first steps of the morning?")


def worst_question(day: date, today: date) -> str:
    """The worst of the day; pain in daily life, not during exercise (clinical reference, section 1.2.1)."""
    if day == today:
        return tr("How was the hip at its worst today, in daily life?")
    return tr("How was the hip at its worst that day, in daily life?")


def where_question(day: date, today: date) -> str:
    """Where it hurts."""
    return tr("Where does it hurt?") if day == today else tr("Where did it hurt?")


def after60_question(done: Done) -> str:
    """How it is an hour after what was done."""
    return tr("How is the hip now, after {what}?").format(what=_today_words(done))


def after60_told(done: Done, pain: int) -> str:
    """What was answered."""
    return tr("After {what}: {pain} of 10").format(what=_today_words(done), pain=pain)


def about(done: Iterable[Done]) -> str:
    """Which sessions this morning's answer belongs to; nothing where nothing was done the day before."""
    named = list(dict.fromkeys(_yesterday_words(one) for one in done))
    if not named:
        return ""
    return tr("This is also the answer to {what}.").format(what=enumerated(named))


def below_morning(entry: DayEntry | None) -> str:
    """Asks whether the worst of the day counts the morning, where it is lower than that; nothing where it is not."""
    if entry is None or entry.worst is None or entry.morning is None or entry.worst >= entry.morning:
        return ""
    said = tr("On your first steps you said {pain}. Does the worst of the day count the morning, too?")
    return said.format(pain=entry.morning)


def _today_words(done: Done) -> str:
    match done.kind:
        case DoneKind.SESSION:
            return done.title
        case DoneKind.WALK:
            return tr("your walk")
        case DoneKind.RUN:
            return tr("your run")


def _yesterday_words(done: Done) -> str:
    match done.kind:
        case DoneKind.SESSION:
            return tr("yesterday's {title}").format(title=done.title)
        case DoneKind.WALK:
            return tr("yesterday's walk")
        case DoneKind.RUN:
            return tr("yesterday's run")


def night_tick() -> str:
    """Woken by hip pain."""
    return tr("The hip woke me in the night")


def analgesic_tick() -> str:
    """A painkiller hides the signal."""
    return tr("Painkiller in the last 24 h")


def limp_tick(day: date, today: date) -> str:
    """Whether the person limps."""
    return tr("I limp") if day == today else tr("I limped")


def morning_told(entry: DayEntry | None) -> str:
    """This morning on one line."""
    if entry is None or entry.morning is None:
        return tr("This morning: not answered")
    parts = [tr("This morning: {pain} of 10").format(pain=entry.morning)]
    if entry.night:
        parts.append(tr("woken by the hip"))
    if entry.analgesic:
        parts.append(tr("painkiller"))
    if entry.limp:
        parts.append(tr("limp"))
    return " · ".join(parts)


def worst_told(entry: DayEntry | None) -> str:
    """The day on one line."""
    if entry is None or entry.worst is None:
        return tr("Worst of the day: not answered")
    parts = [tr("Worst of the day: {pain} of 10").format(pain=entry.worst)]
    if entry.limp:
        parts.append(tr("limp"))
    if entry.spots:
        from coach.words.places import spots_words  # of a day that hurt: not before the first paint

        parts.extend(spots_words(entry.spots))
    return " · ".join(parts)


def before(value: object, changed: datetime, today: date) -> str:
    """`Before: 4. Changed on 24 November at 18:02.`, for an answer that another took the place of."""
    when = tr("{day} at {time}").format(day=short_day(changed.date(), today), time=f"{changed:%H:%M}")
    return tr("Before: {value}. Changed on {when}.").format(value=_value(value), when=when)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return tr("yes", "an answer") if value else tr("no", "an answer")
    if isinstance(value, tuple):
        from coach.words.places import spots_words

        spots = tuple(one for one in value if isinstance(one, Spot))
        return ", ".join(spots_words(spots)) or tr("nowhere")
    return str(value)


def day_title(day: date, today: date) -> str:
    """Which day is shown: `Today, Friday 20 November`, with the year if it is another one."""
    said = long_day(day) if day.year == today.year else f"{long_day(day)} {day.year}"
    away = (today - day).days
    if away > 1:
        return said
    return tr("{near}, {day}").format(near=tr("Yesterday") if away else tr("Today"), day=said)


def reminder() -> tuple[str, str]:
    """Title and text of a notice on the desktop.

    It may be read on a locked screen, or on one that is shared: no hip, no pain, no name of a session.
    """
    return tr("Rehab Coach"), tr("How is it now?")
