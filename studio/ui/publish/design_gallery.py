"""Card designs with this very story on them, the group's identity, and template packs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QGridLayout, QPushButton, QToolButton, QWidget

from studio.base.errors import UserError
from studio.services.outlet_packs import CardOutput, automatic_design
from studio.services.text_variants import name_of
from studio.story.adjusted_posts import set_design, with_design
from studio.ui.publish.gallery_families import FamilyCard
from studio.ui.publish.gallery_identity import IdentityCard
from studio.ui.publish.gallery_packs import PackCard
from studio.ui.publish.preview_shown import as_image
from studio.ui.widgets.basic_parts import (
    ChoiceGroup,
    card,
    choice_tool,
    clear,
    column,
    describe,
    edges,
    empty,
    label,
    row,
    scrolled,
)
from studio.ui.widgets.calm_inputs import combo_box

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent

    from studio.base.progress import Progress
    from studio.posts.packs import Outlet
    from studio.preview.outlet_previews import OutletPreviewer
    from studio.preview.preview_results import PostPicture
    from studio.story.model import Story
    from studio.ui.core.background_jobs import BackgroundJob
    from studio.ui.core.desk_context import DeskContext

# Design pixels of a card and of its column; milliseconds that typing has to rest.
_ACROSS = 144
_COLUMN = 164
_WAIT_MS = 150
_AUTOMATIC = ""
Designs = tuple[tuple[str, "PostPicture"], ...]


class DesignGallery(QWidget):
    """The gallery.

    Args:
        bench: what a desk works with.
        previewer: paints the samples; shared with the previews.
    """

    identity_changed = Signal()
    packs_changed = Signal()

    def __init__(self, bench: DeskContext, previewer: OutletPreviewer) -> None:
        super().__init__()
        self._bench, self._previewer = bench, previewer
        self._outlet: Outlet | None = None
        self._job: BackgroundJob | None = None
        self._shown: tuple[tuple[str, PostPicture], ...] = ()
        self.tiles: dict[str, QToolButton] = {}
        self._group = ChoiceGroup(self)
        self.file, self.scope, self.level = combo_box(), combo_box(), combo_box()
        self._grid = QGridLayout()
        self._missing = label("", "muted", wrap=True)
        self.identity = IdentityCard(bench)
        self.families = FamilyCard(bench, previewer, self.identity)
        self.packs = PackCard(bench)
        self._timer = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._timer.timeout.connect(self._paint)
        self._lay_out()
        self.identity.changed.connect(self._on_identity)
        self.packs.changed.connect(self.packs_changed)
        self.families.packs_changed.connect(self.packs_changed)
        bench.session.changed.connect(self._on_story)

    def _t(self, code: str, **facts: object) -> str:
        return self._bench.t(f"gallery.{code}", **facts)

    def _lay_out(self) -> None:
        theme = self._bench.tools.theme
        px = theme.px
        chosen = row(gap=px(8))
        for name, box in (("card", self.file), ("scope", self.scope), ("level", self.level)):
            title = label(self._t(name), "muted")
            title.setBuddy(box)
            describe(box, self._t(name))
            chosen.addLayout(column(title, box, gap=px(3)))
        chosen.addStretch(1)
        self.level.addItem(self._t("level.story"), "story")
        self.level.addItem(self._t("level.group"), "group")
        self.file.currentIndexChanged.connect(lambda _: self._paint())
        self.scope.currentIndexChanged.connect(lambda _: self._mark_chosen())
        self.level.currentIndexChanged.connect(lambda _: self._mark_chosen())
        self._grid.setHorizontalSpacing(px(8))
        self._grid.setVerticalSpacing(px(10))
        self._cards = card(
            column(
                column(label(self._t("title"), "title"), label(self._t("intro"), "hint", wrap=True), gap=px(2)),
                chosen,
                self._grid,
                self._missing,
                gap=px(10),
                edges=edges(theme, 16, 14),
            )
        )
        self._none = empty(theme, "layout-template", self._t("empty_title"), self._t("empty"))
        inside = QWidget()
        inside.setLayout(
            column(
                self.families,
                self.identity,
                self._cards,
                self._none,
                self.packs,
                1,
                gap=px(12),
                edges=edges(theme, 20, 12),
            )
        )
        self.setLayout(column(scrolled(inside), gap=0))
        read_only = self._bench.session.read_only
        self.scope.setEnabled(not read_only)
        self.level.setEnabled(not read_only)

    # ------------------------------------------------------------------------------------------- showing

    def show_outlet(self, outlet_id: str) -> None:
        """Show the designs for an outlet's cards."""
        outlet = next((o for o in self._previewer.catalog.outlets if o.id == outlet_id), None)
        self._outlet = outlet
        self.packs.show_outlet(outlet)
        cards = [o for o in outlet.outputs_of(CardOutput) if o.design] if outlet else []
        self._cards.setVisible(bool(cards))
        self.families.setVisible(bool(cards))
        self._none.setVisible(not cards)
        for box in (self.file, self.scope):
            box.blockSignals(True)
            box.clear()
        for each in cards:
            label_text = f"{name_of(self._bench.tools.texts, each.file)} ({each.size.width} × {each.size.height})"
            self.file.addItem(label_text, each.file)
        for code in ("card", "outlet", "all"):
            self.scope.addItem(self._t(f"scope.{code}", outlet=outlet.name if outlet else ""), code)
        for box in (self.file, self.scope):
            box.blockSignals(False)
        self._shown = ()
        self._paint()

    def showEvent(self, event: QShowEvent) -> None:
        """Samples are painted while they are seen."""
        super().showEvent(event)
        self._paint()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        self.families.stop()
        if self._job is not None:
            self._job.cancel()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer beside each other."""
        super().resizeEvent(event)
        self._place_tiles()
        self.families.place_tiles(self.width() - self._bench.tools.theme.px(40))

    def _on_story(self, story: Story) -> None:
        if self.isVisible() and not self._timer.isActive():
            self._timer.start()

    def _on_identity(self) -> None:
        self.identity_changed.emit()
        self._paint()

    def _paint(self) -> None:
        file = self.file.currentData()
        if not self.isVisible() or self._outlet is None or not file:
            return
        if self._job is not None:
            self._job.cancel()
        theme, session = self._bench.tools.theme, self._bench.session
        across = round(_ACROSS * theme.scale * self.devicePixelRatioF())
        work = partial(_designs, self._previewer, session.folder, session.story, self._outlet.id, file, across)
        job = self._bench.tools.jobs.start(
            "",
            work,
            done=partial(self._show_designs, self._outlet.id, file),
            failed=self._failed,
            lane="quick",
            quiet=True,
        )
        self._job = job if job.state in {"waiting", "running"} else None
        if self._job is not None:
            job.ended.connect(partial(self._ended, job))
        self.families.paint_samples(self._outlet.id, file)

    def _ended(self, job: BackgroundJob) -> None:
        if self._job is job:
            self._job = None

    def _failed(self, error: UserError) -> None:
        self._missing.setText(self._bench.tools.texts.explain(error))

    def _show_designs(self, outlet: str, file: str, made: Designs) -> None:
        # Another outlet or card was chosen while these samples were painted.
        if self._outlet is None or self._outlet.id != outlet or self.file.currentData() != file or not self.isVisible():
            return
        # Tiles stay where the designs are the same, so that keyboard focus and the chosen one do not jump while
        # the user types.
        same = [name for name, _ in made] == [name for name, _ in self._shown] and bool(self.tiles)
        self._shown = made
        if not same:
            self._make_tiles()
        for name, picture in made:
            self._dress_tile(self.tiles[name], picture)
        automatic = self._automatic()
        self._dress_tile(self.tiles[_AUTOMATIC], next((p for name, p in made if name == automatic), None))
        lacking = [name for name in self._previewer.catalog.designs if name not in dict(made)]
        self._missing.setText(
            self._t("not_here", designs=", ".join(map(self._design_name, lacking))) if lacking else ""
        )
        self._missing.setVisible(bool(lacking))
        self._mark_chosen()

    def _design_name(self, design: str) -> str:
        code = f"gallery.design.{design}"
        texts = self._bench.tools.texts
        return texts.text(code) if texts.has_text(code) else design

    def _make_tiles(self) -> None:
        clear(self._grid)
        self.tiles = {}
        for name in (_AUTOMATIC, *(name for name, _ in self._shown)):
            made = choice_tool()
            made.setProperty("look", "design")
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            title = self._design_name(name) if name else self._t("automatic")
            made.setText(title)
            tip = self._t("use", design=title, card=self.file.currentText()) if name else self._t("automatic_tip")
            describe(made, title, tip)
            made.setEnabled(not self._bench.session.read_only)
            made.clicked.connect(partial(self._choose, name))
            self._group.addButton(made)
            self.tiles[name] = made
        self._place_tiles()

    def _place_tiles(self) -> None:
        columns = max(2, (self.width() - self._bench.tools.theme.px(80)) // self._bench.tools.theme.px(_COLUMN))
        for number, tile in enumerate(self.tiles.values()):
            self._grid.addWidget(tile, number // columns, number % columns, Qt.AlignmentFlag.AlignLeft)
        for number in range(8):
            self._grid.setColumnStretch(number, 1 if number == columns else 0)

    def _dress_tile(self, tile: QPushButton | QToolButton, picture: PostPicture | None) -> None:
        if picture is None or picture.pixels is None:
            return
        pixmap = QPixmap.fromImage(as_image(picture))
        pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        tile.setIcon(QIcon(pixmap))
        scale = self._bench.tools.theme.scale
        high = picture.pixels.height / picture.pixels.width * _ACROSS
        tile.setIconSize(QSize(round(_ACROSS * scale), round(high * scale)))

    # ------------------------------------------------------------------------------------------- choosing

    def _scope_key(self) -> str:
        outlet = self._outlet.id if self._outlet else ""
        return {"card": f"{outlet}/{self.file.currentData()}", "outlet": outlet, "all": "*"}[self.scope.currentData()]

    def _automatic(self) -> str:
        """The design that is used when nothing is chosen, else the first there is."""
        if self._outlet is None:
            return ""
        story, group, folder = self._bench.session.story, self._bench.workspace.group, self._bench.session.folder
        return automatic_design(self._previewer.catalog, self._outlet, self.file.currentData(), story, group, folder)

    def _mark_chosen(self) -> None:
        """Check what is chosen at this level and for this scope."""
        at_story = self.level.currentData() == "story"
        designs = self._bench.session.story.designs if at_story else self._bench.workspace.group.designs
        key = self._scope_key()
        # The same order as posts.svg.card_design: card, outlet, all.
        wider = (key, key.partition("/")[0], "*")
        chosen = next((designs[each] for each in wider if each in designs), _AUTOMATIC)
        if chosen not in self.tiles:
            chosen = _AUTOMATIC
        for name, tile in self.tiles.items():
            tile.setChecked(name == chosen)

    def _choose(self, design: str) -> None:
        key = self._scope_key()
        if self.level.currentData() == "story":
            self._bench.session.edit(set_design(key, design))
            self._bench.session.break_merge()
        else:
            self._choose_for_group(key, design)
        self._mark_chosen()

    def _choose_for_group(self, key: str, design: str) -> None:
        from msgspec.structs import replace

        workspace = self._bench.workspace
        group = workspace.group
        try:
            workspace.save_group(replace(group, designs=with_design(group.designs, key, design)))
        except UserError as error:
            self._bench.tools.dialogs.explain(error)
            return
        self._bench.toast(self._t("kept_group"))
        self.identity_changed.emit()


def _designs(
    previewer: OutletPreviewer, folder: str, story: Story, outlet: str, file: str, across: int, progress: Progress
) -> Designs:
    return tuple(previewer.designs(folder, story, outlet, file, across, progress))
