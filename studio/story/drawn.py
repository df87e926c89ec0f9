"""Text as it is drawn on cards, videos and printed pages, where only the bundled fonts count.

Posts that are text keep every character: there the reader's own phone has the fonts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

Drawable = Callable[[str], bool]
"""Whether there is a font for one letter together with its marks."""
MISSING = "\u25a1"
"""Drawn for a letter that no font has: a box shows that something is missing, a gap does not."""

_SIGNS = {
    0x00AD: "",  # soft hyphen: only a line break would show it, and Qt shows it always
    0x034F: "",  # combining grapheme joiner
    0x180E: "",  # Mongolian vowel separator, once a space without width
    0x2010: "-",  # hyphen
    0x2011: "-",  # non-breaking hyphen
    0x2012: "\u2013",  # figure dash
    0x2015: "\u2014",  # horizontal bar
    0x2027: "\u00b7",  # hyphenation point
    0x2028: "\n",
    0x202F: "\u00a0",  # narrow no-break space
    0x2043: "\u2022",  # hyphen bullet
    0x205F: " ",
    0x2060: "",  # word joiner
    0x3000: " ",
    0xFE58: "\u2014",
    0xFE63: "-",
    0xFEFF: "",
    **dict.fromkeys(range(0x2000, 0x200B), " "),
    **dict.fromkeys(range(0x2061, 0x2065), ""),  # invisible operators
    **dict.fromkeys(range(0xFFF9, 0xFFFC), ""),  # interlinear annotation
}
"""Hyphens, spaces and invisible signs, by what is drawn for them."""

_PLAIN_TAGS = ("<font>", "<wide>", "<circle>", "<square>", "<compat>")
_LOOK_ALIKE = (
    (0x2100, 0x214F, "<font>"),  # letters of scripts, such as U+210B, that the mathematical block lacks
    (0x2160, 0x217F, "<compat>"),  # Roman numerals
    (0x2474, 0x24E9, ""),  # letters and numbers in brackets, numbers with a stop, letters in circles
    (0x3371, 0x33DF, ""),  # units in one square
    (0xFB00, 0xFB06, "<compat>"),  # ligatures
    (0xFF01, 0xFF60, "<wide>"),
    (0xFFE0, 0xFFE6, "<wide>"),
    (0x1D400, 0x1D7FF, "<font>"),  # mathematical letters and digits
    (0x1F110, 0x1F14F, ""),  # letters in brackets and squares
)
"""First and last code point, and the only kind of decomposition taken there ("" any)."""
_BADGES = ((0x1F150, 0x1F169), (0x1F170, 0x1F189))
"""White capitals in black circles and squares, A to Z; Unicode gives them no decomposition."""
_SMALL_CAPITALS = str.maketrans("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ", "ABCDEFGHIJKLMNOPQRSTUVWYZ")
"""Letters of phonetics that chats write words with. Fonts have them, so they are drawn as they are."""
_FLAG = (0x1F1E6, 0x1F1FF)
_AS_PICTURE = "\ufe0f"
_ENDS = (*((code, code) for code in _SIGNS), *((first, last) for first, last, _ in _LOOK_ALIKE), *_BADGES, _FLAG)
_CANDIDATE = re.compile("[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in _ENDS) + "]")
_LETTER = (
    "(?:["
    + "".join(f"{chr(first)}-{chr(last)}" for first, last in (*((one, two) for one, two, _ in _LOOK_ALIKE), *_BADGES))
    + "".join(map(chr, _SMALL_CAPITALS))
    + f"](?!{_AS_PICTURE}))"
)
_FANCY = re.compile(rf"{_LETTER}+(?:[ \u00a0'’-]+{_LETTER}+)*")
_CLUSTER_MARKS = frozenset({"Mn", "Mc", "Me"})
_HOLDS_ON = frozenset("\u200c\u200d\ufe0e\ufe0f")
_UNSEEN = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u202a-\u202e\u2066-\u206f\ufe00-\ufe0f\U000e0000-\U000e0fff]"
)


def plain_letters(text: str) -> str:
    """Turn letters that only look different into plain ones, and special hyphens and spaces into those fonts have.

    "Bold", "script" or circled letters that chats make from mathematical signs (``𝗪𝗮𝗿𝗴𝗮``, ``Ⓦⓐⓡⓖⓐ``, ``ｗａｒｇａ``)
    stand for the words they look like. Only decompositions that keep the meaning are taken (Unicode UAX 44, tags of
    ``Decomposition_Mapping``): ``m²``, ``½``, ``™`` and ``①`` stay what they are.
    """
    if not _CANDIDATE.search(text):
        return text
    made = [_plain_letter(character, text, at) for at, character in enumerate(text)]
    return unicodedata.normalize("NFC", "".join(made))


def ordinary_letters(text: str) -> str:
    """``plain_letters``, and small capitals (``ᴡᴀʀɢᴀ``) as capitals: what people read, for whoever searches a text."""
    return text if text.isascii() else plain_letters(text).translate(_SMALL_CAPITALS)


def fancy_words(text: str) -> Iterator[tuple[int, int, str]]:
    """Words in letters that only look like letters: where each run of them begins and ends, and what it says.

    A single such sign (``ℓ``, ``Ⓟ``, ``Ⅳ``) is a sign and no word; ``㎡`` and ``⑴`` are none either.
    """
    if text.isascii():
        return
    for found in _FANCY.finditer(text):
        said = ordinary_letters(found[0])
        letters = sum(sign.isascii() and sign.isalnum() for sign in said)
        if len(said) == len(found[0]) and letters > 1 and letters == sum(sign.isalnum() for sign in said):
            start, end = found.span()
            while start and _is_plain(text[start - 1]):  # the rest of a word that begins in plain letters
                start -= 1
            while end < len(text) and _is_plain(text[end]):
                end += 1
            yield start, end, text[start : found.start()] + said + text[found.end() : end]


def _is_plain(sign: str) -> bool:
    return sign.isascii() and sign.isalnum()


def _plain_letter(character: str, text: str, at: int) -> str:
    code = ord(character)
    if code in _SIGNS:
        return _SIGNS[code]
    if code < 0x2100 or text[at + 1 : at + 2] == _AS_PICTURE or code == 0x2139:  # the last is a sign for "information"
        return character
    for first, last in _BADGES:
        if first <= code <= last:
            return chr(ord("A") + code - first)
    if _FLAG[0] <= code <= _FLAG[1]:
        return character if _in_flag(text, at) else chr(ord("A") + code - _FLAG[0])
    for first, last, kind in _LOOK_ALIKE:
        if first <= code <= last:
            return _decompose_letter(character, kind)
    return character


def _in_flag(text: str, at: int) -> bool:
    """Whether a regional letter has another one beside it: two make a flag, one alone is a letter."""
    return any(_FLAG[0] <= ord(other) <= _FLAG[1] for other in text[max(0, at - 1) : at] + text[at + 1 : at + 2])


def _decompose_letter(character: str, kind: str) -> str:
    """One step of the decomposition: NFKC would go on and make ``m2`` of ``m²``."""
    tag, _, codes = unicodedata.decomposition(character).partition(" ")
    if tag not in _PLAIN_TAGS or (kind and tag != kind):
        return character
    return "".join(chr(int(code, 16)) for code in codes.split())


def letter_clusters(text: str) -> Iterator[tuple[int, str]]:
    """Letters with their marks and where they begin, near enough to Unicode UAX 29 to choose a font for each."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not _goes_on(text[at - 1], text[at]):
            yield start, text[start:at]
            start = at


