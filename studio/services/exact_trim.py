"""Hands out pieces of a clip as they were recorded ("Potong saja"): for a clip on which nothing is to be hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.services.whatsapp_file import release_clip

if TYPE_CHECKING:
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.base.progress import Progress
    from studio.store.workspace import Workspace
    from studio.story.model import Video
    from studio.video.trim import TrimmedClip


def trim_for_readers(
    workspace: Workspace, folder: str, source: Path, video: Video, out: Path, texts: MessageTexts, progress: Progress
) -> tuple[TrimmedClip, bool]:
    """Write the kept pieces of a story's clip, exact at both ends; the gate is asked before and after.

    Args:
        workspace: where the story is.
        folder: the story's folder there.
        source: the original.
        video: the clip as it is edited and saved.
        out: the file to write.
        texts: language of a refusal.
        progress: called with hundredths.

    Returns:
        What was made, and whether the story is still a draft: nothing on the file says so.

    Raises:
        UserError: ``video.trim_covered``: covers are not burned in here; see ``release_clip`` and ``trim_clip``.
        WorkCancelled: nothing is left.
    """
    from studio.video.trim import trim_clip

    if video.covers:
        raise UserError("video.trim_covered", file=video.name or video.file)
    before = release_clip(workspace, folder, video, texts)
    made = trim_clip(source, video.cuts, out, progress, track=video.sound_track)
    try:
        after = release_clip(workspace, folder, video, texts)
        # Cutting takes minutes. If the story fell back to a draft meanwhile (a child was marked, a claim reopened), the
        # file must not be handed out as if it were ready.
        if after.draft and not before.draft:
            raise UserError("hand_out.changed", story=folder)
    except UserError:
        out.unlink(missing_ok=True)  # it was taken back meanwhile
        raise
    return made, after.draft
