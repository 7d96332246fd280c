import gc
import itertools
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator
from pytestqt.qtbot import QtBot

from coach.core.routine.figure import Figure, Flight, Limbs, Muscle, Point, Pose, Prop, PropKind
from coach.ui.figure import person
from coach.ui.figure.camera import fitted
from coach.ui.figure.look import Look, look
from coach.ui.figure.paint import paint_figure
from coach.ui.figure.scene import SceneSide, scene_of
from coach.ui.tokens import DARK, HAIRS, LIGHT, SKINS, HairColour, SkinTone, Tokens, contrast
from tests.ui.figure.figures import BRIDGE, CLAMSHELL, FIGURES, PLANK, STANDING


def drawn(
    figure: Figure,
    *,
    share: float = 1.0,
    side: SceneSide = "left",
    worn: Look | None = None,
    size: tuple[int, int] = (300, 200),
    glow: float = 0.0,
    arrow: bool = False,
    ground: str = LIGHT.panel,
) -> QImage:
    image = QImage(*size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(ground))
    painter = QPainter(image)
    scene = scene_of(figure, side)
    paint_figure(painter, QRectF(image.rect()), scene.at(share), scene, worn or look(), glow=glow, arrow=arrow)
    painter.end()
    return image


def pixels(image: QImage) -> list[int]:
    return memoryview(image.constBits()).cast("I").tolist()


def colours(image: QImage) -> set[str]:
    return {f"#{pixel & 0xFFFFFF:06X}" for pixel in set(pixels(image))}


