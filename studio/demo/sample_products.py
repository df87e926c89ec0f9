"""Twelve products of the sample village, all made up; their photos are those of the stories, cut otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.group.products import FOLDER, OrderWay, Permit, Product, place_of
from studio.store.product_shelf import ProductShelf, free_id
from studio.story.model import Box, Consent, Person, Photo

if TYPE_CHECKING:
    from pathlib import Path

    from studio.store.workspace import Workspace

_PRICED = "2026-11-20"
_Row = tuple[str, str, str, int | None, int | None, str, tuple[int, ...], str, Box | None, str]
_ROWS: tuple[_Row, ...] = (
    (
        "Beras pandan wangi",
        "product",
        "Beras baru dari sawah berteras Sukamaju, digiling setiap pekan.",
        15000,
        None,
        "kg",
        (3, 4, 8, 11),
        "padi-menguning.jpg",
        None,
        "",
    ),
    (
        "Tomat kebun Sukamaju",
        "product",
        "Dipetik pagi hari, dijual siang hari yang sama.",
        9000,
        12000,
        "kg",
        (),
        "lapak-buah.jpg",
        Box(0.0, 0.25, 0.6, 0.75),
        "Siti Aminah",
    ),
    (
        "Jeruk siam Tirtasari",
        "product",
        "Manis dan berair. Ada paket lima kilogram untuk oleh-oleh.",
        14000,
        None,
        "kg",
        (6, 7, 11, 12),
        "lapak-buah.jpg",
        Box(0.35, 0.25, 0.6, 0.75),
        "",
    ),
    (
        "Paket sayur mingguan",
        "product",
        "Sayur lima macam dari lapak Pasar Minggu Pagi, diantar ke rumah.",
        45000,
        None,
        "paket",
        (),
        "lorong-pasar.jpg",
        None,
        "Budi Santoso",
    ),
    (
        "Batu kali hias",
        "product",
        "Batu pilihan untuk taman dan kolam.",
        25000,
        60000,
        "karung",
        (),
        "batu-kali.jpg",
        None,
        "",
    ),
    (
        "Susu sapi segar",
        "product",
        "Diperah pukul lima pagi; pesan sehari sebelumnya.",
        8000,
        None,
        "liter",
        (),
        "sapi-merumput.jpg",
        Box(0.3, 0.3, 0.6, 0.7),
        "",
    ),
    (
        "Jasa angkut hasil panen",
        "service",
        "Truk kecil untuk wilayah Kecamatan Tirtasari.",
        150000,
        None,
        "sekali jalan",
        (),
        "lorong-pasar.jpg",
        Box(0.2, 0.2, 0.7, 0.7),
        "Rahmat Hidayat",
    ),
    (
        "Perawatan saluran irigasi",
        "service",
        "Regu warga membersihkan dan memperbaiki saluran.",
        None,
        None,
        "",
        (),
        "saluran-irigasi.jpg",
        None,
        "",
    ),
    (
        "Pelatihan pupuk kandang",
        "skill",
        "Belajar membuat pupuk dari kandang sendiri, satu hari penuh.",
        35000,
        None,
        "orang",
        (),
        "sapi-merumput.jpg",
        None,
        "",
    ),
    (
        "Sawah berteras Tirtasari",
        "place",
        "Jalan kaki pagi di antara teras sawah, ditemani pemandu muda desa.",
        10000,
        None,
        "orang",
        (),
        "sawah-berteras.jpg",
        None,
        "",
    ),
    (
        "Balai desa untuk acara",
        "place",
        "Aula untuk 150 orang, dengan halaman teduh.",
        300000,
        None,
        "hari",
        (),
        "balai-desa.jpg",
        None,
        "",
    ),
    (
        "Pasar Minggu Pagi",
        "event",
        "Setiap Minggu pukul 06.00 sampai 09.00 di lapangan desa.",
        0,
        None,
        "",
        (),
        "lorong-pasar.jpg",
        Box(0.1, 0.1, 0.8, 0.8),
        "",
    ),
)


def add_products(workspace: Workspace, source: Path) -> int:
    """Add the products where there are none; returns how many.

    Args:
        workspace: the sample workspace, open for writing.
        source: folder of the photos.
    """
    shelf = ProductShelf(workspace)
    # All or none: products that the user took out do not come back.
    if workspace.read_only or (shelf.files.path / FOLDER).is_dir():
        return 0
    taken: set[str] = set()
    for row in _ROWS:
        made = _product(shelf, source, row, free_id(row[0], taken))
        taken.add(made.id)
        shelf.files.write(place_of(made.id), made)
    return len(taken)


def _product(shelf: ProductShelf, source: Path, row: _Row, product_id: str) -> Product:
    name, kind, description, price, price_to, unit, season, file, crop, maker = row
    photo = Photo(
        id="p1",
        file=shelf.files.add_media(source / file),
        name=file,
        credit="Siti Aminah",
        alt=name,
        crop=crop,
        people_checked=True,
    )
    consent = Consent(given=True, how="tertulis", when="2026-11-01")
    return Product(
        id=product_id,
        name=name,
        kind=kind,
        description=description,
        price=price,
        price_to=price_to,
        unit=unit,
        priced=_PRICED if price is not None else "",
        season=season,
        maker=Person(id="maker", name=maker, age_group="adult", consent=consent) if maker else None,
        permits=(Permit(kind="PIRT", number="contoh 0001", valid_until="2031-01-31"),)
        if name.startswith("Paket")
        else (),
        order=OrderWay(whatsapp="0812-0000-0000"),
        sold_through=("Pasar Minggu Pagi Sukamaju",) if kind == "product" else (),
        photos=(photo,),
    )
