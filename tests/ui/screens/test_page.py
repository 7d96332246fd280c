from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coach.app.errors import Reason, Unavailable
from coach.ui.presenters.desk import Failure
from coach.ui.screens.page import SIDE, WIDEST, Columns, Page, clear, flow
from coach.ui.widgets.buttons import Button
from coach.ui.widgets.card import Card, Chip
from tests.ui import walk


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[Page]:
    made = Page("Routines", "What you do")
    walk.opened(qtbot, made, 1004, 500)
    yield made
    made.close()


def filled(page: Page, cards: int) -> list[Button]:
    buttons = []
    for number in range(cards):
        card, button = Card(), Button(f"Open {number}")
        card.column.addWidget(button)
        page.body.addWidget(card)
        buttons.append(button)
    page.body.addStretch()
    for _ in range(4):
        QApplication.processEvents()
    return buttons


def test_a_page_is_named_by_its_title(page: Page) -> None:
    page.show_title("A title\nof <b>two</b> lines")

    assert page.accessibleName() == "A title of <b>two</b> lines"
    assert walk.not_plain(page) == []


def test_the_body_is_as_wide_as_the_head_with_and_without_a_scroll_bar(page: Page) -> None:
    button = Button("Above")
    page.buttons.addWidget(button)
    cards = filled(page, 1)[0].parentWidget()
    assert cards is not None

    def right_edges() -> tuple[int, int]:
        return (
            button.mapTo(page, button.rect().topRight()).x(),
            cards.mapTo(page, cards.rect().topRight()).x(),
        )

    assert len(set(right_edges())) == 1

    filled(page, 20)

    assert len(set(right_edges())) == 1


def test_a_wide_window_does_not_stretch_the_lines(page: Page) -> None:
    card = filled(page, 1)[0].parentWidget()
    assert card is not None

    walk.resized(page, 1724, 1080)

    assert card.width() == WIDEST
    assert abs(card.mapTo(page, card.rect().topLeft()).x() - (1724 - WIDEST) // 2) <= 1


def test_nothing_scrolls_sideways(page: Page) -> None:
    page.body.addWidget(flow(*(Chip(f"Clamshell 3×{number} / side") for number in range(40))))

    found = walk.every_size(page, lambda: walk.cut_off(page))

    assert found == {}


def test_page_keys_scroll_and_enter_presses_the_button_with_the_keyboard(qtbot: QtBot, page: Page) -> None:
    buttons = filled(page, 30)
    pressed: list[bool] = []
    buttons[0].on_pressed(lambda: pressed.append(True))
    buttons[0].setFocus()
    top = buttons[0].mapTo(page, buttons[0].rect().topLeft()).y()

    QTest.keyClick(buttons[0], Qt.Key.Key_PageDown)
    assert buttons[0].mapTo(page, buttons[0].rect().topLeft()).y() < top

    page.to_top()
    assert buttons[0].mapTo(page, buttons[0].rect().topLeft()).y() == top

    QTest.keyClick(buttons[0], Qt.Key.Key_Return)
    assert pressed == [True]


def test_tab_brings_what_it_reaches_into_view(page: Page) -> None:
    buttons = filled(page, 30)
    buttons[0].setFocus()

    for _ in range(29):
        walk.key(Qt.Key.Key_Tab)

    assert buttons[-1].hasFocus()
    assert not buttons[-1].visibleRegion().isEmpty()


def test_a_failure_is_said_by_the_page_that_is_seen(qtbot: QtBot, page: Page) -> None:
    hidden = Page("Elsewhere")
    qtbot.addWidget(hidden)
    failed = Failure(Unavailable(Reason.DISK_FULL, "coach.db"))

    page.show_failure(failed)
    hidden.show_failure(failed)

    assert "disk is full" in page.notice.text
    assert hidden.notice.text == ""


def test_a_page_can_be_covered_and_comes_back(page: Page) -> None:
    button = filled(page, 1)[0]
    sheet = Page("A sheet")

    page.cover(sheet, sheet.setFocus)
    assert sheet.isVisible()
    assert not button.isVisible()

    page.uncover(sheet, button.setFocus)
    assert button.isVisible()


def test_columns_are_as_many_as_fit(qtbot: QtBot, page: Page) -> None:
    columns, cards = Columns(400), [Card(f"{number}") for number in range(4)]
    columns.show_cards(*cards)
    page.body.addWidget(columns)

    walk.resized(page, 1004, 500)
    assert cards[0].y() == cards[1].y() != cards[2].y()

    walk.resized(page, 700, 500)
    assert cards[0].x() == cards[1].x()
    assert cards[0].width() == 700 - 2 * SIDE


def test_words_flow_onto_the_next_line(qtbot: QtBot, page: Page) -> None:
    chips = [Chip("Figure four stretch 3×30 s / side") for _ in range(6)]
    row = flow(*chips)
    page.body.addWidget(row)
    page.body.addStretch()

    walk.resized(page, 1004, 500)
    wide = row.height()
    walk.resized(page, 400, 500)

    assert row.height() > wide
    assert max(chip.geometry().right() for chip in chips) <= row.width()


def test_clearing_takes_widgets_and_inner_layouts(page: Page) -> None:
    filled(page, 3)

    clear(page.body)

    assert page.body.count() == 0
