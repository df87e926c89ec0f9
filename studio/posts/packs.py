"""What a template pack is: the outlet and its outputs, read strictly from ``outlet.toml``.

Everything in a pack is data someone typed. Each mistake becomes a ``UserError`` that names the pack, the file, the
line and, for an unknown word, the nearest known one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from studio.base.errors import UserError
from studio.base.portable_names import FORBIDDEN_SIGNS, TURNING_SIGNS, is_device_name, is_portable_name
from studio.posts.counting import UNITS
from studio.posts.output_kinds import (
    FITS,
    OUTPUT_TYPES,
    SUBJECTS,
    SUBTITLES,
    WHENS,
    CardOutput,
    FileOutput,
    Output,
    PageOutput,
    PrintOutput,
    Subject,
    TextOutput,
    VideoOutput,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from pathlib import Path

    from studio.base.locale_forms import Language

T = TypeVar("T", bound=FileOutput)
FORMAT = 1
"""The version of outlet.toml this studio reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """One place a story goes to. ``checked`` (ISO date) and ``source`` say when and where its limits were last read.

    ``source_en`` says the source in English. ``subject`` is what it is filled from: most take stories, some a product
    or the catalogue. An ``optional`` one gets a story only when it is asked for.
    ``newer_limits`` is the hash of what a data pack says of its limits; "" where its own hold.
    """

    id: str
    name: str
    checked: str
    source: str
    outputs: tuple[Output, ...]
    folder: Path
    builtin: bool = True
    subject: Subject = "story"
    source_en: str = ""
    optional: bool = False
    newer_limits: str = ""

    def is_preset(self, chosen: Collection[str]) -> bool:
        """Whether a story goes there when nobody says where: among ``chosen`` ids, or for want of these to all."""
        return self.id in chosen if chosen else not self.optional

    def source_in(self, language: Language) -> str:
        """``source`` in English where the pack says it so, as it stands otherwise."""
        return self.source_en if language == "en" and self.source_en else self.source

    def outputs_of(self, kind: type[T]) -> tuple[T, ...]:
        """Its outputs of one kind, in order."""
        return tuple(output for output in self.outputs if isinstance(output, kind))

    def card(self, file: str) -> CardOutput:
        """The card whose ``file`` is exactly this.

        Raises:
            KeyError: there is none.
        """
        return {card.file: card for card in self.outputs_of(CardOutput)}[file]

    def output(self, file: str) -> Output:
        """The output whose ``file`` is exactly this.

        Raises:
            KeyError: there is none.
        """
        for output in self.outputs:
            if output.file == file:
                return output
        raise KeyError(f"{self.id}/{file}")


# ------------------------------------------------------------------------------------------------ reading


@dataclass(frozen=True, slots=True)
class _TomlPlace:
    """A place in a pack's outlet.toml, to complain about."""

    pack: str
    text: str
    index: int | None = None

    def line_of(self, key: str = "") -> int:
        """The line of ``key`` in this table (of the table itself when it is not found), counted from 1."""
        lines = self.text.splitlines()
        start = 0
        if self.index is not None:
            heads = [n for n, line in enumerate(lines) if re.match(r"\s*\[\[\s*output\s*\]\]", line)]
            start = heads[self.index] if self.index < len(heads) else 0
        for n in range(start, len(lines)):
            if n > start and re.match(r"\s*\[\[", lines[n]):
                break
            if key and re.match(rf"""\s*["']?{re.escape(key)}["']?\s*=""", lines[n]):
                return n + 1
        return start + 1

    def error(self, code: str, key: str = "", **facts: object) -> UserError:
        """The error at ``key``."""
        return UserError(code, pack=self.pack, file="outlet.toml", line=self.line_of(key), key=key, **facts)


def _read_text(at: _TomlPlace, key: str, value: object, longest: int = 500) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > longest:
        raise at.error("posts.pack_text", key, longest=longest)
    return value


def _read_whole(low: int, high: int) -> Callable[[_TomlPlace, str, object], int]:
    def read(at: _TomlPlace, key: str, value: object) -> int:
        # ``true`` would pass for a number: in Python bool is an int.
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise at.error("posts.pack_number", key, low=low, high=high)
        return value

    return read


