"""The logo: only a picture beside workspace.json, and the same small picture everywhere."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from studio.base.errors import UserError
from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir, templates_dir
from studio.base.progress import SilentProgress
from studio.export.planning.group_logo import draw_logo, ready_logo, ready_mark
from studio.export.running.story_exporter import StoryExporter
from studio.store.logo_place import find_logo
from studio.store.workspace import create_workspace, open_workspace
from studio.story.model import Group, Photo, Story
from tests.command_server import run_command

TEXTS = MessageTexts(assets_dir() / "messages", "id")
SECRET = "-----BEGIN OPENSSH PRIVATE KEY----- rahasia"
RED = (230, 20, 30)
DRAWING = """<?xml version="1.0" encoding="UTF-8"?>
<!-- Inkscape --><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" width="40mm" height="40mm" viewBox="0 0 40 40">
<rect width="40" height="40" fill="#e6141e"/></svg>"""


def pil():
    """Pillow, loaded when it is first needed."""
    from PIL import Image

    return Image


def make(folder: Path, logo: str = "") -> str:
    with create_workspace(folder, Group(name="KIM Uji", village="Sukamaju", logo=logo, members=("Budi",))) as workspace:
        story = Story(id="", headline="Warga perbaiki irigasi", place="Sukamaju", date="2026-11-22", byline=("Budi",))
        name = workspace.add(replace(story, body="Warga bekerja. " * 30))
        pil().new("RGB", (900, 1200), (20, 90, 160)).save(folder / "foto.jpg")
        file = workspace.import_media(name, folder / "foto.jpg")
        photo = Photo(id="p", file=file, caption="Warga.", credit="Budi", alt="Warga", watermark=True)
        workspace.save(name, replace(workspace.load(name), photos=(photo,)))
    return name


def export(folder: Path, *outlets: str):
    with open_workspace(folder) as workspace, StoryExporter(workspace, templates_dir(), TEXTS) as exporter:
        return next(iter(exporter.export((), outlets, None, SilentProgress())))


def reds(path: Path) -> int:
    with pil().open(path) as image:
        small = image.convert("RGB")
        return sum(
            count
            for count, colour in small.getcolors(small.width * small.height)
            if all(abs(one - other) < 12 for one, other in zip(colour, RED, strict=True))
        )


def links(folder: Path) -> dict[str, str]:
    """Names that must not be followed, by what is wrong with them."""
    outside = folder.parent / "luar"
    outside.mkdir(exist_ok=True)
    pil().new("RGB", (30, 30), RED).save(outside / "gambar.png")
    (outside / "kunci").write_text(SECRET, encoding="utf-8")
    (folder / "rahasia.png").write_text(SECRET, encoding="utf-8")
    (folder / "tautan.png").symlink_to(outside / "gambar.png")
    (folder / "kunci.svg").symlink_to(outside / "kunci")
    (folder / "lingkar.png").symlink_to("lingkar.png")
    (folder / "gambar").mkdir()
    pil().new("RGB", (30, 30), RED).save(folder / "gambar" / "a.png")
    return {
        "absolute": str(outside / "gambar.png"),
        "up": "../luar/gambar.png",
        "link out": "tautan.png",
        "link to a key": "kunci.svg",
        "circle": "lingkar.png",
        "no picture": "rahasia.png",
        "folder": "gambar",
        "deeper": "gambar/a.png",
        "backslash": "..\\luar\\gambar.png",
        "story": "workspace.json",
        "missing": "tidak-ada.png",
        "nul": "a\0b.png",
    }


def test_only_a_picture_beside_the_workspace_is_a_logo(tmp_path):
    make(tmp_path / "ruang")
    for what, name in links(tmp_path / "ruang").items():
        assert find_logo(tmp_path / "ruang", name) is None, what


@given(st.text(max_size=40))
def test_no_name_leads_out_of_the_workspace(name):
    found = find_logo(Path(__file__).parent, name)
    assert found is None or found.path.parent == Path(__file__).parent


@pytest.mark.parametrize("name", ["rahasia.png"])
def test_nothing_of_a_foreign_file_is_published(tmp_path, name):
    """Any file that workspace.json named lay base64 in the public site."""
    import base64

    make(tmp_path / "ruang", logo=name)
    links(tmp_path / "ruang")
    done = run_command("export", str(tmp_path / "ruang"), "--outlet", "website", env=dict(os.environ))
    assert name in done.stderr, "the user is told"
    code = base64.b64encode(SECRET.encode())[:40]
    pages = list((tmp_path / "ruang" / "exports").rglob("*.html"))
    assert pages
    assert not any(code in page.read_bytes() for page in pages)


@pytest.mark.parametrize("source", ["logo.svg", "logo.webp"])
def test_every_export_shows_the_same_logo(tmp_path, source):
    """Named by hand in workspace.json, in whatever format: cards, pages, print, photo marks and the window agree."""
    folder = tmp_path / "ruang"
    name = make(folder, logo=source)
    if source.endswith(".svg"):
        (folder / source).write_text(DRAWING, encoding="utf-8")
    else:
        pil().new("RGB", (900, 900), RED).save(folder / source)
    with open_workspace(folder) as workspace:
        logo = ready_logo(workspace)
        assert logo is not None
        assert workspace.logo.problems == ()
        with pil().open(logo.mark) as mark:
            assert (mark.format, mark.size) == ("PNG", (512, 512))
    done = export(folder, "instagram", "website", "mading", "telegram")
    assert done.error is None
    out = folder / "exports" / name
    assert reds(out / "instagram" / "kartu.jpg") > 400
    assert reds(out / "telegram" / "01.jpg") > 150, "the mark on a photo"
    assert 'src="logo.png"' in (out / "website" / "index.html").read_text(encoding="utf-8")
    with pil().open(out / "website" / "logo.png") as beside:
        assert (beside.format, beside.size) == ("PNG", (96, 96))
    assert reds(out / "website" / "logo.png") == 96 * 96
    subprocess.run(
        ["pdftoppm", "-r", "60", "-png", "-singlefile", out / "mading" / "mading.pdf", tmp_path / "m"], check=True
    )
    assert reds(tmp_path / "m.png") > 200


def test_a_huge_logo_is_made_small_once_and_loses_what_it_says(tmp_path):
    """A PNG of 6 MB made every card fail with "too many loops"; what a photo says of itself stood in every page."""
    import os

    folder = tmp_path / "ruang"
    name = make(folder, logo="logo.png")
    exif = pil().Exif()
    exif[0x010E] = "Rumah Bu Siti"
    pil().frombytes("RGB", (1500, 1400), os.urandom(1500 * 1400 * 3)).save(folder / "logo.png", exif=exif)
    assert (folder / "logo.png").stat().st_size > 6_000_000
    done = export(folder, "instagram", "website")
    assert (done.error, done.problems) == (None, ())
    with open_workspace(folder) as workspace:
        mark = ready_mark(workspace)
    assert b"Siti" not in mark.read_bytes()
    assert (folder / "exports" / name / "website" / "index.html").stat().st_size < 1_500_000


def test_clear_parts_stay_clear(tmp_path):
    image = pil().new("RGBA", (1024, 512), (0, 0, 0, 0))
    image.paste((*RED, 255), (0, 0, 512, 512))
    image.save(tmp_path / "logo.png")
    with pil().open(draw_logo(tmp_path / "logo.png")) as mark:
        assert (mark.mode, mark.size) == ("RGBA", (512, 256))
        assert mark.getpixel((100, 100)) == (*RED, 255)
        assert mark.getpixel((400, 100))[3] == 0


def test_a_changed_logo_is_a_new_picture(tmp_path):
    folder = tmp_path / "ruang"
    make(folder, logo="logo.png")
    pil().new("RGB", (40, 40), RED).save(folder / "logo.png")
    with open_workspace(folder) as workspace:
        before = workspace.logo.current_logo
        assert workspace.logo.current_logo is before
        pil().new("RGB", (41, 40), RED).save(folder / "logo.png")
        assert workspace.logo.current_logo.digest != before.digest
        (folder / "logo.png").unlink()
        assert workspace.logo.current_logo is None
        assert [problem.code for problem in workspace.logo.problems] == ["store.logo_unusable"]


@pytest.mark.parametrize(
    "inner",
    [
        '<image href="file:///etc/hostname" width="9" height="9"/>',
        '<image href="{outside}" width="40" height="40"/>',
        '<use href="{outside}#a"/>',
    ],
)
def test_a_drawing_reads_nothing_else(tmp_path, inner):
    pil().new("RGB", (30, 30), (0, 255, 0)).save(tmp_path / "lain.png")
    inner = inner.format(outside=tmp_path / "lain.png")
    svg = DRAWING.replace("</svg>", f'<g xmlns:xlink="x">{inner}</g></svg>')
    (tmp_path / "logo.svg").write_text(svg, encoding="utf-8")
    with pil().open(draw_logo(tmp_path / "logo.svg")) as mark:
        assert mark.convert("RGB").getcolors() == [(512 * 512, RED)]


@pytest.mark.parametrize("named", ["svg+xml", "png"])
def test_a_drawing_inside_a_drawing_reads_nothing_either(tmp_path, named):
    """Qt looks at the bytes of a data URI: an embedded drawing, whatever it calls itself, read files of the disk."""
    import base64

    pil().new("RGB", (30, 30), (0, 255, 0)).save(tmp_path / "lain.png")
    inner = DRAWING.replace("</svg>", f'<image href="{tmp_path / "lain.png"}" width="40" height="40"/></svg>')
    code = base64.b64encode(inner.encode()).decode()
    image = f'<image href="data:image/{named};base64,{code}" width="40" height="40"/>'
    (tmp_path / "logo.svg").write_text(DRAWING.replace("</svg>", f"{image}</svg>"), encoding="utf-8")
    with pil().open(draw_logo(tmp_path / "logo.svg")) as mark:
        assert mark.convert("RGB").getcolors() == [(512 * 512, RED)]


def test_a_picture_inside_a_drawing_is_drawn(tmp_path):
    import base64
    import io

    inner = io.BytesIO()
    pil().new("RGB", (30, 30), (0, 0, 255)).save(inner, "PNG")
    code = base64.b64encode(inner.getvalue()).decode()
    image = f'<image href="data:image/png;base64,{code}" width="40" height="40"/>'
    (tmp_path / "logo.svg").write_text(DRAWING.replace("</svg>", f"{image}</svg>"), encoding="utf-8")
    with pil().open(draw_logo(tmp_path / "logo.svg")) as mark:
        assert mark.convert("RGB").getpixel((256, 256)) == (0, 0, 255)


@pytest.mark.parametrize(
    ("size", "shapes"),
    [
        ('viewBox="0 0 40 20" width="40mm" height="20mm"', '<rect width="100%" height="50%"/>'),
        ('width="40mm" height="20mm"', '<rect width="100%" height="50%"/>'),
        ('width="40mm" height="20mm"', '<rect width="40mm" height="10mm"/>'),
        ('width="4cm" height="2cm"', '<path d="M0 0H151.181V37.795H0z"/>'),
        ('width="96" height="48px"', '<rect width="1in" height="18pt"/>'),
    ],
)
def test_percentages_and_units_of_a_drawing_are_those_of_its_page(tmp_path, size, shapes):
    """Qt by itself takes 100 % for 100 units and an inch for 90: a logo would be a corner, or cut off."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{shapes}</svg>'
    (tmp_path / "logo.svg").write_text(svg, encoding="utf-8")
    with pil().open(draw_logo(tmp_path / "logo.svg")) as mark:
        assert (mark.size, mark.getchannel("A").point(lambda value: 255 * (value > 127)).getbbox()) == (
            (512, 256),
            (0, 0, 512, 128),
        )


