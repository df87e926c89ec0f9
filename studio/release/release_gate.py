"""What may leave the workspace: a finished post, a marked draft, the notice of a withdrawal, or nothing.

``release_story`` is the one door. It reads the story as it is in the workspace at that moment, asks every rule, and
makes a ``ReleasedStory``; nothing else can (``tests/test_ways_out.py``). Whatever hands a story out takes that value.
The table of all ways out is in ARCHITECTURE.md ("The ways out"): a new one belongs there, in that test, and behind
``release_story``.
"""

from __future__ import annotations

from dataclasses import InitVar, dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, TypedDict

from msgspec.structs import replace

from studio.base.errors import UserError
from studio.checks.all_checks import check_story
from studio.checks.product_rules import check_product, is_about_offer, is_expired
from studio.checks.readiness import StoryReadiness, judge_readiness
from studio.group.products import CATALOG, CatalogStory, ProductStory
from studio.lexicon.pii import find_private
from studio.lexicon.word_list import known_words
from studio.posts.service_files import kind_for_rules
from studio.release.checklists import load_questions
from studio.release.finding_texts import finding_words, place_words
from studio.store.story_shelf import today_of
from studio.story.date_formats import full_date, short_date
from studio.story.expiry import is_past, last_day, takes_posts
from studio.story.model import Story
from studio.story.publishing import correction_due
from studio.story.withdrawal import StoryWithdrawal, hidden_people, is_withdrawn, standing_withdrawal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.checks.checklist_rules import ChecklistQuestion
    from studio.checks.finding import Finding
    from studio.store.story_shelf import StoryShelf
    from studio.story.model import Group
    from studio.story.service_kinds import ServiceKind

_SHOWN = 12
"""Hits that a refusal names; more than these are counted."""
_CATALOG_NAME = "Potensi dan usaha"
"""The headline of the catalogue: content, which is Indonesian as the templates are."""
_SEAL = object()
"""What only this module has: without it no ``ReleasedStory`` is made."""


@dataclass(frozen=True, slots=True)
class ReleasedStory:
    """A story that may leave the workspace, as it was there at one moment. Only ``release_story`` makes it.

    Attributes:
        folder: its folder in the workspace.
        story: what may be said.
        group: who tells it.
        verdict: what the rules said.
        withdrawal: set when the story was taken back: then this, and nothing of ``story``, is what readers get.
        past: a notice that is over: whatever is made of it says so.
        lost_photos: names of a product's photos whose file is gone; ``story`` is without them.
    """

    folder: str
    story: Story
    group: Group
    verdict: StoryReadiness
    withdrawal: StoryWithdrawal | None
    past: bool
    seal: InitVar[object]
    lost_photos: tuple[str, ...] = ()

    def __post_init__(self, seal: object) -> None:
        if seal is not _SEAL:
            raise TypeError("only studio.release.release_gate.release_story makes a ReleasedStory")

    def __reduce__(self) -> str | tuple[object, ...]:
        raise TypeError("a ReleasedStory is asked for anew, never copied or stored")

    @property
    def draft(self) -> bool:
        """Whether everything that leaves must carry the mark of a draft."""
        return self.withdrawal is None and self.verdict.draft

    @property
    def name(self) -> str:
        """What it is called where others see it; see ``name_outside``."""
        return name_outside(self.folder, self.withdrawal)

    @property
    def other_names(self) -> tuple[str, ...]:
        """What an export of it may be called that was made while it was, or was not, withdrawn."""
        return tuple({self.folder, _neutral_name(self.story)} - {self.name})


def name_outside(folder: str, told: StoryWithdrawal | None) -> str:
    """What a story is called where others see it: its folder, unless that leads to someone who is protected.

    Args:
        folder: of the story.
        told: its withdrawal, None for any other story.
    """
    return told.address if told is not None and told.moved else folder


def export_place(workspace: StoryShelf, folder: str, story: Story) -> Path:
    """Where the export of a story is in its workspace: the folder may be given away as it is.

    Args:
        workspace: open; reading is enough.
        folder: of the story.
        story: as it is now.
    """
    told = withdrawal_of(story, workspace.group, folder)
    return workspace.exports_dir(name_outside(folder, told))


class RuleFacts(TypedDict):
    """What rules get to know beside story and group: the group's day and moment, the kind of a notice, checklists."""

    today: str
    now: str
    service: ServiceKind | None
    questions: Sequence[ChecklistQuestion]


def rule_facts(workspace: StoryShelf, story: Story) -> RuleFacts:
    """What the rules get to know about a story now."""
    service = kind_for_rules(workspace.path, story.service)
    now = workspace.clock().isoformat()
    return RuleFacts(today=today_of(workspace), now=now, service=service, questions=load_questions())


