"""The page for the phone: what it gives, to whom, and what it withstands."""

from __future__ import annotations

import concurrent.futures
import hashlib
import http.client
import socket
import threading
from urllib.parse import urlsplit

import pytest

from studio.base.errors import UserError
from studio.base.progress import Silent
from studio.export.manifest import Entry, Manifest, write_manifest
from studio.export.package import pack_story
from studio.publish.lan import LanPage, Words, local_address, shared_files

WORDS = Words("KIM", "Ambil berkasnya.", "Salin teks", "Tersalin", "Unduh")
NAMES = {"whatsapp": "WhatsApp", "instagram": "Instagram"}


@pytest.fixture
def folder(tmp_path):
    """An export of three files, and a secret beside it."""
    place = tmp_path / "exports" / "berita"
    files = {
        "whatsapp/pesan.txt": "Halo <b>warga</b> & semua 🌾\n".encode(),
        "instagram/foto-1.jpg": bytes(range(256)) * 400,
        "website/index.html": b"<p>halaman</p>",
    }
    entries = []
    for name, content in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(content)
        outlet = name.partition("/")[0]
        kind = "page" if outlet == "website" else "text" if name.endswith(".txt") else "photo"
        digest = hashlib.sha256(content).hexdigest()
        entries.append(Entry(path=name, outlet=outlet, kind=kind, sha256=digest, bytes=len(content), key=name))
    write_manifest(place, Manifest(story="berita", files=tuple(entries)))
    (tmp_path / "rahasia.txt").write_text("rahasia sumber", encoding="utf-8")
    (place / "catatan.txt").write_text("rahasia sumber", encoding="utf-8")
    return place


@pytest.fixture
def page(folder):
    made = LanPage("Warga <kerja> bakti", shared_files(folder, NAMES), WORDS, host="127.0.0.1")
    made.start()
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


def test_it_is_off_until_it_is_started_and_dead_after_it_is_stopped(folder):
    page = LanPage("x", shared_files(folder, NAMES), WORDS, host="127.0.0.1")
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


def test_every_start_has_a_new_token(folder):
    made = [LanPage("x", (), WORDS, host="127.0.0.1") for _ in range(2)]
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
    assert "whatsapp-pesan.txt" in text
    assert "index.html" not in text
    assert headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_a_file_comes_whole_and_in_parts(page, folder):
    wanted = (folder / "instagram/foto-1.jpg").read_bytes()
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
    wanted = (folder / "instagram/foto-1.jpg").read_bytes()

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


def test_it_stops_by_itself_when_nobody_asks(folder):
    now, ended = [0.0], threading.Event()
    page = LanPage(
        "x",
        shared_files(folder, NAMES),
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


def test_without_a_network_it_says_what_to_do(monkeypatch):
    monkeypatch.setattr("studio.publish.lan.local_address", lambda: "")
    with pytest.raises(UserError, match=r"lan\.no_network"):
        LanPage("x", (), WORDS).start()
    assert local_address().count(".") in {0, 3}


@pytest.mark.tool("chromium")
def test_a_real_browser_opens_the_page_and_downloads_a_file(page, folder, browser, tmp_path):
    browser.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path), eventsEnabled=True)
    browser.size(390)
    browser.open(page.address)
    assert browser.run("document.documentElement.scrollWidth") <= 390
    assert browser.run("[...document.querySelectorAll('h2')].map(h => h.textContent)") == ["WhatsApp", "Instagram"]
    assert browser.run("document.querySelector('pre').textContent") == "Halo <b>warga</b> & semua 🌾\n"
    browser.run("document.querySelectorAll('a')[1].click()")
    browser.wait("Browser.downloadProgress", state="completed")
    (got,) = tmp_path.glob("instagram-foto-1*.jpg")
    assert got.read_bytes() == (folder / "instagram/foto-1.jpg").read_bytes()


# ---------------------------------------------------------------------------------------------------- the ZIP


def test_the_zip_holds_the_files_and_is_the_same_each_time(folder, tmp_path):
    import zipfile

    first = pack_story(folder, tmp_path / "a.zip", Silent())
    second = pack_story(folder, tmp_path / "b.zip", Silent())
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as made:
        assert made.testzip() is None
        assert "berita/whatsapp/pesan.txt" in made.namelist()
        assert not [name for name in made.namelist() if "catatan" in name or "manifest" in name]


def test_a_story_without_an_export_has_no_zip(tmp_path):
    with pytest.raises(UserError, match=r"package\.nothing"):
        pack_story(tmp_path, tmp_path / "x.zip", Silent())
    assert not (tmp_path / "x.zip").exists()
