"""Keeps pieces of a clip and changes nothing else: copied where that is exact, else re-encoded and said so."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from studio.base.atomic_files import rename_path
from studio.base.errors import UserError, WorkNotice
from studio.base.held_folder import held_folder
from studio.base.media_types import media_name
from studio.base.progress import PartProgress
from studio.video.binary import can_tone_map
from studio.video.clip import SLACK, with_track
from studio.video.clip_job import plain_job
from studio.video.clip_opening import CopyError
from studio.video.composition import even_number
from studio.video.encode import encode_targets
from studio.video.even_clock import even_recording
from studio.video.even_sound import with_even_sound
from studio.video.job import EncoderRate, VideoFormat
from studio.video.picture_index import read_index
from studio.video.probe import probe_clip
from studio.video.smart_cut import KeptPictures, copied_share, cut_pictures
from studio.video.trim_sound import KBIT, cut_sound

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from studio.base.progress import Progress
    from studio.story.model import Cut
    from studio.video.clip import ClipFacts
    from studio.video.picture_index import PictureIndex

ALIKE = frozenset({"video/mp4", "video/x-m4v", "video/quicktime"})
"""What a trimmed file may be called by its ending; it is an MP4 in any case."""
_FINE = EncoderRate(crf=18, audio=2 * KBIT)
"""For a clip that has to be re-encoded."""
_COARSEST = Fraction(1, 10_000)
_FASTEST = 120


@dataclass(frozen=True, slots=True)
class TrimmedClip:
    """A trimmed clip.

    Attributes:
        path: the file.
        seconds: its length.
        copied: which part of its pictures is the original's, 0 to 1.
        notices: why it had to be re-encoded, and what else is odd about the clip.
    """

    path: Path
    seconds: float
    copied: float
    notices: tuple[WorkNotice, ...] = ()


def trim_clip(source: Path, cuts: Sequence[Cut], out: Path, progress: Progress, *, track: int = 0) -> TrimmedClip:
    """Write the kept pieces of a clip, joined in their order; exact at both ends.

    Place and device of the recording are left out of it; how it is turned is kept.

    Args:
        source: the clip.
        cuts: what to keep; none keeps all.
        out: the file to write, an MP4; it must not be there.
        progress: called with hundredths.
        track: which sound track, see ``with_track``.

    Raises:
        UserError: ``video.trim_ending``, ``video.trim_exists``, ``video.trim_folder``, ``video.nothing_kept``; see also
            ``probe`` and ``encode``. Nothing is left of it then.
        WorkCancelled: asked for; nothing is left.
    """
    if media_name(out) not in ALIKE:
        raise UserError("video.trim_ending", file=out.name)
    if out.exists():
        raise UserError("video.trim_exists", file=out.name)
    if not out.parent.is_dir():
        raise UserError("video.trim_folder", place=str(out.parent))
    with _work_beside(out.absolute()) as work:
        even, joined = even_recording(source.absolute(), work, PartProgress(progress, 0, 1, 100))
        clip = with_track(probe_clip(even), track)  # ffmpeg runs in another folder
        draft = work / "result.mp4"
        trimmed = _make_trimmed(clip, cuts, draft, work, progress)
        if out.exists():
            raise UserError("video.trim_exists", file=out.name)
        rename_path(draft, out)
        return replace(trimmed, path=out, notices=(*joined, *trimmed.notices))


@contextmanager
def _work_beside(out: Path) -> Iterator[Path]:
    """A folder to work in; what a trim that was killed has left beside it is swept."""
    with ExitStack() as stack:
        try:
            work = stack.enter_context(held_folder(out.parent, ".kim-potong-"))
        except OSError:
            raise UserError("video.trim_folder", place=str(out.parent)) from None
        yield work


def _make_trimmed(clip: ClipFacts, cuts: Sequence[Cut], draft: Path, work: Path, progress: Progress) -> TrimmedClip:
    """Copied, or re-encoded with a notice that says why."""
    kept = _held_inside(clip, cuts)
    clip = with_even_sound(clip, work, PartProgress(progress, 0, 2, 100))
    try:
        index = read_index(clip, PartProgress(progress, 0, 5, 100))
        pieces = tuple(kept_pictures(clip, index, start, end) for start, end in kept)
        share = copied_share(index, pieces)
        if not share:
            raise CopyError("video.trim_keyframes", file=clip.path.name)
        heard = [(start, piece.seconds) for (start, _), piece in zip(kept, pieces, strict=True)]
        sound = work / "sound.mp4"
        has_sound = cut_sound(clip, heard, sound, PartProgress(progress, 5, 30, 100))
        # The clip's own ticks, so that its times are copied exactly; milliseconds (Matroska) would round those of new
        # pictures.
        base = index.base if index.base.numerator == 1 and index.base <= _COARSEST else Fraction(1, 90_000)
        cut_pictures(
            clip, index, pieces, base, sound if has_sound else None, draft, PartProgress(progress, 30, 100, 100)
        )
        return TrimmedClip(draft, float(sum(piece.seconds for piece in pieces)), share, clip.notices)
    except CopyError as error:
        why = WorkNotice(error.code, dict(error.facts))
    draft.unlink(missing_ok=True)
    seconds = _encoded_anew(clip, cuts, draft, work, progress)
    return TrimmedClip(draft, seconds, 0.0, (*clip.notices, why))


def _held_inside(clip: ClipFacts, cuts: Sequence[Cut]) -> list[tuple[float, float]]:
    """Start and end of each kept piece, inside the clip.

    Raises:
        UserError: ``video.nothing_kept``.
    """
    least = 1 / max(1.0, clip.fps) / 2
    wanted = [(cut.start, cut.end) for cut in cuts] or [(0.0, clip.seconds)]
    held = [(max(0.0, start), min(end, clip.seconds)) for start, end in wanted]
    kept = [(start, end) for start, end in held if end - start >= least]
    if not kept:
        raise UserError("video.nothing_kept", file=clip.path.name, seconds=round(clip.seconds, 1))
    return kept


def kept_pictures(clip: ClipFacts, index: PictureIndex, start: float, end: float) -> KeptPictures:
    """The pictures of a piece.

    At a constant rate the first is the one that begins nearest to ``start``, and as many follow as the length asks for,
    each for as long as in the original. Else the first is the one that stands at ``start``, and all follow that begin
    before ``end``, the first and the last one for as long as they stand inside.

    Args:
        clip: the original.
        index: its pictures.
        start: seconds of the original.
        end: the same, above ``start``.
    """
    begin = Fraction(start + clip.start).limit_denominator(1_000_000)
    first = index.standing(float(begin) + SLACK)
    if not clip.variable:
        first = index.standing(float(begin) + 0.5 / clip.fps)
        last = min(len(index.times), first + max(1, round((end - start) * clip.fps)))
        times = tuple((time - index.times[first]) * index.base for time in index.times[first:last])
        return KeptPictures(first, last, times, (index.time_after(last - 1) - index.times[first]) * index.base)
    last = max(first + 1, index.standing(clip.start + end - SLACK) + 1)
    times = tuple(max(Fraction(0), time * index.base - begin) for time in index.times[first:last])
    return KeptPictures(first, last, (Fraction(0), *times[1:]), Fraction(end - start).limit_denominator(1_000_000))


def _encoded_anew(clip: ClipFacts, cuts: Sequence[Cut], draft: Path, work: Path, progress: Progress) -> float:
    fps = max(1, min(_FASTEST, round(clip.fps)))
    job = plain_job(clip, fps, cuts)
    job = replace(job, tone_map=clip.transfer == "sdr" or can_tone_map())
    target = VideoFormat(even_number(clip.width), even_number(clip.height), str(draft), (), _FINE)
    encode_targets(job, [target], work / "encode", progress, clip.path.name)
    return job.seconds
