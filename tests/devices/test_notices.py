"""A reminder reaches a desktop that takes notices, and nobody notices where none does."""

import os
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from jeepney import (  # type: ignore[import-untyped]  # it ships no types
    DBusAddress,
    Message,
    new_method_return,
    new_signal,
)

from coach.devices.notices import DesktopNotices
from coach.resources import asset
from tests.devices.bus import Service
from tests.devices.hearing import wait_until

NAME, PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
OFFERED = f"""<!DOCTYPE node PUBLIC "-//freedesktop//DTD D-BUS Object Introspection 1.0//EN"
"http://www.freedesktop.org/standards/dbus/1.0/introspect.dtd"><node><interface name="{NAME}">
<method name="GetCapabilities"><arg direction="out" type="as"/></method>
<method name="GetServerInformation"><arg direction="out" type="s"/><arg direction="out" type="s"/>
<arg direction="out" type="s"/><arg direction="out" type="s"/></method>
<method name="Notify"><arg direction="in" type="s"/><arg direction="in" type="u"/><arg direction="in" type="s"/>
<arg direction="in" type="s"/><arg direction="in" type="s"/><arg direction="in" type="as"/>
<arg direction="in" type="a{{sv}}"/><arg direction="in" type="i"/><arg direction="out" type="u"/></method>
<signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal></interface></node>"""


class Desktop(Service):
    """What shows notices on a desktop, as far as a program can tell."""

    def __init__(self) -> None:
        self.shown: list[tuple[str, str, str]] = []
        self.icons: list[str] = []
        super().__init__(NAME)

    def answer(self, message: Message, member: str) -> Message:
        match member:
            case "Introspect":
                return new_method_return(message, "s", (OFFERED,))
            case "GetCapabilities":
                return new_method_return(message, "as", (["body", "actions"],))
            case "GetServerInformation":
                return new_method_return(message, "ssss", ("Test", "us", "1", "1.2"))
            case "Notify":
                app, _, icon, title, text, *_ = message.body
                self.shown.append((app, title, text))
                self.icons.append(icon)
                return new_method_return(message, "u", (len(self.shown),))
            case "press":
                address = DBusAddress(PATH, interface=NAME)
                self.connection.send(new_signal(address, "ActionInvoked", "us", (len(self.shown), "default")))
        return new_method_return(message)


@pytest.fixture
def desktop(bus: None) -> Iterator[Desktop]:
    made = Desktop()
    yield made
    made.close()


@pytest.fixture
def notices() -> Iterator[DesktopNotices]:
    made = DesktopNotices(asset("icons/app.svg"))
    yield made
    made.close()


def test_a_notice_is_shown_with_the_name_and_the_icon_of_the_program(desktop: Desktop, notices: DesktopNotices) -> None:
    notices.tell("Rehab Coach", "How is it now?")

    wait_until(lambda: bool(desktop.shown))
    assert desktop.shown == [("Rehab Coach", "Rehab Coach", "How is it now?")]
    assert desktop.icons[0].endswith("icons/app.svg")


def test_several_notices_come_in_their_order(desktop: Desktop, notices: DesktopNotices) -> None:
    for text in ("one", "two", "three"):
        notices.tell("Rehab Coach", text)

    wait_until(lambda: len(desktop.shown) == 3)
    assert [text for _, _, text in desktop.shown] == ["one", "two", "three"]


def test_pressing_a_notice_is_told(desktop: Desktop, notices: DesktopNotices) -> None:
    opened = threading.Event()
    notices.on_opened(opened.set)
    notices.tell("Rehab Coach", "How is it now?")
    wait_until(lambda: bool(desktop.shown))

    # The answer to `Notify` may still be on its way: a person presses later.
    def pressed() -> bool:
        desktop.call("press")
        return opened.is_set()

    wait_until(pressed)


def test_after_closing_nothing_is_told(desktop: Desktop, notices: DesktopNotices) -> None:
    notices.tell("Rehab Coach", "How is it now?")
    wait_until(lambda: bool(desktop.shown))

    notices.close()
    notices.tell("Rehab Coach", "too late")

    wait_until(lambda: "notices" not in {thread.name for thread in threading.enumerate()})
    assert len(desktop.shown) == 1


def test_a_desktop_that_comes_late_shows_the_next_notice(
    bus: None, notices: DesktopNotices, caplog: pytest.LogCaptureFixture
) -> None:
    notices.tell("Rehab Coach", "one")
    wait_until(lambda: "Notification failed" in caplog.messages)
    desktop = Desktop()

    notices.tell("Rehab Coach", "two")

    wait_until(lambda: bool(desktop.shown))
    assert [text for _, _, text in desktop.shown] == ["two"]
    desktop.close()


def test_a_desktop_without_notices_is_no_error(bus: None, capfd: pytest.CaptureFixture[str]) -> None:
    assert_silent(capfd)


def test_no_bus_is_no_error(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")

    assert_silent(capfd)


def test_a_bus_that_hangs_holds_up_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    with socket.socket(socket.AF_UNIX) as hung:
        hung.bind(os.fspath(tmp_path / "hung"))
        hung.listen()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'hung'}")
        notices = DesktopNotices(asset("icons/app.svg"))
        began = time.monotonic()

        notices.tell("Rehab Coach", "How is it now?")
        notices.close()

        assert time.monotonic() - began < 0.5
    wait_until(lambda: "notices" not in {thread.name for thread in threading.enumerate()})
    assert capfd.readouterr() == ("", "")


def assert_silent(capfd: pytest.CaptureFixture[str]) -> None:
    notices = DesktopNotices(asset("icons/app.svg"))
    began = time.monotonic()

    notices.tell("Rehab Coach", "How is it now?")
    notices.close()

    assert time.monotonic() - began < 0.5
    wait_until(lambda: "notices" not in {thread.name for thread in threading.enumerate()})
    assert capfd.readouterr() == ("", "")
