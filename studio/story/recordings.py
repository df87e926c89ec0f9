"""Edits of a story's recordings: voice notes from a phone, interviews, what was spoken into the laptop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.story.edits import StoryEdit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.story.model import Story
    from studio.story.newsroom_records import VoiceRecording


def add_recordings(recordings: Iterable[VoiceRecording]) -> StoryEdit:
    """Append recordings, but none whose file is in the story already: a take may be found twice on its way in."""
    fixed = tuple(recordings)

    def add(story: Story) -> Story:
        known = {each.file for each in story.recordings}
        new = tuple(each for each in fixed if each.file not in known)
        return replace(story, recordings=(*story.recordings, *new)) if new else story

    return StoryEdit("edit.recording_add", add)


def rename_recording(recording_id: str, name: str) -> StoryEdit:
    """Call a recording something else."""
    return StoryEdit(
        "edit.recording_name",
        lambda story: replace(
            story,
            recordings=tuple(
                replace(each, name=name) if each.id == recording_id else each for each in story.recordings
            ),
        ),
        f"recording:{recording_id}",
    )


def remove_recording(recording_id: str) -> StoryEdit:
    """Take a recording out of the story; its file stays in ``media/``, so that undo brings it back."""
    return StoryEdit(
        "edit.recording_remove",
        lambda story: replace(story, recordings=tuple(each for each in story.recordings if each.id != recording_id)),
    )
