"""Every message exists in both languages, with the same placeholders, and every code the program names has a text."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from pathlib import Path

import pytest

from studio.base.i18n import MessageTexts
from studio.base.sizes import ByteCount
from studio.ui.core.shortcut_table import TABLE
from tests.source_files import parsed_files

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted((ROOT / "assets" / "messages").glob("*.toml"))
CATALOG = {
    code: (path.name, entry)
    for path in FILES
    for code, entry in tomllib.loads(path.read_text(encoding="utf-8")).items()
}
CALLS = {"UserError", "WorkNotice"}


OUTLETS = {tomllib.loads(path.read_text("utf-8"))["name"] for path in ROOT.glob("templates/*/outlet.toml")}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


FILE = re.compile(r"\.(html|js|xml|txt|css|svg|json)$")
"""Names of files are handed to functions called "text" too."""


def codes_named() -> set[tuple[str, str]]:
    """(file, code) of every ``UserError``, ``WorkNotice`` and ``texts.text`` whose code is written out."""
    found = set()
    for path, tree in parsed_files(re.compile(r"UserError\(|WorkNotice\(|\btext\(").search):
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            first = node.args[0]
            literal = isinstance(first, ast.Constant) and isinstance(first.value, str)
            if literal and (name in CALLS or (name == "text" and "." in first.value)) and not FILE.search(first.value):
                found.add((path, first.value))
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


WORDS = {"file", "outlet", "name", "address", "place", "fix", "user", "text", "number", "group", "folder", "field"}
"""Placeholders that are words, so that a verb may follow: "{file} takes ..."."""
VERBS = {"is", "was", "has"}
SIZES = {"height"}  # 4000 x 3000 pixels


def plain_counts(english: str) -> list[str]:
    """Placeholders without forms that stand before a plural, so that one of a thing would be "1 findings"."""
    parts = list(string.Formatter().parse(english))
    wrong = []
    for (_, name, spec, _), (after, *_) in zip(parts, [*parts[1:], ("", None, None, None)], strict=True):
        noun = re.match(r" (?:(?:earlier|other|more|old|independent|selected) )*([a-z]+s)\b", after)
        if name and not spec and name not in WORDS | SIZES and noun and noun[1] not in VERBS:
            wrong.append(f"{{{name}}} {noun[1]}")
    return wrong


def test_english_counts_have_a_form_for_one():
    wrong = {code: found for code, (_, entry) in CATALOG.items() if (found := plain_counts(entry["en"]))}
    assert not wrong


def test_only_english_has_two_forms_and_they_differ():
    for code, (_, entry) in CATALOG.items():
        assert not [spec for _, name, spec, _ in string.Formatter().parse(entry["id"]) if name and spec], code
        for _, name, spec, _ in string.Formatter().parse(entry["en"]):
            if name and spec:
                one, bar, other = spec.partition("|")
                assert all((one, bar, other, one != other)), (code, name)


@pytest.mark.parametrize("text", ["{count} findings", "In {place} {n} more changes lie", "{seconds} seconds"])
def test_a_count_with_one_form_is_found(text):
    assert plain_counts(text)


@pytest.mark.parametrize(
    ("code", "facts", "said"),
    [
        ("checkdesk.aside", {"count": 1}, "1 finding is ignored."),
        ("checkdesk.aside", {"count": 0}, "0 findings are ignored."),
        ("checkdesk.aside", {"count": 1250}, "1,250 findings are ignored."),
        ("library.count", {"n": 1}, "1 story"),
        ("write.numbers", {"words": "1", "minutes": 1}, "1 word · 1 min read"),
        ("queue.left_hours", {"n": 1.5}, "about 1.5 hours left"),
        ("phone.total", {"files": 1, "size": "2 MB"}, "1 file, 2 MB to upload"),
        ("phone.upload", {"n": 3, "size": ByteCount(1_400_000)}, "3 files · 1.4 MB"),
        ("checkdesk.aside", {}, "{count} findings are ignored."),
    ],
)
def test_the_number_decides_the_form(code, facts, said):
    assert MessageTexts(ROOT / "assets" / "messages", "en").text(code, **facts) == said


def test_indonesian_has_one_form_for_every_number():
    texts = MessageTexts(ROOT / "assets" / "messages")
    assert texts.text("checkdesk.aside", count=1) == texts.text("checkdesk.aside", count=2).replace("2", "1")
    assert "1,4 MB" in texts.text("phone.upload", n=3, size=ByteCount(1_400_000))
    assert "1,5 jam" in texts.text("queue.left_hours", n=1.5)


def test_every_outlet_of_the_studio_is_named_in_english_too():
    texts = MessageTexts(ROOT / "assets" / "messages", "en")
    named = {entry["id"] for code, (_, entry) in CATALOG.items() if code.startswith("outlet.")}
    assert named >= OUTLETS
    assert texts.text("publishdesk.tick", outlet="Situs web") == "Export to Website"
    assert texts.text("publishdesk.tick", outlet="Situs KIM Pena") == "Export to Situs KIM Pena"
    assert MessageTexts(ROOT / "assets" / "messages").outlet_name("Situs web") == "Situs web"


# ------------------------------------------------------------------------------------------------ the guide

GUIDE = sorted((ROOT / "docs" / "panduan").glob("*.md"))
SPACES = re.compile(r"\s+")


def said_pattern(text: str) -> re.Pattern[str] | None:
    """What a message may say, its placeholders filled; None where hardly a letter of it is its own."""
    parts = [(words, name is not None) for words, name, _, _ in string.Formatter().parse(text)]
    if sum(len(words.strip()) for words, _ in parts) < 5:
        return None
    return re.compile("".join(re.escape(words) + ".+" * filled for words, filled in parts))


WINDOW = {SPACES.sub(" ", entry["id"]).replace("&&", "&") for _, entry in CATALOG.values()}
PATTERNS = [made for text in WINDOW if "{" in text and (made := said_pattern(text))]


def strange_labels(page: str) -> list[str]:
    """What a page of the guide prints as a word of the window (bold) or a key (code), and the window does not have."""
    labels = (SPACES.sub(" ", label) for label in re.findall(r"\*\*(.+?)\*\*", page, re.DOTALL))
    keys = {key for row in TABLE for key in row.keys}
    strange = [
        label
        for label in labels
        if label not in WINDOW and label not in OUTLETS and not any(made.fullmatch(label) for made in PATTERNS)
    ]
    return strange + [key for key in re.findall(r"`(.+?)`", page) if key not in keys]


def test_the_guide_says_what_the_window_says():
    wrong = {path.name: found for path in GUIDE if (found := strange_labels(path.read_text("utf-8")))}
    assert len(GUIDE) == 10
    assert not wrong


def test_a_label_and_a_key_that_are_not_there_are_found():
    page = "Tekan **Berita baru** (`Ctrl+N`), lalu **Ekspor ke 16 kanal**, **Tombol rekaan** atau `Ctrl+Alt+F12`."
    assert strange_labels(page) == ["Tombol rekaan", "Ctrl+Alt+F12"]


def test_links_and_pictures_of_the_guide_are_there_and_small():
    named = {(path, link) for path in GUIDE for link in re.findall(r"\]\(([^)]+)\)", path.read_text("utf-8"))}
    assert not [link for path, link in named if not (path.parent / link).is_file()]
    pictures = set((ROOT / "docs" / "panduan" / "gambar").iterdir())
    assert pictures == {path.parent / link for path, link in named if link.startswith("gambar/")}
    assert sum(path.stat().st_size for path in pictures) < 1_500_000
