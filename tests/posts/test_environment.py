"""Templates from anybody: what they may do, and how their mistakes are told."""

import copy
import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest
from jinja2 import Environment

from studio.base.errors import UserError
from studio.base.i18n import MessageTexts
from studio.base.paths import assets_dir, cache_dir, templates_dir
from studio.posts.compiled_cache import compiled_code
from studio.posts.environment import MAX_STEPS, CompiledTemplates
from studio.posts.packs import TemplateSearchPath

LOOP = "{% for i in range(90) %}"
ENDLESS = "posts.template_endless"


@pytest.fixture
def shelf(tmp_path):
    (tmp_path / "paket").mkdir()
    (tmp_path / "_common").mkdir()
    (tmp_path / "rahasia.txt").write_text("rahasia", encoding="utf-8")
    return TemplateSearchPath(tmp_path / "paket", tmp_path / "_common")


@pytest.fixture
def fill(shelf):
    def filled(source, name="t.txt.j2", **values):
        (shelf.pack / name).write_text(source, encoding="utf-8")
        return CompiledTemplates().fill(shelf, name, values).text

    return filled


def fails(fill, source, name="t.txt.j2", **values):
    with pytest.raises(UserError) as caught:
        fill(source, name, **values)
    return caught.value


def test_plain_text_is_not_escaped_and_markup_is(fill):
    hostile = "<script>\"'&"
    assert fill("{{ x }}", x=hostile) == hostile
    for name in ("t.html.j2", "t.svg.j2", "t.xml.j2", "t.j2"):
        assert fill("{{ x }}", name, x=hostile) == "&lt;script&gt;&#34;&#39;&amp;"
    assert fill("{{ x | tojson }}", "t.html.j2", x="</script>ꦗ") == '"\\u003c/script\\u003eꦗ"'


def test_includes_and_macros(fill, shelf):
    (shelf.common / "m.txt.j2").write_text("{% macro tebal(x) %}*{{ x }}*{% endmacro %}", encoding="utf-8")
    (shelf.pack / "lain.txt.j2").write_text("[{{ x }}]", encoding="utf-8")
    source = '{% import "_common/m.txt.j2" as m with context %}{% include "lain.txt.j2" %}{{ m.tebal(x) }}'
    assert fill(source, x="a") == "[a]*a*"


def test_loops_know_their_length(fill):
    source = "{% for x in v %}{{ loop.index }}/{{ loop.length }}{{ ', ' if not loop.last }}{% else %}-{% endfor %}"
    assert fill(source, v=["a", "b"]) == "1/2, 2/2"
    assert fill(source, v=[]) == "-"


