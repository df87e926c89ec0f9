"""A phone that shows a screen: bezel, clock, bars, and the post, which scrolls, turns its pages and unfolds.

Which screens there are for an outlet, and which of them a story has something for, is ``SCREENS`` and ``screens_of``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from studio.services.motion_preview import has_moving_card
from studio.services.outlet_packs import CardOutput
from studio.ui.publish import preview_apps as apps
from studio.ui.publish import preview_full as full
from studio.ui.publish import preview_networks as networks
from studio.ui.publish import preview_page as web
from studio.ui.publish import preview_plain as plain_screen
from studio.ui.publish.preview_canvas import WIDTH, ActionSpot, ScreenCanvas
from studio.ui.publish.preview_full import BOARD_EDGE, FULL
from studio.ui.publish.preview_shown import PhoneState, ShownOutlet
from studio.ui.widgets.drawn_part import DrawnPart

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.posts.packs import Outlet
    from studio.story.model import Story
    from studio.ui.core.window_theme import WindowTheme

BEZEL = 9.0
CLOCK = 26.0
SHEET = 1.25
_LOWEST = 170
"""Pixels: what a phone shows scrolls, so that it need not grow with the text around it."""
"""A sheet may be this much wider than a phone."""
_CASE = "#0b0d0d"
_WOOD = "#6f4e2c"
_CORNER = 30.0


Draw = Callable[[ScreenCanvas, ShownOutlet, PhoneState], None]
Need = Literal["", "story", "tall", "photos"]


def _no_bar(c: ScreenCanvas, s: ShownOutlet, v: PhoneState) -> None:
    """No bar; no clock on a sheet of paper."""


@dataclass(frozen=True, slots=True)
class PhoneScreen:
    """One screen: ``code`` names it, ``ground`` is its colour by day and night, ``need`` what the story must have."""

    code: str
    body: Draw
    top: Draw = _no_bar
    bottom: Draw = _no_bar
    ground: tuple[str, str] = ("#ffffff", "#000000")
    need: Need = ""
    bar: tuple[str, str] = ("#ffffff", "#000000")
    """Ground of the phone's own bar (clock, battery)."""

    @property
    def immersive(self) -> bool:
        """Whether it is dark by day too."""
        return self.ground[0] == "#000000"


