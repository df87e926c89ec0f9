"""``kim-studio export A --also B``: several workspaces in one run, each to its own place."""

from __future__ import annotations

import json

import pytest

from studio.cli import main
from studio.store.workspace import create_workspace
from studio.story.model import Group, Story


@pytest.fixture
def places(tmp_path):
    made = []
    for name in ("satu", "dua"):
        made.append(tmp_path / name)
        with create_workspace(made[-1], Group(name=f"KIM {name}", village="Sukamaju")) as workspace:
            workspace.add(Story(id="", headline=f"Warga {name} panen", date="2026-11-22", body="Warga panen."))
    return made


def run(*words):
    try:
        return main([str(word) for word in words])
    except SystemExit as end:
        return end.code


def test_each_workspace_is_exported_to_its_own_place(places, tmp_path, capsys):
    one, two = places
    code = run(
        "export", one, "--also", two, "--also", one, "--outlet", "bluesky", "--out", tmp_path / "hasil", "--json"
    )
    manifests = json.loads(capsys.readouterr().out)
    assert (code, [each["story"][11:] for each in manifests]) == (0, ["warga-satu-panen", "warga-dua-panen"])
    for place, manifest in zip(places, manifests, strict=True):
        file = manifest["files"][0]["path"]
        assert (tmp_path / "hasil" / place.name / manifest["story"] / file).is_file()


def test_a_workspace_that_is_not_there_stops_no_other(places, tmp_path, capsys):
    assert run("export", tmp_path / "tiga", "--also", places[1], "--outlet", "bluesky") == 1
    told = capsys.readouterr()
    assert "warga-dua-panen" in told.out
    assert "tiga" in told.err


@pytest.mark.parametrize(
    "words",
    [("2026-11-22-warga-satu-panen",), ("--site",), ("--out", "hasil")],
    ids=["stories", "no --out", "same names"],
)
def test_what_cannot_be_meant_is_wrong_usage(places, tmp_path, capsys, words, monkeypatch):
    monkeypatch.chdir(tmp_path)
    other = places[1]
    if "--out" in words:
        other = tmp_path / "lain" / "satu"
        create_workspace(other, Group(name="KIM Lain")).close()
    assert run("export", places[0], *words, "--also", other) == 2
    told = capsys.readouterr().err
    assert "--also" in told or "--out" in told or "--out" in words
    assert not (tmp_path / "hasil").exists()
