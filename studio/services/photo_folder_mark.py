"""The mark of a folder of photos: a logo, the group's mark, or a name on a dark ground."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from studio.services.qt_apart import paint_apart

if TYPE_CHECKING:
    from pathlib import Path

    from studio.store.workspace import Workspace

_HEIGHT, _PAD, _LETTERS = 96, 30, 50
"""Pixels of a name's ground, the space beside the name, and the size of its letters."""
_WIDEST = 1600
_FONT, _WEIGHT = "Be Vietnam Pro", 700


def logo_mark(logo: Path) -> Path:
    """A file as mark.

    Raises:
        UserError: it is no picture, or cannot be drawn.
    """
    from studio.export.planning.group_logo import draw_logo

    # A drawing may need fonts.
    return paint_apart(draw_logo, logo) if logo.suffix.lower() == ".svg" else draw_logo(logo)


def group_mark(workspace: Workspace, folder: Path) -> Path:
    """The mark that exports of a workspace have, painted into ``folder``."""
    from studio.export.planning.export_tasks import PhotoMark
    from studio.export.planning.group_logo import ready_mark
    from studio.export.rendering.group_mark import paint_mark

    return paint_apart(paint_mark, PhotoMark(workspace.group, ready_mark(workspace)), folder)


def name_mark(name: str, folder: Path) -> Path:
    """A name in white on a dark ground, painted into ``folder``.

    Raises:
        UserError: the file cannot be written.
    """
    return paint_apart(paint_name, name, folder)


def paint_name(name: str, folder: Path) -> Path:
    """See ``name_mark``; in a process that has Qt, or may load it.

    Raises:
        UserError: the file cannot be written.
    """
    from studio.paint.image import paint_png
    from studio.paint.lines import letter_width
    from studio.paint.qt_application import ensure_gui

    ensure_gui()
    text = " ".join(name.split())
    reach = sum(letter_width(letter, _FONT, _WEIGHT) for letter in text) * _LETTERS
    width = min(_WIDEST, round(reach * 1.04) + 2 * _PAD)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{_HEIGHT}" viewBox="0 0 {width} {_HEIGHT}">'
        f'<rect width="{width}" height="{_HEIGHT}" rx="18" fill="#101816" fill-opacity="0.62"/>'
        f'<rect class="kim-text" id="nama" x="{_PAD}" y="10" width="{width - 2 * _PAD}" height="{_HEIGHT - 20}"'
        f' data-text={quoteattr(text)} data-font="{_FONT}" data-weight="{_WEIGHT}" data-max="{_LETTERS}"'
        ' data-min="20" data-lines="1" data-align="center" data-valign="middle" data-color="#ffffff"/></svg>'
    )
    path = folder / "tanda.png"
    paint_png(svg, width, _HEIGHT, path)
    return path
