"""The choice of music under a video: none, a tune of the studio, or the file that was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.services.motion_preview import TUNES
from studio.story.motion_records import MusicBed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QComboBox


def fill_music(box: QComboBox, bed: MusicBed | None, t: Callable[..., str]) -> None:
    """Fill a list with the music there is; the data of an entry is its ``MusicBed``, None for no music.

    Args:
        box: is emptied first.
        bed: what is chosen now.
        t: texts of the window.
    """
    entries: list[tuple[object, str]] = [(None, t("motion.no_music"))]
    entries += [(MusicBed(tune=tune), t(f"motion.tune_{tune}")) for tune in TUNES]
    if bed is not None and bed.file:
        entries.append((bed, bed.title or bed.file))
    fill_choices(box, entries, bed)


def fill_choices(box: QComboBox, entries: Sequence[tuple[object, str]], chosen: object) -> None:
    """Fill a list with values and their texts, ``chosen`` shown."""
    box.clear()
    for value, text in entries:
        box.addItem(text, value)
    box.setCurrentIndex(next((at for at, (value, _) in enumerate(entries) if value == chosen), 0))
