"""Children who are named with their age, "Bunga Lestari (9)", before anyone is listed: a flood, an accident, a prize.

Cases of law, abuse and illness are found by ``sensitive_cases``. Here nobody did anything to the child, and yet the
name of one who was harmed is not told (PPRA butir 1 to 4; KEJ pasal 5), and of any other only when a parent agreed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from studio.base.locale_forms import FORMS, WEEKDAYS
from studio.checks import name_words as table
from studio.checks.finding import Finding
from studio.checks.neighbours import WordNeighbours
from studio.checks.sensitive_cases import case_words
from studio.checks.text_passages import TextPassage, text_paragraphs
from studio.checks.token_stream import read_stream
from studio.story.places import TextPlace
from studio.story.reader_fields import reader_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.checks.finding import Level
    from studio.story.model import Story

SOURCE = "PPRA butir 1–4; KEJ pasal 5; Peraturan Dewan Pers 1/2019"
GROWN_UP = 18
"""Whoever is younger is a child (UU 35/2014 pasal 1; Peraturan Dewan Pers 1/2019)."""
_HARMED = re.compile(
    r"\b(?:korban|tewas|meninggal|wafat|luka(?:-luka)?|terluka|cedera|patah|dirawat|hanyut|tenggelam|terseret|tertimpa"
    r"|tertabrak|ditabrak|tertimbun|terjebak|terperosok|terjatuh|terbakar|tersengat|keracunan|digigit|kecelakaan|hilang"
    r"|mengungsi|pengungsi|yatim(?: piatu)?|terlantar|penderita|menderita|mengidap|sakit|stunting|gizi buruk|trauma"
    r"|menangis|putus sekolah|pemulung|mengemis|tersambar|tersiram|tersetrum|kesetrum|tersesat|terpeleset|terlindas"
    r"|dilindas|tak bernyawa|jenazah|dimakamkan|kritis|lumpuh|kanker|leukemia|demam berdarah|dbd|diare"
    # Editions of a story in English.
    r"|victims?|died|dead|killed|injured|wounded|drowned|missing|swept away|in hospital|hit by|burnt|ill|sick|hurt"
    r"|dies|drowns)\b",
    re.IGNORECASE,
)
_NAME = r"(?P<name>[A-Z][a-z'’]{2,}(?: [A-Z][a-z'’]+){0,3})"
_YOUNG = r"(?:[Bb]ocah|[Aa]nak|[Bb]alita|[Bb]ayi|[Rr]emaja|[Gg]adis|[Ss]iswa|[Ss]iswi|[Mm]urid|[Pp]elajar|[Ss]antri)"
_PUPIL = r"(?:[Ss]iswa|[Ss]iswi|[Mm]urid|[Pp]elajar|[Ss]antri|[Ss]antriwati)"
_SCHOOL = r"(?:kelas|TK|PAUD|RA|SDN?|MIN?|SLB|SMPN?|MTsN?|SMAN?|SMKN?|MAN?)\b"
_NAMED_SCHOOL = r"(?:TK|PAUD|RA|SDN?|MIN?|SLB|SMPN?|MTsN?|SMAN?|SMKN?|MAN?) [A-Z0-9]"
_YEARS = r"(?P<years>\d{1,2}) (?P<unit>tahun|thn|th|bulan|bln)\b"
_AGED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_NAME},? (?:yang )?(?:baru |masih |kini )?(?:ber)?(?:usia|umur) {_YEARS}",
        rf"\b{_NAME} [(\[](?:(?:ber)?(?:usia|umur)|aged?) (?P<years>\d{{1,2}})(?: (?P<unit>tahun|thn|th|bulan|bln))?\b",
        rf"\b{_YOUNG}(?: laki-laki| perempuan)?(?: (?:ber)?(?:usia|umur))? {_YEARS},? (?:bernama |atas nama )?{_NAME}",
        rf"\b{_NAME} [(\[][LPlp](?:/|, ?)(?P<years>\d{{1,2}})(?: (?P<unit>tahun|thn|th|bulan|bln))?\b",
        rf"\b{_NAME}, (?:who is |aged )(?P<years>\d{{1,2}})\b",
        rf"\b{_NAME}, an? (?P<years>\d{{1,2}})-year-old\b",
        rf"\b(?P<years>\d{{1,2}})-year-old (?:boy |girl |pupil |student )?{_NAME}",
        rf"\b{_NAME}, (?P<years>\d{{1,2}}), (?=[a-z])",
    )
)
"""A name with an age in words: "Bunga, baru berusia 9 tahun", "9-year-old Bunga"."""
_FEW_YEARS = (
    r"(?:satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas|(?:dua|tiga|empat|lima|enam|tujuh) belas)"
)
_SAID_YOUNG = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_NAME}, (?:seorang )?{_PUPIL} {_SCHOOL}",
        rf"\b{_NAME} [(\[](?:{_PUPIL} (?:{_SCHOOL})|(?:kelas|kls) \d)",
        rf"\b{_NAME},? (?:yang |masih |baru )+(?:duduk di )?(?:bangku )?kelas \d",
        rf"\b{_NAME},? (?:yang )?(?:baru |masih |kini )?(?:ber)?(?:usia|umur) {_FEW_YEARS} (?:tahun|bulan)\b",
        rf"\b(?:[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en)-year-old {_NAME}",
        rf"(?<![Pp]ara )(?<!-)(?<!\d )\b{_PUPIL} {_SCHOOL}[^.!?;,]{{0,40}}(?:,| bernama| atas nama) {_NAME}",
    )
)
"""A name with the school: "Bunga, siswi kelas 3", or an age without figures. Who goes to school counts as a child."""
_FROM_SCHOOL = re.compile(rf"\b{_NAME},? (?:[(\[]|dari |asal ){_NAMED_SCHOOL}")
"""Teachers, too, come from a school: counts only in a paragraph of contests or pupils (``_AMONG_PUPILS``)."""
_HINTED = re.compile(
    rf"\d|-year-old|\b{_PUPIL} {_SCHOOL}|(?:usia|umur) {_FEW_YEARS}|(?:[(\[]|dari |asal ){_NAMED_SCHOOL}"
)
"""What every name that is looked for has beside it: most paragraphs have none of it."""
_TOLD = re.compile(
    rf"usia|umur|aged|year-old|who is|kelas|kls|\d (?:tahun|thn|th|bulan)|, \d{{1,2}}, |[(\[][LPlp][/,]"
    rf"|{_PUPIL} {_SCHOOL}|[(\[ ]{_NAMED_SCHOOL}"
)
"""Whether a sentence is worth the patterns above, each of which stops at every capital."""
_AMONG_PUPILS = re.compile(
    r"^\s*\d+[.)]|\b(?:juara|lomba|pemenang|peraih|medali|siswa|siswi|murid|pelajar|anak|bocah|ananda|dik|adik|korban)\b",
    re.IGNORECASE | re.MULTILINE,
)
_AT_WORK = re.compile(
    r"\b(?:guru|kepala|kepsek|pelatih|pembina|pendamping|wali|komite|alumni|alumnus)\b", re.IGNORECASE
)
_GROWN_UP_BEHIND = re.compile(
    r"[^.;]{0,40}?(?:\((?:1[89]|[2-9]\d)\)|\b(?:1[89]|[2-9]\d) (?:tahun|thn|th)\b(?! (?:lalu|silam)))"
)
_SHOUTED = re.compile(
    r"\b(?P<name>[A-Z][A-Z’']{2,}(?: [A-Z][A-Z’']+){0,3}),? ?[(\[]?"
    r"(?P<years>\d{1,2})(?: (?P<unit>TAHUN|THN|TH|BULAN|BLN)\b|(?=[)\]]))"
)
"""Headlines in capitals: "BOCAH BUNGA (9) HANYUT"."""
_NO_NAMES = table.word_set(
    "di ke dari dan atau yang oleh dengan untuk pada saat usai karena akibat seorang dua tiga empat lima satu bernama "
    "atas nama warga asal in and the of at a an named called girl boy child"
)
_NO_PERSON = (
    table.INSTITUTIONS
    | table.CLASSIFIERS
    | table.OFFICES
    | table.TITLES
    | table.MONTHS
    | table.word_set(" ".join((*WEEKDAYS, *FORMS["en"].months, *FORMS["en"].weekdays)).lower())
    | table.word_set(
        "rt rw warga kelompok regu juara kader kepala keluarga ahad total "
        "jumlah sebanyak tahap peserta pasangan nomor urut km kk dprd posko pos dapil tps ruas sumur "
        "indonesia jawa sumatra kalimantan sulawesi papua bali skor putra putri kelas ayat surah surat bab qs hr umum "
        "jiwa orang halaman pasal lampiran gambar tabel lantai ruang paket menu garansi medali emas perak perunggu "
        # What is counted, sold and grown, what happens and is played.
        "keripik gula kopi teh beras sapi kambing domba ayam bebek ikan pohon bibit padi jagung gempa banjir longsor "
        "traktor mesin pompa motor mobil rumah rusak batik sosialisasi pelatihan foto idul natal ranting "
        "perempuan laki "
        "senam kerja lomba festival liga grup tim persis persib persija persebaya arema "
        # Days of the market, days and parts of books in English.
        "pahing pon wage kliwon legi chapter section figure table page verse article group team school "
        # Towns and regencies that are told behind a school.
        "yogyakarta gunungkidul bantul sleman jakarta bandung surabaya semarang solo surakarta malang medan palembang "
        "makassar denpasar mataram kupang manado ambon jayapura bogor bekasi depok tangerang banten aceh lampung riau"
    )
)


_BEFORE_NAMES = (
    table.CASE_WORDS
    | (table.CALLS - table.TITLES)
    | table.word_set("foto juara harapan peserta pemenang terbaik favorit peraih perempuan laki i ii iii iv")
)
_COUNTED = re.compile(
    r"\b(?:desa|kelurahan|dusun|padukuhan|medali|jadwal|kalender|agenda|suara|perolehan|hasil|klasemen|liga|skor|produk"
    r"|menu|harga|stok|daftar isi|acara)\b"
    r"(?![^.:]*\b(?:lomba|juara|pemenang|peserta|anak|siswa|murid)\b)[^.:]{0,40}:(?=\s)",
    re.IGNORECASE,
)
"""What is listed with numbers that are no ages: "Desa: Karang (12), Sumber (9)"."""
_JOINED = re.compile(r"[\s,;&)\]]*(?:(?:dan|serta|and|lawan|melawan|vs|kontra)\s+)?", re.IGNORECASE)
_OTHER_UNIT = re.compile(
    r"(?:-|\s+)(?!(?:tahun|thn|th|bulan|bln|dan|and|years?|months?|yrs?)\b)[^\W\d_]+", re.IGNORECASE
)
_MONTHS_OLD = re.compile(r"\s+(?:bulan|bln|months?)\b", re.IGNORECASE)
_LASTED = re.compile(
    r"\s+(?:tahun|thn|th|bulan)\s+(?:lalu|silam|kemudian|terakhir|lamanya|sebelum|sebelumnya|setelah|sejak|menjadi"
    r"|menjabat|merantau|mengajar|bekerja|memimpin|mengabdi|berjualan|tinggal|menunggu|menekuni|menikah|penjara)\b"
)
"""Spans of time behind a name: "Rudi, 10 tahun merantau"."""
_NO_CHILD = (
    _BEFORE_NAMES
    | table.GENERIC
    | table.word_set(
        "ini itu yang dia ia mereka kami kita saya aku adiknya kakaknya anaknya "
        "bayi balita batita bocah anak remaja gadis siswa siswi murid pelajar "
        "santri santriwati putra putri tanaman tanamannya bangunan usaha kandang ternak sawit he she they we it who"
    )
)
_MORE_FIGURES = re.compile(r"\s?[/.:–—-]\s?\d")
_CLOSING = re.compile(r"\s*(?:tahun|thn|th|bulan)?\s*[)\]]?")


class NamedChild(NamedTuple):
    """A child's name with the age, where it stands in its paragraph, and whether the sentence tells of harm."""

    start: int
    end: int
    name: str
    harmed: bool


