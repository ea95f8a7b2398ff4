"""The grammar: no conflicts, few reserved words, and tables that say what Lark says."""

from __future__ import annotations

import logging
import re

import pytest
from lark import Lark, UnexpectedInput, logger

from tests.syntax.reading import EVERYTHING, good, read
from tierlang.syntax.generate import lark_parser
from tierlang.syntax.grammar import RESERVED, free_words, with_names, words_of, written_grammar
from tierlang.syntax.reader import MAKERS
from tierlang.syntax.tables import tables

FREE = sorted(free_words(written_grammar()))


def _conflicts(make) -> list[str]:
    """What Lark's log says of conflicts while a parser is made."""
    found: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: found.append(record.getMessage())  # type: ignore[method-assign]
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    try:
        make()
    finally:
        logger.setLevel(level)
        logger.removeHandler(handler)
    return [message for message in found if "conflict" in message]


def test_no_conflicts():
    assert _conflicts(lark_parser) == []


def test_a_conflict_would_be_seen():
    ambiguous = 'file: one\none: "a" one? ("b" one)?'
    assert _conflicts(lambda: Lark(ambiguous, parser="lalr", lexer="basic", start="file"))
    doubled = with_names(written_grammar()).replace(
        '| "not" negation -> not_', '| "not" negation -> not_ | "not" expression -> nots'
    )
    assert _conflicts(lambda: _tolerant(doubled))


def _tolerant(grammar: str) -> None:
    try:
        Lark(grammar, parser="lalr", lexer="basic", start="file")
    except Exception as mistake:  # a reduce/reduce conflict is an error of Lark's own
        logger.debug("conflict: %s", mistake)


def test_the_reserved_words_are_the_ones_that_are_promised():
    assert RESERVED == set(
        re.findall(
            r"\w+",
            "and any as at by count days distinct else excluded expect false from given if in is largest latest allow missing move no "
            "not or percentile since smallest sum then tier today true untiered within",
        )
    )
    assert len(FREE) > 80
    assert {"score", "owner", "when", "per", "otherwise", "range", "of"} <= set(FREE)


NAME_PLACES = [
    "ruleset W { }",
    "ruleset a { review every W }",
    "let W = 5",
    "account { key W text }",
    'account { field W "label" text }',
    "account { field W whole }",
    "account { field a W }",
    "account { field a W required fold case }",
    "account { field a whole ranges as W }",
    "account { field a whole default W }",
    "account { field a whole in W..W }",
    "account { derive W = 5 }",
    "list W = [W, W]",
    'list W from "a.csv" column "b"',
    'owner W "x"',
    "owner W { }",
    "score W { }",
    "score a { weigh W W weigh W (W) }",
    "score a { points W when W points -W when W }",
    "score a { points by W { W.. -> W  ..<W -> -W  otherwise -> W missing -> W } }",
    "score a { value W round to 2 }",
    "score a { range W..W }",
    "exclude W when W",
    "tiers W by W { }",
    "tiers W { }",
    "tiers by W { match W rank by W, W ascending rest untiered }",
    "tiers by a { tier W { when W top W by W per W } }",
    "tiers by a { tier b { range over W range W.. range ..W } }",
    "tiers by a { tier b { capacity W..W per W overflow to W coverage W, W } }",
    'tiers by a { tier b { owner W W owner W from W play W "x" play W "x" { } } }',
    'tiers by a { tier b { cluster by W { W = W, W.. W "x" = 1 W otherwise } } }',
    'pin "1" to W until 2026-01-01 owner W because "x"',
    'pin "1" to W owner W',
    'pin "1" to W',
    "let a = W and W or not W",
    "let a = W + W * -W >= W",
    "let a = W in W",
    "let a = W not in W..W",
    "let a = W in W..",
    "let a = W is missing or W is not missing",
    "let a = W is W or W is not W",
    "let a = tier is W",
    "let a = W(W, W)",
    "let a = W contains W",
    "let a = W starts with W or W ends with W",
    "let a = W within 90 days",
    "let a = W within next 2 weeks",
    "let a = if W then W else W",
    "let a = by W { W -> W W, W -> W }",
    "let a = at least W of [W, W]",
    "let a = lowest of [W] + W",
    "let a = days since W",
    "let a = percentile of W where (W) per W",
]


@pytest.mark.parametrize("word", FREE)
def test_a_free_word_may_be_any_name(word):
    refused = []
    for place in NAME_PLACES:
        # Where a row of a table begins, `otherwise` is the row for the rest.
        rows = re.search(r"\bby W \{ W|by W \{", place) and "->" in place
        if word == "otherwise" and rows:
            continue
        text = re.sub(r"\bW\b", word, place)
        if read(text)[1]:
            refused.append(text)
    assert not refused


@pytest.mark.parametrize("word", sorted(RESERVED))
def test_a_reserved_word_is_no_name(word):
    file, complaints = read(f"let {word} = 5\nlet last = 1")
    assert [one.code for one in complaints] == ["reserved-word"]
    assert len(file.declarations) == 2


def test_every_node_has_its_maker():
    known = tables()
    built = {known.rule(number).maker for number in range(len(known._plain["rules"])) if not known.rule(number).run}
    singles = {known.rule(number).maker for number in range(len(known._plain["rules"])) if known.rule(number).single}
    assert built - singles <= set(MAKERS)
    assert set(MAKERS) <= built, "a maker that no rule asks for"


def test_the_tables_read_what_lark_reads():
    lark = lark_parser()

    def takes(text: str) -> bool:
        tokens = (token for token in lark.lex(text) if token.type not in ("WHITE", "COMMENT"))
        parser = lark.parse_interactive()
        try:
            for token in tokens:
                parser.feed_token(token)
            parser.feed_eof()
        except UnexpectedInput:
            return False
        return True

    assert takes(EVERYTHING)
    pieces = EVERYTHING.split()
    for at in range(0, len(pieces), 7):
        for text in (" ".join(pieces[:at]), " ".join(pieces[:at] + pieces[at + 1 :])):
            wrong = [
                one
                for one in read(text)[1]
                if one.code not in ("bad-number", "line-order", "bad-date", "later-construct")
            ]
            assert takes(text) == (not wrong), text[-200:]


def test_words_come_from_the_grammar():
    assert "weigh" in words_of(written_grammar())
    assert good("let weigh = 5")
