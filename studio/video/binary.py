"""Finds ffmpeg and what it can do."""

from __future__ import annotations

import subprocess

from studio.base.errors import UserError
from studio.base.windows_habits import no_console_flags


def ffmpeg_path() -> str:
    """Path of the ffmpeg program: ``IMAGEIO_FFMPEG_EXE`` if set, else the one that came with imageio-ffmpeg.

    Raises:
        UserError: ``video.no_ffmpeg``.
    """
    import imageio_ffmpeg

    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as error:
        raise UserError("video.no_ffmpeg") from error


def _ask_ffmpeg(*args: str) -> bytes:
    """What ffmpeg prints about itself.

    Raises:
        UserError: ``video.no_ffmpeg``, ``video.barred``.
    """
    program = ffmpeg_path()
    try:
        command = [program, "-hide_banner", *args]
        return subprocess.run(command, capture_output=True, check=False, creationflags=no_console_flags()).stdout
    except OSError as error:
        raise UserError("video.barred", file=program, detail=error.strerror or str(error)) from error


def cuts_by_container() -> bool:
    """Whether this ffmpeg cuts the picture by the crop of its container (since 7.1), unless it is asked not to.

    Raises:
        UserError: ``video.no_ffmpeg``, ``video.barred``.
    """
    # Not by the version, which every builder of ffmpeg writes in another way: by the help text of the option itself.
    return b"select the cropping to apply" in _ask_ffmpeg("-h", "long")


def can_tone_map() -> bool:
    """Whether this ffmpeg can turn high dynamic range into ordinary light (it needs zscale and tonemap).

    Raises:
        UserError: ``video.no_ffmpeg``, ``video.barred``.
    """
    names = {words[1] for line in _ask_ffmpeg("-filters").splitlines() if len(words := line.split()) > 2}
    return {b"zscale", b"tonemap"} <= names
