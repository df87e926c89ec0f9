"""Imports PySide6 without what it does at each start: a hook on every import, and its own Python compiled from source.

PySide6 replaces ``builtins.__import__`` to find out which modules want snake_case methods (``from __feature__ import
snake_case``): from then on it reads the source text of every module that is imported. For this program that doubled the
time until the window appears (6.11.3: 180 ms for 92 ms). Nothing here uses the feature.

Its fourteen modules for signatures and error messages come out of a ZIP within the library, and no bytecode of them is
kept: compiling them is half of the time that importing PySide6 takes. They are compiled once and kept like bytecode
anywhere else, by the hash that Python uses for ``.pyc`` files. The one that writes ``.pyi`` files, which no program
needs, is taken for empty: 16 of 73 ms more, for its patterns and for ``argparse`` (bench/README.md, "Window").
"""

from __future__ import annotations

import builtins
import marshal
import sys
from contextlib import contextmanager
from importlib.util import MAGIC_NUMBER, source_hash
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import CodeType
    from typing import Any

_UNUSED = "shibokensupport/signature/lib/pyi_generator.py"

_DIGEST = 8
"""Bytes of ``source_hash``, which stands before what is kept."""


class KeptBytecode:
    """Compiles sources that have no file, and remembers their bytecode in a cache.

    Args:
        cache: file with the bytecode; what it holds of another Python or another source is compiled anew.
    """

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self._known = self._read_cache()
        self._fresh = False
        self._compile: Any = builtins.compile

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Stand in for ``compile``; the cache is written at the end if something was compiled."""
        replaced = builtins.compile
        builtins.compile = self.compile_source  # type: ignore[assignment]
        try:
            yield
        finally:
            builtins.compile = replaced
        if self._fresh:
            from studio.base.atomic_files import write_cache

            kept = marshal.dumps((self._stamp(), self._known))
            self._fresh = not write_cache(self._cache, source_hash(kept) + kept)

    def compile_source(self, source: object, filename: object, mode: str, *rest: object, **how: object) -> object:
        """As ``compile``; the whole text of a module as bytes, compiled as it is, is remembered."""
        if not (isinstance(source, bytes) and isinstance(filename, str) and mode == "exec") or rest or how:
            return self._compile(source, filename, mode, *rest, **how)
        source = b"" if filename == _UNUSED else source
        digest = source_hash(source)
        kept = self._known.get(filename)
        if kept is None or kept[0] != digest:
            kept = self._known[filename] = (digest, self._compile(source, filename, mode, dont_inherit=True))
            self._fresh = True
        return kept[1]

    @staticmethod
    def _stamp() -> tuple[bytes, int]:
        """What bytecode depends on beside its source."""
        return MAGIC_NUMBER, sys.flags.optimize

    def _read_cache(self) -> dict[str, tuple[bytes, CodeType]]:
        try:
            written = self._cache.read_bytes()
            digest, kept = written[:_DIGEST], written[_DIGEST:]
            # Damaged bytecode ends the program without a word, at every start: none is read that is not whole.
            if digest != source_hash(kept):
                return {}
            stamp, known = marshal.loads(kept)
        except (OSError, EOFError, ValueError, TypeError):
            return {}
        return known if stamp == self._stamp() and isinstance(known, dict) else {}


def import_qt(cache: Path | None = None) -> None:
    """Import PySide6 without its import hook. Call it before anything else imports PySide6; later it does nothing.

    Args:
        cache: file for the bytecode of what PySide6 would compile at each start; None compiles it.
    """
    original = builtins.__import__
    if cache is None:
        import PySide6.QtCore
    else:
        with KeptBytecode(cache).in_use():
            import PySide6.QtCore  # noqa: F401 - imported for what it does
    builtins.__import__ = original
