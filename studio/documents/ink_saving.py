"""A drawing that saves ink: grounds of colour become outlines, and the words on them dark."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from studio.paint.art import parse_svg
from studio.posts.colors import luminance

_INK = "#14211d"
_SHAPES = frozenset(("rect", "circle", "ellipse", "polygon", "path"))
_BLACK = frozenset(("#000000", "#000", "black"))
"""Codes and drawn marks: what has to be black stays so."""
_LIGHT = 0.86
"""Relative luminance from which a ground costs hardly any ink."""
_READABLE = 0.18
"""Relative luminance up to which words on white have a contrast of 4.5:1 (WCAG 2.1, 1.4.3)."""
_THIN = 3.0
"""Rules up to this high or wide, in units of the drawing, stay."""


def save_ink(svg: str) -> str:
    """The drawing without filled grounds; photos, rules and codes stay as they are.

    Args:
        svg: a filled template (``studio.paint.art``).

    Raises:
        UserError: ``paint.svg``.
    """
    root = parse_svg(svg)
    for node in root.iter():
        node.attrib.pop("kim-line", None)
        if "data-text" in node.attrib or node.get("class") == "kim-text":
            _darken_words(node)
        elif node.tag.rpartition(":")[2] in _SHAPES:
            _empty_ground(node)
    return ET.tostring(root, encoding="unicode")


def _darken_words(node: ET.Element) -> None:
    plate = node.attrib.pop("data-plate", "")
    color = node.get("data-color", _INK)
    if plate or _luminance(color, 0.0) > _READABLE:
        node.set("data-color", _INK)


def _empty_ground(node: ET.Element) -> None:
    fill = node.get("fill", "")
    if fill in ("", "none", "currentColor") or fill.lower() in _BLACK or _is_rule(node):
        return
    if _luminance(fill, 1.0) >= _LIGHT:
        return
    node.set("fill", "none")
    if node.get("stroke", "none") == "none":
        node.set("stroke", fill)
        node.set("stroke-width", "0.8")


def _is_rule(node: ET.Element) -> bool:
    sides = [node.get("width", ""), node.get("height", "")]
    return any(re.fullmatch(r"[\d.]+", side) and float(side) <= _THIN for side in sides)


def _luminance(color: str, otherwise: float) -> float:
    if not re.fullmatch("#[0-9A-Fa-f]{6}", color):
        return otherwise
    return luminance(color)
