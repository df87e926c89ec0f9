"""The files an export made, as a table of plain rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from studio.base.sizes import size_text
from studio.ui.parts import label, picture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.export.manifest import Entry, Problem
    from studio.ui.tools import Tools

_KIND_ICONS = {
    "text": "file-text",
    "photo": "image",
    "card": "panels-top-left",
    "video": "film",
    "page": "globe",
    "print": "printer",
}


def _facts(entry: Entry, tools: Tools) -> str:
    if entry.seconds:
        return tools.t("publishdesk.fact_video", width=entry.width, height=entry.height, seconds=round(entry.seconds))
    if entry.width:
        return f"{entry.width} × {entry.height}"
    if entry.limit:
        return tools.t("publishdesk.fact_limit", length=entry.length, limit=entry.limit)
    return tools.t("publishdesk.fact_text", length=entry.length) if entry.length else ""


def result_rows(tools: Tools, files: Sequence[Entry], problems: Sequence[Problem]) -> QGridLayout:
    """Icon, name, facts and size of each file; below it its warnings. Refused files come last, with the reason."""
    px = tools.theme.px
    grid = QGridLayout()
    grid.setHorizontalSpacing(px(12))
    grid.setVerticalSpacing(px(5))
    grid.setColumnStretch(1, 1)
    right = Qt.AlignmentFlag.AlignRight
    for entry in files:
        at = grid.rowCount()
        name = label(entry.path.partition("/")[2] or entry.path)
        name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(picture(tools.theme, _KIND_ICONS.get(entry.kind, "file-text"), "muted", 16), at, 0)
        grid.addWidget(name, at, 1)
        grid.addWidget(label(_facts(entry, tools), "muted"), at, 2, right)
        grid.addWidget(label(size_text(entry.bytes), "muted"), at, 3, right)
        for warning in entry.warnings:
            grid.addWidget(picture(tools.theme, "triangle-alert", "warn", 15), grid.rowCount(), 0)
            grid.addWidget(label(warning.text, "warn", wrap=True), grid.rowCount() - 1, 1, 1, 3)
    for problem in problems:
        at = grid.rowCount()
        grid.addWidget(picture(tools.theme, "circle-x", "bad", 16), at, 0)
        text = f"{problem.path.partition('/')[2] or problem.path}: {problem.text}"
        grid.addWidget(label(text, "bad", wrap=True), at, 1, 1, 3)
    return grid
