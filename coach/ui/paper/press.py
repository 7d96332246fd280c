"""Documents as PDF from a process that has no window: Qt without a display."""

import os

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from coach.app.handout import Handout
from coach.app.paper import Print
from coach.app.report import Report


def handout_pdf(of: Handout, how: Print) -> bytes:
    """The handout as PDF, with the routine file inside."""
    from coach.ui.paper.document import to_pdf
    from coach.ui.paper.handout import handout_document

    application = _application()
    made = to_pdf(handout_document(of, how))
    del application
    return made


def report_pdf(of: Report, how: Print) -> bytes:
    """The report as PDF."""
    from coach.ui.paper.document import to_pdf
    from coach.ui.paper.report import report_document

    application = _application()
    made = to_pdf(report_document(of, how))
    del application
    return made


def _application() -> QCoreApplication:
    """What fonts need to be there; to be kept until the last of them is done with."""
    running = QGuiApplication.instance()
    if running is not None:
        return running
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return QGuiApplication(["coach"])
