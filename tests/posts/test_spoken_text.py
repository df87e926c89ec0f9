"""Texts as they are read aloud: every kind of figure and abbreviation, and laws that hold for any text."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lokal import terbilang

from studio.posts.spoken_numbers import cardinal_words, figure_words, fraction_words, ordinal_words, roman_number
from studio.posts.spoken_text import spoken_text
from studio.posts.spoken_words import acronym_words, spoken_words

SAID = {
    # sums of money
    "Rp1.250.000": "satu juta dua ratus lima puluh ribu rupiah",
    "Rp 1,5 juta": "satu koma lima juta rupiah",
    "Rp2.500,00": "dua ribu lima ratus rupiah",
    "Rp10.000,-": "sepuluh ribu rupiah",
    "Rp500 rb": "lima ratus ribu rupiah",
    "Rp15.000–Rp20.000": "lima belas ribu sampai dua puluh ribu rupiah",
    "Rp1-2 juta": "satu sampai dua juta rupiah",
    "Rp6.500/kg": "enam ribu lima ratus rupiah per kilogram",
    "US$50": "lima puluh dolar Amerika",
    # days
    "Minggu (22/11)": "Minggu, dua puluh dua November",
    "Senin, 30/11": "Senin, tiga puluh November",
    "22/11/2026": "dua puluh dua November dua ribu dua puluh enam",
    "2026-11-22": "dua puluh dua November dua ribu dua puluh enam",
    "22-24 November": "dua puluh dua sampai dua puluh empat November",
    "(28–30/11)": "dua puluh delapan sampai tiga puluh November",
    "17 Agustus 1945": "tujuh belas Agustus seribu sembilan ratus empat puluh lima",
    "3 Des 2026": "tiga Desember dua ribu dua puluh enam",
    "tahun 1990-an": "tahun seribu sembilan ratus sembilan puluhan",
    # hours
    "pukul 08.00–11.30 WIB": "pukul delapan sampai pukul sebelas lewat tiga puluh menit Waktu Indonesia Barat",
    "jam 7-9 pagi": "jam tujuh sampai jam sembilan pagi",
    "19.05 WITA": "pukul sembilan belas lewat lima menit Waktu Indonesia Tengah",
    "pukul 07:30 s.d. selesai": "pukul tujuh lewat tiga puluh menit sampai dengan selesai",
    # shares, measures, ranges
    "12,5%": "dua belas koma lima persen",
    "20–30%": "dua puluh sampai tiga puluh persen",
    "120 m²": "seratus dua puluh meter persegi",
    "3 m3": "tiga meter kubik",
    "60 km/jam": "enam puluh kilometer per jam",
    "15–20 ton/ha": "lima belas sampai dua puluh ton per hektare",
    "-5 °C": "minus lima derajat Celsius",
    "3x sehari": "tiga kali sehari",
    "2 x 3 m": "dua kali tiga meter",
    "1/2 kg": "setengah kilogram",
    "¾ bagian": "tiga perempat bagian",
    "skala 1:500": "skala satu banding lima ratus",
    "menang 3-1": "menang tiga satu",
    "10–15 orang": "sepuluh sampai lima belas orang",
    # places and ranks
    "RT 03/RW 05": "er-te tiga, er-we lima",
    "RT 3 RW 5": "er-te tiga, er-we lima",
    "RT.02/07": "er-te dua, er-we tujuh",
    "RT 01, 02, dan 03": "er-te satu, dua, dan tiga",
    "RT01-RT03": "er-te satu sampai er-te tiga",
    "HUT ke-81 RI": "hari ulang tahun kedelapan puluh satu Republik Indonesia",
    "anak ke-1": "anak pertama",
    "kelas VII": "kelas tujuh",
    "abad ke-XXI": "abad kedua puluh satu",
    "Hamengku Buwono X": "Hamengku Buwono kesepuluh",
    "Tahap II": "Tahap dua",
    "Asep Hidayat (56) berkata": "Asep Hidayat, lima puluh enam tahun, berkata",
    "Asep Hidayat, S.Pd., M.Si., berkata": "Asep Hidayat, berkata",
    # numbers of telephones and papers
    "0812-3456-7890": "nol delapan satu dua, tiga empat lima enam, tujuh delapan sembilan nol",
    "081234567890": "nol delapan satu dua, tiga empat lima enam, tujuh delapan sembilan nol",
    "+62 812-3456-7890": "nol delapan satu dua, tiga empat lima enam, tujuh delapan sembilan nol",
    "(0357) 881234": "nol tiga lima tujuh, delapan delapan satu dua tiga empat",
    "hubungi 112": "hubungi satu satu dua",
    "rekening 35010123456": "rekening tiga lima nol satu, nol satu dua tiga, empat lima enam",
    "kode 007": "kode nol nol tujuh",
    # addresses
    "https://kim-maju.id/rt": "kim strip maju titik id garis miring rt",
    "kim@desa.id": "kim et desa titik id",
    "@kimmaju": "akun kimmaju",
    # abbreviations
    "Jl. Merdeka No. 12": "Jalan Merdeka Nomor dua belas",
    "dr. Siti": "dokter Siti",
    "KTP, KK, dan BPJS": "ka-te-pe, ka-ka, dan be-pe-je-es",
    "KIM dan PAUD": "KIM dan PAUD",
    "BUMDes": "bumdes",
    "SMPN 1": "es-em-pe Negeri satu",
    "MTs2": "em-te-es dua",
    "WARGA DESA": "WARGA DESA",
    "Covid-19": "Covid sembilan belas",
    "ayah/ibu": "ayah atau ibu",
    "dan/atau": "dan atau",
    "suami & istri": "suami dan istri",
    "Posyandu & “Lansia Sehat”": "Posyandu dan “Lansia Sehat”",
    "a.n. Budi": "atas nama Budi",
    "dan lain-lain": "dan lain-lain",
    "٣ orang": "tiga orang",
}
MEANT = {
    # sums as they are written too
    "total Rp1,2 M": "total satu koma dua miliar rupiah",
    "Rp2T": "dua triliun rupiah",
    "tiket Rp10K": "tiket sepuluh ribu rupiah",
    "Rp1,000,000": "satu juta rupiah",
    "Rp 25,000 per orang": "dua puluh lima ribu rupiah per orang",
    "Rp1,250 juta": "satu koma dua lima nol juta rupiah",
    "Rp 1.5 juta": "satu koma lima juta rupiah",
    "Rp100.000-an": "seratus ribuan rupiah",
    "5.000an warga": "lima ribuan warga",
    "Rp 2 jt-an": "dua jutaan rupiah",
    "2 juta-3 juta": "dua juta sampai tiga juta",
    "Rp10.000/Rp15.000": "sepuluh ribu rupiah atau lima belas ribu rupiah",
    "Rp-5 juta": "minus lima juta rupiah",
    "turun -3%": "turun minus tiga persen",
    "Rp500.000/KK/bulan": "lima ratus ribu rupiah per ka-ka per bulan",
    "50 kg/sak": "lima puluh kilogram per sak",
    "Rp5 juta (lima juta rupiah)": "lima juta rupiah",
    "rekening desa Rp120.000.000": "rekening desa seratus dua puluh juta rupiah",
    "rekening BUMDes Rp 120.000.000": "rekening bumdes seratus dua puluh juta rupiah",
    # days
    "28 November–2 Desember 2026": "dua puluh delapan November sampai dua Desember dua ribu dua puluh enam",
    "(28/11-2/12)": "dua puluh delapan November sampai dua Desember",
    "Senin–Jumat": "Senin sampai Jumat",
    "Desember 2026 – Februari 2027": "Desember dua ribu dua puluh enam sampai Februari dua ribu dua puluh tujuh",
    "Rabu Pon, 3/4": "Rabu Pon, tiga April",
    "Minggu pagi, 6/12": "Minggu pagi, enam Desember",
    "Ahad, 6/12": "Ahad, enam Desember",
    "Sabtu (5 dan 6/12)": "Sabtu, lima dan enam Desember",
    "tanggal 3/4": "tanggal tiga April",
    "tgl. 5/9/26": "tanggal lima September dua ribu dua puluh enam",
    "17.8.1945": "tujuh belas Agustus seribu sembilan ratus empat puluh lima",
    "1-3 Des, lalu 3 Sept. 2026": "satu sampai tiga Desember, lalu tiga September dua ribu dua puluh enam",
    "1 s/d 3 Desember": "satu sampai dengan tiga Desember",
    "(Okt–Des)": "Oktober sampai Desember",
    "ditutup 10/12 pukul 15.00": "ditutup sepuluh Desember pukul lima belas",
    "H-1 Lebaran": "ha minus satu Lebaran",
    "Minggu (22)": "Minggu, dua puluh dua",
    # hours
    "pkl. 08.00 WIB": "pukul delapan Waktu Indonesia Barat",
    "pukul 19.30-selesai": "pukul sembilan belas lewat tiga puluh menit sampai selesai",
    "pukul 04:15:30 WIB": "pukul empat lewat lima belas menit tiga puluh detik Waktu Indonesia Barat",
    "jam08.00": "jam delapan",
    "Pkl.08.00": "Pukul delapan",
    "IPK 3.51": "i-pe-ka tiga koma lima satu",
    # measures and counts
    "1½ jam": "satu setengah jam",
    "2,5 km x 3 m": "dua koma lima kilometer kali tiga meter",
    "1.25 ha": "satu koma dua lima hektare",
    "±150 KK": "kurang lebih seratus lima puluh ka-ka",
    "+/- 200 orang": "kurang lebih dua ratus orang",
    ">50 rumah": "lebih dari lima puluh rumah",
    "tensi 120/80": "tensi seratus dua puluh per delapan puluh",
    "skala 1:25.000": "skala satu banding dua puluh lima ribu",
    "gempa M 5.6": "gempa magnitudo lima koma enam",
    "5 kg-10 kg": "lima kilogram sampai sepuluh kilogram",
    "minyak 2 lt": "minyak dua liter",
    "Sepuluh (10) orang": "Sepuluh orang",
    "Pasal 5 ayat (2)": "Pasal lima ayat, dua",
    "warga (34) itu": "warga, tiga puluh empat tahun, itu",
    "dikirim ke 12 desa": "dikirim ke dua belas desa",
    "minggu ke 3": "minggu ketiga",
    "skor 25-20, 23-25": "skor dua puluh lima dua puluh, dua puluh tiga dua puluh lima",
    "UU No. 6/2014": "u-u Nomor enam Tahun dua ribu empat belas",
    "Rt 03/Rw 05": "er-te tiga, er-we lima",
    "Juara I": "Juara satu",
    # numbers to call or to write down
    "(+62) 812-3456-7890": "nol delapan satu dua, tiga empat lima enam, tujuh delapan sembilan nol",
    "darurat 110, 112, dan 119": "darurat satu satu nol, satu satu dua, dan satu satu sembilan",
    "(0341) 551234, 551235": ("nol tiga empat satu, lima lima satu dua tiga empat, lima lima satu dua tiga lima"),
    "Jl.Merdeka No.5": "Jalan Merdeka Nomor lima",
    "Telp/WA": "telepon atau we-a",
    "call center 1500-123": "call center satu lima nol nol, satu dua tiga",
    "SMS ke 1708": "es-em-es ke satu tujuh nol delapan",
    "hub. 0351 881234": "hubungi nol tiga lima satu, delapan delapan satu dua tiga empat",
    "kode pos 63581": "kode pos enam tiga lima delapan satu",
    "rekening BRI 0123-01-001234-50-7": (
        "rekening be-er-i nol satu dua tiga, nol satu, nol nol satu dua tiga empat, lima nol, tujuh"
    ),
    "d/a Balai Desa": "dengan alamat Balai Desa",
    "nomor 1500-123": "nomor satu lima nol nol, satu dua tiga",
    "tahun 2025-26": "tahun dua ribu dua puluh lima sampai dua puluh enam",
    "kami kalah 1-3, mereka tertinggal 3-1": "kami kalah satu tiga, mereka tertinggal tiga satu",
    "nomor 100-50": "nomor seratus, lima puluh",
    "Rp100.000/2 orang, 5 Km, 1.850 mdpl": "seratus ribu rupiah per dua orang, lima kilometer, seribu delapan ratus "
    "lima puluh meter di atas permukaan laut",
    "2³ dan 30 m³": "dua pangkat tiga dan tiga puluh meter kubik",
    "SK 188.45/12/2024": "es-ka seratus delapan puluh delapan titik empat puluh lima garis miring dua belas "
    "garis miring dua ribu dua puluh empat",
    # dotted figures that count nothing
    "Alamat IP 192.168.1.1.": "Alamat i-pe satu sembilan dua titik satu enam delapan titik satu titik satu.",
    "server 192.168.100.200:8080": "server satu sembilan dua titik satu enam delapan titik satu nol nol titik dua nol "
    "nol titik dua delapan nol delapan nol",
    "10.0.0.0/24": "satu nol titik nol titik nol titik nol garis miring dua puluh empat",
    "Dana 1.168.100.200 rupiah": "Dana satu miliar seratus enam puluh delapan juta seratus ribu dua ratus rupiah",
    "versi 2.10 dan 2.500.1": "versi dua titik sepuluh dan dua titik lima ratus titik satu",
    "v1.2.3": "v satu titik dua titik tiga",
    "Bab 2.1.3": "Bab dua titik satu titik tiga",
    "kode 5.1.02.0024": "kode lima titik satu titik nol dua titik nol nol dua empat",
    "1.250.000 warga, 27.11.2026": "satu juta dua ratus lima puluh ribu warga, dua puluh tujuh November dua ribu dua "
    "puluh enam",
    "pukul 07.30.15 WIB": "pukul tujuh lewat tiga puluh menit lima belas detik Waktu Indonesia Barat",
    "IP kumulatif 3.45": "i-pe kumulatif tiga koma empat lima",
    "IP 192.168.100.200-192.168.100.210.": "i-pe satu sembilan dua titik satu enam delapan titik satu nol nol titik "
    "dua nol nol sampai satu sembilan dua titik satu enam delapan titik satu nol nol titik dua satu nol.",
    "modem 100.150.200.250 rupiah": "modem seratus miliar seratus lima puluh juta dua ratus ribu dua ratus lima puluh "
    "rupiah",
    "versi 2.10-2.12, 1.250 warga": "versi dua titik sepuluh sampai dua titik dua belas, seribu dua ratus lima puluh "
    "warga",
    "pasal 27.3 dan 28.1, angka 2.5 juta": "pasal dua puluh tujuh titik tiga dan dua puluh delapan titik satu, angka "
    "dua koma lima juta",
    "anggaran revisi 1.250.000": "anggaran revisi satu juta dua ratus lima puluh ribu",
    "No. 188.4.45/KEP/123/2024.": "Nomor seratus delapan puluh delapan titik empat titik empat puluh lima garis miring "
    "KEP garis miring seratus dua puluh tiga garis miring dua ribu dua puluh empat.",
    "SK 141.1/05/2026": "es-ka seratus empat puluh satu titik satu garis miring nol lima garis miring dua ribu dua "
    "puluh enam",
    "005/123/35.07.2001/2026": "nol nol lima garis miring seratus dua puluh tiga garis miring tiga puluh lima titik "
    "nol tujuh titik dua nol nol satu garis miring dua ribu dua puluh enam",
    "28/11-2/12/2026, 2025/2026": "dua puluh delapan November sampai dua Desember dua ribu dua puluh enam, dua ribu "
    "dua puluh lima garis miring dua ribu dua puluh enam",
    "Selesai 27.11.2026.": "Selesai dua puluh tujuh November dua ribu dua puluh enam.",
    "1.1.2026–31.12.2026": "satu Januari dua ribu dua puluh enam sampai tiga puluh satu Desember dua ribu dua puluh "
    "enam",
    "tanggal 1.2.26, Senin, 09.30": "tanggal satu Februari dua ribu dua puluh enam, Senin, sembilan lewat tiga puluh "
    "menit",
    "catatan waktu 1.23.45": "catatan waktu satu jam dua puluh tiga menit empat puluh lima detik",
    "koordinat -7.966, 112.632.": "koordinat minus tujuh koma sembilan enam enam, seratus dua belas koma enam tiga "
    "dua.",
    "7.9666 LS": "tujuh koma sembilan enam enam enam el-es",
    "nilai 7.5/10 dan 0.125": "nilai tujuh koma lima garis miring sepuluh dan nol koma satu dua lima",
    "(0341) 551.234 atau 021.500.123": "nol tiga empat satu, lima lima satu, dua tiga empat atau nol dua satu, lima "
    "nol nol, satu dua tiga",
    "+62.812.3456.7890": "nol delapan satu dua, tiga empat lima enam, tujuh delapan sembilan nol",
    "Pkl 10 di Km 12": "Pukul sepuluh di Kilometer dua belas",
    "lari 5 km 2 kali, 60 km/h": "lari lima kilometer dua kali, enam puluh kilometer per jam",
    "HUT ke\u201180": "hari ulang tahun kedelapan puluh",
    "wa.me/628123456789": "wa titik me garis miring enam dua delapan satu, dua tiga empat lima, "
    "enam tujuh delapan sembilan",
}
"""What was once read with another meaning (a sum without its millions, a day as a fraction, an article as an age), and
its neighbours."""
SAID |= MEANT


@pytest.mark.parametrize("written", SAID)
def test_what_is_written_is_said(written: str) -> None:
    assert spoken_text(written).strip(",") == SAID[written]


def test_figures_keep_what_they_mean() -> None:
    assert figure_words("2.399") == "dua ribu tiga ratus sembilan puluh sembilan"
    assert figure_words("12,75") == "dua belas koma tujuh lima"
    assert figure_words("1.000.000.000") == "satu miliar"
    assert ordinal_words(21) == "kedua puluh satu"
    assert [fraction_words(1, 2), fraction_words(1, 4), fraction_words(2, 3)] == [
        "setengah",
        "seperempat",
        "dua pertiga",
    ]
    assert [roman_number(text) for text in ("XIV", "MCMXLV", "IIII", "IM", "")] == [14, 1945, 0, 0, 0]


@given(st.integers(-(10**6), 10**18 - 1) | st.integers(0, 2100))
@example(10**15)
@example(1_001_011_100)
def test_whole_numbers_are_what_receipts_say(number: int) -> None:
    assert cardinal_words(number) == terbilang(number)


def test_plain_words_are_left_alone() -> None:
    text = 'Warga bergotong royong membersihkan saluran. "Kami senang," kata Siti, "desa-desa lain boleh meniru."'
    assert spoken_text(text) == text


def test_every_letter_has_a_name() -> None:
    assert set(spoken_words().huruf) == set("abcdefghijklmnopqrstuvwxyz")
    assert acronym_words("QR") == "ki-er"


PIECES = st.sampled_from(
    [*SAID, "Warga", "dan", "pukul", "RT", "Rp", "(", ")", "–", "/", ".", ",", "km", "%", "IV", "&", "\n"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES | st.text(max_size=8), max_size=8).map(" ".join))
@example("½ 5")
@example("1.000.000,5%/ha–3")
def test_nothing_without_a_sound_is_left_and_twice_is_once(text: str) -> None:
    said = spoken_text(text)
    assert not re.search(r"[\d%&@#+=°/()*_<>]", said)
    assert spoken_text(said) == said
