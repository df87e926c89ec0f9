"""The gate reads every language; figures, dates and links of a translation are those of the original."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from studio.base.locale_forms import WEEKDAYS
from studio.base.paths import assets_dir, templates_dir
from studio.checks.all_checks import check_story
from studio.checks.language import LanguageChecker
from studio.checks.translation_rules import check_translations
from studio.lexicon.lexicon import load_lexicon
from studio.posts.catalog import load_catalog
from studio.release.release_gate import judge_story
from studio.story.mending import text_at
from studio.story.model import Cue, Group, Person, Photo, Source, Story, Video
from studio.story.newsroom_records import Translation
from studio.story.translations import set_translated, translatable_texts

GROUP = Group(name="KIM Bina Warga", village="Sukamaju", members=("Siti Aminah",))
CHILD = Person(
    id="anak",
    name="Rani Oktaviani",
    age_group="child",
    role="victim",
    protected=True,
    identifiers=("RT 07", "SDN 2 Sukamaju", "kelas 5", "Jalan Melati No. 7", "Dusun Tengah"),
)
FULL = Story(
    id="uji",
    kind="notice",
    headline="Posyandu dibuka",
    kicker="Kesehatan",
    place="Sukamaju",
    date="2026-11-22",
    byline=("Siti Aminah",),
    summary="Posyandu dibuka.",
    body="Posyandu dibuka lagi.",
    sources=(Source(name="Asep", role="Kader"),),
    people=(CHILD,),
    photos=(Photo(id="p1", file="a.jpg", caption="Warga antre", alt="Warga antre", people_checked=True),),
    videos=(
        Video(
            id="v1",
            file="b.mp4",
            people_checked=True,
            title="Asep",
            title_detail="Kader",
            title_card="Posyandu",
            subtitles=(Cue(start=0, end=1, text="Ayo datang"),),
        ),
    ),
    service_answers={"cost": "gratis"},
    texts={"jv": Translation()},
)
EVERY = [text.address for text in translatable_texts(FULL)]


@pytest.mark.parametrize("address", EVERY)
@pytest.mark.parametrize("words", ["Jenenge Rani Oktaviani.", "Bocah R.O. saka RT 07."])
def test_a_protected_person_in_the_other_language_alone_holds_the_story(address, words):
    assert not judge_story(FULL, GROUP).refusals
    told = set_translated("jv", address, words).apply(FULL)
    found = judge_story(told, GROUP).refusals
    places = {finding.place.field for finding in found if finding.place}
    assert f"texts/jv/{address}" in places
    assert all(text_at(told, place) == words for place in places if place.startswith("texts/"))
    # The photo, clip or question is gone, and with it what was said of it: nobody is shown it, nobody is held up by it.
    bare = replace(told, kicker="", summary="", photos=(), videos=(), service_answers={})
    assert bool(judge_story(bare, GROUP).refusals) == (address in {"headline", "place", "body"})


def test_a_number_of_somebody_in_the_other_language_alone_stops_it_too():
    told = set_translated("jv", "body", "Telpon Budi: 0812-3456-7890").apply(replace(FULL, kind="news"))
    codes = {finding.code for finding in judge_story(told, GROUP).blocks}
    assert "people_private" in codes


KIN = [
    "Sulastri, ibune korban, nangis.",
    "Miturut bapake bocah iku, Sutrisno, kedadeane wengi.",
    "Ibune, Sulastri, nangis.",
    "Indungna korban, Euis, ceurik.",
    "Bapana budak téh, Asep Sunandar, lapor.",
    "Mémén korban, Ni Luh Sari, ngeling.",
    "Ayahnyo korban, Buyung, mangecek.",
    "The victim's mother, Sulastri, wept.",
    "Sulastri, mother of the victim, wept.",
    "The mother of the 9-year-old, Sulastri, wept.",
    "Sulastri - his mother - wept.",
    "Ina' korban, Sakinah, nangis.",
    "Amang ni dakdanak, Simanjuntak, ro.",
    "Indo'na anaq, Besse, terri.",
    "Ibu mangsa, Aminah, menangis.",
    "Uma korban, Siti, manangis.",
    "Budi, kanca sakelase korban, crita.",
]
NO_KIN = [
    "Jemuwah, ibune korban lapor menyang Polsek Sukamaju.",
    "Warga lan ibune padha teka. Bapak lurah rawuh.",
    "Bapa Camat Asep Sunandar muka acara bocah.",
    "Adina lan Sulastri padha rewang.",
    "His neighbours helped. The Mother and Child clinic opened.",
]


@pytest.mark.parametrize(("words", "asked"), [*((words, True) for words in KIN), *((words, False) for words in NO_KIN)])
def test_kin_of_a_protected_child_are_asked_for_in_each_language(words, asked):
    told = set_translated("jv", "body", words).apply(FULL)
    codes = [(f.code, f.place.field) for f in judge_story(told, GROUP).refusals if f.place]
    assert codes == ([("people_relative", "texts/jv/body")] if asked else [])


LED = [
    ("Ranine wis mulih.", "people_name_part"),
    ("Raninipun sampun wangsul.", "people_name_part"),
    ("Raninyo alah pulang.", "people_name_part"),
    ("Bocah RT pituq.", "people_identified"),
    ("Neighbourhood unit 7 mourns.", "people_identified"),
    ("Murid SDN loro Sukamaju.", "people_identified"),
    ("A pupil of Sukamaju 2 Elementary School.", "people_identified"),
    ("Elementary School 2 in Sukamaju.", "people_identified"),
    ("Bocah kelase 5.", "people_identified"),
    ("She is a fifth-grader.", "people_identified"),
    ("In 5th grade.", "people_identified"),
    ("A grade five pupil.", "people_identified"),
    ("She lives at 7 Melati Street.", "people_identified"),
    ("Melati Road number 7.", "people_identified"),
    ("Dalan Melati nomer pitu.", "people_identified"),
    ("From Tengah Hamlet.", "people_identified"),
    ("Bocah kasebut jenenge راني nalika esuk iku.", "people_script"),
    ("Bocah ꦫꦤꦶ digawa menyang puskesmas desa.", "people_script"),
    ("Murid Sukamaju 3 Elementary School.", ""),
    ("A sixth-grader of 8 Melati Street.", ""),
    ("Warga Melati jalan kaki. Luwih 3 Ω.", ""),
    ("Bocah RT pitu.", "people_identified"),
    ("Budak RT tujuh.", "people_identified"),
    ("The child of RT seven.", "people_identified"),
    ("ꦫꦤꦶ ꦎꦏ꧀ꦠꦮ꦳ꦶꦪꦤꦶ", "people_script"),
    ("راني اوكتاڤياني", "people_script"),
    ("Bocah RT wolu.", ""),
    ("Pengajian dibuka “السلام عليكم” dening kiai.", ""),
]


@pytest.mark.parametrize(("words", "code"), LED)
def test_marks_in_other_number_words_and_names_in_other_letters_are_asked_for(words, code):
    told = set_translated("jv", "body", words).apply(FULL)
    assert [f.code for f in judge_story(told, GROUP).refusals] == ([code] if code else [])
    free = replace(told, people=())
    assert not judge_story(free, GROUP).refusals


def found_in(original: str, said: str) -> dict[str, str]:
    story = Story(id="a", body=original, texts={"jv": Translation(body=said, sources={"body": original})})
    return {finding.code: str(finding.facts["word"]) for finding in check_translations(story)}


SAME = [
    ("Minggu, 22 November 2026 pukul 09.00", "Minggu, 22 Nopémber 2026 jam 9:00"),
    ("Biaya Rp1.250.000 bagi 12 warga.", "Ragade Rp1250000 kanggo warga 12."),
    ("Hubungi 0812-3456-7890.", "Telpon +62 812 3456 7890."),
    ("22/11/2026 di RT 03", "22-11-2026 ing RT 3"),
    ("Lihat https://kim.id/a.", "Delengen https://kim.id/a."),
    ("Jumat (27/11/2026)", "Jemuwah (27/11/2026)"),
    ("Senin dan Kamis", "Soma lan Wraspati"),
    ("Setiap pekan, Sabtu", "Saben Minggu, Setu"),
]
OTHER = [
    ("Sabtu, 12 Desember", "Setu, 21 Desember", "translation_numbers", "21 Desember"),
    ("22 November 2026", "22 Oktober 2026", "translation_numbers", "22 Oktober"),
    ("Hubungi 0812-3456-7890.", "Telpon 0812-3456-7891.", "translation_numbers", "0812-3456-7891"),
    ("Jumat (27/11/2026)", "Kemis (27/11/2026)", "translation_numbers", "Kemis"),
    ("Dibuka Sabtu pagi.", "Opens on Sunday morning.", "translation_numbers", "Sunday"),
    ("Rabu (2/12)", "Poé Salasa (2/12)", "translation_numbers", "Salasa"),
    ("Biaya Rp25.000.", "Ragade Rp250.000.", "translation_numbers", "250.000"),
    ("Ada 3 ekor sapi.", "Ana sapi telu.", "translation_number_lost", "3"),
    ("Lihat https://kim.id/a", "Deleng https://kim.id/b", "translation_links", "https://kim.id/a, https://kim.id/b"),
]


@pytest.mark.parametrize(("original", "said"), SAME)
def test_the_same_figures_written_otherwise_are_no_finding(original, said):
    assert found_in(original, said) == {}


@pytest.mark.parametrize(("original", "said", "code", "word"), OTHER)
def test_other_figures_dates_numbers_and_links_are_told(original, said, code, word):
    assert found_in(original, said) == {code: word}


def test_days_of_posts_are_days_of_the_rule():
    for labels in load_catalog(templates_dir(), None).translated.values():
        for number, name in enumerate(labels.get("days", {}).get("names", ())):
            assert found_in(WEEKDAYS[number], name) == {}
            assert found_in(WEEKDAYS[number - 1], name) == {"translation_numbers": name}


def test_what_changed_in_the_original_and_what_an_outlet_waits_for_is_told():
    story = Story(id="a", headline="Panen", body="Panen raya.", outlet_languages={"whatsapp": ("jv",)})
    assert [(f.code, f.place.field) for f in check_translations(story)] == [("translation_not_told", "texts/jv")]
    story = replace(story, texts={"jv": Translation(headline="Panen", sources={"headline": "Panen"})})
    assert [f.place.field for f in check_translations(story)] == ["texts/jv/body"]
    story = set_translated("jv", "body", "Panen gedhe.").apply(story)
    assert [f.code for f in check_translations(story)] == ["translation_unread"]
    story = replace(story, body="Panen batal.")
    assert ("translation_stale", "texts/jv/body") in {(f.code, f.place.field) for f in check_translations(story)}


def test_who_spoke_off_the_record_is_named_in_no_language():
    hidden = replace(FULL, sources=(Source(name="Budi Kancil", role="Warga", terms="off_record"),))
    told = set_translated("jv", "body", "Miturut Budi Kancil.").apply(hidden)
    found = [f.place.field for f in check_story(told, GROUP) if f.code == "facts_off_record"]
    assert found == ["texts/jv/body"]


def test_spelling_and_grammar_leave_other_languages_alone():
    words = "Wargane padha rewang ing Jemuah, apotik lan praktek diresiki bebarengan."
    story = Story(id="a", headline="Kerja bakti", body="Warga membersihkan apotek.", date="2026-11-22")
    told = replace(story, texts={"jv": Translation(headline="Kerja bakti", body=words)})
    checker = LanguageChecker(load_lexicon(assets_dir() / "language"))
    before, after = (check_story(each, GROUP, language=checker) for each in (story, told))
    assert {finding.code for finding in after} == {finding.code for finding in before}
    told = replace(story, body=words)
    assert {finding.code for finding in check_story(told, GROUP, language=checker)} - {f.code for f in before}
