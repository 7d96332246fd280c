"""The routines a person has: built in, received, and which of them are in use."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from coach.core.routine.exercise import Exercise, ExerciseFile
from coach.core.routine.plan import length_s, works
from coach.core.routine.problems import Findings
from coach.core.routine.routine import BodySide, Routine
from coach.files import atomic, routine_files

if TYPE_CHECKING:
    from coach.core.routine.reading import ReadRoutine

Library = Mapping[str, Exercise]


class Origin(StrEnum):
    """Where a routine came from."""

    BUILT_IN = "built_in"
    RECEIVED = "received"


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


class Opened(Struct, frozen=True):
    """What came of opening a file: a routine, the size of an exercise library, or only findings."""

    kind: FileKind
    findings: Findings
    read: "ReadRoutine | None" = None
    exercises: int = 0
    length_s: float = 0.0
    data: bytes = b""
    """The bytes of the routine itself: of the file, or of what it carries."""


class Routines:
    """All routines, and the exercise library they draw on."""

    def __init__(self, exercises: Path, built_in: Path, received: Path) -> None:
        self._exercises = exercises
        self._built_in = built_in
        self._received = received

    @cached_property
    def library(self) -> Library:
        """The shipped exercises by id."""
        # Our own file, which a test reads with every check: no need to doubt it at each start.
        shipped = msgspec.json.decode(self._exercises.read_bytes(), type=ExerciseFile)
        return {exercise.id: exercise for exercise in shipped.exercises}

    def all(self, home_side: BodySide | None = None) -> tuple[Listed, ...]:
        """The newest revision of every routine, built-in ones first; files that cannot be read are passed over."""
        built_in = self._of_folder(self._built_in, Origin.BUILT_IN, home_side)
        received = self._of_folder(self._received, Origin.RECEIVED, home_side)
        return (*built_in, *received)

    def find(self, routine_id: str, home_side: BodySide | None = None) -> Listed | None:
        """A routine by its id; a received one goes before a built-in one of the same id."""
        # The built-in file of this name is tried first: Today should not read every routine to show one.
        received = self._of_folder(self._received, Origin.RECEIVED, home_side)
        found = next((one for one in received if one.routine.id == routine_id), None)
        if found:
            return found
        if routine_id.replace("-", "").isalnum():
            direct = self._listed(self._built_in / f"{routine_id}{routine_files.SUFFIX}", Origin.BUILT_IN, home_side)
            if direct and direct.routine.id == routine_id:
                return direct
        return next((one for one in self.all(home_side) if one.routine.id == routine_id), None)

    def open(self, path: Path, home_side: BodySide | None = None) -> Opened:
        """Look at a file by its content: a routine (ours or another app's), a library, a hand-out PDF or its code.

        Raises OSError.
        """
        return self._look(_data(path), home_side)

    def open_code(self, text: str, home_side: BodySide | None = None) -> Opened | None:
        """Look at the text of a hand-out's code; None where it is none at all."""
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
        if read.routine is None:
            return Opened(FileKind.ROUTINE, told + read.findings, read)
        length = sum(length_s(one) for one in works(read.routine, self.library, home_side))
        return Opened(FileKind.ROUTINE, told + read.findings, read, len(read.routine.items), length, data)

    def accept(self, read: "ReadRoutine") -> Path:
        """Take a routine over into the person's own folder; older revisions stay. Raises OSError."""
        from coach.core.routine.reading import write_routine

        assert read.routine is not None
        path = self._received / routine_files.file_name(read.routine.id, read.routine.revision)
        atomic.write_bytes(path, write_routine(read.routine, read.extensions))
        return path

    def remove(self, listed: Listed) -> bytes:
        """Take a received routine away; what is returned brings it back by `put_back`. Raises OSError."""
        data = listed.path.read_bytes()
        listed.path.unlink()
        return data

    def put_back(self, listed: Listed, data: bytes) -> None:
        """Undo `remove`. Raises OSError."""
        atomic.write_bytes(listed.path, data)

    def _of_folder(self, folder: Path, origin: Origin, home_side: BodySide | None) -> tuple[Listed, ...]:
        newest: dict[str, Listed] = {}
        for path in sorted(folder.glob(f"*{routine_files.SUFFIX}")):
            one = self._listed(path, origin, home_side)
            if one is None:
                continue
            before = newest.get(one.routine.id)
            if before is None or before.routine.revision <= one.routine.revision:
                newest[one.routine.id] = one
        return tuple(newest.values())

    def _listed(self, path: Path, origin: Origin, home_side: BodySide | None) -> Listed | None:
        try:
            data = routine_files.read_bytes(path)
        except OSError:
            return None
        routine = _shipped(data) if origin is Origin.BUILT_IN else self._received_routine(data)
        if routine is None:
            return None
        length = sum(length_s(one) for one in works(routine, self.library, home_side))
        return Listed(routine, origin, path, length)

    def _received_routine(self, data: bytes) -> Routine | None:
        from coach.core.routine.reading import read_routine

        return read_routine(data, self.library).routine


def _data(path: Path) -> bytes | Findings:
    """What a file holds, taken out of the PDF or the text that carries it. Raises OSError."""
    from coach.files import handout_pdf, routine_code

    data = routine_files.read_bytes(path)
    if routine_files.is_pdf(data):
        with path.open("rb") as file:
            return handout_pdf.attached_routine(file.read(handout_pdf.MAX_PDF_BYTES))
    return routine_code.routine_in(data) if routine_code.is_code(data) else data


def _shipped(data: bytes) -> Routine:
    """One of our own files, which a test reads with every check: no need to doubt it at each start."""
    return msgspec.json.decode(data, type=Routine)
