"""How price, season and order of a product are said: Indonesian, as they stand on cards, lists and pages. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from studio.base.locale_forms import MONTHS, long_day, number_text
from studio.story.date_formats import parse_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.group.products import Offer, Permit

LEAST_DIGITS, MOST_DIGITS = 8, 15
"""Digits of a phone number with country code; at most 15 by ITU-T E.164."""
ALL_YEAR = "Sepanjang tahun"


def rupiah(amount: int) -> str:
    """``Rp25.000``: without a space, with the grouping sign of the locale table (EYD V, "Angka dan Bilangan")."""
    return f"Rp{number_text(amount)}"


def price_words(offer: Offer) -> str:
    """``mulai Rp20.000–Rp30.000 per kg``; "" where there is no price. A price of 0 is free."""
    if offer.price is None:
        return ""
    amount = rupiah(offer.price) if offer.price else "Gratis"
    if offer.price_to is not None and offer.price_to != offer.price:
        amount = f"{amount}–{rupiah(offer.price_to)}"
    return " ".join(part for part in (_one_line(offer.price_note), amount, unit_words(offer)) if part)


def unit_words(offer: Offer) -> str:
    """The unit with ``per`` before it, unless it says itself how it is counted."""
    unit = _one_line(offer.unit)
    known = ("per ", "/", "sekali ", "tiap ", "setiap ")
    return unit if not unit or unit.lower().startswith(known) else f"per {unit}"


def priced_words(offer: Offer) -> str:
    """``harga per 3 November 2026``; "" without a price or the day it was asked for."""
    day = parse_date(offer.priced[:10])
    return f"harga per {long_day(day)}" if day is not None and offer.price is not None else ""


def season_words(season: Sequence[int]) -> str:
    """``Januari–Maret, Agustus``: months in a row are one stretch, also over the turn of the year."""
    months = sorted({month for month in season if 1 <= month <= 12})
    if not months or len(months) == 12:
        return ALL_YEAR
    runs: list[list[int]] = []
    for month in months:
        if runs and runs[-1][-1] == month - 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    # December and January are one season: the run at the beginning of the year is put behind the one at its end.
    if len(runs) > 1 and runs[0][0] == 1 and runs[-1][-1] == 12:
        runs[-1] += runs.pop(0)
    return ", ".join(_run_words(run) for run in runs)


def _run_words(run: list[int]) -> str:
    first, last = MONTHS[run[0] - 1], MONTHS[run[-1] - 1]
    return first if len(run) == 1 else f"{first}–{last}"


def permit_words(permit: Permit) -> str:
    """``PIRT 2063302010123-28``."""
    return " ".join(part for part in (_one_line(permit.kind), _one_line(permit.number)) if part)


def phone_digits(text: str) -> str:
    """The digits of a phone number with country code, as ``wa.me`` wants them; "" where it is none.

    ``0812-3456-789``, ``812 3456 789`` and ``+62 812 3456 789`` all become ``628123456789``.
    """
    digits = "".join(sign for sign in text if sign in "0123456789")
    if digits.startswith("0") and not digits.startswith("00"):
        digits = "62" + digits[1:]
    elif digits.startswith("8") and not text.lstrip().startswith("+"):
        # A spreadsheet has dropped the first zero; as it stands it would be a number in Japan or Korea.
        digits = "62" + digits
    digits = digits.removeprefix("00")
    if digits.startswith("620"):  # "+62 (0)812": the zero is only dialled within the country
        digits = "62" + digits[3:]
    return digits if LEAST_DIGITS <= len(digits) <= MOST_DIGITS else ""


def order_sentence(name: str, offer: Offer) -> str:
    """What the buyer's WhatsApp has ready to send: the seller's own words, or made of the product's name and kind."""
    own = _one_line(offer.order.sentence)
    if own or offer.kind == "product":
        return own or f"Halo, saya mau memesan {_one_line(name)}. Apakah masih tersedia?"
    return f"Halo, saya ingin tahu lebih banyak tentang {_one_line(name)}."


def order_link(name: str, offer: Offer) -> str:
    """``https://wa.me/62...?text=...`` (faq.whatsapp.com, "How to use click to chat"); "" without a number."""
    digits = phone_digits(offer.order.whatsapp)
    return f"https://wa.me/{digits}?text={quote(order_sentence(name, offer), safe='')}" if digits else ""


def phone_words(text: str) -> str:
    """The number as it is read on paper: ``0812-3456-7890``; "" where it is none."""
    digits = phone_digits(text)
    if not digits.startswith("62"):
        return f"+{digits}" if digits else ""
    local = "0" + digits[2:]
    return "-".join(part for part in (local[:4], local[4:8], local[8:]) if part)


def _one_line(text: str) -> str:
    return " ".join(text.split())
