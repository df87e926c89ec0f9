"""What is seen is what is exported: frames of the preview against frames of the file."""

from __future__ import annotations

import subprocess

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtGui import QImage

from studio.base.progress import SilentProgress
from studio.export.planning.video_specs import ClipInputs, VideoTarget
from studio.export.rendering.clip_videos import make_video
from studio.release.release_gate import judge_story
from studio.story.edits import StoryEdit
from studio.story.model import Cover, Cue, Cut
from studio.ui.video.frame_reader import to_image
from studio.ui.video.result_preview import SIZES
from studio.video.binary import ffmpeg_path
from studio.video.clip_pictures import frame_at
from studio.video.probe import probe_clip
from tests.ui.video.conftest import make_clip, pixels, shown

TOLERANCE = 7.0
"""Mean difference of a colour value, 0..255: what H.264 at CRF 21, two scalers and two roundings of the crop leave."""
NEAR = 26.0
"""The same for the worst sixteenth of the picture: a card or cover in another place would exceed it by far."""


def difference(one: np.ndarray, other: np.ndarray) -> tuple[float, float]:
    """Mean difference, and that of the worst of 4 x 4 fields."""
    apart = np.abs(one.astype(float) - other.astype(float)).mean(axis=2)
    fields = [part.mean() for band in np.array_split(apart, 4) for part in np.array_split(band, 4, axis=1)]
    return float(apart.mean()), float(max(fields))


@pytest.fixture
def clip_story():
    return {
        "cuts": (Cut(start=3.0, end=4.4, focus=(0.1, 0.5)), Cut(start=0.5, end=2.0)),
        "focus": (0.9, 0.5),
        "title": "Asep Hidayat",
        "title_detail": "Kepala Dusun",
        "title_card": "Panen raya",
        "subtitles": (Cue(start=0.6, end=1.9, text="Padi mulai menguning."),),
        "covers": (Cover(box=(0.55, 0.2, 0.2, 0.3), start=1.0, end=2.0), Cover(whole=True, start=3.9, end=4.4)),
        "fade": 0.4,
    }


def make_ready(window):
    """A draft is marked across in the file and in a corner of the preview; a story that is ready is neither."""
    session = window.stories.session
    ready = {"status": "ready", "byline": ("Siti",), "body": "Warga memanen padi di Sukamaju pada Jumat pagi."}
    photos = tuple(
        replace(photo, caption="Sawah.", credit="Siti/KIM", people_checked=True) for photo in session.story.photos
    )
    clips = tuple(replace(clip, credit="Siti/KIM", people_checked=True) for clip in session.story.videos)
    session.edit(StoryEdit("edit.status", lambda story: replace(story, **ready, photos=photos, videos=clips)))
    verdict = judge_story(session.story, window.stories.workspace.group)
    assert not verdict.draft, [finding.code for finding in verdict.blocks]


# title card, name strip, whole cover, second piece with its own focus, subtitle and cover, closing card
EVERYTHING = (1.0, 3.6, 3.75, 4.1, 4.65, 5.0, 6.5)


@pytest.mark.parametrize(("shape", "reframe", "times"), [("9:16", "crop", EVERYTHING), ("1:1", "pad", (0.6, 1.7))])
def test_the_exported_file_looks_like_the_preview(desk, video, window, qtbot, tmp_path, shape, reframe, times):
    desk.editing.set(reframe=reframe, closing_card=reframe == "crop", logo=True)
    if reframe == "pad":
        desk.editing.set(title_card="")
    make_ready(window)
    desk.view.shapes[shape].click()
    desk.view.result.click()
    qtbot.waitUntil(lambda: desk.preview.look is not None and desk.preview.look.job.frames == _frames(desk))
    workspace, session = window.stories.workspace, window.stories.session
    size = SIZES[shape]
    original = workspace.media_path(session.folder, video().file)
    inputs = ClipInputs(original, session.story, video(), workspace.group, tmp_path / "work")
    target = VideoTarget(size)
    made = make_video(inputs, target, tmp_path / "hasil.mp4", SilentProgress())
    assert made.seconds == pytest.approx(desk.programme.seconds, abs=0.05)
    exported = probe_clip(made.path)
    for at in times:
        number = round(at * 30)
        desk.programme.seek((number + 0.5) / 30)
        piece, source = desk.programme.piece, desk.player.position
        qtbot.waitUntil(lambda source=source: _is_at(desk, source))
        desk.programme.at = number / 30
        desk.editor.show_picture()
        truth = pixels(to_image(frame_at(exported, (number + 0.5) / 30)))
        seen = pixels(shown(desk))
        assert seen.shape == truth.shape
        mean, worst = difference(seen, truth)
        assert (mean <= TOLERANCE, worst <= NEAR) == (True, True), f"{at} s (piece {piece}): {mean:.1f} {worst:.1f}"


