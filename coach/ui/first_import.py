"""Qt as a window's start needs it: without what only writes about Qt's functions, which is loaded when it is asked for.

With its first import PySide6 compiles seven modules of Python source, a fifth of the whole start, that make signatures,
the text of an error over wrong arguments, and stub files. Until one of those is wanted, each is a stand-in here.

It also puts a function in the place of `__import__` that reads the source of every module which is imported from then
on, to know who might ask for another spelling of Qt's names (`from __feature__ import snake_case`). Nobody does.
"""

import builtins
import importlib
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from threading import RLock
from types import ModuleType
from typing import Final, SupportsIndex

from coach.ui.enumerations import make_quickly

_LOADER: Final = "shibokensupport.signature.loader"
LATER: Final = (
    "shibokensupport.signature.lib.tool",
    "shibokensupport.signature.parser",
    "shibokensupport.signature.layout",
    "shibokensupport.signature.errorhandler",
    "shibokensupport.signature.lib.enum_sig",
    "shibokensupport.signature.lib.pyi_generator",
)
"""What can wait, in the order of its own imports. `mapping` cannot: its contents are read past the attributes of it."""

_OWN_FINDER: Final = "EmbeddableZipImporter"
"""What PySide6 finds them with; it puts that first of all, and only while it loads them."""


def import_qt() -> None:
    """Import PySide6.QtCore; a PySide6 that is made otherwise is imported as it is."""
    if "shiboken6" in sys.modules:
        return
    make_quickly()
    finders = sys.meta_path
    sys.meta_path = _Finders(finders)
    try:
        import PySide6.QtCore  # noqa: F401
    finally:
        finders[:] = [finder for finder in sys.meta_path if not isinstance(finder, _FindsStandIns)]
        sys.meta_path = finders
        _import_without_features()


def _import_without_features() -> None:
    """Let `import` be what it was, where PySide6 has said so: its own other one, that makes classes for `import *`."""
    before = getattr(builtins, "__orig_import__", None)
    if before is not None:
        builtins.__import__ = before


_LOADING: Final = RLock()


class _Finders(list):  # type: ignore[type-arg] # of what the import system takes, for which there is no one name
    """The list of finders, in which the stand-ins go before what PySide6 puts first."""

    def insert(self, index: SupportsIndex, finder: object) -> None:
        super().insert(index, finder)
        if type(finder).__name__ == _OWN_FINDER:
            super().insert(index, _FindsStandIns())


class _FindsStandIns:
    """Finds a stand-in for each module that can wait."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        del path, target
        if fullname not in LATER:
            return None
        return ModuleSpec(fullname, self)  # type: ignore[arg-type] # the import system asks no more of a loader

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return StandIn(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """There is nothing in it."""


class StandIn(ModuleType):
    """A module whose first use loads it, and all others."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):  # asked of any module, by the import system itself
            raise AttributeError(name)
        with _LOADING:  # numpy asks for a text of help while it is imported, on a thread
            if sys.modules.get(self.__name__) is self:
                _load()
        return getattr(sys.modules[self.__name__], name)


def _load() -> None:
    """Put the real modules in the place of the stand-ins, wherever PySide6 has put those."""
    loader = sys.modules[_LOADER]
    finder = loader.__loader__
    assert finder is not None
    sys.meta_path.insert(0, finder)  # type: ignore[arg-type] # it is one: it has found the loader itself
    try:
        for name in LATER:
            del sys.modules[name]
        for name in LATER:
            setattr(loader, name.rpartition(".")[2], importlib.import_module(name))
    finally:
        sys.meta_path.remove(finder)  # type: ignore[arg-type]
    loader.move_into_pyside_package()
