"""What the village offers goes through the machine of stories: cards, catalogue, incremental, refused, taken back."""

from __future__ import annotations

import json
import subprocess

import pytest
from msgspec.structs import replace
from PIL import Image

from studio.base.errors import UserError
from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir, templates_dir
from studio.base.progress import SilentProgress
from studio.commands.catalog import run_catalog
from studio.export.website.site_library import build_site
from studio.group.products import CATALOG, OrderWay, Permit, Product, place_of
from studio.release.release_gate import release_story
from studio.services.product_export import export_products
from studio.store.product_shelf import ProductShelf
from studio.store.workspace import create_workspace, open_workspace
from studio.story.model import Consent, Cover, Group, Person, Photo
from tests.small_packs import shrink_packs

TEXTS = MessageTexts(assets_dir() / "messages", "id")
MAKER = Person(id="maker", name="Siti Aminah", age_group="adult", consent=Consent(given=True, when="2026-11-01"))


@pytest.fixture
def shop(tmp_path):
    """A workspace with a way to put products into it."""
    workspace = create_workspace(tmp_path / "kim", Group(name="KIM Uji", village="Desa Uji", site="uji.example"))
    shrink_packs(workspace.templates_dir, "produk", "katalog")
    shelf = ProductShelf(workspace)
    picture = tmp_path / "foto.jpg"
    Image.linear_gradient("L").resize((400, 300)).convert("RGB").save(picture)
    file = shelf.files.add_media(picture)
    photo = Photo(id="p1", file=file, name="foto.jpg", width=400, height=300, credit="Siti Aminah", people_checked=True)

    def put(name, /, **fields):
        made = Product(id=name, **{"name": name.title(), "photos": (photo,), **fields})
        shelf.files.write(place_of(name), made)
        return made

    shelf.put, shelf.photo = put, photo
    with workspace:
        yield shelf


def pdf_text(path):
    run = ["pdftotext", "-layout", str(path), "-"]
    return subprocess.run(run, capture_output=True, text=True, check=True).stdout


def export(shelf, *names, outlets=()):
    done, problems = export_products(shelf.workspace, templates_dir(), TEXTS, names, outlets, None, SilentProgress())
    assert not problems
    return {each.folder: each for each in done}


def test_everything_is_made_once_and_only_what_changed_again(shop):
    shop.put("keripik", price=12000, price_to=15000, unit="bungkus", priced="2026-11-03", maker=MAKER)
    shop.put("beras", price=15000, season=(11, 12))
    first = export(shop)
    assert {name: each.made for name, each in first.items()} == {"beras": 11, "keripik": 11, CATALOG: 7}
    again = export(shop)
    assert sum(each.made for each in again.values()) == 0
    shop.put("beras", price=16000, season=(11, 12))
    changed = export(shop)
    assert changed["keripik"].made == 0
    assert changed["beras"].made == 7  # texts, cards and page, but no photo and no style
    assert changed[CATALOG].made > 0
    assert "Rp16.000" in (shop.exports_dir("beras") / "produk" / "pesan.txt").read_text(encoding="utf-8")


def test_sheets_can_be_read_as_text(shop):
    for number in range(10):
        shop.put(
            f"barang-{number}",
            price=1000 * number + 500,
            priced="2026-11-03",
            order=OrderWay(whatsapp="0812-0000-1234"),
        )
    export(shop, outlets=("katalog",))
    place = shop.exports_dir(CATALOG) / "katalog"
    words = {
        name: subprocess.run(
            ["pdftotext", "-layout", str(place / name), "-"], capture_output=True, text=True, check=True
        ).stdout
        for name in ("daftar-harga.pdf", "lipat.pdf")
    }
    assert "Halaman 2 dari 2" in words["daftar-harga.pdf"]  # nine a page
    assert "harga per 3 November 2026" in words["daftar-harga.pdf"]
    for number in range(10):
        for text in words.values():
            assert f"Barang-{number}" in text
    assert words["lipat.pdf"].count("\f") == 2  # the outside and the inside


