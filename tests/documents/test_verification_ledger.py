"""The ledger on paper and as a table says everything, and harms no spreadsheet."""

from __future__ import annotations

import csv
import io
import subprocess

import pytest

from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir
from studio.documents.verification_ledger import ledger_csv, ledger_flow, todo_text, write_ledger_csv, write_ledger_pdf
from studio.story.model import Claim, ClaimChange, ClaimContact, ClaimEvidence, Group, Story

GROUP = Group(name="KIM Bina Warga")
ROW = Claim(
    id="c1",
    text="=Bansos; daftar lewat tautan",
    kind="screenshot",
    verdict="false",
    disorder="imposter",
    explanation="Alamat itu palsu.",
    first_seen="Grup WA RT 02",
    evidence=(ClaimEvidence(file="ab.jpg", name="layar.jpg", sha256="ab" * 32, when="2026-11-20T08:00:00+07:00"),),
    asked=(ClaimContact(name="Dinas Sosial", how="telepon", answer="Tidak benar", harmed=True),),
    references=("https://kemensos.go.id",),
    steps={"stop": "Tidak diteruskan"},
    checker="Siti",
    changes=(
        ClaimChange(field="verdict", before="checking", after="false", when="2026-11-21T09:00:00+07:00", by="Siti"),
    ),
)
STORY = Story(id="s", kind="factcheck", headline="Tautan bansos itu hoaks", claims=(ROW, Claim(id="c2", text="Banjir")))


@pytest.fixture(scope="module")
def texts() -> MessageTexts:
    return MessageTexts(assets_dir() / "messages", "id")


def test_the_table_says_everything_in_one_line_a_row(texts):
    data = ledger_csv(STORY, GROUP, texts)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    head, first, second = rows
    told = dict(zip(head, first, strict=True))
    assert told["Klaim (persis seperti beredar)"] == "'=Bansos; daftar lewat tautan"
    assert (told["Kesimpulan"], told["Jenis kekeliruan"]) == ("Salah (hoaks)", "Konten tiruan")
    assert "ab" * 32 in told["Bukti"]
    assert "Tidak benar (pihak yang dirugikan)" in told["Siapa yang ditanya"]
    assert "Sedang diperiksa → Salah (hoaks)" in told["Riwayat"]
    assert len(second) == len(head)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_no_cell_is_a_formula(texts, start):
    story = Story(
        id="s", claims=(Claim(id="c", text=f"{start}CMD()", explanation=f"{start}1", references=(f"{start}x",)),)
    )
    for row in csv.reader(io.StringIO(ledger_csv(story, GROUP, texts).decode("utf-8-sig"), newline="")):
        assert not [cell for cell in row if cell.startswith(start)]


def test_the_paper_can_be_searched_and_goes_on_over_the_page(texts, tmp_path, qapp):
    path = tmp_path / "buku klaim.pdf"
    many = tuple(
        Claim(id=f"c{n}", text=f"Klaim nomor {n} tentang pasar", explanation="Penjelasan. " * 40) for n in range(9)
    )
    story = Story(id="s", headline=STORY.headline, claims=(ROW, *many))
    assert write_ledger_pdf(path, story, GROUP, texts, "2026-11-24") == ()
    shown = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    words = " ".join(shown.split())
    for expected in (
        "Buku klaim",
        "Tautan bansos itu hoaks",
        "Salah (hoaks)",
        "Klaim nomor 8 tentang pasar",
        "Halaman 2",
    ):
        assert expected in words
    assert "Perlu jaringan atau telepon" in words
    assert [item.name for item in tmp_path.iterdir()] == [path.name]


def test_what_needs_the_network_is_a_list_to_take_along(texts):
    listed = todo_text(STORY, texts)
    assert "cekfakta.com" in listed
    assert "Banjir" in listed
    assert "Bansos" not in listed  # that row is settled
    assert todo_text(Story(id="s"), texts) == ""
    assert ledger_flow(Story(id="s"), GROUP, texts)


def test_a_table_is_written_whole(texts, tmp_path):
    write_ledger_csv(tmp_path / "a.csv", STORY, GROUP, texts)
    assert (tmp_path / "a.csv").read_bytes() == ledger_csv(STORY, GROUP, texts)
