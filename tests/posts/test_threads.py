import re
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.posts.counting import UNITS, count
from studio.posts.threads import split_thread

X = partial(count, unit="x")


def test_a_short_text_is_one_post_without_a_number():
    assert split_thread("Air mengalir lagi.", 280, X) == ("Air mengalir lagi.",)
    assert split_thread("  ", 280, X) == ()


def test_posts_end_with_sentences():
    text = "Kalimat pertama di sini. Kalimat kedua juga ada.\n\nParagraf kedua yang pendek."
    assert split_thread(text, 58, X) == (
        "Kalimat pertama di sini. Kalimat kedua juga ada.\n\n1/2",
        "Paragraf kedua yang pendek.\n\n2/2",
    )


def test_numbers_grow_with_the_thread():
    posts = split_thread("Kata. " * 500, 30, X)
    assert len(posts) > 99
    assert posts[-1].endswith(f"\n\n{len(posts)}/{len(posts)}")


def body(posts):
    if len(posts) == 1:
        return posts[0]
    for n, post in enumerate(posts, 1):
        assert post.endswith(f"\n\n{n}/{len(posts)}")
    return "".join(re.sub(r"\n\n\d+/\d+\Z", "", post) for post in posts)


@given(
    st.text(st.sampled_from("ab. !?\n,–…ꦗ👍é”“") | st.characters(codec="utf-8"), max_size=400),
    st.integers(30, 120),
    st.sampled_from(UNITS),
)
def test_no_post_is_too_long_and_nothing_is_lost(text, limit, unit):
    measure = partial(count, unit=unit)
    posts = split_thread(text, limit, measure)
    assert all(measure(post) <= limit for post in posts)
    assert "".join(body(posts).split()) == "".join(text.split()) if posts else not text.strip()


@pytest.mark.parametrize("word", ["x" * 1000, "👨‍👩‍👧" * 100, "https://kim.takada/" + "y" * 900])
def test_a_word_longer_than_a_post_is_cut(word):
    posts = split_thread(word, 280, X)
    assert all(X(post) <= 280 for post in posts)
    assert body(posts) == word
