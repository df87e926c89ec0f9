"""Publishing to WordPress: against a real one (Debian's packages, its own MariaDB, PHP's own server, all local)."""

from __future__ import annotations

import concurrent.futures
import contextlib
import dataclasses
import html
import http.server
import json
import re
import secrets
import socket
import threading
import urllib.error
import urllib.request

import pytest
from msgspec.structs import replace

from studio.base.errors import UserError
from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir, templates_dir
from studio.base.progress import SilentProgress
from studio.posts.catalog import load_catalog
from studio.posts.render_context import RenderContext
from studio.publish import wordpress
from studio.publish.wordpress import WordPress
from studio.publish.wordpress_rest import WordPressAccount, plain_address
from studio.services.story_address import change_address
from studio.services.web_post import render_web_post
from studio.store.workspace import create_workspace
from studio.story import story_status as status
from studio.story.model import Correction, Cover, Group, Person, Photo, Story
from tests.wordpress_server import free_port, look, read_as_anybody

TEXTS = MessageTexts(assets_dir() / "messages", "id")
WHEN = "2026-11-22T10:00:00+07:00"


@pytest.fixture
def workspace(tmp_path):
    """A workspace with one story, ready, with two photos."""
    from PIL import Image

    with create_workspace(tmp_path / "KIM", Group(name="KIM Bina Warga", village="Sukamaju")) as made:
        story = Story(
            id="",
            status="ready",
            headline="Panen raya “padi”",
            place="Sukamaju",
            date="2026-11-21",
            byline=("Siti Aminah",),
            tags=("Panen", "Desa & kota"),
            summary="Ringkas.",
            body="Hasil panen warga Sukamaju naik 12 persen, Sabtu (21/11/2026).",
        )
        folder = made.add(story)
        photos = []
        for number, (color, caption) in enumerate((("#1e8c46", "Warga & sawah"), ("#b45028", "Panen <raya>"))):
            Image.new("RGB", (640, 480), color).save(tmp_path / f"{number}.jpg")
            file = made.import_media(folder, tmp_path / f"{number}.jpg")
            facts = {"caption": caption, "credit": "Budi", "alt": "Padi", "people_checked": True}
            photos.append(Photo(id=f"f{number}", file=file, width=640, height=480, **facts))
        made.save(folder, replace(made.load(folder), photos=tuple(photos)))
        yield made


def folder_of(workspace) -> str:
    return workspace.story_folders()[0]


def change(workspace, **fields) -> None:
    """Edit the story as a desk would, and save it."""
    workspace.save(folder_of(workspace), replace(workspace.load(folder_of(workspace)), **fields))


@pytest.fixture(scope="module")
def press():
    return RenderContext(load_catalog(templates_dir()))


@pytest.fixture
def render(workspace, press, tmp_path):
    """Renders the post of the story as it is now."""

    def made():
        place = tmp_path / f"gambar-{secrets.token_hex(3)}"
        place.mkdir()
        return render_web_post(workspace, folder_of(workspace), press, place, TEXTS, SilentProgress())

    return made


def public_text(account: WordPressAccount, number: int) -> str:
    """The post as any reader gets it, without a password; "" when it is not public."""
    code, text = read_as_anybody(f"{account.address}/?rest_route=/wp/v2/posts/{number}")
    return json.loads(text)["title"]["rendered"] + json.loads(text)["content"]["rendered"] if code == 200 else ""


def test_a_story_becomes_a_draft_then_is_updated_and_published_in_place(real, workspace, render):
    account = WordPress(real)
    assert account.check() == "siti"
    first = account.publish_post(render(), SilentProgress(), public=False)
    assert (first.created, first.uploaded, first.status) == (True, 2, "draft")
    raw = look(real, f"posts/{first.number}", context="edit")
    assert raw["title"]["raw"] == "Panen raya “padi”"
    assert "Panen &lt;raya&gt;" in raw["content"]["raw"]
    assert len(raw["tags"]) == 2
    featured = look(real, f"media/{raw['featured_media']}", context="edit")
    assert (featured["caption"]["raw"], featured["alt_text"]) == ("Warga &amp; sawah (Foto: Budi)", "Padi")

    again = account.publish_post(render(), SilentProgress(), public=False)
    assert (again.number, again.created, again.uploaded, again.leftovers) == (first.number, False, 0, ())

    change(workspace, headline="Panen raya, hasil naik")
    out = account.publish_post(render(), SilentProgress(), public=True)
    assert (out.number, out.status) == (first.number, "publish")
    assert public_text(real, out.number).startswith("Panen raya, hasil naik<")
    assert len(out.leftovers) == 2, "their metadata tells the old headline"
    account.remove(out.leftovers)

    kept = account.publish_post(render(), SilentProgress(), public=False)
    assert kept.status == "publish", "what is public must not disappear silently"
    assert len(look(real, "posts", context="edit", status="any", per_page="50", search="Panen raya")) == 1
    assert len(look(real, "media", per_page="50", parent=str(out.number))) == 2
    assert len(look(real, "tags", per_page="50")) == 2
    account.take_back(folder_of(workspace), "trash", SilentProgress())


