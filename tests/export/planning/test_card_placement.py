"""Where the photo of a card goes: words beside what it is about, no head cut, nothing lost that nobody gave up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace as changed

from studio.base.paths import assets_dir, templates_dir
from studio.export.planning.card_placement import (
    MOST_HIDDEN,
    CardMaker,
    covered_areas,
    hidden_share,
    place_photo,
    subject_marks,
)
from studio.export.planning.catalog_plan import product_slots
from studio.export.planning.story_plan import card_task, story_context
from studio.export.rendering.task_files import card_svg, pictures_of
from studio.group.products import CatalogStory, ProductStory
from studio.paint.image import paint_rgb
from studio.photo.framing import cuts_face
from studio.posts.card_layouts import CardPlace, card_places
from studio.posts.catalog import load_catalog
from studio.posts.late_values import MIDDLING
from studio.posts.render_context import RenderContext
from studio.posts.svg import render_svg
from studio.posts.template_context import build_context
from studio.store.workspace import create_workspace
from studio.story.geometry import LEAST_SHOWN, Turn, shown_share
from studio.story.model import Box, Group, Photo, Point, Story

PRESS = RenderContext(load_catalog(templates_dir(), None))
OUTLET = PRESS.catalog.outlet("instagram")
SIZES = [(1080, 1080), (1080, 1350), (1080, 1920), (1600, 900), (1200, 630)]
GROUP = Group(name="KIM Uji", village="Sukamaju")


def make(photo: Photo, size: tuple[int, int], headline: str = "Panen raya"):
    """The photo as the headline card of that size shows it."""
    material = build_context(Story(id="s", headline=headline, photos=(photo,)), GROUP, PRESS.catalog.labels)
    output = replace_size(OUTLET.card("kartu.jpg"), size)

    def fill(place) -> str:
        return render_svg(PRESS, OUTLET, output, material, pictures={"photo": "kim:foto"}, design="judul", place=place)

    return place_photo(photo, CardMaker(card_places(PRESS.catalog.areas, "judul", size), size, fill, 93)), fill


def replace_size(output, size):
    return changed(output, size=type(output.size)(*size))


fractions = st.floats(0.02, 0.7)
boxes = st.builds(Box, fractions, fractions, st.floats(0.03, 0.25), st.floats(0.03, 0.25))
photos = st.builds(
    Photo,
    id=st.just("p"),
    file=st.just("p.jpg"),
    width=st.sampled_from([900, 1200, 1600]),
    height=st.sampled_from([900, 1200, 1600]),
    rotate=st.sampled_from([0.0, 90.0, 3.5]),
    flip=st.booleans(),
    faces=st.lists(boxes, max_size=2).map(tuple),
    focus=st.none() | st.builds(Point, fractions, fractions),
)


@given(photos, st.sampled_from(SIZES), st.sampled_from(["Panen raya", "Warga gotong royong perbaiki saluran " * 3]))
def test_words_lie_on_nothing_marked_and_nothing_is_lost(photo, size, headline):
    found, fill = make(photo, size, headline)
    marks = subject_marks(photo)
    assert hidden_share(found, marks, covered_areas(fill(found.place))) <= MOST_HIDDEN or not found.place.fills
    assert marks or not found.place.fills  # what a photo shows is not known: the words stand beside it
    if found.whole:
        return
    whole = found.frame.box.width * found.frame.box.height
    assert not cuts_face(photo, found.frame.box, Turn(photo.width, photo.height, photo.rotate, photo.flip))
    if not photo.rotate % 90:
        assert whole >= (LEAST_SHOWN - 0.01) * photo.width * photo.height


@pytest.mark.parametrize("size", [(1080, 1350), (1080, 1080)])
def test_a_photo_takes_the_words_where_it_is_empty(size):
    """Faces at the top leave the lower part free, a subject at the bottom the upper one."""
    wide = Photo(id="p", file="p.jpg", width=size[0], height=size[1])
    above = changed(wide, faces=(Box(0.4, 0.05, 0.08, 0.06),))
    below = changed(wide, focus=Point(0.5, 0.95))
    places = [make(photo, size)[0].place.name for photo in (above, below, wide)]
    assert places == ["bottom", "top", "panel"]


def test_what_was_framed_by_hand_for_the_card_stays():
    """A crop by hand and a choice to crop are leave enough; a focus is none."""
    photo = Photo(id="p", file="p.jpg", width=1600, height=1200, focus=Point(0.5, 0.95))
    cropped = changed(photo, crops={"4:5": Box(0.2, 0.0, 0.6, 1.0)})
    assert make(photo, (1080, 1350))[0].place.name == "panel"
    assert make(cropped, (1080, 1350))[0].place.name == "top"
    assert make(changed(photo, fits={"4:5": "crop"}), (1080, 1350))[0].place.name == "top"
    framed = make(changed(cropped, focus=None), (1080, 1350))[0]
    assert framed.place.name == "panel"
    assert framed.frame.box.width <= 0.61 * 1600  # beside the words it still is what was framed


def test_a_photo_of_unknown_size_stands_beside_the_words():
    found = make(Photo(id="p", file="p.jpg", focus=Point(0.5, 0.1)), (1080, 1350))[0]
    assert (found.place.name, found.variant.careful) == ("panel", True)


def test_the_area_follows_the_shape_of_the_photo():
    shares = {}
    for width, height in ((1600, 900), (1500, 1000), (1200, 1200)):
        found = make(Photo(id="p", file="p.jpg", width=width, height=height), (1080, 1350))[0]
        shares[width] = found.place.box.height
    assert shares[1600] < shares[1500] < shares[1200]
    assert shown_share(1500, 1000, 1080 / (1350 * shares[1500])) > 0.99


@pytest.mark.parametrize("file", ["instagram/kartu.jpg", "telegram/kartu.jpg"])
def test_the_flag_of_the_village_hall_is_on_every_card(tmp_path, file):
    source = assets_dir() / "sample" / "balai-desa.jpg"
    photo = Photo(id="p", file=source.name, width=2560, height=1920, focus=Point(0.47, 0.46))
    outlet = PRESS.catalog.outlet(file.partition("/")[0])
    with create_workspace(tmp_path / "kim", GROUP) as workspace:
        story = Story(id="s", headline="Balai desa selesai dipugar", photos=(photo,))
        task = card_task(story_context(workspace, "s", story, PRESS), outlet, outlet.card(file.partition("/")[2]))
    task = replace(task, slots=tuple(replace(slot, source=source) for slot in task.slots))
    painted = paint_rgb(card_svg(task, pictures_of(task)), 270, round(270 * task.output.size[1] / task.output.size[0]))
    pixels = list(zip(*[iter(painted.rgb)] * 3, strict=True))
    assert sum(red > 190 and green < 70 and blue < 70 for red, green, blue in pixels) > 40
    assert task.svg.with_luminance(MIDDLING).count("kim:foto") == 1


def test_a_collage_shows_every_photo_and_names_who_took_it(tmp_path):
    """Each photo is put into its cell; one photo alone makes no collage."""
    taken = [
        Photo(id=f"p{n}", file=f"{n}.jpg", width=1200, height=800, credit=who, rights=rights, source_type=made)
        for n, (who, rights, made) in enumerate(
            (("Siti", "", ""), ("Budi", "Hanya untuk KIM", "trainedAlgorithmicMedia"), ("Siti", "", ""))
        )
    ]
    outlet = PRESS.catalog.outlet("instagram")
    with create_workspace(tmp_path / "kim", GROUP) as workspace:
        story = Story(id="s", headline="Jalan selesai", byline=("Siti",), photos=tuple(taken), designs={"*": "kolase"})
        context = story_context(workspace, "s", story, PRESS)
        task = card_task(context, outlet, outlet.card("kartu.jpg"))
        said = task.metadata  # what the file says of itself is true of every photo on it
        assert (said.byline, said.usage, said.licensor) == (("Siti", "Budi"), "Hanya untuk KIM", "")
        assert said.source_type == "compositeWithTrainedAlgorithmicMedia"
        alone = story_context(workspace, "s", changed(story, photos=taken[:1]), PRESS)
        assert "kim:kolase" not in card_task(alone, outlet, outlet.card("kartu.jpg")).svg.text
    colours = {"photo": "data:image/png;base64,AAAA", "logo": ""} | {f"photo:p{n}": f"data:{n}" for n in range(3)}
    svg = task.svg.finish(colours, 0.5)
    assert [svg.count(f'"data:{n}"') for n in range(3)] == [1, 1, 1]
    assert "Foto: Siti" in svg
    assert svg.count("Budi") == 1


@pytest.mark.parametrize(("size", "fit"), [((220, 165), "crop"), ((300, 300), "pad")])
def test_a_product_in_the_catalogue_is_cut_as_little_as_any_photo(size, fit):
    photo = Photo(id="p", file="p.jpg", width=400, height=300)
    offered = CatalogStory(id="k", products=(ProductStory(id="keripik", photos=(photo,)),))
    context = SimpleNamespace(material=SimpleNamespace(story=offered), media=Path("media"))
    assert [slot.variant.fit for slot in product_slots(context, size)] == [fit]


def beside_words(photo: Photo):
    """What a photo shows in the place a family has beside its words, as fractions of it: left, top, right, bottom."""
    place = CardPlace(box=Box(0, 0, 1, 0.7))  # 8:7
    shown = place_photo(photo, CardMaker((place,), (1080, 1350), lambda _place: "", 93)).frame.box
    width, height = photo.width, photo.height
    return shown.left / width, shown.top / height, shown.right / width, shown.bottom / height


@pytest.mark.parametrize(
    ("size", "focus", "subject"),
    [
        ((2560, 1920), (0.62, 0.6), (0.0, 0.4, 0.88, 0.52)),  # a stall that goes on to the left
        ((2560, 1920), (0.36, 0.6), (0.15, 0.5, 0.85, 0.45)),
        ((512, 512), (0.45, 0.3), (0.0, 0.12, 0.68, 0.88)),  # a person who stands below the face
        ((1000, 1000), (0.55, 0.55), (0.15, 0.4, 0.6, 0.6)),
    ],
)
def test_a_crop_does_not_run_after_the_focus_over_the_subject(size, focus, subject):
    left, top, right, bottom = beside_words(
        Photo(id="p", file="p.jpg", width=size[0], height=size[1], focus=Point(*focus))
    )
    x, y, wide, high = subject
    across = min(right, x + wide) - max(left, x)
    down = min(bottom, y + high) - max(top, y)
    assert (right - left) * (bottom - top) < 0.9
    assert across * down >= 0.9 * wide * high


@given(st.integers(88, 130), st.floats(0, 1), st.floats(0, 1))
def test_a_focus_stays_well_inside_a_crop_that_takes_little(width, x, y):
    photo = Photo(id="p", file="p.jpg", width=width * 10, height=1000, focus=Point(x, y))
    left, top, right, bottom = beside_words(photo)
    for at, start, end in ((x, left, right), (y, top, bottom)):
        inside = (end - start) / 6 - 0.003  # full pixels
        assert start <= 0 or at - start >= inside
        assert end >= 1 or end - at >= inside
