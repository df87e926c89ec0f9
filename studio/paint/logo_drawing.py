"""An SVG drawing from elsewhere (a logo) as pixels. Nothing outside it is read, no entity is expanded."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from studio.base.data_uri import is_honest
from studio.base.errors import UserError
from studio.paint.art import parse_svg
from studio.paint.qt_application import ensure_gui
from studio.paint.svg_lengths import drawing_size
from studio.paint.svg_rewriting import rewrite_for_qt

if TYPE_CHECKING:
    from pathlib import Path

_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*(?:\[(?P<own>[^\]]*)\]\s*)?>")
_ENTITY = re.compile(
    r"""<!ENTITY\s+(?P<name>[A-Za-z_][\w.-]{0,60})\s+(?P<quote>["'])(?P<text>[^"'&%<]{0,300})(?P=quote)\s*>"""
)
_MOST_GROWTH = 1_000_000
"""Characters that a drawing may grow by its abbreviations; Illustrator writes some dozens for its addresses."""
_LINKED = frozenset({"image", "feImage", "use"})


def draw_svg(source: Path, out: Path, side: int) -> None:
    """Draw an SVG file as PNG with transparency, ``side`` pixels on its longer side.

    Raises:
        UserError: ``paint.svg`` it cannot be understood; ``paint.drawing_empty`` nothing of it can be drawn;
            ``paint.save``.
    """
    ensure_gui()
    text = _plain(source.read_bytes().decode("utf-8-sig", "replace"))
    root = parse_svg(re.sub(r"\A\s*<\?xml[^>]*\?>", "", text))
    _cut_links(root)
    if size := drawing_size(root):
        rewrite_for_qt(root, *size)
        # By itself Qt counts 90 units to an inch of the drawing's width, and cuts off what lies beyond.
        root.attrib.setdefault("viewBox", f"0 0 {size[0]:g} {size[1]:g}")
    renderer = QSvgRenderer(QByteArray(ET.tostring(root, encoding="utf-8")))
    box = renderer.viewBoxF()
    if not renderer.isValid() or box.isEmpty():
        raise UserError("paint.svg", detail="QtSvg", line=1)
    scale = side / max(box.width(), box.height())
    pixels = (max(1, round(box.width() * scale)), max(1, round(box.height() * scale)))
    image = QImage(*pixels, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    try:
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        renderer.render(painter, QRectF(0, 0, *pixels))
    finally:
        painter.end()
    alpha = image.convertToFormat(QImage.Format.Format_Alpha8)  # kept: its bytes do not keep it
    if not any(bytes(alpha.constBits())):
        raise UserError("paint.drawing_empty", file=source.name)
    if not image.save(str(out), "PNG"):  # type: ignore[call-overload]  # the stubs want bytes, Qt takes str
        raise UserError("paint.save", file=out.name)


def _plain(text: str) -> str:
    """The text without document type, its abbreviations written out.

    Only plain ones, as Illustrator writes them for its addresses: they hold no others, and the file hardly grows.
    A document type with anything else stays, and is refused by the parser.
    """
    found = _DOCTYPE.search(text)
    if found is None:
        return text
    own = re.sub(r"<!--.*?-->", "", found["own"] or "", flags=re.DOTALL)
    named = {f"&{entity['name']};": entity["text"] for entity in _ENTITY.finditer(own)}
    rest = text[: found.start()] + text[found.end() :]
    growth = sum(rest.count(name) * len(value) for name, value in named.items())
    if _ENTITY.sub("", own).strip() or growth > _MOST_GROWTH:
        return text
    for name, value in named.items():
        rest = rest.replace(name, value)
    return rest


def _cut_links(node: ET.Element) -> None:
    """Take out pictures and parts that lie elsewhere, also inside a drawing that is embedded: QtSvg would read them."""
    for child in list(node):
        if child.tag.rpartition(":")[2] in _LINKED:
            targets = [value for key, value in child.attrib.items() if key.rpartition(":")[2] == "href"]
            if not all(target.startswith("#") or is_honest(target) for target in targets):
                node.remove(child)
                continue
        _cut_links(child)
