"""A page on the local network from which a phone takes the files of one export. Off until somebody switches it on.

What it is careful about: nothing is served without the token (128 random bits, compared in constant time); only files
that are on the list made at the start are served, by number, so no path from a request ever reaches the disk; only
GET and HEAD; requests are cut at 8 kB and 15 seconds; at most 24 are worked on at once, the others are told to come
again; the server ends by itself. It speaks plain HTTP: whoever listens in on the same Wi-Fi can read along, which the
panel says.
"""

from __future__ import annotations

import hmac
import html
import io
import re
import secrets
import socket
import threading
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from studio.base.errors import UserError
from studio.base.sizes import size_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

MINUTES = 20
"""How long a page stays up without being asked for."""
_AT_ONCE = 24
_LONGEST_LINE = 8_192
_PATIENCE = 15.0
_CHUNK = 1 << 16
_TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".mp4": "video/mp4",
    ".pdf": "application/pdf",
    ".txt": "text/plain; charset=utf-8",
    ".zip": "application/zip",
}
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


@dataclass(frozen=True, slots=True)
class Shared:
    """One file on the page: the path on this computer, the name it gets on the phone, the outlet it belongs to.

    ``text`` is shown on the page with a button that copies it; "" for pictures and videos.
    """

    path: Path
    name: str
    group: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the page, in the user's language."""

    title: str
    hint: str
    copy: str
    copied: str
    download: str
    language: str = "id"


@dataclass(slots=True)
class _State:
    """What the handlers of one server share."""

    token: str
    page: bytes
    files: tuple[Shared, ...]
    clock: Callable[[], float]
    heard: float
    served: int = 0
    gate: threading.BoundedSemaphore = field(default_factory=lambda: threading.BoundedSemaphore(_AT_ONCE))


class LanPage:
    """The server. ``start`` it, show ``address`` as a QR code, ``stop`` it; it also stops by itself.

    Args:
        title: the headline of the story.
        files: what may be fetched, in order.
        words: the words of the page.
        host: the address to listen on; "" finds the one this computer has in its local network.
        minutes: ends after so many minutes without a request.
        clock: seconds.
        ended: called, in the server's thread, when it stopped by itself.
    """

    def __init__(
        self,
        title: str,
        files: Sequence[Shared],
        words: Words,
        *,
        host: str = "",
        minutes: float = MINUTES,
        clock: Callable[[], float] = time.monotonic,
        ended: Callable[[], None] | None = None,
    ) -> None:
        self._host = host or local_address()
        self._minutes = minutes
        self._ended = ended
        token = secrets.token_urlsafe(16)
        page = page_html(title, files, words).encode("utf-8")
        self._state = _State(token, page, tuple(files), clock, clock())
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to serve, on a free port.

        Raises:
            UserError: ``lan.no_network`` or ``lan.cannot_listen``.
        """
        if not self._host:
            raise UserError("lan.no_network")
        try:
            self._server = _Server((self._host, 0), self._state, self._minutes * 60)
        except OSError as error:
            raise UserError("lan.cannot_listen", host=self._host, reason=error.strerror or str(error)) from error
        self._state.heard = self._state.clock()
        self._thread = threading.Thread(target=self._serve, name="lan-page", daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        server = self._server
        if server is None:
            return
        server.serve_forever(poll_interval=0.2)
        server.server_close()
        if server.timed_out and self._ended is not None:
            self._ended()

    def stop(self) -> None:
        """End it; its address is worth nothing from then on."""
        if self._server is not None:
            self._server.shutdown()
        if self._thread is not None:
            self._thread.join(timeout=5)
        self._server = self._thread = None

    @property
    def running(self) -> bool:
        """Whether it serves."""
        return self._thread is not None and self._thread.is_alive()

    @property
    def port(self) -> int:
        """The port, 0 when it does not serve."""
        return int(self._server.server_address[1]) if self._server is not None else 0

    @property
    def address(self) -> str:
        """What the phone opens, token included; "" when it does not serve."""
        return f"http://{self._host}:{self.port}/{self._state.token}/" if self._server is not None else ""

    @property
    def served(self) -> int:
        """How many files were fetched whole."""
        return self._state.served


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256
    allow_reuse_address = False

    def __init__(self, place: tuple[str, int], state: _State, patience: float) -> None:
        self.state = state
        self.timed_out = False
        self._patience = patience
        super().__init__(place, _Handler)

    def service_actions(self) -> None:
        """Between two requests: end when nobody asked for long."""
        if not self.timed_out and self.state.clock() - self.state.heard > self._patience:
            self.timed_out = True
            threading.Thread(target=self.shutdown, name="lan-end", daemon=True).start()

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - socketserver's types
        """Give it to a thread, or turn it away while too many are being worked on."""
        if not self.state.gate.acquire(blocking=False):
            try:
                request.settimeout(1.0)
                request.sendall(b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\n\r\n")
            except OSError:
                pass
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - likewise
        """In the request's thread."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.state.gate.release()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - likewise
        """A phone that went away is no event."""


