-- clarity_sent_sweep.sql: forms counted before a day are forgotten.
-- In   :before text
-- Gives none
DELETE FROM finder_clarity_sent WHERE sent_on < :before
