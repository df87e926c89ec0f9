"""Two versions of a story and the last one both had, made one: no work is lost, only true conflicts are asked about.

Field by field, the body paragraph by paragraph, photos, clips, people, claims and comments by their id, lists by value
(tables in ``merge_rules``). Media need no merge: their name is their content. ``merge_stories`` is pure and symmetric:
with left and right exchanged the story is the same and the conflicts have their sides exchanged.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import msgspec
from msgspec.structs import replace

from studio.story.merge_rules import (
    BY_TIME,
    CAREFUL,
    CHOSEN,
    GROWING,
    JOINED,
    KEYS,
    LASTING,
    LATEST,
    QUIETLY_CAREFUL,
    WHOLE,
)
from studio.story.model import Cover, Story
from studio.story.newsroom_records import Comment, Translation
from studio.story.record_base import Record
from studio.story.woven_order import merge_paragraphs, weave_orders

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Side = Literal["left", "right", "both"]
Path = tuple[str, ...]
R = TypeVar("R", bound=Record)
Value = Any
"""What a field holds: a record, a list of them, a map, a text, a number, nothing."""
_GAP = "\n\n"
_BODIES = frozenset({(Story, "body"), (Translation, "body")})


class _Unknown:
    """Stands for a version nobody has: then everything unlike is a conflict."""


_UNKNOWN = _Unknown()


@dataclass(frozen=True, slots=True)
class MergeConflict:
    """What both sides changed, each in its own way.

    Attributes:
        path: the field from the outside in, as in ``("photos", "p1", "caption")``; paragraphs are ``("body", "1")``.
        base: what both had before; None when that is not known or it was not there.
        left: one side; None when it has been taken out there.
        right: the other.
        joins: both can be kept.
        stands: what stands in the merged story until someone chooses.
        careful: what stands protects someone; only a choice about this very field may loosen it.
    """

    path: Path
    base: object
    left: object
    right: object
    joins: bool
    stands: Side
    careful: bool = False


@dataclass(frozen=True, slots=True)
class MergedStory:
    """The merged story, and where someone has to choose; those that were chosen about are not listed."""

    story: Story
    conflicts: tuple[MergeConflict, ...]


@dataclass(slots=True)
class _Merging:
    """What was chosen, and what is still to be."""

    choices: Mapping[Path, Side]
    conflicts: list[MergeConflict] = field(default_factory=list)

    def chosen_side(self, conflict: MergeConflict) -> Side:
        """Which side holds: the chosen one, else what stands meanwhile."""
        chosen = self.choices.get(conflict.path)
        if chosen is None or (chosen == "both" and not conflict.joins):
            self.conflicts.append(conflict)
            return conflict.stands
        return chosen


def merge_stories(
    base: Story | None, left: Story, right: Story, choices: Mapping[Path, Side] | None = None
) -> MergedStory:
    """Merge two versions of a story.

    Args:
        base: the last version both had; None when there is none, and then everything unlike is a conflict.
        left: one version; its id is kept.
        right: the other.
        choices: what was chosen about conflicts, by their path.

    Returns:
        The story, and the conflicts that nobody chose about.
    """
    merging = _Merging(choices or {})
    story = _merge_record(merging, (), base if base is not None else _UNKNOWN, left, right)
    return MergedStory(story, tuple(merging.conflicts))


def choose_all(conflicts: Sequence[MergeConflict], side: Side) -> dict[Path, Side]:
    """The same choice about all conflicts: where both cannot be kept, the left; where it would expose, the careful."""

    def chosen(conflict: MergeConflict) -> Side:
        if conflict.careful:
            return conflict.stands
        return "left" if side == "both" and not conflict.joins else side

    return {conflict.path: chosen(conflict) for conflict in conflicts}


# ----------------------------------------------------------------------------------------------- records


def _merge_record(merging: _Merging, path: Path, base: R | _Unknown | None, left: R, right: R) -> R:
    """Field by field. ``base`` None: the record was not there before, so its fields were as they are when made."""
    kind = type(left)
    defaults = _defaults(kind)
    changes: dict[str, Value] = {}
    for name in kind.__struct_fields__:
        before: object
        if isinstance(base, _Unknown):
            before = _UNKNOWN
        elif base is None:
            before = defaults.get(name, _UNKNOWN)
        else:
            before = getattr(base, name)
        one, other = getattr(left, name), getattr(right, name)
        # Where both are as the version before was there is nothing to do, which is so for nearly every field.
        if one != other or before != one:
            changes[name] = _merge_field(merging, (*path, name), kind, before, one, other)
    merged = replace(left, **changes)
    return _tidy_comment(merged) if isinstance(merged, Comment) else merged  # type: ignore[return-value]


def _defaults(kind: type[Record]) -> dict[str, object]:
    return {
        each.name: each.default_factory() if each.default is msgspec.NODEFAULT else each.default
        for each in msgspec.structs.fields(kind)
        if not each.required
    }


def _tidy_comment(comment: Comment) -> Comment:
    """Who resolved it belongs to when."""
    return comment if comment.resolved else replace(comment, resolved_by="")


def _merge_field(merging: _Merging, path: Path, kind: type, base: Value, left: Value, right: Value) -> Value:
    rule = (kind, path[-1])
    # From the most careful rule to the plainest: what protects somebody is never left to the short way, in which the
    # side that changed wins, and neither is a list of covers, of which both are kept.
    if rule in CAREFUL or rule in QUIETLY_CAREFUL:
        merged = _merge_carefully(merging, path, rule, base, left, right)
    elif rule in GROWING or _holds(left, right, Cover):
        merged = _all_of(base, left, right)
    elif rule in _BODIES:
        merged = _merge_body(merging, path, base, left, right)
    elif _is_deep(left, right):
        merged = _merge_inside(merging, path, base, left, right)
    elif left in (base, right) or right == base:
        merged = right if left == base else left
    elif rule in LATEST:
        merged = LATEST[rule](left, right)
    elif rule in CHOSEN:
        merged = _ask(merging, path, base, left, right, joined=False)
    else:
        merged = _merge_inside(merging, path, base, left, right)
    return merged


def _is_deep(left: object, right: object) -> bool:
    """Whether something inside may be more careful than what changed: then the short way would pass it by."""
    return any(isinstance(each, Record) and not isinstance(each, WHOLE) for each in (*_items(left), *_items(right)))


def _items(value: object) -> tuple[object, ...]:
    if isinstance(value, tuple):
        return value
    if isinstance(value, dict):
        return tuple(value.values())
    return (value,) if isinstance(value, Record) else ()


def _holds(left: Value, right: Value, kind: type | tuple[type, ...]) -> bool:
    """Whether a list holds records of a kind."""
    return any(isinstance(each, kind) for side in (left, right) if isinstance(side, tuple) for each in side)


def _merge_inside(merging: _Merging, path: Path, base: Value, left: Value, right: Value) -> Value:
    """Of a value that both changed: merge what is in it, or ask."""
    if isinstance(left, dict) and isinstance(right, dict):
        return _merge_map(merging, path, base, left, right)
    if isinstance(left, tuple) and isinstance(right, tuple):
        kind = next((type(each) for each in (*left, *right)), None)
        if kind is not None and kind in KEYS:
            return _merge_list(merging, path, KEYS[kind], base, left, right)
        if kind is str and path[-2:-1] != ("subtitles",):  # texts of translated subtitles stand by their number
            return _merge_words(base, left, right)
    if type(left) is type(right) and isinstance(left, Record) and not isinstance(left, WHOLE):
        inner = base if isinstance(base, type(left) | _Unknown) else None
        return _merge_record(merging, path, inner, left, right)
    return _ask(merging, path, base, left, right)


def _ask(
    merging: _Merging,
    path: Path,
    base: object,
    left: Value,
    right: Value,
    stands: Side | None = None,
    *,
    careful: bool = False,
    joined: bool = True,
) -> Value:
    """A conflict. Until someone chooses, one of the two stands, the same whichever side it is on."""
    between = JOINED.get(path[-1]) if joined and isinstance(left, str) and isinstance(right, str) else None
    before = None if isinstance(base, _Unknown) else base
    # By the value and not by the side: two laptops that merge each other's versions come to the same story.
    larger: Side = "left" if _rank(left) >= _rank(right) else "right"
    conflict = MergeConflict(path, before, left, right, between is not None, stands or larger, careful)
    side = merging.chosen_side(conflict)
    if side == "both":
        return _joined(left, right, between or "")
    return left if side == "left" else right


def _rank(value: object) -> tuple[bool, str]:
    return bool(value), repr(value)


def _joined(left: str, right: str, between: str) -> str:
    """Both texts; one that holds the other is both."""
    if left in right or right in left:
        return max(left, right, key=len)
    return between.join((left, right))


def _merge_carefully(
    merging: _Merging, path: Path, rule: tuple[type, str], base: Value, left: Value, right: Value
) -> Value:
    """What protects people: a value that is less careful than one of the sides needs a person who says so."""
    weight = CAREFUL.get(rule) or QUIETLY_CAREFUL[rule]
    if weight(left) == weight(right):
        if left in (base, right) or right == base:
            return right if left == base else left
        return LATEST[rule](left, right) if rule in LATEST else _ask(merging, path, base, left, right)
    careful: Side = "left" if weight(left) > weight(right) else "right"
    kept, other = (left, right) if careful == "left" else (right, left)
    # The careful one is a change, and the other is as it was: nothing to ask.
    if rule in QUIETLY_CAREFUL or other == base:
        return kept
    return _ask(merging, path, base, left, right, careful, careful=True)


# ----------------------------------------------------------------------------------------------- texts and lists


def _merge_body(merging: _Merging, path: Path, base: Value, left: str, right: str) -> Value:
    if left in (base, right) or right == base:
        return right if left == base else left
    before = None if isinstance(base, _Unknown) else _split(base)
    merged, clashes = merge_paragraphs(before, _split(left), _split(right))
    if before is None and not clashes:
        return _ask(merging, path, base, left, right)  # the same paragraphs in another order
    dropped, sides = set[int](), set[Side]()
    for number, clash in enumerate(clashes, 1):
        left_text, right_text = clash.left or None, clash.right or None
        conflict = MergeConflict((*path, str(number)), clash.base or None, left_text, right_text, True, "both")
        side = merging.chosen_side(conflict)
        sides.add(side)
        # The woven text has both sides of a clash; what was not chosen is taken out of it again.
        if side != "both":
            dropped.add(clash.right_at if side == "left" else clash.left_at)
    if before is None and sides in ({"left"}, {"right"}):
        return left if sides == {"left"} else right  # all of one side: with nothing to go by, in its own order, too
    return _GAP.join(text for at, text in enumerate(merged) if at not in dropped)


def _split(body: str) -> tuple[str, ...]:
    """Paragraphs as Markdown parts them; lines of white space are no text."""
    return tuple(part.strip("\n") for part in body.split(_GAP) if part.strip())


def _merge_words(base: Value, left: tuple[str, ...], right: tuple[str, ...]) -> tuple[str, ...]:
    """Lists by value: what one added or took out is added or taken out."""
    before = tuple(dict.fromkeys(base)) if isinstance(base, tuple) else ()
    one, other = dict.fromkeys(left), dict.fromkeys(right)
    # What both have, and what one has added; what only one still has of before, the other has taken out.
    alive = {each for each in (*one, *other) if (each in one and each in other) or each not in before}
    return weave_orders(before, tuple(one), tuple(other), alive)


def _all_of(base: Value, left: tuple[Value, ...], right: tuple[Value, ...]) -> tuple[Value, ...]:
    """Everything of both, each once: what hides or protects is never taken away by a merge."""
    # By their written form: covers hold lists and cannot be keys themselves.
    known = {repr(each): each for each in (*left, *right)}
    before, one, other = (
        tuple(dict.fromkeys(map(repr, each if isinstance(each, tuple) else ()))) for each in (base, left, right)
    )
    return tuple(known[key] for key in weave_orders(before, one, other, known.keys()))


def _merge_map(
    merging: _Merging, path: Path, base: Value, left: dict[str, Value], right: dict[str, Value]
) -> dict[str, Value]:
    return {
        name: value
        for name in sorted(left.keys() | right.keys())
        if (value := _merge_entry(merging, (*path, name), _entry(base, name), left.get(name), right.get(name)))
        is not None
    }


def _entry(base: Value, name: object) -> Value:
    """What was there under a name before; None for nothing."""
    return base.get(name) if isinstance(base, dict) else _UNKNOWN if isinstance(base, _Unknown) else None


def _merge_entry(merging: _Merging, path: Path, base: Value, left: Value, right: Value) -> Value:
    """One record of a list or entry of a map, where None is "not there"; what comes out is None when it goes."""
    if left is None or right is None:
        return _merge_presence(merging, path, base, left, right)
    if left == right:
        return left
    if isinstance(left, Record) and not isinstance(left, WHOLE):
        inner = base if isinstance(base, type(left) | _Unknown) else None
        return _merge_record(merging, path, inner, left, right)
    if base is not None and base in (left, right):
        return right if left == base else left
    return _merge_inside(merging, path, base, left, right)


def _merge_presence(merging: _Merging, path: Path, base: Value, left: Value, right: Value) -> Value:
    """What only one side has: it was added there, or taken out on the other side; what was worked on is asked about."""
    present = left if right is None else right
    if base is None or isinstance(present, tuple(LASTING)):
        return present
    if present == base:
        return None
    return _ask(merging, path, base, left, right, "left" if right is None else "right")


def _merge_list(
    merging: _Merging, path: Path, key: Value, base: Value, left: tuple[Value, ...], right: tuple[Value, ...]
) -> tuple[Value, ...]:
    """Records by what tells them apart."""
    before = _by_key(key, base if isinstance(base, tuple) else ())
    one, other = _by_key(key, left), _by_key(key, right)
    made: dict[object, Value] = {}
    # In one order whichever side is which, so that conflicts are listed in the order of the story.
    order = weave_orders(tuple(before), tuple(one), tuple(other), one.keys() | other.keys())
    for name in order:
        was = _UNKNOWN if isinstance(base, _Unknown) else before.get(name)
        merged = _merge_entry(merging, (*path, _key_words(name)), was, one.get(name), other.get(name))
        if merged is not None:
            made[name] = merged
    kept = [made[name] for name in order if name in made]
    moment = BY_TIME.get(type(kept[0])) if kept else None
    return tuple(sorted(kept, key=lambda each: _moment(getattr(each, moment))) if moment else kept)


def _moment(text: str) -> tuple[float, str]:
    """A time of the file to sort by: two laptops may have clocks of two zones."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return 0.0, text
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp(), text


def _by_key(key: Value, records: Sequence[Value]) -> dict[object, Value]:
    found: dict[object, Value] = {}
    for each in records:
        name, number = key(each), 0
        while (name, number) in found:
            number += 1
        found[name, number] = each
    return found


def _key_words(name: object) -> str:
    """A key as a part of a path: its words, and its number where there are several alike."""
    words, number = name if isinstance(name, tuple) else (name, 0)
    said = words if isinstance(words, str) else "/".join(str(part) for part in words)
    return f"{said}#{number + 1}" if number else said
