"""How long a text is, exactly as each platform counts it.

``count(text, unit)`` is the one counter of the studio. The rules of X are those of twitter-text, configuration v3
(https://github.com/twitter/twitter-text, config/v3.json): NFC first; most Latin text weighs 1, everything else 2; an
emoji weighs 2 however many code points it is made of; a link weighs 23, with or without ``https://``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, get_args

from studio.base.utf16_positions import utf16_units
from studio.posts.tlds import FOREIGN_ENDS, top_level_domains

if TYPE_CHECKING:
    from collections.abc import Iterator

Unit = Literal["codepoint", "utf16", "grapheme", "utf8", "emoji_utf8", "x"]
UNITS: tuple[str, ...] = get_args(Unit)

LINK_WEIGHT = 23
"""What any link weighs on X: it is replaced by one of t.co (docs.x.com, "Counting characters")."""
_LIGHT = ((0x0000, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))
"""Code points that weigh 1 on X (config/v3.json, ``ranges``)."""
_HEAVY = re.compile("[^\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")
_LETTER = r"0-9A-Za-zÀ-ɏ"
_HOST = rf"(?:[{_LETTER}](?:[{_LETTER}_\-]*[{_LETTER}])?\.)+"
_ANY = r"[^\s!-/:-@\[-`{-~\u2000-\u206f\u3000-\u303f\uff00-\uff0f\uff1a-\uff20]"
"""A letter of any script: no space and no punctuation."""
_ANY_HOST = rf"(?:{_ANY}(?:(?:{_ANY}|[_\-])*{_ANY})?\.)+"
_GENERAL = rf"[{_LETTER}\u0400-\u04ff!*';:=+,.$%#\[\]\-–_~@|&/]"
_BALANCED = rf"\((?:{_GENERAL}+|{_GENERAL}*\({_GENERAL}+\){_GENERAL}*)\)"
_PATH = rf"(?:(?:{_GENERAL}|{_BALANCED})*(?:[{_LETTER}\u0400-\u04ff=_#/+\-]|{_BALANCED}))?"
_QUERY = r"(?:\?(?:[0-9A-Za-z!?*'@();:&=+$/%#\[\]\-_.,~|]*[0-9A-Za-z\-_&=#/])?)?"
_NOT_BEFORE_LINK = re.compile(r"[A-Za-z0-9@＠$#＃]")
_NEEDS_SELECTOR = "©®™♟"
"""Emoji only when U+FE0F follows."""


def count(text: str, unit: Unit) -> int:
    """The length of ``text``.

    Args:
        text: any text; stray surrogates are counted too, not refused.
        unit: ``codepoint`` (Unicode code points), ``utf16`` (16-bit units, as JavaScript counts), ``grapheme`` (what a
            reader sees as one letter, UAX 29), ``utf8`` (bytes), ``emoji_utf8`` (code points, an emoji as long as
            its bytes: Threads) or ``x`` (weighted, see above).
    """
    if unit == "codepoint":
        return len(text)
    if unit == "utf16":
        return utf16_units(text)
    if unit == "utf8":
        return len(text.encode("utf-8", "surrogatepass"))
    if unit == "emoji_utf8":
        return _with_long_emoji(text)
    if unit == "grapheme":
        return len(text) if text.isascii() and "\r\n" not in text else len(_letter_patterns()[0].findall(text))
    return _weigh_text(text)


@cache
def _letter_patterns() -> tuple[Any, Any]:
    """What a reader sees as one letter (UAX 29), and how an emoji begins."""
    import regex  # type: ignore[import-untyped]  # has no stubs

    emoji = r"\p{Extended_Pictographic}|[\U0001F1E6-\U0001F1FF]{2}|[0-9#*]\uFE0F?\u20E3"
    return regex.compile(r"\X"), regex.compile(emoji)


@cache
def _link() -> re.Pattern[str]:
    """What X takes for a link: with ``https://`` a host in any script, else one in Latin letters."""
    known = "|".join(sorted(FOREIGN_ENDS, key=len, reverse=True))
    end = rf"(?P<%s>(?:[a-z]{{2,63}}|xn--[a-z0-9\-]+)(?![{_LETTER}@+_\-])|{known})"
    whole = rf"(?P<scheme>https?://)(?P<host>{_ANY_HOST}{end % 'tld'})"
    short = rf"(?<![{_LETTER}_\-./@＠$#＃])(?P<bare>{_HOST}{end % 'top'})"
    return re.compile(rf"(?:{whole}|{short})(?::\d+)?(?:/{_PATH})?{_QUERY}", re.IGNORECASE)


