"""The website page: valid, accessible, found by machines, and complete on a USB stick."""

import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from html import escape, unescape
from html.parser import HTMLParser

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.photo.framing import PhotoVariant, frame_variant
from studio.posts.pages import page_pictures, picture_ratio, render_page
from studio.posts.template_context import build_context
from studio.story.model import Box, Claim, Group, Photo, Source, Story
from studio.story.publication_records import Correction

# ---------------------------------------- rules of HTML 5: stricter than a browser, narrower than a validator

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
BLOCKS = {"div", "header", "main", "article", "footer", "h1", "h2", "h3", "h4", "figure", "section"}
BLOCKS |= {"ul", "ol", "dl", "blockquote", "p"}
KNOWN = VOID | BLOCKS | {"html", "head", "title", "body", "script", "a", "span", "strong", "figcaption", "time"}
KNOWN |= {"li", "dt", "dd", "em", "del", "ins", "video", "picture"}
PHRASING_ONLY = {"p", "h1", "h2", "h3", "h4", "span", "strong", "em", "a", "time", "del", "ins", "title"}
CHILDREN = {"ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd", "div"}}
NEEDED = {"img": {"src", "alt"}, "a": {"href"}, "time": {"datetime"}, "link": {"rel", "href"}, "video": {"src"}}


class Rules(HTMLParser):
    """Feeds on a page and collects what is wrong."""

    def __init__(self):
        super().__init__(convert_charrefs=False)
        self.open = []
        self.wrong = []
        self.ids = set()
        self.seen = []

    def complain(self, what):
        self.wrong.append(f"line {self.getpos()[0]}: {what}")

    def handle_decl(self, decl):
        if self.seen or decl != "DOCTYPE html":
            self.complain(f"declaration {decl}")

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        names = [name for name, _ in attrs]
        if tag not in KNOWN:
            self.complain(f"unknown element {tag}")
        if len(set(names)) < len(names):
            self.complain(f"{tag} has an attribute twice")
        if any(name.startswith("on") or name == "style" for name in names):
            self.complain(f"{tag} has script or style")
        for name in NEEDED.get(tag, set()) - set(names):
            self.complain(f"{tag} without {name}")
        own = dict(attrs).get("id")
        if own in self.ids:
            self.complain(f"id {own} twice")
        self.ids |= {own} - {None}
        parent = self.open[-1] if self.open else ""
        if tag in BLOCKS and set(self.open) & PHRASING_ONLY:
            self.complain(f"{tag} inside {set(self.open) & PHRASING_ONLY}")
        if parent in CHILDREN and tag not in CHILDREN[parent]:
            self.complain(f"{tag} in {parent}")
        if tag == "a" and "a" in self.open:
            self.complain("a in a")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.complain(f"<{tag}/> closes itself")

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.complain(f"</{tag}> where another element is open")

    def handle_data(self, data):
        if "<" in data and self.open[-1:] != ["script"]:
            self.complain(f"bare < in {data!r}")
        if data.strip() and self.open and self.open[-1] in {"ul", "ol", "dl", "html", "head"}:
            self.complain(f"text in {self.open[-1]}")


def faults(page):
    """What is wrong with a page; empty when nothing is."""
    rules = Rules()
    rules.feed(page)
    rules.close()
    wrong = list(rules.wrong)
    if rules.open:
        wrong.append(f"never closed: {rules.open}")
    once = ("html", "head", "title", "body", "main", "h1")
    wrong += [f"{rules.seen.count(tag)} x {tag}" for tag in once if rules.seen.count(tag) != 1]
    if not page.startswith("<!DOCTYPE html>\n<html lang="):
        wrong.append("no doctype or language")
    return wrong


# ---------------------------------------- the page


def made(press, story, group, **more):
    outlet = press.catalog.outlet("website")
    material = build_context(story, group, press.catalog.labels, f"2026-11-22-{story.id}")
    return render_page(press, outlet, outlet.output("index.html"), material, **more)


def html(press, story, group, **more):
    return made(press, story, group, **more).files[0].text


def meta(page, name):
    found = re.search(rf'<meta (?:name|property)="{re.escape(name)}" content="([^"]*)">', page)
    return unescape(found[1]) if found else None


def json_ld(page):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])


def test_the_page_keeps_the_rules_of_html(press, story, group):
    assert faults(html(press, story, group)) == []
    assert faults(html(press, story, group, videos=["video.mp4"], pictures={"logo": "data:image/png;base64,AA"})) == []
    assert faults(html(press, story, Group())) == []


