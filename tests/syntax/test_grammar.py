"""The grammar: no conflicts, few reserved words, and tables that say what Lark says."""

from __future__ import annotations

import logging
import re

import pytest
from lark import Lark, UnexpectedInput, logger

from tests.syntax.reading import EVERYTHING, good, read
from tierlang.syntax import nodes as n
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
    "event W event W { }",
    'event W "x"',
    "event a { field W W derive W = W field W text }",
    'event a { derive W = W account from "x" derive W = W at from "y" derive W = W key from "z" derive W = W missing "" }',
    "signal W W lasts 2 weeks signal W W in W..W default W lasts 1 day required",
    'signal W "x" W ranges as W lasts 1 day { value from "x" account from "y" }',
    'lookup W from "a.csv" { match W, W from "x", W give W W give W W from "x" default W }',
    "mark W when W for 2 weeks",
    "let a = any W and no W where (W) within 9 days or count of W ever > W",
    "let a = any W or no W where (W) and count of W = W",
    "let a = sum of W.W ever + largest W.W within 1 year - smallest W.W * distinct W.W ever / latest W.W",
    "let a = latest W.W where (W) ever within 9 days and latest W.W where (W)",
    "let a = days since W where (W) > W",
    "let a = at least W of [at, at within 2 days] and at > W and days since at < W and any W where (at = W) ever",
    'event a { derive W = at at from "x" derive W = days since at at from "y" } score a { points -W per W up to -W }',
    "let a = W.W * W.W",
    "let a = by W.W { W -> W.W W.. -> W.W otherwise -> W.W }",
    "let a = W for 3 weeks and (W or W > W) for 1 day and not W for 2 days",
    "let a = W is W for 1 day or W is not W for 2 days or W in W for 1 day or W in W.. for 1 day",
    "score a { points W per W points W per W ever points -W per W within 1 day up to W }",
    "score a { points (W) per W where (W) halving every 2 days up to W points W per W ever up to W keeping W every week }",
    "score a { best of { points W per W losing W every month points W when W points W per W } }",
    'score a { points by W from "x" { W -> W } weights scaled weigh W W when W weigh W W }',
    "tiers by a { raise W when W lower (W) when W cap at W when W floor at W when W raise W when W rest untiered }",
    'tiers by a { raise W "x" when W cap at W "x" when W tier W { } }',
    "tiers by a { capacity W of W per W overflow out capacity W..W of W capacity W per W capacity W rank by W, W capacity W }",
    'tiers by a { tier b { capacity W of W per W overflow to W capacity W of W coverage W play W "x" { when W channel "x" } } }',
    'test "x" { given { W = W W = -W W = "x" W = missing W = [W, W] W = (W + W) W = true W = 2026-01-01 W = 5% } }',
    'test "x" { given { event W 2026-01-01 event W 2026-01-01 { W = W W = 5 } signal W 2026-01-01 = W event = W signal = W } }',
    'test "x" { given account W { W = W } account W { } given account W { } account W { } as of 2026-01-01 }',
    'test "x" { expect tier W expect excluded as W expect mark W expect no mark W expect W expect untiered }',
    'test "x" { expect W tier W expect W untiered expect W excluded as W expect W excluded expect W not excluded }',
    'test "x" { expect W mark W expect W no mark W expect W has W expect W has W is W expect W mark W }',
    'test "x" { expect excluded as W as of 2026-01-01 expect mark W as of 2026-01-01 expect mark W given { } expect no mark W }',
    'test "x" { expect mark W # W\n expect no mark W # W\n expect W mark W allow a-b expect mark W }',
    'test "x" { expect W > W expect not W expect W is W or W expect tier is W expect W in W expect W contains W expect W.W = W }',
    'test "x" { expect W starts with "x" expect W(W) > W expect W within 9 days expect no W where (W) ever expect any W ever }',
    'test "x" { expect no W within 9 days expect W not in W expect W is missing expect W for 9 days expect W expect W has no W ever }',
    'allow a-b let a = W allow b let b = W allow c-d because "x" pin "1" to W allow W because "x" owner W "x" allow W-W because "x"',
    "tiers by a { rank by W allow x capacity W allow W raise 1 when W allow x-W tier b { when W allow W coverage W allow W owner W W } }",
    "score a { round to 2 allow W weigh W W allow a-W points W when W allow W value W allow W points W per W allow W }",
    "event a { derive W = W allow W field W W allow W }",
    "tiers W { was W was W, W tier W { was W, W when W keep while W keep while W >= W coverage W keep while W owner W W } }",
    "score W { was W was W, W weigh W W when W points W when W value W }",
    "mobility { breaker W at review W breaker W cooldown 9 days breaker W at review (W) retired W to W retired W retired W to W }",
    'mobility { hold W when W hold W "x" when W hold W both ways when W hold W "x" both ways when W is W retired W hold W when W for 9 days }',
    'mobility { promote W { } promote W "x" { was W, W from W, W to W up W down W when W owner W approve by W cooldown 9 days } demote W { } }',
    "mobility { demote W { when W from W when W to W when W up W when W down W when W owner W when W approve by W when W cooldown 9 days } }",
    "mobility { demote W { was W was W to W up W from W down W to W owner W up W approve by W down W approve by W when W } }",
    'mobility { hold W when W allow W promote W { when W allow W to W } allow W-W because "x" demote W { allow W up W allow W } }',
    "let a = days in tier > W and W >= days in tier or days in tier in W..W or W in W for 3 days",
    'test "x" { given { tier W since 2026-01-01 settled until 2026-01-01 tier W since 2026-01-01 W = W tier W since 2026-01-01 } }',
    'test "x" { given { untiered since 2026-01-01 W = W untiered since 2026-01-01 settled until 2026-01-01 W = missing review due W = W } }',
    'test "x" { given { score W 2026-01-01 = W score W 2026-01-01 = missing score = W review = W review due settled = W due = W } }',
    'test "x" { given account W { tier W since 2026-01-01 } account W { review due W = W review due } given account W { } }',
    'test "x" { expect move expect move W to W expect move to W expect no move expect W move expect W no move expect W move to W expect W }',
    'test "x" { expect move W expect W move W expect W move W to W as of 2026-01-01 expect move to W expect move W given { } }',
    'test "x" { expect move W allow W expect move to W allow W expect W move allow W expect move out allow W expect no move allow W }',
]


