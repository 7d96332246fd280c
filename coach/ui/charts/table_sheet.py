"""The numbers of a chart as a table, for whoever cannot see the chart or wants the numbers."""

from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from coach.ui import theme
from coach.ui.tokens import FOCUS_WIDTH, STEP, Size, Weight, mix

_Index = QModelIndex | QPersistentModelIndex
_ROW: Final = 9 * STEP
_ROWS_SEEN: Final = 10
CELL_PAD: Final = 2 * STEP
"""Beside the text of a heading and of a cell alike."""


class Sheet(QAbstractTableModel):
    """Headings and cells, as texts; a cell is made a text when it is seen."""

    def __init__(self, columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> None:
        super().__init__()
        self._columns = columns
        self._rows = rows

    def rowCount(self, parent: _Index | None = None) -> int:  # noqa: N802 - Qt's names, here and below
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index | None = None) -> int:  # noqa: N802
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        text = self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._columns[index.column()]}: {text or '–'}"
        return None

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._columns[section] if orientation is Qt.Orientation.Horizontal else str(section + 1)


class _Cells(QStyledItemDelegate):
    """Cells whose text begins where its heading does; the one that the keyboard is at is framed, not filled."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        view = self.parent()
        assert isinstance(view, QTableView)
        tokens = theme.tokens_of(view)
        here = index == view.currentIndex() and view.hasFocus()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.row() % 2:
            painter.fillRect(option.rect, QColor(mix(tokens.panel, tokens.line, 0.22)))
        if here:
            painter.setPen(QPen(QColor(tokens.action), FOCUS_WIDTH))
            painter.setBrush(QColor(tokens.action_soft))
            painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 2, -1, -2), STEP, STEP)
        painter.setFont(view.font())
        painter.setPen(QColor(tokens.ink))
        room = option.rect.adjusted(CELL_PAD, 0, -CELL_PAD, 0)
        text = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()


class TableSheet(QTableView):
    """A table to read: arrows walk through it, Tab leaves it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setItemDelegate(_Cells(self))
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setFont(theme.font(Size.BODY, tabular=True))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        head = self.horizontalHeader()
        head.setFont(theme.font(Size.LABEL, Weight.STRONG))
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.setHighlightSections(False)
        head.setFixedHeight(_ROW + 1)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(self, columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> None:
        """Show a table; the newest row, which is the last, is in sight."""
        former = self.findChild(Sheet)
        sheet = Sheet(columns, rows)
        sheet.setParent(self)
        self.setModel(sheet)
        if former is not None:
            former.deleteLater()
        self.setFixedHeight(1 + _ROW + _ROW * min(max(1, len(rows)), _ROWS_SEEN))
        self.scrollToBottom()
        if rows:
            self.setCurrentIndex(sheet.index(len(rows) - 1, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        super().keyPressEvent(event)
