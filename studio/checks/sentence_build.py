"""How a sentence is built: a subject hidden behind a preposition, pairs of conjunctions, verbs and what goes with them.

Only what can be said without knowing what is meant, and fixed by a few words. Each mark covers just those words.
Sources: Kementerian Pendidikan, "Kalimat" (Seri Penyuluhan Bahasa Indonesia); Tata Bahasa Baku Bahasa Indonesia (4).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.checks.grammar import LEXICAL
from studio.checks.rule import RuleMark
from studio.story.text import word_set

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.checks.text_passages import TextPassage

_SOURCE = "kalimat efektif; TBBBI"
_EVENT = (
    r"(?:kegiatan|acara|pertemuan|rapat|musyawarah|pelatihan|sosialisasi|penyuluhan|pengajian|lomba|upacara|kunjungan"
    r"|kesempatan|program|musrenbang\w*|musdes\w*|giat|agenda|forum|workshop|seminar|peringatan|perayaan|pembagian"
    r"|penyaluran|penyerahan|pelantikan|simulasi|gotong royong|kerja bakti|posyandu|senam|bazar|festival)"
)
_THIS = r"(?:ini|itu|tersebut|kali ini)"
_NO_SUBJECT = (
    r"(?:di ?hadiri|di ?ikuti|di ?pimpin|di ?isi (?:dengan|oleh)|melibatkan|menghadirkan|mengundang|membahas"
    r"|menghasilkan|bertujuan|berjalan|berlangsung|merupakan|menyepakati|mengusung|mengangkat|menjadi|mendapat(?:kan)?"
    r"|mengajarkan|diawali|diakhiri|dimulai|bertema(?:kan)?)"
)
_SAYING_VERBS = (
    r"mengatakan|menjelaskan|menyampaikan|menuturkan|menyebut|menyebutkan|mengungkapkan|menambahkan|menyatakan"
    r"|menegaskan|berharap|mengaku|membenarkan"
)
_ASKED = (
    r"(?:di ?harap(?:kan)?|di ?mohon|di ?minta|di ?persilakan|dipersilahkan|diwajibkan|diimbau|dihimbau|harap|mohon)"
)
_BEST = word_set(
    "terbaik tertinggi terbesar terdepan terdekat terindah terbanyak terendah terkecil tercepat terjauh tertua termuda "
    "terpenting terbaru terluas terpanjang terkuat termurah termahal terbersih terbagus terdalam terberat terlengkap"
)
_TOGETHER = (
    "bergandengan|bersalaman|bersalam-salaman|bermaafan|bermaaf-maafan|berpelukan|berjabatan|berhadapan|"
    "berkejaran|berkejar-kejaran|bersahutan|bersahut-sahutan|berbalasan|bertatapan|berdekatan|berpegangan|"
    "berpandangan"
)


@dataclass(frozen=True, slots=True)
class BuildRule:
    """A pattern, and what to write for it.

    Attributes:
        key: words (between bars) in small letters of which a text must have one, which is quickly seen.
        pattern: group ``x`` is what is marked; all of it when there is none.
        fixed: what ``x`` becomes, a template for ``Match.expand``.
        told: whether it holds in quotations, too: what someone said is corrected no further than its spelling.
    """

    key: str
    pattern: re.Pattern[str]
    fixed: str
    told: bool = False


def _build_rule(key: str, pattern: str, fixed: str, *, told: bool = False) -> BuildRule:
    return BuildRule(key, re.compile(pattern, re.IGNORECASE), fixed, told)


# Three of them, as a lookbehind of ``re`` has one width.
_AT_START = r"(?:(?<=[.!?] )|(?<=\n)|\A)"
_SUBJECTS = (
    _build_rule(
        " ini| itu| tersebut| kali",
        rf"{_AT_START}(?P<x>(?:dalam|pada|di|dari|melalui) (?P<a>{_EVENT}))(?=(?: \w+){{0,4}}? {_THIS}"
        rf",? {_NO_SUBJECT}\b)",
        r"\g<a>",
    ),
    _build_rule(
        "dengan adanya",
        rf"{_AT_START}(?P<x>dengan (?P<a>adanya))(?= [^,.;]{{3,70}}? (?:membuat|menjadikan|"
        rf"menyebabkan|mengakibatkan)\b)",
        r"\g<a>",
    ),
    _build_rule(
        "hasil|data|laporan|catatan",
        rf"{_AT_START}(?P<x>(?:dari|berdasarkan|menurut) (?P<a>hasil|data|laporan|catatan)"
        rf")(?= [^,.;]{{3,70}}? (?:menunjukkan|menunjukan|menyebutkan|menyatakan|membuktikan|"
        rf"mencatat)\b)",
        r"\g<a>",
    ),
    _build_rule(
        "harap|mohon|minta|persila|diwajibkan|imbau",
        rf"{_AT_START}(?P<x>(?:bagi|untuk|kepada) (?P<a>(?:para |seluruh |semua )?[a-z]+)"
        rf")(?= (?:[\w-]+ ){{0,3}}?yang [^,.;]{{3,60}}?,? {_ASKED}\b)",
        r"\g<a>",
    ),
    _build_rule(
        "kepada ",
        rf"{_AT_START}(?P<x>kepada (?P<a>(?:para |seluruh |semua |segenap )?[a-z]+))(?= (?:[\w-]+ "
        rf"){{0,3}}?{_ASKED}\b)",
        r"\g<a>",
    ),
    BuildRule(
        "memiliki|mempunyai|mengadakan|menggelar|melaksanakan|menerima|mendapatka|menyelenggara",
        re.compile(
            r"(?:(?<=[.!?] )|(?<=\n)|\A)(?P<x>(?:Di|Pada) (?P<a>Desa|Dusun|Kampung|Kelurahan|"
            r"Kecamatan|Kabupaten|Nagari|Gampong|RT|RW))(?=(?: (?:[A-Z][\w-]*|\d+/?\d*)){1,4} "
            r"(?:memiliki|mempunyai|mengadakan|menggelar|melaksanakan|menerima|mendapatkan?|"
            r"menyelenggarakan)\b)"
        ),
        r"\g<a>",
    ),
)
"""A preposition takes the subject away: "Dalam kegiatan ini dihadiri ...", "Bagi warga yang ... diharap ..."."""

_PAIRS = (
    _build_rule(
        "antara ",
        r"\bantara (?!lain)(?P<s>(?:(?!dan\b|yang\b|untuk\b|dengan\b|para\b)[\w-]+ ){1,4})"
        r"(?P<x>dengan)(?= [\w“\"])",
        "dan",
    ),
    _build_rule(
        "antara ",
        r"\bantara (?:pukul )?(?:Rp ?)?\d[\d.,]*(?: \w+)? (?P<x>sampai|hingga|sampai dengan|"
        r"s/d|s\.d\.)(?= (?:pukul )?(?:Rp ?)?\d)",
        "dan",
    ),
    _build_rule(
        "baik ",
        r"\bbaik (?:dari|di|oleh|secara|dalam|untuk|bagi|pada|itu|melalui|berupa|anak|orang|"
        r"warga) [^,.;]{1,50}?,? (?P<x>ataupun|atau pun)\b",
        "maupun",
    ),
    _build_rule(
        "bukan ",
        r"\bbukan (?!hanya|saja|cuma|sekadar|sekedar|main|berarti|tidak|lagi|karena)(?:(?!me\w|"
        r"ber\w|di\w|ter\w|ada\b|yang\b|itu\b)[\w-]+ ?){1,4}(?P<x>,? (?:tetapi|tapi|namun|"
        r"akan tetapi))(?= (?!juga|harus|tetap|ia\b|dia|mereka|kami|kita|saya|masih|tidak|"
        r"bukan|kalau|jika)\w)",
        ", melainkan",
    ),
    _build_rule(" melainkan", r"\btidak (?!lain|hanya|saja|cuma)[^.;!?]{3,60}?(?P<x>,? melainkan)\b", ", tetapi"),
    _build_rule(
        "namun|tetapi|tapi",
        r"\b(?:meski|meskipun|walau|walaupun|kendati) (?:begitu|demikian)(?P<x>,? (?:namun|tetapi|tapi))\b",
        ",",
    ),
    _build_rule(" maka", r"\b(?:oleh (?:karena|sebab) itu|karena itu|dengan demikian|untuk itu)(?P<x>,? maka)\b", ","),
    _build_rule("tetapi", r"(?P<x>\b(?P<a>namun)(?: akan)? tetapi|\btetapi (?P<b>namun))\b", r"\g<a>\g<b>"),
    BuildRule(". sehingga", re.compile(r"(?<=[a-z0-9)])(?P<x>\. Sehingga)(?= [a-z])"), ", sehingga"),
    BuildRule(". melainkan", re.compile(r"(?<=[a-z0-9)])(?P<x>\. Melainkan)(?= [a-z])"), ", melainkan"),
    BuildRule(". sedangkan", re.compile(r"(?<=[a-z0-9)])(?P<x>\. Sedangkan)(?= [a-z])"), ", sedangkan"),
    _build_rule(
        ", bahwa",
        rf"\b(?:{_SAYING_VERBS}|diketahui|mengimbau|berpesan|disampaikan|dijelaskan|berjanji|"
        rf"mengingatkan)(?P<x>, bahwa)\b",
        " bahwa",
    ),
    _build_rule("tapi", r"(?<!akan )(?<![“\"‘'(])\b(?P<x>tapi)\b(?! pasti)", "tetapi", told=True),
)
"""Conjunctions come in pairs: antara - dan, baik - maupun, bukan - melainkan, tidak - tetapi."""

_VERBS = (
    _build_rule(
        "tentang|mengenai|perihal",
        r"\b(?P<x>(?P<a>menjelaskan|menceritakan|menyampaikan|memaparkan|mendiskusikan|mempelajari|"
        r"menginformasikan|memahami|mengetahui|menerangkan|memusyawarahkan|mempresentasikan|"
        r"mensosialisasikan|menyosialisasikan) (?:tentang|mengenai|perihal))\b(?! hal itu)",
        r"\g<a>",
    ),
    _build_rule(
        " kepada",
        r"\b(?P<x>(?P<a>mengimbau|menghimbau|mengajak|mengundang|mengingatkan|membantu|melayani|"
        r"mengharapkan|menghargai|memotivasi|melibatkan) kepada)\b",
        r"\g<a>",
    ),
    _build_rule(
        "menghadiri|mengunjungi|memasuki|mendatangi|menaiki",
        r"\b(?P<x>(?P<a>menghadiri|mengunjungi|memasuki|mendatangi|menaiki) (?:di|pada|ke|"
        r"dalam|kepada))\b",
        r"\g<a>",
    ),
    _build_rule(
        " akan",
        r"\b(?P<x>(?P<a>membutuhkan|memerlukan|menyadari|mengetahui|memahami|menginginkan|"
        r"mengharapkan) akan)\b(?! (?:ada|di|ter|ber|me))",
        r"\g<a>",
    ),
    _build_rule("gantung", r"\b(?P<x>(?:tergantung|bergantung) (?:dari|kepada|dengan))\b", "bergantung pada"),
    _build_rule("berdasar", r"\b(?P<x>(?P<a>berdasarkan|berdasar) (?:kepada|atas|dari))\b", "berdasarkan"),
    _build_rule("dibanding", r"\b(?P<x>dibanding)(?= (?!dengan\b)[a-z\d])", "dibandingkan dengan"),
    _build_rule("sehubungan", r"\b(?P<x>sehubungan)(?= (?!dengan|itu|ini)\w)", "sehubungan dengan"),
    _build_rule(
        " dari",
        r"\b(?P<x>(?P<a>dihadiri|diikuti|disaksikan|didampingi) dari)(?= (?:[A-Z]|para|perwakilan|"
        r"unsur|seluruh|kepala|ketua|bapak|ibu|anggota|perangkat|tokoh|jajaran|berbagai)"
        r")",
        r"\g<a>",
    ),
    _build_rule(
        "kan",
        r"\b(?P<x>(?P<a>mem|di)per(?P<b>lebar|besar|kecil|kuat|luas|tinggi|panjang|cepat|"
        r"lambat|erat|dalam|jelas|indah|mudah|baik|kaya|berat|ringan|tajam)kan)\b(?!ny)",
        r"\g<a>per\g<b>",
    ),
    _build_rule("kan di", r"\b(?P<x>(?P<a>bertempat|beralamat|berlokasi)kan)(?= di\b)", r"\g<a>"),
    _build_rule(
        "yang mana",
        r"\b(?P<x>yang mana)(?= (?:di|me(?!reka)|ber|ter|akan|telah|sudah|juga|se|pada|dalam|"
        r"harus)\w*\b)(?=[^?\n]*[.,])",
        "yang",
    ),
    _build_rule(
        "menurut ",
        rf"(?P<x>\bMenurut (?P<a>[^,.;:]{{2,60}}, [A-Z][^,.;:]{{1,40}}?),? (?:{_SAYING_VERBS})"
        rf"(?: bahwa)?,?)(?= )",
        r"Menurut \g<a>,",
    ),
)
"""Verbs that need no preposition, or another one; mixtures of two forms."""

_TOO_MUCH = (
    _build_rule(
        " daripada",
        r"\b(?P<x>(?P<a>tujuan|hasil|maksud|isi|manfaat|pelaksanaan|fungsi|arti|makna|dampak|"
        r"peran|keberhasilan) daripada)\b",
        r"\g<a>",
    ),
    _build_rule(
        " daripada", r"\b(?P<x>(?P<a>bagian|salah satu|terbuat|terdiri|berasal|akibat) daripada)\b", r"\g<a> dari"
    ),
    _build_rule("dan lain sebagainya", r"\b(?P<x>dan lain sebagainya)\b", "dan sebagainya"),
    _build_rule("dalam rangka ", r"\b(?P<x>dalam rangka (?:untuk|guna))\b", "dalam rangka"),
    _build_rule("agar|supaya", r"\b(?P<x>(?:untuk|supaya|demi) (?:agar|supaya)|supaya agar)\b", "agar"),
    _build_rule(
        "karena",
        r"\b(?P<x>karena disebabkan(?: oleh| karena)?|sebab karena|lantaran karena|berhubung "
        r"karena|dikarenakan karena)\b",
        "karena",
    ),
    _build_rule("diakibatkan karena", r"\b(?P<x>diakibatkan karena)\b", "diakibatkan oleh"),
    _build_rule(
        "seandainya|apabila|jika kalau",
        r"\b(?P<x>(?:jika|apabila|kalau) seandainya|jika apabila|apabila jika|jika kalau)\b",
        "jika",
    ),
    _build_rule("oleh karena|oleh sebab", r"\b(?P<x>maka oleh karena itu|oleh sebab karena itu)\b", "oleh karena itu"),
    _build_rule(
        "seluruh|semua",
        r"\b(?P<x>segenap seluruh|segenap semua|seluruh semua|semua seluruh|seluruh segenap)\b",
        "seluruh",
    ),
    _build_rule(" para", r"\b(?P<x>(?:semua|seluruh|segenap|banyak|beberapa) para)\b", "para"),
    _build_rule("para hadirin", r"\b(?P<x>para hadirin)\b", "hadirin"),
    _build_rule("telah", r"\b(?P<x>(?:telah sudah|sudah telah))\b", "telah"),
    _build_rule("beserta", r"\b(?P<x>(?:dan beserta|beserta dan))\b", "beserta"),
    _build_rule("serta", r"\b(?P<x>(?:dan serta|serta dan))\b", "serta"),
    _build_rule(" lebih", r"\b(?P<x>(?P<a>sem?akin|makin) lebih)\b", r"\g<a>"),
    _build_rule("kepada", r"\b(?P<x>untuk kepada|bagi kepada|kepada untuk)\b", "kepada"),
    _build_rule(
        "partisipasi", r"\b(?P<x>(?:ikut serta|turut serta|ikut turut) (?:ber)partisipasi)\b", "berpartisipasi"
    ),
    _build_rule("turut", r"\b(?P<x>(?:turut ikut serta|ikut turut serta|turut ikut))\b", "turut serta"),
    _build_rule("meningkat", r"\b(?P<x>naik meningkat|meningkat naik)\b", "meningkat"),
    _build_rule("ialah|yaitu|yakni", r"\b(?P<x>(?:adalah|merupakan|yaitu) (?:ialah|yaitu|yakni))\b", "adalah"),
    _build_rule("berkisar antara", r"\b(?P<x>berkisar antara)(?= (?:Rp ?)?\d)", "berkisar"),
    _build_rule(" lamanya", r"\b(?P<x>selama (?P<a>(?:[\w-]+ ){1,3}?[a-z]+) lamanya)\b", r"selama \g<a>"),
    _build_rule("hanya ", r"\b(?P<x>hanya (?P<a>[a-z]+) saja)\b", r"hanya \g<a>"),
    _build_rule(
        "paling ter|lebih ter|sangat ter|amat ter",
        rf"\b(?P<x>(?:paling|lebih|sangat|amat) (?P<a>{'|'.join(sorted(_BEST))}))\b",
        r"\g<a>",
    ),
    _build_rule(" sekali", r"\b(?P<x>(?:sungguh|amat|paling) (?P<a>[a-z]+) sekali)\b", r"sangat \g<a>"),
    _build_rule("saling ", r"\b(?P<x>saling (?P<a>[a-z]+)-(?P<b>me\w+))\b", r"saling \g<b>"),
    _build_rule("saling ", rf"\b(?P<x>saling (?P<a>{_TOGETHER}))\b", r"\g<a>"),
    _build_rule("pernah", r"\b(?P<x>(?:sebelumnya pernah sudah|sudah pernah sebelumnya))\b", "sebelumnya sudah pernah"),
    _build_rule("selain daripada itu", r"\b(?P<x>selain daripada itu)\b", "selain itu"),
    _build_rule("sejak", r"\b(?P<x>mulai (?:dari )?sejak|sejak mulai)\b", "sejak"),
    _build_rule(
        "kemudian", r"\b(?P<x>(?:kemudian lalu|lalu kemudian|setelah itu kemudian|kemudian setelah itu))\b", "kemudian"
    ),
    _build_rule(" seperti", r"\b(?P<x>(?:contohnya|misalnya|umpamanya) seperti)\b", "misalnya"),
    _build_rule(
        "sekitar|kurang|kira-kira",
        r"\b(?P<x>(?:sekitar|kurang lebih|kira-kira|lebih kurang) (?:kurang lebih|sekitar|"
        r"lebih kurang|kira-kira))\b",
        "sekitar",
    ),
    _build_rule("dengan secara", r"\b(?P<x>dengan secara)\b", "secara"),
    _build_rule("sekira", r"\b(?P<x>sekira)(?= (?:pukul|jam|\d))", "sekitar"),
    _build_rule(
        "kilo |senti |mili |desi ", r"\b(?P<x>(?P<a>kilo|senti|mili|desi) (?P<b>meter|gram|liter))\b", r"\g<a>\g<b>"
    ),
    _build_rule(" dan", r"\b\d+, (?P<x>(?P<a>\d+) dan)(?= \d+\b(?![.,]\d))", r"\g<a>, dan"),
    BuildRule(
        " dan",
        re.compile(r"\b[a-z]+, [a-z]+(?: [a-z]+)?, (?P<x>(?P<a>[a-z]+(?: [a-z]+)?) dan)(?= (?!juga|lain)[a-z]+)"),
        r"\g<a>, dan",
    ),
    _build_rule(" sebaliknya malah", r"\b(?P<x>(?:akan tetapi|tetapi|namun) sebaliknya malah)\b", "tetapi"),
    _build_rule("ketika|sewaktu", r"\b(?P<x>pada saat (?:ketika|sewaktu)|ketika saat)\b", "ketika"),
)
"""The same said twice, and mixtures of two phrases."""

_PLURAL = re.compile(
    r"\b(?P<x>(?P<a>berbagai|bermacam-macam|aneka|setiap|tiap|salah satu|salah seorang|sebagian|kedua|ketiga"
    r"|keempat|kelima|(?:\d+|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|belasan|puluhan|ratusan|ribuan)"
    r" (?:orang|buah|ekor))"
    r" (?P<b>[a-z]{3,})-(?P=b)(?P<c>nya)?)\b",
    re.IGNORECASE,
)


_RULES = (*_SUBJECTS, *_PAIRS, *_VERBS, *_TOO_MUCH)


def check_sentence_build(passage: TextPassage) -> Iterator[RuleMark]:
    """Marks of these rules for one paragraph."""
    text = passage.clean_text
    low = text.lower()
    for rule in _RULES:
        # Some seventy patterns for each paragraph: looking for a fixed word first is far cheaper than trying each of
        # them.
        if not any(key in low for key in rule.key.split("|")):
            continue
        for found in rule.pattern.finditer(text):
            # Only from here is the exact place known; the pattern may begin well before what is to be corrected.
            if not (rule.told and passage.is_quoted(found.start("x"))):
                yield _mark_build(found, found.expand(rule.fixed))
    for found in _PLURAL.finditer(text):
        # "laba-laba" and "kupu-kupu" are words and no plurals; "dua ekor kupu-kupu" is right.
        if found["b"].lower() not in LEXICAL:
            yield _mark_build(found, f"{found['a']} {found['b']}{found['c'] or ''}")


def _mark_build(found: re.Match[str], fixed: str) -> RuleMark:
    """What begins with a sign takes the word before along: "itu, maka" -> "itu," is read more easily than a comma."""
    start, end = found.span("x")
    before = "" if found["x"][0].isalnum() else re.split(r"\s", found.string[:start])[-1]
    told = before + found["x"]
    # What stood at the beginning of the sentence keeps its capital, also when the first word is the one that goes.
    better = fixed[0].upper() + fixed[1:] if told[0].isupper() and not before else before + fixed
    return RuleMark(
        "language_grammar", "advice", start - len(before), end, _SOURCE, (better,), {"word": told, "fix": better}
    )
