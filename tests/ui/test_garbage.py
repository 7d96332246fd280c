"""When cycles are collected: in the event loop, and by nothing else."""

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from coach.ui.garbage import Garbage


class Knot:
    """Something that only the collector of cycles lets go of."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def garbage(qtbot: QtBot) -> Iterator[Garbage]:
    before, was = gc.get_threshold(), gc.isenabled()
    owner = QObject()
    gc.collect()
    yield Garbage(owner)
    gc.set_threshold(*before)
    gc.enable() if was else gc.disable()
    owner.deleteLater()


def test_what_is_left_over_is_collected_by_the_event_loop_and_by_nothing_else(qtbot: QtBot, garbage: Garbage) -> None:
    gone = weakref.ref(Knot())

    kept = [[] for _ in range(100_000)]  # type: ignore[var-annotated] # many more than Python would wait for
    assert gone() is not None

    qtbot.waitUntil(lambda: gone() is None)
    assert len(kept) == 100_000


def test_the_older_ones_have_their_turn_too(garbage: Garbage) -> None:
    gc.set_threshold(1, 1, 1)
    collected: list[int] = []

    def noted(phase: str, info: dict[str, int]) -> None:
        if phase == "stop":
            collected.append(info["generation"])

    kept: list[list[list[int]]] = []
    gc.callbacks.append(noted)
    try:
        for _ in range(20):
            kept.append([[] for _ in range(1_000)])
            garbage.look()
    finally:
        gc.callbacks.remove(noted)

    assert {0, 1, 2} <= set(collected)
