-- By hand: tops of 5, 20 and 50 % of the same score, seats per `ae` and in total, overflow down, the reason.
-- Hundredths as integers and one quotient of integers, so that halves are halves: plain DOUBLE arithmetic would round some
-- hundreds of scores in a million to the wrong hundredth.
-- One row_number() over the total order, then two more per tier for its seats. Windows over only the tier's accounts, joined with
-- UNION ALL, were tried too: slower, and more memory.
WITH scored AS (
    SELECT id, ae, potential, CAST(round(sum_of_parts / nullif(present, 0)) AS INTEGER) AS score100
    FROM (
        SELECT
            id, ae, potential,
            CASE WHEN fit IS NULL AND intent IS NULL THEN 0
                 ELSE 50 + CASE WHEN fit IS NULL THEN 0 ELSE 30 END + CASE WHEN intent IS NULL THEN 0 ELSE 20 END
            END AS present,
            30 * coalesce(round(fit * 100), 0)
            + 20 * coalesce(round(intent * 100), 0)
            + 100 * (
                20 * CASE WHEN employees >= 5000 THEN 100 WHEN employees >= 1000 THEN 85 WHEN employees >= 200 THEN 60
                          WHEN employees >= 50 THEN 30 WHEN employees >= 0 THEN 10 ELSE 0 END
                + 15 * CASE industry
                          WHEN 'Banking' THEN 100 WHEN 'Insurance' THEN 100 WHEN 'Software' THEN 80 WHEN 'Telecom' THEN 80
                          WHEN 'Health' THEN 65 WHEN 'Energy' THEN 65 WHEN 'Manufacturing' THEN 45 WHEN 'Logistics' THEN 45
                          WHEN 'Public Sector' THEN 30 ELSE CASE WHEN industry IS NULL THEN 0 ELSE 20 END END
                + 15 * CASE WHEN potential >= 1000000 THEN 100 WHEN potential >= 250000 THEN 75 WHEN potential >= 50000 THEN 45
                          WHEN potential >= 10000 THEN 20 WHEN potential >= 0 THEN 5 ELSE 0 END
            ) AS sum_of_parts
        FROM {accounts}
    )
), ranked AS (
    SELECT
        id, ae, score100,
        row_number() OVER (ORDER BY score100 DESC NULLS LAST, potential DESC NULLS LAST, id) AS position,
        count(score100) OVER () AS scored_count
    FROM scored
), based AS (
    SELECT
        *,
        (scored_count * 5 + 99) // 100 AS best_5, (scored_count * 20 + 99) // 100 AS best_20, (scored_count * 50 + 99) // 100 AS best_50,
        CASE WHEN score100 IS NULL THEN 4 WHEN position <= best_5 THEN 1 WHEN position <= best_20 THEN 2
             WHEN position <= best_50 THEN 3 ELSE 4 END AS base
    FROM ranked
), key_each AS (
    SELECT *, base = 1 AND row_number() OVER (PARTITION BY base, ae ORDER BY position) > {key_each} AS over_key_each FROM based
), key_all AS (
    SELECT *, base = 1 AND NOT over_key_each AND row_number() OVER (PARTITION BY base, over_key_each ORDER BY position) > {key_all} AS over_key_all FROM key_each
), key_done AS (
    SELECT *, CASE WHEN over_key_each OR over_key_all THEN 2 ELSE base END AS after_key FROM key_all
), target_each AS (
    SELECT *, after_key = 2 AND row_number() OVER (PARTITION BY after_key, ae ORDER BY position) > {target_each} AS over_target_each FROM key_done
), target_all AS (
    SELECT *, after_key = 2 AND NOT over_target_each AND row_number() OVER (PARTITION BY after_key, over_target_each ORDER BY position) > {target_all} AS over_target_all FROM target_each
), target_done AS (
    SELECT *, CASE WHEN over_target_each OR over_target_all THEN 3 ELSE after_key END AS after_target FROM target_all
), qualified_all AS (
    SELECT *, after_target = 3 AND row_number() OVER (PARTITION BY after_target ORDER BY position) > {qualified_all} AS over_qualified_all FROM target_done
), shown AS (
    SELECT *, CAST(score100 / 100 AS DECIMAL(5,2)) AS priority, CASE WHEN over_qualified_all THEN 4 ELSE after_target END AS tier FROM qualified_all
)
SELECT
    id AS key,
    CASE tier WHEN 1 THEN 'key' WHEN 2 THEN 'target' WHEN 3 THEN 'qualified' ELSE 'nurture' END AS tier,
    CASE tier WHEN 1 THEN 'Key' WHEN 2 THEN 'Target' WHEN 3 THEN 'Qualified' ELSE 'Nurture' END AS label,
    priority,
    CASE WHEN priority IS NULL THEN 'priority is missing: no other tier fits'
         ELSE 'priority ' || CASE WHEN score100 % 100 = 0 THEN CAST(score100 // 100 AS VARCHAR) ELSE CAST(score100 / 100 AS VARCHAR) END
              || CASE base WHEN 1 THEN ' in the top 5% (the best ' || best_5 || ' of ' || scored_count || ')'
                           WHEN 2 THEN ' in the top 20% (the best ' || best_20 || ' of ' || scored_count || ')'
                           WHEN 3 THEN ' in the top 50% (the best ' || best_50 || ' of ' || scored_count || ')'
                           ELSE ': no other tier fits' END
              || CASE WHEN over_key_each THEN '; over capacity of key ({key_each} per ae), moved to target' WHEN over_key_all THEN '; over capacity of key ({key_all}), moved to target' ELSE '' END
              || CASE WHEN over_target_each THEN '; over capacity of target ({target_each} per ae), moved to qualified' WHEN over_target_all THEN '; over capacity of target ({target_all}), moved to qualified' ELSE '' END
              || CASE WHEN over_qualified_all THEN '; over capacity of qualified ({qualified_all}), moved to nurture' ELSE '' END
    END AS reason
FROM shown
