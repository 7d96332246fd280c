"""`coach run-plan`: the stage of the return-to-run plan on a day, when the next run may be, and why."""

import json
from collections.abc import Iterator
from datetime import date

import click

from coach.app.run_plan import RunPlan
from coach.app.run_plan import run_plan as look
from coach.app.surroundings import Surroundings
from coach.cli.opening import reading
from coach.cli.values import Day
from coach.core.clinical.readiness import clearing
from coach.core.clinical.run_course import Decision
from coach.core.day import training_day
from coach.words import readiness
from coach.words import run_plan as words
from coach.words.numbers import long_day
from coach.words.translate import tr


@click.command("run-plan")
@click.option("--on", type=Day(), metavar="D", help="The day, as 2026-11-20; today if left out.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document instead of lines.")
@click.pass_obj
def run_plan(surroundings: Surroundings, on: date | None, as_json: bool) -> None:
    """Tell the stage of the return-to-run plan, when the next run may be, and what was decided after each run.

    Of a day that has passed, only what the log holds up to it is looked at. Stages and numbers are those of the
    routines in use. This is no permission: it is what your plan makes of your log.
    """
    now = surroundings.calendar.now()
    today = training_day(now)
    day = today if on is None else on
    if day > max(today, now.date()):
        click.echo(readiness.to_come(day), err=True)
    settings = surroundings.settings_file().read().settings
    with reading(surroundings) as log:
        found = look(log, surroundings.routines(), settings, day, now)
    click.echo(json.dumps(_plain(found), indent=2) if as_json else "\n".join(_lines(found, today)))


def _plain(of: RunPlan) -> dict[str, object]:
    course = of.course
    now = course.current
    return {
        "on": course.on.isoformat(),
        "open": course.open,
        "verdict": of.verdict.outcome.value,
        "blocked": of.blocked,
        "text": words.whole(of),
        "stage": course.stage,
        "of": course.plan.last,
        "reps": now.reps,
        "run_min": now.run_min,
        "walk_min": now.walk_min,
        "running_min": now.running_min,
        "successes": course.successes,
        "needed": course.needed,
        "done": course.done,
        "open_since": course.since.isoformat() if course.since else None,
        "begin_until": course.valid_until.isoformat() if course.valid_until else None,
        "next_run": _next(of),
        "advice": list(words.after(of.load)) if of.load is not None else [],
        "decisions": [_decision(one, course.needed) for one in course.decisions],
    }


def _next(of: RunPlan) -> dict[str, object] | None:
    coming = of.next
    if coming is None:
        return None
    return {
        "stage": coming.stage.number,
        "reps": coming.stage.reps,
        "run_min": coming.stage.run_min,
        "walk_min": coming.stage.walk_min,
        "day": coming.day.isoformat(),
        "not_before": coming.not_before.isoformat() if coming.not_before else None,
        "morning_pain_max": coming.waits_for_morning,
        "holds": [hold.value for hold in coming.holds],
        "may_begin": of.may_begin,
        "why": words.next_why(of),
        "text": words.next_line(of),
    }


def _decision(of: Decision, needed: int) -> dict[str, object]:
    return {
        "on": of.on.isoformat(),
        "stage": of.stage,
        "colour": words.colour(of) or None,
        "decision": of.step.value,
        "to": of.to,
        "rule": of.rule.value,
        "text": f"{words.decision(of)}. {words.why(of, needed)}",
        "source": of.source,
    }


def _lines(of: RunPlan, today: date) -> Iterator[str]:
    course = of.course
    when = long_day(course.on) if course.on.year == today.year else f"{long_day(course.on)} {course.on.year}"
    if course.open:
        yield f"{when}: {words.heading(of)}"
        yield words.stage(course.current)
        yield words.next_line(of)
    else:
        yield f"{when}: {words.whole(of)}"
        if not of.blocked:
            yield words.stage(course.current)
    if said := words.next_why(of):
        yield said
    if of.load is not None:
        yield from words.after(of.load)
    flags = clearing(of.verdict.screened) if of.blocked else ()
    if flags:
        if course.open:  # else the verdict has said so
            yield readiness.advice(of.verdict)
        yield readiness.once_looked("; ".join(f"coach log flag {name} --clear" for name in flags))
    yield ""
    if course.decisions:
        yield tr("Last decisions:")
        for one in course.decisions[: -words.LAST - 1 : -1]:
            yield f"  {words.line(one, of)} [{one.source}]"
    else:
        yield words.nothing_yet(course)
