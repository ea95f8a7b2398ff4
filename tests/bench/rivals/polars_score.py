"""By hand in Polars: the weighted score of five parts, the tier by range, the reason. `python -m tests.bench.rivals.polars_score ACCOUNTS OUT`."""

import sys

import polars as pl

SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "id": pl.String,
    "name": pl.String,
    "domain": pl.String,
    "industry": pl.String,
    "country": pl.String,
    "employees": pl.Int64,
    "potential": pl.Decimal(14, 2),
    "fit": pl.Float64,
    "intent": pl.Float64,
    "customer": pl.Boolean,
    "ae": pl.String,
    "touched": pl.Date,
}
INDUSTRY = {
    "Banking": 100,
    "Insurance": 100,
    "Software": 80,
    "Telecom": 80,
    "Health": 65,
    "Energy": 65,
    "Manufacturing": 45,
    "Logistics": 45,
    "Public Sector": 30,
}


def read(path: str) -> pl.LazyFrame:
    """The accounts, lazily."""
    return pl.scan_parquet(path) if path.endswith(".parquet") else pl.scan_csv(path, schema=SCHEMA)


def bands(name: str, rows: list[tuple[int, int]]) -> pl.Expr:
    """Points of the first lower end that the column reaches, 0 where it is missing."""
    points: pl.Expr = pl.lit(0)
    for low, value in reversed(rows):
        points = pl.when(pl.col(name) >= low).then(value).otherwise(points)
    return points


def score100() -> pl.Expr:
    """The score in hundredths: integers and one quotient, so that halves are halves."""
    size = bands("employees", [(5000, 100), (1000, 85), (200, 60), (50, 30), (0, 10)])
    worth = bands("potential", [(1_000_000, 100), (250_000, 75), (50_000, 45), (10_000, 20), (0, 5)])
    industry = pl.col("industry")
    market = industry.replace_strict(INDUSTRY, default=20, return_dtype=pl.Int32)
    market = pl.when(industry.is_null()).then(0).otherwise(market)
    fit, intent = ((pl.col(name) * 100).round() for name in ("fit", "intent"))
    total = 30 * fit.fill_null(0) + 20 * intent.fill_null(0) + 100 * (20 * size + 15 * market + 15 * worth)
    present = 50 + 30 * fit.is_not_null().cast(pl.Int32) + 20 * intent.is_not_null().cast(pl.Int32)
    return pl.when(present > 50).then((total / present).round(0, mode="half_away_from_zero")).cast(pl.Int32)


def priority_text() -> pl.Expr:
    """The score as the shortest decimal."""
    hundredths = pl.col("score100")
    whole, rest = (hundredths // 100).cast(pl.String), hundredths % 100
    fraction = (
        pl.when(rest == 0)
        .then(pl.lit(""))
        .when(rest % 10 == 0)
        .then("." + (rest // 10).cast(pl.String))
        .when(rest < 10)
        .then(".0" + rest.cast(pl.String))
        .otherwise("." + rest.cast(pl.String))
    )
    return whole + fraction


def write(frame: pl.LazyFrame, path: str) -> None:
    """Stream the result into the file; Parquet with the compression that tierlang uses."""
    if path.endswith(".parquet"):
        frame.sink_parquet(path, compression="zstd")
    else:
        frame.sink_csv(path)


def main(accounts: str, out: str) -> None:
    """The whole work."""
    score = pl.col("score100")
    tier = pl.when(score >= 8000).then(1).when(score >= 6000).then(2).when(score >= 3500).then(3).otherwise(4)
    place = pl.col("place")
    names = {1: "one", 2: "two", 3: "three", 4: "nurture"}
    labels = {1: "Tier 1 (1:1)", 2: "Tier 2 (1:few)", 3: "Tier 3 (1:many)", 4: "Nurture"}
    lines = {1: " in 80..", 2: " in 60..<80", 3: " in 35..<60", 4: ": no other tier fits"}
    reason = "priority " + priority_text() + place.replace_strict(lines, return_dtype=pl.String)
    result = (
        read(accounts)
        .select("id", score100=score100())
        .with_columns(place=tier)
        .select(
            key="id",
            tier=place.replace_strict(names, return_dtype=pl.String),
            label=place.replace_strict(labels, return_dtype=pl.String),
            priority=(score / 100).cast(pl.Decimal(5, 2)),
            reason=pl.when(score.is_null()).then(pl.lit("priority is missing: no other tier fits")).otherwise(reason),
        )
    )
    write(result, out)


if __name__ == "__main__":
    main(*sys.argv[1:])
