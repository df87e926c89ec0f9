"""Previews against the real export: the same texts and pictures, only what changed is made, drafts are marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from studio.base.errors import UserError, WorkCancelled
from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir, templates_dir
from studio.base.progress import SilentProgress
from studio.export.running.story_exporter import StoryExporter
from studio.posts.counting import UNITS, count
from studio.posts.environment import CompiledTemplates
from studio.preview.outlet_previews import OutletPreviewer, ends_at, made_base, scaled_size
from studio.store.workspace import create_workspace, open_workspace
from studio.story.geometry import ratio_key
from studio.story.model import Group, Photo, Slideshow, Source, StatusChange, Story, TextOverride

TEXTS = MessageTexts(assets_dir() / "messages", "id")
BODY = """Sekitar 80 warga bergotong royong memperbaiki saluran irigasi, Minggu (22/11/2026).

> “Kalau menunggu bantuan, bibit keburu kering,” ujar Asep.

Perbaikan sepanjang 120 meter itu selesai dalam satu hari.
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A workspace with one story and two photos, exported to three outlets."""
    from PIL import Image

    base = tmp_path_factory.mktemp("pratinjau")
    group = Group(name="KIM Uji", village="Sukamaju", site="https://kim-uji.id", accounts={"instagram": "@kim.uji"})
    with create_workspace(base / "ruang", group) as workspace:
        folder = workspace.add(
            Story(
                id="",
                headline="Warga Sukamaju perbaiki saluran irigasi",
                place="Sukamaju",
                date="2026-11-22",
                byline=("Siti Aminah",),
                body=BODY,
                sources=(Source(name="Asep Hidayat", role="Kepala Dusun"),),
            )
        )
        photos = []
        for number, color in enumerate(((30, 130, 60), (170, 90, 40))):
            path = base / f"{number}.jpg"
            Image.effect_mandelbrot((900, 1200), (-2, -1.2, 1, 1.2), 60).convert("RGB").point(
                [min(255, value + color[at]) for at in range(3) for value in range(256)]
            ).save(path, quality=90)
            file = workspace.import_media(folder, path)
            photos.append(
                Photo(id=f"f{number}", file=file, caption="Warga bekerja.", alt="Parit", width=900, height=1200)
            )
        workspace.save(folder, replace(workspace.load(folder), photos=tuple(photos)))
        ready = workspace.add(_ready(workspace.load(folder)))
        for photo in photos:
            workspace.import_media(ready, workspace.media_path(folder, photo.file))
    return base / "ruang", folder, ready


def _ready(story):
    step = StatusChange(status="ready", when="2026-11-23T08:00:00+07:00")
    photos = tuple(replace(photo, credit="Siti", people_checked=True) for photo in story.photos)
    return replace(story, status="ready", log=(step,), photos=photos)


@pytest.fixture
def opened(place):
    with open_workspace(place[0], write=False) as workspace:
        yield OutletPreviewer(workspace, templates_dir(), TEXTS), place[1], workspace.load(place[1])


def texts(opened, outlet, story=None):
    previewer, folder, kept = opened
    return previewer.texts(folder, story or kept, (outlet,))[0]


def pictures(opened, outlet, story=None):
    previewer, folder, kept = opened
    return previewer.pictures(folder, story or kept, outlet, 160, SilentProgress())


def test_texts_are_those_of_the_export_byte_for_byte(opened, place, tmp_path):
    with (
        open_workspace(place[0], write=False) as workspace,
        StoryExporter(workspace, templates_dir(), TEXTS) as exporter,
    ):
        list(exporter.export([place[1]], ["x", "telegram"], tmp_path, SilentProgress()))
    for outlet in ("x", "telegram"):
        shown = {f"{outlet}/{name}": text for part in texts(opened, outlet).texts for name, text in part.files}
        made = {
            str(p.relative_to(tmp_path / place[1])): p.read_text("utf-8") for p in tmp_path.rglob(f"{outlet}/*.txt")
        }
        assert {name: text + "\n" for name, text in shown.items()} == made


def test_pictures_are_those_of_the_export_only_smaller(opened, place, tmp_path):
    from PIL import Image, ImageChops, ImageStat

    with (
        open_workspace(place[0], write=False) as workspace,
        StoryExporter(workspace, templates_dir(), TEXTS) as exporter,
    ):
        list(exporter.export([place[2]], ["instagram"], tmp_path, SilentProgress()))
        story = workspace.load(place[2])
    assert not opened[0].verdict(story, place[2]).draft
    found = pictures((opened[0], place[2], story), "instagram").pictures
    assert [picture.path for picture in found][:3] == ["instagram/01.jpg", "instagram/02.jpg", "instagram/kartu.jpg"]
    for picture in found:
        shown = Image.frombytes("RGB", (picture.pixels.width, picture.pixels.height), picture.pixels.rgb)
        with Image.open(tmp_path / place[2] / picture.path) as made:
            assert picture.size == made.size
            assert abs(made.width / made.height - shown.width / shown.height) < 0.01
            small = made.convert("RGB").resize(shown.size, Image.Resampling.LANCZOS)
        difference = ImageStat.Stat(ImageChops.difference(shown, small)).mean
        assert max(difference) < 12, picture.path


def test_a_changed_headline_touches_no_photo(opened):
    previewer, _, story = opened
    before = {p.path: p.pixels for p in pictures(opened, "instagram").pictures}
    made = previewer.cache.made
    pictures(opened, "instagram")
    assert previewer.cache.made == made
    after = {p.path: p.pixels for p in pictures(opened, "instagram", replace(story, headline="Lain")).pictures}
    same = {path for path in before if after[path] is before[path]}
    assert same == {"instagram/01.jpg", "instagram/02.jpg", "instagram/kutipan.jpg"}


def test_a_card_over_art_that_was_kept_is_that_of_a_first_look(opened, place):
    """The art below a changed headline is painted once, and not shown stale."""
    previewer, folder, story = opened
    before = pictures(opened, "instagram").pictures
    made = previewer.cache.made
    changed = replace(story, headline="Lain " * 12)
    after = pictures(opened, "instagram", changed).pictures
    cards = [new for old, new in zip(before, after, strict=True) if new.pixels is not old.pixels]
    assert len(cards) == 2
    assert previewer.cache.made == made + 3 + 2  # three cards looked at, the pixels of two; no art
    with open_workspace(place[0], write=False) as workspace:
        first = OutletPreviewer(workspace, templates_dir(), TEXTS)
        looked = first.pictures(folder, changed, "instagram", 160, SilentProgress()).pictures
    assert [picture.pixels for picture in after] == [picture.pixels for picture in looked]


def test_an_adjusted_text_is_shown_and_exported(opened, place, tmp_path):
    mine = replace(opened[2], overrides={"telegram/kiriman.txt": TextOverride(text="Kata-kata sendiri")})
    part = texts(opened, "telegram", mine).texts[0]
    assert part.post.overridden
    assert part.post.text == "Kata-kata sendiri"
    assert part.post.base == made_base(part.post.made)
    assert part.files[0][1].endswith("Kata-kata sendiri")
    with create_workspace(tmp_path / "w", Group(name="KIM")) as workspace:
        name = workspace.add(replace(mine, photos=()))
        with StoryExporter(workspace, templates_dir(), TEXTS) as exporter:
            list(exporter.export([name], ["telegram"], tmp_path / "out", SilentProgress()))
        made = (tmp_path / "out" / name / "telegram" / "kiriman.txt").read_text("utf-8")
    assert made.strip().endswith("Kata-kata sendiri")


def test_what_is_not_ready_is_marked_and_what_is_ready_is_not(opened):
    previewer, _, story = opened
    assert previewer.verdict(story).draft
    assert texts(opened, "telegram").texts[0].files[0][1].startswith("[DRAF]")
    assert not texts(opened, "telegram").texts[0].post.text.startswith("[DRAF]")
    clean = _ready(replace(story, photos=()))
    assert not texts(opened, "telegram", clean).texts[0].files[0][1].startswith("[DRAF]")
    draft, ready = (pictures(opened, "telegram", each).pictures for each in (replace(story, photos=()), clean))
    # A tab in the corner and nothing else: the mark hides nothing of what is looked at.
    for marked, plain in zip(draft, ready, strict=True):
        left, top, right, bottom = _difference(marked, plain).getbbox()
        width, height = plain.pixels.width, plain.pixels.height
        assert (left, top, right < width / 5, bottom < height / 10) == (0, 0, True, True), marked.path


def _picture(shown):
    from PIL import Image

    return Image.frombytes("RGB", (shown.pixels.width, shown.pixels.height), shown.pixels.rgb)


def _difference(one, other):
    from PIL import ImageChops

    return ImageChops.difference(_picture(one), _picture(other))


def test_designs_show_this_story_and_only_those_it_has_something_for(opened):
    previewer, folder, story = opened
    found = dict(previewer.designs(folder, story, "instagram", "kartu.jpg", 120, SilentProgress()))
    assert {"foto", "judul", "kutipan", "pengumuman", "teks"} <= set(found)
    assert "vonis" not in found
    assert len({picture.pixels.rgb for picture in found.values()}) == len(found)
    chosen = replace(story, designs={"instagram": "teks"})
    card = next(p for p in pictures(opened, "instagram", chosen).pictures if p.path.endswith("kartu.jpg"))
    plain = next(p for p in pictures(opened, "instagram").pictures if p.path.endswith("kartu.jpg"))
    assert card.key != plain.key


def test_a_sheet_has_its_pages_and_a_website_its_html(opened):
    sheet = pictures(opened, "mading").pictures[0]
    assert sheet.kind == "print"
    assert sheet.pixels.height > sheet.pixels.width
    assert sheet.pages >= 1
    long = replace(opened[2], body="\n\n".join([BODY] * 20))
    assert pictures(opened, "mading", long).pictures[0].pages > sheet.pages
    page = pictures(opened, "website")
    assert "<h1>" in page.html
    assert {p.photo for p in page.pictures if p.kind == "photo"} == {"f0", "f1"}


def test_a_slideshow_has_a_still(opened):
    story = replace(opened[2], slideshow=Slideshow(photos=("f1",)))
    still = next(p for p in pictures(opened, "tiktok", story).pictures if p.kind == "video")
    assert (still.pixels.width, still.pixels.height) == scaled_size((1080, 1920), 160)


def test_a_photo_that_is_gone_is_named_and_the_others_are_shown(opened):
    story = opened[2]
    broken = replace(story.photos[1], file="0000000000000000.jpg", name="hilang.jpg")
    found = pictures(opened, "instagram", replace(story, photos=(story.photos[0], broken))).pictures
    by_path = {picture.path: picture for picture in found}
    assert by_path["instagram/01.jpg"].pixels is not None
    assert by_path["instagram/02.jpg"].pixels is None
    assert isinstance(by_path["instagram/02.jpg"].error, UserError)


def test_it_stops_when_asked(opened):
    class Stop:
        def report(self, done, total, what):
            raise WorkCancelled

    previewer, folder, story = opened
    with pytest.raises(WorkCancelled):
        previewer.pictures(folder, story, "instagram", 160, Stop())


def test_a_story_that_is_not_on_disk_has_previews_too(opened):
    assert opened[0].texts("", Story(id="n", headline="Baru"), ("instagram",))[0].texts


@given(st.text(max_size=80), st.integers(1, 60), st.sampled_from(UNITS))
def test_a_text_ends_where_the_limit_is_reached(text, limit, unit):
    end = ends_at(text, limit, unit)
    assert count(text[:end], unit) <= limit
    assert end == len(text) or count(text, unit) > limit


@given(st.sampled_from([(1080, 1350), (1080, 1920), (1600, 900), (1200, 630), (2048, 2048)]), st.integers(120, 700))
def test_small_pictures_keep_the_proportions_that_crops_go_by(size, across):
    small = scaled_size(size, across)
    assert ratio_key(*small) == ratio_key(*size)
    assert small[0] <= size[0]


@pytest.fixture
def filled(monkeypatch):
    """The templates that are filled, one after the other."""
    names = []
    fill = CompiledTemplates.fill

    def counted(self, shelf, name, *rest):
        names.append(f"{shelf.pack.name}/{name}")
        return fill(self, shelf, name, *rest)

    monkeypatch.setattr(CompiledTemplates, "fill", counted)
    return names


def test_a_changed_headline_fills_the_svg_of_each_card_once(place, filled, tmp_path):
    """In the preview and in the export, also over a photo, whose brightness the scrim goes by."""
    with open_workspace(place[0], write=False) as workspace:
        previewer = OutletPreviewer(workspace, templates_dir(), TEXTS)
        folder = place[1]
        story = replace(workspace.load(folder), headline="Judul yang lain")
        shown = previewer.pictures(folder, story, "instagram", 120, SilentProgress()).pictures
        cards = [picture for picture in shown if picture.kind == "card"]
        assert len(cards) == 3
        assert all(picture.pixels for picture in cards)
        assert len([name for name in filled if ".svg" in name]) == len(cards)
        filled.clear()
        with StoryExporter(workspace, templates_dir(), TEXTS) as exporter:
            (done,) = exporter.export((folder,), ("instagram",), tmp_path, SilentProgress())
        made = [file for file in done.manifest.files if file.kind == "card"]
        assert len([name for name in filled if ".svg" in name]) == len(made) == len(cards)


def test_a_changed_headline_fills_the_template_of_each_text_once(tmp_path, filled):
    """In the preview and in the export: what was filled for the plan is what is shown and what is written."""
    with create_workspace(tmp_path / "ruang", Group(name="KIM Uji")) as workspace:
        folder = workspace.add(Story(id="", headline="Warga perbaiki saluran", date="2026-11-22", body=BODY))
        previewer = OutletPreviewer(workspace, templates_dir(), TEXTS)
        previewer.texts(folder, workspace.load(folder))
        filled.clear()
        workspace.save(folder, replace(workspace.load(folder), headline="Judul yang lain"))
        shown = previewer.texts(folder, workspace.load(folder))
        preview = sorted(filled)
        assert len(preview) == sum(len(outlet.texts) for outlet in shown) > 8
        filled.clear()
        with StoryExporter(workspace, templates_dir(), TEXTS) as exporter:
            list(exporter.export((), ("x", "telegram"), None, SilentProgress()))
        texts = sorted(name for name in filled if ".txt" in name)
        assert texts == [name for name in preview if name.startswith(("x/", "telegram/"))]
