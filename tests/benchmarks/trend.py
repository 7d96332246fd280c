"""The rates behind the pain trend: the tables of the clinical reference, section 8.2, and what the program itself does.

`trend.py [SERIES]` prints them from so many series a case (default 8,000, a few minutes), and how long an answer takes.
The tests (`tests/core/clinical/test_rates.py`) hold the same from fewer series.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent))

import numpy as np  # noqa: E402 # run as a script, from anywhere

from coach.core.clinical import pain_alarm, trend  # noqa: E402
from tests.core.clinical.simulated import (  # noqa: E402
    CHANGED,
    LONG_FLAT,
    WEEK_TO_WEEK,
    Pain,
    alarmed,
    changed_ever,
    corrected,
    day,
    ever,
    falls,
    freezes,
    least_squares,
    logs,
    mann_kendall,
    rises,
    series,
    three_days_above,
    usable,
    verdicts,
    week_to_week,
)

SEED = 1


def tests_of_a_trend(count: int) -> None:
    """8.2.2."""
    print("\n8.2.2  a fall found (one-sided 5 %): Mann-Kendall, corrected, least squares")
    for phi in (0.0, 0.4):
        for days in (14, 21, 28):
            for slope in (0, -0.5, -1, 1):
                scores = usable(series(Pain(4, days, slope, phi), count, SEED))
                rates = (falls(mann_kendall(scores)), falls(corrected(scores)), falls(least_squares(scores), 1.7))
                print(f"  phi {phi}  {days} days  {slope:+4} a week   {' '.join(f'{rate:6.3f}' for rate in rates)}")


def weeks(count: int) -> None:
    """8.2.3."""
    print("\n8.2.3  last week against the week before: false alarm in 8 flat weeks")
    scores = series(WEEK_TO_WEEK, count, SEED)
    mean, median = week_to_week(scores, np.nanmean), week_to_week(scores, np.nanmedian)
    print(f"  mean >= 1, daily {ever(mean >= 1 - 1e-9):.3f}")
    for points in (1, 1.5, 2):
        print(f"  mean >= {points}, weekly {ever(mean[:, ::7] >= points - 1e-9):.3f}")
    print(f"  median >= 1, weekly {ever(median[:, ::7] >= 1):.3f}")


def alarms(count: int) -> None:
    """8.2.4."""
    print("\n8.2.4  last week against the 21 days before")
    for points in (1.5, 2.0):
        found = three_days_above(points - 1e-9, count, SEED)
        print(
            f"  >= {points} on 3 days   false {found.false:.3f}   +1 a week {found.detects_rise:.3f} "
            f"({found.delay_rise:.0f} d)   +2 {found.detects_step:.3f} ({found.delay_step:.0f} d)"
        )
    flat = series(LONG_FLAT, count, SEED)
    print(f"  the program's alarm: {alarmed(flat):.3f}; from the 18th day of a log on {alarmed(flat, 17):.3f}")
    print(f"  >= 1.0 weekly, by the section's count {ever(rises(flat)[:, ::7] >= 1 - 1e-9):.3f}, ", end="")
    print(f"the program's check on Mondays {freezes(flat):.3f}")


def words(count: int) -> None:
    """What is said of a change: on the 28th day of a log, and to somebody who looks on each day of six weeks."""
    for held in (1, trend.HELD_DAYS):
        trend.HELD_DAYS = held
        print(f"\nwords, a change found on {held} day(s) running")
        for phi in (0.0, 0.4):
            for slope in (0, -0.5, -1, 1):
                found = verdicts(series(Pain(4, 28, slope, phi), count, SEED))
                said = "  ".join(f"{verdict.value} {rate:.3f}" for verdict, rate in found.items() if rate)
                print(f"  28 days  phi {phi}  {slope:+4} a week   {said}")
        for phi in (0.0, 0.4):
            looked = changed_ever(series(Pain(4, 70, phi=phi), count // 8, SEED), 28)
            print(f"  six flat weeks, looked at daily   phi {phi}   improving or worsening {looked:.3f}")
        for phi in (0.0, 0.4):
            for slope, start in ((0, 4), (-0.3, 5), (-0.5, 6)):
                made = logs(series(Pain(start, 70, slope, phi), count // 4, SEED))
                said_ = [trend.change_over(log, day(0), day(69)).verdict in CHANGED for log in made]
                print(f"  70 days  phi {phi}  {slope:+4} a week from {start}   a change {sum(said_) / len(said_):.3f}")


def speed() -> None:
    """Milliseconds an answer on ten years of log takes, the best of several."""
    (log,) = logs(series(Pain(5, 3650, slope=-0.01, phi=0.4), 1, SEED))
    on = day(3649)
    timed: dict[str, Callable[[], object]] = {
        "trend": lambda: trend.trend(log, on),
        "standing alarm": lambda: pain_alarm.standing(log, on),
        "frozen": lambda: pain_alarm.frozen(log, on),
        "change over a year": lambda: trend.change_over(log, day(3285), on),
        "change over ten years": lambda: trend.change_over(log, day(0), on),
        "means of ten years": lambda: trend.means(log, day(0), on),
    }
    print("\nmilliseconds")
    for name, answer in timed.items():
        print(f"  {name:<24} {min(_took(answer) for _ in range(7)):.2f}")


def _took(answer: Callable[[], object]) -> float:
    began = time.perf_counter()
    answer()
    return (time.perf_counter() - began) * 1000


def main() -> None:
    """Print all of it."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 8000
    print(f"{count} series a case")
    for table in (tests_of_a_trend, weeks, alarms, words):
        table(count)
    speed()


if __name__ == "__main__":
    main()
