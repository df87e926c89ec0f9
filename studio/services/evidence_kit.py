"""The evidence kit without its window: what it looks at, hashes, metadata, key frames, views of ``forensics``."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from studio.base.errors import UserError
from studio.base.media_kinds import media_group
from studio.base.pixel_data import Pixels
from studio.photo.forensics import FileFact, error_level, find_clones, photo_facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.base.i18n import MessageTexts
    from studio.base.progress import Progress
    from studio.photo.forensics import CloneMap
    from studio.store.workspace import Workspace
    from studio.story.model import Story

Kind = Literal["photo", "clip"]
MOST_FRAMES = 24
_FRAME_SIDE = 640
_LEAST_APART = 0.2
"""Seconds; some phones write two key frames at the very start."""
_SHOWN_SIDE = 3200
_PRIVATE = ("location", "gps", "author", "artist")


@dataclass(frozen=True, slots=True)
class KeyShot:
    """A key frame of a clip."""

    seconds: float
    pixels: Pixels


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """Something to look at: its name for people, where it lies, and its file in ``media/`` ("" for a stranger)."""

    name: str
    path: Path
    file: str = ""


def evidence_items(workspace: Workspace, folder: str, story: Story, texts: MessageTexts) -> tuple[EvidenceItem, ...]:
    """The photos and clips of a story and the evidence of its claims, each file once; none of one without a folder."""
    found: dict[str, str] = {}
    for name, file in _named_files(story, texts):
        if file:
            found.setdefault(file, name)
    if not folder:
        return ()
    return tuple(EvidenceItem(name, workspace.media_path(folder, file), file) for file, name in found.items())


def _named_files(story: Story, texts: MessageTexts) -> Iterator[tuple[str, str]]:
    for number, photo in enumerate(story.photos, 1):
        yield texts.text("evidence.photo", number=number, name=photo.name), photo.file
    for number, video in enumerate(story.videos, 1):
        yield texts.text("evidence.video", number=number, name=video.name), video.file
    for number, claim in enumerate(story.claims, 1):
        for item in claim.evidence:
            yield texts.text("evidence.of_claim", number=number, name=item.name), item.file


def kind_of(path: Path) -> Kind:
    """Whether a file is treated as a clip or a photo."""
    return "clip" if media_group(path) == "video" else "photo"


def close_look(path: Path, progress: Progress) -> Pixels:
    """The photo itself, large enough to look closely.

    Raises:
        UserError: it cannot be opened.
    """
    from studio.photo.small_pictures import preview_pixels

    progress.report(0, 1, path.name)
    return preview_pixels(path, _SHOWN_SIDE)


def compression_view(path: Path, progress: Progress) -> Pixels:
    """The error levels; see ``forensics.error_level``."""
    with tempfile.TemporaryDirectory(prefix="kim-bukti-") as work:
        return error_level(path, Path(work), progress)


def repeated_areas(path: Path, progress: Progress) -> CloneMap:
    """Areas that repeat; see ``forensics.find_clones``."""
    return find_clones(path, progress)


def file_facts(path: Path, progress: Progress) -> tuple[FileFact, ...]:
    """What a photo or clip says about itself.

    Raises:
        UserError: it cannot be opened.
    """
    progress.report(0, 1, path.name)
    return tuple(_clip_facts(path)) if kind_of(path) == "clip" else photo_facts(path)


def _clip_facts(path: Path) -> Iterator[FileFact]:
    from studio.video.clip_opening import open_clip
    from studio.video.probe import probe_clip

    clip = probe_clip(path)
    yield FileFact("format", f"{clip.container.split(',')[0].upper()}, {clip.codec.upper()}")
    yield FileFact("pixels", f"{clip.width} × {clip.height}")
    yield FileFact("length", f"{clip.seconds:.1f}")
    yield FileFact("rate", f"{float(clip.fps):.2f}".rstrip("0").rstrip("."))
    with open_clip(path) as (container, stream):
        told = {**dict(stream.metadata), **dict(container.metadata)}
    names = {"creation_time": "taken", "encoder": "software", "com.apple.quicktime.make": "make"}
    names |= {"com.apple.quicktime.model": "model", "com.apple.quicktime.software": "software"}
    for name, value in sorted(told.items()):
        # What the format itself writes into every file: it says nothing about this one.
        if name in {"major_brand", "minor_version", "compatible_brands", "handler_name", "vendor_id", "language"}:
            continue
        private = any(word in name.lower() for word in _PRIVATE)
        code = names.get(name, "position" if "location" in name.lower() else "other")
        yield FileFact(code, str(value) if code != "other" else f"{name}: {value}", private)


def file_fingerprint(path: Path, progress: Progress) -> tuple[FileFact, ...]:
    """Name, size, time and SHA-256 of a file.

    Raises:
        UserError: it cannot be read.
    """
    from studio.store.media_files import sha256_of

    progress.report(0, 1, path.name)
    try:
        status, digest = path.stat(), sha256_of(path)
    except OSError as error:
        raise UserError("store.media_unreadable", file=path.name) from error
    changed = datetime.fromtimestamp(status.st_mtime).astimezone()
    return (
        FileFact("file", path.name),
        FileFact("size", f"{status.st_size}"),
        FileFact("modified", changed.strftime("%Y:%m:%d %H:%M:%S")),
        FileFact("sha256", digest),
    )


def key_shots(path: Path, progress: Progress) -> tuple[KeyShot, ...]:
    """Key frames of a clip, spread over its length.

    Raises:
        UserError: it cannot be opened.
        WorkCancelled: stopped by the user.
    """
    from studio.video.clip_pictures import frame_at, read_keyframes
    from studio.video.probe import probe_clip

    clip = probe_clip(path)
    times = read_keyframes(clip) or (0.0,)
    # Divided upwards, so that there are never more than MOST_FRAMES.
    step = max(1, -(-len(times) // MOST_FRAMES))
    chosen = times[::step]
    if len(chosen) < 6:  # a phone writes few: fill up with frames at equal distances
        chosen = tuple(clip.seconds * (number + 0.5) / 8 for number in range(8))
    found: list[KeyShot] = []
    for number, seconds in enumerate(chosen):
        progress.report(number, len(chosen), path.name)
        # A seek lands on key frames by itself; a time in between has to be decoded up to.
        frame = frame_at(clip, seconds, _FRAME_SIDE, exact=len(times) < 6)
        if found and frame.seconds - found[-1].seconds < _LEAST_APART:
            continue
        found.append(KeyShot(frame.seconds, Pixels(frame.width, frame.height, frame.rgb)))
    progress.report(len(chosen), len(chosen), path.name)
    return tuple(found)
