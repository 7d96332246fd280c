import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from coach.ui import theme
from coach.ui.tokens import DARK, LIGHT, Tokens, contrast
from coach.ui.widgets.card import Card, Chip, Rule, Tone, heading, section, soft, text_colour, title


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_a_card_is_a_sheet_of_panel(qapp: QApplication, qtbot: QtBot, tokens: Tokens) -> None:
    theme.apply(qapp, tokens)
    card = Card("Today's session")
    qtbot.addWidget(card)
    card.resize(300, 200)

    middle = card.grab().toImage().pixelColor(150, 150)

    assert middle == QColor(tokens.panel)
    assert card.accessibleName() == "Today's session"
    theme.apply(qapp, LIGHT)


def test_the_chosen_card_can_be_told_from_the_others(qtbot: QtBot) -> None:
    card = Card()
    qtbot.addWidget(card)
    card.resize(300, 200)
    plain = card.grab().toImage()

    card.mark_chosen()
    assert card.grab().toImage() != plain

    card.mark_plain()
    assert card.grab().toImage() == plain


def test_headings_show_plain_text(qtbot: QtBot) -> None:
    for made in (section("<b>x</b>"), heading("<b>x</b>"), title("<b>x</b>")):
        qtbot.addWidget(made)
        assert isinstance(made, QLabel)
        assert made.textFormat() is Qt.TextFormat.PlainText
        assert made.text() == "<b>x</b>"


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("tone", Tone)
def test_a_chip_can_be_read_in_every_tone(tokens: Tokens, tone: Tone) -> None:
    assert contrast(text_colour(tone, tokens), soft(tone, tokens)) >= 4.5


@pytest.mark.parametrize("tone", Tone)
def test_a_chip_is_a_label_with_its_whole_text(qtbot: QtBot, tone: Tone) -> None:
    chip = Chip("<img src=x> met", tone)
    qtbot.addWidget(chip)
    chip.resize(chip.sizeHint())

    assert chip.text() == "<img src=x> met"
    assert chip.textFormat() is Qt.TextFormat.PlainText
    assert not chip.grab().isNull()


def test_a_chip_grows_with_its_text_and_its_type(qtbot: QtBot) -> None:
    chip = Chip("Met")
    qtbot.addWidget(chip)
    before = chip.sizeHint()

    chip.show_text("Left 7 s short", Tone.RED)
    longer = chip.sizeHint()
    chip.set_type_size(24)

    assert longer.width() > before.width()
    assert chip.sizeHint().height() > longer.height()


def test_a_rule_is_a_hairline(qtbot: QtBot) -> None:
    rule = Rule()
    qtbot.addWidget(rule)

    assert rule.height() == 1
    assert not rule.grab().isNull()
