"""The verification ledger of a story on paper (PDF) and as a table (CSV): for the archive, or for a meeting.

Both say the same: every row with its evidence and hashes, who was asked, the verdict, and what the row said before.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.base.errors import WorkNotice
from studio.documents.office_paper import PAGE, SOFT, paper_page, text_box
from studio.documents.spreadsheets import safe_cell
from studio.story import claims, date_formats

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.story.model import Claim, ClaimChange, ClaimContact, ClaimEvidence, Group, Story


@dataclass(frozen=True, slots=True)
class _LedgerWords:
    """Puts the ledger into words.

    Attributes:
        texts: the language.
        group: for its time zone.
    """

    texts: MessageTexts
    group: Group

    def say_code(self, code: str, **facts: object) -> str:
        return self.texts.text(f"ledger.{code}", **facts)

    def choice(self, field: str, value: str) -> str:
        """A value of a closed list as people read it; free text as it stands."""
        known = {
            "kind": claims.KINDS,
            "verdict": (*claims.VERDICTS, "checking"),
            "disorder": claims.DISORDERS,
            "confidence": ("low", "medium", "high"),
        }
        return self.say_code(f"{field}.{value}") if value in known.get(field, ()) else value

    def moment_words(self, text: str) -> str:
        return date_formats.date_and_clock(text, self.group.time_zone) or text

    def evidence(self, item: ClaimEvidence) -> str:
        parts = [item.name or item.url or item.file, item.note, self.moment_words(item.when)]
        parts += [f"SHA-256 {item.sha256}" if item.sha256 else ""]
        parts += [self.say_code("struck", reason=item.struck) if item.struck else ""]
        return "; ".join(part for part in parts if part)

    def contact_words(self, contact: ClaimContact) -> str:
        answer = contact.answer.strip() or self.say_code("no_answer")
        head = ", ".join(part for part in (contact.name, contact.how, self.moment_words(contact.when)) if part)
        marks = [self.say_code("harmed_party")] if contact.harmed else []
        marks += [self.say_code("struck", reason=contact.struck)] if contact.struck else []
        return f"{head}: {_one_line(answer)}" + "".join(f" ({mark})" for mark in marks)

    def change_words(self, line: ClaimChange) -> str:
        field = line.field.partition("/")[0]
        before, after = (_one_line(self.choice(field, value)) or "–" for value in (line.before, line.after))
        who = ", ".join(part for part in (self.moment_words(line.when), line.by) if part)
        return f"{who}: {self.say_code(f'field.{field}')}: {before} → {after}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _yes_word(words: _LedgerWords, on: bool) -> str:
    return words.say_code("yes" if on else "no")


def _plain_fields(claim: Claim, words: _LedgerWords) -> Iterator[tuple[str, str]]:
    """The fields of a row that are one text, by the code of their name."""
    yield "verdict", words.choice("verdict", claim.verdict) or words.say_code("verdict.none")
    for field in ("disorder", "confidence", "kind"):
        yield field, words.choice(field, getattr(claim, field))
    for field in ("explanation", "anchor", "first_seen"):
        yield field, getattr(claim, field).strip()
    yield "received", date_formats.long_date(claim.received) or claim.received
    for step in claims.STEPS:
        yield f"step.{step}", claim.steps.get(step, "").strip()
    for field in ("checker", "second_reader"):
        yield field, getattr(claim, field).strip()
    yield "date", date_formats.long_date(claim.date) or claim.date
    yield "harmful", _yes_word(words, claim.harmful)
    yield "public", _yes_word(words, claim.public)
    yield "closed", f"{words.moment_words(claim.closed)}: {claim.closed_reason}" if claim.closed else ""


def _list_fields(claim: Claim, words: _LedgerWords) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "evidence", tuple(words.evidence(item) for item in claim.evidence)
    yield "asked", tuple(words.contact_words(contact) for contact in claim.asked)
    yield "references", tuple(_one_line(reference) for reference in claim.references)
    yield "changes", tuple(words.change_words(line) for line in claim.changes)


# ------------------------------------------------------------------------------------------------ table


def ledger_csv(story: Story, group: Group, texts: MessageTexts) -> bytes:
    """The ledger as a table for LibreOffice and Excel: UTF-8 with a mark, one line a row, lists joined by line ends.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    words = _LedgerWords(texts, group)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for number, claim in enumerate(story.claims, 1):
        fields = [
            *_plain_fields(claim, words),
            *((code, "\n".join(lines)) for code, lines in _list_fields(claim, words)),
        ]
        if number == 1:
            writer.writerow(
                [
                    words.say_code("number"),
                    words.say_code("claim"),
                    *(words.say_code(f"label.{code}") for code, _ in fields),
                ]
            )
        writer.writerow([str(number), *(safe_cell(cell) for cell in (claim.text, *(value for _, value in fields)))])
    # Excel takes a CSV file without a byte order mark for the computer's own code page.
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def write_ledger_csv(path: Path, story: Story, group: Group, texts: MessageTexts) -> None:
    """Write ``ledger_csv`` to a file, completely or not at all.

    Raises:
        UserError: it cannot be written there.
    """
    from studio.base.finished_files import finished_file

    with finished_file(path) as part:
        part.write_bytes(ledger_csv(story, group, texts))


