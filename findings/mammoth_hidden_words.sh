#!/usr/bin/env bash
# A Word document with hidden words (Font, Effects, Hidden: names or notes that are not for print) read with mammoth 1.13.0.
# Guess:   what Word neither shows nor prints stays out of the HTML, as deleted and moved-away words (tracked changes) do.
# Happens: hidden words come out as ordinary text, in convert_to_html and in extract_raw_text, and no message tells of them.
#          A news desk that takes documents in by it publishes what the office had hidden. Runs with w:vanish must be taken out before.
# Source:  ECMA-376 part 1, 17.3.2.41 (vanish); mammoth/docx/body_xml.py of 1.13.0 reads bold, caps, size and more, not vanish.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q mammoth==1.13.0
"$dir/venv/bin/python" - <<'PY'
import io
import sys
import zipfile

import mammoth

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def document(runs):
    """A minimal .docx with one paragraph."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        part = f'<Override PartName="/word/document.xml" ContentType="{KIND}"/>'
        default = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{TYPES}">{default}{part}</Types>')
        link = f'<Relationship Id="r1" Type="{OFFICE}" Target="word/document.xml"/>'
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{RELATIONS}">{link}</Relationships>')
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{MAIN}"><w:body><w:p>{runs}</w:p></w:body></w:document>')
    made.seek(0)
    return made


shown = '<w:r><w:t xml:space="preserve">Bantuan diserahkan </w:t></w:r>'
hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>(tersembunyi)</w:t></w:r>"
deleted = '<w:del w:id="1" w:author="a"><w:r><w:delText>(dihapus)</w:delText></w:r></w:del>'
page = mammoth.convert_to_html(document(shown + hidden + deleted))
plain = mammoth.extract_raw_text(document(shown + hidden + deleted)).value.strip()
print(f"HTML: {page.value}\ntext: {plain}\nmessages: {page.messages}")
same = all("tersembunyi" in text and "dihapus" not in text for text in (page.value, plain)) and not page.messages
sys.exit(0 if same else "the behaviour changed")
PY
