"""Puts a website into a folder: what changed is written, what no longer belongs goes, what others made stays.

Which files are ours is in ``.kim-situs.json`` beside index.html: the group and every name. The list is on disk
before the first file is, so that a run that was killed is gone on with; a file that is not on it was made by someone
else and is never written over, nor is the site of another group.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import msgspec

from studio.base.errors import UserError
from studio.base.finished_files import file_digest, finished_file, path_inside
from studio.base.folders import is_plain_name
from studio.base.json_text import decode_json
from studio.export.website.page_spool import PageSpool

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

T = TypeVar("T")
NOTED = ".kim-situs.json"
"""The list of files the site is made of, beside index.html."""
_PAGE = "/index.html"
_NAMED = 3


class DownNote(msgspec.Struct, frozen=True, omit_defaults=True):
    """What came down and has a notice where it stood.

    Attributes:
        when: ISO 8601.
        why: key of the sentence that says why (``site_notices.REASONS``).
        group: of a group that left: its id.
        name: of a group that left: its name.
    """

    when: str = ""
    why: str = ""
    group: str = ""
    name: str = ""


class _FileNote(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The file of that name; before version 2 it was a bare list of names."""

    format: int = 0
    group: str = ""
    files: tuple[str, ...] = ()
    sites: dict[str, str] = {}
    """Of a site of many groups: the folder of each, and the group's id."""
    names: dict[str, str] = {}
    """Of these groups, by folder: once they have left nobody else tells."""
    down: dict[str, DownNote] = {}
    """Stories, or of a site of many groups those that left, by the folder in which a notice stands."""
    stale: bool = False
    """Something came down that lists may still name: a run was cut off."""


@dataclass(frozen=True, slots=True)
class _FileCopy:
    source: Path
    size: int
    sha256: str


def below_one(name: str, folder: str, page: str) -> bool:
    """Whether a file is ``<folder>/<any>/<page>``: the page of a story in a further language."""
    parts = name.split("/")
    return len(parts) == 3 and (parts[0], parts[2]) == (folder, page)


class SiteWriter:
    """Collects what belongs into the folder; nothing is written before ``commit_site``.

    Args:
        folder: of the site; need not exist.
        group: id of the group whose site it is.
        stories: names of that group's stories: an old list of files belongs to whoever has its stories.
        own_place: whether nobody else puts files there (``exports/`` of the workspace).

    Raises:
        UserError: ``site.other_owner``: the site of another group is there.
    """

    def __init__(self, folder: Path, group: str, stories: Collection[str], *, own_place: bool) -> None:
        self.folder = folder
        self.written = 0
        self._group = group
        self._spool = PageSpool()
        self._files: dict[str, tuple[int, int] | _FileCopy] = {}
        self._kept: frozenset[str] = frozenset()
        note = _read_note(folder)
        self.sites: dict[str, str] = dict(note.sites) if note else {}
        """Folder and id of the groups that have a site of their own below this one."""
        self.titles: dict[str, str] = dict(note.names) if note else {}
        """What these groups are called, by folder."""
        self.down: dict[str, DownNote] = dict(note.down) if note else {}
        """What has a notice where it stood, by folder."""
        self.stale = bool(note and note.stale)
        """Whether lists may still name what came down."""
        self.before = frozenset(note.files if note else ())
        """What of the folder is ours."""
        # A site in exports/ that was made before there was a list has files that are ours and yet on no list; elsewhere
        # a file that is not on the list belongs to a person.
        self._trust = own_place and note is None
        pages = {name.removesuffix(_PAGE) for name in self.before if name.endswith(_PAGE) and name.count("/") == 1}
        # Lists of the first version name no group. Then the stories tell: not one page in common means another group's
        # site.
        strange = note is not None and not note.group and bool(pages) and pages.isdisjoint(stories)
        other = note is not None and bool(note.group) and bool(group) and note.group != group
        if (strange or other) and not own_place:
            raise UserError("site.other_owner", place=str(folder))

    def put_text(self, name: str, content: str) -> None:
        """A file with this text."""
        self._files[name] = self._spool.put_page(content.encode("utf-8", "replace"))

    def put_bytes(self, name: str, content: bytes) -> None:
        """A small file with these bytes."""
        self._files[name] = self._spool.put_page(content)

    def copy(self, name: str, source: Path, size: int, sha256: str) -> None:
        """A copy of ``source``."""
        self._files[name] = _FileCopy(source, size, sha256)

    def has_already(self, name: str) -> bool:
        """Whether the site has a page as it is to be written."""
        path, wanted = path_inside(self.folder, name), self._files.get(name)
        if name not in self.before or not isinstance(wanted, tuple) or not path.is_file():
            return False
        return path.read_bytes() == self._spool.get_page(wanted)

    def pages_below(self, folder: str, page: str) -> list[str]:
        """The pages of that name one folder below ``folder`` that the site is to have."""
        return [name for name in (*self._files, *self._kept) if below_one(name, folder, page)]

    def keep_page(self, folder: str) -> bool:
        """Let a page and its files stay as readers have them; False where none is there."""
        if f"{folder}{_PAGE}" not in self.before or not (self.folder / folder / _PAGE[1:]).is_file():
            return False
        self._kept |= {name for name in self.before if name.startswith(f"{folder}/")}
        return True

    def keep_files(self, names: Iterable[str]) -> None:
        """Let files stay that are on the site as they are to be."""
        self._kept |= frozenset(names)

    def file_names(self) -> frozenset[str]:
        """All files that the site is to have."""
        return frozenset(self._files.keys() | self._kept)

    def names_below(self, folder: str) -> list[str]:
        """Those of them below a folder."""
        return [name for name in (*self._files, *self._kept) if name.startswith(f"{folder}/")]

    def take_out(self, gone: Iterable[str], *, lists_follow: bool = False) -> None:
        """Remove files at once and write what was put so far; all else stays, and what was put is forgotten.

        Args:
            gone: names of the files; those that were put stay.
            lists_follow: lists still name what goes; see ``stale``.

        Raises:
            UserError: as ``commit_site``.
        """
        self._refuse_foreign()
        removed = self.before & frozenset(gone) - self._files.keys()
        self._replace(removed, self.before)
        self.before = (self.before - removed) | self._files.keys()
        self.stale = lists_follow
        self._note(self.before)
        self._files.clear()

    def forget_puts(self) -> None:
        """Forget what was put and is not written."""
        self._files.clear()

    def commit_site(self) -> int:
        """Write what changed, remove what was ours and no longer belongs.

        Returns:
            How many files were removed.

        Raises:
            UserError: ``site.foreign_file`` (before anything is written), or the folder cannot be written.
        """
        self._refuse_foreign()
        gone = self.before - self._files.keys() - self._kept
        self._replace(gone, self.before)
        # Only now may the removed names be forgotten.
        self._note(self._files.keys() | self._kept)
        return len(gone)

    def _refuse_foreign(self) -> None:
        if self._trust:
            return
        foreign = [n for n in self._files if n not in self.before and os.path.lexists(path_inside(self.folder, n))]
        if foreign:
            named = ", ".join(sorted(foreign)[:_NAMED])
            raise UserError("site.foreign_file", place=str(self.folder), count=len(foreign), files=named)

    def _replace(self, gone: Collection[str], ours: Collection[str]) -> None:
        # Old and new names before anything is touched: whichever file a killed run leaves behind, the next one knows it
        # as ours and may replace or remove it.
        self.stale = self.stale or bool(gone)
        self._note({*ours, *self._files})
        for name in gone:  # first: what may no longer be shown goes even if writing the rest fails
            _remove_file(self.folder, name)
        for name, content in self._files.items():
            held = self._spool.get_page(content) if isinstance(content, tuple) else content
            self.written += _write_changed(path_inside(self.folder, name), held)
        self.stale = False

    def note_now(self) -> None:
        """Have what this object says of sites, notices and lists on disk before any of it is touched."""
        self._note(self.before)

    def take_down(self) -> int:
        """Remove all that is ours, the folder too when nothing else is in it; how many files went."""
        self._files.clear()
        self._kept = frozenset()
        gone = self.commit_site()
        _remove_file(self.folder, NOTED)
        with suppress(OSError):
            self.folder.rmdir()
        return gone

    def _note(self, names: Iterable[str]) -> None:
        note = _FileNote(
            format=2,
            group=self._group,
            files=tuple(sorted(names)),
            sites=self.sites,
            names=self.titles,
            down=self.down,
            stale=self.stale,
        )
        _write_changed(self.folder / NOTED, msgspec.json.encode(note))


