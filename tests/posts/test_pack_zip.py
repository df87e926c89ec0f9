"""Packs as ZIP: what was packed comes back the same; what could do harm is refused before anything is written."""

from __future__ import annotations

import stat
import zipfile

import pytest

from studio.base.errors import UserError
from studio.base.paths import templates_dir
from studio.posts.catalog import load_catalog
from studio.posts.pack_zip import MOST_FILES, MOST_OF_ONE, export_pack, import_pack, remove_pack

TOML = """format = 1
id = "radio"
name = "Radio desa"
checked = 2026-11-23
source = "Pengalaman sendiri di pemancar desa"

[[output]]
file = "naskah.txt"
kind = "text"
template = "naskah.txt.j2"
"""
TEMPLATE = "{{ headline }}\n{% for tag in tags %}{{ tag }} {% endfor %}\n"


def pack(path, files, *, folder="radio/"):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(folder + name, content)
    return path


@pytest.fixture
def good(tmp_path):
    return pack(tmp_path / "radio.zip", {"outlet.toml": TOML, "naskah.txt.j2": TEMPLATE})


@pytest.fixture
def own(tmp_path):
    return tmp_path / "templates"


def take(source, own, **options):
    return import_pack(source, own, templates_dir(), **options)


def refused(source, own):
    with pytest.raises(UserError) as caught:
        take(source, own)
    assert not own.exists() or not list(own.iterdir())
    return caught.value


def test_a_pack_comes_in_and_is_offered(good, own):
    outlet = take(good, own)
    assert outlet.id == "radio"
    assert not outlet.builtin
    assert (own / "radio" / "naskah.txt.j2").read_text() == TEMPLATE
    assert [path.name for path in own.iterdir()] == ["radio"]
    assert "radio" in [outlet.id for outlet in load_catalog(templates_dir(), own).outlets]


def test_files_may_lie_at_the_root_of_the_zip(tmp_path, own):
    bare = pack(tmp_path / "x.zip", {"outlet.toml": TOML, "naskah.txt.j2": TEMPLATE}, folder="")
    assert take(bare, own).folder == own / "radio"


@pytest.mark.parametrize("name", ["whatsapp", "website", "mading"])
def test_a_built_in_pack_goes_out_and_comes_back_the_same(name, tmp_path, own):
    first = export_pack(templates_dir() / name, tmp_path / "a.zip")
    outlet = take(first, own)
    again = export_pack(outlet.folder, tmp_path / "b.zip")
    assert again.read_bytes() == first.read_bytes()


def test_one_of_the_same_name_is_replaced_only_when_asked(good, own, tmp_path):
    take(good, own)
    newer = pack(tmp_path / "n.zip", {"outlet.toml": TOML.replace("Radio desa", "Radio baru"), "naskah.txt.j2": "x"})
    with pytest.raises(UserError) as caught:
        take(newer, own)
    assert (caught.value.code, caught.value.facts["pack"]) == ("posts.zip_there", "radio")
    assert (own / "radio" / "naskah.txt.j2").read_text() == TEMPLATE
    assert take(newer, own, replace=True).name == "Radio baru"
    assert [path.name for path in own.iterdir()] == ["radio"]
    remove_pack(own / "radio")
    assert list(own.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("../luar.txt", "posts.zip_path"),
        ("a/../../luar.txt", "posts.zip_path"),
        ("C:luar.txt", "posts.zip_path"),
        ("a\\..\\luar.txt", "posts.zip_path"),
        ("con.txt", "posts.zip_path"),
        ("jahat.py", "posts.zip_kind"),
        ("pasang.exe", "posts.zip_kind"),
        ("huruf.ttf", "posts.zip_kind"),
        ("NASKAH.TXT.J2", "posts.zip_double"),
    ],
)
def test_what_could_do_harm_is_refused(name, code, tmp_path, own):
    bad = pack(tmp_path / "x.zip", {"outlet.toml": TOML, "naskah.txt.j2": TEMPLATE, name: "x"})
    error = refused(bad, own)
    assert error.code == code
    assert error.facts["file"] == "x.zip"
    assert not (tmp_path / "luar.txt").exists()


