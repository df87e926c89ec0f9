"""Finds a protected name in a text: all of it, every word that can stand alone, its short forms and initials.

What counts as the name, decided so that no child goes out and few harmless words are held up:

- A word with a capital is the name. A word that has no capital is it unless the language has that word ("bunga");
  after "bernama", "dipanggil" and before an age in brackets it always is.
- Where a capital says nothing (begin of a sentence, headlines in capitals, tags, names of files) a word of the language
  is the name too, unless its neighbours show that it is none ("Bunga matahari", table ``COLLOCATIONS``).
- It is someone else's name inside the full name of a listed source, writer, member or grown-up, behind "kata" when
  such a source bears it, in a full name with an office or title ("Bidan Ayu Wulandari"), and it is a thing's behind
  "Posyandu", "Jalan" and their like, and a prophet's behind "Nabi". An age under 18 in brackets or a word such as
  "korban" before it overrules these.
- Two words of one name side by side are always the name.
"""

from __future__ import annotations

import re
from itertools import pairwise, permutations
from typing import TYPE_CHECKING

from studio.checks import name_words as table
from studio.checks.heroes import named_after
from studio.checks.neighbours import WordNeighbours
from studio.checks.other_bearers import OtherBearers
from studio.checks.protected_initials import InitialsFinder
from studio.checks.protected_person import ADULT, IdentityHit
from studio.checks.token_stream import replace_leet, sounds_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from studio.checks.protected_person import OpenNames, ProtectedName
    from studio.checks.token_stream import TokenStream, WordToken

    Known = Callable[[str], bool]
    """Whether the language has this word, in lower case."""

_LEAST_SOUND, _LEAST_SHORT, _LEAST_INSIDE = 3, 3, 4
_LONGEST_MONTH = 31
_NO_NAMES = table.INSTITUTIONS | table.OFFICES | table.TITLES | table.GENERIC | table.PREFIXES
"""Words with a capital that are part of a title or a place."""


def find_names(stream: TokenStream, secret: ProtectedName, openly: OpenNames, known: Known) -> Iterator[IdentityHit]:
    """Where the name stands, first to last; overlapping hits are left to the caller."""
    finder = _NameFinder(stream, secret, openly, known)
    for at in range(len(stream.tokens)):
        yield from finder.hits_at(at)


