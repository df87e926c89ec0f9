"""What exported pictures say about themselves: all of what we mean, nothing of what the phone knew. Judge: exiftool."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.base.progress import SilentProgress
from studio.photo.metadata import PictureMetadata, cut_utf8, cut_words, iptc_segment, xmp_packet
from studio.photo.render import PhotoVariant, render_variants
from studio.photo.save import save_pixels

FULL = PictureMetadata(
    headline="Warga Sukamaju bersihkan irigasi",
    caption='Gotong royong di Désa Sukamaju — ꦗꦮ 🌾, Minggu (22/11/2026) & <semua> "senang".',
    byline=("Siti Aminah", "Budi Santoso"),
    job_title="Anggota KIM",
    credit="KIM Sukamaju",
    source="KIM Bina Warga",
    copyright="© 2026 KIM Sukamaju",
    usage="CC BY 4.0",
    location="Balai Desa Sukamaju",
    city="Sukamaju",
    state="DI Yogyakarta",
    country="Indonesia",
    country_code="IDN",
    date="2026-11-22T09:05:00+07:00",
    keywords=("gotong royong", "irigasi", "désa"),
    alt="Belasan warga mencangkul lumpur dari saluran irigasi.",
)
AUTHORS = ["Siti Aminah", "Budi Santoso"]
WORDS = ["gotong royong", "irigasi", "désa"]
IN_EXIF = {
    "IFD0:ImageDescription": FULL.caption,
    "IFD0:Artist": "Siti Aminah; Budi Santoso",
    "IFD0:Copyright": FULL.copyright,
    "IFD0:Software": "KIM Studio",
}
IN_XMP = {
    "XMP-dc:Description": FULL.caption,
    "XMP-dc:Creator": AUTHORS,
    "XMP-dc:Rights": FULL.copyright,
    "XMP-dc:Subject": WORDS,
    "XMP-photoshop:Headline": FULL.headline,
    "XMP-photoshop:AuthorsPosition": "Anggota KIM",
    "XMP-photoshop:Credit": "KIM Sukamaju",
    "XMP-photoshop:Source": "KIM Bina Warga",
    "XMP-photoshop:City": "Sukamaju",
    "XMP-photoshop:State": "DI Yogyakarta",
    "XMP-photoshop:Country": "Indonesia",
    "XMP-photoshop:DateCreated": "2026:11:22 09:05:00+07:00",
    "XMP-xmpRights:UsageTerms": "CC BY 4.0",
    "XMP-iptcCore:Location": FULL.location,
    "XMP-iptcCore:CountryCode": "IDN",
    "XMP-iptcCore:AltTextAccessibility": FULL.alt,
}
IN_IPTC = {
    "IPTC:CodedCharacterSet": "UTF8",
    "IPTC:Headline": FULL.headline,
    "IPTC:Caption-Abstract": FULL.caption,
    "IPTC:By-line": AUTHORS,
    "IPTC:By-lineTitle": "Anggota KIM",
    "IPTC:Credit": "KIM Sukamaju",
    "IPTC:Source": "KIM Bina Warga",
    "IPTC:CopyrightNotice": FULL.copyright,
    "IPTC:Sub-location": FULL.location,
    "IPTC:City": "Sukamaju",
    "IPTC:Province-State": "DI Yogyakarta",
    "IPTC:Country-PrimaryLocationName": "Indonesia",
    "IPTC:Country-PrimaryLocationCode": "IDN",
    "IPTC:Keywords": WORDS,
    "IPTC:DateCreated": "2026:11:22",
    "IPTC:TimeCreated": "09:05:00+07:00",
}
ALLOWED_GROUPS = frozenset(
    [
        "ExifTool",
        "System",
        "File",
        "JFIF",
        "IFD0",
        "Photoshop",
        "IPTC",
        "Composite",
        "PNG",
        "PNG-pHYs",
        "RIFF",
        "ICC_Profile",
        "ICC-header",
        "ICC-chrm",
        "XMP-x",
        "XMP-rdf",
        "XMP-dc",
        "XMP-photoshop",
        "XMP-xmp",
        "XMP-xmpRights",
        "XMP-iptcCore",
        "XMP-plus",
    ]
)
LEAKS = [
    "gps",
    "serial",
    "makernote",
    "thumbnail",
    "comment",
    "model",
    "lens",
    "geolocation",
    "redmi",
    "xiaomi",
    "secret",
]


@pytest.fixture
def exported(tmp_path, phone, photo):
    """The phone's photo in a format, with metadata."""

    def make(name, metadata=FULL):
        out = tmp_path / f"hasil.{name}"
        render_variants(phone, photo(), [(PhotoVariant((300, 300), format=name), out)], metadata, SilentProgress())
        return out

    return make


def test_the_phone_photo_is_full_of_secrets(phone, exiftool):
    """Else the leak test below could not fail."""
    text = str(exiftool(phone)).lower()
    assert all(secret in text for secret in ("gpslatitude", "serialnumber", "secret comment", "xiaomi"))


@pytest.mark.tool("exiftool")
@pytest.mark.parametrize(
    ("name", "wanted"),
    [("jpeg", IN_EXIF | IN_XMP | IN_IPTC), ("png", IN_EXIF | IN_XMP), ("webp", IN_EXIF | IN_XMP)],
)
def test_every_field_is_right(exported, exiftool, name, wanted):
    found = exiftool(exported(name))
    assert {key: found.get(key) for key in wanted} == wanted


