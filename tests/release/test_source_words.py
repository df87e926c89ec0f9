"""The rule behind a finding, in both languages: every source that the rules name."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

import studio.checks
from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir
from studio.checks.finding import Finding
from studio.release.finding_texts import source_words

MESSAGES = assets_dir() / "messages"
ENGLISH = " ".join(
    entry["en"] for entry in tomllib.loads((MESSAGES / "check_sources.toml").read_text(encoding="utf-8")).values()
)
SOURCE = re.compile(r"(?:KEJ|PPRA|PPMS|UU|EYD V|KBBI VI|Peraturan|praktik|kalimat efektif|I+\.[A-Z]: )\b.*")


def sources():
    """Every constant of the rules that is a source, or the end of one."""
    for path in Path(studio.checks.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and SOURCE.fullmatch(node.value):
                yield node.value


def said(source, language):
    return source_words(Finding("x", "block", "people", source=source), MessageTexts(MESSAGES, language))


def test_every_source_is_said_in_english_and_left_alone_in_indonesian():
    found = set(sources())
    assert len(found) > 30
    known = set(re.findall(r"[a-z]{2,}", ENGLISH))
    assert {source: said(source, "id") for source in found} == {source: source for source in found}
    left = {source: said(source, "en") for source in found}
    assert not {source: told for source, told in left.items() if set(re.findall(r"\b[a-z]{2,}\b", told)) - known}


@pytest.mark.parametrize(
    ("source", "english"),
    [
        ("KEJ pasal 5; PPRA butir 1; UU 11/2012 pasal 19", "KEJ article 5; PPRA point 1; Law 11/2012 article 19"),
        ("PPRA; UU PDP 27/2022", "PPRA; Personal Data Protection Law 27/2022"),
        ("", ""),
    ],
)
def test_what_it_says(source, english):
    assert said(source, "en") == english
