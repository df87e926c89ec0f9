"""A shot list on the Wi-Fi: one page that a phone opens and keeps. Nothing of a story is on it."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from studio.publish.lan_server import ServerState, TokenHandler, TokenPage
from studio.services.shot_lists import SAVED_PAGE

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(slots=True)
class _ShotState(ServerState):
    """With the page."""

    page: str = ""


class ShotPage(TokenPage):
    """Serves a shot list.

    Args:
        page: its HTML (``services.shot_lists.shot_page``).
        host: as for ``TokenPage``.
        ended: called, in the server's thread, when it stopped by itself.
    """

    def __init__(self, page: str, *, host: str = "", ended: Callable[[], None] | None = None) -> None:
        super().__init__(_ShotHandler, _ShotState(page=page), host=host, ended=ended)


class _ShotHandler(TokenHandler):
    def do_HEAD(self) -> None:
        """See ``do_GET``, without the content."""
        self._answer(body=False)

    def do_GET(self) -> None:
        """The page, under the address itself and under the name it is kept by."""
        self._answer(body=True)

    def _answer(self, *, body: bool) -> None:
        rest, shared = self.allowed_path(), self.shared
        if rest is None or not isinstance(shared, _ShotState):
            return
        if rest in ([], [""], [SAVED_PAGE]):
            self.send_content(HTTPStatus.OK, "text/html", shared.page, body=body)
        else:
            self.answer_plain(HTTPStatus.NOT_FOUND)
