-- By hand: the weighted score of five parts, the tier by range, the reason.
-- Hundredths as integers and one quotient of integers, so that halves are halves: plain DOUBLE arithmetic would round some
-- hundreds of scores in a million to the wrong hundredth.
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
), placed AS (
    SELECT
        id, score100,
        CASE WHEN score100 >= 8000 THEN 1 WHEN score100 >= 6000 THEN 2 WHEN score100 >= 3500 THEN 3 ELSE 4 END AS tier,
        CAST(score100 / 100 AS DECIMAL(5,2)) AS priority
    FROM scored
)
SELECT
    id AS key,
    CASE tier WHEN 1 THEN 'one' WHEN 2 THEN 'two' WHEN 3 THEN 'three' ELSE 'nurture' END AS tier,
    CASE tier WHEN 1 THEN 'Tier 1 (1:1)' WHEN 2 THEN 'Tier 2 (1:few)' WHEN 3 THEN 'Tier 3 (1:many)' ELSE 'Nurture' END AS label,
    priority,
    CASE WHEN priority IS NULL THEN 'priority is missing: no other tier fits'
         ELSE 'priority ' || CASE WHEN score100 % 100 = 0 THEN CAST(score100 // 100 AS VARCHAR) ELSE CAST(score100 / 100 AS VARCHAR) END
              || CASE tier WHEN 1 THEN ' in 80..' WHEN 2 THEN ' in 60..<80' WHEN 3 THEN ' in 35..<60'
                           ELSE ': no other tier fits' END
    END AS reason
FROM placed
