"""Spelling: the table of pairs with its fixes, then words that the dictionary does not know."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.checks.likely_words import FOR_A_NAME, FOR_A_WORD, likely_words, nearest_distance
from studio.checks.morphology import is_form
from studio.checks.rule import EYD, KBBI, RuleMark
from studio.checks.word_lists import ABBREVIATIONS
from studio.story.text import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from studio.checks.rule import LexiconWords, SpellingPair
    from studio.checks.text_passages import PlacedWord, TextPassage

_SHORTEST = 3
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
"""A word without any such letter is written in another script, of which the dictionary knows nothing."""
_BY_RULE = re.compile(r"\d|\bse [A-Z]")
"""Pairs that stand for a rule of numbers and names; the rule itself finds them."""
_ENDINGS = ("nya", "lah", "kah", "ku", "mu", "pun", "an", "kan", "i")
_CLITICS = _ENDINGS[:5]
_ITALIC = re.compile(r"(?<![*\w])\*(?![*\s])([^*\n]+)(?<!\s)\*(?![*\w])|(?<![_\w])_(?![_\s])([^_\n]+)(?<!\s)_(?![_\w])")
_ENGLISH_TOO = word_set("""
    group system standard theater type villa volley zone manager management import export extra expo schedule
    survey supply handphone transport video import thema professional taxi protocol pandemic glamour trophy