# ------------------------------------------------------------------------------------------------ paper


def write_ledger_pdf(path: Path, story: Story, group: Group, texts: MessageTexts, today: str) -> tuple[WorkNotice, ...]:
    """Write the ledger as an A4 document, with what still needs the network at its end.

    Needs a Qt application (``paint.qt_application``).

    Args:
        path: the file; it appears complete or not at all.
        story: its headline stands on top.
        group: who keeps the ledger.
        texts: language.
        today: ISO date, printed.

    Returns:
        A warning when the ledger was too long for the 12 pages of one document.

    Raises:
        UserError: it cannot be written there.
    """
    from studio.base.finished_files import finished_file
    from studio.paint.pdf import paint_flow

    words = _LedgerWords(texts, group)
    title = words.say_code("title")
    with finished_file(path) as part:
        first, following = _first_page(story, words, today), _later_page(story, words)
        lost = paint_flow(first, following, part, title=f"{title}: {story.headline}", author=group.name)
    return (WorkNotice("ledger.too_long", {"file": path.name}),) if any(box.box == "isi" for box in lost) else ()


def ledger_flow(story: Story, group: Group, texts: MessageTexts) -> str:
    """The ledger as the lines of a printed flow: ``## `` a heading, ``> `` a quotation, ``- `` a list item."""
    words = _LedgerWords(texts, group)
    lines: list[str] = []
    for number, claim in enumerate(story.claims, 1):
        lines += _claim_lines(number, claim, words)
    if tasks := claims.open_tasks(story):
        lines += [f"## {words.say_code('todo_title')}"]
        lines += [f"- ☐ {words.say_code(f'todo.{task.code}', about=_one_line(task.about))}" for task in tasks]
    return "\n".join(lines) if story.claims else words.say_code("empty")


def _claim_lines(number: int, claim: Claim, words: _LedgerWords) -> list[str]:
    # Empty fields are left out on paper, where they would fill pages; the table has a column for each of them.
    lines = [f"## {words.say_code('heading', number=number)}", f"> “{_one_line(claim.text)}”"]
    lines += [
        f"- {words.say_code(f'label.{code}')}: {_one_line(value)}"
        for code, value in _plain_fields(claim, words)
        if value
    ]
    for code, items in _list_fields(claim, words):
        if items:
            lines += [f"{words.say_code(f'label.{code}')}:", *(f"- {item}" for item in items)]
    return lines


def _flow_box(top: float, text: str) -> str:
    room = PAGE[1] - 44 - top
    # Never smaller than that (``min``): what does not fit goes on to the next page.
    return text_box("isi", top, room, text, 10, min=10, font="IBM Plex Serif", lead=1.34, flow="isi", weight=400)


def _first_page(story: Story, words: _LedgerWords, today: str) -> str:
    decided = sum(claims.is_decided(claim) for claim in claims.open_claims(story))
    facts = {"count": len(story.claims), "decided": decided, "date": date_formats.full_date(today) or today}
    name = words.group.name or "KIM"
    return paper_page(
        words.group,
        text_box("grup", 30, 18, name, 12, weight=700, lines=1, color=SOFT),
        text_box("judul", 50, 34, words.say_code("title"), 26, weight=800, lines=1),
        text_box("berita", 88, 40, story.headline or words.say_code("no_headline"), 15, weight=600, lines=2, lead=1.2),
        text_box("ringkas", 130, 16, words.say_code("summary", **facts), 10.5, weight=500, lines=1, color=SOFT),
        _flow_box(160, ledger_flow(story, words.group, words.texts)),
        _page_foot(words, 1),
    )


def _later_page(story: Story, words: _LedgerWords) -> str:
    head = f"{words.say_code('title')}: {_one_line(story.headline)}"
    return paper_page(
        words.group,
        text_box("judul", 26, 18, head, 10.5, weight=600, lines=1, color=SOFT),
        _flow_box(58, "@sisa@"),
        _page_foot(words, 0),
    )


def _page_foot(words: _LedgerWords, number: int) -> str:
    text = words.say_code("page", number=number or "@halaman@")
    return text_box("kaki", PAGE[1] - 34, 14, text, 9, weight=500, lines=1, align="right", color=SOFT)


def change_line(line: ClaimChange, group: Group, texts: MessageTexts) -> str:
    """One line of a row's log in words: when, who, what it said before and after."""
    return _LedgerWords(texts, group).change_words(line)


def todo_text(story: Story, texts: MessageTexts) -> str:
    """What needs the network or the phone, as a list to take along; "" when there is nothing."""
    tasks = claims.open_tasks(story)
    lines = [f"☐ {texts.text(f'ledger.todo.{task.code}', about=_one_line(task.about))}" for task in tasks]
    head = texts.text("ledger.todo_head", headline=_one_line(story.headline) or texts.text("ledger.no_headline"))
    return "\n".join([head, *lines]) + "\n" if lines else ""
