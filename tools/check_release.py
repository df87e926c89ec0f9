"""Says what is still to do before a version is tagged; changes nothing (docs/release.md has the steps).

    python -m tools.check_release

Ends with 1 while something is left.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VERSION_SOURCE = "studio/__init__.py"
NAMED = {
    "README.md": r"kim-studio_([\d.]+)_amd64\.deb",
    "docs/packaging.md": r"kim-studio_([\d.]+)_amd64\.deb",
    "packaging/check_linux.py": r"kim-studio_([\d.]+)_amd64\.deb",
    "packaging/linux/id.kim.Studio.flatpak.yml": r"kim-studio_([\d.]+)_amd64\.deb",
    "packaging/linux/id.kim.Studio.metainfo.xml": r'<release version="([\d.]+)"',
}
"""Files that name the version, and how: of a file with several releases the first counts."""
_DAY = r"\d{4}-\d\d-\d\d"


def read_version(root: Path) -> str:
    """The version of the program, from which the packages take theirs."""
    found = re.search(r'^__version__ = "([^"]+)"', (root / VERSION_SOURCE).read_text(encoding="utf-8"), re.MULTILINE)
    if found is None:
        raise SystemExit(f"{VERSION_SOURCE} has no __version__")
    return found[1]


def find_open_steps(root: Path) -> list[str]:
    """What the files of a tree still lack for a release of their version, one line each."""
    version = read_version(root)
    steps = [
        f"{name}: names {told}, the program is {version}"
        for name, pattern in NAMED.items()
        if (told := _named_version(root / name, pattern)) != version
    ]
    changes = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    head = re.search(r"^## (.+)$", changes, re.MULTILINE)
    day = re.fullmatch(rf"{re.escape(version)} \(({_DAY})\)", head[1]) if head else None
    if day is None:
        steps.append(f'CHANGELOG.md: its first heading is to be "## {version} (the day, as 2026-11-30)"')
        return steps
    metadata = (root / "packaging/linux/id.kim.Studio.metainfo.xml").read_text(encoding="utf-8")
    if f'<release version="{version}" date="{day[1]}"' not in metadata:
        steps.append(f"packaging/linux/id.kim.Studio.metainfo.xml: the day of {version} is to be {day[1]}")
    return steps


def find_open_git_steps(root: Path, version: str) -> list[str]:
    """What is left to do in git: a clean tree on main, and a name for the tag that nobody has."""
    asked = {"status": ["status", "--porcelain"], "branch": ["branch", "--show-current"], "tags": ["tag", "--list"]}
    told = {
        name: subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, check=True).stdout.strip()
        for name, words in asked.items()
    }
    steps = []
    if told["status"]:
        steps.append("git: commit or drop what is changed")
    if told["branch"] != "main":
        steps.append(f"git: go to main (this is {told['branch'] or 'no branch'})")
    if f"v{version}" in told["tags"].split():
        steps.append(f"git: v{version} is tagged already; raise __version__ in {VERSION_SOURCE}")
    return steps


def _named_version(path: Path, pattern: str) -> str:
    found = re.search(pattern, path.read_text(encoding="utf-8"))
    return found[1] if found else "no version"


def main() -> None:
    """Print what is left to do, or the command that tags."""
    version = read_version(ROOT)
    steps = [*find_open_steps(ROOT), *find_open_git_steps(ROOT, version)]
    for step in steps:
        print(step)
    if steps:
        sys.exit(1)
    print(f'ready: git tag -a v{version} -m "KIM Studio {version}"')


if __name__ == "__main__":
    main()
