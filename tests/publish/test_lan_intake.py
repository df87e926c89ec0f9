"""Files that come in from phones: what gets through, what does not, and what is left of it."""

from __future__ import annotations

import concurrent.futures
import contextlib
import hashlib
import http.client
import socket
import subprocess
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.base.errors import UserError
from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir
from studio.base.progress import SilentProgress
from studio.publish.lan_intake import IntakePage
from studio.publish.lan_intake_page import intake_html
from studio.services import phone_uploads
from studio.services.media_import import bring_files, sort_out
from studio.services.phone_file_names import safe_name
from studio.services.phone_uploads import PIECE
from studio.video.binary import ffmpeg_path
from tests.lan_phone import Phone, choose

TEXTS = {language: MessageTexts(assets_dir() / "messages", language) for language in ("id", "en")}
CLIP = b"\x00\x00\x00\x18ftypmp42" + bytes(range(256)) * 10_000  # two pieces and a half


@pytest.fixture
def arrived():
    return []


@pytest.fixture
def page(tmp_path, arrived):
    text = TEXTS["id"]
    html = intake_html(lambda code: text.text(f"phone_in.page.{code}"), "id")
    made = IntakePage(tmp_path, html, text.explain, arrived.append, host="127.0.0.1")
    made.start()
    yield made
    made.stop()
    made.clear_room()
    assert not list(tmp_path.glob("dari-ponsel-*")), "nothing is kept"


def test_a_file_comes_in_whole_however_often_the_connection_breaks(page, arrived):
    phone = Phone(page.address)
    key = phone.begin(CLIP)["id"]
    assert phone.piece(key, CLIP, 1)[1]["got"] == 0, "not its turn"
    assert phone.piece(key, CLIP, 0, **{"X-Hash": "0" * 64})[1]["got"] == 0, "damaged on its way"
    with socket.create_connection(("127.0.0.1", page.port)) as broken:
        broken.sendall(f"PUT /{phone.token}/{key}/0 HTTP/1.0\r\nContent-Length: {PIECE}\r\n\r\nhalf".encode())
    for _ in range(2):  # the answer got lost: sent again
        assert phone.piece(key, CLIP, 0)[1]["got"] == PIECE
    assert phone.finish(key, CLIP)["state"] == "coming"
    found = phone.begin(CLIP)
    assert (found["id"], found["got"]) == (key, PIECE)
    assert found["check"] == hashlib.sha256(hashlib.sha256(CLIP[:PIECE]).digest()).hexdigest()
    assert phone.begin(CLIP, fresh=True)["got"] == 0
    key = phone.begin(CLIP)["id"]
    for number in range(3):
        phone.piece(key, CLIP, number)
    assert "berubah" in phone.finish(key, CLIP[:-1] + b"?")["error"]
    assert phone.begin(CLIP)["got"] == 0
    for number in range(3):
        phone.piece(key, CLIP, number)
    assert [phone.finish(key, CLIP)["state"] for _ in range(2)] == ["arrived", "arrived"]
    (came,) = arrived
    assert came.path.read_bytes() == CLIP
    assert phone.begin(CLIP)["state"] == "arrived", "the same file is not sent twice"
    page.shelf.note_outcome(key)
    assert not came.path.exists()
    assert phone.ask("GET", "keadaan/a")[1]["files"][0]["state"] == "added"
    assert phone.ask("GET", "keadaan/b")[1]["files"] == [], "a phone is told of its own files"


def test_two_phones_and_a_file_called_off_keep_apart(page, arrived, tmp_path):
    other = CLIP[:-1] + b"!"
    first, second = Phone(page.address, "a"), Phone(page.address, "b")
    keys = first.begin(CLIP)["id"], second.begin(other)["id"]
    for number in range(3):
        first.piece(keys[0], CLIP, number)
        second.piece(keys[1], other, number)
    assert first.ask("POST", f"batal/{keys[0]}")[0] == 200
    assert "tidak dikenal" in first.finish(keys[0], CLIP)["error"]
    assert second.finish(keys[1], other)["state"] == "arrived"
    assert [one.path.read_bytes() for one in arrived] == [other]
    assert not [path for path in tmp_path.rglob("*") if keys[0] in path.parts]


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("foto.jpg", b"#!/bin/sh\nrm -rf ~\n", "bukan foto"),
        ("halaman.jpg", b"<html><script>", "bukan foto"),
        ("berita.kim", b"PK\x03\x04", "bukan foto"),
        ("kosong.jpg", b"", "kosong"),
        ("kamera.cr3", b"\0\0\0\x18ftypcrx " + bytes(12), "RAW"),
        ("lukisan.psd", b"8BPS\0\1", "JPG"),
    ],
)
def test_what_a_file_is_its_content_says_with_the_first_piece(page, arrived, tmp_path, name, data, word):
    phone = Phone(page.address)
    begun = phone.begin(data, name)
    told = phone.piece(begun["id"], data, 0)[1] if data else begun
    assert word in told["error"]
    assert not arrived
    assert not list(tmp_path.rglob(f"*{name}*"))
    assert [one.told for one in page.shelf.files()] == ([told["error"]] if data else [])


