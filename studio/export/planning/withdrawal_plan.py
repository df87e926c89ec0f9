"""Plans what is made of a story that was taken back: the notices of that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.export.planning.content_keys import key_of
from studio.export.planning.export_tasks import FileTarget, StoryPlan, TextTask
from studio.export.planning.file_specs import FileProblem, file_problem
from studio.export.planning.group_logo import ready_logo
from studio.export.planning.page_plan import LOGO, logo_task
from studio.posts.counting import count
from studio.posts.output_kinds import PageOutput, TextOutput
from studio.posts.web_addresses import site_address
from studio.posts.withdrawn_page import withdrawn_page
from studio.story.publishing import find_publication
from studio.story.withdrawal import StoryWithdrawal, fitted_text, withdrawal_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from studio.base.i18n import MessageTexts
    from studio.export.planning.file_specs import FileKind
    from studio.posts.packs import Outlet
    from studio.posts.render_context import RenderContext
    from studio.release.release_gate import ReleasedStory
    from studio.store.story_shelf import StoryShelf
    from studio.story.model import Group

NOTICE = "pencabutan.txt"
"""The post about a withdrawal, for each outlet where the story had appeared."""


def plan_withdrawal(
    workspace: StoryShelf, released: ReleasedStory, press: RenderContext, outlets: Iterable[Outlet], texts: MessageTexts
) -> StoryPlan:
    """Plan the notices of a story that the gate let out as its withdrawal; args and result as for ``plan_release``."""
    if released.withdrawal is None:
        return StoryPlan((), ())
    logo = ready_logo(workspace)
    tasks: list[TextTask] = []
    problems: list[FileProblem] = []
    for outlet in outlets:
        try:
            tasks += _notices(released, released.withdrawal, press, outlet, logo.mark if logo else None)
        except OSError:
            raise  # the drive, which is no bug and no matter of one file
        except Exception as error:  # a bug in one outlet's notice stops no other
            problems.append(file_problem(outlet.id, outlet.id, error, texts))
    return StoryPlan(tuple(tasks), tuple(problems))


def _notices(
    released: ReleasedStory, told: StoryWithdrawal, press: RenderContext, outlet: Outlet, mark: Path | None
) -> Iterator[TextTask]:
    page = next(iter(outlet.outputs_of(PageOutput)), None)
    if page is not None and not told.moved:  # at a neutral address it is part of the complete site only
        for file in withdrawn_page(press, outlet, page, told, released.group, logo=LOGO if mark else ""):
            yield _task(outlet, file.name, "page", file.content)
        if mark is not None:
            yield logo_task(outlet, mark)
    if find_publication(released.story, outlet.id) is not None:
        yield _task(outlet, NOTICE, "text", _notice(released, told, outlet).encode("utf-8", "replace"))


def _task(outlet: Outlet, name: str, kind: FileKind, content: bytes) -> TextTask:
    return TextTask(FileTarget(f"{outlet.id}/{name}", outlet.id, kind, key_of(kind, content)), content)


def _notice(released: ReleasedStory, told: StoryWithdrawal, outlet: Outlet) -> str:
    """The post, no longer than the outlet's main text may be."""
    main = next((output for output in outlet.outputs_of(TextOutput) if output.limit), None)
    link = withdrawal_link(told, released.group)

    def make(shown: StoryWithdrawal) -> str:
        return withdrawal_text(released.story, shown, outlet.id, released.group, link)

    def fits(text: str) -> bool:
        return main is None or count(text.strip(), main.count) <= main.limit

    return fitted_text(make, told, fits)


def withdrawal_link(told: StoryWithdrawal, group: Group) -> str:
    """Where the page about a withdrawal is on the group's website, "" for a group without one."""
    address = site_address(group)
    return f"{address}/{told.address}/" if address else ""
