"""Paints what lies over a video: name strip, cards, mark, subtitles. The art is ``templates/_common/video``.

Painted by ``paint/``, so a video has the same fonts and shaping as the cards. Sizes follow the short side of the
canvas: 1 ``unit`` is 1/1080 of it.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.base.paths import templates_dir

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from jinja2 import Environment

    from studio.story.model import Group

_FONTS = {"sans": "Be Vietnam Pro", "serif": "IBM Plex Serif"}
_PICTURES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp"}


@dataclass(frozen=True, slots=True)
class Ink:
    """Where something is painted: edges in pixels, right and bottom excluded."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things go on a canvas. Portrait keeps the app's own buttons free: they cover the lowest fifth.

    Attributes:
        width: of the canvas in pixels.
        height: of the canvas.
        unit: 1/1080 of the short side, in pixels.
        side: free margin left and right.
        top: free margin above.
        foot: free margin below.
        strip: height of the strip for subtitles.
        name: height of the strip for the name.
    """

    width: int
    height: int
    unit: float
    side: int
    top: int
    foot: int
    strip: int
    name: int

    @property
    def strip_top(self) -> int:
        """Top edge of the subtitles."""
        return self.height - self.foot - self.strip

    @property
    def name_top(self) -> int:
        """Top edge of the name strip."""
        return self.strip_top - self.name - round(6 * self.unit)


def layout(width: int, height: int) -> Layout:
    """The places for a canvas of that size (pixels)."""
    unit = min(width, height) / 1080
    tall = height > 1.5 * width
    foot = 0.19 * height if tall else 0.045 * height
    top = 0.13 * height if tall else 0.05 * height
    strip = 250 if tall else 190
    side = 64 if width <= height else 84
    return Layout(
        width,
        height,
        unit,
        side=round(side * unit),
        top=round(top),
        foot=round(foot),
        strip=round(strip * unit) // 2 * 2,
        name=round(250 * unit) // 2 * 2,
    )


class Artist:
    """Fills and paints the templates for one group; pictures go to one folder.

    Args:
        group: whose colours, font, name and mark are used.
        logo: the group's logo, None paints its initials.
        folder: where pictures are written.
        templates: the folder of the art; None is the built-in one.
    """

    def __init__(self, group: Group, logo: Path | None, folder: Path, templates: Path | None = None) -> None:
        self._group = group
        self._folder = folder
        self._environment = _environment(templates or templates_dir() / "_common" / "video")
        self._common = {
            "group": group,
            "font": _FONTS[group.font],
            "colors": palette(group.colors.main, group.colors.accent),
            "logo": _picture(logo),
            "initials": initials(group.name),
            "where": where(group),
        }

    def name_strip(self, place: Layout, title: str, detail: str) -> Path:
        """The name strip, as wide as its text; ``place.width - 2 * place.side`` by ``place.name`` pixels."""
        size = (place.width - 2 * place.side, place.name)
        facts = {"title": title, "detail": detail, "title_box": None, "detail_box": None}
        name = "name"
        boxes = {}
        for part in ("title", "detail") if detail else ("title",):
            boxes[f"{part}_box"] = self._ink("lower_third.svg.j2", size, place, {**facts, "part": part})
        return self._paint("lower_third.svg.j2", name, size, place, {**facts, **boxes, "part": ""})

    def subtitle(self, place: Layout, text: str, name: str) -> Path:
        """One subtitle on a panel of its size; empty text gives an empty strip.

        The strip is ``place.width - 2 * place.side`` by ``place.strip`` pixels.
        """
        size = (place.width - 2 * place.side, place.strip)
        facts: dict[str, object] = {"text": text.replace("\n", "\u2029"), "text_box": None}
        if text:
            facts["text_box"] = self._ink("subtitle.svg.j2", size, place, facts)
        return self._paint("subtitle.svg.j2", name, size, place, facts)

    def mark(self, place: Layout) -> Path:
        """The group's mark, a square of 116 units."""
        side = round(116 * place.unit) // 2 * 2
        return self._paint("logo.svg.j2", "mark", (side, side), place, {})

    def title_card(self, place: Layout, title: str, kicker: str) -> Path:
        """A full card with a title."""
        return self._paint(
            "title_card.svg.j2", "title", (place.width, place.height), place, {"title": title, "kicker": kicker}
        )

    def closing_card(self, place: Layout, credit: str) -> Path:
        """A full card with the group's name and address."""
        site = self._group.site.removeprefix("https://").removeprefix("http://").rstrip("/")
        facts = {"credit": credit, "site": site or self._group.phone}
        return self._paint("closing_card.svg.j2", "closing", (place.width, place.height), place, facts)

    def caption(self, place: Layout, caption: str, credit: str, name: str) -> Path:
        """A photo's caption along the bottom: ``place.width`` by ``caption_height(place)`` pixels."""
        size = (place.width, self.caption_height(place))
        facts: dict[str, object] = {"caption": caption, "credit": credit, "side": place.side, "foot": place.foot}
        facts["text_box"] = self._ink("caption.svg.j2", size, place, {**facts, "text_box": None})
        return self._paint("caption.svg.j2", name, size, place, facts)

    @staticmethod
    def caption_height(place: Layout) -> int:
        """Height in pixels of the pictures that ``caption`` paints."""
        return round(place.foot + 420 * place.unit) // 2 * 2

    def _svg(self, template: str, size: tuple[int, int], place: Layout, facts: Mapping[str, object]) -> str:
        from jinja2 import TemplateError

        inputs = {**self._common, "width": size[0], "height": size[1], "unit": place.unit, **facts}
        try:
            return self._environment.get_template(template).render(inputs)
        except TemplateError as error:
            raise UserError("video.template", file=template, detail=str(error)) from error

    def _paint(
        self, template: str, name: str, size: tuple[int, int], place: Layout, facts: Mapping[str, object]
    ) -> Path:
        from studio.paint.image import paint_png

        path = self._folder / f"{name}-{place.width}x{place.height}.png"
        paint_png(self._svg(template, size, place, facts), size[0], size[1], path)
        return path

    def _ink(self, template: str, size: tuple[int, int], place: Layout, facts: Mapping[str, object]) -> Ink | None:
        """Where the text comes to lie; None when nothing is painted."""
        from PIL import Image

        path = self._paint(template, "measure", size, place, facts)
        with Image.open(path, formats=["PNG"]) as picture:
            box = picture.getchannel("A").getbbox()
        path.unlink()
        return Ink(*box) if box else None


