"""Certificates of an occasion: a lying A4 page for each name, in one PDF."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from studio.base.paths import templates_dir
from studio.group.group_region import place_line
from studio.story.text import initials

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.base.progress import Progress
    from studio.group.certificate_list import CertificateName
    from studio.paint.sheet import TextOverflow
    from studio.story.model import Group

_PAGE = (1754, 1240)
"""A4 lying, in the template's units."""
_PAGE_MM = (297.0, 210.0)


@dataclass(frozen=True, slots=True)
class CertificateOccasion:
    """What the certificates are for.

    Attributes:
        title: the training, contest or thanks.
        when: day and place in words, "" for none.
        signer, signer_role: who signs, above and below the line; "" leaves the line out.
        logo: data URI of the group's logo, "" draws initials.
    """

    title: str
    when: str = ""
    signer: str = ""
    signer_role: str = ""
    logo: str = ""


def write_certificates(
    path: Path,
    names: Sequence[CertificateName],
    occasion: CertificateOccasion,
    group: Group,
    texts: MessageTexts,
    progress: Progress,
) -> tuple[TextOverflow, ...]:
    """Write the PDF, a page for each name; it appears complete or not at all. Needs a Qt application.

    Returns:
        What did not fit even at its smallest.

    Raises:
        UserError: it cannot be written there.
        WorkCancelled: the user stopped it.
    """
    from studio.base.finished_files import finished_file
    from studio.paint.pdf import paint_pdf

    with finished_file(path) as part:
        pages = _pages(names, occasion, group, texts, progress)
        return paint_pdf(pages, part, page_mm=_PAGE_MM, title=occasion.title, author=group.name)


def certificate_values(group: Group, logo: str, size: tuple[int, int]) -> dict[str, Any]:
    """What the template of any certificate knows of the group; ``size`` is the page in the template's units."""
    from studio.base.font_table import FONTS
    from studio.posts.colors import color_palette

    return {
        "width": size[0],
        "height": size[1],
        "colors": color_palette(group.colors.main, group.colors.accent),
        "font": FONTS[group.font],
        "group": {"name": group.name, "village": place_line(group), "logo": logo, "initials": initials(group.name)},
        "photo": "",
    }


def _pages(
    names: Sequence[CertificateName],
    occasion: CertificateOccasion,
    group: Group,
    texts: MessageTexts,
    progress: Progress,
) -> Iterator[str]:
    from studio.posts.environment import CompiledTemplates
    from studio.posts.packs import TemplateSearchPath

    common = templates_dir() / "_common"
    templates, shelf = CompiledTemplates(), TemplateSearchPath(common, common)
    values = {
        **certificate_values(group, occasion.logo, _PAGE),
        "words": {name: texts.text(f"certificate.paper.{name}") for name in ("title", "given", "for")},
        "occasion": {"title": occasion.title, "when": occasion.when},
        "signer": {"name": occasion.signer, "role": occasion.signer_role},
    }
    for done, each in enumerate(names):
        progress.report(done, len(names), each.name)
        role = texts.text("certificate.paper.role", role=each.role) if each.role else ""
        number = texts.text("certificate.paper.number", number=each.number) if each.number else ""
        told = {"name": each.name, "role": role, "number": number}
        yield templates.fill(shelf, "_common/sertifikat-acara.svg.j2", {**values, "person": told}).text.strip()
    progress.report(len(names), len(names), "")
