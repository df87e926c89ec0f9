"""Paints what lies over a video: lower third, cards, mark, subtitles. The art is ``templates/_common/video``.

Painted by ``paint/``, so a video has the same fonts and shaping as the cards. Sizes follow the short side of the
canvas: 1 ``unit`` is 1/1080 of it.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.base.data_uri import data_uri
from studio.base.errors import UserError
from studio.base.folders import make_folder
from studio.base.font_table import FONTS
from studio.base.paths import templates_dir
from studio.group.group_region import place_line
from studio.posts.colors import color_palette as card_palette
from studio.posts.colors import contrast_ratio, parse_color, to_hex
from studio.posts.draft_mark import draft_picture, on_strip
from studio.posts.families import chosen_family, family_card, family_values, layout_values, load_families
from studio.posts.qr_codes import qr_path
from studio.posts.template_context import group_values
from studio.posts.web_addresses import site_address
from studio.story.text import initials

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from jinja2 import Environment

    from studio.posts.draft_mark import MarkPlace
    from studio.posts.families import DesignFamily
    from studio.story.model import Group, Video
    from studio.video.job import VideoJob

_MOST_KEPT = 300
"""Painted pictures left from earlier: every word that was typed made one."""
_GRAPHIC = 3.0
"""The least contrast of shapes that carry meaning (WCAG 2.2, 1.4.11)."""


@dataclass(frozen=True, slots=True)
class InkBox:
    """Where something is painted: edges in pixels, right and bottom excluded."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class ArtLayout:
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
    def lower_third_top(self) -> int:
        """Top edge of the lower third."""
        return self.strip_top - self.name - round(6 * self.unit)


def art_layout(width: int, height: int) -> ArtLayout:
    """The places for a canvas of that size (pixels)."""
    unit = min(width, height) / 1080
    # 9:16 and taller is full screen in an app, whose buttons and caption cover the edges; 4:5 is shown in a feed, free
    # of them.
    tall = height > 1.5 * width
    foot = 0.19 * height if tall else 0.045 * height
    top = 0.13 * height if tall else 0.05 * height
    strip = 250 if tall else 190
    side = 64 if width <= height else 84
    return ArtLayout(
        width,
        height,
        unit,
        side=round(side * unit),
        top=round(top),
        foot=round(foot),
        # Even, as chroma in yuv420p covers two rows: an odd strip would shift colours by half a pixel.
        strip=round(strip * unit) // 2 * 2,
        name=round(250 * unit) // 2 * 2,
    )


