"""What a report for the next visit tells: what was prescribed and done, the pain, the tests, what stands out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import msgspec
from msgspec import Struct

from coach.app.history import read_history
from coach.app.pain_trend import ALARM_DAYS, morning_pain
from coach.app.readiness import read_plan
from coach.app.routines import Listed, Origin, Routines
from coach.app.settings import Settings
from coach.core.clinical import pain_alarm, self_tests
from coach.core.clinical.bout import Bout
from coach.core.clinical.colour import Judged, judge
from coach.core.clinical.history import DAY
from coach.core.clinical.profiles import Profile, profile_for, profiles_by
from coach.core.clinical.raising import allowed
from coach.core.clinical.red_flags import Flag, active
from coach.core.clinical.trend import Change, change_over, means
from coach.core.log import Answer, DayEntry, Ending, Outing, Question, TestResult
from coach.core.routine.exercise import Exercise
from coach.core.routine.plan import Side
from coach.core.routine.routine import Readiness, Routine
from coach.core.routine.schedule import DAYS, per_week
from coach.core.session.events import from_json, plan_from_json
from coach.core.session.record import Record, SetDone, record
from coach.store.errors import Damaged
from coach.store.journal import Log, SessionLine

USUAL_WEEKS = 4
MOST_WEEKS = 52
# What a peer program (OktaHealth) flags to the therapist by itself: pain of 7, effort of 9, any comment.
PAIN_FLAGGED = 7
EFFORT_FLAGGED = 9
_BEFORE_DAYS = 14
"""What a baseline, and a new night, look back to."""


@dataclass(frozen=True, slots=True)
class Prescribed:
    """A routine in use: how often it asked to be done in these weeks, and how often it was."""

    listed: Listed
    since: date
    """The first day that counts: of the weeks, of the log, or the day of issue."""
    planned: int | None
    """None for a built-in routine: it is an offer, and nobody asked for so much of it."""
    done: int
    steps: int = 0
    """How many steps above its dose it allows."""
    step: int | None = None
    """At which of them its last session was done, 0 as prescribed; None where none was done under it as it is now."""


@dataclass(frozen=True, slots=True)
class SideDone:
    """What one side did of one exercise: whole sets of how many, reps, seconds of work."""

    side: Side
    sets_done: int
    sets: int
    reps: int
    seconds: float
    held: bool
    """One rep a set: what counts is the time."""


@dataclass(frozen=True, slots=True)
class ExerciseDone:
    """One exercise of a session as it was done, side by side."""

    name: str
    sides: tuple[SideDone, ...]


@dataclass(frozen=True, slots=True)
class SessionTold:
    """One session: what was done, what was answered, how it was borne."""

    line: SessionLine
    judged: Judged | None
    """None for a session of which nothing counts: it broke off at once."""
    exercises: tuple[ExerciseDone, ...]
    """None of them for a session that was done without the program."""
    pains: tuple[int, ...]
    """What "It hurts" was rated in it."""
    note: str


@dataclass(frozen=True, slots=True)
class OutingTold:
    """A walk or a run, and how it was borne."""

    outing: Outing
    judged: Judged | None


@dataclass(frozen=True, slots=True)
class TestTold:
    """The newest result of a self-test beside its goal, and the one before it."""

    result: TestResult
    judged: self_tests.Judged | None
    """None for what has no goal."""
    before: TestResult | None


class ReadinessLine(Struct, frozen=True):
    """One criterion to resume running, in words."""

    id: str
    said: str
    met: bool


class ReadinessTold(Struct, frozen=True):
    """The decision on running, in words; the gaps are the lines that are not met."""

    heading: str
    lines: tuple[ReadinessLine, ...]
    plan: str = ""
    """Where the return-to-run plan stands, and what it last decided; empty while it is locked."""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that stands in a report; the days `since` to `on`, both included."""

    on: date
    since: date
    began: date | None
    """The first day of the log, if it has one."""
    settings: Settings
    patient: str
    prescribed: tuple[Prescribed, ...]
    sessions: tuple[SessionTold, ...]
    outings: tuple[OutingTold, ...]
    days: Mapping[date, DayEntry]
    means: tuple[tuple[date, float | None], ...]
    change: Change
    alarm: date | None
    flags: tuple[Flag, ...]
    """The red flags that stand."""
    tests: tuple[TestTold, ...]
    readiness: ReadinessTold | None = None
    """None where it was not asked for."""

    @property
    def judged(self) -> tuple[Judged, ...]:
        """All sessions, walks and runs with their colours, by day."""
        every = (*(one.judged for one in self.sessions), *(one.judged for one in self.outings))
        found = [one for one in every if one is not None]
        return tuple(sorted(found, key=lambda one: (one.bout.day, one.bout.ended)))

    @property
    def known_days(self) -> int:
        """How many days of these weeks could have been recorded: those since the log began."""
        if self.began is None:
            return 0
        return max(0, (self.on - max(self.since, self.began)).days + 1)

    @property
    def empty(self) -> bool:
        """Whether nothing at all is recorded in these weeks."""
        return not (self.days or self.sessions or self.outings or self.tests)

    @property
    def painful(self) -> tuple[tuple[date, int], ...]:
        """The days with a pain of 7 or more, with the worst of each: mornings, days, sessions, walks and runs."""
        worst: dict[date, int] = {}
        for day, pain in self._pains():
            if pain is not None and pain >= PAIN_FLAGGED:
                worst[day] = max(pain, worst.get(day, 0))
        return tuple(sorted(worst.items()))

    def _pains(self) -> Iterator[tuple[date, int | None]]:
        for entry in self.days.values():
            yield from ((entry.day, entry.morning), (entry.day, entry.worst))
        for judged in self.judged:
            bout = judged.bout
            yield from ((bout.day, pain) for pain in (bout.pre, bout.during, bout.after, bout.after60))
        yield from ((one.line.began.day, pain) for one in self.sessions for pain in one.pains)

    @property
    def hard(self) -> tuple[tuple[date, int], ...]:
        """The sessions with an effort of 9 or more."""
        efforts = ((one.bout.day, one.bout.effort) for one in self.judged)
        return tuple((day, effort) for day, effort in efforts if effort is not None and effort >= EFFORT_FLAGGED)

    @property
    def notes(self) -> tuple[tuple[date, str], ...]:
        """What the person wrote, by day."""
        return tuple((one.line.began.day, one.note) for one in self.sessions if one.note.strip())


