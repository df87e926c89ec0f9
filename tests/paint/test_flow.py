"""One text in several columns, and over several pages."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.paint.sheet import typeset_sheet

STYLE = {"flow": "isi", "max": 20, "min": 10, "width": 180, "height": 200, "font": "IBM Plex Serif"}
SENTENCE = "Karang taruna menyiapkan bronjong bambu untuk tanggul. "


def columns(boxed, text, *, continued=False, count=2, **more):
    boxes = [STYLE | more | {"x": 200 * n, "text": text if n == 0 else ""} for n in range(count)]
    return typeset_sheet(boxed(*boxes, width=200 * count), continued=continued)


def shown(setting) -> list[str]:
    return [placed.line.layout.text()[placed.line.start : placed.line.end].strip() for placed in setting.lines]


PARAGRAPH = st.tuples(
    st.sampled_from(["", "", "## ", "> ", "- "]),
    st.lists(
        st.sampled_from(["warga", "memperbaiki", "saluran,", "irigasi.", "di", "Sukamaju"]), min_size=1, max_size=40
    ),
).map(lambda pair: pair[0] + " ".join(pair[1]))


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(PARAGRAPH, min_size=1, max_size=14))
def test_every_word_is_shown_once_in_order_or_told(boxed, parts):
    sheet = columns(boxed, "\n".join(parts), continued=True)
    seen = [word for setting in sheet.settings for line in shown(setting) for word in line.split() if word != "•"]
    marks = ("##", ">", "-")
    rest = [word for word in sheet.rest.split() if word not in marks]
    assert seen + rest == [word for word in "\n".join(parts).split() if word not in marks]


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(PARAGRAPH, min_size=1, max_size=14), balance=st.sampled_from([0, 1]))
def test_lines_stay_in_their_columns(boxed, parts, balance):
    for setting in columns(boxed, "\n".join(parts), balance=balance).settings:
        unit = setting.size / 100
        for placed in setting.lines:
            assert (placed.baseline - placed.line.above) * unit >= -0.5
            assert (placed.baseline + placed.line.below) * unit <= 200.5
            assert (placed.x + placed.line.left) * unit >= -0.5
            assert (placed.x + placed.line.right) * unit <= 180.5


def test_text_grows_to_fill_and_shrinks_to_fit(boxed):
    sizes = [columns(boxed, SENTENCE * times).settings[0].size for times in (1, 8, 60)]
    assert sizes[0] == 20
    assert 20 > sizes[1] > 10
    assert sizes[2] == 10


def test_a_heading_never_stands_at_the_foot_of_a_column(boxed):
    for times in range(1, 30):
        sheet = columns(boxed, SENTENCE * times + "\n## Dana desa\n" + SENTENCE * 30, continued=True, min=20)
        assert all(shown(setting)[-1] != "Dana desa" for setting in sheet.settings if setting.lines)


def test_balanced_columns_end_at_about_the_same_height(boxed):
    ends = [s.lines[-1].baseline for s in columns(boxed, SENTENCE * 4, balance=1, max=14, height=280).settings]
    assert abs(ends[0] - ends[1]) < 300


def test_without_a_next_page_the_last_line_ends_with_an_ellipsis(boxed):
    sheet = columns(boxed, SENTENCE * 60)
    assert sheet.settings[1].lines[-1].line.layout.text().endswith("…")
    assert sheet.overflow[0].box == "isi"
    assert (SENTENCE * 60).strip().endswith(sheet.overflow[0].text)


def test_with_a_next_page_there_is_none(boxed):
    sheet = columns(boxed, SENTENCE * 60, continued=True)
    assert not shown(sheet.settings[1])[-1].endswith("…")
    assert sheet.flow == "isi"
    assert sheet.rest == sheet.overflow[0].text


def test_the_rest_keeps_its_marks(boxed):
    sheet = columns(boxed, "\n".join(f"- butir nomor {n} {SENTENCE}" for n in range(30)), continued=True)
    later = sheet.rest.split("\n")[1:]
    assert len(later) > 3
    assert all(line.startswith("- butir") for line in later)


@pytest.mark.parametrize("text", ["- satu", "- سكان القرية"])
def test_a_bullet_stands_before_its_text(boxed, text):
    lines = columns(boxed, text).settings[0].lines
    item, bullet = lines
    assert bullet.line.layout.text() == "•"
    before = bullet.x + bullet.line.right <= item.x + item.line.left
    after = bullet.x + bullet.line.left >= item.x + item.line.right
    assert after if "س" in text else before


@pytest.mark.parametrize("words", [7, 9, 11, 13])
def test_paragraphs_that_are_kept_go_over_whole(boxed, words):
    parts = [f"{number}. " + "kata " * words + "akhir." for number in range(30)]
    sheet = columns(boxed, "\u2029".join(parts), continued=True, keep=1, max=14, min=14)
    assert all(shown(setting)[-1].endswith("akhir.") for setting in sheet.settings)
    assert sheet.rest.split()[0].removesuffix(".").isdigit()


def test_a_kept_paragraph_longer_than_a_column_is_parted_all_the_same(boxed):
    sheet = columns(boxed, SENTENCE * 40, continued=True, keep=1, max=14, min=14)
    assert shown(sheet.settings[0])
    assert sheet.rest
