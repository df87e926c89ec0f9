"""The import rule and the size limits of ARCHITECTURE.md.

Who may import whom is in pyproject.toml and is judged by import-linter; the rest is read from the source.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import grimp
import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports
from PySide6 import QtCore, QtGui, QtWidgets

from tools.measure_code import find_circles

ROOT = Path(__file__).resolve().parent.parent
STUDIO = ROOT / "studio"
FILES = sorted(STUDIO.rglob("*.py"))

WIDGETS = {
    "PySide6.QtPrintSupport",
    "PySide6.QtWidgets",
    "PySide6.QtMultimedia",
    "PySide6.QtMultimediaWidgets",
    "PySide6.QtSvgWidgets",
}
PURE = {"story", "group", "checks"}
BANNED_IN_PURE = {"PySide6", "PIL", "av", "moviepy", "numpy", "imageio_ffmpeg", "pathlib", "os", "subprocess", "shutil"}


class SourceFile:
    """A module as every rule wants it: its text, all nodes of its tree, its imports; parsed and walked once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.package = path.relative_to(STUDIO).parts[0].removesuffix(".py")
        self.text = path.read_text(encoding="utf-8")
        self.body = ast.parse(self.text).body
        self.nodes = [node for part in self.body for node in ast.walk(part)]
        self.imports = list(imports_of(self.nodes))
        # Line numbers inside ``if TYPE_CHECKING:`` blocks.
        self.hints = {
            line
            for node in self.nodes
            if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
            for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
        }


def imports_of(nodes):
    """Line and name of everything imported, inside functions and TYPE_CHECKING blocks too."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def check_toolkits_stay_in_their_layer(file):
    for line, name in file.imports:
        if any(name.startswith(widget) for widget in WIDGETS):
            assert file.package in {"ui", "app"}, f"line {line}: {name}"
        if name.startswith("PySide6"):
            assert file.package in {"ui", "app", "paint"}, f"line {line}: {name}"
    if file.package in PURE:
        wrong = [n for line, n in file.imports if n.split(".")[0] in BANNED_IN_PURE and line not in file.hints]
        assert not wrong


def check_sizes(file):
    assert file.text.count("\n") <= 500
    for node in file.nodes:
        lines = getattr(node, "end_lineno", 0) - getattr(node, "lineno", 0) + 1
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert lines <= 60, f"{node.name}: {lines} lines"
        if isinstance(node, ast.ClassDef):
            methods = sum(isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef) for n in node.body)
            assert lines <= 300, f"class {node.name}: {lines} lines"
            assert methods <= 25, f"class {node.name}: {methods} methods"


def check_no_module_level_mutable_state(file):
    """Module-level lists, dicts and sets are constants by name; nothing uses ``global``."""
    assert not [node.lineno for node in file.nodes if isinstance(node, ast.Global)]
    for node in file.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        mutable = isinstance(getattr(node, "value", None), ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp)
        names = [target.id for target in targets if isinstance(target, ast.Name)]
        if mutable:
            assert all(name.lstrip("_").isupper() or name == "__all__" for name in names), (
                f"line {node.lineno}: {names}"
            )


SAYING_NOTHING = {
    *("made", "found", "told", "one", "each", "wanted", "wish", "asked"),
    *("kept", "given", "place", "look", "mark", "job", "target", "line"),
}
"""Words that are no name on their own: each stood for three to six things."""


def check_names_say_something(file):
    named = (node for node in file.nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef))
    wrong = [f"line {node.lineno}: {node.name}" for node in named if node.name.strip("_").lower() in SAYING_NOTHING]
    assert not wrong


CALLED_UNDER_LOCKS = {
    *("QTranslator", "QImageIOHandler", "QImageIOPlugin", "QIODevice", "QBuffer", "QFile", "QFileDevice", "QSaveFile"),
    *("QTemporaryFile", "QPaintDevice", "QPaintEngine", "QImage", "QPdfWriter", "QIconEngine", "QRunnable", "QThread"),
    *("QFontDatabase", "QRawFont", "QSvgRenderer", "QVideoSink", "QAbstractNativeEventFilter", "QCoreApplication"),
}
"""Classes of Qt that threads use, some of them while Qt holds a lock of its own (the picture plugins', the fonts')."""


def check_qt_finds_no_python_inside_its_locks(file):
    """What Qt calls there waits for the interpreter, whoever has the interpreter waits for Qt: nothing moves any more.

    So none of those classes is derived from, and Qt's messages go to its own handler.
    """
    derived = [
        f"line {node.lineno}: {node.name}"
        for node in file.nodes
        if isinstance(node, ast.ClassDef)
        and {getattr(base, "id", getattr(base, "attr", "")) for base in node.bases} & CALLED_UNDER_LOCKS
    ]
    assert not derived
    assert "qInstallMessageHandler" not in file.text


ENGINES = {"photo", "video", "posts", "paint", "export"}


def check_window_reaches_engines_through_services(file):
    """What a user does is in ``services``, what it will look like in ``preview``; the window calls these.

    A type that is only named in an annotation is no way into an engine. ``publish`` stands above ``services``.
    Whatever uses no name of Qt is no part of a window: it belongs to one of the rooms below.
    """
    if file.package != "ui":
        return
    wrong = [
        f"line {line}: {name}"
        for line, name in file.imports
        if name.startswith("studio.") and name.split(".")[1] in ENGINES and line not in file.hints
    ]
    assert not wrong
    if file.path.name != "__init__.py":
        assert any(name.split(".")[0] in {"PySide6", "shiboken6"} for _, name in file.imports), "no name of Qt"


CHECKS = (
    check_toolkits_stay_in_their_layer,
    check_window_reaches_engines_through_services,
    check_sizes,
    check_names_say_something,
    check_no_module_level_mutable_state,
    check_qt_finds_no_python_inside_its_locks,
)


class NamedMembers:
    """Which ``Class.member`` docstrings, comments and ARCHITECTURE.md name, and which there are."""

    def __init__(self) -> None:
        self.members, self.bases = defaultdict(set), defaultdict(set)
        self.mentions = self._mentions_in(ROOT / "ARCHITECTURE.md", r"`([A-Z]\w+)\.([a-z_]\w*)")

    @staticmethod
    def _mentions_in(path: Path, pattern: str) -> list[tuple[str, str, str]]:
        lines = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        return [(f"{path.name}:{number}", *found) for number, line in lines for found in re.findall(pattern, line)]

    def read_file(self, file: SourceFile) -> None:
        """Take in the classes of a module and what it says about any."""
        self.mentions += self._mentions_in(file.path, r"``([A-Z]\w+)\.([a-z_]\w*)")
        for owner in (node for node in file.nodes if isinstance(node, ast.ClassDef)):
            self.bases[owner.name] |= {getattr(base, "id", getattr(base, "attr", "")) for base in owner.bases}
            for node in ast.walk(owner):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    self.members[owner.name].add(node.name)
                elif isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Store):
                    self.members[owner.name].add(getattr(node, "id", getattr(node, "attr", "")))

    def has_member(self, owner: str, member: str) -> bool:
        """Whether a class or what it comes from has it; of the classes of libraries only Qt's are asked."""
        if owner not in self.bases:
            return hasattr(getattr(QtWidgets, owner, getattr(QtCore, owner, getattr(QtGui, owner, None))), member)
        return member in self.members[owner] or any(self.has_member(base, member) for base in self.bases[owner])

    def missing(self) -> list[str]:
        """What is named and is not there any more."""
        return [f"{w}: {c}.{m}" for w, c, m in self.mentions if c in self.bases and not self.has_member(c, m)]


