"""`coach doctor`: is all well, and if not, what to do."""

import json

import click

from coach.app import doctor as looking
from coach.app.surroundings import Surroundings
from coach.words.failures import failure
from coach.words.terminal import check_line

DONE, FAILED = 0, 3


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON document instead of lines.")
@click.pass_obj
def doctor(surroundings: Surroundings, as_json: bool) -> int:
    """Look at log, copies, disk, sound, voice, display and fonts: one line each, ok or what to do."""
    found = []
    for one in looking.checks(surroundings, failure):
        found.append(one)
        if not as_json:
            click.echo(check_line(one))
    good = all(one.ok for one in found if one.name in looking.ESSENTIAL)
    if as_json:
        plain = [{"name": one.name, "ok": one.ok, "found": one.found, "advice": one.advice} for one in found]
        click.echo(json.dumps({"ok": good, "checks": plain}, indent=2))
    return DONE if good else FAILED
