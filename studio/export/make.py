"""Make the files of one task. Runs inline or in a spawned worker process; nothing here knows about the others."""

from __future__ import annotations

import base64
import tempfile
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from studio.base.errors import Cancelled, Notice, UserError
from studio.base.progress import Silent
from studio.export.files import digest, finished, inside
from studio.export.tasks import (
    CardTask,
    Failed,
    Made,
    Outcome,
    PhotoTask,
    PrintTask,
    Slot,
    Target,
    Task,
    TextTask,
    VideoTask,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.base.progress import Progress
    from studio.paint.boxes import Overflow


def make(task: Task, out: Path, progress: Progress | None = None) -> tuple[Outcome, ...]:
    """Make every file of ``task`` in the story's export folder ``out``.

    Returns:
        One outcome per target, in order. A file that fails does not stop the others.

    Raises:
        Cancelled: asked for through ``progress``; no half file is left.
    """
    try:
        return _make(task, out, progress or Silent())
    except Cancelled:
        raise
    except UserError as error:
        return tuple(Failed(target, error) for target in task.targets)
    except Exception as error:
        detail = f"{type(error).__name__}: {error}"
        trace = traceback.format_exc()
        return tuple(Failed(target, UserError("error.bug", detail=detail), trace) for target in task.targets)


def _make(task: Task, out: Path, progress: Progress) -> tuple[Outcome, ...]:
    match task:
        case TextTask():
            return (_make_text(task, out),)
        case PhotoTask():
            return _make_photos(task, out)
        case CardTask():
            return (_make_card(task, out),)
        case PrintTask():
            return (_make_print(task, out),)
        case VideoTask():
            from studio.export.videos import make_task

            return (make_task(task, out, progress),)


def _made(target: Target, final: Path, notices: Sequence[Notice] = (), width: int = 0, height: int = 0) -> Made:
    sha256, size = digest(final)
    return Made(target, sha256, size, width, height, notices=(*target.notices, *notices))


def _make_text(task: TextTask, out: Path) -> Made:
    final = inside(out, task.target.path)
    with finished(final) as part:
        part.write_bytes(task.content)
    return _made(task.target, final)


def _make_photos(task: PhotoTask, out: Path) -> tuple[Outcome, ...]:
    """All sizes from one decode; when that fails, one by one, so that a single bad size is named alone."""
    try:
        return _render_photos(task, out)
    except UserError:
        if len(task.jobs) == 1:
            raise
    outcomes: list[Outcome] = []
    for job in task.jobs:
        outcomes.extend(make(PhotoTask(task.source, task.photo, (job,), task.metadata), out))
    return tuple(outcomes)


def _render_photos(task: PhotoTask, out: Path) -> tuple[Outcome, ...]:
    from contextlib import ExitStack

    from studio.photo.render import render

    finals = [inside(out, target.path) for target in task.targets]
    with ExitStack() as stack:
        parts = [stack.enter_context(finished(final)) for final in finals]
        jobs = [(variant, part) for (_, variant), part in zip(task.jobs, parts, strict=True)]
        rendered = render(task.source, task.photo, jobs, task.metadata, Silent())
    return tuple(
        _made(target, final, done.notices, done.width, done.height)
        for target, final, done in zip(task.targets, finals, rendered, strict=True)
    )


def _fill(svg: str, slots: Sequence[Slot]) -> tuple[str, list[Notice]]:
    """Put the pictures into their places as data URIs."""
    from studio.photo.render import render

    notices: list[Notice] = []
    for slot in slots:
        with tempfile.TemporaryDirectory(prefix="kim-") as folder:
            picture = Path(folder) / "picture.jpg"
            done = render(slot.source, slot.photo, [(slot.variant, picture)], None, Silent())[0]
            notices += done.notices
            uri = "data:image/jpeg;base64," + base64.b64encode(picture.read_bytes()).decode("ascii")
        svg = svg.replace(slot.token, uri)
    return svg, notices


def overflow_notices(overflow: Sequence[Overflow], file: str) -> list[Notice]:
    """What did not fit, as warnings that show the beginning of the lost text."""
    return [Notice("export.text_cut", {"file": file, "text": lost.text.strip()[:60]}) for lost in overflow]


def _make_card(task: CardTask, out: Path) -> Made:
    from studio.paint.image import paint_rgb
    from studio.photo.save import save_pixels

    svg, notices = _fill(task.svg, task.slots)
    painted = paint_rgb(svg, task.width, task.height)
    final = inside(out, task.target.path)
    with finished(final) as part:
        kind = "png" if final.suffix == ".png" else "webp" if final.suffix == ".webp" else "jpeg"
        saved = save_pixels(
            painted.width,
            painted.height,
            painted.rgb,
            part,
            quality=task.quality,
            max_bytes=task.max_bytes,
            format=kind,
            metadata=task.metadata,
        )
    notices += [*overflow_notices(painted.overflow, final.name), *saved.notices]
    return _made(task.target, final, notices, saved.width, saved.height)


def _make_print(task: PrintTask, out: Path) -> Made:
    from studio.export.prints import paint_sheet

    svg, notices = _fill(task.svg, task.slots)
    final = inside(out, task.target.path)
    with finished(final) as part:
        overflow = paint_sheet(svg, task.next_svg, part, page_mm=task.page_mm, title=task.title, author=task.author)
    return _made(task.target, final, [*notices, *overflow_notices(overflow, final.name)])
