"""The REST interface of a WordPress: its address made plain, one request at a time, every odd answer a ``UserError``.

What a site sends is anybody's: no JSON, half of it, brackets by the ten thousand, or JSON of another shape. Nothing of
it may end in a traceback, and no message shows a password that was typed into the address.
"""

from __future__ import annotations

import base64
import http.client
import re
import unicodedata
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Any

import msgspec

from studio.base.errors import UserError
from studio.base.json_text import decode_json

if TYPE_CHECKING:
    from collections.abc import Mapping

_PATIENCE = 60.0
_LARGEST_ANSWER = 8_000_000
_LARGEST_REFUSAL = 100_000
_LONGEST_SAID = 300
"""Characters of a site's own words that are shown."""
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_DOORS = re.compile(r"/(?:wp-(?:admin|json|login\.php)|index\.php)(?:/.*)?$", re.IGNORECASE)
"""What people copy along with the address of their site."""
_HOST = re.compile(
    r"(?:[a-z0-9_](?:[a-z0-9_\-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_\-]{0,61}[a-z0-9_])?\.?|[0-9a-f.]*:[0-9a-f:.]*"
)


@dataclass(frozen=True, slots=True)
class WordPressAccount:
    """A WordPress: its address, and who publishes there."""

    address: str
    user: str
    password: str = field(repr=False)


def plain_address(entered: str) -> str:
    """The address of a WordPress as it is kept and asked: with its scheme, without a slash at the end.

    Raises:
        UserError: ``wordpress.bad_address``, ``wordpress.password_in_address`` or ``wordpress.not_https``.
    """
    text = entered.strip()
    text = (text if re.match(r"[a-z][a-z0-9+.\-]*://", text, re.IGNORECASE) else f"https://{text.lstrip('/')}").strip()
    if "@" in re.split(r"[/?#]", text.split("://", 1)[1], maxsplit=1)[0]:
        raise UserError("wordpress.password_in_address", address=without_password(text))
    try:
        parts = urllib.parse.urlsplit(text)
        host, port = _ascii_host(parts.hostname or ""), parts.port
    except ValueError:  # UnicodeError, too
        raise UserError("wordpress.bad_address", address=without_password(entered)) from None
    if any(unicodedata.category(sign)[0] in "CZ" for sign in text) or not host or port == 0:
        raise UserError("wordpress.bad_address", address=without_password(entered))
    scheme = parts.scheme.lower()
    if scheme != "https" and not (scheme == "http" and host in _LOCAL):
        # A password must not cross the village's Wi-Fi in the clear.
        raise UserError("wordpress.not_https", address=entered)
    named = f"[{host}]" if ":" in host else host
    path = urllib.parse.quote(_DOORS.sub("", parts.path).rstrip("/"), safe="/%:@!$&'()*+,;=~")
    return f"{scheme}://{named}{f':{port}' if port is not None else ''}{path}"


def without_password(entered: str) -> str:
    """An address without what stands before ``@``: a name and a password some people have there."""
    return re.sub(r"^(\s*(?:[a-z][a-z0-9+.\-]*:)?/*)[^/?#]*@", r"\1", entered, flags=re.IGNORECASE)


def _ascii_host(name: str) -> str:
    """In ASCII.

    Raises:
        ValueError: no name of a computer.
    """
    plain = name if name.isascii() else name.encode("idna").decode("ascii")
    if not _HOST.fullmatch(plain):
        raise ValueError(name)
    return plain


