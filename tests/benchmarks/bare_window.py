"""The floor that the start is held against: the least PySide6 window that shows something."""

import sys

from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget

app = QApplication(sys.argv)
window = QWidget()
column = QVBoxLayout(window)
column.addWidget(QLabel("A bare window"))
for number in range(5):
    column.addWidget(QPushButton(f"Button {number}"))
window.resize(900, 600)
window.show()
sys.exit(app.exec())
