"""What goes along with a story to the editor: private things stay at home unless they are ticked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QWidget

from studio.store.packages import PackageChoice
from studio.ui.dialogs.history_dialog import resize_to_screen
from studio.ui.widgets.basic_parts import button, column, describe, edges, label, row, scrolled
from studio.ui.widgets.styled_dialog import StyledDialog

if TYPE_CHECKING:
    from studio.story.model import Story
    from studio.ui.core.desk_context import WindowTools

_TICKS = ("consents", "contacts", "originals")


class PackDialog(StyledDialog):
    """Asks what goes along; accepted when the package is to be written.

    Args:
        tools: what every part is given.
        story: the story that is sent.
    """

    def __init__(self, tools: WindowTools, story: Story) -> None:
        super().__init__(tools.theme)
        theme, t = tools.theme, tools.t
        self.setWindowTitle(t("handoff.title"))
        self.ticks: dict[str, QCheckBox] = {}
        covered = sum(1 for photo in story.photos if photo.covers) + sum(1 for clip in story.videos if clip.covers)
        there = {
            "consents": sum(1 for person in story.people if person.consent.given),
            "contacts": sum(1 for source in story.sources if source.contact) + len(story.recordings),
            "originals": covered,
        }
        rows = []
        for name in _TICKS:
            box = QCheckBox(t(f"handoff.with.{name}", n=there[name]))
            describe(box, box.text(), t(f"handoff.with.{name}_hint"))
            # Nothing there to send: ticked or not would be the same.
            box.setEnabled(bool(there[name]))
            self.ticks[name] = box
            rows.append(column(box, label(t(f"handoff.with.{name}_hint"), "hint", wrap=True), gap=theme.px(2)))
        goes = label(t("handoff.goes", photos=len(story.photos), clips=len(story.videos)), wrap=True)
        self.send = button(theme, t("handoff.save"), self.accept, look="primary", icon="package")
        cancel = button(theme, t("dialog.cancel"), self.reject)
        head = label(t("handoff.title"), "page")
        buttons = row(1, cancel, self.send, gap=theme.px(8))
        story_name = label(story.headline or "–", "strong", wrap=True)
        inside = QWidget()
        inside.setLayout(column(story_name, goes, *rows, 1, gap=theme.px(12)))
        whole = column(head, scrolled(inside), buttons, gap=theme.px(12), edges=edges(theme, 22, 20))
        whole.setStretch(1, 1)
        self.setLayout(whole)
        resize_to_screen(self, theme.px(540), theme.px(460))
        self.send.setDefault(True)
        self.send.setFocus()

    @property
    def choice(self) -> PackageChoice:
        """What was ticked."""
        return PackageChoice(**{name: box.isChecked() for name, box in self.ticks.items()})