class _Handler(BaseHTTPRequestHandler):
    timeout = _PATIENCE
    protocol_version = "HTTP/1.0"
    server_version = "KIM-Studio"
    sys_version = ""

    @property
    def _state(self) -> _State:
        server = self.server
        assert isinstance(server, _Server)
        return server.state

    def setup(self) -> None:
        """Read no more than a request may have."""
        super().setup()
        self.rfile = io.BufferedReader(_Capped(self.connection, _LONGEST_LINE), 4096)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Nothing: who fetched what is nobody's business."""

    def do_HEAD(self) -> None:
        """See ``do_GET``, without the content."""
        self._answer(body=False)

    def do_GET(self) -> None:
        """The page, or the file with a number of the list."""
        self._answer(body=True)

    def _answer(self, *, body: bool) -> None:
        parts = urlsplit(self.path).path.split("/")
        given = parts[1] if len(parts) > 1 else ""
        if not hmac.compare_digest(given.encode("utf-8", "replace"), self._state.token.encode()):
            self._plain(HTTPStatus.NOT_FOUND)
            return
        self._state.heard = self._state.clock()
        rest = parts[2:]
        if rest in ([], [""]):
            self._page(body=body)
        elif len(rest) == 2 and rest[0].isascii() and rest[0].isdigit() and len(rest[0]) < 6:
            self._file(int(rest[0]), body=body)
        else:
            self._plain(HTTPStatus.NOT_FOUND)

    def _plain(self, status: HTTPStatus) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _headers(self, kind: str, size: int) -> None:
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(size))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        policy = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
        self.send_header("Content-Security-Policy", policy)

    def _page(self, *, body: bool) -> None:
        self.send_response(HTTPStatus.OK)
        self._headers("text/html; charset=utf-8", len(self._state.page))
        self.end_headers()
        if body:
            self.wfile.write(self._state.page)

    def _file(self, number: int, *, body: bool) -> None:
        if number >= len(self._state.files):
            self._plain(HTTPStatus.NOT_FOUND)
            return
        shared = self._state.files[number]
        try:
            size = shared.path.stat().st_size
            source = shared.path.open("rb")
        except OSError:
            self._plain(HTTPStatus.GONE)
            return
        with source:
            first, last = _wanted(self.headers.get("Range", ""), size)
            whole = (first, last) == (0, size - 1)
            self.send_response(HTTPStatus.OK if whole else HTTPStatus.PARTIAL_CONTENT)
            self._headers(_TYPES.get(shared.path.suffix.lower(), "application/octet-stream"), last - first + 1)
            self.send_header("Accept-Ranges", "bytes")
            if not whole:
                self.send_header("Content-Range", f"bytes {first}-{last}/{size}")
            self.send_header("Content-Disposition", f"attachment; filename*=UTF-8''{quote(shared.name, safe='')}")
            self.end_headers()
            if body:
                source.seek(first)
                self._pour(source, last - first + 1)
                self._state.served += last == size - 1

    def _pour(self, source: io.BufferedReader, count: int) -> None:
        while count > 0 and (chunk := source.read(min(_CHUNK, count))):
            self.wfile.write(chunk)
            self._state.heard = self._state.clock()
            count -= len(chunk)


def _wanted(header: str, size: int) -> tuple[int, int]:
    """First and last byte that were asked for; all for no range, and for one that makes no sense."""
    found = _RANGE.fullmatch(header.strip())
    if not found or size == 0 or found.groups() == ("", ""):
        return 0, max(0, size - 1)
    begin, end = found.groups()
    if not begin:
        return max(0, size - int(end)), size - 1
    first, last = int(begin), min(int(end), size - 1) if end else size - 1
    return (first, last) if first <= last else (0, size - 1)


class _Capped(io.RawIOBase):
    """A connection of which no more than ``limit`` bytes are ever read."""

    def __init__(self, connection: socket.socket, limit: int) -> None:
        self._connection = connection
        self._left = limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - io's type
        if self._left <= 0:
            return 0
        view = memoryview(buffer)[: self._left]
        count = self._connection.recv_into(view)
        self._left -= count
        return count


