"""A page on the local network: who may ask, for how long, and what it withstands. What it says is its handler's.

What every page is careful about: nothing is answered without the token (128 random bits, compared in constant time);
the head of a request is cut at 8 kB and 15 seconds, and nothing after it is read before the token was; at most 24
requests are worked on at once, the others are asked to come again; the server ends by itself when nobody asked for
long, and ending it hangs up on everybody.
"""

from __future__ import annotations

import contextlib
import hmac
import io
import secrets
import selectors
import socket
import threading
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from studio.base.errors import UserError
from studio.publish.lan_door import LONGEST_REQUEST, WaitingConnections

if TYPE_CHECKING:
    from collections.abc import Callable

MINUTES = 20
"""How long a page stays up without being asked for."""
PATIENCE = 15.0
"""Seconds a phone may be silent within a request."""
_AT_ONCE = 24
_SCRIPTS = "script-src 'unsafe-inline'; connect-src 'self'"
_POLICY = f"default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; {_SCRIPTS}"


@dataclass(slots=True)
class ServerState:
    """What the handlers of one server share.

    Attributes:
        clock: seconds.
        token: first part of every path.
        heard: when somebody with the token last asked.
        over: the page has ended.
        open: connections that are being answered.
        lock: for ``open`` and what handlers add.
        gate: how many requests are worked on at once.
    """

    clock: Callable[[], float] = time.monotonic
    token: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    heard: float = 0.0
    over: bool = False
    open: set[socket.socket] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)
    gate: threading.BoundedSemaphore = field(default_factory=lambda: threading.BoundedSemaphore(_AT_ONCE))

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


