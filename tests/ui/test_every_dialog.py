"""Dialogs with something in them and letters twice as large: no text cut, no part beside the edge of a small screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea

from studio.base.paths import assets_dir, templates_dir
from studio.group.products import Product
from studio.posts.catalog import load_catalog
from studio.services.calendar_files import calendar_words
from studio.services.handover_making import draft_handover
from studio.store.calendar_index import CalendarStory
from studio.store.chats import ChatExport, ChatMessage
from studio.store.pack_signatures import PublicKey
from studio.store.workspace import now_here
from studio.story.comment_places import CommentTarget
from studio.story.publishing import ToldChange
from studio.story.three_way_merge import MergeConflict
from studio.ui.calendar.plan_dialog import PlanDialog
from studio.ui.check.evidence_page import EvidenceKit
from studio.ui.comments.comment_dialog import CommentDialog
from studio.ui.core.desk_context import DeskContext
from studio.ui.core.window_theme import load_theme
from studio.ui.dialogs.bin_dialog import BinDialog
from studio.ui.dialogs.certificates_dialog import CertificatesDialog
from studio.ui.dialogs.chat_dialog import ChatDialog
from studio.ui.dialogs.history_dialog import HistoryDialog
from studio.ui.dialogs.joint_site_dialog import JointSiteDialog
from studio.ui.dialogs.merge_dialog import MergeDialog
from studio.ui.dialogs.motion_dialog import MotionDialog
from studio.ui.dialogs.pack_dialog import PackDialog
from studio.ui.dialogs.photo_folder_dialog import PhotoFolderDialog
from studio.ui.dialogs.recorder_dialog import RecorderDialog
from studio.ui.dialogs.trust_dialog import TrustDialog
from studio.ui.group.catalog_outputs import CatalogDialog
from studio.ui.group.group_context import GroupContext
from studio.ui.group.handover_card import HandoverDialog
from studio.ui.library.thumbnail_store import ThumbnailStore
from studio.ui.publish.phone_correct import CorrectDialog
from studio.ui.publish.phone_web import WordPressDialog
from studio.ui.publish.queue_dialog import QueueDialog
from studio.ui.publish.reply_card import ReplyDialog
from tests.ui.full_story import add_full_story

SMALL = 1366
HEADLINE = "Warga Sukamaju gotong royong perbaiki saluran irigasi tersier"
PRODUCTS = [Product(id="k", name="Keripik singkong rasa balado pedas manis Ibu Kartini")]
CHAT = ChatExport(
    Path("Chat WhatsApp dengan Pak Lurah.txt"), (ChatMessage("2026-11-22", "08:10", "Bu Kartini", HEADLINE * 3),)
)
CONFLICTS = (
    MergeConflict(("headline",), "Warga", HEADLINE, f"{HEADLINE} lagi", joins=False, stands="left"),
    MergeConflict(("people", "o1", "name"), "Rina", "Rina", "Rani", joins=False, stands="left", careful=True),
)


class SilentMicrophone(QObject):
    heard = Signal(object)
    failed = Signal()

    def __init__(self, _number, parent):
        super().__init__(parent)

    def start(self):
        """Nothing is heard."""

    def stop(self):
        """Nothing was heard."""


@pytest.fixture
def full(studio, tmp_path):
    """The studio with a story that has one of everything open."""
    studio.stories.open(add_full_story(studio.stories.workspace, tmp_path))
    return studio


def contexts_of(studio, tools):
    """What desks and pages of the group work with, in other letters than the window's."""
    stories = studio.stories
    nothing = dict.fromkeys(("go", "show_place", "bring_in", "take_mime", "toast", "focus_mode"))
    thumbs = ThumbnailStore(stories.workspace, tools.jobs)
    bench = DeskContext(tools=tools, workspace=stories.workspace, session=stories.session, thumbs=thumbs, **nothing)
    group = GroupContext(
        tools=tools, workspace=stories.workspace, session=stories.group, open_place=None, toast=None,
        stories=stories, group_changed=None,
    )  # fmt: skip
    return bench, group


