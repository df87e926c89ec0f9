"""What became of a folder of photos, in words: for the command and the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.base.i18n import MessageTexts
    from studio.services.photo_folder import FolderResult
    from studio.services.photo_folder_order import FolderOrder

_MOST_NAMED = 20
"""Files named in one sentence; of the others the number is said."""


def folder_summary(result: FolderResult, order: FolderOrder, texts: MessageTexts) -> list[str]:
    """What was made, one sentence each; empty for nothing."""
    if not (result.made or result.kept):
        return []
    lines = [texts.text("folder.made", made=len(result.made), kept=len(result.kept), place=str(result.out))]
    if result.placed:
        code = "folder.place_kept" if order.keep_place else "folder.place_dropped"
        lines.append(texts.text(code, count=result.placed))
    if result.sheet:
        lines.append(texts.text("folder.sheet_made", path=result.sheet))
    if result.named:
        lines.append(texts.text("folder.named", count=result.named))
    return lines


def folder_troubles(result: FolderResult, order: FolderOrder, texts: MessageTexts) -> list[str]:
    """What was left out or should be looked at, one sentence each."""
    lines = [texts.explain(error) for _, error in result.refused]
    if result.others:
        lines.append(texts.text("folder.others", count=len(result.others), files=_few_names(result.others)))
    if not (result.made or result.kept or result.with_faces or result.refused):
        lines.append(texts.text("folder.nothing", place=str(order.source)))
    for source, path in result.renamed:
        lines.append(texts.text("folder.renamed", file=source, path=path))
    lines += list(dict.fromkeys(texts.explain(notice) for notice in result.notices))
    if result.with_faces:
        code = "folder.faces_skipped" if order.faces == "skip" else "folder.faces_found"
        lines.append(texts.text(code, count=len(result.with_faces)))
        lines += [texts.text("folder.faces_row", file=name, faces=count) for name, count in result.with_faces]
    return lines


def _few_names(names: tuple[str, ...]) -> str:
    more = "" if len(names) <= _MOST_NAMED else ", ..."
    return ", ".join(names[:_MOST_NAMED]) + more
