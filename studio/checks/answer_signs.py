"""Signs of the answers to who, where, why and how in a lead: words and names, each as a phrase one would say."""

from __future__ import annotations

import re

from studio.base.locale_forms import MONTHS, WEEKDAYS


def _either_pattern(text: str) -> str:
    """Terms, separated by ``|`` over several lines, as one pattern: longer ones first."""
    terms = [" ".join(term.split()) for term in text.split("|")]
    return "|".join(sorted(map(re.escape, terms), key=len, reverse=True)).replace("\\ ", " ")


_NAME = r"[A-Z][\w’'.-]*(?:,? (?:bin |binti |al-)?[A-Z][\w’'.-]*\w)*"
_PLACE_KINDS = _either_pattern("""
    desa|dusun|kelurahan|kecamatan|kabupaten|kota|provinsi|kampung|nagari|jorong|distrik|gampong|banjar
    |padukuhan|kalurahan|kapanewon|polres|polsek|polda|kodim|koramil|pulau|pantai|gunung|sungai|jalan|perumahan
    |RT|RW
""")
_PLACE_NOUNS = _either_pattern("""
    balai|kantor|lapangan|pasar|sekolah|jalan|saluran|rumah|masjid|musala|gereja|pura|sawah|pendopo|pendapa|aula
    |gedung|halaman|gudang|jembatan|kawasan|lereng|bantaran|lingkungan|wilayah|sekitar|sepanjang|depan|perairan
    |hutan|kebun|ladang|terminal|stasiun|puskesmas|posyandu|rumah sakit|bale|kompleks|tempat|lokasi|area
    |objek wisata
""")
_TITLES = _either_pattern("""
    Bapak|Ibu|Pak|Bu|Mbah|Abah|Umi|Gus|Kiai|Kyai|KH|Ustaz|Ustadz|Haji|Hj|Mas|Mbak|Kang|Teh|Mama|Sertu|Serda
    |Serka|Serma|Kopda|Koptu|Kopka|Pelda|Peltu|Letda|Lettu|Kapten|Mayor|Letkol|Kolonel|AKP|AKBP|Kompol|Iptu|Ipda
    |Aiptu|Aipda|Bripka|Brigadir
""")
_OFFICES = _either_pattern("""
    presiden|wakil presiden|menteri|gubernur|bupati|wali kota|wakil bupati|camat|lurah|kepala desa|kepala dusun
    |kades|kadus|sekda|sekdes|dandim|danramil|kapolres|kapolsek|kapolda|babinsa|bhabinkamtibmas|ketua|sekretaris
    |bendahara|kepala|direktur|wali nagari|kelian|klian|kelihan|bendesa|bidan|dokter|komandan|manajer
    |juru bicara|humas
""")
_ALONE = _either_pattern("""
    presiden|gubernur|bupati|camat|lurah|kepala desa|dandim|danramil|kapolres|kapolsek|kapolda|babinsa
    |bhabinkamtibmas
""")
_GROUPS = _either_pattern("""
    warga|petani|pedagang|peternak|nelayan|perajin|pemerintah|pemdes|pemkab|pemkot|kader|siswa|pelajar|santri
    |mahasiswa|guru|ibu-ibu|bapak-bapak|ibu|kelompok|karang taruna|puskesmas|posyandu|pemuda|relawan|peserta
    |anggota|polisi|petugas|prajurit|TNI|Polri|polsek|polres|damkar|pemadam kebakaran|BPBD|Basarnas|Banser|Ansor
    |Muslimat|Fatayat|PMI|PKK|TP PKK|Linmas|Satpol PP|krama|jemaah|jamaah|umat|masyarakat|dinas|kementerian
    |badan|KIM|BUMDes|koperasi|balita|lansia|anak-anak|perangkat desa|pengunjung|penerima|korban|pelaku usaha
    |UMKM|sekaa teruna|bundo kanduang|Tagana|panitia|tim|KWT|gapoktan|poktan|pokdarwis|IPNU|IPPNU|pramuka|OSIS
    |PMR|dasawisma
""")
_NO_PLACE = "|".join((*WEEKDAYS, "Ahad", *MONTHS))
_PLACE_WORD = rf"(?!(?:{_NO_PLACE}|{_TITLES})\b)[A-Z][\w’'.-]*"
_PLACE_NAME = rf"{_PLACE_WORD}(?:,? (?:al-)?{_PLACE_WORD}\w)*"
"""A name of a place, which ends before a day and before someone's rank."""
_NO_ACTOR = "Sungai|Kali|Gunung|Jalan|Bukit|Waduk|Danau|Pantai|Pulau|Hujan|Gempa|Banjir|Angin|Jembatan"
_KIND_OF_GROUP = "desa|dusun|tani|ternak|nelayan|wanita|perempuan|lansia|kebakaran"
_CLAUSE = r"(?: [^\s.,;:()“”\"]+){1,12}"
_OBJECT = r"(?: (?!(?:di|pada|mulai|sejak|karena|untuk|guna|agar)\b)[^\s.,;:()“”\"]+){1,10}"
_NOT_IN_A_PLACE = "yang|dan|pada|untuk|dengan|dari|karena|hingga|serta|oleh|ini|itu|mulai|sejak"

