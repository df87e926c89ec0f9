"""What an export made: a card per outlet with its files, warnings and refusals."""

from __future__ import annotations

from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from studio.base.locale_forms import number_text
from studio.base.sizes import ByteCount, size_text
from studio.services.export_words import work_words
from studio.services.text_variants import name_of
from studio.ui.publish.preview_outlets import ICONS
from studio.ui.publish.result_pictures import SIDE, ResultPictures
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
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from studio.export.planning.file_specs import FileKind, FileProblem
    from studio.export.running.export_manifest import ExportManifest, ManifestEntry
    from studio.ui.core.desk_context import WindowTools
    from studio.ui.widgets.basic_parts import Tone


class ExportResults(QWidget):
    """The results of one story.

    Args:
        tools: what every part is given.
        opener: shows a folder of exported files; it asks the gate first.
    """

    def __init__(self, tools: WindowTools, opener: Callable[[Path], object]) -> None:
        super().__init__()
        self._tools = tools
        self._opener = opener
        self._pictures = ResultPictures(tools.jobs, self)
        self._old: frozenset[str] | None = frozenset()
        self._shown: tuple[ExportManifest | None, Path, Mapping[str, str]] | None = None
        self._list = QVBoxLayout()
        self._list.setSpacing(tools.theme.px(10))
        inside = QWidget()
        inside.setLayout(column(self._list, 1, edges=edges(tools.theme, 20, 14)))
        self.setLayout(column(scrolled(inside), gap=0))

    def _t(self, code: str, **facts: object) -> str:
        return self._tools.t(f"publishdesk.{code}", **facts)

    def mark_old(self, old: frozenset[str] | None) -> None:
        """Mark the files (paths below the story's export folder) that are older than the story; None: all are."""
        if old != self._old and self._shown is not None:
            self._old = old
            self.show_manifest(*self._shown)

    def show_manifest(self, manifest: ExportManifest | None, place: Path, names: Mapping[str, str]) -> None:
        """Show what there is.

        Args:
            manifest: of the story; None for a story without a folder.
            place: the story's export folder.
            names: outlet id -> name.
        """
        clear(self._list)
        self._shown = (manifest, place, names)
        self._wanted: list[tuple[Path, QLabel]] = []
        if manifest is None or not (manifest.files or manifest.problems):
            made = empty(self._tools.theme, "send", self._t("empty_title"), self._t("empty"))
            made.setMinimumHeight(self._tools.theme.px(260))
            self._list.addWidget(made)
            return
        if note := self._state_note(manifest):
            self._list.addWidget(note)
        # Each once, in the order of the files; an outlet of which all was refused has a card too.
        for outlet in dict.fromkeys([*(f.outlet for f in manifest.files), *(p.outlet for p in manifest.problems)]):
            self._list.addWidget(self._card(outlet, names.get(outlet, outlet), manifest, place))
        self._pictures.show(self._wanted)

    def _state_note(self, manifest: ExportManifest) -> QLabel | None:
        """What is to be known before any of it is used: that it is old, or marked as a draft."""
        old = self._old_files(manifest.files)
        if old:
            return label(self._t("old_note", n=len(old)), "warn", wrap=True)
        return label(self._t("draft_note"), "warn", wrap=True) if manifest.draft else None

    def _old_files(self, files: Sequence[ManifestEntry]) -> list[ManifestEntry]:
        return [file for file in files if self._old is None or file.path in self._old]

    def _card(self, outlet: str, name: str, manifest: ExportManifest, place: Path) -> QWidget:
        theme, px = self._tools.theme, self._tools.theme.px
        files = [file for file in manifest.files if file.outlet == outlet]
        problems = [problem for problem in manifest.problems if problem.outlet == outlet]
        warnings = sum(len(file.warnings) for file in files)
        tone: Tone = "bad" if problems else "warn" if warnings else "ok"
        state = self._t(f"state_{tone}", n=len(problems) or warnings)
        if self._old_files(files):  # never "ready" over what is old or carries the mark of a draft
            tone, state = "warn", self._t("state_old")
        elif manifest.draft and not problems:
            tone, state = "warn", self._t("state_draft")
        show = button(
            theme, self._t("open_outlet"), partial(self._opener, place / outlet), look="link", tip=self._t("open_tip")
        )
        show.setAccessibleName(f"{self._t('open_outlet')}: {name}")
        head = row(
            picture(theme, ICONS.get(outlet, "megaphone"), "muted"),
            label(name, "title"),
            label(self._t("files", n=len(files), size=ByteCount(sum(file.bytes for file in files))), "muted"),
            1,
            show,
            pill(state, tone),
            gap=px(10),
        )
        rows = result_rows(self._tools, files, problems, lambda file, mark: self._wanted.append((place / file, mark)))
        return card(column(head, separator_line(), rows, gap=px(8), edges=edges(theme, 16, 12)))


