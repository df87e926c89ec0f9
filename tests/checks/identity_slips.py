"""150 ways in which the identity of a protected child slips into a story, field by form, and 30 harmless stories.

The child: Dimas Bayu Nugroho, called Ucil, who is a victim. ``SLIPS`` has rows: field, what is written there.
``HARMLESS`` has headline, body and tags of stories in which the same child is
listed, and which tell nobody who it is.
"""

from __future__ import annotations

CHILD = {
    "name": "Dimas Bayu Nugroho",
    "aliases": ("Ucil",),
    "identifiers": (
        "SMPN 3 Tirtasari",
        "kelas 7C",
        "RT 04/RW 02",
        "Jalan Kenanga No. 15",
        "Gang Buntu II",
        "Dusun Wonosari",
        "Suparmi",
        "Pak Wagiman",
        "SSB Elang Timur",
        "kursi roda merah",
    ),
}
FIELDS = (
    "headline",
    "kicker",
    "summary",
    "body",
    "caption",
    "alt",
    "credit",
    "photo_name",
    "edited_label",
    "video_caption",
    "title",
    "title_detail",
    "title_card",
    "subtitle",
    "tag",
    "category",
    "source_role",
    "override",
    "correction",
    "correction_reason",
    "claim",
    "claim_explanation",
    "claim_reference",
    "link",
    "hashtag",
    "place",
    "byline",
    "editor",
)
"""Where it can slip in: fields of the table ``studio.story.reader_fields``; ``folder`` is searched beside them."""