@pytest.mark.parametrize("word", FREE)
def test_a_free_word_may_be_any_name(word):
    refused = []
    for place in NAME_PLACES:
        # Where a row of a table begins, `otherwise` is the row for the rest.
        rows = re.search(r"\bby W(\.W)? \{", place) and "->" in place
        if word == "otherwise" and rows:
            continue
        text = re.sub(r"\bW\b", word, place)
        if read(text)[1]:
            refused.append(text)
    assert not refused


@pytest.mark.parametrize("word", FREE)
def test_a_test_says_the_same_with_any_name(word):
    """`mark`, `has`, `contains`: what follows tells the word from the name."""
    lines = {
        "expect tier W": n.ExpectTier,
        "expect W tier W": n.ExpectTier,
        "expect W untiered": n.ExpectUntiered,
        "expect excluded as W": n.ExpectExcluded,
        "expect W not excluded": n.ExpectExcluded,
        "expect mark W": n.ExpectMark,
        "expect W mark W": n.ExpectMark,
        "expect no mark W": n.ExpectMark,
        "expect W no mark W": n.ExpectMark,
        "expect W has W > 5": n.ExpectHolds,
        "expect W > 5": n.ExpectHolds,
        'expect W contains "x"': n.ExpectHolds,
        "expect W is W": n.ExpectHolds,
        "expect no W within 9 days": n.ExpectHolds,
        "expect move W to W": n.ExpectMove,
        "expect move to W": n.ExpectMove,
        "expect W move W": n.ExpectMove,
        "expect W move out": n.ExpectMove,
        "expect W no move": n.ExpectMove,
    }
    text = "\n".join(lines).replace("W", word)
    (test,) = good(f'test "x" {{ {text} }}')
    assert isinstance(test, n.Test)
    assert [type(one) for one in test.expects] == list(lines.values())
    assert [one.span.text for one in test.expects] == text.split("\n")


@pytest.mark.parametrize("word", [*FREE, "one"])
def test_a_move_says_who_where_and_by_what_with_any_name(word):
    """`to` and `out` are names where nothing else could be meant; `move to to` and `move to out` lead to tiers of that name."""
    lines = {
        "expect move": (None, None, False),
        "expect move to W": (None, word, False),
        "expect move W to W": (word, word, False),
        "expect move W out": (word, None, True),
        "expect move out": (None, None, True),
        "expect move W": (word, None, False),
    }
    if word == "to":
        del lines["expect move W out"]
    if word == "out":
        del lines["expect move W"]
    text = "\n".join(lines).replace("W", word)
    (test,) = good(f'test "x" {{ {text} }}')
    said = [(one.trigger and one.trigger.text, one.to and one.to.text, one.out) for one in test.expects]
    assert said == list(lines.values())


def test_a_value_is_not_taken_for_the_end_of_a_cool_down():
    (test,) = good(
        'test "x" { given { tier two since 2026-01-01 settled = true tier two since 2026-01-02 settled until 2026-01-03 } }'
    )
    held, value, settled = test.given[0].parts
    assert isinstance(held, n.GivenTier)
    assert held.settled_until is None
    assert isinstance(value, n.GivenValue)
    assert settled.settled_until.value.isoformat() == "2026-01-03"


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
            wrong = [one for one in read(text)[1] if one.code not in ("bad-number", "line-order", "bad-date")]
            assert takes(text) == (not wrong), text[-200:]


def test_words_come_from_the_grammar():
    assert "weigh" in words_of(written_grammar())
    assert good("let weigh = 5")
