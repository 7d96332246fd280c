"""The report for the next visit as a document: on the first page what matters, after it everything that was done."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import partial
from typing import Final

from coach.app.paper import Print
from coach.app.report import Report
from coach.core.clinical.colour import Colour
from coach.ui.paper.block import Block, Cell, Drawn, Row, Said, Words, heading
from coach.ui.paper.chart import paint_chart
from coach.ui.paper.document import Document, content_width, usual_size
from coach.ui.paper.facts import fact_blocks
from coach.ui.paper.ink import Ink, Style
from coach.words import report as words

_CHART: Final = 142.0
_REDS: Final = 6
"""So many of the reds are told with their reasons on the first page; all of them come after it."""
_NOTES: Final = 5


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
    yield Words([Said(words.made_of(), Style.SMALL)], width, gap=12.0)
    yield from _sessions(of, width)
    yield from _outings(of, width)
    yield from _days(of, width)


# -- what matters ---------------------------------------------------------------------------------------------------


def _attention(of: Report, width: float) -> Iterator[Block]:
    yield heading(words.attention_heading(), width, gap=12.0)
    told = words.attention(of)
    for token, said in told:
        yield Row([Cell(said, Style.STRONG, mark=token)], [width], rule=False)
    if of.empty:
        first, then = words.empty()
        yield Words([Said(first, Style.STRONG), Said(then, gap=2.0)], width)
    elif not told:
        yield Words([Said(words.nothing_stands_out())], width)


def _done(of: Report, width: float) -> Iterator[Block]:
    yield heading(words.done_heading(), width, gap=12.0)
    if of.prescribed:
        yield from _table(
            words.prescribed_head(),
            [words.prescribed(one) for one in of.prescribed],
            _shares(width, 34, 24, 26, 8, 8),
            numbers=(3, 4),
        )
    else:
        yield Words([Said(words.no_routine())], width)
    said = [Said(line, Style.BODY, gap=2.0) for line in (words.other_sessions(of),) if line]
    yield Words([*said, Said(words.completeness(of), Style.MUTED, gap=2.0)], width, gap=4.0)


def _pain(of: Report, width: float) -> Iterator[Block]:
    yield heading(words.pain_heading(), width, gap=12.0)
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
    yield heading(words.reds_heading(), width, gap=12.0)
    yield Words([Said(words.colours(of))], width)
    reds = [one for one in of.judged if one.colour is Colour.RED]
    for one in reds[-_REDS:]:
        yield Row(
            [
                Cell(words.brief(one.bout.day), Style.STRONG, mark=words.token(one.colour)),
                Cell(words.bout_word(one.bout.kind)),
                Cell(words.why(one)),
            ],
            _shares(width, 14, 12, 74),
        )


def _tests(of: Report, width: float) -> Iterator[Block]:
    yield heading(words.tests_heading(), width, gap=12.0)
    if not of.tests:
        yield Words([Said(words.no_tests())], width)
        return
    rows = [words.test(one) for one in of.tests]
    marks = ["" if one.judged is None else "ok" if one.judged.met else "amber" for one in of.tests]
    yield from _table(
        words.tests_head(), rows, _shares(width, 22, 10, 12, 12, 8, 11, 7, 18), numbers=(2, 3, 4, 5, 6), marks=marks
    )
    yield Words([Said(words.tests_note(), Style.SMALL)], width, gap=4.0)


def _running(of: Report, width: float) -> Iterator[Block]:
    if of.readiness is None:
        return
    yield heading(words.running_heading(), width, gap=12.0)
    yield Words([Said(of.readiness.heading, Style.STRONG)], width)
    for line in of.readiness.lines:
        yield Row(
            [Cell(line.id, Style.STRONG, mark="ok" if line.met else "amber"), Cell(line.said)], _shares(width, 12, 88)
        )


def _notes(of: Report, width: float) -> Iterator[Block]:
    if not of.notes:
        return
    yield heading(words.notes_heading(), width, gap=12.0)
    for day, note in of.notes:
        yield Row([Cell(words.brief(day), Style.STRONG), Cell(note)], _shares(width, 14, 86))


# -- everything -----------------------------------------------------------------------------------------------------


def _sessions(of: Report, width: float) -> Iterator[Block]:
    if not of.sessions:
        return
    yield heading(words.details_heading(), width)
    widths = _shares(width, 13, 52, 27, 8)
    yield _head(words.session_head(), widths, numbers=(3,))
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
        yield Row(cells, widths, rule=not done)
        if done:
            yield Row([Cell(""), Cell(done, Style.SMALL)], _shares(width, 13, 87))


def _outings(of: Report, width: float) -> Iterator[Block]:
    if not of.outings:
        return
    yield heading(words.outings_heading(), width)
    widths = _shares(width, 13, 34, 25, 28)
    yield _head(words.outing_head(), widths)
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
        )


def _days(of: Report, width: float) -> Iterator[Block]:
    if not of.days:
        return
    yield heading(words.days_heading(), width)
    widths = _shares(width, 16, 10, 10, 64)
    yield _head(words.day_head(), widths, numbers=(1, 2))
    first = of.since if of.began is None else max(of.since, of.began)
    missing = None
    for number in range((of.on - first).days + 1):
        day = first + timedelta(days=number)
        entry = of.days.get(day)
        if entry is None:
            missing = missing or day
            continue
        if missing is not None:
            yield _gap(words.gap(missing, day - timedelta(days=1)), width)
            missing = None
        yield _row(words.day(entry), widths, numbers=(1, 2))
    if missing is not None:
        yield _gap(words.gap(missing, of.on), width)


def _gap(said: str, width: float) -> Block:
    return Row([Cell(said, Style.MUTED)], [width])


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
    yield _head(head, widths, numbers)
    for number, row in enumerate(rows):
        yield _row(row, widths, numbers, marks[number] if marks else "")


def _head(cells: Sequence[str], widths: Sequence[float], numbers: tuple[int, ...] = ()) -> Block:
    made = [Cell(cell, Style.SMALL_STRONG, at in numbers) for at, cell in enumerate(cells)]
    return Row(made, widths, leads=True)


def _row(cells: Sequence[str], widths: Sequence[float], numbers: tuple[int, ...] = (), mark: str = "") -> Block:
    style = (Style.STRONG, Style.BODY)
    made = [Cell(cell, style[min(at, 1)], at in numbers, mark if at == 0 else "") for at, cell in enumerate(cells)]
    return Row(made, widths)