def judge_here(workspace: StoryShelf, story: Story, folder: str = "") -> StoryReadiness:
    """``judge_story`` with the day, the moment and the kinds of notices of a workspace."""
    return judge_story(story, workspace.group, folder, **rule_facts(workspace, story))


def judge_story(
    story: Story,
    group: Group,
    folder: str = "",
    today: str = "",
    now: str = "",
    service: ServiceKind | None = None,
    questions: Sequence[ChecklistQuestion] = (),
) -> StoryReadiness:
    """All findings but those of spelling, which never stop a story, sorted.

    ``folder`` is the story's folder name; the rest as in ``RuleFacts`` ("" skips what depends on it).

    ``refusals`` of the result forbid an export altogether, ``draft`` asks for the mark of a draft. For looking at a
    story only: what leaves the workspace goes through ``release_story``.
    """
    if isinstance(story, ProductStory):
        found = check_product(story, group, detect=find_private, known=known_words(), folder=folder, today=today)
    else:
        found = check_story(
            story,
            group,
            detect=find_private,
            known=known_words(),
            folder=folder,
            today=today,
            now=now,
            service=service,
            questions=questions,
        )
    return judge_readiness(story, found)


def release_story(workspace: StoryShelf, folder: str, texts: MessageTexts, *, past: bool = False) -> ReleasedStory:
    """Let a story out, as it is in the workspace now.

    Args:
        workspace: open; reading is enough.
        folder: the story's folder.
        texts: language of a refusal.
        past: also a notice that is over, for which nobody asked in the story itself (``studio.story.expiry``).

    Returns:
        The story: finished, as a draft (see ``draft``), or as the withdrawal it has become.

    Raises:
        UserError: ``export.refused``: someone in it must be protected; ``publish.correction_due``: readers were
            given something else; ``publish.past``: it is over; or it cannot be read.
    """
    story, group, today = workspace.load(folder), workspace.group, today_of(workspace)
    if isinstance(story, CatalogStory):
        return _release_catalog(workspace, story, texts)
    verdict = judge_here(workspace, story, folder)
    if isinstance(story, ProductStory):
        return _release_product(workspace, folder, story, verdict, texts, today)
    # Before the refusals: a story is often withdrawn because of what it exposed, and its notice must still be able to
    # appear. The notice was cleaned in withdrawal_of.
    if is_withdrawn(story):
        return ReleasedStory(folder, story, group, verdict, withdrawal_of(story, group, folder), past=False, seal=_SEAL)
    if verdict.refusals:
        raise refusal_error(verdict.refusals, folder, texts, story)
    if correction_due(story):
        raise UserError("publish.correction_due", story=folder)
    over = is_past(story, today)
    if over and not past and not takes_posts(story, today, group.time_zone):
        raise past_error(story, folder)
    return ReleasedStory(folder, story, group, verdict, None, past=over, seal=_SEAL)


def past_error(story: Story, folder: str) -> UserError:
    """Why no posts are made of a notice that is over, and how they are asked for."""
    last = last_day(story)
    return UserError("publish.past", story=folder, date=full_date(last.isoformat()) if last else "")


def _release_product(
    workspace: StoryShelf, folder: str, story: ProductStory, verdict: StoryReadiness, texts: MessageTexts, today: str
) -> ReleasedStory:
    """A product that is still offered, makes sense and exposes nobody; without permits that ran out and lost photos."""
    name = story.headline.strip() or folder
    if story.offer.hidden:
        raise UserError("product.hidden", name=name)
    wrong = (*verdict.refusals, *(finding for finding in verdict.blocks if is_about_offer(finding)))
    if wrong:
        raise UserError("product.refused", name=name, id=folder, hits=hit_lines(wrong, texts))
    permits = tuple(permit for permit in story.offer.permits if not is_expired(permit.valid_until, today))
    # A story without its photo would tell something else, so its files fail; a product is offered all the same.
    present = tuple(photo for photo in story.photos if workspace.media_path(folder, photo.file).is_file())
    lost = tuple(photo.name or photo.file for photo in story.photos if photo not in present)
    shown = replace(story, offer=replace(story.offer, permits=permits), photos=present)
    return ReleasedStory(folder, shown, workspace.group, verdict, None, past=False, seal=_SEAL, lost_photos=lost)


def hit_lines(found: Iterable[Finding], texts: MessageTexts) -> str:
    """A line for each finding: where it is and what it says."""
    return "\n".join(dict.fromkeys(f"- {place_words(each, texts)}: {finding_words(each, texts)}" for each in found))


