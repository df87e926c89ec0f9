"""5W+1H beside the text: which questions its opening answers, and by which words; never in the way of a key."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from studio.base.utf16_positions import utf16_units
from studio.checks.answers5w import LOOKED_AT, QUESTIONS, answered_questions
from studio.story.text import cut_line, join_names
from studio.ui.widgets.basic_parts import button, card, column, describe, edges, label, row
from studio.ui.widgets.flow_layout import FlowLayout
from studio.ui.write.document_mirror import LINE_BREAK
from studio.ui.write.text_style import LIST_KINDS, kind_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QTextDocument

    from studio.base.i18n import MessageTexts
    from studio.checks.answers5w import Question
    from studio.ui.core.story_session import StorySession
    from studio.ui.core.window_theme import WindowTheme
    from studio.ui.write.body_editor import BodyEdit
    from studio.ui.write.writing_panel import SidePanel

PAUSE_MS = 500
"""Typing has to rest this long before the opening is read again."""
_TONES: Mapping[Question, str] = {
    "what": "info_bg",
    "who": "ok_bg",
    "when": "warn_bg",
    "where": "select",
    "why": "info_bg",
    "how": "ok_bg",
}
_MOST_LETTERS = 80


@dataclass(frozen=True, slots=True)
class StoryOpening:
    """The opening as the rules read it: paragraphs with an empty line between.

    ``parts`` are where each block begins: in ``text``, and in the document.
    """

    text: str
    parts: tuple[tuple[int, int], ...]

    def position(self, at: int) -> int:
        """Where in the document a code point of ``text`` stands."""
        begin, block = next(part for part in reversed(self.parts) if part[0] <= at)
        return block + utf16_units(self.text[begin:at])


def read_start(document: QTextDocument) -> StoryOpening:
    """The first paragraphs of a document, without headings; items of one list are one paragraph."""
    text, parts, count, before = "", [], 0, ""
    block = document.begin()
    while block.isValid():
        kind = kind_of(block.blockFormat())
        shown = block.text().replace(LINE_BREAK, "\n")
        if kind != "heading" and shown.strip():
            together = kind in LIST_KINDS and kind == before
            count += not together
            if count > LOOKED_AT:
                break
            text += ("\n" if together else "\n\n") if text else ""
            parts.append((len(text), block.position()))
            text += shown
        before = kind
        block = block.next()
    return StoryOpening(text, tuple(parts))


class AnswersHighlighter(QObject):
    """A card in the side panel, and marks in the text when they are wanted.

    Args:
        body: the text.
        panel: gets the card; its fields hold the reporter's own answers.
        session: the open story.
        texts: for what it says.
        theme: for how it looks.
    """

    def __init__(
        self, body: BodyEdit, panel: SidePanel, session: StorySession, texts: MessageTexts, theme: WindowTheme
    ) -> None:
        super().__init__(body)
        self._body, self._panel, self._session = body, panel, session
        self._texts, self._theme = texts, theme
        self._places: dict[Question, QTextCursor] = {}
        self.told = label("", "hint", wrap=True)
        self.show_words = button(
            theme, texts.text("write.opening.show"), look="chip", tip=texts.text("write.opening.show.tip")
        )
        self.show_words.setCheckable(True)
        self.show_words.toggled.connect(lambda _on: self._mark_answers())
        self.chips = {
            question: button(
                theme, texts.text(f"write.answer.{question}"), partial(self.go_to_answer, question), look="chip"
            )
            for question in QUESTIONS
        }
        self.card = self._build()
        panel.add_card(self.card)
        body.show_marks("opening", [])  # below the squiggles
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.read_opening)
        # Each change starts the pause anew.
        body.document().contentsChanged.connect(self._pause.start)
        session.changed.connect(self._wait)
        self.read_opening()

    def _wait(self, _story: object = None) -> None:
        self._pause.start()

    def _build(self) -> QWidget:
        px = self._theme.px
        flow = FlowLayout(px(6), px(6))
        for chip in self.chips.values():
            chip.setIconSize(self._theme.icon_size() * 0.8)
            flow.addWidget(chip)
        chips = QWidget()
        chips.setProperty("look", "clear")
        chips.setLayout(flow)
        head = row(label(self._texts.text("write.opening"), "title"), 1, self.show_words)
        return card(column(head, self.told, chips, gap=px(8), edges=edges(self._theme, 16, 14)))

    # -------------------------------------------------------------------------------------------- looking

    def read_opening(self) -> None:
        """Read the opening again."""
        self._pause.stop()
        story = self._session.story
        start = read_start(self._body.document())
        self.card.setVisible(story.language == "id" and bool(start.text))
        found = answered_questions(replace(story, body=start.text)) if story.language == "id" else ()
        self._places = {}
        for one in found:
            if one.place is not None:
                # A cursor moves along when something is typed before it; a number would not.
                cursor = QTextCursor(self._body.document())
                cursor.setPosition(start.position(one.place.start))
                cursor.setPosition(start.position(one.place.end), QTextCursor.MoveMode.KeepAnchor)
                self._places[one.question] = cursor
        self._tell_missing()
        self._mark_answers()

    def _tell_missing(self) -> None:
        texts = self._texts
        names = {question: texts.text(f"write.answer.{question}") for question in QUESTIONS}
        missing = [names[question].lower() for question in QUESTIONS if question not in self._places]
        if missing:
            told = join_names(missing, texts.language)
            self.told.setText(texts.text("write.opening.missing", questions=told))
        else:
            self.told.setText(texts.text("write.opening.all"))
        for question, chip in self.chips.items():
            cursor = self._places.get(question)
            chip.setIcon(self._theme.icon("circle-check" if cursor else "circle", "ok" if cursor else "muted"))
            if cursor is None:
                describe(chip, texts.text("write.opening.open", question=names[question]))
            else:
                words = cut_line(cursor.selectedText(), _MOST_LETTERS)
                describe(chip, texts.text("write.opening.found", question=names[question], words=words))

    def _mark_answers(self) -> None:
        marks = []
        if self.show_words.isChecked():
            for question, cursor in self._places.items():
                mark = QTextEdit.ExtraSelection()
                look = QTextCharFormat()
                look.setBackground(self._theme.color(_TONES[question]))
                mark.cursor, mark.format = cursor, look
                marks.append(mark)
        self._body.show_marks("opening", marks)

    def go_to_answer(self, question: Question) -> None:
        """Select the words that answer a question; when there are none, go to where its answer is noted."""
        cursor = self._places.get(question)
        if cursor is None:
            self._panel.fields[question].setFocus()
            return
        self._body.setTextCursor(QTextCursor(cursor))
        self._body.setFocus()
        self._body.keep_in_sight()