def changed(one: QImage, other: QImage) -> list[tuple[int, int]]:
    return [
        (i % one.width(), i // one.width())
        for i, (a, b) in enumerate(zip(pixels(one), pixels(other), strict=True))
        if a != b
    ]


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", FIGURES)
def test_a_whole_dressed_person_is_drawn(qtbot: QtBot, name: str, tokens: Tokens) -> None:
    worn = look(tokens)

    seen = colours(drawn(FIGURES[name], worn=worn, size=(600, 400)))

    clothes = {cloth.lit[0].name().upper() for cloth in (worn.skin, worn.hair, worn.top)}
    shaded = [{c.name().upper() for c in cloth.lit} for cloth in (worn.shorts, worn.shoes)]
    assert clothes <= seen
    assert all(seen & shades for shades in shaded)


@pytest.mark.parametrize("size", [(48, 32), (150, 100), (900, 600), (200, 700)])
@pytest.mark.parametrize("name", FIGURES)
def test_nothing_is_painted_at_the_edge_of_the_box(qtbot: QtBot, name: str, size: tuple[int, int]) -> None:
    for share in (0.0, 0.37, 1.0):
        image = drawn(FIGURES[name], share=share, size=size, glow=1.0)

        edge = {image.pixel(x, y) for x in range(size[0]) for y in (0, size[1] - 1)}
        edge |= {image.pixel(x, y) for y in range(size[1]) for x in (0, size[0] - 1)}
        assert edge == {QColor(LIGHT.panel).rgb()}


@pytest.mark.parametrize("name", FIGURES)
def test_the_other_side_is_the_mirror_image(qtbot: QtBot, name: str) -> None:
    left = drawn(FIGURES[name], side="left", share=0.6, glow=0.7)
    right = drawn(FIGURES[name], side="right", share=0.6, glow=0.7).flipped(Qt.Orientation.Horizontal)

    far = sum(
        abs((a >> shift & 255) - (b >> shift & 255)) > 40
        for a, b in zip(pixels(left), pixels(right), strict=True)
        for shift in (0, 8, 16)
    )
    assert far < 0.004 * 3 * 300 * 200  # antialiasing may fall otherwise


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_on_paper_there_is_no_colour(qtbot: QtBot, tokens: Tokens) -> None:
    for figure in FIGURES.values():
        image = drawn(figure, worn=look(tokens, paper=True), glow=1.0, arrow=True, ground="#FFFFFF")

        assert all(c[1:3] == c[3:5] == c[5:7] for c in colours(image))


@pytest.mark.parametrize("works", Muscle)
def test_what_works_lights_up_there_and_nowhere_else(qtbot: QtBot, works: Muscle) -> None:
    places = {
        Muscle.BUTTOCK: ("w_hip", 200.0), Muscle.SIDE_HIP: ("w_hip", 90.0), Muscle.HIP_FLEXOR: ("w_hip", 30.0),
        Muscle.FRONT_THIGH: ("w_thigh", 20.0), Muscle.BACK_THIGH: ("w_thigh", 170.0),
        Muscle.OUTER_THIGH: ("w_thigh", 80.0), Muscle.CALF: ("w_calf", 150.0), Muscle.TRUNK: ("waist", 20.0),
        Muscle.FLANK: ("waist", 30.0),
    }  # fmt: skip
    where, turn = places[works]
    figure = Figure(STANDING.start, camera=(turn, 5.0), rests=STANDING.rests, works=(works,))

    spots = changed(drawn(figure, share=0.0), drawn(figure, share=0.0, glow=1.0))

    scene = scene_of(figure)
    points = scene.at(0.0).points
    half = tuple((a + b) / 2 for a, b in zip(points["w_hip"], points["w_knee"], strict=True))
    calf = tuple(a + (b - a) * 0.3 for a, b in zip(points["w_knee"], points["w_ankle"], strict=True))
    there = {"w_thigh": half, "w_calf": calf}.get(where) or points[where]
    view = fitted(scene.view, scene.frame, QRectF(0, 0, 300, 200))
    x, y, _ = view.at((there[0], there[1], there[2]))
    assert spots
    assert max(abs(sx - x) for sx, _ in spots) < 0.13 * view.scale
    assert max(abs(sy - y) for _, sy in spots) < 0.17 * view.scale


def test_a_stronger_glow_is_more_of_the_colour(qtbot: QtBot) -> None:
    def warmth(glow: float) -> int:
        image = drawn(CLAMSHELL, glow=glow)
        return sum((pixel >> 16 & 255) for pixel in pixels(image))

    assert warmth(0.0) < warmth(0.4) < warmth(1.0)


def test_both_sides_light_up_where_both_work(qtbot: QtBot) -> None:
    one = Figure(BRIDGE.start, BRIDGE.end, camera=(0.0, 20.0), rests=BRIDGE.rests, works=(Muscle.FRONT_THIGH,))
    both = Figure(
        BRIDGE.start, BRIDGE.end, camera=(0.0, 20.0), rests=BRIDGE.rests, works=(Muscle.FRONT_THIGH,), both_work=True
    )

    plain = drawn(one)

    assert len(changed(plain, drawn(both, glow=1.0))) > 1.5 * len(changed(plain, drawn(one, glow=1.0)))


@pytest.mark.parametrize("kind", PropKind)
def test_every_prop_is_painted(qtbot: QtBot, kind: PropKind) -> None:
    around = (Point.W_KNEE, Point.O_KNEE) if kind is PropKind.BAND else None
    at = (0.5, 0.3, 0.0) if kind in (PropKind.ROLLER, PropKind.BALL, PropKind.STEP) else (0.0, 0.0, 0.0)
    with_it = Figure(STANDING.start, rests=STANDING.rests, props=(Prop(kind, at=at, round=around),))

    image, plain = drawn(with_it, share=0.0), drawn(STANDING, share=0.0)

    assert changed(image, plain)
    if kind is not PropKind.BAND:
        assert len(colours(image) - colours(plain)) > 1


def test_between_the_thighs_both_sides_of_a_band_are_seen(qtbot: QtBot) -> None:
    apart = Pose(working=Limbs(hip=(0.0, 18.0, 0.0)))
    band = Prop(PropKind.BAND, round=(Point.W_KNEE, Point.O_KNEE))
    figure = Figure(apart, camera=(0.0, 30.0), rests=STANDING.rests, props=(band,))

    image = drawn(figure, share=0.0, size=(600, 800))

    scene = scene_of(figure)
    view = fitted(scene.view, scene.frame, QRectF(0, 0, 600, 800))
    x, knee, _ = view.at((0.0, 0.0, scene.at(0.0).points["w_knee"][2] + 0.05))
    column = {image.pixelColor(round(x), round(knee) + y).name() for y in range(-60, 60)}
    assert look().band_behind.name() in column
    assert len(column) > 3


def test_the_shadow_of_a_hop_stays_on_the_floor(qtbot: QtBot) -> None:
    pose = STANDING.start
    hop = Figure(pose, pose, camera=(60.0, 6.0), rests=STANDING.rests, flight=Flight(height=0.1, over=0.5))

    ground, air = (drawn(hop, share=share, size=(300, 400)) for share in (0.0, 1.0))

    assert lowest(ground) == pytest.approx(lowest(air), abs=3)


def lowest(image: QImage) -> int:
    """The lowest row in which anything is painted."""
    return max(y for _, y in changed(image, drawn_nothing(image)))


def drawn_nothing(image: QImage) -> QImage:
    empty = QImage(image.size(), image.format())
    empty.fill(QColor(LIGHT.panel))
    return empty


@pytest.mark.parametrize("size,seen", [((600, 800), True), ((120, 160), False)])
def test_fingers_are_drawn_where_there_is_room_for_them(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], seen: bool
) -> None:
    image = drawn(PLANK, size=size)

    monkeypatch.setattr(person, "_BETWEEN_FINGERS", ())

    assert bool(changed(image, drawn(PLANK, size=size))) is seen


