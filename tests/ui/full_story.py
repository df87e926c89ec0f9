"""A story that has one of everything: every address a rule can name has something behind it."""

from __future__ import annotations

import subprocess
import tempfile
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from studio.store.workspace import Workspace
from studio.story.model import (
    Claim,
    Cue,
    LeadAnswers,
    Person,
    Photo,
    Publication,
    Slideshow,
    Source,
    Story,
    TextOverride,
    Video,
)
from studio.story.newsroom_records import Comment, RightOfReply, Translation
from studio.story.publication_records import Correction

FIELDS = {
    "headline": "Warga Sukamaju perbaiki saluran",
    "kicker": "Pertanian",
    "place": "Sukamaju",
    "date": "2026-11-22",
    "hours": "08:00",
    "byline": ("Siti Aminah",),
    "editor": "Budi",
    "category": "Pertanian",
    "tags": ("irigasi",),
    "summary": "Saluran kembali mengalir.",
    "body": "Warga membersihkan saluran.\n\n“Airnya mengalir lagi,” kata Asep.\n",
    "answers": LeadAnswers(
        what="kerja bakti", who="warga", where="dusun", when="Minggu", why="jebol", how="bergiliran"
    ),
    "sources": (Source(name="Asep Hidayat", role="Kepala Dusun"),),
    "claims": (Claim(id="c1", text="Saluran jebol.", verdict="checking"),),
    "people": (Person(id="o1", name="Rina"),),
    "corrections": (Correction(when="2026-11-23", what="Jumlah warga", before="8", after="80"),),
    "right_of_reply": (RightOfReply(text="Itu keliru.", by="Pak Lurah", role="Lurah", when="2026-11-24"),),
    "publications": (Publication(outlet="facebook", when="2026-11-22", link="https://contoh.id/1"),),
    "overrides": {"instagram/takarir.txt": TextOverride(text="Takarir sendiri")},
    "comments": (Comment(id="k1", place="headline", text="Tanya sumbernya", by="Budi"),),
    "slideshow": Slideshow(photos=("p1",)),
    "valid_until": "2026-12-01",
    "texts": {
        "jv": Translation(
            **dict.fromkeys(("headline", "kicker", "place", "summary", "body"), "Warga Sukamaju"),
            titles={"v1": "Asep"},
            title_details={"v1": "Kepala Dusun"},
            title_cards={"v1": "Panen"},
            captions={"p1": "Warga ing kali", "v1": "Kali"},
            alts={"p1": "Warga macul", "v1": "Banyu"},
            subtitles={"v1": ("Banyune mili",)},
            service_answers={"cost": "gratis"},
        )
    },
    "service": "posyandu",
    "service_answers": {"cost": "gratis"},
}


@cache
def _picture_and_clip() -> tuple[bytes, bytes]:
    from PIL import Image

    from studio.video.binary import ffmpeg_path

    with tempfile.TemporaryDirectory() as folder:
        picture, clip = Path(folder) / "foto.jpg", Path(folder) / "klip.mp4"
        Image.new("RGB", (640, 480), "#808080").save(picture)
        source = ["-f", "lavfi", "-i", "testsrc=s=160x90:r=10:d=1", "-pix_fmt", "yuv420p"]
        subprocess.run([ffmpeg_path(), "-v", "error", "-y", *source, str(clip)], check=True)
        return picture.read_bytes(), clip.read_bytes()


def add_full_story(workspace: Workspace, scratch: Path) -> str:
    """Add it, with a photo and a clip that can be opened; its folder."""
    picture, clip = scratch / "foto.jpg", scratch / "klip.mp4"
    for path, data in zip((picture, clip), _picture_and_clip(), strict=True):
        path.write_bytes(data)
    folder = workspace.add(Story(id="full", created="2026-11-22T08:00:00+07:00", **FIELDS))
    photo = Photo(
        id="p1",
        file=workspace.import_media(folder, picture),
        name="foto.jpg",
        width=640,
        height=480,
        caption="Warga di saluran.",
        credit="Budi",
        alt="Warga mencangkul",
    )
    video = Video(
        id="v1",
        file=workspace.import_media(folder, clip),
        name="klip.mp4",
        width=160,
        height=90,
        seconds=1.0,
        caption="Saluran",
        credit="Budi",
        alt="Air",
        title="Asep",
        title_detail="Kepala Dusun",
        title_card="Panen",
        subtitles=(Cue(start=0.1, end=0.8, text="Airnya mengalir"),),
    )
    workspace.save(folder, replace(workspace.load(folder), photos=(photo,), videos=(video,)))
    return folder