def report(
    log: Log,
    routines: Routines,
    settings: Settings,
    on: date,
    weeks: int = USUAL_WEEKS,
    *,
    readiness: ReadinessTold | None = None,
) -> Report:
    """The report of the last so many weeks, `on` being their last day. Raises StoreError.

    `readiness` is told as it is given; without one the report says nothing of running.
    """
    since = on - timedelta(days=7 * weeks - 1)
    in_use = [found for name in settings.in_use if (found := routines.find(name, settings.home_side))]
    first = log.first_entry_day()
    began = first if first is not None and first <= on else None
    history = read_history(log, settings, on, 7 * weeks - 1 + _BEFORE_DAYS)
    whole = tuple(_whole(log, since, on, routines.library))
    rules = {one.line.uid: one.routine.rules for one in whole if one.routine is not None}
    otherwise = profiles_by(one.routine for one in in_use)

    def profile(bout: Bout) -> Profile:
        """By the file that a session was done by, as it was then."""
        then = rules.get(bout.uid)
        return otherwise(bout) if then is None else profile_for(bout.kind, then, bout.sites)

    judged = {one.bout.uid: one for one in judge(history, profile)}
    mornings = morning_pain(log, since - timedelta(days=ALARM_DAYS), on)
    return Report(
        on=on,
        since=since,
        began=began,
        settings=settings,
        patient=next((one.routine.patient for one in in_use if one.routine.patient), ""),
        prescribed=tuple(_with_steps(_prescribed(one, whole, since, on, began), history.bouts) for one in in_use),
        sessions=tuple(_session(one, judged.get(one.line.uid)) for one in whole),
        outings=tuple(OutingTold(one, judged.get(one.uid)) for one in log.outings(since, on)),
        days={entry.day: entry for entry in log.days(since, on)},
        means=means(mornings, since, on),
        change=change_over(mornings, since, on),
        alarm=pain_alarm.standing(mornings, on),
        flags=active(log.flags(until=on)),
        tests=_tests(log.tests(since, on), read_plan(log, routines, settings, on).limits),
        readiness=readiness,
    )


# -- sessions -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Whole:
    """A session, read."""

    line: SessionLine
    routine: Routine | None
    known: Mapping[str, Exercise]
    done: Record | None
    answers: Mapping[Question, Answer]


