"""Sentences that can stand alone: none cut inside a quotation, and which of them lean on the one before.

Short texts are made of these: key points, posts of a thread, a quotation on a card.
"""

from __future__ import annotations

import re
from itertools import pairwise

from studio.story.quotation import ATTRIBUTIONS, find_quotations
from studio.story.text import sentences, word_set, words

LEANING = """
oleh karenanya | oleh sebabnya | walhasil | sama halnya | setali tiga uang | belum lagi | barulah | namun demikian
sehingga | lantas | begitupun | lain halnya | jika tidak | bila tidak | kalau tidak | tak ayal | sebagai gantinya
tak lama kemudian | tidak lama kemudian | pun demikian | keesokan harinya | salah satunya
salah satu di antaranya | namun | tetapi | tapi | akan tetapi | sedangkan | sementara | sementara itu
selain itu | selain hal itu | di samping itu | meski demikian | meski begitu | meskipun demikian
meskipun begitu | walau demikian | walau begitu | walaupun demikian | walaupun begitu | kendati demikian
kendati begitu | oleh karena itu | oleh sebab itu | karena itu | karena itulah | karenanya | maka
maka dari itu | maka itu | sebab | sebab itu | sebab itulah | pasalnya | soalnya | alasannya | akibatnya
hasilnya | alhasil | dengan demikian | dengan begitu | dengan cara itu | demikian | demikian pula
demikian juga | begitu | begitu pula | begitu juga | begitulah | demikianlah | jadi | lalu | kemudian
setelah itu | sesudah itu | seusai itu | usai itu | sebelum itu | sebelumnya | sesudahnya | setelahnya
selanjutnya | berikutnya | akhirnya | pada akhirnya | sebaliknya | bahkan | malah | malahan | apalagi | terlebih
terlebih lagi | lagi pula | lagipula | padahal | misalnya | contohnya | sebagai contoh | seperti | yakni | yaitu
artinya | maksudnya | intinya | tujuannya | caranya | sejak itu | sejak saat itu | sejak hari itu | saat itu
waktu itu | ketika itu | kala itu | pada saat itu | pada waktu itu | pada hari itu | pada saat yang sama
di saat yang sama | pada kesempatan itu | pada kesempatan ini | pada kesempatan tersebut
pada kesempatan yang sama | dalam kesempatan itu | dalam kesempatan ini | dalam kesempatan tersebut
dalam kesempatan yang sama | di sana | di situ | di sini | dari sana | dari situ | dari sini | ke sana | ke situ
ke sini | di tempat itu | di tempat yang sama | di lokasi itu | di lokasi yang sama | hal itu | hal ini
hal tersebut | hal serupa | hal senada | hal yang sama | senada | serupa | itu | ini | itulah | inilah
untuk itu | untuk itulah | atas hal itu | dari jumlah itu | dari jumlah tersebut | dari situlah | di situlah
di sanalah | saat itulah | tidak hanya itu | tak hanya itu | bukan hanya itu | tidak cuma itu | lebih lanjut
lebih jauh | lebih dari itu | di sisi lain | di pihak lain | di lain pihak | di lain sisi | satu lagi
sebagian lagi | sebagian lainnya | yang lain | lainnya | sisanya | selebihnya | adapun | dan | atau | serta
juga | nah | toh | ia | dia | beliau | mereka | keduanya | ketiganya | semuanya | semua itu | dirinya
menurutnya | menurut dia | menurut mereka | menurut beliau | baginya | bagi dia | bagi mereka | baginyalah
kepadanya | padanya | untuknya | darinya | dengannya | olehnya | katanya | ujarnya | ucapnya | tuturnya
jelasnya | tambahnya | imbuhnya | lanjutnya | harapnya | pertama | kedua | ketiga | keempat | kelima | terakhir
"""
"""Openings that point back. The ordinals count only before a comma: "Kedua, ..." but not "Kedua regu ..."."""
_OPENINGS = frozenset(tuple(part.split()) for line in LEANING.splitlines() for part in line.split("|") if part.strip())
_LONGEST_OPENING = max(map(len, _OPENINGS))
_ONLY_BEFORE_COMMA = word_set("""
    pertama kedua ketiga keempat kelima terakhir sebab seperti serupa jadi begitu itu ini
""")
_BEFORE_ANYTHING = frozenset({"itu", "ini", "sebab", "jadi"})
_POINTING = frozenset({"itu", "tersebut", "ini", "tadi"})
_LATER = frozenset({"kemudian", "setelahnya", "sebelumnya", "sesudahnya", "berselang"})
"""``Dua hari kemudian``: after what, says the sentence before."""
_LIKE_THAT = frozenset({"demikian", "begitu", "serupa", "senada"})
"""As the second word: ``Hal demikian``, ``Biarpun begitu``, ``Kegiatan serupa``."""
_THEY = re.compile(r"^([^,]{3,80}),\s+(?:mereka|ia|dia|beliau|keduanya|ketiganya)\b", re.IGNORECASE)
_PEOPLE = word_set("""
    warga anak ibu bapak orang pemuda peserta petani nelayan pedagang perajin peternak kader guru siswa pelajar
    relawan anggota panitia pengurus penonton pengunjung penduduk keluarga korban pengungsi pasien lansia balita
    pembeli pemilik kepala ketua regu tim kelompok mahasiswa buruh pekerja tukang petugas
""")
_OUT_OF_THESE = frozenset(
    {("di", "antaranya"), ("antara", "mereka"), ("dari", "mereka"), ("di", "situ"), ("di", "sana")}
)
"""``Delapan di antaranya putus sekolah``, ``Tidak berhenti di situ, warga ...``."""
_OF_ANY = frozenset({"apa", "siapa", "kapan", "mana", "berapa", "bagaimana", "sekali", "sedikit"})
"""``siapa pun``: means anybody; behind another word ``pun`` says that this follows from something."""
_TIMES = word_set("""
    hari pagi siang sore malam minggu pekan bulan tahun kali saat musim
""")
"""``tahun ini``, ``kali ini``: that points to today, not back."""
_OWN_NYA = word_set("""
    nantinya sedikitnya setidaknya setidak-tidaknya sekurangnya sekurang-kurangnya selambatnya selambat-lambatnya
    sebaiknya seharusnya biasanya umumnya khususnya terutamanya hanya rupanya tampaknya sepertinya tanya punya
    rencananya nyatanya ternyata mudahnya banyaknya adanya pentingnya tingginya rendahnya kurangnya minimnya
    maraknya penuhnya
""")
"""Words that end in ``-nya`` and point to nothing before them."""
_MARKS = "\"“”„«»'‘’([ "
_SPOKEN_BY_PRONOUN = re.compile(
    rf"(?:{'|'.join(sorted((w for w in ATTRIBUTIONS if w.endswith('nya')), key=len, reverse=True))}"
    rf"|(?:{'|'.join(sorted((w for w in ATTRIBUTIONS if not w.endswith('nya')), key=len, reverse=True))})"
    r"\s+(?:dia|ia|beliau|mereka))\b",
    re.IGNORECASE,
)


