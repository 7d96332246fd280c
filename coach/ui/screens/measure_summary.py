"""The end of a self-test: what came of it, whether that is in the log, and what comes after."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from coach.app.testing import Offer, Walked
from coach.core.clinical.self_tests import Allowed, Guided, goal
from coach.core.log import TestResult
from coach.ui.presenters.desk import Desk
from coach.ui.screens.player_summary import SummaryPage
from coach.ui.widgets.notice import NoticeKind
from coach.words import testing as words
from coach.words.translate import tr


@dataclass(frozen=True, slots=True)
class CameTo:
    """What a test came to."""

    title: str
    verdict: str
    lines: tuple[tuple[str, str], ...]
    groin: bool
    """It hurt in the groin: that comes before everything else that is said."""


def walk_came_to(walked: Walked, offered: Offer) -> CameTo:
    """What a brisk walk came to."""
    wanted = goal(Guided.BRISK_WALK, offered.readiness)
    verdict = words.walk_verdict(walked, wanted, words.walk_limit(offered.readiness))
    return CameTo(words.title(Guided.BRISK_WALK), verdict, words.walk_lines(walked, wanted), walked.groin)


def came_to(results: tuple[TestResult, ...], offered: Offer, *, groin: bool) -> CameTo:
    """What any other test came to."""
    told = words.summary(offered.test, results, offered.readiness, groin=groin)
    return CameTo(words.title(offered.test), told.verdict, told.lines, groin)


def after_walk() -> str:
    """What comes after a brisk walk."""
    return tr("The pain of tomorrow morning belongs to this walk: Today asks for it.")


def after_test(desk: Desk, offered: Offer, criteria_since: date | None) -> str:
    """When a test can be done again, as the log has it now."""
    found = desk.self_tests.offer(offered.test, criteria_since)
    if found is not None and isinstance(found.permission, Allowed) and found.earlier:
        return tr("What is left of it can still be done today.")
    again = words.again(offered.on, desk.day())
    if offered.test is Guided.IMPACT:
        return f"{tr('The pain of tomorrow morning belongs to this check: Today asks for it.')} {again}"
    return again


class ResultPage(SummaryPage):
    """Saves what a test came to when it shows it, and again as often as it is asked to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, back=tr("Done"), heading=tr("Result"))
        self._saves: Callable[[], bool] = bool
        self.on_retry(self._save)

    def sum_up(self, found: CameTo, after: Callable[[], str], save: Callable[[], bool]) -> None:
        """Save it and show it; `after` is asked when it is in the log."""
        self._saves = save
        saved = save()
        verdict = words.groin_advice() if found.groin else found.verdict
        self.open(found.title, verdict, found.lines, "" if found.groin else after())
        self._show_saved(saved=saved)

    def _save(self) -> None:
        self._show_saved(saved=self._saves())

    def _show_saved(self, *, saved: bool) -> None:
        self.show_saved(saved=saved)
        if saved:
            self.notice.hide()
        else:
            text = tr("This is not in your log yet. Try again, or answer another time: what was measured is kept.")
            self.notice.show_notice(NoticeKind.PROBLEM, text)
