"""Make the pictures that README and guide show: cards of the sample as they come out, and the window as it looks now.

    kim-studio screenshots SCREENSHOTS && python -m tools.readme_pictures SCREENSHOTS

The sample is exported as on a day before its notice: afterwards its cards say that it is over.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image

from tools.window_pictures.guide_marks import GUIDE

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
WINDOWS = {
    "jendela-tulis": "write-light",
    "jendela-pengumuman": "notice-form-light",
    "jendela-komentar": "comments-light",
    "jendela-terbitkan": "publish-light",
    "jendela-foto-gelap": "photo-dark",
    "jendela-video-gelap": "video-dark",
    "jendela-periksa": "check-ledger-light",
    "jendela-whatsapp-gelap": "publish-whatsapp-dark",
    "jendela-peta-diri": "group-map-light",
    "jendela-naskah": "read-aloud-light",
}
"""Pictures in ``docs/pictures``, and the screenshots they are made from."""
_WINDOW_WIDTH = 1000
GUIDE_PICTURES = PICTURES.parent / "panduan" / "gambar"
_GUIDE_WIDTH = 960
ROWS = (
    ("pasar/instagram/kartu", "pasar/instagram/kutipan", "pasar/instagram/story", "saluran/youtube/sampul"),
    ("vaksinasi/instagram/kartu", "vaksinasi/whatsapp/status", "saluran/telegram/kartu", "saluran/google-bisnis/kartu"),
)
"""Cards in rows: a word of the story's folder, outlet and file."""
_OUTLETS = ("instagram", "whatsapp", "telegram", "youtube", "google-bisnis")
_BEFORE = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
_HEIGHT, _GAP, _GROUND = 310, 10, (143, 149, 147)


def draw_cards(exports: Path) -> Image.Image:
    """All cards on one sheet, each row as wide as the widest."""
    rows = []
    for names in ROWS:
        cards = []
        for name in names:
            story, outlet, file = name.split("/")
            with Image.open(next(exports.glob(f"*{story}*/{outlet}/{file}.jpg"))) as card:
                cards.append(card.convert("RGB").resize((round(card.width * _HEIGHT / card.height), _HEIGHT)))
        rows.append(cards)
    wide = max(sum(card.width + _GAP for card in cards) for cards in rows) + _GAP
    sheet = Image.new("RGB", (wide, len(rows) * (_HEIGHT + _GAP) + _GAP), _GROUND)
    for number, cards in enumerate(rows):
        left = (wide - sum(card.width + _GAP for card in cards) + _GAP) // 2
        for card in cards:
            sheet.paste(card, (left, _GAP + number * (_HEIGHT + _GAP)))
            left += card.width + _GAP
    return sheet


def export_sample(folder: Path) -> Path:
    """Export the sample as on that day; the folder of its exports."""
    from studio.base import paths
    from studio.base.i18n import MessageTexts
    from studio.base.progress import SilentProgress
    from studio.demo.sample import make_sample
    from studio.services.story_export import export_story

    texts = MessageTexts(paths.assets_dir() / "messages", "id")
    workspace = make_sample(folder, SilentProgress())
    workspace.clock = lambda: _BEFORE
    for name in workspace.story_folders():
        export_story(workspace, name, _OUTLETS, texts, SilentProgress())
    return workspace.path / "exports"


def shrink_guide(screenshots: Path) -> int:
    """The pictures of the guide from what ``kim-studio screenshots`` drew for it; bytes of all."""
    GUIDE_PICTURES.mkdir(parents=True, exist_ok=True)
    for old in GUIDE_PICTURES.glob("*.webp"):
        old.unlink()
    total = 0
    for source in sorted(screenshots.glob(f"{GUIDE}-*.png")):
        path = GUIDE_PICTURES / f"{source.stem.removeprefix(f'{GUIDE}-')}.webp"
        with Image.open(source) as drawn:
            wide = min(drawn.width, _GUIDE_WIDTH)
            shown = drawn.convert("RGB").resize(
                (wide, round(drawn.height * wide / drawn.width)), Image.Resampling.LANCZOS
            )
            shown.save(path, quality=72, method=6)
        total += path.stat().st_size
    return total


def main() -> int:
    """Make them all anew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("screenshots", type=Path)
    screenshots = parser.parse_args().screenshots
    for name, source in WINDOWS.items():
        with Image.open(screenshots / f"{source}.png") as window:
            size = (_WINDOW_WIDTH, round(window.height * _WINDOW_WIDTH / window.width))
            shown = window.convert("RGB").resize(size, Image.Resampling.LANCZOS)
            shown.save(PICTURES / f"{name}.jpg", quality=85, optimize=True)
    print(f"guide: {shrink_guide(screenshots):,} bytes")
    with tempfile.TemporaryDirectory() as folder:
        draw_cards(export_sample(Path(folder) / "contoh")).save(PICTURES / "kartu-semua.jpg", quality=85, optimize=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
