"""What every outlet says about three rich stories, to the letter; and what holds for any story."""

import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.posts.counting import count
from studio.posts.pages import render_page
from studio.posts.render_context import is_wanted
from studio.posts.template_context import build_context
from studio.posts.text_posts import override_key, render_text
from studio.story.model import Group, Photo, Story, TextOverride

GOLDEN = Path(__file__).resolve().parent.parent / "golden"


def texts(press, story, group, folder=""):
    material = build_context(story, group, press.catalog.labels, folder)
    for outlet in press.catalog.outlets:
        for output in outlet.outputs:
            if output.kind == "text" and is_wanted(output, story, quote=material.quote is not None):
                yield outlet, output, render_text(press, outlet, output, material)


def test_golden(press, story, group, request):
    update = request.config.getoption("--update-golden", default=False)
    made = {}
    for outlet, _, post in texts(press, story, group, f"2026-11-22-{story.id}"):
        for file in post.files:
            made[f"{outlet.id}/{file.name}"] = file.text + "\n"
    folder = GOLDEN / story.id
    if update:
        for name, text in made.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    kept = {path.relative_to(folder).as_posix() for path in folder.rglob("*.*")}
    assert kept == set(made)
    for name, text in made.items():
        assert text == (folder / name).read_text(encoding="utf-8"), name


def test_every_text_keeps_its_limit_and_says_its_length(press, story, group):
    for _, output, post in texts(press, story, group):
        for file in post.files:
            assert file.length == count(file.text, output.count)
            assert not output.limit or file.length <= output.limit


def test_corrections_labels_and_verdicts_are_said_everywhere(press, stories, group):
    """Every text that tells the story; titles, tags and captions of photos do not."""
    telling = {"pesan.txt", "kiriman.txt", "uraian.txt", "{n:02}.txt"} | {"takarir.txt"}
    for name, words in {
        "irigasi": ["RALAT", "54 hektare", "45 hektare", "maaf"],
        "bansos": ["CEK FAKTA: SALAH (HOAKS)"],
        "posyandu": ["ADVERTORIAL", "PENGUMUMAN", "Berlaku sampai Kamis, 31 Desember 2026"],
    }.items():
        for outlet, output, post in texts(press, stories[name], group):
            if output.file in telling:
                assert all(word in post.text for word in words), (outlet.id, output.file)


