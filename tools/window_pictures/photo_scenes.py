"""The photo desk for the pictures of the window: finding the focus, a crop by hand, covers, the caption assistant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.story import photos
from studio.story.model import Box, Cover
from studio.ui.photo.photo_desk import PhotoDesk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget


def settle_photos(page: QWidget) -> None:
    """Have its pictures made."""
    if isinstance(page, PhotoDesk):
        page.looking.finish()


def photo_scenes(page: QWidget) -> Iterator[str]:
    """Set up one state after the other; gives its name. The story is as before at the end."""
    if not isinstance(page, PhotoDesk) or page.photo is None:
        return
    session = page._bench.session
    page.marks.adjust("4:5")
    page.looking.finish()
    yield "crop"
    session.edit(photos.add_cover(page.strip.current, Cover(box=Box(0.30, 0.42, 0.16, 0.2))))
    session.edit(
        photos.add_cover(page.strip.current, Cover(box=Box(0.62, 0.3, 0.1, 0.16), shape="ellipse", style="mean"))
    )
    page.toolbox.choose_mode("cover")
    page.canvas.chosen_cover = 0
    page.looking.finish()
    yield "covers"
    session.undo()
    session.undo()
    page.toolbox.choose_mode("focus")
    page.side_panel.verticalScrollBar().setValue(0)
    page.words.assist.click()
    page.words.parts["seen"].setText("menata dagangan")
    page.words.parts["who"].setText("Pedagang")
    page.looking.finish()
    yield "caption"
    page.words.assist.click()
