"""From cues to what is heard, as the settings want it."""

import pytest

from coach.app.ports import Trouble, TroubleKind
from coach.app.settings import Settings
from coach.core.routine.exercise import Exercise, Motion
from coach.core.routine.plan import Side
from coach.core.session.cues import Cue, SayHalfway, SayNumber, SaySwitch, SayTurn
from coach.core.session.sounds import CueSound
from coach.words.announce import Announcer, Told
from tests.ui.fakes import FakeSound, FakeSpeech

KNOWN = {
    "squat": Exercise(id="squat", name="Squat", motion=Motion.LOWER),
    "bridge": Exercise(id="bridge", name="Bridge"),
}
HALFWAY = Cue(10.0, CueSound.HALFWAY, SayHalfway(), 5.0)
SEVEN = Cue(10.0, CueSound.UP, SayNumber(7), 5.0)


@pytest.fixture
def sound() -> FakeSound:
    return FakeSound()


@pytest.fixture
def speech() -> FakeSpeech:
    return FakeSpeech()


def test_a_cue_is_sounded_and_said(sound: FakeSound, speech: FakeSpeech) -> None:
    Announcer(sound, speech, KNOWN, Settings()).announce(HALFWAY, "bridge")

    assert (sound.played, speech.said) == ([CueSound.HALFWAY], ["halfway"])


def test_the_tones_go_down_where_the_body_does(sound: FakeSound, speech: FakeSpeech) -> None:
    announcer = Announcer(sound, speech, KNOWN, Settings())

    for exercise in ("bridge", "squat", "unknown"):
        for tone in (CueSound.UP, CueSound.DOWN, CueSound.HOLD):
            announcer.announce(Cue(0.0, tone), exercise)

    up, down, hold = CueSound.UP, CueSound.DOWN, CueSound.HOLD
    assert sound.played == [up, down, hold, down, up, hold, up, down, hold]
    assert speech.said == []


def test_a_cue_may_be_without_a_sound(sound: FakeSound, speech: FakeSpeech) -> None:
    Announcer(sound, speech, KNOWN, Settings()).announce(Cue(0.0, None, SayTurn(Side.LEFT), 3.0), "bridge")

    assert (sound.played, speech.said) == ([], ["left"])


def test_what_does_not_fit_before_the_next_cue_is_not_said(sound: FakeSound, speech: FakeSpeech) -> None:
    announcer = Announcer(sound, speech, KNOWN, Settings())

    announcer.announce(Cue(0.0, CueSound.SWITCH, SaySwitch(Side.LEFT), 1.0), "bridge")
    announcer.announce(Cue(0.0, CueSound.HALFWAY, SayHalfway(), 0.1), "bridge")

    assert sound.played == [CueSound.SWITCH, CueSound.HALFWAY]
    assert speech.said == ["Left side."]


def test_a_slow_voice_says_less(sound: FakeSound, speech: FakeSpeech) -> None:
    switch = Cue(0.0, CueSound.SWITCH, SaySwitch(Side.LEFT), 2.0)

    Announcer(sound, speech, KNOWN, Settings(voice_rate=-1.0)).announce(switch, "bridge")
    Announcer(sound, speech, KNOWN, Settings(voice_rate=1.0)).announce(switch, "bridge")

    assert speech.said == ["Left side.", "Switch sides. Left side."]


@pytest.mark.parametrize(
    "settings,said",
    [
        (Settings(), ["seven", "halfway"]),
        (Settings(say_counts=False), ["halfway"]),
        (Settings(say_steps=False), ["seven"]),
        (Settings(voice=False), []),
    ],
)
def test_the_person_chooses_what_is_said(
    sound: FakeSound, speech: FakeSpeech, settings: Settings, said: list[str]
) -> None:
    announcer = Announcer(sound, speech, KNOWN, settings)

    announcer.announce(SEVEN, "bridge")
    announcer.announce(HALFWAY, "bridge")

    assert speech.said == said
    assert len(sound.played) == 2


def test_switched_off_nothing_is_heard_until_it_is_switched_on(sound: FakeSound, speech: FakeSpeech) -> None:
    announcer = Announcer(sound, speech, KNOWN, Settings(sound=False, voice=False))
    assert announcer.muted
    assert announcer.silent
    announcer.announce(SEVEN, "bridge")
    assert (sound.played, speech.said) == ([], [])

    announcer.muted = False
    announcer.announce(SEVEN, "bridge")

    assert (sound.played, speech.said) == ([CueSound.UP], [])
    assert not announcer.silent


def test_a_voice_without_tones_still_speaks(sound: FakeSound, speech: FakeSpeech) -> None:
    announcer = Announcer(sound, speech, KNOWN, Settings(sound=False))

    announcer.announce(SEVEN, "bridge")

    assert not announcer.muted
    assert announcer.silent
    assert (sound.played, speech.said) == ([], ["seven"])


def test_without_any_device_nothing_happens() -> None:
    announcer = Announcer(None, None, KNOWN, Settings())

    announcer.announce(SEVEN, "bridge")
    announcer.hush()
    announcer.close()

    assert announcer.silent
    assert announcer.news() == ()


def test_each_trouble_is_told_once(sound: FakeSound, speech: FakeSpeech) -> None:
    announcer = Announcer(sound, speech, KNOWN, Settings())
    assert announcer.news() == ()

    sound.trouble = Trouble(TroubleKind.NO_DEVICE)
    assert announcer.news() == (Told(False, sound.trouble),)
    speech.trouble = Trouble(TroubleKind.SILENT)
    sound.trouble = Trouble(TroubleKind.NO_PLAYER)

    assert announcer.news() == (Told(True, speech.trouble),)
    assert announcer.news() == ()


def test_what_is_heard_again_is_told_and_so_is_its_next_failure(sound: FakeSound, speech: FakeSpeech) -> None:
    announcer = Announcer(sound, speech, KNOWN, Settings())
    for _ in range(2):
        sound.trouble = speech.trouble = Trouble(TroubleKind.SILENT)
        assert announcer.news() == (Told(False, sound.trouble), Told(True, speech.trouble))

        sound.trouble = None
        assert announcer.news() == (Told(False, None),)
        assert announcer.news() == ()

        speech.trouble = None
        assert announcer.news() == (Told(True, None),)


def test_a_sound_that_cannot_be_heard_is_silence_and_a_voice_is_not(sound: FakeSound, speech: FakeSpeech) -> None:
    announcer = Announcer(sound, speech, KNOWN, Settings())

    speech.trouble = Trouble(TroubleKind.NO_ENGINE)
    assert not announcer.silent

    sound.trouble = Trouble(TroubleKind.NO_DEVICE)
    assert announcer.silent


def test_hush_and_close_reach_the_devices(sound: FakeSound, speech: FakeSpeech) -> None:
    announcer = Announcer(sound, speech, KNOWN, Settings())

    announcer.hush()
    announcer.close()

    assert (speech.hushed, speech.closed, sound.closed) == (1, True, True)
