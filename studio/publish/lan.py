"""A page on the local network from which a phone takes the files of one export. Off until it is switched on.

What it is careful about: nothing is served without the token (128 random bits, compared in constant time); the gate is
asked for every request, and once a second during a download, and what it refuses or what is older than the story is not
served any more; files are asked for by number, so no path from a request ever reaches the disk; only GET and HEAD;
requests are cut at 8 kB and 15 seconds; at most 24 are worked on at once, the others are asked to come again; the
server ends by itself, and ending it ends what is being downloaded. It speaks plain HTTP: whoever listens in on the same
Wi-Fi can read along, which the panel says.
"""

from __future__ import annotations

import contextlib
import hmac
import io
import re
import secrets
import selectors
import socket
import threading
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from studio.base.errors import UserError
from studio.publish.lan_door import LONGEST_REQUEST, WaitingConnections
from studio.publish.lan_page import PageWords, SharedFile, content_type, page_html, shared_files

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from studio.services.hand_out import HandOut

MINUTES = 20
"""How long a page stays up without being asked for."""
_AT_ONCE = 24
_PATIENCE = 15.0
_CHUNK = 1 << 16
_ASK_EVERY = 1.0
"""Seconds of a download after which the gate is asked whether it may go on."""
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


@dataclass(slots=True)
class _ServerState:
    """What the handlers of one server share. A file keeps the number it was first seen with."""

    token: str
    words: PageWords
    ask: Callable[[], HandOut]
    names: Mapping[str, str]
    clock: Callable[[], float]
    heard: float
    served: int = 0
    over: bool = False
    numbers: dict[str, int] = field(default_factory=dict)
    open: set[socket.socket] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)
    gate: threading.BoundedSemaphore = field(default_factory=lambda: threading.BoundedSemaphore(_AT_ONCE))

    def current_files(self) -> tuple[str, dict[int, SharedFile]]:
        """The title, and what may be handed out now, by number.

        Raises:
            UserError: nothing may.
        """
        handed = self.ask()
        found, told = shared_files(handed, self.names), handed.released.withdrawal
        title = told.title if told is not None else handed.released.story.headline
        with self.lock:
            # Numbers are never given away again: a link on a phone that was opened before must not suddenly lead to
            # another file.
            numbered = {self.numbers.setdefault(shared.name, len(self.numbers)): shared for shared in found}
        return title or self.words.title, numbered

    def end(self) -> None:
        """Hang up on everybody."""
        with self.lock:
            self.over = True
            connections = list(self.open)
        for connection in connections:
            with contextlib.suppress(OSError):
                # Not close(): the socket belongs to its handler's thread. Shutting it down wakes a thread that waits
                # for the phone.
                connection.shutdown(socket.SHUT_RDWR)


