"""Drafts on disk: with every edit, the latest state at last, and nothing of a damaged one gets in the way."""

import threading
from pathlib import Path

import pytest

from coach.app.drafts import DraftFiles, DraftKeeper, Kept
from coach.core.routine.editing.draft import Draft, new_draft, put
from coach.files import atomic


@pytest.fixture
def files(tmp_path: Path) -> DraftFiles:
    return DraftFiles(tmp_path / "drafts")


def draft(title: str) -> Draft:
    return new_draft(title, "a")


def test_a_draft_comes_back_with_what_was_handed_out_last(files: DraftFiles) -> None:
    kept = Kept("one", draft("B"), draft("A"), file="/somewhere", own=True, changed="2026-11-26T10:00")

    files.write(kept)

    assert files.all() == (kept,)


def test_text_that_utf_8_cannot_say_is_kept_too(files: DraftFiles) -> None:
    kept = Kept("one", put(draft("A"), ("title",), "a\ud800b"))

    files.write(kept)

    assert files.all() == (kept,)


def test_the_one_worked_on_last_comes_first(files: DraftFiles) -> None:
    for uid, changed in (("a", "2026-11-25"), ("b", "2026-11-26"), ("c", "2026-11-24")):
        files.write(Kept(uid, draft(uid), changed=changed))

    assert [one.uid for one in files.all()] == ["b", "a", "c"]


def test_without_a_folder_and_beside_damaged_files_there_is_what_there_is(files: DraftFiles, tmp_path: Path) -> None:
    assert files.all() == ()
    files.write(Kept("good", draft("A")))
    for name, content in (("a", b""), ("b", b"[1]"), ("c", b"\xff"), ("d", b'{"draft": 3}'), ("e", b"[" * 99_999)):
        (tmp_path / "drafts" / f"{name}.draft.json").write_bytes(content)

    assert [one.uid for one in files.all()] == ["good"]


def test_a_draft_that_is_given_up_is_gone(files: DraftFiles) -> None:
    files.write(Kept("one", draft("A")))

    files.remove("one")
    files.remove("one")

    assert files.all() == ()


def test_every_state_handed_over_is_followed_by_the_latest(files: DraftFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    began, go_on, really = threading.Event(), threading.Event(), atomic.write_bytes
    written = []

    def slowly(path: Path, content: bytes) -> None:
        written.append(content)
        began.set()
        assert go_on.wait(20)
        really(path, content)

    monkeypatch.setattr(atomic, "write_bytes", slowly)
    keeper = DraftKeeper(files)
    keeper.keep(Kept("one", draft("0")))
    assert began.wait(20)
    for number in range(1, 50):  # while the first one is written
        keeper.keep(Kept("one", draft(str(number))))
    go_on.set()

    assert keeper.flush()
    keeper.close()

    assert [one.draft for one in files.all()] == [draft("49")]
    assert len(written) == 2, "those in between were never written"


def test_a_full_disk_is_told_and_the_next_state_is_tried(files: DraftFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    really = atomic.write_bytes

    def full(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    keeper = DraftKeeper(files)
    monkeypatch.setattr(atomic, "write_bytes", full)
    keeper.keep(Kept("one", draft("A")))
    assert not keeper.flush()
    assert keeper.trouble is not None

    monkeypatch.setattr(atomic, "write_bytes", really)
    keeper.keep(Kept("one", draft("B")))
    assert keeper.flush()
    keeper.close()

    assert [one.draft for one in files.all()] == [draft("B")]


def test_what_is_forgotten_is_not_written_after_all(files: DraftFiles) -> None:
    keeper = DraftKeeper(files)
    keeper.keep(Kept("one", draft("A")))

    keeper.forget("one")
    keeper.close()

    assert files.all() == ()


def test_closing_writes_what_waits(files: DraftFiles) -> None:
    keeper = DraftKeeper(files)
    keeper.keep(Kept("one", draft("A")))

    keeper.close()

    assert [one.uid for one in files.all()] == ["one"]
