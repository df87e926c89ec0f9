"""A result that is the clip itself: where nothing is changed but its ends, its pictures are copied, not encoded."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from studio.base.atomic_files import replace_file
from studio.base.errors import UserError
from studio.video.clip import SLACK
from studio.video.clip_opening import CopyError
from studio.video.ffmpeg_arguments import compile_plan
from studio.video.ffmpeg_process import run_plan
from studio.video.frame_spans import settle_job
from studio.video.picture_index import read_index
from studio.video.smart_cut import KeptPictures, copied_share, cut_pictures
from studio.video.verify import CheckedVideo, verify_video

if TYPE_CHECKING:
    from studio.base.progress import Progress
    from studio.video.clip import ClipFacts
    from studio.video.job import KeptPiece, VideoFormat, VideoJob
    from studio.video.picture_index import PictureIndex

_PROFILES = (66, 77, 100)
"""profile_idc of Baseline, Main and High, which every phone plays."""
_WORTH = 0.5
"""Share of the pictures that must be copied; else encoding all of it costs little more."""
_HIGH_DEFINITION = 720
"""Lines from which players take a picture without a colour matrix for BT.709."""


def may_be_copied(job: VideoJob, target: VideoFormat) -> bool:
    """Whether a result shows all of the picture of an ordinary H.264 clip in its own size, and nothing else."""
    changed = job.lead or job.tail or job.fade or job.covers or target.layers or target.rate.kbit
    return not changed and _is_ordinary(job.clip) and (target.width, target.height) == job.clip.stored


def _is_ordinary(clip: ClipFacts) -> bool:
    seen = clip.orientation
    plain = seen.area == (0, 0, *clip.stored) and not seen.mirrored and not seen.quarters and clip.aspect == 1
    told = clip.matrix == "bt709" or (not clip.matrix and min(clip.stored) >= _HIGH_DEFINITION)
    shown = clip.transfer == "sdr" and told and not clip.full_range
    return clip.codec == "h264" and clip.pixels == "yuv420p" and plain and shown


def copy_result(
    job: VideoJob, target: VideoFormat, work: Path, progress: Progress, limit: int | None = None
) -> CheckedVideo | None:
    """Make a target by copying, where that gives the same pictures at the same times as encoding would.

    Args:
        job: what is made.
        target: the format; ``out`` is the file to write.
        work: a folder for this job alone.
        progress: called with the pictures done.
        limit: bytes it may have.

    Returns:
        What the file holds; None where it cannot be copied, or would be too large: nothing is written then.

    Raises:
        UserError: ffmpeg failed.
        WorkCancelled: asked for through ``progress``.
    """
    if not may_be_copied(job, target):
        return None
    draft, sound = Path(target.out).with_suffix(".copy.mp4"), Path(target.out).with_suffix(".sound.mp4")
    try:
        index = read_index(job.clip, progress)
        pieces = _steady_pictures(settle_job(job), index)
        if pieces is None or index.sets.sps[0][1] not in _PROFILES or copied_share(index, pieces) < _WORTH:
            return None
        heard = type(target)(target.width, target.height, str(sound), (), target.rate)
        run_plan(compile_plan(job, [heard], "audio"), job.seconds, progress, job.clip.path.name, work)
        # 512 ticks a frame, as ffmpeg's own MP4 writer takes them at 30 a second (15360).
        cut_pictures(job.clip, index, pieces, Fraction(1, 512 * job.fps), sound, draft, progress)
        checked = verify_video(draft, job.frames, job.fps)
        if limit is not None and checked.bytes > limit:
            return None
        replace_file(draft, Path(target.out))
    except UserError as error:
        if isinstance(error, CopyError) or error.code == "video.incomplete":
            return None
        raise
    finally:
        draft.unlink(missing_ok=True)
        sound.unlink(missing_ok=True)
    return checked


def _steady_pictures(job: VideoJob, index: PictureIndex) -> tuple[KeptPictures, ...] | None:
    """The pictures of each piece; None where a frame of the result would not show the next one."""
    pieces = []
    for piece in job.pieces:
        first = index.standing(job.clip.start + piece.start + SLACK)
        if any(index.standing(moment) != first + at for at, moment in enumerate(_looked_up(job, piece))):
            return None
        times = tuple(Fraction(at, job.fps) for at in range(piece.frames))
        pieces.append(KeptPictures(first, first + piece.frames, times, Fraction(piece.frames, job.fps)))
    return tuple(pieces)


def _looked_up(job: VideoJob, piece: KeptPiece) -> list[float]:
    """When, on the file's clock, the picture of each frame of a piece is looked up; see ``frame_spans.settle_job``."""
    begin = job.clip.start + piece.start + (piece.late or 0.0)
    return [begin + at / job.fps for at in range(piece.frames)]
