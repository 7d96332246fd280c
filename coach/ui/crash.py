"""What happens when a mistake of this program surfaces: it is written down, said once, and the log stays safe."""

import logging
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtWidgets import QMessageBox, QWidget

from coach.ui import plain_text
from coach.words.translate import tr

_log = logging.getLogger(__name__)
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class CrashReporter(QObject):
    """Takes what nobody caught, from any thread, and tells the person once a run."""

    caught = Signal(object)  # str: the kind of the error

    def __init__(self, window: QWidget, log_folder: str) -> None:
        super().__init__(window)
        self._window = window
        self._log_folder = log_folder
        self._told = False
        self.caught.connect(self._tell)

    def install(self) -> None:
        """Take over from Python's hooks and from Qt's messages."""
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook
        sys.unraisablehook = self._unraisable
        qInstallMessageHandler(_message)

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
            return
        _log.critical("not caught", exc_info=(kind, error, trace))
        self.caught.emit(kind.__name__)

    def _thread_hook(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._hook(args.exc_type, args.exc_value, args.exc_traceback)

    def _unraisable(self, args: "sys.UnraisableHookArgs") -> None:
        _log.error("not raisable: %s", args.err_msg, exc_info=args.exc_value)

    def _tell(self, kind: str) -> None:
        # A painting that fails does so at every frame: one box says it all.
        if self._told:
            return
        self._told = True
        box = plain_text.message(
            self._window,
            tr("Something went wrong"),
            tr("A part of Rehab Coach failed. Your log is safe: everything that was saved is on disk."),
            tr("What happened is written in {folder} ({kind}). You can go on; if it happens again, start anew.").format(
                folder=self._log_folder, kind=kind
            ),
        )
        box.setIcon(QMessageBox.Icon.Warning)
        box.open()


def _message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    logging.getLogger("qt").log(_LEVELS.get(kind, logging.WARNING), "%s: %s", context.category, text)
