"""The hooks and the examples for CI: they parse, and every command in them is one that there is."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import click
import pytest

from tests.docs.pages import ROOT
from tierlang.cli.main import main

HOOKS = ROOT / ".pre-commit-hooks.yaml"
EXAMPLES = sorted((ROOT / "docs" / "examples").glob("*.y*ml"))
COMMAND = re.compile(r"\btierlang (?:check|test|fmt)\b[^>|&\n]*")


def commands(path: Path) -> list[list[str]]:
    return [
        shlex.split(found)[1:] for found in COMMAND.findall(path.read_text(encoding="utf-8")) if "name:" not in found
    ]


def hooks() -> list[dict[str, str]]:
    """The hooks, read without a library: each begins with `- id`, each line is a key and a value."""
    found: list[dict[str, str]] = []
    for line in HOOKS.read_text(encoding="utf-8").splitlines():
        if line.startswith("- "):
            found.append({})
        if line.strip():
            assert re.match(r"(- |  )[a-z_]+: \S", line), line
            key, _, value = line[2:].partition(": ")
            found[-1][key] = value
    return found


def test_every_hook_runs_its_command() -> None:
    assert [hook["id"] for hook in hooks()] == ["tierlang-check", "tierlang-fmt", "tierlang-test"]
    for hook in hooks():
        assert hook["entry"] == hook["id"].replace("-", " ")
        assert (hook["language"], "tier" in hook["files"]) == ("python", True)


def test_the_example_of_pre_commit_names_hooks_that_there_are() -> None:
    text = (ROOT / "docs" / "examples" / "pre-commit-config.yaml").read_text(encoding="utf-8")
    assert set(re.findall(r"- id: (\S+)", text)) == {hook["id"] for hook in hooks()}


@pytest.mark.parametrize("path", [HOOKS, *EXAMPLES], ids=lambda path: path.name)
def test_commands_of_the_examples_have_the_options_they_use(path: Path) -> None:
    for name, *arguments in commands(path):
        command = main.get_command(click.Context(main), name)
        assert command is not None, name
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in arguments if word.startswith("--")} <= known


@pytest.mark.parametrize("path", [HOOKS, *EXAMPLES], ids=lambda path: path.name)
def test_they_are_yaml(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "\t" not in text
    yaml: Any = pytest.importorskip("yaml")
    assert yaml.safe_load(text)
