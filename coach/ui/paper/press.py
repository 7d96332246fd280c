"""Documents as PDF from a process that has no window: Qt without a display."""

import os

from PySide6.QtGui import QGuiApplication

from coach.app.handout import Handout
from coach.app.paper import Print
from coach.app.report import Report


def handout_pdf(of: Handout, how: Print) -> bytes:
    """The hand-out as PDF, with the routine file inside."""
    from coach.ui.paper.document import to_pdf
    from coach.ui.paper.handout import handout_document

    _begin()
    return to_pdf(handout_document(of, how))


def report_pdf(of: Report, how: Print) -> bytes:
    """The report as PDF."""
    from coach.ui.paper.document import to_pdf
    from coach.ui.paper.report import report_document

    _begin()
    return to_pdf(report_document(of, how))


_applications: list[QGuiApplication] = []
"""Fonts need one, and it has to outlive every font."""


def _begin() -> None:
    if QGuiApplication.instance() is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        _applications.append(QGuiApplication(["coach"]))
