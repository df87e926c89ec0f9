"""Brings files into a claim: evidence with its hash and time, and the picture that went round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.story import claims
from studio.story.edits import StoryEdit, add_photos, new_id
from studio.story.model import ClaimEvidence, Photo

if TYPE_CHECKING:
    from pathlib import Path

    from studio.base.progress import Progress
    from studio.store.workspace import Workspace
    from studio.story.claims import LedgerStamp
    from studio.story.model import Story


@dataclass(frozen=True, slots=True)
class PictureRights:
    """What a picture that went round is given until more is known: its rights and its credit."""

    rights: str
    credit: str


def take_in(workspace: Workspace, folder: str, path: Path, progress: Progress) -> ClaimEvidence:
    """Copy a file into a story's media and fix it by its hash; runs in the worker.

    Raises:
        UserError: it cannot be read, or the disk is full.
        WorkCancelled: stopped by the user.
    """
    from studio.store.media_files import sha256_of

    file = workspace.import_media(folder, path, progress)
    # The hash of the copy: that is what stays and can be checked later.
    return ClaimEvidence(file=file, name=path.name, sha256=sha256_of(workspace.media_path(folder, file)))


def picture_edit(
    workspace: Workspace,
    folder: str,
    story: Story,
    claim_id: str,
    evidence: ClaimEvidence,
    rights: PictureRights,
    stamp: LedgerStamp,
) -> StoryEdit:
    """Make evidence the picture that went round, in one step for undo: the photo, the choice of it, and the evidence.

    Args:
        workspace: where the story is.
        folder: the story's folder.
        story: as it is now; a photo of the same file is not added twice.
        claim_id: whose picture it is.
        evidence: what ``take_in`` returned.
        rights: of a photo that the story does not have yet.
        stamp: who did it, and when.

    Raises:
        UserError: the file is no photo.
    """
    from studio.photo.opener import probe_photo

    facts = probe_photo(workspace.media_path(folder, evidence.file))
    known = next((photo for photo in story.photos if photo.file == evidence.file), None)
    photo = known or Photo(
        id=new_id(),
        file=evidence.file,
        name=evidence.name,
        width=facts.width,
        height=facts.height,
        taken=facts.taken,
        rights=rights.rights,
        credit=rights.credit,
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

    return StoryEdit("edit.claim_evidence", apply)
