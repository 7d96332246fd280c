"""The settings file: read field by field where it is damaged, written whole or not at all."""

import json
import os
import stat
from pathlib import Path
from typing import get_args, get_type_hints

import msgspec
import pytest

from coach.app.settings import FIRST_ROUTINE, ReadSettings, Settings, SettingsFile
from coach.core.routine.exercise import PainSite
from coach.core.routine.routine import BodySide


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
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.skipif(os.name != "posix", reason="no modes elsewhere")
def test_the_file_is_the_persons_alone(path: Path) -> None:
    SettingsFile(path).write(Settings())

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "hip,side", [("left", BodySide.LEFT), ("right", BodySide.RIGHT), ("both", None), ("unknown", None)]
)
def test_the_affected_side_is_known_where_it_is_one(hip: str, side: BodySide | None) -> None:
    assert msgspec.convert({"hip": hip}, Settings).home_side is side


def test_there_is_a_setting_for_each_skin_and_hair_that_can_be_drawn() -> None:
    from coach.ui.tokens import HairColour, SkinTone

    for field, drawn in (("skin", SkinTone), ("hair", HairColour)):
        assert {str(one) for one in drawn} == set(get_args(get_type_hints(Settings)[field]))
