"""Makes finished files of a job: in parts that survive a power cut, under a limit of bytes, looked at afterwards."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from studio.base.atomic_files import replace_file
from studio.base.errors import UserError, WorkCancelled
from studio.base.folders import make_folder
from studio.base.progress import PartProgress
from studio.base.sizes import ByteCount
from studio.video.byte_limit import HIT, next_try
from studio.video.changing_shape import check_shape
from studio.video.encode_resuming import EncodingTries, job_fingerprint, load_tries
from studio.video.ffmpeg_arguments import compile_plan
from studio.video.ffmpeg_process import QUIET, REPORT, run_ffmpeg, run_plan
from studio.video.frame_spans import settle_job
from studio.video.job import EncoderRate, VideoFormat, VideoJob, layers_of, part_of
from studio.video.result_parts import encoder_parts
from studio.video.verify import CheckedVideo, verify_video

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.base.progress import Progress

PARTIAL = ".part.mp4"
"""How the name of a file ends that ffmpeg is still writing; such a file is worth nothing after a power cut."""
_TRIES = 3


@dataclass(frozen=True, slots=True)
class EncodedFile:
    """A finished format, and how often it was encoded to meet a limit of bytes."""

    checked: CheckedVideo
    tries: int


def encode_targets(
    job: VideoJob, targets: Sequence[VideoFormat], work: Path, progress: Progress, what: str
) -> tuple[EncodedFile, ...]:
    """Make all targets from one decode.

    Args:
        job: what to make.
        targets: the formats; ``out`` is the file to write, in ``work``.
        work: a folder for this job alone. Finished parts of an earlier attempt that lie there are used.
        progress: called with the seconds of result done.
        what: what is being made, for the report.

    Raises:
        UserError: no room, ffmpeg failed, or the result is not complete; nothing is left in ``work`` under the names of
            the targets.
        WorkCancelled: asked for; ``work`` is empty then.
    """
    make_folder(work)
    for stale in work.glob(f"*{PARTIAL}"):
        stale.unlink(missing_ok=True)
    check_space(job, targets, work)
    check_shape(job.clip, job.pieces, job.fps)
    job = settle_job(job)
    try:
        return tuple(EncodedFile(checked, 1) for checked in _encode_once(job, targets, work, progress, what))
    except WorkCancelled:
        for file in work.iterdir():
            if file.is_file():
                file.unlink(missing_ok=True)
        raise


def encode_under(
    job: VideoJob,
    target: VideoFormat,
    max_bytes: int,
    work: Path,
    progress: Progress,
    what: str,
    first: EncoderRate | None = None,
) -> EncodedFile:
    """Make one target of at most ``max_bytes``; its rate comes from ``byte_limit.fit_size``.

    The first try is constant quality under a ceiling, which cannot exceed the limit. When the ceiling was felt but the
    file came out under 90 % of the limit, a second pass spends what the first one learned to use it up. What the tries
    found out is kept in ``work``, so that a power cut in the second costs none of the first.

    Args:
        job: what to make.
        target: the format.
        max_bytes: the limit.
        work: folder for this job alone.
        progress: called with the seconds of result done.
        what: what is being made, for the report.
        first: rate of the first try, where a run without the limit has left its statistics (``learned_rate``).

    Raises:
        UserError: see ``encode_targets``; ``video.over_size`` when no try stayed under the limit.
        WorkCancelled: asked for.
    """
    final = Path(target.out)
    # Best so far and the try under way lie beside each other, so that a worse try never costs a good one.
    tried, kept, log = (final.with_name(f"{final.stem}{end}") for end in (".try.mp4", ".kept.mp4", "-pass"))
    tries = load_tries(final.with_suffix(".tries"), job_fingerprint(job, [target], f"{max_bytes}"))
    learned = Path(tries.rate.log) if tries.rate else log
    if tries.count and not (any(work.glob(f"{learned.name}*")) and (tries.best is None or kept.exists())):
        tries = EncodingTries(tries.key)  # what they stand on is gone
    rate = tries.rate or first or replace(target.rate, pass_=1, log=str(log))
    while tries.count < _TRIES and not tries.good:
        made = encode_targets(job, [replace(target, rate=rate, out=str(tried))], work, progress, what)[0].checked
        best = made.bytes <= max_bytes and (tries.best is None or made.bytes > tries.best.bytes)
        if best:
            replace_file(tried, kept)
        # A good try ends the search: every other one costs as much as the whole film.
        good = best and _is_content(made, max_bytes, rate.peak)
        rate = next_try(made.bytes, made.picture, job.seconds, max_bytes, rate)
        tries = tries.after_try(made if best else None, rate, good=good)
        tries.save(final.with_suffix(".tries"))
    for left in [*work.glob(f"{log.name}*"), tried, final.with_suffix(".tries")]:
        left.unlink(missing_ok=True)
    if tries.best is None:
        raise UserError("video.over_size", file=job.clip.path.name, megabytes=round(max_bytes / 1e6))
    replace_file(kept, final)
    return EncodedFile(tries.best, tries.count)


def _is_content(made: CheckedVideo, max_bytes: int, peak: int | None) -> bool:
    """Whether a try is good: near the limit, or (under a ceiling) small because the picture needs no more."""
    return made.bytes >= HIT * max_bytes or (peak is not None and made.busiest < HIT * peak)


def learned_rate(made: CheckedVideo, log: str, max_bytes: int, rate: EncoderRate) -> EncoderRate | None:
    """Rate of a second pass under a limit, from the statistics that a run without it has left.

    Args:
        made: what that run made: the same picture, its sound as ``EncoderRate`` has it by itself.
        log: where its statistics lie. x264 takes those of another size too.
        max_bytes: the limit.
        rate: what ``byte_limit.fit_size`` says.

    Returns:
        None where there are no statistics, as after a run that a power cut ended.
    """
    if not any(Path(log).parent.glob(f"{Path(log).name}-*.log")):
        return None
    # Sound and container as they will be: kilobits of sound are 125 bytes a second each.
    other = made.bytes - made.picture - (EncoderRate().audio - rate.audio) * 125 * made.seconds
    wanted = int(made.picture + other)
    return replace(next_try(wanted, made.picture, made.seconds, max_bytes, rate), log=log)


def check_space(job: VideoJob, targets: Sequence[VideoFormat], work: Path) -> None:
    """Refuse before starting what cannot be finished.

    Counted generously: 0.2 bits a pixel, twice (parts and the result), and 32 MB to breathe.

    Raises:
        UserError: ``error.disk_full``.
    """
    bits = sum(target.width * target.height for target in targets) * job.frames * 0.2
    need = int(bits / 8 * 2) + 32_000_000
    free = shutil.disk_usage(work).free
    if free < need:
        facts = {"need": ByteCount(need), "free": ByteCount(free)}
        raise UserError("error.disk_full", place=str(work), **facts)


def _encode_once(
    job: VideoJob, targets: Sequence[VideoFormat], work: Path, progress: Progress, what: str
) -> tuple[CheckedVideo, ...]:
    stretches = encoder_parts(job, [layer for target in targets for layer in target.layers])
    # A long result, or one of many pieces, is made in parts: fewer inputs are open at once, and a run that was cut off
    # finds the finished parts again.
    if len(stretches) == 1:
        drafts = [replace(target, out=_draft_name(target.out)) for target in targets]
        run_plan(compile_plan(job, drafts), job.seconds, progress, what, work)
        _name_statistics(drafts)
        return _name_drafts(job, targets, drafts)
    parts = []
    for first, last in stretches:
        stage = PartProgress(progress, first / job.fps, min(last / job.fps, job.seconds), job.seconds)
        parts.append(_encode_part(job, targets, (first, last), work, stage, what))
    return _join_parts(job, targets, parts, work, PartProgress(progress, job.seconds, job.seconds, job.seconds), what)


def _name_statistics(targets: Sequence[VideoFormat]) -> None:
    """Number the statistics of a first pass as a second one alone will look for them: ffmpeg counts the streams."""
    for target in targets:
        if target.rate.pass_ != 1:
            continue
        log = Path(target.rate.log)
        for file in list(log.parent.glob(f"{log.name}-*.log*")):
            ending = file.name[len(log.name) + 1 :].partition(".")[2]
            replace_file(file, file.with_name(f"{log.name}-0.{ending}"))


def _draft_name(out: str) -> str:
    return str(Path(out).with_suffix(PARTIAL))


def _name_drafts(
    job: VideoJob, targets: Sequence[VideoFormat], drafts: Sequence[VideoFormat]
) -> tuple[CheckedVideo, ...]:
    """Look at the drafts, then give them their names; a bad one is deleted."""
    found = []
    for target, draft in zip(targets, drafts, strict=True):
        try:
            found.append(verify_video(Path(draft.out), job.frames, job.fps))
        except UserError:
            for other in drafts:
                Path(other.out).unlink(missing_ok=True)
            raise
        replace_file(Path(draft.out), Path(target.out))
    return tuple(found)


def _encode_part(
    job: VideoJob, targets: Sequence[VideoFormat], stretch: tuple[int, int], work: Path, progress: Progress, what: str
) -> list[Path]:
    """One part of every target, picture only; parts of an earlier attempt are used when they are complete."""
    small = settle_job(part_of(job, *stretch))
    cut = [replace(target, layers=layers_of(target.layers, *stretch), out="part") for target in targets]
    # Named by all that goes in: a part of another cut, or of other covers, is never taken for this one.
    name = job_fingerprint(small, cut, "video")
    files = [work / f"{name}-{number}.mp4" for number in range(len(targets))]
    if all(_is_usable(file, small) for file in files):
        return files
    drafts = []
    for target, file in zip(cut, files, strict=True):
        log = f"{target.rate.log}-{stretch[0]}" if target.rate.log else ""
        drafts.append(replace(target, out=_draft_name(str(file)), rate=replace(target.rate, log=log)))
    run_plan(compile_plan(small, drafts, "video"), small.seconds, progress, what, work)
    _name_statistics(drafts)
    for draft, file in zip(drafts, files, strict=True):
        verify_video(Path(draft.out), small.frames, small.fps, sound=False)
        replace_file(Path(draft.out), file)
    return files


def _is_usable(file: Path, job: VideoJob) -> bool:
    with suppress(UserError, OSError):
        verify_video(file, job.frames, job.fps, sound=False)
        return True
    return False


def _join_parts(
    job: VideoJob,
    targets: Sequence[VideoFormat],
    parts: Sequence[Sequence[Path]],
    work: Path,
    progress: Progress,
    what: str,
) -> tuple[CheckedVideo, ...]:
    """Put the parts of each target together with the sound, without encoding the picture again."""
    sounds = [
        replace(target, layers=(), out=_draft_name(target.out.removesuffix(".mp4") + "-sound")) for target in targets
    ]
    run_plan(compile_plan(job, sounds, "audio"), job.seconds, progress, what, work)
    drafts = []
    for number, (target, sound) in enumerate(zip(targets, sounds, strict=True)):
        script = Path(target.out).with_suffix(".ffconcat")
        # Names of parts are fingerprints, so nothing in them has to be quoted.
        lines = ["ffconcat version 1.0", *(f"file '{row[number].name}'" for row in parts)]
        script.write_text("\n".join(lines) + "\n", encoding="utf-8")
        draft = replace(target, out=_draft_name(target.out))
        args = ["-f", "concat", "-safe", "0", "-i", str(script), "-i", sound.out, "-map", "0:v", "-map", "1:a"]
        args += ["-c", "copy", "-map_metadata", "-1", "-movflags", "+faststart", "-f", "mp4", draft.out]
        run_ffmpeg([*QUIET, *REPORT, *args], lambda _: progress.report(0.0, job.seconds, what), work)
        drafts.append(draft)
    found = _name_drafts(job, targets, drafts)
    for file in [*(part for row in parts for part in row), *(Path(sound.out) for sound in sounds)]:
        file.unlink(missing_ok=True)
    return found
