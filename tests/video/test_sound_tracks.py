"""Sound as phones and recorders leave it: silent tracks, a dead side, a format that changes, too quiet, too long."""

from __future__ import annotations

import av
import msgspec
import numpy as np
import pytest

from studio.base.errors import UserError
from studio.base.progress import SilentProgress
from studio.export.planning.video_specs import ClipInputs, VideoTarget
from studio.export.rendering.clip_videos import make_video
from studio.story.model import Cut, Group, Story, Video
from studio.video.encode import encode_targets
from studio.video.job import VideoFormat, VideoJob, pieces_of
from studio.video.probe import probe_clip
from studio.video.trim import trim_clip
from studio.video.verify import verify_video

H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-g", "15", "-pix_fmt", "yuv420p", "-c:a", "aac")
PICTURE = ("-f", "lavfi", "-i", "testsrc2=s=96x54:r=30:d=1.6")
PLAIN = Video(id="v", file="v.mp4", logo=False, closing_card=False)


def tone(hertz, *more, seconds=1.6, rate=48000):
    return ("-f", "lavfi", "-i", ",".join((f"sine={hertz}:r={rate}:d={seconds}", *more)))


def heard(path):
    """Left and right, 48 kHz."""
    with av.open(str(path)) as container:
        resampler = av.AudioResampler("fltp", "stereo", 48_000)
        parts = [part.to_ndarray() for frame in container.decode(audio=0) for part in resampler.resample(frame)]
    return np.concatenate(parts, axis=1)


def pitch(samples):
    return float(np.argmax(np.abs(np.fft.rfft(samples * np.hanning(len(samples))))) * 48_000 / len(samples))


def level(samples):
    return float(20 * np.log10(max(1e-6, np.sqrt(np.mean(np.square(samples))))))


def made(source, tmp_path, video=PLAIN):
    tmp_path.mkdir(exist_ok=True)
    inputs = ClipInputs(source, Story(id="s"), video, Group(name="KIM"), tmp_path / "work")
    return make_video(inputs, VideoTarget((54, 96)), tmp_path / "out.mp4", SilentProgress())


def codes(result):
    return [notice.code for notice in result.notices]


def test_the_loudest_track_stands_in_for_a_silent_default_one(workshop, tmp_path):
    tracks = (*tone(440, "volume=0"), *tone(700, "volume=-20dB"), *tone(1000))
    maps = ("-map", "0", "-map", "1", "-map", "2", "-map", "3", "-disposition:a:0", "default")
    workshop.ff(*PICTURE, *tracks, *maps, *H264, str(tmp_path / "in.mp4"))
    done = made(tmp_path / "in.mp4", tmp_path)
    assert codes(done) == ["video.other_track"]
    assert done.notices[0].facts["number"] == 3
    assert pitch(heard(done.path)[0]) == pytest.approx(1000, abs=3)
    faint = (*tone(440, "volume=0"), *tone(700, "volume=-38dB"))
    maps = ("-map", "0", "-map", "1", "-map", "2", "-disposition:a:0", "default")
    workshop.ff(*PICTURE, *faint, *maps, *H264, str(tmp_path / "faint.mp4"))
    assert [notice.code for notice in probe_clip(tmp_path / "faint.mp4").notices] == ["video.other_track"]
    asked = made(tmp_path / "in.mp4", tmp_path / "2", msgspec.structs.replace(PLAIN, sound_track=2))
    assert pitch(heard(asked.path)[0]) == pytest.approx(700, abs=3)


def test_the_default_track_is_heard_even_behind_a_louder_one(workshop, tmp_path):
    tracks = (*tone(440), *tone(700, "volume=-10dB"))
    maps = ("-map", "0", "-map", "1", "-map", "2", "-disposition:a:0", "0", "-disposition:a:1", "default")
    workshop.ff(*PICTURE, *tracks, *maps, *H264, str(tmp_path / "in.mp4"))
    done = made(tmp_path / "in.mp4", tmp_path)
    assert codes(done) == []
    assert pitch(heard(done.path)[0]) == pytest.approx(700, abs=3)


@pytest.mark.parametrize(
    ("sides", "dead"), [("c0=0*c0|c1=c0", True), ("c0=c0|c1=0*c0", True), ("c0=c0|c1=0.05*c0", False)]
)
def test_a_dead_side_gets_the_other_one(workshop, tmp_path, sides, dead):
    workshop.ff(*PICTURE, *tone(440, f"pan=stereo|{sides}"), *H264, str(tmp_path / "in.mp4"))
    done = made(tmp_path / "in.mp4", tmp_path)
    assert codes(done) == (["video.dead_side"] if dead else [])
    left, right = heard(done.path)
    assert (abs(level(left) - level(right)) < 0.5) is dead


