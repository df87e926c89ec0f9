"""Data packs from a stick: only what a trusted office signed comes in, whole, and it can be rolled back."""

from __future__ import annotations

import json
import os
import shutil
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.base.data_shelf import program_shelf
from studio.base.errors import UserError
from studio.base.progress import SilentProgress
from studio.services.data_offers import fetch_installer, find_offers, mounted_sticks, this_system
from studio.services.data_packs import distrust_key, known_data, trust_key, write_keys
from studio.store import data_archive
from studio.store.data_archive import read_pack, version_order
from studio.store.pack_shelf import PackShelf
from studio.store.pack_signatures import fingerprint_of, key_text, make_keys, sign_list
from tests.data_pack_maker import DINAS, LIMITS, TODAY, manifest, signed_pack, take, trusting_shelf, write_raw

STRANGER = make_keys("Dinas Kominfo Pacitan")
GOOD = {"paket.toml": manifest("limits"), "isi/limits.toml": LIMITS}

HOSTILE = {
    "out of the folder": ({**GOOD, "isi/../../../x.toml": b""}, "data.path"),
    "from the root": ({**GOOD, "/tmp/x.toml": b""}, "data.path"),
    "another folder": ({**GOOD, "lain/x.toml": b""}, "data.path"),
    "backslash": ({**GOOD, "isi\\x.toml": b""}, "data.path"),
    "a drive": ({**GOOD, "isi/C:x.toml": b""}, "data.path"),
    "a device": ({**GOOD, "isi/con.toml": b""}, "data.path"),
    "hidden": ({**GOOD, "isi/.x.toml": b""}, "data.path"),
    "deep": ({**GOOD, "isi/a/b/c/d/e.toml": b""}, "data.path"),
    "twice": ({**GOOD, "isi/LIMITS.toml": b""}, "data.twice"),
    "a program": ({**GOOD, "isi/pasang.exe": b"MZ"}, "data.file_kind"),
    "a file nobody reads": ({**GOOD, "isi/lain.toml": b""}, "data.not_read"),
    "no outlet of ours": ({**GOOD, "isi/limits.toml": LIMITS.replace(b"instagram", b"../x")}, "data.limits_outlet"),
    "no limit": ({**GOOD, "isi/limits.toml": LIMITS.replace(b"limit =", b"template =")}, "data.limits_file"),
    "no number": ({**GOOD, "isi/limits.toml": LIMITS.replace(b"1500", b"true")}, "posts.pack_number"),
    "no data": ({"paket.toml": manifest("limits")}, "data.list_lies"),
    "no manifest": ({"isi/limits.toml": LIMITS}, "data.not_pack"),
    "no version": ({**GOOD, "paket.toml": manifest("limits", "../..")}, "data.manifest"),
    "no id": ({**GOOD, "paket.toml": manifest("limits", id="../x")}, "data.manifest"),
    "no kind": ({**GOOD, "paket.toml": manifest("programs")}, "data.manifest"),
    "no day": ({**GOOD, "paket.toml": manifest("limits").replace(b"2027-01-10", b"2027")}, "data.manifest"),
    "a line break in its version": (
        {**GOOD, "paket.toml": manifest("limits").replace(b'"2027.1"', b'"2027.1\\n"')},
        "data.manifest",
    ),
    "a device as its id": ({**GOOD, "paket.toml": manifest("limits", id="con")}, "data.manifest"),
    "the folder of keys": ({**GOOD, "paket.toml": manifest("limits", id="keys")}, "data.manifest"),
    "a name that turns round": ({**GOOD, "paket.toml": manifest("limits", name="a\u202eb")}, "data.manifest"),
    "for no version": ({**GOOD, "paket.toml": manifest("limits", needs="besok")}, "data.manifest"),
    "of tomorrow": ({**GOOD, "paket.toml": b"format = 2\n" + manifest("limits")}, "data.newer_format"),
    "for another studio": ({**GOOD, "paket.toml": manifest("limits", needs="99.0")}, "data.needs"),
    "an installer inside": (
        {**GOOD, "paket.toml": manifest("installer", file="isi/limits.toml", system="linux")},
        "data.path",
    ),
}


