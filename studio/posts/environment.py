"""Jinja for templates nobody has read: a sandbox that cannot reach files, names or endless work.

A pack is data from a neighbour's flash disk. Its templates see plain values (strings, numbers, lists, dicts), a few
filters and nothing else; they load from their own folder and ``_common`` only; the steps they take and the text they
make are counted, and too much of either ends the rendering with a clear error.
"""

from __future__ import annotations

import functools
import threading
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any, cast

from studio.base.errors import UserError
from studio.base.paths import templates_dir
from studio.posts.compiled_cache import compiled_code
from studio.posts.filters import all_filters
from studio.posts.late_values import LateNumber
from studio.posts.packs import nearest_word
from studio.posts.value_limits import MOST_CHARACTERS, TooHeavy, weigh
from studio.story.text import Counter, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
    from pathlib import Path

    from jinja2 import Environment
    from jinja2.exceptions import TemplateError

    from studio.posts.packs import TemplateSearchPath

MAX_STEPS = 20_000
"""Loop rounds and calls of one rendering; the built-in templates take some hundred."""
MAX_TEXT = MOST_CHARACTERS
"""Characters any value or the result may have."""
_MAX_WEIGHED = 1_000_000
"""Lists and values one rendering may have weighed; the built-in templates have some thousand."""
_MAX_SOURCE = 1_000_000
_MAX_RANGE = 1_000

_FILTER_NAMES = """
abs capitalize count d default e escape first float int last length list lower map max min reject rejectattr reverse
round select selectattr sort string sum title tojson trim unique upper urlencode
"""
_METHOD_NAMES = """
capitalize casefold count endswith find isalpha isdigit islower isupper lower lstrip removeprefix removesuffix
rstrip split splitlines startswith strip title upper
"""
_FILTERS = frozenset(_FILTER_NAMES.split())
_WRITING = frozenset(("capitalize", "e", "escape", "join", "lower", "string", "title", "tojson", "trim", "upper")) | {
    "urlencode"
}
"""Filters that write out whatever they are given, lists in lists too: they weigh it before."""
_STRING_METHODS = frozenset(_METHOD_NAMES.split())
_OTHER_METHODS = frozenset({"get", "index", "items", "keys", "values"})


class TemplateOverrun(Exception):  # noqa: N818 - carries the reason out of Jinja, never leaves this module
    """A rendering took too many steps or made too much text."""


@dataclass(frozen=True, slots=True)
class RenderedTemplate:
    """A filled template, and whether ``| shorten`` had to take something away."""

    text: str
    shortened: bool


class TemplateMeter:
    """What one rendering at a time has used, per thread, and how it measures text."""

    def __init__(self) -> None:
        self._here = threading.local()

    def start(self, count: Counter) -> None:
        """Begin a rendering whose texts are measured with ``count``."""
        self._here.steps = 0
        self._here.weighed = 0
        self._here.count = count
        self._here.shortened = False

    @property
    def was_shortened(self) -> bool:
        """Whether something was shortened."""
        return bool(self._here.shortened)

    def measure(self, *texts: str) -> int:
        """The template function ``measure``: how long texts are together, as the outlet counts."""
        return sum(self._here.count(str(text)) for text in texts)

    def shorten(self, text: str, limit: int) -> str:
        """The template filter ``shorten``: to the end of a sentence or word within ``limit``, in the outlet's unit."""
        made = shorten(text, limit, self._here.count)
        self._here.shortened = self._here.shortened or made != text
        return made

    def count_step(self) -> None:
        """Count one round of a loop or one call.

        Raises:
            TemplateOverrun: there were too many.
        """
        self._here.steps = getattr(self._here, "steps", 0) + 1
        if self._here.steps > MAX_STEPS:
            raise TemplateOverrun

    def counted_values(self, values: Iterable[Any]) -> Iterator[Any]:
        """The values, each counted."""
        for value in values:
            self.count_step()
            yield value

    def bounded_value(self, value: Any) -> Any:
        """The value, unless writing it out would take too much.

        Raises:
            TemplateOverrun: it would.
        """
        try:
            self._here.weighed = getattr(self._here, "weighed", 0) + weigh(value)
        except TooHeavy:
            raise TemplateOverrun from None
        if self._here.weighed > _MAX_WEIGHED:
            raise TemplateOverrun
        return value

    def guarded_filter(self, name: str, apply: Callable[..., Any]) -> Callable[..., Any]:
        """A filter whose result is bounded, and what it is given too where it writes that out."""

        @functools.wraps(apply)  # Jinja keeps marks on the function that say what it passes first
        def bounded_filter(*args: Any, **kwargs: Any) -> Any:
            if name in _WRITING:
                for value in (*args, *kwargs.values()):
                    self.bounded_value(value)
            return self.bounded_value(apply(*args, **kwargs))

        return bounded_filter


