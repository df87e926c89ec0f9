#!/usr/bin/env bash
# A price range as village shops write it ("Rp10.000-15.000", "10-15 ribu"), read with lokal-id's parse_rupiah (lokal-id 0.7.2).
# Guess:   the lower price, the middle marked as approximate, or None, as for every text that is not one amount ("25.000/kg" gives None).
# Happens: hyphen and slash part words like a space does and amounts side by side are added up, as "1 juta 500 ribu" must be: the range
#          10.000-15.000 is 25.000, not marked as approximate. With an en dash or "sampai" the same range is None.
#          A catalogue of products must take a range apart before it asks the library.
# Source:  lokal/rupiah.py of lokal-id 0.7.2 (_TOKEN_SPLIT, parse_rupiah).
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q lokal-id==0.7.2
"$dir/venv/bin/python" - <<'PY'
import sys

import lokal

summed = {"Rp10.000-15.000": 25_000, "10-15 ribu": 25_000, "10 ribu - 15 ribu": 25_000, "2-3 jt": 5_000_000, "seribu - dua ribu": 3_000}
refused = ["Rp 10–15 ribu", "5 sampai 10 ribu", "Rp10.000 s.d. Rp15.000"]
sound = {"1 juta 500 ribu": 1_500_000, "Rp 25.000": 25_000}
seen = {text: lokal.parse_rupiah(text) for text in [*summed, *refused, *sound]}
for text, price in seen.items():
    print(f"{text!r}: {price and (price.amount, 'approximate' if price.approximate else 'exact')}")
same = all(seen[text] and seen[text].amount == amount and not seen[text].approximate for text, amount in {**summed, **sound}.items())
sys.exit(0 if same and not any(seen[text] for text in refused) else "the behaviour changed")
PY
