"""What an exported picture says about itself: an allow-list, written as EXIF, IPTC-IIM and XMP with Pillow alone.

Nothing is ever copied from the original, so no place of the phone, serial number, maker note, thumbnail or comment
can get through. Standards: Exif 2.32; IPTC-IIM 4.2; IPTC Photo Metadata Standard 2023.1; XMP part 1 (ISO 16684-1).
"""

from __future__ import annotations

import re
import struct
import unicodedata
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from studio.photo.photo_place import GPS_IFD, gps_directory

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG = 2000
"""Characters kept of a caption or an alt text."""
SHORT = 300
"""Characters kept of any other text."""
MOST = 30
"""Keywords or authors kept, 64 characters of each. With these caps even a packet made of ``&amp;`` or of emoji fits
into one JPEG segment (65,533 bytes), where XMP must go."""

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d))?(?:\.\d+)?(Z|[+-]\d\d:\d\d)?)?")


@dataclass(frozen=True, slots=True)
class PictureMetadata:
    """What is written into an exported picture. Empty fields are not written.

    ``date`` is that of the picture, ISO 8601 with or without time. ``location`` is the place within the village ("Balai
    Desa"), ``city`` the village or town, ``state`` the province. ``byline`` names the authors. ``source_type`` is a
    term of IPTC's DigitalSourceType; ``licensor`` and ``licensor_url`` say who gives a licence that has an address.
    ``position`` is latitude and longitude in degrees: only where the user asked for the place to be kept.
    """

    headline: str = ""
    caption: str = ""
    byline: tuple[str, ...] = ()
    job_title: str = ""
    credit: str = ""
    source: str = ""
    copyright: str = ""
    usage: str = ""
    location: str = ""
    city: str = ""
    state: str = ""
    country: str = ""
    country_code: str = ""
    date: str = ""
    keywords: tuple[str, ...] = ()
    alt: str = ""
    source_type: str = ""
    licensor: str = ""
    licensor_url: str = ""
    software: str = "KIM Studio"
    position: tuple[float, float] | None = None


def _clean_text(text: str, limit: int = SHORT) -> str:
    """NFC, without what XML cannot hold, trimmed and of bounded length."""
    return _NOT_XML.sub("", unicodedata.normalize("NFC", text)).strip()[:limit].rstrip()


def _several_texts(texts: tuple[str, ...]) -> list[str]:
    return [kept for text in texts[:MOST] if (kept := _clean_text(text, 64))]


def cut_utf8(text: str, limit: int) -> bytes:
    """UTF-8 of at most ``limit`` bytes, cut between characters."""
    return text.encode()[:limit].decode(errors="ignore").encode()


def cut_words(text: str, limit: int) -> bytes:
    """UTF-8 of at most ``limit`` bytes, cut between words where there are several: half a name is nobody's."""
    data = cut_utf8(text, limit)
    whole = len(data) == len(text.encode()) or text.encode()[len(data) : len(data) + 1] == b" "
    if whole or b" " not in data:
        return data.rstrip()
    return data[: data.rindex(b" ")].rstrip(b" /,;-")


# ---------------------------------------------------------------- EXIF


def exif_bytes(metadata: PictureMetadata) -> bytes:
    """EXIF with description, artist, copyright and the fields a valid file must have.

    Texts go in as UTF-8 bytes: Pillow forces a ``str`` to ASCII ("Désa" would become "D?sa").
    """
    from PIL import Image

    exif = Image.Exif()
    texts = {
        0x010E: _clean_text(metadata.caption, LONG),
        0x0131: _clean_text(metadata.software),
        0x013B: "; ".join(_several_texts(metadata.byline)),
        0x8298: _clean_text(metadata.copyright),
    }
    for tag, text in texts.items():
        if text:
            exif[tag] = text.encode()
    exif[0x011A] = exif[0x011B] = 72.0  # XResolution, YResolution: mandatory, meaningless on a screen
    exif[0x0128] = 2  # ResolutionUnit: inch
    exif[0x0213] = 1  # YCbCrPositioning: centred
    if metadata.position is not None:
        exif[GPS_IFD] = gps_directory(metadata.position)
    return exif.tobytes()


# ---------------------------------------------------------------- IPTC-IIM

_IIM_ROOM = {
    105: 256,
    120: 2000,
    80: 32,
    85: 32,
    110: 32,
    115: 32,
    116: 128,
    90: 32,
    92: 32,
    95: 32,
    101: 64,
    100: 3,
    25: 64,
}
"""Largest size in bytes of each dataset of record 2 (IPTC-IIM 4.2)."""


def _iim_dataset(record: int, number: int, value: bytes) -> bytes:
    return struct.pack(">BBBH", 0x1C, record, number, len(value)) + value


