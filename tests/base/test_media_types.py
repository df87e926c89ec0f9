"""One table of endings: whoever needs one asks it, and what may come in is also shown, played and sent."""

import ast
import re

from studio.base.media_types import TABLE, is_packed, is_used_as, media_name, suffix_of, suffixes_for
from tests.source_files import parsed_files

KNOWN = {suffix for row in TABLE for suffix in row.suffixes}


def _is_known(node):
    return isinstance(node, ast.Constant) and node.value in KNOWN


def _list_of_endings(node):
    """Whether a node of the syntax tree lists two or more known endings by hand."""
    if isinstance(node, ast.Dict):
        return sum(map(_is_known, node.keys)) > 1
    return isinstance(node, ast.Set | ast.List | ast.Tuple) and sum(map(_is_known, node.elts)) > 1


def test_endings_are_listed_in_the_table_only():
    quoted = re.compile(rf"""["']({"|".join(map(re.escape, KNOWN))})["']""")
    found = {}
    for name, tree in parsed_files(lambda text: len(quoted.findall(text)) > 1):
        nodes = [node for node in ast.walk(tree) if isinstance(node, ast.expr)]
        found[name] = [node.lineno for node in nodes if _list_of_endings(node)]
    assert found
    assert not {name: lines for name, lines in found.items() if lines}


def test_every_ending_and_every_name_stands_there_once():
    assert len(KNOWN) == sum(len(row.suffixes) for row in TABLE)
    assert len({row.name for row in TABLE}) == len(TABLE)
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in KNOWN)


def test_what_files_are_by_their_endings():
    assert all(is_used_as(f"KLIP{suffix.upper()}", "video") for suffix in (".wmv", ".m2ts", ".ts", ".mts"))
    assert (is_used_as("suara.3gp", "sound"), is_used_as("suara.3gp", "video")) == (True, True)
    assert (media_name("a.b/FOTO.JPG"), media_name("foto"), media_name(".jpg")) == (
        "image/jpeg",
        "application/octet-stream",
        "application/octet-stream",
    )
    assert (suffix_of("image/tiff"), suffix_of("image/x-emf")) == (".tif", "")
    assert (is_packed("klip.mp4"), is_packed("takarir.srt"), is_packed("x")) == (True, False, False)
    assert suffixes_for("subtitle") == (".srt", ".vtt")
