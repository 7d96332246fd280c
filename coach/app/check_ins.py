"""What is to be asked now, and the answers an hour after a load."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import msgspec

from coach.app.logbook import Logbook
from coach.app.ports import Calendar
from coach.core.clinical.asking import Asking, Done, DoneKind, asking
from coach.core.day import instant, moment, training_day
from coach.core.log import Answer, Ending, Outing, OutingKind, Question
from coach.store.journal import Log, SessionLine

_KINDS = {OutingKind.WALK: DoneKind.WALK, OutingKind.RUN: DoneKind.RUN}


class CheckIns:
    """The questions that come back: in the morning, in the evening, an hour after a load."""

    def __init__(self, log: Log, calendar: Calendar, new_uid: Callable[[], str]) -> None:
        self._log = log
        self._calendar = calendar
        self._new_uid = new_uid

    def asking(self) -> Asking:
        """What is to be asked now; reads two days of the log. Raises StoreError."""
        now = self._calendar.now()
        today = training_day(now)
        entry = next(iter(self._log.days(today, today)), None)
        return asking(self._done(today - timedelta(days=1), today), entry, now)

    def answer_after60(self, done: Done, pain: int) -> None:
        """Record the pain an hour after a load, NPRS 0-10; again to correct it. Raises StoreError."""
        if done.kind is DoneKind.SESSION:
            now = moment(self._calendar.now(), self._calendar.zone())
            self._log.answer(Answer(self._new_uid(), done.uid, Question.AFTER_60, pain, "", now))
            return
        newest = _newest(self._log.outing_versions(done.day, done.day), done.uid)
        if newest is not None:
            book = Logbook(self._log, self._calendar, self._new_uid)
            book.correct(msgspec.structs.replace(newest, pain_after60=pain))

    def _done(self, since: date, until: date) -> Iterator[Done]:
        after60 = {
            answer.session: answer.value
            for answer in self._log.answers_between(since, until)
            if answer.question is Question.AFTER_60
        }
        for line in self._log.sessions(since, until):
            if line.ending in (Ending.FINISHED, Ending.STOPPED):
                yield self._session(line, after60.get(line.uid))
        versions = self._log.outing_versions(since, until)
        for outing in self._log.outings(since, until):
            yield _outing(outing, versions)

    def _session(self, line: SessionLine, after60: int | None) -> Done:
        end = self._log.end_of(line.uid)
        ended = instant(end.ended.utc if end is not None else line.began.utc)
        return Done(line.uid, DoneKind.SESSION, line.routine_title, line.began.day, ended, after60)


def _outing(outing: Outing, versions: tuple[Outing, ...]) -> Done:
    """A walk or a run; when it was entered first says when it was over, for that is not asked."""
    first = _first(versions, outing)
    return Done(outing.uid, _KINDS[outing.kind], "", outing.day, _ended(first), outing.pain_after60)


def _ended(outing: Outing) -> datetime:
    return instant(outing.recorded.utc)


def _first(versions: tuple[Outing, ...], outing: Outing) -> Outing:
    by_uid = {one.uid: one for one in versions}
    while (before := by_uid.pop(outing.replaces, None)) is not None:
        outing = before
    return outing


def _newest(versions: tuple[Outing, ...], uid: str) -> Outing | None:
    by_uid = {one.uid: one for one in versions}
    after = {one.replaces: one for one in versions if one.replaces}
    found = by_uid.get(uid)
    while found is not None and (newer := after.pop(found.uid, None)) is not None:
        found = newer
    return found
