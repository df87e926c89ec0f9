"""A draft as a file: Markdown with YAML front matter (docs/format.md), read, and added with its media."""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec
import yaml

from studio.base.errors import UserError, WorkNotice
from studio.base.progress import SilentProgress
from studio.store.draft_fields import DraftReader
from studio.store.front_matter import FrontMatter, read_front_matter
from studio.store.media_files import map_files, map_sounds
from studio.store.staging import staged_story
from studio.story.body import to_markdown
from studio.story.model import Story
from studio.story.pasted_text import blocks_from_text
from studio.story.translations import settle_sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from studio.base.progress import Progress
    from studio.store.staging import StagedStory
    from studio.store.workspace import Workspace
    from studio.story.model import Cue, Photo, Slideshow, Video
    from studio.story.newsroom_records import VoiceRecording

M = TypeVar("M", bound="Photo | Video | VoiceRecording")
_LONGEST_HEADLINE = 200
_MARKDOWN = re.compile(r"^#{1,6} \S|\*\*\S|\]\(\S", re.MULTILINE)
"""Signs that a text is Markdown and no message."""


@dataclass(frozen=True, slots=True)
class DraftFile:
    """A draft as read.

    Attributes:
        path: the draft file.
        story: the story; the ``file`` of its photos, videos, evidence and consents (and a slideshow's ``narration``)
            is still the path of the source as a string. Its ``id`` is empty.
        media: every such path -> the file, which exists.
        subtitles: id of a video -> its subtitle file, not read yet.
        notices: what the user should know, such as an old text encoding.
    """

    path: Path
    story: Story
    media: Mapping[str, Path]
    subtitles: Mapping[str, Path]
    notices: tuple[WorkNotice, ...] = ()


@dataclass(frozen=True, slots=True)
class MediaReaders:
    """What the packages that understand media lend to the store, which must not import them.

    Attributes:
        photo: fills what the file tells (size, when taken) into a photo; None leaves the photo out.
        video: the same for a clip.
        subtitles: reads an SRT or VTT file.
        sound: seconds of a sound and when it was recorded (ISO 8601 or ""); None leaves it out.
    """

    photo: Callable[[Photo, Path], Photo | None] | None = None
    video: Callable[[Video, Path], Video | None] | None = None
    subtitles: Callable[[Path], tuple[Cue, ...]] | None = None
    sound: Callable[[Path], tuple[float, str] | None] | None = None


def read_draft(path: Path, *, required: bool = True) -> DraftFile:
    """Read a draft. Nothing is written.

    Args:
        path: the Markdown file; media paths in it are relative to its folder.
        required: False also takes a text without front matter, headline or byline (dropped onto the window): the
            headline is then its first heading or line.

    Raises:
        UserError: codes ``store.draft_*``, each with the file and, where there is one, the line.
    """
    path = Path(path)
    parts = read_front_matter(path)
    if required and not parts.present:
        raise UserError("store.draft_no_front_matter", file=path.name)
    if parts.head is None:
        if required:
            raise UserError("store.draft_missing_key", file=path.name, line=1, key="headline", field="---")
        plain = path.suffix.lower() == ".txt" and not _MARKDOWN.search(parts.body)
        return DraftFile(path, story_of_message(parts.body) if plain else _from_text(parts.body), {}, {}, parts.notices)
    reader = DraftReader(path.name, parts.offset, required=required)
    story = reader.read_record(Story, parts.head)
    if not story.headline:
        story = msgspec.structs.replace(_from_text(parts.body), **_given_fields(story))
    else:
        story = msgspec.structs.replace(story, body=parts.body)
    return _with_media(_MediaFinder(path, parts), story, parts.notices)


def _given_fields(story: Story) -> dict[str, object]:
    return {name: getattr(story, name) for name in story.__struct_fields__ if name not in {"headline", "body"}}


def _from_text(text: str) -> Story:
    """A story from a plain text: a short first line, or the first heading, is the headline."""
    first, _, rest = text.partition("\n")
    headline = first.lstrip("#").strip()
    if 0 < len(headline) <= _LONGEST_HEADLINE:
        return Story(id="", headline=headline, body=rest.strip("\n"))
    return Story(id="", body=text)


