"""A text as a row of words, folded so that no trick of writing hides one: look-alike letters, accents, hidden signs.

What the rules about people search: they ask whether a word has a capital, whether it begins a sentence, whether it
stands behind ``#`` or ``@`` or in a file name, and what stands between it and the word before.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from studio.checks.look_alikes import LOOK_ALIKES
from studio.story.drawn import ordinary_letters

if TYPE_CHECKING:
    from collections.abc import Sequence

Style = Literal["prose", "label"]
"""``label``: tags, links, names of files and folders, where small letters say nothing about a word."""

_LATIN = re.compile(r"LATIN (SMALL|CAPITAL) LETTER ([A-Z])(?: WITH [A-Z ]+)?$")
_LEET = str.maketrans("0134578@$!|", "oieastbasil")
_TOKEN = re.compile(r"[^\W_]+(?:['’ʼ`´][^\W_]+)*")
_MARKED = re.compile(
    r"[#@]\w[\w.\-]*|(?:https?://|www\.)\S+|\S+@\S+\.\w+|\b[\w\-]+\.(?:id|com|net|org|desa|sch|web|my)\b\S*"
    r"|\b[\w\-]+\.(?:jpe?g|png|heic|webp|mp4|mov|3gp|pdf|docx?)\b",
    re.IGNORECASE,
)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")
_STOP = re.compile(r"[.!?…:]|\n|^\s*[-*>#\d]")
_ABBREVIATED = frozenset(
    [
        "dr",
        "drs",
        "dra",
        "ir",
        "h",
        "hj",
        "prof",
        "kh",
        "sdr",
        "sdri",
        "an",
        "jl",
        "jln",
        "gg",
        "no",
        "kel",
        "kec",
        "kab",
        "prov",
        "ds",
        "dsn",
        "kp",
        "rt",
        "rw",
        "st",
        "tn",
        "ny",
        "nn",
        "alm",
    ]
)
"""Words whose full stop does not end a sentence where a name follows."""


@dataclass(frozen=True, slots=True)
class WordToken:
    """One word.

    Attributes:
        text: as it is written, folded to Latin letters.
        word: in lower case, without apostrophes.
        start, end: code points of the original text.
        gap: what stands between the word before and this one.
        first: whether a sentence, line or quotation begins with it, so that a capital says nothing.
        marked: behind ``#`` or ``@``, in an address or in the name of a file.
    """

    text: str
    word: str
    start: int
    end: int
    gap: str
    first: bool
    marked: bool

    @property
    def has_capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()

    @property
    def is_shouted(self) -> bool:
        """Whether it is all capitals."""
        return self.text.isupper()


@dataclass(frozen=True, slots=True)
class TokenStream:
    """The words of a text; ``flat`` when its capitals say nothing (``label``, all capitals, a headline in title case).

    ``tail`` is what stands behind the last word.
    """

    tokens: tuple[WordToken, ...]
    flat: bool
    tail: str


@lru_cache(maxsize=4096)
def read_stream(text: str, style: Style = "prose") -> TokenStream:
    """The words of one paragraph or label; remembered, as a story is checked again with every key."""
    folded, origin = fold_text(text)
    marked = [found.span() for found in _MARKED.finditer(folded)] if style == "prose" else []
    made: list[WordToken] = []
    before = 0
    for found in _TOKEN.finditer(folded):
        # In a tag or an address a word may begin anywhere, with or without a capital.
        inside = style == "label" or any(start <= found.start() < end for start, end in marked)
        for start, end in _label_parts(folded, found.start(), found.end(), inside):
            gap = folded[before:start]
            first = not made or _begins_sentence(made[-1], gap)
            written = folded[start:end]
            # ``origin`` leads back to the text as it was written: a hit is marked there, not in the folded text.
            made.append(
                WordToken(
                    written,
                    re.sub(r"['’ʼ`´]", "", written).lower(),
                    origin[start],
                    origin[end - 1] + 1,
                    gap,
                    first,
                    inside,
                )
            )
            before = end
    return TokenStream(tuple(made), style == "label" or _is_flat(made, folded), folded[before:])


def _label_parts(folded: str, start: int, end: int, inside: bool) -> list[tuple[int, int]]:
    """A word of a label falls into its parts: ``SaveRani09`` into Save, Rani and 09."""
    if not inside:
        return [(start, end)]
    cuts = [start, *(start + hump.start() for hump in _HUMP.finditer(folded[start:end])), end]
    return [(left, right) for left, right in pairwise(cuts) if right > left]


def _begins_sentence(before: WordToken, gap: str) -> bool:
    if not _STOP.search(gap) and not re.search(r"[“\"«‘(\[]\s*$", gap):
        return False
    return not (gap.strip() == "." and (before.word in _ABBREVIATED or len(before.text) == 1))


def _is_flat(tokens: Sequence[WordToken], text: str) -> bool:
    """All capitals, or title case: of at least three longer words all, of five most begin with a capital.

    A title does not end with a full stop: "Kepala Dusun Kidul, Sri Lestari, hadir." is a sentence.
    """
    letters = [token for token in tokens if token.word.isalpha() and not token.marked]
    if letters and all(token.is_shouted for token in letters) and len(letters) > 1:
        return True
    longer = [token for token in letters if len(token.word) > 3]
    if text.rstrip().endswith("."):
        return False
    capitals = sum(token.has_capital for token in longer)
    return len(longer) > 2 and (capitals == len(longer) or (len(longer) > 4 and capitals >= 0.8 * len(longer)))


@lru_cache(maxsize=1024)
def fold_text(text: str) -> tuple[str, tuple[int, ...]]:
    """A text in plain Latin letters without accents and hidden signs, and for each sign its index in the original."""
    # Nothing to fold, and most paragraphs are so.
    if text.isascii():
        return text, tuple(range(len(text)))
    signs: list[str] = []
    origin: list[int] = []
    for at, sign in enumerate(text):
        # Zero-width signs and loose accents are dropped: they split a name for the computer, not for the reader.
        if unicodedata.category(sign) in {"Cf", "Mn", "Me"}:
            continue
        plain = sign if sign.isascii() else _plain_sign(sign)
        # One sign may become several ("ﬁ"); each keeps the place of the one it came from.
        signs.extend(plain)
        origin.extend([at] * len(plain))
    return "".join(signs), tuple(origin)


@lru_cache(maxsize=2048)
def _plain_sign(sign: str) -> str:
    # Likeness is asked before and behind the decomposition: some signs look Latin as they are, others only without
    # accent.
    parts = unicodedata.normalize("NFKD", _latin_likeness(ordinary_letters(sign)))
    return "".join(_latin_likeness(part) for part in parts if not unicodedata.combining(part)) or sign


def _latin_likeness(text: str) -> str:
    """The Latin letters that a sign, or its other case, looks like; a Latin letter with a hook or stroke without it."""
    made = text.translate(LOOK_ALIKES)
    if made.isascii() or len(made) > 1:
        return made
    # Tables of look-alikes know many letters in one case only.
    other = (made.upper() if made.islower() else made.lower()).translate(LOOK_ALIKES)
    if other.isascii() and other.isalpha():
        return other.lower() if made.islower() else other.upper()
    named = _LATIN.match(unicodedata.name(made, ""))
    return (named[2].lower() if named[1] == "SMALL" else named[2]) if named else made


def replace_leet(word: str) -> str:
    """``r4n1`` -> ``rani``: figures and signs that stand for letters."""
    return word.translate(_LEET)


_SOUNDS = (
    ("oe", "u"), ("oo", "u"), ("ee", "i"), ("tj", "c"), ("sj", "s"), ("nj", "ni"), ("sy", "s"), ("sh", "s"),
    ("rh", "r"), ("kh", "h"), ("ph", "p"), ("th", "t"), ("dh", "d"), ("dz", "z"), ("dj", "J"), ("ts", "s"), ("ck", "k"),
    ("chr", "kr"), ("f", "p"), ("v", "p"), ("q", "k"), ("x", "ks"),
    ("y", "i"), ("au", "o"), ("ae", "ai"), ("oi", "ai"), ("ohm", "ahm"),
)  # fmt: skip
"""Spellings of one sound in Indonesian names: old spelling, Arabic, regional and fashionable letters."""
_MUTE = re.compile(r"(?<=[bcdgjkpst])e(?=[rl][aiou])")
"""An e that is written or not: Anugerah and Anugrah, Putera and Putra."""


@lru_cache(maxsize=4096)
def sounds_of(word: str) -> frozenset[str]:
    """What a name may sound like however it is spelled: ``Ranny``, ``Rany`` and ``Rani`` are one.

    ``ch`` is read as in ``Icha`` and as in ``Achmad``, ``c`` as in ``Octa`` (Okta) too; ``j`` as in ``Joko`` and as
    in ``Jusuf`` (Yusuf, the old spelling); ``z`` as in ``Rizky`` (Risky) and as in ``Rezeki`` (Rejeki).
    """
    # Each ambiguous spelling doubles the set; two names sound alike when their sets share a member. So no spelling has
    # to be declared the right one.
    heard = {word.replace("ch", sound) if "chr" not in word else word for sound in ("c", "h")}
    plain = {_plain_sound(each) for each in heard}
    heard = plain | {each.replace("c", "k") for each in plain}
    return frozenset(
        _word_ending(each.replace("j", old).replace("J", "j").replace("z", said))
        for each in heard
        for old in ("j", "i")
        for said in ("s", "j")
    )


def _plain_sound(word: str) -> str:
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    return word


def _word_ending(word: str) -> str:
    # Doubled letters first: "Anugerrah" would hide its mute e otherwise.
    word = _MUTE.sub("", re.sub(r"(.)\1+", r"\1", word))
    if len(word) > 3 and word.endswith("h"):
        return word[:-1]
    return word[:-1] if len(word) > 3 and word.endswith("ie") else word