def test_a_draft_is_never_public_and_says_that_it_is_one(real, workspace, render):
    change(workspace, status="draft")
    account = WordPress(real)
    with pytest.raises(UserError, match=r"wordpress\.not_ready"):
        account.publish_post(render(), SilentProgress(), public=True)
    assert look(real, "posts", context="edit", status="any", slug=folder_of(workspace)) == []
    sent = account.publish_post(render(), SilentProgress(), public=False)
    raw = look(real, f"posts/{sent.number}", context="edit")
    assert raw["status"] == "draft"
    assert raw["title"]["raw"].startswith("[DRAF] ")
    assert raw["excerpt"]["raw"].startswith("[DRAF] ")
    assert "DRAF – belum siap terbit" in raw["content"]["raw"]
    change(workspace, status="ready")
    account.publish_post(render(), SilentProgress(), public=True)
    change(workspace, status="draft", body="Naskah yang belum selesai.")
    with pytest.raises(UserError, match=r"wordpress\.draft_is_public"):
        account.publish_post(render(), SilentProgress(), public=False)
    assert "naik 12 persen" in public_text(real, sent.number)
    account.take_back(folder_of(workspace), "trash", SilentProgress())


CHILD = Person(id="anak", name="Rani Oktaviani", age_group="child", role="victim", protected=True)


def test_a_child_marked_since_the_last_sending_is_not_sent_and_comes_off_the_site(real, workspace, render):
    account = WordPress(real)
    change(workspace, body="Rani Oktaviani (9) ikut memanen padi di Sukamaju, Sabtu (21/11/2026).")
    sent = account.publish_post(render(), SilentProgress(), public=True)
    assert "Rani Oktaviani" in public_text(real, sent.number)
    pictures = [one["source_url"] for one in look(real, "media", parent=str(sent.number))]
    assert [read_as_anybody(one)[0] for one in pictures] == [200, 200]

    change(workspace, people=(CHILD,))
    with pytest.raises(UserError, match=r"export\.refused"):
        render()
    back = account.take_back(folder_of(workspace), "draft", SilentProgress())
    assert (back.number, back.pictures, back.kept) == (sent.number, 2, ())
    assert public_text(real, sent.number) == ""
    assert [read_as_anybody(one)[0] for one in pictures] == [404, 404]
    assert look(real, f"posts/{sent.number}", context="edit")["status"] == "draft"
    assert account.take_back(folder_of(workspace), "trash", SilentProgress()).number == sent.number
    assert account.take_back(folder_of(workspace), "trash", SilentProgress()).number == 0


