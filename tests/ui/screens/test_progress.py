"""Progress: what is shown of a log, by eye, by keyboard, as a table and as files."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QTableView, QWidget
from pytestqt.qtbot import QtBot

from coach.app import demo
from coach.app.errors import Damaged, Reason, Unavailable
from coach.app.progress import entries, progress_view
from coach.app.progress_tables import Chart, csv_of, table
from coach.app.report import Report
from coach.app.surroundings import Log, Surroundings
from coach.core.progress.span import Range
from coach.ui import a11y, theme
from coach.ui.charts.chart import Chart as ChartWidget
from coach.ui.charts.loading import Loading
from coach.ui.charts.picture import Format
from coach.ui.presenters.desk import Desk
from coach.ui.presenters.progress import Told
from coach.ui.screens.paper_sheet import PaperSheet
from coach.ui.screens.progress import ProgressPage
from coach.ui.screens.progress_card import ChartCard, SaveWanted
from coach.ui.tokens import DARK, LIGHT, STEP
from coach.ui.widgets.page_picture import PagePicture
from coach.words import trend
from tests.store import made
from tests.ui import walk
from tests.ui.fakes import World

WEEKS = 14


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Fourteen weeks of a made-up person; nobody writes to it."""
    world = World(tmp_path_factory.mktemp("progress"))
    demo.fill(world.surroundings, WEEKS)
    return world


@pytest.fixture(scope="session")
def loading(qapp: QApplication) -> Loading:
    made_ = Loading()
    made_.begin()
    made_.wait()
    return made_


class Looking:
    """Somebody in front of Progress."""

    def __init__(self, qtbot: QtBot, world: World, loading: Loading) -> None:
        self.qtbot = qtbot
        self.desk = Desk(world.surroundings)
        self.page = ProgressPage(self.desk, loading)
        walk.opened(qtbot, self.page, 1004, 800)
        self.wait()
        self.page.arrive()

    def wait(self, wanted: Range | None = None) -> None:
        def all_there() -> bool:
            view = self.page.view
            there = view is not None and not view.pending and (wanted is None or view.range is wanted)
            return there and not self.page._rest.isActive()

        self.qtbot.waitUntil(all_there)
        for _ in range(4):
            QApplication.processEvents()

    def pick(self, wanted: Range) -> None:
        self.page.range.segment(wanted.value).click()
        self.wait(wanted)

    def card(self, chart: Chart) -> ChartCard:
        return next(card for card in self.page.cards if card.chart is chart)

    def close(self) -> None:
        self.page.close()
        self.desk.close()


@pytest.fixture
def person(qtbot: QtBot, demo_home: World, loading: Loading) -> Iterator[Looking]:
    a11y.install()
    looking = Looking(qtbot, demo_home, loading)
    yield looking
    looking.close()


@pytest.fixture
def world(tmp_path: Path) -> World:
    made_ = World(tmp_path)
    made_.choose()
    return made_


# -- what is shown --------------------------------------------------------------------------------------------------


def test_the_headline_says_what_changed(person: Looking) -> None:
    view = person.page.view
    assert view is not None

    assert trend.headline(view.change) in walk.texts(person.page)
    assert person.page.range.value == Range.TEN_WEEKS.value


def test_the_next_range_is_there_at_once_because_it_was_read_ahead(person: Looking) -> None:
    shown = person.page.view
    person.qtbot.waitUntil(lambda: {Range.FOUR_WEEKS, Range.YEAR} <= set(person.page._reader._kept), timeout=20_000)
    assert person.page.view is shown, "what is read ahead is not shown"

    person.page.range.segment(Range.YEAR.value).click()

    assert person.page.view is not None
    assert person.page.view.range is Range.YEAR
    assert not person.page.view.pending


