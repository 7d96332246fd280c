"""The guided session, full window: asks, leads, asks again, sums up."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from coach.app.prescribing import Prescription, as_prescribed
from coach.app.training import Answers
from coach.core.clinical.pain import beginning
from coach.core.day import training_day
from coach.core.routine.dose import Sides
from coach.core.routine.plan import Side, Work, known_exercises
from coach.core.session.engine import Phase
from coach.core.session.record import Record, SetDone
from coach.core.session.view import SessionView
from coach.ui import plain_text
from coach.ui.presenters.desk import Desk
from coach.ui.presenters.session import Over, SessionPresenter
from coach.ui.screens.full_window import bound
from coach.ui.screens.player_live import Frame, LivePage
from coach.ui.screens.player_questions import (
    Answered,
    BeforePage,
    Closing,
    EndPage,
    FinishPage,
    HurtPage,
)
from coach.ui.screens.player_summary import SummaryPage
from coach.ui.screens.session_window import SessionWindow
from coach.ui.widgets.figure import Shown
from coach.ui.widgets.notice import NoticeKind
from coach.words import numbers
from coach.words import session as words
from coach.words.failures import failure
from coach.words.translate import count, tr

if TYPE_CHECKING:  # only once it is over
    from coach.app.guidance import Guidance
    from coach.core.clinical.response import Why


class Player(SessionWindow):
    """One session after the other; between two of them it is hidden."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            live=LivePage(desk.surroundings.clock),
            hurt=HurtPage(),
            end=EndPage(),
            summary=SummaryPage(),
            parent=parent,
        )
        self._given: Prescription | None = None
        self._works: dict[int, Work] = {}
        self._known_after: int | None = None
        self._record: Record | None = None
        self._answers = Answers()
        self._answered = False
        self._make_pages()

    # -- beginning ----------------------------------------------------------------------------------------------

    def prepare(self, given: Prescription, before: int | None = None, after: int | None = None) -> None:
        """Ask how the hip is, then begin; an answer that is known is not asked for."""
        self._given = given
        self._known_after = after
        if before is not None:
            self._begin(Answered(before))
            return
        self._wake_devices()
        self._before.notice.hide()
        self._pages.setCurrentWidget(self._before)
        self._ask_before(given)

    def _ask_before(self, given: Prescription) -> None:
        proposal = given.proposal
        self._before.show_limit(beginning(given.routine.rules, self._desk.sites()))
        other = given.differs and proposal is not None and proposal.original_available
        self._before.open(tr("How is the hip right now?"), self._advice(given), as_prescribed=other)

    def _take_prescribed(self) -> None:
        assert self._given is not None
        self._given = as_prescribed(self._given)
        self._ask_before(self._given)

    def go_on(self) -> bool:
        """Go on with the session that broke off; it is paused until the person says so."""
        live = self._desk.training.go_on()
        if live is None:
            return False
        self._given = None
        self._run(self._presenter(live))
        return True

    def close_session(self) -> None:
        """The window closes: what runs pauses where it is, and can be gone on with."""
        live = self._session.live if self._session is not None else None
        self._let_go()
        if live is not None and live.session.phase is Phase.DONE:
            self._desk.training.finish(live)  # also if the last questions stay open

    # -- making -------------------------------------------------------------------------------------------------

    def _make_pages(self) -> None:
        self._before, self._finish = BeforePage(), FinishPage()
        self._add_pages(self._before, self._live, self._hurt, self._end, self._finish, self._summary)
        self._before.on_answered(self._answered_before)
        self._before.on_left(self._leave)
        self._before.on_prescribed(self._take_prescribed)
        self._finish.on_saved(self._closed)
        self._summary.on_retry(self._save)
        bound(self._before, Qt.Key.Key_Escape, self._leave)

    def _presenter(self, live: object) -> SessionPresenter:
        from coach.app.live import LiveSession
        from coach.words.announce import Announcer

        assert isinstance(live, LiveSession)
        surroundings, settings = self._desk.surroundings, self._desk.settings
        sound, speech = self._take_devices()
        announcer = Announcer(sound, speech, live.known, settings)
        return SessionPresenter(
            live,
            clock=surroundings.clock,
            announcer=announcer,
            awake=surroundings.make_awake(),
            ticks=settings.countdown,
            sites=self._desk.sites(),
            parent=self,
        )

    # -- the session --------------------------------------------------------------------------------------------

    def _answered_before(self, answered: Answered) -> None:
        assert self._given is not None
        limit = beginning(self._given.routine.rules, self._desk.sites())
        if answered.pain is not None and answered.pain > limit.up_to:
            self._before.hold_back(answered.pain, limit)
        else:
            self._begin(answered)

    def _begin(self, answered: Answered) -> None:
        assert self._given is not None
        live = self._desk.training.start(self._given, answered.pain)
        if live is None:
            self._before.notice.show_notice(
                NoticeKind.PROBLEM, tr("The session could not be recorded, so it was not started.")
            )
            return
        self._run(self._presenter(live))

    def _run(self, session: SessionPresenter) -> None:
        self._record = None
        self._answered = False
        self._works = {work.index: work for work in self._desk.routines.works(session.live.routine)}
        named = dict.fromkeys(step.exercise for step in session.live.session.steps)
        self._live.reserve(session.live.known[name] for name in named if name in session.live.known)
        self._lead(session)

    def _stepped(self, view: SessionView) -> None:
        if self._session is None:
            return
        self._live.show_frame(self._frame(view))
        self._move(moves=view.phase is Phase.RUNNING)

    def _animate(self) -> None:
        if self._session is not None:
            view = self._session.view()
            item = self._works.get(view.item)
            less_motion = self._desk.settings.less_motion
            self._live.animate(view, self._session.exercise(), item, less_motion=less_motion)

    def _frame(self, view: SessionView) -> Frame:
        assert self._session is not None
        live = self._session.live
        index = live.session.index
        eased = live.known.get(view.exercise)
        prescribed = self._works.get(view.item)
        return Frame(
            view=view,
            exercise=eased,
            work=prescribed if prescribed and prescribed.exercise == view.exercise else None,
            item=prescribed,
            name=words.name(view.exercise, live.known),
            next_up=words.next_up(live.session.steps, index, live.known),
            coming=self._coming(index),
            hearing=self._session.hearing,
            less_motion=self._desk.settings.less_motion,
        )

    def _coming(self, index: int) -> Shown | None:
        assert self._session is not None
        live = self._session.live
        step = words.coming(live.session.steps, index)
        exercise = live.known.get(step.exercise) if step is not None else None
        if step is None or exercise is None:
            return None
        work = self._works.get(step.item)
        turns = work is not None and work.sides is Sides.ALTERNATE
        return Shown(exercise, Side.LEFT if turns else step.side, swapped=turns and step.side is Side.RIGHT)

    def _over(self, over: Over) -> None:
        self._frames.stop()
        self._record = over.record
        done = _ended(over.record)
        self._pages.setCurrentWidget(self._finish)
        if self._session is not None:
            self._finish.show_limits(self._session.limits)
        self._finish.open(done, tr("Three quick answers, then you are done."), _worst(over.record), self._known_after)

    def _closed(self, closing: Closing) -> None:
        if self._pages.currentWidget() is not self._finish:
            return  # saved already
        self._answers = Answers(during=closing.worst, after=closing.now, effort=closing.effort, note=closing.note)
        assert self._record is not None
        self._pages.setCurrentWidget(self._summary)
        self._summary.open(*self._sum_up(self._record))
        self._summary.offer_where(hurt=bool(closing.worst or closing.now))
        self._save()

    def _save(self) -> None:
        assert self._session is not None
        live = self._session.live
        # Trying again must not answer twice.
        self._answered = self._answered or self._desk.training.answer(live.uid, self._answers)
        saved = self._answered and self._desk.training.finish(live)
        self._summary.show_saved(saved=saved)
        if not saved:
            why = self._session.live.trouble
            text = tr("The end of the session is not saved yet. {why}").format(why=failure(why) if why else "")
            self._summary.notice.show_notice(NoticeKind.PROBLEM, text.strip())
        else:
            self._summary.notice.hide()
            self._summary.show_next(self._what_follows())

    # -- what the window asks of it -----------------------------------------------------------------------------

    def _close(self) -> None:
        self.close_session()

    def _offer_choices(self, pain: int) -> None:
        if self._session is not None:
            easier = self._session.live.easier()
            self._hurt.show_advice(self._session.advice(pain), easier.name if easier else "")

    # -- words --------------------------------------------------------------------------------------------------

    def _advice(self, given: Prescription) -> str:
        said = []
        if given.differs and given.proposal is not None:
            from coach.words import guidance

            today, known = self._desk.surroundings.calendar.now(), known_exercises(self._desk.library, given.routine)
            heading = guidance.heading(given.proposal, training_day(today))
            text = guidance.proposed(given.proposal, known, training_day(today))
            said.append(f"{heading}. {text}")
        names = [words.name(gated.exercise, self._desk.library) for gated in given.left_out]
        if names:
            said.append(tr("Left out today because of where it hurts: {exercises}.").format(exercises=", ".join(names)))
        return "\n".join(said)

    def _what_follows(self) -> str:
        """The colour so far and what follows from it, in the words that Today has for it."""
        from coach.words.walk_run import colour_so_far

        assert self._session is not None
        seen, uid = self._desk.guidance(), self._session.live.uid
        if seen is None:
            return ""
        judged = next((one for one in seen.judged if one.bout.uid == uid), None)
        follows, why = self._next_session(seen)
        if judged is None or any(judged in one.bouts for one in why):
            return follows
        return "\n".join(filter(None, (colour_so_far(judged, seen.today), follows)))

    def _next_session(self, seen: "Guidance") -> "tuple[str, tuple[Why, ...]]":
        """Which session comes next and when, or why there is none yet; and the reasons that this tells."""
        from coach.words import guidance

        today = self._desk.today()
        if today is None or today.due is None:
            return "", ()
        given = today.due.given
        proposal = self._desk.proposed(given, seen).proposal
        if proposal is None:
            return "", ()
        told = guidance.proposed(proposal, known_exercises(self._desk.library, given.routine), today.today)
        if proposal.routine is None:
            return f"{guidance.heading(proposal, today.today)}. {told}", proposal.reasons
        title = plain_text.clean_name(given.routine.title, 60)
        if today.due.standing.next_day == today.today:
            said = tr("Still due today: {title}.").format(title=title)
        else:
            when = numbers.from_today(today.due.standing.next_day, today.today)
            said = tr("Next session: {title}, {when}.").format(title=title, when=when)
        return f"{said} {told}".strip(), proposal.reasons if told else ()

    def _sum_up(self, record: Record) -> tuple[str, str, tuple[tuple[str, str], ...], str]:
        done, planned = record.sets_done, len(record.sets)
        title = _ended(record)
        worked = sum(one.seconds for one in record.sets)
        sub = tr("{done} of {planned} sets, {time} of work.").format(
            done=done, planned=planned, time=numbers.clock(worked)
        )
        assert self._session is not None
        known, s = self._session.live.known, self._session.live.session
        reached = len(s.steps) if record.complete else s.step.item
        lines = tuple(
            (words.name(name, known), _done_words(sets, reached=item < reached))
            for item, name, sets in _by_exercise(record)
        )
        after = tr("In an hour the app asks how the hip is. Tomorrow morning it asks about your first steps.")
        return title, sub, lines, after


