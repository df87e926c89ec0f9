"""The self-map as a user fills it in: its questions, what the studio counts for them, a new round from the last one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from studio.base.atomic_files import disk_error
from studio.base.data_shelf import program_shelf
from studio.base.errors import UserError
from studio.base.paths import assets_dir, templates_dir
from studio.base.progress import SilentProgress
from studio.group.assessment import (
    ASSESSMENTS,
    AnswerProof,
    Assessment,
    AssessmentAnswer,
    CountedScore,
    ProofLevel,
    proven_by_count,
)
from studio.group.instrument import Instrument, read_instrument
from studio.group.products import FOLDER as PRODUCTS
from studio.group.products import Product
from studio.group.story_counts import StoryFacts, count_indicators
from studio.posts.output_kinds import CardOutput, PrintOutput, TextOutput
from studio.store.backup_record import last_backup_day
from studio.store.group_folder import sha256_of_media
from studio.story.date_formats import local_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from studio.base.data_shelf import DataShelf
    from studio.base.i18n import MessageTexts
    from studio.base.progress import Progress
    from studio.group.group_records import GroupRecords
    from studio.posts.catalog import OutletCatalog
    from studio.store.group_folder import GroupFolder
    from studio.store.workspace import Workspace
    from studio.story.model import Group, Person, Photo, Story, Video

INSTRUMENT_FILE = "instrument.toml"
MapDocument = Literal["card", "sheet"]


def load_instrument(shelf: DataShelf | None = None) -> Instrument:
    """The questions: those of the newest data pack, or those that came with the studio.

    Args:
        shelf: of data packs; None for this computer's.

    Raises:
        UserError: the file is damaged.
    """
    packs = (program_shelf() if shelf is None else shelf).files("indicators", INSTRUMENT_FILE)
    path = packs[-1] if packs else assets_dir() / "group" / INSTRUMENT_FILE
    return read_instrument(path.read_text(encoding="utf-8-sig"), INSTRUMENT_FILE)


def story_facts(story: Story, group: Group, catalog: OutletCatalog) -> StoryFacts:
    """What is counted of a story."""
    from studio.checks.answers5w import answered_questions

    ids = {line.outlet for line in story.publications}
    # What is made for an outlet tells in which forms the story appeared there.
    outlets = [outlet for outlet in catalog.outlets if outlet.id in ids]
    kinds = {outlet.id: {type(output) for output in outlet.outputs} for outlet in outlets}
    media: tuple[Photo | Video, ...] = (*story.photos, *story.videos)
    evidence = [item for claim in story.claims if not claim.closed for item in claim.evidence if not item.struck]
    return StoryFacts(
        appeared=tuple(
            (line.outlet, day)
            for line in story.publications
            if (day := local_day(line.when, group.time_zone)) is not None
        ),
        # A script to read aloud is text and paper too; whatever is put on a screen has pictures, or text alone.
        offline=frozenset(name for name, made in kinds.items() if PrintOutput in made <= {PrintOutput, TextOutput}),
        photos=bool(story.photos),
        graphics=any(CardOutput in made for made in kinds.values()),
        video=bool(story.videos or story.slideshow),
        subtitled=any(clip.subtitles for clip in story.videos),
        # Not the document that goes with an article for the village's website.
        printed=any(made == {PrintOutput} for made in kinds.values()),
        complete=all(answer.place for answer in answered_questions(story))
        and all(item.caption.strip() and item.credit.strip() for item in media),
        sourced=bool(story.sources),
        proven=bool(evidence or any(claim.references or claim.asked for claim in story.claims if not claim.closed)),
        factcheck=story.kind == "factcheck",
        notice=story.kind == "notice" or bool(story.service),
        local=bool(story.texts),
        writers=tuple(dict.fromkeys(name for name in story.byline if name)),
        editors=(story.editor,) if story.editor else (),
        publishers=tuple({line.by for line in story.publications if line.by}),
        people=(len(story.people), sum(_agreed(person) for person in story.people)),
        credits_others=any(item.rights and not _is_member(item.credit, group) for item in media),
        corrected=bool(story.corrections),
    )


def _agreed(person: Person) -> bool:
    return person.consent.given and not person.consent.withdrawn


def _is_member(credit: str, group: Group) -> bool:
    return any(name and name.casefold() in credit.casefold() for name in (*group.members, group.name))


def count_workspace(
    workspace: Workspace, today: date, products: int = 0, progress: Progress | None = None
) -> dict[str, CountedScore]:
    """What the stories of a workspace come to; a story that cannot be read is left out.

    Args:
        workspace: where they lie.
        today: last day of the three months.
        products: how many products are offered.
        progress: called with the stories read.

    Raises:
        WorkCancelled: from ``progress``.
    """
    from studio.posts.catalog import load_catalog

    progress = progress or SilentProgress()
    catalog = load_catalog(templates_dir(), workspace.templates_dir)
    folders, found = workspace.story_folders(), []
    for done, (folder, story) in enumerate(workspace.load_each(folders)):
        progress.report(done, len(folders), folder)
        if not isinstance(story, UserError):
            found.append(story_facts(story, workspace.group, catalog))
    return count_indicators(found, today, products, last_backup_day(workspace))


def rounds_of(records: GroupRecords) -> tuple[Assessment, ...]:
    """All rounds, oldest first."""
    return tuple(sorted(records.records(ASSESSMENTS, Assessment).values(), key=lambda each: each.date))


def offered_products(records: GroupRecords) -> int:
    """How many things of the showcase are offered now."""
    return sum(not product.hidden for product in records.records(PRODUCTS, Product).values())


def begin_round(
    before: Assessment | None, instrument: Instrument, counted: Mapping[str, CountedScore], day: date, by: str = ""
) -> Assessment:
    """A new round: what was answered last time stands, with its proofs, and what can be counted is counted anew.

    Answers that the Dinas verified count as proven from now on: it has not looked at the new round.

    Args:
        before: the last round, None for the first.
        instrument: the questions.
        counted: what the studio counted now.
        day: the day of the round.
        by: who fills it in.
    """
    kept = {} if before is None else before.answers
    answers = {
        name: replace(answer, level="proven" if answer.level == "verified" else answer.level, counted=None, reason="")
        for name, answer in kept.items()
        if instrument.find(name) is not None
    }
    fresh = Assessment(
        instrument=instrument.key,
        date=day.isoformat(),
        answers=answers,
        no_business=before.no_business if before else False,
        by=by,
    )
    return take_counts(fresh, instrument, counted, fill=True)


def take_counts(
    assessment: Assessment, instrument: Instrument, counted: Mapping[str, CountedScore], *, fill: bool = False
) -> Assessment:
    """The round with what the studio counts now.

    An answer that was changed with a reason keeps its score; one that is counted in full follows the count; one
    that is seen in part is filled in where there is none yet.

    Args:
        assessment: the round.
        instrument: the questions.
        counted: what the studio counted.
        fill: a new round: also unreasoned old answers of what is counted in full are replaced.
    """
    answers = dict(assessment.answers)
    for indicator in instrument.indicator:
        found = counted.get(indicator.id)
        old = answers.get(indicator.id)
        if found is None or indicator.counted == "no":
            continue
        if old is None:
            level: ProofLevel = "proven" if proven_by_count(found, found.score) else "claimed"
            answers[indicator.id] = AssessmentAnswer(score=found.score, level=level, counted=found)
        # A person who changed a counted score with a reason knows better than the count. Without a reason only a score
        # that equalled the last count is taken for a count.
        elif indicator.counted == "yes" and not old.reason and (fill or _follows(old)):
            answers[indicator.id] = replace(old, score=found.score, level=_proven(old), counted=found)
        else:
            answers[indicator.id] = replace(old, counted=found)
    return assessment if answers == assessment.answers else replace(assessment, answers=answers)


def _follows(answer: AssessmentAnswer) -> bool:
    return answer.counted is not None and answer.counted.score == answer.score


def _proven(answer: AssessmentAnswer) -> ProofLevel:
    return "verified" if answer.level == "verified" else "proven"


def prove_by_file(folder: GroupFolder, source: Path, progress: Progress) -> AnswerProof:
    """Copy a file in as proof of an answer, with its SHA-256.

    Raises:
        UserError: it is no picture and no document, or the disk refuses.
    """
    file = folder.add_media(source, progress)
    return AnswerProof(file=file, sha256=sha256_of_media(folder, file), note=source.name)


def write_map(
    kind: MapDocument, target: Path, group: Group, rounds: tuple[Assessment, ...], texts: MessageTexts
) -> None:
    """Write the last round as a card (PNG) or a sheet (PDF). Needs a Qt application.

    Args:
        kind: which.
        target: the file; it appears complete or not at all.
        group: whose map it is.
        rounds: oldest first.
        texts: language.

    Raises:
        UserError: there is no round yet, or the disk refuses.
    """
    from studio.documents.map_sheet import write_map_card, write_map_sheet

    if not rounds:
        raise UserError("group.map.no_round")
    write = write_map_card if kind == "card" else write_map_sheet
    try:
        write(target, group, rounds, load_instrument(), texts)
    except OSError as error:
        raise disk_error(error, target) from error