class VideoArtist:
    """Fills and paints the templates for one group; pictures go to one folder and are named by their content.

    Args:
        group: whose colours, font, name and mark are used.
        logo: the group's logo, None paints its initials.
        folder: where pictures are written; of one that is kept, anything may vanish at any time.
        templates: the folder of the art; None is the built-in one.
        draft: whether the mark of a draft lies over everything.
        mark: where it lies.
        kept: the folder outlives this artist: what an earlier one painted there is not painted again, and what has
            not been asked for for long goes.
    """

    def __init__(
        self,
        group: Group,
        logo: Path | None,
        folder: Path,
        templates: Path | None = None,
        *,
        draft: bool = False,
        mark: MarkPlace = "across",
        kept: bool = False,
    ) -> None:
        self.group = group
        self.logo = logo
        self.draft = draft
        self.mark = mark
        self.lost: list[str] = []
        """Letters of what was painted that no font has."""
        self._folder = folder
        self._kept = kept
        self._painted: set[Path] = set()
        self._inks: dict[str, InkBox | None] = {}
        if kept:
            _keep_newest(folder)
        root = templates_dir()
        self._environment = _art_environment(templates or root / "_common" / "video", root)
        self._family = _art_family(root, group)
        self._common = {
            "group": group,
            "font": FONTS[group.font],
            "colors": art_palette(group.colors.main, group.colors.accent),
            "logo": data_uri(logo) if logo else "",
            "initials": initials(group.name),
            "where": place_line(group),
            "handles": group_handles(group),
            "qr": qr_path(site_address(group)),
        }

    def marked_artist(self, draft: bool) -> VideoArtist:
        """The same artist, with or without the mark of a draft."""
        made = copy(self)
        made.draft = draft
        return made

    def paint_lower_third(self, place: ArtLayout, title: str, detail: str) -> Path:
        """The lower third, as wide as its text; ``place.width - 2 * place.side`` by ``place.name`` pixels."""
        size = (place.width - 2 * place.side, place.name)
        facts = {"title": title, "detail": detail, "title_box": None, "detail_box": None}
        boxes = {}
        for part in ("title", "detail") if detail else ("title",):
            boxes[f"{part}_box"] = self._ink_box("lower_third.svg.j2", size, place, {**facts, "part": part})
        return self._paint_template("lower_third.svg.j2", size, place, {**facts, **boxes, "part": ""})

    def paint_subtitle(self, place: ArtLayout, text: str) -> Path:
        """One subtitle on a panel of its size; empty text gives an empty strip.

        The strip is ``place.width - 2 * place.side`` by ``place.strip`` pixels.
        """
        size = (place.width - 2 * place.side, place.strip)
        facts: dict[str, object] = {"text": text.replace("\n", "\u2029"), "text_box": None}
        if text:
            facts["text_box"] = self._ink_box("subtitle.svg.j2", size, place, facts)
        return self._paint_template("subtitle.svg.j2", size, place, facts)

    def paint_logo(self, place: ArtLayout) -> Path:
        """The group's mark, a square of 116 units."""
        side = round(116 * place.unit) // 2 * 2
        return self._paint_template("logo.svg.j2", (side, side), place, {})

    def draft_mark(self, place: ArtLayout) -> Path:
        """The mark of a draft, as large as the video."""
        return self._painted_svg(draft_picture(place.width, place.height, self.mark), (place.width, place.height))

    def title_card(self, place: ArtLayout, title: str, kicker: str) -> Path:
        """A full card with a title; what lies below (``title_ground``) shows through it."""
        size = (place.width, place.height)
        if self._family.skeleton:
            return self._family_card("video_title", size, place, {"headline": title, "kicker": kicker, "topic": kicker})
        return self._paint_template("title_card.svg.j2", size, place, {"title": title, "kicker": kicker})

    def title_ground(self, job: VideoJob, video: Video, size: tuple[int, int]) -> Path:
        """The clip's cover frame behind a title; blurred where the family's words lie on it.

        Raises:
            UserError: the frame cannot be read.
        """
        from studio.export.rendering.poster_frames import title_ground

        return title_ground(job, video, size, self._folder, blurred=not self._family.skeleton)

    def closing_card(self, place: ArtLayout, credit: str, music: str = "") -> Path:
        """A full card with the group's name, its accounts, address and code, and whose music it was."""
        size, site = (place.width, place.height), site_address(self.group).split("://", 1)[-1]
        facts = {"credit": credit, "music": music, "site": site or self.group.phone}
        if self._family.skeleton:
            return self._family_card("video_closing", size, place, {**facts, "headline": "", "kicker": "", "topic": ""})
        return self._paint_template("closing_card.svg.j2", size, place, facts)

    def _family_card(self, design: str, size: tuple[int, int], place: ArtLayout, facts: Mapping[str, object]) -> Path:
        """A card as the group's design family draws it, by the skeletons of its other cards."""
        signed = {**group_values(self.group), "logo": self._common["logo"]}
        signed["handle"] = next(iter(group_handles(self.group)), signed["name"])
        values = {
            **family_values(self._family, self.group, FONTS),
            "layout": layout_values(self._family.placed("judul", size, "")),
            "group": signed,
            "photo": "",
            "design": design,
            **dict.fromkeys(("credit", "place", "date_short"), ""),
        }
        return self._paint_template(family_card(self._family, "video", design), size, place, {**values, **facts})

    def caption(self, place: ArtLayout, caption: str, credit: str) -> Path:
        """A photo's caption along the bottom: ``place.width`` by ``caption_height(place)`` pixels."""
        size = (place.width, self.caption_height(place))
        facts: dict[str, object] = {"caption": caption, "credit": credit, "side": place.side, "foot": place.foot}
        facts["text_box"] = self._ink_box("caption.svg.j2", size, place, {**facts, "text_box": None})
        return self._paint_template("caption.svg.j2", size, place, facts)

    @staticmethod
    def caption_height(place: ArtLayout) -> int:
        """Height in pixels of the pictures that ``caption`` paints."""
        return round(place.foot + 420 * place.unit) // 2 * 2

    def _fill_svg(self, template: str, size: tuple[int, int], place: ArtLayout, facts: Mapping[str, object]) -> str:
        from jinja2 import TemplateError

        inputs = {**self._common, "width": size[0], "height": size[1], "unit": place.unit, **facts}
        try:
            return self._environment.get_template(template).render(inputs)
        except TemplateError as error:
            raise UserError("video.template", file=template, detail=str(error)) from error

    def _paint_template(
        self, template: str, size: tuple[int, int], place: ArtLayout, facts: Mapping[str, object]
    ) -> Path:
        svg = self._fill_svg(template, size, place, facts)
        # A slideshow has no layer over all of it: there the captions carry the mark.
        marked = self.draft and template == "caption.svg.j2"
        short = min(place.width, place.height)
        return self._painted_svg(on_strip(svg, *size, short, self.mark) if marked else svg, size)

    def _painted_svg(self, svg: str, size: tuple[int, int]) -> Path:
        from studio.paint.image import paint_png

        path = self._folder / f"{_art_digest(svg, size)}.png"
        # In a scratch folder a file of this name may be the torn rest of a killed run; only what this artist painted is
        # trusted.
        if not (path.exists() and (self._kept or path in self._painted)):
            make_folder(path.parent)
            lost = paint_png(svg, size[0], size[1], path)
            self.lost += [text.text for text in lost if text.reason == "font"]
            self._painted.add(path)
        return path

    def _ink_box(
        self, template: str, size: tuple[int, int], place: ArtLayout, facts: Mapping[str, object]
    ) -> InkBox | None:
        """Where the text comes to lie; None when nothing is painted."""
        from studio.paint.image import painted_bounds

        svg = self._fill_svg(template, size, place, facts)
        key = _art_digest(svg, size)
        if key not in self._inks:
            box = painted_bounds(svg, *size)
            self._inks[key] = InkBox(*box) if box else None
        return self._inks[key]


