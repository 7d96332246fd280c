"""Shows every widget in light and dark and saves the pictures.

    python -m tests.tools.gallery FOLDER [--scale 1.75] [--show]

Without a display run it with QT_QPA_PLATFORM=offscreen.
"""

import argparse
import os
from collections.abc import Callable
from pathlib import Path

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from coach import resources
from coach.core.routine.exercise import ExerciseFile
from coach.core.routine.plan import Side
from coach.ui import a11y, icons, plain_text, theme
from coach.ui.plain_text import Role
from coach.ui.tokens import Appearance, Size, Tokens
from coach.ui.widgets.buttons import RETURN, Button, Kind, RailButton, Tick
from coach.ui.widgets.card import Card, Chip, Rule, Tone, heading
from coach.ui.widgets.figure import FigureView, Shown, position_words
from coach.ui.widgets.notice import Notice, NoticeKind, UndoBar
from coach.ui.widgets.pain_scale import MarkSize, PainScale, Scale
from coach.ui.widgets.ring import Ring
from coach.ui.widgets.segmented import Option, Segmented, Switch
from coach.ui.widgets.session_bar import SessionBar
from coach.ui.widgets.week_dots import DayDot, DayState, WeekDots


def row(*widgets: QWidget, spread: bool = True) -> QWidget:
    """Stand widgets side by side."""
    made = QWidget()
    line = QHBoxLayout(made)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(12)
    for widget in widgets:
        line.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
    if spread:
        line.addStretch()
    return made


def type_and_buttons() -> QWidget:
    """Every role of label and every kind of button."""
    page = QWidget()
    columns = QHBoxLayout(page)
    columns.setContentsMargins(30, 26, 30, 26)
    columns.setSpacing(16)
    rail = QVBoxLayout()
    for text, icon in (
        ("&Today", icons.Icon.TODAY),
        ("&Library", icons.Icon.LIBRARY),
        ("&Progress", icons.Icon.PROGRESS),
        ("&Running", icons.Icon.RUNNING),
        ("R&outines", icons.Icon.ROUTINES),
        ("L&earn", icons.Icon.LEARN),
        ("&Settings", icons.Icon.SETTINGS),
    ):
        entry = RailButton(text, icon)
        entry.setChecked(icon is icons.Icon.TODAY)
        rail.addWidget(entry)
    rail.addStretch()
    columns.addLayout(rail)
    labels = Card("Labels")
    for role in Role:
        labels.column.addWidget(plain_text.label(f"{role.name.title()} 0123456789", role))
    labels.column.addWidget(Rule())
    labels.column.addWidget(row(*(Chip(tone.title(), tone) for tone in Tone)))
    labels.column.addWidget(row(Chip("LEFT side", Tone.ACTION, size=16), Chip("Left 7 s short", Tone.RED)))
    labels.column.addStretch()
    columns.addWidget(labels, 1)
    columns.addWidget(_buttons(), 1)
    return page


def _buttons() -> Card:
    buttons = Card("Buttons")
    buttons.mark_chosen()
    focused = Button("Focused", Kind.PRIMARY, hint="Space")
    focused.setObjectName("focused")
    off = Button("Off", Kind.PRIMARY)
    off.setEnabled(False)
    large = Button("Pause", Kind.PRIMARY, hint="Space", icon=icons.Icon.PAUSE)
    large.set_type_size(Size.CUE)
    huge = Button("Skip", Kind.GHOST, hint="\u2192", icon=icons.Icon.SKIP)
    huge.set_type_size(Size.CUE * 1.8)
    add = buttons.column.addWidget
    add(heading("Hip strength A"))
    add(row(Button("Start session", Kind.PRIMARY, hint=RETURN), Button("Change"), Button("Why", Kind.QUIET)))
    add(row(Button("End", icon=icons.Icon.END), Button("It hurts", Kind.NOW, hint="P"), large))
    add(row(focused, off, Button("", icon=icons.Icon.SOUND)))
    add(row(huge))
    tick = Tick("Woken by the hip")
    tick.setChecked(True)
    add(row(tick, Tick("Painkiller")))
    add(QLineEdit(placeholderText="Search 24 exercises"))
    add(QSpinBox())
    buttons.column.addStretch()
    return buttons


