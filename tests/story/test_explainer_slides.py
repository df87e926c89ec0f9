"""The slides of an explainer carousel: the story's own words, cut into pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.story.body import parse_markdown
from studio.story.explainer_slides import MOST_SLIDES, SlideMatter, propose_slides
from studio.story.key_points import proposed_points
from studio.story.model import Photo, Source, Story
from studio.story.reader_fields import for_readers, reader_texts


def slides(body: str, *, quote: str = "", sources=(), photos=(), cover: str = ""):
    blocks = parse_markdown(body)
    return propose_slides(SlideMatter(blocks, proposed_points(blocks), quote, sources, photos, cover))


def rows(body: str, kind: str):
    return [(item.head, item.text) for slide in slides(body) if slide.kind == kind for item in slide.items]


def test_a_story_with_everything_has_a_slide_for_each():
    body = """Sebanyak 64 warga memperbaiki saluran.

Pekerjaan itu dibagi kepada empat regu dari empat dusun sejak Senin pagi.

Saluran itu mengairi sawah yang luas di bagian hilir desa.

1. Bawa kartu keluarga.
2. Isi formulir di balai desa.

- Dusun Krajan: 64 orang
- Dusun Timur: 32 orang
"""
    photos = (Photo(id="a", file="a.jpg", caption="Sampul."), Photo(id="b", file="b.jpg", caption="Regu dua."))
    found = slides(
        body, quote="Kami senang", sources=(Source(name="Asep", role="Kadus", terms="named"),), photos=photos, cover="a"
    )
    kinds = [slide.kind for slide in found]
    assert kinds == ["cover", "points", "bars", "steps", "quote", "photo", "sources", "call"]
    assert (found[0].photo, found[5].photo) == ("a", "b")
    assert [item.share for item in found[2].items] == [1.0, 0.5]


@pytest.mark.parametrize(
    ("sentence", "figure"),
    [
        ("Sebanyak 64 warga memperbaiki saluran itu.", ("64", "warga")),
        ("Perputaran uang mencapai Rp38 juta setiap pekan.", ("Rp38 juta", "setiap pekan")),
        ("Sebanyak 12,5 persen rumah rusak di dusun itu.", ("12,5", "persen rumah rusak")),
        ("Panen turun 40% dari tahun lalu.", ("40%", "dari tahun lalu")),
        ("Tinggi air mencapai 1,5 meter di RT 03/RW 02.", ("1,5", "meter")),
        ("Setiap keluarga mendapat 10 kg beras di balai desa.", ("10", "kg beras")),
        ("Angka stunting turun dari 14 persen menjadi 9 persen.", ("9", "persen")),
        ("Harga beras naik dari Rp12.000 menjadi Rp14.500 per kilogram.", ("Rp14.500", "per kilogram")),
        ("Biayanya Rp50 ribu per orang untuk dua hari.", ("Rp50 ribu", "per orang")),
        ("Petugas membawa 1.250 dosis vaksin untuk ternak.", ("1.250", "dosis vaksin")),
        ("Kurang dari 50 persen rumah tersambung.", ("Kurang dari 50", "persen rumah")),
        ("Sebanyak 2 dari 10 balita sakit.", ("2 dari 10", "balita sakit")),
        ("Tiga dari 5 warga setuju.", ("Tiga dari 5", "warga setuju")),
        ("Warga membayar iuran Rp10.000/bulan.", ("Rp10.000", "/bulan")),
        ("Harga turun dari Rp45.000 per kilogram ke Rp30.000 per kilogram.", ("Rp30.000", "per kilogram")),
        ("Kerugian ditaksir mencapai Rp75 juta.", ("Rp75 juta", "Kerugian ditaksir")),
        ("Bazar itu diikuti 25 UMKM desa.", ("25", "UMKM desa")),
        ("Bukan 100 orang yang datang, melainkan 40 orang.", ("40", "orang")),
    ],
)
def test_what_counts_something_is_a_figure(sentence, figure):
    assert rows(sentence, "figures") == [figure]


@pytest.mark.parametrize(
    "sentence",
    [
        "Acara dimulai pukul 08.00 WIB di balai desa.",
        "Warga berkumpul pada Minggu (22/11/2026) pagi.",
        "Rumahnya di RT 03 RW 05 dusun itu.",
        "Pada 17 Agustus desa merayakan kemerdekaan.",
        "Hal itu diatur dalam pasal 5 ayat 2 peraturan desa.",
        "Anak itu berusia 12 tahun dan sudah sekolah.",
        "Program itu berjalan sejak 2024 di desa.",
        "Hubungi Pak Budi di nomornya, 081234567890 sebelum Kamis.",
        "Peserta berusia 17 sampai 25 tahun boleh ikut.",
        "Juara 1 lomba itu Dusun Krajan.",
        "Antara 20 dan 30 warga hadir.",
        "Sekitar 20 - 30 warga hadir.",
        "Hadiah Rp500 ribu–Rp1 juta disiapkan.",
        "Tidak ada 5 warga yang menolak.",
        "Peserta tidak boleh lebih dari 3 orang.",
        "Sisa 40 persen belum dibayar.",
        "Panitia menargetkan sedikitnya 500 dosis.",
        "Posyandu Melati 2 buka setiap Rabu.",
        "Pada 2026 warga menanam padi.",
        "Acara itu 5 Desember 2026 pukul delapan.",
        "Luas bangunan itu 2 x 3 meter.",
    ],
)
def test_hours_days_houses_and_ages_are_none(sentence):
    assert rows(sentence, "figures") == []


def test_a_list_in_two_units_is_no_chart():
    assert rows("Teras.\n\n- Krajan: 64 orang\n- Timur: 3 hektare", "bars") == []
    assert rows("Teras.\n\n- Beras: Rp12.000/kg;\n- Gula: Rp17.000/kg.", "bars")[1] == ("Rp17.000/kg", "Gula")
    for line in ("- RT: 3\n- RW: 5", "- Nomor antrean: 3\n- Loket: 2", "- Berdiri: 1998\n- Anggota: 25"):
        assert rows(f"Teras.\n\n{line}", "bars") == []
    for line in ("- Kantor: 081234567890\n- Ambulans: 081234567891", "- RT 01: 21 November\n- RT 02: 22 November"):
        assert rows(f"Teras.\n\n{line}", "bars") == []
    assert rows("Teras.\n\n- Krajan: 1.064 orang\n- Timur: 532 orang", "bars")[0] == ("1.064 orang", "Krajan")


def test_a_quotation_is_told_once():
    points = ("Saluran itu mengairi sawah.", "“Kami bekerja sejak pagi,” kata Asep, warga.")
    found = propose_slides(SlideMatter((), points, "Kami bekerja sejak pagi.", (), (), ""))
    assert [[item.text for item in slide.items] for slide in found if slide.kind == "points"] == [[points[0]]]


def test_a_share_is_one_of_a_hundred():
    (bars,) = [slide for slide in slides("Teras.\n\n- Ya: 60%\n- Tidak: 40%.") if slide.kind == "bars"]
    assert [item.share for item in bars.items] == [0.6, 0.4]


def test_who_was_promised_to_stay_out_is_no_source():
    """As the posts get it, not only as the workspace has it; of whom nothing is noted, who is in the text."""
    told = (
        ("Asep", "named"),
        ("Budi", "off_record"),
        ("Cici", "background"),
        ("Dedi", "embargo"),
        ("Eko", ""),
        ("Ani", ""),
    )
    known = tuple(Source(name=name, role="Petani", terms=terms) for name, terms in told)
    assert "Petani" not in "".join(text for where, text, _ in reader_texts(Story(id="s", sources=known[1:4])))
    shown = for_readers(Story(id="s", sources=known)).sources
    for sources in (known, shown):
        body = "Teras dari Ani dan Budi."
        assert [item.head for slide in slides(body, sources=sources) for item in slide.items] == ["Asep", "Ani"]


words = st.sampled_from(
    ["Warga memperbaiki 12 saluran di dusun itu sejak pagi hari.", "Petani menanam padi di sawah yang luas sekali."]
)
parts = st.lists(st.sampled_from(["- Krajan: 3 orang", "1. Datang ke balai desa", "Kata."]) | words, max_size=30)


@given(parts, st.integers(0, 9), st.sampled_from(["", "Kami senang"]))
def test_there_are_two_to_ten_and_all_is_in_the_story(lines, photos, quote):
    body = "\n\n".join(lines)
    many = tuple(Photo(id=f"p{n}", file="p.jpg", caption=f"Foto {n}.") for n in range(photos))
    found = slides(
        body, quote=quote, sources=(Source(name="Asep", terms="named"),), photos=many, cover="p0" if photos else ""
    )
    assert 2 <= len(found) <= MOST_SLIDES
    assert (found[0].kind, found[-1].kind, found[-2].kind) == ("cover", "call", "sources")
    for slide in found:
        if slide.kind in {"points", "steps", "figures"}:
            assert all(item.text in body.replace("\n\n", " ") for item in slide.items)
    assert len({slide.photo for slide in found if slide.photo}) == sum(bool(slide.photo) for slide in found)
