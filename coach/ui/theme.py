"""How the window looks: style, then palette, then stylesheet, switched live.

The palette carries every colour and the stylesheet only geometry. A painted widget asks `tokens_of(self)` while it
paints; Qt repaints it when the palette changes, so nobody has to be told of a switch.
"""

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from coach.ui import icons
from coach.ui.tokens import (
    DARK,
    FOCUS_WIDTH,
    LIGHT,
    RADIUS_FIELD,
    STEP,
    TARGET,
    Appearance,
    HairColour,
    Size,
    SkinTone,
    Tokens,
    Weight,
    mix,
)

STYLE: Final = "Fusion"
"""The program is started with it, too (`-style`): setting it later makes a QStyle of Python's, which takes 4 ms."""

MUTED: Final = QPalette.ColorRole.PlaceholderText
PROBLEM: Final = QPalette.ColorRole.BrightText
"""Palette roles that labels use for what Qt has no role of its own for."""

_WEARS: Final = "figure_wears"
"""A property of the application, as its palette and its font are: the same for all of it."""

# Names that stand for "whatever there is". A desktop with a font of its own names it, and keeps it.
_NO_CHOICE: Final = frozenset({"", "sans", "sans serif", "sans-serif", "dejavu sans", "bitstream vera sans"})
_PREFERRED: Final = ("Inter", "Noto Sans", "Cantarell")

_FIELD: Final = "QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox"


def _on(state: str) -> str:
    return ", ".join(f"{kind}:{state}" for kind in _FIELD.split(", "))


@lru_cache(maxsize=1)
def _geometry() -> str:
    """The stylesheet. Geometry only: every colour is the palette's, the arrows are one grey for light and dark.

    A number has minus and plus at its sides, each as large as a finger.
    """
    return f"""
{_FIELD} {{
    border: 1px solid palette(dark); border-radius: {RADIUS_FIELD}px; background: palette(base);
    padding: {2 * STEP}px {3 * STEP}px; min-height: {5 * STEP + 6}px;
    selection-background-color: palette(highlight); selection-color: palette(highlighted-text);
}}
{_on("focus")} {{
    border-width: {FOCUS_WIDTH}px; border-color: palette(highlight); padding: {2 * STEP - 1}px {3 * STEP - 1}px;
}}
{_on("disabled")} {{ border-color: palette(mid); background: palette(window); }}
QComboBox {{ padding-right: {8 * STEP}px; combobox-popup: 0; }}
QComboBox::drop-down {{ border: none; width: {8 * STEP}px; }}
QComboBox::down-arrow {{ image: url("{icons.path("field_down")}"); width: 16px; }}
QComboBox QAbstractItemView {{ border: 1px solid palette(mid); padding: {STEP}px; outline: none; }}
QComboBox QAbstractItemView::item {{ min-height: {9 * STEP}px; padding: 0 {2 * STEP}px; border-radius: 6px; }}
QAbstractSpinBox {{ qproperty-alignment: AlignCenter; min-width: {26 * STEP}px; min-height: {5 * STEP + 3}px; }}
QAbstractSpinBox QLineEdit {{ border: none; padding: 0; min-height: 0; background: transparent; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{
    border: none; background: transparent; width: {TARGET}px; subcontrol-origin: margin;
}}
QAbstractSpinBox::up-button {{ subcontrol-position: center right; }}
QAbstractSpinBox::down-button {{ subcontrol-position: center left; }}
QAbstractSpinBox::up-arrow {{ image: url("{icons.path("field_plus")}"); width: 18px; }}
QAbstractSpinBox::down-arrow {{ image: url("{icons.path("field_minus")}"); width: 18px; }}
QScrollArea, QScrollArea > QWidget > QWidget {{ border: none; background: transparent; }}
QScrollBar:vertical {{ border: none; background: transparent; width: {3 * STEP}px; margin: 0; }}
QScrollBar:horizontal {{ border: none; background: transparent; height: {3 * STEP}px; margin: 0; }}
QScrollBar::handle {{ background: palette(dark); border: none; border-radius: 3px; margin: 3px; }}
QScrollBar::handle:vertical {{ min-height: {8 * STEP}px; }}
QScrollBar::handle:horizontal {{ min-width: {8 * STEP}px; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
    border: none; background: transparent; width: 0; height: 0;
}}
QHeaderView {{ border: none; background: palette(base); }}
QHeaderView::section {{
    border: none; border-bottom: 1px solid palette(mid); background: palette(base); padding: 0 {2 * STEP}px;
    min-height: {9 * STEP}px;
}}
QTableView::item {{ padding: 0 {2 * STEP}px; }}
QMenu {{ padding: {STEP}px; border: 1px solid palette(mid); }}
QMenu::item {{ padding: {2 * STEP}px {4 * STEP}px; border-radius: 6px; }}
QMenu::item:selected {{ background: palette(highlight); color: palette(highlighted-text); }}
QToolTip {{ padding: {STEP}px {2 * STEP}px; border: 1px solid palette(mid); }}
"""


def resolve(setting: str, scheme: Qt.ColorScheme) -> Tokens:
    """The tokens for a person's setting and the system's scheme; an unknown scheme counts as light."""
    if setting == Appearance.SYSTEM:
        return DARK if scheme is Qt.ColorScheme.Dark else LIGHT
    return DARK if setting == Appearance.DARK else LIGHT


def apply(app: QApplication, tokens: Tokens) -> None:
    """Dress the whole program. Always all three, in this order: else a switch leaves the window half dark."""
    app.setStyle(STYLE)
    app.setPalette(palette(tokens))
    app.setStyleSheet(_geometry())


