"""Files on their way in from a phone: whatever breaks on the way, a whole file comes of it, or none."""

from __future__ import annotations

import hashlib
import itertools
import shutil
import tempfile
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.base.errors import UserError
from studio.services.phone_uploads import PIECE, UploadShelf

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch):
    """Pieces of twenty bytes do as a million would, and a disk of a known size."""
    monkeypatch.setattr("studio.services.phone_uploads.PIECE", 20)


@pytest.fixture
def shelf(tmp_path):
    return UploadShelf(tmp_path)


def digest(data):
    return hashlib.sha256(data).hexdigest()


def root_of(data):
    pieces = [data[at : at + 20] for at in range(0, len(data), 20)]
    return digest(b"".join(hashlib.sha256(piece).digest() for piece in pieces))


def send(shelf, key, data, start=0):
    for number, at in enumerate(range(start * 20, len(data), 20), start):
        view = shelf.take_piece(key, number, data[at : at + 20], digest(data[at : at + 20]))
    return view


def test_a_piece_is_a_megabyte():
    assert PIECE == 2**20


def test_a_file_comes_in_piece_by_piece(shelf):
    data = JPEG + bytes(range(90))
    view = shelf.begin("hp-1", "IMG 1.jpg", len(data), "9")
    assert (view.state, view.got, shelf.busy) == ("coming", 0, True)
    assert send(shelf, view.id, data).got == len(data)
    done, arrived = shelf.finish(view.id, root_of(data).upper())
    assert (done.state, arrived.path.read_bytes(), arrived.path.name) == ("arrived", data, "IMG 1.jpg")
    # Said once: a phone that asks again, as it did not hear the answer, brings no second file.
    assert shelf.finish(view.id, root_of(data)) == (done, None)
    shelf.note_outcome(view.id, notice="tanpa tanggal")
    assert [(each.state, each.told) for each in shelf.files("hp-1")] == [("added", "tanpa tanggal")]
    assert not arrived.path.exists()
    assert not shelf.busy
    assert shelf.files("hp-2") == ()


@settings(max_examples=25)
@given(st.integers(0, 2**32).map(Random))
def test_whatever_breaks_on_the_way_the_file_is_whole_or_not_there(luck):
    room = Path(tempfile.mkdtemp())
    shelf, data = UploadShelf(room), JPEG + luck.randbytes(luck.randrange(1, 90))
    key = shelf.begin("hp", "a.jpg", len(data), "1").id
    for _ in range(40):
        number, damage = luck.randrange(6), luck.choice(["", "", "", "bit", "short", "digest"])
        piece = data[number * 20 : number * 20 + 20]
        told = digest(piece)
        if damage == "bit" and piece:
            piece = bytes([piece[0] ^ 1]) + piece[1:]
        elif damage == "short":
            piece, told = piece[:-1], digest(piece[:-1])
        elif damage == "digest":
            told = digest(b"")
        before = shelf.begin("hp", "a.jpg", len(data), "1")
        after = shelf.take_piece(key, number, piece, told)
        assert before.id == key
        assert after.got in {before.got, min(before.got + 20, len(data))}
        # What a phone that goes on compares: the digest of the pieces that are here.
        assert after.check == root_of(data[: after.got])
    _, arrived = shelf.finish(key, root_of(data))
    assert (arrived is not None) == (after.got == len(data))
    assert arrived is None or arrived.path.read_bytes() == data
    shutil.rmtree(room)


def test_an_empty_piece_behind_a_whole_file_changes_nothing(shelf):
    data = (JPEG + b"a" * 40)[:40]  # two pieces, and not a byte more
    key = shelf.begin("hp", "a.jpg", 40, "1").id
    whole = send(shelf, key, data)
    assert shelf.take_piece(key, 2, b"", digest(b"")) == whole
    assert shelf.finish(key, root_of(data))[1].path.read_bytes() == data


def test_another_file_under_the_same_name_is_begun_again(shelf):
    data, other = JPEG + b"a" * 40, JPEG + b"b" * 40
    key = shelf.begin("hp", "a.jpg", len(data), "1").id
    send(shelf, key, data)
    with pytest.raises(UserError) as caught:
        shelf.finish(key, root_of(other))
    assert caught.value.code == "phone_in.changed"
    assert shelf.begin("hp", "a.jpg", len(data), "1").got == 0
    send(shelf, key, other)
    assert shelf.finish(key, root_of(other))[1].path.read_bytes() == other


def test_what_is_no_photo_clip_or_sound_is_refused_with_its_first_piece(shelf):
    data = b"MZ\x90\x00 this is a program, whatever it is called"
    key = shelf.begin("hp", "foto.jpg", len(data), "1").id
    with pytest.raises(UserError) as caught:
        send(shelf, key, data)
    assert caught.value.code == "phone_in.kind"
    # Nothing more of it is taken, and it may be tried again.
    assert shelf.take_piece(key, 0, data[:20], digest(data[:20])).got == 0
    assert shelf.begin("hp", "foto.jpg", len(data), "1").id != key
    with pytest.raises(UserError):
        shelf.take_piece(key, 0, data[:20], digest(data[:20]))


def test_a_file_that_was_cancelled_leaves_nothing(shelf, tmp_path):
    data = JPEG + b"a" * 40
    key = shelf.begin("hp", "a.jpg", len(data), "1").id
    send(shelf, key, data)
    shelf.cancel(key)
    assert (shelf.files(), list(tmp_path.iterdir()), shelf.busy) == ((), [], False)
    with pytest.raises(UserError):
        shelf.finish(key, root_of(data))


def test_begun_afresh_the_old_pieces_are_gone(shelf):
    data = JPEG + b"a" * 40
    first = shelf.begin("hp", "a.jpg", len(data), "1")
    send(shelf, first.id, data)
    again = shelf.begin("hp", "a.jpg", len(data), "1", fresh=True)
    assert (again.id != first.id, again.got, len(shelf.files())) == (True, 0, 1)


def test_nobody_is_waited_for_who_is_gone(tmp_path):
    clock = itertools.count(0, 100)
    shelf = UploadShelf(tmp_path, clock=lambda: float(next(clock)))
    shelf.begin("hp", "a.jpg", 50, "1")  # at 0
    assert shelf.busy  # at 100
    assert not shelf.busy  # at 200


def test_only_so_many_and_only_where_the_disk_has_room(shelf, monkeypatch):
    with pytest.raises(UserError) as caught:
        shelf.begin("hp", "kosong.jpg", 0, "1")
    assert caught.value.code == "store.media_empty"
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(shutil, "disk_usage", lambda place: usage._replace(free=50_000_300))
    shelf.begin("hp", "a.jpg", 100, "1")
    with pytest.raises(UserError) as caught:  # each lies twice for a moment: 200 are promised already
        shelf.begin("hp", "b.jpg", 51, "1")
    assert caught.value.code == "error.disk_full"
    shelf.begin("hp", "b.jpg", 50, "1")
    monkeypatch.setattr(shutil, "disk_usage", lambda place: usage._replace(free=10**12))
    for number in range(198):
        shelf.begin("hp", f"{number}.jpg", 1, "1")
    with pytest.raises(UserError) as caught:
        shelf.begin("hp", "lagi.jpg", 1, "1")
    assert caught.value.code == "phone_in.too_many"
    assert shelf.begin("hp", "a.jpg", 100, "1").got == 0  # one that is known is no further one
