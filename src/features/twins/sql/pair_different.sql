-- pair_different.sql: they are two things, and nobody is asked again.
-- In   :pair_id int, :answered_by text, :answered_on text
-- Gives none
UPDATE twins_pair
   SET state = 'different', answered_by = :answered_by, answered_on = :answered_on
 WHERE pair_id = :pair_id AND state = 'open'
