"""A first draft from the answers to what, who, where, when, why and how.

People answer in fragments ("perbaikan saluran", "warga dusun", "Minggu pagi", "karena jebol"). The rules below join
these into plain Indonesian sentences that are grammatical whichever way a question was answered; nothing is invented
and nothing is left out. The words are language data of the story (always Indonesian), not texts of the window.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.base.locale_forms import WEEKDAYS
from studio.story.body import BlockKind, BodyBlock, TextSpan, normalise_blocks
from studio.story.clause_answers import answer_clause, clause_with
from studio.story.date_formats import news_date, news_days, parse_date, short_date, weekday
from studio.story.date_reading import read_days
from studio.story.model import ANNOUNCED
from studio.story.text import close_sentence

if TYPE_CHECKING:
    from studio.story.model import LeadAnswers, Story

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


def draft_body(story: Story) -> tuple[BodyBlock, ...]:
    """The first draft of a story from its answers, in the form of its kind; empty when nothing was answered."""
    answers = story.answers
    when = _announced_day(story) if story.kind in ANNOUNCED else _when_words(answers.when, story.date)
    where = answers.where.strip() or story.place.strip()
    if not any((answers.what, answers.who, answers.why, answers.how)) and not answers.when.strip():
        return ()
    match story.kind:
        case "notice":
            return normalise_blocks(_draft_notice(answers, where, when))
        case "factcheck":
            return normalise_blocks(_fact_check(answers, where, _tidy_answer(answers.when)))
        case "profile":
            return normalise_blocks(_draft_profile(answers, where, _tidy_answer(answers.when)))
        case _:
            return normalise_blocks([_draft_paragraph(_draft_lead(answers, where, when, coming=story.kind == "event"))])


def _draft_paragraph(text: str, kind: BlockKind = "paragraph") -> BodyBlock:
    return BodyBlock(kind, (TextSpan(text),))


# ---------------------------------------------------------------------------------------------- kinds of story


def _draft_lead(answers: LeadAnswers, where: str, when: str, *, coming: bool) -> str:
    """``Sekitar 80 warga memperbaiki saluran irigasi di Dusun Cibeureum, Minggu (22/11/2026). Hal itu ...``."""
    what, who = _tidy_answer(answers.what), _tidy_answer(answers.who)
    first, beside = _who_what(who, what, coming=coming)
    place = _place_words(where)
    if first and place and where.casefold() not in first.casefold():
        first = f"{first} {place}"
    elif not first:
        first = place
    first = ", ".join(part for part in (first, when) if part)
    return " ".join(
        _full_sentence(part)
        for part in (
            first,
            beside,
            _why_sentence(answers.why, _sentence_subject(what)),
            _how_sentence(answers.how, "Mereka" if who else "Warga"),
        )
        if part
    )


def _who_what(who: str, what: str, *, coming: bool) -> tuple[str, str]:
    """The clause of who does what, and a sentence beside it for those who do not fit into it."""
    will = "akan " if coming else ""
    if clause := answer_clause(what, who, _is_verb):
        return clause_with(clause, who, will)
    if not who:
        return (f"{what} {will}digelar" if coming and what and not _is_verb(what) else what), ""
    if not what:
        return who, ""
    if _is_verb(what):
        said = _lower_first(what)
        return f"{who} {'' if said.startswith('akan ') else will}{said}", ""
    return f"{who} {will}{'menggelar' if coming else 'melaksanakan'} {_lower_first(what)}", ""


def _draft_notice(answers: LeadAnswers, where: str, when: str) -> list[BodyBlock]:
    """What, when and where in one sentence; then who it is for, why, and a list of what to bring or do."""
    what = _tidy_answer(answers.what)
    happened = _is_verb(" ".join(what.split()[1:2]))  # "Banjir merendam ..." is a sentence already
    complete = happened or not what or _is_verb(what) or answer_clause(what, "", _is_verb) is not None
    verb = "" if complete else "dilaksanakan"
    first = " ".join(part for part in (what or "Kegiatan", verb, _place_words(where)) if part)
    blocks = [_draft_paragraph(_full_sentence(", ".join(part for part in (first, when) if part)))]
    if who := _tidy_answer(answers.who):
        blocks.append(
            _draft_paragraph(_full_sentence(f"{'Warga terdampak' if happened else 'Sasaran'}: {_lower_first(who)}"))
        )
    if why := _why_sentence(answers.why, "Hal itu terjadi" if happened else _sentence_subject(what)):
        blocks.append(_draft_paragraph(_full_sentence(why)))
    if items := _listed_items(answers.how):
        blocks.append(_draft_paragraph("Yang perlu diperhatikan warga", "heading"))
        blocks += [_draft_paragraph(_upper_first(item), "bullet") for item in items]
    return blocks


def _fact_check(answers: LeadAnswers, where: str, when: str) -> list[BodyBlock]:
    """Claim, inquiry, conclusion: the parts of a fact check (domain.md 2.4).

    The lead stands alone in short posts, in lists and over a loudspeaker: it must not read as if the claim were true.
    """
    spread = " ".join(part for part in (f"di {where}" if where else "", when and f"sejak {_lower_first(when)}") if part)
    by = f"disebarkan oleh {_lower_first(_tidy_answer(answers.who))}" if answers.who.strip() else ""
    told = " ".join(part for part in ("Beredar klaim", spread, by) if part)
    claim = _tidy_answer(answers.what)
    lead = _full_sentence(f"{told}: {claim}" if claim else told) if claim or spread or by else ""
    result = _full_sentence(f"Hasil pemeriksaan kami: {_lower_first(_tidy_answer(answers.why))}") if answers.why else ""
    blocks = [_draft_paragraph(" ".join(part for part in (lead, result) if part))] if lead else []
    for heading, text in (("Penelusuran", answers.how), ("Kesimpulan", answers.why)):
        if said := _full_sentence(text):
            blocks += [_draft_paragraph(heading, "heading"), _draft_paragraph(said)]
    return blocks


def _draft_profile(answers: LeadAnswers, where: str, when: str) -> list[BodyBlock]:
    who, what = _tidy_answer(answers.who), _tidy_answer(answers.what)
    link = " " if _is_verb(what) else " adalah "
    clause = answer_clause(what, who, _is_verb)
    if clause and set(who.casefold().split()) & set(clause.subject.casefold().split()):
        first = clause_with(clause, who, "")[0]
    else:
        first = f"{who}{link}{_lower_first(what)}" if who and what else who or what
    first = " ".join(part for part in (first, _place_words(where)) if part)
    since = when and f"Hal itu dijalani sejak {_lower_first(when)}"
    texts = [first, since, _why_sentence(answers.why, "Ia melakukannya"), _how_sentence(answers.how, "Ia")]
    return [_draft_paragraph(_full_sentence(text)) for text in texts if text]


# ---------------------------------------------------------------------------------------------- parts of sentences


def _place_words(where: str) -> str:
    return f"di {where}" if where and not _starts_with(where, _PREPOSITIONS) else _lower_first(where)


def _when_words(answer: str, date: str) -> str:
    """``Minggu pagi (22/11/2026)``: the answer, with the date of the event where it has none of its own.

    A day of the week that is not that of the date stays alone: a wrong pair would look like a checked fact.
    """
    said = _tidy_answer(answer)
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


def _announced_day(story: Story) -> str:
    """When something to come is: the answer, but the day of the fact box for "besok" and a bare weekday.

    A notice is read for days: what was tomorrow when it was written no longer is.
    """
    said, near = _tidy_answer(story.answers.when), parse_date(story.date)
    days = read_days(said, near, loose=True) if near else ()
    if not days or any(told.exact for told in days):
        return _when_words(said, story.date)
    rest = " ".join(f"{said[: days[0].start]} {said[days[0].end :]}".split()).strip(" ,")
    return ", ".join(part for part in (news_days(story.date, story.date_end), _lower_first(rest)) if part)


def _with_date(words: list[str], date: str) -> str:
    """The date after the day, before the time: ``Minggu pagi (22/11/2026), pukul 08.00``."""
    at = next((n for n, word in enumerate(words) if word.strip(",").casefold() in {"pukul", "jam"}), len(words))
    named = " ".join(words[:at]).rstrip(",")
    return ", ".join(part for part in (f"{named} ({short_date(date)})", " ".join(words[at:])) if part)


def _sentence_subject(what: str) -> str:
    return (
        "Hal itu dilakukan"
        if not what or _is_verb(what) or answer_clause(what, "", _is_verb)
        else "Kegiatan itu dilakukan"
    )


def _why_sentence(answer: str, subject: str) -> str:
    said = _tidy_answer(answer)
    if not said or _is_sentence(answer):
        return said
    if _starts_with(said, _REASONS):
        return f"{subject} {_lower_first(said)}"
    if said.casefold().startswith(("me", "ber")) and _is_verb(said):
        return f"{subject} untuk {_lower_first(said)}"
    return f"{subject} karena {_lower_first(said)}"


def _how_sentence(answer: str, subject: str) -> str:
    said = _tidy_answer(answer)
    if not said or _is_sentence(answer):
        return said
    if _starts_with(said, _MANNERS):
        return f"Kegiatan itu berlangsung {_lower_first(said)}"
    if _is_verb(said) and not said.casefold().startswith("di"):
        return f"{subject} {_lower_first(said)}"
    return said


def _listed_items(answer: str) -> list[str]:
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


def _tidy_answer(answer: str) -> str:
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


def _full_sentence(text: str) -> str:
    return close_sentence(_upper_first(" ".join(text.split())))
