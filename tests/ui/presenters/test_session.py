"""The running session for the player, led by a clock that the test advances: nothing here waits."""

import pytest
from pytestqt.qtbot import QtBot

from coach.app.live import LiveSession
from coach.app.ports import SETTLES_S, Trouble, TroubleKind
from coach.app.settings import Settings
from coach.core.clinical.pain import Choice
from coach.core.routine.exercise import PainSite
from coach.core.routine.plan import StepKind, compile_routine
from coach.core.session.cues import Cue
from coach.core.session.engine import Phase
from coach.core.session.events import Hurt, Rated, Stopped, from_json
from coach.core.session.sounds import CueSound
from coach.core.session.view import SessionView
from coach.store.errors import Reason, Unavailable
from coach.ui.presenters.session import Away, Over, Saving, SessionPresenter
from coach.words.announce import Announcer, Told
from tests.ui.fakes import TINY, FakeAwake, FakeSound, FakeSpeech, MemoryKeeper, Plain, World, item, plain

LENGTH_S = 39.0


class Led:
    """A session with fakes all round, and everything that it told."""

    def __init__(self, world: World, routine: Plain = TINY, settings: Settings | None = None) -> None:
        self.world = world
        self.clock = world.clock
        self.keeper = MemoryKeeper()
        self.sound, self.speech, self.awake = FakeSound(), FakeSpeech(), FakeAwake()
        self.settings = settings or Settings()
        made = world.routine(routine)
        library = dict(world.surroundings.routines().library)
        self.live = LiveSession("one", self.keeper, routine=made, known=library, steps=compile_routine(made, library))
        self.views: list[SessionView] = []
        self.cues: list[Cue] = []
        self.told: list[Told] = []
        self.saving: list[Saving] = []
        self.away: list[Away] = []
        self.over: list[Over] = []
        self.presenter = self.present(self.live)

    def present(self, live: LiveSession) -> SessionPresenter:
        presenter = SessionPresenter(
            live,
            clock=self.clock,
            announcer=Announcer(self.sound, self.speech, live.known, self.settings),
            awake=self.awake,
            ticks=self.settings.countdown,
            sites=self.settings.pain_sites,
        )
        presenter.on_stepped(self.views.append)
        presenter.on_cued(self.cues.append)
        presenter.on_told(self.told.append)
        presenter.on_saving(self.saving.append)
        presenter.on_away(self.away.append)
        presenter.on_over(self.over.append)
        return presenter

    def pass_time(self, seconds: float, step_s: float = 0.05) -> None:
        """Let the clock run, and the timer fire as it would."""
        for _ in range(round(seconds / step_s)):
            self.clock.advance(step_s)
            self.fire()

    def fire(self) -> None:
        """The timer comes, if one is running."""
        timer = self.presenter._timer
        if timer.isActive():
            timer.timeout.emit()

    def events(self) -> list[object]:
        return [from_json(body) for _, _, body in self.keeper.kept]

    @property
    def phase(self) -> Phase:
        return self.live.session.phase


@pytest.fixture
def led(qtbot: QtBot, world: World) -> Led:
    return Led(world)


def stop(led: Led) -> None:
    led.presenter.close()


def test_a_session_goes_through_all_its_steps_and_ends(led: Led) -> None:
    led.presenter.start()
    led.pass_time(LENGTH_S + 0.1)

    assert [view.kind for view in _changes(led.views)] == [step.kind for step in led.live.first_steps]
    assert led.phase is Phase.DONE
    assert len(led.over) == 1
    assert led.over[0].record.complete
    assert led.over[0].record.sets_done == 4
    assert not led.presenter._timer.isActive()


def test_it_begins_with_the_first_cue_and_not_in_the_middle_of_it(led: Led) -> None:
    led.sound.settled = False
    led.presenter.start()
    led.pass_time(0.5)
    assert led.events() == []
    assert led.sound.played == []

    led.sound.settled = True
    led.pass_time(0.1)

    assert led.phase is Phase.RUNNING
    assert led.sound.played == [CueSound.GET_READY]
    assert led.live.session.left(led.presenter._clock.now()) == pytest.approx(4.0, abs=0.1)
    stop(led)


def test_a_sound_that_is_never_ready_stops_no_session(led: Led) -> None:
    led.sound.settled = False

    led.presenter.start()
    led.pass_time(SETTLES_S + 0.1)

    assert led.phase is Phase.RUNNING
    stop(led)


