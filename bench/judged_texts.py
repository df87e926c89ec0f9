"""Judges the language check on texts whose errors were listed by hand.

A folder holds ``name.txt`` beside ``name.errors.csv`` with the columns quote, kind, fix: the words as they stand in
the text (every place where they stand counts), what sort of error it is (``KINDS``), and what they should be (""
when there is no one right way). An error is caught when a finding overlaps it; its first fix is right when the
words then read as listed. A finding that touches no listed error is false. Lengths of sentences and paragraphs are
no claim about language and are skipped; tints never become findings.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studio.story.model import Group, Story

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from studio.checks.finding import Finding
    from studio.checks.language import LanguageChecker

KINDS = ("spelling", "apart", "sign", "capital", "quote", "date", "grammar", "other")
AIMED_AT = ("spelling", "apart", "sign", "capital", "date")
"""Kinds that the target of 85 % is about."""
_LENGTHS = frozenset({"language_long_sentence", "language_long_lead", "language_long_paragraph"})


@dataclass(frozen=True, slots=True)
class Listed:
    """An error that a person found."""

    text: str
    quote: str
    kind: str
    fix: str


@dataclass
class Tally:
    """What came of all texts."""

    words: int = 0
    caught: list[Listed] = field(default_factory=list)
    right: list[Listed] = field(default_factory=list)
    missed: list[Listed] = field(default_factory=list)
    wrong: list[tuple[Listed, str]] = field(default_factory=list)
    """Caught, but the first fix is another."""
    false: list[tuple[str, str, str, str]] = field(default_factory=list)
    """Text, code, words, first fix."""

    def share(self, kinds: tuple[str, ...] = KINDS) -> float:
        """Caught of all, in percent."""
        caught = sum(one.kind in kinds for one in self.caught)
        every = caught + sum(one.kind in kinds for one in self.missed)
        return 100 * caught / every if every else 100.0

    def share_right(self) -> float:
        """Right first fix of those caught that have one, in percent."""
        fixable = sum(bool(one.fix) for one in self.caught)
        return 100 * len(self.right) / fixable if fixable else 100.0

    def as_data(self) -> dict[str, object]:
        """Everything, for JSON."""
        by_kind = {
            kind: {
                "caught": sum(one.kind == kind for one in self.caught),
                "right_first_fix": sum(one.kind == kind for one in self.right),
                "missed": sum(one.kind == kind for one in self.missed),
            }
            for kind in KINDS
        }
        return {
            "words": self.words,
            "listed": len(self.caught) + len(self.missed),
            "caught": len(self.caught),
            "caught_percent": round(self.share(), 1),
            "caught_percent_aimed_at": round(self.share(AIMED_AT), 1),
            "right_first_fix": len(self.right),
            "right_first_fix_percent": round(self.share_right(), 1),
            "missed": len(self.missed),
            "false": len(self.false),
            "false_per_100_words": round(100 * len(self.false) / max(1, self.words), 2),
            "by_kind": by_kind,
            "false_by_code": dict(Counter(code for _, code, _, _ in self.false).most_common()),
            "missed_list": [[one.text, one.kind, one.quote, one.fix] for one in self.missed],
            "wrong_list": [[one.text, one.kind, one.quote, one.fix, got] for one, got in self.wrong],
            "false_list": [list(one) for one in self.false],
        }


def judge(checker: LanguageChecker, folder: Path) -> Tally:
    """Check every text of a folder and compare with its list."""
    tally = Tally()
    for path in sorted(folder.glob("*.txt")):
        body = as_body(path.read_text(encoding="utf-8-sig"))
        listed = _listed(path)
        found = [one for one in checker.check(Story(id="s", body=body), Group(name="KIM")) if one.code not in _LENGTHS]
        tally.words += len(body.split())
        _compare(tally, path.stem, body, listed, found)
    return tally


def as_body(text: str) -> str:
    """A text file as the body of a story: where no empty line parts paragraphs, each line is one."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return text if re.search(r"\n\s*\n", text) else re.sub(r"\n+", "\n\n", text)


