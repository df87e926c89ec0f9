"""From YAML nodes of a draft to records of the document, by the types of the model, with the line in every error.

A text field takes the characters as they are in the file: ``headline: 2026`` and ``kicker: No`` are texts, although
YAML would make a number and a false of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from math import isfinite
from types import UnionType
from typing import TYPE_CHECKING, Any, Literal, TypeVar, Union, get_args, get_origin

import msgspec
import yaml

from studio.base.errors import UserError
from studio.base.pixel_data import is_hex_color
from studio.store.front_matter import without_controls
from studio.story.model import (
    Box,
    Claim,
    ClaimContact,
    ClaimEvidence,
    Consent,
    Cover,
    Cut,
    LightAdjust,
    Person,
    Photo,
    Point,
    Slideshow,
    Source,
    Story,
    Video,
)
from studio.story.motion_records import CARD_SECONDS, TUNE_NAMES, MotionCard, MusicBed
from studio.story.newsroom_records import PlannedPost, Translation, VoiceRecording
from studio.story.record_base import Record
from studio.story.translations import is_language_code

if TYPE_CHECKING:
    from collections.abc import Callable

R = TypeVar("R", bound=Record)

NOT_IN_DRAFTS: dict[type[Record], frozenset[str]] = {
    Story: frozenset(
        {
            "id",
            "body",
            "overrides",
            "designs",
            "family",
            "publications",
            "corrections",
            "told",
            "log",
            "words_ignored",
            "put_aside",
            "declarations",
            "comments",
            "right_of_reply",
            "series",
            "former_folders",
            "points",
            "slides",
        }
        | {"created", "modified"}
    ),
    Photo: frozenset({"id", "name", "width", "height", "people", "origin_mark"}),
    Video: frozenset({"id", "name", "width", "height", "seconds", "people", "origin_mark"}),
    VoiceRecording: frozenset({"id", "seconds", "taken"}),
    Cover: frozenset({"keyframes"}),
    Claim: frozenset({"id", "picture", "changes"}),
    Person: frozenset({"id"}),
    Translation: frozenset({"subtitles", "sources", "made_from", "by", "when"}),
}
"""Fields the studio fills in itself."""
_NUMBERED: dict[type[Record], str] = {Photo: "p", Video: "v", Claim: "c", Person: "n", VoiceRecording: "r"}
"""Letter of the ids, which count from 1 in every draft."""
_REQUIRED: dict[type[Record], tuple[str, ...]] = {Story: ("headline", "byline")}
_IN_INDONESIAN = {
    "judul": "headline",
    "tanggal": "date",
    "tempat": "place",
    "penulis": "byline",
    "kategori": "category",
    "ringkasan": "summary",
    "foto": "photos",
    "sumber": "sources",
    "berkas": "file",
    "keterangan": "caption",
    "takarir": "caption",
    "kredit": "credit",
    "nama": "name",
    "jabatan": "role",
    "kontak": "contact",
    "potong": "cuts",
    "teks": "subtitles",
    "title": "headline",
    "author": "byline",
    "image": "photos",
}
"""What people write instead -> the key that is meant, where the spelling does not lead there."""
_STATUSES = ("draft", "review", "ready")
"""What a draft may call itself; it becomes published or withdrawn in the studio only."""
_TRUE = frozenset({"true", "yes", "on", "ya", "y"})
_FALSE = frozenset({"false", "no", "off", "tidak", "n"})
_NOTHING = frozenset({"", "~", "null"})
_DATE = re.compile(r"^\d{4}-\d\d-\d\d(?:[T ]\d\d:.*)?$")


@dataclass(frozen=True, slots=True)
class DraftReader:
    """Reads one draft; ``file`` and ``offset`` as in ``FrontMatter``; ``required`` asks for headline and byline."""

    file: str
    offset: int
    required: bool = True

    def read_record(self, kind: type[R], node: yaml.Node, field: str = "", number: int = 1) -> R:
        """A record of ``kind`` from a mapping.

        Args:
            kind: which record.
            node: the mapping.
            field: how errors call it; "" for the story itself.
            number: its place in the list, for its id.

        Raises:
            UserError: with the line: no mapping, an unknown, doubled or missing key, or a value of the wrong type or
            range.
        """
        if not isinstance(node, yaml.MappingNode):
            raise self.error("store.draft_want_keys", node, field=field or "---")
        types = {item.name: item.type for item in msgspec.structs.fields(kind)}
        allowed = frozenset(types) - NOT_IN_DRAFTS.get(kind, frozenset()) - {"extra"}
        values: dict[str, Any] = {}
        for key, value in self._key_pairs(node):
            if key not in allowed:
                raise self._unknown_key(key, value, allowed)
            if kind is Story and key == "status":
                values[key] = self._read_choice(_STATUSES, value, key)
            else:
                values[key] = self._read_field(kind, key, types[key], value)
        self._require_fields(kind, values, node, field)
        if kind in _NUMBERED:
            values["id"] = f"{_NUMBERED[kind]}{number}"
        elif kind is Story:
            values["id"] = ""  # the workspace gives one
        return kind(**values)

    def error(self, code: str, node: yaml.Node, **facts: object) -> UserError:
        """A ``UserError`` with the file and the line of ``node``."""
        return UserError(code, file=self.file, line=node.start_mark.line + self.offset, **facts)

    def _key_pairs(self, node: yaml.MappingNode) -> list[tuple[str, yaml.Node]]:
        lines: dict[str, int] = {}
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise self.error("store.draft_yaml", key)
            if key.value in lines:
                raise self.error("store.draft_double_key", key, key=key.value, first=lines[key.value])
            lines[key.value] = key.start_mark.line + self.offset
        return [(key.value, _value_at(value, key)) for key, value in node.value]

    def _unknown_key(self, key: str, value: yaml.Node, allowed: frozenset[str]) -> UserError:
        meant = _IN_INDONESIAN.get(key.lower(), "")
        if meant not in allowed:
            meant = get_close_matches(key.lower(), sorted(allowed), n=1, cutoff=0.0)[0]
        return self.error("store.draft_unknown_key", value, key=key, nearest=meant)

    def _require_fields(self, kind: type[Record], values: dict[str, Any], node: yaml.Node, field: str) -> None:
        names = [item.name for item in msgspec.structs.fields(kind) if item.required and item.name != "id"]
        if kind is Story:
            names = list(_REQUIRED[Story]) if self.required else []
        for name in names:
            value = values.get(name)
            if value is None or value in ("", ()):
                raise self.error("store.draft_missing_key", node, key=name, field=field or "---")

    def _read_field(self, kind: type[Record], key: str, annotation: object, node: yaml.Node) -> object:
        if kind is Video and key == "subtitles":
            return self._read_text(node, key)  # a file here; its cues come later
        value = self._read_value(annotation, node, key)
        check = _CHECKS.get((kind, key))
        if check is not None and value not in (None, "") and not check[0](value):
            raise self.error(check[1], node, field=key)
        return value

    def _read_value(self, annotation: Any, node: yaml.Node, field: str) -> object:  # noqa: ANN401 - a type, of any form
        origin, parts = get_origin(annotation), get_args(annotation)
        if origin in (Union, UnionType):
            inner = next(part for part in parts if part is not type(None))
            return None if _is_nothing(node) else self._read_value(inner, node, field)
        if origin is Literal:
            return self._read_choice(parts, node, field)
        if origin is tuple:
            return self._read_list(parts, node, field)
        if origin is dict:
            return self._read_table(parts[1], node, field)
        if issubclass(annotation, Record):
            return self.read_record(annotation, node, field)
        return self._read_scalar(annotation, node, field)

    def _read_scalar(self, annotation: type, node: yaml.Node, field: str) -> object:
        if issubclass(annotation, Point | Box):
            return annotation(*self._read_numbers(len(annotation._fields), node, field))
        text = self._read_text(node, field)
        if annotation is str:
            return text
        if annotation is bool:
            if text.lower() in _TRUE | _FALSE:
                return text.lower() in _TRUE
            raise self.error("store.draft_want_yes_no", node, field=field)
        return self._read_number(text, node, field)

    def _read_text(self, node: yaml.Node, field: str) -> str:
        if not isinstance(node, yaml.ScalarNode):
            raise self.error("store.draft_want_text", node, field=field)
        return "" if _is_nothing(node) else without_controls(str(node.value)).strip()

    def _read_number(self, text: str, node: yaml.Node, field: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not isfinite(value):
            raise self.error("store.draft_want_number", node, field=field)
        return value

    def _read_choice(self, choices: tuple[str, ...], node: yaml.Node, field: str) -> str:
        text = self._read_text(node, field)
        if text not in choices:
            known = ", ".join(choice for choice in choices if choice)
            raise self.error("store.draft_want_choice", node, field=field, value=text, choices=known)
        return text

    def _read_list(self, parts: tuple[Any, ...], node: yaml.Node, field: str) -> tuple[object, ...]:
        if parts[-1] is not Ellipsis:
            return self._read_numbers(len(parts), node, field)
        kind = parts[0]
        if _is_nothing(node):
            return ()
        if kind is str and isinstance(node, yaml.ScalarNode):
            return (self._read_text(node, field),)  # byline: Siti Aminah
        if not isinstance(node, yaml.SequenceNode):
            raise self.error("store.draft_want_list", node, field=field)
        if kind is str:
            return tuple(text for item in node.value if (text := self._read_text(item, field)))
        return tuple(
            self._read_item(kind, item, f"{field} {number}", number) for number, item in enumerate(node.value, 1)
        )

    def _read_item(self, kind: type[Record], node: yaml.Node, field: str, number: int) -> Record:
        if kind is not Cut:
            return self.read_record(kind, node, field, number)
        if isinstance(node, yaml.SequenceNode):
            start, end = self._read_numbers(2, node, field)
            cut = Cut(start=start, end=end)
        else:
            cut = self.read_record(Cut, node, field)
        if not 0 <= cut.start < cut.end:
            raise self.error("store.draft_cut", node, field=field)
        return cut

    def _read_numbers(self, count: int, node: yaml.Node, field: str) -> tuple[float, ...]:
        if not isinstance(node, yaml.SequenceNode) or len(node.value) != count:
            raise self.error("store.draft_want_numbers", node, field=field, count=count)
        return tuple(self._read_number(self._read_text(item, field), item, field) for item in node.value)

    def _read_table(self, annotation: object, node: yaml.Node, field: str) -> dict[str, object]:
        if not isinstance(node, yaml.MappingNode):
            raise self.error("store.draft_want_keys", node, field=field)
        return {key: self._read_value(annotation, value, f"{field}.{key}") for key, value in self._key_pairs(node)}


def _value_at(value: yaml.Node, key: yaml.Node) -> yaml.Node:
    """The value, on the line of its key: there the user looks, and an alias lies elsewhere in the file."""
    value.start_mark = key.start_mark
    return value


def _is_nothing(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.style is None and node.value.lower() in _NOTHING


def _is_point(value: Point) -> bool:
    return all(0 <= part <= 1 for part in value)


def _is_box(value: Box) -> bool:
    # A millionth more than the picture is rounding, not a mistake.
    return (
        min(value.x, value.y) >= 0 and min(value.width, value.height) > 0 and max(value.right, value.bottom) <= 1.000001
    )


def _is_date(value: str) -> bool:
    """``2026-11-22``, or with a time and perhaps an offset."""
    if not _DATE.match(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_signed_unit(value: float) -> bool:
    return -1 <= value <= 1


def _is_time(value: float) -> bool:
    return value >= 0


def _are_languages(codes: tuple[str, ...]) -> bool:
    return all(map(is_language_code, codes))


def _is_color(value: str) -> bool:
    return is_hex_color(value)


_CHECKS: dict[tuple[type[Record], str], tuple[Callable[[Any], bool], str]] = {
    **{(kind, "focus"): (_is_point, "store.draft_point") for kind in (Photo, Video, Cut)},
    (Photo, "crop"): (_is_box, "store.draft_box"),
    (Photo, "faces"): (lambda faces: all(map(_is_box, faces)), "store.draft_box"),
    (Photo, "crops"): (lambda crops: all(map(_is_box, crops.values())), "store.draft_box"),
    (Cover, "box"): (_is_box, "store.draft_box"),
    (Cover, "color"): (_is_color, "store.draft_color"),
    (Photo, "rotate"): (lambda degrees: -360 <= degrees <= 360, "store.draft_degrees"),
    **{(LightAdjust, name): (_is_signed_unit, "store.draft_adjust") for name in ("brightness", "contrast", "warmth")},
    **{(Video, name): (_is_time, "store.draft_time") for name in ("fade", "poster")},
    **{(Cover, name): (_is_time, "store.draft_time") for name in ("start", "end")},
    **{(Slideshow, name): (_is_time, "store.draft_time") for name in ("seconds_each", "crossfade")},
    (MotionCard, "seconds"): (lambda seconds: seconds in (0, *CARD_SECONDS), "store.draft_card_seconds"),
    (MusicBed, "tune"): (lambda tune: tune in TUNE_NAMES, "store.draft_tune"),
    **{(Story, name): (_is_date, "store.draft_date") for name in ("date", "date_end", "valid_until")},
    **{
        (kind, "when"): (_is_date, "store.draft_date")
        for kind in (Source, ClaimEvidence, ClaimContact, Consent, PlannedPost)
    },
    (Claim, "date"): (_is_date, "store.draft_date"),
    (Story, "texts"): (lambda texts: all(map(is_language_code, texts)), "store.draft_language"),
    (Story, "outlet_languages"): (lambda all_: all(map(_are_languages, all_.values())), "store.draft_language"),
    (Photo, "taken"): (_is_date, "store.draft_date"),
}
"""What must hold beyond the type -> the text when it does not."""
