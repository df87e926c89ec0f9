"""Exact cuts, read back from the result: frame numbers in the picture, clicks in the sound."""

from __future__ import annotations

import pytest

from studio.story.model import Cut
from studio.video.clip_pictures import frame_at
from studio.video.probe import probe_clip

X264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "60")
AAC = ("-c:a", "aac", "-b:a", "96k")
HEVC = ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none:keyint=60", "-tag:v", "hvc1")

PLAIN = {
    "h264.mp4": (*X264, "-bf", "2", *AAC),
    "h264.mov": (*X264, *AAC),
    "h264.mkv": (*X264, "-bf", "2", *AAC),
    "hevc.mp4": (*HEVC, "-pix_fmt", "yuv420p", *AAC),
    "vp9.webm": ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-g", "60", "-c:a", "libopus"),
    "mpeg4.avi": ("-c:v", "mpeg4", "-q:v", "3", "-g", "30", "-c:a", "libmp3lame"),
    "h263.3gp": (
        "-c:v",
        "h263",
        "-s",
        "352x288",
        "-q:v",
        "3",
        "-c:a",
        "libopencore_amrnb",
        "-ar",
        "8000",
        "-ac",
        "1",
        "-b:a",
        "12.2k",
    ),
    "stream.ts": (*X264, "-bf", "2", *AAC),
    "ten-bit.mp4": (*HEVC, "-pix_fmt", "yuv420p10le", *AAC),
    "odd.mp4": (
        "-vf",
        "scale=191:107:flags=neighbor",
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-pix_fmt",
        "yuv444p",
        *AAC,
    ),
    "full-range.mp4": ("-vf", "scale=out_range=pc,format=yuvj420p", "-c:v", "libx264", "-preset", "ultrafast", *AAC),
    "wide-pixels.mp4": ("-vf", "scale=96:108,setsar=2", *X264, *AAC),
    "mpeg4.mp4": ("-c:v", "mpeg4", "-q:v", "3", "-bf", "2", "-g", "100", *AAC),
    "mpeg4.3gp": ("-c:v", "mpeg4", "-q:v", "3", "-g", "100", "-c:a", "libopencore_amrnb", "-ar", "8000", "-ac", "1"),
    "vp9-long.mkv": ("-c:v", "libvpx-vp9", "-deadline", "good", "-cpu-used", "8", "-lag-in-frames", "16", "-g", "120"),
    "open-groups.mov": (
        *("-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-tag:v", "hvc1", "-x265-params"),
        *("log-level=none:keyint=20:open-gop=1:bframes=3:scenecut=0", *AAC),
    ),
    "open-groups.mkv": (
        *("-c:v", "libx264", "-preset", "medium", "-pix_fmt", "yuv420p", "-x264-params"),
        *("keyint=20:open-gop=1:bframes=3:scenecut=0", *AAC),
    ),
    "fragments.mp4": (*X264, *AAC, "-movflags", "frag_keyframe+empty_moov+default_base_moof"),
    "late-start.mkv": (*X264, "-bf", "2", *AAC, "-output_ts_offset", "7.3"),
    "late-start.ts": (*X264, *AAC, "-output_ts_offset", "100"),
}
WELL_BEHAVED = ("h264.mp4", "h264.mov", "hevc.mp4", "vp9.webm", "ten-bit.mp4", "open-groups.mov", "open-groups.mkv")
CUTS = (Cut(start=0.9, end=1.9), Cut(start=0.4, end=0.8))
WANTED = [*range(27, 57), *range(12, 24)]
CLICKS = [0.1, 0.6, 1.1]


def assert_exact(result, wanted=WANTED, clicks=CLICKS, slack=1):
    assert len(result.numbers) == len(wanted)
    assert all(abs(got - number) <= slack for got, number in zip(result.numbers, wanted, strict=True)), result.numbers
    assert len(result.clicks) == len(clicks), result.clicks
    assert all(abs(got - at) <= 2 / 30 for got, at in zip(result.clicks, clicks, strict=True)), result.clicks
    assert result.fps == 30
    assert result.pixels == "yuv420p"