@cache
def _sandbox_class() -> type[Environment]:
    """The environment class; Jinja loads when the first template does."""
    from jinja2 import nodes
    from jinja2.runtime import Macro
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Sandbox(ImmutableSandboxedEnvironment):
        """Counts loops, calls and lengths; knows only harmless names."""

        intercepted_binops = frozenset({"+", "*", "**", "%"})
        meter: TemplateMeter
        is_own: Callable[[str], bool]

        def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
            tree = super()._parse(source, name, filename)
            _guard_node(nodes, tree)
            return tree

        def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
            if attr.startswith("_"):
                return False
            # Not among them: format() and format_map(), whose format strings reach attributes by a way of their own.
            if isinstance(obj, str):
                return attr in _STRING_METHODS
            if isinstance(value, Macro):  # of an imported template
                return True
            if callable(value):
                return attr in _OTHER_METHODS
            return super().is_safe_attribute(obj, attr, value)

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            # "x" * 10**9 and 9**9**9 take memory before their result could be weighed.
            if operator in {"*", "**", "%"} and not _both_small_numbers(left, right):
                raise TemplateOverrun
            return self.meter.bounded_value(super().call_binop(context, operator, left, right))

        def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - Jinja's signature
            __self.meter.count_step()
            return __self.meter.bounded_value(super().call(__context, __obj, *args, **kwargs))

    return Sandbox


def _guard_node(nodes: Any, node: Any) -> None:
    """Have every loop counted, and every ``a ~ b``, list, dict and captured text bounded, innermost first."""
    for key, value in list(node.iter_fields()):
        children = value if isinstance(value, list) else [value]
        for index, child in enumerate(children):
            if not isinstance(child, nodes.Node):
                continue
            _guard_node(nodes, child)
            if isinstance(child, nodes.Concat):
                child.nodes = [_wrap_node(nodes, part, "bounded") for part in child.nodes]
            if isinstance(child, nodes.Concat | nodes.List | nodes.Tuple | nodes.Dict) and _is_made(child):
                bounded = _wrap_node(nodes, child, "bounded")
                if isinstance(value, list):
                    value[index] = bounded
                else:
                    setattr(node, key, bounded)
    if isinstance(node, nodes.For):
        node.iter = _wrap_node(nodes, node.iter, "metered")
    elif isinstance(node, nodes.AssignBlock):
        node.filter = _wrap_node(nodes, node.filter, "bounded")


def _is_made(node: Any) -> bool:
    """Whether the node makes a value; ``for a, b in`` and ``set a, b =`` name some in a tuple instead."""
    return getattr(node, "ctx", "load") == "load"


def _both_small_numbers(left: object, right: object) -> bool:
    return all(
        isinstance(side, LateNumber) or (isinstance(side, int | float) and abs(side) <= 1_000_000)
        for side in (left, right)
    )


def _wrap_node(nodes: Any, inner: Any, name: str) -> Any:
    return nodes.Filter(inner, name, [], [], None, None)


