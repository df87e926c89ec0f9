"""The words of a correction: the same as a post of its own, below the text, and on the page, where they are escaped."""

from __future__ import annotations

import html
import re

import pytest

from studio.base.paths import templates_dir
from studio.posts.catalog import load_catalog
from studio.posts.correction_post import render_correction
from studio.posts.output_kinds import PageOutput, TextOutput
from studio.posts.pages import render_page
from studio.posts.render_context import RenderContext
from studio.posts.template_context import build_context
from studio.posts.text_posts import render_text
from studio.story.model import Correction, Group, Publication, Story

PRESS = RenderContext(load_catalog(templates_dir(), None))
OUTLETS = {outlet.id: outlet for outlet in PRESS.catalog.outlets}


def story_with(correction: Correction) -> Story:
    published = tuple(
        Publication(outlet=each, when="2026-11-23T08:00:00+07:00", link="https://c.id/a/") for each in OUTLETS
    )
    return Story(id="s", headline="Panen naik", body="Warga panen.", corrections=(correction,), publications=published)


CASES = [
    (
        Correction(when="2026-11-24", what="Luas <sawah> keliru", before="12 & <b>", after="21", apology=True),
        [
            "Luas <sawah> keliru.",
            "Sebelumnya tertulis “12 & <b>”, seharusnya “21”.",
            "Kami mohon maaf atas kekeliruan ini.",
        ],
    ),
    (Correction(when="", what="Nama ketua keliru!", before="Budi"), ["Nama ketua keliru!"]),
]


@pytest.mark.parametrize(("correction", "sentences"), CASES)
def test_a_correction_reads_the_same_wherever_it_stands(correction, sentences):
    material = build_context(story_with(correction), Group(name="KIM Desa"), PRESS.catalog.labels, "2026-11-22-panen")
    day = " (24/11/2026)" if correction.when else ""
    alone = render_correction(PRESS, OUTLETS["telegram"], material, correction, "https://c.id/a/")
    link = "Berita yang sudah diperbaiki: https://c.id/a/"
    assert alone == "\n\n".join([f"RALAT{day}: “Panen naik”", *sentences, link]) + "\n"
    telegram = OUTLETS["telegram"].outputs_of(TextOutput)[0]
    assert f"\nRALAT{day}: {' '.join(sentences)}\n" in render_text(PRESS, OUTLETS["telegram"], telegram, material).text
    website = OUTLETS["website"].outputs_of(PageOutput)[0]
    page = render_page(PRESS, OUTLETS["website"], website, material).files[0].text
    (told,) = re.findall(r'<section class="ralat">\s*<h2>Ralat</h2>\s*<p>(.*)</p>', page)
    told = told.replace("<del>", "“").replace("</del>", "”").replace("<ins>", "“").replace("</ins>", "”")
    assert "<" not in told
    assert html.unescape(told) == " ".join(sentences)
