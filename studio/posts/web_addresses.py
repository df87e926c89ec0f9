"""Addresses of pages as browsers, feeds and search engines want them, and which way a page is read."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit, urlunsplit

from studio.story.body import clean_link
from studio.story.text import slugify

if TYPE_CHECKING:
    from studio.story.model import Group

_RIGHT_TO_LEFT = frozenset({"ar", "fa", "ur", "he", "yi", "ps", "sd", "ug", "dv"})
_KEPT = "%/:?#[]@!$&'()*+,;=~"
"""Signs that mean something in an address, and what is encoded already (RFC 3986, 2.2)."""
_LOGIN = r"^(https?://)(?:[^/?#]*@|[^/?#:@]*:(?!\d*(?:[/?#]|$)).*?@(?:[^/?#]*@)?)"


def site_address(group: Group) -> str:
    """The address of the group's website with ``https://``, without slash at its end; "" for none.

    A user and a password that were typed with it are left out: the address stands on every card and page.
    """
    address = group.site.strip().rstrip("/")
    whole = web_address(address if "://" in address or not address else f"https://{address}")
    # A password may hold "/", "?" or "#", which nobody wrote as %2F: what stands behind the colon is no port then.
    bare = re.sub(_LOGIN, r"\1", whole, flags=re.IGNORECASE)
    return web_address(bare)


def web_address(text: str) -> str:
    """``text`` when it is an address of the web (http or https), else ""."""
    address = clean_link(text)
    return address if re.match(r"https?://[^/]", address, re.IGNORECASE) else ""


def encode_address(address: str) -> str:
    """An address with everything but ASCII percent-encoded (RFC 3986) and its host in Punycode; "" stays ""."""
    try:
        parts = urlsplit(address)
    except ValueError:  # no address: brackets without a partner
        return quote(address, safe=_KEPT)
    host = parts.netloc
    if not host.isascii():
        name, _, port = host.partition(":")
        try:
            # The port is not part of the name and must not be encoded.
            host = name.encode("idna").decode("ascii") + (f":{port}" if port else "")
        except UnicodeError:
            host = quote(host, safe=_KEPT)
    path, query, anchor = (quote(part, safe=_KEPT) for part in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme, host, path, query, anchor))


def topic_page(tag: str) -> str:
    """The page of a topic below the site's root: tags that differ in capitals or accents only share one.

    What Latin letters cannot tell (other scripts, signs) is marked by a few digits, so that two such topics never meet.
    """
    flat = unicodedata.normalize("NFKD", tag.lower())
    lost = "".join(char for char in flat if not char.isascii() and not unicodedata.combining(char))
    lost += "".join(re.findall(r"[+#]", flat))
    if not lost:
        return f"topik/{slugify(tag)}.html" if re.search(r"[a-z0-9]", flat) else "topik/lain.html"
    mark = hashlib.sha256(unicodedata.normalize("NFC", " ".join(tag.lower().split())).encode()).hexdigest()[:8]
    return f"topik/{slugify(tag) + '-' if re.search(r'[a-z0-9]', flat) else ''}{mark}.html"


def reading_direction(language: str, text: str) -> str:
    """``rtl`` for text that is read from the right, else ``ltr``: by its letters, without any by its language."""
    kinds = [unicodedata.bidirectional(char) for char in text[:400]]
    right, left = sum(kind in {"R", "AL"} for kind in kinds), kinds.count("L")
    if right or left:
        return "rtl" if right > left else "ltr"
    return "rtl" if language.partition("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"
