"""Certificates from a list of names: what spreadsheets write is read, and every name has its page."""

from __future__ import annotations

import subprocess

import pytest

from studio.base.errors import UserError, WorkCancelled
from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir
from studio.cli import main
from studio.group.certificate_list import CertificateName, example_list, read_certificate_list
from studio.services.certificate_making import CertificateOrder, make_certificates
from studio.store.workspace import create_workspace, open_workspace
from studio.story.model import Group

ODD = "No;Nama Lengkap;Sebagai;No. Sertifikat\n1;Siti Aminah;Peserta;001\r\n2;;Peserta;\r\n\r\n3;O'Neil <b> & Budi;;\n"


@pytest.fixture(scope="module")
def group_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kim") / "kim"
    create_workspace(folder, Group(name="KIM Bina Warga", village="Desa Sukamaju")).close()
    return folder


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_list_is_read_as_spreadsheets_write_it(encoding):
    found = read_certificate_list(ODD.encode(encoding))
    assert found.names == (CertificateName("Siti Aminah", "Peserta", "001"), CertificateName("O'Neil <b> & Budi"))
    assert found.nameless == (3,)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Siti\nBudi\n", ["Siti", "Budi"]),
        ("nama\nSiti\n", ["Siti"]),
        ("Peserta\nDrs. H. Budi\n", ["Drs. H. Budi"]),
        ("name,as\nSiti,Speaker\n", ["Siti"]),
        (example_list().decode(), ["Siti Contoh", "Budi Contoh"]),
        (
            "Siti Aminah, S.Pd., M.Si\nBudi\nDr. Rina,S.Tr.Keb.\nTono, SH\n",
            ["Siti Aminah, S.Pd., M.Si", "Budi", "Dr. Rina, S.Tr.Keb.", "Tono, SH"],
        ),
        ("Budi\nSiti Aminah, S.Pd.\n", ["Budi", "Siti Aminah, S.Pd."]),
        ("nama\nSiti Aminah, S.Pd.\n", ["Siti Aminah, S.Pd."]),
        ('nama,sebagai\n"Siti Aminah, S.Pd.",Peserta\n', ["Siti Aminah, S.Pd."]),
    ],
)
def test_names_stand_in_their_column_or_alone(text, names):
    assert [each.name for each in read_certificate_list(text.encode()).names] == names


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "handover.empty"),
        (b"nama\n\n", "certificate.no_names"),
        (b"alamat;umur\nKrajan;3\n", "certificate.no_name_column"),
        (b"Siti, Budi, Tono\n", "certificate.no_name_column"),
        (b"Siti;PKK\nBudi;RT\n", "certificate.no_name_column"),
        (b"Siti,Ketua\n", "certificate.no_name_column"),
        (b"nama\n" + b"Siti\n" * 1001, "table.too_long"),
        (b"PK\0\3", "table.damaged"),
    ],
)
def test_what_is_no_list_is_refused(data, code):
    with pytest.raises(UserError) as refused:
        read_certificate_list(data)
    assert refused.value.code == code


def test_the_command_prints_a_page_for_each_name(group_folder, tmp_path, capsys):
    source, target = tmp_path / "n.csv", tmp_path / "s.pdf"
    source.write_text(ODD, encoding="utf-8")

    def run(*more):
        with pytest.raises(SystemExit) as ended:
            main(["certificates", str(group_folder), str(source), "-o", str(target), *more])
        return ended.value.code

    assert run() == 2
    for day in ("kemarin", "31 April 2026", "Sabtu", "28 November", "2026-11-28 dan lain-lain"):
        assert run("--for", "Pelatihan", "--date", day) == 2
    assert not target.exists()
    asked = (
        "--for",
        "Fotografi yang efisien",
        "--date",
        "Sabtu, 28/11/2026",
        "--place",
        "Balai desa",
        "--signer",
        "Rahmat",
    )
    assert run(*asked) == 1  # one line has no name, which is said
    assert "baris 3" in capsys.readouterr().err
    words = subprocess.run(["pdftotext", "-layout", target, "-"], capture_output=True, text=True, check=True).stdout
    first, second, rest = words.split("\f")
    assert rest == ""
    for page in (first, second):
        told = " ".join(page.split())
        for said in ("Fotografi yang efisien", "Balai desa, 28 November 2026", "Rahmat", "KIM Bina Warga"):
            assert said in told
    assert "Siti Aminah" in first
    assert "sebagai Peserta" in first
    assert "O'Neil <b> & Budi" in second
    assert "sebagai" not in second


class _Stopped:
    def report(self, done: float, total: float, what: str) -> None:
        if done:
            raise WorkCancelled


def test_what_was_stopped_leaves_nothing(group_folder, tmp_path):
    source = tmp_path / "n.csv"
    source.write_text(ODD, encoding="utf-8")
    order = CertificateOrder(source, tmp_path / "s.pdf", "Pelatihan")
    with open_workspace(group_folder, write=False) as opened, pytest.raises(WorkCancelled):
        make_certificates(order, opened, MessageTexts(assets_dir() / "messages", "id"), _Stopped())
    assert [path.name for path in tmp_path.iterdir()] == ["n.csv"]
