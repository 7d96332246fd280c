"""What failed, in words: what happened, what was kept, and what to do."""

import errno
from pathlib import Path

import pytest

from coach.app.errors import (
    Busy,
    Damaged,
    Foreign,
    Missing,
    Newer,
    NoFile,
    NothingToDo,
    OwnFile,
    Reason,
    Refused,
    SessionUnderWay,
    Unavailable,
)
from coach.app.ports import Trouble, TroubleKind
from coach.words.failures import failure, only_to_look, unheard, unheard_in_all

ERRORS: tuple[Exception, ...] = (
    *(Unavailable(reason) for reason in Reason),
    NoFile("coach.db-journal"),
    Newer(9, 1),
    Damaged(("page 7",)),
    Missing(("coach.db: gone",)),
    Foreign("SQLITE_NOTADB"),
    Refused("event: this number is taken"),
    NothingToDo("routine of 1 items"),
    OwnFile(Path("/a/coach.db")),
    SessionUnderWay(),
    Busy(),
)


@pytest.mark.parametrize("error", ERRORS, ids=repr)
def test_every_failure_says_what_happened_and_what_was_kept(error: Exception) -> None:
    said = failure(error)

    assert said.endswith((".", "FILE"))
    kept = ("lost", "Nothing was changed", "not changed", "not touched", "untouched", "nothing was changed")
    assert any(words in said for words in kept)
    assert "SQLITE" not in said
    assert "page 7" not in said


def test_every_failure_has_words_of_its_own() -> None:
    said = [failure(error) for error in ERRORS]

    assert len(set(said)) == len(said)


@pytest.mark.parametrize(
    "error", [Unavailable(Reason.DISK_FULL), OSError(errno.ENOSPC, "No space"), OSError(errno.EDQUOT, "Quota", "/a/b")]
)
def test_a_full_disk_says_to_make_room(error: Exception) -> None:
    assert failure(error) == (
        "The disk is full. Nothing that was saved before is lost. Free some space, then try again."
    )


def test_a_newer_log_names_both_versions() -> None:
    assert "(format 9; this one knows 1)" in failure(Newer(9, 1))


@pytest.mark.parametrize(
    "error,said",
    [
        (FileNotFoundError(2, "No such file", "/a/b.json"), "There is no such file: /a/b.json"),
        (FileExistsError(17, "File exists", "/a/routines"), "/a/routines is in the way. Nothing was changed."),
        (PermissionError(13, "Permission denied", "/a"), "There is no permission for /a."),
        (IsADirectoryError(21, "Not an ordinary file", "/dev/x"), "/dev/x: Not an ordinary file"),
        (OSError(errno.EROFS, "Read-only", "/a/.coach-x.part"), "/a cannot be written to. Nothing was changed."),
        (OSError(5, "Input/output error"), "Input/output error"),
        (OSError("odd"), "odd"),
        (ValueError("anything"), "anything"),
    ],
)
def test_what_the_system_says_is_named_with_its_file(error: Exception, said: str) -> None:
    assert failure(error) == said


@pytest.mark.parametrize("kind", TroubleKind)
@pytest.mark.parametrize("voice", [True, False])
def test_what_is_not_heard_never_stops_the_session(kind: TroubleKind, voice: bool) -> None:
    said = unheard(Trouble(kind, "/dev/snd: secret detail"), voice=voice)

    assert "The session goes on" in said
    assert ("screen flashes" in said) is not voice
    assert ("voice" in said.lower()) is voice
    assert "secret" not in said


@pytest.mark.parametrize("tones", [True, False])
@pytest.mark.parametrize("voice", [None, *TroubleKind])
@pytest.mark.parametrize("sound", [None, *TroubleKind])
def test_one_notice_never_promises_tones_that_are_not_heard(
    sound: TroubleKind | None, voice: TroubleKind | None, tones: bool
) -> None:
    heard = tones and sound is None

    said = unheard_in_all(Trouble(sound) if sound else None, Trouble(voice) if voice else None, tones=heard)

    assert bool(said) == (sound is not None or voice is not None)
    assert ("with tones" in said) == (heard and voice is not None)
    assert said.count("The session goes on") == bool(said)


@pytest.mark.parametrize("reason", [Reason.PERMISSION, Reason.READ_ONLY, Reason.DISK_FULL])
def test_a_window_that_keeps_nothing_says_what_to_do(reason: Reason) -> None:
    said = only_to_look(Unavailable(reason), Path("/home/anna/{coach}"))

    assert "nothing is kept" in said
    assert ("Free some space" if reason is Reason.DISK_FULL else "/home/anna/{coach}") in said
