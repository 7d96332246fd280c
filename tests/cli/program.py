"""The program as a person or a script starts it, and files for it."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
COACH = (sys.executable, "-m", "coach")
LIMIT_S = 100


@dataclass(frozen=True)
class Done:
    """What came of one run."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    def json(self) -> Any:
        return json.loads(self.out)


def surroundings_of(**changed: str) -> dict[str, str]:
    """The environment of a run without display, voice or colour."""
    kept = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    kept.pop("QT_QPA_PLATFORM", None)
    return {**kept, **changed}


def coach(*arguments: str | Path, stdin: str = "", cwd: Path = ROOT, **environment: str) -> Done:
    """Run the real program to its end; never with a traceback, never with another exit status than agreed."""
    done = subprocess.run(
        [*COACH, *map(str, arguments)],
        cwd=cwd,
        input=stdin.encode(),
        capture_output=True,
        env=surroundings_of(**{"PYTHONPATH": path_with(ROOT), **environment}),
        timeout=LIMIT_S,
        check=False,
    )
    return checked(Done(done.returncode, done.stdout.decode(), done.stderr.decode()))


def path_with(folder: Path) -> str:
    return os.pathsep.join(filter(None, [str(folder), os.environ.get("PYTHONPATH")]))


def checked(done: Done) -> Done:
    assert done.status in {0, 1, 2, 3}, done
    assert "Traceback" not in done.err + done.out, done
    return done


def routine(**changed: object) -> dict[str, Any]:
    """A routine of a few seconds, as a file holds it."""
    return {
        "format": "rehab-routine",
        "version": "1.0",
        "id": "short",
        "title": "Short one",
        "items": [
            {
                "exercise": "clamshell",
                "sides": "each",
                "sets": 2,
                "reps": 2,
                "tempo": {"up_s": 1, "hold_s": 0.5, "down_s": 1},
                "prepare_s": 3,
                "rest_s": 4,
            },
            {"exercise": "plank", "hold_s": 6, "prepare_s": 2},
        ],
        **changed,
    }


def written(folder: Path, plain: object, name: str = "short.rehab.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(plain), encoding="utf-8")
    return path


def modes(folder: Path) -> dict[str, int]:
    """The modes of everything below a folder, the folder itself included."""
    return {str(path): path.stat().st_mode & 0o777 for path in (folder, *folder.rglob("*"))}
