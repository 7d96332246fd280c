"""A guided self-test, full window: says what is measured, leads, asks how it was, sums up. The player's own sibling."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from coach.app.testing import Attempt, Offer, Walked, keep_results, results_of
from coach.app.unanswered import Unanswered
from coach.core.clinical.protocols import Outcome
from coach.core.clinical.self_tests import Allowed, Guided, Why, Withheld
from coach.core.log import TestResult
from coach.core.routine.exercise import Exercise, StepType
from coach.core.session.cues import Cue
from coach.core.session.measuring import End, Phase
from coach.core.session.measuring_view import MeasuringView
from coach.core.session.sounds import CueSound
from coach.ui.presenters.desk import Desk
from coach.ui.presenters.leading import Leading
from coach.ui.presenters.measuring import Measured, MeasuringPresenter
from coach.ui.screens.full_window import ADJUST_S, FullWindow
from coach.ui.screens.measure import Face, MeasurePage
from coach.ui.screens.measure_questions import (
    AnswerPage,
    Answers,
    Asked,
    AskPage,
    BeginPage,
    Opening,
    WalkAnswers,
    WalkPage,
)
from coach.ui.screens.measure_record import Entered, RecordPage
from coach.ui.screens.measure_summary import CameTo, ResultPage, after_test, after_walk, came_to, walk_came_to
from coach.ui.widgets.figure import Shown
from coach.ui.widgets.flash import Reach
from coach.words import numbers
from coach.words import session as session_words
from coach.words import testing as words
from coach.words.announce import Announcer
from coach.words.translate import tr

PACE_STEP: Final = 5
"""Steps a minute that one press makes the beat faster or slower."""
LEAST_WALK_S: Final = 60.0
"""A walk that is over within a minute was none."""


class SelfTestPlayer(FullWindow):
    """One self-test after the other; between two of them it is hidden."""

    _live: MeasurePage

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, MeasurePage(desk.surroundings.clock), parent)
        self._test = Guided.PLANK
        self._since: date | None = None
        self._offer: Offer | None = None
        self._run: Attempt | None = None
        self._asked: Unanswered | None = None
        """What is over and is being asked about."""
        self._again = False
        """It was measured another time, and waited."""
        self._unlogged: list[Unanswered] = []
        """What this attempt measured and is not in the log yet."""
        self._presenter: MeasuringPresenter | None = None
        self._stays: Callable[[], None] = self._leave
        self._ends: Callable[[], None] = self._leave
        self._make_pages()
        self._bind(((self._press, (Qt.Key.Key_MediaStop,)),))

    # -- beginning ----------------------------------------------------------------------------------------------

    def prepare(self, test: Guided, criteria_since: date | None = None) -> None:
        """Say what a test measures, or why not now; first ask about one that the window closed on.

        `criteria_since` is the day since which R0 to R6 are met, where who asks knows it: for the impact check.
        """
        self._test, self._since = test, criteria_since
        found = self._desk.self_tests.unanswered()
        if found is None:
            self._open()
        else:
            self._again = True
            self._asked, self._offer = found
            self._ask_again_about(self._asked)

    def pause(self) -> None:
        """Stand still, where that is possible."""
        if self._presenter is not None and self._presenter.running:
            self._presenter.pause()

    def close_test(self) -> None:
        """The window closes: what is measured and not answered waits for its answers; what is being measured is lost.

        But for a walk: its minutes are known.
        """
        self._frames.stop()
        presenter = self._presenter
        if presenter is not None and presenter.state is not None and presenter.state.bout.walked:
            presenter.stop()
        if self._run is not None:
            self._run.leave()
            self._settle()
        self._close_devices()
        if presenter is not None:
            presenter.close()
            presenter.deleteLater()
        self._presenter = self._run = self._offer = self._asked = None
        self._again = False
        self._unlogged.clear()

    # -- making -------------------------------------------------------------------------------------------------

    def _make_pages(self) -> None:
        self._begin_page, self._ask, self._answer = BeginPage(), AskPage(), AnswerPage()
        self._walk, self._record, self._summary = WalkPage(), RecordPage(), ResultPage()
        self._add_pages(self._live, self._begin_page, self._ask, self._answer, self._walk, self._record, self._summary)
        self._begin_page.on_chosen(self._begin, self._open_record, self._leave)
        self._live.on_tapped(self._press)
        self._ask.on_chosen(self._stay, self._end)
        self._answer.on_answered(self._answered)
        self._answer.on_later(self._later)
        self._answer.on_discarded(self._ask_discard)
        self._walk.on_answered(self._walk_answered)
        self._walk.on_later(self._later)
        self._record.on_entered(self._entered)
        self._record.on_left(self._open)
        self._summary.on_left(self._leave)

    def _made_presenter(self) -> MeasuringPresenter:
        surroundings, settings = self._desk.surroundings, self._desk.settings
        sound, speech = self._take_devices()
        presenter = MeasuringPresenter(
            clock=surroundings.clock,
            announcer=Announcer(sound, speech, self._desk.library, settings),
            awake=surroundings.make_awake(),
            ticks=settings.countdown,
            parent=self,
        )
        presenter.on_stepped(self._stepped)
        presenter.on_cued(self._cued)
        presenter.on_told(self._told)
        presenter.on_over(self._over)
        return presenter

    # -- before -------------------------------------------------------------------------------------------------

    def _open(self) -> None:
        offered = self._desk.self_tests.offer(self._test, self._since)
        self._offer = offered
        self._pages.setCurrentWidget(self._begin_page)
        self._begin_page.open(opening(self._test, offered, self._desk.library))
        if offered is not None and isinstance(offered.permission, Allowed) and self._presenter is None:
            self._wake_devices()

    def _begin(self) -> None:
        if self._offer is None or not isinstance(self._offer.permission, Allowed):
            return
        self._run = self._desk.self_tests.attempt(self._offer)
        self._live.notice.hide()
        library = self._desk.library
        self._live.reserve(library[bout.exercise] for bout in self._offer.bouts if bout.exercise in library)
        self._presenter = self._made_presenter()
        self._next()

    def _open_record(self) -> None:
        if self._offer is not None and self._offer.bouts:
            self._pages.setCurrentWidget(self._record)
            self._record.open(self._test, self._offer.bouts[0].unit)

    # -- measuring ----------------------------------------------------------------------------------------------

    def _next(self) -> None:
        """The next bout, or the summary."""
        assert self._run is not None
        assert self._presenter is not None
        bout = self._run.next
        if bout is None:
            self._sum_up()
            return
        self._show_live()
        self._presenter.begin(bout)
        self._stepped(self._presenter.view())

    def _stepped(self, view: MeasuringView) -> None:
        if self._presenter is None or self._run is None:
            return
        if view.phase is not Phase.OVER:
            self._live.show_face(self._face(view))
        self._move(moves=view.phase in (Phase.READY, Phase.RUNNING))

    def _animate(self) -> None:
        if self._presenter is not None and self._presenter.running:
            self._live.move_to(self._face(self._presenter.view()))

    def _face(self, view: MeasuringView) -> Face:
        assert self._run is not None
        assert self._presenter is not None
        library, run = self._desk.library, self._run
        coming = run.coming
        exercise = library.get(coming.exercise) if coming is not None else None
        return Face(
            view=view,
            exercise=library.get(view.bout.exercise),
            name=session_words.name(view.bout.exercise, library),
            first=words.other_side(view.bout, run.results()),
            next_up=words.next_up(coming, library),
            coming=Shown(exercise, coming.side) if exercise is not None and coming is not None else None,
            at=len(run.done),
            bouts=len(run.offered.bouts),
            hearing=self._presenter.hearing,
            less_motion=self._desk.settings.less_motion,
        )

    def _cued(self, cue: Cue) -> None:
        presenter = self._presenter
        if presenter is None or not presenter.silent or cue.sound is None or presenter.state is None:
            return
        step = presenter.state.bout.walked and cue.sound is CueSound.TICK and cue.saying is None
        if step and self._desk.settings.less_motion:
            return  # what lights up twice a second moves all the time
        # Half an hour of steps over the whole screen would be too much for anybody.
        self._light(Reach.WHOLE if self._floor and not step else Reach.EDGE)

    def _over(self, over: Measured) -> None:
        self._frames.stop()
        if over.bout.walked and over.seconds >= LEAST_WALK_S:
            self._let_wait(over)
            self._pages.setCurrentWidget(self._walk)
            keys = tr("Press a number key, X for ten.")
            self._walk.open(words.walked(over.seconds, over.cadence), keys, later=False)
        elif over.bout.walked:
            self._ask_again(tr("That was less than a minute"), tr("No walk is recorded."))
        elif over.end is End.ASLEEP:
            self._ask_again(
                tr("The computer was away"), tr("What was done meanwhile is not known, so this try does not count.")
            )
        else:
            self._let_wait(over)
            self._pages.setCurrentWidget(self._answer)
            self._answer.open(self._questions_about(over))

    def _questions_about(self, over: Measured) -> Asked:
        assert self._run is not None
        assert self._offer is not None
        impact = self._offer.test is Guided.IMPACT
        return Asked(
            over.bout,
            over.amount,
            words.heading(over.bout, self._desk.library),
            tr("How much did it hurt? Press a number key, X for ten."),
            form=self._offer.test is Guided.SINGLE_LEG_SQUAT,
            groin=impact,
            last=self._run.coming is None,
        )

    # -- answers ------------------------------------------------------------------------------------------------

    def _let_wait(self, over: Measured) -> None:
        """On disk before it is asked about: whatever happens now, it is not lost."""
        assert self._offer is not None
        asked = Unanswered(self._offer.test, self._offer.on, over.bout, over.amount, over.seconds, over.cadence)
        self._asked = asked
        self._unlogged.append(asked)
        self._desk.self_tests.let_wait(asked)

    def _settle(self) -> None:
        """What is in the log waits no longer."""
        if self._run is None or not self._run.saved:
            return
        for one in [one for one in self._unlogged if one is not self._asked]:
            self._desk.self_tests.answered(one)
            self._unlogged.remove(one)

    def _answered(self, answers: Answers) -> None:
        asked = self._asked
        if asked is None or self._offer is None:
            return
        if self._again:
            self._run = self._desk.self_tests.attempt(self._offer)
            self._unlogged.append(asked)
        run = self._run
        if run is None:
            return
        self._asked = None
        run.take(Outcome(asked.bout, answers.amount, answers.pain, answers.groin, answers.form))
        if answers.ends:
            run.end()
        self._settle()
        if self._again:
            self._sum_up()
        else:
            self._next()

    def _ask_discard(self) -> None:
        self._pages.setCurrentWidget(self._ask)
        self._stays, self._ends = self._back_to_questions, self._discard
        self._ask.open(
            tr("Discard this try?"),
            tr("It does not count then, and neither the try nor the pain of it comes into your log."),
            stay=tr("Back to the questions"),
            end=tr("Discard it"),
        )

    def _back_to_questions(self) -> None:
        self._pages.setCurrentWidget(self._answer)
        self._answer.come_back()

    def _discard(self) -> None:
        asked, self._asked = self._asked, None
        if asked is None:
            return
        self._desk.self_tests.answered(asked)
        if asked in self._unlogged:
            self._unlogged.remove(asked)
        if self._again:
            self._again = False
            self._open()
        else:
            self._ask_again(tr("This try was discarded"), tr("It does not count."))

    def _walk_answered(self, answers: WalkAnswers) -> None:
        asked, offered = self._asked, self._offer
        if asked is None or offered is None:
            return
        self._asked = None
        walked = Walked(asked.seconds, asked.cadence, answers.peak, answers.now, answers.limp, answers.groin)
        self._show_walk(walked, offered, asked)

    def _show_walk(self, walked: Walked, offered: Offer, asked: Unanswered | None = None) -> None:
        def save() -> bool:
            saved = self._desk.self_tests.record_walk(offered.on, walked)
            if saved and asked is not None:
                self._desk.self_tests.answered(asked)
            return saved

        self._show_result(walk_came_to(walked, offered), after_walk, save)

    # -- what waited --------------------------------------------------------------------------------------------

    def _ask_again_about(self, waiting: Unanswered) -> None:
        """The window closed on the question how it was."""
        assert self._offer is not None
        today = self._desk.day()
        when = numbers.from_today(waiting.day, today).capitalize()
        if waiting.bout.walked:
            self._pages.setCurrentWidget(self._walk)
            said = tr("{when}. The window was closed before you said how it was.").format(when=when)
            self._walk.open(words.walked(waiting.seconds, waiting.cadence), said, later=True)
            return
        said = tr("{when}. The window was closed before you said how much it hurt. Press a number key, X for ten.")
        self._pages.setCurrentWidget(self._answer)
        self._answer.open(
            Asked(
                waiting.bout,
                waiting.amount,
                words.heading(waiting.bout, self._desk.library),
                said.format(when=when),
                form=waiting.test is Guided.SINGLE_LEG_SQUAT,
                groin=waiting.test is Guided.IMPACT,
                last=True,
                later=True,
            )
        )

    def _later(self) -> None:
        """It goes on waiting."""
        self._asked, self._again = None, False
        self._open()

    # -- what was measured elsewhere ----------------------------------------------------------------------------

    def _entered(self, entered: Entered) -> None:
        offered = self._offer
        if offered is None:
            return
        if self._test is Guided.BRISK_WALK:
            seconds = 60.0 * (entered.value or 0)
            self._show_walk(Walked(seconds, entered.cadence, entered.pain, None, entered.limp, entered.groin), offered)
            return
        results = results_of(
            entered.name,
            offered.on,
            pain=entered.pain,
            left=entered.left,
            right=entered.right,
            value=entered.value,
            form=entered.form,
        )

        def save() -> bool:
            return self._desk.record(lambda logbook: keep_results(logbook, results, groin=entered.groin))

        self._show_results(results, groin=entered.groin, save=save)

    # -- the end ------------------------------------------------------------------------------------------------

    def _sum_up(self) -> None:
        run = self._run
        assert run is not None
        if not run.done:
            self._leave()
            return
        self._show_results(run.results(), groin=any(one.groin for one in run.done), save=self._save_run)

    def _save_run(self) -> bool:
        assert self._run is not None
        saved = self._run.save()
        self._settle()
        return saved

    def _show_results(self, results: tuple[TestResult, ...], *, groin: bool, save: Callable[[], bool]) -> None:
        assert self._offer is not None
        offered, since = self._offer, self._since
        found = came_to(results, offered, groin=groin)
        self._show_result(found, lambda: after_test(self._desk, offered, since), save)

    def _show_result(self, found: CameTo, after: Callable[[], str], save: Callable[[], bool]) -> None:
        self._pages.setCurrentWidget(self._summary)
        self._summary.sum_up(found, after, save)

    # -- what the window asks of it -----------------------------------------------------------------------------

    def _leading(self) -> Leading | None:
        return self._presenter if self._presenter is not None and self._presenter.state is not None else None

    def _show_again(self) -> None:
        if self._presenter is not None:
            self._stepped(self._presenter.view())

    def _close(self) -> None:
        self.close_test()

    # -- what is pressed ----------------------------------------------------------------------------------------

    def _press(self) -> None:
        if self._presenter is not None:
            self._presenter.press()

    def _hurts(self) -> None:
        if self._presenter is not None:
            self._presenter.hurts()

    def _more(self) -> None:
        self._change(1)

    def _less(self) -> None:
        self._change(-1)

    def _change(self, way: int) -> None:
        """More or less time to get ready; of a walk a faster or slower beat."""
        if self._presenter is None or self._presenter.state is None:
            return
        if self._presenter.state.phase in (Phase.READY, Phase.WAITING):
            self._presenter.adjust(way * ADJUST_S)
        else:
            self._presenter.pace(way * PACE_STEP)

    def _ask_end(self) -> None:
        presenter = self._presenter
        if presenter is None or presenter.state is None:
            return
        state = presenter.state
        if state.phase is Phase.RUNNING and not state.bout.walked:
            presenter.drop()
            self._frames.stop()
            self._ask_again(tr("This try was broken off"), tr("It does not count."))
            return
        presenter.pause()
        self._pages.setCurrentWidget(self._ask)
        walking = state.bout.walked and state.phase in (Phase.RUNNING, Phase.PAUSED)
        self._stays, self._ends = self._resume, presenter.stop if walking else self._end_run
        title = tr("End the walk?") if walking else tr("End the test?")
        sub = tr("The minutes you walked are recorded.") if walking else tr("What is done already is recorded.")
        self._ask.open(title, sub, stay=tr("Go on"), end=tr("End the walk") if walking else tr("End the test"))

    def _ask_again(self, title: str, sub: str) -> None:
        self._pages.setCurrentWidget(self._ask)
        self._stays, self._ends = self._next, self._end_run
        self._ask.open(title, sub, stay=tr("Do it again"), end=tr("End the test"))

    def _stay(self) -> None:
        self._stays()

    def _end(self) -> None:
        self._ends()

    def _resume(self) -> None:
        if self._presenter is not None:
            self._show_live()
            self._presenter.go_on()

    def _end_run(self) -> None:
        if self._run is None or self._presenter is None:
            return
        self._presenter.drop()
        self._run.end()
        self._sum_up()


def opening(test: Guided, offered: Offer | None, library: Mapping[str, Exercise]) -> Opening:
    """What stands on the page before a test."""
    title = words.title(test)
    if offered is None:
        return Opening(title, "", (), None, (), (tr("Not now"), tr("Your log cannot be read just now.")))
    heading, reason = words.not_now(offered.permission, offered.on)
    if isinstance(offered.permission, Withheld) and offered.permission.why is Why.SITE:
        reason = " ".join(gate.why for gate in offered.gates if gate.action == "off")
    if heading or not offered.bouts:
        return Opening(title, "", (), None, (), (heading or tr("Not now"), reason))
    first = offered.bouts[0]
    exercise = library.get(first.exercise)
    lines = words.how(test, offered.bouts)
    if exercise is not None and test is not Guided.IMPACT:  # whose own words say when it ends
        lines = (*lines, *(step.text for step in exercise.steps if step.type is StepType.SAFETY))
    if offered.earlier:
        lines = (*lines, tr("Today's earlier try broke off: this goes on where it stopped."))
    return Opening(
        title,
        words.begins(first, exercise),
        lines,
        Shown(exercise, first.side) if exercise is not None else None,
        tuple(gate.why for gate in offered.gates if gate.action == "change"),
        ("", ""),
    )
