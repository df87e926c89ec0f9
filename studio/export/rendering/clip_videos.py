"""Makes a video output: joins the video engine with what ``paint`` draws over it."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from studio.base.atomic_files import move_file
from studio.base.errors import UserError, WorkCancelled, WorkNotice
from studio.base.folders import make_folder
from studio.base.free_memory import has_little_memory
from studio.export.planning.file_metadata import clip_metadata
from studio.export.planning.video_specs import ClipInputs, MadeVideo, VideoTarget
from studio.export.rendering.clip_stamp import stamp_clip
from studio.export.rendering.lost_letters import not_drawn
from studio.export.rendering.mixed_sound import with_mixed_sound
from studio.export.rendering.video_art import VideoArtist
from studio.export.rendering.video_layers import compose_result
from studio.video.binary import can_tone_map
from studio.video.byte_limit import fit_size
from studio.video.clip import with_track
from studio.video.clip_job import build_job, cover_boxes
from studio.video.copied_result import copy_result
from studio.video.encode import EncodedFile, encode_targets, encode_under, learned_rate
from studio.video.encode_resuming import job_fingerprint
from studio.video.even_sound import with_even_sound
from studio.video.job import EncoderRate, VideoFormat
from studio.video.probe import probe_clip
from studio.video.result_cues import retime_cues
from studio.video.result_parts import PART
from studio.video.slideshow import narration_seconds
from studio.video.sound import TARGET_LUFS, gain_for, measure_loudness
from studio.video.verify import verify_video

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from studio.base.progress import Progress
    from studio.export.planning.video_specs import MotionSound
    from studio.video.byte_limit import FittedSize
    from studio.video.clip import ClipFacts
    from studio.video.job import VideoJob

_MISSED = 1.0
"""Decibels under the wanted loudness from which the user is warned."""
_UNHEARD = 0.3
"""Seconds at the end of a recording that are silence as a rule: nobody misses them."""
_TOGETHER, _TOGETHER_SMALL = 3, 2
"""Formats in one process: each takes another 110 MB. A small clip is decoded once more for next to nothing instead."""
_SMALL = 1_000_000
"""Pixels of a clip that is small: 960 by 540 is, 1280 by 720 too."""


def make_video(clip: ClipInputs, target: VideoTarget, out: Path, progress: Progress) -> MadeVideo:
    """Make one video output.

    Args:
        clip: what it is made from.
        target: what the outlet wants.
        out: the file to write; a name that the caller renames.
        progress: called with the seconds of the result that are done.

    Returns:
        The finished file. What the user should know is in ``notices``: a clip that is cut short, a video that was
        shortened for the outlet or is too short for it.

    Raises:
        UserError: ``video.*`` and ``error.disk_full``; see ``studio.video``.
        WorkCancelled: asked for; nothing is left.
    """
    return make_videos(clip, [(target, out)], progress)[0]


def make_videos(
    clip: ClipInputs, wanted: Sequence[tuple[VideoTarget, Path]], progress: Progress
) -> tuple[MadeVideo, ...]:
    """Make several outputs of one clip: equal ones once, those that differ only in size from one decode.

    Args and errors are those of ``make_video``; ``wanted`` holds what each outlet wants and the file to write.
    """
    try:
        made = _make_videos(clip, wanted, progress)
    except UserError as error:
        raise UserError(error.code, **_own_name(clip, error.facts)) from error
    told = [tuple(replace(note, facts=_own_name(clip, note.facts)) for note in done.notices) for done in made]
    return tuple(replace(done, notices=notices) for done, notices in zip(made, told, strict=True))


def _make_targets(
    original: ClipFacts, clip: ClipInputs, artist: VideoArtist, progress: Progress, targets: Sequence[VideoTarget]
) -> tuple[_ClipMaker, dict[VideoTarget, MadeVideo]]:
    """Make the targets; once more with less memory where the system took the encoder for want of it."""
    maker = _ClipMaker(original, clip, artist, progress)
    try:
        return maker, maker.make(targets)
    except UserError as error:
        if error.code != "video.out_of_memory" or maker.frugal:
            raise
    maker = _ClipMaker(original, replace(clip, frugal=True), artist, progress)
    return maker, maker.make(targets)


def _own_name(clip: ClipInputs, facts: Mapping[str, object]) -> dict[str, object]:
    """The facts of a message with the name the clip came with: its file in ``media/`` is called by a number."""
    name = clip.video.name if facts.get("file") == clip.source.name else ""
    return {**facts, "file": name} if name else dict(facts)


def _make_videos(
    clip: ClipInputs, wanted: Sequence[tuple[VideoTarget, Path]], progress: Progress
) -> tuple[MadeVideo, ...]:
    from studio.paint.qt_application import ensure_gui

    ensure_gui()
    make_folder(clip.work)
    original = with_even_sound(with_track(probe_clip(clip.source), clip.video.sound_track), clip.work, progress)
    artist = VideoArtist(clip.group, clip.logo, clip.work, draft=any(target.draft for target, _ in wanted))
    targets = list(dict.fromkeys(target for target, _ in wanted))
    try:
        maker, made = _make_targets(original, clip, artist, progress, targets)
        lost = tuple(not_drawn(artist.lost, clip.video.name or original.path.name))
        said = clip_metadata(clip.story, clip.video, clip.group)
        results = tuple(
            replace(done, bytes=stamp_clip(done.path, said, target.max_bytes), notices=(*done.notices, *lost))
            for done, (target, _) in zip(_handed_out(maker, made, wanted), wanted, strict=True)
        )
    except (UserError, WorkCancelled):
        shutil.rmtree(clip.work, ignore_errors=True)
        raise
    shutil.rmtree(clip.work, ignore_errors=True)
    return results


def _handed_out(
    maker: _ClipMaker, made: Mapping[VideoTarget, MadeVideo], wanted: Sequence[tuple[VideoTarget, Path]]
) -> tuple[MadeVideo, ...]:
    """A copy for everyone who wants the same; the last one gets the file itself."""
    uses = Counter(made[target].path for target, _ in wanted)
    results = []
    for target, path in wanted:
        done = made[target]
        uses[done.path] -= 1
        # Moving the last one instead of copying it spares a disk that is nearly full.
        if uses[done.path]:
            shutil.copyfile(done.path, path)
        else:
            move_file(done.path, path)
        results.append(replace(done, path=path, sidecars=maker.sidecars(target, path)))
    return tuple(results)


class _ClipMaker:
    """What all outputs of one clip share."""

    def __init__(self, original: ClipFacts, inputs: ClipInputs, artist: VideoArtist, progress: Progress) -> None:
        self._clip = original
        self._story = inputs.story
        self._video = inputs.video
        self._artist = artist
        self._work = inputs.work
        self._progress = progress
        self._levels: dict[tuple[object, ...], float] = {}
        self._covers = cover_boxes(original, inputs.video.covers)
        # Not every ffmpeg is built with the filters that turn HDR into SDR; without them the user is warned.
        self._tone_map = original.transfer == "sdr" or can_tone_map()
        self.frugal = inputs.frugal or has_little_memory()
        self._sound = inputs.sound
        self._mixes: list[tuple[VideoJob, VideoJob]] = []
        self._jobs: dict[VideoTarget, VideoJob] = {}

    def make(self, targets: Sequence[VideoTarget]) -> dict[VideoTarget, MadeVideo]:
        """Make each target once; the files stay in the work folder.

        Targets that come to the same job (most outlets, for a short clip) share its decode, and its file where size and
        look are equal. A limit of bytes is tried last: where the unlimited file keeps it, nothing more is encoded.
        """
        told: dict[VideoTarget, list[WorkNotice]] = {}
        groups: list[tuple[VideoJob, list[VideoTarget]]] = []
        for target in targets:
            job, told[target] = self._target_job(target)
            self._jobs[target] = job
            # For every target before the first is encoded: half an hour of work must not end in "does not fit".
            self._check_room(job, target)
            group = next((sharing for other, sharing in groups if other == job), None)
            if group is None:
                groups.append((job, group := []))
            group.append(target)
        made: dict[VideoTarget, EncodedFile] = {}
        paths: dict[VideoTarget, Path] = {}
        for job, sharing in groups:
            self._encode_group(job, sharing, made, paths)
        return {target: self._describe_video(target, made[target], paths[target], told[target]) for target in targets}

    def _encode_group(
        self,
        job: VideoJob,
        sharing: Sequence[VideoTarget],
        made: dict[VideoTarget, EncodedFile],
        paths: dict[VideoTarget, Path],
    ) -> None:
        free = [target for target in sharing if target.max_bytes is None]
        limited = [target for target in sharing if target.max_bytes is not None]
        # Formats without their limit are comparable with the unlimited ones: equal means equal size and layers.
        asked = {self._target_format(job, replace(target, max_bytes=None)) for target in limited}
        forms = {target: self._name_format(job, self._target_format(job, target)) for target in free}
        # What the same picture without a limit teaches the encoder spares those with one their first pass.
        forms = {t: _with_statistics(form) if replace(form, out="") in asked else form for t, form in forms.items()}
        distinct = list(dict.fromkeys(forms.values()))
        done: dict[VideoFormat, EncodedFile] = {}
        # One decode feeds several encoders; on a laptop with 4 GB one encoder at a time is slower but does not swap.
        small = self._clip.width * self._clip.height <= _SMALL
        most = 1 if self.frugal else _TOGETHER_SMALL if small else _TOGETHER
        for at in range(0, len(distinct), most):
            together = distinct[at : at + most]
            done.update(zip(together, self._encode_formats(job, together), strict=True))
        for target, form in forms.items():
            made[target], paths[target] = done[form], Path(form.out)
        for target in limited:
            form = self._target_format(job, replace(target, max_bytes=None))
            limit = target.max_bytes or 0
            # The unlimited file of the same look. If it happens to keep the limit it is used as it is; else what its
            # encoder learned replaces the first of two passes.
            same = next((f for f in done if replace(f, out="", rate=form.rate) == form), None)
            if same is not None and done[same].checked.bytes <= limit:
                made[target], paths[target] = done[same], Path(same.out)
                continue
            form = self._name_format(job, self._target_format(job, target), f"{limit}")
            first = learned_rate(done[same].checked, same.rate.log, limit, form.rate) if same is not None else None
            made[target], paths[target] = self._encode_under(job, form, limit, first), Path(form.out)

    def _name_format(self, job: VideoJob, form: VideoFormat, more: str = "") -> VideoFormat:
        """The format with a file name that says what will be in it: what a power cut left is known by it."""
        return replace(form, out=str(self._work / f"result-{job_fingerprint(job, [form], more)}.mp4"))

    def _encode_formats(self, job: VideoJob, forms: Sequence[VideoFormat]) -> list[EncodedFile]:
        whole = [_finished_file(form, job) for form in forms]
        whole = [found or self._copy_pieces(job, form) for form, found in zip(forms, whole, strict=True)]
        missing = [form for form, found in zip(forms, whole, strict=True) if found is None]
        missing = [self._with_threads(form, len(missing)) for form in missing]
        made = iter(encode_targets(job, missing, self._work, self._progress, self._clip.path.name) if missing else ())
        return [found or next(made) for found in whole]

    def _copy_pieces(self, job: VideoJob, form: VideoFormat, limit: int | None = None) -> EncodedFile | None:
        """The result without encoding, where nothing lies over the clip and its size fits."""
        checked = copy_result(job, form, self._work, self._progress, limit)
        return EncodedFile(checked, 1) if checked else None

    def _encode_under(self, job: VideoJob, form: VideoFormat, limit: int, first: EncoderRate | None) -> EncodedFile:
        found = _finished_file(form, job) or self._copy_pieces(job, form, limit)
        form = self._with_threads(form, 1)
        first = first and replace(first, threads=form.rate.threads)
        return found or encode_under(job, form, limit, self._work, self._progress, self._clip.path.name, first)

    def _with_threads(self, form: VideoFormat, together: int) -> VideoFormat:
        """The format with the threads its encoder gets: all cores are used by those that run beside it."""
        if self.frugal:
            threads = 1
        elif together > 1:
            threads = max(1, (os.cpu_count() or 1) // together)
        else:
            return form
        return replace(form, rate=replace(form.rate, threads=threads))

    def _describe_video(
        self, target: VideoTarget, done: EncodedFile, path: Path, told: Sequence[WorkNotice]
    ) -> MadeVideo:
        checked = done.checked
        notices = (*told, *self._size_notices(target, checked.width, checked.height))
        return MadeVideo(path, checked.width, checked.height, checked.seconds, checked.bytes, notices, tries=done.tries)

    def sidecars(self, target: VideoTarget, out: Path) -> tuple[Path, ...]:
        """Write the subtitle file beside a video, where the outlet takes one."""
        if target.subtitles == "burn" or not self._video.subtitles:
            return ()
        from studio.story.subtitle_format import to_srt, to_vtt

        cues = retime_cues(self._video.subtitles, self._jobs[target])
        path = out.with_suffix(f".{target.subtitles}")
        text = to_srt(cues) if target.subtitles == "srt" else to_vtt(cues)
        path.write_bytes(text.encode("utf-8"))
        return (path,)

    def _target_job(self, target: VideoTarget) -> tuple[VideoJob, list[WorkNotice]]:
        video, clip, fps = self._video, self._clip, target.fps
        notices = list(clip.notices)
        # The uncut job is only there to tell by how much the outlet's limit shortens the clip.
        whole = build_job(clip, video, fps, covers=self._covers)
        job = build_job(clip, video, fps, covers=self._covers, most=target.max_seconds)
        job = replace(job, tone_map=self._tone_map, frugal=self.frugal)
        if not job.tone_map:
            notices.append(WorkNotice("video.no_tone_map", {"file": clip.path.name}))
        if target.max_seconds is not None and job.frames != whole.frames:
            facts = {"seconds": round(whole.seconds, 1), "most": target.max_seconds, "now": round(job.seconds, 1)}
            notices.append(WorkNotice("video.shortened", {"file": clip.path.name, **facts}))
        if video.level_sound and clip.sound is not None and not video.mute:
            loudness = self._loudness(job)
            job = replace(job, gain=gain_for(loudness))
            notices += _quiet_notices(clip, loudness)
        job = self._mixed(job)
        notices += _cut_notices(self._sound, job)
        if job.seconds < target.min_seconds:
            facts = {"seconds": round(job.seconds, 1), "least": target.min_seconds}
            notices.append(WorkNotice("video.too_short", {"file": clip.path.name, **facts}))
        return job, notices

    def _mixed(self, job: VideoJob) -> VideoJob:
        """With voice and music over its sound; outlets with the same pieces share one mix."""
        # Found by equality: the facts of a clip's notices have no hash.
        known = next((mixed for plain, mixed in self._mixes if plain == job), None)
        if known is None:
            known = with_mixed_sound(job, self._sound, self._work, self._progress)
            self._mixes.append((job, known))
        return known

    def _loudness(self, job: VideoJob) -> float:
        if job.pieces not in self._levels:
            # By pieces: outlets that shorten the clip have another loudness, all others share one measurement.
            self._levels[job.pieces] = measure_loudness(job, self._progress)
        return self._levels[job.pieces]

    def _check_room(self, job: VideoJob, target: VideoTarget) -> None:
        """Refuse what cannot keep its limit of bytes before anything is encoded."""
        if target.max_bytes is not None:
            self._fit_target(job, target, target.max_bytes)

    def _fit_target(self, job: VideoJob, target: VideoTarget, limit: int) -> FittedSize:
        part = PART if job.seconds > PART else None
        return fit_size(self._clip.path.name, job.seconds, job.fps, target.size, limit, part)

    def _target_format(self, job: VideoJob, target: VideoTarget) -> VideoFormat:
        width, height = target.size
        rate = EncoderRate()
        if target.max_bytes is not None:
            fitted = self._fit_target(job, target, target.max_bytes)
            width, height, rate = fitted.width, fitted.height, fitted.rate
        burned = target.subtitles == "burn"
        shown = compose_result(self._story, self._video, job, (width, height), self._artist, subtitles=burned)
        return VideoFormat(width, height, "", shown.layers, rate)

    def _size_notices(self, target: VideoTarget, width: int, height: int) -> list[WorkNotice]:
        if (width, height) == target.size:
            return []
        megabytes = round((target.max_bytes or 0) / 1e6)
        facts = {"file": self._clip.path.name, "megabytes": megabytes, "width": width, "height": height}
        return [WorkNotice("video.smaller", dict(facts))]


def _with_statistics(form: VideoFormat) -> VideoFormat:
    """The format, made so that a second pass can follow."""
    return replace(form, rate=replace(form.rate, pass_=1, log=form.out.removesuffix(".mp4") + "-learned"))


def _quiet_notices(clip: ClipFacts, loudness: float) -> list[WorkNotice]:
    """What the user reads about a clip that does not reach its loudness."""
    left = TARGET_LUFS - loudness - gain_for(loudness)
    if left < _MISSED:
        return []
    if gain_for(loudness) == 0:
        return [WorkNotice("video.nothing_heard", {"file": clip.path.name})]
    return [WorkNotice("video.still_quiet", {"file": clip.path.name, "missing": round(left)})]


def _cut_notices(sound: MotionSound, job: VideoJob) -> list[WorkNotice]:
    """That a voice is longer than the clip it is laid over."""
    if sound.narration is None:
        return []
    spoken, room = narration_seconds(sound.narration) - sound.heard, job.seconds - job.lead / job.fps
    if spoken <= room + _UNHEARD:
        return []
    return [WorkNotice("video.narration_cut", {"seconds": round(spoken, 1), "now": round(room, 1)})]


def _finished_file(form: VideoFormat, job: VideoJob) -> EncodedFile | None:
    """A result that an interrupted attempt finished."""
    path = Path(form.out)
    if not path.exists():
        return None
    # A file that does not pass the check was cut off while it was written: it is made again.
    with suppress(UserError, OSError):
        return EncodedFile(verify_video(path, job.frames, job.fps), 1)
    return None
