"""Design families: how everything of a group looks, as data in ``templates/_families/<id>/family.toml``.

A family says fonts, sizes, shapes, colours and where photo and words lie; the cards themselves are the skeletons of
``_families/_kerangka`` (one for each kind, all ratios), which call the parts that a family draws (``parts.j2``). A
family may bring a card of its own, ``<kind>.svg.j2``; a kind that is nowhere is that of ``_common/cards``.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
from msgspec import Meta

from studio.base.errors import UserError
from studio.posts.card_layouts import layout_names
from studio.posts.colors import color_palette, family_colors
from studio.posts.packs import template_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from studio.story.model import Group, Story

FAMILIES = "_families"
"""The folder of families, in ``templates/`` of the studio and of a workspace."""
SKELETONS = "_kerangka"
PLAIN = "warta"
"""The family of a group that has chosen none."""
PALETTES = "palettes.toml"
_LARGEST = 256 * 1024
_LIKE = {"sebelum": "kolase", "produk-label": "produk-harga"}
"""Designs that are laid out as another one where a family says nothing of them."""

Fraction = Annotated[float, Meta(ge=0, le=1)]
Frame = tuple[Fraction, Fraction, Fraction, Fraction]
"""Left, top, width and height as fractions of the card."""
GroundName = Literal["paper", "white", "tint", "main", "dark", "accent"]
FaceName = Literal["Be Vietnam Pro", "IBM Plex Serif", "Barlow Condensed", "Poppins"]
Weight = Annotated[int, Meta(ge=100, le=900)]


class CardLayout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where things lie on a card of one shape.

    Attributes:
        photo: the photo, cropped to these proportions.
        text: the words and, at their end, who signs.
        bare: the words of a card without a photo, whose place the family's picture takes down to them; that of
            ``text`` when None.
        strip: what the family's picture fills beside a photo that would be cut too much in all of it.
        display: the largest size of the headline, in units of the sheet (1080 wide, 1280 when wide).
    """

    photo: Frame
    text: Frame
    display: Annotated[float, Meta(ge=24, le=240)]
    bare: Frame | None = None
    strip: Frame | None = None


class FamilyShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the parts are formed.

    Attributes:
        radius: corners of photos and plates, in units of the sheet.
        kicker: the kicker on a ``plate``, a round ``pill``, or as bare ``text``.
        rule: thickness of lines.
        badge: corners of the badge as a share of its side: 0 square, 0.5 round.
        capitals: short headlines in capitals.
        align: of headlines.
    """

    radius: Annotated[float, Meta(ge=0, le=120)] = 0
    kicker: Literal["plate", "pill", "text"] = "plate"
    rule: Annotated[float, Meta(ge=0, le=40)] = 2
    badge: Annotated[float, Meta(ge=0, le=0.5)] = 0.2
    capitals: bool = False
    align: Literal["left", "center"] = "left"


class FamilyType(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Three sizes of type, in units of the sheet: ``text`` and ``small`` are here, the headline's is in the layout."""

    display: FaceName = "Be Vietnam Pro"
    text: FaceName = "IBM Plex Serif"
    small: FaceName = "Be Vietnam Pro"
    display_weight: Weight = 800
    text_weight: Weight = 400
    display_lead: Annotated[float, Meta(ge=0.8, le=1.6)] = 1.1
    display_spacing: Annotated[float, Meta(ge=-0.1, le=0.3)] = -0.018
    text_size: Annotated[float, Meta(ge=20, le=80)] = 40
    small_size: Annotated[float, Meta(ge=16, le=48)] = 26


class FamilyGrounds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which of the group's colours lies where; the colours of words on it follow by contrast."""

    ground: GroundName = "paper"
    panel: GroundName = "white"
    band: GroundName = "main"


