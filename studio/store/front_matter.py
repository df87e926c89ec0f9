"""The text of a draft file: bytes to characters, the YAML head cut off and read into nodes that know their line."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from studio.base.errors import UserError, WorkNotice
from studio.story.text import HIDDEN_DIRECTION

if TYPE_CHECKING:
    from pathlib import Path

_LONGEST = 5_000_000
"""Bytes; a story is about 10 kB, so anything near this is not a draft."""
_DEEPEST = 40
"""Lists in lists, at most: a cover of a photo is four deep."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_TROUBLE = (
    ("mapping values are not allowed", "store.draft_colon"),
    ("'\\t'", "store.draft_tab"),
    ("cannot start any token", "store.draft_sign"),
    ("quoted scalar", "store.draft_quote"),
    ("flow ", "store.draft_bracket"),
)
"""Words in the YAML reader's complaint -> the text that tells a volunteer what to do."""


class _ShallowLoader(yaml.SafeLoader):
    """Refuses a head that is nested deeper than any draft is: composing it would go on until the stack is used up."""

    _depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self._depth >= _DEEPEST:
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call] # the stubs leave it out
            raise yaml.composer.ComposerError(None, None, "nested too deep", mark)
        self._depth += 1
        try:
            return super().compose_node(parent, index)
        finally:
            self._depth -= 1


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A draft taken apart. ``head`` is None when there is no front matter or it is empty.

    ``offset`` is added to a line of the head (from 0) to give the line in the file (from 1).
    """

    file: str
    head: yaml.Node | None
    present: bool
    offset: int
    body: str
    notices: tuple[WorkNotice, ...]


def read_front_matter(path: Path) -> FrontMatter:
    """Read a draft as far as its structure.

    Raises:
        UserError: the file is missing, no text, or its head is not closed or not YAML; with the line.
    """
    text, notices = _read_text(path)
    lines = text.split("\n")
    start = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if lines[start].rstrip() != "---":
        return FrontMatter(path.name, None, present=False, offset=0, body=_body_text(lines), notices=notices)
    end = next((number for number in range(start + 1, len(lines)) if lines[number].rstrip() in {"---", "..."}), None)
    if end is None:
        raise UserError("store.draft_unclosed", file=path.name, line=start + 1)
    head = _compose_head("\n".join(lines[start + 1 : end]), path.name, start + 2)
    return FrontMatter(
        path.name, head, present=True, offset=start + 2, body=_body_text(lines[end + 1 :]), notices=notices
    )


def _body_text(lines: list[str]) -> str:
    return without_controls("\n".join(lines)).strip("\n").rstrip()


def without_controls(text: str) -> str:
    """The text without control characters other than line ends and tabs (YAML makes some of a backslash in quotes)."""
    return _CONTROL.sub("", HIDDEN_DIRECTION.sub("", text))


def _read_text(path: Path) -> tuple[str, tuple[WorkNotice, ...]]:
    data = _read_bytes(path)
    text, notices = _decode_text(data, path.name)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text), notices


def _read_bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UserError("store.draft_folder", file=str(path))
        if not path.exists():
            raise UserError("store.draft_missing", file=str(path))
        if not path.is_file():
            raise UserError("store.draft_binary", file=path.name)
        if path.stat().st_size > _LONGEST:
            raise UserError("store.draft_long", file=path.name)
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise UserError("store.draft_missing", file=str(path)) from error
    if not data.strip():
        raise UserError("store.draft_empty", file=path.name)
    return data


def _decode_text(data: bytes, file: str) -> tuple[str, tuple[WorkNotice, ...]]:
    """UTF-8, UTF-16 with its mark, else what old Windows programs write (cp1252), with a notice."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decode_strictly(data, "utf-16", file), ()
    if b"\0" in data:
        raise UserError("store.draft_binary", file=file)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _decode_strictly(data, "cp1252", file), (WorkNotice("store.draft_old_encoding", {"file": file}),)


def _decode_strictly(data: bytes, encoding: str, file: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UserError("store.draft_encoding", file=file) from error


def _compose_head(head: str, file: str, offset: int) -> yaml.Node | None:
    try:
        node: yaml.Node | None = yaml.compose(head, Loader=_ShallowLoader)
    except yaml.MarkedYAMLError as error:
        raise _yaml_complaint(error, file, offset) from error
    except yaml.reader.ReaderError as error:
        line = head.count("\n", 0, error.position) + offset
        raise UserError("store.draft_control", file=file, line=line) from error
    return node


def _yaml_complaint(error: yaml.MarkedYAMLError, file: str, offset: int) -> UserError:
    said = f"{error.context} {error.problem}"
    code = next((code for words, code in _TROUBLE if words in said), "store.draft_yaml")
    mark = error.problem_mark
    if code in {"store.draft_quote", "store.draft_bracket"}:
        mark = error.context_mark or mark  # where the quote or bracket was opened
    return UserError(code, file=file, line=(mark.line if mark else 0) + offset)