@pytest.mark.tool("exiftool")
@pytest.mark.parametrize("metadata", [FULL, None], ids=["with", "without"])
@pytest.mark.parametrize("name", ["jpeg", "png", "webp"])
def test_nothing_of_the_phone_gets_through(exported, exiftool, name, metadata):
    out = exported(name, metadata)
    found = exiftool(out)
    assert {key.split(":")[0] for key in found if ":" in key} <= ALLOWED_GROUPS
    text = str({key: value for key, value in found.items() if not key.startswith(("System", "SourceFile"))}).lower()
    assert not [leak for leak in LEAKS if leak in text.replace("devicemodel", "")]
    raw = out.read_bytes()
    assert not [secret for secret in (b"SN-1234567", b"XMI\0", b"secret", b"Redmi") if secret in raw]


@pytest.mark.tool("exiftool")
@pytest.mark.parametrize("metadata", [FULL, PictureMetadata(), None], ids=["full", "empty", "none"])
def test_exiftool_has_nothing_to_complain_about(exported, exiftool, metadata):
    found = exiftool(exported("jpeg", metadata), "-validate", "-warning", "-error")
    assert found["ExifTool:Validate"].startswith("0 0 0") or found["ExifTool:Validate"] == "OK"


@pytest.mark.tool("exiftool")
def test_painted_cards_carry_the_same_fields(tmp_path, exiftool):
    out = tmp_path / "kartu.jpg"
    save_pixels(60, 40, bytes(60 * 40 * 3), out, metadata=FULL)
    wanted = IN_EXIF | IN_XMP | IN_IPTC
    found = exiftool(out)
    assert {key: found.get(key) for key in wanted} == wanted


@pytest.mark.tool("exiftool")
def test_a_date_without_time_and_a_nonsense_date(exported, exiftool):
    found = exiftool(exported("jpeg", PictureMetadata(date="2026-11-22")))
    assert found["IPTC:DateCreated"] == "2026:11:22"
    assert found["XMP-photoshop:DateCreated"] == "2026:11:22"
    assert "IPTC:TimeCreated" not in found
    found = exiftool(exported("jpeg", PictureMetadata(date="kemarin sore")))
    assert "IPTC:DateCreated" not in found
    assert "XMP-photoshop:DateCreated" not in found


@pytest.mark.tool("exiftool")
def test_too_much_of_everything_still_fits(exported, exiftool):
    """Any text of a user fits into the segments of a JPEG, even the kinds that grow when written."""
    for piece in ("&", "🌾", "ꦗ"):
        long = piece * 9000
        metadata = PictureMetadata(
            headline=long, caption=long, byline=(long,) * 99, job_title=long, credit=long, source=long, copyright=long,
            usage=long, location=long, city=long, state=long, country=long, country_code=long, keywords=(long,) * 99,
            alt=long, date=long,
        )  # fmt: skip
        found = exiftool(exported("jpeg", metadata))
        assert found["XMP-dc:Description"] == piece * 2000
        assert set(found["IPTC:Caption-Abstract"]) == {piece}


@given(st.text(max_size=300), st.integers(0, 40))
def test_cutting_utf8_keeps_whole_characters(text, limit):
    cut = cut_utf8(text.encode(errors="ignore").decode(), limit)
    assert len(cut) <= limit
    assert text.encode(errors="ignore").decode().startswith(cut.decode())


@given(st.text(max_size=200), st.lists(st.text(max_size=20), max_size=5))
def test_any_text_makes_valid_xml_and_a_valid_segment(text, words):
    from xml.etree import ElementTree

    metadata = PictureMetadata(
        headline=text, caption=text, alt=text, byline=tuple(words), keywords=tuple(words), date=text
    )
    ElementTree.fromstring(xmp_packet(metadata).decode().split("?>", 1)[1].rsplit("<?", 1)[0])
    segment = iptc_segment(metadata)
    assert segment[:2] == b"\xff\xed"
    assert int.from_bytes(segment[2:4], "big") == len(segment) - 2


def test_a_licence_with_an_address_says_where_and_whose(exported, exiftool):
    said = PictureMetadata(
        usage="CC BY 4.0, https://creativecommons.org/licenses/by/4.0/.", licensor="KIM", licensor_url="https://kim.id"
    )
    found = exiftool(exported("jpeg", said), "-struct")
    assert found["XMP-xmpRights:WebStatement"] == "https://creativecommons.org/licenses/by/4.0/"
    assert found["XMP-plus:Licensor"] == [{"LicensorName": "KIM", "LicensorURL": "https://kim.id"}]
    bare = exiftool(exported("webp", PictureMetadata(usage="CC BY 4.0", licensor="KIM")))
    assert not [key for key in bare if "Licensor" in key or "WebStatement" in key]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Siti Aminah binti Muhammad Sulaiman", "Siti Aminah binti Muhammad"),
        ("Siti Aminah / KIM Bina Warga Sukamaju Jaya", "Siti Aminah / KIM Bina Warga"),
        ("Siti Aminah", "Siti Aminah"),
        ("é" * 40, "é" * 16),
    ],
)
def test_a_long_name_is_cut_between_words(name, kept):
    assert cut_words(name, 32).decode() == kept


@given(st.text(), st.integers(1, 64))
def test_a_cut_is_a_beginning_within_the_limit(text, limit):
    made = cut_words(text, limit)
    assert len(made) <= limit
    assert text.startswith(made.decode())
