#!/bin/sh
# LibreOffice opens the workbooks that `kim-studio report` and `kim-studio district` write, and converts each without a
# word of trouble. Not a part of the tests: it needs libreoffice-calc (sudo apt-get install -y libreoffice-calc).
#
#   packaging/check_workbooks.sh [WORKSPACE]      without one the sample workspace is made
#
# The command is the one beside the source tree (.venv/bin/kim-studio), or KIM_STUDIO.
set -eu

tree=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
studio=${KIM_STUDIO:-$tree/.venv/bin/kim-studio}
office=$(command -v soffice || command -v libreoffice) || {
    echo "LibreOffice is not installed: sudo apt-get install -y libreoffice-calc" >&2
    exit 2
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM

workspace=${1:-}
if [ -z "$workspace" ]; then
    workspace=$work/sample
    "$tree/.venv/bin/python" - "$workspace" <<'PYTHON'
import sys
from pathlib import Path

from studio.base.progress import SilentProgress
from studio.demo.sample import make_sample

made = make_sample(Path(sys.argv[1]), SilentProgress())
made.close()
PYTHON
fi
"$studio" report "$workspace" --period 2026 --out "$work/report" --only xlsx >"$work/log" 2>&1 || {
    cat "$work/log" >&2
    exit 1
}
for language in id_ID.UTF-8 en_GB.UTF-8; do
    LANG=$language LC_ALL=$language "$studio" district "$tree/assets/sample/kabupaten-wanagiri.zip" \
        --out "$work/district-$language" --no-pdf >"$work/log" 2>&1 || [ $? -eq 1 ] || {
        cat "$work/log" >&2
        exit 1
    }
done

found=0
for book in "$work"/report/*.xlsx "$work"/district-*/*.xlsx; do
    [ -f "$book" ] || continue
    found=$((found + 1))
    out=$work/converted-$found
    "$office" "-env:UserInstallation=file://$work/office" --headless --convert-to pdf --outdir "$out" "$book" \
        >"$work/said" 2>"$work/all" || true
    # This one is about Java on the machine, not about the file.
    grep -v "javaldx" "$work/all" >"$work/warned" || true
    formulas=$("$tree/.venv/bin/python" -c '
import sys, zipfile
book = zipfile.ZipFile(sys.argv[1])
print(sum(book.read(name).count(b"<f>") for name in book.namelist() if name.startswith("xl/worksheets/sheet")))
' "$book")
    name=$(basename "$book" .xlsx)
    if [ "$formulas" != 0 ]; then
        echo "FAILED  $book: $formulas formulas" >&2
        exit 1
    fi
    if [ -s "$work/warned" ] || [ ! -s "$out/$name.pdf" ]; then
        echo "FAILED  $book" >&2
        cat "$work/said" "$work/warned" >&2
        exit 1
    fi
    echo "opened and converted without a warning, no formula: $(basename "$(dirname "$book")")/$name.xlsx"
done
if [ "$found" -lt 3 ]; then
    echo "FAILED  only $found workbooks were written" >&2
    exit 1
fi