def _listed(path: Path) -> list[Listed]:
    with path.with_name(f"{path.stem}.errors.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return [Listed(path.stem, row["quote"], row["kind"].strip(), row.get("fix") or "") for row in rows if row["quote"]]


def _compare(tally: Tally, name: str, body: str, listed: list[Listed], found: list[Finding]) -> None:
    touched: set[int] = set()
    for one in listed:
        spans = list(_places(body, one.quote))
        hits = [(number, span) for span in spans for number, finding in enumerate(found) if _overlap(finding, span)]
        touched.update(number for number, _ in hits)
        if not hits:
            tally.missed.append(one)
            continue
        tally.caught.append(one)
        if one.fix and any(_reads_right(body, one, span, [found[n] for n, s in hits if s == span]) for _, span in hits):
            tally.right.append(one)
        elif one.fix:
            first = found[hits[0][0]]
            tally.wrong.append((one, f"{first.code}: {first.fixes[0].text if first.fixes else ''}"))
    for number, finding in enumerate(found):
        if number not in touched:
            told = body[finding.place.start : finding.place.end] if finding.place else ""
            tally.false.append((name, finding.code, told, finding.fixes[0].text if finding.fixes else ""))


def _places(body: str, quote: str) -> Iterator[tuple[int, int]]:
    """Where a quote stands: as written, at the borders of words; else with any white space between its words."""
    edge_before = r"(?<!\w)" if quote[:1].isalnum() else ""
    edge_after = r"(?!\w)" if quote[-1:].isalnum() else ""
    exact = re.escape(quote)
    loose = r"\s+".join(map(re.escape, quote.split()))
    for pattern in (f"{edge_before}{exact}{edge_after}", exact, loose):
        hits = [found.span() for found in re.finditer(pattern, body)]
        if hits:
            yield from hits
            return


def _spans(finding: Finding) -> list[tuple[int, int]]:
    places = () if finding.place is None else (finding.place, *finding.more)
    return [(place.start, place.end) for place in places]


def _overlap(finding: Finding, span: tuple[int, int]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in _spans(finding))


def _reads_right(body: str, one: Listed, span: tuple[int, int], hits: list[Finding]) -> bool:
    """Whether the quote reads as listed after the first fixes of one finding, or of all that touch it."""
    edits = [
        (start, end, finding.fixes[0].text)
        for finding in hits
        if finding.fixes
        for start, end in _spans(finding)
        if start < span[1] and span[0] < end
    ]
    return any(_fixed(body, span, chosen) == _wanted(body, one, span, chosen) for chosen in ([e] for e in edits)) or (
        _fixed(body, span, edits) == _wanted(body, one, span, edits) if edits else False
    )


def _union(span: tuple[int, int], edits: list[tuple[int, int, str]]) -> tuple[int, int]:
    return min(span[0], *(start for start, _, _ in edits)), max(span[1], *(end for _, end, _ in edits))


def _fixed(body: str, span: tuple[int, int], edits: list[tuple[int, int, str]]) -> str:
    begin, end = _union(span, edits)
    text = body
    for start, stop, fix in sorted(edits, reverse=True):
        text = text[:start] + fix + text[stop:]
    return " ".join(text[begin : len(text) - (len(body) - end)].split())


def _wanted(body: str, one: Listed, span: tuple[int, int], edits: list[tuple[int, int, str]]) -> str:
    begin, end = _union(span, edits)
    return " ".join((body[begin : span[0]] + one.fix + body[span[1] : end]).split())


def report(tally: Tally, *, full: bool) -> Iterator[str]:
    """Lines for people."""
    data = tally.as_data()
    yield f"{data['words']} words, {data['listed']} errors listed"
    yield f"caught {data['caught']} ({data['caught_percent']} %); of {', '.join(AIMED_AT)}: " + (
        f"{data['caught_percent_aimed_at']} %"
    )
    yield f"right first fix {data['right_first_fix']} ({data['right_first_fix_percent']} % of the caught)"
    yield f"missed {data['missed']}, false {data['false']} ({data['false_per_100_words']} per 100 words)"
    for kind in KINDS:
        caught = sum(one.kind == kind for one in tally.caught)
        missed = sum(one.kind == kind for one in tally.missed)
        if caught + missed:
            right = sum(one.kind == kind for one in tally.right)
            yield f"  {kind:9} {caught:4} of {caught + missed:4} caught, {right:4} with the right first fix"
    if full:
        yield from (f"missed: {one.text}: {one.kind}: {one.quote!r} -> {one.fix!r}" for one in tally.missed)
        yield from (f"fix: {one.text}: {one.quote!r} -> {one.fix!r}, got {got!r}" for one, got in tally.wrong)
        yield from (f"false: {name}: {code}: {told!r} -> {fix!r}" for name, code, told, fix in tally.false)
