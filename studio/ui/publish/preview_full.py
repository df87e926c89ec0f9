"""Screens that fill the phone (story, reel, short video), and the sheet on the notice board."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QLinearGradient

from studio.preview.post_markup import rich_text
from studio.ui.publish.preview_apps import carousel, play_mark
from studio.ui.publish.preview_canvas import WIDTH

if TYPE_CHECKING:
    from studio.preview.preview_results import PostText
    from studio.ui.publish.preview_canvas import ScreenCanvas
    from studio.ui.publish.preview_shown import PhoneState, PreviewShot, ShownOutlet

_SHORT = 80
"""Characters of a text that the apps show over a video before it is unfolded (data/platforms.json, tiktok)."""
FULL = WIDTH * 16 / 9
"""Height of a full-screen post."""
BOARD_EDGE = 12.0
"""What is seen of the notice board around the sheet."""


def _fade(c: ScreenCanvas, y: float, height: float, *, up: bool) -> None:
    """Darkens the upper or lower end, so that white words are readable."""
    gradient = QLinearGradient(QPointF(0, y), QPointF(0, y + height))
    dark, clear = QColor(0, 0, 0, 165), QColor(0, 0, 0, 0)
    gradient.setColorAt(0, dark if up else clear)
    gradient.setColorAt(1, clear if up else dark)
    c.shade(QRectF(0, y, WIDTH, height), gradient)


def _ground(c: ScreenCanvas, shot: PreviewShot | None) -> QRectF:
    box = QRectF(0, c.y, WIDTH, FULL)
    c.picture(shot.image if shot else None, box, "#101010")
    return box


def story(c: ScreenCanvas, s: ShownOutlet, v: PhoneState) -> None:
    """A story or status: a picture that goes by itself."""
    shot = next(iter(s.cards(tall=True)), None)
    box = _ground(c, shot)
    _fade(c, box.y(), 84, up=True)
    c.box(QRectF(8, box.y() + 8, WIDTH - 16, 2.4), "#66ffffff", 1.2)
    c.box(QRectF(8, box.y() + 8, (WIDTH - 16) * 0.4, 2.4), "#ffffff", 1.2)
    c.avatar(s.mark, 12, box.y() + 20, 32)
    name = s.name if s.outlet_id in {"whatsapp", "facebook"} else s.handle
    c.draw_line(name, 52, box.y() + 21, 13, "#ffffff", weight=600, width=190)
    c.draw_line(s.say("now"), 52, box.y() + 38, 11, "#e0e0e0")
    c.icon("ellipsis", WIDTH - 60, box.y() + 26, 20, "#ffffff")
    c.icon("x", WIDTH - 32, box.y() + 26, 20, "#ffffff")
    c.y = box.bottom()
    c.box(QRectF(0, c.y, WIDTH, 52), "#000000")
    c.box(QRectF(12, c.y + 8, WIDTH - 84, 36), "#00000000", 18, "#777777")
    c.draw_line(s.say("reply"), 28, c.y + 18, 12.5, "#e0e0e0", width=180)
    c.icon("heart", WIDTH - 62, c.y + 15, 22, "#ffffff")
    c.icon("send", WIDTH - 32, c.y + 15, 22, "#ffffff")
    c.down(52)


def status_video(c: ScreenCanvas, s: ShownOutlet, v: PhoneState) -> None:
    """The same with the video."""
    shot = s.video(tall=True)
    box = _ground(c, shot)
    _fade(c, box.y(), 84, up=True)
    play_mark(c, box, 0)
    c.box(QRectF(8, box.y() + 8, WIDTH - 16, 2.4), "#66ffffff", 1.2)
    c.avatar(s.mark, 12, box.y() + 20, 32)
    c.draw_line(s.name, 52, box.y() + 21, 13, "#ffffff", weight=600, width=190)
    c.draw_line(s.say("now"), 52, box.y() + 38, 11, "#e0e0e0")
    c.y = box.bottom()
    c.down(10)


def reel(c: ScreenCanvas, s: ShownOutlet, v: PhoneState) -> None:
    """A short upright video with the app's buttons over it: what they hide is hidden on the phone too."""
    _draw_overlay(c, s, v, s.video(tall=True), s.written("takarir.txt", "uraian.txt") or s.written())


