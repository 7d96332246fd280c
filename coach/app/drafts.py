"""Routines that are being worked on, on disk with every edit: a crash or a kill loses nothing that was typed."""

import json
import logging
import threading
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from coach.core.routine.editing.draft import Draft
from coach.files import atomic
from coach.paths import FOLDER_MODE

_SUFFIX = ".draft.json"
_LARGEST = 8 * 2**20
FLUSH_S = 10.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft with what has to be known of it to go on."""

    uid: str
    draft: Draft
    base: Draft | None = None
    """What was handed out last; None for a routine that never was."""
    file: str = ""
    """Where it was saved last."""
    own: bool = False
    """It was put among the person's own routines."""
    changed: str = ""
    """When it was worked on last, ISO."""


class DraftFiles:
    """The drafts of a data folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def all(self) -> tuple[Kept, ...]:
        """Every draft that can be read, the one worked on last first."""
        found = [self._read(path) for path in sorted(self._folder.glob(f"*{_SUFFIX}"))]
        return tuple(sorted((one for one in found if one is not None), key=lambda one: one.changed, reverse=True))

    def write(self, kept: Kept) -> None:
        """Keep a draft, whole or as it was before. Raises OSError."""
        self._folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
        atomic.write_bytes(self._path(kept.uid), _data(kept))

    def remove(self, uid: str) -> None:
        """Keep a draft no longer. Raises OSError."""
        self._path(uid).unlink(missing_ok=True)

    def _path(self, uid: str) -> Path:
        return self._folder / f"{uid}{_SUFFIX}"

    def _read(self, path: Path) -> Kept | None:
        try:
            if not path.is_file() or path.stat().st_size > _LARGEST:
                return None
            plain = json.loads(path.read_bytes())
        except (OSError, ValueError, RecursionError):
            return None
        if not isinstance(plain, dict) or not isinstance(plain.get("draft"), dict):
            return None
        base = plain.get("base")
        return Kept(
            path.name.removesuffix(_SUFFIX),
            Draft(plain["draft"]),
            Draft(base) if isinstance(base, dict) else None,
            file=str(plain.get("file", "")),
            own=plain.get("own") is True,
            changed=str(plain.get("changed", "")),
        )


class DraftKeeper:
    """Brings each state of a draft to disk on a thread of its own; while one is written only the latest waits."""

    def __init__(self, files: DraftFiles) -> None:
        self._files = files
        self._changed = threading.Condition()
        self._latest: Kept | None = None
        self._writing = False
        self._ending = False
        self.trouble: OSError | None = None
        """Why the latest state is not on disk; None if it is, or waits."""
        self._thread = threading.Thread(target=self._run, name="draft", daemon=True)
        self._thread.start()

    def keep(self, kept: Kept) -> None:
        """Hand a state over; returns at once."""
        with self._changed:
            self._latest = kept
            self._changed.notify_all()

    def flush(self, timeout_s: float = FLUSH_S) -> bool:
        """Wait until what was handed over is on disk; False if it could not be written."""
        with self._changed:
            self._changed.wait_for(lambda: self._latest is None and not self._writing, timeout_s)
            return self._latest is None and not self._writing and self.trouble is None

    def close(self) -> None:
        """Write what waits and end the thread."""
        with self._changed:
            self._ending = True
            self._changed.notify_all()
        self._thread.join(FLUSH_S)

    def forget(self, uid: str) -> None:
        """Keep this draft no longer, nor what waits of it. Raises OSError."""
        with self._changed:
            self._latest = None
            self._changed.wait_for(lambda: not self._writing, FLUSH_S)
        self._files.remove(uid)

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._latest is not None or self._ending)
                kept, self._latest = self._latest, None
                if kept is None:
                    return
                self._writing = True
            trouble: OSError | None = None
            try:
                self._files.write(kept)
            except OSError as error:
                trouble = error
                _log.warning("a draft was not kept: %s", type(error).__name__)
            with self._changed:
                self._writing, self.trouble = False, trouble
                self._changed.notify_all()


def renewed(kept: Kept, draft: Draft, changed: str) -> Kept:
    """The same draft, further on."""
    return replace(kept, draft=draft, changed=changed)


def _data(kept: Kept) -> bytes:
    plain = {
        "draft": kept.draft.plain,
        "base": None if kept.base is None else kept.base.plain,
        "file": kept.file,
        "own": kept.own,
        "changed": kept.changed,
    }
    with suppress(UnicodeEncodeError):
        return json.dumps(plain, ensure_ascii=False).encode()
    return json.dumps(plain).encode()  # it holds what UTF-8 cannot say
