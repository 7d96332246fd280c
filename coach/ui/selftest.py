"""`coach --selftest`: has this installation everything? The real program on a made-up log that is thrown away."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Final, TypeVar

import msgspec
from PySide6.QtCore import QObject, QTimer, qVersion
from PySide6.QtWidgets import QWidget

from coach.app import doctor
from coach.app.demo import fill
from coach.app.handout import handout_of
from coach.app.licences import parts
from coach.app.logs import FILE
from coach.app.paper import Print
from coach.app.surroundings import Check, Surroundings, WindowTask
from coach.core.clinical.run_plan import STAGES
from coach.core.session.sounds import CueSound
from coach.ui.application import open_window

if TYPE_CHECKING:
    from coach.ui.screens.main_window import MainWindow

Find = Callable[[], QWidget | None]
Look = Callable[[Surroundings], Iterator[Check]]
Kind = TypeVar("Kind", bound=QObject)
_DONE, _FAILED = 0, 3
_DAY: Final = datetime(2026, 1, 14, 9, 30, tzinfo=UTC)
_WEEKS, _SEED = 16, 2
"""On this day such a log has a session due, and nothing in it speaks against one; whenever the test is run."""
_SOUND_S: Final = 8.0
_CUE_S: Final = 1.0
_PATIENCE_S: Final = 15.0
"""For one screen; the slowest, the pain chart, takes less than one on two cores."""
_BAD: Final = (" WARNING qt: ", " ERROR ", " CRITICAL ")
"""In a line of the log file. Warnings of our own are about sound and voice, which have lines of their own here."""
_UNABLE: Final = "This plugin does not support"
"""What Qt says on a platform without a screen, whenever a window is shown."""
_LOOK_MS: Final = 40
_SETTLED_MS: Final = 120
_LEAST_COLOURS: Final = 5
"""A ground, a card, a hairline and two inks: what was not painted has one."""
_LEAST_PARTS: Final = 20
"""The program asks for fifteen packages, and these for more."""
_COMFORT: Final = frozenset({"sound", "voice"})
"""A computer without loudspeakers or voices is well all the same."""


class _Day:
    """A calendar that stands still."""

    def now(self) -> datetime:
        return _DAY

    def zone(self) -> str:
        return "UTC"


def selftest(surroundings: Surroundings, tell: Callable[[Check], object]) -> int:
    """Open every screen, write and read a log, make a PDF, play a cue; tell each result and return the exit status.

    The data folder of `surroundings` must be a new one: it is filled, and nothing is asked.
    """
    surroundings = msgspec.structs.replace(surroundings, calendar=_Day())
    voices = _Voices(surroundings)
    looks: tuple[tuple[str, Look], ...] = (
        ("versions", _versions),
        ("log", _log),
        ("licences", _licences),
        ("window", _window),
        ("messages", _messages),
        ("sound", _sound),
        ("voice", voices.found),
    )
    well = True
    for name, look in looks:
        try:
            found = tuple(look(surroundings))
        except Exception as error:  # noqa: BLE001 # whatever is missing in a broken installation
            found = (Check(name, False, f"{type(error).__name__}: {error}"),)
        for one in found:
            well = well and (one.ok or one.name in _COMFORT)
            tell(one)
    return _DONE if well else _FAILED


def _versions(_: Surroundings) -> Iterator[Check]:
    yield Check("versions", True, f"Qt {qVersion()}, {doctor.versions().found}")


def _log(surroundings: Surroundings) -> Iterator[Check]:
    fill(surroundings, _WEEKS, _SEED)
    file = surroundings.settings_file()
    file.write(msgspec.structs.replace(file.read().settings, voice=False, reminders=False))
    log = surroundings.read_log()
    try:
        sessions = log.sessions()
        events = sum(len(log.events(one.uid)) for one in sessions)
    finally:
        log.close()
    yield Check("log", bool(sessions) and bool(events), f"{len(sessions)} sessions, {events} events read back")


def _licences(_: Surroundings) -> Iterator[Check]:
    """Every package must have come with what it says of itself."""
    found = parts()
    silent = [part.name for part in found if not part.text and "public domain" not in part.licence.lower()]
    enough = len(found) >= _LEAST_PARTS and not silent
    yield Check("licences", enough, f"{len(found)} parts{', without text: ' if silent else ''}{', '.join(silent)}")


def _messages(surroundings: Surroundings) -> Iterator[Check]:
    """What Qt or Python complained of meanwhile."""
    try:
        lines = (surroundings.home.logs / FILE).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        lines = []
    bad = [line for line in lines if any(mark in line for mark in _BAD) and _UNABLE not in line]
    yield Check("messages", not bad, bad[0] if bad else "none")


def _sound(surroundings: Surroundings) -> Iterator[Check]:
    sound = surroundings.make_sound(surroundings.settings_file().read().settings)
    try:
        until = surroundings.clock() + _SOUND_S
        while surroundings.clock() < until and not sound.settled and sound.trouble is None:
            Event().wait(_LOOK_MS / 1000)
        sound.play(CueSound.TICK)
        Event().wait(_CUE_S)
        trouble = sound.trouble
        if trouble is not None:
            yield Check("sound", False, f"{trouble.kind.replace('_', ' ')}: {trouble.detail}".rstrip(": "))
        else:
            how = "played by playsound3" if getattr(sound, "fell_back", False) else "played"
            yield Check("sound", sound.settled, how)
    finally:
        sound.close()


class _Voices:
    """Asks for the voices meanwhile: a speech service that does not answer is given ten seconds."""

    def __init__(self, surroundings: Surroundings) -> None:
        self._names: tuple[str, ...] = ()
        self._surroundings = surroundings
        self._asking = Thread(target=self._ask, name="voices", daemon=True)
        self._asking.start()

    def found(self, _: Surroundings) -> Iterator[Check]:
        self._asking.join()
        yield Check("voice", bool(self._names), f"{len(self._names)} voices" if self._names else "none")

    def _ask(self) -> None:
        self._names = self._surroundings.list_voices()


# -- what needs the window, or Qt's application ---------------------------------------------------------------------


def _window(surroundings: Surroundings) -> Iterator[Check]:
    tours: list[_Tour] = []
    papers: list[Check] = []

    def begin(window: "MainWindow") -> None:
        handout = surroundings.home.folder / "handout.pdf"
        papers.append(_paper(surroundings, handout))
        tours.append(_Tour(window, handout))

    status = open_window(surroundings, WindowTask(guide=True, pain_before=2), begin)
    yield from papers
    if not tours:
        yield Check("screens", False, f"the window ended with {status}")
    for tour in tours:
        seen = f"{len(tour.seen)} opened: {', '.join(tour.seen)}"
        yield Check("screens", not tour.wrong and status == _DONE, tour.wrong or seen)


def _paper(surroundings: Surroundings, file: Path) -> Check:
    routines, settings = surroundings.routines(), surroundings.settings_file().read().settings
    listed = routines.all()[0]
    sheet = handout_of(listed, routines, settings, _DAY.date())
    if sheet is None:
        return Check("paper", False, f"the routine {listed.routine.id} cannot be read")
    made = surroundings.shell.handout_pdf(sheet, Print(None, grey=False))
    file.write_bytes(made)
    same = routines.open(file, settings.home_side).data == sheet.data
    return Check("paper", same, f"a handout of {len(made) // 1024} kB, its routine read back")


class _Tour(QObject):
    """Goes from screen to screen; each must be shown and painted before the next."""

    def __init__(self, window: "MainWindow", handout: Path) -> None:
        super().__init__(window)
        self.seen: list[str] = []
        self.wrong = ""
        self._window = window
        self._ways = _ways(window, handout)
        self._name, self._find = "", _nothing
        self._left_ms = 0
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._look)
        self._go_on()

    def _go_on(self) -> None:
        try:
            self._name, self._find = next(self._ways)
        except StopIteration:
            self._end()
        except Exception as error:  # noqa: BLE001 # whatever is missing in a broken installation
            self._fail(f"after {self.seen[-1] if self.seen else 'the start'}: {type(error).__name__}: {error}")
        else:
            self._left_ms = round(_PATIENCE_S * 1000)
            self._timer.start(_SETTLED_MS)

    def _look(self) -> None:
        try:
            shown = self._find()
        except ImportError as error:
            self._fail(f"{self._name}: {error}")
            return
        if shown is not None and shown.isVisible() and _colours(shown) >= _LEAST_COLOURS:
            self.seen.append(self._name)
            self._go_on()
        elif self._left_ms <= 0:
            self._fail(f"{self._name} was not {'painted' if shown is not None and shown.isVisible() else 'shown'}")
        else:
            self._left_ms -= _LOOK_MS
            self._timer.start(_LOOK_MS)

    def _fail(self, why: str) -> None:
        self.wrong = why
        self._end()

    def _end(self) -> None:
        self._timer.stop()
        self._window.end()


def _nothing() -> QWidget | None:
    return None


def _ways(window: "MainWindow", handout: Path) -> Iterator[tuple[str, Find]]:
    """Go to each screen in turn, and say how it is found once it is there."""
    from coach.ui.charts.loading import Loading
    from coach.ui.charts.pain_chart import PainChart
    from coach.ui.presenters.data import Done, Task
    from coach.ui.screens.about import Licences
    from coach.ui.screens.editor import EditorPage
    from coach.ui.screens.exercise import ExercisePage
    from coach.ui.screens.first_run import FirstRun
    from coach.ui.screens.full_window import Left
    from coach.ui.screens.library import LibraryPage
    from coach.ui.screens.player import Player
    from coach.ui.screens.player_live import LivePage
    from coach.ui.screens.preview import Ended, Preview
    from coach.ui.screens.progress import ProgressPage
    from coach.ui.screens.rail import Place
    from coach.ui.screens.routines import RoutinesPage
    from coach.ui.screens.running import RunningPage
    from coach.ui.screens.self_test import SelfTestPlayer
    from coach.ui.screens.settings import SettingsPage
    from coach.ui.screens.today import Today
    from coach.ui.screens.walk_run import WalkRunPlayer

    def on(kind: type[Kind]) -> Kind:
        found = window.findChild(kind)
        assert isinstance(found, kind), kind.__name__
        return found

    def at(kind: type[QWidget]) -> Find:
        return lambda: window.findChild(kind)

    def drawn() -> QWidget | None:
        if (error := on(Loading).error) is not None:
            raise error
        return on(PainChart).plot

    yield "session", at(LivePage)
    on(Player).close_session()
    on(Player).left.emit(Left())
    yield "today", at(Today)
    window.go(Place.LIBRARY)
    yield "library", at(LibraryPage)
    on(LibraryPage).open("clamshell")
    yield "exercise", at(ExercisePage)
    window.go(Place.PROGRESS)
    yield "progress", at(ProgressPage)
    yield "pain chart", drawn
    window.go(Place.RUNNING)
    yield "running", at(RunningPage)
    window.open_file(handout)
    yield "handout", at(Preview)
    on(Preview).ended.emit(Ended())
    yield "routines", at(RoutinesPage)
    on(RoutinesPage).new_routine()
    yield "editor", at(EditorPage)
    window.start_test("side_plank")
    yield "self-test", at(SelfTestPlayer)
    on(SelfTestPlayer).close_test()
    on(SelfTestPlayer).left.emit(Left())
    window.lead_run(STAGES[0])
    yield "walk/run", at(WalkRunPlayer)
    on(WalkRunPlayer).close_run()
    on(WalkRunPlayer).left.emit(Left())
    window.go(Place.SETTINGS)
    yield "settings", at(SettingsPage)
    on(SettingsPage).about.licences.click()
    yield "licences", at(Licences)
    on(SettingsPage).erased.emit(Done(Task.ERASE))
    yield "first run", at(FirstRun)


def _colours(widget: QWidget) -> int:
    """How many colours a widget shows, at some points of it."""
    picture = widget.grab().toImage()
    xs, ys = range(0, picture.width(), 7), range(0, picture.height(), 7)
    return len({picture.pixel(x, y) for x in xs for y in ys})
