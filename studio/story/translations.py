"""The story in other languages, beside the one it was written in.

A translation (``Story.texts``) says the same in other words: it has no facts, photos or outlets of its own. Here is
what of a story can be translated, how a translation is edited, when it is out of date, and ``told_in``: the story as
readers of that language get it. Everything that leaves the workspace in another language is made from that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Literal, TypeVar

from msgspec.structs import replace

from studio.story.body import parse_markdown, split_lead
from studio.story.edits import StoryEdit
from studio.story.key_points import chosen_points, point_mark
from studio.story.newsroom_records import Translation
from studio.story.sentence_units import whole_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from studio.story.body import BodyBlock
    from studio.story.model import Cue, Photo, Story, TextOverride, Video

M = TypeVar("M", "Photo", "Video")
LANGUAGES = ("jv", "su", "mad", "ban", "min", "bug", "mak", "ace", "bjn", "sas", "bbc", "ms", "en")
"""BCP 47: what is written in the villages beside Indonesian; those whose labels came with the studio first."""
TextLook = Literal["line", "text", "body"]
_PLAIN: Mapping[str, TextLook] = {
    "headline": "line", "kicker": "line", "place": "line", "summary": "text", "body": "body",
}  # fmt: skip
_OF_MEDIA: Mapping[str, tuple[str, TextLook]] = {
    "captions": ("caption", "text"),
    "alts": ("alt", "text"),
    "titles": ("title", "line"),
    "title_details": ("title_detail", "line"),
    "title_cards": ("title_card", "text"),
}
"""A map of a translation, and the field of a photo or clip it translates."""
_CODE = re.compile(r"(?!(?:con|prn|aux|nul)(?:-|$))[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
"""A language tag (RFC 5646) that can be a folder too; Windows keeps four of them for devices."""
_NAMES = frozenset({"place", "titles"})
_CARRYING = ("headline", "body")
"""Without these in it nobody is told the story in that language."""


@dataclass(frozen=True, slots=True)
class TranslatableText:
    """A text of the story that can be said in another language.

    Attributes:
        address: in a ``Translation``: ``headline``, ``captions/p1``, ``subtitles/v1/0``, ``service_answers/cost``.
        original: what the story says.
        look: one line, several, or Markdown.
    """

    address: str
    original: str
    look: TextLook = "line"


def translatable_texts(story: Story) -> tuple[TranslatableText, ...]:
    """What of a story can be translated, in the order it is read; empty texts are left out."""
    every = (*_plain_texts(story), *_media_texts(story))
    return tuple(text for text in every if text.original.strip())


def _plain_texts(story: Story) -> Iterator[TranslatableText]:
    for name, look in _PLAIN.items():
        yield TranslatableText(name, getattr(story, name), look)
    for name, answer in story.service_answers.items():
        yield TranslatableText(f"service_answers/{name}", answer, "text")


def _media_texts(story: Story) -> Iterator[TranslatableText]:
    items: tuple[Photo | Video, ...] = (*story.photos, *story.videos)
    for item in items:
        for kept, (field, look) in _OF_MEDIA.items():
            yield TranslatableText(f"{kept}/{item.id}", getattr(item, field, ""), look)
        for number, cue in enumerate(getattr(item, "subtitles", ())):
            yield TranslatableText(f"subtitles/{item.id}/{number}", cue.text, "text")


def translated_text(words: Translation | None, address: str) -> str:
    """What a translation has for a text; "" for nothing."""
    root, *rest = address.split("/")
    value: object = getattr(words, root, "")
    for part in rest:
        if isinstance(value, tuple):
            value = value[int(part)] if part.isdigit() and int(part) < len(value) else ""
        else:
            value = value.get(part, "") if isinstance(value, dict) else ""
    return value if isinstance(value, str) else ""


# ------------------------------------------------------------------------------------------------ how it stands


def original_hash(story: Story) -> str:
    """What stands for all that can be translated, as ``Translation.made_from``: 16 hexadecimal digits."""
    told = "\0".join(f"{text.address}\0{text.original}" for text in translatable_texts(story))
    return sha256(told.encode("utf-8", "replace")).hexdigest()[:16]


def stale_texts(story: Story, language: str) -> tuple[TranslatableText, ...]:
    """The translated texts whose original says something else than when they were made."""
    words = story.texts.get(language)
    if words is None:
        return ()
    changed = bool(words.made_from) and words.made_from != original_hash(story)
    return tuple(
        text
        for text in translatable_texts(story)
        if translated_text(words, text.address).strip()
        and (_differs(words.sources[text.address], text.original) if text.address in words.sources else changed)
    )


def _differs(before: str, now: str) -> bool:
    return before.split() != now.split()


def missing_texts(story: Story, language: str) -> tuple[TranslatableText, ...]:
    """What is not translated yet; names, which are the same in every language as a rule, are not missed."""
    words = story.texts.get(language)
    return tuple(
        text
        for text in translatable_texts(story)
        if text.address.partition("/")[0] not in _NAMES and not translated_text(words, text.address).strip()
    )


def is_language_code(language: str) -> bool:
    """Whether it is written as BCP 47 writes a language: it names a folder, an address and ``lang`` of a page."""
    return _CODE.fullmatch(language) is not None


def is_told(story: Story, language: str) -> bool:
    """Whether a reader of that language gets the story: it is its own, or headline and body are translated.

    What is no language code, as a file of others may have it, is told to nobody.
    """
    if language == story.language:
        return True
    if not is_language_code(language) or language.lower() == story.language.lower():
        return False
    missing = {text.address for text in missing_texts(story, language)}
    return language in story.texts and missing.isdisjoint(_CARRYING)


def languages_of(story: Story, outlet: str) -> tuple[str, ...]:
    """In which languages an outlet gets the story, the first in the usual place.

    One that was chosen but is not translated yet is passed by; where none is left, it is the story's own.
    """
    told: dict[str, str] = {}
    for language in story.outlet_languages.get(outlet, ()):
        if is_told(story, language):
            told.setdefault(language.lower(), language)  # ``jv`` and ``JV`` are one folder on many disks
    first, *others = told.values() or (story.language,)
    # The story's own may be no code in a file of others; in its usual place nothing is called by it.
    return (first, *(language for language in others if is_language_code(language)))


def used_languages(story: Story) -> tuple[str, ...]:
    """The other languages that some outlet gets."""
    chosen = (language for languages in story.outlet_languages.values() for language in languages)
    return tuple(dict.fromkeys(code for code in chosen if code != story.language and is_told(story, code)))


# ------------------------------------------------------------------------------------------------ edits


def add_translation(language: str, by: str = "", when: str = "") -> StoryEdit:
    """Begin a translation; one that is there stays."""

    def apply(story: Story) -> Story:
        if language in story.texts or language == story.language:
            return story
        return replace(story, texts={**story.texts, language: Translation(by=by, when=when)})

    return StoryEdit("edit.translation_add", apply)


def drop_translation(language: str) -> StoryEdit:
    """Take a translation out; outlets that had it get the story in its own language."""

    def apply(story: Story) -> Story:
        if language not in story.texts:
            return story
        kept = {code: words for code, words in story.texts.items() if code != language}
        chosen = {outlet: _without(codes, language, story.language) for outlet, codes in story.outlet_languages.items()}
        return replace(story, texts=kept, outlet_languages={outlet: codes for outlet, codes in chosen.items() if codes})

    return StoryEdit("edit.translation_drop", apply)


def _without(codes: Sequence[str], language: str, own: str) -> tuple[str, ...]:
    """The languages of an outlet without one; empty where only the story's own is left."""
    kept = tuple(code for code in codes if code != language)
    return () if kept in ((), (own,)) else kept


