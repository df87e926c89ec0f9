"""Brings files into a claim: evidence with its hash and time, and the picture that went round."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from shiboken6 import isValid

from studio.base.errors import UserError
from studio.story import claims
from studio.story.edits import Edit, add_photos, new_id
from studio.story.model import Evidence, Photo
from studio.ui.check.acts import now_stamp

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studio.base.progress import Progress
    from studio.store.workspace import Workspace
    from studio.story.model import Story
    from studio.ui.desk import Bench


def take_in(workspace: Workspace, folder: str, path: Path, progress: Progress) -> Evidence:
    """Copy a file into a story's media and fix it by its hash; runs in the worker.

    Raises:
        UserError: it cannot be read, or the disk is full.
        Cancelled: stopped by the user.
    """
    from studio.store.media import sha256_of

    file = workspace.import_media(folder, path, progress)
    return Evidence(file=file, name=path.name, sha256=sha256_of(workspace.media_path(folder, file)))


class ClaimMedia:
    """Does it for the claim that is shown.

    Args:
        bench: what a desk works with.
        claim_id: tells which claim that is.
    """

    def __init__(self, bench: Bench, claim_id: Callable[[], str]) -> None:
        self._bench = bench
        self._claim_id = claim_id

    def _t(self, code: str, **facts: object) -> str:
        return self._bench.t(f"ledger.{code}", **facts)

    def pictures(self, story: Story) -> list[tuple[str, str]]:
        """The photos to choose from: id and text."""
        shown = [
            (photo.id, self._t("picture_number", number=number, name=photo.name or photo.caption or photo.file))
            for number, photo in enumerate(story.photos, 1)
        ]
        return [("", self._t("no_picture")), *shown]

    def add_files(self) -> None:
        """Choose files as evidence."""
        self.take(self._bench.tools.dialogs.choose_files(self._t("add_file"), "any"))

    def take(self, paths: tuple[Path, ...]) -> None:
        """Take files in as evidence."""
        for path in paths:
            self._start(path, partial(self._add_evidence, self._claim_id()))

    def add_picture(self) -> None:
        """Choose the picture that went round: it becomes a photo of the story, and evidence."""
        paths = self._bench.tools.dialogs.choose_files(self._t("add_picture"), "photo", many=False)
        for path in paths:
            self._start(path, partial(self._add_picture, self._claim_id(), path))

    def _start(self, path: Path, done: Callable[[Evidence], None]) -> None:
        session, workspace, dialogs = self._bench.session, self._bench.workspace, self._bench.tools.dialogs
        if session.read_only:
            return
        try:
            folder = session.ensure_folder()
        except UserError as error:
            dialogs.explain(error)
            return

        def failed(error: Exception) -> None:
            if not isinstance(error, UserError):
                raise error
            dialogs.explain(error)

        title = self._t("taking_in", file=path.name)
        work = partial(take_in, workspace, folder, path)
        self._bench.tools.jobs.start(title, work, done=done, failed=failed)

    def _add_evidence(self, claim_id: str, evidence: Evidence) -> None:
        if not isValid(self._bench.session):  # another story was opened meanwhile
            return
        self._bench.session.edit(claims.add_evidence(claim_id, evidence, now_stamp(self._bench)))

    def _add_picture(self, claim_id: str, path: Path, evidence: Evidence) -> None:
        """One step for undo: the photo, the choice of it, and the evidence."""
        from studio.photo.opener import probe

        session, stamp = self._bench.session, now_stamp(self._bench)
        if not isValid(session):
            return
        try:
            facts = probe(self._bench.workspace.media_path(session.folder, evidence.file))
        except UserError as error:
            self._bench.tools.dialogs.explain(error)
            return
        known = next((photo for photo in session.story.photos if photo.file == evidence.file), None)
        photo = known or Photo(
            id=new_id(),
            file=evidence.file,
            name=path.name,
            width=facts.width,
            height=facts.height,
            taken=facts.taken,
            rights=self._t("picture_rights"),
            credit=self._t("picture_credit"),
            copyright=facts.brought.copyright,
            origin_mark=facts.brought.origin,
        )
        parts = [] if known else [add_photos([photo])]
        parts += [
            claims.set_text(claim_id, "picture", photo.id, stamp),
            claims.add_evidence(claim_id, evidence, stamp),
        ]

        def apply(story: Story) -> Story:
            for part in parts:
                story = part.apply(story)
            return story

        session.edit(Edit("edit.claim_evidence", apply))
