"""Screens of the younger networks: Threads, Bluesky, a channel of WhatsApp, an update of a place on Google Maps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from studio.story.date_formats import short_date
from studio.ui.publish.preview_apps import day_mark, grid, message_bubble, play_mark
from studio.ui.publish.preview_canvas import WIDTH

if TYPE_CHECKING:
    from studio.ui.publish.preview_canvas import ScreenCanvas
    from studio.ui.publish.preview_shown import PhoneState, PreviewShot, ShownOutlet

_SIDE = 60.0
"""Where the words of a thread begin: right of the account's picture."""
_STRIP = 190.0
"""Height of the row of pictures of a post on Threads."""


def network_top(c: ScreenCanvas, s: ShownOutlet, v: PhoneState) -> None:
    """The head of a thread: back, the network's name."""
    ground, ink = s.pick("#ffffff", "#000000"), s.pick("#000000", "#f3f5f7")
    c.box(QRectF(0, c.y, WIDTH, 44), ground)
    c.icon("arrow-left", 12, c.y + 11, 22, ink)
    c.draw_line(s.outlet_name, 0, c.y + 12, 14.5, ink, width=WIDTH, align="center", weight=700)
    c.down(44)
    c.rule(c.y - 0.8, s.pick("#e5e5e5", "#2a2a2a"))


def threads(c: ScreenCanvas, s: ShownOutlet, v: PhoneState) -> None:
    """A thread on Threads: the pictures of the first post lie in a row that goes on beyond the edge."""
    _thread(c, s, v, link="#0095f6", icons=("heart", "message-circle", "repeat-2", "send"))


def bluesky(c: ScreenCanvas, s: ShownOutlet, v: PhoneState) -> None:
    """A thread on Bluesky: up to four pictures in a grid."""
    _thread(c, s, v, link="#1185fe", icons=("message-circle", "repeat-2", "heart", "bookmark", "ellipsis"))


def _thread(c: ScreenCanvas, s: ShownOutlet, v: PhoneState, *, link: str, icons: tuple[str, ...]) -> None:
    ink, quiet, line = s.pick("#0b0f14", "#f3f5f7"), s.pick("#6b7785", "#8a939e"), s.pick("#d9dee3", "#2f3439")
    text = s.written("{n:02}.txt") or s.written()
    posts = len(text.files) if text else 0
    for number in range(posts):
        top = c.y
        c.down(10)
        wide = c.draw_line(s.handle, _SIDE, c.y, 13, ink, weight=700, width=170)
        c.draw_line(short_date(s.story.date), _SIDE + 6 + wide, c.y + 0.5, 11.5, quiet, width=WIDTH - 110 - wide)
        c.icon("ellipsis", WIDTH - 28, c.y, 16, quiet)
        c.down(19)
        c.flow(s.html(text, s.ink(link, quiet), v, number=number), _SIDE, WIDTH - _SIDE - 12, 13, ink)
        if not number:
            _pictures(c, s, line)
        c.down(10)
        for place, icon in enumerate(icons):
            c.icon(icon, _SIDE + place * 46, c.y, 16, quiet)
        c.down(26)
        if number < posts - 1:
            c.box(QRectF(31, top + 52, 2, c.y - top - 48), line)
        else:
            c.rule(c.y, line)
        c.avatar(s.mark, 14, top + 10, 36)


def _pictures(c: ScreenCanvas, s: ShownOutlet, ground: str) -> None:
    """The video where there is one, else the pictures: on Threads in a row, on Bluesky in a grid."""
    row = s.outlet_id == "threads"
    video = s.video(tall=row)
    shots = [video] if video is not None else s.feed()
    if not shots:
        return
    c.down(8)
    if row:
        _strip(c, shots, ground)
    elif video is not None:
        box = QRectF(_SIDE, c.y, WIDTH - _SIDE - 12, (WIDTH - _SIDE - 12) * 9 / 16)
        c.picture(video.image, box, ground, 12)
        play_mark(c, box, video.seconds)
        c.down(box.height())
    else:
        grid(c, s, shots[:4], ground)


def _strip(c: ScreenCanvas, shots: list[PreviewShot], ground: str) -> None:
    x = _SIDE
    for shot in shots:
        if x >= WIDTH:
            break
        box = QRectF(x, c.y, _STRIP * max(0.5625, min(1.6, shot.ratio)), _STRIP)
        c.picture(shot.image, box, ground, 8)
        if shot.seconds:
            play_mark(c, box, shot.seconds)
        x += box.width() + 6
    c.down(_STRIP)