def whole_sentences(text: str) -> tuple[str, ...]:
    """The sentences of one paragraph; what stands between quotation marks is never split.

    Joined they hold every character but the white space between. A mark that nobody closes holds nothing together.
    """
    said = [(found.start, found.end) for found in find_quotations(text) if found.opening and found.closing]
    made: list[str] = []
    begin = at = 0
    for sentence in sentences(text):
        start = text.index(sentence, at)
        if made and any(first < start < last for first, last in said):
            made[-1] = text[begin : start + len(sentence)]
        else:
            begin = start
            made.append(sentence)
        at = start + len(sentence)
    return tuple(made)


def is_leaning(sentence: str, known: frozenset[str] = frozenset()) -> bool:
    """Whether a sentence cannot be understood without the one before.

    Args:
        sentence: with its marks.
        known: words in lower case that the reader has seen before it anyway, such as those of the headline: of these
            ``saluran itu`` and ``salurannya`` may stand first.
    """
    bare = sentence.lstrip(_MARKS)
    if bare[:1].islower() or not words(bare):
        return True
    heads = tuple(word.casefold() for word in words(bare)[: _LONGEST_OPENING + 1])
    if _has_opening(bare, heads) or _points_back(heads, known) or _speaks_of_them(bare):
        return True
    return is_bare_quotation(sentence) or _is_said_by_pronoun(sentence)


