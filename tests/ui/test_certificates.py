"""Certificates in the window, with real presses: a list chosen, an occasion typed, a PDF written."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

LEFT = Qt.MouseButton.LeftButton


def test_a_list_of_names_becomes_certificates(opened, answers, tmp_path):
    source = tmp_path / "peserta.csv"
    source.write_text("alamat;umur\nKrajan;3\n", encoding="utf-8")
    answers.files, answers.target = (source,), tmp_path / "sertifikat"
    looks = []

    def by_hand(dialog):
        dialog.show()
        assert not dialog.make.isEnabled()
        QTest.mouseClick(dialog.choose, LEFT)  # a list without names is refused, and says why
        assert not dialog.make.isEnabled()
        source.write_text("nama;sebagai\nSiti Aminah;Peserta\nBudi;\n", encoding="utf-8")
        QTest.mouseClick(dialog.choose, LEFT)
        assert "Siti Aminah, Budi" in dialog.names.text()
        QTest.keyClicks(dialog.fields["title"], "Pelatihan kabar warga")
        QTest.mouseClick(dialog.make, LEFT)
        looks.append(dialog.outcome.text())
        dialog.reject()
        return dialog.result()

    answers.on_show = by_hand
    opened.window.actions.all["certificates"].trigger()
    assert len(answers.said) == 1
    assert looks[0].startswith("2 sertifikat")
    assert (tmp_path / "sertifikat.pdf").read_bytes().startswith(b"%PDF")
