"""What templates can do with texts and bodies, besides Jinja's own: one function per way of showing formatting."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Any, Literal

from studio.posts.card_quote import in_quotes
from studio.posts.read_aloud import aloud_text, breath_marks, fit_seconds, long_sentences
from studio.posts.speech_timing import reading_seconds
from studio.posts.spoken_text import spoken_text
from studio.story.quotation import read_signed
from studio.story.sentence_units import whole_sentences
from studio.story.text import close_sentence, hashtags, join_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from studio.story.body import BodyBlock, TextSpan


def all_filters() -> dict[str, Callable[..., Any]]:
    """The filters by the name templates use."""
    return {
        "plain": plain_lists,
        "whatsapp": whatsapp_body,
        "telegram": telegram_body,
        "html": html_body,
        "flow": flow_body,
        "inline": inline_html,
        "tag_list": tag_list,
        "wa_bold": lambda text: mark_text(text, "*", "*∗"),
        "wa_italic": lambda text: mark_text(text, "_", "_＿"),
        "tg_bold": lambda text: mark_text(text, "**", "*∗"),
        "tg_italic": lambda text: mark_text(text, "__", "_＿"),
        "names": join_names,
        "oneline": one_line,
        "sentences": lambda text: list(whole_sentences(text)),
        "hashtags": lambda tags, limit=None: list(hashtags(tags, (), limit)),
        "join": join_parts,
        "close": close_sentence,
        "aloud": aloud_text,
        "spoken": spoken_text,
        "fit_seconds": fit_seconds,
        "reading_seconds": lambda spoken: round(reading_seconds(spoken)),
        "long_sentences": lambda text: list(long_sentences(text)),
        "breath": breath_marks,
    }


def join_parts(parts: Iterable[object], between: str = "") -> str:
    """The parts that are not empty, with ``between`` between them; refuses to make a monster."""
    texts = [text for part in parts if (text := str(part))]
    if len(between) * len(texts) > 100_000:
        raise ValueError("join: too long")
    return between.join(texts)


def one_line(text: str) -> str:
    """``text`` with every run of white space as one space."""
    return " ".join(text.split())


def tag_list(tags: Iterable[str], limit: int) -> str:
    """As many of ``tags`` as YouTube takes, with commas between.

    It counts the commas, and two quotation marks for a tag with a space (YouTube Data API, ``snippet.tags[]``).
    """
    kept: list[str] = []
    left = limit
    for tag in dict.fromkeys(one_line(tag).replace(",", " ").strip("#") for tag in tags):
        # ", " between tags is counted with both its signs, which is one more than YouTube counts and never too few.
        cost = len(tag) + (2 if " " in tag else 0) + (2 if kept else 0)
        if tag and cost <= left:
            kept.append(tag)
            left -= cost
    return ", ".join(kept)


def mark_text(text: str, mark: str, swap: str) -> str:
    """``text`` between two marks, on one line, the spaces outside.

    The sign of the mark inside the text would end it early: it becomes a look-alike (``swap``: sign, look-alike).
    """
    inner = one_line(text).replace(swap[0], swap[1])
    return f"{mark}{inner}{mark}" if inner else ""


def _list_text(
    blocks: Sequence[BodyBlock], inline: Callable[[Sequence[TextSpan]], str], look: Callable[[BodyBlock, str], str]
) -> str:
    """Blocks as text: list items under one another, a blank line between everything else."""
    text, number, before = "", 0, ""
    for block in blocks:
        listed = block.kind in {"bullet", "number"}
        number = number + 1 if block.kind == before == "number" else 1
        line = inline(block.spans)
        if block.kind == "bullet":
            line = f"• {line}"
        elif block.kind == "number":
            line = f"{number}. {line}"
        else:
            line = look(block, line)
        text += ("\n" if listed and block.kind == before else "\n\n" if text else "") + line
        before = block.kind
    return text


def _with_addresses(spans: Sequence[TextSpan], dress: Callable[[TextSpan], str]) -> str:
    """The spans with the address of a link in brackets behind it, where the text does not say it already."""
    text = ""
    for at, span in enumerate(spans):
        text += dress(span)
        ends = at + 1 == len(spans) or spans[at + 1].link != span.link
        whole = "".join(other.text for other in spans if other.link == span.link)
        if span.link and ends and _bare_address(span.link) != _bare_address(whole):
            text += f" ({span.link.removeprefix('mailto:').removeprefix('tel:')})"
    return text


def _bare_address(address: str) -> str:
    return re.sub(r"^(https?://|mailto:|tel:)", "", address.strip()).rstrip("/")


def _mark_span(span: TextSpan, bold: str, italic: str) -> str:
    """Marks around each line of the span, the spaces outside."""
    lines = []
    for line in span.text.split("\n"):
        inner = line.strip()
        if not inner:
            lines.append(line)
            continue
        marks = (bold if span.bold else "") + (italic if span.italic else "")
        # Each line by itself: WhatsApp and Telegram end a mark at the end of a line. Reversed, so that "*_" is closed
        # by "_*".
        lines.append(line.replace(inner, marks + inner + marks[::-1], 1))
    return "\n".join(lines)


def _quote_block(block: BodyBlock, line: str) -> str:
    return in_quotes(line) if block.kind == "quote" else line


def plain_lists(blocks: Sequence[BodyBlock]) -> str:
    """The body without marks, list items with a dot or number, addresses in brackets: for apps that know no bold."""

    def dress_line(block: BodyBlock, line: str) -> str:
        return line.upper() if block.kind == "heading" else _quote_block(block, line)

    return _list_text(blocks, lambda spans: _with_addresses(spans, lambda span: span.text), dress_line)


def whatsapp_body(blocks: Sequence[BodyBlock]) -> str:
    """The body as WhatsApp shows it: ``*bold*``, ``_italic_``, ``> quote`` (faq.whatsapp.com, "Formatting")."""

    def dress_line(block: BodyBlock, line: str) -> str:
        if block.kind == "heading":
            return mark_text(block.text, "*", "*∗")
        return "\n".join(f"> {part}" for part in line.split("\n")) if block.kind == "quote" else line

    return _list_text(
        blocks, lambda spans: _with_addresses(_whole_words(spans), lambda span: _mark_span(span, "*", "_")), dress_line
    )


def _whole_words(spans: Sequence[TextSpan]) -> tuple[TextSpan, ...]:
    """The spans without emphasis that begins or ends inside a word: WhatsApp would show its marks as stars."""
    made = []
    for at, span in enumerate(spans):
        before = spans[at - 1].text[-1:] if at else ""
        after = spans[at + 1].text[:1] if at + 1 < len(spans) else ""
        inside = (before.isalnum() and span.text[:1].isalnum()) or (after.isalnum() and span.text[-1:].isalnum())
        made.append(replace(span, bold=False, italic=False) if inside else span)
    return tuple(made)


def telegram_body(blocks: Sequence[BodyBlock]) -> str:
    """The body as Telegram's apps read it when it is pasted and sent: ``**bold**``, ``__italic__``, the rest plain."""

    def dress_line(block: BodyBlock, line: str) -> str:
        return mark_text(block.text, "**", "*∗") if block.kind == "heading" else _quote_block(block, line)

    return _list_text(
        blocks, lambda spans: _with_addresses(spans, lambda span: _mark_span(span, "**", "__")), dress_line
    )


