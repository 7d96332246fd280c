"""The routines a person has: built in, received, and which of them are in use."""

import os
import re
import stat
from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import Struct

from coach.core.routine.exercise import Exercise, ExerciseFile, Kind
from coach.core.routine.plan import known_exercises, length_s, works
from coach.core.routine.problems import Findings
from coach.core.routine.routine import BodySide, Routine
from coach.files import atomic, routine_files
from coach.paths import FOLDER_MODE

if TYPE_CHECKING:
    from coach.core.routine.reading import ReadRoutine

Library = Mapping[str, Exercise]
_SPOTS: Final = 60
"""More of them nobody is shown."""

_ENTRY: Final = re.compile(r"\$\.(items|exercises)\[([0-9]{1,9})\]")
HISTORY = "history"
"""The folder beside the routines for files that another one of the same revision replaced."""
_MOST_KEPT = 4_000
"""So many files that were read are remembered; a person has a few dozen."""


class Origin(StrEnum):
    """Where a routine came from."""

    BUILT_IN = "built_in"
    RECEIVED = "received"
    OWN = "own"
    """Made here, in the editor."""


class Listed(Struct, frozen=True):
    """A routine that the person has."""

    routine: Routine
    origin: Origin
    path: Path
    length_s: float


class FileKind(StrEnum):
    """What a file turned out to be."""

    ROUTINE = "routine"
    LIBRARY = "library"


class Spot(Struct, frozen=True):
    """Where in a file something is wrong, as a person would look for it."""

    line: int | None = None
    exercise: str = ""
    """The name of the exercise that it is about, where one can be told; foreign text."""


class Opened(Struct, frozen=True):
    """What came of opening a file: a routine, the size of an exercise library, or only findings."""

    kind: FileKind
    findings: Findings
    read: "ReadRoutine | None" = None
    exercises: int = 0
    length_s: float = 0.0
    data: bytes = b""
    """The bytes of the routine itself: of the file, or of what it carries."""
    spots: Mapping[str, Spot] = {}
    """More about the places of the first findings, by their paths."""


class _Head(Struct):
    """What is needed of a file to know whether the rest is wanted."""

    id: str


class _Read(Struct):
    """What a file held when it was as old and as long as `stamp` says; each part is read when it is first asked for."""

    stamp: tuple[int, int, int]
    id: str | None
    """None where a quick look does not tell."""
    whole: bool = False
    routine: Routine | None = None
    lengths: dict[BodySide | None, float] = {}  # msgspec makes a new one each time


