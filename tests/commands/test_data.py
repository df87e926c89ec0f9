"""``kim-studio data``: a pack of each kind is made, signed, taken in, really used, and rolled back; all by command."""

from __future__ import annotations

import io
import json
import wave
from pathlib import Path

import pytest

from studio.base.paths import assets_dir, templates_dir
from studio.base.progress import SilentProgress
from studio.cli import main
from studio.lexicon.region_search import find_villages
from studio.posts.service_files import find_service_kind
from studio.posts.spoken_words import spoken_words
from studio.services.calendar_files import load_national_days
from studio.services.lesson_shelf import load_lessons
from studio.services.music_shelf import shelf_pieces
from studio.services.region_names import official_names
from studio.services.self_map_rounds import load_instrument
from studio.store.workspace import create_workspace, open_workspace
from studio.story.declarations import add_declaration
from studio.story.model import Group, Story
from tests.command_server import run_command
from tests.data_pack_maker import LIMITS

CHECKLIST = """[[question]]
id = "izin-kades"
statement = { id = "Kepala desa sudah membaca berita ini.", en = "The village head has read this story." }
level = "block"
source = "Edaran Dinas 1/2027"
words = ["JEMBATAN"]
"""

BLOGGER = b"""[[outlet]]
id = "blogger"
checked = 2027-01-10
source = "Uji"
[[outlet.output]]
file = "judul.txt"
limit = 150
"""


def _tune() -> bytes:
    made = io.BytesIO()
    with wave.open(made, "wb") as sound:
        sound.setparams((1, 2, 8000, 800, "NONE", ""))
        sound.writeframes(bytes(1600))
    return made.getvalue()


def _bundled(*parts: str) -> bytes:
    return assets_dir().joinpath(*parts).read_bytes()


FILES = {
    "limits": {"limits.toml": LIMITS},
    "words": {
        "kata_tambahan.txt": b"kamwerdh\n",
        "ejaan_baku.csv": b"salah,baku,jenis,kaidah,mode\nkamwerdu,kamwerdh,serapan,-h,pasti\n",
        "ucapan.toml": b'[ucapan]\nKWX = "ka-wex"\n',
    },
    "places": {
        "wilayah.csv": b"code,name,kind\n35.01.99,Wanawaru,\n35.01.99.2001,Ngumbulwaru,desa\n",
        "kata_wilayah.tsv": b"wanawaru\n",
        "provinces.csv": b"code,short,column,row\n98,BARU,11,7\n",
    },
    "checklist": {"daftar_periksa.toml": CHECKLIST.encode()},
    "services": {"senam.toml": _bundled("services", "ronda.toml"), "LISENSI.txt": b"CC0"},
    "lessons": {
        f"drone/{name}": _bundled("lessons", "teras", name) for name in ("pelajaran.toml", "pelajaran.md", "gambar.svg")
    },
    "indicators": {"instrument.toml": _bundled("group", "instrument.toml").replace(b'"kim-20"', b'"kim-baru"')},
    "music": {
        "ombak.toml": b'title = "Ombak"\nauthor = "Uji"\nlicense = "CC0"\n',
        "ombak.wav": _tune(),
    },
    "calendar": {"2031.toml": _bundled("calendar", "2027.toml").replace(b"year = 2027", b"year = 2031")},
}


def data(*words: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["data", *map(str, words)])
    return int(ended.value.code or 0)


@pytest.fixture
def workspace(tmp_path) -> Path:
    path = tmp_path / "kim"
    with create_workspace(path, Group(name="KIM Bina Warga", village="Desa Sukamaju")) as made:
        body = "Warga memasang kamwerdh di atas jembatan, Minggu (22/11/2026).\n"
        made.add(Story(id="s1", headline="Warga pasang kamwerdh", place="Sukamaju", date="2026-11-22", body=body))
    return path


@pytest.fixture
def office(tmp_path, capsys) -> Path:
    """The secret key of an office whose key is trusted here."""
    data("key", tmp_path / "kantor", "--name", "Dinas Kominfo")
    fingerprint = capsys.readouterr().out.split()[-1]
    data("trust", tmp_path / "kantor" / "dinas-kominfo.kunci", "--fingerprint", fingerprint)
    return tmp_path / "kantor" / "dinas-kominfo.rahasia"


def make(tmp_path: Path, kind: str, office: Path) -> Path:
    folder = tmp_path / "paket" / kind
    for name, content in FILES[kind].items():
        (folder / "isi" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "isi" / name).write_bytes(content)
    told = f'id = "uji"\nkind = "{kind}"\nversion = "1"\ndate = 2027-01-10\nname = "Uji"\nsource = "Uji"\n'
    (folder / "paket.toml").write_text(told, encoding="utf-8")
    pack = tmp_path / f"{kind}.kimdata"
    data("make", folder, "-o", pack)
    assert data("sign", pack, office) == 0
    return pack


def findings(workspace: Path, capsys) -> set[str]:
    capsys.readouterr()
    with pytest.raises(SystemExit):
        main(["check", str(workspace), "--json"])
    [story] = json.loads(capsys.readouterr().out)
    found = [each for level in ("blocks", "warnings", "advice") for each in story.get(level, [])] or story["findings"]
    return {each["text"] for each in found if "kamwerdh" in each["text"] or "Kepala desa" in each["text"]}


def outlet_day(capsys) -> str:
    capsys.readouterr()
    with pytest.raises(SystemExit):
        main(["outlets", "--json"])
    return next(each["checked"] for each in json.loads(capsys.readouterr().out) if each["id"] == "instagram")


