"""The mode in which what is typed becomes suggestions: the text of the story stays, whoever wrote it decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFrame

from studio.story.comment_anchors import anchored_text
from studio.story.comments import SUGGESTED_FIELDS, proposed_story, suggest_text
from studio.story.edits import StoryEdit, new_id
from studio.ui.widgets.basic_parts import button, label, picture, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.base.i18n import MessageTexts
    from studio.story.claims import LedgerStamp
    from studio.story.model import Story
    from studio.ui.core.window_theme import WindowTheme


class SuggestionMode(QObject):
    """Whether edits by hand become suggestions, and what is shown meanwhile.

    Args:
        texts: for what the bar says.
        theme: for how it looks.
    """

    switched = Signal(bool)

    def __init__(self, texts: MessageTexts, theme: WindowTheme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._batch = ""
        self.stamp: Callable[[], LedgerStamp] | None = None
        """Who writes here, and the time."""
        self.bar = QFrame()
        self.bar.setProperty("look", "notice")
        self.done = button(theme, texts.text("write.suggesting.done"), lambda: self.switch(on=False), look="chip")
        told = label(texts.text("write.suggesting.told"), wrap=True)
        inside = row(picture(theme, "file-pen-line", "accent"), told, self.done, gap=theme.px(10))
        inside.setContentsMargins(theme.px(16), theme.px(7), theme.px(16), theme.px(7))
        inside.setStretch(1, 1)
        self.bar.setLayout(inside)
        self.bar.hide()

    @property
    def on(self) -> bool:
        """Whether it is on."""
        return bool(self._batch)

    def switch(self, *, on: bool) -> None:
        """Begin or end it; what was suggested so far stays."""
        if on == self.on:
            return
        # The suggestions of one go belong together: while it lasts, going on typing reshapes them.
        self._batch = new_id() if on else ""
        self.bar.setVisible(on)
        self.switched.emit(on)

    def shown_story(self, story: Story) -> Story:
        """The story as it is shown: with the suggestions of this go in its texts."""
        return proposed_story(story, self._batch) if self.on else story

    def as_suggestion(self, edit: StoryEdit) -> StoryEdit:
        """An edit by hand as what it means now: suggestions, where it changes words of the texts."""
        if not self.on or self.stamp is None:
            return edit
        batch, stamp = self._batch, self.stamp()

        def apply(story: Story) -> Story:
            shown = proposed_story(story, batch)
            after = edit.apply(shown)
            rewritten = [name for name in SUGGESTED_FIELDS if getattr(after, name) != getattr(shown, name)]
            if not rewritten:
                return edit.apply(story)
            for name in rewritten:
                story = suggest_text(name, anchored_text(after, name) or "", stamp, batch)(story)
            return story

        return StoryEdit("edit.suggest", apply, edit.merge)
