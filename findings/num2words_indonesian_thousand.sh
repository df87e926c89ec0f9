#!/usr/bin/env bash
# Sums of money read aloud in Indonesian with num2words (0.5.14, lang "id"), as for a loudspeaker script.
# Guess:   one thousand is "seribu" wherever it stands; numbers may be given as text and currencies named, as in the library's README.
# Happens: 1,000 is "seribu" and 1,001,000 "satu juta satu ribu" (a reader says "satu juta seribu"; lokal-id 0.7.2 says so too).
#          A number as text raises AttributeError and currency="IDR" TypeError: the Indonesian converter lacks what the others inherit.
# Source:  num2words/lang_ID.py of num2words 0.5.14 (it derives from nothing); KBBI VI, "seribu"; lokal/terbilang.py of lokal-id 0.7.2.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q num2words==0.5.14 lokal-id==0.7.2
"$dir/venv/bin/python" - <<'PY'
import sys

import lokal
from num2words import num2words


def outcome(number, **options):
    try:
        return num2words(number, lang="id", **options)
    except (AttributeError, TypeError) as error:
        return type(error).__name__


for number in (1_000, 11_000, 1_001_000, 2_001_500):
    print(f"{number}: num2words {outcome(number)!r}, lokal-id {lokal.terbilang(number)!r}")
text, currency = outcome("17.5"), outcome(25_000, to="currency", currency="IDR")
print(f"'17.5' as text: {text}; 25000 with currency='IDR': {currency}; '17.5' in English: {num2words('17.5', lang='en')!r}")
expected = ("seribu", "satu juta satu ribu", "satu juta seribu", "AttributeError", "TypeError")
sys.exit(0 if (outcome(1_000), outcome(1_001_000), lokal.terbilang(1_001_000), text, currency) == expected else "the behaviour changed")
PY
