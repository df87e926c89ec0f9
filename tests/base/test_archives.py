from __future__ import annotations

import struct
import tracemalloc
import zipfile
import zlib

import pytest

from studio.base.archives import BadArchive, TooLarge, open_archive, read_member

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
