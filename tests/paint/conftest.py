"""What the painting tests share: small SVGs and real card contexts."""

from __future__ import annotations

import base64
import io
from xml.sax.saxutils import quoteattr

import pytest

from studio.base.paths import templates_dir
from studio.posts.card_layouts import card_places
from studio.posts.catalog import load_catalog
from studio.posts.output_kinds import CardOutput, FrameSize
from studio.posts.qr_codes import qr_path
from studio.posts.render_context import RenderContext
from studio.posts.svg import place_values
from studio.posts.template_context import build_context, outlet_context
from studio.story.model import Group, GroupColors, Photo, Story

PLAIN = "Warga Sukamaju gotong royong perbaiki saluran irigasi"


@pytest.fixture(scope="session")
def boxed():
    """Makes an SVG from text boxes: ``boxed(dict(text=..., max=...), width=..., height=...)``, no ``data-`` written."""

    def make(*boxes: dict, width: float = 400, height: float = 300, art: str = "") -> str:
        drawn = "".join(_rect(box) for box in boxes)
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
            f'viewBox="0 0 {width} {height}">{art}{drawn}</svg>'
        )

    return make


def _rect(box: dict) -> str:
    place = {"x": 0, "y": 0, "width": 400, "height": 300} | {
        k: box[k] for k in ("x", "y", "width", "height") if k in box
    }
    data = {key: value for key, value in box.items() if key not in place and key not in ("id", "transform")}
    plain = {key: box[key] for key in ("id", "transform") if key in box} | place
    attributes = [f"{key}={quoteattr(str(value))}" for key, value in plain.items()]
    attributes += [f"data-{key}={quoteattr(str(value), {chr(10): '&#10;'})}" for key, value in data.items()]
    return f'<rect class="kim-text" {" ".join(attributes)}/>'


@pytest.fixture(scope="session")
def darkness():
    """The pixels of a painted picture as an array of rows: the darkest channel, 0 to 255."""

    def measure(painted):
        import numpy as np

        return np.frombuffer(painted.rgb, np.uint8).reshape(painted.height, painted.width, 3).min(axis=2).copy()

    return measure


@pytest.fixture(scope="session")
def picture_uri():
    """A small picture as data URI: ``picture_uri("white")``, black, checks (hard black and white), or a size."""

    def make(kind: str = "checks", size: tuple[int, int] = (54, 54)) -> str:
        from PIL import Image

        image = Image.new("RGB", size, "#000000" if kind == "black" else "#ffffff")
        if kind == "checks":
            for y in range(0, size[1], 12):
                for x in range((y // 12 % 2) * 12, size[0], 24):
                    image.paste((0, 0, 0), (x, y, x + 12, y + 12))
        kept = io.BytesIO()
        image.save(kept, "PNG")
        return "data:image/png;base64," + base64.b64encode(kept.getvalue()).decode("ascii")

    return make


@pytest.fixture(scope="session")
def press():
    return RenderContext(load_catalog(templates_dir(), None))


@pytest.fixture(scope="session")
def card_svg(press, picture_uri):
    """Fills a card design or page with the values that the studio really gives it."""
    outlet = next(outlet for outlet in press.catalog.outlets if outlet.id == "instagram")

    def fill(
        design: str,
        size: tuple[int, int],
        *,
        photo: str = "checks",
        luminance: float = 0.5,
        where: str = "",
        shown: str = "",
        **values,
    ) -> str:
        colors = values.pop("colors", GroupColors())
        group = Group(
            name=values.pop("name", "KIM Bina Warga"),
            village="Desa Sukamaju",
            regency="Kabupaten Wanasari",
            site="https://sukamaju.kim.id",
            phone="0812-0000-1234",
            email="redaksi@sukamaju.kim.id",
            colors=colors,
            accounts={"instagram": values.pop("handle", "@kim.sukamaju")},
        )
        taken = Photo(id="p", file="p.jpg", caption="Warga di saluran irigasi.", credit="Budi Santoso")
        known = ("headline", "kicker", "body", "summary", "place", "valid_until", "date", "kind")
        fields = {key: values.pop(key) for key in known if key in values}
        story = Story(
            id="s",
            byline=("Siti Aminah",),
            photos=(taken,) if photo else (),
            **{"headline": PLAIN, "kicker": "Pertanian", "place": "Sukamaju", "date": "2026-11-22", **fields},
        )
        output = CardOutput(file="kartu.jpg", size=FrameSize(*size))
        context = outlet_context(build_context(story, group), outlet, output)
        context |= {
            "width": size[0],
            "height": size[1],
            "design": design,
            "photo": picture_uri(photo) if photo else "",
            "photo_luminance": luminance,
            "caption": taken.caption if photo else "",
            "credit": taken.credit if photo else "",
            "qr": qr_path(context["url"]),
        }
        places = card_places(press.catalog.areas, design.rpartition("/")[2], size, shown)
        context |= place_values(next((each for each in places if each.name == where), places[0]))
        return press.templates.fill(press.shelf(outlet), f"_common/{design}.svg.j2", context | values).text.strip()

    return fill
