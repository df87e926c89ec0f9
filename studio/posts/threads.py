"""Splits a long text into a numbered row of posts, none over the limit, nothing lost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.story.sentence_units import is_bare_quotation, opens_leaning, whole_sentences
from studio.story.text import Counter, sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_POST = 4.0
_PARAGRAPH, _LINE, _SENTENCE, _LEANING, _INSIDE = 0.0, 1.5, 3.0, 12.0, 20.0
"""What a break costs, by what it parts; a post more costs ``_POST``. So a post is spent on keeping a leaning sentence
with the one before, but not on keeping a paragraph together."""
_AFTER_OPENER = 12.0
"""A heading or ``Yang perlu dibawa:`` left alone at the end of a post."""
_SPARSE, _SPARSE_COST = 0.25, 1.0
"""A post that fills less than this share of its room."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of the text that is not broken: ``gap`` is the white space before it, ``cost`` that of a break there."""

    gap: str
    text: str
    cost: float


def split_thread(text: str, limit: int, count: Counter) -> tuple[str, ...]:
    """The posts of a thread; one post without a number when ``text`` fits as it is.

    A post ends with its number and the number of posts (``2/5``). Posts end where a thought ends: after a paragraph,
    else after a sentence, not before one that leans on it (``Namun, ...``) and not inside a quotation, as far as there
    is room; else after a word; only a word that fits no post is cut. Without the numbers and white space the posts hold
    every character of ``text``, in order.

    Args:
        text: paragraphs with a blank line between them.
        limit: the longest post, at least 30 in the unit of ``count``.
        count: measures a text.
    """
    text = text.strip()
    if count(text) <= limit:
        return (text,) if text else ()
    pieces = tuple(_pieces(text))
    posts: list[str] = []
    for digits in range(1, 5):
        # How long "12/34" is depends on how many posts there are, which depends on how much room it leaves. Try one
        # digit, then two, until the number of posts has no more digits than were kept free.
        room = limit - count("\n\n" + "9" * digits + "/" + "9" * digits)
        posts = _packed(list(_break_up(pieces, room, count)), room, count)
        if len(posts) < 10**digits:
            break
    return tuple(f"{post}\n\n{n}/{len(posts)}" for n, post in enumerate(posts, 1))


def _pieces(text: str) -> Iterator[_Piece]:
    """Each sentence with the white space that stands before it: paragraph, line or space."""
    opener = False
    for paragraph in text.split("\n\n"):
        gap, cost = "\n\n", _PARAGRAPH
        for line in paragraph.split("\n"):
            for sentence in whole_sentences(line):
                if opens_leaning(sentence) or (gap == " " and is_bare_quotation(sentence)):
                    cost = _LEANING
                yield _Piece(gap, sentence, max(cost, _AFTER_OPENER if opener else 0.0))
                gap, cost, opener = " ", _SENTENCE, _opens(sentence)
            gap, cost = "\n", _LINE


def _opens(sentence: str) -> bool:
    """Whether it leads to what follows: a heading, or ends with a colon. Signs alone, such as hashtags, do not."""
    return sentence.endswith(":") or (len(sentence) < 60 and sentence.isupper() and sentence[-1].isalpha())


def _break_up(pieces: Iterable[_Piece], room: int, count: Counter) -> Iterator[_Piece]:
    """The pieces, those that fit no post broken up: into sentences (of a long quotation), clauses, words."""
    for piece in pieces:
        if count(piece.text) <= room:
            yield piece
            continue
        gap, cost = piece.gap, piece.cost
        for sentence in sentences(piece.text) or (piece.text,):
            for part in (sentence,) if count(sentence) <= room else _clauses(sentence, room, count):
                yield _Piece(gap, part, cost)
                # What is cut out of a word goes on without a gap only where it begins a post, which it does.
                gap, cost = " ", _INSIDE
            cost = _LEANING


def _clauses(sentence: str, room: int, count: Counter) -> Iterator[str]:
    """Parts of a sentence, as long as fit, that end after a comma where that keeps half of the room."""
    words = sentence.split(" ")
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and count(" ".join(words[at : end + 1])) <= room:
            end += 1
        if end == at:
            yield from _cut_word(words[at], room, count)
            at += 1
            continue
        if end < len(words):
            commas = [n for n in range(at + 1, end + 1) if re.search(r"[,;:–—]$", words[n - 1])]
            if commas and count(" ".join(words[at : commas[-1]])) >= room / 2:
                end = commas[-1]
        yield " ".join(words[at:end])
        at = end


def _packed(pieces: Sequence[_Piece], room: int, count: Counter) -> list[str]:
    """Fill posts so that the breaks cost least (the shortest path through the places where a post may end)."""
    size = len(pieces)
    best: list[tuple[float, int, str]] = [(0.0, 0, "")] + [(float("inf"), 0, "")] * size
    for start in range(size):
        so_far = best[start][0] + _POST + (pieces[start].cost if start else 0.0)
        joined = ""
        for end in range(start, size):
            joined = joined + pieces[end].gap + pieces[end].text if joined else pieces[end].text
            length = count(joined)
            if end > start and length > room:
                break
            cost = so_far + (_SPARSE_COST if length < _SPARSE * room else 0.0)
            if cost <= best[end + 1][0]:  # of two ways that cost the same the one whose first posts are fuller
                best[end + 1] = (cost, start, joined)
    posts: list[str] = []
    at = size
    while at:
        posts.append(best[at][2])
        at = best[at][1]
    return posts[::-1]


def _cut_word(word: str, room: int, count: Counter) -> Iterator[str]:
    """A word as it is, or in pieces of at most ``room`` when it is longer than a full post."""
    while word and count(word) > room:
        low, high = 1, len(word)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if count(word[:middle]) <= room else (low, middle - 1)
        # The binary search takes length to grow with the text. It need not: a letter more can join an emoji and make
        # the text lighter, or a dot more make a link of it.
        while low > 1 and count(word[:low]) > room:
            low -= 1
        yield word[:low]
        word = word[low:]
    if word:
        yield word
