"""Cards of videos in the group's family: the frame shows through a title, the end says where to find the group."""

from __future__ import annotations

import subprocess

import av
import numpy as np
import pytest
from msgspec.structs import replace
from PIL import Image

from studio.base.paths import templates_dir
from studio.base.progress import SilentProgress
from studio.export.planning.video_keys import video_key
from studio.export.planning.video_specs import ClipInputs, VideoTarget
from studio.export.rendering.clip_videos import make_video
from studio.export.rendering.video_art import VideoArtist, art_layout, group_handles
from studio.posts.families import load_families
from studio.services.template_samples import make_group
from studio.story.model import Cover, GroupColors, Story, Video
from studio.video.binary import ffmpeg_path

FAMILIES = ("warta", "majalah", "tegas", "batik", "ramah")
SIZES = ((270, 480), (480, 270), (300, 300))


def artist_of(family, tmp_path):
    return VideoArtist(make_group(family, GroupColors()), None, tmp_path)


@pytest.mark.parametrize("family", FAMILIES)
def test_the_held_frame_shows_through_a_title_and_the_end_covers_it(family, tmp_path):
    artist = artist_of(family, tmp_path)
    for size in SIZES:
        place = art_layout(*size)
        with Image.open(artist.title_card(place, "Panen raya di tiga dusun", "Pertanian")) as title:
            alpha = title.convert("RGBA").getchannel("A")
        clear = sum(alpha.histogram()[:240]) / (size[0] * size[1])
        assert clear > 0.35, size
        with Image.open(artist.closing_card(place, "Budi")) as end:
            assert end.convert("RGBA").getchannel("A").getextrema() == (255, 255)
    assert artist.lost == []


@pytest.mark.parametrize("family", FAMILIES[1:])
def test_the_frame_is_where_the_familys_cards_have_their_photo(family, tmp_path):
    size = (480, 270)
    with Image.open(artist_of(family, tmp_path).title_card(art_layout(*size), "Panen raya", "")) as title:
        alpha = title.convert("RGBA").getchannel("A")
    x, y, width, height = load_families(templates_dir(), None)[0][family].placed("judul", size, "").photo
    assert alpha.getpixel((round((x + width / 2) * size[0]), round((y + height / 2) * size[1]))) == 0


def test_the_end_has_each_account_once_and_a_code_to_the_site(tmp_path):
    artist = artist_of("majalah", tmp_path)
    assert group_handles(artist.group) == ("@kim.sukamaju", "@kimsukamaju")
    place = art_layout(480, 270)
    with_code = artist.closing_card(place, "")
    bare = VideoArtist(replace(artist.group, site=""), None, tmp_path)
    assert with_code != bare.closing_card(place, "")


def test_another_family_or_account_makes_another_video():
    group, video = make_group("", GroupColors()), Video(id="v", file="v.mp4", title_card="Panen")
    target = VideoTarget((1280, 720), None, None, 0, 30, "", draft=False)

    def key(changed):
        return video_key(Story(id="s"), video, target, changed, {})

    others = [replace(group, family="tegas"), replace(group, accounts={"x": "@lain"}), replace(group, province="Riau")]
    assert len({repr(key(each)) for each in (group, *others)}) == 4


@pytest.fixture(scope="module")
def two_scenes(tmp_path_factory):
    """A second of red, then a second of blue with fine white stripes."""
    path = tmp_path_factory.mktemp("scenes") / "clip.mp4"
    scenes = "color=0xc02020:s=384x216:r=15:d=1[a];color=0x2020c0:s=384x216:r=15:d=1,drawgrid=w=16:h=16:t=3:c=white[b]"
    args = ["-f", "lavfi", "-i", f"{scenes};[a][b]concat[out0]", "-c:v", "libx264", "-pix_fmt", "yuv420p"]
    subprocess.run([ffmpeg_path(), "-v", "error", *args, str(path)], stdin=subprocess.DEVNULL, check=True)
    return path


@pytest.mark.parametrize("family", ["warta", "tegas"])
def test_the_cover_frame_lies_behind_a_title_with_its_covers(family, two_scenes, tmp_path):
    cover = Cover(box=(0.75, 0.0, 0.25, 1.0), color="#00ff00")
    plain = Video(id="v", file="v.mp4", title_card="Panen", logo=False, closing_card=False, covers=(cover,))
    group, target = make_group(family, GroupColors()), VideoTarget((384, 216), fps=15)

    def first_picture(poster):
        inputs = ClipInputs(two_scenes, Story(id="s"), replace(plain, poster=poster), group, tmp_path / "work")
        made = make_video(inputs, target, tmp_path / "out.mp4", SilentProgress())
        with av.open(str(made.path)) as container:
            return next(container.decode(video=0)).to_ndarray(format="rgb24").astype(int)

    red, blue = first_picture(0.5), first_picture(1.5)
    # Beside the words, left of the cover, and on the cover.
    seen, hidden = (slice(20, 196), slice(232, 280)), (slice(20, 196), slice(330, 380))
    warmth = [float((each[seen][..., 0] - each[seen][..., 2]).mean()) for each in (red, blue)]
    assert warmth[0] > warmth[1] + 25
    for picture in (red, blue):
        assert (picture[hidden][..., 1] > picture[hidden][..., [0, 2]].max(axis=-1)).all()
    # Words never lie on sharp lines: where they lie on the frame, it is blurred.
    rough = np.abs(np.diff(blue[seen].mean(axis=-1), axis=1)).max()
    assert rough < 6 if family == "warta" else rough > 20


def test_the_chosen_cover_frame_makes_another_video_only_under_a_title():
    target, group = VideoTarget((1280, 720)), make_group("", GroupColors())
    for title, videos in (("Panen", 2), ("", 1)):
        made = [Video(id="v", file="v.mp4", title_card=title, poster=at) for at in (None, 2.0)]
        assert len({repr(video_key(Story(id="s"), each, target, group, {})) for each in made}) == videos
