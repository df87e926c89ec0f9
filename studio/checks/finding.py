"""What a rule says about a story: data only; the words for it are in ``assets/messages/check*.toml``."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.story.places import TextPlace

Level = Literal["block", "warning", "advice"]
LEVELS: tuple[Level, ...] = ("block", "warning", "advice")
"""From what stops a publication to what is only worth a thought."""
Topic = Literal["complete", "language", "facts", "people", "media", "form"]


@dataclass(frozen=True, slots=True)
class TextFix:
    """A change the user can accept with one click: the words at ``place`` become ``text``.

    ``also`` are further places of the same words, each with what they become there: one click fixes them all.
    ``shown`` is how it is offered, where ``text`` is no words (a date of the fact box); "" is the text itself.

    ``act`` "source" adds someone to the sources instead: ``text`` is the name, ``role`` what they are.
    """

    place: TextPlace
    text: str
    also: tuple[tuple[TextPlace, str], ...] = ()
    shown: str = ""
    act: Literal["replace", "source"] = "replace"
    role: str = ""


@dataclass(frozen=True)
class Finding:
    """One thing a rule noticed.

    Args:
        code: names its text, ``"check.<code>"``: what was found and what to do, in one or two sentences.
        level: ``block`` stops a publication, ``warning`` should be looked at, ``advice`` makes it better.
        topic: where the desk lists it.
        place: where it is; None when it concerns the entire story.
        facts: what the text fills in, such as ``word``, ``name``, ``count``, ``sentence``.
        source: the rule behind it and where it stands ("EYD V, II.A", "PPRA butir 1", "KEJ pasal 5").
        fixes: ways out, best first.
        said: the sentence it was found in, "" when it is about no words.
        more: where else in the story the same is to be said.
    """

    code: str
    level: Level
    topic: Topic
    place: TextPlace | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    source: str = ""
    fixes: tuple[TextFix, ...] = ()
    said: str = ""
    more: tuple[TextPlace, ...] = ()

    @property
    def key(self) -> str:
        """Says which finding it is, across runs: what was ignored in this story."""
        told = self.facts.get("word") or self.facts.get("name") or ""
        return ":".join(str(part) for part in (self.code, self.place.field if self.place else "", told))

    @property
    def block_key(self) -> str:
        """Says which block it is, for the reason that lets it stand: it holds for the sentence it was given for.

        Whom it is about and the words around it belong to it; when they change, the block asks again. So does a reason
        given in a version that noted no sentence, where the words are known.
        """
        about = [str(self.facts[fact]) for fact in ("name", "when") if self.facts.get(fact)]
        if not self.said and not (self.topic == "people" and about):
            return self.key
        told = "\n".join((*about, " ".join(self.said.split())))
        return f"{self.key}:{sha256(told.encode('utf-8', 'replace')).hexdigest()[:16]}"
