"""The screen is kept on where a desktop can be asked, and nobody notices where none can."""

import os
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from jeepney import Message, new_method_return  # type: ignore[import-untyped]  # it ships no types

from coach.devices.awake import WakepyAwake
from tests.devices.bus import Service
from tests.devices.hearing import wait_until

COOKIE = 7


class ScreenSaver(Service):
    """A desktop's screen saver, as far as it can be asked to wait."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        super().__init__("org.freedesktop.ScreenSaver")

    def answer(self, message: Message, member: str) -> Message:
        self.asked.append(member if member != "UnInhibit" else f"UnInhibit {message.body[0]}")
        return new_method_return(message, "u", (COOKIE,)) if member == "Inhibit" else new_method_return(message)


@pytest.fixture
def screen_saver(bus: None) -> Iterator[ScreenSaver]:
    saver = ScreenSaver()
    yield saver
    saver.close()


def test_the_screen_saver_is_held_and_let_go(screen_saver: ScreenSaver) -> None:
    awake = WakepyAwake()

    awake.hold()
    wait_until(lambda: screen_saver.asked == ["Inhibit"])
    awake.release()

    wait_until(lambda: screen_saver.asked == ["Inhibit", f"UnInhibit {COOKIE}"])


def test_holding_twice_holds_once(screen_saver: ScreenSaver) -> None:
    awake = WakepyAwake()

    awake.hold()
    awake.hold()
    wait_until(lambda: bool(screen_saver.asked))
    awake.release()
    awake.release()

    wait_until(lambda: f"UnInhibit {COOKIE}" in screen_saver.asked)
    assert screen_saver.asked == ["Inhibit", f"UnInhibit {COOKIE}"]


def test_a_desktop_without_a_screen_saver_is_no_error(bus: None, capfd: pytest.CaptureFixture[str]) -> None:
    assert_silent(capfd)


def test_no_bus_is_no_error(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)

    assert_silent(capfd)


def test_a_bus_that_hangs_holds_up_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    with socket.socket(socket.AF_UNIX) as hung:
        hung.bind(os.fspath(tmp_path / "hung"))
        hung.listen()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'hung'}")

        assert_silent(capfd)


def assert_silent(capfd: pytest.CaptureFixture[str]) -> None:
    awake = WakepyAwake()
    began = time.monotonic()

    awake.hold()
    awake.release()

    assert time.monotonic() - began < 0.5
    wait_until(lambda: "awake" not in {thread.name for thread in threading.enumerate()})
    assert capfd.readouterr() == ("", "")
