"""How prices, seasons and phone numbers are said."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.base.locale_forms import MONTHS
from studio.group.product_words import ALL_YEAR, order_link, phone_digits, price_words, season_words
from studio.group.products import Offer, OrderWay, Product, product_story, with_photos
from studio.group.record_fields import read_field
from studio.story.model import Person, Photo


@pytest.mark.parametrize(
    ("offer", "words"),
    [
        (Offer(), ""),
        (Offer(price=25000), "Rp25.000"),
        (Offer(price=0), "Gratis"),
        (Offer(price=20000, price_to=30000, unit="kg", price_note="mulai"), "mulai Rp20.000–Rp30.000 per kg"),
        (Offer(price=1500000, price_to=1500000, unit="per malam"), "Rp1.500.000 per malam"),
    ],
)
def test_prices(offer, words):
    assert price_words(offer) == words


@settings(max_examples=40, deadline=None)
@given(st.sets(st.integers(1, 12)))
def test_a_season_names_exactly_its_months(months):
    words = season_words(tuple(months))
    if len(months) in {0, 12}:
        assert words == ALL_YEAR
        return
    named = set()
    for run in words.split(", "):
        first, _, last = run.partition("–")
        at = MONTHS.index(first)
        named.add(at + 1)
        while last and MONTHS[at] != last:
            at = (at + 1) % 12
            named.add(at + 1)
    assert named == months


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=40), st.integers(10**8, 10**11))
def test_the_order_link_says_the_sentence(sentence, number):
    link = order_link("Keripik", Offer(order=OrderWay(whatsapp=f"0{number}", sentence=sentence)))
    parts = urlsplit(link)
    assert (parts.netloc, parts.path) == ("wa.me", f"/62{number}")
    said = parse_qs(parts.query)["text"][0]
    assert said == (" ".join(sentence.split()) or "Halo, saya mau memesan Keripik. Apakah masih tersedia?")


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("0812-3456-789", "628123456789"),
        ("+62 812 3456 789", "628123456789"),
        ("812 3456 789", "628123456789"),
        (" +81 90 1234 5678", "819012345678"),
        ("+62 (0)812-3456-789", "628123456789"),
        ("0062 812 3456 789", "628123456789"),
        ("0271 123456", "62271123456"),
        ("tanya", ""),
        ("123", ""),
        ("9" * 16, ""),
    ],
)
def test_phone_numbers(text, digits):
    assert phone_digits(text) == digits


@given(st.from_regex(r"8[1-9][0-9]{7,9}", fullmatch=True))
def test_a_mobile_number_is_the_same_however_it_is_written(number):
    typed = (f"0{number}", f"{number}", f"+62{number}", f"62 {number}", f"+62 (0){number}", f"0062-{number}")
    assert {phone_digits(each) for each in typed} == {f"62{number}"}


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**10))
def test_a_typed_price_is_read_as_it_is_written(price):
    written = f"{price:,}".replace(",", ".")
    for typed in (f"Rp{written}", f"Rp. {written}", f"rp {price}", f"{written},-", f"Rp{written},00", f" {price} "):
        assert read_field(typed, "price") == price


def test_no_price():
    assert read_field("  ", "price") is None


@pytest.mark.parametrize("text", ["dua ribu", "1.5.2", "12,5", "1e5", "25.0", "Rp", "-5", "1.000,000", "25rb"])
def test_what_is_no_price_is_refused(text):
    with pytest.raises(ValueError):
        read_field(text, "price")


def test_a_protected_maker_is_neither_named_nor_reached():
    maker = Person(id="maker", name="Rina", protected=True)
    story = product_story(Product(id="a", name="A", maker=maker, order=OrderWay(whatsapp="081234567890")))
    assert story.offer.maker_name == ""
    assert story.offer.order == OrderWay()
    assert story.people == (maker,)


def test_the_photo_desk_changes_photos_and_nothing_else():
    product = Product(id="a", name="A", price=5)
    story = product_story(product)
    assert with_photos(product, story) is product
    photo = Photo(id="p", file="x.jpg")
    from msgspec.structs import replace

    assert with_photos(product, replace(story, photos=(photo,), cover="p", headline="B")) == replace(
        product, photos=(photo,), cover="p"
    )