def _changes(views: list[SessionView]) -> list[SessionView]:
    """The first view of each step."""
    seen: list[SessionView] = []
    at: tuple[object, ...] = ()
    for view in views:
        here = (view.kind, view.rep, view.set, view.item)
        if view.phase is Phase.RUNNING and here != at:
            seen.append(view)
            at = here
    return seen


def test_every_cue_is_given_once_and_in_time(led: Led) -> None:
    given: list[tuple[float, Cue]] = []
    led.presenter.on_cued(lambda cue: given.append((led.presenter._clock.now(), cue)))

    led.presenter.start()
    led.pass_time(LENGTH_S + 0.1)

    assert all(0 <= now - cue.at < 0.06 for now, cue in given)
    instants = [(round(cue.at, 3), cue.sound) for _, cue in given]
    assert len(set(instants)) == len(instants)
    sounds = [cue.sound for _, cue in given]
    assert sounds[0] is CueSound.GET_READY
    assert sounds[-1] is CueSound.SESSION_DONE
    assert sounds.count(CueSound.SWITCH) == 1
    assert sounds.count(CueSound.EXERCISE_DONE) == 1
    assert led.sound.played == [cue.sound for cue in led.cues]


def test_the_timer_is_set_for_the_next_change_and_no_more(led: Led) -> None:
    led.presenter.start()

    assert led.presenter._timer.isSingleShot()
    assert 0 < led.presenter._timer.interval() <= 1001

    led.clock.advance(0.4)
    led.presenter.adjust(0.0)

    assert led.presenter._timer.interval() == pytest.approx(601, abs=2)
    stop(led)


def test_a_timer_that_comes_early_does_no_harm(led: Led) -> None:
    led.presenter.start()
    seen = len(led.cues)

    led.clock.advance(0.99)
    led.fire()

    assert len(led.cues) == seen
    assert led.views[-1].seconds == 4
    assert led.presenter._timer.isActive()
    stop(led)


def test_a_timer_that_comes_late_does_not_push_the_session_back(led: Led) -> None:
    led.presenter.start()
    led.clock.advance(2.9)
    led.fire()

    led.clock.advance(1.9)
    led.fire()

    assert led.views[-1].kind is StepKind.UP
    assert led.live.session.elapsed(led.presenter._clock.now()) == pytest.approx(0.8)
    stop(led)


def test_pausing_stops_the_clock_and_the_voice(led: Led) -> None:
    led.presenter.start()
    led.pass_time(1.5)
    hushed = led.speech.hushed

    led.presenter.toggle()
    before = led.presenter.view()
    led.clock.advance(500)

    assert led.phase is Phase.PAUSED
    assert led.speech.hushed == hushed + 1
    assert not led.presenter._timer.isActive()
    assert led.presenter.view() == before


def test_resuming_counts_three_two_one_and_goes_on_where_it_was(led: Led) -> None:
    led.presenter.start()
    led.pass_time(1.5)
    led.presenter.toggle()
    led.clock.advance(500)
    heard = len(led.cues)

    led.presenter.toggle()
    led.pass_time(2.9)
    assert led.presenter.view().lead
    led.pass_time(0.2)

    assert not led.presenter.view().lead
    assert led.presenter.view().seconds == 3
    assert [cue.sound for cue in led.cues[heard:]][:3] == [CueSound.TICK] * 3
    stop(led)


def test_a_rep_of_the_persons_own_pace_is_counted_by_space(qtbot: QtBot, world: World) -> None:
    led = Led(world, plain(items=[item("bridge", reps=2, pace="self", prepare_s=1)]))
    led.presenter.start()
    led.pass_time(1.5)
    assert led.presenter.view().open

    led.presenter.toggle()
    assert led.presenter.view().rep == 2
    led.pass_time(0.5)
    led.presenter.toggle()

    assert led.phase is Phase.DONE
    assert led.over[0].record.sets[0].reps == 2


def test_a_press_that_bounces_counts_once(qtbot: QtBot, world: World) -> None:
    led = Led(world, plain(items=[item("bridge", reps=9, pace="self", prepare_s=1)]))
    led.presenter.start()
    led.pass_time(1.5)

    for _ in range(3):
        led.presenter.toggle()
        led.world.clock.advance(0.05)

    assert led.presenter.view().rep == 2
    assert led.phase is Phase.RUNNING
    stop(led)


def test_at_ones_own_pace_one_can_pause_all_the_same(qtbot: QtBot, world: World) -> None:
    led = Led(world, plain(items=[item("bridge", reps=2, pace="self", prepare_s=1)]))
    led.presenter.start()
    led.pass_time(1.5)

    led.presenter.halt()
    assert (led.phase, led.presenter.view().rep) == (Phase.PAUSED, 1)
    led.presenter.halt()

    assert led.phase is Phase.RUNNING
    stop(led)


