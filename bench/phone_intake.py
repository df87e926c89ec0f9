"""A clip of 2 GB from a real Chromium as the phone, through a cut connection and a page that was loaded anew.

python bench/phone_intake.py [MEGABYTES]

The clip is sparse: a head that says MP4 and zeros. The connection is cut at a third; at two thirds the page is loaded
anew and the file chosen again, as after a phone slept. What came in has to be what was sent. The peer is what a simple
page does: one request with the whole file, hashed and written by one thread of this machine, never cut.
"""

from __future__ import annotations

import contextlib
import hashlib
import http.server
import resource
import shutil
import socket
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir
from studio.publish.lan_intake import IntakePage
from studio.publish.lan_intake_page import intake_html
from tests.lan_phone import choose
from tests.real_browser import Browser

_PEER = '<input type="file" id="files"><script>var i=document.getElementById("files");i.onchange=function(){' + (
    'fetch("x",{method:"POST",body:i.files[0]}).then(function(){document.title="done"})}</script>'
)


def main() -> None:
    """Print seconds of the clock and of this process, and its peak of memory."""
    size = int(sys.argv[1] if len(sys.argv) > 1 else 2000) * 1_000_000
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        clip = place / "klip.mp4"
        with clip.open("wb") as file:
            file.write(b"\0\0\0\x18ftypmp42")
            file.truncate(size)
        browser = Browser(shutil.which("chromium") or "", place)
        browser.call("Network.disable")  # else every piece comes through the debugging pipe, too
        try:
            print(f"{size / 1e6:.0f} MB; seconds of the clock, CPU of the laptop's side")
            report("ours", lambda: send_in_pieces(browser, place, clip, broken=False))
            report("one request", lambda: send_whole(browser, place, clip))
            report("ours, cut and loaded anew", lambda: send_in_pieces(browser, place, clip))
            print(f"peak of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
        finally:
            browser.close()


def report(name: str, work) -> None:  # noqa: ANN001 - a bench
    """One line."""
    clock, cpu = time.perf_counter(), time.process_time()
    work()
    print(f"{name}: {time.perf_counter() - clock:.1f} s, CPU {time.process_time() - cpu:.1f} s", flush=True)


def send_in_pieces(browser: Browser, place: Path, clip: Path, *, broken: bool = True) -> None:
    """Through our page."""
    texts, came = MessageTexts(assets_dir() / "messages", "id"), []
    html = intake_html(lambda code: texts.text(f"phone_in.page.{code}"), "id")
    page = IntakePage(place, html, texts.explain, came.append, host="127.0.0.1")
    page.start()
    size = clip.stat().st_size
    try:
        browser.open(page.address)
        choose(browser, clip)
        if broken:
            wait(lambda: got(page) > size / 3)
            cut_for(page, 3.0)
            wait(lambda: got(page) > 2 * size / 3)
            browser.run("window.onbeforeunload=null")
            browser.open("about:blank")
            before = got(page)
            browser.open(page.address)
            choose(browser, clip)
            assert got(page) >= before
        wait(lambda: came)
        with came[0].path.open("rb") as one, clip.open("rb") as other:
            same = hashlib.file_digest(one, "sha256").digest() == hashlib.file_digest(other, "sha256").digest()
        assert same
    finally:
        page.stop()
        page.clear_room()
    assert not list(place.glob("dari-ponsel-*"))


def got(page: IntakePage) -> int:
    """Bytes that are here."""
    return sum(one.got for one in page.shelf.files()) if page.shelf is not None else 0


def cut_for(page: IntakePage, seconds: float) -> None:
    """Break every connection for a while. Not by Chromium's own switch: it stays slower from then on."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with page._shared.lock:
            for connection in page._shared.open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        time.sleep(0.01)


def wait(what) -> None:  # noqa: ANN001 - a bench
    """Until it is so."""
    while not what():
        time.sleep(0.05)


def send_whole(browser: Browser, place: Path, clip: Path) -> None:
    """Through one request."""

    class Simple(http.server.BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(_PEER.encode())

        def do_POST(self) -> None:
            left, found = int(self.headers["Content-Length"]), hashlib.sha256()
            with (place / "peer.mp4").open("wb") as file:
                while left > 0 and (block := self.rfile.read(min(left, 1 << 20))):
                    found.update(block)
                    file.write(block)
                    left -= len(block)
            self.send_response(200)
            self.end_headers()

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Simple)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    browser.open(f"http://127.0.0.1:{server.server_address[1]}/")
    choose(browser, clip)
    wait(lambda: browser.run("document.title") == "done")
    server.shutdown()
    server.server_close()
    (place / "peer.mp4").unlink()


if __name__ == "__main__":
    main()
