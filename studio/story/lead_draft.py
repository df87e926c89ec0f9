"""A first draft from the answers to what, who, where, when, why and how.

People answer in fragments ("perbaikan saluran", "warga dusun", "Minggu pagi", "karena jebol"). The rules below join
these into plain Indonesian sentences that are grammatical whichever way a question was answered; nothing is invented
and nothing is left out. The words are language data of the story (always Indonesian), not texts of the window.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.base.locale_forms import WEEKDAYS
from studio.story.body import Block, BlockKind, Span, normalise
from studio.story.dates import news_date, news_days, parse_date, short_date, weekday
from studio.story.occasion import ANNOUNCED
from studio.story.when import read_days

if TYPE_CHECKING:
    from studio.story.model import Answers, Story

_PREPOSITIONS = (
    "di",
    "ke",
    "dari",
    "pada",
    "dalam",
    "sepanjang",
    "sekitar",
    "antara",
    "dekat",
    "depan",
    "melalui",
    "lewat",
)
_REASONS = (
    "karena",
    "sebab",
    "akibat",
    "lantaran",
    "gara-gara",
    "untuk",
    "agar",
    "supaya",
    "guna",
    "demi",
    "dalam rangka",
)
_MANNERS = ("dengan", "secara", "melalui", "lewat", "tanpa", "lalu", "kemudian", "sambil")
_PLAIN_VERBS = """
ada adalah akan bisa buka datang dapat gelar hadir harus ikut jadi juga lakukan mandi mulai mundur naik pergi pulang
punya raih sudah telah tiba tidak tinggal turun tutup wajib masih sedang kerja juara menang
"""
_NOT_VERBS = """
meja media medali melati memori mentari menteri merah mesin mesjid metode berita beras berkas berlian bersama berbagai
beberapa berat terop teras tembok teror terminal terbaik teratai dinas dinding diri dispenser dividen diare disabilitas
distribusi diskusi direktur digital dialog desa
"""
"""Words that look like verbs by their beginning and are none."""
_RELATIVE = {"kemarin", "tadi", "besok", "lusa", "hari", "nanti"}
_LONGEST_SENTENCE = 6
"""An answer of at least so many words that begins with a capital is a sentence of its own."""


def draft(story: Story) -> tuple[Block, ...]:
    """The first draft of a story from its answers, in the form of its kind; empty when nothing was answered."""
    answers = story.answers
    when = _announced(story) if story.kind in ANNOUNCED else _when(answers.when, story.date)
    where = answers.where.strip() or story.place.strip()
    if not any((answers.what, answers.who, answers.why, answers.how)) and not answers.when.strip():
        return ()
    match story.kind:
        case "notice":
            return normalise(_notice(answers, where, when))
        case "factcheck":
            return normalise(_fact_check(answers, where, _tidy(answers.when)))
        case "profile":
            return normalise(_profile(answers, where, _tidy(answers.when)))
        case _:
            return normalise([_paragraph(_lead(answers, where, when, coming=story.kind == "event"))])


def _paragraph(text: str, kind: BlockKind = "paragraph") -> Block:
    return Block(kind, (Span(text),))


# ---------------------------------------------------------------------------------------------- kinds of story


def _lead(answers: Answers, where: str, when: str, *, coming: bool) -> str:
    """``Sekitar 80 warga memperbaiki saluran irigasi di Dusun Cibeureum, Minggu (22/11/2026). Hal itu ...``."""
    what, who = _tidy(answers.what), _tidy(answers.who)
    first = _who_what(who, what, coming=coming)
    place = _place(where)
    if first and place and where.casefold() not in first.casefold():
        first = f"{first} {place}"
    elif not first:
        first = place
    first = ", ".join(part for part in (first, when) if part)
    return " ".join(
        _sentence(part)
        for part in (first, _why(answers.why, _subject(what)), _how(answers.how, "Mereka" if who else "Warga"))
        if part
    )


def _who_what(who: str, what: str, *, coming: bool) -> str:
    will = "akan " if coming else ""
    if not who:
        return f"{what} {will}digelar" if coming and what and not _is_verb(what) else what
    if not what:
        return who
    if _is_verb(what):
        said = _lower_first(what)
        return f"{who} {'' if said.startswith('akan ') else will}{said}"
    return f"{who} {will}{'menggelar' if coming else 'melaksanakan'} {_lower_first(what)}"


def _notice(answers: Answers, where: str, when: str) -> list[Block]:
    """What, when and where in one sentence; then who it is for, why, and a list of what to bring or do."""
    what = _tidy(answers.what)
    happened = _is_verb(" ".join(what.split()[1:2]))  # "Banjir merendam ..." is a sentence already
    verb = "" if happened or not what or _is_verb(what) else "dilaksanakan"
    first = " ".join(part for part in (what or "Kegiatan", verb, _place(where)) if part)
    blocks = [_paragraph(_sentence(", ".join(part for part in (first, when) if part)))]
    if who := _tidy(answers.who):
        blocks.append(_paragraph(_sentence(f"{'Warga terdampak' if happened else 'Sasaran'}: {_lower_first(who)}")))
    if why := _why(answers.why, "Hal itu terjadi" if happened else _subject(what)):
        blocks.append(_paragraph(_sentence(why)))
    if items := _items(answers.how):
        blocks.append(_paragraph("Yang perlu diperhatikan warga", "heading"))
        blocks += [_paragraph(_upper_first(item), "bullet") for item in items]
    return blocks


def _fact_check(answers: Answers, where: str, when: str) -> list[Block]:
    """Claim, inquiry, conclusion: the parts of a fact check (domain.md 2.4)."""
    spread = " ".join(part for part in (f"di {where}" if where else "", when and f"sejak {_lower_first(when)}") if part)
    by = f"oleh {_lower_first(_tidy(answers.who))}" if answers.who.strip() else ""
    told = " ".join(part for part in ("Klaim itu beredar", spread, by and f"disebarkan {by}") if part)
    parts = (
        ("Klaim", _sentence(answers.what), _sentence(told) if spread or by else ""),
        ("Penelusuran", _sentence(answers.how), ""),
        ("Kesimpulan", _sentence(answers.why), ""),
    )
    blocks = []
    for heading, *texts in parts:
        if any(texts):
            blocks.append(_paragraph(heading, "heading"))
            blocks += [_paragraph(text) for text in texts if text]
    return blocks


def _profile(answers: Answers, where: str, when: str) -> list[Block]:
    who, what = _tidy(answers.who), _tidy(answers.what)
    link = " " if _is_verb(what) else " adalah "
    first = f"{who}{link}{_lower_first(what)}" if who and what else who or what
    first = " ".join(part for part in (first, _place(where)) if part)
    since = when and f"Hal itu dijalani sejak {_lower_first(when)}"
    texts = [first, since, _why(answers.why, "Ia melakukannya"), _how(answers.how, "Ia")]
    return [_paragraph(_sentence(text)) for text in texts if text]


# ---------------------------------------------------------------------------------------------- parts of sentences


def _place(where: str) -> str:
    return f"di {where}" if where and not _starts_with(where, _PREPOSITIONS) else _lower_first(where)


def _when(answer: str, date: str) -> str:
    """``Minggu pagi (22/11/2026)``: the answer, with the date of the event where it has none of its own.

    A day of the week that is not that of the date stays alone: a wrong pair would look like a checked fact.
    """
    said = _tidy(answer)
    if not said:
        return news_date(date)
    if not weekday(date) or re.search(r"\d{1,2}\s*[/-]\s*\d{1,2}|\b\d{4}\b|\d\s+[A-Za-z]{3,}\s*$", said):
        return said
    words = said.split()
    if any(day.casefold() in said.casefold() for day in WEEKDAYS):
        return _with_date(words, date) if weekday(date).casefold() in said.casefold() else said
    if words[0].casefold() in _RELATIVE:
        return f"{_lower_first(said)}, {news_date(date)}"
    if words[0].casefold() in {"pagi", "siang", "sore", "malam"}:
        return _with_date([weekday(date), words[0].lower(), *words[1:]], date)
    return f"{news_date(date)}, {_lower_first(said)}"


def _announced(story: Story) -> str:
    """When something to come is: the answer, but the day of the fact box for "besok" and a bare weekday.

    A notice is read for days: what was tomorrow when it was written no longer is.
    """
    said, near = _tidy(story.answers.when), parse_date(story.date)
    days = read_days(said, near, loose=True) if near else ()
    if not days or any(told.exact for told in days):
        return _when(said, story.date)
    rest = " ".join(f"{said[: days[0].start]} {said[days[0].end :]}".split()).strip(" ,")
    return ", ".join(part for part in (news_days(story.date, story.date_end), _lower_first(rest)) if part)


def _with_date(words: list[str], date: str) -> str:
    """The date after the day, before the time: ``Minggu pagi (22/11/2026), pukul 08.00``."""
    at = next((n for n, word in enumerate(words) if word.strip(",").casefold() in {"pukul", "jam"}), len(words))
    named = " ".join(words[:at]).rstrip(",")
    return ", ".join(part for part in (f"{named} ({short_date(date)})", " ".join(words[at:])) if part)


def _subject(what: str) -> str:
    return "Hal itu dilakukan" if not what or _is_verb(what) else "Kegiatan itu dilakukan"


def _why(answer: str, subject: str) -> str:
    said = _tidy(answer)
    if not said or _is_sentence(answer):
        return said
    if _starts_with(said, _REASONS):
        return f"{subject} {_lower_first(said)}"
    if said.casefold().startswith(("me", "ber")) and _is_verb(said):
        return f"{subject} untuk {_lower_first(said)}"
    return f"{subject} karena {_lower_first(said)}"


def _how(answer: str, subject: str) -> str:
    said = _tidy(answer)
    if not said or _is_sentence(answer):
        return said
    if _starts_with(said, _MANNERS):
        return f"Kegiatan itu berlangsung {_lower_first(said)}"
    if _is_verb(said) and not said.casefold().startswith("di"):
        return f"{subject} {_lower_first(said)}"
    return said


def _items(answer: str) -> list[str]:
    """What was listed: by lines, else by semicolons, else by commas."""
    said = answer.strip()
    for separator in ("\n", ";", ","):
        if separator in said:
            sign = r"^(?:\d+[.)]|[-*•]|dan)\s+" if separator == "\n" else r"^dan\s+"
            parts = [re.sub(sign, "", part.strip()) for part in said.split(separator)]
            return [part.rstrip(".") for part in parts if part]
    return [said.rstrip(".")] if said else []


def _is_verb(text: str) -> bool:
    """Whether the first word is a verb, as far as its form tells (KBBI prefixes me-, ber-, di-, ter-)."""
    word = re.sub(r"\W", "", text.split(maxsplit=1)[0]).casefold() if text.split() else ""
    if not word or word in _NOT_VERBS.split():
        return False
    return word in _PLAIN_VERBS.split() or (len(word) > 4 and re.match(r"me[mnlrwy]|meng|ber|ter|di", word) is not None)


def _is_sentence(answer: str) -> bool:
    said = answer.strip()
    return said[:1].isupper() and (said.endswith(".") or len(said.split()) >= _LONGEST_SENTENCE) and " " in said


def _starts_with(text: str, words: tuple[str, ...]) -> bool:
    return any(re.match(rf"{word}\b", text.strip(), re.IGNORECASE) for word in words)


def _tidy(answer: str) -> str:
    """One line without a full stop at its end."""
    return " ".join(answer.split()).rstrip(".").rstrip()


def _lower_first(text: str) -> str:
    """Without the capital of a beginning, unless it belongs to a name (``Posyandu Melati``) or an abbreviation."""
    words = text.split()
    if not words or not words[0][:1].isupper() or words[0][1:2].isupper():
        return text
    name = len(words) > 1 and words[1][:1].isupper()
    single_name = len(words) == 1 or words[0] in WEEKDAYS
    return text if name or single_name else text[0].lower() + text[1:]


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sentence(text: str) -> str:
    text = _upper_first(" ".join(text.split()))
    return text if not text or text[-1] in '.!?…”"' else f"{text}."
