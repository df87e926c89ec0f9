"""Puts a story on the group's own WordPress, through its REST interface and an application password; and takes it back.

Idempotent: the post is found by its slug (the story's folder), media by the hash in their slug, so a second run
updates in place and uploads nothing twice. Pictures the post no longer shows, such as one without a cover laid since,
are named and go when the user says so. Off until the user enters an address and a password; the password lives in the
system's keyring only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Any, Literal

from studio.base.errors import UserError
from studio.base.finished_files import file_digest
from studio.base.media_types import media_name
from studio.publish.wordpress_rest import RestInterface, WordPressAccount, plain_address
from studio.publish.wordpress_words import asked_slug, code_free, named_alike, same_slug, title_words
from studio.release.release_gate import ReleasedStory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from studio.base.progress import Progress
    from studio.services.web_post import WebImage, WebPost

SERVICE = "KIM Studio WordPress"
"""The name of the entries in the keyring."""
_ANY = "publish,draft,pending,private,future"
_OURS = re.compile(r"kim-[0-9a-f]{24}")
"""The slug of a picture we sent, as it is in the text of a post too."""


@dataclass(frozen=True, slots=True)
class LeftoverPicture:
    """A picture in the library that was sent for a post and is no longer shown by it; everybody can still open it."""

    number: int
    slug: str
    link: str


@dataclass(frozen=True, slots=True)
class PublishedPost:
    """What became of it; ``leftovers`` wait for the user to say that they are to go."""

    number: int
    link: str
    status: str
    created: bool
    uploaded: int
    leftovers: tuple[LeftoverPicture, ...] = ()


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What was taken off the site: the post (0: there was none) and pictures; ``kept`` are shown by other posts too."""

    number: int
    pictures: int
    kept: tuple[LeftoverPicture, ...] = ()


