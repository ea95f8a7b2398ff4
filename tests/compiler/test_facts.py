"""What questions about events and signals, and lookups, become in the program."""

from __future__ import annotations

import pytest

from tests.compiler.rulesets import compiled, definition, ruleset
from tierlang.program.calendar import Duration
from tierlang.program.expressions import (
    AllOf,
    Attribute,
    Choose,
    Compare,
    Constant,
    DaysSince,
    Defined,
    Expression,
    Input,
    IsMissing,
    LookedUp,
    Not,
)
from tierlang.program.nodes import (
    Aggregate,
    Condition,
    EventPoints,
    Fact,
    Fading,
    PointsPerEvent,
    PointSum,
    PointTable,
    Program,
    Score,
    Sustained,
)
from tierlang.program.values import Kind

AT = Attribute("at", Kind.DATE)
FREIGHT = Attribute("freight", Kind.MONEY)
STAGE = Attribute("stage", Kind.TEXT)
INTENT = Attribute("intent", Kind.NUMBER)
MORE = """
event order "Order" {
  field freight money
  field stage text one of "won", "lost"
  field due date
  field n number
  derive late = old and freight > 3
  derive old = age > 30
}
event demo
signal intent number in 0..100 lasts 14 days
signal usage whole
let many = 3
"""


def test_a_fact_is_not_compared_with_every_other(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[object] = []
    equal = Aggregate.__eq__

    def counted(one: Aggregate, other: object) -> bool:
        compared.append(one)
        return equal(one, other)

    monkeypatch.setattr(Aggregate, "__eq__", counted)
    conditions = " and ".join(f"count of order within {days} days > 3" for days in (*range(1, 101), *range(1, 101)))
    program = compiled(ruleset(fields=f" derive busy = {conditions}", more=MORE))
    assert len(program.facts) == 100
    assert len(compared) < 1_000


def number(value: float, kind: Kind = Kind.WHOLE) -> Constant:
    return Constant(round(value * 10_000), kind)


def derived(written: str, more: str = "") -> tuple[Program, Expression]:
    """The program of a ruleset with one derived field, and what that is."""
    program = compiled(ruleset(fields=f"derive x = {written}", more=MORE + more))
    return program, definition(program, "x").value  # type: ignore[union-attr]


def fact(written: str) -> Fact:
    """The one fact that an expression needs, which is called by the user's words."""
    program, value = derived(written)
    (found,) = program.facts
    assert value == Defined(written, found.kind)
    assert (found.name, found.text) == (written, written)
    return found


@pytest.mark.parametrize(
    ("written", "kind", "function", "attribute"),
    [
        ("any order", Kind.FLAG, "any", None),
        ("count of order", Kind.WHOLE, "count", None),
        ("sum of order.freight", Kind.MONEY, "sum", FREIGHT),
        ("largest order.due", Kind.DATE, "largest", Attribute("due", Kind.DATE)),
        ("smallest order.freight", Kind.MONEY, "smallest", FREIGHT),
        ("distinct order.stage", Kind.WHOLE, "distinct", STAGE),
        ("latest order.stage", Kind.TEXT, "latest", STAGE),
        ("latest order.late", Kind.FLAG, "latest", Attribute("late", Kind.FLAG)),
    ],
)
@pytest.mark.parametrize(("span", "window"), [("ever", None), ("within 2 quarters", Duration(2, "quarter"))])
def test_a_question_about_events_is_a_fact(
    written: str, kind: Kind, function: str, attribute: Attribute | None, span: str, window: Duration | None
) -> None:
    found = fact(f"{written} {span}")
    assert isinstance(found, Aggregate)
    assert (found.kind, found.event, found.function, found.attribute) == (kind, "order", function, attribute)
    assert (found.where, found.window) == (None, window)


def test_days_since_an_event_look_back_for_ever() -> None:
    found = fact("days since order where (old)")
    assert isinstance(found, Aggregate)
    assert (found.function, found.kind, found.window) == ("days since", Kind.WHOLE, None)
    assert found.where == Condition(Attribute("old", Kind.FLAG), "old")


def test_no_is_the_negation_of_any() -> None:
    program, value = derived("no order within 90 days or any order within 90 days")
    (found,) = program.facts
    assert (found.name, found.kind) == ("any order within 90 days", Kind.FLAG)
    assert value.parts == (Not(Defined(found.name, Kind.FLAG)), Defined(found.name, Kind.FLAG))  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("where", "test"),
    [
        ("freight > many", Compare(">", FREIGHT, number(3))),
        ("age <= 5", Compare("<=", DaysSince(AT), number(5))),
        ("n > w", Compare(">", Attribute("n", Kind.NUMBER), Input("w", Kind.WHOLE))),
        ("id = stage", Compare("=", Input("id", Kind.TEXT), STAGE)),
        ('by stage { "won" -> 1 "lost" -> 0 missing -> 0 } > 0', None),
    ],
)
def test_where_reads_the_event_first_and_then_the_account(where: str, test: Expression | None) -> None:
    found = fact(f"count of order where ({where}) ever")
    assert isinstance(found, Aggregate)
    assert found.where is not None
    assert found.where.text == where
    if test is not None:
        assert found.where.test == test
    else:
        assert isinstance(found.where.test, Compare)
        assert isinstance(found.where.test.left, Choose)


