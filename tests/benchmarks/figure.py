"""How long one frame of the moving figure takes: solving the body and painting it, on one core with the raster engine.

`figure.py [FRAMES]` goes through every trial figure in turn; with many frames (100000) memory is watched too.
"""

import gc
import os
import statistics
import sys
import time
from array import array
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

import psutil  # run as a script, from anywhere
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from coach.core.figure.pose import eased
from coach.ui.figure.look import look
from coach.ui.figure.paint import paint_figure
from coach.ui.figure.scene import scene_of
from tests.ui.figure.figures import FIGURES

WIDTH, HEIGHT = 900, 600
REP_FRAMES = 120
MEDIAN_MS, MOST_MS, GROWTH_MIB = 3.0, 6.0, 4.0


def main(frames: int) -> None:
    app = QGuiApplication([])
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_ARGB32_Premultiplied)
    box, worn = QRectF(0, 0, WIDTH, HEIGHT), look()
    scenes = {name: scene_of(figure) for name, figure in FIGURES.items()}
    process = psutil.Process()
    memory = 0
    rounds = -(-frames // (REP_FRAMES * len(scenes)))
    # Made before, so that what is counted does not count as growth.
    each = {name: array("f", bytes(4 * rounds * REP_FRAMES)) for name in scenes}
    done = 0
    for turn in range(rounds):
        for name, scene in scenes.items():
            for frame in range(REP_FRAMES):
                share = eased(1 - abs(2 * frame / REP_FRAMES - 1))
                image.fill(Qt.GlobalColor.transparent)
                painter = QPainter(image)
                began = time.perf_counter()
                paint_figure(painter, box, scene.at(share), scene, worn, glow=share)
                each[name][turn * REP_FRAMES + frame] = (time.perf_counter() - began) * 1000
                painter.end()
            done += REP_FRAMES
        if not memory:
            gc.collect()
            memory = process.memory_info().rss
    grown = (process.memory_info().rss - memory) / 2**20
    for name, times in each.items():
        ranked = sorted(times)
        print(f"{name:16} median {statistics.median(ranked):.2f} ms, 99 % {ranked[int(len(ranked) * 0.99)]:.2f} ms")
    ranked = sorted(t for times in each.values() for t in times)
    most = ranked[int(len(ranked) * 0.99)]
    print(f"figure frame        median {statistics.median(ranked):.2f} ms, to reach {MEDIAN_MS}")
    print(f"figure frame 99 %   {most:.2f} ms, to reach {MOST_MS}")
    print(f"figure memory       {grown:+.1f} MiB over {done} frames, to reach {GROWTH_MIB}")
    app.quit()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 4 * REP_FRAMES)
