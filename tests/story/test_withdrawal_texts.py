"""The withdrawal as a post: it fits every limit, and says no more than may be said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.story.model import Group, Publication, StatusChange, Story
from studio.story.withdrawal import (
    StoryWithdrawal,
    fitted_text,
    is_withdrawn,
    rewriting_steps,
    shown_status,
    standing_withdrawal,
    withdrawal_text,
)

GROUP = Group(name="KIM Bina Warga")
STORY = Story(id="s", publications=(Publication(outlet="x", when="2026-11-20T08:00:00+07:00"),))
WORDS = st.lists(st.sampled_from(["panen", "keliru", "nama", "anak", "tidak", "benar"]), max_size=30).map(" ".join)


def text_of(told):
    return withdrawal_text(STORY, told, "x", GROUP, "https://kim.example/a")


@given(WORDS, WORDS, st.integers(0, 400))
def test_what_is_cut_is_the_reason_then_the_headline_and_nothing_else(headline, reason, limit):
    told = StoryWithdrawal("2026-11-25", headline, reason, "a")
    made = fitted_text(text_of, told, lambda text: len(text) <= limit)
    bare = text_of(StoryWithdrawal("2026-11-25", "", "", "a"))
    assert len(made) <= max(limit, len(bare))
    if len(text_of(told)) <= limit:
        assert made == text_of(told)
    # A reason that was cut says so, and is the beginning of the whole.
    kept = made.partition("Alasan: ")[2].partition("\n")[0]
    assert not kept or kept.endswith(("…", "."))
    assert kept.rstrip("….").split() == reason.split()[: len(kept.rstrip("….").split())]
    assert made.endswith("https://kim.example/a\n\nKIM Bina Warga\n")


@pytest.mark.parametrize(
    ("told", "outlet", "lines"),
    [
        (
            StoryWithdrawal("2026-11-25", "Panen gagal", "Angkanya keliru", "a"),
            "x",
            [
                "PENCABUTAN BERITA (25/11/2026): “Panen gagal”",
                "Berita yang kami muat di sini pada 20/11/2026 telah kami cabut.",
                "Alasan: Angkanya keliru.",
                "KIM Bina Warga",
            ],
        ),
        (
            StoryWithdrawal("", "", "", "a", untold=True),
            "facebook",
            [
                "PENCABUTAN BERITA",
                "Berita yang kami muat di sini telah kami cabut.",
                "Alasan lengkapnya tidak dimuat di sini untuk melindungi orang yang bersangkutan.",
                "KIM Bina Warga",
            ],
        ),
    ],
)
def test_posts_word_for_word(told, outlet, lines):
    assert withdrawal_text(STORY, told, outlet, GROUP, "").strip().split("\n\n") == lines


def log(*steps):
    """A log of statuses; ``!`` before one marks a block that was overridden."""
    return tuple(
        StatusChange(when=f"2026-11-{day:02}", status=step.lstrip("!"), finding="f" if step[0] == "!" else "")
        for day, step in enumerate(steps, 1)
    )


@pytest.mark.parametrize(
    ("status", "steps", "taken_back", "rewritten"),
    [
        ("draft", (), False, 0),
        ("withdrawn", ("published", "withdrawn"), True, 0),
        ("draft", ("published", "withdrawn", "draft"), True, 1),
        ("review", ("published", "withdrawn", "draft", "review"), True, 1),
        # What is ready is exported without the mark of a draft.
        ("ready", ("published", "withdrawn", "draft", "review", "ready"), False, 1),
        ("published", ("published", "withdrawn", "draft", "published"), False, 1),
        ("draft", ("published", "withdrawn", "published", "draft"), False, 0),
        ("draft", ("published", "withdrawn", "!published", "draft"), True, 1),
        ("withdrawn", (), True, 0),
    ],
)
def test_a_story_stays_taken_back_until_it_is_public_again(status, steps, taken_back, rewritten):
    story = Story(id="s", status=status, log=log(*steps))
    assert is_withdrawn(story) == taken_back
    assert shown_status(story) == ("withdrawn" if taken_back else status)
    assert len(rewriting_steps(story)) == rewritten
    assert (standing_withdrawal(story) is not None) == (taken_back and bool(steps))
