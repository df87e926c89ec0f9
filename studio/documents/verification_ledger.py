"""The verification ledger of a story on paper (PDF) and as a table (CSV): for the archive, or for a meeting.

Both say the same: every row with its evidence and hashes, who was asked, the verdict, and what the row said before.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.base.errors import Notice
from studio.documents.office_paper import PAGE, SOFT, box, page
from studio.story import claims, dates

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from studio.base.i18n import Texts
    from studio.story.model import Claim, ClaimChange, Contact, Evidence, Group, Story

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a cell that begins so for a formula (OWASP, "CSV injection")."""


@dataclass(frozen=True, slots=True)
class _Words:
    """Puts the ledger into words.

    Attributes:
        texts: the language.
        group: for its time zone.
    """

    texts: Texts
    group: Group

    def say(self, code: str, **facts: object) -> str:
        return self.texts.text(f"ledger.{code}", **facts)

    def choice(self, field: str, value: str) -> str:
        """A value of a closed list as people read it; free text as it stands."""
        known = {
            "kind": claims.KINDS,
            "verdict": (*claims.VERDICTS, "checking"),
            "disorder": claims.DISORDERS,
            "confidence": ("low", "medium", "high"),
        }
        return self.say(f"{field}.{value}") if value in known.get(field, ()) else value

    def moment(self, text: str) -> str:
        return dates.date_and_clock(text, self.group.time_zone) or text

    def evidence(self, item: Evidence) -> str:
        parts = [item.name or item.url or item.file, item.note, self.moment(item.when)]
        parts += [f"SHA-256 {item.sha256}" if item.sha256 else ""]
        parts += [self.say("struck", reason=item.struck) if item.struck else ""]
        return "; ".join(part for part in parts if part)

    def contact(self, contact: Contact) -> str:
        answer = contact.answer.strip() or self.say("no_answer")
        head = ", ".join(part for part in (contact.name, contact.how, self.moment(contact.when)) if part)
        marks = [self.say("harmed_party")] if contact.harmed else []
        marks += [self.say("struck", reason=contact.struck)] if contact.struck else []
        return f"{head}: {_one(answer)}" + "".join(f" ({mark})" for mark in marks)

    def change(self, line: ClaimChange) -> str:
        field = line.field.partition("/")[0]
        before, after = (_one(self.choice(field, value)) or "–" for value in (line.before, line.after))
        who = ", ".join(part for part in (self.moment(line.when), line.by) if part)
        return f"{who}: {self.say(f'field.{field}')}: {before} → {after}"


def _one(text: str) -> str:
    return " ".join(text.split())


def _yes(words: _Words, on: bool) -> str:
    return words.say("yes" if on else "no")


def _plain(claim: Claim, words: _Words) -> Iterator[tuple[str, str]]:
    """The fields of a row that are one text, by the code of their name."""
    yield "verdict", words.choice("verdict", claim.verdict) or words.say("verdict.none")
    for field in ("disorder", "confidence", "kind"):
        yield field, words.choice(field, getattr(claim, field))
    for field in ("explanation", "anchor", "first_seen"):
        yield field, getattr(claim, field).strip()
    yield "received", dates.long_date(claim.received) or claim.received
    for step in claims.STEPS:
        yield f"step.{step}", claim.steps.get(step, "").strip()
    for field in ("checker", "second_reader"):
        yield field, getattr(claim, field).strip()
    yield "date", dates.long_date(claim.date) or claim.date
    yield "harmful", _yes(words, claim.harmful)
    yield "public", _yes(words, claim.public)
    yield "closed", f"{words.moment(claim.closed)}: {claim.closed_reason}" if claim.closed else ""


def _lists(claim: Claim, words: _Words) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "evidence", tuple(words.evidence(item) for item in claim.evidence)
    yield "asked", tuple(words.contact(contact) for contact in claim.asked)
    yield "references", tuple(_one(reference) for reference in claim.references)
    yield "changes", tuple(words.change(line) for line in claim.changes)


# ------------------------------------------------------------------------------------------------ table


