"""The key points on the side panel of the writing desk, used with mouse and keys."""

from __future__ import annotations

from PySide6.QtCore import Qt

from studio.posts.template_context import build_context
from studio.story.edits import set_field
from studio.story.model import Group
from studio.ui.write import points_card

BODY = (
    "Warga membuka jalan baru.\n\nPanitia menyiapkan hadiah Rp20 juta untuk juara. Namun, cuaca buruk."
    "\n\nTiket gratis bagi semua anak desa.\n"
)
PRIZE, TICKET = "Panitia menyiapkan hadiah Rp20 juta untuk juara.", "Tiket gratis bagi semua anak desa."


def shown_points(place):
    """What posts get."""
    return build_context(place.story, Group()).points


def test_each_tick_is_one_step_and_reaches_the_posts(open_desk, qtbot):
    place = open_desk(headline="Lomba desa", body=BODY)
    card = place.desk.side_panel.points
    qtbot.waitUntil(lambda: len(card.boxes) == 2)
    prize, ticket = card.boxes.values()
    assert (prize.isChecked(), ticket.isChecked()) == (True, True)
    qtbot.mouseClick(ticket, Qt.MouseButton.LeftButton)
    assert shown_points(place) == (PRIZE,)
    assert "Panitia" not in "".join(place.story.points)  # hashes: a name in a sentence is stored in one place only
    place.session.undo()
    assert place.story.points is None
    assert ticket.isChecked()
    qtbot.mouseClick(card.more, Qt.MouseButton.LeftButton)
    leaning = next(box for box in card.boxes.values() if box.accessibleName() == "Namun, cuaca buruk.")
    leaning.setFocus()
    qtbot.keyClick(leaning, Qt.Key.Key_Space)
    assert shown_points(place) == (PRIZE, "Namun, cuaca buruk.", TICKET)
    qtbot.mouseClick(card.proposed, Qt.MouseButton.LeftButton)
    assert place.story.points is None


def test_ticks_follow_the_text(open_desk, qtbot):
    place = open_desk(headline="Lomba desa", body=BODY)
    card = place.desk.side_panel.points
    qtbot.waitUntil(lambda: len(card.boxes) == 2)
    qtbot.mouseClick(next(iter(card.boxes.values())), Qt.MouseButton.LeftButton)
    assert shown_points(place) == (TICKET,)
    place.session.edit(set_field("body", BODY.replace("semua anak", "semua pelajar")))
    assert shown_points(place) == ("Tiket gratis bagi semua pelajar desa.",)
    place.session.edit(set_field("body", BODY.replace(TICKET, "Acara selesai sore hari di lapangan.")))
    assert shown_points(place) == ()
    qtbot.waitUntil(lambda: not any(box.isChecked() for box in card.boxes.values()))


def test_sentences_are_weighed_when_somebody_sees_them(open_desk, qtbot, qapp, monkeypatch):
    weighed = []
    monkeypatch.setattr("studio.ui.write.points_card.POINTS_AFTER_MS", 0)
    place = open_desk(headline="Lomba desa", body=BODY)
    panel = place.desk.side_panel
    qtbot.waitUntil(lambda: len(panel.points.boxes) == 2)
    choices = points_card.point_choices
    monkeypatch.setattr(points_card, "point_choices", lambda *told: weighed.append(told) or choices(*told))
    panel.hide()
    place.session.edit(set_field("body", TICKET))
    qapp.processEvents()
    qapp.processEvents()
    assert weighed == []
    panel.show()
    assert list(panel.points.boxes) == [choice.mark for choice in choices(*weighed[-1])]