_DARK = ("#000000", "#000000")
_STORY = PhoneScreen("story", full.story, ground=_DARK, need="story", bar=_DARK)
_REEL = PhoneScreen("reel", full.reel, ground=_DARK, need="tall", bar=_DARK)
_CHAT = ("#efeae2", "#0b141a")
_GREEN = ("#cddfc0", "#0e1621")
_WALL = ("#b98f5c", "#4a3a28")
_PLAIN = (
    PhoneScreen(
        "post", plain_screen.plain, plain_screen.plain_top, ground=("#ffffff", "#17191b"), bar=("#ffffff", "#17191b")
    ),
)
SCREENS: Mapping[str, tuple[PhoneScreen, ...]] = {
    "whatsapp": (
        PhoneScreen("chat", apps.whatsapp, apps.whatsapp_top, apps.chat_bottom, _CHAT, bar=("#ffffff", "#0b141a")),
        PhoneScreen("status", full.story, ground=_DARK, need="story", bar=_DARK),
        PhoneScreen("status_video", full.status_video, ground=_DARK, need="tall", bar=_DARK),
    ),
    "instagram": (PhoneScreen("post", apps.instagram, apps.instagram_top, apps.instagram_bottom), _STORY, _REEL),
    "facebook": (
        PhoneScreen(
            "post", apps.facebook, apps.facebook_top, ground=("#ffffff", "#242526"), bar=("#ffffff", "#242526")
        ),
        _STORY,
        _REEL,
    ),
    "tiktok": (
        PhoneScreen("video", full.reel, bottom=full.tiktok_bottom, ground=_DARK, need="tall", bar=_DARK),
        PhoneScreen("photos", full.photo_mode, bottom=full.tiktok_bottom, ground=_DARK, bar=_DARK),
    ),
    "youtube": (
        PhoneScreen("video", apps.youtube, bottom=apps.youtube_bottom, ground=("#ffffff", "#0f0f0f"), bar=_DARK),
        PhoneScreen("shorts", full.reel, ground=_DARK, need="tall", bar=_DARK),
    ),
    "x": (PhoneScreen("thread", apps.x_thread, apps.x_top),),
    "telegram": (
        PhoneScreen("channel", apps.telegram, apps.telegram_top, apps.chat_bottom, _GREEN, bar=("#ffffff", "#17212b")),
    ),
    "website": (
        PhoneScreen("page", web.page, web.browser_top, ground=("#ffffff", "#14191c"), bar=("#ffffff", "#202124")),
        PhoneScreen("link", web.link_card, ground=_CHAT, bar=_CHAT),
    ),
    "threads": (PhoneScreen("thread", networks.threads, networks.network_top),),
    "bluesky": (PhoneScreen("thread", networks.bluesky, networks.network_top),),
    "whatsapp-saluran": (
        PhoneScreen("channel", networks.channel, networks.channel_top, ground=_CHAT, bar=("#ffffff", "#0b141a")),
    ),
    "google-bisnis": (
        PhoneScreen(
            "post", networks.place_update, networks.place_top, ground=("#ffffff", "#1f1f1f"), bar=("#ffffff", "#1f1f1f")
        ),
    ),
    "mading": (PhoneScreen("sheet", full.sheet, ground=_WALL, bar=_WALL),),
    "lembaran": (PhoneScreen("sheet", full.sheet, ground=_WALL, bar=_WALL),),
}  # fmt: skip


def screens_of(outlet: Outlet, story: Story, *, cards: bool = False) -> tuple[PhoneScreen, ...]:
    """The screens a story fills on an outlet; at least one. ``cards``: ``Group.moving_cards``."""
    tall_card = any(card.size.width < 0.65 * card.size.height for card in outlet.outputs_of(CardOutput))
    has = {
        "": True,
        "story": tall_card,
        "tall": bool(story.videos or story.slideshow or has_moving_card(outlet, story, usual=cards)),
        "photos": bool(story.photos),
    }
    known = SCREENS.get(outlet.id, _PLAIN) if outlet.builtin or outlet.id in SCREENS else _PLAIN
    return tuple(screen for screen in known if has[screen.need]) or _PLAIN


