"""Figures of many groups: of all of them, of each province, regency and district.

Medians stand beside means, as a few strong groups lift a mean; a share of fewer than five groups is no percentage;
what a group only says of itself is counted as such.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import TYPE_CHECKING

from studio.group.district_areas import EVERYWHERE, AreaPath, AreaTable, DistrictArea
from studio.group.district_merge import are_alike, plain_name
from studio.group.district_scores import RoundScores, score_round, score_shared
from studio.group.handover_file import ReadGroup, parse_day
from studio.story.regions import bare_village

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from studio.group.district_merge import DistrictMerge, MergedGroup
    from studio.group.district_scores import DistrictInstrument
    from studio.group.handover_file import ReadRound
    from studio.story.regions import RegionLine

FEWEST = 5
"""Below this many groups a share is given as a count only: one group would move it by over 20 points."""
WARNED_DAYS = 183
"""The SK counts as ending from six months before."""
WEAKEST = 5


@dataclass(frozen=True, slots=True)
class KnownGroup:
    """A group that the Dinas knows of, from its own list."""

    place: ReadGroup
    source: str


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """One group.

    Attributes:
        merged: what its files say.
        path: where it lies.
        current: its newest round that counts; None when there is none.
        previous: the round before.
        change: of the index since then, in points, over what both rounds answer with one meaning.
        communication_change, business_change: the same of KP and US.
        active: whether it published in the 90 days before its file was made; None when this is unknown.
        decree_state: ``valid``, ``ending``, ``lapsed`` or ``unknown`` on the day of the report.
        claimed_only: nothing in the round is proven or verified.
        outdated: it has rounds, but none since the day asked for.
    """

    merged: MergedGroup
    path: AreaPath
    current: RoundScores | None
    previous: RoundScores | None
    change: float | None
    communication_change: float | None
    business_change: float | None
    active: bool | None
    decree_state: str
    claimed_only: bool
    outdated: bool

    @property
    def name(self) -> str:
        """How it is called; a group known by a line of answers has only digits."""
        return self.merged.group.name or f"KIM {self.merged.id[:8]}"


@dataclass(frozen=True, slots=True)
class ValueSpread:
    """Some values: how many, median and mean; None of none."""

    count: int
    median: float | None
    mean: float | None


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """One area. Counts of groups, unless said otherwise.

    Attributes:
        area: which.
        known: on the Dinas' own list or with a file; None when there is no list.
        groups: that handed something over.
        respondents: that have a round which counts.
        classes: by class, in the order of the instrument.
        communication, business, both, neither: transformed; ``business_asked`` have a business at all.
        active, active_known: published in 90 days; of how many this is known.
        ending, lapsed, decree_known: decrees.
        better, worse, same: of those with a round before, by more than half a point of the index.
        claimed_only: all answers are only said.
        claimed_answers, answers: of all their answers.
        spreads: of ``index`` and each dimension, 0 to 100.
        change: of the index since the round before, in points.
        indicators: scores 0 to 4 by indicator.
        weakest: the five indicators with the lowest mean, lowest first.
    """

    area: DistrictArea
    known: int | None
    groups: int
    respondents: int
    classes: dict[str, int]
    communication: int
    business: int
    business_asked: int
    both: int
    neither: int
    active: int
    active_known: int
    ending: int
    lapsed: int
    decree_known: int
    better: int
    worse: int
    same: int
    claimed_only: int
    claimed_answers: int
    answers: int
    spreads: dict[str, ValueSpread]
    change: ValueSpread
    indicators: dict[str, ValueSpread]
    weakest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DistrictFigures:
    """The complete report as data.

    Attributes:
        instrument: what was asked.
        today: the day of the report.
        since: only rounds from this day on count; None for all.
        merge: where it came from.
        table: the areas.
        areas: figures by key of the area.
        groups: in the order of the merge.
        absent: known groups that handed nothing over.
        instruments: rounds by version of the questions, over the newest ones.
    """

    instrument: DistrictInstrument
    today: date
    since: date | None
    merge: DistrictMerge
    table: AreaTable
    areas: dict[str, AreaFigures]
    groups: tuple[GroupFigures, ...]
    absent: tuple[KnownGroup, ...]
    instruments: dict[str, int]

    def groups_in(self, key: str) -> tuple[GroupFigures, ...]:
        """The groups of an area."""
        return self.groups if key == EVERYWHERE else tuple(group for group in self.groups if key in group.path)

    def absent_in(self, key: str) -> tuple[KnownGroup, ...]:
        """The known groups of an area that handed nothing over."""
        if key == EVERYWHERE:
            return self.absent
        return tuple(known for known in self.absent if key in self.table.path(known.place))


def percent_of(part: int, whole: int) -> int | None:
    """Percent as an integer; None below five, where a share would pretend to know more than it does."""
    return round(100 * part / whole) if whole >= FEWEST else None


def district_figures(
    merge: DistrictMerge,
    instrument: DistrictInstrument,
    today: date,
    *,
    since: date | None = None,
    known: Sequence[KnownGroup] = (),
    official: Callable[[str], RegionLine | None] = lambda _code: None,
) -> DistrictFigures:
    """All figures.

    Args:
        merge: the groups.
        instrument: questions, weights and classes by which they are scored.
        today: the day of the report: decrees end before or after it.
        since: rounds before this day are shown in the row of rounds and count for nothing else.
        known: the Dinas' own list, the denominator of respondents.
        official: names of a region's code.
    """
    table = AreaTable([*(g.group for g in merge.groups), *(k.place for k in known)], official)
    groups = tuple(_group_figures(group, table, instrument, today, since) for group in merge.groups)
    absent = _absent(known, merge.groups)
    # One pass over the groups. Asking groups_in() for each area would take areas times groups, and East Java alone has
    # over 600 districts.
    members: dict[str, list[GroupFigures]] = {key: [] for key in table.areas}
    for group in groups:
        for key in (EVERYWHERE, *group.path):
            members[key].append(group)
    missing = Counter(key for one in absent for key in (EVERYWHERE, *table.path(one.place)))
    instruments = Counter(group.merged.rounds[-1].instrument for group in groups if group.merged.rounds)
    areas = {
        # Groups that handed in a file but are not on the Dinas' list count as known too, else more than 100 % could
        # have answered.
        key: _area_figures(table.areas[key], inside, instrument, len(inside) + missing[key] if known else None)
        for key, inside in members.items()
    }
    return DistrictFigures(instrument, today, since, merge, table, areas, groups, absent, dict(instruments))


# ------------------------------------------------------------------------------------------------ one group


def _group_figures(
    merged: MergedGroup, table: AreaTable, instrument: DistrictInstrument, today: date, since: date | None
) -> GroupFigures:
    rounds = [found for found in merged.rounds if since is None or (parse_day(found.date) or date.min) >= since]
    current = score_round(rounds[-1], instrument) if rounds else None
    # From all rounds, also those before `since`: that date decides what counts as current, not what a group may be
    # compared with. Strictly earlier by day, as one day may have rounds of two instruments.
    earlier = [found for found in merged.rounds if not rounds or found.date < rounds[-1].date]
    previous = score_round(earlier[-1], instrument) if rounds and earlier else None
    change = communication = business = None
    if current is not None and previous is not None:
        before, after = _comparable(earlier[-1], rounds[-1], previous, current, instrument)
        change = _difference(after.index, before.index)
        communication = _difference(after.dimensions.get("KP"), before.dimensions.get("KP"))
        business = _difference(after.dimensions.get("US"), before.dimensions.get("US"))
    return GroupFigures(
        merged=merged,
        path=table.path(merged.group),
        current=current,
        previous=previous,
        change=change,
        communication_change=communication,
        business_change=business,
        active=_is_active(merged, current),
        decree_state=_decree_state(merged.group.decree.valid_until, today),
        claimed_only=current is not None and current.claimed == current.answered,
        outdated=bool(merged.rounds) and not rounds,
    )


def _comparable(
    before: ReadRound, after: ReadRound, previous: RoundScores, current: RoundScores, instrument: DistrictInstrument
) -> tuple[RoundScores, RoundScores]:
    """Two rounds over what both answer; when both answer the same they are scored already."""
    # Usually so, and both have just been scored.
    if before.answers.keys() == after.answers.keys() and before.no_business == after.no_business:
        return previous, current
    return score_shared(before, after, instrument)


def _difference(after: float | None, before: float | None) -> float | None:
    return None if after is None or before is None else after - before


def _is_active(merged: MergedGroup, current: RoundScores | None) -> bool | None:
    """By the studio's own count; without one by KP1, which asks for channels active within 90 days."""
    # A count above zero is proof. Zero is not proof of the opposite: many groups publish without this studio, so KP1 is
    # asked before zero is believed.
    if merged.counts is not None and merged.counts.active_days > 0:
        return True
    if current is not None and "KP1" in current.scores:
        return current.scores["KP1"] > 0
    return None if merged.counts is None else False


