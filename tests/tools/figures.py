"""A sheet of drawn figures to look at: `figures.py FILE.png [--dark] [--paper] [--share 1] [--turns] [--only NAME]`."""

import argparse
import math
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from PySide6.QtCore import QRectF  # run as a script, from anywhere
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter

from coach.ui.figure.look import look
from coach.ui.figure.paint import paint_figure
from coach.ui.figure.scene import scene_of
from coach.ui.tokens import DARK, LIGHT, HairColour, SkinTone
from tests.ui.figure.figures import FIGURES


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--paper", action="store_true")
    parser.add_argument("--arrow", action="store_true")
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--glow", type=float, default=0.0)
    parser.add_argument("--turns", action="store_true")
    parser.add_argument("--side", default="left")
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--skin", default="light")
    parser.add_argument("--hair", default="brown")
    parser.add_argument("--cell", default="600x400")
    parser.add_argument("--columns", type=int, default=3)
    chosen = parser.parse_args()

    app = QGuiApplication([])
    width, height = map(int, chosen.cell.split("x"))
    names = chosen.only or list(FIGURES)
    turns = [0.0, 45.0, 90.0, 135.0, 180.0, 225.0, 270.0, 315.0] if chosen.turns else [0.0]
    cells = [(name, turn) for name in names for turn in turns]
    rows = math.ceil(len(cells) / chosen.columns)
    tokens = DARK if chosen.dark else LIGHT
    worn = look(tokens, SkinTone(chosen.skin), HairColour(chosen.hair), paper=chosen.paper)
    sheet = QImage(width * chosen.columns, height * rows, QImage.Format.Format_ARGB32_Premultiplied)
    sheet.fill(QColor(tokens.panel))
    painter = QPainter(sheet)
    for number, (name, turn) in enumerate(cells):
        box = QRectF(number % chosen.columns * width, number // chosen.columns * height, width, height)
        scene = scene_of(FIGURES[name], chosen.side, turn=turn)
        body = scene.at(chosen.share)
        paint_figure(painter, box, body, scene, worn, glow=chosen.glow, arrow=chosen.arrow)
    painter.end()
    sheet.save(chosen.file)
    app.quit()


if __name__ == "__main__":
    main()
