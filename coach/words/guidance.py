"""What follows from the log, in words: why the next dose is lower, why not today, what speaks for a red flag.

Short, warm, exact: what was logged and what the plan does about it. No blame, no diagnosis.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from coach.core.clinical.bout import BoutKind
from coach.core.clinical.change import Change, ChangeKind
from coach.core.clinical.colour import Colour, Judged, Reason, Sign
from coach.core.clinical.proposal import Proposal
from coach.core.clinical.readiness_tests import HELD
from coach.core.clinical.response import Cause, Why
from coach.core.clinical.screening import ScreenDue
from coach.core.clinical.self_tests import Shortfall
from coach.core.clinical.triggers import By, Evidence, Standing
from coach.core.routine.exercise import Exercise, PainSite
from coach.words import prescription, red_flags
from coach.words.numbers import figure, from_today, long_day, seconds, short_day, weekday
from coach.words.self_tests import self_test
from coach.words.session import name
from coach.words.translate import capital, count, lower, tr

_NAMED_DAYS = 7
_MOST_SHOWN = 3
_MOST_EVIDENCE = 4


def colour(of: Colour) -> str:
    """`green`."""
    return {Colour.GREEN: tr("green"), Colour.AMBER: tr("amber"), Colour.RED: tr("red")}[of]


def kind(of: BoutKind) -> str:
    """`session`."""
    return {BoutKind.SESSION: tr("session"), BoutKind.WALK: tr("walk"), BoutKind.RUN: tr("run")}[of]


def sign(of: Reason) -> str:
    """A rule that spoke: `pain 4 while doing it (fine up to 2)`."""
    text = {
        Sign.DURING_ABOVE: tr("pain {value} while doing it (too much above {limit})"),
        Sign.LIMP: tr("a limp"),
        Sign.NIGHT_NEW: tr("the hip woke you in the night after"),
        Sign.AFTER_ABOVE: tr("pain {value} afterwards (too much above {limit})"),
        Sign.MORNING_RISE: tr("pain {value} the next morning (too much from {limit} on)"),
        Sign.MORNING_ABOVE: tr("pain {value} the next morning (too much above {limit})"),
        Sign.AFTER60_ABOVE: tr("pain {value} an hour later (too much above {limit})"),
        Sign.DURING_RAISED: tr("pain {value} while doing it (fine up to {limit})"),
        Sign.AFTER60_RAISED: tr("pain {value} an hour later (fine up to {limit})"),
        Sign.MORNING_RAISED: tr("pain {value} the next morning (fine up to {limit})"),
        Sign.NO_DURING: tr("no answer about the pain while doing it"),
        Sign.NO_AFTER: tr("no answer about the pain afterwards"),
        Sign.NO_MORNING: tr("no answer the next morning"),
        Sign.MASKED: tr("a painkiller that day or before the next morning, which may hide what it would have told"),
        Sign.NO_BEFORE: tr("the pain before was not told, so what came after cannot be compared"),
    }[of.sign]
    limit = "" if of.limit is None else figure(of.limit)
    return text.format(value=of.value, limit=limit)


def bout(of: Judged, today: date) -> str:
    """`Session on Wednesday: amber, pain 4 while doing it (fine up to 2)`."""
    what, day = capital(kind(of.bout.kind)), on_day(of.bout.day, today)
    if of.pending and all(reason.sign is Sign.NO_MORNING for reason in of.reasons):
        return tr("{kind} {day}: the next morning will tell").format(kind=what, day=day)
    said = ", ".join(filter(None, (colour(of.colour), reasons(of))))
    if of.pending and of.colour is Colour.AMBER:
        said = tr("{said}; the next morning will tell").format(said=said)
    return tr("{kind} {day}: {said}").format(kind=what, day=day, said=said)


def why(of: Why, today: date) -> str:
    """One sentence on a rule that applied; nothing for the silent ones."""
    days = _days((one.bout.day for one in of.bouts), today)
    last, single = (_last(of.bouts[-1]), _with_reasons(days, of.bouts[-1])) if of.bouts else ("", days)
    match of.cause:
        case Cause.AMBERS:
            said = tr("Amber {often} in a row: {days}. {last}")
            return said.format(often=_often(of.count), days=days, last=last).strip()
        case Cause.AMBER:
            return tr("Amber {days}.").format(days=single)
        case Cause.RED:
            return tr("Red {days}.").format(days=single)
        case Cause.REDS:
            said = tr("Red on {count} days within two weeks: {days}. {last} Please talk to your physio.")
            return said.format(count=of.count, days=days, last=last).replace("  ", " ")
        case Cause.REDS_REFER:
            said = tr("Red on {count} days within four weeks: {days}. Please see your physio or doctor.")
            return said.format(count=of.count, days=days)
        case Cause.GROIN_SIGN:
            said = tr("Red {days}. With groin pain please see your physio or doctor about it.")
            return said.format(days=single)
        case Cause.ALARM:
            return tr(
                "Within the last two weeks your morning pain lay clearly above the three weeks before, three days "
                "in a row."
            )
        case Cause.QUOTA_MET:
            return tr(
                "{count} good sessions in a row. You may ask your physio whether the next phase is for you."
            ).format(count=of.count)
        case Cause.RAISED if of.bouts:
            said = tr("{count} good sessions in a row: {days}. Your physio allows this next.")
            return said.format(count=of.count, days=days)
        case Cause.RAISED:
            return tr("Your earlier sessions went well, and your physio allows this.")
        case Cause.RETURNED:
            return tr("Green {often} in a row: the dose comes back up a step.").format(often=_often(of.count))
        case Cause.GREEN | Cause.NOTHING_YET | Cause.FROZEN:
            return ""


def whys(of: Iterable[Why], today: date) -> str:
    """The sentences, one after the other."""
    return " ".join(filter(None, (why(one, today) for one in of)))


def reasons(of: Judged) -> str:
    """What spoke for its colour, one after the other; a morning that is still to come is not missing yet."""
    told = (one for one in of.reasons if one.colour is of.colour)
    return ", ".join(sign(one) for one in told if not (of.pending and one.sign is Sign.NO_MORNING))


def _last(of: Judged) -> str:
    """`The last one: pain 4 while doing it (fine up to 2).`"""
    told = reasons(of)
    return tr("The last one: {reasons}.").format(reasons=told) if told else ""


def _with_reasons(days: str, of: Judged) -> str:
    """`yesterday: pain 8 while doing it (too much above 5)`."""
    told = reasons(of)
    return tr("{days}: {reasons}").format(days=days, reasons=told) if told else days


def _often(times: int) -> str:
    return tr("twice") if times == 2 else count(times, "%n time", "%n times")


# -- what is proposed -----------------------------------------------------------------------------------------------


def change(of: Change, known: Mapping[str, Exercise]) -> str:
    """`Clamshell: 2 sets instead of 3`."""
    what = name(of.exercise, known)
    if of.kind in _OTHER_EXERCISE:
        return tr("{other} instead of {exercise}").format(other=name(str(of.now), known), exercise=lower(what))
    if of.kind is ChangeKind.LEFT_OUT:
        return tr("{exercise}: left out today").format(exercise=what)
    return tr("{exercise}: {change}").format(exercise=what, change=_numbers(of))


_OTHER_EXERCISE = (ChangeKind.EASIER, ChangeKind.HARDER)


def changes(of: Iterable[Change], known: Mapping[str, Exercise]) -> str:
    """All changes in one line; what several exercises share is said once: `1 set instead of 2: clamshell, bridge`."""
    groups: dict[tuple[object, ...], list[Change]] = {}
    for one in of:
        groups.setdefault(_alike(one), []).append(one)
    some = list(groups.values())
    told = [_together(same, known) if len(some) > 1 else _all_alike(same, known) for same in some]
    if len(told) > _MOST_SHOWN:
        rest = sum(map(len, some[_MOST_SHOWN - 1 :]))
        told = [*told[: _MOST_SHOWN - 1], count(rest, "%n more change", "%n more changes")]
    return "; ".join(told)


def _alike(one: Change) -> tuple[object, ...]:
    match one.kind:
        case ChangeKind.EASIER | ChangeKind.HARDER:
            return one.kind, one.exercise, one.now
        case ChangeKind.LEFT_OUT:
            return (one.kind,)
        case _:
            return one.kind, one.was, one.now


def _together(same: list[Change], known: Mapping[str, Exercise]) -> str:
    kind_ = same[0].kind
    if len(same) == 1 or kind_ in _OTHER_EXERCISE:
        return change(same[0], known)
    what = tr("left out today") if kind_ is ChangeKind.LEFT_OUT else _numbers(same[0])
    names = ", ".join(lower(name(one.exercise, known)) for one in same)
    return tr("{change}: {exercises}").format(change=what, exercises=names)


def _all_alike(same: list[Change], known: Mapping[str, Exercise]) -> str:
    if len(same) == 1 or same[0].kind in (*_OTHER_EXERCISE, ChangeKind.LEFT_OUT):
        return _together(same, known)
    return tr("{change} of each exercise").format(change=_numbers(same[0]))


def _numbers(of: Change) -> str:
    if of.kind is ChangeKind.LOAD:
        was_, now_ = str(of.was), str(of.now)
        if not was_:
            return tr("with {load}").format(load=now_)
        return tr("with {now} instead of {was}").format(now=now_, was=was_)
    now, was = float(of.now), float(of.was)
    match of.kind:
        case ChangeKind.FEWER_SETS | ChangeKind.SETS:
            return tr("{now} instead of {was}").format(now=count(round(now), "%n set", "%n sets"), was=figure(was))
        case ChangeKind.FEWER_REPS | ChangeKind.REPS:
            return tr("{now} instead of {was}").format(now=count(round(now), "%n rep", "%n reps"), was=figure(was))
        case _:
            return tr("hold {now} instead of {was}").format(now=seconds(now), was=seconds(was))


def heading(of: Proposal, today: date) -> str:
    """`Lower dose today`, `A step up today`, `Not today`; nothing where it is as prescribed."""
    if of.routine is None:
        if of.until is not None:
            return tr("Not before {day}").format(day=_soon(of.until, today))
        return tr("Not today")
    if not of.changes:
        return ""
    if of.up:
        return tr("One step less than before") if _came_down(of) else tr("A step up today")
    return tr("Lower dose today")


_DOWN = (Cause.AMBERS, Cause.RED, Cause.REDS, Cause.REDS_REFER, Cause.GROIN_SIGN, Cause.ALARM)


def _came_down(of: Proposal) -> bool:
    """Whether the last thing that happened was a step down."""
    return any(one.cause in _DOWN for one in of.reasons)


def _reasons_of(of: Proposal) -> Iterable[Why]:
    """Why it is so; after a step down no longer why it once went up."""
    return (one for one in of.reasons if not (_came_down(of) and one.cause is Cause.RAISED))


def proposed(of: Proposal, known: Mapping[str, Exercise], today: date) -> str:
    """What is different today, and on a line of its own why; or why nothing is done, and what it waits for."""
    if of.routine is None:
        return not_today(of, today)
    if not of.changes:
        return ""
    reasons = whys(_reasons_of(of), today)
    return capital(tr("{changes}.\nWhy: {reasons}").format(changes=changes(of.changes, known), reasons=reasons))


def not_today(of: Proposal, today: date) -> str:
    """Why a session waits, and for what."""
    if of.flags:
        return tr("No session until a clinician has looked: {flags}.").format(
            flags=", ".join(lower(red_flags.short(flag)) for flag in of.flags)
        )
    parts = [whys(of.reasons, today)]
    if of.until is not None and of.waits_for_morning is not None:
        said = tr("Rest until {day}, and until {morning}.")
        parts.append(said.format(day=_day(of.until, today), morning=_calm_morning(of.waits_for_morning)))
    elif of.until is not None:
        parts.append(tr("Rest until {day}.").format(day=_day(of.until, today)))
    elif of.waits_for_morning is not None:
        said = tr("It goes on after {morning}: the morning check-in will tell.")
        parts.append(said.format(morning=_calm_morning(of.waits_for_morning)))
    if of.may_walk:
        parts.append(tr("Meanwhile you may walk, as far as it neither hurts nor makes you limp."))
    return " ".join(filter(None, parts))


def _calm_morning(most: float) -> str:
    if most <= 0:
        return tr("a morning without pain")
    return tr("a morning with pain of {pain} or less").format(pain=figure(most))


def as_prescribed(of: Proposal, today: date) -> str:
    """What there is to say where it is done as prescribed: that it goes well, or that it came down to this."""
    if of.changed:
        return ""
    if _came_down(of):
        return tr("Back to the prescribed dose. Why: {reasons}").format(reasons=whys(_reasons_of(of), today))
    return whys((one for one in of.reasons if one.cause in (Cause.QUOTA_MET, Cause.RETURNED)), today)


# -- red flags of the log -------------------------------------------------------------------------------------------


def evidence(of: Standing, today: date) -> str:
    """What the log shows: `In your log: 6 on Monday and 7 yesterday.`; or that the person raised it."""
    if of.by is By.PERSON:
        return tr("You ticked it {day}.").format(day=on_day(of.since, today))
    # Two bouts may turn out red on one day.
    every = tuple(dict.fromkeys(_one(one, of.flag.name, today) for one in of.evidence))
    told = _and(every[-_MOST_EVIDENCE:])
    said = tr("woken by the hip {days}").format(days=told) if of.flag.name == "constant_or_night_pain" else told
    return tr("In your log: {evidence}.").format(evidence=said)


def _one(of: Evidence, flag: str, today: date) -> str:
    day = on_day(of.day, today)
    if flag == "no_improvement":
        said = tr("pain {mean} on average in the week of {day}")
        return said.format(mean=figure(round(of.value or 0.0, 1)), day=short_day(of.day, today))
    if flag == "new_pain_site":
        return f"{lower(prescription.site(PainSite(of.what)))} {day}"
    if flag == "groin_pain_with_running":
        doing = {
            BoutKind.RUN.value: tr("running"),
            BoutKind.WALK.value: tr("walking briskly"),
            "march": tr("marching on the spot"),
            "jog_on_spot": tr("jogging on the spot"),
        }
        what = doing.get(of.what, tr("hopping"))
        return tr("pain {pain} in the groin when {what} {day}").format(pain=figure(of.value or 0), what=what, day=day)
    if flag == "failing_item":
        return _test(of, day)
    if flag == "groin_with_limp_or_night":
        return f"{sign(Reason(Sign(of.what), Colour.RED))} {day}"
    if of.value is not None:
        return tr("pain {value} {day}").format(value=figure(of.value), day=day)
    return day


def _test(of: Evidence, day: str) -> str:
    """`side plank 45 s (it hurt, pain 2) on Monday`: the number alone would not say why it did not count."""
    number = of.value or 0
    result = seconds(number) if of.what in HELD else count(round(number), "%n rep", "%n reps")
    reasons = {
        Shortfall.SHORT: tr("below the goal"),
        Shortfall.FORM: tr("form not steady"),
        Shortfall.PAIN: tr("it hurt, pain {n}").format(n=of.pain),
        Shortfall.UNEVEN: tr("sides uneven"),
    }
    told = ", ".join(reasons[one] for one in of.why)
    said = tr("{test} {result}").format(test=lower(self_test(of.what)), result=result)
    said = tr("{said} ({why})").format(said=said, why=told) if told else said
    return tr("{said} {day}").format(said=said, day=day)


# -- the questions about red flags ----------------------------------------------------------------------------------


def screen(of: ScreenDue) -> str:
    """Why the questions are asked again."""
    return {
        ScreenDue.NEVER: tr("Please answer the safety questions before you train. It takes a minute."),
        ScreenDue.GROIN_RED: tr(
            "Training was too much, with pain in the groin. Please answer the safety questions again. "
            "It takes a minute."
        ),
        ScreenDue.MONTH: tr("It is a month since the safety questions. Please answer them again. It takes a minute."),
    }[of]


# -- days -----------------------------------------------------------------------------------------------------------


def on_day(day: date, today: date) -> str:
    """`today`, `yesterday`, `on Monday`, `on 4 December`."""
    away = (today - day).days
    if 0 <= away <= 1:
        return from_today(day, today)
    if 1 < away < _NAMED_DAYS:
        return tr("on {day}").format(day=weekday(day))
    return tr("on {day}").format(day=short_day(day, today))


def _soon(day: date, today: date) -> str:
    """`tomorrow`, `Monday`, `4 December`: short enough for a chip."""
    away = (day - today).days
    if away <= 1:
        return from_today(day, today)
    return weekday(day) if away < _NAMED_DAYS else short_day(day, today)


def _day(day: date, today: date) -> str:
    """`tomorrow`, `Monday 23 November`."""
    return from_today(day, today) if (day - today).days <= 1 else long_day(day)


def _days(days: Iterable[date], today: date) -> str:
    return _and(on_day(day, today) for day in days)


def _and(parts: Iterable[str]) -> str:
    """`on Monday, on Wednesday and today`."""
    said = tuple(parts)
    return tr(" and ", "between two").join(filter(None, (", ".join(said[:-1]), *said[-1:])))
