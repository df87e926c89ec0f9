"""Nothing leaves the workspace but through the gate: read from the source with ``ast``, and tried at run time."""

from __future__ import annotations

import ast
import copy
import dataclasses
import pickle
import re
from collections import defaultdict
from collections.abc import Iterator

import pytest

from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir, templates_dir
from studio.release.release_gate import ReleasedStory, release_story
from studio.services.hand_out import HandOuts
from studio.store.workspace import create_workspace
from studio.story.model import Group, Story
from tests.source_files import parsed_files

TEXTS = MessageTexts(assets_dir() / "messages", "id")
MAKERS = {
    "ReleasedStory": {"release/release_gate.py"},
    "HandOut": {"services/hand_out.py"},
    "WebPost": {"services/web_post.py"},
    "ReportedStory": {"release/reported_stories.py"},
    "ReportedActivity": {"release/reported_stories.py"},
    "ToldEntry": {"release/told_calendar.py"},
}
"""Where each value that is let out is made: nowhere else."""
SEALED = {"_SEAL": "release/release_gate.py"}
DOORS = {
    # Whatever hands story files or words to the world outside, and the modules that may call it.
    "setText": {  # of the clipboard
        "ui/group/handover_card.py",  # the bare answers as one line
        "ui/publish/phone_panel.py",  # HandOut
        "ui/publish/phone_page.py",  # the address of the page
        "ui/dialogs/phone_intake_dialog.py",  # the address of the page
        "ui/publish/outlet_text_actions.py",  # release
        "ui/dialogs/shots_dialog.py",  # a list of pictures to take: nothing of a story
        "ui/check/ledger_page.py",  # the ledger: for the group
        "ui/check/evidence_page.py",  # evidence: for the group
        "ui/check/claim_lists.py",  # a hash of evidence
        "ui/publish/export_results.py",  # a bug's report, for the developers
    },
    "setMimeData": {"ui/video/whatsapp_card.py"},  # asks again before it copies
    "openUrl": {
        "ui/group/district_exports.py",  # shows the folder of that map
        "ui/publish/export_results.py",
        "ui/video/whatsapp_card.py",
        "ui/group/record_form.py",  # a scan or proof of the group's own, for the group
        "ui/group/activity_editor.py",  # minutes, for the group
        "ui/dialogs/guide_window.py",  # an address that stands in the guide, clicked
    },
    "open_folder": {
        "ui/publish/phone_web.py",  # the site of the library
        "ui/dialogs/joint_site_dialog.py",  # the site of many groups, each story released
        "ui/dialogs/photo_folder_dialog.py",  # results of a folder of photos that are in no story
        "ui/group/catalog_outputs.py",  # exports of products, released each
        "ui/group/report_outputs.py",  # the report, made of release.reported_stories
    },
    "urlopen": set(),
    "build_opener": {"publish/wordpress_rest.py"},
    "ThreadingHTTPServer": set(),
    "LanServer": {"publish/lan_server.py"},
    "TokenPage": set(),
    "LanPage": {"ui/publish/phone_page.py"},  # HandOut
    "IntakePage": {"ui/core/phone_intake.py"},  # takes in, gives nothing out
    "ZipFile": {  # to write
        "services/post_zip.py",  # HandOut
        "store/packages.py",  # the working package: for the group
        "store/importers.py",  # a bounded copy of a Word file, for its reader
        "posts/pack_zip.py",  # templates
        "store/data_archive.py",  # limits, words, lessons ... for other groups
    },
    "choose_target": {
        "ui/calendar/calendar_exports.py",  # made of release.told_calendar
        "ui/group/map_page.py",  # card and sheet of the self-map: the group's own figures
        "ui/group/district_exports.py",  # the map of many groups: figures of theirs, contacts only when ticked
        "ui/publish/phone_panel.py",  # the ZIP
        "ui/publish/gallery_packs.py",  # templates
        "ui/publish/gallery_families.py",  # a design family: templates
        "ui/video/clip_tasks.py",  # subtitles: release
        "ui/dialogs/recording_list.py",  # a recording: release
        "ui/dialogs/paper_button.py",  # the guide, hand-outs and certificates of lessons: nothing of a story
        "ui/video/whatsapp_card.py",  # pieces of a clip: release
        "ui/check/ledger_page.py",  # the ledger: for the group
        "ui/check/evidence_page.py",  # evidence: for the group
        "ui/check/consent_card.py",  # the blank form
        "ui/shell/handoff_commands.py",  # the working package: for the group, private things only when ticked
        "ui/dialogs/print_dialog.py",  # paper: release
        "ui/dialogs/read_aloud_dialog.py",  # a script to read aloud: release
        "ui/dialogs/certificates_dialog.py",  # certificates of names in a list: nothing of a story
        "ui/dialogs/shots_dialog.py",  # a list of pictures to take: nothing of a story
        "ui/core/unsaved_work.py",  # the story itself, for its author, when its drive is gone
    },
    "run_plan": {  # those of video run ffmpeg
        "export/running/story_exporter.py",
        "video/encode.py",
        "export/rendering/mixed_sound.py",  # the sound of a clip that is being made, beside its parts
        "video/copied_result.py",
        "video/trim_sound.py",
    },
    "plan_release": {
        "export/running/story_exporter.py",
        "services/unfinished_exports.py",  # counts what is left to make: release
        "export/cluster/cluster_executor.py",  # for story_exporter, where no worker can
        "export/cluster/worker_tasks.py",  # for story_exporter, released again there
        "services/hand_out.py",
        "services/web_post.py",
        "services/paper_printing.py",  # release
    },
    "plan_story": {"export/planning/story_plan.py"},
    "plan_outlets": {"export/planning/story_plan.py", "preview/outlet_previews.py"},
    "trim_clip": {
        "services/exact_trim.py",  # release
        "commands/trim.py",  # of any file, outside a workspace
    },
    "make_video": {"services/whatsapp_file.py"},
    "judge_story": {  # to look at a story; what leaves asks for a release
        "release/release_gate.py",
        "preview/outlet_previews.py",
        "export/website/site_library.py",
        "ui/publish/phone_panel.py",
        "ui/video/result_preview.py",
        "services/slideshow_preview.py",
        "ui/group/product_parts.py",
        "release/reported_stories.py",  # a refused story is counted in the report, its words stay at home
    },
}