@pytest.mark.parametrize(("entries", "code"), HOSTILE.values(), ids=HOSTILE)
def test_a_pack_that_may_do_harm_is_refused_although_it_is_signed(tmp_path, entries, code):
    packs = trusting_shelf()
    with pytest.raises(UserError) as refused:
        take(packs, write_raw(tmp_path / "x.kimdata", entries))
    assert refused.value.code == code
    assert packs.shelf.packs() == ()
    assert [path.name for path in packs.shelf.root.iterdir()] == ["keys"]


def _entries(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


LIES = {
    "changed": (lambda e: {**e, "isi/limits.toml": LIMITS.replace(b"1500", b"2500")}, "data.list_lies"),
    "other manifest": (lambda e: {**e, "paket.toml": manifest("limits", "2029.1")}, "data.list_lies"),
    "not listed": (lambda e: {**e, "isi/ejaan_baku.csv": b"x"}, "data.list_lies"),
    "listed, not there": (lambda e: {k: v for k, v in e.items() if k != "isi/limits.toml"}, "data.list_lies"),
    "other list": (lambda e: {**e, "sha256.txt": e["sha256.txt"] + b"\n"}, "data.bad_signature"),
    "no signature": (lambda e: {k: v for k, v in e.items() if k != "tanda.toml"}, "data.unsigned"),
    "a broken one": (lambda e: {**e, "tanda.toml": b"key = 1"}, "data.bad_signature"),
    "of a stranger": (
        lambda e: {**e, "tanda.toml": key_text(sign_list(e["sha256.txt"], STRANGER.secret))},
        "data.unknown_key",
    ),
    "of other words": (
        lambda e: {**e, "tanda.toml": key_text(sign_list(e["sha256.txt"][1:], DINAS.secret))},
        "data.bad_signature",
    ),
}


@pytest.mark.parametrize(("change", "code"), LIES.values(), ids=LIES)
def test_what_was_changed_after_signing_is_refused(tmp_path, change, code):
    packs = trusting_shelf()
    entries = change(_entries(signed_pack(tmp_path, "limits", {"limits.toml": LIMITS})))
    with pytest.raises(UserError) as refused:
        take(packs, write_raw(tmp_path / "x.kimdata", entries, raw=True))
    assert refused.value.code == code
    assert packs.shelf.packs() == ()


def test_a_link_and_a_bomb_are_refused(tmp_path, monkeypatch):
    packs = trusting_shelf()
    linked = write_raw(tmp_path / "l.kimdata", GOOD, links=("isi/limits.toml",))
    monkeypatch.setattr(data_archive, "_MOST_OF_ONE", 100_000)
    bomb = write_raw(tmp_path / "b.kimdata", {**GOOD, "isi/limits.toml": b"#" * 200_000})
    for path, code in ((linked, "data.link"), (bomb, "data.too_big")):
        with pytest.raises(UserError) as refused:
            take(packs, path)
        assert refused.value.code == code
    assert packs.shelf.packs() == ()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_one_turned_bit_never_brings_other_data_in(tmp_path, where, bit):
    path = tmp_path / "limits-2027.1.kimdata"
    whole = bytearray(
        (path if path.is_file() else signed_pack(tmp_path, "limits", {"limits.toml": LIMITS})).read_bytes()
    )
    honest = read_pack(path, SilentProgress())
    whole[int(where * len(whole))] ^= 1 << bit
    turned = tmp_path / "turned.kimdata"
    turned.write_bytes(whole)
    try:
        found = read_pack(turned, SilentProgress())
    except UserError:
        return
    assert found.hashes == honest.hashes
    assert found.signature in (honest.signature, None) or found.signature.key != honest.signature.key


# ------------------------------------------------------------------------------------------------ versions


def _limits(tmp_path, version, limit):
    return signed_pack(tmp_path, "limits", {"limits.toml": LIMITS.replace(b"1500", str(limit).encode())}, version)


def _limit():
    from studio.base.paths import templates_dir
    from studio.posts.catalog import load_catalog

    return load_catalog(templates_dir()).outlet("instagram").output("takarir.txt").limit


def test_versions_are_used_rolled_back_and_taken_again(tmp_path):
    packs, built_in = trusting_shelf(), _limit()
    paths = [_limits(tmp_path, f"2027.{number}", 1000 + number) for number in range(1, 5)]
    for number, path in enumerate(paths, 1):
        assert take(packs, path).before == (f"2027.{number - 1}" if number > 1 else "")
        assert _limit() == 1000 + number
    # The oldest of four went; what is in use and two to go back to are there.
    assert [each.version for each in packs.find("uji-limits").versions] == ["2027.2", "2027.3", "2027.4"]
    assert sorted(path.name for path in (packs.shelf.root / "uji-limits").iterdir()) == ["2027.2", "2027.3", "2027.4"]
    with pytest.raises(UserError, match=r"data\.older"):
        take(packs, paths[2])
    for limit in (1003, 1002, built_in):
        packs.roll_back("uji-limits")
        assert _limit() == limit
    with pytest.raises(UserError, match=r"data\.not_used"):
        packs.roll_back("uji-limits")
    packs.use("uji-limits", "2027.3")
    assert _limit() == 1003
    take(packs, paths[3])
    assert _limit() == 1004
    with pytest.raises(UserError, match=r"data\.no_such_version"):
        packs.use("uji-limits", "2027.1")


def test_limits_that_the_studio_learned_later_hold(tmp_path):
    packs, built_in = trusting_shelf(), _limit()
    take(packs, signed_pack(tmp_path, "limits", {"limits.toml": LIMITS.replace(b"2027-01-10", b"2020-01-10")}))
    assert _limit() == built_in


def test_what_a_key_signed_goes_with_it(tmp_path):
    packs, built_in = trusting_shelf(), _limit()
    take(packs, _limits(tmp_path, "2027.1", 1001))
    key, changed = distrust_key(packs, DINAS.public.fingerprint[:9])
    assert (key.key, [each.id for each in changed]) == (DINAS.public.key, ["uji-limits"])
    assert _limit() == built_in
    with pytest.raises(UserError, match=r"data\.unknown_key"):
        packs.use("uji-limits", "2027.1")
    assert packs.trusted_keys() == ()


def test_a_pack_belongs_to_the_key_it_came_with_and_goes_back_only_to_trusted_ones(tmp_path):
    packs, built_in = trusting_shelf(), _limit()
    packs.trust_key(STRANGER.public, "2027-02-01")
    take(packs, _limits(tmp_path, "2027.1", 1001))
    theirs = [signed_pack(tmp_path, "limits", {"limits.toml": LIMITS}, f"2027.{n}", signer=STRANGER) for n in (2, 3)]
    with pytest.raises(UserError, match=r"data\.other_key"):
        take(packs, theirs[0])
    assert _limit() == 1001
    # An office that changed its key: its old one is trusted no longer, and nothing leads back to what it signed.
    packs.distrust_key(DINAS.public.key)
    assert take(packs, theirs[0]).before == ""
    assert take(packs, theirs[1]).before == "2027.2"
    packs.roll_back("uji-limits")
    packs.roll_back("uji-limits")
    assert _limit() == built_in
    packs.use("uji-limits", "2027.3")
    assert [each.used for each in packs.distrust_key(STRANGER.public.key)] == ["2027.3"]
    assert packs.find("uji-limits").used == ""


def test_a_key_is_trusted_by_its_fingerprint_alone(tmp_path):
    packs, key = PackShelf(program_shelf()), STRANGER.public
    for wrong in ("", DINAS.public.fingerprint, key.fingerprint[:-1]):
        with pytest.raises(UserError, match=r"data\.fingerprint"):
            trust_key(packs, key, wrong, "", TODAY)
    assert trust_key(packs, key, key.fingerprint.lower().replace("-", " "), "", TODAY).added == "2027-02-01"
    assert packs.trusted(key.key)
    public, secret, fingerprint = write_keys(tmp_path / "kunci", "Dinas Kominfo")
    assert fingerprint_of(public.read_text().split('"')[1]) == fingerprint
    assert secret.stat().st_mode & 0o077 == 0
    with pytest.raises(UserError, match=r"data\.key_there"):
        write_keys(tmp_path / "kunci", "Dinas Kominfo")


def test_a_damaged_record_leaves_what_came_with_the_studio_and_is_set_aside(tmp_path):
    packs, built_in = trusting_shelf(), _limit()
    take(packs, _limits(tmp_path, "2027.1", 1001))
    state = packs.shelf.root / "packs.json"
    told = json.loads(state.read_text())
    told["packs"].append({"id": "besok", "kind": "holograms", "used": "1", "versions": []})
    state.write_text(json.dumps(told))
    packs.roll_back("uji-limits")
    assert [each["id"] for each in json.loads(state.read_text())["packs"]] == ["besok", "uji-limits"]
    for damage in (
        '{"packs": [',
        '{"packs": [{"id": "../x", "kind": "limits", "used": "", "versions": []}]}',
        "[" * 9999,
    ):
        state.write_text(damage)
        assert _limit() == built_in
        assert [row.packs for row in known_data(packs)] == [()] * 9
    take(packs, _limits(tmp_path, "2027.2", 1002))
    assert _limit() == 1002
    assert state.with_suffix(".rusak").is_file()


@given(st.lists(st.integers(0, 30), min_size=1, max_size=4), st.lists(st.integers(0, 30), min_size=1, max_size=4))
def test_versions_are_compared_number_by_number(one, other):
    width = max(len(one), len(other))
    padded = [each + [0] * (width - len(each)) for each in (one, other)]
    orders = [version_order(".".join(map(str, each))) for each in (one, other)]
    assert (orders[0] < orders[1]) == (padded[0] < padded[1])


# ------------------------------------------------------------------------------------------------ what a stick offers


def test_a_stick_offers_what_is_newer_and_nothing_is_taken(tmp_path):
    packs, stick = trusting_shelf(), tmp_path / "stick"
    (stick / "KIM Studio").mkdir(parents=True)
    take(packs, _limits(tmp_path, "2027.2", 1002))
    for version in ("2027.1", "2027.3", "2027.4"):
        shutil.move(_limits(tmp_path, version, 1), stick / "KIM Studio")
    (stick / "rusak.kimdata").write_bytes(b"PK")
    strange = _entries(signed_pack(tmp_path, "checklist", {"x.toml": b""}))
    strange["tanda.toml"] = key_text(sign_list(strange["sha256.txt"], STRANGER.secret))
    write_raw(stick / "asing.kimdata", strange, raw=True)
    offers = find_offers(packs, (stick, tmp_path / "no stick"))
    assert [(each.manifest.id, each.manifest.version, each.state) for each in offers] == [
        ("uji-checklist", "2027.1", "untrusted"),
        ("uji-limits", "2027.4", "new"),
    ]
    assert packs.find("uji-limits").used == "2027.2"


def test_an_installer_is_copied_only_as_it_was_signed(tmp_path):
    from studio.store.data_archive import write_pack

    packs, stick = trusting_shelf(), tmp_path / "stick"
    stick.mkdir()
    (stick / "KIM-9.exe").write_bytes(b"new studio")
    (stick / "paket.toml").write_bytes(manifest("installer", "9.0", file="KIM-9.exe", system=this_system()))
    pack = stick / "KIM-9.kimdata"
    write_pack(stick, pack, SilentProgress())
    data_archive.sign_pack(pack, DINAS.secret, SilentProgress())
    assert [each.manifest.kind for each in find_offers(packs, (stick,))] == ["installer"]
    with pytest.raises(UserError, match=r"data\.installer"):
        take(packs, pack)
    copied = fetch_installer(packs, pack, tmp_path / "Unduhan", SilentProgress())
    assert copied.read_bytes() == b"new studio"
    assert os.access(copied, os.X_OK)
    (stick / "KIM-9.exe").write_bytes(b"evil studio")
    with pytest.raises(UserError, match=r"data\.list_lies"):
        fetch_installer(packs, pack, tmp_path / "Unduhan", SilentProgress())
    assert copied.read_bytes() == b"new studio"
    packs.distrust_key(DINAS.public.key)
    with pytest.raises(UserError, match=r"data\.unknown_key"):
        fetch_installer(packs, pack, tmp_path / "Unduhan", SilentProgress())


def test_sticks_are_found_in_the_table_of_mounts(tmp_path):
    table = tmp_path / "mounts"
    table.write_text(
        "/dev/sda1 / ext4 rw 0 0\n/dev/sdb1 /media/siti/KIM\\040STUDIO vfat rw 0 0\nproc /proc proc rw 0 0\n"
    )
    assert [str(path) for path in mounted_sticks(table)] == ["/media/siti/KIM STUDIO"]
    assert mounted_sticks(tmp_path / "none") == ()
