import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from coach.app.routines import Listed, Opened, Routines
from coach.core.routine.routine import BodySide
from coach.ui import theme
from coach.ui.presenters.desk import Desk
from coach.ui.screens import routines
from coach.ui.screens.editor import EditorPage, Left
from coach.ui.screens.paper_sheet import PaperSheet
from coach.ui.screens.routine_card import Act, RoutineCard
from coach.ui.screens.routines import RoutinesPage
from coach.ui.widgets.buttons import Button
from coach.ui.widgets.notice import NoticeKind
from coach.ui.widgets.page_picture import PagePicture
from tests.ui import walk

ROUTINE: dict[str, Any] = {
    "format": "rehab-routine",
    "version": "1.0",
    "id": "hip-strength-a",
    "revision": 2,
    "title": "Hip strength A",
    "issued": "2026-11-20",
    "review_by": "2026-12-04",
    "prescriber": {"name": "Physio practice by the river", "contact": "desk@example.org"},
    "patient": "A.B.",
    "schedule": {"per_week": 3, "days": ["mon", "wed", "fri"]},
    "items": [
        {"exercise": "clamshell", "sides": "each", "sets": 3, "reps": 12, "load": "red band", "note": "Slowly."},
        {"exercise": "plank", "sets": 3, "hold_s": 30},
    ],
    "rules": {"pain_stop_above": 5},
}


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Iterator[RoutinesPage]:
    made = RoutinesPage(desk)
    walk.opened(qtbot, made, 1004, 800)
    yield made
    made.close()


def written(folder: Path, name: str = "a.rehab.json", **changes: Any) -> Path:
    path = folder / name
    path.write_text(json.dumps({**ROUTINE, **changes}), encoding="utf-8")
    return path


def card(page: RoutinesPage, routine_id: str) -> RoutineCard:
    QApplication.processEvents()
    shown = [one for one in page.findChildren(RoutineCard) if one.isVisible()]
    (found,) = (one for one in shown if one.button(Act.SHOW).objectName() == f"{routine_id}:SHOW")
    return found


def press(button: Button) -> None:
    button.setFocus()
    walk.key(Qt.Key.Key_Space)


def in_use(desk: Desk) -> tuple[str, ...]:
    return desk.settings.in_use


def received(desk: Desk, folder: Path, **changes: Any) -> None:
    opened = desk.routines.open_file(written(folder, "taken.json", **changes))
    assert opened is not None
    assert opened.read is not None
    assert desk.routines.accept(opened.read)
    QApplication.processEvents()


def settled(page: RoutinesPage, qtbot: QtBot) -> str:
    """Wait until the files were looked at; return what can be read then."""
    qtbot.waitUntil(lambda: not page.opening.busy)
    QApplication.processEvents()
    return walk.texts(page)


def test_every_routine_has_a_card_that_says_what_it_is(page: RoutinesPage) -> None:
    said = walk.texts(page)

    assert len(page.findChildren(RoutineCard)) == 5
    for text in ("First days", "Every day · about 12 min · 5 exercises", "Bridge 1×10", "Built in"):
        assert text in said


def test_where_nothing_was_received_the_page_says_what_could_be(page: RoutinesPage) -> None:
    assert "Nothing from your physio yet" in walk.texts(page)


def test_a_received_routine_says_who_made_it_and_when_to_review_it(
    page: RoutinesPage, desk: Desk, tmp_path: Path
) -> None:
    received(desk, tmp_path)
    said = walk.texts(page)

    assert "From Physio practice by the river · 20 November · revision 2" in said
    assert "3 times a week: Mon, Wed, Fri" in said
    assert "Review by 4 December" in said


def test_where_something_of_the_physio_is_in_use_nothing_is_said_to_be_missing(
    page: RoutinesPage, desk: Desk, tmp_path: Path
) -> None:
    received(desk, tmp_path)
    assert "Nothing from your physio yet" not in walk.texts(page)

    desk.routines.stop_using("hip-strength-a")
    QApplication.processEvents()
    assert "Nothing from your physio yet" not in walk.texts(page)


