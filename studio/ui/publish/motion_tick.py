"""Asks whether a story gets a moving card: a box in the head of the publishing desk, with the way to its settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtWidgets import QCheckBox, QWidget

from studio.services.motion_preview import card_of
from studio.story.clips import set_motion
from studio.ui.widgets.basic_parts import button, describe, label, row

if TYPE_CHECKING:
    from studio.story.model import Story
    from studio.story.motion_records import MotionCard
    from studio.ui.core.desk_context import DeskContext


class MotionTick(QWidget):
    """The box, what is said of a story without a video, and the button that opens the settings.

    Args:
        bench: what a desk works with.
    """

    def __init__(self, bench: DeskContext) -> None:
        super().__init__()
        self._bench = bench
        t, theme = bench.t, bench.tools.theme
        self.box = QCheckBox(t("motion.wanted"))
        describe(self.box, t("motion.wanted"), t("motion.wanted_tip"))
        self.box.clicked.connect(self._set_motion)
        self.hint = label("", "hint")
        self.settings = button(theme, t("motion.settings"), self.open_settings, look="link")
        whole = row(self.box, self.settings, self.hint, 1, gap=theme.px(10))
        self.setLayout(whole)
        whole.setContentsMargins(0, 0, 0, 0)
        bench.session.changed.connect(self.show_story)
        self.show_story(bench.session.story)

    def show_story(self, story: Story) -> None:
        """Show a story."""
        locked = self._bench.session.read_only
        wanted = self._card_of(story).wanted
        self.box.setChecked(wanted)
        self.box.setEnabled(not locked)
        self.settings.setEnabled(not locked)
        bare = not (story.videos or story.slideshow or wanted)
        self.hint.setText(self._bench.t("motion.no_video") if bare else "")

    def _card_of(self, story: Story) -> MotionCard:
        return card_of(story, usual=self._bench.workspace.group.moving_cards)

    def reveal(self, field: str) -> None:
        """Put the focus on the box; for what is set up in the dialog on the way there."""
        (self.settings if field else self.box).setFocus()

    def _set_motion(self, ticked: bool) -> None:
        card = self._card_of(self._bench.session.story)
        self._bench.session.edit(set_motion(replace(card, wanted=ticked)))

    def open_settings(self) -> None:
        """Length, voice, music, and the card as it will be."""
        from studio.ui.dialogs.motion_dialog import show_motion_settings

        show_motion_settings(self._bench)
