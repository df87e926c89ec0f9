"""A script to read at a microphone: what is read of a body, how much of it fits, where the reader breathes.

The packs decide what such a script says (``templates/_common/siaran.j2``); here is what they do it with. All functions
are pure; times are seconds of ``studio.posts.speech_timing`` and depend on the reader's pace.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from studio.posts.speech_timing import USUAL_PACE, reading_seconds
from studio.posts.spoken_text import spoken_text
from studio.story.quotation import read_signed
from studio.story.text import close_sentence, sentences, word_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.story.body import BodyBlock

MOST_WORDS = 20
"""Words of a sentence that is still understood by ear (RRI's and BBC's style guides ask for one thought a sentence)."""
_LONG_BREATH = 12
"""Words after which a reader needs air although no comma stands there."""
_SHORT_PHRASE = 34
"""Characters of a phrase that a line of large type holds, so that it need not be broken."""
_LINKS = """
yang dan atau karena sehingga agar supaya untuk dengan serta bahwa sedangkan ketika saat setelah sebelum sambil jika
apabila tetapi lalu kemudian dari oleh kepada
"""
"""Words a new breath may begin with."""


def aloud_text(blocks: Sequence[BodyBlock]) -> str:
    """What is read of a body: its paragraphs, with a blank line between them, still in figures.

    Headings are for the eye and left out; items of a list become sentences; a quotation block tells first who said it,
    because a listener sees no quotation marks.
    """
    return "\n\n".join(text for block in blocks if (text := _block_text(block)))


def _block_text(block: BodyBlock) -> str:
    text = " ".join(block.text.split())
    if block.kind == "heading" or not text:
        return ""
    if block.kind == "quote":
        signed = read_signed(text)
        who = signed.signature.lstrip("–—- ")
        text = " ".join((f"{who} mengatakan:", signed.text.strip('“”" '))) if who else signed.text
    return close_sentence(text, colon=True)


def fit_seconds(text: str, seconds: float, pace: float = USUAL_PACE) -> str:
    """The beginning of ``text`` that is read in ``seconds``: entire sentences, at least the first one.

    News puts what matters first, so its beginning is its short version. A sentence that announces a list (it ends
    with a colon) is not the last one, and no quotation is cut in two.

    Args:
        text: paragraphs with a blank line between them, in figures or in words.
        seconds: the time there is; 0 or less takes the first sentence alone.
        pace: of the reader, syllables a second.
    """
    paragraphs = [sentences(part) for part in text.split("\n\n") if part.strip()]
    rows = [(number, sentence) for number, part in enumerate(paragraphs) for sentence in part]
    said = [(number, spoken_text(sentence)) for number, sentence in rows]
    # Time grows with the text, so halving finds the longest beginning in time: there may be hundreds of sentences.
    kept = bisect_right(
        range(1, len(rows) + 1), seconds, key=lambda n: reading_seconds(_join_sentences(said[:n]), pace)
    )
    while kept > 1 and not _may_end(_join_sentences(rows[:kept])):
        kept -= 1
    return _join_sentences(rows[: max(1, kept)])


def _may_end(text: str) -> bool:
    """Whether a script may be over after ``text``: no list was announced and no quotation is open."""
    return text.count("“") <= text.count("”") and text.count('"') % 2 == 0 and not text.endswith(":")


def _join_sentences(rows: Sequence[tuple[int, str]]) -> str:
    text = ""
    for at, (number, sentence) in enumerate(rows):
        text += ("" if at == 0 else " " if rows[at - 1][0] == number else "\n\n") + sentence
    return text


def long_sentences(text: str) -> tuple[str, ...]:
    """The sentences with more than ``MOST_WORDS`` words as they are written, for the writer to break in two."""
    return tuple(sentence for sentence in sentences(text) if word_count(sentence) > MOST_WORDS)


def breath_marks(spoken: str) -> str:
    """``spoken`` with the reader's marks: ``/`` where a breath is taken, ``//`` after a sentence, one sentence a line.

    A phrase that fits a line of large type is held together with spaces that do not break.
    """
    parts = (map(_marked_sentence, sentences(paragraph)) for paragraph in spoken.split("\n\n"))
    return "\n\n".join(lines for part in parts if (lines := "\n".join(part)))


def without_marks(marked: str) -> str:
    """The spoken text of a marked script: words never hold a slash, so every one is a mark of ``breath_marks``."""
    return re.sub(r"[ \u00a0]+//?(?=\s|$)", "", marked).replace("\u00a0", " ")


def _marked_sentence(sentence: str) -> str:
    phrases = [part for phrase in re.split(r"(?<=[,;:])\s+", sentence) for part in _breaths(phrase)]
    return "\u00a0/ ".join(_firm(phrase) for phrase in phrases) + "\u00a0//"


def _breaths(phrase: str) -> list[str]:
    """A phrase in pieces of one breath: split before the link word nearest to its middle while it is too long."""
    words = phrase.split()
    links = _LINKS.split()
    # Fewer than four words are no breath of their own.
    places = [at for at, word in enumerate(words) if word.lower() in links and 3 < at < len(words) - 3]
    if len(words) <= _LONG_BREATH or not places:
        return [phrase]
    at = min(places, key=lambda place: abs(place - len(words) / 2))
    return [*_breaths(" ".join(words[:at])), *_breaths(" ".join(words[at:]))]


def _firm(phrase: str) -> str:
    return phrase.replace(" ", "\u00a0") if len(phrase) <= _SHORT_PHRASE else phrase
