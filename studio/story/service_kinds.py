"""Kinds of notices as data: what a kind asks, what readers see of the answers, how long it is of use.

The kinds are ``assets/services/*.toml``; those in a workspace's own ``services`` come on top, by the same name. Reading
the files is up to the caller (``studio.posts.service_files``). Day, hours, place and end of a notice are fields of the
story itself and stand in no second place: the names ``when``, ``where`` and ``until`` lead there.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec

from studio.base.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable

BothLanguages = dict[str, str]
"""A text by language, ``id`` and ``en``."""
TOLD_ELSEWHERE = ("what", "when", "until", "where")
"""Names whose answers are fields of the story: ``answers``, ``date``, ``hours``, ``valid_until``, ``place``."""
COMMON = ("audience", "terms", "cost", "contact", "source")
"""Names whose words every kind shares: for whom, what to bring or do, the price, whom to ask, who says so."""
FORMAT = 1
_NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_VALID = re.compile(r"event|none|(?:event|today)\+(?:[1-9]|[1-8]\d|90)")
_SLOTS = re.compile(r"\{([^{}]*)\}")
_LINE = re.compile(r"(?:[^\[\]{}]|\{[^\[\]{}]*\}|\[(?:[^\[\]{}]|\{[^\[\]{}]*\})*\])*")
"""A line whose brackets are pairs, none within another but answers in ``[...]``: readers would see what is left."""
DERIVED = ("name", "day", "date", "hours", "until", "village")
"""Names that lines of a draft may use beside those of the fields."""


class ServiceQuestion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of a field: ``ask`` and ``hint`` in the form, ``label`` in posts ("" takes the common one)."""

    ask: BothLanguages = {}
    hint: BothLanguages = {}
    label: str = ""


class ServiceKind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of notice.

    Attributes:
        id: the name of its file without ``.toml``.
        name: what it is called.
        icon: by its Lucide name; on cards and in the window.
        fields: what is asked, in this order.
        headlines: three lines to choose from; see ``studio.story.service_draft``.
        body: paragraphs of the draft.
        kind: the story it makes.
        category, tag: of its stories.
        required: fields without which readers are not helped.
        valid: until when it holds unless set otherwise: ``event`` (its last day), ``event+N``, ``today+N``, ``none``.
        since: ``when`` asks since when something is so (a flood, somebody missing): "Minggu" is the last Sunday.
        official: an official source, not older than a day, has to be named.
        asks: words of fields, by name.
        danger: it warns of danger to life; its cards bear stripes.
    """

    name: BothLanguages
    icon: str
    fields: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    headlines: tuple[str, str, str]
    body: tuple[str, ...]
    format: int = FORMAT
    id: str = ""
    kind: Literal["notice", "event", "factcheck"] = "notice"
    category: str = ""
    tag: str = ""
    required: tuple[str, ...] = ()
    valid: str = "event"
    since: bool = False
    official: bool = False
    danger: bool = False
    asks: dict[str, ServiceQuestion] = {}

    def own_fields(self) -> tuple[str, ...]:
        """The fields whose answers are in ``service_answers``."""
        return tuple(name for name in self.fields if name not in TOLD_ELSEWHERE)


def read_service_kind(text: str, service: str) -> ServiceKind:
    """A kind from its TOML.

    Args:
        text: of the file.
        service: its name without ``.toml``.

    Raises:
        UserError: ``service.broken``: the first thing that is wrong, and where.
    """

    def broken(code: str, **facts: object) -> UserError:
        return UserError(f"service.{code}", file=f"{service}.toml", **facts)

    try:
        kind = msgspec.convert(tomllib.loads(text), ServiceKind)
    except msgspec.ValidationError as error:
        raise broken("wrong", detail=str(error)) from error
    # Not TOMLDecodeError alone: a number of too many digits and brackets nested too deeply end in these.
    except (ValueError, RecursionError) as error:
        raise broken("toml", detail=str(error)) from error
    if kind.format != FORMAT:
        raise broken("format", format=kind.format)
    if not _ID.fullmatch(service):
        raise broken("id")
    for field, values in (("name", kind.name), *((f"asks.{n}", q.ask) for n, q in kind.asks.items() if q.ask)):
        if not values.get("id", "").strip():
            raise broken("no_words", field=field)
    if not _VALID.fullmatch(kind.valid):
        raise broken("valid", value=kind.valid)
    if not re.fullmatch(r"[a-z0-9-]+", kind.icon):
        raise broken("icon", icon=kind.icon)
    _check_names(kind, broken)
    return msgspec.structs.replace(kind, id=service)


def _check_names(kind: ServiceKind, broken: Callable[..., UserError]) -> None:
    """Every name that is used is a field, and every field of its own has words."""
    common = (*TOLD_ELSEWHERE, *COMMON)
    for name in kind.fields:
        if not _NAME.fullmatch(name) or kind.fields.count(name) > 1:
            raise broken("field", field=name)
        if name not in common and not (kind.asks.get(name) and kind.asks[name].ask and kind.asks[name].label.strip()):
            raise broken("no_words", field=f"asks.{name}")
    used = {
        "required": kind.required,
        "asks": tuple(kind.asks),
        "headlines": tuple(name for line in kind.headlines for name in _SLOTS.findall(line)),
        "body": tuple(name for line in kind.body for name in _SLOTS.findall(line)),
        "official": ("source",) if kind.official else (),
    }
    for where, names in used.items():
        known = (*kind.fields, *(DERIVED if where in {"headlines", "body"} else ()))
        if unknown := next((name for name in names if name not in known), ""):
            raise broken("unknown", where=where, field=unknown)
    if odd := next((line for line in (*kind.headlines, *kind.body) if not _LINE.fullmatch(line)), ""):
        raise broken("brackets", line=odd)