class Routines:
    """All routines, and the exercise library they draw on.

    To read a routine with every check takes milliseconds, and is done again only where its file has changed.
    """

    def __init__(self, exercises: Path, built_in: Path, received: Path) -> None:
        self._exercises = exercises
        self._built_in = built_in
        self._received = received
        self._read: dict[str, _Read] = {}

    @cached_property
    def library(self) -> Library:
        """The shipped exercises by id."""
        # Our own file, which a test reads with every check: no need to doubt it at each start.
        shipped = msgspec.json.decode(self._exercises.read_bytes(), type=ExerciseFile)
        return {exercise.id: exercise for exercise in shipped.exercises}

    def all(self, home_side: BodySide | None = None) -> tuple[Listed, ...]:
        """The newest revision of every routine, built-in ones first; files that cannot be read are passed over."""
        return (*_newest(self._in(self._built_in, home_side)), *_newest(self._every(home_side)))

    def find(self, routine_id: str, home_side: BodySide | None = None) -> Listed | None:
        """A routine by its id; a received one goes before a built-in one of the same id."""
        # Today should not read every routine to show one: of the others only the id is looked at.
        received = _newest(self._every(home_side, routine_id))
        if received:
            return received[0]
        if routine_id.replace("-", "").isalnum():
            direct = self._listed(self._built_in / f"{routine_id}{routine_files.SUFFIX}", Origin.BUILT_IN, home_side)
            if direct and direct.routine.id == routine_id:
                return direct
        shipped = _newest(self._in(self._built_in, home_side, routine_id))
        return shipped[0] if shipped else None

    def open(self, path: Path, home_side: BodySide | None = None) -> Opened:
        """Look at a file by its content: a routine (ours or another app's), a library, a handout PDF or its code.

        Raises OSError.
        """
        return self._look(_data(path), home_side)

    def open_data(self, data: bytes, home_side: BodySide | None = None) -> Opened:
        """Look at the bytes of a routine file that is on no disk."""
        return self._look(data, home_side)

    def open_code(self, text: str, home_side: BodySide | None = None) -> Opened | None:
        """Look at the text of a handout's code; None where it is none at all."""
        from coach.files import routine_code

        data = text.encode("utf-8", "replace")
        return self._look(routine_code.routine_in(data), home_side) if routine_code.is_code(data) else None

    def _look(self, data: bytes | Findings, home_side: BodySide | None) -> Opened:
        """Look at what a file holds, or why it holds nothing."""
        from coach.core.routine.plain import read_plain
        from coach.core.routine.reading import LIBRARY_FORMAT, library_of, routine_of
        from coach.files import foreign_routines

        if isinstance(data, Findings):
            return Opened(FileKind.ROUTINE, data)
        plain = read_plain(data)
        converted = foreign_routines.convert(data, plain, self.library)
        told = Findings() if converted is None else converted.findings
        if converted is not None and converted.plain is None:
            return Opened(FileKind.ROUTINE, told)
        plain = plain if converted is None or converted.plain is None else converted.plain
        if plain.value is None:
            return Opened(FileKind.ROUTINE, plain.findings)
        if plain.value.get("format") == LIBRARY_FORMAT:
            found = library_of(plain)
            return Opened(FileKind.LIBRARY, found.findings, exercises=len(found.exercises))
        read = routine_of(plain, self.library)
        findings = told + read.findings
        # The places in what another app wrote are not those of what it was turned into.
        spots = self._spots(data, plain.value, findings) if converted is None else {}
        if read.routine is None:
            return Opened(FileKind.ROUTINE, findings, read, spots=spots)
        length = sum(length_s(one) for one in works(read.routine, self.library, home_side))
        return Opened(FileKind.ROUTINE, findings, read, len(read.routine.items), length, data, spots)

    def _spots(self, data: bytes, value: Mapping[str, object], findings: Findings) -> Mapping[str, Spot]:
        """The lines of the first findings, and the exercises that they are about."""
        from coach.core.routine.lines import lines_of

        paths = [one.path for one in (*findings.problems[:_SPOTS], *findings.warnings[:_SPOTS])]
        if not paths:
            return {}
        lines = lines_of(data.decode("utf-8-sig"), paths)
        return {path: Spot(lines.get(path), self._exercise_at(path, value)) for path in paths}

    def _exercise_at(self, path: str, value: Mapping[str, object]) -> str:
        """The name of the exercise that a path leads to, or into; of an item the one that it asks for."""
        found = _ENTRY.match(path)
        entries = value.get(found[1]) if found else None
        own = value.get("exercises")
        if found is None or not isinstance(entries, list) or int(found[2]) >= len(entries):
            return ""
        entry = entries[int(found[2])]
        if found[1] == "items":
            id_ = _text(entry, "exercise")
            brought = next((one for one in own if _text(one, "id") == id_), None) if isinstance(own, list) else None
            shipped = self.library.get(id_)
            return _text(brought, "name") if brought else shipped.name if shipped is not None else ""
        return _text(entry, "name")

    def accept(self, read: "ReadRoutine") -> Path:
        """Take a routine over into the person's own folder; what it replaces stays beside it. Raises OSError.

        One of the same id from another prescriber is another routine: see `taken_as`.
        """
        from coach.core.routine.reading import write_routine

        assert read.routine is not None
        taken = self.taken_as(read.routine)
        # What was made here stays one's own when its file comes back.
        own = any(one.origin is Origin.OWN and one.routine.id == taken.id for one in self._every(None))
        path = self._received / routine_files.file_name(taken.id, taken.revision, own=own)
        self._keep_former(path, data := write_routine(taken, read.extensions))
        atomic.write_bytes(path, data)
        return path

    def taken_as(self, routine: Routine) -> Routine:
        """The routine under the id that it has here.

        It is the file's own, unless the person has one of that id that somebody else prescribed: two physios may well
        both call theirs `hip-strength-a`. Then the newcomer's id is followed by its prescriber's name, and so is that
        of its later revisions. Nothing of either is ever overwritten by the other. A file that names nobody counts as
        coming from whoever the other one names.
        """
        apart = f"{routine.id}@{prescriber_key(routine)}"
        for id_ in (apart, routine.id):
            there = [one for one in self._every(None) if one.routine.id == id_]
            if there and (id_ == apart or not _from_others(routine, there[-1].routine)):
                return msgspec.structs.replace(routine, id=id_)
            if there:
                return msgspec.structs.replace(routine, id=apart)
        return routine

    def keep_own(self, data: bytes) -> Listed | None:
        """Put a routine that was made here among the person's routines; None if it is no routine. Raises OSError."""
        routine = self._received_routine(data)
        if routine is None:
            return None
        path = self._received / routine_files.file_name(routine.id, routine.revision, own=True)
        self._keep_former(path, data)
        atomic.write_bytes(path, data)
        return self._listed(path, Origin.OWN, None)

    def data(self, listed: Listed) -> bytes:
        """The file of a routine. Raises OSError."""
        return routine_files.read_bytes(listed.path)

    def earlier(self, listed: Listed, home_side: BodySide | None = None) -> tuple[Listed, ...]:
        """The revisions that came before this one, the latest first: also those that were replaced."""
        if listed.origin is Origin.BUILT_IN:
            return ()
        found = [
            one
            for folder in (self._received, self._received / HISTORY)
            for one in self._in(folder, home_side)
            if one.routine.id == listed.routine.id and one.path != listed.path
        ]
        older = [one for one in found if one.routine.revision <= listed.routine.revision]
        return tuple(sorted(older, key=lambda one: one.routine.revision, reverse=True))

    def _keep_former(self, path: Path, data: bytes) -> None:
        """Put the file that is about to be replaced by another one of the same revision beside it."""
        try:
            before = routine_files.read_bytes(path)
        except FileNotFoundError:
            return
        if before != data:
            folder = path.parent / HISTORY
            folder.mkdir(mode=FOLDER_MODE, exist_ok=True)
            atomic.write_bytes(folder / routine_files.former_name(path.name, before), before)

    def remove(self, listed: Listed) -> bytes:
        """Take a received routine away; what is returned brings it back by `put_back`. Raises OSError."""
        data = listed.path.read_bytes()
        listed.path.unlink()
        return data

    def put_back(self, listed: Listed, data: bytes) -> None:
        """Undo `remove`. Raises OSError."""
        atomic.write_bytes(listed.path, data)

    def _every(self, home_side: BodySide | None, routine_id: str | None = None) -> tuple[Listed, ...]:
        """Every revision of every routine that is not built in, or of one of them, in the order of their files."""
        return self._in(self._received, home_side, routine_id)

    def _in(self, folder: Path, home_side: BodySide | None, routine_id: str | None = None) -> tuple[Listed, ...]:
        names = (name for name in _files(folder) if routine_id is None or self._may_be(name, routine_id))
        found = (self._listed(path, self._origin(path), home_side) for path in map(Path, names))
        return tuple(one for one in found if one is not None and routine_id in (None, one.routine.id))

    def _origin(self, path: Path) -> Origin:
        if path.parent == self._built_in:
            return Origin.BUILT_IN
        return Origin.OWN if routine_files.is_own(path) else Origin.RECEIVED

    def _may_be(self, path: str, routine_id: str) -> bool:
        """Whether a file holds this routine, as far as a quick look tells."""
        read = self._looked(path)
        return read is not None and read.id in (None, routine_id)

    def _listed(self, path: Path, origin: Origin, home_side: BodySide | None) -> Listed | None:
        read = self._looked(str(path))
        if read is None:
            return None
        if not read.whole:
            try:
                data = routine_files.read_bytes(path)
            except OSError:
                return None
            read.routine = _shipped(data) if origin is Origin.BUILT_IN else self._received_routine(data)
            read.whole, read.id = True, read.routine.id if read.routine is not None else ""
        if read.routine is None:
            return None
        if home_side not in read.lengths:
            read.lengths[home_side] = sum(length_s(one) for one in works(read.routine, self.library, home_side))
        return Listed(read.routine, origin, path, read.lengths[home_side])

    def _looked(self, path: str) -> _Read | None:
        """What is known of a file; None where there is no ordinary one."""
        stamp = _stamp(path)
        if stamp is None:
            self._read.pop(path, None)
            return None
        known = self._read.get(path)
        if known is None or known.stamp != stamp:
            known = _Read(stamp, _id_in(path))
            if path in self._read or len(self._read) < _MOST_KEPT:
                self._read[path] = known
        return known

    def _received_routine(self, data: bytes) -> Routine | None:
        from coach.core.routine.reading import read_routine

        return read_routine(data, self.library).routine


