"""The words of a correction: the same as a post of its own, below the text, and on the page, where they are escaped."""

from __future__ import annotations

import html
import re

import pytest
from msgspec.structs import replace

from studio.base.paths import templates_dir
from studio.export.planning.follow_up_posts import reply_posts
from studio.posts.catalog import load_catalog
from studio.posts.correction_post import correction_sentences, render_correction
from studio.posts.output_kinds import PageOutput, PrintOutput, TextOutput
from studio.posts.pages import render_page
from studio.posts.render_context import RenderContext
from studio.posts.svg import render_print
from studio.posts.template_context import build_context
from studio.posts.text_posts import render_text
from studio.story.model import Group, Publication, Story
from studio.story.newsroom_records import RightOfReply
from studio.story.publication_records import Correction
from studio.story.reader_fields import for_readers

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
    assert correction_sentences(PRESS, OUTLETS["website"], correction, Group(name="KIM Desa")) == " ".join(sentences)
    website = OUTLETS["website"].outputs_of(PageOutput)[0]
    page = render_page(PRESS, OUTLETS["website"], website, material).files[0].text
    (told,) = re.findall(r'<section class="ralat">\s*<h2>Ralat</h2>\s*<p>(.*)</p>', page)
    told = told.replace("<del>", "“").replace("</del>", "”").replace("<ins>", "“").replace("</ins>", "”")
    assert "<" not in told
    assert html.unescape(told) == " ".join(sentences)


REPLY = RightOfReply(
    text="Saya tidak <pernah> menerima uang itu.\n\nBukti ada di balai desa.",
    by="Pak Lurah",
    role="Lurah Sukamaju",
    when="2026-11-25",
    received="2026-11-26T09:00:00+07:00",
)


def material_of(story, **group):
    return build_context(for_readers(story), Group(name="KIM Desa", **group), PRESS.catalog.labels, "2026-11-22-panen")


def test_a_reply_stands_with_the_story_everywhere_and_marked_on_the_page():
    material = material_of(Story(id="s", headline="Panen naik", body="Warga panen.", right_of_reply=(REPLY,)))
    head = "HAK JAWAB (25/11/2026) dari Pak Lurah (Lurah Sukamaju)"
    for outlet, file in (("telegram", 0), ("instagram", 0), ("whatsapp", 0), ("facebook", 0)):
        output = OUTLETS[outlet].outputs_of(TextOutput)[file]
        text = render_text(PRESS, OUTLETS[outlet], output, material).text
        assert f"{head}: “{REPLY.text.replace(chr(10) * 2, chr(10))}”" in text, outlet
    website = OUTLETS["website"].outputs_of(PageOutput)[0]
    page = render_page(PRESS, OUTLETS["website"], website, material).files[0].text
    (told,) = re.findall(r'<section class="hak-jawab">(.*?)</section>', page, re.DOTALL)
    assert "<p>Saya tidak &lt;pernah&gt; menerima uang itu.</p><p>Bukti ada di balai desa.</p>" in told
    assert "<strong>Pak Lurah</strong>, Lurah Sukamaju" in told
    assert not re.search("2026-11-26", page)  # when the group got it is its own business


def test_a_reply_is_a_post_of_its_own_where_the_story_was_or_where_there_is_no_room_for_it():
    long = RightOfReply(text="Itu tidak benar dan sudah saya jelaskan. " * 20, by="Pak Lurah", when="2026-11-25")
    before = Publication(outlet="telegram", when="2026-11-24T08:00:00+07:00", link="https://t.me/x/1")
    after = Publication(outlet="facebook", when="2026-11-26T08:00:00+07:00")
    board = Publication(outlet="mading", when="2026-11-24T08:00:00+07:00")
    story = Story(
        id="s", headline="Panen naik", body="Warga panen.", publications=(before, after, board), right_of_reply=(long,)
    )
    posts = {
        outlet.id: task.content.decode()
        for outlet in OUTLETS.values()
        for task in reply_posts(PRESS, material_of(story), outlet)
    }
    assert posts["telegram"].startswith("HAK JAWAB (25/11/2026) dari Pak Lurah atas berita “Panen naik”")
    assert long.text.strip() in posts["telegram"]
    assert "Beritanya, dengan hak jawab ini: https://t.me/x/1" in posts["telegram"]
    assert long.text.strip() in posts["mading"]  # a sheet that hangs there knows nothing of it
    assert "facebook" not in posts  # it had the reply from the first
    assert "website" not in posts  # there it is on the page
    assert "instagram" in posts  # beside a caption there is room for a quarter of it only
    caption = render_text(
        PRESS, OUTLETS["instagram"], OUTLETS["instagram"].outputs_of(TextOutput)[0], material_of(story)
    )
    assert "Lengkapnya dalam kiriman tersendiri." in caption.text
    at_home = render_text(
        PRESS,
        OUTLETS["instagram"],
        OUTLETS["instagram"].outputs_of(TextOutput)[0],
        material_of(story, site="https://c.id"),
    )
    assert "Selengkapnya: https://c.id" in at_home.text


def test_signs_in_corrections_and_replies_are_the_same_signs_on_pages_of_others_and_in_what_is_read_aloud():
    told = replace(REPLY, by="Pak <b>Lurah & Co", role='ketua "Tani"', text='Itu "tidak" benar.')
    wrong = Correction(when="2026-11-24", what='Nama "toko" keliru', before="A & <i>", after="B")
    story = Story(id="s", headline="Panen naik", body='Kata warga "sah".', corrections=(wrong,), right_of_reply=(told,))
    texts = {
        f"{name}/{output.file}": render_text(PRESS, OUTLETS[name], output, material_of(story)).text
        for name in ("blogger", "opensid", "siaran")
        for output in OUTLETS[name].outputs_of(TextOutput)
    }
    for page in ("blogger/isi.html", "opensid/isi.html"):
        assert "<b>" not in texts[page], page
        shown = html.unescape(re.sub(r"<[^>]*>", "", texts[page]))
        assert 'HAK JAWAB (25/11/2026) dari Pak <b>Lurah & Co (ketua "Tani"):' in shown, page
    script = " ".join(texts["siaran/naskah.txt"].split())
    assert 'Kata warga "sah". //' in script  # an announcer reads what stands there
    assert 'Nama "toko" keliru. //' in script
    assert 'Itu "tidak" benar. //' in script
    assert not re.search("tiga puluh empat|amp|lt;", script)


def test_the_sheet_for_the_board_has_corrections_and_replies_behind_the_body():
    told = replace(REPLY, by="Pak <b>Lurah")
    story = Story(
        id="s", headline="Panen naik", body="Warga panen.", corrections=(CASES[0][0],), right_of_reply=(told,)
    )
    output = OUTLETS["mading"].outputs_of(PrintOutput)[0]
    svg = render_print(PRESS, OUTLETS["mading"], output, material_of(story)).first
    flow = next(text for text in re.findall(r'data-text="([^"]*)"', svg) if "Warga panen." in text)
    assert [html.unescape(line) for line in flow.split(" ")] == [
        "Warga panen.",
        "## Ralat (24/11/2026)",
        " ".join(CASES[0][1]),
        "## HAK JAWAB (25/11/2026) dari Pak <b>Lurah (Lurah Sukamaju)",
        "> Saya tidak <pernah> menerima uang itu.",
        "> Bukti ada di balai desa.",
    ]
