"""Fields of the group's records as forms show them, in one table, and edits by the path of a field. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from msgspec.structs import replace

from studio.group.profile import (
    Achievement,
    GroupBusiness,
    GroupChannel,
    Officer,
    PrivateContact,
)
from studio.group.typed_values import (
    coordinates_text,
    count_text,
    lines_text,
    read_coordinates,
    read_count,
    read_lines,
    read_price,
    read_words,
    read_year,
    words_text,
)
from studio.story.record_base import Record

R = TypeVar("R", bound=Record)
FieldKind = Literal[
    "text", "tall", "date", "count", "price", "lines", "words", "tick", "file", "year", "place", "choice"
]


@dataclass(frozen=True, slots=True)
class FormField:
    """One field: its path below the record (``("decree", "number")``), how it is typed, codes of what is proposed."""

    path: tuple[str, ...]
    kind: FieldKind = "text"
    proposals: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """Names its texts: ``decree.number``."""
        return ".".join(self.path)


@dataclass(frozen=True, slots=True)
class FormRows:
    """A list of records: the path of the list, an empty entry, the fields of each entry."""

    path: tuple[str, ...]
    start: Record
    fields: tuple[FormField, ...]

    @property
    def code(self) -> str:
        """Names its texts: ``officers``."""
        return ".".join(self.path)


@dataclass(frozen=True, slots=True)
class FormSection:
    """A part of a form with a title; ``place`` says which record its fields belong to."""

    code: str
    items: tuple[FormField | FormRows, ...]


def _form_field(path: str, kind: FieldKind = "text", *proposals: str) -> FormField:
    return FormField(tuple(path.split(".")), kind, proposals)


ROLES = ("ketua", "sekretaris", "bendahara", "peliputan", "penyuntingan", "grafis", "medsos", "usaha", "humas")
CHANNELS = (
    *("website", "kim_id", "facebook", "instagram", "youtube", "tiktok", "x", "whatsapp", "telegram", "threads"),
    *("blog", "radio", "bulletin"),
)
PROFILE_FORM = (
    FormSection(
        "identity",
        (_form_field("kind", "choice", "desa", "kelurahan"), _form_field("founded", "date"), _form_field("kim_id")),
    ),
    FormSection(
        "decree",
        (
            _form_field("decree.number"),
            _form_field("decree.date", "date"),
            _form_field("decree.issuer"),
            _form_field("decree.valid_until", "date"),
            _form_field("decree.file", "file"),
            _form_field("statutes", "tick"),
        ),
    ),
    FormSection(
        "officers",
        (
            FormRows(
                ("officers",),
                Officer(),
                (
                    _form_field("name"),
                    _form_field("role", "choice", *ROLES),
                    _form_field("since", "date"),
                    _form_field("until", "date"),
                ),
            ),
        ),
    ),
    FormSection(
        "counted",
        (
            _form_field("counted.women", "count"),
            _form_field("counted.men", "count"),
            _form_field("counted.under_30", "count"),
            _form_field("counted.when", "date"),
        ),
    ),
    FormSection(
        "channels",
        (
            FormRows(
                ("channels",),
                GroupChannel(),
                (
                    _form_field("kind", "choice", *CHANNELS),
                    _form_field("name"),
                    _form_field("address"),
                    _form_field("followers", "count"),
                    _form_field("counted", "date"),
                    _form_field("since", "date"),
                    _form_field("by"),
                ),
            ),
        ),
    ),
    FormSection(
        "businesses",
        (
            FormRows(
                ("businesses",),
                GroupBusiness(),
                (
                    _form_field("name"),
                    _form_field("kind"),
                    _form_field("sold_through", "words"),
                    _form_field("turnover"),
                ),
            ),
        ),
    ),
    FormSection("partners", (_form_field("partners", "lines"),)),
    FormSection("equipment", (_form_field("equipment", "lines"),)),
    FormSection(
        "achievements",
        (
            FormRows(
                ("achievements",), Achievement(), (_form_field("title"), _form_field("year", "year"), _form_field("by"))
            ),
        ),
    ),
    FormSection("supervisor", (_form_field("supervisor.office"), _form_field("supervisor.address", "tall"))),
    FormSection("more", (_form_field("languages", "words"), _form_field("coordinates", "place"))),
)
"""The page "Profil", in its order."""
PRIVATE_FORM = FormSection(
    "contacts",
    (
        FormRows(
            ("contacts",),
            PrivateContact(),
            (
                _form_field("name"),
                _form_field("phone"),
                _form_field("email"),
                _form_field("note"),
                _form_field("share", "tick"),
            ),
        ),
    ),
)
"""Personal contacts: a record of their own."""


def field_text(value: Any, kind: FieldKind) -> str:  # noqa: ANN401 - a field of any kind
    """A value as it is typed."""
    match kind:
        case "count" | "price":
            return count_text(value)
        case "year":
            return "" if value is None else str(value)
        case "lines":
            return lines_text(value)
        case "words":
            return words_text(value)
        case "place":
            return coordinates_text(value)
        case _:
            return str(value)


def read_field(text: str, kind: FieldKind) -> Any:  # noqa: ANN401 - a field of any kind
    """What was typed as a value.

    Raises:
        ValueError: it is none.
    """
    match kind:
        case "count" | "price" | "place":
            read = {"count": read_count, "price": read_price, "place": read_coordinates}[kind]
            found = read(text)
            if found is None and text.strip():
                raise ValueError(text)
            return found
        case "year":
            return read_year(text)
        case "lines":
            return read_lines(text)
        case "words":
            return read_words(text)
        case _:
            return text.strip() if kind != "tall" else text


def value_at(record: Record, path: tuple[str | int, ...]) -> Any:  # noqa: ANN401 - a field of any kind
    """The value of a field by its path; a number is the place in a list."""
    found: Any = record
    for step in path:
        found = found[step] if isinstance(step, int) else getattr(found, step)
    return found


def with_value(record: R, path: tuple[str | int, ...], value: object) -> R:
    """The record with another value at a path; the very same when it is the value already."""
    if value_at(record, path) == value:
        return record
    changed: R = _put_value(record, path, value)
    return changed


def _put_value(owner: Any, path: tuple[str | int, ...], value: object) -> Any:  # noqa: ANN401 - records and lists of them
    step, *rest = path
    if isinstance(step, int):
        inner = _put_value(owner[step], tuple(rest), value) if rest else value
        return (*owner[:step], inner, *owner[step + 1 :])
    inner = _put_value(getattr(owner, step), tuple(rest), value) if rest else value
    return replace(owner, **{step: inner})


def add_row(record: R, rows: FormRows) -> R:
    """The record with one more empty entry at the end of a list."""
    return with_value(record, rows.path, (*value_at(record, rows.path), rows.start))


def remove_row(record: R, rows: FormRows, at: int) -> R:
    """The record without the entry at a place of a list."""
    items = value_at(record, rows.path)
    return with_value(record, rows.path, (*items[:at], *items[at + 1 :]))


def move_row(record: R, rows: FormRows, at: int, by: int) -> R:
    """The record with an entry one place up (-1) or down (1); the very same at the end of the list."""
    items = list(value_at(record, rows.path))
    to = at + by
    if not 0 <= to < len(items):
        return record
    items[at], items[to] = items[to], items[at]
    return with_value(record, rows.path, tuple(items))
