"""What is handed out to other programs: a FHIR bundle of the log, the schedule for a calendar, a workout for a watch.

Routines go out as this person does them: without what their pain site speaks against.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time

from msgspec import UNSET

from coach import __version__
from coach.app.logbook import SELF_TESTS
from coach.app.prescribing import prescribed, prescription
from coach.app.routines import Listed
from coach.app.settings import Settings
from coach.app.surroundings import Log, Surroundings
from coach.core.routine.plan import known_exercises, length_s, works
from coach.core.routine.routine import Routine
from coach.files.calendar_file import REMIND_BEFORE, Event
from coach.files.fhir.plan import DoseWords
from coach.files.fit_workout import MAX_STEPS, Counted, Words, Written

__all__ = ["AT", "MAX_STEPS", "REMIND_BEFORE", "Counted", "Words", "Written", "as_calendar", "as_fhir", "as_workout"]

AT = time(18)
"""When a session is proposed to the calendar unless the person says otherwise."""
CalendarWords = Callable[["Shown"], tuple[str, str]]
"""Title and text of a calendar entry."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A routine, for the words of its calendar entry."""

    routine: Routine
    names: tuple[str, ...]
    """Of its exercises, in order."""


def in_use(surroundings: Surroundings, settings: Settings) -> tuple[Listed, ...]:
    """The routines in use, in the person's order; those whose files are gone are passed over."""
    routines = surroundings.routines()
    found = (routines.find(name, settings.home_side) for name in settings.in_use)
    return tuple(one for one in found if one is not None)


def as_fhir(surroundings: Surroundings, log: Log, dose: DoseWords, *, snomed: bool = False) -> Iterator[bytes]:
    """The log and the routines in use as a FHIR R4 bundle, in pieces. Raises StoreError, OSError."""
    from coach.app.readiness import decide
    from coach.core.clinical.readiness import Outcome
    from coach.files.fhir import bundle
    from coach.files.fhir.plan import Prescribed

    settings = surroundings.settings_file().read().settings
    library = surroundings.routines().library
    today = surroundings.logbook(log).today()
    return bundle.write(
        bundle.Whole(
            log=log.whole(),
            days=log.days(),
            prescribed=tuple(
                Prescribed(prescription(one, library, settings).routine, library, settings.home_side, dose, snomed)
                for one in in_use(surroundings, settings)
            ),
            units={test.name: test.unit for test in SELF_TESTS},
            version=__version__,
            at=surroundings.calendar.now(),
            snomed=snomed,
            verdict=(today, decide(log, surroundings.routines(), settings, today).verdict.outcome is Outcome.MET),
        )
    )


def as_calendar(surroundings: Surroundings, said: CalendarWords, at: time = AT) -> bytes:
    """The schedule of the routines in use as an iCalendar file. Raises OSError."""
    from coach.files import calendar_file

    settings = surroundings.settings_file().read().settings
    library = surroundings.routines().library
    events = []
    for one in in_use(surroundings, settings):
        routine = prescription(one, library, settings).routine
        known = known_exercises(library, routine)
        title, text = said(Shown(routine, tuple(known[item.exercise].name for item in routine.items)))
        until = None if routine.review_by is UNSET else date.fromisoformat(routine.review_by)
        length = sum(map(length_s, works(routine, library, settings.home_side)))
        events.append(Event(routine.id, routine.revision, routine.schedule, until, length, title, text))
    return calendar_file.write(events, at=at, now=surroundings.calendar.now())


def as_workout(
    surroundings: Surroundings, routine: Routine | str | None, words: Words, counted: Counted
) -> Written | None:
    """A routine as a workout for a watch; by default the first in use. None for an id that nobody knows."""
    from coach.files import fit_workout

    settings = surroundings.settings_file().read().settings
    routines = surroundings.routines()
    if isinstance(routine, Routine):
        given = prescribed(routine, routines.library, settings, own=False).routine
    else:
        listed = next(iter(in_use(surroundings, settings)), None) if routine is None else routines.find(routine)
        if listed is None:
            return None
        given = prescription(listed, routines.library, settings).routine
    known = known_exercises(routines.library, given)
    watch = fit_workout.Routine(
        id=given.id,
        title=given.title,
        works=works(given, routines.library, settings.home_side),
        exercises={item.exercise: known[item.exercise] for item in given.items},
        notes=tuple(" ".join(filter(None, (item.load, item.note))) for item in given.items),
    )
    return fit_workout.write_workout(watch, words, counted, surroundings.calendar.now())
