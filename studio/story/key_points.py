"""What matters after the lead: whole sentences of the text, proposed by weight or ticked by a member.

The weight of a sentence is made of what it shares with the others (TextRank: Mihalcea and Tarau, EMNLP 2004), where it
stands, and of the figures, names and words of the headline in it. Pure, and the same for the same text.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from studio.story.body import split_lead
from studio.story.quotation import find_quotations
from studio.story.sentence_units import has_open_mark, is_bare_quotation, is_leaning, whole_sentences
from studio.story.text import word_set, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.story.body import BodyBlock

MOST_POINTS = 4
MOST_ITEMS = 6
"""How many items of a list a notice shows."""
_MOST_READ = 80
"""Sentences that are weighed; what matters of a longer story stands before that."""
_SHORTEST, _EASY, _LONGEST = 4, 24, 40
"""Words of a sentence: below the first it says nothing alone, above the second it loses weight, above the third it is
no point."""
_ALIKE = 0.6
"""Share of the words of the shorter of two sentences from which on they say the same."""
_STILL_THE_SAME = 0.6
"""Share of words that a sentence keeps when it was edited and is still the one that was ticked."""
_ROUNDS, _DAMPING = 12, 0.85
_EMPTY = word_set("""
    ada adalah agar akan antara apa atas atau bagi bahkan bahwa baik banyak baru belum berada bisa dalam dan
    dapat dari dengan di dia dua hal hanya harus hari hingga ia ini itu jadi juga kali kami karena ke kepada
    kini kita kata lagi lain lalu lebih maka masih mereka namun oleh orang pada para paling per pula pun saat
    saja salah sama sampai sangat satu sebab sebagai sebelum sebuah secara sehingga sejak sekitar selain selama
    semua seorang seperti serta setelah setiap siapa suatu sudah supaya tak tanpa telah tentang terhadap
    tersebut tetapi tiap tidak untuk yaitu yakni yang ujar tutur ungkap jelas menurut mengatakan