def test_a_cover_laid_since_is_in_what_is_sent_and_the_bare_picture_is_offered_to_go(real, workspace, render, tmp_path):
    account = WordPress(real)
    sent = account.publish_post(render(), SilentProgress(), public=True)
    (bare,) = [one["source_url"] for one in look(real, "media", include=str(_featured(real, sent)))]
    first = workspace.load(folder_of(workspace)).photos[0]
    others = workspace.load(folder_of(workspace)).photos[1:]
    change(workspace, photos=(replace(first, covers=(Cover(box=(0.25, 0.25, 0.5, 0.5)),)), *others))
    again = account.publish_post(render(), SilentProgress(), public=True)  # no export in between
    assert [one.link for one in again.leftovers] == [bare]
    assert read_as_anybody(bare)[0] == 200
    (shown,) = [one["source_url"] for one in look(real, "media", include=str(_featured(real, again)))]
    with urllib.request.urlopen(shown, timeout=60) as answer:
        (tmp_path / "tayang.jpg").write_bytes(answer.read())
    from PIL import Image

    with Image.open(tmp_path / "tayang.jpg") as picture:
        middle = picture.convert("RGB").getpixel((picture.width // 2, picture.height // 2))
    assert all(abs(a - b) < 12 for a, b in zip(middle, (0x1F, 0x29, 0x33), strict=True))
    assert account.remove(again.leftovers) == ()
    assert read_as_anybody(bare)[0] == 404
    assert read_as_anybody(shown)[0] == 200
    account.take_back(folder_of(workspace), "trash", SilentProgress())


def _featured(real, sent) -> int:
    return look(real, f"posts/{sent.number}", context="edit")["featured_media"]


def test_a_picture_that_another_post_shows_stays(real, workspace, render):
    account = WordPress(real)
    sent = account.publish_post(render(), SilentProgress(), public=True)
    picture = look(real, f"media/{_featured(real, sent)}")
    other = account._site.one_record(
        "POST", "posts", {"title": "Lain", "status": "publish", "featured_media": picture["id"]}
    )
    back = account.take_back(folder_of(workspace), "trash", SilentProgress())
    assert [one.number for one in back.kept] == [picture["id"]]
    assert back.pictures == 1
    assert read_as_anybody(picture["source_url"])[0] == 200
    account._delete_thing("posts", int(other["id"]), force=True)
    account._delete_thing("media", int(picture["id"]), force=True)


def test_a_withdrawn_story_becomes_a_notice_at_the_same_address(real, workspace, render):
    account = WordPress(real)
    sent = account.publish_post(render(), SilentProgress(), public=True)
    story = status.set_status("published", WHEN).apply(workspace.load(folder_of(workspace)))
    taken = status.step_status(story, "withdrawn", WHEN, "Siti", "Angka hasil panen keliru")
    workspace.save(folder_of(workspace), taken.apply(story))
    notice = account.publish_post(render(), SilentProgress(), public=True)
    assert (notice.number, len(notice.leftovers)) == (sent.number, 2)
    raw = look(real, f"posts/{sent.number}", context="edit")
    assert (raw["slug"], raw["title"]["raw"]) == (folder_of(workspace), "Berita dicabut: “Panen raya “padi””")
    text = raw["content"]["raw"]
    assert "22 November 2026" in text
    assert "Alasan: Angka hasil panen keliru." in text
    assert "persen" not in text
    assert raw["featured_media"] == 0
    account.remove(notice.leftovers)
    account.take_back(folder_of(workspace), "trash", SilentProgress())


def test_a_correction_is_worded_there_as_everywhere_else(workspace, render):
    hour = Correction(when="2026-11-24", what="Jam posyandu keliru", after="pukul 8", apology=True)
    change(workspace, corrections=(hour, Correction(when="", what="Nama ketua keliru", before="Budi", after="Badu")))
    told = render().html
    assert "Ralat (24/11/2026):</strong> Jam posyandu keliru. Kami mohon maaf atas kekeliruan ini.</p>" in told
    assert "Ralat:</strong> Nama ketua keliru. Sebelumnya tertulis “Budi”, seharusnya “Badu”.</p>" in told


def test_a_withdrawal_that_would_name_a_child_leaves_nothing_at_the_old_address(real, workspace, render):
    account = WordPress(real)
    change(workspace, headline="Rani Oktaviani juara lomba")
    sent = account.publish_post(render(), SilentProgress(), public=True)
    story = status.set_status("published", WHEN).apply(workspace.load(folder_of(workspace)))
    taken = status.step_status(story, "withdrawn", WHEN, "Siti", "Keluarga Rani Oktaviani meminta").apply(story)
    workspace.save(folder_of(workspace), replace(taken, people=(CHILD,)))
    notice = account.publish_post(render(), SilentProgress(), public=True)
    assert notice.number != sent.number
    assert public_text(real, sent.number) == ""
    told = public_text(real, notice.number)
    assert "Berita dicabut" in told
    assert "melindungi orang" in told
    assert "Rani" not in told
    raw = look(real, f"posts/{notice.number}", context="edit")
    assert raw["slug"] == workspace.load(folder_of(workspace)).id
    account.take_back(raw["slug"], "trash", SilentProgress())


WITNESS = replace(CHILD, age_group="adult", role="witness")


def landing(address: str) -> str:
    """Where WordPress leads a reader, as a path; "" for nowhere."""
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            return answer.geturl()[answer.geturl().index("/?") :]
    except urllib.error.HTTPError as error:
        with error:
            return ""


@pytest.mark.parametrize("child", [False, True], ids=["harmless", "naming somebody protected"])
def test_a_post_moves_with_its_story_and_its_old_address_leads_on_unless_it_names_a_child(
    real, workspace, render, child
):
    account = WordPress(real)
    change(workspace, headline="Rani Oktaviani juara lomba" if child else "Panen raya padi warga")
    old = change_address(workspace, folder_of(workspace)).wanted
    sent = account.publish_post(render(), SilentProgress(), public=True)
    change(workspace, headline="Seorang siswa juara", people=(WITNESS,) if child else (), former_folders=())
    workspace.exports_dir(old).mkdir(parents=True)  # it is out
    address = change_address(workspace, old)
    assert address.points_on is not child
    moved = account.publish_post(render(), SilentProgress(), public=True)
    assert (moved.number, moved.status, moved.created) == (sent.number, "publish", False)
    assert look(real, f"posts/{moved.number}", context="edit")["slug"] == address.wanted
    assert "Seorang siswa juara" in public_text(real, moved.number)
    lead = f"/?p={moved.number}"
    assert landing(f"{real.address}/?name={old}") == ("" if child else lead)
    account.take_back(folder_of(workspace), "trash", SilentProgress())


def test_an_address_before_the_last_leads_nowhere_once_it_names_somebody_protected(real, workspace, render):
    account = WordPress(real)
    change(workspace, headline="Rani Oktaviani juara lomba lari", people=(), former_folders=(), told=None)
    old = change_address(workspace, folder_of(workspace)).wanted or folder_of(workspace)
    account.publish_post(render(), SilentProgress(), public=True)
    change(workspace, headline="Siswa juara lomba lari", former_folders=(old,))
    change_address(workspace, old)
    moved = account.publish_post(render(), SilentProgress(), public=True)
    assert landing(f"{real.address}/?name={old}") == f"/?p={moved.number}"
    change(workspace, people=(WITNESS,))
    again = account.publish_post(render(), SilentProgress(), public=True)
    assert landing(f"{real.address}/?name={old}") == ""
    assert "Siswa juara lomba lari" in public_text(real, again.number)
    assert not look(real, "posts", context="edit", status="any", slug=old)
    same = account.publish_post(render(), SilentProgress(), public=True)
    assert same.number == again.number
    account.take_back(folder_of(workspace), "trash", SilentProgress())


def test_a_story_that_changes_while_its_pictures_go_up_is_not_posted_and_they_come_down(real, workspace, render):
    account = WordPress(real)

    def changed():
        raise UserError("hand_out.changed", story="x")

    with pytest.raises(UserError, match=r"hand_out\.changed"):
        account.publish_post(render(), SilentProgress(), public=True, confirm=changed)
    assert look(real, "posts", context="edit", status="any", slug=folder_of(workspace)) == []
    assert look(real, "media", per_page="50") == []


SIGNS = "Panen <raya> & [gallery] 5% <b>besar</b> \\u0026"


def test_signs_of_markup_are_words_everywhere_and_shortcodes_are_not_run(real, workspace, render):
    account = WordPress(real)
    photos = workspace.load(folder_of(workspace)).photos
    change(
        workspace,
        headline=SIGNS,
        summary=SIGNS,
        body='Kata warga [gallery] dan [caption id="x"]Sabtu (21/11/2026)[/caption] \\\\<raya\\>.',
        photos=tuple(replace(photo, caption=SIGNS, alt="Padi <muda> 5%ab & C:\\\\x") for photo in photos),
        tags=("Panen <raya>", "gotong  royong", "Gotong Royong", "5%ab", "Desa & kota"),
    )
    sent = account.publish_post(render(), SilentProgress(), public=True)
    post = json.loads(read_as_anybody(f"{real.address}/?rest_route=/wp/v2/posts/{sent.number}")[1])
    shown = {part: _read(post[part]["rendered"]) for part in ("title", "excerpt", "content")}
    for part in ("title", "excerpt"):
        assert "Panen <raya> & [gallery] 5% <b>besar</b>" in shown[part], part
    assert "Kata warga [gallery] dan [caption id=" in shown["content"]
    assert "<raya>" in shown["content"]
    assert 'class="gallery' not in post["content"]["rendered"]
    featured = look(real, f"media/{_featured(real, sent)}")
    assert "Panen <raya> & [gallery] 5% <b>besar</b>" in _read(featured["caption"]["rendered"])
    assert html.unescape(featured["alt_text"]) == "Padi <muda> 5%ab & C:\\\\x"
    again = account.publish_post(render(), SilentProgress(), public=True)
    assert (again.number, again.uploaded) == (sent.number, 0)
    tags = look(real, "tags", post=str(sent.number))
    assert sorted(html.unescape(tag["name"]) for tag in tags) == [
        "5%ab",
        "Desa & kota",
        "Panen <raya>",
        "gotong royong",
    ]
    account.take_back(folder_of(workspace), "trash", SilentProgress())


def _read(markup: str) -> str:
    """Words as a browser shows them."""
    return html.unescape(re.sub(r"<[^<>]*>", "", markup)).replace("\u201d", '"').replace("\u2033", '"')


@pytest.mark.parametrize("slug", ["2026-11-22-ᮞᮥᮔ᮪ᮓ-пасар", "2026-11-22-" + "ᮞᮥ" * 24, "Uji Coba_2.a"])
def test_a_name_that_wordpress_spells_anew_is_found_again(real, render, slug):
    account = WordPress(real)
    post = dataclasses.replace(render(), slug=slug, images=())
    first = account.publish_post(post, SilentProgress(), public=True)
    again = account.publish_post(post, SilentProgress(), public=True)
    assert (again.number, again.created) == (first.number, False)
    assert account.take_back(slug, "trash", SilentProgress()).number == first.number


@pytest.mark.parametrize("public", [True, False])
def test_two_sends_at_one_moment_make_one_post(real, render, public):
    post = dataclasses.replace(render(), images=(), slug=f"dua-kali-{public}")
    together = threading.Barrier(2)

    def send(_) -> int:
        return (
            WordPress(real)
            .publish_post(post, SilentProgress(), public=public, confirm=lambda: together.wait(60))
            .number
        )

    with concurrent.futures.ThreadPoolExecutor(2) as both:
        numbers = set(both.map(send, range(2)))
    every = look(real, "posts", context="edit", status="any", per_page="100")
    assert {one["id"] for one in every if one["slug"].startswith("dua-kali") and one["status"] != "trash"} == numbers
    assert len(numbers) == 1
    WordPress(real).take_back(post.slug, "trash", SilentProgress())


def test_a_wrong_password_is_told_in_plain_words(real, render):
    with pytest.raises(UserError, match=r"wordpress\.password"):
        WordPress(WordPressAccount(real.address, real.user, "salah")).publish_post(
            render(), SilentProgress(), public=False
        )


def test_a_password_never_goes_over_plain_http():
    with pytest.raises(UserError, match=r"wordpress\.not_https"):
        WordPress(WordPressAccount("http://desa.contoh.id", "siti", "x"))
    WordPress(WordPressAccount("desa.contoh.id", "siti", "x"))


def test_nobody_there_is_told():
    with pytest.raises(UserError, match=r"wordpress\.no_connection"):
        WordPress(WordPressAccount(f"http://127.0.0.1:{free_port()}", "siti", "x")).check()


@pytest.mark.parametrize(
    ("status", "headers", "body", "code"),
    [
        (302, {"Location": "https://lain.contoh.id/"}, b"", "wordpress.moved"),
        (200, {}, b"<html>bukan</html>", "wordpress.no_wordpress"),
        (404, {}, b"tidak ada", "wordpress.no_wordpress"),
        (403, {}, b'{"code":"rest_cannot_create","message":"tidak boleh"}', "wordpress.no_right"),
        (500, {}, b"", "wordpress.refused"),
    ],
)
def test_other_answers_are_told(status, headers, body, code):
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            with pytest.raises(UserError) as raised:
                WordPress(WordPressAccount(f"http://127.0.0.1:{server.server_address[1]}", "siti", "x")).check()
        finally:
            server.shutdown()
            thread.join()
    assert raised.value.code == code


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://",
        "https:// desa .id",
        "https://desa contoh.id",
        "desa.contoh.id:abc",
        "https://desa.contoh.id:99999",
        "http://localhost:0",
        "https://[::1",
        "https://[zz]/",
        "https://a..id",
        "https://..",
        "https://\u202edesa.id",
        "https://desa.id/\x00",
        "http://127.0.0.1/blog kami/",
        "javascript:alert(1)",
        "https://" + "a" * 70 + ".id",
    ],
)
def test_what_is_no_address_is_told(address):
    with pytest.raises(UserError, match=r"wordpress\.bad_address"):
        WordPress(WordPressAccount(address, "siti", "x"))