""")
"""Wrong in Indonesian, right in the name of an English company."""
_REMEMBERED = 4000
_SAID_OF_NAMES = re.compile(
    r"[ ,]*(?:[A-Z(]|(?:mengaku|mengatakan|menambahkan|menjelaskan|menyebut|berharap|menyampaikan|menuturkan"
    r"|juga|sendiri|pun"
    r"|bersama|dan [A-Z]|selaku|salah (?:satu|seorang)|warga|seorang|yang|adalah|menegaskan|mengungkapkan"
    r"|mengajak|meminta)\b)"
)


class PairTable:
    """The table of pairs, ready to search: single words by themselves, others by their first word.

    Args:
        pairs: the table.
    """

    def __init__(self, pairs: tuple[SpellingPair, ...]) -> None:
        kept = {pair.wrong.lower(): pair for pair in pairs if not _BY_RULE.search(pair.wrong)}
        self._single = {wrong: pair for wrong, pair in kept.items() if " " not in wrong}
        self._several: dict[str, list[SpellingPair]] = {}
        for wrong, pair in kept.items():
            if " " in wrong:
                self._several.setdefault(wrong.split()[0], []).append(pair)
        # Sure single words also count inside longer ones (see ``likely_words``).
        self.inside = {
            wrong: pair.right.lower() for wrong, pair in self._single.items() if pair.sure and " " not in pair.right
        }

    def marks(self, passage: TextPassage, known: Set[str]) -> Iterator[RuleMark]:
        """What the table says about a paragraph; words in ``known`` are left alone."""
        for word in passage.words:
            low = word.text.replace("’", "'").lower()
            for pair in self._several.get(low, ()):
                yield from self._phrase_marks(passage, word, pair, known)
            found = self._of_word(low)
            if found is not None:
                yield from self._pair_found(word.text, found[0], found[1], word.start, known, passage)

    def _of_word(self, low: str) -> tuple[SpellingPair, str] | None:
        """The pair of a word and the ending it has as well."""
        pair = self._single.get(low)
        if pair is not None:
            return pair, ""
        if low.endswith(_CLITICS):
            ending = next(one for one in _CLITICS if low.endswith(one))
            pair = self._single.get(low[: -len(ending)])
        return None if pair is None else (pair, ending)

    def _phrase_marks(
        self, passage: TextPassage, word: PlacedWord, pair: SpellingPair, known: Set[str]
    ) -> Iterator[RuleMark]:
        rest = r"\s+".join(map(re.escape, pair.wrong.split()[1:]))
        found = re.compile(rf"\s+{rest}(nya|lah|kah|ku|mu)?(?![\w-])", re.IGNORECASE).match(
            passage.clean_text, word.end
        )
        if found:
            told = passage.clean_text[word.start : found.end()]
            yield from self._pair_found(told, pair, found[1] or "", word.start, known, passage)

    def _pair_found(
        self, told: str, pair: SpellingPair, ending: str, start: int, known: Set[str], passage: TextPassage
    ) -> Iterator[RuleMark]:
        wrong = pair.wrong.lower()
        # A doubtful pair with a capital is more likely a name.
        if wrong in known or (told[0].isupper() and not pair.sure):
            return
        if told[0].isupper() and start and self._in_a_name(passage, start, wrong):
            return
        # The pair is about a capital only, and it is there.
        if wrong == told.lower() and told == pair.right:
            return
        fixed = _like_model(told[: len(told) - len(ending)], pair.right) + ending
        code = "language_pair" if pair.sure else "language_hint"
        facts = {"word": told, "fix": fixed, "rule": pair.rule}
        level = "warning" if pair.sure else "advice"
        yield RuleMark(code, level, start, start + len(told), KBBI, (fixed,), facts)  # type: ignore[arg-type]

    @staticmethod
    def _in_a_name(passage: TextPassage, start: int, wrong: str) -> bool:
        """Whether a word spelt in English is part of a name: ``Midland Shipping Group``."""
        before = re.search(r"\b(\w+) $", passage.clean_text[:start])
        return wrong in _ENGLISH_TOO and before is not None and before[1][0].isupper()


def _like_model(model: str, word: str) -> str:
    """``word`` with a capital where ``model`` has one."""
    if model.isupper() and len(model) > 1:
        return word.upper()
    return word[0].upper() + word[1:] if model[0].isupper() else word


class SpellingChecker:
    """Finds words that nobody knows, and what they may have been; remembers both.

    Args:
        words: the lexicon.
        pairs: the table of pairs.
    """

    def __init__(self, words: LexiconWords, pairs: PairTable) -> None:
        self._words, self._pairs = words, pairs
        self._likely: dict[str, tuple[str, ...]] = {}
        self._nearness: dict[tuple[str, bool], float] = {}

    def marks(self, passage: TextPassage, known: Set[str], taken: Set[int]) -> Iterator[RuleMark]:
        """Words that nobody knows and that are close to a known one, as findings; all others as tints.

        Args:
            passage: the paragraph.
            known: more valid words in lower case: people and places of the story, the group's words, ignored ones.
            taken: places that another rule has marked already.
        """
        italic: tuple[tuple[int, int], ...] | None = None
        for word in passage.words:
            if word.start in taken or len(word.text) < _SHORTEST or _is_name(word) or not _LATIN.search(word.text):
                continue
            if is_known(word.text, self._words, known):
                continue
            if italic is None:
                italic = tuple(found.span() for found in _ITALIC.finditer(passage.text))
            if any(begin <= word.start < end for begin, end in italic):
                continue  # a word of another language, written as it should be (EYD V, I.G)
            mark = self._word_mark(passage, word)
            if mark is not None:
                yield mark

    def _word_mark(self, passage: TextPassage, word: PlacedWord) -> RuleMark | None:
        low = word.text.lower()
        tongues = self._words.regional(low)
        if word.text[0].isupper():  # at the head of a sentence: a name, unless a common word is very near
            slip = (
                len(low) > 5
                and not _SAID_OF_NAMES.match(passage.clean_text, word.end)
                and self._nearest_distance(low) <= FOR_A_NAME
            )
            if not slip:
                return None
        # English is tinted as well, unless the word is only the foreign spelling of a common loan word.
        elif tongues and not (tongues == ("en",) and self._nearest_distance(low, loans=True) <= FOR_A_NAME):
            return _tint_mark(word, tongues)
        elif self._nearest_distance(low) > FOR_A_WORD or self._ends_a_name(passage, word):
            return _tint_mark(word, ())
        return RuleMark("language_unknown", "advice", word.start, word.end, KBBI, (), {"word": word.text})

    def _ends_a_name(self, passage: TextPassage, word: PlacedWord) -> bool:
        """Whether a name stands right before it: ``Robby deritawan`` is a name that lacks a capital."""
        before = re.search(r"\b([A-Z][a-z]+) $", passage.clean_text[max(0, word.start - 30) : word.start])
        return before is not None and not is_known(before[1], self._words, frozenset())

    def _nearest_distance(self, low: str, *, loans: bool = False) -> float:
        key = (low, loans)
        if key not in self._nearness:
            # Emptied all at once: what is still in the text is computed again once, and no order of use has to be kept.
            if len(self._nearness) > _REMEMBERED:
                self._nearness.clear()
            self._nearness[key] = nearest_distance(low, self._words, self._pairs.inside, loans=loans)
        return self._nearness[key]

    def likely_words(self, word: str) -> tuple[str, ...]:
        """What an unknown word may have been; some milliseconds for one that was not asked before."""
        if word not in self._likely:
            if len(self._likely) > _REMEMBERED:
                self._likely.clear()
            self._likely[word] = likely_words(word, self._words, self._pairs.inside)
        return self._likely[word]


def _tint_mark(word: PlacedWord, tongues: tuple[str, ...]) -> RuleMark:
    """A word of another language, or one that is like no word we know: shown, but no error to be fixed."""
    facts = {"word": word.text, "language": tongues}
    return RuleMark("language_foreign", "tint", word.start, word.end, f"{EYD}, I.G", (), facts)


def _is_name(word: PlacedWord) -> bool:
    """A capital inside a sentence is a name, capitals throughout an acronym; names are no matter of spelling."""
    return (word.text[0].isupper() and not word.first) or any(sign.isupper() for sign in word.text[1:])


def is_known(text: str, words: LexiconWords, known: Set[str]) -> bool:
    """Whether a word is known: as it stands, as a form of a known word, or part by part where it has hyphens."""
    low = text.lower().replace("’", "'")
    if low in known or low in ABBREVIATIONS or low in words.places or words.spells(low) or words.spells(text):
        return True
    if "-" in low:
        return all(is_known(part, words, known) for part in low.split("-") if len(part) >= _SHORTEST)
    if any(low.endswith(ending) and low[: -len(ending)] in known for ending in _CLITICS):
        return True
    return is_form(low, words.spells)
