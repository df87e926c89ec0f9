"""Cards a second of this tree beside those of another checkout, by turns.

    python bench/cards.py before CHECKOUT [--rounds 5] [--cards 40] [--family warta]

A card is what an export does for it but for the photo's decode: the template filled for its key and for its picture,
set, painted and encoded as JPEG. Both trees run in a process of their own with this Python and take turns, so that a
busy machine slows both; the median of the ratios counts. Target: at least 1.0 of the commit before. ``--family`` also
takes one that only this tree has: then the other one draws its plain cards, and the ratio says what the family costs.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
TARGET = 1.0
_KINDS = ("judul", "foto", "kutipan", "pengumuman", "teks")
_SIZES = ((1080, 1080), (1080, 1350), (1080, 1920), (1280, 720))


def draw_cards(count: int, family: str) -> float:
    """CPU seconds of ``count`` cards in this process; imports, fonts and compiled templates are warmed up before."""
    from studio.base.paths import templates_dir
    from studio.paint.image import paint_rgb
    from studio.paint.qt_application import ensure_gui
    from studio.posts.catalog import load_catalog
    from studio.posts.output_kinds import CardOutput, FrameSize
    from studio.posts.render_context import RenderContext
    from studio.posts.svg import plan_svg, render_svg
    from studio.posts.template_context import build_context
    from studio.story.model import Group, Photo, Source, Story

    ensure_gui()
    press = RenderContext(load_catalog(templates_dir(), None))
    outlet = press.catalog.outlet("instagram")
    known = {"family": family} if "family" in Group.__struct_fields__ else {}
    group = Group(name="KIM Bina Warga", village="Desa Sukamaju", accounts={"instagram": "@kim.sukamaju"}, **known)
    story = Story(
        id="s",
        headline="Warga Sukamaju gotong royong perbaiki saluran irigasi sepanjang 400 meter",
        kicker="Pertanian",
        place="Sukamaju",
        date="2026-11-22",
        body="Sebanyak 120 warga bekerja.\n\n“Kami kehilangan satu musim tanam,” kata Asep Hidayat, Kepala Dusun.",
        sources=(Source(name="Asep Hidayat", role="Kepala Dusun"),),
        photos=(Photo(id="p", file="p.jpg", caption="Warga di saluran irigasi.", credit="Budi Santoso"),),
    )
    material = build_context(story, group, press.catalog.labels)

    def draw(number: int) -> None:
        size = _SIZES[number % len(_SIZES)]
        output = CardOutput(file="kartu.jpg", size=FrameSize(*size), design=_KINDS[number % len(_KINDS)])
        plan_svg(press, outlet, output, material, {"photo": "kim:p", "logo": ""})
        svg = render_svg(press, outlet, output, material, pictures={"photo": ""}, design=output.design)
        paint_rgb(svg, *size)

    for number in range(len(_SIZES) * len(_KINDS)):
        draw(number)
    start = time.process_time()
    for number in range(count):
        draw(number)
    return time.process_time() - start


def seconds_of(tree: Path, count: int, family: str) -> float:
    """``draw_cards`` of another tree, in a process of its own."""
    command = [sys.executable, str(HERE / "cards.py"), "draw", str(count), family]
    found = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": str(tree)}, cwd=tree, check=True, capture_output=True, text=True
    )
    return float(found.stdout.split()[-1])


def main() -> int:
    """Compare; see the module's text."""
    if sys.argv[1:2] == ["draw"]:
        sys.stdout.write(f"{draw_cards(int(sys.argv[2]), sys.argv[3])}\n")
        return 0
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mode", choices=["before"])
    parser.add_argument("checkout", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--cards", type=int, default=40)
    parser.add_argument("--family", default="warta")
    asked = parser.parse_args()
    ratios = []
    for number in range(asked.rounds):
        # Who goes first changes: the second run finds the machine warmer.
        trees = [asked.checkout.resolve(), HERE.parent][:: 1 if number % 2 else -1]
        spent = {tree: seconds_of(tree, asked.cards, asked.family) for tree in trees}
        before, now = spent[asked.checkout.resolve()], spent[HERE.parent]
        ratios.append(before / now)
        speeds = f"{asked.cards / before:.1f} cards/s before, {asked.cards / now:.1f} now"
        sys.stdout.write(f"round {number + 1}: {speeds}, {ratios[-1]:.2f}\n")
    sys.stdout.write(f"cards a second: {median(ratios):.2f} of before (target {TARGET})\n")
    return 0 if median(ratios) >= TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
