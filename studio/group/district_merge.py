"""Files of many groups become one list of groups: the rules of docs/format.md, "The file for the Dinas".

Per group the newest file counts and the older ones lengthen its row of rounds; the same file twice is one; the order in
which files come does not matter; and every file that came in is accounted for: it counts, is older, came twice, or was
refused for a reason. Two groups of one village with alike names are one only when someone says so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from studio.story.regions import bare_village

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from studio.base.errors import UserError, WorkNotice
    from studio.group.handover_file import CheckedHandover, ReadContact, ReadCounts, ReadGroup, ReadHandover, ReadRound

_WIB = timezone(timedelta(hours=7))
_GENERIC = re.compile(
    r"\b(?:kim|kelompok|komunitas|informasi|masyarakat|desa|ds|kelurahan|kel|group|grup|forum)\b\.?|[^\w\s]",
    re.IGNORECASE,
)
"""What names of groups have in common and does not tell them apart."""
_KINDS = re.compile(
    r"^(?:provinsi|prov|kabupaten|kab|kecamatan|kec|distrik|kapanewon|kemantren)\b\.?\s+", re.IGNORECASE
)
ALIKE = 0.8
"""From which ratio of ``difflib.SequenceMatcher`` on two names are alike: "Bina Warga", "Bina Wargo"."""
_MOST_COMPARED = 40
"""Groups of one village whose names are compared letter by letter; in a longer list only equal names are."""


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A file, a row of a table or a line of answers that can be merged.

    Attributes:
        source: how people call it: path, or path and row.
        checked: what it says.
        partial_id: only the first digits of the group's id are known (a line of answers).
    """

    source: str
    checked: CheckedHandover
    partial_id: bool = False


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that was not merged, and why."""

    source: str
    error: UserError


@dataclass(frozen=True, slots=True)
class MergedGroup:
    """A group as all its files tell.

    Attributes:
        id: of the newest file.
        group: who it is, by the newest file that names it.
        made: when that file was made, ISO 8601.
        rounds: oldest first; each day and instrument once, as the newest file has it.
        counts: what the studio of the group counted, by the newest file; None when it did not.
        contacts: what the group ticked.
        sources: the files, newest first.
        remarks: what was taken out of the newest file.
    """

    id: str
    group: ReadGroup
    made: str
    rounds: tuple[ReadRound, ...]
    counts: ReadCounts | None
    contacts: tuple[ReadContact, ...]
    sources: tuple[str, ...]
    remarks: tuple[WorkNotice, ...]


class SameGroupQuestion(NamedTuple):
    """Are these two one group? ``key`` remembers the answer: both ids, the smaller one first."""

    key: str
    first: MergedGroup
    second: MergedGroup


@dataclass(frozen=True, slots=True)
class DistrictMerge:
    """What came of all files.

    Attributes:
        groups: by region, then name.
        refused: by source.
        twice: (source, the source it equals).
        rivals: two files of one group of the same moment that differ: (source that counts, the other).
        questions: open ones only.
    """

    groups: tuple[MergedGroup, ...]
    refused: tuple[RefusedFile, ...]
    twice: tuple[tuple[str, str], ...]
    rivals: tuple[tuple[str, str], ...]
    questions: tuple[SameGroupQuestion, ...]

    def sources(self) -> list[str]:
        """Every source, once for each time it came in."""
        used = [source for group in self.groups for source in group.sources]
        return sorted([*used, *(file.source for file in self.refused), *(source for source, _ in self.twice)])


def merge_files(
    received: Iterable[ReceivedFile], refused: Iterable[RefusedFile] = (), decisions: Mapping[str, bool] | None = None
) -> DistrictMerge:
    """Merge files; the result depends on what they say and not on their order.

    Args:
        received: what can be merged.
        refused: passed on, so that nothing is lost on the way.
        decisions: answers to earlier questions by ``SameGroupQuestion.key``: True for one group, False for two.
    """
    once, twice = _without_twins(received)
    by_id, rivals = _by_group(once)
    decided = decisions or {}
    groups = {key: _merged(files) for key, files in by_id.items()}
    # Answers name groups by their merged id, so every group is merged once before anything is joined; only joined sets
    # are then merged again, from their files and not from their results.
    joined = _join_answered(by_id, groups, decided)
    sets = {key: groups[key] if len(ids) == 1 else _merged([f for i in ids for f in by_id[i]]) for key, ids in joined}
    known = tuple(sorted(sets.values(), key=_group_order))
    asked = tuple(question for question in _questions(known) if question.key not in decided)
    order = tuple(sorted(refused, key=lambda file: (file.source, file.error.code)))
    return DistrictMerge(known, order, twice, rivals, asked)


def _without_twins(received: Iterable[ReceivedFile]) -> tuple[list[ReceivedFile], tuple[tuple[str, str], ...]]:
    """One of each, and those that say the same to the byte; of equal ones the first by name stays."""
    alike: dict[str, list[ReceivedFile]] = defaultdict(list)
    for file in received:
        # By content, not by name: the same file forwarded in two chats arrives as "kim.json" and "kim (1).json".
        alike[file.checked.digest].append(file)
    once, twice = [], []
    for files in alike.values():
        first, *others = sorted(files, key=lambda file: file.source)
        once.append(first)
        twice += [(other.source, first.source) for other in others]
    return once, tuple(sorted(twice))


def moment_order(made: str) -> float:
    """Seconds since 1970 of an ISO moment; without an offset it is Western Indonesian time, as most groups are."""
    moment = datetime.fromisoformat(made)
    try:
        # Moments at either end of the calendar parse, yet shifted to UTC they overflow; they must not be the newest.
        return (moment if moment.tzinfo else moment.replace(tzinfo=_WIB)).astimezone(UTC).timestamp()
    except (OverflowError, ValueError):
        return 0.0


def _age(file: ReceivedFile) -> tuple[bool, float, str]:
    """Newest last; a line of answers, which does not say who it is, is never the newest beside a file."""
    return not file.partial_id, moment_order(file.checked.handover.made), file.checked.digest


def _by_group(files: list[ReceivedFile]) -> tuple[dict[str, list[ReceivedFile]], tuple[tuple[str, str], ...]]:
    """Files by group, newest first; a line of answers goes to the one group whose id begins so."""
    by_id: dict[str, list[ReceivedFile]] = defaultdict(list)
    short: dict[str, list[ReceivedFile]] = defaultdict(list)
    for file in files:
        # Full ids first: a line of answers can only be matched once every full id is known, whatever order the files
        # came in.
        (short if file.partial_id else by_id)[file.checked.handover.group.id].append(file)
    beginnings: dict[str, list[str]] = defaultdict(list)
    for full in by_id:
        # Both id formats (16 hex digits, UUID with dashes) share this key; a line of answers carries no dashes.
        beginnings[full.replace("-", "")[:8]].append(full)
    for digits, lines in short.items():
        for line in lines:
            region = line.checked.handover.group.region_code
            fitting = [i for i in beginnings.get(digits, ()) if _same_region(by_id[i], region)]
            # Eight digits may fit two groups. Guessing would give one village the scores of another, so an ambiguous
            # line stays a group of its own.
            by_id[fitting[0] if len(fitting) == 1 else _group_key(line)].append(line)
    rivals = []
    for group_files in by_id.values():
        group_files.sort(key=_age, reverse=True)
        rivals += [
            # The third part of the age is the digest: it makes the order total, yet two files that differ only there
            # are rivals of the same moment, and the user has to know which one counted.
            (newer.source, older.source)
            for newer, older in pairwise(group_files)
            if _age(newer)[:2] == _age(older)[:2]
        ]
    return dict(by_id), tuple(sorted(rivals))


def _group_key(file: ReceivedFile) -> str:
    who = file.checked.handover.group
    # "@" is in no full id, so a lone line of answers can never collide with a group that handed in a file.
    return f"{who.id}@{who.region_code}" if file.partial_id else who.id


def _same_region(files: list[ReceivedFile], region: str) -> bool:
    codes = {file.checked.handover.group.region_code for file in files if not file.partial_id} - {""}
    return not region or not codes or region in codes


def _merged(files: Sequence[ReceivedFile]) -> MergedGroup:
    ordered = sorted(files, key=_age, reverse=True)
    newest = ordered[0].checked
    rounds: dict[tuple[str, str], ReadRound] = {}
    # Without the first part of the age here: a line of answers newer than the last file does say the truth about its
    # own round, even though it says nothing about who the group is.
    for file in sorted(files, key=lambda file: _age(file)[1:], reverse=True):
        for found in file.checked.handover.rounds:
            # Newest first, so the first one to claim a day wins: a corrected round replaces the one it corrects.
            rounds.setdefault((found.date, found.instrument), found)
    handover: ReadHandover = newest.handover
    return MergedGroup(
        id=_group_key(ordered[0]),
        group=handover.group,
        made=handover.made,
        rounds=tuple(rounds[key] for key in sorted(rounds)),
        counts=handover.counts,
        contacts=handover.contacts,
        sources=tuple(file.source for file in ordered),
        remarks=newest.remarks,
    )


def _join_answered(
    by_id: Mapping[str, list[ReceivedFile]], groups: Mapping[str, MergedGroup], decisions: Mapping[str, bool]
) -> list[tuple[str, list[str]]]:
    """Keys of groups that are one by someone's answer, with a name for each set."""
    of_id = {group.id: key for key, group in groups.items()}
    # Union-find: "A is B" and "B is C" must give one group of three, in whichever order the answers are read.
    head = {key: key for key in by_id}

    def find(key: str) -> str:
        while head[key] != key:
            key = head[key]
        return key

    for pair, same in sorted(decisions.items()):
        first, _, second = pair.partition("+")
        # An answer may be about a group whose file is not in this run; it is kept for the next one.
        if same and first in of_id and second in of_id:
            # The smaller key becomes the head, so that the result does not depend on the order of the answers.
            one, other = sorted((find(of_id[first]), find(of_id[second])))
            head[other] = one
    sets: dict[str, list[str]] = defaultdict(list)
    for key in by_id:
        sets[find(key)].append(key)
    return list(sets.items())