@pytest.mark.parametrize("name", PLAIN)
def test_pieces_are_exact_in_every_container(workshop, tmp_path, name):
    path = workshop.clip(name, *PLAIN[name])
    assert_exact(workshop.make(workshop.job(path, CUTS), tmp_path), slack=0 if name in WELL_BEHAVED else 1)


@pytest.mark.parametrize(("degrees", "size"), [(90, (108, 192)), (-90, (108, 192)), (180, (192, 108))])
def test_rotated_clips_come_out_upright(workshop, tmp_path, degrees, size):
    # The picture is turned before it is stored, and the file says how to turn it back.
    turns = {90: "transpose=clock", -90: "transpose=cclock", 180: "hflip,vflip"}
    stored = workshop.clip(f"stored{degrees}.mp4", "-vf", turns[degrees], *X264, *AAC)
    path = workshop.folder / f"rotated{degrees}.mp4"
    if not path.exists():
        workshop.ff("-display_rotation", str(degrees), "-i", stored.name, "-c", "copy", path.name)
    clip = probe_clip(path)
    assert (clip.width, clip.height) == (192, 108)
    assert clip.orientation.quarters == -degrees % 360 // 90
    assert_exact(workshop.make(workshop.job(path, CUTS), tmp_path, size=size), slack=0)


def test_varying_frame_rate(workshop, tmp_path):
    dropped = "select='not(eq(mod(n\\,7)\\,3))'"
    path = workshop.clip("vfr.mp4", "-vf", dropped, "-fps_mode", "vfr", *X264, *AAC)
    assert probe_clip(path).variable
    assert not probe_clip(workshop.clip("h264.mp4", *PLAIN["h264.mp4"])).variable
    assert_exact(workshop.make(workshop.job(path, CUTS), tmp_path))


def test_frames_that_are_left_out_late_count_too(workshop):
    """Phones drop frames once they are warm: the beginning is even."""
    late = "select='lt(n,60)+not(mod(n\\,2))'"
    for ending, fps in (("mp4", 27), ("mkv", 27)):
        clip = probe_clip(workshop.clip(f"late-vfr.{ending}", "-vf", late, "-fps_mode", "vfr", *X264, *AAC))
        assert clip.variable
        assert clip.hold >= 2 / 30 - 0.001
        assert fps - 1 < clip.fps < 31


@pytest.mark.parametrize("ending", ["mp4", "mkv", "ts"])
def test_the_picture_that_stands_when_a_piece_begins_is_shown(workshop, tmp_path, ending):
    """A screen recording: frame 19 stands for a second, a piece begins in the middle of that."""
    gap = ("-vf", "select='not(between(n,20,49))'", "-fps_mode", "vfr")
    path = workshop.clip(f"standing.{ending}", *gap, *X264, *AAC)
    result = workshop.make(workshop.job(path, [Cut(start=1.2, end=2.0)]), tmp_path)
    assert_exact(result, [*[19] * 14, *range(50, 60)], [0.3], slack=0 if ending != "ts" else 31)
    assert result.numbers[:12] == [19] * 12


@pytest.mark.parametrize("rate", [5, 15, 24, 25, 50, 60])
def test_other_frame_rates_become_30_in_step(workshop, tmp_path, rate):
    path = workshop.clip(f"rate-{rate}.mp4", "-vf", f"fps={rate}:round=down", *X264, *AAC)
    source = workshop.read(path).numbers
    result = workshop.make(workshop.job(path, [Cut(start=1.05, end=2.05)]), tmp_path)
    assert len(result.numbers) == 30
    for at, number in enumerate(result.numbers):
        near = {source[int((1.05 + (at + late) / 30) * rate + 0.001)] for late in (-1, 0, 1)}
        assert number in near, (at, number)
    assert all(abs(got - at) <= 2 / 30 for got, at in zip(result.clicks, [0.45, 0.95], strict=True))


def test_a_turned_uneven_clip_with_one_channel(workshop, tmp_path):
    """Everything a phone does at once: HEVC in a MOV, lying down, dropped frames, 44.1 kHz, one channel."""
    turned = "transpose=clock,select='not(eq(mod(n\\,5)\\,2))'"
    stored = workshop.clip(
        "phone-stored.mov", "-vf", turned, "-fps_mode", "vfr", *HEVC, "-pix_fmt", "yuv420p10le", *AAC,
        rate=44_100, channels=1,
    )  # fmt: skip
    path = workshop.folder / "phone.mov"
    if not path.exists():
        workshop.ff("-display_rotation", "90", "-i", stored.name, "-c", "copy", path.name)
    clip = probe_clip(path)
    assert (clip.variable, clip.orientation.quarters, clip.depth) == (True, 3, 10)
    assert_exact(workshop.make(workshop.job(path, CUTS), tmp_path, size=(192, 108)))


