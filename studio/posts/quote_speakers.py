"""Who said a quotation, by the words before and after it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.base.locale_forms import WEEKDAYS
from studio.story.quotation import ATTRIBUTIONS
from studio.story.text import sentences, word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.story.model import Source

_WITH_NYA = sorted((word for word in ATTRIBUTIONS if word.endswith("nya")), key=len, reverse=True)
_BARE = sorted((word for word in ATTRIBUTIONS - {"demikian"} if not word.endswith("nya")), key=len, reverse=True)
_SAYING = (
    r"mengatakan|berkata|menuturkan|menjelaskan|menyampaikan|menegaskan|mengungkapkan|menambahkan|menyebut(?:kan)?"
    r"|menyatakan|mengaku|bercerita|menceritakan|menerangkan|memaparkan|berharap|berpesan|mengimbau|mengingatkan"
    r"|mengajak|menjawab|bertanya|mengeluh(?:kan)?|menilai|mengakui|menanggapi|mencontohkan|membenarkan|bilang|membantah|bersyukur|memastikan|berjanji|menyayangkan|menyambut|meminta"
)
_SAID_BY = r"di(?:sampaikan|ungkapkan|katakan|jelaskan|tegaskan|tuturkan|benarkan|akui)(?:\s+oleh)?"
_AFTER = re.compile(
    rf"^[,.!?]?\s*(?:(?:begitu|demikian)\s+)?(?:(?P<own>{'|'.join(_WITH_NYA)})"
    rf"|(?P<verb>{'|'.join(_BARE)}|{_SAYING}|{_SAID_BY}|penuturan))\b(?P<tail>.*)",
    re.S | re.I,
)
_BEFORE = re.compile(rf"(?P<head>.*?)\b(?:{_SAYING})\b(?P<told>[^.!?]*?)(?:\bbahwa\b)?\s*[,:]?\s*$", re.S | re.I)
_NAMED_THEN_SAYS = re.compile(rf"^[,.]?\s+(?P<head>[A-Z][^.!?:]{{2,80}}?,?)\s+(?:{_SAYING})\b")
_VERB_FIRST = re.compile(
    r"^(?:kata|ujar|ucap|tutur|menurut|ungkap|jelas|tegas)\s+(?P<head>.+?)\s*[,:]\s*$", re.S | re.I
)
_COLON = re.compile(r"^(?P<head>[^:.!?]{2,70}):\s*$", re.S)
_PRONOUN = re.compile(
    r"^\s*(?:dia|ia|beliau|mereka|warga itu|perempuan itu|pria itu|lelaki itu|ibu itu|bapak itu)\b", re.I
)
_TITLE = r"(?i:dr|drg|drh|drs|dra|ir|prof|h|hj|kh|ust|pdt)\."
_TITLE_OF_STUDY = r"(?:[A-Z][A-Za-z]{0,2}\.\s?)+(?:[A-Z][a-z]{0,2}\b)?"
_PART = rf"(?:{_TITLE}|[A-Z][\w'’-]*\.?|bin|binti|al-[A-Z][\w'’-]*|[IVX]+|\d{{1,3}})"
_DEGREES = r"(?:,\s*(?:[A-Z][A-Za-z]{0,2}\.\s?){1,3}(?:[A-Z][a-z]{0,2}\b\.?)?)?"
_NAME = re.compile(rf"(?:{_TITLE}\s+)*[A-Z][\w'’-]*\.?(?:\s+{_PART}){{0,6}}{_DEGREES}", re.U)
_ROLE = re.compile(
    r"^\s*(?:\(\s*\d{1,3}(?:\s*(?:tahun|th))?\s*\)\s*)?(?:\((?P<inside>[^()]{3,60})\)|,\s*(?P<role>[^,.;:()“”\"]{3,60}))"
)
_AGE = re.compile(r"^\d{1,3}(?:\s*(?:tahun|th))?$")
_OFFICE = re.compile(
    r"^(?i:salah|seorang|kepala|ketua|wakil|sekretaris|bendahara|camat|lurah|kades|kadus|bupati|wali|bidan|guru"
    r"|koordinator|anggota|kader|direktur|manajer|petugas|penyuluh|pengurus|pelatih|dokter|babinsa|bhabinkamtibmas|kapolsek"
    r"|danramil|pemilik|warga|relawan|dalang|sesepuh|humas|panitia|pembina|pendamping|tokoh|mahasiswa|siswa|penjaga|pengelola"
    r"|perwakilan|juru bicara|petani|nelayan|pedagang|perajin|peternak|plt|plh|pj)\b",
)
_OFFICE_AND_NAME = re.compile(
    rf"(?P<office>{_OFFICE.pattern[1:]}(?:(?:\s+[a-z]+){{1,3}}|(?:\s+[A-Z]+)?\s+\d+)),?\s+(?P<name>{_NAME.pattern})"
)
"""``Ketua panitia Joko Susilo``, ``Ketua RT 03 Slamet Riyadi``: where the office ends shows."""
_DEGREE = re.compile(r"[A-Z][a-z]?\.\s?[A-Z][A-Za-z]*\.$")
_WHEN = re.compile(
    rf"^(?:{'|'.join(WEEKDAYS).lower()}|kemarin|saat|ketika|usai|seusai|setelah|di|pada|kepada|dalam|sambil"
    r"|seraya|dengan|melalui|lewat|dari|yang|tentang|mengenai|soal|dikutip|ditemui|(?:meng|meny|mem|ber|men(?!t(?:eri|or)\b))\w+)\b",
    re.I,
)
"""What follows a name after a comma and is no role: when, where, to whom, doing what."""
_BESIDE = re.compile(r"\b(?:kepada|bersama|dengan|tentang|soal|untuk|saat|ketika|dan|didampingi|ditemani|yang)\b", re.I)
"""Behind these stands somebody else than the one who speaks."""
_RELATIVES = frozenset({"istri", "suami", "anak", "ayah", "adik", "kakak", "putra", "putri"})
_ORDINARY = word_set("""
    saat ketika usai setelah menurut dalam pada di ke dari untuk namun selain karena seorang para kata ujar hal
    ia dia mereka beliau kami kita
