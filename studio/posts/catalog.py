"""All outlets: the packs that came with the studio and the group's own."""

from __future__ import annotations

import hashlib
import os
import tomllib
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.base.data_shelf import program_shelf
from studio.base.errors import UserError
from studio.posts.families import DesignFamily, load_families
from studio.posts.newer_limits import LIMITS_FILE, read_limits
from studio.posts.packs import Outlet, TemplateSearchPath, nearest_word, read_outlet, template_path

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from studio.base.data_shelf import DataShelf
    from studio.posts.newer_limits import NewerLimits
    from studio.posts.output_kinds import Subject

PRODUCT_CARDS = "products"
"""The folder in ``_common`` with the card designs of products."""
COMMON = "_common"
"""The folder of what all packs share; only the studio's own counts."""
_LARGEST = 256 * 1024
"""Bytes of an outlet.toml; the built-in ones have 3 KB."""


@dataclass(frozen=True, slots=True)
class OutletCatalog:
    """The outlets of stories that can be used, in a fixed order, and one problem for each pack that cannot.

    ``designs`` are the names of the card designs in ``_common/cards``; ``common`` is that ``_common`` folder,
    ``labels`` the words of its ``labels.toml`` and ``areas`` its ``cards/designs.toml``: where the photo goes.
    ``others`` are the outlets of products and of their catalogue, ``product_designs`` the designs of their cards.
    ``families`` are the design families by id, the plain one first; ``own`` is the ``templates/`` of the workspace.
    ``translated`` are the words of ``labels.<language>.toml`` by language, as far as somebody was sure of them.
    """

    outlets: tuple[Outlet, ...]
    problems: tuple[UserError, ...]
    common: Path
    designs: tuple[str, ...]
    labels: Mapping[str, Mapping[str, str]]
    areas: Mapping[str, Any]
    others: tuple[Outlet, ...] = ()
    product_designs: tuple[str, ...] = ()
    families: Mapping[str, DesignFamily] = field(default_factory=dict)
    own: Path | None = None
    translated: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)

    def of_subjects(self, subjects: Collection[Subject]) -> tuple[Outlet, ...]:
        """The outlets that are filled from one of these."""
        return tuple(outlet for outlet in (*self.outlets, *self.others) if outlet.subject in subjects)

    def labels_in(self, language: str) -> Mapping[str, Mapping[str, str]]:
        """``labels`` in a language; what it has no word for stays Indonesian. ``jv-Java`` has those of ``jv``."""
        own = self.translated.get(language) or self.translated.get(language.partition("-")[0], {})
        return {part: {**self.labels.get(part, {}), **own.get(part, {})} for part in (*self.labels, *own)}

    def outlet(self, name: str) -> Outlet:
        """The outlet with this id.

        Raises:
            UserError: ``posts.no_such_outlet``, with the nearest known id.
        """
        for outlet in (*self.outlets, *self.others):
            if outlet.id == name:
                return outlet
        known = [outlet.id for outlet in self.outlets]
        raise UserError("posts.no_such_outlet", outlet=name, nearest=nearest_word(name, known), known=", ".join(known))


def load_catalog(builtin: Path, own: Path | None = None, shelf: DataShelf | None = None) -> OutletCatalog:
    """Read every pack; where nothing has changed on disk, what was read before.

    Only ``outlet.toml`` files are read and checked, with the existence of the templates they name; templates are
    compiled when first used. A pack of the group replaces the built-in one of the same name, also when it is broken: a
    post in a form nobody asked for would be worse than none.

    Args:
        builtin: ``templates/`` of the studio.
        own: ``templates/`` of the workspace; None, or a folder that need not exist.
        shelf: where newer limits of the built-in outlets are; None for this computer's.
    """
    shelf = program_shelf() if shelf is None else shelf
    limits = ((str(path), *_facts(path.stat())) for path in shelf.files("limits", LIMITS_FILE))
    return _read_catalog(builtin, own, shelf, (*_files_below(builtin), *_files_below(own), *limits))


def _files_below(folder: Path | None) -> Iterator[tuple[str | int, ...]]:
    """All files of a folder: path, inode, time and size; 175 of the built-in packs in 2 ms, reading them takes 50."""
    if folder is None or not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir():
                yield (entry.path,)
                yield from _files_below(Path(entry.path))
            else:
                with suppress(OSError):
                    yield (entry.path, *_facts(entry.stat()))


def _facts(of: os.stat_result) -> tuple[int, int, int]:
    return of.st_ino, of.st_mtime_ns, of.st_size


