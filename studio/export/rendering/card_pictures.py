"""The pictures of a card or sheet, put into its filled SVG, and what is said of text that did not fit."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studio.base.data_uri import data_uri
from studio.base.errors import UserError, WorkNotice
from studio.base.progress import SilentProgress
from studio.export.rendering.lost_letters import not_drawn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.export.planning.export_tasks import CardTask, PrintTask
    from studio.paint.sheet import TextOverflow
    from studio.posts.svg import PrintSheet


@dataclass(frozen=True, slots=True)
class CardPictures:
    """The pictures of a card or sheet as data URIs, how bright the photo is (0 to 1), and what was noticed."""

    uris: dict[str, str]
    luminance: float
    notices: tuple[WorkNotice, ...]


def pictures_of(task: CardTask | PrintTask) -> CardPictures:
    """Cut the photo to its place and read the logo. One of many products whose photo is missing stands without it.

    Raises:
        UserError: the photo of a card or sheet cannot be opened.
    """
    from studio.photo.render import render_variants
    from studio.photo.small_pictures import mean_luminance

    uris = {"photo": "", "logo": data_uri(task.logo) if task.logo else ""}
    luminance = 0.5
    notices: list[WorkNotice] = []
    with tempfile.TemporaryDirectory(prefix="kim-") as folder:
        for slot in task.slots:
            file = Path(folder) / "photo.jpg"
            try:
                made = render_variants(slot.source, slot.photo, [(slot.variant, file)], None, SilentProgress())
            except UserError as error:
                if slot.name == "photo":
                    raise
                notices.append(WorkNotice(error.code, error.facts))
                uris[slot.name] = ""
                continue
            notices += made[0].notices
            luminance = mean_luminance(file)
            uris[slot.name] = data_uri(file)
    return CardPictures(uris, luminance, tuple(notices))


def overflow_notices(overflow: Sequence[TextOverflow], file: str) -> list[WorkNotice]:
    """What did not fit, as warnings that show the beginning of the lost text; and all letters that no font has."""
    cut = [lost for lost in overflow if lost.reason == "room"]
    letters = [lost.text for lost in overflow if lost.reason == "font"]
    notices = [WorkNotice("export.text_cut", {"file": file, "text": lost.text.strip()[:60]}) for lost in cut]
    return [*notices, *not_drawn(letters, file)]


def card_svg(task: CardTask, pictures: CardPictures) -> str:
    """The filled SVG of a card with its pictures. Export and preview paint this."""
    from studio.posts.svg import render_svg

    if task.svg.complete:
        return task.svg.finish(pictures.uris, round(pictures.luminance, 3))
    return render_svg(
        task.press,
        task.outlet,
        task.output,
        task.material,
        pictures=pictures.uris,
        luminance=pictures.luminance,
        place=task.place,
    )


def filled_sheet(task: PrintTask, pictures: CardPictures) -> PrintSheet:
    """The filled pages of a printed sheet with their pictures. Export and preview paint this."""
    from studio.posts.svg import render_print

    if task.sheet.complete:
        return task.sheet.finish(pictures.uris, round(pictures.luminance, 3))
    return render_print(
        task.press,
        task.outlet,
        task.output,
        task.material,
        pictures=pictures.uris,
        luminance=pictures.luminance,
    )