def test_all_of_more_than_a_year_is_there_at_once_too_and_is_replayed_when_it_is_looked_at(
    qtbot: QtBot, tmp_path: Path, loading: Loading
) -> None:
    world = World(tmp_path)
    demo.fill(world.surroundings, 60)
    person = Looking(qtbot, world, loading)
    kept = person.page._reader._kept
    qtbot.waitUntil(lambda: Range.ALL in kept, timeout=30_000)
    assert kept[Range.ALL].view.pending, "nobody looks: nothing is replayed"

    person.page.range.segment(Range.ALL.value).click()

    assert person.page.view is not None
    assert person.page.view.range is Range.ALL
    person.wait(Range.ALL)
    assert not kept[Range.ALL].view.pending
    person.close()


@pytest.mark.parametrize("wanted,days", [(Range.FOUR_WEEKS, 28), (Range.YEAR, 365), (Range.ALL, WEEKS * 7)])
def test_another_range_shows_other_days_everywhere(person: Looking, wanted: Range, days: int) -> None:
    person.pick(wanted)

    assert person.page.pain_chart.count() == days
    assert person.page.calendar.count() == days
    assert f" of {days} days answered" in walk.texts(person.page)


def test_an_exercise_has_both_sides_beside_each_other(person: Looking) -> None:
    assert person.page.view is not None
    sided = next(one for one in person.page.view.exercises if one.days[-1].left is not None)
    titled = person.page._exercise_charts[person.page.view.exercises.index(sided)]

    assert "left " in titled.chart.spoken()
    assert "right " in titled.chart.spoken()


def test_a_test_says_its_goal_and_its_symmetry(person: Looking) -> None:
    texts = [chart.chart.spoken() for chart in person.page._test_charts]

    assert any("goal 45 s · symmetry 0." in text for text in texts)


def test_more_exercises_are_shown_when_they_are_asked_for(person: Looking) -> None:
    assert person.page.view is not None
    number = len(person.page.view.exercises)
    assert sum(chart.isVisibleTo(person.page) for chart in person.page._exercise_charts) == 6

    person.page.more.click()

    assert sum(chart.isVisibleTo(person.page) for chart in person.page._exercise_charts) == number
    assert not person.page.more.isVisibleTo(person.page)


def test_a_range_with_nothing_in_it_says_so_and_shows_no_empty_chart(
    qtbot: QtBot, world: World, loading: Loading
) -> None:
    log = world.surroundings.open_log()
    log.add(made.day_entry("d", world.calendar.now().date() - timedelta(days=200)))
    log.close()
    looking = Looking(qtbot, world, loading)

    texts = walk.texts(looking.page)
    for said in ("No pain was answered", "No session in", "No walk and no run", "No self-test", "No guided exercise"):
        assert said in texts
    assert not looking.page.pain_chart.isVisibleTo(looking.page)
    looking.close()


# -- nothing yet ----------------------------------------------------------------------------------------------------


def test_with_nothing_logged_one_button_leads_to_this_mornings_question(
    qtbot: QtBot, world: World, loading: Loading
) -> None:
    looking = Looking(qtbot, world, loading)
    asked: list[bool] = []
    looking.page.on_answer_wanted(lambda: asked.append(True))

    assert "Here you will see whether it gets better" in walk.texts(looking.page)
    assert not any(card.isVisibleTo(looking.page) for card in looking.page.cards)
    assert walk.focused() is looking.page.answer
    walk.key(Qt.Key.Key_Return)
    assert asked == [True]
    looking.close()


def test_the_first_answer_fills_the_page_while_it_is_open(qtbot: QtBot, world: World, loading: Loading) -> None:
    looking = Looking(qtbot, world, loading)

    assert looking.desk.check_in(morning=4)

    qtbot.waitUntil(lambda: looking.page.view is not None and not looking.page.view.empty)
    assert "1 of 70 days answered" in walk.texts(looking.page)
    assert looking.page.pain.isVisibleTo(looking.page)
    looking.close()


