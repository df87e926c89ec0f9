"""Places in a text as Qt and JavaScript count them (16-bit units) and as Python does (code points)."""

from __future__ import annotations


def utf16_units(text: str) -> int:
    """The length of a text in UTF-16 units; a letter beyond the basic plane is two."""
    # Asked of every text of every outlet at each change; looking at the letters one by one took a tenth of the window's
    # time for it.
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def code_points_before(text: str, position: int) -> int:
    """How many characters of a text stand before a position in UTF-16 units; all of them when it lies behind."""
    # Without letters beyond the basic plane both ways of counting are the same.
    if text.isascii() or max(text) <= "\uffff":
        return min(position, len(text))
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * position].decode("utf-16-le", "surrogatepass"))
