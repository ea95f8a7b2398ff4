"""What `eval` and `explain` were both asked: files that must be apart, rules that must compile, facts that the rules must know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import attrs

from tierlang.accounts.files import Options
from tierlang.cli.apart import keep_apart, keep_from_result, one_standard_input
from tierlang.cli.database import Limits
from tierlang.cli.evaluation import Request, compiled
from tierlang.cli.fact_files import NamedFiles, given_files
from tierlang.cli.rejects import rejects_beside
from tierlang.cli.settings import today


@attrs.frozen
class Files:
    """The paths of one command, as they were given."""

    rules: str
    accounts: str
    events: NamedFiles = ()
    signals: NamedFiles = ()
    output: str | None = None
    rejects: str | None = None


def requested(
    files: Files,
    settings: Mapping[str, str],
    as_of: dt.date | None,
    options: Options,
    limits: Limits,
    columns: tuple[str, ...] = (),
) -> Request:
    """The request, once everything is found to fit that can be known before a row is read."""
    keep_from_result(files.rejects, files.output)
    facts = [path for _, path in (*files.events, *files.signals)]
    one_standard_input([files.accounts, *facts])
    named = {"the rules": files.rules, "the accounts": files.accounts, "the result": files.output}
    named["the rejects"] = files.rejects
    keep_apart(named, facts)
    program = compiled(files.rules, settings)
    given = given_files(files.events, files.signals)
    beside = rejects_beside(files.rejects, given)
    keep_apart(
        {**named, **{f"the rejects of {each.path}": place for each, place in zip(given, beside, strict=True)}}, facts
    )
    return Request(
        program=program,
        accounts=files.accounts,
        as_of=as_of or today(),
        today=as_of is None,
        facts=given,
        options=options,
        limits=limits,
        columns=columns,
        rejects=files.rejects,
        fact_rejects=beside,
    )
