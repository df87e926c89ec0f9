import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.base.paths import templates_dir
from studio.posts import colors

HEX = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_contrast_of_known_pairs():
    assert colors.contrast_ratio("#000000", "#ffffff") == pytest.approx(21)
    assert colors.contrast_ratio("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert colors.luminance("#ffffff") == pytest.approx(1)


@given(HEX, HEX)
def test_everything_written_can_be_read(main, accent):
    made = colors.color_palette(main, accent)
    assert made["main"] == main
    assert colors.contrast_ratio(made["link"], colors.PAPER) >= colors.READABLE
    assert colors.contrast_ratio(made["link_night"], colors.NIGHT) >= colors.READABLE
    assert colors.contrast_ratio(made["on_main"], main) >= 4.2
    assert colors.contrast_ratio(made["on_accent"], accent) >= 4.2
    assert colors.contrast_ratio("#ffffff", made["dark"]) >= colors.contrast_ratio("#ffffff", main)


@given(HEX, HEX, st.sampled_from(["paper", "white", "tint", "main", "dark", "accent"]))
def test_words_and_shapes_of_a_family_can_be_told_from_any_ground(main, accent, ground):
    made = colors.family_colors(main, accent, {"ground": ground})
    for words in ("ground_ink", "ground_soft", "ground_pop"):
        assert colors.contrast_ratio(made[words], made["ground"]) >= colors.READABLE, words
    assert colors.contrast_ratio(made["ground_mark"], made["ground"]) >= colors.GRAPHIC
    assert colors.contrast_ratio(made["white_main"], "#ffffff") >= colors.READABLE


@pytest.mark.parametrize("text", ["", "hijau", "#12", "#12345g", "0f6b5c; }", '"><script>'])
def test_what_is_no_colour_becomes_the_studios(text):
    assert colors.color_palette(text, text)["main"] == "#0f6b5c"
    assert colors.color_palette(text, text)["accent"] == "#f2b705"


def test_short_form():
    assert colors.to_hex(colors.parse_color("#Fa0")) == "#ffaa00"


def test_links_of_the_footer_can_be_read_for_200_colours_by_day_and_night():
    """The footer's ground is the sheet of the website's style, not the paper."""
    style = (templates_dir() / "_common" / "web" / "gaya.css.txt.j2").read_text(encoding="utf-8")
    day, night = re.findall(r"--lembar: (#[0-9a-f]{6});", style)[:2]
    dice = random.Random(1)
    for _ in range(200):
        main, accent = (f"#{dice.randrange(1 << 24):06x}" for _ in range(2))
        made = colors.color_palette(main, accent)
        assert colors.contrast_ratio(made["link"], day) >= colors.READABLE, main
        assert colors.contrast_ratio(made["link_night"], night) >= colors.READABLE, main
