"""Forms of words: whether a word is built of a known one by the affixes of Indonesian.

The dictionary lists many forms but not all. A form is accepted only when its affixes go together (``meN-`` with
``-kan`` or ``-i``, never with ``-an``) and sounds meet as they should (``menyukseskan``, not ``mensukseskan``): EYD
V and TBBBI chapter 4.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ENDINGS = ("nya", "lah", "kah", "pun", "ku", "mu")
_SHORTEST_ROOT = 4
_VOWELS = frozenset("aiueo")
_SUFFIXES_OF: dict[str, tuple[str, ...]] = {
    "me": ("", "kan", "i"),
    "di": ("kan", "i"),
    "pe": ("", "an"),
    "per": ("an", "kan", "i"),
    "ber": ("", "an", "kan"),
    "ter": ("", "kan", "i"),
    "ke": ("an",),
    "se": ("", "nya"),
    "": ("kan", "i", "an"),
}
"""Which endings go with which beginning."""
_BOUND = (
    *("antar", "pasca", "non", "anti", "pra", "multi", "sub", "swa", "semi", "mikro", "makro", "maha", "tuna", "adi"),
    *("tata", "eko", "agro", "audio", "bio", "dwi", "tri", "catur", "eka", "geo", "hiper", "infra", "inter", "kontra"),
    *("mono", "nara", "neo", "nir", "para", "poli", "purna", "re", "super", "supra", "tele", "trans", "ultra", "wira"),
)
"""Bound forms, written together with what follows (EYD V, II.A)."""


def bare_forms(low: str) -> Iterator[str]:
    """A word without the particles and pronouns at its end, the word itself first; ``rumahnyalah`` -> ``rumah``."""
    yield low
    for ending in _ENDINGS:
        if low.endswith(ending) and len(low) - len(ending) >= 3:
            bare = low[: -len(ending)]
            yield bare
            if ending in {"lah", "kah", "pun"} and bare.endswith("nya") and len(bare) > 5:
                yield bare[:-3]


def is_form(low: str, spells: Callable[[str], bool]) -> bool:
    """Whether a word in lower case is a form of one that the dictionary has.

    Args:
        low: letters, no hyphen.
        spells: whether the dictionary has a word.
    """
    for bare in bare_forms(low):
        if (bare != low and spells(bare)) or _is_derived(bare, spells):
            return True
    return any(
        low.startswith(bound) and len(low) - len(bound) >= _SHORTEST_ROOT and spells(low[len(bound) :])
        for bound in _BOUND
    )


def _is_derived(word: str, spells: Callable[[str], bool]) -> bool:
    if len(word) <= _SHORTEST_ROOT:
        return False
    if word.startswith("di") and any(spells(active) for active in active_forms(word[2:])):
        return True  # with di- alone a noun would do, and "dirumah" be a word
    return any(spells(root) for root in possible_roots(word))


def active_forms(stem: str) -> Iterator[str]:
    """The meN- forms of a stem (EYD V: k, p, s, t melt before vowels)."""
    if not stem:
        return
    # The initial of the root melts into the nasal: karang -> mengarang, pukul -> memukul, sapu -> menyapu, tulis ->
    # menulis.
    melted = {"k": "meng", "p": "mem", "s": "meny", "t": "men"}
    if stem[0] in melted and stem[1:2] in _VOWELS:
        yield melted[stem[0]] + stem[1:]
    prefix = "mem" if stem[0] in "bfpv" else "men" if stem[0] in "dcjtzs" else "me" if stem[0] in "lrwymn" else "meng"
    # Before a consonant it does not melt (mentraktir), and per- keeps its p (memperbaiki).
    if stem[0] not in melted or stem[1:2] not in _VOWELS or stem.startswith("per"):
        yield prefix + stem


def possible_roots(word: str) -> Iterator[str]:
    """What a word may be built of, by one beginning and one ending that go together; none shorter than four letters."""
    for prefix, stem in _possible_stems(word):
        for suffix in _SUFFIXES_OF[prefix]:
            # Only pairs that go together (ke-an, ber-an, me-kan) are tried: free combination would accept nonsense.
            if suffix and not stem.endswith(suffix):
                continue
            root = stem[: len(stem) - len(suffix)]
            if len(root) < _SHORTEST_ROOT or (suffix == "i" and root[-1] == "i"):
                continue
            for base in _restored_roots(prefix, word, root):
                yield base
                yield from _inner_forms(prefix, base, suffix)


def _possible_stems(word: str) -> Iterator[tuple[str, str]]:
    """Beginnings a word may have, with what is left; the nasal of meN- and peN- is left on."""
    yield "", word
    for prefix in ("di", "ke", "se", "me", "pe"):
        if word.startswith(prefix):
            yield prefix, word[2:]
    for prefix in ("ber", "ter", "per"):
        if word.startswith(prefix):
            yield prefix, word[3:]
    if word.startswith("be") and word[2:3] == "r":
        yield "ber", word[2:]  # berupa, beroda
    if word.startswith("te") and word[2:3] == "r":
        yield "ter", word[2:]  # terasa


def _restored_roots(prefix: str, word: str, stem: str) -> Iterator[str]:
    """The root behind the nasal: k, p, s, t melt before vowels, other sounds stay."""
    if prefix not in {"me", "pe"}:
        yield stem
        return
    # me- without a nasal, or one that belongs to the root itself.
    if stem[0] in "lrwym" or stem.startswith(("ny", "ng", "n")):
        yield stem
    for nasal, melted, kept in (("ny", "s", ""), ("ng", "k", "aiueoghk"), ("m", "p", "bfpv"), ("n", "t", "cdjtzs")):
        if not stem.startswith(nasal):
            continue
        rest = stem[len(nasal) :]
        if not rest:
            continue
        if rest[0] in _VOWELS:
            yield melted + rest
        if rest[0] in kept and (rest[0] not in "kpst" or rest[1:2] not in _VOWELS):
            yield rest


def _inner_forms(prefix: str, base: str, suffix: str) -> Iterator[str]:
    """Beginnings under a beginning: ``memper-``, ``diper-``, ``keber-an``, ``ketidak-an``, ``pember-an``."""
    if prefix in {"me", "di", ""} and base.startswith("per") and len(base) > 6:
        yield base[3:]
    if prefix in {"ke", "se", "pe"} and suffix == "an":
        for inner in ("ber", "ter", "tidak", "se", "per"):
            if base.startswith(inner) and len(base) - len(inner) >= 3:
                yield base[len(inner) :]
    if prefix in {"di", "me"} and base.startswith(("ber", "ter", "ke", "se")):
        yield base  # diberlakukan, menyeragamkan are in the dictionary as berlaku, seragam