# ------------------------------------------------------------------------------------------------ WhatsApp channel


def channel_top(c: ScreenCanvas, s: ShownOutlet, v: PhoneState) -> None:
    """The head of the group's channel."""
    ground, ink = s.pick("#ffffff", "#0b141a"), s.pick("#111b21", "#e9edef")
    c.box(QRectF(0, c.y, WIDTH, 52), ground)
    c.icon("arrow-left", 8, c.y + 16, 20, ink)
    c.avatar(s.mark, 34, c.y + 8, 36)
    c.draw_line(s.name, 78, c.y + 8, 14, ink, weight=600, width=190)
    c.draw_line(s.outlet_name, 78, c.y + 28, 10.5, s.pick("#667781", "#8696a0"), width=190)
    c.icon("bell", WIDTH - 62, c.y + 17, 18, ink)
    c.icon("ellipsis-vertical", WIDTH - 30, c.y + 17, 18, ink)
    c.down(52)


def channel(c: ScreenCanvas, s: ShownOutlet, v: PhoneState) -> None:
    """One message of the channel: pictures and text in one, and what followers may do: react and pass it on."""
    ink, quiet = s.pick("#111b21", "#e9edef"), s.pick("#667781", "#8696a0")
    day_mark(c, s, s.pick("#ffffff", "#182229"), quiet)
    html = s.html(
        s.written("kiriman.txt") or s.written(), s.ink(s.pick("#027eb5", "#53bdeb"), quiet), v, markup="whatsapp"
    )
    message_bubble(c, s, html, ink, quiet, s.pick("#ffffff", "#202c33"), s.feed(), named=True)
    c.box(QRectF(38, c.y - 10, 64, 24), s.pick("#ffffff", "#202c33"), 12, s.pick("#e0dcd5", "#0b141a"))
    c.icon("heart", 46, c.y - 5, 14, "#e53935", filled=True)
    c.icon("thumbs-up", 64, c.y - 5, 14, "#f0a020", filled=True)
    c.icon("forward", WIDTH - 36, c.y - 8, 18, quiet)
    c.down(26)


# ------------------------------------------------------------------------------------------------ Google Maps


def place_top(c: ScreenCanvas, s: ShownOutlet, v: PhoneState) -> None:
    """The head of the place's own page, on its list of updates."""
    ground, ink = s.pick("#ffffff", "#1f1f1f"), s.pick("#202124", "#e8eaed")
    c.box(QRectF(0, c.y, WIDTH, 52), ground)
    c.icon("arrow-left", 10, c.y + 16, 20, ink)
    c.draw_line(s.name, 44, c.y + 8, 15, ink, weight=600, width=210)
    c.icon("map-pin", 44, c.y + 31, 11, "#d93025")
    c.draw_line(s.group.village or s.story.place, 58, c.y + 29, 10.5, s.pick("#5f6368", "#9aa0a6"), width=200)
    c.icon("search", WIDTH - 36, c.y + 16, 20, ink)
    c.down(52)
    c.rule(c.y - 0.8, s.pick("#e8eaed", "#3c4043"))


def place_update(c: ScreenCanvas, s: ShownOutlet, v: PhoneState) -> None:
    """An update: the account, its one picture, the text."""
    ink, quiet = s.pick("#202124", "#e8eaed"), s.pick("#5f6368", "#9aa0a6")
    c.avatar(s.mark, 12, c.y + 12, 34)
    c.draw_line(s.name, 56, c.y + 12, 13, ink, weight=600, width=220)
    c.draw_line(short_date(s.story.date), 56, c.y + 30, 11, quiet)
    c.icon("ellipsis-vertical", WIDTH - 30, c.y + 19, 18, quiet)
    c.down(56)
    for shot in s.feed()[:1]:
        box = QRectF(12, c.y, WIDTH - 24, (WIDTH - 24) / max(0.8, min(1.9, shot.ratio)))
        c.picture(shot.image, box, s.pick("#f1f3f4", "#303134"), 10)
        c.down(box.height() + 10)
    text = s.written("kiriman.txt") or s.written()
    c.flow(s.html(text, s.ink(s.pick("#1a73e8", "#8ab4f8"), quiet), v), 12, WIDTH - 24, 13, ink)
    c.down(10)
    c.icon("share-2", 12, c.y, 17, s.pick("#1a73e8", "#8ab4f8"))
    c.draw_line(s.say("share"), 36, c.y + 1, 12, s.pick("#1a73e8", "#8ab4f8"), weight=600)
    c.down(30)
