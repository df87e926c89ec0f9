"""The sample group's decree as a scanner gives it: grey, a little crooked, with EXAMPLE across it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from studio.demo.sample import GROUP
from studio.demo.sample_group import PROFILE
from studio.documents.office_paper import PAGE, paper_rule, text_box
from studio.story.date_formats import long_date

SIZE = (868, 1228)
"""Pixels of an A4 page at 105 dots per inch."""
_LEAN = 0.6
"""Degrees by which the sheet lay crooked."""
_QUALITY = 42


def decree_svg() -> str:
    """The decree as one A4 page for ``paint``."""
    decree = PROFILE.decree
    centre: dict[str, Any] = {"align": "center"}
    names = "\n".join(f"{at}. {each.name} · {each.role}" for at, each in enumerate(PROFILE.officers, 1))
    until = long_date(decree.valid_until)
    parts = (
        text_box("kop", 52, 20, f"PEMERINTAH {GROUP.regency.upper()}", 15, weight=700, **centre),
        text_box("desa", 74, 22, f"KEPALA {GROUP.village.upper()}", 17, weight=800, **centre),
        paper_rule(106),
        text_box("judul", 130, 20, "KEPUTUSAN KEPALA DESA SUKAMAJU", 14, weight=700, **centre),
        text_box("nomor", 150, 18, f"Nomor {decree.number}", 13, **centre),
        text_box("tentang", 184, 18, "tentang", 12, **centre),
        text_box("isi", 206, 22, f"PENGURUS {GROUP.name.upper()}", 14, weight=700, **centre),
        text_box("menetapkan", 262, 20, "Menetapkan susunan pengurus sebagai berikut:", 12.5),
        text_box("pengurus", 290, 84, names, 12.5, valign="top"),
        text_box("masa", 396, 40, f"Keputusan ini berlaku sampai {until}.", 12.5, valign="top"),
        text_box("tanggal", 520, 18, f"Sukamaju, {long_date(decree.date)}", 12.5, left=330),
        text_box("tanda", 540, 18, "Kepala Desa Sukamaju", 12.5, left=330),
        text_box("contoh", 640, 90, "CONTOH", 76, weight=800, color="#b9bfbd", **centre),
        text_box("rekaan", 726, 18, "Semua nama di lembar ini rekaan.", 11, **centre),
    )
    width, height = PAGE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="210mm" height="297mm">'
        f'<rect width="{width}" height="{height}" fill="#fbfaf6"/>{"".join(parts)}</svg>'
    )


def decree_jpeg() -> bytes:
    """Draw the scan. Needs a Qt application."""
    from PIL import Image

    from studio.paint.image import paint_png

    with TemporaryDirectory() as place:
        paint_png(decree_svg(), *SIZE, Path(place, "sk.png"))
        with Image.open(Path(place, "sk.png"), formats=["PNG"]) as drawn:
            sheet = drawn.convert("L").rotate(_LEAN, Image.Resampling.BICUBIC, fillcolor=238)
    with BytesIO() as buffer:
        sheet.save(buffer, "JPEG", quality=_QUALITY, optimize=True, dpi=(105, 105))
        return buffer.getvalue()