def _data(path: Path) -> bytes | Findings:
    """What a file holds, taken out of the PDF or the text that carries it. Raises OSError."""
    from coach.files import handout_pdf, routine_code

    data = routine_files.read_bytes(path)
    if routine_files.is_pdf(data):
        with path.open("rb") as file:
            return handout_pdf.attached_routine(file.read(handout_pdf.MAX_PDF_BYTES + 1))
    return routine_code.routine_in(data) if routine_code.is_code(data) else data


def _shipped(data: bytes) -> Routine:
    """One of our own files, which a test reads with every check: no need to doubt it at each start."""
    return msgspec.json.decode(data, type=Routine)


def prescriber_key(routine: Routine) -> str:
    """The prescriber's name, as far as it tells one from another: without case, diacritics and signs."""
    from coach.core.routine.editing.issuing import plain_words

    return "-".join(plain_words(routine.prescriber.name))


def _from_others(one: Routine, other: Routine) -> bool:
    """Whether two different people prescribed these."""
    names = {prescriber_key(one), prescriber_key(other)} - {""}
    return len(names) > 1


def _text(of: object, key: str) -> str:
    """What an entry of a file says under this key, if it is an entry and says a text."""
    found = of.get(key) if isinstance(of, dict) else None
    return found if isinstance(found, str) else ""


