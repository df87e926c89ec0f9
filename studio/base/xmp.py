"""Reads an XMP packet (ISO 16684-1): the few properties someone asks for, by namespace and name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator

DC = "http://purl.org/dc/elements/1.1/"
PHOTOSHOP = "http://ns.adobe.com/photoshop/1.0/"
RIGHTS = "http://ns.adobe.com/xap/1.0/rights/"
IPTC_CORE = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
IPTC_EXTENSION = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
EXIF = "http://ns.adobe.com/exif/1.0/"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_LARGEST = 4_000_000

Properties = dict[str, tuple[str, ...]]
"""``{namespace}name`` -> its texts; of several languages the default one first."""


def read_xmp(packet: bytes) -> Properties:
    """The top-level properties of a packet; empty for one that cannot be read."""
    if len(packet) > _LARGEST or re.search(rb"<!(?:DOCTYPE|ENTITY)", packet):
        return {}
    # Packets are padded with spaces or NUL bytes, which an XML parser does not take.
    start, end = packet.find(b"<"), packet.rfind(b">")
    try:
        root = ET.fromstring(packet[start : end + 1].replace(b"\0", b""))
    except (ET.ParseError, ValueError):
        return {}
    found: Properties = {}
    for node in root.iter(f"{_RDF}Description"):
        for name, texts in _node_properties(node):
            found.setdefault(name, texts)
    return found


def _node_properties(node: ET.Element) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, value in node.attrib.items():
        if name.startswith("{") and not name.startswith((_RDF, "{http://www.w3.org/XML")) and value.strip():
            yield name, (value.strip(),)
    for child in node:
        texts = _node_texts(child)
        if texts:
            yield child.tag, texts


def _node_texts(node: ET.Element) -> tuple[str, ...]:
    items = list(node.iter(f"{_RDF}li"))
    if not items:
        written = node.get(f"{_RDF}resource") or "".join(node.itertext())
        return (written.strip(),) if written.strip() else ()
    items.sort(key=lambda item: item.get(_LANGUAGE, "x-default") != "x-default")  # stable: others stay in order
    texts = ((item.get(f"{_RDF}resource") or "".join(item.itertext())).strip() for item in items)
    return tuple(text for text in texts if text)
