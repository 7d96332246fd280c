"""The handout of a routine as a document: for the patient's wall, with the routine file inside."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from coach.app.handout import Handout
from coach.app.paper import PaperSize, Print
from coach.core.routine.exercise import Exercise
from coach.core.routine.plan import Side, Work
from coach.core.routine.routine import Item
from coach.core.routine.schedule import DAYS
from coach.ui.figure.look import Look, look
from coach.ui.figure.paint import paint_figure
from coach.ui.figure.scene import Scene, SceneSide, scene_of
from coach.ui.paper.block import Beside, Block, Draw, Drawn, Said, Words, heading
from coach.ui.paper.code import Code, code_of, paint_code
from coach.ui.paper.document import Document, content_width, usual_size
from coach.ui.paper.facts import fact_blocks
from coach.ui.paper.ink import HAIRLINE, Ink, Style, Text, centred, one_line
from coach.ui.paper.weeks import day_box, paint_day_names, paint_week_name
from coach.ui.tokens import LIGHT, HairColour, SkinTone
from coach.words import paper as words
from coach.words import steps_up

_PICTURE: Final = (98.0, 74.0)
_PICTURES: Final = (200.0, 87.0)
_FINE: Final = 4.0
"""Figures are painted so much larger and brought down: their finest lines are meant for a screen."""
_WEEK: Final = 27.0


def handout_document(of: Handout, how: Print) -> Document:
    """The handout, laid out."""
    size = how.size or usual_size()
    ink = Ink(is_grey=how.grey)
    return Document(words.foot(of), tuple(_blocks(of, size, ink)), size, ink, of.today, {of.name: of.data})


def _blocks(of: Handout, size: PaperSize, ink: Ink) -> Iterator[Block]:
    width = content_width(size)
    yield from _head(of, width)
    yield heading(words.exercises(), width)
    drawn = look(LIGHT, SkinTone(of.settings.skin), HairColour(of.settings.hair), paper=ink.grey)
    for work, item in zip(of.works, of.routine.items, strict=True):
        yield _exercise(of, work, item, drawn, width)
    yield heading(words.pain_heading(), width)
    yield _pain_scale(of)
    rules = filter(None, (*words.pain_rules(of.profile), steps_up.good_session(of.routine)))
    said = [Said(line, Style.BODY, gap=2.0, bullet=True) for line in rules]
    yield Words([*said, Said(words.pain_source(of.profile), Style.SMALL, gap=3.0)], width, gap=6.0)
    yield heading(words.ticking(), width)
    yield _ticking(of, width)
    yield heading(words.flags_heading(), width)
    for number, (soon, signs, action) in enumerate(words.flags()):
        said = [
            Said(soon, Style.ALERT if number == 0 else Style.STRONG),
            Said(signs, Style.BODY),
            Said(action, Style.STRONG if number == 0 else Style.MUTED),
        ]
        yield Words(said, width, gap=6.0 if number else 0.0)
    yield heading(words.app_heading(), width)
    yield _into_the_program(of, width)


# -- the head -------------------------------------------------------------------------------------------------------


def _head(of: Handout, width: float) -> Iterator[Block]:
    prescriber = of.routine.prescriber
    practice = [Said(prescriber.name, Style.PRACTICE)] if prescriber.name else []
    if prescriber.contact:
        practice.append(Said(prescriber.contact, Style.MUTED, gap=1.0))
    if practice:
        yield Words(practice, width)
    yield Words([Said(words.kind(), Style.SMALL_STRONG), Said(of.routine.title, Style.TITLE, gap=1.0)], width, gap=8.0)
    yield from fact_blocks(words.facts(of), width)


# -- the exercises --------------------------------------------------------------------------------------------------


def _exercise(of: Handout, work: Work, item: Item, drawn: Look, width: float) -> Block:
    exercise = of.known[work.exercise]
    said = [Said(f"{work.index + 1}. {exercise.name}", Style.NAME), Said(words.dose(work), Style.DOSE, gap=1.0)]
    if pace := words.pace(work, exercise):
        said.append(Said(pace, Style.MUTED))
    if item.load:
        said.append(Said(words.load(item.load), Style.STRONG))
    if item.note:
        said.append(Said(words.note(item.note), Style.STRONG, gap=2.0))
    if up := steps_up.line(item, of.known, of.routine.rules):
        said.append(Said(up, Style.BODY, gap=2.0))
    said += [
        Said(cue, Style.BODY, gap=2.0 if not at else 0.0, bullet=True) for at, cue in enumerate(words.cues(exercise))
    ]
    said.append(Said(words.stop_rule(of.profile), Style.STOP, gap=2.0))
    if exercise.figure is None:
        draw: Draw = partial(_paint_no_figure, exercise)
    else:
        draw = partial(_paint_poses, exercise, work, drawn)
    return Beside(draw, _PICTURES, said, width, gap=14.0 if work.index else 0.0, ruled=work.index > 0)


def _paint_poses(exercise: Exercise, work: Work, drawn: Look, painter: QPainter, ink: Ink, box: QRectF) -> None:
    """The start and the end side by side; what stands still, or walks, is shown once, in the middle."""
    assert exercise.figure is not None
    scene = scene_of(exercise.figure, _scene_side(work))
    captions = words.poses(work)
    if exercise.figure.end is None:
        at = QRectF(QPointF(box.left() + (box.width() - _PICTURE[0]) / 2, box.top()), box.bottomRight())
        _paint_pose(painter, ink, scene, drawn, at, 1.0, captions[1])
        return
    for number, caption in enumerate(captions):
        left = box.left() + number * (box.width() - _PICTURE[0])
        at = QRectF(left, box.top(), _PICTURE[0], box.height())
        _paint_pose(painter, ink, scene, drawn, at, float(number), caption)


def _paint_pose(
    painter: QPainter, ink: Ink, scene: Scene, drawn: Look, box: QRectF, share: float, caption: str
) -> None:
    room = QRectF(0.0, 0.0, _PICTURE[0] * _FINE, _PICTURE[1] * _FINE)
    painter.save()
    painter.translate(box.topLeft())
    painter.scale(1 / _FINE, 1 / _FINE)
    paint_figure(painter, room, scene.at(share), scene, drawn, glow=share)
    painter.restore()
    below = QRectF(box.left(), box.top() + _PICTURE[1], _PICTURE[0], 12.0)
    centred(painter, ink, caption, Style.SMALL, below)


def _scene_side(work: Work) -> SceneSide:
    match work.order[0]:
        case Side.RIGHT:
            return "right"
        case Side.LEFT:
            return "left"
        case Side.BOTH:
            return "both"


def _paint_no_figure(exercise: Exercise, painter: QPainter, ink: Ink, box: QRectF) -> None:
    """A tidy card in place of a picture: room for the physiotherapist's own drawing."""
    card = QRectF(box.left(), box.top() + 1.0, box.width(), _PICTURE[1])
    painter.setPen(ink.pen("edge", HAIRLINE))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(card, 6.0, 6.0)
    name = one_line(exercise.name, Style.STRONG, card.width() - 16.0)
    centred(painter, ink, name, Style.STRONG, card.adjusted(8.0, 0.0, -8.0, -14.0))
    centred(painter, ink, words.no_picture(), Style.SMALL, card.adjusted(8.0, 16.0, -8.0, 0.0))


