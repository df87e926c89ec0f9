"""A chat exported from WhatsApp: the messages worth a story, each with its picture, without what the app adds.

Android writes ``30/08/25 18.00 - Nama: ...``, iOS ``[30/08/25 18.00.12] Nama: ...``; the export is a text, or a ZIP
that holds it with the media. Lines of the system, numbers of people and remarks about media skipped do not come in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from studio.base.archives import BadArchive, TooLarge, open_archive, read_member
from studio.base.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_TEXT_BYTES = 20_000_000
MOST_MEDIA_BYTES = 500_000_000
_DAY = r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}[/.-]\d{1,2}[/.-]\d{1,2})"
_HOUR = r"\d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?"
_LINE = re.compile(rf"^[\u200e\u200f\ufeff]*(?:({_DAY}),? ({_HOUR}) [-–] |\[({_DAY}),? ({_HOUR})\] )(.*)$")
_SENDER = re.compile(r"([^:\n]{1,80}?): ?(.*)", re.DOTALL)
_FILE = re.compile(
    r"[\u200e]*(?:<(?:terlampir|attached): ?([^>]+)>|(\S[^\n]*?\.\w{2,5}) \((?:file terlampir"
    r"|berkas terlampir|file attached)\))"
)
_LEFT_OUT = re.compile(
    r"[\u200e]*(?:<(?:Media tidak disertakan|Media omitted)>|(?:gambar|video|audio|stiker|dokumen|GIF"
    r"|kontak) tidak disertakan"
    r"|(?:image|video|audio|sticker|document|GIF|Contact card) omitted|<(?:Pesan ini diedit"
    r"|This message was edited)>)",
    re.IGNORECASE,
)
_DELETED = re.compile(
    r"[\u200e]*(?:Pesan ini (?:telah )?dihapus|Anda (?:telah )?menghapus pesan ini"
    r"|This message was deleted|You deleted this message"
    r"|(?:null|Menunggu pesan ini.*))\.?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[\u202a\u202c~ ]*\+?\d[\d\s()-]{7,}[\u202c ]*")
_MENTION = re.compile(r"@[\u2068]?\+?\d{8,}[\u2069]?")
_LEAST_LINES = 2
_HEAD_BYTES = 4000


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message: ``sender`` is "" for a bare number; ``files`` are names of media that came with it."""

    day: str
    hour: str
    sender: str
    text: str
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChatExport:
    """An export: ``path`` is the text or the ZIP."""

    path: Path
    messages: tuple[ChatMessage, ...]


def is_chat(path: Path) -> bool:
    """Whether a text or ZIP is an exported chat; False for whatever cannot be read."""
    try:
        if path.suffix.lower() == ".zip":
            with open_archive(path) as package:
                name = _text_name(package.namelist())
                return name is not None and _looks_like(read_member(package, name, MOST_TEXT_BYTES)[:_HEAD_BYTES])
        with path.open("rb") as file:
            return _looks_like(file.read(_HEAD_BYTES))
    except (OSError, BadArchive):
        return False


def _looks_like(head: bytes) -> bool:
    lines = head.decode("utf-8", "ignore").splitlines()
    # Two lines that begin like messages: one alone may be a note with a date, unless it is all there is.
    return sum(_LINE.match(line) is not None for line in lines) >= _LEAST_LINES or (
        len(lines) == 1 and _LINE.match(lines[0]) is not None
    )


def _text_name(names: Iterable[str]) -> str | None:
    texts = [name for name in names if name.lower().endswith(".txt")]
    # The name that iOS gives; on Android the text is named after the chat.
    return next((name for name in texts if name.lower().endswith("_chat.txt")), texts[0] if texts else None)


def read_chat(path: Path) -> ChatExport:
    """Read an export.

    Raises:
        UserError: it cannot be read, is damaged or too large; names the file.
    """
    try:
        if path.suffix.lower() == ".zip":
            with open_archive(path) as package:
                names = {PurePosixPath(name).name for name in package.namelist()}
                data = read_member(package, _text_name(package.namelist()) or "", MOST_TEXT_BYTES)
        else:
            if path.stat().st_size > MOST_TEXT_BYTES:
                raise TooLarge(path.name)
            data = path.read_bytes()
            names = {file.name for file in path.parent.iterdir() if file.is_file()}
    except TooLarge as error:
        raise UserError("store.import_too_large", file=path.name) from error
    except BadArchive as error:
        raise UserError("store.chat_damaged", file=path.name) from error
    except OSError as error:
        raise UserError("store.import_unreadable", file=path.name) from error
    text = data.decode("utf-8-sig", "replace")
    return ChatExport(path, tuple(_chat_message(*parts, names) for parts in _split_messages(text) if _is_worth(parts)))


def _split_messages(text: str) -> Iterator[tuple[str, str, str, str]]:
    """Day, hour, sender and words of every message; a line without a time belongs to the one before."""
    now: list[str] | None = None
    for line in text.splitlines():
        found = _LINE.match(line)
        if found is None:
            if now is not None:
                now[3] += f"\n{line}"
            continue
        if now is not None:
            yield now[0], now[1], now[2], now[3]
        said = _SENDER.fullmatch(found[5])
        # Without a sender the app itself speaks: a member joined, a number changed, all is encrypted.
        now = [found[1] or found[3], found[2] or found[4], said[1], said[2]] if said else None
    if now is not None:
        yield now[0], now[1], now[2], now[3]


def _is_worth(parts: tuple[str, str, str, str]) -> bool:
    words = parts[3]
    if _DELETED.fullmatch(words.strip()):
        return False
    if words.startswith("\u200e") and not _FILE.match(words):
        return False  # iOS marks what the app says with an invisible sign
    return bool(_clean_words(words) or _FILE.search(words))


def _chat_message(day: str, hour: str, sender: str, words: str, names: set[str]) -> ChatMessage:
    files = tuple(name for found in _FILE.finditer(words) if (name := (found[1] or found[2]).strip()) in names)
    told = "" if _NUMBER.fullmatch(sender) else sender.strip("~ \u202a\u202c\u200e")
    return ChatMessage(day, hour, told, _clean_words(words), files)


def _clean_words(words: str) -> str:
    for pattern in (_FILE, _LEFT_OUT, _MENTION):
        words = pattern.sub("", words)
    return "\n".join(" ".join(line.split(" ")).rstrip() for line in words.replace("\u200e", "").splitlines()).strip()


def take_media(chat: ChatExport, names: Iterable[str], folder: Path) -> tuple[Path, ...]:
    """Put media of an export into a folder, under their own names; what is not there is skipped.

    Raises:
        UserError: the export is damaged, or its media are too large together.
    """
    wanted = list(dict.fromkeys(names))
    if chat.path.suffix.lower() != ".zip":
        return tuple(file for name in wanted if (file := chat.path.parent / name).is_file())
    taken: list[Path] = []
    left = MOST_MEDIA_BYTES
    try:
        with open_archive(chat.path) as package:
            inside = {PurePosixPath(name).name: name for name in package.namelist()}
            for name in wanted:
                # Names come from the text of the chat: "../x.jpg" must not be written outside of the folder.
                if name not in inside or Path(name).name != name:
                    continue
                data = read_member(package, inside[name], left)
                left -= len(data)
                (folder / name).write_bytes(data)
                taken.append(folder / name)
    except TooLarge as error:
        raise UserError("store.import_too_large", file=chat.path.name) from error
    except BadArchive as error:
        raise UserError("store.chat_damaged", file=chat.path.name) from error
    return tuple(taken)
