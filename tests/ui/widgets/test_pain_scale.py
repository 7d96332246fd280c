import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from coach.ui import theme
from coach.ui.tokens import TARGET
from coach.ui.widgets.pain_scale import (
    COUNT,
    SETTLES_S,
    Chosen,
    MarkSize,
    PainScale,
    Scale,
    Zone,
    mark_name,
    zone_of,
)
from tests.fakes import FakeClock

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


class Answers:
    def __init__(self) -> None:
        self.given: list[Chosen] = []

    def take(self, chosen: Chosen) -> None:
        self.given.append(chosen)

    @property
    def values(self) -> list[int]:
        return [chosen.value for chosen in self.given]


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture
def scale(qtbot: QtBot, answers: Answers) -> PainScale:
    made = PainScale("How is the hip on your first steps today?")
    qtbot.addWidget(made)
    made.resize(made.sizeHint())
    made.on_chosen(answers.take)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_a_click_answers(scale: PainScale, answers: Answers, qtbot: QtBot) -> None:
    QTest.mouseClick(scale.mark(4), Qt.MouseButton.LeftButton)

    assert answers.given == [Chosen(4)]
    assert scale.value == 4


def test_only_one_answer_is_marked(scale: PainScale, qtbot: QtBot) -> None:
    QTest.mouseClick(scale.mark(4), Qt.MouseButton.LeftButton)
    QTest.mouseClick(scale.mark(7), Qt.MouseButton.LeftButton)

    assert [value for value in range(COUNT) if scale.mark(value).isChecked()] == [7]


def test_the_same_answer_twice_stays_marked(scale: PainScale, answers: Answers, qtbot: QtBot) -> None:
    for _ in range(2):
        QTest.mouseClick(scale.mark(4), Qt.MouseButton.LeftButton)

    assert scale.mark(4).isChecked()
    assert answers.values == [4, 4]


@pytest.mark.parametrize("key,value", [(Qt.Key.Key_0, 0), (Qt.Key.Key_9, 9), (Qt.Key.Key_X, 10)])
def test_a_key_answers_at_once(scale: PainScale, answers: Answers, qtbot: QtBot, key: Qt.Key, value: int) -> None:
    scale.focus_scale()

    QTest.keyClick(scale.mark(0), key)

    assert answers.values == [value]


def test_arrows_move_and_enter_answers(scale: PainScale, answers: Answers, qtbot: QtBot) -> None:
    scale.focus_scale()
    for _ in range(3):
        QTest.keyClick(scale.focusWidget(), Qt.Key.Key_Right)
    QTest.keyClick(scale.focusWidget(), Qt.Key.Key_Left)
    assert answers.values == []
    assert scale.mark(2).hasFocus()
    assert theme.focus_visible(scale.mark(2))

    QTest.keyClick(scale.mark(2), Qt.Key.Key_Return)

    assert answers.values == [2]


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_PageDown, Qt.Key.Key_MediaPlay])
def test_what_was_not_pointed_at_is_no_answer(scale: PainScale, answers: Answers, key: Qt.Key) -> None:
    scale.focus_scale()

    QTest.keyClick(scale.focusWidget(), key)

    assert answers.values == []


def test_arrows_move_and_space_answers(scale: PainScale, answers: Answers) -> None:
    scale.focus_scale()
    QTest.keyClick(scale.focusWidget(), Qt.Key.Key_Right)

    QTest.keyClick(scale.focusWidget(), Qt.Key.Key_Space)

    assert answers.values == [1]


def test_before_anything_was_pointed_at_no_number_looks_chosen(scale: PainScale) -> None:
    bare = scale.mark(0).grab().toImage()
    whole = scale.grab().toImage()

    scale.focus_scale()

    assert theme.focus_visible(scale.mark(0))
    assert scale.mark(0).grab().toImage() == bare
    assert scale.grab().toImage() != whole, "where the keyboard is, is seen"
    QTest.keyClick(scale.focusWidget(), Qt.Key.Key_Left)
    assert scale.mark(0).grab().toImage() != bare


def held(key: Qt.Key) -> QKeyEvent:
    """The key as it comes again and again while it is held down."""
    return QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "", True)


def test_an_arrow_that_was_meant_for_the_page_before_moves_nothing(scale: PainScale, answers: Answers) -> None:
    clock = FakeClock()
    scale.settle(clock)
    scale.focus_scale()

    QTest.keyClick(scale.focusWidget(), Qt.Key.Key_Right)
    QTest.keyClick(scale.focusWidget(), Qt.Key.Key_Return)
    assert answers.values == []
    clock.advance(SETTLES_S)
    QTest.keyClick(scale.focusWidget(), Qt.Key.Key_Right)
    QTest.keyClick(scale.focusWidget(), Qt.Key.Key_Return)

    assert answers.values == [1]