def long_story(words=3000):
    body = "\n\n".join(f"Kalimat nomor {n} berisi beberapa kata biasa. Ini lanjutannya." for n in range(words // 10))
    return Story(
        id="x", headline="Judul " + "yang sangat panjang " * 30, place="Sukamaju", body=body, date="2026-11-22"
    )


def test_a_long_story_is_shortened_with_a_notice_never_silently(press, group):
    quiet = msgspec.structs.replace(group, site="")
    seen = set()
    for outlet, output, post in texts(press, long_story(), quiet):
        cut = any("…" in file.text for file in post.files)
        codes = {notice.code for notice in post.notices}
        assert cut == ("posts.shortened" in codes), (outlet.id, output.file)
        for file in post.files:
            assert not output.limit or file.length <= output.limit
        if cut:
            seen.add((outlet.id, output.file))
    assert {("instagram", "takarir.txt"), ("youtube", "judul.txt"), ("telegram", "kiriman.txt")} <= seen


def test_a_thread_says_everything(press, group):
    story = long_story(1500)
    post = next(
        post for outlet, _, post in texts(press, story, msgspec.structs.replace(group, site="")) if outlet.id == "x"
    )
    assert len(post.files) > 20
    assert [file.name for file in post.files[:2]] == ["01.txt", "02.txt"]
    assert "posts.long_thread" in {notice.code for notice in post.notices}
    joined = " ".join(re.sub(r"\n\n\d+/\d+$", "", file.text) for file in post.files)
    for n in range(150):
        assert f"Kalimat nomor {n} " in joined


def with_override(story, outlet, output, text):
    return msgspec.structs.replace(story, overrides={override_key(outlet, output): TextOverride(text=text)})


def test_an_override_replaces_the_text_and_is_counted_the_same(press, stories, group, catalog):
    outlet = catalog.outlet("instagram")
    output = outlet.output("takarir.txt")
    material = build_context(stories["irigasi"], group, catalog.labels)
    made = render_text(press, outlet, output, material)
    changed = with_override(stories["irigasi"], outlet, output, "Teks  sendiri 🎉 " + "#a " * 7 + "x" * 2200)
    post = render_text(press, outlet, output, build_context(changed, group, catalog.labels))
    assert post.overridden
    assert not made.overridden
    assert post.text.startswith("Teks  sendiri 🎉")
    assert post.made == made.text
    assert post.base == made.base
    assert {notice.code for notice in post.notices} == {"posts.too_long", "posts.too_many_hashtags"}
    assert post.length == count(post.text, "utf16") > 2200


def test_an_override_of_a_thread_has_its_posts_between_hyphens(press, stories, group, catalog):
    outlet = catalog.outlet("x")
    output = outlet.outputs[0]
    story = with_override(stories["irigasi"], outlet, output, "Satu\n\n---\n\nDua\n---\nTiga")
    post = render_text(press, outlet, output, build_context(story, group, catalog.labels))
    assert [file.text for file in post.files] == ["Satu", "Dua", "Tiga"]
    again = with_override(story, outlet, output, post.text)
    assert render_text(press, outlet, output, build_context(again, group, catalog.labels)).files == post.files


def test_what_youtube_refuses_is_replaced(press, stories, group, catalog):
    outlet = catalog.outlet("youtube")
    for file in ("judul.txt", "uraian.txt", "tag.txt"):
        story = msgspec.structs.replace(stories["posyandu"], tags=("<b>",))
        post = render_text(press, outlet, outlet.output(file), build_context(story, group, catalog.labels))
        assert not set("<>") & set(post.text)
        assert [notice.code for notice in post.notices] == (["posts.replaced"] if file != "uraian.txt" else [])


def test_a_dateline_typed_by_hand_is_not_doubled(press, stories, group):
    body = "SUKAMAJU, KIM Bina Warga – Air mengalir lagi."
    story = msgspec.structs.replace(stories["irigasi"], body=body)
    for outlet, output, post in texts(press, story, group):
        assert post.text.count("SUKAMAJU") <= 1, (outlet.id, output.file)


def test_the_same_inputs_make_the_same_text(press, story, group):
    first = [post.files for _, _, post in texts(press, story, group)]
    assert first == [post.files for _, _, post in texts(press, story, group)]


def test_saving_alone_changes_no_text(press, story, group):
    saved = msgspec.structs.replace(story, modified="2026-12-31T00:00:00Z", status="ready", words_ignored=("x",))
    assert [p.files for _, _, p in texts(press, saved, group)] == [p.files for _, _, p in texts(press, story, group)]


@pytest.mark.parametrize(
    "headline", ["", "<script>alert('x')</script>", '"&\\{{ 7*7 }}{% if %}', "ꦱꦸꦒꦼꦁ 🎉", "a\x00b\x0bc"]
)
def test_any_headline_survives(press, group, headline):
    story = Story(id="x", headline=headline, body=headline)
    for _, output, post in texts(press, story, group):
        assert "49" not in post.text
        assert not re.search(r"[\x00-\x08\x0b\x0c]", post.text)
        if headline.startswith("ꦱ") and output.file == "pesan.txt":
            assert headline in post.text


def test_an_empty_story_of_an_empty_group_makes_texts_without_a_crash(press):
    for _, _, post in texts(press, Story(id="x"), Group()):
        assert "None" not in post.text


WORDS = st.text(st.characters(codec="utf-8"), max_size=60)


@settings(max_examples=25, deadline=None)
@given(headline=WORDS, body=st.text(max_size=800), place=WORDS, caption=WORDS, tags=st.lists(WORDS, max_size=6))
def test_limits_hold_for_any_story(press, headline, body, place, caption, tags):
    photo = Photo(id="p", file="p.jpg", caption=caption, alt=caption)
    story = Story(
        id="x", headline=headline * 4, body=body * 6, place=place, tags=tuple(tags), photos=(photo,), date="2026-11-22"
    )
    for outlet, output, post in texts(press, story, Group(name="KIM Uji", site="kim.id")):
        for file in post.files:
            over = output.limit and file.length > output.limit
            assert not over, (outlet.id, output.file, file.length)


def test_notices_name_outlet_and_file(press, group):
    for outlet, output, post in texts(press, long_story(), group):
        for notice in post.notices:
            assert notice.facts["outlet"] == outlet.name
            assert notice.facts["file"] == output.name()


def test_emphasis_inside_a_word_leaves_no_stars_in_whatsapp():
    from studio.posts.filters import whatsapp_body
    from studio.story.body import parse_markdown

    assert (
        whatsapp_body(parse_markdown("Warga mem**baca**kan **hasil** rapat, *ke*dua."))
        == "Warga membacakan *hasil* rapat, kedua."
    )


def test_texts_for_who_cannot_see(press, stories, group, catalog):
    """A line for each picture, no longer than X takes, and one for the card: what is written on it."""
    story = stories["irigasi"]
    photo = msgspec.structs.replace(story.photos[0], alt="kata " * 400)
    long = msgspec.structs.replace(story, photos=(photo,))
    outlet = catalog.outlet("x")
    post = render_text(press, outlet, outlet.output("teks-alternatif.txt"), build_context(long, group, catalog.labels))
    lines = [line for line in post.files[0].text.split("\n") if line]
    assert len(lines[0]) <= 1000 + len("1. ")
    assert "posts.shortened" in {notice.code for notice in post.notices}
    assert lines[-1].startswith("Kartu: ")
    assert story.headline in lines[-1]
    bare = msgspec.structs.replace(story, photos=(), cover="")
    post = render_text(press, outlet, outlet.output("teks-alternatif.txt"), build_context(bare, group, catalog.labels))
    assert post.files[0].text.startswith("Kartu: ")


@pytest.mark.parametrize(
    ("name", "file", "limit", "unit"),
    [
        ("threads", "{n:02}.txt", 500, "emoji_utf8"),
        ("bluesky", "{n:02}.txt", 300, "grapheme"),
        ("google-bisnis", "kiriman.txt", 1500, "codepoint"),
        ("whatsapp-saluran", "kiriman.txt", 65536, "codepoint"),
    ],
)
def test_newer_outlets_keep_their_limits(press, group, catalog, name, file, limit, unit):
    output = catalog.outlet(name).output(file)
    assert (output.limit, output.count) == (limit, unit)
    story = msgspec.structs.replace(long_story(600), body="Panen 🌾🌾 raya 👨‍👩‍👧‍👦. " * 120)
    post = render_text(press, catalog.outlet(name), output, build_context(story, group, catalog.labels))
    assert post.files
    for made in post.files:
        assert count(made.text, unit) <= limit


def test_clips_for_facebook_are_not_cut(catalog):
    assert catalog.outlet("facebook").output("reel.mp4").max_seconds is None
    assert catalog.outlet("instagram").output("{n:02}.jpg").max == 20


def test_threads_warns_of_more_than_five_links_and_counts_one_that_comes_twice_once(press, stories, group, catalog):
    outlet = catalog.outlet("threads")
    output = outlet.output("{n:02}.txt")
    links = [f"https://desa{n}.id/kabar" for n in range(6)]
    for text, warned in ((" ".join([*links[:5], links[0]]), False), (" ".join(links), True)):
        changed = with_override(stories["irigasi"], outlet, output, text)
        post = render_text(press, outlet, output, build_context(changed, group, catalog.labels))
        assert [n.facts["links"] for n in post.notices if n.code == "posts.too_many_links"] == [6] * warned


def test_no_post_of_bluesky_has_more_than_its_bytes_though_its_letters_would_fit(press, stories, group, catalog):
    """A family is one letter of 25 bytes: 300 of them are 7,500 bytes."""
    outlet = catalog.outlet("bluesky")
    output = outlet.output("{n:02}.txt")
    words = " ".join(["\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466" * 4] * 60)
    changed = with_override(stories["irigasi"], outlet, output, words)
    post = render_text(press, outlet, output, build_context(changed, group, catalog.labels))
    assert len(post.files) > 1
    assert all(count(file.text, "utf8") <= 3000 and file.length <= 300 for file in post.files)
    assert post.notices == ()


def test_a_post_cut_by_hand_with_too_many_bytes_is_told_of(press, stories, group, catalog):
    outlet = catalog.outlet("bluesky")
    output = outlet.output("{n:02}.txt")
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
    changed = with_override(stories["irigasi"], outlet, output, f"Satu\n---\n{family * 200}")
    post = render_text(press, outlet, output, build_context(changed, group, catalog.labels))
    assert [notice.code for notice in post.notices] == ["posts.too_many_bytes"]


@pytest.mark.parametrize(
    ("language", "byline"), [("", "Siti dan Ani"), ("en-GB", "Siti and Ani"), ("jv", "Siti lan Ani")]
)
def test_who_wrote_it_is_joined_in_the_language_of_the_words(press, group, language, byline):
    """On pages and cards; posts sign with commas."""
    story = Story(id="s", headline="Gotong royong", byline=("Siti", "Ani"), body="Kerja.", language=language)
    website = press.catalog.outlet("website")
    material = build_context(story, group, press.catalog.labels, "gotong-royong")
    assert byline in render_page(press, website, website.output("index.html"), material).files[0].text
