"""Qt's own texts in Indonesian: Qt ships no translation for it (docs/decisions/own-qt-texts.md).

The texts are in ``assets/messages/qt.toml`` under ``"qt.<English text>"``. They are handed to Qt as a compiled
message file made in memory: Qt asks its translators in every thread and while it holds locks of its own (each plugin
that looks at a picture asks for its error texts), so no Python may answer. A ``translate`` in Python waits for the
interpreter there, whoever has the interpreter waits for Qt's lock, and the window stands still for ever.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTranslator

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from studio.base.i18n import MessageTexts

_PREFIX = "qt."
_AS_WRITTEN = ("QShortcut",)
"""Contexts that stay English: keys are called what stands on them."""
# The format of a compiled message file: Qt 6, qttools/src/linguist/shared/qm.cpp and qtbase/.../kernel/qtranslator.cpp.
_MAGIC = bytes.fromhex("3cb86418caef9c95cd211cbf60a1bddd")
_HASHES, _MESSAGES = 0x42, 0x69
_END, _TRANSLATION, _SOURCE, _CONTEXT = 1, 3, 6, 7


class QtTexts:
    """What Qt itself says, in the user's language: buttons of dialogs, context menus, the file dialog.

    Args:
        texts: where the translations stand.
    """

    def __init__(self, texts: MessageTexts) -> None:
        self._translator = QTranslator()
        known = texts.codes_of(_PREFIX.removesuffix("."))
        self._data = compiled_messages({code.removeprefix(_PREFIX): texts.text(code) for code in known})
        self._translator.load(self._data)  # reads from these bytes for as long as it lives

    def install(self, app: QCoreApplication) -> None:
        """From now on Qt speaks that language. In the main thread."""
        app.installTranslator(self._translator)
        # PySide looks for a ``translate`` in Python at the first question, and only then: it must not be a worker's.
        QCoreApplication.translate("QDialogButtonBox", "OK")

    def remove(self, app: QCoreApplication) -> None:
        """Qt speaks English again. In the main thread."""
        app.removeTranslator(self._translator)


def compiled_messages(translations: Mapping[str, str]) -> bytes:
    """A compiled message file (.qm) that translates a text wherever Qt says it, except for the names of keys.

    Args:
        translations: Qt's English text -> what to say instead; ``%n`` is filled in by Qt.
    """
    index: list[tuple[int, int]] = []
    messages = bytearray()
    for source, translation in translations.items():
        for context in _AS_WRITTEN:  # of several messages for a text Qt takes the first whose context fits
            index.append((_elf_hash(source.encode()), len(messages)))
            messages += _message(source, source, context)
        index.append((_elf_hash(source.encode()), len(messages)))
        messages += _message(source, translation)
    hashes = b"".join(struct.pack(">II", *entry) for entry in sorted(index))
    return _MAGIC + b"".join(_sections(((_HASHES, hashes), (_MESSAGES, bytes(messages)))))


def _sections(parts: Iterable[tuple[int, bytes]]) -> Iterable[bytes]:
    for tag, data in parts:
        yield struct.pack(">BI", tag, len(data)) + data


def _message(source: str, translation: str, context: str = "") -> bytes:
    """One message; without a context it fits every one."""
    fields = [(_TRANSLATION, translation.encode("utf-16-be")), (_SOURCE, source.encode())]
    if context:
        fields.append((_CONTEXT, context.encode()))
    return b"".join(struct.pack(">BI", tag, len(data)) + data for tag, data in fields) + bytes((_END,))


def _elf_hash(text: bytes) -> int:
    """The hash by which Qt looks a text up (System V ABI, ELF; 0 counts as 1)."""
    value = 0
    for byte in text:
        value = (value << 4) + byte
        value ^= (value & 0xF0000000) >> 24
        value &= 0x0FFFFFFF
    return value or 1