class TokenPage:
    """A server that is started, shown as an address, and stopped; it also stops by itself.

    Args:
        handler: answers requests.
        state: what its handlers share.
        host: the address to listen on; "" finds the one this computer has in its local network.
        minutes: ends after so many minutes without a request.
        ended: called, in the server's thread, when it stopped by itself.
    """

    def __init__(
        self,
        handler: type[TokenHandler],
        state: ServerState,
        *,
        host: str = "",
        minutes: float = MINUTES,
        ended: Callable[[], None] | None = None,
    ) -> None:
        self._handler = handler
        self._host = host or local_address()
        self._minutes = minutes
        self._ended = ended
        self._shared = state
        self._server: LanServer | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to serve, on a free port.

        Raises:
            UserError: ``lan.no_network`` or ``lan.cannot_listen``.
        """
        if not self._host:
            raise UserError("lan.no_network")
        self._shared.heard = self._shared.clock()
        try:
            self._server = LanServer((self._host, 0), self._handler, self._shared, self._minutes * 60)
        except OSError as error:
            raise UserError("lan.cannot_listen", host=self._host, reason=error.strerror or str(error)) from error
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
        self._shared.end()
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
        return f"http://{self._host}:{self.port}/{self._shared.token}/" if self._server is not None else ""


class LanServer(ThreadingHTTPServer):
    """Takes connections, and gives each complete request to a thread.

    Args:
        place: address and port to listen on.
        handler: answers requests.
        state: what its handlers share.
        patience: seconds without a request with the token after which it ends.
    """

    daemon_threads = True
    request_queue_size = 256
    # On Windows reuse would let another program take over the very same port.
    allow_reuse_address = False

    def __init__(
        self, place: tuple[str, int], handler: type[TokenHandler], state: ServerState, patience: float
    ) -> None:
        self.state = state
        self.timed_out = False
        self._patience = patience
        self._over, self._ended = threading.Event(), threading.Event()
        self._ended.set()
        self._woken, self._waker = socket.socketpair()
        super().__init__(place, handler)

    def serve_forever(self, poll_interval: float = 0.2) -> None:
        """Take connections until ``shutdown``: each waits here, without a thread, until its request is complete.

        So a connection that dawdles keeps nobody out, however many there are.
        """
        self._ended.clear()
        try:
            with selectors.DefaultSelector() as selector, WaitingConnections(selector) as waiting:
                selector.register(self, selectors.EVENT_READ)
                selector.register(self._woken, selectors.EVENT_READ)
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
        for left in waiting.add_connection(request, address):
            self.shutdown_request(left)

    def shutdown(self) -> None:
        """Ends ``serve_forever``, and waits until it did: a moment, for whoever turns it off looks at a window."""
        self._over.set()
        with contextlib.suppress(OSError):  # closed: it ended by itself
            self._waker.send(b"!")
        self._ended.wait()

    def server_close(self) -> None:
        """Give the port back."""
        super().server_close()
        self._woken.close()
        self._waker.close()

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


class TokenHandler(BaseHTTPRequestHandler):
    """Answers who has the token; ``answer`` says what."""

    timeout = PATIENCE
    # One request for each connection: no idle connections that hold one of the 24 places.
    protocol_version = "HTTP/1.0"
    server_version = "KIM-Studio"
    sys_version = ""

    @property
    def shared(self) -> ServerState:
        """What the handlers of this server share."""
        server = self.server
        assert isinstance(server, LanServer)
        return server.state

    def setup(self) -> None:
        """Read no more than a request may have."""
        super().setup()
        self._capped = _CappedStream(self.connection, LONGEST_REQUEST)
        self.rfile = io.BufferedReader(self._capped, 4096)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Nothing: who asked for what is nobody's business."""

    def allowed_path(self, *, heard: bool = True) -> list[str] | None:
        """What the path says behind the token; None, and "not found" is answered, without the token.

        Args:
            heard: whether this request keeps the page up.
        """
        parts = urlsplit(self.path).path.split("/")
        given = parts[1] if len(parts) > 1 else ""
        # Constant time, and plain "not found": whoever tries addresses in the same Wi-Fi does not learn what is here.
        # As bytes: compare_digest refuses text that is not ASCII, and a request may hold anything.
        if not hmac.compare_digest(given.encode("utf-8", "replace"), self.shared.token.encode()):
            self.answer_plain(HTTPStatus.NOT_FOUND)
            return None
        if heard:  # only requests with the token keep the page up
            self.shared.heard = self.shared.clock()
        return parts[2:]

    def read_body(self, most: int, seconds: float) -> bytes | None:
        """What comes after the head; None, and an answer is given, where that is too long or no length is named.

        Args:
            most: bytes.
            seconds: how long all of it may take.

        Raises:
            TimeoutError: it took longer.
            ConnectionError: the phone went away.
        """
        told = self.headers.get("Content-Length", "")
        if not (told.isascii() and told.isdigit() and len(told) < 16):
            self.answer_plain(HTTPStatus.LENGTH_REQUIRED)
            return None
        left = int(told)
        if left > most:
            self.answer_plain(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return None
        self._capped.allow_more(left)
        body, until = bytearray(), time.monotonic() + seconds
        while left > 0:
            # Whoever sends a byte every ten seconds is never silent for long, and would hold a place for hours.
            if time.monotonic() > until:
                raise TimeoutError
            piece = self.rfile.read1(left)
            if not piece:
                raise ConnectionError
            body += piece
            left -= len(piece)
        return bytes(body)

    def answer_plain(self, status: HTTPStatus) -> None:
        """An answer without content."""
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def send_heads(self, kind: str, size: int) -> None:
        """The lines every answer with content has."""
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(size))
        # A browser that keeps a copy would still show it after the gate has refused it.
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Content-Security-Policy", _POLICY)

    def send_content(self, status: HTTPStatus, kind: str, text: str, *, body: bool = True) -> None:
        """Answer with a text.

        Args:
            status: of the answer.
            kind: media type.
            text: sent as UTF-8.
            body: False sends the head only.
        """
        content = text.encode("utf-8", "replace")
        self.send_response(status)
        self.send_heads(f"{kind}; charset=utf-8", len(content))
        self.end_headers()
        if body:
            self.wfile.write(content)


class _CappedStream(io.RawIOBase):
    """A connection of which no more than ``limit`` bytes are ever read."""

    def __init__(self, connection: socket.socket, limit: int) -> None:
        self._connection = connection
        self._left = limit

    def allow_more(self, count: int) -> None:
        """So many bytes more may be read."""
        self._left += count

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
