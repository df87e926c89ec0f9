"""Photographs what opens over the real window, by an X server; see ``hands``.

python tests/ui/real_popups.py THEME FOLDER     prints one JSON line: for each popup the least contrast of its texts,
                                                and of its edge; for each desk that of the hints in fields

A text is a row of the list, an action of the menu or the whole of a label. Its contrast is that between the most
frequent colour of its area and the one that differs most: letters of 13 pixels have whole strokes of their colour.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDate, QPoint, QRect, Qt
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QToolButton,
    QWidget,
)

from studio.story.edits import set_field
from studio.ui.calendar.calendar_grid import CalendarGrid
from studio.ui.calendar.grid_geometry import DayLine
from studio.ui.core.background_jobs import BackgroundJob
from studio.ui.core.focus_order import into_sight
from studio.ui.widgets.calm_inputs import date_edit
from studio.ui.write.fact_chips import TextChip
from tests.ui.hands import Scenario, at, click, keys, make_studio, play, typed

FOLDER = Path(sys.argv[2])
LEAST_ROW = 12
"""Pixels of a row that must be in sight for its words to be measured."""


def _luminance(rgb: tuple[int, int, int]) -> float:
    parts = [part / 255 for part in rgb]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(image: QImage, area: QRect) -> float:
    """Of the text in an area against its ground."""
    cut = image.copy(area.intersected(image.rect())).convertToFormat(QImage.Format.Format_RGB32)
    words = Counter(memoryview(cut.constBits()).cast("I"))  # 32 bits a pixel: no line is padded
    seen = {(word >> 16 & 255, word >> 8 & 255, word & 255): count for word, count in words.items()}
    ground = _luminance(max(seen, key=seen.__getitem__))
    ratios = [(max(ground, each) + 0.05) / (min(ground, each) + 0.05) for each in map(_luminance, seen)]
    return round(max(ratios), 2)


def edge_contrast(image: QImage, screen: QImage, place: QRect) -> float:
    """Of a popup's edge (or ground, where it has none) against what is just inside or outside of it."""
    middle = place.center().y()
    inside = _luminance(_color(screen, place.left() + 6, middle))
    outside = _luminance(_color(screen, place.left() - 2, middle))
    edge = [_luminance(_color(screen, place.left() + step, middle)) for step in range(4)]
    told = [(max(ground, each) + 0.05) / (min(ground, each) + 0.05) for each in edge for ground in (inside, outside)]
    return round(max(told), 2)


def _color(image: QImage, x: int, y: int) -> tuple[int, int, int]:
    color = image.pixelColor(max(0, x), y)
    return color.red(), color.green(), color.blue()


def hints_of(window: QWidget) -> dict[str, float]:
    """The hints of empty fields that are in sight, measured on the screen."""
    told = {}
    screen = window.screen().grabWindow(0).toImage()
    for kind in (QLineEdit, QTextEdit, QPlainTextEdit):
        for field in window.findChildren(kind):
            text = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
            seen = field.visibleRegion().boundingRect()
            if text or not field.placeholderText() or not field.isEnabled() or seen.height() < LEAST_ROW:
                continue
            area = QRect(field.mapToGlobal(seen.topLeft()), seen.size()).adjusted(30, 4, -30, -4)
            told[f"hint: {field.placeholderText()[:30]}"] = contrast(screen, area)
    return told


def rows_of(popup: QWidget) -> list[QRect]:
    """The areas of its texts, in its own pixels."""
    if isinstance(popup, QMenu):
        actions: list[QAction] = [each for each in popup.actions() if not each.isSeparator() and each.text()]
        return [popup.actionGeometry(each) for each in actions]
    view = popup if isinstance(popup, QAbstractItemView) else popup.findChild(QAbstractItemView)
    if view is None:
        return [popup.rect()]
    model, areas = view.model(), []
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            area = view.visualRect(model.index(row, column))
            area = area.intersected(view.viewport().rect())
            if model.index(row, column).data() and area.height() >= LEAST_ROW:
                areas.append(area.translated(view.viewport().mapTo(popup, QPoint(0, 0))))
    return areas


def open_now() -> QWidget | None:
    """What is open over the window."""
    kinds = {Qt.WindowType.Popup, Qt.WindowType.ToolTip}
    found = [each for each in QApplication.topLevelWidgets() if each.isVisible() and each.windowType() in kinds]
    return found[0] if found else None


class Camera:
    """Takes pictures and measures them."""

    def __init__(self) -> None:
        self.told: dict[str, float] = {}
        self.edges: dict[str, float] = {}

    def take(self, name: str, part: QWidget | None = None) -> None:
        """Of what is open over the window, or of a part that lies over its page."""
        popup = part or open_now()
        assert popup is not None, name
        screen = popup.screen().grabWindow(0)
        image = screen.copy(QRect(popup.mapToGlobal(QPoint(0, 0)), popup.size())).toImage()
        image.save(str(FOLDER / f"{name}-{sys.argv[1]}.png"))
        kinds = (QLabel, QPushButton)
        inside = [each.geometry() for kind in kinds for each in popup.findChildren(kind)]
        words = inside if part else rows_of(popup)
        self.told[name] = min(contrast(image, area) for area in words)
        place = QRect(popup.mapToGlobal(QPoint(0, 0)), popup.size())
        self.edges[name] = edge_contrast(image, screen.toImage(), place)


def shown(name: str, window: QWidget) -> QToolButton:
    return next(each for each in window.findChildren(QToolButton) if each.accessibleName() == name)