def test_an_absolute_name_is_refused(tmp_path, own):
    bad = pack(tmp_path / "x.zip", {"outlet.toml": TOML, "/tmp/luar.txt": "x"}, folder="")
    assert refused(bad, own).code == "posts.zip_path"


def test_a_link_is_refused(tmp_path, own):
    path = pack(tmp_path / "x.zip", {"outlet.toml": TOML, "naskah.txt.j2": TEMPLATE})
    with zipfile.ZipFile(path, "a") as archive:
        info = zipfile.ZipInfo("radio/rahasia.txt")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    assert refused(path, own).code == "posts.zip_link"


def test_too_much_is_refused(tmp_path, own):
    many = {"outlet.toml": TOML} | {f"{n}.txt": "x" for n in range(MOST_FILES)}
    assert refused(pack(tmp_path / "m.zip", many), own).code == "posts.zip_many"
    with zipfile.ZipFile(tmp_path / "b.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("radio/outlet.toml", TOML)
        archive.writestr("radio/besar.txt", b"0" * (MOST_OF_ONE + 1))
    assert refused(tmp_path / "b.zip", own).code == "posts.zip_big"


def test_a_size_that_lies_is_found_out(tmp_path, own):
    """The directory says ten bytes; the data goes on."""
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("radio/outlet.toml", TOML)
        archive.writestr("radio/naskah.txt.j2", b"0" * (MOST_OF_ONE + 1))
    size = (MOST_OF_ONE + 1).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size, (10).to_bytes(4, "little")))
    assert refused(path, own).code in {"posts.zip_big", "posts.zip_not"}


@pytest.mark.parametrize("content", [b"", b"bukan zip", b"PK\x03\x04" + b"\0" * 40])
def test_what_is_no_zip_is_said_to_be_none(content, tmp_path, own):
    (tmp_path / "x.zip").write_bytes(content)
    assert refused(tmp_path / "x.zip", own).code == "posts.zip_not"


def test_a_zip_without_a_pack_is_refused(tmp_path, own):
    assert refused(pack(tmp_path / "x.zip", {"foto.jpg": "x"}), own).code == "posts.zip_no_outlet"


@pytest.mark.parametrize(
    ("files", "code", "file", "line"),
    [
        ({"outlet.toml": TOML.replace("template", "templat")}, "posts.pack_unknown", "outlet.toml", 10),
        ({"outlet.toml": TOML.replace('kind = "text"', 'kind = "teks"')}, "posts.pack_choice", "outlet.toml", 9),
        ({"naskah.txt.j2": "{{ headline }}\n\n{% for x in %}"}, "posts.template_syntax", "naskah.txt.j2", 3),
        ({"lain.txt.j2": "baik\n{{ x | rusak }}"}, "posts.template_syntax", "lain.txt.j2", 2),
    ],
)
def test_a_mistake_in_a_pack_is_told_with_file_and_line(files, code, file, line, tmp_path, own):
    bad = pack(tmp_path / "x.zip", {"outlet.toml": TOML, "naskah.txt.j2": TEMPLATE, **files})
    error = refused(bad, own)
    assert error.facts["pack"] == "radio"
    assert error.facts["file"] == file
    assert error.facts["line"] == line
    assert error.code == code


@pytest.mark.parametrize("name", [".DS_Store", "radio/._outlet.toml", "radio/Thumbs.db", "radio/sub/desktop.ini"])
def test_what_a_computer_puts_in_by_itself_is_left_out(name, tmp_path):
    source = export_pack(templates_dir() / "telegram", tmp_path / "telegram.zip")
    with zipfile.ZipFile(source, "a") as archive:
        archive.writestr(name, b"\0\1")
    assert import_pack(source, tmp_path / "own", templates_dir()).id == "telegram"
    assert not [path for path in (tmp_path / "own").rglob("*") if path.name == name.rpartition("/")[2]]
