"""What an export is made of: tasks as plain data, so that they can be planned, keyed, sent to a process and tested.

A task makes one file, or several that share a decode (all sizes of one photo). Paths inside a task are relative to the
story's export folder; sources are absolute.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.base.errors import UserError, WorkNotice
    from studio.export.planning.file_specs import FileKind, FileProblem
    from studio.export.planning.motion_timing import MotionTimeline
    from studio.export.planning.video_specs import ClipInputs, MotionSound, SlideshowInputs, VideoTarget
    from studio.photo.metadata import PictureMetadata
    from studio.photo.render import PhotoVariant
    from studio.posts.card_layouts import CardPlace
    from studio.posts.late_values import LateSvg
    from studio.posts.output_kinds import CardOutput, PrintOutput, TextOutput
    from studio.posts.packs import Outlet
    from studio.posts.render_context import RenderContext
    from studio.posts.svg import LateSheet
    from studio.posts.template_context import TemplateContext
    from studio.posts.text_posts import FilledText, TextPost
    from studio.story.model import Group, Photo


@dataclass(frozen=True, slots=True)
class FileTarget:
    """One file to make: where it goes, what it is, and the key of everything that goes into it."""

    path: str
    outlet: str
    kind: FileKind
    key: str
    length: int = 0
    limit: int = 0
    count: str = ""
    notices: tuple[WorkNotice, ...] = ()


@dataclass(frozen=True, slots=True)
class TextTask:
    """A finished text or page, only to be written."""

    target: FileTarget
    content: bytes

    @property
    def targets(self) -> tuple[FileTarget, ...]:
        """The one file of this task."""
        return (self.target,)


@dataclass(frozen=True, slots=True)
class PhotoMark:
    """Whose mark lies on a photo: the group, and its logo as a file (None: its initials)."""

    group: Group
    logo: Path | None


@dataclass(frozen=True, slots=True)
class PhotoStrip:
    """What is written on a photo: a filled SVG, where it lies (left, top) and its size, in pixels of ``whole``."""

    svg: str
    at: tuple[int, int]
    size: tuple[int, int]
    whole: tuple[int, int]


@dataclass(frozen=True, slots=True)
class PhotoTask:
    """All sizes of one photo that are to be made; they share one decode.

    ``strips`` are by the key of the file: two outlets that want the same picture with the same words share one.
    """

    source: Path
    photo: Photo
    jobs: tuple[tuple[FileTarget, PhotoVariant], ...]
    metadata: PictureMetadata | None
    mark: PhotoMark | None = None
    strips: tuple[tuple[str, PhotoStrip], ...] = ()

    @property
    def targets(self) -> tuple[FileTarget, ...]:
        """The files of this task, in order."""
        return tuple(target for target, _ in self.jobs)

    def strip(self, target: FileTarget) -> PhotoStrip | None:
        """What is written on the photo of a file."""
        return dict(self.strips).get(target.key)


@dataclass(frozen=True, slots=True)
class PictureSlot:
    """A picture inside a card or sheet: the photo, cut to ``variant``; ``token`` stands for it in the key.

    ``name`` is what templates know it by: ``photo``, or ``photo:<id>`` for one product of many.
    """

    token: str
    source: Path
    photo: Photo
    variant: PhotoVariant
    name: str = "photo"


@dataclass(frozen=True, slots=True)
class CardTask:
    """A card. Its SVG was filled for its key; pictures, and the scrim that depends on the photo, are put into that."""

    target: FileTarget
    outlet: Outlet
    output: CardOutput
    press: RenderContext
    material: TemplateContext
    slots: tuple[PictureSlot, ...]
    logo: Path | None
    metadata: PictureMetadata
    svg: LateSvg
    place: CardPlace

    @property
    def targets(self) -> tuple[FileTarget, ...]:
        """The one file of this task."""
        return (self.target,)


@dataclass(frozen=True, slots=True)
class PrintTask:
    """A printed sheet, filled for its key as a card is. ``copies`` are outlets that want the very same."""

    target: FileTarget
    outlet: Outlet
    output: PrintOutput
    press: RenderContext
    material: TemplateContext
    slots: tuple[PictureSlot, ...]
    logo: Path | None
    sheet: LateSheet
    copies: tuple[FileTarget, ...] = ()

    @property
    def targets(self) -> tuple[FileTarget, ...]:
        """The sheet and its copies."""
        return (self.target, *self.copies)


@dataclass(frozen=True, slots=True)
class VideoTask:
    """All outputs of one clip that are to be made: equal ones are encoded once, others share a decode if that pays."""

    clip: ClipInputs
    jobs: tuple[tuple[FileTarget, VideoTarget], ...]

    def files(self, job: tuple[FileTarget, VideoTarget]) -> tuple[FileTarget, ...]:
        """The video of a job, and the subtitle file beside it where the outlet takes one."""
        target, wish = job
        if wish.subtitles == "burn" or not self.clip.video.subtitles:
            return (target,)
        path = Path(target.path).with_suffix(f".{wish.subtitles}").as_posix()
        return (target, FileTarget(path, target.outlet, "subtitles", target.key))

    @property
    def targets(self) -> tuple[FileTarget, ...]:
        """The files of this task, in order."""
        return tuple(target for job in self.jobs for target in self.files(job))


@dataclass(frozen=True, slots=True)
class PosterTask:
    """The cover picture that was chosen for a clip, as its video shows that frame."""

    target: FileTarget
    clip: ClipInputs
    wish: VideoTarget
    metadata: PictureMetadata

    @property
    def targets(self) -> tuple[FileTarget, ...]:
        """The one file of this task."""
        return (self.target,)


@dataclass(frozen=True, slots=True)
class SlideshowTask:
    """The video of a story's photos; equal outputs are made once."""

    show: SlideshowInputs
    jobs: tuple[tuple[FileTarget, VideoTarget], ...]

    @property
    def targets(self) -> tuple[FileTarget, ...]:
        """The files of this task, in order."""
        return tuple(target for target, _ in self.jobs)