@pytest.mark.parametrize(
    "address",
    ["https://siti:rahasia@desa.contoh.id", "siti:rahasia@desa.contoh.id/blog", "http://siti:rahasia@127.0.0.1:1"],
)
def test_a_password_in_the_address_is_neither_used_nor_shown(address):
    with pytest.raises(UserError, match=r"wordpress\.password_in_address") as raised:
        WordPress(WordPressAccount(address, "siti", "x"))
    assert "rahasia" not in TEXTS.explain(raised.value)
    assert "rahasia" not in repr(WordPressAccount("desa.contoh.id", "siti", "rahasia"))


def test_an_address_is_made_plain():
    made = {
        "desa.contoh.id/": "https://desa.contoh.id",
        "HTTPS://Desa.Contoh.id/blog/wp-admin/post.php?x=1#a": "https://desa.contoh.id/blog",
        "https://desä.contoh.id": "https://xn--des-sla.contoh.id",
        "https://[::1]:8080/": "https://[::1]:8080",
        "//desa.contoh.id": "https://desa.contoh.id",
    }
    assert {address: plain_address(address) for address in made} == made


def _answer(body: bytes, state: str = "200 OK", *, length: int = -1) -> bytes:
    return f"HTTP/1.1 {state}\r\nContent-Length: {len(body) if length < 0 else length}\r\n\r\n".encode() + body


