"""`--events` and `--signals`: the same answer from any form of them, and every way in which they can be wrong."""

from __future__ import annotations

import csv
import gzip
import io
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.cli.fact_files import AS_OF, CUSTOMERS, EVENTS, INTENT, ORDERS, PLACES, SIGNALS, VISITS, Shop
from tests.cli.files import plain, tierlang


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    monkeypatch.chdir(tmp_path)
    return Shop(tmp_path)


def placed(stdout: str) -> list[tuple[str, str]]:
    return [(row["key"], row["tier"]) for row in csv.DictReader(io.StringIO(stdout))]


def test_a_file_of_each(shop: Shop) -> None:
    result = tierlang("eval", *shop.both, *shop.facts, *AS_OF)
    assert (result.exit_code, placed(result.stdout)) == (0, PLACES)
    said = plain(result.stderr)
    assert "4 order events from" in said
    assert "2 visit events from" in said
    assert "3 intent observations from" in said
    assert "1 order event dated after 2026-11-22: left out" in said
    assert "Marks 1 Orders often" in said


def test_one_file_of_all(shop: Shop) -> None:
    facts = ("--events", shop.write("events.csv", EVENTS), "--signals", shop.write("signals.csv", SIGNALS))
    result = tierlang("eval", *shop.both, *facts, *AS_OF)
    assert (result.exit_code, placed(result.stdout)) == (0, PLACES)
    assert "6 events from events.csv: 4 order, 2 visit" in plain(result.stderr)


def test_a_type_of_its_own_beside_a_file_of_others(shop: Shop) -> None:
    lines = EVENTS.splitlines(keepends=True)
    visits = shop.write("events.csv", "".join(line for line in lines if not line.startswith("order")))
    result = tierlang(
        "eval", *shop.both, "--events", visits, "--events", f"order={shop.orders}", *shop.others[2:], *AS_OF
    )
    assert (result.exit_code, placed(result.stdout)) == (0, PLACES)


def test_a_file_for_each_quarter(shop: Shop) -> None:
    heading, *rows = ORDERS.splitlines(keepends=True)
    third = shop.write("Q3.csv", heading + rows[0] + rows[3])
    fourth = shop.write(
        "Q4.csv", heading.replace("OrderID,CustomerID", "CustomerID,OrderID") + "ALFKI,2,2026-10-01,32.38\n"
    )
    rest = shop.write("older.csv", heading + rows[2] + rows[4])
    orders = [part for path in (third, fourth, rest) for part in ("--events", f"order={path}")]
    signal, *values = INTENT.splitlines(keepends=True)
    others = ("--events", f"visit={shop.write('visits.csv', VISITS)}")
    for place, value in enumerate(values):
        others += ("--signals", f"intent={shop.write(f'intent{place}.csv', signal + value)}")
    result = tierlang("eval", *shop.both, *orders, *others, *AS_OF)
    assert (result.exit_code, placed(result.stdout)) == (0, PLACES), plain(result.stderr)
    said = plain(result.stderr)
    assert "4 order events from Q3.csv, Q4.csv and older.csv" in said
    assert "3 intent observations from intent0.csv, intent1.csv and intent2.csv" in said
    doubled = tierlang("eval", *shop.both, *orders, "--events", f"order={shop.orders}", *others, *AS_OF)
    assert doubled.exit_code == 2
    assert "5 keys of the event order stand in more than one file" in plain(doubled.stderr)


@pytest.mark.parametrize("form", ["jsonl", "parquet", "csv.gz", "txt"])
def test_any_form_of_a_file(shop: Shop, form: str) -> None:
    path = f"orders.{form}"
    if form == "csv.gz":
        Path(path).write_bytes(gzip.compress(ORDERS.encode()))
    elif form == "txt":
        Path(path).write_text(ORDERS.replace(",", ";"))
    else:
        form = "json" if form == "jsonl" else form
        duckdb.sql(f"COPY (FROM read_csv('{shop.orders}')) TO '{path}' (FORMAT {form})")
    result = tierlang("eval", *shop.both, "--events", f"order={path}", *shop.others, *AS_OF)
    assert (result.exit_code, placed(result.stdout)) == (0, PLACES)


