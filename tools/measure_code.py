"""Measures of a Python repository that can be compared with others: names, repetition, comments, tests, circles.

    python tools/measure_code.py DIR [--product PACKAGE] [--windows PACKAGE.ui] [--list]

``DIR`` is the root of any repository. Its product is the package with most lines (or ``--product``); what is in a
folder ``test``/``tests`` or is called ``test_*.py``, ``*_test.py`` or ``conftest.py`` is test code, wherever it lies.
``--list`` names what stands behind the figures. Needs nothing but Python; files that it cannot parse are counted and
left out.

How it counts:

- *words of a name*: parts between underscores and capitals; ``get``, ``do``, ``handle``, ``process``, ``data`` and
  ``info`` are none, digits neither. Dunder methods, properties and methods that override Qt's (camelCase in a project
  that writes snake_case) are no names of the project's own.
- *repeated class name*: the share of names of classes that are in more than one module.
- *repeated module file name*: how many names more than one file has (``__init__`` and ``__main__`` apart).
- *comment lines*: comments for people (no ``noqa`` or ``type: ignore``), behind code too, per 100 lines of code, which
  are those that are not empty, comment or docstring.
- *test lines per product line*: lines of code of both.
- *circles*: strongly connected sets of modules; imports for types and inside functions count.
- *modules without Qt*: modules of the window's package in which no name of PySide, PyQt or shiboken is used at run
  time or for types, ``__init__`` apart: what a user does, not how it looks.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import sys
import tokenize
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

NO_WORDS = frozenset({"get", "do", "handle", "process", "data", "info"})
TOOLKITS = ("PySide2", "PySide6", "PyQt5", "PyQt6", "shiboken2", "shiboken6", "qtpy")
SKIPPED = frozenset({".git", ".venv", "venv", "node_modules", "build", "dist", ".tox", "__pycache__", ".hypothesis"})
NOUNS = frozenset({"property", "cached_property", "setter", "overload"})
"""Decorators of what is named like a thing, or is named again."""
DIRECTIVE = re.compile(r"#\s*(noqa|type:\s*ignore|pragma|fmt:|pylint|pyright|mypy|nosec)")
LONG_FUNCTION, LONG_FILE = 60, 500
Function = ast.FunctionDef | ast.AsyncFunctionDef
Graph = dict[str, set[str]]


@dataclass(frozen=True)
class SourceFile:
    """One parsed file.

    Attributes:
        name: dotted name of the module.
        path: where it lies.
        tree: its syntax tree.
        code: lines that are not empty, comment or docstring.
        comments: lines with a comment for people.
        lines: all lines.
    """

    name: str
    path: Path
    tree: ast.Module
    code: int
    comments: int
    lines: int


@dataclass
class Repository:
    """What was read: product and test code apart, and the files that could not be parsed."""

    product: list[SourceFile] = field(default_factory=list)
    tests: list[SourceFile] = field(default_factory=list)
    unparsed: list[Path] = field(default_factory=list)


def read_repository(root: Path, product: str = "") -> Repository:
    """Parse every Python file of ``root``; the product is the top-level package with most lines, if none is named."""
    found = Repository()
    others: list[SourceFile] = []
    for path in sorted(root.rglob("*.py")):
        inner = path.relative_to(root).parts
        if SKIPPED & set(inner):
            continue
        try:
            source = read_source(path, root)
        except (SyntaxError, UnicodeDecodeError, tokenize.TokenError):
            found.unparsed.append(path)
            continue
        (found.tests if is_test(inner) else others).append(source)
    package = product or largest_package(others)
    found.product = [source for source in others if source.name.split(".")[0] == package]
    return found


def is_test(parts: tuple[str, ...]) -> bool:
    """Whether the parts of a path name test code."""
    name = parts[-1]
    named = name.startswith("test_") or name.endswith("_test.py") or name == "conftest.py"
    return named or any(part in {"test", "tests"} for part in parts[:-1])


def largest_package(sources: list[SourceFile]) -> str:
    """The top-level package with most lines."""
    lines: Counter[str] = Counter()
    for source in sources:
        lines[source.name.split(".")[0]] += source.lines
    return lines.most_common(1)[0][0] if lines else ""


def read_source(path: Path, root: Path) -> SourceFile:
    """Parse one file.

    Raises:
        SyntaxError, UnicodeDecodeError, tokenize.TokenError: it is not Python, or a newer one.
    """
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    lines = text.splitlines()
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    comments = sum(token.type == tokenize.COMMENT and not DIRECTIVE.search(token.string) for token in tokens)
    filled = sum(bool(line.strip()) and not line.lstrip().startswith("#") for line in lines)
    code = filled - docstring_lines(tree)
    return SourceFile(module_name(path, root), path, tree, code, comments, len(lines))


def module_name(path: Path, root: Path) -> str:
    """Dotted name as it is imported: counted from the outermost folder that is a package, or from the root."""
    top = path.parent
    while top != root and (top / "__init__.py").exists():
        top = top.parent
    parts = list(path.relative_to(top).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


def docstring_lines(tree: ast.Module) -> int:
    """Lines of strings that stand alone: docstrings, also those under a constant."""
    return sum(
        (node.end_lineno or node.lineno) - node.lineno + 1
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    )


def count_words(name: str) -> int:
    """How many words a name has, of those that say something.

    >>> [count_words(name) for name in ("crop", "crop_shape", "getData", "HTMLPage", "_made", "run2")]
    [1, 2, 0, 2, 1, 1]
    """
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)
    return sum(word.lower() not in NO_WORDS for word in words)


def own_functions(source: SourceFile, overrides: bool) -> list[Function]:
    """Functions and methods that the project named itself; with ``overrides``, camelCase methods are not among them."""
    found = []
    for node in ast.walk(source.tree):
        if not isinstance(node, Function) or (node.name.startswith("__") and node.name.endswith("__")):
            continue
        if {"property", "cached_property", "setter", "overload"} & {
            decorator_name(each) for each in node.decorator_list
        }:
            continue
        if overrides and re.search(r"[a-z][A-Z]", node.name):
            continue
        found.append(node)
    return found


def decorator_name(node: ast.expr) -> str:
    """The last part of a decorator's name."""
    node = node.func if isinstance(node, ast.Call) else node
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def own_classes(source: SourceFile) -> list[ast.ClassDef]:
    """All classes of a file."""
    return [node for node in ast.walk(source.tree) if isinstance(node, ast.ClassDef)]


