"""Puts a story on the group's own WordPress, through its REST interface and an application password.

Idempotent: the post is found by its slug (the story's folder), media by the hash in their slug, so a second run
updates in place and uploads nothing twice. Nothing is deleted. Off until somebody enters an address and a password;
the password lives in the system's keyring only.
"""

from __future__ import annotations

import base64
import json
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from html import escape, unescape
from typing import TYPE_CHECKING, Any, Literal

from studio.base.errors import UserError
from studio.export.files import digest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from studio.base.progress import Progress

SERVICE = "KIM Studio WordPress"
"""The name of the entries in the keyring."""
_PATIENCE = 60.0
_LARGEST_ANSWER = 8_000_000
_TYPES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}


@dataclass(frozen=True, slots=True)
class Account:
    """A WordPress: its address, and who publishes there."""

    address: str
    user: str
    password: str


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of the post."""

    path: Path
    caption: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """What goes to WordPress.

    ``html`` is the text without pictures; the first image is the featured one, the others follow the text. ``slug``
    is what the post is found by again.
    """

    slug: str
    title: str
    html: str
    summary: str = ""
    tags: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()


@dataclass(frozen=True, slots=True)
class Published:
    """What became of it."""

    number: int
    link: str
    status: str
    created: bool
    uploaded: int


class WordPress:
    """One account.

    Args:
        account: with its application password.
    """

    def __init__(self, account: Account) -> None:
        address = account.address.strip().rstrip("/")
        self._address = address if "://" in address else f"https://{address}"
        parts = urllib.parse.urlsplit(self._address)
        local = parts.hostname in {"localhost", "127.0.0.1", "::1"}
        if parts.scheme != "https" and not (parts.scheme == "http" and local):
            # A password must not cross the village's Wi-Fi in the clear.
            raise UserError("wordpress.not_https", address=account.address)
        secret = f"{account.user}:{account.password}".encode()
        self._key = "Basic " + base64.b64encode(secret).decode("ascii")

    def check(self) -> str:
        """The name WordPress knows the user by.

        Raises:
            UserError: see ``publish``.
        """
        return str(self._ask("GET", "users/me", query={"context": "edit"}).get("name", ""))

    def publish(self, post: Post, status: Literal["draft", "publish"], progress: Progress) -> Published:
        """Make the post, or bring it up to date. A post that is public stays so.

        Raises:
            UserError: ``wordpress.*``: no connection, wrong password, no right, or what the server said.
            Cancelled: from ``progress``; a second run goes on without uploading anything twice.
        """
        total = len(post.images) + 2
        progress.report(0, total, post.title)
        self.check()  # a wrong password is told as such: looking for drafts without one is refused in other words
        found = self._find("posts", post.slug, {"status": "publish,draft,pending,private,future"})
        media: list[dict[str, Any]] = []
        uploaded = 0
        for number, image in enumerate(post.images, 1):
            made, fresh = self._image(image)
            media.append(made)
            uploaded += fresh
            progress.report(number, total, image.path.name)
        fields = {
            "slug": post.slug,
            "title": post.title,
            "content": post.html + "".join(_figure(m, i) for m, i in zip(media[1:], post.images[1:], strict=True)),
            "excerpt": post.summary,
            "tags": [self._tag(name) for name in post.tags],
            "featured_media": media[0]["id"] if media else 0,
            "status": "publish" if found and found.get("status") == "publish" else status,
        }
        progress.report(total - 1, total, post.title)
        answer = self._ask("POST", f"posts/{found['id']}" if found else "posts", fields)
        progress.report(total, total, post.title)
        return Published(int(answer["id"]), str(answer["link"]), str(answer["status"]), not found, uploaded)

    def _image(self, image: Image) -> tuple[dict[str, Any], bool]:
        """The picture in the library, uploaded when it is not there yet."""
        slug = f"kim-{digest(image.path)[0][:24]}"
        words = {"caption": image.caption, "alt_text": image.alt}
        found = self._find("media", slug, {"status": "inherit"})
        if found is not None:
            return self._ask("POST", f"media/{found['id']}", words), False
        kind = _TYPES.get(image.path.suffix.lower(), "application/octet-stream")
        name = f"{slug}{image.path.suffix.lower()}"
        headers = {"Content-Type": kind, "Content-Disposition": f'attachment; filename="{name}"'}
        made = self._send("POST", "media", {}, image.path.read_bytes(), headers)
        return self._ask("POST", f"media/{made['id']}", {"slug": slug, **words}), True

    def _tag(self, name: str) -> int:
        for found in self._send(
            "GET", "tags", {"search": escape(name, quote=False), "per_page": "100", "context": "edit"}, None, {}
        ):
            if unescape(str(found["name"])).casefold() == name.casefold():  # WordPress keeps "&" as "&amp;"
                return int(found["id"])
        return int(self._ask("POST", "tags", {"name": name})["id"])

    def _find(self, what: str, slug: str, more: Mapping[str, str]) -> dict[str, Any] | None:
        answer = self._send("GET", what, {"slug": slug, "context": "edit", **more}, None, {})
        return next((found for found in answer if found.get("slug") == slug), None)

    def _ask(
        self, method: str, path: str, fields: Mapping[str, Any] | None = None, query: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        body = json.dumps(fields).encode() if fields is not None else None
        answer = self._send(method, path, query or {}, body, {"Content-Type": "application/json"} if body else {})
        return dict(answer)

    def _send(
        self, method: str, path: str, query: Mapping[str, str], body: bytes | None, headers: Mapping[str, str]
    ) -> Any:  # noqa: ANN401 - JSON
        # rest_route works whether or not the site has pretty addresses.
        asked = urllib.parse.urlencode({"rest_route": f"/wp/v2/{path}", **query})
        request = urllib.request.Request(
            f"{self._address}/index.php?{asked}",
            data=body,
            method=method,
            headers={"Authorization": self._key, "User-Agent": "KIM-Studio", **headers},
        )
        try:
            with urllib.request.build_opener(_Stay()).open(request, timeout=_PATIENCE) as answer:
                return json.loads(answer.read(_LARGEST_ANSWER))
        except urllib.error.HTTPError as error:
            with error:
                raise _refused(self._address, error) from error
        except (OSError, urllib.error.URLError) as error:
            reason = str(getattr(error, "reason", error))
            raise UserError("wordpress.no_connection", address=self._address, reason=reason) from error
        except ValueError as error:
            raise UserError("wordpress.no_wordpress", address=self._address) from error


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: the password goes to the address that was entered and nowhere else."""

    def redirect_request(self, *_: Any) -> None:  # noqa: ANN401 - urllib's signature
        """None makes urllib report the redirect as an error."""


