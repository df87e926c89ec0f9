"""A draft file into a workspace, with what the photo and video engines can tell about its media."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace as change_record

from studio.base.errors import UserError
from studio.base.held_folder import held_folder
from studio.base.progress import SilentProgress
from studio.posts.service_files import find_service_kind, kind_for_rules, load_service_kinds
from studio.services.media_facts import with_clip_facts, with_photo_facts
from studio.store.draft import MediaReaders, add_draft, read_draft
from studio.story.hour_reading import typed_hours

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.base.errors import WorkNotice
    from studio.base.progress import Progress
    from studio.store.draft import DraftFile
    from studio.store.workspace import Workspace
    from studio.story.model import Cue, Photo, Video

M = TypeVar("M", bound="Photo | Video")


@dataclass(frozen=True, slots=True)
class AddedDraft:
    """The folder of the new story, what the user should know about it, and why media were skipped."""

    folder: str
    notices: tuple[WorkNotice, ...]
    refused: tuple[UserError, ...]


def _media_readers(notices: list[WorkNotice], refused: list[UserError]) -> MediaReaders:
    """Readers that fill sizes, times and subtitles; what cannot be read, seen or heard is skipped and named."""

    def photo(item: Photo, path: Path) -> Photo | None:
        return _read(partial(with_photo_facts, item, path))

    def video(item: Video, path: Path) -> Video | None:
        return _read(partial(with_clip_facts, item, path))

    def _read(look: Callable[[], tuple[M, tuple[WorkNotice, ...]]]) -> M | None:
        try:
            item, told = look()
        except UserError as error:
            refused.append(error)
            return None
        notices.extend(told)
        return item

    def subtitles(path: Path) -> tuple[Cue, ...]:
        from studio.video.subtitle_files import load_subtitles

        found = load_subtitles(path)
        notices.extend(found.notices)
        return found.cues

    def sound(path: Path) -> tuple[float, str] | None:
        from studio.video.sound_facts import sound_facts

        try:
            found = sound_facts(path)
        except UserError as error:
            refused.append(error)
            return None
        return found.seconds, found.taken

    return MediaReaders(photo, video, subtitles, sound)


def add_draft_file(
    workspace: Workspace, path: Path, progress: Progress | None = None, *, required: bool = True
) -> AddedDraft:
    """Add a draft to a workspace. A damaged photo, clip or sound is skipped and named; the story and the rest come in.

    Args:
        workspace: where to.
        path: the Markdown file.
        progress: called with the name of the media file that is being copied.
        required: False also takes a text without front matter, headline or byline.

    Raises:
        UserError: the draft or a subtitle file is faulty, a file or a kind of notice it names is not there, or the
            workspace cannot be written; nothing was added.
        WorkCancelled: from ``progress``; likewise.
    """
    draft = _with_read_hours(read_draft(path, required=required), workspace)
    _check_service(workspace, draft)
    notices: list[WorkNotice] = list(draft.notices)
    refused: list[UserError] = []
    with held_folder(Path(gettempdir()), "kim-klip-") as room:
        draft = _with_even_clips(draft, room, notices, progress or SilentProgress())
        folder = add_draft(workspace, draft, _media_readers(notices, refused), progress)
    return AddedDraft(folder, tuple(notices), tuple(refused))


def _with_read_hours(draft: DraftFile, workspace: Workspace) -> DraftFile:
    """Hours as people write them ("08.00–11.00 WIB"), as the writing desk reads them."""
    hours = typed_hours(draft.story.hours, workspace.group.time_zone)
    return replace(draft, story=change_record(draft.story, hours=hours))


def _check_service(workspace: Workspace, draft: DraftFile) -> None:
    """A kind of notice that is not known asks nothing: a slip in its name would take the rules of a flood away."""
    service = draft.story.service
    if service and kind_for_rules(workspace.path, service) is None:
        find_service_kind(workspace.path, service)  # says what is wrong with a file of the group that is broken
        known = [kind.id for kind in load_service_kinds(workspace.path).kinds]
        nearest = get_close_matches(service, known, n=1, cutoff=0.0)[0]
        raise UserError("service.not_known", file=draft.path.name, service=service, nearest=nearest)


def _with_even_clips(draft: DraftFile, room: Path, notices: list[WorkNotice], progress: Progress) -> DraftFile:
    """The draft with copies of those clips that were glued together, see ``even_recording``."""
    from studio.video.even_clock import even_recording

    media = dict(draft.media)
    for number, video in enumerate(draft.story.videos):
        with suppress(UserError):  # whoever reads the clip says what is wrong with it
            # A folder for each: two clips may have the same name.
            (folder := room / str(number)).mkdir()
            media[video.file], joined = even_recording(media[video.file], folder, progress)
            notices.extend(joined)
    return replace(draft, media=media)
