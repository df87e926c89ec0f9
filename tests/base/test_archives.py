from __future__ import annotations

import struct
import tracemalloc
import zipfile
import zlib

import pytest

from studio.base.archives import BadArchive, TooLarge, TooMany, open_archive, read_member

NAME = "isi.txt"


def written(path, data, method=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr(NAME, data)
    return path


def lying(path, data, said):
    """An archive whose file says it unpacks to ``said`` bytes, in both headers."""
    written(path, data)
    raw = bytearray(path.read_bytes())
    central = raw.rindex(b"PK\x01\x02")
    struct.pack_into("<I", raw, 22, said)
    struct.pack_into("<I", raw, central + 24, said)
    path.write_bytes(raw)
    return path


def read(path, limit=1_000_000):
    with open_archive(path) as archive:
        return read_member(archive, NAME, limit)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_what_everybody_writes_is_read(tmp_path, method):
    assert read(written(tmp_path / "a.zip", b"kabar" * 1000, method)) == b"kabar" * 1000


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_what_unpacks_without_bound_is_not_opened(tmp_path, method):
    with pytest.raises(BadArchive):
        open_archive(written(tmp_path / "a.zip", bytes(1000), method))


@pytest.mark.parametrize("said", [10, 2_000_000, 4_000_000_000])
def test_sizes_that_lie_cost_no_memory(tmp_path, said):
    path = lying(tmp_path / "a.zip", bytes(300_000_000), said)
    assert path.stat().st_size < 400_000
    tracemalloc.start()
    try:
        with pytest.raises(BadArchive):
            read(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 20_000_000


@pytest.mark.parametrize("long_form", [False, True])
def test_a_list_of_half_a_million_files_is_not_read(tmp_path, long_form):
    path, count, name = tmp_path / "a.zip", 500_000, b"a.json"
    entry = struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 0, 0, 0, 0, 2, 2, len(name), 0, 0, 0, 0, 0, 0) + name
    size, few = count * len(entry), 0xFFFF
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, few, few, 0xFFFFFFFF if long_form else size, 0, 0)
    if long_form:
        end = struct.pack("<4sQ2H2I4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, 0) + (
            struct.pack("<4sIQI", b"PK\6\7", 0, size, 1) + end
        )
    path.write_bytes(entry * count + end)
    tracemalloc.start()
    try:
        with pytest.raises(TooMany):
            open_archive(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 5_000_000


def test_more_than_the_limit_is_too_large(tmp_path):
    assert read(written(tmp_path / "a.zip", bytes(1000)), 1000) == bytes(1000)
    with pytest.raises(TooLarge):
        read(written(tmp_path / "b.zip", bytes(1001)), 1000)


def damaged(good):
    """The archive with each of its bytes turned round in one copy, and cut at each length."""
    for at in range(len(good)):
        yield good[:at] + bytes([good[at] ^ 0xFF]) + good[at + 1 :]
        yield good[:at]


def test_every_damage_is_told_as_one_kind(tmp_path):
    good = written(tmp_path / "a.zip", zlib.compress(b"kabar desa " * 20)).read_bytes()
    told = 0
    for data in damaged(good):
        (tmp_path / "b.zip").write_bytes(data)
        try:
            read(tmp_path / "b.zip")
        except BadArchive:
            told += 1
    assert told > len(good)
