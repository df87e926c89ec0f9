"""Nothing that leads to a protected child is in any file that leaves, searched from outside with other programs."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from msgspec.structs import replace

from studio.store.workspace import create_workspace
from studio.story import story_status
from studio.story.model import Claim, Group, Person, Photo, Publication, Story, TextOverride
from tests.command_server import run_command

ROOT = Path(__file__).resolve().parents[2]
CHILD = Person(
    id="anak",
    name="Dimas Bayu Nugroho",
    aliases=("Ucil",),
    age_group="child",
    role="victim",
    protected=True,
    identifiers=("SMPN 3 Tirtasari", "Dusun Wonosari", "Suparmi", "RT 04/RW 02"),
)
STORY = Story(
    id="",
    status="ready",
    place="Sukamaju",
    date="2026-11-22",
    byline=("Siti Aminah",),
    body="Posyandu Desa Sukamaju dibuka kembali pada Minggu (22/11/2026), kata Kepala Dusun Asep Hidayat.",
    people=(CHILD,),
)
SLIPS = {
    "Ucil dijenguk warga": {},
    "Posyandu satu": {"body": "Korban, Dimas (13), dirawat."},
    "Posyandu dua": {"tags": ("savedimas",)},
    "Posyandu tiga": {"kicker": "Kasus Bayu"},
    "Posyandu empat": {"summary": "Ia murid SMP Negeri 3 Tirtasari."},
    "Posyandu lima": {"claims": (Claim(id="k", text="Dimas diculik", public=True, verdict="false"),)},
    "Posyandu enam": {"body": "[Di](https://kim.example)mas sudah pulang."},
    "Posyandu tujuh": {"category": "wonosari"},
    "Posyandu delapan": {"overrides": {"whatsapp/pesan.txt": TextOverride(text="Bu Parmi berterima kasih.")}},
    "Posyandu sembilan": {
        "publications": (Publication(outlet="website", when="2026-11-22", link="https://k.id/dimas"),)
    },
}
SECRETS = re.compile(
    r"dimas|\bbayu\b|nugroho|\bucil\b|\bDBN\b|SMPN? ?(?:Negeri )?3|wonosari|suparmi|\bparmi\b|RT ?0?4", re.IGNORECASE
)
READABLE = {".txt", ".html", ".xml", ".json", ".js", ".css", ".srt", ".vtt", ".svg"}


def studio(*words: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "DISPLAY", "WAYLAND"))}
    return run_command(*words, env=environment | {"LANG": "id_ID.UTF-8"})


def photo(path: Path) -> None:
    """A photo whose own metadata tell everything."""
    from PIL import Image

    exif = Image.Exif()
    exif[0x010E] = "Dimas Bayu Nugroho di Dusun Wonosari"
    exif[0x013B] = "Suparmi"
    exif.get_ifd(0x8825).update({1: "S", 2: (7.0, 15.0, 0.0), 3: "E", 4: (112.0, 45.0, 0.0)})
    Image.new("RGB", (1200, 900), "teal").save(path, exif=exif)


@pytest.fixture(scope="module")
def slipping(tmp_path_factory) -> Path:
    """A workspace with stories that slip, and one that does not."""
    folder = tmp_path_factory.mktemp("slips")
    photo(folder / "dimas.jpg")
    with create_workspace(folder / "KIM", Group(name="KIM Bina Warga", village="Sukamaju")) as workspace:
        for headline, changes in SLIPS.items():
            workspace.add(replace(STORY, headline=headline, **changes))
        safe = workspace.add(replace(STORY, headline="Posyandu dibuka kembali"))
        file = workspace.import_media(safe, folder / "dimas.jpg")
        shown = Photo(id="f", file=file, width=1200, height=900, caption="Warga di posyandu.", people_checked=True)
        workspace.save(safe, replace(workspace.load(safe), photos=(shown,)))
    return folder / "KIM"


def searched(path: Path) -> str:
    """What programs from outside read out of a file, its name among it."""
    if path.suffix == ".pdf":
        commands = [["pdftotext", str(path), "-"], ["exiftool", "-a", "-G1", "-s", "-x", "System:all", str(path)]]
    elif path.suffix in READABLE:
        return f"{path.name}\n{path.read_text(encoding='utf-8')}"
    else:
        commands = [["exiftool", "-a", "-G1", "-s", "-x", "System:all", str(path)], ["strings", "-n", "6", str(path)]]
    runs = [subprocess.run(each, capture_output=True, text=True, errors="replace", check=False) for each in commands]
    return "\n".join((path.name, *(run.stdout for run in runs)))


def test_no_file_that_leaves_leads_to_the_child(slipping, tmp_path):
    outlets = [word for name in ("whatsapp", "instagram", "website", "mading") for word in ("--outlet", name)]
    done = studio("export", str(slipping), *outlets, "--json")
    assert done.returncode == 1
    made = {entry["path"] for manifest in json.loads(done.stdout) for entry in manifest["files"]}
    assert len(made) > 10
    for headline in SLIPS:
        assert headline.lower().replace(" ", "-") in done.stderr
    site = studio("export", str(slipping), "--site", "--out", str(tmp_path / "situs"))
    assert "Traceback" not in site.stderr
    folders = [slipping / "exports", slipping / ".studio", tmp_path / "situs"]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    assert {".pdf", ".jpg", ".html", ".txt"} <= {path.suffix for path in files}
    assert [path.name for path in (slipping / "exports").iterdir() if path.is_dir()] == [
        "2026-11-22-posyandu-dibuka-kembali"
    ]
    for path in files:
        if path.suffix not in {".sqlite", ".db"} and ".studio" not in path.parts:
            assert not (found := SECRETS.search(searched(path))), f"{path}: {found and found[0]}"


def test_the_export_of_a_withdrawn_story_is_called_nothing_that_names_a_child(tmp_path):
    """Where it lay before it was withdrawn nothing stays, neither in the workspace nor on a stick."""
    stick = tmp_path / "stik"
    with create_workspace(tmp_path / "KIM", Group(name="KIM Bina Warga", village="Sukamaju")) as workspace:
        told = Publication(outlet="whatsapp", when="2026-11-22")
        story = replace(STORY, headline="Ucil juara", people=(), status="published", publications=(told,))
        folder = workspace.add(story)
        (workspace.path / "exports" / folder / "kirim-whatsapp").mkdir(parents=True)
        (workspace.path / "exports" / folder / "kirim-whatsapp" / "ucil.mp4").write_bytes(b"film")
        words = ("export", str(workspace.path), "--outlet", "whatsapp")
        for more in ((), ("--out", str(stick))):
            assert studio(*words, *more).returncode == 0
        assert (stick / folder / "manifest.json").is_file()
        step = story_status.step_status(
            workspace.load(folder), "withdrawn", "2026-11-23T08:00:00+07:00", "Siti", "Keluarga meminta"
        )
        workspace.save(folder, replace(step.apply(workspace.load(folder)), people=(CHILD,)))
        for more in ((), ("--out", str(stick))):
            done = studio(*words, *more)
            assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
        number = workspace.load(folder).id
        for place in (workspace.path / "exports", stick):
            assert [path.name for path in place.iterdir() if not path.name.startswith(".")] == [number]
            files = [path for path in place.rglob("*") if path.is_file()]
            assert "pencabutan.txt" in {path.name for path in files}
            assert not [path for path in files if SECRETS.search(f"{path.relative_to(place)} {searched(path)}")]
