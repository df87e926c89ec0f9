"""The index of the website's search: any beginning of a word loads few pieces, however many stories there are."""

from __future__ import annotations

import json
import random
from base64 import b64decode
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment

from studio.base.paths import templates_dir
from studio.export.website import site_search
from studio.export.website.site_search import MOST_PIECES, SHOWN, index_files, search_words, short_list

LETTERS = "aeiou\ufb01\U00010400\ufe73"
"""With a ligature, a capital beyond the first plane, and a letter that only JavaScript sorts behind it."""


def stories_of(count, seed=1):
    chance = random.Random(seed)
    words = ["".join(chance.choices(LETTERS, k=chance.randint(1, 6))) for _ in range(400)]
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    return [
        {
            "u": f"{number}/artikel.html",
            "j": f"Nomor{number} " + " ".join(chance.choices(words, weights, k=4)),
            "r": "",
            "d": "",
            "t": "",
            "i": " ".join(chance.choices(words, weights, k=30)),
        }
        for number in range(count)
    ]


def loaded_pieces(word, told):
    """How many pieces ``cari.js`` loads for a word."""
    if word in told.broad:
        return 1

    def order(text):
        return text.encode("utf-16-be")

    begun = [number for number, start in enumerate(told.starts) if start.startswith(word)]
    before = sum(order(start) <= order(word) for start in told.starts)
    return len({max(before - 1, 0), *begun})


@given(st.lists(st.integers(0, 300), unique=True).map(sorted))
def test_a_list_of_stories_is_read_back_however_it_is_written(numbers):
    written = short_list(numbers)
    if isinstance(written, str):
        bits = b64decode(written)
        assert [n for n in range(len(bits) * 8) if bits[n >> 3] >> (n & 7) & 1] == numbers
    else:
        assert list(accumulate(written)) == numbers
    dense = len(json.dumps(short_list(list(range(300)))))
    assert dense < 60 < len(json.dumps(list(range(300))))


def test_a_beginning_of_a_word_loads_few_pieces_of_a_known_size(monkeypatch):
    monkeypatch.setattr(site_search, "PIECE_BYTES", 600)
    numbers = []
    for count in (20, 200):
        stories = stories_of(count)
        told, files = index_files(stories)
        sizes = {name: len(text.encode()) for name, text in files if name.startswith(("cari/k", "cari/p"))}
        numbers.append(sum(name.startswith("cari/k") for name in sizes))
        assert len(told.starts) == numbers[-1]
        assert max(sizes.values()) < 1_200
        words = set().union(*(search_words(f"{story['j']} {story['i']}") for story in stories))
        asked = {word[:length] for word in words for length in range(1, len(word) + 1)}
        assert max(loaded_pieces(word, told) for word in asked) <= MOST_PIECES
    assert told.broad
    assert numbers[1] > 2 * numbers[0], "more words, more pieces"


SCRIPT = templates_dir() / "_common" / "web" / "cari.js.txt.j2"
PAGE = """<meta charset="utf-8"><form><input id="kata"></form><p id="jumlah"></p><ul id="hasil"></ul>
<script>%s</script>"""
DO = """new Promise(done => { const field = document.getElementById('kata'), root = document.documentElement;
  const before = root.dataset.cari; %s;
  const look = () => root.dataset.cari !== before
    ? done(parseInt(document.getElementById('jumlah').textContent) || 0) : setTimeout(look, 2);
  look(); })"""
"""How many were found, once that is shown."""
TYPE = DO % "field.value = %s; field.dispatchEvent(new Event('input'))"


@pytest.mark.tool("chromium")
def test_a_browser_finds_in_many_pieces_what_looking_through_all_finds(browser, tmp_path, monkeypatch):
    monkeypatch.setattr(site_search, "PIECE_BYTES", 600)
    stories = stories_of(60)
    told, files = index_files(stories)
    (tmp_path / "cari").mkdir()
    for name, content in files:
        (tmp_path / name).write_text(content, encoding="utf-8")
    facts = {"shown": SHOWN, "starts": told.starts, "broad": told.broad}
    script = Environment(autoescape=False).from_string(SCRIPT.read_text(encoding="utf-8")).render(search=facts)
    (tmp_path / "cari.html").write_text(PAGE % script, encoding="utf-8")
    browser.open((tmp_path / "cari.html").as_uri())
    texts = [search_words(f"{story['j']} {story['i']}") for story in stories]
    some = sorted(set().union(*texts))[::40]
    asked = [*told.broad[:6], *(word[: 1 + number % 4] for number, word in enumerate(some)), *some[:3], "o zzz", "a b"]
    for word in asked:
        wanted = search_words(word)
        hits = sum(all(any(one.startswith(part) for one in text) for part in wanted) for text in texts)
        assert browser.run(TYPE % json.dumps(word)) == hits, word
    assert browser.run(TYPE % json.dumps("nomor")) == 60
    shown = "document.querySelectorAll('#hasil li').length"
    steps = []
    while not browser.run("document.getElementById('lagi').hidden"):
        steps.append(browser.run(shown))
        assert browser.run(DO % "document.getElementById('lagi').click()") == 60
        place = browser.run("[...document.querySelectorAll('#hasil a')].indexOf(document.activeElement)")
        assert place == steps[-1], "the keyboard goes on with the first of the further ones"
    assert [*steps, browser.run(shown)] == [20, 40, 60]
