-- pair_drop_open.sql: questions about one thing that nobody has touched go, before it is looked at again.
-- In   :kind text, :thing_id int
-- Gives none
DELETE FROM twins_pair
 WHERE kind = :kind AND (a_id = :thing_id OR b_id = :thing_id) AND state = 'open' AND asked_by = 0
