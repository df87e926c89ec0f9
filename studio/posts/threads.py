"""Splits a long text into a numbered row of posts, none over the limit, nothing lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.story.text import Counter, sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def split_thread(text: str, limit: int, count: Counter) -> tuple[str, ...]:
    """The posts of a thread; one post without a number when ``text`` fits as it is.

    A post ends with its number and the number of posts (``2/5``). Posts end after a paragraph or sentence where
    possible, else after a word; only a word that fits no post is cut. Without the numbers and white space the posts
    hold every character of ``text``, in order.

    Args:
        text: paragraphs with a blank line between them.
        limit: the longest post, at least 30 in the unit of ``count``.
        count: measures a text.
    """
    text = text.strip()
    if count(text) <= limit:
        return (text,) if text else ()
    posts: list[str] = []
    for digits in range(1, 5):
        # How long "12/34" is depends on how many posts there are, which depends on how much room it leaves. Try one
        # digit, then two, until the number of posts has no more digits than were kept free.
        tail = "\n\n" + "9" * digits + "/" + "9" * digits
        posts = _packed(_pieces(text), limit - count(tail), count)
        if len(posts) < 10**digits:
            break
    return tuple(f"{post}\n\n{n}/{len(posts)}" for n, post in enumerate(posts, 1))


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Each sentence with the white space that stands before it: paragraph, line or space."""
    for paragraph in text.split("\n\n"):
        gap = "\n\n"
        for line in paragraph.split("\n"):
            for sentence in sentences(line):
                yield gap, sentence
                gap = " "
            gap = "\n"


def _packed(pieces: Iterable[tuple[str, str]], room: int, count: Counter) -> list[str]:
    """Fill posts in order; a piece longer than a post is broken up."""
    posts: list[str] = []
    for gap, piece in pieces:
        if posts and count(joined := posts[-1] + gap + piece) <= room:
            posts[-1] = joined
        elif count(piece) <= room:
            posts.append(piece)
        else:
            _pack_words(posts, gap, piece, room, count)
    return posts


def _pack_words(posts: list[str], gap: str, piece: str, room: int, count: Counter) -> None:
    """Add a sentence that fits no post word by word."""
    for word in piece.split(" "):
        if posts and count(joined := posts[-1] + gap + word) <= room:
            posts[-1] = joined
        else:
            posts.extend(_cut_word(word, room, count))
        gap = " "


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