def check_named_children(story: Story) -> Iterator[Finding]:
    """A block for each child that was harmed and is named, a warning for another; nothing for who is listed.

    Who is listed as a grown-up is another person of the same name.
    """
    people = (person for person in story.people if person.name.strip() and person.age_group != "adult")
    listed = [frozenset(person.name.casefold().split()) for person in people]
    found = [
        (TextPlace(field, at + child.start, at + child.end), part[child.start : child.end], child)
        for field, text, reach in reader_texts(story)
        if reach == "prose" and "/name" not in field
        for at, part in text_paragraphs(text)
        for child in named_children(part)
    ]
    told: list[frozenset[str]] = []
    # One finding a child, at the harm where there is any: a friendly headline must not make it a mere warning.
    for place, words, child in sorted(found, key=lambda each: not each[2].harmed):
        name = frozenset(child.name.casefold().split())
        if not any(name <= known or known <= name for known in (*listed, *told)):
            told.append(name)
            level: Level = "block" if child.harmed else "warning"
            yield Finding("people_child_named", level, "people", place, {"word": words}, SOURCE)


@lru_cache(maxsize=4096)
def named_children(paragraph: str) -> tuple[NamedChild, ...]:
    """Names with an age under 18 behind them, but for sentences that ``case_words`` points out already."""
    if not _HINTED.search(paragraph):
        return ()
    among_pupils = _AMONG_PUPILS.search(paragraph) is not None
    cases = [word for word in case_words(paragraph) if word.points]
    made: list[NamedChild] = []
    for begin, end in TextPassage(paragraph).sentences:
        if any(begin <= case.start < end for case in cases):
            continue
        sentence = paragraph[begin:end]
        harmed = _HARMED.search(sentence) is not None
        found = (*_described_names(sentence, among_pupils), *_shouted_names(sentence), *_aged_names(sentence))
        places = {first: (until, last) for first, until, last in found}
        made += [
            NamedChild(begin + first, begin + last, sentence[first:until], harmed)
            for first, (until, last) in sorted(places.items())
        ]
    return tuple(made)