class CompiledTemplates:
    """Compiled templates of all packs. Made once; safe to share between threads."""

    def __init__(self) -> None:
        self._environments: dict[Path, Environment] = {}
        self._meter = TemplateMeter()
        self._filters: dict[str, Callable[..., Any]] = {}

    def __reduce__(self) -> tuple[type[CompiledTemplates], tuple[()]]:
        # Compiled templates do not cross to a worker process; it compiles what it needs.
        return (CompiledTemplates, ())

    def fill(
        self, shelf: TemplateSearchPath, name: str, values: Mapping[str, Any], count: Counter = len
    ) -> RenderedTemplate:
        """Fill a template; ``count`` is what its ``shorten`` and ``measure`` go by.

        HTML, SVG and XML (by the template's name: ``x.svg.j2``) are escaped, plain text is not.

        Raises:
            UserError: ``posts.template*``; it names pack, file and line.
        """
        from jinja2 import TemplateError

        try:
            template = self.pack_environment(shelf).get_template(name)
            self._meter.start(count)
            return RenderedTemplate(
                self._collect_pieces(cast("Generator[str, None, None]", template.generate(values))),
                self._meter.was_shortened,
            )
        except TemplateOverrun as error:
            raise UserError(
                "posts.template_endless", pack=shelf.pack.name, file=name, line=_error_line(error)
            ) from None
        except TemplateError as error:
            raise _explain_error(error, shelf, name, values) from error
        except (TypeError, ValueError, KeyError, IndexError, AttributeError, ArithmeticError, RecursionError) as error:
            facts = {"pack": shelf.pack.name, "file": _error_file(error, name), "line": _error_line(error)}
            raise UserError("posts.template", **facts, detail=str(error) or type(error).__name__) from error

    def check(self, shelf: TemplateSearchPath, name: str) -> None:
        """Compile a template without filling it.

        Raises:
            UserError: as ``fill`` does, for what can be seen without values.
        """
        from jinja2 import TemplateError

        try:
            self.pack_environment(shelf).get_template(name)
        except TemplateError as error:
            raise _explain_error(error, shelf, name, {}) from error

    @staticmethod
    def _collect_pieces(pieces: Generator[str, None, None]) -> str:
        made: list[str] = []
        length = 0
        for piece in pieces:
            length += len(piece)
            if length > MAX_TEXT:
                pieces.throw(TemplateOverrun())  # inside the template, so that the traceback knows the line
            made.append(piece)
        return "".join(made)

    def pack_environment(self, shelf: TemplateSearchPath) -> Environment:
        """The environment of a pack."""
        found = self._environments.get(shelf.pack)
        if found is None:
            found = self._environments[shelf.pack] = self._new_environment(shelf)
        return found

    def _new_environment(self, shelf: TemplateSearchPath) -> Environment:
        from jinja2 import FunctionLoader, StrictUndefined

        environment = _sandbox_class()(
            bytecode_cache=compiled_code(),
            loader=FunctionLoader(lambda name: _template_source(shelf, name)),
            undefined=StrictUndefined,
            autoescape=is_escaped,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
            auto_reload=False,
            finalize=self._meter.bounded_value,
        )
        environment.meter = self._meter  # type: ignore[attr-defined]  # of our subclass
        environment.is_own = partial(_is_own, shelf)  # type: ignore[attr-defined]  # likewise
        # All environments share one meter, so the guarded filters can be shared as well.
        self._filters = self._filters or self._guard_filters(environment.filters)
        environment.filters = self._filters.copy()
        namespace = environment.globals["namespace"]
        # Jinja's own globals (lipsum, cycler, dict ...) make text and objects that nothing here counts.
        environment.globals.clear()
        environment.globals |= {"namespace": namespace, "range": small_range, "measure": self._meter.measure}
        environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": False}
        return environment

    def _guard_filters(self, of_jinja: Mapping[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
        """The filters of all packs: made once, as guarding fifty takes longer than filling a template."""
        known = {name: value for name, value in of_jinja.items() if name in _FILTERS}
        known |= {"shorten": self._shorten_filter()} | all_filters()
        guarded = {name: self._meter.guarded_filter(name, value) for name, value in known.items()}
        return guarded | {"metered": self._meter.counted_values, "bounded": self._meter.bounded_value}

    def _shorten_filter(self) -> Callable[..., str]:
        """``shorten`` as this rendering counts: unmarked, Jinja would shorten constants when it compiles."""
        from jinja2 import pass_context

        @pass_context
        def shorten_here(_context: object, text: str, limit: int) -> str:
            return self._meter.shorten(text, limit)

        return shorten_here


def small_range(*limits: int) -> range:
    """``range`` with at most a thousand members."""
    numbers = range(*limits)
    if len(numbers) > _MAX_RANGE:
        raise TemplateOverrun
    return numbers


def is_escaped(name: str | None) -> bool:
    """Whether what a template of this name is filled with gets escaped: always, except for plain text."""
    return not (name or "").removesuffix(".j2").endswith(".txt")


def _is_own(shelf: TemplateSearchPath, name: str) -> bool:
    """Whether a template is the studio's own: of no pack or design family of a workspace."""
    path = shelf.find(name)
    return path is not None and path.is_relative_to(templates_dir())


def _template_source(shelf: TemplateSearchPath, name: str) -> tuple[str, str, Callable[[], bool]] | None:
    path = shelf.find(name)
    if path is None:
        return None
    if path.stat().st_size > _MAX_SOURCE:
        raise UserError("posts.pack_too_big", pack=shelf.pack.name, file=name, kilobytes=_MAX_SOURCE // 1000)
    try:
        return path.read_text(encoding="utf-8-sig"), name, lambda: True
    except UnicodeDecodeError as error:
        raise UserError("posts.pack_encoding", pack=shelf.pack.name, file=name) from error
    except OSError as error:
        detail = error.strerror or str(error)
        raise UserError("posts.pack_unreadable", pack=shelf.pack.name, file=name, detail=detail) from error


# ------------------------------------------------------------------------------------------------ explaining


def _template_frames(error: BaseException) -> list[tuple[str, int]]:
    """File and line of the template frames of a traceback, outermost first (Jinja writes them in)."""
    found = []
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.endswith(".j2"):
            found.append((trace.tb_frame.f_code.co_filename, trace.tb_lineno))
        trace = trace.tb_next
    return found


def _error_line(error: BaseException) -> int:
    frames = _template_frames(error)
    return frames[-1][1] if frames else 1


def _error_file(error: BaseException, name: str) -> str:
    frames = _template_frames(error)
    return frames[-1][0] if frames else name


def _explain_error(error: TemplateError, shelf: TemplateSearchPath, name: str, values: Mapping[str, Any]) -> UserError:
    from jinja2 import exceptions

    facts: dict[str, Any] = {"pack": shelf.pack.name, "file": _error_file(error, name), "line": _error_line(error)}
    detail = error.message or type(error).__name__
    if isinstance(error, exceptions.TemplateSyntaxError):
        facts |= {"file": error.name or name, "line": error.lineno}
        return UserError("posts.template_syntax", **facts, detail=detail)
    if isinstance(error, exceptions.TemplateNotFound):
        return UserError("posts.template_missing", **facts, wanted=str(error))
    if isinstance(error, exceptions.SecurityError):
        return UserError("posts.template_forbidden", **facts, detail=detail)
    if isinstance(error, exceptions.UndefinedError):
        unknown = detail.split("'")
        word = unknown[-2] if len(unknown) > 2 else detail
        return UserError("posts.template_unknown", **facts, word=word, nearest=_nearest_name(word, values))
    return UserError("posts.template", **facts, detail=detail)


_IN_OTHER_WORDS = {
    **{"judul": "headline", "ringkasan": "summary", "rubrik": "kicker", "tempat": "place", "tanggal": "date_long"},
    **{
        "isi": "body",
        "foto": "photos",
        "kutipan": "quote",
        "penulis": "byline",
        "kelompok": "group",
        "warna": "colors",
    },
    **{"kategori": "category", "tagar": "hashtags", "tautan": "url", "alamat": "url", "keterangan": "caption"},
    **{
        "kredit": "credit",
        "huruf": "font",
        "lebar": "width",
        "tinggi": "height",
        "poin": "points",
        "title": "headline",
    },
    **{"nama": "name", "desa": "village", "jam": "hours", "teras": "lead", "author": "authors", "video": "videos"},
}
"""Names that makers try, and what templates call it: studios and other programs have other words for the same."""


def _nearest_name(word: str, values: Mapping[str, Any]) -> str:
    return _IN_OTHER_WORDS.get(word.casefold()) or nearest_word(word, _known_names(values))


def _known_names(values: Mapping[str, Any]) -> set[str]:
    """All names a template may use, two levels deep."""
    inner = (set(value) for value in values.values() if isinstance(value, dict))
    return set(values).union(*inner)