def _whole(log: Log, since: date, on: date, library: Mapping[str, Exercise]) -> Iterator[_Whole]:
    for line in log.sessions(since, on):
        head = log.head(line.uid)
        if head is None or line.ending is None:
            continue
        routine = _routine(head.routine)
        own = {one.id: one for one in routine.exercises} if routine is not None else {}
        answers = {one.question: one for one in sorted(log.answers(line.uid), key=lambda one: one.recorded.utc)}
        yield _Whole(line, routine, {**library, **own}, _record(log, line.uid, head.plan), answers)


def _routine(text: str) -> Routine | None:
    try:
        return msgspec.json.decode(text, type=Routine)
    except msgspec.MsgspecError:
        return None  # of a version that is not known here


def _record(log: Log, uid: str, plan: str) -> Record | None:
    if not plan:
        return None
    try:
        return record(plan_from_json(plan), (from_json(event.body) for event in log.events(uid)))
    except msgspec.MsgspecError as error:
        raise Damaged((f"session {uid}: {type(error).__name__}",)) from error


def _session(one: _Whole, judged: Judged | None) -> SessionTold:
    note = one.answers.get(Question.NOTE)
    done = one.done
    return SessionTold(
        one.line,
        judged,
        tuple(_exercises(done.sets, one.known)) if done is not None else (),
        done.pains if done is not None else (),
        note.text if note is not None else "",
    )


def _exercises(sets: Iterable[SetDone], known: Mapping[str, Exercise]) -> Iterator[ExerciseDone]:
    by_exercise: dict[tuple[int, str], dict[Side, list[SetDone]]] = {}
    for one in sets:
        by_exercise.setdefault((one.item, one.exercise), {}).setdefault(one.side, []).append(one)
    for (_, exercise), sides in by_exercise.items():
        named = known.get(exercise)
        name = named.name if named is not None else exercise.replace("_", " ").capitalize()
        yield ExerciseDone(name, tuple(_side(side, done) for side, done in sides.items()))


def _side(side: Side, sets: list[SetDone]) -> SideDone:
    return SideDone(
        side,
        sum(one.complete for one in sets),
        len(sets),
        sum(one.reps for one in sets),
        sum(one.seconds for one in sets),
        held=all(one.reps_planned == 1 for one in sets),
    )


def _prescribed(listed: Listed, sessions: Iterable[_Whole], since: date, on: date, began: date | None) -> Prescribed:
    first = max(since, began or since)
    if isinstance(listed.routine.issued, str) and listed.origin is Origin.RECEIVED:
        first = max(first, min(on, date.fromisoformat(listed.routine.issued)))
    done = [one.line for one in sessions if one.line.routine_id == listed.routine.id and one.line.began.day >= first]
    counted = sum(line.ending in (Ending.FINISHED, Ending.STOPPED) for line in done)
    planned = _planned(listed.routine, first, on) if listed.origin is Origin.RECEIVED else None
    return Prescribed(listed, first, planned, counted)


def _with_steps(one: Prescribed, bouts: Sequence[Bout]) -> Prescribed:
    """The same with the steps above its dose that the routine allows, and the last one that was done."""
    of = allowed(one.listed.routine)
    done = [bout.step for bout in bouts if of.steps and bout.prescription == of.prescription]
    return replace(one, steps=of.steps, step=done[-1] if done else None)


def _planned(routine: Routine, first: date, on: date) -> int:
    """The sessions that the schedule asks for, today's not among them: it is not over."""
    days = [first + DAY * number for number in range((on - first).days)]
    if routine.schedule.days:
        named = sum(DAYS[day.weekday()] in routine.schedule.days for day in days)
        return named * max(1, round(per_week(routine.schedule) / len(routine.schedule.days)))
    return round(per_week(routine.schedule) * len(days) / 7)


# -- tests ----------------------------------------------------------------------------------------------------------


def _tests(results: Iterable[TestResult], limits: Readiness) -> tuple[TestTold, ...]:
    by_name: dict[str, list[TestResult]] = {}
    for one in results:
        by_name.setdefault(one.name, []).append(one)
    forms = by_name.pop(self_tests.FORM, [])
    return tuple(_test(many, forms, limits) for many in by_name.values())


def _test(results: list[TestResult], forms: list[TestResult], limits: Readiness) -> TestTold:
    newest = results[-1]
    form = next((one for one in reversed(forms) if one.day == newest.day), None)
    with_goal = newest.name in {*self_tests.Guided, *self_tests.RUNGS}
    judged = self_tests.judge(newest, limits, form) if with_goal else None
    return TestTold(newest, judged, results[-2] if len(results) > 1 else None)
