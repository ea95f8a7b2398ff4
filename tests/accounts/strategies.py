"""Cells of every sort, and fields that read them."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.accounts.programs import field
from tierlang.program.values import Kind

EXAMPLES = (
    *(
        [
            "1_000",
            "12.",
            ".5",
            ".",
            "+5",
            "-5",
            "−5",
            "--5",
            "+-5",
            "1e5",
            "1E+05",
            "1e-5",
            "1.e5",
            "1e",
            "1e5_0",
            "1_",
            "_1",
            "1__0",
            "1.5_0",
            "1._5",
            "0x1F",
            "0b11",
            "1,234",
            "1,234.50",
            "1,23",
            "12,34",
        ]
    ),
    *(
        [
            "0,123",
            "1,234,567.891",
            "(1,200)",
            "(-5)",
            "(5",
            "$5",
            "5$",
            "$5$",
            "-$5",
            "$-5",
            "($5)",
            "€1.2M",
            "63.802B",
            "1.5bn",
            "1.5BN",
            "2Bn",
            "3mm",
            "3t",
            "45%",
            "-45%",
            "45.55555%",
            "$5%",
        ]
    ),
    *(
        [
            "5k%",
            "1e2k",
            "1,000e2",
            "1,7",
            "200.000.000",
            "1.234,50",
            "12abc",
            "nan",
            "NaN",
            "inf",
            "-Infinity",
            "99999999999999.9999",
            "99999999999999.99995",
        ]
    ),
    *(
        [
            "100000000000000",
            "99999999999999",
            "-99999999999999.99995",
            "1e13",
            "1e14",
            "0e99",
            "1e99",
            "1e-99",
            "1e100",
            "1e0005",
            "164.0",
            "164.00001",
            "1.00005",
        ]
    ),
    *(
        [
            "1.00004",
            "-1.00005",
            "0.00005",
            "0.000049999999999999999999",
            "12345678901234567890123",
            "51-200",
            "51–200",
            "51—200",
            "1000+",
            "<10",
            "<=10",
            "≤10",
        ]
    ),
    *(
        [
            ">10",
            "≥10",
            "10,001+",
            "200-51",
            "$1M-$5M",
            "1-5M",
            "1M-5",
            "5-",
            "-5-10",
            "<-5",
            "1.5-2.5",
            "<1.5",
            "1.23456-2",
            "yes",
            "YES",
            "y",
            "n",
            "T",
            "f",
            "tRuE",
            "1",
            "0",
            "on",
            "01",
        ]
    ),
    *(
        [
            "2026-01-31",
            "2026-1-5",
            "2026-02-30",
            "2024-02-29",
            "20140102",
            "2026/01/31",
            "0000-01-01",
            "0001-01-01",
            "9999-12-31",
            "26-01-31",
            "infinity",
            "epoch",
        ]
    ),
    *(
        [
            "1996-07-04T00:00:00",
            "1996-07-04T23:59:59Z",
            "1996-07-04T23:59:59.000+0000",
            "1996-07-04T23:59+02:00",
            "03/04/2026",
            "3/4/2026",
            "31.12.2012",
        ]
    ),
    *(
        [
            "Banking",
            "banking",
            "BANKING",
            "FinTech",
            "fintech",
            "Health;Software",
            "Straße",
            "é",
            "É",
            "N/A",
            "n/a",
            "-",
            "a;b;;a",
            ";",
        ]
    ),
    *(
        [
            "1 234",
            "1996-07-04 00:00:00.000",
            "5/19/2006 0:00:00",
            "5/19/2006 12:30 PM",
            "1996-07-04 25:00",
            "2026-01-31 UTC",
            "2026-01-31 12:00 EST",
        ]
    ),
    *(
        [
            "31 Jan 2026",
            "5-MAR-19",
            "5-mar-75",
            "$ 1,200",
            "1 200 €",
            "1.2 M",
            "( 5 )",
            "51 - 200",
            "51 to 200",
            "- 5",
            " ",
            "  ",
            "\xa0",
            "\u3000\ufeff",
            "N/A ",
            "\tN/A",
            "a; b ;a",
        ]
    ),
    *(
        [
            " 12 ",
            "\t5\n",
            "\xa05",
            "5\u200b",
            " yes ",
            "\n2026-01-31\n",
            "x\x00y",
            "\x00",
            "café",
            "١٢",
            "１２",
            "ſ",
            "K",
            "😀",
            "' or 1=1",
            '"',
            "\\",
            "{}",
            "%s",
        ]
    ),
)

PIECES = st.sampled_from(
    [
        *"0123456789",
        *"..,,_-+()$€%kKmMbB eE<>–;:/",
        "−",
        "00",
        "999",
        "1e",
        "bn",
        "T",
        "Z",
        "\u00a0",
        "\u0301",
        "2026-",
        "-01",
        "\0",
        "é",
        "N/A",
    ]
)
CELLS = st.one_of(
    st.sampled_from(EXAMPLES),
    st.lists(PIECES, max_size=9).map("".join),
    st.tuples(
        st.sampled_from(["", " ", "\t", "\u00a0"]),
        st.sampled_from(EXAMPLES),
        st.sampled_from(["", " ", "\n", "x", "0"]),
    ).map("".join),
    st.decimals(allow_nan=False, allow_infinity=False, places=None, min_value=-(10**15), max_value=10**15).map(str),
    st.integers(-(10**15), 10**15).map(str),
    st.integers(-(10**9), 10**9).map(lambda n: f"{n:,}"),
    st.floats().map(repr),
    st.dates().map(str),
    st.text(max_size=6),
)
MISSING = st.sampled_from([(), ("",), ("", "N/A", "-"), ("0", "999", "$5"), ("2026-01-31", "yes"), ("a;b;;a", " - ")])

NUMBERS = st.builds(
    lambda kind, low, high, high_open, ranges, default, required: field(
        "x", kind, low=low, high=high, high_open=high_open, ranges_as=ranges, default=default, required=required
    ),
    st.sampled_from([Kind.WHOLE, Kind.NUMBER, Kind.MONEY]),
    st.sampled_from([None, 0, -50_000, 5_000]),
    st.sampled_from([None, 10_000, 1_000_000, 2_000_000, 515_000]),
    st.booleans(),
    st.sampled_from([None, "low", "middle", "high"]),
    st.sampled_from([None, 0, 70_000]),
    st.booleans(),
)
TEXTS = st.builds(
    lambda kind, one_of, same, fold, default, required, split: field(
        "x",
        kind,
        one_of=one_of,
        same=same,
        fold_case=fold,
        default=default if kind is Kind.TEXT or default is None else (default,),
        required=required,
        split=split,
    ),
    st.sampled_from([Kind.TEXT, Kind.TAGS]),
    st.sampled_from([(), ("Banking", "Health", "é"), ("banking", "a", "b", "c", "d", "e")]),
    st.sampled_from([(), (("FinTech", "Banking"), ("N/A", "x")), (("banking", "Banking"), ("a", "b"))]),
    st.booleans(),
    st.sampled_from([None, "Banking"]),
    st.booleans(),
    st.sampled_from([";", ",", " "]),
)
DOUBLES = st.one_of(
    st.none(),
    st.floats(),
    st.floats(-1e9, 1e9),
    st.floats(-1e6, 1e6).map(lambda x: round(x, 3)),
    st.integers(-(10**9), 10**9).map(lambda n: n / 100_000),
    st.integers(-(10**6), 10**6).map(lambda n: n / 10_000 + 0.00005),
)
FORMATS = [None, "MM/DD/YYYY", "DD.MM.YYYY", "D-MMM-YY", "YYYYMMDD", "DD MMM YYYY", "M/D/YY", "YYYY/MM/DD"]
OTHERS = st.one_of(
    st.builds(
        lambda default, required: field("x", Kind.FLAG, default=default, required=required),
        st.sampled_from([None, True, False]),
        st.booleans(),
    ),
    st.builds(
        lambda form, required: field("x", Kind.DATE, date_format=form, required=required),
        st.sampled_from(FORMATS),
        st.booleans(),
    ),
)
