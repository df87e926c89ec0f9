"""Words as WordPress takes them: markup and shortcodes in them stay words, and what it respells is recognised."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import unquote

_LONGEST_SLUG = 190
"""WordPress cuts names in addresses at 200 bytes, percent signs and all."""


def title_words(text: str, *, meta: bool = False) -> str:
    """Plain words for a title, an excerpt, a caption, a tag: what looks like markup is printed, not taken out.

    Args:
        text: in plain words.
        meta: for fields that go through ``sanitize_text_field``, which takes out ``%ab`` and backslashes as well.
    """
    made = escape(text, quote=False)
    return made.replace("%", "&#37;").replace("\\", "&#92;") if meta else made


def code_free(html: str) -> str:
    """HTML in which no shortcode is run: WordPress knows ``&#91;`` as a bracket that is only printed."""
    return html.replace("[", "&#91;").replace("]", "&#93;")


def asked_slug(slug: str) -> str:
    """What to search for: WordPress takes spaces and commas for the ends of names, and keeps them as ``-``."""
    return re.sub(r"[\s,]+", "-", slug)


def same_slug(found: str, slug: str) -> bool:
    """Whether two names in addresses are one: WordPress writes other letters as ``%e1%ae``, and cuts long ones."""
    one, two = _slug_letters(found), _slug_letters(slug)
    return one == two or (len(found) >= _LONGEST_SLUG and bool(one) and two.startswith(one))


def _slug_letters(slug: str) -> str:
    return re.sub(r"[\W_]", "", unquote(slug, errors="ignore").casefold())


def named_alike(found: str, name: str) -> bool:
    """Whether two tags are one for WordPress, which puts spaces together and does not tell capitals apart."""
    return " ".join(found.split()).casefold() == " ".join(name.split()).casefold()
