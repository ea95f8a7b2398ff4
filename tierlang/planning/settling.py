"""Until when a move or a first place settles an account, as an expression over the cause and `trigger`; the dates themselves are made here, not in SQL."""

from __future__ import annotations

import datetime as dt

from tierlang.planning.sql import cases, day, literal
from tierlang.program.nodes import Mobility, Program
from tierlang.program.occasions import settled_until


def settled_by(program: Program, as_of: dt.date, cause: str = "cause") -> str:
    """The first day on which an account that moves today by a cause (and trigger) may move again; NULL where nothing keeps it. `cause` is the expression with the cause."""
    mobility = program.mobility or Mobility()
    own = [
        (f"{cause} = 'trigger' AND trigger = {literal(each.name)}", day(settled_until(program, as_of, "trigger", each)))
        for each in mobility.triggers
        if each.cooldown is not None
    ]
    usual = settled_until(program, as_of, "review", None)
    never = [] if usual is None else [(f"{cause} IN ('pin', 'exclusion')", day(None))]
    return cases([*own, *never], day(usual))
