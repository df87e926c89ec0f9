"""The kinds of files the studio meets: the one table of their endings, their names on the web, and what they are for.

An ending is only a first guess: what a file really is, ``media_kinds`` asks its content.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import PurePath
from typing import Literal

MediaUse = Literal[
    "photo", "video", "sound", "picture", "subtitle", "draft", "chat", "package", "post", "pack", "district", "data"
]
"""What files are taken for: ``picture`` is a logo or a part of a template pack's art, ``post`` is passed to a phone
or a website, ``pack`` may lie in a template pack (no fonts and no programs: a broken font can crash one), ``data`` in
a data pack."""


@dataclass(frozen=True, slots=True)
class MediaType:
    """One format.

    Attributes:
        name: IANA media type.
        suffixes: endings in lower case, the usual one first.
        uses: what such files are taken for.
        packed: compressed already; deflating it costs time and saves nothing.
    """

    name: str
    suffixes: tuple[str, ...]
    uses: frozenset[MediaUse]
    packed: bool = True


def _type_row(name: str, suffixes: str, *uses: MediaUse, packed: bool = True) -> MediaType:
    return MediaType(name, tuple(f".{suffix}" for suffix in suffixes.split()), frozenset(uses), packed)


TABLE: tuple[MediaType, ...] = (
    _type_row("image/jpeg", "jpg jpeg jfif jpe", "photo", "picture", "post", "pack"),
    _type_row("image/mpo", "mpo", "photo"),
    _type_row("image/png", "png", "photo", "picture", "post", "pack"),
    _type_row("image/webp", "webp", "photo", "picture", "post", "pack"),
    _type_row("image/heic", "heic heif hif", "photo"),
    _type_row("image/avif", "avif", "photo"),
    _type_row("image/tiff", "tif tiff", "photo", packed=False),
    _type_row("image/bmp", "bmp", "photo", packed=False),
    _type_row("image/gif", "gif", "photo"),
    _type_row("image/svg+xml", "svg", "picture", "pack", "data", packed=False),
    _type_row("video/mp4", "mp4", "video", "sound", "post"),
    _type_row("video/quicktime", "mov", "video"),
    _type_row("video/x-m4v", "m4v", "video"),
    _type_row("video/3gpp", "3gp", "video", "sound"),
    _type_row("video/x-matroska", "mkv", "video"),
    _type_row("video/webm", "webm", "video"),
    _type_row("video/x-msvideo", "avi", "video"),
    _type_row("video/x-flv", "flv", "video"),
    _type_row("video/ogg", "ogv", "video"),
    _type_row("video/3gpp2", "3g2", "video", "sound"),
    _type_row("video/mp2t", "mts m2ts ts", "video"),
    _type_row("video/mpeg", "mpg mpeg vob", "video"),
    _type_row("video/x-ms-wmv", "wmv asf", "video"),
    _type_row("audio/mp4", "m4a m4b", "sound"),
    _type_row("audio/mpeg", "mp3", "sound"),
    _type_row("audio/wav", "wav", "sound", packed=False),
    _type_row("audio/ogg", "ogg opus oga", "sound"),
    _type_row("audio/webm", "weba", "sound"),
    _type_row("audio/aac", "aac", "sound"),
    _type_row("audio/amr", "amr awb", "sound"),
    _type_row("audio/3gpp", "3ga", "sound"),  # recorders of Samsung
    _type_row("audio/x-ms-wma", "wma", "sound"),
    _type_row("audio/aiff", "aiff aif aifc", "sound", packed=False),
    _type_row("audio/x-caf", "caf", "sound"),
    _type_row("audio/basic", "au snd", "sound", packed=False),
    _type_row("audio/x-matroska", "mka", "sound"),
    _type_row("audio/flac", "flac", "sound"),
    _type_row("application/x-subrip", "srt", "subtitle", packed=False),
    _type_row("text/vtt", "vtt", "subtitle", packed=False),
    _type_row("text/markdown", "md", "draft", "pack", "data", packed=False),
    _type_row("text/plain", "txt", "draft", "chat", "post", "pack", "district", "data", packed=False),
    _type_row("application/json", "json", "district", packed=False),
    _type_row("text/csv", "csv", "district", "data", packed=False),
    _type_row("text/tab-separated-values", "tsv", "data", packed=False),
    _type_row("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx", "draft"),
    _type_row("application/zip", "zip", "chat", "post", "district"),
    _type_row("application/x-kim-studio", "kim", "package"),
    _type_row("application/pdf", "pdf", "post"),
    _type_row("application/toml", "toml", "pack", "data", packed=False),
    _type_row("text/x-jinja", "j2", "pack", packed=False),
)
UNKNOWN = "application/octet-stream"


@cache
def _by_suffix() -> dict[str, MediaType]:
    return {suffix: row for row in TABLE for suffix in row.suffixes}


def media_type(file: PurePath | str) -> MediaType | None:
    """The row of a file by its ending; None for an ending that is not in the table."""
    return _by_suffix().get(PurePath(file).suffix.lower())


def media_name(file: PurePath | str) -> str:
    """``image/jpeg``; ``application/octet-stream`` for an ending that is not in the table."""
    row = media_type(file)
    return row.name if row else UNKNOWN


def is_used_as(file: PurePath | str, use: MediaUse) -> bool:
    """Whether a file of this ending can be used so."""
    row = media_type(file)
    return row is not None and use in row.uses


def is_packed(file: PurePath | str) -> bool:
    """Whether a file is compressed already, by its ending."""
    row = media_type(file)
    return row is not None and row.packed


@cache
def suffixes_for(use: MediaUse) -> tuple[str, ...]:
    """All endings that are taken for something, in the order of the table."""
    return tuple(suffix for row in TABLE if use in row.uses for suffix in row.suffixes)


def suffix_of(name: str) -> str:
    """The usual ending of a media type; "" for one that is not in the table."""
    return next((row.suffixes[0] for row in TABLE if row.name == name), "")