def _environment(folder: Path) -> Environment:
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined)


def _picture(path: Path | None) -> str:
    """A picture as data URI; "" when there is none that can be used."""
    if path is None or path.suffix.lower() not in _PICTURES or not path.is_file():
        return ""
    kind = _PICTURES[path.suffix.lower()]
    return f"data:{kind};base64," + base64.b64encode(path.read_bytes()).decode("ascii")


def initials(name: str) -> str:
    """Up to four letters for a group without a logo: what is written in capitals stays ("KIM Bina Warga": "KIM")."""
    words = name.split()
    capitals = [word for word in words if word.isupper() and 2 <= len(word) <= 4]
    return capitals[0] if capitals else "".join(word[0] for word in words[:3]).upper()


def where(group: Group) -> str:
    """Village and district in one line, as far as they are known."""
    return ", ".join(part for part in (group.village, group.district, group.regency) if part)


def _rgb(color: str) -> tuple[int, int, int]:
    digits = color.removeprefix("#")
    try:
        red, green, blue = (int(digits[at : at + 2], 16) for at in (0, 2, 4))
    except ValueError:
        return 15, 107, 92
    return red, green, blue


def _luminance(color: str) -> float:
    """Relative luminance, 0..1 (WCAG 2.2)."""
    parts = [part / 255 for part in _rgb(color)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1..21 (WCAG 2.2)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def palette(main: str, accent: str) -> dict[str, str]:
    """The colours of the art; text on the main colour has a contrast of at least 4.5 wherever black or white can."""
    good = [color for color in ("#ffffff", "#10191c") if contrast(color, main) >= 4.5]
    on_main = max(good or ["#ffffff", "#000000"], key=lambda color: contrast(color, main))
    deep = "#" + "".join(f"{round(part * 0.62):02x}" for part in _rgb(main))
    readable = accent if contrast(accent, main) >= 3 else on_main
    ink = main if contrast(main, "#ffffff") >= 4.5 else "#10191c"
    return {"main": main, "accent": accent, "on_main": on_main, "deep": deep, "accent_on_main": readable, "ink": ink}
