"""What a photo file says about itself, as its maker wrote it: XMP first, then IPTC-IIM, then EXIF.

The order is that of the Metadata Working Group's guidelines 2.0. What cameras and phones write of themselves
("OLYMPUS DIGITAL CAMERA") says nothing and is skipped.
"""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING

from studio.base import xmp
from studio.base.origin import OriginParts, is_prompt, made_up, origin_mark, read_parts
from studio.base.xmp import read_xmp
from studio.story.credits import FileRights

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from PIL import Image

    from studio.base.xmp import Properties

Iim = dict[int, tuple[str, ...]]
"""Dataset of record 2 -> its texts."""

_LONG, _SHORT = 2000, 300
_OF_MACHINES = re.compile(
    r"OLYMPUS|SONY|SAMSUNG|KONICA|MINOLTA|PENTAX|NIKON|CANON|KODAK|FUJI\w*|DIGITAL|CAMERA|DSC\w*|DCIM\w*|CSC|IMG\w*|"
    r"pictures?|images?|photos?|screenshot|untitled|default|none|null|unknown|cof|dav|sdr|hdr\w*|oznor\w*|rhdr|rpt|edf|"
    r"fbt|bty|mde|ptr|charset=\S+|jpeg|exif\S*|user|owner|admin|author|artist|copyright|[_\W\d]+",
    re.IGNORECASE,
)
"""Words that cameras, phones and programs write; a text of nothing else was written by nobody."""
_CODE = re.compile(r"^[{\[<]|^\S{25,}$|^(?:https?://)?\S+\.(?:jpe?g|png|heic|webp|mp4)$|^created with ", re.IGNORECASE)
_IIM_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)")


def read_brought(image: Image.Image, path: Path) -> FileRights:
    """What the file of an opened image says. Damaged parts say nothing; nothing is raised.

    Args:
        image: its header is read.
        path: its file, for what Pillow does not hand out.
    """
    parts = read_parts(path)
    told = _xmp_of(image, parts)
    iim = _iim_of(image)
    exif = _exif_of(image, parts)
    png = parts.named
    parts.programs += [text for text in (*told.get(f"{{{xmp.PHOTOSHOP}}}Credit", ()), *iim.get(110, ())) if text]
    origin = origin_mark(parts, *told.get(f"{{{xmp.IPTC_EXTENSION}}}DigitalSourceType", ()))
    prompted = () if made_up(origin) else _png_text(png, "Description")  # a generator describes what it was asked for
    return FileRights(
        caption=_first_text(_LONG, told.get(f"{{{xmp.DC}}}description"), iim.get(120), exif.get("caption"), prompted),
        creators=_people_names(
            told.get(f"{{{xmp.DC}}}creator"), iim.get(80), exif.get("creator"), _png_text(png, "Author")
        ),
        credit=_first_text(_SHORT, told.get(f"{{{xmp.PHOTOSHOP}}}Credit"), iim.get(110)),
        copyright=_first_text(
            _SHORT, told.get(f"{{{xmp.DC}}}rights"), iim.get(116), exif.get("copyright"), _png_text(png, "Copyright")
        ),
        usage=_first_text(
            _SHORT, told.get(f"{{{xmp.RIGHTS}}}UsageTerms"), told.get(f"{{{xmp.RIGHTS}}}WebStatement"), iim.get(40)
        ),
        alt=_first_text(_LONG, told.get(f"{{{xmp.IPTC_CORE}}}AltTextAccessibility")),
        place=_first_text(_SHORT, told.get(f"{{{xmp.PHOTOSHOP}}}City"), iim.get(90)),
        taken=_taken_date(told, iim),
        origin=origin,
    )


def _first_text(most: int, *found: tuple[str, ...] | None) -> str:
    """The first text that a person wrote."""
    for texts in found:
        for text in texts or ():
            clean = " ".join(text.replace("\0", " ").split())[:most].strip()
            if (
                clean
                and not is_prompt(clean)
                and not _CODE.search(clean)
                and not all(map(_OF_MACHINES.fullmatch, clean.split()))
            ):
                return clean
    return ""


def _png_text(named: Mapping[str, str], keyword: str) -> tuple[str, ...]:
    """A text of a PNG: Latin 1 by its standard, UTF-8 by many programs."""
    return (_exif_text(0, named[keyword]),) if keyword in named else ()


def _people_names(*found: tuple[str, ...] | None) -> tuple[str, ...]:
    for texts in found:
        names = [_first_text(_SHORT, (name,)) for text in texts or () for name in text.split(";")]
        if kept := tuple(dict.fromkeys(name for name in names if name)):
            return kept
    return ()


def _taken_date(told: Properties, iim: Iim) -> str:
    """When it was taken by its metadata, ISO 8601; EXIF is read by the opener."""
    for name in (f"{{{xmp.EXIF}}}DateTimeOriginal", f"{{{xmp.PHOTOSHOP}}}DateCreated"):
        for text in told.get(name, ()):
            if re.fullmatch(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?)?", text):
                return text
    found = _IIM_DATE.fullmatch(next(iter(iim.get(55, ())), ""))
    return "-".join(found.groups()) if found and found[1] != "0000" else ""


