"""`coach log`: what happened on a day, entered."""

from datetime import date
from typing import Any

import click

from coach.app.guidance import guidance as look
from coach.app.logbook import SELF_TESTS, TESTS_BY_NAME, Logbook, SelfTest
from coach.app.prescribing import prescribed
from coach.app.surroundings import Log, Surroundings
from coach.app.today import due_routine
from coach.app.training import Answers, Training
from coach.cli.opening import reading, writing
from coach.cli.routines import read_routine_file
from coach.cli.values import LINE, PAIN, Day, Number, Where, Whole
from coach.core.clinical.red_flags import BY_NAME, FLAGS, Tier
from coach.core.log import OutingKind, Spot
from coach.core.routine.bounds import MAX_STAGES
from coach.core.routine.routine import Routine
from coach.words import entries as words
from coach.words import guidance, red_flags
from coach.words.numbers import figure
from coach.words.translate import tr

DONE, PROBLEMS, USAGE, FAILED = 0, 1, 2, 3
_BOUNDS = {"s": 3600, "reps": 1000, "points": 10}

_date = click.option("--date", "day", type=Day(), metavar="D", help="The day, as 2026-11-20; today if left out.")
_pain = click.option("--pain", type=PAIN, required=True, metavar="N", help="Worst pain while doing it, 0 to 10.")


@click.group()
def log() -> None:
    """Record the day's pain, a walk or run, a session done without the app, a self-test, a red flag.

    Pain is a whole number: 0 no pain, 10 the worst imaginable. What was recorded is never changed: a correction is a
    newer entry for the same day.
    """


class _Book:
    """The log, open for one entry."""

    def __init__(self, surroundings: Surroundings, opened: Log, day: date | None) -> None:
        self.book: Logbook = surroundings.logbook(opened)
        self.today = self.book.today()
        self.day = day if day is not None else self.today
        if self.day > max(self.today, surroundings.calendar.now().date()):
            click.echo(words.in_the_future(self.day), err=True)


@log.command("day")
@_date
@click.option("--morning", type=PAIN, metavar="N", help="Pain at the first steps of the morning, 0 to 10.")
@click.option("--worst", type=PAIN, metavar="N", help="Worst pain of the day, 0 to 10.")
@click.option("--night/--no-night", default=None, help="Woken by the hip in the night before.")
@click.option("--analgesic/--no-analgesic", default=None, help="Took a painkiller within 24 hours.")
@click.option("--limp/--no-limp", default=None, help="Limped that day.")
@click.option(
    "--where",
    "spots",
    type=Where(),
    multiple=True,
    metavar="SITE",
    help="Where it hurt: groin, lateral, sit_bone, lateral_thigh or back, with a side as in left:groin; or nowhere. "
    "May be given again.",
)
@click.pass_obj
def log_day(
    surroundings: Surroundings,
    day: date | None,
    morning: int | None,
    worst: int | None,
    night: bool | None,
    analgesic: bool | None,
    limp: bool | None,
    spots: tuple[Spot | None, ...],
) -> None:
    """Record the day's pain. Morning and evening may be two entries: what is left out stays as it was."""
    if not spots and all(one is None for one in (morning, worst, night, analgesic, limp)):
        raise click.UsageError(tr("Nothing to record: give --morning N, --worst N or both."))
    with writing(surroundings) as opened:
        at = _Book(surroundings, opened, day)
        known = next(iter(opened.days(at.day, at.day)), None)
        # What is not ticked with the answer that it belongs to did not happen; without that answer nothing was said.
        if morning is not None:
            night = bool(night) if known is None or known.night is None else night
            analgesic = bool(analgesic) if known is None or known.analgesic is None else analgesic
        if worst is not None:
            limp = bool(limp) if known is None or known.limp is None else limp
        at.book.day(
            at.day,
            morning=morning,
            worst=worst,
            night=night,
            analgesic=analgesic,
            limp=limp,
            spots=tuple(spot for spot in spots if spot) if spots else None,
        )
        click.echo(words.day(opened.days(at.day, at.day)[0], at.today))


