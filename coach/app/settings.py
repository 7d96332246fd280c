"""The person's settings: one frozen value, one JSON file, read field by field if a part of it is damaged."""

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from coach.app.window_lock import WindowLock
from coach.core.routine.exercise import PainSite
from coach.core.routine.routine import BodySide
from coach.files import atomic

FIRST_ROUTINE = "first-days"
_NAME = "settings.json"
_LOCK = "settings.lock"
_LOCK_TRIES = 30
"""About a second: whoever writes has it for some milliseconds."""


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
    trouble: OSError | None = None
    """Why the file cannot be looked at now, though it is there: nothing is written over it."""

    @property
    def unread(self) -> bool:
        """Whether there is a file of which nothing could be read."""
        return _NAME in self.refused


Stamp = tuple[int, int, int] | None
"""What tells one state of a file from another; None where there is no file."""


class SettingsFile:
    """The settings on disk, which the window and the terminal both write.

    What was damaged is never written over: it is first kept beside them. `log` is the person's log: where there is
    one, settings that cannot be read are no first start.
    """

    def __init__(self, path: Path, log: Path | None = None) -> None:
        self._path = path
        self._log = log

    def read(self) -> ReadSettings:
        """Read them; a missing file is a first start, a damaged one is told by its fields."""
        try:
            raw = _decoded(self._path.read_bytes())
        except FileNotFoundError:
            return ReadSettings(Settings())
        except OSError as error:
            return self._unread(error)
        if raw is None:
            return self._unread()
        try:
            return ReadSettings(msgspec.convert(raw, Settings))
        except msgspec.ValidationError:
            return _by_field(raw)

    def change(self, act: Callable[[Settings], Settings], known: Settings | None = None) -> Settings:
        """Do `act` to the settings as they are on disk now, and write them; return what they are then.

        `known` are those of before, for the case that the file is damaged or gone. Raises OSError; the file then is as
        it was.
        """
        with self._alone():
            found = self.read()
            if found.trouble is not None:
                raise found.trouble
            gone = not self._path.exists()
            before = known if known is not None and (gone or found.unread) else found.settings
            after = act(before)
            if gone or found.refused or after != found.settings:
                self._write(after)
            return after

    def write(self, settings: Settings) -> None:
        """Write them whole; keys that a newer version wrote are kept. Raises OSError."""
        with self._alone():
            self._write(settings)

    def stamp(self) -> Stamp:
        """What tells whether another process has written them since."""
        return stamp(self._path)

    def kept_as(self) -> Path:
        """Where a damaged file is kept before anything is written over it, named after when it was written last.

        Raises OSError.
        """
        written = datetime.fromtimestamp(self._path.stat().st_mtime, UTC)
        return self._path.with_name(f"settings-damaged-{written:%Y-%m-%dT%H%M%SZ}.json")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        lock = WindowLock(self._path.with_name(_LOCK))
        try:
            held = lock.acquire(_LOCK_TRIES)
        except OSError as error:
            error.filename = str(self._path)  # the lock's own name tells nobody anything
            raise
        if not held:
            raise BlockingIOError(errno.EAGAIN, "in use", str(self._path))
        try:
            yield
        finally:
            lock.release()

    def _write(self, settings: Settings) -> None:
        own = set(Settings.__struct_fields__)
        foreign = {key: value for key, value in self._written().items() if key not in own}
        whole = {**foreign, **msgspec.json.decode(msgspec.json.encode(settings), type=dict[str, Any])}
        atomic.write_bytes(self._path, msgspec.json.format(msgspec.json.encode(whole), indent=2) + b"\n")

    def _written(self) -> dict[str, Any]:  # plain JSON of any shape
        """What is there; if it is damaged, nothing, and it is kept beside."""
        try:
            data = self._path.read_bytes()
        except FileNotFoundError:
            return {}
        raw = _decoded(data)
        if raw is None:
            # A copy, not a new name: a kill right now leaves the damaged file, and the same is done again.
            atomic.write_bytes(self._free_name(data), data)
        return raw or {}

    def _free_name(self, data: bytes) -> Path:
        first = name = self.kept_as()
        number = 2
        while name.exists():
            with suppress(OSError):
                if name.read_bytes() == data:
                    return name
            name, number = first.with_stem(f"{first.stem}-{number}"), number + 1
        return name

    def _unread(self, error: OSError | None = None) -> ReadSettings:
        begun = self._log is not None and self._log.exists()
        return ReadSettings(Settings(set_up=begun), (_NAME,), error)


def stamp(path: Path) -> Stamp:
    """What tells one state of a file, or of the names in a folder, from another."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size


def _decoded(data: bytes) -> dict[str, Any] | None:  # plain JSON of any shape
    try:
        raw = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
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