def test_equal_questions_are_one_fact_and_others_are_not() -> None:
    program, _ = derived(
        "count of order where ( n > 3 ) within 90 days + count of order  where (n > 3) within 90 days"
        " + count of order where (n > 4) within 90 days > 0",
        "exclude a when count of order where (n > many) within 90 days > 5",
    )
    assert [each.name for each in program.facts] == [
        "count of order where ( n > 3 ) within 90 days",
        "count of order where (n > 4) within 90 days",
    ]


def test_facts_stand_in_the_order_in_which_they_are_needed() -> None:
    program = compiled(
        ruleset(
            fields="derive b = a and any demo ever\nderive a = any order ever",
            more=MORE + "score s { points 3 per demo ever  points 1 when intent > 3 for 3 days }",
        )
    )
    names = ["any order ever", "any demo ever", "3 per demo ever", "intent > 3 for 3 days"]
    assert [each.name for each in program.facts] == names
    assert [each.name for each in program.events] == ["order", "demo"]
    assert [each.name for each in program.signals] == ["intent", "usage"]


def test_an_event_knows_its_columns_and_derives_in_the_order_of_need() -> None:
    program = compiled(
        ruleset(
            more='event order { account from "A", "B"  at from "Day" format "D.M.YYYY"  key from "No"'
            ' missing "", "-"  field f2 money from "F"  derive b = a > 3  derive a = f2 * 2 }'
        ).replace("key id text", 'key id text fold case same "x" as "y"')
    )
    (event,) = program.events
    account, at, key = event.attribution.account, event.attribution.at, event.attribution.key
    assert key is not None
    assert [(each.headings, each.required) for each in (account, at, key)] == [
        (("A", "B"), True),
        (("Day",), True),
        (("No",), True),
    ]
    assert (account.kind, account.fold_case, account.same) == (Kind.TEXT, True, (("x", "y"),))
    assert (at.kind, at.date_format) == (Kind.DATE, "D.M.YYYY")
    assert [each.name for each in event.derives] == ["a", "b"]
    assert event.missing_cells == ("", "-")


def test_an_event_without_a_block_is_read_by_its_usual_columns() -> None:
    program = compiled(ruleset(more="event demo"))
    (event,) = program.events
    assert [event.attribution.account.name, event.attribution.at.name] == ["account", "at"]
    assert event.attribution.key is None
    assert event.missing_cells == ("",)


def test_a_signal_is_its_value_now() -> None:
    program, value = derived("intent > 3")
    assert value == Compare(">", Defined("intent", Kind.NUMBER), number(3))
    assert program.facts == ()
    signal = program.signals[0]
    assert (signal.lasts, signal.value.low, signal.value.high, signal.value.required) == (
        Duration(14, "day"),
        0,
        1_000_000,
        False,
    )


@pytest.mark.parametrize(
    ("written", "test"),
    [
        ("intent >= many for 3 weeks", Compare(">=", INTENT, number(3))),
        ("intent is missing for 3 weeks", IsMissing(INTENT)),
        (
            "(intent > 3 and not (intent > 9)) for 3 weeks",
            AllOf((Compare(">", INTENT, number(3)), Not(Compare(">", INTENT, number(9))))),
        ),
    ],
)
def test_a_condition_for_a_time_is_a_fact(written: str, test: Expression) -> None:
    assert fact(written) == Sustained(written, "intent", test, Duration(3, "week"), written)


def test_a_time_over_two_signals_is_said_of_each() -> None:
    program, value = derived("(intent > 3 and (usage < 5 or usage > 9) and intent < 50) for 3 weeks")
    names = ["intent > 3 for 3 weeks", "(usage < 5 or usage > 9) for 3 weeks", "intent < 50 for 3 weeks"]
    assert [each.name for each in program.facts] == names
    assert value == AllOf(tuple(Defined(name, Kind.FLAG) for name in names))


def scored(line: str) -> tuple[Program, PointsPerEvent]:
    """The program of a ruleset with one line of points for events, and the line."""
    program = compiled(ruleset(more=f"{MORE} let most = 60  score s {{ {line} }}"))
    score = definition(program, "s")
    assert isinstance(score, Score)
    assert isinstance(score.body, PointSum)
    (only,) = score.body.lines
    assert isinstance(only, PointsPerEvent)
    return program, only


