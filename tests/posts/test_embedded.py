"""A picture inside a pack is what its bytes say, or it is refused."""

from __future__ import annotations

import base64

import pytest

from studio.base.data_uri import is_honest
from studio.base.errors import UserError
from studio.posts.embedded import check_embedded

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 20
WEBP = b"RIFF\0\0\0\0WEBPVP8 "
PAGE = b"<html><script>alert(1)</script></html>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><image href='http://x.example/a.png'/></svg>"


def uri(kind: str, data: bytes) -> str:
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


@pytest.mark.parametrize(
    ("address", "honest"),
    [
        (uri("png", PNG), True),
        (uri("jpeg", JPEG), True),
        (uri("jpg", JPEG), True),
        (uri("webp", WEBP), True),
        (uri("png", JPEG), False),
        (uri("png", PAGE), False),
        (uri("png", SVG), False),
        (uri("svg+xml", SVG), False),
        ("data:image/png,script", False),
        ("data:text/html;base64," + base64.b64encode(PAGE).decode(), False),
        ("data:image/png;base64,???", False),
    ],
)
def test_a_data_uri_holds_what_it_says(address, honest):
    assert is_honest(address) is honest
    text = f'<p>ya</p>\n<img src="{address}">'
    if honest:
        check_embedded(text, "uji", "a.html.j2")
        return
    with pytest.raises(UserError) as refused:
        check_embedded(text, "uji", "a.html.j2")
    assert (refused.value.code, refused.value.facts["line"]) == ("posts.picture_lies", 2)
    check_embedded(text, "uji", "a.html.j2", {address})