_BODY = """
Korban, Dimas (13), dirawat di puskesmas.
Warga menjenguk Bayu sejak pagi.
Nugroho kini sudah pulang.
Ia biasa dipanggil Ucil.
Ia biasa dipanggil ucil.
Anak bernama dimas itu menangis.
Korban berinisial DBN melapor.
Korban berinisial DB melapor.
Korban berinisial Dm melapor.
Korban D (13) dirawat.
D (13) dirawat di puskesmas.
D, 13 tahun, dirawat di puskesmas.
Polisi menemui D di rumahnya, kata D menangis.
Pelajar D.B. dirawat.
Pelajar D. B. N. dirawat.
Bocah D mengaku takut.
Siswa D.B.N. pulang.
D1mas sudah pulang.
D!mas sudah pulang.
Dimaz sudah pulang.
Dymas sudah pulang.
Dimmas sudah pulang.
DIMAS sudah pulang.
KORBAN DIMAS DIRAWAT DI PUSKESMAS SUKAMAJU
D-i-m-a-s sudah pulang.
D i m a s sudah pulang.
D.i.m.a.s sudah pulang.
D*mas sudah pulang.
Dim** sudah pulang.
Di**mas** sudah pulang.
[Dim](https://kim.example)as sudah pulang.
Dim&#97;s sudah pulang.
Dimаs sudah pulang.
Dim\u200bas sudah pulang.
𝗗𝗶𝗺𝗮𝘀 sudah pulang.
🅳🅸🅼🅰🆂 sudah pulang.
ᴅɪᴍᴀꜱ sudah pulang.
Ｄｉｍａｓ sudah pulang.
Dimasnya sudah pulang.
Dimas-Dimas lain aman.
Dik Dimas sudah pulang.
Adik Bayu sudah pulang.
Keluarga Dimas pindah.
Rumah Dimas sepi.
Ayah Dimas menangis.
Teman sekelas Dimas bersaksi.
Dim sudah pulang, kata ibunya Dimas.
Mas Nug sudah pulang.
Bayu, 13 tahun, dirawat.
Bayu Nugroho dirawat.
Nugroho Bayu dirawat.
dimas bayu nugroho dirawat.
DimasBayu dirawat.
“Dimas anak baik,” kata guru.
Semangat #SaveDimas.
Semangat #savedimas.
Semangat #prayfordimas.
Semangat #DimasKuat.
Semangat #dimasbayu.
Lihat @dimas.bayu di Instagram.
Lihat @dimas_13.
Lihat @dimasbayunugroho.
Lihat @ucil.
Unduh dimas-korban.jpg di sini.
Lihat https://kim.example/dimas-dirawat untuk rinciannya.
Ia murid SMP Negeri 3 Tirtasari.
Ia murid SMPN 03 Tirtasari.
Ia murid Sekolah Menengah Pertama Negeri 3 Tirtasari.
Ia murid SMPN III Tirtasari.
Ia murid SMP Negeri Tiga Tirtasari.
Ia murid SMPN Tirtasari 3.
Ia murid SMPN 3.
Ia murid smpn3 tirtasari.
Ia murid SMPN 3 di Tirtasari.
Ia murid SMP N 3 Tirtasari.
Ia duduk di kelas VII C.
Ia duduk di kelas VII-C.
Ia duduk di kelas 7 C.
Ia duduk di kelas tujuh C.
Siswa 7C itu dirawat.
Ia duduk di kls 7C.
Rumahnya di RT 04/02.
Rumahnya di RT 4 RW 2.
Rumahnya di RW 02/RT 04.
Rumahnya di RT/RW 004/002.
Rumahnya di RT IV/RW II.
Rumahnya di RT empat RW dua.
Rumahnya di RT.04/RW.02.
Warga RT 04 menjenguk.
Rumahnya di Jl. Kenanga No. 15.
Rumahnya di Jln. Kenanga 15.
Rumahnya di jalan kenanga nomor 15.
Rumahnya di Jl Kenanga.
Rumahnya di Kenanga 15.
Rumahnya di Gg. Buntu 2.
Rumahnya di Gang Buntu dua.
Rumahnya di Gang Buntu.
Rumahnya di Dsn. Wonosari.
Rumahnya di Dukuh Wonosari.
Warga Wonosari menjenguk.
Rumahnya di wonosari.
Suparmi menangis.
Bu Suparmi menangis.
Bu Parmi menangis.
Ibu Parmi menangis.
SUPARMI menangis.
Suparmy menangis.
Pak Wagiman melapor.
Wagiman melapor.
Pak Wagi melapor.
Pak Man melapor.
Ia pemain SSB Elang Timur.
Ia pemain Elang Timur.
Ia memakai kursi roda merah.
Ia memakai kursi-roda merah.
Ibu korban, Ngatini, menangis.
Ngatini (40), ibu korban, menangis.
Kakak kandung korban, Rio, datang.
Paman korban bernama Slamet melapor.
Nenek korban, Mbah Painem, menangis.
Wali kelas korban, Endah, menjenguk.
"""
SLIPS: tuple[tuple[str, str], ...] = (
    *(("body", sentence) for sentence in _BODY.strip().splitlines()),
    ("headline", "Dimas Pulang dari Puskesmas"),
    ("headline", "TRAGIS, BAYU DIRAWAT"),
    ("kicker", "Kasus Ucil"),
    ("summary", "Warga menjenguk Dimas."),
    ("caption", "Warga di depan rumah Dimas."),
    ("alt", "Dimas duduk di kursi roda"),
    ("credit", "Foto: Suparmi"),
    ("photo_name", "IMG_dimas_01.jpg"),
    ("edited_label", "Wajah Dimas ditutup"),
    ("video_caption", "Suasana SMPN 3 Tirtasari."),
    ("title", "Suparmi"),
    ("title_detail", "Ibu Dimas"),
    ("title_card", "Untuk Ucil"),
    ("subtitle", "Dimas anak baik."),
    ("tag", "dimas"),
    ("tag", "Save Dimas"),
    ("tag", "wonosari"),
    ("category", "Kasus Dimas"),
    ("source_role", "ibu korban"),
    ("override", "Bantu Dimas pulih."),
    ("correction", "Nama Dimas kami hapus."),
    ("correction_reason", "Dimas tertulis lengkap."),
    ("claim", "Dimas diculik orang."),
    ("claim_explanation", "Dimas sudah di rumah."),
    ("claim_reference", "https://kim.example/dimas"),
    ("link", "https://kim.example/2026-11-22-dimas-pulang/"),
    ("hashtag", "SaveDimas"),
    ("place", "Wonosari"),
    ("byline", "Dimas Bayu Nugroho"),
    ("editor", "Ucil"),
    ("folder", "2026-11-22-dimas-dirawat"),
    ("folder", "2026-11-22-siswa-smpn-3-tirtasari-dirawat"),
    ("folder", "2026-11-22-bantuan-untuk-ucil"),
)
"""Field, and what slips in there."""