class RestInterface:
    """Asks one WordPress as one account.

    Args:
        account: with its application password.

    Raises:
        UserError: see ``plain_address``.
    """

    def __init__(self, account: WordPressAccount) -> None:
        self.address = plain_address(account.address)
        secret = f"{account.user}:{account.password}".encode("utf-8", "replace")
        self._key = "Basic " + base64.b64encode(secret).decode("ascii")

    def one_record(
        self,
        method: str,
        path: str,
        fields: Mapping[str, Any] | None = None,
        query: Mapping[str, str] | None = None,
        *,
        taken: str = "",
    ) -> dict[str, Any]:
        """One thing: asked for, or made and changed to have ``fields``.

        Args:
            method: of HTTP.
            path: behind ``/wp/v2/``.
            fields: what it is to have.
            query: more of the address.
            taken: a code of WordPress's errors that is an answer too.

        Raises:
            UserError: ``wordpress.*``: no connection, wrong password, no right, what the server said.
        """
        body = msgspec.json.encode(fields) if fields is not None else None
        headers = {"Content-Type": "application/json"} if body else {}
        answer = self.send(method, path, query or {}, body, headers, taken=taken)
        if not isinstance(answer, dict):
            raise self.no_wordpress()
        return answer

    def all_records(self, path: str, query: Mapping[str, str]) -> list[dict[str, Any]]:
        """Several things.

        Raises:
            UserError: as of ``one_record``.
        """
        answer = self.send("GET", path, query)
        if not isinstance(answer, list) or not all(isinstance(one, dict) for one in answer):
            raise self.no_wordpress()
        return answer

    def number(self, record: Mapping[str, Any], name: str = "id") -> int:
        """A number of a thing; 0 stands for none, but everything has an ``id``.

        Raises:
            UserError: ``wordpress.no_wordpress``: there is none.
        """
        value = record.get(name) or 0
        if not isinstance(value, int) or value < (name == "id"):
            raise self.no_wordpress()
        return value

    def no_wordpress(self) -> UserError:
        """What answers is something else."""
        return UserError("wordpress.no_wordpress", address=self.address)

    def leads_on(self, slug: str) -> bool:
        """Whether readers who ask for a post by a name it no longer has are led on to another address."""
        asked = urllib.parse.urlencode({"name": slug})
        request = urllib.request.Request(f"{self.address}/index.php?{asked}", headers={"User-Agent": "KIM-Studio"})
        try:
            with urllib.request.build_opener(_NoRedirects()).open(request, timeout=_PATIENCE):
                return False
        except urllib.error.HTTPError as error:
            with error:
                return 300 <= error.code < 400
        except (OSError, http.client.HTTPException) as error:
            reason = str(getattr(error, "reason", error))
            raise UserError("wordpress.no_connection", address=self.address, reason=reason) from error

    def send(
        self,
        method: str,
        path: str,
        query: Mapping[str, str],
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        taken: str = "",
    ) -> object:
        """One request; what came back as JSON.

        Raises:
            UserError: as of ``one_record``.
        """
        # rest_route works whether or not the site has pretty addresses.
        asked = urllib.parse.urlencode({"rest_route": f"/wp/v2/{path}", **query})
        request = urllib.request.Request(
            f"{self.address}/index.php?{asked}",
            data=body,
            method=method,
            headers={"Authorization": self._key, "User-Agent": "KIM-Studio", **(headers or {})},
        )
        try:
            with urllib.request.build_opener(_NoRedirects()).open(request, timeout=_PATIENCE) as answer:
                return decode_json(answer.read(_LARGEST_ANSWER), object)
        except urllib.error.HTTPError as error:
            with error:
                said = _words_of(error)
                if taken and said.get("code") == taken:
                    return said
                raise _refused_error(self.address, error, said) from error
        except (OSError, http.client.IncompleteRead) as error:
            reason = str(getattr(error, "reason", error))
            raise UserError("wordpress.no_connection", address=self.address, reason=reason) from error
        except (http.client.HTTPException, ValueError, msgspec.MsgspecError) as error:
            raise self.no_wordpress() from error


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: the password goes to the address that was entered and nowhere else."""

    def redirect_request(self, *_: Any) -> None:  # noqa: ANN401 - urllib's signature
        """None makes urllib report the redirect as an error."""


def _words_of(error: urllib.error.HTTPError) -> dict[str, Any]:
    """What a refusal says, empty for nothing that can be read."""
    try:
        said = decode_json(error.read(_LARGEST_REFUSAL), object)
    except (OSError, http.client.HTTPException, ValueError, msgspec.MsgspecError):
        return {}
    return said if isinstance(said, dict) else {}


def _refused_error(address: str, error: urllib.error.HTTPError, said: Mapping[str, Any]) -> UserError:
    code, message = (words if isinstance(words := said.get(name), str) else "" for name in ("code", "message"))
    message = unescape(re.sub(r"<[^<>]*>", "", message))[:_LONGEST_SAID].strip()
    if 300 <= error.code < 400:
        return UserError("wordpress.moved", address=address, to=without_password(error.headers.get("Location", "?")))
    if error.code == 401 or code in {"incorrect_password", "invalid_username"}:
        return UserError("wordpress.password", address=address)
    if error.code == 403:
        return UserError("wordpress.no_right", address=address, said=message or "403")
    # WordPress gives a code with every refusal: a 404 without one comes from a server without a WordPress.
    if error.code == 404 and not code:
        return UserError("wordpress.no_wordpress", address=address)
    return UserError("wordpress.refused", address=address, said=message or str(error.code))
