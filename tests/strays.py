"""What killed writes leave in a data folder, made by killing writes; and a write that is under way."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coach.paths import Home

_ROOT = Path(__file__).parents[1]
_KILLED = """
import os, sys
from pathlib import Path
from coach.files import atomic
os.fsync = lambda *_: os._exit(9)
atomic.write_bytes(Path(sys.argv[1]), b"new")
"""
_KILLED_COPY = """
import os, sys
from pathlib import Path
from coach.store import backup
from tests.store import made
log = made.log_for_writing(Path(sys.argv[1]))
backup._demand_sound = lambda *_: os._exit(9)
backup.backup(log.conn, Path(sys.argv[2]))
"""
_WRITING = """
import sys
from pathlib import Path
from coach.files import atomic
def pieces():
    yield b"one "
    print("writing", flush=True)
    sys.stdin.readline()
    yield b"two"
atomic.write_pieces(Path(sys.argv[1]), pieces())
"""


def parts(home: Home) -> list[Path]:
    """Every passing file in the data folder."""
    return sorted(home.folder.rglob(".coach-*"))


def leave(home: Home) -> None:
    """Kill a write in each folder, and the making of a copy."""
    home.drafts.mkdir(exist_ok=True)
    (home.routines / "history").mkdir(exist_ok=True)
    _run(_KILLED_COPY, home.database, home.backups / "coach-2026-11-20.db")
    for folder in (home.folder, home.routines, home.routines / "history", home.drafts, home.backups):
        _run(_KILLED, folder / "file.json")
    assert len(parts(home)) == 6


@contextmanager
def writing(target: Path) -> Iterator[None]:
    """Another process writes this file; it is whole at the end."""
    command = [sys.executable, "-c", _WRITING, str(target)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=_ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "writing\n"
        yield
        process.communicate("go on\n", timeout=30)
    assert target.read_bytes() == b"one two"


def _run(program: str, *paths: Path) -> None:
    done = subprocess.run([sys.executable, "-c", program, *map(str, paths)], cwd=_ROOT, check=False)
    assert done.returncode == 9
