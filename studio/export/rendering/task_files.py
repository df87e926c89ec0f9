"""Make the files of one task. Runs inline or in a spawned worker process; nothing here knows about the others."""

from __future__ import annotations

import math
import shutil
import sys
import tempfile
import traceback
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from studio.base.atomic_files import replace_file
from studio.base.errors import UserError, WorkCancelled, WorkNotice
from studio.base.finished_files import file_digest, finished_file, path_inside
from studio.base.media_types import media_name
from studio.base.progress import SilentProgress
from studio.export.planning.export_tasks import (
    CardTask,
    FailedFile,
    FileTarget,
    MadeFile,
    MotionTask,
    Outcome,
    PhotoTask,
    PosterTask,
    PrintTask,
    SlideshowTask,
    Task,
    TextTask,
    VideoTask,
)
from studio.export.planning.file_specs import bug_error
from studio.export.rendering.card_pictures import CardPictures, card_svg, filled_sheet, overflow_notices, pictures_of
from studio.export.rendering.group_mark import paint_mark
from studio.export.rendering.strip_art import paint_strips

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from studio.base.progress import Progress
    from studio.export.planning.video_specs import MadeVideo, VideoTarget
    from studio.photo.render import PhotoVariant, RenderedPicture

_POSTER_BYTES = 2_000_000
"""YouTube takes cover pictures of up to 2 MB (wondershare, 2025-12), and nobody else asks for less."""


def announce_nothing(_out: Path, _made: Iterable[MadeFile]) -> None:
    """For files that nobody keeps: no run will have to know them after a power cut."""


@dataclass(frozen=True, slots=True)
class OutputFolder:
    """Where the files of a task go.

    Attributes:
        path: the story's export folder; it is there.
        announce: called with files that are finished under their temporary names, before they get their own (the
            export's write-ahead log).
    """

    path: Path
    announce: Callable[[Path, Iterable[MadeFile]], None] = announce_nothing

    def file(self, relative: str) -> Path:
        """A file of this folder.

        Raises:
            UserError: the name leads out of it.
        """
        return path_inside(self.path, relative)


def render_task(task: Task, place: OutputFolder, progress: Progress | None = None) -> tuple[Outcome, ...]:
    """Make every file of ``task`` in the story's export folder.

    Returns:
        One outcome per target, in order. A file that fails does not stop the others.

    Raises:
        WorkCancelled: asked for through ``progress``; no half file is left.
    """
    try:
        return _render_task(task, place, progress or SilentProgress())
    except WorkCancelled:
        raise
    except UserError as error:
        return tuple(FailedFile(target, error) for target in task.targets)
    except Exception as error:
        trace = traceback.format_exc()
        return tuple(FailedFile(target, bug_error(error), trace) for target in task.targets)


def _render_task(task: Task, place: OutputFolder, progress: Progress) -> tuple[Outcome, ...]:
    if not place.path.is_dir():  # its drive was pulled out: nothing is made below the empty mount point
        raise UserError("store.drive_gone", file=task.targets[0].path, place=str(place.path))
    match task:
        case PhotoTask():
            return _make_photos(task, place)
        case VideoTask():
            return _make_videos(task, place, progress)
        case SlideshowTask():
            return _make_shows(task, place, progress)
        case PrintTask():
            return _with_copies(task, _make_print(task, place), place)
        case MotionTask():
            return _with_copies(task, _make_motion(task, place, progress), place)
        case _:
            return (_make_one(task, place),)


def _make_one(task: TextTask | CardTask | PosterTask, place: OutputFolder) -> MadeFile:
    match task:
        case TextTask():
            return _make_text(task, place)
        case CardTask():
            return _make_card(task, place)
        case PosterTask():
            return _make_poster(task, place)


def _made_file(
    target: FileTarget, file: Path, notices: Sequence[WorkNotice] = (), width: int = 0, height: int = 0
) -> MadeFile:
    """What ``file``, finished under its temporary name, will be. One that stayed empty is refused by ``finished``."""
    sha256, size = file_digest(file) if file.exists() else ("", 0)
    return MadeFile(target, sha256, size, width, height, notices=(*target.notices, *notices))


def _announce_file(place: OutputFolder, made: MadeFile) -> MadeFile:
    place.announce(place.path, (made,))
    return made


def _make_text(task: TextTask, place: OutputFolder) -> MadeFile:
    final = place.file(task.target.path)
    with finished_file(final, place.path) as part:
        part.write_bytes(task.content)
        return _announce_file(place, _made_file(task.target, part))


def _make_photos(task: PhotoTask, place: OutputFolder) -> tuple[Outcome, ...]:
    """All sizes from one decode; when that fails, one by one, so that a single bad size is named alone."""
    try:
        return _render_photos(task, place)
    except UserError:
        if len(task.jobs) == 1:
            raise
    outcomes: list[Outcome] = []
    for job in task.jobs:
        outcomes.extend(render_task(replace(task, jobs=(job,)), place))
    return tuple(outcomes)