def test_skip_back_and_more_rest_do_what_they_say(led: Led) -> None:
    led.presenter.start()
    led.presenter.skip()
    assert led.presenter.view().kind is StepKind.UP
    led.presenter.skip()
    assert led.presenter.view().kind is StepKind.SWITCH
    led.presenter.adjust(10)
    assert led.presenter.view().seconds == 13
    led.presenter.adjust(-10)
    assert led.presenter.view().seconds == 3

    led.presenter.back()

    assert (led.presenter.view().kind, led.presenter.view().lead) == (StepKind.UP, True)
    stop(led)


def hurting(led: Led, pain: int | None = 3) -> None:
    led.presenter.start()
    led.pass_time(5.5)
    led.presenter.hurts()
    if pain is not None:
        led.presenter.rate(pain)


def test_it_hurts_pauses_at_once_and_keeps_it(led: Led) -> None:
    hurting(led, None)

    assert led.phase is Phase.PAUSED
    assert led.presenter.view().hurting
    assert isinstance(led.events()[-1], Hurt)
    assert led.speech.hushed == 1


def test_while_it_hurts_space_does_not_go_on(led: Led) -> None:
    hurting(led)

    led.presenter.toggle()

    assert led.phase is Phase.PAUSED
    assert led.presenter.view().hurting


def test_the_answer_is_kept_even_if_nothing_comes_after_it(led: Led) -> None:
    hurting(led, 7)

    led.presenter.close()

    assert [event.pain for event in led.events() if isinstance(event, Rated)] == [7]


def test_going_on_after_it_hurt_counts_in(led: Led) -> None:
    hurting(led)

    led.presenter.choose(Choice.GO_ON)

    view = led.presenter.view()
    assert (view.phase, view.lead, view.hurting, view.exercise) == (Phase.RUNNING, True, False, "clamshell")
    stop(led)


def test_the_easier_variation_begins_with_getting_ready(led: Led) -> None:
    hurting(led)

    led.presenter.choose(Choice.EASIER)

    view = led.presenter.view()
    assert (view.phase, view.kind, view.exercise) == (Phase.RUNNING, StepKind.PREPARE, "isometric_abduction")
    assert led.presenter.exercise() is led.live.known["isometric_abduction"]
    stop(led)


def test_skipping_the_exercise_goes_to_the_next_one(led: Led) -> None:
    hurting(led)

    led.presenter.choose(Choice.SKIP)

    assert (led.phase, led.presenter.view().exercise) == (Phase.RUNNING, "plank")
    stop(led)


def test_skipping_the_last_exercise_ends_the_session(led: Led) -> None:
    hurting(led)
    led.presenter.choose(Choice.SKIP)
    led.presenter.hurts()
    led.presenter.rate(4)

    led.presenter.choose(Choice.SKIP)

    assert led.phase is Phase.DONE
    assert len(led.over) == 1
    assert led.over[0].record.pains == (3, 4)


def test_stopping_ends_the_session_with_what_was_done(led: Led) -> None:
    hurting(led, 8)

    led.presenter.choose(Choice.STOP)

    assert isinstance(led.events()[-1], Stopped)
    assert not led.over[0].record.complete
    assert led.over[0].record.pains == (8,)
    assert not led.awake.held


@pytest.mark.parametrize("pain,first", [(0, Choice.GO_ON), (2, Choice.GO_ON), (3, Choice.EASIER), (6, Choice.STOP)])
def test_what_is_offered_follows_the_limits(led: Led, pain: int, first: Choice) -> None:
    assert led.presenter.advice(pain).choices[0] is first


def test_the_limits_of_the_routine_and_of_the_pain_site_count(qtbot: QtBot, world: World) -> None:
    strict = Led(world, plain(rules={"pain_stop_above": 1}))
    groin = Led(world, settings=Settings(pain_sites=(PainSite.GROIN,)))

    assert strict.presenter.advice(2).choices[0] is Choice.STOP
    assert strict.presenter.advice(2).limits.prescribed
    assert groin.presenter.advice(1).choices[0] is Choice.STOP


def test_trouble_with_sound_and_voice_is_told_once_each(led: Led) -> None:
    led.presenter.start()
    led.sound.trouble = Trouble(TroubleKind.NO_DEVICE)
    led.pass_time(3)
    led.speech.trouble = Trouble(TroubleKind.SILENT)
    led.pass_time(3)

    assert led.told == [Told(False, led.sound.trouble), Told(True, led.speech.trouble)]
    assert led.presenter.silent
    stop(led)


