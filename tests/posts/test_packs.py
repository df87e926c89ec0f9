"""Packs made with a text editor by somebody in a hurry: one clear complaint each, and the others go on."""

import os
import re
import shutil

import pytest

from studio.base.errors import UserError
from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir, templates_dir
from studio.posts.catalog import load_catalog, outlet_digest
from studio.posts.output_kinds import TextOutput
from studio.posts.packs import template_path

GOOD = """format = 1
id = "radio"
name = "Radio desa"
checked = 2026-11-23
source = "Pengalaman sendiri"

[[output]]
file = "naskah.txt"
kind = "text"
template = "naskah.txt.j2"
limit = 500
count = "codepoint"

[[output]]
file = "foto-{n:02}.jpg"
kind = "photo"
size = [1080, 1350]
max = 3
"""


@pytest.fixture
def own(tmp_path):
    pack = tmp_path / "radio"
    pack.mkdir()
    (pack / "naskah.txt.j2").write_text("{{ headline }}", encoding="utf-8")
    (pack / "outlet.toml").write_text(GOOD, encoding="utf-8")
    return tmp_path


def load(own):
    return load_catalog(templates_dir(), own)


def test_the_studios_packs_are_all_good(catalog):
    assert catalog.problems == ()
    names = "whatsapp instagram facebook threads tiktok youtube x bluesky telegram"
    names += " whatsapp-saluran google-bisnis website opensid blogger mading korsel lembaran siaran"
    assert " ".join(outlet.id for outlet in catalog.outlets) == names
    assert {"judul", "kutipan", "foto", "pengumuman", "vonis", "teks"} <= set(catalog.designs)
    for outlet in catalog.outlets:
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", outlet.checked)
        assert len(outlet.source) > 20


def test_every_template_compiles(catalog, press):
    for outlet in catalog.outlets:
        for path in outlet.folder.rglob("*.j2"):
            press.templates.check(press.shelf(outlet), path.relative_to(outlet.folder).as_posix())


def test_a_pack_of_ones_own_joins_the_others(own):
    catalog = load(own)
    assert catalog.problems == ()
    radio = catalog.outlet("radio")
    assert catalog.outlets[-1] == radio
    assert not radio.builtin
    assert radio.outputs[0] == TextOutput(file="naskah.txt", template="naskah.txt.j2", limit=500, count="codepoint")
    assert radio.outputs[1].name(7) == "foto-07.jpg"
    assert radio.output("naskah.txt").name() == "naskah.txt"
    with pytest.raises(KeyError):
        radio.output("lain.txt")


def test_a_pack_of_ones_own_replaces_the_built_in_one(own):
    shutil.copytree(own / "radio", own / "whatsapp")
    toml = own / "whatsapp" / "outlet.toml"
    toml.write_text(GOOD.replace('"radio"', '"whatsapp"'), encoding="utf-8")
    assert load(own).outlet("whatsapp").name == "Radio desa"
    toml.write_text("format = ", encoding="utf-8")
    broken = load(own)
    assert [problem.code for problem in broken.problems] == ["posts.pack_toml"]
    assert "whatsapp" not in [outlet.id for outlet in broken.outlets]
    assert len(broken.outlets) == 18


def test_an_unknown_outlet_is_answered_with_the_nearest(catalog):
    with pytest.raises(UserError) as caught:
        catalog.outlet("instagrm")
    assert caught.value.facts["nearest"] == "instagram"


