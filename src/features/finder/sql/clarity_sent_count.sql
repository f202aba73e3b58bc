-- clarity_sent_count.sql: forms counted on a day, from everybody together.
-- In   :sent_on text
-- Out  n int
-- Gives one
SELECT COUNT(*) AS n FROM finder_clarity_sent WHERE sent_on = :sent_on
