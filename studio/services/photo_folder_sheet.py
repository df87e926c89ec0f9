"""The contact sheet of a folder of results: made anew when one of them changed, never over another person's file."""

from __future__ import annotations

import hashlib
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import msgspec

from studio.base.data_uri import data_uri
from studio.base.errors import UserError
from studio.base.finished_files import file_digest, finished_file
from studio.services.photo_folder_record import MadePhoto
from studio.services.qt_apart import paint_apart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.base.i18n import MessageTexts
    from studio.base.locale_forms import Language
    from studio.base.progress import Progress
    from studio.services.photo_folder_order import FolderOrder
    from studio.services.photo_folder_record import FolderRecord
    from studio.story.model import Group

NAME = "lembar-kontak"
_VERSION = 1


def make_sheet(
    results: Sequence[str], order: FolderOrder, record: FolderRecord, texts: MessageTexts, progress: Progress
) -> str:
    """Write the contact sheet where it is asked for and not current; its path below the folder, "" for none.

    Raises:
        UserError: it cannot be written.
        WorkCancelled: nothing is left.
    """
    if not order.sheet or not results:
        return ""
    title = texts.text("folder.sheet_title", name=order.title or order.source.resolve().name)
    hashes = [each.sha256 if (each := record.current(path)) else "" for path in results]
    said = [_VERSION, title, texts.language, order.group.name, msgspec.structs.astuple(order.group.colors)]
    key = hashlib.sha256(msgspec.json.encode([*said, list(results), hashes])).hexdigest()
    path, current = _sheet_path(order.out, record)
    if current is not None and current.key == key:
        return path
    progress.report(0, 1, path)
    with finished_file(order.out / path, order.out) as part:
        pictures = [order.out / name for name in results]
        paint_apart(draw_sheet, part, pictures, list(results), title, order.group, texts.language)
        digest, length = file_digest(part)
        record.note_file(MadePhoto(path=path, source="", key=key, sha256=digest, bytes=length))
    return path


def _sheet_path(out: Path, record: FolderRecord) -> tuple[str, MadePhoto | None]:
    """The first name whose file is ours or missing, and what is known of it."""
    number = 1
    while True:
        path = f"{NAME}{f'-{number}' if number > 1 else ''}.pdf"
        current = record.current(path)
        if current is not None or not (out / path).exists():
            return path, current
        number += 1


def draw_sheet(
    part: Path, pictures: Sequence[Path], names: Sequence[str], title: str, group: Group, language: Language
) -> None:
    """Draw the sheet to ``part``. Runs in a process of its own, or in one that has Qt.

    Raises:
        UserError: it cannot be written.
    """
    from studio.base.i18n import MessageTexts
    from studio.base.paths import assets_dir
    from studio.documents.contact_sheet import SheetPicture, write_contact_sheet
    from studio.paint.qt_application import ensure_gui

    ensure_gui()
    texts = MessageTexts(assets_dir() / "messages", language)
    with TemporaryDirectory(prefix="kim-foto-") as scratch:
        small = Path(scratch) / "kecil.jpg"
        shown = [
            SheetPicture(name, partial(_small_picture, picture, small))
            for name, picture in zip(names, pictures, strict=True)
        ]
        write_contact_sheet(part, shown, title, group, texts)


def _small_picture(picture: Path, small: Path) -> tuple[str, int, int] | None:
    from studio.documents.contact_sheet import SHOWN
    from studio.photo.save import save_pixels
    from studio.photo.small_pictures import preview_pixels

    try:
        width, height, rgb = preview_pixels(picture, SHOWN)
        save_pixels(width, height, rgb, small, quality=80)
    except UserError:  # taken away meanwhile
        return None
    return data_uri(small), width, height
