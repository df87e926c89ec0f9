"""The choice of music under a video: none, a tune of the studio, one of the group, or the file that was chosen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from studio.services.music_shelf import ShelfPiece, shelf_pieces, take_piece
from studio.story.motion_records import TUNE_NAMES, MusicBed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QComboBox

    from studio.ui.core.desk_context import DeskContext


class MusicChoice:
    """Fills a list with the music there is and takes what is chosen into the story.

    Args:
        bench: what a desk works with.
        box: the list; the data of an entry is its ``MusicBed``, a ``ShelfPiece``, or None for no music.
        chosen: told of the music that was chosen, when its file is in the story.
    """

    def __init__(self, bench: DeskContext, box: QComboBox, chosen: Callable[[MusicBed | None], None]) -> None:
        self._bench, self._box, self._chosen = bench, box, chosen
        self._bed: MusicBed | None = None
        self._pieces: tuple[ShelfPiece, ...] = ()
        self.look_again()
        box.activated.connect(self._choose)

    @property
    def is_kept(self) -> bool:
        """Whether what is chosen now is one of the group's pieces."""
        return any(piece.is_chosen(self._bed) for piece in self._pieces)

    def look_again(self) -> None:
        """Read what the group has; ``show`` offers it."""
        self._pieces = shelf_pieces(self._bench.workspace.path)

    def show(self, bed: MusicBed | None) -> None:
        """Offer everything, ``bed`` chosen."""
        self._bed = bed
        entries: list[tuple[object, str]] = [(None, self._bench.t("motion.no_music"))]
        entries += [(MusicBed(tune=tune), self._bench.t(f"motion.tune_{tune}")) for tune in TUNE_NAMES]
        entries += [(bed if piece.is_chosen(bed) else piece, piece.name) for piece in self._pieces]
        if bed is not None and bed.file and not self.is_kept:
            entries.append((bed, bed.title or bed.file))
        fill_choices(self._box, entries, bed)

    def _choose(self, at: int) -> None:
        data, bench = self._box.itemData(at), self._bench
        if not isinstance(data, ShelfPiece):
            if data != self._bed:
                self._chosen(data)
            return
        self.show(self._bed)  # until it is in the story
        work = partial(take_piece, bench.workspace, bench.session.ensure_folder(), data)
        bench.tools.jobs.start(bench.t("clip.job_voice"), work, done=self._chosen, failed=bench.tools.dialogs.explain)


def fill_choices(box: QComboBox, entries: Sequence[tuple[object, str]], chosen: object) -> None:
    """Fill a list with values and their texts, ``chosen`` shown."""
    box.clear()
    for value, text in entries:
        box.addItem(text, value)
    box.setCurrentIndex(next((at for at, (value, _) in enumerate(entries) if value == chosen), 0))
