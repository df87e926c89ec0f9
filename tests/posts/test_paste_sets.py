"""Stories as they are pasted into the form of another site: OpenSID of the village, Blogger."""

from __future__ import annotations

import re
import subprocess

import msgspec
import pytest

from studio.posts.counting import count
from studio.posts.output_kinds import PrintOutput
from studio.posts.template_context import build_context
from studio.posts.text_posts import render_text
from studio.story.model import Photo, Story

OUTLETS = ("opensid", "blogger")
ALLOWED = {
    "p",
    "h2",
    "ul",
    "ol",
    "li",
    "blockquote",
    "footer",
    "strong",
    "em",
    "a",
    "br",
    "figure",
    "img",
    "figcaption",
}
NASTY = '<script>alert(1)</script> & "Sukamaju"'


def made(press, catalog, group, story, name, file):
    outlet = catalog.outlet(name)
    return render_text(press, outlet, outlet.output(file), build_context(story, group, catalog.labels))


def body_of(press, catalog, group, story, name):
    return made(press, catalog, group, story, name, "isi.html").text


def pictures_of(catalog, name, story):
    output = catalog.outlet(name).output("gambar-{n}.jpg")
    return [output.name(n) for n in range(1, len(story.photos) + 1)][: output.max]


def many_photos(number, caption="Sawah."):
    photos = tuple(Photo(id=f"f{n}", file=f"{n}.jpg", caption=caption, alt=caption) for n in range(1, number + 1))
    return Story(id="x", headline="Panen", body="Panen raya.", photos=photos, cover="f2")


@pytest.mark.parametrize("name", OUTLETS)
def test_what_is_pasted_is_clean(press, stories, group, catalog, name, tmp_path):
    for code, story in stories.items():
        html = body_of(press, catalog, group, story, name)
        page = tmp_path / f"{code}.html"
        page.write_text(f"<!DOCTYPE html><html><head><title>x</title></head><body>{html}</body></html>", "utf-8")
        said = subprocess.run(["tidy", "-q", "-e", "-utf8", str(page)], capture_output=True, text=True, check=False)
        assert said.stderr == ""
        assert set(re.findall(r"</?(\w+)", html)) <= ALLOWED
        assert set(re.findall(r"<\w+ (\w+)=", html)) <= {"href", "src"}
        assert made(press, catalog, group, story, name, "judul.txt").length <= 200


@pytest.mark.parametrize("name", OUTLETS)
def test_signs_of_html_in_a_story_stay_text(press, group, catalog, name):
    photo = Photo(id="f1", file="1.jpg", caption=NASTY, alt=NASTY, credit=NASTY)
    story = Story(id="x", headline=NASTY, place=NASTY, body=NASTY, byline=(NASTY,), photos=(photo,), tags=(NASTY,))
    html = body_of(press, catalog, msgspec.structs.replace(group, name=NASTY), story, name)
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert not set("<>") & set(made(press, catalog, group, story, name, "judul.txt").text)


def test_pictures_are_named_as_their_files_and_no_more_than_there_are(press, group, catalog):
    for number in (0, 1, 4, 12):
        story = many_photos(number)
        html = body_of(press, catalog, group, story, "blogger")
        assert sorted(re.findall(r'src="([^"]+)"', html)) == sorted(pictures_of(catalog, "blogger", story))
        listed = re.findall(r"<strong>Foto (\d+):", body_of(press, catalog, group, story, "opensid"))
        assert [f"gambar-{n}.jpg" for n in listed] == pictures_of(catalog, "opensid", story)
    assert body_of(press, catalog, group, many_photos(4), "blogger").startswith('<figure><img src="gambar-2.jpg"')


def test_a_body_that_is_too_long_ends_after_a_paragraph_and_says_so(press, group, catalog):
    lines = "\n\n".join(f"- Butir **nomor {n}** tentang “padi” & jagung, kedelai, ubi, dan sayur." for n in range(1200))
    post = made(
        press, catalog, group, Story(id="x", headline="Panen", body=f"Teras.\n\n{lines}"), "opensid", "isi.html"
    )
    assert 0.9 * 65535 < count(post.text, "utf8") <= 65535
    assert [notice.code for notice in post.notices] == ["posts.shortened"]
    assert post.text.count("<li>") == post.text.count("</li>")
    assert "…" in post.text
    whole = made(press, catalog, group, Story(id="x", headline="Panen", body="Teras.\n\nIsi."), "opensid", "isi.html")
    assert whole.notices == ()
    assert "…" not in whole.text


def test_labels_are_those_that_blogger_takes(press, group, catalog):
    tags = tuple(f"label nomor {n}" for n in range(40))
    text = made(press, catalog, group, Story(id="x", headline="X", tags=tags), "blogger", "label.txt").text
    assert len(text) <= 200
    assert 1 < len(text.split(", ")) <= 20


def test_the_sheet_of_a_story_never_replaces_that_of_another_on_the_village_site(catalog):
    """OpenSID keeps a document under the name it was uploaded with, in one folder for all articles."""
    (sheet,) = catalog.outlet("opensid").outputs_of(PrintOutput)
    names = {sheet.name_for(story) for story in ("3f0c5a1e9b7d4c26", "3f0c5a1e9b7d4c27", "")}
    assert len(names) == 3
    assert all(re.fullmatch(r"dokumen-[0-9a-f]{8}\.pdf", name) for name in names)