def test_an_arrow_shows_the_way_only_when_it_is_asked_for(qtbot: QtBot) -> None:
    arrow = look().arrow.name().upper()

    assert arrow not in colours(drawn(BRIDGE))
    assert arrow in colours(drawn(BRIDGE, arrow=True, size=(600, 400)))
    assert changed(drawn(PLANK), drawn(PLANK, arrow=True)) == []  # it is held: there is no way


def test_the_frame_stays_while_the_body_moves(qtbot: QtBot) -> None:
    scene = scene_of(BRIDGE)
    box = QRectF(10, 20, 300, 200)
    view = fitted(scene.view, scene.frame, box)

    for share in (0.0, 0.2, 0.55, 0.9, 1.0):
        for point in scene.at(share).points.values():
            x, y, _ = view.at(point)
            assert box.contains(x, y)


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_a_finer_screen_shows_the_same_picture_finer(qtbot: QtBot, ratio: float) -> None:
    image = QImage(QSize(300, 200) * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(LIGHT.panel))
    painter = QPainter(image)
    scene = scene_of(CLAMSHELL)
    paint_figure(painter, QRectF(0, 0, 300, 200), scene.at(1.0), scene, look())
    painter.end()
    image.setDevicePixelRatio(1.0)
    coarse = image.scaled(60, 40, mode=Qt.TransformationMode.SmoothTransformation)
    other = drawn(CLAMSHELL).scaled(60, 40, mode=Qt.TransformationMode.SmoothTransformation)

    worst = [abs(coarse.pixelColor(x, y).red() - other.pixelColor(x, y).red()) for x in range(60) for y in range(40)]
    assert sum(gap > 30 for gap in worst) < 10


def test_one_function_paints_pictures_drawings_and_paper(qtbot: QtBot, tmp_path: Path) -> None:
    scene = scene_of(BRIDGE)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    svg = QSvgGenerator()
    svg.setOutputDevice(buffer)
    svg.setViewBox(QRectF(0, 0, 300, 200))
    painter = QPainter(svg)
    paint_figure(painter, QRectF(0, 0, 300, 200), scene.at(1.0), scene, look(), glow=1.0)
    painter.end()
    pdf = QPdfWriter(str(tmp_path / "figure.pdf"))
    pdf.setPageSize(QPageSize(QSizeF(100, 70), QPageSize.Unit.Millimeter))
    pdf.setPageMargins(QMarginsF())
    painter = QPainter(pdf)
    paint_figure(painter, QRectF(0, 0, pdf.width(), pdf.height()), scene.at(1.0), scene, look(), glow=1.0)
    painter.end()

    text = bytes(buffer.data().data()).decode()
    assert LIGHT.figure.shoes.lower() in text.lower()
    assert "<image" not in text  # shapes, not pixels
    assert (tmp_path / "figure.pdf").stat().st_size > 4000
    assert b"/Subtype /Image" not in (tmp_path / "figure.pdf").read_bytes()


