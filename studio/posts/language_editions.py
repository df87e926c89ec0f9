"""The languages in which an outlet gets a story: each is an edition with files of its own.

The first language of an outlet has the usual files; every other one has them again in a folder of its name
(``whatsapp/jv/pesan.txt``), but for the photos on which nothing is written. An edition is an ``Outlet`` whose outputs
have such names and a material whose words are in that language, so that plan, preview and hand-out know no languages.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from msgspec.structs import replace as with_fields

from studio.posts.output_kinds import PageOutput, PhotoOutput
from studio.posts.web_addresses import site_address
from studio.story.translations import languages_of, told_in

if TYPE_CHECKING:
    from studio.posts.catalog import OutletCatalog
    from studio.posts.output_kinds import Output
    from studio.posts.packs import Outlet
    from studio.posts.template_context import TemplateContext
    from studio.story.model import Story


@dataclass(frozen=True, slots=True)
class LanguageEdition:
    """An outlet in one language.

    Attributes:
        outlet: with the names its files have in this edition.
        language: BCP 47.
        folder: where its files lie below the outlet's, ``"jv/"``; "" for the first language.
    """

    outlet: Outlet
    language: str
    folder: str = ""

    @property
    def up(self) -> str:
        """The way from its files to those of the first language."""
        return "../" if self.folder else ""


def language_editions(outlet: Outlet, story: Story) -> tuple[LanguageEdition, ...]:
    """The editions of an outlet, the first language first; one for most stories."""
    first, *others = languages_of(story, outlet.id)
    return (LanguageEdition(outlet, first), *(_further_edition(outlet, language) for language in others))


def _further_edition(outlet: Outlet, language: str) -> LanguageEdition:
    folder = f"{language}/"
    outputs = tuple(_into_folder(output, folder) for output in outlet.outputs if _has_words(output))
    return LanguageEdition(replace(outlet, outputs=outputs), language, folder)


def _has_words(output: Output) -> bool:
    """Whether it may say something in a language; of photos whether a strip may lie on them."""
    return not isinstance(output, PhotoOutput) or output.strip


def _into_folder(output: Output, folder: str) -> Output:
    file = f"{folder}{output.file}"
    if isinstance(output, PageOutput):
        return with_fields(output, file=file, files=tuple((f"{folder}{name}", made) for name, made in output.files))
    return with_fields(output, file=file)


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """A page in one language, as the pages of the others point to it.

    Attributes:
        language: BCP 47.
        name: what the language calls itself.
        way: relative, from the page that points there.
        folder: below the story's address, "" for its own page.
        here: whether it is the page itself.
    """

    language: str
    name: str
    way: str
    folder: str
    here: bool


def language_links(story: Story, edition: LanguageEdition, catalog: OutletCatalog) -> tuple[LanguageLink, ...]:
    """The pages of a story in all its languages, seen from one of them; empty where there is one alone."""
    page = next(iter(edition.outlet.outputs_of(PageOutput)), None)
    languages = languages_of(story, edition.outlet.id)
    if page is None or len(languages) < 2:
        return ()
    names, file = catalog.labels.get("language", {}), page.file.removeprefix(edition.folder)
    folders = ["", *(f"{language}/" for language in languages[1:])]
    return tuple(
        LanguageLink(
            language, names.get(language, language), f"{edition.up}{folder}{file}", folder, language == edition.language
        )
        for language, folder in zip(languages, folders, strict=True)
    )


def material_in(material: TemplateContext, language: str, catalog: OutletCatalog) -> TemplateContext:
    """The story in a language, ready for templates; the same in its own."""
    story = material.story
    if language == story.language or language not in story.texts:
        return material
    told, labels = told_in(story, language), catalog.labels_in(language)
    return replace(material, story=told, labels=labels, translation=language, page=_page_of(material, language))


def _page_of(material: TemplateContext, language: str) -> str:
    """Where readers of a language find the story: its page on the group's own site, else that of the original."""
    site, others = site_address(material.group), languages_of(material.story, "website")[1:]
    ours = bool(site) and material.url.startswith(f"{site}/")
    return f"{material.url.rstrip('/')}/{language}/" if ours and language in others else material.url
