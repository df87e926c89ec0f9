"""The page for the phone: what it gives, to whom, and what it withstands."""

from __future__ import annotations

import concurrent.futures
import contextlib
import hashlib
import http.client
import shutil
import socket
import threading
from urllib.parse import urlsplit

import pytest
from msgspec.structs import replace

from studio.base.errors import UserError
from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir, templates_dir
from studio.base.progress import SilentProgress
from studio.export.running.export_manifest import read_manifest, write_manifest
from studio.export.running.story_exporter import StoryExporter
from studio.publish.lan import LanPage
from studio.publish.lan_page import PageWords
from studio.publish.lan_server import local_address
from studio.services.hand_out import HandOuts
from studio.services.post_zip import pack_story
from studio.store.workspace import create_workspace, open_workspace
from studio.story import story_status as status
from studio.story.model import Cover, Group, Person, Photo, Publication, Story

TEXTS = MessageTexts(assets_dir() / "messages", "id")
WORDS = PageWords("KIM", "Ambil berkasnya.", "Salin teks", "Tersalin", "Unduh", "Berkas tidak dibagikan lagi.")
NAMES = {"pesan": "Pesan", "uji": "Ujian"}
OUTLET = """
format = 1
id = "{id}"
name = "{id}"
checked = 2026-11-23
source = "uji"
"""
TEXT = """
[[output]]
file = "pesan.txt"
kind = "text"
template = "pesan.txt.j2"
"""
PHOTOS = """
[[output]]
file = "{n:02}.jpg"
kind = "photo"
size = [800, 1000]
max = 10
"""


@pytest.fixture(scope="module")
def made_once(tmp_path_factory):
    """A workspace with one story, ready, exported as a text and a photo; and a secret beside it."""
    from PIL import Image

    tmp_path = tmp_path_factory.mktemp("lan")
    with create_workspace(tmp_path / "KIM", Group(name="KIM Bina Warga", village="Sukamaju")) as made:
        for name, outputs in (("pesan", TEXT), ("uji", PHOTOS)):
            pack = made.path / "templates" / name
            pack.mkdir(parents=True)
            (pack / "outlet.toml").write_text(OUTLET.replace("{id}", name) + outputs, encoding="utf-8")
            (pack / "pesan.txt.j2").write_text("{{ headline }}\n\n{{ lead }}\n", encoding="utf-8")
        story = Story(
            id="",
            status="ready",
            headline="Warga <kerja> bakti",
            place="Sukamaju",
            date="2026-11-21",
            byline=("Siti Aminah",),
            body="Halo <b>warga</b> & semua 🌾",
        )
        folder = made.add(story)
        Image.effect_noise((900, 1100), 90).convert("RGB").save(tmp_path / "foto.jpg")
        file = made.import_media(folder, tmp_path / "foto.jpg")
        facts = {"caption": "Warga.", "credit": "Budi", "alt": "Sawah", "people_checked": True}
        photo = Photo(id="f1", file=file, width=900, height=1100, **facts)
        made.save(folder, replace(made.load(folder), photos=(photo,)))
        export(made)
        place = made.path / "exports" / folder
        for path in (tmp_path / "rahasia.txt", place / "catatan.txt"):
            path.write_text("rahasia sumber", encoding="utf-8")
    return tmp_path


@pytest.fixture
def workspace(made_once, tmp_path):
    """A copy of it."""
    shutil.copytree(made_once, tmp_path, dirs_exist_ok=True)
    with open_workspace(tmp_path / "KIM") as opened:
        yield opened


def export(workspace) -> None:
    with StoryExporter(workspace, templates_dir(), TEXTS) as exporter:
        (done,) = exporter.export((), ("pesan", "uji"), None, SilentProgress())
    assert (done.error, done.problems) == (None, ())


def change(workspace, **fields) -> None:
    """Edit the story as a desk would, and save it."""
    (folder,) = workspace.story_folders()
    workspace.save(folder, replace(workspace.load(folder), **fields))