def test_the_rules_find_what_is_wrong():
    good = '<!DOCTYPE html>\n<html lang="id"><head><title>a</title></head><body><main><h1>a</h1>{}</main></body></html>'
    assert faults(good.format("<p>a</p>")) == []
    for bad in (
        "<p>a",
        "<p><div></div></p>",
        "<img src='a'>",
        "<ul><p>a</p></ul>",
        "<b>a</b>",
        "<p id=a></p><p id=a></p>",
        "<p onclick='x'>a</p>",
        "</p>",
        "<h1>b</h1>",
        "<a href='b'><a href='c'>d</a></a>",
        "<br/>",
    ):
        assert faults(good.format(bad)), bad


def test_tidy_agrees(press, story, group, tmp_path):
    if shutil.which("tidy") is None:
        pytest.skip("HTML Tidy is not installed (apt install tidy)")
    (tmp_path / "index.html").write_text(html(press, story, group, videos=["video.mp4"]), encoding="utf-8")
    done = subprocess.run(
        ["tidy", "-q", "-e", "-utf8", str(tmp_path / "index.html")],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    known = re.compile(r'proprietary attribute "(fetchpriority|loading|decoding|sizes|srcset)"')  # newer than Tidy 5.6
    assert [line for line in done.stderr.splitlines() if line.strip() and not known.search(line)] == []


def test_everything_it_refers_to_lies_beside_it(press, story, group):
    page = made(press, story, group, videos=["video.mp4"])
    beside = (
        {file.name for file in page.files}
        | {picture.file for picture in page.pictures}
        | {"pratinjau.jpg", "video.mp4"}
    )
    text = page.files[0].text
    names = re.findall(r' (?:src|href|poster)="([^"]*)"', text)
    names += [entry.split()[0] for value in re.findall(r'srcset="([^"]*)"', text) for entry in value.split(", ")]
    local = {unescape(name) for name in names if not re.match(r"(https?|mailto|data):|#", name)}
    assert local <= beside
    assert {"gaya.css", "ikon.svg"} <= local
    assert not re.search(r'(src|poster)="https?:', text)
    css = next(file.text for file in page.files if file.name == "gaya.css")
    assert "http" not in css.replace('a[href^="http"]', "")
    assert "@import" not in css
    assert "url(" not in css
    assert "object-fit: cover" not in css  # the list of stories cuts no heads either


def test_nothing_runs_and_no_picture_is_without_words(press, story, group):
    text = html(press, story, group)
    assert re.findall(r"<script(?! type=\"application/ld\+json\")", text) == []
    for image in re.findall(r"<img [^>]*>", text):
        assert re.search(r'alt="[^"]+"', image)
        assert re.search(r'width="\d+" height="\d+"', image)


@pytest.mark.parametrize(("size", "wide"), [((1600, 900), "60rem"), ((1200, 1200), "42rem"), ((900, 1600), "34rem")])
def test_a_browser_is_told_how_wide_the_lead_photo_is_laid_out(press, stories, group, size, wide):
    story = stories["irigasi"]
    photo = msgspec.structs.replace(story.photos[0], width=size[0], height=size[1], crop=None)
    page = html(press, msgspec.structs.replace(story, photos=(photo,)), group)
    told = set(re.findall(r'sizes="([^"]*)"', page.partition("<figcaption")[0]))
    (sizes,) = told
    assert f" {wide}, " in sizes
    assert sizes.endswith("calc(100vw - 2.5rem)")


def test_no_page_scrolls_sideways(press, stories, group, tmp_path):
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("Chromium is not installed (apt install chromium)")
    wide = "https://contoh.id/" + "panjang" * 30
    story = msgspec.structs.replace(stories["bansos"], headline="Ke" + "tidak" * 12 + "an", body=f"{wide}\n\n- {wide}")
    page = made(press, story, group).files
    for file in page:
        (tmp_path / file.name).write_text(file.text, encoding="utf-8")
    # A window has a least width of its own, a frame has none.
    script = "onload = () => document.title = Array.from(frames, f => f.document.documentElement.scrollWidth).join(' ')"
    widths = (320, 390, 768, 1280)
    frames = "".join(f'<iframe width="{w}" style="border:0" srcdoc="{escape(page[0].text)}"></iframe>' for w in widths)
    (tmp_path / "bingkai.html").write_text(f"<title>-</title>{frames}<script>{script}</script>", encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--dump-dom"]
    address = (tmp_path / "bingkai.html").as_uri()
    done = subprocess.run([browser, *options, address], capture_output=True, check=True, timeout=60)
    found = re.search(rb"<title>([\d ]+)</title>", done.stdout)
    assert found
    assert [int(width) for width in found[1].split()] == list(widths)


def test_link_previews(press, stories, group):
    page = html(press, stories["irigasi"], group)
    address = "https://sukamaju.kim.id/2026-11-22-irigasi/"
    assert meta(page, "og:title") == stories["irigasi"].headline
    assert meta(page, "og:url") == address
    assert meta(page, "og:image") == address + "pratinjau.jpg"
    assert meta(page, "og:type") == "article"
    assert meta(page, "og:locale") == "id_ID"
    assert meta(page, "article:published_time") == "2026-11-22T17:05:00+07:00"
    assert meta(page, "article:modified_time") == "2026-11-23T08:10:00+07:00"
    assert 50 < len(meta(page, "description")) <= 155
    assert f'<link rel="canonical" href="{address}">' in page
    assert meta(html(press, stories["irigasi"], Group(name="KIM")), "og:image") == "pratinjau.jpg"


def test_news_article(press, stories, group):
    data = json_ld(html(press, stories["irigasi"], group))
    assert data["@context"] == "https://schema.org"
    (article,) = data["@graph"]
    assert article["@type"] == "NewsArticle"
    assert article["headline"] == stories["irigasi"].headline
    assert article["author"] == [{"@type": "Person", "name": "Siti Aminah"}]
    assert article["publisher"]["name"] == group.full_name
    assert article["image"][0] == "https://sukamaju.kim.id/2026-11-22-irigasi/gambar/01-1600.jpg"
    assert article["datePublished"] == "2026-11-22T17:05:00+07:00"
    assert article["dateModified"] == "2026-11-23T08:10:00+07:00"
    assert article["correction"][0]["text"] == "Luas sawah yang terairi keliru."
    assert article["dateline"] == "Sukamaju"
    assert article["wordCount"] > 80
    assert "Rp3.250.000" in article["articleBody"]


def test_claim_review(press, stories, group):
    article, review = json_ld(html(press, stories["bansos"], group))["@graph"]
    assert article["@type"] == "NewsArticle"
    assert review["@type"] == "ClaimReview"
    assert review["claimReviewed"].startswith("Kementerian Sosial membuka")
    assert review["itemReviewed"] == {"@type": "Claim", "name": review["claimReviewed"], "inLanguage": "id"}
    assert review["reviewRating"] == {
        "@type": "Rating", "alternateName": "Salah (hoaks)", "ratingValue": 1, "bestRating": 5, "worstRating": 1
    }  # fmt: skip


def test_an_advertorial_is_no_news(press, stories, group):
    page = html(press, stories["posyandu"], group)
    assert json_ld(page)["@graph"][0]["@type"] == "AdvertiserContentArticle"
    assert "Advertorial" in page
    assert "Berlaku sampai <strong>Kamis, 31 Desember 2026</strong>" in page


def test_a_correction_shows_when_and_what(press, stories, group):
    page = html(press, stories["irigasi"], group)
    assert "<del>54 hektare</del>" in page
    assert "<ins>45 hektare</ins>" in page
    assert "Senin, 23 November 2026 pukul 08.10 WIB" in page
    assert "mohon maaf" in page


def test_the_feed(press, stories, group):
    files = {file.name: file.text for file in made(press, stories["irigasi"], group).files}
    channel = ET.fromstring(files["umpan.xml"].encode()).find("channel")
    item = channel.find("item")
    assert channel.findtext("link") == "https://sukamaju.kim.id"
    assert item.findtext("title") == stories["irigasi"].headline
    assert item.findtext("link") == item.findtext("guid") == "https://sukamaju.kim.id/2026-11-22-irigasi/"
    assert item.findtext("pubDate") == channel.findtext("lastBuildDate") == "Sun, 22 Nov 2026 10:05:00 +0000"
    assert item.findtext("{http://purl.org/rss/1.0/modules/content/}encoded").startswith("<p>")
    assert [category.text for category in item.findall("category")] == list(stories["irigasi"].tags)
    ET.fromstring(files["ikon.svg"].encode())


@pytest.mark.parametrize(
    ("photo", "ratio"),
    [
        (Photo(id="p", file="p", width=4000, height=3000), 4 / 3),
        (Photo(id="p", file="p", width=3000, height=4000), 3 / 4),
        (Photo(id="p", file="p", width=4000, height=3000, rotate=90), 3 / 4),
        (Photo(id="p", file="p", width=4000, height=3000, crop=(0, 0, 0.5, 1)), 2 / 3),
        (Photo(id="p", file="p", width=4000, height=3000, rotate=90, crop=Box(0, 0, 0.5, 1)), 3 / 2),
        (Photo(id="p", file="p", width=8000, height=1500), 16 / 3),
        (Photo(id="p", file="p"), 3 / 2),
    ],
)
def test_proportions(press, group, photo, ratio):
    """A page cuts nothing off: every photo keeps its ratio, also one that was framed for a card of the same shape."""
    assert picture_ratio(photo)[0] / picture_ratio(photo)[1] == pytest.approx(ratio)
    if not photo.width:
        return
    framed = msgspec.structs.replace(photo, crops={"4:3": Box(0.2, 0.2, 0.4, 0.4), "3:2": Box(0.2, 0.2, 0.4, 0.4)})
    output = press.catalog.outlet("website").output("index.html")
    for picture in page_pictures(output, build_context(Story(id="x", photos=(framed,)), group)):
        variant = PhotoVariant(picture.size, picture.fit)
        shown, whole = (frame_variant(each, variant, photo.width, photo.height) for each in (framed, photo))
        assert shown.box == whole.box


def test_pictures_are_never_wider_than_their_photo(press, group):
    outlet = press.catalog.outlet("website")
    output = outlet.output("index.html")
    photos = (
        Photo(id="a", file="a", width=4000, height=3000),
        Photo(id="b", file="b", width=1000, height=700),
        Photo(id="c", file="c", width=300, height=200),
    )
    story = Story(id="x", photos=photos)
    sizes = {}
    for picture in page_pictures(output, build_context(story, group)):
        sizes.setdefault(picture.photo.id, []).append(picture.size)
    assert sizes == {"a": [(480, 360), (960, 720), (1600, 1200)], "b": [(480, 336), (960, 672)], "c": [(480, 320)]}
    chosen = msgspec.structs.replace(story, cover="b")
    assert (1600, 1200) not in [p.size for p in page_pictures(output, build_context(chosen, group))]


HOSTILE = st.text(st.sampled_from("<>&\"'{}%/ ab-\n") | st.characters(codec="utf-8"), max_size=40)


@settings(max_examples=40, deadline=None)
@given(words=HOSTILE, body=st.text(st.sampled_from("<>&\"'*_[]()#-> \nab!`"), max_size=200))
def test_any_words_stay_words(press, words, body):
    story = Story(
        id="x", kind="factcheck", headline=words, kicker=words, place=words, date=words, byline=(words,),
        body=body + words, tags=(words,), summary=words, valid_until=words, advertorial=True, category=words,
        photos=(Photo(id="p", file="p.jpg", caption=words, credit=words, alt=words, edited_label=words),
                Photo(id="q", file="q.jpg", caption=words)),
        claims=(Claim(id="k", text=words, verdict="false", explanation=words, references=(words,), public=True),),
        corrections=(Correction(when=words, what=words, before=words, after=words),),
        sources=(Source(name=words),),
    )  # fmt: skip
    group = Group(name=words, full_name=words, village=words, site=words, email=words, phone=words, address=words)
    page = made(press, story, group)
    assert faults(page.files[0].text) == []
    json_ld(page.files[0].text)
    ET.fromstring(next(file.content for file in page.files if file.name == "umpan.xml"))
    ET.fromstring(next(file.content for file in page.files if file.name == "ikon.svg"))


def test_only_what_is_shown_changes_the_page(press, stories, group):
    first = made(press, stories["irigasi"], group).files
    saved = msgspec.structs.replace(stories["irigasi"], modified="2027-01-01T00:00:00Z", status="ready")
    assert made(press, saved, group).files == first
    renamed = made(press, msgspec.structs.replace(stories["irigasi"], headline="Judul lain"), group).files
    assert [a.name for a, b in zip(first, renamed, strict=True) if a != b] == ["index.html", "umpan.xml"]


def test_private_things_stay_private(press, stories, group):
    secret = msgspec.structs.replace(
        stories["irigasi"],
        sources=(Source(name="Sumber Rahasia", contact="081234567890", note="jangan disebut"),),
        claims=(Claim(id="k", text="Klaim tertutup", verdict="true"),),
        editor="",
    )
    text = "".join(file.text for file in made(press, secret, group).files)
    assert "Rahasia" not in text
    assert "0812" not in text
    assert "Klaim tertutup" not in text
