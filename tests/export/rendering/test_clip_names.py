"""What is told of a clip in an export calls it as its owner does, not as its file in ``media/`` is called."""

from __future__ import annotations

import subprocess

import pytest

from studio.base.errors import UserError
from studio.base.progress import SilentProgress
from studio.export.planning.video_specs import ClipInputs, VideoTarget
from studio.export.rendering.clip_videos import make_video
from studio.story.model import Group, Story, Video
from studio.video.binary import ffmpeg_path


def inputs(folder, source):
    video = Video(id="v", file=source.name, name="panen raya.mp4", seconds=1.0, closing_card=False)
    return ClipInputs(source, Story(id="s", headline="Panen"), video, Group(name="KIM"), folder / "kerja", None)


def test_a_refused_clip_has_its_own_name(tmp_path):
    source = tmp_path / "1bdfc6d90ba5af44.mp4"
    source.write_bytes(b"bukan video" * 100)
    with pytest.raises(UserError) as caught:
        make_video(inputs(tmp_path, source), VideoTarget((160, 90)), tmp_path / "a.mp4", SilentProgress())
    assert caught.value.facts["file"] == "panen raya.mp4"


def test_so_have_notices(tmp_path):
    source = tmp_path / "1bdfc6d90ba5af44.mp4"
    made = ["-f", "lavfi", "-i", "testsrc2=s=160x90:r=10:d=1", "-f", "lavfi", "-i", "sine=440:d=4"]
    subprocess.run([ffmpeg_path(), "-v", "error", *made, "-c:v", "libx264", str(source)], check=True)
    done = make_video(inputs(tmp_path, source), VideoTarget((160, 90)), tmp_path / "a.mp4", SilentProgress())
    assert [(note.code, note.facts["file"]) for note in done.notices] == [("video.sound_longer", "panen raya.mp4")]
