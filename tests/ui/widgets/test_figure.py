from collections.abc import Iterator
from functools import cache

import msgspec
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coach import resources
from coach.core.routine.exercise import Exercise, ExerciseFile, Instruction, Position, StepType
from coach.core.routine.plan import Side
from coach.ui import theme
from coach.ui.tokens import DARK, LIGHT, HairColour, SkinTone, Tokens
from coach.ui.widgets.figure import FigureView, Shown, paint_shown, position_words

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


@cache
def shipped() -> dict[str, Exercise]:
    file = msgspec.json.decode(resources.EXERCISES.read_bytes(), type=ExerciseFile)
    return {one.id: one for one in file.exercises}


def drawn(shown: Shown, tokens: Tokens = LIGHT, width: int = 400) -> QImage:
    image = QImage(width, width * 3 // 4, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(tokens.panel))
    painter = QPainter(image)
    paint_shown(painter, QRectF(image.rect()), shown, tokens)
    painter.end()
    return image


def unlike(one: QImage, other: QImage, step: int = 4) -> float:
    """The part of the pixels in which two pictures differ by more than the softness of an edge."""
    points = [(x, y) for x in range(0, one.width(), step) for y in range(0, one.height(), step)]
    off = 0
    for x, y in points:
        a, b = one.pixelColor(x, y), other.pixelColor(x, y)
        off += abs(a.red() - b.red()) + abs(a.green() - b.green()) + abs(a.blue() - b.blue()) > 60
    return off / len(points)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", shipped())
def test_every_exercise_is_drawn_whole(qtbot: QtBot, name: str, tokens: Tokens) -> None:
    for share in (0.0, 1.0):
        image = drawn(Shown(shipped()[name], Side.LEFT, share, glow=1.0), tokens)

        edge = {image.pixelColor(x, y).name().upper() for x in range(image.width()) for y in (0, image.height() - 1)}
        edge |= {image.pixelColor(x, y).name().upper() for y in range(image.height()) for x in (0, image.width() - 1)}
        assert edge == {tokens.panel}
        seen = {image.pixel(x, y) for x in range(0, 400, 3) for y in range(0, 300, 3)}
        assert len(seen) > 30


@pytest.mark.parametrize("name", ["clamshell", "figure_four_stretch", "step_down", "side_plank", "roll_buttocks"])
def test_the_other_side_is_the_mirror_image(qtbot: QtBot, name: str) -> None:
    left, right = (drawn(Shown(shipped()[name], side, 0.8)) for side in (Side.LEFT, Side.RIGHT))

    assert unlike(left, right) > 0.03
    assert unlike(left, right.flipped(Qt.Orientation.Horizontal)) < 0.01


def test_a_side_that_takes_its_turn_is_seen_from_the_same_place(qtbot: QtBot) -> None:
    march = shipped()["bridge_march"]
    ours, theirs = (drawn(Shown(march, Side.LEFT, 1.0, swapped=swapped)) for swapped in (False, True))

    assert 0.005 < unlike(ours, theirs) < 0.2  # the other leg; head and mat stay where they are


@pytest.mark.parametrize("name", shipped())
def test_every_exercise_moves(qtbot: QtBot, name: str) -> None:
    start, end = (drawn(Shown(shipped()[name], Side.LEFT, share)) for share in (0.0, 1.0))

    assert start != end


@pytest.mark.parametrize("name", ["side_plank", "figure_four_stretch", "clamshell"])
def test_a_breath_is_seen_and_faint(qtbot: QtBot, name: str) -> None:
    still, lifted = (drawn(Shown(shipped()[name], Side.LEFT, 1.0, breath=breath), width=900) for breath in (0.0, 1.0))

    assert still != lifted
    assert unlike(still, lifted) < 0.01


def test_a_figure_that_stands_still_is_not_painted_again(qtbot: QtBot) -> None:
    view = Counted()
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    view.show_moment(Shown(shipped()["bridge"], None, 0.5))
    qtbot.waitUntil(lambda: view.times > 0)
    before = view.times

    view.show_moment(Shown(shipped()["bridge"], None, 0.500001))
    QApplication.processEvents()
    assert view.times == before

    view.show_moment(Shown(shipped()["bridge"], None, 0.6))
    qtbot.waitUntil(lambda: view.times > before)


class Counted(FigureView):
    """Counts how often it is painted."""

    times = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.times += 1
        super().paintEvent(event)


def test_an_exercise_without_a_figure_is_shown_by_its_name_and_cues(qtbot: QtBot) -> None:
    own = Exercise("own", "Wall <b>sit</b>", steps=[Instruction(StepType.FORM_CUE, "Back flat on the wall.")])
    bare = Exercise("own", "Wall <b>sit</b>")

    assert unlike(drawn(Shown(own), width=600), drawn(Shown(bare), width=600), step=2) > 0.001
    assert drawn(Shown(bare)) != drawn(Shown(Exercise("b", " ")))
    assert not drawn(Shown(own), width=40).isNull()


def test_the_view_says_the_position(qtbot: QtBot) -> None:
    view = FigureView()
    qtbot.addWidget(view)
    assert view.spoken() == ""
    assert not view.grab().isNull()

    view.show_moment(Shown(shipped()["clamshell"]))

    assert view.spoken() == "Lying on the side, knees bent"
    assert len({position_words(position) for position in Position}) == len(Position)


def test_the_painter_is_left_as_it_was(qtbot: QtBot) -> None:
    for exercise in (shipped()["plank"], Exercise("own", "Own")):
        image = QImage(100, 100, QImage.Format.Format_ARGB32_Premultiplied)
        painter = QPainter(image)
        painter.translate(3, 4)
        before, pen = painter.transform(), painter.pen()

        paint_shown(painter, QRectF(0, 0, 100, 100), Shown(exercise), DARK)

        assert (painter.transform(), painter.pen()) == (before, pen)
        painter.end()


@pytest.fixture
def look(qapp: QApplication) -> Iterator[theme.Theme]:
    made = theme.Theme(qapp, "light")
    yield made
    made.dress_figure(SkinTone.LIGHT, HairColour.BROWN)
    made.deleteLater()


def test_the_figure_wears_the_chosen_skin_and_hair(qtbot: QtBot, look: theme.Theme) -> None:
    pictures = []
    for skin, hair in (
        (SkinTone.LIGHT, HairColour.BROWN),
        (SkinTone.DEEP, HairColour.BROWN),
        (SkinTone.DEEP, HairColour.RED),
    ):
        look.dress_figure(skin, hair)
        pictures.append(drawn(Shown(shipped()["plank"])))

    assert unlike(pictures[0], pictures[1]) > 0.005
    assert pictures[1] != pictures[2]
    assert len(SkinTone) >= 5
    assert len(HairColour) >= 4