def local_address() -> str:
    """The address of this computer in its local network, "" without one. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # TEST-NET-1 (RFC 5737): only the routing table is asked
            return str(probe.getsockname()[0])
        except OSError:
            return ""


# ------------------------------------------------------------------------------------------------ the page

_STYLE = """
:root{color-scheme:light dark;--t:#16211e;--l:#55625d;--b:#f4f6f3;--k:#fff;--g:#dde3df;--u:#0f6b5c}
@media(prefers-color-scheme:dark){:root{--t:#e8edea;--l:#a3afaa;--b:#14191c;--k:#1c2326;--g:#2f393c;--u:#4fc2ad}}
*{box-sizing:border-box}body{margin:0;padding:1.2rem 1rem 3rem;background:var(--b);color:var(--t);
font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}main{max-width:40rem;margin:auto}
h1{font-size:1.35rem;line-height:1.25;margin:0 0 .3rem}h2{font-size:1.05rem;margin:1.6rem 0 .5rem}p{margin:.2rem 0}
.l{color:var(--l);font-size:.9rem}article{background:var(--k);border:1px solid var(--g);border-radius:.7rem;
padding:.8rem .9rem;margin:.5rem 0}
pre{white-space:pre-wrap;font:inherit;max-height:11rem;overflow:auto;margin:.3rem 0 .6rem}
img{display:block;max-width:100%;max-height:15rem;border-radius:.4rem;margin:.2rem 0 .6rem}
.t{display:flex;flex-wrap:wrap;gap:.5rem}
a,button{display:inline-block;min-height:44px;padding:.6rem 1rem;border-radius:.5rem;border:1px solid var(--u);
background:none;color:var(--u);font:600 1rem/1.4 inherit;font-family:inherit;text-decoration:none}
a{background:var(--u);color:var(--k)}
"""
_SCRIPT = """
document.querySelectorAll('button').forEach(function(b){b.addEventListener('click',function(){
var p=b.closest('article').querySelector('pre'),r=document.createRange();r.selectNodeContents(p);
var s=getSelection();s.removeAllRanges();s.addRange(r);
if(document.execCommand('copy')){s.removeAllRanges();b.textContent=b.dataset.done}})})
"""


def page_html(title: str, files: Sequence[Shared], words: Words) -> str:
    """The page: the files of each outlet, texts with a button that copies, pictures small, everything to download."""
    groups: dict[str, list[tuple[int, Shared]]] = {}
    for number, shared in enumerate(files):
        groups.setdefault(shared.group, []).append((number, shared))
    parts = [
        f'<!DOCTYPE html><html lang="{words.language}"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">',
        f"<title>{html.escape(title)}</title><style>{_STYLE}</style></head><body><main>",
        f'<h1>{html.escape(title)}</h1><p class="l">{html.escape(words.hint)}</p>',
    ]
    for name, members in groups.items():
        parts.append(f"<section><h2>{html.escape(name)}</h2>")
        parts += [_article(number, shared, words) for number, shared in members]
        parts.append("</section>")
    return "".join([*parts, f"</main><script>{_SCRIPT}</script></body></html>"])


def _article(number: int, shared: Shared, words: Words) -> str:
    link = f"{number}/{quote(shared.name, safe='')}"
    try:
        size = size_text(shared.path.stat().st_size)
    except OSError:
        size = ""
    shown = copy = ""
    if shared.text:
        shown = f"<pre>{html.escape(shared.text)}</pre>"
        copy = f'<button type="button" data-done="{html.escape(words.copied)}">{html.escape(words.copy)}</button>'
    elif _TYPES.get(shared.path.suffix.lower(), "").startswith("image/"):
        shown = f'<img src="{link}" alt="" loading="lazy">'
    name = html.escape(shared.name)
    get = f'<a href="{link}" download="{name}">{html.escape(words.download)}</a>'
    head = f'<p><strong>{name}</strong> <span class="l">{size}</span></p>'
    return f'<article>{head}{shown}<div class="t">{copy}{get}</div></article>'


def shared_files(folder: Path, names: Mapping[str, str], outlets: Sequence[str] = ()) -> tuple[Shared, ...]:
    """What of an export goes to a phone: texts, pictures, videos, printed sheets; no web pages.

    Args:
        folder: the story's export folder.
        names: outlet id -> name, in the order of the page.
        outlets: ids; empty means all.
    """
    from studio.export.package import files_for

    order = list(names)
    entries = [e for e in files_for(folder, outlets) if e.kind != "page" and e.path.rpartition(".")[2] != "vtt"]
    entries.sort(key=lambda e: order.index(e.outlet) if e.outlet in order else len(order))
    made = []
    for entry in entries:
        path = folder / entry.path
        text = path.read_text(encoding="utf-8", errors="replace") if path.suffix == ".txt" else ""
        made.append(Shared(path, entry.path.replace("/", "-"), names.get(entry.outlet, entry.outlet), text))
    return tuple(made)
