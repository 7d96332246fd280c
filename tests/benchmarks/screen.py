"""A virtual screen, and what is seen on it: when a window first shows its content."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

SIZE = (1400, 900)
_STRIDE = 4 * 101  # a prime number of pixels, so that no column is looked at again and again


@contextmanager
def virtual_screen(size: tuple[int, int] = SIZE) -> Iterator[str]:
    """A screen of its own with a window manager; nothing else moves on it."""
    if shutil.which("Xvfb") is None:
        raise SystemExit("Xvfb is missing: sudo apt-get install xvfb openbox")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{size[0]}x{size[1]}x24", "-nolisten", "tcp"],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as told:
        display = f":{told.readline().strip()}"
    manager = None
    if shutil.which("openbox"):
        manager = subprocess.Popen(["openbox"], env={**os.environ, "DISPLAY": display}, stderr=subprocess.DEVNULL)
    try:
        time.sleep(1.0)
        yield display
    finally:
        for process in filter(None, (manager, server)):
            process.terminate()
            process.wait()


class Eye:
    """Looks at a screen."""

    def __init__(self, display: str) -> None:
        from Xlib import display as xlib

        self._display = xlib.Display(display)
        self._root: Any = self._display.screen().root

    def colours(self) -> int:
        """How many colours a sample of the pixels has: a window with content has several more than an empty one."""
        from Xlib import X

        image = self._root.get_image(0, 0, *SIZE, X.ZPixmap, 0xFFFFFFFF).data
        return len({image[at : at + 3] for at in range(0, len(image), _STRIDE)})

    def close(self) -> None:
        """Look no more."""
        self._display.close()
