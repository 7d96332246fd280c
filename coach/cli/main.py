"""The command line: one group, its commands imported when they are called, every failure told in one place."""

from collections.abc import Sequence
from typing import Any

import click

from coach.app.surroundings import Surroundings
from coach.words.terminal import safe, stopped
from coach.words.translate import tr

DONE, PROBLEMS, USAGE, FAILED = 0, 1, 2, 3


class _Commands(click.Group):
    """Imports only the command that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of a person's work."""
        about_the_log = "session log trend readiness run-plan report".split()
        return [*about_the_log, *"check plan handout import export backup restore erase doctor demo".split()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name."""
        match cmd_name:
            case "check" | "plan":
                from coach.cli import routines

                return {"check": routines.check, "plan": routines.plan}[cmd_name]
            case "session":
                from coach.cli import session

                return session.session
            case "log":
                from coach.cli import log

                return log.log
            case "trend":
                from coach.cli import trend

                return trend.trend
            case "readiness":
                from coach.cli import readiness

                return readiness.readiness
            case "run-plan":
                from coach.cli import run_plan

                return run_plan.run_plan
            case "handout" | "report":
                from coach.cli import paper

                return {"handout": paper.handout, "report": paper.report}[cmd_name]
            case "import" | "export" | "backup" | "restore" | "erase":
                from coach.cli import data

                return {
                    "import": data.take_in,
                    "export": data.export,
                    "backup": data.backup,
                    "restore": data.restore,
                    "erase": data.erase,
                }[cmd_name]
            case "doctor":
                from coach.cli import doctor

                return doctor.doctor
            case "demo":
                from coach.cli import demo

                return demo.demo
        return None


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=(
        "Without a command the window opens. Exit status: 0 done, 1 the input has problems (they are listed), "
        "2 wrong usage, 3 the surroundings failed (disk, permission, display, database)."
    ),
)
@click.version_option(package_name="rehab-coach", prog_name="Rehab Coach", message="%(prog)s %(version)s")
def program() -> None:
    """Guided rehab sessions for runners with a sore hip, with a log of pain, walks, runs and self-tests.

    Everything stays on this computer, in one folder (COACH_HOME moves it). Dates are written 2026-11-20; 1.5 and 1,5
    are the same number.
    """


def run(arguments: Sequence[str], surroundings: Surroundings) -> int:
    """Do what the arguments say and return the exit status."""
    try:
        # Not `main`: it would turn a closed pipe and Ctrl-C into exit statuses of its own.
        with program.make_context("coach", list(arguments), obj=surroundings) as context:
            _tell_of_settings(surroundings)
            return _status(program.invoke(context))
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.UsageError as error:
        click.echo(_usage(error), err=True)
        return USAGE
    except (KeyboardInterrupt, EOFError, click.Abort):
        click.echo(stopped(), err=True)
        return FAILED
    except BrokenPipeError:
        raise
    except Exception as error:
        from coach.cli.failing import told  # only now: it knows the store's errors, and so the store

        status = told(error)
        if status is None:
            raise
        return status


def _tell_of_settings(surroundings: Surroundings) -> None:
    """Say it once where the settings cannot be read: every command would go by those of the start, without a word."""
    file = surroundings.settings_file()
    read = file.read()
    if not read.unread:
        return
    from contextlib import suppress

    from coach.words.failures import settings_unread

    with suppress(OSError):  # gone meanwhile
        click.echo(safe(settings_unread(read.trouble, file.kept_as())), err=True)


def _status(result: Any) -> int:  # what a click command returns
    return result if isinstance(result, int) else DONE


def _usage(error: click.UsageError) -> str:
    """One line: where, what is wrong, where to read on."""
    command = error.ctx.command_path if error.ctx else "coach"
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.format_message()
    what = " ".join(error.format_message().split())
    return tr("{command}: {what} Try: {command} --help").format(command=command, what=safe(what))
