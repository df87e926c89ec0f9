"""What the Dinas writes to a group: one file that travels back (docs/format.md, "group/notes/")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from studio.base.errors import UserError
from studio.base.json_text import decode_json
from studio.group.handover_file import clean_text, parse_day
from studio.story.record_base import Record

if TYPE_CHECKING:
    from datetime import date

NOTES = "notes"
"""Folder of the notes below ``group/``: a file for each, named by its id."""
MOST_TEXT = 4_000
"""Signs of a note: a page, which is more than anyone reads in a dialog."""
_MOST_BYTES = 64_000
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class GroupNote(Record, frozen=True, kw_only=True):
    """A note for the group with the id ``group``, about an indicator or all ("").

    ``read`` is when the group had read it: date with time.
    """

    id: str
    group: str
    office: str = ""
    date: str = ""
    text: str = ""
    indicator: str = ""
    read: str = ""


def note_place(note_id: str) -> str:
    """Where a note lies below ``group/``."""
    return f"{NOTES}/{note_id}.json"


def note_name(note: GroupNote, region_code: str) -> str:
    """What the file is called on its way: ``kim-catatan-35.01.10.2001-20261129-0b1f6c5e.json``."""
    code = re.sub(r"[^0-9.]", "", region_code) or "tanpa-kode"
    return f"kim-catatan-{code}-{note.date.replace('-', '')}-{note.id[:8]}.json"


def note_bytes(note: GroupNote) -> bytes:
    """The file."""
    fields = {name: getattr(note, name) for name in note.__struct_fields__ if name != "extra"}
    return msgspec.json.format(msgspec.json.encode({"format": 1, **fields, "read": ""}), indent=1) + b"\n"


def read_note(data: bytes, file: str, group_id: str, today: date) -> GroupNote:
    """Read a note that came in.

    Args:
        data: the bytes of the file.
        file: how errors call it.
        group_id: of the group that takes it.
        today: notes of later days are refused.

    Raises:
        UserError: ``note.damaged``, ``note.foreign``, ``note.other_group``, ``note.newer`` or ``note.too_large``.
    """
    if len(data) > _MOST_BYTES:
        raise UserError("note.too_large", file=file)
    try:
        document = decode_json(data.removeprefix(b"\xef\xbb\xbf"), object)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UserError("note.damaged", file=file) from error
    if not isinstance(document, dict) or "text" not in document or "office" not in document:
        raise UserError("note.foreign", file=file)
    if document.get("format") != 1:
        raise UserError("note.newer", file=file)
    known = {name: document.get(name, "") for name in GroupNote.__struct_fields__ if name != "extra"}
    if not all(isinstance(value, str) for value in known.values()) or not _ID.fullmatch(known["id"]):
        raise UserError("note.damaged", file=file)
    if known["group"].lower() != group_id.lower():
        raise UserError("note.other_group", file=file)
    day = parse_day(known["date"])
    if day is None or day > today or not known["text"].strip():
        raise UserError("note.damaged", file=file)
    # A paragraph is one line however long it is; only the note as a whole has a bound.
    lines = [clean_text(line, MOST_TEXT) for line in known["text"][:MOST_TEXT].splitlines()]
    return GroupNote(
        id=known["id"],
        group=known["group"],
        office=clean_text(known["office"]),
        date=day.isoformat(),
        text="\n".join(lines).strip(),
        indicator=clean_text(known["indicator"])[:8],
    )