def _keep_newest(folder: Path) -> None:
    kept = []
    for path in folder.glob("*.png"):
        with suppress(FileNotFoundError):  # another desk may empty the folder at this moment
            kept.append((path.stat().st_mtime, path))
    for _, old in sorted(kept)[:-_MOST_KEPT]:
        old.unlink(missing_ok=True)


def _art_digest(svg: str, size: tuple[int, int]) -> str:
    return hashlib.sha256(f"{size} {svg}".encode()).hexdigest()[:24]


def _art_environment(folder: Path, root: Path) -> Environment:
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    # The art by its name, and cards of design families by "_families/...".
    return SandboxedEnvironment(
        loader=FileSystemLoader((folder, root)), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )


def _art_family(root: Path, group: Group) -> DesignFamily:
    """The group's family; one of its own that the studio does not have draws cards, and the plain one its videos."""
    from studio.story.model import Story

    return chosen_family(load_families(root, None)[0], Story(id=""), group)


def group_handles(group: Group) -> tuple[str, ...]:
    """The group's accounts as they are written, each once, at most three."""
    return tuple(dict.fromkeys(name for name in group.accounts.values() if name.startswith("@")))[:3]


def art_palette(main: str, accent: str) -> dict[str, str]:
    """The colours of the cards and what only video art needs: a deeper ground, and an accent that shows on ``main``."""
    colors = card_palette(main, accent)
    red, green, blue = (round(part * 0.62) for part in parse_color(colors["main"]))
    shows = contrast_ratio(colors["accent"], colors["main"]) >= _GRAPHIC
    return {
        **colors,
        "deep": to_hex((red, green, blue)),
        "accent_on_main": colors["accent"] if shows else colors["on_main"],
        "ink": colors["link"],
    }
