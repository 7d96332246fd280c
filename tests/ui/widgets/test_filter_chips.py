from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from coach.ui import theme
from coach.ui.screens.page import Flow
from coach.ui.widgets.filter_chips import FilterChips, Narrowed, ShortChip
from coach.ui.widgets.segmented import Option
from tests.ui import walk


class Group:
    """Three chips on a page."""

    def __init__(self, qtbot: QtBot) -> None:
        self.page = QWidget()
        self.chips = FilterChips("Kind", (Option("a", "Stretch"), Option("b", "Strength & power"), Option("c", "Roll")))
        line = Flow(self.chips)
        for chip in self.chips.chips:
            line.addWidget(chip)
        QVBoxLayout(self.page).addWidget(self.chips)
        self.told: list[Narrowed] = []
        self.chips.on_narrowed(self.told.append)
        walk.opened(qtbot, self.page, 500, 120)


@pytest.fixture
def group(qtbot: QtBot) -> Iterator[Group]:
    made = Group(qtbot)
    yield made
    made.page.close()


def test_any_number_may_be_on(group: Group) -> None:
    group.chips.chip("a").click()
    group.chips.chip("c").click()
    group.chips.chip("a").click()

    assert [one.values for one in group.told] == [{"a"}, {"a", "c"}, {"c"}]


def test_what_is_shown_is_told_to_nobody(group: Group) -> None:
    group.chips.show_values(frozenset({"b"}))

    assert group.chips.values == {"b"}
    assert group.told == []


def test_tab_stops_once_and_arrows_move(group: Group) -> None:
    group.chips.chip("a").setFocus(Qt.FocusReason.TabFocusReason)

    walk.key(Qt.Key.Key_Right)
    walk.key(Qt.Key.Key_Space)
    assert walk.focusable(group.page) == [group.chips.chip("b")], "Tab comes back to where one was"
    walk.key(Qt.Key.Key_Left)
    walk.key(Qt.Key.Key_Left)
    walk.key(Qt.Key.Key_Return)

    assert group.chips.values == {"b", "c"}


def test_each_chip_has_the_name_of_its_sort_and_is_large_enough(group: Group) -> None:
    assert [walk.spoken_name(chip) for chip in group.chips.chips] == [
        "Kind: Stretch",
        "Kind: Strength & power",
        "Kind: Roll",
    ]
    assert walk.too_small(group.page) == []


def test_a_short_chip_that_is_on_is_filled_also_where_the_keyboard_is(qtbot: QtBot) -> None:
    chips = FilterChips("Days", (Option("mon", "Mon"), Option("tue", "Tue")), look=ShortChip)
    line = Flow(chips)
    for one in chips.chips:
        line.addWidget(one)
    walk.opened(qtbot, chips, 200, 60)
    chip = chips.chip("mon")

    for on in (True, False):
        chip.setChecked(on)
        for focused in (True, False):
            theme.focus_by_keys(chip if focused else chips.chip("tue"))
            inside = chip.grab().toImage().pixelColor(chip.width() // 2, chip.height() // 2 - 11).name()
            assert (inside == theme.tokens_of(chip).action.lower()) is on
