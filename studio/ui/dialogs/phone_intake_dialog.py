"""The dialog of "Ambil dari ponsel": the QR code, and how far each file is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from studio.base.errors import UserError
from studio.base.sizes import ByteCount
from studio.publish.lan_server import MINUTES
from studio.ui.core.phone_intake import may_switch_intake, phone_intake
from studio.ui.dialogs.history_dialog import resize_to_screen
from studio.ui.widgets.basic_parts import button, card, clear, column, describe, edges, label, row, scrolled
from studio.ui.widgets.qr_code import QrCode
from studio.ui.widgets.styled_dialog import StyledDialog

if TYPE_CHECKING:
    from studio.services.phone_uploads import UploadView
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.core.open_workspace import OpenWorkspace
    from studio.ui.core.phone_intake import PhoneIntake


_MOST_CODE = 340


def show_phone_intake(tools: WindowTools, stories: OpenWorkspace) -> None:
    """Switch the page on for the open story and show its code until the user closes it."""
    intake = phone_intake(tools, stories)
    if not may_switch_intake(tools, stories):
        return
    try:
        intake.turn_on()
    except UserError as error:
        tools.dialogs.explain(error, tools.t("phone_in.title"))
        return
    session = stories.session
    headline = session.story.headline if session is not None else ""
    dialog = PhoneIntakeDialog(tools, intake, headline or tools.t("library.no_headline"))
    # The dialog says itself what went wrong; while it is closed, that is kept to be told.
    intake.seen = True
    tools.dialogs.show(dialog)
    intake.seen = False
    dialog.deleteLater()
    intake.leave()


class PhoneIntakeDialog(StyledDialog):
    """Shows the code and what comes; closing it ends the page when nothing is on its way any more.

    Args:
        tools: what every part is given.
        intake: takes files in.
        headline: of the story they go into.
    """

    def __init__(self, tools: WindowTools, intake: PhoneIntake, headline: str) -> None:
        super().__init__(tools.theme)
        self._tools, self._intake = tools, intake
        theme = tools.theme
        px = theme.px
        self.setWindowTitle(self._t("title"))
        # A camera reads it at any size of the letters; higher than this it would not be whole on a small screen.
        self.code = QrCode(min(px(236), _MOST_CODE))
        describe(self.code, tools.t("phone.page_code"))
        self.address = label("", "muted", wrap=True)
        self.ended = label(tools.t("phone.page_timed_out", minutes=MINUTES), "warn", wrap=True)
        self.address.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy = button(theme, tools.t("phone.page_copy"), self._copy, icon="copy")
        self.summary = label("", "strong")
        self.bars: dict[str, QProgressBar] = {}
        self._lines: QVBoxLayout = column(gap=px(8))
        self._shown: tuple[UploadView, ...] | None = None
        self.off = button(theme, self._t("off"), self._turn_off, icon="x", tip=self._t("off_tip"))
        self.on = button(theme, tools.t("phone.page_on"), self._turn_on, icon="qr-code")
        self.close_button = button(theme, self._t("close"), self.accept, look="primary")
        self.close_button.setDefault(True)
        left = column(
            *(row(1, self.code, 1), self.address, row(1, self.copy, 1), self.ended, row(1, self.on, 1), 1),
            gap=px(10),
        )
        side = QWidget()
        side.setLayout(left)
        side.setFixedWidth(px(250))
        inside = QWidget()
        inside.setLayout(column(self._lines, 1, gap=0, edges=(0, 0, px(8), 0)))
        right = column(
            *(label(self._t("how"), "hint", wrap=True), label(self._t("trust"), "hint", wrap=True), self.summary),
            scrolled(inside),
            gap=px(10),
        )
        right.setStretch(3, 1)
        middle = row(side, right, gap=px(22))
        middle.setStretch(1, 1)
        foot = row(label(self._t("closing"), "hint", wrap=True), self.off, self.close_button, gap=px(8))
        foot.setStretch(0, 1)
        head = (label(self._t("title"), "page"), label(self._t("into", headline=headline), "muted", wrap=True))
        body = QWidget()
        body.setLayout(column(*head, middle, gap=px(12), edges=(0, 0, px(8), 0)))
        # With large letters all this is higher than a small laptop's screen; the buttons stay in sight.
        whole = column(scrolled(body), foot, gap=px(12), edges=edges(theme, 22, 18))
        whole.setStretch(0, 1)
        self.setLayout(whole)
        resize_to_screen(self, px(768), px(500))
        intake.changed.connect(self._show)
        self._show()
        self.close_button.setFocus()

    def _t(self, code: str, **facts: object) -> str:
        return self._tools.t(f"phone_in.{code}", **facts)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._intake.address)

    def _turn_off(self) -> None:
        self._intake.turn_off()
        self.accept()

    def _turn_on(self) -> None:
        """Once more, after it ended by itself; with a new address."""
        try:
            self._intake.turn_on()
        except UserError as error:
            self._tools.dialogs.explain(error, self._t("title"))

    def _show(self) -> None:
        """What is known now; the page may have ended by itself, and then the lines of its files stay."""
        files, address = self._intake.files, self._intake.address
        if address != self.address.text():
            self._show_address(address)
        if files == self._shown or not (files or address):
            return
        known = self._shown or ()
        if [(one.id, one.state) for one in known] == [(one.id, one.state) for one in files] and known:
            for one in files:
                self.bars[one.id].setValue(_share(one))
        else:
            clear(self._lines)
            self.bars = {}
            # The newest on top: what is on its way is not scrolled to.
            for one in reversed(files):
                self._lines.addWidget(self._upload_line(one))
        self._shown = files
        added = sum(one.state == "added" for one in files)
        total = ByteCount(sum(one.size for one in files))
        told = self._t("sum", done=added, all=len(files), size=total) if files else self._t("nothing")
        self.summary.setText(told)

    def _show_address(self, address: str) -> None:
        self.code.show_text(address)
        self.address.setText(address)
        for part in (self.code, self.address, self.copy, self.off):
            part.setVisible(bool(address))
        for part in (self.ended, self.on):
            part.setVisible(not address)

    def _upload_line(self, one: UploadView) -> QWidget:
        bar = self.bars[one.id] = QProgressBar()
        bar.setTextVisible(False)
        bar.setFixedHeight(self._tools.theme.px(6))
        bar.setValue(_share(one))
        bar.setVisible(one.state in {"coming", "arrived"})
        describe(bar, one.name)
        look = {"added": "ok", "refused": "bad"}.get(one.state, "muted")
        told = label(one.told or self._t(f"state_{one.state}"), look, wrap=True)
        if one.told and one.state == "added":
            told.setText(f"{self._t('state_added')}\n{one.told}")
        name = label(one.name, "strong", wrap=True)
        size = label(self._t("size", size=ByteCount(one.size)), "muted")
        head = row(name, size, gap=self._tools.theme.px(8))
        head.setStretch(0, 1)
        inside = column(head, bar, told, gap=self._tools.theme.px(4), edges=edges(self._tools.theme, 12, 8))
        return card(inside)


def _share(one: UploadView) -> int:
    return 100 * one.got // one.size