@pytest.fixture
def folder(workspace):
    """The export."""
    return workspace.path / "exports" / workspace.story_folders()[0]


@pytest.fixture
def hand_out(workspace):
    """Asks what may be handed out now."""
    outs = HandOuts(workspace, templates_dir(), TEXTS)
    return lambda: outs.ask(workspace.story_folders()[0])


@pytest.fixture
def page(hand_out):
    made = LanPage(hand_out, NAMES, WORDS, host="127.0.0.1")
    made.start()
    assert ask(made, f"/{token(made)}/")[0] == 200
    yield made
    made.stop()


def ask(page, path, method="GET", headers=None) -> tuple[int, bytes, dict]:
    connection = http.client.HTTPConnection("127.0.0.1", page.port, timeout=20)
    connection.putrequest(method, path, skip_accept_encoding=True)
    for name, value in (headers or {}).items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, content, dict(answer.headers)


def token(page) -> str:
    return urlsplit(page.address).path.strip("/")


def test_it_is_off_until_it_is_started_and_dead_after_it_is_stopped(hand_out):
    page = LanPage(hand_out, NAMES, WORDS, host="127.0.0.1")
    assert (page.address, page.port, page.running) == ("", 0, False)
    page.start()
    port = page.port
    page.stop()
    with pytest.raises(OSError), socket.create_connection(("127.0.0.1", port), timeout=2):
        pass


def test_without_the_token_nothing_is_served(page):
    good = token(page)
    for path in (
        "/",
        "/0/x",
        "/index.html",
        f"/{good[:-1]}/",
        f"/{good}x/",
        f"/{good.swapcase()}/0/x",
        "//0/x",
        "/%00/",
    ):
        status, content, headers = ask(page, path)
        assert (status, content) == (404, b"")
        assert "Content-Disposition" not in headers
    assert page.served == 0


def test_every_start_has_a_new_token(hand_out):
    made = [LanPage(hand_out, NAMES, WORDS, host="127.0.0.1") for _ in range(2)]
    for page in made:
        page.start()
    first, second = (token(page) for page in made)
    assert first != second
    assert len(first) >= 22
    for page in made:
        page.stop()


def test_the_page_names_the_files_and_escapes_what_people_wrote(page):
    status, content, headers = ask(page, f"/{token(page)}/")
    text = content.decode()
    assert status == 200
    assert "Warga &lt;kerja&gt; bakti" in text
    assert "&lt;b&gt;warga" in text
    assert "pesan-pesan.txt" in text
    assert "<h2>Ujian</h2>" in text
    assert headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_a_file_comes_whole_and_in_parts(page, folder):
    wanted = (folder / "uji/01.jpg").read_bytes()
    status, content, headers = ask(page, f"/{token(page)}/1/apa-saja.jpg")
    assert (status, content) == (200, wanted)
    assert headers["Content-Type"] == "image/jpeg"
    status, content, headers = ask(page, f"/{token(page)}/1/x", headers={"Range": "bytes=1000-1999"})
    assert (status, content) == (206, wanted[1000:2000])
    assert headers["Content-Range"] == f"bytes 1000-1999/{len(wanted)}"
    status, content, _ = ask(page, f"/{token(page)}/1/x", headers={"Range": "bytes=-10"})
    assert (status, content) == (206, wanted[-10:])
    assert ask(page, f"/{token(page)}/1/x", "HEAD")[1] == b""