""")
"""Words that say nothing about what a sentence is about."""
_ENDING = re.compile(r"(?:nya|lah|kah|pun)$")


@dataclass(frozen=True, slots=True)
class PointChoice:
    """A sentence that may be a point: ``mark`` is how the story keeps it; a ``proposed`` one counts unless rejected."""

    text: str
    mark: str
    proposed: bool


@dataclass(frozen=True, slots=True)
class _Candidate:
    text: str
    first: bool
    number: int
    said: frozenset[str]


def point_choices(blocks: Sequence[BodyBlock], headline: str = "") -> tuple[PointChoice, ...]:
    """Every sentence after the lead that could be a point, in the order of the text; items of a list too.

    Args:
        blocks: the body.
        headline: whose words add weight.
    """
    _, rest = _lead_and_rest(blocks)
    chosen = set(proposed_points(blocks, headline))
    made: dict[str, PointChoice] = {}
    for block in rest:
        text = _one_line(block)
        if block.kind in {"bullet", "number"}:
            parts: Sequence[str] = (text,)
        elif block.kind == "paragraph":
            parts = whole_sentences(text)
        else:
            continue
        for part in parts:
            # A sentence that stands twice is one choice.
            if (mark := point_mark(part)) and not part.endswith(":"):
                made.setdefault(mark, PointChoice(part, mark, part in chosen))
    return tuple(made.values())


def proposed_points(blocks: Sequence[BodyBlock], headline: str = "") -> tuple[str, ...]:
    """The points that nobody had to choose, at most four, in the order of the text.

    A body of one paragraph and a list has the items of the list, at most six.
    """
    lead, rest = _lead_and_rest(blocks)
    told = [text for block in rest if block.kind == "paragraph" and not (text := _one_line(block)).endswith(":")]
    items = tuple(_one_line(block) for block in rest if block.kind in {"bullet", "number"})
    if items and len(told) < 2:
        return items[:MOST_ITEMS]
    known = frozenset(word.casefold() for word in words(f"{headline} {lead}"))
    found = _candidates(told, known)
    weights = _weights(found, content_words(headline))
    taken: list[_Candidate] = []
    seen = [content_words(lead)]
    for candidate in sorted(found, key=lambda one: (-weights[one.number], one.number)):
        if len(taken) < MOST_POINTS and not any(_says_the_same(candidate.said, other) for other in seen):
            taken.append(candidate)
            seen.append(candidate.said)
    return tuple(candidate.text for candidate in sorted(taken, key=lambda one: one.number))


def chosen_points(blocks: Sequence[BodyBlock], headline: str, marks: Sequence[str] | None) -> tuple[str, ...]:
    """The points as posts show them: those a member ticked, or the proposed ones where ``marks`` is None.

    A ticked sentence is found again after it moved or was edited a little; one that is gone drops out.
    """
    if marks is None:
        return proposed_points(blocks, headline)
    return taken_points(point_choices(blocks, headline), marks)


def taken_points(choices: Sequence[PointChoice], marks: Sequence[str] | None) -> tuple[str, ...]:
    """``chosen_points`` of choices that are known already."""
    if marks is None:
        return tuple(choice.text for choice in choices if choice.proposed)
    taken = {at for mark in marks if (at := _find_marked(mark, choices)) is not None}
    return tuple(choices[at].text for at in sorted(taken))


def point_mark(sentence: str) -> str:
    """How the story keeps a sentence without its words: the hash of each of its words, four hexadecimal digits each.

    The words themselves stand in the body only, where the gate looks for names.
    """
    return "".join(f"{zlib.crc32(word.casefold().encode()) & 0xFFFF:04x}" for word in words(sentence))


def content_words(text: str) -> frozenset[str]:
    """The words that carry what a text is about, in lower case, without ``-nya`` and the like."""
    found = (word.casefold() for word in words(text))
    return frozenset(_ENDING.sub("", word) if len(word) > 6 else word for word in found if word not in _EMPTY)


def _find_marked(mark: str, choices: Sequence[PointChoice]) -> int | None:
    hashes = set(_pieces(mark))
    best, place = 0.0, None
    for at, choice in enumerate(choices):
        other = set(_pieces(choice.mark))
        shared = len(hashes & other) / max(1, len(hashes | other)) if choice.mark != mark else 2.0
        if shared > best:
            best, place = shared, at
    # Of n words with one changed, n - 1 of n + 1 are shared: a union weighs changes twice.
    return place if best >= _STILL_THE_SAME * 0.75 else None


def _pieces(mark: str) -> list[str]:
    return [mark[at : at + 4] for at in range(0, len(mark), 4)]


def _lead_and_rest(blocks: Sequence[BodyBlock]) -> tuple[str, tuple[BodyBlock, ...]]:
    lead, rest = split_lead(blocks)
    return (_one_line(lead) if lead else ""), rest


def _one_line(block: BodyBlock) -> str:
    return " ".join(block.text.split())


def _candidates(paragraphs: Sequence[str], known: frozenset[str]) -> list[_Candidate]:
    """Sentences that can stand alone behind headline and lead."""
    found: list[_Candidate] = []
    for paragraph in paragraphs:
        before: frozenset[str] = frozenset()
        parts = whole_sentences(paragraph)
        for n, (sentence, following) in enumerate(zip(parts, (*parts[1:], ""), strict=True)):
            # "...," kata Siti. "...": without its second part it would be half a quotation.
            half = bool(find_quotations(sentence)) and is_bare_quotation(following)
            # "Juara diraih regu Bahari. Regu itu ...": not the one of the headline.
            if len(found) < _MOST_READ and not half and _stands_alone(sentence, known - before):
                found.append(_Candidate(sentence, n == 0, len(found), content_words(sentence)))
            before = frozenset(word.casefold() for word in words(sentence))
    return found


def _stands_alone(sentence: str, known: frozenset[str]) -> bool:
    if (
        sentence.rstrip('"”»’)').endswith(("?", ":", ",", ";", "…"))
        or not _SHORTEST <= len(words(sentence)) <= _LONGEST
    ):
        return False
    return not is_leaning(sentence, known) and not has_open_mark(sentence)


def _weights(found: Sequence[_Candidate], headline: frozenset[str]) -> list[float]:
    ranks = _text_ranks([candidate.said for candidate in found])
    return [_sentence_weight(candidate, rank, headline) for candidate, rank in zip(found, ranks, strict=True)]


def _sentence_weight(candidate: _Candidate, rank: float, headline: frozenset[str]) -> float:
    """About 0 to 3. The parts were set by reading the points of tests/posts/data/short_stories.toml."""
    text = candidate.text
    said = words(text)
    weight = 0.8 * rank
    weight += 0.45 if candidate.first else 0.0
    weight += 0.35 / (1 + candidate.number / 4)
    weight += 0.3 * min(2, sum(word[0].isdigit() for word in said))
    weight += 0.15 * min(3, sum(word[0].isupper() for word in said[1:]))
    weight += 0.5 * min(1.0, len(candidate.said & headline) / 3)
    weight -= 0.04 * max(0, len(said) - _EASY)
    # What people said has a card of its own.
    return weight - (0.8 if find_quotations(text) else 0.0)


def _text_ranks(said: Sequence[frozenset[str]]) -> list[float]:
    """How much each sentence shares with those that share much, 0 to 1."""
    size = len(said)
    shares = [[_likeness(a, b) if i != j else 0.0 for j, b in enumerate(said)] for i, a in enumerate(said)]
    sums = [sum(row) or 1.0 for row in shares]
    ranks = [1.0] * size
    for _ in range(_ROUNDS):
        ranks = [
            1 - _DAMPING + _DAMPING * sum(shares[j][i] / sums[j] * ranks[j] for j in range(size) if shares[j][i])
            for i in range(size)
        ]
    most = max(ranks, default=1.0)
    return [rank / most for rank in ranks]


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / (1 + sqrt(len(one) * len(other)))


def _says_the_same(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _ALIKE * max(1, min(len(one), len(other)))