def test_a_log_that_cannot_be_read_is_said_in_words(qtbot: QtBot, world: World, loading: Loading) -> None:
    class Failing(Surroundings, frozen=True):
        def read_log(self, patience_s: float = 5.0) -> Log:
            raise Unavailable(Reason.PERMISSION)

    surroundings = Failing(**{name: getattr(world.surroundings, name) for name in world.surroundings.__struct_fields__})
    desk = Desk(surroundings)
    page = ProgressPage(desk, loading)
    walk.opened(qtbot, page)

    qtbot.waitUntil(lambda: page.notice.isVisibleTo(page))

    assert "There is no permission to use the data folder." in walk.texts(page)
    page.close()
    desk.close()


# -- tables ---------------------------------------------------------------------------------------------------------


def cells(view: QTableView) -> list[list[str]]:
    model = view.model()
    return [
        [str(model.index(row, column, QModelIndex()).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


@pytest.mark.parametrize("chart", list(Chart))
def test_the_table_has_the_same_numbers_as_the_chart(person: Looking, chart: Chart) -> None:
    card = person.card(chart)
    assert person.page.view is not None
    numbers = table(chart, person.page.view)

    card.as_table.click()

    assert card.sheet is not None
    assert card.sheet.isVisibleTo(person.page)
    assert not card.inside.isVisibleTo(person.page)
    shown = cells(card.sheet)
    assert len(shown) == len(numbers.rows)
    for row, said in zip(numbers.rows, shown, strict=True):
        for cell, text in zip(row, said, strict=True):
            if isinstance(cell, int | float) and not isinstance(cell, bool):
                assert float(text.removesuffix(" %")) == pytest.approx(cell * (100 if "%" in text else 1), abs=0.99)
            assert (cell is None) == (text == "")


def test_a_table_is_as_exact_as_the_window_and_a_file_more_so(person: Looking) -> None:
    card = person.card(Chart.PAIN)
    card.as_table.click()

    sheet = card.findChild(QTableView)
    assert sheet is not None
    means = {sheet.model().index(row, 3).data() for row in range(sheet.model().rowCount(QModelIndex()))} - {""}
    assert means
    assert all(re.fullmatch(r"\d+\.\d", mean) for mean in means)
    card.as_table.click()


def test_the_text_of_a_cell_begins_where_its_heading_does_and_no_cell_is_a_solid_block(person: Looking) -> None:
    card = person.card(Chart.PAIN)
    card.as_table.click()
    QApplication.processEvents()
    sheet = card.findChild(QTableView)
    assert sheet is not None
    picture = sheet.grab().toImage()
    ratio = picture.devicePixelRatio()
    head, pad = sheet.horizontalHeader().height(), 2 * STEP  # as the headings have it, by the theme
    ground = theme.tokens_of(sheet).panel

    def first_ink(top: int, bottom: int) -> int:
        dark = QColor(theme.tokens_of(sheet).ink).lightness() + 60
        wide, rows = round(sheet.columnWidth(0) * ratio), range(round(top * ratio), round(bottom * ratio))
        return next(x for x in range(wide) if any(picture.pixelColor(x, y).lightness() < dark for y in rows))

    last = sheet.visualRect(sheet.model().index(sheet.model().rowCount(QModelIndex()) - 1, 0)).translated(0, head)
    assert pad * ratio <= first_ink(last.top() + 4, last.bottom() - 4) <= (pad + 3) * ratio
    inside = picture.pixelColor(round((last.right() - 4) * ratio), round(last.center().y() * ratio))
    assert abs(inside.lightness() - QColor(ground).lightness()) < 20
    card.as_table.click()


def test_a_zoomed_chart_shows_the_way_back(person: Looking) -> None:
    assert not person.page.whole.isVisible()

    walk.key(Qt.Key.Key_Plus, person.page.pain_chart)
    QApplication.processEvents()
    assert person.page.whole.isVisible()

    person.page.pain.as_table.click()
    assert not person.page.whole.isVisible()
    person.page.pain.as_table.click()
    person.page.whole.click()

    plot = person.page.pain_chart.plot
    assert plot is not None
    assert not plot.is_zoomed
    assert not person.page.whole.isVisible()


def test_no_day_below_walks_and_runs_stands_over_its_edge(person: Looking) -> None:
    chart = person.page.outings_chart
    picture = QImage(chart.size(), QImage.Format.Format_ARGB32)
    picture.fill(0)
    painter = QPainter(picture)
    chart.draw(painter, chart.box(), LIGHT)
    painter.end()

    over = range(round(chart.box().right()) + 1, picture.width())
    assert not [x for x in over for y in range(picture.height()) if picture.pixelColor(x, y).alpha()]


def test_the_table_follows_the_range(person: Looking) -> None:
    person.card(Chart.PAIN).as_table.click()

    person.pick(Range.FOUR_WEEKS)

    sheet = person.card(Chart.PAIN).sheet
    assert sheet is not None
    assert sheet.model().rowCount() == 28


def test_a_table_is_reached_and_left_by_the_keyboard(person: Looking) -> None:
    card = person.card(Chart.PAIN)
    card.as_table.click()
    card.save.setFocus()

    QTest.keyClick(card.save, Qt.Key.Key_Tab)
    assert walk.focused() is card.sheet
    assert card.sheet is not None
    QTest.keyClick(card.sheet, Qt.Key.Key_Up)
    assert card.sheet.currentIndex().row() == 68
    QTest.keyClick(card.sheet, Qt.Key.Key_Tab)
    assert walk.focused() is not card.sheet


def test_pressed_again_the_chart_is_back(person: Looking) -> None:
    card = person.card(Chart.SESSIONS)
    card.as_table.click()
    assert card.as_table.text() == "Show as chart"

    card.as_table.click()

    assert card.inside.isVisibleTo(person.page)
    assert card.as_table.text() == "Show as table"


# -- files ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("chart", list(Chart))
def test_a_picture_reads_back_with_what_it_shows(person: Looking, chart: Chart, tmp_path: Path) -> None:
    path = tmp_path / "chart.png"

    person.page.save_to(SaveWanted(chart, Format.PNG), path)

    image = QImage(str(path))
    assert image.width() > 600
    colours = {image.pixelColor(x, y).name().upper() for x in range(image.width()) for y in range(0, image.height(), 3)}
    assert LIGHT.panel in colours, "on a light ground"
    assert LIGHT.action in colours, "with its data"
    assert image.text("Title").startswith(person.card(chart).title)


@pytest.mark.parametrize("chart", list(Chart))
def test_a_drawing_reads_back_as_svg_with_words_and_without_pixels(
    person: Looking, chart: Chart, tmp_path: Path
) -> None:
    path = tmp_path / "chart.svg"

    person.page.save_to(SaveWanted(chart, Format.SVG), path)

    root = ElementTree.parse(path).getroot()
    tags = [element.tag.rpartition("}")[2] for element in root.iter()]
    words = " ".join("".join(element.itertext()) for element in root.iter() if element.tag.endswith("text"))
    assert root.tag.endswith("svg")
    assert person.card(chart).title.split(" ")[0] in words
    assert tags.count("path") + tags.count("rect") + tags.count("polyline") + tags.count("circle") > 2
    assert "image" not in tags
    assert _farthest(root) < 5000, "nothing lies far outside of the drawing"


def _farthest(root: ElementTree.Element) -> float:
    """The largest coordinate of any rectangle, after the transformations around it; those of Qt only scale and move."""
    farthest = 0.0

    def look(element: ElementTree.Element, scale: float) -> None:
        nonlocal farthest
        matrix = re.match(r"matrix\(([^,]+),", element.get("transform", ""))
        here = scale * abs(float(matrix.group(1))) if matrix else scale
        if element.tag.endswith("rect"):
            farthest = max(farthest, here * float(element.get("width", 0)))
        for child in element:
            look(child, here)

    look(root, 1.0)
    return farthest


@pytest.mark.parametrize("chart", list(Chart))
def test_numbers_read_back_as_they_are(person: Looking, chart: Chart, tmp_path: Path) -> None:
    path = tmp_path / "chart.csv"
    assert person.page.view is not None

    person.page.save_to(SaveWanted(chart, Format.CSV), path)

    assert path.read_bytes() == csv_of(table(chart, person.page.view))
    assert len(list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))) == len(table(chart, person.page.view).rows)


def test_a_saved_picture_is_light_and_the_screen_stays_dark(person: Looking, tmp_path: Path) -> None:
    person.page.setPalette(theme.palette(DARK))
    chart = person.page.pain_chart
    before = chart.grab().toImage()

    person.page.save_to(SaveWanted(Chart.PAIN, Format.PNG), tmp_path / "chart.png")

    saved = QImage(str(tmp_path / "chart.png"))
    colours = {
        saved.pixelColor(x, y).name().upper() for x in range(0, saved.width(), 2) for y in range(0, saved.height(), 2)
    }
    assert {LIGHT.red_soft, LIGHT.ok_soft} <= colours
    assert DARK.panel not in colours
    assert chart.grab().toImage() == before


def test_what_cannot_be_written_is_said_in_words_and_leaves_nothing(person: Looking, tmp_path: Path) -> None:
    target = tmp_path / "no such folder" / "chart.png"

    person.page.save_to(SaveWanted(Chart.PAIN, Format.PNG), target)

    assert person.page.notice.isVisibleTo(person.page)
    assert "no such file" in walk.texts(person.page).lower()
    assert list(tmp_path.iterdir()) == []


def test_the_log_itself_is_never_overwritten_by_a_chart(person: Looking, demo_home: World) -> None:
    database = demo_home.home.database
    before = database.read_bytes()

    person.page.save_to(SaveWanted(Chart.PAIN, Format.CSV), database)

    assert database.read_bytes() == before
    assert "is the program's own: the log" in walk.texts(person.page)


def test_a_kind_of_file_that_is_chosen_asks_where_with_a_name_that_says_what_it_is(person: Looking) -> None:
    card = person.card(Chart.PAIN)
    assert [action.text() for action in card.menu.actions()] == [
        "Picture (PNG)…", "Drawing (SVG)…", "Numbers (CSV)…",
    ]  # fmt: skip

    card.menu.actions()[1].trigger()

    (dialog,) = person.page.findChildren(QFileDialog)
    assert Path(dialog.selectedFiles()[0]).name == "pain-2026-09-12-2026-11-20.svg"
    assert dialog.defaultSuffix() == "svg"
    dialog.close()


# -- keyboard, readers, sizes ---------------------------------------------------------------------------------------


def test_tab_goes_through_the_page_from_top_to_bottom(person: Looking) -> None:
    person.page.arrive()

    stops = [stop for stop in walk.tabbed(person.page) if person.page.isAncestorOf(stop)]

    wanted: list[QWidget] = [
        person.page.worst,
        *(one for card in (Chart.PAIN,) for one in (person.card(card).as_table, person.card(card).save)),
        person.page.pain_chart,
        person.card(Chart.SESSIONS).as_table,
        person.card(Chart.SESSIONS).save,
        person.page.calendar,
        person.card(Chart.WALKS_RUNS).as_table,
        person.card(Chart.WALKS_RUNS).save,
        person.page.outings_chart,
        person.card(Chart.TESTS).as_table,
        person.card(Chart.TESTS).save,
        person.page._test_charts[0].chart,
        person.card(Chart.EXERCISES).as_table,
        person.card(Chart.EXERCISES).save,
        person.page._exercise_charts[0].chart,
        person.page.more,
        person.card(Chart.ANSWERED).as_table,
        person.card(Chart.ANSWERED).save,
        person.page.answered_bar,
    ]
    assert [stop for stop in stops if stop in wanted] == wanted


def test_down_goes_from_exercise_to_exercise(person: Looking) -> None:
    first, second = (titled.chart for titled in person.page._exercise_charts[:2])
    first.setFocus()

    walk.key(Qt.Key.Key_Down)
    assert walk.focused() is second
    walk.key(Qt.Key.Key_Left)
    assert second.said
    walk.key(Qt.Key.Key_Up)
    assert (walk.focused(), second.said) == (first, "")


def test_everything_has_a_name_a_size_and_a_place_in_the_order(person: Looking) -> None:
    assert walk.nameless(person.page) == []
    assert walk.too_small(person.page) == []
    assert walk.not_reached(person.page) == []
    assert walk.not_plain(person.page) == []


def test_every_chart_says_what_it_shows(person: Looking) -> None:
    for chart in person.page.findChildren(ChartWidget):
        if chart.isVisibleTo(person.page):
            assert chart.accessibleName()
            assert chart.spoken()


def test_nothing_is_cut_off_at_any_size(person: Looking) -> None:
    assert walk.every_size(person.page, lambda: walk.cut_off(person.page)) == {}


def test_nothing_is_cut_off_in_a_language_of_long_words(qtbot: QtBot, demo_home: World, loading: Loading) -> None:
    with walk.doubled():
        looking = Looking(qtbot, demo_home, loading)
        assert walk.every_size(looking.page, lambda: walk.cut_off(looking.page)) == {}
        looking.close()


def test_a_hidden_page_reads_no_further_and_comes_back_whole(person: Looking) -> None:
    person.page.hide()
    assert person.page._reader._thread is None
    person.page.show()

    person.wait()

    assert person.page.view is not None
    assert person.page.view.pending == 0


def test_the_newest_wish_wins(person: Looking) -> None:
    for wanted in (Range.ALL, Range.YEAR, Range.FOUR_WEEKS):
        person.page.range.segment(wanted.value).click()
    person.wait(Range.FOUR_WEEKS)
    shown = person.page.view
    assert shown is not None
    assert shown.range is Range.FOUR_WEEKS

    log = person.desk.surroundings.read_log()
    read = entries(log, Range.ALL, shown.span.until)
    log.close()
    person.page._reader.told.emit(Told(person.page._reader._wish - 1, read, progress_view(read, {})))
    for _ in range(4):
        QApplication.processEvents()

    assert person.page.view is shown, "what was asked for before comes too late"


def test_a_range_that_was_read_is_shown_at_once_until_the_log_changes(
    qtbot: QtBot, world: World, loading: Loading
) -> None:
    world.surroundings.open_log().close()
    looking = Looking(qtbot, world, loading)
    assert looking.desk.check_in(morning=4)
    qtbot.waitUntil(lambda: looking.page.view is not None and looking.page.view.answered.mornings == 1)
    looking.pick(Range.FOUR_WEEKS)

    looking.page.range.segment(Range.TEN_WEEKS.value).click()
    assert looking.page.view is not None
    assert looking.page.view.range is Range.TEN_WEEKS, "without waiting"

    assert looking.desk.check_in(morning=2)
    looking.pick(Range.FOUR_WEEKS)
    looking.pick(Range.TEN_WEEKS)
    assert looking.page.view.days[-1].morning == 2
    looking.close()


# -- the report -----------------------------------------------------------------------------------------------------


def test_the_report_of_the_range_is_shown_as_its_pages_and_esc_leads_back(person: Looking) -> None:
    person.pick(Range.FOUR_WEEKS)
    person.page.report.click()
    (sheet,) = person.page.findChildren(PaperSheet)

    person.qtbot.waitUntil(lambda: bool(sheet.findChildren(PagePicture)), timeout=20_000)
    assert "Report for physio" in walk.texts(person.page)

    walk.key(Qt.Key.Key_Escape)
    person.qtbot.waitUntil(lambda: walk.focused() is person.page.report)


def test_a_report_on_a_log_that_cannot_be_read_says_so(
    qtbot: QtBot, person: Looking, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(weeks: int) -> Callable[[], Report]:
        def broken() -> Report:
            raise Damaged(("page 3",))

        return broken

    monkeypatch.setattr(person.desk, "report", told)
    person.page.report.click()
    (sheet,) = person.page.findChildren(PaperSheet)

    qtbot.waitUntil(sheet.notice.isVisible)

    assert "damaged" in walk.texts(sheet)
