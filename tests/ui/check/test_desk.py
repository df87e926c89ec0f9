"""The checking desk as somebody uses it: findings and their ways out, status, 5W+1H."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from studio.story import edits
from studio.story.model import Claim, Person, Photo, Source, Story
from studio.ui.check.background_checker import PAUSE_MS

BODY = (
    "Warga Desa Sukamaju bergotong royong memperbaiki saluran irigasi di Dusun Krajan, Minggu (22/11/2026), karena "
    "sawah kekurangan air. Pekerjaan selesai siang hari dengan bantuan kelompok tani setempat.\n"
)


def put(session, **fields) -> None:
    """Change the story at one stroke."""
    session.edit(edits.StoryEdit("edit.body", lambda story: replace(story, **fields)))


@pytest.fixture
def desk(opened, qtbot):
    """The checking desk with a story that has something of every kind."""
    session = opened.stories.session
    claims = (Claim(id="c1", text="Air sumur beracun", verdict="checking"),)
    put(session, body=BODY, claims=claims, sources=(Source(name="Asep"),), place="")
    opened.window.go("check")
    page = opened.window.page
    with qtbot.waitSignal(page.checker.checked, timeout=5000):
        page.checker.run()
    page.findings.finish()
    return page


def recheck(desk, qtbot):
    with qtbot.waitSignal(desk.checker.checked, timeout=PAUSE_MS + 5000):
        pass
    desk.findings.finish()


def row_of(desk, code):
    return next(row for row in desk.findings.rows if row.finding.code == code)


def click(row, words):
    button = next(made for made in row.buttons if words in made.text())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_chip_says_what_the_gate_says_now_and_short_names_of_rules_explain_themselves(desk):
    put(desk.bench.session, status="ready")
    desk.status.show_story(desk.bench.session.story)
    assert desk.status.mark.text() == "Tertahan"
    tips = [one.toolTip() for row in desk.findings.rows for one in row.findChildren(QLabel)]
    assert any("Kode Etik Jurnalistik" in tip for tip in tips)


def test_a_finding_says_why_by_its_lesson(desk, answers):
    opened_at = []
    answers.on_show = lambda dialog: opened_at.append(dialog.head.text())
    click(row_of(desk, "facts_unresolved"), "Mengapa?")
    click(row_of(desk, "form_no_place"), "Mengapa?")
    assert opened_at == ["Hoaks dalam empat langkah", "Enam pertanyaan"]
    spelled = [row for row in desk.findings.rows if row.finding.code == "language_unknown"]
    assert not [made for row in spelled for made in row.buttons if "Mengapa?" in made.text()]


def test_what_stops_a_story_is_told_with_place_and_rule(desk, opened):
    row = row_of(desk, "facts_unresolved")
    assert "Air sumur beracun" in row.text
    assert desk.findings.head.text() == "Belum siap terbit"
    assert desk.tabs.tabText(0).endswith(f"({len(desk.checker.latest.readiness.blocks)})")
    click(row, "Ke tempatnya")
    assert opened.window.desk == "check"
    assert desk.tabs.currentIndex() == 2
    assert QApplication.focusWidget() is desk._made["ledger"].form.verdicts["checking"]


def test_the_findings_follow_the_story(desk, opened, qtbot):
    session = opened.stories.session
    session.edit(edits.set_field("place", "Sukamaju"))
    recheck(desk, qtbot)
    assert not [row for row in desk.findings.rows if row.finding.code == "form_no_place"]
    session.undo()
    recheck(desk, qtbot)
    assert row_of(desk, "form_no_place")


def test_a_way_out_is_taken_with_one_click_and_undone(desk, opened, qtbot):
    session = opened.stories.session
    session.edit(edits.set_field("body", BODY.replace("dengan bantuan", "di bantu")))
    recheck(desk, qtbot)
    row = next(row for row in desk.findings.rows if row.finding.fixes and "di bantu" in str(row.finding.facts))
    click(row, "Ganti: dibantu")
    assert "dibantu kelompok tani" in session.story.body
    session.undo()
    assert "di bantu kelompok tani" in session.story.body


def test_a_word_that_changed_meanwhile_is_left_alone(desk, opened, qtbot):
    session = opened.stories.session
    session.edit(edits.set_field("body", BODY.replace("dengan bantuan", "di bantu")))
    recheck(desk, qtbot)
    row = next(row for row in desk.findings.rows if row.finding.fixes and "di bantu" in str(row.finding.facts))
    session.edit(edits.set_field("body", "Lain sama sekali."))
    click(row, "Ganti: dibantu")
    assert session.story.body == "Lain sama sekali."


def test_advice_is_put_aside_and_comes_back(desk, opened, qtbot):
    click(row_of(desk, "facts_source_role"), "Abaikan")
    assert opened.stories.session.story.put_aside
    recheck(desk, qtbot)
    assert not [row for row in desk.findings.rows if row.finding.code == "facts_source_role"]
    desk.findings._take_up()
    recheck(desk, qtbot)
    assert row_of(desk, "facts_source_role")


def test_a_word_is_learned_for_this_story_or_for_all(desk, opened, qtbot):
    session = opened.stories.session
    session.edit(edits.set_field("body", BODY + "\nKesenian jembattan dan pertunjukkann tampil.\n"))
    recheck(desk, qtbot)
    rows = {row.finding.facts["word"]: row for row in desk.findings.rows if row.finding.code == "language_unknown"}
    rows["jembattan"].buttons[-1].menu().actions()[0].trigger()
    rows["pertunjukkann"].buttons[-1].menu().actions()[1].trigger()
    assert session.story.words_ignored == ("jembattan", "pertunjukkann")
    assert opened.stories.workspace.group.dictionary == ("pertunjukkann",)
    recheck(desk, qtbot)
    left = [row.finding.facts.get("word") for row in desk.findings.rows if row.finding.code == "language_unknown"]
    assert not {"jembattan", "pertunjukkann"} & set(left)


def test_a_block_is_overridden_only_with_a_reason_that_stays(desk, opened, answers, qtbot):
    session = opened.stories.session
    for reason in (None, "   "):
        answers.text = reason
        click(row_of(desk, "facts_unresolved"), "Tetap terbitkan")
        assert not session.story.log
    assert "alasan" in answers.said[-1][1].lower()
    answers.text = "Sudah dikonfirmasi lurah"
    click(row_of(desk, "facts_unresolved"), "Tetap terbitkan")
    assert session.story.log[-1].reason == "Sudah dikonfirmasi lurah"
    recheck(desk, qtbot)
    assert not [row for row in desk.findings.rows if row.finding.code == "facts_unresolved"]
    assert desk.checker.latest.readiness.overridden[0].code == "facts_unresolved"


def test_a_reason_about_a_child_holds_for_its_sentence_only(desk, opened, answers, qtbot):
    session = opened.stories.session
    child = Person(id="p", name="Bunga Kirana", age_group="child", role="victim", protected=True)
    put(session, people=(child,), body=f"{BODY}\nKeputusan Bunga naik lagi.\n")
    recheck(desk, qtbot)
    answers.text = "Bunga bank, bukan orang"
    click(row_of(desk, "people_name_part"), "Tetap terbitkan")
    recheck(desk, qtbot)
    assert "people_name_part" not in {row.finding.code for row in desk.findings.rows}
    put(session, body=f"{session.story.body}\nKorban, Bunga (9), menangis.\n")
    recheck(desk, qtbot)
    assert "Korban, Bunga (9), menangis" in row_of(desk, "people_name_part").finding.said


def test_the_levels_can_be_looked_at_one_by_one(desk):
    for level in ("block", "warning", "advice"):
        desk.findings.chips[level].click()
        desk.findings.finish()
        assert {row.finding.level for row in desk.findings.rows} == {level}
    desk.findings.chips["all"].click()
    desk.findings.finish()
    assert len({row.finding.level for row in desk.findings.rows}) == 3


def test_the_keyboard_goes_from_finding_to_finding(desk, opened):
    shell = opened.window.shell
    QTest.keyClick(shell, Qt.Key.Key_F8)
    assert QApplication.focusWidget() is desk.findings.rows[0].buttons[0]
    QTest.keyClick(shell, Qt.Key.Key_F8)
    assert QApplication.focusWidget() is desk.findings.rows[1].buttons[0]
    QTest.keyClick(shell, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is desk.findings.rows[0].buttons[0]


def test_nothing_is_checked_while_nobody_looks(desk, opened, qtbot):
    told = []
    desk.checker.checked.connect(told.append)
    opened.window.go("write")
    opened.stories.session.edit(edits.set_field("headline", "Judul baru yang lain sekali"))
    qtbot.wait(PAUSE_MS + 150)
    assert not told
    opened.window.go("check")
    qtbot.waitUntil(lambda: bool(told), timeout=5000)
    assert told[-1].story.headline == "Judul baru yang lain sekali"


def test_status_goes_step_by_step_and_a_block_stops_it(desk, opened, answers):
    session, panel = opened.stories.session, desk.status
    assert set(panel.steps) == {"review", "ready"}
    panel.steps["ready"].click()
    assert session.story.status == "draft"
    assert "menghalangi" in answers.said[-1][1]
    panel.steps["review"].click()
    assert session.story.status == "review"
    put(session, claims=(), place="Sukamaju", byline=("Siti",), photos=())
    desk.checker.run()
    assert not desk.checker.latest.readiness.blocks
    panel.steps["ready"].click()
    panel.steps["published"].click()
    assert session.story.status == "published"
    asked = []
    answers.on_show = lambda dialog: asked.append(type(dialog).__name__)
    panel.steps["corrected"].click()
    assert asked == ["CorrectDialog"]
    assert session.story.status == "published"  # the dialog was cancelled
    answers.text = ""
    panel.steps["withdrawn"].click()
    assert session.story.status == "published"
    answers.text = "Salah orang"
    panel.steps["withdrawn"].click()
    assert (session.story.status, session.story.log[-1].reason) == ("withdrawn", "Salah orang")
    session.undo()
    assert set(panel.steps) == {"corrected", "withdrawn"}


def test_the_six_questions_are_shown_with_their_words(desk, opened, qtbot):
    page = desk.show_page("answers")
    assert page.marks["when"].text() == "Terjawab"
    assert "22/11/2026" in page.text.text()
    opened.stories.session.edit(edits.set_field("body", "Warga senang.\n"))
    qtbot.waitUntil(lambda: page.marks["when"].text() == "Belum", timeout=3000)
    assert "kapan" in page.told.text()


def test_a_hostile_text_is_shown_as_text(desk, opened, qtbot):
    session = opened.stories.session
    bad = "<b>Panen</b> <img src=x> naik 12 persen.\n"
    session.edit(edits.set_field("body", bad))
    recheck(desk, qtbot)
    page = desk.show_page("answers")
    assert "<img" not in page.text.text()
    assert "&lt;img" in page.text.text()


def test_a_read_only_story_can_be_looked_at(make_studio, workspace_path):
    from studio.store.workspace import open_workspace

    with open_workspace(workspace_path) as held:
        folder = held.story_folders()[0]
        made = make_studio()
        made.open_workspace(workspace_path)
        made.stories.open(folder)
        made.window.go("check")
        desk = made.window.page
        desk.checker.run()
        desk.findings.finish()
        assert desk.findings.rows
        assert not any("Abaikan" in one.text() for row in desk.findings.rows for one in row.buttons)
        assert not any(step.isEnabled() for step in desk.status.steps.values())


@pytest.mark.parametrize("name", ["findings", "answers", "ledger", "people"])
def test_every_control_has_a_name(desk, opened, name):
    from PySide6.QtGui import QAccessible

    session = opened.stories.session
    from studio.story.model import Person

    put(session, people=(Person(id="n", name="Ratna"),), photos=(Photo(id="p", file="a.jpg"),))
    desk.show_page(name)
    QApplication.processEvents()
    silent = [
        type(widget).__name__
        for widget in desk.findChildren(object)
        if hasattr(widget, "focusPolicy")
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]
    assert not silent


def test_a_new_story_has_a_desk_too(opened):
    opened.stories.new()
    opened.window.go("check")
    opened.window.page.checker.run()
    opened.window.page.findings.finish()
    assert isinstance(opened.stories.session.story, Story)
    assert row_of(opened.window.page, "form_no_headline")


def test_the_rules_run_in_the_background_and_outlive_a_change_of_story(
    make_studio, workspace_path, threaded_jobs, qtbot
):
    made = make_studio(jobs=threaded_jobs)
    made.open_workspace(workspace_path)
    first, second, *_ = made.stories.workspace.story_folders()
    made.stories.open(first)
    made.window.shell.show()
    made.window.go("check")
    made.window.page.checker.run()
    made.stories.open(second)
    made.window.go("check")
    desk = made.window.page
    qtbot.waitUntil(lambda: desk.checker.latest is not None, timeout=10000)
    assert desk.checker.latest.story is made.stories.session.story
    qtbot.waitUntil(lambda: not threaded_jobs.running(), timeout=10000)


def test_what_only_a_person_knows_is_ticked_with_the_name_and_undone(desk, opened, qtbot):
    session = opened.stories.session
    opened.tools.settings.set("author", "Siti Aminah")
    put(session, body="Diskon 20 persen untuk pupuk, pesan sekarang di balai desa.")
    recheck(desk, qtbot)
    (finding,) = (one for one in desk.checker.latest.findings if one.code == "declare_unpaid")
    opened.window.show_place(finding.place)
    box = desk.findings.declared.boxes["unpaid"]
    assert box.hasFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert session.story.declarations["unpaid"].by == "Siti Aminah"
    recheck(desk, qtbot)
    assert not [one for one in desk.checker.latest.findings if one.code == "declare_unpaid"]
    assert desk.findings.declared.boxes["unpaid"].isChecked()
    session.undo()
    assert not session.story.declarations


MISSPELT = (
    "aktifitas kreatifitas produktifitas efektifitas analisa diagnosa metoda apotik atlit detil deseminasi ekstrim"
    " frekwensi konsekwensi kwalitas kwantitas kwitansi hoax karir katagori komplek konkrit obyek subyek praktek"
    " propinsi resiko sistim tehnik telpon"
)


def test_a_long_list_is_shown_by_pages_and_the_keyboard_walks_through_them(desk, opened, qtbot):
    put(opened.stories.session, body=MISSPELT)
    recheck(desk, qtbot)
    findings = desk.findings
    assert len(findings.rows) == 20
    for _ in range(21):
        findings.step(1)
    findings.finish()
    shown = [row.finding for row in findings.rows]
    assert findings.rows[0].buttons[0].hasFocus()
    assert shown == findings._chosen_now[20:40]
    findings.step(-1)
    findings.finish()
    assert findings.rows[-1].buttons[0].hasFocus()
    assert not findings.before.isEnabled()
    QTest.mouseClick(findings.after, Qt.MouseButton.LeftButton)
    findings.finish()
    assert [row.finding for row in findings.rows] == shown


def test_one_click_mends_a_word_wherever_it_stands_and_one_undo_takes_it_back(desk, opened, qtbot):
    session = opened.stories.session
    put(session, body="Warga melihat aktifitas itu. Banyak aktifitas desa.")
    recheck(desk, qtbot)
    click(row_of(desk, "language_pair"), "Ganti semua (2): aktivitas")
    assert session.story.body == "Warga melihat aktivitas itu. Banyak aktivitas desa."
    session.undo()
    assert session.story.body == "Warga melihat aktifitas itu. Banyak aktifitas desa."