def test_events_on_standard_input(shop: Shop) -> None:
    command = [sys.executable, "-m", "tierlang", "eval", *shop.both, "--events", "order=-", *shop.others, *AS_OF]
    done = subprocess.run(command, input=gzip.compress(ORDERS.encode()), capture_output=True, check=False)
    assert (done.returncode, placed(done.stdout.decode())) == (0, PLACES), done.stderr.decode()
    assert "4 order events from standard input" in plain(done.stderr.decode())


def test_standard_input_is_one_file_only(shop: Shop) -> None:
    rules, accounts = shop.both
    for arguments in ([rules, "-", "--events", "order=-"], [rules, accounts, "--events", "-", "--signals", "-"]):
        result = tierlang("eval", *arguments, stdin=b"")
        assert (result.exit_code, result.stdout) == (2, "")
        assert "standard input" in plain(result.stderr)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["--events", "ordr={orders}"],
            "Perhaps order is meant: --events order={orders} They declare the events order, visit.",
        ),
        (["--events", "intent={orders}"], "--signals intent={orders}"),
        (["--events", "zebra={orders}"], "They declare the events order, visit."),
        (["--events", "order="], "names no file"),
        (
            ["--events", "order={orders}", "--events", "order={orders}"],
            "--events {orders} is given twice, and its rows would count twice",
        ),
        (["--events", "{events}", "--events", "{events}"], "is given twice, and its rows would count twice"),
        (["--events", "order={accounts}"], "is the accounts and a file of events or signals at once"),
        (["--events", "order={rules}"], "is the rules and a file of events or signals at once"),
        (["--events", "order={orders}", "-o", "{orders}"], "is the result and a file of events or signals at once"),
        (
            ["--events", "order={orders}", "--rejects", "{orders}"],
            "is the rejects and a file of events or signals at once",
        ),
        (["--events", "order={nowhere}"], "there is no file {nowhere}"),
        (["--events", "{orders}"], 'has no column "event"'),
        ([], 'Give --events order=FILE, with the columns "CustomerID", "OrderDate", "OrderID", "Freight"'),
        (["--events", "order={orders}"], "the rules read the event visit, and no file of it is given"),
        (["--events", "{events}"], "the rules read the signal intent, and no file of it is given"),
    ],
)
def test_files_that_do_not_fit_the_rules(shop: Shop, arguments: list[str], said: str) -> None:
    rules, accounts = shop.both
    names = {
        "rules": rules,
        "accounts": accounts,
        "orders": shop.orders,
        "events": shop.write("events.csv", EVENTS),
        "nowhere": "nowhere.csv",
    }
    before = {path: path.read_bytes() for path in shop.folder.iterdir()}
    result = tierlang("eval", rules, accounts, *(each.format(**names) for each in arguments))
    assert (result.exit_code, result.stdout) == (2, "")
    assert said.format(**names) in plain(result.stderr)
    assert {path: path.read_bytes() for path in shop.folder.iterdir()} == before


def test_rules_without_events_have_no_use_for_a_file(shop: Shop) -> None:
    rules = shop.write(
        "bare.tier",
        'ruleset bare { }\naccount { key id text from "CustomerID" field arr money }\nowner dana "Dana"\n'
        "tiers by arr { tier all { otherwise owner marketing dana owner sales dana } }\n",
    )
    accounts = shop.write("customers.csv", CUSTOMERS)
    result = tierlang("eval", rules, accounts, "--events", f"order={shop.orders}")
    assert result.exit_code == 2
    assert "the rules declare no event" in plain(result.stderr)
    assert tierlang("eval", rules, accounts).exit_code == 0


def test_what_no_rule_reads_needs_no_file(shop: Shop) -> None:
    _, accounts = shop.both
    rules = shop.rules("event click { field page text }\nsignal mood number")
    result = tierlang("eval", rules, accounts, *shop.facts, *AS_OF)
    assert (result.exit_code, placed(result.stdout)) == (0, PLACES)
    assert "click" not in result.stderr


def test_a_path_with_an_equals_sign(shop: Shop) -> None:
    """`a=b.csv` speaks of a type called a; `./a=b.csv` is a path, and so is `2026=q4.csv`."""
    events = shop.write("a=b.csv", EVENTS)
    result = tierlang("eval", *shop.both, "--events", "a=b.csv", *shop.others[2:])
    assert "If a=b.csv is the name of the file: --events ./a=b.csv" in plain(result.stderr)
    Path(events).rename("2026=q4.csv")
    shop.write("a=b.csv", EVENTS)
    for path in ("./a=b.csv", "2026=q4.csv"):
        result = tierlang("eval", *shop.both, "--events", path, *shop.others[2:], *AS_OF)
        assert (result.exit_code, placed(result.stdout)) == (0, PLACES)


