"""Rules about facts: the ledger of claims, quotations and their speakers, numbers, what sources asked for.

Levels and articles are those of the checklist (``data/daftar_periksa.csv`` of the design: P05 to P10, P21, P27, P29).
KEJ is the Kode Etik Jurnalistik (Peraturan Dewan Pers 6/2008), PPMS the Pedoman Pemberitaan Media Siber (2012).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.checks.finding import Finding
from studio.checks.ways_out import add_sources
from studio.story import claims
from studio.story.places import TextPlace, placed_texts
from studio.story.quotation import MARKS, find_quotations, read_signed, with_double_marks
from studio.story.sources import sources_of
from studio.story.text import cut_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.checks.finding import Level
    from studio.story.model import Claim, Source, Story

SOURCES_NEEDED = 2
"""Independent sources of a fact check and of a claim that speaks ill of someone (PPMS 2; practice of CekFakta)."""
URGENT_WORDS = "masih memerlukan verifikasi"
"""What a story must tell its readers when it goes out before it is verified (PPMS 2c)."""
_LONGEST_QUOTED = 72
_SHORTEST_QUOTED = 12
_LEAST_WORDS = 4
"""Fewer words in quotation marks are a term, not something someone said."""
_PARAGRAPH = re.compile(r"\S.*?(?=\n\s*\n|\Z)", re.DOTALL)
_NUMBER = re.compile(
    r"(?:Rp\s?\d[\d.,]*(?:\s(?:ribu|juta|miliar|triliun))?)|(?:\d[\d.,]*\s(?:persen|ribu|juta|miliar|triliun)\b)|\d+(?:,\d+)?\s?%"
)
_TOLD = re.compile(
    r"\b(?:kata|ujar|ucap|tutur|ungkap|jelas|terang|papar|imbuh|tambah|tegas|lanjut|sebut|catat|data|menurut|berdasarkan"
    r"|dihitung|hasil|laporan|mencatat|menyebut\w*|mengatakan|menjelaskan|menyampaikan|menunjukkan|ditetapkan|tercatat"
    r"|anggaran|harga|sewa|tarif|iuran)(?:nya)?\b",
    re.IGNORECASE,
)
_CONCLUDES = re.compile(
    r"\b(?:hoaks|salah|keliru|palsu|bukan|menyesatkan|benar|belum terbukti|tidak terbukti|ternyata|cek fakta)\b",
    re.IGNORECASE,
)
_SEEN = frozenset({"photo", "video", "screenshot"})


def check_facts(story: Story, today: str = "") -> tuple[Finding, ...]:
    """Everything about facts.

    Args:
        story: any story.
        today: ISO date; "" takes the day the story was last changed.

    Returns:
        Findings of topic ``facts``: the ledger first, then the text.
    """
    found = [finding for claim in claims.open_claims(story) for finding in _claim_findings(story, claim)]
    if story.kind == "factcheck":
        found += _factcheck_findings(story)
    return (
        *found,
        *_picture_findings(story),
        *_date_findings(story, today),
        *_source_findings(story),
        *_quote_findings(story),
        *_number_findings(story),
    )


def _fact_finding(code: str, level: Level, place: TextPlace | None, source: str, **facts: object) -> Finding:
    return Finding(code, level, "facts", place, facts, source)


# ------------------------------------------------------------------------------------------------ the ledger


def _claim_place(claim: Claim, field: str = "text") -> TextPlace:
    return TextPlace(f"claims/{claim.id}/{field}")


def _claim_findings(story: Story, claim: Claim) -> Iterator[Finding]:
    told = cut_line(claim.text, _LONGEST_QUOTED)
    if story.kind == "factcheck":
        yield from _checked_claim(claim, told)
    elif not claims.is_decided(claim):
        yield from _unresolved_findings(story, claim, told)
    elif claim.verdict == "false":
        yield _fact_finding("facts_false", "block", _claim_place(claim, "verdict"), "KEJ 1, 3, 4", claim=told)
    elif claim.verdict != "true":
        yield _fact_finding("facts_not_all_true", "warning", _claim_place(claim, "verdict"), "KEJ 1, 3", claim=told)
    if claims.is_decided(claim) and not claims.evidence_of(claim) and not claims.sources_of(claim):
        yield _fact_finding("facts_no_evidence", "warning", _claim_place(claim, "evidence"), "KEJ 1, 3", claim=told)
    if claim.harmful:
        yield from _harm_findings(claim, told)


def _unresolved_findings(story: Story, claim: Claim, told: str) -> Iterator[Finding]:
    if not claim.urgent:
        yield _fact_finding("facts_unresolved", "block", _claim_place(claim, "verdict"), "KEJ 3; PPMS 2", claim=told)
        return
    if URGENT_WORDS not in " ".join(story.body.casefold().split()):
        yield _fact_finding("facts_urgent_words", "block", TextPlace("body"), "PPMS 2c", claim=told, words=URGENT_WORDS)
    if not sources_of(story) and not claim.asked:
        yield _fact_finding("facts_urgent_source", "block", _claim_place(claim, "asked"), "PPMS 2c", claim=told)


def _harm_findings(claim: Claim, told: str) -> Iterator[Finding]:
    count = len(claims.sources_of(claim))
    if count < SOURCES_NEEDED:
        facts = {"claim": told, "count": count, "needed": SOURCES_NEEDED}
        yield _fact_finding(
            "facts_harm_sources", "block", _claim_place(claim, "references"), "KEJ 1, 3; PPMS 2", **facts
        )
    if not claims.harmed_asked(claim):
        yield _fact_finding("facts_harm_asked", "block", _claim_place(claim, "asked"), "PPMS 2", claim=told)


def _checked_claim(claim: Claim, told: str) -> Iterator[Finding]:
    if not claims.is_decided(claim):
        yield _fact_finding("factcheck_no_verdict", "block", _claim_place(claim, "verdict"), "KEJ 3", claim=told)
    elif not claim.explanation.strip():
        yield _fact_finding(
            "factcheck_no_explanation", "block", _claim_place(claim, "explanation"), "KEJ 3", claim=told
        )
    count = len(claims.sources_of(claim))
    if count < SOURCES_NEEDED:
        # Where nothing can be found out, that two were asked cannot be had either.
        level: Level = "warning" if claim.verdict == "unproven" else "block"
        facts = {"claim": told, "count": count, "needed": SOURCES_NEEDED}
        yield _fact_finding(
            "factcheck_sources", level, _claim_place(claim, "references"), "KEJ 1, 3; praktik CekFakta", **facts
        )
    missing = sum(not claim.steps.get(step, "").strip() for step in claims.STEPS)
    if missing:
        yield _fact_finding(
            "factcheck_steps", "warning", _claim_place(claim, "steps/stop"), "SIFT", claim=told, count=missing
        )
    if not claim.checker.strip():
        yield _fact_finding(
            "factcheck_checker", "warning", _claim_place(claim, "checker"), "praktik CekFakta", claim=told
        )
    reader = claim.second_reader.strip().casefold()
    if not reader or reader == claim.checker.strip().casefold():
        level = "warning" if claim.harmful else "advice"
        yield _fact_finding(
            "factcheck_second_reader", level, _claim_place(claim, "second_reader"), "praktik redaksi", claim=told
        )
    if claim.kind in _SEEN and not claim.picture and claim.verdict not in {"", "true"}:
        yield _fact_finding(
            "factcheck_picture", "advice", _claim_place(claim, "picture"), "praktik Mafindo", claim=told
        )


def _factcheck_findings(story: Story) -> Iterator[Finding]:
    rows = claims.open_claims(story)
    if not rows:
        yield _fact_finding("factcheck_no_claim", "block", TextPlace("claims"), "KEJ 3")
        return
    if not any(claim.public for claim in rows):
        yield _fact_finding("factcheck_hidden", "warning", _claim_place(rows[0], "public"), "praktik CekFakta")
    if story.headline.strip() and not _CONCLUDES.search(story.headline):
        yield _fact_finding("factcheck_headline", "advice", TextPlace("headline"), "praktik CekFakta")


def _picture_findings(story: Story) -> Iterator[Finding]:
    """A picture that went round with an untrue claim is shown only under the stamp of its verdict (P29)."""
    stamped = claims.circulated_photos(story)
    for claim in claims.open_claims(story):
        files = {item.file for item in claims.evidence_of(claim) if item.file}
        if claim.verdict == "true":
            continue
        for number, video in enumerate(story.videos, 1):
            if video.file in files:
                place = TextPlace(f"videos/{video.id}/caption")
                facts = {"number": number, "claim": cut_line(claim.text, _LONGEST_QUOTED)}
                yield _fact_finding("facts_unstamped_clip", "block", place, "praktik Mafindo", **facts)
        for number, photo in enumerate(story.photos, 1):
            if photo.file in files and photo.id not in stamped:
                facts = {"number": number, "claim": cut_line(claim.text, _LONGEST_QUOTED)}
                yield _fact_finding(
                    "facts_unstamped", "block", _claim_place(claim, "picture"), "praktik Mafindo", **facts
                )
            elif photo.id == claim.picture and story.kind != "factcheck":
                facts = {"number": number, "claim": cut_line(claim.text, _LONGEST_QUOTED)}
                yield _fact_finding(
                    "facts_left_out", "warning", TextPlace(f"photos/{photo.id}/caption"), "KEJ 2", **facts
                )


# ------------------------------------------------------------------------------------------------ the text


def _date_findings(story: Story, today: str) -> Iterator[Finding]:
    day = (today or story.modified)[:10]
    if story.kind not in {"event", "notice"} and day and story.date[:10] > day:
        yield _fact_finding("facts_future", "warning", TextPlace("date"), "KEJ 3", date=story.date[:10])


def _source_findings(story: Story) -> Iterator[Finding]:
    """What a source asked for is kept: off the record and background never name, an embargo waits (P21)."""
    for number, source in enumerate(story.sources):
        name = " ".join(source.name.split())
        if not name:
            continue
        if source.terms in {"off_record", "background"}:
            for place in _name_mentions(story, name):
                yield _fact_finding(f"facts_{source.terms}", "block", place, "KEJ 7", name=name)
        if source.terms == "embargo":
            yield _fact_finding("facts_embargo", "warning", TextPlace(f"sources/{number}/name"), "KEJ 7", name=name)
        if not source.role.strip():
            yield _fact_finding("facts_source_role", "advice", TextPlace(f"sources/{number}/role"), "KEJ 2", name=name)


def _name_mentions(story: Story, name: str) -> Iterator[TextPlace]:
    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
    for field, text in placed_texts(story):
        if not field.startswith("sources/"):
            yield from (TextPlace(field, hit.start(), hit.end()) for hit in pattern.finditer(text))


def _quote_findings(story: Story) -> Iterator[Finding]:
    """Every direct quotation has its speaker among the sources (P06)."""
    paragraphs = list(_PARAGRAPH.finditer(story.body))
    sources = sources_of(story)
    names = [word for source in sources for word in _name_words(source)]
    for at, paragraph in enumerate(paragraphs):
        for start, end in _quoted_ranges(paragraph):
            place = TextPlace("body", start, end)
            if not sources:
                # Once only: without any source all quotations would say the same.
                yield Finding("facts_quote_nobody", "block", "facts", place, {}, "KEJ 2", add_sources(story))
                return
            near = " ".join(other[0] for other in paragraphs[max(0, at - 1) : at + 2])
            if not any(name in near.casefold() for name in names):
                fixes = add_sources(story, near)
                yield Finding("facts_quote_unknown", "warning", "facts", place, {}, "KEJ 2", fixes)


def _quoted_ranges(paragraph: re.Match[str]) -> Iterator[tuple[int, int]]:
    """What someone said: between marks of any form, after one that nobody closed, and in a block that is signed."""
    text = with_double_marks(paragraph[0])
    found = find_quotations(text)
    if not found and text.startswith(">") and read_signed(text).name:
        yield paragraph.span()
    for said in found:
        words = text[said.start : said.end].strip(MARKS + "'`")
        if said.opening is not None and len(words) >= _SHORTEST_QUOTED and len(words.split()) >= _LEAST_WORDS:
            yield paragraph.start() + said.start, paragraph.start() + said.end


def _name_words(source: Source) -> list[str]:
    """Words that can stand for a source in the text: its name's, of three letters and more."""
    return [word.casefold() for word in re.findall(r"[^\W\d_]{3,}", source.name)]


def _number_findings(story: Story) -> Iterator[Finding]:
    """A paragraph with a sum of money or a share says where it is from (P07)."""
    paragraphs = list(_PARAGRAPH.finditer(story.body))
    names = [word for source in sources_of(story) for word in _name_words(source)]
    for at, paragraph in enumerate(paragraphs):
        number = _NUMBER.search(paragraph[0])
        if number is None:
            continue
        near = " ".join(other[0] for other in paragraphs[max(0, at - 1) : at + 2])
        if not _TOLD.search(near) and not any(name in near.casefold() for name in names):
            place = TextPlace("body", paragraph.start() + number.start(), paragraph.start() + number.end())
            yield _fact_finding("facts_number", "warning", place, "KEJ 3", word=number[0])
