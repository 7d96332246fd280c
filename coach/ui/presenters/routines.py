"""The desk's part for routines: their list, their files, drafts, and what is handed out."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from coach.app.prescribing import Prescription, prescribed, prescription
from coach.app.routines import Listed, Opened, Origin, same_work
from coach.app.settings import Settings
from coach.core.routine.plan import Work, works
from coach.core.routine.routine import Routine
from coach.ui.presenters.desk import Changed, Desk

if TYPE_CHECKING:
    from coach.app.drafts import Kept
    from coach.app.handout import Handout
    from coach.app.library import Shelved
    from coach.core.routine.reading import ReadRoutine


class RoutinesDesk:
    """The person's routines, for the window."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._on_disk = desk.routines_on_disk

    # -- reading ------------------------------------------------------------------------------------------------

    def listed(self) -> tuple[Listed, ...]:
        """Every routine the person has, built-in ones first."""
        return self._on_disk.all(self._desk.settings.home_side)

    def find(self, routine_id: str) -> Listed | None:
        """A routine by its id."""
        return self._on_disk.find(routine_id, self._desk.settings.home_side)

    def in_use(self) -> Iterator[Listed]:
        """The routines in use, in their order; one that is gone is passed over."""
        found = (self.find(name) for name in self._desk.settings.in_use)
        return (one for one in found if one is not None)

    def earlier(self, listed: Listed) -> tuple[Listed, ...]:
        """The revisions that came before this one, the latest first."""
        return self._on_disk.earlier(listed, self._desk.settings.home_side)

    def shelves(self) -> "tuple[Shelved, ...]":
        """Every exercise the person has, in the order of the library."""
        from coach.app.library import shelves

        return shelves(self._on_disk.library, self.listed(), self._desk.settings)

    def given(self, listed: Listed) -> Prescription:
        """The routine as this person does it: what is left out for their pain site, and what is advised against."""
        return prescription(listed, self._on_disk.library, self._desk.settings)

    def given_routine(self, routine: Routine) -> Prescription:
        """As `given`, for a routine that is in no list: a file that is being looked at."""
        return prescribed(routine, self._on_disk.library, self._desk.settings, own=False)

    def works(self, routine: Routine) -> tuple[Work, ...]:
        """The items of a routine with every number known."""
        return works(routine, self._on_disk.library, self._desk.settings.home_side)

    # -- files --------------------------------------------------------------------------------------------------

    def open_file(self, path: Path) -> Opened | None:
        """Look at a file; nothing is taken over."""
        return self._desk.tried(lambda: self._on_disk.open(path, self._desk.settings.home_side))

    def open_code(self, text: str) -> Opened | None:
        """Look at the text of a handout's code; None where it is none."""
        return self._on_disk.open_code(text, self._desk.settings.home_side)

    def data(self, listed: Listed) -> bytes | None:
        """The file of a routine."""
        return self._desk.tried(lambda: self._on_disk.data(listed))

    def write_file(self, path: Path, data: bytes) -> bool:
        """Write a file anywhere, whole or not at all. True when it is on disk."""
        from coach.app.transfer import write_file

        def writing() -> bool:
            write_file(path, data)
            return True

        return bool(self._desk.tried(writing))

    # -- coming and going ---------------------------------------------------------------------------------------

    def taken_as(self, routine: Routine) -> Routine:
        """The routine of a file under the id that it has, or would have, here."""
        return self._on_disk.taken_as(routine)

    def stands_for(self, routine: Routine) -> tuple[Listed, ...]:
        """The built-in routines in use that this one could take the place of: for the same kind of work.

        None where it is in use already: then it was decided when it first came.
        """
        taken, used = self.taken_as(routine), tuple(self.in_use())
        if any(one.routine.id == taken.id and one.origin is not Origin.BUILT_IN for one in used):
            return ()
        others = (one for one in used if one.origin is Origin.BUILT_IN and one.routine.id != taken.id)
        return tuple(one for one in others if same_work(routine, one.routine, self._desk.library))

    def accept(self, read: "ReadRoutine", instead_of: tuple[Listed, ...] = ()) -> bool:
        """Take a routine over and use it, in place of these."""
        assert read.routine is not None
        taken = self.taken_as(read.routine)
        if self._desk.kept(lambda: self._on_disk.accept(read)) is None:
            return False
        self.use(taken.id, instead_of)
        self._changed()
        return True

    def keep_own(self, data: bytes) -> Listed | None:
        """Put a routine that was made here among the person's own; it is not put in use."""
        listed = self._desk.kept(lambda: self._on_disk.keep_own(data))
        if listed is not None:
            self._changed()
        return listed

    def use(self, routine_id: str, instead_of: tuple[Listed, ...] = ()) -> None:
        """Put a routine in use, first in the order, and these out of use."""
        gone = {routine_id, *(one.routine.id for one in instead_of)}
        self._desk.choose_by(
            lambda known: replace(known, in_use=(routine_id, *(one for one in known.in_use if one not in gone)))
        )

    def stop_using(self, routine_id: str) -> None:
        """Put a routine out of use; it stays in the list."""
        self._desk.choose_by(
            lambda known: replace(known, in_use=tuple(one for one in known.in_use if one != routine_id))
        )

    def use_again(self, routine_id: str, before: tuple[str, ...]) -> None:
        """Put a routine in use where it was among those that were in use before; if it was not, it is not now."""

        def again(known: Settings) -> Settings:
            if routine_id not in before or routine_id in known.in_use:
                return known
            at = before.index(routine_id)
            return replace(known, in_use=(*known.in_use[:at], routine_id, *known.in_use[at:]))

        self._desk.choose_by(again)

    def remove(self, listed: Listed) -> bytes | None:
        """Take a received routine away; what is returned brings it back by `put_back`."""
        assert listed.origin is not Origin.BUILT_IN
        data = self._desk.kept(lambda: self._on_disk.remove(listed))
        if data is not None:
            self._changed()
        return data

    def put_back(self, listed: Listed, data: bytes) -> None:
        """Undo `remove`."""
        self._desk.kept(lambda: self._on_disk.put_back(listed, data))
        self._changed()

    # -- drafts -------------------------------------------------------------------------------------------------

    def drafts(self) -> "tuple[Kept, ...]":
        """What is being worked on in the editor, the latest first."""
        return self._desk.surroundings.drafts().all()

    def discard_draft(self, uid: str) -> None:
        """Keep a draft no longer."""
        self._desk.kept(lambda: self._desk.surroundings.drafts().remove(uid))
        self._changed()

    def keep_draft(self, kept: "Kept") -> None:
        """Undo `discard_draft`."""
        self._desk.kept(lambda: self._desk.surroundings.drafts().write(kept))
        self._changed()

    def draft_changed(self) -> None:
        """A draft was begun, handed out or given up."""
        self._changed()

    # -- handing out --------------------------------------------------------------------------------------------

    def handout(self, listed: Listed) -> "Handout | None":
        """What the handout of a routine tells; None if its file is no longer as it was."""
        from coach.app.handout import handout_of

        today = self._desk.surroundings.calendar.now().date()
        return self._desk.tried(lambda: handout_of(listed, self._on_disk, self._desk.settings, today))

    def handout_from(self, data: bytes) -> "Handout | None":
        """What the handout of a routine file tells that is on no disk yet; None if it has problems."""
        from coach.app.handout import handout

        settings, today = self._desk.settings, self._desk.surroundings.calendar.now().date()
        opened = self._desk.tried(lambda: self._on_disk.open_data(data, settings.home_side))
        if opened is None or opened.read is None or opened.read.routine is None:
            return None
        return handout(opened, self._on_disk, settings, today)

    # -- inside -------------------------------------------------------------------------------------------------

    def _changed(self) -> None:
        self._desk.routines_seen()
        self._desk.changed.emit(Changed.ROUTINES)
