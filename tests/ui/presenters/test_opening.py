"""Files that are opened, one after the other, on a thread."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from coach.ui.presenters.desk import Desk
from coach.ui.presenters.opening import Looked, Opening
from tests.ui.fakes import TINY, data


def test_a_name_that_no_file_can_have_is_told_and_keeps_nobody_waiting(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    told: list[object] = []
    looked: list[Looked] = []
    desk.failed.connect(told.append)
    opening = Opening(desk)
    opening.on_looked(looked.append)
    good = tmp_path / "good.rehab.json"
    good.write_bytes(data(TINY))

    opening.open(Path("/tmp/a\0b.json"))
    opening.open(good)
    qtbot.waitUntil(lambda: not opening.busy)

    assert len(told) == 1
    assert [one.path for one in looked] == [good]
