"""A page on the local network by which phones send files in. Off until it is switched on.

Beyond what every page is careful about (``lan_server``): nothing of a body is read before the token was; a piece is at
most one megabyte and has a minute; what a file is, its first piece says; a name is a label, and files lie under numbers
of our own in a room that is emptied when the page ends. A phone is told of its own files only.
"""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.base.held_folder import held_folder
from studio.publish.lan_server import MINUTES, ServerState, TokenHandler, TokenPage
from studio.services.phone_uploads import PIECE, UploadShelf

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studio.services.phone_uploads import ArrivedFile, UploadView

ROOM = "dari-ponsel-"
_LONGEST_ORDER = 4096
_SECONDS = 60.0
"""How long a piece may take: 17 kB a second, less than the weakest Wi-Fi that still connects."""


@dataclass(slots=True)
class _IntakeState(ServerState):
    page: str = field(kw_only=True)
    explain: Callable[[UserError], str] = field(kw_only=True)
    arrived: Callable[[ArrivedFile], None] = field(kw_only=True)
    shelf: UploadShelf | None = None


class IntakePage(TokenPage):
    """The page: ``start`` it, show ``address`` as a QR code, ``stop`` it, and ``clear_room`` when all is taken in.

    Args:
        place: where the room for files on their way is made.
        page: HTML of the page (``lan_intake_page``).
        explain: says an error in the user's words.
        arrived: called, in one of the server's threads, for each whole file.
        host: see ``TokenPage``; so are ``minutes`` and ``ended``.
        minutes: ends after so many minutes without a request.
        ended: called, in the server's thread, when it stopped by itself.
    """

    def __init__(
        self,
        place: Path,
        page: str,
        explain: Callable[[UserError], str],
        arrived: Callable[[ArrivedFile], None],
        *,
        host: str = "",
        minutes: float = MINUTES,
        ended: Callable[[], None] | None = None,
    ) -> None:
        self._place = place
        self._room = ExitStack()
        self._state = _IntakeState(page=page, explain=explain, arrived=arrived)
        super().__init__(_IntakeHandler, self._state, host=host, minutes=minutes, ended=ended)

    def start(self) -> None:
        """Begin to serve, on a free port.

        Raises:
            UserError: ``lan.no_network`` or ``lan.cannot_listen``.
            OSError: no room can be made for what comes.
        """
        self._state.shelf = UploadShelf(self._room.enter_context(held_folder(self._place, ROOM)))
        try:
            super().start()
        except UserError:
            self.clear_room()
            raise

    @property
    def shelf(self) -> UploadShelf | None:
        """What is on its way; None before it was started."""
        return self._state.shelf

    def clear_room(self) -> None:
        """Keep nothing of what came in."""
        self._room.close()


class _IntakeHandler(TokenHandler):
    @property
    def _state(self) -> _IntakeState:
        state = self.shared
        assert isinstance(state, _IntakeState)
        return state

    @property
    def _shelf(self) -> UploadShelf:
        shelf = self._state.shelf
        assert shelf is not None
        return shelf

    def do_GET(self) -> None:
        """The page, or how far the files of a phone are."""
        rest = self.allowed_path(heard=not self.path.count("/keadaan/"))
        match rest:
            case None:
                pass
            case [] | [""]:
                self.send_content(HTTPStatus.OK, "text/html", self._state.page)
            case ["keadaan", phone] if phone:
                self._send_json({"files": [asdict(one) for one in self._shelf.files(phone)]})
            case _:
                self.answer_plain(HTTPStatus.NOT_FOUND)

    def do_POST(self) -> None:
        """Begin a file, finish it, or call it off."""
        rest = self.allowed_path()
        body = self.read_body(_LONGEST_ORDER, _SECONDS) if rest is not None else None
        if rest is None or body is None:
            return
        match rest:
            case ["mulai"]:
                self._answer_upload(lambda: self._begin(_order(body)))
            case ["selesai", key]:
                self._answer_upload(lambda: self._finish(key, _order(body)))
            case ["batal", key]:
                self._answer_upload(lambda: self._shelf.cancel(key))
            case _:
                self.answer_plain(HTTPStatus.NOT_FOUND)

    def do_PUT(self) -> None:
        """Take a piece."""
        rest = self.allowed_path()
        body = self.read_body(PIECE, _SECONDS) if rest is not None else None
        if rest is None or body is None:
            return
        self._state.heard = self._state.clock()
        match rest:
            case [key, number] if number.isascii() and number.isdigit() and len(number) < 8:
                digest = self.headers.get("X-Hash", "").encode("ascii", "replace").decode()
                self._answer_upload(lambda: self._shelf.take_piece(key, int(number), body, digest), key)
            case _:
                self.answer_plain(HTTPStatus.NOT_FOUND)

    def _begin(self, order: dict[str, object]) -> UploadView:
        phone, name, stamp = (_text_of(order, field) for field in ("phone", "name", "stamp"))
        size = order.get("size")
        if not phone or type(size) is not int or size.bit_length() > 50:
            raise UserError("phone_in.unknown")
        return self._shelf.begin(phone, name, size, stamp, fresh=order.get("fresh") is True)

    def _finish(self, key: str, order: dict[str, object]) -> UploadView:
        view, arrived = self._shelf.finish(key, _text_of(order, "root"))
        if arrived is not None:
            self._state.arrived(arrived)
        return view

    def _answer_upload(self, work: Callable[[], UploadView | None], key: str = "") -> None:
        """Answer with how far the file is, or with the words of what is wrong; ``again``: later it may go well."""
        try:
            view = work()
        except UserError as error:
            told = self._state.explain(error)
            wrong_kind = error.code.startswith(("phone_in.kind", "photo."))
            if wrong_kind:
                self._shelf.note_outcome(key, told)  # the window says the same
            self._send_json({"error": told, "again": not wrong_kind})
        else:
            self._send_json(asdict(view) if view is not None else {})

    def _send_json(self, answer: dict[str, object]) -> None:
        self.send_content(HTTPStatus.OK, "application/json", json.dumps(answer))


def _order(body: bytes) -> dict[str, object]:
    try:
        order = json.loads(body)
    except (ValueError, RecursionError):
        order = None
    if not isinstance(order, dict):
        raise UserError("phone_in.unknown")
    return order


def _text_of(order: dict[str, object], name: str) -> str:
    value = order.get(name)
    if not isinstance(value, str) or len(value) > 255:
        raise UserError("phone_in.unknown")
    return value