@dataclass(frozen=True, slots=True)
class MotionTask:
    """A moving card. ``copies`` are outlets that want the very same.

    Attributes:
        scenes: the picture of each scene of the timeline, planned as a card is.
        timeline: what is shown for how long.
        wish: size and limits.
        sound: what is heard.
        work: a folder for this video alone.
        drift: whether the photo comes slowly closer.
        captions: the words of the narration as a scene whose turns are the captions; None for none.
        caption_times: begin and end of each, in seconds.
    """

    target: FileTarget
    scenes: tuple[CardTask, ...]
    timeline: MotionTimeline
    wish: VideoTarget
    sound: MotionSound
    work: Path
    copies: tuple[FileTarget, ...] = ()
    drift: bool = True
    captions: CardTask | None = None
    caption_times: tuple[tuple[float, float], ...] = ()

    @property
    def targets(self) -> tuple[FileTarget, ...]:
        """The video and its copies."""
        return (self.target, *self.copies)


Task = TextTask | PhotoTask | CardTask | PrintTask | VideoTask | PosterTask | SlideshowTask | MotionTask
LONG_TASKS = VideoTask | SlideshowTask | MotionTask
"""What takes minutes: made last, and by ffmpeg, which is a process of its own."""


@dataclass(frozen=True, slots=True)
class PlannedText:
    """The text of one output as its template was filled and laid out, and the tasks that write its files.

    ``key`` is that of ``Story.overrides``.
    """

    outlet: Outlet
    output: TextOutput
    filled: FilledText
    post: TextPost
    tasks: tuple[TextTask, ...]
    key: str = ""


@dataclass(frozen=True, slots=True)
class StoryPlan:
    """The files of one story, and the outputs that cannot be planned.

    ``texts`` are the words of those ``tasks`` that write a text, for whoever shows them: no template is filled twice.
    """

    tasks: tuple[Task, ...]
    problems: tuple[FileProblem, ...]
    texts: tuple[PlannedText, ...] = ()


def spare_memory(plan: StoryPlan) -> StoryPlan:
    """The plan with clips made with less memory, in more time."""
    tasks = (
        replace(task, clip=replace(task.clip, frugal=True)) if isinstance(task, VideoTask) else task
        for task in plan.tasks
    )
    return replace(plan, tasks=tuple(tasks))


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A finished file, under its final name."""

    target: FileTarget
    sha256: str
    bytes: int
    width: int = 0
    height: int = 0
    seconds: float = 0.0
    notices: tuple[WorkNotice, ...] = ()


@dataclass(frozen=True, slots=True)
class FailedFile:
    """A file that could not be made, and why. ``bug`` holds the traceback when it was not the user's to fix."""

    target: FileTarget
    error: UserError
    bug: str = ""


Outcome = MadeFile | FailedFile
