"""Notices on the desktop, through desktop-notifier."""

import logging
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

_APP = "Rehab Coach"


class DesktopNotices:
    """`ports.Notices` on desktop-notifier, on threads of its own, where a slow desktop holds up nobody."""

    def __init__(self, icon: Path) -> None:
        self._icon = icon
        self._waiting: SimpleQueue[tuple[str, str] | None] = SimpleQueue()
        self._began = False
        self._opened: Callable[[], object] | None = None
        logging.getLogger("desktop_notifier").addHandler(logging.NullHandler())  # else its warnings go to stderr

    def on_opened(self, act: Callable[[], object]) -> None:
        """Call `act` when the person pressed a notice. It comes on a thread of the adapter's own."""
        self._opened = act

    def tell(self, title: str, text: str) -> None:
        """Show a notice soon; where no desktop takes notices do nothing. Never waits, never raises."""
        self._waiting.put((title, text))
        if not self._began:
            self._began = True
            Thread(target=self._run, name="notices", daemon=True).start()

    def close(self) -> None:
        """Let go of the desktop. Never waits, never raises."""
        self._opened = None
        self._waiting.put(None)

    def _run(self) -> None:
        desktop: _Desktop | None = None
        while (notice := self._waiting.get()) is not None:
            try:
                desktop = desktop or _Desktop(self._icon)
                shown = desktop.show(*notice, self._pressed)
            except Exception:  # the library looks at the system as it is loaded, and may not like what it finds
                logging.getLogger(__name__).info("a notice was not shown", exc_info=True)
                shown = False
            if not shown:  # no bus, no notification service, a broken one: the question waits in the window
                _close(desktop)
                desktop = None  # the next notice tries anew
        _close(desktop)

    def _pressed(self) -> None:
        if self._opened is not None:
            self._opened()


class _Desktop:
    """One connection to the desktop."""

    def __init__(self, icon: Path) -> None:
        from desktop_notifier.common import Icon
        from desktop_notifier.sync import DesktopNotifierSync

        self._notifier = DesktopNotifierSync(_APP, Icon(path=icon))
        # desktop-notifier 6.2 hears that a notice was pressed only while its loop runs, and has no other way to run it.
        self._loop = self._notifier._loop
        self._running = Thread(target=self._loop.run_forever, name="notices pressed", daemon=True)
        self._running.start()

    def show(self, title: str, text: str, pressed: Callable[[], object]) -> bool:
        shown: list[bool] = []
        self._notifier.send(title, text, on_clicked=pressed, on_dispatched=lambda: shown.append(True))
        return bool(shown)

    def close(self) -> None:
        try:
            self._disconnect()
        except Exception:  # the desktop went first
            logging.getLogger(__name__).info("the desktop was not let go of", exc_info=True)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._running.join()
        self._loop.close()

    def _disconnect(self) -> None:
        # desktop-notifier 6.2 never lets go of its connection to D-Bus; other systems have none.
        bus = getattr(self._notifier._async_api._backend, "bus", None)
        if bus is not None:
            bus.disconnect()
            self._notifier._run_coro_sync(bus.wait_for_disconnect())


def _close(desktop: _Desktop | None) -> None:
    if desktop is not None:
        desktop.close()
