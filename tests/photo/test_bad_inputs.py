"""Whatever is dropped on the window: one clear refusal that names the file and what to do, never a crash or a hang."""

from __future__ import annotations

import os
import random
import struct
import zlib
from io import BytesIO

import pytest

from studio.base.errors import UserError
from studio.photo.opener import open_upright, probe_photo


def jpeg(size=(64, 48)):
    from PIL import Image

    out = BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def png(size=(64, 48), mode="RGB"):
    from PIL import Image

    out = BytesIO()
    Image.effect_noise(size, 80).convert(mode).save(out, "PNG")
    return out.getvalue()


def png_header(width, height):
    """A PNG that claims a size and holds a few bytes."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")


def jpeg_of_size(width, height):
    """A JPEG whose frame header claims another size."""
    data = bytearray(jpeg())
    at = data.index(b"\xff\xc0")
    struct.pack_into(">HH", data, at + 5, height, width)
    return bytes(data)


def webp():
    from PIL import Image

    out = BytesIO()
    Image.effect_noise((200, 200), 80).convert("RGB").save(out, "WEBP")
    return out.getvalue()


def avif():
    from PIL import Image

    out = BytesIO()
    Image.effect_noise((64, 64), 80).convert("RGB").save(out, "AVIF")
    return out.getvalue()


def tiff(first, second=None, linked=False):
    """A TIFF of one directory, and a second one at 60: each tag's type and value."""
    data = bytearray(b"II*\0" + struct.pack("<I", 8) + bytes(400))
    for at, tags in ((8, first), (60, second or {})):
        struct.pack_into("<H", data, at, len(tags))
        for number, (tag, (kind, value)) in enumerate(tags.items()):
            struct.pack_into("<HHII", data, at + 2 + 12 * number, tag, kind, 1, value)
    if linked:
        struct.pack_into("<I", data, 8 + 2 + 12 * len(first), 60)
    return bytes(data)


def iso(brand):
    return struct.pack(">I", 24) + b"ftyp" + brand + b"\0\0\2\0" + brand + b"mp41" + b"\0" * 400


