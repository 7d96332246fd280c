"""What was built is started as a person would start it: with and without a screen, moved, without Python, on a file."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import identity

LOOKED_AT = ("versions", "log", "licences", "paper", "screens", "messages")
HEARD = ("sound", "voice")
LIMIT_S = 90
BARE_PATH = "/nowhere"
"""A PATH on which nothing is found, Python least of all. The voice is started by its library, not by us."""


def folder(built: Path, routine: Path) -> None:
    """Every way in which the built folder is started."""
    coach = built / "coach"
    with ExitStack() as stack:
        desk = stack.enter_context(surroundings())
        selftest(coach, {**desk, "QT_QPA_PLATFORM": "xcb"}, "with a screen, sound and voice", heard=True)
        selftest(coach, {**desk, "QT_QPA_PLATFORM": "offscreen", "DISPLAY": ""}, "offscreen")
        _without_a_display(coach, desk)
        _without_network(coach, desk)
        moved = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "Läufer & Hüfte 一"
        shutil.copytree(built, moved, symlinks=True)
        locked(moved)
        selftest(moved / "coach", {**desk, "PATH": BARE_PATH}, "moved, read-only, without Python on the PATH")
        _opens_a_file(coach, desk, routine)
        unlocked(moved)


def deb(made: Path) -> None:
    """Debian's tools find no error in the package, nor in what the desktop reads."""
    with tempfile.TemporaryDirectory() as unpacked:
        check("dpkg-deb", "--extract", str(made), unpacked)
        share = Path(unpacked) / "usr" / "share"
        check("desktop-file-validate", str(share / "applications" / f"{identity.APP_ID}.desktop"))
        check("appstreamcli", "validate", "--no-net", str(share / "metainfo" / f"{identity.APP_ID}.metainfo.xml"))
        check("update-mime-database", str(share / "mime"))
        _is_a_routine(share)
    check("lintian", "--fail-on", "error", str(made))
    say("desktop entry, metainfo, MIME type and lintian: no error")


def clean_root(made: Path) -> None:
    """In a fresh Debian 12 it is installed, started by a person, and removed without a trace."""
    if run(["unshare", "--mount", "--pid", "--fork", "true"], clean()).returncode:
        say("not tried: this system lets us make no mounts of our own, as root may")
        return
    script = Path(__file__).with_name("clean_root.sh")
    if subprocess.run([str(script), str(made)], env=clean(), check=False).returncode:
        raise SystemExit("The .deb could not be installed, started and removed in a clean Debian: see above")


