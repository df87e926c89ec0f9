"""Gradients that let through what lies below, which Qt cannot write into a PDF."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.paint.svg_lengths import local_name

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET

_GRADIENTS = frozenset(("linearGradient", "radialGradient"))
_PAINTS = ("fill", "stroke")
_SHEET_OPACITY = re.compile(r"opacity\s*:\s*(\d*\.?\d+)\s*(%?)")
_LINK = re.compile(r"\s*url\(\s*['\"]?#([^'\")]+)")


def has_faded_gradients(root: ET.Element) -> bool:
    """Whether a gradient of a drawing is see-through somewhere, by its stops or by what is painted with it.

    Qt 6.11 gives the mask of such a gradient the wrong kind (``/S /Alpha`` over a form that is opaque everywhere), so
    that every reader shows it solid (findings/qt_pdf_gradients_lose_their_fade.sh): a soft shade hides the photo.

    Args:
        root: of the drawing, its links named ``xlink:href``. Of a style sheet (``<style>``) counts whether it has an
            opacity below 1, whatever it is for.
    """
    gradients = {node.get("id", ""): node for node in root.iter() if local_name(node) in _GRADIENTS}
    if not gradients:
        return False
    if any(local_name(node) == "stop" and _opacity(node, "stop-opacity") < 1 for node in root.iter()):
        return True
    sheets = "".join(node.text or "" for node in root.iter() if local_name(node) == "style")
    if any(float(share[1]) / (100 if share[2] else 1) < 1 for share in _SHEET_OPACITY.finditer(sheets)):
        return True
    return _paints_faded(root, gradients, False, {})


def _paints_faded(
    node: ET.Element, gradients: dict[str, ET.Element], faded: bool, inherited: dict[str, tuple[str, float]]
) -> bool:
    """Whether the element or one inside is painted with a gradient and see-through itself or by a group around it."""
    faded = faded or _opacity(node, "opacity") < 1
    paints = {}
    for paint in _PAINTS:
        link, opacity = inherited.get(paint, ("", 1.0))
        written = _property(node, paint)
        if written:
            linked = _LINK.match(written)
            link = linked[1] if linked else ""
        if _property(node, f"{paint}-opacity"):
            opacity = _opacity(node, f"{paint}-opacity")
        if link in gradients and (faded or opacity < 1):
            return True
        paints[paint] = (link, opacity)
    return any(_paints_faded(child, gradients, faded, paints) for child in node)


def _property(node: ET.Element, name: str) -> str:
    """A presentation property of an element: of its style, else the attribute; "" when it has none."""
    styled = re.search(rf"(?:^|;)\s*{name}\s*:\s*([^;]+)", node.get("style", ""))
    return (styled[1] if styled else node.get(name, "")).strip()


def _opacity(node: ET.Element, name: str) -> float:
    """A property from 0 to 1; 1 when it is not written or no number."""
    written = _property(node, name)
    try:
        return float(written.removesuffix("%")) / (100 if written.endswith("%") else 1)
    except ValueError:
        return 1.0
