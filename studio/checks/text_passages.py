"""Takes a text apart: paragraphs, sentences, words, quotations, each with its place in code points."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from studio.story.quotation import find_quotations

_PARAGRAPH = re.compile(r"\S.*?(?=\n\s*\n|\Z)", re.DOTALL)
_BLANKED = re.compile(
    r"\]\([^)\s]*\)|https?://\S+|www\.\S+|\S+@\S+\.\S+|[#@]\w+|`[^`]*`"
    r"|\b[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)*\.(?:id|com|net|org|pdf|docx?|jpe?g|png|mp4|xlsx?)\b"
)
"""Addresses, accounts and hashtags are no words of the language."""
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_STOP = re.compile(r"[.!?…]+[\"”’)]*(?=\s+[\"“(]*[A-Z0-9])|\n(?=\s*(?:[-*>#]|\d+[.)]\s))")
_SHORT = re.compile(
    r"\b(?:[A-Z]|dr|drg|Dr|Drs|Ir|Prof|H|Hj|No|Jl|Jln|Gg|Rp|Kab|Kec|Kel|Ds|Dsn|Bpk|Plt|Pj|KH|hlm|dsb|dll|dkk|tgl|ttd|a\.n|u\.p"
    r"|S\.\w{1,4}|M\.\w{1,4})\.$"
)


@dataclass(frozen=True)
class PlacedWord:
    """A word and where it is in its text."""

    text: str
    start: int
    first: bool
    """Whether it begins a sentence."""

    @property
    def end(self) -> int:
        """The code point after it."""
        return self.start + len(self.text)


@dataclass(frozen=True)
class TextPassage:
    """A paragraph, with what is no language blanked out by spaces of the same length."""

    text: str

    @cached_property
    def clean_text(self) -> str:
        """The text without addresses, accounts and code."""
        return _BLANKED.sub(lambda found: " " * len(found[0]), self.text)

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Start and end of each sentence."""
        text, found, start = self.clean_text, [], 0
        for stop in _STOP.finditer(text):
            if not _SHORT.search(text[start : stop.start() + 1]):
                found.append((start, stop.end()))
                start = stop.end()
        found.append((start, len(text)))
        return tuple(_trim_range(text, begin, end) for begin, end in found if text[begin:end].strip())

    @cached_property
    def words(self) -> tuple[PlacedWord, ...]:
        """Every word."""
        firsts = set()
        for begin, end in self.sentences:
            head = _WORD.search(self.clean_text, begin, end)
            if head:
                firsts.add(head.start())
        # A sentence begins behind an opening mark as well: the capital there says nothing about names.
        after_quote = {found.end() for found in re.finditer(r"[“\"]", self.clean_text)}
        return tuple(
            PlacedWord(found[0], found.start(), found.start() in firsts or found.start() in after_quote)
            for found in _WORD.finditer(self.clean_text)
        )

    @cached_property
    def quotations(self) -> tuple[tuple[int, int], ...]:
        """Start and end of everything between quotation marks."""
        return tuple((said.start, said.end) for said in find_quotations(self.clean_text))

    def is_quoted(self, at: int) -> bool:
        """Whether a place lies inside a quotation."""
        return any(start <= at < end for start, end in self.quotations)

    def sentence_at(self, at: int) -> str:
        """The sentence a place is in."""
        begin, end = next(((b, e) for b, e in self.sentences if b <= at < e), (0, len(self.text)))
        return " ".join(self.text[begin:end].split())


@lru_cache(maxsize=256)
def text_paragraphs(text: str) -> tuple[tuple[int, str], ...]:
    """The paragraphs of a Markdown text, each with the place where it begins; remembered, as many rules ask."""
    return tuple((found.start(), found[0]) for found in _PARAGRAPH.finditer(text))


def sentence_at(text: str, at: int) -> str:
    """The sentence of a Markdown text that a place is in, with its white space joined."""
    start, part = next(
        ((begin, part) for begin, part in text_paragraphs(text) if begin <= at < begin + len(part)), (0, text)
    )
    return TextPassage(part).sentence_at(at - start)


def _trim_range(text: str, begin: int, end: int) -> tuple[int, int]:
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    return begin, end
