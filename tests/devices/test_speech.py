"""The voice is heard, a late sentence is not, and an engine that hangs or is missing holds up nobody."""

import shutil
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import psutil
import pytest

from coach.app.ports import Clock, TroubleKind
from coach.devices.speech import ChildSpeech, voices
from tests.devices.hearing import Ears, wait_until
from tests.devices.speaking import STARTS_S
from tests.fakes import FakeClock

VOICE = (sys.executable, "-c", "from coach.ui.voice import main; raise SystemExit(main())")
ONLY_MOCK = (
    sys.executable,
    "-c",
    (
        "from coach.ui import voice\n"
        "class Mock(voice.QTextToSpeech): availableEngines = staticmethod(lambda: ['mock'])\n"
        "voice.QTextToSpeech = Mock\n"
        "raise SystemExit(voice.main())"
    ),
)
ANSWERS = "print('ready', flush=True)\nfor line in sys.stdin: heard(line); print('ok', flush=True)"
GO = "import os\nwhile not os.path.exists({go!r}): time.sleep(0.01)\n" + ANSWERS
LONG = "This sentence goes on about the hip, the mat, the roller, the ball, the band and the chair, and never ends."
Fake = Callable[[str], tuple[str, ...]]

needs_engine = pytest.mark.skipif(
    not (shutil.which("speech-dispatcher") and shutil.which("espeak-ng")),
    reason="needs Debian's speech-dispatcher, speech-dispatcher-espeak-ng and espeak-ng",
)


class Maker:
    """Makes the adapters that a test needs, and closes them after it."""

    def __init__(self) -> None:
        self.made: list[ChildSpeech] = []

    def __call__(self, command: tuple[str, ...], clock: Clock = time.monotonic) -> ChildSpeech:
        speech = ChildSpeech(command, rate=0.0, volume=100, voice=None, clock=clock)
        self.made.append(speech)
        return speech


@pytest.fixture
def make() -> Iterator[Maker]:
    maker = Maker()
    yield maker
    for speech in maker.made:
        speech.close()


@pytest.fixture
def speech(make: Maker, ears: Ears) -> ChildSpeech:
    """Make a voice with a real engine, and wait until it can speak."""
    made = make(VOICE)
    wait_until(lambda: made.settled, STARTS_S)
    assert kind_of(made) is None
    return made


def kind_of(speech: ChildSpeech) -> TroubleKind | None:
    return None if speech.trouble is None else speech.trouble.kind


def end_of_speech(ears: Ears) -> float:
    """Wait until nothing is said any more, and return when the last sound was heard."""
    wait_until(lambda: ears.blocks[-1][0] - ears.last_loud() > 2.0, 30)
    return ears.last_loud()


@needs_engine
def test_a_sentence_is_heard(speech: ChildSpeech, ears: Ears) -> None:
    said = time.monotonic()

    speech.say("Clamshell, left side. Twelve reps. Get ready.")

    wait_until(lambda: ears.last_loud() > said)
    assert end_of_speech(ears) - ears.onsets(since=said)[0] > 1.5


@needs_engine
def test_a_new_sentence_takes_the_place_of_the_old(speech: ChildSpeech, ears: Ears) -> None:
    said = time.monotonic()
    speech.say(LONG)
    wait_until(lambda: ears.last_loud() > said)

    replaced = time.monotonic()
    speech.say("seven")

    assert end_of_speech(ears) - replaced < 4.0


@needs_engine
def test_hush_stops_in_mid_word(speech: ChildSpeech, ears: Ears) -> None:
    said = time.monotonic()
    speech.say(LONG)
    wait_until(lambda: ears.last_loud() > said)

    hushed = time.monotonic()
    speech.hush()

    assert end_of_speech(ears) - hushed < 2.0


@needs_engine
def test_the_voices_are_english_and_the_plain_ones_come_first(ears: Ears) -> None:
    found = voices(VOICE, timeout_s=STARTS_S)

    assert found.trouble is None
    assert found.engines
    assert "mock" not in found.engines
    assert found.voice.startswith("English")
    assert found.voice in found.voices
    assert "+" not in found.voices[0]


def test_the_silent_engine_counts_as_none(make: Maker) -> None:
    speech = make(ONLY_MOCK)

    wait_until(lambda: speech.settled, STARTS_S)

    assert kind_of(speech) is TroubleKind.NO_ENGINE
    speech.say("Nobody hears this.")
    listed = voices(ONLY_MOCK, timeout_s=STARTS_S)
    assert listed.voices == ()
    assert listed.trouble is not None
    assert listed.trouble.kind is TroubleKind.NO_ENGINE