def choose_font(app: QApplication) -> None:
    """Take the system's font at the design's size, or a better one where the system names none of its own."""
    font = QFont(app.font())
    if font.family().lower() in _NO_CHOICE:
        # A list of wishes costs nothing here; asking the database which families exist costs tens of milliseconds.
        font.setFamilies([*_PREFERRED, font.family()])
    font.setPixelSize(Size.BODY)
    app.setFont(font)


def palette(tokens: Tokens) -> QPalette:
    """The palette that carries the colours of `tokens` into every widget."""
    roles = {
        QPalette.ColorRole.Window: tokens.ground,
        QPalette.ColorRole.WindowText: tokens.ink,
        QPalette.ColorRole.Base: tokens.panel,
        QPalette.ColorRole.AlternateBase: mix(tokens.panel, tokens.ground, 0.5),
        QPalette.ColorRole.Text: tokens.ink,
        QPalette.ColorRole.PlaceholderText: tokens.muted,
        QPalette.ColorRole.Button: tokens.panel,
        QPalette.ColorRole.ButtonText: tokens.ink,
        QPalette.ColorRole.BrightText: tokens.red_text,
        QPalette.ColorRole.ToolTipBase: tokens.panel,
        QPalette.ColorRole.ToolTipText: tokens.ink,
        QPalette.ColorRole.Highlight: tokens.action,
        QPalette.ColorRole.HighlightedText: tokens.on_action,
        QPalette.ColorRole.Accent: tokens.action,
        QPalette.ColorRole.Link: tokens.action,
        QPalette.ColorRole.LinkVisited: tokens.action,
        QPalette.ColorRole.Light: mix(tokens.panel, tokens.ground, 0.3),
        QPalette.ColorRole.Midlight: mix(tokens.line, tokens.panel, 0.5),
        QPalette.ColorRole.Mid: tokens.line,
        QPalette.ColorRole.Dark: tokens.edge,
        QPalette.ColorRole.Shadow: mix(tokens.ground, tokens.figure.shadow, 0.4),
    }
    made = QPalette()
    for role, colour in roles.items():
        made.setColor(role, QColor(colour))
    faded = QColor(mix(tokens.muted, tokens.panel, 0.35))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, faded)
    made.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Highlight, QColor(tokens.line))
    return made


def tokens_of(widget: QWidget) -> Tokens:
    """The tokens behind the palette that `widget` has now; ask while painting."""
    return LIGHT if widget.palette().color(QPalette.ColorRole.Window).lightness() > 127 else DARK


def font(size: float, weight: int = Weight.NORMAL, *, spacing: float = 0.0, tabular: bool = False) -> QFont:
    """The window's font in `size` logical pixels; `tabular` keeps changing figures from shaking."""
    made = QFont()
    made.setPixelSize(max(1, round(size)))
    made.setWeight(QFont.Weight(weight))
    if spacing:
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing)
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


def focus_visible(widget: QWidget) -> bool:
    """Whether `widget` should show that it has the focus: once the keyboard was used to get around."""
    return widget.hasFocus() and widget.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)


def focus_by_keys(widget: QWidget) -> None:
    """Put the keyboard on `widget` and show it: for a change of focus that a key brought about."""
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    # Qt sets this for Tab and the arrows only, and takes it back at the next click.
    widget.window().setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
    widget.update()


def figure_wears() -> tuple[SkinTone, HairColour]:
    """The skin and the hair of the figures; ask while painting."""
    app = QCoreApplication.instance()
    worn = app.property(_WEARS) if app is not None else None
    return (SkinTone(worn[0]), HairColour(worn[1])) if worn else (SkinTone.LIGHT, HairColour.BROWN)


class Theme(QObject):
    """Keeps the program in the appearance the person chose, and follows the system if they chose that.

    What it wears at first are the colours; `complete` adds the stylesheet, which Today looks the same without, and
    which costs every widget of the first paint as much again as making it.
    """

    def __init__(self, app: QApplication, setting: str = Appearance.SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        self._setting = setting
        self._worn: Tokens | None = None
        self._complete = False
        choose_font(app)
        self.use(setting)
        app.styleHints().colorSchemeChanged.connect(self._follow)

    @property
    def tokens(self) -> Tokens:
        """What the program wears now."""
        return self._worn or LIGHT

    def complete(self) -> None:
        """Add the stylesheet, before fields, menus and scroll bars are shown; once is enough."""
        if not self._complete:
            self._complete = True
            self._app.setStyleSheet(_geometry())

    def dress_figure(self, skin: str, hair: str) -> None:
        """Give every figure of the program this skin and hair from now on."""
        worn = (skin, hair)
        if self._app.property(_WEARS) != worn:
            self._app.setProperty(_WEARS, worn)
            for window in QApplication.topLevelWidgets():
                window.update()

    def use(self, setting: str) -> None:
        """Wear `setting` from now on; a forced choice tells Qt too, so that title bars and native dialogs follow."""
        self._setting = setting
        hints = self._app.styleHints()
        if setting == Appearance.SYSTEM:
            hints.unsetColorScheme()
        else:
            hints.setColorScheme(Qt.ColorScheme.Dark if setting == Appearance.DARK else Qt.ColorScheme.Light)
        self._follow()

    def _follow(self) -> None:
        tokens = resolve(self._setting, self._app.styleHints().colorScheme())
        if tokens is not self._worn:
            self._worn = tokens
            if self._complete:
                apply(self._app, tokens)
            else:
                self._app.setPalette(palette(tokens))
