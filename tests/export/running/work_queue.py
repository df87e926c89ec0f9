"""Works off the queue of a workspace, in a process of its own that a test kills."""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def main(folder: str, jobs: str) -> None:
    from studio.base.i18n import MessageTexts
    from studio.base.paths import assets_dir, templates_dir
    from studio.base.progress import SilentProgress
    from studio.export.running.export_queue import ExportQueue
    from studio.export.running.queue_runner import QueueWatch, run_queue
    from studio.export.running.story_exporter import StoryExporter
    from studio.store.workspace import open_workspace

    texts = MessageTexts(assets_dir() / "messages", "id")
    with open_workspace(Path(folder)) as workspace:
        queue = ExportQueue(workspace.path)
        sys.stdout.write("begun\n")
        sys.stdout.flush()
        with StoryExporter(workspace, templates_dir(), texts, jobs=int(jobs)) as exporter:
            run_queue(queue, exporter, texts, QueueWatch(SilentProgress()))


if __name__ == "__main__":
    main(*sys.argv[1:3])