def _described_names(sentence: str, among_pupils: bool) -> Iterator[tuple[int, int, int]]:
    """As ``_aged_names``, for children whose age or school is told in words."""
    if not _TOLD.search(sentence):
        return
    found = [named for pattern in _AGED for named in pattern.finditer(sentence) if _is_young(named)]
    found += [named for pattern in _SAID_YOUNG for named in pattern.finditer(sentence)]
    if among_pupils and not _AT_WORK.search(sentence):
        found += _FROM_SCHOOL.finditer(sentence)
    for named in found:
        words = named["name"].lower().split()
        if any(word in _NO_PERSON for word in words):
            continue
        if "years" not in named.groupdict() and _GROWN_UP_BEHIND.match(sentence, named.end()):
            continue
        first = named.start("name")
        while len(words) > 1 and words[0] in _BEFORE_NAMES:
            first += len(words.pop(0)) + 1
        # "Anak yang berusia 9 tahun", "Tanaman berusia 9 bulan": the last word is no name by its capital alone.
        if words[-1] not in _NO_CHILD:
            yield first, named.end("name"), named.end("name")


def _is_young(named: re.Match[str]) -> bool:
    """Whether an age is one of a child; of children alone one counts months."""
    unit = (named.groupdict().get("unit") or "").lower()
    return unit in {"bulan", "bln"} or 0 < int(named["years"]) < GROWN_UP


