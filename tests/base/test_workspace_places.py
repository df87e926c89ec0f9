"""The names in a workspace are put together in one place."""

import ast
import re
import shutil

from studio.base.workspace_places import WorkspacePlaces
from studio.store.workspace import open_workspace
from tests.source_files import parsed_files

NAMES = {"stories", "exports", "templates", ".studio"}
CONSTANTS = {"STORIES", "EXPORTS", "TEMPLATES", "PRIVATE"}
GROUND = {"base/workspace_places.py", "base/folders.py"}


def _is_place(node):
    """``workspace / "exports"``, ``root / PRIVATE``."""
    if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)):
        return False
    right = node.right
    return (isinstance(right, ast.Constant) and right.value in NAMES) or (
        isinstance(right, ast.Name) and right.id in CONSTANTS
    )


def test_nobody_puts_a_place_together_by_hand():
    found = {}
    named = re.compile("|".join(map(re.escape, NAMES | CONSTANTS)))
    for name, tree in parsed_files(named.search):
        found[name] = [node.lineno for node in ast.walk(tree) if _is_place(node)]
    assert found.keys() > GROUND
    assert not {name: lines for name, lines in found.items() if lines and name not in GROUND}


def test_an_open_workspace_knows_its_places(tmp_path, repository):
    shutil.copytree(repository / "tests" / "workspaces" / "v1", tmp_path / "v1")
    with open_workspace(tmp_path / "v1") as workspace:
        assert workspace.private_dir.is_dir()
        assert workspace.stories_dir.is_dir()
        assert workspace.exports_dir("a") == WorkspacePlaces(tmp_path / "v1").exports_dir() / "a"
