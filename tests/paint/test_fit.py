"""The law of the text box: no ink leaves it, and what does not fit is told."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from studio.paint.image import paint_rgb
from studio.paint.sheet import typeset_sheet

EDGE = 60
"""Room around the box in which no ink may lie, in pixels."""

WORDS = st.sampled_from(
    [
        *("warga", "gotong", "Jempol,", "(22/11)", "ÉÑÇĄ", "fjord", "kemasyarakatan-pemberdayaan", "g", "“Yuk!”", "—"),
        *("ꦮꦫꦒꦱꦸꦏꦩꦗꦸ", "ꦱꦭꦸꦫꦤ꧀ꦲꦶꦫꦶꦒꦱꦶ", "سكان", "القرية", "٢٠٢٦", "🌾", "😀🎉", "👨‍👩‍👧", "A" * 40, "W" * 25),
    ]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=16).map(" ".join) | st.lists(WORDS, max_size=9).map("\n".join)
BOXES = st.fixed_dictionaries(
    {
        "text": TEXTS,
        "width": st.integers(20, 420),
        "height": st.integers(10, 300),
        "max": st.integers(12, 120),
        "weight": st.sampled_from([100, 400, 600, 900]),
        "italic": st.sampled_from([0, 1]),
        "font": st.sampled_from(["Be Vietnam Pro", "IBM Plex Serif"]),
        "align": st.sampled_from(["left", "center", "right", "justify"]),
        "valign": st.sampled_from(["top", "middle", "bottom"]),
        "lead": st.sampled_from([0.8, 1.0, 1.2, 1.6]),
        "spacing": st.sampled_from([-0.03, 0, 0.1]),
        "balance": st.sampled_from([0, 1]),
        "lines": st.sampled_from([0, 0, 1, 2]),
    }
)
QUICK = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def ink_outside(image, box) -> int:
    """Pixels darker than the faintest antialiasing outside the box (one pixel of tolerance at its edge)."""
    image[EDGE - 1 : EDGE + box["height"] + 1, EDGE - 1 : EDGE + box["width"] + 1] = 255
    return int((image < 250).sum())


FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
REACHES_LOWER = {
    **{
        "text": f"warga {FAMILY} {FAMILY} warga warga",
        "width": 114,
        "height": 63,
        "max": 20,
        "weight": 100,
        "italic": 1,
    },
    **{
        "font": "Be Vietnam Pro",
        "align": "left",
        "valign": "top",
        "lead": 0.8,
        "spacing": -0.03,
        "balance": 0,
        "lines": 0,
    },
}
"""The line that is cut short takes in a letter that hangs lower than all it had."""


@settings(QUICK, max_examples=80)
@given(box=BOXES, part=st.floats(0.2, 1))
@example(box=REACHES_LOWER, part=1.0)
def test_no_ink_leaves_its_box(boxed, darkness, box, part):
    width, height = box["width"] + 2 * EDGE, box["height"] + 2 * EDGE
    smallest = max(4, round(box["max"] * part))
    painted = paint_rgb(boxed(box | {"x": EDGE, "y": EDGE, "min": smallest}, width=width, height=height), width, height)
    assert ink_outside(darkness(painted), box) == 0


@settings(QUICK, max_examples=60)
@given(box=BOXES)
def test_overflow_is_told_only_when_the_smallest_size_does_not_fit(boxed, box):
    smallest = max(4, box["max"] // 2)
    shrinking = typeset_sheet(boxed(box | {"min": smallest})).overflow
    at_smallest = typeset_sheet(boxed(box | {"max": smallest})).overflow
    # Not the other way round: where the smallest size puts high letters under each other, a larger one may fit.
    assert not shrinking or at_smallest


@settings(QUICK, max_examples=60)
@given(box=BOXES)
def test_what_is_told_is_the_end_of_the_text(boxed, box):
    for lost in typeset_sheet(boxed(box | {"min": max(4, box["max"] // 2)})).overflow:
        whole = "\n".join(part.strip() for part in box["text"].split("\n"))
        assert whole.endswith(lost.text)
        assert lost.text


def test_a_smaller_size_keeps_words_whole(boxed):
    word = "pemberdayaan"
    setting = typeset_sheet(boxed({"text": word, "width": 200, "height": 300, "max": 100, "min": 20})).settings[0]
    assert len(setting.lines) == 1
    assert 20 < setting.size < 100


def test_a_word_too_wide_at_the_smallest_size_is_broken_not_lost(boxed):
    sheet = typeset_sheet(boxed({"text": "A" * 60, "width": 100, "height": 300, "max": 40, "min": 20}))
    assert len(sheet.settings[0].lines) > 1
    assert not sheet.overflow


def test_the_largest_size_that_fits_is_taken(boxed):
    box = {"text": "Panen raya di Sukamaju", "width": 300, "height": 120, "min": 10}
    found = typeset_sheet(boxed(box | {"max": 90})).settings[0].size
    assert 10 < found < 90
    assert typeset_sheet(boxed(box | {"max": found, "min": found})).overflow == ()
    assert typeset_sheet(boxed(box | {"max": found + 1, "min": found + 1})).overflow != ()


def test_text_cut_ends_with_an_ellipsis(boxed):
    sheet = typeset_sheet(boxed({"text": "kata " * 200, "width": 200, "height": 60, "max": 20}))
    last = sheet.settings[0].lines[-1].line
    assert last.layout.text().endswith("…")
    assert sheet.overflow[0].text.startswith("kata")


def test_a_box_too_small_for_one_line_tells_everything(boxed):
    sheet = typeset_sheet(boxed({"text": "Halo", "width": 200, "height": 5, "max": 40}))
    assert sheet.overflow[0].text == "Halo"
    assert sheet.settings[0].lines == ()


@pytest.mark.parametrize(
    ("text", "right"), [("سكان القرية", True), ("Warga سكان", False), ("123 سكان", True), ("12", False)]
)
def test_the_first_strong_character_decides_direction_and_alignment(boxed, text, right):
    line = typeset_sheet(boxed({"text": text, "width": 400, "max": 30})).settings[0].lines[0].line
    scale = 100 / 30
    assert (line.right > 390 * scale) == right
    assert (line.left < 10 * scale) == (not right)


def test_javanese_breaks_between_syllables_only(boxed):
    text = "ꦱꦭꦸꦫꦤ꧀ꦲꦶꦫꦶꦒꦱꦶ" * 4
    setting = typeset_sheet(boxed({"text": text, "width": 300, "height": 300, "max": 40, "min": 30})).settings[0]
    starts = [placed.line.layout.text()[placed.line.start :].lstrip("\u200b")[0] for placed in setting.lines]
    assert len(starts) > 2
    assert all("\ua984" <= character <= "\ua9b2" for character in starts)
    full = setting.lines[0].line.layout.text()
    assert not any(full[: placed.line.start].rstrip("\u200b")[-1:] == "꧀" for placed in setting.lines)


def test_balanced_lines_are_of_similar_length(boxed):
    box = {"text": "Warga desa perbaiki saluran air kita", "width": 520, "height": 90, "max": 34, "min": 34}
    ragged = typeset_sheet(boxed(box)).settings[0].lines
    even = typeset_sheet(boxed(box | {"balance": 1})).settings[0].lines

    def spread(lines):
        widths = [placed.line.right - placed.line.left for placed in lines]
        return max(widths) - min(widths)

    assert len(ragged) == len(even) == 2
    assert spread(even) < spread(ragged)


def test_letter_spacing_widens_latin_but_never_tears_arabic(boxed):
    def width(text, spacing):
        line = typeset_sheet(boxed({"text": text, "max": 20, "spacing": spacing})).settings[0].lines[0].line
        return line.right - line.left

    assert width("KIM", 0.5) > width("KIM", 0)
    assert width("سكان", 0.5) == width("سكان", 0)


def test_uppercase_and_paragraphs(boxed):
    lines = typeset_sheet(boxed({"text": "satu\n\ndua", "max": 20, "uppercase": 1})).settings[0].lines
    assert [placed.line.layout.text() for placed in lines] == ["SATU", "DUA"]
