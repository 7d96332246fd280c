"""Where the program begins: the arguments are looked at first, then all that is outside is built and handed on."""

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from coach.app.handout import Handout
    from coach.app.paper import Print
    from coach.app.ports import Awake, Notices, Sound, Speech
    from coach.app.report import Report
    from coach.app.settings import Settings
    from coach.app.surroundings import Check, Surroundings, WindowTask

FAILED = 3
"""The surroundings failed. The other exit statuses: 0 done, 1 the input has problems, 2 wrong usage."""

_NOT_SHOWN = {"offscreen", "minimal", "minimalegl", "linuxfb", "eglfs", "vkkhrdisplay", "vnc"}
"""Platforms of Qt that need neither X11 nor Wayland."""


def main() -> int:
    """Run the program and return its exit status."""
    _free_children()
    match sys.argv[1:]:
        case ["--voice", *_]:
            _import_qt()
            from coach.ui import voice

            return voice.main()
        case ["--sounder", *_]:
            _import_qt()
            from coach.ui import sounder

            return sounder.main()
        case ["--player", *_]:
            from coach.devices import player

            return player.main(_clock)
        case arguments:
            return _guarded(arguments)


def _free_children() -> None:
    """Let the programs that a built one starts (players, the speech service) find the system's libraries, not its own.

    What is loaded here, and later, is not changed by that: the loader has read the variable at the start.
    """
    if not getattr(sys, "frozen", False) or sys.platform in ("win32", "darwin"):
        return
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if before is None:
        os.environ.pop("LD_LIBRARY_PATH", None)
    else:
        os.environ["LD_LIBRARY_PATH"] = before


def _guarded(arguments: list[str]) -> int:
    """Run, and let no traceback reach a person."""
    _mend_streams()
    try:
        status = _run(arguments)
        if not _flush(told=status == FAILED):
            return FAILED
    except BrokenPipeError:
        _drop_output()  # whoever read has read enough
        return 0
    except KeyboardInterrupt:
        return FAILED
    except Exception as error:  # noqa: BLE001 # the last guard: whatever it is, a person gets a sentence
        _drop_output()
        return _failed(error)
    return status


