"""Headlines break in even lines, and part nothing that belongs together where any setting of that size does not."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.paint.lines import EM, baseline_advance, break_lines, fits_across, style_of
from studio.paint.sheet import typeset_sheet
from studio.story.kept_words import KEPT, gap_strengths

PARTS = st.sampled_from(
    [
        *("warga", "perbaiki", "saluran irigasi", "sepanjang 400 meter", "di Desa Sukamaju", "RT 03", "Siti Aminah"),
        *(
            "dan",
            "Rp12,5 juta",
            "juara",
            "jalan",
            "pada 5 Desember",
            "untuk lansia",
            "64 balita",
            "dr. Rina",
            "ke sawah",
        ),
    ]
)


def shown_lines(box, boxed):
    """The words of each line of a typeset headline, and its setting."""
    setting = typeset_sheet(boxed(box | {"balance": 1, "font": "Be Vietnam Pro", "weight": 800})).settings[0]
    return [placed.line.layout.text()[placed.line.start : placed.line.end].split() for placed in setting.lines], setting


def parted(lines):
    """Pairs that belong together and stand in two lines."""
    words = [word for line in lines for word in line]
    strengths, ends = gap_strengths(words), []
    for line in lines[:-1]:
        ends.append(len(line) + (ends[-1] if ends else 0))
    return [(words[end - 1], words[end]) for end in ends if strengths[end - 1] >= KEPT]


def ends_in_a_lone_word(lines, width):
    """Whether the last of several lines is one word of less than two fifths of the measure."""
    last = lines[-1]
    text = last.layout.text()[last.start : last.end].strip()
    return len(lines) > 1 and not any(c.isspace() for c in text) and last.right - last.left < 0.4 * width


def some_setting_is_clean(words, setting, box, *, lone=True):
    """Whether any way to break at that size parts nothing (nor leaves a lone word at the end); tried one by one."""
    style, width, room = style_of(setting.box), box["width"] * EM / setting.size, box["height"] * EM / setting.size
    free = [n for n, strength in enumerate(gap_strengths(words), 1) if strength < KEPT]
    for count in range(min(6, len(free) + 1)):
        for chosen in combinations(free, count):
            lines = [" ".join(words[a:b]) for a, b in pairwise((0, *chosen, len(words)))]
            laid = [break_lines(line, style, width, anywhere=False) for line in lines]
            if not all(len(line) == 1 and fits_across(line[0], width) for line in laid):
                continue
            rows = [line[0] for line in laid]
            if not lone and ends_in_a_lone_word(rows, width):
                continue
            high = sum(baseline_advance(upper, lower, style.pitch) for upper, lower in pairwise(rows))
            if max(style.ascent, rows[0].above) + high + max(style.descent, rows[-1].below) <= room:
                return True
    return False


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PARTS, min_size=2, max_size=5), st.integers(140, 420), st.integers(80, 300))
def test_nothing_that_belongs_together_is_parted_where_it_need_not(boxed, parts, width, height):
    box = {"text": " ".join(parts), "width": width, "height": height, "max": 64, "min": 20}
    lines, setting = shown_lines(box, boxed)
    words = box["text"].split()
    if setting.rest or [word for line in lines for word in line] != words:
        return  # too much for the box: it ends with an ellipsis or cuts a word
    assert not parted(lines) or not some_setting_is_clean(words, setting, box)
    rows, across = [placed.line for placed in setting.lines], width * EM / setting.size
    assert not ends_in_a_lone_word(rows, across) or not some_setting_is_clean(words, setting, box, lone=False)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PARTS, min_size=3, max_size=9), st.integers(160, 420), st.booleans())
def test_no_paragraph_ends_in_a_lone_word_that_had_room_beside_another(boxed, parts, width, smaller):
    box = {"text": " ".join(parts), "width": width, "height": 300, "max": 40, "min": 24 if smaller else 40}
    setting = typeset_sheet(boxed(box)).settings[0]
    rows, across = [placed.line for placed in setting.lines], width * EM / setting.size
    if setting.rest or not ends_in_a_lone_word(rows, across):
        return
    pair = " ".join(box["text"].split()[-2:])
    assert not fits_across(break_lines(pair, style_of(setting.box), 1e6, anywhere=False)[0], across)


@pytest.mark.parametrize(
    ("words", "strong"),
    [
        ("saluran sepanjang 400 meter", [("sepanjang", "400"), ("400", "meter")]),
        ("regu RT 03 juara", [("RT", "03")]),
        ("bantuan Rp12,5 juta cair", [("Rp12,5", "juta")]),
        ("Warga buka jalan di Desa Sukamaju", [("di", "Desa"), ("Desa", "Sukamaju")]),
        ("Pesan dr. Rina Kusuma soal demam", [("dr.", "Rina"), ("Rina", "Kusuma"), ("soal", "demam")]),
        ("Festival 12 Desember 2026 – gratis", [("12", "Desember"), ("Desember", "2026"), ("2026", "–")]),
        ("Gotong Royong Perbaiki Jalan Desa Tulakan", [("Jalan", "Desa"), ("Desa", "Tulakan")]),
        ("Panen jagung, warga senang", []),
        (
            "Posyandu Melati Sukamaju Indah dibuka",
            [("Posyandu", "Melati"), ("Melati", "Sukamaju"), ("Sukamaju", "Indah")],
        ),
        ("Vaksinasi Sabtu 28 November", [("Sabtu", "28"), ("28", "November")]),
        ("libur Senin (5/12) dibatalkan", [("Senin", "(5/12)")]),
        ("buka 5 s.d. 7 Desember", [("5", "s.d."), ("s.d.", "7"), ("7", "Desember")]),
        ("suhu 37,5 °C siang", [("37,5", "°C")]),
        ("warga temui Bayuaji, S.H. kemarin", [("Bayuaji,", "S.H.")]),
    ],
)
def test_the_table_of_pairs(words, strong):
    given_words = words.split()
    found = [pair for pair, how in zip(pairwise(given_words), gap_strengths(given_words), strict=True) if how >= KEPT]
    assert found == strong


def test_lines_are_even_and_no_word_is_left_alone(boxed):
    text = "Warga perbaiki saluran irigasi dan jalan menuju sawah"
    lines, setting = shown_lines({"text": text, "width": 400, "height": 300, "max": 44, "min": 44}, boxed)
    widths = [placed.line.right - placed.line.left for placed in setting.lines]
    assert len(lines[-1]) > 1
    assert min(widths) > 0.55 * max(widths)


@pytest.mark.parametrize(
    ("headline", "width", "kept"),
    [
        ("Panen raya padi di tiga dusun", 390, "di tiga dusun"),
        ("Warga perbaiki saluran irigasi sepanjang 45 meter", 640, "sepanjang 45 meter"),
        ("PKK RT 03 RW 05 Desa Sumberejo juara 1 lomba masak", 600, "Desa Sumberejo"),
    ],
)
def test_letters_get_a_little_smaller_rather_than_part_what_belongs_together(boxed, headline, width, kept):
    box = {"x": 0, "y": 0, "width": width, "height": 620, "max": 84, "min": 30, "text": headline}
    lines, setting = shown_lines(box, boxed)
    assert any(kept in " ".join(line) for line in lines)
    assert parted(lines) == []
    assert setting.size >= 0.7 * 0.75 * 84


def test_a_number_with_its_label_ends_before_the_name_that_follows():
    words = ["Warga", "RT", "03", "RW", "05", "Desa", "Sumberejo"]
    assert [strength >= KEPT for strength in gap_strengths(words)] == [False, True, False, True, False, True]
