"""Word lists of the rules about language."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PLACES = _words("""
    mana sini situ sana atas bawah dalam luar antara samping belakang depan seluruh muka hadapan tengah tepi
    pinggir ujung sekitar sekeliling sebelah seberang balik celah sela tempat lokasi wilayah daerah kawasan
    lingkungan rumah sekolah kota desa kampung dusun kelurahan kecamatan kabupaten provinsi negara pasar balai
    kantor gedung jalan masjid musala gereja pura vihara lapangan sawah kebun ladang sungai pantai laut gunung
    hutan bulan hari tahun malam pagi siang sore akhir awal pusat bidang tangan kepala hati mata meja kursi
    lantai dinding pintu jendela halaman kelas kampus posyandu puskesmas warung toko terminal stasiun bandara
    pelabuhan mobil motor media internet indonesia jawa jakarta bali sumatra kalimantan sulawesi papua aula
    pendopo pos
""")
"""After di and ke these are places, times and names: written apart (EYD V, II.L)."""
ACTIVE_STEMS = _words("""
    buat bawa beri ambil minta bagi pasang tanam gelar buka tutup bangun jual beli cat dapat hadir ikut pakai
    jaga panen potong angkat kirim tulis baca periksa rawat olah cuci masak kelola bantu dukung ajak latih
    didik bentuk pimpin
""")
"""Stems of verbs without ending: with di- written together (EYD V, II.A)."""
NOUNS_IN_I = _words("""
    lobi kaki pagi sungai pantai balai sini lini segi sisi hari negeri dalam tepi api bumi kali pati
""")
"""Words that end like a verb with -i but are none."""
PUN_JOINED = _words("""
    adapun andaipun ataupun bagaimanapun biarpun jikapun kalaupun kendatipun maupun meskipun sekalipun
    sungguhpun walaupun
""")
"""The thirteen with pun that are written as one word (EYD V, II.L)."""
FUNCTION_WORDS = _words("""
    yang dan di ke dari untuk dengan pada ini itu akan telah sudah oleh para serta atau sebuah dalam
""")
"""Words that tell nothing about what a sentence is about."""
ABBREVIATIONS = _words("""
    dr drg drs ir prof hj no jl jln gg rp kab kec kel ds dsn bpk plt pj kh hlm dsb dst dll dkk tgl ttd an up
    rt rw km kg st sdr sdri yth pd si sos kom ag hum kes ak mm pt cv vs ii iii iv
""")
"""Short forms in lower case: no matter of spelling, and a stop after one of them ends no sentence."""