@needs_engine
def test_a_daemon_that_is_not_there_counts_as_no_engine(make: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPEECHD_ADDRESS", "inet_socket:127.0.0.1:1")
    speech = make(VOICE)

    wait_until(lambda: speech.settled, STARTS_S)

    assert kind_of(speech) is TroubleKind.NO_ENGINE


@needs_engine
def test_a_daemon_that_hangs_is_told_and_left(
    make: Maker, clock: FakeClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket(socket.AF_UNIX) as hung:
        hung.bind(str(tmp_path / "hung"))
        hung.listen()
        hung.settimeout(STARTS_S)
        monkeypatch.setenv("SPEECHD_ADDRESS", f"unix_socket:{tmp_path / 'hung'}")
        speech = make(VOICE, clock)
        connection, _ = hung.accept()
        assert kind_of(speech) is None

        clock.advance(6.5)

        assert kind_of(speech) is TroubleKind.SILENT
        speech.close()
        wait_until(lambda: not helpers())
        connection.close()


def helpers() -> list[psutil.Process]:
    found = []
    for process in psutil.Process().children():
        with suppress(psutil.NoSuchProcess):  # it ended meanwhile; a zombie is one of these
            if "coach.ui.voice" in " ".join(process.cmdline()):
                found.append(process)
    return found


def test_a_missing_helper_is_told(make: Maker) -> None:
    speech = make(("/nonexistent/helper",))

    wait_until(lambda: speech.trouble is not None)

    speech.say("Nobody hears this.")
    speech.hush()
    assert voices(("/nonexistent/helper",)).trouble is not None


def test_a_voice_that_comes_late_is_still_welcome(make: Maker, fake: Fake, clock: FakeClock, tmp_path: Path) -> None:
    go = tmp_path / "go"
    speech = make(fake(GO.format(go=str(go))), clock)
    wait_until((tmp_path / "starts").exists)
    clock.advance(6.5)
    assert speech.trouble is not None

    go.touch()

    wait_until(lambda: speech.settled)
    assert kind_of(speech) is None


def test_a_sentence_before_the_voice_is_ready_is_said_if_it_is_the_newest_and_not_late(
    make: Maker, fake: Fake, clock: FakeClock, tmp_path: Path
) -> None:
    go, heard = tmp_path / "go", tmp_path / "heard"
    speech = make(fake(GO.format(go=str(go))), clock)
    speech.say("one")
    speech.say("two")
    clock.advance(0.2)

    go.touch()

    wait_until(lambda: heard.is_file() and heard.read_text().count("\n") == 2)
    assert heard.read_text() == '{"rate": 0.0, "volume": 1.0}\n{"say": "two"}\n'


def test_a_late_sentence_is_dropped(make: Maker, fake: Fake, clock: FakeClock, tmp_path: Path) -> None:
    go, heard = tmp_path / "go", tmp_path / "heard"
    speech = make(fake(GO.format(go=str(go))), clock)
    speech.say("one")
    clock.advance(0.3)

    go.touch()
    wait_until(lambda: speech.settled)
    speech.say("two")

    wait_until(lambda: heard.is_file() and heard.read_text().count("\n") == 2)
    assert "one" not in heard.read_text()


def test_a_hanging_helper_holds_up_nobody_and_is_told_after_its_second_life(
    make: Maker, fake: Fake, clock: FakeClock, tmp_path: Path
) -> None:
    speech = make(fake("print('ready', flush=True)\ntime.sleep(600)"), clock)
    wait_until(lambda: speech.settled)
    began = time.monotonic()

    for _ in range(5_000):
        speech.say("A sentence that nobody reads, again and again and again.")

    assert time.monotonic() - began < 5.0
    clock.advance(6.5)
    assert kind_of(speech) is None
    wait_until(lambda: (tmp_path / "starts").read_text() == "start\n" * 2 and speech.settled)
    speech.say("Still nobody.")
    clock.advance(6.5)
    assert kind_of(speech) is None
    wait_until(lambda: speech.trouble is not None)
    assert kind_of(speech) is TroubleKind.SILENT


@pytest.mark.parametrize(("lived_s", "starts"), [(61.0, 3), (59.0, 2)])
def test_a_helper_that_has_lived_a_minute_has_its_lives_back(
    make: Maker, fake: Fake, clock: FakeClock, tmp_path: Path, lived_s: float, starts: int
) -> None:
    dies = "print('ready', flush=True)\nsys.stdin.readline()\nprint('ok', flush=True)\nsys.stdin.readline()"
    speech = make(fake(dies), clock)
    child = speech._child
    for life in range(1, starts + 1):
        # It has taken the manner, too: only what is said now is its end.
        wait_until(partial(lambda life: child.starts == life and child.ready and child.answer == "ok", life))
        clock.advance(lived_s if life == 2 else 1.0)
        speech.say("The end of this one.")
    wait_until(lambda: speech.trouble is not None)

    assert (tmp_path / "starts").read_text() == "start\n" * starts


def test_a_sentence_may_hold_anything(make: Maker, fake: Fake, tmp_path: Path) -> None:
    heard = tmp_path / "heard"
    speech = make(fake(ANSWERS))
    wait_until(lambda: speech.settled)

    speech.say('Fünf "Wieder\nholungen" \ud800 \0 </speak>')
    speech.say("x" * 100_000)
    speech.say("end")

    wait_until(lambda: heard.is_file() and '"end"' in heard.read_text())
    assert heard.read_text().count("\n") == 4
