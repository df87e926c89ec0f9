"""Kin, teachers and neighbours of a protected person given by name: "Sulastri, ibu korban" leads to the child as well.

PPRA counts the names of parents, brothers and sisters, grandparents, the school and whoever stands close among the
identity. Asked only where someone protected is in the story.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from studio.base.locale_forms import FORMS, MONTHS, WEEKDAYS
from studio.checks import name_words as table
from studio.checks.finding import Finding
from studio.checks.neighbours import WordNeighbours
from studio.checks.text_passages import TextPassage, text_paragraphs
from studio.checks.token_stream import read_stream
from studio.story.places import TextPlace
from studio.story.reader_fields import reader_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.checks.token_stream import WordToken
    from studio.story.model import Story

SOURCE = "PPRA (pengertian identitas anak); UU 11/2012 pasal 19"
KIN = table.word_set(
    "ibu ayah bapak ibunda ayahanda bunda mama papa orangtua tua kakak adik nenek kakek eyang paman bibi "
    "tante om pakde bude paklik bulik sepupu saudara saudari kerabat keluarga wali pengasuh kembaran "
    "suami istri anak cucu guru kelas sekolah tetangga teman sahabat mertua ipar uwak abah emak mbah"
)
"""Who stands close; the last word of "orang tua", "wali kelas", "kepala sekolah"."""
_OF = table.word_set(
    "korban anak bocah siswi siswa balita bayi pelajar remaja gadis pelaku tersangka almarhum almarhumah "
    "korbane korbanne bocahe anake lare larene budak budakna murangkalih korbanna alit kana anaknyo korbannyo "
    "victim child boy girl suspect kid teenager toddler baby schoolboy schoolgirl pupil student "
    "mangsa kanak kakanak kanakan aneuk ana anaq anana anakana dakdanak"
)
_CLOSE_REGIONAL = (
    "ibu bapak bapa ayah mbok simbok biyung emak mak mamak indung abah kakang mbakyu adhi adhik simbah mbah eyang "
    "paklik bulik pakdhe budhe lanceuk eppa ebu ebhu embu embuk meme amak abak apak kakak adiak mandeh nenek "
    "inaq amaq indo indoq ambo emmaq amma ammaq anrong mangge inang omak amang uma mama abi ummi"
)
"""Kin in the languages of ``studio.story.translations.LANGUAGES`` beside Indonesian and English, without accents."""
_REGIONAL = table.word_set(
    f"{_CLOSE_REGIONAL} adi rai rama mbak aki nini ema mamah bibi emang uwa dulur sedulur beli pekak dadong odah "
    "uda uni etek inyiak guru wali tangga tatangga kanca babaturan anak kakek keluarga ina ama papuq tuaq kakaq adiq "
    "etta nene lato kaka anri ading julak gulu acil kai inong ayah yah nyak adoe aduen polem cutbang cutkak haha anggi "
    "iboto oppung ompung tulang namboru abang datuk pakcik makcik"
)
_OWN = r"(?:n?e|n?ipun|n?a|nyo|n|jih)"
"""Endings that say whose: ibune, bapakipun, indungna, ayahnyo, memen, makjih."""
_REGIONAL_KIN = re.compile(rf"(?:{'|'.join(sorted(_REGIONAL))}){_OWN}?")
_REGIONAL_KIN_OF_CHILD = re.compile(rf"(?:{'|'.join(_CLOSE_REGIONAL.split())})(?:n?e|n?ipun|na|nyo)")
_ENGLISH = table.word_set(
    "mother father parent parents brother sister grandmother grandfather aunt uncle cousin stepmother stepfather "
    "guardian teacher neighbour neighbor friend relative classmate mum mom dad"
)
_ENGLISH_OWNERS = table.word_set("his her their victims childs boys girls suspects")
_BETWEEN = table.word_set(
    "kandung kandunge kandungna kandungnyo tiri tirine tirina dari angkat sang si asuh kelas kelase kelasna sakelas "
    "sakelase saka saking ti ni of the a an year years young little own"
)
_KIN_OF_CHILD = re.compile(
    r"(?:ibu|ayah|bapak|orangtua|kakak|adik|nenek|kakek|paman|bibi|ibunda|ayahanda|wali|tante|pakde|bude|mertua"
    r"|sepupu)nya"
)
_NO_NAME = table.word_set(
    " ".join((*WEEKDAYS, *MONTHS, *FORMS["en"].weekdays)).lower() + " "
    "polsek polres polda polisi satreskrim unit dinas puskesmas rumah "
    "rs rsud pemerintah kabupaten kecamatan kota provinsi desa dusun kantor lembaga tim pkk kim p2tp2a "
    "uptd ppa bapas kepala ketua camat bupati wib wita wit dia ia mereka warga menurut saat kini namun "
    "setelah sementara selain kata ujar allah tuhan "
    # The same in regional languages and English: days of the week, and words that begin a sentence.
    "senen rebo kemis jemuwah setu salasa jumaah saptu soma anggara buda wraspati sukra saniscara redite sinayan rabaa "
    "kamih jumaik akaik miturut nanging dene banjur saiki "
    "wingi ceuk numutkeun tapi saterusna ayeuna kamari but then now yesterday today meanwhile however according the"
)
_LINKS = table.word_set(
    "bernama yaitu yakni adalah berinisial inisial ialah selaku merupakan sebagai yang itu tersebut "
    "iku kuwi mau jenenge asmane teh eta tadi ngaranna namina nika punika ento is was named called the a"
)
_KIN_ROLE = re.compile(
    r"\b(?:ibu|ayah|bapak|orang ?tua|kakak|adik|nenek|kakek|paman|bibi|tante|wali|keluarga|kerabat|saudara|pengasuh|"
    r"guru|wali kelas|kepala sekolah|tetangga|teman|sepupu)(?:\s+\w+)?\s+(?:dari\s+)?(?:korban|anak|bocah|pelaku"
    r"|tersangka)\b",
    re.IGNORECASE,
)


def check_relatives(story: Story) -> Iterator[Finding]:
    """Blocks that ask whether a named relative may be named; the story has someone protected."""
    for number, source in enumerate(story.sources):
        if source.name.strip() and _KIN_ROLE.search(source.role):
            yield _relative_finding(TextPlace(f"sources/{number}/role"), source.name, source.role)
    for field, text, reach in reader_texts(story):
        if reach == "prose" and not field.startswith("sources/"):
            for at, part in text_paragraphs(text):
                for start, end in named_relatives(part):
                    said = TextPassage(part).sentence_at(start)
                    yield _relative_finding(TextPlace(field, at + start, at + end), part[start:end], said)


def _relative_finding(place: TextPlace, word: str, said: str) -> Finding:
    return Finding("people_relative", "block", "people", place, {"word": word}, SOURCE, said=said)


@lru_cache(maxsize=4096)
def named_relatives(text: str) -> tuple[tuple[int, int], ...]:
    """Where someone is named beside what they are to the victim in one paragraph: start and end of the name."""
    return tuple(_named_ranges(text))


def _named_ranges(text: str) -> Iterator[tuple[int, int]]:
    around = WordNeighbours(read_stream(text))
    told: set[int] = set()
    for at in range(len(around.tokens)):
        end = _kin_at(around, at)
        if not end:
            continue
        # Either side, each name once: "Sulastri, ibu korban, ..." and "ibu korban, Sulastri".
        for first, last in (_name_after(around, end), _name_before(around, at)):
            if first >= 0 and first not in told:
                told.add(first)
                yield around.tokens[first].start, around.tokens[last].end


def _kin_at(around: WordNeighbours, at: int) -> int:
    """Past the words that say kin of the victim ("ibu korban", "ibunya", "ibune bocah"); 0 for none."""
    word = around.tokens[at].word
    english = word in _ENGLISH
    if english or word in KIN or _REGIONAL_KIN.fullmatch(word):
        # At most one word between ("ibu kandung korban"), in English more: "mother of the 9-year-old".
        end = _victim_after(around, at + 1, 5 if english else 2)
        if end:
            return end
    if _KIN_OF_CHILD.fullmatch(word) or _REGIONAL_KIN_OF_CHILD.fullmatch(word):
        return at + 1
    return at + 2 if word in _ENGLISH_OWNERS and around.word_after(at) in _ENGLISH else 0


def _victim_after(around: WordNeighbours, at: int, most: int) -> int:
    """Past the word for the victim among the next ``most`` words; 0 where another phrase stands there."""
    for n in range(at, min(at + most, len(around.tokens))):
        word = around.tokens[n].word
        if not re.fullmatch(r"['’]?\s|-", around.tokens[n].gap):  # "ina' korban", "9-year-old"
            return 0
        if word in _OF or (word == "old" and around.word_before(n) in {"year", "years"}):
            return n + 1
        if word not in _BETWEEN and not word.isdigit():
            return 0
    return 0


def _name_after(around: WordNeighbours, at: int) -> tuple[int, int]:
    """``ibu korban, Sulastri``: first and last word of the name, -1 for none."""
    for n in range(at, min(at + 3, len(around.tokens))):
        token = around.tokens[n]
        if not re.fullmatch(r"[\s,(:“\"–-]*", token.gap):
            break
        if _is_name(token, around, n):
            return n, max(n, _last_word(around, n))
        if token.word not in _LINKS | table.TITLES:
            break
    return -1, -1


def _last_word(around: WordNeighbours, at: int) -> int:
    """The last word of the run of a name that begins here."""
    end = around.run_end(at) - 1
    return at if around.tokens[at].word in table.TITLES and end == at else end


def _name_before(around: WordNeighbours, at: int) -> tuple[int, int]:
    """``Sulastri (35), ibu korban``: first and last word of the name, -1 for none."""
    n = at - 1
    gap = around.tokens[at].gap
    while (
        n >= 0 and at - n < 5 and (around.tokens[n].word.isdigit() or around.tokens[n].word in _LINKS | {"tahun", "th"})
    ):
        gap = around.tokens[n].gap + gap
        n -= 1
    if n < 0 or not re.fullmatch(r"[\s,()\[\]–-]*", gap):
        return -1, -1
    # Without a comma, bracket or age between them the two merely stand next to each other.
    linked = re.search(r"[,(–]| - ", gap) is not None or n < at - 1
    if not linked or not _is_name(around.tokens[n], around, n):
        return -1, -1
    first = around.run_start(n)
    while first < n and around.tokens[first].word in _NO_NAME:
        first += 1
    return first, n


def _is_name(token: WordToken, around: WordNeighbours, at: int) -> bool:
    """Whether a word with a capital can be someone's name."""
    if not token.has_capital or token.word in _NO_NAME | table.INSTITUTIONS | KIN:
        return token.has_capital and token.word in table.TITLES and around.run_end(at) > at + 1
    return not (token.is_shouted and token.word in table.NO_INITIALS)
