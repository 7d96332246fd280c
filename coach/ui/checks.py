"""What only Qt can tell `coach doctor`: which letters there are, and in which one the window is written."""

import os

from coach.app.surroundings import Check


def fonts() -> Check:
    """The fonts that a window would find. Opens no window; works without a display."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        from PySide6.QtGui import QFontDatabase, QGuiApplication
    except ImportError as error:
        return Check("fonts", False, f"Qt cannot be loaded: {error}", "Install the missing library.")
    app = QGuiApplication.instance() or QGuiApplication(["coach"])
    families = QFontDatabase.families()
    usual = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    del app
    if not families:
        return Check("fonts", False, "none", "Install any font, such as fonts-dejavu-core.")
    return Check("fonts", True, f"{len(families)} families, the usual one is {usual}")
