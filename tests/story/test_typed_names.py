"""Names made from names: of folders, of groups, and those typed in a row."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from studio.base.portable_names import is_portable_name
from studio.story.typed_names import folder_name, initials, lines_of, names_of


@given(st.text(max_size=90) | st.text("./\\: conCON1é", max_size=12))
@example("KIM\u202eahuR")
@example(" . nul . ")
@example("a" * 59 + " . b")
def test_every_name_of_a_group_makes_a_folder(name):
    made = folder_name(name)
    assert is_portable_name(made)
    assert len(made) <= 64
    assert folder_name(made) == made


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("KIM: Bina/Warga", "KIM Bina Warga"),
        ("  KIM   Pena  ", "KIM Pena"),
        ("Nul", "KIM Nul"),
        ("???", "KIM Studio"),
        ("", "KIM Studio"),
        ("KIM Sukamaju.", "KIM Sukamaju"),
    ],
)
def test_folders(name, made):
    assert folder_name(name) == made


@pytest.mark.parametrize(
    ("name", "letters"),
    [("KIM Bina Warga", "BW"), ("kim pena", "P"), ("KIM", "K"), ("", "K"), ("Suara Tani Makmur", "ST"), ("ß", "SS")],
)
def test_letters_that_stand_for_a_group(name, letters):
    assert initials(name) == letters


def test_names_in_a_row_and_one_a_line():
    assert names_of(" Siti  Aminah, ,Budi,") == ("Siti Aminah", "Budi")
    assert lines_of("Siti Aminah, S.Pd.\n\n Budi \r\nBudi") == ("Siti Aminah, S.Pd.", "Budi")
    assert (names_of(" , "), lines_of("\n")) == ((), ())