def test_the_abbreviations_of_illustrator_are_written_out(tmp_path):
    svg = """<?xml version="1.0" encoding="utf-8"?>
<!-- Generator: Adobe Illustrator --><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd" [
    <!ENTITY ns_svg "http://www.w3.org/2000/svg">
    <!ENTITY ns_xlink 'http://www.w3.org/1999/xlink'>
]>
<svg xmlns="&ns_svg;" xmlns:xlink="&ns_xlink;" viewBox="0 0 9 9"><rect width="9" height="9" fill="#e6141e"/></svg>"""
    (tmp_path / "logo.svg").write_text(svg, encoding="utf-8")
    with pil().open(draw_logo(tmp_path / "logo.svg")) as mark:
        assert mark.convert("RGB").getcolors() == [(512 * 512, RED)]


@pytest.mark.parametrize(
    "entities",
    [
        '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">',
        '<!ENTITY b SYSTEM "file:///etc/hostname">',
        f'<!ENTITY b "{"a" * 300}">',
        '<!ENTITY % c "x"><!ENTITY b "y">',
    ],
)
def test_abbreviations_that_grow_or_read_are_refused(tmp_path, entities):
    svg = f'<!DOCTYPE svg [{entities}]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><desc>'
    (tmp_path / "logo.svg").write_text(f"{svg}{'&b;' * 5000}</desc><rect width='9' height='9'/></svg>")
    with pytest.raises(UserError):
        draw_logo(tmp_path / "logo.svg")


