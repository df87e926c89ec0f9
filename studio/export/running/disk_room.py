"""Room is checked before the work begins, not when the disk is full."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.base.sizes import ByteCount
from studio.export.planning.export_tasks import (
    CardTask,
    MotionTask,
    PhotoTask,
    PosterTask,
    PrintTask,
    SlideshowTask,
    TextTask,
    VideoTask,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from studio.export.planning.export_tasks import Task
    from studio.export.planning.video_specs import VideoTarget

# Bits per pixel of a busy photo at quality 85, 4:2:0: 12 MP test photos gave 2.2-3.1 (docs/decisions/disk-room.md).
_PHOTO_BITS_PER_PIXEL = 3.2
_PRINT_BYTES = 600_000
_VIDEO_BYTES_PER_SECOND = 900_000
_RESERVE = 50_000_000


def estimate_bytes(tasks: Iterable[Task]) -> int:
    """An upper guess, in bytes, of what the tasks will write, temporary files included."""
    return sum(_task_size(task) for task in tasks)


def _task_size(task: Task) -> int:
    match task:
        case TextTask():
            return len(task.content)
        case PhotoTask():
            return sum(_picture_size(*variant.size, variant.max_bytes) for _, variant in task.jobs)
        case CardTask() | PosterTask():
            wanted = task.output if isinstance(task, CardTask) else task.wish
            return _picture_size(*wanted.size, wanted.max_bytes)
        case PrintTask() | MotionTask():
            one = _PRINT_BYTES if isinstance(task, PrintTask) else _video_size(task.wish, task.timeline.seconds)
            return one * len(task.targets)
        case VideoTask():
            return sum(_video_size(target, task.clip.video.seconds) for _, target in task.jobs)
        case SlideshowTask():
            shown = slideshow.seconds_each * len(task.show.photos) if (slideshow := task.show.story.slideshow) else 0.0
            return sum(_video_size(target, shown) for _, target in task.jobs)


def _video_size(target: VideoTarget, clip_seconds: float) -> int:
    seconds = min(clip_seconds or 60.0, target.max_seconds or clip_seconds or 60.0)
    guess = int(seconds * _VIDEO_BYTES_PER_SECOND)
    # The parts and the joined file exist at the same time.
    return 2 * min(guess, target.max_bytes or guess)


def _picture_size(width: int, height: int, max_bytes: int | None) -> int:
    guess = int(width * height * _PHOTO_BITS_PER_PIXEL / 8)
    return min(guess, max_bytes) if max_bytes else guess


def check_room(tasks: Iterable[Task], folder: Path) -> None:
    """Make sure that the disk under ``folder`` holds what the tasks will write, with 50 MB to spare.

    Raises:
        UserError: it does not; nothing was written yet.
    """
    need = estimate_bytes(tasks)
    place = folder
    # The system measures only folders that exist, and the export's folder may still have to be made.
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    if need and free < need + _RESERVE:
        raise UserError("error.disk_full", place=str(folder), need=ByteCount(need + _RESERVE), free=ByteCount(free))
