"""Pictures and peaks for the window."""

from __future__ import annotations

import numpy as np
import pytest

from studio.base.errors import UserError
from studio.video.clip_pictures import frame_at, mean_color, poster_frame, poster_time, read_filmstrip, read_keyframes
from studio.video.frame_seeking import ClipScrubber
from studio.video.frame_spans import picture_stands
from studio.video.picture_cache import ClipCache
from studio.video.probe import probe_clip
from studio.video.sound import loudness_envelope, quiet_place, sound_peaks, split_at_pauses
from tests.video.conftest import number_of

X264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "15", "-c:a", "aac")


@pytest.fixture(scope="module")
def clip(workshop):
    return probe_clip(workshop.clip("frames.mp4", *X264))


def pixels(frame):
    return np.frombuffer(frame.rgb, np.uint8).reshape(frame.height, frame.width, 3)


@pytest.mark.parametrize("ending", ["mp4", "mkv", "ts", "webm"])
def test_the_frame_shown_at_a_time(workshop, ending):
    codec = ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus")
    clip = probe_clip(workshop.clip(f"frames.{ending}", *(codec if ending == "webm" else X264)))
    for number in (0, 1, 14, 15, 40, 73):
        shown = frame_at(clip, (number + 0.5) / 30)
        assert abs(number_of(pixels(shown)) - number) <= (ending == "ts")
        assert abs(shown.seconds - number / 30) < 0.035
    assert number_of(pixels(frame_at(clip, 999.0))) >= 72
    assert number_of(pixels(frame_at(clip, -5.0))) == 0


def test_the_keyframe_before_a_time(clip):
    assert number_of(pixels(frame_at(clip, 1.9, exact=False))) == 45
    assert read_keyframes(clip) == pytest.approx((0.0, 0.5, 1.0, 1.5, 2.0), abs=0.001)


def test_keyframes_without_an_index(workshop):
    assert read_keyframes(probe_clip(workshop.clip("frames.ts", *X264)))[1] == pytest.approx(0.5, abs=0.05)


def test_sizes_and_turning(workshop, clip):
    small = frame_at(clip, 1.0, 96)
    assert (small.width, small.height, len(small.rgb)) == (96, 54, 96 * 54 * 3)
    stored = workshop.clip("frames-turned.mp4", "-vf", "transpose=clock", *X264)
    path = workshop.folder / "frames-upright.mp4"
    workshop.ff("-display_rotation", "90", "-i", stored.name, "-c", "copy", path.name)
    turned = frame_at(probe_clip(path), 1.01)
    assert (turned.width, turned.height) == (192, 108)
    assert number_of(pixels(turned)) == 30


def test_filmstrip_from_the_middle(clip):
    order, strip = zip(*read_filmstrip(clip, 5, 36), strict=True)
    assert order[0] == 2
    assert sorted(order) == [0, 1, 2, 3, 4]
    assert {(frame.width, frame.height) for frame in strip} == {(64, 36)}
    times = [frame.seconds for _, frame in sorted(zip(order, strip, strict=True))]
    assert times == sorted(times)


def test_caches_give_the_same_and_notice_changes(clip, tmp_path, monkeypatch):
    cache = ClipCache(tmp_path / "cache")
    asked = {
        "read_filmstrip": lambda: list(cache.cached_filmstrip(clip, 4, 36)),
        "sound_peaks": lambda: cache.peaks(clip, 50),
        "frame_at": lambda: cache.frame_at(clip, 1.0, 96),
        "read_keyframes": lambda: cache.cached_keyframes(clip),
        "poster_time": lambda: cache.poster_time(clip),
    }
    first = {name: ask() for name, ask in asked.items()}
    assert first["frame_at"] == frame_at(clip, 1.0, 96)
    from studio.video import picture_cache as module

    for name, ask in asked.items():
        monkeypatch.setattr(module, name, lambda *_: pytest.fail("decoded again"))
        assert ask() == (pytest.approx(first[name]) if name == "sound_peaks" else first[name])
    for file in (tmp_path / "cache").iterdir():
        file.write_bytes(b"\x00broken")
    monkeypatch.undo()
    assert {name: ask() for name, ask in asked.items()} == first


def test_the_cache_does_not_grow_without_end(clip, tmp_path):
    import os

    cache = ClipCache(tmp_path / "cache", most=40_000)
    for at in range(12):
        cache.frame_at(clip, at / 6, 96)
        for age, file in enumerate(sorted((tmp_path / "cache").iterdir(), key=lambda file: file.stat().st_mtime_ns)):
            os.utime(file, (1_000_000 + age, 1_000_000 + age))
        cache.frame_at(clip, 0.0, 96)
    left = [file.name for file in (tmp_path / "cache").iterdir()]
    assert sum(file.stat().st_size for file in (tmp_path / "cache").iterdir()) <= 45_000
    assert any(name.endswith("frame-0-96") for name in left), "what is used stays"


def test_poster_avoids_the_dark(workshop):
    path = workshop.folder / "dawn.mp4"
    graph = "color=black:s=192x108:r=30:d=1.5[a];testsrc2=s=192x108:r=30:d=1.5[b];[a][b]concat"
    workshop.ff("-f", "lavfi", "-i", graph, *X264[:8], path.name)
    clip = probe_clip(path)
    assert poster_time(clip) >= 1.5
    assert pixels(poster_frame(clip, None)).mean() > 60
    assert pixels(poster_frame(clip, 0.2)).mean() < 10


