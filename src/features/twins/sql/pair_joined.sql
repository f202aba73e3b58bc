-- pair_joined.sql: they were made one.
-- In   :pair_id int, :kept_id int, :choice text, :answered_by text, :answered_on text
-- Gives none
UPDATE twins_pair
   SET state = 'joined', kept_id = :kept_id, choice = :choice, answered_by = :answered_by,
       answered_on = :answered_on
 WHERE pair_id = :pair_id AND state = 'open'
