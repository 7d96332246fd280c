"""The editor by keyboard and by mouse, through real widgets on a throw-away home."""

import errno
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import UNSET
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from coach.app.drafts import DraftFiles, Kept
from coach.app.routines import Origin
from coach.cli.main import run as cli
from coach.core.routine.editing.draft import at, draft_from
from coach.ui import theme
from coach.ui.presenters.desk import Desk
from coach.ui.presenters.editing import copy_of, edit_of, new_routine
from coach.ui.screens.editor import EditorPage, Left, PrintWanted
from coach.ui.screens.editor_ask import LeaveDialog
from coach.ui.screens.editor_lists import EXERCISE, ITEM, EditorList, fewer
from coach.ui.tokens import Size
from tests.ui import walk
from tests.ui.desks import demo_desk

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SHIFT_CTRL = CTRL | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = demo_desk(tmp_path)
    yield made
    made.close()


def opened(qtbot: QtBot, desk: Desk, kept: Kept | None) -> EditorPage:
    assert kept is not None
    page = EditorPage(desk, kept)
    walk.opened(qtbot, page, 1004, 800)
    page.first_focus()
    return page


@pytest.fixture
def new(qtbot: QtBot, desk: Desk) -> Iterator[EditorPage]:
    page = opened(qtbot, desk, new_routine(desk))
    yield page
    page.close_editor()
    page.close()


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Iterator[EditorPage]:
    made = opened(qtbot, desk, copy_of(desk, listed(desk, "strength-a")))
    yield made
    made.close_editor()
    made.close()