WHERE = re.compile(
    rf"\b[Dd]i (?:dalam |atas )?(?:{_PLACE_NOUNS})\b(?: (?!(?:{_NOT_IN_A_PLACE})\b)\w+){{0,3}}"
    rf"(?:,? (?i:{_PLACE_KINDS}) {_PLACE_NAME})*"
    rf"|\b[Dd]i (?i:{_PLACE_KINDS})\b(?: {_PLACE_NAME})?(?:,? (?i:{_PLACE_KINDS}) {_PLACE_NAME})*"
    rf"|\b[Dd]i (?:\w+ )?(?:{_PLACE_KINDS})\b"
    rf"|\b[Dd]i (?!Indonesia\b){_PLACE_NAME}"
)
"""A place after di."""
WHERE_ELSE = re.compile(
    rf"\b(?:{_PLACE_KINDS.title()}) {_PLACE_NAME}"
    r"|^[A-Z][A-Z ]{3,}(?=,| [-–—])|^[A-Z][a-z]+(?= [-–—] )"
)
"""The name of a village or an office with its place, the place before the dash of a lead."""
WHO = re.compile(
    rf"\b(?:{_TITLES})\.? {_NAME}|\b(?i:{_OFFICES})\b(?: (?:[A-Z]{{2,}}|I\b|[A-Z0-9][\w/’'-]+))+(?:, {_NAME})?"
    rf"|\b(?i:{_GROUPS})\b(?:(?: (?:{_KIND_OF_GROUP}))*(?: {_NAME}(?: \d+ {_NAME})?)?)(?! ?[-–—] )"
    rf"|\b(?i:{_ALONE})\b|(?<=kata )[A-Z]\w+(?: [A-Z]\w+)*"
    rf"|\b(?!(?:{_NO_ACTOR})\b)[A-Z][a-z]+(?: [A-Z][a-z]+)+(?=,? (?:me|ber|di)[a-z]{{3,}}| \(\d\d\))"
)
"""A person with a title or office, a group, an office by itself, whoever speaks or acts."""
WHY = re.compile(
    rf"\b(?i:karena|akibat|lantaran|disebabkan|dipicu|gara-gara|sebab)\b{_CLAUSE}"
    rf"|\b(?i:untuk|guna|demi|agar|supaya|bertujuan|tujuannya|sebagai (?:upaya|bentuk|wujud)|dalam rangka)\b{_CLAUSE}"
)
"""A reason, or what it is for."""
_NO_TOOL = _either_pattern("""
    adanya|demikian|para|warga|harapan|tema|hormat|total|luas|nilai|jumlah|kondisi|seluruh|tokoh|pihak
    |masyarakat|hadirnya
""")
_NOT_BY = "".join(
    f"(?<!{word} )" for word in ["sesuai", "bersama", "terkait", "sama", "bertemu", "seiring", "sejalan", "hingga"]
)
HOW = re.compile(
    rf"\b(?i:{_NOT_BY}dengan(?= (?!(?:{_NO_TOOL})\b)[a-z])|secara|melalui|lewat|memakai|menggunakan)\b{_CLAUSE}"
    rf"|\b(?i:bergantian|bergiliran|bersama-sama|bergotong royong|caranya)\b(?:{_CLAUSE})?"
)
"""A way or a tool."""
WHAT = re.compile(
    rf"(?P<verb>\b(?:(?:me|di|ber|ter)[a-z]{{4,}}|gelar|panen|ikuti|terima|bahas|salurkan|kunjungi)\b)(?=(?P<rest>{_CLAUSE})?)",
    re.IGNORECASE,
)
"""What begins with a verb, or with what looks like one."""
_BARE_VERBS = _either_pattern("""
    padam|mati|putus|ambles|amblas|ambruk|roboh|runtuh|rubuh|jebol|longsor|tumbang|retak|bocor|rusak|macet|kering|surut
    |naik|turun|jatuh|hanyut|tenggelam|hilang|tewas|luka|sakit|lahir|tiba|datang|pulang|hadir|pindah|libur|buka|tutup
    |tanam|bangun|perbaiki|bersihkan|bagikan|bantu|resmikan|luncurkan|kirim|raih|juara|menang|kalah|lolos|lulus|tampil
    |selesai|kerja bakti|gotong royong|ronda|rapat|unjuk rasa|gempa|banjir|kebakaran|tabrakan
""")
WHAT_ELSE = re.compile(rf"(?P<verb>\b(?:{_BARE_VERBS})\b)(?=(?P<rest>{_CLAUSE})?)", re.IGNORECASE)
"""What is told by a verb without a prefix, or by the name of what happened, where no other verb tells it."""
NO_VERBS = frozenset(
    [
        "berita",
        "berbagai",
        "beberapa",
        "bersama",
        "terhadap",
        "tersebut",
        "terkait",
        "termasuk",
        "tertentu",
        "terutama",
        "menteri",
        "meter",
        "merah",
        "media",
        "menurut",
        "melalui",
        "menjelang",
        "dinas",
        "diri",
        "dirinya",
        "digital",
        "disiplin",
        "distrik",
        "direktur",
        "berikut",
        "berupa",
        "terakhir",
        "terdekat",
        "mengenai",
        "dimana",
        "meskipun",
        "dini",
        "berdasarkan",
        "bernama",
        "berinisial",
        "berusia",
        "bertempat",
        "berlian",
        "terminal",
        "medan",
        "melati",
        "mesin",
        "mental",
        "diskusi",
        "beras",
        "berkah",
        "dinding",
        "merupakan",
        "dinihari",
        "terima",
        "bersih",
        "besar",
        "beliau",
        "tengah",
        "terik",
        "teras",
        "tebing",
        "tepat",
        "berada",
        "bertugas",
        "bermagnitudo",
        "berkekuatan",
        "bertajuk",
        "bertema",
        "berkapasitas",
        "bernomor",
        "berskala",
        "dirgahayu",
    ]
)
"""Words that begin like a verb and are none, or tell nothing."""
LOOSE_ENDS = frozenset(
    [
        "yang",
        "dan",
        "di",
        "ke",
        "dari",
        "untuk",
        "dengan",
        "pada",
        "oleh",
        "serta",
        "atau",
        "para",
        "bahwa",
        "sebagai",
        "agar",
    ]
)
"""Words at the end of a phrase that lead on to what is cut off."""
