"""One question of the self-map: its five written levels, what the studio counted, how sure it is, its proofs."""

from __future__ import annotations

import textwrap
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QRadioButton, QVBoxLayout

from studio.base.locale_forms import long_day
from studio.group.assessment import AnswerProof
from studio.group.typed_values import count_text, read_count
from studio.services.self_map_rounds import prove_by_file
from studio.story.date_formats import parse_date
from studio.ui.check.labelled_fields import LabelledChoice, LabelledEntry
from studio.ui.widgets.basic_parts import button, clear, column, describe, label, row, tool

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.group.assessment import AssessmentAnswer, CountedScore
    from studio.group.instrument import Indicator
    from studio.group.notes import GroupNote
    from studio.ui.group.group_context import GroupContext

LEVELS = ("claimed", "proven", "verified")
_LINE = 58
"""Signs of a written level in one line: a radio button does not wrap by itself."""


class QuestionCard(QFrame):
    """A card for one question. It only tells what was chosen; the page makes the edit and shows the answer again.

    Args:
        context: what a page works with.
        indicator: the question.
    """

    scored = Signal(int)
    levelled = Signal(str)
    reasoned = Signal(str)
    proved = Signal(object)
    """An ``AnswerProof`` to add."""
    unproved = Signal(int)
    """Place of a proof to take out."""

    def __init__(self, context: GroupContext, indicator: Indicator) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self._context = context
        self.indicator = indicator
        tools, px = context.tools, context.tools.theme.px
        title = f"{indicator.id} · {indicator.title[tools.texts.language]}"
        self.counted = label("", "hint", wrap=True)
        self.buttons = QButtonGroup(self)
        # Clicks only: an answer that is shown must not be chosen again.
        self.buttons.idClicked.connect(self.scored)
        self.level = LabelledChoice(
            tools, context.t("group.map.level"), [(key, context.t(f"group.map.level.{key}")) for key in LEVELS]
        )
        self.level.chosen.connect(self.levelled)
        self.reason = LabelledEntry(tools, context.t("group.map.reason"), context.t("group.map.reason_hint"), tall=True)
        self.reason.edited.connect(self.reasoned)
        self._proofs = QVBoxLayout()
        self._proofs.setSpacing(px(4))
        self._adders = [
            button(tools.theme, context.t(f"group.map.proof.{code}"), act, icon=icon)
            for code, act, icon in (
                ("file", self._add_file, "file-plus"),
                ("address", self._add_address, "link"),
                ("count", self._add_count, "hash"),
            )
        ]
        adders = row(*self._adders, 1, gap=px(6)) if tools.theme.scale <= 1.5 else column(*self._adders, gap=px(6))
        self.notes = label("", "warn", wrap=True)
        self.notes.hide()
        whole = column(
            label(title, "title", wrap=True), self.notes, self.counted, *self._radios(), self.reason, gap=px(8)
        )
        whole.addLayout(column(self.level, self._proofs, adders, gap=px(8)))
        whole.setContentsMargins(px(18), px(14), px(18), px(16))
        self.setLayout(whole)

    def _radios(self) -> list[QRadioButton]:
        tools = self._context.tools
        made = []
        for score, text in enumerate(self.indicator.levels[tools.texts.language]):
            line = self._context.t("group.map.option", score=score, level=text)
            width = round(_LINE / max(1.0, tools.theme.scale * 0.8))
            each = QRadioButton("\n".join(textwrap.wrap(line, width)))
            describe(each, f"{self.indicator.id} {line}")
            self.buttons.addButton(each, score)
            made.append(each)
        return made

    def show_answer(self, answer: AssessmentAnswer | None, *, locked: bool) -> None:
        """Show the answer as it is now; None is none yet."""
        # In an exclusive group the button that is checked cannot be unchecked.
        self.buttons.setExclusive(False)
        for score, each in ((self.buttons.id(made), made) for made in self.buttons.buttons()):
            each.setChecked(answer is not None and answer.score == score)
            each.setEnabled(not locked)
        self.buttons.setExclusive(True)
        counted = answer.counted if answer is not None else None
        self.counted.setText(self._counted_words(counted) if counted is not None else "")
        self.counted.setVisible(counted is not None)
        other = counted is not None and answer is not None and counted.score != answer.score
        unsaid = other and answer is not None and not answer.reason.strip()
        self.reason.setVisible(other)
        self.reason.tell_doubt(self._context.t("group.map.reason_missing") if unsaid else "")
        self.reason.show_value(answer.reason if answer is not None else "", locked=locked)
        self.level.show_value(answer.level if answer is not None else "claimed", locked=locked or answer is None)
        for each in self._adders:
            each.setEnabled(answer is not None and not locked)
        self._show_proofs(answer.proof if answer is not None else (), locked=locked)

    def show_notes(self, notes: Sequence[GroupNote]) -> None:
        """Show what the Dinas wrote about this question, the newest first."""
        texts = self._context.tools.texts
        lines = []
        for note in notes:
            day = parse_date(note.date)
            shown = long_day(day, texts.language) if day else note.date
            lines.append(texts.text("district.handover.note_line", date=shown, office=note.office, text=note.text))
        self.notes.setText("\n".join(lines))
        self.notes.setVisible(bool(lines))

    def _counted_words(self, counted: CountedScore) -> str:
        texts = self._context.tools.texts
        level = self.indicator.levels[texts.language][counted.score]
        end = parse_date(counted.ends)
        part = counted.source or ("part" if self.indicator.counted == "part" else "whole")
        if part not in {"part", "whole", "products", "backup"}:  # of a newer studio
            part = "part"
        return texts.text(
            f"group.map.counted.{part}",
            n=counted.stories,
            score=counted.score,
            level=level,
            date=long_day(end, texts.language) if end else counted.ends,
        )

    def _show_proofs(self, proofs: tuple[AnswerProof, ...], *, locked: bool) -> None:
        clear(self._proofs)
        theme = self._context.tools.theme
        for at, proof in enumerate(proofs):
            drop = tool(theme, "x", self._context.t("group.map.proof.drop", n=at + 1), partial(self.unproved.emit, at))
            drop.setEnabled(not locked)
            shown = label(self._proof_words(proof), "muted", wrap=True)
            shown.setToolTip(proof.sha256)
            line = row(shown, drop, gap=theme.px(6))
            line.setStretch(0, 1)
            self._proofs.addLayout(line)

    def _proof_words(self, proof: AnswerProof) -> str:
        if proof.file:
            return self._context.t("group.map.proof.is_file", name=proof.note or proof.file, digest=proof.sha256[:12])
        if proof.count is not None:
            return self._context.t("group.map.proof.is_count", count=count_text(proof.count))
        return proof.address or proof.note

    # ------------------------------------------------------------------------------------------- proofs

    def _add_file(self) -> None:
        context = self._context
        found = context.tools.dialogs.choose_files(context.t("group.map.proof.file"), "any", many=False)
        if found:
            context.tools.jobs.start(
                context.t("group.file.job", file=found[0].name),
                partial(prove_by_file, context.folder, found[0]),
                done=self.proved.emit,
                failed=context.tools.dialogs.explain,
                owner=self,
                lane="quick",
            )

    def _add_address(self) -> None:
        t = self._context.t
        text = self._context.tools.dialogs.ask_text(
            t("group.map.proof.address"), t("group.map.proof.address_label"), hint="https://…"
        )
        if text and text.strip():
            self.proved.emit(AnswerProof(address=text.strip()))

    def _add_count(self) -> None:
        t = self._context.t
        text = self._context.tools.dialogs.ask_text(t("group.map.proof.count"), t("group.map.proof.count_label"))
        if text is None or not text.strip():
            return
        count = read_count(text)
        if count is None:
            self._context.tools.dialogs.tell(t("group.map.proof.count"), t("group.map.proof.no_count", text=text))
            return
        self.proved.emit(AnswerProof(count=count))