@pytest.mark.parametrize(("layout", "channel"), [("5.1", "FL"), ("quad", "BR"), ("5.1", "FC")])
def test_sound_around_is_heard_on_both_sides(workshop, tmp_path, layout, channel):
    workshop.ff(*PICTURE, *tone(440, f"pan={layout}|{channel}=c0"), *H264, str(tmp_path / "in.mp4"))
    done = made(tmp_path / "in.mp4", tmp_path)
    assert codes(done) == ([] if channel == "FC" else ["video.dead_side"])
    left, right = heard(done.path)
    assert level(left) == pytest.approx(level(right), abs=0.1)
    assert level(left) > -30


def test_a_side_that_comes_alive_late_is_not_dead(workshop, tmp_path):
    sound = tone(440, "pan=stereo|c0=c0|c1=c0", "aeval=val(0)|val(1)*gt(t\\,1.3)*lt(t\\,1.5)")
    workshop.ff(*PICTURE, *sound, *H264, str(tmp_path / "in.mp4"))
    assert codes(made(tmp_path / "in.mp4", tmp_path)) == []


@pytest.fixture(scope="module")
def changing(workshop, tmp_path_factory):
    """A transport stream whose sound turns from 48 kHz stereo into 44.1 kHz mono after 1.6 seconds."""
    folder = tmp_path_factory.mktemp("changing")
    for name, hertz, rate, channels in (("a", 440, 48000, "2"), ("b", 880, 44100, "1")):
        form = ("-ac", channels, "-ar", str(rate), "-f", "mpegts")
        workshop.ff(*PICTURE, *tone(hertz, rate=rate), *H264, *form, str(folder / f"{name}.ts"))
    (folder / "list.txt").write_text("file 'a.ts'\nfile 'b.ts'\n")
    workshop.ff("-f", "concat", "-i", str(folder / "list.txt"), "-c", "copy", str(folder / "in.ts"))
    return folder / "in.ts"


@pytest.mark.parametrize("how", ["export", "trim"])
def test_a_format_that_changes_on_the_way_is_evened_out(changing, tmp_path, how):
    video = msgspec.structs.replace(PLAIN, cuts=(Cut(start=0.6, end=2.6),))
    if how == "export":
        path = made(changing, tmp_path, video).path
    else:
        path = trim_clip(changing, video.cuts, tmp_path / "out.mp4", SilentProgress()).path
    sound = heard(path)[0]
    assert len(sound) / 48_000 == pytest.approx(2.0, abs=0.05)
    assert pitch(sound[4800:43_000]) == pytest.approx(440, abs=3)
    assert pitch(sound[57_000:91_000]) == pytest.approx(880, abs=3)


def test_very_quiet_sound_reaches_its_level_or_is_told(workshop, tmp_path):
    for name, volume in (("a", -15), ("b", -30), ("c", -70)):
        workshop.ff(*PICTURE, *tone(1000, f"volume={volume}dB"), *H264, str(tmp_path / f"{name}.mp4"))
    fine = made(tmp_path / "a.mp4", tmp_path / "1")
    quiet = made(tmp_path / "b.mp4", tmp_path / "2")
    nothing = made(tmp_path / "c.mp4", tmp_path / "3")
    assert (codes(fine), codes(quiet)) == ([], ["video.still_quiet"])
    assert codes(nothing) == ["video.nothing_heard"]
    told = quiet.notices[0].facts["missing"]
    assert level(heard(fine.path)[0]) - level(heard(quiet.path)[0]) == pytest.approx(told, abs=1)


def test_sound_that_runs_on_is_told(workshop, tmp_path):
    workshop.ff(*PICTURE, *tone(440, seconds=4.1), *H264, str(tmp_path / "in.mp4"))
    (notice,) = probe_clip(tmp_path / "in.mp4").notices
    assert (notice.code, notice.facts["longer"]) == ("video.sound_longer", pytest.approx(2.5, abs=0.1))


def test_a_result_is_measured_by_what_plays(workshop, changing, tmp_path):
    """A graph that restarts writes the silence of the first one, too; the file says all is well."""
    short = ("-f", "lavfi", "-i", "testsrc2=s=96x54:r=30:d=1")
    workshop.ff(*short, *tone(440, seconds=1), *H264, str(tmp_path / "good.mp4"))
    assert verify_video(tmp_path / "good.mp4", 30, 30).frames == 30
    clip = probe_clip(changing)
    job = VideoJob(clip, pieces_of(clip, [Cut(start=0.6, end=2.6)], 30))
    with pytest.raises(UserError) as caught:
        encode_targets(job, [VideoFormat(54, 96, str(tmp_path / "bad.mp4"))], tmp_path, SilentProgress(), "x")
    assert caught.value.code == "video.incomplete"
