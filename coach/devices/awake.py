"""Keeps the screen from blanking during a session, through wakepy."""

import logging
from threading import Event, Thread


class WakepyAwake:
    """`ports.Awake` on wakepy; each hold lives on a thread of its own, where a slow desktop holds up nobody."""

    def __init__(self) -> None:
        self._over: Event | None = None
        logging.getLogger("wakepy").addHandler(logging.NullHandler())  # else its warnings go to stderr

    def hold(self) -> None:
        """Keep the screen on from now on. Never waits, never raises."""
        if self._over is None:
            self._over = Event()
            Thread(target=_hold, args=(self._over,), name="awake", daemon=True).start()

    def release(self) -> None:
        """Let the screen blank again. Never waits, never raises."""
        if self._over is not None:
            self._over.set()
            self._over = None


def _hold(over: Event) -> None:
    try:
        from wakepy import keep

        with keep.presenting(on_fail="pass") as mode:
            if mode.active:
                over.wait()
        # wakepy 1.0 closes its D-Bus connection after a success only.
        if (bus := mode._dbus_adapter) is not None:
            bus.close_connections()
    except Exception:  # no desktop, no D-Bus, a broken one: the session goes on, the screen may blank
        logging.getLogger(__name__).info("nothing keeps the screen on", exc_info=True)
