"""What leads by the events of a session: the guided session and the guided walk/run have it in common."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from coach.core.clinical.pain import Choice
from coach.core.session.cues import Cue
from coach.core.session.engine import Phase
from coach.core.session.view import SessionView
from coach.ui.presenters.desk import Desk
from coach.ui.presenters.leading import Leading
from coach.ui.presenters.session import Away, Over, Saving, SessionPresenter
from coach.ui.screens.full_window import ADJUST_S, FullWindow, bound
from coach.ui.screens.player_live import LivePage
from coach.ui.screens.player_questions import EndPage, Escaped, GoesOn, Hurting, HurtPage
from coach.ui.screens.player_summary import SummaryPage
from coach.ui.widgets.flash import Reach
from coach.ui.widgets.notice import NoticeKind
from coach.words import numbers
from coach.words.failures import failure
from coach.words.translate import tr

if TYPE_CHECKING:  # it paints a person: not before it is asked for
    from coach.ui.screens.player_where import Placed, WherePage


class SessionWindow(FullWindow):
    """Pauses, goes back and on, asks what hurts and whether to end; whoever builds on it says what is shown of it."""

    def __init__(
        self,
        desk: Desk,
        *,
        live: LivePage,
        hurt: HurtPage,
        end: EndPage,
        summary: SummaryPage,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, live, parent)
        self._session: SessionPresenter | None = None
        self._hurt, self._end, self._summary = hurt, end, summary
        self._where: WherePage | None = None
        live.on_pressed(back=self._back, skip=self._skip, halt=self._halt)
        hurt.on_rated(self._rated)
        hurt.on_chosen(self._goes_on)
        end.on_chosen(self._stay, self._end_now, self._leave)
        summary.on_left(self._leave)
        summary.on_where_wanted(self._ask_where)
        self._bind(
            (
                # A presenter's clicker sends Page Up.
                (self._back, (Qt.Key.Key_Left, Qt.Key.Key_PageUp, Qt.Key.Key_MediaPrevious)),
                (self._skip, (Qt.Key.Key_Right, Qt.Key.Key_MediaNext)),
                (self._halt, (Qt.Key.Key_B,)),
            )
        )
        hurt.on_left(self._escaped)
        bound(hurt, Qt.Key.Key_Escape, hurt.escape)

    @property
    def active(self) -> bool:
        """Whether something is being done."""
        return self._session is not None and self._session.live.session.phase is not Phase.DONE

    @property
    def unsaved(self) -> bool:
        """Whether something of it could not be brought to disk, now neither."""
        live = self._session.live if self._session is not None else None
        return live is not None and live.trouble is not None and not live.flush()

    def pause(self) -> None:
        """Stand still, if time runs."""
        if self._session is not None and self._session.live.session.phase is Phase.RUNNING:
            self._session.pause()

    # -- for whoever builds on it -------------------------------------------------------------------------------

    def _stepped(self, view: SessionView) -> None:
        """Show everything of one instant."""
        raise NotImplementedError

    def _over(self, over: Over) -> None:
        """Nothing more is led: ask how it was."""
        raise NotImplementedError

    def _offer_choices(self, pain: int) -> None:
        """Offer what the limits say to this pain."""
        raise NotImplementedError

    def _lead(self, session: SessionPresenter) -> None:
        """Lead by these events from now on."""
        self._session = session
        self._live.notice.hide()
        session.on_stepped(self._stepped)
        session.on_cued(self._cued)
        session.on_told(self._told)
        session.on_saving(self._saving)
        session.on_away(self._was_away)
        session.on_over(self._over)
        self._show_live()
        session.start()
        self._stepped(session.view())
        if session.live.session.hurting:
            self._ask_hurt()  # the window was closed on it

    def _let_go(self) -> None:
        """What runs pauses where it is; devices and timers are let go of."""
        self._frames.stop()
        self._close_devices()
        if self._session is not None:
            self._session.close()
            self._session.deleteLater()
            self._session = None

    # -- what it tells ------------------------------------------------------------------------------------------

    def _cued(self, cue: Cue) -> None:
        if self._session is not None and self._session.silent and cue.sound is not None:
            self._light(Reach.WHOLE if self._floor else Reach.EDGE)

    def _was_away(self, away: Away) -> None:
        text = tr("The computer was away for {time}. It paused there, and nothing was skipped.")
        self._live.notice.warn(text.format(time=numbers.about_minutes(away.gap_s)))

    def _saving(self, saving: Saving) -> None:
        if saving.failing is None:
            self._live.notice.show_notice(NoticeKind.GOOD, tr("It is being saved again; nothing is missing."))
        else:
            text = tr("It is not being saved just now, but goes on. {why}")
            self._live.notice.show_notice(NoticeKind.PROBLEM, text.format(why=failure(saving.failing)))

    # -- where it hurt ------------------------------------------------------------------------------------------

    def _ask_where(self) -> None:
        if self._where is None:
            from coach.ui.screens.player_where import WherePage

            self._where = WherePage()
            self._where.on_placed(self._placed)
            self._pages.addWidget(self._where)
        self._where.show_floor(floor=self._floor)
        today = self._desk.today()
        entry = today.entry if today is not None else None
        self._pages.setCurrentWidget(self._where)
        self._where.open((entry.spots if entry is not None else None) or ())

    def _placed(self, placed: "Placed") -> None:
        self._pages.setCurrentWidget(self._summary)
        if placed.spots is not None:
            kept = self._desk.check_in(spots=placed.spots)
            self._summary.notice.show_notice(*_noted(kept=kept))
        self._summary.come_back()

    # -- what the window asks of it -----------------------------------------------------------------------------

    def _leading(self) -> Leading | None:
        return self._session

    def _show_again(self) -> None:
        if self._session is not None:
            self._stepped(self._session.view())

    # -- what is pressed ----------------------------------------------------------------------------------------

    def _press(self) -> None:
        if self._session is not None:
            self._session.toggle()

    def _halt(self) -> None:
        if self._session is not None:
            self._session.halt()

    def _back(self) -> None:
        if self._session is not None:
            self._session.back()

    def _skip(self) -> None:
        if self._session is not None:
            self._session.skip()

    def _more(self) -> None:
        if self._session is not None:
            self._session.adjust(ADJUST_S)

    def _less(self) -> None:
        if self._session is not None:
            self._session.adjust(-ADJUST_S)

    def _hurts(self) -> None:
        if self._session is not None:
            self._session.hurts()
            self._ask_hurt()

    def _ask_hurt(self) -> None:
        """How much it hurts, or what is offered to the answer that was given."""
        assert self._session is not None
        self._pages.setCurrentWidget(self._hurt)
        self._hurt.open(self._session.limits)
        told = self._session.answered
        if told is not None:
            self._offer_choices(told)

    def _escaped(self, escaped: Escaped) -> None:
        if self._session is None:
            return
        if escaped.answered:
            self._ask_end()
        else:
            self._show_live()
            self._session.take_back()

    def _rated(self, hurting: Hurting) -> None:
        if self._session is not None:
            self._session.rate(hurting.pain)
            self._offer_choices(hurting.pain)

    def _goes_on(self, goes_on: GoesOn) -> None:
        if self._session is None:
            return
        if goes_on.choice is not Choice.STOP:
            self._show_live()
        self._session.choose(goes_on.choice)

    def _ask_end(self) -> None:
        if self._session is not None:
            self._session.pause()
            self._pages.setCurrentWidget(self._end)
            if self._session.live.session.hurting:
                self._end.open_hurt()
            else:
                self._end.open()

    def _stay(self) -> None:
        if self._session is None:
            return
        if self._session.live.session.hurting:
            self._ask_hurt()
        else:
            self._show_live()
            self._session.toggle()

    def _end_now(self) -> None:
        if self._session is not None:
            self._session.stop()


def _noted(*, kept: bool) -> tuple[NoticeKind, str]:
    if kept:
        return NoticeKind.GOOD, tr("Where it hurt is noted.")
    return NoticeKind.PROBLEM, tr("Where it hurt could not be saved. You can show it again on Today.")