BAD = [
    ("format = 1", "format = 2", "posts.pack_format", 1),
    ("format = 1\n", "", "posts.pack_missing", 1),
    ('id = "radio"', 'id = "tv"', "posts.pack_id", 2),
    ('id = "radio"', "id = 7", "posts.pack_id", 2),
    ('name = "Radio desa"', 'nama = "Radio desa"', "posts.pack_unknown", 3),
    ('name = "Radio desa"', 'name = ""', "posts.pack_text", 3),
    ("checked = 2026-11-23", 'checked = "kemarin"', "posts.pack_date", 4),
    ("checked = 2026-11-23", "checked = 2026-11-23T10:00:00", "posts.pack_date", 4),
    ('source = "Pengalaman sendiri"', "source = 5", "posts.pack_text", 5),
    ('kind = "text"', 'kind = "teks"', "posts.pack_choice", 9),
    ('kind = "text"', "kind = []", "posts.pack_choice", 9),
    ('kind = "text"\n', "", "posts.pack_missing", 7),
    ('file = "naskah.txt"\n', "", "posts.pack_missing", 7),
    ('file = "naskah.txt"', 'file = "../naskah.txt"', "posts.pack_file_name", 8),
    ('file = "naskah.txt"', 'file = "/etc/passwd"', "posts.pack_file_name", 8),
    ('file = "naskah.txt"', 'file = "con.txt"', "posts.pack_file_name", 8),
    ('file = "naskah.txt"', 'file = "naskah"', "posts.pack_file_name", 8),
    ('file = "naskah.txt"', 'file = "{nama}.txt"', "posts.pack_file_name", 8),
    ('file = "naskah.txt"', 'file = "{n.__class__}.txt"', "posts.pack_file_name", 8),
    ('file = "naskah.txt"', 'file = "{n}.txt"', "posts.pack_number_in_name", 8),
    ('file = "foto-{n:02}.jpg"', 'file = "foto.jpg"', "posts.pack_number_in_name", 15),
    ('template = "naskah.txt.j2"', 'template = "nskah.txt.j2"', "posts.pack_no_template", 10),
    ('template = "naskah.txt.j2"', 'template = "../radio/naskah.txt.j2"', "posts.pack_no_template", 10),
    ('template = "naskah.txt.j2"', 'template = "C:/naskah.txt.j2"', "posts.pack_no_template", 10),
    ('template = "naskah.txt.j2"', 'template = "_common/../whatsapp/outlet.toml"', "posts.pack_no_template", 10),
    ('template = "naskah.txt.j2"\n', "", "posts.pack_missing", 7),
    ("limit = 500", "limit = 0", "posts.pack_number", 11),
    ("limit = 500", 'limit = "500"', "posts.pack_number", 11),
    ("limit = 500", "limit = true", "posts.pack_number", 11),
    ("limit = 500", "limit = 500\naim = 600", "posts.pack_order", 12),
    ("limit = 500", "limt = 500", "posts.pack_unknown", 11),
    ("limit = 500", 'limit = 500\nthread = "ya"', "posts.pack_flag", 12),
    ('count = "codepoint"', 'count = "huruf"', "posts.pack_choice", 12),
    ('count = "codepoint"', "size = [1, 2]", "posts.pack_unknown", 12),
    ("size = [1080, 1350]", "size = 1080", "posts.pack_size", 17),
    ("size = [1080, 1350]", "size = [1080]", "posts.pack_size", 17),
    ("size = [1080, 1350]", "size = [1080, 99999]", "posts.pack_number", 17),
    ("size = [1080, 1350]\n", "", "posts.pack_missing", 14),
    ("max = 3", "max = 3\nfps = 30", "posts.pack_unknown", 19),
    ("max = 3", 'max = 3\n[[output]]\nfile = "NASKAH.txt"\nkind = "photo"', "posts.pack_missing", 19),
    (
        "max = 3",
        'max = 3\n[[output]]\nfile = "NASKAH.txt"\nkind = "text"\ntemplate = "naskah.txt.j2"',
        "posts.pack_double",
        20,
    ),
    ("max = 3", 'max = 3\n[[output]]\nfile = "a.jpg"\nkind = "card"\nsize = [100, 100]', "posts.pack_missing", 19),
    (
        "max = 3",
        'max = 3\n[[output]]\nfile = "a.jpg"\nkind = "card"\nsize = [100, 100]\ndesign = "judl"',
        "posts.pack_choice",
        23,
    ),
    (
        "max = 3",
        'max = 3\n[[output]]\nfile = "a.html"\nkind = "page"\ntemplate = "naskah.txt.j2"\nfiles = {"a.css" = "x.j2"}',
        "posts.pack_no_template",
        23,
    ),
    ("[[output]]", "[output", "posts.pack_toml", 7),
    ('source = "Pengalaman sendiri"', "source = 'a\nb'", "posts.pack_toml", 5),
]