def _read_note(folder: Path) -> _FileNote | None:
    try:
        data = (folder / NOTED).read_bytes()
        kept = msgspec.convert(decode_json(data, object), _FileNote | list[str])
    except (OSError, UnicodeDecodeError, msgspec.MsgspecError):
        return None
    if isinstance(kept, list):
        return _FileNote(format=1, files=tuple(name for name in kept if _is_inside(folder, name)))
    # The list lies in a folder that others can edit. A name such as "../../x" in it would have us delete a stranger's
    # file.
    files = tuple(name for name in kept.files if _is_inside(folder, name))
    sites, names, down = _plain(kept.sites), _plain(kept.names), _plain(kept.down)
    return msgspec.structs.replace(kept, files=files, sites=sites, names=names, down=down)


def _plain(by_folder: Mapping[str, T]) -> dict[str, T]:
    return {name: told for name, told in by_folder.items() if is_plain_name(name)}


def _is_inside(folder: Path, name: str) -> bool:
    try:
        path_inside(folder, name)
    except UserError:
        return False
    return name != NOTED


def _write_changed(path: Path, content: bytes | _FileCopy) -> bool:
    """Whether it had to be written."""
    if isinstance(content, _FileCopy):
        # Size first: it spares hashing a video that has changed. Times are not compared, as FAT sticks and uploads
        # change them.
        if path.is_file() and path.stat().st_size == content.size and file_digest(path)[0] == content.sha256:
            return False
        with finished_file(path) as part:
            shutil.copyfile(content.source, part)
        return True
    if path.is_file() and path.read_bytes() == content:
        return False
    with finished_file(path) as part:
        part.write_bytes(content)
    return True


def _remove_file(folder: Path, name: str) -> None:
    path = path_inside(folder, name)
    try:
        path.unlink(missing_ok=True)
        above = path.parent
        while above != folder and above.is_dir() and not any(above.iterdir()):
            above.rmdir()
            above = above.parent
    except OSError as error:
        raise UserError("export.cannot_write", file=name, place=str(folder), reason=str(error)) from error
