"""What an export is made of: tasks as plain data, so that they can be planned, keyed, sent to a process and tested.

A task makes one file, or several that share a decode (all sizes of one photo). Paths inside a task are relative to the
story's export folder; sources are absolute.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.base.errors import Notice, UserError
    from studio.export.planning.file_specs import FileKind, Problem
    from studio.export.planning.video_specs import ClipInputs, SlideshowInputs, VideoTarget
    from studio.photo.metadata import Metadata
    from studio.photo.render import Variant
    from studio.posts.context import Material
    from studio.posts.output_kinds import CardOutput, PrintOutput, TextOutput
    from studio.posts.packs import Outlet
    from studio.posts.press import Press
    from studio.posts.text import FilledText
    from studio.story.model import Group, Photo


@dataclass(frozen=True, slots=True)
class Target:
    """One file to make: where it goes, what it is, and the key of everything that goes into it."""

    path: str
    outlet: str
    kind: FileKind
    key: str
    length: int = 0
    limit: int = 0
    count: str = ""
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class TextTask:
    """A finished text or page, only to be written."""

    target: Target
    content: bytes

    @property
    def targets(self) -> tuple[Target, ...]:
        """The one file of this task."""
        return (self.target,)


@dataclass(frozen=True, slots=True)
class Mark:
    """Whose mark lies on a photo: the group, and its logo as a file (None: its initials)."""

    group: Group
    logo: Path | None


@dataclass(frozen=True, slots=True)
class PhotoTask:
    """All sizes of one photo that are to be made; they share one decode."""

    source: Path
    photo: Photo
    jobs: tuple[tuple[Target, Variant], ...]
    metadata: Metadata | None
    mark: Mark | None = None

    @property
    def targets(self) -> tuple[Target, ...]:
        """The files of this task, in order."""
        return tuple(target for target, _ in self.jobs)


@dataclass(frozen=True, slots=True)
class Slot:
    """A picture inside a card or sheet: the photo, cut to ``variant``; ``token`` stands for it in the key."""

    token: str
    source: Path
    photo: Photo
    variant: Variant


@dataclass(frozen=True, slots=True)
class CardTask:
    """A card. Its SVG is filled again with the real pictures, as the scrim depends on how bright the photo is."""

    target: Target
    outlet: Outlet
    output: CardOutput
    press: Press
    material: Material
    slots: tuple[Slot, ...]
    logo: Path | None
    metadata: Metadata

    @property
    def targets(self) -> tuple[Target, ...]:
        """The one file of this task."""
        return (self.target,)


@dataclass(frozen=True, slots=True)
class PrintTask:
    """A printed sheet: filled page by page, as the text flows on."""

    target: Target
    outlet: Outlet
    output: PrintOutput
    press: Press
    material: Material
    slots: tuple[Slot, ...]
    logo: Path | None

    @property
    def targets(self) -> tuple[Target, ...]:
        """The one file of this task."""
        return (self.target,)


@dataclass(frozen=True, slots=True)
class VideoTask:
    """All outputs of one clip that are to be made: equal ones are encoded once, others share a decode if that pays."""

    clip: ClipInputs
    jobs: tuple[tuple[Target, VideoTarget], ...]

    def files(self, job: tuple[Target, VideoTarget]) -> tuple[Target, ...]:
        """The video of a job, and the subtitle file beside it where the outlet takes one."""
        target, wish = job
        if wish.subtitles == "burn" or not self.clip.video.subtitles:
            return (target,)
        path = Path(target.path).with_suffix(f".{wish.subtitles}").as_posix()
        return (target, Target(path, target.outlet, "subtitles", target.key))

    @property
    def targets(self) -> tuple[Target, ...]:
        """The files of this task, in order."""
        return tuple(target for job in self.jobs for target in self.files(job))


@dataclass(frozen=True, slots=True)
class PosterTask:
    """The cover picture that was chosen for a clip, as its video shows that frame."""

    target: Target
    clip: ClipInputs
    wish: VideoTarget
    metadata: Metadata

    @property
    def targets(self) -> tuple[Target, ...]:
        """The one file of this task."""
        return (self.target,)


@dataclass(frozen=True, slots=True)
class SlideshowTask:
    """The video of a story's photos; equal outputs are made once."""

    show: SlideshowInputs
    jobs: tuple[tuple[Target, VideoTarget], ...]

    @property
    def targets(self) -> tuple[Target, ...]:
        """The files of this task, in order."""
        return tuple(target for target, _ in self.jobs)


Task = TextTask | PhotoTask | CardTask | PrintTask | VideoTask | PosterTask | SlideshowTask


@dataclass(frozen=True, slots=True)
class PlannedText:
    """The text of one output as its template was filled, and the tasks that write its files (several for a thread)."""

    outlet: Outlet
    output: TextOutput
    filled: FilledText
    tasks: tuple[TextTask, ...]


@dataclass(frozen=True, slots=True)
class StoryPlan:
    """The files of one story, and the outputs that cannot be planned.

    ``texts`` are the words of those ``tasks`` that write a text, for whoever shows them: no template is filled twice.
    """

    tasks: tuple[Task, ...]
    problems: tuple[Problem, ...]
    texts: tuple[PlannedText, ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """A finished file, under its final name."""

    target: Target
    sha256: str
    bytes: int
    width: int = 0
    height: int = 0
    seconds: float = 0.0
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Failed:
    """A file that could not be made, and why. ``bug`` holds the traceback when it was not the user's to mend."""

    target: Target
    error: UserError
    bug: str = ""


Outcome = Made | Failed
