"""How often the rules of the trend speak in made-up logs: the tables of section 8.2, and what the program itself does.

Fixed seeds, so a red run is a change of the code. Tolerances are some three standard errors of these numbers of series;
`tests/benchmarks/trend.py` prints all of it from many more.
"""

import numpy as np
import pytest

from coach.core.clinical import pain_alarm, trend
from coach.core.clinical.trend import Verdict, change_over
from tests.core.clinical.simulated import (
    FLAT_4,
    LONG_FLAT,
    SD,
    WEEK_TO_WEEK,
    Pain,
    alarmed,
    changed_ever,
    corrected,
    day,
    ever,
    falls,
    freezes,
    in_a_row,
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

SEED = 20261120


def within(rate: float, of: float, by: float) -> bool:
    return bool(abs(rate - of) <= by)


def test_the_made_up_pain_is_as_the_section_has_it() -> None:
    plain = series(Pain(5, 28, phi=0.4, flares=0), 4000, SEED)
    late = plain[:, 14:]

    assert within(float(np.nanmean(plain)), 5, 0.05)
    # Rounding adds a twelfth to the variance.
    assert within(float(np.nanstd(late)), float(np.sqrt(SD**2 + 1 / 12)), 0.03)
    assert within(float(np.isnan(plain).mean()), 0.15, 0.01)
    assert within(float(np.nanmean((late[:, 1:] - 5) * (late[:, :-1] - 5)) / SD**2), 0.4, 0.03)


# -- 8.2.2 ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("days, power, power_corrected", [(14, 0.36, 0.17), (21, 0.80, 0.45), (28, 0.98, 0.77)])
def test_the_power_of_a_trend_test(days: int, power: float, power_corrected: float) -> None:
    independent = usable(series(Pain(4, days, slope=-1), 1500, SEED))
    alike = usable(series(Pain(4, days, slope=-1, phi=0.4), 1500, SEED + 1))

    assert within(falls(mann_kendall(independent)), power, 0.04)
    assert within(falls(corrected(alike)), power_corrected, 0.05)


@pytest.mark.parametrize("days", [14, 21, 28])
def test_its_false_alarms(days: int) -> None:
    independent = usable(series(Pain(4, days), 1500, SEED))
    alike = usable(series(Pain(4, days, phi=0.4), 1500, SEED + 1))

    assert within(falls(mann_kendall(independent)), 0.045, 0.02)
    assert within(falls(mann_kendall(alike)), 0.10, 0.035)
    assert within(falls(least_squares(independent), 1.7), 0.06, 0.025)
    assert within(falls(least_squares(alike), 1.7), 0.12, 0.035)
    assert falls(corrected(independent)) < 0.05
    assert falls(corrected(alike)) < 0.08


# -- 8.2.3 ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("points, every, false", [(1.0, 1, 0.96), (1.0, 7, 0.72), (1.5, 7, 0.33), (2.0, 7, 0.10)])
def test_last_week_against_the_week_before(points: float, every: int, false: float) -> None:
    found = week_to_week(series(WEEK_TO_WEEK, 1500, SEED), np.nanmean)

    assert within(ever(found[:, ::every] >= points - 1e-9), false, 0.04)


def test_the_median_is_worse_than_the_mean() -> None:
    found = week_to_week(series(WEEK_TO_WEEK, 1500, SEED), np.nanmedian)

    assert within(ever(found[:, ::7] >= 1), 0.93, 0.03)


# -- 8.2.4 ------------------------------------------------------------------------------------------------------------


def test_three_days_of_one_and_a_half_points() -> None:
    found = three_days_above(1.5 - 1e-9, 1500, SEED)

    assert within(found.false, 0.16, 0.03)
    assert within(found.detects_rise, 0.97, 0.02)
    assert within(found.delay_rise, 16, 1)
    assert within(found.detects_step, 0.87, 0.03)
    assert within(found.delay_step, 7, 1)


def test_three_days_of_two_points() -> None:
    found = three_days_above(2.0 - 1e-9, 1500, SEED)

    assert within(found.false, 0.02, 0.015)
    assert within(found.detects_rise, 0.90, 0.03)
    assert within(found.detects_step, 0.59, 0.04)


def test_the_program_finds_the_same_rises_and_the_same_first_alarms() -> None:
    scores = series(LONG_FLAT, 400, SEED)
    risen = rises(scores)
    rows = in_a_row(risen >= 1.5 - 1e-9, 3)
    compared = 0

    for log, row, alarm in zip(logs(scores), risen, rows, strict=True):
        found = [one for _, one in pain_alarm.rises(log, day(27), day(69))]
        assert np.allclose([np.nan if one is None else one for one in found], row, equal_nan=True)
        if pain_alarm.alarms(log, day(0), day(28)):
            continue  # the section looks from the 28th day on, and knows of no alarm before it
        first = pain_alarm.alarms(log, day(29), day(69))[:1]
        assert first == ((day(int(alarm.argmax()) + 29),) if alarm.any() else ())
        compared += alarm.any()

    assert compared > 40


def test_its_false_alarms_are_told_as_they_are() -> None:
    assert within(alarmed(series(LONG_FLAT, 1500, SEED)), pain_alarm.FALSE_ALARMS_PCT / 100, 0.03)


def test_a_weekly_check_for_a_point_holds_half_of_all_flat_logs() -> None:
    assert within(freezes(series(LONG_FLAT, 800, SEED)), 0.5, 0.07)


# -- words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("phi, most", [(0.0, 0.02), (0.4, 0.05)])
def test_a_flat_log_is_hardly_ever_called_a_change(phi: float, most: float) -> None:
    found = verdicts(series(FLAT_4[phi], 1000, SEED))

    assert found[Verdict.IMPROVING] + found[Verdict.WORSENING] <= most
    assert found[Verdict.TOO_LITTLE] < 0.01


@pytest.mark.parametrize("phi, rate, by", [(0.0, 0.06, 0.05), (0.4, 0.13, 0.06)])
def test_who_looks_every_day_for_six_weeks_is_seldom_told_of_a_change_that_is_none(
    phi: float, rate: float, by: float
) -> None:
    assert within(changed_ever(series(Pain(4, 70, phi=phi), 200, SEED), since=28), rate, by)


def test_one_look_alone_would_tell_most_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    # Why a change has to be found on each day of a week.
    monkeypatch.setattr(trend, "HELD_DAYS", 1)

    assert within(changed_ever(series(Pain(4, 70), 200, SEED), since=28), 0.6, 0.1)


@pytest.mark.parametrize("slope, said", [(-1.0, Verdict.IMPROVING), (1.0, Verdict.WORSENING)])
@pytest.mark.parametrize("phi, power", [(0.0, 0.71), (0.4, 0.53)])
def test_a_point_a_week_is_told_after_four_weeks(slope: float, said: Verdict, phi: float, power: float) -> None:
    assert within(verdicts(series(Pain(4, 28, slope, phi), 500, SEED))[said], power, 0.08)


def test_a_slow_recovery_is_told_over_ten_weeks() -> None:
    found = [
        change_over(log, day(0), day(69)).verdict for log in logs(series(Pain(5, 70, slope=-0.3, phi=0.4), 200, SEED))
    ]

    assert found.count(Verdict.IMPROVING) >= 150
    assert found.count(Verdict.WORSENING) == 0


def test_ten_flat_weeks_are_hardly_ever_called_a_change() -> None:
    found = [change_over(log, day(0), day(69)).verdict for log in logs(series(Pain(4, 70, phi=0.4), 200, SEED))]

    assert found.count(Verdict.IMPROVING) + found.count(Verdict.WORSENING) <= 16
