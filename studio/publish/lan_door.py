"""Where connections wait until their request is complete; none of them costs more than a socket."""

from __future__ import annotations

import contextlib
import selectors
import socket
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST_REQUEST = 8_192
"""Bytes of a request that are read; nothing is taken in with one."""
_MOST = 128
"""Connections that may wait; another one takes the place of the oldest."""
_PATIENCE = 15.0
"""Seconds a request may take to arrive."""
_AGAIN = 0.05
"""Seconds after which half a request is looked at again."""
_ENDS = (b"\r\n\r\n", b"\n\n", b"\n\r\n")


class WaitingConnections:
    """The connections of one server whose requests are not there yet; a context, which hangs up on all of them.

    Args:
        selector: the server waits on it.
    """

    def __init__(self, selector: selectors.BaseSelector) -> None:
        self._selector = selector
        self._since: dict[socket.socket, tuple[Any, float]] = {}
        self._half: list[socket.socket] = []

    def __enter__(self) -> WaitingConnections:
        return self

    def __exit__(self, *_: object) -> None:
        for request in list(self._since):
            self._drop_connection(request)
            _hang_up(request)

    def pause(self, longest: float) -> float:
        """How long to wait for news, in seconds."""
        return min(longest, _AGAIN) if self._half else longest

    def add_connection(self, request: socket.socket, address: Any) -> Iterator[socket.socket]:
        """Let a connection wait; who has to go for it."""
        request.setblocking(False)
        self._since[request] = (address, time.monotonic())
        self._selector.register(request, selectors.EVENT_READ)
        while len(self._since) > _MOST:
            # Dicts keep the order of insertion, so the first has waited longest.
            oldest = next(iter(self._since))
            self._drop_connection(oldest)
            yield oldest

    def complete_requests(self, ready: Sequence[object]) -> Iterator[tuple[socket.socket, Any]]:
        """The connections that can be answered now; who took too long, or went away, is hung up on.

        Args:
            ready: what the selector named.
        """
        looked_at = [one for one in (*ready, *self._half) if isinstance(one, socket.socket) and one in self._since]
        self._half = []
        for request in dict.fromkeys(looked_at):
            address, since = self._since[request]
            whole = _is_whole(request)
            if whole is None or (not whole and time.monotonic() - since > _PATIENCE):
                self._drop_connection(request)
                _hang_up(request)
            elif whole:
                self._drop_connection(request)
                request.setblocking(True)
                yield request, address
            else:  # it would be named at once again
                with contextlib.suppress(KeyError):
                    self._selector.unregister(request)
                self._half.append(request)
        self._hang_up_on_the_silent()

    def _hang_up_on_the_silent(self) -> None:
        now = time.monotonic()
        for request in [one for one, (_, since) in self._since.items() if now - since > _PATIENCE]:
            self._drop_connection(request)
            _hang_up(request)

    def _drop_connection(self, request: socket.socket) -> None:
        self._since.pop(request, None)
        with contextlib.suppress(KeyError, ValueError):
            self._selector.unregister(request)


def _is_whole(request: socket.socket) -> bool | None:
    """Whether a request can be read without waiting; None: nobody is there any more."""
    try:
        # Looked at without taking it: the handler's thread reads all of the request itself.
        seen = request.recv(LONGEST_REQUEST, socket.MSG_PEEK)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return (len(seen) >= LONGEST_REQUEST or any(end in seen for end in _ENDS)) if seen else None


def _hang_up(request: socket.socket) -> None:
    with contextlib.suppress(OSError):
        request.shutdown(socket.SHUT_WR)
    request.close()
