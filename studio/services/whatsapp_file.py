"""Makes a clip ready to be sent by WhatsApp: how large it will be, the file itself, and ways out of a large one."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.base.folders import make_folder
from studio.base.progress import PartProgress
from studio.story import clips

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.base.progress import Progress
    from studio.export.planning.video_specs import MadeVideo
    from studio.release.release_gate import ReleasedStory
    from studio.store.workspace import Workspace
    from studio.story.model import Cut, Story, Video
    from studio.video.clip import ClipFacts

WHATSAPP_MAX_BYTES = 16_000_000
"""Bytes WhatsApp takes without spoiling the picture: ``templates/whatsapp/outlet.toml``."""
FPS = 30
_SHORT_SIDE = 720
"""Pixels: what WhatsApp keeps of a video in ordinary quality."""
_FEWEST = 240
"""Pixels of the shorter side below which nobody sees who is in the picture; smaller originals keep theirs."""
_BITS = 0.07
"""Bits a pixel of ordinary footage at the quality of an export (measured on the sample clips: 0.04 to 0.11)."""


@dataclass(frozen=True, slots=True)
class ExpectedFile:
    """What a file will be: pixels, seconds, bytes; ``parts`` above 1 and ``longest`` say that it does not fit."""

    width: int
    height: int
    seconds: float
    bytes: int
    parts: int = 1
    longest: float = 0.0


def canvas_size(clip: ClipFacts, shape: str) -> tuple[int, int]:
    """Pixels of the file to send, in a format ("9:16") or (``""``) in the shape of the original; never enlarged."""
    wide, high = (int(part) for part in shape.split(":")) if shape else (clip.width, clip.height)
    short = min(_SHORT_SIDE, clip.width, clip.height)
    scale = short / min(wide, high)
    return max(2, round(wide * scale / 2) * 2), max(2, round(high * scale / 2) * 2)


def expected_file(clip: ClipFacts, seconds: float, shape: str, per_second: float = 0.0) -> ExpectedFile:
    """What the file will be. It never exceeds ``WHATSAPP_MAX_BYTES``; below, the size is an estimate.

    Args:
        clip: the original.
        seconds: length of the result, cards included.
        shape: format, "" for that of the original.
        per_second: bytes of a second as ``sampled_rate`` measured them; 0 reckons with ordinary footage.
    """
    from studio.video.byte_limit import fit_size, longest_for

    size = canvas_size(clip, shape)
    fewest = min(_FEWEST, *size)
    try:
        fitted = fit_size(clip.path.name, seconds, FPS, size, WHATSAPP_MAX_BYTES)
    except UserError:
        fitted = None
    if fitted is None or min(fitted.width, fitted.height) < fewest:
        longest = longest_for(FPS, size, WHATSAPP_MAX_BYTES, fewest)
        # -int(-a // b) divides upwards; at least two parts, as one has just been found not to fit.
        return ExpectedFile(*size, seconds, WHATSAPP_MAX_BYTES, max(2, -int(-seconds // longest)), longest)
    # Audio rates are in kbit/s: 1 kbit is 125 bytes.
    usual = per_second or fitted.width * fitted.height * FPS * _BITS / 8 + fitted.rate.audio * 125
    return ExpectedFile(fitted.width, fitted.height, seconds, min(WHATSAPP_MAX_BYTES, int(usual * seconds)))


def sampled_rate(clip: ClipFacts, video: Video, shape: str, size: tuple[int, int], progress: Progress) -> float:
    """Bytes of a second of the result: two seconds from its middle are encoded as the file will be.

    Args:
        clip: the original.
        video: the clip as it is edited.
        shape: the format (only to tell samples apart).
        size: pixels of the file.
        progress: may cancel.

    Raises:
        UserError: see ``studio.video.encode``.
        WorkCancelled: nothing is left.
    """
    import tempfile
    from pathlib import Path

    from studio.video.clip_job import build_job
    from studio.video.encode import encode_targets
    from studio.video.job import VideoFormat, part_of

    job = build_job(clip, video, FPS, cards=False)
    middle = job.inner // 2
    # From the middle: clips often begin and end with a hand over the lens, which compresses far too well.
    part = part_of(job, max(0, middle - FPS), min(job.inner, middle + FPS))
    with tempfile.TemporaryDirectory(prefix="kim-sample-") as name:
        room = Path(name)
        (made,) = encode_targets(part, [VideoFormat(*size, str(room / "sample.mp4"))], room, progress, shape)
        return made.checked.bytes / part.seconds


def shortened_cuts(clip: ClipFacts, video: Video, longest: float, progress: Progress) -> tuple[Cut, ...]:
    """The kept pieces, ended in a quiet place (or after a sentence) after at most ``longest`` seconds."""
    from studio.story.model import Cut as Piece
    from studio.video.job import pieces_of
    from studio.video.result_parts import shorten_pieces
    from studio.video.sound import quiet_place

    progress.report(0, 1, clip.path.name)
    pieces = pieces_of(clip, video.cuts, FPS)
    kept = shorten_pieces(
        pieces, FPS, int(longest * FPS), video.subtitles, lambda start, end: quiet_place(clip, start, end)
    )
    return tuple(Piece(start=each.start, end=each.start + each.frames / FPS, focus=each.focus) for each in kept)


def split_parts(clip: ClipFacts, video: Video, longest: float) -> tuple[tuple[Cut, ...], ...]:
    """What is kept, in parts of at most ``longest`` seconds that end where it is quiet; cards count as well."""
    from studio.video.clip_job import CARD
    from studio.video.sound import split_at_pauses

    cards = CARD * (bool(video.title_card) + video.closing_card)
    return split_at_pauses(clip, clips.kept_pieces(video, clip.seconds), max(2.0, longest - cards))


@dataclass(frozen=True, slots=True)
class SendOrder:
    """What is to be sent.

    Attributes:
        clip: the original.
        workspace: where the story is.
        folder: the story's folder there.
        video: the clip as it is edited and saved.
        logo: the group's logo, or None.
        shape: format, "" for that of the original.
        place: where the files go; files of the same name are replaced.
        longest: seconds of one file; 0 makes one of everything.
        texts: language of a refusal.
    """

    clip: ClipFacts
    workspace: Workspace
    folder: str
    video: Video
    logo: Path | None
    shape: str
    place: Path
    longest: float
    texts: MessageTexts


@dataclass(frozen=True, slots=True)
class SentFiles:
    """The finished files, and what the gate let out for them."""

    files: tuple[MadeVideo, ...]
    released: ReleasedStory

    @property
    def draft(self) -> bool:
        """Whether they carry the mark of a draft."""
        return self.released.draft


def release_clip(workspace: Workspace, folder: str, video: Video, texts: MessageTexts) -> ReleasedStory:
    """Ask the gate for the story of a clip.

    Raises:
        UserError: ``export.refused``, ``hand_out.withdrawn``, or ``hand_out.changed``: the story has another clip now.
    """
    from studio.release.release_gate import release_story

    released = release_story(workspace, folder, texts)
    if released.withdrawal is not None:
        raise UserError("hand_out.withdrawn", story=folder)
    if video not in released.story.videos:
        raise UserError("hand_out.changed", story=folder)
    return released


def still_released(workspace: Workspace, sent: SentFiles, video: Video, texts: MessageTexts) -> None:
    """Make sure that files made before may still be taken along.

    Raises:
        UserError: see ``release_clip``; ``hand_out.changed`` also when they were made while the story was ready (or a
            draft) and it no longer is.
    """
    now = release_clip(workspace, sent.released.folder, video, texts)
    # Name, logo and mark of the group are part of the picture, so a renamed group makes the files old too.
    if (now.draft, now.group) != (sent.draft, sent.released.group):
        raise UserError("hand_out.changed", story=now.folder)


def make_files(order: SendOrder, progress: Progress) -> SentFiles:
    """Make the file to send; several where it is split. The rules of every export hold: see ``release_gate``.

    Args:
        order: what is to be sent.
        progress: called with the seconds of the result that are done.

    Raises:
        UserError: see ``release_clip``; ``video.*``, ``error.disk_full``.
        WorkCancelled: nothing is left of the file in work.
    """
    from msgspec.structs import replace as changed

    from studio.base.atomic_files import commit_file, temporary_file
    from studio.export.planning.heard_sound import sound_under_clip
    from studio.export.planning.video_specs import ClipInputs, VideoTarget
    from studio.export.rendering.clip_videos import make_video

    released = release_clip(order.workspace, order.folder, order.video, order.texts)
    story, group = released.story, released.group
    clip, video, folder = order.clip, order.video, order.place
    parts: Sequence[Sequence[Cut]] = split_parts(clip, video, order.longest) if order.longest else [video.cuts]
    make_folder(folder)
    target = VideoTarget(canvas_size(clip, order.shape), None, WHATSAPP_MAX_BYTES, fps=FPS, draft=released.draft)
    made = []
    sound, _ = sound_under_clip(order.workspace.media_path(order.folder, "x").parent, video)
    heard = 0.0
    stem = _file_stem(video, story)
    for number, cuts in enumerate(parts, 1):
        name = f"{stem}-bagian-{number}.mp4" if len(parts) > 1 else f"{stem}.mp4"
        only = changed(
            video,
            cuts=tuple(cuts),
            title_card=video.title_card if number == 1 else "",
            closing_card=video.closing_card and number == len(parts),
        )
        work, stage = folder / f".{name}.work", PartProgress(progress, number - 1, number, len(parts), name)
        with temporary_file(folder / name, ending=True) as draft:
            own = replace(sound, heard=heard)
            inputs = ClipInputs(clip.path, story, only, group, work, order.logo, sound=own)
            done = make_video(inputs, target, draft, stage)
            try:
                commit_file(draft, folder / name)
            except OSError as error:  # on Windows: another program is showing the one that is there
                raise UserError("clip.not_written", file=name, detail=str(error)) from error
        made.append(replace(done, path=folder / name))
        heard += clips.pieces_length(cuts)
    _clear_old(folder, stem, {each.path for each in made}, {_file_stem(each, story) for each in story.videos})
    return SentFiles(tuple(made), released)


def _clear_old(folder: Path, stem: str, made: set[Path], names: set[str]) -> None:
    """Delete what was made of this clip before, in one file or in more parts: it may show what is covered by now."""
    for old in (folder / f"{stem}.mp4", *folder.glob(f"{stem}-bagian-*.mp4")):
        if old not in made and (old.stem == stem or old.stem not in names):  # else another clip is called like that
            with suppress(OSError):
                old.unlink(missing_ok=True)


def _file_stem(video: Video, story: Story) -> str:
    """The clip's name for a file; two clips of one name (a phone counts from 1 again) do not replace each other."""
    name = _plain_name(video)
    first = next((each.id for each in story.videos if _plain_name(each) == name), video.id)
    return name if first == video.id else f"{name}-{video.id}"


def _plain_name(video: Video) -> str:
    from studio.story.text import slugify

    return slugify((video.name or video.file).rpartition(".")[0] or video.id, 40) or video.id
