"""Finds the initials of a protected name as papers use them: "R (12)", "berinisial RP", "korban A", "T.W."."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from studio.checks import name_words as table
from studio.checks.protected_person import ADULT, IdentityHit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.checks.neighbours import WordNeighbours
    from studio.checks.protected_person import ProtectedName

_LONGEST_SHORTENED = 3
NAMING_INITIALS = frozenset({"inisial", "berinisial", "inisialnya"})
_INITIALS_AFTER = table.word_set("korban pelaku tersangka terdakwa terduga saksi sdr sdri an nn almarhum almarhumah")
_LIVING = table.word_set("warga penduduk asal seorang putri putra murid pelajar yang")
"""Behind an initial and a comma they say that it is a person."""
_ROW = re.compile(r"\.\s?|\s")
_VERB = re.compile(r"(?:me[mnrlwy]|di[a-z]{4}|ber|ter)[a-z]{2}")


class InitialsFinder:
    """Searches one text for the initials of one person."""

    def __init__(self, around: WordNeighbours, secret: ProtectedName) -> None:
        self._around = around
        self._tokens = around.tokens
        self._secret = secret

    def initials_at(self, at: int) -> Iterator[IdentityHit]:
        """What begins with this word, which is named by its number."""
        token = self._tokens[at]
        if not token.text.isalpha() or token.marked:
            return
        if self._secret.child and self._around.age(at + 1) >= ADULT:
            return
        after_naming = self._around.word_before(at) in NAMING_INITIALS
        aged = token.has_capital and len(token.word) <= _LONGEST_SHORTENED and 0 < self._around.age(at + 1) < ADULT
        if not token.is_shouted and not after_naming and not aged:
            return
        if len(token.word) == 1:
            yield from self._letter_hits(at, after_naming)
        elif ((after_naming or aged) and not token.is_shouted and self._is_shortened(token.word)) or self._are_initials(
            token.word, after_naming or in_case(self._around, at)
        ):
            yield IdentityHit("people_initials", token.start, token.end)

    def _letter_hits(self, at: int, after_naming: bool) -> Iterator[IdentityHit]:
        """Single letters, alone or in a row: ``R (12)``, ``T.W.``, ``A. P. L.``."""
        if at and len(self._tokens[at - 1].word) == 1 and _ROW.fullmatch(self._tokens[at].gap):
            return
        end = at + 1
        while (
            end < len(self._tokens)
            and len(self._tokens[end].text) == 1
            and self._tokens[end].text.isupper()
            and _ROW.fullmatch(self._tokens[end].gap)
        ):
            end += 1
        letters = "".join(token.word for token in self._tokens[at:end])
        span = (self._tokens[at].start, self._tokens[end - 1].end)
        if len(letters) > 1:
            dotted = "." in self._tokens[at + 1].gap
            if self._are_initials(letters, dotted or after_naming or in_case(self._around, at)):
                yield IdentityHit("people_initials", *span)
        elif letters in self._secret.letters and (after_naming or in_case(self._around, at)):
            yield IdentityHit("people_initials", *span)

    def _is_shortened(self, letters: str) -> bool:
        """Whether it is a word of the name cut down to a few letters: "Dm" of Dimas."""
        if len(letters) > _LONGEST_SHORTENED:
            return False
        return any(re.match(".*?".join(letters), word) for word in self._secret.words)

    def _are_initials(self, letters: str, certain: bool) -> bool:
        if not certain and letters in table.NO_INITIALS:
            return False
        if letters in self._secret.initials:
            return True
        if not certain or len(letters) < 2:
            return False
        # Papers take some initials of a long name ("SA" of Siti Nur Aisyah), or two letters of one word.
        some = {"".join(part) for full in self._secret.initials for part in combinations(full, len(letters))}
        return letters in some or (len(letters) == 2 and any(word.startswith(letters) for word in self._secret.words))


def told_as_person(around: WordNeighbours, at: int) -> bool:
    """Whether the word is an initial, or initials, that stand for a person: "R (12)", "korban A"."""
    token = around.tokens[at]
    if around.word_before(at) in NAMING_INITIALS:
        return token.has_capital and len(token.word) < 5
    if not token.is_shouted or not token.text.isalpha() or token.marked or len(token.word) > 3:
        return False
    if len(token.word) == 1:
        return in_case(around, at)
    told = around.age(at + 1) or around.word_before(at) in _INITIALS_AFTER
    return bool(told) and token.word not in table.NO_INITIALS


def in_case(around: WordNeighbours, at: int) -> bool:
    """Whether an initial is used as one of a person: "korban A", "R (12)", "A mengaku", "oleh A"."""
    token, before = around.tokens[at], around.word_before(at)
    end = at + 1
    while end < len(around.tokens) and len(around.tokens[end].text) == 1 and around.tokens[end].has_capital:
        end += 1
    follows = around.tokens[end] if end < len(around.tokens) else None
    if around.age(end):
        return True
    if before in table.CLASSIFIERS:
        return False
    called = before == "saja" and around.word_before(at, 2) == "sebut"
    if called or before in table.CASE_WORDS | table.NAMING | {"an", "sdr", "sdri", "nn", "si", "by"}:
        return True
    alone = len(token.word) == 1
    if not alone or (follows is not None and follows.has_capital and follows.gap.startswith(".")):
        return False
    gap = follows.gap.strip() if follows else ""
    if gap == "," and follows is not None and follows.word in table.CASE_WORDS | _LIVING:
        return True
    acts = follows is not None and gap == "" and _VERB.match(follows.word)
    told = before in table.JOINING | table.SPEECH_BEFORE or _VERB.match(before)
    return bool(told or (token.first and acts))