def _decree_state(valid_until: str, today: date) -> str:
    day = parse_day(valid_until) if valid_until else None
    if day is None:
        return "unknown"
    if day < today:
        return "lapsed"
    return "ending" if day <= today + timedelta(days=WARNED_DAYS) else "valid"


# ------------------------------------------------------------------------------------------------ one area


def spread_of(values: Iterable[float]) -> ValueSpread:
    """Count, median and mean."""
    kept = list(values)
    return ValueSpread(len(kept), median(kept), sum(kept) / len(kept)) if kept else ValueSpread(0, None, None)


def _area_figures(
    area: DistrictArea, groups: Sequence[GroupFigures], instrument: DistrictInstrument, known: int | None
) -> AreaFigures:
    scored = [(group, group.current) for group in groups if group.current is not None]
    rounds = [current for _, current in scored]
    classes = Counter(current.class_code for current in rounds if current.class_code)
    moved = [group.change for group, _ in scored if group.change is not None]
    decrees = Counter(group.decree_state for group in groups)
    indicators = {
        code: spread_of(current.scores[code] for current in rounds if code in current.scores)
        for code in instrument.codes
    }
    asked = [(spread.mean, code) for code, spread in indicators.items() if spread.mean is not None]
    return AreaFigures(
        area=area,
        known=known,
        groups=len(groups),
        respondents=len(scored),
        # By the instrument, not by what occurs: a class without groups is a finding and gets its bar of zero.
        classes={code: classes[code] for code in instrument.class_codes},
        communication=sum(current.communication for current in rounds),
        business=sum(current.business for current in rounds),
        business_asked=sum(not current.no_business for current in rounds),
        both=sum(current.communication and current.business for current in rounds),
        neither=sum(not (current.communication or current.business) for current in rounds),
        active=sum(group.active is True for group in groups),
        active_known=sum(group.active is not None for group in groups),
        ending=decrees["ending"],
        lapsed=decrees["lapsed"],
        decree_known=len(groups) - decrees["unknown"],
        better=sum(change > 0.5 for change in moved),
        worse=sum(change < -0.5 for change in moved),
        same=sum(-0.5 <= change <= 0.5 for change in moved),
        claimed_only=sum(group.claimed_only for group, _ in scored),
        claimed_answers=sum(current.claimed for current in rounds),
        answers=sum(current.answered for current in rounds),
        spreads={
            "index": spread_of(current.index for current in rounds if current.index is not None),
            **{
                code: spread_of(current.dimensions[code] for current in rounds if code in current.dimensions)
                for code in instrument.dimension_codes
            },
        },
        change=spread_of(moved),
        indicators=indicators,
        weakest=tuple(code for _, code in sorted(asked)[:WEAKEST]),
    )