def _render_photos(task: PhotoTask, place: OutputFolder) -> tuple[Outcome, ...]:
    from studio.photo.render import render_variants

    finals = [place.file(target.path) for target in task.targets]
    with ExitStack() as stack:
        parts = [stack.enter_context(finished_file(final, place.path)) for final in finals]
        # What several outlets want alike is encoded once, under the name of the first.
        alike: dict[str, tuple[PhotoVariant, Path]] = {}
        for (target, variant), part, final in zip(task.jobs, parts, finals, strict=True):
            alike.setdefault(target.key, (replace(variant, name=final.name), part))
        work = Path(stack.enter_context(tempfile.TemporaryDirectory())) if task.mark or task.strips else place.path
        mark = paint_mark(task.mark, work) if task.mark else None
        strips = paint_strips(task, tuple(alike), work)
        pictures = render_variants(
            task.source,
            task.photo,
            tuple(alike.values()),
            task.metadata,
            SilentProgress(),
            mark=mark,
            overlays=[strip.overlay for strip in strips],
        )
        rendered = {
            key: replace(picture, notices=(*picture.notices, *overflow_notices(strip.lost, picture_job[0].name)))
            for (key, picture_job), picture, strip in zip(alike.items(), pictures, strips, strict=True)
        }
        made = tuple(
            _made_photo(target, part, rendered[target.key], alike[target.key][0].name)
            for target, part in zip(task.targets, parts, strict=True)
        )
        # Inside the block: the files still have their temporary names. After a power cut between the renames, the log
        # tells the next run which of them are complete.
        place.announce(place.path, made)
    return made


def _renamed_notices(notices: Iterable[WorkNotice], first: str, name: str) -> tuple[WorkNotice, ...]:
    """What was noticed of a file, said of its copy ``name``."""
    return tuple(
        replace(notice, facts={**notice.facts, "file": name}) if notice.facts.get("file") == first else notice
        for notice in notices
    )


def _made_photo(target: FileTarget, part: Path, picture: RenderedPicture, first: str) -> MadeFile:
    """A finished picture, or a copy of that of the outlet whose file is called ``first``."""
    notices = picture.notices
    if picture.path != part:
        shutil.copyfile(picture.path, part)
        notices = _renamed_notices(notices, first, Path(target.path).name)
    return _made_file(target, part, notices, picture.width, picture.height)


_FORMATS: dict[str, Literal["png", "webp"]] = {"image/png": "png", "image/webp": "webp"}


