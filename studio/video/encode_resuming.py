"""What lets an encode that a power cut ended go on: names that say what a file holds, and what the tries found out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from studio.video.ffmpeg_arguments import compile_plan
from studio.video.job import EncoderRate, ImageOverlay
from studio.video.verify import CheckedVideo  # noqa: TC001 - msgspec reads the types when it decodes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.video.job import VideoFormat, VideoJob


def job_fingerprint(job: VideoJob, targets: Sequence[VideoFormat], more: str = "") -> str:
    """Name a result by all that goes into it: the plan, what its pictures hold, and the state of the original.

    Args:
        job: what is made.
        targets: the formats; the name of the file to write does not count.
        more: what else decides, such as a limit of bytes or which streams are made.
    """
    made = compile_plan(job, [replace(target, out=f"{at}") for at, target in enumerate(targets)])
    digest = hashlib.sha256(f"{made!r} {more}".encode())
    stat = job.clip.path.stat()
    digest.update(f"{stat.st_size} {stat.st_mtime_ns}".encode())
    for file in _layer_files(targets):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _layer_files(targets: Sequence[VideoFormat]) -> list[Path]:
    """The files of all layers."""
    names = []
    for layer in (layer for target in targets for layer in target.layers):
        names += (
            [layer.file] if isinstance(layer, ImageOverlay) else [layer.blank, *(card.file for card in layer.cards)]
        )
    return [Path(name) for name in names]


@dataclass(frozen=True, slots=True)
class EncodingTries:
    """What was found out on the way to a limit of bytes.

    Attributes:
        key: what is being made.
        count: finished tries.
        best: the largest result that kept under the limit.
        rate: of the next try; None before the first.
        good: whether the best is good enough.
    """

    key: str
    count: int = 0
    best: CheckedVideo | None = None
    rate: EncoderRate | None = None
    good: bool = False

    def after_try(self, best: CheckedVideo | None, rate: EncoderRate, *, good: bool) -> EncodingTries:
        """One try later; ``best`` is what it made when that is better than before."""
        return EncodingTries(self.key, self.count + 1, best or self.best, rate, good)

    def save(self, path: Path) -> None:
        """Keep for the next attempt."""
        import msgspec

        path.write_bytes(msgspec.json.encode(self))


def load_tries(path: Path, key: str) -> EncodingTries:
    """What an earlier attempt at the same result found out; none when it was another one, or is not readable."""
    import msgspec

    from studio.base.json_text import decode_json

    try:
        tries = decode_json(path.read_bytes(), EncodingTries)
    except (OSError, UnicodeDecodeError, msgspec.MsgspecError):
        return EncodingTries(key)
    # Tries of another clip or setting would send the search for the right rate astray.
    return tries if tries.key == key else EncodingTries(key)