# -- boxes to tick --------------------------------------------------------------------------------------------------


def _ticking(of: Handout, width: float) -> Block:
    names = partial(paint_day_names, of.weeks[0])
    how = Text(words.ticking_how(of), Style.MUTED, width)

    def paint_how(painter: QPainter, ink: Ink, box: QRectF) -> None:
        how.paint(painter, ink, box.topLeft())

    rows: list[tuple[float, Draw]] = [(how.height + 4.0, paint_how), (14.0, names)]
    return Drawn([*rows, *((_WEEK, partial(_paint_week, of, week)) for week in of.weeks)])


def _paint_week(of: Handout, week: tuple[date, ...], painter: QPainter, ink: Ink, box: QRectF) -> None:
    paint_week_name(week, painter, ink, box)
    for number, day in enumerate(week):
        _paint_day(of, day, painter, ink, day_box(box, number))


def _paint_day(of: Handout, day: date, painter: QPainter, ink: Ink, box: QRectF) -> None:
    named = DAYS[day.weekday()] in of.routine.schedule.days
    painter.setPen(ink.pen("line"))
    painter.setBrush(ink.colour("action_soft") if named else Qt.BrushStyle.NoBrush)
    painter.drawRect(box)
    Text(str(day.day), Style.SMALL, 14.0).paint(painter, ink, QPointF(box.left() + 3.0, box.top() + 1.5))
    if of.routine.review_by == day.isoformat():
        centred(painter, ink, words.review_day(), Style.SMALL_STRONG, box.adjusted(12.0, 0.0, 0.0, 0.0))
        return
    side, count = 9.5, of.a_day
    painter.setPen(ink.pen("edge", 0.8))
    painter.setBrush(ink.colour("panel"))
    left = box.left() + 16.0
    for number in range(count):
        painter.drawRect(QRectF(left + number * (side + 3.0), box.center().y() - side / 2, side, side))
    painter.setPen(ink.pen("muted"))
    painter.drawLine(QPointF(box.right() - 16.0, box.bottom() - 7.0), QPointF(box.right() - 4.0, box.bottom() - 7.0))


# -- pain -----------------------------------------------------------------------------------------------------------


def _pain_scale(of: Handout) -> Block:
    return Drawn([(36.0, partial(_paint_scale, of))])


def _paint_scale(of: Handout, painter: QPainter, ink: Ink, box: QRectF) -> None:
    """The eleven numbers in their zones, and below each zone what to do while exercising."""
    room = box.width() / 11
    for token, low, high, what in words.pain_zones(of.profile):
        zone = QRectF(box.left() + low * room, box.top(), (high - low + 1) * room, 20.0)
        painter.setPen(ink.pen(token, 1.0))
        painter.setBrush(ink.colour(f"{token}_soft"))
        painter.drawRoundedRect(zone.adjusted(1.0, 0.5, -1.0, -0.5), 4.0, 4.0)
        for number in range(low, high + 1):
            centred(painter, ink, str(number), Style.STRONG, QRectF(box.left() + number * room, box.top(), room, 20.0))
        below = QRectF(zone.left() + 2.0, zone.bottom() + 3.0, max(zone.width() - 4.0, 2 * room), 26.0)
        Text(what, Style.SMALL_STRONG, below.width(), align=Qt.AlignmentFlag.AlignHCenter).paint(
            painter, ink, below.topLeft()
        )


# -- back into the program ------------------------------------------------------------------------------------------


def _into_the_program(of: Handout, width: float) -> Block:
    code = code_of(of.code)
    inside, more = words.app_words(of.name, coded=code is not None)
    said = [Said(inside), Said(more, gap=4.0), Said(words.limits_of_a_sheet(), Style.SMALL, gap=6.0)]
    if code is None:
        return Words(said, width)
    return Beside(partial(_paint_code, code), (code.side, code.side), said, width)


def _paint_code(code: Code, painter: QPainter, ink: Ink, box: QRectF) -> None:
    del ink  # black, whatever the colours are
    paint_code(painter, code, box.topLeft())