NESTED = "{% set a = judul %}" + "{% set a = [a, a, a, a] %}" * 20


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("\n\n{{ judull }}", "posts.template_unknown"),
        ("\n\n{{ kelompok.nam }}", "posts.template_unknown"),
        ("\n\n{{ lipsum() }}", "posts.template_unknown"),
        ("\n\n{% if %}", "posts.template_syntax"),
        ("\n\n{{ judul | tidakada }}", "posts.template_syntax"),
        ("\n\n{{ judul | center(99) }}", "posts.template_syntax"),
        ("\n\n{{ judul | safe }}", "posts.template_syntax"),
        ("\n\n{% include 'lain.txt.j2' %}", "posts.template_missing"),
        ("\n\n{% include '../rahasia.txt' %}", "posts.template_missing"),
        ("\n\n{% include '_common/../rahasia.txt' %}", "posts.template_missing"),
        ("\n\n{% include '/etc/passwd' %}", "posts.template_missing"),
        ("\n\n{{ judul.__class__ }}", "posts.template_forbidden"),
        ("\n\n{{ judul['__class__'] }}", "posts.template_forbidden"),
        ("\n\n{{ '{0.__class__}'.format(judul) }}", "posts.template_forbidden"),
        ("\n\n{{ kelompok.update({'a': 1}) }}", "posts.template_forbidden"),
        ("\n\n{{ self.__init__ }}", "posts.template_forbidden"),
        ("\n\n{{ range.__globals__ }}", "posts.template_forbidden"),
        ("\n\n{{ measure.__self__ }}", "posts.template_forbidden"),
        ("\n\n{{ judul.ljust(999999999) }}", "posts.template_forbidden"),
        ("\n\n{{ 1 / 0 }}", "posts.template"),
        ("\n\n{{ 1 + judul }}", "posts.template"),
        ("\n\n{{ judul() }}", "posts.template"),
        ("\n\n{{ 'a' * 999999999 }}", "posts.template_endless"),
        ("\n\n{{ 10 ** 99999999 }}", "posts.template_endless"),
        ("\n\n{{ '%99999999d' % 1 }}", "posts.template_endless"),
        ("\n\n{{ range(10 ** 6) }}", "posts.template_endless"),
        ("\n\n{% set n = namespace(a='aaaaaaaaaaaaaaaa') %}" + LOOP + "{% set n.a = n.a ~ n.a %}{% endfor %}", ENDLESS),
        ("\n\n{% set a = 'aaaaaaaaaaaaaaaa' %}" + "{% set a = a + a %}" * 40, ENDLESS),
        ("\n\n{% set a = 'aaaaaaaaaaaaaaaa' %}" + "{% set a %}{{ a }}{{ a }}{% endset %}" * 40, ENDLESS),
        ("\n\n" + LOOP * 4 + "{% endfor %}" * 4, ENDLESS),
        ("\n\n{{ judul" + " | tojson" * 30 + " }}", ENDLESS),
        ("\n\n" + NESTED + "{{ a }}", ENDLESS),
        ("\n\n" + NESTED + "{{ a | string | length }}", ENDLESS),
        ("\n\n" + NESTED + "{{ a | tojson | length }}", ENDLESS),
        ("\n\n" + NESTED + "{{ ('' ~ a) | length }}", ENDLESS),
        (
            "\n\n{% set a = {'b': judul} %}" + "{% set a = {'b': a, 'c': a} %}" * 40 + "{{ a | length }}",
            ENDLESS,
        ),
        (
            "\n\n{% set n = namespace(a='') %}{% set l = [n, n, n, n, n, n] %}{% set n.a = l %}{{ l }}",
            ENDLESS,
        ),
        ("\n\n{% set n = namespace(a=judul) %}" + "{% set n = namespace(a=n, b=n, c=n) %}" * 30 + "{{ n }}", ENDLESS),
        ("\n\n" + LOOP * 2 + "{{ judul | upper }}" + "{{ judul }}" * 2000 + "{% endfor %}" * 2, ENDLESS),
    ],
)
@pytest.mark.timeout(60)
def test_mistakes_and_attacks_end_with_file_and_line(fill, source, code):
    error = fails(fill, source, judul="Judul " * 10, kelompok={"nama": "KIM"})
    assert error.code == code
    assert (error.facts["pack"], error.facts["file"], error.facts["line"]) == ("paket", "t.txt.j2", 3)
    message = MessageTexts(assets_dir() / "messages").explain(error)
    assert "t.txt.j2" in message
    assert "baris 3" in message


def test_exponential_macros_end(fill):
    source = "{% macro m(n) %}{% if n %}{{ m(n-1) }}{{ m(n-1) }}{% else %}x{% endif %}{% endmacro %}{{ m(40) }}"
    assert fails(fill, source).code == "posts.template_endless"
    assert fails(fill, "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}").code == "posts.template"
    assert fails(fill, "{% include 't.txt.j2' %}").code == "posts.template"


