"""What a file really is, from its first bytes: file names lie, and every kind of mistake has a remedy of its own."""

from __future__ import annotations

HEAD = 64
"""How many bytes ``kind_of`` wants to see."""

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"%PDF", "document"),
    (b"PK\x03\x04", "document"),
    (b"PK\x05\x06", "document"),
    (b"\xd0\xcf\x11\xe0", "document"),
    (b"{\\rtf", "document"),
    (b"8BPS", "drawing"),
    (b"%!PS", "drawing"),
    (b"\xc5\xd0\xd3\xc6", "drawing"),
    (b"gimp xcf", "drawing"),
    (b"II*\x00", "raw"),
    (b"MM\x00*", "raw"),
    (b"IIRO", "raw"),
    (b"IIU\x00", "raw"),
    (b"FUJIFILMCCD-RAW", "raw"),
    (b"BM", "other"),
    (b"\x00\x00\x00\x0cjP  ", "other"),
    (b"\xff\x4f\xff\x51", "other"),
    (b"\x00\x00\x00\x0cJXL ", "other"),
    (b"\xff\x0a", "other"),
    (b"\x00\x00\x01\x00", "other"),
    (b"\x1a\x45\xdf\xa3", "video"),
    (b"\x00\x00\x01\xba", "video"),
    (b"OggS", "video"),
    (b"ID3", "video"),
)
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_AVIF_BRANDS = frozenset({b"avif", b"avis"})


def _brands(head: bytes) -> list[bytes]:
    """Brands of an ISO media file (ISO/IEC 14496-12, "ftyp"): the major one first."""
    size = min(int.from_bytes(head[:4], "big"), len(head))
    return [head[8:12], *(head[at : at + 4] for at in range(16, size - 3, 4))]


def _kind_of_iso(head: bytes) -> str:
    brands = _brands(head)
    if _AVIF_BRANDS.intersection(brands):
        return "avif"
    if _HEIF_BRANDS.intersection(brands):
        return "heif"
    return "raw" if brands[0] == b"crx " else "video"


def _kind_of_text(head: bytes) -> str:
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"<svg", b"<?xml")):
        return "drawing"
    return "web_page" if text.startswith((b"<!doctype html", b"<html", b"<head", b"<!--")) else "unknown"


def kind_of(head: bytes) -> str:
    """The kind of file that starts with these bytes.

    Args:
        head: the first ``HEAD`` bytes, or all of a shorter file.

    Returns:
        A format the studio opens (``jpeg png webp heif avif gif``), or why it does not: ``empty``, ``video`` (sound
        too), ``raw`` (camera raw and TIFF), ``document``, ``drawing``, ``web_page``, ``other`` (a picture format
        nobody publishes), ``unknown``.
    """
    if not head:
        return "empty"
    if head[:4] == b"RIFF":
        return "webp" if head[8:12] == b"WEBP" else "video"
    if head[4:8] == b"ftyp":
        return _kind_of_iso(head)
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    return _kind_of_text(head)