def called(node: ast.Call) -> str:
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


@pytest.fixture(scope="module")
def trees() -> Iterator[dict[str, ast.Module]]:
    """The modules that name a door, what is let out or its seal; given back at the end, as they are many."""
    named = re.compile("|".join((*MAKERS, *DOORS, *SEALED)))
    found = dict(parsed_files(named.search))
    yield found
    found.clear()


@pytest.fixture(scope="module")
def callers(trees) -> dict[str, set[str]]:
    """For each name the modules that call something so named or, as an argument of ``partial``, hand it on."""
    found: dict[str, set[str]] = defaultdict(set)
    for file, tree in trees.items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = called(node)
            if name == "ZipFile" and not {"'w'", "'x'", "'a'"} & {ast.unparse(arg) for arg in node.args[1:]}:
                continue
            found[name].add(file)
            for arg in node.args if name == "partial" else ():
                found[getattr(arg, "id", "")].add(file)
    return found


@pytest.mark.parametrize("name", sorted(MAKERS))
def test_what_is_let_out_is_made_in_one_place(name, callers):
    assert callers[name] == MAKERS[name]


def test_nobody_borrows_the_seal_or_goes_round_the_constructor(trees):
    for file, tree in trees.items():
        for node in ast.walk(tree):
            name = getattr(node, "id", getattr(node, "attr", getattr(node, "name", "")))
            if name in SEALED:
                assert file == SEALED[name], f"{file}:{node.lineno}"
            if name in {"__new__", "__setattr__", "__post_init__"} and file != "release/release_gate.py":
                assert "ReleasedStory" not in ast.unparse(tree), file


@pytest.mark.parametrize("name", sorted(DOORS))
def test_every_door_is_known(name, callers, trees):
    found = callers[name]
    if name == "setText":  # labels have it too: those of the clipboard only
        found = {file for file in found if "clipboard().setText" in ast.unparse(trees[file])}
    assert found <= DOORS[name], f"new way out: put it behind release_gate.release_story, then name it here: {found}"


def test_the_senders_take_what_was_released_and_nothing_else(trees):
    """The first argument of each, by its annotation."""
    wanted = {
        ("publish/wordpress.py", "publish_post"): "WebPost",
        ("publish/lan_page.py", "shared_files"): "HandOut",
        ("services/post_zip.py", "pack_story"): "HandOut",
        ("export/running/plan_runner.py", "run_plan"): "ReleasedStory",
        ("export/planning/withdrawal_plan.py", "_notices"): "ReleasedStory",
    }
    for (file, name), kind in wanted.items():
        (made,) = [n for n in ast.walk(trees[file]) if isinstance(n, ast.FunctionDef) and n.name == name]
        first = next(arg for arg in made.args.args if arg.arg != "self")
        assert ast.unparse(first.annotation) == kind


@pytest.fixture
def workspace(tmp_path):
    with create_workspace(tmp_path / "KIM", Group(name="KIM Bina Warga")) as made:
        made.add(Story(id="", headline="Berita", date="2026-11-22", body="Isi."))
        yield made


def test_a_released_story_cannot_be_made_changed_copied_or_stored(workspace):
    released = release_story(workspace, workspace.story_folders()[0], TEXTS)
    facts = (released.folder, released.story, released.group, released.verdict, None)
    for seal in (None, object(), True, "seal"):
        with pytest.raises(TypeError):
            ReleasedStory(*facts, seal)
    with pytest.raises(TypeError):
        ReleasedStory(*facts)
    with pytest.raises((TypeError, ValueError)):
        dataclasses.replace(released, story=Story(id="lain"))
    for way in (copy.copy, copy.deepcopy, pickle.dumps):
        with pytest.raises(TypeError):
            way(released)
    with pytest.raises(dataclasses.FrozenInstanceError):
        released.story = Story(id="lain")


def test_it_is_the_story_of_this_moment(workspace):
    (folder,) = workspace.story_folders()
    outs = HandOuts(workspace, templates_dir(), TEXTS)
    assert outs.ask(folder).released.story.headline == "Berita"
    from msgspec.structs import replace

    workspace.save(folder, replace(workspace.load(folder), headline="Lain"))
    assert release_story(workspace, folder, TEXTS).story.headline == "Lain"
    assert outs.ask(folder).released.story.headline == "Lain"
