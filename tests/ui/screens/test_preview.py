import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coach.ui.presenters.desk import Desk
from coach.ui.screens.comparison import Comparison
from coach.ui.screens.preview import Ended, Preview, Started, Subject, of_file, of_listed
from coach.ui.widgets.buttons import Button
from coach.ui.widgets.figure import FigureView
from tests.ui import walk
from tests.ui.screens.test_routines import ROUTINE, received, written


class Shown:
    """A sheet on the screen, and what came of it."""

    def __init__(self, qtbot: QtBot, desk: Desk, subject: Subject) -> None:
        self.sheet = Preview(desk, subject)
        self.ended: list[Ended] = []
        self.started: list[Started] = []
        self.sheet.on_ended(self.ended.append)
        self.sheet.on_started(self.started.append)
        walk.opened(qtbot, self.sheet, 1004, 800)
        self.sheet.first_focus()
        QApplication.processEvents()

    @property
    def text(self) -> str:
        return walk.texts(self.sheet)


def opened(qtbot: QtBot, desk: Desk, path: Path) -> Shown:
    looked = desk.routines.open_file(path)
    assert looked is not None
    return Shown(qtbot, desk, of_file(desk, path, looked))


def test_a_file_is_shown_whole_before_anything_is_taken_over(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    shown = opened(qtbot, desk, written(tmp_path))

    for text in (
        "Hip strength A",
        "Physio practice by the river",
        "desk@example.org",
        "A.B.",
        "20 November",
        "4 December",
        "3 sets of 12 reps",
        "each side",
        "With: red band",
        "“Slowly.”",
        "3 holds of 30 s",
        "Above 5 of 10: stop the exercise.",
        "a.rehab.json",
    ):
        assert text in shown.text
    assert desk.routines.find("hip-strength-a") is None


def test_enter_takes_it_over_and_puts_it_in_use(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    shown = opened(qtbot, desk, written(tmp_path))

    walk.key(Qt.Key.Key_Return)

    assert [one.taken.id for one in shown.ended if one.taken] == ["hip-strength-a"]
    assert desk.settings.in_use[0] == "hip-strength-a"


def test_escape_changes_nothing(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    shown = opened(qtbot, desk, written(tmp_path))

    walk.key(Qt.Key.Key_Escape)

    assert shown.ended == [Ended()]
    assert desk.routines.find("hip-strength-a") is None


def test_every_problem_is_listed_with_its_place_and_nothing_can_be_accepted(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    items = [
        {"exercise": "clamshell", "sets": 0, "reps": 12},
        {"exercise": "plonk"},
        {"exercise": "plank", "hold_s": 30, "holds": 3},
    ]
    shown = opened(qtbot, desk, written(tmp_path, items=items, review_by="2026-13-04"))

    for text in (
        "This routine was not imported: 4 things are wrong with it. Nothing was changed.",
        "Exercise 1 (Clamshell), “sets” is 0 and must be at least 1",
        "$.items[0].sets",
        "Exercise 2, “exercise”: there is no exercise",
        "$.items[1].exercise",
        "$.items[2].holds",
        "“review_by” is",
    ):
        assert text in shown.text
    assert "Use this routine" not in shown.text

    walk.key(Qt.Key.Key_Return)
    assert shown.ended == [Ended()]
    assert desk.routines.find("hip-strength-a") is None


def test_a_problem_is_told_with_its_line_and_the_name_of_the_exercise(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    own = {"id": "wall_press", "name": "Wall press", "kind": "strength", "laterality": "bilateral"}
    items = [{"exercise": "clamshell", "sets": 0}, {"exercise": "wall_press", "reps": -4}, {"exercise": "plonk"}]
    path = tmp_path / "lines.rehab.json"
    path.write_text(json.dumps({**ROUTINE, "exercises": [own], "items": items}, indent=2), encoding="utf-8")

    shown = opened(qtbot, desk, path)

    text = path.read_text(encoding="utf-8").splitlines()
    for said, place, key in (
        ("Exercise 1 (Clamshell), “sets” is 0 and must be at least 1", "$.items[0].sets", '"sets": 0'),
        ("Exercise 2 (Wall press), “reps” is −4 and must be at least 1", "$.items[1].reps", '"reps": -4'),
        ("Exercise 3, “exercise”: there is no exercise", "$.items[2].exercise", '"plonk"'),
    ):
        line = next(number for number, one in enumerate(text, 1) if key in one)
        assert said in shown.text
        assert f"Line {line} · {place}" in shown.text


def test_the_list_can_be_copied(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    shown = opened(qtbot, desk, written(tmp_path, items=[{"exercise": "plonk"}], issued="soon"))

    shown.sheet.copy_list.setFocus()
    walk.key(Qt.Key.Key_Space)

    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("a.rehab.json: $.i")


def test_thousands_of_problems_do_not_make_thousands_of_rows(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    shown = opened(qtbot, desk, written(tmp_path, "a.json", **{f"key{number}": 1 for number in range(1000)}))

    assert "And 940 more." in shown.text
    assert shown.text.count("is not a known key") == 60


def test_warnings_do_not_stand_in_the_way(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    shown = opened(qtbot, desk, written(tmp_path, items=[{"exercise": "plank", "sides": "left", "hold_s": 20}]))

    assert "Odd, but it can be read" in shown.text
    assert "makes little sense" in shown.text
    assert "Use this routine" in shown.text


def test_a_file_that_is_no_routine_says_what_it_is(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    exercise = '{"id": "wiggle", "name": "Wiggle"}'
    path = tmp_path / "library.json"
    path.write_text(f'{{"format": "rehab-exercises", "version": "1.0", "exercises": [{exercise}]}}')

    shown = opened(qtbot, desk, path)

    assert "An exercise library, not a routine" in shown.text
    assert "Use this routine" not in shown.text


def pairs(shown: Shown) -> list[tuple[str, ...]]:
    """What stands side by side, pair by pair, as a screen reader says it."""
    found = shown.sheet.findChildren(Comparison)
    return [tuple(cell.label.accessibleName() for cell in one.cells) for one in found]


def test_a_newer_revision_shows_before_and_now_side_by_side(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    received(desk, tmp_path, revision=2)
    items = [{**ROUTINE["items"][0], "reps": 15}, ROUTINE["items"][1], {"exercise": "bridge", "sets": 2, "reps": 10}]

    shown = opened(qtbot, desk, written(tmp_path, revision=3, items=items))

    assert "Revision 3 replaces revision 2. What changed stands side by side." in shown.text
    dose, new = pairs(shown)
    assert dose[0].startswith("Dose, before: 3 sets of 12 reps\n")
    assert dose[1].startswith("Dose, now: 3 sets of 15 reps\n")
    assert new[0] == "Dose, before: Not in it"
    assert new[1].startswith("Dose, now: 2 sets of 10 reps")
    before, now = (cell.geometry() for cell in shown.sheet.findChildren(Comparison)[0].cells)
    assert (before.top(), before.width(), before.right() < now.left()) == (now.top(), now.width(), True)
    assert [cell.label.bold for cell in shown.sheet.findChildren(Comparison)[0].cells] == [(), ("15\u00a0reps",)]


def test_a_newer_revision_shows_also_what_is_no_dose(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    received(desk, tmp_path, revision=2, schedule={"per_week": 3}, rules={"pain_stop_above": 5})
    first = {**ROUTINE["items"][0], "load": "blue band", "note": "Slower.", "progress": [{"reps": 15}, {"sets": 4}]}
    changed: dict[str, Any] = {
        "version": "1.1",
        "items": [first, ROUTINE["items"][1]],
        "schedule": {"per_week": 2},
        "rules": {"pain_stop_above": 4},
        "readiness": {"sp_s": 20},
    }

    shown = opened(qtbot, desk, written(tmp_path, "b.json", revision=3, **changed))

    assert pairs(shown) == [
        (
            "With, before: With: red band",
            "With, now: With: blue band",
            "Note, before: “Slowly.”",
            "Note, now: “Slower.”",
            "Steps up, before: No steps up",
            "Steps up, now: After 2 good sessions in a row: 15 reps; then 4 sets",
        )
    ]
    assert shown.text.count("3 sets of 12 reps") == 1
    assert "Schedule was: 3 times a week" in shown.text
    assert "Was: Above 5 of 10: stop the exercise." in shown.text
    assert "Was: Above 4" not in shown.text


def test_what_a_newer_revision_leaves_out_is_shown_with_its_dose(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    twice = [*ROUTINE["items"], {**ROUTINE["items"][0], "reps": 5}]
    received(desk, tmp_path, revision=2, items=twice)

    shown = opened(qtbot, desk, written(tmp_path, revision=3, items=ROUTINE["items"][:1]))

    assert [(was.splitlines()[0], now) for was, now in pairs(shown)] == [
        ("Dose, before: 3 holds of 30 s", "Dose, now: No longer in it"),
        ("Dose, before: 3 sets of 5 reps", "Dose, now: No longer in it"),
    ]
    assert "Plank" in shown.text
    shown_figures = [one.shown for one in shown.sheet.findChildren(FigureView) if one.graphicsEffect() is not None]
    assert [one.exercise.name for one in shown_figures if one is not None] == ["Plank", "Clamshell"]


def test_the_steps_that_are_allowed_stand_beside_the_dose(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    up = [{"reps": 15}, {"exercise": "side_leg_raise", "sets": 2, "reps": 8}]
    file = written(tmp_path, version="1.1", items=[{**ROUTINE["items"][0], "progress": up}])

    shown = opened(qtbot, desk, file)

    said = "After 2 good sessions in a row: 15 reps; then Side leg raise: 2 sets of 8 reps"
    assert said in shown.text


def test_an_older_revision_has_nothing_to_take_over(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    received(desk, tmp_path, revision=4)

    shown = opened(qtbot, desk, written(tmp_path, revision=3))

    assert "You have revision 4 already" in shown.text
    assert "Use this routine" not in shown.text


def test_the_same_file_again_says_so(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    received(desk, tmp_path)

    assert "You have exactly this routine already." in opened(qtbot, desk, written(tmp_path)).text


def test_the_same_revision_with_other_content_says_so(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    received(desk, tmp_path)

    shown = opened(qtbot, desk, written(tmp_path, title="Another"))

    assert "it is not the same" in shown.text


def test_what_the_pain_site_speaks_against_is_said_with_its_reason(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    desk.choose(pain_sites=("lateral",))

    shown = opened(qtbot, desk, written(tmp_path))

    assert "1 exercise needs care because of where it hurts" in shown.text
    assert "Outer side of the hip: Lying on the sore side presses on it" in shown.text
    assert "left out" not in shown.text, "what a physio prescribed stays in"


def test_of_a_built_in_routine_it_is_left_out(qtbot: QtBot, desk: Desk) -> None:
    desk.choose(pain_sites=("lateral",))
    mobility = desk.routines.find("mobility")
    assert mobility is not None

    shown = Shown(qtbot, desk, of_listed(desk, mobility))

    assert "Left out because of where it hurts: Figure four stretch." in shown.text
    assert "left out" in shown.text


def test_a_routine_of_the_list_is_started_from_the_sheet(qtbot: QtBot, desk: Desk) -> None:
    mobility = desk.routines.find("mobility")
    assert mobility is not None
    shown = Shown(qtbot, desk, of_listed(desk, mobility))

    walk.key(Qt.Key.Key_Return)

    assert [one.listed.routine.id for one in shown.started] == ["mobility"]


def test_nothing_is_started_while_a_red_flag_blocks(qtbot: QtBot, desk: Desk) -> None:
    desk.flag("cold_white_leg", raised=True)
    mobility = desk.routines.find("mobility")
    assert mobility is not None
    shown = Shown(qtbot, desk, of_listed(desk, mobility))

    walk.key(Qt.Key.Key_Return, shown.sheet)

    assert shown.started == []
    assert "No session can be started just now. Today says what comes first." in walk.texts(shown.sheet)


def test_every_control_is_named_large_enough_and_reached(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    for path in (written(tmp_path), written(tmp_path, "b.json", items=[{"exercise": "plonk"}])):
        sheet = opened(qtbot, desk, path).sheet

        assert walk.nameless(sheet) == []
        assert walk.too_small(sheet) == []
        assert walk.not_plain(sheet) == []
        assert walk.not_reached(sheet) == []


@pytest.mark.parametrize("good", [True, False])
def test_nothing_is_cut_off_at_any_size_and_length(qtbot: QtBot, desk: Desk, tmp_path: Path, *, good: bool) -> None:
    desk.choose(pain_sites=("lateral", "groin"))
    changes: dict[str, Any] = {} if good else {"items": [{"exercise": "plonk", "sets": 0}]}
    path = written(tmp_path, "a.json", title="Strength for the hips " * 9, patient="word" * 60, **changes)

    with walk.doubled():
        sheet = opened(qtbot, desk, path).sheet

        assert walk.every_size(sheet, lambda: walk.cut_off(sheet)) == {}


def test_foreign_text_is_never_markup(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    canary = walk.Canary(tmp_path)
    evil = canary.markup
    exercise = {
        "id": "evil",
        "name": evil,
        "gates": [{"site": "lateral", "action": "change", "why": evil}],
    }
    desk.choose(pain_sites=("lateral",))
    changes: dict[str, Any] = {
        "title": evil,
        "patient": evil,
        "prescriber": {"name": evil, "contact": evil},
        "items": [{"exercise": "evil", "sets": 1, "reps": 1, "load": evil, "note": evil}],
        "exercises": [exercise],
    }

    sheets = [
        opened(qtbot, desk, written(tmp_path, "a.json", **changes)).sheet,
        opened(qtbot, desk, written(tmp_path, "wrong.json", **{**changes, evil: evil, "issued": evil})).sheet,
    ]
    for sheet in sheets:
        sheet.grab()

    assert not canary.was_opened()
    assert [walk.not_plain(sheet) for sheet in sheets] == [[], []]
    assert evil in walk.texts(sheets[0])


# -- in place of what is built in ------------------------------------------------------------------------------------


def use(desk: Desk, *names: str) -> None:
    desk.choose(in_use=names)


def test_a_physios_routine_takes_the_place_of_the_built_in_ones_for_the_same_work(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    use(desk, "strength-a", "strength-b", "mobility")
    shown = opened(qtbot, desk, written(tmp_path))
    assert shown.sheet.instead is not None
    assert "9 sessions a week, not 3" in shown.sheet.instead.accessibleDescription()

    walk.key(Qt.Key.Key_Return)

    assert desk.settings.in_use == ("hip-strength-a", "mobility")
    (ended,) = shown.ended
    assert [one.routine.id for one in ended.instead_of] == ["strength-a", "strength-b"]
    assert ended.in_use == ("strength-a", "strength-b", "mobility")


def test_it_is_done_besides_them_if_the_tick_is_taken_away_by_keys(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    use(desk, "strength-a", "mobility")
    shown = opened(qtbot, desk, written(tmp_path))
    assert shown.sheet.instead is not None
    assert shown.sheet.instead.text() == "Use it instead of Strength A: on the floor"

    assert shown.sheet.instead in walk.tabbed(shown.sheet)
    shown.sheet.instead.setFocus()
    walk.key(Qt.Key.Key_Space)
    shown.sheet.first_focus()
    walk.key(Qt.Key.Key_Return)

    assert desk.settings.in_use == ("hip-strength-a", "strength-a", "mobility")


def test_nothing_is_asked_where_nothing_of_that_work_is_in_use_or_it_was_decided_before(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    use(desk, "mobility")
    assert opened(qtbot, desk, written(tmp_path)).sheet.instead is None

    received(desk, tmp_path)
    use(desk, "hip-strength-a", "strength-a")

    assert opened(qtbot, desk, written(tmp_path, revision=3)).sheet.instead is None


def test_a_received_routine_that_is_put_in_use_later_asks_as_well(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    received(desk, tmp_path)
    use(desk, "strength-a")
    listed = desk.routines.find("hip-strength-a")
    assert listed is not None
    shown = Shown(qtbot, desk, of_listed(desk, listed))

    next(one for one in shown.sheet.findChildren(Button) if one.text() == "Use this routine").click()

    assert desk.settings.in_use == ("hip-strength-a",)
