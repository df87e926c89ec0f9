"""The files of kinds of notices: those of the studio, of data packs, and a workspace's own on top, by the same name."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup
from msgspec.structs import replace

from studio.base.data_shelf import program_shelf
from studio.base.errors import UserError
from studio.base.lucide_icons import LucideIcons
from studio.base.paths import assets_dir
from studio.story.service_kinds import read_service_kind

if TYPE_CHECKING:
    from pathlib import Path

    from studio.base.data_shelf import DataShelf
    from studio.story.service_kinds import ServiceKind

FOLDER = "services"
_FILES = "[!.]*.toml"
"""Without the hidden twins that a Mac leaves on a stick ("._arisan.toml")."""
_LARGEST = 256 * 1024
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ServiceKinds:
    """The kinds that can be read, by id in the order of their Indonesian names, and an error for each other file."""

    kinds: tuple[ServiceKind, ...]
    problems: tuple[UserError, ...]


def load_service_kinds(workspace: Path) -> ServiceKinds:
    """All kinds.

    A file of the group replaces the built-in one of its name, also when it is broken: a form that asks something else
    than the group wants would be worse than none.

    Args:
        workspace: its folder; its ``services`` need not exist.
    """
    found = dict.fromkeys(path.stem for folder in _folders(workspace) for path in sorted(folder.glob(_FILES)))
    kinds: list[ServiceKind] = []
    problems: list[UserError] = []
    for service in found:
        try:
            kind = find_service_kind(workspace, service)
        except UserError as error:
            problems.append(error)
        else:
            kinds += [kind] if kind is not None else []
    return ServiceKinds(tuple(sorted(kinds, key=lambda kind: kind.name["id"].casefold())), tuple(problems))


def find_service_kind(workspace: Path, service: str) -> ServiceKind | None:
    """One kind; None for "", and for a kind that this studio does not know.

    Raises:
        UserError: ``service.*``: its file is broken.
    """
    known, own = shelf_kind(service), _kind_path(workspace / FOLDER, service)
    return known if own is None else _placed_over(known, _read_kind(own, service))


def shelf_kind(service: str, shelf: DataShelf | None = None) -> ServiceKind | None:
    """One kind as it came with the studio, or with a data pack.

    Args:
        service: its id.
        shelf: of data packs; None for this computer's.

    Raises:
        UserError: ``service.*``: the file of a pack that is tried out is broken; one that is in use is passed over.
    """
    shelf = program_shelf() if shelf is None else shelf
    builtin = _kind_path(assets_dir() / FOLDER, service)
    known = _read_kind(builtin, service) if builtin is not None else None
    for folder in shelf.folders("services"):
        path = _kind_path(folder, service)
        try:
            known = known if path is None else _placed_over(known, _read_kind(path, service))
        except UserError as error:
            if shelf.trial is not None:
                raise
            _LOG.warning("%s: %s", path, error)
    return known


def _placed_over(known: ServiceKind | None, kind: ServiceKind) -> ServiceKind:
    """What the file of a group or a data pack makes of a kind that is known already."""
    if known is None or not known.official or kind.official:
        return kind
    # The words are the group's; that a disaster needs its source is no matter of words.
    fields = kind.fields if "source" in kind.fields else (*kind.fields, "source")
    return replace(kind, kind=known.kind, official=True, fields=fields)


def own_kind_problems(workspace: Path) -> tuple[UserError, ...]:
    """An error for each of the workspace's own files that cannot be used."""
    problems: list[UserError] = []
    for path in sorted((workspace / FOLDER).glob(_FILES)):
        try:
            _read_kind(path, path.stem)
        except UserError as error:
            problems.append(error)
    return tuple(problems)


def kind_for_rules(workspace: Path, service: str) -> ServiceKind | None:
    """One kind; where the group's own file is broken the studio's, so that no rule goes with it."""
    try:
        return find_service_kind(workspace, service)
    except UserError:
        return shelf_kind(service)


def _kind_path(folder: Path, service: str) -> Path | None:
    """The file of a kind in a folder; a name from a story of someone else may be anything, but leads nowhere else."""
    path = folder / f"{service}.toml"
    plain = bool(service) and path.parent == folder and "/" not in service and "\\" not in service
    return path if plain and path.is_file() else None


def kind_or_none(workspace: Path, service: str) -> ServiceKind | None:
    """One kind; None also where its file is broken: posts then show the words all kinds share, and the rules tell."""
    try:
        return find_service_kind(workspace, service)
    except UserError:
        return None


@lru_cache(maxsize=64)
def icon_shapes(name: str) -> Markup:
    """What is inside the SVG of a Lucide icon: shapes on a sheet of 24 by 24; "" for a name it does not have."""
    try:
        svg = LucideIcons().icon_svg(name)
    except KeyError:
        return Markup("")
    return Markup(svg.partition(">")[2].rpartition("</svg>")[0].strip())


def _folders(workspace: Path) -> tuple[Path, ...]:
    return assets_dir() / FOLDER, *program_shelf().folders("services"), workspace / FOLDER


def _read_kind(path: Path, service: str) -> ServiceKind:
    try:
        if path.stat().st_size > _LARGEST:
            raise UserError("service.too_big", file=path.name, kilobytes=_LARGEST // 1024)
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError("service.encoding", file=path.name) from error
    except OSError as error:
        raise UserError("service.unreadable", file=path.name, detail=error.strerror or str(error)) from error
    kind = read_service_kind(text, service)
    if not icon_shapes(kind.icon):
        raise UserError("service.icon", file=path.name, icon=kind.icon)
    return kind
