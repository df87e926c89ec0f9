"""Searches every way out for every form in which a protected child's identity slips into a story.

    python bench/identity_outside.py [--every N] [--field NAME] [--folder DIR] [--quick] [--no-wordpress]

The table is that of the tests (``tests/checks/identity_slips.py``: field by form); each row is a story of its own with
a photo whose own metadata name the child. Three times everything is asked to leave: before anyone is listed (what
leaves then is what must be taken back), with the child protected, and withdrawn with the slip as its reason. After the
second and the third time all that readers get is searched from outside (exiftool, pdftotext, strings, unzip, requests)
for the words of the slip and for whatever names the child: text files, pictures, PDF, manifests, ZIP, a stick
(``--out``), site and feed, thumbnails, the page for the phone, the posts of a real WordPress. Exit code 1 when
something was found, or a story with a slip was let out.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from msgspec.structs import replace

from studio.app import make_application
from studio.base.errors import UserError
from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir, templates_dir
from studio.base.progress import SilentProgress
from studio.export.running.story_exporter import StoryExporter
from studio.export.website.site_library import build_site
from studio.posts.catalog import load_catalog
from studio.posts.render_context import RenderContext
from studio.publish.lan import LanPage
from studio.publish.lan_page import PageWords
from studio.publish.wordpress import WordPress
from studio.services.hand_out import HandOuts
from studio.services.post_zip import pack_story
from studio.services.web_post import render_web_post
from studio.store.workspace import Workspace, create_workspace
from studio.story import story_status
from studio.story.model import Photo, Publication, Story
from tests.checks.identity_slips import SLIPS
from tests.checks.test_identity import GROUP, PERSON, written
from tests.wordpress_server import look, running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.publish.wordpress_rest import WordPressAccount

TEXTS = MessageTexts(assets_dir() / "messages", "id")
OUTLETS = ("whatsapp", "instagram", "website", "mading")
WHEN = "2026-11-23T08:00:00+07:00"
NAMES = re.compile(
    r"\bdimas|\bbayu\b|nugroho|\bucil\b|\bdbn\b|smpn? ?(?:negeri )?3|wonosari|suparmi|\bparmi\b|wagiman|elang timur",
    re.IGNORECASE,
)
SAFE = ("body", "Warga datang bersama keluarga, lalu pulang.")
"""A story that tells nothing: the child is listed, and it leaves, so that every kind of file is searched."""
PHONE = PageWords("KIM", "Ambil berkasnya.", "Salin teks", "Tersalin", "Unduh", "Berkas tidak dibagikan lagi.")
_PAGE = 100
"""Entries of one answer of WordPress; it gives no more."""
_SHORTEST = 8
"""Letters of a phrase that nobody writes by chance."""
READABLE = {".txt", ".html", ".xml", ".json", ".js", ".css", ".srt", ".vtt", ".svg"}


@dataclass
class Tally:
    """What was searched and found, by way out."""

    searched: Counter[str] = field(default_factory=Counter)
    found: list[tuple[str, str, str]] = field(default_factory=list)
    phrases: tuple[str, ...] = ()

    def look(self, way: str, where: str, text: str) -> None:
        """Search one text."""
        self.searched[way] += 1
        plain = letters(text)
        hits = [phrase for phrase in self.phrases if phrase in plain]
        if name := NAMES.search(f"{where}\n{text}"):
            hits.append(name[0])
        self.found += [(way, where, hit) for hit in hits]


def letters(text: str) -> str:
    """Letters and figures only, so that no line break and no sign of markup hides a phrase."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())


