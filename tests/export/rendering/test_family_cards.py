"""Cards of videos in the group's family: the frame shows through a title, the end says where to find the group."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PIL import Image

from studio.base.paths import templates_dir
from studio.export.planning.video_keys import video_key
from studio.export.planning.video_specs import VideoTarget
from studio.export.rendering.video_art import VideoArtist, art_layout, group_handles
from studio.posts.families import load_families
from studio.services.template_samples import make_group
from studio.story.model import GroupColors, Story, Video

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
