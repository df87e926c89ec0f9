"""A voice over music, measured by ffmpeg: the music steps back, hum goes, tunes are what they were."""

from __future__ import annotations

import re
import subprocess
import tracemalloc

import numpy as np
import pytest

from studio.base.errors import UserError
from studio.video.binary import ffmpeg_path
from studio.video.cleaned_sound import CLEANING
from studio.video.sound_mix import DUCKED, duck_gains, loudness_of, mix_sound, rumble_of
from studio.video.tunes import RATE, TUNES, play_tune


@pytest.fixture(scope="module")
def sounds(tmp_path_factory):
    """A voice (3 kHz, from 2 s to 4 s of 7), music (300 Hz), and a voice (1 kHz) with hum and wind."""
    folder = tmp_path_factory.mktemp("bunyi")
    hum = "0.06*sin(2*PI*50*t)+0.03*sin(2*PI*100*t)+0.02*sin(2*PI*150*t)"
    wanted = {
        "voice": "aevalsrc='if(between(t,2,4),0.4*sin(2*PI*3000*t),0)':d=7:s=48000",
        "music": "sine=300:d=3:r=44100",
        "noisy": f"aevalsrc='0.2*sin(2*PI*1000*t)+{hum}':d=3:s=48000",
    }
    for name, source in wanted.items():
        args = ["-v", "error", "-f", "lavfi", "-i", source, str(folder / f"{name}.wav")]
        subprocess.run([ffmpeg_path(), *args], check=True, stdin=subprocess.DEVNULL)
    return folder


def level(path, begin, end, band):
    """RMS in dB of a stretch, around a frequency."""
    chain = f"atrim={begin}:{end},bandpass=f={band}:width_type=q:w=4,astats=metadata=0:measure_perchannel=none"
    args = [ffmpeg_path(), "-hide_banner", "-nostats", "-i", str(path), "-af", chain, "-f", "null", "-"]
    said = subprocess.run(args, capture_output=True, check=True, stdin=subprocess.DEVNULL).stderr.decode()
    return float(re.findall(r"RMS level dB: (-?[\d.]+)", said)[-1])


def test_music_steps_back_while_somebody_speaks_and_comes_back(sounds, tmp_path):
    out = mix_sound(sounds / "voice.wav", sounds / "music.wav", "", 7.0, tmp_path / "mix.wav")
    alone, under, again = (level(out, *stretch, 300) for stretch in ((0.3, 1.6), (2.3, 3.9), (5.2, 5.4)))
    assert under - alone == pytest.approx(DUCKED, abs=1.5)
    assert again - alone == pytest.approx(0.0, abs=1.0)
    assert level(out, 2.3, 3.9, 3000) - under > 15  # every word is clear
    assert level(out, 6.9, 7.0, 300) < alone - 10  # it fades instead of breaking off
    assert [path.name for path in tmp_path.iterdir()] == ["mix.wav"]


def test_a_tape_of_minutes_under_a_short_card_is_not_read_whole(tmp_path):
    tape = tmp_path / "pita.wav"
    args = ["-v", "error", "-f", "lavfi", "-i", "sine=300:d=200:r=44100", str(tape)]
    subprocess.run([ffmpeg_path(), *args], check=True, stdin=subprocess.DEVNULL)
    mix_sound(None, tape, "", 0.2, tmp_path / "mix.wav")  # imports
    tracemalloc.start()
    mix_sound(None, tape, "", 2.0, tmp_path / "mix.wav")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8_000_000


def test_it_is_down_before_the_first_word_and_stays_between_two():
    spoken = np.zeros((RATE * 4, 2), np.int16)
    for start in (1.0, 1.7):
        spoken[round(start * RATE) : round((start + 0.4) * RATE)] = 9000
    gains = 20 * np.log10(duck_gains(spoken, 4.0))
    assert gains[49] < -15  # 0.98 s
    assert gains[52:104].max() == pytest.approx(DUCKED, abs=0.1)  # the pause of 0.3 s too
    assert gains[0] == gains[-1] == 0.0


def test_hum_goes_and_the_voice_stays(sounds):
    noisy = sounds / "noisy.wav"
    assert rumble_of(noisy) - rumble_of(noisy, CLEANING) > 18
    assert loudness_of(noisy, f"{CLEANING},bandpass=f=1000") == pytest.approx(
        loudness_of(noisy, "bandpass=f=1000"), abs=0.5
    )


@pytest.mark.parametrize("name", TUNES)
def test_a_tune_is_the_same_each_time_as_loud_as_the_others_and_has_no_seam(name):
    tune = np.concatenate([play_tune(name)] * 2)
    assert np.array_equal(tune, np.concatenate([play_tune(name)] * 2))
    loud = 20 * np.log10(np.sqrt((tune.astype(float) ** 2).mean()) / 32768)
    assert -32 < loud < -20
    steps = np.abs(np.diff(tune[:, 0].astype(int)))
    loop = round(TUNES[name].beat * RATE) * len(TUNES[name].melody)
    assert steps[loop - 50 : loop + 50].max() <= steps.max() * 0.5


def test_what_is_no_sound_and_no_tune_is_said(tmp_path):
    (tmp_path / "catatan.wav").write_text("bukan suara")
    with pytest.raises(UserError) as voice:
        mix_sound(tmp_path / "catatan.wav", None, "", 2.0, tmp_path / "out.wav")
    assert (voice.value.code, voice.value.facts["file"]) == ("video.narration", "catatan.wav")
    with pytest.raises(UserError) as tune:
        mix_sound(None, None, "dangdut", 2.0, tmp_path / "out.wav")
    assert tune.value.code == "motion.no_tune"
