from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from coach.core.routine.exercise import Exercise, Instruction, Position, StepType
from coach.ui.tokens import HairColour, SkinTone
from coach.ui.widgets.body_view import BodyView
from tests.ui.figure.figures import BRIDGE, CLAMSHELL

CLAM = Exercise("clamshell", "Clamshell", position=Position.SIDE_LYING, figure=CLAMSHELL)
LIFT = Exercise("bridge", "Bridge", position=Position.SUPINE, figure=BRIDGE)
PLAIN = Exercise(
    "marching",
    "Marching on the spot with high knees",
    steps=[Instruction(StepType.STEP, f"Lift one knee as high as your hip, then the other, {n}.") for n in range(6)],
)


def view_of(qtbot: QtBot, exercise: Exercise | None = CLAM) -> BodyView:
    view = BodyView()
    qtbot.addWidget(view)
    view.resize(300, 200)
    view.show_scene(exercise, "left")
    return view


def picture(view: BodyView) -> QImage:
    return view.grab().toImage()


def test_the_body_moves_with_the_share_and_is_still_without(qtbot: QtBot) -> None:
    view = view_of(qtbot)
    start = picture(view)
    assert picture(view) == start

    view.show_share(1.0)
    end = picture(view)

    assert end != start
    view.show_share(0.0)
    assert picture(view) == start


def test_the_muscles_light_up_as_told(qtbot: QtBot) -> None:
    view = view_of(qtbot)
    dull = picture(view)

    view.show_share(0.0, glow=1.0)

    assert picture(view) != dull


def test_each_side_and_each_turn_is_another_picture(qtbot: QtBot) -> None:
    view = view_of(qtbot)
    left = picture(view)

    view.show_scene(CLAM, "right")
    right = picture(view)
    view.turn(90.0)
    turned = picture(view)

    assert left != right != turned
    view.turn(0.0)
    assert picture(view) == right


def test_another_exercise_begins_at_its_start(qtbot: QtBot) -> None:
    view = view_of(qtbot, LIFT)
    bridge = picture(view)
    view.show_share(0.8, glow=1.0)

    view.show_scene(CLAM, "left")
    view.show_scene(LIFT, "left")

    assert picture(view) == bridge


def test_an_exercise_of_the_same_name_may_have_another_figure(qtbot: QtBot) -> None:
    view = view_of(qtbot)
    before = picture(view)

    view.show_scene(Exercise("clamshell", "Clamshell", figure=BRIDGE), "left")

    assert picture(view) != before


def test_without_a_figure_a_card_says_what_to_do(qtbot: QtBot) -> None:
    view = view_of(qtbot, PLAIN)
    large = picture(view)

    view.show_share(1.0)
    assert picture(view) == large

    for size in ((48, 32), (150, 100), (900, 600)):
        view.resize(*size)
        assert len({view.grab().toImage().pixel(x, size[1] // 2) for x in range(size[0])}) > 1


def test_nothing_is_shown_for_no_exercise(qtbot: QtBot) -> None:
    view = view_of(qtbot, None)

    assert view.spoken() == ""
    assert not view.grab().isNull()


def test_a_reader_hears_the_exercise_and_its_position(qtbot: QtBot) -> None:
    assert view_of(qtbot).spoken() == "Clamshell. Lying on the side, knees bent"


def test_the_figure_wears_what_the_person_chose(qtbot: QtBot) -> None:
    view = view_of(qtbot)
    before = picture(view)

    view.wear(SkinTone.DEEP, HairColour.GREY)

    assert picture(view) != before


def test_an_arrow_is_shown_on_request(qtbot: QtBot) -> None:
    view = view_of(qtbot)
    before = picture(view)

    view.show_arrow()
    with_arrow = picture(view)
    view.hide_arrow()

    assert with_arrow != before
    assert picture(view) == before