def listed(desk: Desk, name: str) -> Any:
    found = desk.routines.find(name)
    assert found is not None
    return found


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keyboard is."""
    target = walk.focused()
    assert target is not None
    QTest.keyClick(target, key, modifier)
    QApplication.processEvents()


def write(text: str) -> None:
    """Type where the keyboard is."""
    target = walk.focused()
    assert target is not None
    QTest.keyClicks(target, text)
    QApplication.processEvents()


def tab_to(page: EditorPage, widget: QWidget) -> None:
    for _ in range(120):
        if walk.focused() is widget:
            return
        press(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not lead to {walk.described(widget)}")


def wrongs(page: EditorPage) -> list[QAbstractButton]:
    QApplication.processEvents()
    return page.wrong.buttons()


def ids(page: EditorPage) -> list[str]:
    return [row.id for row in page.editing.view.rows]


def value(page: EditorPage, *place: str | int) -> object:
    return at(page.editing.view.draft, place)


def on_paper(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


# -- building ---------------------------------------------------------------------------------------------------


def test_eight_exercises_are_built_by_keyboard_alone_saved_checked_and_read_back(
    new: EditorPage, desk: Desk, qtbot: QtBot, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    wanted = ("clamshell", "bridge", "plank", "side plank", "squat", "heel raise", "hamstring stretch", "step down")
    write("Hip strength A")
    tab_to(new, new.routine.field("patient"))
    write("A.B.")
    for word in wanted:
        press(Qt.Key.Key_F, CTRL)
        write(word)
        press(Qt.Key.Key_Return)
    press(Qt.Key.Key_F6)
    press(Qt.Key.Key_Home)
    press(Qt.Key.Key_Return)
    assert walk.focused() is new.item.field("sets")
    write("3")
    press(Qt.Key.Key_Tab)
    write("12")
    press(Qt.Key.Key_S, CTRL)

    path = tmp_path / "out.rehab.json"
    dialog = new.findChild(QFileDialog)
    assert dialog is not None
    dialog.selectFile(str(path))
    field = dialog.findChild(QLineEdit)
    assert field is not None
    field.setText(str(path))
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(path.exists)

    file = on_paper(path)
    assert [item["exercise"] for item in file["items"]] == [
        "clamshell", "bridge", "plank", "side_plank", "squat", "heel_raise", "hamstring_stretch", "step_down",
    ]  # fmt: skip
    assert (file["id"], file["revision"], file["title"], file["patient"]) == (
        "hip-strength-a", 1, "Hip strength A", "A.B.",
    )  # fmt: skip
    assert (file["items"][0]["sets"], file["items"][0]["reps"]) == (3, 12)
    read = desk.routines.open_file(path)
    assert read is not None
    assert read.findings.problems == ()
    assert read.read is not None
    assert read.read.routine == new.editing.view.routine


def test_enter_in_the_search_adds_the_first_that_was_found_once_and_down_leads_to_the_others(new: EditorPage) -> None:
    press(Qt.Key.Key_F, CTRL)
    write("plank")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert ids(new) == ["plank"]
    assert walk.focused() is new.shelf.shelf

    press(Qt.Key.Key_F, CTRL)
    write("plank")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert len(ids(new)) == 2
    assert "plank" in ids(new)[1] != "plank"

    press(Qt.Key.Key_F, CTRL)
    write("nothing of that name")
    press(Qt.Key.Key_Return)
    assert len(ids(new)) == 2


def test_what_was_saved_passes_the_check_of_the_command_line(
    page: EditorPage, desk: Desk, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "out.rehab.json"
    page.save_to(path)

    assert cli(["check", str(path)], desk.surroundings) == 0
    assert "ok, 5 exercises" in capfd.readouterr().out


def test_an_exercise_is_added_behind_the_one_that_is_worked_on(page: EditorPage) -> None:
    page.editing.choose(1)
    press(Qt.Key.Key_F, CTRL)
    write("squat")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)

    assert ids(page)[1:3] == ["bridge", "squat"]
    assert page.editing.view.chosen == 2


def test_items_move_double_and_go_by_keys(page: EditorPage) -> None:
    before = ids(page)
    page.sequence.setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Up, ALT)
    assert ids(page) == [before[1], before[0], *before[2:]]

    press(Qt.Key.Key_D, CTRL)
    assert ids(page) == [before[1], before[1], before[0], *before[2:]]

    press(Qt.Key.Key_Delete)
    assert ids(page) == [before[1], before[0], *before[2:]]

    press(Qt.Key.Key_Down, ALT)
    assert ids(page) == [before[1], before[2], before[0], *before[3:]]


def test_the_keys_at_the_ends_of_the_sequence_do_nothing(page: EditorPage) -> None:
    before = ids(page)
    page.sequence.setFocus()
    press(Qt.Key.Key_Home)
    press(Qt.Key.Key_Up, ALT)
    press(Qt.Key.Key_End)
    press(Qt.Key.Key_Down, ALT)

    assert ids(page) == before
    assert page.editing.view.undo is None


def test_the_last_item_can_be_removed_and_an_empty_sequence_says_what_to_do(page: EditorPage) -> None:
    page.sequence.setFocus()
    for _ in range(6):
        press(Qt.Key.Key_Delete)

    assert ids(page) == []
    assert "Nothing chosen." in walk.texts(page)


def drop(page: EditorPage, kind: str, text: str, before: int) -> None:
    mime = QMimeData()
    mime.setData(kind, text.encode())
    rows = page.sequence.rows
    if before < rows.rowCount():
        box = page.sequence.visualRect(rows.index(before))
        point = QPointF(box.center().x(), box.top() + 4)
    else:
        box = page.sequence.visualRect(rows.index(rows.rowCount() - 1))
        point = QPointF(box.center().x(), box.bottom() + 20)
    move, left, none = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(point.toPoint(), move, mime, left, none)
    QApplication.sendEvent(page.sequence.viewport(), enter)
    assert enter.isAccepted()
    QApplication.sendEvent(page.sequence.viewport(), QDropEvent(point, move, mime, left, none))
    QApplication.processEvents()


def test_an_exercise_is_dropped_where_the_line_is(page: EditorPage) -> None:
    before = ids(page)
    drop(page, EXERCISE, "squat", 2)
    assert ids(page) == [*before[:2], "squat", *before[2:]]

    drop(page, EXERCISE, "plank", 6)
    assert ids(page)[-1] == "plank"


@pytest.mark.parametrize("index,to,order", [(0, 3, [1, 2, 0, 3, 4]), (3, 1, [0, 3, 1, 2, 4]), (1, 5, [0, 2, 3, 4, 1])])
def test_an_item_is_dragged_to_another_place(page: EditorPage, index: int, to: int, order: list[int]) -> None:
    before = ids(page)

    drop(page, ITEM, str(index), to)

    assert ids(page) == [before[n] for n in order]


@pytest.mark.parametrize("which", ["shelf", "sequence"])
def test_a_row_can_be_taken_by_the_mouse(page: EditorPage, monkeypatch: pytest.MonkeyPatch, which: str) -> None:
    taken: list[tuple[str, int]] = []
    monkeypatch.setattr(EditorList, "_drag", lambda self, kind, text, row: taken.append((kind, row)))
    view: EditorList = page.shelf.shelf if which == "shelf" else page.sequence
    start = view.visualRect(view.rows.index(1)).center()
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    for away in (10, 20, 40):
        QTest.mouseMove(view.viewport(), start + QPoint(away, away))
        QApplication.processEvents()
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=start)

    assert (EXERCISE if which == "shelf" else ITEM, 1) in taken


def test_the_plus_and_a_double_click_add_an_exercise(new: EditorPage) -> None:
    shelf = new.shelf.shelf
    box = shelf.visualRect(shelf.rows.index(0))
    key = shelf.rows.lines[0].key
    plus = QPoint(box.right() - 10, box.center().y())
    QTest.mouseClick(shelf.viewport(), Qt.MouseButton.LeftButton, pos=plus)
    assert ids(new) == [key]

    QTest.mouseDClick(shelf.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(box.left() + 80, box.center().y()))
    assert ids(new) == [key, key]


# -- properties -------------------------------------------------------------------------------------------------


def test_every_number_of_an_item_is_typed_into_the_draft(page: EditorPage) -> None:
    page.editing.choose(0)
    for place in (
        ("sets",), ("reps",), ("tempo", "up_s"), ("tempo", "hold_s"), ("tempo", "down_s"), ("rest_s",), ("prepare_s",),
        ("switch_s",), ("per_side", "left", "sets"), ("per_side", "right", "reps"),
    ):  # fmt: skip
        field = page.item.field(*place)
        field.setFocus()
        field.mark_all()
        write("7")
        assert value(page, "items", 0, *place) == 7, place

    assert page.editing.view.findings.problems == ()


def test_text_is_typed_as_it_is(page: EditorPage) -> None:
    page.editing.choose(1)
    page.item.field("load").setFocus()
    write("red band")
    page.item.field("note").setFocus()
    page.item.field("note").mark_all()
    write("Slowly.  <b>no</b>")

    assert (value(page, "items", 1, "load"), value(page, "items", 1, "note")) == ("red band", "Slowly.  <b>no</b>")


def test_an_emptied_field_takes_the_usual_number_and_says_which(page: EditorPage) -> None:
    page.editing.choose(0)
    field = page.item.field("rest_s")
    assert isinstance(field, QLineEdit)
    field.setFocus()
    field.selectAll()
    press(Qt.Key.Key_Delete)

    assert value(page, "items", 0, "rest_s") is UNSET
    assert field.placeholderText() == "30"
    assert page.editing.view.findings.problems == ()


def test_a_number_stays_as_it_was_typed(page: EditorPage) -> None:
    page.editing.choose(0)
    field = page.item.field("rest_s")
    assert isinstance(field, QLineEdit)
    for text, number in (("1,5", 1.5), ("07", 7), ("1:30", 90)):
        field.setFocus()
        field.selectAll()
        write(text)
        assert (field.text(), value(page, "items", 0, "rest_s")) == (text, number)


def test_the_affected_side_is_said_on_the_cards(page: EditorPage) -> None:
    page.editing.choose(0)
    page.editing.work_sides("affected_first")
    assert page.sequence.rows.lines[0].chip == "left first"

    page.tab.segment("routine").click()
    pick(page.routine.field("affected_side"), "Right")
    assert page.sequence.rows.lines[0].chip == "right first"


def test_arrows_change_a_number(page: EditorPage) -> None:
    page.editing.choose(0)
    page.item.field("sets").setFocus()
    press(Qt.Key.Key_Up)

    assert value(page, "items", 0, "sets") == 3


def test_counted_and_held(page: EditorPage) -> None:
    page.editing.choose(0)
    page.item.kind.segment("held").click()

    assert value(page, "items", 0, "hold_s") == 30
    assert not page.item.entries[("tempo",)].isVisible()
    assert page.editing.view.findings.problems == ()

    page.item.kind.segment("counted").click()
    assert value(page, "items", 0, "reps") == 10
    assert page.item.entries[("tempo",)].isVisible()


def pick(field: QWidget, text: str) -> None:
    assert isinstance(field, QComboBox)
    place = field.findText(text)
    assert place >= 0, [field.itemText(n) for n in range(field.count())]
    field.setCurrentIndex(place)
    field.activated.emit(place)
    QApplication.processEvents()


def test_sides_and_what_belongs_to_one_of_them(page: EditorPage) -> None:
    page.editing.choose(0)
    pick(page.item.field("sides"), "Affected side first")
    page.item.field("per_side", "right", "sets").setFocus()
    write("1")
    assert value(page, "items", 0, "per_side") == {"right": {"sets": 1}}

    pick(page.item.field("sides"), "Left only")
    assert value(page, "items", 0, "per_side") is UNSET
    assert not page.item.entries[("per_side", "sets")].isVisible()


def test_a_typical_dose_is_one_press_away(page: EditorPage) -> None:
    page.editing.choose(0)
    target = page.item.doses[-1]
    assert target.accessibleName().startswith("Typical dose, target")
    target.click()

    assert value(page, "items", 0, "sets") == 3


def test_easier_and_harder_replace_the_exercise_and_keep_the_dose(page: EditorPage) -> None:
    page.editing.choose(0)
    page.editing.type_item(("reps",), 14)
    harder = next(one for one in page.item.nearest if one.text() == "Harder")
    harder.click()

    assert ids(page)[0] == "banded_clamshell"
    assert value(page, "items", 0, "reps") == 14
    assert any(rung.isEnabled() for rung in page.item.ladder.rungs)


def test_the_length_and_the_week_follow_every_edit(page: EditorPage) -> None:
    before = walk.texts(page)
    assert "about 19 min" in before
    assert "56 min and 45 sets a week" in before
    page.editing.choose(0)
    page.item.field("sets").setFocus()
    page.item.field("sets").mark_all()
    write("9")

    assert "about 19 min" not in walk.texts(page)


def test_the_days_stand_below_each_other_and_the_weeks_in_one_row(page: EditorPage) -> None:
    page.tab.segment("routine").click()
    QApplication.processEvents()

    chips = page.routine.days.chips
    first = {chip.x() for chip in chips if chip.y() == chips[0].y()}
    assert len(first) >= 3
    assert {chip.x() for chip in chips} == first
    assert len({chip.width() for chip in chips}) == 1
    weeks = [one for one in page.routine.findChildren(QAbstractButton) if "Review in" in one.accessibleName()]
    assert len({one.y() for one in weeks}) == 1
    assert weeks[0].x() == 0


@pytest.mark.parametrize(
    "text,shown",
    [
        ("Gluteus medius, gluteus maximus", ("Gluteus medius",)),
        ("Iliopsoas", ("Iliopsoas",)),
        ("Something that is far too long for it", ("Something that…",)),
    ],
)
def test_of_muscles_those_that_have_room_are_told_whole(qapp: QApplication, text: str, shown: tuple[str, ...]) -> None:
    font = theme.font(Size.LABEL)
    room = QFontMetricsF(font).horizontalAdvance("Something that…") + 2

    assert fewer(text, font, room, 1) == shown


def test_days_review_and_prescriber_of_the_routine(page: EditorPage) -> None:
    page.tab.segment("routine").click()
    page.routine.days.chip("sun").click()
    assert value(page, "schedule", "days") == ["mon", "wed", "fri", "sun"]

    buttons = page.routine.findChildren(QAbstractButton)
    next(one for one in buttons if one.accessibleName() == "Review in 4 weeks").click()
    assert value(page, "review_by") == "2026-12-18"


def test_limits_and_thresholds_are_fields_with_their_usual_values_and_sources(page: EditorPage) -> None:
    page.tab.segment("routine").click()
    page.routine.rules.open()
    page.routine.readiness.open()
    QApplication.processEvents()

    stop = page.routine.field("rules", "pain_stop_above")
    assert isinstance(stop, QLineEdit)
    assert stop.placeholderText() == "5"
    assert "Usual: 45 (R6c; Recommendation of the authors after hip arthroscopy: IJSPT 2022" in walk.texts(page)
    stop.setFocus()
    write("4")
    assert value(page, "rules", "pain_stop_above") == 4
    pick(page.routine.field("readiness", "skip_hop"), "Yes")
    assert value(page, "readiness", "skip_hop") is True
    assert page.editing.view.findings.problems == ()


def test_the_numbers_of_the_run_plan_are_fields_too(page: EditorPage) -> None:
    page.tab.segment("routine").click()
    page.routine.run_plan.open()
    QApplication.processEvents()

    gap = page.routine.field("run_plan", "min_gap_h")
    assert isinstance(gap, QLineEdit)
    assert gap.placeholderText() == "48"
    gap.setFocus()
    write("72")
    assert value(page, "run_plan", "min_gap_h") == 72
    assert value(page, "version") == "1.1"
    assert page.editing.view.findings.problems == ()


def test_the_limits_of_a_profile_are_the_usual_ones_beside_it(page: EditorPage) -> None:
    page.tab.segment("routine").click()
    page.routine.rules.open()
    pick(page.routine.field("rules", "profile"), "Groin or bone, strict")

    stop = page.routine.field("rules", "pain_stop_above")
    assert isinstance(stop, QLineEdit)
    assert stop.placeholderText() == "0"


# -- own exercises ----------------------------------------------------------------------------------------------


def test_an_own_exercise_has_text_cues_a_dose_and_a_figure(new: EditorPage, tmp_path: Path) -> None:
    new.shelf.new.click()
    assert walk.focused() is new.item.own_name
    write("Wall slide")
    new.item.own_steps.setFocus()
    write("Stand at the wall.")
    press(Qt.Key.Key_Return)
    write("Slide.")
    new.item.own_cues.setFocus()
    write("Ribs down.")
    pick(new.item.own_figure, "Bridge")
    new.item.use_as_usual.click()
    new.save_to(tmp_path / "own.rehab.json")

    (own,) = on_paper(tmp_path / "own.rehab.json")["exercises"]
    assert own["name"] == "Wall slide"
    assert [step["text"] for step in own["steps"]] == ["Stand at the wall.", "Slide.", "Ribs down."]
    assert own["dose"] == {"reps": 10}
    assert own["figure"]["works"]
    assert "Wall slide" in [line.name for line in new.shelf.shelf.rows.lines]
    assert [line.name for line in new.sequence.rows.lines] == ["Wall slide"]


def test_an_exercise_is_adapted_as_an_own_one_and_keeps_its_dose(page: EditorPage) -> None:
    page.editing.choose(0)
    page.item.adapt.click()

    assert ids(page)[0] == "clamshell_adapted"
    assert value(page, "items", 0, "reps") == 10
    assert page.editing.view.findings.problems == ()


def test_an_own_exercise_goes_from_the_library_once_no_item_asks_for_it(new: EditorPage) -> None:
    new.shelf.new.click()
    shelf = new.shelf.shelf
    shelf.setFocus()
    shelf.point_at(0)
    press(Qt.Key.Key_Delete)
    assert "take it out there first" in new.notice.text

    new.sequence.setFocus()
    press(Qt.Key.Key_Delete)
    shelf.setFocus()
    shelf.point_at(0)
    press(Qt.Key.Key_Delete)
    assert value(new, "exercises") == []


# -- undo -------------------------------------------------------------------------------------------------------


def test_every_operation_is_taken_back_and_done_again_by_keys(page: EditorPage) -> None:
    """Every kind of edit once: back to the beginning, and to the end again."""
    start = page.editing.view.draft
    shelf = {one.key: one for one in page._shelved}
    page.editing.choose(0)
    states = [start]
    edits: tuple[Callable[[], object], ...] = (
        lambda: page.editing.add(shelf["squat"]),
        lambda: page.editing.move_chosen(1),
        page.editing.duplicate,
        page.editing.remove,
        lambda: page.editing.type_item(("sets",), "3x"),
        page.editing.make_held,
        page.editing.make_counted,
        lambda: page.editing.work_sides("left"),
        lambda: page.editing.use_dose(shelf["bridge"].exercise.dose),
        lambda: page.editing.swap(shelf["sit_to_stand"].exercise),
        page.editing.make_own,
        lambda: page.editing.type_own(("name",), "Mine"),
        lambda: page.editing.draw_own(None),
        page.editing.add_new_exercise,
        lambda: page.editing.type_routine(("rules", "pain_stop_above"), 4),
    )
    for edit in edits:
        edit()
        page.editing.settle()
        assert page.editing.view.draft != states[-1]
        states.append(page.editing.view.draft)

    page.item.field("sets").setFocus()  # the keys are the editor's, also in a field
    for before in reversed(states[:-1]):
        said = page.undo.accessibleName()
        assert said.startswith("Undo: ")
        press(Qt.Key.Key_Z, CTRL)
        assert page.editing.view.draft == before, said
    assert page.undo.accessibleName() == "Nothing to undo"
    for number, after in enumerate(states[1:]):
        press(*((Qt.Key.Key_Z, SHIFT_CTRL) if number % 2 else (Qt.Key.Key_Y, CTRL)))
        assert page.editing.view.draft == after


def test_undo_says_in_words_what_it_takes_back(page: EditorPage) -> None:
    page.editing.choose(1)
    page.editing.type_item(("sets",), 5)
    assert page.undo.accessibleName() == "Undo: “Sets” of Bridge"

    page.editing.remove()
    assert page.undo.accessibleName() == "Undo: remove Bridge"
    press(Qt.Key.Key_Z, CTRL)
    assert page.redo.accessibleName() == "Redo: remove Bridge"


@pytest.mark.parametrize("key", ["load", "note"])
def test_typing_in_one_field_is_taken_back_at_once(page: EditorPage, key: str) -> None:
    page.editing.choose(1)
    field = page.item.field(key)
    field.setFocus()
    write("red band")
    assert value(page, "items", 1, key) == "red band"
    press(Qt.Key.Key_Z, CTRL)

    assert value(page, "items", 1, key) is UNSET
    assert (field.text() if isinstance(field, QLineEdit) else field.property("plainText")) == ""
    assert page.editing.view.undo is None


# -- what is wrong ----------------------------------------------------------------------------------------------


def test_what_would_be_refused_is_shown_at_its_field_while_typing_and_nothing_typed_is_lost(page: EditorPage) -> None:
    page.editing.choose(0)
    field = page.item.field("sets")
    assert isinstance(field, QLineEdit)
    field.setFocus()
    field.selectAll()
    write("0")
    entry = page.item.entries[("sets",)]
    assert entry.wrong == "Must be at least 1."
    assert field.accessibleDescription() == "Must be at least 1."
    assert "Clamshell, Sets: must be at least 1." in [one.accessibleName() for one in wrongs(page)]

    write("x")
    assert entry.wrong == "“0x” is no whole number."
    page.editing.choose(1)
    page.editing.choose(0)
    assert field.text() == "0x"

    field.setFocus()
    field.selectAll()
    write("3")
    assert entry.wrong == ""
    assert not page.wrong.isVisible()


def test_a_problem_of_the_list_leads_to_its_field(page: EditorPage) -> None:
    page.editing.choose(2)
    page.editing.type_item(("tempo", "hold_s"), "x")
    page.editing.choose(0)
    (one,) = wrongs(page)
    one.setFocus()
    press(Qt.Key.Key_Return)

    assert page.editing.view.chosen == 2
    assert walk.focused() is page.item.field("tempo", "hold_s")


@pytest.mark.parametrize(
    "place,text", [(("review_by",), "2026-13-01"), (("rules", "pain_stop_above"), 12), (("title",), "")]
)
def test_a_problem_of_the_routine_leads_to_its_field(page: EditorPage, place: tuple[str, ...], text: object) -> None:
    page.editing.type_routine(place, text)
    (one,) = wrongs(page)
    one.click()

    assert walk.focused() is page.routine.field(*place)
    assert page.routine.entries[place].wrong


def test_a_draft_with_problems_is_not_handed_out_and_says_so(page: EditorPage, tmp_path: Path) -> None:
    page.editing.choose(0)
    page.editing.type_item(("sets",), "x")
    path = tmp_path / "out.json"
    page.save_to(path)

    assert not path.exists()
    assert "1 thing is to be mended first" in page.notice.text
    assert walk.focused() is page.item.field("sets")


# -- handing out ------------------------------------------------------------------------------------------------


def test_saving_again_with_changes_is_the_next_revision_of_the_same_id(page: EditorPage, tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    page.save_to(path)
    page.save_to(path)
    first = on_paper(path)
    page.editing.type_routine(("title",), "Another title")
    page.save_to(path)
    second = on_paper(path)

    assert (first["id"], first["revision"], first["issued"]) == ("strength-a-on-the-floor-copy", 1, "2026-11-20")
    assert (second["id"], second["revision"]) == ("strength-a-on-the-floor-copy", 2)


def test_an_own_routine_is_edited_as_its_next_revision_with_the_keys_of_others(
    page: EditorPage, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    page.editing.type_routine(("x-clinic",), {"room": 7})
    page.save_own()
    mine = listed(desk, "strength-a-on-the-floor-copy")
    assert mine.origin is Origin.OWN

    again = opened(qtbot, desk, edit_of(desk, mine))
    assert not again.editing.unsaved
    again.editing.type_routine(("patient",), "C.D.")
    again.save_own()
    again.close_editor()
    again.close()

    newest = listed(desk, "strength-a-on-the-floor-copy")
    assert newest.routine.revision == 2
    assert [one.routine.revision for one in desk.routines.earlier(newest)] == [1]
    draft = draft_from(desk.routines.data(newest) or b"")
    assert draft is not None
    assert at(draft, ("x-clinic",)) == {"room": 7}


def test_the_prescriber_is_remembered_for_the_next_routine(page: EditorPage, desk: Desk) -> None:
    page.editing.type_routine(("prescriber", "name"), "Practice by the river")
    page.save_own()

    assert at(new_routine(desk).draft, ("prescriber", "name")) == "Practice by the river"


def test_a_disk_that_is_full_is_told_and_the_draft_stays(page: EditorPage, tmp_path: Path) -> None:
    page.save_to(tmp_path / "no such folder" / "a.json")

    assert page.notice.text
    assert page.editing.unsaved or not page.editing.view.issued


def test_printing_is_offered_once_somebody_prints(page: EditorPage) -> None:
    assert not page.print.isVisible()
    wanted: list[PrintWanted] = []
    page.on_print_wanted(wanted.append)
    page.print.click()

    assert [one.title for one in wanted] == ["Strength A: on the floor, copy"]
    assert json.loads(wanted[0].data)["items"]


# -- leaving ----------------------------------------------------------------------------------------------------


def leaving(page: EditorPage) -> LeaveDialog:
    page.leave()
    dialog = page.findChild(LeaveDialog)
    assert dialog is not None
    return dialog


def test_what_was_not_touched_is_left_without_a_question(page: EditorPage, desk: Desk) -> None:
    left: list[Left] = []
    page.on_left(left.append)
    press(Qt.Key.Key_Escape)

    assert left == [Left()]
    assert desk.routines.drafts() == ()


def test_what_was_changed_is_kept_as_a_draft_if_wanted(page: EditorPage, desk: Desk) -> None:
    left: list[Left] = []
    page.on_left(left.append)
    page.editing.type_routine(("title",), "Half done")
    leaving(page).keep.click()

    assert "Half done is kept as a draft." in left[0].said
    assert [at(one.draft, ("title",)) for one in desk.routines.drafts()] == ["Half done"]


def test_what_was_changed_is_given_up_if_wanted(page: EditorPage, desk: Desk) -> None:
    left: list[Left] = []
    page.on_left(left.append)
    page.editing.type_routine(("title",), "Half done")
    leaving(page).discard.click()

    assert left == [Left()]
    assert desk.routines.drafts() == ()


def test_staying_keeps_everything(page: EditorPage, desk: Desk) -> None:
    left: list[Left] = []
    page.on_left(left.append)
    page.editing.type_routine(("title",), "Half done")
    dialog = leaving(page)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    QApplication.processEvents()

    assert left == []
    assert value(page, "title") == "Half done"


def test_saving_before_leaving_leaves_when_it_is_saved(page: EditorPage, desk: Desk, tmp_path: Path) -> None:
    left: list[Left] = []
    page.on_left(left.append)
    page.editing.type_routine(("title",), "Half done")
    leaving(page).save.click()
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    assert left == []
    page._file_chosen(str(tmp_path / "a.rehab.json"))
    dialog.reject()

    assert (tmp_path / "a.rehab.json").exists()
    assert len(left) == 1
    assert desk.routines.drafts() == ()


def test_every_edit_is_on_disk_as_a_draft(page: EditorPage, desk: Desk) -> None:
    page.editing.choose(0)
    page.item.field("sets").setFocus()
    page.item.field("sets").mark_all()
    write("4x")
    assert page.editing.flush()

    (kept,) = desk.routines.drafts()
    assert at(kept.draft, ("items", 0, "sets")) == "4x"


def test_a_draft_that_cannot_be_kept_is_told_once_while_there_is_still_time(
    page: EditorPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = DraftFiles.write

    def full(self: DraftFiles, kept: Kept) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(DraftFiles, "write", full)
    page.editing.type_routine(("title",), "A")
    assert page.editing._keeper is not None
    assert not page.editing._keeper.flush()
    page.editing.type_routine(("title",), "AB")
    assert "full" in page.notice.text
    assert not page.editing.leave(), "the editor stays: what is in it is nowhere else"

    monkeypatch.setattr(DraftFiles, "write", really)
    page.editing.type_routine(("title",), "ABC")
    assert page.editing.flush()


# -- everybody --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tab", ["item", "routine"])
def test_every_control_is_named_large_enough_and_reached(page: EditorPage, tab: str) -> None:
    page.tab.segment(tab).click()
    page.editing.type_routine(("review_by",), "soon")
    if tab == "routine":
        page.routine.rules.open()
    QApplication.processEvents()
    page.sequence.setFocus()

    assert walk.nameless(page) == []
    assert walk.too_small(page) == []
    assert walk.not_plain(page) == []
    assert walk.not_reached(page) == []


@pytest.mark.parametrize("tab", ["item", "routine"])
def test_nothing_is_cut_off_at_any_size(page: EditorPage, tab: str) -> None:
    page.tab.segment(tab).click()
    if tab == "routine":
        page.routine.rules.open()
        page.routine.readiness.open()
    page.editing.type_routine(("title",), "Strength for the hips and the long way back " * 3)

    assert walk.every_size(page, lambda: walk.cut_off(page)) == {}


def test_in_a_narrow_window_the_head_of_the_sequence_is_seen_whole(new: EditorPage) -> None:
    new.resize(760, 560)
    QApplication.processEvents()

    head = new._length
    assert head.heightForWidth(head.width()) <= head.height()


def test_foreign_text_is_never_markup(page: EditorPage, tmp_path: Path) -> None:
    canary = walk.Canary(tmp_path)
    page.editing.choose(0)
    page.editing.make_own()
    page.editing.type_own(("name",), canary.markup)
    page.editing.type_routine(("title",), canary.markup)
    page.editing.type_routine(("patient",), canary.markup)
    page.editing.type_item(("sets",), canary.markup)
    QApplication.processEvents()
    page.grab()

    assert not canary.was_opened()
    assert walk.not_plain(page) == []


# -- steps up ---------------------------------------------------------------------------------------------------------


def test_steps_up_are_allowed_by_keyboard_and_taken_back_by_undo(page: EditorPage, qtbot: QtBot) -> None:
    page.editing.choose(ids(page).index("bridge"))
    place = page.editing.view.chosen
    assert place is not None
    before = value(page, "items", place, "reps")
    assert isinstance(before, int)

    tab_to(page, page.item.steps.add)
    press(Qt.Key.Key_Space)
    assert walk.focused() is page.item.steps.field(0, "reps")
    assert value(page, "items", place, "progress") == [{"reps": before + 2}]
    write("20")
    tab_to(page, page.item.steps.add)
    press(Qt.Key.Key_Space)
    assert value(page, "items", place, "progress") == [{"reps": 20}, {"reps": 22}]
    assert value(page, "version") == "1.1"
    assert page.editing.view.routine is not None

    press(Qt.Key.Key_Z, CTRL)
    assert value(page, "items", place, "progress") == [{"reps": 20}]
    press(Qt.Key.Key_Z, CTRL)
    press(Qt.Key.Key_Z, CTRL)
    assert value(page, "items", place, "progress") is UNSET
    assert value(page, "version") == "1.0"
    assert page.item.steps.rows == []


def test_a_step_can_be_another_exercise_of_the_ladder_and_can_go_again(page: EditorPage) -> None:
    page.editing.choose(ids(page).index("bridge"))
    page.item.steps.add.click()
    choices = page.item.steps.rows[0].exercise
    offered = [choices.itemText(number) for number in range(choices.count())]

    assert offered[0] == "The same exercise"
    assert "Single-leg bridge" in offered
    choices.setCurrentIndex(offered.index("Single-leg bridge"))
    choices.activated.emit(choices.currentIndex())
    found = value(page, "items", page.editing.view.chosen or 0, "progress")
    assert isinstance(found, list)
    assert found[0]["exercise"] == "single_leg_bridge"

    page.item.steps.rows[0].remove.click()

    assert value(page, "items", page.editing.view.chosen or 0, "progress") is UNSET


def test_what_is_wrong_with_a_step_is_shown_beside_it_while_typing_and_the_list_leads_there(page: EditorPage) -> None:
    page.editing.choose(ids(page).index("bridge"))
    page.item.steps.add.click()

    write("0")

    assert page.item.steps.rows[0]._entries["reps"].wrong == "Must be at least 1."
    assert "Bridge, Step up 1, Reps: must be at least 1." in [one.accessibleName() for one in wrongs(page)]
    page.editing.choose(None)
    wrongs(page)[0].click()
    assert walk.focused() is page.item.steps.field(0, "reps")
    page.editing.type_item(("progress", 0, "reps"), UNSET)
    assert "name sets, reps, hold_s, load or another exercise" in page.item.steps.rows[0]._first.wrong


def test_the_steps_are_in_the_file_that_is_saved_and_are_read_back(
    page: EditorPage, tmp_path: Path, desk: Desk
) -> None:
    page.editing.choose(ids(page).index("bridge"))
    page.item.steps.add.click()
    path = tmp_path / "up.rehab.json"

    assert page.editing.save_file(path)

    opened_ = desk.routines.open_file(path)
    assert opened_ is not None
    assert opened_.read is not None
    assert opened_.read.routine is not None
    assert [len(item.progress) for item in opened_.read.routine.items if item.exercise == "bridge"] == [1]
    assert on_paper(path)["version"] == "1.1"
    assert not opened_.findings.warnings
