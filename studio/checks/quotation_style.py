"""How a quotation is written: marks in pairs, the comma inside, small letters after it (EYD V, I.A and III.L)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.checks.rule import EYD, RuleMark
from studio.story.quotation import ATTRIBUTIONS, QuoteMark, find_quotations, quote_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.checks.text_passages import TextPassage
    from studio.story.quotation import FoundQuotation

_SOURCE = f"{EYD}, III.L"
_SAYS = "|".join(sorted(ATTRIBUTIONS, key=len, reverse=True))
_ATTRIBUTION = re.compile(rf"([,.!?]?)\s*\b((?i:{_SAYS}))\b")
_BEFORE = re.compile(r"([^\s,.!?\"“”]+)?\s*([,.!?]*)\s*$")
_AFTER = re.compile(rf"([,.]?)\s*((?i:{_SAYS}))\b")
_LONG = 4
"""Words of a quotation that is a sentence, not a term."""
_CLOSE_OF = {"“": "”", "„": "”", '"': '"', "«": "»", "''": "''"}
_OPEN_OF = {"”": "“", '"': '"', "»": "«", "''": "''"}


def check_said(passage: TextPassage) -> Iterator[RuleMark]:
    """Marks of these rules for one paragraph."""
    text = passage.clean_text
    for said in find_quotations(text):
        if said.opening is None:
            yield from _not_opened(passage, said)
        elif said.closing is None:
            yield from _not_closed(text, said)
        else:
            yield from _pair_marks(text, said.opening, said.closing)
            yield from _marks_around(text, said.opening, said.closing)
    for mark in quote_marks(text):
        yield from _space_marks(text, mark)


def _mark_quotation(code: str, start: int, end: int, text: str, fixed: str) -> RuleMark:
    return RuleMark(code, "warning", start, end, _SOURCE, (fixed,), {"word": text[start:end], "fix": fixed})


def _not_closed(text: str, said: FoundQuotation) -> Iterator[RuleMark]:
    """The mark that closes goes before the words that say who spoke, else to the end of the paragraph."""
    if said.opening is None or len(text[said.start : said.end].split()) < 2:
        return
    close = _CLOSE_OF.get(said.opening.text, '"')
    end = said.start + len(text[said.start : said.end].rstrip())
    spoken = _find_attribution(text, said.opening.end, end)
    if spoken is not None:
        sign = spoken[1] if spoken[1] and spoken[1] != "." else ","
        fixed = f"{text[said.start : spoken.start()]}{sign}{close} {spoken[2].lower()}"
        yield _mark_quotation("language_quote_open", said.start, spoken.end(), text, fixed)
    else:
        yield _mark_quotation("language_quote_open", said.start, end, text, f"{text[said.start : end]}{close}")


def _find_attribution(text: str, start: int, end: int) -> re.Match[str] | None:
    """Words that say who spoke, after a comma or stop; else the first of ``katanya`` and its like."""
    hits = [hit for hit in _ATTRIBUTION.finditer(text, start, end) if hit.start() > start]
    return next((hit for hit in hits if hit[1] and not hit[2].startswith("me")), None) or next(
        (hit for hit in hits if hit[2].endswith("nya")), None
    )


def _not_opened(passage: TextPassage, said: FoundQuotation) -> Iterator[RuleMark]:
    """The mark that opens goes to the head of its sentence."""
    text, closing = passage.clean_text, said.closing
    if closing is None:
        return
    begin = next((b for b, e in passage.sentences if b < closing.start <= e), 0)
    comma = re.search(
        r"(?::|\b(?:kata|ujar|mengatakan|menjelaskan|berpesan|menyampaikan),)\s*(?=\S)", text[begin : closing.start]
    )
    start = begin + comma.end() if comma else begin
    fixed = f"{_OPEN_OF.get(closing.text, '“')}{text[start : closing.end]}"
    after = text[closing.end : closing.end + 1]
    if after.isalpha():
        fixed += " "
    yield _mark_quotation("language_quote_close", start, closing.end, text, fixed)


def _pair_marks(text: str, opening: QuoteMark, closing: QuoteMark) -> Iterator[RuleMark]:
    """Both marks have one form."""
    if opening.straight == closing.straight and _CLOSE_OF.get(opening.text) == closing.text:
        return
    wanted = _CLOSE_OF.get(opening.text)
    if wanted is None:
        opens = _OPEN_OF.get(closing.text)
        if opens is not None:
            yield _mark_quotation("language_quote_mixed", opening.start, opening.end, text, opens)
        return
    before = _BEFORE.search(text, 0, closing.start)
    start = before.start(1) if before and before[1] else closing.start
    fixed = f"{text[start : closing.start].rstrip()}{wanted}"
    yield _mark_quotation("language_quote_mixed", start, closing.end, text, fixed)


def _marks_around(text: str, opening: QuoteMark, closing: QuoteMark) -> Iterator[RuleMark]:
    """What stands before the closing mark and after it: ``kompak", ujar`` -> ``kompak," ujar``."""
    if opening.straight != closing.straight:
        return
    sentence = len(text[opening.end : closing.start].split()) >= _LONG
    before = _BEFORE.search(text, 0, closing.start)
    after = _AFTER.match(text, closing.end)
    if before is None or before.start() <= opening.start or not (after and sentence):
        return
    word, sign = before[1] or "", before[2]
    kept = sign if sign in {"!", "?", ","} else ","
    fixed = f"{word}{kept}{closing.text} {after[2][0].lower() + after[2][1:]}"
    start = before.start()
    if text[start : after.end()] != fixed:
        yield _mark_quotation("language_quote_comma", start, after.end(), text, fixed)


def _space_marks(text: str, mark: QuoteMark) -> Iterator[RuleMark]:
    before, after = text[mark.start - 1 : mark.start], text[mark.end : mark.end + 1]
    if mark.role == "open":
        if after == " " and text[mark.end :].strip():
            end = mark.end + len(text[mark.end :]) - len(text[mark.end :].lstrip())
            yield _mark_quotation("language_quote_space", mark.start, end, text, mark.text)
        elif before.isalnum() or (before in {",", ":", "."} and before):
            yield _mark_quotation("language_quote_space", mark.start, mark.end, text, f" {mark.text}")
        return
    if before == " ":
        start = len(text[: mark.start].rstrip())
        fixed = f"{mark.text} " if after.isalnum() else mark.text
        yield _mark_quotation("language_quote_space", start, mark.end, text, fixed)
    elif after.isalnum():
        yield _mark_quotation("language_quote_space", mark.start, mark.end, text, f"{mark.text} ")
