"""``kim-studio print`` as a user runs it: a bulletin is cut and read; posters; who is never on paper."""

from __future__ import annotations

import re
import shutil
import subprocess
from io import BytesIO

import pytest
from PIL import Image, ImageChops
from typer.testing import CliRunner

from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir
from studio.cli import app
from studio.group.record_words import record_title, record_words
from studio.paint.imposition import booklet_order
from studio.services.kept_bulletins import kept_bulletins
from studio.store.workspace import create_workspace, open_workspace
from studio.story.model import Box, Cover, Group, Person, Photo, Story

READY = {"byline": ("Siti Aminah",), "place": "Sukamaju", "status": "ready", "category": "pertanian"}
GROUP = Group(id="g", name="KIM Bina Warga", village="Desa Sukamaju", members=("Siti Aminah",), phone="0812-0000-1234")
SAID = "Warga bergotong royong membersihkan saluran irigasi supaya masyarakat desa memperoleh air yang berlimpah."
BODY = "\n\n".join(f"Bagian {number}. {SAID}" for number in range(1, 8))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A workspace, and the names of its stories by id."""
    path = tmp_path_factory.mktemp("cetak") / "KIM"
    child = Person(id="p", name="Bunga Lestari", age_group="child", role="victim", protected=True)
    with create_workspace(path, GROUP) as workspace:
        stories = (
            *(Story(id=name, headline=f"Kabar {name}", date="2026-11-27", body=BODY, **READY) for name in "abc"),
            Story(id="hidden", headline="Bunga Lestari ditemukan", date="2026-11-29", body="Isi.", people=(child,)),
            Story(
                id="gone", headline="Kabar dicabut", date="2026-11-20", body=BODY, **{**READY, "status": "withdrawn"}
            ),
            Story(id="old", kind="notice", headline="Imunisasi kemarin", date="2020-11-28", body="Datang.", **READY),
            Story(id="new", kind="notice", headline="Posyandu Melati", date="2090-11-28", body="Datang.", **READY),
            Story(id="raw", kind="notice", headline="Belum jadi", date="2090-11-28", body="Datang."),
            Story(id="draft", headline="Kabar setengah jadi", date="2026-11-26", body="Sebagian.", place="Sukamaju"),
        )
        names = {story.id: workspace.add(story) for story in stories}
    return path, names


def run(*words):
    return CliRunner().invoke(app, ["print", *(str(word) for word in words)], env={"LANG": "id_ID.UTF-8"})


def text_of(pdf, *options: str) -> str:
    said = subprocess.run(["pdftotext", *options, str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    return " ".join(said.replace("\u00a0", " ").split())


def cut_and_read(pdf) -> list[str]:
    """What stands on each page of a folded bulletin: each side of paper cut in the middle, the halves in order."""
    facts = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    count = 2 * int(re.search(r"Pages: +(\d+)", facts)[1])
    pages: dict[int, str] = {}
    for number, side in enumerate(booklet_order(count), 1):
        for half, page in enumerate(side):
            # 842 points across A4; the first page of the paper is the first side.
            place = ("-f", str(number), "-l", str(number), "-x", str(421 * half), "-y", "0", "-W", "421", "-H", "596")
            pages[page] = text_of(pdf, *place)
    return [pages[page] for page in sorted(pages)]


def least_white_edge(pdf) -> float:
    """Millimetres that stay white at the edges of all sides, the marks of the fold left out."""
    drawn = subprocess.run(["pdftoppm", "-r", "50.8", "-gray", str(pdf)], capture_output=True, check=True).stdout
    edges = []
    with Image.open(BytesIO(drawn), formats=["PPM"]) as side:  # two pixels a millimetre
        shown = ImageChops.invert(side.convert("L")).point(lambda dark: 255 if dark > 40 else 0)
        shown.paste(0, (shown.width // 2 - 3, 0, shown.width // 2 + 3, shown.height))
        left, top, right, bottom = shown.getbbox()
        edges += [left, top, shown.width - right, shown.height - bottom]
    return min(edges) / 2


def has_red(pdf) -> bool:
    drawn = subprocess.run(["pdftoppm", "-r", "20", str(pdf)], capture_output=True, check=True).stdout
    with Image.open(BytesIO(drawn), formats=["PPM"]) as page:
        red, green, _ = page.convert("RGB").split()
        return ImageChops.subtract(red, green).getextrema()[1] > 40


@pytest.mark.tool("pdftotext")
@pytest.mark.parametrize("pages", [4, 8])
def test_a_bulletin_is_folded_cut_and_read_in_order(made, tmp_path, pages):
    place, names = made
    out = tmp_path / "buletin.pdf"
    done = run(place, *(names[each] for each in "bca"), "--pages", pages, "--issue", 3, "-o", out)
    assert done.exit_code == 0, done.output
    assert f"{pages} halaman A5 pada {pages // 4} lembar A4" in done.stdout
    assert "sisi pendek" in done.stdout
    assert least_white_edge(out) >= 11.9
    read = cut_and_read(out)
    assert len(read) == pages
    assert "Kabar Warga" in read[0]
    assert "No. 3" in read[0]
    assert all(str(number) in read[number - 1].split() for number in range(1, pages))
    whole = " ".join(read)
    assert re.findall(r"Bagian (\d)\.", whole) == [str(number) for _ in "bca" for number in range(1, 8)]
    assert whole.count("memperoleh air yang berlimpah.") + whole.count("memper oleh") >= 18
    assert [whole.index(f"Kabar {each} ") for each in "bca"] == sorted(whole.index(f"Kabar {each} ") for each in "bca")
    assert "Redaksi" in read[-1]
    assert "0812-0000-1234" in read[-1]
    assert "Posyandu Melati" in read[-1]  # not over, though nobody ticked it
    assert "berlaku sampai" in read[-1]
    for never in ("Imunisasi", "Bunga", "dicabut", "Belum jadi", "setengah"):
        assert never not in whole


@pytest.mark.tool("pdftotext")
def test_who_is_protected_or_was_taken_back_is_never_printed(made, tmp_path):
    place, names = made
    out = tmp_path / "buletin.pdf"
    done = run(place, *(names[each] for each in ("hidden", "a", "gone", "old")), "--no-services", "-o", out)
    assert done.exit_code == 1
    for each in ("hidden", "gone", "old"):
        assert names[each] in done.stderr
    whole = text_of(out)
    assert "Kabar a" in whole
    assert not re.search("Bunga|Lestari|dicabut|Imunisasi|Posyandu", whole)
    alone = run(place, names["hidden"], "--as", "a3", "-o", tmp_path / "poster.pdf")
    assert alone.exit_code == 1
    assert not (tmp_path / "poster.pdf").exists()


def test_what_is_too_much_is_named(made, tmp_path):
    place, names = made
    with open_workspace(place) as workspace:
        long = Story(id="long", headline="Terlalu panjang", date="2026-11-28", body="\n\n".join([BODY] * 20), **READY)
        names["long"] = workspace.add(long)
    done = run(place, names["long"], names["a"], "--pages", 4, "-o", tmp_path / "b.pdf")
    assert done.exit_code == 1
    assert "“Terlalu panjang” tidak muat" in done.stderr
    assert "“Kabar a” tidak muat" in done.stderr


def test_a_draft_is_marked_and_a_bulletin_is_kept(made, tmp_path):
    place, names = made
    first, again, plain = (tmp_path / f"{name}.pdf" for name in "abc")
    kept = run(place, names["draft"], "--title", "Suara Édisi", "--issue", "3", "--save-ink", "--keep", "-o", first)
    assert kept.exit_code == 0, kept.output
    with open_workspace(place, write=False) as workspace:
        (record,) = kept_bulletins(workspace)
    assert (record.id, record.stories, record.ink_saving) == ("suara-edisi-3", (names["draft"],), True)
    texts = MessageTexts(assets_dir() / "messages", "id")
    assert record_title(record, texts) == "Buletin: Suara Édisi 3"
    assert names["draft"] in record_words(record, None, texts).values()
    assert run(place, "--again", "suara-edisi-3", "-o", again).exit_code == 0
    assert again.read_bytes() == first.read_bytes()
    assert run(place, names["a"], "--save-ink", "-o", plain).exit_code == 0
    assert (has_red(first), has_red(plain)) == (True, False)  # the word across the page
    unknown = run(place, "--again", "tidak-ada", "-o", again)
    assert (unknown.exit_code, "suara-edisi-3" in unknown.stderr) == (2, True)


@pytest.mark.parametrize(
    ("kind", "papers", "size"),
    [("a3", 2, "842 x 595"), ("a3-full", 3, "842 x 595"), ("a2", 4, "595 x 842"), ("sheet", 1, "595 x 842")],
)
def test_posters_are_sheets_of_a4(made, tmp_path, kind, papers, size):
    place, names = made
    out = tmp_path / "poster.pdf"
    done = run(place, names["a"], "--as", kind, "-o", out)
    assert done.exit_code == 0, done.output
    facts = subprocess.run(["pdfinfo", out], capture_output=True, text=True, check=True).stdout
    assert re.search(rf"Pages: +{papers}\n", facts)
    assert size in facts


@pytest.mark.parametrize(
    ("words", "said"), [(["--as", "a5"], "bulletin, sheet, a3, a3-full, a2, a2-full"), (["--pages", "6"], "4 atau 8")]
)
def test_a_form_that_does_not_exist_is_wrong_use(made, tmp_path, words, said):
    done = run(made[0], *words, "-o", tmp_path / "x.pdf")
    assert done.exit_code == 2
    assert said in done.stderr


@pytest.mark.tool("pdftoppm")
def test_saving_ink_takes_less_ink(made, tmp_path):
    place, names = made
    dark = []
    for number, more in enumerate(((), ("--save-ink",))):
        out = tmp_path / f"{number}.pdf"
        assert run(place, names["a"], "--as", "a3", *more, "-o", out).exit_code == 0
        drawn = subprocess.run(["pdftoppm", "-r", "30", "-gray", out], capture_output=True, check=True).stdout
        dark.append(sum(255 - value for value in drawn))
    assert dark[1] < 0.6 * dark[0]


@pytest.mark.tool("pdfimages")
def test_covers_are_burned_into_the_photo_on_paper(made, tmp_path):
    place, _ = made
    source = tmp_path / "foto.jpg"
    Image.new("RGB", (320, 180), "#ff0000").save(source)
    with open_workspace(place) as workspace:
        half = Cover(box=Box(0, 0, 0.5, 1))
        photo = Photo(id="f", file="0123456789abcdef.jpg", width=320, height=180, people_checked=True, covers=(half,))
        told = Story(id="photo", headline="Berfoto", date="2026-11-25", body="Isi.", photos=(photo,), **READY)
        name = workspace.add(told)
        media = workspace.media_path(name, photo.file)
        media.parent.mkdir(exist_ok=True)
        shutil.copy(source, media)
    out = tmp_path / "buletin.pdf"
    assert run(place, name, "-o", out).exit_code == 0
    subprocess.run(["pdfimages", "-png", out, tmp_path / "p"], check=True)
    with Image.open(next(tmp_path.glob("p-*.png"))) as shown:
        left, right = (shown.convert("RGB").getpixel((shown.width * at // 4, shown.height // 2)) for at in (1, 3))
    assert right[0] > 200 > right[1] + 150
    assert max(left) - min(left) < 60  # nothing of the red is left under it
