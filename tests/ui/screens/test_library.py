"""Library: what is found, what the keyboard does, what moves and what does not."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollBar
from pytestqt.qtbot import QtBot

from coach.app.library import MOST_OWN
from coach.core.routine.exercise import PainSite
from coach.ui import a11y
from coach.ui.presenters.desk import Desk
from coach.ui.screens.exercise import ExercisePage
from coach.ui.screens.library import LibraryPage
from coach.ui.widgets.buttons import Button
from coach.ui.widgets.exercise_card import ExerciseCard
from tests.fakes import FakeClock
from tests.ui import walk
from tests.ui.screens.test_routines import received

OWN: dict[str, Any] = {
    "id": "wall_slide",
    "name": "Wall slide",
    "area": "trunk",
    "equipment": ["wall & towel"],
    "steps": [{"type": "step", "text": "Slide."}],
}


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Iterator[LibraryPage]:
    made = LibraryPage(desk)
    walk.opened(qtbot, made, 1004, 800)
    made.arrive()
    settle()
    yield made
    made.close()


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


def keys(page: LibraryPage) -> list[str]:
    return [card.face.key for card in page.grid.cards]


def names(page: LibraryPage) -> list[str]:
    return [card.face.name for card in page.grid.cards]


def search(page: LibraryPage, words: str) -> None:
    page.search.setFocus()
    page.search.clear()
    page.search.insert(words)  # as an input method does; QTest types ASCII only
    settle()


def choose(page: LibraryPage, sort: str, value: str) -> None:
    page._groups[sort].chip(value).click()
    settle()


def card(page: LibraryPage, key: str) -> ExerciseCard:
    return next(card for card in page.grid.cards if card.face.key == key)


def at_card() -> str:
    focused = QApplication.focusWidget()
    assert isinstance(focused, ExerciseCard)
    return focused.face.key


def sheet(page: LibraryPage) -> ExercisePage:
    (found,) = [one for one in page.findChildren(ExercisePage) if one.isVisible()]
    return found


def bar(page: LibraryPage) -> QScrollBar:
    return page._scroll.verticalScrollBar()


# -- finding ----------------------------------------------------------------------------------------------------


def test_every_exercise_has_a_card_that_says_what_it_is(page: LibraryPage) -> None:
    assert len(keys(page)) == 46
    assert "46 exercises" in walk.texts(page)
    assert card(page, "clamshell").accessibleName() == "Clamshell, Hip – outer side · 2×10 / side, Strength"


@pytest.mark.parametrize(
    "words,found",
    [
        ("clamshell", ["Clamshell", "Banded clamshell"]),
        ("CLAM band", ["Banded clamshell"]),
        ("iliopsoas", ["Hip flexor stretch"]),
        ("clâmshell bånded", ["Banded clamshell"]),
        ("side-lying clam", ["Clamshell"]),
    ],
)
def test_typing_finds_by_name_other_name_and_muscle(page: LibraryPage, words: str, found: list[str]) -> None:
    search(page, words)

    assert names(page) == found
    assert f"{len(found)} of 46 exercises" in walk.texts(page)


def test_chips_narrow_what_words_have_found(page: LibraryPage) -> None:
    choose(page, "regions", "buttock")
    choose(page, "kinds", "roll")
    assert names(page) == ["Roll the buttock", "Ball massage"]

    choose(page, "equipment", "ball")
    assert names(page) == ["Ball massage"]
    choose(page, "equipment", "foam roller")
    assert names(page) == ["Roll the buttock", "Ball massage"]


def test_there_is_a_chip_for_what_every_home_can_do(page: LibraryPage) -> None:
    choose(page, "equipment", "")

    assert {"Brisk walk test", "Bridge", "Clamshell"} <= set(names(page))
    assert "Banded clamshell" not in names(page)


def test_cards_stand_under_the_region_they_belong_to(page: LibraryPage) -> None:
    search(page, "plank")
    assert walk.texts(page).count("Trunk") == 2, "the chip and the heading"

    search(page, "soleus")
    assert walk.texts(page).count("Trunk") == 1


def test_where_nothing_fits_one_button_shows_all_again(page: LibraryPage) -> None:
    choose(page, "kinds", "test")
    search(page, "hamster")
    assert keys(page) == []
    assert "No exercise fits" in walk.texts(page)
    assert "“hamster”" in walk.texts(page)

    page.show_all.setFocus()
    walk.key(Qt.Key.Key_Return)

    assert len(keys(page)) == 46
    assert QApplication.focusWidget() is page.search


def test_filters_are_cleared_by_one_button_that_is_there_only_then(page: LibraryPage) -> None:
    assert "Clear filters" not in walk.texts(page)
    choose(page, "regions", "hip")
    search(page, "band")

    next(one for one in page.findChildren(Button) if one.text() == "Clear filters").click()

    assert len(keys(page)) == 46
    assert page.search.text() == ""


def test_a_narrowed_list_begins_at_its_top(page: LibraryPage) -> None:
    bar(page).setValue(bar(page).maximum())

    choose(page, "kinds", "strength")

    assert bar(page).value() == 0


# -- the person -------------------------------------------------------------------------------------------------


def test_what_is_off_where_it_hurts_says_so_in_words(page: LibraryPage, desk: Desk) -> None:
    desk.choose(pain_sites=(PainSite.GROIN,))
    settle()

    assert "Leave out for now" in card(page, "hip_flexor_stretch").accessibleName()
    assert "Adapt for now" in card(page, "clamshell").accessibleName()
    assert "now" not in card(page, "isometric_abduction").accessibleName()


def test_exercises_of_a_received_routine_say_where_they_come_from(
    page: LibraryPage, desk: Desk, tmp_path: Path
) -> None:
    received(desk, tmp_path, exercises=[OWN])
    settle()

    own = card(page, "wall_slide@hip-strength-a")
    assert "From Physio practice by the river" in own.accessibleName()
    assert "Wall && towel" in walk.texts(page)
    choose(page, "equipment", "wall & towel")
    assert names(page) == ["Wall slide"]


def test_an_exercise_for_which_nobody_names_a_dose_claims_none(page: LibraryPage, desk: Desk, tmp_path: Path) -> None:
    received(desk, tmp_path, exercises=[OWN])
    page.open("wall_slide@hip-strength-a")
    settle()

    assert "The file names none." in walk.texts(sheet(page))
    assert "1 set" not in walk.texts(sheet(page))


def test_what_was_looked_for_stays_when_a_routine_comes(page: LibraryPage, desk: Desk, tmp_path: Path) -> None:
    choose(page, "regions", "trunk")
    search(page, "slide")
    assert keys(page) == []

    received(desk, tmp_path, exercises=[OWN])
    settle()

    assert names(page) == ["Wall slide"]


def test_foreign_text_is_shown_as_it_is(qtbot: QtBot, page: LibraryPage, desk: Desk, tmp_path: Path) -> None:
    canary = walk.Canary(tmp_path)
    mark = canary.markup
    hostile = {
        **OWN,
        "name": mark,
        "area": mark,
        "equipment": [mark],
        "muscles": [mark],
        "other_names": [mark],
        "frequency": mark,
        "errors": [mark],
        "sources": [mark],
        "steps": [{"type": kind, "text": mark} for kind in ("step", "form_cue", "breathing", "safety")],
        "gates": [{"site": "groin", "action": "off", "why": mark}],
        "phases": [{"name": "start", "dose": {"reps": 3}, "note": mark}],
        "ladder": {"easier": ["plank"]},
    }
    desk.choose(pain_sites=(PainSite.GROIN,))
    received(desk, tmp_path, exercises=[hostile])
    settle()
    page.open("wall_slide@hip-strength-a")
    settle()

    assert walk.not_plain(page) == []
    assert mark in walk.texts(sheet(page))
    assert not canary.was_opened()


def test_a_file_with_very_much_of_everything_can_be_looked_at(page: LibraryPage, desk: Desk, tmp_path: Path) -> None:
    many = [f"thing {number}" for number in range(3_000)]
    flood = {
        **OWN,
        "other_names": many,
        "equipment": many,
        "muscles": many,
        "errors": many,
        "sources": many,
        "steps": [{"type": "step", "text": "On. " * 900}] * 300,
        "ladder": {"easier": ["plank"] * 3_000, "harder": many},
    }
    received(desk, tmp_path, exercises=[flood, *({"id": f"e{number}", "name": "E"} for number in range(500))])
    settle()

    assert len(keys(page)) == 46 + MOST_OWN
    assert len(page._groups["equipment"].chips) <= 24
    page.open("wall_slide@hip-strength-a")
    settle()
    assert sheet(page)._head.height() < 200
    assert walk.cut_off(sheet(page)) == []


# -- the keyboard -----------------------------------------------------------------------------------------------


def test_arrows_move_in_the_grid_and_stay_in_it(page: LibraryPage) -> None:
    assert at_card() == keys(page)[0]
    row = len(page.grid._rows[0])

    walk.key(Qt.Key.Key_Right)
    assert at_card() == keys(page)[1]
    walk.key(Qt.Key.Key_Down)
    assert at_card() == keys(page)[1 + row]
    walk.key(Qt.Key.Key_Up)
    walk.key(Qt.Key.Key_Left)
    walk.key(Qt.Key.Key_Left)
    assert at_card() == keys(page)[0]
    walk.key(Qt.Key.Key_Up)
    assert at_card() == keys(page)[0]
    walk.key(Qt.Key.Key_End)
    assert at_card() == keys(page)[-1]
    walk.key(Qt.Key.Key_Down)
    assert at_card() == keys(page)[-1]


def test_down_from_a_short_row_leads_to_the_card_below(page: LibraryPage) -> None:
    short = next(number for number, row in enumerate(page.grid._rows) if len(row) < len(page.grid._rows[0]))
    last = page.grid._rows[short][-1]
    page.grid.make_current(last.face.key)
    last.setFocus()

    walk.key(Qt.Key.Key_Down)

    focused = QApplication.focusWidget()
    assert focused in page.grid._rows[short + 1]
    assert isinstance(focused, ExerciseCard)
    assert focused.x() == last.x()


def test_a_card_that_gets_the_keyboard_is_scrolled_into_sight(page: LibraryPage) -> None:
    walk.key(Qt.Key.Key_End)
    settle()

    assert not card(page, keys(page)[-1]).visibleRegion().isEmpty()


def test_going_up_brings_the_heading_of_the_section_back(page: LibraryPage) -> None:
    walk.key(Qt.Key.Key_End)
    walk.key(Qt.Key.Key_Home)
    settle()

    assert not page.grid._titles[0].visibleRegion().isEmpty()


def test_all_cards_are_one_stop_for_tab(page: LibraryPage) -> None:
    walk.key(Qt.Key.Key_Right)

    stops = [one for one in walk.tabbed(page) if isinstance(one, ExerciseCard)]

    assert [one.face.key for one in stops] == [keys(page)[1]]
    assert walk.not_reached(page) == []
    assert walk.nameless(page) == []
    assert walk.too_small(page) == []


@pytest.mark.parametrize("by", ["/", "ctrl+f"])
def test_a_key_leads_to_the_search(page: LibraryPage, by: str) -> None:
    focused = card(page, at_card())
    if by == "/":
        QTest.keyClicks(focused, "/")
    else:
        QTest.keyClick(focused, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)

    assert QApplication.focusWidget() is page.search
    assert page.search.text() == ""


def test_a_slash_can_be_typed_in_the_search(page: LibraryPage) -> None:
    search(page, "a/b")

    assert page.search.text() == "a/b"


def test_escape_clears_the_search_and_then_leaves_it(page: LibraryPage) -> None:
    search(page, "bridge")

    walk.key(Qt.Key.Key_Escape)
    assert page.search.text() == ""
    assert QApplication.focusWidget() is page.search

    walk.key(Qt.Key.Key_Escape)
    assert at_card() == "bridge", "which was found first"


def test_escape_leads_from_the_filters_to_the_card_where_one_was_and_from_there_nowhere(page: LibraryPage) -> None:
    page.grid.make_current("squat")
    page._groups["kinds"].chips[0].setFocus()

    walk.key(Qt.Key.Key_Escape)
    walk.key(Qt.Key.Key_Escape)

    assert at_card() == "squat"


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Return])
def test_from_the_search_one_goes_on_to_what_was_found(page: LibraryPage, key: Qt.Key) -> None:
    search(page, "bridge")

    walk.key(key)

    assert at_card() == "bridge"


def test_enter_opens_an_exercise_and_escape_comes_back_to_where_one_was(page: LibraryPage) -> None:
    choose(page, "kinds", "strength")
    page.grid.make_current("squat")
    card(page, "squat").setFocus(Qt.FocusReason.TabFocusReason)
    walk.key(Qt.Key.Key_Right)
    settle()
    opened, place = at_card(), bar(page).value()
    assert place > 0

    walk.key(Qt.Key.Key_Return)
    settle()
    assert sheet(page).key == opened
    walk.key(Qt.Key.Key_Escape)
    settle()

    assert at_card() == opened
    assert bar(page).value() == place
    assert page._groups["kinds"].values == {"strength"}


def test_coming_to_the_library_again_finds_the_exercise_still_open(page: LibraryPage) -> None:
    page.open("bridge")
    settle()

    page.refresh()
    page.arrive()

    assert QApplication.focusWidget() is sheet(page).stage.play


def test_an_exercise_that_is_gone_closes_its_page(page: LibraryPage, desk: Desk, tmp_path: Path) -> None:
    received(desk, tmp_path, exercises=[OWN])
    page.open("wall_slide@hip-strength-a")
    settle()
    listed = desk.routines.find("hip-strength-a")
    assert listed is not None

    desk.routines.remove(listed)
    settle()

    assert not [one for one in page.findChildren(ExercisePage) if one.isVisible()]
    assert len(keys(page)) == 46


# -- motion -----------------------------------------------------------------------------------------------------


def look(qtbot: QtBot, page: LibraryPage, key: str) -> None:
    """Let the keyboard come to a card, and wait until its figure moves."""
    page.grid.make_current(key)
    card(page, key).setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: page.grid.moving == key)


def test_a_figure_moves_only_while_its_card_is_looked_at(qtbot: QtBot, page: LibraryPage) -> None:
    look(qtbot, page, "clamshell")

    page.search.setFocus(Qt.FocusReason.TabFocusReason)

    assert page.grid.moving is None


def test_the_pointer_sets_a_figure_in_motion_too(qtbot: QtBot, page: LibraryPage) -> None:
    page.search.setFocus()
    target = card(page, "hip_flexor_stretch")
    QTest.mouseMove(page, QPoint(5, 5))
    QTest.mouseMove(target, QPoint(20, 20))
    qtbot.waitUntil(lambda: page.grid.moving == "hip_flexor_stretch")

    QApplication.sendEvent(target, QEvent(QEvent.Type.Leave))

    assert page.grid.moving is None


def test_scrolling_away_from_under_the_pointer_lets_a_figure_rest(qtbot: QtBot, page: LibraryPage) -> None:
    page.search.setFocus()
    QTest.mouseMove(page, QPoint(5, 5))
    QTest.mouseMove(card(page, "hip_flexor_stretch"), QPoint(20, 20))
    qtbot.waitUntil(lambda: page.grid.moving == "hip_flexor_stretch")

    bar(page).setValue(300)

    assert page.grid.moving is None


def test_it_rests_after_some_reps_though_the_card_is_looked_at(qtbot: QtBot, page: LibraryPage, desk: Desk) -> None:
    look(qtbot, page, "clamshell")
    clock = desk.surroundings.clock
    assert isinstance(clock, FakeClock)

    for _ in range(40):
        clock.advance(0.5)
        page.grid._figure._tick()

    assert page.grid.moving is None
    assert not page.grid._figure.isVisible()


def test_with_less_motion_nothing_moves(page: LibraryPage, desk: Desk) -> None:
    desk.choose(less_motion=True)

    page.grid.make_current("clamshell")
    card(page, "clamshell").setFocus(Qt.FocusReason.TabFocusReason)

    assert not page.grid._look.isActive()
    assert page.grid.moving is None


def test_pictures_are_drawn_only_where_they_are_seen(qtbot: QtBot, page: LibraryPage) -> None:
    qtbot.waitUntil(lambda: not page.grid._draw.isActive())

    drawn = [one for one in page.grid.cards if not one.lacks_picture]

    assert drawn
    assert all(not one.visibleRegion().isEmpty() for one in drawn)
    assert len(drawn) < len(page.grid.cards) / 2


def test_the_picture_is_drawn_anew_for_another_size(qtbot: QtBot, page: LibraryPage) -> None:
    walk.resized(page, 900, 700)

    qtbot.waitUntil(lambda: not page.grid.cards[0].lacks_picture)


# -- looks ------------------------------------------------------------------------------------------------------


def test_everything_fits_at_every_size(page: LibraryPage) -> None:
    assert walk.every_size(page, lambda: walk.cut_off(page)) == {}


def test_texts_twice_as_long_fit_as_well(qtbot: QtBot, desk: Desk) -> None:
    with walk.doubled():
        page = LibraryPage(desk)
        walk.opened(qtbot, page, 1004, 800)

        assert walk.every_size(page, lambda: walk.cut_off(page)) == {}
    page.close()


def test_a_reader_knows_a_card_as_a_button(qtbot: QtBot, page: LibraryPage) -> None:
    a11y.install()

    told = QAccessible.queryAccessibleInterface(card(page, "bridge"))

    assert told.role() is QAccessible.Role.Button
    assert told.text(QAccessible.Text.Name).startswith("Bridge, Buttock")
