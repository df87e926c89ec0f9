import pytest

from studio.posts import filters as f
from studio.story.body import parse_markdown

BODY = """Satu **tebal** dan *miring* serta [laman desa](https://desa.id/a) dan [kim.id](https://kim.id).

## Butir * penting

- satu
- dua **2**

1. a
2. b

> Kami senang. — Asep
"""


def test_whatsapp():
    assert f.whatsapp_body(parse_markdown(BODY)) == (
        "Satu *tebal* dan _miring_ serta laman desa (https://desa.id/a) dan kim.id.\n\n"
        "*Butir ∗ penting*\n\n• satu\n• dua *2*\n\n1. a\n2. b\n\n> Kami senang. — Asep"
    )


def test_telegram():
    text = f.telegram_body(parse_markdown(BODY))
    assert text.startswith("Satu **tebal** dan __miring__ serta")
    assert "**Butir ∗ penting**" in text
    assert text.endswith("“Kami senang.” — Asep")


def test_plain():
    text = f.plain_lists(parse_markdown(BODY))
    assert "Satu tebal dan miring serta" in text
    assert "BUTIR * PENTING" in text
    assert not set("_") & set(text)


def test_html():
    assert str(f.html_body(parse_markdown(BODY))) == (
        '<p>Satu <strong>tebal</strong> dan <em>miring</em> serta <a href="https://desa.id/a">laman desa</a> dan '
        '<a href="https://kim.id">kim.id</a>.</p>\n<h2>Butir * penting</h2>\n'
        "<ul>\n<li>satu</li>\n<li>dua <strong>2</strong></li>\n</ul>\n<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n"
        "<blockquote><p>Kami senang.</p>\n<footer>— Asep</footer></blockquote>\n"
    )


def test_html_escapes():
    hostile = parse_markdown('<script>alert(1)</script> & "x" [a](https://a.id/"onclick="b) **<b>**')
    html = str(f.html_body(hostile))
    assert "<script" not in html
    assert "<b>" not in html
    assert 'onclick="' not in html


def test_flow():
    assert f.flow_body(parse_markdown("Satu\nbaris\n\n## Dua\n\n- tiga\n\n1. empat\n2. lima")) == (
        "Satu baris\u2029## Dua\u2029- tiga\u20291. empat\u20292. lima"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a*b", "*a∗b*"), ("  dua\n baris ", "*dua baris*"), ("", ""), ("   ", "")],
)
def test_bold_is_never_broken_by_its_own_sign(text, expected):
    assert f.mark_text(text, "*", "*∗") == expected


def test_youtube_tags_count_commas_and_quotation_marks():
    assert f.tag_list(["irigasi", "gotong royong", "#sawah", "irigasi", "a,b"], 500) == (
        "irigasi, gotong royong, sawah, a b"
    )
    assert f.tag_list(["a" * 10, "b c"], 16) == "a" * 10
    assert f.tag_list(["a" * 10, "b c"], 17) == "a" * 10 + ", b c"