# ------------------------------------------------------------------------------------------------ known groups


def _absent(known: Sequence[KnownGroup], groups: Sequence[MergedGroup]) -> tuple[KnownGroup, ...]:
    """Known groups without a file: by id, else by village and an alike name; one file answers for one row."""
    # An id settles it; names are only tried for rows without one, and each file may answer for one row only, or one
    # active group would hide a namesake that handed in nothing.
    ids = {group.id for group in groups}
    by_village: dict[object, list[MergedGroup]] = {}
    for group in groups:
        for village in _village_keys(group.group):
            by_village.setdefault(village, []).append(group)
    taken: set[str] = set()
    absent = []
    for row in known:
        if row.place.id in ids:
            taken.add(row.place.id)
            continue
        near = [group for village in _village_keys(row.place) for group in by_village.get(village, ())]
        found = next((g for g in near if g.id not in taken and are_alike(g.group.name, row.place.name)), None)
        if found is None:
            absent.append(row)
        else:
            taken.add(found.id)
    return tuple(absent)


def _village_keys(place: ReadGroup) -> list[object]:
    keys: list[object] = [place.region_code] if len(place.region_code) == 13 else []
    if place.village:
        keys.append((plain_name(bare_village(place.village)), plain_name(place.district), plain_name(place.regency)))
    return keys


def areas_below(figures: DistrictFigures, key: str) -> tuple[AreaFigures, ...]:
    """The figures of the areas directly in one; a level with a single area is stepped over."""
    children = figures.table.children(key)
    # A report of one regency would otherwise open on a page whose only link is that regency.
    while len(children) == 1 and children[0].level != "district":
        children = figures.table.children(children[0].key)
    return tuple(figures.areas[area.key] for area in children)


def path_to(areas: Mapping[str, DistrictArea], key: str) -> tuple[DistrictArea, ...]:
    """An area and all it lies in, widest first."""
    path = [areas[key]]
    while path[0].parent:
        path.insert(0, areas[path[0].parent])
    return tuple(path)
