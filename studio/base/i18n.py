"""Texts in Indonesian and English, from ``assets/messages/*.toml``.

Each package keeps its texts in a file of its own::

    # assets/messages/photo.toml
    ["photo.truncated"]
    id = "Foto {file} terpotong ..."
    en = "The photo {file} is cut short ..."

Every code has both languages, with the same placeholders (a test holds this). Where a number decides the form of
words, the placeholder has two forms, for one and for any other number, in which ``#`` stands for the number::

    en = "{count:# finding is|# findings are} ignored."

Indonesian has one form for all numbers and needs none of this.
"""

from __future__ import annotations

import os
import string
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from studio.base.errors import UserError
from studio.base.locale_forms import decimal_text, number_text, plural_form, short_day
from studio.base.message_shelf import fill_shelf, keep_shelves, read_shelf
from studio.base.sizes import ByteCount, size_text
from studio.base.timecode import ClipTime, timecode_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from studio.base.errors import WorkNotice
    from studio.base.locale_forms import Language
    from studio.base.message_shelf import MessageShelf


def language_from_environment(environ: Mapping[str, str] | None = None) -> Language:
    """The interface language: Indonesian, unless LC_ALL, LC_MESSAGES or LANG asks for English.

    The first of the three that is set decides (POSIX, "Internationalization Variables"). ``C`` is not a wish.
    """
    env = os.environ if environ is None else environ
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := env.get(name, ""):
            return "en" if value.lower().startswith("en") else "id"
    return "id"


class _ForgivingFormatter(string.Formatter):
    """Leaves a placeholder without a fact as it stands: a poor message is better than a crash in the messenger."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def get_value(self, key: int | str, args: object, kwargs: Mapping[str, object]) -> object:
        return kwargs.get(str(key), "{" + str(key) + "}")

    def format_field(self, value: object, format_spec: str) -> str:
        """A fact as text; with two forms in its specification, the one that goes with the number."""
        if isinstance(value, ByteCount):
            return size_text(value, self._language)
        if isinstance(value, ClipTime):
            return timecode_text(value, self._language)
        if isinstance(value, date) and not format_spec:
            return short_day(value, self._language, year=True)
        if isinstance(value, float) and not format_spec:
            return decimal_text(str(value), self._language)
        one, bar, other = format_spec.partition("|")
        if not bar:
            return str(super().format_field(value, format_spec))
        form = plural_form(1, self._language) if str(value) == "1" else "other"
        number = number_text(value, self._language) if isinstance(value, int) else self.format_field(value, "")
        return (one if form == "one" else other).replace("#", number)


class MessageTexts:
    """The texts of one language. Read from disk when the first one is asked for.

    Args:
        folder: ``assets/messages``.
        language: ``"id"`` or ``"en"``.
        cache: file that may keep all texts in a form that is read ten times faster, for the window; None keeps nothing.
    """

    def __init__(self, folder: Path, language: Language = "id", cache: Path | None = None) -> None:
        self._folder = folder
        self._cache = cache
        self.language: Language = language

    @cached_property
    def _shelf(self) -> MessageShelf:
        return self._read_shelf(self.language)

    def _read_shelf(self, language: Language) -> MessageShelf:
        files = [(path, path.stat()) for path in sorted(self._folder.glob("*.toml"))]
        stamp = [[path.name, facts.st_mtime_ns, facts.st_size] for path, facts in files]
        # The stamp holds name, time and size of every file, so a cache of another version or of edited texts is never
        # used.
        if self._cache and (kept := read_shelf(self._cache, stamp, language)):
            return kept
        catalog: dict[str, dict[str, str]] = {}
        for path, facts in files:
            catalog.update(_parse_messages(path, facts.st_mtime_ns, facts.st_size))
        if self._cache:
            keep_shelves(self._cache, stamp, catalog)
            _parse_messages.cache_clear()  # 3 MB; the other language is in the cache from now on
        return fill_shelf((code, entry[language]) for code, entry in catalog.items())

    def text(self, code: str, **facts: object) -> str:
        """The text for ``code`` with its placeholders filled; the code itself where there is no such text."""
        facts = {name: self.explain(fact) if isinstance(fact, UserError) else fact for name, fact in facts.items()}
        if "outlet" in facts:
            facts["outlet"] = self.outlet_name(str(facts["outlet"]))
        text = self._shelf.find(code)
        if text is None:
            return f"{code} {facts}" if facts else code
        # Most labels have no placeholder; parsing them was a tenth of what drawing a preview costs.
        return _ForgivingFormatter(self.language).vformat(text, (), facts) if "{" in text or "}" in text else text

    def outlet_name(self, name: str) -> str:
        """An outlet in this language, where it is one of the studio's, whose packs name it in Indonesian."""
        return self._outlet_names.get(name, name)

    @cached_property
    def _outlet_names(self) -> dict[str, str]:
        if self.language == "id":
            return {}
        here = self._shelf.subject("outlet")
        return {name: here[code] for code, name in self._read_shelf("id").subject("outlet").items()}

    def explain(self, trouble: UserError | WorkNotice) -> str:
        """What happened, to which file and what to do now, in the user's language."""
        return self.text(trouble.code, **trouble.facts)

    def has_text(self, code: str) -> bool:
        """Whether there is a text for this code."""
        return self._shelf.find(code) is not None

    def codes_of(self, subject: str) -> tuple[str, ...]:
        """The codes of a subject, such as ``qt`` for ``qt.OK``, that have a text."""
        return tuple(self._shelf.subject(subject))

    def codes(self) -> frozenset[str]:
        """All codes that have a text; a window asks ``has_text``, which takes fewer texts into memory."""
        return self._shelf.codes()


@lru_cache(maxsize=64)
def _parse_messages(path: Path, changed_ns: int, size: int) -> dict[str, dict[str, str]]:
    """The messages of one file; of a file that is as it was (``changed_ns``, ``size``) those that were read before.

    Reading them all takes 0.1 s, and one process asks again for each language, window and command.
    """
    import tomllib

    return tomllib.loads(path.read_text(encoding="utf-8"))
