"""“Ke tempatnya”: every address a rule can report leads into the very field, proved by what a key does there then."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from studio.checks.all_checks import check_story
from studio.checks.completeness import check_form
from studio.story import edits
from studio.story.mending import text_at
from studio.story.model import Group, Person, Story
from studio.story.places import FIELDS, TextPlace, pattern_of
from tests.ui.full_story import add_full_story

REAL = {
    "photos": "p1",
    "videos": "v1",
    "claims": "c1",
    "people": "o1",
    "comments": "k1",
    "declarations": "altered_media",
    "answers": "who",
    "service_answers": "cost",
    "overrides": "instagram/takarir.txt",
    "texts": "jv",
}
PROFILE = sorted(pattern for pattern, desk in FIELDS.items() if desk == "profile")
DIALOGS = sorted(p for p in FIELDS if p.startswith(("corrections", "publications", "right_of_reply")))
OTHERS = sorted(set(FIELDS) - set(PROFILE) - set(DIALOGS))


def address(pattern: str) -> str:
    """A real address of the full story for a row of the table."""
    root, _, rest = pattern.partition("/")
    if root == "group":
        return pattern.replace("accounts/*", "accounts/facebook").replace("*", "0")
    parts = rest.split("/") if rest else []
    if parts and parts[0] == "*":
        parts[0] = REAL.get(root, "0")
    if root == "texts" and len(parts) > 2:
        parts[2] = {"captions": "p1", "alts": "p1", "service_answers": "cost"}.get(parts[1], "v1")
    if pattern == "claims/*/steps/*":
        parts[-1] = "trace"
    return "/".join((root, *("0" if part == "*" else part for part in parts)))


@pytest.fixture
def full(studio, tmp_path):
    """A studio with a story that has one of everything, open on the publishing desk, its panels folded away."""
    studio.source.refresh()
    folder = add_full_story(studio.stories.workspace, tmp_path)
    workspace = studio.stories.workspace
    story = workspace.load(folder)
    # A mirrored photo and a filter word make the statements appear that somebody has to vouch for.
    photos = (replace(story.photos[0], flip=True),)
    workspace.save(folder, replace(story, photos=photos))
    studio.stories.open(folder)
    shell = studio.window.shell
    shell.resize(1366, 768)
    shell.activateWindow()
    assert QTest.qWaitForWindowActive(shell)
    return studio


def focus() -> QWidget:
    """What has the keyboard once the window has laid itself out."""
    for _ in range(4):
        QApplication.processEvents()
    found = QApplication.focusWidget()
    assert found is not None
    assert found.isVisible()
    return found


def in_sight(widget: QWidget, window: QWidget) -> bool:
    """Whether the middle of a widget can be seen, not only reached."""
    middle = widget.mapTo(window, widget.rect().center())
    there = window.childAt(middle)
    return there is not None and (there is widget or widget.isAncestorOf(there) or there.isAncestorOf(widget))


def value_of(story: Story, field: str) -> object:
    value: object = story
    for part in field.split("/"):
        if isinstance(value, tuple):
            items = {getattr(item, "id", str(number)): item for number, item in enumerate(value)}
            value = items.get(part)
        elif isinstance(value, dict):
            value = value.get(part)
        else:
            value = getattr(value, part, None)
    return value


def touch(widget: QWidget) -> None:
    """What somebody does who was led there: type a letter, tick, or choose the next."""
    if isinstance(widget, QLineEdit | QTextEdit | QPlainTextEdit):
        QTest.keyClick(widget, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(widget, "9" if "tanggal" in widget.accessibleName().lower() else "z")
    elif isinstance(widget, QComboBox):
        at = widget.currentIndex()
        QTest.keyClick(widget, Qt.Key.Key_Down)
        if widget.currentIndex() == at:
            QTest.keyClick(widget, Qt.Key.Key_Up)
        widget.activated.emit(widget.currentIndex())
    else:
        QTest.keyClick(widget, Qt.Key.Key_Space)
    QApplication.processEvents()


SEEN_BY_NAME = {
    "date": "Tanggal kejadian",
    "date_end": "Tanggal kejadian",
    "hours": "",
    "valid_until": "Berlaku sampai",
    "photos": "",
    "videos": "",
    "cover": "",
    "slideshow": "",
    "claims": "",
    "people": "",
    "claims/*/evidence": "Tambah berkas",
    "claims/*/verdict": "Kesimpulan",
    "claims/*/asked": "",
    "claims/*/received": "",
    "people/*/consent": "",
    "comments": "Tanya sumbernya",
    "comments/*": "Tanya sumbernya",
    "videos/*/subtitles/*": "",
}
"""Fields in which a letter alone changes nothing yet: calendars, lists, buttons, dates that are not whole."""


@pytest.mark.parametrize("desk", ["write", "photo", "video", "check", "publish"])
def test_every_address_leads_into_its_field(full, desk):
    patterns = [pattern for pattern in OTHERS if FIELDS[pattern] == desk]
    wrong = [(pattern, trouble) for pattern in patterns if (trouble := trouble_with(full, pattern))]
    assert patterns
    assert wrong == []


def trouble_with(studio, pattern: str) -> str:
    """Goes from another desk, its panel folded away, to an address; what is wrong there, "" for nothing."""
    window, session, field = studio.window, studio.stories.session, address(pattern)
    assert pattern_of(field) == pattern
    window.go("photo" if FIELDS[pattern] != "photo" else "write")
    if window.shell.panels.isVisible():
        window.shell.toggle("panel")
    window.show_place(TextPlace(field))
    landed = focus()
    name = landed.accessibleName()
    if window.desk != FIELDS[pattern]:
        return f"on the desk {window.desk}"
    if not in_sight(landed, window.shell):
        return f"out of sight: {name}"
    before = session.story
    if pattern in SEEN_BY_NAME:
        return "" if SEEN_BY_NAME[pattern] in name else f"at {name}"
    touch(landed)
    after = session.story
    root = pattern.removesuffix("/*")
    changed = value_of(after, field) != value_of(before, field) or value_of(after, root) != value_of(before, root)
    while session.undo_label:
        session.undo()
    QApplication.processEvents()
    return "" if changed and session.story == before else f"nothing changed from {type(landed).__name__} {name}"


def test_every_address_of_the_profile_opens_it_at_its_field(full, answers):
    seen: list[QWidget] = []
    told: dict[str, str] = {}

    def look(dialog) -> bool:
        dialog.show()
        dialog.activateWindow()
        assert QTest.qWaitForWindowActive(dialog)
        landed = focus()
        assert in_sight(landed, dialog)
        assert isinstance(landed, QLineEdit | QPlainTextEdit | QComboBox | QAbstractButton)
        seen.append(landed)
        told[pattern.removeprefix("group/")] = landed.accessibleName()
        dialog.hide()
        return False

    answers.on_show = look
    for pattern in PROFILE:
        full.window.show_place(TextPlace(address(pattern)))
    names = {
        name: full.tools.t(f"profile.{name.partition('/')[0]}") for name in told if not name.startswith("accounts")
    }
    assert {name: told[name] for name in names} == names
    assert "Facebook" in told["accounts/*"]


def test_words_of_a_correction_and_the_link_of_a_post_can_be_changed(full, answers):
    session = full.stories.session
    before = session.story
    for pattern in DIALOGS:
        assert_words_can_be_changed(full, pattern, answers)
        while session.undo_label:
            session.undo()
        assert session.story == before


def assert_words_can_be_changed(full, pattern, answers) -> None:
    changed = {}

    def write(dialog) -> bool:
        dialog.show()
        dialog.activateWindow()
        assert QTest.qWaitForWindowActive(dialog)
        widget = focus()
        QTest.keyClick(widget, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(widget, " z")
        changed["name"] = widget.accessibleName()
        dialog.accept()
        dialog.hide()
        return True

    answers.on_show = write
    answers.text = "https://contoh.id/2"
    field = address(pattern)
    before = full.stories.session.story
    full.window.show_place(TextPlace(field))
    after = full.stories.session.story
    new = {"corrections": "phone.correct_what", "right_of_reply": "reply.by"}
    if pattern in new:  # a new one is begun
        assert changed["name"] == full.tools.t(new[pattern])
        return
    assert text_at(after, field) != text_at(before, field)


def test_a_source_is_added_by_one_click_on_the_finding(full):
    session = full.stories.session
    session.edit(edits.set_sources(()))
    session.edit(edits.set_field("body", "“Airnya sudah mengalir lagi sejak pagi,” kata Kepala Dusun Asep Hidayat.\n"))
    full.window.go("check")
    desk = full.window.page
    desk.checker.run()
    desk.findings.finish()
    row = next(row for row in desk.findings.rows if row.finding.code == "facts_quote_nobody")
    offer = next(made for made in row.buttons if "Tambah Asep Hidayat sebagai narasumber" in made.text())
    offer.setFocus()
    QTest.mouseClick(offer, Qt.MouseButton.LeftButton)
    assert [(source.name, source.role) for source in session.story.sources] == [("Asep Hidayat", "Kepala Dusun")]
    session.undo()
    assert session.story.sources == ()


def test_lists_are_not_empty_handed(full):
    """A story without photos, clips, claims or people is led to the button that adds one."""
    full.stories.new()
    full.window.shell.activateWindow()
    for root in ("photos", "videos", "claims", "people", "sources"):
        full.window.show_place(TextPlace(root))
        landed = focus()
        assert isinstance(landed, QAbstractButton), root
        assert landed.text().strip()


def test_a_person_with_the_role_of_a_source_counts_as_one():
    bare = Story(id="x", headline="Judul", body="isi", byline=("Siti",))
    spoke = replace(bare, people=(Person(id="o", name="Asep", role="source"),))
    assert "form_no_sources" in {finding.code for finding in check_form(bare, Group())}
    assert "form_no_sources" not in {finding.code for finding in check_form(spoke, Group())}
    assert check_story(spoke, Group())


def test_list_widgets_are_only_where_a_list_is_meant(full):
    full.window.show_place(TextPlace("claims"))
    assert isinstance(focus(), QListWidget)
