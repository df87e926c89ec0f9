"""The drawn clips, read back with PyAV: sizes, rotation, frame rates, movement, sound."""

from __future__ import annotations

from itertools import pairwise

import pytest

from studio.base.paths import assets_dir
from tools.sample_media import clips, voice


@pytest.fixture(scope="session")
def files():
    return {path.name: path for path in (assets_dir() / "sample").glob("*.mp4")}


def times(path):
    import av

    with av.open(str(path)) as opened:
        stream = opened.streams.video[0]
        stamps = sorted(packet.pts for packet in opened.demux(stream) if packet.pts is not None)
        return [float(stamp * stream.time_base) for stamp in stamps]


def gray_frames(path, wanted):
    """The frames nearest to the wanted times, as small gray arrays (as stored)."""
    import av
    import numpy as np

    found = []
    with av.open(str(path)) as opened:
        for frame in opened.decode(video=0):
            if len(found) < len(wanted) and frame.time >= wanted[len(found)] - 1e-3:
                found.append(frame.reformat(width=96, height=54, format="gray").to_ndarray().astype(np.int16))
    return found


def test_all_clips_are_there(files):
    assert sorted(files) == sorted(clip.file for clip in clips.CLIPS)


@pytest.mark.parametrize("clip", clips.CLIPS, ids=lambda clip: clip.file)
def test_container_and_codecs(files, clip):
    import av

    with av.open(str(files[clip.file])) as opened:
        video, audio = opened.streams.video[0], opened.streams.audio[0]
        assert video.codec_context.name == "h264"
        assert audio.codec_context.name == "aac"
        assert video.pix_fmt == "yuv420p"
        assert opened.duration / 1e6 == pytest.approx(clip.seconds, abs=0.15)
        assert opened.metadata["location"].startswith("-05.5120+111.0340")
        assert opened.metadata["creation_time"][:19] == clip.taken[:19]


def test_the_upright_clip_is_stored_lying_down(files):
    import av

    with av.open(str(files[clips.RICE.file])) as opened:
        frame = next(opened.decode(video=0))
        assert frame.width > frame.height
        assert abs(frame.rotation) == 90


def test_turned_by_its_matrix_the_sky_is_above(files):
    """The display matrix turns the clip the right way: the bright sky comes to lie above the field."""
    import av
    import numpy as np

    with av.open(str(files[clips.RICE.file])) as opened:
        frame = next(opened.decode(video=0))
        stored, turn = frame.to_ndarray(format="gray").astype(float), frame.rotation
    shown = np.rot90(stored, round(turn / 90))
    third = shown.shape[0] // 3
    assert shown[:third].mean() > shown[-third:].mean() + 20


def test_one_clip_varies_in_rate_and_the_others_do_not(files):
    for clip in clips.CLIPS:
        stamps = times(files[clip.file])
        gaps = {round((b - a) * 600) for a, b in pairwise(stamps)}
        assert (len(gaps) > 1) == clip.uneven, f"{clip.file}: gaps of {sorted(gaps)} / 600 s"
        if clip.uneven:
            assert {20, 40} <= gaps
            assert all(gap % 20 == 0 for gap in gaps), "frames are left out, never shifted"


@pytest.mark.parametrize("clip", clips.CLIPS, ids=lambda clip: clip.file)
def test_something_moves_all_the_time(files, clip):
    import numpy as np

    shown = gray_frames(files[clip.file], [0.5 + 0.7 * i for i in range(11)])
    changes = [float(np.abs(a - b).mean()) for a, b in pairwise(shown)]
    assert len(changes) == 10
    assert min(changes) > 0.25
    assert max(changes) < 40, "no cut inside the clip"


@pytest.mark.parametrize("clip", clips.CLIPS, ids=lambda clip: clip.file)
def test_it_sounds_like_a_voice(files, clip):
    """Loud enough, most of its power where speech has it, and with pauses."""
    import av
    import numpy as np

    with av.open(str(files[clip.file])) as opened:
        rate = opened.streams.audio[0].rate
        sound = np.concatenate([frame.to_ndarray().ravel() for frame in opened.decode(audio=0)])
    assert 0.02 < float(np.sqrt(np.mean(sound**2))) < 0.4
    power = np.abs(np.fft.rfft(sound)) ** 2
    hertz = np.fft.rfftfreq(len(sound), 1 / rate)
    assert power[(hertz > 90) & (hertz < 3500)].sum() > 0.7 * power.sum()
    pieces = sound[: len(sound) // 2400 * 2400].reshape(-1, 2400).std(1)
    assert np.percentile(pieces, 5) < 0.4 * np.percentile(pieces, 90)


def test_speech_keeps_to_its_phrases():
    import numpy as np

    sound = voice.speech(((1.0, 2.0),), 3.0, np.random.default_rng(1))
    assert len(sound) == 3 * voice.RATE
    assert np.abs(sound[: voice.RATE]).max() == 0
    assert np.abs(sound[round(2.3 * voice.RATE) :]).max() == 0
    assert np.abs(sound).max() == pytest.approx(0.5)


def test_a_failing_ffmpeg_is_told_and_leaves_nothing(tmp_path):
    import numpy as np

    broken = clips.Clip("rusak.mp4", (64, 63), 0.2, "2026-11-22T00:00:00Z")  # an odd height is refused by x264
    with pytest.raises(RuntimeError, match=r"^rusak\.mp4: "):
        clips._encode(broken, (64, 63), [bytes(64 * 63 * 3)] * 6, np.zeros(4800, np.float32), tmp_path / "rusak.mp4")
    assert list(tmp_path.iterdir()) == []