def every_icon() -> QWidget:
    """The icon set, large and small."""
    page = Card("Icons")
    grid = QGridLayout()
    for place, icon in enumerate(icons.Icon):
        button = Button(icon.value, Kind.QUIET, icon=icon)
        button.set_type_size(17)
        grid.addWidget(button, place // 7, place % 7, Qt.AlignmentFlag.AlignLeft)
    page.column.addLayout(grid)
    page.column.addStretch()
    return page


def rings_and_scales() -> QWidget:
    """The ring in its states, the pain scale in its sizes."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(30, 26, 30, 26)
    rings = QHBoxLayout()
    for left, phase, digit, caption, tone, side in (
        (0.63, "Hold", "3", "seconds", Tone.NOW, 340),
        (0.9, "Get ready", "10", "seconds", Tone.ACTION, 240),
        (0.4, "", "paused", "", Tone.MUTED, 240),
        (0.71, "", "5/7", "", Tone.ACTION, 90),
    ):
        ring = Ring()
        ring.setFixedSize(side, side)
        ring.show_value(left, phase, digit, caption, tone)
        rings.addWidget(ring)
    column.addLayout(rings)
    card = Card("Morning check-in")
    scale = PainScale("How is the hip on your first steps today?")
    scale.show_value(1)
    effort = PainScale("How hard was it?", Scale.EFFORT)
    effort.show_value(7)
    card.column.addWidget(plain_text.label("How is the hip on your first steps today?", Role.LEAD))
    card.column.addWidget(row(scale, effort))
    mat = PainScale("How much does it hurt?", Scale.PAIN, MarkSize.LARGE)
    mat.show_value(4)
    card.column.addWidget(mat)
    column.addWidget(card)
    return page


def bars_and_banners() -> QWidget:
    """The session bar, the week, notices, segments, fields."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(30, 26, 30, 26)
    column.setSpacing(12)
    bar = SessionBar()
    bar.show_segments((1.0,) * 5 + (0.55,) + (0.0,) * 8, 5)
    many = SessionBar()
    many.show_segments((1.0,) * 150 + (0.0,) * 300, 150)
    week = Card("This week")
    dots = WeekDots()
    states = (DayState.DONE, DayState.REST, DayState.DONE, DayState.MISSED, DayState.DUE, DayState.REST, DayState.DUE)
    days = zip(DAYS, states, strict=True)
    dots.show_days(tuple(DayDot(name[0], name, state, name == "Friday") for name, state in days))
    week.column.addWidget(dots)
    week.column.addWidget(plain_text.label("3 of 4 sessions \u00b7 2 walks \u00b7 0 red days", Role.MUTED))
    column.addWidget(bar)
    column.addWidget(many)
    column.addWidget(row(week))
    for kind in NoticeKind:
        notice = Notice()
        notice.show_notice(kind, "The sound is off: no device was found. The screen flashes at cues.", "Try again")
        column.addWidget(notice)
    undo = UndoBar()
    undo.show_done("Bridge was removed.")
    column.addWidget(undo)
    column.addWidget(row(_ranges(), _looks(), _switch()))
    column.addWidget(_fields())
    column.addStretch()
    return page


DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _ranges() -> Segmented:
    made = Segmented("Range", (Option("4", "4 wk"), Option("10", "10 wk"), Option("52", "1 yr"), Option("all", "All")))
    made.show_value("10")
    return made


def _looks() -> Segmented:
    sun, moon = icons.Icon.SUN, icons.Icon.MOON
    options = (Option("system", "System"), Option("light", "Light", sun), Option("dark", "Dark", moon))
    made = Segmented("Appearance", options)
    made.show_value("light")
    return made


def _switch() -> QWidget:
    on = Switch("Count the reps aloud")
    on.setChecked(True)
    return row(on, Switch("Metronome"))


def _fields() -> QWidget:
    box = QComboBox()
    box.addItems(["Clamshell", "Bridge"])
    spin = QSpinBox()
    spin.setValue(12)
    off = QLineEdit("Off")
    off.setEnabled(False)
    return row(QLineEdit("Hip strength A"), box, spin, QDoubleSpinBox(), off)


def figures() -> QWidget:
    """An exercise of each position, and the same small and mirrored."""
    page = QWidget()
    grid = QGridLayout(page)
    grid.setContentsMargins(30, 26, 30, 26)
    grid.setSpacing(16)
    shipped = msgspec.json.decode(resources.EXERCISES.read_bytes(), type=ExerciseFile).exercises
    chosen = {one.position: one for one in reversed(shipped)}
    for place, (position, exercise) in enumerate(chosen.items()):
        card = Card(position_words(position))
        view = FigureView()
        view.show_moment(Shown(exercise, Side.LEFT, glow=1.0))
        card.column.addWidget(view, 1)
        grid.addWidget(card, place // 3, place % 3)
    small = Card("Small, mirrored")
    line = QHBoxLayout()
    for exercise in chosen.values():
        view = FigureView()
        view.show_moment(Shown(exercise, Side.RIGHT))
        view.setFixedSize(110, 66)
        line.addWidget(view)
    small.column.addLayout(line)
    grid.addWidget(small, 2, 0, 1, 3)
    return page


PAGES: dict[str, tuple[Callable[[], QWidget], tuple[int, int]]] = {
    "type_and_buttons": (type_and_buttons, (1200, 780)),
    "figures": (figures, (1200, 860)),
    "icons": (every_icon, (1200, 480)),
    "bars_and_banners": (bars_and_banners, (1200, 820)),
    "rings_and_scales": (rings_and_scales, (1200, 780)),
}


def save(folder: Path, name: str, worn: theme.Theme, tokens: Tokens, suffix: str) -> None:
    """Build one page and save its picture."""
    build, size = PAGES[name]
    page = build()
    page.resize(*size)
    page.setAutoFillBackground(True)
    page.show()
    page.activateWindow()
    QApplication.processEvents()
    for focused in page.findChildren(QWidget, "focused"):
        theme.focus_by_keys(focused)
    QApplication.processEvents()
    page.grab().save(str(folder / f"{name}-{tokens.scheme}{suffix}.png"))
    page.close()
    page.deleteLater()


def main() -> None:
    """Save every page in both appearances."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--only", default="")
    wanted = parser.parse_args()
    wanted.folder.mkdir(parents=True, exist_ok=True)
    os.environ["QT_SCALE_FACTOR"] = str(wanted.scale)
    app = QApplication([])
    a11y.install()
    worn = theme.Theme(app)
    worn.complete()
    for setting in (Appearance.LIGHT, Appearance.DARK):
        worn.use(setting)
        for name in PAGES:
            if wanted.only in name:
                save(wanted.folder, name, worn, worn.tokens, "" if wanted.scale == 1 else f"-{wanted.scale}")


if __name__ == "__main__":
    main()
