"""Asks what is written on the plain photos of a story: a list beside the preview of outlets that show them in a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from studio.preview.photo_pictures import carries_strip
from studio.story.photo_strips import STRIP_KEY, STRIP_KINDS, set_strip, strip_kind
from studio.ui.widgets.basic_parts import describe, label, row
from studio.ui.widgets.calm_inputs import combo_box

if TYPE_CHECKING:
    from studio.posts.packs import Outlet
    from studio.story.model import Story
    from studio.ui.core.desk_context import DeskContext


class StripChoice(QWidget):
    """What the group does, or something else for this story alone; hidden where no photo could carry it.

    Args:
        bench: what a desk works with.
    """

    def __init__(self, bench: DeskContext) -> None:
        super().__init__()
        self._bench = bench
        self._carries = False
        t = bench.t
        name = label(t("strip.name"), "hint")
        self.box = combo_box()
        for kind in ("", *STRIP_KINDS):
            self.box.addItem(t(f"strip.{kind}") if kind else "", kind)
        describe(self.box, t("strip.name"), t("strip.tip"))
        name.setBuddy(self.box)
        self.box.activated.connect(self._tell)
        whole = row(name, self.box, gap=bench.tools.theme.px(6))
        self.setLayout(whole)
        whole.setContentsMargins(0, 0, bench.tools.theme.px(20), 0)
        bench.session.changed.connect(self.show_story)
        self.show_story(bench.session.story)

    def show_story(self, story: Story) -> None:
        """Show a story."""
        t = self._bench.t
        usual = strip_kind((self._bench.workspace.group.designs,))
        self.box.setItemText(0, t("strip.usual", kind=t(f"strip.{usual}")))
        self.box.setCurrentIndex(max(0, self.box.findData(story.designs.get(STRIP_KEY, ""))))
        self.box.setEnabled(not self._bench.session.read_only)
        self.setVisible(self._carries and bool(story.photos))

    def show_outlet(self, outlet: Outlet) -> None:
        """Show it where the photos of an outlet may carry a strip."""
        self._carries = carries_strip(outlet)
        self.show_story(self._bench.session.story)

    def _tell(self) -> None:
        self._bench.session.edit(set_strip(self.box.currentData()))
