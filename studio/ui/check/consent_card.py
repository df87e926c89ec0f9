"""The consent of a person: who gave it, for what, how, with which limits; withdrawing it names what used it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtWidgets import QFrame

from studio.base.errors import UserError
from studio.base.portable_names import with_ending
from studio.services.evidence_intake import take_in
from studio.story import people
from studio.ui.check.labelled_fields import DateEntry, LabelledEntry, pair
from studio.ui.core.desk_context import now_stamp
from studio.ui.dialogs.dialog_service import DialogChoice as Answer
from studio.ui.widgets.basic_parts import button, column, describe, edges, label, pill, row, set_pill

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from studio.base.progress import Progress
    from studio.story.model import ClaimEvidence, Consent, Person, Story
    from studio.ui.core.desk_context import DeskContext

_FIELDS = ("by", "how", "scope", "limits")


class ConsentCard(QFrame):
    """What a person agreed to.

    Args:
        bench: what a desk works with.
        person_id: tells which person is shown.
    """

    def __init__(self, bench: DeskContext, person_id: Callable[[], str]) -> None:
        super().__init__()
        self._bench = bench
        self._person_id = person_id
        theme, tools = bench.tools.theme, bench.tools
        self.setProperty("look", "card")
        self.mark = pill("", "idle")
        self.entries = {name: LabelledEntry(tools, self._t(f"ask.{name}"), self._t(f"hint.{name}")) for name in _FIELDS}
        self.when = DateEntry(tools, self._t("ask.when"), self._t("hint.when"))
        self.told = label("", "muted", wrap=True)
        self.give = button(theme, self._t("give"), self._give, icon="circle-check")
        self.attach = button(theme, self._t("attach"), self._attach, icon="paperclip")
        self.withdraw = button(theme, self._t("withdraw"), self._withdraw, look="danger", icon="undo-2")
        describe(self.withdraw, self._t("withdraw"), self._t("withdraw_tip"))
        self.first: QWidget = self.entries["by"].field
        self._lay_out()
        for name, entry in self.entries.items():
            entry.edited.connect(partial(self._write, name))
        self.when.day_edited.connect(partial(self._write, "when"))

    def _t(self, code: str, **facts: object) -> str:
        return self._bench.t(f"consent.{code}", **facts)

    def _lay_out(self) -> None:
        theme, tools = self._bench.tools.theme, self._bench.tools
        head = row(label(self._t("title"), "title"), 1, self.mark)
        ways = row(self.give, self.attach, self.withdraw, 1, gap=theme.px(8))
        self.setLayout(
            column(
                head,
                label(self._t("hint"), "muted", wrap=True),
                pair(tools, self.entries["by"], self.entries["how"]),
                self.entries["scope"],
                pair(tools, self.entries["limits"], self.when),
                self.told,
                ways,
                gap=theme.px(10),
                edges=edges(theme, 16, 12),
            )
        )

    def show_person(self, story: Story, person: Person | None) -> None:
        """Show the consent of a person."""
        self.setVisible(person is not None)
        if person is None:
            return
        consent, locked = person.consent, self._bench.session.read_only
        for name, entry in self.entries.items():
            entry.show_value(getattr(consent, name), locked=locked)
        self.when.show_value(consent.when[:10], locked=locked)
        state = "withdrawn" if consent.withdrawn else "given" if consent.given else "none"
        tones = {"withdrawn": "bad", "given": "ok", "none": "idle"}
        set_pill(self.mark, self._t(f"state.{state}"), tones[state])  # type: ignore[arg-type]
        facts = [self._t("file", file=consent.file)] if consent.file else []
        facts += [self._t("withdrawn_on", when=consent.withdrawn[:10])] if consent.withdrawn else []
        seen = len(people.appears_in(story, person.id))
        facts += [self._t("seen", count=seen)] if seen else []
        self.told.setText(" · ".join(facts))
        self.told.setVisible(bool(facts))
        self.give.setVisible(state != "given")
        self.withdraw.setVisible(state == "given")
        for made in (self.give, self.attach, self.withdraw):
            made.setEnabled(not locked)

    # ------------------------------------------------------------------------------------------- writing

    def _consent(self) -> Consent | None:
        person = people.find_person(self._bench.session.story, self._person_id())
        return person.consent if person else None

    def _write(self, name: str, value: str) -> None:
        consent = self._consent()
        if consent is not None:
            changed = replace(consent, **{name: value})
            self._bench.session.edit(people.change_person(self._person_id(), consent=changed))

    def _give(self) -> None:
        consent = self._consent()
        if consent is None:
            return
        dated = consent if consent.when else replace(consent, when=now_stamp(self._bench).when[:10])
        self._bench.session.edit(people.give_consent(self._person_id(), dated))

    def _withdraw(self) -> None:
        from studio.services.person_usage import used_by

        bench, session = self._bench, self._bench.session
        person = people.find_person(session.story, self._person_id())
        if person is None:
            return
        # Named before the question: what went out already cannot be called back.
        used = used_by(bench.workspace, session.folder, session.story, person, bench.tools.texts)
        listed = "\n".join(f"• {line}" for line in used) or self._t("used_nowhere")
        text = self._t("withdraw_ask", name=person.name, used=listed)
        yes = Answer("yes", self._t("withdraw_yes"), destructive=True)
        if self._bench.tools.dialogs.ask(self._t("withdraw"), text, [yes], tone="warning") == "yes":
            when = now_stamp(self._bench).when
            self._bench.session.edit(people.withdraw_consent(person.id, when))

    def _attach(self) -> None:
        session, tools = self._bench.session, self._bench.tools
        for path in tools.dialogs.choose_files(self._t("attach"), "any", many=False):
            try:
                folder = session.ensure_folder()
            except UserError as error:
                tools.dialogs.explain(error)
                return
            work = partial(take_in, self._bench.workspace, folder, path)
            # The person of now: another may be shown by the time the file is copied.
            done = partial(self._attached, self._person_id())
            tools.jobs.start(self._t("attaching", file=path.name), work, done=done)

    def _attached(self, person_id: str, file: ClaimEvidence) -> None:
        person = people.find_person(self._bench.session.story, person_id)
        if person is not None:
            changed = replace(person.consent, file=file.file)
            self._bench.session.edit(people.change_person(person_id, consent=changed))

    def save_blank(self) -> None:
        """Save the blank form to print and sign."""
        tools = self._bench.tools
        path = tools.dialogs.choose_target(self._t("blank_title"), f"{self._t('blank_file')}.pdf")
        if path is None:
            return
        path = with_ending(path, ".pdf")
        tools.jobs.start(self._t("blank_title"), partial(self._write_blank, path), done=self._blank_saved)

    def _write_blank(self, path: Path, progress: Progress) -> Path:
        from studio.documents.consent_form import write_consent_form
        from studio.services.story_export import prepare_painting

        progress.report(0, 1, path.name)
        prepare_painting()
        write_consent_form(path, self._bench.workspace.group, self._bench.tools.texts)
        return path

    def _blank_saved(self, path: Path) -> None:
        self._bench.tools.dialogs.tell(self._t("blank_title"), self._t("blank_saved", place=str(path)))
