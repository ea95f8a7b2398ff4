-- By hand: twelve figures of the events in one pass, joined to the accounts, the score in 1/10,000ths of a point, the reason; in the
-- order of the accounts. An inner grouping by account and role instead of `count(DISTINCT …)` was tried too: slower.
WITH figures AS (
    SELECT
        account,
        count(*) FILTER (event = 'demo_request' AND "at" >= DATE '2026-08-03') AS demos,
        count(*) FILTER (event = 'engagement' AND "at" >= DATE '2026-10-02') AS touches,
        count(*) FILTER (event = 'engagement' AND channel = 'event' AND "at" >= DATE '2026-08-03') AS event_touches,
        sum(CASE WHEN "at" > DATE '2026-10-02' THEN 50000 WHEN "at" > DATE '2026-09-02' THEN 25000
                 WHEN "at" > DATE '2026-08-03' THEN 12500 ELSE 6250 END)
            FILTER (event = 'engagement' AND channel = 'event' AND "at" >= DATE '2026-08-03') AS faded,
        sum(amount) FILTER (event = 'order' AND "at" >= DATE '2025-11-01') AS year_amount,
        sum(amount) FILTER (event = 'order') AS all_amount,
        max(amount) FILTER (event = 'order') AS largest_amount,
        max("at") FILTER (event = 'order') AS last_order,
        count(DISTINCT role) FILTER (event = 'engagement' AND "at" >= DATE '2026-08-03') AS roles,
        max({'at': "at", 'channel': channel}) FILTER (event = 'engagement' AND channel IS NOT NULL) AS last_touch,
        count(*) FILTER (event = 'usage' AND "at" >= DATE '2026-10-02') AS uses,
        bool_or(event = 'funding_round' AND amount >= 50000 AND "at" >= DATE '2026-08-03') AS funded
    FROM {events}
    WHERE "at" <= DATE '2026-11-01'
    GROUP BY account
), scored AS (
    SELECT
        place, id,
        least(200000, coalesce(faded, 0))
        + 10000 * (
            CASE WHEN demos >= 2 THEN 12 WHEN demos >= 1 THEN 8 ELSE 0 END
            + CASE WHEN touches >= 4 THEN 8 WHEN touches >= 1 THEN 4 ELSE 0 END
            + CASE WHEN event_touches >= 2 THEN 8 WHEN event_touches >= 1 THEN 5 ELSE 0 END
            + CASE WHEN year_amount >= 100000 THEN 10 WHEN year_amount >= 20000 THEN 6 ELSE 0 END
            + CASE WHEN all_amount >= 250000 THEN 8 WHEN all_amount >= 50000 THEN 4 ELSE 0 END
            + CASE WHEN largest_amount >= 80000 THEN 6 WHEN largest_amount >= 20000 THEN 3 ELSE 0 END
            + CASE WHEN last_order >= DATE '2026-08-03' THEN 8 WHEN last_order >= DATE '2025-11-01' THEN 4 ELSE 0 END
            + CASE WHEN roles >= 3 THEN 10 WHEN roles >= 1 THEN 5 ELSE 0 END
            + CASE WHEN last_touch.channel = 'event' THEN 6 ELSE 0 END
            + CASE WHEN uses >= 3 THEN 8 WHEN uses >= 1 THEN 4 ELSE 0 END
            + CASE WHEN funded THEN 6 ELSE 0 END
        ) AS points
    FROM (SELECT row_number() OVER () AS place, id FROM {accounts}) LEFT JOIN figures ON account = id
), placed AS (
    SELECT
        place, id, CAST(round(least(1000000, points) / 100) AS INTEGER) AS score100,
        CAST(CAST(round(least(1000000, points) / 100) AS INTEGER) / 100 AS DECIMAL(5,2)) AS priority
    FROM scored
)
SELECT
    id AS key,
    CASE WHEN score100 >= 6000 THEN 'one' WHEN score100 >= 4000 THEN 'two' WHEN score100 >= 2000 THEN 'three' ELSE 'nurture' END AS tier,
    CASE WHEN score100 >= 6000 THEN 'Tier 1 (1:1)' WHEN score100 >= 4000 THEN 'Tier 2 (1:few)'
         WHEN score100 >= 2000 THEN 'Tier 3 (1:many)' ELSE 'Nurture' END AS label,
    priority,
    'priority ' || CASE WHEN score100 % 100 = 0 THEN CAST(score100 // 100 AS VARCHAR) ELSE rtrim(CAST(priority AS VARCHAR), '0') END
        || CASE WHEN score100 >= 6000 THEN ' in 60..' WHEN score100 >= 4000 THEN ' in 40..<60' WHEN score100 >= 2000 THEN ' in 20..<40'
                ELSE ': no other tier fits' END AS reason
FROM placed
ORDER BY place
