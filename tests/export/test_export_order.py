"""What can be sent comes first: texts, cards and photos of all stories before the first clip of any."""

from __future__ import annotations

import subprocess
import sys

import pytest
from msgspec.structs import replace

from studio.base.errors import WorkCancelled
from studio.commands.export import run_export
from studio.export.running.export_manifest import JOURNAL, MANIFEST, read_journal, read_manifest
from studio.store.workspace import open_workspace
from studio.story.model import Cut, Video
from tests.export.test_export import SMALL_PACK, draw, export, make_clip, make_workspace, small_outlet
from tests.small_packs import keep_pages

PICTURES = """[[output]]
file = "foto-{n}.jpg"
kind = "photo"
size = [100, 100]
[[output]]
file = "kartu.jpg"
kind = "card"
design = "judul"
size = [200, 200]
"""


@pytest.fixture
def stories(tmp_path):
    """A workspace with three stories, the first two with a clip, and an outlet that wants clips before photos."""
    folder = tmp_path / "w"
    first = make_workspace(folder, (draw(tmp_path / "satu.jpg", (30, 90, 60)),))
    small_outlet(folder)
    (folder / "templates" / "kecil" / "outlet.toml").write_text(SMALL_PACK + PICTURES, encoding="utf-8")
    clip = make_clip(tmp_path / "klip.mp4")
    with open_workspace(folder) as opened:
        for number in (1, 2):
            name = opened.add(replace(opened.load(first), id="", headline=f"Warga tanam padi {number}"))
            shared = opened.media_path(first, opened.load(first).photos[0].file)
            photo = replace(opened.load(first).photos[0], file=opened.import_media(name, shared))
            opened.save(name, replace(opened.load(name), photos=(photo,)))
        names = opened.story_folders()
        for name in names[:2]:
            short = (Cut(start=0, end=0.5),)
            video = Video(id="v", file=opened.import_media(name, clip), seconds=3, closing_card=False, cuts=short)
            opened.save(name, replace(opened.load(name), videos=(video,)))
    return folder, names


def test_everything_but_clips_of_all_stories_comes_first(stories, capsys):
    folder, names = stories
    assert run_export(folder, (), ("kecil",), None, jobs=1, as_json=True) == 0
    made = [path for path in (folder / "exports").rglob("*.*") if path.parent.name == "kecil"]
    clips = [path.stat().st_mtime_ns for path in made if path.suffix == ".mp4"]
    others = [path.stat().st_mtime_ns for path in made if path.suffix != ".mp4"]
    assert (len(clips), len(others)) == (6, 6)
    assert max(others) < min(clips)
    said = capsys.readouterr().out
    assert [said.index(f'"{name}"') for name in names] == sorted(said.index(f'"{name}"') for name in names)
    assert sum(done.made for done in export(folder, outlets=("kecil",))) == 0


def test_what_was_made_before_the_clips_is_counted_once_and_stays_after_a_stop(stories):
    folder, names = stories

    class StopAtClip:
        def report(self, done, total, what):
            if ".mp4" in what:
                raise WorkCancelled

    with pytest.raises(WorkCancelled):
        export(folder, outlets=("kecil",), progress=StopAtClip())
    places = [folder / "exports" / name for name in names]
    noted = [[entry.path for entry in read_journal(place)] for place in places[:2]]
    assert noted == [["kecil/kartu.jpg", "kecil/foto-1.jpg"]] * 2
    assert [entry.path for entry in read_manifest(places[2]).files] == ["kecil/foto-1.jpg", "kecil/kartu.jpg"]
    done = {each.folder: each for each in export(folder, outlets=("kecil",))}
    assert [(done[name].made, done[name].kept) for name in names] == [(3, 2), (3, 2), (0, 2)]
    for place in places:
        assert (place / MANIFEST).exists()
        assert not (place / JOURNAL).exists()


def test_a_first_export_counts_all_it_made(stories):
    folder, names = stories
    seen = []

    class Watch:
        def report(self, done, total, what):
            seen.append(done / total)

    done = {each.folder: each for each in export(folder, outlets=("kecil",), progress=Watch())}
    assert [(done[name].made, done[name].kept) for name in names] == [(5, 0), (5, 0), (2, 0)]
    assert seen == sorted(seen)
    assert seen[-1] == 1


WATCHED = """
import sys
events = []
def note(event, args):
    if event == "import" and args[0] in {"av", "lokal", "PySide6"}:
        events.append(args[0])
    elif event == "os.rename" and str(args[1]).endswith((".txt", ".jpg", ".mp4")):
        events.append(str(args[1]).rpartition(".")[2])
sys.addaudithook(note)
from studio.cli import main
try:
    main()
finally:
    print(*dict.fromkeys(events))
"""


def test_the_first_text_and_card_wait_for_nothing_that_only_others_need(stories):
    """What draws loads behind the first text, what reads clips behind the first card, what knows numbers never."""
    folder, names = stories
    with open_workspace(folder) as opened:
        story = opened.load(names[0])
        opened.save(names[0], replace(story, body="Sebanyak 64 warga memasang 180 meter pipa seharga Rp4.600.000."))
    keep_pages(folder / "templates", "x")
    command = [sys.executable, "-c", WATCHED, "export", str(folder), names[0], "--outlet", "x", "--outlet", "kecil"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.stdout.splitlines()[-1].split() == ["txt", "PySide6", "jpg", "av", "mp4"], ran.stderr
