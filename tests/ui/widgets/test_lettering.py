from PySide6.QtGui import QFontMetricsF
from pytestqt.qtbot import QtBot

from coach.ui import theme
from coach.ui.widgets.lettering import fitted


def test_short_text_is_one_line_and_long_text_breaks_between_words(qtbot: QtBot) -> None:
    font = theme.font(14)

    assert fitted("Bridge", font, 200, 2) == ("Bridge",)
    lines = fitted("Supported single-leg squat", font, 120, 3)
    assert len(lines) > 1
    # A hyphen is a place to break, too, where the font has it so.
    assert " ".join(lines).replace("- ", "-") == "Supported single-leg squat"


def test_no_line_is_wider_than_there_is_room_and_the_last_is_cut(qtbot: QtBot) -> None:
    font = theme.font(14)
    for text in ("word " * 60, "x" * 300, "🏃 " * 80 + "end"):
        lines = fitted(text, font, 100, 2)

        assert len(lines) == 2
        assert all(QFontMetricsF(font).horizontalAdvance(line) <= 101 for line in lines)
        assert lines[1].endswith("…")


def test_letters_outside_the_first_plane_are_not_torn(qtbot: QtBot) -> None:
    lines = fitted("🏃‍♀️ läuft 🏃‍♀️ läuft 🏃‍♀️ läuft", theme.font(14), 90, 9)

    assert "".join(lines).replace(" ", "") == "🏃‍♀️läuft🏃‍♀️läuft🏃‍♀️läuft"
