"""Pictures of the checking desk: a fact check with its ledger, a protected child, the evidence kit, verdict cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from studio.story.edits import StoryEdit
from studio.story.model import Claim, ClaimContact, ClaimEvidence, Consent, Person, Source, Story
from studio.ui.check.check_desk import CheckDesk
from studio.ui.check.evidence_page import VIEWS, EvidenceKit
from studio.ui.widgets.basic_parts import row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.ui.core.desk_context import DeskContext
    from studio.ui.shell.application import StudioApplication

_SIZES = ((1080, 1080), (1080, 1350), (1080, 1920))
_HEIGHT = 620
_WHEN = "2026-11-19T10:05:00+07:00"


def check_scenes(studio: StudioApplication, page: QWidget, shell: QWidget) -> Iterator[tuple[str, QWidget]]:
    """Everything to draw of this desk; the open story is as it was afterwards.

    Args:
        studio: with the sample workspace, its richest story open on this desk.
        page: the desk.
        shell: the window.
    """
    if not isinstance(page, CheckDesk) or studio.stories is None or studio.stories.session is None:
        return
    session = studio.stories.session
    session.edit(StoryEdit("edit.body", _as_factcheck))
    page.checker.run()
    page.findings.finish()
    for name in ("findings", "answers", "ledger", "people"):
        page.show_page(name)
        yield f"check-{name}", shell
    kit = EvidenceKit(page.bench)
    kit.show()
    for view in VIEWS["photo"]:
        kit.views.setCurrentIndex(VIEWS["photo"].index(view))
        yield f"check-kit-{view}", kit
    kit.close()
    kit.deleteLater()
    cards = _cards(page.bench)
    cards.show()
    yield "check-verdict", cards
    cards.close()
    cards.deleteLater()
    session.undo()
    page.show_page("findings")


def _as_factcheck(story: Story) -> Story:
    """The sample story as a fact check, one claim settled and one open, with a child among its people."""
    photo = story.photos[0]
    settled = Claim(
        id="contoh1",
        text="Foto ini antrean bantuan sosial di balai desa pekan lalu",
        kind="photo",
        first_seen="Grup WhatsApp RT 02",
        received="2026-11-17",
        verdict="false",
        disorder="false_context",
        explanation="Foto itu diambil di pasar desa, bukan di balai desa, dan tidak ada pembagian bantuan pekan lalu.",
        evidence=(
            ClaimEvidence(file=photo.file, name="IMG-20261117-WA0003.jpg", sha256="4808933cbeede1b2" * 4, when=_WHEN),
        ),
        asked=(
            ClaimContact(name="Endang Lestari, Dinas Sosial", how="telepon", when=_WHEN, answer="Tidak ada pembagian."),
        ),
        references=("https://cekbansos.kemensos.go.id",),
        steps={"stop": "Tidak diteruskan", "find": "Tidak ada liputan", "trace": "Foto pasar desa, November 2026"},
        checker="Rahmat Hidayat",
        public=True,
        picture=photo.id,
    )
    waiting = Claim(
        id="contoh2", text="Setiap warga mendapat Rp900.000", kind="number", verdict="checking", public=True
    )
    child = Person(
        id="contoh3",
        name="Dimas",
        age_group="child",
        role="witness",
        protected=True,
        identifiers=("SDN 2 Sukamaju", "RT 02"),
        consent=Consent(by="Sulastri (ibu)"),
    )
    return replace(
        story,
        kind="factcheck",
        headline="Foto antrean bantuan di grup warga ternyata foto pasar desa",
        summary="Dinas Sosial memastikan tidak ada pembagian bantuan pekan lalu.",
        claims=(settled, waiting),
        people=(child, *story.people),
        sources=(*story.sources, Source(name="Endang Lestari", role="Dinas Sosial")),
    )


def _cards(bench: DeskContext) -> QWidget:
    """The verdict card in its three upright ratios, beside each other."""
    shown = [QLabel() for _ in _SIZES]
    for place, size in zip(shown, _SIZES, strict=True):
        picture = verdict_card(bench, size)
        place.setPixmap(picture.scaledToHeight(_HEIGHT))
    holder = QWidget()
    holder.setLayout(row(*shown, gap=16, edges=(16, 16, 16, 16)))
    return holder


def verdict_card(bench: DeskContext, size: tuple[int, int]) -> QPixmap:
    """The verdict card of the open story, ``size`` pixels, as an export makes it."""
    import tempfile
    from pathlib import Path

    from studio.base.data_uri import data_uri
    from studio.base.paths import templates_dir
    from studio.base.progress import SilentProgress
    from studio.paint.image import paint_rgb
    from studio.photo.render import PhotoVariant, render_variants
    from studio.posts.card_choice import card_photo, photo_area
    from studio.posts.catalog import load_catalog
    from studio.posts.output_kinds import CardOutput, FrameSize
    from studio.posts.render_context import RenderContext
    from studio.posts.svg import render_svg
    from studio.posts.template_context import build_context

    press = RenderContext(load_catalog(templates_dir(), None))
    material = build_context(bench.session.story, bench.workspace.group, press.catalog.labels)
    photo = card_photo(material, "vonis")
    pictures = {}
    if photo is not None:
        with tempfile.TemporaryDirectory() as folder:
            made = Path(folder) / "foto.jpg"
            source = bench.workspace.media_path(bench.session.folder, photo.file)
            render_variants(
                source, photo, [(PhotoVariant(photo_area(press, "vonis", size)), made)], None, SilentProgress()
            )
            pictures["photo"] = data_uri(made)
    outlet = press.catalog.outlet("instagram")
    output = CardOutput(file="kartu.jpg", size=FrameSize(*size))
    svg = render_svg(press, outlet, output, material, pictures=pictures, design="vonis")
    painted = paint_rgb(svg, *size)
    image = QImage(painted.rgb, painted.width, painted.height, painted.width * 3, QImage.Format.Format_RGB888)
    return QPixmap.fromImage(image)
