"""The evidence of a claim, its files, and who was asked about it: lines are added and struck, never deleted."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from studio.base.errors import UserError
from studio.base.locale_forms import FORMS, short_day
from studio.services.evidence_intake import PictureRights, picture_edit, take_in
from studio.story import claims, date_formats
from studio.story.model import ClaimContact, ClaimEvidence
from studio.ui.check.labelled_fields import LabelledEntry, make_tick
from studio.ui.core.desk_context import now_stamp
from studio.ui.widgets.basic_parts import button, clear, column, describe, label, picture, row, separator_line
from studio.ui.widgets.calm_inputs import combo_box

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studio.base.locale_forms import Language
    from studio.story.date_formats import Zone
    from studio.story.model import Claim, Story
    from studio.ui.core.desk_context import DeskContext

_WAYS = ("phone", "met", "whatsapp", "mail", "letter")
_HASH_SHOWN = 16


def moment_text(when: str, zone: Zone, language: Language) -> str:
    """``20 Nov 2026 08.15 WIB``, in English ``20 Nov 2026 08:15 WIB``."""
    day = date_formats.parse_date(when)
    clock = date_formats.clock(when, zone).replace(FORMS["id"].clock, FORMS[language].clock)
    return " ".join(part for part in (short_day(day, language, year=True) if day else "", clock) if part) or when


def _moment(bench: DeskContext, when: str) -> str:
    return moment_text(when, bench.workspace.group.time_zone, bench.tools.texts.language)


def struck_label(text: str, struck: bool) -> QLabel:
    """A text, struck through when it no longer counts."""
    made = label(text, "muted" if struck else "", wrap=True)
    font = made.font()
    font.setStrikeOut(struck)
    made.setFont(font)
    return made


class ClaimMedia:
    """Brings files into the claim that is shown.

    Args:
        bench: what a desk works with.
        claim_id: tells which claim that is.
    """

    def __init__(self, bench: DeskContext, claim_id: Callable[[], str]) -> None:
        self._bench = bench
        self._claim_id = claim_id

    def _t(self, code: str, **facts: object) -> str:
        return self._bench.t(f"ledger.{code}", **facts)

    def pictures(self, story: Story) -> list[tuple[str, str]]:
        """The photos to choose from: id and text."""
        shown = [
            (photo.id, self._t("picture_number", number=number, name=photo.name or photo.caption or photo.file))
            for number, photo in enumerate(story.photos, 1)
        ]
        return [("", self._t("no_picture")), *shown]

    def add_files(self) -> None:
        """Choose files as evidence."""
        self.take_files(self._bench.tools.dialogs.choose_files(self._t("add_file"), "any"))

    def take_files(self, paths: tuple[Path, ...]) -> None:
        """Take files in as evidence."""
        for path in paths:
            self._start(path, partial(self._add_evidence, self._claim_id()))

    def add_picture(self) -> None:
        """Choose the picture that went round: it becomes a photo of the story, and evidence."""
        paths = self._bench.tools.dialogs.choose_files(self._t("add_picture"), "photo", many=False)
        for path in paths:
            self._start(path, partial(self._add_picture, self._claim_id()))

    def _start(self, path: Path, done: Callable[[ClaimEvidence], None]) -> None:
        session, workspace, dialogs = self._bench.session, self._bench.workspace, self._bench.tools.dialogs
        if session.read_only:
            return
        try:
            folder = session.ensure_folder()
        except UserError as error:
            dialogs.explain(error)
            return

        title = self._t("taking_in", file=path.name)
        work = partial(take_in, workspace, folder, path)
        # The story may be left while a large file is copied: then nobody is called.
        self._bench.tools.jobs.start(title, work, done=done, failed=dialogs.explain, owner=session)

    def _add_evidence(self, claim_id: str, evidence: ClaimEvidence) -> None:
        self._bench.session.edit(claims.add_evidence(claim_id, evidence, now_stamp(self._bench)))

    def _add_picture(self, claim_id: str, evidence: ClaimEvidence) -> None:
        session, workspace = self._bench.session, self._bench.workspace
        rights = PictureRights(self._t("picture_rights"), self._t("picture_credit"))
        try:
            edit = picture_edit(
                workspace, session.folder, session.story, claim_id, evidence, rights, now_stamp(self._bench)
            )
        except UserError as error:
            self._bench.tools.dialogs.explain(error)
            return
        session.edit(edit)


class EvidenceList(QWidget):
    """Files and links that support a claim; files can be dropped here.

    Args:
        bench: what a desk works with.
        claim_id: tells which claim is shown.
        media: brings files in.
        look_closer: opens the evidence kit with a file of the story.
    """

    def __init__(
        self, bench: DeskContext, claim_id: Callable[[], str], media: ClaimMedia, look_closer: Callable[[str], None]
    ) -> None:
        super().__init__()
        self._bench = bench
        self._claim_id = claim_id
        self._media = media
        self._look_closer = look_closer
        self._shown: tuple[ClaimEvidence, ...] | None = None
        self._lines = QVBoxLayout()
        theme = bench.tools.theme
        self.first: QPushButton = button(theme, self._t("add_file"), media.add_files, icon="paperclip")
        describe(self.first, self._t("add_file"), self._t("add_file_tip"))
        self.link = button(theme, self._t("add_link"), self._add_link, icon="link")
        self.setAcceptDrops(True)
        self.setProperty("look", "clear")
        head = label(self._t("label.evidence"), "strong")
        self.setLayout(column(head, self._lines, row(self.first, self.link, 1), gap=theme.px(6)))

    def _t(self, code: str, **facts: object) -> str:
        return self._bench.t(f"ledger.{code}", **facts)

    def show_claim(self, claim: Claim, *, locked: bool) -> None:
        """Show the evidence of a claim."""
        self.first.setEnabled(not locked)
        self.link.setEnabled(not locked)
        # Lines made anew would lose the focus at every change elsewhere in the claim.
        if claim.evidence == self._shown and self._lines.count():
            return
        self._shown = claim.evidence
        clear(self._lines)
        for number, item in enumerate(claim.evidence):
            self._lines.addLayout(self._evidence_row(number, item, locked=locked))
        if not claim.evidence:
            self._lines.addWidget(label(self._t("no_evidence"), "muted", wrap=True))

    def _evidence_row(self, number: int, item: ClaimEvidence, *, locked: bool) -> QVBoxLayout:
        theme = self._bench.tools.theme
        name = item.name or item.url or item.file
        icon = "link" if item.url and not item.file else "file-check"
        facts = [
            moment_text(item.when, self._bench.workspace.group.time_zone, self._bench.tools.texts.language),
            item.note,
        ]
        facts += [self._t("hash", hash=item.sha256[:_HASH_SHOWN])] if item.sha256 else []
        # What was struck out stays to be seen, with why: a ledger from which things vanish proves nothing.
        facts += [self._t("struck", reason=item.struck)] if item.struck else []
        words = column(struck_label(name, bool(item.struck)), gap=0)
        small = label(" · ".join(part for part in facts if part), "muted", wrap=True)
        small.setToolTip(f"SHA-256 {item.sha256}" if item.sha256 else "")
        small.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.addWidget(small)
        ways = row(gap=theme.px(4))
        if item.file:
            ways.addWidget(self._link_button("look", name, partial(self._look_closer, item.file)))
        if item.sha256:
            copy = partial(QGuiApplication.clipboard().setText, item.sha256)
            ways.addWidget(self._link_button("copy_hash", name, copy))
        # There is no way to delete evidence, on purpose; a mistake is struck out with a reason.
        if not item.struck and not locked:
            ways.addWidget(self._link_button("strike", name, partial(self._strike, number)))
        ways.addStretch(1)
        words.addLayout(ways)
        holder = column(separator_line(), gap=theme.px(6)) if number else column(gap=0)
        whole = row(column(picture(theme, icon, "muted", 16), 1), words, gap=theme.px(8))
        whole.setStretch(1, 1)
        holder.addLayout(whole)
        return holder

    def _link_button(self, code: str, name: str, on: Callable[[], object]) -> QPushButton:
        made = button(self._bench.tools.theme, self._t(code), on, look="link")
        describe(made, f"{self._t(code)}: {name}", self._t(f"{code}_tip"))
        return made

    def _add_link(self) -> None:
        address = self._bench.tools.dialogs.ask_text(self._t("add_link"), self._t("add_link_ask"), hint="https://")
        if address and address.strip():
            item = ClaimEvidence(url=address.strip())
            self._bench.session.edit(claims.add_evidence(self._claim_id(), item, now_stamp(self._bench)))

    def _strike(self, number: int) -> None:
        reason = self._bench.tools.dialogs.ask_text(self._t("strike"), self._t("strike_ask"))
        if reason:
            self._bench.session.edit(claims.strike_evidence(self._claim_id(), number, reason, now_stamp(self._bench)))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome as evidence."""
        if self.first.isEnabled() and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take them in."""
        from pathlib import Path

        event.acceptProposedAction()
        self._media.take_files(tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()))


class TodoList(QWidget):
    """What a claim still needs from the network or the phone; it shrinks as it is done.

    Args:
        bench: what a desk works with.
    """

    def __init__(self, bench: DeskContext) -> None:
        super().__init__()
        self._bench = bench
        self._shown: tuple[claims.OpenTask, ...] = ()
        self._lines = QVBoxLayout()
        theme = bench.tools.theme
        self.setProperty("look", "clear")
        head = row(
            picture(theme, "wifi-off", "warn", 16), label(bench.t("ledger.todo_title"), "strong"), 1, gap=theme.px(8)
        )
        self.setLayout(column(head, self._lines, gap=theme.px(4)))

    def show_claim(self, story: Story, claim: Claim) -> None:
        """Show what is left to do for a claim."""
        tasks = tuple(task for task in claims.open_tasks(story) if task.claim == claim.id)
        self.setVisible(bool(tasks))
        if tasks == self._shown:
            return
        self._shown = tasks
        clear(self._lines)
        for task in tasks:
            told = self._bench.t(f"ledger.todo.{task.code}", about=task.about)
            self._lines.addWidget(label(f"☐ {told}", "muted", wrap=True))


class ContactList(QWidget):
    """Who was asked, how, and what they said.

    Args:
        bench: what a desk works with.
        claim_id: tells which claim is shown.
    """

    def __init__(self, bench: DeskContext, claim_id: Callable[[], str]) -> None:
        super().__init__()
        self._bench = bench
        self._claim_id = claim_id
        self._shape: tuple[object, ...] = ()
        self.answers: list[LabelledEntry] = []
        self._lines = QVBoxLayout()
        theme, tools = bench.tools.theme, bench.tools
        self.name = LabelledEntry(tools, self._t("ask_name"), self._t("ask_name_hint"), headless=True)
        self.first: QWidget = self.name.field
        self.way = combo_box()
        for way in _WAYS:
            self.way.addItem(self._t(f"way.{way}"))
        describe(self.way, self._t("ask_way"))
        self.harmed = make_tick(self._t("harmed_party"), self._t("harmed_tip"))
        self.add = button(theme, self._t("add_asked"), self._add, icon="plus")
        new = row(self.name, self.way, self.add, gap=theme.px(6))
        new.setStretch(0, 1)
        self.setProperty("look", "clear")
        head = label(self._t("label.asked"), "strong")
        self.setLayout(column(head, self._lines, new, self.harmed, gap=theme.px(6)))

    def _t(self, code: str, **facts: object) -> str:
        return self._bench.t(f"ledger.{code}", **facts)

    def show_claim(self, claim: Claim, *, locked: bool) -> None:
        """Show who was asked; answers being typed stay as they are."""
        for part in (self.name, self.way, self.harmed, self.add):
            part.setEnabled(not locked)
        # Without the answers: the entry that is being typed in must stay.
        shape = (claim.id, locked, tuple((one.name, one.how, one.when, one.harmed, one.struck) for one in claim.asked))
        if shape != self._shape:
            self._shape = shape
            clear(self._lines)
            self.answers = []
            for number, contact in enumerate(claim.asked):
                self._lines.addLayout(self._contact_row(number, contact, locked=locked))
        for entry, contact in zip(self.answers, claim.asked, strict=True):
            entry.show_value(contact.answer, locked=locked or bool(contact.struck))

    def _contact_row(self, number: int, contact: ClaimContact, *, locked: bool) -> QVBoxLayout:
        theme = self._bench.tools.theme
        marks = [
            contact.how,
            moment_text(contact.when, self._bench.workspace.group.time_zone, self._bench.tools.texts.language),
        ]
        marks += [self._t("harmed_party")] if contact.harmed else []
        marks += [self._t("struck", reason=contact.struck)] if contact.struck else []
        told = label(" · ".join(part for part in marks if part), "muted", wrap=True)
        head = row(column(struck_label(contact.name, bool(contact.struck)), told, gap=0), gap=theme.px(8))
        head.setStretch(0, 1)
        if not contact.struck and not locked:
            strike = button(theme, self._t("strike"), partial(self._strike, number), look="link")
            describe(strike, f"{self._t('strike')}: {contact.name}", self._t("strike_tip"))
            head.addWidget(strike)
        answer = LabelledEntry(
            self._bench.tools, self._t("answer_of", name=contact.name), self._t("answer_hint"), headless=True
        )
        # By number, not by name: the same person may be asked twice.
        answer.edited.connect(partial(self._answer, number))
        self.answers.append(answer)
        return column(head, answer, gap=theme.px(3))

    def _add(self) -> None:
        name = " ".join(self.name.text().split())
        if not name:
            self.name.field.setFocus()
            return
        contact = ClaimContact(name=name, how=self.way.currentText(), harmed=self.harmed.isChecked())
        self.name.show_value("")
        self.harmed.setChecked(False)
        self._bench.session.edit(claims.add_contact(self._claim_id(), contact, now_stamp(self._bench)))
        if self.answers:
            # What the person said is the next thing to type.
            self.answers[-1].field.setFocus()

    def _answer(self, number: int, text: str) -> None:
        self._bench.session.edit(claims.set_answer(self._claim_id(), number, text, now_stamp(self._bench)))

    def _strike(self, number: int) -> None:
        reason = self._bench.tools.dialogs.ask_text(self._t("strike"), self._t("strike_ask"))
        if reason:
            self._bench.session.edit(claims.strike_contact(self._claim_id(), number, reason, now_stamp(self._bench)))
