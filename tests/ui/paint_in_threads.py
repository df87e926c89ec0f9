"""Paints cards in two threads while the window is there; prints how many. Started by test_threads.py.

In a process of its own: threads that wait for each other for ever cannot be ended.
"""

from __future__ import annotations

import base64
import io
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image

from studio.app import make_application, make_sample
from studio.base import paths
from studio.base.lucide_icons import LucideIcons
from studio.base.settings import UserSettings
from studio.paint.image import paint_rgb
from studio.paint.qt_application import ensure_gui
from studio.ui.core.background_jobs import ThreadedJobs
from studio.ui.dialogs.qt_dialogs import QtDialogs
from studio.ui.shell.application import ProgramPlaces, StudioApplication

CARDS = 120
CARD = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 400 500">
<image width="400" height="300" xlink:href="data:image/jpeg;base64,{picture}"/>
<rect class="kim-text" x="10" y="310" width="380" height="100" data-text="Gotong royong" data-max="40" data-min="10"/>
</svg>"""


def main(folder: Path) -> None:
    app = make_application()
    ensure_gui()
    jobs = ThreadedJobs()
    places = ProgramPlaces(paths.assets_dir(), folder)
    studio = StudioApplication(
        app, UserSettings(), jobs, lambda texts: QtDialogs(texts, folder), LucideIcons(), places, make_sample
    )
    studio.show_welcome()
    picture = io.BytesIO()
    Image.new("RGB", (300, 200), "green").save(picture, "JPEG")
    card = CARD.format(picture=base64.b64encode(picture.getvalue()).decode())
    done: list[int] = []

    def paint(progress: object) -> int:
        return sum(paint_rgb(card, 400, 500).width == 400 for _ in range(CARDS))

    def count(number: int) -> None:
        done.append(number)
        if len(done) == 2:
            studio.close()
            app.exit(0)

    for lane in ("long", "quick"):
        jobs.start("", paint, done=count, lane=lane)
    sys.setswitchinterval(1e-5)  # threads take turns as often as after minutes of work on a slow laptop
    app.exec()
    sys.stdout.write(f"{sum(done)}\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