def _goes_on(before: str, character: str) -> bool:
    if before == "\u200d" or character in _HOLDS_ON or unicodedata.category(character) in _CLUSTER_MARKS:
        return True
    return 0x1F3FB <= ord(character) <= 0x1F3FF or 0xE0020 <= ord(character) <= 0xE007F


def visible_cluster(cluster: str) -> str:
    """The cluster without what is never drawn: joiners, direction marks, choices of a variant."""
    return _UNSEEN.sub("", cluster)


def undrawable_letters(text: str, drawable: Drawable) -> tuple[tuple[int, str], ...]:
    """The letters that no font has, each where it first stands, in order.

    Args:
        text: as written.
        drawable: whether a font has a letter.
    """
    if text.isascii():
        return ()
    found: dict[str, int] = {}
    for at, cluster in letter_clusters(text):
        if not _has_font(plain_letters(cluster), drawable):
            found.setdefault(cluster, at)
    return tuple((at, cluster) for cluster, at in found.items())


def _has_font(cluster: str, drawable: Drawable) -> bool:
    shown = visible_cluster(cluster)
    return not shown.strip() or drawable(shown)


def drawn_text(text: str, drawable: Drawable) -> tuple[str, tuple[str, ...]]:
    """What is drawn of a text: plain letters, with a box for each letter that no font has; and those letters."""
    if text.isascii():
        return text, ()
    lost: dict[str, None] = {}
    parts: list[str] = []
    for _, cluster in letter_clusters(plain_letters(text)):
        fine = _has_font(cluster, drawable)
        parts.append(cluster if fine else MISSING)
        if not fine:
            lost[cluster] = None
    return "".join(parts), tuple(lost)
