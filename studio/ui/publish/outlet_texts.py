"""The texts of one outlet: how long they are, where they end, and adjusting them by hand."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QProgressBar, QTextEdit, QVBoxLayout, QWidget

from studio.base.locale_forms import number_text, short_day
from studio.base.utf16_positions import utf16_units
from studio.preview.outlet_previews import ends_at
from studio.services.text_variants import AdjustedText, name_of
from studio.story.date_formats import parse_date
from studio.story.text import cut_line
from studio.ui.widgets.basic_parts import button, card, column, describe, edges, label, pill, restyle, row
from studio.ui.widgets.flow_layout import wrapped_row

if TYPE_CHECKING:
    from studio.posts.output_kinds import TextOutput
    from studio.preview.preview_results import OutletTexts, PostText
    from studio.story.places import TextPlace
    from studio.ui.core.desk_context import WindowTools

_MOST_CHANGES = 3
_LINES = 11


class TextPaper(QPlainTextEdit):
    """A text that is read, or written when it is being adjusted; what is too long is marked."""

    left = Signal()

    def __init__(self, tools: WindowTools) -> None:
        super().__init__()
        self._theme = tools.theme
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.document().setDocumentMargin(tools.theme.px(4))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The next typing is a step of its own."""
        super().focusOutEvent(event)
        self.left.emit()

    def fit_height(self) -> None:
        """As high as the text, up to some lines."""
        lines = int(self.document().size().height())
        height = self.fontMetrics().lineSpacing() * min(max(lines, 1), _LINES)
        self.setFixedHeight(height + self._theme.px(26))

    def show_words(self, text: str) -> None:
        """Show a text; the cursor stays where it was."""
        if self.toPlainText() == text:
            return
        at = self.textCursor().position()
        self.setPlainText(text)
        cursor = self.textCursor()
        cursor.setPosition(min(at, len(text)))
        self.setTextCursor(cursor)

    def mark_over(self, ranges: tuple[tuple[int, int], ...]) -> None:
        """Mark what is too long (positions as Qt counts them)."""
        look = QTextCharFormat()
        look.setBackground(self._theme.color("bad_bg"))
        look.setForeground(QColor(self._theme.colors["bad"]))
        look.setFontStrikeOut(True)
        marks = []
        for start, end in ranges:
            mark = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            mark.cursor, mark.format = cursor, look
            marks.append(mark)
        self.setExtraSelections(marks)


def over_ranges(text: str, output: TextOutput) -> tuple[tuple[int, int], ...]:
    """What of a text is too long: start and end in UTF-16 units; each post of a thread has the limit for itself."""
    if not output.limit:
        return ()
    found = []
    at = 0
    parts = text.split("\n---\n") if output.thread else [text]
    for part in parts:
        end = ends_at(part, output.limit, output.count)
        if end < len(part) and (not output.thread or len(parts) > 1):
            found.append((utf16_units(text[: at + end]), utf16_units(text[: at + len(part)])))
        at += len(part) + len("\n---\n")
    return tuple(found)


