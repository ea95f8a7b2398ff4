"""Bad rows as text: by cause, the most frequent first, with the first places and the count of the rest."""

from __future__ import annotations

from tierlang.accounts.problems import Cause, Collector, Problem
from tierlang.reports.bad_input import problems_text

COMMA = Cause("decimal-comma", "uses a comma where the decimal point stands", "a number like 1234.5; write 1.7 for 1,7")
DOUBLE = Cause("duplicate-key", "is the key of another row too", "a key that no other row has")


def test_causes_with_their_first_places_and_the_rest_counted() -> None:
    collector = Collector()
    for row in range(2, 1202):
        collector.add(Problem("accounts.csv", row, "ARR", '"1,7"', COMMA))
        if row % 4 == 0:
            collector.add(Problem("accounts.csv", row, "Account ID", '"0015"', DOUBLE, "row 2 has it too"))
    problems = collector.result()
    assert problems is not None
    lines = problems_text(problems).splitlines()
    assert lines[0] == '  1,200  column "ARR": uses a comma where the decimal point stands'
    assert lines[1] == "         fits: a number like 1234.5; write 1.7 for 1,7"
    assert lines[2] == '         accounts.csv, row  2  "1,7"'
    assert "         and 1,184 more places" in lines
    assert '    300  column "Account ID": is the key of another row too' in lines
    assert '         accounts.csv, row  4  "0015"  row 2 has it too' in lines
    assert len(lines) == 2 * 3 + 20


def test_a_whole_row_and_a_cause_beyond_the_first_twenty() -> None:
    collector = Collector()
    for row in range(20):
        collector.add(
            Problem("-", row, None, None, Cause("ragged", "has more cells than there are headings"), "7 cells")
        )
    collector.add(Problem("-", 99, "ARR", '"x"', COMMA))
    problems = collector.result()
    assert problems is not None
    lines = problems_text(problems).splitlines()
    assert lines[0] == "  20  whole row: has more cells than there are headings"
    assert lines[-2:] == [
        '   1  column "ARR": uses a comma where the decimal point stands',
        "      fits: a number like 1234.5; write 1.7 for 1,7",
    ]
