"""Cases in which someone must not be recognised, found before anyone is listed: abuse, violence, illness, suicide.

A word of such a case alone is harmless: campaigns, trainings and health posts are full of them. With someone in the
same or the next sentence it is a case: an age under 18, initials, a name beside what was done, kin, the victim, the
suspect. Then the people are to be listed and protected before anything leaves.

Rules: UU 11/2012 pasal 19 (children), UU 12/2022 (sexual violence), KEJ pasal 5, PPRA; for suicide the Press Council's
Peraturan Dewan Pers 2/2019: no method, no place, no note, and where there is help.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from studio.checks import name_words as table
from studio.checks.finding import Finding
from studio.checks.neighbours import WordNeighbours
from studio.checks.protected_initials import told_as_person
from studio.checks.text_passages import TextPassage, text_paragraphs
from studio.checks.token_stream import read_stream
from studio.story import people
from studio.story.places import TextPlace
from studio.story.reader_fields import reader_texts
from studio.story.text import cut_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.story.model import Story

CASE_SOURCE = "KEJ pasal 5; PPRA; UU 11/2012 pasal 19; UU 12/2022"
SUICIDE_SOURCE = "Peraturan Dewan Pers 2/2019"
_SAID_LETTERS = 80
_PREFIX = r"(?:me(?:m|n|ny|ng)?|di|ter|ber|pe(?:m|n|ny|ng)?|memper|diper|se)?"
_SUICIDE = (
    r"bunuh diri|bundir|gantung diri|(?:meng|di)?akhiri (?:hidup|nyawa|hayat)\w*|mengakhiri (?:hidup|nyawa"
    r"|hayat)\w*|habisi (?:nyawa|hidup)\w* sendiri|menghabisi (?:nyawa|hidup)\w* sendiri|(?:menenggak|meminum"
    r"|minum) (?:racun|cairan pembersih|pestisida|obat serangga)\w*|(?:terjun|melompat"
    r"|loncat) dari (?:jembatan|gedung|lantai|tebing|menara)\w*|(?:tewas|meninggal|ditemukan|tubuhnya"
    r"|jasadnya) (?:dalam (?:keadaan|kondisi) )?(?:ter)?gantung\w*|menyayat (?:nadi|pergelangan|tangan)\w*"
    r"|menabrakkan diri|(?:melukai|menyakiti) diri(?:nya)? sendiri"
)
_SEXUAL = (
    rf"{_PREFIX}cabul(?:i|an|kan)?|{_PREFIX}setubuh(?:i|an)?|(?:me|pe)nyetubuh(?:i|an)|persetubuhan"
    rf"|{_PREFIX}rudapaksa|{_PREFIX}perkosa(?:an)?|pemerkosa(?:an)?|memerkosa|{_PREFIX}lecehkan|pelecehan"
    rf"|{_PREFIX}sodomi|sodomi|asusila|kekerasan seksual|hubungan badan|berhubungan intim|{_PREFIX}raba-raba"
    rf"|meraba|diraba|menodai|dinodai|{_PREFIX}gauli|inses|predator (?:anak|seks\w*)|{_PREFIX}gerayangi|hamili"
    rf"|dihamili|menghamili"
)
_VIOLENT = (
    rf"kdrt|kekerasan dalam rumah tangga|kekerasan (?:terhadap|pada|fisik)\b(?: anak)?|{_PREFIX}aniaya(?:an)?"
    rf"|penganiayaan|{_PREFIX}rundung(?:an)?|perundungan|bullying|di-?bully|{_PREFIX}keroyok(?:an)?"
    rf"|pengeroyokan|{_PREFIX}siksa(?:an)?|{_PREFIX}sekap|penyekapan|dipukuli|ditelantarkan|menelantarkan"
    rf"|penelantaran anak|tppo|perdagangan orang|tawuran|(?:me|di)?(?:m|p)ukuli? (?:istri|suami|anak|ibu|ayah"
    rf"|adik|kakak|pacar|murid|siswa)\w*|(?:di|men)?jual (?:ibu|ayah|bapak|orang tua|anak|bayi|istri|suami)\w*"
    rf"|(?:mem|di)?buang bayi\w*|bayi (?:yang )?dibuang|{_PREFIX}culik|penculikan|pembunuhan|dibunuh|membunuh"
    rf"|eksploitasi anak"
)
_DRUGS = r"narkoba|narkotika|sabu(?:-sabu)?|ganja|ekstasi|pil koplo|obat terlarang|pecandu|mabuk lem"
_HEALTH = (
    r"hiv(?:/aids)?|aids|odha|odgj|gangguan jiwa|gangguan mental|dipasung|pemasungan|hamil di luar nikah"
    r"|kehamilan (?:yang )?tidak diinginkan|aborsi|keguguran|depresi berat|sifilis|raja singa"
)
_LAW = r"anak ber(?:hadapan|konflik) dengan hukum|abh|nikah di bawah umur|pernikahan (?:anak|dini)|kawin anak"
_CASE = re.compile(
    rf"\b(?:{_SUICIDE}|{_SEXUAL}|{_VIOLENT}|{_DRUGS}|{_HEALTH}|{_LAW})(?:nya)?\b",
    re.IGNORECASE,
)
_KILLED_SELF = re.compile(rf"\b(?:{_SUICIDE})\b", re.IGNORECASE)
_DONE_TO = re.compile(
    r"\b(?:di|me|ter)(?:m|n|ny|ng)?(?:cabuli|setubuhi|rudapaksa|perkosa|merkosa|lecehkan|sodomi|aniaya|ganiaya"
    r"|rundung|keroyok|siksa|yiksa|sekap|yekap|pukuli|gauli|hamili|culik|bunuh|bully|raba-raba|gerayangi"
    r"|pasung)",
    re.IGNORECASE,
)
_CAMPAIGN = re.compile(
    r"\b(?:sosialisasi|penyuluhan|kampanye|edukasi|pelatihan|pencegahan|mencegah|cegah|bahaya|deklarasi|lomba"
    r"|seminar|webinar|lokakarya|workshop|fogging|layanan|konseling|pembinaan|materi|modul|anti-?|diimbau"
    r"|mengimbau|imbau\w*|waspada|komitmen|program|posyandu|posbindu|skrining|pemeriksaan kesehatan"
    r"|peringatan hari|hari aids|gerakan|memahami|tentang|penanggulangan|menanggulangi|satgas|duta|kader"
    r"|narasumber|pemateri|bimbingan|menjauhi|melindungi|perlindungan|diskusi|raperda|perda|peraturan"
    r"|undang-undang|stigma|hotline|puskesmas keliling|rehabilitasi|bebas dari|bersih dari)\b",
    re.IGNORECASE,
)
_KIN = re.compile(
    r"\b(?:ayah|bapak|ibu|kakak|paman|kakek|anak|cucu|adik|keponakan|nenek)\s+(?:tiri|kandung|angkat|korban"
    r"|pelaku|tersangka)(?:nya)?\b|\b(?:ibunya|ayahnya|bapaknya|pamannya|kakeknya|neneknya|kakaknya|anaknya"
    r"|cucunya|keponakannya|istrinya|suaminya|tetangganya|pacarnya|muridnya|siswanya|siswinya|santrinya"
    r"|majikannya|orang tuanya)\b|\b(?:pria|wanita|perempuan|lelaki|ibu|bapak|pemuda|pemudi|remaja|anak|gadis"
    r"|korban|pelaku|lansia|kakek|nenek|bocah|siswi|siswa|mahasiswi|mahasiswa|guru|ustaz|pelatih|pengasuh"
    r"|dosen|majikan|suami|istri)(?:\s+[a-z]+)?\s+(?:itu|tersebut|asal|berinisial|bernama)\b",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"\b(?:seorang|salah satu|sang|terduga|seorang anak|tersangka|terdakwa|pelaku|korban)\b", re.IGNORECASE
)
_HAPPENED = re.compile(
    r"(?<!dapat )(?<!bisa )(?<!untuk )(?<!agar )(?<!wajib )(?<!segera )(?<!berani )(?<!harus )(?<!mau )"
    r"(?<!jika )(?<!akan )\b(?:ditangkap"
    r"|menangkap|diringkus|diamankan|melapor|melaporkan|dilaporkan|ditemukan|visum|divisum|trauma|hamil"
    r"|dirawat|tewas|meninggal|mengaku|diperiksa|dijerat|tersangka|terdakwa|diduga|terjadi|mengalami"
    r"|menjadi korban|nekat|kejadian|peristiwa itu|tkp|olah tempat|pulang|menangis|dievakuasi|didampingi"
    r"|kabur)\b",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"\(\s*(\d{1,2})\s*(?:tahun|th|thn)?\s*\)|\b(?:berusia|usia|berumur|umur)\s+(\d{1,2})\s+(?:tahun|th|thn)"
    r"|,\s*(\d{1,2})\s*(?:tahun|th|thn)\s*,|\b(?:bocah|anak|siswi|siswa|remaja|gadis"
    r"|balita)\s+(\d{1,2})\s+(?:tahun|th|thn)\b",
    re.IGNORECASE,
)
_COUNTED = table.word_set("ayat pasal huruf angka nomor butir lampiran no")
_RANGE = re.compile(r"\d\s*(?:-|–|sampai|hingga|s\.?d\.?)\s*\d{1,2}\s*(?:tahun|th)", re.IGNORECASE)
_YOUNG = re.compile(
    r"\b(?:bocah|balita|di bawah umur|anak perempuan|anak laki-laki|siswi|siswa|santriwati|pelajar)\b", re.I
)
_METHOD = re.compile(
    r"\b(?:gantung diri|(?:ter|meng)?gantung(?:kan)? (?:diri|di)\b|seutas tali|tali (?:tambang|rafia|jemuran"
    r"|plastik)|kain sarung|selendang|racun\w*|pestisida|obat serangga|potas|menyayat|terjun dari"
    r"|melompat dari|menabrakkan diri|pisau|silet|senjata (?:api|tajam)|menenggak|overdosis|dosis)\b",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"\b(?:surat wasiat|surat terakhir|pesan terakhir|catatan terakhir|secarik kertas|status terakhir)\b", re.I
)
_SPOT = re.compile(
    r"\b(?:di|dari|pada) (?:kamar|dapur|pohon|kusen|plafon|jembatan|gudang|kebun|sumur|rel|belakang rumah"
    r"|kontrakan|kos\w*|pintu|atap|lantai|kandang|sungai)\b",
    re.IGNORECASE,
)
_HELP = re.compile(
    r"\b(?:119|sejiwa|into the light|konseling|psikolog|psikiater|hotline|layanan (?:kesehatan )?jiwa"
    r"|puskesmas terdekat|bantuan profesional|tenaga profesional|healing119)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class CaseWord:
    """A word of a case: where it stands, its sentence, and whether someone is pointed to beside it."""

    start: int
    end: int
    said: str
    points: bool
    suicide: bool


def check_cases(story: Story) -> Iterator[Finding]:
    """Someone to be listed and protected, a tick where nobody is pointed to, and how suicide is reported."""
    hidden = any(people.is_shielded(person) for person in story.people)
    found = [
        (TextPlace(field, at + word.start, at + word.end), word)
        for field, text, reach in reader_texts(story)
        if reach == "prose" and "/name" not in field
        for at, part in text_paragraphs(text)
        for word in case_words(part)
    ]
    if not hidden:
        yield from _unlisted_findings(found)
    if any(word.suicide for _, word in found):
        yield from _told_suicide(story)


def case_mentions(story: Story) -> tuple[bool, bool]:
    """Whether the story has words of a case, and whether one of them points to someone."""
    words = [
        word
        for _, text, reach in reader_texts(story)
        if reach == "prose"
        for _, part in text_paragraphs(text)
        for word in case_words(part)
    ]
    return bool(words), any(word.points for word in words)


def _unlisted_findings(found: list[tuple[TextPlace, CaseWord]]) -> Iterator[Finding]:
    """One block a sentence that points to someone."""
    asked: set[str] = set()
    for place, word in found:
        if word.points and word.said not in asked:
            asked.add(word.said)
            # Once for each sentence, however many words of the case it has: the answer would be the same.
            facts = {"word": cut_line(word.said, _SAID_LETTERS)}
            yield Finding("people_case", "block", "people", place, facts, CASE_SOURCE, said=word.said)


@lru_cache(maxsize=4096)
def case_words(paragraph: str) -> tuple[CaseWord, ...]:
    """The words of cases in a paragraph, in their order."""
    if not _CASE.search(paragraph):
        return ()
    passage = TextPassage(paragraph)
    made: list[CaseWord] = []
    for number, (begin, end) in enumerate(passage.sentences):
        # This sentence and the next: "Kasus pencabulan terungkap. Korbannya siswi kelas 5."
        near = passage.sentences[number : number + 2]
        sentence = paragraph[begin:end]
        for found in _CASE.finditer(sentence):
            points = any(_points_somebody(paragraph[first:last], sentence) for first, last in near)
            suicide = _KILLED_SELF.match(sentence, found.start()) is not None
            made.append(
                CaseWord(begin + found.start(), begin + found.end(), " ".join(sentence.split()), points, suicide)
            )
    return tuple(made)


def _points_somebody(sentence: str, case: str) -> bool:
    """Whether a sentence points to one individual; ``case`` is the sentence with the word of the case."""
    if _is_young(sentence) or _has_initial(sentence):
        return True
    # A word of a campaign makes it harmless only where nothing was done to anyone in the same sentence.
    general = _CAMPAIGN.search(case) is not None and _DONE_TO.search(case) is None
    if _HAPPENED.search(sentence) and (_ONE.search(sentence) or _KIN.search(sentence) or _YOUNG.search(sentence)):
        return not general
    # Kin alone points to someone: in a village "ayah tirinya" is a name.
    if _KIN.search(sentence) and not general:
        return True
    return not general and _name_beside(sentence)


def _is_young(sentence: str) -> bool:
    """Whether an age under 18 is given, not a range ("usia 12-18 tahun")."""
    for found in _AGE.finditer(sentence):
        age = int(next(part for part in found.groups() if part))
        if (
            0 < age < 18
            and not _RANGE.search(sentence)
            and not re.match(r"\s*(?:penjara|kurungan)", sentence[found.end() :])
        ):
            before = sentence[: found.start()].rstrip()
            # "(22)" may be a number of a list; an age stands behind a word.
            if not found[1]:
                return True
            if before and before[-1].isalpha() and before.split()[-1].lower() not in _COUNTED:
                return True
    return False


def _has_initial(sentence: str) -> bool:
    """Whether someone is named by initials."""
    around = WordNeighbours(read_stream(sentence))
    return any(told_as_person(around, at) for at in range(len(around.tokens)))


def _name_beside(sentence: str) -> bool:
    """Whether a name stands beside what was done: "Budi mencabuli", "korban Rina", "menganiaya Dimas"."""
    around = WordNeighbours(read_stream(sentence))
    for at, token in enumerate(around.tokens):
        if not token.has_capital or token.word in table.INSTITUTIONS | table.OFFICES | table.NO_INITIALS | table.TITLES:
            continue
        before, after = around.word_before(at), around.word_after(around.run_end(at) - 1)
        if before in {"korban", "pelaku", "tersangka", "terdakwa", "bocah", "siswi", "siswa", "berinisial", "bernama"}:
            return True
        if before in {"istri", "suami", "pacar"} and around.is_joined(at):
            return True
        if _DONE_TO.match(before) or (_DONE_TO.match(after) and not _is_body(token.word)):
            return True
        if _SELF.match(" ".join((after, around.word_after(around.run_end(at))))):
            return True
    return False


_SELF = re.compile(
    r"(?:nekat |tewas |ditemukan |meninggal |mengakhiri |positif |dipasung|terjerat |hamil )", re.IGNORECASE
)


def _is_body(word: str) -> bool:
    """Whether it is an office or a word at the begin of a sentence, not a person."""
    return word in {
        "polisi",
        "polsek",
        "polres",
        "warga",
        "satreskrim",
        "pelaku",
        "korban",
        "ia",
        "dia",
        "mereka",
        "siapa",
    }


def _told_suicide(story: Story) -> Iterator[Finding]:
    """Method, note and place are left out, and the reader learns where there is help."""
    helps = False
    for field, text, reach in reader_texts(story):
        if reach != "prose":
            continue
        # Help counts wherever it is offered in the story, not only beside the case.
        helps = helps or _HELP.search(text) is not None
        for at, part in text_paragraphs(text):
            yield from _suicide_details(field, at, part)
    if not helps:
        yield Finding("people_suicide_help", "warning", "people", TextPlace("body"), {}, SUICIDE_SOURCE)


def _suicide_details(field: str, at: int, part: str) -> Iterator[Finding]:
    near = bool(_KILLED_SELF.search(part))
    for code, pattern in (("method", _METHOD), ("note", _NOTE), ("place", _SPOT)):
        for found in pattern.finditer(part) if near else ():
            place = TextPlace(field, at + found.start(), at + found.end())
            yield Finding(f"people_suicide_{code}", "warning", "people", place, {"word": found[0]}, SUICIDE_SOURCE)
