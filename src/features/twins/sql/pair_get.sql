-- pair_get.sql: one question.
-- In   :pair_id int
-- Out  pair_id int, kind text, a_id int, b_id int, score int, why int, state text, found_on text, kept_id int,
--      choice text, asked_by int, asked_name text, answered_by text, answered_on text
-- Gives one
SELECT pair_id, kind, a_id, b_id, score, why, state, found_on, kept_id, choice, asked_by, asked_name,
       answered_by, answered_on
  FROM twins_pair
 WHERE pair_id = :pair_id
