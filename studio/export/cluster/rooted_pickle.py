"""Tasks on their way to another computer, where the same folders lie elsewhere or have to be made first.

A path below a folder that both sides know is written as the name of that folder and the rest; what tasks are rendered
with (``RenderContext``) as the two folders its packs come from, so that each worker reads and compiles them once.
"""

from __future__ import annotations

import copyreg
import io
import pickle
from pathlib import Path, PosixPath, PurePath, WindowsPath
from typing import TYPE_CHECKING, Any, TypeAlias

from studio.posts.render_context import RenderContext

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Roots: TypeAlias = "Mapping[str, Path]"
"""Folders by the names both sides call them; of folders in one another the inner one comes first."""
_MODULE = __name__


def rooted_path(root: str, rest: str) -> Path:
    """Stands for a path until it is read, see ``read_rooted``; ``root`` is "" for one that is the same everywhere."""
    raise pickle.UnpicklingError(f"a rooted path without roots: {root}/{rest}")


def rooted_press(builtin: Path, own: Path | None) -> RenderContext:
    """Stands for what is rendered with until it is read, see ``read_rooted``."""
    raise pickle.UnpicklingError(f"templates without a place: {builtin}, {own}")


class _RootedPickler(pickle.Pickler):
    def __init__(self, file: io.BytesIO, roots: Roots) -> None:
        super().__init__(file, protocol=5)
        self._roots = [(name, root) for name, root in roots.items()]
        self.paths: set[Path] = set()
        # A table, not ``reducer_override``: what is asked for every object would cost more than the pickling.
        self.dispatch_table = copyreg.dispatch_table | {
            PosixPath: self._reduce_path,
            WindowsPath: self._reduce_path,
            RenderContext: self._reduce_press,
        }

    def _reduce_path(self, path: PurePath) -> tuple[Callable[..., object], tuple[object, ...]]:
        for name, root in self._roots:
            if path.is_relative_to(root):
                self.paths.add(Path(path))
                return rooted_path, (name, path.relative_to(root).as_posix())
        return rooted_path, ("", path.as_posix())

    def _reduce_press(self, press: RenderContext) -> tuple[Callable[..., object], tuple[object, ...]]:
        return rooted_press, (press.catalog.common.parent, press.catalog.own)


class _RootedUnpickler(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, roots: Roots, press_of: Callable[[Path, Path | None], RenderContext]) -> None:
        super().__init__(file)
        self._roots = roots
        self._press_of = press_of

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - what pickle looks up may be anything
        if module == _MODULE:
            return {"rooted_path": self._path, "rooted_press": self._press_of}[name]
        return super().find_class(module, name)

    def _path(self, root: str, rest: str) -> Path:
        return self._roots[root] / rest if root else Path(rest)


def write_rooted(thing: object, roots: Roots) -> tuple[bytes, frozenset[Path]]:
    """Pickle something that holds paths; also returns those of its paths that lie below a root.

    Args:
        thing: a task, a plan, outcomes.
        roots: the folders as they are here.
    """
    file = io.BytesIO()
    pickler = _RootedPickler(file, roots)
    pickler.dump(thing)
    return file.getvalue(), frozenset(pickler.paths)


def read_rooted(data: bytes, roots: Roots, press_of: Callable[[Path, Path | None], RenderContext]) -> Any:  # noqa: ANN401
    """Read what ``write_rooted`` wrote elsewhere.

    Args:
        data: the pickle; it comes over Dask, which runs code for whoever reaches it anyway (docs/district.md).
        roots: the folders as they are here.
        press_of: what is rendered with, for the studio's packs in the first folder and a group's own in the second.
    """
    return _RootedUnpickler(io.BytesIO(data), roots, press_of).load()
