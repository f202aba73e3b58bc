-- sample_one.sql: the sample of a month.
-- In   :month int
-- Out  seed int, drawn_on text, n_shown int
-- Gives one
SELECT seed, drawn_on, n_shown
  FROM upkeep_sample
 WHERE month = :month