def test_one_wide_file_can_hold_two_types(shop: Shop) -> None:
    """Two dates of one row are two events: each type has headings of its own."""
    more = 'event first { account from "CustomerID"  at from "Since" }\nmark young when any first within 1 year'
    wide = shop.write("wide.csv", ORDERS.replace("Freight\n", "Freight,Since\n").replace("5\n", "5,2026-01-01\n"))
    rows = [line if line.count(",") == 4 else f"{line},2020-01-01" for line in Path(wide).read_text().splitlines()]
    shop.write("wide.csv", "\n".join(rows) + "\n")
    rules, accounts = shop.rules(more), shop.both[1]
    rules = shop.rules(more)
    result = tierlang(
        "eval", rules, accounts, "--events", f"order={wide}", "--events", f"first={wide}", *shop.others, *AS_OF
    )
    assert result.exit_code == 0, result.stderr
    assert "1 young" in plain(result.stderr)


BAD_ORDERS = (
    ORDERS + "6,ALFKI,2026-02-30,1\n7,BERGS,03/04/2026,1\n8,,2026-11-01,1\n1,BERGS,2026-11-01,9\n9,ALFKI,2026-11-02,x\n"
)


def test_bad_rows_of_facts_stop_the_run(shop: Shop) -> None:
    path = shop.write("orders.csv", BAD_ORDERS)
    arguments = ("--events", f"order={path}", *shop.others)
    Path(path).write_text(BAD_ORDERS)
    result = tierlang("eval", *shop.both, *arguments, *AS_OF)
    assert (result.exit_code, result.stdout) == (2, "")
    said = plain(result.stderr)
    assert "6 rows of" in said
    for value in ('"2026-02-30"', '"03/04/2026"', '"x"', "row 9"):
        assert value in said
    assert "--rejects" in said


def test_rejects_of_facts_lie_beside_those_of_the_accounts(shop: Shop) -> None:
    rules, _ = shop.both
    accounts = shop.write("customers.csv", CUSTOMERS + "LATE,Late,much\n")
    arguments = ("eval", rules, accounts, *shop.facts, "--rejects", "bad.csv", *AS_OF)
    shop.write("orders.csv", BAD_ORDERS)
    result = tierlang(*arguments)
    assert result.exit_code == 0, result.stderr
    assert placed(result.stdout)[1:] == PLACES[1:]
    said = plain(result.stderr)
    assert "6 rows of" in said
    assert "with bad cells took no part; they are in" in said
    beside = shop.folder / "bad.orders.csv"
    assert [row["OrderID"] for row in csv.DictReader(io.StringIO(beside.read_text()))] == ["1", "6", "7", "8", "1", "9"]
    assert [row["CustomerID"] for row in csv.DictReader(io.StringIO((shop.folder / "bad.csv").read_text()))] == ["LATE"]
    assert not (shop.folder / "bad.visits.csv").exists()
    shop.write("orders.csv", ORDERS)
    assert tierlang(*arguments).exit_code == 0
    assert not beside.exists()


def test_rejects_do_not_fall_on_another_file(shop: Shop) -> None:
    shop.write("bad.orders.csv", "precious")
    arguments = ("--rejects", "bad.csv", "-o", "bad.orders.csv")
    result = tierlang("eval", *shop.both, *shop.facts, *arguments)
    assert result.exit_code == 2
    assert "at once; nothing was written" in result.stderr
    assert (shop.folder / "bad.orders.csv").read_text() == "precious"


def test_files_of_the_same_name_have_rejects_of_their_own(shop: Shop) -> None:
    (shop.folder / "q1").mkdir()
    visits = shop.write("q1/orders.csv", VISITS + "BERGS,never,1\n")
    shop.write("orders.csv", BAD_ORDERS)
    intent = shop.write("intent.csv", INTENT)
    facts = ("--events", "order=orders.csv", "--events", f"visit={visits}", "--signals", f"intent={intent}")
    result = tierlang("eval", *shop.both, *facts, "--rejects", "bad.csv", *AS_OF)
    assert result.exit_code == 0, result.stderr
    assert (shop.folder / "bad.orders.csv").read_text().count("\n") == 7
    assert (shop.folder / "bad.orders.visit.csv").read_text().count("\n") == 2


