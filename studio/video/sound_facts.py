"""What a file of sound says: how long it is, and when it was recorded. Its ending is not asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from studio.base.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class SoundFacts:
    """Seconds, and the moment (ISO 8601) it was recorded; "" where the file does not say."""

    seconds: float
    taken: str = ""


def sound_facts(path: Path) -> SoundFacts:
    """Hear all of it and say how long it is; of a file that was cut off, as far as it can be heard.

    Raises:
        UserError: ``video.narration``: not readable, or no sound in it.
    """
    import av

    samples = 0
    try:
        with av.open(str(path), options={"protocol_whitelist": "file"}) as container:
            stream = container.streams.audio[0]
            rate = stream.codec_context.sample_rate
            told = {**stream.metadata, **container.metadata}.get("creation_time", "")
            # Voice notes of phones name no length, or a wrong one.
            for frame in container.decode(stream):
                samples += frame.samples
    except (av.FFmpegError, IndexError, OSError, ValueError) as error:
        if not samples:
            raise UserError("video.narration", file=path.name) from error
    if not samples or not rate:
        raise UserError("video.narration", file=path.name)
    return SoundFacts(samples / rate, _local_moment(told))


def is_sound_only(path: Path) -> bool:
    """Whether there is sound and no moving picture in it (phones keep voices in ``.mp4``); False if unreadable."""
    import av

    try:
        with av.open(str(path), options={"protocol_whitelist": "file"}) as container:
            pictures = [
                one for one in container.streams.video if not one.disposition & av.stream.Disposition.attached_pic
            ]
            return bool(container.streams.audio) and not pictures
    except (av.FFmpegError, OSError, ValueError):
        return False


def _local_moment(told: str) -> str:
    """A time of the file, in the time zone of this computer; "" for none, and for the zero of an unset clock."""
    try:
        moment = datetime.fromisoformat(told)
    except ValueError:
        return ""
    return moment.astimezone().isoformat(timespec="seconds") if moment.year > 1990 and moment.tzinfo else ""
