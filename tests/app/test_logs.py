"""The program's own log file: what it did, and nothing of what the person entered."""

import faulthandler
import logging
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.app import logs

log = logging.getLogger("coach.test")


@pytest.fixture(autouse=True)
def put_back(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Leave logging, and pytest's own fault handler, as they were."""
    faults: list[int] = []
    monkeypatch.setattr(faulthandler, "enable", faults.append)
    monkeypatch.setattr(faulthandler, "disable", lambda: None)
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield faults
    for handler in [one for one in root.handlers if one not in handlers]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    for descriptor in faults:
        os.close(descriptor)


def written(folder: Path) -> str:
    return (folder / logs.FILE).read_text(encoding="utf-8")


def test_what_is_logged_is_in_the_file(tmp_path: Path) -> None:
    logs.write_to(tmp_path)

    log.info("session %s began", "uid-1")
    log.debug("not of interest")

    assert "INFO coach.test: session uid-1 began" in written(tmp_path)
    assert "not of interest" not in written(tmp_path)


def test_beginning_twice_writes_each_line_once(tmp_path: Path) -> None:
    logs.write_to(tmp_path)
    logs.write_to(tmp_path)

    log.warning("once")

    assert written(tmp_path).count("once") == 1


def test_of_an_exception_only_its_type_and_place_are_written(tmp_path: Path) -> None:
    entered = "my note: {pain} {number}".format(pain="pain", number=7)
    logs.write_to(tmp_path)

    try:
        try:
            raise ValueError(entered)
        except ValueError as error:
            raise RuntimeError(entered) from error
    except RuntimeError:
        log.exception("not caught")

    text = written(tmp_path)
    assert "RuntimeError" in text
    assert "ValueError" in text
    assert "test_logs.py" in text
    assert "pain 7" not in text


def test_an_unexpected_error_is_noted_where_a_person_can_find_it(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "there"

    noted = logs.note(folder, KeyError("secret"))

    assert noted == folder / logs.FILE
    assert "unexpected: KeyError" in written(folder)
    assert "secret" not in written(folder)


def test_causes_that_go_in_a_circle_come_to_an_end() -> None:
    one, other = ValueError(), KeyError()
    one.__cause__, other.__cause__ = other, one

    assert logs.without_message(one).count("because of") < 20


def test_a_folder_that_cannot_be_written_to_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    logs.write_to(tmp_path / "file")
    log.error("into the void")

    assert logs.note(tmp_path / "file" / "x", ValueError()) is None


@pytest.mark.skipif(os.name != "posix", reason="no modes elsewhere")
def test_the_files_are_the_persons_alone(tmp_path: Path) -> None:
    umask = os.umask(0)
    try:
        logs.write_to(tmp_path)
        log.warning("here")
    finally:
        os.umask(umask)

    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}
    assert {path.name for path in tmp_path.iterdir()} == {logs.FILE, logs.FAULTS}


def test_faults_of_the_interpreter_go_to_a_file_of_their_own(tmp_path: Path, put_back: list[int]) -> None:
    logs.write_to(tmp_path)

    assert [os.fstat(one).st_ino for one in put_back] == [(tmp_path / logs.FAULTS).stat().st_ino]


def test_after_letting_go_nothing_is_written(tmp_path: Path) -> None:
    logs.write_to(tmp_path)
    log.warning("before")

    logs.let_go()
    log.warning("after")

    assert "before" in written(tmp_path)
    assert "after" not in written(tmp_path)


def test_a_full_disk_says_nothing_on_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.write_to(tmp_path)

    def full(*arguments: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "open", full)
    log.warning("lost")

    assert capsys.readouterr().err == ""


def test_the_file_does_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "_SIZE", 1000)
    logs.write_to(tmp_path)

    for number in range(300):
        log.info("line %s", number)

    sizes = [path.stat().st_size for path in tmp_path.glob(f"{logs.FILE}*")]
    assert len(sizes) == 5
    assert max(sizes) < 1100
    assert "line 299" in written(tmp_path)
