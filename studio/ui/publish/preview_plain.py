"""The screen of a post that no app screen was drawn for: a pack of the group's own, or a new outlet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from studio.story.date_formats import short_date
from studio.ui.publish.preview_apps import carousel
from studio.ui.publish.preview_canvas import WIDTH

_PICTURE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
"""The pictures stand above the text already, and Qt would look for their files."""

if TYPE_CHECKING:
    from studio.ui.publish.preview_canvas import ScreenCanvas
    from studio.ui.publish.preview_shown import PhoneState, ShownOutlet


def plain_top(c: ScreenCanvas, s: ShownOutlet, v: PhoneState) -> None:
    """The name of the outlet."""
    c.box(QRectF(0, c.y, WIDTH, 44), s.pick("#ffffff", "#17191b"))
    c.draw_line(s.outlet_name, 0, c.y + 11, 15, s.pick("#111111", "#eeeeee"), width=WIDTH, align="center", weight=700)
    c.down(44)
    c.rule(c.y - 0.8, s.pick("#e5e5e5", "#2e3133"))


def plain(c: ScreenCanvas, s: ShownOutlet, v: PhoneState) -> None:
    """What a pack of the group's own makes: pictures, then its texts."""
    ink, quiet = s.pick("#111111", "#eeeeee"), s.pick("#6b6b6b", "#a0a0a0")
    c.avatar(s.mark, 12, c.y + 12, 36)
    c.draw_line(s.name, 58, c.y + 12, 13.5, ink, weight=600, width=230)
    c.draw_line(short_date(s.story.date), 58, c.y + 31, 11, quiet)
    c.down(58)
    carousel(c, s, v, s.feed() if s.pictures is None or s.feed() else [], s.pick("#eeeeee", "#222222"), least=0.56)
    c.down(10)
    for number in range(len(s.texts.texts)):
        text = s.texts.texts[number]
        for file in range(len(text.files)):
            shown = s.html(text, s.ink(s.pick("#0a66c2", "#70b5f9"), quiet), v, number=file)
            if text.output.file.endswith((".html", ".htm")):  # to be pasted as it is: shown as it will look
                shown = _PICTURE.sub("", text.files[file][1])
            c.flow(shown, 12, WIDTH - 24, 13, ink)
            c.down(12)
