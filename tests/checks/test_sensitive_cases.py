"""Cases found before anybody is listed, kin named beside a child, suicide, missing children, personal data."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from studio.checks.people_rules import check_people
from studio.lexicon.pii import find_private
from studio.release.release_gate import judge_story
from studio.story import people
from studio.story.model import Group, Person, Source, Story

GROUP = Group(name="KIM Bina Warga", village="Sukamaju", phone="0812-1111-2222", email="kim@sukamaju.example")
STORY = Story(id="s", headline="Kabar desa", byline=("Siti Aminah",))
CASES = """
Seorang bocah berusia 9 tahun dicabuli tetangganya.
Polisi menangkap tersangka pencabulan.
R (12) disetubuhi ayah tirinya.
Korban KDRT berinisial S melapor ke polisi.
Siswi SMP menjadi korban perundungan di sekolah.
Budi menganiaya istrinya.
Dimas (15) tertangkap membawa sabu.
Seorang warga ditemukan tewas gantung diri.
Pria itu mengakhiri hidupnya di kamar.
ODGJ bernama Slamet dipasung keluarganya.
Gadis 14 tahun dirudapaksa.
Warga geger karena pelecehan itu. Korbannya siswi berusia 11 tahun.
Pelaku pencabulan terhadap anak kandungnya ditangkap.
Pemuda A mengaku memakai narkoba.
Seorang remaja nekat terjun dari jembatan.
Anak 7 tahun dianiaya ibu tirinya.
Ibu itu diduga positif HIV.
Seorang ayah menyetubuhi anak kandungnya.
Pelaku, S (45), meraba korban.
Ibu muda itu mengakhiri hidupnya.
Bayi dibuang di kebun, ibunya siswi SMA.
Seorang pelajar ditangkap karena tawuran.
Suami pukul istri, Wati (30), hingga luka.
Guru honorer itu mencabuli tiga muridnya.
Anak yatim itu dijual ibunya sendiri.
"""
CAMPAIGNS = """
Penyuluhan pencegahan narkoba diikuti 60 remaja usia 12-18 tahun.
Dinas Kesehatan memberi penyuluhan HIV/AIDS kepada 40 siswa SMPN 2.
Kepala Desa Joko Susilo membuka sosialisasi anti-perundungan.
Psikolog Rina Wati menjelaskan cara mendampingi korban KDRT.
Satgas perlindungan anak dibentuk untuk mencegah pernikahan dini.
BNN mengajak warga menjauhi narkoba, kata Kepala BNN Asep Hidayat.
Korban pelecehan dapat melapor ke UPTD PPA lewat nomor 129.
Posbindu melayani ODGJ dengan obat gratis setiap bulan.
Kapolsek mengatakan angka KDRT turun tahun ini.
Fogging dilakukan di RT 03 untuk mencegah demam berdarah.
Kapolsek memberi pembinaan agar pelajar menjauhi tawuran.
Korban kebakaran, Tono (45), menerima bantuan.
Petani menjual anak kambing di pasar hewan.
Konseling gratis tersedia bagi warga yang memikirkan bunuh diri.
"""


def codes(story: Story, level: str = "block") -> list[str]:
    return [finding.code for finding in check_people(story, GROUP, find_private) if finding.level == level]


@pytest.mark.parametrize("body", CASES.strip().splitlines())
def test_a_case_that_points_to_somebody_asks_to_list_and_protect_them(body):
    assert "people_case" in codes(replace(STORY, body=body))
    listed = Person(id="p", name="Xaverius Zulkarnaen", protected=True)
    assert "people_case" not in codes(replace(STORY, body=body, people=(listed,)))


@pytest.mark.parametrize("body", CAMPAIGNS.strip().splitlines())
def test_campaigns_trainings_and_health_posts_are_harmless(body):
    story = replace(STORY, body=body)
    assert codes(story) == []
    assert [f.code for f in judge_story(story, GROUP).blocks if f.code in {"people_case", "declare_decent"}] == []


def test_without_a_person_a_sensitive_matter_is_a_tick():
    story = replace(STORY, body="Kapolsek mengatakan angka KDRT turun tahun ini.")
    assert "declare_sensitive_case" in {finding.code for finding in judge_story(story, GROUP).warnings}


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("Sulastri, ibu korban, menangis.", "Sulastri"),
        ("Sulastri (35), ibu korban, menangis.", "Sulastri"),
        ("Ibu korban, Sulastri, menangis.", "Sulastri"),
        ("Warga menemui ayahnya, Joko Susilo, di rumah.", "Joko Susilo"),
        ("Nenek korban, Mbah Painem, menangis.", "Mbah Painem"),
        ("Ibu korban berinisial S menangis.", "S"),
        ("Slamet yang merupakan paman korban melapor.", "Slamet"),
        ("Wali kelas korban, Endah, menjenguk.", "Endah"),
        ("Menurut Joko Susilo selaku ayah korban, api besar.", "Joko Susilo"),
    ],
)
def test_kin_named_beside_a_protected_child_ask(body, name):
    child = Person(id="p", name="Xaverius Zulkarnaen", age_group="child", role="victim")
    found = [f for f in check_people(replace(STORY, body=body, people=(child,)), GROUP) if f.code == "people_relative"]
    assert [f.facts["word"] for f in found] == [name]


@pytest.mark.parametrize(
    "body",
    [
        "Ibu korban menangis, Minggu (22/11).",
        "Keluarga korban melapor ke Polsek Sukamaju.",
        "Asep Hidayat menyerahkan bantuan kepada keluarga korban.",
        "Warga membantu keluarga korban. Kepala Desa Joko hadir.",
        "Kepala Dusun Asep Hidayat, menurut keluarga korban, sudah datang.",
    ],
)
def test_others_named_near_kin_do_not_ask(body):
    child = Person(id="p", name="Xaverius Zulkarnaen", age_group="child", role="victim")
    assert codes(replace(STORY, body=body, people=(child,))) == []


def test_a_source_who_is_kin_asks_and_one_who_is_none_does_not():
    child = Person(id="p", name="Xaverius Zulkarnaen", age_group="child", role="victim")
    story = replace(STORY, people=(child,), sources=(Source(name="Sulastri", role="orang tua korban"),))
    assert codes(story) == ["people_relative"]
    assert codes(replace(story, sources=(Source(name="Asep Hidayat", role="Kepala Dusun"),))) == []


def test_suicide_is_told_without_method_note_and_place_and_with_help():
    body = "Seorang warga mengakhiri hidup dengan seutas tali di dapur dan meninggalkan surat wasiat."
    found = codes(replace(STORY, body=body), "warning")
    assert set(found) == {"people_suicide_method", "people_suicide_place", "people_suicide_note", "people_suicide_help"}
    helped = f"{body}\n\nBila Anda merasa tertekan, hubungi layanan Sejiwa 119 ekstensi 8."
    assert "people_suicide_help" not in codes(replace(STORY, body=helped), "warning")


def test_a_missing_child_may_be_named_until_found():
    child = Person(id="p", name="Rani Oktaviani", age_group="child", role="subject", protected=True)
    story = replace(STORY, body="Rani Oktaviani (9) belum pulang sejak Minggu (22/11).", people=(child,))
    assert "people_named" in codes(story)
    sought = people.change_person("p", missing=True).apply(story)
    assert codes(sought) == []
    assert "people_missing" in codes(sought, "warning")
    found = people.change_person("p", missing=False).apply(sought)
    assert "people_named" in codes(found)
    assert "people_named" in codes(people.change_person("p", role="victim").apply(sought))


PRIVATE = {
    "B 1234 ABC": "plate",
    "motor AG 5678 XY melintas": "plate",
    "plat N-1234-AB": "plate",
    "https://maps.app.goo.gl/abcXYZ": "map",
    "https://www.google.com/maps/@-7.25044,112.7612,17z": "map",
    "rumahnya QJ5G+XV": "map",
    "titik -7.250445, 112.768845": "geo",
    "7°15'01\" LS, 112°46'07\" BT": "geo",
    "(0341) 551234": "phone",
    "hubungi 0341 551234": "phone",
    "telepon 021-5551234": "phone",
    "O812-9876-5432": "phone",
    "0 8 1 3 9 8 7 6 5 4 3 2": "phone",
    "budi [at] gmail.com": "email",
    "budi(at)gmail(dot)com": "email",
    "budi at gmail dot com": "email",
    "32.01.01.410790.0003": "nik",
    "3201 0141 0790 0003": "nik",
}
PUBLIC = """
RT 03 ada 12 warga
di Jalan Raya B 12 C
lulusan S1 PAI
1447 H 2026 M
Rp3.250.000.000
UU 11/2012 pasal 19
kode pos 65151
SK Nomor 470/125/35.07.2003/2026
suhu 36,5 derajat, panen 0,250 ton
pukul 06.30-08.00 WIB
panjang 3,250, lebar 12,500 meter
hubungi 0812 1111 2222
hubungi +62 812-1111-2222
hubungi (0812) 1111.2222
wa.me/6281211112222
kirim ke kim@sukamaju.example
"""


@pytest.mark.parametrize(("text", "kind"), PRIVATE.items())
def test_personal_data_however_it_is_written(text, kind):
    found = [f for f in check_people(replace(STORY, summary=text), GROUP, find_private) if f.code == "people_private"]
    assert [f.facts["kind"] for f in found] == [kind]


@pytest.mark.parametrize("text", PUBLIC.strip().splitlines())
def test_figures_of_a_story_and_the_groups_own_number_are_none(text):
    assert codes(replace(STORY, summary=text)) == []


@pytest.mark.parametrize(
    ("name", "short"), [("Rani Indah", "RI"), ("Kiki Indah Maharani", "KIM"), ("Rian Tegar", "RT")]
)
def test_short_forms_everybody_uses_are_initials_only_where_a_text_says_so(name, short):
    child = Person(id="p", name=name, age_group="child", role="victim")
    plain = f"Ketua RT 01 dan pengurus KIM menyambut Menteri Desa RI; {short} hadir di balai desa."
    assert codes(replace(STORY, body=plain, people=(child,))) == []
    told = f"Korban berinisial {short} dirawat."
    assert codes(replace(STORY, body=told, people=(child,))) == ["people_initials"]
    assert codes(replace(STORY, body=f"{short[0]} (12) dirawat.", people=(child,))) == ["people_initials"]
    assert codes(replace(STORY, body=f"{short[0]} (42), kata polisi, datang.", people=(child,))) == []


def test_a_quotation_is_never_rewritten_for_the_presumption_of_innocence(checker):
    marks = [
        mark
        for text in ("Pelaku ditangkap polisi.", "“Pelaku ditangkap polisi,” kata warga.")
        for mark in checker.marks(text, frozenset())
        if mark.code == "language_presumption"
    ]
    assert [mark.fixes for mark in marks] == [("terduga Pelaku",), ()]
