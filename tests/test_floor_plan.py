"""Holds the floor plan: imports go down, rooms on one floor do not know each other, and each library lives in its own rooms."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import tierlang

PACKAGE = Path(tierlang.__file__).parent

FLOORS: tuple[tuple[str, ...], ...] = (
    ("source", "said"),
    ("diagnostics",),
    ("syntax", "program"),
    ("compiler", "files", "accounts", "engines.interpreter", "engines.sql", "formatter", "ledger"),
    ("analysis",),
    ("lint", "testing", "planning"),
    ("reports", "pipeline"),
    ("cli",),
    ("__main__",),
)
HEIGHT = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}

# The page of the compiler reads and compiles; it stands above the rooms it puts together.
ONLY_FROM = {
    "syntax": {"compiler", "formatter", "pipeline", "cli"},
    "compiler": {"pipeline", "cli"},
    "files": {"pipeline", "cli"},
}
# A module that is slow to import and rarely needed may be imported where it is used.
LATE = {
    "syntax.tables": {"tierlang.syntax.generate.generate"},
    "analysis.model": {"tierlang.analysis.solver.Solver"},
    "pipeline": {"tierlang.lint.registry.RULES", "tierlang.lint.run.lint"},
}
LIBRARIES = {
    "lark": {"syntax"},
    "sqlglot": {"engines.sql", "accounts"},
    "duckdb": {"engines.sql", "accounts", "ledger", "planning", "cli"},
    "rich": {"reports", "cli"},
    "click": {"cli"},
    "z3": {"analysis"},
}


def modules() -> list[Path]:
    """Every module of the package but the package's own `__init__`."""
    return [path for path in sorted(PACKAGE.rglob("*.py")) if path != PACKAGE / "__init__.py"]


def room_of(module: str) -> str:
    """The room that a dotted name below `tierlang` belongs to."""
    parts = module.split(".")
    return ".".join(parts[:2]) if parts[0] == "engines" else parts[0]


def imports_of(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """The dotted names that a module imports, with the line; `from a import b` gives `a.b`, as b may be a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((name.name, node.lineno) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: imports are written in full"
            yield from ((f"{node.module}.{name.name}", node.lineno) for name in node.names)


def complaints(path: Path) -> list[str]:
    """What a module does against the plan."""
    name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
    room = room_of(name)
    if name == "engines.__init__":
        return []
    if room not in HEIGHT:
        return [f"{room} has no floor: add it to FLOORS"]
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [wrong for imported, line in imports_of(tree) if (wrong := _wrong(room, imported, line))]
    if room != "cli":
        hidden = [(imported, line) for imported, line in _hidden_imports(tree) if imported not in LATE.get(name, ())]
        found += [f"line {line}: {imported} is imported inside a function" for imported, line in hidden]
    return found


def _wrong(room: str, imported: str, line: int) -> str | None:
    top, _, rest = imported.partition(".")
    if top != "tierlang":
        allowed = LIBRARIES.get(top)
        return f"line {line}: {top} belongs to {sorted(allowed)}" if allowed and room not in allowed else None
    other = room_of(rest)
    if other in (room, "__version__"):
        return None
    if other not in HEIGHT:
        return f"line {line}: {imported} is no room of the plan"
    if HEIGHT[other] >= HEIGHT[room]:
        return f"line {line}: {room} may not import {other}, which is not below it"
    if other in ONLY_FROM and room not in ONLY_FROM[other]:
        return f"line {line}: {other} is only for {sorted(ONLY_FROM[other])}"
    return None


def _hidden_imports(tree: ast.AST) -> list[tuple[str, int]]:
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return sorted({found for function in functions for found in imports_of(function)})


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_only_go_down(path: Path) -> None:
    assert complaints(path) == []


@pytest.mark.parametrize(
    ("room", "imported", "fine"),
    [
        ("compiler", "tierlang.program.nodes", True),
        ("program", "tierlang.syntax.nodes", False),
        ("engines.sql", "tierlang.accounts.reading", False),
        ("engines.sql", "tierlang.engines.interpreter.run", False),
        ("accounts", "tierlang.syntax.nodes", False),
        ("reports", "tierlang.cli.main", False),
        ("reports", "duckdb", False),
        ("lint", "z3", False),
        ("cli", "duckdb", True),
    ],
)
def test_the_plan_tells_down_from_up(room: str, imported: str, fine: bool) -> None:
    assert (_wrong(room, imported, 1) is None) == fine