class TextCard(QFrame):
    """One text: its name, counter, the text itself, and what the story changed since it was adjusted."""

    edited = Signal(str, str)
    """Key and text."""
    asked = Signal(str, str)
    """Key and what is asked for: adjust, automatic, update, leave, copy, pause."""

    def __init__(self, tools: WindowTools, outlet: OutletTexts, text: PostText, *, read_only: bool) -> None:
        super().__init__()
        self._tools, self._key, self._read_only = tools, text.key, read_only
        self._text = text
        theme, px = tools.theme, tools.theme.px
        self.setProperty("look", "card")
        self.name = name_of(tools.texts, text.key)
        self.paper = TextPaper(tools)
        describe(self.paper, self._t("text_of", file=self.name, outlet=outlet.outlet.name))
        self._mark = pill(self._t("adjusted"), "info")
        self._counter = label("", "muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._notes = label("", "warn", wrap=True)
        self._limit = label("", "muted", wrap=True)
        self._limit.setToolTip(self._t("limit_source_tip", source=outlet.outlet.source_in(tools.texts.language)))
        self._checked = outlet.outlet.checked
        self.banner = self._make_banner()
        ask = self.asked.emit
        self.adjust = button(
            theme, self._t("adjust"), partial(ask, text.key, "adjust"), look="link", tip=self._t("adjust_tip")
        )
        self.automatic = button(theme, self._t("automatic"), partial(ask, text.key, "automatic"), look="link")
        self.copy = button(theme, self._t("copy"), partial(ask, text.key, "copy"), look="link")
        for each in (self.adjust, self.automatic, self.copy):
            each.setAccessibleName(f"{each.text()}: {self.name}, {tools.texts.outlet_name(outlet.outlet.name)}")
        self.setLayout(
            column(
                wrapped_row(theme, label(self.name, "title"), self._mark, self._counter),
                self._bar,
                self.banner,
                self.paper,
                self._notes,
                row(self._limit, 1, gap=px(4)),
                wrapped_row(theme, self.adjust, self.automatic, self.copy),
                gap=px(7),
                edges=edges(theme, 14, 12),
            )
        )
        self.paper.textChanged.connect(self._typed)
        self.paper.left.connect(partial(ask, text.key, "pause"))
        self._quiet = False

    def _t(self, code: str, **facts: object) -> str:
        return self._tools.t(f"publishdesk.{code}", **facts)

    def _number(self, value: int) -> str:
        return number_text(value, self._tools.texts.language)

    def _make_banner(self) -> QFrame:
        theme, px = self._tools.theme, self._tools.theme.px
        self._changes = label("", "warn", wrap=True)
        self._facts = label("", "bad", wrap=True)
        ask = self.asked.emit
        self.update_button = button(
            theme, self._t("update"), partial(ask, self._key, "update"), icon="rotate-cw", tip=self._t("update_tip")
        )
        self.leave_button = button(theme, self._t("leave"), partial(ask, self._key, "leave"), tip=self._t("leave_tip"))
        inside = column(
            self._changes,
            self._facts,
            wrapped_row(theme, self.update_button, self.leave_button, last_right=False),
            gap=px(6),
            edges=edges(theme, 10, 9),
        )
        return card(inside, "warned")

    # ------------------------------------------------------------------------------------------- showing

    def show_text(self, text: PostText, variant: AdjustedText | None) -> None:
        """Show the text as it is now; ``variant`` when it was adjusted."""
        self._text = text
        # Putting the text in fires textChanged as typing does; without this a shown text would be saved as an adjusted
        # one.
        self._quiet = True
        own = variant is not None
        self.paper.setReadOnly(not own or self._read_only)
        self.paper.show_words(variant.text if variant is not None else text.post.text)
        self._quiet = False
        self._mark.setVisible(own)
        self.adjust.setVisible(not own and not self._read_only)
        self.automatic.setVisible(own and not self._read_only)
        self.paper.mark_over(over_ranges(self.paper.toPlainText(), text.output))
        self._show_counter(text)
        self._show_banner(variant)
        notes = [self._tools.texts.explain(notice) for notice in text.notices if notice.code != "posts.too_long"]
        self._notes.setText("\n".join(notes))
        self._notes.setVisible(bool(notes))
        # The height can only be fitted once the layout has given the paper its width.
        QTimer.singleShot(0, self.paper, self.paper.fit_height)

    def _show_counter(self, text: PostText) -> None:
        output, post = text.output, text.post
        over = bool(output.limit) and post.length > output.limit
        near = bool(output.limit) and post.length > 0.9 * output.limit and not output.thread
        unit = self._t(f"unit.{output.count}")
        facts = {"length": self._number(post.length), "limit": self._number(output.limit)}
        shown = self._t("counter" if output.limit else "counter_free", **facts)
        if len(post.files) > 1:
            shown = f"{self._t('counter_posts', posts=len(post.files))} · {shown}"
        self._counter.setText(shown)
        restyle(self._counter, "look", "bad" if over else "warn" if near else "muted")
        said = self._t("length_of" if output.limit else "length_free", unit=unit, **facts)
        self._counter.setAccessibleName(said)
        self._counter.setToolTip(said)
        self._bar.setVisible(bool(output.limit))
        self._bar.setMaximum(max(1, output.limit))
        self._bar.setValue(min(post.length, output.limit))
        restyle(self._bar, "tone", "bad" if over else "warn" if near else "")
        day = parse_date(self._checked)
        checked = short_day(day, self._tools.texts.language, year=True) if day else self._checked
        parts = [said, self._t("limit_source", checked=checked)]
        if output.aim and output.limit:
            parts.insert(1, self._t("aim", aim=self._number(output.aim)))
        if over:
            parts.insert(0, self._t("length_over", over=self._number(post.length - output.limit), unit=unit))
        if output.thread:
            parts.append(self._t("thread_hint"))
        self._limit.setText(" · ".join(parts))
        restyle(self._limit, "look", "bad" if over else "muted")

    def _show_banner(self, variant: AdjustedText | None) -> None:
        stale = variant is not None and variant.stale and not self._read_only
        self.banner.setVisible(stale)
        if variant is None or not stale:
            return
        lines = [self._t("stale") if variant.changes else self._t("stale_unknown")]
        for passage in variant.changes[:_MOST_CHANGES]:
            code = "change" if passage.before and passage.after else "change_gone" if passage.before else "change_added"
            lines.append("• " + self._t(code, before=cut_line(passage.before, 60), after=cut_line(passage.after, 60)))
        if len(variant.changes) > _MOST_CHANGES:
            lines.append("• " + self._t("change_more", n=len(variant.changes) - _MOST_CHANGES))
        self._changes.setText("\n".join(lines))
        self._facts.setText(self._t("still_holds", facts=", ".join(variant.old_facts)))
        self._facts.setVisible(bool(variant.old_facts))
        self.update_button.setVisible(bool(variant.changes))

    def _typed(self) -> None:
        if not self._quiet and not self.paper.isReadOnly():
            self.edited.emit(self._key, self.paper.toPlainText())

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(self._tools.theme.px(220), super().sizeHint().height())


class VariantCards(QWidget):
    """All texts of the outlet that is looked at."""

    edited = Signal(str, str)
    asked = Signal(str, str)

    def __init__(self, tools: WindowTools, *, read_only: bool) -> None:
        super().__init__()
        self._tools, self._read_only = tools, read_only
        self.cards: dict[str, TextCard] = {}
        self._shown = ""
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(tools.theme.px(10))
        self._none = label(tools.t("publishdesk.no_text"), "hint", wrap=True)
        self._list.addWidget(self._none)
        self._list.addStretch(1)
        self.setLayout(self._list)

    def show_texts(self, outlet: OutletTexts, variants: dict[str, AdjustedText]) -> None:
        """Show them; cards stay where the outlet is the same, so that nobody loses the place in a text."""
        keys = [text.key for text in outlet.texts]
        if self._shown != outlet.outlet.id or set(keys) != set(self.cards):
            for gone in self.cards.values():
                gone.hide()
                gone.setParent(None)
                gone.deleteLater()
            self.cards = {}
            self._shown = outlet.outlet.id
            for at, text in enumerate(outlet.texts):
                made = TextCard(self._tools, outlet, text, read_only=self._read_only)
                made.edited.connect(self.edited)
                made.asked.connect(self.asked)
                self.cards[text.key] = made
                self._list.insertWidget(at, made)
        for text in outlet.texts:
            self.cards[text.key].show_text(text, variants.get(text.key))
        self._none.setVisible(not keys)

    def mark_passage(self, place: TextPlace) -> TextCard | None:
        """Put the focus on an adjusted text, with these words marked; None when it is not shown."""
        found = self.cards.get(place.field.partition("/")[2])
        if found is None:
            return None
        paper = found.paper
        text = paper.toPlainText()
        last = paper.document().characterCount() - 1
        cursor = paper.textCursor()
        # Qt counts UTF-16 units, findings count code points: an emoji before the passage would shift the mark.
        cursor.setPosition(min(utf16_units(text[: place.start]), last))
        cursor.setPosition(min(utf16_units(text[: place.end]), last), QTextCursor.MoveMode.KeepAnchor)
        paper.setTextCursor(cursor)
        paper.setFocus()
        return found
