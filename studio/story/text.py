"""Plain text: sentences, words, shortening, folder names, hashtags. Pure functions over strings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache

from studio.base.portable_names import is_device_name

Counter = Callable[[str], int]
"""Says how long a text is, in the unit of whoever limits it."""

WORDS_PER_MINUTE = 200
"""Silent reading of news by a grown-up (Brysbaert 2019 found 238 for English; Indonesian words are longer)."""
ELLIPSIS = "…"


def word_set(text: str) -> frozenset[str]:
    """Words, separated by white space, as a set."""
    return frozenset(text.split())


_ABBREVIATIONS = """
dr drg drh drs dra ir h hj prof kh rm rr tn ny nn sdr sdri bpk yth plt plh pj pjs
brigjen mayjen letjen jend kol letkol kapt lettu letda serma serka sertu serda kopka koptu kopda
aiptu aipda bripka brigpol akp akbp kombes iptu ipda kompol
jl jln gg no kel kec kab prov rt rw ds dsn kp km tgl hlm telp tlp hp a.n u.b u.p d.a s.d cq
"""
"""Words that take a full stop and go on: titles, ranks, parts of an address (EYD V, "Tanda Titik")."""
_COUNTED = "rt rw km hp"
"""Of these, those that a number follows."""
HIDDEN_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Signs that turn the direction of what follows: a name can be written backwards with them, unseen (UAX 9)."""
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[^\W_])", re.UNICODE)
_QUOTATION_MARK = re.compile('["“”«»„]')
_SENTENCE_SIGNS = '.!?…"”»'
_WORD = re.compile(r"[^\W_]+(?:[.,'’\-][^\W_]+)*", re.UNICODE)
_DEGREE = re.compile(r"(?:[A-Za-z]{1,4}\.)+[A-Za-z]{1,5}")
"""What stands before the last stop of ``S.Pd.``, ``M.Si.``, ``Ph.D.``."""


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of ``text``, stripped, in order; joined they hold every character but the white space between.

    A line break ends a sentence too. A full stop does not when it belongs to an abbreviation (``Jl.``), a degree
    (``S.Pd.``) or an initial (``A. Yani``); one inside a number (``Rp1.000``, ``09.05``) has no space after it.
    """
    found: list[str] = []
    for line in text.splitlines():
        start = 0
        for end in _END.finditer(line):
            if _goes_on(line[start : end.start()], line[end.start()], line[end.end() :]):
                continue
            found.append(line[start : end.end()].strip())
            start = end.end()
        found.append(line[start:].strip())
    return tuple(part for part in found if part)


def _goes_on(before: str, sign: str, after: str) -> bool:
    """Whether the sentence continues after ``sign``."""
    opening = after.lstrip("\"'“‘«([")[:1]
    if opening.islower():
        return True
    if sign != ".":
        return False
    word = before.rsplit(maxsplit=1)[-1].lstrip("(\"'“‘[") if before.split() else ""
    if word.isupper() and word.casefold() in _COUNTED.split() and not opening.isdigit():
        return False  # "di papan RT. Warga ...": only "RT. 03" goes on
    initial = len(word) == 1 and word.isupper()
    return initial or word.casefold() in _ABBREVIATIONS.split() or _DEGREE.fullmatch(word) is not None


def words(text: str) -> tuple[str, ...]:
    """The words: letters and digits, with hyphens, apostrophes, points and commas inside (``desa-desa``, ``1.000``)."""
    return tuple(_WORD.findall(text))


def word_count(text: str) -> int:
    """How many words ``text`` has."""
    return len(words(text))


def reading_minutes(text: str, words_per_minute: int = WORDS_PER_MINUTE) -> int:
    """Minutes it takes to read, rounded up, at least one."""
    return max(1, -(-word_count(text) // words_per_minute))


def shorten(text: str, limit: int, count: Counter = len) -> str:
    """``text`` itself when it fits, else its beginning with an ellipsis, at most ``limit`` long.

    It ends after a sentence, not inside a quotation, when that keeps at least 60 percent of the room (30 where a
    quotation would be cut in half), else after a word; only when not one word fits it ends inside it (never inside a
    letter with its accents). With no room for anything the result is "".

    Args:
        text: any text.
        limit: the longest result, in the unit of ``count``.
        count: measures a text; need not be additive.
    """
    if count(text) <= limit:
        return text
    if count(ELLIPSIS) > limit:
        return ""
    ends = [end for end in _sentence_ends(text) if not leaves_quotation_open(text[:end])]
    best = _longest_beginning(text, ends, " " + ELLIPSIS, limit, count)
    # The end of a sentence is worth up to two fifths of the room; beyond that the end of a word is better.
    if best and count(best) >= 0.6 * limit:
        return best
    by_word = _longest_beginning(text, _word_ends(text), ELLIPSIS, limit, count)
    # Half a quotation can say something else than all of it: rather a text of a third of the room.
    if best and count(best) >= 0.3 * limit and leaves_quotation_open(by_word):
        return best
    if by_word:
        return by_word
    return _longest_beginning(text, _letter_ends(text), ELLIPSIS, limit, count) or ELLIPSIS


def cut_line(text: str, limit: int) -> str:
    """``text`` on one line of at most ``limit`` letters, for a list or a label: what is longer ends in an ellipsis.

    Unlike ``shorten``, which is for what readers get, it may end inside a word; never inside a letter with its accents.
    """
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    end = next((at for at in range(limit - 1, 0, -1) if not _belongs_together(line[at - 1], line[at])), 0)
    return line[:end].rstrip() + ELLIPSIS


def close_sentence(text: str, *, colon: bool = False) -> str:
    """``text`` ending as a sentence does: a full stop is added where no sign stands.

    Args:
        text: a sentence, or as much of one as there is.
        colon: a colon may end it too: what is listed after it comes next.
    """
    text = text.strip()
    ended = not text or text[-1] in _SENTENCE_SIGNS or (colon and text[-1] == ":")
    return text if ended else text + "."


def leaves_quotation_open(text: str) -> bool:
    """Whether a quotation mark that opens has none that closes it; a straight one opens behind a space or bracket."""
    is_open = False
    for mark in _QUOTATION_MARK.finditer(text):
        before = text[mark.start() - 1 : mark.start()] if mark.start() else ""
        by_place = not is_open and (not before or before in " \n([–—")
        is_open = by_place if mark[0] == '"' else mark[0] in "“«„"
    return is_open


def _longest_beginning(text: str, ends: list[int], tail: str, limit: int, count: Counter) -> str:
    """The longest beginning that fits, with ``tail``; "" when none does.

    Halving finds the place fast; the walk after it holds the promise where ``count`` is not quite monotonic (X counts
    a long link as 23).
    """
    low, high = 0, len(ends)
    while low < high:
        middle = (low + high) // 2
        if count(text[: ends[middle]] + tail) <= limit:
            low = middle + 1
        else:
            high = middle
    # A length need not grow with its text (an emoji, a link): from where the search ended, back until one really fits.
    for end in reversed(ends[:low]):
        if text[:end].strip() and count(piece := text[:end] + tail) <= limit:
            return piece
    return ""


def _sentence_ends(text: str) -> list[int]:
    ends, at = [], 0
    for sentence in sentences(text):
        at = text.index(sentence, at) + len(sentence)
        ends.append(at)
    return ends[:-1]


def _word_ends(text: str) -> list[int]:
    """Where a word ends before white space, without the comma or dash that would stand before the ellipsis."""
    return [gap.start() for gap in re.finditer(r"(?<=[^\s,;:–—\-(\"“])[,;:–—\-]*\s", text)]


def _letter_ends(text: str) -> list[int]:
    """Ends of what the reader sees as letters: never before a combining mark, joiner, selector or skin tone."""
    return [at for at in range(1, len(text)) if not _belongs_together(text[at - 1], text[at])]


def _belongs_together(before: str, after: str) -> bool:
    joins = "\u200d\ufe0e\ufe0f\u20e3"
    tone = "\U0001f3fb" <= after <= "\U0001f3ff"
    flag = "\U0001f1e6" <= after <= "\U0001f1ff" and "\U0001f1e6" <= before <= "\U0001f1ff"
    return before == "\u200d" or after in joins or tone or flag or unicodedata.category(after).startswith("M")


def cleaned(text: str) -> str:
    """``text`` as NFC, every line break as a newline, without control characters and hidden signs of direction."""
    if text.isascii() and text.isprintable():
        return text
    text = re.sub(r"\r\n?|[\u2028\u2029\v\f\x85]", "\n", HIDDEN_DIRECTION.sub("", text))
    kept = (char for char in text if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cs"})
    return unicodedata.normalize("NFC", "".join(char for char in kept if char not in "\ufffe\uffff"))


def slugify(text: str, longest: int = 60) -> str:
    """A name for a folder or address: lower-case ASCII letters, digits and single hyphens, safe on FAT32 and Windows.

    Accents are dropped (``é`` is ``e``); what has no Latin letter vanishes. Ends at a word within ``longest``
    characters. Never empty: ``berita`` when nothing is left; a name Windows reserves gets ``-berita``.
    """
    flat = unicodedata.normalize("NFKD", text.replace("’", "").replace("'", "")).encode("ascii", "ignore").decode()
    slug = "-".join(re.findall(r"[a-z0-9]+", flat.lower()))
    if len(slug) > longest:
        slug = slug[: longest + 1].rsplit("-", 1)[0][:longest]
    if not slug:
        return "berita"
    return f"{slug}-berita"[: max(longest, 10)] if is_device_name(slug) else slug


@lru_cache(maxsize=1024)
def hashtag(text: str) -> str:
    """``gotong royong`` -> ``#GotongRoyong``; "" when no letter is left (a tag of digits is no tag anywhere).

    Words keep capitals they already have (``KIM``, ``UMKM``).
    """
    parts = re.findall(r"\w+", unicodedata.normalize("NFC", text), re.UNICODE)
    name = "".join(part[0].upper() + part[1:] for part in parts)
    return f"#{name}" if any(char.isalpha() for char in name) else ""


def hashtags(tags: Iterable[str], own: Iterable[str] = (), limit: int | None = None) -> tuple[str, ...]:
    """The hashtags of a post, without doubles (capitals do not count).

    Args:
        tags: the story's tags, first wanted first.
        own: the group's tags; the first of them keeps a place when there is more than one place.
        limit: how many the outlet allows; None for any number.
    """
    of_story, of_group = _distinct_tags(tags, ()), _distinct_tags(own, ())
    if limit is not None and limit > 1 and of_group:
        of_group = _distinct_tags(of_group, ())
        of_story = tuple(tag for tag in of_story if tag.casefold() != of_group[0].casefold())[: limit - 1]
    return _distinct_tags((*of_story, *of_group), ())[:limit]


def _distinct_tags(tags: Iterable[str], seen: Iterable[str]) -> tuple[str, ...]:
    known = {tag.casefold() for tag in seen}
    kept = []
    for tag in map(hashtag, tags):
        if tag and tag.casefold() not in known:
            known.add(tag.casefold())
            kept.append(tag)
    return tuple(kept)


_AND = {"en": "and", "jv": "lan", "su": "jeung"}
"""How languages join the last of several names, where it is not the "dan" of Indonesian and Malay."""


def join_names(names: Iterable[str], language: str = "id") -> str:
    """``a``, ``a dan b``, ``a, b, dan c`` (EYD V keeps the comma before ``dan``), with the "and" of the language.

    Args:
        names: empty ones are passed over.
        language: of the text they stand in (BCP 47, region and script do not matter); "dan" where it is not known.
    """
    last = _AND.get(language.partition("-")[0].lower(), "dan")
    given = [name for name in names if name]
    if len(given) < 3:
        return f" {last} ".join(given)
    return ", ".join(given[:-1]) + f", {last} {given[-1]}"


def initials(name: str) -> str:
    """One or two capitals that stand for a name without a logo: ``KIM Bina Warga`` -> ``BW``."""
    parts = [part for part in words(name) if part.casefold() != "kim"] or list(words(name))
    return "".join(part[0].upper() for part in parts[:2])