def _flush(*, told: bool) -> bool:
    """A closed pipe or a full disk shows itself here at the latest; what was `told` already is not told again."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        _drop_output()
        if not told:
            from contextlib import suppress

            from coach.words.terminal import not_printed

            with suppress(OSError):  # perhaps nobody listens any more
                sys.stderr.write(not_printed(error.strerror or str(error)) + "\n")
        return False
    return True


def _run(arguments: list[str]) -> int:
    if arguments == ["--version"]:
        from coach import __version__

        sys.stdout.write(f"Rehab Coach {__version__}\n")
        return 0
    _import_msgspec()  # before anything that takes it
    if arguments == ["--selftest"]:
        return _test_itself()
    if not arguments:
        return _open_or_guide()
    if len(arguments) == 1 and _names_a_file(arguments[0]):
        return _open_file(arguments[0])
    from coach.cli.main import run

    return run(arguments, surroundings())


def _open_or_guide() -> int:
    from coach.app.surroundings import WindowTask

    window = _Window()
    if window.has_display():
        return window.open_window(WindowTask())
    from coach.cli.main import run
    from coach.words.terminal import no_display_so_text

    sys.stderr.write(no_display_so_text() + "\n")
    return run(["session", "--text"], surroundings())


def _test_itself() -> int:
    """Look whether this installation has everything, in a data folder that is thrown away."""
    import tempfile

    from coach.words.terminal import check_line, no_display

    if not _Window().has_display():
        sys.stderr.write(no_display() + "\n")
        return FAILED
    with tempfile.TemporaryDirectory(prefix="rehab-coach-selftest-", ignore_cleanup_errors=True) as folder:
        os.environ["COACH_HOME"] = folder
        _import_qt()  # the way a window does: this is what is tested
        from coach.ui.selftest import selftest

        return selftest(surroundings(), lambda one: sys.stdout.write(check_line(one) + "\n"))


def _open_file(name: str) -> int:
    """Open a routine file that was double-clicked; where there is no window, look at it."""
    from pathlib import Path

    from coach.app.surroundings import WindowTask

    window = _Window()
    if window.has_display():
        return window.open_window(WindowTask(file=Path(name)))
    from coach.cli.main import run

    return run(["check", name], surroundings())


def _names_a_file(argument: str) -> bool:
    # No command has a dot or a slash in its name.
    return not argument.startswith("-") and any(mark in argument for mark in "./\\") and os.path.isfile(argument)  # noqa: PTH113 # pathlib costs 8 ms here


def surroundings() -> "Surroundings":
    """Everything outside, as it really is."""
    from coach import paths, resources
    from coach.app.surroundings import Surroundings

    clock = _clock

    def make_sound(settings: "Settings") -> "Sound":
        from coach.devices.sound import CueSounds

        return CueSounds(
            _own_command("--sounder"),
            _own_command("--player"),
            resources.asset("sounds"),
            settings.volume,
            clock=clock,
        )

    def make_speech(settings: "Settings") -> "Speech":
        from coach.devices.speech import ChildSpeech

        return ChildSpeech(
            _own_command("--voice"),
            rate=settings.voice_rate,
            volume=settings.volume,
            voice=settings.voice_name or None,
            clock=clock,
        )

    def make_awake() -> "Awake":
        from coach.devices.awake import WakepyAwake

        return WakepyAwake()

    def make_notices() -> "Notices":
        from coach.devices.notices import DesktopNotices

        return DesktopNotices(resources.asset("icons/app.svg"))

    def list_voices() -> tuple[str, ...]:
        from coach.devices.speech import voices

        return voices(_own_command("--voice")).voices

    return Surroundings(
        home=paths.home(),
        clock=clock,
        calendar=SystemCalendar(),
        new_uid=_new_uid,
        make_sound=make_sound,
        make_speech=make_speech,
        make_awake=make_awake,
        make_notices=make_notices,
        list_voices=list_voices,
        shell=_Window(),
        exercises=resources.EXERCISES,
        built_in=resources.asset("routines"),
    )


def _new_uid() -> str:
    from uuid import uuid4

    return str(uuid4())


def _clock() -> float:
    """Seconds that also pass while the computer sleeps, where the system counts them: so a sleep shows as a gap."""
    import time

    boot_time = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot_time is None else time.clock_gettime(boot_time)


class SystemCalendar:
    """The wall clock of this computer; UTC where its zone cannot be found out."""

    def __init__(self) -> None:
        self._zone = ""

    def now(self) -> "datetime":
        """This instant by the clock on the wall; the zone's name is asked for only where it is recorded."""
        from datetime import datetime

        return datetime.now().astimezone()

    def zone(self) -> str:
        """The IANA name of the zone."""
        self._zone = self._zone or _zone_name()
        return self._zone


def _zone_name() -> str:
    import warnings
    from zoneinfo import ZoneInfo

    try:
        from tzlocal import get_localzone_name

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            name = get_localzone_name()
        ZoneInfo(name)
    except Exception:  # noqa: BLE001 # a broken zone raises whatever breaks first, and must not keep a log from being
        return "UTC"
    return str(name)


def _own_command(part: str) -> tuple[str, ...]:
    """How to start a helper process of this program."""
    frozen = getattr(sys, "frozen", False)
    return (sys.executable, part) if frozen else (sys.executable, "-m", "coach", part)


