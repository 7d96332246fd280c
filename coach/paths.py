"""Where everything lies that the program keeps."""

import errno
import os
from pathlib import Path

from msgspec import Struct

FOLDER_MODE = 0o700


class Home(Struct, frozen=True):
    """The data folder and what lies in it."""

    folder: Path

    @property
    def database(self) -> Path:
        """The log."""
        return self.folder / "coach.db"

    @property
    def backups(self) -> Path:
        """Verified copies of the log."""
        return self.folder / "backups"

    @property
    def routines(self) -> Path:
        """Routine files that were taken in."""
        return self.folder / "routines"

    @property
    def drafts(self) -> Path:
        """Routines that are being worked on in the editor; made with the first one."""
        return self.folder / "drafts"

    @property
    def settings(self) -> Path:
        """The person's settings."""
        return self.folder / "settings.json"

    @property
    def unanswered(self) -> Path:
        """What was measured when the window closed on the question how it was."""
        return self.folder / "unanswered.json"

    @property
    def walk_run(self) -> Path:
        """The guided walk/run that is being done, or broke off."""
        return self.folder / "walk_run.jsonl"

    @property
    def logs(self) -> Path:
        """What the program did, without health data."""
        return self.folder / "logs"

    @property
    def lock(self) -> Path:
        """Held by the window while it is open."""
        return self.folder / "window.lock"

    def is_own(self, path: Path) -> bool:
        """Whether the program itself reads or writes this: what a person has written belongs elsewhere."""
        place = Path(os.path.realpath(path))
        folder = Path(os.path.realpath(self.folder))
        if place == folder or folder not in place.parents:
            return False
        inside = place.relative_to(folder)
        kept = {self.routines, self.drafts, self.logs}
        files = {self.settings, self.unanswered, self.walk_run}
        return (
            inside.parts[0] in {one.name for one in kept}
            or inside.name in {one.name for one in files}
            or inside.suffix == ".lock"
            or inside.name.startswith((self.database.name, "settings-damaged-"))
            or inside == Path(self.backups.name)
        )

    def make(self) -> None:
        """Make the folders, and those above, for this user alone. Raises OSError."""
        above = [folder for folder in reversed(self.folder.parents) if not folder.exists()]
        for folder in above:
            folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
        for folder in (self.folder, self.backups, self.routines, self.logs):
            folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
            if os.name == "posix" and (mode := folder.stat().st_mode) & 0o077:
                folder.chmod(mode & FOLDER_MODE)  # what its owner has made read-only stays so


def home() -> Home:
    """The data folder: `COACH_HOME`, or the platform's folder for a user's data. Raises OSError."""
    chosen = os.environ.get("COACH_HOME")
    if chosen:
        try:
            return Home(Path(chosen).expanduser().absolute())
        except (RuntimeError, OSError) as error:  # the home of nobody, or below a current folder that is gone
            raise NotADirectoryError(errno.ENOTDIR, "COACH_HOME names no folder that can be found", chosen) from error
    from platformdirs import user_data_path  # 5 ms that a set COACH_HOME need not wait for

    return Home(user_data_path("rehab-coach", appauthor=False, roaming=False))
