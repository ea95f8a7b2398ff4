"""The layout speaks of constructs by the names that the grammar gives them: a name that is no longer there lays out nothing."""

from __future__ import annotations

import ast
import inspect
from types import ModuleType

import pytest

from tierlang.formatter import breaks, columns, remarks, spacing
from tierlang.syntax.tables import tables


def cases(module: ModuleType) -> set[str]:
    """The names in lower case that the module matches parts with."""
    tree = ast.parse(inspect.getsource(module))
    values = (node.value for node in ast.walk(tree) if isinstance(node, ast.MatchValue))
    return {str(value.value) for value in values if isinstance(value, ast.Constant) and str(value.value).islower()}


@pytest.mark.parametrize("module", [breaks, columns, spacing], ids=lambda module: module.__name__.rsplit(".", 1)[-1])
def test_every_construct_that_is_laid_out_is_in_the_grammar(module: ModuleType) -> None:
    named = cases(module)
    assert len(named) > 4
    assert named - tables().makers == set()


def test_so_are_those_in_lists() -> None:
    listed = {*breaks._FIELDS, *breaks._LISTED, *breaks._BEFORE_WHEN, *breaks._CLAUSES, *remarks._LEADING}
    heads = {head for heads in breaks._CLAUSES.values() for head in heads}
    assert (listed | {head for head in heads if head.islower()}) - tables().makers == set()
    kinds = {head for head in heads if head.isupper()} | {kind for kinds in remarks._LEADING.values() for kind in kinds}
    assert kinds - set(tables().symbols) == set()