def _group_order(group: MergedGroup) -> tuple[str, ...]:
    who = group.group
    names = (who.province, who.regency, who.district, who.village, who.name)
    return (*(plain_name(name) for name in names), group.id)


# ------------------------------------------------------------------------------------------------ alike names


def plain_name(name: str) -> str:
    """A region's name as it is compared: ``Kec. Tulakan`` and ``Kecamatan TULAKAN`` are ``tulakan``."""
    return " ".join(_KINDS.sub("", name.casefold(), count=1).split())


def own_name(name: str) -> str:
    """What tells a group apart: ``KIM "Bina Warga"`` is ``bina warga``."""
    return " ".join(_GENERIC.sub(" ", name.casefold()).split())


def are_alike(first: str, second: str) -> bool:
    """Whether two names of groups may mean one group: equal, one within the other, or a letter or two apart."""
    one, other = own_name(first), own_name(second)
    # "KIM Desa" has nothing of its own left. Within one village it may be any group, so the user is asked.
    if not one or not other or one == other:
        return True
    words = set(one.split()), set(other.split())
    if {word for word in words[0] if word.isdigit()} != {word for word in words[1] if word.isdigit()}:
        return False  # Karya 1 and Karya 2 were numbered to tell them apart
    if words[0] <= words[1] or words[1] <= words[0]:
        return True
    # The ratio is at most 2 * shorter / (shorter + longer). Solved for shorter / longer this is the bound below, and it
    # saves most of the pairs the expensive comparison.
    if min(len(one), len(other)) / max(len(one), len(other)) < ALIKE / (2 - ALIKE):
        return False  # too different in length for the ratio
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one, other).ratio() >= ALIKE


