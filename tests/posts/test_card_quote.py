import pytest

from studio.posts.card_quote import CardQuote, find_quote, in_quotes
from studio.story.body import parse_markdown
from studio.story.model import Source


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("> Kami senang. — Rini, Guru", CardQuote("Kami senang.", "Rini", "Guru")),
        ("> “Kami senang,” – Rini", CardQuote("Kami senang", "Rini")),
        ("> “Kami senang,” – Asep", CardQuote("Kami senang", "Asep Hidayat", "Kepala Dusun")),
        ("> Kami senang sekali.", CardQuote("Kami senang sekali.")),
        (
            "“Air sudah mengalir ke sawah kami,” kata Siti Aminah, warga Krajan, Minggu.",
            CardQuote("Air sudah mengalir ke sawah kami", "Siti Aminah", "warga Krajan"),
        ),
        (
            '"Air sudah mengalir ke sawah kami," ujar Asep Hidayat.',
            CardQuote("Air sudah mengalir ke sawah kami", "Asep Hidayat", "Kepala Dusun"),
        ),
        (
            "“Air sudah mengalir ke sawah kami,” begitu kata salah satu warga yang enggan disebut namanya.",
            CardQuote("Air sudah mengalir ke sawah kami", "Salah satu warga"),
        ),
        (
            "“Air sudah mengalir ke sawah kami,” kata istri Slamet, Siti Aminah.",
            CardQuote("Air sudah mengalir ke sawah kami", "Siti Aminah", "istri Slamet"),
        ),
        (
            "“Air sudah mengalir ke sawah kami,” kata istri Slamet, Minggu.",
            CardQuote("Air sudah mengalir ke sawah kami", "Istri Slamet"),
        ),
        ("Pendek “ya,” kata Asep.", None),
        ("> " + "panjang " * 60, None),
        ("Tanpa kutipan.", None),
        ("", None),
    ],
)
def test_the_quotation_for_a_card(body, expected):
    assert find_quote(parse_markdown(body), [Source(name="Asep Hidayat", role="Kepala Dusun")]) == expected


def test_a_source_that_must_not_be_named_lends_no_role():
    said = parse_markdown('"Air sudah mengalir ke sawah kami," ujar Asep.')
    assert find_quote(said, [Source(name="Asep Hidayat", role="Kadus", terms="background")]).role == ""


def test_quotation_marks():
    assert in_quotes("Kami senang. — Asep") == "“Kami senang.” — Asep"
    assert in_quotes("“Kami senang.” — Asep") == "“Kami senang.” — Asep"
    assert in_quotes("Kami senang.") == "“Kami senang.”"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("{} ungkap Ketua RT 05/RW 02 Krajan, Mulyono.", ("Mulyono", "Ketua RT 05/RW 02 Krajan")),
        (
            "{} ungkap Camat Arjosari Drs. H. Sutrisno, M.Si. di kantornya.",
            ("Drs. H. Sutrisno, M.Si.", "Camat Arjosari"),
        ),
        ("{} kata Ibu Sri, warga setempat, kepada KIM.", ("Ibu Sri", "warga setempat")),
        ("{} kata Siti kepada Asep Hidayat.", ("Siti", "")),
        ("{} Demikian disampaikan Slamet, ketua RT.", ("Slamet", "ketua RT")),
        ("{} begitu penuturan Slamet, ketua RT.", ("Slamet", "ketua RT")),
        ("{} Kepala Dusun Sumber, Wagiman, menjelaskan.", ("Wagiman", "Kepala Dusun Sumber")),
        ("Hal itu disampaikan Kepala Desa Bangun, Sugeng. {} ucapnya.", ("Sugeng", "Kepala Desa Bangun")),
        ("Salah seorang warga, Tukinem (65), mengaku senang. {} katanya.", ("Tukinem", "Salah seorang warga")),
        ("Sugeng menilai panen baik.\n\nBudi dan Wati hadir. Acara dibuka Wati. {} katanya.", None),
        ("{} seru warga.", None),
        ("Film {} diputar di balai desa.", None),
    ],
)
def test_the_speaker_of_usual_forms_and_nobody_where_it_is_open(body, expected):
    said = parse_markdown(body.format('"Air sudah mengalir ke sawah kami lagi,"'))
    quote = find_quote(said, [Source(name="Asep Hidayat", role="Kepala Dusun")])
    assert (quote and (quote.name, quote.role)) == expected


@pytest.mark.parametrize("said", ["'{},' kata Siti, warga.", "‘{},’ kata Siti, warga."])
def test_single_marks_around_what_somebody_said_are_marks(said):
    words = "Air sudah mengalir ke sawah kami"
    assert find_quote(parse_markdown(f"Teras.\n\n{said.format(words)}")) == CardQuote(words, "Siti", "warga")
    assert (
        find_quote(parse_markdown("Teras.\n\nSalat Jum'at di Ma'had Nurul Huda, kata Siti, diikuti warga Qur'an."))
        is None
    )
    assert find_quote(parse_markdown(f"Teras.\n\n“{words},” disampaikan kepada Asep.")) is None
