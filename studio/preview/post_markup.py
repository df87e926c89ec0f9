"""A post's text as its reader sees it: bold and italic of the app, links and hashtags in its colour, and its end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Literal

from studio.posts.colors import color_palette
from studio.preview.outlet_previews import ends_at

if TYPE_CHECKING:
    from studio.posts.counting import Unit

__all__ = ["Markup", "PostInk", "color_palette", "rich_text"]

Markup = Literal["", "whatsapp", "telegram"]
_LINKED = re.compile(
    r"(https?://[^\s<]+|(?<![\w&;])[#@]\w[\w.]*|\b[\w-]+(?:\.[\w-]+)*\.(?:id|com|org|net)(?:/[^\s<]*)?\b)"
)
_WHATSAPP = (
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])"), r"<b>\1</b>"),
    (re.compile(r"(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])"), r"<i>\1</i>"),
    (re.compile(r"(?<![\w~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\w~])"), r"<s>\1</s>"),
)
_TELEGRAM = (
    (re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*"), r"<b>\1</b>"),
    (re.compile(r"__(?=\S)(.+?)(?<=\S)__"), r"<i>\1</i>"),
)


@dataclass(frozen=True, slots=True)
class PostInk:
    """Colours of a text: links, what is too long and its ground, and the word that unfolds the rest."""

    link: str
    over: str = "#b3261e"
    over_ground: str = "#fbd7d3"
    quiet: str = "#737373"


def rich_text(
    text: str,
    ink: PostInk,
    *,
    markup: Markup = "",
    limit: int = 0,
    unit: Unit = "codepoint",
    visible: int = 0,
    more: str = "",
) -> str:
    """The text as HTML that Qt can set.

    Args:
        text: as exported.
        ink: colours.
        markup: the app's own marks.
        limit: from here on the text is marked as too long; 0 for none.
        unit: how the outlet counts.
        visible: show so much and the word ``more``; 0 shows everything.
        more: "selengkapnya".
    """
    shown, folded = text, False
    if visible and more and (end := ends_at(text, visible, unit)) < len(text):
        shown, folded = text[:end].rstrip(), True
    end = ends_at(shown, limit, unit)
    html = _marked_html(shown[:end], ink, markup)
    if end < len(shown):
        style = f"color:{ink.over};background-color:{ink.over_ground};text-decoration:line-through"
        html += f'<span style="{style}">{_plain_html(shown[end:])}</span>'
    return html + (f'… <span style="color:{ink.quiet}">{escape(more)}</span>' if folded else "")


def _plain_html(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")


def _marked_html(text: str, ink: PostInk, markup: Markup) -> str:
    # First, so that the only tags in it are those put in below, whatever people typed.
    html = escape(text, quote=False)
    for pattern, made in {"whatsapp": _WHATSAPP, "telegram": _TELEGRAM, "": ()}[markup]:
        html = pattern.sub(made, html)
    html = _LINKED.sub(rf'<span style="color:{ink.link}">\1</span>', html)
    return html.replace("\n", "<br>")
