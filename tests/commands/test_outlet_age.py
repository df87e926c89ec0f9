"""Limits that were last looked up long ago are told."""

from __future__ import annotations

from datetime import date

import pytest

from studio.commands.outlets import is_old, run_outlets


@pytest.mark.parametrize(
    ("checked", "old"), [("2026-05-30", True), ("2026-06-01", False), ("2026-11-29", False), ("kapan", True)]
)
def test_half_a_year(checked, old):
    assert is_old(checked, date(2026, 12, 1)) == old


def test_the_command_names_each_outlet_whose_limits_are_old_and_no_other(tmp_path, capfd):
    pack = tmp_path / "templates" / "papan"
    pack.mkdir(parents=True)
    (pack / "isi.txt.j2").write_text("{{ headline }}", encoding="utf-8")
    head = 'format = 1\nid = "papan"\nname = "Papan RW"\nchecked = 2024-01-31\nsource = "-"\n'
    output = '[[output]]\nfile = "isi.txt"\nkind = "text"\ntemplate = "isi.txt.j2"\n'
    (pack / "outlet.toml").write_text(head + output, encoding="utf-8")
    assert run_outlets(tmp_path, as_json=False) == 0
    told = [line for line in capfd.readouterr().err.splitlines() if "2024-01-31" in line]
    assert len(told) == 1
    assert "Papan RW" in told[0]