def test_the_steps_of_one_rendering_are_not_those_of_the_next(shelf):
    (shelf.pack / "t.txt.j2").write_text("{% for a in range(999) %}{{ a }}{% endfor %}", encoding="utf-8")
    templates = CompiledTemplates()
    for _ in range(MAX_STEPS // 900):
        templates.fill(shelf, "t.txt.j2", {})


def test_the_nearest_name_is_offered(fill):
    assert fails(fill, "{{ judull }}", judul="x").facts["nearest"] == "judul"
    assert fails(fill, "{{ kelompok.nam }}", kelompok={"nama": "x"}).facts["nearest"] == "nama"


def test_an_error_in_an_include_names_that_file(fill, shelf):
    (shelf.common / "m.txt.j2").write_text("\n\n\n{{ tidak_ada }}", encoding="utf-8")
    error = fails(fill, '\n{% include "_common/m.txt.j2" %}')
    assert (error.facts["file"], error.facts["line"]) == ("_common/m.txt.j2", 4)


def test_a_link_out_of_the_pack_is_not_followed(fill, shelf):
    (shelf.pack / "luar.txt.j2").symlink_to(shelf.pack.parent / "rahasia.txt")
    assert fails(fill, '{% include "luar.txt.j2" %}').code == "posts.template_missing"


def test_files_that_are_no_text(fill, shelf):
    (shelf.pack / "b.txt.j2").write_bytes(b"\xff\xfe")
    assert fails(fill, '{% include "b.txt.j2" %}').code == "posts.pack_encoding"
    (shelf.pack / "b.txt.j2").write_text("x" * 1_100_000, encoding="utf-8")
    assert fails(fill, '{% include "b.txt.j2" %}').code == "posts.pack_too_big"


def test_shortening_is_told(shelf):
    (shelf.pack / "t.txt.j2").write_text("{{ x | shorten(8) }} {{ measure(x, x) }}", encoding="utf-8")
    templates = CompiledTemplates()
    short = templates.fill(shelf, "t.txt.j2", {"x": "kata"})
    assert (short.text, short.shortened) == ("kata 8", False)
    long = templates.fill(shelf, "t.txt.j2", {"x": "beberapa kata"}, lambda text: 2 * len(text))
    assert (long.text, long.shortened) == ("beb… 52", True)


def test_it_is_shared_by_threads_and_sent_to_processes(shelf):
    (shelf.pack / "t.txt.j2").write_text("{% for a in range(200) %}{{ x }}{% endfor %}", encoding="utf-8")
    templates = CompiledTemplates()
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda n: templates.fill(shelf, "t.txt.j2", {"x": n}).text, range(40)))
    assert made == [str(n) * 200 for n in range(40)]
    again = pickle.loads(pickle.dumps(templates))
    assert again.fill(shelf, "t.txt.j2", {"x": 7}).text == "7" * 200
    assert copy.deepcopy(templates).fill(shelf, "t.txt.j2", {"x": 7}).text == "7" * 200


@pytest.fixture
def own_shelf():
    """The studio's own pack; nothing compiled is remembered before or after."""
    compiled_code.cache_clear()
    yield TemplateSearchPath(templates_dir() / "whatsapp", templates_dir() / "_common")
    compiled_code.cache_clear()


def test_own_templates_are_compiled_once_for_all_processes(own_shelf, monkeypatch):
    CompiledTemplates().check(own_shelf, "pesan.txt.j2")
    (kept,) = (cache_dir() / "compiled").glob("*/*")
    compiled_code.cache_clear()  # as in another process
    with monkeypatch.context() as patched:
        patched.setattr(Environment, "compile", lambda *_, **__: pytest.fail("compiled again"))
        CompiledTemplates().check(own_shelf, "pesan.txt.j2")
    for harm in (lambda data: data[:-9], lambda data: data[:40] + b"x" + data[41:], lambda _: b""):
        whole = kept.read_bytes()
        kept.write_bytes(harm(whole))
        compiled_code.cache_clear()
        CompiledTemplates().check(own_shelf, "pesan.txt.j2")
        assert kept.read_bytes() == whole


def test_templates_of_others_are_never_kept_on_disk(fill, own_shelf, tmp_path):
    assert fill("{{ x }}", x="a") == "a"
    family = tmp_path / "ruang" / "_families" / "asing"
    family.mkdir(parents=True)
    (family / "a.txt.j2").write_text("a")
    shelf = TemplateSearchPath(own_shelf.pack, own_shelf.common, own=tmp_path / "ruang")
    CompiledTemplates().check(shelf, "_families/asing/a.txt.j2")
    assert not (cache_dir() / "compiled").exists()


@pytest.mark.parametrize("harm", ["no_entry", "gone_meanwhile"])
def test_a_cache_that_refuses_costs_no_text(own_shelf, tmp_path, monkeypatch, harm):
    home = tmp_path / ("x" * 300 if harm == "no_entry" else "rumah")  # no system can even look for such a name
    monkeypatch.setenv("KIM_STUDIO_HOME", str(home))
    if harm == "gone_meanwhile":  # as a folder that another process has just removed
        (cache_dir() / "compiled").mkdir(parents=True)
        (cache_dir() / "compiled" / "lama").symlink_to(tmp_path / "hilang")
    CompiledTemplates().check(own_shelf, "pesan.txt.j2")


def test_constants_are_shortened_as_each_outlet_counts(shelf):
    (shelf.pack / "t.txt.j2").write_text("{{ 'Air Desa Mati' | shorten(9) }}")
    compiled_code.cache_clear()
    templates = CompiledTemplates()
    (shelf.pack / "a.txt.j2").write_text("")
    templates.fill(shelf, "a.txt.j2", {}, count=lambda text: 2 * len(text))
    made = templates.fill(shelf, "t.txt.j2", {})
    assert (made.text, made.shortened) == ("Air Desa…", True)
