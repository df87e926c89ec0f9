"""Keys and the wheel as an X server delivers them: Tab from field to field, Ctrl+N anywhere, nothing turned unseen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.ui.hands import needs_screen, run_script

pytestmark = [needs_screen, pytest.mark.long]


@pytest.fixture(scope="module")
def told() -> Any:
    return run_script(str(Path(__file__).with_name("real_keys.py")))


def test_a_new_story_from_the_photo_desk_takes_its_headline_at_once(told):
    assert (told["desk"], told["new"]) == ("write", "Judul berita")
    assert told["story"] == ["Panen raya", "Hasil naik", "Petani memanen padi.\n"]


def test_tab_goes_from_headline_to_summary_and_into_the_text_and_out_of_it(told):
    assert told["stops"][-1] == "Isi berita"
    assert all(": " in stop for stop in told["stops"][:-1])  # the kinds of story, while there is no text
    assert (told["back"], told["after body"]) == ("Ringkasan", "Tempat kejadian")


def test_every_answer_goes_into_the_question_it_was_typed_for(told):
    assert told["answers"] == [f"jawaban {number}" for number in range(6)]
    assert len(set(told["asked"])) == 6


def test_keys_alone_lead_from_a_new_story_to_exported_posts(told):
    assert told["summary"] == "Ringkasan"
    assert told["unticked"] == []
    assert {"kartu.jpg", "kiriman.txt"} <= set(told["exported"])


def test_the_wheel_on_its_way_scrolls_the_panel_and_turns_a_slider_only_when_meant(told):
    assert told["passing"] == {"contrast": 0.0, "value": 0, "scrolled": True}
    assert told["meant"]


def test_larger_letters_build_the_window_anew_and_the_program_goes_on(told):
    assert told["grown"] == [1.1, True, "publish"]
