"""Writes the worked examples of the documentation: six made-up logs, their charts, verdicts and reasons.

    python -m tests.tools.examples

Without a display run it with QT_QPA_PLATFORM=offscreen. What it writes is made by the program itself, from the logs of
`tests/worked.py`; `tests/test_worked_examples.py` fails where docs/worked-examples.md says something else.
"""

import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from coach.app.guidance import Guidance, guidance, proposed
from coach.app.pain_trend import PainTrend, pain_trend
from coach.app.prescribing import prescription
from coach.app.progress import entries, progress_view
from coach.app.readiness import decide
from coach.app.routines import Routines
from coach.app.settings import Settings
from coach.app.surroundings import Log
from coach.core.clinical.colour import Colour
from coach.core.progress.span import Range
from coach.words import guidance as guidance_words
from coach.words import readiness as readiness_words
from coach.words import red_flags
from coach.words import trend as trend_words
from tests import worked
from tests.app.making import surroundings_at

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PICTURES = DOCS / "pictures"
HEAD = """# Worked examples

Six made-up logs of twelve weeks, each with one thing to see. They are written by `make examples` from
`tests/worked.py`: the charts are those of Progress, the sentences those that the program says on 20 November 2026. What
is a rule of this project, and what comes from which source, stands in the program beside each criterion (Running,
"Why") and in the decision records 012 to 014.
"""


def slug(example: worked.Example) -> str:
    """The name of its picture."""
    return f"example-{example.name.replace(' ', '-')}"


def section(example: worked.Example, folder: Path) -> str:
    """One example, as the program sees it."""
    surroundings = surroundings_at(folder)
    surroundings.home.make()
    surroundings.settings_file().write(example.settings)
    log = surroundings.open_log()
    try:
        log.take_in(example.log)
        return "\n".join(_lines(example, log, surroundings.routines()))
    finally:
        log.close()


def _lines(example: worked.Example, log: Log, routines: Routines) -> Iterator[str]:
    on, settings = worked.ON, example.settings
    found = pain_trend(log, on)
    seen = guidance(log, routines, settings, on)
    verdict = decide(log, routines, settings, on).verdict
    yield f"## {example.name.capitalize()}"
    yield ""
    yield example.shows
    yield ""
    yield f"![Morning pain over ten weeks: {example.name}](pictures/{slug(example)}.png)"
    yield ""
    yield from _trend(found)
    yield from _colours(seen)
    yield from _next_session(seen, routines, settings)
    yield from _flags(seen)
    yield f"- **Running**: {_joined(readiness_words.heading(verdict), readiness_words.summary(verdict))}"
    yield ""
    yield "| | criterion | value | asked for | |"
    yield "|---|---|---|---|---|"
    for one in verdict.criteria:
        cells = (readiness_words.name(one), readiness_words.value(one), readiness_words.threshold(one))
        yield f"| {one.id.value} | {' | '.join(cells)} | {readiness_words.text(one)} |"
    yield ""


def _trend(found: PainTrend) -> Iterator[str]:
    change, slope = found.trend.change, found.trend.slope
    said = f"- **Trend**: {trend_words.headline(change, found.alarm)}"
    yield said if slope is None else f"{said} {trend_words.slope(slope, change)}."
    if found.alarm is not None:
        yield f"- **Alarm**: {trend_words.alarm(found.alarm, found.on)}"


def _colours(seen: Guidance) -> Iterator[str]:
    last = [one for one in seen.judged if one.bout.day > seen.today - timedelta(days=28)]
    counted = ", ".join(f"{sum(one.colour is of for one in last)} {guidance_words.colour(of)}" for of in Colour)
    yield f"- **Sessions and walks of the last 28 days**: {counted}."
    for one in [one for one in last if one.colour is Colour.RED][-2:]:
        yield f"  - {guidance_words.bout(one, seen.today)}"


def _next_session(seen: Guidance, routines: Routines, settings: Settings) -> Iterator[str]:
    listed = routines.find(worked.ROUTINE, settings.home_side)
    assert listed is not None
    proposal = proposed(prescription(listed, routines.library, settings), seen, routines, settings).proposal
    if proposal is None or (proposal.routine is not None and not proposal.changes):
        yield "- **Next session**: as prescribed."
    elif proposal.routine is None:
        said = _joined(guidance_words.heading(proposal, seen.today), guidance_words.not_today(proposal, seen.today))
        yield f"- **Next session**: {said}"
    else:
        said = guidance_words.proposed(proposal, routines.library, seen.today)
        yield f"- **Next session**: {_joined(guidance_words.heading(proposal, seen.today), said)}"


def _joined(heading: str, text: str) -> str:
    """A heading and the text below it, on one line."""
    end = "" if heading.endswith((".", ":", "?")) else "."
    return f"{heading}{end} {' '.join(text.split())}"


def _flags(seen: Guidance) -> Iterator[str]:
    for one in seen.standing:
        said = f"{red_flags.short(one.flag)}. {guidance_words.evidence(one, seen.today)}"
        yield f"- **{red_flags.tier_heading(one.flag.tier)}**: {said}"


def document() -> str:
    """The whole page."""
    with tempfile.TemporaryDirectory() as folder:
        sections = [section(one, Path(folder) / slug(one)) for one in worked.examples()]
    return HEAD + "\n" + "\n".join(sections)


def picture(example: worked.Example, folder: Path) -> bytes:
    """Its morning pain over ten weeks, as Progress saves it."""
    from PySide6.QtWidgets import QApplication

    from coach.ui.charts import pain_plot  # at once: without events nothing would begin to load it
    from coach.ui.charts.loading import Loading
    from coach.ui.charts.pain_chart import PainChart
    from coach.ui.charts.picture import Format, Part, Picture, data_of

    surroundings = surroundings_at(folder)
    log = surroundings.open_log()
    log.take_in(example.log)
    view = progress_view(entries(log, Range.TEN_WEEKS, worked.ON), {})
    log.close()
    chart = PainChart(Loading())
    assert isinstance(chart.plot, pain_plot.PainPlot)
    chart.resize(860, 260)
    chart.show_days(view.days, worked.ON)
    chart.show()
    QApplication.processEvents()
    title = f"{example.name.capitalize()}: morning pain"
    said = trend_words.headline(view.change, view.alarm)
    return data_of(Picture(title, said, (Part("", chart.size(), chart.draw),)), Format.PNG)


def main() -> None:
    """Write the page and its pictures."""
    from PySide6.QtWidgets import QApplication

    from coach.ui import theme
    from coach.ui.tokens import Appearance

    app = QApplication(sys.argv[:1])
    theme.Theme(app, Appearance.LIGHT).complete()
    (DOCS / "worked-examples.md").write_text(document(), "utf-8")
    with tempfile.TemporaryDirectory() as folder:
        for one in worked.examples():
            data = picture(one, Path(folder) / slug(one))
            (PICTURES / f"{slug(one)}.png").write_bytes(data)


if __name__ == "__main__":
    main()
