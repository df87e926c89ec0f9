"""Photos in motion."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from studio.base.errors import UserError, WorkCancelled
from studio.base.progress import SilentProgress
from studio.video import slideshow
from studio.video.job import EncoderRate
from studio.video.slideshow import PhotoSlide, SlideShow, make_show, narration_seconds, photos_within, seconds_each

COLORS = [(200, 30, 30), (30, 180, 30), (30, 30, 200)]


@pytest.fixture(scope="module")
def slides(tmp_path_factory):
    folder = tmp_path_factory.mktemp("slides")
    made = []
    for number, color in enumerate(COLORS):
        picture = folder / f"{number}.jpg"
        Image.new("RGB", (130, 234), color).save(picture, quality=95)
        caption = folder / f"{number}.png"
        strip = Image.new("RGBA", (108, 40), (0, 0, 0, 0))
        strip.paste((255, 255, 255, 255), (20, 10, 80, 30))
        strip.save(caption)
        made.append(PhotoSlide(picture, caption))
    return tuple(made)


def test_pictures_follow_each_other_with_captions_and_narration(workshop, slides, tmp_path):
    _, clicks = workshop.master()
    show = SlideShow(slides, 108, 192, each=30, cross=6, ending=None)
    out = tmp_path / "show.mp4"
    checked = make_show(show, clicks, EncoderRate(), out, SilentProgress())
    assert checked.frames == show.frames == 3 * 24 + 6
    result = workshop.read(out)
    for number, color in enumerate(COLORS):
        frame = result.frames[number * 24 + 15]
        assert np.abs(frame[60, 54].astype(int) - color).max() < 25
        assert frame[192 - 20, 54].min() > 200
    middle = result.frames[24 + 3][60, 54].astype(int)
    assert all(
        min(a, b) - 25 <= value <= max(a, b) + 25 for value, a, b in zip(middle, COLORS[0], COLORS[1], strict=True)
    )
    assert len(result.clicks) == 5
    assert abs(result.clicks[1] - 0.5) < 2 / 30


def test_the_zoom_is_even(workshop, tmp_path):
    stripe = np.zeros((427, 240, 3), np.uint8)
    stripe[:, 40:52] = 220
    picture = tmp_path / "stripe.png"
    Image.fromarray(stripe).save(picture)
    out = tmp_path / "zoom.mp4"
    make_show(
        SlideShow((PhotoSlide(picture),), 216, 384, each=60, cross=4), None, EncoderRate(crf=4), out, SilentProgress()
    )
    rows = np.array([frame[192, :100].astype(float).mean(axis=1) for frame in workshop.read(out).frames])
    rows = np.maximum(rows - 20, 0)
    centre = (rows * np.arange(100)).sum(axis=1) / rows.sum(axis=1)
    steps = -np.diff(centre)[1:-1]
    assert steps.mean() > 0.03, "it moves"
    assert steps.std() < 0.5 * steps.mean(), "without jumps"


def test_still_and_ending(workshop, slides, tmp_path):
    ending = tmp_path / "end.png"
    Image.new("RGB", (108, 192), (240, 240, 20)).save(ending)
    show = SlideShow(slides[:1], 108, 192, each=20, cross=4, zoom=False, ending=ending, tail=15)
    out = tmp_path / "show.mp4"
    make_show(show, None, EncoderRate(), out, SilentProgress())
    frames = workshop.read(out).frames
    assert len(frames) == 35
    assert np.abs(frames[30][96, 54].astype(int) - (240, 240, 20)).max() < 25
    assert np.abs(frames[2].astype(int) - frames[12].astype(int)).mean() < 2


def test_cancelling_and_bad_files(slides, tmp_path):
    class Stop:
        def report(self, done, total, what):
            if done > 0.3:
                raise WorkCancelled

    out = tmp_path / "show.mp4"
    with pytest.raises(WorkCancelled):
        make_show(SlideShow(slides, 108, 192, each=60, cross=6), None, EncoderRate(), out, Stop())
    assert not out.exists()
    bad = tmp_path / "bad.jpg"
    bad.write_bytes(b"not a photo")
    with pytest.raises(UserError) as caught:
        make_show(SlideShow((PhotoSlide(bad),), 108, 192, each=60, cross=6), None, EncoderRate(), out, SilentProgress())
    assert caught.value.code == "video.no_photos"
    with pytest.raises(UserError) as caught:
        narration_seconds(bad)
    assert caught.value.code == "video.narration"
    assert not out.exists()


def test_a_long_show_is_made_in_parts_and_goes_on_after_a_power_cut(workshop, slides, tmp_path, monkeypatch):
    _, clicks = workshop.master()
    show = SlideShow(slides, 108, 192, each=30, cross=6)
    whole = tmp_path / "whole.mp4"
    make_show(show, clicks, EncoderRate(), whole, SilentProgress())
    monkeypatch.setattr(slideshow, "PART", 0.8)
    drawn = []
    real = slideshow._draw_stretch

    def cut(show, stretch, *rest):
        drawn.append(stretch)
        if len(drawn) == 2:
            raise KeyboardInterrupt
        real(show, stretch, *rest)

    monkeypatch.setattr(slideshow, "_draw_stretch", cut)
    folder = tmp_path / "parts"
    folder.mkdir()
    with pytest.raises(KeyboardInterrupt):
        make_show(show, clicks, EncoderRate(), folder / "a.mp4", SilentProgress())
    checked = make_show(show, clicks, EncoderRate(), folder / "a.mp4", SilentProgress())
    assert drawn == [(0, 24), (24, 48), (24, 48), (48, 78)], "the first part is not drawn again"
    assert checked.frames == show.frames == 78
    assert [file.name for file in folder.iterdir()] == ["a.mp4"]
    together, apart = (workshop.read(path) for path in (whole, folder / "a.mp4"))
    assert apart.clicks == pytest.approx(together.clicks, abs=0.01)
    assert all(
        np.abs(one.astype(int) - other.astype(int)).mean() < 3
        for one, other in zip(together.frames, apart.frames, strict=True)
    )


def test_lengths(workshop, slides):
    _, clicks = workshop.master()
    assert narration_seconds(clicks) == pytest.approx(2.5)
    assert seconds_each(4.0, 6, 0.6, 0.0) == 4.0
    each = seconds_each(4.0, 3, 0.6, 20.0)
    assert 3 * (each - 0.6) + 0.6 >= 20.0
    assert photos_within(slides, 4.0, 0.6, 2.5, None) == slides
    assert len(photos_within(slides, 4.0, 0.6, 2.5, 10.0)) == 2
    assert len(photos_within(slides, 4.0, 0.6, 2.5, 1.0)) == 1