def _outing_options(command: Any) -> Any:  # click's decorators are not typed for being put together
    for option in (
        click.option("--groin", is_flag=True, help="The pain was in the groin or the front of the hip."),
        click.option("--limp", is_flag=True, help="Limped."),
        click.option("--pain-after60", type=PAIN, metavar="N", help="Pain an hour afterwards, 0 to 10."),
        click.option("--pain-after", type=PAIN, metavar="N", help="Pain afterwards, 0 to 10."),
        click.option("--pain-before", type=PAIN, metavar="N", help="Pain before, 0 to 10."),
        _pain,
        click.option("--cadence", type=Number(0, 400, over=True), metavar="C", help="Steps a minute."),
        click.option("--distance-km", type=Number(0, 1000), metavar="K", help="Kilometres."),
        click.option("--minutes", type=Number(0, 1440, over=True), required=True, metavar="M", help="How long."),
        _date,
    ):
        command = option(command)
    return command


@log.command("walk")
@_outing_options
@click.pass_obj
def log_walk(surroundings: Surroundings, /, day: date | None, **told: Any) -> None:
    """Record a walk."""
    _record_outing(surroundings, OutingKind.WALK, day, told)


@log.command("run")
@_outing_options
@click.option("--stage", type=Whole(1, MAX_STAGES), metavar="N", help="The stage of the return-to-run plan.")
@click.option("--running", "running_min", type=Number(0, 1440), metavar="M", help="Minutes of running in it.")
@click.pass_obj
def log_run(surroundings: Surroundings, /, day: date | None, **told: Any) -> None:
    """Record a run. Walking in between belongs to its minutes, not to those of running."""
    running, minutes = told["running_min"], told["minutes"]
    if running is not None and running > minutes:
        raise click.UsageError(
            tr("--running is {running} and --minutes {minutes}: a run holds no more running than it is long.").format(
                running=figure(running), minutes=figure(minutes)
            )
        )
    _record_outing(surroundings, OutingKind.RUN, day, told)


def _record_outing(surroundings: Surroundings, kind: OutingKind, day: date | None, told: dict[str, Any]) -> None:
    with writing(surroundings) as opened:
        at = _Book(surroundings, opened, day)
        at.book.outing(kind, at.day, **told)
        click.echo(words.outing(kind, at.day, at.today, told))


@log.command("session")
@click.argument("file", metavar="[FILE]", required=False)
@_date
@click.option("--pain-before", type=PAIN, required=True, metavar="N", help="Pain before, 0 to 10.")
@_pain
@click.option("--pain-after", type=PAIN, required=True, metavar="N", help="Pain afterwards, 0 to 10.")
@click.option("--effort", type=PAIN, metavar="N", help="How hard it was, 0 to 10.")
@click.option("--note", type=LINE, default="", metavar="TEXT", help="A line about it.")
@click.pass_obj
def log_session(
    surroundings: Surroundings,
    file: str | None,
    day: date | None,
    pain_before: int,
    pain: int,
    pain_after: int,
    effort: int | None,
    note: str,
) -> int:
    """Record a session that was done without the app: of a routine FILE, or of the routine in use."""
    settings = surroundings.settings_file().read().settings
    routines = surroundings.routines()
    routine: Routine | None = None
    if file is not None:
        read = read_routine_file(routines, file, settings.home_side)
        if isinstance(read, int):
            return read
        routine = prescribed(read, routines.library, settings, own=False).routine
    with writing(surroundings) as opened:
        at = _Book(surroundings, opened, day)
        if routine is None:
            due = due_routine(opened, routines, settings, at.day)
            if due is None:
                click.echo(tr("No routine is in use. Name a file, or take one in: coach import FILE"), err=True)
                return PROBLEMS
            routine = due.given.routine
        answers = Answers(pain_before, pain, pain_after, effort, note)
        _training(surroundings, opened).log_undone(routine, answers, day)
        click.echo(words.session(routine, at.day, at.today, answers))
    return DONE