def dialogs_of(studio, tools):
    """A maker for each."""
    stories = studio.stories
    workspace, session = stories.workspace, stories.session
    story, folder, outlets = session.story, session.folder, load_catalog(templates_dir()).outlets
    bench, group = contexts_of(studio, tools)
    words, kept = calendar_words(workspace, tools.texts), [CalendarStory(folder, HEADLINE, "draft", "news")]
    names = {outlet.id: tools.texts.outlet_name(outlet.name) for outlet in outlets}
    changes = (ToldChange("headline", "8 warga", "80 warga"),)
    return {
        "bin": lambda: BinDialog(tools, stories),
        "catalogue": lambda: CatalogDialog(group, PRODUCTS, outlets),
        "certificates": lambda: CertificatesDialog(tools, workspace),
        "chat": lambda: ChatDialog(tools, CHAT),
        "comment": lambda: CommentDialog(tools, story, CommentTarget("body", 0, 5), suggesting=True),
        "correction": lambda: CorrectDialog(bench, changes),
        "evidence": lambda: EvidenceKit(bench),
        "folder": lambda: PhotoFolderDialog(tools, workspace),
        "handover": lambda: HandoverDialog(tools, draft_handover(workspace, stories.group.records, now_here())),
        "history": lambda: HistoryDialog(tools, workspace, folder, story),
        "joint": lambda: JointSiteDialog(tools),
        "merge": lambda: MergeDialog(tools, CONFLICTS, story, "KIM Tetangga", {}, known=True),
        "motion": lambda: MotionDialog(bench, sink=lambda _: None),
        "pack": lambda: PackDialog(tools, story),
        "plan": lambda: PlanDialog(tools, words, kept, date(2026, 12, 1), names, ("Siti", "Budi")),
        "queue": lambda: QueueDialog(bench, outlets),
        "recorder": lambda: RecorderDialog(tools, stories, session, ("Mikrofon",), SilentMicrophone),
        "reply": lambda: ReplyDialog(bench, 0),
        "trust": lambda: TrustDialog(tools, PublicKey("ab" * 32, "Dinas Kominfo Kabupaten Bandung Barat")),
        "wordpress": lambda: WordPressDialog(bench),
        "wordpress-back": lambda: WordPressDialog(bench, "take_back"),
    }


def cut_parts(dialog):
    """Texts that have less room than they need, and what a page scrolls to sideways."""
    told = []
    for part in dialog.findChildren(QLabel):
        least = part.heightForWidth(part.width()) if part.wordWrap() else 0
        if (
            part.isVisible()
            and part.text()
            and (part.height() < least - 2 or part.width() < part.minimumSizeHint().width())
        ):
            told.append(part.text())
    buttons = [part for part in dialog.findChildren(QAbstractButton) if part.isVisible()]
    told += [part.text() for part in buttons if part.text() and part.width() < part.sizeHint().width() - 2]
    for area in dialog.findChildren(QScrollArea):
        if area.isVisible() and area.widget().minimumSizeHint().width() > area.viewport().width():
            told.append(f"sideways: {area.widget().minimumSizeHint().width()} in {area.viewport().width()}")
    return told


def test_no_dialog_is_cut_or_wider_than_a_small_screen(full, icons, qtbot):
    found = {}
    for scale, only in ((2.0, None), (1.0, {"catalogue"})):
        tools = replace(full.tools, theme=load_theme(assets_dir() / "theme", "light", icons, scale))
        for name, make in dialogs_of(full, tools).items():
            if only is not None and name not in only:
                continue
            dialog = make()
            qtbot.addWidget(dialog)
            dialog.show()
            QApplication.processEvents()
            told = cut_parts(dialog)
            if dialog.layout().minimumSize().width() > SMALL:
                told.append(f"wide: {dialog.layout().minimumSize().width()}")
            found[name, scale] = told
            dialog.hide()
    assert {name: told for name, told in found.items() if told} == {}
    assert len(found) == 22
