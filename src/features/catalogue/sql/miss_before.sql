-- miss_before.sql: counts of the months before one, newest first.
-- In   :month text
-- Out  need text, area_id int, month text, n int
-- Gives many
SELECT need, area_id, month, n
  FROM catalogue_miss
 WHERE month < :month
 ORDER BY month DESC, n DESC, need, area_id
