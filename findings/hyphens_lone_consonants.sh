#!/usr/bin/env bash
# Indonesian hyphenation with pyphen 0.18.1 (the patterns LibreOffice ships for id_ID).
# Guess:   every part between two hyphens is a syllable, so it has a vowel: ma-sya-ra-kat, trans-pa-ran-si, ba-ngun-an.
# Happens: single consonants are split off: ma-sya-ra-k-at, tran-s-pa-ran-si, ba-ngu-n-an. A narrow column of a bulletin breaks
#          a line after "masyarak". left/right limits do not help: they count from the ends of the word, not of a part.
# Source:  hyph_id_ID.dic in pyphen 0.18.1; Ejaan yang Disempurnakan V, I.F (pemenggalan kata): a syllable is built around a vowel.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q pyphen==0.18.1
"$dir/venv/bin/python" - <<'PY'
import sys

import pyphen

hyphenator = pyphen.Pyphen(lang="id_ID", left=2, right=2)
expected = {"masyarakat": "ma-sya-ra-k-at", "transparansi": "tran-s-pa-ran-si", "bangunan": "ba-ngu-n-an", "kemerdekaan": "ke-mer-de-ka-an"}
seen = {word: hyphenator.inserted(word) for word in expected}
for word, parts in seen.items():
    lone = [part for part in parts.split("-") if not set(part) & set("aiueo")]
    print(f"{word}: {parts}" + (f" (no vowel in: {', '.join(lone)})" if lone else ""))
sys.exit(0 if seen == expected else "the behaviour changed")
PY