def walk(studio: Any) -> Scenario:
    window, camera = studio.window, Camera()
    shell, desk = window.shell, window.page
    pause = ("sleep", "0.1")
    yield ("sleep", "0.3")
    yield click(desk.header.lines["category"])
    yield keys("ctrl+a")
    yield typed("ke")
    yield pause
    camera.take("proposals")
    yield keys("Escape")
    yield click(desk.header.date)
    yield pause
    camera.take("date")
    yield keys("Escape")
    for name, part in (("text", desk.body), ("line", desk.header.lines["place"]), ("answer", desk.header.summary)):
        yield ("mousemove", *at(part), "click", "3", *pause)
        camera.take(f"menu-{name}")
        yield keys("Escape")
    for name in ("Menu lain", "Ruang kerja dan profil KIM", "Urutkan", "Perintah lain", "Pencarian tersimpan"):
        yield click(shown(name, shell))
        yield pause
        camera.take(f"menu-{name.split()[0]}")
        yield keys("Escape")
    yield ("mousemove", *at(desk.body))
    yield ("mousemove", *at(window.library.search), "sleep", "0.9")
    camera.take("tooltip")
    camera.told |= hints_of(shell)
    yield from passing(studio, camera)
    yield from boxes(studio, camera)
    yield from desk_menus(studio, camera)
    return [camera.told, camera.edges]


def passing(studio: Any, camera: Camera) -> Scenario:
    """What comes and goes by itself: a short word at the foot, work under way, the tip of a day."""
    shell, strip, pause = studio.window.shell, studio.window.shell.status.jobs, ("sleep", "0.1")
    shell.show_toast("Foto dihapus", "Batalkan", lambda: None)
    yield pause
    camera.take("toast", shell._toast)
    jobs = [BackgroundJob(title, parent=shell) for title in ("Ekspor: Warga bergotong royong", "Cari wajah")]
    for job in jobs:
        strip.add(job)
    yield pause
    yield click(strip.more)
    yield pause
    camera.take("menu-jobs")
    yield keys("Escape")
    for job in jobs:
        job.finish("cancelled")
    # A word that is no word: the check desk then offers to ignore it.
    session = studio.stories.session
    session.edit(set_field("body", f"{session.story.body}\n\nWarga mengikuti kegiyatan itu."))
    studio.window.actions.all["calendar"].trigger()
    lines: list[DayLine] = []
    for _ in range(100):  # its modules come in the worker
        yield pause
        grid = shell.findChild(CalendarGrid)
        if grid is not None and (lines := [line for cell in grid.geometry_now.cells for line in cell.lines]):
            break
    line = lines[0]
    yield ("mousemove", *at(grid, QPoint(2, 2)))
    yield ("mousemove", *at(grid, line.rect.center()), "sleep", "0.9")
    camera.take("tip-calendar")
    studio.window.actions.all["calendar"].trigger()
    yield pause


def desk_menus(studio: Any, camera: Camera) -> Scenario:
    """Whatever else opens on the desks: of each kind of button the first, found by what it opens."""
    window, met = studio.window, set()
    for desk in ("write", "photo", "video", "check", "ledger", "people", "publish"):
        window.go("check" if desk in {"ledger", "people"} else desk)
        if desk in {"ledger", "people"}:
            window.page.show_page(desk)
        yield ("sleep", "0.4")
        if desk == "check":
            yield from checked(window)
        camera.told |= hints_of(window.shell)
        for part in window.shell.findChildren(QAbstractButton):
            kind = f"{type(part).__name__} {' '.join(part.accessibleName().partition(':')[0].split()[:2])}"
            if kind in met or not part.isEnabled() or not part.isVisible() or not opens_something(part):
                continue
            met.add(kind)
            into_sight(part)
            yield ("sleep", "0.05")
            yield click(part)
            yield ("sleep", "0.1")
            camera.take(f"button-{kind.replace('/', '-')}")
            yield keys("Escape")


def checked(window: Any) -> Scenario:
    """Until the check desk has found the word that is none."""
    window.page.show_page("findings")
    for _ in range(50):
        if any(each.text() == "Abaikan…" for each in window.page.findChildren(QPushButton)):
            return
        yield ("sleep", "0.1")


def opens_something(part: QAbstractButton) -> bool:
    """Whether a button has a menu, is a line that unfolds, or one of the languages of an outlet."""
    menu = getattr(part, "menu", lambda: None)()
    return isinstance(menu, QMenu) or isinstance(part, TextChip) or part.text() == "ID"


def boxes(studio: Any, camera: Camera) -> Scenario:
    """Lists to choose from, and the calendar of a date."""
    window, pause = studio.window, ("sleep", "0.1")
    window.go("check")
    yield ("sleep", "0.4")
    box = window.page.show_page("people").form.role.box
    yield pause
    yield click(box)
    yield pause
    camera.take("choices")
    yield keys("Escape")
    day = date_edit(studio.tools, QDate(2026, 11, 22))
    day.setParent(window.shell)
    day.setGeometry(500, 300, 160, 34)
    day.show()
    yield pause
    yield click(day, QPoint(150, 17))
    yield pause
    camera.take("calendar")
    yield keys("Escape")
    day.deleteLater()


def build(home: Path) -> tuple[Any, Scenario]:
    studio = make_studio(home, sys.argv[1], full=True)
    studio.window.go("write")
    return studio, walk(studio)


if __name__ == "__main__":
    play(build)