def ledger_csv(story: Story, group: Group, texts: Texts) -> bytes:
    """The ledger as a table for LibreOffice and Excel: UTF-8 with a mark, one line a row, lists joined by line ends.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    words = _Words(texts, group)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for number, claim in enumerate(story.claims, 1):
        fields = [*_plain(claim, words), *((code, "\n".join(lines)) for code, lines in _lists(claim, words))]
        if number == 1:
            writer.writerow(
                [words.say("number"), words.say("claim"), *(words.say(f"label.{code}") for code, _ in fields)]
            )
        writer.writerow([str(number), *(_safe(cell) for cell in (claim.text, *(value for _, value in fields)))])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_DANGEROUS) else cell


def write_ledger_csv(path: Path, story: Story, group: Group, texts: Texts) -> None:
    """Write ``ledger_csv`` to a file, whole or not at all.

    Raises:
        UserError: it cannot be written there.
    """
    from studio.base.finished_files import finished

    with finished(path) as part:
        part.write_bytes(ledger_csv(story, group, texts))


# ------------------------------------------------------------------------------------------------ paper


def write_ledger_pdf(path: Path, story: Story, group: Group, texts: Texts, today: str) -> tuple[Notice, ...]:
    """Write the ledger as an A4 document, with what still needs the network at its end.

    Needs a Qt application (``paint.app``).

    Args:
        path: the file; it appears whole or not at all.
        story: its headline stands on top.
        group: who keeps the ledger.
        texts: language.
        today: ISO date, printed.

    Returns:
        A warning when the ledger was too long for the 12 pages of one document.

    Raises:
        UserError: it cannot be written there.
    """
    from studio.base.finished_files import finished
    from studio.paint.pdf import paint_flow

    words = _Words(texts, group)
    title = words.say("title")
    with finished(path) as part:
        first, following = _first_page(story, words, today), _later_page(story, words)
        lost = paint_flow(first, following, part, title=f"{title}: {story.headline}", author=group.name)
    return (Notice("ledger.too_long", {"file": path.name}),) if any(box.box == "isi" for box in lost) else ()


def ledger_flow(story: Story, group: Group, texts: Texts) -> str:
    """The ledger as the lines of a printed flow: ``## `` a heading, ``> `` a quotation, ``- `` a list item."""
    words = _Words(texts, group)
    lines: list[str] = []
    for number, claim in enumerate(story.claims, 1):
        lines += _claim_lines(number, claim, words)
    if tasks := claims.todo(story):
        lines += [f"## {words.say('todo_title')}"]
        lines += [f"- ☐ {words.say(f'todo.{task.code}', about=_one(task.about))}" for task in tasks]
    return "\n".join(lines) if story.claims else words.say("empty")


def _claim_lines(number: int, claim: Claim, words: _Words) -> list[str]:
    lines = [f"## {words.say('heading', number=number)}", f"> “{_one(claim.text)}”"]
    lines += [f"- {words.say(f'label.{code}')}: {_one(value)}" for code, value in _plain(claim, words) if value]
    for code, items in _lists(claim, words):
        if items:
            lines += [f"{words.say(f'label.{code}')}:", *(f"- {item}" for item in items)]
    return lines


def _flow(top: float, text: str) -> str:
    room = PAGE[1] - 44 - top
    return box("isi", top, room, text, 10, min=10, font="IBM Plex Serif", lead=1.34, flow="isi", weight=400)


def _first_page(story: Story, words: _Words, today: str) -> str:
    decided = sum(claims.decided(claim) for claim in claims.open_claims(story))
    facts = {"count": len(story.claims), "decided": decided, "date": dates.full_date(today) or today}
    name = words.group.name or "KIM"
    return page(
        words.group,
        box("grup", 30, 18, name, 12, weight=700, lines=1, color=SOFT),
        box("judul", 50, 34, words.say("title"), 26, weight=800, lines=1),
        box("berita", 88, 40, story.headline or words.say("no_headline"), 15, weight=600, lines=2, lead=1.2),
        box("ringkas", 130, 16, words.say("summary", **facts), 10.5, weight=500, lines=1, color=SOFT),
        _flow(160, ledger_flow(story, words.group, words.texts)),
        _foot(words, 1),
    )


def _later_page(story: Story, words: _Words) -> str:
    head = f"{words.say('title')}: {_one(story.headline)}"
    return page(
        words.group,
        box("judul", 26, 18, head, 10.5, weight=600, lines=1, color=SOFT),
        _flow(58, "@sisa@"),
        _foot(words, 0),
    )


def _foot(words: _Words, number: int) -> str:
    text = words.say("page", number=number or "@halaman@")
    return box("kaki", PAGE[1] - 34, 14, text, 9, weight=500, lines=1, align="right", color=SOFT)


def change_line(line: ClaimChange, group: Group, texts: Texts) -> str:
    """One line of a row's log in words: when, who, what it said before and after."""
    return _Words(texts, group).change(line)


def todo_text(story: Story, texts: Texts) -> str:
    """What needs the network or the phone, as a list to take along; "" when there is nothing."""
    tasks = claims.todo(story)
    lines = [f"☐ {texts.text(f'ledger.todo.{task.code}', about=_one(task.about))}" for task in tasks]
    head = texts.text("ledger.todo_head", headline=_one(story.headline) or texts.text("ledger.no_headline"))
    return "\n".join([head, *lines]) + "\n" if lines else ""
