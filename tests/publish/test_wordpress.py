"""Publishing to WordPress: against a real one (Debian's packages, its own MariaDB, PHP's own server, all local)."""

from __future__ import annotations

import base64
import http.server
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import threading
import urllib.parse
import urllib.request
from dataclasses import replace
from pathlib import Path

import pytest

from studio.base.errors import UserError
from studio.base.progress import Silent
from studio.publish import wordpress
from studio.publish.wordpress import Account, Image, Post, WordPress

SOURCE = Path("/usr/share/wordpress")
NEEDED = ("php", "mariadbd", "mariadb-install-db", "mariadb-admin")
CONFIG = """<?php
define('DB_NAME', 'wp'); define('DB_USER', 'root'); define('DB_PASSWORD', ''); define('DB_HOST', 'localhost:%s');
define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', ''); $table_prefix = 'wp_';
define('WP_HOME', '%s'); define('WP_SITEURL', '%s'); define('WP_ENVIRONMENT_TYPE', 'local');
define('WP_HTTP_BLOCK_EXTERNAL', true); define('DISABLE_WP_CRON', true); define('AUTOMATIC_UPDATER_DISABLED', true);
foreach (['AUTH_KEY','SECURE_AUTH_KEY','LOGGED_IN_KEY','NONCE_KEY','AUTH_SALT','SECURE_AUTH_SALT','LOGGED_IN_SALT',
  'NONCE_SALT'] as $name) define($name, 'uji-' . $name);
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""
INSTALL = """<?php
define('WP_INSTALLING', true); $_SERVER['HTTP_HOST'] = '127.0.0.1';
require __DIR__ . '/wp-load.php'; require __DIR__ . '/wp-admin/includes/upgrade.php';
function wp_mail() { return true; }
wp_install('Uji', 'siti', 'siti@contoh.id', true, '', 'rahasia');
echo "KUNCI=" . WP_Application_Passwords::create_new_application_password(1, ['name' => 'kim'])[0] . "\\n";
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(ready) -> None:
    """Asks until it is so, at most half a minute."""
    pause = threading.Event()
    for _ in range(300):
        if ready():
            return
        pause.wait(0.1)
    raise TimeoutError


@pytest.fixture(scope="session")
def real(tmp_path_factory):
    """A WordPress that runs; its account."""
    if not SOURCE.is_dir() or not all(shutil.which(name) for name in NEEDED):
        pytest.skip("wordpress, php-cli, php-mysql or mariadb-server is not installed")
    base = tmp_path_factory.mktemp("wp")
    sock, data = f"/tmp/kim-{secrets.token_hex(4)}.sock", base / "data"
    me = os.environ.get("USER") or subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout
    me = me.strip()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    made = ["mariadb-install-db", "--no-defaults", f"--datadir={data}", f"--user={me}", "--skip-test-db"]
    subprocess.run([*made, "--auth-root-authentication-method=normal"], check=True, **quiet)
    small = ["--innodb-buffer-pool-size=16M", "--innodb-flush-log-at-trx-commit=0", "--performance-schema=0"]
    ground = ["--no-defaults", f"--datadir={data}", f"--socket={sock}", "--skip-networking", f"--user={me}"]
    database = subprocess.Popen(["mariadbd", *ground, f"--pid-file={base / 'pid'}", *small], **quiet)
    admin = ["mariadb-admin", "--no-defaults", f"--socket={sock}", "-uroot"]
    server = None
    try:
        wait_for(lambda: subprocess.run([*admin, "ping"], check=False, **quiet).returncode == 0)
        subprocess.run([*admin, "create", "wp"], check=True, **quiet)
        port, root = free_port(), base / "wp"
        subprocess.run(["cp", "-rL", SOURCE, root], check=False, **quiet)
        address = f"http://127.0.0.1:{port}"
        (root / "wp-config.php").unlink()
        (root / "wp-config.php").write_text(CONFIG % (sock, address, address), encoding="utf-8")
        (root / "pasang.php").write_text(INSTALL, encoding="utf-8")
        said = subprocess.run(["php", root / "pasang.php"], capture_output=True, text=True, check=True).stdout
        key = re.search(r"KUNCI=(\S+)", said)[1]
        server = subprocess.Popen(["php", "-S", f"127.0.0.1:{port}", "-t", root], **quiet)
        wait_for(lambda: _listens(port))
        yield Account(address, "siti", key)
    finally:
        for process in (server, database):
            if process is not None:
                process.terminate()
                process.wait()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="module")
def pictures(tmp_path_factory):
    from PIL import Image as Picture

    base = tmp_path_factory.mktemp("gambar")
    made = []
    for number, color in enumerate(((30, 140, 70), (180, 80, 40))):
        made.append(base / f"{number}.jpg")
        Picture.new("RGB", (640, 480), color).save(made[-1])
    return made