def test_a_printed_glow_lets_the_body_through_as_one_on_the_screen_does(qtbot: QtBot, tmp_path: Path) -> None:
    from PySide6.QtPdf import QPdfDocument

    scene = scene_of(BRIDGE)
    pdf = QPdfWriter(str(tmp_path / "figure.pdf"))
    pdf.setPageSize(QPageSize(QSizeF(90, 60), QPageSize.Unit.Millimeter))
    pdf.setPageMargins(QMarginsF())
    painter = QPainter(pdf)
    paint_figure(painter, QRectF(0, 0, pdf.width(), pdf.height()), scene.at(1.0), scene, look(), glow=1.0)
    painter.end()
    document = QPdfDocument()
    document.load(str(tmp_path / "figure.pdf"))
    page = QImage(300, 200, QImage.Format.Format_RGB32)
    page.fill(Qt.GlobalColor.white)
    painter = QPainter(page)
    painter.drawImage(0, 0, document.render(0, page.size()))
    painter.end()
    document.close()

    printed = page.scaled(60, 40, mode=Qt.TransformationMode.SmoothTransformation)
    shown = drawn(BRIDGE, glow=1.0).scaled(60, 40, mode=Qt.TransformationMode.SmoothTransformation)
    gaps = [abs(printed.pixelColor(x, y).red() - shown.pixelColor(x, y).red()) for x in range(60) for y in range(40)]
    assert sum(gap > 60 for gap in gaps) < 12


def test_a_wall_before_the_body_lets_it_through(qtbot: QtBot) -> None:
    def wall_at(x: float) -> Figure:
        return Figure(
            STANDING.start, camera=(0.0, 5.0), rests=STANDING.rests, props=(Prop(PropKind.WALL, at=(x, 0.0, 0.0)),)
        )

    top = look().top.lit[0].name().upper()

    assert top in colours(drawn(wall_at(-0.4), share=0.0))
    assert top not in colours(drawn(wall_at(0.4), share=0.0))
    assert len(colours(drawn(wall_at(0.4), share=0.0))) > 50


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("tone", SkinTone)
def test_every_skin_shows_on_its_ground(tone: SkinTone, tokens: Tokens) -> None:
    worn = SKINS[tone]
    line = worn.line_dark if tokens.scheme == "dark" else worn.line

    assert max(contrast(worn.ground, tokens.panel), contrast(line, tokens.panel)) >= 2.6


def test_skins_and_hairs_differ_from_one_another(qtbot: QtBot) -> None:
    assert len(SKINS) >= 5
    assert len(HAIRS) >= 4
    for one, other in itertools.combinations(SkinTone, 2):
        assert contrast(SKINS[one].ground, SKINS[other].ground) > 1.1
    pictures = {bytes(drawn(STANDING, worn=look(LIGHT, hair=hair)).constBits()) for hair in HairColour}
    assert len(pictures) == len(HairColour)


def test_the_painter_is_left_as_it_was(qtbot: QtBot) -> None:
    image = QImage(100, 100, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    painter.translate(3, 4)
    before = painter.transform()
    scene = scene_of(CLAMSHELL)

    paint_figure(painter, QRectF(0, 0, 100, 100), scene.at(0.5), scene, look(), glow=1.0)

    assert painter.transform() == before
    assert painter.opacity() == 1.0
    painter.end()


def test_many_frames_take_no_more_memory(qtbot: QtBot) -> None:
    scene = scene_of(CLAMSHELL)
    image = QImage(90, 60, QImage.Format.Format_ARGB32_Premultiplied)

    def frames(count: int) -> int:
        for number in range(count):
            painter = QPainter(image)
            share = number % 100 / 100
            paint_figure(painter, QRectF(0, 0, 90, 60), scene.at(share), scene, look(), glow=share)
            painter.end()
        gc.collect()
        return int(psutil.Process().memory_info().rss)

    before = frames(300)

    assert frames(900) - before < 2 * 2**20