def test_points_per_event_are_a_fact_and_a_line_that_reads_it() -> None:
    program, line = scored('points many "Orders" per order where (n > 3) within 90 days up to most')
    (made,) = program.facts
    text = "many per order where (n > 3) within 90 days up to most"
    where = Condition(Compare(">", Attribute("n", Kind.NUMBER), number(3)), "n > 3")
    assert made == EventPoints(text, "order", 30_000, where, Duration(90, "day"), None, 600_000, text)
    assert line == PointsPerEvent(Defined(text, Kind.NUMBER), text, "Orders")


def faded(line: str) -> Fading:
    """How the points of a line fade."""
    program, _ = scored(line)
    (made,) = program.facts
    assert isinstance(made, EventPoints)
    assert made.fading is not None
    return made.fading


@pytest.mark.parametrize(
    ("line", "worth"),
    [
        ("5 per demo within 90 days halving every 30 days", [5, 2.5, 1.25, 0.625]),
        ("5 per demo within 89 days halving every 30 days", [5, 2.5, 1.25]),
        ("5 per demo within 1 quarter keeping 75% every month", [5, 3.75, 2.8125, 2.1095]),
        ("-5 per demo within 1 quarter keeping 75% every month", [-5, -3.75, -2.8125, -2.1095]),
        ("5 per demo ever losing 2 every week", [5, 3, 1]),
        ("5 per demo ever losing 2.5 every week", [5, 2.5]),
        ("-5 per demo ever losing 2 every week", [-5, -3, -1]),
        ("5 per demo within 14 days losing 1 every week", [5, 4, 3]),
    ],
)
def test_points_fade_exactly_over_whole_periods(line: str, worth: list[float]) -> None:
    assert faded(f"points {line}").amounts == tuple(round(each * 10**8) for each in worth)


def test_a_factor_is_rounded_once_and_fading_ends_where_it_is_nothing() -> None:
    amounts = faded("points 1 per demo ever keeping 33.33% every month").amounts
    exact = [round(0.3333**period, 12) for period in range(len(amounts))]
    assert all(abs(amount / 10**8 - each) <= 0.00005 for amount, each in zip(amounts, exact, strict=True))
    assert amounts[-1] > 0
    assert 0.3333 ** len(amounts) < 0.00005


@pytest.mark.parametrize("window", ["3 months", "92 days"])
@pytest.mark.parametrize("period", ["1 month", "30 days", "1 week"])
def test_the_table_reaches_as_far_back_as_the_window(window: str, period: str) -> None:
    amounts = faded(f"points 1 per demo within {window} keeping 99% every {period}").amounts
    days = {"1 month": 31, "30 days": 30, "1 week": 7}[period]
    assert len(amounts) >= 89 // days + 1


TABLE = 'lookup sizes from "tests/compiler/cases/with/defaults.csv"'


def test_a_lookup_is_found_by_what_its_rows_say() -> None:
    fields = "derive both = t\nderive x = sizes.base"
    more = TABLE + ' { match t from "segment", both from "Sub-segment"  give base number  give label text }'
    program = compiled(ruleset(fields=fields, more=more))
    (lookup,) = program.lookups
    assert (lookup.match, [column.name for column in lookup.columns]) == (("t", "both"), ["base", "label"])
    assert lookup.rows[0] == (("Banking", "retail"), (400_000, "Core"))
    assert lookup.rows[1][1] == (605_000, None)
    items = (Input("t", Kind.TEXT), Defined("both", Kind.TEXT))
    assert definition(program, "x").value == LookedUp("sizes", "base", items, Kind.NUMBER)  # type: ignore[union-attr]


def test_match_cells_are_read_as_the_field_is() -> None:
    field = 'field kind text fold case same "bank" as "banking"'
    more = TABLE + ' { match kind from "segment", t from "Sub-segment"  give base number }'
    (lookup,) = compiled(ruleset(fields=field, more=more)).lookups
    assert [row[0] for row in lookup.rows] == [("banking", "retail"), ("banking", "private"), ("software", "retail")]


def test_a_table_of_points_may_stand_in_a_file() -> None:
    line = (
        'points by t "Industry" from "tests/compiler/cases/with/industry_points.csv" { otherwise -> 1  missing -> 0 }'
    )
    score = definition(compiled(ruleset(more=f"score s {{ {line} }}")), "s")
    assert isinstance(score, Score)
    assert isinstance(score.body, PointSum)
    (table,) = score.body.lines
    assert isinstance(table, PointTable)
    assert [(row.text, row.points) for row in table.rows] == [('"Banking"', 200_000), ('"Software"', -20_000)]
    assert table.rows[0].test == Compare("=", Input("t", Kind.TEXT), Constant("Banking", Kind.TEXT))
    assert (table.otherwise, table.missing, table.label) == (10_000, 0, "Industry")
