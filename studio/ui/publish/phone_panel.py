"""To the phone: what was exported for each outlet, ticks for what is out, a ZIP, a page on the Wi-Fi, corrections."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from studio.base.errors import UserError
from studio.base.relative_dates import local_moment, short_date, time_of_day
from studio.base.sizes import ByteCount
from studio.release.release_gate import appeared_lines, export_place, judge_here, name_outside, withdrawal_of
from studio.services.outlet_packs import outlet_catalog
from studio.services.post_zip import pack_story
from studio.services.story_export import exported_files
from studio.story import publishing
from studio.story.withdrawal import is_withdrawn
from studio.ui.core.desk_context import now_stamp
from studio.ui.publish.export_results import open_folder
from studio.ui.publish.hand_out_check import HandingOut, OldMarks
from studio.ui.publish.phone_correct import CorrectDialog
from studio.ui.publish.phone_page import PhonePage
from studio.ui.publish.phone_web import PhoneWeb
from studio.ui.publish.preview_outlets import ICONS
from studio.ui.publish.reply_card import reply_card
from studio.ui.widgets.basic_parts import (
    button,
    card,
    clear,
    column,
    edges,
    empty,
    label,
    picture,
    pill,
    row,
    scrolled,
    separator_line,
    tool,
)

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QHBoxLayout, QPushButton

    from studio.export.running.export_manifest import ExportManifest, ManifestEntry
    from studio.services.hand_out import HandOut
    from studio.story.model import Publication, Story
    from studio.ui.core.desk_context import DeskContext

_ONE_COLUMN = 1.2
"""Above this size of the text the ways to the phone stand below the outlets: side by side they would not fit."""


def make_phone_panel(bench: DeskContext) -> QWidget:
    """The panel for the publishing desk."""
    return PhonePanel(bench)


class PhonePanel(QWidget):
    """A card per outlet, and the ways to carry the files.

    Args:
        bench: what a desk works with.
    """

    def __init__(self, bench: DeskContext) -> None:
        super().__init__()
        self._bench = bench
        catalog = outlet_catalog(bench.workspace)
        self._names = {outlet.id: bench.tools.texts.outlet_name(outlet.name) for outlet in catalog.outlets}
        self.buttons: dict[tuple[str, str], QPushButton] = {}
        theme, px = bench.tools.theme, bench.tools.theme.px
        self._handing = HandingOut(bench, self)
        self._handing.refused.connect(self._on_refused)
        self._old: frozenset[str] | None = frozenset()
        OldMarks(bench, self._handing, self, self._mark_old)
        self.page = PhonePage(bench, self._names, self._handing)
        self.web = PhoneWeb(bench)
        self._list = QVBoxLayout()
        self._list.setSpacing(px(10))
        inside = QWidget()
        if theme.scale > _ONE_COLUMN:
            inside.setLayout(column(self._list, self.page, self.web, 1, gap=px(12), edges=edges(theme, 20, 14)))
            self.setLayout(column(scrolled(inside), gap=0))
        else:
            inside.setLayout(column(self._list, 1, edges=edges(theme, 20, 14)))
            ways = QWidget()
            ways.setLayout(column(self.page, self.web, 1, gap=px(10), edges=(0, px(14), px(20), px(14))))
            side = scrolled(ways)
            side.setFixedWidth(px(272))
            whole = row(scrolled(inside), side, gap=0)
            whole.setStretch(0, 1)
            self.setLayout(whole)
        bench.session.changed.connect(self._on_changed)
        self._shown: object = None
        self.refresh()

    def _t(self, code: str, **facts: object) -> str:
        return self._bench.t(f"phone.{code}", **facts)

    @property
    def folder(self) -> Path:
        """The story's export folder."""
        session = self._bench.session
        return export_place(self._bench.workspace, session.folder or "-", session.story)

    def showEvent(self, event: QShowEvent) -> None:
        """What was exported meanwhile is there."""
        super().showEvent(event)
        self.refresh()

    def _on_changed(self, story: Story) -> None:
        if self._seen_facts(story) != self._shown:
            self.refresh()

    def _seen_facts(self, story: Story) -> object:
        """What a change of which is seen here."""
        told = (story.publications, story.corrections, story.right_of_reply, publishing.told_changes(story))
        # Status and people only change the warning on top; while nobody looks, that is left to showEvent.
        return (*told, story.status, story.people) if self.isVisible() else told

    def _mark_old(self, old: frozenset[str] | None) -> None:
        if old != self._old:
            self._old = old
            self.refresh()

    def _is_old(self, entry: ManifestEntry) -> bool:
        return self._old is None or entry.path in self._old

    def _on_refused(self) -> None:
        """What lay ready is gone."""
        self.page.turn_off()
        self.refresh()

    # ------------------------------------------------------------------------------------------- what is shown

    def refresh(self) -> None:
        """Show what there is now."""
        story, tools = self._bench.session.story, self._bench.tools
        self._shown = self._seen_facts(story)
        self.buttons = {}
        clear(self._list)
        manifest = exported_files(self.folder) if self._bench.session.folder else None
        self.page.show_export(self.folder, manifest is not None and bool(manifest.files))
        if (gone := _taken_back(self._bench, self._names, story)) is not None:
            self._list.addWidget(gone)
        if publishing.correction_due(story):
            self._list.addWidget(self._correction(story))
        if story.publications or story.right_of_reply:
            self._list.addWidget(reply_card(self._bench, story))
        if manifest is None or not manifest.files:
            made = empty(tools.theme, "smartphone", self._t("empty_title"), self._t("empty"))
            made.setMinimumHeight(tools.theme.px(260))
            self._list.addWidget(made)
            return
        self._list.addWidget(self._published_count(story, manifest))
        order = list(self._names)
        found = dict.fromkeys(entry.outlet for entry in manifest.files)
        for outlet in sorted(found, key=lambda name: order.index(name) if name in order else len(order)):
            files = [entry for entry in manifest.files if entry.outlet == outlet]
            self._list.addWidget(self._outlet(story, outlet, files))

    def _published_count(self, story: Story, manifest: ExportManifest) -> QWidget:
        outlets = {entry.outlet for entry in manifest.files}
        out = outlets & set(publishing.outlets_of(story))
        total = sum(entry.bytes for entry in manifest.files)
        zipped = button(self._bench.tools.theme, self._t("zip"), self.make_zip, icon="package", tip=self._t("zip_tip"))
        self.buttons["", "zip"] = zipped
        head = column(
            label(self._t("progress", done=len(out), total=len(outlets)), "title"),
            label(self._t("total", size=ByteCount(total), files=len(manifest.files)), "muted"),
            gap=self._bench.tools.theme.px(1),
        )
        old = [entry for entry in manifest.files if self._is_old(entry)]
        told = self._bench.t("publishdesk.old_note", n=len(old)) if old else ""
        if manifest.draft and not old:
            told = self._bench.t("publishdesk.draft_note")
        note = label(told, "warn", wrap=True)
        note.setVisible(bool(told))
        made = QWidget()
        made.setLayout(column(row(head, 1, zipped), note, gap=self._bench.tools.theme.px(6)))
        return made

    def _correction(self, story: Story) -> QWidget:
        theme, px = self._bench.tools.theme, self._bench.tools.theme.px
        changes = publishing.told_changes(story)
        lines = [label(self._t("correct_title"), "title"), label(self._t("correct_hint"), "hint", wrap=True)]
        for change in changes[:4]:
            text = self._t("correct_line", field=self._t(f"field.{change.field}"), **_short_change(change))
            lines.append(label(text, "warn", wrap=True))
        self.buttons["", "correct"] = button(
            theme, self._t("correct"), self.correct, look="primary", icon="file-pen-line"
        )
        self.buttons["", "correct"].setEnabled(not self._bench.session.read_only)
        inside = row(
            picture(theme, "triangle-alert", "warn", 22),
            column(*lines, row(self.buttons["", "correct"], 1), gap=px(5)),
            gap=px(12),
            edges=edges(theme, 16, 12),
        )
        inside.setStretch(1, 1)
        return card(inside)

    def _outlet(self, story: Story, outlet: str, files: list[ManifestEntry]) -> QWidget:
        theme, px = self._bench.tools.theme, self._bench.tools.theme.px
        name = self._names.get(outlet, outlet)
        line_ = publishing.find_publication(story, outlet)
        total = ByteCount(sum(entry.bytes for entry in files))
        head = row(
            picture(theme, ICONS.get(outlet, "megaphone"), "muted"),
            label(name, "title"),
            label(self._t("upload", n=len(files), size=total), "muted"),
            1,
            *([pill(self._bench.t("publishdesk.state_old"), "warn")] if any(map(self._is_old, files)) else []),
            pill(self._t("out") if line_ else self._t("not_out"), "ok" if line_ else "idle"),
            self._looks(outlet, name, files),
            gap=px(8),
        )
        return card(
            column(
                head,
                separator_line(),
                self._steps(outlet, name, files),
                self._tick_row(outlet, name, line_),
                gap=px(8),
                edges=edges(theme, 16, 12),
            )
        )

    def _steps(self, outlet: str, name: str, files: list[ManifestEntry]) -> QGridLayout:
        made = QGridLayout()
        made.setHorizontalSpacing(self._bench.tools.theme.px(8))
        made.setColumnStretch(2, 1)
        texts = [entry for entry in files if entry.kind == "text" and entry.path.endswith(".txt")]
        for number, entry in enumerate(texts):
            file = entry.path.partition("/")[2]
            text = self._t("copy") if len(texts) == 1 else self._t("copy_file", file=file.removesuffix(".txt"))
            copy = self._button(outlet, f"copy:{file}", text, name, "copy", partial(self.copy, entry))
            made.addWidget(copy, number // 2, number % 2)
        return made

    def _looks(self, outlet: str, name: str, files: list[ManifestEntry]) -> QHBoxLayout:
        theme = self._bench.tools.theme
        made = row(gap=theme.px(2))
        media = [entry for entry in files if entry.kind != "text"]
        if media:
            show = partial(self._show_files, self.folder / media[0].path)
            made.addWidget(tool(theme, "eye", f"{name}: {self._t('show')}", show))
        made.addWidget(
            tool(theme, "folder-open", f"{name}: {self._t('open')}", partial(self._show_files, self.folder / outlet))
        )
        return made

    def _button(self, outlet: str, code: str, text: str, name: str, icon: str, act: object) -> QPushButton:
        made = button(self._bench.tools.theme, text, act if callable(act) else None, icon=icon)
        made.setAccessibleName(f"{name}: {text}")
        made.setToolTip(f"{name}: {text}")
        self.buttons[outlet, code] = made
        return made

    def _tick_row(self, outlet: str, name: str, now: Publication | None) -> QHBoxLayout:
        theme, locked = self._bench.tools.theme, self._bench.session.read_only
        if now is None:
            tick = self._button(
                outlet, "tick", self._t("tick"), name, "circle-check", partial(self.note_published, outlet)
            )
            tick.setEnabled(not locked)
            return row(tick, label(self._t("tick_hint"), "muted"), 1, gap=theme.px(10))
        told = label(self._t("since", when=self._moment_words(now.when)), "ok")
        link = label(now.link or self._t("no_link"), "muted")
        # A long link is cut off: it must not push the buttons out of the card.
        link.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        link.setToolTip(now.link)
        change = button(theme, self._t("change"), partial(self.note_published, outlet), look="link")
        undo = button(theme, self._t("untick"), partial(self.untick, outlet), look="link")
        for code, made in (("change", change), ("untick", undo)):
            made.setAccessibleName(f"{name}: {made.text()}")
            made.setEnabled(not locked)
            self.buttons[outlet, code] = made
        made_row = row(told, link, change, undo, gap=theme.px(12))
        made_row.setStretch(1, 1)
        return made_row

    def _moment_words(self, when: str) -> str:
        moment = local_moment(when)
        if moment is None:
            return when
        now = local_moment(now_stamp(self._bench).when) or moment
        texts = self._bench.tools.texts
        return f"{short_date(moment, now, texts)}, {time_of_day(moment, texts.language)}"

    # ------------------------------------------------------------------------------------------- what can be done

    def _show_files(self, place: Path) -> None:
        self._handing.show(place, open_folder)

    def copy(self, entry: ManifestEntry) -> None:
        """Put a text on the clipboard, if the gate still lets it out and it is what the story says now."""
        self._handing.start(partial(self._copy, entry), entry.outlet)

    def _copy(self, entry: ManifestEntry, handed: HandOut) -> None:
        if entry.path not in {one.path for one in handed.files}:
            self._bench.tools.dialogs.explain(UserError("hand_out.old", count=1, files=entry.path))
            return
        try:
            text = (self.folder / entry.path).read_text(encoding="utf-8")
        except OSError:
            self._bench.toast(self._t("gone", file=entry.path))
            return
        QGuiApplication.clipboard().setText(text)
        self._bench.toast(self._t("copied", file=entry.path))

    def note_published(self, outlet: str) -> None:
        """Note that it is out, with the link if there is one."""
        now = publishing.find_publication(self._bench.session.story, outlet)
        name = self._names.get(outlet, outlet)
        link = self._bench.tools.dialogs.ask_text(
            self._t("tick_title", outlet=name), self._t("link"), now.link if now else "", hint=self._t("link_hint")
        )
        if link is None:
            return
        stamp = now_stamp(self._bench)
        # Another link does not change when it appeared.
        when = now.when if now else stamp.when
        self._bench.session.edit(publishing.add_publication(outlet, when, link, stamp.by))

    def untick(self, outlet: str) -> None:
        """Take a mistaken tick back."""
        self._bench.session.edit(publishing.withdraw_tick(outlet))

    def correct(self) -> None:
        """Ask for what, why and when, and record the correction."""
        dialog = CorrectDialog(self._bench, publishing.told_changes(self._bench.session.story))
        try:
            if self._bench.tools.dialogs.show(dialog) and dialog.edit is not None:
                self._bench.session.edit(dialog.edit)
                self._bench.toast(self._t("corrected"))
        finally:
            dialog.deleteLater()

    def make_zip(self) -> None:
        """Pack everything of this story into one ZIP."""
        tools = self._bench.tools
        if not self._handing.saved():
            return
        folder = self._bench.session.folder
        told = withdrawal_of(self._bench.session.story, self._bench.workspace.group, folder)
        target = tools.dialogs.choose_target(self._t("zip"), f"{name_outside(folder, told)}.zip")
        if target is None:
            return
        tools.jobs.start(
            self._t("zip_job"),
            lambda progress: pack_story(self._handing.current_files(folder), target, progress),
            done=lambda made: self._bench.toast(self._t("zipped", file=made.name)),
            failed=self._handing.explain,
        )


def _taken_back(bench: DeskContext, names: dict[str, str], story: Story) -> QWidget | None:
    """Where the story had appeared, though it may no longer be shown; None while it may."""
    withdrawn, workspace = is_withdrawn(story), bench.workspace
    told = judge_here(workspace, story, bench.session.folder)
    if not withdrawn and not told.refusals:
        return None
    theme, code = bench.tools.theme, "withdrawn" if withdrawn else "refused"
    lines = [label(bench.t(f"phone.{code}_title"), "title"), label(bench.t(f"phone.{code}_hint"), "hint", wrap=True)]
    out = appeared_lines(story, bench.tools.texts, names)
    if out:
        lines.append(label(bench.t("phone.take_back_there"), "strong", wrap=True))
        lines += [label(text, "warn", wrap=True) for text in out]
    inside = row(
        picture(theme, "triangle-alert", "warn", 22),
        column(*lines, gap=theme.px(5)),
        gap=theme.px(12),
        edges=edges(theme, 16, 12),
    )
    inside.setStretch(1, 1)
    return card(inside)


def _short_change(change: publishing.ToldChange) -> dict[str, str]:
    return {"before": change.before[:80] or "–", "after": change.after[:80] or "–"}
