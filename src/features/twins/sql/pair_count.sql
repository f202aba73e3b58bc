-- pair_count.sql: how many questions wait.
-- Out  n int
-- Gives one
SELECT COUNT(*) AS n
  FROM twins_pair
 WHERE state = 'open'
