"""The sheet for one routine or one opened file: everything in it, before anything is taken over.

All of a file is foreign text: it is shown through `plain_text` alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from coach.app.prescribing import Prescription
from coach.app.routines import FileKind, Listed, Opened, Origin
from coach.core.clinical.proposal import Proposal
from coach.core.routine.plan import known_exercises
from coach.core.routine.reading import ReadRoutine
from coach.core.routine.routine import Routine
from coach.core.routine.schedule import per_week
from coach.ui import a11y, plain_text
from coach.ui.icons import Icon
from coach.ui.plain_text import Role
from coach.ui.presenters.desk import Desk
from coach.ui.screens import preview_cards as cards
from coach.ui.screens.choices import Choice, remark
from coach.ui.screens.page import Page, move_keyboard, wrapped
from coach.ui.tokens import GAP, STEP
from coach.ui.widgets.buttons import RETURN, Button, Kind
from coach.ui.widgets.card import Card
from coach.ui.widgets.card import Rule as Hairline
from coach.ui.widgets.notice import NoticeKind
from coach.words import guidance, numbers, prescription, problems, refusals, revisions, session
from coach.words.revisions import Revision
from coach.words.translate import capital, count, enumerated, tr

_TITLE: Final = 80
_SIDE_CARD: Final = 320
_TWO_COLUMNS_FROM: Final = 860
_FIGURE: Final = (104, 70)
_LONGEST_NOTE: Final = 1_000
_SHOWN: Final = 60
"""A hostile file can have a problem in every line; more than this nobody reads. All of them can be copied."""


@dataclass(frozen=True, slots=True)
class ListedSubject:
    """A routine that the person has."""

    listed: Listed
    in_use: bool
    earlier: bool = False
    """It is a revision that another one has replaced."""


@dataclass(frozen=True, slots=True)
class FileSubject:
    """A file that was opened: a routine that could be taken over, or what is wrong with it."""

    path: Path
    opened: Opened
    before: Listed | None
    """What the person has under the same id."""
    apart: Listed | None = None
    """What the person has under the same id from somebody else: both are kept."""


Subject = ListedSubject | FileSubject


@dataclass(frozen=True, slots=True)
class Ended:
    """The sheet is done; `taken` is the routine that was taken over or put in use."""

    taken: Routine | None = None
    instead_of: tuple[Listed, ...] = ()
    """What it took the place of: these are no longer in use."""
    in_use: tuple[str, ...] = ()
    """What was in use before, to bring it back."""


@dataclass(frozen=True, slots=True)
class Started:
    """The person wants to begin a session of this routine."""

    listed: Listed


@dataclass(frozen=True, slots=True)
class EditWanted:
    """The person wants to work on this routine, or on a copy of it if it is not an own one."""

    listed: Listed


@dataclass(frozen=True, slots=True)
class EarlierWanted:
    """The person wants to see an earlier revision."""

    listed: Listed


@dataclass(frozen=True, slots=True)
class AnotherWanted:
    """The person wants to open another file instead of one that cannot be taken."""


def of_listed(desk: Desk, listed: Listed) -> ListedSubject:
    """A routine of the list, to look at."""
    return ListedSubject(listed, listed.routine.id in desk.settings.in_use)


def of_file(desk: Desk, path: Path, opened: Opened) -> FileSubject:
    """A file that was opened, to look at."""
    routine = opened.read.routine if opened.read is not None else None
    if routine is None:
        return FileSubject(path, opened, None)
    taken = desk.routines.taken_as(routine)
    apart = desk.routines.find(routine.id) if taken.id != routine.id else None
    return FileSubject(path, opened, desk.routines.find(taken.id), apart)


class Preview(Page):
    """One routine, whole; or all that is wrong with a file."""

    ended = Signal(object)  # Ended
    started = Signal(object)  # Started
    edit_wanted = Signal(object)  # EditWanted
    earlier_wanted = Signal(object)  # EarlierWanted
    another_wanted = Signal(object)  # AnotherWanted

    def __init__(self, desk: Desk, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self._desk = desk
        self._subject = subject
        self._today = desk.surroundings.calendar.now().date()
        self._wide = QVBoxLayout()
        self._narrow = QVBoxLayout()
        self._side_cards: tuple[Card, ...] = ()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._first: Button | None = None
        self.hand_out: Button | None = None
        self.instead: Choice | None = None
        """Whether it takes the place of the built-in ones for the same work; None where there are none in use."""
        self._stands_for: tuple[Listed, ...] = ()
        desk.on_failed(self.show_failure)
        match subject:
            case ListedSubject():
                self._show_listed(subject)
            case FileSubject(opened=Opened(read=ReadRoutine(routine=Routine()))):
                self._show_file(subject)
            case FileSubject():
                self._show_refused(subject)

    def on_ended(self, take: Callable[[Ended], object]) -> None:
        """Call `take` when the sheet is done."""
        self.ended.connect(take)

    def on_started(self, take: Callable[[Started], object]) -> None:
        """Call `take` when the person wants to begin."""
        self.started.connect(take)

    def on_edit_wanted(self, take: Callable[[EditWanted], object]) -> None:
        """Call `take` when the person wants to work on the routine."""
        self.edit_wanted.connect(take)

    def on_earlier_wanted(self, take: Callable[[EarlierWanted], object]) -> None:
        """Call `take` when the person wants to see an earlier revision."""
        self.earlier_wanted.connect(take)

    def on_another_wanted(self, take: Callable[[AnotherWanted], object]) -> None:
        """Call `take` when the person wants to open another file."""
        self.another_wanted.connect(take)

    def first_focus(self) -> None:
        """Put the keyboard on the button that Enter stands for."""
        if self._first is not None:
            move_keyboard(self._first)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
            return
        super().keyPressEvent(event)

    # -- buttons ------------------------------------------------------------------------------------------------

    def _leave(self) -> None:
        self.ended.emit(Ended())

    def _take(self) -> None:
        subject = self._subject
        if not isinstance(subject, FileSubject) or subject.opened.read is None:
            return
        instead_of, before = self._instead_of, self._desk.settings.in_use
        if self._desk.routines.accept(subject.opened.read, instead_of):
            self.ended.emit(Ended(subject.opened.read.routine, instead_of, before))

    @property
    def _instead_of(self) -> tuple[Listed, ...]:
        return self._stands_for if self.instead is not None and self.instead.isChecked() else ()

    def _start(self) -> None:
        if isinstance(self._subject, ListedSubject):
            self.started.emit(Started(self._subject.listed))

    def _use(self) -> None:
        if isinstance(self._subject, ListedSubject):
            routine, instead_of, before = self._subject.listed.routine, self._instead_of, self._desk.settings.in_use
            self._desk.routines.use(routine.id, instead_of)
            self.ended.emit(Ended(routine, instead_of, before))

    def _stop(self) -> None:
        if isinstance(self._subject, ListedSubject):
            self._desk.routines.stop_using(self._subject.listed.routine.id)
            self.ended.emit(Ended())

    def _hand_out(self) -> None:
        if not isinstance(self._subject, ListedSubject):
            return
        of = self._desk.routines.handout(self._subject.listed)
        if of is None:
            return
        from coach.ui.screens.paper_sheet import handout_sheet  # only for paper

        sheet = handout_sheet(of, self)
        sheet.on_ended(lambda _: self.uncover(sheet, self._back_from_paper))
        self.cover(sheet, sheet.first_focus)

    def _back_from_paper(self) -> None:
        if self.hand_out is not None:
            move_keyboard(self.hand_out)

    def _edit(self) -> None:
        if isinstance(self._subject, ListedSubject):
            self.edit_wanted.emit(EditWanted(self._subject.listed))

    def _button(self, text: str, do: Callable[[], None], kind: Kind = Kind.GHOST, hint: str = "") -> Button:
        made = Button(text, kind, hint=hint)
        made.on_pressed(do)
        self.buttons.addWidget(made)
        return made

    # -- a routine ----------------------------------------------------------------------------------------------

    def _show_listed(self, subject: ListedSubject) -> None:
        listed = subject.listed
        if subject.earlier:
            self._show_earlier(listed)
            return
        self._button(tr("Close"), self._leave, hint=tr("Esc"))
        self._button(tr("Edit") if listed.origin is Origin.OWN else tr("Edit a copy"), self._edit)
        if subject.in_use:
            self._button(tr("Stop using"), self._stop)
        else:
            self._button(tr("Use this routine"), self._use)
            if listed.origin is not Origin.BUILT_IN:
                self._add_instead(listed.routine)
        self.hand_out = self._button(tr("&Handout…"), self._hand_out)
        self._first = self._button(tr("Start"), self._start, Kind.PRIMARY, RETURN)
        given = self._desk.routines.given(listed)
        held = self._desk.proposed(given).held
        if held is not None:
            self._first.setEnabled(False)
            self._banner(NoticeKind.WARNING, no_start(held, self._today))
        earlier = self._desk.routines.earlier(listed)
        before = earlier[0] if earlier else None
        if before is not None:
            text = tr("What changed since revision {old} stands side by side.")
            self._banner(NoticeKind.INFO, text.format(old=before.routine.revision))
        self._show_routine(listed.routine, listed.length_s, given, before)
        former = before.routine if before is not None else None
        self._show_side(listed.routine, listed.path.name, former, self._earlier(earlier))

    def _show_earlier(self, listed: Listed) -> None:
        self._first = self._button(tr("Back"), self._leave, hint=tr("Esc"))
        text = tr("This is the earlier revision {number}. A later one has taken its place.")
        self._banner(NoticeKind.INFO, text.format(number=listed.routine.revision))
        self._show_routine(listed.routine, listed.length_s, self._desk.routines.given(listed))
        self._show_side(listed.routine, listed.path.name)

    def _earlier(self, every: tuple[Listed, ...]) -> tuple[Card, ...]:
        """The revisions that came before, each to be looked at."""
        if not every:
            return ()
        card = cards.titled(tr("Earlier revisions"))
        for one in every[:_SHOWN]:
            text = tr("Revision {number}").format(number=one.routine.revision)
            day = prescription.day_of(one.routine.issued, self._today)
            button = Button(" · ".join(part for part in (text, day) if part), Kind.QUIET, icon=Icon.CLOCK)
            button.on_pressed(self._shows(one))
            card.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return (card,)

    def _shows(self, one: Listed) -> Callable[[], None]:
        return lambda: self.earlier_wanted.emit(EarlierWanted(one))

    def _show_file(self, subject: FileSubject) -> None:
        read = subject.opened.read
        assert read is not None
        assert read.routine is not None
        routine = read.routine
        self._button(tr("Not now"), self._leave, hint=tr("Esc"))
        older = revisions.is_older(routine, subject.before)
        if not older:
            self._first = self._button(tr("Use this routine"), self._take, Kind.PRIMARY, RETURN)
            self._add_instead(routine)
        self._add_apart(routine, subject.apart)
        self._add_before(routine, subject.before)
        self._add_warnings(subject)
        self._show_routine(routine, subject.opened.length_s, self._desk.routines.given_routine(routine), subject.before)
        former = revisions.former(routine, subject.before)
        self._show_side(routine, subject.path.name, former.routine if former else None)

    def _show_routine(
        self, routine: Routine, length_s: float, given: Prescription, before: Listed | None = None
    ) -> None:
        self.show_title(plain_text.clean_name(routine.title, _TITLE))
        often = prescription.schedule_words(routine.schedule)
        parts = (
            capital(often),
            numbers.about_minutes(length_s),
            count(len(routine.items), "%n exercise", "%n exercises"),
        )
        self.show_sub(" · ".join(part for part in parts if part))
        self._add_advice(given, routine)
        self._begin_columns()
        former = revisions.former(routine, before)
        now, was = self._revision(routine), None if former is None else self._revision(former.routine)
        changes = {} if was is None else revisions.changes(now, was)
        gone = () if was is None else revisions.gone(now, was)
        self._wide.addWidget(cards.exercises(now, given, changes, gone))

    def _revision(self, routine: Routine) -> Revision:
        items = tuple(zip(self._desk.routines.works(routine), routine.items, strict=True))
        return Revision(routine, items, known_exercises(self._desk.library, routine))

    def _begin_columns(self) -> None:
        for column in (self._wide, self._narrow):
            column.setSpacing(GAP)
            column.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(GAP)
        self._columns.addLayout(self._wide, 1)
        self._columns.addLayout(self._narrow, 0)
        self.body.addLayout(self._columns)
        self.body.addStretch()

    def _show_side(
        self, routine: Routine, file: str, before: Routine | None = None, more: tuple[Card, ...] = ()
    ) -> None:
        self._side_cards = (cards.who(routine, file, before, self._today), cards.limits(routine, before), *more)
        for card in self._side_cards:
            self._narrow.addWidget(card)
        self._narrow.addStretch()
        self._wide.addStretch()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        two = self.width() >= _TWO_COLUMNS_FROM
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if two else QBoxLayout.Direction.TopToBottom)
        for card in self._side_cards:
            card.setMinimumWidth(_SIDE_CARD if two else 0)
            card.setMaximumWidth(_SIDE_CARD if two else _WIDEST)

    # Banners

    def _banner(self, kind: NoticeKind, text: str) -> None:
        self.body.addWidget(remark(kind, text))

    def _add_instead(self, routine: Routine) -> None:
        """Ask whether it takes the place of what is in use for the same work: else the week would hold both."""
        self._stands_for = self._desk.routines.stands_for(routine)
        if not self._stands_for:
            return
        beside = sum(per_week(one.routine.schedule) for one in self._stands_for)
        alone = per_week(routine.schedule)
        more = tr("Without the tick all of them are in use: {both} sessions a week, not {alone}.")
        self.instead = Choice(
            tr("Use it instead of {routines}").format(routines=titles(self._stands_for)),
            more.format(both=alone + beside, alone=alone),
        )
        self.instead.setChecked(True)
        self.body.addWidget(self.instead)

    def _add_apart(self, routine: Routine, apart: Listed | None) -> None:
        if apart is None:
            return
        text = tr(
            "You have a routine of the same id from {other}, and this one is from {new}. Both are kept: neither "
            "takes the place of the other."
        )
        other, new = (plain_text.clean_name(one.prescriber.name, _TITLE) for one in (apart.routine, routine))
        self._banner(NoticeKind.WARNING, text.format(other=other, new=new))

    def _add_before(self, routine: Routine, before: Listed | None) -> None:
        if before is None:
            return
        if before.origin is Origin.BUILT_IN:
            self._banner(NoticeKind.INFO, tr("It takes the place of the built-in routine with the same id."))
        elif revisions.is_older(routine, before):
            text = tr(
                "You have revision {old} already, which is newer than this revision {new}. There is nothing to take "
                "over. To go back to this one, remove revision {old} first."
            )
            self._banner(NoticeKind.WARNING, text.format(old=before.routine.revision, new=routine.revision))
        elif before.routine == routine:
            self._banner(NoticeKind.INFO, tr("You have exactly this routine already."))
        elif before.routine.revision == routine.revision:
            text = tr("You have a revision {number} already, and it is not the same. This one replaces it.")
            self._banner(NoticeKind.WARNING, text.format(number=routine.revision))
        else:
            text = tr("Revision {new} replaces revision {old}. What changed stands side by side.")
            self._banner(NoticeKind.INFO, text.format(new=routine.revision, old=before.routine.revision))

    def _add_warnings(self, subject: FileSubject) -> None:
        warnings = subject.opened.findings.warnings
        if not warnings:
            return
        card = cards.titled(tr("Odd, but it can be read"))
        for problem in warnings[:_SHOWN]:
            card.column.addWidget(cards.finding(problem, subject.opened.spots.get(problem.path)))
        self.body.addWidget(card)

    def _add_advice(self, given: Prescription, routine: Routine) -> None:
        known = known_exercises(self._desk.library, routine)
        if given.left_out:
            names = ", ".join(dict.fromkeys(session.name(one.exercise, known) for one in given.left_out))
            text = tr("Left out because of where it hurts: {exercises}. The reasons stand beside them.")
            self._banner(NoticeKind.INFO, text.format(exercises=names))
        if given.advised:
            number = len({one.exercise for one in given.advised})
            text = count(
                number,
                "%n exercise needs care because of where it hurts: the reason stands beside it.",
                "%n exercises need care because of where it hurts: the reasons stand beside them.",
            )
            self._banner(NoticeKind.WARNING, text)

    # -- a file that is not taken -------------------------------------------------------------------------------

    def _show_refused(self, subject: FileSubject) -> None:
        self.show_title(plain_text.clean_name(subject.path.name, _TITLE))
        another = Button(tr("Open another file…"), Kind.GHOST, icon=Icon.OPEN)
        another.on_pressed(lambda: self.another_wanted.emit(AnotherWanted()))
        self.buttons.addWidget(another)
        self._first = self._button(tr("Close"), self._leave, hint=tr("Esc"))
        if subject.opened.kind is FileKind.LIBRARY:
            self._show_library(subject.opened)
            return
        found = subject.opened.findings.problems
        self.show_sub(tr("This routine was not imported"))
        self._banner(NoticeKind.PROBLEM, refusals.refusal(found))
        card = cards.titled(tr("What is wrong, and where"))
        for place, problem in enumerate(found[:_SHOWN]):
            if place:
                card.column.addWidget(Hairline())
            card.column.addWidget(cards.finding(problem, subject.opened.spots.get(problem.path)))
        if len(found) > _SHOWN:
            more = tr("And {number} more. “Copy the list” takes all of them.").format(number=len(found) - _SHOWN)
            card.column.addWidget(wrapped(more, Role.MUTED))
        self.copy_list = Button(tr("Copy the list"), Kind.GHOST, icon=Icon.FILE)
        self.copy_list.on_pressed(self._copied)
        card.column.addSpacing(STEP)
        card.column.addWidget(self.copy_list, 0, Qt.AlignmentFlag.AlignLeft)
        help_ = tr("Send the list to whoever made the file: each line says what to mend.")
        card.column.addWidget(wrapped(help_, Role.MUTED))
        self.body.addWidget(card)
        self.body.addStretch()

    def _show_library(self, opened: Opened) -> None:
        self.show_sub(tr("An exercise library, not a routine"))
        text = tr(
            "This file describes {number} exercises and says nothing about how often to do them. "
            "There is nothing to take over, and nothing was changed."
        )
        self._banner(NoticeKind.INFO, text.format(number=opened.exercises))
        self.body.addStretch()

    def _copied(self) -> None:
        subject = self._subject
        if isinstance(subject, FileSubject):
            found = subject.opened.findings
            lines = (problems.line(subject.path.name, one) for one in (*found.problems, *found.warnings))
            QGuiApplication.clipboard().setText(plain_text.clean("\n".join(lines)))
            self.copy_list.show_text(tr("Copied"), icon=Icon.CHECK)
            a11y.announce(self, tr("Copied"))


def titles(of: tuple[Listed, ...]) -> str:
    """`Strength A: on the floor and Strength B: on your feet`."""
    return enumerated([plain_text.clean_name(one.routine.title, _TITLE) for one in of])


_WIDEST: Final = 16_777_215
"""What Qt takes for "no limit"."""


def no_start(held: Proposal, today: date) -> str:
    """Why a session cannot be begun while a red flag stands, or while it rests and until when."""
    if held.flags:
        return tr("No session can be started just now. Today says what comes first.")
    return tr("No session can be started just now. {why}").format(why=guidance.not_today(held, today))
