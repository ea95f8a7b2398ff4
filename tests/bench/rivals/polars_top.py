"""By hand in Polars: tops of 5, 20 and 50 % and seats per `ae` and in total.

`python -m tests.bench.rivals.polars_top ACCOUNTS OUT NAME=SEATS…`
"""

import sys

import polars as pl

from tests.bench.rivals.polars_score import priority_text, read, score100, write


def seat(frame: pl.DataFrame, tier: int, name: str, each: int | None, all_: int, to: str) -> pl.DataFrame:
    """Move the accounts of one tier that find no seat to the next; the frame is in rank order."""
    here = pl.col("place") == tier
    over_each = pl.lit(False)
    if each is not None:
        over_each = here & (pl.int_range(pl.len()).over("place", "ae") >= each)
    frame = frame.with_columns(over_each=over_each)
    stays = here & ~pl.col("over_each")
    frame = frame.with_columns(over_all=stays & (stays.cum_sum() > all_))
    moved = (
        pl.when("over_each")
        .then(pl.lit(f"; over capacity of {name} ({each} per ae), moved to {to}"))
        .when("over_all")
        .then(pl.lit(f"; over capacity of {name} ({all_}), moved to {to}"))
        .otherwise(pl.lit(""))
    )
    place = pl.when(pl.col("over_each") | pl.col("over_all")).then(tier + 1).otherwise("place").cast(pl.Int32)
    return frame.with_columns(moved=pl.col("moved") + moved, place=place)


def main(accounts: str, out: str, *settings: str) -> None:
    """The whole work."""
    seats = {name: int(number) for name, _, number in (setting.partition("=") for setting in settings)}
    frame = (
        read(accounts)
        .select("id", "ae", "potential", score100=score100())
        .sort("score100", "potential", "id", descending=[True, True, False], nulls_last=True)
        .select("id", "ae", "score100")
        .collect(engine="streaming")
    )
    count = len(frame) - frame["score100"].null_count()
    best = {tier: -(-count * percent // 100) for tier, percent in ((1, 5), (2, 20), (3, 50))}
    position, score = pl.int_range(1, pl.len() + 1), pl.col("score100")
    base = pl.when(position <= best[1]).then(1).when(position <= best[2]).then(2).when(position <= best[3]).then(3)
    frame = frame.with_columns(base=base.otherwise(4).cast(pl.Int32), moved=pl.lit(""))
    frame = frame.with_columns(place="base")
    frame = seat(frame, 1, "key", seats["key_each"], seats["key_all"], "target")
    frame = seat(frame, 2, "target", seats["target_each"], seats["target_all"], "qualified")
    frame = seat(frame, 3, "qualified", None, seats["qualified_all"], "nurture")
    names = {1: "key", 2: "target", 3: "qualified", 4: "nurture"}
    lines = {
        tier: f" in the top {percent}% (the best {best[tier]} of {count})"
        for tier, percent in ((1, 5), (2, 20), (3, 50))
    }
    base_text = pl.col("base").replace_strict({**lines, 4: ": no other tier fits"}, return_dtype=pl.String)
    reason = "priority " + priority_text() + base_text + pl.col("moved")
    tier = pl.col("place").replace_strict(names, return_dtype=pl.String)
    result = frame.lazy().select(
        key="id",
        tier=tier,
        label=tier.str.to_titlecase(),
        priority=(score / 100).cast(pl.Decimal(5, 2)),
        reason=pl.when(score.is_null()).then(pl.lit("priority is missing: no other tier fits")).otherwise(reason),
    )
    write(result, out)


if __name__ == "__main__":
    main(*sys.argv[1:])