BAD = {
    "harga": ({"price": -5}, "kurang dari nol"),
    "nol": ({"price": 10**13}, "triliun"),
    "rentang": ({"price": 9000, "price_to": 8000}, "Tukar"),
    "musim": ({"season": (13,)}, "Bulan 13"),
    "nomor": ({"order": OrderWay(whatsapp="tanya saja")}, "bukan nomor telepon"),
    "titik": ({"coordinates": (123.0, 10.0)}, "tidak ada di bumi"),
    "anak": ({"maker": replace(MAKER, age_group="child")}, "masih anak"),
    "ditarik": (
        {"maker": replace(MAKER, consent=Consent(given=True, withdrawn="2026-11-20"))},
        "Kosongkan nama pembuat",
    ),
    "nanti": ({"price": 9000, "priced": "2999-01-01"}, "belum tiba"),
    "kosong": ({"name": "  "}, "kosong (group/products/kosong.json)"),
    "dilindungi": ({"maker": replace(MAKER, protected=True), "description": "Buatan Siti Aminah."}, "Siti"),
    "bocor": ({"description": "NIK 3201014501900002."}, "3201014501900002"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_named_with_a_remedy(shop, name):
    fields, told = BAD[name]
    shop.put(name, **fields)
    with pytest.raises(UserError) as caught:
        release_story(shop, name, TEXTS)
    assert caught.value.code == "product.refused"
    assert told in TEXTS.explain(caught.value)


def test_one_bad_product_stops_no_other_and_is_in_no_catalogue(shop, capsys):
    shop.put("baik", price=500)
    shop.put("buruk", name="Barang salah", price=-1)
    shop.put("tanpa-foto", photos=(replace(shop.photo, file="0000000000000000.jpg", name="hilang.jpg"),))
    (shop.files.path / "products" / "rusak.json").write_text("{ bukan", encoding="utf-8")
    shop.workspace.close()
    assert run_catalog(shop.path, (), (), None, jobs=1, as_json=False) == 1
    said = capsys.readouterr().err
    assert "products/buruk.json" in said
    assert "products/rusak.json" in said
    assert "hilang.jpg" in said
    catalog = shop.exports_dir(CATALOG) / "katalog"
    words = (catalog / "katalog-whatsapp.txt").read_text(encoding="utf-8")
    assert "Baik" in words
    assert "Barang salah" not in words
    assert {"lipat.pdf", "etalase-01.jpg"} <= {path.name for path in catalog.iterdir()}


def test_who_takes_consent_back_is_taken_out_of_everything(shop):
    shop.put("keripik", price=500, maker=MAKER)
    shop.put("beras", price=700)
    export(shop)
    build_site(shop.workspace, templates_dir(), TEXTS, None, SilentProgress())
    site = shop.workspace.exports_dir("_situs")
    assert "Siti Aminah" in (site / "potensi" / "keripik" / "index.html").read_text(encoding="utf-8")
    shop.put("keripik", price=500, maker=replace(MAKER, consent=replace(MAKER.consent, withdrawn="2026-11-29")))
    refused = export(shop)["keripik"]
    assert refused.error.code == "product.refused"
    assert not shop.exports_dir("keripik").exists()
    built = build_site(shop.workspace, templates_dir(), TEXTS, None, SilentProgress())
    assert [(left.folder, left.taken_down) for left in built.left_out] == [("potensi/keripik", True)]
    assert not (site / "potensi" / "keripik").exists()
    for path in [*shop.exports_dir().rglob("*.txt"), *site.rglob("*.html")]:
        assert "Siti Aminah/" not in path.read_text(encoding="utf-8").replace("Foto: Siti Aminah/", "")
        assert "Keripik" not in path.read_text(encoding="utf-8")


def test_hidden_and_deleted_products_leave_nothing_behind(shop):
    shop.put("satu", price=500)
    shop.put("dua", price=500)
    shop.put("tiga", price=500)
    export(shop, outlets=("produk", "katalog"))
    shop.put("satu", price=500, hidden=True)
    shop.files.remove(place_of("dua"))
    done = export(shop, outlets=("produk", "katalog"))
    assert done["satu"].error.code == "product.hidden"
    assert sorted(path.name for path in shop.exports_dir().iterdir()) == [CATALOG, "tiga"]


def test_covers_hold_and_an_unchecked_photo_makes_a_draft(shop):
    cover = Cover(box=(0.0, 0.0, 1.0, 1.0), color="#ff0000", whole=True)
    shop.put("tertutup", photos=(replace(shop.photo, covers=(cover,)),))
    shop.put("belum", photos=(replace(shop.photo, people_checked=False),))
    done = export(shop)
    red = Image.open(shop.exports_dir("tertutup") / "produk" / "01.jpg").convert("RGB").getpixel((180, 180))
    assert red[0] > 200
    assert red[1] < 60
    card = Image.open(shop.exports_dir("tertutup") / "produk" / "kartu.jpg").convert("RGB").getpixel((180, 133))
    assert card[0] > 200
    assert card[1] < 60
    assert done["belum"].draft
    assert [each.id for each in done[CATALOG].released.story.products] == ["tertutup"]


def test_permits_that_ran_out_and_makers_without_consent_are_not_shown(shop):
    shop.put(
        "madu",
        maker=replace(MAKER, consent=Consent()),
        permits=(Permit(kind="PIRT", number="111", valid_until="2020-01-01"), Permit(kind="NIB", number="222")),
        photos=(),
        order=OrderWay(whatsapp="081200001234"),
    )
    export(shop, "madu")
    words = (shop.exports_dir("madu") / "produk" / "pesan.txt").read_text(encoding="utf-8")
    assert "NIB 222" in words
    assert "111" not in words
    assert "Siti" not in words
    assert "1200001234" not in words
    shop.put("madu", photos=(), order=OrderWay(whatsapp="081200001234"))
    export(shop, "madu")
    assert "6281200001234" in (shop.exports_dir("madu") / "produk" / "pesan.txt").read_text(encoding="utf-8")


def test_the_page_tells_search_engines_the_offer(shop):
    shop.put("keripik", price=12000, price_to=15000, order=OrderWay(whatsapp="081200001234"))
    shop.put("wisata", kind="place", price=5000, coordinates=(-7.5, 110.2))
    build_site(shop.workspace, templates_dir(), TEXTS, None, SilentProgress())
    site = shop.workspace.exports_dir("_situs") / "potensi"

    def graph(name):
        page = (site / name / "index.html").read_text(encoding="utf-8")
        return json.loads(page.partition('<script type="application/ld+json">')[2].partition("</script>")[0])["@graph"][
            0
        ]

    offer = graph("keripik")["offers"]
    assert (offer["@type"], offer["lowPrice"], offer["highPrice"], offer["priceCurrency"]) == (
        "AggregateOffer", 12000, 15000, "IDR",
    )  # fmt: skip
    assert offer["url"].startswith("https://wa.me/6281200001234?text=Halo")
    assert graph("wisata")["@type"] == "TouristAttraction"
    listed = (site / "index.html").read_text(encoding="utf-8")
    assert "keripik/index.html" in listed
    assert "<script src" not in listed  # the filter needs none
    front = (site.parent / "index.html").read_text(encoding="utf-8")
    assert 'href="./potensi/index.html"' in front


def test_unknown_fields_of_a_product_stay(shop):
    place = shop.files.path / "products" / "madu.json"
    shop.put("madu")
    kept = json.loads(place.read_text(encoding="utf-8")) | {"rasa": "manis"}
    place.write_text(json.dumps(kept), encoding="utf-8")
    product = shop.product("madu")
    shop.files.write(place_of("madu"), replace(product, price=1))
    assert json.loads(place.read_text(encoding="utf-8"))["rasa"] == "manis"


def test_an_outlet_of_stories_is_no_outlet_of_products(shop, capsys):
    shop.put("madu")
    shop.workspace.close()
    assert run_catalog(shop.path, (), ("instagram",), None, jobs=1, as_json=False) == 2
    assert "produk, potensi, katalog" in capsys.readouterr().err
    assert run_catalog(shop.path, ("madi",), (), None, jobs=1, as_json=False) == 2
    assert "madu" in capsys.readouterr().err
    with open_workspace(shop.path, write=False) as opened:
        assert ProductShelf(opened).product_ids() == ("madu",)


def test_a_draft_names_what_is_in_its_way(shop, capsys):
    shop.put("keripik")
    shop.put("beras", photos=(replace(shop.photo, people_checked=False),))
    run_catalog(shop.path, ("beras",), ("produk",), None, jobs=1, as_json=False)
    assert "Foto 1 belum diperiksa" in capsys.readouterr().err


def test_a_lost_photo_leaves_no_gap_in_the_catalogue(shop):
    shop.put("apel", photos=(replace(shop.photo, file="bbbbbbbbbbbbbbbb.jpg"),))
    shop.put("beras")
    shown = release_story(shop, CATALOG, TEXTS).story.products
    assert {each.id: len(each.photos) for each in shown} == {"apel": 0, "beras": 1}


def test_a_lost_photo_is_named_once_and_nothing_refers_to_it_until_it_is_back(shop):
    other = replace(shop.photo, id="p2", file="bbbbbbbbbbbbbbbb.jpg", name="hilang.jpg")
    shop.put("apel", photos=(other, shop.photo), cover="p2")
    shop.put("beras", photos=(other,))
    made = export(shop, "apel", "beras", outlets=("potensi", "produk"))
    for name, photos in (("apel", 1), ("beras", 0)):
        assert [problem.code for problem in made[name].problems] == ["product.photo_lost"]
        assert "hilang.jpg" in made[name].problems[0].text
        place = shop.exports_dir(name)
        page = (place / "potensi" / "index.html").read_text()
        named = {word.partition('"')[0] for word in page.replace(",", '"').split("gambar/")[1:]}
        there = {path.name for path in (place / "potensi").glob("gambar/*")}
        assert {word.split()[0] for word in named} == there
        assert len(there) == photos
        assert (place / "produk" / "kartu.jpg").is_file()
    shop.put("beras")
    assert export(shop, "beras")["beras"].problems == ()
    assert (shop.exports_dir("beras") / "potensi" / "gambar" / "01-480.jpg").is_file()


@pytest.mark.parametrize(
    "fields",
    [
        {"description": "Segar buatan **Siti Aminah**."},
        {"name": "Tempe SITI AMINAH"},
        {"price_note": "tanya siti  aminah"},
        {"order": OrderWay(sentence="Halo Siti Aminah, saya pesan")},
    ],
)
def test_a_maker_who_has_not_agreed_is_not_named_by_hand_either(shop, fields):
    silent, fields = replace(MAKER, consent=Consent()), fields | {"photos": (replace(shop.photo, credit="Budi"),)}
    shop.put("tempe", maker=silent, **fields)
    made = export(shop, "tempe")["tempe"]
    wanted = "order" not in fields
    assert (made.error is not None and made.error.code == "product.refused") is wanted
    files = [path for path in shop.exports_dir("tempe").rglob("*") if path.is_file()]
    assert not any(b"Siti" in path.read_bytes() for path in files if path.suffix in {".txt", ".html"})
    shop.put("tempe", maker=MAKER, **fields)
    assert export(shop, "tempe")["tempe"].error is None
    shop.put("tempe", maker=replace(silent, name="Siti"), description="Keripik Siti Rasa, dekat kebun Sitinurbaya")
    assert export(shop, "tempe")["tempe"].error is not None
    shop.put("tempe", maker=replace(silent, name="Sit"), description="Keripik Siti Rasa")
    assert export(shop, "tempe")["tempe"].error is None