@pytest.mark.parametrize(
    ("kind", "command"),
    [("cut", ["check"]), ("clear", ["export", "--outlet", "website"]), ("empty drawing", ["export", "--site"])],
)
def test_a_logo_that_cannot_be_shown_is_told_by_every_command(tmp_path, kind, command):
    """A damaged one was replaced by initials without a word; ``check`` said nothing of any."""
    folder, name = tmp_path / "ruang", "logo.svg" if kind == "empty drawing" else "logo.png"
    make(folder, logo=name)
    if kind == "cut":
        pil().effect_noise((300, 300), 90).save(folder / name)
        (folder / name).write_bytes((folder / name).read_bytes()[:60])
    elif kind == "clear":
        pil().new("RGBA", (30, 30), (0, 0, 0, 0)).save(folder / name)
    else:
        (folder / name).write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>', encoding="utf-8")
    done = run_command(command[0], str(folder), *command[1:], env=dict(os.environ))
    assert f"Logo {name} tidak dapat ditampilkan" in done.stderr


@pytest.mark.parametrize(
    "text",
    [
        "<svg",
        '<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><g id="&a;"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"></svg>',
    ],
)
def test_a_drawing_that_cannot_be_drawn_is_named(tmp_path, text):
    (tmp_path / "logo.svg").write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        draw_logo(tmp_path / "logo.svg")
    assert TEXTS.explain(caught.value)
