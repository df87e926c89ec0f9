"""The publishing desk: how each outlet's post will look, texts of one outlet, designs, export and what follows it."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from studio.base import paths
from studio.export.manifest import read_manifest
from studio.export.preview import Previewer
from studio.ui.parts import button, column, edges, empty, label, restyle, row
from studio.ui.publish.preview_canvas import WIDTH
from studio.ui.publish.preview_feed import PreviewFeed
from studio.ui.publish.preview_outlets import OutletPanel
from studio.ui.publish.preview_view import PreviewView
from studio.ui.publish.results import Results, open_folder
from studio.ui.publish.results_run import ExportRun
from studio.ui.publish.variants_actions import VariantActions
from studio.ui.publish.variants_state import variants_of

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QHideEvent, QShowEvent
    from PySide6.QtWidgets import QCheckBox

    from studio.checks.readiness import Readiness
    from studio.export.preview import OutletTexts, PostText
    from studio.story.places import Place
    from studio.ui.desk import Bench
    from studio.ui.publish.gallery import Gallery
    from studio.ui.publish.preview_feed import News

TABS = ("preview", "designs", "results", "queue", "phone")
_PARTS = {"queue": ("queue_panel", "make_queue_panel"), "phone": ("phone_panel", "make_phone_panel")}


class PublishDesk(QWidget):
    """Previews in the middle, outlets at the side.

    Args:
        bench: what a desk works with.
    """

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self._texts: dict[str, OutletTexts] = {}
        self._wanted: tuple[str, Place] | None = None
        self.previewer = Previewer(bench.workspace, paths.templates_dir(), bench.tools.texts)
        across = round(WIDTH * bench.tools.theme.scale * self.devicePixelRatioF())
        self.feed = PreviewFeed(self.previewer, bench.session, bench.tools.jobs, across, self)
        self.outlets = OutletPanel(bench.tools)
        self.side_panel: QWidget = self.outlets
        self.view = PreviewView(bench)
        self.gallery: Gallery | None = None
        self.results = Results(bench.tools)
        self._run = ExportRun(bench, self)
        self._actions = VariantActions(bench, self._text, self)
        self.pages = QStackedWidget()
        self.tabs = QTabBar()
        self._made: dict[str, QWidget] = {"preview": self.view, "results": self.results}
        self._lay_out()
        self._connect()
        self._fill_outlets()
        self._show_results()

    def _t(self, code: str, **facts: object) -> str:
        return self._bench.t(f"publishdesk.{code}", **facts)

    @property
    def boxes(self) -> dict[str, QCheckBox]:
        """The tick boxes, by outlet."""
        return self.outlets.boxes

    # ------------------------------------------------------------------------------------------- layout

    def _lay_out(self) -> None:
        theme, px = self._bench.tools.theme, self._bench.tools.theme.px
        self.export = button(theme, self._t("export"), self._start, look="primary", icon="send")
        self.open = button(theme, self._t("open"), self._open_folder, icon="folder-open")
        self.open.setText("")
        self.tabs.setAccessibleName(self._t("tabs"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for code in TABS:
            self.tabs.addTab(self._t(f"tab_{code}"))
        head = row(self.tabs, 1, self.open, self.export, gap=px(8), edges=(px(14), px(8), px(20), 0))
        self._note = label("", "hint", wrap=True)
        self._note.setContentsMargins(px(20), px(4), px(20), 0)
        self._note.hide()
        self._gate_text = label("", "warn", wrap=True)
        check = button(theme, self._t("gate_go"), lambda: self._bench.go("check"), look="link")
        gate = row(self._gate_text, check, gap=px(6), edges=(px(20), px(2), px(20), 0))
        gate.setStretch(0, 1)
        self.gate = QWidget()
        self.gate.setLayout(gate)
        self.gate.hide()
        self.pages.addWidget(self.view)
        self.pages.addWidget(self.results)
        whole = column(head, self._note, self.gate, self.pages, gap=px(2))
        whole.setStretch(3, 1)
        self.setLayout(whole)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._show_tab)
        self.outlets.looked.connect(self.look_at)
        self.outlets.ticked.connect(self._count_outlets)
        self.outlets.go.connect(self._go_to_text)
        self.feed.texts_ready.connect(self._show_texts)
        self.feed.pictures_ready.connect(self._show_pictures)
        self.feed.failed.connect(lambda error: self._say(self._bench.tools.texts.explain(error), "bad"))
        self.view.cards.edited.connect(self._actions.edit)
        self.view.cards.asked.connect(self._actions.do)
        self._actions.opened.connect(self._focus_text)
        self._run.said.connect(self._say)
        self._run.made.connect(self._exported)
        self._run.ended.connect(self._count_outlets)

    def _fill_outlets(self) -> None:
        catalog = self.previewer.catalog
        self.outlets.fill(catalog.outlets, catalog.problems, self._bench.workspace.group.outlets)
        names = [outlet.id for outlet in catalog.outlets]
        if self.feed.outlet not in names and names:
            first = next((name for name in ("instagram", *names) if name in names), names[0])
            self.look_at(first)
        else:
            self.look_at(self.feed.outlet)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Previews are made while they are seen."""
        super().showEvent(event)
        from studio.paint.app import ensure_gui

        ensure_gui()  # fonts are loaded in the window's thread; the worker then paints with them
        self.feed.wake(True)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Nobody looks."""
        super().hideEvent(event)
        self.feed.wake(False)

    # ------------------------------------------------------------------------------------------- tabs

    def show_tab(self, code: str) -> None:
        """Go to a tab."""
        self.tabs.setCurrentIndex(TABS.index(code))

    def _show_tab(self, index: int) -> None:
        code = TABS[index]
        if code not in self._made:
            self._made[code] = self._make_gallery() if code == "designs" else self._make_part(code)
            self.pages.addWidget(self._made[code])
        self.pages.setCurrentWidget(self._made[code])

    def _make_gallery(self) -> QWidget:
        from studio.ui.publish.gallery import Gallery

        self.gallery = Gallery(self._bench, self.previewer)
        self.gallery.identity_changed.connect(self._identity_changed)
        self.gallery.packs_changed.connect(self._packs_changed)
        self.gallery.show_outlet(self.feed.outlet)
        return self.gallery

    def _make_part(self, code: str) -> QWidget:
        """The queue or the way to the phone; a page that says so where this version has none."""
        module, function = _PARTS[code]
        try:
            make = getattr(importlib.import_module(f"studio.ui.publish.{module}"), function)
        except ModuleNotFoundError:
            inside = empty(self._bench.tools.theme, "send", self._t(f"{code}_soon_title"), self._t(f"{code}_soon"))
            made = QWidget()
            made.setLayout(column(inside, edges=edges(self._bench.tools.theme, 20, 18)))
            return made
        part: QWidget = make(self._bench)
        return part

    # ------------------------------------------------------------------------------------------- previews

    def look_at(self, outlet: str) -> None:
        """Show an outlet."""
        self.feed.show(outlet)
        self.outlets.look_at(outlet)
        if outlet in self._texts:
            self._show_outlet(self._texts[outlet])
        if self.gallery is not None:
            self.gallery.show_outlet(outlet)
        if self.tabs.currentIndex() not in {0, 1}:
            self.show_tab("preview")

    def _show_texts(self, news: News) -> None:
        if news.verdict is not None:
            self._show_gate(news.verdict)
        self._texts |= {texts.outlet.id: texts for texts in news.texts}
        variants = variants_of(news.story, self._texts.values())
        self.outlets.show_texts(news.texts, variants)
        self.outlets.show_old_facts(variants)
        shown = self._texts.get(self.feed.outlet)
        if shown is not None:
            self.view.show_texts(shown, news.story, variants)
        self._show_wanted()

    def _show_gate(self, verdict: Readiness) -> None:
        """Whether the export comes out clean, as a marked draft, or not at all."""
        refused = len(verdict.refusals)
        self._gate_text.setText(self._t("gate_refused", n=refused) if refused else self._t("gate_draft"))
        restyle(self._gate_text, "look", "bad" if refused else "warn")
        self.gate.setVisible(bool(refused) or verdict.draft)

    def _show_outlet(self, texts: OutletTexts) -> None:
        story = self._bench.session.story
        self.view.show_texts(texts, story, variants_of(story, self._texts.values()))

    def _show_pictures(self, news: News) -> None:
        if news.pictures is not None:
            self.view.show_pictures(news.pictures, news.story)

    def _identity_changed(self) -> None:
        self.view.identity_changed()
        self.feed.refresh(0)

    def _packs_changed(self) -> None:
        self.previewer.reload()
        self._texts.clear()
        self._fill_outlets()

    # ------------------------------------------------------------------------------------------- adjusted texts

    def _text(self, key: str) -> PostText | None:
        outlet = self._texts.get(key.partition("/")[0])
        return next((text for text in outlet.texts if text.key == key), None) if outlet else None

    def _focus_text(self, key: str) -> None:
        card = self.view.cards.cards.get(key)
        if card is not None:
            card.paper.setFocus()

    def _go_to_text(self, key: str) -> None:
        from studio.story.places import Place as At

        self.reveal(At(f"overrides/{key}"))

    def reveal(self, place: Place) -> None:
        """Show an adjusted text, marked; see ``Revealing``."""
        kind, _, key = place.field.partition("/")
        if kind != "overrides":
            return
        self.show_tab("preview")
        self._wanted = (key, place)
        self.look_at(key.partition("/")[0])
        self._show_wanted()

    def _show_wanted(self) -> None:
        if self._wanted is None:
            return
        key, place = self._wanted
        card = self.view.cards.cards.get(key)
        if card is None:
            return
        self._wanted = None
        text = card.paper.toPlainText()
        cursor = card.paper.textCursor()
        units = [len(text[:at].encode("utf-16-le", "surrogatepass")) // 2 for at in (place.start, place.end)]
        cursor.setPosition(min(units[0], len(text)))
        cursor.setPosition(min(units[1], card.paper.document().characterCount() - 1), QTextCursor.MoveMode.KeepAnchor)
        card.paper.setTextCursor(cursor)
        card.paper.setFocus()
        self.view.texts_area.ensureWidgetVisible(card)

    # ------------------------------------------------------------------------------------------- export

    def chosen(self) -> tuple[str, ...]:
        """The ids of the ticked outlets."""
        return self.outlets.chosen()

    def _tick(self, on: bool) -> None:
        self.outlets.tick(on)

    def _count_outlets(self) -> None:
        number = len(self.chosen())
        self.export.setText("  " + self._t("export_to", n=number) if number else "  " + self._t("export"))
        self.export.setEnabled(bool(number) and not self._run.running)

    def _start(self) -> None:
        self._run.start(self.chosen())
        self._count_outlets()

    def _exported(self) -> None:
        self._show_results()
        self.show_tab("results")

    def _say(self, text: str, look: str) -> None:
        self._note.setText(text)
        self._note.show()
        restyle(self._note, "look", look)

    @property
    def _place(self) -> Path:
        return self._bench.workspace.path / "exports" / self._bench.session.folder

    def _show_results(self) -> None:
        manifest = read_manifest(self._place) if self._bench.session.folder else None
        self.open.setEnabled(bool(manifest and manifest.files))
        names = {outlet.id: outlet.name for outlet in self.previewer.catalog.outlets}
        self.results.show_manifest(manifest, self._place, names)

    def _open_folder(self) -> None:
        open_folder(self._place)