@pytest.mark.parametrize(("rate", "channels"), [(44_100, 2), (44_100, 1), (16_000, 1)])
def test_any_sound_becomes_48_khz_stereo_in_step(workshop, tmp_path, rate, channels):
    path = workshop.clip(f"sound-{rate}-{channels}.mp4", *X264, *AAC, rate=rate, channels=channels)
    assert_exact(workshop.make(workshop.job(path, CUTS), tmp_path))
    import av

    with av.open(str(tmp_path / "result.mp4")) as container:
        context = container.streams.audio[0].codec_context
        assert (context.sample_rate, context.channels) == (48_000, 2)


def test_one_channel_stays_as_loud(workshop, tmp_path):
    import av
    import numpy as np

    def loudest(path):
        with av.open(str(path)) as container:
            return max(float(np.abs(frame.to_ndarray()).max()) for frame in container.decode(audio=0))

    path = workshop.clip("mono-level.mp4", *X264, *AAC, channels=1)
    workshop.make(workshop.job(path), tmp_path)
    assert abs(loudest(tmp_path / "result.mp4") / loudest(path) - 1) < 0.1


@pytest.mark.parametrize("mute", [False, True])
def test_without_sound_there_is_silence(workshop, tmp_path, mute):
    sound = {"sound": mute}
    path = workshop.clip("h264.mp4" if mute else "silent.mp4", *X264, *(AAC if mute else ()), **sound)
    assert_exact(workshop.make(workshop.job(path, CUTS, mute=mute), tmp_path), clicks=[], slack=0)


def test_sound_that_is_over_before_a_piece_begins(workshop, tmp_path):
    path = workshop.clip("short-sound.mp4", *X264, "-af", "atrim=end=0.7", *AAC)
    cuts = [Cut(start=1.0, end=1.5), Cut(start=0.4, end=0.8), Cut(start=2.0, end=2.4)]
    result = workshop.make(workshop.job(path, cuts, gain=3.0), tmp_path)
    assert_exact(result, [*range(30, 45), *range(12, 24), *range(60, 72)], [0.6], slack=0)


def test_a_hole_in_the_sound_keeps_what_follows_in_step(workshop, tmp_path):
    path = workshop.clip("hole.mkv", *X264, "-af", "aselect='not(between(t,0.7,1.2))'", *AAC)
    assert_exact(workshop.make(workshop.job(path), tmp_path), range(75), [0.0, 0.5, 1.5, 2.0], slack=0)


def test_sound_that_begins_late_stays_in_step(workshop, tmp_path):
    picture, clicks = workshop.master()
    path = workshop.folder / "late-sound.mp4"
    workshop.ff(
        "-i", picture.name, "-itsoffset", "0.4", "-i", clicks.name, "-af", "atrim=end=2.1", *X264, *AAC, path.name
    )
    result = workshop.make(workshop.job(path, [Cut(start=0.2, end=1.2)]), tmp_path)
    assert_exact(result, range(6, 36), [0.2, 0.7], slack=0)


def test_the_whole_clip_and_cuts_beyond_its_end(workshop, tmp_path):
    path = workshop.clip("h264.mp4", *PLAIN["h264.mp4"])
    assert workshop.make(workshop.job(path), tmp_path / "a").numbers == list(range(75))
    beyond = workshop.make(workshop.job(path, [Cut(start=2.0, end=99.0)]), tmp_path / "b")
    assert beyond.numbers == list(range(60, 75))


def test_time_counts_from_where_players_begin(workshop, tmp_path):
    """An edit list hides the first half second: phones do that after trimming without encoding."""
    path = workshop.clip("edit-list.mp4", *X264, *AAC, "-output_ts_offset", "-0.5", "-avoid_negative_ts", "disabled")
    assert abs(probe_clip(path).seconds - 2.0) < 0.05
    result = workshop.make(workshop.job(path, CUTS), tmp_path)
    assert_exact(result, [number + 15 for number in WANTED], CLICKS)


