"""What the evidence kit can look at: the photos and clips of the story, and the evidence of its claims."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from studio.ui.desk import Bench


@dataclass(frozen=True, slots=True)
class Item:
    """Something to look at: its name for people, where it lies, and its file in ``media/`` ("" for a stranger)."""

    name: str
    path: Path
    file: str = ""


def items_of(bench: Bench) -> tuple[Item, ...]:
    """Everything of the open story, each file once."""
    folder = bench.session.folder
    found: dict[str, str] = {}
    for name, file in _named(bench):
        if file:
            found.setdefault(file, name)
    if not folder:
        return ()
    return tuple(Item(name, bench.workspace.media_path(folder, file), file) for file, name in found.items())


def _named(bench: Bench) -> Iterator[tuple[str, str]]:
    story = bench.session.story
    for number, photo in enumerate(story.photos, 1):
        yield bench.t("evidence.photo", number=number, name=photo.name), photo.file
    for number, video in enumerate(story.videos, 1):
        yield bench.t("evidence.video", number=number, name=video.name), video.file
    for number, claim in enumerate(story.claims, 1):
        for item in claim.evidence:
            yield bench.t("evidence.of_claim", number=number, name=item.name), item.file