class _NameFinder:
    """Looks at one word after the other."""

    def __init__(self, stream: TokenStream, secret: ProtectedName, openly: OpenNames, known: Known) -> None:
        self._tokens: Sequence[WordToken] = stream.tokens
        self._stream = stream
        self._secret = secret
        self._openly = openly
        self._known = known
        self._around = WordNeighbours(stream)
        self._others = OtherBearers(self._around, secret, openly, self._bears_name)
        self._initials = InitialsFinder(self._around, secret)

    def hits_at(self, at: int) -> Iterator[IdentityHit]:
        token = self._tokens[at]
        # Two words of the name together need no further proof, a single one has to be meant; disguises come last.
        if span := self._phrase_end(at):
            yield IdentityHit("people_named", token.start, self._tokens[span - 1].end)
        elif self._bears_name(token) and self._is_meant(at):
            whole = self._own_word(token.word) in self._secret.wholes
            yield IdentityHit("people_named" if whole else "people_name_part", token.start, token.end)
        elif self._is_disguised(at):
            yield IdentityHit("people_name_part", token.start, token.end)
        yield from self._initials.initials_at(at)

    # --------------------------------------------------------------------------------------- full names

    def _phrase_end(self, at: int) -> int:
        """Past the last word of two or more words of the name side by side; 0 for none."""
        end = at
        while (
            end < len(self._tokens) and self._is_same(self._tokens[end]) and (end == at or self._around.is_joined(end))
        ):
            end += 1
        if end - at < 2:
            return 0
        run = self._tokens[at:end]
        written = tuple(self._own_word(token.word) for token in run)
        if named_after(self._around, at, end) and not self._is_victim(at, end):
            return 0
        # The same word twice is no full name ("Bunga Bunga"); someone else of the story may have the same words.
        if len(set(written)) < 2 or self._others.of_listed(at, written) or self._plain_words(run):
            return 0
        return end

    def _is_victim(self, at: int, end: int) -> bool:
        """Whether the words around say that a person of the story is meant, whose name is a hero's too."""
        before = self._around.word_before(at)
        age = self._around.age(end) in range(1, ADULT)
        return age or before in table.CASE_WORDS | table.NAMING or self._around.word_after(end - 1) in table.SUFFERED

    def _plain_begin(self, at: int, own: str) -> bool:
        """Whether a sentence begins with it as with a word: "Rezeki warga bertambah", "Cinta lingkungan ditanamkan".

        What follows is another word of the language, no verb and nothing that is said of someone.
        """
        token, after = self._tokens[at], self._around.word_after(at)
        if not token.first or self._stream.flat or token.marked or own not in table.COMMON:
            return False
        if at + 1 >= len(self._tokens) or self._tokens[at + 1].gap != " " or not self._tokens[at + 1].text.islower():
            return False
        person = table.CASE_WORDS | table.GENERIC | table.SUFFERED | table.SAID_OF_SOMEBODY
        return after not in person and not table.VERB.match(after) and len(after) > 3 and self._known(after)

    def _plain_words(self, run: Sequence[WordToken]) -> bool:
        """Whether they are words of the language without capitals: "bunga melati"."""
        if self._stream.flat or any(token.has_capital or token.marked for token in run):
            return False
        return all(
            table.beside_each_other(self._own_word(one.word), self._own_word(two.word)) for one, two in pairwise(run)
        )

    # -------------------------------------------------------------------------------------- single words

    def _own_word(self, word: str) -> str:
        """The word of the name that this is, "" for none; what is written onto its end does not matter."""
        if word in self._secret.words:
            return word
        for clitic in table.CLITICS:
            if word.endswith(clitic) and word[: -len(clitic)] in self._secret.words:
                return word[: -len(clitic)]
        return ""

    def _is_same(self, token: WordToken) -> bool:
        return bool(self._own_word(token.word)) or self._bears_name(token)

    def _bears_name(self, token: WordToken) -> bool:
        """Whether it is a word of the name, however it is spelled."""
        word = token.word
        if self._own_word(word):
            return True
        # English genitive: "Rani's".
        if word.endswith("s") and "'" in token.text and self._own_word(word[:-1]):
            return True
        # "r4n1": figures as letters, but never a plain number.
        if any(sign.isdigit() for sign in word) and not word.isdigit() and self._own_word(replace_leet(word)):
            return True
        # Likeness of sound finds too much in small words and short ones: there only the exact spelling counts.
        if not (token.has_capital or token.marked) or len(word) < _LEAST_SOUND:
            return False
        return bool(sounds_of(word) & self._secret.name_sounds) and word not in table.COMMON and not self._known(word)

    def _is_word(self, word: str) -> bool:
        own = self._own_word(word)
        return own in table.COMMON or own in table.MONTHS or self._known(own)

    def _is_meant(self, at: int) -> bool:
        """Whether a word that could be the name is meant as one here."""
        token = self._tokens[at]
        own = self._own_word(token.word)
        # Before everything that speaks for an ordinary word: "korban bernama Bunga" is a person.
        if self._pointed_at(at):
            return True
        if named_after(self._around, at, at + 1) or self._plain_begin(at, own):
            return False
        if self._is_month(at, own) or self._beside_known_words(at, own) or self._is_plural(at, own):
            return False
        if not token.has_capital and not token.marked and not self._stream.flat:
            return not own or not self._is_word(own)
        if self._stream.flat and own in table.COMMON and self._small_in_headline(own):
            return False
        return not self._others.bears_word(at, own)

    def _pointed_at(self, at: int) -> bool:
        """Whether the words around say that this is a person in the story: an age, "korban", "bernama"."""
        token, before = self._tokens[at], self._around.word_before(at)
        naming = before in table.NAMING or (before == "saja" and self._around.word_before(at, 2) == "sebut")
        if naming and not (token.first and not token.has_capital):
            return True
        if self._around.age(self._around.run_end(at)) in range(1, ADULT):
            return True
        if not token.has_capital:
            plain = self._beside_known_words(at, self._own_word(token.word))
            return before in table.POINTING and self._around.is_joined(at) and not plain
        return before in table.CASE_WORDS and not self._others.of_listed(at, (self._own_word(token.word),))

    def _is_month(self, at: int, own: str) -> bool:
        """``Mei 2026``, ``5 Mei`` and ``akhir Mei`` are a month, not Mei; ``Mei 13 tahun`` is her age."""
        if own not in table.MONTHS:
            return False
        before, after = self._around.word_before(at), self._around.word_after(at)
        if before in table.MONTH_SINCE and after not in table.SUFFERED:
            return True
        if (after in table.MONTHS and after != own) or (before in table.MONTHS and before != own):
            return True
        if before in table.MONTHS_JOINED and self._around.word_before(at, 2) in table.MONTHS:
            return True
        if after in table.MONTHS_JOINED and self._around.word_after(at, 2) in table.MONTHS:
            return True
        # A day of a month before it or a year behind it.
        day = before.isdigit() and len(before) < 3 and int(before) <= _LONGEST_MONTH
        year = after.isdigit() and len(after) == 4
        return day or year or before in table.MONTH_BEFORE or after in table.MONTH_AFTER

    def _is_plural(self, at: int, own: str) -> bool:
        """``Bunga-bunga`` are flowers."""
        if own not in table.COMMON:
            return False
        after = at + 1 < len(self._tokens) and self._tokens[at + 1].gap == "-" and self._around.word_after(at) == own
        return after or (self._tokens[at].gap == "-" and self._around.word_before(at) == own)

    def _beside_known_words(self, at: int, own: str) -> bool:
        if own not in table.COLLOCATIONS:
            return False
        before, after = table.COLLOCATIONS[own]
        if self._tokens[at].has_capital and self._around.word_after(at) in table.SUFFERED:
            return False
        return self._around.word_before(at) in before or self._around.word_after(at) in after

    def _small_in_headline(self, own: str) -> bool:
        """A folder or address made from a headline in which it is a word without capital."""
        return re.search(rf"\b{re.escape(own)}\b", self._openly.headline) is not None

    # -------------------------------------------------------------------------------------- parts of words

    def _is_disguised(self, at: int) -> bool:
        """Whether the name is there in part or in disguise: in a tag, cut short, with an ending, misspelled."""
        if self._inside_tag(self._tokens[at]) or self._short_form(at):
            return True
        if self._has_regional_ending(at) or self._is_spelled(at) or self._is_masked(at) or self._sounds_so(at):
            return True
        return self._is_misspelled(at) and self._pointed_at(at)

    def _inside_tag(self, token: WordToken) -> bool:
        """Whether a tag or account hides it: ``#saverani``, ``@ayulestari``."""
        word = token.word
        # Two words of the name run together, in either order: that is no accident, whatever stands around them.
        pairs = (f"{one}{two}" for name in self._secret.phrases for one, two in permutations(name, 2))
        if any(pair in word for pair in pairs if len(pair) > _LEAST_INSIDE):
            return True
        if not token.marked or len(word) < _LEAST_SHORT:
            return False
        for own in self._secret.words:
            at = word.find(own)
            if at < 0 or word == own:
                continue
            rest = (word[:at], word[at + len(own) :])
            # What is left on both sides has to be explained, or every word that holds "ani" would be a hit.
            if all(not part or self._goes_with_names(part) for part in rest):
                return True
            if len(own) >= _LEAST_INSIDE and own not in table.COMMON and not self._known(word):
                return True
        return False

    def _goes_with_names(self, part: str) -> bool:
        """Whether it is made of words that stand around names in tags, other words of the name, or figures."""
        if not part or part.isdigit() or part in table.TAG_WORDS or part in self._secret.words:
            return True
        pieces = [word for word in table.TAG_WORDS | self._secret.words if part.startswith(word)]
        return any(self._goes_with_names(part[len(piece) :]) for piece in pieces if len(piece) < len(part))

    def _short_form(self, at: int) -> bool:
        """Whether it is a short form of a word of the name: ``Bu Lastri`` of Sulastri, ``Okta`` of Oktaviani."""
        token = self._tokens[at]
        if not token.has_capital or len(token.word) < _LEAST_SHORT or token.word in table.GENERIC or token.marked:
            return False
        called = self._around.word_before(
            at
        ) in table.CALLS | table.CASE_WORDS | table.NAMING and self._around.is_joined(at)
        for own in self._secret.words:
            if len(token.word) >= len(own) or not (own.startswith(token.word) or own.endswith(token.word)):
                continue
            if called and len(own) > 4:
                return not self._others.names_somebody(at, token.word, short=True)
            long = len(token.word) >= _LEAST_INSIDE and len(own) > 5
            plain = token.word in table.COMMON or self._known(token.word) or _is_place_word(self._openly, token.word)
            if long and not plain:
                return not (
                    self._others.names_somebody(at, token.word, short=True) or self._others.bears_word(at, token.word)
                )
        return False

    def _has_regional_ending(self, at: int) -> bool:
        """Whether another language's ending stands on the name ("Ranine"): no word ("line"), nobody else ("Liana")."""
        token, word = self._tokens[at], self._tokens[at].word
        borne = token.has_capital and bool(table.regional_stems(word) & self._secret.words)
        return borne and not (word in _NO_NAMES or self._known(word) or self._others.bears_word(at, word))

    def _is_spelled(self, at: int) -> bool:
        """Whether the word and the next ones together are the name: ``R-a-n-i``, ``R a n i``, ``Ra*ni``."""
        if not self._tokens[at].has_capital:
            return False
        made = self._tokens[at].word
        # One letter a word: a dozen are enough for a name that is spelled out.
        for n in range(at + 1, min(at + 12, len(self._tokens))):
            gap, word = self._tokens[n].gap, self._tokens[n].word
            # Signs used as letters stand between words for the tokenizer: they are put back as the letters they mean.
            if gap in {"!", "@", "$", "|"}:
                made += replace_leet(gap)
                gap = "-"
            spelled = len(word) == 1 and len(self._tokens[n - 1].word) == 1 and gap in {" ", ". ", "."}
            if not spelled and not re.fullmatch(r"[\-*_~.|/\\+]{1,4}", gap):
                return False
            made += word
            if len(made) > 2 and made in self._secret.words:
                return True
        return False

    def _is_misspelled(self, at: int) -> bool:
        """Whether one letter is wrong, missing, too many or in the wrong place: "Oktavaini"."""
        token = self._tokens[at]
        if (
            not token.has_capital
            or len(token.word) < _LEAST_INSIDE
            or token.word in table.COMMON
            or self._known(token.word)
        ):
            return False
        return any(_one_letter_off(token.word, own) for own in self._secret.words if len(own) > _LEAST_INSIDE)

    def _sounds_so(self, at: int) -> bool:
        """Whether a word of the language sounds like the name and is written like one: "menjenguk Ihsan" (Ikhsan)."""
        token, word = self._tokens[at], self._tokens[at].word
        if not token.has_capital or token.marked or self._stream.flat or len(word) < _LEAST_SOUND:
            return False
        if (
            word in _NO_NAMES
            or self._own_word(word)
            or not sounds_of(word) & self._secret.name_sounds
            or not self._known(word)
        ):
            return False
        meant = not token.first or self._around.word_after(at) in table.SUFFERED or self._pointed_at(at)
        return meant and not self._is_month(at, word) and not self._others.bears_word(at, word)

    def _is_masked(self, at: int) -> bool:
        """Whether stars stand for letters of the name: ``R*ni``, ``R***``."""
        token = self._tokens[at]
        after = self._tokens[at + 1] if at + 1 < len(self._tokens) else None
        gap = after.gap if after else self._stream.tail
        stars = re.match(r"[*•_#]+|\.{2,}(?=$)|…(?=$)", gap)
        if not token.has_capital or not stars or token.gap.endswith("*"):
            return False
        if gap.startswith((".", "…")) and (after is None or after.has_capital):
            return False
        end = after.word if after is not None and stars.end() == len(gap) else ""
        if not end and stars.end() < 2 and len(token.word) < _LEAST_SHORT:
            return False
        return any(own.startswith(token.word) and own.endswith(end) and own != token.word for own in self._secret.words)


def _one_letter_off(one: str, two: str) -> bool:
    """Whether two different words that begin alike differ by one letter changed, added, left out or swapped."""
    if one == two or one[0] != two[0] or abs(len(one) - len(two)) > 1:
        return False
    at = next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    rest, other = one[at:], two[at:]
    return rest[1:] == other[1:] or rest == other[1:] or rest[1:] == other or (rest[1::-1] + rest[2:] == other)


def _is_place_word(openly: OpenNames, word: str) -> bool:
    return any(word in name for name in (*openly.places, *openly.others))
