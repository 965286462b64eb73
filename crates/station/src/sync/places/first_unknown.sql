-- The first record behind ?2 without a place. Runs that end before it are not looked at.
SELECT min(seq) AS seq
FROM (SELECT ?2 + 1 AS seq
      UNION ALL
      SELECT last + 1
      FROM place
      WHERE stream = ?1
        AND first >= coalesce((SELECT max(first) FROM place WHERE stream = ?1 AND first <= ?2), 0)) AS behind
WHERE seq > ?2
  AND coalesce((SELECT last
                FROM place
                WHERE stream = ?1 AND first <= behind.seq
                ORDER BY first DESC
                LIMIT 1), 0) < seq
