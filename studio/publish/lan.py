"""A page on the local network from which a phone takes the files of one export. Off until it is switched on.

Beyond what every page is careful about (``lan_server``): the gate is asked for every request, and once a second during
a download, and what it refuses or what is older than the story is not served any more; files are asked for by number,
so no path from a request ever reaches the disk; only GET and HEAD. It speaks plain HTTP: whoever listens in on the same
Wi-Fi can read along, which the panel says.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote

from studio.base.errors import UserError
from studio.publish.lan_page import PageWords, SharedFile, content_type, page_html, shared_files
from studio.publish.lan_server import MINUTES, ServerState, TokenHandler, TokenPage

if TYPE_CHECKING:
    import io
    from collections.abc import Callable, Mapping

    from studio.services.hand_out import HandOut

_CHUNK = 1 << 16
_ASK_EVERY = 1.0
"""Seconds of a download after which the gate is asked whether it may go on."""
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


@dataclass(slots=True)
class _HandOutState(ServerState):
    """Also what is handed out. A file keeps the number it was first seen with."""

    words: PageWords = field(kw_only=True)
    ask: Callable[[], HandOut] = field(kw_only=True)
    names: Mapping[str, str] = field(kw_only=True)
    served: int = 0
    numbers: dict[str, int] = field(default_factory=dict)

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


class LanPage(TokenPage):
    """The page of one export: ``start`` it, show ``address`` as a QR code, ``stop`` it.

    Args:
        hand_out: asks what of the story may be handed out now (``services.hand_out``); called in the server's threads
            for every request. Its ``UserError`` closes the page to everybody who asks, without saying why.
        names: outlet id -> name, in the order of the page.
        words: the words of the page.
        host: see ``TokenPage``; so are ``minutes`` and ``ended``.
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
        self._state = _HandOutState(clock, words=words, ask=hand_out, names=names)
        super().__init__(_PageHandler, self._state, host=host, minutes=minutes, ended=ended)

    @property
    def served(self) -> int:
        """How many files were fetched completely."""
        return self._state.served


class _PageHandler(TokenHandler):
    @property
    def _state(self) -> _HandOutState:
        state = self.shared
        assert isinstance(state, _HandOutState)
        return state

    def do_HEAD(self) -> None:
        """See ``do_GET``, without the content."""
        self._answer_request(body=False)

    def do_GET(self) -> None:
        """The page, or the file with a number of the list."""
        self._answer_request(body=True)

    def _answer_request(self, *, body: bool) -> None:
        rest = self.allowed_path()
        if rest is None:
            return
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
            self.answer_plain(HTTPStatus.NOT_FOUND)

    def _answer_gone(self, *, body: bool) -> None:
        """Not what the gate found: that names whom it protects."""
        self._send_html(HTTPStatus.GONE, page_html(self._state.words.gone, {}, self._state.words), body=body)

    def _send_html(self, status: HTTPStatus, text: str, *, body: bool) -> None:
        self.send_content(status, "text/html", text, body=body)

    def _send_file(self, files: Mapping[int, SharedFile], number: int, *, body: bool) -> None:
        shared = files.get(number)
        if shared is None:
            known = number < len(self._state.numbers)  # it was on the page before
            self.answer_plain(HTTPStatus.GONE if known else HTTPStatus.NOT_FOUND)
            return
        try:
            size = shared.path.stat().st_size
            source = shared.path.open("rb")
        except OSError:
            self.answer_plain(HTTPStatus.GONE)
            return
        with source:
            first, last = _wanted_range(self.headers.get("Range", ""), size)
            whole = (first, last) == (0, size - 1)
            self.send_response(HTTPStatus.OK if whole else HTTPStatus.PARTIAL_CONTENT)
            self.send_heads(content_type(shared.path), last - first + 1)
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
