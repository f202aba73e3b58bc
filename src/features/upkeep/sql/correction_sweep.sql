-- correction_sweep.sql: words that were answered long ago.
-- In   :before text
-- Gives none
DELETE FROM upkeep_correction
 WHERE outcome <> '' AND closed_on < :before
