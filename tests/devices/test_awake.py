"""The screen is kept on where a desktop can be asked, and nobody notices where none can."""

import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from jeepney import (  # type: ignore[import-untyped]  # it ships no types
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    new_method_call,
    new_method_return,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection  # type: ignore[import-untyped]  # as above

from coach.devices.awake import WakepyAwake
from tests.devices.hearing import wait_until

COOKIE = 7
BUS = DBusAddress("/org/freedesktop/DBus", bus_name="org.freedesktop.DBus", interface="org.freedesktop.DBus")


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Run a session bus of the test's own."""
    if not shutil.which("dbus-daemon"):
        pytest.skip("needs Debian's dbus-daemon")
    address = f"unix:path={tmp_path / 'bus'}"
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    with subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address={address}"], stderr=subprocess.DEVNULL
    ) as process:
        wait_until((tmp_path / "bus").exists)
        yield
        process.terminate()


class ScreenSaver:
    """A desktop's screen saver, as far as it can be asked to wait."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._connection: DBusConnection = open_dbus_connection()
        name = new_method_call(BUS, "RequestName", "su", ("org.freedesktop.ScreenSaver", 0))
        self._connection.send_and_get_reply(name)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while self.asked[-1:] != ["end"]:
            message = self._connection.receive()
            if message.header.message_type is MessageType.method_call:
                self._answer(message)

    def _answer(self, message: Message) -> None:
        member = message.header.fields[HeaderFields.member]
        self.asked.append(member if member != "UnInhibit" else f"UnInhibit {message.body[0]}")
        answer = new_method_return(message, "u", (COOKIE,)) if member == "Inhibit" else new_method_return(message)
        self._connection.send(answer)

    def close(self) -> None:
        with open_dbus_connection() as connection:
            address = DBusAddress("/", bus_name="org.freedesktop.ScreenSaver", interface="org.example.Test")
            connection.send_and_get_reply(new_method_call(address, "end"))
        self._thread.join(10)
        self._connection.close()


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
