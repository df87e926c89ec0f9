"""How well and how fast the language is checked: false alarms, hit rate, a word, and a key in a long story.

    python bench/checks.py
    python bench/checks.py --texts DIR [--json | --all]

False alarms are counted on 500 correct sentences written for this purpose (``bench/data``): the first half was used to
fill the list of extra words, the second was not. The bare dictionary is what a user would pick instead: it runs on the
same words in the same loop. With ``--texts`` nothing is timed: texts with a list of their errors are judged
(``judged_texts.py``; ours are in ``bench/texts``).
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.judged_texts import judge, report
from studio.base.paths import assets_dir
from studio.checks.language import LanguageChecker
from studio.checks.people_rules import check_people
from studio.checks.text_passages import TextPassage
from studio.lexicon.lexicon import Lexicon, load_lexicon
from studio.lexicon.pii import find_private
from studio.lexicon.word_list import known_words
from studio.story.model import Group, Person, Story

DATA = Path(__file__).with_name("data")


def lines(name: str) -> list[str]:
    return (DATA / name).read_text(encoding="utf-8").splitlines()


def false_alarms(checker: LanguageChecker, lexicon: Lexicon, name: str) -> str:
    words = alarms = bare = 0
    for line in lines(name):
        found = [word.text for word in TextPassage(line).words]
        words += len(found)
        alarms += len(checker.marks(line, frozenset()))
        bare += sum(not lexicon._ask_dictionary(word) for word in found)
    return f"{name}: {words} words, {100 * alarms / words:.2f} % flagged (dictionary alone {100 * bare / words:.2f} %)"


def hits(checker: LanguageChecker, lexicon: Lexicon) -> str:
    before = "Warga desa mencatat "
    found = fixed = 0
    for pair in lexicon.pairs:
        marks = [
            mark
            for mark in checker.marks(f"{before}{pair.wrong} yang ada.", frozenset())
            if mark.start < len(before) + len(pair.wrong) and mark.end > len(before)
        ]
        found += bool(marks)
        fixed += any(pair.right.lower() in fix.lower() for mark in marks for fix in mark.fixes)
    count = len(lexicon.pairs)
    return f"pairs: {found}/{count} flagged ({100 * found / count:.1f} %), {fixed} with the right fix offered first"


def lookup(lexicon: Lexicon) -> str:
    words = sorted(
        {word.text.lower() for name in DATA.iterdir() for line in lines(name.name) for word in TextPassage(line).words}
    )
    fresh = lexicon.fresh_copy()
    start = time.perf_counter()
    for word in words:
        fresh.spells(word)
    first = (time.perf_counter() - start) / len(words) * 1e6
    start = time.perf_counter()
    for word in words:
        fresh.spells(word)
    again = (time.perf_counter() - start) / len(words) * 1e6
    return f"lookup: {first:.1f} microseconds for a new word, {again:.2f} for one seen before ({len(words)} words)"


def rechecks(lexicon: Lexicon) -> str:
    """A 5,000-word story, one letter more each time, in another paragraph each time."""
    every = [line for name in sorted(DATA.iterdir()) for line in lines(name.name)]
    paragraphs = [" ".join(every[at : at + 4]) for at in range(0, len(every), 4)]
    while sum(len(part.split()) for part in paragraphs) < 5000:
        paragraphs += [f"{part} Demikian." for part in paragraphs]
    checker = LanguageChecker(lexicon)
    group = Group(name="KIM Bina Warga")
    start = time.perf_counter()
    checker.check(Story(id="s", body="\n\n".join(paragraphs)), group)
    whole = (time.perf_counter() - start) * 1000
    times = []
    for key in range(60):
        paragraphs[key * 7 % len(paragraphs)] += " a"
        story = Story(id="s", body="\n\n".join(paragraphs))
        start = time.perf_counter()
        checker.check(story, group)
        times.append((time.perf_counter() - start) * 1000)
    times.sort()
    words = len(" ".join(paragraphs).split())
    return (
        f"{words} words: first check {whole:.0f} ms, after a key median {statistics.median(times):.1f} ms, "
        f"p95 {times[int(len(times) * 0.95)]:.1f} ms"
    )


def people_rechecks() -> str:
    """The gate's search for two protected children in a story of 6,600 words, one letter more each time."""
    every = [line for name in sorted(DATA.iterdir()) for line in lines(name.name)]
    paragraphs = [" ".join(every[at : at + 4]) for at in range(0, len(every), 4)]
    paragraphs *= 1 + 6600 // sum(len(part.split()) for part in paragraphs)
    while sum(len(part.split()) for part in paragraphs) > 6650:
        paragraphs.pop()
    marks = ("SDN 2 Karangsari", "RT 03/RW 05", "Jalan Melati No. 7", "Dusun Wonosari", "kelas 5B", "Sulastri")
    children = tuple(
        Person(id=name, name=name, age_group="child", role="victim", protected=True, identifiers=marks)
        for name in ("Rani Oktaviani Putri", "Dimas Bayu Nugroho")
    )
    group = Group(name="KIM Bina Warga", village="Sukamaju")
    times = []
    for key in range(60):
        paragraphs[key * 7 % len(paragraphs)] += " a"
        story = Story(id="s", body="\n\n".join(paragraphs), people=children)
        start = time.perf_counter()
        check_people(story, group, find_private, known=known_words())
        times.append((time.perf_counter() - start) * 1000)
    first, *rest = times
    rest.sort()
    words = len(" ".join(paragraphs).split())
    return (
        f"people, {words} words: first {first:.0f} ms, after a key median {statistics.median(rest):.1f} ms, "
        f"p95 {rest[int(len(rest) * 0.95)]:.1f} ms"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", type=Path, help="folder of name.txt beside name.errors.csv (quote,kind,fix)")
    parser.add_argument("--json", action="store_true", help="print the judgement as JSON")
    parser.add_argument("--all", action="store_true", help="list every error missed and every false finding")
    args = parser.parse_args()
    if args.texts is None:
        measure()
        return
    tally = judge(LanguageChecker(load_lexicon(assets_dir() / "language")), args.texts)
    if args.json:
        print(json.dumps(tally.as_data(), ensure_ascii=False, indent=1))
    else:
        print("\n".join(report(tally, full=args.all)))


def measure() -> None:
    start = time.perf_counter()
    lexicon = load_lexicon(assets_dir() / "language")
    print(f"lexicon read in {(time.perf_counter() - start) * 1000:.0f} ms")
    checker = LanguageChecker(lexicon)
    for name in sorted(path.name for path in DATA.iterdir()):
        print(false_alarms(checker, lexicon, name))
    print(hits(checker, lexicon))
    print(lookup(lexicon))
    print(rechecks(lexicon))
    print(people_rechecks())


if __name__ == "__main__":
    main()
