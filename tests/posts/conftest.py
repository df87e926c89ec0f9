"""Three rich stories of a made-up village, and the studio's own catalog."""

from __future__ import annotations

import pytest

from studio.base.paths import templates_dir
from studio.posts.catalog import load_catalog
from studio.posts.render_context import RenderContext
from studio.story.model import (
    Claim,
    Group,
    GroupColors,
    Photo,
    Publication,
    Source,
    Story,
    Video,
)
from studio.story.publication_records import Correction


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", help="write the golden texts anew; read the diff after")


GROUP = Group(
    id="kim-bina-warga",
    name="KIM Bina Warga",
    full_name="Komunitas Informasi Masyarakat Bina Warga",
    village="Desa Sukamaju",
    district="Kecamatan Tirtajaya",
    regency="Kabupaten Wanasari",
    province="Jawa Timur",
    colors=GroupColors(main="#0f6b5c", accent="#f2b705"),
    accounts={
        "instagram": "@kim.sukamaju",
        "x": "@kimsukamaju",
        "tiktok": "@kim.sukamaju",
        "facebook": "KIM Bina Warga",
    },
    site="https://sukamaju.kim.id",
    hashtags=("KIM Bina Warga", "Desa Sukamaju"),
    members=("Siti Aminah", "Budi Santoso", "Rahmat Hidayat"),
    email="redaksi@sukamaju.kim.id",
    address="Balai Desa Sukamaju, Jl. Raya Sukamaju No. 12",
)

IRRIGATION = Story(
    id="irigasi",
    headline="Warga Sukamaju gotong royong perbaiki saluran irigasi sepanjang 400 meter",
    kicker="Pertanian",
    place="Sukamaju",
    date="2026-11-22",
    byline=("Siti Aminah",),
    editor="Rahmat Hidayat",
    category="pertanian",
    tags=("irigasi", "gotong royong", "sawah", "musim tanam"),
    body="""Sedikitnya 120 warga Desa Sukamaju memperbaiki saluran irigasi sepanjang 400 meter di Dusun
Krajan, Minggu
(22/11/2026), agar air kembali mengalir ke **45 hektare sawah** menjelang musim tanam.

Saluran itu jebol setelah hujan deras pada Rabu (18/11/2026). Sejak itu air meluber ke jalan dusun,
sedangkan petak sawah
di sebelah utara kering.

“Kalau menunggu anggaran tahun depan, kami kehilangan satu musim tanam,” kata Asep Hidayat, Kepala Dusun
Krajan, S.Pd.,
di lokasi.

## Swadaya warga

Warga mengumpulkan dana Rp3.250.000 dan bahan bangunan. Pemerintah desa menyumbang 40 sak semen. Pekerjaan
dimulai pukul
06.30 WIB dan selesai menjelang zuhur.

Yang masih dibutuhkan:

- dua pintu air dari besi;
- pasir satu truk;
- tenaga untuk memasang bronjong pada *Sabtu depan*.

Keterangan tentang bantuan bahan dapat dibaca di [laman desa](https://sukamaju.desa.id/bantuan).
""",
    photos=(
        Photo(
            id="p1",
            file="aa11.jpg",
            width=4000,
            height=3000,
            caption="Warga membersihkan saluran irigasi di Dusun Krajan, Desa Sukamaju, Minggu (22/11/2026)",
            credit="Budi Santoso",
            alt="Belasan orang mencangkul lumpur di parit sawah",
        ),
        Photo(
            id="p2",
            file="bb22.jpg",
            width=3000,
            height=4000,
            caption="Air kembali mengalir setelah tanggul ditutup.",
            credit="Istimewa",
            alt="Air jernih mengalir di parit beton di antara sawah",
        ),
    ),
    videos=(Video(id="v1", file="cc33.mp4", width=1920, height=1080, seconds=41.0, caption="Suasana kerja bakti"),),
    sources=(Source(name="Asep Hidayat", role="Kepala Dusun Krajan"),),
    publications=(Publication(outlet="instagram", when="2026-11-22T17:05:00+07:00"),),
    corrections=(
        Correction(
            when="2026-11-23T08:10:00+07:00",
            what="Luas sawah yang terairi keliru.",
            before="54 hektare",
            after="45 hektare",
            apology=True,
        ),
    ),
)

HOAX = Story(
    id="bansos",
    kind="factcheck",
    headline="Tautan pendaftaran “bansos Rp900.000” yang beredar di grup WhatsApp bukan dari Kementerian Sosial",
    place="Sukamaju",
    date="2026-11-20",
    byline=("Rahmat Hidayat", "Siti Aminah"),
    category="cek fakta",
    tags=("cek fakta", "bansos", "penipuan daring"),
    summary="Tautan itu meminta nomor rekening dan kode OTP. Kementerian Sosial tidak membuka pendaftaran begitu.",
    body="""Pesan berantai yang menjanjikan bantuan sosial Rp900.000 beredar di grup WhatsApp warga sejak
Selasa (17/11/2026).
Pesan itu meminta warga mengisi nomor rekening dan kode OTP.

KIM Bina Warga memeriksa alamat tautan dan menghubungi Dinas Sosial Kabupaten Wanasari. Alamat itu bukan
milik pemerintah.

> Pendaftaran bantuan hanya lewat kantor desa, tidak pernah lewat tautan. — Endang Lestari, Kepala Seksi
Bantuan Dinas Sosial

Jangan membuka tautan itu dan jangan meneruskannya.
""",
    claims=(
        Claim(
            id="k1",
            text="Kementerian Sosial membuka pendaftaran bansos Rp900.000 lewat tautan WhatsApp",
            verdict="false",
            disorder="imposter",
            explanation="Alamat bansos-900.example bukan domain go.id dan baru didaftarkan pada 12 November 2026.",
            references=("Dinas Sosial Kabupaten Wanasari, wawancara 19/11/2026", "https://cekbansos.kemensos.go.id"),
            public=True,
        ),
    ),
    photos=(
        Photo(
            id="p1",
            file="dd44.png",
            width=1080,
            height=1080,
            caption="Tangkapan layar pesan berantai.",
            credit="Tangkapan layar",
            edited_label="nomor telepon ditutup",
        ),
    ),
)

NOTICE = Story(
    id="posyandu",
    kind="notice",
    headline="Posyandu Melati & “Lansia Sehat” pindah ke Balai Desa <mulai Desember> 🎉",
    place="Sukamaju",
    date="2026-12-05",
    valid_until="2026-12-31",
    byline=(),
    tags=("posyandu", "kesehatan", "2026"),
    advertorial=True,
    body="""Mulai Sabtu (5/12/2026) layanan Posyandu Melati dan Lansia Sehat pindah dari rumah Ibu Sulastri
ke Balai Desa
Sukamaju, Jl. Raya Sukamaju No. 12.

1. Penimbangan balita: pukul 08.00–10.00 WIB.
2. Pemeriksaan lansia: pukul 10.00–11.30 WIB.
3. Bawalah *buku KIA* atau kartu lansia.

Sugeng rawuh: ꦱꦸꦒꦼꦁꦫꦮꦸꦃ.
""",
)

STORIES = {"irigasi": IRRIGATION, "bansos": HOAX, "posyandu": NOTICE}


@pytest.fixture(scope="session")
def group():
    return GROUP


@pytest.fixture(params=sorted(STORIES))
def story(request):
    return STORIES[request.param]


@pytest.fixture(scope="session")
def stories():
    return STORIES


@pytest.fixture(scope="session")
def catalog():
    return load_catalog(templates_dir())


@pytest.fixture(scope="session")
def press(catalog):
    return RenderContext(catalog)
