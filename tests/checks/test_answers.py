"""5W+1H on leads as they are written: each answer is a phrase one would say, or none."""

from __future__ import annotations

import pytest

from studio.checks.answers5w import answered_questions
from studio.story.model import Story


def found(text: str) -> dict[str, str]:
    return {
        a.question: text[a.place.start : a.place.end] for a in answered_questions(Story(id="s", body=text)) if a.place
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Polisi menangkap terduga pencuri motor di kawasan Pasar Baturetno, Ahad (15/11/2026).",
            {"who": "Polisi", "where": "di kawasan Pasar Baturetno", "when": "Ahad (15/11/2026)"},
        ),
        (
            "Dandim 0617/Majalengka Letkol Inf Agus Wahyudi menutup TMMD di Desa Cikawung (17/06/2021).",
            {
                "who": "Dandim 0617/Majalengka Letkol Inf Agus Wahyudi",
                "where": "di Desa Cikawung",
                "when": "17/06/2021",
            },
        ),
        (
            "Ketua RT 05 Suyanto bersama warga memperbaiki jembatan di Kali Wungu, Minggu pagi, agar siswa bisa lewat.",
            {
                "who": "Ketua RT 05 Suyanto",
                "what": "memperbaiki jembatan di Kali Wungu",
                "where": "di Kali Wungu",
                "why": "agar siswa bisa lewat",
            },
        ),
        (
            "Gempa bermagnitudo 4,8 mengguncang Kabupaten Pacitan, Rabu dini hari.",
            {"what": "mengguncang Kabupaten Pacitan", "where": "Kabupaten Pacitan"},
        ),
        (
            "KWT Melati Desa Ngargoyoso memanen selada pada 3 November.",
            {"who": "KWT Melati Desa Ngargoyoso", "what": "memanen selada pada 3 November"},
        ),
        (
            "Bhabinkamtibmas Desa Cibodas Aipda Dedi mengimbau warga.",
            {"who": "Bhabinkamtibmas Desa Cibodas Aipda Dedi", "where": "Desa Cibodas"},
        ),
        (
            "Klian Banjar Kaja I Wayan Sudana memimpin gotong royong.",
            {"who": "Klian Banjar Kaja I Wayan Sudana", "where": "Banjar Kaja"},
        ),
        ("Siswa SD Negeri 1 Purwosari mengikuti lomba.", {"who": "Siswa SD Negeri 1 Purwosari"}),
        ("Damkar memadamkan api di Jalan Raya Mojosari.", {"who": "Damkar", "where": "di Jalan Raya Mojosari"}),
        ("Banser Tulakan menjaga malam Natal.", {"who": "Banser Tulakan"}),
        ("Krama Banjar Tegal mengikuti vaksinasi rabies.", {"who": "Krama Banjar Tegal"}),
        ("Abah Encep memanen cabai karena harga naik.", {"who": "Abah Encep", "why": "karena harga naik"}),
        (
            "Pemerintah Kabupaten Lamongan menggelar pasar murah, 23 November 2026, untuk menekan inflasi.",
            {
                "what": "menggelar pasar murah",
                "where": "Kabupaten Lamongan",
                "when": "23 November 2026",
                "why": "untuk menekan inflasi",
            },
        ),
        (
            "Kapolres Pacitan mengunjungi warga pada hari Rabu tanggal 18 November 2026 di Kota Batu.",
            {"when": "hari Rabu tanggal 18 November 2026", "where": "di Kota Batu"},
        ),
        ("Warga mengungsi lewat jalan setapak.", {"who": "Warga", "how": "lewat jalan setapak"}),
    ],
)
def test_answers_of_real_leads(text, expected):
    assert {question: found(text).get(question) for question in expected} == expected


def test_what_merely_looks_like_an_answer_is_none():
    assert found("Saluran diperbaiki.") == {"what": "diperbaiki"}
    assert "where" not in found("Air naik di antaranya sampai lutut.")
    assert "what" not in found("Beberapa berita media.")
