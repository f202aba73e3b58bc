-- pair_reopen.sql: they came apart, or the answer was wrong: the question waits again.
-- In   :pair_id int
-- Gives none
UPDATE twins_pair
   SET state = 'open', kept_id = 0, choice = '', asked_by = 0, asked_name = '', answered_by = '', answered_on = ''
 WHERE pair_id = :pair_id