""")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said something; ``goes_on``: said behind the quotation, so that a second part may follow."""

    name: str
    role: str = ""
    goes_on: bool = False


def find_speaker(before: str, after: str, known: Sequence[Source] = (), named: Speaker | None = None) -> Speaker | None:
    """Who said what stands between two texts of a paragraph; None for a term in quotation marks.

    Args:
        before: from the quotation before, or the beginning of the paragraph.
        after: up to the next quotation, or the end.
        known: sources that may be named.
        named: who was spoken of last, for ``ujarnya``.
    """
    found = _AFTER.match(after)
    if found and (found["own"] or _PRONOUN.match(found["tail"])):
        # Of two people between whom no word decides, none is taken.
        who = known_speaker(before, known) or (None if _names_somebody(before) else named)
        tail = found["tail"]
        if who is None and found["own"]:
            # "...," ujarnya, Siti Aminah: rare, and plain.
            who = _read_person(tail.lstrip(" ,"), known) if re.match(r"^,?\s+[A-Z]", tail) else None
        return Speaker(who.name, who.role, goes_on=True) if who else None
    if found and (who := _read_person(found["tail"], known)):
        return Speaker(who.name, who.role, goes_on=True)
    # "...," Kepala Dusun Sumber, Wagiman, menjelaskan.
    told = _NAMED_THEN_SAYS.match(after)
    if told and (who := _read_before(told["head"], known)):
        return Speaker(who.name, who.role, goes_on=True)
    return _named_before(before, known, named)


