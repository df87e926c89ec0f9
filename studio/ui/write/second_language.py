"""The other languages on the writing desk: their card at the side, and the page that takes the place of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut

from studio.story.translations import add_translation, drop_translation
from studio.ui.core.desk_context import now_stamp
from studio.ui.write.translation_card import TranslationCard
from studio.ui.write.translation_page import TranslationPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFrame, QLayout, QWidget

    from studio.story.edits import StoryEdit
    from studio.story.model import Story
    from studio.story.places import TextPlace
    from studio.ui.core.desk_context import DeskContext
    from studio.ui.write.body_editor import BodyEdit
    from studio.ui.write.writing_panel import SidePanel


_OF_THE_STORY = frozenset({"undo", "redo"})
_OF_THE_ORIGINAL = frozenset({"find", "replace", "spelling", "focus", "suggest"})
_MARKS = {"bold": "**", "italic": "*"}
"""Commands that put marks of Markdown around words of the translated text."""


class TranslatedDesk(Protocol):
    """The desk whose text gives way to a translation: the writing desk."""

    body: BodyEdit
    sheet: QFrame
    side_panel: SidePanel


class SecondLanguage(QObject):
    """Shows the translation in the place of the text, and hands its edits to the story.

    Args:
        desk: the writing desk.
        bench: what a desk works with.
    """

    def __init__(self, desk: TranslatedDesk, bench: DeskContext) -> None:
        super().__init__(cast("QWidget", desk))
        self._desk, self._bench, self._session = desk, bench, bench.session
        tools = bench.tools
        tools.theme.icons.load(("arrow-left", "languages", "check", "plus"))
        self.card = TranslationCard(tools.texts, tools.theme)
        self._page: TranslationPage | None = None
        desk.side_panel.add_card(self.card)
        self._tie(self.card)
        self.card.opened.connect(self.open)
        self._session.changed.connect(self._follow)
        self._follow(self._session.story)

    def _tie(self, part: TranslationCard | TranslationPage) -> None:
        part.edit_made.connect(self._edit)
        part.undo_asked.connect(self._session.undo)
        part.redo_asked.connect(self._session.redo)
        part.set_read_only(self._session.read_only)

    @property
    def page(self) -> TranslationPage:
        """The page, made when it is first wanted."""
        if self._page is None:
            tools = self._bench.tools
            made = self._page = TranslationPage(tools.texts, tools.theme)
            made.hide()
            cast("QLayout", cast("QWidget", self._desk).layout()).addWidget(made)
            self._tie(made)
            made.closed.connect(self.close)
            made.drop_asked.connect(self._drop_language)
            leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), made, self.close)
            leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return self._page

    @property
    def is_open(self) -> bool:
        """Whether a translation stands in the place of the text."""
        return self._page is not None and not self._page.isHidden()

    def open(self, language: str) -> None:
        """Show a language; one that the story does not have is begun, where the story may be changed."""
        if language not in self._session.story.texts:
            if self._session.read_only:
                return
            writer = str(self._bench.tools.settings.text("author"))
            self._session.edit(add_translation(language, writer, now_stamp(self._bench).when))
        self._show_page(True)
        self.page.open(self._session.story, language)

    def close(self) -> None:
        """Back to the original."""
        if self.is_open:
            self._show_page(False)
            self._desk.body.setFocus()

    def takes(self, code: str) -> bool:
        """Whether a command of the desk is no matter of the original now: nobody sees the text it would change.

        Those that look through the original show it again first.
        """
        if not self.is_open or code in _OF_THE_STORY:
            return False
        if code in _OF_THE_ORIGINAL:
            self.close()
            return False
        if code == "plain":
            self.page.paste_words(QGuiApplication.clipboard().text())
        elif code in _MARKS:
            self.page.mark_words(_MARKS[code])
        return True

    def reveal(self, place: TextPlace) -> bool:
        """Lead to a text in another language; False for one of the story itself, which is shown again then."""
        root, *rest = place.field.split("/")
        if root != "texts" or not rest:
            if self.is_open:
                self._show_page(False)
            return False
        self.open(rest[0])
        if len(rest) > 1:
            self.page.go_to_text("/".join(rest[1:]), place.start, place.end)
        return True

    def _show_page(self, on: bool) -> None:
        self._desk.sheet.setVisible(not on)
        self.page.setVisible(on)

    def _drop_language(self, language: str) -> None:
        self._session.edit(drop_translation(language))

    def _edit(self, edit: object) -> None:
        self._session.edit(cast("StoryEdit", edit))

    def _follow(self, story: Story) -> None:
        self.card.show_story(story)
        if not self.is_open:
            return
        if self.page.language in story.texts:
            self.page.show_story(story)
        else:  # dropped, or its beginning was undone
            self.close()
