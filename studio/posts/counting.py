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

from studio.posts.tlds import top_level_domains

if TYPE_CHECKING:
    from collections.abc import Iterator

Unit = Literal["codepoint", "utf16", "grapheme", "utf8", "x"]
UNITS: tuple[str, ...] = get_args(Unit)

LINK_WEIGHT = 23
"""What any link weighs on X: it is replaced by one of t.co (docs.x.com, "Counting characters")."""
_LIGHT = ((0x0000, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))
"""Code points that weigh 1 on X (config/v3.json, ``ranges``)."""
_HEAVY = re.compile("[^\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")
_LINK = re.compile(
    r"(?:(?P<scheme>https?://)|(?<![a-z0-9_\-./@＠$#＃À-ɏ]))"
    r"(?P<domain>(?:[a-z0-9À-ɏ][a-z0-9_\-À-ɏ]*\.)+(?P<tld>[a-z]{2,63}|xn--[a-z0-9\-]+))(?![0-9a-z@+\-])"
    r"(?::\d+)?(?:/[^\s\"'“”‘’<>«»]*)?(?:\?[^\s\"'“”‘’<>«»]*)?",
    re.IGNORECASE,
)
_NOT_BEFORE_LINK = re.compile(r"[A-Za-z0-9@＠$#＃]")
_NEEDS_SELECTOR = "©®™♟"
"""Emoji only when U+FE0F follows."""


def count(text: str, unit: Unit) -> int:
    """The length of ``text``.

    Args:
        text: any text; stray surrogates are counted too, not refused.
        unit: ``codepoint`` (Unicode code points), ``utf16`` (16-bit units, as JavaScript counts), ``grapheme`` (what a
            reader sees as one letter, UAX 29), ``utf8`` (bytes) or ``x`` (weighted, see above).
    """
    if unit == "codepoint":
        return len(text)
    if unit == "utf16":
        return len(text.encode("utf-16-le", "surrogatepass")) // 2
    if unit == "utf8":
        return len(text.encode("utf-8", "surrogatepass"))
    if unit == "grapheme":
        return len(text) if text.isascii() and "\r\n" not in text else len(_patterns()[0].findall(text))
    return _weigh(text)


@cache
def _patterns() -> tuple[Any, Any]:
    """What a reader sees as one letter (UAX 29), and how an emoji begins."""
    import regex  # type: ignore[import-untyped]  # has no stubs

    emoji = r"\p{Extended_Pictographic}|[\U0001F1E6-\U0001F1FF]{2}|[0-9#*]\uFE0F?\u20E3"
    return regex.compile(r"\X"), regex.compile(emoji)


def links(text: str) -> Iterator[tuple[int, int]]:
    """Where X sees links in ``text`` (start, end), in order.

    On purpose a little pessimistic: ``M.Si`` is a link, because ``.si`` is a country. A name with ``https://`` is one
    whatever its ending.
    """
    at = 0
    while found := _LINK.search(text, at):
        before = text[found.start() - 1 : found.start()]
        scheme = found["scheme"]
        known = found["tld"].lower() in top_level_domains() or found["tld"].lower().startswith("xn--")
        if (scheme and before and _NOT_BEFORE_LINK.match(before)) or not (scheme or known):
            at = found.end("domain")
            continue
        end = found.start() + len(found[0].rstrip(".,;:!?…)]}"))
        yield found.start(), end
        at = end


def _weigh(text: str) -> int:
    text = unicodedata.normalize("NFC", text)
    weight, at = 0, 0
    for start, end in links(text) if "." in text else ():
        # A name X does not know as a domain stays as long as it is; the longer of both is the safe guess.
        weight += _weigh_plain(text[at:start]) + max(LINK_WEIGHT, _unknown_length(text[start:end]))
        at = end
    return weight + _weigh_plain(text[at:])


def _unknown_length(link: str) -> int:
    found = _LINK.match(link)
    known = found is not None and found["tld"].lower() in top_level_domains()
    return 0 if known else _weigh_plain(link)


def _weigh_plain(text: str) -> int:
    if not _HEAVY.search(text):
        return len(text)
    # An emoji never reaches over a space: only words that hold something heavy are looked at letter by letter.
    weight = text.count(" ")
    for word in text.split(" "):
        clusters = _patterns()[0].findall(word) if _HEAVY.search(word) else None
        weight += len(word) if clusters is None else sum(_weigh_cluster(cluster) for cluster in clusters)
    return weight


def _weigh_cluster(cluster: str) -> int:
    emoji = _patterns()[1].match(cluster)
    if emoji and "\ufe0e" not in cluster and (cluster[0] not in _NEEDS_SELECTOR or "\ufe0f" in cluster):
        return 2
    return sum(1 if any(low <= ord(char) <= high for low, high in _LIGHT) else 2 for char in cluster)
