"""What Progress shows, as one value. Only the range is read; sessions are replayed apart from it, piece by piece.

What is read of ten years takes some tens of milliseconds, what is replayed of them some seconds: `entries` is for the
first answer, `replays` for the rest of it, which nobody needs to wait for. An ended session never changes, so that
what was replayed once may be kept.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from msgspec import MsgspecError, Struct

from coach.app.logbook import SELF_TESTS
from coach.app.pain_trend import ALARM_DAYS
from coach.core.clinical.criteria import limits
from coach.core.clinical.pain_alarm import standing
from coach.core.clinical.readiness_tests import CONFIDENCE
from coach.core.clinical.self_tests import goals
from coach.core.clinical.trend import MEAN_DAYS, Change, change_over
from coach.core.log import Answer, DayEntry, Outing, Question, TestResult
from coach.core.progress.measures import MeasuredProgress, OutingBar, measured, outing_bars
from coach.core.progress.pain import Answered, PainDay, answered, pain_days
from coach.core.progress.sides import Unit
from coach.core.progress.span import Range, Span, span
from coach.core.progress.training import ExerciseProgress, Played, SessionDone, by_exercise, replayed
from coach.core.routine.routine import Readiness
from coach.core.session.events import from_json, plan_from_json
from coach.store.journal import Log, SessionLine, StoredPlay

_READ_AT_ONCE: Final = 20
"""So many sessions are read in two statements."""

_PAIN: Final = frozenset({Question.BEFORE, Question.DURING, Question.AFTER, Question.AFTER_60})
_UNITS: Final = {test.name: Unit(test.unit) for test in SELF_TESTS}
_UNKNOWN: Final = Played(0, 0)


class Entries(Struct, frozen=True):
    """What the log holds of a range."""

    range: Range
    span: Span
    first: date | None
    """The first day of the whole log; None while it is empty."""
    days: tuple[DayEntry, ...]
    """Also of days before the range: the first mean is made of six of them, the alarm looks at more."""
    sessions: tuple[SessionLine, ...]
    answers: tuple[Answer, ...]
    outings: tuple[Outing, ...]
    tests: tuple[TestResult, ...]

    @property
    def ended(self) -> frozenset[str]:
        """The sessions that will not change any more."""
        return frozenset(line.uid for line in self.sessions if line.ending is not None)

    @property
    def replayable(self) -> tuple[str, ...]:
        """The sessions that a replay tells something about, the newest first."""
        return tuple(line.uid for line in reversed(self.sessions) if line.guided)


class ProgressView(Struct, frozen=True):
    """Progress, whole."""

    range: Range
    span: Span
    empty: bool
    """The log holds nothing at all."""
    change: Change
    """What may be said of the morning's pain, from the first week of the range to the last."""
    alarm: date | None
    """The day of the worsening alarm that stands on the last day."""
    days: tuple[PainDay, ...]
    answered: Answered
    sessions: tuple[SessionDone, ...]
    exercises: tuple[ExerciseProgress, ...]
    tests: tuple[MeasuredProgress, ...]
    outings: tuple[OutingBar, ...]
    first_weekday: int
    pending: int
    """So many sessions were not replayed yet: exercises and sets are still to come."""


def entries(log: Log, wanted: Range, until: date) -> Entries:
    """Read what a range holds, in a fixed number of statements. Raises StoreError."""
    first = log.first_entry_day()
    of = span(wanted, until, first)
    return Entries(
        wanted,
        of,
        first,
        log.days(min(of.since - timedelta(days=MEAN_DAYS - 1), of.until - timedelta(days=ALARM_DAYS)), of.until),
        log.sessions(of.since, of.until),
        log.answers_between(of.since, of.until),
        log.outings(of.since, of.until),
        log.tests(of.since, of.until),
    )


def replays(log: Log, uids: tuple[str, ...]) -> Iterator[dict[str, Played]]:
    """Replay sessions, one a piece: some milliseconds. Raises StoreError."""
    for at in range(0, len(uids), _READ_AT_ONCE):
        for play in log.plays(uids[at : at + _READ_AT_ONCE]):
            yield {play.uid: _played(play)}


def progress_view(
    read: Entries,
    played: Mapping[str, Played],
    *,
    first_weekday: int = 0,
    own: Readiness = Readiness(),  # noqa: B008 # frozen
) -> ProgressView:
    """Put together what was read and what was replayed so far; `own` are the limits that the plan sets itself."""
    days = pain_days(read.days, read.span)
    complete = answered(days)
    peaks = _peaks(read.answers)
    mornings = {entry.day: entry.morning for entry in read.days if entry.morning is not None}
    of = limits(own)
    sessions = tuple(_done(line, peaks.get(line.uid), played.get(line.uid)) for line in read.sessions)
    return ProgressView(
        range=read.range,
        span=read.span,
        empty=read.first is None,
        change=change_over(mornings, read.span.since, read.span.until),
        alarm=standing(mornings, read.span.until),
        days=days,
        answered=complete,
        sessions=sessions,
        exercises=by_exercise(sessions, played),
        tests=measured(read.tests, _UNITS, {**goals(of), CONFIDENCE: of.conf_min}),
        outings=outing_bars(read.outings, read.span, first_weekday),
        first_weekday=first_weekday,
        pending=sum(uid not in played for uid in read.replayable),
    )


def _played(play: StoredPlay) -> Played:
    try:
        return replayed(plan_from_json(play.plan), [from_json(event.body) for event in play.events])
    except MsgspecError:
        return _UNKNOWN  # no version wrote this; `coach doctor` tells of it, a chart goes on without


def _peaks(answers: tuple[Answer, ...]) -> dict[str, int]:
    """The highest pain that was answered about each session; of each question the newest answer counts."""
    newest: dict[tuple[str, Question], Answer] = {}
    for answer in answers:
        key = (answer.session, answer.question)
        if answer.question in _PAIN and (key not in newest or newest[key].recorded.utc <= answer.recorded.utc):
            newest[key] = answer
    peaks: dict[str, int] = {}
    for (session, _), answer in newest.items():
        if answer.value is not None:
            peaks[session] = max(peaks.get(session, 0), answer.value)
    return peaks


def _done(line: SessionLine, peak: int | None, played: Played | None) -> SessionDone:
    pains = [one for one in (peak, played.peak if played else None) if one is not None]
    sets = (played.sets_done, played.sets_planned) if played and played.sets_planned else None
    return SessionDone(
        line.uid, line.began.day, line.routine_title, line.guided, line.ending, max(pains, default=None), sets
    )
