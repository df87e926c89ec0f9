"""The files an outlet gets, one type for each kind: what a text needs, no photo has."""

from __future__ import annotations

import hashlib
from typing import Literal, NamedTuple, get_args

import msgspec

from studio.posts.counting import Unit  # noqa: TC001 - msgspec reads it

OutputKind = Literal["text", "photo", "card", "video", "motion", "page", "print"]
When = Literal["", "photo", "video", "quote", "verdict", "notice"]
FitKind = Literal["crop", "pad", "inside"]
Subject = Literal["story", "product", "catalog"]
"""What a pack is filled from: a story, one product, or the catalogue of all products."""
SubtitleKind = Literal["burn", "srt", "vtt"]
WHENS: tuple[str, ...] = get_args(When)
FITS: tuple[str, ...] = get_args(FitKind)
SUBJECTS: tuple[Subject, ...] = get_args(Subject)
SUBTITLES: tuple[str, ...] = get_args(SubtitleKind)


class FrameSize(NamedTuple):
    """Width and height of a frame: pixels, for printed sheets millimetres."""

    width: int
    height: int


class FileOutput(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", forbid_unknown_fields=True):
    """One file, or numbered row of files, that an outlet gets.

    Attributes:
        file: name, with ``{n}`` or ``{n:02}`` where several are made (photos, posts of a thread, all clips).
        when: made only for a story that has it: a photo, a video, a quote, a verdict, or is a notice.
    """

    file: str
    when: When = ""

    @property
    def kind(self) -> OutputKind:
        """What it is, as outlet.toml says it."""
        kind: OutputKind = self.__struct_config__.tag  # type: ignore[assignment]  # each kind below has one
        return kind

    @property
    def numbered(self) -> bool:
        """Whether ``file`` stands for several files."""
        return "{n" in self.file

    def name(self, n: int = 1) -> str:
        """The file name of number ``n`` (from 1)."""
        return self.file.format(n=n) if self.numbered else self.file


class TextOutput(FileOutput, frozen=True, kw_only=True, tag="text"):
    """A text, or a thread of them.

    Attributes:
        template: file in the pack.
        limit, count: the longest text and its unit; 0 for no limit.
        aim: the length a reader likes; the template decides what to leave out.
        visible: what is seen before "selengkapnya", same unit; 0 where everything is.
        hashtags: the most hashtags; None for any number.
        forbid: characters the platform refuses.
        thread: a text over the limit becomes a numbered row of posts.
        max: the most posts of a thread.
        links: the most different links in one post; None for any number.
        utf8_limit: the most bytes of a post beside ``limit``, 0 for any number.
    """

    template: str
    limit: int = 0
    count: Unit = "codepoint"
    aim: int = 0
    visible: int = 0
    hashtags: int | None = None
    forbid: str = ""
    thread: bool = False
    max: int = 0
    links: int | None = None
    utf8_limit: int = 0


class PhotoOutput(FileOutput, frozen=True, kw_only=True, tag="photo"):
    """The story's photos, ``max`` at most (0: all). With ``fit = "inside"`` the ``size`` is the largest box.

    ``strip``: the outlet shows them in a row, apart from their words, so that a caption may be written on them
    (``studio.story.photo_strips``).
    """

    size: FrameSize
    fit: FitKind = "crop"
    max: int = 0
    quality: int = 85
    max_bytes: int | None = None
    strip: bool = False


class CardOutput(FileOutput, frozen=True, kw_only=True, tag="card"):
    """A card: by a ``design`` of ``_common/cards`` (the group may choose another one), or the pack's ``template``."""

    size: FrameSize
    template: str = ""
    design: str = ""
    quality: int = 85
    max_bytes: int | None = None


class VideoOutput(FileOutput, frozen=True, kw_only=True, tag="video"):
    """Clips, or the slideshow of a story without one.

    Attributes:
        size: pixels.
        max: the most clips, 0 for all.
        subtitles: burned in, or as a file beside it (``srt``, ``vtt``) where the outlet takes one.
        advised_seconds: the length the platform advises; longer clips are reported, never cut.
        poster: its chosen cover picture comes as a file beside it.
    """

    size: FrameSize
    fit: FitKind = "crop"
    max: int = 0
    min_seconds: float = 0.0
    max_seconds: float | None = None
    max_bytes: int | None = None
    fps: int = 30
    subtitles: SubtitleKind = "burn"
    poster: bool = False
    advised_seconds: float | None = None

    def poster_name(self, n: int = 1) -> str:
        """The name of the cover picture beside the video of number ``n``."""
        return f"{self.name(n).rpartition('.')[0]}-sampul.jpg"


class MotionOutput(FileOutput, frozen=True, kw_only=True, tag="motion"):
    """The moving card of a story, made where a member asks for it.

    Attributes:
        size: pixels.
        max_seconds: the longest the platform takes; None for any.
        max_bytes: the largest file.
    """

    size: FrameSize
    fps: int = 30
    max_seconds: float | None = None
    max_bytes: int | None = None


class PageOutput(FileOutput, frozen=True, kw_only=True, tag="page"):
    """A page of a website, with further ``files`` (name -> template) and its pictures in some ``widths`` (pixels)."""

    template: str
    files: tuple[tuple[str, str], ...] = ()
    widths: tuple[int, ...] = ()
    quality: int = 85
    max_bytes: int | None = None


_PIXELS_PER_MM = 10


class PrintOutput(FileOutput, frozen=True, kw_only=True, tag="print"):
    """A printed sheet in millimetres; ``following`` is the template of the page that repeats while text is left.

    ``{story}`` in its ``file`` is eight digits that are others for each story: a site that keeps what is uploaded under
    its own name would replace the sheet of an earlier story by this one.

    A sheet of the catalogue has ``pages`` pages at least, each of the same template, and one for every ``rows``
    products (0: they all stand on each page). With ``slides`` its pages are those of the story's carousel, each
    drawn by ``template``.
    """

    template: str
    size: FrameSize
    following: str = ""
    pages: int = 1
    rows: int = 0
    slides: bool = False

    @property
    def slide(self) -> CardOutput:
        """One page of the carousel as a card; a page of 108 mm is a slide of 1080 pixels."""
        size = FrameSize(self.size.width * _PIXELS_PER_MM, self.size.height * _PIXELS_PER_MM)
        return CardOutput(file="{n:02}.jpg", size=size, template=self.template)

    def name_for(self, story_id: str) -> str:
        """The file name for a story; the digits tell nothing of it."""
        return self.file.replace("{story}", hashlib.sha256(story_id.encode()).hexdigest()[:8])


Output = TextOutput | PhotoOutput | CardOutput | VideoOutput | MotionOutput | PageOutput | PrintOutput
OUTPUT_TYPES: dict[str, type[FileOutput]] = {
    str(kind.__struct_config__.tag): kind
    for kind in (TextOutput, PhotoOutput, CardOutput, VideoOutput, MotionOutput, PageOutput, PrintOutput)
}
"""The type of each kind, in the order they are named to the user."""


def usual_name(file: str, language: str) -> str:
    """The name of an output as its pack has it; ``language`` is that of the edition it belongs to."""
    return file.removeprefix(f"{language}/")
