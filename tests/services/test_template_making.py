"""What makers of packs and families do: begin one, look it over, see it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PIL import Image

from studio.base.errors import UserError
from studio.base.progress import SilentProgress
from studio.cli import main
from studio.services import template_samples
from studio.services.outlet_packs import outlet_catalog, take_pack
from studio.store.workspace import create_workspace
from studio.story.model import Group


@pytest.fixture
def few_cards(monkeypatch):
    """Two kinds and two stories: what the commands do is the same for all."""
    monkeypatch.setattr(template_samples, "KINDS", ("judul", "pengumuman"))
    monkeypatch.setattr(template_samples, "SPECIAL", ("slide-2",))
    monkeypatch.setattr(template_samples, "HARD", template_samples.HARD[:2])
    monkeypatch.setattr("studio.services.template_making._SEEN", ("4:5", "link"))
    monkeypatch.setenv("LC_ALL", "id_ID.UTF-8")


def run(*words, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["templates", *map(str, words)])
    out, err = capsys.readouterr()
    return ended.value.code, out, err


def test_a_family_is_begun_looked_over_and_drawn(few_cards, tmp_path, capsys):
    mine = tmp_path / "desa-kami"
    assert run("new", mine, "--from", "ramah", capsys=capsys)[0] == 0
    code, out, err = run("check", mine, capsys=capsys)
    assert (code, err) == (0, "")
    assert "tidak ada kesalahan" in out
    toml = mine / "family.toml"
    toml.write_text(toml.read_text("utf-8").replace("display = 70", "display = 71"), "utf-8")
    code, out, _ = run("preview", mine, tmp_path / "gambar", capsys=capsys)
    assert code == 0
    for line in out.splitlines():
        with Image.open(line) as image:
            assert image.width > 400 and len(image.getcolors(1 << 24)) > 50  # noqa: PT018 - not an empty sheet
    assert len(out.splitlines()) == 3


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("family.toml", "radius = 56", "radius = 560", "radius"),
        ("family.toml", "[shape]", "[bentuk]", "bentuk"),
        ("family.toml", 'ground = "tint"', 'ground = "ungu"', "ungu"),
        ("parts.j2", "{{ b.image() }}", "{{ judul }}", "headline"),
        ("parts.j2", "{% macro art(b) %}", "{% macro art(b) %}{% if %}", "parts.j2"),
    ],
)
def test_each_mistake_is_told_with_its_file(few_cards, tmp_path, capsys, file, old, new, said):
    mine = tmp_path / "rusak"
    run("new", mine, "--from", "ramah", capsys=capsys)
    path = mine / file
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    code, _, err = run("check", mine, capsys=capsys)
    assert code == 1
    assert file in err
    assert said in err


def test_words_without_room_are_named(few_cards, tmp_path, capsys):
    mine = tmp_path / "sempit"
    run("new", mine, "--from", "majalah", capsys=capsys)
    toml = mine / "family.toml"
    toml.write_text(toml.read_text("utf-8").replace("0.586667, 0.866666, 0.36]", "0.75, 0.866666, 0.19]"), "utf-8")
    code, _, err = run("check", mine, capsys=capsys)
    assert code == 1
    assert 'Kartu judul 4:5, berita "panjang": kotak "judul"' in err


@pytest.mark.parametrize(
    ("base", "file", "old"),
    [("ramah", "parts.j2", "{% macro art(b) %}"), ("lembaran", "selebaran.svg.j2", "<rect")],
)
def test_what_the_painter_leaves_out_is_named_once(few_cards, tmp_path, capsys, base, file, old):
    mine = tmp_path / "bingkai"
    run("new", mine, "--from", base, capsys=capsys)
    path = next(mine.rglob(file))
    cut = '<rect clip-path="url(#lingkaran)" width="9" height="9" fill="none"/>'
    new = old + cut if old.endswith("}") else cut + old
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    code, _, err = run("check", mine, capsys=capsys)
    assert code == 1
    assert err.count('"clip-path: url(#lingkaran)" tidak digambar seperti tertulis') == 1


@pytest.mark.parametrize("base", ["mading", "lembaran", "x"])
def test_nothing_of_the_studios_own_packs_is_left_out(few_cards, tmp_path, capsys, base):
    mine = tmp_path / "punya-kami"
    run("new", mine, "--from", base, capsys=capsys)
    assert run("check", mine, capsys=capsys)[::2] == (0, "")


def test_a_pack_is_begun_and_filled(few_cards, tmp_path, capsys):
    mine = tmp_path / "radio"
    assert run("new", mine, "--from", "instagram", capsys=capsys)[0] == 0
    assert run("check", mine, capsys=capsys)[0] == 0
    code, out, _ = run("preview", mine, tmp_path / "hasil", capsys=capsys)
    assert code == 0
    assert "Ratusan warga" in (tmp_path / "hasil" / "panjang-takarir.txt").read_text("utf-8")
    assert (tmp_path / "hasil" / "panjang-kartu.png") in map(type(mine), out.splitlines())


def test_nothing_is_overwritten_and_names_are_looked_at(tmp_path, capsys):
    (tmp_path / "ada").mkdir()
    for words in ((tmp_path / "ada",), (tmp_path / "Besar",), (tmp_path / "x", "--from", "tidak-ada")):
        assert run("new", *words, capsys=capsys)[0] == 1
    assert run("check", tmp_path / "ada", capsys=capsys)[0] == 1
    assert list((tmp_path / "ada").iterdir()) == []


def test_a_family_goes_to_another_group_as_a_zip(few_cards, tmp_path, capsys):
    mine, other = tmp_path / "pesisir", tmp_path / "lain"
    run("new", mine, "--from", "ramah", capsys=capsys)
    code, out, _ = run("pack", mine, capsys=capsys)
    assert code == 0
    with create_workspace(other, Group(name="KIM Pesisir")) as workspace:
        assert take_pack(workspace, Path(out.strip()), SilentProgress(), replace=False).name == "Pesisir"
        assert "pesisir" in outlet_catalog(workspace).families
        with pytest.raises(UserError) as caught:
            take_pack(workspace, Path(out.strip()), SilentProgress(), replace=False)
        assert caught.value.code == "posts.zip_there"
        # What is wrong shows before anything is replaced.
        with zipfile.ZipFile(tmp_path / "rusak.zip", "w") as broken:
            for path in sorted(mine.iterdir()):
                broken.writestr(path.name, path.read_text("utf-8").replace("--judul", "{{ tidak_ada }}"))
        with pytest.raises(UserError, match="tidak_ada"):
            take_pack(workspace, tmp_path / "rusak.zip", SilentProgress(), replace=True)
        kept = workspace.templates_dir / "_families" / "pesisir" / "situs.css.txt.j2"
        assert "tidak_ada" not in kept.read_text("utf-8")