SEEN = {
    "limits": lambda workspace, capsys: outlet_day(capsys),
    "words": lambda workspace, capsys: (findings(workspace, capsys), spoken_words.__wrapped__().ucapan.get("KWX")),
    "places": lambda workspace, capsys: (official_names("35.01.99"), find_villages("Ngumbulwaru", 3, SilentProgress())),
    "checklist": findings,
    "services": lambda workspace, capsys: find_service_kind(workspace, "senam"),
    "lessons": lambda workspace, capsys: load_lessons(workspace).find("drone"),
    "indicators": lambda workspace, capsys: load_instrument().name,
    "music": lambda workspace, capsys: [piece.name for piece in shelf_pieces(workspace)],
    "calendar": lambda workspace, capsys: load_national_days(workspace).days.source(2031),
}
"""Something a user gets to see of what the packs of ``FILES`` bring."""


@pytest.mark.parametrize("kind", FILES)
def test_a_pack_of_each_kind_is_used_until_it_is_rolled_back(tmp_path, workspace, office, capsys, kind):
    pack = make(tmp_path, kind, office)
    before = SEEN[kind](workspace, capsys)
    assert data("check", pack) == 0
    assert SEEN[kind](workspace, capsys) == before
    assert data("install", pack) == 0
    capsys.readouterr()
    data("list", "--json")
    told = {row["kind"]: row for row in json.loads(capsys.readouterr().out)}
    assert told[kind]["packs"][0]["used"] == "1"
    assert (told[kind]["date"], told[kind]["packs"][0]["signer"]) == ("2027-01-10", "Dinas Kominfo")
    assert SEEN[kind](workspace, capsys) != before
    assert data("rollback", "uji") == 0
    assert SEEN[kind](workspace, capsys) == before


def test_a_question_of_a_checklist_holds_a_story_back_until_somebody_ticks_it(tmp_path, workspace, office, capsys):
    from studio.release.release_gate import judge_here

    data("install", make(tmp_path, "checklist", office))
    with open_workspace(workspace) as opened:
        folder = opened.story_folders()[0]
        story = opened.load(folder)
        asked = [each for each in judge_here(opened, story, folder).blocks if each.code == "checklist"]
        assert [each.place.field for each in asked] == ["declarations/daftar-izin-kades"]
        ticked = add_declaration("daftar-izin-kades", "2027-02-01T08:00:00+07:00", "Siti").apply(story)
        assert not [each for each in judge_here(opened, ticked, folder).blocks if each.code == "checklist"]


def test_a_pack_cannot_take_the_source_of_a_disaster_away(tmp_path, workspace, office):
    folder = tmp_path / "paket" / "services" / "isi"
    pack = make(tmp_path, "services", office)
    (folder / "banjir.toml").write_bytes(_bundled("services", "ronda.toml"))
    data("make", folder.parent, "-o", pack)
    data("sign", pack, office)
    assert data("install", pack) == 0
    kind = find_service_kind(workspace, "banjir")
    assert kind.official
    assert "source" in kind.fields


def test_what_cannot_be_done_says_why_and_what_to_do(tmp_path, office, capsys):
    pack = make(tmp_path, "limits", office)
    capsys.readouterr()
    assert data("rollback", "uji") == 1
    assert "uji" in capsys.readouterr().err
    assert data("install", tmp_path / "tidak-ada.kimdata") == 1
    assert "tidak-ada.kimdata tidak dapat dibuka" in " ".join(capsys.readouterr().err.split())
    assert data("distrust", "abcd") == 1
    assert data("make", tmp_path / "kantor") == 1
    assert "paket.toml" in capsys.readouterr().err
    assert data("find", tmp_path) == 0
    assert str(pack) in capsys.readouterr().out


def test_a_new_process_uses_it_and_exports_are_made_again(tmp_path, workspace, office, own_home, monkeypatch):
    import os

    monkeypatch.setitem(FILES, "limits", {"limits.toml": BLOGGER})
    pack = make(tmp_path, "limits", office)
    environment = {**os.environ, "KIM_STUDIO_HOME": str(own_home)}
    export = ("export", str(workspace), "--outlet", "blogger", "--json")

    def limit() -> int:
        done = run_command(*export, env=environment)
        [story] = json.loads(done.stdout)
        return next(file["limit"] for file in story["files"] if file["path"].endswith("judul.txt"))

    built_in = limit()
    assert run_command("data", "install", str(pack), env=environment).returncode == 0
    assert (built_in, limit()) == (200, 150)


def test_every_kind_of_data_names_its_day_and_source():
    from studio.base.data_shelf import DATA_KINDS
    from studio.services.data_packs import builtin_data

    assert set(FILES) == set(DATA_KINDS)
    assert all(builtin_data(kind).source and builtin_data(kind).source_en for kind in DATA_KINDS)


def test_a_whole_export_is_planned_anew_when_a_checklist_asks_for_more(tmp_path, workspace, office):
    """It would else be passed by: nothing of the story, the group or the packs of templates has changed."""
    from studio.base.i18n import MessageTexts
    from studio.export.running.story_exporter import StoryExporter

    templates = tmp_path / "templates"
    templates.mkdir()
    for name in ("_common", "_families", "blogger"):
        (templates / name).symlink_to(templates_dir() / name)
    pack = make(tmp_path, "checklist", office)

    def export() -> tuple[bool, str]:
        with open_workspace(workspace) as opened, StoryExporter(opened, templates, texts) as exporter:
            [done] = exporter.export((), (), None, SilentProgress())
            return bool(done.made), done.manifest.inputs

    texts = MessageTexts(assets_dir() / "messages", "id")
    made, planned_from = export()
    assert made
    assert export() == (False, planned_from)
    data("install", pack)
    assert export()[1] != planned_from
    data("rollback", "uji")
    assert export() == (False, planned_from)
