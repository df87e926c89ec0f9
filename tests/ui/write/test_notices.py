"""Notices of a service: choose a kind, fill in its form, pick a headline, have the draft; all by mouse and keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt

from studio.services.notice_kinds import NoticeKinds
from studio.store.workspace import create_workspace
from studio.story.claims import LedgerStamp
from studio.story.edits import set_field
from studio.story.model import Group

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
GROUP = Group(name="KIM Uji", village="Desa Sukamaju")
STAMP = LedgerStamp("2026-11-30T10:00:00+07:00", "Siti Aminah")


@pytest.fixture
def open_page(open_desk, tmp_path):
    def opening(**fields):
        options = {"group": lambda: GROUP, "kinds": NoticeKinds(tmp_path, lambda: GROUP, lambda: STAMP)}
        return open_desk(options=options, **fields)

    return opening


@pytest.fixture
def workspace(tmp_path):
    with create_workspace(tmp_path / "w", GROUP) as opened:
        yield opened


def fill(place, **answers):
    for name, answer in answers.items():
        field = place.desk.starters.notice.form.fields[name]
        place.qtbot.mouseClick(field.viewport(), LEFT)
        place.type(answer, field)


def test_a_notice_from_the_kinds_to_its_draft(open_page):
    place = open_page()
    starters = place.desk.starters
    place.qtbot.mouseClick(starters.tiles["service"], LEFT)
    notice = starters.notice
    assert notice.isVisible()
    assert len(notice.tiles) >= 20
    place.qtbot.mouseClick(notice.tiles["posyandu"], LEFT)
    assert (place.story.kind, place.story.service, place.story.kicker) == ("notice", "posyandu", "Posyandu")
    assert (place.story.category, place.story.tags) == ("Kesehatan", ("posyandu",))
    assert notice.form.fields["what"].hasFocus()
    assert not notice.compose.isEnabled()
    fill(
        place,
        what="Posyandu Melati",
        when="Selasa, 1 Desember 2026 pukul 08.00-11.00",
        where="di Balai Dusun Cibeureum",
        audience="balita dan ibu hamil",
        terms="Buku KIA; kartu BPJS",
        cost="gratis",
    )
    story = place.story
    assert (story.date, story.hours, story.place) == ("2026-12-01", "08:00/11:00", "Balai Dusun Cibeureum")
    assert story.valid_until == "2026-12-01"  # the rule of the kind: its last day
    assert story.service_answers == {
        "audience": "balita dan ibu hamil",
        "terms": "Buku KIA; kartu BPJS",
        "cost": "gratis",
    }
    assert (story.answers.who, story.answers.how) == ("balita dan ibu hamil", "Buku KIA; kartu BPJS")
    lines = notice.headlines
    assert len(lines) == 3
    wanted = lines[1].text()
    place.qtbot.mouseClick(lines[1], LEFT, pos=QPoint(9, lines[1].height() // 2))
    before = place.story
    place.qtbot.mouseClick(notice.compose, LEFT)
    assert place.story.headline == wanted
    assert place.story.body.startswith("Posyandu Melati dibuka di Balai Dusun Cibeureum pada Selasa, 1 Desember 2026")
    assert "- Kartu BPJS" in place.story.body
    assert not starters.isVisible()
    card = place.desk.side_panel.service
    assert card.isVisible()
    place.type(", tanpa dipungut apa pun", card.form.fields["cost"])
    assert place.story.service_answers["cost"].endswith("apa pun")
    place.key("z", CTRL)
    place.key("z", CTRL)
    assert place.story == before  # the draft and its headline were one step


def test_the_end_follows_the_day_until_somebody_sets_it(open_page, workspace):
    place = open_page()
    place.session.in_workspace(workspace)
    notice = place.desk.starters.notice
    place.desk.starters.pick_service()
    place.qtbot.mouseClick(notice.tiles["bansos"], LEFT)
    notice.facts.date.picked.emit("2026-12-01")
    assert place.story.valid_until == "2026-12-02"  # a day after the event
    notice.facts.date.picked.emit("2026-12-03/2026-12-05")
    assert (place.story.date_end, place.story.valid_until) == ("2026-12-05", "2026-12-06")
    place.desk.header.date.picked.emit("2026-12-07")  # beside the headline
    assert place.story.valid_until == "2026-12-08"
    place.pause()
    place.session.edit(set_field("date", "2026-12-09"))  # as the fix of a finding does
    assert place.story.valid_until == "2026-12-10"
    place.session.undo()
    assert (place.story.date, place.story.valid_until) == ("2026-12-07", "2026-12-08")
    place.session.edit(set_field("valid_until", "2026-12-24"))
    notice.facts.date.picked.emit("2026-12-10")
    assert place.story.valid_until == "2026-12-24"


def test_another_kind_takes_its_words_along_and_keeps_what_was_typed(open_page):
    place = open_page()
    notice = place.desk.starters.notice
    place.desk.starters.pick_service()
    place.qtbot.mouseClick(notice.tiles["posyandu"], LEFT)
    fill(place, cost="gratis")
    place.qtbot.mouseClick(notice.change, LEFT)
    place.qtbot.mouseClick(notice.tiles["lowongan"], LEFT)
    story = place.story
    assert (story.service, story.kicker, story.category) == ("lowongan", "Lowongan kerja", "Ekonomi")
    assert story.tags == ("lowongan kerja",)
    assert story.service_answers == {"cost": "gratis"}  # names it does not ask for stay


def test_a_guided_fact_check_opens_its_row_in_the_ledger(open_page):
    place = open_page()
    starters = place.desk.starters
    asked = []
    place.desk.place_asked.connect(asked.append)
    place.qtbot.mouseClick(starters.tiles["factcheck"], LEFT)
    place.qtbot.mouseClick(starters.guided, LEFT)
    fill(
        place,
        what="Bantuan Rp600 ribu cair lewat tautan",
        seen="grup WhatsApp RT 3",
        asked="Sekretaris desa: tidak ada bantuan semacam itu",
        found="alamatnya bukan situs pemerintah",
    )
    before = place.story
    place.qtbot.mouseClick(starters.notice.compose, LEFT)
    (claim,) = place.story.claims
    assert (claim.text, claim.first_seen) == ("Bantuan Rp600 ribu cair lewat tautan", "grup WhatsApp RT 3")
    assert claim.steps["find"] == "alamatnya bukan situs pemerintah"
    assert (claim.asked[0].name, claim.asked[0].answer) == ("Sekretaris desa", "tidak ada bantuan semacam itu")
    assert (claim.verdict, claim.public, claim.checker) == ("checking", True, "Siti Aminah")
    assert [place.field for place in asked] == [f"claims/{claim.id}/text"]
    assert "## Penelusuran" in place.story.body
    place.session.undo()
    assert place.story == before


def test_a_kind_of_the_group_comes_on_top_and_a_broken_one_is_named(open_page, tmp_path):
    own = tmp_path / "services"
    own.mkdir()
    (own / "arisan.toml").write_text(
        'name = {id = "Arisan"}\nicon = "coins"\nfields = ["what", "when", "iuran"]\n'
        'headlines = ["{what}", "{what}[, {day}]", "Arisan {what}"]\n'
        'body = ["{what}[ pada {date}].", "Iuran: {iuran}."]\n'
        '[asks.iuran]\nask = {id = "Berapa iurannya?"}\nlabel = "Iuran"\n'
    )
    (own / "ronda.toml").write_text("name = 3")
    place = open_page()
    place.desk.starters.pick_service()
    notice = place.desk.starters.notice
    assert "arisan" in notice.tiles
    assert "ronda" not in notice.tiles
    assert "ronda.toml" in notice._troubles.text()
    place.qtbot.mouseClick(notice.tiles["arisan"], LEFT)
    assert notice.form.words(notice.kind, "iuran") == "Berapa iurannya?"
    fill(place, what="Arisan PKK", iuran="Rp20.000")
    assert place.story.service_answers == {"iuran": "Rp20.000"}
