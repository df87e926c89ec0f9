"""The blank form of consent: one sheet that can be printed, read out, filled in and signed."""

from __future__ import annotations

import subprocess

import pytest

from studio.base import paths
from studio.base.i18n import MessageTexts
from studio.documents.consent_form import write_consent_form
from studio.story.model import Group

FIELDS = {
    "id": (
        "Persetujuan untuk diberitakan",
        "Nama lengkap",
        "anak di bawah 18 tahun",
        "Berita tentang",
        "Batasan",
        "wajah saya tampak di foto",
        "ucapan saya dikutip",
        "mencabut izin kapan saja",
        "Tanda tangan",
        "orang tua atau wali",
    ),
    "en": ("Full name", "under 18", "Signature"),
}


def shown(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.tool("pdftotext")
@pytest.mark.parametrize("language", FIELDS)
def test_the_form_is_one_sheet_with_everything_to_fill_in(tmp_path, qapp, language):
    path = tmp_path / "izin.pdf"
    texts = MessageTexts(paths.assets_dir() / "messages", language)
    write_consent_form(path, Group(name="KIM Bina Warga"), texts)
    words = " ".join(shown("pdftotext", "-layout", str(path), "-").split())
    for field in ("KIM Bina Warga", *FIELDS[language]):
        assert field in words
    facts = shown("pdfinfo", str(path))
    assert "A4" in facts
    assert next(line for line in facts.splitlines() if line.startswith("Pages:")).split()[1] == "1"
    assert [item.name for item in tmp_path.iterdir()] == [path.name]


def test_a_long_name_of_the_group_stays_on_the_sheet(tmp_path, qapp):
    path = tmp_path / "izin.pdf"
    texts = MessageTexts(paths.assets_dir() / "messages", "id")
    write_consent_form(path, Group(name="Kelompok Informasi Masyarakat " * 6), texts)
    words = " ".join(shown("pdftotext", "-layout", str(path), "-").split())
    assert "mencabut izin kapan" in words