def set_translated(language: str, address: str, text: str) -> StoryEdit:
    """Set one text of a translation; typing in the same text is one step of undo.

    A text that was out of date stays so until ``settle_translation``: the first key pressed does not bring it up to
    date.
    """

    def apply(story: Story) -> Story:
        words = story.texts.get(language)
        before = translated_text(words, address)
        if words is None or before == text:
            return story
        sources = dict(words.sources)
        if not text.strip():
            sources.pop(address, None)
        elif not before.strip():
            sources[address] = _original_of(story, address)
        # Whoever read it has not read this.
        return _with_words(story, language, replace(_with_text(words, address, text), sources=sources, checked_by=""))

    return StoryEdit("edit.translation", apply, merge=f"text:{language}:{address}")


def settle_translation(language: str, address: str = "") -> StoryEdit:
    """Say that a text goes with the original as it is now; all of them without an ``address``."""

    def apply(story: Story) -> Story:
        words = story.texts.get(language)
        stale = [text for text in stale_texts(story, language) if address in ("", text.address)]
        if words is None or not stale:
            return story
        settled = {text.address: text.original for text in stale}
        return _with_words(story, language, replace(words, sources={**words.sources, **settled}))

    return StoryEdit("edit.translation_settle", apply)


def settle_sources(story: Story) -> Story:
    """The story with translations that came together with it: each is made from the original as it stands."""
    known = translatable_texts(story)
    for language, words in story.texts.items():
        told = {text.address: text.original for text in known if translated_text(words, text.address).strip()}
        story = _with_words(story, language, replace(words, sources=told))
    return story


def set_checked_by(language: str, name: str) -> StoryEdit:
    """Say which speaker of the language has read it; "" for nobody."""

    def apply(story: Story) -> Story:
        words = story.texts.get(language)
        if words is None or words.checked_by == name:
            return story
        return _with_words(story, language, replace(words, checked_by=name))

    return StoryEdit("edit.translation_checked", apply, merge=f"text:{language}:checked_by")


