-- entry_counts.sql: entries by state, for who keeps the portal.
-- In   :today text
-- Out  state text, n int, n_due int
-- Gives many
SELECT state, COUNT(*) AS n, COUNT(CASE WHEN due_on <= :today THEN 1 END) AS n_due
  FROM upkeep_service
 WHERE is_shown = 1
 GROUP BY state
 ORDER BY state
