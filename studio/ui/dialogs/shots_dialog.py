"""The dialog of shot lists: the one for the open story, or another; onto the phone, onto paper, into a chat."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from studio.base.errors import UserError
from studio.base.portable_names import with_ending
from studio.group.shot_lists import shot_list_of
from studio.publish.lan_server import MINUTES
from studio.publish.lan_shots import ShotPage
from studio.services.shot_lists import SAVED_PAGE, load_shot_lists, shot_page, shot_text, write_shot_lists
from studio.ui.widgets.basic_parts import button, column, describe, edges, label, row, scrolled
from studio.ui.widgets.calm_inputs import combo_box
from studio.ui.widgets.qr_code import QrCode
from studio.ui.widgets.styled_dialog import StyledDialog

if TYPE_CHECKING:
    from studio.group.shot_lists import ShotList
    from studio.services.shot_lists import ShotLists
    from studio.story.model import Group, Story
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.core.open_workspace import OpenWorkspace


class ShotsDialog(StyledDialog):
    """Shows a list and hands it on.

    Args:
        tools: what every part is given.
        group: whose name is on the sheet.
        known: the lists there are.
        story: the open story, for which a list is proposed; None for none.
        host: where the page for the phone listens; "" finds the address of the Wi-Fi.
    """

    def __init__(
        self, tools: WindowTools, group: Group, known: ShotLists, story: Story | None, *, host: str = ""
    ) -> None:
        super().__init__(tools.theme)
        self._tools, self._group, self._known, self._host = tools, group, known, host
        self._page: ShotPage | None = None
        theme = tools.theme
        self.setWindowTitle(self._t("title"))
        self.kinds = combo_box()
        for each in known.lists:
            self.kinds.addItem(each.title.get(tools.texts.language) or each.title["id"], each.id)
        proposed = shot_list_of(story, known.lists) if story is not None else known.lists[0]
        self.kinds.setCurrentIndex(known.lists.index(proposed))
        describe(self.kinds, self._t("kind"))
        self.text = label("", wrap=True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.code = QrCode(theme.px(210))
        self.address = label("", "muted", wrap=True)
        self.phone = button(theme, self._t("phone"), self._serve, look="primary", icon="smartphone")
        self.told = label(self._t("phone_hint"), "hint", wrap=True)
        self.paper = button(theme, self._t("print"), partial(self._write, ".pdf"), icon="printer")
        self.file = button(theme, self._t("file"), partial(self._write, ".html"), icon="file-down")
        self.copy = button(theme, self._t("copy"), self._copy, icon="copy")
        self._lay_out()
        self.kinds.currentIndexChanged.connect(self._show)
        self._show()

    def _t(self, code: str, **facts: object) -> str:
        return self._tools.t(f"shots.{code}", **facts)

    def _lay_out(self) -> None:
        theme = self._tools.theme
        px = theme.px
        inside = QWidget()
        inside.setLayout(column(self.text, 1, edges=(px(2), px(2), px(10), px(2))))
        area = scrolled(inside)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        describe(area, self._t("title"))
        side = QWidget()
        side.setLayout(column(row(1, self.code, 1), self.address, self.phone, self.told, 1, gap=px(10)))
        right = scrolled(side)
        right.setFixedWidth(px(260))
        middle = row(area, right, gap=px(18))
        middle.setStretch(0, 1)
        foot = row(self.copy, self.paper, self.file, 1, button(theme, self._tools.t("dialog.close"), self.reject))
        whole = column(
            label(self._t("title"), "page"), self.kinds, middle, foot, gap=px(12), edges=edges(theme, 20, 16)
        )
        whole.setStretch(2, 1)
        self.setLayout(whole)
        screen = QApplication.primaryScreen().availableSize()
        self.resize(min(px(820), screen.width() - 26), min(px(600), screen.height() - 60))

    @property
    def chosen(self) -> ShotList:
        """The list that is shown."""
        return self._known.lists[max(0, self.kinds.currentIndex())]

    def _show(self, *_: object) -> None:
        self.stop()
        self.text.setText(shot_text(self.chosen, self._tools.texts).replace("*", ""))

    def _serve(self) -> None:
        """Switch the page on, or off again."""
        if self._page is not None:
            self.stop()
            return
        text, post = shot_page(self.chosen, self._tools.texts, served=True), self._tools.jobs.post
        # Called in the server's thread, while Qt may be deleting this.
        page = ShotPage(text, host=self._host, ended=lambda: post(partial(self._on_time_out, page)))
        try:
            page.start()
        except UserError as error:
            self._tools.dialogs.explain(error)
            return
        self._page = page
        self.code.show_text(page.address)
        describe(self.code, self._tools.t("phone.page_code"))
        self.address.setText(page.address)
        self.phone.setText(f"  {self._t('phone_off')}")
        self.told.setText(self._t("phone_on"))
        self.code.setVisible(True)

    def _on_time_out(self, page: ShotPage) -> None:
        if self._page is page:
            self.stop()
            self.told.setText(self._tools.t("phone.page_timed_out", minutes=MINUTES))

    def stop(self) -> None:
        """Take the page off the Wi-Fi; called when the dialog closes."""
        if self._page is not None:
            self._page.stop()
        self._page = None
        self.code.setVisible(False)
        self.address.setText("")
        self.phone.setText(f"  {self._t('phone')}")
        self.told.setText(self._t("phone_hint"))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(shot_text(self.chosen, self._tools.texts))
        self.told.setText(self._t("copied"))

    def _write(self, suffix: str) -> None:
        name = SAVED_PAGE if suffix == ".html" else f"{self._t('file_name')}{suffix}"
        target = self._tools.dialogs.choose_target(self._t("title"), name)
        if target is None:
            return
        target = with_ending(target, suffix)
        try:
            write_shot_lists(target, (self.chosen,), self._group, self._tools.texts)
        except UserError as error:
            self._tools.dialogs.explain(error)
            return
        self._tools.dialogs.tell(self._t("title"), self._tools.t("lesson.written", file=str(target)))


def show_shots(tools: WindowTools, stories: OpenWorkspace) -> None:
    """Let the user take a shot list along, for the open story or any event.

    Args:
        tools: what every part is given.
        stories: the open workspace and story.
    """
    known = load_shot_lists(stories.workspace.path)
    for problem in known.problems:
        tools.dialogs.explain(problem)
    session = stories.session
    dialog = ShotsDialog(tools, stories.workspace.group, known, session.story if session is not None else None)
    tools.dialogs.show(dialog)
    dialog.stop()
    dialog.deleteLater()
