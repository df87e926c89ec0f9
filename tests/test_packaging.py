"""The wheel carries assets and templates, CI runs the two commands of the README, and pages name what is there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile

import pytest
import yaml

PAGES = ("*.md", "docs/**/*.md", "bench/*.md")
TREES = ("studio", "tests", "tools", "bench", "assets", "templates", "docs", "findings", "packaging", ".github", ".ci")
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
OURS = re.compile(r"_?[a-z]+(_[a-z]+)+|(?:[A-Z][a-z]+)+")
"""Names of functions and classes."""
ENDINGS = {"json", "toml", "svg"}
NAMED = re.compile(r"[\w.-]+(?:/[\w.-]+)*/?")
OLD = {"CHANGELOG.md"}
"""Tells what once was, under the names it had."""


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
    for path in (repository / "docs" / "panduan").rglob("*.*"):
        assert f"studio/_bundled/{path.relative_to(repository / 'docs').as_posix()}" in names


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
    code = "from studio.base import paths as p; print(p.assets_dir(), p.templates_dir(), p.guide_dir(), sep='\\n')"
    done = subprocess.run([sys.executable, "-c", code], cwd=installed, capture_output=True, text=True, check=True)
    assets, templates, guide = done.stdout.split()
    assert guide == str(installed / "studio" / "_bundled" / "panduan")
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
    # What that command leaves for a second run, CI does as well, in a line of its own that ends it where it fails.
    assert re.search(r"^\.venv/bin/python -m pytest .*--long$", script, re.MULTILINE)
    for package in re.findall(r"\blib[a-z0-9.+-]+\d\b", readme):
        assert package in script


def test_ci_ends_with_what_fails_first(repository, tmp_path):
    """Where the packages could not be installed, old ones would judge types and style, and CI would be green."""
    (tmp_path / ".ci").mkdir()
    shutil.copy(repository / ".ci" / "run", tmp_path / ".ci")
    system, own = tmp_path / "bin", tmp_path / ".venv" / "bin"
    for folder in (system, own):
        folder.mkdir(parents=True)
    names = ("sudo", "env", "apt-get", "apt-cache", "python3")
    for program in (*(system / name for name in names), *(own / name for name in ("python", "ruff", "mypy"))):
        program.write_text('#!/bin/sh\necho "$0 $*" >> calls\n', encoding="utf-8")
    (own / "pip").write_text("#!/bin/sh\nexit 7\n", encoding="utf-8")
    for program in (*system.iterdir(), *own.iterdir()):
        program.chmod(0o755)
    path = f"{system}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(["bash", tmp_path / ".ci" / "run"], env={"PATH": path}, capture_output=True, check=False)
    called = (tmp_path / "calls").read_text(encoding="utf-8")
    assert done.returncode != 0
    assert "apt-get install" in called
    assert ".venv" not in called.replace("-m venv .venv", "")


@pytest.fixture(scope="module")
def tree(repository):
    """Every file and folder of ours, relative to the repository, and those of ``studio/`` without it too."""
    found = {path for name in TREES for path in (repository / name).rglob("*") if "__pycache__" not in path.parts}
    names = {path.relative_to(repository).as_posix() for path in found} | {*TREES}
    return names | {name.removeprefix("studio/") for name in names} | {path.name for path in repository.glob("*")}


@pytest.fixture(scope="module")
def words(repository):
    """Every name in our code."""
    files = (path for name in ("studio", "tests", "tools", "bench") for path in (repository / name).rglob("*.py"))
    return set(re.findall(r"[A-Za-z_]\w*", "\n".join(path.read_text(encoding="utf-8") for path in files)))


def missing_paths(text: str, tree: set[str]) -> list[str]:
    """The paths and modules a page of Markdown names between backticks that are not there."""
    # a workspace has a ``group/`` of its own, and templates a ``group``: only below ``studio/`` is it the package
    packages = {name for name in tree if "/" not in name and f"{name}/__init__.py" in tree} - {"group"}
    files = {name.rsplit("/", 1)[-1] for name in tree}
    wrong = []
    for code in CODE.findall(FENCE.sub("", text)):
        path = code.split()[0].rstrip("/")
        if not NAMED.fullmatch(path):
            continue
        head, _, rest = path.partition("/")
        if rest:
            ours = head in packages or (head in TREES and head != "templates")
            module = path.rsplit(".", 1)[0] + ".py"  # video/orientation.Orientation
            wrong += [code] * (ours and path not in tree and module not in tree)
        elif path.endswith(".py"):
            wrong += [code] * (path not in files)
        elif (first := path.split("."))[0] in packages and len(first) > 1 and first[1] not in ENDINGS:
            inner = "/".join(first[:2])
            wrong += [code] * (inner not in tree and f"{inner}.py" not in tree)
    return wrong


def test_pages_name_what_is_there(repository, tree):
    wrong = {}
    for page in (path for pattern in PAGES for path in repository.glob(pattern) if path.name not in OLD):
        text = page.read_text(encoding="utf-8")
        found = missing_paths(text, tree)
        found += [link for link in LINK.findall(text) if ":" not in link and not (page.parent / link).exists()]
        if found:
            wrong[page.relative_to(repository).as_posix()] = found
    assert not wrong


def test_architecture_names_classes_and_functions_that_are_there(repository, words):
    text = FENCE.sub("", (repository / "ARCHITECTURE.md").read_text(encoding="utf-8"))
    names = {name for code in CODE.findall(text) for name in code.split("(")[0].split(".") if OURS.fullmatch(name)}
    assert not names - words


@pytest.mark.parametrize(
    "text",
    ["see `studio/story/gone.py`", "`gone_module.py`", "`store/gone.py` and", "`ui/gone/`", "`release.gone.release`"],
)
def test_a_page_that_names_what_is_gone_is_found(text, tree):
    assert missing_paths(text, tree)


def test_every_folder_of_the_program_stands_in_architecture(repository):
    page = (repository / "ARCHITECTURE.md").read_text(encoding="utf-8")
    folders = {path.parent.relative_to(repository).as_posix() for path in repository.glob("studio/**/__init__.py")}
    assert not sorted(name for name in folders if f"`{name}/" not in page)


def test_ci_tries_the_oldest_and_the_newest_python_on_every_system(repository):
    jobs = yaml.safe_load((repository / ".github/workflows/tests.yml").read_text(encoding="utf-8"))["jobs"]
    matrix = jobs["tests"]["strategy"]["matrix"]
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    versions = [row.rsplit(" ", 1)[1] for row in project["classifiers"] if row.startswith("Programming Language")]
    assert matrix["python"] == [versions[0], versions[-1]]
    assert {name.split("-")[0] for name in matrix["os"]} == {"ubuntu", "windows", "macos"}