def test_rejects_of_several_files_do_not_go_to_standard_output(shop: Shop) -> None:
    result = tierlang("eval", *shop.both, *shop.facts, "--rejects", "-", "-o", "out.csv")
    assert result.exit_code == 2
    assert "name a file, and each gets its own beside it" in plain(result.stderr)


def test_rows_of_unknown_accounts_are_counted_and_named(shop: Shop) -> None:
    facts = shop.facts
    shop.write("orders.csv", ORDERS + "6,X,2026-11-01,1\n7,X,2026-11-02,1\n")
    result = tierlang("eval", *shop.both, *facts, *AS_OF)
    assert (result.exit_code, placed(result.stdout)) == (0, PLACES)
    assert f"2 order events are of 1 account that {shop.both[1]} does not have (X)." in plain(result.stderr)


def test_a_file_of_somebody_else_is_refused_with_keys_of_both(shop: Shop) -> None:
    facts = shop.facts
    shop.write("orders.csv", "OrderID,CustomerID,OrderDate,Freight\n1,15,2026-11-01,1\n2,alfki,2026-11-01,1\n")
    result = tierlang("eval", *shop.both, *facts, *AS_OF)
    assert (result.exit_code, result.stdout) == (2, "")
    said = plain(result.stderr)
    assert "not one of the 2 rows of orders.csv is of an account that" in said
    assert "orders.csv 15, alfki" in said
    assert "customers.csv ALFKI, BERGS, CHOPS" in said


def test_white_space_around_a_key_is_seen(shop: Shop) -> None:
    events = shop.write("events.csv", EVENTS + "visit,ALFKI ,2026-11-01,,,\n visit,ALFKI,2026-11-01,,,\n")
    said = plain(tierlang("eval", *shop.both, "--events", events, *shop.others[2:], *AS_OF).stderr)
    assert f'1 visit event is of 1 account that {shop.both[1]} does not have ("ALFKI ").' in said
    assert f'1 row of {events} is of events that the rules do not declare (" visit"); left out.' in said


def test_a_file_of_somebody_else_is_refused_beside_one_of_ours(shop: Shop) -> None:
    heading, *rows = EVENTS.splitlines(keepends=True)
    ours = shop.write("events.csv", EVENTS)
    theirs = shop.write(
        "theirs.csv", heading + "".join(row.replace(",", ",9", 1) for row in rows if row.startswith("visit"))
    )
    result = tierlang("eval", *shop.both, "--events", ours, "--events", theirs, *shop.others[2:], *AS_OF)
    assert (result.exit_code, result.stdout) == (2, "")
    said = plain(result.stderr)
    assert "not one of the 2 rows of theirs.csv is of an account that" in said
    assert f"theirs.csv 9BERGS {shop.both[1]}" in said


def test_rows_of_undeclared_types_are_counted_and_named(shop: Shop) -> None:
    events = shop.write(
        "events.csv", EVENTS + "click,ALFKI,2026-11-01,,,\nclick,NOBODY,whenever,,,\nOrder,ALFKI,2026-11-01,9,9,\n"
    )
    signals = shop.write("signals.csv", SIGNALS + "mood,ALFKI,2026-11-01,9\n")
    result = tierlang("eval", *shop.both, "--events", events, "--signals", signals, *AS_OF)
    assert (result.exit_code, placed(result.stdout)) == (0, PLACES)
    said = plain(result.stderr)
    assert f"3 rows of {events} are of events that the rules do not declare (click and Order); left out." in said
    assert f"1 row of {signals} is of signals that the rules do not declare (mood); left out." in said


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_a_file_of_several_that_is_given_for_one_is_remarked_on(shop: Shop, form: str) -> None:
    given = shop.write("events.csv", EVENTS)
    if form != "csv":
        target = f"events.{form}"
        columns = 'event, account, "at" AS OrderDate, account AS CustomerID, key AS OrderID, freight AS Freight'
        duckdb.sql(
            f"COPY (SELECT {columns}, * EXCLUDE (event, account) FROM read_csv('{given}')) "
            f"TO '{target}' (FORMAT {'json' if form == 'jsonl' else form})"
        )
        given = target
    result = tierlang("eval", *shop.both, "--events", f"visit={given}", *shop.facts[:2], *shop.others[2:], *AS_OF)
    assert result.exit_code == 0
    said = plain(result.stderr)
    orders = sum(line.startswith("order") for line in EVENTS.splitlines())
    assert f'{orders} rows of {given}, in the column "event", say that they are of order, yet counted as visit' in said


