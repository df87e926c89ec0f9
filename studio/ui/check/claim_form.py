"""One row of the ledger to fill in: what went round, how it was checked, what came out, what the row said before."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QBoxLayout, QFrame, QLayout, QPushButton, QVBoxLayout, QWidget

from studio.story import claims
from studio.ui.check.claim_lists import ClaimMedia, ContactList, EvidenceList, TodoList
from studio.ui.check.labelled_fields import DateEntry, LabelledChoice, LabelledEntry, make_tick, pair
from studio.ui.core.desk_context import now_stamp
from studio.ui.core.focus_order import go_to
from studio.ui.widgets.basic_parts import (
    ChoiceGroup,
    button,
    card,
    clear,
    column,
    describe,
    edges,
    label,
    picture,
    row,
    show_tick,
)
from studio.ui.widgets.flow_layout import FlowLayout

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.story.claims import FlagField, NameField
    from studio.story.claims import TextField as ClaimField
    from studio.story.edits import StoryEdit
    from studio.story.model import Claim, Story, Verdict
    from studio.ui.core.desk_context import DeskContext

_TEXTS = ("text", "first_seen", "anchor", "explanation", "checker", "second_reader")
_TALL = frozenset({"text", "explanation"})
_FLAGS: tuple[FlagField, ...] = ("public", "harmful", "urgent")
_VERDICTS: tuple[Verdict, ...] = ("checking", *claims.VERDICTS)
_CHANGES_SHOWN = 12


class ClaimForm(QWidget):
    """The form of a claim.

    Args:
        bench: what a desk works with.
        look_closer: opens the evidence kit with a file of the story.
    """

    def __init__(self, bench: DeskContext, look_closer: Callable[[str], None]) -> None:
        super().__init__()
        self._bench = bench
        self.claim_id = ""
        tools = bench.tools
        self.entries: dict[str, LabelledEntry] = {
            name: LabelledEntry(tools, self._t(f"ask.{name}"), self._t(f"hint.{name}"), tall=name in _TALL)
            for name in _TEXTS
        }
        self.received = DateEntry(tools, self._t("ask.received"), self._t("hint.received"))
        self.kind = self._choice("kind", claims.KINDS)
        self.disorder = self._choice("disorder", claims.DISORDERS)
        self.confidence = self._choice("confidence", ("low", "medium", "high"))
        self.picture = LabelledChoice(tools, self._t("ask.picture"))
        self.flags = {name: make_tick(self._t(f"ask.{name}"), self._t(f"hint.{name}")) for name in _FLAGS}
        self.steps = {
            name: LabelledEntry(
                tools, self._t(f"label.step.{name}"), self._t(f"hint.step.{name}"), tall=True, headless=True
            )
            for name in claims.STEPS
        }
        self.references = LabelledEntry(tools, self._t("ask.references"), self._t("hint.references"), tall=True)
        self.verdicts: dict[Verdict, QPushButton] = {}
        media = ClaimMedia(bench, lambda: self.claim_id)
        self.evidence = EvidenceList(bench, lambda: self.claim_id, media, look_closer)
        self.asked = ContactList(bench, lambda: self.claim_id)
        self.todo = TodoList(bench)
        self._media = media
        self._step_marks = {name: picture(tools.theme, "circle", "faint") for name in claims.STEPS}
        self._changes = QVBoxLayout()
        self._closed = QVBoxLayout()
        self._lay_out()
        self._connect()

    def _t(self, code: str, **facts: object) -> str:
        return self._bench.t(f"ledger.{code}", **facts)

    def _choice(self, field: str, keys: tuple[str, ...]) -> LabelledChoice:
        options = [("", self._t("choose")), *((key, self._t(f"{field}.{key}")) for key in keys)]
        return LabelledChoice(self._bench.tools, self._t(f"label.{field}"), options)

    # ------------------------------------------------------------------------------------------- layout

    def _lay_out(self) -> None:
        theme, tools = self._bench.tools.theme, self._bench.tools
        add_picture = button(theme, self._t("add_picture"), self._media.add_picture, look="link")
        told = self._section(
            "section.told",
            self.entries["text"],
            pair(tools, self.kind, self.received),
            self.entries["first_seen"],
            self.entries["anchor"],
            self.picture,
            add_picture,
            self.flags["harmful"],
            self.flags["urgent"],
        )
        steps = self._section("section.steps", *(self._step_row(name) for name in claims.STEPS), self.todo)
        proof = self._section("section.proof", self.evidence, self.asked, self.references)
        verdict = self._section(
            "section.verdict",
            self._verdict_row(),
            self.entries["explanation"],
            pair(tools, self.disorder, self.confidence),
            pair(tools, self.entries["checker"], self.entries["second_reader"]),
            self.flags["public"],
            self._card_link(),
        )
        self._changes.setSpacing(theme.px(3))
        history = self._section("section.changes", self._changes, self._closed)
        whole = column(told, steps, proof, verdict, history, 1, gap=theme.px(12))
        whole.setContentsMargins(0, 0, theme.px(4), theme.px(12))
        self.setLayout(whole)

    def _section(self, code: str, *parts: QWidget | QBoxLayout) -> QFrame:
        theme = self._bench.tools.theme
        body = column(label(self._t(code), "title"), gap=theme.px(10), edges=edges(theme, 16, 12))
        code_hint = f"ledger.{code}_hint"
        if self._bench.tools.texts.has_text(code_hint):
            body.addWidget(label(self._bench.t(code_hint), "muted", wrap=True))
        for part in parts:
            if isinstance(part, QLayout):
                body.addLayout(part)
            else:
                body.addWidget(part)
        return card(body)

    def _card_link(self) -> QBoxLayout:
        theme = self._bench.tools.theme
        self.card = button(theme, self._t("see_card"), lambda: self._bench.go("publish"), icon="stamp")
        describe(self.card, self._t("see_card"), self._t("see_card_tip"))
        return row(self.card, 1)

    def _step_row(self, name: str) -> QBoxLayout:
        theme = self._bench.tools.theme
        words = column(label(self._t(f"label.step.{name}"), "strong"), self.steps[name], gap=theme.px(3))
        made = row(column(self._step_marks[name], 1), words, gap=theme.px(10))
        made.setStretch(1, 1)
        return made

    def _verdict_row(self) -> QBoxLayout:
        theme = self._bench.tools.theme
        group = ChoiceGroup(self)
        chips = FlowLayout(theme.px(6), theme.px(6))
        for verdict in _VERDICTS:
            text = self._t(f"verdict.{verdict}")
            made = button(theme, text, partial(self._set_verdict, verdict), look="chip")
            describe(made, f"{self._t('label.verdict')}: {text}", self._t(f"verdict_tip.{verdict}"))
            made.setCheckable(True)
            group.addButton(made)
            self.verdicts[verdict] = made
            chips.addWidget(made)
        holder = QVBoxLayout()
        holder.addLayout(chips)
        return holder

    def _connect(self) -> None:
        for name, entry in self.entries.items():
            entry.edited.connect(partial(self._write, name))
        self.received.day_edited.connect(partial(self._write, "received"))
        for name, choice in (("kind", self.kind), ("disorder", self.disorder), ("confidence", self.confidence)):
            choice.chosen.connect(partial(self._write, name))
        self.picture.chosen.connect(partial(self._write, "picture"))
        for flag, box in self.flags.items():
            box.toggled.connect(partial(self._tick, flag))
        for name, entry in self.steps.items():
            entry.edited.connect(partial(self._save_answer, name))
        self.references.edited.connect(self._refer)

    # ------------------------------------------------------------------------------------------- showing

    def show_claim(self, story: Story, claim_id: str) -> None:
        """Show a row; fields that say the same already are left alone."""
        claim = claims.find_claim(story, claim_id)
        self.claim_id = claim_id if claim else ""
        self.setVisible(claim is not None)
        if claim is None:
            return
        locked = self._bench.session.read_only or bool(claim.closed)
        for name, entry in self.entries.items():
            entry.show_value(getattr(claim, name), locked=locked)
        self.received.show_value(claim.received, locked=locked)
        for name, choice in (("kind", self.kind), ("disorder", self.disorder), ("confidence", self.confidence)):
            choice.show_value(getattr(claim, name), locked=locked)
        self.picture.set_options(self._media.pictures(story))
        self.picture.show_value(claim.picture, locked=locked)
        for flag, box in self.flags.items():
            show_tick(box, getattr(claim, flag), locked=locked)
        self._show_steps(claim, locked)
        self.todo.show_claim(story, claim)
        # Compared by lines: an empty one that is just being typed is no reference yet, and must not be taken away.
        if _lines(self.references.text()) != claim.references or locked:
            self.references.show_value("\n".join(claim.references), locked=locked)
        self.card.setVisible(story.kind == "factcheck")
        for verdict, made in self.verdicts.items():
            made.setChecked(claim.verdict == verdict)
            made.setEnabled(not locked)
        self.evidence.show_claim(claim, locked=locked)
        self.asked.show_claim(claim, locked=locked)
        self._show_changes(claim)

    def _show_steps(self, claim: Claim, locked: bool) -> None:
        theme = self._bench.tools.theme
        for name, entry in self.steps.items():
            found = claim.steps.get(name, "")
            entry.show_value(found, locked=locked)
            done = bool(found.strip())
            self._step_marks[name].setPixmap(
                theme.pixmap("circle-check" if done else "circle", "ok" if done else "faint")
            )

    def _show_changes(self, claim: Claim) -> None:
        from studio.documents.verification_ledger import change_line

        clear(self._changes)
        # The latest first: what somebody else changed since is what one looks for.
        for line in reversed(claim.changes[-_CHANGES_SHOWN:]):
            told = change_line(line, self._bench.workspace.group, self._bench.tools.texts)
            self._changes.addWidget(label(told, "muted", wrap=True))
        if len(claim.changes) > _CHANGES_SHOWN:
            more = self._t("more_changes", count=len(claim.changes) - _CHANGES_SHOWN)
            self._changes.addWidget(label(more, "muted", wrap=True))
        clear(self._closed)
        theme = self._bench.tools.theme
        if claim.closed:
            self._closed.addWidget(label(self._t("closed_because", reason=claim.closed_reason), wrap=True))
            end = button(theme, self._t("reopen"), self._reopen, icon="archive-restore")
        else:
            end = button(theme, self._t("close"), self._close, icon="archive")
            describe(end, self._t("close"), self._t("close_tip"))
        end.setEnabled(not self._bench.session.read_only)
        self._closed.addLayout(row(end, 1))

    def focus_field(self, name: str) -> None:
        """Put the focus on a field, by its name in the model."""
        head, _, tail = name.partition("/")
        targets: dict[str, QWidget] = {
            **{field: entry.field for field, entry in self.entries.items()},
            **{str(flag): box for flag, box in self.flags.items()},
            "kind": self.kind.box,
            "received": self.received.field,
            "disorder": self.disorder.box,
            "confidence": self.confidence.box,
            # Of a row of radio buttons the chosen one takes the focus: arrows go on from there.
            "verdict": next((made for made in self.verdicts.values() if made.isChecked()), self.verdicts["checking"]),
            "picture": self.picture.box,
            "references": self.references.field,
            "evidence": self.evidence.first,
            "asked": self.asked.first,
        }
        target = self.steps[tail].field if head == "steps" and tail in self.steps else targets.get(head)
        if target is not None:
            go_to(target)

    # ------------------------------------------------------------------------------------------- writing

    def _edit(self, edit: StoryEdit) -> None:
        if self.claim_id:
            self._bench.session.edit(edit)

    def _write(self, name: str, value: str) -> None:
        text = value if name in _TALL else " ".join(value.split())
        field = cast("ClaimField | NameField", name)
        self._edit(claims.set_text(self.claim_id, field, text, now_stamp(self._bench)))

    def _tick(self, flag: FlagField, on: bool) -> None:
        self._edit(claims.set_flag(self.claim_id, flag, on, now_stamp(self._bench)))

    def _save_answer(self, step: str, text: str) -> None:
        self._edit(claims.set_step(self.claim_id, step, text, now_stamp(self._bench)))

    def _refer(self, text: str) -> None:
        self._edit(claims.set_references(self.claim_id, _lines(text), now_stamp(self._bench)))

    def _set_verdict(self, verdict: Verdict) -> None:
        self._edit(claims.set_verdict(self.claim_id, verdict, now_stamp(self._bench)))

    def _close(self) -> None:
        reason = self._bench.tools.dialogs.ask_text(self._t("close"), self._t("close_ask"))
        if reason is not None and reason.strip():
            self._edit(claims.close_claim(self.claim_id, reason, now_stamp(self._bench)))

    def _reopen(self) -> None:
        self._edit(claims.reopen_claim(self.claim_id, now_stamp(self._bench)))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
