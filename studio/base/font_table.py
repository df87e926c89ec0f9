"""THE table of the fonts that pictures, videos and PDFs are set in: what is drawn comes from these alone.

Each is loaded under a name of its own (``KIM ...``), so that a font of the same name on someone's computer, perhaps
of another version or with other weights, changes nothing. ``drawable`` says what the table can draw, without Qt.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from studio.base.paths import assets_dir
from studio.base.sfnt import code_points

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.base.sfnt import Range

PREFIX = "KIM"
SANS, SERIF = "Be Vietnam Pro", "IBM Plex Serif"
OWN_SANS, OWN_SERIF = f"{PREFIX} {SANS}", f"{PREFIX} {SERIF}"
"""What Qt knows them by, in the window too; the style sheets of ``assets/theme`` say the same."""
FONTS = {"sans": SANS, "serif": SERIF}
"""What a group chose for its posts, by the word its profile has for it."""
CONDENSED, ROUND = "Barlow Condensed", "Poppins"
EMOJI = "Noto Emoji"


@dataclass(frozen=True, slots=True)
class FontFamily:
    """One family of fonts.

    Attributes:
        name: as templates call it.
        stem: its files are ``<stem>-*.ttf``.
        package: the Python package that carries them; "" for ``assets/fonts``.
        weights: those there are, 100 to 900, so that nothing is thickened by the computer.
        italics: whether there are slanted ones.
        signs: it has signs instead of a script.
        styles: endings of the files that are loaded; () for all. Only families that may be missing have some: what
            would be set in them is then set in the sans.
        joined: its letters hang together or stand on top of each other; letter-spacing would tear them apart.
    """

    name: str
    stem: str
    package: str = ""
    weights: tuple[int, ...] = (400,)
    italics: bool = False
    joined: bool = False
    signs: bool = False
    styles: tuple[str, ...] = ()

    @property
    def own_name(self) -> str:
        """The name it is loaded under."""
        return f"{PREFIX} {self.name}"

    @property
    def folder(self) -> Path:
        """Where its files are.

        Raises:
            FileNotFoundError: its package is not installed.
        """
        if not self.package:
            return assets_dir() / "fonts"
        spec = find_spec(self.package)  # asking ``fontpkg`` takes five times as long as loading the fonts
        if spec is None or spec.origin is None:
            raise FileNotFoundError(f"font package is not installed: {self.package}")
        return Path(spec.origin).parent / "files"

    @property
    def files(self) -> tuple[Path, ...]:
        """Its files, in order of their names.

        Raises:
            FileNotFoundError: there are none.
        """
        endings = self.styles or ("*",)
        found = tuple(sorted(path for style in endings for path in self.folder.glob(f"{self.stem}-{style}.ttf")))
        if not found:
            raise FileNotFoundError(f"font is missing: {self.stem}")
        return found


_BOTH = (400, 700)
_EVERY = tuple(range(100, 1000, 100))
_HEADS, _STYLES = (400, 500, 600, 700, 800), ("Regular", "Medium", "SemiBold", "Bold", "ExtraBold")
FAMILIES: tuple[FontFamily, ...] = (
    FontFamily("Noto Sans", "NotoSans", weights=_BOTH),
    FontFamily("Noto Sans Javanese", "NotoSansJavanese", weights=_BOTH, joined=True),
    FontFamily("Noto Sans Balinese", "NotoSansBalinese", weights=_BOTH, joined=True),
    FontFamily("Noto Sans Sundanese", "NotoSansSundanese", weights=_BOTH, joined=True),
    FontFamily("Noto Sans Batak", "NotoSansBatak", joined=True),
    FontFamily("Noto Sans Buginese", "NotoSansBuginese", joined=True),
    FontFamily("Noto Sans Rejang", "NotoSansRejang", joined=True),
    FontFamily("Noto Serif Makasar", "NotoSerifMakasar", joined=True),
    FontFamily("Noto Sans Kawi", "NotoSansKawi", weights=_BOTH, joined=True),
    FontFamily("Noto Naskh Arabic", "NotoNaskhArabic", weights=_BOTH, joined=True),
    FontFamily(EMOJI, "NotoEmoji"),
    FontFamily("Noto Sans Symbols", "NotoSansSymbols", signs=True),
    FontFamily("Noto Sans Symbols2", "NotoSansSymbols2", signs=True),
    FontFamily(SANS, "BeVietnamPro", "fontpkg_be_vietnam_pro", _EVERY, italics=True),
    FontFamily(SERIF, "IBMPlexSerif", "fontpkg_ibm_plex_serif", (100, 200, 300, 400, 500, 600, 700), italics=True),
    FontFamily(CONDENSED, "BarlowCondensed", "fontpkg_barlow_condensed", _HEADS, styles=_STYLES),
    FontFamily(ROUND, "Poppins", "fontpkg_poppins", _HEADS, styles=_STYLES),
)
"""In the order in which they are asked for a character, after the family that the template names."""


@lru_cache(maxsize=64)  # asked for every piece of text; names come from templates
def family_of(name: str) -> FontFamily:
    """The family a template names; the sans for one that is not in the table."""
    known = {family.name: family for family in FAMILIES if is_there(family)}
    return known.get(name) or known[SANS]


@cache
def is_there(family: FontFamily) -> bool:
    """Whether a family can be loaded: those that every machine must have are taken to be there."""
    return not family.styles or find_spec(family.package) is not None


@cache
def _family_characters(family: FontFamily) -> tuple[Range, ...]:
    """What the first of its files has; the others have the same, which a test holds."""
    return code_points(family.files[0].read_bytes())


def family_covers(family: FontFamily, text: str) -> bool:
    """Whether the family has a glyph for every character."""
    if not is_there(family):
        return False
    ranges = _family_characters(family)
    for character in text:
        code = ord(character)
        at = bisect_right(ranges, (code, 0x110000)) - 1
        if at < 0 or ranges[at][1] < code:
            return False
    return True


def pick_family(text: str, families: Iterable[FontFamily] = FAMILIES) -> FontFamily | None:
    """The first family that has all of ``text`` (one letter with its marks); None when no single one has."""
    return next((family for family in families if family_covers(family, text)), None)


def is_drawable(text: str) -> bool:
    """Whether one letter with its marks can be drawn, if need be from two families."""
    return pick_family(text) is not None or all(pick_family(character) is not None for character in text)
