"""What the desk shows is what the outlets get: the same photo, worked on in every way, shown and exported."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PIL import Image, ImageChops, ImageStat

from studio.base import paths
from studio.base.i18n import MessageTexts
from studio.base.progress import SilentProgress
from studio.export.running.story_exporter import StoryExporter
from studio.photo.render import PhotoVariant, render_variants
from studio.story import edits, photos
from studio.story.model import Cover, LightAdjust
from tests.small_packs import keep_photos
from tests.ui.photo.conftest import at, back_to, photo, settle

TOLERANCE = 6
"""Levels of 255, mean over a picture: JPEG, and shrinking from 1,080 pixels instead of from the original."""

WORK = {
    "untouched": {},
    "focus": {"focus": (0.25, 0.25)},
    "light": {"adjust": LightAdjust(brightness=0.3, contrast=0.2, warmth=0.4)},
    "auto": {"adjust": LightAdjust(auto=True)},
    "turned": {"rotate": 90.0, "flip": True, "focus": (0.25, 0.25)},
    "leaning": {"rotate": 352.0, "flip": True, "covers": (Cover(box=(0.2, 0.15, 0.1, 0.2), style="mean"),)},
    "cropped": {"crop": (0.1, 0.1, 0.6, 0.7), "covers": (Cover(box=(0.2, 0.2, 0.2, 0.1), shape="ellipse"),)},
    "by hand": {"crops": {"4:5": (0.0, 0.0, 0.4, 0.75), "9:16": (0.15, 0.0, 0.28, 0.75)}},
    "whole": {"fits": {"4:5": "pad", "9:16": "pad"}},
    "marked": {"watermark": True},
}


def difference(one: Image.Image, other: Image.Image) -> float:
    return max(ImageStat.Stat(ImageChops.difference(one, other.resize(one.size, Image.Resampling.BOX))).mean)


def test_each_outlets_crop_on_the_desk_is_the_file_it_gets(opened, desk):
    session, shown = desk._bench.session, {}
    desk.looking.shapes.connect(shown.update)
    session.edit(edits.remove_photo("p2"))
    before, folder = session.story, opened.stories.workspace.path / "exports" / session.folder
    keep_photos(opened.stories.workspace.templates_dir, "instagram", "tiktok")
    texts = MessageTexts(paths.assets_dir() / "messages", "id")
    with StoryExporter(opened.stories.workspace, paths.templates_dir(), texts) as exporter:
        for work, changes in WORK.items():
            back_to(desk, before)
            shown.clear()
            desk.looking.show_nothing()  # it begins anew: words alone change no picture
            session.edit(edits.change_photo("p1", people_checked=True, **changes))
            settle(desk)
            session.flush()
            (done,) = exporter.export([session.folder], ["instagram", "tiktok"], None, SilentProgress())
            assert done.error is None
            for key, file in (("4:5", "instagram/01.jpg"), ("9:16", "tiktok/01.jpg")):
                width, height, rgb = shown[key]
                with Image.open(folder / file) as made:
                    preview = Image.frombytes("RGB", (width, height), rgb)
                    assert difference(preview, made.convert("RGB")) < TOLERANCE, (work, key)


def test_the_canvas_shows_the_pixels_that_are_exported(desk, tmp_path):
    """Without crop and covers, which are marks on the canvas."""
    before = desk._bench.session.story
    for work in ("untouched", "light", "auto", "turned", "leaning", "cropped"):
        back_to(desk, before)
        assert_canvas_shows_what_is_exported(desk, tmp_path, work)


def assert_canvas_shows_what_is_exported(desk, tmp_path, work) -> None:
    desk._bench.session.edit(edits.change_photo("p1", **WORK[work]))
    settle(desk)
    bare = replace(photo(desk), crop=None, covers=())
    source = desk._bench.workspace.media_path(desk._bench.session.folder, bare.file)
    render_variants(source, bare, [(PhotoVariant((1600, 1600), "inside"), tmp_path / "a.jpg")], None, SilentProgress())
    desk.canvas._pixmap.save(str(tmp_path / "canvas.png"))
    with Image.open(tmp_path / "a.jpg") as made, Image.open(tmp_path / "canvas.png") as seen:
        assert abs(made.width - seen.width) <= 1, work
        assert difference(seen.convert("RGB"), made.convert("RGB")) < TOLERANCE, work


def test_the_crop_on_the_canvas_is_the_crop_in_the_row(desk):
    """The red square lies at the same place of both, to 2 % of the crop."""
    from tests.ui.photo.test_turned import red_at

    shown = {}
    desk.looking.shapes.connect(shown.update)
    desk._bench.session.edit(photos.set_crop("p1", "4:5", (0.05, 0.1, 0.4, 0.75)))
    desk.marks.adjust("4:5")
    settle(desk)
    width, height, rgb = shown["4:5"]
    x, y = red_at(Image.frombytes("RGB", (width, height), rgb))
    left, top, wide, high = desk.canvas.crop
    assert (left + x * wide, top + y * high) == pytest.approx((0.25, 0.25), abs=0.02)


@pytest.mark.parametrize("adjust", [LightAdjust(brightness=0.6, warmth=0.5), LightAdjust(auto=True, contrast=0.3)])
def test_covers_and_the_light_around_them_look_as_in_the_file(desk, tmp_path, adjust):
    """Two covers, one in the dark: "auto" measures them too. Tolerance: 6 levels at 60 places away from all edges."""
    covers = (Cover(box=(0.5, 0.1, 0.45, 0.8), color="#1f2933"), Cover(box=(0.05, 0.6, 0.2, 0.3), style="mean"))
    desk._bench.session.edit(edits.change_photo("p1", adjust=adjust, covers=covers))
    settle(desk)
    source = desk._bench.workspace.media_path(desk._bench.session.folder, photo(desk).file)
    render_variants(
        source, photo(desk), [(PhotoVariant((1200, 1200), "inside"), tmp_path / "a.jpg")], None, SilentProgress()
    )
    seen = desk.canvas.grab().toImage()
    with Image.open(tmp_path / "a.jpg") as made:
        for x in (0.1, 0.15, 0.4, 0.6, 0.75, 0.9):
            for y in (0.15, 0.25, 0.4, 0.5, 0.7, 0.75, 0.8, 0.85, 0.87, 0.96):
                if x in (0.9, 0.75, 0.6) and y == 0.96:
                    continue  # the edge of the dark one
                wanted = made.convert("RGB").getpixel((int(x * made.width), int(y * made.height)))
                found = seen.pixelColor(at(desk, x, y))
                assert (found.red(), found.green(), found.blue()) == pytest.approx(wanted, abs=TOLERANCE), (x, y)
