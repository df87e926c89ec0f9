"""Children named with their age or school before anyone is listed, in disasters and in good news."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from studio.checks.people_rules import check_people
from studio.lexicon.pii import find_private
from studio.release.release_gate import judge_story
from studio.story.model import Consent, Group, Person, Story

GROUP = Group(name="KIM Bina Warga", village="Sukamaju")
STORY = Story(id="s", headline="Kabar desa", byline=("Siti Aminah",))
HARMED = """
Salah satu korban banjir, Bunga Lestari (9), dirawat di puskesmas.
Korban Bunga (9) hanyut di Sungai Cikaso.
Bayi Aisyah (8 bulan) ikut mengungsi.
Bunga Lestari yang berusia 9 tahun terseret arus.
Bocah 9 tahun bernama Bunga Lestari tenggelam.
Siswi SDN 1 Sukamaju, Bunga Lestari, terluka saat atap kelas roboh.
Rizky Maulana, 12 tahun, tersengat listrik.
Bunga Lestari (9) was injured in the flood.
BOCAH DI CIBADAK, BUNGA LESTARI (9), HANYUT
SEORANG ANAK BERNAMA DIMAS (9) HILANG
Anak Pak Budi, Bunga (umur 9 tahun), digigit ular.
Aisyah yang baru berusia 24 bulan menderita stunting.
Korban Bunga (P/9) dirawat.
Rizky berumur sembilan tahun terseret arus.
Rani yang masih duduk di bangku kelas 3 hanyut.
Bunga Lestari, 9, drowned in the river.
Nine-year-old Bunga was hit by a car.
Bunga, aged 9, is missing.
"""
GOOD_NEWS = """
Bunga Lestari, 9 tahun, meraih juara I lomba baca puisi.
Bunga Lestari, siswi kelas 3 SDN 1 Sukamaju, menang lomba.
Dik Rani (7) ikut menanam pohon.
Hasil lomba baca puisi: Bunga Lestari (9).
Lomba lari dimenangi Dimas Pratama (15).
1. Bunga Lestari (SDN 1 Sukamaju)
Juara II Bunga Lestari (10).
Ananda Bunga Lestari dari SDN 1 Sukamaju meraih juara.
Bunga (kelas 3) juara menggambar.
"""
NOBODY = """
Kelompok Tani Makmur (12) menang.
SDN Sukamaju (6) dan RT 02 (5) ikut lomba.
Budi Santoso (45) menerima bantuan.
Siswa kelas 6, Senin (30/11), ikut upacara.
Siswa SDN 1 Sukamaju, Kecamatan Cibadak, ikut lomba.
Juara umum Dusun Krajan (3) dan Dusun Cibeureum (2).
B (9) dirawat.
Skor akhir Garuda Muda (30) lawan Elang (22).
Anak-anak usia 9 tahun ikut imunisasi.
Jalan Ahmad Yani (5) ditutup karena ada korban kecelakaan.
Pertandingan Garuda Muda (3-1) berakhir malam, Rabu Pon (2/12) kembali.
Pengajian membahas QS Al-Baqarah (2) ayat 3.
Dusun Karang (12) dan Sumber (9) mengirim wakil.
Desa: Karang (12), Sumber (9), Ngliparan (14).
PSIM Yogyakarta (3) melawan Persis Solo (2).
Medali Emas (5), Perak (3), Perunggu (2).
Kopi Robusta (12 bulan) dan Keripik Singkong (5 bungkus).
Bab Pendahuluan (1), Metode (2).
Chapter (3) and Section (5) are read on Tuesday (12).
Rudi, siswa SMK berusia 19 tahun, menang lomba.
Siswa SMK 2, Rudi Hartono (19), terluka.
Rudi, 10 tahun merantau, pulang.
Para siswa SDN 1 Wonosari, Gunungkidul, menanam pohon.
Lomba guru teladan dimenangi Tini Rahayu (SDN 1).
KORBAN BANJIR DI BANTUL (5) BERTAMBAH
KORBAN JIWA (5), RUMAH RUSAK (12)
Bayi (9 bulan) itu sakit.
Anak yang berusia 9 tahun itu hanyut.
"""


def levels(story: Story) -> list[str]:
    findings = check_people(story, GROUP, find_private)
    return [finding.level for finding in findings if finding.code == "people_child_named"]


@pytest.mark.parametrize("body", HARMED.strip().splitlines())
def test_a_child_that_was_harmed_is_not_named_until_listed(body):
    story = replace(STORY, body=body)
    assert levels(story) == ["block"]
    assert "people_child_named" in [finding.code for finding in judge_story(story, GROUP).blocks]


@pytest.mark.parametrize("body", GOOD_NEWS.strip().splitlines())
def test_good_news_of_a_child_asks_for_the_parents_consent(body):
    assert levels(replace(STORY, body=body)) == ["warning"]


@pytest.mark.parametrize("body", NOBODY.strip().splitlines())
def test_groups_places_grown_ups_and_initials_are_no_named_children(body):
    assert levels(replace(STORY, body=body)) == []


def test_who_is_listed_is_judged_by_what_is_noted_there():
    story = replace(STORY, body="Salah satu korban banjir, Bunga Lestari (9), dirawat. Bunga (9) kini sembuh.")
    assert levels(story) == ["block"]
    listed = Person(id="p", name="Bunga Lestari", age_group="child", role="victim", consent=Consent(given=True))
    story = replace(story, people=(listed,))
    assert levels(story) == []
    assert "people_named" in [finding.code for finding in check_people(story, GROUP, find_private)]


def test_the_finding_stands_at_the_name_with_its_age():
    body = "Air naik cepat. Dua anak, Bunga Lestari (9) dan Rizky (7 tahun), hanyut."
    findings = [f for f in check_people(replace(STORY, body=body), GROUP) if f.code == "people_child_named"]
    assert [body[f.place.start : f.place.end] for f in findings] == ["Bunga Lestari (9)", "Rizky (7 tahun)"]


def test_a_friendly_mention_before_makes_the_harm_no_mere_warning():
    body = "Bunga Lestari (9) rajin menabung.\n\nSore itu, Bunga Lestari (9) dirawat karena hanyut."
    (finding,) = [f for f in check_people(replace(STORY, body=body), GROUP) if f.code == "people_child_named"]
    assert (finding.level, finding.place.start) == ("block", body.rindex("Bunga"))


def test_a_grown_up_of_the_same_name_lists_no_child():
    story = replace(STORY, body="Salah satu korban banjir, Bunga Lestari (9), dirawat.")
    mother = Person(id="p", name="Bunga Lestari", age_group="adult")
    assert levels(replace(story, people=(mother,))) == ["block"]
