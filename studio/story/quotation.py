"""Quotation marks of a paragraph: which open, which close, which have no partner (EYD V, III.L).

People type straight and curly marks in one sentence, forget the second one, or write two apostrophes. What a mark
does shows in what stands beside it; where that says nothing, by whether a quotation is open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from studio.story.text import word_set

Role = Literal["open", "close"]
ATTRIBUTIONS = word_set("""
    kata ujar ucap tutur jelas terang ungkap papar imbuh tambah tegas tandas pungkas sebut tukas cetus seru
    tanya jawab keluh harap pinta pesan cerita kisah sambung lanjut timpal simpul aku urai beber tulis bisik
    canda kelakar himbau imbau ajak jelasnya katanya ujarnya ucapnya tuturnya terangnya ungkapnya paparnya
    imbuhnya tambahnya tegasnya tandasnya pungkasnya sebutnya tukasnya cetusnya serunya tanyanya jawabnya
    keluhnya harapnya pintanya pesannya ceritanya kisahnya sambungnya lanjutnya timpalnya simpulnya akunya
    urainya bebernya tutupnya tutup ajaknya imbaunya demikian sapanya mengatakan menuturkan menjelaskan
    menyampaikan menegaskan mengungkapkan menambahkan
""")
"""Words that tell who said it, after a quotation."""
MARKS = '"“”„‟«»'
_MARK = re.compile(rf"[{MARKS}]|''|``|’’|‘‘")
_INCH = re.compile(r"\d$")
_SAYING = rf"(?i:{'|'.join(sorted(ATTRIBUTIONS, key=len, reverse=True))})\b"
_SAYS = re.compile(_SAYING)
_OPENERS = "“„«‘"
_SINGLE = re.compile(
    r"(?<![\w’'])['‘](?P<said>[^'‘’\"“”]{25,}?)['’]"
    rf"(?:(?<=[,.!?].)(?![\w’'])|(?=,?\s*{_SAYING}))"
)
"""``'Kami senang,' kata Siti``: single marks around all of it; an apostrophe has no stop or comma before it, and nobody
who says it behind it."""
_SIGNED = re.compile(r"^(?P<text>.+?)\s*[—–]\s*(?P<name>[^,—–]{2,60})(?:,\s*(?P<role>[^—–]{2,80}))?$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class QuoteMark:
    """One quotation mark: where it stands, how it is written, what it does."""

    start: int
    end: int
    text: str
    role: Role

    @property
    def straight(self) -> bool:
        """Whether it does not show by its form what it does."""
        return self.text[0] in "\"'`"


@dataclass(frozen=True, slots=True)
class FoundQuotation:
    """What someone said: ``end`` is the code point after it; a partner that is missing is None."""

    start: int
    end: int
    opening: QuoteMark | None
    closing: QuoteMark | None


def quote_marks(text: str) -> tuple[QuoteMark, ...]:
    """The quotation marks of a paragraph, in their order."""
    found: list[QuoteMark] = []
    is_open = False
    for mark in _MARK.finditer(text):
        before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
        if mark[0] == '"' and not is_open and before.isdigit() and not after.isalnum():
            continue  # inches
        role = _mark_role(mark[0], before, after, is_open)
        if role == "open" and mark[0] not in "“„" and before and _SAYS.match(text, mark.end()):
            role = "close"  # kompak,"katanya; "kompak, "katanya: its space is on the wrong side
        is_open = role == "open"
        found.append(QuoteMark(mark.start(), mark.end(), mark[0], role))
    return tuple(found)


def _mark_role(sign: str, before: str, after: str, is_open: bool) -> Role:
    starts = not before or before.isspace() or before in "([-–—:"
    ends = not after or after.isspace() or after in ".,;:!?)]-–—"
    if starts and not ends:
        return "open"
    if ends and not starts:
        return "close"
    if sign[0] in _OPENERS and not is_open:
        return "open"
    return "close" if is_open else "open"


def find_quotations(text: str) -> tuple[FoundQuotation, ...]:
    """Everything that is said, with marks of any form; one that nobody closes reaches to the end of the paragraph."""
    found: list[FoundQuotation] = []
    opening: QuoteMark | None = None
    for mark in quote_marks(text):
        if mark.role == "open":
            if opening is not None:
                found.append(FoundQuotation(opening.start, mark.start, opening, None))
            opening = mark
        else:
            start = opening.start if opening is not None else mark.start
            found.append(FoundQuotation(start, mark.end, opening, mark))
            opening = None
    if opening is not None:
        found.append(FoundQuotation(opening.start, len(text), opening, None))
    return tuple(found)


def with_double_marks(paragraph: str) -> str:
    """The paragraph with double marks where a quotation stands in single ones; each place stays where it is."""
    return _SINGLE.sub(r"“\g<said>”", paragraph)


@dataclass(frozen=True, slots=True)
class SignedQuotation:
    """The parts of ``Kami senang. — Asep, Kepala Dusun``; ``signature`` begins with the dash, "" for none."""

    text: str
    name: str = ""
    role: str = ""
    signature: str = ""


def read_signed(text: str) -> SignedQuotation:
    """What is said, and who signed it behind a dash."""
    found = _SIGNED.match(text)
    if found is None:
        return SignedQuotation(text)
    name, role = found["name"].strip(), (found["role"] or "").strip()
    return SignedQuotation(found["text"], name, role, text[found.end("text") :].strip())
