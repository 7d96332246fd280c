"""The pain trend in words: warm, exact, and no more than is known."""

import re
from datetime import date

import pytest

from coach.core.clinical.pain_alarm import FALSE_ALARMS_PCT
from coach.core.clinical.slope import Slope
from coach.core.clinical.trend import Change, Verdict, change_over, trend
from coach.words import trend as words
from tests.core.clinical.mornings import ON, ago, mornings

LEAST = "It takes 14 mornings, over at least 21 days."
FALLING = "9957787 6665456 5533454 4332322"


def said(written: str) -> str:
    return words.headline(trend(mornings(written), ON).change)


@pytest.mark.parametrize(
    "written, sentence",
    [
        (FALLING, "Pain is down 4.7 points since 24 October: a clinically meaningful change."),
        (FALLING[::-1], "Pain is up 4.7 points since 24 October: a clinically meaningful change."),
        ("4544432 5354333 4232332", "Pain is down 1.0 points since 31 October: improving."),
        ("7766777 8897989 9898989", "Pain is up 1.9 points since 31 October: worsening."),
        (
            "4354343 5344354 3454343 4535443",
            (
                "No clear change yet: over the 4 weeks since 24 October what the pain did may be no more than its ups "
                "and downs."
            ),
        ),
        (
            "3",
            f"Too early for a trend: 1 morning with its pain so far, over 1 day. {LEAST}",
        ),
        (
            "765....4",
            f"Too early for a trend: 4 mornings with their pain so far, over 8 days. {LEAST}",
        ),
        (
            "",
            f"No morning pain is recorded in the weeks up to 20 November, so there is no trend to tell. {LEAST}",
        ),
        (
            "9957.87 6.6.4.6 5.3.4.4 4.32.22",
            "Too few mornings to tell a change: 19 of 28 days have their pain, and it takes 20.",
        ),
        (
            "9957787 6665456 5533454 4.3...2",
            "Too few mornings to tell a change: the last 7 days have less than the 4 that it takes.",
        ),
        (
            "9.5.7.. 6665456 5533454 4332322",
            "Too few mornings to tell a change: the first 7 days have less than the 4 that it takes.",
        ),
    ],
)
def test_the_headline(written: str, sentence: str) -> None:
    assert said(written) == sentence


@pytest.mark.parametrize(
    "written, sentence",
    [
        (
            "4354343 5344354 3454343 4535443",
            "Over the whole time since 24 October no clear change can be told yet.",
        ),
        (
            "3",
            f"Too early for a trend: 1 morning with its pain so far, over 1 day. {LEAST}",
        ),
    ],
)
def test_beside_an_alert_no_headline_reads_as_all_clear(written: str, sentence: str) -> None:
    values = mornings(written)
    change = change_over(values, min(values), ON)

    told = f"Morning pain rose lately: worsening alert of 16 November. {sentence}"
    assert words.headline(change, date(2026, 11, 16)) == told
    assert "ups and downs" not in words.headline(change, date(2026, 11, 16))


def test_another_year_is_named() -> None:
    values = mornings("7" * 7 + "65456" * 60 + "3432" * 60 + "1" * 7)

    assert words.headline(change_over(values, ago(553), ON)) == (
        "Pain is down 6.0 points since 16 May 2025: a clinically meaningful change."
    )


def change(verdict: Verdict) -> Change:
    return Change(ago(27), ON, 28, 28, 25, 4.0, 2.0, verdict, meaningful=False)


@pytest.mark.parametrize(
    "slope, verdict, sentence",
    [
        (
            Slope(-0.812, (-1.1, -0.46)),
            Verdict.IMPROVING,
            "-0.8 points a week, 90 % interval -1.1 to -0.5; 25 of 28 days",
        ),
        (
            Slope(0.5, (0.0, 1.0)),
            Verdict.WORSENING,
            "+0.5 points a week, 90 % interval over 0.0 to +1.0; 25 of 28 days",
        ),
        (
            Slope(-0.5, (-1.0, -0.01)),
            Verdict.IMPROVING,
            "-0.5 points a week, 90 % interval -1.0 to under 0.0; 25 of 28 days",
        ),
        (
            Slope(-0.5, (-1.0, 0.0)),
            Verdict.NO_CLEAR_CHANGE,
            "-0.5 points a week, 90 % interval -1.0 to 0.0; 25 of 28 days",
        ),
        (
            Slope(0.5, (0.0, 1.0)),
            Verdict.NO_CLEAR_CHANGE,
            "+0.5 points a week, 90 % interval 0.0 to +1.0; 25 of 28 days",
        ),
        (
            Slope(0.0, None),
            Verdict.NO_CLEAR_CHANGE,
            "0.0 points a week, no interval: too few days, or too many with the same score; 25 of 28 days",
        ),
    ],
)
def test_the_slope(slope: Slope, verdict: Verdict, sentence: str) -> None:
    assert words.slope(slope, change(verdict)) == sentence


def test_the_weeks_and_the_days() -> None:
    found = trend(mornings(FALLING), ON)

    assert words.weeks(found.change) == "Mean of the first 7 days 7.4, of the last 7 days 2.7"
    assert words.days(found) == (
        "Pain 0 to 2 without a painkiller on 11 % of the days, 0 or 1 on 0 %, above 5 on 10 days; "
        "worst morning of the last 7 days 4"
    )
    assert (words.weeks(trend({}, ON).change), words.days(trend({}, ON))) == ("", "")


def test_the_alarm_says_what_it_saw_and_what_to_do_and_how_often_it_is_chance() -> None:
    sentence = words.alarm(date(2026, 11, 14), ON)

    assert sentence.startswith("Worsening alert of 14 November: 3 days running")
    assert "1.5 points" in sentence
    assert "one step back" in sentence
    assert "within two weeks" in sentence
    assert f"about {FALSE_ALARMS_PCT} of 100 six-week periods" in words.alarm_by_chance()


@pytest.mark.parametrize("written", [FALLING, FALLING[::-1], "", "3", "0" * 28, "9957.87 6.6.4.6 5.3.4.4 4.32.22"])
def test_nobody_is_cleared_and_nobody_is_blamed(written: str) -> None:
    found = trend(mornings(written), ON)

    sentences = f"{words.headline(found.change)} {words.days(found)} {words.alarm(ON, ON)} {words.alarm_by_chance()}"

    assert not re.search(
        r"\b(clear(ed)? to|cleared|safe|healed|you (must|should|failed|forgot))\b", sentences, re.IGNORECASE
    )