def _villages(groups: Sequence[MergedGroup]) -> Iterator[list[MergedGroup]]:
    """Groups of one village, by its code and by its names: of two files one may lack the code."""
    by_code: dict[str, list[MergedGroup]] = defaultdict(list)
    by_name: dict[tuple[str, ...], list[MergedGroup]] = defaultdict(list)
    for group in groups:
        who = group.group
        # "35.01.10.2001": only a code of full length names a village.
        if len(who.region_code) == 13:
            by_code[who.region_code].append(group)
        if who.village:
            by_name[plain_name(bare_village(who.village)), plain_name(who.district), plain_name(who.regency)].append(
                group
            )
    yield from (found for found in (*by_code.values(), *by_name.values()) if len(found) > 1)


def _questions(groups: Sequence[MergedGroup]) -> tuple[SameGroupQuestion, ...]:
    found: dict[str, SameGroupQuestion] = {}
    for village in _villages(groups):
        few = len(village) <= _MOST_COMPARED
        # Letter by letter every pair is compared, which is quadratic. A village with more than 40 groups is a data
        # error (usually a wrong code in a table), and there only the next namesake is asked about.
        for number, one in enumerate(village):
            for other in village[number + 1 :] if few else _namesakes(one, village[number + 1 :]):
                if not _are_far(one, other) and are_alike(one.group.name, other.group.name):
                    first, second = sorted((one, other), key=lambda group: group.id)
                    key = f"{first.id}+{second.id}"
                    # A pair can meet twice, by code and by names; it is one question.
                    found.setdefault(key, SameGroupQuestion(key, first, second))
    return tuple(found[key] for key in sorted(found))


def _are_far(one: MergedGroup, other: MergedGroup) -> bool:
    """Whether codes put two villages of equal names into two regencies; a slip in a code is in its last digits."""
    regencies = {group.group.region_code[:5] for group in (one, other)}
    return len(regencies) == 2 and all(len(code) == 5 for code in regencies)


def _namesakes(one: MergedGroup, others: Sequence[MergedGroup]) -> list[MergedGroup]:
    name = own_name(one.group.name)
    return [other for other in others if own_name(other.group.name) == name][:1]
