"""The red flags that the log raises: at the number, and one below it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from msgspec import structs

from coach.core import log
from coach.core.clinical.bout import Bout, BoutKind
from coach.core.clinical.colour import judge
from coach.core.clinical.history import History
from coach.core.clinical.profiles import profile_for
from coach.core.clinical.red_flags import FLAGS
from coach.core.clinical.self_tests import Shortfall
from coach.core.clinical.triggers import By, Evidence, Standing, standing
from coach.core.log import DayEntry, FlagEntry, Spot
from coach.core.routine.exercise import PainSite
from coach.core.routine.routine import Rules
from tests.core.clinical.made import NO_MOMENT, ago, day, history, session

CALM = range(69, -1, -1)


def days(**told: Mapping[int, Any]) -> dict[date, DayEntry]:
    """Seventy calm days, but for what is told, by how many days ago."""
    entries = {back: day(ago(back), 1, worst=1) for back in CALM}
    for field, values in told.items():
        for back, value in values.items():
            entries[back] = structs.replace(entries[back], **{field: value})
    return {entry.day: entry for entry in entries.values()}


def cleared(name: str, back: int) -> FlagEntry:
    return FlagEntry(f"c{back}", name, ago(back), False, NO_MOMENT)


def standing_of(
    *bouts: Bout,
    days_: Mapping[date, DayEntry] | None = None,
    tests: Iterable[log.TestResult] = (),
    flags: Iterable[FlagEntry] = (),
    **more: Any,
) -> dict[str, Standing]:
    past: History = history(*bouts, days=days() if days_ is None else days_)
    past = replace(past, tests=tuple(tests), flags=tuple(flags))
    judged = judge(past, lambda one: profile_for(one.kind, Rules(), one.sites))
    return {one.flag.name: one for one in standing(past, judged, **more)}


def test_a_calm_log_raises_nothing() -> None:
    assert standing_of(session(ago(3))) == {}


RAISED: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    (
        "constant_or_night_pain",
        {"night": {8: True, 5: True, 2: True}},
        {"night": {9: True, 5: True, 2: True}},
    ),
    ("morning_pain_6", {"morning": {4: 6}}, {"morning": {4: 5}}),
    ("worst_pain_7_twice", {"worst": {9: 7, 4: 8}}, {"worst": {9: 6, 4: 8}}),
    ("limp_over_3_days", {"limp": dict.fromkeys((6, 5, 4, 3), True)}, {"limp": dict.fromkeys((6, 5, 4), True)}),
    ("limp_over_3_days", {"limp": dict.fromkeys((7, 6, 4, 3), True)}, {"limp": {7: True, 6: True, 5: False, 4: True}}),
]


@pytest.mark.parametrize("name, enough, less", RAISED)
def test_the_days_raise_it_at_the_number_and_not_below(name: str, enough: Any, less: Any) -> None:
    found = standing_of(days_=days(**enough))

    assert list(found) == [name]
    assert found[name].by is By.LOG
    assert found[name].evidence
    assert standing_of(days_=days(**less)) == {}


def run(back: int, **answers: Any) -> Bout:
    return replace(session(ago(back)), kind=BoutKind.RUN, **answers)


def hop(back: int, pain: int, *, groin: bool = False) -> log.TestResult:
    return log.TestResult(f"t{back}", "single_hop", ago(back), 10, 10, None, pain, NO_MOMENT, groin=groin)


GROIN = frozenset((PainSite.GROIN,))


def test_groin_pain_of_3_in_a_run_is_urgent_and_2_or_another_site_is_not() -> None:
    name = "groin_pain_with_running"

    found = standing_of(run(4, during=3, sites=GROIN), sites=GROIN)

    assert found[name].evidence == (Evidence(ago(4), 3, "run"),)
    assert name not in standing_of(run(4, during=2, sites=GROIN), sites=GROIN)
    assert name not in standing_of(run(4, during=3, sites=frozenset((PainSite.LATERAL,))))
    assert name not in standing_of(replace(run(4, during=3, sites=GROIN), kind=BoutKind.WALK), sites=GROIN)


def test_any_hop_pain_in_the_groin_is_urgent() -> None:
    name = "groin_pain_with_running"

    assert name in standing_of(tests=[hop(4, 1, groin=True)])
    assert name in standing_of(tests=[hop(4, 1)], sites=GROIN)
    assert name not in standing_of(tests=[hop(4, 0, groin=True)])
    assert name not in standing_of(tests=[hop(4, 1)])


@pytest.mark.parametrize("rung", ["march", "jog_on_spot", "double_hop", "single_hop"])
def test_groin_pain_on_any_step_of_the_impact_check_is_urgent(rung: str) -> None:
    name = "groin_pain_with_running"

    assert name in standing_of(tests=[structs.replace(hop(4, 1, groin=True), name=rung)])
    assert name not in standing_of(tests=[structs.replace(hop(4, 1, groin=True), name="side_plank")])


@pytest.mark.parametrize(("minutes", "cadence", "pain", "raised"), [
    (30.0, 100.0, 1, True), (29.0, 100.0, 1, False), (30.0, 99.0, 1, False), (30.0, None, 1, False),
    (30.0, 100.0, 0, False),
])  # fmt: skip
def test_groin_pain_on_a_brisk_walk_is_urgent(minutes: float, cadence: float | None, pain: int, raised: bool) -> None:
    walk = replace(run(4, during=pain, sites=GROIN), kind=BoutKind.WALK, minutes=minutes, cadence=cadence)

    assert ("groin_pain_with_running" in standing_of(walk)) is raised


def test_three_red_days_in_28_refer_and_two_bouts_of_one_day_are_one() -> None:
    reds = [replace(session(ago(back)), during=7) for back in (30, 17, 3)]
    twice = [*reds[1:], replace(reds[2], uid="again")]

    assert "three_reds" in standing_of(*reds)
    assert "three_reds" not in standing_of(*reds[1:], replace(session(ago(31)), during=7))
    assert "three_reds" not in standing_of(*twice)


def test_under_the_groin_profile_a_limp_refers_at_once() -> None:
    calm = days(morning=dict.fromkeys(CALM, 0), worst=dict.fromkeys(CALM, 0))
    limping = replace(session(ago(5), 0, 0, 0), limp=True, after60=0, morning=0)

    assert "groin_with_limp_or_night" in standing_of(replace(limping, sites=GROIN), days_=calm, sites=GROIN)
    assert "groin_with_limp_or_night" not in standing_of(limping, days_=calm)


def test_a_new_place_refers_and_the_first_place_ever_named_is_not_new() -> None:
    lateral, back = Spot(PainSite.LATERAL), Spot(PainSite.BACK)

    named_later = standing_of(days_=days(spots={9: (lateral,), 4: (lateral, back)}))
    besides_home = standing_of(days_=days(spots={4: (back,)}), sites=(PainSite.LATERAL,))

    assert named_later["new_pain_site"].evidence == (Evidence(ago(4), what="back"),)
    assert "new_pain_site" in besides_home
    assert standing_of(days_=days(spots={9: (lateral,), 4: (lateral,)})) == {}


def test_a_test_that_misses_its_goal_three_times_in_a_row_refers() -> None:
    def plank(back: int, seconds: float) -> log.TestResult:
        return log.TestResult(f"t{back}", "plank", ago(back), None, None, seconds, 0, NO_MOMENT)

    def below(test: log.TestResult, form: log.TestResult | None) -> tuple[Shortfall, ...]:
        assert form is None
        return (Shortfall.SHORT,) if (test.value or 0) < 45 else ()

    thrice, met = [plank(24, 20), plank(16, 30), plank(8, 40)], [plank(24, 20), plank(16, 50), plank(8, 40)]

    found = standing_of(tests=thrice, below=below)["failing_item"].evidence
    assert [(one.value, one.why, one.pain) for one in found] == [(n, (Shortfall.SHORT,), 0) for n in (20, 30, 40)]
    assert standing_of(tests=met, below=below) == {}
    assert standing_of(tests=[*met, plank(1, 30)], below=below) == {}
    assert standing_of(tests=thrice) == {}


def test_an_item_of_two_tests_or_a_ladder_fails_with_any_of_them_once_a_day() -> None:
    def tried(back: int, name: str, value: float, *, form: float | None = None) -> list[log.TestResult]:
        one = log.TestResult(f"{name}{back}", name, ago(back), value, value, None, 0, NO_MOMENT)
        ticks = structs.replace(one, uid=f"f{back}", name="single_leg_squat_form", left=form, right=form)
        return [one, ticks] if form is not None else [one]

    def below(test: log.TestResult, form: log.TestResult | None) -> tuple[Shortfall, ...]:
        if form is not None and (form.left or 0) < 3:
            return (Shortfall.FORM,)
        return (Shortfall.SHORT,) if (test.left or 0) < 10 else ()

    planks = [*tried(24, "plank", 5), *tried(16, "side_plank", 5), *tried(16, "plank", 20), *tried(8, "plank", 5)]
    impact = [*tried(24, "single_hop", 5), *tried(16, "double_hop", 5), *tried(8, "jog_on_spot", 5)]
    squats = [one for back in (24, 16, 8) for one in tried(back, "single_leg_squat", 12, form=1)]
    one_day = [*tried(8, "plank", 5), *tried(8, "side_plank", 5), *tried(8, "plank", 6)]
    mended = [*planks[:-1], *tried(8, "plank", 5), *tried(8, "plank", 20)]

    for tests in (planks, impact, squats):
        assert [of.day for of in standing_of(tests=tests, below=below)["failing_item"].evidence] == [
            ago(24), ago(16), ago(8),
        ]  # fmt: skip
    assert standing_of(tests=one_day, below=below) == {}
    assert standing_of(tests=mended, below=below) == {}


def test_the_worsening_alarm_refers() -> None:
    assert "worsening" in standing_of(alarms=[ago(6)])


# -- standing and clearing ---------------------------------------------------------------------------------------------


def test_a_clinicians_look_on_the_day_of_the_newest_evidence_or_later_clears_it() -> None:
    six = days(morning={4: 6})

    assert standing_of(days_=six, flags=[cleared("morning_pain_6", 4)]) == {}
    assert "morning_pain_6" in standing_of(days_=six, flags=[cleared("morning_pain_6", 5)])


def test_what_is_logged_after_that_raises_it_again() -> None:
    again = days(morning={9: 6, 2: 6})

    assert "morning_pain_6" in standing_of(days_=again, flags=[cleared("morning_pain_6", 4)])


def test_a_red_that_turns_out_next_morning_is_not_cleared_by_a_look_the_day_before() -> None:
    reds = [replace(session(ago(back)), during=7) for back in (17, 10)]
    last = replace(session(ago(3)), morning=5)

    assert "three_reds" in standing_of(*reds, last, flags=[cleared("three_reds", 3)])
    assert "three_reds" not in standing_of(*reds, last, flags=[cleared("three_reds", 2)])


def test_what_a_person_raised_stands_beside_it_and_the_gravest_comes_first() -> None:
    said = FlagEntry("f", "fever_or_hot_joint", ago(1), True, NO_MOMENT)

    found = standing_of(days_=days(morning={4: 6}), flags=[said])

    assert [(name, one.by) for name, one in found.items()] == [
        ("fever_or_hot_joint", By.PERSON),
        ("morning_pain_6", By.LOG),
    ]
    assert found["fever_or_hot_joint"].since == ago(1)


def test_the_screen_asks_only_what_a_person_can_answer() -> None:
    assert {flag.name for flag in FLAGS if not flag.asked} == {
        "morning_pain_6",
        "three_reds",
        "groin_with_limp_or_night",
        "worsening",
        "worst_pain_7_twice",
        "failing_item",
    }


# -- no improvement ----------------------------------------------------------------------------------------------------


def weeks(*means: float | None, worst: bool = True) -> dict[date, DayEntry]:
    """Weeks of the same value each day, the last one ending today; None is a week without an answer."""
    entries = {}
    for at, value in enumerate(reversed(means)):
        for back in range(7 * at, 7 * at + 7):
            told = None if value is None else round(value)
            entries[ago(back)] = day(ago(back), None if worst else told, worst=told if worst else None)
    return entries


def improves(*means: float | None, worst: bool = True, looked: int | None = None) -> bool:
    entries = weeks(*means, worst=worst)
    past = replace(history(days=entries), began=min(entries))
    if looked is not None:
        past = replace(past, flags=(cleared("no_improvement", looked),))
    return "no_improvement" not in {one.flag.name for one in standing(past, ())}


@pytest.mark.parametrize(
    "means, enough",
    [
        ((4.0,), True),  # too early
        ((4.0, 4.0), False),
        ((4.0, 5.0), False),
        ((4.0, 3.0), True),
        ((6.0, 4.0, 5.0, 5.0, 5.0), True),  # better than at first, and no six weeks yet
        ((6.0, 5.0, 5.0, 5.0, 5.0, 5.0), False),  # 1 point, 17 %
        ((6.0, 5.0, 5.0, 5.0, 5.0, 4.0), True),  # 2 points
        ((3.0, 3.0, 3.0, 3.0, 3.0, 2.0), True),  # 33 %
        ((4.0, 4.0, 4.0, 4.0, 4.0, 3.0), False),  # 1 point, 25 %
        ((1.0, 1.0), True),  # nothing left to gain
        ((1.0, 5.0), False),  # it has risen from low
        ((1.0, 2.0), True),
        ((1.0, 3.0), False),
        ((2.0, 2.0), False),
        ((4.0, None), True),  # who does not answer is not judged
        ((None, 4.0), True),
    ],
)
def test_no_better_after_two_weeks_or_too_little_after_six(means: tuple[float | None, ...], enough: bool) -> None:
    assert improves(*means) is enough
    assert improves(*means, worst=False) is enough


def test_after_a_clinicians_look_the_weeks_count_anew() -> None:
    assert not improves(4, 4, 4, 4)
    assert improves(4, 4, 4, 4, looked=10)
    assert not improves(4, 4, 4, 4, looked=14)


def test_a_long_log_is_compared_with_the_week_eight_weeks_before() -> None:
    assert not improves(1, 1, 1, 4, 4, 4, 4, 4, 4, 4, 4, 4)