def _read_number(at: _TomlPlace, key: str, value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 < value <= 86_400:
        raise at.error("posts.pack_number", key, low=0, high=86_400)
    return float(value)


def _read_word(known: Iterable[str]) -> Callable[[_TomlPlace, str, object], str]:
    choices = tuple(word for word in known if word)

    def read(at: _TomlPlace, key: str, value: object) -> str:
        if value not in choices:
            raise at.error(
                "posts.pack_choice", key, value=value, choices=", ".join(choices), nearest=nearest_word(value, choices)
            )
        return str(value)

    return read


def _read_flag(at: _TomlPlace, key: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise at.error("posts.pack_flag", key)
    return value


def _read_size(at: _TomlPlace, key: str, value: object) -> tuple[int, int]:
    side = _read_whole(16, 8000)
    if not isinstance(value, list) or len(value) != 2:
        raise at.error("posts.pack_size", key)
    return side(at, key, value[0]), side(at, key, value[1])


def _read_widths(at: _TomlPlace, key: str, value: object) -> tuple[int, ...]:
    if not isinstance(value, list) or not 1 <= len(value) <= 6:
        raise at.error("posts.pack_size", key)
    return tuple(sorted(_read_whole(16, 4000)(at, key, item) for item in value))


_FORBIDDEN_IN_NAMES = re.compile(f"[{FORBIDDEN_SIGNS}{TURNING_SIGNS}]")


def file_name_ok(name: str) -> bool:
    """Whether every file system takes this name."""
    return is_portable_name(name)


def _file_name(at: _TomlPlace, key: str, value: object) -> str:
    """A name every file system takes (FAT32 and Windows are the narrowest), with at most one ``{n}`` or ``{story}``."""
    name = _read_text(at, key, value, 100)
    # Judge the name as it will be once the number is in it.
    bare = re.sub(r"\{(?:n(:0\d)?|story)\}", "1", name, count=1)
    bad = _FORBIDDEN_IN_NAMES.search(bare) or re.search(r"[{}]|^\.|[. ]$", bare) or is_device_name(bare)
    if bad or "." not in bare:
        raise at.error("posts.pack_file_name", key, value=name)
    return name


def template_path(folder: Path, name: str) -> Path | None:
    """The file ``name`` of a folder, or None when it is missing or lies outside (``..``, absolute, a symlink away)."""
    parts = name.split("/")
    if not name or any(part in {"", ".", ".."} or "\\" in part or ":" in part or "\0" in part for part in parts):
        return None
    path = folder.joinpath(*parts)
    try:
        inside = path.resolve(strict=True).is_relative_to(folder.resolve(strict=True))
    except (OSError, RuntimeError, ValueError):
        return None
    return path if inside and path.is_file() else None


_READERS: dict[str, Callable[[_TomlPlace, str, Any], Any]] = {
    "kind": _read_word(OUTPUT_TYPES),
    "file": _file_name,
    "when": _read_word(WHENS),
    "template": _read_text,
    "following": _read_text,
    "design": _read_text,
    "limit": _read_whole(1, 10_000_000),
    "count": _read_word(UNITS),
    "aim": _read_whole(1, 10_000_000),
    "visible": _read_whole(1, 10_000_000),
    "hashtags": _read_whole(0, 100),
    "forbid": _read_text,
    "thread": _read_flag,
    "links": _read_whole(0, 100),
    "utf8_limit": _read_whole(1, 10_000_000),
    "size": _read_size,
    "fit": _read_word(FITS),
    "max": _read_whole(1, 100),
    "quality": _read_whole(30, 100),
    "max_bytes": _read_whole(10_000, 100_000_000_000),
    "min_seconds": _read_number,
    "max_seconds": _read_number,
    "advised_seconds": _read_number,
    "fps": _read_whole(1, 120),
    "subtitles": _read_word(SUBTITLES),
    "poster": _read_flag,
    "strip": _read_flag,
    "widths": _read_widths,
    "pages": _read_whole(1, 12),
    "rows": _read_whole(0, 100),
    "slides": _read_flag,
}
_NEEDED_KEYS = ("format", "id", "name", "checked", "source", "output")
_OUTLET_KEYS = (*_NEEDED_KEYS, "subject", "source_en", "optional")


@dataclass(frozen=True, slots=True)
class TemplateSearchPath:
    """The folders a pack may take templates from, and the card designs that exist there: of stories, of products.

    ``own`` is the ``templates/`` of the workspace, whose design families go before the studio's.
    """

    pack: Path
    common: Path
    designs: frozenset[str] = field(default_factory=frozenset)
    product_designs: frozenset[str] = field(default_factory=frozenset)
    own: Path | None = None

    def designs_of(self, subject: Subject) -> frozenset[str]:
        """The designs that cards of this subject may have."""
        return self.designs if subject == "story" else self.product_designs

    def find(self, name: str) -> Path | None:
        """The file of a template name: ``_common/...``, ``_families/...`` or of the pack; None when there is none."""
        if name.startswith("_common/"):
            return template_path(self.common, name.removeprefix("_common/"))
        if name.startswith("_families/"):
            mine = template_path(self.own, name) if self.own else None
            return mine or template_path(self.common.parent, name)
        return template_path(self.pack, name)


def read_outlet(data: Mapping[str, Any], text: str, shelf: TemplateSearchPath, *, builtin: bool) -> Outlet:
    """Check a parsed outlet.toml and make the outlet.

    Args:
        data: the parsed file.
        text: the same file as text, to find lines.
        shelf: where templates are looked for.
        builtin: whether it came with the studio.

    Raises:
        UserError: ``posts.pack_*``, for the first mistake.
    """
    at = _TomlPlace(shelf.pack.name, text)
    _known_keys(at, data, _OUTLET_KEYS)
    for key in _NEEDED_KEYS:
        if key not in data:
            raise at.error("posts.pack_missing", key)
    if data["format"] != FORMAT:
        raise at.error("posts.pack_format", "format", value=data["format"], known=FORMAT)
    if data["id"] != shelf.pack.name or not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,39}", str(data["id"])):
        raise at.error("posts.pack_id", "id", value=data["id"])
    # Not isinstance: a TOML date with a time is a datetime, which is a subclass of date.
    if type(data["checked"]) is not date:
        raise at.error("posts.pack_date", "checked")
    tables = data["output"]
    if not isinstance(tables, list) or not 1 <= len(tables) <= 50 or not all(isinstance(t, dict) for t in tables):
        raise at.error("posts.pack_outputs", "output")
    subject: Subject = _read_word(SUBJECTS)(at, "subject", data.get("subject", "story"))  # type: ignore[assignment]
    places = [_TomlPlace(at.pack, text, n) for n in range(len(tables))]
    outputs = tuple(_read_output(one, table, shelf, subject) for one, table in zip(places, tables, strict=True))
    _no_doubles(at, outputs)
    return Outlet(
        id=data["id"],
        name=_read_text(at, "name", data["name"]),
        checked=data["checked"].isoformat(),
        source=_read_text(at, "source", data["source"], 2000),
        outputs=outputs,
        folder=shelf.pack,
        builtin=builtin,
        subject=subject,
        source_en=_read_text(at, "source_en", data["source_en"], 2000) if "source_en" in data else "",
        optional=_read_flag(at, "optional", data.get("optional", False)),
    )


def _known_keys(at: _TomlPlace, table: Mapping[str, Any], known: Iterable[str]) -> None:
    names = tuple(known)
    for key in table:
        if key not in names:
            raise at.error("posts.pack_unknown", key, nearest=nearest_word(key, names))


def nearest_word(word: object, known: Iterable[str]) -> str:
    """The known word most like ``word``; all of them when none is like it."""
    names = sorted(known)
    return next(iter(get_close_matches(str(word), names, 1, 0.5)), ", ".join(names))


@cache
def _required_fields(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    """Names of the fields that an output of this kind must have; msgspec evaluates all annotations to tell them."""
    return tuple(each.name for each in msgspec.structs.fields(kind) if each.required)


def _read_output(at: _TomlPlace, table: Mapping[str, Any], shelf: TemplateSearchPath, subject: Subject) -> Output:
    for key in ("kind", "file"):
        if key not in table:
            raise at.error("posts.pack_missing", key)
    kind = OUTPUT_TYPES[_READERS["kind"](at, "kind", table["kind"])]
    _known_keys(at, table, ("kind", *kind.__struct_fields__))
    for needed in _required_fields(kind):
        if needed not in table:
            raise at.error("posts.pack_missing", needed)
    values = {key: _READERS[key](at, key, value) for key, value in table.items() if key != "files"}
    if "files" in table:
        values["files"] = _page_files(at, table["files"], shelf)
    _templates_exist(at, values, shelf, subject)
    output: Output = msgspec.convert(values, Output)
    _makes_sense(at, output, subject)
    return output


def _page_files(at: _TomlPlace, value: object, shelf: TemplateSearchPath) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict) or not all(isinstance(template, str) for template in value.values()):
        raise at.error("posts.pack_files", "files")
    for name, template in value.items():
        _file_name(at, "files", name)
        if shelf.find(template) is None:
            raise at.error("posts.pack_no_template", "files", value=template)
    return tuple(value.items())


def _templates_exist(at: _TomlPlace, values: Mapping[str, Any], shelf: TemplateSearchPath, subject: Subject) -> None:
    for key in ("template", "following"):
        if key in values and shelf.find(values[key]) is None:
            raise at.error("posts.pack_no_template", key, value=values[key])
    design, designs = values.get("design"), shelf.designs_of(subject)
    if design is not None and design not in designs:
        choices = ", ".join(sorted(designs))
        raise at.error(
            "posts.pack_choice", "design", value=design, choices=choices, nearest=nearest_word(design, designs)
        )


def _makes_sense(at: _TomlPlace, output: Output, subject: Subject) -> None:
    _fits_subject(at, output, subject)
    if isinstance(output, CardOutput) and not (output.template or output.design):
        raise at.error("posts.pack_missing", "design")
    thread = isinstance(output, TextOutput) and output.thread
    # A video may stand for the first clip alone (one place for it), or for all of them.
    many = thread or output.kind == "photo" or (subject == "catalog" and output.kind == "card")
    # A card of a story with a number in its name stands for the slides of its carousel.
    either = output.kind == "video" or (isinstance(output, CardOutput) and subject == "story" and output.template)
    if not either and output.numbered != many:
        raise at.error("posts.pack_number_in_name", "file", value=output.file)
    if "{story}" in output.file and not isinstance(output, PrintOutput):
        raise at.error("posts.pack_file_name", "file", value=output.file)
    if isinstance(output, VideoOutput) and output.max_seconds is not None and output.min_seconds > output.max_seconds:
        raise at.error("posts.pack_order", "min_seconds", other="max_seconds")
    if isinstance(output, TextOutput):
        if output.thread and not output.limit:
            raise at.error("posts.pack_missing", "limit")
        if output.limit and output.aim > output.limit and not output.thread:
            raise at.error("posts.pack_order", "aim", other="limit")


def _fits_subject(at: _TomlPlace, output: Output, subject: Subject) -> None:
    """Products have no clips, and only the catalogue has sheets of many products and no photos of its own."""
    if (subject != "story" and output.kind in {"video", "motion"}) or (subject == "catalog" and output.kind == "photo"):
        raise at.error("posts.pack_subject", "kind", value=output.kind, subject=subject)
    if isinstance(output, PrintOutput) and subject != "catalog" and (output.pages > 1 or output.rows):
        raise at.error("posts.pack_subject", "pages" if output.pages > 1 else "rows", value="print", subject=subject)
    if isinstance(output, PrintOutput) and subject != "story" and output.slides:
        raise at.error("posts.pack_subject", "slides", value="print", subject=subject)


def _no_doubles(at: _TomlPlace, outputs: tuple[Output, ...]) -> None:
    seen: set[str] = set()
    for index, output in enumerate(outputs):
        beside = output.files if isinstance(output, PageOutput) else ()
        for name in (output.file, *(name for name, _ in beside)):
            # FAT32 and Windows take "Kartu.jpg" and "kartu.jpg" for one file.
            if name.casefold() in seen:
                raise _TomlPlace(at.pack, at.text, index).error("posts.pack_double", "file", value=name)
            seen.add(name.casefold())
