"""A draft file into a workspace, with what the photo and video engines can tell about its media."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.store.draft import Readers, add_draft, read_draft

if TYPE_CHECKING:
    from pathlib import Path

    from studio.base.errors import Notice
    from studio.base.progress import Progress
    from studio.store.workspace import Workspace
    from studio.story.model import Cue, Photo, Video


@dataclass(frozen=True, slots=True)
class Added:
    """The folder of the new story, and what the user should know about its draft and media."""

    folder: str
    notices: tuple[Notice, ...]


def media_readers(notices: list[Notice]) -> Readers:
    """Readers that fill sizes, times and subtitles, and collect what they notice into ``notices``."""

    def photo(item: Photo, path: Path) -> Photo:
        from studio.photo.opener import probe

        facts = probe(path)
        notices.extend(facts.notices)
        return replace(item, width=facts.width, height=facts.height, taken=facts.taken)

    def video(item: Video, path: Path) -> Video:
        from studio.video.probe import probe

        clip = probe(path)
        notices.extend(clip.notices)
        return replace(item, width=clip.width, height=clip.height, seconds=round(clip.seconds, 3))

    def subtitles(path: Path) -> tuple[Cue, ...]:
        from studio.video.subtitles import read_subtitles

        return read_subtitles(path)

    return Readers(photo, video, subtitles)


def add_draft_file(workspace: Workspace, path: Path, progress: Progress | None = None) -> Added:
    """Add a draft to a workspace.

    Raises:
        UserError: the draft or a file it names is faulty, or the workspace cannot be written; nothing was added.
        Cancelled: from ``progress``; likewise.
    """
    draft = read_draft(path)
    notices: list[Notice] = list(draft.notices)
    folder = add_draft(workspace, draft, media_readers(notices), progress)
    return Added(folder, tuple(notices))