class WordPress:
    """One account.

    Args:
        account: with its application password.
    """

    def __init__(self, account: WordPressAccount) -> None:
        self._site = RestInterface(account)

    def check(self) -> str:
        """The name WordPress knows the user by.

        Raises:
            UserError: see ``publish_post``.
        """
        name = self._site.one_record("GET", "users/me", query={"context": "edit"}).get("name")
        if not isinstance(name, str):
            raise self._site.no_wordpress()
        return name

    def publish_post(
        self, post: WebPost, progress: Progress, *, public: bool, confirm: Callable[[], object] = lambda: None
    ) -> PublishedPost:
        """Make the post, or bring it up to date. A post that is public stays so.

        Args:
            post: what the gate let out, rendered.
            progress: in pictures.
            public: whether readers are to see it at once; never for a draft.
            confirm: asked when the pictures are there, before the post is: its error takes them back.

        Raises:
            UserError: ``wordpress.*``: no connection, wrong password, no right, what the server said; not ready to be
                public; or what ``confirm`` says.
            WorkCancelled: from ``progress``; a second run goes on without uploading anything twice.
        """
        _check_released(post, public=public)
        total = len(post.images) + 2
        progress.report(0, total, post.title)
        self.check()  # a wrong password is named as such: looking for drafts without one is refused in other words
        found = self._find_post(post)
        if found is not None and found.get("status") in {"publish", "future"} and post.released.draft:
            raise UserError("wordpress.draft_is_public", link=str(found.get("link", "")))
        # Asked before anything changes: afterwards the post no longer tells which pictures it showed.
        before = self._pictures_of(found) if found is not None else ()
        media: list[dict[str, Any]] = []
        fresh: list[int] = []
        for number, image in enumerate(post.images, 1):
            made, uploaded = self._image(image)
            media.append(made)
            fresh += [self._site.number(made)] if uploaded else []
            progress.report(number, total, image.path.name)
        try:
            confirm()
        except UserError:
            for one in fresh:
                self._delete_thing("media", one, force=True)
            raise
        progress.report(total - 1, total, post.title)
        answer = self._put_post(post, found, media, public=public)
        number = self._site.number(answer)
        for made in media:
            if not made.get("post"):
                self._site.one_record("POST", f"media/{self._site.number(made)}", {"post": number})
        if post.old_slug:
            self.take_back(post.old_slug, "trash", progress)
        shown = {self._site.number(made) for made in media}
        left = tuple(one for one in before if one.number not in shown)
        progress.report(total, total, post.title)
        link, state = str(answer.get("link", "")), str(answer.get("status", ""))
        return PublishedPost(number, link, state, not found, len(fresh), left)

    def _find_post(self, post: WebPost) -> dict[str, Any] | None:
        """The post of a story, also under an address it had before it was renamed."""
        found = self._find_thing("posts", post.slug, {"status": _ANY})
        names = iter(post.former)
        while found is None and (former := next(names, None)) is not None:
            found = self._find_thing("posts", former.name, {"status": _ANY})
        return found

    def _drop_address(self, post: WebPost, found: Mapping[str, Any]) -> None:
        """Leave no way from an old address that leads to a protected person.

        WordPress leads readers on from the address a public post had (``_wp_old_slug``); of a hidden one it keeps none.
        """
        place, hidden = f"posts/{self._site.number(found)}", {"status": "draft", "slug": post.slug}
        for name in (former.name for former in post.former if not former.points_on):
            if same_slug(str(found.get("slug", "")), name):
                self._site.one_record("POST", place, hidden)
            elif self._site.leads_on(name):
                # It forgets an old address only when the post has it again, in public: locked, and without its words.
                locked = {"status": "publish", "password": token_urlsafe(), "title": "–", "content": "", "excerpt": ""}
                self._site.one_record("POST", place, {**locked, "slug": name})
                self._site.one_record("POST", place, {**hidden, "password": str(found.get("password", ""))})

    def _put_post(
        self, post: WebPost, found: Mapping[str, Any] | None, media: Sequence[Mapping[str, Any]], *, public: bool
    ) -> dict[str, Any]:
        figures = "".join(_figure_html(m, i) for m, i in zip(media[1:], post.images[1:], strict=True))
        fields = {
            "slug": post.slug,
            "title": title_words(post.title),
            "content": code_free(post.html + figures),
            "excerpt": title_words(post.summary),
            "tags": list(dict.fromkeys(self._tag_number(name) for name in post.tags if name.strip())),
            "featured_media": self._site.number(media[0]) if media else 0,
            "status": "publish" if public or (found and found.get("status") == "publish") else "draft",
        }
        if found:
            self._drop_address(post, found)
            return self._site.one_record("POST", f"posts/{self._site.number(found)}", fields)
        made = self._site.one_record("POST", "posts", fields)
        first = self._first_post(post.slug)
        if first is None or first >= self._site.number(made):
            return made
        # Another machine sent the same story at the same moment: the older post stays, whoever comes second yields.
        self._delete_thing("posts", self._site.number(made), force=True)
        return self._site.one_record("POST", f"posts/{first}", fields)

    def _first_post(self, slug: str) -> int | None:
        """The oldest post of a story; a second one of the same name got ``-2`` behind it."""
        query = {"slug": asked_slug(slug), "status": _ANY, "context": "edit", "orderby": "id", "order": "asc"}
        found = [one for one in self._site.all_records("posts", query) if same_slug(str(one.get("slug", "")), slug)]
        return min((self._site.number(one) for one in found), default=None)

    # --------------------------------------------------------------------------------------- taking back

    def take_back(self, slug: str, to: Literal["draft", "trash"], progress: Progress) -> TakenBack:
        """Take a post off the site, and delete the pictures that were sent for it: a hidden post does not hide those.

        Args:
            slug: the story's folder.
            to: a draft only the group sees, or WordPress's bin.
            progress: in steps.

        Raises:
            UserError: see ``publish_post``.
        """
        progress.report(0, 2, slug)
        self.check()
        found = self._find_thing("posts", slug, {"status": _ANY})
        if found is None:
            return TakenBack(0, 0)
        pictures = self._pictures_of(found)
        number = self._site.number(found)
        if to == "trash":
            self._delete_thing("posts", number)
        else:
            # The draft must not name a picture that is about to be deleted.
            self._site.one_record("POST", f"posts/{number}", {"status": "draft", "featured_media": 0})
        progress.report(1, 2, slug)
        kept = self.remove(pictures, but=number)
        progress.report(2, 2, slug)
        return TakenBack(number, len(pictures) - len(kept), kept)

    def remove(self, pictures: Sequence[LeftoverPicture], *, but: int = 0) -> tuple[LeftoverPicture, ...]:
        """Delete pictures from the library, for good.

        Args:
            pictures: what ``publish_post`` left over.
            but: number of a post that does not count as showing them.

        Returns:
            Those that another post or page shows: they stay.

        Raises:
            UserError: see ``publish_post``.
        """
        featured = dict(self._featured_pictures()) if pictures else {}
        kept = []
        for picture in pictures:
            users = {post for post, media in featured.items() if media == picture.number} | self._showing_posts(
                picture.slug
            )
            # Someone may have used the picture in a post of their own: deleting it would leave a hole there.
            if users - {but}:
                kept.append(picture)
            else:
                # WordPress has no bin for media: without ``force`` it refuses.
                self._delete_thing("media", picture.number, force=True)
        return tuple(kept)

    def _pictures_of(self, post: Mapping[str, Any]) -> tuple[LeftoverPicture, ...]:
        """The pictures we sent for a post: those in its text, the featured one, and those the library keeps with it."""
        text, number = _raw_text(post), str(self._site.number(post))
        ours = self._site.all_records("media", {"parent": number, "per_page": "100", "context": "edit"})
        if featured := self._site.number(post, "featured_media"):
            ours += self._site.all_records("media", {"include": str(featured)})
        known = {str(one.get("slug", "")) for one in ours}
        for slug in set(_OURS.findall(text)) - known:
            one = self._find_thing("media", slug, {"status": "inherit"})
            ours += [one] if one is not None else []
        every = {
            self._site.number(one): LeftoverPicture(
                self._site.number(one), str(one.get("slug", "")), str(one.get("source_url", ""))
            )
            for one in ours
            if _OURS.match(str(one.get("slug", "")))
        }
        return tuple(every.values())

    def _featured_pictures(self) -> Iterator[tuple[int, int]]:
        """Every post with its featured picture."""
        # WordPress gives at most 100 records per page. The end of the range stops at a site that never runs out of
        # them.
        for page in range(1, 1000):
            query = {"per_page": "100", "page": str(page), "status": _ANY, "_fields": "id,featured_media"}
            found = self._site.all_records("posts", query | {"context": "edit"})
            yield from ((self._site.number(post), self._site.number(post, "featured_media")) for post in found)
            if len(found) < 100:
                return

    def _showing_posts(self, slug: str) -> set[int]:
        """Posts and pages that have the picture in their text."""
        query = {"search": slug, "status": _ANY, "per_page": "100", "context": "edit", "_fields": "id,content"}
        found = [one for what in ("posts", "pages") for one in self._site.all_records(what, query)]
        return {self._site.number(one) for one in found if slug in _raw_text(one)}

    def _delete_thing(self, what: str, number: int, *, force: bool = False) -> None:
        self._site.send("DELETE", f"{what}/{number}", {"force": "true"} if force else {})

    # --------------------------------------------------------------------------------------- the interface

    def _image(self, image: WebImage) -> tuple[dict[str, Any], bool]:
        """The picture in the library, uploaded when it is not there yet."""
        slug = f"kim-{file_digest(image.path)[0][:24]}"
        words = {"caption": title_words(image.caption), "alt_text": title_words(image.alt, meta=True)}
        found = self._find_thing("media", slug, {"status": "inherit"})
        if found is not None:
            return self._site.one_record("POST", f"media/{self._site.number(found)}", words), False
        kind = media_name(image.path)
        name = f"{slug}{image.path.suffix.lower()}"
        headers = {"Content-Type": kind, "Content-Disposition": f'attachment; filename="{name}"'}
        made = self._site.send("POST", "media", {}, image.path.read_bytes(), headers)
        if not isinstance(made, dict):
            raise self._site.no_wordpress()
        # The upload's body is the picture itself, so its slug and its words need a request of their own.
        return self._site.one_record("POST", f"media/{self._site.number(made)}", {"slug": slug, **words}), True

    def _tag_number(self, name: str) -> int:
        """The number of a tag, made when there is none; WordPress keeps it in its own spelling."""
        words = title_words(name, meta=True)
        for found in self._site.all_records("tags", {"search": words, "per_page": "100", "context": "edit"}):
            if named_alike(unescape(str(found.get("name", ""))), name):
                return self._site.number(found)
        made = self._site.one_record("POST", "tags", {"name": words}, taken="term_exists")
        if made.get("code") != "term_exists":
            return self._site.number(made)
        data = made.get("data")
        return self._site.number(data if isinstance(data, dict) else {"id": 0}, "term_id")

    def _find_thing(self, what: str, slug: str, more: Mapping[str, str]) -> dict[str, Any] | None:
        answer = self._site.all_records(what, {"slug": asked_slug(slug), "context": "edit", **more})
        return next((found for found in answer if same_slug(str(found.get("slug", "")), slug)), None)


