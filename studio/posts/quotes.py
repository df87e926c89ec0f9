"""Finds the sentence someone said that can stand alone on a card."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from studio.story.body import BodyBlock
    from studio.story.model import Source

LONGEST = 240
"""Characters; a longer quotation cannot be read on a card."""
_SHORTEST = 25
_SAID = r"(?:kata|ujar|ucap|tutur|ungkap|jelas|terang|papar|imbuh|tambah|tegas|lanjut|sebut|harap|pesan)(?:nya)?"
_NAME = r"[A-Z][\w.'’-]*(?:\s+(?:bin|binti|al-)?\s*[A-Z][\w.'’-]*){0,4}"
_SPOKEN = re.compile(
    rf"[“\"](?P<text>[^“”\"]{{1,{LONGEST}}})[”\"],?\s+{_SAID}\s+(?P<name>{_NAME})(?:,\s*(?P<role>[^,.;“”\"]{{3,60}}))?"
)
_SIGNED = re.compile(r"^(?P<text>.+?)\s*[—–]\s*(?P<name>[^,—–]{2,60})(?:,\s*(?P<role>[^—–]{2,80}))?$", re.DOTALL)


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
    """The first block quotation (``> Kami senang. — Asep, Kepala Dusun``), else the first ``"...," kata Asep``.

    The role is taken from the source of that name where the text does not give it. None when nobody is quoted, or only
    at a length no card can hold.
    """
    known = [source for source in sources if source.terms in {"", "named"}]
    for block in blocks:
        text = " ".join(block.text.split())
        if block.kind == "quote" and (quote := next(_spoken_quotes(text), None) or _signed_quote(text)):
            return _with_role(quote, known)
    for block in blocks:
        for quote in _spoken_quotes(" ".join(block.text.split())) if block.kind == "paragraph" else ():
            if len(quote.text) >= _SHORTEST:
                return _with_role(quote, known)
    return None


def _spoken_quotes(text: str) -> Iterator[CardQuote]:
    """Every quotation whose speaker is named right after it, as in: “Kami senang,” ujar Asep Hidayat, Kepala Dusun."""
    for said in _SPOKEN.finditer(text):
        name, role = said["name"].rstrip("."), (said["role"] or "").strip()
        yield CardQuote(said["text"].strip().rstrip(","), name, role)


def split_quote(text: str) -> tuple[str, str]:
    """What is said, and who said it with the dash before (``— Asep, Kepala Dusun``) or ""."""
    found = _SIGNED.match(text)
    return (found["text"], text[found.end("text") :].strip()) if found else (text, "")


def in_quotes(text: str) -> str:
    """The text of a block quotation with quotation marks: ``“Kami senang.” — Asep, Kepala Dusun``."""
    words, who = split_quote(text)
    words = words if words[:1] in "“\"«'‘" else f"“{words}”"
    return f"{words} {who}".strip()


def _signed_quote(text: str) -> CardQuote | None:
    found = _SIGNED.match(text)
    quote = CardQuote(found["text"], found["name"].strip(), (found["role"] or "").strip()) if found else CardQuote(text)
    bare = quote.text.strip().strip('“”"«»').strip().rstrip(",")
    return CardQuote(bare, quote.name, quote.role) if 0 < len(bare) <= LONGEST else None


def _with_role(quote: CardQuote, sources: Iterable[Source]) -> CardQuote:
    """Complete name and role from the source of that name; ``ujar Kepala Dusun, Asep`` names the office first."""
    for source in sources:
        full = source.name.casefold()
        # "ujar Kepala Dusun, Asep": what was read as the role is the source's name.
        if quote.role and quote.role.casefold() in full:
            return CardQuote(quote.text, source.name, quote.name)
        if quote.name and quote.name.casefold() in full:
            return CardQuote(quote.text, source.name, quote.role or source.role)
    return quote
