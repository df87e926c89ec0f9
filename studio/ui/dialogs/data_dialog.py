"""The data the studio works with: how old each part is, what a stick offers, taking in and rolling back."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from studio.base.errors import UserError
from studio.services.data_offers import DataOffer, fetch_installer, find_offers, offer_of, removable_drives
from studio.services.data_packs import distrust_key, known_data, take_data
from studio.store.pack_signatures import PublicKey
from studio.ui.dialogs.data_cards import DataCards
from studio.ui.dialogs.trust_dialog import TrustDialog
from studio.ui.widgets.basic_parts import button, clear, column, describe, edges, label, row, scrolled
from studio.ui.widgets.styled_dialog import StyledDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from PySide6.QtWidgets import QPushButton

    from studio.base.progress import Progress
    from studio.store.pack_shelf import PackShelf
    from studio.ui.core.background_jobs import BackgroundJob
    from studio.ui.core.desk_context import WindowTools


class DataDialog(StyledDialog):
    """Shows it. ``changed`` tells whether other data is in use now, so that the window must be rebuilt.

    Args:
        tools: what every part is given.
        packs: of this computer.
        downloads: where an installer is copied to.
        drives: the sticks that are plugged in.
        today: the day from which ages are counted.
    """

    def __init__(
        self,
        tools: WindowTools,
        packs: PackShelf,
        downloads: Path,
        drives: Callable[[], Iterable[Path]] = removable_drives,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__(tools.theme)
        self._tools, self._packs, self._downloads = tools, packs, downloads
        self._drives, self._today = drives, today
        self._job: BackgroundJob | None = None
        self.changed = False
        theme = tools.theme
        self.setWindowTitle(self._t("title"))
        self._rows = column(gap=theme.px(10), edges=(theme.px(2), theme.px(2), theme.px(10), theme.px(2)))
        self.buttons: dict[str, QPushButton] = {}
        self.told = label("", "hint", wrap=True)
        self.open_file = button(theme, self._t("open"), self._choose, icon="folder-open")
        self.stop = button(theme, tools.t("dialog.cancel"), self._stop)
        self._offers: tuple[DataOffer, ...] = ()
        self._lay_out()
        self.fill()
        self.look_at_sticks()

    def _t(self, code: str, **facts: object) -> str:
        return self._tools.t(f"data.{code}", **facts)

    def _lay_out(self) -> None:
        theme = self._tools.theme
        inside = QWidget()
        inside.setLayout(self._rows)
        area = scrolled(inside)
        describe(area, self._t("title"))
        close = button(theme, self._tools.t("dialog.close"), self.reject)
        foot = row(self.open_file, 1, self.stop, close)
        head = (label(self._t("title"), "page"), label(self._t("intro"), "muted", wrap=True))
        whole = column(*head, area, self.told, foot, gap=theme.px(12), edges=edges(theme, 20, 16))
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self.stop.hide()
        screen = QApplication.primaryScreen().availableSize()
        self.resize(min(theme.px(860), screen.width() - 26), min(theme.px(640), screen.height() - 60))

    # ------------------------------------------------------------------------------------------- showing

    def fill(self) -> None:
        """Show what is so now."""
        clear(self._rows)
        cards = DataCards(self._tools)
        self.buttons = cards.buttons
        if self._offers:
            self._rows.addWidget(label(self._t("offers"), "title"))
        for offer in self._offers:
            self._rows.addWidget(cards.offer(offer, partial(self.consider, offer)))
        self._rows.addWidget(label(self._t("here"), "title"))
        for known in known_data(self._packs):
            self._rows.addWidget(cards.kind(known, self._today(), self._roll_back, self._use))
        self._rows.addWidget(label(self._t("keys"), "title"))
        keys = self._packs.trusted_keys()
        for key in keys:
            self._rows.addWidget(cards.key(key, partial(self._revoke, key)))
        if not keys:
            self._rows.addWidget(label(self._t("keys_none"), "hint", wrap=True))
        self._rows.addStretch(1)

    def look_at_sticks(self) -> None:
        """Look at the sticks; a slow one holds nothing up."""
        packs, drives = self._packs, self._drives

        def work(progress: Progress) -> tuple[DataOffer, ...]:
            progress.report(0, 1, "")
            return find_offers(packs, drives())

        self._tools.jobs.start("", work, done=self._show_offers, owner=self, lane="quick", quiet=True)

    def _show_offers(self, offers: tuple[DataOffer, ...]) -> None:
        if offers != self._offers:
            self._offers = offers
            self.fill()

    # ------------------------------------------------------------------------------------------- acting

    def _choose(self) -> None:
        chosen = self._tools.dialogs.choose_files(self._t("open"), "any", many=False)
        if chosen:
            self.consider_file(chosen[0])

    def consider_file(self, path: Path) -> None:
        """What may be done with a pack: taken in, its key compared first, or refused with the reason."""
        try:
            self.consider(offer_of(self._packs, path))
        except UserError as error:
            self._tools.dialogs.explain(error, self._t("title"))

    def consider(self, offer: DataOffer) -> None:
        """Take a pack in, or copy an installer; a key that nobody knows is compared before."""
        if offer.state == "untrusted" and not self._trust(offer.key):
            return
        path, today = offer.path, self._today()
        if offer.manifest.kind == "installer":
            self._start("copying", lambda progress: self._fetch(path, progress), self._on_fetched)
        else:
            self._start("reading", lambda progress: self._take_file(path, today, progress), self._on_taken)

    def _trust(self, key: PublicKey) -> bool:
        dialog = TrustDialog(self._tools, key)
        agreed = self._tools.dialogs.show(dialog)
        name = dialog.key_name
        dialog.deleteLater()
        if not agreed:
            return False
        try:
            self._packs.trust_key(PublicKey(key.key, name), self._today().isoformat())
        except UserError as error:
            self._tools.dialogs.explain(error, self._t("title"))
            return False
        self._show_outcome("")
        return True

    def _take_file(self, path: Path, today: date, progress: Progress) -> str:
        taken = take_data(self._packs, path, today, progress)
        name = taken.manifest.name_in(self._tools.texts.language) if taken.manifest is not None else taken.pack.id
        return self._t("taken", pack=name, version=taken.pack.used, name=taken.signer)

    def _fetch(self, path: Path, progress: Progress) -> str:
        return self._t("fetched", file=str(fetch_installer(self._packs, path, self._downloads, progress)))

    def _start(self, code: str, work: Callable[[Progress], str], done: Callable[[str], object]) -> None:
        if self._job is not None:
            return
        self.told.setText(self._t(code))
        self.stop.show()
        self._job = self._tools.jobs.start(
            self._t(code), work, done=done, failed=self._on_failed, ended=self._on_ended, owner=self, lane="queue"
        )
        if self._job.state != "running":
            self._on_ended(self._job.state)

    def _on_taken(self, told: str) -> None:
        self.changed = True
        self._show_outcome(told)

    def _on_fetched(self, told: str) -> None:
        self._show_outcome(told)
        self._tools.dialogs.tell(self._t("title"), told)

    def _show_outcome(self, told: str) -> None:
        self.fill()
        self.look_at_sticks()
        self.told.setText(told)

    def _on_failed(self, error: UserError) -> None:
        self.told.setText("")
        self._tools.dialogs.explain(error, self._t("title"))

    def _on_ended(self, state: str) -> None:
        self._job = None
        self.stop.hide()
        if state == "cancelled":
            self.told.setText("")

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _roll_back(self, pack: str) -> None:
        self._change(self._packs.roll_back, pack)

    def _use(self, pack: str, version: str) -> None:
        self._change(self._packs.use, pack, version)

    def _change(self, act: Callable[..., object], *words: str) -> None:
        try:
            act(*words)
        except UserError as error:
            self._tools.dialogs.explain(error, self._t("title"))
            return
        self.changed = True
        self._show_outcome(self._t("changed"))

    def _revoke(self, key: PublicKey) -> None:
        from studio.ui.dialogs.dialog_service import DialogChoice

        choices = [
            DialogChoice("", self._tools.t("dialog.cancel")),
            DialogChoice("revoke", self._t("distrust"), destructive=True),
        ]
        if self._tools.dialogs.ask(self._t("title"), self._t("distrust_ask", name=key.name), choices) != "revoke":
            return
        try:
            known, gone = distrust_key(self._packs, key.fingerprint)
        except UserError as error:
            self._tools.dialogs.explain(error, self._t("title"))
            return
        self.changed = self.changed or bool(gone)
        self._show_outcome(self._t("distrusted", name=known.name, packs=", ".join(each.id for each in gone) or "-"))
