"""The switch for the page on the Wi-Fi, with its QR code. Off until it is turned on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget

from studio.base.errors import UserError
from studio.publish.lan import LanPage
from studio.publish.lan_page import PageWords
from studio.publish.lan_server import MINUTES
from studio.ui.widgets.basic_parts import button, card, column, describe, edges, label, row
from studio.ui.widgets.qr_code import QrCode

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from studio.services.hand_out import HandOut
    from studio.ui.core.desk_context import DeskContext
    from studio.ui.publish.hand_out_check import HandingOut


class PhonePage(QWidget):
    """Turns the page on and off.

    Args:
        bench: what a desk works with.
        names: outlet id -> name.
        handing: asks what may be handed out.
    """

    def __init__(self, bench: DeskContext, names: Mapping[str, str], handing: HandingOut) -> None:
        super().__init__()
        self._bench = bench
        self._handing = handing
        self._why = ""
        self._names = names
        self._folder: Path | None = None
        self.server: LanPage | None = None
        theme, px = bench.tools.theme, bench.tools.theme.px
        self.code = QrCode(px(206))
        self.address: QLabel = label("", "muted", wrap=True)
        self.address.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.told = label("", "hint", wrap=True)
        self.switch = button(theme, self._t("page_on"), self.toggle, look="primary", icon="qr-code")
        self.copy = button(theme, self._t("page_copy"), self._copy, icon="copy")
        describe(self.code, self._t("page_code"))
        inside = column(
            label(self._t("page"), "title"),
            self.told,
            row(1, self.code, 1),
            self.address,
            row(self.switch, 1),
            row(self.copy, 1),
            gap=px(10),
            edges=edges(theme, 16, 14),
        )
        self.setLayout(column(card(inside)))
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self._show)
        # When ``destroyed`` comes the widget is gone: what is kept is its attributes, not itself, or it would never go.
        self.destroyed.connect(lambda _=None, keep=self.__dict__: _stop(keep.get("server")))
        self._show()

    def _t(self, code: str, **facts: object) -> str:
        return self._bench.t(f"phone.{code}", **facts)

    def show_export(self, folder: Path, there: bool) -> None:
        """Know what would be served; another story's page ends."""
        if folder != self._folder:
            self._why = ""
            self.turn_off()
        self._folder = folder
        self.switch.setEnabled(there or self.server is not None)

    def toggle(self) -> None:
        """Turn it on, or off."""
        if self.server is not None:
            self.turn_off()
            return
        self._handing.start(self._turn_on)

    def _turn_on(self, handed: HandOut) -> None:
        if self.server is not None or handed.folder != self._folder:
            return  # another story is open by now
        words = PageWords(
            self._t("page"),
            self._t("page_hint"),
            self._t("copy"),
            self._t("page_copied"),
            self._t("page_download"),
            self._t("page_gone"),
            self._bench.tools.texts.language,
        )
        folder = handed.released.folder
        post = self._bench.tools.jobs.post

        # Both are called in the server's threads, while Qt may be deleting this: only the runner may be told there.
        def ask() -> HandOut:
            try:
                return self._handing.current_files(folder)
            except UserError as error:
                if error.code == "export.refused":
                    post(partial(self._on_end, server, error))
                raise

        server = LanPage(ask, self._names, words, ended=lambda: post(partial(self._on_end, server)))
        try:
            server.start()
        except UserError as error:
            self._bench.tools.dialogs.explain(error)
            return
        self.server, self._why = server, ""
        self.code.show_text(server.address)
        self._clock.start()
        self._show()

    def _on_end(self, server: LanPage, error: UserError | None = None) -> None:
        """A page ended by itself: nobody asked for long, or the gate refused."""
        if self.server is not server:
            return  # switched off, and perhaps on for another story, meanwhile
        if error is None:
            self._why = self._t("page_timed_out", minutes=MINUTES)
        else:
            self._why = self._t("page_refused", why=self._bench.tools.texts.explain(error))
        self.turn_off()

    def turn_off(self) -> None:
        """End the page and what is being downloaded; its address is worth nothing from then on."""
        server, self.server = self.server, None
        _stop(server)
        self._clock.stop()
        self.code.show_text("")
        self._show()

    def _show(self) -> None:
        on = self.server is not None
        self.code.setVisible(on)
        self.address.setVisible(on)
        self.copy.setVisible(on)
        self.switch.setText("  " + self._t("page_off" if on else "page_on"))
        self.address.setText(self.server.address if self.server is not None else "")
        served = self.server.served if self.server is not None else 0
        about = self._why or self._t("page_about")
        self.told.setText(self._t("page_running", n=served, minutes=MINUTES) if on else about)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.address.text())
        self._bench.toast(self._t("page_copied"))


def _stop(server: LanPage | None) -> None:
    if server is not None:
        server.stop()
