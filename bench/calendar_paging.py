"""The calendar with 2,000 stories, offscreen: how long the window stands still for each month that is turned.

    python bench/calendar_paging.py [STORIES]     (default 2,000)

Stories over three years with up to three plans and two posts each, a fifth of them in forty series.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from studio.ui.core.plain_import import import_qt

import_qt()  # as the program does, before anything else imports PySide6
_MONTHS = 24


def fill(path: Path, count: int) -> None:
    """Make a workspace."""
    from studio.store.workspace import create_workspace
    from studio.story.model import Group, Publication, Story
    from studio.story.newsroom_records import PlannedPost, StorySeries

    chance = random.Random(1)
    with create_workspace(path, Group(name="KIM Bina Warga", village="Desa Sukamaju")) as workspace:
        for number in range(count):
            day = date.today() + timedelta(chance.randrange(-900, 200))
            when = f"{day}T09:00:00+07:00"
            workspace.add(
                Story(
                    id=f"s{number}",
                    headline=f"Berita desa nomor {number} tentang kegiatan warga",
                    kind=chance.choice(("news", "notice", "event")),
                    date=day.isoformat(),
                    publications=tuple(
                        Publication(outlet=outlet, when=when)
                        for outlet in ("whatsapp", "facebook")[: chance.randrange(3)]
                    ),
                    planned=tuple(
                        PlannedPost(outlet=outlet, when=when)
                        for outlet in ("whatsapp", "facebook", "x")[: chance.randrange(4)]
                    ),
                    series=StorySeries(id=f"z{number % 40}", rule="FREQ=WEEKLY;BYDAY=TU") if number % 5 == 0 else None,
                )
            )


def main(count: int) -> None:
    """Turn months backwards and forwards; print the longest and the mean pause."""
    from PySide6.QtTest import QTest

    from studio.app import make_application
    from studio.base import paths
    from studio.base.lucide_icons import LucideIcons
    from studio.base.settings import UserSettings
    from studio.ui.core.background_jobs import InlineJobs
    from studio.ui.dialogs.qt_dialogs import QtDialogs
    from studio.ui.shell.application import ProgramPlaces, StudioApplication

    app = make_application()
    with tempfile.TemporaryDirectory(prefix="kim-kalender-") as scratch:
        home = Path(scratch)
        fill(home / "KIM", count)
        settings = UserSettings(home / "settings.json")
        settings.set("writer_asked", True)
        places = ProgramPlaces(paths.assets_dir(), home)
        studio = StudioApplication(
            app, settings, InlineJobs(), lambda texts: QtDialogs(texts, home), LucideIcons(), places, lambda *_: None
        )
        studio.open_workspace(home / "KIM")
        studio.window.shell.resize(1366, 768)
        studio.source.refresh()
        studio.window.calendar.show()
        QTest.qWait(200)
        page = studio.window.calendar.page
        for name, by in (("back", -1), ("on", 1), ("on, first time", 1)):
            clock, cpu = [], []
            for _ in range(_MONTHS):
                began, used = time.perf_counter(), time.process_time()
                page.page(by)
                page.grid.repaint()
                clock.append(1000 * (time.perf_counter() - began))
                cpu.append(1000 * (time.process_time() - used))
            mean = sum(cpu) / len(cpu)
            print(f"{name:>15}: longest {max(clock):.0f} ms ({max(cpu):.0f} of the processor), mean {mean:.0f}")
        studio.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
