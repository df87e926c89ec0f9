"""The place "Kelompok": its pages behind tabs, and what must be known of its files above them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from studio.ui.group.group_context import PAGES, GroupContext, GroupPageCode, HomelyPage, RevealingPage, WorkingPage
from studio.ui.group.group_pages import make_page
from studio.ui.shell.message_banner import BannerMessage, MessageBanner
from studio.ui.widgets.basic_parts import column, row
from studio.ui.widgets.calm_inputs import tab_bar

if TYPE_CHECKING:
    from studio.ui.core.story_session import SaveState


_LEAST = 620


class GroupDesk(QWidget):
    """The five pages.

    Args:
        context: what the pages work with.
    """

    def __init__(self, context: GroupContext) -> None:
        super().__init__()
        self._context = context
        self._codes = [code for code, _ in PAGES]
        self._made: dict[GroupPageCode, QWidget] = {}
        self.least_width = _LEAST
        """Pixels of the design that a page needs: see ``WindowFrame.fit_width``."""
        self.tabs = tab_bar()
        self.banner = MessageBanner(context.tools.theme)
        self._stack = QStackedWidget()
        self._lay_out()
        context.session.save_state_changed.connect(self._on_state)
        context.session.changed.connect(self._on_edited)  # no lambda: the session outlives this desk
        self._on_state(context.session.save_state)

    def _lay_out(self) -> None:
        tools, px = self._context.tools, self._context.tools.theme.px
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setAccessibleName(tools.t("group.tabs"))
        for number, code in enumerate(self._codes):
            self.tabs.addTab(tools.t(f"group.page.{code}").replace("&", "&&"))  # else it marks a key
            self.tabs.setTabToolTip(number, tools.t(f"group.page.{code}_tip"))
        head = QFrame()
        head.setLayout(row(self.tabs, 1, edges=(px(20), px(10), px(20), px(2))))
        whole = column(head, self.banner, self._stack, gap=0)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self.tabs.currentChanged.connect(lambda number: self.show_page(self._codes[number]))

    def show_page(self, code: GroupPageCode) -> QWidget:
        """Show a page; it is made when it is first shown."""
        if code not in self._made:
            self._made[code] = make_page(code, self._context)
            self._stack.addWidget(self._made[code])
        self._stack.setCurrentWidget(self._made[code])
        self.tabs.setCurrentIndex(self._codes.index(code))
        self._context.tools.settings.set("group_page", code)
        return self._made[code]

    def pass_on(self) -> None:
        """Leave what is in no file to the desk that takes this one's place: the window is built anew."""
        page: object = self._made.get("district")
        if isinstance(page, WorkingPage):
            self._context.session.district = page.work

    @property
    def page(self) -> QWidget | None:
        """The page that is shown."""
        return self._stack.currentWidget()

    @property
    def home(self) -> QWidget:
        """What takes the focus of who comes here: the page's own home, else the tabs."""
        page: object = self.page
        return page.home if isinstance(page, HomelyPage) else self.tabs

    def reveal(self, place: str) -> None:
        """Show a page, and a part of it: ``"profile/decree"``."""
        code, _, field = place.partition("/")
        found = next((known for known in self._codes if known == code), None)
        if found is None:
            return
        page: object = self.show_page(found)
        if field and isinstance(page, RevealingPage):
            page.reveal(field)

    def _on_edited(self, _: object) -> None:
        self._on_state(self._context.session.save_state)

    def _on_state(self, state: SaveState) -> None:
        """What could not be saved comes first, then what could not be read."""
        texts, session = self._context.tools.texts, self._context.session
        if state.kind == "failed" and state.error is not None:
            again = (self._context.t("window.try_again"), partial(_flush, self._context))
            self.banner.show_message(BannerMessage(texts.explain(state.error), (again,), "bad"))
            return
        told = "  ".join(texts.explain(notice) for notice in session.reading.notices)
        self.banner.show_message(BannerMessage(told))


def _flush(context: GroupContext) -> None:
    context.session.flush()