def flow_body(blocks: Sequence[BodyBlock]) -> str:
    """The body for the columns of a printed sheet (``studio.paint.flow``): one paragraph a line, with its mark.

    Lines end with U+2029: a newline inside an XML attribute would be read as a space.
    """
    marks = {"heading": "## ", "quote": "> ", "bullet": "- "}
    lines, number = [], 0
    for block in blocks:
        number = number + 1 if block.kind == "number" else 0
        mark = f"{number}. " if number else marks.get(block.kind, "")
        lines.append(mark + " ".join(block.text.split()))
    return "\u2029".join(lines)


# ------------------------------------------------------------------------------------------------ HTML


def html_body(blocks: Sequence[BodyBlock], heading: Literal[2, 3, 4] = 2) -> Any:  # noqa: ANN401 - markupsafe.Markup
    """The body as HTML; headings get the level ``heading``."""
    from markupsafe import Markup

    parts: list[str] = []
    before = ""
    for block in blocks:
        tag = {"bullet": "ul", "number": "ol"}.get(block.kind, "")
        last = {"bullet": "ul", "number": "ol"}.get(before, "")
        if last and last != tag:
            parts.append(f"</{last}>\n")
        if tag and tag != last:
            parts.append(f"<{tag}>\n")
        parts.append(_html_block(block, heading))
        before = block.kind
    if before in {"bullet", "number"}:
        parts.append("</ul>\n" if before == "bullet" else "</ol>\n")
    return Markup("".join(parts))  # every text in it went through escape()


def inline_html(blocks: Sequence[BodyBlock]) -> Any:  # noqa: ANN401 - markupsafe.Markup
    """The first block as HTML without a tag around it."""
    from markupsafe import Markup

    return Markup("".join(_html_span(span) for block in blocks[:1] for span in block.spans))


def _html_block(block: BodyBlock, heading: int) -> str:
    inner = "".join(_html_span(span) for span in block.spans)
    match block.kind:
        case "heading":
            return f"<h{heading}>{inner}</h{heading}>\n"
        case "quote":
            signed = read_signed(block.text)
            if signed.signature and len(block.spans) == 1:
                inner = f"{escape(signed.text)}</p>\n<footer>{escape(signed.signature)}</footer>"
                return f"<blockquote><p>{inner}</blockquote>\n"
            return f"<blockquote><p>{inner}</p></blockquote>\n"
        case "bullet" | "number":
            return f"<li>{inner}</li>\n"
        case _:
            return f"<p>{inner}</p>\n"


def _html_span(span: TextSpan) -> str:
    text = escape(span.text).replace("\n", "<br>\n")
    if span.italic:
        text = f"<em>{text}</em>"
    if span.bold:
        text = f"<strong>{text}</strong>"
    return f'<a href="{escape(span.link)}">{text}</a>' if span.link else text