def outside(path: Path) -> str:
    """What other programs read out of a file."""
    if path.suffix in READABLE:
        return path.read_text(encoding="utf-8", errors="replace")
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory() as room:
            archive.extractall(room)
            inner = [file for file in Path(room).rglob("*") if file.is_file()]
            return "\n".join([*archive.namelist(), *(outside(file) for file in inner)])
    tool = ["pdftotext", str(path), "-"] if path.suffix == ".pdf" else ["strings", "-n", "6", str(path)]
    commands = [["exiftool", "-a", "-G1", "-s", "-x", "System:all", str(path)], tool]
    runs = [subprocess.run(each, capture_output=True, text=True, errors="replace", check=False) for each in commands]
    return "\n".join(run.stdout for run in runs)


def photo(path: Path) -> None:
    from PIL import Image

    exif = Image.Exif()
    exif[0x010E] = "Dimas Bayu Nugroho di Dusun Wonosari"
    exif[0x013B] = "Suparmi"
    exif.get_ifd(0x8825).update({1: "S", 2: (7.0, 15.0, 0.0), 3: "E", 4: (112.0, 45.0, 0.0)})
    Image.effect_noise((640, 480), 40).convert("RGB").save(path, exif=exif)


def clip(path: Path) -> None:
    from studio.video.binary import ffmpeg_path

    tags = ["-metadata", "title=Dimas Bayu Nugroho", "-metadata", "artist=Suparmi"]
    source = ["-f", "lavfi", "-i", "testsrc=s=320x240:r=10:d=2"]
    subprocess.run([ffmpeg_path(), "-v", "error", "-y", *source, "-pix_fmt", "yuv420p", *tags, str(path)], check=True)


@dataclass
class Room:
    """One workspace and where its stories leave to."""

    workspace: Workspace
    stick: Path
    site: Path
    zips: Path
    stories: dict[str, tuple[str, Story]]
    """Folder -> the slip, and the story with it as it is when nobody is listed."""


def fill(base: Path, rows: list[tuple[str, str]], hashtag: str = "") -> Room:
    """A workspace with a story a row."""
    base.mkdir(parents=True)
    photo(base / "dimas.jpg")
    clip(base / "ucil.mp4")
    group = replace(GROUP, hashtags=(hashtag,)) if hashtag else GROUP
    workspace = create_workspace(base / "KIM", group)
    stories = {}
    for number, (where, words) in enumerate(rows):
        story, _, name = written(where, words)
        headline = story.headline if where == "headline" else f"Posyandu nomor {number}"
        story = replace(story, id="", headline=headline, people=())
        if where == "folder":
            workspace.save(name, story)
            folder = name
        else:
            folder = workspace.add(story)
        stories[folder] = (as_told(where, words), with_media(workspace, folder, base, workspace.load(folder)))
        workspace.save(folder, stories[folder][1])
    return Room(workspace, base / "stik", base / "situs", base / "zip", stories)


def as_told(where: str, words: str) -> str:
    """The slip as a reader meets it: a source's role says nothing without the name before it."""
    return f"Ngatini, {words}" if where == "source_role" else words


def with_media(workspace: Workspace, folder: str, base: Path, story: Story) -> Story:
    """Its photos and clips on disk; a photo of its own where the slip is in none."""
    file = workspace.import_media(folder, base / "dimas.jpg")
    photos = story.photos or (Photo(id="f", file="", caption="Warga di posyandu.", people_checked=True),)
    videos = story.videos
    if videos:
        film = workspace.import_media(folder, base / "ucil.mp4")
        facts = {"file": film, "width": 320, "height": 240, "seconds": 2.0}
        videos = tuple(replace(video, caption=video.caption or "Suasana.", **facts) for video in videos)
    shown = tuple(replace(each, file=file, width=640, height=480) for each in photos)
    return replace(story, photos=shown, videos=videos)


