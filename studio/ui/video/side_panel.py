"""The panel beside the desk: pages chosen by small tabs, and what is done with a finished clip."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QToolButton, QWidget

from studio.ui.video.covers_page import CoversPage
from studio.ui.video.side_pages import AboutPage, PicturePage, SoundPage, WordsPage
from studio.ui.video.subtitles_page import CuesPage
from studio.ui.widgets.basic_parts import (
    ChoiceGroup,
    button,
    card,
    choice_tool,
    column,
    describe,
    edges,
    label,
    restyle,
    scrolled,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from studio.services.clip_preparation import KeptSound
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.video.clip_edits import ClipEditing
    from studio.ui.video.side_pages import PanelPage
    from studio.ui.video.whatsapp_card import SendCard

TABS = (
    ("picture", "crop"),
    ("covers", "eye-off"),
    ("words", "type"),
    ("cues", "captions"),
    ("sound", "volume-2"),
    ("about", "info"),
)

_LOW = 600
"""Design pixels of height under which the page of subtitles has the panel for itself."""


class SidePanel(QWidget):
    """Pages about the clip that is worked on.

    Args:
        tools: what every part is given.
        editing: the state of the desk.
        send: the card that makes a file for WhatsApp.
        onward: leads to the next desk.
    """

    photo_asked = Signal()
    draw_asked = Signal()
    path_asked = Signal(str)
    """What is to be done with the way of the chosen cover; see ``PathCard.asked``."""
    next_cover_changed = Signal()
    """The cover that is drawn next will look otherwise."""
    load_asked = Signal()
    save_asked = Signal()
    measure_asked = Signal()
    listening = Signal(bool)

    def __init__(self, tools: WindowTools, editing: ClipEditing, send: SendCard, onward: Callable[[], object]) -> None:
        super().__init__()
        self._tools = tools
        self._editing = editing
        self._gain: KeptSound | None = None
        self.comments: QWidget | None = None
        """What was said about the clip; put on its page before that is made."""
        self.make_voice_over: Callable[[], QWidget] | None = None
        """Makes the card of voice and music on the page of its sound."""
        theme, px = tools.theme, tools.theme.px
        self._margins = (px(14), px(2), px(14), px(10))
        self._pages: dict[str, PanelPage] = {}
        self.tabs: dict[str, QToolButton] = {}
        self.stack = QStackedWidget()
        for _ in TABS:
            # Empty until it is shown for the first time: making every page at once would take too long.
            area = scrolled(QWidget())
            self.stack.addWidget(area)
        next_desk = button(theme, tools.t("window.on_to_check"), onward, look="primary")
        self._send, self._foot = QWidget(), QWidget()
        self._send.setLayout(column(send, edges=edges(theme, 14, 0)))
        self._foot.setLayout(column(next_desk, edges=edges(theme, 14, 11)))
        self.body = QWidget()
        self.body.setLayout(column(self._make_tabs(), self.stack, self._send, gap=0))
        self.note = QWidget()
        about = column(label(tools.t("clip.show"), "title"), label(tools.t("clip.show_about"), "hint", wrap=True))
        about.setContentsMargins(*edges(theme, 16, 14))
        self.note.setLayout(column(card(about), 1, edges=edges(theme, 14, 14)))
        whole = column(self.body, self.note, self._foot, gap=0)
        whole.setStretch(0, 1)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.note.hide()
        editing.state.changed.connect(self.show_state)
        self.show_page("picture")

    def _make_tabs(self) -> QHBoxLayout:
        theme, t = self._tools.theme, self._tools.t
        group = ChoiceGroup(self)
        strip = QHBoxLayout()
        strip.setContentsMargins(theme.px(10), theme.px(8), theme.px(10), theme.px(6))
        strip.setSpacing(0)
        for code, icon in TABS:
            made = choice_tool()
            restyle(made, "look", "side")
            made.setText(t(f"clip.tab_{code}"))
            made.setIcon(theme.icon(icon, "normal", 18))
            made.setIconSize(theme.icon_size(18))
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
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
        self._fit_foot()

    # ------------------------------------------------------------------------------------------- pages

    def _page_of(self, code: str) -> PanelPage:
        if code not in self._pages:
            made = self._make_page(code)
            made.setContentsMargins(*self._margins)
            made.setProperty("look", "clear")
            area = cast("QScrollArea", self.stack.widget([tab for tab, _ in TABS].index(code)))
            area.setWidget(made)
            self._put_behind_tabs(made)
            page = cast("PanelPage", made)
            self._pages[code] = page
            page.show_state()
        return self._pages[code]

    def _put_behind_tabs(self, page: QWidget) -> None:
        """Tab leads from the tabs into the page: Qt puts what is made late at the end, behind the foot."""
        before: QWidget = list(self.tabs.values())[-1]
        parts = []
        part = page.nextInFocusChain()
        while part is not None and page.isAncestorOf(part):
            if part.focusPolicy() != Qt.FocusPolicy.NoFocus:
                parts.append(part)
            part = part.nextInFocusChain()
        for each in parts:
            self.setTabOrder(before, each)
            before = each

    def _make_page(self, code: str) -> QWidget:
        tools, editing = self._tools, self._editing
        match code:
            case "picture":
                picture = PicturePage(tools, editing)
                picture.photo_asked.connect(self.photo_asked)
                return picture
            case "covers":
                covers = CoversPage(tools, editing)
                covers.panel.draw_asked.connect(self.draw_asked)
                covers.panel.next_changed.connect(self.next_cover_changed)
                covers.path.asked.connect(self.path_asked)
                return covers
            case "words":
                return WordsPage(tools, editing)
            case "cues":
                cues = CuesPage(tools, editing)
                cues.load_asked.connect(self.load_asked)
                cues.save_asked.connect(self.save_asked)
                cues.listening.connect(self.listening)
                return cues
            case "sound":
                sound = SoundPage(tools, editing)
                sound.measure_asked.connect(self.measure_asked)
                # It may have been measured before this page was made.
                sound.show_gain(self._gain)
                if self.make_voice_over is not None:
                    sound.add_card(self.make_voice_over())
                return sound
            case _:
                about = AboutPage(tools, editing)
                if self.comments is not None:
                    about.add_card(self.comments)
                return about

    @property
    def picture(self) -> PicturePage:
        """How the picture fits a format."""
        return cast("PicturePage", self._page_of("picture"))

    @property
    def covers(self) -> CoversPage:
        """What is hidden."""
        return cast("CoversPage", self._page_of("covers"))

    @property
    def words(self) -> WordsPage:
        """What is written over the picture."""
        return cast("WordsPage", self._page_of("words"))

    @property
    def cues(self) -> CuesPage:
        """The subtitles."""
        return cast("CuesPage", self._page_of("cues"))

    @property
    def sound(self) -> SoundPage:
        """The sound."""
        return cast("SoundPage", self._page_of("sound"))

    @property
    def about(self) -> AboutPage:
        """Caption, credit, description."""
        return cast("AboutPage", self._page_of("about"))

    @property
    def for_piece(self) -> bool:
        """Whether the focus is set for the chosen piece alone."""
        return "picture" in self._pages and self.picture.for_piece

    def has(self, code: str) -> bool:
        """Whether a page was made already."""
        return code in self._pages

    def show_gain(self, gain: KeptSound | None) -> None:
        """How much louder the result will be; None while that is not known."""
        self._gain = gain
        if "sound" in self._pages:
            self.sound.show_gain(gain)

    def show_position(self, seconds: float) -> None:
        """The playhead is there."""
        if "covers" in self._pages and self.page == "covers":
            self.covers.show_position()
        if "cues" in self._pages:
            self.cues.show_position(seconds)

    @property
    def page(self) -> str:
        """Which page is shown."""
        return TABS[self.stack.currentIndex()][0]

    def show_page(self, code: str) -> None:
        """Show one of the pages."""
        self._page_of(code)
        self.tabs[code].setChecked(True)
        self.stack.setCurrentIndex([tab for tab, _ in TABS].index(code))
        self._fit_foot()

    def _fit_foot(self) -> None:
        """Where it is low, subtitles have the room of what stands below them on the other pages."""
        typing = self.note.isHidden() and self.tabs["cues"].isChecked()
        roomy = not typing or self.height() >= self._tools.theme.px(_LOW)
        for part in (self._send, self._foot):
            part.setVisible(roomy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See Qt."""
        super().resizeEvent(event)
        self._fit_foot()

    def show_state(self) -> None:
        """Show what is worked on now."""
        for page in self._pages.values():
            page.show_state()