class LanPage:
    """The server. ``start`` it, show ``address`` as a QR code, ``stop`` it; it also stops by itself.

    Args:
        hand_out: asks what of the story may be handed out now (``services.hand_out``); called in the server's threads
            for every request. Its ``UserError`` closes the page to everybody who asks, without saying why.
        names: outlet id -> name, in the order of the page.
        words: the words of the page.
        host: the address to listen on; "" finds the one this computer has in its local network.
        minutes: ends after so many minutes without a request.
        clock: seconds.
        ended: called, in the server's thread, when it stopped by itself.
    """

    def __init__(
        self,
        hand_out: Callable[[], HandOut],
        names: Mapping[str, str],
        words: PageWords,
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
        self._state = _ServerState(token, words, hand_out, names, clock, clock())
        self._server: _LanServer | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to serve, on a free port.

        Raises:
            UserError: ``lan.no_network`` or ``lan.cannot_listen``.
        """
        if not self._host:
            raise UserError("lan.no_network")
        try:
            self._server = _LanServer((self._host, 0), self._state, self._minutes * 60)
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
        """End it, and every download that is on its way; its address is worth nothing from then on."""
        self._state.end()
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
        """How many files were fetched completely."""
        return self._state.served


class _LanServer(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256
    # On Windows reuse would let another program take over the very same port.
    allow_reuse_address = False

    def __init__(self, place: tuple[str, int], state: _ServerState, patience: float) -> None:
        self.state = state
        self.timed_out = False
        self._patience = patience
        self._over, self._ended = threading.Event(), threading.Event()
        self._ended.set()
        super().__init__(place, _PageHandler)

    def serve_forever(self, poll_interval: float = 0.2) -> None:
        """Take connections until ``shutdown``: each waits here, without a thread, until its request is complete.

        So a connection that dawdles keeps nobody out, however many there are.
        """
        self._ended.clear()
        try:
            with selectors.DefaultSelector() as selector, WaitingConnections(selector) as waiting:
                selector.register(self, selectors.EVENT_READ)
                while not self._over.is_set():
                    ready = [key.fileobj for key, _ in selector.select(waiting.pause(poll_interval))]
                    if self in ready:
                        self._accept_connections(waiting)
                    for request, address in waiting.complete_requests(ready):
                        self.process_request(request, address)
                    self.service_actions()
        finally:
            self._ended.set()

    def _accept_connections(self, waiting: WaitingConnections) -> None:
        try:
            request, address = self.get_request()
        except OSError:
            return
        for left in waiting.take(request, address):
            self.shutdown_request(left)

    def shutdown(self) -> None:
        """Ends ``serve_forever``, and waits until it did."""
        self._over.set()
        self._ended.wait()

    def service_actions(self) -> None:
        """Between two requests: end when nobody asked for long."""
        if not self.timed_out and self.state.clock() - self.state.heard > self._patience:
            self.timed_out = True
            # From another thread: shutdown() waits for serve_forever(), which is what runs this.
            threading.Thread(target=self.shutdown, name="lan-end", daemon=True).start()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Give it to a thread, or turn it away while too many are being worked on."""
        if not self.state.gate.acquire(blocking=False):
            try:
                # This runs in the thread that accepts connections: a phone that does not read must not stop all others.
                request.settimeout(1.0)
                request.sendall(b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\n\r\n")
            except OSError:
                pass
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """In the request's thread."""
        with self.state.lock:
            self.state.open.add(request)
        try:
            super().process_request_thread(request, client_address)
        finally:
            with self.state.lock:
                self.state.open.discard(request)
            self.state.gate.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A phone that went away is no event."""


class _PageHandler(BaseHTTPRequestHandler):
    timeout = _PATIENCE
    # One request for each connection: no idle connections that hold one of the 24 places.
    protocol_version = "HTTP/1.0"
    server_version = "KIM-Studio"
    sys_version = ""

    @property
    def _state(self) -> _ServerState:
        server = self.server
        assert isinstance(server, _LanServer)
        return server.state

    def setup(self) -> None:
        """Read no more than a request may have."""
        super().setup()
        self.rfile = io.BufferedReader(_CappedStream(self.connection, LONGEST_REQUEST), 4096)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Nothing: who fetched what is nobody's business."""

    def do_HEAD(self) -> None:
        """See ``do_GET``, without the content."""
        self._answer_request(body=False)

    def do_GET(self) -> None:
        """The page, or the file with a number of the list."""
        self._answer_request(body=True)

    def _answer_request(self, *, body: bool) -> None:
        parts = urlsplit(self.path).path.split("/")
        given = parts[1] if len(parts) > 1 else ""
        # Constant time, and plain "not found": whoever tries addresses in the same Wi-Fi does not learn what is here.
        # As bytes: compare_digest refuses text that is not ASCII, and a request may hold anything.
        if not hmac.compare_digest(given.encode("utf-8", "replace"), self._state.token.encode()):
            self._answer_plain(HTTPStatus.NOT_FOUND)
            return
        # Only requests with the token keep the page up.
        self._state.heard = self._state.clock()
        rest = parts[2:]
        try:
            title, files = self._state.current_files()
        except UserError:
            self._answer_gone(body=body)
            return
        if rest in ([], [""]):
            self._send_html(HTTPStatus.OK, page_html(title, files, self._state.words), body=body)
        # Python calls "²" a digit too, yet int() does not take it.
        elif len(rest) == 2 and rest[0].isascii() and rest[0].isdigit() and len(rest[0]) < 6:
            self._send_file(files, int(rest[0]), body=body)
        else:
            self._answer_plain(HTTPStatus.NOT_FOUND)

    def _answer_gone(self, *, body: bool) -> None:
        """Not what the gate found: that names whom it protects."""
        self._send_html(HTTPStatus.GONE, page_html(self._state.words.gone, {}, self._state.words), body=body)

    def _answer_plain(self, status: HTTPStatus) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send_headers(self, kind: str, size: int) -> None:
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(size))
        # A browser that keeps a copy would still show it after the gate has refused it.
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        policy = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
        self.send_header("Content-Security-Policy", policy)

    def _send_html(self, status: HTTPStatus, text: str, *, body: bool) -> None:
        content = text.encode("utf-8", "replace")
        self.send_response(status)
        self._send_headers("text/html; charset=utf-8", len(content))
        self.end_headers()
        if body:
            self.wfile.write(content)

    def _send_file(self, files: Mapping[int, SharedFile], number: int, *, body: bool) -> None:
        shared = files.get(number)
        if shared is None:
            known = number < len(self._state.numbers)  # it was on the page before
            self._answer_plain(HTTPStatus.GONE if known else HTTPStatus.NOT_FOUND)
            return
        try:
            size = shared.path.stat().st_size
            source = shared.path.open("rb")
        except OSError:
            self._answer_plain(HTTPStatus.GONE)
            return
        with source:
            first, last = _wanted_range(self.headers.get("Range", ""), size)
            whole = (first, last) == (0, size - 1)
            self.send_response(HTTPStatus.OK if whole else HTTPStatus.PARTIAL_CONTENT)
            self._send_headers(content_type(shared.path), last - first + 1)
            self.send_header("Accept-Ranges", "bytes")
            if not whole:
                self.send_header("Content-Range", f"bytes {first}-{last}/{size}")
            self.send_header("Content-Disposition", f"attachment; filename*=UTF-8''{quote(shared.name, safe='')}")
            self.end_headers()
            if body:
                source.seek(first)
                whole = self._pour_file(shared, source, last - first + 1)
                # A phone that resumes fetches a file in pieces: only the one with its last byte counts.
                self._state.served += whole and last == size - 1

    def _pour_file(self, shared: SharedFile, source: io.BufferedReader, count: int) -> bool:
        """Send it; False when it was broken off, because the page ended or the file may not go out any more."""
        ask_at = time.monotonic() + _ASK_EVERY
        while count > 0 and (chunk := source.read(min(_CHUNK, count))):
            if self._state.over:
                return False
            # A clip takes minutes over a weak Wi-Fi. Whoever is protected meanwhile must not be in the half that is
            # still to come.
            if time.monotonic() > ask_at:
                if not self._may_go_on(shared):
                    return False
                ask_at = time.monotonic() + _ASK_EVERY
            self.wfile.write(chunk)
            self._state.heard = self._state.clock()
            count -= len(chunk)
        return count == 0

    def _may_go_on(self, shared: SharedFile) -> bool:
        try:
            return shared in self._state.current_files()[1].values()
        except UserError:
            return False


def _wanted_range(header: str, size: int) -> tuple[int, int]:
    """First and last byte that were asked for; all for no range, and for one that makes no sense."""
    found = _RANGE.fullmatch(header.strip())
    # No byte range can name anything in an empty file, so that is sent in full.
    if not found or size == 0 or found.groups() == ("", ""):
        return 0, max(0, size - 1)
    begin, end = found.groups()
    if not begin:
        return max(0, size - int(end)), size - 1
    first, last = int(begin), min(int(end), size - 1) if end else size - 1
    return (first, last) if first <= last else (0, size - 1)


class _CappedStream(io.RawIOBase):
    """A connection of which no more than ``limit`` bytes are ever read."""

    def __init__(self, connection: socket.socket, limit: int) -> None:
        self._connection = connection
        self._left = limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
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
