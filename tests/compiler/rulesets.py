"""Small rulesets as text, and what becomes of them."""

from __future__ import annotations

from tierlang.pipeline import Loaded, compile_sources
from tierlang.program.nodes import Definition, Program
from tierlang.source import Source

OWNERS = "owner marketing dana  owner sales dana"
FIELDS = """
  key id text
  field n number
  field full number required
  field w whole in 0..20 required
  field t text
  field f flag default false
  field d date
  field g tags
"""


def ruleset(
    *,
    fields: str = "",
    more: str = "",
    tiers: str = f"tiers {{ tier all {{ otherwise  {OWNERS} }} }}",
) -> str:
    """A ruleset's text around the pieces that a test is about."""
    return f'ruleset r {{ }}\nowner dana "Dana"\naccount {{{FIELDS}{fields}\n}}\n{more}\n{tiers}\n'


def compiled(text: str, settings: dict[str, str] | None = None) -> Program:
    """The program of a text that must compile."""
    loaded = compile_sources(Source("test.tier", text), settings or {})
    assert loaded.program is not None, [d.message for d in loaded.diagnostics]
    return loaded.program


def codes(text: str, settings: dict[str, str] | None = None) -> list[str]:
    """The codes of the complaints about a text."""
    return [d.code for d in loaded(text, settings).diagnostics]


def loaded(text: str, settings: dict[str, str] | None = None) -> Loaded:
    """What became of a text."""
    return compile_sources(Source("test.tier", text), settings or {})


def definition(program: Program, name: str) -> Definition:
    """The program's definition of this name."""
    return next(each for each in (*program.definitions, *program.relative) if each.name == name)
