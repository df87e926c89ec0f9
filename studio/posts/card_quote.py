"""Finds the sentence someone said that can stand alone on a card."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studio.posts.quote_speakers import Speaker, find_speaker, known_speaker
from studio.story.quotation import find_quotations, read_signed, with_double_marks
from studio.story.reader_fields import NAMEABLE
from studio.story.sentence_units import is_leaning
from studio.story.text import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from studio.story.body import BodyBlock
    from studio.story.model import Source

LONGEST = 240
"""Characters; a longer quotation cannot be read on a card."""
_SHORTEST = 25
_MARKS = "“”\"„‟«»'"


@dataclass(frozen=True, slots=True)
class CardQuote:
    """What someone said, without quotation marks; ``name`` and ``role`` may be ""."""

    text: str
    name: str = ""
    role: str = ""

    def values(self) -> dict[str, str]:
        """As templates see it."""
        return {"text": self.text, "name": self.name, "role": self.role}


def find_quote(blocks: Sequence[BodyBlock], sources: Iterable[Source] = ()) -> CardQuote | None:
    """The first block quotation (``> Kami senang. — Asep, Kepala Dusun``), else the first that has a speaker.

    A block quotation is how a member marks one. Of the others count those said in the usual forms: ``"...," kata
    Asep``, ``Asep mengatakan, "..."``, ``Asep: "..."``, ``"...," ujarnya`` of whom was named before, and two parts with
    the speaker between them. Of one that is too long for a card its first sentences are taken. The role comes from the
    source of that name where the text does not give it. None when nobody is quoted.
    """
    # A name that was promised to stay out must not come back as the speaker on a card.
    known = [source for source in sources if source.terms in NAMEABLE and source.name.strip()]
    for block in blocks:
        text = " ".join(block.text.split())
        if block.kind == "quote" and (quote := next(_spoken_quotes(text, known), None) or _signed_quote(text)):
            return _with_role(quote, known)
    named: Speaker | None = None
    for block in blocks:
        if block.kind != "paragraph":
            continue
        text = " ".join(block.text.split())
        for quote in _spoken_quotes(text, known, named):
            if len(quote.text) >= _SHORTEST:
                return _with_role(quote, known)
        # "..., ujarnya" of the next paragraph is said by whom this one named.
        named = known_speaker(text, known)
    return None


def _spoken_quotes(text: str, known: Sequence[Source], named: Speaker | None = None) -> Iterator[CardQuote]:
    """Every quotation of a paragraph whose speaker is given; ``named`` is who was spoken of before it."""
    text = with_double_marks(text)
    found = [said for said in find_quotations(text) if said.opening and said.closing]
    at = 0
    while at < len(found):
        said = found[at]
        words = _without_marks(text, said.start, said.end)
        after = found[at + 1].start if at + 1 < len(found) else len(text)
        before = found[at - 1].end if at else 0
        speaker = find_speaker(text[before : said.start], text[said.end : after], known, named)
        at += 1
        if speaker is None:
            continue
        named = speaker
        if at < len(found) and speaker.goes_on and _is_joint(text[said.end : found[at].start]):
            words = _join_parts(words, _without_marks(text, found[at].start, found[at].end))
            at += 1
        if fitting := _cut_to_card(words.rstrip(",")):
            yield CardQuote(fitting, speaker.name, speaker.role)


def _without_marks(text: str, start: int, end: int) -> str:
    return text[start:end].strip(f"{_MARKS}`‘’ ").strip()


def _is_joint(between: str) -> bool:
    """Whether only who said it stands between two parts of a quotation."""
    return len(between.split()) <= 14 and bool(re.search(r"[,.:;]\s*$", between))


def _join_parts(one: str, other: str) -> str:
    """Two parts as one: ``Kami senang, karena ...`` or two sentences."""
    if other[:1].islower():
        return f"{one} {other}"
    return f"{one.rstrip(',')}{'' if one[-1:] in '.!?…' else '.'} {other}"


def _cut_to_card(words: str) -> str:
    """The quotation, or as many of its first sentences as a card can hold; "" for none."""
    if len(words) <= LONGEST:
        return words
    kept = ""
    for sentence in sentences(words):
        if len(kept) + 1 + len(sentence) > LONGEST:
            break
        kept = f"{kept} {sentence}".strip()
    return kept if len(kept) >= _SHORTEST and not is_leaning(kept.split(". ")[0]) else ""


def in_quotes(text: str) -> str:
    """The text of a block quotation with quotation marks: ``“Kami senang.” — Asep, Kepala Dusun``."""
    signed = read_signed(text)
    words = signed.text if signed.text[:1] in "“\"«'‘" else f"“{signed.text}”"
    return f"{words} {signed.signature}".strip()


def _signed_quote(text: str) -> CardQuote | None:
    signed = read_signed(text)
    bare = signed.text.strip().strip('“”"«»').strip().rstrip(",")
    return CardQuote(bare, signed.name, signed.role) if 0 < len(bare) <= LONGEST else None


def _with_role(quote: CardQuote, sources: Iterable[Source]) -> CardQuote:
    """Complete name and role from the source of that name; ``ujar Kepala Dusun, Asep`` names the office first."""
    for source in sources:
        full = source.name.casefold()
        # "ujar Kepala Dusun, Asep": what was read as the role is the source's name.
        if quote.role and quote.role.casefold() in full:
            return CardQuote(quote.text, source.name, quote.name)
        if quote.name and quote.name.casefold() in full:
            return replace(quote, name=source.name, role=quote.role or source.role)
    return quote
