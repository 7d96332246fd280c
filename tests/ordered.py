"""A program that answers orders: one JSON a line on its stdin, one JSON a line on its stdout."""

import json
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Self

ROOT = Path(__file__).parents[1]


class Ordered:
    """A context in which a module runs as a program and answers, one order at a time."""

    def __init__(self, module: str) -> None:
        self._module = module

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", self._module], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.communicate(timeout=30)

    def order(self, plain: object) -> None:
        """Give an order; the answer is asked for later."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(plain) + "\n")
        self._process.stdin.flush()

    def answer(self) -> Any:
        """Wait for the answer to the last order."""
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())