@pytest.mark.parametrize(
    "path",
    [
        "/../../rahasia.txt",
        "/1/../../../rahasia.txt",
        "/..%2f..%2frahasia.txt",
        "/1/%2e%2e/%2e%2e/rahasia.txt",
        "/catatan.txt",
        "/99999/x",
        "/2/x",
        "/-1/x",
        "/1e0/x",
        "/\u0661/x".encode().decode("latin-1"),
        "/1\\..\\..\\rahasia.txt",
        "/manifest.json",
    ],
)
def test_nothing_beside_the_list_can_be_reached(page, path):
    connection = socket.create_connection(("127.0.0.1", page.port), timeout=20)
    connection.sendall(f"GET /{token(page)}{path} HTTP/1.0\r\n\r\n".encode("latin-1"))
    answer = b""
    while more := connection.recv(65536):
        answer += more
    connection.close()
    assert b"rahasia sumber" not in answer
    assert answer.split(b" ", 2)[1] in {b"404", b"400"}


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_it_is_read_only(page, folder, method):
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    status, _, _ = ask(page, f"/{token(page)}/0/x", method)
    assert status == 501
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_huge_requests_are_cut_off_and_harm_nobody(page):
    for start in (b"GET /" + b"a" * 3_000_000, b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 500_000, b"\0" * 2_000_000):
        with socket.create_connection(("127.0.0.1", page.port), timeout=20) as connection:
            try:
                connection.sendall(start)
                connection.shutdown(socket.SHUT_WR)
                while connection.recv(65536):
                    pass
            except OSError:
                pass  # cut off
    assert ask(page, f"/{token(page)}/")[0] == 200


def test_200_at_once_do_no_harm(page, folder):
    wanted = (folder / "uji/01.jpg").read_bytes()

    def fetch(_):
        try:
            return ask(page, f"/{token(page)}/1/x")
        except OSError:
            return (503, b"", {})

    with concurrent.futures.ThreadPoolExecutor(200) as many:
        answers = list(many.map(fetch, range(200)))
    assert {status for status, _, _ in answers} <= {200, 503}
    whole = [content for status, content, _ in answers if status == 200]
    assert whole
    assert all(content == wanted for content in whole)
    assert sum(thread.name.startswith("Thread-") for thread in threading.enumerate()) <= 40
    assert ask(page, f"/{token(page)}/1/x")[1] == wanted


@pytest.mark.parametrize("sent", [b"", b"G", b"GET / HTTP/1.1\r\nHost: x\r\n", b"GET /0/x HTTP/1.0\r\nX: "])
def test_connections_that_dawdle_without_the_token_keep_nobody_out(page, folder, sent):
    wanted = (folder / "uji/01.jpg").read_bytes()
    with contextlib.ExitStack() as open_ones:
        threads = threading.active_count()
        for _ in range(100):
            one = open_ones.enter_context(socket.create_connection(("127.0.0.1", page.port), timeout=20))
            one.sendall(sent)
        for _ in range(3):
            assert ask(page, f"/{token(page)}/")[0] == 200
            assert ask(page, f"/{token(page)}/1/x")[1] == wanted
        assert threading.active_count() <= threads + 2, "they cost no thread"
        page.stop()
        assert one.recv(10) == b"", "the end of the page hangs up on them"


def test_a_request_that_comes_in_pieces_is_answered(page):
    with socket.create_connection(("127.0.0.1", page.port), timeout=20) as slow:
        for piece in (f"GET /{token(page)}/ HT", "TP/1.0\r\n", "Host: x\r\n", "\r\n"):
            slow.sendall(piece.encode())
            threading.Event().wait(0.1)
        assert slow.recv(20).startswith(b"HTTP/1.0 200")


def test_it_stops_by_itself_when_nobody_asks(hand_out):
    now, ended = [0.0], threading.Event()
    page = LanPage(
        hand_out,
        NAMES,
        WORDS,
        host="127.0.0.1",
        minutes=20,
        clock=lambda: now[0],
        ended=ended.set,
    )
    page.start()
    now[0] = 19 * 60
    assert ask(page, f"/{token(page)}/")[0] == 200
    now[0] = 38 * 60
    assert ask(page, "/")[0] == 404
    now[0] = 40 * 60  # a stranger's request does not keep it up
    assert ended.wait(10)
    page.stop()


def test_without_a_network_it_says_what_to_do(monkeypatch, hand_out):
    monkeypatch.setattr("studio.publish.lan_server.local_address", lambda: "")
    with pytest.raises(UserError, match=r"lan\.no_network"):
        LanPage(hand_out, NAMES, WORDS).start()
    assert local_address().count(".") in {0, 3}