def test_mean_color(workshop):
    path = workshop.folder / "green.mp4"
    graph = "color=0x20a040:s=192x108:r=30:d=1"
    workshop.ff("-f", "lavfi", "-i", graph, *X264[:8], path.name)
    color = mean_color(probe_clip(path), (0.1, 0.1, 0.5, 0.5), 0.3)
    wanted = (0x20, 0xA0, 0x40)
    assert all(abs(int(color[at : at + 2], 16) - part) < 12 for at, part in zip((1, 3, 5), wanted, strict=True))


@pytest.mark.parametrize("codec", ["aac", "pcm_s16le", "libmp3lame", "libopus"])
def test_peaks_are_where_the_clicks_are(workshop, codec):
    clip = probe_clip(workshop.clip(f"peaks-{codec}.mkv", *X264[:8], "-c:a", codec))
    values = sound_peaks(clip, 100)
    assert len(values) == 100
    assert all(0 <= value <= 1 for value in values)
    loud = [at for at, value in enumerate(values) if value > 0.5]
    assert loud
    assert all(at % 20 in (0, 1, 2, 19) for at in loud), loud
    assert {at // 20 for at in loud if at % 20 < 3} == {0, 1, 2, 3, 4}


def test_no_sound_is_flat(workshop):
    clip = probe_clip(workshop.clip("frames-silent.mp4", *X264[:8], sound=False))
    assert sound_peaks(clip, 10) == (0.0,) * 10
    assert not loudness_envelope(clip, 0.0, 1.0).any()
    assert quiet_place(clip, 1.0, 2.0) == 2.0


def test_quiet_places_lie_between_clicks(clip):
    at = quiet_place(clip, 0.4, 1.2)
    assert 0.5 < at % 0.5 + 0.5 < 1.0
    assert 0.4 <= at <= 1.2
    level = loudness_envelope(clip, 0.0, 2.0)
    assert len(level) == 100
    assert level[0:2].max() > 0.3 > level[5:20].max()


def test_what_cannot_be_decoded_is_told(tmp_path, clip):
    from dataclasses import replace

    broken = tmp_path / "x.mp4"
    broken.write_bytes(b"no video")
    with pytest.raises(UserError):
        frame_at(replace(clip, path=broken), 1.0)


def test_parts_end_between_clicks(clip):
    parts = split_at_pauses(clip, (), 1.3)
    assert len(parts) == 2 or len(parts) == 3
    assert all(sum(cut.end - cut.start for cut in part) <= 1.3 for part in parts)
    for part in parts[:-1]:
        assert 0.03 < part[-1].end % 0.5 < 0.49


@pytest.mark.parametrize(("transfer", "number"), [("arib-std-b67", "hlg"), ("smpte2084", "pq")])
def test_high_dynamic_range_is_shown_as_ordinary_light(workshop, clip, transfer, number):
    light = f"zscale=pin=bt709:tin=bt709:min=bt709:rin=tv:p=bt2020:t={transfer}:m=bt2020nc:r=tv:npl=203"
    colours = f"log-level=none:colorprim=bt2020:transfer={transfer}:colormatrix=bt2020nc"
    path = workshop.clip(
        f"frames-{number}.mp4", "-vf", f"scale=out_color_matrix=bt709,format=yuv420p,{light},format=yuv420p10le",
        "-c:v", "libx265", "-preset", "ultrafast", "-x265-params", colours,
    )  # fmt: skip
    bright = probe_clip(path)
    assert bright.transfer == number
    shown, plain = (pixels(frame_at(which, 1.01)) for which in (bright, clip))
    assert number_of(shown) == number_of(plain) == 30
    assert abs(float(np.percentile(shown, 95)) - float(np.percentile(plain, 95))) < 30
    assert abs(float(np.percentile(shown, 5)) - float(np.percentile(plain, 5))) < 30


@pytest.mark.parametrize("ending", ["mp4", "mkv", "ts", "avi"])
def test_how_long_a_picture_stands(workshop, ending):
    """With pictures that are stored in another order than they are shown, and after a seek."""
    codec = ("-c:v", "mpeg4", "-g", "12") if ending == "avi" else (*X264[:3], "medium", *X264[4:], "-bf", "3")
    clip = probe_clip(workshop.clip(f"stands.{ending}", *codec))
    for number in (0, 1, 13, 14, 15, 40, 70):
        at = (number + 0.5) / 30
        begin, end = picture_stands(clip, at)
        if at > frame_at(clip, 0.0).seconds:  # sound may begin before the first picture
            shown = frame_at(clip, at).seconds
            assert begin == pytest.approx(0.0 if shown == frame_at(clip, 0.0).seconds else shown, abs=0.001)
            assert end == pytest.approx(frame_at(clip, end + 0.001).seconds, abs=0.001)
        assert end - begin == pytest.approx(1 / 30, abs=0.002 if number > 1 else 0.09)  # AVI leaves the second out
    assert picture_stands(clip, 99.0)[1] >= clip.seconds


def test_a_transport_stream_shows_its_first_pictures(workshop):
    """A seek to its start lands on the second keyframe: the desk showed the picture of 0.4 s for all before it."""
    clip = probe_clip(workshop.clip("stands.ts", *X264[:3], "medium", *X264[4:], "-bf", "3"))
    scrubber = ClipScrubber(clip, 0)
    for number in (0, 3, 11):
        at = (number + 0.5) / 30 + 0.02
        assert number_of(pixels(frame_at(clip, at))) == number
        shown = scrubber.frame_at(at, lambda: False, lambda frame: None)
        assert shown is not None
        assert number_of(pixels(shown)) == number
        scrubber.close()
