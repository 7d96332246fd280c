"""What failed, told on stderr in a sentence, and the exit status that says the same."""

import click

from coach.app.errors import Busy, StoreError
from coach.words.failures import failure
from coach.words.terminal import safe

FAILED = 3


def told(error: Exception) -> int | None:
    """Tell of a failure of the surroundings; None for what is a bug."""
    if not isinstance(error, StoreError | Busy | OSError):
        return None
    # A Busy that says more than that the window is open says it itself.
    said = str(error) if isinstance(error, Busy) and error.args else failure(error)
    click.echo(safe(said), err=True)
    return FAILED