def _release_catalog(workspace: StoryShelf, catalog: CatalogStory, texts: MessageTexts) -> ReleasedStory:
    """The catalogue: every product that may leave by itself and is no draft; who is refused is reported separately."""
    products: list[ProductStory] = []
    for folder in workspace.story_folders():
        if folder == CATALOG:
            continue
        try:
            # Each product through the same door as alone: a catalogue must not be the way round the gate.
            released = release_story(workspace, folder, texts)
            if isinstance(released.story, ProductStory) and not released.draft:
                products.append(released.story)
        except UserError:
            continue
    if not products:
        raise UserError("product.none")
    month = int(today_of(workspace)[5:7])
    whole = replace(catalog, products=tuple(products), month=month, headline=_CATALOG_NAME)
    return ReleasedStory(CATALOG, whole, workspace.group, judge_readiness(whole, ()), None, past=False, seal=_SEAL)


def withdrawal_of(story: Story, group: Group, folder: str) -> StoryWithdrawal | None:
    """What may be said of a story that was taken back; None for any other.

    Address, headline and reason pass the rules one by one: what would lead to someone protected is left out, and
    where the address would, the page moves to the story's id.
    """
    if not is_withdrawn(story):
        return None
    step = standing_withdrawal(story)
    reason = " ".join(step.reason.split()) if step is not None else ""
    known = story.told.headline if story.told is not None and story.told.headline else story.headline
    headline = " ".join(known.split())
    safe_address, safe_headline = (
        is_harmless(story, group, folder=folder),
        is_harmless(story, group, headline=headline),
    )
    moved = not (safe_address and safe_headline)
    untold = bool(reason) and not is_harmless(story, group, body=reason)
    # A page at an address that tells the headline would undo what the neutral title is for, and the other way round.
    moved = moved or untold
    return StoryWithdrawal(
        when=step.when if step is not None else "",
        headline="" if moved else headline,
        reason="" if untold else reason,
        address=_neutral_name(story) if moved else folder,
        moved=moved,
        untold=untold,
    )


def is_harmless(story: Story, group: Group, *, folder: str = "", headline: str = "", body: str = "") -> bool:
    """Whether these words alone may be shown: nobody who is protected in the story is in them, nor personal data.

    Args:
        story: its people are looked for.
        group: who tells it.
        folder: name of a folder that would be seen.
        headline: words of a title.
        body: Markdown.
    """
    words = Story(id=story.id, kind="news", headline=headline, body=body, people=hidden_people(story))
    refusals = judge_story(words, group, folder).refusals
    if not refusals:
        return True
    # Some refusals come from the people themselves and not from words. Only what the words add counts against them.
    anyway = {finding.key for finding in judge_story(replace(words, headline="", body=""), group).refusals}
    return not [finding for finding in refusals if finding.key not in anyway]


def _neutral_name(story: Story) -> str:
    """A name of a folder that tells nothing: the story's id, or its hash where someone gave it a name of its own."""
    # An id made by the studio is hexadecimal and says nothing; one that came with a file may be anything, "rina-korban"
    # for instance.
    plain = story.id.isascii() and story.id.isalnum() and any(sign.isdigit() for sign in story.id)
    name = story.id.lower()
    return name if plain and len(name) >= 8 and set(name) <= set("0123456789abcdef") else _text_hash(story.id)


def _text_hash(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def refusal_error(found: Sequence[Finding], folder: str, texts: MessageTexts, story: Story | None = None) -> UserError:
    """The error of a refused story: every hit with its place and what to do.

    Args:
        found: ``StoryReadiness.refusals``.
        folder: the story's folder.
        texts: language of the hits.
        story: with it, where the story had already appeared is named too.
    """
    lines = [f"- {place_words(finding, texts)}: {finding_words(finding, texts)}" for finding in found]
    if len(lines) > _SHOWN:
        lines = [*lines[:_SHOWN], texts.text("export.refused_more", count=len(lines) - _SHOWN)]
    out = appeared_lines(story, texts) if story is not None else ()
    if out:
        lines += [texts.text("export.refused_out"), *out]
    return UserError("export.refused", story=folder, count=len(found), hits="\n".join(lines))


def appeared_lines(story: Story, texts: MessageTexts, names: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Where a story is in front of readers, a line each: outlet (by its name, if known), day, link."""
    lines = []
    for line in story.publications:
        facts = {"when": short_date(line.when) or line.when, "link": line.link}
        lines.append(texts.text("export.appeared", outlet=(names or {}).get(line.outlet, line.outlet), **facts).strip())
    return tuple(lines)
