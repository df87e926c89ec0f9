"""Files on their way in from phones: pieces that are checked one by one, and kept only until the file is in its story.

A file is begun, its pieces come in order, then it is finished. Each piece brings its SHA-256; the root is the SHA-256
of those of all pieces, one after the other, so that a phone hashes what it sends once and neither a changed, nor a
missing, nor a displaced piece passes. A connection may break anywhere: the file goes on behind its last whole piece.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import shutil
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from studio.base.atomic_files import disk_error
from studio.base.errors import UserError
from studio.base.media_kinds import HEAD, NEARLY_PHOTOS, PHOTO_KINDS, kind_of, usual_ending
from studio.base.sizes import ByteCount
from studio.services.phone_file_names import safe_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PIECE = 1 << 20
"""Bytes of a piece: what a broken connection costs at most."""
_MOST = 200
"""Files that may be on their way at once."""
_SPARE = 50_000_000
"""Bytes that stay free for the stories themselves."""
_GONE = 120.0
"""Seconds without a piece after which nobody is waited for."""

UploadState = Literal["coming", "arrived", "added", "refused"]


@dataclass(frozen=True, slots=True)
class UploadView:
    """How far a file is: bytes in all and bytes here; ``told`` says why it was refused, or what of it to look at.

    ``check`` is the SHA-256 of the digests of the pieces that are here: a phone that goes on after a break sees by it
    whether it still has the same file.
    """

    id: str
    name: str
    size: int
    got: int
    state: UploadState
    told: str = ""
    check: str = ""


@dataclass(frozen=True, slots=True)
class ArrivedFile:
    """A whole file that waits to be taken into its story."""

    id: str
    path: Path


@dataclass(slots=True)
class _Upload:
    phone: str
    name: str
    size: int
    stamp: str
    path: Path
    touched: float
    state: UploadState = "coming"
    told: str = ""
    got: int = 0
    digests: bytearray = field(default_factory=bytearray)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def drop_file(self) -> None:
        """Keep nothing of it here."""
        shutil.rmtree(self.path.parent, ignore_errors=True)

    def forget(self) -> None:
        """Keep nothing of it, nor of a piece that another thread still holds."""
        self.state = "refused"
        self.drop_file()


class UploadShelf:
    """Takes files in. Every method may be called in any thread.

    Args:
        room: where files lie until they are in their story; emptied by whoever made it.
        clock: seconds.
    """

    def __init__(self, room: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._room = room
        self._clock = clock
        self._uploads: dict[str, _Upload] = {}
        self._lock = threading.Lock()

    def begin(self, phone: str, name: str, size: int, stamp: str, *, fresh: bool = False) -> UploadView:
        """Announce a file, or find how far it is already.

        Args:
            phone: which one, by a name it has given itself.
            name: as the phone calls it; only a label.
            size: bytes.
            stamp: what else tells files of one name and size apart (when it was changed).
            fresh: begin again, whatever is here of it.

        Raises:
            UserError: empty, too many at once, or the disk has no room for it.
        """
        shown = safe_name(name)
        if size < 1:
            raise UserError("store.media_empty", file=shown)
        with self._lock:
            known = self._find(phone, name, size, stamp)
            if known is not None and fresh and self._uploads[known].state == "coming":
                self._uploads.pop(known).forget()
                known = None
            if known is None:
                self._need_place(shown, size)
                for refused in self._same_uploads(phone, name, size, stamp):
                    self._uploads.pop(refused).forget()
                known = secrets.token_hex(8)
                place = self._room / known / shown
                self._uploads[known] = _Upload(phone, name, size, stamp, place, self._clock())
            return _view(known, self._uploads[known])

    def _find(self, phone: str, name: str, size: int, stamp: str) -> str | None:
        # What was refused may be tried again: the disk has room by now, the story is back from the bin.
        found = (key for key in self._same_uploads(phone, name, size, stamp) if self._uploads[key].state != "refused")
        return next(found, None)

    def _same_uploads(self, *wanted: str | int) -> list[str]:
        return [key for key, one in self._uploads.items() if (one.phone, one.name, one.size, one.stamp) == wanted]

    def _need_place(self, name: str, size: int) -> None:
        coming = [one for one in self._uploads.values() if one.state in {"coming", "arrived"}]
        if len(coming) >= _MOST:
            raise UserError("phone_in.too_many", most=_MOST)
        # A file lies here and in its story for a moment.
        need = 2 * size + _SPARE + sum(2 * one.size - one.got for one in coming)
        try:
            free = shutil.disk_usage(self._room).free
        except OSError as error:
            raise disk_error(error, self._room / name) from error
        if need > free:
            raise UserError("error.disk_full", place=str(self._room), need=ByteCount(need), free=ByteCount(free))

    def take_piece(self, key: str, number: int, data: bytes, digest: str) -> UploadView:
        """Take a piece; how far the file is then says whether it was.

        A piece that was damaged on its way, is not the next one, or is here already changes nothing: the phone goes on
        at ``got``.

        Args:
            key: ``UploadView.id``.
            number: from 0.
            data: ``PIECE`` bytes, the last one as many as are left.
            digest: SHA-256 of ``data``, 64 hex digits.

        Raises:
            UserError: no such file, no photo, clip or sound by its content, or the disk refuses.
        """
        one = self._known(key)
        found = hashlib.sha256(data)
        with one.lock:
            one.touched = self._clock()
            # An empty piece behind a whole file would change its root.
            wanted = 0 < len(data) == min(PIECE, one.size - one.got) and number * PIECE == one.got
            whole = hmac.compare_digest(found.hexdigest(), digest.lower())
            if wanted and whole and one.state == "coming":
                if number == 0:
                    self._judge_kind(one, data)
                self._write(one, data)
                # Kept instead of the data: the root of ten gigabytes is worked out of 32 bytes a piece.
                one.digests += found.digest()
            return _view(key, one)

    def _judge_kind(self, one: _Upload, data: bytes) -> None:
        """Refuse now what would be refused after an hour.

        Raises:
            UserError: what the intake says of such a file.
        """
        kind = kind_of(data[:HEAD])
        one.path = one.path.with_name(safe_name(one.name, usual_ending(data[:HEAD])))
        if kind not in PHOTO_KINDS and kind != "video":
            one.state = "refused"
            code = f"photo.{kind}" if kind in NEARLY_PHOTOS else "phone_in.kind"
            raise UserError(code, file=one.path.name)

    def _write(self, one: _Upload, data: bytes) -> None:
        try:
            one.path.parent.mkdir(exist_ok=True)
            with one.path.open("r+b" if one.got else "wb") as file:
                # Half a piece may stand there, from when the disk was full.
                file.truncate(one.got)
                file.seek(one.got)
                file.write(data)
        except OSError as error:
            raise disk_error(error, one.path, one.size - one.got) from error
        one.got += len(data)

    def finish(self, key: str, root: str) -> tuple[UploadView, ArrivedFile | None]:
        """Say that all is sent; the file, the first time this is so.

        Args:
            key: ``UploadView.id``.
            root: SHA-256 of the digests of all pieces, 64 hex digits.

        Raises:
            UserError: no such file, or it is another one than the phone has: it is begun again.
        """
        one = self._known(key)
        with one.lock:
            one.touched = self._clock()
            if one.state != "coming" or one.got < one.size:
                return _view(key, one), None
            if not hmac.compare_digest(hashlib.sha256(one.digests).hexdigest(), root.lower()):
                # Begun again from nothing: which of its pieces is the wrong one cannot be told from the root.
                one.got, one.digests = 0, bytearray()
                one.drop_file()
                raise UserError("phone_in.changed", file=one.path.name)
            one.state = "arrived"
            return _view(key, one), ArrivedFile(key, one.path)

    def cancel(self, key: str) -> None:
        """Forget a file that is on its way; nothing of it is kept.

        Raises:
            UserError: no such file.
        """
        one = self._known(key)
        with one.lock:
            if one.state == "coming":
                with self._lock:
                    self._uploads.pop(key, None)
                one.forget()

    def note_outcome(self, key: str, refused: str = "", notice: str = "") -> None:
        """Note that a file is in its story (``notice``: what of it to look at), or why not; here it is not kept."""
        one = self._known(key)
        with one.lock:
            one.state, one.told = ("refused", refused) if refused else ("added", notice)
            one.drop_file()

    def files(self, phone: str = "") -> tuple[UploadView, ...]:
        """All files in the order they were begun, or those of one phone."""
        with self._lock:
            return tuple(_view(key, one) for key, one in self._uploads.items() if phone in {"", one.phone})

    @property
    def busy(self) -> bool:
        """Whether something is on its way that somebody still sends."""
        now = self._clock()
        with self._lock:
            found = list(self._uploads.values())
        return any(one.state == "arrived" or (one.state == "coming" and now - one.touched < _GONE) for one in found)

    def _known(self, key: str) -> _Upload:
        with self._lock:
            if key not in self._uploads:
                raise UserError("phone_in.unknown")
            return self._uploads[key]


def _view(key: str, one: _Upload) -> UploadView:
    check = hashlib.sha256(one.digests).hexdigest()
    return UploadView(key, one.path.name, one.size, one.got, one.state, one.told, check)
