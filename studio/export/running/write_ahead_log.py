"""What is about to get its final name: so that a file finished in the very moment of a power cut is not made twice.

The journal is written after a file has its name. A run killed between the two would find a complete file that nobody
knows. So every maker first notes here what the finished file is (hash, size, key), then renames. The next run
compares: what lies there and has the noted hash goes into the journal, anything else is made again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from studio.base.atomic_files import append_durably
from studio.base.errors import UserError, WorkNotice
from studio.base.finished_files import file_digest, path_inside
from studio.base.json_text import decode_json
from studio.export.running.export_manifest import (
    JOURNAL,
    ManifestEntry,
    append_journal,
    read_journal,
    read_manifest,
    warning_texts,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.export.planning.export_tasks import MadeFile

INTENTS = ".manifest.intents"


class _FileIntent(msgspec.Struct, frozen=True):
    """A finished file that is about to be renamed, and its notices (code and facts)."""

    entry: ManifestEntry
    notices: tuple[tuple[str, dict[str, Any]], ...] = ()


def entry_of(made: MadeFile) -> ManifestEntry:
    """A finished file as it is in the manifest, without its warnings."""
    target = made.target
    return ManifestEntry(
        path=target.path,
        outlet=target.outlet,
        kind=target.kind,
        sha256=made.sha256,
        bytes=made.bytes,
        key=target.key,
        width=made.width,
        height=made.height,
        seconds=round(made.seconds, 3),
        length=target.length,
        limit=target.limit,
        count=target.count,
    )


def note_intent(out: Path, made: Iterable[MadeFile]) -> None:
    """Note files that are finished under their temporary names; call it before they are renamed.

    Args:
        out: the story's export folder.
        made: with hash and size of the temporary file. Several processes may note at the same time.

    Raises:
        OSError: the disk refuses.
    """
    lines = b"".join(
        # Facts may hold paths, for which JSON has no type; a message only needs their text.
        msgspec.json.encode(_FileIntent(entry_of(one), tuple((n.code, n.facts) for n in one.notices)), enc_hook=str)
        + b"\n"
        for one in made
    )
    append_durably(out / INTENTS, lines)


def settle_intents(out: Path, texts: MessageTexts) -> int:
    """Take into the journal what a killed run had finished but could not note any more.

    Args:
        out: the story's export folder; need not exist.
        texts: language of the warnings.

    Returns:
        How many files were found complete.
    """
    if not (out / INTENTS).exists():
        return 0
    known = {(e.path, e.key, e.sha256) for e in (*read_manifest(out).files, *read_journal(out))}
    # Of several for one file the last counts: it was made anew after an earlier run had been killed, too.
    intents = {intent.entry.path: intent for intent in _read_intents(out)}
    found = [
        msgspec.structs.replace(
            intent.entry, warnings=warning_texts((WorkNotice(code, facts) for code, facts in intent.notices), texts)
        )
        for intent in intents.values()
        if (intent.entry.path, intent.entry.key, intent.entry.sha256) not in known and _is_there(out, intent.entry)
    ]
    if found:
        # The journal first, then the intents go: killed between the two, the same is found once more and noted already.
        _end_line(out / JOURNAL)
        append_journal(out, found)
    (out / INTENTS).unlink(missing_ok=True)
    return len(found)


def _end_line(journal: Path) -> None:
    """A line cut short by the power cut must not swallow the next one."""
    if journal.exists() and not journal.read_bytes().endswith(b"\n"):
        with journal.open("ab") as handle:
            handle.write(b"\n")


def _read_intents(out: Path) -> Iterator[_FileIntent]:
    for line in (out / INTENTS).read_bytes().splitlines():
        try:
            yield decode_json(line, _FileIntent)
        except (UnicodeDecodeError, msgspec.MsgspecError):
            continue


def _is_there(out: Path, entry: ManifestEntry) -> bool:
    try:
        path = path_inside(out, entry.path)
        return path.stat().st_size == entry.bytes and file_digest(path)[0] == entry.sha256
    except (OSError, UserError):
        return False
