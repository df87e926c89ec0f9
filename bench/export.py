"""Files per second of an export of many stories to every outlet, and what a second run without changes costs.

    python bench/export.py [STORIES] [--jobs N]
    python bench/export.py --part preview [--changes N]

Each story has two 3 MP photos and 250 words; no videos (bench/video.py measures those). The peer of the second run is
the first: a build that makes nothing should cost next to nothing.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from msgspec.structs import replace

from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir, templates_dir
from studio.base.progress import SilentProgress
from studio.export.running.story_exporter import StoryExporter
from studio.store.workspace import create_workspace, open_workspace
from studio.story.model import Group, Photo, Source, Story

WORDS = "Warga dusun bergotong royong memperbaiki saluran irigasi yang jebol akibat hujan deras pekan lalu. "


def draw_photo(path: Path, seed: int) -> None:
    """A photo-like picture: smooth light with sensor noise, 2048x1536."""
    import numpy
    from PIL import Image

    chance = numpy.random.default_rng(seed)
    coarse = Image.fromarray(chance.integers(40, 220, (24, 32, 3), dtype=numpy.uint8)).resize(
        (2048, 1536), Image.Resampling.BICUBIC
    )
    noisy = numpy.asarray(coarse, dtype=numpy.int16) + chance.integers(-9, 10, (1536, 2048, 3), dtype=numpy.int16)
    Image.fromarray(numpy.clip(noisy, 0, 255).astype(numpy.uint8)).save(path, quality=92)


def fill(folder: Path, count: int) -> None:
    pictures = []
    for seed in range(8):
        pictures.append(folder.parent / f"foto-{seed}.jpg")
        draw_photo(pictures[-1], seed)
    with create_workspace(folder, Group(name="KIM Uji", village="Sukamaju", site="https://contoh.id")) as workspace:
        for number in range(count):
            story = Story(
                id="",
                headline=f"Warga perbaiki saluran irigasi blok {number}",
                place="Sukamaju",
                date="2026-11-22",
                byline=("Siti Aminah",),
                tags=("irigasi", "gotong royong"),
                body="\n\n".join([WORDS * 4] * 4),
                sources=(Source(name="Asep Hidayat", role="Kepala Dusun"),),
            )
            name = workspace.add(story)
            photos = [workspace.import_media(name, pictures[(number + k) % 8]) for k in range(2)]
            kept = tuple(
                Photo(
                    id=f"f{k}",
                    file=file,
                    caption="Warga bekerja.",
                    credit="Siti Aminah",
                    alt="Saluran",
                    width=2048,
                    height=1536,
                )
                for k, file in enumerate(photos)
            )
            workspace.save(name, replace(workspace.load(name), photos=kept))


def run(folder: Path, jobs: int) -> tuple[float, int, int]:
    texts = MessageTexts(assets_dir() / "messages", "id")
    begun = time.perf_counter()
    with (
        open_workspace(folder, write=False) as workspace,
        StoryExporter(workspace, templates_dir(), texts, jobs=jobs) as exporter,
    ):
        done = list(exporter.export((), (), None, SilentProgress()))
    troubles = [problem for exported in done for problem in exported.problems] + [e.error for e in done if e.error]
    if troubles:
        raise SystemExit(f"the export had troubles: {troubles[:3]}")
    return time.perf_counter() - begun, sum(e.made for e in done), sum(e.kept for e in done)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("stories", nargs="?", type=int, default=100)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--part", choices=("files", "preview"), default="files")
    parser.add_argument("--changes", type=int, default=30)
    wanted = parser.parse_args()
    if wanted.part == "preview":
        import preview

        preview.run(wanted.changes)
        return
    base = Path(tempfile.mkdtemp(prefix="kim-bench-"))
    try:
        fill(base / "ruang", wanted.stories)
        first, made, _ = run(base / "ruang", wanted.jobs)
        again = sorted(run(base / "ruang", wanted.jobs) for _ in range(3))[1]
        size = sum(path.stat().st_size for path in (base / "ruang" / "exports").rglob("*") if path.is_file())
    finally:
        shutil.rmtree(base)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{wanted.stories} stories, {made} files, {size / 1e6:.0f} MB, jobs={wanted.jobs}, peak {memory:.0f} MB")
    print(f"first run {first:.1f} s = {made / first:.1f} files/s")
    share = first / again[0]
    print(f"second run {again[0]:.2f} s (median of 3), made {again[1]}, kept {again[2]}: 1/{share:.0f} of the first")


if __name__ == "__main__":
    main()
