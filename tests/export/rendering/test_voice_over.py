"""A voice and music over a clip's own sound: what is heard when, told apart by the pitch of each."""

from __future__ import annotations

import subprocess
from dataclasses import replace

import av
import numpy as np
import pytest
from msgspec.structs import replace as with_fields

from studio.base.progress import SilentProgress
from studio.export.planning.heard_sound import sound_under_clip
from studio.export.planning.video_keys import video_key
from studio.export.planning.video_specs import ClipInputs, MotionSound, VideoTarget
from studio.export.rendering.clip_videos import make_videos
from studio.story.model import Cut, Group, Story, Video
from studio.story.motion_records import MusicBed
from studio.video import result_parts
from studio.video.binary import ffmpeg_path
from studio.video.sound_mix import loudness_of

pytestmark = pytest.mark.usefixtures("qapp")

OWN, VOICE, MUSIC = 440, 1500, 220
"""Hertz."""
GROUP, STORY = Group(name="KIM Bina Warga"), Story(id="s")
PLAIN = Video(id="v", file="v.mp4", logo=False, closing_card=False)
TARGET = VideoTarget((64, 64), fps=10)


@pytest.fixture(scope="module")
def sounds(tmp_path_factory):
    """Clips of 4 s (a tone all the time, and one in syllables), a voice from 1 to 2 s, and a piece of music."""
    place = tmp_path_factory.mktemp("sounds")

    def make(name, *args):
        subprocess.run([ffmpeg_path(), "-v", "error", *args, str(place / name)], stdin=subprocess.DEVNULL, check=True)

    gray = ["-f", "lavfi", "-i", "color=0x808080:s=64x64:r=10:d=4", "-f", "lavfi", "-i"]
    codec = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"]
    said = "volume=enable='gt(mod(t,0.5),0.3)+gt(t,2)':volume=0.003"
    make("market.mp4", *gray, f"sine={OWN}:d=4", *codec)
    make("speech.mp4", *gray, f"sine={OWN}:d=4,{said}", *codec)
    make("voice.wav", "-f", "lavfi", "-i", f"sine={VOICE}:d=3,volume=enable='lt(t,1)+gt(t,2)':volume=0")
    make("music.wav", "-f", "lavfi", "-i", f"sine={MUSIC}:d=1")
    return place


def make(sounds, tmp_path, clip="market.mp4", video=PLAIN, targets=(TARGET,), **sound):
    files = {name: sounds / file if isinstance(file, str) else file for name, file in sound.items()}
    inputs = ClipInputs(sounds / clip, STORY, video, GROUP, tmp_path / "work", sound=MotionSound(**files))
    wanted = [(target, tmp_path / f"{n}.mp4") for n, target in enumerate(targets)]
    return make_videos(inputs, wanted, SilentProgress())


def heard(path, hertz, begin, end):
    """Decibels of a pitch in a stretch of a file."""
    with av.open(str(path)) as container:
        samples = np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])
    part = samples[round(begin * 48000) : round(end * 48000)]
    wave = np.exp(-2j * np.pi * hertz * np.arange(len(part)) / 48000)
    return 20 * np.log10(max(1e-6, 2 * abs((part * wave).mean())))


def test_the_clip_and_the_music_step_back_while_somebody_speaks(sounds, tmp_path):
    (made,) = make(sounds, tmp_path, narration="voice.wav", music="music.wav")
    assert (made.seconds, made.notices) == (4.0, ())
    assert loudness_of(made.path) == pytest.approx(-16.0, abs=0.7)
    assert heard(made.path, VOICE, 1.1, 1.9) > heard(made.path, VOICE, 0.1, 0.7) + 40
    for pitch in (OWN, MUSIC):
        assert heard(made.path, pitch, 1.2, 1.9) == pytest.approx(heard(made.path, pitch, 0.2, 0.7) - 20, abs=1.5)
    assert heard(made.path, OWN, 3.1, 3.9) == pytest.approx(heard(made.path, OWN, 0.2, 0.7), abs=0.5)
    assert not (tmp_path / "work").exists()


def test_music_steps_back_for_who_speaks_in_the_clip_and_not_for_a_market(sounds, tmp_path):
    speech = make(sounds, tmp_path, "speech.mp4", music="music.wav")[0].path
    assert heard(speech, MUSIC, 0.4, 1.8) < heard(speech, MUSIC, 2.9, 3.3) - 15
    market = make(sounds, tmp_path, music="music.wav")[0].path
    assert heard(market, MUSIC, 0.4, 1.8) == pytest.approx(heard(market, MUSIC, 2.0, 2.4), abs=1)


def test_a_muted_clip_has_the_voice_alone_and_every_format_and_part_the_same(sounds, tmp_path, monkeypatch):
    monkeypatch.setattr(result_parts, "PART", 1.5)
    monkeypatch.setattr(result_parts, "_WHOLE", 2.0)
    targets = (TARGET, replace(TARGET, size=(96, 64)), replace(TARGET, max_bytes=200_000))
    made = make(sounds, tmp_path, video=with_fields(PLAIN, mute=True), targets=targets, narration="voice.wav")
    for each in made:
        assert heard(each.path, OWN, 0.1, 3.9) < -60
        assert heard(each.path, VOICE, 1.1, 1.9) > -30
        assert heard(each.path, VOICE, 2.2, 3.9) < -50


def test_the_next_part_goes_on_where_the_voice_was(sounds, tmp_path):
    (made,) = make(sounds, tmp_path, narration="voice.wav", video=with_fields(PLAIN, mute=True), heard=1.2)
    assert heard(made.path, VOICE, 0.1, 0.7) > heard(made.path, VOICE, 1.0, 3.5) + 40
    (made,) = make(sounds, tmp_path, video=with_fields(PLAIN, title_card="Pasar"), narration="voice.wav")
    assert heard(made.path, VOICE, 3.6, 4.4) > heard(made.path, VOICE, 0.1, 3.3) + 40  # behind the card of 2.5 s
    assert made.notices == ()


def test_a_voice_that_is_longer_than_its_clip_is_told_of(sounds, tmp_path):
    short = with_fields(PLAIN, mute=True, cuts=(Cut(start=0.0, end=1.5),))
    (made,) = make(sounds, tmp_path, narration="voice.wav", video=short)
    assert [(note.code, note.facts["now"]) for note in made.notices] == [("video.narration_cut", 1.5)]


def test_music_that_asks_to_be_named_needs_the_card_that_names_it(tmp_path):
    bed = MusicBed(file="a.mp3", title="Kicir-kicir", license="CC BY 4.0")
    video = with_fields(PLAIN, music=bed, narration="n.m4a", closing_card=True)
    shown, told = sound_under_clip(tmp_path, video)
    assert (shown.music, shown.narration, told) == (tmp_path / "a.mp3", tmp_path / "n.m4a", ())
    bare, told = sound_under_clip(tmp_path, with_fields(video, closing_card=False))
    assert (bare.music, [note.code for note in told]) == (None, ["motion.no_card"])
    own = with_fields(video, closing_card=False, music=MusicBed(tune="pagi"))
    assert sound_under_clip(tmp_path, own) == (MotionSound(tmp_path / "n.m4a", tune="pagi"), ())
    keys = {str(video_key(STORY, each, TARGET, GROUP, {})) for each in (video, own, PLAIN)}
    assert len(keys) == 3
