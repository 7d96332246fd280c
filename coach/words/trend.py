"""The pain trend in words: what changed, whether it is more than noise, and what is missing to say so.

What may be said: clinical reference, sections 8.3 and 8.4. A change of the pain is no word on what the hip can take.
"""

from datetime import date
from typing import assert_never

from coach.core.clinical.pain_alarm import ALARM_DAYS, ALARM_POINTS, FALSE_ALARMS_PCT
from coach.core.clinical.slope import Slope
from coach.core.clinical.trend import COMPLETE_PCT, LEAST_DAYS, LEAST_VALUES, MEAN_LEAST, Change, Trend, Verdict
from coach.words.numbers import short_day
from coach.words.translate import count, tr

_ZERO = "0.0"


def headline(change: Change, alarm: date | None = None) -> str:
    """The change in one sentence: `Pain is down 3.1 points since 14 September: a clinically meaningful change.`.

    A worsening alert that stands, which came up on the day `alarm`, is told first: the weeks as a whole may hide it.
    """
    said = _headline(change)
    if alarm is None:
        return said
    first = tr("Morning pain rose lately: worsening alert of {day}.").format(day=short_day(alarm, change.until))
    if change.verdict in (Verdict.TOO_LITTLE, Verdict.INCOMPLETE, Verdict.WORSENING):
        return f"{first} {said}"
    over = tr("Over the whole time since {day} no clear change can be told yet.").format(day=_since(change))
    return f"{first} {said if change.verdict is Verdict.IMPROVING else over}"


def _headline(change: Change) -> str:
    match change.verdict:
        case Verdict.TOO_LITTLE:
            return _too_little(change)
        case Verdict.INCOMPLETE:
            return _incomplete(change)
        case Verdict.NO_CLEAR_CHANGE:
            return _no_clear_change(change)
        case Verdict.IMPROVING:
            said = tr("Pain is down {points} points since {day}: improving.")
            meaningful = tr("Pain is down {points} points since {day}: a clinically meaningful change.")
        case Verdict.WORSENING:
            said = tr("Pain is up {points} points since {day}: worsening.")
            meaningful = tr("Pain is up {points} points since {day}: a clinically meaningful change.")
        case never:
            assert_never(never)
    said = meaningful if change.meaningful else said
    return said.format(points=_apart(change), day=_since(change))


def _apart(change: Change) -> str:
    """How far the two means are apart as they are shown: whoever subtracts one from the other gets this."""
    return points(abs(round(change.mean_last_7 or 0.0, 1) - round(change.mean_first_7 or 0.0, 1)))


def slope(of: Slope, change: Change) -> str:
    """How fast, how sure, from how much."""
    said = tr("{slope} points a week").format(slope=_signed(of.per_week))
    if of.interval is not None:
        low, high = (_signed(end) for end in of.interval)
        # Where a change is found, 0 is outside, also if it is the bound (`coach.core.clinical.slope.direction`).
        if change.verdict is Verdict.WORSENING and low == _ZERO:
            low = tr("over {n}").format(n=low)
        if change.verdict is Verdict.IMPROVING and high == _ZERO:
            high = tr("under {n}").format(n=high)
        said = tr("{slope}, 90 % interval {low} to {high}").format(slope=said, low=low, high=high)
    else:
        said = tr("{slope}, no interval: too few days, or too many with the same score").format(slope=said)
    return tr("{slope}; {values} of {days} days").format(slope=said, values=change.values, days=change.days)


def weeks(change: Change) -> str:
    """The two means that are compared; nothing where one is not known."""
    if change.mean_first_7 is None or change.mean_last_7 is None:
        return ""
    return tr("Mean of the first 7 days {first}, of the last 7 days {last}").format(
        first=points(change.mean_first_7), last=points(change.mean_last_7)
    )


def days(of: Trend) -> str:
    """What a mean does not show: the days at the foot of the scale, and the bad ones; nothing without a day."""
    if of.share_to_2 is None or of.share_to_1 is None:
        return ""
    said = tr("Pain 0 to 2 without a painkiller on {to_2} % of the days, 0 or 1 on {to_1} %").format(
        to_2=round(of.share_to_2 * 100), to_1=round(of.share_to_1 * 100)
    )
    above = count(of.days_above_5, "above 5 on %n day", "above 5 on %n days")
    said = f"{said}, {above}"
    if of.worst_last_7 is not None:
        said = tr("{days}; worst morning of the last 7 days {worst}").format(days=said, worst=of.worst_last_7)
    return said


def alarm(came: date, today: date) -> str:
    """A worsening alarm that stands: what it saw, and what to do (clinical reference, sections 1.2.3 and 5.3)."""
    return tr(
        "Worsening alert of {day}: {running} days running, the mean of 7 mornings lay {points} points or more above "
        "that of the three weeks before. Take one step back, and talk to your physio or doctor within two weeks."
    ).format(day=short_day(came, today), running=ALARM_DAYS, points=points(ALARM_POINTS))


def alarm_by_chance() -> str:
    """How often the alarm comes up where nothing changed; as measured."""
    return tr("In simulated logs without any change, this alarm came up in about {n} of 100 six-week periods.").format(
        n=FALSE_ALARMS_PCT
    )


def day_to_come(day: date) -> str:
    """The day has not come yet."""
    return tr("{day} has not come yet; this is from what is recorded so far.").format(day=day.isoformat())


def points(number: float) -> str:
    """A mean or a difference, with one decimal."""
    return f"{number:.1f}"


def _signed(number: float) -> str:
    """With its sign, which is not that of a zero."""
    rounded = round(number, 1)
    return f"{rounded:+.1f}" if rounded else _ZERO


def _since(change: Change) -> str:
    return short_day(change.began or change.until, change.until)


def _too_little(change: Change) -> str:
    least = tr("It takes {values} mornings, over at least {days} days.").format(values=LEAST_VALUES, days=LEAST_DAYS)
    if not change.values:
        said = tr("No morning pain is recorded in the weeks up to {day}, so there is no trend to tell.")
        return f"{said.format(day=short_day(change.until, change.until))} {least}"
    mornings = count(change.values, "%n morning with its pain", "%n mornings with their pain")
    over = count(change.span, "over %n day", "over %n days")
    said = tr("Too early for a trend: {mornings} so far, {over}.").format(mornings=mornings, over=over)
    return f"{said} {least}"


def _incomplete(change: Change) -> str:
    wanted = -(-change.days * COMPLETE_PCT // 100)
    if change.values < wanted:
        said = tr("Too few mornings to tell a change: {values} of {days} days have their pain, and it takes {wanted}.")
        return said.format(values=change.values, days=change.days, wanted=wanted)
    if change.mean_last_7 is None:
        said = tr("Too few mornings to tell a change: the last 7 days have less than the {least} that it takes.")
    else:
        said = tr("Too few mornings to tell a change: the first 7 days have less than the {least} that it takes.")
    return said.format(least=MEAN_LEAST)


def _no_clear_change(change: Change) -> str:
    return tr(
        "No clear change yet: over the {span} since {day} what the pain did may be no more than its ups and downs."
    ).format(span=count(change.days // 7, "%n week", "%n weeks"), day=_since(change))