def _refused(address: str, error: urllib.error.HTTPError) -> UserError:
    try:
        said = json.loads(error.read(100_000))
        code, message = str(said.get("code", "")), str(said.get("message", ""))
    except (ValueError, AttributeError):
        code, message = "", ""
    if 300 <= error.code < 400:
        return UserError("wordpress.moved", address=address, to=error.headers.get("Location", "?"))
    if error.code == 401 or code in {"incorrect_password", "invalid_username"}:
        return UserError("wordpress.password", address=address)
    if error.code == 403:
        return UserError("wordpress.no_right", address=address, said=message or "403")
    if error.code == 404 and not code:
        return UserError("wordpress.no_wordpress", address=address)
    return UserError("wordpress.refused", address=address, said=message or str(error.code))


def _figure(media: Mapping[str, Any], image: Image) -> str:
    caption = f"<figcaption>{escape(image.caption)}</figcaption>" if image.caption else ""
    source = escape(str(media.get("source_url", "")), quote=True)
    return (
        f'\n<figure class="wp-block-image"><img src="{source}" alt="{escape(image.alt, quote=True)}">{caption}</figure>'
    )


# ------------------------------------------------------------------------------------------------ the password


def keep_password(address: str, user: str, password: str) -> None:
    """Put the application password into the system's keyring; "" takes it out.

    Raises:
        UserError: ``wordpress.no_keyring``.
    """
    keyring = _keyring()
    try:
        if password:
            keyring.set_password(SERVICE, f"{user}@{address}", password)
        elif keyring.get_password(SERVICE, f"{user}@{address}") is not None:
            keyring.delete_password(SERVICE, f"{user}@{address}")
    except Exception as error:  # every backend has its own errors
        raise UserError("wordpress.no_keyring") from error


def kept_password(address: str, user: str) -> str:
    """The application password from the keyring, "" for none.

    Raises:
        UserError: ``wordpress.no_keyring``.
    """
    keyring = _keyring()
    try:
        return str(keyring.get_password(SERVICE, f"{user}@{address}") or "")
    except Exception as error:  # every backend has its own errors
        raise UserError("wordpress.no_keyring") from error


def _keyring() -> Any:  # noqa: ANN401 - an optional module
    try:
        import keyring
    except ImportError as error:
        raise UserError("wordpress.no_keyring") from error
    return keyring
