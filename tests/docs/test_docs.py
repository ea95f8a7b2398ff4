"""What the documentation shows is true: its rules compile, its commands print what stands there.

`UPDATE_GOLDEN=1 pytest tests/docs` writes the output of the commands anew; read the difference before committing.
"""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import PAGES, ROOT, Block, blocks, ruleset_of
from tierlang.pipeline import compile_sources
from tierlang.source import Source

RULES = [block for page in PAGES for block in blocks(page) if block.words[0] == "tier"]
RUNNING = [page for page in PAGES if "```console run" in page.read_text(encoding="utf-8")]
LINKING = [
    ROOT / "CHANGELOG.md",
    *PAGES,
    *sorted((ROOT / "docs" / "decisions").glob("*.md")),
    *sorted((ROOT / "docs" / "rules").glob("*.md")),
]
LINK = re.compile(r"\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)")
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)

PATH = re.compile(r"`((?:[a-z_]+/)+(?:[a-z_]+\.[a-z]+)?)`")


def where(block: Block) -> str:
    return block.place


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("block", RULES, ids=where)
def test_rules_in_the_documentation_compile_or_are_refused_as_said(block: Block, tmp_path: Path) -> None:
    _write_files(block.page, tmp_path)
    loaded = compile_sources(Source(str(tmp_path / f"{block.page.stem}.tier"), ruleset_of(block)), {})
    codes = [diagnostic.code for diagnostic in loaded.diagnostics if diagnostic.is_error]
    expected = [block.words[2]] if block.words[1:2] == ["wrong"] else []
    assert codes == expected, [diagnostic.message for diagnostic in loaded.diagnostics]


@pytest.mark.parametrize("page", RUNNING, ids=named)
def test_commands_in_the_documentation_print_what_it_shows(page: Path, tmp_path: Path) -> None:
    running = _prepared(page, tmp_path)
    printed = [_run(block, tmp_path) for block in running]
    assert not any("Traceback" in output for output in printed)
    if os.environ.get("UPDATE_GOLDEN"):
        _write(page, running, printed)
    for block, output in zip(_running(page), printed, strict=True):
        assert _matches(block.body, output), f"{block.place} prints:\n{output}"


@pytest.mark.parametrize("page", LINKING, ids=named)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = LINK.findall(FENCED.sub("", page.read_text(encoding="utf-8")))
    broken = [link for link in links if not _leads(page, *link)]
    assert broken == []


def test_every_page_is_linked_from_another() -> None:
    linked = {
        (page.parent / path).resolve() for page in LINKING for path, _ in LINK.findall(page.read_text(encoding="utf-8"))
    }
    assert [named(page) for page in LINKING[1:] if page != ROOT / "README.md" and page not in linked] == []


def _leads(page: Path, path: str, anchor: str) -> bool:
    """Whether the file is there and, where the link names a heading, has it as GitHub names headings."""
    target = page.parent / path if path else page
    return target.exists() and (not anchor or anchor in _anchors(target))


def _anchors(page: Path) -> set[str]:
    headings = HEADING.findall(FENCED.sub("", page.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def test_paths_named_in_the_architecture_exist() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = PATH.findall(text)
    assert len(named) > 10
    assert [path for path in named if not (ROOT / path).exists() and not (ROOT / "tierlang" / path).exists()] == []


def _prepared(page: Path, folder: Path) -> list[Block]:
    """The page's commands, in a folder that has the files which the page shows."""
    (folder / "rulesets").symlink_to(ROOT / "rulesets")
    script = folder / "bin" / "tierlang"
    script.parent.mkdir()
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tierlang "$@"\n', encoding="utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    _write_files(page, folder)
    return _running(page)


def _write_files(page: Path, folder: Path) -> None:
    """The files that the page shows under a name."""
    for block in blocks(page):
        for word in block.words:
            if word.startswith("file="):
                (folder / word.removeprefix("file=")).write_text(block.body, encoding="utf-8")


def _running(page: Path) -> list[Block]:
    return [block for block in blocks(page) if block.words[:2] == ["console", "run"]]


def _run(block: Block, folder: Path) -> str:
    """The block with what its commands really print."""
    path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    environment = {
        **os.environ,
        "PATH": path,
        "PYTHONPATH": str(ROOT),
        "NO_COLOR": "1",
        "COLUMNS": "80",
        "LC_ALL": "C.UTF-8",
    }
    text = ""
    for line in block.body.splitlines():
        if line.startswith("$ "):
            done = subprocess.run(
                ["/bin/sh", "-c", line.removeprefix("$ ")],
                cwd=folder,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                check=False,
            )
            output = done.stdout.decode("utf-8")
            text += line + "\n" + "".join(f"{each.rstrip()}\n" for each in output.splitlines())
    return text


def _matches(shown: str, printed: str) -> bool:
    pattern = "".join(r"(?:.*\n)*" if line == "…" else re.escape(line.rstrip()) + r"\n" for line in shown.splitlines())
    return re.fullmatch(pattern, printed) is not None


def _write(page: Path, running: list[Block], printed: list[str]) -> None:
    text = page.read_text(encoding="utf-8")
    for block, output in reversed(list(zip(running, printed, strict=True))):
        start, end = block.span
        if "…\n" not in text[start:end]:
            text = text[:start] + output + text[end:]
    page.write_text(text, encoding="utf-8")
