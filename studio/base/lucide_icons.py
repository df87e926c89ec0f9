"""Lucide icons as SVG text, from the ``lucide`` package.

The package is one ZIP of 1,700 files; reading its list alone takes a good part of the time a window needs to open, so
the few icons in use are kept in a small cache file. It may be deleted at any time.
"""

from __future__ import annotations

import json
import re
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zipfile import ZipFile

_XML_NOISE = re.compile(r"<!--.*?-->|\s*\n\s*", re.DOTALL)


class LucideIcons:
    """Gives the SVG of an icon by its Lucide name.

    Args:
        cache: file that remembers the icons in use; None remembers nothing on disk.
    """

    def __init__(self, cache: Path | None = None) -> None:
        self._cache = cache
        self._known = self._read_cache()
        self._fresh = False

    def icon_svg(self, name: str) -> str:
        """The SVG text, drawn in ``currentColor``.

        Raises:
            KeyError: Lucide has no such icon.
        """
        if name not in self._known:
            self.load([name])
        return self._known[name]

    def load(self, names: Iterable[str]) -> None:
        """Read several icons at once, which costs as much as reading one.

        Raises:
            KeyError: Lucide lacks one of them.
        """
        missing = [name for name in names if name not in self._known]
        if not missing:
            return
        for name in missing:
            self._known[name] = _XML_NOISE.sub(" ", self._package.read(f"{name}.svg").decode("utf-8"))
        self._fresh = True

    @cached_property
    def _package(self) -> ZipFile:
        """The package, opened once: its list of names is what takes the time, about 5 ms."""
        import zipfile
        from io import BytesIO

        import lucide

        return zipfile.ZipFile(BytesIO((Path(lucide.__file__).parent / "lucide.zip").read_bytes()))

    def remember(self) -> None:
        """Write the cache when icons were read that it lacks; a cache that cannot be written is no error."""
        self.__dict__.pop("_package", None)  # 2 MB: open again when another icon is wanted
        if not self._fresh or self._cache is None:
            return
        from studio.base.atomic_files import write_cache

        self._fresh = not write_cache(self._cache, json.dumps(self._known).encode())

    def _read_cache(self) -> dict[str, str]:
        if self._cache is None:
            return {}
        try:
            kept = json.loads(self._cache.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return {name: svg for name, svg in kept.items() if isinstance(svg, str)} if isinstance(kept, dict) else {}
