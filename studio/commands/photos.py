"""``kim-studio photos``: a folder of photos made ready to give away."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, cast, get_args

from studio.base.errors import UserError
from studio.commands.common import (
    DONE,
    PARTLY,
    WRONG_USE,
    explain_errors,
    print_result,
    print_trouble,
    progress_bar,
    user_texts,
)

if TYPE_CHECKING:
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.services.photo_folder import FolderResult
    from studio.services.photo_folder_order import FolderOrder

_MOST_NAMED = 20
"""Files named in one sentence; of the others the number is said."""


@dataclass(frozen=True, slots=True)
class FolderWish:
    """The options as they were typed; see ``FolderOrder``."""

    size: str
    credit: str = ""
    caption: str = ""
    title: str = ""
    rename: str = ""
    mark: bool = False
    logo: Path | None = None
    mark_name: str = ""
    corner: str = ""
    faces: str = ""
    keep_place: bool = False
    sheet: bool = False
    workspace: Path | None = None


def run_photos(source: Path, out: Path, wish: FolderWish, *, as_json: bool) -> int:
    """Make a folder of photos ready.

    Args:
        source: the folder of photos; only read.
        out: the folder of results.
        wish: the options.
        as_json: print what became of each file as JSON.

    Returns:
        0 when all is there; 1 when something was left out (each named on stderr), 2 for wrong use.
    """
    from studio.base.free_memory import give_back_early
    from studio.services.photo_folder import make_photo_folder

    give_back_early()
    texts = user_texts()
    try:
        # Every option before any work, so that a typing mistake costs nothing.
        order = _read_order(source, out, wish, texts)
    except UserError as error:
        print_trouble(texts.explain(error))
        return WRONG_USE
    with explain_errors(texts), ExitStack() as stack:
        order = _with_mark(order, wish, stack)
        progress = stack.enter_context(progress_bar(texts.text("folder.job")))
        result = make_photo_folder(order, texts, progress)
    if as_json:
        _print_json(result, texts)
    else:
        _print_result(result, order, texts)
    for trouble in folder_troubles(result, order, texts):
        print_trouble(trouble)
    return PARTLY if result.refused or (result.with_faces and order.faces == "ask") else DONE


def _read_order(source: Path, out: Path, wish: FolderWish, texts: MessageTexts) -> FolderOrder:
    """What was typed as an order, without its mark.

    Raises:
        UserError: something of it is none.
    """
    from studio.photo.render import MarkCorner
    from studio.services.photo_folder_order import PLAIN_PATTERN, FacesRule, FolderOrder, check_pattern, read_size
    from studio.services.photo_folder_scan import check_folders

    pattern = wish.rename or PLAIN_PATTERN
    check_pattern(pattern)
    check_pattern(wish.caption, for_names=False)
    for given, known, code in (
        (wish.faces, get_args(FacesRule), "folder.faces_rule"),
        (wish.corner, get_args(MarkCorner), "folder.corner"),
    ):
        if given and given not in known:
            raise UserError(code, given=given, known=", ".join(known))
    if wish.mark and not (wish.logo or wish.mark_name or wish.workspace or wish.credit):
        raise UserError("folder.mark_of_whom")
    check_folders(source, out)
    return FolderOrder(
        source,
        out,
        read_size(wish.size),
        wish.credit,
        wish.caption,
        wish.title,
        pattern,
        corner=cast("MarkCorner", wish.corner or "lower-right"),
        faces=cast("FacesRule", wish.faces or "ask"),
        keep_place=wish.keep_place,
        sheet=wish.sheet,
    )


def _with_mark(order: FolderOrder, wish: FolderWish, stack: ExitStack) -> FolderOrder:
    """The order with the group of the workspace and the mark, which lies in a folder until the work is over."""
    from pathlib import Path

    from studio.services.photo_folder_mark import group_mark, logo_mark, name_mark

    workspace = None
    if wish.workspace is not None:
        from studio.store.workspace import open_workspace

        workspace = stack.enter_context(open_workspace(wish.workspace, write=False))
        order = replace(order, group=workspace.group)
    if not (wish.mark or wish.logo or wish.mark_name):
        return order
    if wish.logo:
        return replace(order, mark=logo_mark(wish.logo))
    scratch = Path(stack.enter_context(TemporaryDirectory(prefix="kim-foto-")))
    if wish.mark_name or workspace is None:
        return replace(order, mark=name_mark(wish.mark_name or wish.credit, scratch))
    return replace(order, mark=group_mark(workspace, scratch))


def _print_result(result: FolderResult, order: FolderOrder, texts: MessageTexts) -> None:
    if not (result.made or result.kept):
        return
    print_result(texts.text("folder.made", made=len(result.made), kept=len(result.kept), place=str(result.out)))
    if result.placed:
        code = "folder.place_kept" if order.keep_place else "folder.place_dropped"
        print_result(texts.text(code, count=result.placed))
    if result.sheet:
        print_result(texts.text("folder.sheet_made", path=result.sheet))
    if result.named:
        print_result(texts.text("folder.named", count=result.named))


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


def _print_json(result: FolderResult, texts: MessageTexts) -> None:
    import json

    told = {
        "out": str(result.out),
        "made": result.made,
        "kept": result.kept,
        "renamed": dict(result.renamed),
        "refused": {name: texts.explain(error) for name, error in result.refused},
        "faces": dict(result.with_faces),
        "others": result.others,
        "placed": result.placed,
        "sheet": result.sheet,
    }
    print_result(json.dumps(told, ensure_ascii=False, indent=2))