@lru_cache(maxsize=2)
def _read_catalog(
    builtin: Path, own: Path | None, shelf: DataShelf, _state: tuple[tuple[str | int, ...], ...]
) -> OutletCatalog:
    common = builtin / COMMON
    designs, product_designs = card_designs(common), card_designs(common, PRODUCT_CARDS)
    packs = {path.name: (path, True) for path in _packs_in(builtin)}
    # By the name of the folder, before anything is read: a broken pack of the group hides the built-in one all the
    # same.
    packs |= {path.name: (path, False) for path in _packs_in(own)}
    newer = read_limits(shelf)
    outlets: list[Outlet] = []
    problems: list[UserError] = []
    for path, is_builtin in packs.values():
        try:
            limits = newer.get(path.name) if is_builtin else None
            outlets.append(load_pack(search_path(path, common), builtin=is_builtin, newer=limits))
        except UserError as error:
            problems.append(error)
    families, wrong = load_families(builtin, own)
    problems += wrong
    return OutletCatalog(
        tuple(sorted((outlet for outlet in outlets if outlet.subject == "story"), key=_outlet_order)),
        tuple(problems),
        common,
        designs,
        _read_toml(common / "labels.toml"),
        _read_toml(common / "cards" / "designs.toml"),
        tuple(sorted((outlet for outlet in outlets if outlet.subject != "story"), key=_outlet_order)),
        product_designs,
        families,
        own,
        {path.name.split(".")[1]: _read_toml(path) for path in sorted(common.glob("labels.*.toml"))},
    )


def search_path(pack: Path, common: Path) -> TemplateSearchPath:
    """Where a pack's templates are looked for.

    Args:
        pack: its folder.
        common: the studio's ``_common``.
    """
    designs, product_designs = card_designs(common), card_designs(common, PRODUCT_CARDS)
    return TemplateSearchPath(pack, common, frozenset(designs), frozenset(product_designs))


_FIRST = (
    *("whatsapp", "instagram", "facebook", "threads", "tiktok", "youtube", "x", "bluesky", "telegram"),
    *(
        "whatsapp-saluran",
        "google-bisnis",
        "website",
        "opensid",
        "blogger",
        "mading",
        "korsel",
        "lembaran",
        "siaran",
        "produk",
        "potensi",
        "katalog",
    ),
)
"""The order of the built-in outlets; a group's own come after them."""


def _outlet_order(outlet: Outlet) -> tuple[int, str]:
    return (_FIRST.index(outlet.id) if outlet.id in _FIRST else len(_FIRST), outlet.id)


def _packs_in(folder: Path | None) -> Iterable[Path]:
    if folder is None or not folder.is_dir():
        return ()
    # "_common" is no pack, and dot folders are half-made imports (pack_zip).
    return sorted(path for path in folder.iterdir() if path.name[0] not in "._" and path.is_dir())


def card_designs(common: Path, cards: str = "cards") -> tuple[str, ...]:
    """The card designs of stories, every ``cards/<name>.svg.j2``, or of products: those in ``PRODUCT_CARDS``."""
    return tuple(sorted(path.name.removesuffix(".svg.j2") for path in (common / cards).glob("*.svg.j2")))


def _read_toml(path: Path) -> Mapping[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def load_pack(shelf: TemplateSearchPath, *, builtin: bool, newer: NewerLimits | None = None) -> Outlet:
    """Read and check one pack.

    Args:
        shelf: where it lies.
        builtin: whether it came with the studio.
        newer: limits of a data pack, which hold where they were checked later than the pack's own.

    Raises:
        UserError: ``posts.pack_*``, for the first mistake, with file and line.
    """
    text = _read_outlet(shelf)
    try:
        data = tomllib.loads(text)
    # Not TOMLDecodeError alone: a number of too many digits and brackets nested too deeply end in these.
    except (ValueError, RecursionError) as error:
        line, detail = _toml_trouble(error, text)
        raise UserError(
            "posts.pack_toml", pack=shelf.pack.name, file="outlet.toml", line=line, detail=detail
        ) from error
    return newer.renew(data, text, shelf) if newer else read_outlet(data, text, shelf, builtin=builtin)


def _read_outlet(shelf: TemplateSearchPath) -> str:
    path = template_path(shelf.pack, "outlet.toml")
    pack = shelf.pack.name
    if path is None:
        raise UserError("posts.pack_no_file", pack=pack, file="outlet.toml")
    try:
        if path.stat().st_size > _LARGEST:
            raise UserError("posts.pack_too_big", pack=pack, file="outlet.toml", kilobytes=_LARGEST // 1024)
        # Notepad puts a byte order mark in front, which TOML does not allow.
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError("posts.pack_encoding", pack=pack, file="outlet.toml") from error
    except OSError as error:
        detail = error.strerror or str(error)
        raise UserError("posts.pack_unreadable", pack=pack, file="outlet.toml", detail=detail) from error


def _toml_trouble(error: Exception, text: str) -> tuple[int, str]:
    """Line and message; Python before 3.14 has the line in the message only."""
    message, _, place = str(error).partition(" (at ")
    digits = "".join(char if char.isdigit() else " " for char in place).split()
    return (int(digits[0]) if digits else text.count("\n") + 1), message


def outlet_digest(outlet: Outlet, common: Path) -> str:
    """A hash of everything a pack's posts are made with: its own files and ``_common``; 32 hexadecimal digits.

    For caches of complete stories. The key of a single file is better made of what it shows (see ``render_text``,
    ``render_svg``): then a changed comment in a template makes nothing again.
    """
    whole: Any = hashlib.sha256()
    for folder in (outlet.folder, common):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                whole.update(path.relative_to(folder).as_posix().encode())
                whole.update(b"\0" + hashlib.sha256(path.read_bytes()).digest())
    whole.update(outlet.newer_limits.encode())
    return str(whole.hexdigest()[:32])
