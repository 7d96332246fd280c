import ast
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from coach.ui import plain_text, theme
from coach.ui.plain_text import Role
from coach.ui.tokens import LIGHT

UI = Path(__file__).parents[2] / "coach" / "ui"


@pytest.mark.parametrize(
    "given,shown",
    [
        ("Clamshell", "Clamshell"),
        ("a\u202eb\u2066c\u2069d", "abcd"),
        ("a\x00b\x07c\x9fd\x7f", "abcd"),
        ("one\r\ntwo\rthree\u2028four\x85five", "one\ntwo\nthree\nfour\nfive"),
        ("e\u0301", "\u00e9"),
        ("\ufeffBridge", "Bridge"),
        ("lone \ud800", "lone \ufffd"),
        ("a\tb", "a\tb"),
        ("", ""),
    ],
)
def test_what_cannot_be_seen_is_not_shown(given: str, shown: str) -> None:
    assert plain_text.clean(given) == shown


def test_a_flood_of_marks_is_stopped() -> None:
    shown = plain_text.clean("Z" + "\u0335" * 500 + "one")

    assert len(shown) < 10
    assert shown.endswith("one")


def test_a_name_is_one_line_and_is_cut_at_its_limit() -> None:
    assert plain_text.clean_name("Hip\n  strength\tA") == "Hip strength A"
    assert plain_text.clean_name("x" * 500) == "x" * 119 + "\u2026"
    assert plain_text.clean_name("abcdef", limit=4) == "abc\u2026"


def test_markup_is_shown_as_it_was_written(qtbot: QtBot) -> None:
    label = plain_text.label("<h1>x</h1><img src='/etc/passwd'>", Role.BODY)
    qtbot.addWidget(label)

    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == "<h1>x</h1><img src='/etc/passwd'>"


def test_a_message_box_shows_plain_text(qtbot: QtBot) -> None:
    box = plain_text.message(None, "Not imported", "<b>x</b>", "<img src=x>")
    qtbot.addWidget(box)

    assert box.textFormat() is Qt.TextFormat.PlainText
    assert (box.text(), box.informativeText()) == ("<b>x</b>", "<img src=x>")


def test_an_ampersand_in_a_foreign_name_is_no_mnemonic(qtbot: QtBot) -> None:
    button = QPushButton(plain_text.for_button("Hip & knee"))
    qtbot.addWidget(button)

    assert button.shortcut().isEmpty()


def test_a_tooltip_is_escaped(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)

    plain_text.set_tooltip(label, "<img src='x'>")
    assert label.toolTip() == "<qt>&lt;img src=&#x27;x&#x27;&gt;</qt>"

    plain_text.set_tooltip(label, "")
    assert label.toolTip() == ""


def test_every_role_has_a_type_of_its_own() -> None:
    assert len(Role) == len({role.name for role in Role}) == len(Role.__members__)


def test_a_label_takes_its_colour_from_the_palette(qtbot: QtBot) -> None:
    label = plain_text.label("muted", Role.MUTED)
    qtbot.addWidget(label)

    assert label.foregroundRole() is theme.MUTED
    assert theme.palette(LIGHT).color(QPalette.ColorRole.PlaceholderText).name().upper() == LIGHT.muted


def test_floor_mode_makes_a_label_larger(qtbot: QtBot) -> None:
    label = plain_text.label("Clamshell", Role.EXERCISE)
    qtbot.addWidget(label)

    plain_text.set_role(label, Role.EXERCISE, 1.8)

    assert label.font().pixelSize() == 61


def test_widgets_get_their_text_through_the_one_door() -> None:
    """A bare `QLabel("…")`, `QMessageBox(…)` or `setToolTip` could show a foreign text as markup."""
    offenders = [
        f"{path.relative_to(UI)}:{node.lineno} {name}"
        for path in sorted(UI.rglob("*.py"))
        if path.name != "plain_text.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and (name := _called(node)) is not None
    ]

    assert offenders == []


def _called(node: ast.Call) -> str | None:
    match node.func:
        case ast.Name(id="QLabel" | "QMessageBox" | "QTextBrowser" as name):
            return name
        case ast.Attribute(attr="setToolTip") if _is_ours(node.args[0]):
            return None
        case ast.Attribute(attr="setToolTip" | "setHtml" | "setMarkdown" | "setRichText" as name):
            return name
        case ast.Attribute(value=ast.Name(id="QMessageBox"), attr=name) if name != "StandardButton":
            return f"QMessageBox.{name}"
        case _:
            return None


def _is_ours(text: ast.expr) -> bool:
    """A literal, translated or not, with nothing filled in, or an entry of a table of them."""
    match text:
        case ast.Subscript(value=ast.Name(id=table)) if table.isupper():
            return True
        case ast.Constant():
            return True
        case ast.Call(func=ast.Name(id="tr"), args=[ast.Constant(), *_]):
            return True
        case _:
            return False
