"""Newer limits of outlets, from data packs: what a platform changed after the studio was made.

A pack has a ``limits.toml`` (docs/format.md, "Data packs"). It may change the numbers of outputs that came with the
studio, when they were checked and by which source: no template, no size, no file. A group's own outlets keep theirs.
"""

from __future__ import annotations

import json
import logging
import tomllib
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import msgspec

from studio.base.errors import UserError
from studio.posts.packs import read_outlet

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from studio.base.data_shelf import DataShelf
    from studio.posts.packs import Outlet, TemplateSearchPath

LIMITS_FILE = "limits.toml"
LIMIT_KEYS = frozenset(
    {
        *("limit", "count", "aim", "visible", "hashtags", "links", "utf8_limit", "max", "max_bytes"),
        *("min_seconds", "max_seconds", "advised_seconds"),
    }
)
"""What of an output is a limit of the platform, and no matter of templates."""
_LARGEST = 256 * 1024
_LOG = logging.getLogger(__name__)


class _OutletRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    checked: date
    source: str
    source_en: str = ""
    output: list[dict[str, Any]] = []


class _LimitsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    outlet: list[_OutletRow]
    format: int = 1


@dataclass(frozen=True, slots=True)
class NewerLimits:
    """What a data pack says of an outlet: when and where it was checked, and numbers of outputs by the file's name."""

    checked: date
    source: str
    source_en: str
    outputs: Mapping[str, Mapping[str, Any]]

    def renew(self, data: Mapping[str, Any], text: str, shelf: TemplateSearchPath, *, strict: bool = False) -> Outlet:
        """The built-in outlet with these limits; as it came where they are older, or do not fit this version's outlet.

        Args:
            data: the parsed ``outlet.toml``.
            text: the same file as text, to find lines.
            shelf: where templates are looked for.
            strict: raise what does not fit, for a pack that is not taken in yet.

        Raises:
            UserError: as ``read_outlet`` does.
        """
        at = data.get("checked")
        if type(at) is date and at >= self.checked and not strict:
            return read_outlet(data, text, shelf, builtin=True)
        tables = data.get("output")
        known = {str(table.get("file")) for table in tables} if isinstance(tables, list) else set()
        if strict and (unknown := sorted(set(self.outputs) - known)):
            raise UserError("data.limits_output", outlet=shelf.pack.name, file=unknown[0])
        changed = {**data, "checked": self.checked, "source": self.source, "source_en": self.source_en or self.source}
        if isinstance(tables, list):
            changed["output"] = [_renewed(table, self.outputs.get(str(table.get("file")), {})) for table in tables]
        try:
            outlet = read_outlet(changed, text, shelf, builtin=True)
        except UserError as error:
            if strict:
                raise
            _LOG.warning("%s: newer limits are not used: %s", shelf.pack.name, error)
            return read_outlet(data, text, shelf, builtin=True)
        told = json.dumps([str(self.checked), self.source, self.source_en, self.outputs], sort_keys=True)
        return replace(outlet, newer_limits=sha256(told.encode()).hexdigest()[:32])


def _renewed(table: Mapping[str, Any], numbers: Mapping[str, Any]) -> Mapping[str, Any]:
    """An output with newer numbers; a length to aim at is not left above a limit that became lower."""
    limit, aim = numbers.get("limit"), table.get("aim")
    lower = {"aim": limit} if isinstance(limit, int) and isinstance(aim, int) and aim > limit else {}
    return {**table, **lower, **numbers}


def read_limits(shelf: DataShelf) -> dict[str, NewerLimits]:
    """The newer limits of all packs in use, by outlet; of two packs the one that was checked later counts."""
    found: dict[str, NewerLimits] = {}
    for path in shelf.files("limits", LIMITS_FILE):
        try:
            rows = read_limits_file(path)
        except UserError as error:
            _LOG.warning("%s: %s", path, error)
            continue
        for name, limits in rows.items():
            if name not in found or found[name].checked <= limits.checked:
                found[name] = limits
    return found


def read_limits_file(path: Path) -> dict[str, NewerLimits]:
    """What one file says, by outlet.

    Raises:
        UserError: ``data.limits_file``: no TOML, a wrong type, an unknown word, or a key that is no limit.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError(f"> {_LARGEST // 1024} KB")
        read = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8-sig")), _LimitsFile)
        return {row.id: _limits_of(row) for row in read.outlet}
    except (OSError, ValueError, RecursionError) as error:
        raise UserError("data.limits_file", file=path.name, detail=str(error)) from error


def _limits_of(row: _OutletRow) -> NewerLimits:
    outputs: dict[str, dict[str, Any]] = {}
    for table in row.output:
        numbers = {key: value for key, value in table.items() if key != "file"}
        if "file" not in table or (unknown := sorted(set(numbers) - LIMIT_KEYS)):
            raise ValueError(f"{row.id}: {', '.join(unknown) if 'file' in table else 'file'}")
        outputs[str(table["file"])] = numbers
    return NewerLimits(row.checked, row.source, row.source_en, outputs)
