"""`coach trend`: what the morning's pain did, and whether it is more than noise."""

import json
from datetime import date
from typing import Any

import click

from coach.app.pain_trend import PainTrend, pain_trend
from coach.app.surroundings import Surroundings
from coach.cli.opening import reading
from coach.cli.values import Day
from coach.core.clinical.trend import Verdict
from coach.words import trend as words
from coach.words.translate import tr


@click.command(epilog=words.alarm_by_chance())
@click.option("--on", type=Day(), metavar="D", help="As of this day, as 2026-11-20; today if left out.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document instead of lines.")
@click.pass_obj
def trend(surroundings: Surroundings, on: date | None, as_json: bool) -> None:
    """Tell the trend of the morning's pain over the last 28 days: up, down, or no clear change.

    Up or down is only said after 21 days, with 14 mornings and 7 of 10 days recorded, if the 90 % interval of the slope
    leaves out 0, the means of the first and the last week are a point apart, and all of this holds for a week. A
    clinically meaningful change is one of 2 points or 30 %. A worsening alert comes up, and stands for 14 days, when
    the mean of 7 mornings lies 1.5 points or more above that of the three weeks before on 3 days running.
    """
    with reading(surroundings) as opened:
        today = surroundings.logbook(opened).today()
        day = on if on is not None else today
        if day > max(today, surroundings.calendar.now().date()):
            click.echo(words.day_to_come(day), err=True)
        found = pain_trend(opened, day)
    if as_json:
        click.echo(json.dumps(_plain(found), indent=2))
        return
    for line in _lines(found):
        click.echo(line)


def _lines(found: PainTrend) -> list[str]:
    change, slope = found.trend.change, found.trend.slope
    lines = [words.headline(change, found.alarm)]
    if not change.values:
        lines.append(tr("Record it: coach log day --morning N"))
    if slope is not None and change.verdict is not Verdict.INCOMPLETE:
        lines += [words.slope(slope, change), words.weeks(change)]
    lines.append(words.days(found.trend))
    if found.alarm is not None:
        lines += [words.alarm(found.alarm, found.on), words.alarm_by_chance()]
    return [line for line in lines if line]


def _plain(found: PainTrend) -> dict[str, Any]:
    """As the contract has it; null is what is not known."""
    of, change = found.trend, found.trend.change
    slope = of.slope
    return {
        "on": found.on.isoformat(),
        "verdict": change.verdict.value,
        "clinically_meaningful": change.meaningful,
        "words": words.headline(change, found.alarm),
        "slope_per_week": _rounded(slope.per_week if slope else None),
        "interval": [_rounded(end) for end in slope.interval] if slope and slope.interval else None,
        "since": change.began.isoformat() if change.began else None,
        "days": change.days,
        "values": change.values,
        "mean_first_7": _rounded(change.mean_first_7),
        "mean_last_7": _rounded(change.mean_last_7),
        "change": _rounded(change.points),
        "completeness": _rounded(change.completeness),
        "share_days_to_2": _rounded(of.share_to_2),
        "share_days_to_1": _rounded(of.share_to_1),
        "worst_last_7": of.worst_last_7,
        "days_above_5": of.days_above_5,
        "alarm": found.alarm is not None,
        "last_alarm": found.last_alarm.isoformat() if found.last_alarm else None,
        "progressions_frozen": found.progressions_frozen,
    }


def _rounded(number: float | None) -> float | None:
    """Without the last digits, which are no knowledge; and zero without a sign."""
    return None if number is None else round(number, 4) + 0.0
