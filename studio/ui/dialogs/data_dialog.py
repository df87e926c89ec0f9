"""The data the studio works with: how old each part is, what a stick offers, taking in and rolling back."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from studio.base.errors import UserError
from studio.services.data_offers import DataOffer, fetch_installer, find_offers, offer_of, removable_drives
from studio.services.data_packs import OLD_MONTHS, distrust_key, known_data, take_data
from studio.store.pack_signatures import PublicKey
from studio.ui.dialogs.trust_dialog import TrustDialog
from studio.ui.widgets.basic_parts import button, card, clear, column, describe, edges, label, pill, row, scrolled
from studio.ui.widgets.styled_dialog import StyledDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QPushButton

    from studio.base.progress import Progress
    from studio.services.data_packs import KnownData, KnownPack
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
        self.look()

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
        self.buttons = {}
        if self._offers:
            self._rows.addWidget(label(self._t("offers"), "title"))
        for offer in self._offers:
            self._rows.addWidget(self._offer_card(offer))
        self._rows.addWidget(label(self._t("here"), "title"))
        for known in known_data(self._packs):
            self._rows.addWidget(self._kind_card(known))
        self._rows.addWidget(label(self._t("keys"), "title"))
        keys = self._packs.trusted_keys()
        for key in keys:
            self._rows.addWidget(self._key_card(key))
        if not keys:
            self._rows.addWidget(label(self._t("keys_none"), "hint", wrap=True))
        self._rows.addStretch(1)

    def look(self) -> None:
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

    def _offer_card(self, offer: DataOffer) -> QFrame:
        language, about = self._tools.texts.language, offer.manifest
        kind, day = self._t(f"kind.{about.kind}"), self._t("day", day=about.day)
        known = self._t("signed_by", name=offer.key.name or "?")
        signer = known if offer.state == "new" else self._t("key_strange", name=offer.key.name or "?")
        words = column(
            label(f"{about.name_in(language)} · {self._t('version', version=about.version)}", "strong", wrap=True),
            label(f"{kind}, {day}. {about.source_in(language)}", "muted", wrap=True),
            label(signer, "muted" if offer.state == "new" else "warn", wrap=True),
            gap=2,
        )
        code = "compare" if offer.state == "untrusted" else "fetch" if about.kind == "installer" else "take"
        act = self._button(f"offer/{about.id}", self._t(code), partial(self.consider, offer), "primary")
        return self._card(self._line(words, act))

    def _kind_card(self, known: KnownData) -> QFrame:
        months, language = known.months(self._today()), self._tools.texts.language
        told = self._t("months", months=months) if months else self._t("fresh")
        age = pill(told, "warn" if months >= OLD_MONTHS else "ok")
        head = row(label(self._t(f"kind.{known.kind}"), "strong"), age, 1)
        told = self._t("builtin_told", day=known.builtin.day, source=known.builtin.source_in(language))
        packs = [self._pack_line(each) for each in known.packs]
        return self._card(column(head, label(told, "muted", wrap=True), *packs, gap=self._tools.theme.px(4)))

    def _pack_line(self, known: KnownPack) -> QWidget:
        language, about, pack = self._tools.texts.language, known.manifest, known.pack
        name = about.name_in(language) if about is not None else pack.id
        used = self._t("version", version=pack.used) if pack.used else self._t("unused")
        source = f"{about.source_in(language)}, {self._t('day', day=about.day)}. " if about is not None else ""
        words = column(
            label(f"{name} · {used}", wrap=True),
            label(f"{source}{self._t('signed_by', name=known.signer or '?')}", "muted", wrap=True),
            gap=2,
        )
        if pack.used:
            code = "back_version" if known.before else "back_builtin"
            back = partial(self._change, self._packs.roll_back, pack.id)
            act = self._button(f"back/{pack.id}", self._t(code, version=known.before), back, icon="undo-2")
        else:
            newest = pack.versions[-1].version
            again = partial(self._change, self._packs.use, pack.id, newest)
            act = self._button(f"use/{pack.id}", self._t("use_again", version=newest), again, icon="redo-2")
        made = QWidget()
        made.setLayout(self._line(words, act))
        return made

    def _key_card(self, key: PublicKey) -> QFrame:
        words = column(label(key.name, "strong", wrap=True), label(key.fingerprint, "muted", wrap=True), gap=2)
        act = self._button(f"key/{key.key}", self._t("distrust"), partial(self._revoke, key))
        return self._card(self._line(words, act))

    def _card(self, inside: QLayout) -> QFrame:
        inside.setContentsMargins(*edges(self._tools.theme, 14, 10))
        return card(inside)

    def _line(self, words: QLayout, act: QWidget) -> QHBoxLayout:
        line = row(words, act, gap=self._tools.theme.px(14))
        line.setStretch(0, 1)
        return line

    def _button(self, name: str, text: str, on: Callable[[], object], look: str = "", icon: str = "") -> QPushButton:
        made = button(self._tools.theme, text, on, look=look, icon=icon)
        self.buttons[name] = made
        return made

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
            self._start("reading", lambda progress: self._take(path, today, progress), self._on_taken)

    def _trust(self, key: PublicKey) -> bool:
        dialog = TrustDialog(self._tools, key)
        agreed = self._tools.dialogs.show(dialog)
        name = dialog.key_name
        dialog.deleteLater()
        if agreed:
            self._packs.trust(PublicKey(key.key, name), self._today().isoformat())
            self._say("")
        return agreed

    def _take(self, path: Path, today: date, progress: Progress) -> str:
        taken = take_data(self._packs, path, today, progress)
        return self._t("taken", pack=taken.pack.id, version=taken.pack.used, name=taken.signer)

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
        self._say(told)

    def _on_fetched(self, told: str) -> None:
        self._say(told)
        self._tools.dialogs.tell(self._t("title"), told)

    def _say(self, told: str) -> None:
        self.fill()
        self.look()
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

    def _change(self, act: Callable[..., object], *words: str) -> None:
        try:
            act(*words)
        except UserError as error:
            self._tools.dialogs.explain(error, self._t("title"))
            return
        self.changed = True
        self._say(self._t("changed"))

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
        self._say(self._t("distrusted", name=known.name, packs=", ".join(each.id for each in gone) or "-"))