HARMLESS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "Warga tanam bunga di balai desa",
        "Ibu-ibu PKK menanam bunga matahari dan melati di halaman balai desa.",
        ("bunga",),
    ),
    ("Posyandu Melati layani 40 balita", "Kader Posyandu Melati di RT 01/RW 02 menimbang 40 balita.", ("posyandu",)),
    ("Panen raya di Dusun Krajan", "Petani Dusun Krajan memanen padi dari lahan 12 hektare.", ("pertanian",)),
    ("Jalan Mawar diperbaiki", "Warga RT 05/RW 02 memperbaiki Jalan Mawar sepanjang 200 meter.", ("jalan",)),
    ("SMPN 1 Tirtasari juara lomba", "Tim SMPN 1 Tirtasari menjadi juara lomba cerdas cermat.", ("sekolah",)),
    ("Angin kencang rusak atap", "Angin bertiup dari laut; bayu malam terasa dingin, kata warga.", ("cuaca",)),
    (
        "Penyuluhan bahaya narkoba",
        "Sebanyak 60 remaja usia 12-18 tahun mengikuti penyuluhan bahaya narkoba.",
        ("remaja",),
    ),
    ("Pelatihan kader cegah KDRT", "Kader dilatih mencegah kekerasan dalam rumah tangga.", ("pelatihan",)),
    ("Fogging cegah demam berdarah", "Petugas puskesmas melakukan fogging di RT 03 dan RT 06.", ("kesehatan",)),
    ("Siswa kelas 7A tanam pohon", "Siswa kelas 7A dan 8C menanam pohon di tepi sungai.", ("lingkungan",)),
    ("Bidan Bayu Wulandari bertugas lagi", "Bidan Bayu Wulandari kembali melayani ibu hamil.", ("bidan",)),
    ("Kepala Desa Joko Nugroho lantik perangkat", "Kepala Desa Joko Nugroho melantik tiga perangkat.", ("desa",)),
    ("Deklarasi desa bebas narkoba", "Warga membacakan deklarasi desa bebas narkoba.", ("deklarasi",)),
    ("Sosialisasi anti-perundungan", "Psikolog menjelaskan cara mencegah perundungan di sekolah.", ("sekolah",)),
    ("Hari AIDS diperingati", "Puskesmas memperingati Hari AIDS Sedunia dengan donor darah.", ("kesehatan",)),
    ("Gang Mawar punya lampu baru", "Warga memasang 12 lampu di Gang Mawar dan Gang Melati.", ("lampu",)),
    ("Klub voli putri juara", "Tim voli putri desa menang tiga set langsung.", ("olahraga",)),
    ("Harga gabah naik", "Harga gabah naik Rp500 per kilogram, kata Ketua Gapoktan Asep Hidayat.", ("harga",)),
    ("Jumat bersih di masjid", "Jemaah membersihkan Masjid Nurul Huda bersama remaja masjid.", ("masjid",)),
    ("Bansos tahap tiga cair", "Sebanyak 120 KK menerima bantuan; warga RT 07 mengambil terakhir.", ("bansos",)),
    ("Perahu nelayan diperbaiki", "Nelayan memperbaiki enam perahu dengan dana swadaya.", ("nelayan",)),
    ("Rapat RT bahas sampah", "Ketua RT 02 dan RW 05 membahas pengangkutan sampah.", ("sampah",)),
    ("Vaksinasi sapi dimulai", "Dinas Peternakan memvaksin 80 ekor sapi.", ("ternak",)),
    ("Pasar pagi pindah", "Pedagang pasar pagi pindah ke lapangan sementara.", ("pasar",)),
    ("Karang taruna buka kelas komputer", "Kelas komputer dibuka untuk remaja setiap Sabtu.", ("komputer",)),
    ("Sumur bor baru untuk 60 rumah", "Sumur bor sedalam 80 meter mengalirkan air ke 60 rumah.", ("air",)),
    ("Peringatan Maulid Nabi", "Warga memperingati Maulid Nabi Muhammad dengan selawat.", ("agama",)),
    ("Perpustakaan desa buka malam", "Perpustakaan desa kini buka sampai pukul 21.00 WIB.", ("buku",)),
    ("Siskamling digiatkan", "Polsek Tirtasari mengajak warga menggiatkan siskamling.", ("keamanan",)),
    (
        "Layanan konseling gratis",
        "Puskesmas membuka konseling bagi warga yang memikirkan bunuh diri; hubungi 119.",
        ("kesehatan",),
    ),
)
"""Headline, body, tags."""
