"""What failed, told on stderr in a sentence, and the exit status that says the same."""

import sys

import click

from coach.app.errors import Busy, StoreError
from coach.words.failures import failure
from coach.words.terminal import not_printed, safe

FAILED = 3


def told(error: Exception) -> int | None:
    """Tell of a failure of the surroundings; None for what is a bug."""
    if not isinstance(error, StoreError | Busy | OSError):
        return None
    if isinstance(error, OSError) and error.filename is None and _output_is_stuck():
        click.echo(not_printed(error.strerror or str(error)), err=True)
        return FAILED
    # A Busy that says more than that the window is open says it itself.
    said = str(error) if isinstance(error, Busy) and error.args else failure(error)
    click.echo(safe(said), err=True)
    return FAILED


def _output_is_stuck() -> bool:
    """Whether nothing can be printed: then it was no file of ours that could not be written."""
    try:
        sys.stdout.write("\n")  # what was refused is gone from the buffer, so an empty line asks again
        sys.stdout.flush()
    except OSError:
        return True
    return False
