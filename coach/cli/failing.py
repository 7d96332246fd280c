"""What failed, told on stderr in a sentence, and the exit status that says the same."""

import click

from coach.app.errors import Busy, StoreError
from coach.words.failures import failure
from coach.words.terminal import safe

USAGE, FAILED = 2, 3


def told(error: Exception) -> int | None:
    """Tell of a failure of the surroundings; None for what is a bug."""
    match error:
        case StoreError() | Busy():
            status = FAILED
        case FileNotFoundError() | IsADirectoryError() | NotADirectoryError() if error.filename:
            status = USAGE
        case OSError():
            status = FAILED
        case _:
            return None
    click.echo(safe(failure(error)), err=True)
    return status
