"""Makes a video output: joins the video engine with what ``paint`` draws over it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from studio.base.errors import Cancelled, Notice, UserError
from studio.export.video_art import Artist, layout
from studio.export.video_layers import CARD, layers, patch_of
from studio.video.binary import can_tone_map
from studio.video.cues import retimed
from studio.video.encode import encode, encode_under
from studio.video.job import Job, Rate, Target, pieces_of
from studio.video.parts import PART, shorten
from studio.video.probe import probe
from studio.video.size import fit
from studio.video.sound import measure_gain, quiet_place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from studio.base.progress import Progress
    from studio.story.model import Group, Story, Video
    from studio.video.clip import Clip

ENGINE = 2
"""Raised when the same inputs give a different video."""
_LEAST = 3.0
"""Seconds of picture that must be left; cards give way before that."""


@dataclass(frozen=True, slots=True)
class VideoTarget:
    """What an outlet wants.

    Attributes:
        size: width and height in pixels, even.
        max_seconds: longest video, None for any.
        max_bytes: largest file, None for any.
        min_seconds: shortest video the outlet takes.
        fps: frames a second.
        subtitles: burned in, or a file beside the video.
        draft: whether the mark of a draft lies over it.
    """

    size: tuple[int, int]
    max_seconds: float | None = None
    max_bytes: int | None = None
    min_seconds: float = 0.0
    fps: int = 30
    subtitles: Literal["burn", "srt", "vtt"] = "burn"
    draft: bool = False


@dataclass(frozen=True, slots=True)
class MadeVideo:
    """A finished video, and the subtitle files beside it."""

    path: Path
    width: int
    height: int
    seconds: float
    bytes: int
    notices: tuple[Notice, ...] = ()
    sidecars: tuple[Path, ...] = ()
    tries: int = 1


def video_key(
    story: Story, video: Video, target: VideoTarget, group: Group, templates: Mapping[str, str]
) -> tuple[object, ...]:
    """Everything that goes into a video and nothing else, for the key of a file and to share equal ones.

    Args:
        story: the story; only what its cards show counts.
        video: the clip with its edits; its ``file`` is named by its content.
        target: what the outlet wants; Reels, TikTok and Shorts want the same.
        group: whose name, colours and mark are shown.
        templates: digest of each template of the art.

    Returns:
        Plain values that msgspec can encode.
    """
    shown = replace_empty(video)
    who = (group.name, group.full_name, group.village, group.district, group.regency, group.site, group.phone)
    look = (group.logo, group.colors.main, group.colors.accent, group.font)
    card = (story.kicker,) if video.title_card else ()
    return (ENGINE, shown, target, who, look, card, sorted(templates.items()))


def replace_empty(video: Video) -> Video:
    """The clip without what no frame shows: its caption, its description, who is in it."""
    import msgspec

    return msgspec.structs.replace(
        video, caption="", alt="", name="", people=(), people_checked=False, rights="", poster=None, extra={}
    )


def make_video(
    source: Path,
    story: Story,
    video: Video,
    group: Group,
    target: VideoTarget,
    out: Path,
    work_dir: Path,
    progress: Progress,
    *,
    logo: Path | None = None,
) -> MadeVideo:
    """Make one video output.

    Args:
        source: the original clip.
        story: the story it belongs to.
        video: its cuts and what is drawn over it.
        group: who publishes it.
        target: what the outlet wants.
        out: the file to write; a name that the caller renames.
        work_dir: a folder for this output alone; what an interrupted attempt left there is used.
        progress: told seconds of the result done.
        logo: the group's logo as file; None paints initials.

    Returns:
        The finished file. What the user should know is in ``notices``: a clip that is cut short, a video that was
        shortened for the outlet or is too short for it.

    Raises:
        UserError: ``video.*`` and ``error.disk_full``; see ``studio.video``.
        Cancelled: asked for; nothing is left.
    """
    return make_videos(source, story, video, group, [(target, out)], work_dir, progress, logo=logo)[0]


def make_videos(
    source: Path,
    story: Story,
    video: Video,
    group: Group,
    wanted: Sequence[tuple[VideoTarget, Path]],
    work_dir: Path,
    progress: Progress,
    *,
    logo: Path | None = None,
) -> tuple[MadeVideo, ...]:
    """Make several outputs of one clip: equal ones once, those that differ only in size from one decode.

    Args and errors are those of ``make_video``; ``wanted`` holds what each outlet wants and the file to write.
    """
    from studio.paint.app import ensure_gui

    ensure_gui()
    clip = probe(source)
    work_dir.mkdir(parents=True, exist_ok=True)
    artist = Artist(group, logo, work_dir, draft=any(target.draft for target, _ in wanted))
    maker = _Maker(clip, story, video, artist, work_dir, progress)
    try:
        results = _made(maker, wanted)
    except (UserError, Cancelled):
        shutil.rmtree(work_dir, ignore_errors=True)
        raise
    shutil.rmtree(work_dir, ignore_errors=True)
    return results


def _made(maker: _Maker, wanted: Sequence[tuple[VideoTarget, Path]]) -> tuple[MadeVideo, ...]:
    made: dict[VideoTarget, MadeVideo] = {}
    for targets in _shared([target for target, _ in wanted]):
        firsts = [next(path for other, path in wanted if other == target) for target in targets]
        made.update(zip(targets, maker.make(targets, firsts), strict=True))
    results = []
    for target, path in wanted:
        done = made[target]
        if done.path != path:
            shutil.copyfile(done.path, path)
            done = replace(done, path=path)
        results.append(replace(done, sidecars=maker.sidecars(target, path)))
    return tuple(results)


def _shared(targets: Sequence[VideoTarget]) -> list[list[VideoTarget]]:
    """Groups that can share a decode: same length and frame rate, no limit of bytes. Each target once."""
    groups: dict[object, list[VideoTarget]] = {}
    for target in dict.fromkeys(targets):
        alone = target if target.max_bytes else None
        groups.setdefault((target.max_seconds, target.fps, target.subtitles == "burn", alone), []).append(target)
    return [group[at : at + 3] for group in groups.values() for at in range(0, len(group), 3)]


class _Maker:
    """What all outputs of one clip share."""

    def __init__(
        self,
        clip: Clip,
        story: Story,
        video: Video,
        artist: Artist,
        work: Path,
        progress: Progress,
    ) -> None:
        self._clip = clip
        self._story = story
        self._video = video
        self._artist = artist
        self._work = work
        self._progress = progress
        self._gains: dict[tuple[object, ...], float] = {}

    def make(self, targets: Sequence[VideoTarget], outs: Sequence[Path]) -> list[MadeVideo]:
        """Make targets that share length and frame rate, from one decode."""
        job, notices = self._job(targets[0])
        formats = [self._format(job, target) for target in targets]
        drafts = [
            self._work / f"result-{at}-{target.size[0]}x{target.size[1]}.mp4" for at, target in enumerate(targets)
        ]
        formats = [replace(form, out=str(draft)) for form, draft in zip(formats, drafts, strict=True)]
        what = self._clip.path.name
        if (limit := targets[0].max_bytes) is not None:
            encoded = [encode_under(job, formats[0], limit, self._work, self._progress, what)]
        else:
            encoded = list(encode(job, formats, self._work, self._progress, what))
        made = []
        for target, out, draft, done in zip(targets, outs, drafts, encoded, strict=True):
            shutil.move(draft, out)
            checked = done.checked
            told = (*notices, *self._size_notices(target, checked.width, checked.height))
            facts = (checked.width, checked.height, checked.seconds, checked.bytes)
            made.append(MadeVideo(out, *facts, told, tries=done.tries))
        return made

    def sidecars(self, target: VideoTarget, out: Path) -> tuple[Path, ...]:
        """Write the subtitle file beside a video, where the outlet takes one."""
        if target.subtitles == "burn" or not self._video.subtitles:
            return ()
        from studio.story.subtitles import to_srt, to_vtt

        cues = retimed(self._video.subtitles, self._job(target)[0])
        path = out.with_suffix(f".{target.subtitles}")
        text = to_srt(cues) if target.subtitles == "srt" else to_vtt(cues)
        path.write_bytes(text.encode("utf-8"))
        return (path,)

    def _job(self, target: VideoTarget) -> tuple[Job, list[Notice]]:
        video, clip, fps = self._video, self._clip, target.fps
        notices = list(clip.notices)
        pieces = pieces_of(clip, video.cuts, fps)
        job = Job(
            clip=clip,
            pieces=pieces,
            fps=fps,
            reframe=video.reframe,
            focus=video.focus,
            patches=tuple(patch_of(clip, cover) for cover in video.covers),
            lead=round(CARD * fps) if video.title_card else 0,
            tail=round(CARD * fps) if video.closing_card else 0,
            mute=video.mute,
            tone_map=clip.transfer == "sdr" or can_tone_map(),
        )
        if not job.tone_map:
            notices.append(Notice("video.no_tone_map", {"file": clip.path.name}))
        job, told = self._within(job, target)
        notices += told
        job = replace(job, fade=min(round(max(0.0, video.fade) * fps), job.inner // 3))
        if video.level_sound and clip.sound is not None and not video.mute:
            job = replace(job, gain=self._gain(job))
        if job.seconds < target.min_seconds:
            facts = {"file": clip.path.name, "seconds": round(job.seconds, 1), "least": target.min_seconds}
            notices.append(Notice("video.too_short", dict(facts)))
        return job, notices

    def _within(self, job: Job, target: VideoTarget) -> tuple[Job, list[Notice]]:
        """Shorten to the outlet's longest: the cards go where hardly any picture would be left, then the picture."""
        if target.max_seconds is None or job.frames <= target.max_seconds * job.fps:
            return job, []
        most = int(target.max_seconds * job.fps)
        facts = {"file": self._clip.path.name, "seconds": round(job.seconds, 1), "most": target.max_seconds}
        if most - job.lead - job.tail < _LEAST * job.fps:
            job = replace(job, lead=0, tail=0)
        if job.frames > most:
            room = most - job.lead - job.tail
            pieces = shorten(job.pieces, job.fps, room, self._video.subtitles, self._quiet)
            job = replace(job, pieces=pieces)
        return job, [Notice("video.shortened", {**facts, "now": round(job.seconds, 1)})]

    def _quiet(self, start: float, end: float) -> float:
        return quiet_place(self._clip, start, end)

    def _gain(self, job: Job) -> float:
        if job.pieces not in self._gains:
            self._gains[job.pieces] = measure_gain(job, self._progress)
        return self._gains[job.pieces]

    def _format(self, job: Job, target: VideoTarget) -> Target:
        width, height = target.size
        rate = Rate()
        if target.max_bytes is not None:
            part = PART if job.seconds > PART else None
            fitted = fit(self._clip.path.name, job.seconds, job.fps, target.size, target.max_bytes, part)
            width, height, rate = fitted.width, fitted.height, fitted.rate
        shown = layers(
            self._story, self._video, job, layout(width, height), self._artist, subtitles=target.subtitles == "burn"
        )
        return Target(width, height, "", shown, rate)

    def _size_notices(self, target: VideoTarget, width: int, height: int) -> list[Notice]:
        if (width, height) == target.size:
            return []
        megabytes = round((target.max_bytes or 0) / 1e6)
        facts = {"file": self._clip.path.name, "megabytes": megabytes, "width": width, "height": height}
        return [Notice("video.smaller", dict(facts))]
