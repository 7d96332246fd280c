"""A guided walk/run, full window: asks, leads by voice and cues, asks how it was, and puts it into the log."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from coach.app.walk_run import Led, Ran, RunAnswers
from coach.core.clinical.bout import BoutKind
from coach.core.clinical.colour import Colour, Judged
from coach.core.clinical.pain import Beginning, beginning, limits
from coach.core.clinical.run_plan import WARM_UP_MIN, Stage
from coach.core.clinical.walk_run import steps_of
from coach.core.routine.plan import Side, total_s
from coach.core.session.engine import Phase
from coach.core.session.view import SessionView
from coach.ui.presenters.desk import Desk
from coach.ui.presenters.session import Over
from coach.ui.presenters.walk_run import WalkRunPresenter
from coach.ui.screens.full_window import bound
from coach.ui.screens.measure_questions import WalkAnswers, WalkPage
from coach.ui.screens.measure_summary import CameTo, ResultPage
from coach.ui.screens.player_questions import Answered
from coach.ui.screens.session_window import SessionWindow
from coach.ui.screens.walk_run_live import PainTold, RunFace, WalkRunPage
from coach.ui.screens.walk_run_questions import RunBeforePage, RunEndPage, RunHurtPage
from coach.ui.widgets.figure import Shown
from coach.ui.widgets.notice import NoticeKind
from coach.words import numbers
from coach.words import walk_run as words
from coach.words.announce import Announcer
from coach.words.translate import tr

_MINUTE_S = 60.0


class WalkRunPlayer(SessionWindow):
    """One walk/run after the other; between two of them it is hidden."""

    _live: WalkRunPage
    _session: WalkRunPresenter | None
    _summary: ResultPage

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            live=WalkRunPage(desk.surroundings.clock),
            hurt=RunHurtPage(),
            end=RunEndPage(),
            summary=ResultPage(),
            parent=parent,
        )
        self._stage: Stage | None = None
        self._led: Led | None = None
        self._noted = ""
        """What was answered on the way, until the next run."""
        self._at = 0
        self._ran = ""
        self._before = RunBeforePage()
        self._finish = WalkPage(worst=tr("Worst pain on the way"))
        self._add_pages(self._before, self._live, self._hurt, self._end, self._finish, self._summary)
        self._before.on_answered(self._answered_before)
        self._before.on_left(self._leave)
        self._live.on_told(self._told_on_the_way)
        self._finish.on_answered(self._answered)
        self._finish.on_later(self._leave)
        bound(self._before, Qt.Key.Key_Escape, self._leave)
        bound(self._finish, Qt.Key.Key_Escape, self._leave)

    # -- beginning ----------------------------------------------------------------------------------------------

    def prepare(self, stage: Stage) -> None:
        """Say what is ahead and ask how the hip is; or why there is none now."""
        blocked = self._desk.blocked()
        self._stage = None if blocked else stage
        self._pages.setCurrentWidget(self._before)
        if blocked:
            self._before.bar(tr("Not now"), words.blocked())
            return
        self._wake_devices()
        self._before.notice.hide()
        self._before.show_limit(self._beginning())
        whole_s = total_s(steps_of(stage))
        title = tr("{title}. How is the hip right now?").format(title=words.title(stage))
        self._before.ask_before(title, words.before(stage, WARM_UP_MIN, whole_s))

    def go_on(self) -> bool:
        """Go on with the one that broke off, paused until the person says so; or ask how the one was that is over."""
        led = self._desk.training.go_on_run()
        if led is None:
            return False
        if led.live.session.phase is Phase.DONE:
            self._ask_about(led)
        else:
            self._run(led)
        return True

    def end_broken(self) -> bool:
        """The one that broke off is not gone on with: ask how it was. Until that is answered it can be, all the same.

        False if nothing is to be asked: there was too little of it.
        """
        led = self._desk.training.go_on_run()
        if led is None:
            return False
        if not led.done().recorded:
            self._desk.training.drop_run(led.begun.uid)
            return False
        self._ask_about(led)
        return True

    def close_run(self) -> None:
        """The window closes: what runs pauses and can be gone on with, what is over waits for its answers."""
        self._let_go()
        self._led = None

    # -- the walk/run -------------------------------------------------------------------------------------------

    def _answered_before(self, answered: Answered) -> None:
        if self._stage is None or answered.pain is None:
            return
        limit = self._beginning()
        if answered.pain > limit.up_to:
            self._before.hold_back(answered.pain, limit)
            return
        led = self._desk.training.start_run(self._stage, answered.pain)
        if led is None:
            text = tr("The run could not be recorded, so it was not started.")
            self._before.notice.show_notice(NoticeKind.PROBLEM, text)
        else:
            self._run(led)

    def _beginning(self) -> Beginning:
        return beginning(self._desk.training.run_rules(), self._desk.sites(), BoutKind.RUN)

    def _run(self, led: Led) -> None:
        self._led, self._noted = led, ""
        surroundings, settings = self._desk.surroundings, self._desk.settings
        sound, speech = self._take_devices()
        self._live.show_steps(led.live.session.steps)
        self._lead(
            WalkRunPresenter(
                led.live,
                clock=surroundings.clock,
                announcer=Announcer(sound, speech, led.live.known, settings),
                awake=surroundings.make_awake(),
                ticks=settings.countdown,
                sites=self._desk.sites(),
                parent=self,
            )
        )

    def _stepped(self, view: SessionView) -> None:
        if self._session is None or self._led is None:
            return
        index = self._session.live.session.index
        if index != self._at and self._session.running:
            self._noted = ""  # it was about a run that is over
        self._at = index
        self._ran = numbers.clock(self._led.done().ran_s)
        self._live.show_face(self._face(view))
        self._move(moves=view.phase is Phase.RUNNING)

    def _animate(self) -> None:
        if self._session is not None:
            self._live.move_to(self._face(self._session.view()))

    def _face(self, view: SessionView) -> RunFace:
        assert self._session is not None
        assert self._led is not None
        s = self._session.live.session
        known = self._session.live.known
        ahead = known.get(s.steps[s.index + 1].exercise) if s.index + 1 < len(s.steps) else None
        return RunFace(
            view=view,
            run=self._session.run_view(),
            exercise=known.get(view.exercise),
            stage=words.stage(self._led.begun.stage),
            next_up=words.next_up(s.steps, s.index),
            coming=Shown(ahead, Side.BOTH) if ahead is not None else None,
            ran=self._ran,
            to_run=numbers.clock(self._led.begun.stage.running_min * _MINUTE_S),
            told=self._noted,
            hearing=self._session.hearing,
            less_motion=self._desk.settings.less_motion,
        )

    def _told_on_the_way(self, told: PainTold) -> None:
        """A number key: noted, or above the limit the end of it."""
        if self._session is None or not self.active:
            return
        advice = self._session.advice(told.pain)
        if told.pain > advice.limits.stop_above:
            self._hurts()
            self._session.rate(told.pain)
            self._offer_choices(told.pain)
            return
        self._session.note(told.pain)
        self._noted = words.noted(advice)
        self._show_again()

    def _offer_choices(self, pain: int) -> None:
        if self._session is not None:
            self._hurt.show_advice(self._session.advice(pain), "")

    # -- afterwards ---------------------------------------------------------------------------------------------

    def _over(self, over: Over) -> None:
        del over  # counted in sets
        self._frames.stop()
        if self._led is None:
            return
        if self._led.done().recorded:
            self._ask_about(self._led)
            return
        uid, (title, sub) = self._led.begun.uid, words.too_short()
        self._desk.training.drop_run(uid)
        self._pages.setCurrentWidget(self._summary)
        self._summary.sum_up(CameTo(title, sub, (), groin=False), str, lambda: True)
        self._summary.offer_where(hurt=False)

    def _ask_about(self, led: Led) -> None:
        """How it was; it waits on disk until that is answered."""
        self._led = led
        done = led.done()
        title = words.ended(done)
        self._finish.show_limits(limits(self._desk.training.run_rules(), self._desk.sites(), BoutKind.RUN))
        self._pages.setCurrentWidget(self._finish)
        keys = tr("Press a number key, X for ten.")
        self._finish.open(title, f"{words.came_to(done)} {keys}", later=True, peak=max(done.pains, default=None))

    def _answered(self, answers: WalkAnswers) -> None:
        led = self._led
        if led is None:
            return
        given = RunAnswers(answers.peak, answers.now, answers.limp, answers.groin)
        begun, done = led.begun, led.done()
        ran = Ran(begun.uid, begun.began, begun.stage, begun.before, done, given)
        verdict = words.groin_advice() if answers.groin else words.came_to(done)
        lines = words.lines(done, begun.stage, answers.peak, answers.now)
        self._pages.setCurrentWidget(self._summary)
        self._summary.sum_up(
            CameTo(words.ended(done), verdict, lines, groin=False),
            lambda: self._after(begun.uid),
            lambda: self._desk.training.finish_run(ran),
        )
        self._summary.offer_where(hurt=bool(answers.peak or answers.now))

    def _after(self, uid: str) -> str:
        """The colour so far, what the plan makes of it and when it goes on, and when the app asks again."""
        seen = self._desk.guidance()
        judged = next((one for one in seen.judged if one.bout.uid == uid), None) if seen is not None else None
        colour = words.colour_so_far(judged, self._desk.day()) if judged is not None else ""
        return "\n".join(filter(None, (colour, self._plan_after(uid, judged), words.after())))

    def _plan_after(self, uid: str, judged: Judged | None) -> str:
        """What the plan makes of it, and when it goes on; after too much nobody is sent on the same day."""
        from coach.words import run_plan

        plan = self._desk.run_plan(self._desk.day())
        if plan is None:
            return ""
        made = next((one for one in plan.course.decisions if one.run is not None and one.run.bout.uid == uid), None)
        decided = f"{run_plan.decision(made)}." if made is not None else ""
        red = judged is not None and judged.colour is Colour.RED
        if red and plan.next is not None and plan.next.day <= plan.course.on and plan.next.waits_for_morning is None:
            return f"{decided} {words.not_today()}".strip()
        return f"{decided} {run_plan.next_line(plan)}".strip()

    # -- what the window asks of it -----------------------------------------------------------------------------

    def _close(self) -> None:
        self.close_run()
