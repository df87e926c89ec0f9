"""story.json and workspace.json: records to JSON text and back.

Fields that this version does not know are kept in ``extra`` at every level and written back beside the known ones.
The text is made to be read and compared by people: UTF-8, two spaces of indent, one field a line, order as in the
model, points and boxes on one line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from json.encoder import encode_basestring
from math import isfinite
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args, get_origin

import msgspec

from studio.base.errors import UserError
from studio.base.json_text import decode_json
from studio.store.migrations import (
    STORY_STEPS,
    WORKSPACE_STEPS,
    MigrationStep,
    Version,
    is_newer_major,
    migrate_document,
    version_of,
)
from studio.story.model import FORMAT, Group, Story
from studio.story.record_base import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T", bound=Record)
_Nesting = Literal["one", "many", "map"]
_PROBLEM = re.compile(r"^(?P<what>.*?)(?: - at `(?P<where>.*)`)?$", re.DOTALL)


_HIDDEN_DIRECTION = re.compile(rb"\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]|(?<!\\)\\u(?:202[a-eA-E]|206[6-9])")
"""Signs that turn the direction of text unseen (``studio.story.text``), as UTF-8 and as JSON escapes."""


@dataclass(frozen=True, slots=True)
class DecodedStory:
    """A story as read: ``version`` is the format of the file; ``newer`` ones must not be written."""

    story: Story
    version: Version
    newer: bool


@dataclass(frozen=True, slots=True)
class DecodedGroup:
    """A group profile as read, like ``DecodedStory``."""

    group: Group
    version: Version
    newer: bool


class DocumentHead(msgspec.Struct):
    """The fields of a document that are read without understanding the rest."""

    format: tuple[int, int] = (1, 0)
    id: str = ""
    created: str = ""


def document_head(data: bytes) -> DocumentHead | None:
    """Format, id and birthday of a document, quickly; None when it is no readable document."""
    try:
        data.decode()  # what is skipped is not looked at, so letters would go unchecked
        return decode_json(data, DocumentHead)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


def story_to_json(story: Story, version: Version = FORMAT) -> bytes:
    """The text of story.json. The same story always gives the same bytes."""
    return _document_bytes(story, version)


def group_to_json(group: Group, version: Version = FORMAT) -> bytes:
    """The text of workspace.json."""
    return _document_bytes(group, version)


def story_from_json(data: bytes, file: str = "story.json") -> Story:
    """The story in ``data``; see ``decode_story`` for the errors."""
    return decode_story(data, file).story


def decode_story(data: bytes, file: str = "story.json", steps: Sequence[MigrationStep] = STORY_STEPS) -> DecodedStory:
    """Read story.json of any format this version knows, or a newer one as far as it can be understood.

    Args:
        data: the bytes of the file.
        file: how errors call the file.
        steps: the migrations.

    Raises:
        UserError: no JSON object (``store.unreadable``), a field of a wrong type (``store.field``, naming it), or a
            newer format that cannot be shown (``store.newer_unreadable``).
    """
    story, version = _read_record(Story, data, file, steps)
    return DecodedStory(story, version, is_newer_major(version))


def decode_group(
    data: bytes, file: str = "workspace.json", steps: Sequence[MigrationStep] = WORKSPACE_STEPS
) -> DecodedGroup:
    """Read workspace.json; like ``decode_story``."""
    group, version = _read_record(Group, data, file, steps)
    return DecodedGroup(group, version, is_newer_major(version))


def _read_record(kind: type[T], data: bytes, file: str, steps: Sequence[MigrationStep]) -> tuple[T, Version]:
    document = json_object(data, file)
    version = version_of(document)
    if version is None:
        raise UserError("store.field", file=file, field="format", problem="[major, minor]")
    try:
        return record_from(kind, migrate_document(document, version, steps), file), version
    except UserError as error:
        if is_newer_major(version):
            raise UserError("store.newer_unreadable", file=file, version=f"{version[0]}.{version[1]}") from error
        raise


def json_object(data: bytes, file: str) -> dict[str, Any]:
    """The JSON object in ``data``, without signs that turn the direction of text unseen.

    Raises:
        UserError: empty, or no JSON object.
    """
    # After a power cut some file systems give a file back in its full length, but as zeros.
    if not data.strip(b"\0 \r\n\t"):
        raise UserError("store.empty", file=file)
    try:
        document = decode_json(_HIDDEN_DIRECTION.sub(b"", data.removeprefix(b"\xef\xbb\xbf")), object)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UserError("store.unreadable", file=file, detail=str(error)) from error
    if not isinstance(document, dict):
        raise UserError("store.unreadable", file=file, detail=type(document).__name__)
    return document


def record_from(kind: type[T], document: dict[str, Any], file: str) -> T:
    """Turn plain JSON data into a record, unknown fields into ``extra``; strict about types.

    Raises:
        UserError: ``store.field`` with the path of the field, such as ``photos[0].rotate``.
    """
    known = {name: value for name, value in document.items() if name != "format"}
    try:
        return msgspec.convert(_lift_unknown(kind, known), kind, strict=True)
    except msgspec.ValidationError as error:
        found = _PROBLEM.match(str(error))
        what, where = (found["what"], found["where"]) if found else (str(error), None)
        field = (where or "").removeprefix("$").removeprefix(".") or "{}"
        raise UserError("store.field", file=file, field=field, problem=what) from error


@cache
def _nested_records(kind: type[Record]) -> dict[str, tuple[_Nesting, type[Record]] | None]:
    """For every field of a record: the records inside it, if any. ``extra`` is not a field of the file."""
    fields = msgspec.structs.fields(kind)
    return {field.encode_name: _record_in(field.type) for field in fields if field.name != "extra"}


def _record_in(annotation: object) -> tuple[_Nesting, type[Record]] | None:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return "one", annotation
    nesting: _Nesting = "one"
    if get_origin(annotation) is tuple:
        nesting = "many"
    elif get_origin(annotation) is dict:
        nesting = "map"
    for part in get_args(annotation):
        if isinstance(part, type) and issubclass(part, Record):
            return nesting, part
    return None


def _lift_unknown(kind: type[Record], raw: object) -> object:
    """Move the unknown fields of ``raw`` and of all records in it into their ``extra``."""
    if not isinstance(raw, dict):
        return raw
    nested = _nested_records(kind)
    known: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    for name, value in raw.items():
        if name in nested:
            inner = nested[name]
            known[name] = value if inner is None else _lift_inside(*inner, value)
        else:
            extra[name] = value
    if extra:
        known["extra"] = extra
    return known


def _lift_inside(nesting: _Nesting, kind: type[Record], value: object) -> object:
    if nesting == "many" and isinstance(value, list):
        return [_lift_unknown(kind, item) for item in value]
    if nesting == "map" and isinstance(value, dict):
        return {name: _lift_unknown(kind, item) for name, item in value.items()}
    return _lift_unknown(kind, value) if nesting == "one" else value


def plain_record(record: Record) -> dict[str, Any]:
    """A record as JSON data, fields in the order of the model, unknown ones after them."""
    names = zip(record.__struct_fields__, record.__struct_encode_fields__, strict=True)
    known = {stored: _lower_unknown(getattr(record, name)) for name, stored in names if name != "extra"}
    # A field that was unknown when the file was read may be known now: then the record's own value is the newer one.
    return known | {name: value for name, value in record.extra.items() if name not in known}


def _lower_unknown(value: object) -> object:
    if isinstance(value, Record):
        return plain_record(value)
    if isinstance(value, tuple | list):
        return [_lower_unknown(item) for item in value]
    if isinstance(value, dict):
        return {name: _lower_unknown(item) for name, item in value.items()}
    return value


def _document_bytes(record: Record, version: Version) -> bytes:
    return to_json({"format": list(version), **plain_record(record)})


def to_json(value: object) -> bytes:
    """JSON text for people: see the head of this module. Lone surrogates (half an emoji) become U+FFFD.

    Raises:
        ValueError: a number that is not finite, which JSON cannot hold.
    """
    text = _json_lines(value, "\n") + "\n"
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        # Through UTF-16, because two halves that belong together become the one letter they were meant to be.
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode("utf-8")


def _json_lines(value: object, newline: str) -> str:
    inner = newline + "  "
    if isinstance(value, dict) and value:
        items = [f"{encode_basestring(name)}: {_json_lines(item, inner)}" for name, item in value.items()]
        return "{" + inner + ("," + inner).join(items) + newline + "}"
    if isinstance(value, list | tuple) and value:
        # A box or point on one line: story.json is compared line by line when two versions are merged by hand.
        if all(isinstance(item, int | float) for item in value):
            return "[" + ", ".join(_json_scalar(item) for item in value) + "]"
        return "[" + inner + ("," + inner).join(_json_lines(item, inner) for item in value) + newline + "]"
    return _json_scalar(value)


def _json_scalar(value: object) -> str:
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, float) and not isfinite(value):
        raise ValueError(f"not a finite number: {value}")
    return msgspec.json.encode(value).decode()
