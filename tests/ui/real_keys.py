"""Tab, Ctrl+N and the wheel in the real window, by an X server; see ``hands``.

python tests/ui/real_keys.py      prints one JSON line: what was seen on the way
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.hands import Scenario, click, keys, make_studio, play, typed, wheel, who


def walk(studio: Any) -> Scenario:
    """Everything one after the other, in one window."""
    window, told = studio.window, {}
    window.go("photo")
    for _ in range(3):
        yield ("sleep", "0.1")
    yield from turn(studio, told)
    yield keys("ctrl+n")
    told["desk"], told["new"] = window.desk, who(studio)
    yield typed("Panen raya")
    yield keys("Tab")
    yield typed("Hasil naik")
    stops = []
    for _ in range(8):
        yield keys("Tab")
        stops.append(who(studio))
    yield typed("Petani memanen padi.")
    told["stops"] = stops
    yield keys("shift+Tab")
    told["back"] = who(studio)
    yield keys("Tab", "Tab")
    told["after body"] = who(studio)
    story = studio.stories.session.story
    told["story"] = [story.headline, story.summary, story.body]
    yield from ask(studio, told)
    yield from publish(studio, told)
    yield from grow(studio, told)
    return told


def publish(studio: Any, told: dict[str, Any]) -> Scenario:
    """From the new story to the files of one outlet, by keys alone."""
    yield keys("ctrl+n")
    yield typed("Warga perbaiki saluran")
    yield keys("Return")
    told["summary"] = who(studio)
    yield typed("Saluran kembali mengalir.")
    yield keys("ctrl+5")
    for _ in range(100):  # its modules are imported first
        if studio.window.desk == "publish":
            break
        yield ("sleep", "0.1")
    desk = studio.window.page
    yield from tab_to(studio, studio.tools.t("publishdesk.none"))
    yield keys("Return")
    told["unticked"] = desk.chosen()
    yield from tab_to(studio, desk.boxes["telegram"].accessibleName())
    yield keys("space")
    yield from tab_to(studio, desk.export.accessibleName())
    yield keys("Return")
    for _ in range(200):  # a process of its own begins for it
        yield ("sleep", "0.2")
        if desk.results.isVisible():
            break
    files = (studio.stories.workspace.path / "exports").rglob("*.*")
    told["exported"] = sorted(path.name for path in files if path.parent.name == "telegram")


def grow(studio: Any, told: dict[str, Any]) -> Scenario:
    """Larger letters: the window is built anew, and the program goes on."""
    before = studio.window
    yield keys("ctrl+plus")
    for _ in range(100):
        if studio.window is not before and studio.window.shell.isVisible():
            break
        yield ("sleep", "0.1")
    yield ("sleep", "0.3")
    told["grown"] = [studio.tools.theme.scale, studio.window.shell.isVisible(), studio.window.desk]


def tab_to(studio: Any, name: str) -> Scenario:
    """Press Tab until what is called so has the keyboard."""
    for _ in range(90):
        if who(studio) == name:
            return
        yield keys("Tab")


def turn(studio: Any, told: dict[str, Any]) -> Scenario:
    """The wheel over the contrast of a photo: first on the way past, then after a click on it."""
    desk = studio.window.page
    slider, bar = desk.light.sliders["contrast"], desk.side_panel.verticalScrollBar()
    desk.side_panel.ensureWidgetVisible(slider)
    yield ("sleep", "0.1")
    before = bar.value()
    yield wheel(slider, 2)
    photo = studio.stories.session.story.photos[0]
    told["passing"] = {"contrast": photo.adjust.contrast, "value": slider.value(), "scrolled": bar.value() > before}
    desk.side_panel.ensureWidgetVisible(slider)
    slider.setFocus(Qt.FocusReason.TabFocusReason)
    yield wheel(slider, 2, up=True)
    told["meant"] = studio.stories.session.story.photos[0].adjust.contrast > 0


def ask(studio: Any, told: dict[str, Any]) -> Scenario:
    """The questions of a new story: every answer goes where it was typed."""
    yield keys("ctrl+n")
    desk = studio.window.page
    yield click(desk.starters.tiles["news"])
    names = []
    desk.starters.questions["what"].field.setFocus()
    for number in range(6):
        yield typed(f"jawaban {number}")
        focus = QApplication.focusWidget()
        names.append(focus.accessibleName() if focus is not None else "")
        yield keys("Tab")
    answers = studio.stories.session.story.answers
    told["answers"] = [getattr(answers, name) for name in ("what", "who", "where", "when", "why", "how")]
    told["asked"] = names


def build(home: Path) -> tuple[Any, Scenario]:
    studio = make_studio(home, full=True)
    return studio, walk(studio)


if __name__ == "__main__":
    play(build)
