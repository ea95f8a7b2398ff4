"""Where a result goes: standard output, one file, or one file per tier in a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import attrs
import click

from tierlang.accounts.table import identifier, literal
from tierlang.accounts.writing import Form, copy_options, write, write_all
from tierlang.cli.evaluation import Placed
from tierlang.cli.failure import Failure
from tierlang.program.nodes import Program

_FORMS: dict[str, Form] = {"csv": "csv", "parquet": "parquet", "jsonl": "json"}
_SUFFIXES: dict[Form, str] = {"csv": ".csv", "parquet": ".parquet", "json": ".jsonl"}
_UNTIERED, _EXCLUDED = "untiered", "excluded"


@attrs.frozen
class Plan:
    """Where and in which form the result goes. `folder` says that `output` is one, with a file for each tier."""

    output: str | None
    form: Form | None
    folder: bool = False

    def file_of(self, name: str) -> str:
        """The file of a tier in the folder."""
        assert self.output is not None
        return os.path.join(self.output, name + _SUFFIXES[self.form or "csv"])

    @property
    def said(self) -> str | None:
        """What to tell people about the files written."""
        if self.output in (None, "-"):
            return None
        return f"Wrote one file per tier into {self.output}." if self.folder else f"Wrote {self.output}."


def plan_results(output: str | None, form: str | None, *, split: bool) -> Plan:
    """The plan, if it can be carried out: asked before the work, not after it."""
    said = _FORMS[form] if form else None
    if split:
        if output is None or output == "-":
            raise click.UsageError("--split-by writes a file for each tier: name a folder with --output")
        if os.path.exists(output) and not os.path.isdir(output):
            raise Failure(f"{output} is a file; --split-by needs a folder")
        return Plan(output, said, folder=True)
    if output is None or output == "-":
        if said == "parquet" and os.isatty(1):
            raise click.UsageError("a Parquet file cannot be shown in a terminal: name a file with --output")
        return Plan(None, said)
    if os.path.isdir(output):
        raise Failure(f"{output} is a folder; name a file, or write a file for each tier with --split-by tier")
    if not os.path.isdir(os.path.dirname(output) or "."):
        raise Failure(f"{output} cannot be written: there is no folder {os.path.dirname(output)}")
    if os.path.exists(output) and not os.path.isfile(output):
        return Plan(output, said or "csv")
    copy_options(output, said)
    return Plan(output, said)


def write_results(placed: Placed, program: Program, plan: Plan) -> None:
    """Write the columns of every account, in the order of the input."""
    if not plan.folder:
        write(placed.connection, placed.result.select(placed.columns), plan.output, plan.form)
        return
    assert plan.output is not None
    parts = dict(_parts(placed, program))
    wanted = {os.path.basename(plan.file_of(name)) for name in parts}
    folder = Path(plan.output)
    folder.mkdir(parents=True, exist_ok=True)
    strange = sorted(each.name for each in folder.iterdir() if each.name not in wanted)
    if strange:
        raise Failure(
            f"{plan.output} has other files in it ({', '.join(strange[:5])}): empty it, or name another folder"
        )
    write_all(placed.connection, {plan.file_of(name): select for name, select in parts.items()}, plan.form)


def _parts(placed: Placed, program: Program) -> Iterator[tuple[str, str]]:
    """The SELECT of each tier, of the accounts without one, and of those excluded."""
    everything = placed.result.select(tuple(dict.fromkeys([*placed.columns, "tier", "excluded"])))
    shown = ", ".join(identifier(name) for name in placed.columns)
    tests = {tier.name: f"tier = {literal(tier.name)}" for tier in program.ladders[0].tiers}
    tests[_UNTIERED] = "tier IS NULL AND excluded IS NULL"
    tests[_EXCLUDED] = "excluded IS NOT NULL"
    for name, test in tests.items():
        yield name, f"SELECT {shown} FROM ({everything}) WHERE {test}"