# ---------------------------------------------------------------- XMP, EXIF


def _xmp_of(image: Image.Image, parts: OriginParts) -> Properties:
    packet = image.info.get("xmp")
    if isinstance(packet, str):
        packet = packet.encode()
    if isinstance(packet, bytes) and packet:
        parts.xmp.append(packet)
    found: Properties = {}
    for data in parts.xmp:
        for name, texts in read_xmp(data).items():
            found.setdefault(name, texts)
    return found


_EXIF_TAGS = {"caption": (0x010E, 0x9C9C, 0x9C9B), "creator": (0x013B, 0x9C9D), "copyright": (0x8298,)}
"""ImageDescription, XPComment, XPTitle; Artist, XPAuthor; Copyright."""
_OF_WINDOWS = 0x9C9B
_SOFTWARE, _MAKE, _EXIF_IFD, _USER_COMMENT = 0x0131, 0x010F, 0x8769, 0x9286


def _exif_of(image: Image.Image, parts: OriginParts) -> dict[str, tuple[str, ...]]:
    """The texts, and for ``parts`` what points to a generator."""
    try:
        exif = image.getexif()
        parts.programs += [_exif_text(tag, exif.get(tag)) for tag in (_SOFTWARE, _MAKE)]
        comment = _user_comment(exif.get_ifd(_EXIF_IFD).get(_USER_COMMENT))
        parts.texts += [comment, *(_exif_text(tag, exif.get(tag)) for tag in _EXIF_TAGS["caption"])]
        return {
            name: tuple(text for tag in tags if (text := _exif_text(tag, exif.get(tag))))
            for name, tags in _EXIF_TAGS.items()
        }
    except Exception:  # garbage in EXIF never costs the photo
        return {}


def _user_comment(value: object) -> str:
    """Eight bytes that name the character set, then the text (Exif 2.32, 4.6.5, tag 37510)."""
    if isinstance(value, str):
        value = value.encode("latin-1", "replace")
    if not isinstance(value, bytes):
        return ""
    charset, text = value[:8], value[8:]
    if not charset.startswith(b"UNICODE"):
        return decode_bytes(text if charset[:5] in {b"ASCII", b"\0" * 5, b"JIS\0\0"} else value).strip("\0 ")
    order = "utf-16-be" if text[:1] == b"\0" else "utf-16-le"  # by the first letter: programs follow no rule
    return text.decode(order, "ignore").strip("\0 ")


def _exif_text(tag: int, value: object) -> str:
    """EXIF says ASCII, programs write UTF-8, old ones Windows-1252; Windows' own tags are UTF-16."""
    if isinstance(value, tuple) and all(isinstance(part, int) for part in value):
        value = bytes(value)
    if isinstance(value, str):
        try:
            value = value.encode("latin-1")  # Pillow decodes so
        except UnicodeEncodeError:
            return str(value).replace("\0", " ").strip()
    if not isinstance(value, bytes):
        return ""
    # The XP tags, which Windows writes in UTF-16 whatever EXIF says about text.
    if tag >= _OF_WINDOWS:
        return value.decode("utf-16-le", "ignore").strip("\0 ")
    return decode_bytes(value).replace("\0", " ").strip()


def decode_bytes(data: bytes) -> str:
    """Bytes whose encoding nobody names: UTF-8 where they can be, else Windows-1252."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


# ---------------------------------------------------------------- IPTC-IIM


def _iim_of(image: Image.Image) -> Iim:
    resources = image.info.get("photoshop")
    data = resources.get(0x0404) if isinstance(resources, dict) else None
    return read_iim(data) if isinstance(data, bytes) else {}


def read_iim(data: bytes) -> Iim:
    """The texts of record 2, in the character set that dataset 1:90 names (IPTC-IIM 4.2, 1.6 and 5.11).

    ``ESC % G`` is UTF-8, ``ESC . A`` and ``ESC - A`` are Latin 1; without it old programs mean their own code page.
    """
    sets = list(_iim_datasets(data))
    named = next((value for record, number, value in sets if (record, number) == (1, 90)), b"")
    latin = named in (b"\x1b.A", b"\x1b-A")
    found: dict[int, list[str]] = {}
    for record, number, value in sets:
        if record == 2:
            text = value.decode("latin-1") if latin else decode_bytes(value)
            found.setdefault(number, []).append(text)
    return {number: tuple(texts) for number, texts in found.items()}


def _iim_datasets(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = data.find(b"\x1c")
    while 0 <= at <= len(data) - 5 and data[at] == 0x1C:
        record, number, length = struct.unpack_from(">BBH", data, at + 1)
        at += 5
        if length & 0x8000:  # an extended dataset: the length of the length
            size = length & 0x7FFF
            length = int.from_bytes(data[at : at + size], "big")
            at += size
        if length > len(data) - at:
            return
        yield record, number, data[at : at + length]
        at += length
