"""Is all well? What can be looked at without a window: data folder, log, copies, disk, sound, versions."""

import locale
import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from threading import Event

from coach.app.errors import StoreError
from coach.app.ports import Sound
from coach.app.surroundings import Check, Surroundings
from coach.paths import Home
from coach.store import backup, check
from coach.store.connection import SQLITE, header

ESSENTIAL = frozenset({"folder", "log", "disk", "exercises"})
"""Without these the program is of no use; without the others it is less comfortable."""

_LITTLE_ROOM = 100 * 2**20
_SOUND_S = 6.0
_LOOK_S = 0.05
_SYNCED = ("onedrive", "dropbox", "icloud", "mobile documents", "google drive", "googledrive", "nextcloud")


def checks(surroundings: Surroundings, failure: Callable[[Exception], str]) -> Iterator[Check]:
    """Each thing that was looked at, as soon as it was; `failure` says in words what an error means."""
    home = surroundings.home
    yield _folder(home)
    yield from _synced(home)
    yield _log(surroundings, failure)
    yield _copies(home)
    yield _disk(home)
    yield _settings(surroundings)
    yield _exercises(surroundings)
    yield _sound(surroundings)
    yield from surroundings.shell.checks()
    yield _zone(surroundings)
    yield versions()


def _folder(home: Home) -> Check:
    folder = home.folder
    if not os.access(folder, os.F_OK):
        above = next(one for one in folder.parents if os.access(one, os.F_OK))
        if not (above.is_dir() and os.access(above, os.W_OK | os.X_OK)):
            return Check("folder", False, f"{folder} cannot be made", f"Check whose folder it is: {above}")
        return Check("folder", True, f"{folder}, made on the first use")
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return Check("folder", False, f"{folder} cannot be written to", "Check whose folder it is.")
    loose = [] if os.name == "nt" else [path for path in _own_files(home) if path.stat().st_mode & 0o077]
    if loose:
        names = ", ".join(path.name or str(path) for path in loose[:3])
        return Check("folder", False, f"others may read {names} in {folder}", f"chmod -R go= '{folder}'")
    return Check("folder", True, f"{folder}, for you alone")


def _own_files(home: Home) -> Iterator[Path]:
    for path in (home.folder, home.database, home.settings, home.backups, home.routines, home.logs):
        if path.exists():
            yield path
            if path.is_dir() and path != home.folder:
                yield from path.iterdir()


def _synced(home: Home) -> Iterator[Check]:
    lowered = str(home.folder).lower()
    if any(name in lowered for name in _SYNCED):
        advice = "Such services copy files while they are being written. Set COACH_HOME to a folder outside."
        yield Check("sync", False, f"{home.folder} lies in a synchronised folder", advice)


def _log(surroundings: Surroundings, failure: Callable[[Exception], str]) -> Check:
    home = surroundings.home
    try:
        log = surroundings.read_log()
    except StoreError as error:
        return Check("log", False, failure(error))
    try:
        if not home.database.exists():
            return Check("log", True, "not begun yet")
        findings = check.deep(log.conn)
        if not findings.sound:
            return Check("log", False, "damaged", "Restore the newest copy: coach restore FILE")
        size = home.database.stat().st_size
        found = f"sound, {len(log.sessions())} sessions, {_megabytes(size)}, format {header(log.conn).version}"
        return Check("log", True, found)
    except StoreError as error:
        return Check("log", False, failure(error))
    finally:
        log.close()


def _copies(home: Home) -> Check:
    try:
        newest = backup.newest_good(home.backups)
        there = len(backup.kept(home.backups))
    except StoreError:
        return Check("copies", False, "the folder cannot be read", f"Check whose folder it is: {home.backups}")
    if newest is None and there:
        return Check("copies", False, f"none of the {there} copies is sound", "Make one now: coach backup OUT")
    if newest is None:
        return Check("copies", True, "none yet; the first is made after a session")
    return Check("copies", True, f"{there} kept, the newest sound one of {newest.day}")


def _disk(home: Home) -> Check:
    at = home.folder
    while not at.exists() and at != at.parent:
        at = at.parent
    try:
        free = shutil.disk_usage(at).free
    except OSError as error:
        return Check("disk", False, error.strerror or "cannot be asked")
    if free < _LITTLE_ROOM:
        return Check("disk", False, f"{_megabytes(free)} free", "Free some space; what was saved stays safe.")
    return Check("disk", True, f"{free / 2**30:.1f} GB free")


def _megabytes(size: int) -> str:
    return f"{size / 2**20:.1f} MB"


def _settings(surroundings: Surroundings) -> Check:
    refused = surroundings.settings_file().read().refused
    if refused:
        return Check("settings", False, f"not understood: {', '.join(refused)}", "Open Settings and choose anew.")
    return Check("settings", True, "understood")


def _exercises(surroundings: Surroundings) -> Check:
    routines = surroundings.routines()
    try:
        exercises, listed = len(routines.library), len(routines.all())
    except OSError:
        return Check("exercises", False, "the exercise library is missing", "Install the program anew.")
    good = exercises > 0 and listed > 0
    return Check("exercises", good, f"{exercises} exercises, {listed} routines", "" if good else "Install it anew.")


def _sound(surroundings: Surroundings) -> Check:
    settings = surroundings.settings_file().read().settings
    sound = surroundings.make_sound(settings)
    try:
        _wait_until_known(sound, surroundings.clock)
        if sound.trouble is not None:
            found = f"{sound.trouble.kind.replace('_', ' ')}: {sound.trouble.detail}".rstrip(": ")
            return Check(
                "sound", False, found, "Check that a loudspeaker is there and not muted; sessions run without."
            )
        return Check("sound", True, "a player is ready; only your ears can say that it is heard")
    finally:
        sound.close()


def _wait_until_known(sound: Sound, clock: Callable[[], float]) -> None:
    until = clock() + _SOUND_S
    while clock() < until and sound.trouble is None:
        # The helper that is ready tells no more; the second choice must first have tried a sound.
        if sound.settled and not getattr(sound, "fell_back", False):
            return
        Event().wait(_LOOK_S)


def _zone(surroundings: Surroundings) -> Check:
    now = surroundings.calendar.now()
    # The name that Python itself uses; no setting of ours changes numbers or dates in files.
    language = ".".join(part for part in locale.getlocale() if part) or "C"
    return Check("zone", True, f"{surroundings.calendar.zone()}, now {now:%Y-%m-%d %H:%M}, locale {language}")


def versions() -> Check:
    """What the program runs on."""
    parts = [f"Python {platform.python_version()}", _version("PySide6-Essentials"), f"SQLite {SQLITE}"]
    return Check("versions", True, f"{', '.join(parts)} on {platform.system()} {platform.machine()} ({sys.platform})")


def _version(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return package
