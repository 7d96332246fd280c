"""The desk's part for self-tests: what may be done today, its results, and what waits for its answers."""

from datetime import date
from typing import TYPE_CHECKING

from coach.app.readiness import criteria_since
from coach.app.testing import Attempt, Offer, Walked, keep_walk, offer, offer_again
from coach.core.clinical.self_tests import GROIN_FLAG, Guided
from coach.ui.presenters.desk import Desk

if TYPE_CHECKING:
    from coach.app.logbook import Logbook
    from coach.app.unanswered import Unanswered


class SelfTestsDesk:
    """The person's self-tests, for the window."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def offer(self, test: Guided, criteria_since: date | None = None) -> Offer | None:
        """A self-test as it may be done today; `criteria_since` where who asks knows it."""
        desk = self._desk
        listed = next(desk.routines.in_use(), None)
        return desk.tried(
            lambda: offer(
                test,
                desk.reading(),
                desk.logbook().today(),
                library=desk.routines_on_disk.library,
                settings=desk.settings,
                routine=listed.routine if listed is not None else None,
                criteria_since=criteria_since or self._criteria_since(),
                limits=desk.limits(),
            )
        )

    def attempt(self, offered: Offer) -> Attempt:
        """A self-test that begins now."""
        return Attempt(offered, self._desk.record)

    def record(
        self,
        name: str,
        day: date,
        *,
        pain: int,
        left: float | None = None,
        right: float | None = None,
        value: float | None = None,
        groin: bool = False,
    ) -> bool:
        """Record the result of a self-test, and a red flag if the groin hurt. True when it is on disk."""

        def write(book: "Logbook") -> None:
            if groin and pain > 0:  # first: if only one of the two comes to disk, it is this one
                book.flag(GROIN_FLAG, day, raised=True)
            book.test(name, day, pain=pain, left=left, right=right, value=value, groin=groin)

        return self._desk.record(write)

    def record_walk(self, on: date, walked: Walked) -> bool:
        """Record a guided walk. True when it is on disk."""
        return self._desk.record(lambda logbook: keep_walk(logbook, on, walked))

    # -- bouts whose questions are not answered yet ----------------------------------------------------------------

    def unanswered(self) -> "tuple[Unanswered, Offer] | None":
        """The oldest bout that waits for its answers, with what is known of its day."""
        waiting = next(iter(self._desk.surroundings.unanswered().read()), None)
        if waiting is None:
            return None
        offered = self._desk.tried(lambda: offer_again(waiting, self._desk.reading()))
        return (waiting, offered) if offered is not None else None

    def let_wait(self, one: "Unanswered") -> None:
        """Keep what was measured until it is in the log."""
        self._desk.kept(lambda: self._desk.surroundings.unanswered().add(one))

    def answered(self, one: "Unanswered") -> None:
        """It is in the log."""
        self._desk.tried(lambda: self._desk.surroundings.unanswered().remove(one))

    # -- inside -------------------------------------------------------------------------------------------------

    def _criteria_since(self) -> date | None:
        """The day since which the criteria before the impact check are met, R0 to R6; None while they are not."""
        desk = self._desk
        return desk.tried(lambda: criteria_since(desk.reading(), desk.routines_on_disk, desk.settings, desk.day()))