@pytest.mark.tool("chromium")
def test_a_real_browser_opens_the_page_and_downloads_a_file(page, folder, browser, tmp_path):
    browser.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path), eventsEnabled=True)
    browser.size(390)
    browser.open(page.address)
    assert browser.run("document.documentElement.scrollWidth") <= 390
    assert browser.run("[...document.querySelectorAll('h2')].map(h => h.textContent)") == ["Pesan", "Ujian"]
    assert browser.run("document.querySelector('pre').textContent").startswith("Warga <kerja> bakti\n\nHalo")
    browser.run("document.querySelectorAll('a')[1].click()")
    browser.wait("Browser.downloadProgress", state="completed")
    (got,) = tmp_path.glob("uji-01*.jpg")
    assert got.read_bytes() == (folder / "uji/01.jpg").read_bytes()


# ---------------------------------------------------------------------------------------------------- the ZIP


def test_the_zip_holds_the_files_and_is_the_same_each_time(hand_out, folder, tmp_path):
    import zipfile

    first = pack_story(hand_out(), tmp_path / "a.zip", SilentProgress())
    second = pack_story(hand_out(), tmp_path / "b.zip", SilentProgress())
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as made:
        assert made.testzip() is None
        assert f"{folder.name}/pesan/pesan.txt" in made.namelist()
        assert not [name for name in made.namelist() if "catatan" in name or "manifest" in name]


def test_a_story_without_an_export_has_no_zip(workspace, folder, hand_out, tmp_path):
    shutil.rmtree(folder)
    with pytest.raises(UserError, match=r"package\.nothing"):
        pack_story(hand_out(), tmp_path / "x.zip", SilentProgress())
    assert not (tmp_path / "x.zip").exists()


# ------------------------------------------------------------------------------------- the story goes on


CHILD = Person(id="anak", name="Rani Oktaviani", age_group="child", role="victim", protected=True)


def test_a_child_marked_while_the_page_is_up_closes_it_without_a_word_about_her(page, workspace, folder):
    change(workspace, body="Rani Oktaviani ikut kerja bakti.")
    export(workspace)
    good = f"/{token(page)}/"
    assert b"Rani" in ask(page, good)[1]
    assert ask(page, good + "1/x")[0] == 200
    change(workspace, people=(CHILD,))
    for path in (good, good + "0/x", good + "1/x"):
        status, content, _ = ask(page, path)
        assert status == 410
        assert b"Rani" not in content
    assert b"tidak dibagikan lagi" in ask(page, good)[1]
    assert not [path for path in folder.rglob("*") if path.is_file() and path.name != "catatan.txt"]


def test_what_is_older_than_the_story_is_not_handed_out_until_it_is_exported_again(page, workspace, hand_out, tmp_path):
    good = f"/{token(page)}/"
    photo = workspace.load(workspace.story_folders()[0]).photos[0]
    change(workspace, photos=(replace(photo, covers=(Cover(box=(0.2, 0.2, 0.6, 0.6)),)),))
    text = ask(page, good)[1].decode()
    assert "uji-01.jpg" not in text
    assert "pesan-pesan.txt" in text, "its words are what the story says"
    assert ask(page, good + "1/x")[0] == 410
    assert [entry.path for entry in hand_out().old] == ["uji/01.jpg"]
    with pytest.raises(UserError, match=r"hand_out\.old"):
        pack_story(hand_out(), tmp_path / "x.zip", SilentProgress())
    assert not (tmp_path / "x.zip").exists()
    export(workspace)
    assert "uji-01.jpg" in ask(page, good)[1].decode()
    assert ask(page, good + "1/x")[0] == 200, "its number is the one it had"
    assert pack_story(hand_out(), tmp_path / "x.zip", SilentProgress()).exists()