def _cut_meanwhile(task: CardTask) -> CardPictures:
    """``pictures_of`` in another thread while Qt and its fonts load, which takes as long as cutting a photo."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool:
        pictures = pool.submit(pictures_of, task)
        from studio.paint.qt_application import ensure_gui

        ensure_gui()
        return pictures.result()


def _make_card(task: CardTask, place: OutputFolder) -> MadeFile:
    # Qt is loaded once for each process; from the second card on there is nothing to wait for.
    first = "PySide6" not in sys.modules
    pictures = _cut_meanwhile(task) if first else pictures_of(task)

    from studio.paint.image import paint_rgb
    from studio.photo.save import save_pixels

    painted = paint_rgb(card_svg(task, pictures), *task.output.size)
    final = place.file(task.target.path)
    with finished_file(final, place.path) as part:
        saved = save_pixels(
            painted.width,
            painted.height,
            painted.rgb,
            part,
            quality=task.output.quality,
            max_bytes=task.output.max_bytes,
            format=_FORMATS.get(media_name(final), "jpeg"),
            metadata=task.metadata,
            name=final.name,
        )
        notices = [*pictures.notices, *overflow_notices(painted.overflow, final.name), *saved.notices]
        return _announce_file(place, _made_file(task.target, part, notices, saved.width, saved.height))


def _make_poster(task: PosterTask, place: OutputFolder) -> MadeFile:
    from studio.export.rendering.video_stills import video_still
    from studio.photo.save import save_pixels

    final = place.file(task.target.path)
    with finished_file(final, place.path) as part:
        still = video_still(task.clip, task.wish, task.wish.size)
        saved = save_pixels(*still, part, max_bytes=_POSTER_BYTES, metadata=task.metadata, name=final.name)
        return _announce_file(place, _made_file(task.target, part, saved.notices, saved.width, saved.height))


def _make_motion(task: MotionTask, place: OutputFolder, progress: Progress) -> MadeFile:
    from studio.export.rendering.motion_videos import make_motion

    with finished_file(place.file(task.target.path), place.path) as part:
        return _announce_file(place, _made_video(task.target, part, make_motion(task, part, progress)))


def _with_copies(task: PrintTask | MotionTask, first: MadeFile, place: OutputFolder) -> tuple[Outcome, ...]:
    """The file, made once, and its copies for other outlets; a copy that fails is named alone."""
    outcomes: list[Outcome] = [first]
    for target in task.copies:
        try:
            with finished_file(place.file(target.path), place.path) as part:
                shutil.copyfile(place.file(task.target.path), part)
                told = first.notices[len(task.target.notices) :]
                notices = _renamed_notices(told, Path(task.target.path).name, Path(target.path).name)
                copy = replace(first, target=target, notices=(*target.notices, *notices))
                outcomes.append(_announce_file(place, copy))
        except UserError as error:
            outcomes.append(FailedFile(target, error))
    return tuple(outcomes)


def _make_print(task: PrintTask, place: OutputFolder) -> MadeFile:
    from studio.paint.pdf import paint_flow, paint_pdf

    pictures = pictures_of(task)
    sheet = filled_sheet(task, pictures)
    final = place.file(task.target.path)
    width, height = task.output.size
    title, author = task.material.story.headline, task.material.group.name
    with finished_file(final, place.path) as part:
        if sheet.more:
            pages = (sheet.first, *sheet.more)
            overflow = paint_pdf(pages, part, page_mm=(width, height), title=title, author=author)
        else:
            size = (width, height)
            overflow = paint_flow(sheet.first, sheet.following, part, page_mm=size, title=title, author=author)
        notices = [*pictures.notices, *overflow_notices(overflow, final.name)]
        return _announce_file(place, _made_file(task.target, part, notices))


def _make_videos(task: VideoTask, place: OutputFolder, progress: Progress) -> tuple[Outcome, ...]:
    """All outputs of a clip at once; when that fails, those without a limit of bytes, then one by one."""
    try:
        return _encode_task(task, place, progress)
    except UserError:
        if len(task.jobs) == 1:
            raise
    free = tuple(job for job in task.jobs if job[1].max_bytes is None)
    # Usually one output's limit of bytes is what fails; the others can still share one decode.
    mixed = 0 < len(free) < len(task.jobs)
    groups = [free] if mixed else []
    groups += [(job,) for job in task.jobs if not (mixed and job in free)]
    outcomes: list[Outcome] = []
    for jobs in groups:
        outcomes.extend(render_task(replace(task, jobs=jobs), place, progress))
    return tuple(outcomes)


def _encode_task(task: VideoTask, place: OutputFolder, progress: Progress) -> tuple[Outcome, ...]:
    from studio.export.rendering.clip_videos import make_videos

    finals = [place.file(target.path) for target, _ in task.jobs]
    with ExitStack() as stack:
        parts = [stack.enter_context(finished_file(final, place.path)) for final in finals]
        wanted = [(wish, part) for (_, wish), part in zip(task.jobs, parts, strict=True)]
        made = make_videos(task.clip, wanted, progress)
        outcomes: list[MadeFile] = []
        for job, part, done in zip(task.jobs, parts, made, strict=True):
            outcomes.append(_made_video(job[0], part, done))
            besides = zip(task.files(job)[1:], done.sidecars, strict=True)
            outcomes += [_made_file(beside, sidecar) for beside, sidecar in besides]
        place.announce(place.path, outcomes)
        for final, done in zip(finals, made, strict=True):
            for sidecar in done.sidecars:
                replace_file(sidecar, final.with_suffix(sidecar.suffix))
    return tuple(outcomes)


def _made_video(target: FileTarget, file: Path, done: MadeVideo) -> MadeFile:
    return replace(_made_file(target, file, done.notices, done.width, done.height), seconds=done.seconds)


def _make_shows(task: SlideshowTask, place: OutputFolder, progress: Progress) -> tuple[Outcome, ...]:
    """Each different output once, copied to the others that want the same; one that is refused is named alone."""
    first: dict[VideoTarget, tuple[MadeVideo, Path]] = {}
    outcomes: dict[str, Outcome] = {}
    # The roomiest limit of bytes first: where that file keeps the limit of another outlet, it is taken there too.
    for target, wish in sorted(task.jobs, key=lambda job: -(job[1].max_bytes or math.inf)):
        final = place.file(target.path)
        # What decides how the file looks. A slideshow has no subtitles, so that wish does not tell two apart.
        look = replace(wish, max_bytes=None, max_seconds=None, min_seconds=0.0, subtitles="burn")
        try:
            with finished_file(final, place.path) as part:
                same = first.get(look)
                if same is not None and _keeps_limits(same[0], wish):
                    shutil.copyfile(same[1], part)
                    made = same[0]
                else:
                    made = _make_slideshow(task, wish, part, progress)
                outcomes[target.path] = _announce_file(place, _made_video(target, part, made))
            # A show that was cut short for one outlet must not be copied to one that would take all photos.
            if not any(notice.code == "video.fewer_photos" for notice in made.notices):
                first.setdefault(look, (made, final))
        except UserError as error:
            outcomes[target.path] = FailedFile(target, error)
    return tuple(outcomes[target.path] for target, _ in task.jobs)


def _keeps_limits(made: MadeVideo, wish: VideoTarget) -> bool:
    return made.bytes <= (wish.max_bytes or math.inf) and made.seconds <= (wish.max_seconds or math.inf)


def _make_slideshow(task: SlideshowTask, wish: VideoTarget, part: Path, progress: Progress) -> MadeVideo:
    from studio.export.rendering.slideshow_videos import make_slideshow

    return make_slideshow(task.show, wish, part, progress)