def import_graph(sources: list[SourceFile]) -> Graph:
    """Which modules each module imports, those for types and inside functions too."""
    known = {source.name for source in sources}
    packages = {source.name for source in sources if source.path.name == "__init__.py"}
    graph: Graph = {source.name: set() for source in sources}
    for source in sources:
        for name in imported_names(source, source.name in packages):
            # ``from a import b`` may mean the module ``a.b`` or a name inside of ``a``: only the list of modules tells
            # which.
            target = name if name in known else name.rpartition(".")[0]
            if target in known and target != source.name:
                graph[source.name].add(target)
    return graph


def imported_names(source: SourceFile, package: bool) -> list[str]:
    """Dotted names that a file imports, relative ones made absolute."""
    names = []
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = source.name.split(".")
                above = above[: len(above) - node.level + package]
                base = ".".join([*above, base] if base else above)
            names += [f"{base}.{alias.name}" for alias in node.names]
    return names


def find_circles(graph: Graph) -> list[list[str]]:
    """Sets of modules that reach one another (Tarjan), largest first."""
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(module: str) -> None:
        number[module] = lowest[module] = len(number)
        stack.append(module)
        for other in sorted(graph[module]):
            if other not in number:
                visit(other)
                lowest[module] = min(lowest[module], lowest[other])
            elif other in stack:
                lowest[module] = min(lowest[module], number[other])
        if lowest[module] == number[module]:
            start = stack.index(module)
            circle = sorted(stack[start:])
            del stack[start:]
            if len(circle) > 1:
                found.append(circle)

    # ``visit`` calls itself once for each step of a chain of imports, which in a large repository is longer than
    # Python's 1000.
    sys.setrecursionlimit(max(sys.getrecursionlimit(), 20 * len(graph) + 1000))
    for module in graph:
        if module not in number:
            visit(module)
    return sorted(found, key=len, reverse=True)


def window_modules(sources: list[SourceFile], windows: str) -> list[SourceFile]:
    """The modules of the window's package, packages themselves apart."""
    return [s for s in sources if s.name.startswith(f"{windows}.") and s.path.name != "__init__.py"]


def uses_toolkit(source: SourceFile) -> bool:
    """Whether a file names anything of Qt."""
    return any(name.split(".")[0] in TOOLKITS for name in imported_names(source, package=False))


def guess_windows(sources: list[SourceFile]) -> str:
    """The package of the window: the first of ``ui``, ``gui``, ``qt`` right under the product."""
    names = {".".join(source.name.split(".")[:2]) for source in sources}
    return next((n for last in ("ui", "gui", "qt") for n in sorted(names) if n.endswith(f".{last}")), "")


def share(part: int, whole: int) -> str:
    """A part in percent, with both numbers."""
    return f"{100 * part / whole:.0f} % ({part} of {whole})" if whole else "none"


Rows = list[tuple[str, str, list[str]]]
"""What is measured, the figure, and what stands behind it."""


