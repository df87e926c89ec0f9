"""Names of files from phones: whatever a phone says, a plain name of this computer comes of it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from studio.base.media_types import is_used_as
from studio.base.portable_names import is_portable_name
from studio.services.phone_file_names import safe_name

NAMES = st.text(max_size=300) | st.text("./\\: -con\u200b\u202eaé\U0001f33e", max_size=12)


@given(NAMES, st.sampled_from(["", ".jpg", ".mp4"]))
@example("CON.jpg", "")
@example("..", ".jpg")
@example("a" * 130 + ".jpeg", "")
@example("é" * 90 + " .jpg", "")
@example("foto.tar.gz.exe", ".jpg")
def test_a_name_is_plain_short_and_stays_as_it_is(name, usual):
    made = safe_name(name, usual)
    assert is_portable_name(made), made
    assert len(made.encode()) <= 120 + len(usual)
    assert not any(unicodedata.category(sign)[0] == "C" for sign in made)
    assert safe_name(made, usual) == made
    assert not usual or any(is_used_as(made, use) for use in ("photo", "video", "sound"))


@pytest.mark.parametrize(
    ("name", "usual", "made"),
    [
        ("IMG_2031.JPG", ".jpg", "IMG_2031.JPG"),
        ("C:\\Users\\sri\\foto panen.jpg", "", "foto panen.jpg"),
        ("../../etc/passwd", ".jpg", "passwd.jpg"),
        ("kegiatan: rapat?.mp4", "", "kegiatan- rapat-.mp4"),
        ("nul", ".jpg", "_nul.jpg"),
        ("", "", "berkas"),
        ("...", ".jpg", "berkas.jpg"),
        (".jpg", ".jpg", "jpg.jpg"),
        ("foto\u202egpj.exe", ".jpg", "fotogpj.exe.jpg"),
        ("cafe\u0301.png", "", "café.png"),
    ],
)
def test_names(name, usual, made):
    assert safe_name(name, usual) == made
