"""How a spawned process of ours begins: it gives way to the window, and ends with the process it works for."""

from __future__ import annotations

import multiprocessing
import os
import threading
from typing import TYPE_CHECKING

from studio.base.free_memory import keep_freed_memory
from studio.base.priority import give_way

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess


def serve_tasks() -> None:
    """Begin as a worker: give way, and end with the process it works for, or it would go on writing without a lock."""
    give_way()
    keep_freed_memory()
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True, name="end-with-parent").start()


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    # No cleaning up: exit handlers would wait for the queue of a process that is gone.
    os._exit(1)
