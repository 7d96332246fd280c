"""Routines: taken over, put in use, taken away, and what cannot be read."""

from pathlib import Path

from coach.ui.presenters.desk import Changed, Desk
from tests.ui.desks import Told
from tests.ui.fakes import TINY, World, data


def test_a_routine_is_taken_over_used_removed_and_put_back(world: World, told: Told, tmp_path: Path) -> None:
    desk = told.desk
    path = tmp_path / "a.rehab.json"
    path.write_bytes(data(TINY))
    opened = desk.routines.open_file(path)
    assert opened is not None
    assert opened.read is not None

    assert desk.routines.accept(opened.read)
    listed = desk.routines.find("tiny")
    assert listed is not None
    assert desk.settings.in_use[0] == "tiny"
    kept = desk.routines.remove(listed)
    assert kept is not None
    assert desk.routines.find("tiny") is None
    desk.routines.put_back(listed, kept)

    assert desk.routines.find("tiny") == listed
    assert told.changed.count(Changed.ROUTINES) == 3
    desk.routines.stop_using("tiny")
    assert "tiny" not in desk.settings.in_use
    desk.routines.use("mobility")
    desk.routines.use("mobility")
    assert desk.settings.in_use[0] == "mobility"
    assert desk.settings.in_use.count("mobility") == 1


def test_a_file_that_cannot_be_read_is_told(told: Told, tmp_path: Path) -> None:
    assert told.desk.routines.open_file(tmp_path / "nowhere") is None

    assert isinstance(told.failed[0].error, FileNotFoundError)


def test_the_routines_in_use_have_their_order_and_one_that_is_gone_is_passed_over(world: World, desk: Desk) -> None:
    world.receive(TINY)

    desk.choose(in_use=("tiny", "gone", "mobility"))

    assert [one.routine.id for one in desk.routines.in_use()] == ["tiny", "mobility"]
