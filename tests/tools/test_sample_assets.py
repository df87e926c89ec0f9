"""The media in ``assets/sample`` are what ``tools/sample_media`` draws: some of them are drawn again and compared."""

from __future__ import annotations

from io import BytesIO

import pytest

from studio.base.paths import assets_dir
from studio.demo.sample import GROUP, LOGO
from tools.sample_media import clips, pictures
from tools.sample_media.__main__ import CLIP_SCALES, PHOTO_SCALE
from tools.sample_media.logo import logo_png

SAMPLE = assets_dir() / "sample"
DRAWN_AGAIN = next(picture for picture in pictures.PICTURES if picture.file == "sapi-merumput.jpg")


def similarity(first, second):
    """Structural similarity of two pictures in gray at 480 x 480: mean over blocks of 8 x 8 (Wang et al. 2004)."""
    import numpy as np

    def blocks(picture):
        gray = np.asarray(picture.convert("L").resize((480, 480)), np.float64)
        rows, columns = (side // 8 * 8 for side in gray.shape)
        return gray[:rows, :columns].reshape(rows // 8, 8, columns // 8, 8).swapaxes(1, 2).reshape(-1, 64)

    a, b = blocks(first), blocks(second)
    mean_a, mean_b = a.mean(1), b.mean(1)
    together = ((a - mean_a[:, None]) * (b - mean_b[:, None])).mean(1)
    light = (2 * mean_a * mean_b + 6.5025) / (mean_a**2 + mean_b**2 + 6.5025)
    shape = (2 * together + 58.5225) / (a.var(1) + b.var(1) + 58.5225)
    return float((light * shape).mean())


def stored(picture):
    """A photo of the sample as it is in its file, turned upright, colours as they are."""
    from PIL import Image, ImageOps

    with Image.open(SAMPLE / picture.file) as opened:
        return ImageOps.exif_transpose(opened).convert("RGB")


def test_a_picture_drawn_again_is_the_same():
    drawn = pictures.draw(DRAWN_AGAIN, PHOTO_SCALE)
    kept = stored(DRAWN_AGAIN)
    assert drawn.size == kept.size
    assert similarity(drawn, kept) > 0.9
    other = next(picture for picture in pictures.PICTURES if picture.file == "balai-desa.jpg")
    assert similarity(drawn, stored(other)) < 0.5, "another picture is told apart"


@pytest.mark.parametrize("clip", [clips.RICE, clips.FRUIT], ids=lambda clip: clip.file)
def test_the_first_frame_of_a_clip_drawn_again_is_the_same(clip):
    import av
    from PIL import Image

    size = clips.scaled_size(clip, CLIP_SCALES[clip])
    drawn = Image.frombytes("RGB", size, next(clips.draw_frames(clip, SAMPLE, size, 1)))
    with av.open(str(SAMPLE / clip.file)) as opened:
        kept = next(opened.decode(video=0)).to_image()
    assert kept.size == size
    assert similarity(drawn, kept) > 0.8


def test_the_logo_drawn_again_is_the_same():
    from PIL import Image, ImageChops

    with (
        Image.open(BytesIO(logo_png(GROUP.colors.main, GROUP.colors.accent))) as drawn,
        Image.open(SAMPLE / LOGO) as kept,
    ):
        assert drawn.size == kept.size
        apart = ImageChops.difference(drawn.convert("RGBA"), kept.convert("RGBA"))
    assert max(high for _, high in apart.getextrema()) <= 2


def test_all_of_it_is_small():
    """A generated file in the repository has to be worth its bytes."""
    media = [path for path in SAMPLE.iterdir() if path.suffix in {".jpg", ".mp4", ".png"}]
    assert len(media) == len(pictures.PICTURES) + len(clips.CLIPS) + 2, "a logo and a scanned decree beside them"
    assert sum(path.stat().st_size for path in media) < 3_500_000