def set_outlet_languages(outlet: str, languages: Sequence[str]) -> StoryEdit:
    """Say in which languages an outlet gets the story; its own alone is what an outlet gets without a word."""

    def apply(story: Story) -> Story:
        chosen = tuple(dict.fromkeys(languages))
        others = {name: codes for name, codes in story.outlet_languages.items() if name != outlet}
        after = others if chosen in ((), (story.language,)) else {**others, outlet: chosen}
        return story if after == story.outlet_languages else replace(story, outlet_languages=after)

    return StoryEdit("edit.outlet_languages", apply)


def _with_words(story: Story, language: str, words: Translation) -> Story:
    return replace(story, texts={**story.texts, language: words})


def _original_of(story: Story, address: str) -> str:
    return next((text.original for text in translatable_texts(story) if text.address == address), "")


def _with_text(words: Translation, address: str, text: str) -> Translation:
    root, *rest = address.split("/")
    if not rest:
        return replace(words, **{root: text})
    kept = dict(getattr(words, root))
    if len(rest) == 1:
        kept[rest[0]] = text
    else:
        number, lines = int(rest[1]), list(kept.get(rest[0], ()))
        lines += [""] * (number + 1 - len(lines))
        lines[number] = text
        kept[rest[0]] = tuple(lines)
    return replace(words, **{root: {key: value for key, value in kept.items() if value}})


# ------------------------------------------------------------------------------------------------ the story in it


def told_in(story: Story, language: str) -> Story:
    """The story as readers of a language get it; the story itself in its own language, or where it has no such text.

    What is not translated stays as it is, but for the summary, which is the beginning of the text in its place.
    """
    words = without_strays(story).get(language)
    if words is None or language == story.language:
        return story
    told = replace(
        story,
        language=language,
        headline=words.headline or story.headline,
        kicker=words.kicker or story.kicker,
        place=words.place or story.place,
        summary=words.summary,
        body=words.body or story.body,
        service_answers={
            name: words.service_answers.get(name) or answer for name, answer in story.service_answers.items()
        },
        photos=tuple(_told_media(photo, words) for photo in story.photos),
        videos=tuple(_told_clip(clip, words) for clip in story.videos),
        overrides=_own_overrides(story, language),
        texts={},
    )
    return replace(told, points=_told_points(story, told))


def _told_media(item: M, words: Translation) -> M:
    found = {
        field: getattr(words, kept)[item.id]
        for kept, (field, _) in _OF_MEDIA.items()
        if getattr(words, kept).get(item.id)
    }
    if "caption" in found:
        # A description nobody translated would be read out in another language: the caption stands in for it.
        found.setdefault("alt", "")
    return replace(item, **found) if found else item


def _told_clip(clip: Video, words: Translation) -> Video:
    said = words.subtitles.get(clip.id, ())
    pairs = zip(clip.subtitles, (*said, *[""] * len(clip.subtitles)), strict=False)
    return replace(_told_media(clip, words), subtitles=tuple(_told_cue(cue, text) for cue, text in pairs))


def _told_cue(cue: Cue, text: str) -> Cue:
    return replace(cue, text=text) if text.strip() else cue


def _own_overrides(story: Story, language: str) -> dict[str, TextOverride]:
    """The texts adjusted by hand in this language: those of ``"x/jv/{n:02}.txt"`` and the like."""
    return {key: own for key, own in story.overrides.items() if key.partition("/")[2].startswith(f"{language}/")}


def _told_points(story: Story, told: Story) -> tuple[str, ...] | None:
    """The key points in the other language: the sentences where those of the original stand, None for the proposed."""
    blocks, others = parse_markdown(story.body), parse_markdown(told.body)
    wanted = set(chosen_points(blocks, story.headline, story.points))
    before, after = _sentences(blocks), _sentences(others)
    if [len(part) for part in before] != [len(part) for part in after]:
        return None
    pairs = ((old, new) for one, two in zip(before, after, strict=True) for old, new in zip(one, two, strict=True))
    return tuple(point_mark(new) for old, new in pairs if old in wanted)


def _sentences(blocks: Sequence[BodyBlock]) -> list[tuple[str, ...]]:
    _, rest = split_lead(blocks)
    return [tuple(whole_sentences(" ".join(block.text.split()))) for block in rest]


def without_strays(story: Story) -> dict[str, Translation]:
    """The translations without what translates nothing of the story any more.

    Such words wait in the file, in case the photo or summary comes back; they reach nobody, and nobody could change
    them.
    """
    if not story.texts:
        return {}
    known = frozenset(text.address for text in translatable_texts(story))
    return {language: _only_known(words, known) for language, words in story.texts.items()}


def _only_known(words: Translation, known: frozenset[str]) -> Translation:
    plain = {name: "" for name in _PLAIN if name not in known}
    maps = {
        name: {key: text for key, text in getattr(words, name).items() if f"{name}/{key}" in known}
        for name in (*_OF_MEDIA, "service_answers")
    }
    said = {
        clip: tuple(text if f"subtitles/{clip}/{at}" in known else "" for at, text in enumerate(lines))
        for clip, lines in words.subtitles.items()
        if f"subtitles/{clip}/0" in known
    }
    return replace(words, **plain, **maps, subtitles=said)
