"""Screens on which people meet posts, drawn by hand: feeds, chats. ``preview_full`` has those that fill the phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from studio.story.date_formats import short_date
from studio.ui.publish.preview_canvas import WIDTH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.ui.publish.preview_canvas import ScreenCanvas
    from studio.ui.publish.preview_shown import PhoneState, PreviewShot, ShownOutlet

_NAMES = ("#c2185b", "#00796b", "#5e35b1", "#e65100")


def carousel(
    c: ScreenCanvas, s: ShownOutlet, v: PhoneState, shots: list[PreviewShot], ground: str, *, least: float = 0.8
) -> float:
    """Pictures of which one is seen, with arrows and a counter; returns the height."""
    if not shots:
        return 0.0
    at = min(v.page, len(shots) - 1)
    # The first picture sets the frame for all, as in the app; Instagram shows nothing wider than 1.91:1 and nothing
    # taller than ``least``.
    height = WIDTH / max(least, min(1.91, shots[0].ratio))
    box = QRectF(0, c.y, WIDTH, height)
    c.picture(shots[at].image, box, ground)
    if len(shots) > 1:
        c.box(QRectF(WIDTH - 46, c.y + 10, 36, 22), "#b3000000", 11)
        c.draw_line(
            f"{at + 1}/{len(shots)}", WIDTH - 46, c.y + 14, 10.5, "#ffffff", width=36, align="center", weight=600
        )
        for forward, x, icon in ((False, 6.0, "chevron-left"), (True, WIDTH - 32, "chevron-right")):
            if 0 <= at + (1 if forward else -1) < len(shots):
                arrow = QRectF(x, c.y + height / 2 - 13, 26, 26)
                c.box(arrow, "#d9ffffff", 13)
                c.icon(icon, x + 5, c.y + height / 2 - 8, 16, "#262626")
                c.add_hotspot(arrow, "next" if forward else "previous", s.say("next" if forward else "previous"))
    c.down(height)
    return height


def _unfold(c: ScreenCanvas, s: ShownOutlet, v: PhoneState, top: float, x: float, width: float) -> None:
    if s.folds:
        c.add_hotspot(QRectF(x, top, width, c.y - top), "unfold", s.say("less" if v.unfolded else "more"))


def play_mark(c: ScreenCanvas, box: QRectF, seconds: float) -> None:
    """The sign of a video, and its length."""
    side = 48.0
    left, top = box.center().x() - side / 2, box.center().y() - side / 2
    c.round(left, top, side, "#99000000")
    c.icon("play", left + 15, top + 13, 22, "#ffffff", filled=True)
    if seconds > 1:
        text = f"{int(seconds) // 60}:{int(seconds) % 60:02}"
        c.box(QRectF(box.right() - 42, box.bottom() - 26, 34, 18), "#b3000000", 4)
        c.draw_line(text, box.right() - 42, box.bottom() - 24, 10, "#ffffff", width=34, align="center", weight=600)


# ------------------------------------------------------------------------------------------------ Instagram


def instagram_top(c: ScreenCanvas, s: ShownOutlet, v: PhoneState) -> None:
    """The head of a person's posts."""
    ink, ground = s.pick("#000000", "#f5f5f5"), s.pick("#ffffff", "#000000")
    c.box(QRectF(0, c.y, WIDTH, 44), ground)
    c.icon("arrow-left", 12, c.y + 11, 22, ink)
    c.draw_line(s.say("posts"), 46, c.y + 4, 15, ink, weight=700, width=240)
    c.draw_line(s.handle, 46, c.y + 24, 10.5, s.pick("#737373", "#a8a8a8"), width=240)
    c.down(44)
    c.rule(c.y - 0.8, s.pick("#efefef", "#262626"))