@pytest.mark.parametrize("name", ["../../rahasia.jpg", "..\\..\\x.jpg", "/etc/passwd", "a\0b.jpg", "con.jpg", "x.exe"])
def test_a_name_is_only_a_label(page, arrived, tmp_path, name):
    data = b"\xff\xd8\xff\xe0" + b"x" * 100
    phone = Phone(page.address)
    key = phone.begin(data, name)["id"]
    phone.piece(key, data, 0)
    phone.finish(key, data)
    (came,) = arrived
    assert came.path.parent.parent.parent == tmp_path
    assert came.path.suffix == ".jpg"
    assert list(tmp_path.rglob("*.jpg")) == [came.path]


SOUNDS = {
    "rapat.wma": ("asf", "wmav2"),
    "rapat.AIF": ("aiff", "pcm_s16be"),
    "rapat.caf": ("caf", "pcm_s16le"),
    "rapat.au": ("au", "pcm_s16be"),
    "rapat.3ga": ("mp4", "aac"),
    "rapat.mka": ("matroska", "libopus"),
    "rapat": ("ogg", "libopus"),
    "rapat.rec": ("wav", "pcm_s16le"),
    "rapat.dat": ("ipod", "aac"),
}


@pytest.mark.parametrize("name", SOUNDS)
def test_recordings_of_every_recorder_come_in_under_the_name_they_have(page, arrived, tmp_path, name):
    container, codec = SOUNDS[name]
    source = ["-f", "lavfi", "-i", "sine=duration=0.2:sample_rate=48000", "-c:a", codec, "-f", container]
    made = tmp_path / "x"
    subprocess.run([ffmpeg_path(), "-v", "error", *source, str(made)], check=True)
    Phone(page.address).send(made.read_bytes(), name)
    (came,) = arrived
    wanted = {"rapat": "rapat.ogg", "rapat.rec": "rapat.rec.wav", "rapat.dat": "rapat.dat.m4a"}.get(name, name)
    assert came.path.name == wanted
    found = bring_files(lambda path: path.name, sort_out([came.path]), frozenset(), "", SilentProgress())
    assert found.troubles == ()
    assert [round(one.seconds, 1) for one in found.recordings] == [0.2]


@settings(max_examples=25)
@given(st.text(max_size=300), st.sampled_from(["", ".jpg", ".mp4"]))
def test_every_name_can_be_written(name, usual):
    made = safe_name(name, usual)
    assert Path(made).name == made
    assert 0 < len(made.encode()) <= 130
    assert not set(made) & set('<>:"/\\|?*\0\u202e')
    assert not made.startswith(".")
    assert safe_name(made, usual) == made


def test_without_the_token_nothing_is_read_and_too_much_is_refused(page):
    phone = Phone(page.address)
    with socket.create_connection(("127.0.0.1", page.port), timeout=20) as stranger:
        stranger.sendall(b"PUT /falsch/0/0 HTTP/1.0\r\nContent-Length: 999999999999\r\n\r\n")
        assert stranger.recv(20).startswith(b"HTTP/1.0 404")
    key = phone.begin(CLIP)["id"]
    assert phone.ask("PUT", f"{key}/0", b"", **{"Content-Length": str(PIECE + 1)})[0] == 413
    with socket.create_connection(("127.0.0.1", page.port), timeout=20) as endless:
        endless.sendall(f"PUT /{phone.token}/{key}/0 HTTP/1.0\r\n\r\n".encode())
        assert endless.recv(20).startswith(b"HTTP/1.0 411")
    for path in ("../x", f"{key}/-1", f"{key}/%C2%B2", f"{key}/0/1", "x/0"):
        assert phone.ask("PUT", path, b"x")[1].get("got") is None
    for order in (b"[]", b"{" * 3000, b'{"phone": 1}', b"\xff", b'{"phone":"a","name":"b","stamp":"","size":true}'):
        assert "error" in phone.ask("POST", "mulai", order)[1]


