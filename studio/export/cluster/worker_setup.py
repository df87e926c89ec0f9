"""What a worker of a cluster does as it begins: Dask calls it in the main thread, before the first task.

``kim-studio worker`` brings it along; one of Dask's own takes it by ``--preload studio.export.cluster.worker_setup``.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from distributed import Worker


def dask_setup(worker: Worker) -> None:
    """Make what painting needs: Qt's application belongs into the main thread, tasks run in another one."""
    if sys.platform.startswith("linux"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from studio.paint.qt_application import ensure_gui

    ensure_gui()