def known_speaker(text: str, known: Sequence[Source]) -> Speaker | None:
    """The last person whom a text names as saying something, else the only source that it names."""
    for sentence in reversed(sentences(text)):
        for saying in re.finditer(rf"\b(?:{_SAYING})\b", sentence, re.I):
            if who := _read_before(sentence[: saying.start()], known):
                return who
        for saying in re.finditer(rf"\b(?:{'|'.join(_BARE)}|{_SAID_BY}|menurut)\s+(?=[A-Z\w])", sentence, re.I):
            if not _PRONOUN.match(sentence[saying.end() :]) and (who := _read_person(sentence[saying.end() :], known)):
                # "Menurut Titik, peserta tertua ...": behind that comma stands what is said.
                return Speaker(who.name) if saying[0].casefold().startswith("menurut") else who
    present = [source for source in known if source.name.strip() and source.name.casefold() in text.casefold()]
    # With two of them nobody can tell which; a card must not put words into the wrong mouth.
    return Speaker(present[0].name, present[0].role) if len(present) == 1 else None


def _names_somebody(text: str) -> bool:
    """Whether a capital stands anywhere but at the beginning of a sentence."""
    return any(re.search(r"\s[“\"(]*[A-Z]", sentence) for sentence in sentences(text))


def _source_in(text: str, known: Sequence[Source]) -> Source | None:
    """The source that a text names as its person, not one whom that person spoke to or of."""
    for source in known:
        at = text.casefold().find(source.name.casefold()) if source.name.strip() else -1
        ahead = text[: max(at, 0)].strip()
        if at < 0 or _BESIDE.search(ahead):
            continue
        if not ahead or _OFFICE.match(ahead) or (not _NAME.match(ahead) and "," not in ahead):
            return source
    return None


def _named_before(before: str, known: Sequence[Source], named: Speaker | None) -> Speaker | None:
    """``Asep mengatakan, "..."``, ``Kata Asep, "..."``, ``Asep: "..."``."""
    last = sentences(before)[-1] if before.strip() and sentences(before) else ""
    if not last or before.rstrip()[-1:] in ".!?":
        return None
    if found := _VERB_FIRST.match(last):
        return _read_person(found["head"], known)
    if (found := _BEFORE.match(last)) and last.rstrip()[-1:] in ",:":
        head = found["head"].strip()
        if re.match(r"^(?:ia|dia|beliau|mereka)\b", head, re.I):
            return named
        return _read_before(head, known)
    if found := _COLON.match(last):
        return _read_before(found["head"], known)
    return None


def _read_before(head: str, known: Sequence[Source]) -> Speaker | None:
    """The person at the end of what stands before ``mengatakan``: ``Kepala Dusun Krajan, Asep Hidayat, ...``."""
    closed = head.rstrip().endswith(",")
    head = head.strip(" ,")
    if source := _source_in(head, known):
        return Speaker(source.name, source.role)
    clauses = [part.strip() for part in re.split(r",\s*", head) if part.strip()]
    if not closed and len(clauses) == 2 and not _OFFICE.match(clauses[1]) and (who := _person_in(clauses[1])):
        # "Relawan Tagana, Dwi Prasetyo menuturkan": no comma behind the name.
        return Speaker(who.name, "" if _WHEN.match(clauses[0]) else clauses[0])
    for n, clause in enumerate(clauses):
        office = _OFFICE.match(clause) is not None
        if office and n + 1 < len(clauses) and (who := _person_in(clauses[n + 1])):
            return Speaker(who.name, clause)
        if not office and (who := _person_in(clause)) and not _WHEN.match(clause):
            role = clauses[n + 1] if n + 1 < len(clauses) else ""
            return Speaker(who.name, who.role or ("" if _WHEN.match(role) else role))
        if office and (who := _person_in(clause)):
            return who
    return None


def _person_in(clause: str) -> Speaker | None:
    return _read_person(clause, (), whole=True)