def test_a_phone_that_dawdles_with_its_piece_is_hung_up_on(page, monkeypatch):
    monkeypatch.setattr("studio.publish.lan_intake._SECONDS", 0.0)
    phone = Phone(page.address)
    with socket.create_connection(("127.0.0.1", page.port), timeout=20) as slow:
        slow.sendall(f"PUT /{phone.token}/x/0 HTTP/1.0\r\nContent-Length: 100\r\n\r\nx".encode())
        assert slow.recv(20) == b""


def test_three_hundred_at_once_leave_one_whole_file(page, arrived, tmp_path):
    phone = Phone(page.address)
    key = phone.begin(CLIP)["id"]

    def send(turn: int) -> int:
        with contextlib.suppress(OSError, http.client.HTTPException):
            return phone.piece(key, CLIP, turn % 3)[0]
        return 0

    with concurrent.futures.ThreadPoolExecutor(40) as crowd:
        assert set(crowd.map(send, range(300))) <= {0, 200, 503}
    assert sum(thread.name.startswith("Thread-") for thread in threading.enumerate()) <= 40
    for number in range(3):
        phone.piece(key, CLIP, number)
    assert phone.finish(key, CLIP)["state"] == "arrived"
    assert arrived[0].path.read_bytes() == CLIP
    assert len(list(tmp_path.rglob("*.mp4"))) == 1


def test_a_full_disk_is_told_before_and_in_between_and_the_file_goes_on_behind_its_last_piece(page, monkeypatch):
    phone = Phone(page.address)
    assert "Ruang penyimpanan" in phone.begin(b"", size=1 << 49)["error"]
    key = phone.begin(CLIP)["id"]
    phone.piece(key, CLIP, 0)
    (path,) = (page.shelf._uploads[key].path,)
    path.write_bytes(CLIP[:PIECE] + b"half a piece")
    monkeypatch.setattr(phone_uploads, "_MOST", 1)
    assert "menunggu" in phone.begin(CLIP[1:])["error"]
    for number in (1, 2):
        phone.piece(key, CLIP, number)
    assert phone.finish(key, CLIP)["state"] == "arrived"
    assert path.read_bytes() == CLIP


def test_it_ends_with_nothing_left_when_it_cannot_listen_or_is_switched_off(tmp_path, arrived):
    page = IntakePage(tmp_path, "", str, arrived.append, host="192.0.2.1")
    with pytest.raises(UserError, match=r"lan\.cannot_listen"):
        page.start()
    assert not list(tmp_path.iterdir())


# ---------------------------------------------------------------------------------------- a real browser as the phone


def offline(browser, *, cut: bool) -> None:
    browser.call("Network.emulateNetworkConditions", offline=cut, latency=0, downloadThroughput=-1, uploadThroughput=-1)


def until(browser, script: str) -> None:
    browser.run("new Promise(function(done){(function look(){if(" + script + ")done();else setTimeout(look,20)})()})")


@pytest.mark.tool("chromium")
def test_a_browser_sends_files_through_a_break_and_says_how_they_ended(page, arrived, browser, tmp_path):
    good, bad = tmp_path / "panen.mp4", tmp_path / "naskah.jpg"
    good.write_bytes(CLIP * 2)
    bad.write_bytes(b"bukan foto")
    browser.size(390)
    browser.open(page.address)
    assert browser.run("document.documentElement.scrollWidth") <= 390
    # Cut behind the first piece, by the page's own requests.
    browser.run(
        "var sent=0,put=XMLHttpRequest.prototype.send;XMLHttpRequest.prototype.send=function(b){"
        "put.call(this,b);if(b instanceof Uint8Array&&sent++===1)this.abort()}"
    )
    offline(browser, cut=True)
    choose(browser, good, bad)
    until(browser, "document.querySelector('.w').textContent.indexOf('putus')>0")
    offline(browser, cut=False)
    until(browser, "document.querySelector('article').dataset.state==='arrived'")
    until(browser, "document.querySelectorAll('article')[1].dataset.state==='refused'")
    (came,) = arrived
    assert came.path.read_bytes() == good.read_bytes()
    page.shelf.note_outcome(came.id, "Ruang penuh.")
    until(browser, "document.querySelector('.w').textContent==='Ruang penuh.'")
    browser.run("document.querySelectorAll('article')[0].querySelector('.r').click()")
    until(browser, "document.querySelector('article').dataset.state==='arrived'")
    assert arrived[1].path.read_bytes() == good.read_bytes()
    page.shelf.note_outcome(arrived[1].id)
    until(browser, "document.querySelector('article').dataset.state==='added'")
    assert browser.run("document.querySelectorAll('.r:not([hidden])').length") == 0
    assert browser.run("document.querySelector('#sum').textContent").startswith("1 dari 2 masuk")
    assert "bukan foto" in browser.run("document.querySelectorAll('.w')[1].textContent")
