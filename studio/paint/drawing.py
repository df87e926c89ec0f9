"""An SVG drawing from elsewhere (a logo) as pixels. Nothing outside it is read, no entity is expanded."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from studio.base.errors import UserError
from studio.paint.app import ensure_gui
from studio.paint.art import parse_svg

if TYPE_CHECKING:
    from pathlib import Path

_DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]*>")
"""Without definitions of its own; one that has some is refused."""
_LINKED = frozenset({"image", "feImage", "use"})


def draw_svg(source: Path, out: Path, side: int) -> None:
    """Draw an SVG file as PNG with transparency, ``side`` pixels on its longer side.

    Raises:
        UserError: ``paint.svg`` it cannot be understood; ``paint.drawing_empty`` nothing of it can be drawn;
            ``paint.save``.
    """
    ensure_gui()
    text = _DOCTYPE.sub(b"", source.read_bytes()).decode("utf-8-sig", "replace")
    root = parse_svg(re.sub(r"\A\s*<\?xml[^>]*\?>", "", text))
    _cut_links(root)
    renderer = QSvgRenderer(QByteArray(ET.tostring(root, encoding="utf-8")))
    box = renderer.viewBoxF()
    if not renderer.isValid() or box.isEmpty():
        raise UserError("paint.svg", detail="QtSvg", line=1)
    scale = side / max(box.width(), box.height())
    size = (max(1, round(box.width() * scale)), max(1, round(box.height() * scale)))
    image = QImage(*size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    try:
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        renderer.render(painter, QRectF(0, 0, *size))
    finally:
        painter.end()
    alpha = image.convertToFormat(QImage.Format.Format_Alpha8)  # kept: its bytes do not keep it
    if not any(bytes(alpha.constBits())):
        raise UserError("paint.drawing_empty", file=source.name)
    if not image.save(str(out), "PNG"):  # type: ignore[call-overload]  # the stubs want bytes, Qt takes str
        raise UserError("paint.save", file=out.name)


def _cut_links(node: ET.Element) -> None:
    """Take out pictures and parts that lie elsewhere: QtSvg would read them from the disk."""
    for child in list(node):
        if child.tag.rpartition(":")[2] in _LINKED:
            targets = [value for key, value in child.attrib.items() if key.rpartition(":")[2] == "href"]
            if not all(target.startswith(("#", "data:image/")) for target in targets):
                node.remove(child)
                continue
        _cut_links(child)
