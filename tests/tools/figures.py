#!/usr/bin/env python3
"""Pictures of the figures for the documentation, and to look at: `make figures`.

    figures.py [FOLDER]                       the contact sheets and the recordings, docs/pictures by default
    figures.py FOLDER --only clamshell plank  sheets of these exercises alone, without recordings

A sheet has a row for each exercise: start, middle and end on the left side, then on the right one, in light and in
dark. A recording is one rep, by the preview's own clock, as an animated WebP.
"""

import argparse
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import msgspec  # noqa: E402 # run as a script, from anywhere
from PIL import Image  # noqa: E402
from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt  # noqa: E402
from PySide6.QtGui import QColor, QImage, QPainter  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from coach import resources  # noqa: E402
from coach.core.figure.preview import length_s  # noqa: E402
from coach.core.routine.exercise import Exercise, ExerciseFile  # noqa: E402
from coach.core.routine.plan import Side  # noqa: E402
from coach.ui import theme  # noqa: E402
from coach.ui.tokens import DARK, LIGHT, Size, Tokens, Weight  # noqa: E402
from coach.ui.widgets.figure import Shown, paint_shown  # noqa: E402
from coach.ui.widgets.moving_figure import shown_at  # noqa: E402

CELL = (216, 132)
TITLE = 22
SHARES = (0.0, 0.5, 1.0)
SIDES = (Side.LEFT, Side.RIGHT)
RECORDED = ("clamshell", "bridge", "side_plank", "figure_four_stretch", "test_double_hop")
FRAME = (480, 300)
FRAMES_A_SECOND = 25


def main() -> None:
    """Write what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "docs" / "pictures")
    parser.add_argument("--only", nargs="*", default=[])
    options = parser.parse_args()
    app = QApplication(sys.argv[:1])
    theme.choose_font(app)
    every = msgspec.json.decode(resources.EXERCISES.read_bytes(), type=ExerciseFile).exercises
    chosen = [one for one in every if not options.only or one.id in options.only]
    options.folder.mkdir(parents=True, exist_ok=True)
    for tokens in (LIGHT, DARK):
        name = options.folder / f"figures{'-dark' if tokens is DARK else ''}.png"
        sheet(chosen, tokens).save(str(name))
        print(name)
    for exercise in chosen:
        if exercise.id in RECORDED and not options.only:
            print(record(exercise, options.folder / f"figure-{exercise.id.replace('_', '-')}.webp"))


def sheet(exercises: list[Exercise], tokens: Tokens) -> QImage:
    """One picture of all of them."""
    columns = len(SHARES) * len(SIDES)
    image = QImage(CELL[0] * columns, (CELL[1] + TITLE) * len(exercises), QImage.Format.Format_RGB32)
    image.fill(QColor(tokens.panel))
    painter = QPainter(image)
    for row, exercise in enumerate(exercises):
        top = row * (CELL[1] + TITLE)
        painter.setPen(QColor(tokens.muted))
        painter.setFont(theme.font(Size.LABEL, Weight.STRONG))
        painter.drawText(QRectF(8, top, 600, TITLE), Qt.AlignmentFlag.AlignVCenter, exercise.name)
        for column, (side, share) in enumerate((side, share) for side in SIDES for share in SHARES):
            box = QRectF(column * CELL[0], top + TITLE, *CELL)
            paint_shown(painter, box, Shown(exercise, side, share, glow=share), tokens)
    painter.end()
    return image


def record(exercise: Exercise, file: Path) -> Path:
    """One rep as an animated picture that goes on for ever."""
    frames = list(_frames(exercise))
    lasts = round(1000 / FRAMES_A_SECOND)
    frames[0].save(file, save_all=True, append_images=frames[1:], duration=lasts, loop=0, quality=80, method=4)
    return file


def _frames(exercise: Exercise) -> Iterator[Image.Image]:
    count = round(length_s(exercise) * FRAMES_A_SECOND)
    for number in range(count):
        image = QImage(*FRAME, QImage.Format.Format_RGB32)
        image.fill(QColor(LIGHT.panel))
        painter = QPainter(image)
        paint_shown(painter, QRectF(image.rect()), shown_at(exercise, Side.LEFT, number / count), LIGHT)
        painter.end()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload] # the stubs want bytes and get a name
        yield Image.open(io.BytesIO(bytes(buffer.data().data()))).convert("RGB")


if __name__ == "__main__":
    main()
