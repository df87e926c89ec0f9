"""Pillow opens nothing whose kind was not named: MoviePy holds it below 12, and rare decoders stay shut."""

from __future__ import annotations

import ast
import re

import PIL
import pytest

from tests.source_files import parsed_files

KNOWN = {"JPEG", "PNG", "WEBP", "HEIF", "MPO", "GIF", "BMP", "TIFF", "AVIF"}


def opens(tree: ast.Module) -> list[ast.Call]:
    """Calls of Pillow's ``open``, under any name it was imported by."""
    names, direct = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "PIL":
            names |= {each.asname or each.name for each in node.names if each.name == "Image"}
        if isinstance(node, ast.ImportFrom) and node.module == "PIL.Image":
            direct |= {each.asname or each.name for each in node.names if each.name == "open"}
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and (
            (isinstance(node.func, ast.Name) and node.func.id in direct)
            or (isinstance(node.func, ast.Attribute) and node.func.attr == "open" and _name(node.func.value) in names)
        )
    ]


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def test_every_picture_is_opened_with_the_kinds_it_may_be():
    found = 0
    for name, tree in parsed_files(re.compile(r"\bPIL\b").search):
        for call in opens(tree):
            found += 1
            kinds = next((each.value for each in call.keywords if each.arg == "formats"), None)
            where = f"{name}:{call.lineno}"
            assert kinds is not None, where
            # A list that is written out is read; one that comes from the table of kinds is that table's own affair.
            written = [each.value for each in ast.walk(kinds) if isinstance(each, ast.Constant)]
            assert {kind for kind in written if isinstance(kind, str)} <= KNOWN, where
    assert found >= 10


@pytest.mark.parametrize(
    "code", ["from PIL import Image\nImage.open(p)", "from PIL import Image as P\nwith P.open(p) as f: pass"]
)
def test_the_search_finds_a_bare_one(code):
    (call,) = opens(ast.parse(code))
    assert not call.keywords


def test_moviepy_holds_pillow_where_the_readme_says(repository):
    assert int(PIL.__version__.partition(".")[0]) < 12
    readme = (repository / "README.md").read_text(encoding="utf-8")
    assert "Pillow" in readme
    assert "MoviePy" in readme