class DesignFamily(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One family, as its ``family.toml`` says it.

    Attributes:
        format: 1.
        id: name of its folder.
        name: as people call it; ``name_en`` in English.
        about: one line for the gallery.
        skeleton: whether its cards are the skeletons; False takes those of ``_common/cards``.
        font: whether the group's choice of font goes before ``type.display``.
        layout: by shape: ``square portrait tall``, and of wide pictures ``x youtube link wide`` (4:3).
        cards: by design, then as ``layout``: where a design differs.
        motifs: a pattern by province, ``""`` for all others; only what the family's parts know.
        templates: its own files, by name, found when it is read.
    """

    format: Literal[1]
    id: str
    name: str
    name_en: str = ""
    about: str = ""
    about_en: str = ""
    skeleton: bool = True
    font: bool = False
    type: FamilyType = FamilyType()
    shape: FamilyShape = FamilyShape()
    colors: FamilyGrounds = FamilyGrounds()
    layout: dict[str, CardLayout] = {}
    cards: dict[str, dict[str, CardLayout]] = {}
    motifs: dict[str, str] = {}
    templates: frozenset[str] = frozenset()

    def placed(self, design: str, size: tuple[int, int], outlet: str) -> CardLayout | None:
        """Where things lie on a card of ``size`` pixels; None for cards that are not laid out by the family."""
        names = layout_names(size, outlet)
        for table in (self.cards.get(design, {}), self.cards.get(_LIKE.get(design, ""), {}), self.layout):
            for name in names:
                if name in table:
                    return table[name]
        return None


class Palette(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Two colours that go together."""

    id: str
    name: str
    name_en: str
    main: str
    accent: str


def load_families(builtin: Path, own: Path | None) -> tuple[dict[str, DesignFamily], list[UserError]]:
    """Every family by id, the plain one first, and a problem for each that cannot be used.

    Args:
        builtin: ``templates/`` of the studio.
        own: ``templates/`` of the workspace; a family there goes before the studio's of that name.
    """
    folders = {path.name: path for root in (builtin, own) if root is not None for path in _family_folders(root)}
    found, problems = {}, []
    shared = _template_names(builtin / FAMILIES / SKELETONS)
    for name in sorted(folders, key=lambda each: (each != PLAIN, folders[each].parent != builtin / FAMILIES, each)):
        try:
            found[name] = read_family(folders[name], shared)
        except UserError as error:
            problems.append(error)
    return found, problems


def _family_folders(root: Path) -> Iterator[Path]:
    if (root / FAMILIES).is_dir():
        yield from (path for path in sorted((root / FAMILIES).iterdir()) if path.name[0] not in "._" and path.is_dir())


def _template_names(folder: Path) -> frozenset[str]:
    return frozenset(f"{FAMILIES}/{folder.name}/{path.name}" for path in folder.glob("*.j2"))


def read_family(folder: Path, shared: Iterable[str] = ()) -> DesignFamily:
    """Read one family strictly.

    Args:
        folder: of the family; its name is the id.
        shared: names of the skeletons, which it may use.

    Raises:
        UserError: ``posts.family_*``, for the first mistake.
    """
    path = template_path(folder, "family.toml")
    if path is None or path.stat().st_size > _LARGEST:
        raise UserError("posts.pack_no_file", pack=folder.name, file="family.toml")
    try:
        read = _parsed_family(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError, OSError) as error:  # no UTF-8, no TOML, a wrong field, nested too deeply
        raise UserError("posts.family_wrong", pack=folder.name, file="family.toml", detail=str(error)) from error
    if read.id != folder.name:
        detail = f"id = {read.id!r} != {folder.name!r}"
        raise UserError("posts.family_wrong", pack=folder.name, file="family.toml", detail=detail)
    if read.skeleton and not {"square", "portrait", "tall", "x"} <= set(read.layout):
        detail = "[layout.square] [layout.portrait] [layout.tall] [layout.x]"
        raise UserError("posts.family_wrong", pack=folder.name, file="family.toml", detail=detail)
    mine = _template_names(folder)
    return msgspec.structs.replace(read, templates=mine | (frozenset(shared) if read.skeleton else frozenset()))


@lru_cache(maxsize=32)  # a window reads the catalogue many times, and every artist of a video the families
def _parsed_family(text: str) -> DesignFamily:
    return msgspec.convert(tomllib.loads(text), DesignFamily)


def chosen_family(families: Mapping[str, DesignFamily], story: Story, group: Group) -> DesignFamily:
    """The family a story's posts have: the story's own, else the group's, else the plain one."""
    for name in (story.family, group.family, PLAIN):
        if name in families:
            return families[name]
    raise KeyError(PLAIN)


def faced_group(story: Story, group: Group) -> Group:
    """The group with the family of this story's posts: for what is drawn of the group alone, as cards of videos."""
    if not story.family or story.family == group.family:
        return group
    return msgspec.structs.replace(group, family=story.family)


def family_card(family: DesignFamily, folder: str, design: str) -> str:
    """Name of the template that draws a design; ``folder`` is that of ``_common`` where it is otherwise."""
    for place in (family.id, SKELETONS):
        name = f"{FAMILIES}/{place}/{design}.svg.j2"
        if name in family.templates:
            return name
    return f"_common/{folder}/{design}.svg.j2"


def family_values(family: DesignFamily, group: Group, fonts: Mapping[str, str]) -> dict[str, Any]:
    """What templates see of a family: ``family``, and ``colors`` and ``font`` as it wants them.

    Args:
        family: the chosen one.
        group: its colours, its font, and the province that picks the motif.
        fonts: typeface by the group's word for it.
    """
    face = fonts[group.font] if family.font else family.type.display
    site = f"{FAMILIES}/{family.id}/situs.css.txt.j2"
    told = {
        "id": family.id,
        "type": msgspec.structs.asdict(family.type),
        "shape": msgspec.structs.asdict(family.shape),
        "motif": family.motifs.get(group.province.removeprefix("Provinsi ").strip()) or family.motifs.get("", ""),
        "skeleton": family.skeleton,
        "parts": f"{FAMILIES}/{family.id}/parts.j2",
        "site": site if site in family.templates else "",
    }
    main, accent = group.colors.main, group.colors.accent
    if not family.skeleton:
        return {"family": told, "colors": color_palette(main, accent), "font": face}
    return {"family": told, "colors": {**_ground_colors(main, accent, family.colors)}, "font": face}


@lru_cache(maxsize=64)  # asked again for every card of a group
def _ground_colors(main: str, accent: str, grounds: FamilyGrounds) -> dict[str, str]:
    return family_colors(main, accent, msgspec.structs.asdict(grounds))


def site_look(families: Mapping[str, DesignFamily], group: Group, fonts: Mapping[str, str]) -> dict[str, Any]:
    """What pages see of the group's family: one site has one face, whatever single stories have."""
    return family_values(families[group.family if group.family in families else PLAIN], group, fonts)


def layout_values(layout: CardLayout | None) -> dict[str, Any]:
    """What templates see of a layout as ``layout``; empty for cards that are laid out otherwise."""
    return {} if layout is None else dict(msgspec.to_builtins(layout))


def load_palettes(builtin: Path) -> tuple[Palette, ...]:
    """The studio's palettes, in their order."""
    text = (builtin / FAMILIES / PALETTES).read_text(encoding="utf-8")
    return tuple(msgspec.convert(tomllib.loads(text)["palette"], list[Palette]))
