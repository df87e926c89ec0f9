"""Where Indonesian words are broken: a table of words written by hand, and what is never touched."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.story.syllables import SOFT_HYPHEN, break_places, hyphenate, without_hyphens

TABLE = (Path(__file__).parent / "data" / "syllables.txt").read_text(encoding="utf-8").splitlines()
WORDS = tuple(word for line in TABLE if not line.startswith("#") for word in line.split())


def ends(parted: str) -> set[int]:
    found, at = set(), 0
    for part in parted.split("-")[:-1]:
        at += len(part)
        found.add(at)
    return found


def test_no_word_is_broken_wrong_and_most_where_they_may_be() -> None:
    assert len(set(WORDS)) >= 500
    wrong, found, possible = [], 0, 0
    for parted in WORDS:
        word = parted.replace("-", "")
        offered, right = set(break_places(word)), ends(parted)
        wrong += [parted] if offered - right else []
        found += len(offered)
        possible += len([at for at in right if 2 <= at <= len(word) - 3 and len(word) > 5])
    assert wrong == []
    assert found / possible > 0.84  # where EYD needs to know how the word was built, nothing is offered


@pytest.mark.parametrize(
    "text", ["Prawirosudarmo", "BPBD", "kimbinawarga.example/kegiatan", "redaksi@sukamaju.id", "ꦮꦫꦒꦩꦱꦾꦫꦏꦠ꧀", "RT03"]
)
def test_names_and_addresses_stay_whole(text: str) -> None:
    assert hyphenate(text) == text


@settings(max_examples=40, deadline=None)
@given(st.text(st.sampled_from("aiueobcdgklmnprstwyh -.,()"), max_size=40))
def test_nothing_is_lost_and_no_letter_stands_alone(text: str) -> None:
    made = hyphenate(text)
    assert without_hyphens(made) == text
    for word in re.split(r"[\s-]+", made):
        first, *_, last = word.strip("(.,)").split(SOFT_HYPHEN) if SOFT_HYPHEN in word else ("---", "---")
        assert min(len(first), len(last)) > 2