def _shouted_names(sentence: str) -> Iterator[tuple[int, int, int]]:
    """As ``_aged_names``, for a sentence all in capitals, which tells of harm or of a child."""
    if (
        not sentence.isupper()
        or _COUNTED.search(sentence)
        or not (_HARMED.search(sentence) or re.search(_YOUNG, sentence, re.IGNORECASE))
    ):
        return
    for named in _SHOUTED.finditer(sentence):
        words, before = re.split(r"(?<= )", named["name"]), " ".join(sentence[: named.start()].split()[-1:])
        plain = [word.strip().lower() for word in words]
        until = len(words)
        while until and not _ends_name(plain[until - 1]):
            until -= 1
        name, before = "".join(words[until:]), plain[until - 1] if until else before.lower()
        if name and before not in {"di", "ke", "dari", "in"} and _is_young(named) and not _NO_PERSON & {*plain[until:]}:
            yield named.end("name") - len(name), named.end("name"), named.end("name")


def _ends_name(word: str) -> bool:
    """Whether a word of a headline in capitals stands before names and is none."""
    return word in _NO_NAMES or word in _BEFORE_NAMES or _HARMED.fullmatch(word) is not None


def _aged_names(sentence: str) -> Iterator[tuple[int, int, int]]:
    """Where each name of a child begins and ends, and where its age does."""
    if _COUNTED.search(sentence):
        return
    around = WordNeighbours(read_stream(sentence))
    at, things_end = 0, -1
    while at < len(around.tokens):
        if not around.tokens[at].has_capital:
            at += 1
            continue
        after = around.run_end(at)
        # "Korban Bunga (9)" at the begin of a sentence: the first is no part of the name.
        while at + 1 < after and around.tokens[at].word in _BEFORE_NAMES:
            at += 1
        if around.age(after):
            number = around.tokens[after]
            # "Dusun Karang (12) dan Sumber (9)": what is joined to a thing is one, too.
            is_joined = things_end >= 0 and _JOINED.fullmatch(sentence, things_end, around.tokens[at].start)
            if is_joined or _is_thing(around, at, after):
                things_end = number.end
            elif _is_named(around, at, after) and _is_age(sentence, number.end, around.age(after)):
                closing = _CLOSING.match(sentence, number.end)
                yield around.tokens[at].start, around.tokens[after - 1].end, closing.end() if closing else number.end
        at = after


