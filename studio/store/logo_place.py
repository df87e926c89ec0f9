"""The group's logo: one file beside workspace.json, and the one small picture of it that everything shows."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from studio.base.data_uri import data_uri
from studio.base.errors import WorkNotice
from studio.base.paths import cache_dir

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SIDE = 512
"""Longest side in pixels of the picture that is shown; a card shows it at most 200 pixels wide."""
LOGO_FILE = "logo.png"
"""Where a chosen logo is kept, drawn to pixels once."""
LARGEST = 30_000_000
"""Bytes of a file that is still taken for a logo."""

_DRAWING = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>\s*)*<svg[\s>]",
    re.DOTALL,
)
_HEIF = frozenset({b"heic", b"heix", b"mif1", b"msf1", b"avif", b"avis"})
_VERSION = "2"
"""Raised when the same file gives another picture."""


@dataclass(frozen=True, slots=True)
class GroupLogo:
    """A logo that may be shown.

    Attributes:
        path: the file beside workspace.json.
        kind: ``picture`` of pixels, or ``drawing`` (SVG).
        digest: changes with what the file holds.
        mark: a PNG of at most 512 pixels, in the cache: what window, cards, pages, PDFs, photos and videos show.
            ``group_logo.ready_logo`` makes it.
    """

    path: Path
    kind: Literal["picture", "drawing"]
    digest: str
    mark: Path

    @property
    def data_uri(self) -> str:
        """The mark as it is in a page or card.

        Raises:
            OSError: it was not made.
        """
        return data_uri(self.mark)


def find_logo(folder: Path, name: str) -> GroupLogo | None:
    """The logo that a profile names: a picture that lies directly in the workspace, by its content.

    Nothing else is ever read: no other folder (an absolute path, ``..``), no link that leads out, no other kind of
    file, for what is taken as logo is in every page that is published.

    Args:
        folder: of the workspace.
        name: ``Group.logo``.
    """
    if not name or name.startswith(".") or any(letter in name for letter in "/\\:\0"):
        return None
    try:
        path = folder / name
        if path.resolve().parent != folder.resolve():
            return None
        return read_logo(path)
    except (OSError, ValueError, RuntimeError):  # RuntimeError: links that lead in a circle
        return None


class LogoPlace:
    """Where a workspace's logo is looked for. A file that did not change is read once.

    Args:
        folder: of the workspace.
        name: tells the name in the profile as it is now.
    """

    def __init__(self, folder: Path, name: Callable[[], str]) -> None:
        self._folder, self._name = folder, name
        self._seen: tuple[object, GroupLogo | None] = (None, None)
        self.unshown: tuple[str, tuple[WorkNotice, ...]] = ("", ())
        """Digest of the logo that could not be drawn last, and why: a bad file is not tried every second."""

    @property
    def current_logo(self) -> GroupLogo | None:
        """The logo; None for none, or for a name that may not be followed."""
        name = self._name()
        seen = (name, _file_stamp(self._folder / name))
        if self._seen[0] != seen:
            self._seen = (seen, find_logo(self._folder, name))
        return self._seen[1]

    @property
    def problems(self) -> tuple[WorkNotice, ...]:
        """What is wrong with the logo that the profile names; empty when nothing is."""
        name = self._name()
        return (WorkNotice("store.logo_unusable", {"file": name}),) if name and self.current_logo is None else ()


def _file_stamp(path: Path) -> tuple[int, int] | None:
    """Changes when a file is written again; None where there is none."""
    try:
        told = path.stat()
    except (OSError, ValueError):
        return None
    return told.st_mtime_ns, told.st_size


def read_logo(path: Path) -> GroupLogo | None:
    """Any file as a logo; None when it is no picture.

    Raises:
        OSError: it cannot be read.
    """
    if not path.is_file() or path.stat().st_size > LARGEST:
        return None
    data = path.read_bytes()
    kind = _logo_kind(data)
    if kind is None:
        return None
    digest = hashlib.sha256(_VERSION.encode() + data).hexdigest()[:32]
    return GroupLogo(path, kind, digest, cache_dir() / "logos" / f"{digest}.png")


def _logo_kind(data: bytes) -> Literal["picture", "drawing"] | None:
    if data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")):
        return "picture"
    if (data[:4] == b"RIFF" and data[8:12] == b"WEBP") or (data[4:8] == b"ftyp" and data[8:12] in _HEIF):
        return "picture"
    return "drawing" if _DRAWING.match(data[:65536]) else None
