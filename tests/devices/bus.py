"""A session bus of the tests' own, and services on it that are made up."""

import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jeepney import (  # type: ignore[import-untyped]  # it ships no types
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    new_method_call,
    new_method_return,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection  # type: ignore[import-untyped]  # as above

from tests.devices.hearing import wait_until

_BUS = DBusAddress("/org/freedesktop/DBus", bus_name="org.freedesktop.DBus", interface="org.freedesktop.DBus")
_END = "end"


@contextmanager
def session_bus(folder: Path) -> Iterator[str]:
    """Run a bus with its socket in this folder; yield its address."""
    address = f"unix:path={folder / 'bus'}"
    with subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address={address}"], stderr=subprocess.DEVNULL
    ) as process:
        wait_until(lambda: _listens(folder / "bus"))
        yield address
        process.terminate()


def _listens(path: Path) -> bool:
    """Whether somebody takes connections there; the daemon makes the socket a little before."""
    with socket.socket(socket.AF_UNIX) as tried:
        return tried.connect_ex(str(path)) == 0


class Service:
    """Has a name on the bus and answers calls, until it is closed."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._over = False
        self.connection: DBusConnection = open_dbus_connection()
        self.connection.send_and_get_reply(new_method_call(_BUS, "RequestName", "su", (name, 0)))
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def answer(self, message: Message, member: str) -> Message:
        """The answer to a call of this member."""
        raise NotImplementedError

    def call(self, member: str) -> None:
        """Call a member, as another program would."""
        with open_dbus_connection() as connection:
            address = DBusAddress("/", bus_name=self._name, interface="org.example.Test")
            connection.send_and_get_reply(new_method_call(address, member))

    def close(self) -> None:
        """Answer no more."""
        self.call(_END)
        self._thread.join(10)
        self.connection.close()

    def _serve(self) -> None:
        while not self._over:
            message = self.connection.receive()
            if message.header.message_type is not MessageType.method_call:
                continue
            member = message.header.fields[HeaderFields.member]
            self._over = member == _END
            self.connection.send(new_method_return(message) if self._over else self.answer(message, member))
