"""The person's settings: one frozen value, one JSON file, read field by field if a part of it is damaged."""

from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from coach.core.routine.exercise import PainSite
from coach.core.routine.routine import BodySide
from coach.files import atomic

FIRST_ROUTINE = "first-days"


class Settings(Struct, frozen=True, omit_defaults=True):
    """What the person chose."""

    version: int = 1
    set_up: bool = False
    hip: Literal["left", "right", "both", "unknown"] = "unknown"
    pain_sites: tuple[PainSite, ...] = ()
    screened: str = ""
    """The day of the last red-flag screen, ISO."""
    in_use: tuple[str, ...] = (FIRST_ROUTINE,)
    """Ids of the routines in use."""

    prescriber_name: str = ""
    prescriber_contact: str = ""
    """Who the routines made here come from, as in the last one; for the next one."""

    sound: bool = True
    volume: Annotated[int, Meta(ge=0, le=100)] = 80
    voice: bool = True
    voice_name: str = ""
    voice_rate: Annotated[float, Meta(ge=-1, le=1)] = 0.0
    say_counts: bool = True
    say_steps: bool = True
    countdown: Annotated[int, Meta(ge=0, le=10)] = 3
    """How many last seconds are ticked."""
    self_paced: bool = False
    """Space counts each rep, instead of the coach's beat."""

    reminders: bool = True
    """Whether the desktop shows a notice when a question is open and the window is out of sight."""
    remind_at: Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9](?!\n)$")] = "08:00"
    """From when on the morning is called for, by the clock on the wall."""
    tray: bool = False
    """Whether closing the window leaves the program in the tray."""

    appearance: Literal["system", "light", "dark"] = "system"
    less_motion: bool = False
    skin: Literal["fair", "light", "tan", "olive", "brown", "deep"] = "light"
    hair: Literal["black", "brown", "red", "blond", "grey"] = "brown"
    """Of the figure that shows the exercises."""
    units: Literal["km", "mi"] = "km"
    first_weekday: Annotated[int, Meta(ge=0, le=6)] = 0

    @property
    def home_side(self) -> BodySide | None:
        """The affected side, where it is one."""
        return BodySide(self.hip) if self.hip in ("left", "right") else None


class ReadSettings(Struct, frozen=True):
    """Settings as they were read; `refused` are the fields whose values made no sense and were left at default."""

    settings: Settings
    refused: tuple[str, ...] = ()


class SettingsFile:
    """The settings on disk."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> ReadSettings:
        """Read them; a missing file is a first start, a damaged one is told by its fields."""
        raw = self._raw()
        if raw is None:
            return ReadSettings(Settings(), ("settings.json",))
        try:
            return ReadSettings(msgspec.convert(raw, Settings))
        except msgspec.ValidationError:
            return _by_field(raw)

    def write(self, settings: Settings) -> None:
        """Write them whole; keys that a newer version wrote are kept. Raises OSError."""
        known = msgspec.json.encode(settings)
        own = set(Settings.__struct_fields__)
        foreign = {key: value for key, value in (self._raw() or {}).items() if key not in own}
        whole = {**foreign, **msgspec.json.decode(known, type=dict[str, Any])}
        atomic.write_bytes(self._path, msgspec.json.format(msgspec.json.encode(whole), indent=2) + b"\n")

    def _raw(self) -> dict[str, Any] | None:  # plain JSON of any shape
        try:
            raw = msgspec.json.decode(self._path.read_bytes())
        except FileNotFoundError:
            return {}
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, OSError):
            return None
        return raw if isinstance(raw, dict) else None


def _by_field(raw: dict[str, Any]) -> ReadSettings:
    good: dict[str, Any] = {}
    refused: list[str] = []
    for key in Settings.__struct_fields__:
        if key not in raw:
            continue
        try:
            msgspec.convert({key: raw[key]}, Settings)
        except msgspec.ValidationError:
            refused.append(key)
        else:
            good[key] = raw[key]
    return ReadSettings(msgspec.convert(good, Settings), tuple(refused))
