"""Clips that carry their frame numbers and clicks, so that exactness is read back from a result."""

from __future__ import annotations

import hashlib
import subprocess
import wave
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest

from studio.base.progress import SilentProgress
from studio.video.binary import ffmpeg_path
from studio.video.encode import encode_targets
from studio.video.job import VideoFormat, VideoJob, pieces_of
from studio.video.probe import probe_clip

if TYPE_CHECKING:
    from pathlib import Path

BITS = 9
FPS = 30
WIDTH, HEIGHT = 192, 108


def coded(number: int, width: int = WIDTH, height: int = HEIGHT) -> np.ndarray:
    """A frame whose horizontal bands are the bits of ``number``: any crop of the sides leaves them readable."""
    frame = np.full((height, width, 3), 60, np.uint8)
    for bit in range(BITS):
        top, bottom = bit * height // BITS, (bit + 1) * height // BITS
        frame[top:bottom] = (230, 230, 230) if number >> bit & 1 else (20, 20, 20)
    return frame


def number_of(frame: np.ndarray) -> int:
    """The frame number read back."""
    height, width = frame.shape[:2]
    middle = frame[:, width // 3 : 2 * width // 3].astype(float).mean(axis=(1, 2))
    number = 0
    for bit in range(BITS):
        top, bottom = bit * height / BITS, (bit + 1) * height / BITS
        inner = middle[round(top + (bottom - top) * 0.3) : max(round(top + (bottom - top) * 0.7), round(top) + 1)]
        number |= int(inner.mean() > 125) << bit
    return number


@dataclass(frozen=True)
class Result:
    """What is read back from a finished video."""

    numbers: list[int]
    clicks: list[float]
    width: int
    height: int
    fps: float
    pixels: str
    frames: list[np.ndarray]


class Workshop:
    """Makes clips with ffmpeg and reads results with PyAV."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def ff(self, *args: str, data: bytes | None = None) -> None:
        # Never the terminal's input: ffmpeg reads keys from it, and stops there when it runs in the background.
        # ffmpeg 9 hangs now and then at the end of "-t" with two inputs (4 of 60 runs): once more then.
        for patience in (30, 60):
            with suppress(subprocess.TimeoutExpired):
                done = subprocess.run(
                    [ffmpeg_path(), "-v", "error", "-y", *args],
                    input=data or b"",
                    capture_output=True,
                    cwd=self.folder,
                    timeout=patience,
                    check=False,
                )
                assert done.returncode == 0, done.stderr.decode()[-500:]
                return
        pytest.fail(f"ffmpeg hung twice: {args}")

    def master(self, seconds: float = 2.5, rate: int = 48_000, channels: int = 2) -> tuple[Path, Path]:
        """A lossless picture with numbers, and a sound with a click every half second."""
        picture, sound = self.folder / f"master-{seconds}.mkv", self.folder / f"clicks-{seconds}-{rate}-{channels}.wav"
        if not picture.exists():
            data = b"".join(coded(number).tobytes() for number in range(round(seconds * FPS)))
            self.ff(
                *("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(FPS), "-i", "pipe:0"),
                *("-c:v", "ffv1", picture.name),
                data=data,
            )
        if not sound.exists():
            time = np.arange(round(seconds * rate)) / rate
            tone = np.where((time % 0.5) < 0.02, np.sin(2 * np.pi * 1000 * time) * 0.8, 0.0)
            samples = np.repeat((tone * 32767).astype("<i2")[:, None], channels, axis=1)
            with wave.open(str(sound), "wb") as file:
                file.setnchannels(channels)
                file.setsampwidth(2)
                file.setframerate(rate)
                file.writeframes(samples.tobytes())
        return picture, sound

    def clip(self, name: str, *args: str, sound: bool = True, rate: int = 48_000, channels: int = 2) -> Path:
        """A clip encoded with ``args`` (codecs, filters); made once. The way it was made stands in its name."""
        kind = hashlib.sha256(repr((args, sound, rate, channels)).encode()).hexdigest()[:8]
        path = self.folder / f"{kind}-{name}"
        if not path.exists():
            picture, clicks = self.master(rate=rate, channels=channels)
            inputs = ["-i", picture.name, *(["-i", clicks.name] if sound else [])]
            self.ff(*inputs, *args, path.name)
        return path

    def job(self, path: Path, cuts=(), **more: object) -> VideoJob:
        """A job on a clip with the usual settings."""
        clip = probe_clip(path)
        return VideoJob(clip, pieces_of(clip, cuts, 30), **more)

    def make(self, job: VideoJob, work: Path, size: tuple[int, int] = (108, 192), layers=()) -> Result:
        """Encode a job and read the result back."""
        out = work / "result.mp4"
        encode_targets(job, [VideoFormat(*size, str(out), tuple(layers))], work, SilentProgress(), "test")
        return self.read(out)

    def read(self, path: Path) -> Result:
        with av.open(str(path)) as container:
            stream = container.streams.video[0]
            frames = [frame.to_ndarray(format="rgb24") for frame in container.decode(stream)]
            facts = (stream.codec_context.width, stream.codec_context.height)
            fps, pixels = float(stream.average_rate), stream.codec_context.pix_fmt
        return Result([number_of(frame) for frame in frames], clicks_in(path), *facts, fps, pixels, frames)


def clicks_in(path: Path) -> list[float]:
    """Times at which a click begins."""
    with av.open(str(path)) as container:
        resampler = av.AudioResampler("fltp", "mono", 8000)
        parts = [part for frame in container.decode(audio=0) for part in resampler.resample(frame)]
    level = np.abs(np.concatenate([part.to_ndarray()[0] for part in parts]))
    if not len(level) or level.max() < 0.02:
        return []
    loud = np.nonzero(level > level.max() * 0.35)[0] / 8000
    return [float(at) for number, at in enumerate(loud) if number == 0 or at - loud[number - 1] > 0.2]


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop(tmp_path_factory.mktemp("clips"))
