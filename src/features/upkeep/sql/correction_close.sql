-- correction_close.sql: looked at: mended, or the entry was right.
-- In   :correction_id int, :outcome text, :closed_on text
-- Gives none
UPDATE upkeep_correction
   SET outcome = :outcome, closed_on = :closed_on
 WHERE correction_id = :correction_id
