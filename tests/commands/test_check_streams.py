"""``kim-studio check`` tells of each story as it is checked, and its JSON is one list all the same."""

from __future__ import annotations

import json

import pytest

from studio.commands import check
from studio.commands.check import run_check
from studio.release import finding_texts
from studio.store.workspace import create_workspace
from studio.story.model import Group, Story


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("periksa") / "kim"
    with create_workspace(folder, Group(name="KIM Uji")) as workspace:
        for number in range(3):
            workspace.add(Story(id="", headline=f"Panen {number}", body="Warga panen."))
    return folder


@pytest.mark.parametrize("as_json", [False, True])
def test_each_story_is_told_before_the_next_is_checked(place, monkeypatch, as_json):
    order = []
    real = finding_texts.check_all
    monkeypatch.setattr(finding_texts, "check_all", lambda *f, **n: (order.append("checked"), real(*f, **n))[1])
    monkeypatch.setattr(
        check, "print_result", lambda text: ("Panen" in text or "panen" in text) and order.append("told")
    )
    run_check(place, (), as_json=as_json)
    assert order == ["checked", "told"] * 3


@pytest.mark.parametrize("count", [0, 1, 3])
def test_the_json_is_one_list(place, capsys, tmp_path, count):
    if not count:
        create_workspace(tmp_path / "kosong", Group(name="KIM Uji")).close()
    stories = sorted(path.name for path in (place / "stories").iterdir())[:count]
    run_check(place if count else tmp_path / "kosong", stories, as_json=True)
    assert [each["story"] for each in json.loads(capsys.readouterr().out)] == stories
