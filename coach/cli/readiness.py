"""`coach readiness`: does the log meet the criteria to resume running, on a day?"""

import json
from datetime import date

import click

from coach.app.readiness import Decision, decide
from coach.app.surroundings import Surroundings
from coach.cli.opening import reading
from coach.cli.values import Day
from coach.core.clinical.readiness import Criterion, clearing
from coach.core.day import training_day
from coach.words import readiness as words
from coach.words import readiness_why
from coach.words.numbers import long_day
from coach.words.translate import tr


@click.command()
@click.option("--on", type=Day(), metavar="D", help="The day, as 2026-11-20; today if left out.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document instead of lines.")
@click.pass_obj
def readiness(surroundings: Surroundings, on: date | None, as_json: bool) -> None:
    """Tell whether the log meets the criteria to resume running, and what is missing.

    Of a day that has passed, only what the log holds up to it is looked at. The limits are those of the routines in
    use. This is no permission: the log meets the criteria of your plan, or it does not yet.
    """
    today = training_day(surroundings.calendar.now())
    day = today if on is None else on
    if day > max(today, surroundings.calendar.now().date()):
        click.echo(words.to_come(day), err=True)
    settings = surroundings.settings_file().read().settings
    with reading(surroundings) as log:
        decision = decide(log, surroundings.routines(), settings, day)
    click.echo(json.dumps(_plain(decision), indent=2) if as_json else _lines(decision, today))


def _plain(decision: Decision) -> dict[str, object]:
    verdict = decision.verdict
    return {
        "on": verdict.on.isoformat(),
        "verdict": verdict.outcome.value,
        "text": words.whole(verdict),
        "valid_until": verdict.valid_until.isoformat() if verdict.valid_until else None,
        "criteria": [_criterion(one) for one in verdict.criteria],
    }


def _criterion(one: Criterion) -> dict[str, object]:
    return {
        "id": one.id.value,
        "met": one.met,
        "value": words.value(one),
        "threshold": words.threshold(one),
        "text": words.text(one),
        "name": words.name(one),
        "notes": list(words.notes(one)),
        "why": readiness_why.why(one.id),
        "source": one.basis.source,
        "grade": one.basis.grade.value,
        "advisory": one.advisory,
    }


def _lines(decision: Decision, today: date) -> str:
    verdict = decision.verdict
    when = long_day(verdict.on) if verdict.on.year == today.year else f"{long_day(verdict.on)} {verdict.on.year}"
    parts = [f"{when}: {words.whole(verdict)}", ""]
    if decision.empty:
        parts.insert(1, tr("Nothing is recorded yet: coach log day --morning N --worst N begins it."))
    for one in verdict.criteria:
        parts.append(f"{one.id:<4} {words.line(one)}")
        parts.extend(f"     {note}" for note in words.notes(one) if not one.met)
    flags = clearing(verdict.screened)
    if flags:
        commands = "; ".join(f"coach log flag {name} --clear" for name in flags)
        parts += ["", words.once_looked(commands)]
    return "\n".join((*parts, "", words.disclaimer()))
