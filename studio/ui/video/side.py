"""The panel beside the desk: pages chosen by small tabs, and what is done with a finished clip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QToolButton, QWidget

from studio.ui.parts import button, card, column, describe, edges, label, restyle, scrolled
from studio.ui.video.covers_page import CoversPage
from studio.ui.video.cues_page import CuesPage
from studio.ui.video.panels import AboutPage, PicturePage, SoundPage, WordsPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.ui.tools import Tools
    from studio.ui.video.editing import Editing
    from studio.ui.video.panels import Page
    from studio.ui.video.send import SendCard

TABS = (
    ("picture", "crop"),
    ("covers", "eye-off"),
    ("words", "type"),
    ("cues", "captions"),
    ("sound", "volume-2"),
    ("about", "info"),
)


class SidePanel(QWidget):
    """Pages about the clip that is worked on.

    Args:
        tools: what every part is given.
        editing: the state of the desk.
        send: the card that makes a file for WhatsApp.
        onward: leads to the next desk.
    """

    def __init__(self, tools: Tools, editing: Editing, send: SendCard, onward: Callable[[], object]) -> None:
        super().__init__()
        self._tools = tools
        self._editing = editing
        theme, px = tools.theme, tools.theme.px
        self.picture = PicturePage(tools, editing)
        self.covers = CoversPage(tools, editing)
        self.words = WordsPage(tools, editing)
        self.cues = CuesPage(tools, editing)
        self.sound = SoundPage(tools, editing)
        self.about = AboutPage(tools, editing)
        self.pages: dict[str, Page] = {
            "picture": self.picture,
            "covers": self.covers,
            "words": self.words,
            "cues": self.cues,
            "sound": self.sound,
            "about": self.about,
        }
        self.tabs: dict[str, QToolButton] = {}
        self.stack = QStackedWidget()
        for page in (self.picture, self.covers, self.words, self.cues, self.sound, self.about):
            page.setContentsMargins(px(14), px(2), px(14), px(10))
            self.stack.addWidget(scrolled(page))
        next_desk = button(theme, tools.t("window.on_to_check"), onward, look="primary")
        foot = column(next_desk, edges=edges(theme, 14, 11))
        self.body = QWidget()
        self.body.setLayout(column(self._make_tabs(), self.stack, column(send, edges=edges(theme, 14, 0)), gap=0))
        self.note = QWidget()
        about = column(label(tools.t("clip.show"), "title"), label(tools.t("clip.show_about"), "hint", wrap=True))
        about.setContentsMargins(*edges(theme, 16, 14))
        self.note.setLayout(column(card(about), 1, edges=edges(theme, 14, 14)))
        whole = column(self.body, self.note, foot, gap=0)
        whole.setStretch(0, 1)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.note.hide()
        editing.changed.connect(self.show_state)
        self.show_page("picture")

    def _make_tabs(self) -> QHBoxLayout:
        theme, t = self._tools.theme, self._tools.t
        group = QButtonGroup(self)
        strip = QHBoxLayout()
        strip.setContentsMargins(theme.px(10), theme.px(8), theme.px(10), theme.px(6))
        strip.setSpacing(0)
        for code, icon in TABS:
            made = QToolButton()
            restyle(made, "look", "side")
            made.setText(t(f"clip.tab_{code}"))
            made.setIcon(theme.icon(icon, "normal", 18))
            made.setIconSize(theme.icon_size(18))
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            made.setCheckable(True)
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            describe(made, t(f"clip.tab_{code}"), t(f"clip.tab_{code}_tip"))
            made.clicked.connect(lambda _=False, code=code: self.show_page(code))
            group.addButton(made)
            strip.addWidget(made, 1)
            self.tabs[code] = made
        return strip

    def show_clip(self, there: bool) -> None:
        """Show the pages of a clip, or (for the video of photos) a word about that."""
        self.body.setVisible(there)
        self.note.setVisible(not there)

    @property
    def page(self) -> str:
        """Which page is shown."""
        return TABS[self.stack.currentIndex()][0]

    def show_page(self, code: str) -> None:
        """Show one of the pages."""
        self.tabs[code].setChecked(True)
        self.stack.setCurrentIndex([tab for tab, _ in TABS].index(code))

    def show_state(self) -> None:
        """Show what is worked on now."""
        for page in self.pages.values():
            page.show_state()