def test_a_review_that_is_over_is_told(page: RoutinesPage, desk: Desk, tmp_path: Path) -> None:
    received(desk, tmp_path, review_by="2026-11-01")

    assert "Review was due on 1 November" in walk.texts(page)


def test_a_routine_is_put_in_and_out_of_use_by_the_keyboard(page: RoutinesPage, desk: Desk) -> None:
    press(card(page, "mobility").button(Act.USE))
    assert in_use(desk) == ("mobility", "first-days")

    assert QApplication.focusWidget() is card(page, "mobility").button(Act.SHOW), "the keyboard stays at the routine"

    press(card(page, "first-days").button(Act.STOP))
    assert in_use(desk) == ("mobility",)


def test_without_a_routine_in_use_the_page_says_what_to_do(page: RoutinesPage) -> None:
    press(card(page, "first-days").button(Act.STOP))

    assert "No routine in use" in walk.texts(page)


def test_start_tells_which_routine(page: RoutinesPage) -> None:
    started: list[Listed] = []
    page.on_start_wanted(started.append)

    press(card(page, "mobility").button(Act.START))

    assert [one.routine.id for one in started] == ["mobility"]


def test_nothing_can_be_started_while_a_red_flag_blocks(page: RoutinesPage, desk: Desk) -> None:
    assert "No session can be started" not in walk.texts(page)
    desk.flag("cold_white_leg", raised=True)
    QApplication.processEvents()

    assert "No session can be started just now. Today says what comes first." in walk.texts(page)
    assert not card(page, "mobility").button(Act.START).isEnabled()
    assert card(page, "mobility").button(Act.SHOW).isEnabled()


def test_what_was_said_is_not_said_again_on_the_next_visit(page: RoutinesPage) -> None:
    page.notice.show_notice(NoticeKind.INFO, "New routine is kept as a draft.")

    page.hide()
    page.show()

    assert page.notice.isHidden()


def test_a_received_routine_is_removed_and_brought_back(page: RoutinesPage, desk: Desk, tmp_path: Path) -> None:
    received(desk, tmp_path)
    assert in_use(desk) == ("hip-strength-a", "first-days")

    press(card(page, "hip-strength-a").button(Act.REMOVE))
    assert desk.routines.find("hip-strength-a") is None
    assert in_use(desk) == ("first-days",)
    assert "Hip strength A was removed." in walk.texts(page)

    undo = QApplication.focusWidget()
    assert isinstance(undo, Button)
    press(undo)
    assert desk.routines.find("hip-strength-a") is not None
    assert in_use(desk) == ("hip-strength-a", "first-days")


def test_removing_a_revision_says_that_the_former_one_is_back(page: RoutinesPage, desk: Desk, tmp_path: Path) -> None:
    received(desk, tmp_path, revision=2)
    received(desk, tmp_path, revision=3)

    press(card(page, "hip-strength-a").button(Act.REMOVE))

    assert "Revision 3 of Hip strength A was removed. Revision 2 is in its place." in walk.texts(page)
    assert "hip-strength-a" in desk.settings.in_use


def test_built_in_routines_cannot_be_removed(page: RoutinesPage) -> None:
    with pytest.raises(KeyError):
        card(page, "mobility").button(Act.REMOVE)


def test_a_received_routine_stands_for_the_built_in_one_of_its_id(
    page: RoutinesPage, desk: Desk, tmp_path: Path
) -> None:
    received(desk, tmp_path, id="mobility")

    assert "From Physio practice by the river" in walk.texts(card(page, "mobility"))


