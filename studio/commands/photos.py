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
    from studio.base.free_memory import keep_freed_memory
    from studio.services.photo_folder import make_photo_folder
    from studio.services.photo_folder_words import folder_summary, folder_troubles

    texts = user_texts()
    try:
        # Every option before any work, so that a typing mistake costs nothing.
        order = _read_order(source, out, wish, texts)
    except UserError as error:
        print_trouble(texts.explain(error))
        return WRONG_USE
    keep_freed_memory()
    with explain_errors(texts), ExitStack() as stack:
        order = _with_mark(order, wish, stack)
        progress = stack.enter_context(progress_bar(texts.text("folder.job")))
        result = make_photo_folder(order, texts, progress)
    if as_json:
        _print_json(result, texts)
    else:
        for line in folder_summary(result, order, texts):
            print_result(line)
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
    # A mark has to say something: a logo, a name, a group, or at least who took the photo.
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