def instagram(c: ScreenCanvas, s: ShownOutlet, v: PhoneState) -> None:
    """A post in the feed."""
    ink, quiet = s.pick("#000000", "#f5f5f5"), s.pick("#737373", "#a8a8a8")
    c.avatar(s.mark, 12, c.y + 11, 32, ring="#d6249f")
    c.draw_line(s.handle, 54, c.y + 9, 12.5, ink, weight=600, width=200)
    c.draw_line(s.group.village or s.story.place, 54, c.y + 27, 11, ink, width=200)
    c.icon("ellipsis-vertical", WIDTH - 30, c.y + 18, 18, ink)
    c.down(54)
    shots = s.feed()
    carousel(c, s, v, shots, s.pick("#efefef", "#1a1a1a"))
    for number, icon in enumerate(("heart", "message-circle", "send")):
        c.icon(icon, 12 + number * 36, c.y + 11, 23, ink)
    c.icon("bookmark", WIDTH - 35, c.y + 11, 23, ink)
    c.dots(len(shots), min(v.page, len(shots) - 1), c.y + 22, "#0095f6", s.pick("#c7c7c7", "#555555"))
    c.down(44)
    top = c.y
    text = s.html(s.written("takarir.txt") or s.written(), s.ink(s.pick("#00376b", "#85a1ff"), quiet), v)
    c.flow(f"<b>{s.handle}</b> {text}", 12, WIDTH - 24, 12.5, ink)
    _unfold(c, s, v, top, 12, WIDTH - 24)
    c.down(6)
    c.draw_line(short_date(s.story.date), 12, c.y, 11, quiet)
    c.down(26)


def instagram_bottom(c: ScreenCanvas, s: ShownOutlet, v: PhoneState) -> None:
    """The bar of the app."""
    _bar(
        c,
        s,
        ("house", "search", "square-plus", "clapperboard"),
        s.pick("#ffffff", "#000000"),
        s.pick("#000", "#f5f5f5"),
    )
    c.avatar(s.mark, WIDTH - 44, c.y - 34, 24)


def _bar(c: ScreenCanvas, s: ShownOutlet, icons: tuple[str, ...], ground: str, ink: str, places: int = 5) -> None:
    c.box(QRectF(0, c.y, WIDTH, 44), ground)
    c.rule(c.y, s.pick("#e3e3e3", "#2c2c2c"))
    for number, icon in enumerate(icons):
        c.icon(icon, WIDTH / places * (number + 0.5) - 11.5, c.y + 10, 23, ink)
    c.down(44)


# ------------------------------------------------------------------------------------------------ Facebook


def facebook_top(c: ScreenCanvas, s: ShownOutlet, v: PhoneState) -> None:
    """The search bar."""
    ground, ink = s.pick("#ffffff", "#242526"), s.pick("#050505", "#e4e6eb")
    c.box(QRectF(0, c.y, WIDTH, 46), ground)
    c.icon("arrow-left", 12, c.y + 12, 22, ink)
    c.box(QRectF(46, c.y + 8, WIDTH - 60, 30), s.pick("#f0f2f5", "#3a3b3c"), 15)
    c.icon("search", 56, c.y + 15, 16, s.pick("#65676b", "#b0b3b8"))
    c.draw_line(s.name, 78, c.y + 14, 12.5, s.pick("#65676b", "#b0b3b8"), width=210)
    c.down(46)
    c.rule(c.y - 0.8, s.pick("#dadde1", "#3a3b3c"))


def facebook(c: ScreenCanvas, s: ShownOutlet, v: PhoneState) -> None:
    """A post on a page."""
    ink, quiet = s.pick("#050505", "#e4e6eb"), s.pick("#65676b", "#b0b3b8")
    c.avatar(s.mark, 12, c.y + 12, 40)
    c.draw_line(s.name, 60, c.y + 13, 14, ink, weight=600, width=190)
    wide = c.draw_line(short_date(s.story.date) + " · ", 60, c.y + 33, 11.5, quiet)
    c.icon("globe", 61 + wide, c.y + 35, 11, quiet)
    c.icon("ellipsis", WIDTH - 60, c.y + 20, 20, quiet)
    c.icon("x", WIDTH - 30, c.y + 20, 20, quiet)
    c.down(60)
    top = c.y
    c.flow(s.html(s.written(), s.ink(s.pick("#0064d1", "#5aa7ff"), quiet), v), 12, WIDTH - 24, 13.5, ink)
    _unfold(c, s, v, top, 12, WIDTH - 24)
    c.down(10)
    _collage(c, s, s.feed())
    c.down(6)
    c.rule(c.y, s.pick("#ced0d4", "#3e4042"), 12, WIDTH - 24)
    third = (WIDTH - 24) / 3
    for number, (icon, word) in enumerate((("thumbs-up", "like"), ("message-circle", "comment"), ("forward", "share"))):
        left = 12 + third * number
        wide = c.draw_line(s.say(word), left + 26, c.y + 13, 12.5, quiet, weight=600, width=third - 22)
        c.icon(icon, left + 4, c.y + 12, 18, quiet)
    c.down(46)
    c.box(QRectF(0, c.y, WIDTH, 10), s.pick("#ced0d4", "#18191a"))
    c.down(10)


