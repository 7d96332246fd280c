from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from coach.ui import theme
from coach.ui.tokens import DARK, LIGHT, Appearance, Size, Tokens

# What the offscreen platform says whenever a window is shown.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    yield qapp
    theme.apply(qapp, LIGHT)


@pytest.mark.parametrize(
    "setting,scheme,expected",
    [
        (Appearance.SYSTEM, Qt.ColorScheme.Light, LIGHT),
        (Appearance.SYSTEM, Qt.ColorScheme.Dark, DARK),
        (Appearance.SYSTEM, Qt.ColorScheme.Unknown, LIGHT),
        (Appearance.LIGHT, Qt.ColorScheme.Dark, LIGHT),
        (Appearance.DARK, Qt.ColorScheme.Light, DARK),
        ("nonsense", Qt.ColorScheme.Dark, LIGHT),
    ],
)
def test_the_setting_outranks_the_system(setting: str, scheme: Qt.ColorScheme, expected: Tokens) -> None:
    assert theme.resolve(setting, scheme) is expected


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_a_widget_finds_the_tokens_in_its_palette(app: QApplication, qtbot: QtBot, tokens: Tokens) -> None:
    theme.apply(app, tokens)

    widget = QWidget()
    qtbot.addWidget(widget)

    assert theme.tokens_of(widget) is tokens


def test_a_switch_leaves_nothing_in_the_old_colours(app: QApplication, qtbot: QtBot) -> None:
    theme.apply(app, LIGHT)
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    parts: list[QWidget] = [QLabel("a"), QPushButton("b"), QLineEdit("c")]
    for part in parts:
        column.addWidget(part)
    window.show()

    theme.apply(app, DARK)

    for part in [window, *parts]:
        assert part.palette().color(QPalette.ColorRole.WindowText) == QColor(DARK.ink)
        assert theme.tokens_of(part) is DARK
    assert window.grab().toImage().pixelColor(1, 1) == QColor(DARK.ground)


def test_a_field_is_drawn_in_the_palette_of_now(app: QApplication, qtbot: QtBot) -> None:
    theme.apply(app, LIGHT)
    field = QLineEdit()
    qtbot.addWidget(field)
    field.resize(200, 44)
    field.show()

    theme.apply(app, DARK)

    image = field.grab().toImage()
    assert image.pixelColor(image.width() // 2, image.height() // 2) == QColor(DARK.panel)


def test_choosing_an_appearance_is_worn_at_once(app: QApplication) -> None:
    worn = theme.Theme(app, Appearance.DARK)
    assert worn.tokens is DARK

    worn.use(Appearance.LIGHT)

    assert worn.tokens is LIGHT
    assert app.palette().color(QPalette.ColorRole.Window) == QColor(LIGHT.ground)
    worn.use(Appearance.SYSTEM)
    worn.deleteLater()


def test_the_colours_come_first_and_the_stylesheet_when_it_is_asked_for(app: QApplication, qtbot: QtBot) -> None:
    app.setStyleSheet("")
    worn = theme.Theme(app, Appearance.DARK)
    assert app.styleSheet() == ""
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()

    worn.complete()
    worn.use(Appearance.LIGHT)

    assert "QLineEdit" in app.styleSheet()
    image = field.grab().toImage()
    assert image.pixelColor(image.width() // 2, image.height() // 2) == QColor(LIGHT.panel)
    worn.deleteLater()


def test_the_font_keeps_its_size_however_often_it_is_chosen(app: QApplication) -> None:
    theme.choose_font(app)
    first = app.font().families()

    theme.choose_font(app)

    assert app.font().families() == first
    assert app.font().pixelSize() == Size.BODY


def test_tabular_figures_have_one_width(app: QApplication) -> None:
    metrics = QFontMetricsF(theme.font(34, tabular=True))

    assert metrics.horizontalAdvance("111") == pytest.approx(metrics.horizontalAdvance("888"), abs=0.5)


def test_focus_shows_after_a_key_and_not_after_a_click(app: QApplication, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    one, other = QPushButton("one"), QPushButton("other")
    column.addWidget(one)
    column.addWidget(other)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)

    QTest.mouseClick(one, Qt.MouseButton.LeftButton)
    assert not theme.focus_visible(one)

    QTest.keyClick(one, Qt.Key.Key_Tab)
    assert theme.focus_visible(other)

    QTest.mouseClick(one, Qt.MouseButton.LeftButton)
    theme.focus_by_keys(other)
    assert theme.focus_visible(other)
