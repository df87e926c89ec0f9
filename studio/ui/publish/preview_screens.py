"""Which screens there are for an outlet, and which of them a story has something for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from studio.ui.publish import preview_apps as apps
from studio.ui.publish import preview_full as full
from studio.ui.publish import preview_page as web
from studio.ui.publish.preview_canvas import Canvas
from studio.ui.publish.preview_shown import Shown, View

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.posts.packs import Outlet
    from studio.story.model import Story

Draw = Callable[[Canvas, Shown, View], None]
Need = Literal["", "story", "tall", "photos"]


def _nothing(c: Canvas, s: Shown, v: View) -> None:
    """No bar."""


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen: ``code`` names it, ``ground`` is its colour by day and night, ``need`` what the story must have."""

    code: str
    body: Draw
    top: Draw = _nothing
    bottom: Draw = _nothing
    ground: tuple[str, str] = ("#ffffff", "#000000")
    need: Need = ""
    bar: tuple[str, str] = ("#ffffff", "#000000")
    """Ground of the phone's own bar (clock, battery)."""

    @property
    def immersive(self) -> bool:
        """Whether it is dark by day too."""
        return self.ground[0] == "#000000"


_DARK = ("#000000", "#000000")
_STORY = Screen("story", full.story, ground=_DARK, need="story", bar=_DARK)
_REEL = Screen("reel", full.reel, ground=_DARK, need="tall", bar=_DARK)
_CHAT = ("#efeae2", "#0b141a")
_GREEN = ("#cddfc0", "#0e1621")
_WALL = ("#b98f5c", "#4a3a28")
_PLAIN = (Screen("post", apps.plain, apps.plain_top, ground=("#ffffff", "#17191b"), bar=("#ffffff", "#17191b")),)
SCREENS: Mapping[str, tuple[Screen, ...]] = {
    "whatsapp": (
        Screen("chat", apps.whatsapp, apps.whatsapp_top, apps.chat_bottom, _CHAT, bar=("#ffffff", "#0b141a")),
        Screen("status", full.story, ground=_DARK, need="story", bar=_DARK),
        Screen("status_video", full.status_video, ground=_DARK, need="tall", bar=_DARK),
    ),
    "instagram": (Screen("post", apps.instagram, apps.instagram_top, apps.instagram_bottom), _STORY, _REEL),
    "facebook": (
        Screen("post", apps.facebook, apps.facebook_top, ground=("#ffffff", "#242526"), bar=("#ffffff", "#242526")),
        _STORY,
        _REEL,
    ),
    "tiktok": (
        Screen("video", full.reel, bottom=full.tiktok_bottom, ground=_DARK, need="tall", bar=_DARK),
        Screen("photos", full.photo_mode, bottom=full.tiktok_bottom, ground=_DARK, bar=_DARK),
    ),
    "youtube": (
        Screen("video", apps.youtube, bottom=apps.youtube_bottom, ground=("#ffffff", "#0f0f0f"), bar=_DARK),
        Screen("shorts", full.reel, ground=_DARK, need="tall", bar=_DARK),
    ),
    "x": (Screen("thread", apps.x_thread, apps.x_top),),
    "telegram": (
        Screen("channel", apps.telegram, apps.telegram_top, apps.chat_bottom, _GREEN, bar=("#ffffff", "#17212b")),
    ),
    "website": (
        Screen("page", web.page, web.browser_top, ground=("#ffffff", "#14191c"), bar=("#ffffff", "#202124")),
        Screen("link", web.link_card, ground=_CHAT, bar=_CHAT),
    ),
    "mading": (Screen("sheet", full.sheet, ground=_WALL, bar=_WALL),),
}  # fmt: skip


def screens_of(outlet: Outlet, story: Story) -> tuple[Screen, ...]:
    """The screens a story fills on an outlet; at least one."""
    tall_card = any(o.kind == "card" and o.size[0] < 0.65 * o.size[1] for o in outlet.outputs)
    has = {
        "": True,
        "story": tall_card,
        "tall": bool(story.videos or story.slideshow),
        "photos": bool(story.photos),
    }
    known = SCREENS.get(outlet.id, _PLAIN) if outlet.builtin or outlet.id in SCREENS else _PLAIN
    return tuple(screen for screen in known if has[screen.need]) or _PLAIN
