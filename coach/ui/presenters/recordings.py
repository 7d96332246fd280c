"""The desk's part for walks and runs that a watch recorded: what the log has of them, taking them in, and back."""

from collections.abc import Iterable, Mapping

from coach.app.recordings import Arrival, Pains, Standing, record, standing, strike
from coach.ui.presenters.desk import Desk


class RecordingsDesk:
    """Recorded walks and runs, for the window."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def standing(self, one: Arrival) -> Standing | None:
        """What the log has of a recording already."""
        return self._desk.tried(lambda: standing(self._desk.reading(), one))

    def take(self, some: Mapping[Arrival, Pains]) -> bool:
        """Record these walks and runs with what the person says of them. True when all are on disk."""

        def write() -> None:
            for one, pains in some.items():
                record(self._desk.reading(), one, pains, self._desk.surroundings.calendar)

        return self._desk.write(write)

    def strike(self, some: Iterable[Arrival]) -> bool:
        """Undo `take`. True when it is on disk."""
        return self._desk.write(lambda: strike(self._desk.reading(), some, self._desk.surroundings.calendar))