def test_pictures_before_zero_are_not_lost(workshop, tmp_path):
    offset = ("-output_ts_offset", "-0.5", "-avoid_negative_ts", "disabled")
    path = workshop.clip("negative-start.mkv", *X264, *AAC, *offset)
    assert probe_clip(path).start < -0.4
    result = workshop.make(workshop.job(path, CUTS), tmp_path)
    assert_exact(result, slack=2)


def test_the_same_piece_twice_and_backwards(workshop, tmp_path):
    path = workshop.clip("h264.mp4", *PLAIN["h264.mp4"])
    cuts = [Cut(start=2.0, end=2.2), Cut(start=0.0, end=0.1), Cut(start=2.0, end=2.2)]
    result = workshop.make(workshop.job(path, cuts), tmp_path)
    assert result.numbers == [*range(60, 66), *range(3), *range(60, 66)]


def test_pieces_of_a_single_frame(workshop, tmp_path):
    path = workshop.clip("h264.mp4", *PLAIN["h264.mp4"])
    cuts = [Cut(start=at / 30, end=(at + 1) / 30) for at in (40, 3, 74, 0, 40)]
    cuts += [Cut(start=1.0, end=1.001), Cut(start=1.5, end=1.6)]
    assert workshop.make(workshop.job(path, cuts), tmp_path).numbers == [40, 3, 74, 0, 40, 45, 46, 47]


@pytest.mark.parametrize("ending", ["mp4", "mkv", "avi", "webm"])
def test_a_clip_of_a_single_frame(workshop, tmp_path, ending):
    codec = ("-c:v", "libvpx") if ending == "webm" else X264
    path = workshop.clip(f"single.{ending}", "-frames:v", "1", "-an", *codec)
    assert probe_clip(path).seconds < 0.05
    result = workshop.make(workshop.job(path), tmp_path)
    assert (result.numbers, result.clicks) == ([0], [])
    assert frame_at(probe_clip(path), 3.0).seconds < 0.05


def test_title_and_closing_time_hold_the_picture_still_and_silent(workshop, tmp_path):
    path = workshop.clip("h264.mp4", *PLAIN["h264.mp4"])
    result = workshop.make(workshop.job(path, [Cut(start=0.4, end=1.4)], lead=15, tail=9), tmp_path)
    assert result.numbers == [*[12] * 15, *range(12, 42), *[41] * 9]
    assert all(abs(got - at) <= 2 / 30 for got, at in zip(result.clicks, [0.6, 1.1], strict=True))


@pytest.mark.parametrize("transfer", ["arib-std-b67", "smpte2084"])
def test_high_dynamic_range_becomes_ordinary_light(workshop, tmp_path, transfer):
    import numpy as np

    light = f"zscale=pin=bt709:tin=bt709:min=bt709:rin=tv:p=bt2020:t={transfer}:m=bt2020nc:r=tv:npl=203"
    colours = f"log-level=none:colorprim=bt2020:transfer={transfer}:colormatrix=bt2020nc"
    path = workshop.clip(
        f"{transfer}.mp4", "-vf", f"scale=out_color_matrix=bt709,format=yuv420p,{light},format=yuv420p10le",
        "-c:v", "libx265", "-preset", "ultrafast", "-x265-params", colours, *AAC,
    )  # fmt: skip
    clip = probe_clip(path)
    assert (clip.transfer, clip.depth) == ("hlg" if transfer == "arib-std-b67" else "pq", 10)
    result = workshop.make(workshop.job(path, CUTS), tmp_path / "a")
    assert_exact(result)
    plain = workshop.make(workshop.job(workshop.clip("h264.mp4", *PLAIN["h264.mp4"]), CUTS), tmp_path / "b")
    for share in (5, 95):
        levels = [float(np.percentile(made.frames[0], share)) for made in (result, plain)]
        assert abs(levels[0] - levels[1]) < 30
    dull = workshop.make(workshop.job(path, CUTS, tone_map=False), tmp_path / "c")
    assert_exact(dull)


