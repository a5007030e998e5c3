# SPDX-License-Identifier: Apache-2.0
"""The house rules that a program can check: who imports whom, who prints, how long files are, fresh documents."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import packlight
from packlight import verbs

PACKAGE = Path(packlight.__file__).parent
ROOT = PACKAGE.parents[1]
PYTHON = sorted(PACKAGE.rglob("*.py"))
#: Largest number of lines, by what the file is.
LIMITS = {"op.py": 120, ".py": 400, ".c": 250, ".h": 250}
#: Files that carry a licence line; all others are data or plain text.
LICENSED = (".py", ".pyi", ".c", ".h", ".S", ".toml", ".ld", ".cmake", ".sh", "CMakeLists.txt", "run")
LICENSE = "SPDX-License-Identifier: Apache-2.0"
GENERATED = re.compile(r"/__pycache__/|/\.hypothesis/|/\.\w+_cache/")
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:home|root|work|Users|mnt)/\w")


@cache
def sources() -> tuple[Path, ...]:
    """The project's own text files."""
    folders = [PACKAGE, *(ROOT / name for name in ("tests", "docs", ".ci"))]
    found = [path for folder in folders for path in sorted(folder.rglob("*")) if not GENERATED.search(path.as_posix())]
    found += [path for path in ROOT.glob("*") if path.suffix in (".md", ".toml", ".txt")]
    binary = (".tflite", ".npz", ".npy", ".so", ".dylib", ".dll", ".png", ".svg", ".gif")
    return tuple(path for path in found if path.is_file() and path.suffix not in binary)


def module_of(file: Path) -> str:
    parts = file.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> dict[str, Path]:
    return {module_of(file): file for file in PYTHON}


@cache
def imports(file: Path) -> frozenset[str]:
    """The modules of the package that a file imports anywhere, but for types alone."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    typing = {
        id(each)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for each in ast.walk(node)
    }
    found: set[str] = set()
    for node in (each for each in ast.walk(tree) if id(each) not in typing):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            found.update(name if name in modules() else node.module for name in names)
    return frozenset(name for name in found if name.split(".")[0] == "packlight")


def verb_of(module: str) -> str | None:
    """The verb that a module of packlight.verbs belongs to: "emit" of packlight.verbs.emit.ctext."""
    parts = module.split(".")
    return parts[2] if len(parts) > 2 and parts[1] == "verbs" else None


def violations(files: str, allowed: re.Pattern[str]) -> Iterator[str]:
    """Imports in files of a folder that lead elsewhere than `allowed`, a pattern of whole module names."""
    for file in sorted(PACKAGE.glob(files)):
        for name in sorted(imports(file)):
            if not allowed.fullmatch(name):
                yield f"{module_of(file)} imports {name}"


def test_a_verb_imports_only_verbs_before_it() -> None:
    assert verbs.__doc__
    order = [word.strip() for line in verbs.__doc__.splitlines() if line.count(",") > 5 for word in line.split(",")]
    known = {verb for verb in map(verb_of, modules()) if verb}
    assert set(order) == known, "the docstring of packlight.verbs lists the verbs in their order"
    wrong = [
        f"{module} imports {name}"
        for module, file in modules().items()
        for name in sorted(imports(file))
        if (mine := verb_of(module)) and (other := verb_of(name)) and order.index(other) > order.index(mine)
    ]
    assert wrong == []


def test_nouns_import_no_verbs() -> None:
    allowed = re.compile(r"packlight\.(nouns|errors|schema)\b.*")
    assert list(violations("nouns/**/*.py", allowed)) == []


def test_operators_import_neither_verbs_nor_the_command_line() -> None:
    """Their cases may import what describes cases."""
    plain = r"packlight\.(?!verbs|cli|dev|host|emulators|targets|toolchains)\w+(\..*)?"
    own = [
        wrong for wrong in violations("ops/*/*.py", re.compile(plain)) if ".cases imports packlight.dev" not in wrong
    ]
    assert own == []
    assert list(violations("ops/*/cases.py", re.compile(plain + r"|packlight\.dev\.(?!harness|firmware)\w+"))) == []
    assert list(violations("ops/__init__.py", re.compile(plain))) == []


def test_verbs_import_neither_the_command_line_nor_the_developers_tools() -> None:
    library = re.compile(r"packlight(\.(?!cli|dev)\w+(\..*)?)?")
    top = {"__main__"}
    files = [
        file for file in PYTHON if file.relative_to(PACKAGE).parts[0] not in ("cli", "dev") and file.stem not in top
    ]
    wrong = [
        f"{module_of(file)} imports {name}"
        for file in files
        for name in sorted(imports(file))
        if not library.fullmatch(name) and file.name != "cases.py"
    ]
    assert wrong == []


def test_nothing_prints_but_the_command_line_and_the_developers_tools() -> None:
    wrong = []
    for file in PYTHON:
        if file.relative_to(PACKAGE).parts[0] in ("cli", "dev"):
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            printing = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
            stream = isinstance(node, ast.Attribute) and ast.unparse(node) == "sys.stdout"
            if printing or stream:
                wrong.append(f"{module_of(file)}:{getattr(node, 'lineno', 0)}")
    assert wrong == []


def test_every_source_file_carries_its_licence() -> None:
    wanted = [path for path in sources() if path.name.endswith(LICENSED)]
    assert len(wanted) > 100
    heads = {path: path.read_text(encoding="utf-8").splitlines()[:2] for path in wanted}
    assert [
        str(path.relative_to(ROOT)) for path, head in heads.items() if not any(LICENSE in line for line in head)
    ] == []


def test_files_are_short() -> None:
    long = []
    for path in sources():
        limit = LIMITS.get(path.name, LIMITS.get(path.suffix)) if PACKAGE in path.parents else None
        lines = path.read_text(encoding="utf-8").count("\n") if limit else 0
        if limit and lines > limit:
            long.append(f"{path.relative_to(ROOT)}: {lines} lines, at most {limit}")
    assert long == []


def test_no_file_names_a_machine_or_a_registry() -> None:
    wrong = []
    for path in sources():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if MACHINE_PATH.search(line) and path != Path(__file__):
                wrong.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}")
    assert wrong == []


def test_documents_are_fresh() -> None:
    """README's figures are those of one compiler: with another they are not compared."""
    from packlight.dev.cli import generated
    from packlight.dev.docs import pages

    stale = [name for name, text in pages().items() if (ROOT / "docs" / name).read_text("utf-8") != text]
    assert stale == [], "run: packlight-dev generate"
    readme = (ROOT / "README.md").read_text("utf-8")
    if zig() not in readme:
        pytest.skip(f"README's figures are not compared: they are not of {zig()}, which is installed")
    stale = [path.name for path, text in generated().items() if path.read_text("utf-8") != text]
    assert stale == [], "run: packlight-dev generate"


def zig() -> str:
    from packlight.targets import load_target
    from packlight.toolchains import find_toolchain

    return str(find_toolchain("zig", load_target("cortex-m4")))