class _Window:
    """The window, as the terminal knows it."""

    def has_display(self) -> bool:
        """Whether a window could be opened; without asking Qt, which would abort."""
        if sys.platform in ("win32", "darwin"):
            return True
        if os.environ.get("QT_QPA_PLATFORM", "").split(":")[0] in _NOT_SHOWN:
            return True
        return _wayland_is_there() or _x11_is_there()

    def open_window(self, task: "WindowTask") -> int:
        """Open the window on the data folder that is set now."""
        import gc

        gc.disable()  # until the first paint nothing becomes garbage, and looking for it takes a tenth of the start
        _hold_back_ctrl_c()
        _import_qt()
        from coach.ui.application import open_window

        try:
            return open_window(surroundings(), task)
        except Exception as error:  # noqa: BLE001 # as in `_guarded`; but here nobody may be at a terminal
            from coach.ui.telling import tell

            return _failed(error, tell)

    def checks(self) -> "Iterator[Check]":
        """What only a window system can tell; the voice last, which may take ten seconds."""
        _import_qt()
        from coach.app.ports import TroubleKind
        from coach.app.surroundings import Check
        from coach.devices.speech import voices
        from coach.ui.checks import fonts

        shown = self.has_display()
        yield Check(
            "display",
            shown,
            "there is one" if shown else "none",
            "" if shown else "The window needs one; the commands and coach session --text work without.",
        )
        yield fonts()
        found = voices(_own_command("--voice"))
        if found.trouble is None:
            yield Check("voice", True, f"{found.voice} by {', '.join(found.engines)}")
        elif found.trouble.kind is TroubleKind.SILENT:
            advice = "There may be no sound device for it to speak on: see the sound above. Sessions run without."
            yield Check("voice", False, "the speech service does not answer", advice)
        else:
            advice = "Install a voice (on Debian: speech-dispatcher and espeak-ng); sessions run without."
            yield Check("voice", False, found.trouble.kind.replace("_", " "), advice)

    def handout_pdf(self, handout: "Handout", how: "Print") -> bytes:
        """A handout as PDF, with the routine file inside; needs no display."""
        _import_qt()
        from coach.ui.paper.press import handout_pdf

        return handout_pdf(handout, how)

    def report_pdf(self, report: "Report", how: "Print") -> bytes:
        """A report as PDF; needs no display."""
        _import_qt()
        from coach.ui.paper.press import report_pdf

        return report_pdf(report, how)


def _import_msgspec() -> None:
    """Load it without typing_extensions, where that is installed: from Python 3.11 on `typing` has all it takes."""
    hidden = sys.modules.get("typing_extensions")
    if hidden is None:
        sys.modules["typing_extensions"] = None  # type: ignore[assignment] # the import system's own way to say no
        try:
            import msgspec  # noqa: F401
        finally:
            del sys.modules["typing_extensions"]


def _import_qt() -> None:
    """Before anything that takes it."""
    from coach.ui.first_import import import_qt

    import_qt()


def _hold_back_ctrl_c() -> None:
    """Until the window can be ended by it: Python would raise wherever it is, and amid Qt's import that aborts."""
    import signal

    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    else:
        signal.signal(signal.SIGINT, lambda *_: None)


def _wayland_is_there() -> bool:
    name = os.environ.get("WAYLAND_DISPLAY")
    return bool(name) and os.path.exists(os.path.join(os.environ.get("XDG_RUNTIME_DIR", "/"), str(name)))  # noqa: PTH110, PTH118


def _x11_is_there() -> bool:
    """Whether DISPLAY names a screen; of a local one, whether its socket is there. A dead one would abort Qt."""
    name = os.environ.get("DISPLAY", "")
    host, _, rest = name.rpartition(":")
    number = rest.partition(".")[0]
    if host not in ("", "unix") or not number.isdigit():
        return bool(name)
    socket = f"/tmp/.X11-unix/X{number}"
    if os.path.exists(socket):  # noqa: PTH110
        return True
    try:
        with open("/proc/net/unix", encoding="ascii", errors="replace") as table:  # noqa: PTH123
            return f"@{socket}\n" in table.read()
    except OSError:
        return False


def _mend_streams() -> None:
    """Make sure that there is something to write to, and that no letter is too much for it."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # a windowed program on Windows has none
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 # open to the end
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _drop_output() -> None:
    """What could not be written is not tried again at the end of the process."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):  # not a real file: a test's
        pass
    finally:
        os.close(nowhere)


def _failed(error: Exception, tell: "Callable[[str], object] | None" = None) -> int:
    """Note what happened for the developers, and say it in one sentence."""
    from contextlib import suppress

    from coach import paths
    from coach.app import logs
    from coach.words.terminal import unexpected

    noted = None
    with suppress(OSError):  # perhaps there is no data folder
        noted = logs.note(paths.home().logs, error)
    with suppress(OSError):  # perhaps nobody listens any more
        said = unexpected(error, noted)
        tell(said) if tell is not None else sys.stderr.write(said + "\n")
    return FAILED


if __name__ == "__main__":
    sys.exit(main())
