"""What a group hands over to the Dinas, shown to the last field before it is written; and the notes that come back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPixmap
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from studio.base.errors import UserError
from studio.base.locale_forms import long_day
from studio.group.group_records import put_record
from studio.group.handover_file import parse_day
from studio.group.notes import GroupNote, note_place
from studio.services.handover_making import draft_handover, left_out_words, notes_of, read_note_file
from studio.services.self_map_rounds import load_instrument
from studio.store.workspace import now_here
from studio.ui.widgets.basic_parts import button, clear, column, edges, label, row
from studio.ui.widgets.styled_dialog import StyledDialog

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QHBoxLayout

    from studio.base.progress import Progress
    from studio.services.handover_making import HandoverDraft
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.group.group_context import GroupContext

_MOST_NOTES = 3


class HandoverCard(QFrame):
    """The button "Kirim ke Dinas" and the newest notes, above the page of many groups.

    Args:
        context: what a page works with.
    """

    def __init__(self, context: GroupContext) -> None:
        super().__init__()
        self._context = context
        tools, theme = context.tools, context.tools.theme
        self.setProperty("look", "card")
        self.send = button(theme, context.t("district.handover.button"), self.open, look="primary", icon="send")
        self.take = button(theme, context.t("district.handover.take_note"), self._ask_note, icon="message-square-text")
        self._instrument = load_instrument()
        self._notes = column(gap=theme.px(2))
        words = column(
            label(context.t("district.handover.title"), "title"),
            label(context.t("district.handover.hint"), "hint", wrap=True),
            self._notes,
            gap=theme.px(2),
        )
        line = row(words, self.send, self.take, gap=theme.px(10), edges=edges(theme, 14, 10))
        line.setStretch(0, 1)
        self.setLayout(line)
        self.take.setEnabled(not context.session.read_only)
        context.session.changed.connect(self._show_notes)
        self.dialog: HandoverDialog | None = None
        self._tools = tools
        self._show_notes()

    def _show_notes(self, _: object = None) -> None:
        clear(self._notes)
        found = notes_of(self._context.session.records)
        order = sorted(found, key=lambda note: bool(note.read))  # those that nobody read yet come first
        for note in order[:_MOST_NOTES]:
            self._notes.addLayout(self._note_line(note))
        if len(found) > _MOST_NOTES:
            more = self._context.t("district.handover.older", count=len(found) - _MOST_NOTES)
            self._notes.addWidget(label(more, "muted"))

    def _note_line(self, note: GroupNote) -> QHBoxLayout:
        context, theme = self._context, self._context.tools.theme
        day = parse_day(note.date)
        shown = long_day(day, context.tools.texts.language) if day else note.date
        text = context.t("district.handover.note_line", date=shown, office=note.office, text=note.text)
        words = label(text, "muted" if note.read else "strong", wrap=True)
        # What the office wrote stands as it is: a "<" in it is no tag.
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        parts: list[QWidget] = [words]
        about = self._instrument.find(note.indicator)
        if about is not None:
            title = f"{about.id} · {about.title[context.tools.texts.language]}"
            place = partial(context.open_place, f"group/map/{about.id}")
            name = context.t("district.handover.note_about", indicator=about.id)
            parts.append(button(theme, name, place, look="link", icon="arrow-right", tip=title))
        if not note.read and not context.session.read_only:
            mark = partial(self._mark_read, note.id)
            parts.append(button(theme, context.t("district.handover.read"), mark, look="link", icon="check"))
        line = row(*parts, gap=theme.px(8))
        line.setStretch(0, 1)
        return line

    def _mark_read(self, note_id: str) -> None:
        """Remember when a note was read; undo takes it back."""
        place = note_place(note_id)
        note = self._context.session.records.record(place, GroupNote)
        if note is not None and not note.read:
            read = msgspec.structs.replace(note, read=now_here().isoformat(timespec="minutes"))
            self._context.session.edit(put_record(place, read, "edit.group.note_read"))

    def open(self) -> None:
        """Count in a thread, then show what would be in the file."""
        context = self._context
        # Taken here: the user may edit on while the thread counts.
        records, workspace = context.session.records, context.workspace

        def work(_progress: Progress) -> HandoverDraft:
            return draft_handover(workspace, records, now_here())

        title = context.t("district.handover.title")
        context.tools.jobs.start(title, work, done=self._show, failed=context.tools.dialogs.explain, owner=self)

    def _show(self, draft: HandoverDraft) -> None:
        self.dialog = HandoverDialog(self._context.tools, draft)
        self._context.tools.dialogs.show(self.dialog)

    def _ask_note(self) -> None:
        for path in self._context.tools.dialogs.choose_files(self._context.t("district.handover.take_note"), "any"):
            self.take_note(path)

    def take_note(self, path: Path) -> None:
        """Take a note of the Dinas in; undo takes it out again."""
        context = self._context
        try:
            note = read_note_file(path, context.workspace.group.id, context.today)
        except UserError as error:
            context.tools.dialogs.explain(error)
            return
        place = note_place(note.id)
        # The same note once more must not undo that it was read.
        if context.session.records.record(place, GroupNote) is None:
            context.session.edit(put_record(place, note, "edit.group.note"))


class HandoverDialog(StyledDialog):
    """Exactly what is in the file, in words and to the last field; the line of answers and its QR code.

    Args:
        tools: texts, theme, questions.
        draft: what would be written.
    """

    def __init__(self, tools: WindowTools, draft: HandoverDraft) -> None:
        super().__init__(tools.theme)
        self._tools, self._draft = tools, draft
        theme, t = tools.theme, tools.t
        self.setWindowTitle(t("district.handover.title"))
        self.text = QPlainTextEdit(draft.data.decode())
        self.text.setReadOnly(True)
        self.text.setAccessibleName(t("district.handover.contents"))
        self.text.setTabChangesFocus(True)
        self.left_out = label(left_out_words(draft, tools.texts), "hint", wrap=True)
        if not draft.left_out:
            self.left_out.hide()
        self.save = button(theme, t("district.handover.save"), self._save, look="primary", icon="save")
        close = button(theme, t("dialog.close"), self.reject)
        whole = column(
            label(t("district.handover.title"), "page"),
            label(t("district.handover.dialog_hint"), "hint", wrap=True),
            label(f"{draft.name}: {self._summary()}", wrap=True),
            self.left_out,
            self.text,
            self._assessment_line(),
            row(1, close, self.save, gap=theme.px(8)),
            gap=theme.px(10),
            edges=edges(theme, 20, 18),
        )
        whole.setStretch(4, 1)
        self.setLayout(whole)
        self.resize(theme.px(760), theme.px(640))
        # Otherwise the text, the first in the tab order, has it, where Return does nothing.
        self.save.setFocus()

    def _summary(self) -> str:
        """What kinds of facts are in it, and how many."""
        t, document = self._tools.t, self._draft.document
        group, counts = document["group"], document["counts"]
        parts = [
            group["name"],
            f"{t('district.handover.decree')}: {group['decree']['number'] or t('district.handover.none')}",
        ]
        parts += [f"{t('district.handover.channels')}: {len(group['channels'])}"]
        parts += [f"{t('district.handover.contacts')}: {len(document['contacts']) or t('district.handover.none')}"]
        parts += [f"{t('district.handover.rounds')}: {len(document['rounds'])}"]
        parts += [f"{t('district.handover.counts')}: {counts['published']}/{counts['stories']}"]
        return "; ".join(parts)

    def _assessment_line(self) -> QWidget:
        theme, t, line = self._tools.theme, self._tools.t, self._draft.line
        made = QWidget()
        if not line:
            made.setLayout(column(label(t("district.handover.no_line"), "muted", wrap=True)))
            return made
        shown = label(line, "strong", wrap=True)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        copy = button(theme, t("district.handover.copy"), partial(_copy, line), icon="copy")
        self.qr = label()
        self.qr.setPixmap(qr_picture(line, theme.px(4)))
        self.qr.setAccessibleName(t("district.handover.qr"))
        words = column(label(t("district.handover.line"), "hint", wrap=True), shown, row(copy, 1), 1, gap=theme.px(6))
        across = row(words, self.qr, gap=theme.px(14))
        across.setStretch(0, 1)
        made.setLayout(across)
        return made

    def _save(self) -> None:
        from studio.base.finished_files import finished_file

        folder = self._tools.dialogs.choose_folder(self._tools.t("district.handover.save"))
        if folder is None:
            return
        try:
            with finished_file(folder / self._draft.name) as part:
                part.write_bytes(self._draft.data)
        except UserError as error:
            self._tools.dialogs.explain(error)
            return
        self.accept()
        text = self._tools.t("district.handover.saved", file=self._draft.name)
        self._tools.dialogs.tell(self._tools.t("district.handover.title"), text)


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def qr_picture(text: str, side: int) -> QPixmap:
    """A QR code, dark on light in any theme as scanners want it, with its quiet zone of four modules (ISO 18004).

    Args:
        text: what it says.
        side: pixels of a module.
    """
    import segno

    rows = [bytes(line) for line in segno.make(text, error="m", micro=False).matrix_iter(scale=side, border=4)]
    picture = QImage(len(rows[0]), len(rows), QImage.Format.Format_RGB32)
    picture.fill(QColor("#ffffff"))
    for y, modules in enumerate(rows):
        for x, dark in enumerate(modules):
            if dark:
                picture.setPixel(x, y, 0xFF000000)
    return QPixmap.fromImage(picture)
