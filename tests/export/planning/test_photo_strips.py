"""What is written on plain photos: who chose it, its words, where it lies, and the file with it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PIL import Image, ImageChops

from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir, templates_dir
from studio.base.progress import SilentProgress
from studio.export.planning.export_tasks import PhotoTask
from studio.export.planning.plan_context import PlanContext
from studio.export.planning.story_plan import plan_outlets
from studio.export.rendering.task_files import OutputFolder, render_task
from studio.posts.catalog import load_catalog
from studio.posts.photo_strips import StripWords, strip_boxes
from studio.posts.render_context import RenderContext
from studio.posts.template_context import build_context
from studio.posts.text_posts import render_text
from studio.preview.photo_pictures import photo_picture, preview_key
from studio.preview.safe_zones import ZONES
from studio.story.adjusted_posts import with_design
from studio.story.model import Box, Group, Photo, Story
from studio.story.new_group import new_group
from studio.story.newsroom_records import Translation
from studio.story.photo_strips import strip_kind, with_strip

SENTENCE = "Kepala desa menyerahkan cangkul kepada ketua kelompok tani"
CAPTIONS = ("Warga <antre> & tertib.", "", f"{SENTENCE}. {'Lalu hadirin bubar. ' * 9}", "dan " * 60)
PHOTOS = tuple(
    Photo(id=f"p{n}", file="a.png", width=1080, height=1350, caption=caption, credit="Siti")
    for n, caption in enumerate(
        ("Warga <antre> & tertib.", "", f"{SENTENCE}. {'Lalu hadirin bubar. ' * 9}", "dan " * 60)
    )
)
STORY = Story(
    id="a",
    headline="Posyandu dibuka",
    place="Balai Desa",
    date="2026-11-27",
    body="Posyandu dibuka.",
    photos=PHOTOS,
    texts={"jv": Translation(headline="Posyandu dibukak", body="Dibukak.", captions={"p0": "Warga antri."})},
)
TEXTS = MessageTexts(assets_dir() / "messages", "id")


@pytest.fixture(scope="module")
def press():
    return RenderContext(load_catalog(templates_dir(), None))


@pytest.fixture
def planned(press, tmp_path):
    """Plans the story for Instagram and Facebook: photo tasks by path, for a choice of the group."""

    def plan(kind, outlets=("instagram", "facebook"), draft=False, **changes):
        group = Group(name="KIM Uji", designs=with_strip({}, kind))
        material = build_context(replace(STORY, **changes), group, press.catalog.labels, "x", draft=draft)
        context = PlanContext(press, material, tmp_path, None, "", tmp_path / "work")
        made = plan_outlets(context, [press.catalog.outlet(outlet) for outlet in outlets], TEXTS)
        assert not made.problems
        tasks = [task for task in made.tasks if isinstance(task, PhotoTask)]
        return {target.path: (task, target) for task in tasks for target in task.targets}

    return plan


def words_of(photos, path):
    task, target = photos[path]
    strip = task.strip(target)
    return strip and strip.svg.replace("&#34;", '"')


def test_captions_stand_on_rows_of_photos_and_nowhere_else(planned):
    plain, told = planned("polos"), planned("keterangan")
    assert told.keys() == plain.keys()
    assert not any(task.strips for task, _ in plain.values())
    kept = {path for path in plain if plain[path][1].key == told[path][1].key}
    assert kept == {path for path in plain if not path.startswith("instagram/")}
    first = words_of(told, "instagram/01.jpg")
    assert all(word in first for word in ("Warga &lt;antre&gt; &amp; tertib.", "Foto: Siti", "1/4"))
    # Without a caption, and where its only sentence is too long, place and date; of a long one the first sentence.
    for path in ("instagram/02.jpg", "instagram/04.jpg"):
        assert "Balai Desa · 27/11/2026" in words_of(told, path)
    assert f"{SENTENCE}." in words_of(told, "instagram/03.jpg")
    assert "Balai Desa · 27/11/2026" in words_of(planned("tempat"), "instagram/01.jpg")
    assert all(task.strip(target) is None for task, target in planned("tempat", place="", date="").values())
    assert 'id="draf"' in words_of(planned("keterangan", draft=True), "instagram/01.jpg")


def test_who_cannot_see_a_caption_on_a_photo_hears_it(press):
    photos = (replace(PHOTOS[0], alt="Antrean"), replace(PHOTOS[1], alt="Timbangan"), PHOTOS[2], PHOTOS[3])
    outlet = press.catalog.outlet("instagram")
    heard = {}
    for kind in ("polos", "tempat", "keterangan"):
        group = Group(name="KIM Uji", designs=with_strip({}, kind))
        material = build_context(replace(STORY, photos=photos), group, press.catalog.labels, "x")
        made = render_text(press, outlet, outlet.output("teks-alternatif.txt"), material).files[0].text
        heard[kind] = [line for line in made.split("\n") if line]
    assert heard["polos"] == heard["tempat"]
    assert heard["polos"][:2] == ["1. Antrean", "2. Timbangan"]
    # The others have their captions as alternative texts already.
    assert heard["keterangan"] == ["1. Antrean. Warga <antre> & tertib.", *heard["polos"][1:]]


def test_each_language_has_its_own_words_and_plain_photos_serve_all(planned):
    both = {"outlet_languages": {"instagram": ("id", "jv")}}
    assert "Warga antri." in words_of(planned("keterangan", **both), "instagram/jv/01.jpg")
    assert "instagram/jv/01.jpg" not in planned("polos", **both)


@pytest.mark.parametrize(
    ("story", "group", "kind"),
    [
        ({}, {}, "polos"),
        ({}, new_group().designs, "keterangan"),
        ({"foto": "polos"}, {"foto": "keterangan"}, "polos"),
        ({}, {"foto": "keterangan", "instagram/{n:02}.jpg": "tempat"}, "tempat"),
        ({}, {"instagram": "judul", "*": "teks", "foto": "tempat"}, "tempat"),
        ({"foto": "tak-dikenal"}, {"foto": "tempat"}, "tempat"),
        ({}, with_design({"foto": "tempat", "instagram": "judul"}, "*", "teks"), "tempat"),
    ],
)
def test_the_story_goes_before_the_group_and_an_outlet_before_all(story, group, kind):
    assert strip_kind((story, group), "instagram", "{n:02}.jpg") == kind


FACE_LOW, FACE_HIGH = Box(0.4, 0.9, 0.08, 0.08), Box(0.4, 0.02, 0.08, 0.08)


@pytest.mark.parametrize(
    ("faces", "top"),
    [((), False), ((Box(0.4, 0.3, 0.1, 0.1),), False), ((FACE_LOW,), True), ((FACE_LOW, FACE_HIGH), None)],
)
def test_no_marked_face_is_written_over(planned, faces, top):
    photos = (replace(PHOTOS[0], faces=faces),)
    task, target = planned("keterangan", photos=photos)["instagram/01.jpg"]
    strip = task.strip(target)
    assert (None if strip is None else strip.at[1] == 0) is top


def test_the_file_is_cut_where_the_strip_was_planned_however_busy_its_lower_edge_is(planned, tmp_path):
    faces = (Box(0.4, 0.18, 0.12, 0.08), Box(0.7, 0.84, 0.08, 0.06))  # one sends the strip to the top
    picture = Image.new("RGB", (225, 325), (120, 120, 120))
    for dot in range(300):
        at = dot * 37 % 225, 250 + dot * 23 % 62
        picture.paste((dot * 7 % 120, dot * 11 % 120, dot * 13 % 120), (*at, at[0] + 5, at[1] + 5))
    picture.paste((255, 0, 255), (90, 59, 117, 84))
    picture.save(tmp_path / "a.png")
    shown = []
    for kind in ("polos", "keterangan"):
        photos = (replace(PHOTOS[0], width=225, height=325, faces=faces),)
        task, _ = planned(kind, ("instagram",), photos=photos)["instagram/01.jpg"]
        (tmp_path / kind).mkdir()
        render_task(task, OutputFolder(tmp_path / kind), SilentProgress())
        made = Image.open(tmp_path / kind / "instagram/01.jpg").convert("RGB")
        red, green, _ = made.split()
        shown.append(ImageChops.subtract(red, green).point(lambda level: 255 * (level > 120)).histogram()[255])
    assert shown[0] > 10_000
    assert shown[1] > 0.98 * shown[0]


@given(st.text("abcdef ", max_size=170), st.booleans(), st.sampled_from([(1080, 1350), (1080, 1920), (1080, 1080)]))
def test_a_strip_lies_on_its_picture_and_clear_of_the_buttons_of_an_app(text, credit, size):
    for box in strip_boxes(StripWords(text, "Foto: x" if credit else "", "1/2"), size):
        left, top, right, bottom = ZONES["tiktok"] if size[1] > 1.5 * size[0] else (0, 0, 0, 0)
        free = [left * size[0], top * size[1], -(1 - right) * size[0], -(1 - bottom) * size[1]]
        edges = (box.left, box.top, -box.left - box.width, -box.top - box.height)
        assert all(least <= edge + 0.5 for least, edge in zip(free, edges, strict=True))


def test_file_and_preview_show_the_strip_and_the_photo_above_it(planned, tmp_path):
    Image.new("RGB", (108, 135), (250, 250, 250)).save(tmp_path / "a.png")
    photos = (replace(PHOTOS[0], watermark=True),)
    task, target = planned("keterangan", ("instagram", "threads"), photos=photos)["instagram/01.jpg"]
    plain, _ = planned("polos", ("instagram",), photos=photos)["instagram/01.jpg"]
    made = render_task(task, OutputFolder(tmp_path), SilentProgress())
    assert [each.target.path for each in made] == ["instagram/01.jpg", "threads/foto-01.jpg"]
    assert made[0].sha256 == made[1].sha256  # encoded once
    top = task.strip(target).at[1]
    shown = photo_picture(task, target, 270).pixels
    assert preview_key(task, target, 270) != preview_key(plain, plain.targets[0], 270)
    for picture in (
        Image.open(tmp_path / "instagram/01.jpg"),
        Image.frombytes("RGB", (shown.width, shown.height), shown.rgb),
    ):
        scale = picture.height / 1350
        assert min(picture.getpixel((10, round((top - 30) * scale)))) > 240
        assert max(picture.getpixel((10, round((top + 30) * scale)))) < 90
        lower = picture.crop((0, round(top * scale), picture.width, picture.height)).convert("L")
        assert max(lower.getdata()) > 200  # white words on it
    # The group's mark has gone to the other edge.
    stamped = Image.open(tmp_path / "instagram/01.jpg").crop((900, 0, 1080, 200)).convert("L")
    assert min(stamped.getdata()) < 200