def _iim_texts(metadata: PictureMetadata) -> Iterator[tuple[int, str]]:
    yield 105, metadata.headline
    yield 120, metadata.caption
    for name in _several_texts(metadata.byline):
        yield 80, name
    yield 85, metadata.job_title
    yield 110, metadata.credit
    yield 115, metadata.source
    yield 116, metadata.copyright
    yield 92, metadata.location
    yield 90, metadata.city
    yield 95, metadata.state
    yield 101, metadata.country
    yield 100, metadata.country_code
    for word in _several_texts(metadata.keywords):
        yield 25, word


def _iim_date(text: str) -> bytes:
    """Datasets 55 (CCYYMMDD) and, where time and offset are known, 60 (HHMMSS±HHMM)."""
    found = _DATE.fullmatch(text)
    if found is None:
        return b""
    year, month, day, hour, minute, second, zone = found.groups()
    date = _iim_dataset(2, 55, f"{year}{month}{day}".encode())
    if not (hour and zone):
        return date
    offset = "+0000" if zone == "Z" else zone.replace(":", "")
    return date + _iim_dataset(2, 60, f"{hour}{minute}{second or '00'}{offset}".encode())


def iptc_segment(metadata: PictureMetadata) -> bytes:
    """A JPEG APP13 segment ("Photoshop 3.0", resource 0x0404) with IPTC-IIM, marked as UTF-8 by dataset 1:90."""
    data = _iim_dataset(1, 90, b"\x1b%G") + _iim_dataset(2, 0, b"\x00\x04")
    for number, text in _iim_texts(metadata):
        if value := cut_words(_clean_text(text, LONG), _IIM_ROOM[number]):
            data += _iim_dataset(2, number, value)
    data += _iim_date(metadata.date)
    resource = b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(data)) + data + b"\x00" * (len(data) % 2)
    body = b"Photoshop 3.0\x00" + resource
    return b"\xff\xed" + struct.pack(">H", len(body) + 2) + body


# ---------------------------------------------------------------- XMP

_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
}
_ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")
_SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"


def _simple_property(name: str, text: str) -> str:
    return f"<{name}>{escape(_clean_text(text), quote=False)}</{name}>" if _clean_text(text) else ""


def _language_alternative(name: str, text: str, limit: int = SHORT) -> str:
    kept = escape(_clean_text(text, limit), quote=False)
    return f'<{name}><rdf:Alt><rdf:li xml:lang="x-default">{kept}</rdf:li></rdf:Alt></{name}>' if kept else ""


def _item_list(name: str, kind: str, texts: tuple[str, ...]) -> str:
    inner = "".join(f"<rdf:li>{escape(text, quote=False)}</rdf:li>" for text in _several_texts(texts))
    return f"<{name}><rdf:{kind}>{inner}</rdf:{kind}></{name}>" if inner else ""


def _licence_properties(metadata: PictureMetadata) -> tuple[str, ...]:
    """Where the terms stand and who gives them (IPTC "Web Statement of Rights", PLUS "Licensor"), given an address."""
    found = _ADDRESS.search(metadata.usage)
    if found is None:
        return ()
    who = _simple_property("plus:LicensorName", metadata.licensor) + _simple_property(
        "plus:LicensorURL", metadata.licensor_url
    )
    entry = f'<plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource">{who}</rdf:li></rdf:Seq></plus:Licensor>'
    return (_simple_property("xmpRights:WebStatement", found[0]), entry if who else "")


def xmp_packet(metadata: PictureMetadata) -> bytes:
    """XMP with all fields, those of the IPTC Core (alt text among them) in their standard places."""
    date = metadata.date if _DATE.fullmatch(metadata.date) else ""
    body = "".join(
        (
            _language_alternative("dc:description", metadata.caption, LONG),
            _language_alternative("dc:rights", metadata.copyright),
            _item_list("dc:creator", "Seq", metadata.byline),
            _item_list("dc:subject", "Bag", metadata.keywords),
            _simple_property("photoshop:Headline", metadata.headline),
            _simple_property("photoshop:AuthorsPosition", metadata.job_title),
            _simple_property("photoshop:Credit", metadata.credit),
            _simple_property("photoshop:Source", metadata.source),
            _simple_property("photoshop:City", metadata.city),
            _simple_property("photoshop:State", metadata.state),
            _simple_property("photoshop:Country", metadata.country),
            _simple_property("photoshop:DateCreated", date),
            _simple_property("xmp:CreatorTool", metadata.software),
            _simple_property("xmpRights:Marked", "True" if metadata.copyright else ""),
            _language_alternative("xmpRights:UsageTerms", metadata.usage),
            _simple_property("Iptc4xmpCore:Location", metadata.location),
            _simple_property("Iptc4xmpCore:CountryCode", metadata.country_code),
            *_licence_properties(metadata),
            _simple_property(
                "Iptc4xmpExt:DigitalSourceType", metadata.source_type and _SOURCE_TYPES + metadata.source_type
            ),
            _language_alternative("Iptc4xmpCore:AltTextAccessibility", metadata.alt, LONG),
        )
    )
    spaces = "".join(f' xmlns:{prefix}="{address}"' for prefix, address in _NAMESPACES.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about=""{spaces}>{body}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()