def story_of_message(text: str) -> Story:
    """A story from a message saved as a file: it reads as it would when pasted (WhatsApp's signs, lists, lines)."""
    blocks = blocks_from_text(text)
    first = blocks[0].text if blocks else ""
    if blocks and blocks[0].kind == "paragraph" and 0 < len(first) <= _LONGEST_HEADLINE:
        return Story(id="", headline=" ".join(first.split()), body=to_markdown(blocks[1:]))
    return Story(id="", body=to_markdown(blocks))


@dataclass(frozen=True, slots=True)
class _MediaFinder:
    """Finds the files a draft names, and the line where it names them."""

    path: Path
    parts: FrontMatter
    found: dict[str, Path] = field(default_factory=dict)

    def media_path(self, written: str) -> str:
        """The source path of a media file, as it will be in the story until it is added; "" stays ""."""
        if not written:
            return ""
        source = self.locate_file(written)
        self.found[str(source)] = source
        return str(source)

    def locate_file(self, written: str) -> Path:
        """The file meant by a path in the draft: relative to it, backslashes and decomposed accents do no harm.

        Raises:
            UserError: it is not there (with the line and the nearest name), or no file.
        """
        facts = {"file": self.path.name, "line": self._line_of(written), "media": written}
        # macOS stores decomposed accents in file names (NFD), everyone else composed ones, and a draft travels between
        # both.
        tries = [unicodedata.normalize(form, written.replace("\\", "/")) for form in ("NFC", "NFD")]
        for name in (written, *tries):
            source = self.path.parent / name
            try:
                if source.is_dir():
                    raise UserError("store.draft_media_folder", **facts)
                if source.exists():
                    return Path(os.path.abspath(source))  # noqa: PTH100 - resolve() would follow links and lose the name
            except (OSError, ValueError):
                continue
        nearest = _nearest_file(self.path.parent / tries[0])
        raise UserError("store.draft_media_near" if nearest else "store.draft_media_missing", **facts, nearest=nearest)

    def _line_of(self, written: str) -> int:
        nodes = _scalar_lines(self.parts.head)
        return next((line + self.parts.offset for text, line in nodes if text.strip() == written), self.parts.offset)


def _scalar_lines(node: yaml.Node | None) -> Iterator[tuple[str, int]]:
    """Every scalar under ``node`` with its line, in the order of the file."""
    waiting = [node]
    seen: set[int] = set()
    while waiting:
        node = waiting.pop()
        # YAML aliases can make a node contain itself.
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            yield node.value, node.start_mark.line
        elif isinstance(node, yaml.MappingNode):
            waiting.extend(value for _, value in reversed(node.value))
        else:
            waiting.extend(reversed(node.value))


def _nearest_file(wanted: Path) -> str:
    try:
        names = {entry.name.casefold(): entry.name for entry in wanted.parent.iterdir() if entry.is_file()}
    except (OSError, ValueError):
        return ""
    close = get_close_matches(wanted.name.casefold(), names, n=1, cutoff=0.6)
    return names[close[0]] if close else ""


def _with_media(finder: _MediaFinder, story: Story, notices: tuple[WorkNotice, ...]) -> DraftFile:
    photos = tuple(_name_item(photo, photo.file) for photo in story.photos)
    videos = tuple(_name_item(video, video.file) for video in story.videos)
    recordings = tuple(each if each.name else _name_item(each, each.file) for each in story.recordings)
    subtitles = {video.id: finder.locate_file(str(video.subtitles)) for video in videos if video.subtitles}
    videos = tuple(msgspec.structs.replace(video, subtitles=()) for video in videos)
    ids = {photo.file: photo.id for photo in photos}
    story = msgspec.structs.replace(
        story,
        photos=photos,
        videos=videos,
        recordings=recordings,
        cover=_photo_id(finder, ids, story.cover),
        slideshow=_draft_slideshow(finder, ids, story.slideshow),
    )
    story = settle_sources(story)
    story = map_files(story, finder.media_path)
    return DraftFile(finder.path, story, dict(finder.found), subtitles, notices)


def _name_item(item: M, written: str) -> M:
    return msgspec.structs.replace(item, name=written.replace("\\", "/").rpartition("/")[2])