def _worst(record: Record) -> int | None:
    return max(record.pains, default=None)


def _ended(record: Record) -> str:
    """The heading of what comes after."""
    return tr("Well done.") if record.well_done else tr("Session ended.")


def _by_exercise(record: Record) -> list[tuple[int, str, list[SetDone]]]:
    groups: dict[tuple[int, str], list[SetDone]] = {}
    for one in record.sets:
        groups.setdefault((one.item, one.exercise), []).append(one)
    return [(item, exercise, sets) for (item, exercise), sets in groups.items()]


def _done_words(sets: list[SetDone], *, reached: bool) -> str:
    if not any(one.seconds for one in sets):
        return tr("skipped") if reached else tr("not reached")
    sides = sorted({one.side for one in sets}, key=[Side.LEFT, Side.RIGHT, Side.BOTH].index)
    return " · ".join(_side_words(side, [one for one in sets if one.side is side], len(sides)) for side in sides)


def _side_words(side: Side, sets: list[SetDone], sides: int) -> str:
    full = sum(one.complete for one in sets)
    whole = count(len(sets), "%n set", "%n sets")
    amount = whole if full == len(sets) else tr("{done} of {sets}").format(done=full, sets=whole)
    seconds = numbers.clock(sum(one.seconds for one in sets))
    said = f"{amount}, {seconds}"
    return said if sides == 1 and side is Side.BOTH else f"{words.side_word(side)} {said}"
