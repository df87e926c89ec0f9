"""Every code the photo engine can raise has its text, and every text is used."""

from __future__ import annotations

import re
import string
import tomllib

from studio.base.media_kinds import NO_PHOTOS


def test_codes_and_texts_match(repository):
    source = "".join(path.read_text(encoding="utf-8") for path in (repository / "studio" / "photo").glob("*.py"))
    used = set(re.findall(r'"(photo\.[a-z_]+)"', source)) | {f"photo.{kind}" for kind in NO_PHOTOS}
    texts = tomllib.loads((repository / "assets" / "messages" / "photo.toml").read_text(encoding="utf-8"))
    assert used == set(texts)
    for code, entry in texts.items():
        fields = [{name for _, name, _, _ in string.Formatter().parse(entry[lang]) if name} for lang in ("id", "en")]
        assert fields[0] == fields[1], code
