"""Signs: spaces around them, doubled ones, brackets (EYD V, III). Quotation marks are for ``quotation_style``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.base.locale_forms import WEEKDAYS
from studio.checks.rule import EYD, RuleMark
from studio.checks.word_lists import ABBREVIATIONS
from studio.story.text import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.checks.rule import LexiconWords
    from studio.checks.text_passages import TextPassage

_SOURCE = f"{EYD}, III"
_DOMAINS = word_set("""
    id com net org co go ac sch desa web my io tv me info biz or mil gov edu uk au jp sg dev app xyz news jpg
    jpeg png pdf doc docx mp mp3 mp4 xls xlsx html htm php
""")
_AFTER_COMMA = re.compile(r"(?<=[\w)\]%”\"])( *)([,;])( *)(?=[^\W\d_])")
_AFTER_COLON = re.compile(r"(?<=[a-z])( *):(?=[^\W\d_])")
_AFTER_STOP = re.compile(r"([^\W_]+|[)\]%])( *)([.!?])( *)([^\W\d_]+)")
_BEFORE_SIGN = re.compile(r"([^\W_]+|[)\]%”\"])([ \t]+)([,.;:!?]+)(?=\s|$)")
_BRACKET_OPEN = re.compile(r"([^\W\d_]{2,})\((?=[^\W_]{3,}|\d)")
_BRACKET_CLOSE = re.compile(r"(?<=[\w.])\)([^\W_]{2,})")
_BRACKET_SPACE = re.compile(r"\( +(?=\S)|(?<=\S) +\)(?!\w)")
_DATE_UNCLOSED = re.compile(r"\(\d{1,2}/\d{1,2}(?:/\d{2,4})?(?![\d/)])(?= |$|[.,])")
_REPEATED = re.compile(r"([,;:])\1+|(?<!\.)\.\.(?![.\d])|,\.|\.,(?=\s)|([!?])\2+")
_WIDE = re.compile(r"(?<=\S)(?:[ \t\u00a0]{2,})(?=\S)")
_SIDED = re.compile(r"\b([A-Z][A-Za-z]+|[Kk]e|\d{4})(?: -|- )(\d+|an)\b")
_COVID = re.compile(r"\b[Cc][Oo][Vv][Ii][Dd](?: ?[-–]? ?)19\b")
_UNTIL = re.compile(r"\bs/d\b")
_NEIGHBOURS = re.compile(r"\b(RT|RW)\. ?(\d+)\b")
_SLASH = re.compile(r"([^\W\d_]{2,})(?: /|/ )([^\W\d_]{2,})")
_BEFORE_DATE = re.compile(r"\b((?:Sen|Ka|Sa|Ming|Jum|Ra|Se)\w{2,4}),(?= ?\()", re.IGNORECASE)
_LINKS = re.compile(
    r"(?:^|[.!?][\"”]? )((?:Selain|Sementara|Di samping|Oleh karena|Oleh sebab|Maka dari|Untuk) itu"
    r"|Dengan demikian|Akan tetapi"
    r"|Namun demikian|Akibatnya|Meskipun (?:demikian|begitu)|Walaupun (?:demikian|begitu))(?= (?!yang\b|dan\b|saja\b"
    r"|sudah\b|pula\b|pun\b|juga\b)\w)"
)
"""What links two sentences takes a comma (EYD V, III.B)."""
_DEGREE_BEFORE = re.compile(r"(?:\b[A-Z][a-z]{0,2}|\.[A-Za-z]{1,4}|\b(?:Dr|Drs|Ir|SH|SE|MM|MSi|SPd))$")
_LEAST_TO_END = 8
"""Words of a paragraph that is a sentence and wants a stop at its end."""
_TABLE = re.compile(r"^\s*(?:[-*>#|•]|\d+[.)])|[|:]\s*$")


def check_signs(passage: TextPassage, words: LexiconWords, *, lead: bool = False) -> Iterator[RuleMark]:
    """Marks of these rules for one paragraph; ``lead`` is the first of a body, which may be a headline."""
    text = passage.clean_text
    for mark in (
        *_after_marks(text),
        *_stop_marks(text, words),
        *_before_marks(text),
        *_bracket_marks(text),
        *_repeated_marks(passage),
        *_joined_marks(text),
    ):
        if passage.text[mark.start : mark.end] == text[mark.start : mark.end]:  # no address stands between
            yield mark
    if not lead:
        yield from _no_stop(passage)


def _mark_sign(code: str, start: int, end: int, told: str, fixed: str) -> RuleMark:
    return RuleMark(code, "warning", start, end, _SOURCE, (fixed,), {"word": told, "fix": fixed})


def _sign_around(text: str, start: int, end: int, fixed: str) -> tuple[int, int, str, str]:
    """A sign with the words beside it, so that one sees what is meant: start, end, as it stands, as it should be."""
    before = re.search(r"[^\s.,;:!?]{0,24}$", text[:start])
    after = re.match(r"[^\s.,;:!?]{0,24}", text[end:])
    head, tail = before[0] if before else "", after[0] if after else ""
    return start - len(head), end + len(tail), head + text[start:end] + tail, head + fixed + tail


def _after_marks(text: str) -> Iterator[RuleMark]:
    """A space is missing after a comma, semicolon or colon."""
    for pattern in (_AFTER_COMMA, _AFTER_COLON):
        for found in pattern.finditer(text):
            sign = found[0].strip()
            if found[0] != f"{sign} ":
                yield _mark_sign("language_space_after", *_sign_around(text, *found.span(), f"{sign} "))


def _stop_marks(text: str, words: LexiconWords) -> Iterator[RuleMark]:
    """A space is missing after a stop, and often the capital: ``media.menarik``."""
    for found in _AFTER_STOP.finditer(text):
        before, gap, sign, space, after = found.groups()
        if space or (gap and sign == "."):
            continue
        if sign == "." and not _is_end(text, found, before, after, words):
            continue
        capital = before.lower() not in ABBREVIATIONS
        fixed = f"{before}{sign} {after[0].upper() + after[1:] if capital else after}"
        yield _mark_sign("language_space_after", *found.span(), found[0], fixed)


def _is_end(text: str, found: re.Match[str], before: str, after: str, words: LexiconWords) -> bool:
    """Whether the stop between two words ends a sentence or an abbreviation: no address, degree or initial."""
    rest = text[found.end() : found.end() + 1]
    low = after.lower()
    if low in _DOMAINS or rest == "@" or text[found.start() - 1 : found.start()] in {".", "@", "/"}:
        return False
    if before.lower() in ABBREVIATIONS:
        return len(after) > 2 and len(before) > 1 and (after[0].isupper() or words.spells(low)) and len(before) < 5
    if rest == "." and len(after) < 4:
        return False
    if before in {")", "]", "%"} or before.isdigit():
        return len(after) > 1 and (before != text[: found.end(1)].strip())
    if len(before) < 3 or len(after) < 2:
        return False
    known = words.spells(before.lower())
    return words.spells(low) and (known or before[0].islower()) if after.islower() else before[0].islower() or known


def _before_marks(text: str) -> Iterator[RuleMark]:
    for found in _BEFORE_SIGN.finditer(text):
        if found[3].startswith("..") or (found[3] == ":" and text[found.end() :].lstrip()[:1] in {")", "("}):
            continue
        yield _mark_sign("language_space", *found.span(), found[0], f"{found[1]}{found[3]}")


def _bracket_marks(text: str) -> Iterator[RuleMark]:
    for found in _BRACKET_OPEN.finditer(text):
        inside = text[found.end() : found.end() + 24].split(")", maxsplit=1)[0]
        # "keluarga(nya)": an ending in brackets belongs to its word.
        if inside.lower() not in {"kan", "nya", "lah", "kah"}:
            yield _mark_sign("language_space_after", *found.span(), found[0], f"{found[1]} (")
    for found in _BRACKET_CLOSE.finditer(text):
        opened = text.rfind("(", 0, found.start())
        # "(me)nulis": so does a beginning of a letter or two.
        if found.start() - opened > 3:
            yield _mark_sign("language_space_after", found.start(), found.end(), found[0], f") {found[1]}")
    for found in _BRACKET_SPACE.finditer(text):
        yield _mark_sign("language_space", *_sign_around(text, *found.span(), found[0].strip()))
    for found in _DATE_UNCLOSED.finditer(text):
        yield _mark_sign("language_bracket", *found.span(), found[0], f"{found[0]})")


def _repeated_marks(passage: TextPassage) -> Iterator[RuleMark]:
    text = passage.clean_text
    for found in _REPEATED.finditer(text):
        # "S.Pd.," has the stop of the degree and the comma behind it, and both are right.
        if found[0] == ".," and text[: found.start()].split()[-1:] and _DEGREE_BEFORE.search(text[: found.start()]):
            continue
        if found[0] == ".," and "".join(text[: found.start()].split()[-1:]).lower() in ABBREVIATIONS:
            continue
        fixed = "." if found[0] in {"..", ",."} else "," if found[0] == ".," else found[0][0]
        yield _mark_sign("language_repeated", *_sign_around(text, *found.span(), fixed))
    for found in _WIDE.finditer(passage.text):
        if passage.clean_text[found.start() - 1] != " " and passage.clean_text[found.end() : found.end() + 1] not in {
            " ",
            "",
        }:
            yield _mark_sign("language_spaces", found.start(), found.end(), found[0], " ")


def _joined_marks(text: str) -> Iterator[RuleMark]:
    """Words and figures that one sign joins, and the comma after what links two sentences."""
    for found in _COVID.finditer(text):
        if found[0] not in {"Covid-19", "COVID-19"}:
            yield _mark_sign("language_hyphen", *found.span(), found[0], "Covid-19")
    for found in _UNTIL.finditer(text):
        yield _mark_sign("language_space", *found.span(), found[0], "sampai dengan")
    for found in _NEIGHBOURS.finditer(text):
        yield _mark_sign("language_space", *found.span(), found[0], f"{found[1]} {found[2]}")
    for found in _SLASH.finditer(text):
        yield _mark_sign("language_space", *found.span(), found[0], f"{found[1]}/{found[2]}")
    for found in _BEFORE_DATE.finditer(text):
        if found[1].capitalize() in WEEKDAYS:
            end = found.end() + (text[found.end() : found.end() + 1] == " ")
            yield _mark_sign("language_space", found.start(), end, text[found.start() : end], f"{found[1]} ")
    for found in _LINKS.finditer(text):
        yield _mark_sign("language_comma", *found.span(1), found[1], f"{found[1]},")
    for found in _SIDED.finditer(text):
        yield _mark_sign("language_hyphen", *found.span(), found[0], f"{found[1]}-{found[2]}")


def _no_stop(passage: TextPassage) -> Iterator[RuleMark]:
    """A paragraph that ends without a sign, or with a comma, though it is a sentence."""
    text = passage.text.rstrip()
    last = passage.words[-1] if passage.words else None
    if last is None or text[last.end :] not in {"", ","} or _TABLE.search(text) or "\n" in text:
        return
    begin, end = passage.sentences[-1]
    count = sum(begin <= word.start < end for word in passage.words)
    # A single sentence may be a line of a poster or a heading, so it has to be longer than one that follows others.
    if count >= _LEAST_TO_END and (len(passage.sentences) > 1 or count > 11):
        yield _mark_sign("language_no_stop", last.start, len(text), last.text, f"{last.text}.")
