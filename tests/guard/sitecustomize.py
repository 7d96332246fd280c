"""Refuses the network to the Python it is loaded into: only this machine may be spoken to.

`tests/conftest.py` loads it into the test run and puts this folder on PYTHONPATH, so every Python that a test starts
loads it by itself. An audit hook and not a patched `socket`: it also sees what C code does through `_socket`, and
nothing in the process can take it out again.
"""

import ipaddress
import sys

_LOOK_UPS = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}
_SENDS = {"socket.connect", "socket.sendto", "socket.sendmsg"}


class NetworkRefused(ConnectionRefusedError):
    """Something under test tried to leave this machine."""


def _is_local(host: object) -> bool:
    """Say whether a host means this machine; a name that has to be looked up does not."""
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host in (None, "", "localhost"):
        return True
    try:
        return isinstance(host, str) and ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def refuse(event: str, args: tuple[object, ...]) -> None:
    """Raise if an audited event is about to reach another machine."""
    if event in _SENDS:
        address = args[1]  # a path for AF_UNIX, None for an already connected socket, else (host, port, …)
        if isinstance(address, tuple) and not _is_local(address[0]):
            raise NetworkRefused(f"{event} to {address!r}: the program never uses the network")
    elif event in _LOOK_UPS and not _is_local(args[0]):
        raise NetworkRefused(f"{event} of {args[0]!r}: the program never uses the network")


sys.addaudithook(refuse)
