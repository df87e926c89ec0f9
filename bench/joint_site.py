"""The website of many groups: the first run, a run without changes, and one after a name became protected.

    python bench/joint_site.py [--groups 20] [--stories 100] [--sentences 32] [--photos] [--copies 40] [--keep FOLDER]

Stories and packs as in ``scale.py``; with ``--photos`` each has one small photo, all of them links to one file. Every
measure is a process of its own. Printed: processor seconds, milliseconds for each story, peak of memory in MB. Target:
unchanged at most 2 ms a story and 300 MB for 20,000. ``--copies`` makes many of few: once the groups are built, their
workspaces, sites and what is remembered of them are copied (by links) under other names, as 20,000 stories take hours.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.store.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def write_groups(room: Path, groups: int, stories: int, sentences: int, *, photos: bool) -> None:
    """Workspaces of as many stories each, in ten districts."""
    from bench.scale import write_packs, write_stories
    from studio.store.workspace import open_workspace
    from studio.story.model import Group

    write_packs(room / "packs")
    picture = write_picture(room) if photos else None
    for number in range(groups):
        folder = room / "groups" / f"kim-{number}"
        write_stories(folder, stories, sentences)
        with open_workspace(folder) as workspace:
            place = {"village": f"Desa {number}", "district": f"Kecamatan {number % 10}", "regency": "Kabupaten Uji"}
            workspace.save_group(Group(id=workspace.group.id, name=f"KIM Desa {number}", **place))
            for name in workspace.story_folders() if picture else ():
                add_photo(workspace, name, picture)


def write_picture(room: Path) -> Path:
    """A small photo, named as stories name their media."""
    import hashlib

    from PIL import Image

    plain = room / "foto.jpg"
    Image.linear_gradient("L").resize((320, 214)).convert("RGB").save(plain)
    return plain.rename(room / f"{hashlib.sha256(plain.read_bytes()).hexdigest()[:16]}.jpg")


def add_photo(workspace: Workspace, name: str, picture: Path) -> None:
    """Give a story the photo, as a second name of the same file."""
    from msgspec.structs import replace

    from studio.story.model import Photo

    place = workspace.media_path(name, picture.name)
    place.parent.mkdir(exist_ok=True)
    os.link(picture, place)
    told = {"caption": "Warga bekerja di tepi sungai.", "alt": "Beberapa orang di tepi sungai", "credit": "Siti Aminah"}
    photo = Photo(id="p1", file=picture.name, name="foto.jpg", width=320, height=214, people_checked=True, **told)
    workspace.save(name, replace(workspace.load(name), photos=(photo,)))


def build(room: Path) -> None:
    """One run of the site, in this process."""
    from studio.base.i18n import MessageTexts
    from studio.base.progress import SilentProgress
    from studio.export.website.joint_site import build_joint_site
    from studio.store.workspace import open_workspace

    texts = MessageTexts(ROOT / "assets" / "messages", "id")
    with ExitStack() as held:
        opened = [held.enter_context(open_workspace(each, write=False)) for each in sorted((room / "groups").iterdir())]
        site = build_joint_site(opened, room / "packs", texts, room / "site", SilentProgress())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": time.process_time(), "peak": peak, "stories": site.stories, "written": site.written}))


def copy_groups(room: Path, copies: int) -> None:
    """Groups that are as those that were built, but for their name and id, as often as ``copies`` says."""
    from studio.export.website.site_memory import _open
    from studio.export.website.site_writer import NOTED

    real = sorted((room / "groups").iterdir())
    note = json.loads((room / "site" / NOTED).read_text(encoding="utf-8"))
    where = {group: address for address, group in note["sites"].items()}
    for number in range(len(real), len(real) * copies):
        source, folder = real[number % len(real)], room / "groups" / f"kim-{number}"
        shutil.copytree(source, folder, copy_function=os.link)
        profile = json.loads((source / "workspace.json").read_text(encoding="utf-8"))
        address = where[profile["id"]]
        profile |= {"id": f"{number:032x}", "name": f"KIM Desa {number}", "village": f"Desa {number}"}
        replace_text(folder / "workspace.json", profile)
        place = room / "site" / f"kim-desa-{number}"
        shutil.copytree(room / "site" / address, place, copy_function=os.link)
        own = json.loads((place / NOTED).read_text(encoding="utf-8"))
        replace_text(place / NOTED, own | {"group": profile["id"]})
        note["sites"][place.name] = profile["id"]
        with closing(_open(room / "site" / address)) as base, closing(_open(place)) as other:
            base.backup(other)
        remember_copy(room, folder, place)
    replace_text(room / "site" / NOTED, note)


def replace_text(path: Path, content: object) -> None:
    """Write a file anew that is linked elsewhere."""
    path.unlink()
    path.write_text(json.dumps(content), encoding="utf-8")


def remember_copy(room: Path, folder: Path, place: Path) -> None:
    """Have the memory of a copied site hold for its group."""
    from studio.base.i18n import MessageTexts
    from studio.export.website.joint_place import JointPlace
    from studio.export.website.site_memory import _open
    from studio.export.website.site_recall import _run_key
    from studio.export.website.site_writer import NOTED
    from studio.posts.catalog import load_catalog
    from studio.release.cross_story_protection import index_neighbours
    from studio.store.workspace import open_workspace

    with open_workspace(folder, write=False) as workspace:
        catalog, texts = (
            load_catalog(room / "packs", workspace.templates_dir),
            MessageTexts(ROOT / "assets/messages", "id"),
        )
        run = _run_key(workspace, catalog, texts, JointPlace(index_neighbours(()), ""))
    facts = (place / NOTED).stat()
    with closing(_open(place)) as base, base:
        shared = json.loads(base.execute("SELECT value FROM facts WHERE name = 'shared'").fetchone()[0])
        shared = [[NOTED, facts.st_size, facts.st_mtime_ns] if each[0] == NOTED else each for each in shared]
        base.execute("UPDATE facts SET value = ? WHERE name = 'shared'", (json.dumps(shared),))
        base.execute("UPDATE facts SET value = ? WHERE name = 'run'", (run,))


def block_story(room: Path) -> None:
    """Make a story of the last group a draft again."""
    from msgspec.structs import replace

    from studio.store.workspace import open_workspace

    with open_workspace(sorted((room / "groups").iterdir())[-1]) as workspace:
        folder = workspace.story_folders()[0]
        story = workspace.load(folder)
        (workspace.story_dir(folder) / "story.json").unlink()  # linked: the groups it was copied from keep theirs
        workspace.save(folder, replace(story, status="draft"))


def protect_somebody(room: Path) -> None:
    """Have one story of the first group protect a person no story names."""
    from msgspec.structs import replace

    from studio.store.workspace import open_workspace
    from studio.story.model import Person

    with open_workspace(sorted((room / "groups").iterdir())[0]) as workspace:
        folder = workspace.story_folders()[0]
        child = Person(id="p", name="Rina Melati Putri", protected=True)
        workspace.save(folder, replace(workspace.load(folder), people=(child,)))


def run_apart(what: str, room: Path) -> None:
    """Print one run of the site, made by a process of its own."""
    here = [sys.executable, __file__, "--one", str(room)]
    there = {**os.environ, "KIM_STUDIO_HOME": str(room / "home"), "QT_QPA_PLATFORM": "offscreen"}
    told = json.loads(subprocess.run(here, stdout=subprocess.PIPE, text=True, env=there, check=True).stdout)
    each = 1000 * told["seconds"] / max(1, told["stories"])
    line = f"{told['seconds']:8.2f} s {each:7.2f} ms each {told['peak']:6.0f} MB {told['written']:6} files written"
    print(f"{what:10} {told['stories']:6} {line}", flush=True)


def main() -> None:
    told = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    told.add_argument("--groups", type=int, default=20)
    told.add_argument("--stories", type=int, default=100)
    told.add_argument("--sentences", type=int, default=32)
    told.add_argument("--photos", action="store_true")
    told.add_argument("--copies", type=int, default=1)
    told.add_argument("--keep", type=Path)
    told.add_argument("--one", type=Path)
    wish = told.parse_args()
    if wish.one:
        build(wish.one)
        return
    room = wish.keep or Path(tempfile.mkdtemp(prefix="kim-joint-"))
    if not (room / "groups").is_dir():
        write_groups(room, wish.groups, wish.stories, wish.sentences, photos=wish.photos)
    run_apart("first", room)
    if wish.copies > 1:
        os.environ["KIM_STUDIO_HOME"] = str(room / "home")
        copy_groups(room, wish.copies)
        run_apart("copied", room)
    run_apart("unchanged", room)
    block_story(room)
    run_apart("blocked", room)
    protect_somebody(room)
    run_apart("protected", room)
    if not wish.keep:
        shutil.rmtree(room)


if __name__ == "__main__":
    main()
