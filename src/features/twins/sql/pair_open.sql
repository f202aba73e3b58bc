-- pair_open.sql: questions that wait, those somebody has begun first, then the surest.
-- In   :most int
-- Out  pair_id int, kind text, a_id int, b_id int, score int, why int, state text, found_on text, kept_id int,
--      choice text, asked_by int, asked_name text, answered_by text, answered_on text
-- Gives many
SELECT pair_id, kind, a_id, b_id, score, why, state, found_on, kept_id, choice, asked_by, asked_name,
       answered_by, answered_on
  FROM twins_pair
 WHERE state = 'open'
 ORDER BY CASE WHEN asked_by <> 0 THEN 0 ELSE 1 END, score DESC, pair_id
 LIMIT :most
