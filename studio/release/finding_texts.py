"""Findings in words: what the command line, an export's refusal and the checking desk print."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from studio.base.font_table import is_drawable
from studio.base.paths import assets_dir
from studio.checks.all_checks import check_story
from studio.checks.finding_location import language_word, translated_place
from studio.checks.language import LanguageChecker
from studio.checks.readiness import StoryReadiness, judge_readiness
from studio.lexicon.lexicon import load_lexicon
from studio.lexicon.pii import find_private
from studio.lexicon.word_list import known_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.base.i18n import MessageTexts
    from studio.checks.checklist_rules import ChecklistQuestion
    from studio.checks.finding import Finding
    from studio.story.model import Group, Story
    from studio.story.service_kinds import ServiceKind


_SOURCE_WORDS = {
    "Peraturan Dewan Pers": "rule.press_council",
    "pengertian identitas anak": "rule.child_identity",
    "praktik redaksi": "rule.newsroom",
    "praktik usaha": "rule.business",
    "praktik CekFakta": "rule.cekfakta",
    "praktik Mafindo": "rule.mafindo",
    "kalimat efektif": "rule.effective",
    "UU PDP": "rule.privacy",
    "UU": "rule.law",
    "pasal": "rule.article",
    "butir": "rule.point",
    "awalan di- serangkai dengan kata kerja": "rule.di_verb",
    "partikel pun dipisah": "rule.pun",
    "tiga belas bentuk padu serangkai": "rule.thirteen",
    "per 'tiap' dipisah": "rule.per",
    "bentuk terikat serangkai": "rule.bound",
    "se- dan nama diri bertanda hubung": "rule.se_name",
    "ke- dan angka bertanda hubung": "rule.ke_digits",
    "awalan ke- serangkai dengan kata bilangan": "rule.ke_number",
    "imbuhan serangkai dengan kata dasarnya": "rule.affix",
    "sebagai kata depan dipisah": "rule.preposition",
}
"""Words in sources of rules, as the rules write them, and the message that says each."""
SOURCE_NAMES = ("KEJ", "PPRA", "PPMS", "EYD", "KBBI", "UU")
"""Short names in sources, which a reader may not know."""
_SOURCE_WORD = re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in _SOURCE_WORDS))


def language_checker() -> LanguageChecker:
    """A checker of language with the built-in lexicon; reading it takes a third of a second."""
    return LanguageChecker(load_lexicon(assets_dir() / "language"))


def check_all(
    story: Story,
    group: Group,
    language: LanguageChecker,
    *,
    folder: str = "",
    today: str = "",
    now: str = "",
    service: ServiceKind | None = None,
    questions: Sequence[ChecklistQuestion] = (),
) -> StoryReadiness:
    """Every finding about a story, sorted: what the checking desk and ``kim-studio check`` show."""
    found = check_story(
        story,
        group,
        detect=find_private,
        known=known_words(),
        language=language,
        drawable=is_drawable,
        folder=folder,
        today=today,
        now=now,
        service=service,
        questions=questions,
    )
    return judge_readiness(story, found)


def finding_words(finding: Finding, texts: MessageTexts) -> str:
    """What a finding says, in the language of ``texts``."""
    facts = {name: _in_words(name, value, texts) for name, value in finding.facts.items()}
    return texts.text(f"check.{finding.code}", **facts)


def _in_words(name: str, value: object, texts: MessageTexts) -> object:
    if name == "missing" and isinstance(value, tuple):
        return ", ".join(texts.text(f"answers.{question}") for question in value)
    if name == "kind" and texts.has_text(code := f"private.{value}"):
        return texts.text(code)
    if name == "language" and isinstance(value, str):
        return language_word(value, texts)
    if name == "question":
        return question_words(value, texts)
    return value


def question_words(asked: object, texts: MessageTexts) -> object:
    """A question of a notice's form: its own words by language, or those all kinds share, by its name."""
    if isinstance(asked, Mapping):
        return asked.get(texts.language) or asked.get("id", "")
    code = f"service.ask.{asked}"
    return texts.text(code) if texts.has_text(code) else asked


def source_words(finding: Finding, texts: MessageTexts) -> str:
    """The rule behind a finding: "KEJ pasal 5", in English "KEJ article 5"; "" for none."""
    return _SOURCE_WORD.sub(lambda found: texts.text(_SOURCE_WORDS[found[0]]), finding.source)


def source_meaning(finding: Finding, texts: MessageTexts) -> str:
    """What the short names in a finding's source stand for, a line each: "KEJ: Kode Etik Jurnalistik"; "" for none."""
    names = [name for name in SOURCE_NAMES if name in finding.source]
    return "\n".join(f"{name}: {texts.text(f'rule.name.{name}')}" for name in names)


def place_words(finding: Finding, texts: MessageTexts) -> str:
    """The place of a finding in words: the name of the field."""
    if finding.place is None:
        return texts.text("place.story")
    parts = finding.place.field.split("/")
    if parts[0] == "texts":
        return translated_place(parts, texts)
    name = parts[-1] if parts[0] in {"photos", "videos"} else parts[0]
    if len(parts) > 2 and parts[2] == "subtitles":
        name = "subtitles"
    codes = (f"place.{name}", f"checkdesk.where.{name}", f"checkdesk.where.all.{name}")
    code = next((code for code in codes if texts.has_text(code)), "")
    return texts.text(code) if code else finding.place.field
