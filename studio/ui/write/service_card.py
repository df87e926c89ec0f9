"""The card of the side panel with what a notice of a service tells beside day, hours and place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.ui.widgets.basic_parts import column, edges, label, row
from studio.ui.write.edit_card import EditCard
from studio.ui.write.service_form import ServiceForm

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from studio.base.i18n import MessageTexts
    from studio.services.notice_kinds import NoticeKinds
    from studio.story.model import Story
    from studio.ui.core.window_theme import WindowTheme


class ServiceCard(EditCard):
    """Shows them and tells edits; there only for a story whose kind of service is known.

    Args:
        texts: for what it says.
        theme: for how it looks.
        kinds: those of the workspace.
    """

    def __init__(self, texts: MessageTexts, theme: WindowTheme, kinds: NoticeKinds) -> None:
        super().__init__(texts, theme)
        self._kinds, self._service = kinds, ""
        self._read_only = False
        self._title = label("", "title")
        self.form = ServiceForm(texts, theme, kinds, 1, own=True)
        self.form.edit_made.connect(self.edit_made)
        self.pass_on(self.form)
        self.setLayout(column(row(self._title, 1), self.form, gap=theme.px(8), edges=edges(theme, 16, 14)))
        self.hide()

    def show_story(self, story: Story) -> list[QWidget]:
        """Show a story; the fields that said something else."""
        kind = self.form.kind
        if story.service != self._service:
            self._service = story.service
            kind = self._kinds.find(story.service)
            if kind is not None:
                self._title.setText(kind.name.get(self._texts.language) or kind.name["id"])
        changed = self.form.show_story(story, kind)
        self.form.set_read_only(self._read_only)
        return changed

    def set_read_only(self, on: bool) -> None:
        """Let nobody type."""
        self._read_only = on
        self.form.set_read_only(on)