def test_a_column_that_agrees_is_not_remarked_on(shop: Shop) -> None:
    lines = EVENTS.splitlines(keepends=True)
    visits = shop.write("events.csv", "".join(line for line in lines if not line.startswith("order")))
    result = tierlang("eval", *shop.both, "--events", f"visit={visits}", *shop.facts[:2], *shop.others[2:], *AS_OF)
    assert result.exit_code == 0
    assert "yet counted as" not in plain(result.stderr)


def test_a_file_without_rows_is_a_file(shop: Shop) -> None:
    facts = shop.facts
    shop.write("orders.csv", ORDERS.splitlines()[0] + "\n")
    result = tierlang("eval", *shop.both, *facts, *AS_OF)
    assert result.exit_code == 0
    assert "There are no order events in" in plain(result.stderr)


def test_less_memory_spills_to_disk(shop: Shop) -> None:
    rows = "SELECT 'K' || (range % 50000) AS CustomerID, range AS OrderID, DATE '2026-01-01' + (range % 300)::INTEGER AS OrderDate, 7.5 AS Freight FROM range(600000)"
    duckdb.sql(f"COPY ({rows}) TO '{shop.folder}/many.csv' (HEADER)")
    duckdb.sql(
        f"COPY (SELECT 'K' || range AS CustomerID, '' AS Name, 1 AS arr FROM range(50000)) TO '{shop.folder}/customers.csv' (HEADER)"
    )
    command = [sys.executable, "-m", "tierlang", "eval", shop.rules(), "customers.csv"]
    arguments = ["--events", f"order={shop.folder}/many.csv", *shop.others, *AS_OF, "--columns", "key,tier"]
    arguments += ["--memory-limit", "150MB", "--threads", "2", "-o", str(shop.folder / "out.parquet")]
    shop.write("visits.csv", "account,at,minutes\nK1,2026-11-10,12\n")
    shop.write("intent.csv", "account,at,value\nK1,2026-11-10,12\n")
    done = subprocess.run([*command, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert duckdb.execute(f"SELECT count(*) FROM '{shop.folder}/out.parquet'").fetchall() == [(50000,)]


def test_columns_of_marks_and_of_another_ladder(shop: Shop) -> None:
    columns = "key,marks,coverage,coverage_label,coverage_reason,coverage_play_sales"
    result = tierlang("eval", *shop.both, *shop.facts, *AS_OF, "--columns", columns)
    first, second, *_ = csv.DictReader(io.StringIO(result.stdout))
    assert first == {
        "key": "ALFKI",
        "marks": "loyal",
        "coverage": "named",
        "coverage_label": "named",
        "coverage_reason": "tier is one",
        "coverage_play_sales": "Call",
    }
    assert second["coverage_reason"] == "no other tier fits"


def test_a_field_called_like_a_column_of_a_ladder(shop: Shop) -> None:
    """What the result says of its own comes under its name; the account's field gets the longer one."""
    rules, accounts = shop.both
    fields = (
        Path(rules)
        .read_text()
        .replace('field name    text from "Name"', 'field coverage_label text from "Name"\n  field marks text')
    )
    shop.write(rules, fields)
    shop.write(accounts, CUSTOMERS.replace("\n", ",own\n").replace("arr,own", "arr,marks"))
    columns = "key,coverage_label,account_coverage_label,marks,account_marks"
    result = tierlang("eval", rules, accounts, *shop.facts, *AS_OF, "--columns", columns)
    assert result.exit_code == 0, result.stderr
    first = next(csv.DictReader(io.StringIO(result.stdout)))
    assert list(first.values()) == ["ALFKI", "named", "Alfreds", "loyal", "own"]


def test_one_file_per_tier_of_the_first_ladder(shop: Shop) -> None:
    folder = shop.folder / "tiers"
    result = tierlang(
        "eval", *shop.both, *shop.facts, *AS_OF, "--split-by", "tier", "-o", str(folder), "--columns", "key,marks"
    )
    assert result.exit_code == 0, result.stderr
    assert (folder / "one.csv").read_text() == "key,marks\nALFKI,loyal\n"


def test_explain_draws_what_counted_and_what_did_not(shop: Shop) -> None:
    result = tierlang("explain", *shop.both, "ALFKI", *shop.facts, *AS_OF)
    assert (result.exit_code, result.stderr) == (0, "")
    said = plain(result.stdout)
    assert "ALFKI is in one" in said
    assert "coverage: named" in said
    assert "20 per order where (freight > 5) within 90 days up to 60: 40" in said
    assert "yes 2026-11-20 freight is 10.5" in said
    assert "no before 2026-08-24: 2025-01-01" in said
    assert "The account has no visit event." in said
    assert "intent 80 observed 2026-11-15, lasts until 2026-11-29" in said
    assert "yes Orders often `count of order ever >= 3` holds (count of order ever is 3)" in said
    later = plain(tierlang("explain", *shop.both, "CHOPS", *shop.facts, *AS_OF).stdout)
    assert "no after 2026-11-22: 2026-11-30" in later
    assert "intent missing 99, observed 2026-10-01, lasted until 2026-10-15" in later


def test_explain_reads_a_file_of_all_events(shop: Shop) -> None:
    facts = ("--events", shop.write("events.csv", EVENTS), "--signals", shop.write("signals.csv", SIGNALS))
    said = plain(tierlang("explain", *shop.both, "BERGS", *facts, *AS_OF).stdout)
    assert "BERGS is in two" in said
    assert "5 per visit within 30 days: 10 yes 2026-11-11, 2026-11-10 2 × 5 = 10" in said
    assert "2026-11-19 freight is 3: the condition does not hold" in said


def test_explain_leaves_bad_rows_aside_as_eval_does(shop: Shop) -> None:
    files, facts = shop.both, shop.facts
    shop.write("orders.csv", BAD_ORDERS)
    assert "--rejects" in tierlang("explain", *files, "ALFKI", *facts, *AS_OF).stderr
    result = tierlang("explain", *files, "ALFKI", *facts, *AS_OF, "--rejects", "bad.csv")
    assert result.exit_code == 0, result.stderr
    assert "no before 2026-08-24: 2025-01-01" in plain(result.stdout)
    assert "6 rows of orders.csv with bad cells took no part; they are in bad.orders.csv." in plain(result.stderr)


def test_a_file_of_no_accounts_has_no_strangers(shop: Shop) -> None:
    rules, accounts = shop.both
    shop.write(accounts, CUSTOMERS.splitlines()[0] + "\n")
    result = tierlang("eval", rules, accounts, *shop.facts, *AS_OF)
    assert (result.exit_code, placed(result.stdout)) == (0, [])
    assert "The file has no accounts." in result.stderr


def test_a_key_in_two_files_is_refused(shop: Shop) -> None:
    orders, more = (
        shop.write("a.csv", EVENTS),
        shop.write("b.csv", "event,account,at,key,freight,minutes\norder,BERGS,2026-11-01,2,9,\n"),
    )
    result = tierlang("eval", *shop.both, "--events", orders, "--events", more, *shop.others[2:], *AS_OF)
    assert (result.exit_code, result.stdout) == (2, "")
    assert '"2" in a.csv and b.csv' in plain(result.stderr)


def test_several_files_of_all_events_count_together(shop: Shop) -> None:
    head, *lines = EVENTS.splitlines(keepends=True)
    first, second = (
        shop.write("a.csv", head + "".join(lines[:3])),
        shop.write("b.csv", head + "".join(lines[3:]) + "click,X,2026-01-01,,,\n"),
    )
    result = tierlang("eval", *shop.both, "--events", first, "--events", second, *shop.others[2:], *AS_OF)
    assert (result.exit_code, placed(result.stdout)) == (0, PLACES)
    said = plain(result.stderr)
    assert "6 events from a.csv and b.csv: 4 order, 2 visit" in said
    assert "1 row of b.csv is of events that the rules do not declare (click); left out." in said
    explained = plain(
        tierlang("explain", *shop.both, "ALFKI", "--events", first, "--events", second, *shop.others[2:], *AS_OF).stdout
    )
    assert "yes 2026-11-20 freight is 10.5 yes 2026-10-01 freight is 32.38" in explained