def wheel(made: Path, lock: Path) -> None:
    """The wheel in an environment of its own, from the hash-locked set, started from another folder."""
    with tempfile.TemporaryDirectory() as place:
        python = Path(place) / "venv" / "bin" / "python"
        check("python3.11" if shutil.which("python3.11") else "python3", "-m", "venv", str(python.parents[1]))
        install = (str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        check(*install, "--only-binary", ":all:", "--require-hashes", "-r", str(lock))
        check(*install, "--no-deps", str(made))
        check(str(python), "-m", "pip", "check", "--disable-pip-version-check")
        environment = {**clean(), "QT_QPA_PLATFORM": "offscreen"}
        selftest(python.with_name("coach"), environment, "from the wheel", cwd=Path(place))


# -- each way -------------------------------------------------------------------------------------------------------


def selftest(coach: Path, environment: dict[str, str], how: str, *, heard: bool = False, cwd: Path = Path("/")) -> None:
    """Run the program's own test; it must find everything and leave no trace in the person's folder."""
    with tempfile.TemporaryDirectory() as home:
        began = time.monotonic()
        done = run([str(coach), "--selftest"], {**environment, "COACH_HOME": home}, cwd)
        found = {line.split()[0]: line.split()[1] for line in done.stdout.splitlines() if len(line.split()) > 1}
        wanted = (*LOOKED_AT, *HEARD) if heard else LOOKED_AT
        bad = [name for name in wanted if found.get(name) != "ok"]
        if done.returncode or bad or any(Path(home).iterdir()):
            raise SystemExit(f"selftest {how}: status {done.returncode}, {bad}\n{done.stdout}{done.stderr}")
    say(f"selftest {how}: ok, {time.monotonic() - began:.1f} s")


def _without_a_display(coach: Path, environment: dict[str, str]) -> None:
    done = run([str(coach), "--selftest"], {**environment, "DISPLAY": ""})
    if done.returncode != 3 or done.stdout or len(done.stderr.splitlines()) != 1:
        raise SystemExit(f"without a display: status {done.returncode}, {done.stdout}{done.stderr}")
    say("without a display: one line, status 3")


def _without_network(coach: Path, environment: dict[str, str]) -> None:
    if run(["unshare", "-rn", "true"], environment).returncode:
        say("without a network: not tried, this system lets nobody make a namespace")
        return
    with tempfile.TemporaryDirectory() as home:
        done = run(["unshare", "-rn", str(coach), "--selftest"],
                   {**environment, "QT_QPA_PLATFORM": "offscreen", "COACH_HOME": home})  # fmt: skip
    if done.returncode:
        raise SystemExit(f"without a network: status {done.returncode}\n{done.stdout}{done.stderr}")
    say("selftest without a network: ok")


def _opens_a_file(coach: Path, environment: dict[str, str], routine: Path) -> None:
    """A window opens on a routine file, says nothing, and ends when it is asked to."""
    with tempfile.TemporaryDirectory() as home:
        program = subprocess.Popen(
            [str(coach), str(routine)],
            env={**environment, "COACH_HOME": home},
            cwd="/",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        shown = _window_is_shown(environment)
        program.terminate()
        said, _ = program.communicate(timeout=20)
    if not shown or program.returncode or said:
        raise SystemExit(f"a routine file as argument: shown {shown}, status {program.returncode}\n{said}")
    say("a routine file as argument: a window, no complaint")


def _window_is_shown(environment: dict[str, str]) -> bool:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if run(["xdotool", "search", "--onlyvisible", "--name", f"^{identity.TITLE}$"], environment).stdout.strip():
            return True
        time.sleep(0.1)
    return False


def _is_a_routine(share: Path) -> None:
    """The type is known by the ending, and by nothing that other files have."""
    globs = (share / "mime" / "globs2").read_text(encoding="utf-8")
    if f"{identity.MEDIA_TYPE}:*.rehab.json" not in globs or ":*.json" in globs:
        raise SystemExit(f"the MIME type is not as it should be: {globs}")


# -- surroundings ---------------------------------------------------------------------------------------------------


def clean() -> dict[str, str]:
    """The environment without what leads a program to this checkout."""
    away = ("PYTHON", "VIRTUAL_ENV", "COACH_HOME", "LD_LIBRARY_PATH", "QT_", "DISPLAY", "WAYLAND_DISPLAY")
    return {key: value for key, value in os.environ.items() if not key.startswith(away)}


@contextmanager
def surroundings() -> Iterator[dict[str, str]]:
    """A screen with a window manager, a sound server without a card, a folder for their sockets."""
    with tempfile.TemporaryDirectory() as runtime, ExitStack() as stack:
        environment = {**clean(), "XDG_RUNTIME_DIR": runtime, "PULSE_RUNTIME_PATH": runtime}
        read, write = os.pipe()
        stack.enter_context(started(["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x900x24", "-nolisten",
                                     "tcp"], environment, (write,)))  # fmt: skip
        os.close(write)
        with os.fdopen(read) as told:
            environment["DISPLAY"] = f":{told.readline().strip()}"
        stack.enter_context(started(["openbox"], environment))
        modules = ("module-null-sink", "module-native-protocol-unix")
        stack.enter_context(started(["pulseaudio", "-n", "--exit-idle-time=-1", "--log-target=null",
                                     *(f"--load={one}" for one in modules)], environment))  # fmt: skip
        time.sleep(1.5)
        yield environment


@contextmanager
def started(command: Sequence[str], environment: dict[str, str], fds: tuple[int, ...] = ()) -> Iterator[None]:
    """A program that runs meanwhile."""
    program = subprocess.Popen(command, env=environment, pass_fds=fds, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)  # fmt: skip
    try:
        yield
    finally:
        program.terminate()
        program.wait()


def locked(place: Path) -> None:
    """Let nobody write there, as where a package puts it."""
    for path in (place, *place.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode & 0o555)


def unlocked(place: Path) -> None:
    """Let it be removed."""
    for path in (place, *place.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | 0o200)


def run(command: Sequence[str], environment: dict[str, str], cwd: Path = Path("/")) -> subprocess.CompletedProcess[str]:
    """Run a program to its end and take what it says."""
    return subprocess.run(
        command, env=environment, cwd=cwd, capture_output=True, text=True, timeout=LIMIT_S, check=False
    )


def check(*command: str) -> None:
    """Run a tool that must find nothing."""
    if shutil.which(command[0]) is None and not Path(command[0]).exists():
        raise SystemExit(f"{command[0]} is missing: packaging/setup.sh package installs it, or names it")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command[:3])} …: status {done.returncode}\n{done.stdout}{done.stderr}")


def say(what: str) -> None:
    """One line of the report."""
    print(f"   {what}", flush=True)
