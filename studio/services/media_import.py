"""Bringing files into a story: sort them, copy the originals in, look at what they are. No Qt: runs in a worker."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.base.errors import UserError, WorkNotice
from studio.base.held_folder import held_folder
from studio.base.media_kinds import media_group
from studio.base.media_types import is_used_as
from studio.base.progress import PartProgress
from studio.store.staging import staged_story
from studio.story.edits import new_id
from studio.story.model import Photo, Story, Video
from studio.story.newsroom_records import VoiceRecording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from studio.base.progress import Progress
    from studio.store.chats import ChatExport, ChatMessage
    from studio.store.workspace import Workspace

_GROUPS = {"photo": "photos", "video": "videos", "": "others"}


@dataclass(frozen=True, slots=True)
class SortedFiles:
    """Files by what they are for; ``others`` are of no use here."""

    photos: tuple[Path, ...] = ()
    videos: tuple[Path, ...] = ()
    sounds: tuple[Path, ...] = ()
    texts: tuple[Path, ...] = ()
    others: tuple[Path, ...] = ()
    packages: tuple[Path, ...] = ()
    chats: tuple[Path, ...] = ()

    @property
    def media(self) -> tuple[Path, ...]:
        """Photos, videos and sound."""
        return (*self.photos, *self.videos, *self.sounds)


@dataclass(frozen=True, slots=True)
class ImportedMedia:
    """What came in, and why the rest did not."""

    photos: tuple[Photo, ...] = ()
    videos: tuple[Video, ...] = ()
    troubles: tuple[UserError | WorkNotice, ...] = ()
    recordings: tuple[VoiceRecording, ...] = ()

    @property
    def count(self) -> int:
        """How many files came in."""
        return len(self.photos) + len(self.videos) + len(self.recordings)

    @property
    def files(self) -> frozenset[str]:
        """What came in, as the story's media are called."""
        return media_present(self)

    def with_more(self, other: ImportedMedia) -> ImportedMedia:
        """All that came with both, in their order."""
        return ImportedMedia(
            (*self.photos, *other.photos),
            (*self.videos, *other.videos),
            (*self.troubles, *other.troubles),
            (*self.recordings, *other.recordings),
        )


def sort_out(paths: Iterable[Path]) -> SortedFiles:
    """Sort files: texts, chats and packages by their endings, photos and clips by what is in them.

    Folders stand for the files in them (not deeper), in the order of their names.
    """
    from studio.store.chats import is_chat  # the rules of chats are no matter of a start

    kinds: dict[str, list[Path]] = {name: [] for name in ("photos", "videos", "sounds", "texts")}
    kinds |= {name: [] for name in ("packages", "chats", "others")}
    for path in _all_files(paths):
        if is_used_as(path, "chat") and is_chat(path):  # a text or a ZIP, but only one that looks like a chat
            kinds["chats"].append(path)
        elif is_used_as(path, "package"):
            kinds["packages"].append(path)
        else:
            kinds[_group_of(path)].append(path)
    return SortedFiles(**{kind: tuple(found) for kind, found in kinds.items()})


def _group_of(path: Path) -> str:
    group = _GROUPS[media_group(path)]
    if group != "others":
        return group
    return "texts" if is_used_as(path, "draft") else "sounds" if is_used_as(path, "sound") else group