def _raw_text(post: Mapping[str, Any]) -> str:
    """The text of a post as it was sent."""
    content = post.get("content")
    return str(content.get("raw", "")) if isinstance(content, dict) else ""


def _check_released(post: WebPost, *, public: bool) -> None:
    if not isinstance(post.released, ReleasedStory):
        raise TypeError("only what the gate let out is sent")
    if public and post.released.draft:
        raise UserError("wordpress.not_ready", story=post.released.folder)


def _figure_html(media: Mapping[str, Any], image: WebImage) -> str:
    caption = f"<figcaption>{escape(image.caption)}</figcaption>" if image.caption else ""
    source = escape(str(media.get("source_url", "")), quote=True)
    return (
        f'\n<figure class="wp-block-image"><img src="{source}" alt="{escape(image.alt, quote=True)}">{caption}</figure>'
    )


# ------------------------------------------------------------------------------------------------ the password


def keep_password(address: str, user: str, password: str) -> None:
    """Put the application password into the system's keyring; "" takes it out.

    Raises:
        UserError: ``wordpress.no_keyring``; or the address is none (``plain_address``).
    """
    keyring, address = _load_keyring(), plain_address(address)
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
        UserError: ``wordpress.no_keyring``; or the address is none (``plain_address``).
    """
    keyring, plain = _load_keyring(), plain_address(address)
    try:
        # Older versions kept it under the address as it was typed.
        names = (f"{user}@{known}" for known in dict.fromkeys((plain, address)))
        return next((str(found) for name in names if (found := keyring.get_password(SERVICE, name))), "")
    except Exception as error:  # every backend has its own errors
        raise UserError("wordpress.no_keyring") from error


def _load_keyring() -> Any:  # noqa: ANN401 - an optional module
    try:
        import keyring
    except ImportError as error:
        raise UserError("wordpress.no_keyring") from error
    return keyring
