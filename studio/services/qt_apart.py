"""Painting by Qt in a process of its own, so that a command which works with photos does not carry Qt's 45 MB."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
T = TypeVar("T")


def paint_apart(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Have a module's function do its work in a process of its own; in this one where Qt is there already.

    What it is given and what it returns is pickled; what it raises is raised here.
    """
    if "PySide6.QtGui" in sys.modules:
        return work(*args, **kwargs)
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(work, *args, **kwargs).result()