def _all_files(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(inner for inner in path.iterdir() if inner.is_file() and not inner.name.startswith("."))
        else:
            yield path


def import_media(
    workspace: Workspace, folder: str, paths: SortedFiles, present: frozenset[str], credit: str, progress: Progress
) -> ImportedMedia:
    """Copy photos, clips and recordings into a story's ``media`` folder and read them. A bad file stops no other.

    Args:
        workspace: where the story is.
        folder: the story's folder.
        paths: what to bring in; texts and others are not looked at.
        present: media files the story has already: they are not added twice.
        credit: proposed for each photo and clip whose file names nobody; may be empty.
        progress: called for every file.

    Raises:
        WorkCancelled: stopped between two files or within one; what came in stays in ``media`` without harm.
    """
    return bring_files(partial(_copy_pictured, workspace, folder, present), paths, present, credit, progress)


def _copy_pictured(workspace: Workspace, folder: str, present: frozenset[str], path: Path) -> str:
    """Copy one in; of a photo that is new there the thumbnail is made now, while nobody waits for it.

    The story may cover something in one that it has already: no picture of that may be kept.
    """
    from studio.services.media_pictures import keep_thumbnail

    file = workspace.import_media(folder, path)
    if file not in present and media_group(path) == "photo":
        keep_thumbnail(workspace.path, workspace.media_path(folder, file))
    return file


def media_present(story: Story | ImportedMedia) -> frozenset[str]:
    """The files of a story that would come in twice."""
    photos, clips = (each.file for each in story.photos), (each.file for each in story.videos)
    return frozenset([*photos, *clips, *(each.file for each in story.recordings)])


def take_one_by_one(
    workspace: Workspace,
    folder: str,
    paths: Sequence[Path],
    present: frozenset[str],
    credit: str,
    progress: Progress,
) -> tuple[ImportedMedia, ...]:
    """As ``import_media``, told apart for each file; one that did not come in has a ``UserError`` in ``troubles``."""
    taken: list[ImportedMedia] = []
    for number, path in enumerate(paths):
        part = PartProgress(progress, number, number + 1, len(paths))
        found = sort_out([path])
        one = import_media(workspace, folder, found, present, credit, part)
        if not found.media:
            one = ImportedMedia(troubles=(UserError("import.not_known", file=path.name),))
        present |= one.files
        taken.append(one)
    return tuple(taken)


def bring_files(
    copy: Callable[[Path], str], paths: SortedFiles, present: frozenset[str], credit: str, progress: Progress
) -> ImportedMedia:
    """See ``import_media``; ``copy`` copies one file in and gives its name there."""
    photos: list[Photo] = []
    videos: list[Video] = []
    recordings: list[VoiceRecording] = []
    troubles: list[UserError | WorkNotice] = []
    seen = set(present)
    total = len(paths.media)
    for number, path in enumerate(paths.media):
        progress.report(number, total, path.name)
        try:
            if path in paths.photos:
                photos.append(_import_photo(copy, path, credit, seen, troubles))
            elif path in paths.sounds or _is_sound_only(path):
                recordings.append(_import_recording(copy, path, seen))
            else:
                part = PartProgress(progress, number, number + 1, total)
                videos.append(_import_video(copy, path, credit, seen, troubles, part))
        except UserError as error:
            troubles.append(error)
    progress.report(total, total, "")
    return ImportedMedia(tuple(photos), tuple(videos), tuple(troubles), tuple(recordings))


def _copy_in(copy: Callable[[Path], str], path: Path, seen: set[str]) -> str:
    file = copy(path)
    # Named by its content: the same picture under another name is found here.
    if file in seen:
        raise UserError("import.same_photo", file=path.name)
    seen.add(file)
    return file


def _import_photo(
    copy: Callable[[Path], str], path: Path, credit: str, seen: set[str], troubles: list[UserError | WorkNotice]
) -> Photo:
    from studio.services.media_facts import with_photo_facts

    # Before the copy: a file that is no photo does not come in.
    photo, notices = with_photo_facts(Photo(id=new_id(), file="", name=path.name), path, credit)
    troubles.extend(notices)
    return replace(photo, file=_copy_in(copy, path, seen))


def _is_sound_only(path: Path) -> bool:
    from studio.video.sound_facts import is_sound_only

    return is_sound_only(path)


def _import_recording(copy: Callable[[Path], str], path: Path, seen: set[str]) -> VoiceRecording:
    from studio.video.sound_facts import sound_facts

    facts = sound_facts(path)
    file = _copy_in(copy, path, seen)
    return VoiceRecording(id=new_id(), file=file, name=path.name, seconds=round(facts.seconds, 3), taken=facts.taken)


def _import_video(
    copy: Callable[[Path], str],
    path: Path,
    credit: str,
    seen: set[str],
    troubles: list[UserError | WorkNotice],
    progress: Progress,
) -> Video:
    from studio.services.media_facts import with_clip_facts
    from studio.video.even_clock import even_recording

    with held_folder(Path(gettempdir()), "kim-klip-") as room:
        even, joined = even_recording(path, room, progress)
        video, notices = with_clip_facts(Video(id=new_id(), file="", name=path.name), even, credit)
        troubles.extend((*joined, *notices))
        return replace(video, file=_copy_in(copy, even, seen))


def read_text(path: Path) -> Story:
    """A text file as a story without media.

    Raises:
        UserError: it cannot be read; names the file.
    """
    from studio.store.draft import read_draft
    from studio.store.importers import read_word

    return read_word(path).story if path.suffix.lower() == ".docx" else read_draft(path, required=False).story


def add_text(workspace: Workspace, path: Path, progress: Progress) -> tuple[str, tuple[UserError | WorkNotice, ...]]:
    """Add a text file as a new story, with the media its front matter names.

    Returns:
        The story's folder, and what is to be said: media that were skipped, things noticed.

    Raises:
        UserError: it cannot be read, or a file it names is missing.
        WorkCancelled: stopped by the user.
    """
    from studio.services.draft_import import add_draft_file

    if path.suffix.lower() == ".docx":
        return _add_word(workspace, path, progress)
    added = add_draft_file(workspace, path, progress, required=False)
    return added.folder, (*added.refused, *added.notices)


def add_chat(
    workspace: Workspace, chat: ChatExport, chosen: tuple[ChatMessage, ...], progress: Progress
) -> tuple[str, tuple[UserError | WorkNotice, ...]]:
    """Make a story of messages of a chat: their words read like a paste, their media come with them.

    Returns:
        The story's folder, and what is to be said of media that did not come in.
    """
    from studio.store.chats import take_media
    from studio.store.draft import story_of_message

    story = story_of_message("\n\n".join(one.text for one in chosen if one.text))
    with staged_story(workspace) as staged, TemporaryDirectory(prefix="kim-chat-") as place:
        files = take_media(chat, [name for one in chosen for name in one.files], Path(place))
        came = bring_files(staged.import_media, sort_out(files), frozenset(), "", progress)
        media = {"photos": came.photos, "videos": came.videos, "recordings": came.recordings}
        return staged.finish(replace(story, **media)), came.troubles


def _add_word(workspace: Workspace, path: Path, progress: Progress) -> tuple[str, tuple[UserError | WorkNotice, ...]]:
    """A Word document with its pictures, which come in as any photo does; one that is none stops no other."""
    from studio.store.importers import read_word

    read = read_word(path)
    with staged_story(workspace) as staged, TemporaryDirectory(prefix="kim-word-") as place:
        files = []
        for number, picture in enumerate(read.pictures, 1):
            file = Path(place) / f"{path.stem}-{number}{picture.ending}"
            file.write_bytes(picture.data)
            files.append(file)
        came = bring_files(staged.import_media, SortedFiles(photos=tuple(files)), frozenset(), "", progress)
        told = {file.name: picture.alt for file, picture in zip(files, read.pictures, strict=True)}
        photos = tuple(replace(photo, alt=told.get(photo.name, "")) for photo in came.photos)
        return staged.finish(replace(read.story, photos=photos)), came.troubles