def same_work(one: Routine, other: Routine, library: Library) -> bool:
    """Whether what most of `other` is for, to strengthen or to stretch, is a third of `one` or more.

    Two stretches at the end of a strength routine do not make it stand for one of mobility.
    """
    ours, theirs = _kinds(one, library), _kinds(other, library)
    most = max(theirs, key=theirs.__getitem__, default=None)
    return most is not None and 3 * ours[most] >= ours.total() > 0


def _kinds(routine: Routine, library: Library) -> Counter[Kind]:
    known = known_exercises(library, routine)
    return Counter(known[item.exercise].kind for item in routine.items if item.exercise in known)


def _files(folder: Path) -> list[str]:
    """The files in a folder that are called as routines are; as plain text, since there may be thousands."""
    try:
        names = os.listdir(folder)  # noqa: PTH208
    except OSError:
        return []
    return [
        f"{folder}{os.sep}{name}" for name in sorted(names) if os.path.normcase(name).endswith(routine_files.SUFFIX)
    ]


def _stamp(path: str) -> tuple[int, int, int] | None:
    """When a file was written, how long it is and which it is: one that was replaced has another stamp."""
    try:
        found = os.stat(path)  # noqa: PTH116
    except (OSError, ValueError):
        return None
    return (found.st_mtime_ns, found.st_size, found.st_ino) if stat.S_ISREG(found.st_mode) else None


def _id_in(path: str) -> str | None:
    """The id of the routine in a file; None where only the reader with every check can tell."""
    try:
        return msgspec.json.decode(routine_files.read_bytes(Path(path)), type=_Head).id
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _newest(every: Iterable[Listed]) -> tuple[Listed, ...]:
    """The newest revision of each."""
    newest: dict[str, Listed] = {}
    for one in every:
        before = newest.get(one.routine.id)
        if before is None or before.routine.revision <= one.routine.revision:
            newest[one.routine.id] = one
    return tuple(newest.values())
