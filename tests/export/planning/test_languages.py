"""An outlet in several languages: what is made, where it lies, and what a changed text makes again."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir, templates_dir
from studio.checks.translation_rules import check_translations
from studio.export.planning.export_tasks import CardTask, PrintTask, TextTask
from studio.export.planning.plan_context import PlanContext
from studio.export.planning.story_plan import plan_outlets
from studio.posts.catalog import load_catalog
from studio.posts.language_editions import language_editions
from studio.posts.render_context import RenderContext
from studio.posts.template_context import build_context
from studio.story.model import Cue, Group, Photo, Story, TextOverride, Video
from studio.story.newsroom_records import Translation

GROUP = Group(name="KIM Bina Warga", village="Sukamaju", site="https://kim.example")
STORY = Story(
    id="a",
    kind="notice",
    headline="Posyandu dibuka",
    place="Balai Desa",
    byline=("Siti Aminah",),
    date="2026-11-27",
    body="Posyandu dibuka Jumat pagi.\n\nBawa buku kesehatan anak.",
    photos=(Photo(id="p1", file="a.jpg", width=1200, height=800, caption="Warga antre"),),
    videos=(Video(id="v1", file="b.mp4", seconds=3, title="Asep", subtitles=(Cue(start=0, end=1, text="Ayo"),)),),
    texts={
        "jv": Translation(
            headline="Posyandu dibukak",
            body="Posyandu dibukak Jemuwah esuk.\n\nGawa buku kesehatan bocah.",
            captions={"p1": "Warga antri"},
            subtitles={"v1": ("Mangga",)},
        ),
        "su": Translation(headline="Posyandu dibuka deui", body="Posyandu dibuka poé Jumaah."),
    },
)
TEXTS = MessageTexts(assets_dir() / "messages", "id")


@pytest.fixture(scope="module")
def press() -> RenderContext:
    return RenderContext(load_catalog(templates_dir(), None))


@pytest.fixture
def planned(press, tmp_path):
    """Plans the story for some outlets: targets by path, tasks by path."""

    def plan(*outlets: str, **changes):
        story = replace(STORY, **changes)
        material = build_context(story, GROUP, press.catalog.labels, "2026-11-27-posyandu")
        context = PlanContext(press, material, Path(tmp_path), None, "", Path(tmp_path) / "work")
        made = plan_outlets(context, [press.catalog.outlet(outlet) for outlet in outlets], TEXTS)
        assert not made.problems
        return {target.path: task for task in made.tasks for target in task.targets}, made

    return plan


def keys(tasks):
    return {target.path: target.key for task in tasks.values() for target in task.targets}


def test_one_language_has_the_usual_files_and_several_a_folder_each(planned):
    usual, _ = planned("whatsapp", "website", "siaran")
    alone, _ = planned("whatsapp", "website", "siaran", outlet_languages={"whatsapp": ("jv",)})
    assert set(alone) == set(usual)
    both, _ = planned(
        "whatsapp", "website", "siaran", outlet_languages={"whatsapp": ("id", "jv"), "website": ("id", "jv", "su")}
    )
    assert {path: key for path, key in keys(both).items() if path in usual}.keys() == usual.keys()
    further = set(both) - set(usual)
    assert {"whatsapp/jv/pesan.txt", "whatsapp/jv/status.jpg", "whatsapp/jv/status.mp4"} <= further
    assert {"website/jv/index.html", "website/jv/video-1.vtt", "website/su/index.html"} <= further
    # No photo twice, and no video that shows what the first shows.
    assert not [path for path in further if "/foto-" in path or "/gambar/" in path]
    assert "website/su/video-1.mp4" not in further


def text_of(tasks, path: str) -> str:
    task = tasks[path]
    assert isinstance(task, TextTask)
    return task.content.decode()


def test_words_labels_days_and_links_are_those_of_the_language(planned):
    tasks, _ = planned("whatsapp", "website", outlet_languages={"whatsapp": ("jv", "id"), "website": ("id", "jv")})
    javanese, indonesian = text_of(tasks, "whatsapp/pesan.txt"), text_of(tasks, "whatsapp/id/pesan.txt")
    assert "WARA-WARA" in javanese
    assert "Dina, tanggal: Jemuwah, 27 November 2026" in javanese
    assert "https://kim.example/2026-11-27-posyandu/jv/" in javanese
    assert "dibukak" in javanese
    assert "PENGUMUMAN" in indonesian
    assert "/jv/" not in indonesian


def test_words_of_labels_are_those_that_templates_ask_for(press):
    catalog = press.catalog
    known = {part: set(words) for part, words in catalog.labels.items()} | {"days": {"names"}, "months": {"names"}}
    assert {"jv", "su", "mad", "ban", "min", "en", "ms"} <= catalog.translated.keys()
    assert catalog.labels_in("jv-Java") == catalog.labels_in("jv") != catalog.labels
    assert catalog.labels_in("bug") == catalog.labels
    for language, parts in catalog.translated.items():
        for part, words in parts.items():
            assert set(words) <= known[part], (language, part)
        assert [len(parts[part]["names"]) for part in ("days", "months") if part in parts] in ([], [7], [7, 12])


def test_what_stands_around_the_words_is_in_their_language(planned):
    english = Translation(
        headline="Clinic opens", body="The clinic opens.\n\nBring the book.", captions={"p1": "Queue"}
    )
    photos = (replace(STORY.photos[0], credit="Siti"),)
    asked = dict.fromkeys(("website", "facebook", "instagram"), ("en",))
    chosen = {"texts": {"en": english}, "photos": photos, "valid_until": "2026-12-01", "outlet_languages": asked}
    tasks, _ = planned("website", "facebook", "instagram", **chosen)
    page, post = text_of(tasks, "website/index.html"), text_of(tasks, "facebook/kiriman.txt")
    for said in ("Valid until <strong>Tuesday, 1 December 2026", "(Photo: Siti)", "1 min read", "<span>By "):
        assert said in page
    assert "Valid until Tuesday, 1 December 2026." in post
    cards = [task.svg.text for task in tasks.values() if isinstance(task, CardTask)]
    assert any("Valid until" in card for card in cards)
    for text in (page, post, *cards):
        assert not [word for word in ("Berlaku sampai", "menit baca", "Foto:") if word in text]


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", ("Swipe to learn", "Scan to read", "Read on")), ("jv", ("Geser untuk", "Pindai untuk"))],
)
def test_slides_and_sheets_say_what_to_do_in_the_language(planned, language, said):
    """Where a language has no such words, the Indonesian ones stand there."""
    words = Translation(headline="Clinic opens", body="The clinic opens.\n\nBring the book.", captions={"p1": "Queue"})
    asked = dict.fromkeys(("korsel", "lembaran"), (language,))
    tasks, _ = planned("korsel", "lembaran", texts={language: words}, outlet_languages=asked)
    pages = [task.svg.text for task in tasks.values() if isinstance(task, CardTask)]
    pages += [page.text for task in tasks.values() if isinstance(task, PrintTask) for page in task.sheet.pages]
    shown = "".join(pages)
    assert all(each in shown for each in said)
    assert language == "jv" or not [each for each in ("Geser", "Pindai", "Selengkapnya") if each in shown]


def test_pages_point_at_each_other_and_share_their_pictures(planned):
    tasks, _ = planned("website", outlet_languages={"website": ("id", "jv", "su")})
    own, javanese = text_of(tasks, "website/index.html"), text_of(tasks, "website/jv/index.html")
    base = "https://kim.example/2026-11-27-posyandu/"
    for page in (own, javanese):
        for code, folder in (("id", ""), ("jv", "jv/"), ("su", "su/")):
            assert f'<link rel="alternate" hreflang="{code}" href="{base}{folder}">' in page
        assert f'<link rel="alternate" hreflang="x-default" href="{base}">' in page
    assert '<html lang="id"' in own
    assert '<a href="jv/index.html" lang="jv" hreflang="jv">Basa Jawa</a>' in own
    assert '<html lang="jv"' in javanese
    assert "<span>Dening <strong>Siti Aminah</strong></span>" in javanese
    assert f'<link rel="canonical" href="{base}jv/">' in javanese
    assert '<a href="../index.html" lang="id" hreflang="id">Bahasa Indonesia</a>' in javanese
    assert 'src="../gambar/01-' in javanese
    assert f'"{base}gambar/01-' in javanese
    assert 'src="video-1.mp4"' in javanese
    assert 'src="../video-1.mp4"' in text_of(tasks, "website/su/index.html")
    assert "hreflang" not in text_of(planned("website")[0], "website/index.html")


@pytest.mark.parametrize("outlets", [("whatsapp", "website", "mading", "instagram")])
def test_a_changed_text_of_one_language_makes_its_own_files_again(planned, outlets):
    chosen = dict.fromkeys(outlets, ("id", "jv", "su"))
    before = keys(planned(*outlets, outlet_languages=chosen)[0])
    words = replace(STORY.texts["jv"], headline="Posyandu wis dibukak", checked_by="Mbah Karto")
    after = keys(planned(*outlets, outlet_languages=chosen, texts={**STORY.texts, "jv": words})[0])
    changed = {path for path in before if before[path] != after[path]}
    assert changed
    assert all(path.split("/")[1] == "jv" for path in changed)
    read = replace(STORY.texts["jv"], checked_by="Mbah Karto", sources={"body": "x"})
    assert keys(planned(*outlets, outlet_languages=chosen, texts={**STORY.texts, "jv": read})[0]) == before


STRANGE = ("../../x", ".", "", "/x", "a b", "con", "ID", "gambar", "JV")


@pytest.mark.parametrize("code", STRANGE)
def test_what_is_no_language_code_names_no_folder(planned, press, code):
    words, usual = STORY.texts["jv"], keys(planned("telegram")[0])
    asked = {"telegram": ("id", "jv", code)}
    tasks, _ = planned("telegram", texts={"jv": words, code: words}, outlet_languages=asked)
    assert {path for path in tasks if "/jv/" not in path} == set(usual)
    assert {path.split("/")[1] for path in tasks if path not in usual} == {"jv"}
    own = replace(STORY, language=code, texts={"jv": words}, outlet_languages={"telegram": ("jv", code)})
    folders = {edition.folder for edition in language_editions(press.catalog.outlet("telegram"), own)}
    assert folders == {""}
    told = {finding.code for finding in check_translations(replace(own, language="id"))}
    assert "translation_code" in told


def test_texts_adjusted_by_hand_belong_to_their_language(planned):
    mine = {"whatsapp/pesan.txt": TextOverride(text="Asli"), "whatsapp/jv/pesan.txt": TextOverride(text="Jawa")}
    for languages, paths in ((("jv", "id"), ("", "id/")), (("id", "jv"), ("jv/", ""))):
        tasks, plan = planned("whatsapp", outlet_languages={"whatsapp": languages}, overrides=mine)
        assert text_of(tasks, f"whatsapp/{paths[0]}pesan.txt").strip() == "Jawa"
        assert text_of(tasks, f"whatsapp/{paths[1]}pesan.txt").strip() == "Asli"
        assert {"whatsapp/pesan.txt", "whatsapp/jv/pesan.txt"} <= {text.key for text in plan.texts}


def test_cards_and_sheets_are_drawn_in_the_language(planned):
    tasks, _ = planned("whatsapp", "mading", outlet_languages={"whatsapp": ("id", "jv"), "mading": ("jv",)})
    card, sheet = tasks["whatsapp/jv/status.jpg"], tasks["mading/mading.pdf"]
    assert isinstance(card, CardTask)
    assert isinstance(sheet, PrintTask)
    assert "Posyandu dibukak" in card.svg.text
    assert "Posyandu dibukak" in sheet.sheet.pages[0].text