@pytest.fixture
def post(pictures):
    images = (Image(pictures[0], "Warga & sawah", "Sawah"), Image(pictures[1], "Panen <raya>", "Padi"))
    return Post(
        "2026-11-22-panen-raya", "Panen raya “padi”", "<p>Hasil naik.</p>", "Ringkas.", ("Panen", "Desa & kota"), images
    )


def look(account: Account, path: str, **query):
    """What WordPress itself says."""
    asked = urllib.parse.urlencode({"rest_route": f"/wp/v2/{path}", **query})
    key = base64.b64encode(f"{account.user}:{account.password}".encode()).decode()
    request = urllib.request.Request(f"{account.address}/?{asked}", headers={"Authorization": f"Basic {key}"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.loads(answer.read())


def test_a_story_becomes_a_draft_then_is_updated_and_published_in_place(real, post):
    account = WordPress(real)
    assert account.check() == "siti"
    first = account.publish(post, "draft", Silent())
    assert (first.created, first.uploaded, first.status) == (True, 2, "draft")
    raw = look(real, f"posts/{first.number}", context="edit")
    assert raw["title"]["raw"] == post.title
    assert "Panen &lt;raya&gt;" in raw["content"]["raw"]
    assert len(raw["tags"]) == 2
    featured = look(real, f"media/{raw['featured_media']}", context="edit")
    assert (featured["caption"]["raw"], featured["alt_text"]) == ("Warga & sawah", "Sawah")

    again = account.publish(post, "draft", Silent())
    assert (again.number, again.created, again.uploaded) == (first.number, False, 0)

    out = account.publish(replace(post, title="Panen raya, hasil naik"), "publish", Silent())
    assert (out.number, out.status) == (first.number, "publish")
    public = f"{real.address}/?rest_route=/wp/v2/posts/{out.number}"  # as any reader, without a password
    with urllib.request.urlopen(public, timeout=60) as page:
        assert json.loads(page.read())["title"]["rendered"] == "Panen raya, hasil naik"

    kept = account.publish(post, "draft", Silent())
    assert kept.status == "publish", "what is public must not disappear silently"
    assert len(look(real, "posts", context="edit", status="any", per_page="50", search="Panen raya")) == 1
    assert len(look(real, "media", per_page="50")) == 2
    assert len(look(real, "tags", per_page="50")) == 2


def test_a_wrong_password_is_told_in_plain_words(real, post):
    with pytest.raises(UserError, match=r"wordpress\.password"):
        WordPress(replace(real, password="salah")).publish(post, "draft", Silent())


def test_a_password_never_goes_over_plain_http():
    with pytest.raises(UserError, match=r"wordpress\.not_https"):
        WordPress(Account("http://desa.contoh.id", "siti", "x"))
    WordPress(Account("desa.contoh.id", "siti", "x"))


def test_nobody_there_is_told(post):
    with pytest.raises(UserError, match=r"wordpress\.no_connection"):
        WordPress(Account(f"http://127.0.0.1:{free_port()}", "siti", "x")).check()


@pytest.mark.parametrize(
    ("status", "headers", "body", "code"),
    [
        (302, {"Location": "https://lain.contoh.id/"}, b"", "wordpress.moved"),
        (200, {}, b"<html>bukan</html>", "wordpress.no_wordpress"),
        (404, {}, b"tidak ada", "wordpress.no_wordpress"),
        (403, {}, b'{"code":"rest_cannot_create","message":"tidak boleh"}', "wordpress.no_right"),
        (500, {}, b"", "wordpress.refused"),
    ],
)
def test_other_answers_are_told(status, headers, body, code):
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            with pytest.raises(UserError) as raised:
                WordPress(Account(f"http://127.0.0.1:{server.server_address[1]}", "siti", "x")).check()
        finally:
            server.shutdown()
            thread.join()
    assert raised.value.code == code


def test_the_password_is_kept_in_the_keyring_only(monkeypatch):
    class Ring:
        def __init__(self):
            self.kept = {}

        def set_password(self, service, name, password):
            self.kept[service, name] = password

        def get_password(self, service, name):
            return self.kept.get((service, name))

        def delete_password(self, service, name):
            del self.kept[service, name]

    ring = Ring()
    monkeypatch.setattr(wordpress, "_keyring", lambda: ring)
    wordpress.keep_password("contoh.id", "siti", "abcd")
    assert wordpress.kept_password("contoh.id", "siti") == "abcd"
    wordpress.keep_password("contoh.id", "siti", "")
    assert wordpress.kept_password("contoh.id", "siti") == ""
    monkeypatch.setattr(ring, "get_password", lambda *_: 1 / 0)
    with pytest.raises(UserError, match=r"wordpress\.no_keyring"):
        wordpress.kept_password("contoh.id", "siti")
