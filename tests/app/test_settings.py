"""The settings file: read field by field where it is damaged, written whole or not at all."""

import errno
import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import get_args, get_type_hints

import msgspec
import pytest

from coach.app.settings import FIRST_ROUTINE, ReadSettings, Settings, SettingsFile
from coach.app.window_lock import WindowLock
from coach.core.routine.exercise import PainSite
from coach.core.routine.routine import BodySide
from coach.words.failures import failure


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def test_a_missing_file_is_a_first_start(path: Path) -> None:
    assert SettingsFile(path).read() == ReadSettings(Settings())
    assert Settings().in_use == (FIRST_ROUTINE,)
    assert not Settings().set_up


def test_what_is_written_is_read_back(path: Path) -> None:
    chosen = Settings(
        set_up=True,
        hip="right",
        pain_sites=(PainSite.GROIN, PainSite.BACK),
        in_use=("strength-a", "mine"),
        volume=0,
        voice_rate=-0.5,
        countdown=0,
        self_paced=True,
        appearance="dark",
        units="mi",
        first_weekday=6,
    )

    SettingsFile(path).write(chosen)

    assert SettingsFile(path).read() == ReadSettings(chosen)


@pytest.mark.parametrize(
    "field,bad",
    [
        ("volume", 101),
        ("volume", -1),
        ("volume", "loud"),
        ("volume", 55.5),
        ("voice_rate", 1.5),
        ("countdown", 11),
        ("hip", "both hips"),
        ("pain_sites", ["knee"]),
        ("pain_sites", "groin"),
        ("in_use", [1]),
        ("in_use", None),
        ("sound", "yes"),
        ("sound", 1),
        ("appearance", "sepia"),
        ("first_weekday", 7),
        ("units", {}),
    ],
)
def test_a_field_that_makes_no_sense_is_told_and_the_others_stay(path: Path, field: str, bad: object) -> None:
    good = {"set_up": True, "screened": "2026-11-20", "say_steps": False}
    path.write_text(json.dumps({**good, field: bad}))

    read = SettingsFile(path).read()

    assert read.refused == (field,)
    assert read.settings == msgspec.convert(good, Settings)


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"hip": "\xff"}', b"\xff\xfe{\0}\0", b"[" * 100_000])
def test_a_file_that_is_no_json_is_told_and_read_as_a_first_start(path: Path, data: bytes) -> None:
    path.write_bytes(data)

    assert SettingsFile(path).read() == ReadSettings(Settings(), ("settings.json",))


def test_two_bad_fields_are_both_told(path: Path) -> None:
    path.write_text('{"volume": "x", "hip": 3, "set_up": true}')

    read = SettingsFile(path).read()

    assert set(read.refused) == {"volume", "hip"}
    assert read.settings == Settings(set_up=True)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b'"text"', b"\xff\xfe{}", b"\x00" * 64, b"[" * 100_000, b'{"a":' * 100_000],
    ids=["empty", "cut off", "a list", "null", "a text", "not UTF-8", "zeros", "deep list", "deep object"],
)
def test_a_file_that_is_no_settings_at_all_is_told_and_can_be_written_again(path: Path, content: bytes) -> None:
    path.write_bytes(content)

    read = SettingsFile(path).read()

    assert read == ReadSettings(Settings(), ("settings.json",))
    SettingsFile(path).write(Settings(set_up=True))
    assert SettingsFile(path).read() == ReadSettings(Settings(set_up=True))


def test_a_folder_in_its_place_is_told(path: Path) -> None:
    path.mkdir()

    assert SettingsFile(path).read().refused == ("settings.json",)


def test_keys_of_a_newer_version_are_kept(path: Path) -> None:
    path.write_text('{"volume": 20, "metronome": {"bpm": 170}, "x": null}')
    file = SettingsFile(path)

    file.write(msgspec.structs.replace(file.read().settings, volume=30))

    assert json.loads(path.read_text()) == {"volume": 30, "metronome": {"bpm": 170}, "x": None}


def test_a_field_that_is_back_at_its_default_leaves_the_file(path: Path) -> None:
    path.write_text('{"volume": 20, "hip": "left"}')

    SettingsFile(path).write(Settings(hip="left"))

    assert json.loads(path.read_text()) == {"hip": "left"}


def test_the_file_is_whole_at_every_moment(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = SettingsFile(path)
    file.write(Settings(volume=20))
    before = path.read_bytes()

    def fails(*arguments: object) -> None:
        assert path.read_bytes() == before
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(OSError, match="No space left"):
        file.write(Settings(volume=30))

    assert path.read_bytes() == before
    assert {file.name for file in path.parent.iterdir()} == {path.name, "settings.lock"}


@pytest.mark.skipif(os.name != "posix", reason="no modes elsewhere")
def test_the_file_is_the_persons_alone(path: Path) -> None:
    SettingsFile(path).write(Settings())

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "hip,side", [("left", BodySide.LEFT), ("right", BodySide.RIGHT), ("both", None), ("unknown", None)]
)
def test_the_affected_side_is_known_where_it_is_one(hip: str, side: BodySide | None) -> None:
    assert msgspec.convert({"hip": hip}, Settings).home_side is side


