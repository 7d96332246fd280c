"""The safety questions on one page: what is grave is kept however the page is left."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from coach.core.clinical.red_flags import BY_NAME, Flag, Tier
from coach.ui.presenters.desk import Desk
from coach.ui.screens.safety import Safety, Screened
from coach.ui.screens.settings import SettingsPage
from coach.ui.screens.today import Today
from coach.ui.screens.today_flags import Bullets
from coach.ui.widgets.buttons import Button
from coach.words import red_flags
from tests.ui import walk

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
NO_WEIGHT, GROIN, LIMP = (
    BY_NAME[name] for name in ("cannot_take_weight", "groin_pain_with_running", "limp_over_3_days")
)


class Asked:
    """The page over a made-up log, and how it was left."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self.desk = desk
        self.left: list[Screened] = []
        self.page = Safety(desk)
        self.page.on_ended(self.left.append)
        walk.opened(qtbot, self.page, 1004, 800)
        self.page.first_focus()

    def tick(self, flag: Flag) -> None:
        tiers = tuple(Tier)
        self.page.tiers[tiers.index(flag.tier)].statements[flag].click()

    @property
    def standing(self) -> tuple[Flag, ...]:
        today = self.desk.today()
        assert today is not None
        return today.flags


@pytest.fixture
def asked(qtbot: QtBot, desk: Desk) -> Asked:
    return Asked(qtbot, desk)


def test_escape_keeps_a_sign_that_no_exercise_may_follow(asked: Asked) -> None:
    asked.tick(NO_WEIGHT)
    asked.tick(LIMP)

    walk.key(Qt.Key.Key_Escape)

    assert asked.left == [Screened(kept=False, raised=(NO_WEIGHT,))]
    assert asked.standing == (NO_WEIGHT,), "what may wait two weeks is saved by Save alone"


def test_a_page_that_is_closed_keeps_it_too(asked: Asked) -> None:
    asked.tick(GROIN)

    asked.page.hide()

    assert asked.standing == (GROIN,)


def test_a_tick_that_was_taken_back_raises_nothing(asked: Asked) -> None:
    asked.tick(NO_WEIGHT)
    asked.tick(NO_WEIGHT)

    walk.key(Qt.Key.Key_Escape)

    assert asked.left == [Screened(kept=False)]
    assert asked.standing == ()


def test_what_a_clinician_has_looked_at_meanwhile_is_not_raised_anew(asked: Asked) -> None:
    asked.tick(NO_WEIGHT)
    asked.page.depart()
    asked.desk.flag(NO_WEIGHT.name, raised=False)

    walk.key(Qt.Key.Key_Escape)

    assert asked.standing == ()


def test_somebody_who_needs_help_now_is_asked_nothing_more(asked: Asked) -> None:
    asked.tick(NO_WEIGHT)

    asked.page.keep()

    assert asked.left == [Screened(kept=False, raised=(NO_WEIGHT,))]
    assert asked.desk.settings.screened == "", "the other questions are still open"


def test_enter_saves_what_is_grave_and_says_what_is_still_to_be_answered(asked: Asked) -> None:
    asked.tick(GROIN)

    walk.key(Qt.Key.Key_Return)

    assert asked.left == []
    assert asked.standing == (GROIN,)
    assert "Kept: groin pain that grows with running. Please tick" in asked.page.notice.text
    asked.tick(GROIN)
    assert asked.page.tiers[1].said(GROIN) == red_flags.stays()


def test_enter_saves_and_leaves_once_all_is_answered(asked: Asked) -> None:
    for one in asked.page.tiers:
        one.none.click()

    walk.key(Qt.Key.Key_Return)

    assert asked.left == [Screened(kept=True)]


def test_enter_on_not_now_leaves_without_saving(asked: Asked) -> None:
    for one in asked.page.tiers:
        one.none.click()
    later = next(one for one in asked.page.findChildren(Button) if one.text() == "Not now")
    later.setFocus()

    walk.key(Qt.Key.Key_Return)

    assert asked.left == [Screened(kept=False)]


def test_a_full_disk_is_said_first_and_keeps_nobody_on_the_page(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Desk, "flag", lambda *_, **__: False)
    asked.tick(NO_WEIGHT)

    walk.key(Qt.Key.Key_Escape)
    assert asked.left == []

    walk.key(Qt.Key.Key_Escape)
    assert asked.left == [Screened(kept=False)]


def test_settings_say_that_it_is_kept(qtbot: QtBot, desk: Desk) -> None:
    page = SettingsPage(desk)
    walk.opened(qtbot, page)
    page.person.safety.click()
    (sheet,) = page.findChildren(Safety)
    sheet.tiers[0].statements[NO_WEIGHT].click()

    QTest.keyClick(sheet, Qt.Key.Key_Escape)

    assert page.notice.text == "Kept: cannot put weight on the leg. Today says what to do."


# -- what Today says to it ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "names,says",
    [
        (("cannot_take_weight",), "Do no exercises. Do not stand on the leg."),
        (("saddle_numbness_or_bladder", "cold_white_leg"), "Do no exercises. Hours matter here."),
        (("calf_swelling_with_breathlessness",), "Do not walk it off."),
        (("locking_or_giving_way",), "Hip that locks or gives way. Leave out what makes it catch."),
    ],
)
def test_today_says_what_belongs_to_each_sign(qtbot: QtBot, desk: Desk, names: tuple[str, ...], says: str) -> None:
    page = Today(desk)
    walk.opened(qtbot, page)

    for name in names:
        desk.flag(name, raised=True)
    QApplication.processEvents()

    assert says in walk.texts(page)
    assert walk.texts(page).count(red_flags.own_advice(BY_NAME[names[0]])) == 1


def test_what_does_not_fit_on_one_line_goes_on_below_the_words() -> None:
    bullets = Bullets()
    bullets.show_lines(("Too much on three days within four weeks.", "Pain that has been rising."))
    bullets.resize(160, bullets.heightForWidth(160))
    bullets.show()

    dots = [one for one in bullets.findChildren(QLabel) if one.text() == "•"]
    words = [one for one in bullets.findChildren(QLabel) if one.text() != "•"]
    assert len(dots) == len(words) == 2
    assert all(dot.geometry().right() < said.x() for dot, said in zip(dots, words, strict=True))
    bullets.close()
