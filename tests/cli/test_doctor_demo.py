"""`coach doctor` and `coach demo`."""

import json
from pathlib import Path

import pytest

from coach.__main__ import surroundings
from coach.app.ports import Trouble, TroubleKind
from coach.devices import speech
from tests.cli.program import coach
from tests.cli.reading import log_of

NAMES = {
    "folder",
    "log",
    "copies",
    "disk",
    "settings",
    "exercises",
    "sound",
    "display",
    "fonts",
    "voice",
    "zone",
    "versions",
}


def test_the_doctor_looks_at_everything(coach_home: Path) -> None:
    coach("log", "day", "--morning", "1")

    done = coach("doctor", "--json")

    report = done.json()
    assert done.status == 0, done
    assert report["ok"]
    assert {check["name"] for check in report["checks"]} == NAMES
    by_name = {check["name"]: check for check in report["checks"]}
    assert by_name["display"]["ok"] is False
    assert all(check["advice"] for check in report["checks"] if not check["ok"])


def test_a_damaged_log_is_found(coach_home: Path) -> None:
    coach("log", "day", "--morning", "1")
    data = bytearray((coach_home / "coach.db").read_bytes())
    data[5000:9000] = bytes(4000)
    (coach_home / "coach.db").write_bytes(data)

    done = coach("doctor")

    (line,) = [line for line in done.lines if line.startswith("log ")]
    assert done.status == 3
    assert "look" in line
    assert "coach restore" in line


def test_a_data_folder_that_cannot_be_made_is_found(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")

    done = coach("doctor", COACH_HOME=str(tmp_path / "file" / "home"))

    (line,) = [line for line in done.lines if line.startswith("folder ")]
    assert done.status == 3
    assert "cannot be made" in line


def test_the_demo_needs_a_display(coach_home: Path) -> None:
    done = coach("demo")

    assert done.status == 3
    assert len(done.err.splitlines()) == 1
    assert list(coach_home.iterdir()) == []


def test_a_demo_can_be_kept(tmp_path: Path, coach_home: Path) -> None:
    done = coach("demo", "--weeks", "8", "--keep", tmp_path / "made-up")
    again = coach("demo", "--weeks", "8", "--keep", tmp_path / "made-up")

    assert done.status == 0
    assert again.status == 2
    assert list(coach_home.iterdir()) == []
    with log_of(tmp_path / "made-up") as log:
        assert len(log.sessions()) > 15
    assert json.loads((tmp_path / "made-up" / "settings.json").read_text(encoding="utf-8"))["set_up"] is True


@pytest.mark.parametrize(
    "kind, found, advised",
    [
        (TroubleKind.SILENT, "the speech service does not answer", "sound device"),
        (TroubleKind.NO_ENGINE, "no engine", "Install a voice"),
    ],
)
def test_a_voice_that_is_there_but_silent_is_no_voice_to_install(
    kind: TroubleKind, found: str, advised: str, coach_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speech, "voices", lambda *_: speech.Voices(trouble=Trouble(kind)))

    *_, voice = surroundings().shell.checks()

    assert (voice.name, voice.ok, voice.found) == ("voice", False, found)
    assert advised in voice.advice
    assert "sessions run without" in voice.advice.lower()