def test_an_arrow_that_is_held_down_since_the_page_before_moves_nothing(scale: PainScale) -> None:
    clock = FakeClock()
    scale.settle(clock)
    scale.focus_scale()

    for _ in range(9):
        clock.advance(0.5 * SETTLES_S)
        QApplication.sendEvent(scale.mark(0), held(Qt.Key.Key_Right))

    assert scale.mark(0).hasFocus()


def test_arrows_stop_at_the_ends(scale: PainScale, qtbot: QtBot) -> None:
    scale.focus_scale()
    QTest.keyClick(scale.focusWidget(), Qt.Key.Key_Left)
    assert scale.mark(0).hasFocus()

    QTest.keyClick(scale.focusWidget(), Qt.Key.Key_End)
    QTest.keyClick(scale.focusWidget(), Qt.Key.Key_Right)
    assert scale.mark(10).hasFocus()


def test_the_scale_is_one_stop_of_the_tab_key(scale: PainScale) -> None:
    stops = [value for value in range(COUNT) if scale.mark(value).focusPolicy() is Qt.FocusPolicy.StrongFocus]

    assert len(stops) == 1


def test_a_known_answer_is_shown_and_tells_nobody(scale: PainScale, answers: Answers) -> None:
    scale.show_value(3)
    assert scale.mark(3).isChecked()

    scale.show_value(None)

    assert scale.value is None
    assert not any(scale.mark(value).isChecked() for value in range(COUNT))
    assert answers.values == []


def test_a_key_with_ctrl_is_no_answer(scale: PainScale, answers: Answers, qtbot: QtBot) -> None:
    scale.focus_scale()

    QTest.keyClick(scale.mark(0), Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)

    assert answers.values == []


@pytest.mark.parametrize(
    "value,zone", [(0, Zone.GREEN), (2, Zone.GREEN), (3, Zone.AMBER), (5, Zone.AMBER), (6, Zone.RED), (10, Zone.RED)]
)
def test_zones_end_where_the_rules_say(value: int, zone: Zone) -> None:
    assert zone_of(value) is zone


def test_the_zones_can_be_those_of_sharper_limits(scale: PainScale) -> None:
    plain = scale.mark(4).grab().toImage()

    scale.show_zones(1, 3)

    assert scale.mark(4).accessibleName() == "4 of 10, high"
    assert scale.mark(2).accessibleName() == "2 of 10, middle"
    assert scale.mark(4).grab().toImage() != plain


def test_every_mark_says_its_zone_in_words(scale: PainScale) -> None:
    assert scale.mark(1).accessibleName() == "1 of 10, low"
    assert scale.mark(3).accessibleName() == "3 of 10, middle"
    assert scale.mark(10).accessibleName() == "10 of 10, high"
    assert scale.accessibleName() == "How is the hip on your first steps today?"
    assert scale.accessibleDescription() == "0 means no pain, 10 means worst imaginable"


def test_effort_has_no_zones(qtbot: QtBot) -> None:
    effort = PainScale("How hard was it?", Scale.EFFORT)
    qtbot.addWidget(effort)

    assert effort.mark(9).accessibleName() == mark_name(Scale.EFFORT, 9) == "9 of 10"
    assert effort.accessibleDescription() == "0 means no effort, 10 means all I had"
    assert not effort.grab().isNull()


@pytest.mark.parametrize("size,least", [(MarkSize.NORMAL, TARGET), (MarkSize.LARGE, 64)])
def test_every_mark_can_be_hit(qtbot: QtBot, size: MarkSize, least: int) -> None:
    scale = PainScale("?", size=size)
    qtbot.addWidget(scale)
    scale.resize(scale.sizeHint())
    scale.show()

    for value in range(COUNT):
        assert min(scale.mark(value).width(), scale.mark(value).height()) >= least


def test_a_narrow_window_keeps_all_eleven_in_sight(qtbot: QtBot) -> None:
    scale = PainScale("?", size=MarkSize.LARGE)
    qtbot.addWidget(scale)
    scale.resize(500, scale.sizeHint().height())
    scale.show()

    assert scale.mark(10).geometry().right() < 500


def test_the_chosen_mark_differs_by_more_than_its_colour(scale: PainScale) -> None:
    open_mark = scale.mark(1).grab().toImage().convertToFormat(scale.grab().toImage().Format.Format_Grayscale8)

    scale.show_value(1)

    assert scale.mark(1).grab().toImage().convertToFormat(open_mark.format()) != open_mark


def test_foreign_end_words_are_plain(qtbot: QtBot) -> None:
    scale = PainScale("<b>?</b>", ends=("<i>low</i>", "high"))
    holder = QWidget()
    qtbot.addWidget(holder)
    scale.setParent(holder)

    assert scale.accessibleName() == "<b>?</b>"
    assert scale.accessibleDescription() == "0 means <i>low</i>, 10 means high"
