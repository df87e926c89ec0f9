"""A real WordPress for tests: Debian's packages, its own MariaDB, PHP's own server, all local."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import threading
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from studio.publish.wordpress_rest import WordPressAccount

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    with running(tmp_path_factory.mktemp("wp")) as account:
        yield account


@contextlib.contextmanager
def running(base: Path) -> Iterator[WordPressAccount]:
    """A WordPress in an empty folder, as long as it is wanted."""
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
        server = subprocess.Popen(["php", "-d", "opcache.enable_cli=1", "-S", f"127.0.0.1:{port}", "-t", root], **quiet)
        wait_for(lambda: _listens(port))
        yield WordPressAccount(address, "siti", key)
    finally:
        for process in (server, database):
            if process is not None:
                process.terminate()
                process.wait()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def look(account: WordPressAccount, path: str, **query):
    """What WordPress itself says."""
    asked = urllib.parse.urlencode({"rest_route": f"/wp/v2/{path}", **query})
    key = base64.b64encode(f"{account.user}:{account.password}".encode()).decode()
    request = urllib.request.Request(f"{account.address}/?{asked}", headers={"Authorization": f"Basic {key}"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.loads(answer.read())


def read_as_anybody(address: str) -> tuple[int, str]:
    """Status and text of an address, without a password, as any reader sees it."""
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            return answer.status, answer.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode("utf-8", "replace")