def _is_age(sentence: str, end: int, age: int) -> bool:
    """Whether a number that ends there is the age of a child: no day, score, hour, sum or span of time."""
    if any(pattern.match(sentence, end) for pattern in (_MORE_FIGURES, _OTHER_UNIT, _LASTED)):
        return False
    return age < GROWN_UP or _MONTHS_OLD.match(sentence, end) is not None


def _is_thing(around: WordNeighbours, first: int, after: int) -> bool:
    """Whether a run of capitals is a place, a group, an office, goods or a number of a list."""
    run = around.tokens[first:after]
    if any(token.word in _NO_PERSON or any(letter.isdigit() for letter in token.word) for token in run):
        return True
    if around.word_before(first) in {"di", "ke", "in", "at"} or all(_HARMED.fullmatch(token.word) for token in run):
        return True
    # "PSIM Yogyakarta", "Garuda FC": short forms beside words.
    short = [token for token in run if token.text.isupper() and 1 < len(token.text) <= 4]
    if short and len(short) < len(run):
        return True
    return around.word_before(first) in table.INSTITUTIONS | table.CLASSIFIERS and around.is_joined(first)


def _is_named(around: WordNeighbours, first: int, after: int) -> bool:
    """Whether a run of capitals is a name: "SDN (6)" and "RT (5)" are short forms, one letter hides the name."""
    run = around.tokens[first:after]
    if run[-1].word in _NO_CHILD:
        return False
    return any(len(token.word) > 2 for token in run) and not all(token.text.isupper() for token in run)