def opens_leaning(paragraph: str) -> bool:
    """Whether a paragraph begins with a word that points back, such as ``Namun`` or ``Menurutnya``."""
    bare = paragraph.lstrip(_MARKS)
    return _has_opening(bare, tuple(word.casefold() for word in words(bare)[: _LONGEST_OPENING + 1]))


def _has_opening(bare: str, heads: tuple[str, ...]) -> bool:
    if heads[:1] and heads[0] in {"begitu", "demikian"} and heads[1:2] and heads[1] in ATTRIBUTIONS:
        return True
    if heads[:2] == ("mereka", "yang"):
        return False  # "Mereka yang hadir ...": told right there
    for length in range(min(len(heads), _LONGEST_OPENING), 0, -1):
        opening = heads[:length]
        if opening not in _OPENINGS:
            continue
        last = opening[-1]
        if length > 1 or last not in _ONLY_BEFORE_COMMA or last in _BEFORE_ANYTHING:
            return True
        return bool(re.match(rf"{re.escape(last)}\s*,", bare.casefold()))
    return False


def _points_back(heads: tuple[str, ...], known: frozenset[str]) -> bool:
    """``Saluran itu jebol``, ``Kedua regu tersebut``, ``Harganya naik``: of what, says the sentence before."""
    if any(pair in _OUT_OF_THESE for pair in pairwise(heads[:5])) or heads[1:2] == ("harinya",):
        return True
    if _goes_on(heads):
        return True
    for n, word in enumerate(heads[1:4], 1):
        if word in _POINTING and heads[n - 1] not in _TIMES:
            return heads[n - 1] not in known
    # "Untuk mengatasinya, ...": behind such a word the next one counts.
    first = heads[1] if heads[0] in {"untuk", "guna", "demi"} and len(heads) > 1 else heads[0]
    if first.endswith("nya") and len(first) > 5 and first not in _OWN_NYA:
        return first.removesuffix("nya") not in known
    return False


def _speaks_of_them(bare: str) -> bool:
    """``Saat ditemui, ia sedang memanen``: a pronoun behind the first clause, in which nobody is named."""
    found = _THEY.match(bare)
    if found is None:
        return False
    clause = words(found[1])
    return not any(word[:1].isupper() for word in clause[1:]) and not any(w.casefold() in _PEOPLE for w in clause)


def _goes_on(heads: tuple[str, ...]) -> bool:
    """``Warga pun lega``, ``Warga lainnya membantu``."""
    if heads[1:2] == ("pun",) and heads[0] not in _OF_ANY:
        return True
    if heads[1:2] and heads[1] in _LIKE_THAT and heads[0] not in {"tidak", "tak", "bukan"}:
        return True
    if any(word in _LATER for word in heads[1:4]):
        return True
    return any(word == "lainnya" and before not in {"dan", "atau"} for before, word in pairwise(heads[:4]))


def is_bare_quotation(sentence: str) -> bool:
    """Whether a sentence is nothing but a quotation: who said it stands in another one."""
    text = sentence.strip()
    said = find_quotations(text)
    return (
        bool(said)
        and said[0].start == 0
        and len(words(text[said[-1].end :])) == 0
        and not text[-1:].isalnum()
        and not any(words(text[a.end : b.start]) for a, b in pairwise(said))
    )


def _is_said_by_pronoun(sentence: str) -> bool:
    """Whether it is attributed by ``ujarnya`` or ``kata dia``: the name stands in a sentence before."""
    outside, at = [], 0
    for said in find_quotations(sentence):
        outside.append(sentence[at : said.start])
        at = said.end
    outside.append(sentence[at:])
    return any(_SPOKEN_BY_PRONOUN.search(part) for part in outside)


def has_open_mark(text: str) -> bool:
    """Whether a quotation mark or a bracket has no partner."""
    unpaired = any(found.opening is None or found.closing is None for found in find_quotations(text))
    return unpaired or text.count("(") != text.count(")")
