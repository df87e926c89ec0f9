"""Puts a story on the group's own WordPress, through its REST interface and an application password; and takes it back.

Idempotent: the post is found by its slug (the story's folder), media by the hash in their slug, so a second run
updates in place and uploads nothing twice. Pictures the post no longer shows, such as one without a cover laid since,
are named and go when somebody says so. Off until somebody enters an address and a password; the password lives in the
system's keyring only.
"""

from __future__ import annotations

import base64
import json
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from html import escape, unescape
from typing import TYPE_CHECKING, Any, Literal

from studio.base.errors import UserError
from studio.export.files import digest
from studio.export.gate import ReleasedStory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from studio.base.progress import Progress
    from studio.export.web_post import WebImage, WebPost

SERVICE = "KIM Studio WordPress"
"""The name of the entries in the keyring."""
_PATIENCE = 60.0
_LARGEST_ANSWER = 8_000_000
_ANY = "publish,draft,pending,private,future"
_OURS = re.compile(r"kim-[0-9a-f]{24}")
"""The slug of a picture we sent, as it stands in the text of a post too."""
_TYPES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}


@dataclass(frozen=True, slots=True)
class Account:
    """A WordPress: its address, and who publishes there."""

    address: str
    user: str
    password: str


@dataclass(frozen=True, slots=True)
class Leftover:
    """A picture in the library that was sent for a post and is no longer shown by it; everybody can still open it."""

    number: int
    slug: str
    link: str


