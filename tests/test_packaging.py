"""The wheel carries assets and templates, and the two commands of the README are the ones CI runs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile

import pytest


@pytest.fixture(scope="module")
def wheel(repository, tmp_path_factory):
    """The wheel, built once with the backend that pip would call (no network, no isolation)."""
    folder = tmp_path_factory.mktemp("wheel")
    code = f"import hatchling.build as b; print(b.build_wheel({str(folder)!r}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=repository, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_what_the_source_tree_has(wheel, repository):
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("assets", "templates"):
        for path in (repository / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert f"studio/_bundled/{path.relative_to(repository).as_posix()}" in names


def test_the_wheel_leaves_the_tools_at_home(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"studio"}


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """What pip would put into site-packages."""
    folder = tmp_path_factory.mktemp("site")
    zipfile.ZipFile(wheel).extractall(folder)
    return folder


@pytest.mark.parametrize(("language", "words"), [("id_ID.UTF-8", "pohon sumber"), ("en_GB.UTF-8", "source tree")])
def test_screenshots_of_an_installed_program_say_where_they_can_be_made(installed, tmp_path, language, words):
    command = [sys.executable, "-m", "studio", "screenshots", str(tmp_path / "gambar")]
    done = subprocess.run(
        command, cwd=installed, capture_output=True, text=True, check=False, env=os.environ | {"LANG": language}
    )
    assert done.returncode == 2, done.stderr
    assert words in done.stderr
    assert not (tmp_path / "gambar").exists()


def test_an_installed_wheel_finds_its_data(installed):
    code = "from studio.base import paths; print(paths.assets_dir()); print(paths.templates_dir())"
    done = subprocess.run([sys.executable, "-c", code], cwd=installed, capture_output=True, text=True, check=True)
    assets, templates = done.stdout.split()
    assert assets == str(installed / "studio" / "_bundled" / "assets")
    assert templates == str(installed / "studio" / "_bundled" / "templates")


def test_a_frozen_build_finds_its_data(repository, tmp_path, monkeypatch):
    from studio.base import paths

    (tmp_path / "assets" / "messages").mkdir(parents=True)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.assets_dir() == tmp_path / "assets"


def test_ci_runs_the_test_command_of_the_readme(repository):
    readme = (repository / "README.md").read_text(encoding="utf-8")
    command = re.search(r"<!-- test command -->\s+```\w*\n(.+?)\n```", readme, re.DOTALL)
    assert command
    script = (repository / ".ci" / "run").read_text(encoding="utf-8")
    assert command[1].strip() in script
    for package in re.findall(r"\blib[a-z0-9.+-]+\d\b", readme):
        assert package in script