def photo_mode(c: ScreenCanvas, s: ShownOutlet, v: PhoneState) -> None:
    """TikTok's row of photos with a title."""
    shots = s.photos() or s.cards(tall=True)
    top = c.y
    carousel(c, s, v, shots, "#101010", least=0.5625)
    c.y = top
    _draw_overlay(c, s, v, None, s.written("takarir.txt"), title=True)
    c.dots(len(shots), min(v.page, max(0, len(shots) - 1)), top + FULL - 12, "#ffffff", "#80ffffff")


def _draw_overlay(
    c: ScreenCanvas,
    s: ShownOutlet,
    v: PhoneState,
    shot: PreviewShot | None,
    text: PostText | None,
    *,
    title: bool = False,
) -> None:
    """Who posts it and the text over the lower end, the app's buttons at the right."""
    box = QRectF(0, c.y, WIDTH, FULL)
    if not title:
        _ground(c, shot)
        play_mark(c, box, 0)
    html = _folded_text(s, text, v)
    name = s.written("judul-foto.txt") if title else None
    # Measured first: where the shade and the name begin depends on it.
    height = min(c.measure().flow(html, 12, WIDTH - 84, 12, "#ffffff"), FULL * 0.6)
    head = 26 + (24 if name else 0)
    _fade(c, box.bottom() - height - head - 70, height + head + 70, up=False)
    y = box.bottom() - height - head - (24 if title else 14)
    _rail(c, s, box.bottom() - 262)
    c.avatar(s.mark, 12, y, 22)
    c.draw_line(s.handle, 40, y + 2.5, 12.5, "#ffffff", weight=600, width=180)
    if name is not None and name.files:
        c.draw_line(name.files[0][1], 12, y + 26, 13.5, "#ffffff", weight=700, width=WIDTH - 84)
    c.flow(html, 12, WIDTH - 84, 12, "#ffffff", y=y + head, lines=round(FULL * 0.6 / 16))
    c.add_hotspot(QRectF(12, y + head, WIDTH - 84, height), "unfold", s.say("less" if v.unfolded else "more"))
    c.y = box.bottom()


def _folded_text(s: ShownOutlet, text: PostText | None, v: PhoneState) -> str:
    """The text, folded after what a video leaves room for."""
    if text is None or not text.files:
        return ""
    output = text.output
    visible = 0 if v.unfolded else min(output.visible or _SHORT, _SHORT)
    ink = s.ink("#ffffff", "#e5e5e5")
    words = text.files[0][1]
    if visible:
        # While a text is folded, apps run its paragraphs together.
        words = " ".join(words.split())
    return rich_text(words, ink, limit=output.limit, unit=output.count, visible=visible, more=s.say("more"))


def _rail(c: ScreenCanvas, s: ShownOutlet, y: float) -> None:
    c.avatar(s.mark, WIDTH - 46, y - 14, 34, ring="#ffffff")
    for number, icon in enumerate(("heart", "message-circle", "bookmark", "forward")):
        c.icon(icon, WIDTH - 42, y + 38 + number * 50, 27, "#ffffff", filled=icon in {"heart", "bookmark"})


def tiktok_bottom(c: ScreenCanvas, s: ShownOutlet, v: PhoneState) -> None:
    """The dark bar of the app."""
    c.box(QRectF(0, c.y, WIDTH, 46), "#000000")
    for number, icon in enumerate(("house", "store", "square-plus", "message-circle", "user")):
        c.icon(icon, WIDTH / 5 * (number + 0.5) - 11.5, c.y + 11, 23, "#ffffff")
    c.down(46)


def sheet(c: ScreenCanvas, s: ShownOutlet, v: PhoneState) -> None:
    """The printed sheet as it hangs on the board, with pins."""
    shot = s.sheet()
    width = WIDTH - 2 * BOARD_EDGE
    height = width / (shot.ratio if shot else 0.707)
    box = QRectF(BOARD_EDGE, c.y + BOARD_EDGE, width, height)
    for grow in (6.0, 4.0, 2.0):
        c.box(box.adjusted(-grow / 3, 0, grow / 2, grow), "#1c000000", 3)
    c.picture(shot.image if shot else None, box, "#ffffff", 1)
    for x in (box.x() + 9, box.right() - 9):
        c.round(x - 3.5, box.y() + 4, 8, "#40000000")
        c.round(x - 4, box.y() + 3, 8, s.group.colors.accent)
    c.down(height + 2 * BOARD_EDGE)