def leave(room: Room, tally: Tally, account: WordPressAccount | None, *, searching: bool) -> int:
    """Ask for everything by every way; how many stories were let out."""
    workspace, released = room.workspace, 0
    with StoryExporter(workspace, templates_dir(), TEXTS) as exporter:
        done = [
            *exporter.export((), OUTLETS, None, SilentProgress()),
            *exporter.export((), OUTLETS, room.stick, SilentProgress()),
        ]
    released = sum(one.error is None for one in done) // 2
    build_site(workspace, templates_dir(), TEXTS, room.site, SilentProgress())
    outs, press = HandOuts(workspace, templates_dir(), TEXTS), RenderContext(load_catalog(templates_dir()))
    room.zips.mkdir(exist_ok=True)
    for old in room.zips.iterdir():
        old.unlink()
    for number, folder in enumerate(room.stories):
        with contextlib.suppress(UserError):
            pack_story(outs.ask(folder), room.zips / f"{number}.zip", SilentProgress())
        if searching:
            for where, text in on_the_phone(outs, folder):
                tally.look("phone page", where, text)
        if account is not None:
            with contextlib.suppress(UserError), tempfile.TemporaryDirectory() as place:
                post = render_web_post(workspace, folder, press, Path(place), TEXTS, SilentProgress())
                WordPress(account).publish_post(post, SilentProgress(), public=not post.released.draft)
    thumbs(workspace)
    return released


def on_the_phone(outs: HandOuts, folder: str) -> Iterator[tuple[str, str]]:
    """The page of a story and every file it links to, as a phone gets them."""
    page = LanPage(lambda: outs.ask(folder), dict.fromkeys(OUTLETS, "x"), PHONE, host="127.0.0.1")
    page.start()
    try:
        text = asked(page.address)
        yield "page", text
        for link in dict.fromkeys(re.findall(r'href="([^"#]+)"', text)):
            yield link, asked(urllib.parse.urljoin(page.address, link))
    finally:
        page.stop()


def asked(address: str) -> str:
    """Head and content of an answer; what is no text is read as a file."""
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return f"{answer.headers}\n{_content(answer.read(), Path(address).suffix)}"
    except urllib.error.HTTPError as error:
        with error:
            return f"{error.headers}\n{error.read().decode('utf-8', 'replace')}"


def _content(data: bytes, suffix: str) -> str:
    if suffix not in {".jpg", ".pdf", ".mp4", ".zip"}:
        return data.decode("utf-8", "replace")
    with tempfile.TemporaryDirectory() as room:
        (Path(room) / f"a{suffix}").write_bytes(data)
        return outside(Path(room) / f"a{suffix}")


def thumbs(workspace: Workspace) -> None:
    """The thumbnails of the window."""
    from studio.ui.core.background_jobs import InlineJobs
    from studio.ui.library.thumbnail_store import ThumbnailStore

    made = ThumbnailStore(workspace, InlineJobs())
    for folder in workspace.story_folders():
        for item in workspace.load(folder).photos:
            made.get(folder, item.file)


def search(room: Room, tally: Tally) -> None:
    """All that lies where readers get files."""
    ways = {
        "exports": room.workspace.path / "exports",
        "stick": room.stick,
        "site": room.site,
        "thumbnails": room.workspace.path / ".studio" / "thumbs",
        "zip": room.zips,
    }
    for way, place in ways.items():
        for path in place.rglob("*"):
            named = str(path.relative_to(place))
            if path.is_file() and not path.name.endswith((".lock", ".sqlite")):
                kind = f"{way} {path.suffix}" if path.name != "manifest.json" else f"{way} manifest"
                tally.look(kind, named, outside(path))
            else:
                tally.look(f"{way} folders", named, "")


def search_wordpress(account: WordPressAccount, tally: Tally) -> None:
    """Posts, pictures and tags of the site, as WordPress tells them, page by page."""
    for what in ("posts", "media", "tags", "categories"):
        for number in range(1, 100):
            more = {"status": "any", "context": "edit"} if what == "posts" else {}
            found = look(account, what, per_page=str(_PAGE), page=str(number), **more)
            for one in found:
                tally.look(f"wordpress {what}", str(one.get("slug", "")), json.dumps(one, ensure_ascii=False))
                if what == "media":
                    tally.look("wordpress pictures", one["source_url"], asked(one["source_url"]))
            if len(found) < _PAGE:
                break