BAD = {
    "empty": (b"", "photo.empty"),
    "one byte": (b"\xff", "photo.unknown"),
    "text": (b"Rapat desa hari Minggu", "photo.unknown"),
    "zeros": (bytes(5000), "photo.unknown"),
    "noise": (random.Random(1).randbytes(5000), "photo.unknown"),
    "web page": (b"\xef\xbb\xbf\n<!DOCTYPE html><html><body>404", "photo.web_page"),
    "svg": (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "photo.drawing"),
    "bare svg": (b"<svg/>", "photo.drawing"),
    "psd": (b"8BPS\0\1" + bytes(200), "photo.photoshop"),
    "eps": (b"%!PS-Adobe-3.0 EPSF-3.0\n", "photo.drawing"),
    "pdf": (b"%PDF-1.7\n" + bytes(100), "photo.document"),
    "zip or docx": (b"PK\x03\x04" + bytes(200), "photo.document"),
    "old doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(200), "photo.document"),
    "mp4": (iso(b"isom"), "photo.video"),
    "mov": (iso(b"qt  "), "photo.video"),
    "3gp": (iso(b"3gp5"), "photo.video"),
    "avi": (b"RIFF\0\0\0\0AVI LIST" + bytes(100), "photo.video"),
    "mkv": (b"\x1a\x45\xdf\xa3" + bytes(100), "photo.video"),
    "tiff of garbage": (b"II*\x00" + bytes(200), "photo.broken"),
    "dng": (tiff({50706: (1, 0x0401)}), "photo.raw"),
    "nikon nef": (tiff({330: (4, 60)}, {262: (3, 32803)}), "photo.raw"),
    "sony arw": (tiff({259: (3, 6)}, {259: (3, 32767)}, linked=True), "photo.raw"),
    "canon cr2": (b"II*\0\x10\0\0\0CR\2\0" + bytes(200), "photo.raw"),
    "canon cr3": (iso(b"crx "), "photo.raw"),
    "fuji raf": (b"FUJIFILMCCD-RAW 0201" + bytes(200), "photo.raw"),
    "bmp of garbage": (b"BM" + bytes(100), "photo.broken"),
    "jpeg 2000": (b"\x00\x00\x00\x0cjP  \r\n\x87\n" + bytes(100), "photo.other"),
    "jpeg xl": (b"\xff\x0a" + bytes(100), "photo.jpeg_xl"),
    "jpeg xl in boxes": (b"\0\0\0\x0cJXL \r\n\x87\n" + bytes(100), "photo.jpeg_xl"),
    "jpeg of 12 bits": (jpeg().replace(b"\xff\xc0\0\x11\x08", b"\xff\xc1\0\x11\x0c"), "photo.deep_jpeg"),
    "jpeg without loss": (jpeg().replace(b"\xff\xc0", b"\xff\xc3", 1), "photo.deep_jpeg"),
    "jpeg header only": (jpeg()[:20], "photo.broken"),
    "jpeg without scan": (jpeg()[:600], "photo.broken"),
    "jpeg of no height": (jpeg_of_size(64, 0), "photo.broken"),
    "jpeg too large": (jpeg_of_size(16000, 14000), "photo.too_large"),
    "jpeg of 65000 x 65000": (jpeg_of_size(65000, 65000), "photo.too_huge"),
    "png header only": (png()[:30], "photo.broken"),
    "png with a wrong checksum": (png()[:20] + b"\x07" + png()[21:], "photo.broken"),
    "png too large": (png_header(10000, 6601), "photo.too_large"),
    "png bomb": (png_header(60000, 60000), "photo.too_huge"),
    "png without data": (png_header(500, 500), "photo.broken"),
    "half webp": (webp()[: len(webp()) // 2], "photo.broken"),
    "webp header only": (webp()[:16], "photo.broken"),
    "half avif": (avif()[: len(avif()) // 2], "photo.broken"),
    "heic of garbage": (iso(b"heic"), "photo.broken"),
    "avif of garbage": (iso(b"avif"), "photo.broken"),
    "gif header only": (b"GIF89a", "photo.broken"),
    "gif of garbage": (b"GIF89a" + bytes(300), "photo.broken"),
}


def refused(path, code, explain):
    with pytest.raises(UserError) as caught:
        open_upright(path, 2.0)
    assert caught.value.code == code
    told = explain(caught.value)
    assert all(path.name in text for text in told)


@pytest.mark.parametrize("case", BAD)
def test_bad_content(tmp_path, explain, case):
    data, code = BAD[case]
    path = tmp_path / "Foto warga.jpg"
    path.write_bytes(data)
    refused(path, code, explain)


def test_there_are_enough_of_them():
    assert len(BAD) >= 30


def test_missing(tmp_path, explain):
    refused(tmp_path / "tidak ada.jpg", "photo.missing", explain)
    (tmp_path / "berkas").write_bytes(b"x")
    refused(tmp_path / "berkas" / "foto.jpg", "photo.missing", explain)


def test_folder(tmp_path, explain):
    refused(tmp_path, "photo.not_file", explain)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no FIFOs")
def test_fifo_does_not_hang(tmp_path, explain):
    os.mkfifo(tmp_path / "pipa.jpg")
    refused(tmp_path / "pipa.jpg", "photo.not_file", explain)


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links(tmp_path, explain):
    (tmp_path / "putus.jpg").symlink_to(tmp_path / "tujuan.jpg")
    refused(tmp_path / "putus.jpg", "photo.missing", explain)
    (tmp_path / "lingkar.jpg").symlink_to(tmp_path / "lingkar.jpg")
    refused(tmp_path / "lingkar.jpg", "photo.no_access", explain)


def test_a_name_the_system_refuses(tmp_path, explain):
    with pytest.raises(UserError) as caught:
        probe_photo(tmp_path / ("x" * 300 + ".jpg"))
    assert caught.value.code == "photo.no_access"
    explain(caught.value)


ODD_NAMES = ["🌾 panen désa ꦗꦮ.jpg", "foto .jpg", "a" * 196 + ".jpg", "akhir spasi ", "#1 %20 & 'x'.jpg"]


@pytest.mark.parametrize("name", ODD_NAMES)
def test_odd_names_open(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(jpeg())
    assert open_upright(path).image.size == (64, 48)


def test_garbage_in_exif_does_not_cost_the_photo(tmp_path):
    from PIL import Image

    path = tmp_path / "foto.jpg"
    Image.effect_noise((64, 48), 80).save(path, exif=b"Exif\0\0II*\0" + b"\xff\xfe\x12" * 60)
    assert open_upright(path).image.size == (64, 48)
    assert probe_photo(path).taken == ""


def test_something_behind_the_end_does_not_matter(tmp_path):
    path = tmp_path / "foto.jpg"
    path.write_bytes(jpeg() + b"PK\x03\x04" + bytes(3000))
    assert open_upright(path).notices == ()


def mutated(data, rng):
    """A JPEG after bad luck: bytes changed, a piece lost, doubled or overwritten."""
    data = bytearray(data)
    for _ in range(rng.choice((1, 3, 20))):
        data[rng.randrange(2, len(data))] = rng.randrange(256)
    at, size = rng.randrange(len(data)), rng.randrange(1, 200)
    match rng.randrange(4):
        case 0:
            del data[at:]
        case 1:
            del data[at : at + size]
        case 2:
            data[at:at] = data[at : at + size]
    return bytes(data)


@pytest.mark.parametrize("progressive", [False, True])
def test_fuzz(tmp_path, made, busy, explain, progressive):
    """75 damaged phone photos of each kind: opened, rescued or refused in words; nothing else."""
    source = tmp_path / "asal.jpg"
    busy.resize((240, 180)).save(source, exif=made._exif(), icc_profile=made.p3_profile(), progressive=progressive)
    rng = random.Random(20261122 + progressive)
    path = tmp_path / "rusak.jpg"
    outcomes = set()
    for _ in range(75):
        path.write_bytes(mutated(source.read_bytes(), rng))
        try:
            opened = open_upright(path, rng.choice((1.0, 2.0)))
        except UserError as error:
            explain(error)
            outcomes.add(error.code)
        else:
            assert opened.image.mode == "RGB"
            outcomes.update(notice.code for notice in opened.notices)
            outcomes.add("opened")
    assert {"opened", "photo.truncated"} <= outcomes
