"""Squiggles under what the rules of language found, and ways out of them at the cursor.

The text is scanned in pauses, a few milliseconds at a time; paragraphs seen before cost nothing, so typing never
waits. The word that is being typed is left alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from studio.base.utf16_positions import utf16_units
from studio.checks.name_variants import NamesInside
from studio.story import mending
from studio.ui.write.document_mirror import insert_spans
from studio.ui.write.text_formatting import kind_at
from studio.ui.write.text_style import span_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from PySide6.QtGui import QTextBlock
    from PySide6.QtWidgets import QMenu

    from studio.base.i18n import MessageTexts
    from studio.base.progress import Progress
    from studio.checks.language import LanguageChecker
    from studio.checks.rule import RuleMark
    from studio.story.model import Group
    from studio.ui.core.background_jobs import JobRunner
    from studio.ui.core.story_session import StorySession
    from studio.ui.core.window_theme import WindowTheme
    from studio.ui.write.body_editor import BodyEdit

PAUSE_MS = 600
"""Typing has to rest this long before the text is scanned."""
_SLICE_MS = 6
"""Milliseconds of one go, so that a key never waits."""
_MOST_MARKS = 300
_MOST_SUGGESTIONS = 5
_LONGEST = 60
"""Signs of a way out in a menu; of a longer one the end is shown."""
_TONES = {"block": "bad", "warning": "warn", "advice": "info", "tint": "faint"}
_LONG = frozenset({"language_long_sentence", "language_long_lead", "language_long_paragraph"})
"""Shown on the checking desk only: nobody wants a whole paragraph underlined."""
_SPELLINGS = frozenset(
    {"language_unknown", "language_pair", "language_hint", "language_apart", "language_no_capital", "language_hyphen"}
    | {"language_foreign"}
)
_ASKED = frozenset({"language_unknown", "language_foreign"})
"""Marks whose ways out are looked for when the user asks."""


@dataclass(frozen=True)
class SpellingSquiggle:
    """One underlined place of the document: its cursor moves along while the text changes."""

    mark: RuleMark
    cursor: QTextCursor

    @property
    def intact(self) -> bool:
        """Whether the words still stand there as they were marked."""
        return bool(self.cursor.hasSelection())


class SpellingMarks(QObject):
    """Looks the text through and offers ways out.

    Args:
        body: the text.
        session: the open story.
        group: the group as it is now.
        learn: puts a word into the group's dictionary.
        texts: for the menu.
        theme: for the colours.
        jobs: where the lexicon is read; None reads it at once.
    """

    looked = Signal()
    """All of the text was scanned: the lexicon is there, and the villages that the story names are known."""

    words_changed = Signal()
    """A word was learnt or is ignored from now on: lines with it need not wait until the text was scanned."""

    def __init__(
        self,
        body: BodyEdit,
        session: StorySession,
        group: Callable[[], Group],
        learn: Callable[[str], object],
        texts: MessageTexts,
        theme: WindowTheme,
        jobs: JobRunner | None = None,
    ) -> None:
        super().__init__(body)
        self._body, self._session, self._group, self._learn = body, session, group, learn
        self._texts, self._theme, self._jobs = texts, theme, jobs
        self._checker: LanguageChecker | None = None
        self._asked = False
        self._at = 0
        self._steps: tuple[str, Iterator[tuple[RuleMark, ...] | None]] | None = None
        self._names = NamesInside()
        self._found: list[SpellingSquiggle] = []
        self._held = False
        self.squiggles: list[SpellingSquiggle] = []
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.check_spelling)
        # 0: behind the events that wait, so that a key waits for one slice at most.
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._go_on)
        body.document().contentsChanged.connect(self._pause.start)
        body.cursorPositionChanged.connect(self._cursor_moved)
        self._pause.start()

    # -------------------------------------------------------------------------------------------- looking

    def _cursor_moved(self) -> None:
        """The cursor may have left the word that was not marked because of it."""
        if self._held:
            self._pause.start()

    def check_spelling(self) -> None:
        """Begin to scan the text; the lexicon is read in the worker the first time."""
        if self._session.story.language != "id":
            self._show([])
        elif self._checker is not None:
            from studio.checks.language import names_of

            self._at, self._found, self._names = 0, [], names_of(self._session.story)
            self._steps = None
            self._go_on()
        elif not self._asked:
            # Once: every pause in typing comes here while the lexicon is being read.
            self._asked = True
            if self._jobs is None:
                self._take_checker(_read_lexicon())
            else:
                title = self._texts.text("write.spelling.reading")
                self._jobs.start(title, _read_lexicon, done=self._take_checker, lane="quick", quiet=True)

    def _take_checker(self, read: LanguageChecker) -> None:
        self._checker = read
        self.check_spelling()

    def _go_on(self) -> None:
        """Look through words and blocks for a few milliseconds, then let the window live."""
        from time import perf_counter

        from studio.checks.language import known_words, near_of, spare_names

        checker = self._checker
        if checker is None:
            return
        known = known_words(self._session.story, self._group())
        near = near_of(self._session.story)
        until = perf_counter() + _SLICE_MS / 1000
        block, first = self._body.document().findBlockByNumber(self._at), True
        # One step at least, or on a busy machine, where a go may be over before it begins, there is no end.
        while block.isValid() and (first or perf_counter() < until):
            first, text = False, block.text()
            # A paragraph of many unknown words takes half a second: it is gone on with at the word where it stopped.
            if self._steps is None or self._steps[0] != text:
                self._steps = text, checker.mark_steps(text, known, lead=self._at == 0, near=near)
            marks = next(self._steps[1])
            if marks is not None:
                self._note_marks(block, spare_names(marks, self._names))
                self._at, self._steps = self._at + 1, None
                block = block.next()
        if block.isValid():
            self._next.start()
        else:
            self._show(self._found)
            self.looked.emit()

    def _note_marks(self, block: QTextBlock, marks: Iterable[RuleMark]) -> None:
        text = block.text()
        for mark in marks:
            if mark.code not in _LONG and len(self._found) < _MOST_MARKS:
                start = block.position() + utf16_units(text[: mark.start])
                cursor = QTextCursor(self._body.document())
                cursor.setPosition(start)
                cursor.setPosition(start + utf16_units(text[mark.start : mark.end]), QTextCursor.MoveMode.KeepAnchor)
                self._found.append(SpellingSquiggle(mark, cursor))

    def marks_of(self, text: str) -> tuple[RuleMark, ...]:
        """What the rules say about one line outside the body; nothing as long as the lexicon is not read."""
        from studio.checks.language import ONLY_OF_PROSE, known_words, near_of, spare_names

        story = self._session.story
        if self._checker is None or story.language != "id":
            return ()
        marks = self._checker.marks(text, known_words(story, self._group()), near=near_of(story))
        return tuple(mark for mark in spare_names(marks, self._names) if mark.code not in _LONG | ONLY_OF_PROSE)

    def _show(self, found: list[SpellingSquiggle]) -> None:
        typed = self._body.textCursor().position() if self._body.hasFocus() else -1
        self.squiggles = [one for one in found if one.cursor.selectionEnd() != typed]  # may not be a whole word yet
        self._held = len(self.squiggles) < len(found)
        self._body.show_marks("spelling", [self.underlined(one) for one in self.squiggles])

    def underlined(self, one: SpellingSquiggle) -> QTextEdit.ExtraSelection:
        """The look of a squiggle."""
        look = QTextCharFormat()
        tint = one.mark.level == "tint"
        style = QTextCharFormat.UnderlineStyle.DotLine if tint else QTextCharFormat.UnderlineStyle.SpellCheckUnderline
        look.setUnderlineStyle(style)
        look.setUnderlineColor(self._theme.color(_TONES[one.mark.level]))
        shown = QTextEdit.ExtraSelection()
        shown.cursor, shown.format = one.cursor, look
        return shown

    # -------------------------------------------------------------------------------------------- ways out

    def squiggle_at(self, position: int) -> SpellingSquiggle | None:
        """The squiggle at a position of the document."""
        return next(
            (
                s
                for s in self.squiggles
                if s.cursor.selectionStart() <= position <= s.cursor.selectionEnd() and s.intact
            ),
            None,
        )

    def fill(self, menu: QMenu) -> None:
        """Put what can be done about the words at the cursor at the head of a menu."""
        one = self.squiggle_at(self._body.textCursor().position())
        if one is not None:
            self.offer(menu, one.mark, partial(self._write, one), locked=self._body.isReadOnly())

    def offer(self, menu: QMenu, mark: RuleMark, write: Callable[[str], object], *, locked: bool) -> None:
        """Put what can be done about a mark into a menu.

        Args:
            menu: to be filled.
            mark: what the rules said.
            write: puts a fix in the place of the words.
            locked: nothing may be changed.
        """
        told = menu.addAction(self._mark_text(mark))
        told.setEnabled(False)
        asked = self._checker is not None and mark.code in _ASKED and not mark.fixes
        fixes = self._checker.likely_words(str(mark.facts["word"])) if asked and self._checker else mark.fixes
        if not locked:
            for fix in fixes[:_MOST_SUGGESTIONS]:
                action = menu.addAction((fix if len(fix) <= _LONGEST else f"…{fix[1 - _LONGEST :]}").replace("&", "&&"))
                action.setFont(self._theme.font("strong"))
                action.triggered.connect(lambda _checked=False, fix=fix: write(fix))
            menu.addSeparator()
            if mark.code in _SPELLINGS:
                word = str(mark.facts["word"])
                menu.addAction(self._texts.text("write.spelling.here")).triggered.connect(partial(self._ignore, word))
                menu.addAction(self._texts.text("write.spelling.everywhere")).triggered.connect(
                    partial(self._ignore, word, everywhere=True)
                )
        menu.addSeparator()

    def _mark_text(self, mark: RuleMark) -> str:
        text = self._texts.text(f"check.{mark.code}", **mark.facts)
        return f"{text} ({mark.source})".replace("&", "&&")

    def _write(self, one: SpellingSquiggle, fix: str) -> None:
        if not one.intact:
            return
        with self._body.doing("write.did.replace") as cursor:
            cursor.setPosition(one.cursor.selectionStart())
            cursor.setPosition(one.cursor.selectionEnd(), QTextCursor.MoveMode.KeepAnchor)
            # The new words are bold, italic or a link as the old ones were.
            look = span_of(fix, cursor.charFormat())
            cursor.removeSelectedText()
            insert_spans(cursor, kind_at(cursor), [look], self._body.text_style)
        self.check_spelling()

    def _ignore(self, word: str, _checked: bool = False, *, everywhere: bool = False) -> None:
        if everywhere:
            self._learn(word)
        self._session.edit(mending.ignore_word(word))
        self.words_changed.emit()
        self.check_spelling()

    def next(self) -> None:
        """Go to the next squiggle and ask for its menu."""
        place = self.next_mark()
        if place is not None:
            self._body.menu_asked.emit(place)

    def next_mark(self) -> QPoint | None:
        """Go to the next squiggle after the cursor; where its menu is to open, None when there is none."""
        if not self.squiggles:
            return None
        here = self._body.textCursor().position()
        ordered = sorted(self.squiggles, key=lambda one: one.cursor.selectionStart())
        # After the last one comes the first again.
        one = next((one for one in ordered if one.cursor.selectionStart() > here), ordered[0])
        cursor = self._body.textCursor()
        cursor.setPosition(one.cursor.selectionStart())
        self._body.setTextCursor(cursor)
        self._body.setFocus()
        self._body.keep_in_sight()
        return self._body.viewport().mapToGlobal(self._body.cursorRect().bottomLeft())


def _read_lexicon(progress: Progress | None = None) -> LanguageChecker:
    """Read the lexicon."""
    from studio.base.paths import assets_dir
    from studio.checks.language import LanguageChecker
    from studio.lexicon.lexicon import load_lexicon

    if progress is not None:
        progress.report(0, 1, "")
    return LanguageChecker(load_lexicon(assets_dir() / "language"))