@pytest.mark.parametrize(("good", "bad", "code", "line"), BAD, ids=[f"{n}-{case[2][6:]}" for n, case in enumerate(BAD)])
def test_a_bad_pack_is_one_clear_problem(own, good, bad, code, line):
    (own / "radio" / "outlet.toml").write_text(GOOD.replace(good, bad, 1), encoding="utf-8")
    catalog = load(own)
    assert len(catalog.outlets) == 18
    assert [problem.code for problem in catalog.problems] == [code]
    facts = catalog.problems[0].facts
    assert (facts["pack"], facts["file"], facts["line"]) == ("radio", "outlet.toml", line)
    for language in ("id", "en"):
        message = MessageTexts(assets_dir() / "messages", language).explain(catalog.problems[0])
        assert "radio" in message
        assert str(line) in message
        assert not re.search(r"\{(?!n\}|nama\})\w+\}", message)


def test_the_nearest_known_word_is_offered(own):
    (own / "radio" / "outlet.toml").write_text(GOOD.replace("limit =", "limt ="), encoding="utf-8")
    assert load(own).problems[0].facts["nearest"] == "limit"


def missing(pack):
    (pack / "outlet.toml").unlink()


def a_folder(pack):
    (pack / "outlet.toml").unlink()
    (pack / "outlet.toml").mkdir()


def binary(pack):
    (pack / "outlet.toml").write_bytes(b"\xff\xfe\x00")


def huge(pack):
    (pack / "outlet.toml").write_text(GOOD + "#" * 300_000, encoding="utf-8")


def linked_away(pack):
    target = pack.parent.parent / f"{pack.name}-luar.toml"
    target.write_text(GOOD, encoding="utf-8")
    (pack / "outlet.toml").unlink()
    (pack / "outlet.toml").symlink_to(target)


def template_linked_away(pack):
    (pack / "naskah.txt.j2").unlink()
    (pack / "naskah.txt.j2").symlink_to("/etc/passwd")


def too_many(pack):
    tables = "".join(f'[[output]]\nfile="{n}.txt"\nkind="text"\ntemplate="naskah.txt.j2"\n' for n in range(51))
    (pack / "outlet.toml").write_text(GOOD + tables, encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (missing, "posts.pack_no_file"),
        (a_folder, "posts.pack_no_file"),
        (binary, "posts.pack_encoding"),
        (huge, "posts.pack_too_big"),
        (linked_away, "posts.pack_no_file"),
        (template_linked_away, "posts.pack_no_template"),
        (too_many, "posts.pack_outputs"),
    ],
)
def test_a_spoilt_pack_is_one_clear_problem(own, spoil, code):
    if os.name == "nt" and "link" in spoil.__name__:
        pytest.skip("symbolic links need rights on Windows")
    spoil(own / "radio")
    catalog = load(own)
    assert [problem.code for problem in catalog.problems] == [code]
    assert len(catalog.outlets) == 18


def test_a_workspace_without_templates_is_fine(tmp_path):
    assert load_catalog(templates_dir(), tmp_path / "tidak-ada").problems == ()


def test_hidden_folders_and_files_are_no_packs(own):
    for name in (".git", "_catatan"):
        (own / name).mkdir()
    (own / "baca.txt").write_text("x", encoding="utf-8")
    assert [outlet.id for outlet in load(own).outlets][18:] == ["radio"]


@pytest.mark.parametrize("name", ["", ".", "..", "a/../b", "/a", "a//b", "a\\b", "C:a", "a\0b", "./naskah.txt.j2"])
def test_paths_that_lead_nowhere(own, name):
    assert template_path(own / "radio", name) is None


def test_the_digest_follows_every_byte_of_the_pack(own):
    catalog = load(own)
    radio = catalog.outlet("radio")
    before = outlet_digest(radio, catalog.common)
    assert outlet_digest(radio, catalog.common) == before
    (own / "radio" / "naskah.txt.j2").write_text("{{ headline }}!", encoding="utf-8")
    assert outlet_digest(radio, catalog.common) != before