def test_a_session_without_sound_and_voice_runs_to_its_end(led: Led) -> None:
    led.sound.trouble, led.speech.trouble = Trouble(TroubleKind.NO_DEVICE), Trouble(TroubleKind.NO_ENGINE)

    led.presenter.start()
    led.pass_time(LENGTH_S + 0.1)

    assert led.over[0].record.complete
    assert len(led.told) == 2


def test_saving_that_fails_is_told_once_and_untold_once(led: Led) -> None:
    led.presenter.start()
    led.pass_time(1)
    full = led.keeper.trouble = Unavailable(Reason.DISK_FULL)
    led.pass_time(3)
    led.keeper.trouble = Unavailable(Reason.LOCKED)
    led.pass_time(2)
    assert led.saving == [Saving(full)]

    led.keeper.trouble = None
    led.pass_time(3)

    assert led.saving == [Saving(full), Saving(None)]
    stop(led)


def test_after_the_end_nothing_happens_any_more(led: Led) -> None:
    led.presenter.start()
    led.pass_time(LENGTH_S + 0.1)
    kept = list(led.keeper.kept)

    for act in (led.presenter.toggle, led.presenter.skip, led.presenter.back, led.presenter.hurts, led.presenter.stop):
        act()
    led.presenter.rate(3)
    led.presenter.choose(Choice.GO_ON)
    led.presenter.adjust(10)
    led.clock.advance(100)

    assert led.keeper.kept == kept
    assert len(led.over) == 1
    assert sum(cue.sound is CueSound.SESSION_DONE for cue in led.cues) == 1
    assert not led.presenter._timer.isActive()


def test_stopping_by_hand_is_silent(led: Led) -> None:
    led.presenter.start()
    led.pass_time(9)

    led.presenter.stop()

    assert not led.over[0].record.complete
    assert CueSound.SESSION_DONE not in led.sound.played


def test_mute_is_for_sound_and_voice_and_back(led: Led) -> None:
    led.presenter.start()
    led.presenter.mute()
    heard, said = list(led.sound.played), list(led.speech.said)
    assert [led.presenter.muted, led.presenter.silent] == [True, True]
    led.pass_time(5)
    assert (led.sound.played, led.speech.said) == (heard, said)
    assert len(led.cues) > len(heard)

    led.presenter.mute()
    led.pass_time(2)

    assert len(led.sound.played) > len(heard)
    stop(led)


def test_the_screen_stays_on_while_the_session_lasts(led: Led) -> None:
    held = [led.awake.held]
    led.presenter.start()
    held.append(led.awake.held)

    led.presenter.close()

    assert [*held, led.awake.held] == [False, True, False]
    assert (led.sound.closed, led.speech.closed) == (True, True)


def test_closing_pauses_where_it_is(led: Led) -> None:
    led.presenter.start()
    led.pass_time(5.5)

    led.presenter.close()

    assert led.phase is Phase.PAUSED
    assert led.live.session.seen == pytest.approx(5.5)
    assert not led.presenter._timer.isActive()


def test_going_on_repeats_no_cue_and_waits_for_the_person(led: Led) -> None:
    led.presenter.start()
    led.pass_time(5.5)
    led.presenter.close()
    led.cues.clear()

    led.clock.advance(1000)
    led.presenter = led.present(led.live)
    led.presenter.start()
    assert led.cues == []
    assert led.phase is Phase.PAUSED
    assert not led.presenter._timer.isActive()
    led.presenter.toggle()
    led.pass_time(LENGTH_S)

    assert led.over[0].record.complete
    assert led.cues[0].sound is CueSound.TICK


def test_a_closed_lid_pauses_and_says_so_in_the_view(led: Led) -> None:
    led.presenter.start()
    led.pass_time(2.2)

    led.clock.advance(3600)
    led.fire()

    assert led.views[-1].phase is Phase.PAUSED
    assert led.views[-1].seconds == 2
    assert [round(one.gap_s) for one in led.away] == [3600]


def test_no_slept_second_is_ever_credited(led: Led) -> None:
    led.presenter.start()
    for _ in range(12):
        led.pass_time(2)
        led.clock.advance(100)
        led.fire()
        led.presenter.toggle()
        led.pass_time(3)
    led.pass_time(LENGTH_S)

    worked = sum(one.seconds for one in led.over[0].record.sets)
    assert worked == pytest.approx(20, abs=0.2)
