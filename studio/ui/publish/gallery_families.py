"""The group's face: this very story in every design family side by side; one click takes one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QFrame, QGridLayout, QToolButton

from studio.base.errors import UserError
from studio.services.outlet_packs import hand_on_family, own_family, remove_family
from studio.story.adjusted_posts import set_family
from studio.ui.dialogs.dialog_service import DialogChoice
from studio.ui.publish.preview_shown import as_image
from studio.ui.widgets.basic_parts import ChoiceGroup, button, choice_tool, column, describe, edges, label, row
from studio.ui.widgets.calm_inputs import combo_box

if TYPE_CHECKING:
    from studio.base.progress import Progress
    from studio.posts.families import DesignFamily
    from studio.preview.outlet_previews import OutletPreviewer
    from studio.preview.preview_results import PostPicture
    from studio.story.model import Story
    from studio.ui.core.background_jobs import BackgroundJob
    from studio.ui.core.desk_context import DeskContext
    from studio.ui.publish.gallery_identity import IdentityCard

# Design pixels of a sample and of its column.
_ACROSS = 112
_COLUMN = 130
Samples = tuple[tuple[str, "PostPicture"], ...]


class FamilyCard(QFrame):
    """The families as tiles; one that the group took in or made can be given away or removed.

    Args:
        bench: what a desk works with.
        previewer: paints the samples.
        identity: keeps what is chosen for the group, and takes it back.
    """

    packs_changed = Signal()
    """A family went."""

    def __init__(self, bench: DeskContext, previewer: OutletPreviewer, identity: IdentityCard) -> None:
        super().__init__()
        self._bench, self._previewer, self._identity = bench, previewer, identity
        self._job: BackgroundJob | None = None
        self._asked = ("", "")
        self.tiles: dict[str, QToolButton] = {}
        self._group = ChoiceGroup(self)
        self.level = combo_box()
        self._grid = QGridLayout()
        self._about = label("", "hint", wrap=True)
        theme = bench.tools.theme
        self.give = button(theme, "", self._export, icon="download")
        self.drop = button(theme, "", self._remove, look="danger", icon="trash-2")
        self._lay_out()
        bench.session.changed.connect(self._mark_chosen)
        identity.changed.connect(self._mark_chosen)

    def _t(self, code: str, **facts: object) -> str:
        return self._bench.t(f"gallery.{code}", **facts)

    def _lay_out(self) -> None:
        theme = self._bench.tools.theme
        px = theme.px
        self.setProperty("look", "card")
        for code in ("group", "story"):
            self.level.addItem(self._t(f"level.{code}"), code)
        describe(self.level, self._t("level"))
        self.level.currentIndexChanged.connect(lambda _: self._mark_chosen())
        self.level.setEnabled(not self._bench.session.read_only)
        asked = label(self._t("level"), "muted")
        asked.setBuddy(self.level)
        self._grid.setHorizontalSpacing(px(8))
        self._grid.setVerticalSpacing(px(10))
        self.setLayout(
            column(
                column(label(self._t("families"), "title"), label(self._t("families_intro"), "hint", wrap=True), gap=2),
                row(asked, self.level, 1, gap=px(8)),
                self._grid,
                self._about,
                row(self.give, self.drop, 1, gap=px(8)),
                gap=px(10),
                edges=edges(theme, 16, 14),
            )
        )

    # ------------------------------------------------------------------------------------------- showing

    def paint_samples(self, outlet: str, file: str) -> None:
        """Paint the story's card ``file`` of an outlet in every family; what was being painted is given up."""
        self.stop()
        self._asked = (outlet, file)
        session, theme = self._bench.session, self._bench.tools.theme
        across = round(_ACROSS * theme.scale * self.devicePixelRatioF())
        work = partial(_samples, self._previewer, session.folder, session.story, outlet, file, across)
        done = partial(self._show_samples, outlet, file)
        job = self._bench.tools.jobs.start("", work, done=done, failed=lambda _: None, lane="quick", quiet=True)
        self._job = job if job.state in {"waiting", "running"} else None
        if self._job is not None:
            job.ended.connect(partial(self._ended, job))

    def stop(self) -> None:
        """Nobody looks any more."""
        if self._job is not None:
            self._job.cancel()

    def _ended(self, job: BackgroundJob) -> None:
        if self._job is job:
            self._job = None

    def _show_samples(self, outlet: str, file: str, made: Samples) -> None:
        if (outlet, file) != self._asked:
            return
        if list(self.tiles) != [name for name, _ in made]:
            self._make_tiles([name for name, _ in made])
        for name, picture in made:
            self._dress_tile(self.tiles[name], picture)
        self._mark_chosen()

    def _make_tiles(self, names: list[str]) -> None:
        for tile in self.tiles.values():
            tile.deleteLater()
        self.tiles = {}
        for name in names:
            title, about = self._family_words(self._previewer.catalog.families[name])
            made = choice_tool()
            made.setProperty("look", "design")
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            made.setText(title)
            describe(made, title, about)
            made.setEnabled(not self._bench.session.read_only)
            made.clicked.connect(partial(self._choose, name))
            self._group.addButton(made)
            self.tiles[name] = made
        self.place_tiles(self.width())

    def place_tiles(self, width: int) -> None:
        """Lay the tiles out for a width in pixels."""
        px = self._bench.tools.theme.px
        columns = max(2, (width - px(40)) // px(_COLUMN))
        for number, tile in enumerate(self.tiles.values()):
            self._grid.addWidget(tile, number // columns, number % columns, Qt.AlignmentFlag.AlignLeft)
        for number in range(8):
            self._grid.setColumnStretch(number, 1 if number == columns else 0)

    def _family_words(self, family: DesignFamily) -> tuple[str, str]:
        english = self._bench.tools.texts.language == "en"
        return (family.name_en or family.name, family.about_en) if english else (family.name, family.about)

    def _dress_tile(self, tile: QToolButton, picture: PostPicture) -> None:
        if picture.pixels is None:
            return
        pixmap = QPixmap.fromImage(as_image(picture))
        pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        tile.setIcon(QIcon(pixmap))
        across = _ACROSS * self._bench.tools.theme.scale
        tile.setIconSize(QSize(round(across), round(picture.pixels.height / picture.pixels.width * across)))

    # ------------------------------------------------------------------------------------------- choosing

    def _chosen_family(self) -> str:
        story, group = self._bench.session.story, self._bench.workspace.group
        names = (story.family, group.family) if self.level.currentData() == "story" else (group.family,)
        return next((name for name in names if name in self.tiles), next(iter(self.tiles), ""))

    def _mark_chosen(self) -> None:
        chosen = self._chosen_family()
        for name, tile in self.tiles.items():
            tile.setChecked(name == chosen)
        families = self._previewer.catalog.families
        own = own_family(self._bench.workspace, chosen) if chosen in families else None
        for made, code in ((self.give, "family_export"), (self.drop, "family_remove")):
            made.setVisible(own is not None)
            if own is not None:
                text = self._t(code, family=self._family_words(families[chosen])[0])
                made.setText(f"  {text}")
                describe(made, text)
        self.drop.setEnabled(not self._bench.workspace.read_only)
        if chosen in families:
            self._about.setText(self._family_words(families[chosen])[1])

    def _choose(self, name: str) -> None:
        if self.level.currentData() == "story":
            self._bench.session.edit(set_family(name))
            self._bench.session.break_merge()
            self._bench.toast(self._t("family_story", family=self.tiles[name].text()))
        else:
            self._identity.save_identity(replace(self._bench.workspace.group, family=name))
        self._mark_chosen()

    # ------------------------------------------------------------------------------------------- as a pack

    def _export(self) -> None:
        folder, dialogs = own_family(self._bench.workspace, self._chosen_family()), self._bench.tools.dialogs
        if folder is None:
            return
        target = dialogs.choose_target(self.give.text().strip(), f"paket-{folder.name}.zip")
        if target is None:
            return
        try:
            made = hand_on_family(folder, target)
        except UserError as error:
            dialogs.explain(error)
            return
        self._bench.toast(self._t("exported", file=made.name))

    def _remove(self) -> None:
        workspace, chosen = self._bench.workspace, self._chosen_family()
        folder = own_family(workspace, chosen)
        if folder is None:
            return
        name = self._family_words(self._previewer.catalog.families[chosen])[0]
        choices = (
            DialogChoice("keep", self._bench.t("dialog.cancel")),
            DialogChoice("remove", self._t("remove_yes"), True),
        )
        asked = self._t("family_remove_ask", family=name)
        if self._bench.tools.dialogs.ask(self._t("family_remove", family=name), asked, choices) != "remove":
            return
        try:
            remove_family(workspace, folder)
        except UserError as error:
            self._bench.tools.dialogs.explain(error)
            return
        self._bench.toast(self._t("family_removed", family=name))
        self.packs_changed.emit()


def _samples(
    previewer: OutletPreviewer, folder: str, story: Story, outlet: str, file: str, across: int, progress: Progress
) -> Samples:
    return tuple(previewer.families(folder, story, outlet, file, across, progress))