@pytest.mark.parametrize("words", ["colormatrix=ycgco", "colormatrix=chroma-derived-nc", "transfer=log100"])
def test_colours_that_no_converter_knows_are_taken_for_the_usual_ones(workshop, tmp_path, words):
    x264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-frames:v", "3", *AAC)
    strange = workshop.clip("strange.mp4", *x264, "-x264-params", words)
    usual = workshop.clip("usual.mp4", *x264)
    assert [notice.code for notice in probe_clip(strange).notices] == ["video.assumed_colours"]
    told, plain = (workshop.make(workshop.job(path), tmp_path) for path in (strange, usual))
    assert (abs(told.frames[0].astype(int) - plain.frames[0])).mean() < 2


def test_high_dynamic_range_in_rgb_is_brought_to_ordinary_light(workshop, tmp_path):
    codec = ("-c:v", "libx264rgb", "-preset", "ultrafast", "-pix_fmt", "rgb24", "-x264-params", "transfer=smpte2084")
    path = workshop.clip("rgb.mp4", *codec, "-frames:v", "3", *AAC)
    assert [notice.code for notice in probe_clip(path).notices] == ["video.assumed_light"]
    assert workshop.make(workshop.job(path), tmp_path).numbers == [0, 1, 2]


@pytest.mark.parametrize("transfer", ["arib-std-b67", "smpte2084"])
@pytest.mark.parametrize("unsaid", [("color_primaries", "colorspace"), ("color_primaries",), ("colorspace",)])
def test_high_dynamic_range_that_does_not_say_its_colours(workshop, tmp_path, transfer, unsaid):
    """The same picture with and without the words for it comes out the same, in the file and on the desk."""
    import numpy as np

    light = f"zscale=pin=bt709:tin=bt709:min=bt709:rin=tv:p=bt2020:t={transfer}:m=bt2020nc:r=tv:npl=203"
    silent = ":".join(f"{what}=unknown" for what in unsaid)
    shown = []
    for name, words in (("said", "null"), ("-".join(("unsaid", *unsaid)), f"setparams={silent}")):
        path = workshop.clip(
            f"{name}-{transfer}.mp4", "-vf", f"scale=out_color_matrix=bt709,format=yuv420p,{light},"
            f"drawbox=x=60:w=70:color=red:t=fill,format=yuv420p10le,{words}",
            "-frames:v", "3", "-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none",
        )  # fmt: skip
        clip = probe_clip(path)
        assert clip.transfer == ("hlg" if transfer == "arib-std-b67" else "pq")
        assert [notice.code for notice in clip.notices] == (["video.assumed_light"] if clip.assumed else [])
        assert clip.assumed == (name != "said")
        still = frame_at(clip, 0.0)
        desk = np.frombuffer(still.rgb, np.uint8).reshape(still.height, still.width, 3)
        shown.append((workshop.make(workshop.job(path), tmp_path / name).frames[0], desk))
    for said, guessed in zip(*shown, strict=True):
        assert np.abs(said.astype(int) - guessed).mean() < 1.5


@pytest.mark.parametrize("name", ["h264.mov", "open-groups.mkv", "hevc.mp4", "vp9.webm"])
def test_moviepy_agrees(workshop, tmp_path, name):
    """The same cuts composed by MoviePy, frame by frame: an independent reading of what was asked for."""
    import warnings

    import numpy as np

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from moviepy import VideoFileClip, concatenate_videoclips

        path = workshop.clip(name, *PLAIN[name])
        cuts = [Cut(start=1.2, end=2.0), Cut(start=0.2, end=0.5), Cut(start=0.9, end=1.1)]
        with VideoFileClip(str(path), audio=False) as clip:
            joined = concatenate_videoclips([clip.subclipped(cut.start, cut.end) for cut in cuts])
            theirs = [joined.get_frame((number + 0.5) / 30) for number in range(round(joined.duration * 30))]
    ours = workshop.make(workshop.job(path, cuts), tmp_path, size=(192, 108)).frames
    assert len(ours) == len(theirs)
    for mine, other in zip(ours, theirs, strict=True):
        error = float(np.mean((mine.astype(float) - other.astype(float)) ** 2))
        assert 10 * np.log10(255**2 / max(error, 1e-9)) > 28
