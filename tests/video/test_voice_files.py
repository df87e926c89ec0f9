"""A recording made ready: what is cut off, what stays, how loud it is, and what is left when it fails."""

from __future__ import annotations

import subprocess

import pytest

from studio.base.errors import UserError
from studio.base.progress import SilentProgress
from studio.video.binary import ffmpeg_path
from studio.video.sound_facts import sound_facts
from studio.video.voice_files import make_voice_file, measure_voice

TONE = "if(between(t,{start},{end}),{loud}*sin(2*PI*300*t),0)+{noise}*(random(0)-0.5)"


def sound(path, seconds, **values):
    """A tone between two times over noise of a room."""
    voice = TONE.format(**{"start": 9, "end": 9, "loud": 0.2, "noise": 0.002, **values})
    source = ["-f", "lavfi", "-i", f"aevalsrc={voice.replace(',', chr(92) + ',')}:d={seconds}:s=16000"]
    subprocess.run([ffmpeg_path(), "-v", "error", "-y", *source, str(path)], check=True)
    return path


@pytest.mark.parametrize("noise", [0.0, 0.01, 0.1])
@pytest.mark.parametrize("loud", [0.02, 0.5])
def test_quiet_ends_go_however_soft_the_voice_is_and_pauses_stay(tmp_path, loud, noise):
    path = sound(tmp_path / "a.wav", 3, start=1, end=2, loud=loud, noise=noise * loud)
    voice = measure_voice(path, SilentProgress())
    assert voice.start == pytest.approx(0.85, abs=0.11)
    assert voice.end == pytest.approx(2.3, abs=0.11)


def test_a_recording_of_nothing_but_a_room_stays_whole(tmp_path):
    voice = measure_voice(sound(tmp_path / "a.wav", 1), SilentProgress())
    assert (voice.start, round(voice.end, 2)) == (0, 1)


def test_a_voice_note_says_whose_it_is_and_what_failed_leaves_the_old_file(tmp_path):
    path, out = sound(tmp_path / "a.wav", 2, start=0.5, end=1.5), tmp_path / "b.ogg"
    seconds = make_voice_file(path, "whatsapp", out, SilentProgress(), {"title": "Panen", "artist": "KIM"})
    assert sound_facts(out).seconds == pytest.approx(seconds, abs=0.1)
    assert b"title=panen" in out.read_bytes().lower()
    before = out.read_bytes()
    (tmp_path / "bukan.wav").write_bytes(b"bukan suara")
    with pytest.raises(UserError):
        make_voice_file(tmp_path / "bukan.wav", "whatsapp", out, SilentProgress())
    assert out.read_bytes() == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.wav", "b.ogg", "bukan.wav"]
