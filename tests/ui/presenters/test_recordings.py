"""Walks and runs of a watch: known once they are taken in, and no longer once that is undone."""

from pathlib import Path

from coach.app.recordings import Pains, Recorded, Standing, arrival
from coach.app.transfer import recording_in
from coach.ui.presenters.desk import Changed
from tests.files.recordings import gpx
from tests.ui.desks import Told
from tests.ui.fakes import World


def test_a_run_is_taken_in_and_taken_back(world: World, told: Told, tmp_path: Path) -> None:
    path = tmp_path / "run.gpx"
    path.write_bytes(gpx())
    recording = recording_in(path)
    assert recording is not None
    assert isinstance(recording.found, Recorded)
    run = arrival(recording.found, world.calendar)
    assert run is not None
    recordings = told.desk.recordings

    before = recordings.standing(run)
    assert recordings.take({run: Pains(3)})
    taken = recordings.standing(run)
    assert recordings.strike((run,))

    assert (before, taken, recordings.standing(run)) == (Standing.NEW, Standing.KNOWN, Standing.NEW)
    assert told.changed == [Changed.LOG, Changed.LOG]
    assert told.failed == []
