"""Comments and suggestions reach nothing that leaves: no outlet, site, report or script. A package has them."""

from __future__ import annotations

import json
import subprocess
import zipfile
from pathlib import Path

import pytest
from msgspec.structs import replace

from studio.cli import main
from studio.store.workspace import create_workspace, open_workspace
from studio.story import comments
from studio.story.claims import LedgerStamp
from studio.story.model import Group, Photo, Story
from studio.story.newsroom_records import Comment, CommentReply
from studio.story.publishing import add_publication
from studio.story.reader_fields import for_readers, reader_texts

SECRETS = ("xqkomentar", "xqusulan", "xqbalasan", "xqpenulis", "xqpenjawab", "xqwajib", "xqtakarir")
STAMP = LedgerStamp("2026-11-30T09:00:00+07:00", "xqpenulis")
SAID = (
    Comment(id="c1", place="headline", quote="parit", start=15, text="xqkomentar", by="xqpenulis"),
    Comment(id="c2", place="body", quote="parit", start=19, suggestion="xqusulan", by="xqpenulis"),
    Comment(id="c3", place="photos/p1/caption", quote="parit", suggestion="xqtakarir", text="xqkomentar"),
    Comment(id="c4", place="body", text="xqkomentar", replies=(CommentReply(text="xqbalasan", by="xqpenjawab"),)),
    Comment(id="c5", place="body", text="xqkomentar xqwajib", resolved="2026-11-30", resolved_by="xqpenulis"),
)


def run(*words: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(word) for word in words])
    return int(ended.value.code or 0)


def make(path: Path, said: tuple[Comment, ...]) -> str:
    """A published story with a photo."""
    from PIL import Image

    with create_workspace(path, Group(name="KIM Uji", village="Sukamaju", site="https://kim-uji.id")) as workspace:
        headline, body = "Warga perbaiki parit desa", "Warga memperbaiki parit desa pada Minggu pagi.\n"
        folder = workspace.add(Story(id="", headline=headline, body=body, date="2026-11-22", place="Sukamaju"))
        Image.new("RGB", (320, 240), "#557755").save(path.parent / "parit.jpg")
        file = workspace.import_media(folder, path.parent / "parit.jpg")
        photo = Photo(id="p1", file=file, caption="Di parit.", credit="Budi", alt="Parit", people_checked=True)
        story = replace(workspace.load(folder), photos=(photo,), status="ready", byline=("Siti",), comments=said)
        workspace.save(folder, add_publication("facebook", "2026-11-23T08:00:00+07:00").apply(story))
    return folder


def leaking(folder: Path) -> list[tuple[str, str]]:
    """Files with a word of a comment in their name, their bytes or, of a PDF, their text."""
    found = []
    for path in (path for path in folder.rglob("*") if path.is_file()):
        data = path.read_bytes() + path.name.encode()
        if path.suffix == ".pdf":
            data += subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True).stdout
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                data += b"".join(packed.read(name) for name in packed.namelist())
        found += [(path.name, word) for word in SECRETS if word.encode() in data.lower()]
    return found


def test_nothing_of_a_comment_is_for_readers():
    story = Story(id="s", headline="Warga perbaiki parit desa", body="Parit.\n", comments=SAID)
    assert for_readers(story).comments == ()
    told = " ".join(text for _, text, _ in reader_texts(story, Group(members=("Siti",))))
    assert not [word for word in SECRETS if word in told]


def test_no_file_that_leaves_has_a_word_of_a_comment_but_the_package_has_them_all(tmp_path):
    folder = make(tmp_path / "kerja", SAID)
    out = tmp_path / "keluar"
    assert run("export", tmp_path / "kerja", folder, "--out", out) == 0
    assert run("export", tmp_path / "kerja", "--site", "--out", out / "situs") == 0
    run("report", tmp_path / "kerja", "--period", "2026-11", "--out", out / "laporan")
    run("read-aloud", tmp_path / "kerja", folder, "-o", out / "siaran.txt")
    made = [path for path in out.rglob("*") if path.is_file()]
    assert len(made) > 25
    assert {".txt", ".html", ".pdf", ".jpg"} <= {path.suffix for path in made}
    assert leaking(out) == []
    assert leaking(tmp_path / "kerja" / "exports") == []
    assert run("pack", tmp_path / "kerja", folder, "-o", out / "berita.kim") == 0
    assert {word for _, word in leaking(out)} == set(SECRETS)


def test_a_required_comment_holds_the_story_back_in_check_and_export_alike(tmp_path, capsys):
    path = tmp_path / "kerja"
    folder = make(path, (replace(SAID[0], required=True),))

    def state() -> tuple[list[str], bool]:
        """Codes of the blocks that ``check`` reports, and whether the export carries the mark of a draft."""
        capsys.readouterr()
        run("check", path, folder, "--json")
        found = json.loads(capsys.readouterr().out)
        codes = [finding["code"] for story in found for finding in story["findings"] if finding["level"] == "block"]
        run("export", path, folder, "--outlet", "telegram", "--json")
        return codes, json.loads(capsys.readouterr().out)[0]["draft"]

    codes, draft = state()
    assert "comment_required" in codes
    assert draft
    with open_workspace(path) as workspace:
        settled = comments.resolve_comment("c1", STAMP).apply(workspace.load(folder))
        workspace.save(folder, settled)
    codes, draft = state()
    assert codes == []
    assert not draft


def test_an_accepted_suggestion_is_published_by_its_words(tmp_path):
    folder = make(tmp_path / "kerja", SAID[1:2])
    with open_workspace(tmp_path / "kerja") as workspace:
        unread = replace(workspace.load(folder), publications=(), told=None, status="ready")
        workspace.save(folder, comments.accept_suggestion("c2", STAMP).apply(unread))
    run("export", tmp_path / "kerja", folder, "--outlet", "telegram", "--out", tmp_path / "keluar")
    assert {word for _, word in leaking(tmp_path / "keluar")} == {"xqusulan"}