class _ScreenPane(DrawnPart):
    """Part of the screen: drawn once, then shown as a picture."""

    acted = Signal(str)

    def __init__(self, theme: WindowTheme) -> None:
        super().__init__()
        self._theme = theme
        self._picture = QPixmap()
        self._scale = 1.0
        self.spots: tuple[ActionSpot, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    def draw(
        self, draw: Draw, shown: ShownOutlet, view: PhoneState, ground: str, scale: float, least: float = 0.0
    ) -> None:
        """Draw again, at a scale; at least ``least`` design pixels high."""
        measure = ScreenCanvas(None, self._theme.icons)
        # First without a painter, as the picture has to be as high as what is drawn into it; long texts that were laid
        # out on the way are kept for the second time.
        draw(measure, shown, view)
        self._scale, ratio = scale, self.devicePixelRatioF()
        height = max(measure.y, least)
        size = QSize(round(WIDTH * scale), round(height * scale))
        picture = QPixmap(size * ratio)
        picture.fill(QColor(ground))
        if height > 0:
            painter = QPainter(picture)
            painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
            painter.scale(scale * ratio, scale * ratio)
            canvas = ScreenCanvas(painter, self._theme.icons)
            canvas.kept = measure.kept
            draw(canvas, shown, view)
            painter.end()
            self.spots = tuple(canvas.spots)
        picture.setDevicePixelRatio(ratio)
        self._picture = picture
        self.setFixedSize(size)
        self.update()

    def _spot(self, at: QPointF) -> ActionSpot | None:
        place = QPointF(at.x() / self._scale, at.y() / self._scale)
        return next((spot for spot in self.spots if spot.box.contains(place)), None)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the picture."""
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.color("accent"), 3))
            painter.drawRect(self.visibleRegion().boundingRect().adjusted(1, 1, -2, -2))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over what can be clicked."""
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if self._spot(event.position()) else Qt.CursorShape.ArrowCursor
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do it."""
        spot = self._spot(event.position())
        if spot is not None:
            self.acted.emit(spot.action)

    def event(self, event: QEvent) -> bool:
        """Say what a click would do."""
        if isinstance(event, QHelpEvent):
            spot = self._spot(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), spot.name if spot else "", self)
            return True
        return super().event(event)


class _PostBody(_ScreenPane):
    """The post. Left and right turn its pages, Enter and Space unfold the text."""

    def __init__(self, theme: WindowTheme) -> None:
        super().__init__(theme)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """By keyboard what a finger does."""
        keys = {
            Qt.Key.Key_Left: "previous",
            Qt.Key.Key_Right: "next",
            Qt.Key.Key_Return: "unfold",
            Qt.Key.Key_Enter: "unfold",
            Qt.Key.Key_Space: "unfold",
        }
        action = keys.get(Qt.Key(event.key()))
        if action is None or not any(spot.action == action for spot in self.spots):
            super().keyPressEvent(event)
            return
        self.acted.emit(action)


class PhoneView(QWidget):
    """The phone; the height is what there is room for.

    Args:
        theme: for scale and icons.
        name: what screen readers call it; the text of the post is its description.
    """

    def __init__(self, theme: WindowTheme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._clock, self._top, self.body, self._bottom = (
            _ScreenPane(theme),
            _ScreenPane(theme),
            _PostBody(theme),
            _ScreenPane(theme),
        )
        self.body.setAccessibleName(name)
        self.body.setToolTip(name)
        self.view = PhoneState()
        self._shown: ShownOutlet | None = None
        self._screen: PhoneScreen | None = None
        self._clock_shown: object = None
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self.body)
        self._fit = QTimer(self, singleShot=True, interval=0)
        self._fit.timeout.connect(self._draw)
        self.room = 10_000
        self._scale = theme.scale
        self._edge = round(BEZEL * theme.scale)
        self._glass = _PhoneBezel(self, self._edge, theme.scale)
        inside = QVBoxLayout()
        inside.setContentsMargins(self._edge, self._edge, self._edge, self._edge)
        inside.setSpacing(0)
        for part in (self._clock, self._top):
            inside.addWidget(part)
        inside.addWidget(self._area, 1)
        inside.addWidget(self._bottom)
        self.setLayout(inside)
        self.setFixedWidth(round(WIDTH) + 2 * self._edge)  # until it is drawn: then as there is room
        self.setMinimumHeight(_LOWEST)
        self._glass.raise_()
        self.body.acted.connect(self._act)

    def show_post(self, screen: PhoneScreen, shown: ShownOutlet) -> None:
        """Show a post; pages and folding stay unless it is another screen."""
        if self._screen is None or self._shown is None or screen is not self._screen:
            self.view = PhoneState()
            self._area.verticalScrollBar().setValue(0)
        elif shown.outlet_id != self._shown.outlet_id:
            self.view = PhoneState()
        self._screen, self._shown = screen, shown
        self._draw()

    def _fit_scale(self) -> float:
        """Screens that fill a phone are made smaller where the window is too low for them; others scroll."""
        whole = FULL + CLOCK + 52
        most = min(self._theme.scale, (self.room - 2 * self._edge) / WIDTH)
        if self._screen is None or not (self._screen.immersive or self._screen.code == "sheet"):
            return max(0.5, most)
        if self._screen.code == "sheet":
            # As high as A4 is wide, times the root of two.
            whole = (WIDTH - 2 * BOARD_EDGE) * 2**0.5 + 2 * BOARD_EDGE
            most = min(self._theme.scale * SHEET, (self.room * SHEET - 2 * self._edge) / WIDTH)
        return max(0.5, min(most, (self.height() - 2 * self._edge) / whole))

    def set_room(self, width: int) -> None:
        """How wide it may become, in pixels."""
        if width != self.room:
            self.room = width
            self._fit.start()

    def _draw(self) -> None:
        if self._shown is None or self._screen is None:
            return
        screen, shown, scale = self._screen, self._shown, self._fit_scale()
        self._scale = scale
        self.setFixedWidth(round(WIDTH * scale) + 2 * self._edge)
        ground, bar = screen.ground[shown.night], screen.bar[shown.night]
        flat = screen.code == "sheet"
        clock = (flat, bar, scale, self.devicePixelRatioF())
        # The clock is the same for every letter typed; drawing it each time would be half of the work.
        if clock != self._clock_shown:
            self._clock_shown = clock
            self._clock.draw(_no_bar if flat else _clock(bar), shown, self.view, bar, scale)
        self._top.draw(screen.top, shown, self.view, ground, scale)
        self._bottom.draw(screen.bottom, shown, self.view, ground, scale)
        room = self.height() - 2 * self._edge - sum(p.height() for p in (self._clock, self._top, self._bottom))
        self.body.draw(screen.body, shown, self.view, ground, scale, room / scale)
        self._glass.color = _WOOD if flat else _CASE
        self.body.setAccessibleName(self._name)
        text = shown.written()
        self.body.setAccessibleDescription(text.post.text if text else shown.story.headline)
        self._glass.update()

    def set_name(self, name: str) -> None:
        """What screen readers call it."""
        self._name = name

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit."""
        super().resizeEvent(event)
        self._glass.setGeometry(self.rect())
        if event.oldSize().height() != event.size().height():
            self._fit.start()  # afterwards: a layout at work does not hear of a new width

    def _act(self, action: str) -> None:
        if action in {"next", "previous"}:
            self.view = replace(self.view, page=max(0, self.view.page + (1 if action == "next" else -1)))
        elif action == "flip":
            self.view = replace(self.view, page=1 - min(1, self.view.page))
        elif action == "unfold":
            self.view = replace(self.view, unfolded=not self.view.unfolded)
        self._draw()


class _PhoneBezel(QWidget):
    """The case around the screen; over it, so that the corners of the screen are round."""

    def __init__(self, parent: QWidget, edge: int, scale: float) -> None:
        super().__init__(parent)
        self._edge, self._scale = edge, scale
        self.color = _CASE
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A ring, and what lies outside its corners."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        outer, inner = QPainterPath(), QPainterPath()
        corner = _CORNER * self._scale
        flat = self.color == _WOOD
        outer.addRoundedRect(whole.adjusted(1, 1, -1, -1), corner / (5 if flat else 1), corner / (5 if flat else 1))
        edge = self._edge
        screen = whole.adjusted(edge, edge, -edge, -edge)
        inner.addRoundedRect(screen, 1 if flat else corner - edge, 1 if flat else corner - edge)
        painter.setPen(QPen(QColor("#3c4442"), 1.2))
        painter.setBrush(QColor(self.color))
        painter.drawPath(outer.subtracted(inner))


def _clock(ground: str) -> Draw:
    """The phone's own bar."""
    bright = QColor(ground).lightnessF() > 0.5

    def draw(c: ScreenCanvas, s: ShownOutlet, v: PhoneState) -> None:
        ink = "#1b1b1b" if bright else "#f2f2f2"
        c.box(QRectF(0, 0, WIDTH, CLOCK), ground)
        c.draw_line("09.41", 20, 6, 12, ink, weight=600)
        for number, icon in enumerate(("signal", "wifi", "battery-full")):
            c.icon(icon, WIDTH - 74 + number * 20, 6, 15, ink)
        c.down(CLOCK)

    return draw
