"""Damaged clips: each is made into a video or refused with a text; none hangs or crashes."""

from __future__ import annotations

import os
import random

from studio.base.errors import UserError
from studio.base.progress import SilentProgress
from studio.video.clip_pictures import frame_at
from studio.video.encode import encode_targets
from studio.video.job import VideoFormat, VideoJob, pieces_of
from studio.video.probe import probe_clip
from studio.video.sound import sound_peaks

DAMAGED = int(os.environ.get("KIM_STUDIO_DAMAGED", "48"))
"""How many; ``bench/misfortunes.py`` runs 300."""
KINDS = {
    "mp4": ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", "-movflags", "+faststart"),
    "mov": ("-c:v", "mpeg4", "-c:a", "pcm_s16le"),
    "mkv": ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "libopus"),
    "avi": ("-c:v", "mpeg4", "-c:a", "libmp3lame"),
    "webm": ("-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "16", "-c:a", "libopus"),
    "3gp": ("-c:v", "h263", "-s", "128x96", "-c:a", "libopencore_amrnb", "-ar", "8000", "-ac", "1"),
}


def damaged(data: bytes, chance: random.Random) -> bytes:
    """One of the things that happen to files: bits flipped, a stretch lost, doubled, zeroed, or the end cut off."""
    kind = chance.randrange(6)
    body = bytearray(data)
    at, length = chance.randrange(len(body)), chance.randrange(1, max(2, len(body) // 4))
    if kind == 0:
        for _ in range(chance.randrange(1, 60)):
            body[chance.randrange(len(body))] = chance.randrange(256)
    elif kind == 1:
        for _ in range(chance.randrange(1, 8)):  # in the header, where sizes and times are
            body[chance.randrange(min(2000, len(body)))] = chance.randrange(256)
    elif kind == 2:
        del body[at : at + length]
    elif kind == 3:
        body[at:at] = body[max(0, at - length) : at]
    elif kind == 4:
        body[at : at + length] = bytes(min(length, len(body) - at))
    else:
        del body[chance.randrange(len(body)) :]
    return bytes(body)


def attempt(path, work) -> str:
    try:
        clip = probe_clip(path)
        frame_at(clip, clip.seconds / 2, 32)
        sound_peaks(clip, 10)
        job = VideoJob(clip, pieces_of(clip, (), 10)[:1], fps=10)
        job = VideoJob(clip, (job.pieces[0].__class__(0.0, min(job.pieces[0].frames, 20)),), fps=10)
        encode_targets(job, [VideoFormat(32, 32, str(work / "a.mp4"))], work, SilentProgress(), "x")
    except UserError as error:
        return error.code
    finally:
        for left in work.glob("*"):
            left.unlink()
    return "made"


def test_damaged_clips_are_made_or_refused(workshop, tmp_path):
    chance = random.Random(20261123)
    originals = []
    for ending, args in KINDS.items():
        sizes = () if ending == "3gp" else ("-s", "64x36")
        originals.append(workshop.clip(f"victim.{ending}", *sizes, "-t", "1", *args))
    outcomes: dict[str, int] = {}
    work = tmp_path / "work"
    work.mkdir()
    for number in range(DAMAGED):
        original = originals[number % len(originals)]
        path = tmp_path / f"victim{original.suffix}"
        path.write_bytes(damaged(original.read_bytes(), chance))
        outcome = attempt(path, work)
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
    known = {"made", "video.empty", "video.not_video", "video.no_index", "video.no_picture", "video.broken",
             "video.incomplete", "video.failed"}  # fmt: skip
    assert set(outcomes) <= known, outcomes
    assert outcomes["made"] > DAMAGED / 3, outcomes
    assert sum(outcomes.values()) == DAMAGED
