"""The WordPress button as a person uses it; a real WordPress is in ``tests/publish``, here are the wrong answers."""

from __future__ import annotations

import http.server
import threading

import keyring
import pytest
from keyring.backend import KeyringBackend
from msgspec.structs import replace
from PySide6.QtCore import Qt

from studio.publish import wordpress_rest
from studio.store.story_rename import is_address_out
from studio.story.edits import StoryEdit
from studio.story.model import Cover, Person
from studio.ui.publish.phone_web import PhoneWeb, WordPressDialog
from tests.wordpress_server import look, read_as_anybody


class Memory(KeyringBackend):
    """A keyring that forgets."""

    priority = 1

    def __init__(self):
        super().__init__()
        self.kept = {}

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password

    def delete_password(self, service, username):
        del self.kept[service, username]


class Answer(http.server.BaseHTTPRequestHandler):
    """Gives the server's one answer to everything."""

    def do_GET(self):
        self.server.asked.append(self.headers["Authorization"])
        if self.server.silent:
            self.server.over.wait(10)
            return
        status, body = self.server.answer
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Nothing."""


@pytest.fixture
def server():
    made = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    made.answer, made.silent, made.asked, made.over = (200, b"{}"), False, [], threading.Event()
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.over.set()
    made.shutdown()
    made.server_close()
    thread.join()


@pytest.fixture
def memory():
    before, made = keyring.get_keyring(), Memory()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.fixture
def web(opened, session, qtbot):
    """The buttons."""
    opened.window.go("publish")
    made = PhoneWeb(opened.window.page._bench)
    qtbot.addWidget(made)
    made.show()
    return made


def send(web, answers, qtbot, address, password="abcd efgh"):
    """Fill the form and press its button."""

    def on_show(dialog):
        assert isinstance(dialog, WordPressDialog)
        dialog.address.clear()
        assert not dialog.go.isEnabled()
        for field, text in ((dialog.address, address), (dialog.user, "siti"), (dialog.password, password)):
            field.clear()
            qtbot.keyClicks(field, text)
        assert dialog.go.isEnabled()
        assert not dialog.public
        return True

    answers.on_show = on_show
    qtbot.mouseClick(web.wordpress, Qt.MouseButton.LeftButton)


def address_of(server):
    return f"http://127.0.0.1:{server.server_port}"


WRONG_ANSWERS = (
    ((401, b'{"code": "incorrect_password", "message": "x"}'), "password"),
    ((500, b'{"code": "internal", "message": "Basis data mati"}'), "refused"),
    ((404, b"<html>tidak ada</html>"), "no_wordpress"),
    ((200, b"<html>Selamat datang</html>"), "no_wordpress"),
)


def test_the_buttons_fit_the_column_beside_the_outlets(web):
    assert web.minimumSizeHint().width() <= web._bench.tools.theme.px(272 - 20)


def test_a_wrong_answer_is_told_in_plain_words(web, server, memory, answers, qtbot):
    for answer, code in WRONG_ANSWERS:
        server.answer = answer
        answers.said.clear()
        send(web, answers, qtbot, address_of(server))
        told = answers.said[-1][1]
        assert told == web._bench.t(f"wordpress.{code}", address=address_of(server), said="Basis data mati")
        assert "Traceback" not in told
        assert web._bench.session.story.publications == ()
        assert web.told.isHidden()


def test_an_address_with_a_password_is_not_kept(web, memory, answers, qtbot):
    settings = web._bench.tools.settings
    send(web, answers, qtbot, "https://siti:rahasia@desa.contoh.id")
    assert "rahasia" not in answers.said[-1][1]
    assert settings.text("wordpress") == ""
    settings.set("wordpress", "https://siti:rahasia@desa.contoh.id")  # as an older version kept it
    dialog = WordPressDialog(web._bench)
    qtbot.addWidget(dialog)
    assert dialog.address.text() == settings.text("wordpress") == "https://desa.contoh.id"


def test_a_server_that_never_answers_is_given_up(web, server, memory, answers, qtbot, monkeypatch):
    monkeypatch.setattr(wordpress_rest, "_PATIENCE", 0.05)
    server.silent = True
    send(web, answers, qtbot, address_of(server))
    assert address_of(server) in answers.said[-1][1]


def test_the_password_is_kept_in_the_keyring_and_never_in_the_settings(web, server, memory, answers, qtbot, own_home):
    server.answer = (401, b"{}")
    send(web, answers, qtbot, address_of(server), "rahasia-sekali")
    assert list(memory.kept.values()) == ["rahasia-sekali"]
    send(web, answers, qtbot, address_of(server), "")
    assert server.asked[0] == server.asked[1]
    settings = web._bench.tools.settings
    assert settings.text("wordpress_user") == "siti"
    assert not [path for path in own_home.rglob("*") if path.is_file() and b"rahasia" in path.read_bytes()]


def test_an_open_line_is_refused_before_the_password_leaves(web, server, memory, answers, qtbot):
    send(web, answers, qtbot, "http://kimdesa.example")
    assert "https" in answers.said[-1][1]
    assert not server.asked


# ------------------------------------------------------------------------------------- a real WordPress


CHILD = Person(id="anak", name="Rani Oktaviani", age_group="child", role="victim", protected=True)


def edit(session, **fields):
    """As a desk would, not saved yet: sending has to do that."""
    session.edit(StoryEdit("edit.body", lambda story: replace(story, **fields)))


def fill(account, choice):
    """Fills the form that is shown, and chooses."""

    def on_show(dialog):
        for field, text in ((dialog.address, account.address), (dialog.user, account.user)):
            field.setText(text)
        dialog.password.setText(account.password)
        fill.seen = [dialog.state.itemData(n) for n in range(dialog.state.count())]
        if choice in fill.seen:
            dialog.state.setCurrentIndex(fill.seen.index(choice))
        return True

    return on_show


def ready(session):
    """The open story, with nothing that stops it."""
    photos = tuple(replace(p, people_checked=True, credit="Budi") for p in session.story.photos)
    edit(session, status="ready", place="Sukamaju", byline=("Siti",), photos=photos)


def public_text(account, number):
    code, text = read_as_anybody(f"{account.address}/?rest_route=/wp/v2/posts/{number}")
    return text if code == 200 else ""


def test_from_draft_to_public_to_withdrawn_with_real_presses(web, real, memory, answers, qtbot):
    session = web._bench.session

    def press():
        qtbot.mouseClick(web.wordpress, Qt.MouseButton.LeftButton)

    answers.on_show = fill(real, "publish")
    press()
    assert fill.seen == ["draft"], "a draft is not offered to the public"
    (post,) = look(real, "posts", context="edit", status="any", slug=session.folder)
    assert (post["status"], post["title"]["raw"][:6]) == ("draft", "[DRAF]")
    assert session.story.publications == ()
    session.undo()
    # The post is found again by its address: that stays, whatever is taken back here and however the headline changes.
    assert is_address_out(web._bench.workspace, session.folder, session.story)

    ready(session)
    edit(session, body="Rani Oktaviani (9) ikut memperbaiki saluran irigasi.")
    press()
    assert fill.seen == ["draft", "publish"]
    assert "Rani Oktaviani" in public_text(real, post["id"])
    assert session.story.status == "published"

    edit(session, people=(CHILD,))
    shown = len([name for name in answers.asked if name == "WordPressDialog"])
    answers.answer = "back"  # offered with the refusal
    answers.on_show = fill(real, "trash")
    press()
    assert "Rani Oktaviani" in answers.asked[-2], "the refusal names what it found, and where it had appeared"
    assert "website" in answers.asked[-2]
    assert len([name for name in answers.asked if name == "WordPressDialog"]) == shown + 1
    assert public_text(real, post["id"]) == ""
    assert look(real, "media", per_page="50", parent=str(post["id"])) == []
    assert "ditarik" in web.told.text()


def test_photos_an_update_no_longer_shows_are_named_and_go_when_somebody_says_so(web, real, memory, answers, qtbot):
    session = web._bench.session
    ready(session)
    answers.on_show = fill(real, "publish")
    qtbot.mouseClick(web.wordpress, Qt.MouseButton.LeftButton)
    (post,) = look(real, "posts", context="edit", slug=session.folder)
    before = {one["source_url"] for one in look(real, "media", parent=str(post["id"]))}
    assert len(before) == 2
    first, *others = session.story.photos
    edit(session, photos=(replace(first, covers=(Cover(box=(0.2, 0.2, 0.5, 0.5)),)), *others))
    answers.answer = "leave"
    qtbot.mouseClick(web.wordpress, Qt.MouseButton.LeftButton)
    (bare,) = [link for link in before if link in answers.asked[-1]]
    assert read_as_anybody(bare)[0] == 200, "nothing goes unasked"
    answers.answer = "remove"
    qtbot.mouseClick(web.wordpress, Qt.MouseButton.LeftButton)
    assert read_as_anybody(bare)[0] == 404
    web.hide()
    web.show()
    assert web.back.isVisible()
    answers.on_show = fill(real, "trash")
    qtbot.mouseClick(web.back, Qt.MouseButton.LeftButton)
    assert look(real, "posts", context="edit", status="publish", slug=session.folder) == []