def _collage(c: ScreenCanvas, s: ShownOutlet, shots: list[PreviewShot]) -> None:
    """One picture uncut; more as one large and a row of small ones, the last with what is left."""
    if not shots:
        return
    ground = s.pick("#e4e6eb", "#3a3b3c")
    if len(shots) == 1:
        height = WIDTH / max(0.75, shots[0].ratio)
        c.picture(shots[0].image, QRectF(0, c.y, WIDTH, height), ground)
        c.down(height)
        return
    large = WIDTH / max(0.8, min(1.5, shots[0].ratio))
    c.picture(shots[0].image, QRectF(0, c.y, WIDTH, large), ground)
    c.down(large + 3)
    row = shots[1:4]
    side = (WIDTH - 3 * (len(row) - 1)) / len(row)
    height = min(side, 150.0)
    for number, shot in enumerate(row):
        box = QRectF(number * (side + 3), c.y, side, height)
        c.picture(shot.image, box, ground)
        if number == len(row) - 1 and len(shots) > 4:
            c.box(box, "#8c000000")
            c.draw_line(
                f"+{len(shots) - 4}",
                box.x(),
                box.center().y() - 16,
                24,
                "#ffffff",
                width=side,
                align="center",
                weight=600,
            )
    c.down(height)


# ------------------------------------------------------------------------------------------------ WhatsApp and Telegram


def whatsapp_top(c: ScreenCanvas, s: ShownOutlet, v: PhoneState) -> None:
    """The head of a group."""
    ground, ink = s.pick("#ffffff", "#0b141a"), s.pick("#111b21", "#e9edef")
    c.box(QRectF(0, c.y, WIDTH, 52), ground)
    c.icon("arrow-left", 8, c.y + 16, 20, ink)
    c.round(34, c.y + 8, 36, s.pick("#dfe5e7", "#2a3942"))
    c.icon("users", 43, c.y + 17, 18, s.pick("#8696a0", "#aebac1"))
    c.draw_line(s.say("group_name", place=s.group.village or s.name), 78, c.y + 8, 14, ink, weight=600, width=170)
    c.draw_line(s.say("group_people", name=s.name), 78, c.y + 28, 10.5, s.pick("#667781", "#8696a0"), width=170)
    c.icon("phone", WIDTH - 62, c.y + 17, 18, ink)
    c.icon("ellipsis-vertical", WIDTH - 30, c.y + 17, 18, ink)
    c.down(52)


def whatsapp(c: ScreenCanvas, s: ShownOutlet, v: PhoneState) -> None:
    """Photos with their caption, then the message, as the people of a group get them."""
    ink, quiet = s.pick("#111b21", "#e9edef"), s.pick("#667781", "#8696a0")
    day_mark(c, s, s.pick("#ffffff", "#182229"), quiet)
    links = s.ink(s.pick("#027eb5", "#53bdeb"), quiet)
    bubble = s.pick("#ffffff", "#202c33")
    photos = s.photos()
    if photos or s.pictures is None:
        caption = s.html(s.written("keterangan-foto.txt"), links, v, markup="whatsapp")
        message_bubble(c, s, caption, ink, quiet, bubble, photos or [], named=True)
    html = s.html(s.written("pesan.txt") or s.written(), links, v, markup="whatsapp")
    message_bubble(c, s, html, ink, quiet, bubble, [], named=not photos)
    c.down(8)


def day_mark(c: ScreenCanvas, s: ShownOutlet, ground: str, ink: str) -> None:
    """The day above the messages of a chat."""
    c.down(10)
    day = short_date(s.story.date) or s.say("today")
    wide = c.width_of(day, 10.5, 500) + 20
    c.box(QRectF((WIDTH - wide) / 2, c.y, wide, 22), ground, 7)
    c.draw_line(day, 0, c.y + 4.5, 10.5, ink, width=WIDTH, align="center", weight=500)
    c.down(30)


