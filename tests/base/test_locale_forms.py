"""The one table of how dates and numbers are written: it says what CLDR says, and nobody has one of his own."""

from __future__ import annotations

import ast
import re
from datetime import date

import pytest
from PySide6.QtCore import QLocale

from studio.base.locale_forms import FORMS, decimal_text, long_day, number_text, plural_form, short_day
from tests.source_files import parsed_files

QT = {
    "id": QLocale(QLocale.Language.Indonesian, QLocale.Country.Indonesia),
    "en": QLocale(QLocale.Language.English, QLocale.Country.UnitedStates),
}
NAMES = {
    name.lower()
    for forms in FORMS.values()
    for name in (*forms.months, *forms.short_months, *forms.weekdays, *forms.short_weekdays)
}


@pytest.mark.parametrize("language", FORMS)
def test_the_table_says_what_cldr_says(language):
    forms, qt = FORMS[language], QT[language]
    long, short = QLocale.FormatType.LongFormat, QLocale.FormatType.ShortFormat
    assert forms.months == tuple(qt.monthName(month, long) for month in range(1, 13))
    assert forms.short_months == tuple(qt.monthName(month, short) for month in range(1, 13))
    assert forms.weekdays == tuple(qt.dayName(day, long) for day in range(1, 8))
    assert forms.short_weekdays == tuple(qt.dayName(day, short) for day in range(1, 8))
    assert (forms.decimal, forms.group) == (qt.decimalPoint(), qt.groupSeparator())
    for value in (0, 999, 1000, 1_234_567):
        assert number_text(value, language) == qt.toString(value)


def test_words_and_numbers():
    assert (long_day(date(2026, 8, 17)), short_day(date(2026, 8, 17), year=True)) == ("17 Agustus 2026", "17 Agu 2026")
    assert (short_day(date(2026, 5, 1), "en"), number_text(-1234.56, "en", 1)) == ("1 May", "-1,234.6")
    assert (number_text(1234.56, digits=1), decimal_text("29.97")) == ("1.234,6", "29,97")
    assert [plural_form(count, "en") for count in (0, 1, 2)] == ["other", "one", "other"]
    assert plural_form(1, "id") == "other"


def _texts(tree):
    """The texts of a module, without those that only describe it."""
    described = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in described:
            yield node


def _swaps_signs(node):
    """``.replace(".", ",")`` or the other way round: the decimal sign of one language by hand."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "replace"):
        return False
    return [getattr(argument, "value", None) for argument in node.args[:2]] in [[".", ","], [",", "."]]


def _may_have_forms(text):
    """Whether a module has more than three of the names, or replaces a sign."""
    return len({*re.findall(r"[a-z]+", text.lower())} & NAMES) > 3 or re.search(r"""\.replace\(\s*["'][.,]""", text)


READS = {
    "story/date_reading.py": "short forms people type",
    "checks/notation.py": "mends typed numbers",
    "group/typed_values.py": "takes both signs in degrees",
    "commands/trim.py": "takes both signs in a time",
}


def test_nobody_lists_months_or_swaps_signs_by_hand():
    found = {}
    for name, tree in parsed_files(_may_have_forms):
        words = [(node.lineno, {*re.findall(r"[a-z]+", node.value.lower())} & NAMES) for node in _texts(tree)]
        lists = [line for line, named in words if len(named) > 5]  # "Juli", "Juni", "Mei" are names of people, too
        parts = [node for node in ast.walk(tree) if isinstance(node, ast.Tuple | ast.List | ast.Set)]
        lists += [p.lineno for p in parts if sum(getattr(e, "value", "") in _CAPITAL for e in p.elts) > 3]
        swaps = [node.lineno for node in ast.walk(tree) if _swaps_signs(node)]
        found[name] = [*lists, *swaps]
    assert READS.keys() < found.keys()
    for name in ("base/locale_forms.py", *READS):
        del found[name]
    assert not {name: lines for name, lines in found.items() if lines}


_CAPITAL = {name.capitalize() for name in NAMES} | NAMES