def _training(surroundings: Surroundings, opened: Log) -> Training:
    def no_keeper(uid: str) -> Any:
        raise AssertionError(uid)  # nothing is guided here

    return surroundings.training(opened, no_keeper)


@log.command("test", epilog=tr("Names: {names}").format(names=", ".join(TESTS_BY_NAME)))
@click.argument("name")
@_date
@click.option("--left", metavar="V", help="What the left side did.")
@click.option("--right", metavar="V", help="What the right side did.")
@click.option("--value", metavar="V", help="The result of a test that has no sides.")
@click.option("--groin", is_flag=True, help="The pain was in the groin or the front of the hip.")
@_pain
@click.pass_context
def log_test(
    context: click.Context,
    name: str,
    day: date | None,
    left: str | None,
    right: str | None,
    value: str | None,
    pain: int,
    *,
    groin: bool,
) -> None:
    """Record a self-test: seconds, reps or points, by the test. One side alone is fine."""
    # A library calls the exercise of a test `test_side_plank`.
    test = TESTS_BY_NAME.get(name.lower().replace("-", "_").removeprefix("test_"))
    if test is None:
        raise click.UsageError(words.no_such_test(name, [one.name for one in SELF_TESTS]))
    numbers = _results(context, test, {"left": left, "right": right, "value": value})
    surroundings: Surroundings = context.obj
    with writing(surroundings) as opened:
        at = _Book(surroundings, opened, day)
        at.book.test(test.name, at.day, pain=pain, groin=groin, **numbers)
        click.echo(words.test(test, at.day, at.today, numbers, pain))


def _results(context: click.Context, test: SelfTest, given: dict[str, str | None]) -> dict[str, float | None]:
    wanted = ("left", "right") if test.sided else ("value",)
    for option, written in given.items():
        if written is not None and option not in wanted:
            raise click.UsageError(words.wrong_side(test, option))
    if all(given[option] is None for option in wanted):
        raise click.UsageError(words.no_result(test))
    return {
        option: None if written is None else _result(context, test, option, written)
        for option, written in given.items()
    }


def _result(context: click.Context, test: SelfTest, option: str, written: str) -> float:
    param = next(one for one in context.command.params if one.name == option)
    number = Number(0, _BOUNDS[test.unit]).convert(written, param, context)
    if test.unit == "reps" and not number.is_integer():
        raise click.BadParameter(words.whole_reps(written), context, param)
    return number


@log.command("flag")
@click.argument("name", required=False)
@_date
@click.option("--clear", is_flag=True, help="A clinician has looked: the flag no longer stands.")
@click.option("--list", "as_list", is_flag=True, help="List the flags, how soon each, and which stand.")
@click.pass_obj
def log_flag(surroundings: Surroundings, name: str | None, day: date | None, clear: bool, as_list: bool) -> None:
    """Record a red flag: a sign that a clinician should look; or clear it once one has."""
    if as_list:
        _list_flags(surroundings)
        return
    if name is None:
        raise click.UsageError(tr("Which flag? coach log flag --list shows them."))
    flag = BY_NAME.get(name.replace("-", "_"))
    if flag is None:
        raise click.UsageError(words.no_such_flag(name, _flag_names()))
    with writing(surroundings) as opened:
        at = _Book(surroundings, opened, day)
        at.book.flag(flag.name, at.day, raised=not clear)
        click.echo(words.flag(flag, at.day, at.today, raised=not clear))
        if not clear:
            click.echo(red_flags.advice(flag))


def _flag_names() -> list[str]:
    return [f"{tier}: {', '.join(flag.name for flag in FLAGS if flag.tier is tier)}" for tier in Tier]


def _list_flags(surroundings: Surroundings) -> None:
    settings = surroundings.settings_file().read().settings
    with reading(surroundings) as opened:
        today = surroundings.logbook(opened).today()
        seen = look(opened, surroundings.routines(), settings, today)
    standing = {one.flag: one for one in seen.standing}
    for flag in FLAGS:
        click.echo(words.flag_line(flag, stands=flag in standing))
        if flag in standing:
            click.echo(f"    {guidance.evidence(standing[flag], today)}")