def message_bubble(
    c: ScreenCanvas,
    s: ShownOutlet,
    html: str,
    ink: str,
    quiet: str,
    ground: str,
    shots: list[PreviewShot],
    *,
    named: bool,
) -> None:
    """A message of another person: sender, pictures, text, time."""
    if not html and not shots:
        return
    left, width = 34.0, WIDTH - 34 - 12
    top = c.y
    # Drawn twice, first without paint: the bubble lies below its text and must know how high that will be.
    measure = c.measure()
    height = _message(measure, s, html, ink, quiet, shots, left, width, named=named)
    if named:
        c.avatar(s.mark, 5, top, 25)
    c.box(QRectF(left, top, width, height), ground, 9, s.pick("#e0dcd5", "") if not s.night else "")
    c.y = top
    _message(c, s, html, ink, quiet, shots, left, width, named=named)
    c.down(6)


def _message(
    c: ScreenCanvas,
    s: ShownOutlet,
    html: str,
    ink: str,
    quiet: str,
    shots: list[PreviewShot],
    left: float,
    width: float,
    *,
    named: bool,
) -> float:
    top = c.y
    c.down(6)
    if named:
        c.draw_line(s.name, left + 9, c.y, 12, s.pick(_NAMES[1], "#53d6c3"), weight=600, width=width - 18)
        c.down(18)
    if shots:
        _album(c, s, shots, left + 3, width - 6)
        c.down(6)
    if html:
        c.flow(html, left + 9, width - 18, 13, ink)
    c.draw_line("09.41", left, c.y + 1, 10, quiet, width=width - 9, align="right")
    c.down(18)
    return c.y - top


