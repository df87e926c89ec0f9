"""The lexicon is read once for all tests of the desk; it is the real one."""

from __future__ import annotations

import pytest

from studio.release import finding_texts as findings


@pytest.fixture(scope="session")
def lexicon():
    return findings.language_checker()


@pytest.fixture(autouse=True)
def one_lexicon(lexicon, monkeypatch):
    monkeypatch.setattr(findings, "language_checker", lambda: lexicon)


@pytest.fixture(scope="session")
def picture(tmp_path_factory):
    """A photo with an area that stands twice in it, and a camera's name."""
    from PIL import Image

    path = tmp_path_factory.mktemp("bukti") / "IMG-20261117-WA0003.jpg"
    image = Image.effect_noise((160, 120), 90).resize((800, 600)).convert("RGB")
    image.paste(image.crop((60, 300, 300, 520)), (480, 60))
    exif = Image.Exif()
    exif[0x010F] = "Contoh"
    image.save(path, quality=90, exif=exif)
    return path


@pytest.fixture
def settings(settings):
    """The window opens where it was left, on the checking desk: no writing desk is built that nobody looks at."""
    settings.set("desk", "check")
    return settings