@pytest.fixture(scope="module")
def named_members() -> NamedMembers:
    """Filled by ``broken_rules``, which reads every file."""
    return NamedMembers()


@pytest.fixture(scope="module")
def broken_rules(named_members):
    """What breaks each rule: files are read one by one, for the trees of all of them are two million objects."""
    broken = {check: [] for check in CHECKS}
    for path in FILES:
        file = SourceFile(path)
        named_members.read_file(file)
        for check, found in broken.items():
            try:
                check(file)
            except AssertionError as error:
                found.append(f"{path.relative_to(ROOT)}: {error}")
    return broken


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__.removeprefix("check_"))
def test_every_file_keeps_the_rule(check, broken_rules):
    assert not broken_rules[check], "\n".join(broken_rules[check])


@pytest.mark.usefixtures("broken_rules")
def test_members_that_comments_name_exist(named_members):
    """Whoever renames a method finds the words about it; what is of no class of ours nobody knows."""
    assert not named_members.missing(), "\n".join(named_members.missing())


@pytest.fixture(scope="module")
def read_imports(tmp_path_factory) -> Path:
    """Where grimp keeps what it read: import-linter and the search for circles ask for the same graph."""
    return tmp_path_factory.mktemp("imports")


def test_import_contracts_are_kept(capsys, monkeypatch, read_imports):
    monkeypatch.chdir(ROOT)
    status = lint_imports(cache_dir=str(read_imports), no_logo=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_modules_import_each_other_in_no_circle(read_imports):
    """Imports for types and inside functions count."""
    graph = grimp.build_graph("studio", include_external_packages=True, cache_dir=str(read_imports))
    ours = {module for module in graph.modules if module.split(".")[0] == "studio"}
    assert len(ours) > len(FILES) * 0.9
    assert not find_circles({module: graph.find_modules_directly_imported_by(module) & ours for module in ours})


def loaded_by(statement: str) -> set[str]:
    code = f"import sys; {statement}; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stdout.split())


def test_the_command_line_starts_without_heavy_libraries():
    heavy = {"PySide6", "PIL", "moviepy", "numpy", "jinja2", "av", "imageio_ffmpeg", "pi_heif", "lokal"}
    loaded = loaded_by("import studio.cli")
    assert not heavy & loaded
    # Arguments only: what a command does is read when it runs.
    ours = {name for name in loaded if name.startswith("studio.")}
    assert not {name for name in ours if name.partition(".")[2] != "cli" and not name.startswith("studio.commands")}
    assert "studio.commands.common" not in ours