_SHORT_LINK = re.compile(r"https?://t\.co/([0-9A-Za-z]+)", re.IGNORECASE)
_SLUG = 40
_LABEL, _HOST_LENGTH = 63, 253
"""The longest part of a host name, and the longest host name (RFC 1035, 2.3.4), in Punycode."""


def find_links(text: str) -> Iterator[tuple[int, int]]:
    """Where X sees links in ``text`` (start, end), in order; the rules are those of twitter-text 3.

    On purpose a little pessimistic: ``M.Si`` is a link, because ``.si`` is a country. A name with ``https://`` is one
    whatever its ending.
    """
    at, pattern = 0, _link()
    while found := pattern.search(text, at):
        # Where a candidate is no link after all, searching goes on behind its host: a later part of the same text may
        # be one.
        at = found.end("host") if found["scheme"] else found.end("bare")
        before = text[found.start() - 1 : found.start()]
        bare = found["bare"]
        if (found["scheme"] and before and _NOT_BEFORE_LINK.match(before)) or not _is_host(bare or found["host"]):
            continue
        if bare and not _known_end(found["top"]):
            continue
        short = _SHORT_LINK.match(found[0])
        # twitter-text takes no t.co address with a longer slug.
        if short and len(short[1]) > _SLUG:
            continue
        at = found.start() + (short.end() if short else found.end() - found.start())
        yield found.start(), at


def _known_end(name: str) -> bool:
    return not name.isascii() or name.lower() in top_level_domains() or name.lower().startswith("xn--")


def _is_host(name: str) -> bool:
    """Whether a name can be a host: no part too long in Punycode, no underscore in the part that is registered."""
    parts = name.split(".")
    # 4 for the "xn--" that stands before a part in Punycode.
    sizes = [len(part) if part.isascii() else len(part.encode("punycode")) + 4 for part in parts]
    return max(sizes) <= _LABEL and sum(sizes) + len(parts) - 1 <= _HOST_LENGTH and "_" not in parts[-2]


def _weigh_text(text: str) -> int:
    text = unicodedata.normalize("NFC", text)
    weight, at = 0, 0
    for start, end in find_links(text) if "." in text else ():
        # A name X does not know as a domain stays as long as it is; the longer of both is the safe guess.
        weight += _weigh_plain(text[at:start]) + max(LINK_WEIGHT, _unknown_length(text[start:end]))
        at = end
    return weight + _weigh_plain(text[at:])


def _unknown_length(link: str) -> int:
    found = _link().match(link)
    known = found is not None and _known_end(found["tld"] or found["top"])
    return 0 if known else _weigh_plain(link)


def _with_long_emoji(text: str) -> int:
    """Threads: "emoji count as the number of UTF-8 bytes they are" (developers.facebook.com, 2026-04-14)."""
    # Splitting a text into graphemes is the slow step, and most texts need none.
    if text.isascii() or not _letter_patterns()[1].search(text):
        return len(text)
    # An emoji never reaches over a space: only words that hold one are looked at letter by letter.
    return text.count(" ") + sum(_word_with_long_emoji(word) for word in text.split(" "))


def _word_with_long_emoji(word: str) -> int:
    if word.isascii() or not _letter_patterns()[1].search(word):
        return len(word)
    return sum(
        len(cluster.encode("utf-8", "surrogatepass")) if _is_emoji(cluster) else len(cluster)
        for cluster in _letter_patterns()[0].findall(word)
    )


def _is_emoji(cluster: str) -> bool:
    found = _letter_patterns()[1].match(cluster)
    return bool(found) and "\ufe0e" not in cluster and (cluster[0] not in _NEEDS_SELECTOR or "\ufe0f" in cluster)


def _weigh_plain(text: str) -> int:
    if not _HEAVY.search(text):
        return len(text)
    # An emoji never reaches over a space: only words that hold something heavy are looked at letter by letter.
    weight = text.count(" ")
    for word in text.split(" "):
        clusters = _letter_patterns()[0].findall(word) if _HEAVY.search(word) else None
        weight += len(word) if clusters is None else sum(_weigh_cluster(cluster) for cluster in clusters)
    return weight


def _weigh_cluster(cluster: str) -> int:
    if _is_emoji(cluster):
        return 2
    return sum(1 if any(low <= ord(char) <= high for low, high in _LIGHT) else 2 for char in cluster)
