"""A writing desk with a story in memory, as the window makes it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from studio.base.i18n import MessageTexts
from studio.base.lucide_icons import LucideIcons
from studio.base.paths import assets_dir
from studio.story.model import Story
from studio.ui.core.story_session import StorySession
from studio.ui.core.window_theme import load_theme
from studio.ui.write.write_desk import WriteDesk


class Memory:
    """Where a session saves to."""

    def __init__(self):
        self.saved = []

    def add(self, story):
        self.saved.append(story)
        return "cerita"

    def save(self, folder, story):
        self.saved.append(story)


class Answers:
    """Dialogs that answer by themselves."""

    def __init__(self):
        self.address = None
        self.asked = []
        self.explained = []

    def ask_text(self, title, label, value="", *, hint=""):
        self.asked.append(value)
        return self.address

    def explain(self, trouble, title=""):
        self.explained.append(trouble)


class Clock:
    """Time that passes when told to."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


class Place:
    """A desk in a window, and what it hangs on."""

    def __init__(self, qtbot, story, theme, language="id", **options):
        self.clock, self.dialogs, self.store = Clock(), Answers(), Memory()
        self.session = StorySession(
            self.store, "cerita", story, now=self.clock, read_only=options.pop("read_only", False)
        )
        self.texts = MessageTexts(assets_dir() / "messages", language)
        self.desk = WriteDesk(self.session, self.texts, theme, self.dialogs, **options)
        self.window = QWidget()
        self.window.setObjectName("page")
        theme.style_window(self.window)
        row = QHBoxLayout(self.window)
        row.addWidget(self.desk, 1)
        row.addWidget(self.desk.side_panel)
        self.desk.side_panel.setFixedWidth(theme.px(310))
        self.window.resize(1062, 687)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.desk.body.setFocus()
        self.qtbot = qtbot

    @property
    def body(self):
        return self.desk.body

    @property
    def story(self):
        return self.session.story

    def type(self, text, widget=None):
        self.qtbot.keyClicks(widget or self.body, text)

    def key(self, *args, widget=None):
        self.qtbot.keyClick(widget or self.body, *args)

    def pause(self, seconds=5.0):
        self.clock.now += seconds

    def do(self, code):
        self.desk.actions_by_code[code].trigger()


@pytest.fixture(scope="session")
def icons(tmp_path_factory):
    return LucideIcons(tmp_path_factory.mktemp("icons") / "icons.json")


@pytest.fixture(scope="session")
def light(icons):
    """Read once, with the icons it has drawn."""
    made = load_theme(assets_dir() / "theme", "light", icons)
    icons.remember()
    return made


@pytest.fixture
def theme(qapp, light):
    light.apply(qapp)
    return light


@pytest.fixture
def open_desk(qtbot, theme):
    """Opens a desk for a story made of keyword arguments."""
    opened = []

    def opening(*, options=None, **fields):
        place = Place(
            qtbot, Story(id=f"s{len(opened)}", **fields), (options or {}).pop("theme", theme), **(options or {})
        )
        opened.append(place)
        return place

    yield opening
    for place in opened:
        place.session.close()
        place.window.close()
        place.window.deleteLater()
    # Now, not when Python gets to it: parts that are freed in its order take the next test's style sheet down.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def samples():
    return Path(__file__).parent / "samples"