@pytest.mark.parametrize(
    "raw",
    [
        *(_answer(body) for body in (b"null", b"3", b'"x"', b"[1,2]", b'[["a",1]]', b'{"name":{"a":1}}', b"\xff", b"")),
        _answer(b'{"name":', length=5000),
        _answer(b"[" * 50_000 + b"]" * 50_000),
        _answer(b'{"a":' * 50_000 + b"1" + b"}" * 50_000, "500 X"),
        _answer(b"null", "400 X"),
        _answer(b'{"code":{"a":1},"message":[1]}', "400 X"),
        _answer(b'{"co', "404 X", length=99),
        b"HTTP/1.1 abc\r\n\r\n",
        b"\0\1\2" * 100,
        b"halo",
        b"",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 300 + b"\r\n",
        b"HTTP/1.1 302 X\r\nLocation: http://[bad\r\n\r\n",
    ],
    ids=lambda raw: repr(raw[:40]),
)
def test_whatever_answers_it_is_told_in_plain_words(raw):
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            for _ in range(3):
                with server.accept()[0] as one, contextlib.suppress(OSError):
                    one.recv(65_536)
                    one.sendall(raw)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        site = WordPress(WordPressAccount(f"http://127.0.0.1:{server.getsockname()[1]}", "siti", "x"))
        for ask in (site.check, lambda: site._site.all_records("posts", {}), lambda: site._tag_number("panen")):
            with pytest.raises(UserError, match=r"^wordpress\."):
                ask()
        thread.join()


def test_the_password_is_kept_in_the_keyring_only(monkeypatch):
    class Ring:
        def __init__(self):
            self.kept = {}

        def set_password(self, service, name, password):
            self.kept[service, name] = password

        def get_password(self, service, name):
            return self.kept.get((service, name))

        def delete_password(self, service, name):
            del self.kept[service, name]

    ring = Ring()
    monkeypatch.setattr(wordpress, "_load_keyring", lambda: ring)
    wordpress.keep_password("contoh.id", "siti", "abcd")
    assert wordpress.kept_password("https://contoh.id/", "siti") == "abcd"
    ring.set_password(wordpress.SERVICE, "budi@https://lama.id/", "efgh")  # as older versions kept it
    assert wordpress.kept_password("https://lama.id/", "budi") == "efgh"
    wordpress.keep_password("contoh.id", "siti", "")
    assert wordpress.kept_password("contoh.id", "siti") == ""
    monkeypatch.setattr(ring, "get_password", lambda *_: 1 / 0)
    with pytest.raises(UserError, match=r"wordpress\.no_keyring"):
        wordpress.kept_password("contoh.id", "siti")
