"""The report for the next visit as a document: on the first page what matters, after it everything that was done."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from coach.app.paper import Print
from coach.app.report import Report
from coach.core.clinical.colour import Colour
from coach.core.routine.schedule import week_of
from coach.ui.paper.block import Block, Cell, Drawn, Row, Said, Words, heading
from coach.ui.paper.chart import paint_chart
from coach.ui.paper.document import Document, content_width, usual_size
from coach.ui.paper.facts import fact_blocks
from coach.ui.paper.ink import Ink, Style, Text, centred
from coach.ui.paper.weeks import day_box, paint_day_names, paint_week_name
from coach.words import guidance
from coach.words import report as words
from coach.words.translate import capital

_CHART: Final = 124.0
_WEEK: Final = 27.0


def report_document(of: Report, how: Print) -> Document:
    """The report, laid out."""
    size = how.size or usual_size()
    return Document(words.foot(of), tuple(_blocks(of, content_width(size))), size, Ink(is_grey=how.grey), of.on, {})


def _blocks(of: Report, width: float) -> Iterator[Block]:
    yield Words([Said(words.title(), Style.TITLE)], width)
    yield from fact_blocks(words.facts(of), width)
    yield from _attention(of, width)
    yield from _done(of, width)
    yield from _pain(of, width)
    yield from _borne(of, width)
    yield from _tests(of, width)
    yield from _running(of, width)
    yield from _notes(of, width)
    yield Words([Said(words.made_of(), Style.SMALL)], width, gap=10.0)
    yield from _sessions(of, width)
    yield from _outings(of, width)
    yield from _days(of, width)


# -- what matters ---------------------------------------------------------------------------------------------------


def _attention(of: Report, width: float) -> Iterator[Block]:
    yield heading(words.attention_heading(), width, gap=10.0)
    told = words.attention(of)
    for token, said in told:
        yield Row([Cell(said, Style.STRONG, mark=token)], [width], rule=False)
    for day, note in words.short_notes(of):
        yield Row([Cell(words.brief(day), Style.STRONG), Cell(note)], _shares(width, 14, 86), rule=False)
    if of.empty:
        first, then = words.empty()
        yield Words([Said(first, Style.STRONG), Said(then, gap=2.0)], width)
    elif not told:
        yield Words([Said(words.nothing_stands_out())], width)


def _done(of: Report, width: float) -> Iterator[Block]:
    yield heading(words.done_heading(), width, gap=10.0)
    if of.prescribed:
        yield from _table(
            words.prescribed_head(),
            [words.prescribed(one) for one in of.prescribed],
            _shares(width, 32, 25, 18, 10, 7, 8),
            numbers=(3, 4, 5),
        )
    else:
        yield Words([Said(words.no_routine())], width)
    lines = (words.counted_since(of), words.steps_up(of), words.other_sessions(of))
    said = [Said(line, Style.BODY, gap=2.0) for line in lines if line]
    yield Words([*said, Said(words.completeness(of), Style.MUTED, gap=2.0)], width, gap=4.0)


def _pain(of: Report, width: float) -> Iterator[Block]:
    yield heading(words.pain_heading(), width, gap=10.0)
    first, *rest = words.pain_said(of)
    said = [Said(first, Style.STRONG), *(Said(line, Style.MUTED) for line in rest)]
    if nights := words.nights(of):
        said.append(Said(nights, Style.BODY))
    yield Words(said, width)
    if of.days:
        yield Drawn([(_CHART, partial(paint_chart, of))], gap=6.0)


def _borne(of: Report, width: float) -> Iterator[Block]:
    if not of.judged:
        return
    yield heading(words.reds_heading(), width, gap=10.0)
    yield Words([Said(words.colours(of))], width)
    reds = [one for one in of.judged if one.colour is Colour.RED]
    for one in reds[-words.TOLD_REDS :]:
        yield Row(
            [
                Cell(words.brief(one.bout.day), Style.STRONG, mark=words.token(one.colour)),
                Cell(capital(guidance.kind(one.bout.kind))),
                Cell(words.why(one)),
            ],
            _shares(width, 14, 12, 74),
        )


def _tests(of: Report, width: float) -> Iterator[Block]:
    yield heading(words.tests_heading(), width, gap=10.0)
    if not of.tests:
        yield Words([Said(words.no_tests())], width)
        return
    rows = [words.test(one) for one in of.tests]
    marks = ["" if one.judged is None else "ok" if one.judged.met else "amber" for one in of.tests]
    yield from _table(
        words.tests_head(), rows, _shares(width, 20, 9, 12, 12, 7, 11, 6, 23), numbers=(2, 3, 4, 5, 6), marks=marks
    )
    yield Words([Said(words.tests_note(), Style.SMALL)], width, gap=4.0)


def _running(of: Report, width: float) -> Iterator[Block]:
    if of.readiness is None:
        return
    yield heading(words.running_heading(), width, gap=10.0)
    yield Words([Said(of.readiness.heading, Style.STRONG)], width)
    if of.readiness.plan:
        yield Words([Said(of.readiness.plan)], width)
    for line in of.readiness.lines:
        yield Row(
            [Cell(line.id, Style.STRONG, mark="ok" if line.met else "amber"), Cell(line.said)], _shares(width, 12, 88)
        )


def _notes(of: Report, width: float) -> Iterator[Block]:
    if not of.notes or words.short_notes(of):
        return
    yield heading(words.notes_heading(), width, gap=10.0)
    for day, note in of.notes:
        yield Row([Cell(words.brief(day), Style.STRONG), Cell(note)], _shares(width, 14, 86))


# -- everything -----------------------------------------------------------------------------------------------------


def _sessions(of: Report, width: float) -> Iterator[Block]:
    if not of.sessions:
        return
    yield heading(words.details_heading(), width)
    widths = _shares(width, 13, 52, 27, 8)
    head = _head(words.session_head(), widths, numbers=(3,))
    yield head
    for one in of.sessions:
        mark = words.token(one.judged.colour) if one.judged is not None else ""
        day = Cell(words.brief(one.line.began.day), Style.STRONG, mark=mark)
        cells = [
            day,
            Cell(words.session_title(one), Style.STRONG),
            Cell(words.pains(one.judged)),
            Cell(words.effort(one.judged), right=True),
        ]
        done = words.exercises_done(one)
        yield Row(cells, widths, rule=not done, leads=bool(done), head=head)
        if done:
            yield Row([Cell(""), Cell(done, Style.SMALL)], _shares(width, 13, 87), head=head)


def _outings(of: Report, width: float) -> Iterator[Block]:
    if not of.outings:
        return
    yield heading(words.outings_heading(), width)
    widths = _shares(width, 13, 37, 22, 28)
    head = _head(words.outing_head(), widths)
    yield head
    for one in of.outings:
        mark = words.token(one.judged.colour) if one.judged is not None else ""
        yield Row(
            [
                Cell(words.brief(one.outing.day), Style.STRONG, mark=mark),
                Cell(words.outing(one)),
                Cell(words.pains(one.judged)),
                Cell(words.why(one.judged) if one.judged is not None else "", Style.SMALL),
            ],
            widths,
            head=head,
        )


def _days(of: Report, width: float) -> Iterator[Block]:
    """The days as a calendar, a week a row."""
    if not of.days:
        return
    yield heading(words.days_heading(), width)
    said = [Said(words.days_legend(), Style.MUTED)]
    if where := words.where_it_hurt(of):
        said.append(Said(where))
    yield Words(said, width)
    first = week_of(of.since, of.settings.first_weekday)[0]
    weeks = [
        week_of(first + timedelta(days=7 * n), of.settings.first_weekday) for n in range((of.on - first).days // 7 + 1)
    ]
    head = Drawn([(14.0, partial(paint_day_names, weeks[0]))], gap=4.0, leads=True)
    yield head
    for week in weeks:
        yield Drawn([(_WEEK, partial(_paint_week, of, week))], head=head)


def _paint_week(of: Report, week: tuple[date, ...], painter: QPainter, ink: Ink, box: QRectF) -> None:
    paint_week_name(week, painter, ink, box)
    for number, day in enumerate(week):
        inside = of.since <= day <= of.on
        room = day_box(box, number)
        entry = of.days.get(day)
        painter.setPen(ink.pen("line"))
        painter.setBrush(ink.colour("panel" if inside else "ground"))
        painter.drawRect(room)
        Text(str(day.day), Style.SMALL, 14.0).paint(painter, ink, QPointF(room.left() + 3.0, room.top() + 1.5))
        if entry is not None:
            centred(painter, ink, words.day_numbers(entry), Style.STRONG, room.adjusted(14.0, 0.0, -2.0, -9.0))
            centred(painter, ink, words.day_signs(entry), Style.SMALL, room.adjusted(14.0, 12.0, -2.0, 0.0))


# -- tables ---------------------------------------------------------------------------------------------------------


def _shares(width: float, *percent: float) -> tuple[float, ...]:
    return tuple(width * one / 100 for one in percent)


def _table(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    *,
    numbers: tuple[int, ...] = (),
    marks: Sequence[str] = (),
) -> Iterator[Block]:
    made = _head(head, widths, numbers)
    yield made
    for number, row in enumerate(rows):
        yield _row(row, widths, numbers, marks[number] if marks else "", made)


def _head(cells: Sequence[str], widths: Sequence[float], numbers: tuple[int, ...] = ()) -> Block:
    made = [Cell(cell, Style.SMALL_STRONG, at in numbers) for at, cell in enumerate(cells)]
    return Row(made, widths, leads=True)


def _row(cells: Sequence[str], widths: Sequence[float], numbers: tuple[int, ...], mark: str, head: Block) -> Block:
    style = (Style.STRONG, Style.BODY)
    made = [Cell(cell, style[min(at, 1)], at in numbers, mark if at == 0 else "") for at, cell in enumerate(cells)]
    return Row(made, widths, head=head)