def _album(c: ScreenCanvas, s: ShownOutlet, shots: list[PreviewShot], x: float, width: float) -> None:
    """Up to four pictures in two columns; the last says how many more there are."""
    ground = s.pick("#e6e6e6", "#2a3942")
    if len(shots) == 1:
        height = width / max(0.75, min(1.9, shots[0].ratio))
        c.picture(shots[0].image, QRectF(x, c.y, width, height), ground, 7)
        c.down(height)
        return
    side = (width - 3) / 2
    shown = shots[:4] if len(shots) != 3 else shots[:3]
    if len(shown) == 3:
        c.picture(shown[0].image, QRectF(x, c.y, width, width * 0.62), ground, 7)
        c.down(width * 0.62 + 3)
        shown = shown[1:]
    for number, shot in enumerate(shown):
        box = QRectF(x + (number % 2) * (side + 3), c.y + (number // 2) * (side + 3), side, side)
        c.picture(shot.image, box, ground, 7)
        if number == 3 and len(shots) > 4:
            c.box(box, "#8c000000", 7)
            c.draw_line(f"+{len(shots) - 3}", box.x(), box.center().y() - 14, 22, "#ffffff", width=side, align="center")
    c.down(side * ((len(shown) + 1) // 2) + 3 * ((len(shown) - 1) // 2))


def chat_bottom(c: ScreenCanvas, s: ShownOutlet, v: PhoneState) -> None:
    """Where one would answer; a channel can only be muted."""
    whats = s.outlet_id == "whatsapp"
    ground = s.pick("#efeae2", "#0b141a") if whats else s.pick("#ffffff", "#17212b")
    quiet = s.pick("#667781", "#8696a0")
    c.box(QRectF(0, c.y, WIDTH, 50), ground)
    if whats:
        c.box(QRectF(6, c.y + 5, WIDTH - 58, 40), s.pick("#ffffff", "#1f2c34"), 20)
        c.icon("smile", 16, c.y + 15, 20, quiet)
        c.draw_line(s.say("message"), 44, c.y + 15, 13.5, quiet, width=150)
        c.icon("paperclip", WIDTH - 108, c.y + 15, 20, quiet)
        c.icon("camera", WIDTH - 80, c.y + 15, 20, quiet)
        c.round(WIDTH - 46, c.y + 5, 40, "#1daa61")
        c.icon("mic", WIDTH - 36, c.y + 15, 20, "#ffffff")
    else:
        c.draw_line(
            s.say("mute").upper(),
            0,
            c.y + 16,
            13,
            s.pick("#168acd", "#6ab3f3"),
            width=WIDTH,
            align="center",
            weight=600,
        )
    c.down(50)


def telegram_top(c: ScreenCanvas, s: ShownOutlet, v: PhoneState) -> None:
    """The head of a channel."""
    ground, ink = s.pick("#ffffff", "#17212b"), s.pick("#000000", "#ffffff")
    c.box(QRectF(0, c.y, WIDTH, 52), ground)
    c.icon("arrow-left", 10, c.y + 16, 20, ink)
    c.avatar(s.mark, 42, c.y + 8, 36)
    c.draw_line(s.name, 88, c.y + 8, 14, ink, weight=600, width=180)
    c.draw_line(s.say("channel"), 88, c.y + 28, 11, s.pick("#707579", "#708499"), width=180)
    c.icon("ellipsis-vertical", WIDTH - 30, c.y + 17, 18, ink)
    c.down(52)
    c.rule(c.y - 0.8, s.pick("#dfe3e6", "#0e1621"))


def telegram(c: ScreenCanvas, s: ShownOutlet, v: PhoneState) -> None:
    """An album with its caption, then the long post."""
    ink, quiet = s.pick("#000000", "#ffffff"), s.pick("#8a9aa5", "#6d7f8f")
    day_mark(c, s, s.pick("#8fae7c", "#1e2c3a"), "#ffffff")
    links = s.ink(s.pick("#168acd", "#6ab3f3"), quiet)
    bubble = s.pick("#ffffff", "#182533")
    photos = s.photos()
    if photos or s.pictures is None:
        caption = s.html(s.written("takarir.txt"), links, v, markup="telegram")
        message_bubble(c, s, caption, ink, quiet, bubble, photos, named=True)
    cards = s.cards()
    html = s.html(s.written("kiriman.txt") or s.written(), links, v, markup="telegram")
    message_bubble(c, s, html, ink, quiet, bubble, [] if photos else cards, named=not photos)
    c.down(8)


# ------------------------------------------------------------------------------------------------ X


def x_top(c: ScreenCanvas, s: ShownOutlet, v: PhoneState) -> None:
    """The head of a post."""
    ground, ink = s.pick("#ffffff", "#000000"), s.pick("#0f1419", "#e7e9ea")
    c.box(QRectF(0, c.y, WIDTH, 44), ground)
    c.icon("arrow-left", 14, c.y + 12, 20, ink)
    c.draw_line(s.say("thread"), 52, c.y + 11, 15.5, ink, weight=700, width=200)
    c.down(44)
    c.rule(c.y - 0.8, s.pick("#eff3f4", "#2f3336"))


def x_thread(c: ScreenCanvas, s: ShownOutlet, v: PhoneState) -> None:
    """The posts of a thread; pictures go with the first."""
    ink, quiet, line = s.pick("#0f1419", "#e7e9ea"), s.pick("#536471", "#71767b"), s.pick("#cfd9de", "#333639")
    text = s.written("{n:02}.txt") or s.written()
    posts = len(text.files) if text else 0
    for number in range(posts):
        top = c.y
        c.down(10)
        wide = c.draw_line(s.name, 60, c.y, 13, ink, weight=700, width=130)
        c.draw_line(f"@{s.handle}", 64 + wide, c.y, 12.5, quiet, width=WIDTH - 102 - wide)
        c.icon("ellipsis", WIDTH - 28, c.y, 16, quiet)
        c.down(19)
        c.flow(s.html(text, s.ink("#1d9bf0", quiet), v, number=number), 60, WIDTH - 72, 13, ink)
        if number == 0 and (shots := [*s.cards(), *s.photos()][:4]):
            c.down(8)
            grid(c, s, shots, line)
        c.down(10)
        for place, icon in enumerate(("message-circle", "repeat-2", "heart", "chart-no-axes-column", "bookmark")):
            c.icon(icon, 60 + place * 54, c.y, 15, quiet)
        c.down(24)
        if number < posts - 1:
            c.box(QRectF(31, top + 52, 2, c.y - top - 48), line)
        else:
            c.rule(c.y, line)
        c.avatar(s.mark, 14, top + 10, 36)


_QUARTERS: Mapping[int, tuple[tuple[float, float, float, float], ...]] = {
    1: ((0, 0, 1, 1),),
    2: ((0, 0, 0.5, 1), (0.5, 0, 0.5, 1)),
    3: ((0, 0, 0.5, 1), (0.5, 0, 0.5, 0.5), (0.5, 0.5, 0.5, 0.5)),
    4: ((0, 0, 0.5, 0.5), (0.5, 0, 0.5, 0.5), (0, 0.5, 0.5, 0.5), (0.5, 0.5, 0.5, 0.5)),
}
"""Where one to four pictures lie, as shares of the whole."""


def grid(c: ScreenCanvas, s: ShownOutlet, shots: list[PreviewShot], edge: str) -> None:
    """One to four pictures of a post, in a frame of 16:9."""
    width, gap = WIDTH - 72, 2.0
    height = width * 9 / 16
    boxes = _QUARTERS[len(shots)]
    for shot, (x, y, w, h) in zip(shots, boxes, strict=True):
        box = QRectF(60 + x * width, c.y + y * height, w * width, h * height).adjusted(
            gap / 2 if x else 0, gap / 2 if y else 0, 0 if x + w == 1 else -gap / 2, 0 if y + h == 1 else -gap / 2
        )
        c.picture(shot.image, box, edge, 12 if len(shots) == 1 else 8)
    c.down(height)


# ------------------------------------------------------------------------------------------------ YouTube


def youtube(c: ScreenCanvas, s: ShownOutlet, v: PhoneState) -> None:
    """The page on which a video is watched."""
    ink, quiet, chip = s.pick("#0f0f0f", "#f1f1f1"), s.pick("#606060", "#aaaaaa"), s.pick("#f2f2f2", "#272727")
    video, card = s.video(tall=False), next(iter(s.cards()), None)
    box = QRectF(0, c.y, WIDTH, WIDTH * 9 / 16)
    shown = (card if v.page == 0 and card else video) or card
    c.picture(shown.image if shown else None, box, "#000000")
    if video is not None:
        play_mark(c, box, video.seconds)
        c.add_hotspot(box, "flip", s.say("flip"))
    c.down(box.height() + 10)
    title = s.written("judul.txt")
    c.flow(s.html(title, s.ink("#065fd4", quiet), v), 12, WIDTH - 24, 16, ink, weight=700, lines=3)
    c.down(4)
    wide = c.draw_line(f"{short_date(s.story.date)} ", 12, c.y, 11.5, quiet)
    c.draw_line(s.say("less") if v.unfolded else f"…{s.say('more')}", 16 + wide, c.y, 11.5, ink, weight=600)
    c.add_hotspot(QRectF(0, c.y - 4, WIDTH, 24), "unfold", s.say("less" if v.unfolded else "more"))
    c.down(26)
    c.avatar(s.mark, 12, c.y, 34)
    c.draw_line(s.name, 56, c.y + 8, 13, ink, weight=600, width=140)
    c.box(QRectF(WIDTH - 92, c.y + 2, 80, 30), ink, 15)
    c.draw_line(
        s.say("subscribe"), WIDTH - 92, c.y + 9, 12, s.pick("#ffffff", "#0f0f0f"), width=80, align="center", weight=600
    )
    c.down(46)
    for number, (icon, word) in enumerate((("thumbs-up", "like"), ("share", "share"), ("download", "download"))):
        c.box(QRectF(12 + number * 98, c.y, 92, 30), chip, 15)
        c.icon(icon, 24 + number * 98, c.y + 7, 16, ink)
        c.draw_line(s.say(word), 46 + number * 98, c.y + 8, 11.5, ink, weight=600, width=56)
    c.down(42)
    _description(c, s, v, ink, quiet, chip)
    c.down(14)


def _description(c: ScreenCanvas, s: ShownOutlet, v: PhoneState, ink: str, quiet: str, ground: str) -> None:
    html = s.html(s.written("uraian.txt"), s.ink(s.pick("#065fd4", "#3ea6ff"), quiet), v)
    if not html:
        return
    measure = c.measure()
    lines = 0 if v.unfolded else 3
    height = measure.flow(html, 24, WIDTH - 48, 12, ink, lines=lines) + 36
    c.box(QRectF(12, c.y, WIDTH - 24, height), ground, 12)
    c.draw_line(s.say("description"), 24, c.y + 8, 12.5, ink, weight=700)
    top = c.y
    c.down(28)
    c.flow(html, 24, WIDTH - 48, 12, ink, lines=lines)
    c.add_hotspot(QRectF(12, top, WIDTH - 24, height), "unfold", s.say("less" if v.unfolded else "more"))
    c.down(8)


def youtube_bottom(c: ScreenCanvas, s: ShownOutlet, v: PhoneState) -> None:
    """The bar of the app."""
    _bar(
        c, s, ("house", "clapperboard", "square-plus", "tv-minimal-play", "user"),
        s.pick("#ffffff", "#0f0f0f"), s.pick("#0f0f0f", "#f1f1f1"),
    )  # fmt: skip