def open_folder(place: Path) -> None:
    """Show a folder in the system's file manager. Exported files of a story are shown by ``HandingOut.show``."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(place)))


def _file_facts(entry: ManifestEntry, tools: WindowTools) -> str:
    if entry.seconds:
        return tools.t("publishdesk.fact_video", width=entry.width, height=entry.height, seconds=round(entry.seconds))
    if entry.width:
        return f"{entry.width} × {entry.height}"
    language = tools.texts.language
    length = number_text(entry.length, language)
    if entry.limit:
        # A text with two forms, as English has, writes the separators of a number itself.
        limit = entry.limit if language == "en" else number_text(entry.limit, language)
        return tools.t("publishdesk.fact_limit", length=length, limit=limit)
    count = entry.length if language == "en" else length
    return tools.t("publishdesk.fact_text", length=count) if entry.length else ""


def result_rows(
    tools: WindowTools,
    files: Sequence[ManifestEntry],
    problems: Sequence[FileProblem],
    want: Callable[[str, QLabel], None],
) -> QGridLayout:
    """Picture, name, facts and size of each file; below it its warnings. Refused files come last, with the reason.

    ``want`` is told which label waits for the picture of a file.
    """
    px = tools.theme.px
    grid = QGridLayout()
    grid.setHorizontalSpacing(px(12))
    grid.setVerticalSpacing(px(5))
    grid.setColumnStretch(1, 1)
    right = Qt.AlignmentFlag.AlignRight
    for entry in files:
        at = grid.rowCount()
        file = entry.path.partition("/")[2] or entry.path  # without the outlet, which the card names
        called = name_of(tools.texts, entry.path)
        name = label(called if called != file else _called(entry, file, tools))
        name.setToolTip(file)
        mark = picture(tools.theme, _icon_of(entry.kind), "muted", 16)
        if entry.kind in {"photo", "poster", "card"}:
            mark.setFixedSize(px(SIDE), px(SIDE))
            mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
            want(entry.path, mark)
        grid.addWidget(mark, at, 0)
        grid.addWidget(name, at, 1)
        grid.addWidget(label(_file_facts(entry, tools), "muted"), at, 2, right)
        grid.addWidget(label(size_text(entry.bytes, tools.texts.language), "muted"), at, 3, right)
        for warning in entry.warnings:
            grid.addWidget(picture(tools.theme, "triangle-alert", "warn", 15), grid.rowCount(), 0)
            # Into the row that the icon has just made.
            grid.addWidget(label(warning.text, "warn", wrap=True), grid.rowCount() - 1, 1, 1, 3)
    for problem in problems:
        at = grid.rowCount()
        grid.addWidget(picture(tools.theme, "circle-x", "bad", 16), at, 0)
        text = f"{problem.path.partition('/')[2] or problem.path}: {problem.text}"
        grid.addWidget(label(text, "bad", wrap=True), at, 1, 1, 3)
        if problem.bug_report:
            copy = partial(QGuiApplication.clipboard().setText, problem.bug_report)
            send = button(tools.theme, tools.t("publishdesk.copy_report"), copy, icon="copy")
            grid.addWidget(send, grid.rowCount(), 1, 1, 3, Qt.AlignmentFlag.AlignLeft)
    return grid


def _called(entry: ManifestEntry, file: str, tools: WindowTools) -> str:
    """What a file without a name of its own is, with the number in its name."""
    number = "".join(sign for sign in PurePosixPath(file).stem[-2:] if sign.isdigit()).lstrip("0")
    word = work_words(PurePosixPath(file).name, {}, tools.texts)
    return f"{word} {number}".strip()


def _icon_of(kind: FileKind) -> str:
    match kind:
        case "text" | "subtitles":
            return "file-text"
        case "photo" | "poster":
            return "image"
        case "card":
            return "panels-top-left"
        case "video":
            return "film"
        case "page":
            return "globe"
        case "print":
            return "printer"
        case _:
            assert_never(kind)
