"""`coach demo`: the program on a made-up log, for looking around."""

import os
import tempfile
from pathlib import Path

import click
from msgspec.structs import replace

from coach.app.demo import HEALED_WEEKS, SEED, fill
from coach.app.surroundings import Surroundings, WindowTask
from coach.cli.values import Whole
from coach.paths import Home
from coach.words.terminal import no_display
from coach.words.transfers import written
from coach.words.translate import tr

DONE, USAGE, FAILED = 0, 2, 3


@click.command()
@click.option("--weeks", type=Whole(1, 1040), default=16, show_default=True, metavar="N", help="How long the log is.")
@click.option("--keep", metavar="FOLDER", help="Write the log into this new folder and do not open the window.")
@click.option("--seed", type=Whole(0, 10**9), default=SEED, metavar="S", help="Another number, another log.")
@click.option(
    "--healed", is_flag=True, help="The criteria to run are met, and the walk/run plan is under way (from 16 weeks on)."
)
@click.pass_obj
def demo(surroundings: Surroundings, weeks: int, keep: str | None, seed: int, *, healed: bool) -> int:
    """Open the window on a made-up log in a throw-away folder. Your own log is not touched."""
    if healed and weeks < HEALED_WEEKS:
        raise click.UsageError(
            tr("A hip needs {weeks} weeks to heal here: --weeks {weeks} or more.").format(weeks=HEALED_WEEKS)
        )
    if keep is not None:
        return _keep(surroundings, Path(keep), weeks, seed, healed=healed)
    if not surroundings.shell.has_display():
        click.echo(no_display(), err=True)
        return FAILED
    with tempfile.TemporaryDirectory(prefix="rehab-coach-demo-") as folder:
        fill(replace(surroundings, home=Home(Path(folder))), weeks, seed, healed=healed)
        before = os.environ.get("COACH_HOME")
        # The window, and every helper it starts, finds its folder by this.
        os.environ["COACH_HOME"] = folder
        try:
            return surroundings.shell.open_window(WindowTask())
        finally:
            os.environ.pop("COACH_HOME")
            if before is not None:
                os.environ["COACH_HOME"] = before


def _keep(surroundings: Surroundings, folder: Path, weeks: int, seed: int, *, healed: bool) -> int:
    home = Home(folder.expanduser().absolute())
    if home.database.exists() or (folder.exists() and any(folder.iterdir())):
        raise click.UsageError(tr("{folder} is not empty; name a new one.").format(folder=folder))
    fill(replace(surroundings, home=home), weeks, seed, healed=healed)
    click.echo(written(str(folder)))
    return DONE
