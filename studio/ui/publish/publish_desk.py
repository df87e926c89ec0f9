"""The publishing desk: how each outlet's post will look, texts of one outlet, designs, export and what follows it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from studio.base import paths
from studio.preview.outlet_previews import OutletPreviewer
from studio.release.release_gate import export_place
from studio.services.story_export import exported_files, prepare_painting
from studio.services.text_variants import variants_of
from studio.story.places import TextPlace
from studio.ui.publish.export_results import ExportResults, open_folder
from studio.ui.publish.export_start import ExportRun
from studio.ui.publish.hand_out_check import HandingOut, OldMarks
from studio.ui.publish.outlet_languages import OutletLanguages
from studio.ui.publish.outlet_text_actions import VariantActions
from studio.ui.publish.phone_correct import ask_correction, ask_link
from studio.ui.publish.preview_canvas import WIDTH
from studio.ui.publish.preview_feed import PreviewFeed
from studio.ui.publish.preview_head import TABS, DeskHead, make_part
from studio.ui.publish.preview_outlets import OutletPanel
from studio.ui.publish.preview_view import PreviewView
from studio.ui.publish.reply_card import ask_reply
from studio.ui.widgets.basic_parts import column

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QHideEvent, QShowEvent
    from PySide6.QtWidgets import QCheckBox

    from studio.base.i18n import MessageTexts
    from studio.preview.preview_results import OutletTexts, PostText
    from studio.services.unfinished_exports import UnfinishedExport
    from studio.ui.core.desk_context import DeskContext
    from studio.ui.publish.design_gallery import DesignGallery
    from studio.ui.publish.preview_feed import PreviewNews
    from studio.ui.publish.queue_panel import QueuePanel

_ASKS = {"corrections": ask_correction, "publications": ask_link, "right_of_reply": ask_reply}
"""What is asked for words that are fixed in a form of their own."""
_FIRST = "instagram"
"""What is looked at first: the outlet with the most to see."""


class PublishDesk(QWidget):
    """Previews in the middle, outlets at the side.

    Args:
        bench: what a desk works with.
    """

    panel_waits = 1.3
    least_width = 490
    """See ``WindowFrame.fit_width``: a phone and a text beside it."""
    identity_changed = Signal()
    """The group has another name, colour, font or logo."""

    def __init__(self, bench: DeskContext) -> None:
        super().__init__()
        self._bench = bench
        tools = bench.tools
        self._texts: dict[str, OutletTexts] = {}
        self._wanted: TextPlace | None = None
        self.previewer = OutletPreviewer(bench.workspace, paths.templates_dir(), tools.texts)
        across = round(WIDTH * tools.theme.scale * self.devicePixelRatioF())
        self.feed = PreviewFeed(self.previewer, bench.session, tools.jobs, across, self)
        self.outlets = OutletPanel(tools)
        self.side_panel: QWidget = self.outlets
        self.view = PreviewView(bench)
        self.gallery: DesignGallery | None = None
        self._handing = HandingOut(bench, self)
        self._handing.refused.connect(self._show_results)
        self.results = ExportResults(tools, self._show_files)
        self._old = OldMarks(bench, self._handing, self.results, self.results.mark_old)
        self._run = ExportRun(bench, partial(_outlet_names, self.previewer, bench.tools.texts), self)
        self._actions = VariantActions(bench, self._text, self.previewer, self)
        self.head = DeskHead(bench, lambda: self._run.start(self.chosen()), self._open)
        self.export, self.open = self.head.export, self.head.open
        self.pages = QStackedWidget()
        self._made: dict[str, QWidget] = {"preview": self.view, "results": self.results}
        for page in self._made.values():
            self.pages.addWidget(page)
        whole = column(self.head, self.pages, gap=tools.theme.px(2))
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self._connect()
        self._fill_outlets()
        self.languages = OutletLanguages(bench, self.outlets)
        self._show_results()

    @property
    def boxes(self) -> dict[str, QCheckBox]:
        """The tick boxes, by outlet."""
        return self.outlets.boxes

    def _connect(self) -> None:
        self.head.tabs.currentChanged.connect(self._show_tab)
        self.outlets.looked.connect(self.look_at)
        self.outlets.ticked.connect(self._count_outlets)
        self.outlets.go.connect(lambda key: self.reveal(TextPlace(f"overrides/{key}")))
        self.feed.texts_ready.connect(self._show_texts)
        self.feed.pictures_ready.connect(self._show_pictures)
        self.feed.failed.connect(lambda error: self.head.show_outcome(self._bench.tools.texts.explain(error), "bad"))
        self.view.cards.edited.connect(self._actions.edit)
        self.view.cards.asked.connect(self._actions.run_action)
        self._actions.opened.connect(lambda key: self.view.cards.mark_passage(TextPlace(f"overrides/{key}")))
        self._run.said.connect(self.head.show_outcome)
        self._run.made.connect(partial(self._show_results, go=True))
        self._run.started.connect(self.head.working.follow)
        self._run.started.connect(self._count_outlets)
        self._run.ended.connect(self._count_outlets)

    def _fill_outlets(self) -> None:
        catalog = self.previewer.catalog
        self.outlets.fill(catalog.outlets, catalog.problems, self._bench.workspace.group.outlets)
        names = [outlet.id for outlet in catalog.outlets]
        wanted = (self.feed.outlet, _FIRST, *names)
        self.look_at(next((name for name in wanted if name in names), ""))

    def showEvent(self, event: QShowEvent) -> None:
        """Previews are made while they are seen."""
        super().showEvent(event)
        prepare_painting()
        self.feed.wake(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        self.feed.wake(False)

    # ------------------------------------------------------------------------------------------- tabs

    def show_tab(self, code: str) -> None:
        """Go to a tab."""
        self.head.tabs.setCurrentIndex(TABS.index(code))

    def _show_tab(self, index: int) -> None:
        code = TABS[index]
        # Tabs are made when they are first opened: queue, phone and designs load modules that a glance at the previews
        # does not need.
        if code not in self._made:
            self._made[code] = self._make_gallery() if code == "designs" else make_part(self._bench, code)
            self.pages.addWidget(self._made[code])
        self.pages.setCurrentWidget(self._made[code])

    def _make_gallery(self) -> QWidget:
        from studio.ui.publish.design_gallery import DesignGallery

        self.gallery = DesignGallery(self._bench, self.previewer)
        self.gallery.identity_changed.connect(self._identity_changed)
        self.gallery.packs_changed.connect(self._packs_changed)
        self.gallery.show_outlet(self.feed.outlet)
        return self.gallery

    # ------------------------------------------------------------------------------------------- previews

    def look_at(self, outlet: str) -> None:
        """Show an outlet."""
        self.feed.show(outlet)
        self.outlets.look_at(outlet)
        if outlet in self._texts:
            story = self._bench.session.story
            self.view.show_texts(self._texts[outlet], story, variants_of(story, self._texts.values()))
        if self.gallery is not None:
            self.gallery.show_outlet(outlet)
        if TABS[self.head.tabs.currentIndex()] not in {"preview", "designs"}:
            self.show_tab("preview")

    def _show_texts(self, news: PreviewNews) -> None:
        if news.verdict is not None:
            self.head.show_gate(news.verdict)
        self._texts |= {texts.outlet.id: texts for texts in news.texts}
        variants = variants_of(news.story, self._texts.values())
        self.outlets.show_texts(news.texts, variants)
        self.outlets.show_old_facts(variants)
        if (shown := self._texts.get(self.feed.outlet)) is not None:
            self.view.show_texts(shown, news.story, variants)
        self._show_wanted()

    def _show_pictures(self, news: PreviewNews) -> None:
        if news.pictures is not None:
            self.view.show_pictures(news.pictures, news.story)

    def _identity_changed(self) -> None:
        self.view.identity_changed()
        self.feed.refresh()
        self.identity_changed.emit()

    def queue_stories(self, folders: Sequence[str]) -> None:
        """Ask which outlets these stories are for, and put them into the queue."""
        self.show_tab("queue")
        cast("QueuePanel", self._made["queue"]).choose(folders)

    def resume_export(self, found: UnfinishedExport) -> None:
        """Go on with an export that was cut off: of the open story, or the queue."""
        if not found.folder:
            self.show_tab("queue")
            cast("QueuePanel", self._made["queue"]).work.start()
            return
        for outlet, box in self.boxes.items():
            box.setChecked(not found.outlets or outlet in found.outlets)
        self._run.start(found.outlets)

    def _packs_changed(self) -> None:
        self.previewer.reload_packs()
        self._texts.clear()
        self._fill_outlets()

    # ------------------------------------------------------------------------------------------- adjusted texts

    def _text(self, key: str) -> PostText | None:
        outlet = self._texts.get(key.partition("/")[0])
        return next((text for text in outlet.texts if text.key == key), None) if outlet else None

    def reveal(self, place: TextPlace) -> None:
        """Show an adjusted text, marked; see ``RevealingDesk``."""
        kind, _, key = place.field.partition("/")
        if (ask := _ASKS.get(kind)) is not None:
            self.show_tab("phone")
            number, _, name = key.partition("/")
            ask(self._bench, number, name)
        if kind == "motion":
            self.head.motion.reveal(key)
        if kind != "overrides":
            return
        self.show_tab("preview")
        self._wanted = place
        self.look_at(key.partition("/")[0])
        self._show_wanted()

    def _show_wanted(self) -> None:
        """Go there as soon as the text is there."""
        if self._wanted is not None and (card := self.view.cards.mark_passage(self._wanted)) is not None:
            self._wanted = None
            self.view.texts_area.ensureWidgetVisible(card)

    # ------------------------------------------------------------------------------------------- export

    def chosen(self) -> tuple[str, ...]:
        """The ids of the ticked outlets."""
        return self.outlets.ticked_outlets()

    def _count_outlets(self, _: object = None) -> None:
        self.head.count(len(self.chosen()), running=self._run.running)

    def _open(self) -> None:
        self._show_files(self._export_folder)

    @property
    def _export_folder(self) -> Path:
        session = self._bench.session
        return export_place(self._bench.workspace, session.folder, session.story)

    def _show_files(self, place: Path) -> None:
        self._handing.show(place, open_folder)

    def _show_results(self, *, go: bool = False) -> None:
        place = self._export_folder
        manifest = exported_files(place) if self._bench.session.folder else None
        self.open.setEnabled(bool(manifest and manifest.files))
        self.results.show_manifest(manifest, place, _outlet_names(self.previewer, self._bench.tools.texts))
        if go:
            self.show_tab("results")


def _outlet_names(previewer: OutletPreviewer, texts: MessageTexts) -> dict[str, str]:
    """Outlet id -> name."""
    return {outlet.id: texts.outlet_name(outlet.name) for outlet in previewer.catalog.outlets}
