"""One page of a document as it will be on paper, with a hairline round it."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from coach.ui import theme
from coach.ui.a11y import Readout


class PagePicture(Readout):
    """Shows the picture of a page at its own size; paper is white in the dark as well."""

    def __init__(self, name: str, picture: QImage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = picture
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def spoken(self) -> str:
        return self.accessibleName()

    def sizeHint(self) -> QSize:
        return self._picture.deviceIndependentSize().toSize()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawImage(QRectF(self.rect()), self._picture)
        painter.setPen(QPen(QColor(theme.tokens_of(self).edge), 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()
