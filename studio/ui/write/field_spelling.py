"""Squiggles in the fields above the text (headline and lead), with the same ways out as in the text."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QMenu

from studio.base.utf16_positions import utf16_units
from studio.story import mending
from studio.story.places import TextPlace
from studio.ui.write.spelling_marks import PAUSE_MS, SpellingMarks, SpellingSquiggle

if TYPE_CHECKING:
    from studio.checks.rule import RuleMark
    from studio.ui.core.story_session import StorySession
    from studio.ui.write.page_fields import TextField


class FieldSpelling(QObject):
    """Looks one field through when typing in it rests.

    Args:
        field: a text of one line.
        name: the field of the story that it shows.
        session: the open story.
        spelling: that of the text, which has the lexicon and knows the ways out.
    """

    def __init__(
        self, field: TextField, name: Literal["headline", "summary"], session: StorySession, spelling: SpellingMarks
    ) -> None:
        super().__init__(field)
        self._field, self._name, self._session, self._spelling = field, name, session, spelling
        self.squiggles: list[SpellingSquiggle] = []
        self._held = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.check_spelling)
        field.textChanged.connect(self._pause.start)
        field.cursorPositionChanged.connect(self._cursor_moved)
        field.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        field.customContextMenuRequested.connect(self._open_menu)
        spelling.looked.connect(self.check_spelling)
        spelling.words_changed.connect(self.check_spelling)

    def _cursor_moved(self) -> None:
        """The cursor may have left the word that was not marked because of it."""
        if self._held:
            self._pause.start()

    def check_spelling(self) -> None:
        """Underline what the rules found."""
        text = self._field.text()
        typed = self._field.textCursor().position() if self._field.hasFocus() else -1
        found = [self._squiggle(text, mark.start, mark.end, mark) for mark in self._spelling.marks_of(text)]
        self.squiggles = [one for one in found if one.cursor.selectionEnd() != typed]
        self._held = len(self.squiggles) < len(found)
        self._field.setExtraSelections([self._spelling.underlined(one) for one in self.squiggles])

    def _squiggle(self, text: str, start: int, end: int, mark: RuleMark) -> SpellingSquiggle:
        cursor = QTextCursor(self._field.document())
        cursor.setPosition(utf16_units(text[:start]))
        cursor.setPosition(utf16_units(text[:end]), QTextCursor.MoveMode.KeepAnchor)
        return SpellingSquiggle(mark, cursor)

    def menu(self, position: int) -> QMenu:
        """The menu of the field, headed by the ways out of what is underlined at a position."""
        menu = QMenu(self._field)
        one = next(
            (s for s in self.squiggles if s.cursor.selectionStart() <= position <= s.cursor.selectionEnd()), None
        )
        if one is not None and one.intact:
            self._spelling.offer(menu, one.mark, partial(self._write, one), locked=self._field.isReadOnly())
        standard = self._field.createStandardContextMenu()
        standard.setParent(menu, standard.windowFlags())  # its actions live as long as it does
        menu.addActions(standard.actions())
        return menu

    def _write(self, one: SpellingSquiggle, fix: str) -> None:
        before = one.cursor.selectedText()
        place = TextPlace(self._name, one.mark.start, one.mark.end)
        self._session.edit(mending.replace_words(place, fix, before))
        self.check_spelling()

    def _open_menu(self, where: QPoint) -> None:
        self.menu(self._field.cursorForPosition(where).position()).exec(self._field.mapToGlobal(where))