def measure_names(product: list[SourceFile]) -> Rows:
    """Words of functions and classes, repeated names."""
    every = [(node.name, source.name) for source in product for node in own_functions(source, overrides=False)]
    camel = sum(bool(re.search(r"[a-z][A-Z]", name)) for name, _ in every)
    # Where a third of all names are in camelCase it is the project's own style, and says nothing about Qt's overrides.
    overrides = camel < len(every) / 3
    functions = [(node.name, source.name) for source in product for node in own_functions(source, overrides)]
    classes = [(node.name, source.name) for source in product for node in own_classes(source)]
    short_functions = [f"{module}.{name}" for name, module in functions if count_words(name) < 2]
    short_classes = [f"{module}.{name}" for name, module in classes if count_words(name) < 2]
    where = defaultdict(set)
    for name, module in classes:
        where[name].add(module)
    repeated = [f"{name}: {', '.join(sorted(modules))}" for name, modules in sorted(where.items()) if len(modules) > 1]
    stems = defaultdict(list)
    for source in product:
        if source.path.stem not in {"__init__", "__main__"}:
            stems[source.path.name].append(source.name)
    files = [f"{name}: {', '.join(modules)}" for name, modules in sorted(stems.items()) if len(modules) > 1]
    return [
        ("functions named with one word", share(len(short_functions), len(functions)), short_functions),
        ("classes named with one word", share(len(short_classes), len(classes)), short_classes),
        ("class names in more than one module", share(len(repeated), len(where)), repeated),
        ("module file names used twice or more", str(len(files)), files),
    ]


def measure_sizes(found: Repository) -> Rows:
    """Lines of functions, files, comments and tests."""
    product = found.product
    lengths = [
        ((node.end_lineno or node.lineno) - node.lineno + 1, f"{source.name}.{node.name}")
        for source in product
        for node in ast.walk(source.tree)
        if isinstance(node, Function)
    ]
    long_functions = [f"{name}: {lines}" for lines, name in sorted(lengths, reverse=True) if lines > LONG_FUNCTION]
    files = sorted(((source.lines, source.name) for source in product), reverse=True)
    long_files = [f"{name}: {lines}" for lines, name in files if lines > LONG_FILE]
    code, comments = sum(source.code for source in product), sum(source.comments for source in product)
    tests = sum(source.code for source in found.tests)
    numbers = [lines for lines, _ in lengths] or [0, 0]
    spread = f"{median(numbers):.0f} / {quantiles(numbers, n=10)[-1]:.0f} / {max(numbers)}"
    return [
        ("product files / lines / lines of code", f"{len(product)} / {sum(s.lines for s in product)} / {code}", []),
        ("function lines: median / 90 % / longest", spread, []),
        (f"functions of over {LONG_FUNCTION} lines", share(len(long_functions), len(lengths)), long_functions),
        (f"files of over {LONG_FILE} lines", share(len(long_files), len(files)), long_files),
        ("comment lines per 100 lines of code", f"{100 * comments / max(code, 1):.1f}", []),
        ("test lines per product line", f"{tests / max(code, 1):.2f} ({tests} of {code})", []),
    ]


def measure_imports(product: list[SourceFile], windows: str) -> Rows:
    """Circles, and the modules of the window."""
    graph = import_graph(product)
    found = find_circles(graph)
    rows: Rows = [
        ("circles of modules (types and lazy imports count)", str(len(found)), [", ".join(each) for each in found]),
        ("modules in the largest circle", str(len(found[0]) if found else 0), []),
    ]
    inside = window_modules(product, windows) if windows else []
    if inside:
        importers = Counter(target for targets in graph.values() for target in targets)
        once = [source.name for source in inside if importers[source.name] == 1]
        bare = [source.name for source in inside if not uses_toolkit(source)]
        rows.append((f"modules of {windows} imported by exactly one other", share(len(once), len(inside)), once))
        rows.append((f"modules of {windows} that use no Qt name", share(len(bare), len(inside)), bare))
    return rows


def main() -> None:
    """Print the measures of one repository."""
    parser = argparse.ArgumentParser(description="Measures of a Python repository.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--product", default="", help="top-level package that is the product")
    parser.add_argument("--windows", default="", help="package of the window, such as studio.ui")
    parser.add_argument("--list", action="store_true", help="name what stands behind the figures")
    given = parser.parse_args()
    if not given.folder.is_dir():
        parser.error(f"{given.folder} is no folder")
    found = read_repository(given.folder.resolve(), given.product)
    if not found.product:
        parser.error(f"no Python package in {given.folder}")
    windows = given.windows or guess_windows(found.product)
    rows = [*measure_names(found.product), *measure_sizes(found), *measure_imports(found.product, windows)]
    width = max(len(title) for title, _, _ in rows)
    for title, figure, behind in rows:
        print(f"{title:<{width}}  {figure}")
        for each in behind if given.list else ():
            print(f"    {each}")
    if found.unparsed:
        print(f"not parsed: {', '.join(str(path) for path in found.unparsed)}")


if __name__ == "__main__":
    main()
