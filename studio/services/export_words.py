"""What an export is at, in words: a reader of the window knows outlets and pictures, no names of files."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from studio.base.media_types import is_used_as, media_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.base.i18n import MessageTexts
    from studio.base.media_types import MediaUse
    from studio.base.progress import Progress

_KINDS: Mapping[str, str] = {"text/plain": "text", "application/pdf": "print"}
_USES: Mapping[MediaUse, str] = {"subtitle": "subtitles", "photo": "photo", "video": "video", "sound": "sound"}


def work_words(file: str, names: Mapping[str, str], texts: MessageTexts) -> str:
    """What is being made, such as "Instagram: gambar".

    Args:
        file: as a run reports it: path below the story's export folder, or the name of a clip.
        names: outlet id -> name.
        texts: for the words.
    """
    path = PurePosixPath(file)
    outlet = path.parts[0] if len(path.parts) > 1 else ""
    kind = "page" if path.suffix == ".html" else _KINDS.get(media_name(path), "")
    if not kind:
        kind = next((word for use, word in _USES.items() if is_used_as(path, use)), "file")
    word = texts.text(f"exportwork.{kind}")
    return f"{names.get(outlet, outlet)}: {word}" if outlet else word[:1].upper() + word[1:]


class ToldInWords:
    """A Progress that passes on words instead of names of files.

    Args:
        parent: called with the words; its ``WorkCancelled`` passes through.
        names: outlet id -> name.
        texts: for the words.
    """

    def __init__(self, parent: Progress, names: Mapping[str, str], texts: MessageTexts) -> None:
        self._parent, self._names, self._texts = parent, names, texts

    def report(self, done: float, total: float, what: str) -> None:
        """See ``Progress.report``."""
        self._parent.report(done, total, work_words(what, self._names, self._texts) if what else "")