def test_a_finished_export_of_a_story_that_is_a_draft_again_is_not_handed_out(page, workspace, hand_out):
    change(workspace, status="draft")
    assert [entry.path for entry in hand_out().files] == ["uji/01.jpg"], "bare photos carry no mark"
    assert "pesan-pesan.txt" not in ask(page, f"/{token(page)}/")[1].decode()
    export(workspace)
    assert b"[DRAF]" in ask(page, f"/{token(page)}/")[1]


def slow_download(page, number: int) -> socket.socket:
    """A phone that has asked for a file and reads nothing of it yet."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.settimeout(20)
    connection.connect(("127.0.0.1", page.port))
    connection.sendall(f"GET /{token(page)}/{number}/x HTTP/1.0\r\n\r\n".encode())
    assert connection.recv(12) == b"HTTP/1.0 200"
    return connection


def rest(connection: socket.socket) -> int:
    """Bytes that still come."""
    got = 0
    try:
        while more := connection.recv(65536):
            got += len(more)
    except OSError:
        pass  # hung up on
    connection.close()
    return got


@pytest.fixture
def long_film(workspace, folder):
    """The photo as a file of 40 MB that is as the manifest says: longer than what systems keep for a slow reader."""
    path = folder / "uji/01.jpg"
    with path.open("ab") as more:
        more.truncate(40_000_000)
    manifest = read_manifest(folder)
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    files = tuple(replace(e, bytes=40_000_000, sha256=found) if e.path == "uji/01.jpg" else e for e in manifest.files)
    write_manifest(folder, replace(manifest, files=files))
    return path


def test_turning_it_off_ends_what_is_being_downloaded(page, long_film):
    connection = slow_download(page, 1)
    page.stop()
    assert rest(connection) < 39_000_000
    assert page.served == 0


def test_a_download_ends_when_the_story_may_not_be_shown_any_more(page, long_film, workspace, monkeypatch):
    monkeypatch.setattr("studio.publish.lan._ASK_EVERY", 0.0)
    connection = slow_download(page, 1)
    change(workspace, headline="Rani Oktaviani kerja bakti", people=(CHILD,))
    assert rest(connection) < 39_000_000
    assert page.served == 0


def test_of_a_withdrawn_story_only_the_notice_of_that_is_handed_out(page, workspace):
    change(workspace, status="published", publications=(Publication(outlet="pesan", when="2026-11-22"),))
    story = workspace.load(workspace.story_folders()[0])
    step = status.step_status(story, "withdrawn", "2026-11-23T08:00:00+07:00", "Siti", "Datanya keliru")
    workspace.save(workspace.story_folders()[0], step.apply(story))
    good = f"/{token(page)}/"
    assert ask(page, good + "1/x")[0] == 410
    export(workspace)
    text = ask(page, good)[1].decode()
    assert "pesan-pencabutan.txt" in text
    assert "Datanya keliru" in text
    assert "uji-01.jpg" not in text
    assert "Halo" not in text


def test_the_zip_of_a_withdrawn_story_is_called_nothing_that_names_a_child(workspace, tmp_path):
    import zipfile

    name = workspace.add(
        Story(
            id="",
            headline="Rani Oktaviani juara",
            body="Isi.",
            people=(CHILD,),
            status="published",
            publications=(Publication(outlet="pesan", when="2026-11-22"),),
        )
    )
    story = workspace.load(name)
    step = status.step_status(story, "withdrawn", "2026-11-23T08:00:00+07:00", "Siti", "Permintaan keluarga")
    workspace.save(name, step.apply(story))
    with StoryExporter(workspace, templates_dir(), TEXTS) as exporter:
        assert [done.error for done in exporter.export((name,), ("pesan",), None, SilentProgress())] == [None]
    made = pack_story(HandOuts(workspace, templates_dir(), TEXTS).ask(name), tmp_path / "a.zip", SilentProgress())
    with zipfile.ZipFile(made) as archive:
        assert archive.namelist() == [f"{story.id}/pesan/pencabutan.txt"]
    assert b"rani" not in made.read_bytes().lower()