def test_the_file_dialog_does_not_stop_the_window(page: RoutinesPage) -> None:
    QTest.keyClick(page, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()

    dialogs = page.findChildren(QFileDialog)
    assert [dialog.isVisible() for dialog in dialogs] == [True]
    dialogs[0].reject()


def test_after_a_file_that_cannot_be_taken_another_one_is_a_press_away(
    page: RoutinesPage, qtbot: QtBot, tmp_path: Path
) -> None:
    page.open_file(written(tmp_path, items=[{"exercise": "plonk"}]))
    settled(page, qtbot)

    press(next(one for one in page.findChildren(Button) if one.text() == "Open another file…"))

    dialogs = page.findChildren(QFileDialog)
    assert [dialog.isVisible() for dialog in dialogs] == [True]
    dialogs[0].reject()


def test_a_dropped_file_is_shown_and_not_taken_over(
    page: RoutinesPage, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(written(tmp_path)))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier

    enter = QDragEnterEvent(QPoint(50, 50), copy, mime, left, none)
    QApplication.sendEvent(page, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(page, QDropEvent(QPointF(50, 50), copy, mime, left, none))

    assert "Use this routine" in settled(page, qtbot)
    assert desk.routines.find("hip-strength-a") is None


def test_text_that_is_no_file_is_not_taken(page: RoutinesPage) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/a.rehab.json")])
    enter = QDragEnterEvent(
        QPoint(50, 50), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    enter.ignore()

    QApplication.sendEvent(page, enter)

    assert not enter.isAccepted()


def test_several_files_are_looked_at_one_after_the_other(
    page: RoutinesPage, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    for name in ("one", "two"):
        page.open_file(written(tmp_path, f"{name}.json", id=name, title=f"Routine {name}"))

    assert "Routine one" in settled(page, qtbot)
    walk.key(Qt.Key.Key_Return)
    assert desk.routines.find("one") is not None
    assert "Routine two" in walk.texts(page)

    walk.key(Qt.Key.Key_Escape)
    assert desk.routines.find("two") is None
    assert "Built in" in walk.texts(page)


def test_after_the_sheet_the_keyboard_is_where_it_was(page: RoutinesPage) -> None:
    show = card(page, "mobility").button(Act.SHOW)
    theme.focus_by_keys(show)
    walk.key(Qt.Key.Key_Space)
    assert "Hip flexor stretch" in walk.texts(page)

    walk.key(Qt.Key.Key_Escape)

    back = card(page, "mobility").button(Act.SHOW)
    assert QApplication.focusWidget() is back
    assert theme.focus_visible(back)


def test_a_file_that_takes_long_does_not_hold_up_the_window(
    page: RoutinesPage, desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_go, really = threading.Event(), Routines.open

    def slowly(self: Routines, path: Path, home_side: BodySide | None = None) -> Opened:
        let_go.wait(20)
        return really(self, path, home_side)

    monkeypatch.setattr(Routines, "open", slowly)
    page.open_file(written(tmp_path))

    qtbot.waitUntil(lambda: page.notice.text == "The file is being looked at…", timeout=3000)
    press(card(page, "mobility").button(Act.USE))
    assert in_use(desk)[0] == "mobility"
    let_go.set()
    assert "Use this routine" in settled(page, qtbot)
    assert not page.notice.isVisible()


def test_a_file_that_cannot_be_read_is_told(page: RoutinesPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.open_file(tmp_path / "gone.rehab.json")

    settled(page, qtbot)
    assert "There is no such file" in page.notice.text


def test_every_control_is_named_large_enough_and_reached(page: RoutinesPage, desk: Desk, tmp_path: Path) -> None:
    received(desk, tmp_path)
    QApplication.processEvents()
    page.first_focus()

    assert walk.nameless(page) == []
    assert walk.too_small(page) == []
    assert walk.not_plain(page) == []
    assert walk.not_reached(page) == []


def test_nothing_is_cut_off_at_any_size(page: RoutinesPage, desk: Desk, tmp_path: Path) -> None:
    received(desk, tmp_path, title="Strength for the hips and the long way back " * 3)

    assert walk.every_size(page, lambda: walk.cut_off(page)) == {}


def test_texts_of_twice_the_length_fit(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    received(desk, tmp_path)
    with walk.doubled():
        page = RoutinesPage(desk)
        qtbot.addWidget(page)
        page.show()

        assert walk.every_size(page, lambda: walk.cut_off(page)) == {}


def test_foreign_text_is_never_markup(page: RoutinesPage, desk: Desk, tmp_path: Path) -> None:
    canary = walk.Canary(tmp_path)
    evil = canary.markup

    received(desk, tmp_path, title=evil, patient=evil, prescriber={"name": evil, "contact": evil})
    walk.resized(page, 1004, 800)
    page.grab()
    press(card(page, "hip-strength-a").button(Act.REMOVE))
    page.grab()

    assert not canary.was_opened()
    assert walk.not_plain(page) == []


# -- making and changing ----------------------------------------------------------------------------------------


def editor(page: RoutinesPage) -> EditorPage:
    QApplication.processEvents()
    assert page.editor is not None
    return page.editor


def named(page: RoutinesPage, name: str) -> Button:
    QApplication.processEvents()
    (found,) = (one for one in page.findChildren(Button) if one.isVisible() and one.accessibleName() == name)
    return found


def test_a_new_routine_is_begun_by_a_key_and_put_among_the_own_ones(page: RoutinesPage, desk: Desk) -> None:
    QTest.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    made = editor(page)
    made.editing.type_routine(("title",), "Made by me")
    made.editing.add(desk.routines.shelves()[0])
    made.save_own()
    made.leave()
    QApplication.processEvents()

    said = walk.texts(page)
    assert "Your own" in said
    assert "Made here" in said
    assert page.editor is None
    assert desk.routines.drafts() == ()


def test_an_own_routine_is_edited_and_its_earlier_revision_can_be_seen(page: RoutinesPage, desk: Desk) -> None:
    page.new_routine()
    made = editor(page)
    made.editing.type_routine(("title",), "Made by me")
    made.editing.add(desk.routines.shelves()[0])
    made.save_own()
    made.leave()

    press(card(page, "made-by-me").button(Act.EDIT))
    made = editor(page)
    made.editing.type_item(("sets",), 7)
    made.save_own()
    made.leave()

    press(card(page, "made-by-me").button(Act.SHOW))
    said = walk.texts(page)
    assert "What changed since revision 1 stands side by side." in said
    assert "2\u00a0holds of 20\u00a0s" in said
    assert "7\u00a0holds of 20\u00a0s" in said
    press(named(page, "Revision 1 · 20 November"))
    assert "This is the earlier revision 1." in walk.texts(page)
    walk.key(Qt.Key.Key_Escape)
    assert "What changed since revision 1 stands side by side." in walk.texts(page)
    walk.key(Qt.Key.Key_Escape)
    assert "Built in" in walk.texts(page)


def test_a_routine_of_anybody_is_copied_from_its_sheet(page: RoutinesPage, desk: Desk) -> None:
    press(card(page, "mobility").button(Act.SHOW))
    press(named(page, "Edit a copy"))

    draft = editor(page).editing.view.draft
    assert len(editor(page).editing.view.rows) > 3
    assert draft.plain["title"] == "Mobility, copy"
    assert "prescriber" not in draft.plain


def test_a_draft_is_offered_gone_on_with_or_given_up_and_brought_back(page: RoutinesPage, desk: Desk) -> None:
    page.new_routine()
    editor(page).editing.type_routine(("title",), "Half done")
    editor(page).close_editor()
    editor(page).left.emit(Left())
    QApplication.processEvents()
    assert "Not handed out yet · 0 exercises · worked on today" in walk.texts(page)

    press(named(page, "Discard: draft Half done"))
    assert desk.routines.drafts() == ()
    undo = next(one for one in page.findChildren(Button) if one.isVisible() and one.text() == "Undo")
    press(undo)
    press(named(page, "Go on: draft Half done"))

    assert editor(page).editing.view.draft.plain["title"] == "Half done"
    assert editor(page).editing.unsaved


def test_a_file_that_comes_while_somebody_edits_waits(
    page: RoutinesPage, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    page.new_routine()
    page.open_file(written(tmp_path))
    settled(page, qtbot)
    assert "a.rehab.json is shown when you leave the editor." in editor(page).notice.text

    editor(page).leave()
    assert "Use this routine" in settled(page, qtbot)


def test_the_routine_under_work_is_shown_on_paper_and_esc_leads_back_to_the_editor(
    page: RoutinesPage, desk: Desk, qtbot: QtBot
) -> None:
    page.new_routine()
    editor(page).editing.add(desk.routines.shelves()[0])
    editor(page).print.click()

    (sheet,) = page.findChildren(PaperSheet)
    qtbot.waitUntil(lambda: bool(sheet.findChildren(PagePicture)), timeout=20_000)
    assert not editor(page).isVisible()
    assert "New routine" in walk.texts(sheet)

    walk.key(Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: walk.focused() is editor(page).print)
    assert editor(page).isVisible()


def test_two_physios_of_one_id_are_both_kept_and_that_is_said(
    page: RoutinesPage, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    received(desk, tmp_path)
    page.open_file(written(tmp_path, prescriber={"name": "Hill practice"}))

    assert (
        "You have a routine of the same id from Physio practice by the river, and this one is from Hill practice."
        in settled(page, qtbot)
    )
    walk.key(Qt.Key.Key_Return)
    assert desk.routines.find("hip-strength-a") is not None
    assert desk.routines.find("hip-strength-a@hill-practice") is not None
    assert in_use(desk)[0] == "hip-strength-a@hill-practice"


def test_an_exercise_that_is_there_twice_is_compared_with_its_own_former_self(
    page: RoutinesPage, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    once, twice = {"exercise": "plank", "sets": 2, "hold_s": 20}, {"exercise": "plank", "sets": 3, "hold_s": 45}
    received(desk, tmp_path, items=[once, twice])
    page.open_file(written(tmp_path, revision=3, items=[once, {**twice, "hold_s": 60}]))

    said = settled(page, qtbot)
    assert said.count("Before") == said.count("Now") == 1
    assert "3\u00a0holds of 45\u00a0s" in said
    assert "3\u00a0holds of 60\u00a0s" in said


def test_what_a_received_routine_took_the_place_of_is_told_and_brought_back(
    page: RoutinesPage, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    desk.choose(in_use=("strength-a", "strength-b", "mobility"))
    page.open_file(written(tmp_path))
    settled(page, qtbot)

    walk.key(Qt.Key.Key_Return)
    said = "Hip strength A is in use now, instead of Strength A: on the floor and Strength B: on your feet."
    assert said in walk.texts(page)
    assert in_use(desk) == ("hip-strength-a", "mobility")
    press(next(one for one in page.findChildren(Button) if one.text() == "Undo"))

    assert in_use(desk) == ("strength-a", "strength-b", "mobility")
    assert desk.routines.find("hip-strength-a") is not None


def test_of_many_routines_the_first_are_shown_and_more_when_they_are_asked_for(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routines, "_AT_ONCE", 3)
    folder = desk.surroundings.home.routines
    for number in range(8):
        written(folder, f"{number}.rehab.json", id=f"routine-{number}", title=f"Routine {number}")
    page = RoutinesPage(desk)
    walk.opened(qtbot, page, 1004, 800)

    def there() -> list[str]:
        QApplication.processEvents()
        names = (one.button(Act.SHOW).objectName() for one in page.findChildren(RoutineCard) if one.isVisible())
        return sorted(name.removesuffix(":SHOW") for name in names if name.startswith("routine-"))

    first = there()
    (more,) = (button for button in page.findChildren(Button) if button.objectName() == "more:From your physio")
    offered = more.text(), more.accessibleName()
    press(more)
    second, keyboard = there(), QApplication.focusWidget()
    page.refresh()
    again = there()
    (more,) = (
        button
        for button in page.findChildren(Button)
        if button.objectName() == "more:From your physio" and button.isVisible()
    )
    press(more)

    assert first == ["routine-0", "routine-1", "routine-2"]
    assert offered == ("Show more (5)", "From your physio: Show more (5)")
    assert second == again == [f"routine-{number}" for number in range(6)]
    assert isinstance(keyboard, Button)
    assert keyboard.objectName().startswith("routine-3:")
    assert there() == [f"routine-{number}" for number in range(8)]
    assert not more.isVisible()
    page.close()