H264 = ("-c:v", "libx264", "-crf", "12", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
KINDS = {
    "tegak": H264,
    "tak tentu": (*H264, "-vf", "select='not(mod(n,3))+gt(t,1.2)'", "-fps_mode", "vfr"),
    "bisu": (*H264, "-map", "0:v"),
    "av1": ("-c:v", "libaom-av1", "-usage", "realtime", "-cpu-used", "8", "-crf", "20"),
}
"""What phones make: filmed upright, with an uneven number of frames, without sound, in a codec that Qt cannot play."""


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_a_phone_made_is_exported_as_it_is_seen(desk, video, window, qtbot, tmp_path, kind):
    source = make_clip(tmp_path / f"{kind}.mp4", *KINDS[kind], seconds=2.5)
    if kind == "tegak":
        turned = tmp_path / "diputar.mp4"
        command = [
            ffmpeg_path(),
            "-v",
            "error",
            "-display_rotation",
            "90",
            "-i",
            str(source),
            "-c",
            "copy",
            str(turned),
        ]
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
        source = turned
    desk._bench.bring_in([source])
    clip = desk.state.clip
    assert (clip.height > clip.width) == (kind == "tegak")
    assert (clip.sound is None) == (kind == "bisu")
    desk.editing.set_pieces([Cut(start=1.6, end=2.2, focus=(0.1, 0.2)), Cut(start=0.3, end=0.9)])
    desk.editing.set(closing_card=False, covers=(Cover(box=(0.6, 0.6, 0.2, 0.2)),))
    make_ready(window)
    desk.view.shapes["1:1"].click()
    desk.view.result.click()
    qtbot.waitUntil(lambda: desk.preview.look is not None and desk.preview.look.job.frames == _frames(desk))
    workspace, session = window.stories.workspace, window.stories.session
    inputs = ClipInputs(clip.path, session.story, desk.state.video, workspace.group, tmp_path / "work")
    target = VideoTarget(SIZES["1:1"])
    made = make_video(inputs, target, tmp_path / "hasil.mp4", SilentProgress())
    assert made.seconds == pytest.approx(desk.programme.seconds, abs=0.05)
    exported = probe_clip(made.path)
    for at in (0.1, 0.5, 0.7, 1.1):
        number = round(at * 30)
        truth = pixels(to_image(frame_at(exported, (number + 0.5) / 30)))
        desk.programme.seek((number + 0.5) / 30)

        def alike(truth=truth) -> bool:
            seen = pixels(shown(desk))
            if seen.shape != truth.shape:
                return False
            mean, worst = difference(seen, truth)
            return mean <= TOLERANCE and worst <= NEAR

        qtbot.waitUntil(alike)


def test_the_mark_of_a_draft_goes_when_the_story_is_ready(desk, window, qtbot):
    desk.view.shapes["9:16"].click()
    qtbot.waitUntil(lambda: desk.preview.look is not None)
    marked = len(desk.preview.look.layers)
    tab = pixels(QImage(desk.preview.look.layers[-1].file))
    assert tab.any()
    assert not tab[tab.shape[0] // 6 :].any()
    assert not tab[:, tab.shape[1] // 5 :].any()
    make_ready(window)
    qtbot.waitUntil(lambda: len(desk.preview.look.layers) == marked - 1)


def test_another_name_of_the_group_is_shown_on_its_cards(desk, window, qtbot):
    workspace = window.stories.workspace
    desk.editing.set(closing_card=True)
    desk.view.shapes["1:1"].click()
    qtbot.waitUntil(lambda: desk.preview.look is not None and desk.preview.look.job.tail > 0)
    before = desk.preview.look
    desk.hide()
    workspace.save_group(replace(workspace.group, name="KIM Sinar Baru"))
    desk.show()
    qtbot.waitUntil(lambda: desk.preview.look is not before)
    assert desk.preview.look.layers[-2].file != before.layers[-2].file  # the closing card, under the mark of a draft


def _is_at(desk, source: float) -> bool:
    from tests.ui.video.conftest import number_of

    return abs(number_of(desk.editor._frame) - source * 30) <= 1.01


def _frames(desk) -> int:
    return round(desk.programme.seconds * 30)
