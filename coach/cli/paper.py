"""`coach handout` and `coach report`: paper for the patient, paper for the physio."""

import click

from coach.app.paper import PaperSize, Print
from coach.app.surroundings import Surroundings
from coach.cli.data import write_one
from coach.cli.opening import reading
from coach.cli.routines import open_routine_file
from coach.cli.values import Whole

_WEEKS = Whole(1, 52)

_paper = click.option(
    "--paper",
    type=click.Choice([str(one) for one in PaperSize]),
    help="The paper; that of your country if left out.",
)
_grey = click.option("--grey", is_flag=True, help="In greys alone.")
_out = click.option("-o", "--output", "out", metavar="OUT.pdf", required=True, help="The PDF to write.")


def _how(paper: str | None, *, grey: bool) -> Print:
    return Print(PaperSize(paper) if paper else None, grey)


@click.command()
@click.argument("file", metavar="FILE")
@_out
@_paper
@_grey
@click.pass_obj
def handout(surroundings: Surroundings, file: str, out: str, paper: str | None, grey: bool) -> int:
    """Write the handout of a routine file: its exercises on paper, the file itself inside the PDF.

    A file with problems is refused and its problems are listed, as `coach check` does. `coach import` takes the PDF in
    again. An older file of this name is replaced; only you can read the new one. Needs no display.
    """
    from coach.app.handout import handout as made

    routines, settings = surroundings.routines(), surroundings.settings_file().read().settings
    opened = open_routine_file(routines, file, settings.home_side)
    if isinstance(opened, int):
        return opened
    sheet = made(opened, routines, settings, surroundings.calendar.now().date())
    return write_one(surroundings, out, surroundings.shell.handout_pdf(sheet, _how(paper, grey=grey)))


@click.command()
@_out
@click.option("--weeks", type=_WEEKS, default=4, metavar="N", help="How many weeks, up to today; 4 if left out.")
@_paper
@_grey
@click.pass_obj
def report(surroundings: Surroundings, out: str, weeks: int, paper: str | None, grey: bool) -> int:
    """Write the report for the next visit: what was prescribed and done, pain, self-tests, what stands out.

    It is made of your log and stays on this computer; you decide who gets it. Needs no display.
    """
    from coach.app.report import report as made
    from coach.app.run_plan import run_plan
    from coach.words.report import running

    settings = surroundings.settings_file().read().settings
    with reading(surroundings) as log:
        today = surroundings.logbook(log).today()
        routines = surroundings.routines()
        plan = run_plan(log, routines, settings, today, surroundings.calendar.now())
        told = made(log, routines, settings, today, weeks, readiness=running(plan))
    return write_one(surroundings, out, surroundings.shell.report_pdf(told, _how(paper, grey=grey)))