def _read_person(tail: str, known: Sequence[Source], *, whole: bool = False) -> Speaker | None:
    """The person a text begins with: ``Asep (52), petani``, ``Kepala Dusun Krajan, Asep``, ``warga Krajan, Siti``.

    Args:
        tail: what follows ``kata`` or stands before a colon.
        known: sources; one of these that is named here is taken as it is written in the list.
        whole: only when nothing but the person stands there.
    """
    text = tail.strip()
    first = next(iter(sentences(text)), "")
    if source := _source_in(first, known):
        return Speaker(source.name, _role_beside(first, source.name) or source.role)
    name = _NAME.match(first)
    if (who := _behind_office(first)) or name is None:
        return who or _after_small_role(first)
    said = _without_stop(name[0])
    if said.split()[0].casefold() in _ORDINARY or (whole and len(first) - name.end() > 60):
        return None
    rest = _ROLE.match(first[name.end() :])
    role = ((rest["inside"] or rest["role"]) if rest else "").strip() if rest else ""
    if _WHEN.match(role) or _AGE.match(role):
        role = ""
    if _OFFICE.match(said) and role[:1].isupper() and (inner := _NAME.match(first[name.end() :].lstrip(" ,"))):
        return Speaker(_without_stop(inner[0]), said)
    if parted := _OFFICE_AND_NAME.match(first):
        return Speaker(_without_stop(parted["name"]), parted["office"])
    return Speaker(said, role)


def _behind_office(text: str) -> Speaker | None:
    """``Ketua RT 05 Dusun Krajan, Mulyono``, ``Camat Arjosari Drs. H. Sutrisno``: a comma or title ends the office."""
    if not _OFFICE.match(text) or text[:1].islower():
        return None
    parted = re.match(
        rf"(?P<office>[^,;()]{{4,70}}?)(?:,\s+(?!{_TITLE_OF_STUDY})|\s+(?={_TITLE}\s))(?P<name>{_NAME.pattern})", text
    )
    if parted is None or _WHEN.match(parted["name"]):
        return None
    return Speaker(_without_stop(parted["name"]), parted["office"].strip())


def _without_stop(name: str) -> str:
    """A name without the stop of its sentence; that of a degree stays."""
    name = name.strip()
    return name if _DEGREE.search(name) else name.rstrip(".")


def _after_small_role(text: str) -> Speaker | None:
    """``warga Krajan, Siti Aminah``, ``petani setempat bernama Slamet``, ``seorang warga``."""
    found = re.match(rf"^(?P<role>[a-z][\w\s'’/-]{{2,50}}?)(?:,\s*|\s+bernama\s+|\s+)(?P<name>{_NAME.pattern})", text)
    if found and not _WHEN.match(found["role"]):
        name, role = _without_stop(found["name"]), found["role"].strip()
        # "istri Asep, Siti Aminah": the one behind the comma speaks.
        own = re.match(rf",\s+({_NAME.pattern})", text[found.end() :]) if role in _RELATIVES else None
        if own and not _WHEN.match(own[1]) and not _OFFICE.match(own[1]):
            return Speaker(_without_stop(own[1]), f"{role} {name}")
        if "," not in text[: found.end()] and role.count(" ") == 0 and role in {"warga", "anak", "ibu", "istri"}:
            return Speaker(f"{role.capitalize()} {name}")
        return Speaker(name, role)
    anonymous = re.match(
        r"^(?:salah seorang|salah satu|seorang|sejumlah|para|beberapa)\s+\w+"
        r"(?:\s+(?!(?:yang|di|dari|saat|usai|kepada)\b)\w+)?",
        text,
    )
    return Speaker(anonymous[0][0].upper() + anonymous[0][1:]) if anonymous else None


def _role_beside(text: str, name: str) -> str:
    """The role that stands right before or after a name."""
    at = text.casefold().index(name.casefold())
    ahead, behind = text[:at].strip(" ,"), _ROLE.match(text[at + len(name) :])
    if ahead and len(ahead) <= 60 and "," not in ahead:
        return ahead
    role = ((behind["inside"] or behind["role"]) if behind else "").strip() if behind else ""
    return "" if _WHEN.match(role) or _AGE.match(role) else role
