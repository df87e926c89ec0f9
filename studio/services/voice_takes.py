"""Takes of the recorder on their way into a story, and what is made of recordings. No Qt: runs in a worker.

A take is written beside the stories while it is spoken and comes into its story when it is whole. What a cut of the
power left there comes in when the recorder is opened again: whatever was said may be the only time it was.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from studio.base.errors import UserError
from studio.base.folders import make_folder
from studio.services.spoken_captions import captions_of
from studio.story.edits import new_id
from studio.story.newsroom_records import VoiceRecording

if TYPE_CHECKING:
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.base.progress import Progress
    from studio.store.workspace import Workspace
    from studio.story.edits import StoryEdit
    from studio.story.model import Story
    from studio.story.motion_records import SpokenCaption
    from studio.video.voice_files import VoiceFile

NarrationUse = Literal["slideshow", "motion"]

ROOM = "rekaman"
_BETWEEN = "--"
"""Between the folder of the story and the moment, in the name of a take."""
_EMPTY = 16_000
"""Bytes of a take in which there is nothing but its head: it is not worth a second look."""
TAKE = ".flac"
"""Takes lose nothing, and a file that was cut off can still be read."""


def take_path(workspace: Workspace, folder: str) -> Path:
    """Where a new take of a story is written.

    Raises:
        OSError: the folder for takes cannot be made.
    """
    room = workspace.private_dir / ROOM
    make_folder(room)
    return room / f"{folder}{_BETWEEN}{workspace.clock():%Y%m%dT%H%M%S}{TAKE}"


def left_takes(workspace: Workspace) -> tuple[tuple[str, Path], ...]:
    """Takes that have not come into their story: its folder as it is called now, and the file; oldest first."""
    found = sorted((workspace.private_dir / ROOM).glob(f"*{_BETWEEN}*{TAKE}"), key=lambda path: path.name[::-1])
    return tuple((workspace.name_now(path.name.rpartition(_BETWEEN)[0]), path) for path in found)


def keep_take(
    workspace: Workspace, folder: str, path: Path, name: str, progress: Progress, script: str = ""
) -> VoiceRecording:
    """Copy a take into its story's media; what is returned has still to be added to the story, then ``drop_take``.

    ``script`` is what was read, as it is spoken.

    Raises:
        UserError: nothing can be heard of it, or the disk refuses; then it stays, unless it is empty.
    """
    from studio.video.sound_facts import sound_facts

    progress.report(0, 1, name)
    try:
        seconds = sound_facts(path).seconds
    except UserError as error:
        if path.stat().st_size < _EMPTY:
            path.unlink(missing_ok=True)
        raise UserError("recorder.nothing", file=name) from error
    taken = workspace.clock().isoformat(timespec="seconds")
    file = workspace.import_media(folder, path)
    return VoiceRecording(id=new_id(), file=file, name=name, seconds=round(seconds, 3), taken=taken, script=script)


def drop_take(path: Path) -> None:
    """Remove a take that is in its story now."""
    with suppress(OSError):  # Windows may still hold it: then it is found, and known by its content, the next time
        path.unlink(missing_ok=True)


def take_in_left(workspace: Workspace, name: str, progress: Progress) -> tuple[tuple[str, Path, VoiceRecording], ...]:
    """As ``keep_take`` for what is left of takes; each with the folder of its story and the take.

    A story that is gone leaves its takes there.
    """
    came = []
    for folder, path in left_takes(workspace):
        with suppress(UserError):
            known = {each.file for each in workspace.load(folder).recordings}
            taken = keep_take(workspace, folder, path, name, progress)
            if taken.file in known:
                drop_take(path)
            else:
                came.append((folder, path, taken))
    return tuple(came)


def next_name(story: Story, word: str) -> str:
    """A name for the next one: the word and a number that is not taken."""
    taken = {each.name for each in story.recordings}
    number = len(story.recordings) + 1
    while f"{word} {number}" in taken:
        number += 1
    return f"{word} {number}"


def voice_ending(kind: VoiceFile) -> str:
    """The ending of a file of this kind."""
    from studio.video.voice_files import ENCODERS

    return ENCODERS[kind][0]


@dataclass(frozen=True, slots=True)
class Narration:
    """A narration: its name in the story's ``media``, and its words with their times where the script is known."""

    file: str
    captions: tuple[SpokenCaption, ...] = ()


def narration_of(workspace: Workspace, folder: str, recording: VoiceRecording, progress: Progress) -> Narration:
    """Make a recording ready as a narration. The recording stays as it is.

    Raises:
        UserError: see ``make_voice_file``; or it cannot be copied.
        WorkCancelled: nothing is left.
    """
    from pathlib import Path

    from studio.video.voice_files import make_voice_file

    with TemporaryDirectory(prefix="kim-suara-") as place:
        out = Path(place) / f"narasi{voice_ending('narration')}"
        make_voice_file(workspace.media_path(folder, recording.file), "narration", out, progress)
        captions = captions_of(out, recording.script, progress)
        return Narration(workspace.import_media(folder, out), captions)


def voice_for_readers(
    workspace: Workspace,
    folder: str,
    recording: VoiceRecording,
    kind: VoiceFile,
    out: Path,
    texts: MessageTexts,
    progress: Progress,
) -> bool:
    """Write a recording as a file that goes out; the gate is asked before and after.

    Args:
        workspace: where the story is.
        folder: the story's folder there; what is open is saved.
        recording: one of its recordings.
        kind: voice note or radio.
        out: the file to write.
        texts: language of a refusal.
        progress: may cancel.

    Returns:
        Whether the story is still a draft: nothing that is heard says so.

    Raises:
        UserError: the story may not be shown or was taken back; see ``make_voice_file``.
        WorkCancelled: nothing is left.
    """
    from studio.release.release_gate import release_story
    from studio.video.voice_files import make_voice_file

    before = release_story(workspace, folder, texts)
    if before.withdrawal is not None:
        raise UserError("recorder.withdrawn", story=folder)
    tags = {"title": before.story.headline, "artist": before.group.name, "date": before.story.date}
    make_voice_file(workspace.media_path(folder, recording.file), kind, out, progress, tags)
    try:
        after = release_story(workspace, folder, texts)
        if after.withdrawal is not None or (after.draft and not before.draft):
            raise UserError("hand_out.changed", story=folder)
    except UserError:
        out.unlink(missing_ok=True)  # it was taken back meanwhile
        raise
    return after.draft


def narration_edit(story: Story, use: NarrationUse, narration: Narration) -> StoryEdit:
    """Lay a narration under the video of photos, or under the moving card, which is made from then on."""
    from studio.story.clips import set_motion, set_slideshow
    from studio.story.model import Slideshow
    from studio.story.motion_records import MotionCard

    if use == "motion":
        spoken = {"narration": narration.file, "captions": narration.captions}
        return set_motion(replace(story.motion or MotionCard(), wanted=True, **spoken))
    return set_slideshow(replace(story.slideshow or Slideshow(), narration=narration.file))
