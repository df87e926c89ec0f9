"""Every message exists in both languages, with the same placeholders, and every code the program names has a text."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted((ROOT / "assets" / "messages").glob("*.toml"))
CATALOG = {
    code: (path.name, entry)
    for path in FILES
    for code, entry in tomllib.loads(path.read_text(encoding="utf-8")).items()
}
CALLS = {"UserError", "WorkNotice"}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


FILE = re.compile(r"\.(html|js|xml|txt|css|svg|json)$")
"""Names of files are handed to functions called "text" too."""


def codes_named() -> set[tuple[str, str]]:
    """(file, code) of every ``UserError``, ``Notice`` and ``texts.text`` whose code is written out."""
    found = set()
    for path in (ROOT / "studio").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            first = node.args[0]
            literal = isinstance(first, ast.Constant) and isinstance(first.value, str)
            if literal and (name in CALLS or (name == "text" and "." in first.value)) and not FILE.search(first.value):
                found.add((str(path.relative_to(ROOT)), first.value))
    return found


def test_no_code_is_defined_twice():
    twice = [
        f"{path.name}: {code}"
        for path in FILES
        for code in tomllib.loads(path.read_text(encoding="utf-8"))
        if CATALOG[code][0] != path.name
    ]
    assert not twice


def faults(entry: dict[str, str]) -> list[str]:
    """What is wrong with one message."""
    if set(entry) != {"id", "en"}:
        return [f"languages are {sorted(entry)}"]
    found = [f"{language} is empty" for language in ("id", "en") if not entry[language].strip()]
    apart = placeholders(entry["id"]) ^ placeholders(entry["en"])
    return found + [f"only one language has {sorted(apart)}"] * bool(apart)


def test_both_languages_say_the_same():
    wrong = {code: found for code, (_, entry) in sorted(CATALOG.items()) if (found := faults(entry))}
    assert not wrong


@pytest.mark.parametrize(
    "entry",
    [{"id": "Ada"}, {"id": "Ada", "en": " "}, {"id": "{a} {b}", "en": "{a}"}, {"id": "x", "en": "x", "fr": "x"}],
    ids=["one language", "empty", "placeholder", "three languages"],
)
def test_a_faulty_message_is_found(entry):
    assert faults(entry)


def test_every_code_that_is_raised_has_a_text():
    missing = sorted(f"{file}: {code}" for file, code in codes_named() if code not in CATALOG)
    assert not missing