_CHANGES = """
import sys
from pathlib import Path
from msgspec.structs import replace
from coach.app.settings import SettingsFile
file = SettingsFile(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
for n in range(25):
    file.change(lambda known: replace(known, in_use=(*known.in_use, f"{sys.argv[2]}-{n}")))
"""


def test_two_processes_that_change_the_same_field_lose_nothing_of_each_other(path: Path) -> None:
    command = [sys.executable, "-c", _CHANGES, str(path)]
    both = [
        subprocess.Popen([*command, name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for name in "ab"
    ]
    for one in both:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"

    for one in both:
        one.communicate("go\n", timeout=60)

    assert [one.returncode for one in both] == [0, 0]
    chosen = SettingsFile(path).read().settings.in_use
    assert set(chosen) == {FIRST_ROUTINE, *(f"{name}-{n}" for name in "ab" for n in range(25))}


def test_only_what_is_named_changes(path: Path) -> None:
    SettingsFile(path).write(Settings(hip="left", in_use=("mine",)))

    SettingsFile(path).change(lambda known: msgspec.structs.replace(known, volume=70))

    assert SettingsFile(path).read().settings == Settings(hip="left", in_use=("mine",), volume=70)


def test_whoever_has_the_lock_for_long_is_not_overrun(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    SettingsFile(path).write(Settings(hip="left"))
    lock = WindowLock(path.with_name("settings.lock"))
    assert lock.acquire()
    monkeypatch.setattr("coach.app.settings._LOCK_TRIES", 1)

    with pytest.raises(BlockingIOError) as error:
        SettingsFile(path).change(lambda known: Settings())

    lock.release()
    assert error.value.filename == str(path)
    assert "being written by another program" in failure(error.value)
    assert SettingsFile(path).read().settings == Settings(hip="left")


DAMAGED = b'{"set_up": true, "hip": "left", "in_use": ["physio"'


def damaged(path: Path) -> list[Path]:
    return sorted(path.parent.glob("settings-damaged-*"))


@pytest.mark.parametrize("act", ["write", "change"])
def test_a_damaged_file_is_kept_before_anything_is_written_over_it(path: Path, act: str) -> None:
    path.write_bytes(DAMAGED)
    os.utime(path, (1_800_000_000, 1_800_000_000))
    file = SettingsFile(path)

    if act == "write":
        file.write(Settings(volume=70))
    else:
        file.change(lambda known: msgspec.structs.replace(known, volume=70))

    assert file.read() == ReadSettings(Settings(volume=70))
    assert damaged(path) == [path.with_name("settings-damaged-2027-01-15T080000Z.json")]
    assert damaged(path)[0].read_bytes() == DAMAGED


def test_a_second_damaged_file_takes_nothing_from_the_first(path: Path) -> None:
    for data in (b"one", b"two", b"two"):
        path.write_bytes(data)
        os.utime(path, (1_800_000_000, 1_800_000_000))
        SettingsFile(path).write(Settings())

    assert sorted(file.read_bytes() for file in damaged(path)) == [b"one", b"two"]


def test_what_is_known_already_is_written_in_place_of_what_was_damaged(path: Path) -> None:
    known = Settings(set_up=True, hip="left", in_use=("physio",))
    path.write_bytes(DAMAGED)

    SettingsFile(path).change(lambda settings: msgspec.structs.replace(settings, volume=70), known)

    assert SettingsFile(path).read().settings == msgspec.structs.replace(known, volume=70)


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO])
def test_nothing_is_written_over_a_file_that_only_cannot_be_read_now(
    path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = SettingsFile(path)
    file.write(Settings(hip="left"))
    before = path.read_bytes()

    def fails(self: Path) -> bytes:
        raise OSError(number, "no", str(self))

    monkeypatch.setattr(Path, "read_bytes", fails)
    read = file.read()
    with pytest.raises(OSError, match="no"):
        file.change(lambda known: msgspec.structs.replace(known, volume=70))
    with pytest.raises(OSError, match="no"):
        file.write(Settings())
    monkeypatch.undo()

    assert read.unread
    assert read.trouble is not None
    assert path.read_bytes() == before
    assert damaged(path) == []


@pytest.mark.parametrize("log", [True, False])
def test_where_there_is_a_log_damaged_settings_are_no_first_start(path: Path, log: bool) -> None:
    path.write_bytes(DAMAGED)
    if log:
        path.with_name("coach.db").touch()
    file = SettingsFile(path, path.with_name("coach.db"))

    assert file.read().settings == Settings(set_up=log)
    file.change(lambda known: msgspec.structs.replace(known, volume=70))
    assert file.read().settings == Settings(set_up=log, volume=70)


def test_there_is_a_setting_for_each_skin_and_hair_that_can_be_drawn() -> None:
    from coach.ui.tokens import HairColour, SkinTone

    for field, drawn in (("skin", SkinTone), ("hair", HairColour)):
        assert {str(one) for one in drawn} == set(get_args(get_type_hints(Settings)[field]))