def _photo_id(finder: _MediaFinder, ids: Mapping[str, str], written: str) -> str:
    """The id of the photo that the draft names by its file."""
    if written and written not in ids:
        line = finder._line_of(written)
        raise UserError("store.draft_no_such_photo", file=finder.path.name, line=line, media=written)
    return ids.get(written, "")


def _draft_slideshow(finder: _MediaFinder, ids: Mapping[str, str], slideshow: Slideshow | None) -> Slideshow | None:
    if slideshow is None:
        return None
    return msgspec.structs.replace(slideshow, photos=tuple(_photo_id(finder, ids, name) for name in slideshow.photos))


def add_draft(
    workspace: Workspace,
    source: Path | DraftFile,
    readers: MediaReaders | None = None,
    progress: Progress | None = None,
) -> str:
    """Add a draft to a workspace: everything is read and checked before the first file is written.

    Args:
        workspace: where to.
        source: the draft file, or one already read.
        readers: how photos, clips and subtitles are read.
        progress: called with how many media files are in, by name.

    Returns:
        The name of the story's folder.

    Raises:
        UserError: the draft or a file it names is faulty, or the workspace cannot be written; nothing was added.
        WorkCancelled: the user stopped it; the same.
    """
    draft = source if isinstance(source, DraftFile) else read_draft(source)
    # All that can fail for the draft's own sake comes before the first file is copied.
    story = _fill_story(draft, readers or MediaReaders())
    with staged_story(workspace) as staged:
        names = _import_all(staged, _wanted_files(story, draft.media), progress or SilentProgress())
        return staged.finish(map_files(story, lambda name: names.get(name, "")))


def _wanted_files(story: Story, media: Mapping[str, Path]) -> dict[str, Path]:
    """The media files that the story still names."""
    named: set[str] = set()

    def note(name: str) -> str:
        named.add(name)
        return name

    map_files(story, note)
    return {name: path for name, path in media.items() if name in named}


def _import_all(staged: StagedStory, media: Mapping[str, Path], progress: Progress) -> dict[str, str]:
    names: dict[str, str] = {}
    for done, (name, path) in enumerate(media.items()):
        progress.report(done, len(media), path.name)
        names[name] = staged.import_media(path)
    progress.report(len(media), len(media), "")
    return names


def _fill_story(draft: DraftFile, readers: MediaReaders) -> Story:
    """The story with what the readers find in its files."""
    if draft.subtitles and readers.subtitles is None:
        raise UserError("store.draft_no_subtitles", file=draft.path.name)
    photos, videos = draft.story.photos, draft.story.videos
    if readers.photo is not None:
        photos = _read_each(photos, readers.photo, draft.media)
    if readers.video is not None:
        videos = _read_each(videos, readers.video, draft.media)
    if readers.subtitles is not None:
        kept = {video.id for video in videos}
        read = {video: readers.subtitles(path) for video, path in draft.subtitles.items() if video in kept}
        videos = tuple(msgspec.structs.replace(video, subtitles=read.get(video.id, ())) for video in videos)
    story = msgspec.structs.replace(draft.story, photos=photos, videos=videos)
    return _without_gone(_with_heard(story, readers, draft.media))


def _with_heard(story: Story, readers: MediaReaders, media: Mapping[str, Path]) -> Story:
    """The story without narrations, music and recordings in which there is no sound."""
    if readers.sound is None:
        return story
    hear = cache(readers.sound)  # the narration is as a rule one of the recordings
    recordings = (
        msgspec.structs.replace(each, seconds=round(heard[0], 3), taken=heard[1])
        for each in story.recordings
        if (heard := hear(media[each.file])) is not None
    )
    story = msgspec.structs.replace(story, recordings=tuple(recordings))
    return map_sounds(story, lambda file: file if not file or hear(media[file]) else "")


def _read_each(items: tuple[M, ...], read: Callable[[M, Path], M | None], media: Mapping[str, Path]) -> tuple[M, ...]:
    filled = (read(item, media[item.file]) for item in items)
    return tuple(item for item in filled if item is not None)


def _without_gone(story: Story) -> Story:
    """The story without references to photos that were left out."""
    kept = {photo.id for photo in story.photos}
    show = story.slideshow
    if show is not None:
        show = msgspec.structs.replace(show, photos=tuple(photo for photo in show.photos if photo in kept))
    return msgspec.structs.replace(story, cover=story.cover if story.cover in kept else "", slideshow=show)
