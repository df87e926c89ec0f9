"""Data packs and installers on sticks, as the window tells of them: a line above the page, never a question."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from studio.ui.shell.message_banner import BannerMessage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from studio.base.progress import Progress
    from studio.services.data_offers import DataOffer
    from studio.ui.core.desk_context import WindowTools

_FIRST_MS, _EVERY_MS = 3_000, 60_000
"""A stick is looked for once the window stands, whenever it becomes the active one, and once a minute."""


class DataOffers(QObject):
    """Looks for newer data on sticks, in the background.

    Args:
        tools: what every part is given.
        rebuild: builds the window anew, when other data is in use.
        parent: the window, with which it ends.
        drives: the sticks that are plugged in; None asks the system.
    """

    changed = Signal()
    """There is something else to tell, or nothing more."""

    def __init__(
        self,
        tools: WindowTools,
        rebuild: Callable[[], object],
        parent: QObject,
        drives: Callable[[], Iterable[Path]] | None = None,
    ) -> None:
        super().__init__(parent)
        self._tools, self._rebuild, self._drives = tools, rebuild, drives
        self._offers: tuple[DataOffer, ...] = ()
        self._looking = False
        self._clock = QTimer(self, interval=_EVERY_MS)
        self._clock.timeout.connect(self.look_at_sticks)
        self._clock.start()
        QTimer.singleShot(_FIRST_MS, self, self._look_first)

    def _look_first(self) -> None:
        self.look_at_sticks()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.applicationStateChanged.connect(self._on_state)

    def _on_state(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive:
            self.look_at_sticks()

    def look_at_sticks(self) -> None:
        """Look at the sticks again."""
        if self._looking:
            return
        self._looking = True
        drives = self._drives

        def work(progress: Progress) -> tuple[DataOffer, ...]:
            # Imported here: a window opens faster without.
            from studio.base.data_shelf import program_shelf
            from studio.services.data_offers import find_offers, removable_drives
            from studio.store.pack_shelf import PackShelf

            progress.report(0, 1, "")
            return find_offers(PackShelf(program_shelf()), drives() if drives is not None else removable_drives())

        self._tools.jobs.start(
            "", work, done=self._take_offers, ended=self._on_ended, owner=self, lane="quick", quiet=True
        )

    def _on_ended(self, _state: object) -> None:
        self._looking = False

    def _take_offers(self, offers: tuple[DataOffer, ...]) -> None:
        later = self._tools.settings.notes("data_later")
        found = tuple(each for each in offers if _offer_name(each) not in later)
        if found != self._offers:
            self._offers = found
            self.changed.emit()

    def banner_message(self) -> BannerMessage:
        """What a stick offers; without text when it offers nothing."""
        if not self._offers:
            return BannerMessage("")
        t, first = self._tools.t, self._offers[0]
        name = first.manifest.name_in(self._tools.texts.language)
        more = len(self._offers) - 1
        text = t("data.found_more" if more else "data.found", name=name, version=first.manifest.version, more=more)
        return BannerMessage(text, ((t("data.see"), self.show), (t("data.later"), self.put_off)), "quiet")

    def show(self) -> None:
        """Show all data, with what the stick offers."""
        if not show_data(self._tools, self._rebuild):  # else this is a part of a window that is gone
            self.look_at_sticks()

    def put_off(self) -> None:
        """Tell of these versions no more; "Data dan pembaruan" still shows them."""
        for offer in self._offers:
            self._tools.settings.remember("data_later", _offer_name(offer), offer.manifest.version)
        self._offers = ()
        self.changed.emit()


def _offer_name(offer: DataOffer) -> str:
    return f"{offer.manifest.id} {offer.manifest.version} {offer.key.fingerprint}"


def show_data(tools: WindowTools, rebuild: Callable[[], object], file: Path | None = None) -> bool:
    """Let the user look at the data, take packs in and roll them back.

    Args:
        tools: what every part is given.
        rebuild: called when other data is in use now.
        file: a pack to begin with.

    Returns:
        Whether the window was built anew.
    """
    import platformdirs

    from studio.base.data_shelf import program_shelf
    from studio.store.pack_shelf import PackShelf
    from studio.ui.dialogs.data_dialog import DataDialog

    dialog = DataDialog(tools, PackShelf(program_shelf()), Path(platformdirs.user_downloads_dir()))
    if file is not None:
        dialog.consider_file(file)
    tools.dialogs.show(dialog)
    changed = dialog.changed
    dialog.deleteLater()
    if changed:
        rebuild()
    return changed


def is_data_pack(file: Path) -> bool:
    """Whether a file is a data pack, by its ending."""
    return file.suffix.lower() == ".kimdata"


def take_dropped(tools: WindowTools, rebuild: Callable[[], object], names: list[str]) -> bool:
    """Whether the first of the files that were dropped is a data pack; it is then considered."""
    found = Path(names[0]) if names and is_data_pack(Path(names[0])) else None
    if found is not None:
        show_data(tools, rebuild, found)
    return found is not None


def watch_sticks(
    tools: WindowTools,
    rebuild: Callable[[], object],
    parent: QObject,
    tell: Callable[[], object],
    drives: Callable[[], Iterable[Path]] | None = None,
) -> DataOffers:
    """Watch, and have ``tell`` called whenever there is something else to tell."""
    offers = DataOffers(tools, rebuild, parent, drives)
    offers.changed.connect(tell)
    return offers
