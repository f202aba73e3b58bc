-- pair_ask.sql: one side says they are one, and how it would be kept; the other side is asked.
-- In   :pair_id int, :kept_id int, :choice text, :asked_by int, :asked_name text
-- Gives none
UPDATE twins_pair
   SET kept_id = :kept_id, choice = :choice, asked_by = :asked_by, asked_name = :asked_name
 WHERE pair_id = :pair_id AND state = 'open'