@dataclass(frozen=True, slots=True)
class Published:
    """What became of it; ``leftovers`` wait for somebody to say that they are to go."""

    number: int
    link: str
    status: str
    created: bool
    uploaded: int
    leftovers: tuple[Leftover, ...] = ()


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What was taken off the site: the post (0: there was none) and pictures; ``kept`` are shown by other posts too."""

    number: int
    pictures: int
    kept: tuple[Leftover, ...] = ()


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

    def publish(
        self, post: WebPost, progress: Progress, *, public: bool, confirm: Callable[[], object] = lambda: None
    ) -> Published:
        """Make the post, or bring it up to date. A post that is public stays so.

        Args:
            post: what the gate let out, rendered.
            progress: in pictures.
            public: whether readers are to see it at once; never for a draft.
            confirm: asked when the pictures are there, before the post is: its error takes them back.

        Raises:
            UserError: ``wordpress.*``: no connection, wrong password, no right, what the server said; not ready to be
                public; or what ``confirm`` says.
            Cancelled: from ``progress``; a second run goes on without uploading anything twice.
        """
        _check_released(post, public=public)
        total = len(post.images) + 2
        progress.report(0, total, post.title)
        self.check()  # a wrong password is told as such: looking for drafts without one is refused in other words
        found = self._find("posts", post.slug, {"status": _ANY})
        if found is not None and found.get("status") in {"publish", "future"} and post.released.draft:
            raise UserError("wordpress.draft_is_public", link=str(found.get("link", "")))
        before = self._pictures_of(found) if found is not None else ()
        media: list[dict[str, Any]] = []
        fresh: list[int] = []
        for number, image in enumerate(post.images, 1):
            made, uploaded = self._image(image)
            media.append(made)
            fresh += [int(made["id"])] if uploaded else []
            progress.report(number, total, image.path.name)
        try:
            confirm()
        except UserError:
            for one in fresh:
                self._delete("media", one, force=True)
            raise
        progress.report(total - 1, total, post.title)
        answer = self._put(post, found, media, public=public)
        for made in media:
            if not made.get("post"):
                self._ask("POST", f"media/{made['id']}", {"post": answer["id"]})
        if post.old_slug:
            self.take_back(post.old_slug, "trash", progress)
        shown = {int(made["id"]) for made in media}
        left = tuple(one for one in before if one.number not in shown)
        progress.report(total, total, post.title)
        return Published(int(answer["id"]), str(answer["link"]), str(answer["status"]), not found, len(fresh), left)

    def _put(
        self, post: WebPost, found: Mapping[str, Any] | None, media: Sequence[Mapping[str, Any]], *, public: bool
    ) -> dict[str, Any]:
        fields = {
            "slug": post.slug,
            "title": post.title,
            "content": post.html + "".join(_figure(m, i) for m, i in zip(media[1:], post.images[1:], strict=True)),
            "excerpt": post.summary,
            "tags": [self._tag(name) for name in post.tags],
            "featured_media": media[0]["id"] if media else 0,
            "status": "publish" if public or (found and found.get("status") == "publish") else "draft",
        }
        return self._ask("POST", f"posts/{found['id']}" if found else "posts", fields)

    # --------------------------------------------------------------------------------------- taking back

    def take_back(self, slug: str, to: Literal["draft", "trash"], progress: Progress) -> TakenBack:
        """Take a post off the site, and delete the pictures that were sent for it: a hidden post does not hide those.

        Args:
            slug: the story's folder.
            to: a draft only the group sees, or WordPress's bin.
            progress: in steps.

        Raises:
            UserError: see ``publish``.
        """
        progress.report(0, 2, slug)
        self.check()
        found = self._find("posts", slug, {"status": _ANY})
        if found is None:
            return TakenBack(0, 0)
        pictures = self._pictures_of(found)
        number = int(found["id"])
        if to == "trash":
            self._delete("posts", number)
        else:
            self._ask("POST", f"posts/{number}", {"status": "draft", "featured_media": 0})
        progress.report(1, 2, slug)
        kept = self.remove(pictures, but=number)
        progress.report(2, 2, slug)
        return TakenBack(number, len(pictures) - len(kept), kept)

    def remove(self, pictures: Sequence[Leftover], *, but: int = 0) -> tuple[Leftover, ...]:
        """Delete pictures from the library, for good.

        Args:
            pictures: what ``publish`` left over.
            but: number of a post that does not count as showing them.

        Returns:
            Those that another post or page shows: they stay.

        Raises:
            UserError: see ``publish``.
        """
        featured = dict(self._featured()) if pictures else {}
        kept = []
        for picture in pictures:
            users = {post for post, media in featured.items() if media == picture.number} | self._showing(picture.slug)
            if users - {but}:
                kept.append(picture)
            else:
                self._delete("media", picture.number, force=True)
        return tuple(kept)

    def _pictures_of(self, post: Mapping[str, Any]) -> tuple[Leftover, ...]:
        """The pictures we sent for a post: those in its text, the featured one, and those the library keeps with it."""
        text = str(dict(post.get("content") or {}).get("raw", ""))
        found = self._send("GET", "media", {"parent": str(post["id"]), "per_page": "100", "context": "edit"}, None, {})
        ours = [one for one in found if _OURS.match(str(one.get("slug", "")))]
        if featured := int(post.get("featured_media") or 0):
            ours += list(self._send("GET", "media", {"include": str(featured)}, None, {}))
        known = {str(one.get("slug", "")) for one in ours}
        for slug in set(_OURS.findall(text)) - known:
            one = self._find("media", slug, {"status": "inherit"})
            ours += [one] if one is not None else []
        every = {
            int(one["id"]): Leftover(int(one["id"]), str(one["slug"]), str(one.get("source_url", "")))
            for one in ours
            if _OURS.match(str(one.get("slug", "")))
        }
        return tuple(every.values())

    def _featured(self) -> Iterator[tuple[int, int]]:
        """Every post with its featured picture."""
        for page in range(1, 1000):
            query = {"per_page": "100", "page": str(page), "status": _ANY, "_fields": "id,featured_media"}
            found = self._send("GET", "posts", query | {"context": "edit"}, None, {})
            yield from ((int(post["id"]), int(post.get("featured_media") or 0)) for post in found)
            if len(found) < 100:
                return

    def _showing(self, slug: str) -> set[int]:
        """Posts and pages that have the picture in their text."""
        query = {"search": slug, "status": _ANY, "per_page": "100", "context": "edit", "_fields": "id,content"}
        found = [one for what in ("posts", "pages") for one in self._send("GET", what, query, None, {})]
        return {int(one["id"]) for one in found if slug in str(dict(one.get("content") or {}).get("raw", ""))}

    def _delete(self, what: str, number: int, *, force: bool = False) -> None:
        self._send("DELETE", f"{what}/{number}", {"force": "true"} if force else {}, None, {})

    # --------------------------------------------------------------------------------------- the interface

    def _image(self, image: WebImage) -> tuple[dict[str, Any], bool]:
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


def _check_released(post: WebPost, *, public: bool) -> None:
    if not isinstance(post.released, ReleasedStory):
        raise TypeError("only what the gate let out is sent")
    if public and post.released.draft:
        raise UserError("wordpress.not_ready", story=post.released.folder)


def _figure(media: Mapping[str, Any], image: WebImage) -> str:
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