def withdraw(room: Room) -> None:
    """Take every story back: with the slip as reason, after it had been public."""
    for folder, (words, _) in room.stories.items():
        story = room.workspace.load(folder)
        told = tuple(Publication(outlet=outlet, when="2026-11-22") for outlet in ("whatsapp", "website"))
        public = replace(story, status="published", publications=(*story.publications, *told))
        step = story_status.step_status(public, "withdrawn", WHEN, "Siti", words)
        room.workspace.save(folder, step.apply(public))


def protect(rooms: list[Room], account: WordPressAccount | None) -> None:
    """List the child in every story; what WordPress shows already is taken back by hand, as the window proposes."""
    for room in rooms:
        for folder, (_, story) in room.stories.items():
            room.workspace.save(folder, replace(story, people=(PERSON,)))
            if account is not None:
                with contextlib.suppress(UserError):
                    WordPress(account).take_back(folder, "trash", SilentProgress())


def run(rooms: list[Room], tally: Tally, account: WordPressAccount | None, *, quick: bool) -> bool:
    """All three times; whether nothing got out."""
    every = sum(len(room.stories) for room in rooms)
    if not quick:
        leaving = [leave(room, tally, account, searching=False) for room in rooms]
        print(f"nobody listed: {sum(leaving)} of {every} stories let out", flush=True)
    protect(rooms, account)
    held = sum(leave(room, tally, account, searching=True) for room in rooms)
    print(f"protected: {held} of {every} stories let out (1 tells nothing)", flush=True)
    search_all(rooms, tally, account)
    for room in rooms:
        withdraw(room)
    told = sum(leave(room, tally, account, searching=True) for room in rooms)
    print(f"withdrawn: {told} of {every} notices let out", flush=True)
    search_all(rooms, tally, account)
    return held == 1 and not tally.found


def search_all(rooms: list[Room], tally: Tally, account: WordPressAccount | None) -> None:
    for room in rooms:
        search(room, tally)
    if account is not None:
        search_wordpress(account, tally)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--every", type=int, default=1, help="only each Nth row of the table")
    parser.add_argument("--folder", type=Path, help="an empty folder; kept")
    parser.add_argument("--field", default="", help="only rows of this field")
    parser.add_argument("--quick", action="store_true", help="leave out the first time, which takes longest")
    parser.add_argument("--no-wordpress", action="store_true", help="leave WordPress out")
    args = parser.parse_args()
    rows = [row for row in SLIPS if args.field in {"", row[0]}][:: args.every]
    tally = Tally(phrases=tuple({plain for row in rows if len(plain := letters(as_told(*row))) >= _SHORTEST}))
    make_application()
    with contextlib.ExitStack() as ends:
        base = args.folder or Path(ends.enter_context(tempfile.TemporaryDirectory(prefix="kim-identity-")))
        plain = [row for row in rows if row[0] != "hashtag"]
        rooms = [fill(base / "satu", [*plain, SAFE])]
        for number, (_, words) in enumerate(row for row in rows if row[0] == "hashtag"):
            rooms.append(fill(base / f"tagar-{number}", [("body", "Warga datang bersama keluarga.")], words))
        account = None
        if not args.no_wordpress:
            (base / "wp").mkdir(parents=True)
            account = ends.enter_context(running(base / "wp"))
        good = run(rooms, tally, account, quick=args.quick)
        for way, count in sorted(tally.searched.items()):
            print(f"{way}: {count} searched, {sum(found[0] == way for found in tally.found)} found")
        for found in tally.found[:40]:
            print("FOUND", *found)
    print(f"{len(rows)} rows, {sum(tally.searched.values())} searched, {len(tally.found)} found")
    sys.exit(not good)


if __name__ == "__main__":
    main()
